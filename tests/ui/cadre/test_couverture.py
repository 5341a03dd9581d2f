"""F12 et l'absence : tout est couvert, même un dialogue modal ; en revenir exige le mot de passe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from ui.cadre.couverture import Couverture, Voile
from ui.cadre.page_neutre import PageNeutre, PageVerrou
from ui.ecrans.ouverture.secours import Secours
from ui.lancement import Poste


@pytest.fixture
def dialogue(poste_ouvert: Poste, qtbot: QtBot) -> QDialog:
    """Un dialogue modal ouvert, un nom à l'écran et le clavier dedans."""
    dialogue = QDialog(poste_ouvert.fenetre)
    dialogue.setWindowTitle("Mme Moreau")
    dialogue.champ = QLineEdit("Moreau")  # type: ignore[attr-defined]
    QVBoxLayout(dialogue).addWidget(dialogue.champ)  # type: ignore[attr-defined]
    dialogue.setModal(True)
    montrer(qtbot, dialogue)
    return dialogue


def voiles(fenetre: QWidget) -> list[Voile]:
    return [v for v in fenetre.findChildren(Voile) if v.isVisible() and v.parentWidget() is fenetre]


def reprendre(qtbot: QtBot, poste: Poste, mot_de_passe: str) -> None:
    page = poste.couverture.page
    assert page is not None
    if page.reprise.isHidden():
        presser(Qt.Key.Key_Escape, widget=page)
    taper(mot_de_passe, page.reprise.mot_de_passe.ligne)
    page.reprise.mot_de_passe.entree.emit()
    au_repos(qtbot, poste)


def test_f12_couvre_meme_un_dialogue_modal(qtbot: QtBot, poste_ouvert: Poste, dialogue: QDialog) -> None:
    """La page est au-dessus, la fenêtre et le dialogue sont voilés, leurs titres sont neutres."""
    presser(Qt.Key.Key_F12, widget=dialogue.champ)  # type: ignore[attr-defined]
    page = poste_ouvert.couverture.page
    assert isinstance(page, PageNeutre)
    assert QApplication.activeModalWidget() is page
    for fenetre in (poste_ouvert.fenetre, dialogue):
        (voile,) = voiles(fenetre)
        assert voile.geometry() == fenetre.rect()
        assert fenetre.windowTitle() == "Calendrier"
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_f12_ferme_le_coffre_et_le_mot_de_passe_rend_tout(qtbot: QtBot, poste_ouvert: Poste, dialogue: QDialog) -> None:
    """Les clés ne restent pas en mémoire ; au retour, dialogue, titre et focus sont là où ils étaient."""
    presser(Qt.Key.Key_F12, widget=dialogue.champ)  # type: ignore[attr-defined]
    assert not poste_ouvert.session.est_ouverte
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    assert not poste_ouvert.couverture.couverte
    assert poste_ouvert.session.est_ouverte
    assert dialogue.isVisible()
    assert dialogue.windowTitle() == "Mme Moreau"
    assert not voiles(dialogue)
    assert poste_ouvert.fenetre.ecran == "accueil"


def test_mauvais_mot_de_passe_laisse_couvert(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Rien ne se découvre sans le bon mot de passe ; la faute est dite au champ."""
    presser(Qt.Key.Key_F12, widget=poste_ouvert.fenetre)
    reprendre(qtbot, poste_ouvert, "un mauvais mot de passe")
    page = poste_ouvert.couverture.page
    assert page is not None
    assert "Ce n'est pas le mot de passe" in page.reprise.mot_de_passe.faute
    assert voiles(poste_ouvert.fenetre)
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_rien_ne_s_ecrit_dessous(qtbot: QtBot, poste_ouvert: Poste, dialogue: QDialog) -> None:
    """Une frappe adressée à ce qui est couvert n'arrive pas."""
    champ = dialogue.champ  # type: ignore[attr-defined]
    presser(Qt.Key.Key_F12, widget=champ)
    taper("secret", champ)
    assert champ.text() == "Moreau"
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_fenetre_ouverte_apres_est_couverte_aussi(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un dialogue qui surgit pendant la page neutre n'apparaît pas."""
    presser(Qt.Key.Key_F12, widget=poste_ouvert.fenetre)
    tardif = QDialog(poste_ouvert.fenetre)
    tardif.setWindowTitle("Dossier")
    tardif.show()
    assert voiles(tardif)
    assert tardif.windowTitle() == "Calendrier"
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_la_page_ne_se_ferme_pas_par_la_croix(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Alt+F4 sur la page ne découvre rien."""
    presser(Qt.Key.Key_F12, widget=poste_ouvert.fenetre)
    page = poste_ouvert.couverture.page
    assert page is not None
    page.close()
    assert page.isVisible()
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_la_page_ne_parle_pas_de_logement(poste_ouvert: Poste) -> None:
    """Ni Perron, ni dossier, ni logement : un calendrier."""
    page = PageNeutre("Calendrier", __import__("datetime").date(2026, 11, 23))
    mots = " ".join(
        w.accessibleName() + (w.text() if hasattr(w, "text") else "") for w in [page, *page.findChildren(QWidget)]
    ).lower()
    assert "novembre 2026" in mots
    assert not any(mot in mots for mot in ("perron", "dossier", "logement", "demande", "verrou"))
    page.deleteLater()


def test_avant_tout_coffre_la_page_se_leve_sans_mot_de_passe(qtbot: QtBot, poste: Poste) -> None:
    """Premier lancement : il n'y a encore rien à protéger."""
    presser(Qt.Key.Key_F12, widget=poste.fenetre)
    page = poste.couverture.page
    assert page is not None
    presser(Qt.Key.Key_Escape, widget=page)
    assert not poste.couverture.couverte


def test_absence_verrouille_et_garde_la_frappe(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Au délai réglé, le poste se verrouille ; la recherche tapée est encore là au retour."""
    temps = [0.0]
    poste_ouvert.couverture.arreter()
    poste_ouvert.couverture = Couverture(poste_ouvert.fenetre, poste_ouvert.session, lambda: temps[0])
    taper("moreau")
    temps[0] = 60 * poste_ouvert.session.preferences.verrou_minutes - 1
    poste_ouvert.couverture.verifier_inactivite()
    assert not poste_ouvert.couverture.couverte
    temps[0] += 1
    poste_ouvert.couverture.verifier_inactivite()
    assert isinstance(poste_ouvert.couverture.page, PageVerrou)
    assert not poste_ouvert.session.est_ouverte
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    assert poste_ouvert.fenetre.pile.currentWidget().recherche.text() == "moreau"  # type: ignore[union-attr]


def test_un_geste_repousse_le_verrou(poste_ouvert: Poste) -> None:
    """Tant qu'on tape, rien ne se verrouille."""
    temps = [0.0]
    poste_ouvert.couverture.arreter()
    poste_ouvert.couverture = Couverture(poste_ouvert.fenetre, poste_ouvert.session, lambda: temps[0])
    delai = 60 * poste_ouvert.session.preferences.verrou_minutes
    temps[0] = delai - 1
    taper("a")
    temps[0] = delai + 1
    poste_ouvert.couverture.verifier_inactivite()
    assert not poste_ouvert.couverture.couverte


def test_brouillon_en_attente_part_avant_le_verrou(qtbot: QtBot, poste_ouvert: Poste, donnees: Path) -> None:
    """``avant_fermeture`` laisse le temps d'écrire : le brouillon est dans le coffre fermé."""
    session = poste_ouvert.session
    session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste_ouvert)
    identifiant = session.dossier_id
    session.avant_fermeture.connect(lambda: session.brouillon("demandeur.nom", "Dur"))
    poste_ouvert.couverture.verrouiller()
    au_repos(qtbot, poste_ouvert)
    coffre = Coffre.ouvrir(session.chemin, MOT_DE_PASSE)
    assert [b.texte for b in coffre.brouillons(identifiant)] == ["Dur"]
    coffre.fermer()
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)


def test_couvert_rien_n_est_plus_montre_ni_dans_le_presse_papiers(
    qtbot: QtBot, poste_ouvert: Poste, dialogue: QDialog
) -> None:
    """Un lecteur d'écran ne lit plus ce qui est derrière ; au retour, tout est là, le clavier aussi."""
    champ = dialogue.champ  # type: ignore[attr-defined]
    QApplication.clipboard().setText("Moreau")
    presser(Qt.Key.Key_F12, widget=champ)
    assert QApplication.clipboard().text() == ""
    for fenetre in (poste_ouvert.fenetre, dialogue):
        montres = [
            w for w in fenetre.findChildren(QWidget) if w.isVisible() and not w.isWindow() and not isinstance(w, Voile)
        ]
        assert montres == []
    assert QAccessible.queryAccessibleInterface(champ).state().invisible
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    assert champ.isVisible()
    assert champ.hasFocus()
    assert poste_ouvert.fenetre.barre_haute.isVisible()


def montres(objet: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Ce qui se dit montré sous ``objet``, même sous un parent caché : un lecteur d'écran cherche partout."""
    if not objet.state().invisible:
        yield objet
    for rang in range(objet.childCount()):
        yield from montres(objet.child(rang))


def _est_de(widget: QWidget | None, page: QWidget | None) -> bool:
    """Vrai si ``widget`` est la page, ou une liste qu'elle déplie : le choix du compte, au verrou, en est une."""
    while widget is not None and widget is not page:
        widget = widget.parentWidget()
    return widget is page and page is not None


def lus(page: QWidget | None) -> str:
    """Tout ce qui se lit dans Perron hors de ``page`` : noms, valeurs, descriptions."""
    sortes = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
    dehors = [w for w in QApplication.topLevelWidgets() if not _est_de(w, page)]
    racines = [QAccessible.queryAccessibleInterface(w) for w in dehors]
    return " ".join(un.text(sorte) for racine in racines for un in montres(racine) for sorte in sortes)


def test_rien_de_ce_qui_est_derriere_ne_se_lit(qtbot: QtBot, poste_garni: Poste) -> None:
    """Listes, champs et boutons : un lecteur d'écran ne trouve plus que la page ; le presse-papiers est vide."""
    accueil = poste_garni.fenetre.pile.currentWidget()
    accueil.recents.setCurrentRow(0)  # type: ignore[union-attr]
    assert accueil.recents.demasquer()  # type: ignore[union-attr]
    nom = accueil.recents.vue(0).titre.split(",")[0]  # type: ignore[union-attr]
    accueil.recherche.setText("hamidi zahra")  # type: ignore[union-attr]
    QApplication.clipboard().setText("HAMIDI Zahra")
    assert nom in lus(None)
    assert "hamidi zahra" in lus(None)
    presser(Qt.Key.Key_F12, widget=poste_garni.fenetre)
    reste = lus(poste_garni.couverture.page)
    assert reste.split() == [mot for mot in reste.split() if mot in ("Perron", "Calendrier")]
    assert QApplication.clipboard().text() == ""
    places = [accueil.recents.geometry(), accueil.a_faire.geometry()]  # type: ignore[union-attr]
    assert all(place.isEmpty() for place in places)
    reprendre(qtbot, poste_garni, MOT_DE_PASSE)
    assert not accueil.recents.visibleRegion().isEmpty()  # type: ignore[union-attr]
    assert accueil.recents.height() >= accueil.recents.sizeHint().height()  # type: ignore[union-attr]


def test_mutant_le_dessous_reste_montre(qtbot: QtBot, poste_garni: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sous le seul voile, l'œil ne voit rien et le lecteur d'écran lit tout."""
    monkeypatch.setattr(Voile, "cacher_le_dessous", lambda _: None)
    presser(Qt.Key.Key_F12, widget=poste_garni.fenetre)
    assert "Derniers dossiers" in lus(poste_garni.couverture.page)
    reprendre(qtbot, poste_garni, MOT_DE_PASSE)


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True)
def test_f12_s_entend_de_tout_ce_qui_peut_avoir_le_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un widget qui prend toutes les touches, la fenêtre sans clavier dedans, un menu ouvert."""

    class Avide(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            event.accept()

    avide = Avide(poste_ouvert.fenetre)
    avide.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    avide.show()
    avide.setFocus()
    presser(Qt.Key.Key_F12, widget=avide)
    assert poste_ouvert.couverture.couverte
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    avide.clearFocus()
    fenetre = poste_ouvert.fenetre.windowHandle()
    assert fenetre is not None
    montrer(qtbot, poste_ouvert.fenetre)
    QTest.keyClick(fenetre, Qt.Key.Key_F12)
    assert poste_ouvert.couverture.couverte
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    poste_ouvert.fenetre.agir("menu_agent")
    QTest.keyClick(fenetre, Qt.Key.Key_F12)
    assert poste_ouvert.couverture.couverte
    reprendre(qtbot, poste_ouvert, MOT_DE_PASSE)
    avide.deleteLater()


def test_pendant_l_essai_d_un_mot_de_passe_l_oubli_attend(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le refus arrivait à une page partie, une panne ; l'accord ouvrait le coffre derrière l'écran du code."""
    poste_ouvert.couverture.verrouiller()
    page = poste_ouvert.couverture.page
    assert page is not None
    page.reprise.mot_de_passe.poser("un mauvais mot de passe")
    page.reprise.reprendre.click()
    page.reprise.oubli.click()
    assert poste_ouvert.couverture.page is page
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.couverture.page is page
    assert page.reprise.mot_de_passe.faute
    presser(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier, widget=page)
    assert poste_ouvert.fenetre.ecran == "ouverture"


@pytest.mark.parametrize("couvrir", ["cacher", "verrouiller"])
def test_mot_de_passe_perdu_mene_au_code_de_secours(qtbot: QtBot, poste_ouvert: Poste, couvrir: str) -> None:
    """Constat 20 : l'écran verrouillé mène au code ; le dossier se ferme, rien de lui ne se montre."""
    poste, session = poste_ouvert, poste_ouvert.session
    codes: list[str] = []
    session.avec_coffre(lambda coffre: coffre.renouveler_secours(), codes.append, pour=session)
    session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste)
    getattr(poste.couverture, couvrir)()
    page = poste.couverture.page
    assert page is not None
    page.demander()
    reprendre(qtbot, poste, "un mauvais mot de passe")
    assert page.reprise.oubli.isVisible()
    presser(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier, widget=page)
    au_repos(qtbot, poste)
    assert not poste.couverture.couverte
    assert (poste.fenetre.ecran, session.dossier_id, session.est_ouverte) == ("ouverture", "", False)
    etape = poste.fenetre.pile.currentWidget().etapes.courante  # type: ignore[union-attr]
    assert isinstance(etape, Secours)
    taper(codes[0], etape.code.ligne)
    etape.code.entree.emit()
    au_repos(qtbot, poste)
    assert session.est_ouverte
