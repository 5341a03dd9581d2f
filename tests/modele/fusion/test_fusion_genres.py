"""La fusion ne connaît que le genre : ses atomes et ses listes viennent de lui, et l'état s'en souvient."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from modele.dossier.operations import Chaine, ChampPose, nouvelle_operation
from modele.droits import Auteur
from modele.fusion import (
    EtatDossier,
    Issue,
    absorber,
    decoder_etat,
    divergences,
    document,
    ecrire_etat,
    encoder_etat,
    fusionner,
)

RENDEZ_VOUS = EtatDossier("rv-1", "t", genre="rendez_vous")
JEUDI = {"date": "2026-12-03", "heure": "14:30"}
MIDI = datetime(2026, 11, 29, 12, tzinfo=UTC)


def _dire(etat: EtatDossier, valeurs: dict[str, Any], vu: str | None = None, poste: str = "a") -> tuple[Any, str]:
    champs = {chemin: ChampPose(vu, apres=valeur) for chemin, valeur in valeurs.items()}
    chaine = Chaine("t", poste, f"epoque-{poste}")
    une = nouvelle_operation(chaine, etat.dossier, champs, Auteur("Nora"), MIDI, etat.genre)
    return fusionner(etat, une, poste), une.entete.id


def test_les_atomes_sont_ceux_du_genre() -> None:
    """La date de l'un et l'heure de l'autre ne font pas un troisième rendez-vous."""
    premiere, vu = _dire(RENDEZ_VOUS, JEUDI)
    assert set(premiere.etat.unites) == {"#quand"}
    matin, _ = _dire(premiere.etat, {"date": "2026-12-03", "heure": "09:00"}, vu)
    vendredi, _ = _dire(matin.etat, {"date": "2026-12-04", "heure": "14:30"}, vu, "b")
    assert (vendredi.issue, vendredi.champs) == (Issue.DIVERGENCE, ("#quand",))
    assert document(vendredi.etat)["heure"] == "09:00"
    assert len(divergences(vendredi.etat)[0].propositions) == 2
    dossier, _ = _dire(EtatDossier("d-1", "t"), JEUDI)
    assert set(dossier.etat.unites) == {"date", "heure"}, "un dossier ne les réunit pas"


def test_l_etat_se_souvient_de_son_genre() -> None:
    """Écrit, relu, fondu : c'est toujours un rendez-vous ; d'un dossier, rien ne s'écrit de plus qu'avant."""
    fusion, _ = _dire(RENDEZ_VOUS, JEUDI)
    assert decoder_etat(encoder_etat(fusion.etat)) == fusion.etat
    assert ecrire_etat(fusion.etat).genre == "rendez_vous"
    assert absorber(fusion.etat, fusion.etat).genre == "rendez_vous"
    dossier, _ = _dire(EtatDossier("d-1", "t"), {"demandeur.nom": "Fatihi"})
    assert "genre" not in msgspec.json.decode(encoder_etat(dossier.etat))


@pytest.mark.parametrize("genre", ["seance", "dossier"])
def test_un_genre_inconnu_se_fond_champ_par_champ(genre: str) -> None:
    """Chaque champ y est seul ; le dossier, lui, garde ses atomes."""
    identite = {"demandeur.nom": "Fatihi", "demandeur.prenoms": "Nadia"}
    fusion, _ = _dire(EtatDossier("x", "t", genre=genre), identite)
    assert set(fusion.etat.unites) == ({"demandeur#identite"} if genre == "dossier" else set(identite))
    assert decoder_etat(encoder_etat(fusion.etat)) == fusion.etat
