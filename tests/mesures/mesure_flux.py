"""Le flux d'une métropole inventée, contre polars nu dans la même course : trois fois au plus.

Le bilan d'une année, tous réservataires, contre les mêmes sommes groupées ; l'import de 100 000 lignes, contre polars
qui lit et type le même fichier. La mémoire de l'import est notée : ce que le processus a pris de plus.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import polars as pl
from mesure import Mesure, centile, mediane

sys.path.insert(0, str(Path(__file__).parents[1] / "modele" / "attributions"))

from annee_engendree import LE, engendrer

from modele.attributions.bilan import CLES, bilan_annuel
from modele.attributions.colonnes import FichierDe, Nature, colonnes
from modele.attributions.etat import etat_du_flux
from modele.attributions.import_bailleur import essayer
from modele.attributions.preparation import classer, preparer

RACINE: Final = Path(__file__).parents[2]
LIGNES: Final = 100_000
TIRS: Final = 9
BUT: Final = 3.0


@cache
def fichiers() -> tuple[bytes, bytes]:
    """Une année de 5 000 attributions, et ses logements offerts."""
    attributions, logements = engendrer()
    return attributions.encode(), logements.encode()


@cache
def grand() -> bytes:
    """Cent mille attributions."""
    return engendrer(combien=LIGNES, offerts=1)[0].encode()


def lire_et_typer(octets: bytes) -> pl.DataFrame:
    """Ce que polars fait seul du même fichier : lire, dater, compter."""
    lue = pl.read_csv(io.BytesIO(octets), separator=";", infer_schema=False)
    return lue.select(_typee(nom) for nom in lue.columns)


def _typee(nom: str) -> pl.Expr:
    nature, case = colonnes(FichierDe.ATTRIBUTIONS)[nom].nature, pl.col(nom)
    if nature is Nature.DATE:
        return case.str.to_date("%d/%m/%Y", strict=False)
    if nature is Nature.NOMBRE:
        return case.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return case.cast(pl.Int64, strict=False) if nature is Nature.ENTIER else case


def grouper(lignes: pl.DataFrame, offerts: pl.DataFrame) -> pl.DataFrame:
    """Les mêmes nombres, groupés par polars seul, sur des lignes déjà classées."""
    flux = lignes.filter("dans_le_flux")
    cles = [*CLES[:-1], "annee_construction"]
    faits = flux.group_by(cles).agg(
        pl.len(),
        pl.col("bail").sum(),
        pl.col("nb_candidats").sum(),
        pl.col("reponse").is_in(["REFUSEE", "SANS_REPONSE"]).sum(),
    )
    logements = pl.concat(
        [flux.select(*cles, "ref_bailleur"), offerts.filter("dans_le_flux").select(*cles, "ref_bailleur")]
    )
    return logements.unique().group_by(cles).len().join(faits, on=cles, how="left").sort(cles)


_SEUL: Final = """
import re, sys
from datetime import date
from pathlib import Path
import polars
from modele.attributions.colonnes import FichierDe
from modele.attributions.import_bailleur import essayer
octets = Path(sys.argv[1]).read_bytes()
pointe = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
avant = pointe()
assert essayer(octets, FichierDe.ATTRIBUTIONS, None, date(2026, 11, 30)).table.height
print(pointe() - avant)
"""


def memoire() -> float:
    """Ce que l'import prend de plus que le fichier ouvert, en Mio, dans un processus à lui."""
    with tempfile.TemporaryDirectory() as dossier:
        fichier = Path(dossier) / "attributions.csv"
        fichier.write_bytes(grand())
        fini = subprocess.run(
            [sys.executable, "-c", _SEUL, str(fichier)], capture_output=True, text=True, check=True, cwd=RACINE
        )
    return int(fini.stdout) / 1024


def alterner(geste: Callable[[], object], reference: Callable[[], object]) -> tuple[float, float]:
    """Les deux médianes, un tir de chacun à tour de rôle : ce qui ralentit la machine les ralentit ensemble."""
    durees = [(mediane(geste, 1), mediane(reference, 1)) for _ in range(TIRS)]
    return centile([une for une, _ in durees], 0.5), centile([autre for _, autre in durees], 0.5)


def mesurer() -> list[Mesure]:
    """Le bilan, l'état entier, l'import."""
    attributions, logements = (
        essayer(octets, un, None, LE).table
        for octets, un in zip(fichiers(), (FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS), strict=True)
    )
    lignes, offerts = preparer(attributions, LE).attribuees, classer(logements)
    bilan, nu = alterner(lambda: bilan_annuel(attributions, logements, LE.year, LE), lambda: grouper(lignes, offerts))
    entier = mediane(lambda: etat_du_flux(attributions, logements, LE), TIRS)
    importe, reference = alterner(
        lambda: essayer(grand(), FichierDe.ATTRIBUTIONS, None, LE), lambda: lire_et_typer(grand())
    )
    pris = memoire()
    poids = len(grand()) / (1 << 20)
    return [
        _mesure("flux : bilan d'une année, tous réservataires", bilan, nu, "le group-by polars des mêmes nombres"),
        Mesure(
            "flux : état complet d'une année (écran)", entier, "ms", nu, entier / nu, "au plus 200 ms", entier <= 200
        ),
        _mesure(f"flux : import de {LIGNES} lignes", importe, reference, "polars qui lit et type le même fichier"),
        Mesure(
            "flux : mémoire prise par l'import",
            pris,
            "Mio",
            poids,
            pris / poids,
            "au plus 8 fois le fichier",
            pris <= 8 * poids,
        ),
    ]


def _mesure(budget: str, duree: float, reference: float, quoi: str) -> Mesure:
    rapport = duree / reference
    return Mesure(budget, duree, "ms", reference, rapport, f"au plus {BUT:g} fois {quoi}", rapport <= BUT)


if __name__ == "__main__":
    for une in mesurer():
        print(une)
