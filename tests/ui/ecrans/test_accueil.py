"""L'accueil : chercher au fil de la frappe, doublon avant création, reprise, cartes vides dites."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outils_ecran import au_repos, laisser_voir, presser, sans_fin, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ui.ecrans.accueil import carte_a_faire
from ui.ecrans.accueil.carte_a_faire import SANS_TACHE
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.accueil.reprises import CarteReprise
from ui.lancement import Poste
from ui.mots.a_faire import lire_des_echeances
from ui.mots.depart import CHERCHEZ, PROPOSE

CTRL = Qt.KeyboardModifier.ControlModifier


def accueil(poste: Poste) -> EcranAccueil:
    ecran = poste.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranAccueil)
    # Les écrans du dossier ont leurs propres essais : ici, seul le départ compte.
    ecran.aller.disconnect(poste.fenetre.aller)
    return ecran


def departs(ecran: EcranAccueil) -> list[tuple[str, dict[str, Any]]]:
    vus: list[tuple[str, dict[str, Any]]] = []
    ecran.aller.connect(lambda nom, arguments: vus.append((nom, arguments)))
    return vus


def textes(ecran: EcranAccueil) -> list[str]:
    return [e.text() for e in ecran.findChildren(QLabel) if e.isVisible()]


def test_la_frappe_cherche_et_dit_pourquoi(qtbot: QtBot, poste_garni: Poste) -> None:
    """Deux Mohamed proches : les deux sortent, avec leurs raisons, et le premier est choisi."""
    ecran = accueil(poste_garni)
    taper("benali mohamed 1984")
    au_repos(qtbot, poste_garni)
    assert ecran.resultats.count() == 2
    premiere = ecran.resultats.courante()
    assert premiere is not None
    assert "nom proche" in premiere.aide
    assert any("2 dossiers trouvés" in t for t in textes(ecran))


def test_fleches_et_entree_ouvrent_sans_quitter_la_frappe(qtbot: QtBot, poste_garni: Poste) -> None:
    """Bas, Entrée : le second dossier s'ouvre, le focus n'a pas bougé."""
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    taper("benali mohamed 1984")
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_Down)
    assert QApplication.focusWidget() is ecran.recherche
    assert ecran.resultats.currentRow() == 1
    presser(Qt.Key.Key_Return)
    assert [nom for nom, _ in vus] == ["entretien"]


def test_accent_tape_cherche_aussi(qtbot: QtBot, poste_garni: Poste) -> None:
    """« Céline » tapé avec son accent."""
    ecran = accueil(poste_garni)
    taper("céline moreau")
    au_repos(qtbot, poste_garni)
    assert ecran.resultats.count() >= 1


def test_dossier_discret_ne_sort_pas_sur_un_nom_seul(qtbot: QtBot, poste_garni: Poste) -> None:
    """Le nom d'une personne protégée ne suffit pas à la trouver, ni à l'afficher dans les derniers dossiers."""
    ecran = accueil(poste_garni)
    taper("garnier")
    au_repos(qtbot, poste_garni)
    assert ecran.resultats.count() == 0
    recents = [ecran.recents.valeur(r).titre for r in range(ecran.recents.count())]
    assert len(recents) == 3
    assert not any("discret" in titre.lower() for titre in recents)
    assert not any("GARNIER" in t.upper() for t in textes(ecran) if t)


def test_nouvelle_demande_a_recherche_vide_ouvre_la_recherche(qtbot: QtBot, poste_garni: Poste) -> None:
    """Ctrl+N sans recherche : une phrase, pas de dossier ; le même geste, refait, en commence un sans nom."""
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    presser(Qt.Key.Key_N, CTRL)
    assert CHERCHEZ in textes(ecran)
    assert vus == []
    assert QApplication.focusWidget() is ecran.recherche
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    assert vus == [("entretien", {"dossier": poste_garni.session.dossier_id})]
    assert "demandeur" not in poste_garni.session.document


def test_le_second_geste_attend_que_la_phrase_soit_lue(
    qtbot: QtBot, poste_garni: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+N qui rebondit, ou reste enfoncé : aucun dossier sans nom ; refait posément, il en commence un."""
    sans_fin(monkeypatch)
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    for _ in range(3):
        presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    assert vus == []
    assert not any(poste_garni.fenetre.geste(nom).autoRepeat() for nom in poste_garni.fenetre.actions_offertes if nom)
    laisser_voir(qtbot, monkeypatch, ecran._regard)
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    assert len(vus) == 1


def test_le_second_geste_suit_le_premier_ou_ne_cree_rien(qtbot: QtBot, poste_garni: Poste) -> None:
    """Une frappe entre les deux, ou un autre écran : il faut redire."""
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    presser(Qt.Key.Key_N, CTRL)
    taper("x")
    presser(Qt.Key.Key_Backspace)
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    assert vus == []
    ecran.disparaitre()
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    assert vus == []


def test_ce_qui_est_tape_part_dans_la_nouvelle_demande(qtbot: QtBot, poste_garni: Poste) -> None:
    """Proposé dans son champ, dit, et rien n'est écrit tant que l'agent ne l'a pas confirmé."""
    taper("Nouvelle Personne 12/03/1984", poste_garni.fenetre.pile.currentWidget().recherche)  # type: ignore[union-attr]
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    session = poste_garni.session
    verification = poste_garni.fenetre.pile.currentWidget().verification  # type: ignore[union-attr]
    assert session.dossier_id == "", "rien n'existe avant que l'identité soit vérifiée"
    verification.bouton.click()
    au_repos(qtbot, poste_garni)
    qtbot.waitUntil(lambda: poste_garni.fenetre.ecran == "entretien")
    entretien: Any = poste_garni.fenetre.pile.currentWidget()
    qtbot.waitUntil(lambda: bool(session.dossier_id) and entretien.etape is not None)
    au_repos(qtbot, poste_garni)
    assert "demandeur" not in session.document
    assert session.document["territoire"] == "metropole-exemple"
    assert entretien.plume.restantes == {
        "demandeur.date_naissance": "12/03/1984",
        "demandeur.prenoms": "Personne",
        "demandeur.nom": "Nouvelle",
    }
    assert any(champ.text() == "Nouvelle" for champ in entretien.findChildren(QLineEdit) if champ.isVisible())
    assert PROPOSE in textes(entretien)
    assert not any("interrompue" in texte for texte in textes(entretien))
    assert poste_garni.fenetre.bandeau.isHidden()


def test_une_touche_pressee_deux_fois_ne_fait_pas_deux_dossiers(qtbot: QtBot, poste_garni: Poste) -> None:
    """Le dossier s'écrit encore quand Ctrl+N revient : il n'y en a qu'un ; le suivant, plus tard, se crée."""
    session = poste_garni.session

    def combien() -> int:
        comptes: list[int] = []
        session.avec_coffre(lambda coffre: coffre.compter(), comptes.append, pour=session)
        qtbot.waitUntil(lambda: bool(comptes))
        return comptes[0]

    avant = combien()
    for attendus, nom in enumerate(("Xylander Ulf 1951", "Quispe Yma 1962"), 1):
        poste_garni.fenetre.aller("accueil")
        au_repos(qtbot, poste_garni)
        taper(nom, poste_garni.fenetre.pile.currentWidget().recherche)  # type: ignore[union-attr]
        for _ in range(3):
            presser(Qt.Key.Key_N, CTRL)
        au_repos(qtbot, poste_garni)
        verification = poste_garni.fenetre.pile.currentWidget().verification  # type: ignore[union-attr]
        for _ in range(3):
            verification.bouton.click()
        au_repos(qtbot, poste_garni)
        assert combien() == avant + attendus


def test_l_accueil_ouvert_par_une_nouvelle_demande_montre_ses_listes(qtbot: QtBot, poste_garni: Poste) -> None:
    """Venu d'un dossier par Ctrl+N, l'accueil relit : une liste d'avant dirait qu'un dossier n'existe pas."""
    session = poste_garni.session
    session.creer_dossier({"territoire": "metropole-exemple", "demandeur": {"nom": "Venu"}}, lambda _: None)
    au_repos(qtbot, poste_garni)
    poste_garni.fenetre.aller("entretien")
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_N, CTRL)
    au_repos(qtbot, poste_garni)
    ecran = accueil(poste_garni)
    assert CHERCHEZ in textes(ecran)
    references = [ecran.recents.valeur(r).cle for r in range(ecran.recents.count())]
    assert references[0] == session.dossier_id or len(references) == 3
    assert any("VENU" in str(ecran.recents.valeur(r).clair) for r in range(3))


def test_le_numero_se_dit_pareil_partout(qtbot: QtBot, poste_garni: Poste) -> None:
    """Aucun dossier ouvert : rien, à l'accueil comme aux envois ; un dossier ouvert : le sien, sur tout écran."""
    session, bas = poste_garni.session, poste_garni.fenetre.barre_basse._numero
    for ecran in ("accueil", "envois", "dossiers"):
        poste_garni.fenetre.aller(ecran)
        assert (bas.text(), bas.isHidden()) == ("", True)
    numero = "EXEMPLE1125000173"
    for document, dit in (({}, "Numéro unique à venir"), ({"demande": {"numero_unique": numero}}, f"N° {numero}")):
        session.creer_dossier({"territoire": "metropole-exemple", **document}, lambda _: None)
        au_repos(qtbot, poste_garni)
        for ecran in ("envois", "entretien", "dossiers"):
            poste_garni.fenetre.aller(ecran)
            assert bas.text() == dit


def test_la_recherche_d_avant_ne_vaut_pas_pour_la_suivante(qtbot: QtBot, poste_garni: Poste) -> None:
    """Revenu d'un autre écran, il faut chercher de nouveau."""
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    taper("Quelqu'un")
    poste_garni.fenetre.aller("ouverture")
    poste_garni.fenetre.aller("accueil", {"nouvelle": True})
    au_repos(qtbot, poste_garni)
    assert vus == []


def test_saisie_interrompue_se_reprend(qtbot: QtBot, poste_garni: Poste) -> None:
    """Une frappe laissée en plan : l'heure et le chemin pour y revenir ; jamais ce qui était tapé, un autre regarde."""
    session = poste_garni.session
    session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste_garni)
    identifiant = session.dossier_id
    session.brouillon("demandeur.nom", "Dur")
    au_repos(qtbot, poste_garni)
    poste_garni.fenetre.aller("accueil")
    au_repos(qtbot, poste_garni)
    ecran = accueil(poste_garni)
    vus = departs(ecran)
    (carte,) = [c for c in ecran.findChildren(CarteReprise) if c.isVisible()]
    assert "Saisie interrompue à" in carte.accessibleName()
    assert not any("Dur" in t for t in textes(ecran))
    carte.reprendre.emit(identifiant, "demandeur.nom")
    assert vus == [("entretien", {"dossier": identifiant, "chemin": "demandeur.nom"})]


def test_les_cartes_vides_le_disent(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Un coffre vide n'invente rien."""
    ecran = accueil(poste_ouvert)
    qtbot.waitUntil(lambda: SANS_TACHE in textes(ecran))
    montres = textes(ecran)
    assert any("Aucun dossier" in t for t in montres)
    assert any("relié à aucun registre" in t for t in montres)


def test_grille_d_exemple_annoncee_en_haut(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le statut de la grille se voit avant toute note."""
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.barre_haute._statut.text() == "grille d'exemple, sans valeur officielle"
    assert poste_ouvert.fenetre.barre_haute._statut.isVisible()


def test_revenir_a_l_accueil_ne_lit_ce_qui_est_a_faire_qu_une_fois(
    qtbot: QtBot, poste_garni: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Aucun délai n'était à relire : la liste montrée est déjà la bonne."""
    lectures: list[int] = []
    vrai = carte_a_faire.lire_a_faire
    regles, coffre = poste_garni.session.regles, poste_garni.session._coffre
    assert regles is not None
    assert coffre is not None
    while lire_des_echeances(coffre, regles, date.today(), 50):
        pass
    # La première fois finit de montrer ce que l'accueil relisait encore.
    for _ in range(2):
        lectures.clear()
        monkeypatch.setattr(carte_a_faire, "lire_a_faire", lambda *quoi: (lectures.append(1), vrai(*quoi))[1])
        for ecran in ("triage", "accueil"):
            poste_garni.fenetre.aller(ecran)
            au_repos(qtbot, poste_garni)
    assert lectures == [1]
