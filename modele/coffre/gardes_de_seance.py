"""Ce qu'une séance ne peut pas dire : jugé à chaque écriture d'ici, quel que soit le geste. Décision 0047.

Chaque garde rend une phrase, vide si rien ne s'y oppose. Ce qui n'a pas changé depuis la dernière écriture n'est pas
rejugé à la lumière d'aujourd'hui : un rang figé le reste.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

from sqlalchemy import Connection

from modele.coffre import correspondances as liens
from modele.coffre import rattaches
from modele.coffre.gardes import CONVENTION, objets
from modele.coffre.lignes import ouvert
from modele.coffre.rangs_de_seance import Rangees, ranger
from modele.contingents import conventions, designations
from modele.contingents.publics import exiger_un_motif
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder
from modele.dossier.nomenclatures import nationales
from modele.genres import livres
from modele.protection import ecarts
from modele.protection.nommes import nomment
from modele.regles.fautes import ErreurUtilisateur
from modele.seance import gardee, motifs
from modele.seance.controles import fautes
from modele.seance.droit import droit
from modele.seance.gardee import Candidat, Etat, SeanceGardee
from modele.seance.ordre import designations_hors_ordre
from modele.seance.suites import exiger_passees, suivre

_MAL_ECRITE: Final = "Cette séance est mal écrite : un de ses champs n'a pas la forme attendue. Rien n'est écrit."
_CLOSE: Final = "La séance est close depuis le {:%d/%m/%Y} : rien n'y change plus."
_RETIREE: Final = "Cette séance est retirée : rien n'y change plus. Préparez-en une autre."
_ABSENTE: Final = "Cette séance n'est plus sur ce poste. Relisez la liste des séances."
_SANS_LOGEMENT: Final = "Dites la commission, le bailleur et la référence du logement : une séance en attribue un."
_AUTRE_LOGEMENT: Final = (
    "Le logement, le bailleur et le jour de préparation d'une séance ne changent pas : préparez-en une autre."
)
_A_LA_SUITE: Final = "Un dossier de séance s'ouvre, se tient puis se clôt : écrivez ces jours dans cet ordre."
_DATES: Final = "{} le {:%d/%m/%Y}, avant {} ({:%d/%m/%Y}) : corrigez ce jour."
_FUTUR: Final = "{} le {:%d/%m/%Y}, après aujourd'hui ({:%d/%m/%Y}) : corrigez ce jour."
_OUVERTURE: Final = "Le jour où le dossier de séance s'est ouvert à ses membres ne change plus."
_RETRAIT: Final = "Cette séance est ouverte à ses membres : elle ne se retire plus, elle se tient et se clôt."
_REFERENCE: Final = (
    "« {} » n'est pas une référence de séance, ou elle y est deux fois. Attendu : C-01, C-02… une par demande."
)
_SANS_DEMANDE: Final = "{} ne désigne aucune demande de ce poste : désignez-la depuis le classement."
_OTEE: Final = "{} ne s'ôte pas d'une séance : dites qu'il n'est plus candidat, et pourquoi."
_MEME: Final = "{} et {} sont la même demande : elle se compte une fois (CCH R441-3). Retirez l'une, avec un motif."
_RANG: Final = "Le rang de {} n'est pas celui que ce poste calcule ce jour : figez-le depuis le classement."
_FIGE: Final = (
    "Les rangs d'une séance se figent tous ensemble, ce jour, sous les règles en vigueur : refaites le classement."
)
_ECARTE: Final = (
    "« {} » ne peut pas siéger dans cette séance, ni y être invité. Convoquez une autre personne de la même qualité."
)
_HORS_ORDRE: Final = (
    "{} est proposé alors qu'une demande mieux rangée ne l'est pas : écrivez pourquoi. Le procès-verbal le dira."
)
_INCOMPLET: Final = (
    "Des demandes de ce poste ne sont pas encore relues : {} n'est peut-être pas la première. Écrivez pourquoi."
)
_NOMME: Final = "« {} » nomme une personne de cette séance. Dites la situation, jamais la personne."
_SANS_AUTEUR: Final = "L'exception aux trois demandes s'écrit avec son motif et le nom de qui l'écrit."
_PAS_TENUE: Final = "Dites d'abord le jour où la séance se tient : rien ne s'y décide avant."
_RIEN_DECIDE: Final = "Cette séance n'a rien décidé : écrivez ses décisions avant de la clore."
_LIEN: Final = "Ce candidat ne s'écrit pas ainsi : désignez la demande depuis la séance."


@dataclass(frozen=True)
class _Cas:
    """Une écriture à juger. ``avant`` : la séance telle qu'elle est ; aucune si elle se crée."""

    connexion: Connection
    avant: SeanceGardee | None
    neuve: SeanceGardee
    jour: date

    @cached_property
    def demandes(self) -> dict[str, str]:
        """Par référence, le dossier."""
        return liens.correspondances(self.connexion, self.neuve.id) if self.neuve.id else {}

    @cached_property
    def neufs(self) -> list[Candidat]:
        """Les candidats que cette écriture ajoute."""
        connus = self.avant.par_reference if self.avant else {}
        return [un for un in self.neuve.candidats if un.reference not in connus]

    @cached_property
    def rangees(self) -> Rangees:
        """Ce que ce poste range ce jour."""
        logement = self.neuve.logement
        return ranger(self.connexion, self.neuve.grille.version, self.jour, logement.colonnes)

    @property
    def figes(self) -> bool:
        """Aucun rang ne change, ni rien de ce qui les dit."""
        return self.avant is not None and _classement(self.avant) == _classement(self.neuve)


def seance(connexion: Connection, document: Document, jour: date) -> str:
    """Ce qui s'oppose à ce que cette séance s'écrive ainsi."""
    neuve = gardee.relire(document)
    if neuve is None:
        return _MAL_ECRITE
    avant = next(iter(liens.gardees(connexion, neuve.id)), None) if neuve.id else None
    cas = _Cas(connexion, avant, neuve, jour)
    return next((phrase for garde in _GARDES for phrase in garde(cas) if phrase), "")


def candidat(connexion: Connection, document: Document) -> str:
    """Ce qui s'oppose à ce que cette référence désigne cette demande, dans cette séance."""
    dite, reference, dossier = (str(document.get(cle) or "") for cle in ("seance", "reference", "dossier"))
    une = next(iter(liens.gardees(connexion, dite)), None) if dite else None
    if une is None or not liens.vue(connexion, une.id):
        return _ABSENTE
    if une.etat in (Etat.CLOSE, Etat.RETIREE):
        return _CLOSE.format(une.close_le) if une.close_le else _RETIREE
    deja = liens.correspondances(connexion, une.id)
    if not gardee.REFERENCE.fullmatch(reference) or reference in deja or dossier in deja.values():
        return _LIEN
    return next(_ecartes(connexion, une, [dossier]), "")


def _figee(cas: _Cas) -> Iterator[str]:
    """Close ou retirée, rien n'y change ; un champ définitif déclaré ne s'efface pas."""
    avant = cas.avant
    if avant is None or gardee.feuilles(avant) == gardee.feuilles(cas.neuve):
        return
    if avant.close_le is not None:
        yield _CLOSE.format(avant.close_le)
    if avant.retiree_le is not None:
        yield _RETIREE


def _la_meme(cas: _Cas) -> Iterator[str]:
    neuve, avant = cas.neuve, cas.avant
    if not (neuve.commission.strip() and neuve.bailleur.nom.strip() and neuve.logement.reference.strip()):
        yield _SANS_LOGEMENT
    if avant is not None and _tete(avant) != _tete(neuve):
        yield _AUTRE_LOGEMENT


def _vue(cas: _Cas) -> Iterator[str]:
    """Qui est écarté d'une de ses demandes ne la voit pas, et n'y écrit pas, dans les mots d'une absente."""
    if cas.neuve.id and not liens.vue(cas.connexion, cas.neuve.id):
        yield _ABSENTE


def _dates(cas: _Cas) -> Iterator[str]:
    une = cas.neuve
    dites = (
        ("Séance préparée", "sa préparation", une.preparee_le),
        ("Dossier de séance ouvert", "son ouverture", une.ouverte_le),
        ("Séance tenue", "sa tenue", une.tenue_le),
        ("Séance close", "sa clôture", une.close_le),
    )
    for (_, nom, plus_tot), (dit, _, plus_tard) in pairwise(dites):
        if plus_tard is not None and plus_tot is None:
            yield _A_LA_SUITE
        elif plus_tard is not None and plus_tot is not None and plus_tard < plus_tot:
            yield _DATES.format(dit, plus_tard, nom, plus_tot)
    for dit, jour in (*((dit, jour) for dit, _, jour in dites), ("Séance retirée", une.retiree_le), *_jours(une)):
        if jour is not None and jour > cas.jour:
            yield _FUTUR.format(dit, jour, cas.jour)
    if cas.avant and cas.avant.ouverte_le not in (None, une.ouverte_le):
        yield _OUVERTURE
    if une.retiree_le is not None and une.ouverte_le is not None:
        yield _RETRAIT


def _jours(une: SeanceGardee) -> Iterator[tuple[str, date | None]]:
    """Ce qu'un candidat dit d'un jour passé."""
    yield "Rangs figés", une.grille.figee_le
    for un in une.candidats:
        for dit, jour in (
            ("désigné par le préfet", un.prefet_le),
            ("priorité vérifiée", un.priorite.le),
            ("accord vu", un.accord.le),
            ("numéro vérifié", un.numero.le),
            ("retiré", un.retrait.le),
            ("répond", un.reponse.le),
            ("offre remise", un.reponse.remise_le),
        ):
            yield f"{un.reference} : {dit}", jour


def _references(cas: _Cas) -> Iterator[str]:
    """Une référence par demande ; aucune ne disparaît. Les demandes se comptent, jamais leurs noms."""
    dites = [un.reference for un in cas.neuve.candidats]
    for une in dites:
        if not gardee.REFERENCE.fullmatch(une) or dites.count(une) > 1:
            yield _REFERENCE.format(une)
    for reference in cas.avant.par_reference if cas.avant else ():
        if reference not in dites:
            yield _OTEE.format(reference)
    for un in cas.neufs:
        if un.reference not in cas.demandes:
            yield _SANS_DEMANDE.format(un.reference)
    vus: dict[str, str] = {}
    for un in cas.neuve.candidats:
        dossier = cas.demandes.get(un.reference)
        if dossier is not None and un.examine and vus.setdefault(dossier, un.reference) != un.reference:
            yield _MEME.format(vus[dossier], un.reference)


def _rangs(cas: _Cas) -> Iterator[str]:
    """Un rang qui change est celui que ce poste calcule ce jour ; tous se figent ensemble."""
    if cas.figes or not cas.neuve.candidats:
        return
    avant = cas.avant.par_reference if cas.avant else {}
    for un in cas.neuve.candidats:
        dossier = cas.demandes.get(un.reference, "")
        voulu = (cas.rangees.rangs.get(dossier), cas.rangees.ecartees.get(dossier, ()))
        if not un.examine and un.reference in avant:
            voulu = (avant[un.reference].rang, avant[un.reference].ecartent)
        if (un.rang, un.ecartent) != voulu:
            yield _RANG.format(un.reference)
    grille = cas.neuve.grille
    if (grille.figee_le, grille.oublie) != (cas.jour, cas.rangees.oublie(set(cas.demandes.values()))):
        yield _FIGE


def _sieges(cas: _Cas) -> Iterator[str]:
    yield from _ecartes(cas.connexion, cas.neuve, list(cas.demandes.values()))


def _ecartes(connexion: Connection, une: SeanceGardee, dossiers: list[str]) -> Iterator[str]:
    """Qu'on l'écrive par son nom ou par son compte, un écarté d'une de ces demandes n'y siège pas."""
    genres = [un.id for un in livres().par_id.values() if un.ecarte]
    dits = [un for dossier in dossiers for genre in genres for un in rattaches.documents(connexion, dossier, genre)]
    for membre in une.membres:
        if any(ecarts.ecarte(dit, qui, ()) for dit in dits for qui in (membre.nom, membre.compte) if qui):
            yield _ECARTE.format(membre.nom or membre.compte)


def _designes(cas: _Cas) -> Iterator[str]:
    """Hors de l'ordre, hors des publics, ou avant d'avoir tout relu : un motif."""
    neufs = {un.reference: un for un in cas.neufs}
    sans_motif = {reference for reference, un in neufs.items() if not un.motif.strip()}
    if not sans_motif:
        return
    hors_ordre = designations_hors_ordre(cas.neuve.dite(cas.jour), cas.neuve.classees.rangs)
    yield from (_HORS_ORDRE.format(reference) for reference in hors_ordre if reference in sans_motif)
    if not cas.rangees.entier:
        yield from (_INCOMPLET.format(reference) for reference in sorted(sans_motif))
    yield _hors_publics(cas)


def _hors_publics(cas: _Cas) -> str:
    tenues = [conventions.relire(un, par) for un, par in objets(cas.connexion, CONVENTION)]
    vivantes = [une for une in tenues if une.retiree_le is None]
    verdict = designations.juger(cas.neuve.logement.colonnes, vivantes)
    libelles = {code: dit.libelle or code for code, dit in nationales()["public_de_convention"].codes.items()}
    try:
        if verdict is not None:
            exiger_un_motif(verdict, "", libelles)
    except ErreurUtilisateur as refus:
        return str(refus)
    return ""


def _motifs(cas: _Cas) -> Iterator[str]:
    """Ce qui s'écrit de neuf : sa forme, puis les seuls candidats de la séance."""
    dits = set(cas.avant.textes) if cas.avant else set[str]()
    neufs = [texte for texte in cas.neuve.textes if texte not in dits]
    yield from (motifs.refus(texte) for texte in neufs)
    ecrits = [texte for texte in (*neufs, *_autres_textes(cas.neuve)) if texte]
    if not ecrits or not cas.demandes:
        return
    documents = [decoder(ouvert(cas.connexion, dossier).document) for dossier in sorted(set(cas.demandes.values()))]
    yield from (_NOMME.format(texte) for texte in nomment(ecrits, documents))


def _autres_textes(une: SeanceGardee) -> Iterator[str]:
    """Ce que les membres lisent aussi, et qui n'est pas un motif."""
    yield from (une.commission, une.lieu, une.grille.libelle)
    for un in une.candidats:
        yield from (un.designe_par, un.priorite.par, un.accord.par, un.numero.par)
        yield from (un.decision.logement_ailleurs, un.decision.suivi_par)


def _dispense(cas: _Cas) -> Iterator[str]:
    dite = cas.neuve.dispense
    if dite.genre and not (dite.par.strip() and dite.motif.strip()):
        yield _SANS_AUTEUR


def _tenue(cas: _Cas) -> Iterator[str]:
    """Une fois tenue, ce que ``modele.seance`` exige ; close, tout."""
    une = cas.neuve
    dite = une.dite(cas.jour)
    if une.tenue_le is None:
        if dite.decisions or dite.reponses:
            yield _PAS_TENUE
        return
    if une.close_le is not None and not dite.decisions:
        yield _RIEN_DECIDE
    yield "\n".join(fautes(dite, une.classees, droit(), en_cours=une.close_le is None and not dite.reponses))
    try:
        exiger_passees(dite, cas.jour)
        if dite.reponses:
            suivre(une.constater(cas.jour))
    except ErreurUtilisateur as refus:
        yield str(refus)


def _classement(une: SeanceGardee) -> object:
    return une.grille, [(un.reference, un.rang, un.ecartent) for un in une.candidats]


def _tete(une: SeanceGardee) -> object:
    return une.bailleur, une.logement, une.preparee_le


_GARDES: Final[tuple[Callable[[_Cas], Iterator[str]], ...]] = (
    _vue, _figee, _la_meme, _dates, _references, _sieges, _rangs, _designes, _dispense, _motifs, _tenue,
)  # fmt: skip
