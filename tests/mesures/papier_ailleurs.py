"""La même fiche par WeasyPrint et par typst, balisée comme la nôtre : à qui le papier se rapporte.

``.ci/preparer-papier`` les installe dans ``.venv-papier`` ; Perron ne les importe jamais. Chaque tour change un mot :
une page déjà composée ne se ressert pas d'une mémoire.
"""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path

from impressions.blocs import Bloc, Encadre, Pile, Rangee, Texte
from impressions.lignes import Segment
from impressions.polices import POLICES, declarees

PYTHON = Path(__file__).parents[2] / ".venv-papier" / "bin" / "python"
ABSENT = "WeasyPrint et typst ne sont pas préparés : « sh .ci/preparer-papier »."
MOT, TOURS = "SANS-TOIT-1", 30
_BOUCLE = """
import sys, statistics
from time import process_time
source, tours = sys.stdin.read(), int(sys.argv[1])
{preparer}
temps = []
for rang in range(tours + 3):
    debut = process_time()
    composer(source.replace("SANS-TOIT-1", f"SANS-TOIT-{{rang + 2}}"))
    temps.append((process_time() - debut) * 1000)
print(statistics.median(temps[3:]))
"""
_WEASYPRINT = """
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
fontes = FontConfiguration()
def composer(html):
    return HTML(string=html).write_pdf(font_config=fontes, pdf_tags=True, pdf_variant="pdf/ua-1")
"""
_TYPST = """
import typst
fontes = typst.Fonts(include_system_fonts=False, font_paths=[sys.argv[2]])
def composer(texte):
    return typst.compile(texte.encode(), font_paths=fontes, pdf_standards=["ua-1"])
"""


def weasyprint(blocs: list[Bloc]) -> float:
    """Le temps médian d'une fiche par WeasyPrint, en millisecondes de processeur."""
    return _mesurer(_WEASYPRINT, en_html(blocs))


def typst(blocs: list[Bloc]) -> float:
    """Le temps médian d'une fiche par typst, en millisecondes de processeur."""
    return _mesurer(_TYPST, en_typst(blocs))


def _mesurer(preparer: str, source: str) -> float:
    commande = [str(PYTHON), "-c", _BOUCLE.format(preparer=preparer), str(TOURS), str(POLICES)]
    fini = subprocess.run(commande, input=source, capture_output=True, check=True, text=True)
    return float(fini.stdout.split()[-1])


def _fontes() -> dict[str, str]:
    famille = declarees().familles["perron"]
    return {graisse: famille.fichier(graisse) for graisse in ("normal", "italique", "demi", "gras")}


def _graisse(segment: Segment) -> str:
    return segment.police.split("-")[1]


# WeasyPrint.


def en_html(blocs: list[Bloc]) -> str:
    """Ces blocs en HTML."""
    polices = "".join(
        f"@font-face {{ font-family: p-{nom}; src: url(file://{POLICES / fichier}) }}"
        for nom, fichier in _fontes().items()
    )
    style = f"{polices} @page {{ size: A4; margin: 44pt 48pt 60pt }} table {{ width: 100%; border-collapse: collapse }}"
    corps = f"<p>{MOT}</p>" + "".join(_html(bloc) for bloc in blocs)
    return f'<html lang="fr"><head><title>Essai</title><style>{style}</style></head><body>{corps}</body></html>'


def _html(bloc: Bloc) -> str:
    if isinstance(bloc, Texte):
        s = bloc.style
        dit = "".join(
            f'<span style="font-family: p-{_graisse(un)}; color: {un.couleur}">{escape(un.texte)}</span>'
            for un in bloc.segments
        )
        balise = bloc.noeud.role.lower() if bloc.noeud.role[0] == "H" else "p"
        marges = f"margin: {s.avant}pt 0 {s.apres}pt {s.retrait}pt"
        mesures = f"font-size: {s.taille}pt; line-height: {s.interligne}pt; {marges}"
        puce = f"<span>{bloc.puce} </span>" if bloc.puce else ""
        return f'<{balise} style="{mesures}">{puce}{dit}</{balise}>'
    if isinstance(bloc, Pile):
        return "".join(map(_html, bloc.blocs))
    if isinstance(bloc, Encadre):
        return f'<div style="border: 1.3pt solid; border-radius: 6pt; padding: 13pt">{_html(bloc.contenu)}</div>'
    if isinstance(bloc, Rangee):
        cellules = "".join(f"<td>{_html(colonne)}</td>" for colonne in bloc.colonnes)
        return f'<table><tr style="border-bottom: 0.6pt solid">{cellules}</tr></table>'
    return "<hr>"


# typst.


def en_typst(blocs: list[Bloc]) -> str:
    """Ces blocs en typst."""
    tete = (
        '#set document(title: "Essai", date: none)\n'
        '#set page(paper: "a4", margin: (x: 48pt, top: 44pt, bottom: 60pt))\n'
        '#set text(lang: "fr", font: "Atkinson Hyperlegible Next")\n'
    )
    return tete + f"{MOT}\n\n" + "\n\n".join(_typst(bloc) for bloc in blocs)


def _chaine(texte: str) -> str:
    propre = texte.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{propre}"'


def _passage(un: Segment, poids: int) -> str:
    return f'#text(size: {un.taille}pt, weight: {poids}, fill: rgb("{un.couleur}"))[#{_chaine(un.texte)}]'


def _typst(bloc: Bloc) -> str:
    if isinstance(bloc, Texte):
        poids = {"normal": 400, "italique": 400, "demi": 600, "gras": 700}
        dit = "".join(_passage(un, poids[_graisse(un)]) for un in bloc.segments)
        if bloc.noeud.role[0] == "H":
            return f"#heading(level: {bloc.noeud.role[1:]})[{dit}]"
        return f"#list[{dit}]" if bloc.puce else f"#par[{dit}]"
    if isinstance(bloc, Pile):
        return "\n".join(map(_typst, bloc.blocs))
    if isinstance(bloc, Encadre):
        return f"#block(stroke: 1.3pt, radius: 6pt, inset: 13pt, width: 100%)[{_typst(bloc.contenu)}]"
    if isinstance(bloc, Rangee):
        larges = ", ".join("1fr" if w is None else f"{w}pt" for w in bloc.largeurs)
        cellules = ", ".join(f"[{_typst(colonne)}]" for colonne in bloc.colonnes)
        return f"#table(columns: ({larges},), stroke: (bottom: 0.6pt), {cellules})"
    return "#line(length: 100%)"
