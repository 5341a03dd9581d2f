"""Ce qui est dû à la personne : tout se liste, une fiche imprimée ou une phrase dite s'y note, jamais la sûreté."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.information.ecran import EcranInformation
from ui.lancement import Poste
from ui.mots import informations as mots


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranInformation:
    """Un dossier déposé, rien de donné."""
    poste_ouvert.session.creer_dossier({"demande": {"date_depot": "2026-11-02"}}, lambda _: None)
    au_repos(qtbot, poste_ouvert)
    ecran = cast(EcranInformation, poste_ouvert.fenetre.aller("information"))
    au_repos(qtbot, poste_ouvert)
    return ecran


def dits(ecran: EcranInformation) -> dict[str, str]:
    return {ligne.accessibleName(): ligne.etat.text() for ligne in ecran.lignes}


def test_un_dossier_ou_rien_n_est_donne_liste_tout(ecran: EcranInformation) -> None:
    assert len(ecran.lignes) == 9
    assert set(dits(ecran).values()) == {mots.PAS_ENCORE}
    assert ecran.constat.text().startswith("9 sur 9 à donner.")


def test_dire_de_vive_voix_se_note(ecran: EcranInformation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran.lignes[1].dire.click()
    au_repos(qtbot, poste_ouvert)
    assert ecran.lignes[1].etat.text().startswith("Dit de vive voix le ")
    assert ecran.constat.text().startswith("8 sur 9 à donner.")


def test_imprimer_la_fiche_d_ici_la_note_avec_sa_langue(
    ecran: EcranInformation, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    """Du bouton à l'écran d'impression, la fiche déjà cochée ; sortie, elle est donnée."""
    ligne = next(une for une in ecran.lignes if "étapes" in une.accessibleName())
    assert ligne.imprimer is not None
    ligne.imprimer.click()
    au_repos(qtbot, poste_ouvert)
    imprimer = cast(EcranImprimer, poste_ouvert.fenetre.pile.currentWidget())
    assert imprimer.choisies() == ["attribution"]
    imprimer.composer()
    au_repos(qtbot, poste_ouvert)
    imprimer.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    poste_ouvert.fenetre.aller("information")
    au_repos(qtbot, poste_ouvert)
    assert any("« Comment un logement social s'attribue »" in dit for dit in dits(ecran).values())


def test_une_fiche_de_surete_imprimee_ne_s_inscrit_pas(
    ecran: EcranInformation, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    poste_ouvert.fenetre.aller("imprimer", {"fiches": ["115"]})
    au_repos(qtbot, poste_ouvert)
    imprimer = cast(EcranImprimer, poste_ouvert.fenetre.pile.currentWidget())
    imprimer.composer()
    au_repos(qtbot, poste_ouvert)
    imprimer.enregistrer_dans(tmp_path)
    au_repos(qtbot, poste_ouvert)
    donnees: list[object] = []
    dossier, auteur = poste_ouvert.session.dossier_id, poste_ouvert.session.auteur
    poste_ouvert.session.avec_coffre(
        lambda coffre: coffre.informations.donnees(dossier, auteur), donnees.extend, pour=poste_ouvert.session
    )
    au_repos(qtbot, poste_ouvert)
    assert donnees == []


def test_sans_dossier_l_ecran_le_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = cast(EcranInformation, poste_ouvert.fenetre.aller("information"))
    au_repos(qtbot, poste_ouvert)
    assert ecran.constat.text() == mots.SANS_DOSSIER
    assert ecran.lignes == []
