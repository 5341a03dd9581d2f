"""Les commandes du pilotage : flux, cil, residences, commission."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from modele.regles.fautes import ErreurUtilisateur
from ui.console.lecture import lire_date
from ui.console.options import Date, Json, rendre_json


def flux(
    territoire: Annotated[str, typer.Option("--territoire", metavar="T", help="Territoire.")],
    attributions: Annotated[
        Path, typer.Option("--attributions", metavar="F", help="Les attributions de l'année, CSV ou XLSX.")
    ],
    logements: Annotated[Path, typer.Option("--logements", metavar="G", help="Les logements offerts, CSV ou XLSX.")],
    le: Annotated[
        str | None, typer.Option("--le", metavar="AAAA-MM-JJ", help="Le jour de l'état (aujourd'hui).")
    ] = None,
    bilan: Annotated[
        Path | None, typer.Option("--bilan", metavar="DOSSIER", help="Y écrit le bilan annuel : PDF, CSV et XLSX.")
    ] = None,
    pour: Annotated[
        str, typer.Option("--pour", metavar="QUI", help="Le bilan : habilites, partenaires (à défaut) ou public.")
    ] = "partenaires",
    conventions: Annotated[
        Path | None,
        typer.Option(
            "--conventions", metavar="C.toml", help="Conventions et prévisions : dit ce qui est dû et en retard."
        ),
    ] = None,
    sans_les_fautives: Annotated[
        bool, typer.Option("--sans-les-fautives", help="Compte sans les lignes refusées, et le dit.")
    ] = False,
    en_json: Json = False,
) -> None:
    """Dit l'état du flux des réservations : quart prioritaire, parts, plafonds, dates dépassées, bilan annuel."""
    from ui.console.flux import Voulu, dire, mener
    from ui.console.flux import en_json as rendre_en_json

    jour = lire_date(le, "--le")
    rendu = mener(Voulu(territoire, attributions, logements, jour, bilan, pour, sans_les_fautives, conventions))
    rendre_json(rendre_en_json(rendu)) if en_json else print(dire(rendu))


def cil(
    annee: Annotated[int, typer.Option("--annee", metavar="A", help="L'année examinée.")],
    territoire: Annotated[str, typer.Option("--territoire", metavar="T", help="Territoire.")],
    sortie: Annotated[Path, typer.Option("--sortie", metavar="DOSSIER", help="Y écrit le dossier : PDF, XLSX, JSON.")],
    attributions: Annotated[
        Path | None, typer.Option("--attributions", metavar="F", help="Les attributions de l'année, CSV ou XLSX.")
    ] = None,
    logements: Annotated[
        Path | None, typer.Option("--logements", metavar="G", help="Les logements offerts, CSV ou XLSX.")
    ] = None,
    pour: Annotated[
        str, typer.Option("--pour", metavar="QUI", help="Le dossier : habilites, partenaires (à défaut) ou public.")
    ] = "partenaires",
    precedent: Annotated[
        Path | None,
        typer.Option(
            "--precedent", metavar="P.json", help="La version figée que ses lecteurs ont : dit ce qui change."
        ),
    ] = None,
    sans_les_fautives: Annotated[
        bool, typer.Option("--sans-les-fautives", help="Compte sans les lignes refusées, et le dit.")
    ] = False,
    demandes: Annotated[
        Path | None, typer.Option("--demandes", metavar="D.csv", help="Les demandes : pression, ancienneté.")
    ] = None,
    en_json: Json = False,
) -> None:
    """Écrit le dossier de la conférence intercommunale du logement : indicateurs, engagements, ce qui manque."""
    from ui.console.cil import VouluCil, dire, mener
    from ui.console.cil import en_json as rendre_en_json

    voulu = VouluCil(territoire, annee, sortie, attributions, logements, pour, precedent, sans_les_fautives, demandes)
    rendu = mener(voulu)
    rendre_json(rendre_en_json(rendu)) if en_json else print(dire(rendu))


def residences(
    territoire: Annotated[str, typer.Option("--territoire", metavar="T", help="Territoire.")],
    attributions: Annotated[
        Path | None, typer.Option("--attributions", metavar="F", help="Les attributions, CSV ou XLSX.")
    ] = None,
    logements: Annotated[
        Path | None, typer.Option("--logements", metavar="G", help="Les logements offerts, CSV ou XLSX.")
    ] = None,
    le: Annotated[
        str | None, typer.Option("--le", metavar="AAAA-MM-JJ", help="Le jour de l'état (aujourd'hui).")
    ] = None,
    pour: Annotated[
        str, typer.Option("--pour", metavar="QUI", help="Les comptes : habilites, partenaires (à défaut) ou public.")
    ] = "partenaires",
    en_json: Json = False,
) -> None:
    """Dit les résidences et quartiers à enjeu d'un territoire, leurs quartiles par année, ce qui manque et qui l'a."""
    from ui.console.residences import Voulu, dire, mener
    from ui.console.residences import en_json as rendre_en_json

    rendu = mener(Voulu(territoire, lire_date(le, "--le"), attributions, logements, pour))
    rendre_json(rendre_en_json(rendu)) if en_json else print(dire(rendu))


def commission(
    territoire: Annotated[str, typer.Option("--territoire", metavar="T", help="Territoire.")],
    logement: Annotated[
        Path, typer.Option("--logement", metavar="L.json", help="Le logement, aux colonnes du bailleur.")
    ],
    dossiers: Annotated[Path, typer.Option("--dossiers", metavar="D.json", help="Les dossiers, une liste JSON.")],
    date: Date = None,
    rouvertes: Annotated[
        Path | None, typer.Option("--rouvertes", metavar="R.json", help="Les demandes écartées qu'une personne rouvre.")
    ] = None,
    seance: Annotated[
        Path | None, typer.Option("--seance", metavar="S.json", help="La séance : qui siège, candidats, décisions.")
    ] = None,
    sortie: Annotated[Path | None, typer.Option("--sortie", metavar="DOSSIER", help="Où laisser ses papiers.")] = None,
    en_json: Json = False,
) -> None:
    """Range les demandes pour un logement, écarte celles qui ne peuvent y prétendre, et dit pourquoi.

    Avec --seance et --sortie : tient la séance, et en écrit le procès-verbal et les lettres.
    """
    from ui.console.commission import dire, mener
    from ui.console.commission import en_json as rendre_en_json
    from ui.console.seance import ENSEMBLE, lire_seance, tenir_seance
    from ui.console.seance import dire as dire_seance
    from ui.console.seance import en_json as seance_en_json

    if (seance is None) is not (sortie is None):
        raise ErreurUtilisateur(ENSEMBLE)
    jour, dite = lire_date(date), lire_seance(seance) if seance else None
    # Une séance se range à son jour : ses références ne changent pas avec celui où l'on écrit.
    rendu = mener(territoire, logement, dossiers, dite.tenue_le if dite else jour, rouvertes)
    tenue = tenir_seance(rendu, dite, seance, sortie, jour) if dite and seance and sortie else None
    if en_json:
        rendre_json(rendre_en_json(rendu) | ({"seance": seance_en_json(tenue)} if tenue else {}))
    else:
        print(dire(rendu) if tenue is None else f"{dire(rendu)}\n\n{dire_seance(tenue)}")
