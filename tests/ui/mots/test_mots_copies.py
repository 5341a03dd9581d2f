"""Les mots des copies : une date, et ce qu'il faut faire quand elle est vieille."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from modele.coffre.copies import EtatDesCopies
from ui.mots.copies import ICI_SEULEMENT, OUVERTES, au_second, derniere, que_faire
from ui.theme import Ton

MIDI = datetime(2026, 11, 29, 12, tzinfo=UTC)
HIER = MIDI - timedelta(days=1)
VIEUX = MIDI - timedelta(days=5)


def test_la_derniere_copie() -> None:
    """Aujourd'hui, hier, jamais, trop vieille."""
    assert derniere(EtatDesCopies(MIDI), MIDI) == ("12:00", "")
    assert derniere(EtatDesCopies(HIER), MIDI) == ("hier à 12:00", "")
    assert derniere(EtatDesCopies(), MIDI) == ("pas encore faite", Ton.JOUR)
    assert derniere(EtatDesCopies(VIEUX), MIDI)[1] == Ton.JOUR
    assert au_second(EtatDesCopies(MIDI, "/cle"), MIDI) == ("pas encore, ou pas branché", Ton.JOUR)


def test_que_faire() -> None:
    """Une panne d'abord ; vieille ; vieille là-bas ; ici seulement ; rien à faire."""
    assert que_faire(EtatDesCopies(VIEUX, panne="Le disque est plein."), MIDI) == "Le disque est plein."
    assert "Copier maintenant" in que_faire(EtatDesCopies(VIEUX), MIDI)
    assert "branchez la clé" in que_faire(EtatDesCopies(MIDI, "/cle", VIEUX), MIDI)
    assert que_faire(EtatDesCopies(MIDI), MIDI) == ICI_SEULEMENT
    assert que_faire(EtatDesCopies(MIDI, "/cle", MIDI), MIDI) == ""


def test_une_copie_qui_s_ouvre_ailleurs_d_un_mot_de_passe_se_dit() -> None:
    """Sans rien d'autre à faire ; une panne passe devant, et des copies toutes scellées n'en disent rien."""
    ouverte = EtatDesCopies(MIDI, "/cle", MIDI, ouvertes=1)
    assert que_faire(ouverte, MIDI) == OUVERTES
    assert que_faire(EtatDesCopies(MIDI, "/cle", MIDI, "panne", ouvertes=1), MIDI) == "panne"
    assert que_faire(EtatDesCopies(MIDI, "/cle", MIDI), MIDI) == ""
