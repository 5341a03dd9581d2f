"""Les paramètres du droit : des valeurs datées, au besoin par population et par typologie, avec leur source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from modele.regles.confiance import CONFIANCES
from modele.regles.etats import INCONNU, Enumere, Etat, Intervalle, connu, partiel
from modele.regles.faits import Nombre, TypeFait, Valeur
from modele.regles.lecture import Lecteur, est_date, est_nombre
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance

DIMENSIONS = ("population", "typologie")
_TYPES = (TypeFait.ENTIER, TypeFait.DECIMAL, TypeFait.DATE)


@dataclass(frozen=True, slots=True)
class LigneParametre:
    """Une valeur, de ``du`` à ``au`` inclus, pour les codes de chaque dimension (absente : tous)."""

    valeur: Valeur
    du: date | None = None
    au: date | None = None
    dimensions: Mapping[str, tuple[str, ...]] | None = None
    source: str = ""
    confiance: str = ""

    def vaut_le(self, jour: date) -> bool:
        """Vrai si la ligne est en vigueur ce jour-là."""
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


@dataclass(frozen=True, slots=True)
class DeclarationParametre:
    """Un paramètre déclaré. ``territorial`` : seul le territoire le donne, sans repli national."""

    id: str
    type: TypeFait
    libelle: str = ""
    unite: str = ""
    territorial: bool = False
    provenance: Provenance = SANS_PROVENANCE
    minimum: Nombre | date | None = None
    maximum: Nombre | date | None = None
    a_saisir_par: str = ""
    valeurs: tuple[LigneParametre, ...] = ()


def lire_parametres(lecteur: Lecteur, cle: str = "parametre") -> dict[str, DeclarationParametre]:
    """Les paramètres déclarés par un fichier, par identifiant. Les fautes sont notées."""
    lus: dict[str, DeclarationParametre] = {}
    for table in lecteur.tables(cle):
        lu = _lire(table)
        if lu.id in lus:
            table.signaler("id", f"« {lu.id} » est déclaré deux fois")
        lus[lu.id] = lu
        table.clore()
    return lus


def _lire(table: Lecteur) -> DeclarationParametre:
    type_ = TypeFait(table.texte("type", permis=_TYPES, defaut=TypeFait.ENTIER))
    return DeclarationParametre(
        id=table.texte("id", obligatoire=True),
        type=type_,
        libelle=table.texte("libelle"),
        unite=table.texte("unite"),
        territorial=table.booleen("territorial"),
        provenance=lire_provenance(table),
        minimum=_valeur(table, "minimum", type_, obligatoire=False),
        maximum=_valeur(table, "maximum", type_, obligatoire=False),
        a_saisir_par=table.texte("a_saisir_par"),
        valeurs=tuple(_ligne(ligne, type_) for ligne in table.tables("valeurs")),
    )


def _ligne(table: Lecteur, type_: TypeFait) -> LigneParametre:
    ligne = LigneParametre(
        valeur=_valeur(table, "valeur", type_, obligatoire=True),
        du=table.date("du"),
        au=table.date("au"),
        dimensions={nom: codes for nom in DIMENSIONS if (codes := _codes(table, nom))},
        source=table.texte("source"),
        confiance=table.texte("confiance", permis=CONFIANCES),
    )
    table.clore()
    return ligne


def _codes(table: Lecteur, cle: str) -> tuple[str, ...]:
    if isinstance(table.brut(cle), str):
        return (table.texte(cle),)
    return table.textes(cle)


def _valeur(table: Lecteur, cle: str, type_: TypeFait, *, obligatoire: bool) -> Any:
    brut = table.brut(cle, obligatoire=obligatoire)
    if brut is None:
        return None
    if type_ is TypeFait.DATE:
        convient = est_date(brut)
    elif type_ is TypeFait.ENTIER:
        convient = isinstance(brut, int) and not isinstance(brut, bool)
    else:
        convient = est_nombre(brut)
    if not convient:
        table.signaler(cle, f"attendu : une valeur de type {type_}")
        return None
    return Decimal(brut) if type_ is TypeFait.DECIMAL else brut


def resoudre(
    niveaux: Sequence[Mapping[str, DeclarationParametre]],
    jour: date,
    dimensions: Mapping[str, Sequence[str]],
) -> dict[str, Etat]:
    """L'état de chaque paramètre à une date.

    ``niveaux`` : du plus local au national. Pour chaque combinaison des codes encore possibles (``dimensions`` ; vide :
    tous), le premier niveau qui a une valeur ce jour-là l'emporte ; un paramètre ``territorial`` ne se cherche pas au
    dernier niveau s'il y en a plusieurs. Une combinaison sans valeur : inconnu, jamais une erreur.
    """
    noms = dict.fromkeys(nom for niveau in niveaux for nom in niveau)
    return {nom: _resoudre([n.get(nom) for n in niveaux], jour, dimensions) for nom in noms}


def _resoudre(
    declarations: Sequence[DeclarationParametre | None], jour: date, dimensions: Mapping[str, Sequence[str]]
) -> Etat:
    ecrites = [d for d in declarations if d is not None]
    if len(declarations) > 1 and any(d.territorial for d in ecrites):
        declarations = declarations[:-1]
    niveaux = [_en_vigueur(d.valeurs, jour) for d in declarations if d is not None]
    lues = sorted({nom for lignes in niveaux for ligne in lignes for nom in ligne.dimensions or {}})
    choix = [_codes_possibles(nom, niveaux, dimensions) for nom in lues]
    trouvees = [_cascade(niveaux, dict(zip(lues, codes, strict=True))) for codes in product(*choix)]
    valeurs = tuple(dict.fromkeys(valeur for lot in trouvees for valeur in lot))
    if not all(trouvees):
        return _sans_valeur(ecrites, valeurs)
    return connu(valeurs[0]) if len(valeurs) == 1 else partiel(Enumere(valeurs))


def _en_vigueur(lignes: Sequence[LigneParametre], jour: date) -> list[LigneParametre]:
    """Les lignes du jour ; pour les mêmes dimensions, une ligne plus récente remplace celle d'avant."""
    du_jour: dict[tuple[tuple[str, tuple[str, ...]], ...], LigneParametre] = {}
    for ligne in sorted((ligne for ligne in lignes if ligne.vaut_le(jour)), key=lambda ligne: ligne.du or date.min):
        du_jour[tuple(sorted((ligne.dimensions or {}).items()))] = ligne
    return list(du_jour.values())


def _codes_possibles(
    dimension: str, niveaux: Sequence[Sequence[LigneParametre]], dimensions: Mapping[str, Sequence[str]]
) -> Sequence[str]:
    """Les codes encore possibles d'une dimension ; si on n'en sait rien, tous ceux que les lignes nomment."""
    nommes = {code for lignes in niveaux for ligne in lignes for code in (ligne.dimensions or {}).get(dimension, ())}
    return dimensions.get(dimension) or sorted(nommes)


def _cascade(niveaux: Sequence[Sequence[LigneParametre]], codes: Mapping[str, str]) -> list[Valeur]:
    """Les valeurs du premier niveau qui en a pour ces codes."""
    for lignes in niveaux:
        valeurs = [ligne.valeur for ligne in lignes if _admet(ligne, codes)]
        if valeurs:
            return valeurs
    return []


def _admet(ligne: LigneParametre, codes: Mapping[str, str]) -> bool:
    return all(codes[nom] in permis for nom, permis in (ligne.dimensions or {}).items())


def _sans_valeur(declarations: Sequence[DeclarationParametre], connues: Sequence[Valeur]) -> Etat:
    """Ce qu'on sait d'un paramètre dont une valeur manque : ses bornes déclarées, élargies aux valeurs déjà écrites."""
    minimum = next((d.minimum for d in declarations if d.minimum is not None), None)
    maximum = next((d.maximum for d in declarations if d.maximum is not None), None)
    if minimum is None and maximum is None:
        return INCONNU
    bas = None if minimum is None else min([minimum, *connues])
    haut = None if maximum is None else max([maximum, *connues])
    return partiel(Intervalle(bas, haut))  # type: ignore[arg-type]
