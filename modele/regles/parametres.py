"""Les paramètres du droit : des valeurs datées, au besoin par population et par typologie, avec leur source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from modele.regles.etats import INCONNU, Enumere, Etat, Intervalle, connu, partiel
from modele.regles.faits import Nombre, TypeFait, Valeur
from modele.regles.lecture import Lecteur, est_date, est_nombre

DIMENSIONS = ("population", "typologie")
CONFIANCES = ("V", "V2", "D", "M")
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
    source: str = ""
    confiance: str = "V"
    verifie_le: date | None = None
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
        source=table.texte("source"),
        confiance=table.texte("confiance", permis=CONFIANCES, defaut="V"),
        verifie_le=table.date("verifie_le"),
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

    ``niveaux`` : du plus local au national ; le premier qui a une valeur ce jour-là l'emporte, sauf paramètre
    ``territorial``, que le dernier niveau ne donne pas. ``dimensions`` : les codes encore possibles de chacune.
    Aucune valeur : inconnu, jamais une erreur.
    """
    noms = dict.fromkeys(nom for niveau in niveaux for nom in niveau)
    return {nom: _cascade([n[nom] for n in niveaux if nom in n], jour, dimensions) for nom in noms}


def _cascade(declarations: list[DeclarationParametre], jour: date, dimensions: Mapping[str, Sequence[str]]) -> Etat:
    nationale = declarations[-1]
    for declaration in declarations:
        etat = _resoudre(declaration, jour, dimensions)
        if etat != _sans_valeur(declaration):
            return etat
    return _sans_valeur(nationale)


def _resoudre(declaration: DeclarationParametre, jour: date, dimensions: Mapping[str, Sequence[str]]) -> Etat:
    en_vigueur = [ligne for ligne in declaration.valeurs if ligne.vaut_le(jour)]
    possibles = [ligne for ligne in en_vigueur if _admet(ligne, dimensions)]
    valeurs = tuple(dict.fromkeys(ligne.valeur for ligne in possibles))
    if not valeurs or not _couvre(possibles, dimensions):
        return _sans_valeur(declaration)
    return connu(valeurs[0]) if len(valeurs) == 1 else partiel(Enumere(valeurs))


def _admet(ligne: LigneParametre, dimensions: Mapping[str, Sequence[str]]) -> bool:
    """Vrai si la ligne peut encore valoir pour l'un des codes possibles de chaque dimension."""
    for nom, codes in (ligne.dimensions or {}).items():
        encore = dimensions.get(nom, ())
        if encore and not set(encore) & set(codes):
            return False
    return True


def _couvre(lignes: list[LigneParametre], dimensions: Mapping[str, Sequence[str]]) -> bool:
    """Vrai si chaque code encore possible d'une dimension a sa ligne : sinon une valeur non saisie reste possible."""
    for nom, codes in dimensions.items():
        for code in codes:
            if not any(code in (ligne.dimensions or {}).get(nom, (code,)) for ligne in lignes):
                return False
    return True


def _sans_valeur(declaration: DeclarationParametre) -> Etat:
    if declaration.minimum is None and declaration.maximum is None:
        return INCONNU
    return partiel(Intervalle(declaration.minimum, declaration.maximum))
