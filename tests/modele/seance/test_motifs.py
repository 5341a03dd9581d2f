"""Un motif se refuse à sa forme, la même pour tous ; ce qui se dit d'un logement et d'un foyer passe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.seance import motifs
from modele.seance.droit import droit
from modele.seance.motifs import refus

LEGITIMES = [
    "loyer trop élevé pour ses ressources",
    "T2 trop petit pour quatre personnes",
    "Le taux d'effort serait de 42 %.",
    "Reste à vivre insuffisant après le loyer",
    "Dossier incomplet : il manque l'avis d'imposition 2025.",
    "Première au classement, dossier complet.",
    "Prioritaire L441-1, vérifié par le service le 03/11/2026.",
    "prioritaire L441-1",
    "Désignée par le préfet au titre du droit au logement opposable",
    "Au titre du contingent de la commune",
    "Au titre du bail en cours",
    "La priorité a été vérifiée en séance.",
    "Demande prioritaire à ce titre depuis mars",
    "Catégorie de logement inadaptée au foyer",
    "Ancienneté supérieure à celle des autres candidats",
    "Logement au 3e étage sans ascenseur, non accessible",
    "A demandé un T3 dans la même commune",
    "Loyer de 650 euros pour 1 200 euros de ressources",
    "Revenus de 12 000 à 15 000 euros selon l'année",
    "Rapprochement du lieu de travail",
    "Plafond de ressources dépassé (CCH R441-1)",
    "Voir CCH L441-10 et R441-3",
    "Le maire préfère ce candidat, déjà dans la commune ; motif complété en séance",
    "M. le maire demande un second examen",
    "Foyer de cinq : trois enfants et deux adultes",
    "Le logement est trop grand pour une personne seule.",
    "Suroccupation du logement actuel",
    "Menace d'expulsion, jugement rendu",
    "Mutation dans le parc du même bailleur",
    "Le candidat précédent a refusé l'offre.",
    "Hors des publics de la convention : dernier logement de ce type cette année",
    "Sans réponse à deux relances",
    "Priorité d'attribution du réservataire respectée",
    "Bâtiment C, escalier B",
    "prioritaire l'an dernier déjà",
]
REFUSES = [
    "Mme Essai attend depuis longtemps",
    "à la place de M. Modèle",
    "M.Modèle",
    "Monsieur DUPONT",
    "МMme Essai".replace("МMme", "\u041cme"),
    "numéro 063 1226 1234 5678 90",
    "063-1226-12345678",
    "0631226123456789",
    "L441-1 g",
    "prioritaire (g)",
    "prioritaire au titre du g",
    "au titre du  B bis",
    "Priorité : c",
    "catégorie a.",
    "prioritaire L441-1, lettre d",
    "L\u2011441\u20111 g",
    "victime de violences conjugales",
    "Ses problèmes de santé",
    "femme battue",
    "VIOLENTÉE",
    "suite à une maladie",
    "personne handicapée",
    "Ordonnance  de protection en cours",
]


@pytest.mark.parametrize("motif", LEGITIMES)
def test_ce_qui_tient_au_logement_passe(motif: str) -> None:
    assert not refus(motif)


@pytest.mark.parametrize("motif", REFUSES)
def test_ce_qui_dit_la_personne_se_refuse(motif: str) -> None:
    assert motif in refus(motif)


@given(st.sampled_from(droit().motif_ecrit.mots), st.sampled_from(["", "e", "s", "es"]), st.booleans())
def test_chaque_mot_tu_se_refuse(mot: str, fin: str, haut: bool) -> None:
    dit = f"parce que {mot}{fin}, noté"
    assert refus(dit.upper() if haut else dit)


@given(st.text("abcdefgh éà'.,:-1234 L441", max_size=40))
def test_nul_texte_ne_fait_tomber_la_regle(texte: str) -> None:
    assert isinstance(refus(texte), str)


@pytest.mark.parametrize("garde", ["_civilite", "_lettre", "_tus"])
def test_le_mutant_d_un_motif_est_vu(garde: str, monkeypatch: pytest.MonkeyPatch) -> None:
    jamais = re.compile(r"(?!)")
    monkeypatch.setattr(motifs, garde, lambda _: jamais)
    assert any(not refus(un) for un in REFUSES)


def test_le_mutant_du_numero_est_vu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(motifs, "_un_numero", lambda *_: False)
    assert any(not refus(un) for un in REFUSES)
