"""« main.py verifier-formation » : un cas valable, ses fautes ligne par ligne, et ses deux feuilles pour la classe."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from modele.formation import Attente, lire_cas
from modele.regles.confiance import a_valider
from ressources import RESSOURCES
from ui.console.programme import executer

LIVRES = sorted((RESSOURCES / "formation").glob("*.toml"))
VIOLENCES = RESSOURCES / "formation" / "violences-enfants.toml"


def lire_le_pdf(chemin: Path) -> str:
    with pypdfium2.PdfDocument(chemin) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


@pytest.mark.parametrize("fichier", LIVRES, ids=lambda un: un.stem)
def test_un_cas_livre_est_valable(fichier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert executer(["verifier-formation", str(fichier)]) == 0
    assert "cas valable, piste " in capsys.readouterr().out


def test_un_cas_adouci_ou_fautif_se_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Le code est 2, la phrase dit la ligne ou le point ; jamais de trace."""
    doux, texte = tmp_path / VIOLENCES.name, VIOLENCES.read_text("utf-8")
    avant = 'attente = "vital"\nappui = "ordonnance"'
    doux.write_text(texte.replace(avant, avant.replace("vital", "attendu")), encoding="utf-8")
    assert executer(["verifier-formation", str(doux)]) == 2
    assert "voie-ordonnance : ce cas le disait vital, et cela ne s'adoucit pas" in capsys.readouterr().err
    doux.write_text(texte.replace('sorte = "ouverte"', 'sorte = "libre"'), encoding="utf-8")
    assert executer(["verifier-formation", str(doux)]) == 2
    assert "etape[3].sorte : « libre » n'est pas permis" in capsys.readouterr().err
    assert executer(["verifier-formation", str(tmp_path / "rien.toml")]) == 2


def test_la_feuille_de_la_classe_et_les_reponses_a_part(tmp_path: Path) -> None:
    """La classe n'a ni raison ni source ; le formateur a tout, sauf ce qui reste à faire valider, qui s'y discute."""
    assert executer(["verifier-formation", str(VIOLENCES), "--feuilles", str(tmp_path)]) == 0
    cas = lire_cas(VIOLENCES)
    classe = lire_le_pdf(tmp_path / "violences-enfants-classe.pdf")
    reponses = lire_le_pdf(tmp_path / "violences-enfants-reponses.pdf")
    assert "personnes inventées" in classe
    assert "personnes inventées" in reponses
    assert "De mon mari" not in classe
    assert "De mon mari" in reponses
    assert "CC 515-9" in reponses
    for point in cas.points():
        if point.attente is Attente.LIBRE:
            continue
        debut = point.raison[:40].replace("'", "’")
        assert debut not in classe
        assert (debut in reponses) is not a_valider(point.appui.confiance), point.id
    assert "faire valider" not in classe + reponses
