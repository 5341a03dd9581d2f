"""Le calendrier d'un recours : il part de l'accusé de réception, jamais avant, et nomme qui doit répondre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_sources import catalogue_national

from modele.bilan import Bilan, charger_regles, etablir
from modele.chargement import regles as chargement
from modele.orientation import calendrier as calendriers
from modele.orientation.calendrier import Acteur, Etape, fautes_des_etapes
from modele.orientation.dalo import FICHIER, lire_recours
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)
REGLES = charger_regles("metropole-exemple")
INCONNUES = charger_regles("clermont-auvergne-metropole")
DALO = RESSOURCES / FICHIER
STATUTS = ("aucun", "depose", "reconnu", "rejete", "caduc", "reloge")
# Par statut : les étapes ouvertes du DALO, puis du DAHO ; le dernier pas n'a pas de date.
DU_DALO = {
    "aucun": ["commission-dalo"],
    "depose": ["commission-dalo", "silence-dalo"],
    "reconnu": ["offre-dalo", "reponse-offre", "tribunal-dalo", "indemnisation-dalo"],
    "rejete": ["contester-dalo"],
    "caduc": [],
    "reloge": [],
}
DU_DAHO = {
    "aucun": ["commission-daho"],
    "depose": ["commission-daho", "silence-daho"],
    "reconnu": ["place-daho", "tribunal-daho", "indemnisation-daho"],
    "rejete": ["contester-daho"],
    "caduc": [],
    "reloge": [],
}


def bilan(**dalo: Any) -> Bilan:
    return etablir(REGLES, {"dalo": dalo}, JOUR, exacte=False)


def par_id(examine: Bilan) -> dict[str, Etape]:
    return {etape.regle.id: etape for etape in examine.calendrier}


@pytest.mark.parametrize("statut", STATUTS)
def test_chaque_statut_ouvre_ses_etapes(statut: str) -> None:
    """Dans l'ordre du recours ; l'autre recours, dont on ne sait rien, attend son accusé de réception."""
    assert list(par_id(bilan(statut=statut))) == [*DU_DALO[statut], "commission-daho"]
    assert list(par_id(bilan(daho_statut=statut))) == ["commission-dalo", *DU_DAHO[statut]]


def test_qui_doit_repondre_est_nomme_a_chaque_etape() -> None:
    """La commission, le préfet, et le demandeur face à une offre (R441-10) ; aucun des trois n'est oublié."""
    qui = {regle.id: regle.qui for regle in REGLES.recours.etapes}
    assert set(qui.values()) == set(Acteur)
    assert qui["reponse-offre"] is Acteur.DEMANDEUR
    assert qui["silence-dalo"] is qui["commission-dalo"] is Acteur.COMMISSION
    assert qui["tribunal-dalo"] is qui["offre-dalo"] is qui["place-daho"] is Acteur.PREFET
    assert all(regle.silence and regle.faire and regle.provenance.fondement for regle in REGLES.recours.etapes)


DEPARTS = {
    "dalo.date_reception_dossier": ("statut", "depose", ["commission-dalo", "silence-dalo"]),
    "dalo.date_decision": ("statut", "reconnu", ["offre-dalo", "tribunal-dalo"]),
    "dalo.daho_date_reception": ("daho_statut", "depose", ["commission-daho", "silence-daho"]),
    "dalo.daho_date_decision": ("daho_statut", "reconnu", ["place-daho", "tribunal-daho"]),
}


@pytest.mark.parametrize("fait", DEPARTS)
def test_sans_le_depart_l_etape_dit_quel_fait_la_daterait(fait: str) -> None:
    """Jusqu'au fait d'origine : le tribunal part du délai du préfet, qui part de la décision."""
    champ, statut, etapes = DEPARTS[fait]
    dites = par_id(bilan(**{champ: statut}))
    for nom in etapes:
        assert not dites[nom].datee
        origine = dites[nom].fait
        assert origine is not None
        assert origine.nom == fait
    datees = par_id(bilan(**{champ: statut, fait.removeprefix("dalo."): "2026-11-12"}))
    assert all(datees[nom].datee and datees[nom].fait is None for nom in etapes)


@given(
    fait=st.sampled_from(sorted(DEPARTS)),
    statut=st.sampled_from(STATUTS),
    le=st.dates(date(2020, 1, 1), date(2026, 11, 29)),
)
def test_aucune_date_avant_son_depart(fait: str, statut: str, le: date) -> None:
    """Quel que soit le statut : une date n'est là que si le recours en est à cette étape, et après son départ."""
    champ, voulu, _ = DEPARTS[fait]
    dites = par_id(bilan(**{champ: statut, fait.removeprefix("dalo."): le.isoformat()}))
    for nom, etape in dites.items():
        if etape.datee:
            assert etape.echeance is not None
            assert etape.echeance.le is not None
            assert statut == voulu or nom.startswith("contester")
            assert etape.echeance.le > le


def test_mutant_qui_date_sans_regarder_la_voie(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une date laissée sous « aucun recours » daterait : c'est la voie retenue qui l'empêche."""
    muet = {"statut": "aucun", "date_reception_dossier": "2026-11-12"}
    situation = bilan(statut="depose", date_reception_dossier="2026-11-12").situation
    voies = {voie.id: voie for voie in REGLES.orientations}
    etapes = [une for une in REGLES.recours.etapes if une.id == "commission-dalo"]
    assert not par_id(bilan(**muet))["commission-dalo"].datee
    jamais = {"dalo-depose": replace(voies["dalo-depose"], si=voies["dalo-rejete"].si)}
    (tue,) = calendriers.calendrier(etapes, jamais, situation)
    (datee,) = calendriers.calendrier(etapes, voies, situation)
    assert (tue.datee, datee.datee) == (False, True)


def test_une_voie_sans_condition_date_toujours() -> None:
    situation = bilan(statut="depose", date_reception_dossier="2026-11-12").situation
    toujours = {voie.id: replace(voie, si=None) for voie in REGLES.orientations}
    etapes = [une for une in REGLES.recours.etapes if une.id == "commission-dalo"]
    (datee,) = calendriers.calendrier(etapes, toujours, situation)
    assert datee.datee


# Un délai en doute : ses deux dates.


@pytest.mark.parametrize(
    ("regles", "autres"),
    [(REGLES, ((), ())), (INCONNUES, ((date(2027, 5, 12),), (date(2027, 9, 12),)))],
    ids=["connu", "inconnu"],
)
def test_trois_ou_six_mois_le_tribunal_suit(regles: Any, autres: Any) -> None:
    """R441-16-1, R778-2 : l'autre délai du préfet donne l'autre date du tribunal."""
    document = {"dalo": {"statut": "reconnu", "date_decision": "2026-11-12"}}
    dites = par_id(etablir(regles, document, JOUR, exacte=False))
    offre, tribunal = dites["offre-dalo"].echeance, dites["tribunal-dalo"].echeance
    assert offre is not None
    assert tribunal is not None
    assert (offre.le, tribunal.le) == (date(2027, 2, 12), date(2027, 6, 12))
    assert (offre.autres, tribunal.autres) == autres


def test_six_semaines_ou_trois_mois_selon_l_accueil() -> None:
    """R441-18 : l'accueil préconisé, s'il est connu, donne le délai ; inconnu, les deux."""
    reconnu = {"daho_statut": "reconnu", "daho_date_decision": "2026-11-02"}
    for accueil, le, autres in (
        (None, date(2026, 12, 14), (date(2027, 2, 2),)),
        ("transition", date(2027, 2, 2), ()),
        ("hebergement", date(2026, 12, 14), ()),
    ):
        place = par_id(bilan(**reconnu, **({"daho_accueil": accueil} if accueil else {})))["place-daho"].echeance
        assert place is not None
        assert (place.le, place.autres) == (le, autres)


def test_l_etape_a_faire_valider_le_dit() -> None:
    """Ce que vaut le silence sur un hébergement n'est écrit dans aucun texte lu."""
    deposes = par_id(bilan(statut="depose", daho_statut="depose"))
    assert [nom for nom, etape in deposes.items() if etape.a_valider] == ["silence-daho"]


# Ce que le chargement refuse.

ETAPE = """
[[etape]]
id = "essai"
recours = "dalo"
voie = "dalo-depose"
echeance = "decision-commission"
qui = "commission"
silence = "Essai"
faire = "Essai"
fondement = "Essai"
confiance = "V"
verifie_le = 2026-11-30
source = "Essai"
"""


@pytest.mark.parametrize(
    ("avant", "apres", "attendu"),
    [
        ('qui = "commission"', 'qui = "maire"', "qui"),
        ('echeance = "decision-commission"\n', "", "echeance"),
        ('voie = "dalo-depose"\necheance = "decision-commission"\n', "", "libelle"),
        ('silence = "Essai"\n', "", "silence"),
    ],
)
def test_une_etape_mal_ecrite_ne_se_charge_pas(tmp_path: Path, avant: str, apres: str, attendu: str) -> None:
    fichier = tmp_path / "dalo.toml"
    fichier.write_text(DALO.read_text("utf-8") + ETAPE.replace(avant, apres), encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_recours(fichier, catalogue_national())
    assert any(attendu in str(faute) for faute in levee.value.fautes)


def test_une_etape_trouve_sa_voie_et_son_echeance() -> None:
    """Celles du fichier livré, toutes ; une faute de frappe propose le nom le plus proche."""
    assert list(fautes_des_etapes(REGLES.recours.etapes, REGLES.orientations)) == []
    premiere = REGLES.recours.etapes[0]
    fausses = [replace(premiere, voie="dalo-depoze"), replace(premiere, echeance="decision-comission")]
    dites = list(fautes_des_etapes(fausses, REGLES.orientations))
    assert "la voie « dalo-depoze » n'existe pas" in dites[0]
    assert "« decision-comission » n'est pas une échéance de cette voie" in dites[1]


def test_des_recours_qui_ne_vont_pas_avec_les_voies_ne_servent_pas() -> None:
    fausses = replace(REGLES.recours, etapes=(replace(REGLES.recours.etapes[0], voie="rien"),))
    with pytest.raises(FichierFautif):
        chargement._recours(fausses, REGLES.orientations)
    assert chargement._recours(REGLES.recours, REGLES.orientations) is REGLES.recours


def test_la_reserve_a_sa_phrase_pour_les_conditions() -> None:
    """Le dernier alinéa de R441-14-1 vise les motifs : des conditions, il se dit seulement qui en juge."""
    assert REGLES.recours.reserve.conditions == "La commission en juge ; vous pouvez la saisir."
