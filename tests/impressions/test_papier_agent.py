"""Qui reçoit, sur le papier : service et prénom ; jamais sur une fiche qui ne dit pas où elle a été remise."""

from __future__ import annotations

import pytest
from exemples_papier import contacts, donnees
from lecture_pdf import texte_plat

from impressions import document
from impressions.document import composer

AWA = "Accueil, Awa"


def test_un_papier_ordinaire_dit_le_service_et_le_prenom() -> None:
    assert AWA in texte_plat(composer("115", donnees(contacts=contacts(), agent=AWA)))
    assert AWA in texte_plat(composer("115", donnees(contacts=contacts(), agent=AWA, lieu=None)))
    sans = composer("115", donnees(contacts=contacts(), agent=""))
    assert sans == composer("115", donnees(contacts=contacts()))


@pytest.mark.parametrize("fiche", ["violences", "neutre"])
def test_une_fiche_de_surete_est_la_meme_octet_pour_octet(fiche: str) -> None:
    assert composer(fiche, donnees(contacts=contacts(), agent=AWA)) == composer(fiche, donnees(contacts=contacts()))


def test_le_mutant_qui_dit_l_agent_partout_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "donnees_permises", lambda _fiche, recues: recues)
    with pytest.raises(AssertionError):
        test_une_fiche_de_surete_est_la_meme_octet_pour_octet("violences")
