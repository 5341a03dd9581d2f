"""La fiche des violences ne dit pas où elle a été remise : ni nom, ni adresse, ni logo."""

from __future__ import annotations

import pytest
from exemples_papier import contacts, donnees, lieu
from lecture_pdf import texte_plat

from impressions import document
from impressions.document import composer
from modele.fiches.couches import durcir
from modele.fiches.surete import Surete

ICI = lieu("CCAS des Bateliers", "1, quai des Bateliers", "05 36 49 00 11", "de 9 h à 12 h")


def test_d_ici_ou_d_ailleurs_la_fiche_des_violences_est_la_meme() -> None:
    ici = composer("violences", donnees(contacts=contacts(), lieu=ICI))
    assert ici == composer("violences", donnees(contacts=contacts(), lieu=None))
    assert "Bateliers" not in texte_plat(ici)
    assert "Bateliers" in texte_plat(composer("115", donnees(contacts=contacts(), lieu=ICI)))


def test_mutant_elle_recoit_tout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "donnees_permises", lambda _fiche, recues: recues)
    assert "Bateliers" in texte_plat(composer("violences", donnees(contacts=contacts(), lieu=ICI)))


def test_une_couche_ne_leve_pas_le_drapeau() -> None:
    assert durcir(Surete(sans_lieu=True), Surete()).sans_lieu
    assert durcir(Surete(), Surete(sans_lieu=True)).sans_lieu
