"""Dériver tous les faits d'un dossier d'un coup, personnes comprises."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

# Chaque module déclare ses faits en s'important.
from modele.dossier.faits import coherence, demande, foyer, local, logement, plafonds, ressources, treve  # noqa: F401
from modele.dossier.faits.dependances import champs_bruts, codes_demandes
from modele.dossier.faits.donnees import lire_faits
from modele.dossier.faits.lecture import FaitsDerives, Lecture
from modele.dossier.faits.registre import ecrits
from modele.dossier.situation import EtatsListe
from modele.regles.disque import Lisible
from modele.regles.etats import Enumere, Etat, FaitsPersonne
from modele.regles.faits import Catalogue, Fait
from modele.regles.parametres import DeclarationParametre

FICHIER: Final = "national/faits.toml"
Dimensions = Mapping[str, Sequence[str]]
# L'état de chaque paramètre du droit, d'après les codes encore possibles de chaque dimension (population, typologie).
Resolution = Callable[[Dimensions], Mapping[str, Etat]]
# Le fait qui dit la valeur de chaque dimension d'un paramètre.
FAITS_DES_DIMENSIONS = {"population": "population", "typologie": "typologie_souhaitee"}


@dataclass(frozen=True, slots=True)
class Derives:
    """Les faits dérivés du foyer, ceux de chaque personne (dans l'ordre reçu), et les paramètres résolus pour eux."""

    faits: Mapping[str, Etat]
    personnes: tuple[Mapping[str, Etat], ...]
    parametres: Mapping[str, Etat]


def charger_faits(chemin: Lisible, bruts: Catalogue, parametres: Mapping[str, DeclarationParametre]) -> FaitsDerives:
    """Tous les faits dérivés, par nom : ceux du Python et ceux du fichier. Lève ``FichierFautif``."""
    return lire_faits(chemin, ecrits(), bruts, parametres)


def catalogue_derive(derives: FaitsDerives) -> Catalogue:
    """Les faits dérivés : nom, type, unité, bornes, définition, source, champs du dossier dont chacun dépend."""
    return Catalogue(
        replace(derive.fait, champs=champs_bruts(nom, derives), demandes=codes_demandes(nom, derives))
        for nom, derive in derives.items()
    )


@dataclass(frozen=True, slots=True)
class Tirage:
    """Les faits dérivés d'un dossier, tirés à mesure qu'on les demande : ce qui est calculé ne l'est qu'une fois."""

    lecture: Lecture

    def reprendre(self, deja: Tirage, restes: Collection[str]) -> None:
        """Tient pour calculés ces faits-là, s'ils l'étaient : rien de ce qu'ils lisent n'a changé depuis ``deja``.

        Sans effet si les paramètres du droit ne sont plus les mêmes.
        """
        if self.lecture.parametres != deja.lecture.parametres:
            return
        for une, autre in zip(
            (self.lecture, *self.lecture.chacun()), (deja.lecture, *deja.lecture.chacun()), strict=True
        ):
            une.reprendre(autre, restes)

    def tirer(self, noms: Collection[str] | None = None) -> Derives:
        """Ces faits-là ; absent, tous."""
        voulus = [d.fait for nom, d in self.lecture.derives.items() if noms is None or nom in noms]
        communs = [fait for fait in voulus if not fait.de_personne]
        propres = [fait for fait in voulus if fait.de_personne]
        chacun = tuple(_etats(une, propres) for une in self.lecture.chacun())
        return Derives(_etats(self.lecture, communs), chacun, self.lecture.parametres)


def ouvrir(
    faits: Mapping[str, Etat],
    personnes: Sequence[FaitsPersonne],
    date_calcul: date,
    territoire: Mapping[str, Etat],
    parametres: Resolution,
    *,
    bruts: Catalogue,
    derives: FaitsDerives,
    personnes_closes: bool = False,
    personnes_max: int = 20,
    listes: Mapping[str, EtatsListe] | None = None,
) -> Tirage:
    """Les faits dérivés d'un dossier, à une date, sur un territoire. Pur : aucune horloge, aucun réglage.

    ``faits``, ``personnes``, ``personnes_closes``, ``listes`` : comme les rend ``situation.etats_bruts``, les questions
    sans objet déjà marquées.
    ``territoire`` : ``etats_du_territoire`` ; ``parametres`` : ``Territoire.resolution``.
    ``bruts`` : les faits du dossier et les groupes de codes ; ``derives`` : les faits à dériver (``charger_faits``).
    """
    sonde = Lecture(
        bruts=faits,
        personnes=personnes,
        personnes_closes=personnes_closes,
        personnes_max=personnes_max,
        listes=listes or {},
        date_calcul=date_calcul,
        territoire=territoire,
        parametres={},
        catalogue=bruts,
        derives=derives,
    )
    return Tirage(sonde.avec(parametres({nom: _codes(sonde, fait) for nom, fait in FAITS_DES_DIMENSIONS.items()})))


def _etats(lecture: Lecture, faits: Sequence[Fait]) -> dict[str, Etat]:
    return {fait.nom: lecture.etat(fait.nom) for fait in faits}


def _codes(lecture: Lecture, nom: str) -> tuple[str, ...]:
    """Les codes encore possibles d'une dimension ; tous, si on n'en sait rien."""
    etat = lecture.etat(nom)
    if etat.connu:
        return (str(etat.valeur),)
    if isinstance(etat.domaine, Enumere):
        return tuple(str(valeur) for valeur in etat.domaine.valeurs)
    return lecture.fait(nom).codes
