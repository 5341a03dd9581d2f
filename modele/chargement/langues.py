"""Les surcouches de langue : ``langues/<nom>.<langue>.toml`` redit des mots du droit, sans rien changer à ce qu'il dit.

``nomenclatures`` : le libellé des codes ; ``faits`` : leur définition ; ``questionnaire`` : ce qui se dit, le nom
officiel ; ``orientations`` : libellé, gestes, à dire, à éviter, échéances ; ``pieces`` : libellé, note ;
``contradictions`` : leur phrase. Ce qui manque reste en français ; une liste se redit entière : aucun geste ne se perd.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, Final

from modele.dossier.contradictions import RegleContradiction
from modele.dossier.nomenclatures import Nomenclatures
from modele.dossier.pieces import Piece
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Section
from modele.orientation.regles import RegleOrientation
from modele.orientation.regles_echeances import Depart, RegleEcheance, Terme
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue, Fait
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.provenance import lire_provenance
from modele.sources import Lecture

_PHRASES: Final = ("libelle", "libelle_discret")
_LISTES: Final = ("gestes", "a_dire", "a_eviter")
_DES_ECHEANCES: Final = {"echeances": "libelle", "echeances_ensuite": "ensuite", "echeances_apres": "apres"}
_PIECE: Final = ("libelle", "note")
_QUESTION: Final = ("dire", "officiel", "pourquoi")


@dataclass(frozen=True, slots=True)
class Base:
    """Ce que les surcouches redisent."""

    nomenclatures: Nomenclatures
    catalogue: Catalogue
    questionnaire: Questionnaire
    orientations: Sequence[RegleOrientation]
    pieces: Sequence[Piece]
    contradictions: Sequence[RegleContradiction] = ()


@dataclass(frozen=True, slots=True)
class Langue:
    """Les mots d'une langue. ``codes`` : par liste, puis code. ``echeances`` : par voie, puis phrase, puis échéance.

    ``voies``, ``pieces`` : par identifiant, les champs redits. ``questions`` : de même, par section.
    """

    id: str
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    definitions: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    voies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    echeances: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    pieces: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    contradictions: Mapping[str, str] = field(default_factory=dict)

    def nomenclatures_dites(self, nomenclatures: Nomenclatures) -> Nomenclatures:
        """Les mêmes listes, leurs libellés redits."""
        return {
            nom: replace(
                liste,
                codes={
                    code: replace(un, libelle=self.codes.get(nom, {}).get(code, un.libelle))
                    for code, un in liste.codes.items()
                },
            )
            for nom, liste in nomenclatures.items()
        }

    def fait_dit(self, fait: Fait) -> Fait:
        """Le même fait, sa définition redite."""
        return replace(fait, definition=self.definitions.get(fait.nom, fait.definition))

    def questionnaire_dit(self, questionnaire: Questionnaire) -> Questionnaire:
        """Les mêmes questions, dans le même ordre, redites."""
        return Questionnaire(tuple(map(self._section_dite, questionnaire.sections)))

    def _section_dite(self, section: Section) -> Section:
        dites = self.questions.get(section.id, {})
        return replace(section, questions=tuple(replace(une, **dites.get(une.id, {})) for une in section.questions))

    def voie_dite(self, regle: RegleOrientation) -> RegleOrientation:
        """La même voie : mêmes conditions, mêmes numéros, d'autres mots."""
        echeances = tuple(self._echeance(une, self.echeances.get(regle.id, {})) for une in regle.echeances)
        return replace(regle, **self.voies.get(regle.id, {}), echeances=echeances)

    def _echeance(self, echeance: RegleEcheance, dites: Mapping[str, Mapping[str, str]]) -> RegleEcheance:
        lectures = tuple(replace(une, terme=self._terme(une.terme)) for une in echeance.lectures)
        redits: dict[str, Any] = {cle: dits[echeance.id] for cle, dits in dites.items() if echeance.id in dits}
        return replace(echeance, lectures=lectures, **redits)

    def _terme(self, terme: Terme) -> Terme:
        fait = terme.depart.fait
        return terme if fait is None else replace(terme, depart=Depart(self.fait_dit(fait)))

    def piece_dite(self, piece: Piece) -> Piece:
        """La même pièce, ses mots redits."""
        return replace(piece, **self.pieces.get(piece.id, {}))

    def contradiction_dite(self, regle: RegleContradiction) -> RegleContradiction:
        """La même contradiction, sa phrase redite."""
        return replace(regle, phrase=self.contradictions.get(regle.id, regle.phrase))


def charger_langues(lecture: Lecture, base: Base) -> Mapping[str, Langue]:
    """Toutes les langues que des surcouches redisent. Lève ``FichierFautif`` si une surcouche livrée est fautive."""
    langues: dict[str, Langue] = {}
    for nom, lire in _LECTEURS.items():
        for chemin in lecture.sources.chemins(f"langues/{nom}.*.toml"):
            identifiant = PurePosixPath(chemin).name.removesuffix(".toml").partition(".")[2]
            lus = lecture.servir_si_present(chemin, lambda fichier, lire=lire: lire(fichier, base))  # type: ignore[misc]
            if lus is not None:
                langues[identifiant] = replace(langues.get(identifiant, Langue(identifiant)), **lus)
    return langues


def _ouvrir(fichier: Lisible) -> tuple[Lecteur, list[str]]:
    """Le fichier, et les clés de ses tables ; il dit d'où viennent ses mots."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    entete = ("format", "source", "verifie_le", "confiance", "fondement")
    return lecteur, [cle for cle in lecteur.cles if cle not in entete]


def _tables(fichier: Lisible, connus: Collection[str]) -> tuple[Lecteur, dict[str, Lecteur]]:
    lecteur, cles = _ouvrir(fichier)
    tables = {cle: table for cle in cles if _connue(lecteur, cle, connus) and (table := lecteur.table(cle))}
    return lecteur, tables


def _connue(lecteur: Lecteur, cle: str, connus: Collection[str]) -> bool:
    if cle in connus:
        return True
    lecteur.brut(cle)
    lecteur.signaler(cle, f"« {cle} » n'existe pas en français{vouliez_vous(cle, connus)}")
    return False


def _textes(table: Lecteur, connus: Collection[str]) -> dict[str, str]:
    """Un texte par clé connue."""
    dits = {cle: table.texte(cle, obligatoire=True) for cle in table.cles if _connue(table, cle, connus)}
    table.clore()
    return dits


def _lire_nomenclatures(fichier: Lisible, base: Base) -> dict[str, Any]:
    lecteur, tables = _tables(fichier, base.nomenclatures)
    codes = {nom: _textes(table, base.nomenclatures[nom].codes) for nom, table in tables.items()}
    lecteur.finir()
    return {"codes": codes}


def _lire_faits(fichier: Lisible, base: Base) -> dict[str, Any]:
    lecteur, tables = _tables(fichier, ("definitions",))
    definitions = _textes(tables["definitions"], base.catalogue) if "definitions" in tables else {}
    lecteur.finir()
    return {"definitions": definitions}


def _lire_questionnaire(fichier: Lisible, base: Base) -> dict[str, Any]:
    posees = {section.id: {une.id for une in section.questions} for section in base.questionnaire.sections}
    lecteur, tables = _tables(fichier, posees)
    questions = {nom: _questions(table, posees[nom]) for nom, table in tables.items()}
    lecteur.finir()
    return {"questions": questions}


def _questions(section: Lecteur, posees: Collection[str]) -> dict[str, dict[str, str]]:
    tables = {cle: table for cle in section.cles if _connue(section, cle, posees) and (table := section.table(cle))}
    dites = {nom: _textes(table, _QUESTION) for nom, table in tables.items()}
    section.clore()
    return dites


def _lire_pieces(fichier: Lisible, base: Base) -> dict[str, Any]:
    lecteur, tables = _tables(fichier, {piece.id: piece for piece in base.pieces})
    pieces = {nom: _textes(table, _PIECE) for nom, table in tables.items()}
    lecteur.finir()
    return {"pieces": pieces}


def _lire_contradictions(fichier: Lisible, base: Base) -> dict[str, Any]:
    lecteur, tables = _tables(fichier, ("phrases",))
    connues = [une.id for une in base.contradictions]
    phrases = _textes(tables["phrases"], connues) if "phrases" in tables else {}
    lecteur.finir()
    return {"contradictions": phrases}


def _lire_orientations(fichier: Lisible, base: Base) -> dict[str, Any]:
    regles = {regle.id: regle for regle in base.orientations}
    lecteur, tables = _tables(fichier, regles)
    voies = {nom: _voie(table, regles[nom]) for nom, table in tables.items()}
    echeances = {nom: _echeances(table, regles[nom]) for nom, table in tables.items()}
    for table in tables.values():
        table.clore()
    lecteur.finir()
    return {"voies": voies, "echeances": echeances}


def _voie(table: Lecteur, regle: RegleOrientation) -> dict[str, Any]:
    dits: dict[str, Any] = {cle: table.texte(cle, obligatoire=True) for cle in _PHRASES if cle in table}
    for cle in (cle for cle in _LISTES if cle in table):
        dits[cle] = table.textes(cle)
        attendus = len(getattr(regle, cle))
        if len(dits[cle]) != attendus:
            table.signaler(cle, f"le français en a {attendus}, cette langue {len(dits[cle])} : redites-les tous")
    return dits


def _echeances(table: Lecteur, regle: RegleOrientation) -> dict[str, dict[str, str]]:
    """Par phrase d'une échéance (``libelle``, ``ensuite``, ``apres``), ce que dit cette langue."""
    connues = [une.id for une in regle.echeances]
    return {phrase: _textes(dites, connues) for cle, phrase in _DES_ECHEANCES.items() if (dites := table.table(cle))}


_LECTEURS: Final = {
    "nomenclatures": _lire_nomenclatures,
    "faits": _lire_faits,
    "questionnaire": _lire_questionnaire,
    "orientations": _lire_orientations,
    "pieces": _lire_pieces,
    "contradictions": _lire_contradictions,
}
