"""Les droits d'une personne, au coffre : noter sa demande, y donner suite, geler, donner l'accès, effacer.

Chaque geste est une opération ordinaire d'une demande rattachée au dossier, et une ligne au journal des accès. Rien ne
se donne ni ne se fait le jour même à la demande d'un autre que la personne.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import auteurs, depot, effacements, effaces, gels, journaux, mur, rattaches, schema, tombes
from modele.coffre.base import Base
from modele.coffre.effacements import Preuve
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.documents import decoder
from modele.dossier.droits_personnes import (
    CODEMANDEUR,
    DEMANDE,
    PERSONNE,
    REPRESENTANT,
    Demande,
    Droit,
    Suite,
    lisibles,
    repondre_avant,
)
from modele.dossier.inventaire import DEMANDEUR
from modele.dossier.operations import DOSSIER
from modele.dossier.retours import relire as relire_les_retours
from modele.droits import Action, Auteur
from modele.protection.acces import delivrable
from modele.protection.discretion import est_discret
from modele.regles.fautes import ErreurUtilisateur

RETOURS: Final = "retours"
SANS_PIECE: Final = "Écrivez quelle pièce nomme ce représentant (mandat, jugement, lettre signée), et vue par qui."
QUI: Final = "Rien ne se note pour quelqu'un d'autre que la personne ou son représentant."
PAS_AUJOURD_HUI: Final = (
    "Un représentant a fait cette demande : rien ne se donne ni ne se fait le jour même. Vérifiez sa pièce ; la "
    "réponse va à la personne, au plus tôt le {}."
)
DES_DEUX: Final = (
    "Un codemandeur ne gèle ni n'efface le dossier des deux. Retirez dans l'entretien ce qui est de lui seul, ou notez "
    "la même demande du demandeur."
)
PLUS_LA: Final = "Cette demande n'est plus à traiter : elle a déjà sa suite, ou elle n'est plus sur ce poste."
PAS_CE_DROIT: Final = "Cette demande porte sur autre chose : ouvrez celle qui demande cela."
SANS_MOTIF: Final = "Écrivez pourquoi elle est refusée : la personne a droit à cette réponse."


class Droits:
    """Ce que l'écran et la commande font des demandes d'une personne. Sûr entre fils."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def noter(
        self, dossier: str, droit: Droit, par: str, auteur: Auteur, *, piece: str = "", objet: str = ""
    ) -> Demande:
        """Note une demande ; une limitation que la personne demande elle-même gèle tout de suite.

        Lève ``ErreurUtilisateur`` : un tiers, un représentant sans pièce, sans droit, ou dossier plus tenu ici.
        """
        if par not in (PERSONNE, CODEMANDEUR, REPRESENTANT):
            raise ErreurUtilisateur(QUI)
        if par == REPRESENTANT and not piece.strip():
            raise ErreurUtilisateur(SANS_PIECE)
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            depot.document_a_lire(connexion, dossier, auteur)
            initial = _initial(dossier, droit, par, piece.strip(), objet.strip(), quand.date())
            (cree,) = depot.creer(connexion, [initial], auteur, quand, DEMANDE)
            journaux.noter(connexion, auteur.nom, quand, Acces.DROIT_NOTER, dossier)
            if "gele_le" in initial:
                journaux.noter(connexion, auteur.nom, quand, Acces.GELER, dossier)
            (demande,) = lisibles([cree])
        return demande

    def lister(self, dossier: str, auteur: Auteur) -> list[Demande]:
        """Les demandes de ce dossier, de la plus ancienne à la plus récente. Lève ``ErreurUtilisateur``."""
        with self._base.lecture() as connexion:
            depot.document_a_lire(connexion, dossier, auteur)
            return _demandes(connexion, dossier)

    def a_repondre(self) -> list[Demande]:
        """Celles qui attendent une réponse, la plus pressée d'abord ; à montrer par la seule référence du dossier."""
        with self._base.lecture() as connexion:
            colonnes = schema.dossier.c
            requete = select(colonnes.document).where(colonnes.genre == DEMANDE, colonnes.etat == OUVERT)
            toutes = lisibles(decoder(document) for document in connexion.scalars(requete))
        return sorted((une for une in toutes if une.attend), key=lambda une: (une.repondre_avant, une.id))

    def gele(self, dossier: str) -> bool:
        """Vrai si ce dossier est gelé aujourd'hui."""
        with self._base.lecture() as connexion:
            return gels.est_gele(connexion, dossier, self._horloge().date())

    def geler(self, demande: Demande, auteur: Auteur) -> None:
        """Gèle le dossier. Lève ``ErreurUtilisateur`` : le jour même pour un représentant, ou déjà fait."""
        with self._base.ecriture() as connexion:
            une = self._a_traiter(connexion, demande, Droit.LIMITATION)
            self._poser(connexion, une, {"gele_le": self._jour()}, Acces.GELER, auteur)

    def accorder(self, dossier: str, auteur: Auteur) -> None:
        """La personne accepte que son dossier gelé serve aujourd'hui ; demain, il est gelé de nouveau."""
        with self._base.ecriture() as connexion:
            for demande in _qui_gelent(connexion, dossier):
                self._poser(connexion, demande, {"accord_le": self._jour()}, Acces.ACCORD, auteur)

    def lever(self, dossier: str, auteur: Auteur) -> None:
        """Lève le gel, à la demande de la personne ou après l'en avoir avertie."""
        with self._base.ecriture() as connexion:
            for demande in _qui_gelent(connexion, dossier):
                self._poser(connexion, demande, self._suite(Suite.LEVEE), Acces.LEVER_LE_GEL, auteur)

    def conclure(self, demande: Demande, suite: Suite, auteur: Auteur, *, motif: str = "") -> None:
        """Donne sa suite à une demande. Lève ``ErreurUtilisateur`` : refus sans motif, ou déjà une suite."""
        if suite is Suite.REFUSEE and not motif.strip():
            raise ErreurUtilisateur(SANS_MOTIF)
        with self._base.ecriture() as connexion:
            une = _retrouver(connexion, demande)
            self._poser(connexion, une, self._suite(suite, motif.strip()), Acces.DROIT_SUITE, auteur)

    def acces(self, demande: Demande, auteur: Auteur) -> tuple[Document, bool]:
        """Ce que la feuille d'accès peut dire, et si le dossier est discret ; la sortie est notée avant d'être rendue.

        D'un dossier discret, seul qui peut en lever la discrétion la sort. Lève ``ErreurUtilisateur``.
        """
        with self._base.ecriture() as connexion:
            une = self._a_traiter(connexion, demande, Droit.ACCES)
            document = depot.document_a_lire(connexion, une.dossier, auteur)
            discret = est_discret(document)
            if discret:
                auteurs.exiger(connexion, auteur, DOSSIER, Action.LEVER_LA_DISCRETION)
            quand = self._horloge()
            qui = CODEMANDEUR if une.par == CODEMANDEUR else DEMANDEUR
            dit = delivrable(document, quand.date(), mur.criteres(connexion), qui)
            journaux.noter(connexion, auteur.nom, quand, Acces.DROIT_ACCES, une.dossier)
        return dit, discret

    def effacer(self, demande: Demande, auteur: Auteur) -> None:
        """Efface le dossier d'ici, et partout dès le prochain envoi ; le fichier n'en garde rien.

        Lève ``ErreurUtilisateur`` : le jour même pour un représentant, déjà fait, ou sans droit.
        """
        with self._base.ecriture() as connexion:
            une = self._a_traiter(connexion, demande, Droit.EFFACEMENT)
            preuve = effacements.effacer(connexion, une.dossier, auteur, self._horloge())
            if relire_les_retours(journaux.reglage(connexion, RETOURS)).dossier == une.dossier:
                journaux.regler(connexion, RETOURS, "")
            # Une panne d'ici la fin laisserait des pages libres : la prochaine ouverture les récrit.
            journaux.regler(connexion, tombes.A_RECRIRE, "oui")
        self._recrire()
        self._noter_a_cote([preuve.dossier])

    def preuves(self) -> list[Preuve]:
        """Les effacements faits d'ici : à donner à ``rejouer`` d'un coffre revenu d'une copie plus ancienne."""
        with self._base.lecture() as connexion:
            return effacements.preuves(connexion)

    def rejouer(self, preuves: Iterable[Preuve] | None = None) -> int:
        """Après être revenu d'une copie : efface de nouveau ce qui l'avait été depuis ; rend combien y étaient.

        Sans preuves données, celles gardées à côté du coffre, qui reçoivent celles du coffre : à chaque ouverture.
        """
        a_cote = effaces.lire(self._base.chemin)
        with self._base.ecriture() as connexion:
            quand = en_utc(self._horloge())
            a_rejouer = [Preuve(dossier, quand) for dossier in sorted(a_cote)] if preuves is None else preuves
            faits = effacements.rejouer(connexion, a_rejouer)
        self._noter_a_cote({preuve.dossier for preuve in self.preuves()} - a_cote)
        if faits:
            self._recrire()
        return len(faits)

    def _noter_a_cote(self, dossiers: Collection[str]) -> None:
        # Un disque qui refuse n'empêche ni d'effacer, ni d'ouvrir : la prochaine ouverture les notera.
        with suppress(ErreurUtilisateur):
            effaces.noter(self._base.chemin, dossiers)

    def _recrire(self) -> None:
        self._base.oublier_l_efface()
        with self._base.ecriture() as connexion:
            journaux.regler(connexion, tombes.A_RECRIRE, "")

    def _a_traiter(self, connexion: Connection, demande: Demande, droit: Droit) -> Demande:
        une = _retrouver(connexion, demande)
        if une.droit is not droit:
            raise ErreurUtilisateur(PAS_CE_DROIT)
        if not une.seule:
            raise ErreurUtilisateur(DES_DEUX)
        if self._horloge().date() < une.agir_des():
            raise ErreurUtilisateur(PAS_AUJOURD_HUI.format(une.agir_des().strftime("%d/%m/%Y")))
        return une

    def _poser(
        self, connexion: Connection, demande: Demande, valeurs: Mapping[str, Any], acces: Acces, auteur: Auteur
    ) -> None:
        quand = self._horloge()
        depot.modifier(connexion, demande.id, valeurs, auteur, quand)
        journaux.noter(connexion, auteur.nom, quand, acces, demande.dossier)

    def _suite(self, suite: Suite, motif: str = "") -> dict[str, Any]:
        return {"suite": suite.value, "suite_le": self._jour(), "motif": motif or ABSENT}

    def _jour(self) -> str:
        return self._horloge().date().isoformat()


def _initial(dossier: str, droit: Droit, par: str, piece: str, objet: str, jour: date) -> Document:
    dits = {
        "dossier": dossier,
        "droit": droit.value,
        "par": par,
        "piece": piece,
        "objet": objet,
        "recue_le": jour.isoformat(),
        "repondre_avant": repondre_avant(jour).isoformat(),
    }
    if droit is Droit.LIMITATION and par == PERSONNE:
        dits["gele_le"] = jour.isoformat()
    return {nom: dit for nom, dit in dits.items() if dit}


def _demandes(connexion: Connection, dossier: str) -> list[Demande]:
    return lisibles(rattaches.documents(connexion, dossier, DEMANDE))


def _qui_gelent(connexion: Connection, dossier: str) -> list[Demande]:
    gelent = [une for une in _demandes(connexion, dossier) if une.tient_le_gel]
    if not gelent:
        raise ErreurUtilisateur(PLUS_LA)
    return gelent


def _retrouver(connexion: Connection, demande: Demande) -> Demande:
    """La demande telle qu'elle est aujourd'hui, si elle attend encore sa suite."""
    trouvees = (une for une in _demandes(connexion, demande.dossier) if une.id == demande.id)
    une = next(trouvees, None)
    if une is None or une.suite is not None:
        raise ErreurUtilisateur(PLUS_LA)
    return une
