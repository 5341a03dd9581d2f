"""Les polices d'une autre écriture : celles de Perron, à leur première rencontre, et jamais celles du poste."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QTextLayout
from pytestqt.qtbot import QtBot

from ui.cadre import ecritures
from ui.cadre.ecritures import familles_de
from ui.cadre.fenetre_demandeur import FenetreDemandeur
from ui.mots.ecran_demandeur import Montre, Paragraphe

RACINE = Path(__file__).resolve().parents[3]
TEXTES = {
    "ar": ("ما هو اسم عائلتكم؟", "Noto Naskh Arabic"),
    "ps": ("ستاسو نومونه څه دي؟", "Noto Naskh Arabic"),
    "ka": ("გსურთ თარჯიმანი", "Noto Sans Georgian"),
    "uk": ("Вам потрібен перекладач", "Noto Sans"),
}


def dessinee_par(texte: str, police: QFont) -> set[str]:
    """Les familles dont Qt tire les lettres de ce texte."""
    mise = QTextLayout(texte, police)
    mise.beginLayout()
    mise.createLine()
    mise.endLayout()
    return {un.rawFont().familyName() for un in mise.glyphRuns()}


@pytest.mark.parametrize("langue", sorted(TEXTES))
def test_chaque_lettre_vient_de_la_police_embarquee(qtbot: QtBot, langue: str) -> None:
    texte, famille = TEXTES[langue]
    fenetre = FenetreDemandeur("Perron")
    qtbot.addWidget(fenetre)
    fenetre.montrer(Montre((Paragraphe(texte),), langue))
    lettres = "".join(un for un in texte if un.isalpha())
    assert dessinee_par(lettres, fenetre.affiche._police(40, (texte, "", 1.0))) == {famille}


def test_le_latin_n_en_charge_aucune(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecritures, "_charger", lambda nom: pytest.fail(f"{nom} est chargée pour rien"))
    assert familles_de(["Quel est votre nom ? Ünvanınız, ș, 12 · …"]) == ()


def test_mutant_une_famille_oubliee_se_verrait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce que la fenêtre pose dans l'affiche vient d'ici : sans elle, Qt prendrait ce que le poste a, ou un carré."""
    monkeypatch.setattr(ecritures, "_charger", lambda nom: (f"famille {nom}",))
    assert familles_de(["გსურთ", "Вам", "اسم"]) == ("famille georgien", "famille noto", "famille naskh")


def test_une_police_absente_laisse_faire_le_systeme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ecritures, "POLICES", tmp_path)
    assert ecritures._charger.__wrapped__("lao") == ()


def test_un_nombre_garde_son_signe_au_milieu_de_l_arabe(qtbot: QtBot) -> None:
    fenetre = FenetreDemandeur("Perron")
    qtbot.addWidget(fenetre)
    fenetre.montrer(Montre((Paragraphe("من −30 إلى 14"),), "ar"))
    assert fenetre.affiche.dits == ["من \u2066−30\u2069 إلى \u206614\u2069"]
    fenetre.montrer(Montre((Paragraphe("−30 à 14"),), "fr"))
    assert fenetre.affiche.dits == ["−30 à 14"]


def test_rien_n_est_charge_au_lancement() -> None:
    """Ni les polices, ni de quoi les lire : la première fenêtre ne les attend pas."""
    programme = (
        "import sys; import ui.lancement, ui.cadre.ecran_tourne, ui.etat.ecran_demandeur;"
        "print([m for m in ('ui.cadre.ecritures', 'impressions.polices', 'modele.mots.note') if m in sys.modules])"
    )
    lu = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True, check=True)
    assert lu.stdout.strip() == "[]"


def test_une_police_chargee_l_est_une_fois() -> None:
    familles_de(["გ"])
    avant = len(QFontDatabase.families())
    familles_de(["გსურთ"])
    assert len(QFontDatabase.families()) == avant
