"""La revue du droit : chaque règle, son article, sa source, quand elle a été vérifiée. Pour la tenir à jour.

Relue dans les fichiers mêmes, et non dans ce qu'ils deviennent : ce qui s'ajoute demain à un fichier y est aussitôt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from modele.orientation.contacts import FICHIER as CONTACTS
from modele.orientation.contacts_locaux import FICHIER as ATTENDUS
from modele.orientation.dalo import FICHIER as RECOURS
from modele.orientation.publics import FICHIER as PUBLICS
from modele.orientation.regles import FICHIER as ORIENTATIONS
from modele.regles.disque import Lisible
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import Provenance, lire_provenance
from modele.sources import Lecture
from modele.territoire import bareme
from modele.territoire.identite import IDENTITE, identites
from modele.territoire.tables import lire_entete

SEUIL: Final = "revue_du_droit_jours"
# Par fichier, ses tables : leur clé, ce qu'elles sont, et la clé de ce qui s'en lit.
_NATIONAUX: Final = (
    (ORIENTATIONS, "orientation", "voie", "libelle"),
    (RECOURS, "condition", "condition de recours", "libelle"),
    (RECOURS, "motif", "motif de recours", "libelle"),
    (PUBLICS, "public", "public prioritaire", "libelle"),
    ("national/faits.toml", "fait_derive", "fait", "definition"),
    ("national/parametres.toml", "parametre", "paramètre", "libelle"),
    ("national/pieces.toml", "piece", "pièce", "libelle"),
    (CONTACTS, "contact", "contact", "libelle"),
    (ATTENDUS, "contact_local", "contact local attendu", "libelle"),
    ("national/groupes.toml", "groupe", "groupe de codes", "libelle"),
    ("national/nomenclatures.toml", "nomenclature", "nomenclature", "libelle"),
)
_LOCAUX: Final = (
    ("parametres.toml", "parametre", "paramètre du territoire", "libelle"),
    ("contacts.toml", "contact", "contact du territoire", "libelle"),
    ("lieux.toml", "lieu", "lieu du territoire", "nom"),
)


@dataclass(frozen=True, slots=True)
class RegleRelue:
    """Une règle et sa vérification. ``sorte`` : voie, échéance, paramètre… ; ``libelle`` : ce qu'elle dit."""

    sorte: str
    id: str
    libelle: str
    provenance: Provenance

    def age(self, jour: date) -> int | None:
        """L'âge de sa vérification, en jours ; ``None`` si aucune n'est datée."""
        verifie = self.provenance.verifie_le
        return None if verifie is None else (jour - verifie).days

    def a_revoir(self, jour: date, seuil: int) -> bool:
        """Vrai si sa vérification a plus de ``seuil`` jours, ou n'est pas datée."""
        age = self.age(jour)
        return age is None or age > seuil


def relire(lecture: Lecture, territoire: str = "") -> tuple[RegleRelue, ...]:
    """Toutes les règles du pays, puis ce qu'un territoire y ajoute. Lève ``ErreurUtilisateur`` s'il n'existe pas."""
    lues = [
        regle
        for fichier, cle, sorte, dit in _NATIONAUX
        for regle in lecture.servir(fichier, _lecture_de(cle, sorte, dit))
    ]
    lues += lecture.servir("national/questionnaire.toml", _questions)
    lues += lecture.servir(bareme.FICHIER, _plafonds)
    return (*lues, *(_du_territoire(lecture, territoire) if territoire else ()))


def _du_territoire(lecture: Lecture, territoire: str) -> Iterator[RegleRelue]:
    connus = identites(lecture)
    if territoire not in connus:
        raise ErreurUtilisateur(f"Le territoire « {territoire} » n'existe pas ; connus : {', '.join(connus)}.")
    dossier = connus[territoire].removesuffix(f"/{IDENTITE}")
    for nom, cle, sorte, dit in _LOCAUX:
        for _, regles in lecture.empiler(f"{dossier}/{nom}", _lecture_de(cle, sorte, dit)):
            yield from regles


def _lecture_de(cle: str, sorte: str, dit: str) -> Callable[[Lisible], list[RegleRelue]]:
    def lire(fichier: Lisible) -> list[RegleRelue]:
        return [regle for table in lire_toml(fichier).tables(cle) for regle in _regles(table, sorte, dit)]

    return lire


def _regles(table: Lecteur, sorte: str, dit: str) -> Iterator[RegleRelue]:
    """La règle d'une table, puis ses échéances : la même source, mais chacune sa confiance."""
    provenance = lire_provenance(table)
    yield RegleRelue(sorte, table.texte("id"), table.texte(dit), provenance)
    for dessous in table.tables("echeance"):
        sienne = Provenance(
            provenance.fondement,
            provenance.source,
            dessous.texte("confiance", defaut="V"),
            provenance.verifie_le,
        )
        yield RegleRelue("échéance", f"{table.texte('id')}/{dessous.texte('id')}", dessous.texte("libelle"), sienne)


def _questions(fichier: Lisible) -> list[RegleRelue]:
    """Les questions et les alertes qui disent leur source."""
    questions = [q for section in lire_toml(fichier).tables("section") for q in section.tables("question")]
    return [
        RegleRelue("question", question.texte("id"), question.texte("officiel"), lire_provenance(table))
        for question in questions
        for table in (question, *question.tables("alerte"))
        if "source" in table
    ]


def _plafonds(fichier: Lisible) -> list[RegleRelue]:
    """Une règle par année et par financement : la moins sûre de ses cellules en donne la confiance."""
    dit = lire_entete(fichier)
    verifie = date.fromisoformat(dit["verifie_le"]) if "verifie_le" in dit else None
    cellules = sorted((cle[:2], cellule) for cle, cellule in bareme.lire_bareme(fichier).items())
    return [
        RegleRelue(
            "plafonds",
            f"{financement}-{annee}",
            f"Plafonds de ressources {financement.upper()} {annee}",
            Provenance(dit.get("fondement", ""), dit.get("source", ""), _moins_sure(groupe), verifie),
        )
        for (annee, financement), groupe in groupby(cellules, key=lambda un: un[0])
    ]


def _moins_sure(cellules: Iterator[tuple[tuple[int, str], bareme.Cellule]]) -> str:
    return "D" if "D" in {cellule.confiance for _, cellule in cellules} else "V2"
