"""Le motif d'une résidence à enjeu : dans une résidence de la liste de la loi seulement, avec l'offre d'ailleurs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from seance_exemple import RANGS, decide, seance

from modele.regles.fautes import ErreurUtilisateur
from modele.residences.listes import LEGALE, SURVEILLEE, Lieu, Liste, Residences
from modele.seance import residence
from modele.seance.constat import Constat, tenir
from modele.seance.controles import Classees, a_savoir
from modele.seance.droit import droit

LISTE = Liste(LEGALE, "Convention d'essai", date(2025, 6, 30))
LIEUX = (
    Lieu("tilleuls", "Résidence Les Tilleuls", "99901", legale=True),
    Lieu("verger", "Le Verger", "99901", legale=True),
    Lieu("garenne", "La Garenne", "99901", legale=False),
    Lieu("quartier", "Quartier un", "99901", legale=False, code_qpv="QN1"),
)
CONNUES = Residences(LIEUX, (LISTE, Liste(SURVEILLEE, du=date(2025, 6, 30))))
INCONNUES = Residences((), (Liste(LEGALE, a_remplir_par="la métropole"),))
OFFRE = {"suivi_par": "Service des attributions"}


def tenue(
    nom: str, residences: Residences = CONNUES, ailleurs: dict[str, str] | None = OFFRE, **logement: Any
) -> Constat:
    refusee = decide("d2", "non_attribution", motif_legal="residence_fragile", ailleurs=ailleurs)
    dite = seance(
        residence={"nom": nom, "convention": "Convention d'essai", "liste_le": "2025-06-30"},
        decisions=[decide("d1", "attribution"), refusee, decide("d3", "non_attribution")],
    )
    return tenir(dite, Classees(RANGS, {}, residences=residences, logement={"code_insee": "99901", **logement}))


def refus(nom: str, residences: Residences = CONNUES, **dits: Any) -> str:
    with pytest.raises(ErreurUtilisateur) as faute:
        tenue(nom, residences, **dits)
    return str(faute.value)


@pytest.mark.parametrize("nom", ["Les Tilleuls", "rés. les TILLEULS", "Le Verger"])
def test_dans_une_residence_de_la_liste(nom: str) -> None:
    savoir = "\n".join(tenue(nom).savoir)
    assert "premier logement vacant adapté" in savoir
    assert "fixés par décret" in savoir
    assert "n'est pas entrée" not in savoir


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("La Garenne", "est seulement à surveiller"),
        ("Quartier un", "est seulement à surveiller"),
        ("Tour Zénith", "n'y est pas reconnue"),
        ("Tilleuls", "Ressemble à : Résidence Les Tilleuls"),
    ],
)
def test_ni_un_lieu_surveille_ni_un_lieu_non_reconnu(nom: str, dit: str) -> None:
    assert dit in refus(nom)


def test_l_engagement_d_une_offre_ailleurs_s_ecrit() -> None:
    assert "oblige à proposer le premier logement vacant" in refus("Les Tilleuls", ailleurs=None)


def test_deux_residences_pour_un_logement_se_verifient() -> None:
    assert "le fichier du bailleur dit ce logement dans « Le Verger »" in refus("Les Tilleuls", residence="Le Verger")
    assert tenue("Les Tilleuls", residence="rés. Les Tilleuls").tenue
    assert tenue("Les Tilleuls", residence="Tour Zénith").tenue


def test_sans_liste_entree_la_seance_est_crue_et_le_secretaire_averti() -> None:
    assert "n'est pas entrée, que tient la métropole" in "\n".join(tenue("Les Tilleuls", INCONNUES).savoir)
    assert "n'est pas entrée : vérifiez l'annexe" in "\n".join(tenue("Les Tilleuls", Residences()).savoir)


def test_un_lieu_surveille_ne_l_est_pas_moins_sans_liste() -> None:
    surveillees = Residences(LIEUX[2:], (Liste(SURVEILLEE, du=date(2025, 6, 30)),))
    assert "est seulement à surveiller" in refus("La Garenne", surveillees)


def test_une_liste_de_plus_de_trois_ans_se_dit() -> None:
    vieille = Residences(LIEUX, (Liste(LEGALE, du=date(2023, 12, 2)),))
    assert "a plus de 3 ans" in "\n".join(tenue("Les Tilleuls", vieille).savoir)


def test_sans_ce_motif_rien_ne_se_dit_de_la_liste() -> None:
    dite = seance(residence={"nom": "La Garenne", "convention": "C", "liste_le": "2025-06-30"})
    assert tenir(dite, Classees(RANGS, {}, residences=CONNUES)).savoir == ()


def test_sans_residence_ecrite_le_refus_reste_celui_d_avant() -> None:
    refusee = decide("d2", "non_attribution", motif_legal="residence_fragile", ailleurs=OFFRE)
    dite = seance(decisions=[decide("d1", "attribution"), refusee, decide("d3", "non_attribution")])
    with pytest.raises(ErreurUtilisateur, match="écrivez-la"):
        tenir(dite, Classees(RANGS, {}, residences=CONNUES))


def test_le_mutant_pour_qui_tout_nom_est_de_la_liste_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residence, "_hors_liste", lambda *_: "")
    with pytest.raises(pytest.fail.Exception):
        refus("La Garenne")


def test_un_motif_sans_rien_a_verifier_n_ajoute_rien() -> None:
    refusee = decide("d2", "non_attribution", motif_legal="lien_local")
    dite = seance(decisions=[decide("d1", "attribution"), refusee, decide("d3", "non_attribution")])
    assert droit().motifs["lien_local"].a_verifier == ""
    assert a_savoir(dite, Classees(RANGS, {}), droit()) == a_savoir(seance(), Classees(RANGS, {}), droit())
