"""Un formulaire fictif, de même façon qu'un formulaire officiel : des cases à écrire, à cocher, un peigne, une liste.

Aucun nom de case n'est celui du vrai : ceux-là ne se lisent que sur lui. Certains portent des accents.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu, TableDeCases, empreinte
from modele.regles.provenance import Provenance

NUMERO = "15036*01"
LU = Provenance(source="Formulaire fictif, lu case par case", confiance="V", verifie_le=date(2026, 11, 30))
CASES = (
    CaseDuPdf("Nom de naissance", ("demandeur.nom",)),
    CaseDuPdf("Prénoms", ("demandeur.prenoms",)),
    CaseDuPdf("naissance", ("demandeur.date_naissance",), chiffres=True),
    CaseDuPdf("adresse", ("logement_actuel.adresse.voie", "logement_actuel.adresse.commune")),
    CaseDuPdf("numéro unique", ("demande.numero_unique",)),
    CaseDuPdf("madame", ("demandeur.civilite",), code="madame"),
    CaseDuPdf("nationalité", ("demandeur.nationalite",), code="francaise", etat="francaise"),
    CaseDuPdf("nationalité", ("demandeur.nationalite",), code="union_europeenne", etat="ue"),
    CaseDuPdf("sans logement", motif="dalo-2"),
    CaseDuPdf("pièce identité", piece="identite"),
    CaseDuPdf("premier enfant", ("foyer.personnes[1].nom", "foyer.personnes[1].prenoms")),
)


def pdf_fictif(numero: str = NUMERO, *, cases: bool = True, motdepasse: str = "", restreint: bool = False) -> bytes:
    """Deux pages A4 ; ``motdepasse`` : demandé à l'ouverture ; ``restreint`` : remplir y est interdit."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    reglages: dict[str, Any] = {}
    if motdepasse or restreint:
        chiffre = StandardEncryption(motdepasse, ownerPassword="proprietaire", canModify=0, canAnnotate=0)
        reglages["encrypt"] = chiffre
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


def tenu(pdf: bytes | None = None, cases: tuple[CaseDuPdf, ...] = CASES, **autres: Any) -> FormulaireTenu:
    """Ce PDF chargé pour le DALO, et sa table."""
    octets = pdf_fictif() if pdf is None else pdf
    table = TableDeCases(**{"numero": NUMERO, "empreinte": empreinte(octets), "provenance": LU, **autres}, cases=cases)
    return FormulaireTenu("dalo", octets, table)


def relire(pdf: bytes) -> Mapping[str, str]:
    """Ce qu'un autre lecteur de PDF lit dans chaque case."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as ouvert:
        return {
            champ.fully_qualified_name: str(champ.value_as_string or champ.value or "")
            for champ in ouvert.acroform.fields
        }
