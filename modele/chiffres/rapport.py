"""Le rapport d'activité : des comptes aux lignes qui se publient, par le seul masque. Pur : ni coffre, ni heure.

Tout ce qui se soustrait est dit au tableau : une part et son reste, une réponse et ceux qui n'en ont pas donné, le lieu
et les autres lieux. Le nombre d'opérations d'une ligne se tait avec elle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from modele.chiffres.declaration import NON_DIT, Chiffre, Compte, Declares, Perimetre
from modele.chiffres.masque import masquer, petit
from modele.chiffres.quantiles import quartiles
from modele.chiffres.seuils import Diffusion, seuil_de, seuils
from modele.chiffres.tableau import Tableau

PERSONNES, JOURS, VENUES = "personnes", "jours", "venues"
NOMBRE: Final = "nombre"
_AUTRES: Final = "autres lieux"
_SANS: Final = {Compte.VALEURS: "Non demandé, ou sans réponse", Compte.VENUES: "Pas noté"}
"""Ceux dont les lignes font toutes ensemble leur base : la ligne de qui n'a pas répondu."""
_QUARTILES: Final = {"q1": "Un quart attend moins de", "mediane": "Médiane", "q3": "Un quart attend plus de"}


@dataclass(frozen=True, slots=True)
class Effectif:
    """Combien de personnes (ou de venues), et combien d'écritures de l'année dans leurs dossiers (ou de numéros)."""

    personnes: int = 0
    operations: int = 0


@dataclass(frozen=True, slots=True)
class Releve:
    """Ce que le coffre a compté : de chaque chiffre, ses lignes. ``durees`` : de chaque délai, ses jours.

    ``""`` est la ligne d'un chiffre qui n'en a qu'une. Des venues que ce poste ne tient pas, rien : ni compte, ni zéro.
    """

    comptes: Mapping[str, Mapping[str, Effectif]] = field(default_factory=dict)
    durees: Mapping[str, Sequence[int]] = field(default_factory=dict)


class Ligne(Struct, frozen=True, omit_defaults=True):
    """Une ligne publiée. ``valeur`` et ``operations`` vides : tue (``masque``), ou pas suivie (``suivi`` faux)."""

    id: str
    chiffre: str
    libelle: str
    unite: str = PERSONNES
    valeur: int | float | None = None
    operations: int | None = None
    masque: bool = False
    suivi: bool = True


class Rapport(Struct, frozen=True):
    """Ce qui se publie d'une année et d'un lieu, avec la méthode et le seuil suivis.

    ``territoire`` : faux si ce poste ne tient que ce lieu ; dire le territoire dirait alors le lieu.
    """

    annee: int
    lieu: str
    diffusion: Diffusion
    seuil: int
    methode: int
    territoire: bool
    lignes: tuple[Ligne, ...]


def etablir(
    declares: Declares, releve: Releve, voies: Mapping[str, str], annee: int, lieu: str
) -> dict[Diffusion, Rapport]:
    """Un rapport par diffusion, chacun plus tu que le précédent. ``voies`` : le libellé de celles qui se disent."""
    etat = _Etat(declares, releve, voies)
    tues: frozenset[str] = frozenset()
    rapports = {}
    for diffusion in Diffusion:
        seuil = seuil_de(diffusion)
        # Ce que la plus proche tait reste tu : côte à côte, les deux ne rendent rien.
        tues = masquer(etat.tableau, seuil, tues)
        lignes = tuple(etat.lignes(tues))
        rapports[diffusion] = Rapport(annee, lieu, diffusion, seuil, declares.methode, etat.territoire, lignes)
    return rapports


class _Etat:
    """Le tableau d'un relevé, et de quoi en faire les lignes."""

    def __init__(self, declares: Declares, releve: Releve, voies: Mapping[str, str]) -> None:
        self._releve, self._voies, self._declares = releve, voies, declares
        self.tableau = Tableau()
        self._bases = {
            perimetre: next(un.id for un in declares.du(perimetre) if un.compte is Compte.PERSONNES)
            for perimetre in Perimetre
        }
        ici, partout = (self._effectif(self._bases[un]).personnes for un in Perimetre)
        # Un territoire qui n'est presque que ce lieu dirait le lieu : rien ne s'en publie, à personne.
        self.territoire = not petit(partout - ici, max(seuil_de(une) for une in Diffusion))
        for chiffre in self._publies():
            self._poser(chiffre)
        if self.territoire:
            self.tableau.poser(_AUTRES, partout - ici, publiee=False)
            self.tableau.sommer(self._bases[Perimetre.TERRITOIRE], (self._bases[Perimetre.LIEU], _AUTRES))

    def lignes(self, tues: frozenset[str]) -> Iterator[Ligne]:
        """Toutes les lignes, dans l'ordre déclaré ; celles d'un chiffre qui ne se publie pas n'en font qu'une."""
        publies = set(self._publies())
        for chiffre in self._declares.chiffres:
            if not self._suivi(chiffre):
                yield Ligne(chiffre.id, chiffre.id, chiffre.libelle, suivi=False)
            elif chiffre not in publies:
                yield Ligne(chiffre.id, chiffre.id, chiffre.libelle, masque=True)
            else:
                yield from self._lignes_de(chiffre, tues)

    def _publies(self) -> Iterator[Chiffre]:
        for chiffre in self._declares.chiffres:
            if self._suivi(chiffre) and (self.territoire or chiffre.perimetre is Perimetre.LIEU):
                yield chiffre

    def _suivi(self, chiffre: Chiffre) -> bool:
        return chiffre.suivi and (chiffre.compte is not Compte.VENUES or chiffre.id in self._releve.comptes)

    def _codes(self, chiffre: Chiffre) -> Mapping[str, str]:
        """Les lignes d'un chiffre et leurs libellés, les mêmes que quelqu'un y soit ou non."""
        if chiffre.seul:
            return {"": chiffre.libelle}
        if chiffre.compte is Compte.DELAI:
            return {NOMBRE: "Réponses reçues"}
        if chiffre.compte is Compte.VOIES:
            return {voie: dite for voie, dite in self._voies.items() if voie not in self._declares.a_part}
        connus = dict(chiffre.lignes())
        return connus | {NON_DIT: _SANS[chiffre.compte]} if chiffre.compte in _SANS else connus

    def _poser(self, chiffre: Chiffre) -> None:
        base = chiffre.de or self._bases[chiffre.perimetre]
        noms = {code: _nom(chiffre.id, code) for code in self._codes(chiffre)}
        for code, nom in noms.items():
            self.tableau.poser(nom, self._de(chiffre, code).personnes)
            if chiffre.compte not in (Compte.PERSONNES, *_SANS):
                self.tableau.partager(base, nom)
        if chiffre.compte in _SANS and not chiffre.seul:
            self.tableau.sommer(base, list(noms.values()))

    def _lignes_de(self, chiffre: Chiffre, tues: frozenset[str]) -> Iterator[Ligne]:
        for code, libelle in self._codes(chiffre).items():
            nom = _nom(chiffre.id, code)
            effectif = self._de(chiffre, code)
            if nom in tues:
                yield Ligne(nom, chiffre.id, libelle, masque=True)
            else:
                unite = VENUES if chiffre.compte is Compte.VENUES else PERSONNES
                yield Ligne(nom, chiffre.id, libelle, unite, effectif.personnes, effectif.operations)
        if chiffre.compte is Compte.DELAI:
            yield from self._quartiles(chiffre, tues)

    def _quartiles(self, chiffre: Chiffre, tues: frozenset[str]) -> Iterator[Ligne]:
        effectif = self._effectif(chiffre.id, NOMBRE)
        tait = _nom(chiffre.id, NOMBRE) in tues or petit(effectif.personnes, seuils().quantile.effectif)
        dits = {} if tait else quartiles(self._releve.durees[chiffre.id])
        for quartile, libelle in _QUARTILES.items():
            nom = _nom(chiffre.id, quartile)
            if tait:
                yield Ligne(nom, chiffre.id, libelle, JOURS, masque=True)
            else:
                yield Ligne(nom, chiffre.id, libelle, JOURS, dits[quartile], effectif.operations)

    def _effectif(self, chiffre: str, code: str = "") -> Effectif:
        return self._releve.comptes.get(chiffre, {}).get(code, Effectif())

    def _de(self, chiffre: Chiffre, code: str) -> Effectif:
        """L'effectif d'une ligne ; « sans réponse » compte aussi les codes que cette version ne connaît pas."""
        if code != NON_DIT:
            return self._effectif(chiffre.id, code)
        restent = [un for dit, un in self._releve.comptes.get(chiffre.id, {}).items() if dit not in chiffre.lignes()]
        return Effectif(sum(un.personnes for un in restent), sum(un.operations for un in restent))


def _nom(chiffre: str, code: str) -> str:
    return f"{chiffre}.{code}" if code else chiffre
