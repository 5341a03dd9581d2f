"""Ce qui se reporte : aucun fait protégé, d'un dossier discret ni l'adresse réelle ni un canal peu sûr."""

from __future__ import annotations

from typing import Any

import pytest

from modele.dossier.chemins import ABSENT, poser
from modele.dossier.inventaire import inventaire
from modele.protection import report
from modele.protection.report import a_reporter, se_tait
from modele.protection.violences import faits_de_violence

VOIE, SURE = "12 bis rue des Lilas", "CCAS, 1 place de la Mairie, 31000 Toulouse"
CACHE: dict[str, Any] = {
    "protection": {"discret": True},
    "logement_actuel": {
        "adresse": {"voie": VOIE, "complement": "Bâtiment Orme", "code_postal": "31200", "commune": "31555"},
        "hebergeant": "CCAS",
        "structure": "Foyer des Ormes",
    },
    "contact": {
        "telephone": "+33612345678",
        "telephone_autre": "+33611111111",
        "courriel": "a@exemple.fr",
        "accord_sms": True,
        "adresse_courrier": "chez Paul, 3 rue Haute",
        "adresse_courrier_sure": SURE,
    },
    "demande": {
        "motifs": {"coches": ["violences", "trop_petit"], "clos": True},
        "motif_autre": "je pars",
        "precisions": "mon mari sait où je vis",
    },
    "recherche": {"communes": ["31555", "31069"], "zones_a_eviter": ["31069"]},
    "demandeur": {"nom": "MARTIN", "date_naissance": "1990-05-01"},
}
ZONES = ("Blagnac",)


def copie(chemin: str, document: dict[str, Any] = CACHE, *, discret: bool = True) -> Any:
    return a_reporter(document, chemin, discret=discret, zones=ZONES)


def rien_ne_trahit(document: dict[str, Any]) -> None:
    """Aucune case, quelle qu'elle soit, ne donne un lieu caché ni un fait protégé."""
    for chemin in inventaire().champs:
        valeur = copie(chemin, document)
        dit = str(valeur).casefold()
        for lieu in ("rue des lilas", "bâtiment orme", "foyer des ormes", "rue haute", "blagnac", "31069", "31200"):
            assert lieu not in dit, (chemin, valeur)
        if valeur is not ABSENT:
            assert not faits_de_violence(poser({}, chemin, {"coches": valeur} if chemin.endswith("motifs") else valeur))
        assert "violences" not in dit


def test_aucune_case_d_un_dossier_discret_ne_trahit() -> None:
    rien_ne_trahit(CACHE)


def test_l_adresse_qui_se_copie_est_la_sure() -> None:
    assert copie("logement_actuel.adresse.voie") == copie("contact.adresse_courrier") == SURE
    assert copie("demandeur.nom") == "MARTIN"
    assert copie("recherche.communes") == ["31555"]
    assert copie("demande.motifs") == ["trop_petit"]


@pytest.mark.parametrize(
    "sure",
    [
        None,
        {"refus": True},
        VOIE,
        f"{VOIE} 31200",
        "12 BIS, RUE DES LILAS",
        "rue des lilas",
        "Poste de Blagnac",
        "12 bis r. des Lilas",
        "rue Lilas",
        "R DES LILAS",
    ],
)
def test_sans_adresse_sure_la_case_manque(sure: Any) -> None:
    """L'adresse réelle écrite à la place de la sûre, au signe près ou non, ne passe pas non plus."""
    document = poser(CACHE, "contact.adresse_courrier_sure", ABSENT if sure is None else sure)
    assert copie("contact.adresse_courrier", document) is ABSENT
    rien_ne_trahit(document)


def test_une_adresse_de_courrier_deja_sure_reste_copiable() -> None:
    assert copie("contact.adresse_courrier", poser(CACHE, "contact.adresse_courrier", SURE)) == SURE


def test_un_canal_ne_se_donne_que_dit_sur() -> None:
    for chemin in ("contact.telephone", "contact.telephone_autre", "contact.courriel", "contact.accord_sms"):
        assert copie(chemin) is ABSENT
    sur = poser(CACHE, "contact.telephone_sur", True)
    assert copie("contact.telephone", sur) == "+33612345678"
    assert copie("contact.telephone_autre", sur) is ABSENT
    assert copie("contact.telephone", poser(CACHE, "contact.telephone_sur", {"refus": True})) is ABSENT


def test_un_autre_champ_qui_nomme_l_adresse_ne_se_copie_pas() -> None:
    assert copie("demandeur.emploi.employeur", poser(CACHE, "demandeur.emploi.employeur", f"Bar, {VOIE}")) is ABSENT
    assert copie("demandeur.emploi.employeur", poser(CACHE, "demandeur.emploi.employeur", "Bar")) == "Bar"
    ailleurs = poser(CACHE, "recherche.zones_a_eviter", ["31555", "31069"])
    assert copie("recherche.communes", ailleurs) is ABSENT
    assert copie("recherche.communes", poser(CACHE, "recherche.zones_a_eviter", ABSENT)) == ["31555", "31069"]


def test_d_un_dossier_ordinaire_tout_se_copie_sauf_un_fait_protege_ou_un_numero_de_securite_sociale() -> None:
    assert copie("logement_actuel.adresse.voie", discret=False) == VOIE
    assert copie("contact.telephone", discret=False) == "+33612345678"
    assert copie("demande.motifs", discret=False) == ["trop_petit"]
    assert copie("demande.motif_autre", discret=False) == "je pars"
    for chemin, valeur in (
        ("contact.adresse_courrier_sure", SURE),
        ("triage.peur_au_domicile", True),
        ("demande.motif_principal", "violences"),
        ("demande.precisions", "2 90 05 31 555 001 04"),
        ("demandeur.nom", None),
        ("demandeur.nom", {"ne_sait_pas": True}),
        ("demandeur.date_naissance", {"entre": ["1990-01-01", "1990-12-31"]}),
        ("demande.motifs", {"coches": ["violences"]}),
        ("demande.motifs", {"coches": []}),
    ):
        assert a_reporter(poser({}, chemin, valeur), chemin, discret=False) is ABSENT, (chemin, valeur)


def test_la_case_d_un_lieu_ne_parait_pas_sauf_celle_de_l_adresse() -> None:
    assert se_tait("logement_actuel.adresse.commune", discret=True)
    assert se_tait("logement_actuel.structure", discret=True)
    assert not se_tait("logement_actuel.adresse.voie", discret=True)
    assert not se_tait("logement_actuel.adresse.commune", discret=False)
    assert se_tait("triage.peur_au_domicile", discret=False)


def tout_tient(document: dict[str, Any]) -> None:
    rien_ne_trahit(document)
    test_sans_adresse_sure_la_case_manque(VOIE)
    assert copie("contact.adresse_courrier", document) == SURE
    assert copie("demande.precisions") is ABSENT
    assert copie("recherche.communes") == ["31555"]


@pytest.mark.parametrize(
    ("nom", "mutant"),
    [
        ("REMPLACEES", ()),
        ("_LIEUX", ()),
        ("LIBRES", ()),
        ("_nomme", lambda *_: False),
        ("_hors_zones", lambda _, valeur: valeur),
        ("dit_une_violence", lambda *_: False),
    ],
)
def test_mutants(nom: str, mutant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chaque garde ôtée se voit."""
    document = poser(CACHE, "demandeur.emploi.employeur", f"Bar, {VOIE}")
    rien_ne_trahit(document)
    monkeypatch.setattr(report, nom, mutant)
    with pytest.raises(AssertionError):
        tout_tient(document)


def test_mutant_un_canal_toujours_sur(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_canal_sur", lambda *_: True)
    with pytest.raises(AssertionError):
        test_un_canal_ne_se_donne_que_dit_sur()
