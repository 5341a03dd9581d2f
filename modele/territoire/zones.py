"""La zone de plafonds d'une commune : Paris et limitrophes, Île-de-France, autres régions ; outre-mer non couvert."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_toml
from modele.territoire.communes import Commune
from modele.territoire.tables import lire_csv

FICHIER: Final = "national/zones_plafonds.toml"
FICHIER_DE_PARIS: Final = "national/zone_paris_communes_limitrophes.csv"
PARIS: Final = "paris_et_limitrophes"
ILE_DE_FRANCE: Final = "ile_de_france"
AUTRES: Final = "autres_regions"
ZONES: Final = (PARIS, ILE_DE_FRANCE, AUTRES)


@dataclass(frozen=True, slots=True)
class Zones:
    """D'où une commune tient sa zone : voir ``zones_plafonds.toml``."""

    paris: frozenset[str]
    ile_de_france: tuple[str, ...]
    outre_mer: tuple[str, ...]
    arrondissements: tuple[tuple[str, str, str], ...]
    a_verifier: Mapping[str, str]

    def de(self, lieu: Commune) -> str:
        """La zone de plafonds d'une commune. Lève ``ErreurUtilisateur`` outre-mer (barèmes propres, non couverts)."""
        if lieu.departement.startswith(self.outre_mer) or lieu.code.startswith(self.outre_mer):
            raise ErreurUtilisateur(
                f"{lieu.nom} ({lieu.code}) est outre-mer : ses plafonds de ressources ont un barème propre, "
                "que Perron ne couvre pas. Consultez l'ADIL ou la préfecture."
            )
        if lieu.code in self.paris:
            return PARIS
        return ILE_DE_FRANCE if lieu.region in self.ile_de_france else AUTRES

    def remarque(self, code: str) -> str:
        """Ce qui reste à vérifier sur la zone de cette commune, ou rien."""
        return self.a_verifier.get(self.sans_arrondissement(code), "")

    def sans_arrondissement(self, code: str) -> str:
        """Le code de la commune, pour un arrondissement de Paris, Lyon ou Marseille ; sinon le code lui-même."""
        return next((lieu for lieu, du, au in self.arrondissements if du <= code <= au and len(code) == 5), code)


def lire_zones(fichier: Lisible, paris: Lisible) -> Zones:
    """Les règles des zones, et la liste de Paris et des communes limitrophes. Lève ``FichierFautif``."""
    lecteur = lire_toml(fichier)
    zones = Zones(
        frozenset(code for (code,) in lire_csv(paris, ("code_insee",))),
        lecteur.textes("ile_de_france", obligatoire=True),
        lecteur.textes("outre_mer", obligatoire=True),
        tuple((t.texte("commune"), t.texte("du"), t.texte("au")) for t in lecteur.tables("arrondissements")),
        {t.texte("commune"): t.texte("remarque") for t in lecteur.tables("a_verifier")},
    )
    lecteur.fautes.verifier()
    return zones
