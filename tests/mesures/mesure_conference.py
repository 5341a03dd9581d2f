"""Le dossier de la conférence d'une métropole : 42 000 demandes, 5 000 attributions, 4 bailleurs, 37 communes.

Contre, dans la même course, les mêmes nombres groupés par polars seul et autant de pages ReportLab nues : trois fois au
plus, vingt secondes au plus, un gigaoctet au plus. ``python -m tests.mesures conference``
"""

from __future__ import annotations

import io
import random
import subprocess
import sys
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl
from mesure import Mesure, mediane

sys.path.insert(0, str(Path(__file__).parents[1] / "modele" / "attributions"))

from annee_engendree import COMMUNES, DEMANDES, LE, engendrer

from impressions.conference import DossierDit, composer_dossier
from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
from modele.attributions.preparation import preparer
from modele.chiffres import Diffusion
from modele.conference.demandes import COLONNES, lire_demandes
from modele.conference.indicateurs import indicateurs
from modele.conference.publication import publier
from modele.territoire.engagements import Engagements
from ui.mots import cil

RACINE: Final = Path(__file__).parents[2]
FIN: Final = date(LE.year, 12, 31)
TIRS: Final = 3
SECONDES, RAPPORT, MEMOIRE_MO = 20.0, 3.0, 1024.0


@cache
def fichiers() -> tuple[pl.DataFrame, pl.DataFrame, bytes]:
    """Les attributions et les logements lus, le fichier des demandes. Des quartiles et des situations tirés au sort."""
    hasard = random.Random(5)
    lues = [
        essayer(texte.encode(), fichier, None, LE).table
        for texte, fichier in zip(engendrer(), (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    ]
    tirees = {
        nom: pl.Series(hasard.choices(valeurs, k=lues[0].height))
        for nom, valeurs in {
            "quartile": ("Q1", "Q2", "Q3", "Q4", "NONDOC"),
            "relogement_nru": ("OUI", "NON", "NON", "NON"),
            "travailleur_essentiel": ("OUI", "NON", "NONDOC"),
            "mutation": ("NON", "INTERNE", "EXTERNE"),
            "situation_anterieure": ("LP", "HLM", "CP", "SD", "SH"),
        }.items()
    }
    jours = pl.Series([hasard.randint(30, 3000) for _ in range(lues[0].height)])
    attributions = lues[0].with_columns(**tirees, date_demande=pl.col("date_caleol") - pl.duration(days=jours))
    return attributions, lues[1], _demandes(hasard)


def _demandes(hasard: random.Random) -> bytes:
    lignes = [";".join(COLONNES)]
    for _ in range(DEMANDES):
        recue = LE - timedelta(days=hasard.randint(1, 3000))
        public = hasard.choice(("MUTATION", "DALO", "AUTRE", "AUTRE"))
        lignes.append(f"{recue:%d/%m/%Y};;999{hasard.randint(1, COMMUNES):02};{public}")
    return "\n".join(lignes).encode()


def produire() -> bytes:
    """Le dossier des partenaires, du fichier des demandes au PDF."""
    return composer_dossier(_dire(), FIN)


def _dire() -> DossierDit:
    attributions, logements, octets = fichiers()
    annee = indicateurs(attributions, logements, LE.year, lire_demandes(octets, FIN))
    publication = publier(annee, Diffusion.PARTENAIRES)
    return cil.papier("Métropole", LE.year, publication, Engagements(), {}, (), None)


def _phrases() -> list[str]:
    """Tout ce que le dossier écrit."""
    dit = _dire()
    lignes = [f"{une.libelle} : {une.valeur}" for partie in dit.parties for une in partie.lignes]
    return [dit.titre, *dit.avis, *lignes, *(un for p in dit.parties for un in (p.titre, *p.dits, *p.sources))]


def nu(phrases: list[str]) -> None:
    """Ce que polars et ReportLab feraient seuls : les mêmes groupes, les mêmes pages de texte."""
    attributions, _, octets = fichiers()
    demandes = pl.read_csv(io.BytesIO(octets), separator=";", infer_schema=False).with_columns(
        pl.col("date_demande").str.to_date("%d/%m/%Y")
    )
    lignes = preparer(attributions, FIN).attribuees
    baux = lignes.filter("bail")
    for table, cles in (
        (lignes, ("reponse",)), (lignes, ("hors_flux",)), (lignes, ("code_insee",)), (lignes, ("categorie",)),
        (lignes, ("bailleur", "en_qpv", "quartile", "relogement_nru")), (baux, ("situation_anterieure",)),
        (baux, ("bailleur", "en_qpv", "quartile", "relogement_nru")), (baux, ("travailleur_essentiel",)),
        (lignes, ("categorie", "code_insee")), (lignes, ("categorie", "en_qpv")), (demandes, ("code_insee",)),
        (demandes, ("public",)), (lignes, ("motif_refus",)), (lignes, ("code_insee", "reponse")),
        (lignes, ("categorie", "reponse")), (baux, ("situation_anterieure", "en_qpv")),
    ):  # fmt: skip
        table.group_by(cles).len().sort(cles)
    attente = (pl.col("date_bail") - pl.col("date_demande")).dt.total_days().median()
    for cle in ("code_insee", "categorie", "public"):
        baux.group_by(cle).agg(attente).sort(cle)
    for table, fin in ((baux, pl.col("date_bail")), (demandes, pl.lit(FIN))):
        jours = (fin - pl.col("date_demande")).dt.total_days()
        table.select(jours.quantile(0.25).alias("a"), jours.median().alias("b"), jours.quantile(0.75).alias("c"))
    _pages_nues(phrases)


def _pages_nues(phrases: list[str]) -> None:
    """Les mêmes phrases, mises en page par ReportLab seul."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    style = ParagraphStyle("corps", fontName="Helvetica", fontSize=10, leading=14, spaceAfter=6)
    SimpleDocTemplate(io.BytesIO()).build([Paragraph(une, style) for une in phrases])


_SEUL: Final = """
import sys
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests/mesures", sys.argv[1] + "/tests"]
import mesure_conference
mesure_conference.produire()
import re
from pathlib import Path
print(int(re.search(r"VmHWM:\\\\s+(\\\\d+)", Path("/proc/self/status").read_text())[1]))
"""


def _memoire() -> float:
    """Le plus que prend un processus qui ne fait que cela, en mégaoctets."""
    fini = subprocess.run(
        [sys.executable, "-c", _SEUL.replace("\\\\", "\\"), str(RACINE)],
        capture_output=True, text=True, check=True, cwd=RACINE,
    )  # fmt: skip
    return int(fini.stdout.split()[-1]) / 1024


def mesurer() -> list[Mesure]:
    """Le temps, le rapport à polars et ReportLab nus, la mémoire."""
    fichiers()
    phrases = _phrases()
    temps, reference = mediane(produire, TIRS) / 1000, mediane(lambda: nu(phrases), TIRS) / 1000
    memoire = _memoire()
    return [
        Mesure("dossier de la conférence", temps, "s", SECONDES, temps / SECONDES, "20 s au plus", temps <= SECONDES),
        Mesure(
            "dossier contre polars et ReportLab nus", temps, "s", reference, temps / reference, "3 fois au plus",
            temps <= RAPPORT * reference,
        ),
        Mesure(
            "mémoire du dossier", memoire, "Mo", MEMOIRE_MO, memoire / MEMOIRE_MO, "1 Go au plus", memoire <= MEMOIRE_MO
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
