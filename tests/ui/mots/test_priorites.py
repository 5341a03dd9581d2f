"""Recours et priorités dits : chaque verdict a sa phrase, aucune lettre protégée ne paraît hors du seul à seul."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from modele.bilan import Regles, charger_regles, etablir
from modele.orientation.verdict import Verdict
from ui.mots.priorites import Ligne, dire_apres, lignes

JOUR = date(2026, 11, 22)
PROTEGEES = {"g", "g-bis", "h", "i"}


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def toutes(document: dict[str, Any], territoire: str = "metropole-exemple") -> dict[str, Ligne]:
    bilan = etablir(regles(territoire), document, JOUR, exacte=False)
    return {("lettre " if un.lettre else "") + un.id: un for un in lignes(bilan)}


def test_tout_est_dit_une_fois_sans_les_lettres_protegees() -> None:
    dites = toutes({})
    assert len(dites) == 5 + 12 + 15 - len(PROTEGEES)
    assert not {f"lettre {nom}" for nom in PROTEGEES} & set(dites)
    assert all(un.verdict is Verdict.A_ETABLIR and un.manque for un in dites.values())


@pytest.mark.parametrize("violence", [{}, {"demande": {"mariage_force": True}}])
def test_une_lettre_protegee_ne_parait_que_seul_a_seul(violence: dict[str, Any]) -> None:
    """La même liste, quoi qu'on ait répondu ; toutes les quatre, ou aucune."""
    ensemble = set(toutes(violence))
    assert ensemble == set(toutes({}))
    seul = set(toutes({**violence, "protection": {"seul_a_seul": True}}))
    assert seul - ensemble == {f"lettre {nom}" for nom in PROTEGEES}


def test_un_fait_protege_n_est_jamais_nomme() -> None:
    """Même seul à seul, ce qui manque à une lettre protégée se dit par sa preuve."""
    dites = toutes({"protection": {"seul_a_seul": True}})
    assert "traite" not in dites["lettre i"].manque.partition("infractions")[0]


def test_ce_qui_manque_est_dit_ou_ce_qui_changerait() -> None:
    """S4 : assignation. La lettre l et le cas 3 restent ouverts avant le jugement."""
    document = {"expulsion": {"etape": "assignation", "relogement_propose": False}}
    dites = toutes(document)
    for nom, mot in (("dalo-3", "décision de justice"), ("lettre l", "la décision qui prononce")):
        assert (dites[nom].verdict, dites[nom].ouvert) == (Verdict.A_ETABLIR, True)
        assert mot in dire_apres(dites[nom])
    juge = toutes({"expulsion": {"etape": "jugement", "relogement_propose": False}})
    assert {juge["dalo-3"].verdict, juge["lettre l"].verdict} == {Verdict.REMPLI}
    assert dire_apres(juge["dalo-3"]) == ""


def test_le_jour_meme_la_date_du_depassement_est_dite() -> None:
    demande = {"deja_enregistree": True, "date_reception": "2023-11-22"}
    une = toutes({"demande": demande, "dalo": {"proposition_adaptee": False}})["dalo-1"]
    assert une.verdict is Verdict.RIEN_NE_L_INDIQUE
    dite = dire_apres(une)
    assert "Ce qui le changerait : le délai du préfet dépassé" in dite
    assert "à partir du 23/11/2026" in dite
    assert "36 mois" in dite


def test_le_seuil_porte_sa_confiance() -> None:
    """Toulouse : le délai vient de la grille, l'arrêté du préfet est à vérifier."""
    assert toutes({}, "toulouse-metropole")["dalo-1"].seuil == "36 mois (à faire valider)"
    assert toutes({}, "clermont-auvergne-metropole")["dalo-1"].seuil.startswith("pas connu ici ; à saisir par")


def test_une_radiee_ne_se_dit_pas_perdue() -> None:
    demande = {"deja_enregistree": True, "date_reception": "2020-11-22", "radiee": True}
    dites = toutes({"demande": demande, "dalo": {"proposition_adaptee": False}})
    for nom in ("dalo-1", "demande-enregistree"):
        assert dites[nom].verdict is Verdict.A_ETABLIR
        assert "à vérifier avant de dire" in dire_apres(dites[nom])


def test_ce_qui_reste_a_faire_valider_le_dit() -> None:
    assert toutes({})["bonne-foi"].titre == "DALO, condition : de bonne foi (à faire valider)"
    assert toutes({})["lettre dalo"].titre.startswith("Premier rang : reconnu prioritaire")


def test_une_reponse_refusee_laisse_a_etablir_avec_ce_que_le_texte_exige() -> None:
    """Rien ne se redemande : la phrase dit ce que le texte exige."""
    une = toutes({"demande": {"difficultes_particulieres": {"refus": True}}, "dalo": {"statut": {"refus": True}}})
    assert une["lettre dalo"].verdict is Verdict.A_ETABLIR
    assert une["lettre dalo"].manque == "décision écrite de la commission de médiation"
