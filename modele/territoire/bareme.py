"""Le barème des plafonds de ressources HLM : par année, financement, zone et catégorie de ménage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.territoire.tables import lire_csv
from modele.territoire.zones import ZONES

FICHIER: Final = "national/plafonds_hlm.csv"
COLONNES: Final = ("annee", "financement", "zone", "categorie", "plafond_eur", "statut")
_STATUTS: Final = {"publie": "V2", "calcule_irl": "D", "calcule_130pct_plus": "D"}


@dataclass(frozen=True, slots=True, order=True)
class Cellule:
    """Un plafond de la table, en euros par an. ``confiance`` : V2 publié et recopié, D calculé (à faire valider)."""

    euros: int
    statut: str

    @property
    def confiance(self) -> str:
        """V2 si la valeur a été publiée, D si Perron l'a calculée."""
        return _STATUTS[self.statut]


# Par année, financement, zone et ligne (« 1 » à « 6 », « supplementaire »).
Bareme = dict[tuple[int, str, str, str], Cellule]


def lire_bareme(fichier: Lisible) -> Bareme:
    """Une table de plafonds : annee, financement, zone, categorie, plafond_eur, statut. Lève ``FichierFautif``."""
    bareme: Bareme = {}
    for ligne in lire_csv(fichier, COLONNES):
        annee, financement, zone, categorie, plafond, statut = ligne
        if faute := _faute(annee, plafond, zone, statut):
            raise FichierFautif([Faute(fichier.name, ",".join(ligne), None, faute)])
        bareme[int(annee), financement.lower(), zone, categorie] = Cellule(int(plafond), statut)
    return bareme


def _faute(annee: str, plafond: str, zone: str, statut: str) -> str:
    if not (annee.isdecimal() and plafond.isdecimal()):
        return "l'année et le plafond sont des nombres entiers"
    if zone not in ZONES:
        return f"zone attendue : {', '.join(ZONES)}"
    return "" if statut in _STATUTS else f"statut attendu : {', '.join(_STATUTS)}"


def montants_de_zone(bareme: Bareme, jour: date, zone: str) -> dict[tuple[str, str], int]:
    """Les montants d'une zone, par financement et ligne ; vide si la date est hors des tables."""
    return {(f, ligne): c.euros for (annee, f, z, ligne), c in bareme.items() if (annee, z) == (jour.year, zone)}
