"""Le code d'un formulaire papier, tapé dans la recherche, ouvre l'entretien dans l'ordre de ses pages."""

from __future__ import annotations

from datetime import date

import pytest
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.bilan import Bilan, charger_regles, etablir
from ui.ecrans.accueil.ecran import PAPIER_OUVRE, EcranAccueil
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.entretien.parcours import Etape, Parcours, parcourir, place_sur_le_papier, places_du_papier
from ui.lancement import Poste
from ui.mots.depart import PAPIER

CODE = "PERRON-14069-05-1"


def bilan() -> Bilan:
    return etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple"}, date(2026, 11, 30))


def accueil(poste: Poste) -> EcranAccueil:
    ecran = poste.fenetre.pile.currentWidget()
    assert isinstance(ecran, EcranAccueil)
    return ecran


@pytest.mark.parametrize("tape", [CODE, "perron-14069-05-1"], ids=["imprime", "minuscules"])
def test_le_code_ouvre_un_dossier_neuf_dans_l_ordre_du_papier(qtbot: QtBot, poste_garni: Poste, tape: str) -> None:
    ecran = accueil(poste_garni)
    taper(tape)
    au_repos(qtbot, poste_garni)
    assert ecran.resultats.count() == 1
    assert PAPIER_OUVRE in [e.text() for e in ecran.findChildren(QLabel) if e.isVisible()]
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_garni)
    entretien = poste_garni.fenetre.pile.currentWidget()
    assert isinstance(entretien, EcranEntretien)
    assert "demandeur" not in poste_garni.session.document
    assert PAPIER in [e.text() for e in entretien.findChildren(QLabel) if e.isVisible()]
    assert entretien.etape is not None
    premieres = list(places_du_papier(charger_regles("metropole-exemple").portail))[:2]
    assert set(premieres) & set(entretien.etape.chemins)


def test_une_version_inconnue_ne_s_ouvre_pas_et_le_dit(qtbot: QtBot, poste_garni: Poste) -> None:
    ecran = accueil(poste_garni)
    taper("PERRON-14069-05-9")
    au_repos(qtbot, poste_garni)
    assert ecran.resultats.count() == 0
    assert any("ne connaît pas la version 9" in e.text() for e in ecran.findChildren(QLabel) if e.isVisible())


def test_le_parcours_papier_suit_les_cases_puis_le_reste() -> None:
    un = bilan()
    papier = places_du_papier(un.regles.portail)
    parcours = parcourir(un, papier=True)

    def place(etape: Etape) -> int:
        return min(place_sur_le_papier(papier, chemin) for chemin in etape.chemins)

    places = [place(etape) for etape in parcours.ordre]
    assert places == sorted(places)
    assert len(papier) in places  # ce qui n'a pas de case se demande aussi, après
    assert sorted(e.cle for e in parcours.ordre) == sorted(e.cle for e in parcourir(un).ordre)


def test_on_peut_s_en_tenir_la_quand_tout_le_papier_est_saisi() -> None:
    parcours = parcourir(bilan(), papier=True)
    coupures = [
        (avant, apres) for avant, apres in zip(parcours.ordre, parcours.ordre[1:], strict=False)
        if parcours.fin_de_l_essentiel(avant, apres)
    ]  # fmt: skip
    assert len(coupures) == 1


def test_une_adresse_et_une_liste_ont_la_place_de_leur_premiere_case() -> None:
    papier = {"logement_actuel.adresse.voie": 3, "foyer.personnes.nom": 5}
    assert place_sur_le_papier(papier, "logement_actuel.adresse") == 3
    assert place_sur_le_papier(papier, "foyer.personnes") == 5
    assert place_sur_le_papier(papier, "foyer.personnes.elements.a.nom") == 5
    assert place_sur_le_papier(papier, "contact.langue") == 2


def test_sans_papier_l_ordre_est_celui_de_l_entretien() -> None:
    assert isinstance(parcourir(bilan()), Parcours)
    assert [e.essentielle for e in parcourir(bilan()).ordre] == sorted(
        (e.essentielle for e in parcourir(bilan()).ordre), reverse=True
    )
