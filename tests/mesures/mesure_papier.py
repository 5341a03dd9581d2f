"""Le papier : une fiche de deux pages une fois chargé, et en série face à ReportLab nu sur le même contenu.

``python tests/mesures/mesure_papier.py``
"""

from __future__ import annotations

import io
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from xml.sax.saxutils import escape

RACINE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(RACINE), *(str(RACINE / "tests" / lieu) for lieu in ("", "impressions", "mesures"))]

from exemples_papier import donnees  # noqa: E402
from mesure import Mesure, centile  # noqa: E402

from impressions.assemblage import assembler  # noqa: E402
from impressions.blocs import Bloc, Encadre, Pile, Rangee, Texte  # noqa: E402
from impressions.document import composer  # noqa: E402
from impressions.styles import TRAIT  # noqa: E402

BUT_MS = 60.0
BUT_RAPPORT = 1 / 0.8
FICHE = "115"
TIRS = 60


def mesurer() -> list[Mesure]:
    """La fiche seule (p95), puis le temps moyen en série rapporté à ReportLab nu."""
    composer(FICHE, donnees())
    nu = _reportlab_nu()
    nu()
    notres, leurs = [], []
    for _ in range(TIRS):  # alternés : la machine vieillit pareil pour les deux
        notres.append(_temps(lambda: composer(FICHE, donnees())))
        leurs.append(_temps(nu))
    p95, moyenne, reference = centile(notres, 0.95), statistics.median(notres), statistics.median(leurs)
    rapport = moyenne / reference
    return [
        Mesure(
            "fiche de deux pages, une fois chargé", p95, "ms (p95)", BUT_MS, p95 / BUT_MS,
            "au plus 60 ms", p95 <= BUT_MS,
        ),
        Mesure(
            "fiches en série face à ReportLab nu", moyenne, "ms", reference, rapport,
            "au plus 1,25 fois le temps de ReportLab", rapport <= BUT_RAPPORT,
        ),
    ]  # fmt: skip


def _temps(geste: Callable[[], object]) -> float:
    debut = perf_counter()
    geste()
    return (perf_counter() - debut) * 1000


def _reportlab_nu() -> Callable[[], bytes]:
    """La même fiche comme on l’écrit avec Platypus seul : textes, polices, tableaux, cadre ; sans balises."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    blocs = assembler(donnees().fiches.trouver(FICHE, "fr"), donnees(), grands_caracteres=False).blocs
    trait = HexColor(TRAIT)

    def paragraphe(bloc: Texte) -> Paragraph:
        nom, taille, encre = bloc.style.police, bloc.style.taille, HexColor(bloc.style.couleur)
        style = ParagraphStyle(nom, fontName=nom, fontSize=taille, leading=bloc.style.interligne, textColor=encre)
        style.spaceAfter, style.leftIndent = bloc.apres, bloc.style.retrait
        textes = (escape(s.texte).replace("\n", "<br/>") for s in bloc.segments)
        morceaux = zip(textes, bloc.segments, strict=True)
        xml = (t if s.police == nom else f'<font name="{s.police}" color="{s.couleur}">{t}</font>' for t, s in morceaux)
        return Paragraph("".join(xml), style, bulletText=bloc.puce or None)

    def flottant(bloc: Bloc) -> list[Flowable]:
        if isinstance(bloc, Texte):
            return [paragraphe(bloc)]
        if isinstance(bloc, Pile):
            return [f for b in bloc.blocs for f in flottant(b)]
        if isinstance(bloc, Encadre):
            return [Table([[flottant(bloc.contenu)]], style=[("BOX", (0, 0), (-1, -1), 1.3, trait)])]
        if isinstance(bloc, Rangee):
            cellules = [flottant(colonne) for colonne in bloc.colonnes]
            largeurs = [w or 240.0 for w in bloc.largeurs]
            return [Table([cellules], largeurs, style=[("LINEBELOW", (0, 0), (-1, -1), 0.6, trait)])]
        return []

    def produire() -> bytes:
        sortie = io.BytesIO()
        SimpleDocTemplate(sortie, invariant=1).build([f for bloc in blocs for f in flottant(bloc)])
        return sortie.getvalue()

    return produire


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
