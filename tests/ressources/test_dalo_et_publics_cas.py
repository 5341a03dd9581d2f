"""Les motifs DALO et les publics prioritaires, examinés sur de vraies situations : rempli, à établir, non."""

from __future__ import annotations

from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.regles.conditions import Condition
from modele.regles.etats import Etat, Situation, connu
from modele.regles.kleene import evaluer
from modele.regles.lecture import lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.valeurs import valeur
from ressources import RESSOURCES

CATALOGUE = catalogue_brut().etendre(catalogue_derive().values())


def conditions(fichier: str, cle: str) -> dict[str, Condition]:
    """La condition de chaque entrée, par identifiant."""
    lues = {}
    for table in lire_toml(RESSOURCES / "national" / f"{fichier}.toml").tables(cle, obligatoire=True):
        condition = lire_condition(table, "si", Contexte(CATALOGUE), obligatoire=True)
        assert condition is not None
        lues[table.texte("id")] = condition
    return lues


MOTIFS = conditions("dalo", "motif")
PUBLICS = conditions("publics_prioritaires", "public")


def verdicts(lues: dict[str, Condition], faits: dict[str, Any], *personnes: dict[str, Any]) -> dict[str, bool | None]:
    """Le verdict de chaque entrée pour des faits connus, bruts ou dérivés, et un foyer clos s'il est donné."""

    def etats(dits: dict[str, Any]) -> dict[str, Etat]:
        return {nom: connu(valeur(CATALOGUE[nom], brut)) for nom, brut in dits.items()}

    situation = Situation(etats(faits), tuple(etats(p) for p in personnes), personnes_closes=bool(personnes))
    return {nom: evaluer(condition, situation) for nom, condition in lues.items()}


@pytest.mark.parametrize("lues", [MOTIFS, PUBLICS], ids=["motifs", "publics"])
def test_sans_reponse_rien_n_est_refuse(lues: dict[str, Condition]) -> None:
    """L'inconnu reste à établir, jamais « non »."""
    assert set(verdicts(lues, {}).values()) == {None}


@pytest.mark.parametrize(
    ("faits", "motif"),
    [
        ({"delai_anormalement_long_depasse": True, "dalo.proposition_adaptee": False}, "dalo-1"),
        ({"logement_actuel.statut": "sans_abri"}, "dalo-2"),
        ({"logement_actuel.statut": "chez_particulier", "logement_actuel.lien_hebergeant": "ami"}, "dalo-2"),
        (
            {"logement_actuel.statut": "chez_parents_enfants", "logement_actuel.lien_hebergeant": "ascendant"},
            "dalo-2-ascendants",
        ),
        ({"expulsion_jugee": True, "expulsion.relogement_propose": False}, "dalo-3"),
        ({"hebergement_prolonge": True}, "dalo-4"),
        ({"transition_prolongee": True}, "dalo-4-bis"),
        ({"logement_actuel.impropre": True}, "dalo-5"),
        ({"logement_actuel.non_decent": True, "mineur_a_charge": True}, "dalo-6"),
        ({"suroccupation": True, "handicap_foyer": True}, "dalo-7"),
        ({"logement_actuel.statut": "locataire_hlm", "suroccupation": True, "mineur_a_charge": True}, "dalo-7"),
    ],
)
def test_chaque_cas_se_remplit(faits: dict[str, Any], motif: str) -> None:
    """Le texte de chaque cas, locataire d'un logement social compris."""
    assert verdicts(MOTIFS, faits)[motif] is True


def test_le_handicap_d_une_seule_personne_suffit() -> None:
    """Cas 8 : le logement n'est pas adapté à l'une des personnes du foyer."""
    foyer = ({"personne.handicap.logement_inadapte": False}, {"personne.handicap.logement_inadapte": True})
    assert verdicts(MOTIFS, {}, *foyer)["dalo-8"] is True


def test_adultes_valides_sans_mineur_ni_cas_6_ni_cas_7() -> None:
    """Les cas 6 et 7 supposent un mineur à charge ou un handicap."""
    faits = {"suroccupation": True, "logement_actuel.non_decent": True, "mineur_a_charge": False}
    trouves = verdicts(MOTIFS, {**faits, "handicap_foyer": False})
    assert (trouves["dalo-6"], trouves["dalo-7"]) == (False, False)


def test_heberge_par_un_proche_il_ne_manque_que_le_lien() -> None:
    """Chez un tiers, aucun délai : seul le lien avec l'hébergeant reste à établir."""
    trouves = verdicts(MOTIFS, {"logement_actuel.statut": "chez_particulier", "triage.toit_ce_soir": "oui"})
    assert (trouves["dalo-2"], trouves["dalo-2-ascendants"], trouves["dalo-4"]) == (None, None, None)


def test_la_peur_seule_n_est_pas_la_lettre_g() -> None:
    """La lettre g vise le couple et le mariage forcé : une peur dite n'en décide pas."""
    assert verdicts(PUBLICS, {"triage.peur_au_domicile": True})["g"] is None
