"""Le formulaire fictif des scènes, chargé et relié ; chiffré ou fermé, pour les refus."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu, TableDeCases, empreinte
from modele.regles.provenance import Provenance
from ui.theatre import formulaire_fictif
from ui.theatre.formulaire_fictif import NUMERO

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
    """Celui des scènes ; ``motdepasse`` : demandé à l'ouverture ; ``restreint`` : remplir y est interdit."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    if not (motdepasse or restreint):
        return formulaire_fictif.pdf_fictif(numero, cases=cases)
    chiffre = StandardEncryption(motdepasse, ownerPassword="proprietaire", canModify=0, canAnnotate=0)
    return formulaire_fictif.pdf_fictif(numero, cases=cases, encrypt=chiffre)


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
