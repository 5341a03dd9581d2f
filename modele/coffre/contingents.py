"""Les conventions, les passages en flux et les fichiers des bailleurs, au coffre : les lire, les écrire, les retirer.

Qui n'a ni le rôle de contingent ni celui de responsable n'en lit rien. Chaque lecture s'inscrit au journal du poste. Ce
qui se contredit est refusé à l'écriture (``gardes``). Le contenu d'un fichier ne se lit qu'en mémoire. Décision 0040.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import auteurs, depot, journaux
from modele.coffre.base import Base
from modele.coffre.gardes import CONVENTION, PASSAGE, PREVISION, objets
from modele.contingents import controles, conventions, lots, passages, previsions
from modele.contingents.conventions import ConventionTenue
from modele.contingents.lots import Lot
from modele.contingents.passages import INVENTAIRE, Passage, Reserve
from modele.contingents.previsions import PrevisionTenue
from modele.dossier import listes
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document, poser
from modele.dossier.documents import identifiant
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur

LOT: Final = "lot_attributions"
TRANCHE: Final = "tranche_attributions"
_ABSENTE: Final = "Cet objet n'est plus sur ce poste. Relisez l'écran : il a peut-être été retiré sur un autre poste."
_TROP_LOURD: Final = "Ce fichier est trop lourd, même compressé : {} Mio au plus. Importez-le année par année."
_DEJA_IMPORTE: Final = "Ce fichier est déjà importé : « {} », {} lignes, par {}. Rien n'a été ajouté."
_AUTRE_SORTE: Final = (
    "Ce fichier n'en remplace pas un d'une autre sorte : l'un dit des logements, l'autre des attributions."
)
_PAS_ENTIER: Final = (
    "« {} » n'est pas encore tout entier sur ce poste : il arrive d'un autre, morceau par morceau. Ouvrez « Envois », "
    "attendez que tout soit reçu, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class Tenus:
    """Ce que ce poste tient. ``contraires`` : ce que deux postes ont écrit sans se voir, une phrase chacun.

    ``lots`` : ceux qui servent, le dernier d'abord ; jamais leur contenu.
    """

    conventions: tuple[ConventionTenue, ...] = ()
    passages: tuple[Passage, ...] = ()
    lots: tuple[Lot, ...] = ()
    contraires: tuple[str, ...] = ()
    previsions: tuple[PrevisionTenue, ...] = ()


class Contingents:
    """Ce que l'écran et la commande font d'un contingent. Sûr entre fils. Lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def lire(self, auteur: Auteur, *, entier: bool = True) -> Tenus:
        """Tout ce qui est tenu, sans ligne nominative ; pas ``entier`` : ce qui ne se compte pas reste au coffre."""
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, CONVENTION, Action.LIRE)
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.LIRE_CONTINGENT, None)
            signees = _conventions(connexion)
            prevues = [previsions.relire(un, par) for un, par in objets(connexion, PREVISION)]
            return Tenus(
                tuple(une for une in signees if une.retiree_le is None),
                tuple(passages.relire(un, par) for un, par in objets(connexion, PASSAGE)) if entier else (),
                tuple(un for un in reversed(_lots(connexion)) if not un.remplace_par),
                (*controles.contraires(signees), *previsions.contraires(prevues)) if entier else (),
                tuple(une for une in prevues if une.retiree_le is None),
            )

    # Les conventions.

    def garder_convention(self, convention: ConventionTenue, auteur: Auteur) -> ConventionTenue:
        """Crée cette convention, ou la change (``id``) ; refusée, rien ne s'écrit, les deux sont citées."""
        with self._base.ecriture() as connexion:
            gardee = self._garder(connexion, CONVENTION, convention.id, conventions.champs(convention), auteur)
            self._noter(connexion, auteur, Acces.SAISIR_CONVENTION, controles.citer(convention))
            return conventions.relire(gardee, auteur.nom)

    def retirer_convention(self, lequel: str, auteur: Auteur) -> None:
        """Saisie par erreur : elle ne compte plus et ne se montre plus ; son histoire reste."""
        with self._base.ecriture() as connexion:
            tenue = next((une for une in _conventions(connexion) if une.id == lequel), None)
            if tenue is None:
                raise ErreurUtilisateur(_ABSENTE)
            quand = self._horloge()
            depot.modifier(connexion, lequel, {"retiree_le": quand.date()}, auteur, quand)
            self._noter(connexion, auteur, Acces.RETIRER_CONVENTION, controles.citer(tenue))

    # Les passages en flux.

    def garder_passage(self, passage: Passage, auteur: Auteur) -> Passage:
        """Crée ce passage, ou le change s'il a un ``id`` ; son inventaire entier est celui qu'on donne."""
        with self._base.ecriture() as connexion:
            dits = passages.champs(passage)
            avant = {} if not passage.id else _document(connexion, PASSAGE, passage.id)
            gardee = self._garder(connexion, PASSAGE, passage.id, dits | _inventaire(avant, passage.inventaire), auteur)
            self._noter(connexion, auteur, Acces.SAISIR_PASSAGE, f"{passage.commune}, {passage.bailleur}")
            return passages.relire(gardee, auteur.nom)

    # Ce que les bailleurs prévoient.

    def garder_prevision(self, prevision: PrevisionTenue, auteur: Auteur) -> PrevisionTenue:
        """Crée cette prévision, ou la change si elle a un ``id``."""
        with self._base.ecriture() as connexion:
            gardee = self._garder(connexion, PREVISION, prevision.id, previsions.champs(prevision), auteur)
            self._noter(connexion, auteur, Acces.SAISIR_PREVISION, f"{prevision.bailleur}, {prevision.annee}")
            return previsions.relire(gardee, auteur.nom)

    def retirer_prevision(self, lequel: str, auteur: Auteur) -> None:
        """Saisie par erreur, ou deux fois : elle ne compte plus et ne se montre plus ; son histoire reste."""
        with self._base.ecriture() as connexion:
            tenue = previsions.relire(_document(connexion, PREVISION, lequel))
            quand = self._horloge()
            depot.modifier(connexion, lequel, {"retiree_le": quand.date()}, auteur, quand)
            self._noter(connexion, auteur, Acces.RETIRER_PREVISION, f"{tenue.bailleur}, {tenue.annee}")

    # Les fichiers des bailleurs.

    def importer(self, lot: Lot, contenu: bytes, auteur: Auteur, remplace: str = "") -> Lot:
        """Garde ce fichier, tout ou rien. ``remplace`` : l'``id`` de celui qui ne sert plus."""
        if len(contenu) > lots.OCTETS_AU_PLUS:
            raise ErreurUtilisateur(_TROP_LOURD.format(lots.OCTETS_AU_PLUS >> 20))
        empreinte, morceaux = lots.decouper(contenu)
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, LOT, Action.CREER)
            for deja in _lots(connexion):
                if deja.empreinte == empreinte and not deja.remplace_par:
                    raise ErreurUtilisateur(_DEJA_IMPORTE.format(deja.fichier, deja.lignes, deja.par))
            quand = self._horloge()
            depot.creer(connexion, morceaux, auteur, quand, TRANCHE)
            document = lots.champs(lot, empreinte, len(morceaux), len(contenu))
            (garde,) = depot.creer(connexion, [document], auteur, quand, LOT)
            if remplace:
                if lots.relire(_document(connexion, LOT, remplace)).sorte != lot.sorte:
                    raise ErreurUtilisateur(_AUTRE_SORTE)
                depot.modifier(connexion, remplace, {"remplace_par": garde["id"]}, auteur, quand)
            self._noter(connexion, auteur, Acces.IMPORTER_ATTRIBUTIONS, lot.fichier)
            return lots.relire(garde, auteur.nom)

    def contenu(self, lequel: str, auteur: Auteur) -> bytes:
        """Le contenu de ce fichier, en mémoire : des lignes nominatives. S'inscrit au journal, avec son nom."""
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, TRANCHE, Action.LIRE)
            lot = lots.relire(_document(connexion, LOT, lequel))
            self._noter(connexion, auteur, Acces.LIRE_ATTRIBUTIONS, lot.fichier)
            lu = lots.recoller(lot, (document for document, _ in objets(connexion, TRANCHE)))
        if lu is None:
            raise ErreurUtilisateur(_PAS_ENTIER.format(lot.fichier))
        return lu

    def _garder(
        self, connexion: Connection, genre: str, lequel: str, dits: Mapping[str, Any], auteur: Auteur
    ) -> Document:
        if lequel:
            _document(connexion, genre, lequel)
            return depot.modifier(connexion, lequel, dits, auteur, self._horloge())
        (neuf,) = depot.creer(connexion, [_en_document(dits)], auteur, self._horloge(), genre)
        return neuf

    def _noter(self, connexion: Connection, auteur: Auteur, acces: Acces, motif: str) -> None:
        journaux.noter(connexion, auteur.nom, self._horloge(), acces, None, motif)


def _conventions(connexion: Connection) -> list[ConventionTenue]:
    return [conventions.relire(un, par) for un, par in objets(connexion, CONVENTION)]


def _lots(connexion: Connection) -> list[Lot]:
    return [lots.relire(un, par) for un, par in objets(connexion, LOT)]


def _document(connexion: Connection, genre: str, lequel: str) -> Document:
    """Cet objet. Lève ``ErreurUtilisateur`` si ce poste n'en tient pas de ce genre et de ce nom."""
    for document, _ in objets(connexion, genre):
        if document["id"] == lequel:
            return document
    raise ErreurUtilisateur(_ABSENTE)


def _inventaire(avant: Document, voulu: tuple[Reserve, ...]) -> dict[str, Any]:
    """Ce qui s'écrit pour que l'inventaire soit celui-ci : les neufs ont leur identifiant, les autres le gardent."""
    nommes = [un if un.id else replace(un, id=identifiant()) for un in voulu]
    garde = {un.id for un in nommes}
    partis = [un.id for un in passages.relire(avant).inventaire if un.id not in garde]
    ecrits = listes.enlever(avant, INVENTAIRE, partis)
    for un in nommes:
        ecrits[f"{INVENTAIRE}.elements.{un.id}"] = _element(un)
    return {**ecrits, f"{INVENTAIRE}.ordre": [un.id for un in nommes]}


def _element(un: Reserve) -> dict[str, Any]:
    dits: dict[str, Any] = {"reference": un.reference, "origine": un.origine, "fin_le": un.fin_le}
    return {cle: valeur for cle, valeur in dits.items() if valeur}


def _en_document(dits: Mapping[str, Any]) -> Document:
    """Ces chemins, en document ; ce qui est absent n'y est pas."""
    document: Document = {}
    for chemin, valeur in dits.items():
        if valeur is not ABSENT:
            document = poser(document, chemin, valeur)
    return document
