"""Les champs et les choix : nom obligatoire, faute au champ, clavier, chiffres, précisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from outils_ecran import montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.composants import Champ, ChampSecret, GroupeChoix, Option, champ
from ui.saisies.lecture import lire_date, lire_nombre

OPTIONS = [
    Option("chez_moi", "Chez moi"),
    Option("tiers", "Chez quelqu'un", "famille, ami"),
    Option("dehors", "Dehors"),
    Option("ne_sait_pas", "Ne sait pas", demi=True),
    Option("refus", "Ne souhaite pas répondre", demi=True),
]


def recueillir(signal: Any) -> list[Any]:
    vus: list[Any] = []
    signal.connect(lambda *arguments: vus.append(arguments[0] if arguments else None))
    return vus


@pytest.fixture
def groupe(qtbot: QtBot) -> GroupeChoix:
    groupe = GroupeChoix("Où avez-vous dormi ?", OPTIONS, signes=True)
    qtbot.addWidget(groupe)
    montrer(qtbot, groupe)
    groupe.focus_initial()
    return groupe


@pytest.mark.parametrize("fabrique", [champ, ChampSecret])
def test_un_champ_sans_nom_se_refuse(qtbot: QtBot, fabrique: Any) -> None:
    """Le nom accessible n'est pas facultatif."""
    with pytest.raises(ValueError, match="nom accessible"):
        fabrique("  ")


def test_le_libelle_est_le_nom_et_l_aide_la_description(qtbot: QtBot) -> None:
    """Ce qui se lit est ce qui se dit."""
    un = champ("Nom de naissance", "Comme sur la pièce d'identité")
    qtbot.addWidget(un)
    interface = QAccessible.queryAccessibleInterface(un.ligne)
    assert interface.text(QAccessible.Text.Name) == "Nom de naissance"
    assert interface.text(QAccessible.Text.Description) == "Comme sur la pièce d'identité"
    assert interface.role() == QAccessible.Role.EditableText


def test_date_fautive_dite_au_champ_puis_corrigee(qtbot: QtBot) -> None:
    """La faute est au champ et dans sa description ; corrigée, la date est rendue une seule fois."""
    un = Champ("Depuis quelle date ?", "jour, mois, année", lire=lambda saisie: lire_date(saisie, date(2026, 11, 23)))
    qtbot.addWidget(un)
    montrer(qtbot, un)
    valides = recueillir(un.valide)
    taper("31/02/2026", un.ligne)
    un.ligne.returnPressed.emit()
    assert "n'existe pas" in un.faute
    assert un.ligne.accessibleDescription().startswith("Erreur")
    assert valides == []
    un.ligne.clear()
    taper("14/05/26", un.ligne)
    assert un.faute == ""
    un.ligne.returnPressed.emit()
    un.ligne.quittee.emit()
    assert valides == [date(2026, 5, 14)]
    assert un.ligne.accessibleDescription() == "jour, mois, année"


def test_quitter_le_champ_valide(qtbot: QtBot) -> None:
    """Perdre le focus suffit à rendre la valeur."""
    un, autre = Champ("Loyer", lire=lambda saisie: lire_nombre(saisie, 2)), QLineEdit()
    qtbot.addWidget(un)
    un.layout().addWidget(autre)  # type: ignore[union-attr]
    montrer(qtbot, un)
    valides = recueillir(un.valide)
    un.ligne.setFocus()
    taper("1 250,50")
    autre.setFocus()
    assert valides == [Decimal("1250.50")]


def test_champ_vide_rend_rien(qtbot: QtBot) -> None:
    """Effacer une réponse se dit ``None``, pas une chaîne vide."""
    un = champ("Nom")
    qtbot.addWidget(un)
    valides = recueillir(un.valide)
    un.poser("Moreau")
    un.ligne.setText("   ")
    assert un.valider()
    assert valides == [None]


def test_minuscules_accentuees_au_clavier(qtbot: QtBot) -> None:
    """« é », « œ », « ç » passent par le clavier sans tuer le processus."""
    un = champ("Prénoms")
    qtbot.addWidget(un)
    montrer(qtbot, un)
    taper("Éloïse çà œuvré", un.ligne)
    assert un.contenu == "Éloïse çà œuvré"


def test_secret_masque_montre_puis_efface(qtbot: QtBot) -> None:
    """Le bouton montre et masque ; vider remasque."""
    un = ChampSecret("Mot de passe")
    qtbot.addWidget(un)
    assert un.ligne.echoMode() == QLineEdit.EchoMode.Password
    un._montrer.click()
    assert un.ligne.echoMode() == QLineEdit.EchoMode.Normal
    assert un._montrer.accessibleName() == "Masquer : Mot de passe"
    un.vider()
    assert un.ligne.echoMode() == QLineEdit.EchoMode.Password


def test_la_tabulation_va_d_un_secret_a_l_autre_et_alt_m_montre_celui_qu_on_tape(qtbot: QtBot) -> None:
    """Sur le bouton, la suite d'un mot de passe tapé trop vite le montrerait à tous."""
    cadre = QWidget()
    boite = QVBoxLayout(cadre)
    premier, second = ChampSecret("Mot de passe"), ChampSecret("Le même, une seconde fois")
    boite.addWidget(premier)
    boite.addWidget(second)
    montrer(qtbot, cadre)
    premier.ligne.setFocus()
    presser(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second.ligne
    presser(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert second.ligne.echoMode() == QLineEdit.EchoMode.Normal
    assert premier.ligne.echoMode() == QLineEdit.EchoMode.Password


def test_vingt_mille_changements_de_texte(qtbot: QtBot) -> None:
    """Ni référence perdue ni processus tué après 20 000 ``setText``."""
    un = Champ("Nom")
    qtbot.addWidget(un)
    for rang in range(20_000):
        un.libelle.setText(f"Question {rang}")
        un.ligne.setText(str(rang))
    assert un.contenu == "19999"


def test_les_chiffres_choisissent(groupe: GroupeChoix) -> None:
    """La touche 2 choisit la deuxième réponse."""
    choisis = recueillir(groupe.choisi)
    presser(Qt.Key.Key_2)
    assert choisis == ["tiers"]
    assert QApplication.focusWidget() is groupe.bouton("tiers")


def test_les_fleches_passent_d_une_reponse_a_l_autre(groupe: GroupeChoix) -> None:
    """Bas choisit la suivante, comme toute liste radio."""
    presser(Qt.Key.Key_1)
    presser(Qt.Key.Key_Down)
    assert groupe.valeur() == "tiers"


def test_les_fleches_passent_d_une_case_a_l_autre_sans_rien_cocher(qtbot: QtBot) -> None:
    """Tab ne s'arrête qu'une fois au groupe : sans les flèches, une case après la première est hors du clavier."""
    cases = GroupeChoix("Rôles", OPTIONS[:3], multiple=True)
    qtbot.addWidget(cases)
    montrer(qtbot, cases)
    cases.focus_initial()
    presser(Qt.Key.Key_Tab)
    for _ in range(2):
        presser(Qt.Key.Key_Down)
    assert cases.bouton("dehors").hasFocus()
    assert cases.valeur() == []
    presser(Qt.Key.Key_Space)
    assert cases.valeur() == ["dehors"]
    presser(Qt.Key.Key_Down)
    assert cases.bouton("chez_moi").hasFocus(), "les flèches font le tour, comme pour une réponse seule"
    presser(Qt.Key.Key_Up)
    presser(Qt.Key.Key_Up)
    presser(Qt.Key.Key_Space)
    assert cases.valeur() == ["tiers", "dehors"]


def test_entree_avance_sans_rien_choisir(qtbot: QtBot, groupe: GroupeChoix) -> None:
    """Rien de choisi, même là où une flèche a mené : Entrée passe à la suite, et ne répond pas à la place de qui que
    ce soit."""
    choisis, entrees = recueillir(groupe.choisi), recueillir(groupe.entree)
    presser(Qt.Key.Key_Return)
    presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_Return)
    assert choisis == []
    assert len(entrees) == 2


def test_poser_ne_dit_rien(groupe: GroupeChoix) -> None:
    """Montrer une réponse lue dans le dossier n'est pas répondre."""
    choisis = recueillir(groupe.choisi)
    groupe.poser("dehors")
    assert groupe.valeur() == "dehors"
    groupe.poser(None)
    assert groupe.valeur() is None
    assert choisis == []


def entrer(qtbot: QtBot, multiple: bool, montre: Any) -> str:
    """La réponse où Tab entre, après « Dehors » prise par quelqu'un d'autre puis ``montre`` posé."""
    page = QWidget()
    boite, avant = QVBoxLayout(page), QLineEdit()
    groupe = GroupeChoix("Où ?", OPTIONS[:3], multiple=multiple)
    boite.addWidget(avant)
    boite.addWidget(groupe)
    qtbot.addWidget(page)
    montrer(qtbot, page)
    groupe.bouton("dehors").setFocus()
    presser(Qt.Key.Key_Space, widget=groupe.bouton("dehors"))
    groupe.poser(montre)
    avant.setFocus()
    presser(Qt.Key.Key_Tab, widget=avant)
    ici = QApplication.focusWidget()
    return next(code for code in ("chez_moi", "tiers", "dehors") if groupe.bouton(code) is ici)


@pytest.mark.parametrize(
    ("multiple", "montre", "attendu"),
    [(False, None, "chez_moi"), (True, None, "chez_moi"), (False, "tiers", "tiers"), (True, ["tiers"], "tiers")],
)
def test_vide_tab_ne_rentre_pas_par_la_reponse_d_un_autre(
    qtbot: QtBot, multiple: bool, montre: Any, attendu: str
) -> None:
    assert entrer(qtbot, multiple, montre) == attendu


def test_mutant_qt_rentre_par_la_derniere(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GroupeChoix, "_rentrer_par_la_reponse", lambda _: None)
    assert entrer(qtbot, False, None) == "dehors"


def test_choix_multiples(qtbot: QtBot) -> None:
    """Plusieurs cases : la liste des codes, dans l'ordre de l'écran."""
    groupe = GroupeChoix("Motifs", OPTIONS, multiple=True, signes=True)
    qtbot.addWidget(groupe)
    montrer(qtbot, groupe)
    choisis = recueillir(groupe.choisi)
    groupe.focus_initial()
    presser(Qt.Key.Key_3)
    presser(Qt.Key.Key_1)
    assert choisis == [["dehors"], ["chez_moi", "dehors"]]


def test_une_precision_se_place_sous_sa_reponse(qtbot: QtBot, groupe: GroupeChoix) -> None:
    """« Depuis quelle date ? » entre la réponse et la suivante, pour l'œil et pour Tab."""
    precision = champ("Depuis quelle date ?")
    groupe.preciser("tiers", precision)
    groupe.adjustSize()
    QApplication.processEvents()
    haut = [w.geometry().top() for w in (groupe.bouton("tiers"), precision, groupe.bouton("dehors"))]
    assert haut == sorted(haut)


def test_reponse_trop_longue_pour_une_ligne(qtbot: QtBot) -> None:
    """Un long libellé passe à la ligne et la case grandit : rien n'est coupé."""
    long = "Chez quelqu'un de ma famille, un ami ou une connaissance, sans bail à mon nom " * 2
    groupe = GroupeChoix("Où ?", [Option("a", "Court"), Option("b", long)])
    qtbot.addWidget(groupe)
    groupe.resize(420, 400)
    groupe.show()
    court, longue = groupe.bouton("a"), groupe.bouton("b")
    assert longue.height() > 2 * court.fontMetrics().height() + 20
    assert longue.height() >= longue.heightForWidth(longue.width())


def test_roles_radio_et_case(qtbot: QtBot, groupe: GroupeChoix) -> None:
    """Le lecteur d'écran dit « bouton radio » et « case à cocher »."""
    multiple = GroupeChoix("Motifs", OPTIONS[:2], multiple=True)
    qtbot.addWidget(multiple)
    assert QAccessible.queryAccessibleInterface(groupe.bouton("tiers")).role() == QAccessible.Role.RadioButton
    assert QAccessible.queryAccessibleInterface(multiple.bouton("tiers")).role() == QAccessible.Role.CheckBox
    assert groupe.bouton("tiers").accessibleDescription() == "famille, ami, touche 2"
