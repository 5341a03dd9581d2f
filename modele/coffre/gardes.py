"""Ce qu'un objet ne peut pas dire parce qu'un autre le dit déjà : jugé à chaque écriture, quel que soit le geste.

Ce qui arrive d'un autre poste n'est pas jugé ici : deux postes ont pu écrire sans se voir, et l'écran le montre.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from modele.coffre import schema
from modele.coffre.lignes import tenus_du_genre
from modele.conference import versions
from modele.conference.versions import Version
from modele.contingents import controles, conventions, engagements, passages, previsions
from modele.contingents.lecture import est_un_code_de_commune, lire_entier, lire_texte
from modele.dossier.chemins import Document
from modele.dossier.documents import decoder, encoder
from modele.regles.fautes import ErreurUtilisateur

SEANCE: Final = "seance"
CANDIDAT: Final = "candidat_de_seance"
CONVENTION: Final = "convention_reservation"
PASSAGE: Final = "passage_flux"
PREVISION: Final = "prevision_flux"
ENGAGEMENT: Final = "engagement"
FIGEE: Final = "conference_figee"
_OBJET: Final = schema.dossier.c
_DEJA: Final = (
    "Cette commune a déjà son passage en flux chez ce bailleur (saisi par {}). Ouvrez-le et complétez-le : il n'y en a "
    "qu'un par commune et par bailleur."
)
_SANS_BAILLEUR: Final = "Dites de quel bailleur (son nom, son SIREN) et de quelle année est cette prévision."
_DE_TROP: Final = (
    "Cette prévision retranche du flux plus de logements qu'elle n'en prévoit : relisez ses nombres. Rien n'est écrit."
)
_DEJA_PREVU: Final = (
    "Ce bailleur a déjà sa prévision pour cette année et cette commune (saisie par {}). Ouvrez-la et complétez-la."
)
_SANS_NOM: Final = "Dites la commune et le bailleur de ce passage en flux ; le reste peut attendre."
INVENTAIRE_AU_PLUS: Final = 450_000
"""Ses octets au plus : l'opération qui le crée en fait le double, et un objet en pèse un million au registre."""
_TROP_LOURD: Final = (
    "Cet inventaire est trop long pour passer d'un poste à l'autre : 2 500 logements au plus. Rien n'est écrit ; ôtez "
    "ceux dont le droit est fini."
)
FIGEE_AU_PLUS: Final = INVENTAIRE_AU_PLUS
"""Ses octets au plus, pour la même raison."""
_FIGEE_TROP_LOURDE: Final = (
    "Ce dossier est trop lourd pour passer d'un poste à l'autre, même compressé. Rien n'est figé."
)
_PAS_LA_SUITE: Final = (
    "Une autre version de ce dossier a été figée depuis que celle-ci est préparée. Rien n'est figé : comptez de "
    "nouveau, elle en tiendra compte."
)
_DEUX_FOIS: Final = "La référence « {} » est écrite deux fois dans l'inventaire : un logement ne donne qu'un droit."


def exiger(connexion: Connection, genre: str, document: Document, jour: date) -> None:
    """Lève ``ErreurUtilisateur``, en citant ce qui s'y oppose, si cet objet ne peut pas dire cela ce ``jour``."""
    if (garde := _GARDES.get(genre)) is not None:
        phrase = garde(connexion, document)
    else:
        phrase = _BRANCHEES[genre](connexion, document, jour) if genre in _BRANCHEES else ""
    if phrase:
        raise ErreurUtilisateur(phrase)


def brancher(genre: str, garde: Callable[[Connection, Document, date], str]) -> None:
    """Cette garde juge ce genre : elle lit ce que le dépôt écrit (un classement), ce module ne peut la nommer."""
    _BRANCHEES[genre] = garde


def objets(connexion: Connection, genre: str) -> list[tuple[Document, str]]:
    """Les objets de ce genre que ce poste tient, du plus ancien au plus récent, et qui les a écrits en dernier."""
    requete = select(_OBJET.document, _OBJET.agent).where(tenus_du_genre(genre)).order_by(_OBJET.cree_le, _OBJET.id)
    return [(decoder(ligne.document), ligne.agent) for ligne in connexion.execute(requete)]


def _convention(connexion: Connection, document: Document) -> str:
    tenues = [conventions.relire(un, par) for un, par in objets(connexion, CONVENTION)]
    return controles.refus(conventions.relire(document), tenues)


def _passage(connexion: Connection, document: Document) -> str:
    neuf = passages.relire(document)
    if not (neuf.commune and neuf.bailleur):
        return _SANS_NOM
    if not est_un_code_de_commune(neuf.commune):
        return controles.PAS_UNE_COMMUNE.format(neuf.commune)
    if len(encoder(document)) > INVENTAIRE_AU_PLUS:
        return _TROP_LOURD
    if deux := passages.doublons(neuf.inventaire):
        return _DEUX_FOIS.format(deux[0])
    for un, par in objets(connexion, PASSAGE):
        autre = passages.relire(un, par)
        if autre.id != neuf.id and passages.meme(autre, neuf):
            return _DEJA.format(par)
    return ""


def _prevision(connexion: Connection, document: Document) -> str:
    neuve = previsions.relire(document)
    if neuve.retiree_le is not None:
        return ""
    if not (neuve.bailleur and neuve.siren and neuve.annee):
        return _SANS_BAILLEUR
    if neuve.commune and not est_un_code_de_commune(neuve.commune):
        return controles.PAS_UNE_COMMUNE.format(neuve.commune)
    if neuve.de_trop:
        return _DE_TROP
    for un, par in objets(connexion, PREVISION):
        autre = previsions.relire(un, par)
        if autre.id != neuve.id and autre.retiree_le is None and autre.cle == neuve.cle:
            return _DEJA_PREVU.format(par)
    return ""


def _engagement(connexion: Connection, document: Document) -> str:
    tenus = [engagements.relire(un, par) for un, par in objets(connexion, ENGAGEMENT)]
    return engagements.refus(engagements.relire(document), tenus)


def lues(connexion: Connection) -> list[Version]:
    """Les versions figées que ce poste tient, de la première à la dernière."""
    return [_version(document, par) for document, par in objets(connexion, FIGEE)]


def _version(document: Document, par: str = "") -> Version:
    return Version(
        territoire=lire_texte(document, "ou"),
        annee=lire_entier(document, "annee") or 0,
        diffusion=lire_texte(document, "diffusion"),
        precedente=lire_texte(document, "precedente"),
        empreinte=lire_texte(document, "empreinte"),
        contenu=lire_texte(document, "contenu"),
        id=lire_texte(document, "id"),
        par=par,
        quand=lire_texte(document, "cree_le"),
    )


def _figee(connexion: Connection, document: Document) -> str:
    if len(encoder(document)) > FIGEE_AU_PLUS:
        return _FIGEE_TROP_LOURDE
    neuve = _version(document)
    versions.ouvrir(neuve)
    autres = [une for une in lues(connexion) if une.id != neuve.id]
    return "" if neuve.precedente == versions.derniere(autres, neuve.suite) else _PAS_LA_SUITE


_GARDES: Final[Mapping[str, Callable[[Connection, Document], str]]] = {
    CONVENTION: _convention,
    PASSAGE: _passage,
    PREVISION: _prevision,
    ENGAGEMENT: _engagement,
    FIGEE: _figee,
}
_BRANCHEES: Final[dict[str, Callable[[Connection, Document, date], str]]] = {}
