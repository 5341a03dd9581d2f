"""Ce qu'une commission lit des demandes de ce poste, tenu d'avance ; et ce qu'une personne y choisit. Décision 0045.

Une ligne se tire d'un bilan (``modele.commission.ligne``), part dès que le document change, et ne vaut que sous les
règles dont elle est tirée. Un dossier discret y est comme un autre. Ce qui n'a pas encore de ligne se compte et se dit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, insert, or_, select

from modele.attributions.classement.classer import Rouverture
from modele.attributions.classement.regles import regles
from modele.attributions.classement.serree import COLONNES, serrer
from modele.attributions.classement.tenue import Ligne
from modele.coffre import auteurs, depot, journaux, schema
from modele.coffre.base import Base
from modele.coffre.gardes import CONVENTION
from modele.coffre.lignes import OUVERT, tenus_du_genre
from modele.coffre.regard import visible
from modele.dossier.acces import Acces
from modele.dossier.chemins import Document, lire
from modele.dossier.documents import decoder
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.protection.nommes import nomment
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.attributions.classement.classer import Classement

CHOIX: Final = "choix_commission"
_RELIRE_APRES: Final = timedelta(days=7)
"""Le temps qui passe change aussi une demande : un âge, un délai. Passé cela, elle sert encore, et se relit."""
_DOSSIER, _LIGNE = schema.dossier.c, schema.candidature.c
_TENUES: Final = (_DOSSIER.etat == OUVERT, _DOSSIER.genre == DOSSIER)
_SANS_MOTIF: Final = "Écrivez pourquoi : ce motif se garde, avec votre nom et le jour."
_SANS_LOGEMENT: Final = "Choisissez d'abord un logement : ce choix se garde avec lui."
_FERMEE: Final = "Cela ne se rouvre pour aucune demande. Cela se change dans la demande, avec la personne."
_ABSENTE: Final = "Cette demande n'est plus sur ce poste. Relisez le classement."
_DEJA: Final = "Cette demande est déjà désignée pour ce logement. Relisez le classement."
_NOMME: Final = (
    "Ce motif nomme la personne : il se lira à côté de sa référence. Écrivez-le sans son nom ni son numéro unique."
)


class Sorte(StrEnum):
    """Ce qu'une personne choisit devant un classement."""

    ROUVERTE = "rouverte"
    DESIGNEE = "designee"


@dataclass(frozen=True, slots=True)
class Logement:
    """Celui dont on choisit les candidats, tel que son bailleur le nomme."""

    reference: str
    siren: str = ""


@dataclass(frozen=True, slots=True)
class ARelire:
    """Une demande dont la ligne est à tirer de son document."""

    dossier: str
    document: Document


@dataclass(frozen=True, slots=True)
class Choisie:
    """Un choix gardé. ``regle`` : d'une demande rouverte ; ``rang`` : d'une demande désignée."""

    dossier: str
    sorte: Sorte
    par: str
    le: date
    motif: str = ""
    regle: str = ""
    rang: int | None = None


@dataclass(frozen=True, slots=True)
class Candidatures:
    """Les lignes gardées (``COLONNES``), combien de demandes ne sont pas encore relues, et ce qui a été choisi."""

    lignes: Sequence[Row[*tuple[Any, ...]]]
    a_relire: int
    choisies: tuple[Choisie, ...] = ()

    @property
    def rouvertes(self) -> tuple[Rouverture, ...]:
        """Celles qu'une personne a rouvertes, telles que le classement les lit."""
        return tuple(
            Rouverture(dossier=une.dossier, regle=une.regle, par=une.par, motif=une.motif, le=une.le)
            for une in self.choisies
            if une.sorte is Sorte.ROUVERTE
        )


class Candidats:
    """Ce que l'écran et la commande font d'un classement. Sûr entre fils. Lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    # Les lignes.

    def a_relire(
        self, sous: str, jour: date, au_plus: int, auteur: Auteur, parmi: Collection[str] | None = None
    ) -> list[ARelire]:
        """Les demandes sans ligne sous ces règles, puis les plus anciennes lignes ; rien pour qui ne classe pas.

        ``parmi`` : de ces dossiers seulement.
        """
        vaut = and_(_LIGNE.dossier == _DOSSIER.id, _LIGNE.sous == sous)
        a_tirer = or_(_LIGNE.lue_le.is_(None), _vieille(jour))
        requete = select(_DOSSIER.id, _DOSSIER.document).outerjoin(schema.candidature, vaut).where(*_TENUES, a_tirer)
        if parmi is not None:
            requete = requete.where(_DOSSIER.id.in_(parmi))
        with self._base.lecture() as connexion:
            if not auteurs.permet(connexion, auteur, CHOIX, Action.LIRE):
                return []
            lues = connexion.execute(requete.order_by(_LIGNE.lue_le, _DOSSIER.id).limit(au_plus))
            return [ARelire(ligne.id, decoder(ligne.document)) for ligne in lues]

    def noter(self, sous: str, jour: date, tirees: Sequence[tuple[ARelire, Ligne]]) -> None:
        """Garde ces lignes ; pas celle d'un dossier qui a changé depuis qu'on l'a lu."""
        with self._base.ecriture() as connexion:
            gardees = [
                {"sous": sous, "lue_le": jour.isoformat(), **serrer(ligne)}
                for lue, ligne in tirees
                if _est_encore(connexion, lue)
            ]
            if gardees:
                connexion.execute(insert(schema.candidature).prefix_with("OR REPLACE"), gardees)

    def lire(self, sous: str, logement: Logement, auteur: Auteur) -> Candidatures:
        """Toutes les lignes qui valent sous ces règles, et combien sont à relire. S'inscrit au journal du poste."""
        jour = self._horloge().date()
        with self._base.ecriture() as connexion:
            for genre in (CONVENTION, CHOIX):
                auteurs.exiger(connexion, auteur, genre, Action.LIRE)
            self._noter(connexion, auteur, Acces.CLASSER_DES_CANDIDATS, logement.reference)
            lignes = connexion.execute(_lignes(sous, jour)).all()
            vieilles = connexion.execute(_combien(_valables(sous, jour), _vieille(jour))).scalar_one()
            restent = _tenues(connexion) - len(lignes) + vieilles
            return Candidatures(lignes, restent, tuple(_choisies(connexion, logement)))

    def identite(self, dossier: str, auteur: Auteur) -> str:
        """Le nom de la personne, une ligne à la fois, à qui classe et lit tout dossier. S'inscrit à son journal.

        Le même droit pour tous : un refus pour un seul dirait lequel est discret.
        """
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, CHOIX, Action.LIRE)
            auteurs.exiger(connexion, auteur, DOSSIER, Action.LIRE, Action.LIRE_DISCRET)
            tenue = connexion.execute(_tenu(dossier)).one_or_none()
            if tenue is None:
                raise ErreurUtilisateur(_ABSENTE)
            journaux.noter(connexion, auteur.nom, self._horloge(), Acces.IDENTIFIER_UN_CANDIDAT, dossier)
            return _nom(decoder(tenue.document))

    # Les choix.

    def rouvrir(self, logement: Logement, dossier: str, regle: str, motif: str, auteur: Auteur) -> None:
        """Cette règle n'écarte plus cette demande de ce logement : une personne l'a décidé, et dit pourquoi."""
        lue = next((une for une in regles().regles if une.id == regle and une.ecarte), None)
        if lue is None or lue.fermee:
            raise ErreurUtilisateur(_FERMEE)
        self._choisir(logement, dossier, {"sorte": Sorte.ROUVERTE, "regle": regle}, _exiger(motif), auteur)

    def designer(self, logement: Logement, dossier: str, rang: int, motif: str, auteur: Auteur) -> None:
        """Cette demande est désignée pour ce logement, une fois.

        Hors de l'ordre, ou si une demande n'a pas encore de ligne (la première n'est alors peut-être pas la première),
        un motif. Hors de l'ordre : devant ce ``rang`` il y a plus de demandes que de désignées.
        """

        def exiger(connexion: Connection) -> None:
            choisies = _choisies(connexion, logement)
            deja = {une.dossier for une in choisies if une.sorte is Sorte.DESIGNEE}
            if dossier in deja:
                raise ErreurUtilisateur(_DEJA)
            if rang > 1 + len(deja) or connexion.execute(_combien()).scalar_one() < _tenues(connexion):
                _exiger(motif)

        self._choisir(logement, dossier, {"sorte": Sorte.DESIGNEE, "rang": rang}, motif.strip(), auteur, exiger)

    def _choisir(
        self, logement: Logement, dossier: str, dit: Mapping[str, Any], motif: str, auteur: Auteur,
        exiger: Callable[[Connection], object] = lambda _: None,
    ) -> None:  # fmt: skip
        if not logement.reference.strip():
            raise ErreurUtilisateur(_SANS_LOGEMENT)
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, CHOIX, Action.CREER)
            tenue = connexion.execute(_tenu(dossier)).one_or_none()
            if tenue is None:
                raise ErreurUtilisateur(_ABSENTE)
            exiger(connexion)
            if nomment([motif], [decoder(tenue.document)]):
                raise ErreurUtilisateur(_NOMME)
            quand = self._horloge()
            neuf = {"dossier": dossier, **dit, "logement": logement.reference, "le": quand.date().isoformat()}
            neuf |= {cle: lu for cle, lu in (("siren_bailleur", logement.siren), ("motif", motif)) if lu}
            depot.creer(connexion, [neuf], auteur, quand, CHOIX)

    def _noter(self, connexion: Connection, auteur: Auteur, acces: Acces, motif: str) -> None:
        journaux.noter(connexion, auteur.nom, self._horloge(), acces, None, motif)


def classement(connexion: Connection, sous: str, jour: date, colonnes: Mapping[str, Any]) -> tuple[Classement, bool]:
    """Ce que ce poste range pour ce logement, ce jour, sous ces règles ; et si chaque demande y a sa ligne."""
    from modele.attributions.classement.classer import classer
    from modele.attributions.classement.serree import desserrer

    logement = Logement(str(colonnes.get("ref_bailleur") or ""), str(colonnes.get("siren_bailleur") or ""))
    choisies = tuple(_choisies(connexion, logement))
    lignes = connexion.execute(_lignes(sous, jour)).all()
    table = desserrer(lignes, str(colonnes.get("code_insee") or ""))
    range_ = classer(table, colonnes, Candidatures(lignes, 0, choisies).rouvertes)
    return range_, len(lignes) == _tenues(connexion)


def _nom(document: Document) -> str:
    """Nom et prénoms du demandeur, tels que le dossier les dit ; vide s'il n'en dit aucun."""
    usage, nom, prenoms = (lire(document, f"demandeur.{un}") for un in ("nom_usage", "nom", "prenoms"))
    return " ".join(un for un in (usage if isinstance(usage, str) else nom, prenoms) if isinstance(un, str))


def _exiger(motif: str) -> str:
    if not motif.strip():
        raise ErreurUtilisateur(_SANS_MOTIF)
    return motif.strip()


def _tenu(dossier: str) -> Any:
    return select(_DOSSIER.document).where(*_TENUES, _DOSSIER.id == dossier, visible(_DOSSIER.id))


def _vieille(jour: date) -> ColumnElement[bool]:
    """Tirée il y a trop longtemps, ou une autre année : les plafonds ont changé."""
    return or_(_LIGNE.lue_le <= (jour - _RELIRE_APRES).isoformat(), _LIGNE.lue_le < f"{jour.year:04}")


def _valables(sous: str, jour: date) -> ColumnElement[bool]:
    """Sous ces règles et de cette année : d'une autre, elle dirait « non » là où l'on ne sait plus."""
    return and_(_LIGNE.sous == sous, _LIGNE.lue_le >= f"{jour.year:04}")


def _lignes(sous: str, jour: date) -> Any:
    return select(*(_LIGNE[nom] for nom in COLONNES)).where(_valables(sous, jour), *_ouvertes())


def _ouvertes() -> tuple[ColumnElement[bool], ...]:
    # Une écriture lit tout : ce que l'agent ne voit pas s'en retire ici. Un dossier fermé n'a pas de rang ; sans
    # jointure, l'index des derniers changés le dit, et aucun document ne se déchiffre.
    return _LIGNE.dossier.in_(select(_DOSSIER.id).where(*_TENUES)), visible(_LIGNE.dossier)


def _combien(*conditions: ColumnElement[bool]) -> Any:
    return select(func.count()).select_from(schema.candidature).where(*conditions, *_ouvertes())


def _tenues(connexion: Connection) -> int:
    """Combien de demandes cet agent voit sur ce poste."""
    requete = select(func.count()).select_from(schema.dossier).where(*_TENUES, visible(_DOSSIER.id))
    nombre: int = connexion.execute(requete).scalar_one()
    return nombre


def _est_encore(connexion: Connection, lue: ARelire) -> bool:
    tenu: ColumnElement[bool] = and_(*_TENUES, _DOSSIER.id == lue.dossier)
    actuel = connexion.scalar(select(_DOSSIER.document).where(tenu))
    return actuel is not None and decoder(actuel) == lue.document


def _choisies(connexion: Connection, logement: Logement) -> list[Choisie]:
    colonnes = (_DOSSIER.document, _DOSSIER.agent, _DOSSIER.rattache)
    requete = select(*colonnes).where(tenus_du_genre(CHOIX), visible(_DOSSIER.id))
    voulu = {"logement": logement.reference, "siren_bailleur": logement.siren or None}
    lues = [(decoder(ligne.document), ligne) for ligne in connexion.execute(requete.order_by(_DOSSIER.id))]
    return [
        une
        for document, ligne in lues
        if {cle: document.get(cle) for cle in voulu} == voulu
        and (une := _choisie(document, ligne.rattache, ligne.agent)) is not None
    ]


def _choisie(document: Document, dossier: str | None, par: str) -> Choisie | None:
    """Ce choix ; rien de ce qu'un autre poste aurait mal écrit. ``dossier`` : celui où le sien a pu être fondu."""
    try:
        return Choisie(
            dossier=dossier or str(document["dossier"]),
            sorte=Sorte(document["sorte"]),
            par=par,
            le=date.fromisoformat(document["le"]),
            motif=str(document.get("motif", "")),
            regle=str(document.get("regle", "")),
            rang=document.get("rang"),
        )
    except (KeyError, ValueError, TypeError):
        return None
