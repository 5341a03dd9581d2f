"""Le papier d'un exercice le dit sur chaque page, deux fois, sans rien changer de ce qui se lit à voix haute."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
from epreuves_pdfua import EPREUVES
from exemples_papier import MENTIONS, depose, donnees, fiches
from lecture_pdf import arbre
from pdfua import Lu
from refaire_references import AVEC_MENTIONS

from impressions.assemblage import INVENTEE
from impressions.document import composer

TOUTES = [une.id for une in fiches().disponibles()]


def papier(fiche: str, *, formation: bool, grands: bool = False) -> bytes:
    tout = donnees(document=depose(), mentions=MENTIONS if fiche in AVEC_MENTIONS else None)
    return composer(fiche, replace(tout, formation=formation), grands_caracteres=grands)


@pytest.mark.parametrize("fiche", TOUTES)
def test_chaque_page_le_dit_deux_fois(fiche: str) -> None:
    """Le filigrane et le pied : une fiche de sûreté aussi. Sans exercice, nulle part."""
    for formation, grands in ((True, False), (True, True), (False, False)):
        with pypdfium2.PdfDocument(papier(fiche, formation=formation, grands=grands)) as document:
            lus = [page.get_textpage().get_text_range().replace("\xa0", " ") for page in document]
        assert {" ".join(dit.split()).count(INVENTEE) for dit in lus} == {2 if formation else 0}


@pytest.mark.parametrize("fiche", ["resume", "cotation"])
def test_le_filigrane_est_un_decor(fiche: str) -> None:
    """Les épreuves PDF/UA passent, et l'arbre lu à voix haute est celui du papier ordinaire."""
    pdf = papier(fiche, formation=True)
    lu = Lu(pdf)
    assert {nom: fautes for nom, epreuve in EPREUVES.items() if (fautes := list(epreuve(lu)))} == {}
    assert dits(pdf) == dits(papier(fiche, formation=False))


def dits(pdf: bytes) -> list[tuple[str, str]]:
    """Le rôle et les mots ; l'espace qui finit une ligne dépend de ce qui est dessiné dessous."""
    return [(un.role, " ".join(un.texte.split())) for un in arbre(pdf)]
