"""Qui a vu un dossier : les passages d'ici et d'ailleurs, ensemble, en mots."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from modele.bilan import charger_regles
from modele.coffre import AccesNote, Changement
from modele.dossier.acces import Acces, Geste, relire
from modele.dossier.chemins import ABSENT
from modele.protocole.messages import PosteConnu
from modele.synchro.etats import LecteurMontre
from ui.mots.suivi import ICI, DiseurDHistoire, dire_heure, par_jour, passages

MIDI = datetime(2026, 11, 25, 12, 0).astimezone()


def test_les_memes_gestes_d_un_jour_ne_font_qu_une_ligne() -> None:
    """Quatre visites, même entrecoupées, se disent une fois ; la veille est un autre jour."""
    gestes = [Geste(un) for un in (Acces.CONSULTER, Acces.IMPRIMER, Acces.CONSULTER, Acces.CONSULTER)]
    acces = [AccesNote("Ana Martin", MIDI - timedelta(minutes=rang), un, "d") for rang, un in enumerate(gestes)]
    acces.append(AccesNote("Ana Martin", MIDI - timedelta(days=1), Geste(Acces.CONSULTER), "d"))
    assert [un.dite for un in passages(acces, [])] == [
        "Ana Martin a ouvert le dossier, 3 fois",
        f"Ana Martin {Acces.IMPRIMER.phrase}",
        "Ana Martin a ouvert le dossier",
    ]


@pytest.mark.parametrize("geste", [Acces.MODIFIER, Acces.TRANCHER])
def test_une_ecriture_ne_se_compte_pas_parmi_les_passages(geste: Acces) -> None:
    """« A changé des réponses, 4 fois » compterait celles qui se taisent : l'histoire les dit, par le mur."""
    acces = [AccesNote("Ana", MIDI, Geste(geste), "d")]
    assert passages(acces, [LecteurMontre("Karim", "2", "CCAS", MIDI, Geste(geste))]) == ()


@pytest.fixture(scope="module")
def diseur() -> DiseurDHistoire:
    postes = {"p2": PosteConnu("accueil 2", "CCAS de Colombe")}
    return DiseurDHistoire(charger_regles("metropole-exemple"), {}, postes, discret=False)


@pytest.mark.parametrize(
    ("changement", "dite", "ou"),
    [
        (("demandeur.nom", ABSENT, "Roux"), "Ana a noté Nom de naissance : « Roux »", ICI),
        (("demandeur.nom", "Roux", "Rey"), "Ana a changé Nom de naissance : « Roux » est devenu « Rey »", ICI),
        (("demandeur.nom", "Roux", ABSENT), "Ana a effacé Nom de naissance, où il y avait « Roux »", ICI),
        (("demandeur.nom", "Rey", "Roux", True),
         "Ana a annulé son changement. Nom de naissance : de nouveau « Roux »", ICI),
        (("demandeur.nom", "Roux", ABSENT, True),
         "Ana a annulé son changement. Nom de naissance : il n'y a plus de réponse", ICI),
        (("preuves.pdalhpd", ABSENT, "justifie"),
         "Ana a noté Preuve : Labellisé au titre du PDALHPD : « pièce vue »", ICI),
        (("preuves.partie", ABSENT, "autre"), "Ana a noté Preuve : une ligne de la note : « à prouver »", ICI),
        (("confirmations.demandeur/nom", ABSENT, "Roux"),
         "Ana a noté Réponse inhabituelle confirmée : Nom de naissance : « Roux »", ICI),
        (("demandeur.nom", ABSENT, "Roux", False, "p2"), "Ana a noté Nom de naissance : « Roux »",
         "accueil 2, CCAS de Colombe"),
        (("demandeur.nom", ABSENT, "Roux", False, "p3"), "Ana a noté Nom de naissance : « Roux »",
         "sur un autre poste"),
    ],
)  # fmt: skip
def test_un_changement_se_dit_en_mots(diseur: DiseurDHistoire, changement: Any, dite: str, ou: str) -> None:
    chemin, avant, apres, *reste = changement
    (passage,) = diseur.dire([Changement(chemin, avant, apres, "Ana", MIDI, *reste)])
    assert (passage.dite, passage.ou) == (dite, ou)


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
