"""Qui a vu un dossier : les passages d'ici et d'ailleurs, ensemble, en mots."""

from __future__ import annotations

from datetime import datetime, timedelta

from modele.coffre import AccesNote
from modele.dossier.acces import Acces, Geste, relire
from modele.synchro.etats import LecteurMontre
from ui.mots.suivi import dire_heure, par_jour, passages

MIDI = datetime(2026, 11, 25, 12, 0).astimezone()


def test_les_memes_gestes_d_un_jour_ne_font_qu_une_ligne() -> None:
    """Quatre réponses changées, même entrecoupées, se disent une fois ; la veille est un autre jour."""
    gestes = [Geste(un) for un in (Acces.MODIFIER, Acces.CONSULTER, Acces.MODIFIER, Acces.MODIFIER)]
    acces = [AccesNote("Ana Martin", MIDI - timedelta(minutes=rang), un, "d") for rang, un in enumerate(gestes)]
    acces.append(AccesNote("Ana Martin", MIDI - timedelta(days=1), Geste(Acces.MODIFIER), "d"))
    assert [un.dite for un in passages(acces, [])] == [
        "Ana Martin a changé des réponses, 3 fois",
        "Ana Martin a ouvert le dossier",
        "Ana Martin a changé des réponses",
    ]


def test_ici_et_ailleurs_se_melent_par_jour_et_par_heure() -> None:
    """Le plus récent d'abord, d'où qu'il vienne, avec son lieu."""
    acces = [AccesNote("Ana Martin", MIDI - timedelta(days=1), Geste(Acces.CREER), "d")]
    motive = Geste(Acces.OUVERTURE, "elle est là")
    lecteurs = [LecteurMontre("Karim Benali", "accueil 2", "CCAS de Colombe", MIDI, motive)]
    tous = passages(acces, lecteurs)
    jours = par_jour(tous, MIDI)
    assert [jour for jour, _ in jours] == ["mercredi 25 novembre 2026", "mardi 24 novembre 2026"]
    (premier,) = jours[0][1]
    assert premier.dite == "Karim Benali l'a ouvert à son guichet : « elle est là »"
    assert (premier.ou, dire_heure(premier, MIDI)) == ("accueil 2, CCAS de Colombe", "12:00")


def test_un_poste_qui_recoit_ne_prete_pas_de_geste_a_quelqu_un() -> None:
    """Aucun agent n'a agi : le poste reçoit ce que tient son guichet ; un geste inconnu, d'un mot."""
    lecteurs = [
        LecteurMontre("", "accueil 2", "CCAS", MIDI, Geste(Acces.JOURNAL)),
        LecteurMontre("Zoé", "accueil 2", "CCAS", MIDI - timedelta(hours=1), relire("geste neuf")),
    ]
    assert [un.dite for un in passages([], lecteurs)] == ["Le poste a reçu le dossier", "Zoé a agi sur le dossier"]
