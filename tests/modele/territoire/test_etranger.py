"""Les pays du code officiel géographique : un lieu qui n'est d'aucun territoire et se dit par son nom."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from outils_sources import national, territoire, territoires

from modele.chargement.regles import charger_regles
from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import inventaire
from modele.dossier.propositions import proposee
from modele.dossier.questions import Question
from modele.dossier.types import Champ
from modele.dossier.validation import valider
from modele.mots.reponses import Diseur, Voix
from modele.regles.etats import Situation
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.communes import nu
from modele.territoire.etranger import Etranger
from modele.territoire.vues import Communes

PAYS = national().pays
LIEUX = Communes({}, PAYS.france, PAYS.etranger)
# Ce que la seconde copie publique dit aussi (ensea-school, ``data/pays.php``), lu le 30/11/2026.
RECOUPES = {
    "99352": "Algérie", "99109": "Allemagne", "99212": "Afghanistan", "99303": "Afrique du Sud", "99125": "Albanie",
    "99131": "Belgique", "99327": "Bénin", "99322": "Cameroun", "99397": "Comores", "99324": "Congo",
    "99312": "République démocratique du Congo", "99326": "Côte d'Ivoire", "99301": "Égypte", "99134": "Espagne",
    "99315": "Éthiopie", "99328": "Gabon", "99255": "Géorgie", "99252": "Arménie",
}  # fmt: skip


def test_les_codes_sont_ceux_d_une_seconde_source() -> None:
    """Dix-huit pays d'où l'on vient souvent."""
    assert {code: PAYS.etranger.pays[code].nom for code in RECOUPES} == RECOUPES


def test_la_table_est_saine() -> None:
    """Des codes 99…, uniques, d'aucune commune ; aucun nom pour deux pays ; ni la France, ni un pays fermé."""
    codes = [code for code, _, _ in PAYS.etranger._lus]
    assert len(codes) == len(set(codes)) == 228
    assert all(re.fullmatch(r"99[1-6]\d{2}", code) for code in codes)
    assert not set(codes) & PAYS.france.communes.keys()
    assert not {"99100", "99115", "99141", "99142", "99143"} & set(codes)
    par_nom: dict[str, set[str]] = {}
    for nom, pays in PAYS.etranger.noms:
        par_nom.setdefault(nom, set()).add(pays.code)
    assert [nom for nom, porteurs in par_nom.items() if len(porteurs) > 1] == []
    assert all(nom == nu(nom) and nom for nom in par_nom)


def _question(champ: str) -> Question:
    return next(
        q
        for section in charger_regles("metropole-exemple").questionnaire.sections
        for q in section.questions
        if q.champ == champ
    )


def _vit_a(code: str) -> dict[str, Any]:
    return {"logement_actuel": {"adresse": {"commune": code}}}


def test_sans_table_aucun_pays() -> None:
    """Des lieux sans étranger en restent aux communes."""
    assert Etranger().noms == ()
    assert Communes({}, PAYS.france).get("99352") is None


def test_un_pays_est_un_lieu_mais_d_aucun_territoire() -> None:
    """« Vivez-vous dans ce territoire ? » : d'un pays, non ; sans commune dite, rien ne se propose."""
    trouve = LIEUX.get("99352")
    assert trouve is not None
    assert (trouve.nom, trouve.etranger, trouve.codes_postaux) == ("Algérie", True, ())
    assert not any("99352" in territoire(un.id).communes for un in territoires())
    vit = _question("recherche.vit_sur_territoire")
    chez = territoire("toulouse-metropole").communes
    for document, dit in ((_vit_a("99352"), False), (_vit_a("31555"), True), ({}, ABSENT)):
        assert proposee(vit, document, Situation({}), chez) is dit


def test_un_pays_n_a_pas_de_plafonds() -> None:
    """La commande le dit, avec le nom du pays, au lieu de proposer un code voisin."""
    with pytest.raises(ErreurUtilisateur, match="« 99352 » est un pays : Algérie"):
        PAYS.zone("99352")


def _communes() -> dict[str, Champ]:
    """Tous les champs du dossier qui nomment une commune, listes comprises."""
    champs = [*inventaire().champs.values(), *(c for liste in inventaire().listes.values() for c in liste.champs)]
    return {c.chemin: c.champ for c in champs if c.champ.nomenclature == "commune"}


def test_ou_l_on_vit_travaille_ou_possede_peut_etre_a_l_etranger_ce_qu_on_demande_non() -> None:
    """C'est déclaré par la forme du champ, et tout champ de commune est de l'un ou de l'autre."""
    champs = _communes()
    assert {chemin for chemin, champ in champs.items() if not champ.etranger} == {
        "recherche.communes",
        "recherche.zones_a_eviter",
    }
    assert {"logement_actuel.adresse.commune", "demandeur.emploi.commune_travail"} <= champs.keys()
    assert {champ.forme for champ in champs.values()} == {"insee", "insee_ou_pays"}


@pytest.mark.parametrize(
    ("document", "constats"),
    [
        ({"logement_actuel": {"adresse": {"commune": "99352"}}}, 0),
        ({"demandeur": {"emploi": {"commune_travail": "99137"}}}, 0),
        ({"recherche": {"communes": ["31555", "99352"]}}, 1),
        ({"recherche": {"communes": ["31555", "99X01"]}}, 0),
    ],
    ids=["adresse", "travail", "demandee", "d-exemple"],
)
def test_un_pays_ne_se_demande_pas_comme_commune(document: dict[str, Any], constats: int) -> None:
    """Venu d'ailleurs dans les communes demandées, il se signale ; dans une adresse, il va de soi."""
    vus = [c for c in valider(document, date(2026, 11, 30)) if "commune" in c.message]
    assert len(vus) == constats


def test_le_papier_et_l_ecran_disent_le_pays() -> None:
    """Ce qui nomme un code nomme un pays : « Algérie » sur le papier et au report, « (à l'étranger) » à l'entretien."""
    regles = charger_regles("metropole-exemple")
    chemin = "logement_actuel.adresse.commune"
    papier, entretien = (Diseur(regles.vocabulaire, _vit_a("99352"), voix=v).dire(chemin, "99352") for v in Voix)
    assert {papier, entretien} == {"Algérie", "Algérie (à l'étranger)"}
    assert regles.vocabulaire.commune("99352") == "Algérie"
