"""Les compteurs du registre, lus au format texte de Prometheus. Aucun nom, aucun identifiant n'y entre."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_BORNES: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_AIDES: Final = {
    "perron_requetes_total": "Requêtes, par route, méthode et statut.",
    "perron_rejeux_total": "Unités de travail rejouées, par cause.",
    "perron_operations_total": "Opérations reçues, par issue.",
    "perron_connexions": "Connexions à la base en cours d'usage.",
    "perron_prises": "Connexions des postes ouvertes.",
    "perron_prises_coupees_total": "Connexions coupées au plafond, ou refusées.",
    "perron_redemarrages_total": "PostgreSQL tombé et relancé, par issue.",
    "perron_disque_libre_octets": "Place libre où vit la base embarquée.",
    "perron_sauvegarde_age_secondes": "Âge de la dernière sauvegarde connue.",
    "perron_certificat_reste_secondes": "Durée qui reste au certificat du serveur.",
    "perron_duree_secondes": "Durée des requêtes, par route.",
}

Etiquettes = tuple[tuple[str, str], ...]


class Metriques:
    """Des compteurs qui ne font que croître, et la durée des requêtes."""

    def __init__(self) -> None:
        self._verrou = threading.Lock()
        self._compteurs: defaultdict[tuple[str, Etiquettes], int] = defaultdict(int)
        self._durees: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * (len(_BORNES) + 2))

    def compter(self, nom: str, nombre: int = 1, **etiquettes: str) -> None:
        """Ajoute ``nombre`` au compteur ``nom``."""
        with self._verrou:
            self._compteurs[nom, tuple(sorted(etiquettes.items()))] += nombre

    def compter_rejeu(self, cause: str) -> None:
        """Une unité de travail rejouée (voir ``creer_moteur``)."""
        self.compter("perron_rejeux_total", cause=cause)

    def mesurer(self, route: str, secondes: float) -> None:
        """Ajoute une requête à l'histogramme des durées de ``route``."""
        with self._verrou:
            cases = self._durees[route]
            for rang, borne in enumerate(_BORNES):
                cases[rang] += secondes <= borne
            cases[-2] += 1
            cases[-1] += secondes

    def texte(self, jauges: Mapping[str, float]) -> str:
        """Tout, au format texte de Prometheus ; ``jauges`` : ce qui se mesure à l'instant."""
        with self._verrou:
            lignes = self._lignes_des_compteurs() + self._lignes_des_durees()
        for nom, valeur in sorted(jauges.items()):
            lignes += [*_entete(nom, "gauge"), f"{nom} {valeur:.0f}"]
        return "\n".join([*lignes, ""])

    def _lignes_des_compteurs(self) -> list[str]:
        lignes: list[str] = []
        dit = ""
        for (nom, etiquettes), nombre in sorted(self._compteurs.items()):
            lignes += _entete(nom, "counter") if nom != dit else []
            lignes.append(f"{nom}{_etiqueter(etiquettes)} {nombre}")
            dit = nom
        return lignes

    def _lignes_des_durees(self) -> list[str]:
        nom = "perron_duree_secondes"
        lignes = _entete(nom, "histogram") if self._durees else []
        for route, cases in sorted(self._durees.items()):
            for borne, nombre in zip((*map(str, _BORNES), "+Inf"), cases, strict=False):
                lignes.append(f"{nom}_bucket{_etiqueter((('route', route), ('le', borne)))} {nombre:.0f}")
            lignes.append(f"{nom}_sum{_etiqueter((('route', route),))} {cases[-1]:.6f}")
            lignes.append(f"{nom}_count{_etiqueter((('route', route),))} {cases[-2]:.0f}")
        return lignes


def _entete(nom: str, genre: str) -> list[str]:
    return [f"# HELP {nom} {_AIDES[nom]}", f"# TYPE {nom} {genre}"]


def _etiqueter(etiquettes: Etiquettes) -> str:
    return "{" + ",".join(f'{nom}="{valeur}"' for nom, valeur in etiquettes) + "}" if etiquettes else ""
