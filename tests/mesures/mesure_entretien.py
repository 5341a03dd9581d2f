"""L'entretien, joué au clavier dans le vrai écran : pages, touches, réponses accidentelles, et les faits qu'il laisse.

Une page est une page de question (premier contact compris) : ni le résultat du premier contact, ni la page de fin n'en
sont. Une touche compte dès qu'elle n'est pas du texte tapé. Référence : essais au guichet du 29/11/2026, environ 150
pages et 300 touches pour la famille. La dernière ligne est un objet JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from mesure import Mesure
from poste_seul import poste

AVANT: Final = {"pages": 150, "touches": 300}
PAGES_FAMILLE, TOUCHES_FAMILLE, PAGES_SEULE, PAGES_DECISIVES = 45, 160, 18, 12
DECISIVES, PART = 20, 0.9
GRAINES: Final = 3
CONCLUSION: list[str] = []
"""La dernière ligne de la mesure : un objet JSON."""


def mesurer() -> list[Mesure]:
    """Joue la famille, la personne seule, le chemin le plus décisif, puis des touches au hasard et leurs mutants."""
    from entretien_joue import Agent, comparer_les_faits, poses
    from familles import DECISIVE, FAMILLE, SEULE
    from hasard_joue import accidents, mutants_tues

    with poste() as joueur:
        famille = _jouer(Agent(joueur, FAMILLE), jusqu_au_bout=True)
        ecarts = comparer_les_faits(joueur, FAMILLE)
        seule = _jouer(Agent(joueur, SEULE), jusqu_au_bout=False)
        ecarts += comparer_les_faits(joueur, SEULE)
        decisif = Agent(joueur, DECISIVE)
        decisif.trier()
        pages, reponses = decisif.aller_au_plus_decisif(PART)
        tirages, fautes = accidents(joueur, range(GRAINES))
        tues = mutants_tues(joueur)
    for ecart in ecarts:
        print(f"fait différent : {ecart}")
    print(f"pages de la famille : {', '.join(famille.pages)}")
    resultat = {
        "pages_famille": poses(famille),
        "touches_famille": famille.touches,
        "pages_seule": poses(seule),
        "pages_decisives": pages,
        "reponses_decisives": reponses,
        "faits_differents": len(ecarts),
        "reponses_accidentelles": fautes,
        "tirages": tirages,
        "mutants_tues": tues,
    }
    CONCLUSION.append(json.dumps(resultat))
    return list(_budgets(resultat))


def _jouer(agent: Any, *, jusqu_au_bout: bool) -> Any:
    agent.trier()
    return agent.mener(jusqu_au_bout=jusqu_au_bout)


def _budgets(resultat: dict[str, int]) -> Iterator[Mesure]:
    def budget(nom: str, cle: str, but: int, avant: int) -> Mesure:
        valeur = resultat[cle]
        return Mesure(nom, valeur, cle.partition("_")[0], avant, valeur / avant, f"≤ {but}", valeur <= but)

    yield budget("famille de cinq, pages", "pages_famille", PAGES_FAMILLE, AVANT["pages"])
    yield budget("famille de cinq, touches", "touches_famille", TOUCHES_FAMILLE, AVANT["touches"])
    yield budget("personne seule sans toit, pages", "pages_seule", PAGES_SEULE, AVANT["pages"])
    yield budget("neuf dixièmes de l'intervalle, pages", "pages_decisives", PAGES_DECISIVES, AVANT["pages"])
    yield budget("réponses accidentelles", "reponses_accidentelles", 0, resultat["tirages"])
    yield budget("faits différents du chemin long", "faits_differents", 0, 1)
