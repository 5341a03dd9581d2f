"""Quelle grille vaut : la date, la population, l'enveloppe quand on l'ignore, et aucune note sans grille."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from grilles_ecrites import ANCIENNETE, DIRES, JOUR, REFUSE, grille, situation

from modele.cotation.coter import A_PRECISER, candidates, coter, coter_par
from modele.cotation.grille import Grille
from modele.cotation.resultat import Cotation, Fourchette, HorsCotation, SorteReserve
from modele.mots.note import DiseurDeNote

PRIMO = grille(id_="p", population="primo")
MUTATION = grille(ANCIENNETE.replace("points = 1", "points = 2"), id_="m", population="mutation")
COMMUNE = grille(id_="c")


def retenues(grilles: list[Grille], jour: date = JOUR, **faits: object) -> list[str]:
    """Les identifiants des grilles candidates."""
    return [g.id for g in candidates(grilles, jour, situation(**faits))]


def note(*grilles: Grille, **faits: object) -> Cotation:
    """La cotation, qui doit exister."""
    rendue = coter(grilles, situation(**faits), JOUR, DIRES)
    assert rendue is not None
    return rendue


def test_la_population_choisit_sa_grille_avant_la_commune() -> None:
    """Une grille propre à la population l'emporte ; à défaut, celle de toutes les demandes."""
    assert retenues([COMMUNE, PRIMO], population="primo") == ["p"]
    assert retenues([COMMUNE, PRIMO], population="mutation") == ["c"]
    assert retenues([PRIMO, MUTATION]) == ["p", "m"]


def test_une_grille_s_acheve_la_veille_de_la_suivante() -> None:
    """Sans fin écrite ; bornes incluses."""
    ancienne, nouvelle = grille(id_="2025", du="2025-01-01"), grille(id_="2026", du="2026-07-01")
    for jour, attendue in [
        (date(2024, 12, 31), []),
        (date(2025, 1, 1), ["2025"]),
        (date(2026, 6, 30), ["2025"]),
        (date(2026, 7, 1), ["2026"]),
    ]:
        assert retenues([nouvelle, ancienne], jour) == attendue


def test_une_fin_ecrite_ne_rouvre_pas_la_precedente() -> None:
    """La dernière, achevée, ne rend pas la main à une grille sans fin : il n'y a plus de note, et la commune sert."""
    close = grille(id_="close", population="primo", du="2026-01-01", suite="en_vigueur_au = 2026-06-30")
    ancienne = grille(id_="ancienne", population="primo", du="2025-01-01")
    assert retenues([ancienne, close], date(2026, 6, 30), population="primo") == ["close"]
    assert retenues([ancienne, close], JOUR, population="primo") == []
    assert retenues([ancienne, close, COMMUNE], JOUR, population="primo") == ["c"]


def test_une_grille_dont_la_fin_est_ecrite_vaut_jusque_la() -> None:
    """Une grille passagère, plus récente, ne l'éteint pas pour toujours."""
    longue = grille(id_="longue", suite="en_vigueur_au = 2026-12-31")
    passagere = grille(id_="passagere", du="2026-03-01", suite="en_vigueur_au = 2026-04-30")
    assert retenues([longue, passagere], date(2026, 4, 1)) == ["passagere"]
    assert retenues([longue, passagere], JOUR) == ["longue"]


def test_aucune_grille_aucune_note() -> None:
    """Clermont : la grille est à saisir ; rien n'est inventé."""
    assert coter([], situation(), JOUR, DIRES) is None
    assert coter([MUTATION], situation(population="primo"), JOUR, DIRES) is None


def test_population_inconnue_l_enveloppe_et_la_population_decisive() -> None:
    """12 mois : 12 points hors mutation, 24 en mutation."""
    rendue = note(PRIMO, MUTATION, anciennete_mois=12)
    assert rendue.declaree == Fourchette(Decimal(12), Decimal(24))
    assert rendue.verifiee == rendue.declaree
    assert rendue.exact
    assert [(d.fait, d.ecart, d.refuse) for d in rendue.decisifs] == [("population", 12, False)]
    assert rendue.population == A_PRECISER
    assert "Grille p (demande hors mutation) : 12 points." in DiseurDeNote().reserves(rendue)
    assert "Grille m (mutation (locataire HLM)) : 24 points." in DiseurDeNote().reserves(rendue)
    assert "le détail est celui de « Grille p »" in DiseurDeNote().reserves(rendue)[0]


def test_population_refusee_reste_decisive_et_se_dit_refusee() -> None:
    """Elle sort de « à demander », pas des décisifs."""
    assert note(PRIMO, MUTATION, anciennete_mois=12, population=REFUSE).decisifs[0].refuse


def test_enveloppe_a_inconnus_les_decisifs_se_reunissent_avec_leur_plus_grand_ecart() -> None:
    """L'ancienneté peut changer 60 points d'un côté comme de l'autre ; l'enveloppe n'est alors pas prouvée exacte."""
    rendue = note(PRIMO, MUTATION)
    assert [(d.fait, d.ecart) for d in rendue.decisifs] == [("anciennete_mois", 60), ("population", 60)]
    assert rendue.declaree == Fourchette(Decimal(0), Decimal(60))
    assert not rendue.exact


def test_deux_grilles_qui_donnent_la_meme_note_la_population_ne_decide_rien() -> None:
    """Un écart nul n'est pas décisif."""
    meme = grille(id_="m", population="mutation")
    assert note(PRIMO, meme, anciennete_mois=12).decisifs == ()


def test_ecart_sans_borne_en_tete() -> None:
    """``null`` d'abord : rien ne le borne."""
    libre = ANCIENNETE.replace(", maximum = 60", "").replace("anciennete_mois", "local.points_libres")
    declare = '[[fait]]\nid = "local.points_libres"\ntype = "entier"\nquestion = "Combien ?"\ndefinition = "Essai"\n'
    rendue = note(PRIMO, grille(declare + libre, id_="m", population="mutation"))
    assert [(d.fait, d.ecart) for d in rendue.decisifs] == [
        ("local.points_libres", None),
        ("population", None),
        ("anciennete_mois", 60),
    ]
    assert rendue.declaree == Fourchette(None, None)


def test_une_population_possible_sans_grille_se_dit() -> None:
    """La note ne vaut alors que pour l'autre : ce n'est pas une certitude."""
    rendue = note(PRIMO, anciennete_mois=12)
    assert rendue.declaree == Fourchette(Decimal(12), Decimal(12))
    assert [(d.fait, d.ecart) for d in rendue.decisifs] == [("population", None)]
    assert (
        DiseurDeNote().reserves(rendue)[0]
        == "Si la réponse est « mutation (locataire HLM) », aucune grille ne vaut ici à cette date."
    )
    assert DiseurDeNote().reserves(note(PRIMO, anciennete_mois=12, population="primo")) == ()


def test_l_enveloppe_garde_le_statut_le_moins_sur_et_toutes_les_reserves() -> None:
    """Une grille partielle ne disparaît pas derrière une officielle."""
    officielle = grille(id_="p", population="primo", statut="officielle")
    partielle = grille(id_="m", population="mutation", statut="partielle")
    rendue = note(officielle, partielle, anciennete_mois=12)
    assert rendue.statut == "partielle"
    assert [r.sorte for r in rendue.reserves].count(SorteReserve.PARTIELLE) == 1
    assert [s.titre for s in rendue.sources] == ["Délibération"]


def test_un_circuit_a_part_n_est_certain_que_par_toutes_les_grilles() -> None:
    """Une seule des deux le prévoit : possible, tant qu'on ignore la population."""
    circuit = '[[hors_cotation]]\nid = "{}"\nlibelle = "Relogement"\nsi = {{ fait = "relogement_operation_urbaine" }}\n'
    avec = grille(ANCIENNETE + circuit.format("h"), id_="p", population="primo")
    deux = grille(ANCIENNETE + circuit.format("h") + circuit.format("k"), id_="m", population="mutation")
    rendue = note(avec, deux, anciennete_mois=0, relogement_operation_urbaine=True)
    assert rendue.hors_cotation == (HorsCotation("h", "Relogement", True), HorsCotation("k", "Relogement", False))
    assert note(avec, deux, anciennete_mois=0, relogement_operation_urbaine=False).hors_cotation == ()


def test_grille_imposee_toujours_calculee_avec_ses_reserves() -> None:
    """Hors période, hors population : la note vient, et les réserves le disent."""
    rendue = coter_par(MUTATION, situation(anciennete_mois=10, population="primo"), date(2025, 1, 1), DIRES)
    assert rendue.declaree == Fourchette(Decimal(20), Decimal(20))
    assert DiseurDeNote().reserves(rendue)[-2:] == (
        "Cette grille n'est pas en vigueur au 01/01/2025.",
        "Cette grille est faite pour : mutation (locataire HLM).",
    )
    assert DiseurDeNote().reserves(coter_par(MUTATION, situation(anciennete_mois=10), JOUR, DIRES)) == ()


@pytest.mark.parametrize("exacte", [True, False])
def test_l_intervalle_sur_contient_l_exact_et_ne_dit_pas_de_decisifs(exacte: bool) -> None:
    """L'image qui suit une réponse : l'intervalle, sans les décisifs."""
    rendue = coter([PRIMO], situation(population="primo"), JOUR, DIRES, exacte=exacte)
    assert rendue is not None
    assert rendue.declaree == Fourchette(Decimal(0), Decimal(60))
    assert bool(rendue.decisifs) is exacte
    assert rendue.mention == DIRES.mention
    assert rendue.date_calcul == JOUR
