"""De la réponse à l'écran à jour : un formulaire de douze champs ne coûte pas plus qu'une question dite.

Le temps est celui du fil de l'écran, bilan compris ; la référence est la question dite, mesurée dans le même essai.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from mesure import Mesure, centile
from poste_seul import poste

TIRS = 60
BUT = 1.25
# Le plus long des formulaires, et une question dite du même dossier.
FORMULAIRE, QUESTION = "page expulsion actes", "logement_actuel.evenements"
_DIT: dict[str, Any] = {
    "logement_actuel": {"statut": "locataire_prive"},
    "triage": {"papier_huissier": "concours_force_publique"},
    "expulsion": {"etape": "concours_force_publique"},
}


def mesurer() -> list[Mesure]:
    """La même réponse écrite, une page puis l'autre à l'écran."""
    from ui.ecrans.entretien.ecran import EcranEntretien

    with poste() as joueur:
        document = {"territoire": "metropole-exemple", **_DIT}
        joueur.session.creer_dossier(document, lambda cree: joueur.fenetre.aller("entretien", {"dossier": cree}))
        joueur.attendre()
        ecran = joueur.ecran
        assert isinstance(ecran, EcranEntretien)
        durees: dict[str, list[float]] = {FORMULAIRE: [], QUESTION: []}
        for tir in range(-10, TIRS):  # les premiers chauffent, et ne comptent pas
            for cle, mesurees in durees.items():
                etape = ecran._parcours.trouver(cle)
                assert etape is not None
                ecran.aller_a(etape.vues[0].chemin)
                joueur.attendre()
                debut = time.perf_counter()
                ecran.plume.ecrire({"logement_actuel.surface": 20 + tir % 50})
                if tir >= 0:
                    mesurees.append((time.perf_counter() - debut) * 1000)
                joueur.attendre()
        champs = len(ecran._parcours.trouver(FORMULAIRE).vues)  # type: ignore[union-attr]
    return [_mesure(champs, durees[FORMULAIRE], durees[QUESTION])]


def _mesure(champs: int, formulaire: Sequence[float], question: Sequence[float]) -> Mesure:
    valeur, reference = centile(list(formulaire), 0.5), centile(list(question), 0.5)
    rapport = valeur / reference
    nom = f"formulaire de {champs} champs, de la réponse à l'écran"
    return Mesure(nom, valeur, "ms", reference, rapport, f"rapport ≤ {BUT}", rapport <= BUT)
