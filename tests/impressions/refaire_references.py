"""Refaire les références gardées : ``python tests/impressions/refaire_references.py``, puis regarder chaque image."""

from __future__ import annotations

import sys
from pathlib import Path

ICI = Path(__file__).resolve().parent
REFERENCES = ICI / "references"
FICHES = ("115", "cotation", "dates", "neutre", "pieces", "rappel-numero", "resume")
AVEC_MENTIONS = ("donnees",)

if __name__ == "__main__":
    sys.path[:0] = [str(ICI), str(ICI.parent), str(ICI.parents[1])]
    from exemples_papier import MENTIONS, donnees
    from lecture_pdf import texte, vignettes

    from impressions.document import composer

    REFERENCES.mkdir(exist_ok=True)
    for fiche in FICHES + AVEC_MENTIONS:
        pdf = composer(fiche, donnees(mentions=MENTIONS if fiche in AVEC_MENTIONS else None))
        (REFERENCES / f"{fiche}.txt").write_text(texte(pdf), encoding="utf-8")
        for rang, image in enumerate(vignettes(pdf), start=1):
            image.save(REFERENCES / f"{fiche}-{rang}.png", optimize=True)
