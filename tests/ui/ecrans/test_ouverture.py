"""L'ouverture : premier lancement au clavier seul, mauvais mots de passe, coffre abîmé, secours."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from ui.cadre.page_neutre import PageNeutre
from ui.cadre.palette import Palette
from ui.composants import Bouton
from ui.ecrans.ouverture.code_secours import Exemples, MontrerCode, RetaperCode
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.ecrans.ouverture.ecran import EcranOuverture
from ui.ecrans.ouverture.etape import Etape
from ui.ecrans.ouverture.mot_de_passe import C_EST_BON, PAS_ENCORE, DoubleSaisie, Vous
from ui.ecrans.ouverture.secours import NouveauMotDePasse, Secours
from ui.ecrans.ouverture.territoire import ChoixTerritoire
from ui.etat.serrure import NOM_COFFRE
from ui.lancement import Poste


def ecran(poste: Poste) -> EcranOuverture:
    courant = poste.fenetre.pile.currentWidget()
    assert isinstance(courant, EcranOuverture)
    return courant


def etape(poste: Poste, sorte: type[Etape]) -> Etape:
    """L'étape montrée, qui doit être de ``sorte``."""
    courante = ecran(poste).etapes.courante
    assert isinstance(courante, sorte), courante
    return courante


def ouvrir_avec(qtbot: QtBot, poste: Poste) -> Deverrouiller:
    """Retourne à l'ouverture d'un poste qui a un coffre."""
    poste.session.fermer()
    poste.fenetre.aller("ouverture")
    au_repos(qtbot, poste)
    courante = etape(poste, Deverrouiller)
    assert isinstance(courante, Deverrouiller)
    return courante


def creer_au_clavier(qtbot: QtBot, poste: Poste) -> str:
    """Du territoire au code de secours montré, sans souris ; rend le code."""
    etape(poste, ChoixTerritoire)
    presser(Qt.Key.Key_Return)
    vous = etape(poste, Vous)
    assert isinstance(vous, Vous)
    taper("Élodie Müller")
    presser(Qt.Key.Key_Return)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    etape(poste, MontrerCode)
    return vous.code


def test_premier_lancement_au_clavier_jusqu_a_l_accueil(qtbot: QtBot, poste: Poste) -> None:
    """Territoire, agent, code ressaisi, coffre vide : rien à la souris."""
    code = creer_au_clavier(qtbot, poste)
    presser(Qt.Key.Key_Return)
    etape(poste, RetaperCode)
    taper(code.lower().replace("-", " "))
    presser(Qt.Key.Key_Return)
    etape(poste, Exemples)
    with qtbot.waitSignal(poste.session.ouvert):
        presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    # Un coffre vide est pour de vraies personnes : qui répond d'elles, d'abord ou plus tard.
    assert poste.fenetre.ecran == "mentions"
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste)
    assert poste.fenetre.ecran == "accueil"
    assert poste.session.agent == "Élodie Müller"
    assert poste.session.preferences.territoire == "metropole-exemple"


def test_l_exemple_est_propose_d_abord_et_dit_fictif(poste: Poste) -> None:
    """Le premier choix est le territoire fictif, et le dit."""
    choix = etape(poste, ChoixTerritoire)
    assert isinstance(choix, ChoixTerritoire)
    assert choix.choix.valeur() == "metropole-exemple"
    assert "fictif" in choix.choix.bouton("metropole-exemple").accessibleDescription()


def test_le_code_doit_etre_ressaisi_juste(qtbot: QtBot, poste: Poste) -> None:
    """Un code faux ne laisse pas continuer, et la faute est dite au champ."""
    creer_au_clavier(qtbot, poste)
    presser(Qt.Key.Key_Return)
    retaper = etape(poste, RetaperCode)
    assert isinstance(retaper, RetaperCode)
    taper("2222-2222")
    presser(Qt.Key.Key_Return)
    assert "24 signes" in retaper.code.faute
    retaper.code.poser(None)
    presser(Qt.Key.Key_Return)
    etape(poste, RetaperCode)


def test_le_code_n_est_plus_a_l_ecran_quand_on_le_retape(qtbot: QtBot, poste: Poste) -> None:
    """Retaper depuis le papier, pas depuis l'écran."""
    code = creer_au_clavier(qtbot, poste)
    presser(Qt.Key.Key_Return)
    visibles = [w for w in poste.fenetre.findChildren(type(etape(poste, RetaperCode).echec._phrase)) if w.isVisible()]
    assert all(code.split("-")[0] not in w.text() for w in visibles)


@pytest.mark.parametrize(
    ("premier", "second", "attendu"),
    [("court", "court", "12 signes"), (MOT_DE_PASSE, "autre chose en tout", "diffèrent")],
)
def test_mot_de_passe_refuse_dit_pourquoi(qtbot: QtBot, poste: Poste, premier: str, second: str, attendu: str) -> None:
    """Trop court ou différent : la phrase est au champ, le coffre n'est pas créé."""
    presser(Qt.Key.Key_Return)
    vous = etape(poste, Vous)
    assert isinstance(vous, Vous)
    taper("Ana")
    taper(premier, vous.saisie.premier.ligne)
    taper(second, vous.saisie.second.ligne)
    vous.saisie.second.entree.emit()
    assert attendu in vous.saisie.premier.faute + vous.saisie.second.faute
    assert not poste.session.coffre_existe()


def test_exigences_cochees_a_mesure(poste: Poste) -> None:
    """La longueur se coche au douzième signe."""
    presser(Qt.Key.Key_Return)
    vous = etape(poste, Vous)
    assert isinstance(vous, Vous)
    taper("a" * 11, vous.saisie.premier.ligne)
    assert "11 tapés" in vous.saisie.longueur.phrase
    assert vous.saisie.longueur._phrase.property("ton") == "neutre"
    taper("a", vous.saisie.premier.ligne)
    assert vous.saisie.longueur._phrase.property("ton") == "courant"


def test_mot_de_passe_faux_puis_juste(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Faux : une phrase, le champ vidé. Juste : l'accueil."""
    ouverture = ouvrir_avec(qtbot, poste_ouvert)
    taper("mauvais mot de passe")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert "Ce n'est pas le mot de passe" in ouverture.echec.phrase
    assert ouverture.mot_de_passe.contenu == ""
    taper(MOT_DE_PASSE)
    with qtbot.waitSignal(poste_ouvert.session.ouvert):
        presser(Qt.Key.Key_Return)
    assert poste_ouvert.fenetre.ecran == "accueil"


def test_coffre_abime_dit_une_phrase(qtbot: QtBot, poste_ouvert: Poste, donnees: Path) -> None:
    """Un fichier abîmé ne montre jamais de trace."""
    ouverture = ouvrir_avec(qtbot, poste_ouvert)
    for suffixe in ("-wal", "-shm"):
        (donnees / (NOM_COFFRE + suffixe)).unlink(missing_ok=True)
    (donnees / NOM_COFFRE).write_bytes(b"abime" * 4096)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert "abîmé" in ouverture.echec.phrase
    assert not (donnees / "pannes").exists()


def test_coffre_disparu_dit_ou_chercher(qtbot: QtBot, poste_ouvert: Poste, donnees: Path) -> None:
    """Le trousseau sans la base : on ne propose pas d'en créer un autre par-dessus."""
    poste_ouvert.session.fermer()
    au_repos(qtbot, poste_ouvert)
    (donnees / NOM_COFFRE).unlink()
    ouverture = ouvrir_avec(qtbot, poste_ouvert)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert "sauvegarde" in ouverture.echec.phrase


def test_disque_plein_a_la_creation(qtbot: QtBot, poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le disque plein est une phrase, et l'on peut recommencer."""

    def plein(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("modele.coffre.ouverture.remplacer", plein)
    presser(Qt.Key.Key_Return)
    vous = etape(poste, Vous)
    assert isinstance(vous, Vous)
    taper("Ana")
    for saisie in (vous.saisie.premier, vous.saisie.second):
        taper(MOT_DE_PASSE, saisie.ligne)
    vous.saisie.second.entree.emit()
    au_repos(qtbot, poste)
    assert "disque est plein" in vous.echec.phrase
    assert vous._suite.isEnabled()


def test_mot_de_passe_oublie_par_le_code_de_secours(qtbot: QtBot, poste: Poste) -> None:
    """Code, nouveau mot de passe, nouveau code ressaisi : l'ancien mot de passe n'ouvre plus."""
    code = creer_au_clavier(qtbot, poste)
    ouverture = ouvrir_avec(qtbot, poste)
    ouverture.oublie.emit()
    etape(poste, Secours)
    taper(code)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    nouveau = etape(poste, NouveauMotDePasse)
    assert isinstance(nouveau, NouveauMotDePasse)
    assert nouveau.agent.currentText() == "Élodie Müller"
    for saisie in (nouveau.saisie.premier, nouveau.saisie.second):
        taper("un autre mot de passe", saisie.ligne)
    nouveau.saisie.second.entree.emit()
    au_repos(qtbot, poste)
    etape(poste, MontrerCode)
    presser(Qt.Key.Key_Return)
    taper(nouveau.code)
    with qtbot.waitSignal(poste.session.ouvert):
        presser(Qt.Key.Key_Return)
    assert poste.session.agent == "Élodie Müller"
    assert nouveau.code != code
    au_repos(qtbot, poste)
    poste.session.fermer()
    au_repos(qtbot, poste)
    with pytest.raises(Exception, match="n'ouvre pas"):
        Coffre.ouvrir(poste.session.chemin, MOT_DE_PASSE)


def test_coupe_avant_la_ressaisie_le_code_se_redemande(qtbot: QtBot, poste: Poste) -> None:
    """Le code montré n'a peut-être pas été gardé : un neuf, à ressaisir, avant d'entrer ; puis plus jamais."""
    perdu = creer_au_clavier(qtbot, poste)
    ouvrir_avec(qtbot, poste)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(ecran(poste).etapes.courante, MontrerCode))
    neuf = ecran(poste).etapes.courante.code.text()  # type: ignore[union-attr]
    assert perdu.split("-")[0] not in neuf
    presser(Qt.Key.Key_Return)
    taper(neuf)
    with qtbot.waitSignal(poste.session.ouvert):
        presser(Qt.Key.Key_Return)
    with pytest.raises(Exception, match="ce n'est pas celui de ce coffre"):
        Coffre.ouvrir_par_secours(poste.session.chemin, perdu)
    au_repos(qtbot, poste)
    ouvrir_avec(qtbot, poste)
    taper(MOT_DE_PASSE)
    with qtbot.waitSignal(poste.session.ouvert):
        presser(Qt.Key.Key_Return)


def test_f12_avant_le_code_retape_n_offre_rien_du_poste(qtbot: QtBot, poste: Poste) -> None:
    """Couvert puis rouvert au premier lancement, personne n'est encore entré : ni palette, ni agent, ni écran."""
    code = creer_au_clavier(qtbot, poste)
    presser(Qt.Key.Key_Return)
    etape(poste, RetaperCode)
    presser(Qt.Key.Key_F12, widget=poste.fenetre)
    page = poste.couverture.page
    assert isinstance(page, PageNeutre)
    page.demander()
    taper(MOT_DE_PASSE, page.reprise.mot_de_passe.ligne)
    presser(Qt.Key.Key_Return, widget=page.reprise.mot_de_passe.ligne)
    au_repos(qtbot, poste)
    assert poste.session.est_ouverte
    assert poste.fenetre.ecran == "ouverture"
    barre = poste.fenetre.barre_haute
    assert (barre.recherche.isHidden(), barre.agent.text()) == (True, "Affichage")
    offerts = {un.id for un in poste.fenetre.actions_possibles()}
    assert not offerts & {"palette", "chercher", "accueil", "dossiers", "reglages", "agents", "verrouiller"}
    presser(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, widget=poste.fenetre)
    assert poste.fenetre.findChildren(Palette) == []
    # Le code retapé, tout s'offre.
    etape(poste, RetaperCode)
    taper(code)
    presser(Qt.Key.Key_Return)
    with qtbot.waitSignal(poste.session.ouvert):
        presser(Qt.Key.Key_Return)
    assert "palette" in {un.id for un in poste.fenetre.actions_possibles()}


def _oublier(ouverture: Deverrouiller) -> None:
    """Presse « Mot de passe oublié »."""
    next(un for un in ouverture.findChildren(Bouton) if un.text() == "Mot de passe oublié").click()


def test_mot_de_passe_oublie_attend_que_l_essai_finisse(qtbot: QtBot, poste: Poste) -> None:
    """Pendant qu'un mot de passe s'essaie, on ne part pas vers le code : le coffre s'ouvrirait derrière sa page."""
    creer_au_clavier(qtbot, poste)
    ouverture = ouvrir_avec(qtbot, poste)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    _oublier(ouverture)
    assert etape(poste, Deverrouiller) is ouverture
    au_repos(qtbot, poste)
    assert not isinstance(ecran(poste).etapes.courante, Secours)
    assert poste.session.est_ouverte
    ouverture = ouvrir_avec(qtbot, poste)
    taper("pas le bon mot de passe")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    _oublier(ouverture)
    etape(poste, Secours)


@pytest.mark.parametrize("geste", ["cacher", "verrouiller"])
def test_couvrir_pendant_le_secours_n_enferme_pas(qtbot: QtBot, poste: Poste, geste: str) -> None:
    """Sans mot de passe à donner, la page se lève seule, coffre fermé, et l'on recommence par le code."""
    code = creer_au_clavier(qtbot, poste)
    ouvrir_avec(qtbot, poste).oublie.emit()
    taper(code)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    etape(poste, NouveauMotDePasse)
    getattr(poste.couverture, geste)()
    if (page := poste.couverture.page) is not None:
        presser(Qt.Key.Key_Escape, widget=page)
    au_repos(qtbot, poste)
    assert not poste.couverture.couverte
    assert not poste.session.est_ouverte
    etape(poste, Deverrouiller)


def test_imprimer_sans_imprimante_dit_de_recopier(qtbot: QtBot, poste: Poste) -> None:
    """Aucune imprimante : une phrase, pas un dialogue vide."""
    creer_au_clavier(qtbot, poste)
    presser(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, QApplication.activeWindow())
    qtbot.waitUntil(lambda: "imprimante" in etape(poste, MontrerCode).echec.phrase)


def test_la_faute_d_un_formulaire_reste_quand_on_quitte_le_champ(qtbot: QtBot) -> None:
    """« Les deux saisies diffèrent » s'effaçait dès que le clavier partait ; retaper, lui, l'enlève."""
    saisie = DoubleSaisie()
    qtbot.addWidget(saisie)
    saisie.premier.ligne.setText("quatre mots sans lien")
    saisie.second.ligne.setText("autre chose")
    assert not saisie.verifier()
    saisie.second.ligne.quittee.emit()
    assert saisie.second.faute.startswith("Les deux saisies diffèrent")
    saisie.second.ligne.textEdited.emit("a")
    assert saisie.second.faute == ""


def test_une_regle_tenue_ne_se_dit_pas_comme_une_regle_a_tenir(qtbot: QtBot) -> None:
    """Ni l'icône seule, ni la couleur seule."""
    saisie = DoubleSaisie()
    qtbot.addWidget(saisie)
    assert saisie.longueur.accessibleName().endswith(PAS_ENCORE)
    saisie.premier.ligne.setText("quatre mots sans lien")
    saisie.premier.frappe.emit("")
    assert saisie.longueur.accessibleName().endswith(C_EST_BON)
    assert saisie.egaux.accessibleName().endswith(PAS_ENCORE)
