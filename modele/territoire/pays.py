"""Ce que le droit national dit à tous les territoires : paramètres, barème des plafonds, zones, communes de France."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres
from modele.sources import Lecture
from modele.territoire import bareme, communes, coordonnees, etranger, zones
from modele.territoire.bareme import Bareme
from modele.territoire.communes import France
from modele.territoire.coordonnees import Coordonnees
from modele.territoire.etranger import Etranger
from modele.territoire.zones import Zones

PARAMETRES: Final = "national/parametres.toml"


@dataclass(frozen=True, eq=False, slots=True)
class Pays:
    """Ce qui vaut pour tous les territoires."""

    parametres: Mapping[str, DeclarationParametre]
    bareme: Bareme
    zones: Zones
    france: France
    etranger: Etranger
    coordonnees: Coordonnees = field(default_factory=Coordonnees)

    def zone(self, code: str) -> str:
        """La zone de plafonds d'une commune (code INSEE ; un arrondissement vaut sa commune).

        Lève ``ErreurUtilisateur`` pour une commune inconnue ou d'outre-mer, et pour un pays étranger.
        """
        if ailleurs := self.etranger.pays.get(code):
            message = f"« {code} » est un pays : {ailleurs.nom}. Les plafonds valent en France ; donnez une commune."
            raise ErreurUtilisateur(message)
        return self.zones.de(self.france.trouver(self.zones.sans_arrondissement(code)))


def charger_pays(lecture: Lecture) -> Pays:
    """Le pays que disent ces sources. Lève ``FichierFautif``."""
    # Un tiers de seconde : seulement si l'on en cherche une, ou si une couche en apporte d'autres à vérifier.
    france = France(
        lambda: lecture.servir(communes.FICHIER, communes.lire_communes),
        lambda: lecture.servir(communes.AUTRES_NOMS, communes.lire_autres_noms),
    )
    if lecture.sources.au_dessus.get(communes.FICHIER):
        _ = france.communes
    return Pays(
        parametres=lecture.servir(PARAMETRES, charger_parametres),
        bareme=lecture.servir(bareme.FICHIER, bareme.lire_bareme),
        zones=lecture.servir(
            zones.FICHIER,
            lambda fichier: lecture.servir(zones.FICHIER_DE_PARIS, lambda paris: zones.lire_zones(fichier, paris)),
        ),
        france=france,
        etranger=Etranger(lambda: lecture.servir(etranger.FICHIER, etranger.lire_etranger)),
        coordonnees=Coordonnees(lambda: lecture.servir(coordonnees.FICHIER, coordonnees.lire_coordonnees)),
    )


def charger_parametres(fichier: Lisible) -> dict[str, DeclarationParametre]:
    """Les paramètres d'un fichier. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lus = lire_parametres(lecteur)
    lecteur.clore()
    lecteur.fautes.verifier()
    return lus
