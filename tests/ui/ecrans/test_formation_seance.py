"""Les feuilles d'un cas, depuis l'écran : celle de la classe sans réponse, celle du formateur à part."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from outils_ecran import au_repos, presser
from outils_ecran_formation import VIOLENCES, aller
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.formation import lire_cas
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.seance import PageSeance
from ui.ecrans.imprimer.boite import SANS_IMPRIMANTE
from ui.lancement import Poste

CAS = lire_cas(VIOLENCES)


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def former(ecran: EcranFormation) -> PageSeance:
    """Au clavier, jusqu'au cas des violences."""
    assert isinstance(ecran.page, PageChoix)
    ecran.page.seance.setFocus()
    presser(Qt.Key.Key_Space, widget=ecran.page.seance)
    page = ecran.page
    assert isinstance(page, PageSeance)
    assert QApplication.focusWidget() is page.liste
    while page.liste.courante() is None or page.liste.courante().titre != CAS.titre:  # type: ignore[union-attr]
        presser(Qt.Key.Key_Down, widget=page.liste)
    presser(Qt.Key.Key_Return, widget=page.liste)
    QApplication.processEvents()
    assert page.choisi.text() == CAS.titre
    return page


def lire(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_les_deux_feuilles_s_enregistrent_a_part(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    page = former(ecran)
    assert QApplication.focusWidget() is page.classe
    page.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    classe, formateur = (lire(tmp_path / f"formation-{CAS.id}-{qui}.pdf") for qui in ("classe", "formateur"))
    raison = "un abri sûr pour ce soir"
    assert any(raison in un.raison for un in CAS.points() if un.id == "mise-a-l-abri")
    assert raison not in classe
    assert raison in formateur
    assert "personnes inventées" in classe
    assert page.sortis.isVisible()
    page.sortis.effacer.click()
    assert list(tmp_path.glob("*.pdf")) == []


def test_chaque_feuille_part_a_l_imprimante_seule(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Par le même chemin que tout papier : la boîte d'impression reçoit une feuille, jamais les deux."""
    parties: list[str] = []
    monkeypatch.setattr(
        "ui.ecrans.formation.seance.sortir",
        lambda _p, _s, liasse, *_: parties.extend(feuille.nom for feuille in liasse.feuilles),
    )
    page = former(ecran)
    presser(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert parties == [f"formation-{CAS.id}-classe.pdf"]
    page.formateur.click()
    au_repos(qtbot, poste_ouvert)
    assert parties[1:] == [f"formation-{CAS.id}-formateur.pdf"]


def test_sans_imprimante_cela_se_dit(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.ecrans.imprimer.boite.files", list)
    former(ecran).classe.click()
    au_repos(qtbot, poste_ouvert)
    assert ecran.echec.phrase == SANS_IMPRIMANTE


def test_retour_aux_cas(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    former(ecran)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
