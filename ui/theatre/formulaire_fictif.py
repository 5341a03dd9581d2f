"""Un formulaire fictif, de même façon qu'un formulaire officiel : des cases à écrire, à cocher, un peigne, une liste.

Pour les scènes et les essais. Aucun nom de case n'est celui du vrai : ceux-là ne se lisent que sur lui.
"""

from __future__ import annotations

import io
from typing import Any, Final

NUMERO: Final = "15036*01"


def pdf_fictif(numero: str = NUMERO, *, cases: bool = True, **reglages: Any) -> bytes:
    """Deux pages A4. ``reglages`` : ceux de la toile (un chiffrement)."""
    from reportlab.pdfgen.canvas import Canvas

    sortie = io.BytesIO()
    canevas = Canvas(sortie, invariant=1, **reglages)
    canevas.drawString(60, 800, f"Formulaire fictif pour les essais - N° {numero}")
    if cases:
        _premiere_page(canevas)
    canevas.showPage()
    canevas.drawString(60, 800, "Page 2")
    if cases:
        canevas.acroForm.textfield(name="premier enfant", x=160, y=700, width=300, height=20, borderWidth=0)
    canevas.showPage()
    canevas.save()
    return sortie.getvalue()


def _premiere_page(canevas: Any) -> None:
    textes = {"Nom de naissance": 760, "Prénoms": 730, "numéro unique": 610}
    for nom, y in textes.items():
        canevas.drawString(60, y + 5, nom)
        canevas.acroForm.textfield(name=nom, tooltip=f"{nom} du demandeur", x=160, y=y, width=300, height=20)
    canevas.drawString(60, 705, "naissance")
    canevas.acroForm.textfield(
        name="naissance", x=160, y=700, width=160, height=20, maxlen=8, fieldFlags="comb", fontSize=11
    )
    canevas.drawString(60, 665, "adresse")
    canevas.acroForm.textfield(name="adresse", x=160, y=640, width=200, height=44, fieldFlags="multiline", fontSize=10)
    for nom, y in {"madame": 580, "sans logement": 520, "pièce identité": 490}.items():
        canevas.drawString(60, y, nom)
        canevas.acroForm.checkbox(name=nom, x=160, y=y, size=14)
    canevas.drawString(60, 550, "nationalité")
    for rang, valeur in enumerate(("francaise", "ue", "autre")):
        canevas.acroForm.radio(name="nationalité", value=valeur, x=160 + 40 * rang, y=550, size=14)
    canevas.acroForm.choice(name="liste", value="a", options=["a", "b"], x=160, y=450, width=120, height=20)
