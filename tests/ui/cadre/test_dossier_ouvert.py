"""Chez qui l'on est : le nom du dossier ouvert est en haut de chaque écran, jamais celui d'un dossier discret."""

from __future__ import annotations

import re

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, montrer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from modele.dossier.codes import reference_courte
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.lancement import Poste
from ui.theme import Nom, Theme, Ton
from ui.theme.apparence import apparence


@pytest.mark.parametrize("ecran", ["entretien", "cotation", "orientation", "imprimer", "suivi"])
def test_le_nom_est_en_haut_de_chaque_ecran(poste_ouvert: Poste, qtbot: QtBot, ecran: str) -> None:
    """Il suit la frappe du nom, et part avec le dossier."""
    barre = poste_ouvert.fenetre.barre_haute
    montrer(qtbot, poste_ouvert.fenetre)
    assert not barre.dossier.isVisible()
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Hamidi", "prenoms": "Zahra"}))
    poste_ouvert.fenetre.aller(ecran)
    au_repos(qtbot, poste_ouvert)
    assert barre.dossier.isVisible()
    assert barre.dossier.text() == "HAMIDI Zahra"
    poste_ouvert.session.modifier({"demandeur.prenoms": "Amal"})
    assert barre.dossier.text() == "HAMIDI Amal"
    poste_ouvert.fenetre.aller("accueil")
    assert not barre.dossier.isVisible()


PILOTAGE = ("contingents", "passage_flux", "flux", "conference")


def le_pilotage_tait_la_personne(poste: Poste, qtbot: QtBot) -> None:
    """Ni son nom, ni son numéro, même quand le dossier change dessous ; le dossier reste ouvert, et s'y retrouve."""
    fenetre = poste.fenetre
    montrer(qtbot, fenetre)
    ouvrir(qtbot, poste, creer(qtbot, poste, demandeur={"nom": "Hamidi", "prenoms": "Zahra"}))
    ouvert = poste.session.dossier_id
    for ecran in PILOTAGE:
        fenetre.aller("entretien")
        au_repos(qtbot, poste)
        assert fenetre.barre_haute.dossier.text() == "HAMIDI Zahra"
        fenetre.aller(ecran)
        au_repos(qtbot, poste)
        poste.session.modifier({"demandeur.prenoms": "Zahra"})
        barre = fenetre.barre_haute.dossier
        assert not barre.isVisible()
        assert "HAMIDI" not in " ".join((barre.text(), barre.toolTip(), barre.accessibleDescription())).upper()
        assert poste.session.dossier_id == ouvert


def test_le_pilotage_ne_dit_pas_de_qui_est_le_dossier_ouvert(poste_ouvert: Poste, qtbot: QtBot) -> None:
    le_pilotage_tait_la_personne(poste_ouvert, qtbot)


def test_mutant_un_ecran_de_pilotage_qui_dit_la_personne_se_voit(
    poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EcranDePilotage, "tait_la_personne", False)
    with pytest.raises(AssertionError):
        le_pilotage_tait_la_personne(poste_ouvert, qtbot)


@pytest.mark.parametrize("contenu", [{}, {"demandeur": {"nom": "Hamidi"}, "protection": {"discret": True}}])
def test_sans_nom_ou_discret_une_reference(poste_ouvert: Poste, qtbot: QtBot, contenu: dict[str, object]) -> None:
    """Deux dossiers sans nom se distinguent ; un discret ne dit pas qui."""
    dossier = creer(qtbot, poste_ouvert, **contenu)
    ouvrir(qtbot, poste_ouvert, dossier)
    mot = poste_ouvert.fenetre.barre_haute.dossier.text()
    assert mot.endswith(reference_courte(dossier))
    assert "HAMIDI" not in mot.upper()


@pytest.mark.parametrize("echelle", [100, 150, 200])
def test_le_nom_ne_cede_jamais_sa_place(poste_ouvert: Poste, qtbot: QtBot, echelle: int) -> None:
    """Faute de place, le territoire puis le statut de la grille s'effacent ; le nom, jamais, et rien ne déborde."""
    fenetre = poste_ouvert.fenetre
    fenetre.resize(1366, 768)
    montrer(qtbot, fenetre)
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Ramanantsoavina-Andriamanantena"}))
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    au_repos(qtbot, poste_ouvert)
    barre = fenetre.barre_haute
    assert barre.dossier.isVisible()
    assert barre.dossier.toolTip() == "RAMANANTSOAVINA-ANDRIAMANANTENA"
    assert barre.neutre.geometry().right() <= barre.width()
    assert fenetre.width() == 1366


def test_ce_qui_a_ete_dit_d_une_personne_part_avec_elle(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le bandeau d'un dossier ne se lit ni à l'accueil ni chez la personne suivante ; un échec, lui, reste."""
    un, autre = (creer(qtbot, poste_ouvert, demandeur={"nom": nom}) for nom in ("Un", "Autre"))
    bandeau = poste_ouvert.fenetre.bandeau
    for suite in ("accueil", autre):
        ouvrir(qtbot, poste_ouvert, un)
        bandeau.dire("Enregistré : sans-toit-ce-soir.pdf", Ton.COURANT)
        poste_ouvert.session.modifier({"demandeur.prenoms": suite[:3]})
        assert bandeau.phrase
        if suite == "accueil":
            poste_ouvert.fenetre.aller("accueil")
        else:
            ouvrir(qtbot, poste_ouvert, autre)
        assert bandeau.phrase == ""
    bandeau.dire("Pas enregistré.", Ton.IMMEDIAT, tenir=True)
    poste_ouvert.fenetre.aller("accueil")
    assert bandeau.phrase == "Pas enregistré."


def test_couvert_sans_dossier_l_en_tete_n_en_nomme_aucun(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """F12 avant tout dossier, puis le mot de passe : aucun « Sans nom » ne paraît, ni numéro à venir."""
    fenetre, session = poste_ouvert.fenetre, poste_ouvert.session
    montrer(qtbot, fenetre)
    fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    session.fermer()
    session.rouvrir(MOT_DE_PASSE, lambda: None, pytest.fail)
    au_repos(qtbot, poste_ouvert)
    assert session.document == {}
    assert fenetre.barre_haute.dossier.isHidden()
    assert fenetre.barre_basse._numero.text() == ""


def test_aucun_ecran_ne_dit_le_mot(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Celui dont elle a peur revient s'asseoir : rien de ce qui est montré ne dit que ce dossier se cache."""
    contenu = {
        "triage": {"peur": True},
        "protection": {"discret": True, "seul_a_seul": True},
        "demandeur": {"nom": "Hamidi"},
        "logement_recherche": {"communes": ["63113"]},
    }
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, **contenu))

    def textes(widget: QWidget) -> list[str]:
        return [mot.text() for mot in widget.findChildren(QLabel) if mot.isVisible()]

    montrer(qtbot, poste_ouvert.fenetre)
    for ecran in ("entretien", "orientation", "cotation", "imprimer", "suivi"):
        montree = poste_ouvert.fenetre.aller(ecran)
        au_repos(qtbot, poste_ouvert)
        barre = poste_ouvert.fenetre.barre_haute
        montre = [barre.dossier.text(), *textes(barre), *textes(montree)]
        dits = [texte for texte in montre if re.search(r"discret|violence|protection", texte, re.IGNORECASE)]
        assert dits == [], ecran


def test_sans_dossier_l_entretien_ne_montre_pas_la_personne_d_avant(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Son dossier fermé, revenir à l'entretien depuis un écran sans dossier mène à l'accueil."""
    fenetre = poste_ouvert.fenetre
    montrer(qtbot, fenetre)
    ouvrir(qtbot, poste_ouvert, creer(qtbot, poste_ouvert, demandeur={"nom": "Hamidi"}))
    au_repos(qtbot, poste_ouvert)
    fenetre.aller("accueil")
    fenetre.aller("orientation")
    fenetre.aller("entretien")
    au_repos(qtbot, poste_ouvert)
    assert fenetre.ecran == "accueil"


def test_ouvrir_un_autre_dossier_ne_montre_rien_du_precedent(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le temps que le second se lise, ni la note, ni les voies, ni les sections du premier ne restent à l'écran."""
    fenetre = poste_ouvert.fenetre
    montrer(qtbot, fenetre)
    premier, second = (creer(qtbot, poste_ouvert, demandeur={"nom": nom}) for nom in ("Hamidi", "Roux"))
    entretien = ouvrir(qtbot, poste_ouvert, premier)
    au_repos(qtbot, poste_ouvert)
    assert entretien.volets.isVisible()
    fenetre.aller("accueil")
    fenetre.aller("entretien", {"dossier": second})
    assert not entretien.panneau.isVisible()
    assert not entretien.sections.isVisible()
    au_repos(qtbot, poste_ouvert)
    qtbot.waitUntil(entretien.panneau.isVisible)
