"""Les droits d'une personne au guichet, au clavier : un tiers n'apprend rien, un gel gèle, tout s'efface."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre.coffre import heure_du_poste
from modele.dossier.acces import Acces
from modele.dossier.codes import reference_courte
from modele.dossier.droits_personnes import PERSONNE, REPRESENTANT, Droit, Suite, regles
from ui.cadre.contradictions import HORS_DU_DOSSIER
from ui.ecrans import declares
from ui.ecrans.droits.ecran import EcranDroits
from ui.lancement import Poste
from ui.mots.droits import DES_DEUX, EFFACE, GEL_REFUSE, MAUVAISE_REFERENCE, RIEN_DE_NOTE, SANS_CHOIX, SANS_DOSSIER

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ZAHRA: dict[str, Any] = {"demandeur": {"nom": "Hamidi", "prenoms": "Zahra"}, "contact": {"telephone": "0612345678"}}
DISCRET = ZAHRA | {"protection": {"discret": True}}


def aller(qtbot: QtBot, poste: Poste, contenu: dict[str, Any] | None = None) -> tuple[str, EcranDroits]:
    """Par le suivi du dossier, au clavier."""
    montrer(qtbot, poste.fenetre)
    dossier = creer(qtbot, poste, **(contenu or ZAHRA))
    ouvrir(qtbot, poste, dossier)
    poste.fenetre.aller("suivi")
    au_repos(qtbot, poste)
    presser(Qt.Key.Key_D, ALT)
    au_repos(qtbot, poste)
    assert poste.fenetre.ecran == "droits"
    return dossier, cast(EcranDroits, poste.fenetre.pile.currentWidget())


def au_coffre(qtbot: QtBot, poste: Poste, geste: Callable[[Any], Any]) -> Any:
    rendus: list[Any] = []
    poste.session.avec_coffre(geste, rendus.append, pour=poste.fenetre)
    au_repos(qtbot, poste)
    return rendus[0]


def noter(qtbot: QtBot, poste: Poste, rang: int, mots: str = "") -> None:
    """« La personne elle-même », ce qu'elle dit, ses mots, Ctrl+Entrée."""
    presser(Qt.Key.Key_1)
    presser(Qt.Key(Qt.Key.Key_0 + rang))
    if mots:
        presser(Qt.Key.Key_Return)
        taper(mots)
    presser(Qt.Key.Key_Return, CTRL)
    notee(qtbot, poste)


def notee(qtbot: QtBot, poste: Poste) -> None:
    """La demande est notée, le gel relu, la liste refaite."""
    ecran = cast(EcranDroits, poste.fenetre.pile.currentWidget())
    qtbot.waitUntil(lambda: bool(ecran.lignes))
    au_repos(qtbot, poste)


def lus(poste: Poste) -> str:
    return " ".join(e.text() for e in poste.fenetre.findChildren(QLabel) if e.isVisible())


def dits(ecran: QWidget | None) -> list[str]:
    assert ecran is not None
    return [e.text() for e in ecran.findChildren(QLabel) if e.isVisible()]


def test_a_un_tiers_les_memes_mots_dossier_ouvert_ou_non(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le dossier se ferme, son nom n'est plus nulle part, rien ne se note ; les mêmes mots sans aucun dossier."""
    montrer(qtbot, poste_ouvert.fenetre)
    poste_ouvert.fenetre.aller("droits")
    presser(Qt.Key.Key_4)
    au_repos(qtbot, poste_ouvert)
    ecran_sans = dits(poste_ouvert.fenetre.pile.currentWidget())
    dossier, ecran = aller(qtbot, poste_ouvert)
    assert "HAMIDI" in lus(poste_ouvert)
    presser(Qt.Key.Key_4)
    au_repos(qtbot, poste_ouvert)
    avec = lus(poste_ouvert)
    assert "HAMIDI" not in avec.upper()
    assert poste_ouvert.session.dossier_id == ""
    for phrase in (*regles().tiers_dire, *regles().tiers_faire):
        assert phrase.replace("'", "’")[:40] in avec.replace("'", "’")
    assert dits(ecran) == ecran_sans
    assert (ecran.formulaire.isVisible(), ecran.lignes, ecran.a_repondre) == (False, [], [])
    presser(Qt.Key.Key_Return, CTRL)
    au_repos(qtbot, poste_ouvert)
    acces = au_coffre(qtbot, poste_ouvert, lambda coffre: coffre.acces())
    tiers = [un for un in acces if un.geste.acces is Acces.TIERS]
    assert [un.dossier for un in tiers] == [None, None]
    assert Acces.DROIT_NOTER not in [un.geste.acces for un in acces if un.dossier == dossier]


def test_noter_une_rectification_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Qui, quoi, ses mots ; l'article et le délai à l'écran ; corriger mène à l'entretien ; la suite se note."""
    dossier, ecran = aller(qtbot, poste_ouvert)
    assert RIEN_DE_NOTE in lus(poste_ouvert)
    presser(Qt.Key.Key_1)
    presser(Qt.Key.Key_2)
    assert "art. 16" in ecran.formulaire.fait.text()
    assert "vérifié le 29/11/2026" in ecran.formulaire.fait.text()
    assert "à faire valider" not in ecran.formulaire.fait.text()
    presser(Qt.Key.Key_Return, CTRL)
    assert ecran.formulaire.objet.faute
    taper("mon nom s'ecrit Hammidi")
    presser(Qt.Key.Key_Return, CTRL)
    notee(qtbot, poste_ouvert)
    (ligne,) = ecran.lignes
    assert "Une réponse est due" in poste_ouvert.fenetre.bandeau.phrase
    assert any("mon nom" in dit for dit in dits(ecran))
    assert ligne.agir is not None
    assert ligne.agir.hasFocus()
    presser(Qt.Key.Key_Space)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "entretien"
    poste_ouvert.fenetre.aller("droits")
    au_repos(qtbot, poste_ouvert)
    notee(qtbot, poste_ouvert)
    ecran.lignes[0].gestes[Suite.FAITE].click()
    qtbot.waitUntil(lambda: bool(ecran.lignes) and ecran.lignes[0].premier_geste is None)
    qtbot.waitUntil(lambda: "Faite le" in lus(poste_ouvert))
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom"] == "Hamidi"


def test_ce_qui_manque_est_dit(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Sans dossier, sans choix, sans pièce, sans motif : dit au bon endroit, rien n'est noté."""
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = cast(EcranDroits, poste_ouvert.fenetre.aller("droits"))
    presser(Qt.Key.Key_1)
    assert ecran.constat.text() == SANS_DOSSIER
    dossier, ecran = aller(qtbot, poste_ouvert)
    presser(Qt.Key.Key_3)
    presser(Qt.Key.Key_Return, CTRL)
    assert ecran.constat.text() == SANS_CHOIX
    presser(Qt.Key.Key_4)
    presser(Qt.Key.Key_Return, CTRL)
    assert ecran.formulaire.piece.faute
    taper("mandat du 3 mai")
    presser(Qt.Key.Key_Return, CTRL)
    notee(qtbot, poste_ouvert)
    refuser = ecran.lignes[0].gestes[Suite.REFUSEE]
    refuser.click()
    refuser.click()
    assert ecran.lignes[0].motif.faute
    ecran.lignes[0].motif.poser("en cours d'instruction")
    refuser.click()
    qtbot.waitUntil(lambda: "Refusée le" in lus(poste_ouvert))
    (gardee,) = au_coffre(qtbot, poste_ouvert, lambda c: c.droits.lister(dossier, poste_ouvert.session.auteur))
    assert (gardee.par, gardee.suite) == (REPRESENTANT, Suite.REFUSEE)


def test_un_representant_n_emporte_rien_ce_jour(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ni bouton, ni feuille ; l'écran dit le jour où cela se fait."""
    _, ecran = aller(qtbot, poste_ouvert)
    presser(Qt.Key.Key_3)
    presser(Qt.Key.Key_1)
    ecran.formulaire.piece.poser("mandat")
    presser(Qt.Key.Key_Return, CTRL)
    notee(qtbot, poste_ouvert)
    assert "Rien ne se remet aujourd'hui" in poste_ouvert.fenetre.bandeau.phrase
    assert ecran.lignes[0].agir is None
    assert "Se fait au plus tôt le" in lus(poste_ouvert)
    assert not ecran.feuille.isVisible()


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_la_feuille_se_lit_s_imprime_s_enregistre(
    qtbot: QtBot, poste_ouvert: Poste, tmp_path: Path, contenu: dict[str, Any]
) -> None:
    """Ordinaire : nommée par la référence. Discret : aucun fichier, et rien qui dise de qui elle est."""
    dossier, ecran = aller(qtbot, poste_ouvert, contenu)
    noter(qtbot, poste_ouvert, 1)
    agir = ecran.lignes[0].agir
    assert agir is not None
    agir.click()
    qtbot.waitUntil(lambda: ecran.feuille.liasse is not None)
    au_repos(qtbot, poste_ouvert)
    assert ecran.feuille.liasse is not None
    assert ecran.feuille.liasse.feuilles[0].travail == "Informations"
    discret = "protection" in contenu
    assert ecran.feuille.enregistrer.isVisible() is not discret
    ecran.feuille.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    assert [un.name for un in tmp_path.glob("*.pdf")] == ([] if discret else [f"{reference_courte(dossier)}.pdf"])
    gestes = [un.geste.acces for un in au_coffre(qtbot, poste_ouvert, lambda coffre: coffre.acces(dossier))]
    assert Acces.DROIT_ACCES in gestes
    poste_ouvert.fenetre.aller("accueil")
    assert ecran.feuille.liasse is None


def test_gele_le_dossier_ne_sert_plus(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Chaque page qui s'en servirait mène à ses droits, et le dit ; l'accord d'un jour, puis la levée, le rendent."""
    dossier, ecran = aller(qtbot, poste_ouvert)
    noter(qtbot, poste_ouvert, 3)
    fenetre, session = poste_ouvert.fenetre, poste_ouvert.session
    assert session.gele
    assert ecran.gel.isVisible()
    usages = [un.nom for un in declares().values() if un.usage]
    assert set(usages) >= {"entretien", "cotation", "orientation", "imprimer", "reporter", "divergences", "suppression"}
    for nom in usages:
        fenetre.aller(nom)
        assert fenetre.ecran == "droits"
        assert fenetre.bandeau.phrase == GEL_REFUSE
    fenetre.bandeau.taire()
    session.modifier({"demandeur.nom": "Autre"})
    session.brouillon("demandeur.nom", "Autre")
    au_repos(qtbot, poste_ouvert)
    assert fenetre.bandeau.phrase == GEL_REFUSE
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom"] == "Hamidi"
    session.ouvrir_dossier(dossier, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    assert session.gele
    fenetre.aller("droits")
    notee(qtbot, poste_ouvert)
    ecran.accord.click()
    qtbot.waitUntil(lambda: not session.gele)
    au_repos(qtbot, poste_ouvert)
    fenetre.aller("entretien", {"dossier": dossier})
    assert fenetre.ecran == "entretien"
    au_coffre(
        qtbot, poste_ouvert, lambda coffre: setattr(coffre, "_horloge", lambda: heure_du_poste() + timedelta(days=1))
    )
    session.relire()
    qtbot.waitUntil(lambda: fenetre.ecran == "droits")
    notee(qtbot, poste_ouvert)
    ecran.lever.click()
    qtbot.waitUntil(lambda: not session.gele)
    au_repos(qtbot, poste_ouvert)
    session.modifier({"demandeur.nom": "Hammidi"})
    au_repos(qtbot, poste_ouvert)
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["nom"] == "Hammidi"
    assert "droits" in HORS_DU_DOSSIER


def test_se_proteger_reste_permis(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Gelé, le dossier devient discret d'un geste."""
    dossier, _ = aller(qtbot, poste_ouvert)
    noter(qtbot, poste_ouvert, 3)
    poste_ouvert.fenetre.rendre_discret()
    au_repos(qtbot, poste_ouvert)
    assert ecrit(qtbot, poste_ouvert, dossier)["protection"]["discret"] is True


def test_effacer_demande_la_reference(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Une autre référence n'efface rien ; la sienne efface, ferme le dossier, et l'accueil ne le dit plus."""
    dossier, ecran = aller(qtbot, poste_ouvert)
    noter(qtbot, poste_ouvert, 5)
    agir = ecran.lignes[0].agir
    assert agir is not None
    agir.click()
    assert ecran.effacement is not None
    ecran.effacement.renoncer.click()
    assert ecran.effacement is None
    agir.click()
    carte = ecran.effacement
    assert carte is not None
    assert carte.reference.ligne.hasFocus()
    taper("K7QF")
    carte.effacer.click()
    assert carte.reference.faute == MAUVAISE_REFERENCE
    carte.reference.poser(reference_courte(dossier).lower())
    carte.effacer.click()
    qtbot.waitUntil(lambda: poste_ouvert.fenetre.ecran == "accueil")
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.bandeau.phrase == EFFACE
    assert poste_ouvert.session.dossier_id == ""
    assert "HAMIDI" not in lus(poste_ouvert)
    (preuve,) = au_coffre(qtbot, poste_ouvert, lambda coffre: coffre.droits.preuves())
    assert preuve.dossier == dossier


def test_des_reponses_en_attente_d_abord(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Une écriture bloquée s'écrirait dans un dossier effacé."""
    _, ecran = aller(qtbot, poste_ouvert)
    noter(qtbot, poste_ouvert, 5)
    session = poste_ouvert.session
    session._bloquee = True
    session._en_attente.append(cast(Any, object()))
    ecran._effacer(ecran.lignes[0].demande)
    au_repos(qtbot, poste_ouvert)
    assert au_coffre(qtbot, poste_ouvert, lambda coffre: coffre.droits.preuves()) == []
    session._bloquee = False
    session._en_attente.clear()


def test_ce_qui_attend_une_reponse_par_reference(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Sans dossier ouvert : chaque demande par sa référence, discret ou non pareils ; « Ouvrir » y mène."""
    montrer(qtbot, poste_ouvert.fenetre)
    dossiers = [creer(qtbot, poste_ouvert, **un) for un in (ZAHRA, DISCRET)]
    auteur = poste_ouvert.session.auteur
    for dossier in dossiers:
        au_coffre(qtbot, poste_ouvert, lambda c, lequel=dossier: c.droits.noter(lequel, Droit.ACCES, PERSONNE, auteur))
    poste_ouvert.session.fermer_dossier()
    ecran = cast(EcranDroits, poste_ouvert.fenetre.aller("droits"))
    au_repos(qtbot, poste_ouvert)
    assert len(ecran.a_repondre) == 2
    dit = lus(poste_ouvert)
    assert "HAMIDI" not in dit
    assert "discret" not in dit.lower()
    for dossier in dossiers:
        assert reference_courte(dossier) in dit
    ecran.a_repondre[0].ouvrir.click()
    notee(qtbot, poste_ouvert)
    assert poste_ouvert.session.dossier_id in dossiers
    assert len(ecran.lignes) == 1


def test_un_codemandeur_n_a_que_ce_qui_est_de_lui(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Sa feuille ne dit rien du demandeur ; geler ou effacer le dossier des deux ne lui est pas offert."""
    _, ecran = aller(qtbot, poste_ouvert, ZAHRA | {"codemandeur": {"nom": "Lefort"}})
    presser(Qt.Key.Key_2)
    presser(Qt.Key.Key_5)
    presser(Qt.Key.Key_Return, CTRL)
    notee(qtbot, poste_ouvert)
    assert ecran.lignes[0].agir is None
    assert list(ecran.lignes[0].gestes) == [Suite.REFUSEE]
    assert any(DES_DEUX[:30] in dit.replace("’", "'") for dit in dits(ecran))
