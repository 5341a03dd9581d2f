"""Un territoire chargé : son identité, ses communes, son droit local, ses lieux. Des données immuables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from modele.lieux.modele import Lieu as Lieu
from modele.regles.etats import Etat
from modele.regles.parametres import DeclarationParametre, resoudre
from modele.regles.provenance import SANS_PROVENANCE, Provenance
from modele.rendez_vous.plages import Plage
from modele.residences.listes import Residences
from modele.territoire.communes import Commune
from modele.territoire.conventions import Conventions
from modele.territoire.coordonnees import Point
from modele.territoire.engagements import Engagements
from modele.territoire.filiere import Filiere
from modele.territoire.identite import Manque, Source, Systeme
from modele.territoire.logo import Logo
from modele.territoire.plan import Plan
from modele.territoire.vacants import Vacant


@dataclass(frozen=True, slots=True)
class Reservataire:
    """Un réservataire, ou un bailleur qui a signé une convention avec lui."""

    id: str
    nom: str
    genre: str
    convention_le: date | None = None
    remarque: str = ""
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class ContactLocal:
    """Un numéro ou un site local ; il prime sur le contact national de même identifiant."""

    id: str
    libelle: str
    numero: str = ""
    url: str = ""
    horaires: str = ""
    quand: str = ""
    gratuit: bool | None = None
    fictif: bool = False
    provenance: Provenance = SANS_PROVENANCE


def redit(libelle: str, numero: str) -> bool:
    """Vrai si ce libellé redit son numéro, aux espaces près : les deux se lisent côte à côte."""
    serre = "".join(numero.casefold().split())
    trouve = re.search(rf"(?<!\d){re.escape(serre)}(?!\d)", "".join(libelle.casefold().split()))
    return bool(serre) and trouve is not None


@dataclass(frozen=True, slots=True)
class Territoire:
    """Un territoire. ``exemple`` : fictif, sans valeur officielle, à dire partout. ``essais`` : ne s'offre nulle part.

    ``zone_plafonds`` : vide s'il n'y en a pas une seule. ``agglomeration_plus_300000`` : ``None`` si on l'ignore.
    ``grilles`` : chemins des fichiers de grille sous les ressources, par nom ; ``modele.chargement`` les lit.
    ``plages`` : quand ses lieux reçoivent sur rendez-vous ; ``rappels`` : combien de jours avant ils le rappellent.
    """

    id: str
    nom: str
    exemple: bool
    departements: tuple[str, ...]
    systeme: Systeme
    essais: bool = False
    epci_siren: str = ""
    outre_mer: bool = False
    agglomeration_plus_300000: bool | None = None
    zone_plafonds: str = ""
    remarque: str = ""
    manques: tuple[Manque, ...] = ()
    sources: tuple[Source, ...] = ()
    communes: Mapping[str, Commune] = field(default_factory=dict)
    parametres: Mapping[str, DeclarationParametre] = field(default_factory=dict)
    grilles: tuple[str, ...] = ()
    lieux: tuple[Lieu, ...] = ()
    reservataires: tuple[Reservataire, ...] = ()
    contacts: tuple[ContactLocal, ...] = ()
    logo: Logo | None = None
    filiere: Filiere = field(default_factory=Filiere)
    plan: Plan | None = None
    conventions: Conventions = field(default_factory=Conventions)
    engagements: Engagements = field(default_factory=Engagements)
    residences: Residences = field(default_factory=Residences)
    coordonnees: Mapping[str, Point] = field(default_factory=dict)
    plages: tuple[Plage, ...] = ()
    rappels: Mapping[str, int] = field(default_factory=dict)
    # ``None`` : ce territoire n'en dit rien ; vide : il n'y en a pas.
    vacants: tuple[Vacant, ...] | None = None

    @property
    def mention(self) -> str:
        """La phrase qui accompagne la note partout où elle paraît."""
        fictif = " Territoire d'exemple, sans valeur officielle." if self.exemple else ""
        return f"Estimation non opposable : la note officielle est celle de {self.systeme.nom}.{fictif}"

    def resoudre(
        self,
        nationaux: Mapping[str, DeclarationParametre],
        jour: date,
        dimensions: Mapping[str, Sequence[str]],
    ) -> Mapping[str, Etat]:
        """L'état de chaque paramètre ici, ce jour-là : le territoire d'abord, le national ensuite."""
        return resoudre([self.parametres, nationaux], jour, dimensions)
