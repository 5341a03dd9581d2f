"""Les violences et le dossier partagé : rien ne s'écrit dans le commun, ni réponse, ni brouillon, ni opération."""

from __future__ import annotations

from typing import Any

import pytest
from outils_dossier import ENFANT, creer, ecrit, frappes, ouvrir
from outils_ecran import presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from ui.ecrans.entretien import EcranEntretien
from ui.lancement import Poste

PARTAGE: dict[str, Any] = {
    "foyer": {
        "avec_codemandeur": True,
        "personnes": {"elements": {ENFANT: {"prenoms": "Sami", "date_naissance": "2018-03-02"}}, "ordre": [ENFANT]},
    },
    "demandeur": {"nom": "Diallo", "prenoms": "Awa"},
    "protection": {"seul_a_seul": True},
}


def operations(qtbot: QtBot, poste: Poste, dossier: str) -> int:
    """Combien d'opérations portent ce dossier."""
    lues: list[list[Any]] = []
    poste.session.avec_coffre(lambda coffre: coffre.operations(dossier), lues.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lues))
    return len(lues[0])


@pytest.fixture
def commun(poste_ouvert: Poste, qtbot: QtBot) -> str:
    """Un dossier à deux, où l'agent est seul avec la personne."""
    return creer(qtbot, poste_ouvert, **PARTAGE)


def test_la_peur_ne_laisse_rien_dans_le_dossier_commun(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Oui, puis « ouvrir le dossier distinct » : le commun est resté tel quel, l'autre est discret et le dit."""
    avant, deja = ecrit(qtbot, poste_ouvert, commun), operations(qtbot, poste_ouvert, commun)
    ecran = ouvrir(qtbot, poste_ouvert, commun, "triage.peur_au_domicile")
    presser(Qt.Key.Key_1)
    assert ecran.pages.courante is ecran.distinct
    assert poste_ouvert.session.dossier_id == commun
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste_ouvert.session.dossier_id not in ("", commun))
    distinct = poste_ouvert.session.dossier_id
    neuf = ecrit(qtbot, poste_ouvert, distinct)
    assert (neuf["protection"]["discret"], neuf["triage"]["peur_au_domicile"]) == (True, True)
    assert commun not in str(neuf)
    assert "Diallo" not in str(neuf)
    assert ecrit(qtbot, poste_ouvert, commun) == avant
    assert distinct not in str(avant)
    assert operations(qtbot, poste_ouvert, commun) == deja
    assert frappes(qtbot, poste_ouvert, commun) == {}
    qtbot.waitUntil(lambda: not ecran.discret.isHidden())


def test_renoncer_ne_laisse_rien_non_plus(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Revenir sans rien écrire : la question est de nouveau vide."""
    deja = operations(qtbot, poste_ouvert, commun)
    ecran = ouvrir(qtbot, poste_ouvert, commun, "triage.peur_au_domicile")
    presser(Qt.Key.Key_1)
    ecran.distinct.renoncer.emit()
    assert ecran.pages.courante is ecran.question
    assert not [b for b in ecran.question.findChildren(QAbstractButton) if b.isVisible() and b.isChecked()]
    assert operations(qtbot, poste_ouvert, commun) == deja
    assert "triage" not in ecrit(qtbot, poste_ouvert, commun)


def test_un_motif_de_violence_ouvre_aussi_un_dossier_distinct(poste_ouvert: Poste, commun: str, qtbot: QtBot) -> None:
    """Un code de violence parmi d'autres cases suffit ; un motif ordinaire s'écrit dans le commun."""
    ecran = ouvrir(qtbot, poste_ouvert, commun, "demande.motifs")
    cases = {b.text(): b for b in ecran.question.findChildren(QAbstractButton)}
    ordinaire = next(bouton for mot, bouton in cases.items() if mot == "Logement trop cher")
    ordinaire.click()
    assert ecrit(qtbot, poste_ouvert, commun)["demande"]["motifs"]["coches"] == ["trop_cher"]
    next(bouton for mot, bouton in cases.items() if mot == "Violences familiales").click()
    assert ecran.pages.courante is ecran.distinct
    assert ecrit(qtbot, poste_ouvert, commun)["demande"]["motifs"]["coches"] == ["trop_cher"]


def test_un_dossier_discret_n_accueille_qu_un_enfant_mineur(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La date de naissance se donne d'abord ; un adulte est refusé, un enfant entre."""
    dossier = creer(
        qtbot,
        poste_ouvert,
        triage={"peur_au_domicile": True},
        protection={"discret": True, "seul_a_seul": True},
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier, "foyer.personnes")
    presser(Qt.Key.Key_Return)
    taper("01/01/1980")
    presser(Qt.Key.Key_Return)
    assert "adulte" in ecran.liste.naissance.faute
    assert "foyer" not in ecrit(qtbot, poste_ouvert, dossier)
    ecran.liste.naissance.poser(None)
    taper("09/07/2018")
    presser(Qt.Key.Key_Return)
    (enfant,) = ecrit(qtbot, poste_ouvert, dossier)["foyer"]["personnes"]["elements"].values()
    assert enfant["date_naissance"] == "2018-07-09"


def test_aucun_nom_dans_un_titre_de_dossier_discret(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """La fenêtre et les titres de questions ne nomment personne."""
    personnes = {"elements": {ENFANT: {"prenoms": "Sami", "date_naissance": "2018-03-02"}}, "ordre": [ENFANT]}
    dossier = creer(
        qtbot,
        poste_ouvert,
        demandeur={"nom": "Diallo", "prenoms": "Awa"},
        foyer={"personnes": personnes},
        protection={"discret": True},
    )
    ecran = ouvrir(qtbot, poste_ouvert, dossier, f"foyer.personnes.elements.{ENFANT}.lien")
    lu = titres(ecran) + poste_ouvert.fenetre.windowTitle()
    assert "Sami" not in lu
    assert "Diallo" not in lu
    assert "Personne 1" in lu


def titres(ecran: EcranEntretien) -> str:
    """Ce qui se lit en tête de la question."""
    return "\n".join(mot.text() for mot in ecran.entete.findChildren(QLabel))
