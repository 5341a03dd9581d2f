"""S'exercer dans les vrais écrans : une fenêtre à part, sur le bac ; rien n'en va au vrai coffre, ni n'en part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from outils_ecran import au_repos, presser, taper
from outils_ecran_formation import VIOLENCES, aller, prendre, suite, textes
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.formation import lire_cas
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.enrolement import enroler
from ui.cadre.exercice import AILLEURS, ECRANS, FenetreExercice
from ui.ecrans import declaration, declares
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.lancement import Poste
from ui.mots.formation import FICTIF, FORMATION

CAS = lire_cas(VIOLENCES)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NOM = "ZYLBERFICTIVE"


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def calme(qtbot: QtBot, poste: Poste, fenetre: FenetreExercice) -> None:
    """Les deux fils ont fini."""
    au_repos(qtbot, poste)
    faits: list[object] = []
    fenetre.exercice.travaux.lancer(lambda: None, faits.append, pour=fenetre)
    qtbot.waitUntil(lambda: bool(faits))
    QApplication.processEvents()


def exercer(qtbot: QtBot, poste: Poste, ecran: EcranFormation) -> FenetreExercice:
    """Du cas, au clavier, aux vrais écrans."""
    page = prendre(qtbot, poste, ecran, CAS.titre)
    assert page.ouvrir.isVisible()
    presser(Qt.Key.Key_V, ALT)
    au_repos(qtbot, poste)
    qtbot.waitUntil(lambda: poste.exercice.fenetre is not None)
    fenetre = poste.exercice.fenetre
    assert fenetre is not None
    qtbot.waitUntil(lambda: fenetre.ecran == "entretien" and bool(fenetre.session.dossier_id))
    calme(qtbot, poste, fenetre)
    return fenetre


def ecrire(qtbot: QtBot, poste: Poste, fenetre: FenetreExercice, **champs: Any) -> None:
    fenetre.session.modifier({nom.replace("__", "."): valeur for nom, valeur in champs.items()})
    calme(qtbot, poste, fenetre)


def au_coffre(qtbot: QtBot, poste: Poste, faire: Callable[[Coffre], Any]) -> Any:
    rendus: list[Any] = []
    poste.session.avec_coffre(faire, rendus.append, pour=poste.session)
    au_repos(qtbot, poste)
    return rendus[0]


def compter(coffre: Coffre) -> tuple[int, int, int]:
    return coffre.compter(), coffre.echanges.compter_a_envoyer(), len(coffre.rechercher(NOM, 8))


def test_le_vrai_entretien_s_ouvre_marque_avec_la_personne_a_cote(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    """La couleur et le mot sur chaque écran de l'exercice ; ce qui s'y demande revient au cas."""
    fenetre = exercer(qtbot, poste_ouvert, ecran)
    # L'accueil en dernier : y aller ferme le dossier, comme en vrai.
    for nom in (*sorted(set(ECRANS) - {"accueil"}), "accueil"):
        fenetre.aller(nom)
        calme(qtbot, poste_ouvert, fenetre)
        assert fenetre.ecran == nom
        assert fenetre.windowTitle() == f"{poste_ouvert.fenetre.windowTitle()}, formation"
        assert fenetre.marque.isVisible()
        assert fenetre.marque.property("ton") == "formation"
        assert FORMATION in textes(fenetre.marque)
        assert FICTIF in textes(fenetre.marque)
        assert fenetre.jeu.question.isVisible()
        if nom == "accueil":
            assert fenetre.session.dossier_id == ""
    fenetre.jeu.focus_initial()
    taper("de qui avez-vous peur ?")
    presser(Qt.Key.Key_Return)
    calme(qtbot, poste_ouvert, fenetre)
    assert "Peur de quoi" in textes(fenetre.jeu)
    fenetre.terminer.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.exercice.fenetre is None
    assert isinstance(ecran.page, PageEntretien)
    assert "Peur de quoi" in textes(ecran.page)
    assert [un.question for un in ecran.page.posees] == ["peur"]
    suite(qtbot, poste_ouvert)


def test_rien_de_l_exercice_n_atteint_le_vrai_coffre_ni_ne_part(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    avant = au_coffre(qtbot, poste_ouvert, compter)
    fenetre = exercer(qtbot, poste_ouvert, ecran)
    ecrire(qtbot, poste_ouvert, fenetre, demandeur__nom=NOM, demandeur__prenoms="Farida")
    assert fenetre.session.document["demandeur"]["nom"] == NOM
    assert poste_ouvert.session.dossier_id == ""
    bacs: list[Any] = []

    def au_bac(coffre: Coffre) -> Any:
        def relier(*_: object) -> object:
            raise AssertionError("le registre a été joint")

        with pytest.raises(ErreurUtilisateur, match="ne se relie à aucun registre"):
            enroler(coffre.echanges, "perron://x/-formation-/y#z", "poste", relier)  # type: ignore[arg-type]
        return compter(coffre), coffre.echanges.lot(100)

    fenetre.session.avec_coffre(au_bac, bacs.append, pour=fenetre)
    calme(qtbot, poste_ouvert, fenetre)
    (((dossiers, a_envoyer, trouves), lot),) = bacs
    assert (dossiers, a_envoyer, trouves, lot) == (1, 0, 1, [])
    assert au_coffre(qtbot, poste_ouvert, compter) == avant
    fenetre.terminer.click()
    au_repos(qtbot, poste_ouvert)
    assert au_coffre(qtbot, poste_ouvert, compter) == avant


def test_le_papier_de_l_exercice_le_dit_en_travers(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chaque page, dans le filigrane et au pied. Mutant : une session que l'on ne reconnaît plus pour un exercice."""
    dits = papier(ecran, poste_ouvert, qtbot)
    assert all(dit.count("Formation : personne inventée") >= 2 for dit in dits)
    assert poste_ouvert.exercice.fenetre is not None
    monkeypatch.setattr("ui.ecrans.imprimer.ecran.est_un_exercice", lambda _: False)
    imprimer = poste_ouvert.exercice.fenetre.tenir("imprimer")
    assert isinstance(imprimer, EcranImprimer)
    assert not any("personne inventée" in dit for dit in pages(imprimer, poste_ouvert, qtbot))


def papier(ecran: EcranFormation, poste: Poste, qtbot: QtBot) -> list[str]:
    fenetre = exercer(qtbot, poste, ecran)
    ecrire(qtbot, poste, fenetre, demandeur__nom=NOM)
    imprimer = fenetre.aller("imprimer")
    assert isinstance(imprimer, EcranImprimer)
    return pages(imprimer, poste, qtbot)


def pages(imprimer: EcranImprimer, poste: Poste, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: imprimer._bilan is not None)
    imprimer.liasse = None
    imprimer.composer()
    qtbot.waitUntil(lambda: imprimer.liasse is not None)
    assert imprimer.liasse is not None
    dits = []
    for feuille in imprimer.liasse.feuilles:
        with pypdfium2.PdfDocument(feuille.pdf) as document:
            dits += [page.get_textpage().get_text_range().replace("\xa0", " ") for page in document]
    assert dits
    return dits


def test_aucun_autre_ecran_ne_s_y_ouvre(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    fenetre = exercer(qtbot, poste_ouvert, ecran)
    for nom in sorted(set(declares()) - set(ECRANS)):
        fenetre.aller(nom)
        assert fenetre.ecran == "entretien"
        assert fenetre.bandeau.phrase == AILLEURS.format(declaration(nom).libelle)
        assert nom not in fenetre.tenus


def test_le_poste_couvert_ferme_l_exercice(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """F12, un verrou : plus rien de l'exercice ne reste ouvert ; ce qui s'y est dit est gardé."""
    fenetre = exercer(qtbot, poste_ouvert, ecran)
    fenetre.jeu.poser(CAS.questions[0])
    poste_ouvert.couverture.cacher()
    qtbot.waitUntil(lambda: poste_ouvert.exercice.fenetre is None)
    assert not fenetre.exercice.est_ouverte


def test_effacer_ses_essais_ferme_l_exercice(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Resté ouvert, il écrirait dans un bac effacé."""
    exercer(qtbot, poste_ouvert, ecran)
    ecran._effacer()
    assert poste_ouvert.exercice.fenetre is None
    au_repos(qtbot, poste_ouvert)


def test_une_fenetre_a_la_fois(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    fenetre = exercer(qtbot, poste_ouvert, ecran)
    assert isinstance(ecran.page, PageEntretien)
    ecran.page.ouvrir.click()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.exercice.fenetre is fenetre
