"""La note dite : chaque ligne dit le fait, la règle, le cumul ; et la somme des lignes redonne le total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from grilles_ecrites import DIRES, INCONNU, JOUR, REFUSE, SANS_OBJET, grille, situation
from hypothesis import given
from hypothesis import strategies as st

from modele.bilan import Bilan, charger_regles, etablir
from modele.cotation.coter import coter
from modele.cotation.resultat import Cotation, Fourchette, LigneCritere, LigneRubrique, Motif
from modele.mots.note import DiseurDeNote, au_singulier
from modele.regles.etats import Enumere, partiel

DISEUR = DiseurDeNote()
GRILLE = """
[[fait]]
id = "local.jour"
type = "date"
question = "Depuis quand ?"
definition = "Essai"
[[fait]]
id = "local.refus"
type = "entier"
minimum = 0
maximum = 10
question = "Combien de refus ?"
definition = "Essai"
[[rubrique]]
id = "publics"
libelle = "Publics"
cumul = "maximum"
plafond = 55
[[rubrique.critere]]
id = "dalo"
libelle = "Reconnu DALO"
points = 50
si = { fait = "dalo_reconnu" }
reference = "Délibération, page 2"
confiance = "D"
[[rubrique.critere]]
id = "pdalhpd"
libelle = "Labellisé"
points = 40
si = { fait = "dalo.labellise_pdalhpd" }
[[rubrique]]
id = "logement"
libelle = "Logement"
cumul = "premier"
[[rubrique.critere]]
id = "abri"
libelle = "Sans abri"
points = 5
si = { fait = "logement_actuel.statut", egal = "sans_abri" }
[[rubrique.critere]]
id = "tiers"
libelle = "Sans logement"
points = 9
si = { fait = "logement_actuel.statut", parmi = ["sans_abri", "chez_particulier"] }
[[rubrique]]
id = "parcours"
libelle = "Parcours"
cumul = "somme"
plancher = -30
si = { fait = "demandeur.emploi.situation", different = "retraite" }
[[rubrique.critere]]
id = "refus"
libelle = "Refus"
par_unite = { fait = "local.refus", points = -10, minimum = -20 }
[[rubrique.critere]]
id = "annees"
libelle = "Années"
par_unite = { fait = "anciennete_mois", points = 1, chaque = 12, maximum = 60 }
[[rubrique.critere]]
id = "effort"
libelle = "Effort"
tranches = { fait = "taux_effort", bornes = [
    { moins_de = 0.30, points = -1 },
    { au_plus = 0.40, points = 5 },
    { points = 10 },
] }
[[rubrique.critere]]
id = "arrivee"
libelle = "Arrivée"
tranches = { fait = "local.jour", bornes = [{ moins_de = 2026-01-01, points = 2 }] }
[[rubrique.critere]]
id = "passe"
libelle = "Ligne passée"
points = 7
en_vigueur_au = 2025-12-31
[[rubrique.critere]]
id = "enfants"
libelle = "Enfant mineur"
points = 3
si = { une_personne = { fait = "personne.age", moins_de = 18 } }
"""


def cotee(exacte: bool = True, personnes: Any = (), **faits: Any) -> Cotation:
    """La cotation par la grille d'essai."""
    rendue = coter([grille(GRILLE)], situation(*personnes, **faits), JOUR, DIRES, exacte=exacte)
    assert rendue is not None
    return rendue


def ligne(critere: str, **faits: Any) -> LigneCritere:
    """Une ligne de la cotation."""
    return {c.id: c for r in cotee(**faits).rubriques for c in r.criteres}[critere]


def constat(dite: LigneCritere) -> str:
    """Ce que la ligne constate, d'un trait."""
    return "\n".join(DISEUR.constats(dite))


def rubrique(nom: str, **faits: Any) -> LigneRubrique:
    return {r.id: r for r in cotee(**faits).rubriques}[nom]


@pytest.mark.parametrize(
    ("critere", "regle"),
    [
        ("dalo", "50 points"),
        ("refus", "−10 points par unité, jamais moins de −20"),
        ("annees", "1 point par tranche de 12 mois, 60 au plus"),
        ("effort", "moins de 0,3 part des ressources : −1 ; jusqu’à 0,4 part des ressources : 5 ; au-delà : 10"),
        ("arrivee", "moins de 01/01/2026 : 2"),
    ],
)
def test_la_regle_en_mots(critere: str, regle: str) -> None:
    """Chaque forme se lit en français, avec ses bornes."""
    assert DISEUR.regle(ligne(critere)) == regle


@pytest.mark.parametrize(
    ("nom", "cumul"),
    [
        ("publics", "un seul critère compte : le plus favorable ; 55 points au plus"),
        ("logement", "un seul critère compte : le premier qui convient"),
        (
            "parcours",
            "les critères s'additionnent ; jamais moins de −30 points ; rubrique réservée à certaines situations",
        ),
    ],
)
def test_le_cumul_en_mots(nom: str, cumul: str) -> None:
    """La règle, puis les bornes, puis la réserve."""
    assert DISEUR.cumul(rubrique(nom)) == cumul


def test_un_seul_critere_ne_se_cumule_avec_rien() -> None:
    """Rien à dire d'un cumul à une ligne."""
    rendue = coter([grille()], situation(anciennete_mois=1), JOUR, DIRES)
    assert rendue is not None
    assert DISEUR.cumul(rendue.rubriques[0]) == ""


@pytest.mark.parametrize("exacte", [True, False])
def test_le_non_cumul_dit_pourquoi(exacte: bool) -> None:
    """Le gagnant est nommé ; le plus favorable et le premier ne se disent pas pareil."""
    faits: dict[str, Any] = {"dalo_reconnu": True, "dalo__labellise_pdalhpd": True}
    faits["logement_actuel__statut"] = "sans_abri"
    assert DISEUR.non_compte(ligne("pdalhpd", exacte=exacte, **faits)) == (
        "Non compté : « Reconnu DALO » rapporte autant ou plus dans la même rubrique."
    )
    assert DISEUR.non_compte(ligne("tiers", exacte=exacte, **faits)) == (
        "Non compté : « Sans abri » passe avant dans la même rubrique."
    )
    assert ligne("tiers", exacte=exacte, **faits).points == Fourchette(Decimal(9), Decimal(9))
    assert DISEUR.non_compte(ligne("dalo", exacte=exacte, **faits)) == ""


@pytest.mark.parametrize("exacte", [True, False])
def test_ce_qui_ne_s_applique_pas_ou_n_est_pas_tranche_n_a_pas_de_perdant(exacte: bool) -> None:
    """Un critère faux vaut 0 sans autre raison ; un gagnant seulement possible n'est pas cité."""
    faux = ligne("pdalhpd", exacte=exacte, dalo_reconnu=True, dalo__labellise_pdalhpd=False)
    assert (faux.compte, faux.points, faux.non_compte) == (False, Fourchette(Decimal(0), Decimal(0)), None)
    assert DISEUR.non_compte(ligne("dalo", exacte=exacte, dalo__labellise_pdalhpd=True)) == ""


@pytest.mark.parametrize("exacte", [True, False])
def test_hors_periode_et_rubrique_fermee_se_disent(exacte: bool) -> None:
    """Une ligne hors de ses dates, une rubrique réservée à d'autres : jamais un zéro muet."""
    assert (
        DISEUR.non_compte(ligne("passe", exacte=exacte))
        == "Non compté : cette ligne n'est pas en vigueur à cette date."
    )
    fermee = ligne("annees", exacte=exacte, anciennete_mois=24, demandeur__emploi__situation="retraite")
    assert DISEUR.non_compte(fermee) == "Non compté : cette rubrique est réservée à d'autres situations."
    assert rubrique("parcours", exacte=exacte, demandeur__emploi__situation="retraite").points.max == 0


def test_le_constat_dit_le_fait_et_ce_qu_on_en_sait() -> None:
    """Valeur, en partie connu, refusé, pas demandé ; sans objet ne se dit pas ; la question d'un fait local d'abord."""
    assert constat(ligne("annees", anciennete_mois=24)).endswith(" : 24 mois")
    assert constat(ligne("refus")) == "Combien de refus ? : pas encore demandé"
    assert constat(ligne("dalo", dalo_reconnu=REFUSE)).endswith(" : ne souhaite pas répondre")
    assert constat(ligne("dalo", dalo_reconnu=SANS_OBJET)) == ""
    deux = ligne("abri", logement_actuel__statut=partiel(Enumere(("sans_abri", "squat"))))
    assert " ou " in constat(deux)
    assert deux.faits == ("logement_actuel.statut",)
    assert deux.faits_inconnus == ("logement_actuel.statut",)
    assert ligne("annees", anciennete_mois=24).faits_inconnus == ()


def test_le_constat_d_un_fait_de_personne_reunit_le_foyer() -> None:
    """Une valeur par personne, sans répéter ; foyer vide : pas encore demandé."""
    ages = [{"personne.age": 40}, {"personne.age": 8}, {"personne.age": 8}]
    assert constat(ligne("enfants", personnes=ages)).endswith(" : 40 ans, 8 ans")
    assert constat(ligne("enfants")).endswith(" : pas encore demandé")
    assert ligne("enfants", personnes=[{"personne.age": 40}, {"personne.age": INCONNU}]).faits_inconnus == (
        "personne.age",
    )


def test_la_ligne_garde_reference_et_confiance() -> None:
    """D'où vient la ligne, et qu'elle est à faire valider."""
    assert (ligne("dalo").reference, ligne("dalo").confiance) == ("Délibération, page 2", "D")


@pytest.mark.parametrize(
    ("points", "dit"), [("1", "1 point"), ("-2", "−2 points"), ("0", "0 point"), ("2.50", "2,5 points")]
)
def test_dire_des_points(points: str, dit: str) -> None:
    assert DISEUR.points(Decimal(points)) == dit


REGLES = charger_regles("metropole-exemple")


def _document(tirage: dict[str, Any]) -> dict[str, Any]:
    return {
        "demande": {
            "type": "premiere",
            "deja_enregistree": True,
            "date_reception": tirage["recue"],
            "motifs": {"coches": [], "clos": True},
        },
        "logement_actuel": {"statut": tirage["statut"], "surface": tirage["surface"]},
        "dalo": {"labellise_pdalhpd": tirage["label"]},
        "local": {"annees_de_residence": tirage["annees"], "accompagnement": tirage["accompagnement"]},
        "foyer": {"avec_codemandeur": False, "personnes": {"elements": {}, "ordre": [], "clos": True}},
    }


def _recompter(bilan: Bilan) -> None:
    """Refait la note à la main, à partir des seules lignes."""
    note = bilan.cotation
    assert note is not None
    grille_lue = next(g for g in REGLES.grilles if g.id == note.grille)
    total = Fourchette(Decimal(0), Decimal(0))
    for dite, ecrite in zip(note.rubriques, grille_lue.rubriques, strict=True):
        comptees = [c for c in dite.criteres if c.compte]
        if all(c.points.certaine and c.compte is not None for c in dite.criteres):
            somme = sum((c.points.min for c in comptees if c.points.min is not None), Decimal(0))
            fermee = any(c.non_compte is not None and c.non_compte.motif is Motif.RUBRIQUE for c in dite.criteres)
            attendue = Decimal(0) if fermee else ecrite.bornes.appliquer(somme)
            assert dite.points == Fourchette(attendue, attendue), dite.id
        assert None not in (dite.points.min, dite.points.max, total.min, total.max)
        total = Fourchette(total.min + dite.points.min, total.max + dite.points.max)  # type: ignore[operator]
    borne = [grille_lue.bornes.appliquer(p) for p in (total.min, total.max) if p is not None]
    assert borne[0] <= note.declaree.min  # type: ignore[operator]
    assert note.declaree.max <= borne[1]  # type: ignore[operator]
    if total.certaine:
        assert [note.declaree.min, note.declaree.max] == borne


@given(
    tirage=st.fixed_dictionaries(
        {
            "recue": st.dates(date(2018, 1, 1), date(2026, 11, 22)).map(str),
            "statut": st.sampled_from(["sans_abri", "chez_particulier", "locataire_prive", "hotel"]),
            "surface": st.integers(9, 120),
            "label": st.booleans(),
            "annees": st.integers(0, 40),
            "accompagnement": st.sampled_from(["aucun", "social", "renforce"]),
        }
    ),
    exacte=st.booleans(),
)
def test_les_lignes_refont_la_rubrique_et_les_rubriques_refont_le_total(tirage: dict[str, Any], exacte: bool) -> None:
    """Rien n'est caché : ce qui est affiché suffit à refaire le compte."""
    _recompter(etablir(REGLES, _document(tirage), JOUR, exacte=exacte))


@pytest.mark.parametrize(
    ("unite", "dite"),
    [
        ("personnes", "personne"),
        ("mois", "mois"),
        ("refus", "refus"),
        ("euros par mois", "euro par mois"),
        ("km", "km"),
    ],
)
def test_un_point_se_compte_par_une_unite(unite: str, dite: str) -> None:
    """« 3 points par personne », jamais « par personnes »."""
    assert au_singulier(unite) == dite
