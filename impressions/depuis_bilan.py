"""Du bilan au papier : les mêmes résultats, mis dans la forme que reçoit ``impressions``. Rien n'est recalculé.

Essais : ``tests/impressions/test_depuis_bilan.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from impressions.convocation import convoquer
from impressions.donnees import Donnees, PieceDite
from impressions.lieux import LIEUX_AU_PLUS
from impressions.recours import lignes_du_papier
from modele.bilan import Bilan, Regles, etablir
from modele.dossier.chemins import lire, situer
from modele.dossier.entretien import Visibilite
from modele.dossier.pieces import ENREGISTREMENT, VUE, PieceAttendue
from modele.mots.cases import Case, cases
from modele.mots.ecriture import FRANCAIS
from modele.mots.note import mention_dite
from modele.mots.phrases import mots
from modele.mots.reperes import Observes
from modele.mots.reponses import Diseur
from modele.protection.report import LIBRES
from modele.protection.reserve import piece_reservee, question_reservee

if TYPE_CHECKING:
    from modele.cotation.resultat import Cotation
    from modele.rendez_vous import RendezVous
    from modele.territoire.mentions import Mentions

_SANTE: Final = ".handicap."
_PHRASES: Final = ("accord", "conservation", "hebergement")
"""Ce que des mentions disent d'autre que des noms."""


def donnees(
    bilan: Bilan,
    langue: str = FRANCAIS,
    *,
    lieu: str | None = None,
    agent: str = "",
    observes: Observes | None = None,
    mentions: Mentions | None = None,
    rendez_vous: RendezVous | None = None,
) -> Donnees:
    """Ce qu'on imprime d'un bilan, dans une langue. ``lieu`` : identifiant d'un lieu d'accueil, facultatif.

    ``agent`` : service et prénom de qui reçoit.

    ``observes`` : ce que le système officiel a observé là où la personne cherche.
    ``mentions`` : qui répond des données. ``rendez_vous`` : celui que le papier rappelle.

    Rien de ce qui ne s'écrit pas n'y entre, ni par une réponse, ni par une voie, ni par une date.

    Lève ``ErreurUtilisateur`` si un fichier de numéros est fautif.
    """
    fermees, bilan = bilan.fiches_fermees, bilan.gardable.en(langue)
    territoire = bilan.regles.territoire
    return Donnees(
        document=bilan.document,
        fermees=fermees,
        vocabulaire=bilan.regles.vocabulaire,
        date_impression=bilan.jour,
        territoire=territoire,
        fiches=bilan.regles.fiches,
        cotation=_note(bilan, langue),
        voies=bilan.voies,
        pieces=tuple(_pieces(bilan)),
        contacts=bilan.regles.contacts,
        nationaux=bilan.regles.national.contacts,
        lieu=next((un for un in territoire.lieux if un.id == lieu), None),
        lieux=bilan.regles.annuaire.a_remettre(_depart(bilan), LIEUX_AU_PLUS),
        agent=agent,
        discret=bilan.discret,
        sans_objet=frozenset(
            vue.chemin for vue in bilan.entretien.questions() if vue.visibilite is Visibilite.SANS_OBJET
        ),
        a_demander=a_demander(bilan, langue),
        appeles=faits_appeles(bilan),
        cases=cases_a_dire(bilan),
        portail=bilan.regles.portail,
        observes=observes,
        mentions=None if mentions is None else _dites(mentions, langue),
        a_relire=not _relue(bilan, langue),
        # Sans rien de protégé : un paragraphe de plus ou de moins le dirait.
        situation=bilan.dit.situation,
        delais={f"{voie.id}.{une.id}": une for voie in bilan.regles.orientations for une in voie.echeances},
        logo=territoire.logo,
        # Les mots des recours ne se disent encore qu'en français : ailleurs, français simple compris, la fiche les dit
        # en général.
        recours=lignes_du_papier(bilan) if langue == FRANCAIS else (),
        rendez_vous=None if rendez_vous is None else convoquer(rendez_vous, bilan, langue),
        noms_pieces={un.id: un.libelle for un in bilan.regles.pieces if not piece_reservee(un)},
    )


def _note(bilan: Bilan, langue: str) -> Cotation | None:
    """La note, sa mention dite dans la langue : en français, c'est le territoire qui la dit."""
    if bilan.cotation is None or langue == FRANCAIS:
        return bilan.cotation
    return replace(bilan.cotation, mention=mention_dite(bilan.regles.territoire, mots(langue)))


def _dites(mentions: Mentions, langue: str) -> Mentions:
    """Les mentions : l'exploitant les écrit en français ; ailleurs ce qui n'est pas un nom se marque, et se dit."""
    from msgspec.structs import replace as changer

    return changer(mentions, **{champ: mots(langue).reste(getattr(mentions, champ)) for champ in _PHRASES})


def _relue(bilan: Bilan, langue: str) -> bool:
    """Vrai si quelqu'un répond de tous les mots que le papier ajoute au texte de la fiche."""
    dites = bilan.regles.langues.get(langue)
    return langue == FRANCAIS or (mots(langue).traduction.sure and (dites is None or dites.sures))


def a_demander(bilan: Bilan, langue: str = FRANCAIS) -> tuple[str, ...]:
    """Les questions dont dépend encore la note, les plus décisives d'abord.

    Ni celles qu'on a refusées, ni celles qui ne se posent que seul à seul : le papier peut tomber sous d'autres yeux.
    """
    bilan = bilan.dit
    decisifs = bilan.cotation.decisifs if bilan.cotation else ()
    vues = [vue for d in decisifs if not d.refuse for vue in bilan.questions_de(d.fait)]
    # De qui : « Date de naissance » du conjoint se lirait comme oubliée pour soi.
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document, mots(langue))
    return tuple(dict.fromkeys(diseur.sujet(vue.chemin) for vue in vues if not question_reservee(vue.question)))


def faits_appeles(bilan: Bilan) -> frozenset[str]:
    """Les faits dont la note dépend, encore inconnus, et qu'une réponse de la personne appelle.

    Une question qui se pose à tous n'appelle rien : demander s'il est venu un papier d'huissier ne fait pas d'une
    menace d'expulsion une ligne de cette personne.
    """
    bilan = bilan.dit
    rubriques = bilan.cotation.rubriques if bilan.cotation else ()
    inconnus = {fait for r in rubriques for c in r.criteres for fait in c.faits_inconnus}
    appelees = frozenset(_questions_appelees(bilan))
    return frozenset(fait for fait in inconnus if any(vue.chemin in appelees for vue in bilan.questions_de(fait)))


def _questions_appelees(bilan: Bilan) -> Iterator[str]:
    """Les questions qui se posent à cette personne, et ne se poseraient pas à une autre dont on ne sait rien."""
    a_tous = _posees_a_tous(bilan.regles, bilan.jour)
    for vue in bilan.entretien.questions():
        # Dans une liste, une question sans condition se pose de chacun : en avoir parlé n'est pas une raison.
        de_liste = bool(situer(vue.chemin).liste)
        appelee = vue.question.si is not None if de_liste else vue.chemin not in a_tous
        if appelee and vue.visibilite is Visibilite.VISIBLE and not question_reservee(vue.question):
            yield vue.chemin


@lru_cache(maxsize=4)
def _posees_a_tous(regles: Regles, jour: date) -> frozenset[str]:
    """Les questions d'un dossier où rien n'est encore répondu."""
    # La note n'y sert pas : exacte, elle coûterait les trois quarts du bilan.
    vues = etablir(regles, {}, jour, exacte=False).entretien.questions()
    return frozenset(vue.chemin for vue in vues if vue.visibilite is Visibilite.VISIBLE)


def cases_a_dire(bilan: Bilan) -> tuple[Case, ...]:
    """Les cases du formulaire officiel qui concernent ce dossier, dans leur ordre.

    Ni ce qui se dit seul à seul, ni un texte libre ou un détail de santé : ils se recopient de l'écran, pas d'un papier
    qui se perd.
    """
    toutes = cases(bilan.regles.portail, bilan.entretien, bilan.document, discret=bilan.se_cache)
    dites = (une for une in toutes if une.chemin not in LIBRES and _SANTE not in une.chemin)
    return tuple(une for une in dites if une.vue is None or not question_reservee(une.vue.question))


def pieces_a_dire(bilan: Bilan) -> tuple[PieceAttendue, ...]:
    """Les pièces qu'on peut montrer au demandeur : jamais celles de la famille « protection »."""
    toutes = (*bilan.pieces.enregistrement, *bilan.pieces.instruction)
    return tuple(p for p in toutes if not piece_reservee(p.piece))


def _pieces(bilan: Bilan) -> Iterator[PieceDite]:
    """Une ligne par pièce, vue seulement si elle l'est pour chacun.

    Une pièce seulement possible ne se dit pas, sauf pour l'enregistrement : « identité ou titre de séjour » doit
    s'annoncer avant même de savoir lequel.
    """
    groupes: dict[str, list[PieceAttendue]] = {}
    for attendue in pieces_a_dire(bilan):
        if attendue.certaine or attendue.etat == VUE or attendue.piece.exigee_pour == ENREGISTREMENT:
            groupes.setdefault(attendue.piece.id, []).append(attendue)
    for attendues in groupes.values():
        sure = any(une.certaine or une.etat == VUE for une in attendues)
        yield PieceDite(attendues[0].piece, all(une.etat == VUE for une in attendues), sure)


def _depart(bilan: Bilan) -> str:
    """La commune où vit la personne ; aucune si son dossier se tait : rien ne se calcule d'une adresse qui se cache."""
    commune = lire(bilan.document, "logement_actuel.adresse.commune")
    return commune if isinstance(commune, str) and not bilan.se_cache else ""
