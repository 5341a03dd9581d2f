"""« Chercher seul à seul » : rien avant le motif ; masqué, oublié en partant ; puis les avis et les référents."""

from __future__ import annotations

from typing import Any, cast

import pytest
from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre.porte_discrete import PAS_ASSEZ, SANS_MOTIF, TROP
from modele.dossier.codes import reference_courte
from modele.regles.limites import ESSAIS_SEUL_A_SEUL
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.avis.ecran import EcranAvis
from ui.ecrans.seul_a_seul.ecran import EcranSeulASeul
from ui.ecrans.suivi.ecran import EcranSuivi
from ui.lancement import Poste
from ui.mots.avis import AUCUN, GARDES, LE_MEME, RIEN

CTRL = Qt.KeyboardModifier.ControlModifier
AWA: dict[str, Any] = {
    "demandeur": {"nom": "Traoré", "prenoms": "Awa", "date_naissance": "1980-05-14"},
    "protection": {"discret": True},
}
MOTIF = "reçue seule, référence perdue"


def lus(racine: QWidget) -> str:
    """Tout ce qui se lit là."""
    textes = [e.text() for e in racine.findChildren(QLabel) if e.isVisible()]
    return " ".join([*textes, *(un.accessibleName() for un in racine.findChildren(QWidget) if un.isVisible())])


def aller(qtbot: QtBot, poste: Poste, nom: str, **arguments: Any) -> Any:
    montrer(qtbot, poste.fenetre)
    ecran = poste.fenetre.aller(nom, arguments)
    au_repos(qtbot, poste)
    return ecran


def chercher(qtbot: QtBot, poste: Poste, qui: str, motif: str = MOTIF) -> EcranSeulASeul:
    """Au clavier : le motif, Entrée, qui, Entrée."""
    ecran = cast(EcranSeulASeul, aller(qtbot, poste, "seul_a_seul"))
    taper(motif)
    presser(Qt.Key.Key_Return)
    taper(qui)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    return ecran


def test_de_l_accueil_au_dossier_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ce qui était tapé suit ; le motif a le clavier ; la réponse est une référence masquée ; Entrée ouvre."""
    dossier = creer(qtbot, poste_ouvert, **AWA)
    accueil = cast(EcranAccueil, aller(qtbot, poste_ouvert, "accueil"))
    taper("traore awa 1980")
    au_repos(qtbot, poste_ouvert)
    assert accueil.resultats.count() == 0
    accueil.seul_a_seul.click()
    ecran = cast(EcranSeulASeul, poste_ouvert.fenetre.pile.currentWidget())
    assert ecran.qui.contenu == "traore awa 1980"
    assert QApplication.focusWidget() is ecran.motif.ligne
    taper(MOTIF)
    presser(Qt.Key.Key_Return, CTRL)
    au_repos(qtbot, poste_ouvert)
    (ligne,) = [ecran.resultats.vue(rang) for rang in range(ecran.resultats.count())]
    assert ligne.titre == f"Dossier {reference_courte(dossier)}"
    assert ligne.aide == "même nom, même année de naissance"
    assert "traor" not in ligne.dite.lower()
    assert QApplication.focusWidget() is ecran.resultats
    presser(Qt.Key.Key_F4)
    assert "traor" not in ecran.resultats.vue(0).devoilee().titre.lower()
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert (poste_ouvert.fenetre.ecran, poste_ouvert.session.dossier_id) == ("entretien", dossier)


@pytest.mark.parametrize("existe", [True, False])
@pytest.mark.parametrize(
    ("qui", "motif", "phrase"),
    [("traore awa 1980", "", SANS_MOTIF), ("traore awa", MOTIF, PAS_ASSEZ), ("", MOTIF, PAS_ASSEZ)],
)
def test_avant_le_motif_les_memes_mots(
    qtbot: QtBot, poste_ouvert: Poste, existe: bool, qui: str, motif: str, phrase: str
) -> None:
    """Qu'il existe ou non, et le clavier revient à ce qui manque."""
    if existe:
        creer(qtbot, poste_ouvert, **AWA)
    ecran = chercher(qtbot, poste_ouvert, qui, motif)
    assert (ecran.constat.text(), ecran.resultats.isVisible(), ecran.bouton.isEnabled()) == (phrase, False, True)
    assert QApplication.focusWidget() is (ecran.qui if motif else ecran.motif).ligne


def test_rien_ne_reste_quand_l_ecran_se_quitte_ou_se_couvre(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ni le nom, ni le motif, ni la réponse."""
    creer(qtbot, poste_ouvert, **AWA)
    ecran = chercher(qtbot, poste_ouvert, "traore awa 1980")
    assert ecran.resultats.count() == 1
    poste_ouvert.session.ferme.emit()
    assert (ecran.qui.contenu, ecran.motif.contenu, ecran.resultats.count(), ecran.constat.text()) == ("", "", 0, "")
    ecran = chercher(qtbot, poste_ouvert, "inconnue zoe 1975")
    assert ecran.constat.text() == RIEN
    ecran.retour.click()
    assert poste_ouvert.fenetre.ecran == "accueil"
    assert (ecran.qui.contenu, ecran.motif.contenu, ecran.constat.text()) == ("", "", "")


def test_trop_d_essais_se_dit_et_n_ouvre_rien(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le onzième de l'heure ; une touche tenue n'en fait pas deux."""
    creer(qtbot, poste_ouvert, **AWA)
    ecran = chercher(qtbot, poste_ouvert, "inconnue zoe 1975")
    for _ in range(ESSAIS_SEUL_A_SEUL - 1):
        ecran._chercher()
        ecran._chercher()
        au_repos(qtbot, poste_ouvert)
        assert ecran.constat.text() == RIEN
    ecran.qui.poser("traore awa 1980")
    ecran._chercher()
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == TROP.format(ESSAIS_SEUL_A_SEUL)
    assert ecran.resultats.count() == 0


# Les avis.


def test_l_avis_se_lit_et_se_marque_lu(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """L'accueil n'en dit que le nombre ; l'écran dit qui et pourquoi, par référence ; lu, il s'en va."""
    dossier = creer(qtbot, poste_ouvert, **AWA)
    vide = cast(EcranAvis, aller(qtbot, poste_ouvert, "avis"))
    assert (vide.avis, vide.suivis.count()) == ([], 1)
    chercher(qtbot, poste_ouvert, "traore awa 1981")
    chercher(qtbot, poste_ouvert, "inconnue zoe 1975")
    accueil = cast(EcranAccueil, aller(qtbot, poste_ouvert, "accueil"))
    assert accueil.avis.phrase.text() == "2 avis à lire"
    assert MOTIF not in lus(accueil)
    assert reference_courte(dossier) not in lus(accueil.avis)
    accueil.avis.voir.click()
    au_repos(qtbot, poste_ouvert)
    ecran = cast(EcranAvis, poste_ouvert.fenetre.pile.currentWidget())
    (avis,), (essai,) = ecran.avis, ecran.essais
    assert f"Dossier {reference_courte(dossier)}. Ana Martin a cherché seul à seul" in lus(avis)
    assert MOTIF in lus(avis)
    assert MOTIF in lus(essai)
    for secret in ("traor", "awa", "zoe", "1980", "1975", "discret"):
        assert secret not in lus(ecran).lower()
    avis.lu.click()
    au_repos(qtbot, poste_ouvert)
    assert (ecran.avis, len(ecran.essais)) == ([], 1)
    ecran.essais[0].lu.click()
    au_repos(qtbot, poste_ouvert)
    assert (ecran.avis, ecran.essais) == ([], [])
    accueil = cast(EcranAccueil, aller(qtbot, poste_ouvert, "accueil"))
    assert not accueil.avis.isVisible()
    assert "Ana Martin" not in lus(ecran)


def test_de_l_avis_au_dossier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Par l'avis, ou par la liste des dossiers suivis ; rien n'en reste en partant."""
    dossier = creer(qtbot, poste_ouvert, **AWA)
    chercher(qtbot, poste_ouvert, "traore awa 1980")
    ecran = cast(EcranAvis, aller(qtbot, poste_ouvert, "avis"))
    ligne = ecran.suivis.vue(0)
    assert ligne.titre == f"Dossier {reference_courte(dossier)}"
    assert "ni référent ni suppléant" in ligne.detail
    ecran.avis[0].findChildren(QWidget)
    ligne.faire()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.dossier_id == dossier
    assert (ecran.avis, ecran.suivis.count()) == ([], 0)


def test_sans_rien_a_lire_la_phrase_le_dit(qtbot: QtBot, poste_ouvert: Poste) -> None:
    ecran = cast(EcranAvis, aller(qtbot, poste_ouvert, "avis"))
    assert ecran.constat.text() == AUCUN
    assert not ecran.constat.isHidden()
    ecran.retour.click()
    assert poste_ouvert.fenetre.ecran == "accueil"


# Le référent et le suppléant.


def test_nommer_un_referent_et_un_suppleant_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """« C'est moi », un autre nom, Entrée : écrits au dossier ; le même nom deux fois se refuse ; vider retire."""
    dossier = creer(qtbot, poste_ouvert, **AWA)
    ouvrir(qtbot, poste_ouvert, dossier)
    suivi = cast(EcranSuivi, aller(qtbot, poste_ouvert, "suivi"))
    carte = suivi.referents
    assert "Ana Martin" in carte.agents.text()
    carte.moi.click()
    assert QApplication.focusWidget() is carte.suppleant.ligne
    taper("ana  martin")
    presser(Qt.Key.Key_Return)
    assert carte.suppleant.faute == LE_MEME
    carte.suppleant.poser("Paul  Roy")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert carte.constat.text() == GARDES
    protection = ecrit(qtbot, poste_ouvert, dossier)["protection"]
    assert (protection["referent"], protection["suppleant"]) == ("Ana Martin", "Paul Roy")
    suivi = cast(EcranSuivi, aller(qtbot, poste_ouvert, "suivi"))
    assert (carte.referent.contenu, carte.suppleant.contenu) == ("Ana Martin", "Paul Roy")
    carte.suppleant.poser(None)
    carte.garder.click()
    assert "suppleant" not in ecrit(qtbot, poste_ouvert, dossier)["protection"]
    aller(qtbot, poste_ouvert, "accueil")
    assert (carte.referent.contenu, carte.suppleant.contenu) == ("", "")


def test_gele_rien_ne_s_ecrit_et_rien_ne_se_pretend(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un dossier gelé refuse : la carte ne dit pas « enregistrés »."""
    dossier = creer(qtbot, poste_ouvert, **AWA)
    ouvrir(qtbot, poste_ouvert, dossier)
    suivi = cast(EcranSuivi, aller(qtbot, poste_ouvert, "suivi"))
    poste_ouvert.session.gele = True
    suivi.referents.moi.click()
    suivi.referents.garder.click()
    au_repos(qtbot, poste_ouvert)
    assert suivi.referents.constat.text() != GARDES
    assert "referent" not in ecrit(qtbot, poste_ouvert, dossier)["protection"]


def test_un_dossier_ordinaire_a_la_meme_carte(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """La même pour tous : sa présence ne dit rien."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "Roux"})
    ouvrir(qtbot, poste_ouvert, dossier)
    suivi = cast(EcranSuivi, aller(qtbot, poste_ouvert, "suivi"))
    assert suivi.referents.isVisible()
    assert not aller(qtbot, poste_ouvert, "suivi", chemin="demandeur.nom").referents.isVisible()
