"""Ce qu'une langue ne redit pas encore : fichier, clé, français. C'est la liste d'un traducteur.

Par défaut, ce que la personne peut lire : un papier remis, et les questions que son écran peut montrer. ``tout`` :
aussi ce que dit l'entretien.
Ce qu'un autre français ne redit pas se dit en français : cela manque aussi, sauf ce qu'il déclare déjà simple.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from modele.chargement.langues_locales import locales_de
from modele.chargement.mots_du_droit import ATTENDU, CONTACT, ECHEANCES, LISTES, MotsDuDroit
from modele.chargement.mots_du_territoire import CONTACT as CONTACT_LOCAL
from modele.chargement.mots_du_territoire import GRILLE, LIEU
from modele.chargement.regles import Regles
from modele.cotation.explication import faits_de
from modele.cotation.grille import Grille
from modele.fiches.segments import Segment
from modele.mots.permis import permis
from modele.mots.phrases import FICHIER, LANGUES, MESURE, SIGNES, mots
from modele.regles.langues import FRANCAIS
from modele.regles.langues import langue as langue_de


@dataclass(frozen=True, slots=True)
class Manque:
    """Une phrase à écrire : où, à quelle clé, et ce que dit le français."""

    fichier: str
    cle: str
    francais: str


def manques(regles: Regles, langue: str, *, tout: bool = False) -> tuple[Manque, ...]:
    """Ce qui manque dans cette langue, fichier par fichier. Lève ``ErreurUtilisateur`` si elle est inconnue."""
    if langue == FRANCAIS:
        return ()
    dite = regles.langues.get(langue) or MotsDuDroit(langue)
    toutes = (*_mots(regles, langue), *_droit(regles, dite, tout=tout), *_territoire(regles, dite))
    if langue_de(langue).socle:
        return tuple(un for un in toutes if _a_simplifier(un, permis(langue)))
    return tuple(un for un in toutes if un.francais.strip())


def _a_simplifier(manque: Manque, deja_simples: Collection[str]) -> bool:
    """Vrai si ce français a des mots, et que rien ne le déclare déjà simple."""
    return Segment("", manque.francais).a_traduire and manque.francais.casefold() not in deja_simples


def _mots(regles: Regles, langue: str) -> Iterator[Manque]:
    fichier = f"langues/{langue}/{FICHIER}"
    dites = mots(langue).propres if langue_de(langue).socle or (LANGUES / langue / FICHIER).is_file() else {}
    for section, phrases in mots().tables.items():
        yield from _absents(fichier, section, {cle: str(un) for cle, un in phrases.items()}, dites.get(section, {}))
    unites = sorted({fait.unite for fait in regles.catalogue.values()} - SIGNES)
    yield from _absents(fichier, MESURE, {unite: unite for unite in unites}, dites.get(MESURE, {}))


def _droit(regles: Regles, dite: MotsDuDroit, *, tout: bool) -> Iterator[Manque]:
    racine = f"langues/{dite.id}"
    listes = regles.national.nomenclatures
    for nom, liste in ((nom, un) for nom, un in listes.items() if tout or not un.hors_papier):
        codes = {un.code: un.libelle for un in liste.codes.values()}
        yield from _absents(f"{racine}/nomenclatures.toml", nom, codes, dite.codes.get(nom, {}))
    lus = None if tout else _faits_du_papier(regles)
    faits = (fait for fait in regles.national.catalogue.values() if lus is None or fait.nom in lus)
    definitions = {fait.nom: fait.definition for fait in faits}
    yield from _absents(f"{racine}/faits.toml", "definitions", definitions, dite.definitions)
    yield from _questions(f"{racine}/questionnaire.toml", regles, dite, tout=tout)
    yield from _objets(f"{racine}/pieces.toml", "", regles.pieces, ("libelle", "note"), dite.pieces)
    numeros = regles.national.contacts.values()
    yield from _objets(f"{racine}/contacts.toml", "", numeros, CONTACT if tout else CONTACT[:2], dite.contacts)
    attendus = regles.national.contacts_attendus
    yield from _objets(f"{racine}/contacts_locaux.toml", "", attendus, ATTENDU, dite.attendus)
    champs: tuple[str, ...] = ("libelle", "libelle_discret", *LISTES) if tout else ("libelle",)
    voies = [une for une in regles.orientations if tout or not une.discret]
    yield from _objets(f"{racine}/orientations.toml", "", voies, champs, dite.voies)
    for voie in voies:
        for table, champ in ECHEANCES.items():
            francais = {une.id: getattr(une, champ) for une in voie.echeances}
            dites_de = dite.echeances.get(voie.id, {}).get(champ, {})
            yield from _absents(f"{racine}/orientations.toml", f"{voie.id}.{table}", francais, dites_de)


def _questions(fichier: str, regles: Regles, dite: MotsDuDroit, *, tout: bool) -> Iterator[Manque]:
    """Leur nom, qui s'imprime ; ce qui se demande à voix haute, pour celles que l'écran de la personne peut montrer."""
    for section in (une for une in regles.questionnaire.sections if une.id != "local"):
        dites = dite.questions.get(section.id, {})
        for question in section.questions:
            montree = regles.permises.pictogramme(section, question, regles.catalogue)
            champs = ("officiel", "court", "dire", "pourquoi") if tout else ("officiel", "dire")[: 2 if montree else 1]
            yield from _objets(fichier, section.id, (question,), champs, dites)


def _faits_du_papier(regles: Regles) -> frozenset[str]:
    """Les faits qu'un papier nomme : ceux que lit une ligne de grille qui se montre, ceux d'où part une échéance."""
    lignes = {fait.nom for g in regles.grilles_dites for r in g.rubriques for c in r.criteres for fait in faits_de(c)}
    departs = (une.terme.depart.fait for v in regles.orientations for e in v.echeances for une in e.lectures)
    return frozenset(lignes | {fait.nom for fait in departs if fait is not None})


def _territoire(regles: Regles, dite: MotsDuDroit) -> Iterator[Manque]:
    lieu, fichier = dite.lieu, locales_de(regles.territoire.id, dite.id)
    for grille in regles.grilles:
        yield from _grille(fichier, grille, lieu.grilles.get(grille.id, {}))
    for fait in regles.locaux:
        francais = {"question": fait.question, "definition": fait.definition, "libelles": " / ".join(fait.libelles)}
        yield from _absents(fichier, f"faits.{fait.nom}", francais, lieu.faits.get(fait.nom, {}))
    yield from _objets(fichier, "contacts", regles.territoire.contacts, CONTACT_LOCAL, lieu.contacts)
    yield from _objets(fichier, "lieux", regles.territoire.lieux, LIEU, lieu.lieux)


def _grille(fichier: str, grille: Grille, dits: Mapping[str, Any]) -> Iterator[Manque]:
    racine = f"grilles.{grille.id}"
    yield from _absents(fichier, racine, {champ: getattr(grille, champ) for champ in GRILLE}, dits)
    criteres = {un.id: un.libelle for une in grille.rubriques for un in une.criteres}
    tables = {
        "rubriques": {une.id: une.libelle for une in grille.rubriques},
        "criteres": criteres,
        "circuits": {un.id: un.libelle for un in grille.hors_cotation},
    }
    for table, francais in tables.items():
        yield from _absents(fichier, f"{racine}.{table}", francais, dits.get(table, {}))


def _objets(
    fichier: str, racine: str, objets: Iterable[Any], champs: Sequence[str], dits: Mapping[str, Mapping[str, Any]]
) -> Iterator[Manque]:
    for un in objets:
        francais = {champ: _texte(getattr(un, champ)) for champ in champs}
        yield from _absents(fichier, f"{racine}.{un.id}".lstrip("."), francais, dits.get(un.id, {}))


def _absents(fichier: str, racine: str, francais: Mapping[str, str], dits: Mapping[str, Any]) -> Iterator[Manque]:
    return (Manque(fichier, f"{racine}.{cle}", dit) for cle, dit in francais.items() if cle not in dits)


def _texte(valeur: str | Sequence[str]) -> str:
    return valeur if isinstance(valeur, str) else " / ".join(valeur)
