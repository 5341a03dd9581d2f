"""L'écran « Rapport d'activité », au clavier, vrais widgets : compter, lire, imprimer d'abord, enregistrer ensuite."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.coffre import rapports
from ui.composants import LigneValeur
from ui.ecrans.rapport.ecran import EcranRapport
from ui.lancement import Poste
from ui.mots.rapport import A_VALIDER, PROVISOIRE, TUE, UN_SEUL_LIEU
from ui.theatre.scenes_rapport import _remplir

ANNEE = date.today().year
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranRapport:
    poste_ouvert.session.avec_coffre(_remplir, lambda _: None, pour=poste_ouvert.session)
    return aller(qtbot, poste_ouvert)


def aller(qtbot: QtBot, poste: Poste) -> EcranRapport:
    montre = poste.fenetre.aller("rapport")
    au_repos(qtbot, poste)
    assert isinstance(montre, EcranRapport)
    return montre


def compter(qtbot: QtBot, poste: Poste, ecran: EcranRapport, annee: str = str(ANNEE)) -> None:
    """L'année tapée, « Des partenaires » choisi à l'espace, Ctrl+Entrée."""
    ecran.annee.setFocus()
    taper(annee, ecran.annee.ligne)
    partenaires = ecran.pour.bouton("partenaires")
    partenaires.setFocus()
    presser(Qt.Key.Key_Space, widget=partenaires)
    presser(Qt.Key.Key_Return, CTRL, widget=partenaires)
    au_repos(qtbot, poste)


def textes(widget: QWidget) -> str:
    return " ".join(un.text() for un in widget.findChildren(QLabel) if un.isVisible())


def valeurs(ecran: EcranRapport) -> dict[str, str]:
    lignes = (un.accessibleName() for un in ecran.findChildren(LigneValeur))
    return dict(nom.rsplit(" : ", 1) for nom in lignes)


def test_tout_au_clavier_les_chiffres_se_lisent_et_le_clavier_est_a_imprimer(
    ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    assert QApplication.focusWidget() is ecran.annee.ligne
    compter(qtbot, poste_ouvert, ecran)
    dites = valeurs(ecran)
    assert dites["Personnes reçues"] == "24"
    assert dites["Logement trop cher"] == "8"
    assert dites["Venues à l'accueil"] == TUE
    assert dites["Langues parlées"] == TUE
    assert QApplication.focusWidget() is ecran.imprimer
    dit = textes(ecran)
    for phrase in (PROVISOIRE, UN_SEUL_LIEU, A_VALIDER, "« Non publié » ne veut pas dire zéro"):
        assert phrase in dit


def test_revenir_ne_garde_ni_l_annee_ni_pour_qui(ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La même année retapée ne s'ajoute pas à la première."""
    for _ in range(2):
        compter(qtbot, poste_ouvert, ecran)
        assert valeurs(ecran)["Personnes reçues"] == "24"
        poste_ouvert.fenetre.aller("accueil")
        au_repos(qtbot, poste_ouvert)
        assert aller(qtbot, poste_ouvert) is ecran
        assert (ecran.annee.contenu, ecran.pour.valeur()) == ("", None)


def test_rien_n_est_choisi_d_avance_et_ce_qui_manque_se_dit(
    ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    assert ecran.pour.valeur() is None
    presser(Qt.Key.Key_Return, CTRL, widget=ecran)
    assert "quatre chiffres" in textes(ecran.annee)
    taper(str(ANNEE), ecran.annee.ligne)
    presser(Qt.Key.Key_Return, CTRL, widget=ecran)
    au_repos(qtbot, poste_ouvert)
    assert ecran.tire is None
    assert "pour qui" in ecran.constat.text()
    regles, ecran.session.regles = ecran.session.regles, None
    ecran.pour.poser("public")
    ecran.compter()
    assert "Recommencez" in ecran.constat.text()
    ecran.session.regles = regles
    for fautive in ("abcd", "1999", str(ANNEE + 1), "²⁰²⁵"):
        ecran.annee.poser(fautive)
        ecran.compter()
        assert ecran.tire is None


def test_enregistrer_le_pdf_et_le_tableur_puis_les_effacer(
    ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    compter(qtbot, poste_ouvert, ecran)
    ici = tmp_path / "ici"
    ici.mkdir()
    for composer, nom in ((ecran._octets_du_pdf, "pdf"), (ecran._octets_du_tableur, "csv")):
        ecran.enregistrer_dans(ici, composer)
        au_repos(qtbot, poste_ouvert)
        (ecrit,) = ici.iterdir()
        assert ecrit.name == f"rapport-{ANNEE}-partenaires.{nom}"
        assert ecran.sortis.isVisible()
        ecran.sortis.effacer.click()
        assert list(ici.iterdir()) == []


def test_imprimer_confie_les_pages_a_la_boite_d_impression(
    ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    liasses: list[Any] = []
    monkeypatch.setattr("ui.ecrans.rapport.ecran.sortir", lambda _, __, liasse, *reste: liasses.append(liasse))
    compter(qtbot, poste_ouvert, ecran)
    presser(Qt.Key.Key_Space, widget=ecran.imprimer)
    au_repos(qtbot, poste_ouvert)
    (feuille,) = liasses[0].feuilles
    assert feuille.pdf.startswith(b"%PDF")
    assert feuille.travail == "Rapport d'activité"


def test_une_annee_finie_se_dit_figee(ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot) -> None:
    compter(qtbot, poste_ouvert, ecran, str(ANNEE - 1))
    assert "Figé le" in ecran.constat.text()
    assert PROVISOIRE not in ecran.constat.text()
    assert valeurs(ecran)["Personnes reçues"] == TUE


def test_quitter_n_en_laisse_rien_et_retour_revient(ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot) -> None:
    compter(qtbot, poste_ouvert, ecran)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=ecran)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"
    assert ecran.tire is None
    assert ecran.findChildren(LigneValeur) == []


def test_deux_lieux_se_choisissent(ecran: EcranRapport, poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran._offrir(["CCAS de Colombe", "Mairie de Port-Clair"])
    assert ecran.lieux is not None
    ecran.annee.poser(str(ANNEE))
    ecran.pour.poser("public")
    ecran.compter()
    assert ecran.tire is None
    assert "quel lieu" in ecran.constat.text()
    ecran.lieux.poser("Mairie de Port-Clair")
    ecran.compter()
    au_repos(qtbot, poste_ouvert)
    # Ce poste ne connaît pas ce lieu-là : il le dit, et ne montre rien.
    assert ecran.tire is None
    assert "Mairie de Port-Clair" in poste_ouvert.fenetre.bandeau.phrase


def test_un_agent_sans_ce_role_ne_lit_rien(poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuser(*_: Any) -> None:
        raise rapports.ErreurUtilisateur("Votre rôle ne permet pas ce geste.")

    monkeypatch.setattr(rapports.auteurs, "exiger", refuser)
    ecran = aller(qtbot, poste_ouvert)
    ecran.annee.poser(str(ANNEE))
    ecran.pour.poser("public")
    ecran.compter()
    au_repos(qtbot, poste_ouvert)
    assert ecran.tire is None
    assert "Votre rôle ne permet pas" in poste_ouvert.fenetre.bandeau.phrase
