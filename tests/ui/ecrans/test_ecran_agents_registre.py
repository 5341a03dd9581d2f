"""Les agents d'un poste enrôlé : le délai loin du registre, et un compte que le registre vient de fermer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from test_ecran_agents import AWA, ajouter_awa, aller, ligne_de, textes
from test_ouverture_hors_de_portee import relier

from modele.protocole.messages import ComptesTenus
from ui.cadre.barres import RIEN_A_ENREGISTRER
from ui.ecrans.agents.formulaires import Delai
from ui.lancement import Poste
from ui.mots import agents as mots


def _faire(qtbot: QtBot, poste: Poste, geste: object) -> None:
    poste.session.avec_coffre(geste, lambda _: None, pour=poste.session)  # type: ignore[arg-type]
    au_repos(qtbot, poste)


def _ferme(*noms: str) -> object:
    tenus = ComptesTenus(datetime.now(UTC), noms)
    return lambda coffre: coffre.comptes.suivre_le_registre(tenus)


def test_un_poste_jamais_enrole_n_a_pas_de_delai_a_regler(qtbot: QtBot, poste_ouvert: Poste) -> None:
    assert aller(qtbot, poste_ouvert).delai.isHidden()


def test_le_delai_se_change_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    _faire(qtbot, poste_ouvert, lambda coffre: relier(coffre, 1))
    ecran = aller(qtbot, poste_ouvert)
    assert "après 7 jours" in textes(ecran.delai)
    (changer,) = [un for un in ecran.delai.findChildren(type(ecran.ajouter)) if un.text() == "Changer ce délai"]
    changer.setFocus(Qt.FocusReason.TabFocusReason)
    presser(Qt.Key.Key_Space)
    formulaire = ecran.formulaire
    assert isinstance(formulaire, Delai)
    for saisi, attendu in (("dix", mots.SANS_DELAI), ("400", "Entre 1 et 365 jours")):
        formulaire.jours.poser("")
        taper(saisi, formulaire.jours.ligne)
        presser(Qt.Key.Key_Return, widget=formulaire.jours.ligne)
        au_repos(qtbot, poste_ouvert)
        assert attendu in textes(formulaire)
    formulaire.jours.poser("10")
    presser(Qt.Key.Key_Return, widget=formulaire.jours.ligne)
    au_repos(qtbot, poste_ouvert)
    assert mots.DELAI_CHANGE.format(10) in textes(ecran)
    assert "après 10 jours" in textes(ecran.delai)
    assert "a changé le nombre de jours" in textes(ecran.journal)


def test_un_compte_ferme_au_registre_le_dit(qtbot: QtBot, poste_ouvert: Poste) -> None:
    ajouter_awa(qtbot, poste_ouvert)
    _faire(qtbot, poste_ouvert, _ferme(AWA))
    ecran = aller(qtbot, poste_ouvert)
    assert "fermé au registre" in textes(ligne_de(ecran, AWA))
    assert f"Le registre a fermé un compte : « {AWA} »" in textes(ecran.journal)


@pytest.mark.parametrize("sien", [True, False])
def test_le_compte_de_qui_est_la_se_ferme_le_poste_se_ferme(qtbot: QtBot, poste_ouvert: Poste, sien: bool) -> None:
    """Après l'échange qui l'apprend ; celui d'un autre ne ferme rien."""
    ajouter_awa(qtbot, poste_ouvert, "agent", "administrateur")
    moi = poste_ouvert.session.agent
    poste_ouvert.session.creer_dossier({"territoire": "metropole-exemple"}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    _faire(qtbot, poste_ouvert, _ferme(moi if sien else AWA))
    poste_ouvert.synchro.verifier_le_compte()
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.session.est_ouverte is not sien
    assert (poste_ouvert.fenetre.ecran == "ouverture") is sien
    assert ("fermé au registre" in poste_ouvert.fenetre.bandeau.phrase) is sien
    # Le suivant ne lit pas l'heure de ce qui a été enregistré avant lui.
    assert (RIEN_A_ENREGISTRER in textes(poste_ouvert.fenetre.barre_basse)) is sien
