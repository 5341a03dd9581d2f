"""Du bilan au papier : les mêmes résultats, mis dans la forme que reçoit ``impressions``. Rien n'est recalculé.

Essais : ``tests/impressions/test_depuis_bilan.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from impressions.donnees import Donnees, PieceDite
from modele.bilan import Bilan
from modele.dossier.entretien import Visibilite
from modele.dossier.pieces import ENREGISTREMENT, VUE, PieceAttendue
from modele.mots.ecriture import FRANCAIS
from modele.mots.reperes import Observes
from modele.mots.reponses import Diseur
from modele.protection.reserve import piece_reservee, question_reservee

if TYPE_CHECKING:
    from modele.territoire.mentions import Mentions


def donnees(
    bilan: Bilan,
    langue: str = FRANCAIS,
    *,
    lieu: str | None = None,
    observes: Observes | None = None,
    mentions: Mentions | None = None,
) -> Donnees:
    """Ce qu'on imprime d'un bilan, dans une langue. ``lieu`` : identifiant d'un lieu d'accueil, facultatif.

    ``observes`` : ce que le système officiel a observé là où la personne cherche.
    ``mentions`` : qui répond des données.

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
        cotation=bilan.cotation,
        voies=bilan.voies,
        pieces=tuple(_pieces(bilan)),
        contacts=bilan.regles.contacts,
        nationaux=bilan.regles.national.contacts,
        lieu=next((un for un in territoire.lieux if un.id == lieu), None),
        discret=bilan.discret,
        sans_objet=frozenset(
            vue.chemin for vue in bilan.entretien.questions() if vue.visibilite is Visibilite.SANS_OBJET
        ),
        a_demander=a_demander(bilan),
        observes=observes,
        mentions=mentions,
        logo=territoire.logo,
        noms_pieces={un.id: un.libelle for un in bilan.regles.pieces if not piece_reservee(un)},
    )


def a_demander(bilan: Bilan) -> tuple[str, ...]:
    """Les questions dont dépend encore la note, les plus décisives d'abord.

    Ni celles qu'on a refusées, ni celles qui ne se posent que seul à seul : le papier peut tomber sous d'autres yeux.
    """
    bilan = bilan.dit
    decisifs = bilan.cotation.decisifs if bilan.cotation else ()
    vues = [vue for d in decisifs if not d.refuse for vue in bilan.questions_de(d.fait)]
    # De qui : « Date de naissance » du conjoint se lirait comme oubliée pour soi.
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document)
    return tuple(dict.fromkeys(diseur.sujet(vue.chemin) for vue in vues if not question_reservee(vue.question)))


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
