"""Ce qu'un fait dérivé peut lire : états bruts, personnes, listes, date, territoire, paramètres. Rien d'autre."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from modele.dossier.faits.domaines import FAUX, VRAI, appliquer, bornes, dans
from modele.dossier.situation import EtatsListe, roles_clos
from modele.regles.conditions import Condition
from modele.regles.etats import INCONNU, REFUSE, Etat, FaitsPersonne, Situation, connu
from modele.regles.faits import PREFIXE_PERSONNE, ROLE, Catalogue, Fait, TypeFait
from modele.regles.kleene import evaluer
from modele.regles.manques import refusee

DATE_CALCUL = "date_calcul"
PREFIXE_TERRITOIRE = "territoire."
_JUGEMENT = Fait("", TypeFait.BOOLEEN)


class Portee(Enum):
    """Ce qu'une condition regarde : le foyer, la personne de la lecture, ou chacune des personnes du foyer."""

    FOYER = "foyer"
    PERSONNE = "personne"
    CHACUN = "chacun"


@dataclass(frozen=True, slots=True)
class FaitDerive:
    """Un fait dérivé : sa déclaration, ce qu'il lit (faits, paramètres du droit), et comment il se calcule.

    ``si`` : la condition qu'il est, s'il est écrit en données.
    """

    fait: Fait
    entrees: tuple[str, ...]
    parametres: tuple[str, ...]
    calculer: Callable[[Lecture], Etat]
    si: Condition | None = None


FaitsDerives = Mapping[str, FaitDerive]


@dataclass
class Lecture:
    """Un dossier à une date, sur un territoire. Chaque fait dérivé n'est calculé qu'une fois.

    ``bruts`` : états des champs. ``personnes`` : une table par personne, clés préfixées « personne. ».
    ``territoire`` : ce que donne le territoire (``territoire.outre_mer``, plafonds).
    ``parametres`` : le droit, déjà résolu. ``catalogue`` : les faits bruts, pour leurs bornes, leurs codes et les
    groupes de codes. ``derives`` : les faits dérivés, par nom.
    ``personne`` : celle dont on lit les faits « personne.… ».
    """

    bruts: Mapping[str, Etat]
    personnes: Sequence[FaitsPersonne]
    personnes_closes: bool
    personnes_max: int
    listes: Mapping[str, EtatsListe]
    date_calcul: date
    territoire: Mapping[str, Etat]
    parametres: Mapping[str, Etat]
    catalogue: Catalogue
    derives: FaitsDerives
    personne: FaitsPersonne = field(default_factory=dict)
    _calcules: dict[str, Etat] = field(default_factory=dict)
    _chacun: list[Lecture] | None = None

    def etat(self, nom: str) -> Etat:
        """L'état d'un fait brut ou dérivé ; inconnu s'il n'a jamais été dit."""
        deja = self._calcules.get(nom)
        if deja is None:
            trouve = self.derives.get(nom)
            deja = self._calcules[nom] = trouve.calculer(self) if trouve else self._brut(nom)
        return deja

    def avec(self, parametres: Mapping[str, Etat]) -> Lecture:
        """La même lecture, le droit résolu autrement : rien de ce qui est déjà calculé n'y sert."""
        return replace(self, parametres=parametres, _calcules={}, _chacun=None)

    def reprendre(self, autre: Lecture, restes: Collection[str]) -> None:
        """Tient pour calculés ceux de ces faits que l'autre lecture a calculés."""
        self._calcules.update((nom, etat) for nom, etat in autre._calcules.items() if nom in restes)

    def _brut(self, nom: str) -> Etat:
        if nom == DATE_CALCUL:
            return connu(self.date_calcul)
        if nom.startswith(PREFIXE_PERSONNE):
            return self.personne.get(nom, INCONNU)
        source = self.territoire if nom.startswith(PREFIXE_TERRITOIRE) else self.bruts
        return source.get(nom, INCONNU)

    def fait(self, nom: str) -> Fait:
        """La déclaration d'un fait, pour ses bornes et ses codes ; un champ inconnu du catalogue n'en a pas."""
        trouve = self.derives.get(nom)
        if trouve:
            return trouve.fait
        return self.catalogue.get(nom) or Fait(nom, TypeFait.CHOIX)

    def parametre(self, nom: str) -> Etat:
        """L'état d'un paramètre du droit ; inconnu s'il n'a pas de valeur ici et à cette date."""
        return self.parametres.get(nom, INCONNU)

    def juger(self, fonction: Callable[..., bool], champs: Sequence[str], parametres: Sequence[str] = ()) -> Etat:
        """Un état booléen : ``fonction``, monotone, sur les valeurs de ces faits puis de ces paramètres."""
        entrees = [(self.etat(champ), self.fait(champ)) for champ in champs]
        entrees += [(self.parametre(nom), fait_parametre(nom)) for nom in parametres]
        return appliquer(fonction, entrees, _JUGEMENT)

    def condition(self, si: Condition, portee: Portee) -> Etat:
        """Un état booléen : une condition, évaluée comme partout ; refusé si seuls des refus empêchent de trancher."""
        table = _Table(self)
        situation = Situation(
            table,
            tuple(_Table(une) for une in self.chacun()) if portee is Portee.CHACUN else (),
            self.personnes_closes,
            self.personnes_max,
            self.parametres,
            roles_clos(self.bruts),
        )
        personne = table if portee is Portee.PERSONNE else None
        verdict = evaluer(si, situation, personne)
        if verdict is None:
            return REFUSE if refusee(si, situation, personne) else INCONNU
        return VRAI if verdict else FAUX

    def dans(self, nom: str, groupe: str) -> Etat:
        """Vrai si le choix ``nom`` est l'un des codes du groupe ; sans objet donne faux."""
        return dans(self.etat(nom), self.catalogue.groupes[groupe])

    def bornes(self, nom: str) -> tuple[Any, Any] | None:
        """Le plus petit et le plus grand nombre possibles (sans objet : 0) ; ``None`` si rien ne les borne."""
        return bornes(self.etat(nom), self.fait(nom))

    def liste(self, nom: str) -> EtatsListe:
        """Une liste du dossier ; jamais ouverte, elle est vide et non close."""
        return self.listes.get(nom, EtatsListe({}, close=False))

    def chacun(self, *roles: str) -> list[Lecture]:
        """La même lecture, tenue sur chaque personne du foyer (de ces rôles, s'il y en a)."""
        if self._chacun is None:
            self._chacun = [replace(self, personne=p, _calcules={}, _chacun=None) for p in self.personnes]
        return [une for une in self._chacun if not roles or une.etat(ROLE).valeur in roles]

    @property
    def autres_possibles(self) -> int:
        """Combien de personnes peuvent encore s'ajouter au foyer."""
        return 0 if self.personnes_closes else max(0, self.personnes_max - len(self.personnes))


class _Table(dict[str, Etat]):
    """Les états d'une lecture vus comme une table : chacun n'est calculé que si une condition le lit."""

    __slots__ = ("_lecture",)

    def __init__(self, lecture: Lecture) -> None:
        super().__init__()
        self._lecture = lecture

    def get(self, nom: str, _: Etat = INCONNU) -> Etat:  # type: ignore[override]
        """L'état du fait, brut ou dérivé ; il y en a toujours un."""
        return self._lecture.etat(nom)


@cache
def fait_parametre(nom: str) -> Fait:
    """Un paramètre du droit vu comme un nombre sans bornes."""
    return Fait(nom, TypeFait.DECIMAL)
