"""Saisir la commission, sans écran : le brouillon, la lettre, le formulaire officiel rempli ; et les cases d'un PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.bilan import Bilan
from modele.orientation.formulaires import OCTETS_AU_PLUS, FormulaireTenu, TableDeCases, empreinte, lire_table
from modele.regles.disque import lire_octets
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import MEBI
from ui.console.dossier import bilan_de
from ui.console.lignes import paragraphe

if TYPE_CHECKING:
    from impressions.formulaire_pdf import CaseLue, PdfLu
    from impressions.papier import Papier

FORMULAIRE: Final = "formulaire"
PAPIERS: Final = ("brouillon", "lettre", FORMULAIRE)
DISCRET: Final = (
    "Ce dossier ne laisse pas de fichier : préparez ce recours à l'écran « Saisir la commission », imprimez-le et "
    "remettez-le en main propre."
)
_SANS_LE_FORMULAIRE: Final = (
    "Pour remplir le formulaire : --formulaire LE_PDF_OFFICIEL.pdf et --table SES_CASES.toml. Sans eux, --papier "
    "brouillon."
)


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande."""

    recours: str
    papier: str
    motifs: Sequence[str]
    formulaire: Path | None
    table: Path | None


@dataclass(frozen=True, slots=True)
class Compose:
    """Le papier, et ce qui se dit avant de le remettre."""

    papier: Papier
    avant: str


def composer(document: Mapping[str, Any], territoire: str | None, jour: date, voulu: Voulu) -> Compose:
    """Le papier voulu. Lève ``ErreurUtilisateur`` ; rien n'est alors écrit."""
    from impressions.saisine import preparer

    if voulu.papier not in PAPIERS:
        raise ErreurUtilisateur(f"--papier {voulu.papier} : attendu {', '.join(PAPIERS)}.")
    bilan = bilan_de(document, territoire, jour)
    if bilan.a_taire:
        raise ErreurUtilisateur(DISCRET)
    saisine = preparer(bilan, voulu.recours, voulu.motifs or None)
    if voulu.papier == FORMULAIRE:
        from impressions.formulaire_rempli import remplir

        if voulu.formulaire is None or voulu.table is None:
            raise ErreurUtilisateur(_SANS_LE_FORMULAIRE)
        tenu = FormulaireTenu(voulu.recours, octets_de(voulu.formulaire), table_de(bilan, voulu.table))
        return Compose(remplir(saisine, tenu, str(voulu.formulaire)), saisine.avant)
    from impressions.papiers_de_saisine import composer_brouillon, composer_lettre

    faire = composer_brouillon if voulu.papier == "brouillon" else composer_lettre
    return Compose(faire(saisine), saisine.avant)


def octets_de(chemin: Path) -> bytes:
    """Les octets de ce PDF. Lève ``ErreurUtilisateur``."""
    try:
        # Un peu plus que permis : le refus qui suit dit alors pourquoi.
        return lire_octets(chemin, OCTETS_AU_PLUS + MEBI)
    except OSError:
        raise ErreurUtilisateur(f"{chemin} : ce PDF ne se lit pas. Vérifiez son nom et son dossier.") from None


def table_de(bilan: Bilan, chemin: Path) -> TableDeCases:
    """La table de ce fichier. Lève ``ErreurUtilisateur``, ``FichierFautif``."""
    regles = bilan.regles
    motifs, pieces = (frozenset(un.id for un in une) for une in (regles.recours.motifs, regles.pieces))
    return lire_table(chemin, motifs=motifs, pieces=pieces)


# Les cases d'un PDF.


def lire_les_cases(chemin: Path) -> tuple[PdfLu, str]:
    """Les cases de ce PDF, et son empreinte. Lève ``ErreurUtilisateur``."""
    from impressions.formulaire_pdf import examiner

    octets = octets_de(chemin)
    return examiner(octets, str(chemin)), empreinte(octets)


def cases_en_json(lu: PdfLu, sa_marque: str) -> dict[str, Any]:
    """L'objet publié."""
    return {
        "numeros": list(lu.numeros),
        "empreinte": sa_marque,
        "pages": lu.pages,
        "cases": [
            {"pdf": une.nom, "sorte": une.sorte, "page": une.page or None, "etats": list(une.etats), "dit": une.dit}
            for une in lu.cases
        ],
    }


def dire_les_cases(lu: PdfLu, sa_marque: str) -> str:
    """Les cases, une par ligne, prêtes à entrer dans une table."""
    numero = ", ".join(lu.numeros) or "aucun numéro de formulaire"
    lignes = [*paragraphe(f"{numero} ; {len(lu.cases)} cases ; empreinte {sa_marque}", "")]
    return "\n".join([*lignes, *(_dire(une) for une in lu.cases)])


def _dire(case: CaseLue) -> str:
    etats = f" [{', '.join(case.etats)}]" if case.etats else ""
    dit = f" : {case.dit}" if case.dit else ""
    return f"  page {case.page or '?'} · {case.sorte} · {case.nom}{etats}{dit}"
