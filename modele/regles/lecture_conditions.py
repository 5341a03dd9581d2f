"""Lire une condition : de la table TOML à l'arbre vérifié contre le catalogue des faits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from modele.regles.conditions import (
    AuMoins,
    Comparaison,
    Condition,
    NombreDePersonnes,
    Non,
    Op,
    Operande,
    Parametre,
    Tous,
    UnDe,
)
from modele.regles.faits import ORDONNES, ROLE, Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, est_date, est_nombre, hors_liste, vouliez_vous
from modele.regles.parametres import DeclarationParametre
from modele.regles.valeurs import ValeurFautive, valeur

_ORDRE = (Op.EGAL, Op.DIFFERENT, Op.PLUS_DE, Op.AU_MOINS, Op.MOINS_DE, Op.AU_PLUS)
_ADMISES: dict[TypeFait, tuple[Op, ...]] = {
    TypeFait.BOOLEEN: (Op.EGAL,),
    TypeFait.ENTIER: _ORDRE,
    TypeFait.DECIMAL: _ORDRE,
    TypeFait.DATE: _ORDRE,
    TypeFait.CHOIX: (Op.EGAL, Op.DIFFERENT, Op.PARMI, Op.HORS_DE),
    TypeFait.ENSEMBLE: (Op.CONTIENT, Op.CONTIENT_UN_DE, Op.CONTIENT_TOUT),
}
# Un groupe de codes nommé : la comparaison qu'il vaut, pour chaque type de fait.
_GROUPE = "dans_groupe"
_DE_GROUPE: dict[TypeFait, Op] = {TypeFait.CHOIX: Op.PARMI, TypeFait.ENSEMBLE: Op.CONTIENT_UN_DE}
_COMPARAISONS = (*Op, _GROUPE)
_LISTES = frozenset({Op.PARMI, Op.HORS_DE, Op.CONTIENT_UN_DE, Op.CONTIENT_TOUT})
_FORMES = ("fait", "tous", "un_de", "non", "au_moins_n", "une_personne", "nombre_de_personnes")
_PROFONDEUR = 40


@dataclass(frozen=True, slots=True)
class Contexte:
    """Ce que la condition a le droit de nommer.

    ``parametres`` : leurs noms ; ou leurs déclarations, et leur type est alors vérifié aussi.
    ``renseigne`` : admis dans le questionnaire et les pièces, refusé dans une grille et une orientation.
    """

    catalogue: Catalogue
    parametres: Collection[str] | Mapping[str, DeclarationParametre] = field(default=frozenset())
    renseigne: bool = False
    dans_personne: bool = False
    profondeur: int = 0


def lire_condition(lecteur: Lecteur, cle: str, contexte: Contexte, *, obligatoire: bool = False) -> Condition | None:
    """La condition écrite à ``cle``, ou ``None`` (absente, ou fautive : les fautes sont notées)."""
    table = lecteur.table(cle, obligatoire=obligatoire)
    return None if table is None else _lire(table, contexte)


def _lire(table: Lecteur, contexte: Contexte) -> Condition | None:
    if contexte.profondeur > _PROFONDEUR:
        table.signaler("", f"condition trop imbriquée (plus de {_PROFONDEUR} niveaux). Découpez-la.")
        return None
    formes = [forme for forme in _FORMES if forme in table]
    if len(formes) != 1:
        table.signaler("", f"attendu : une seule de ces clés : {', '.join(_FORMES)}{_voisine(table)}")
        return None
    lue = _LECTURES[formes[0]](table, replace(contexte, profondeur=contexte.profondeur + 1))
    table.clore([*_COMPARAISONS, *_FORMES])
    return lue


def _voisine(table: Lecteur) -> str:
    return next((v for cle in table.cles if (v := vouliez_vous(cle, _FORMES))), "")


def _comparaison(table: Lecteur, contexte: Contexte) -> Condition | None:
    fait = lire_fait(table, "fait", contexte)
    ops = [op for op in _COMPARAISONS if op in table]
    if len(ops) > 1:
        table.signaler("", f"une seule comparaison à la fois ; ici : {', '.join(ops)}")
        return None
    if fait is None:
        for op in ops:
            table.brut(op)
        return None
    if not ops:
        return _seul(table, fait)
    return _dans_groupe(table, fait, contexte) if ops[0] == _GROUPE else _comparer(table, fait, Op(ops[0]), contexte)


def lire_fait(table: Lecteur, cle: str, contexte: Contexte) -> Fait | None:
    """Le fait nommé à ``cle``, vérifié contre le catalogue et contre sa place (foyer ou personne)."""
    nom = table.texte(cle, obligatoire=True)
    return _fait_nomme(table, cle, nom, contexte) if nom else None


def lire_faits(table: Lecteur, cle: str, contexte: Contexte) -> tuple[Fait, ...]:
    """Les faits nommés à ``cle``, vérifiés de même ; aucun si elle manque."""
    lus = (_fait_nomme(table, cle, nom, contexte) for nom in table.textes(cle))
    return tuple(un for un in lus if un is not None)


def _fait_nomme(table: Lecteur, cle: str, nom: str, contexte: Contexte) -> Fait | None:
    fait = contexte.catalogue.get(nom)
    if fait is None:
        table.signaler(cle, f"« {nom} » : fait inconnu{vouliez_vous(nom, list(contexte.catalogue))}")
        return None
    if fait.de_personne != contexte.dans_personne:
        ou = "se lit sur une personne : mettez-le dans « une_personne »" if fait.de_personne else _HORS_PERSONNE
        table.signaler(cle, f"« {nom} » {ou}")
        return None
    return fait


_HORS_PERSONNE = "ne se lit pas sur une personne : sortez-le de « une_personne » avec « tous »"


def _seul(table: Lecteur, fait: Fait) -> Condition | None:
    if fait.type is TypeFait.BOOLEEN:
        return Comparaison(fait, Op.EGAL, True)
    table.signaler("fait", f"« {fait.nom} » est de type {fait.type} : ajoutez une comparaison ({_admises(fait)})")
    return None


def _admises(fait: Fait) -> str:
    return ", ".join([*_ADMISES[fait.type], *([_GROUPE] if fait.type in _DE_GROUPE else [])])


def _dans_groupe(table: Lecteur, fait: Fait, contexte: Contexte) -> Condition | None:
    """Un groupe vaut la liste de ses codes : rien de plus à évaluer que la comparaison écrite en entier."""
    nom, groupes = table.texte(_GROUPE, obligatoire=True), contexte.catalogue.groupes
    if fait.type not in _DE_GROUPE:
        table.signaler(_GROUPE, f"« {fait.nom} » est de type {fait.type} : comparaisons admises : {_admises(fait)}")
        return None
    if nom and nom not in groupes:
        table.signaler(_GROUPE, f"« {nom} » : groupe de codes inconnu{vouliez_vous(nom, list(groupes))}")
    elif etrangers := sorted(groupes.get(nom, frozenset()) - set(fait.codes)):
        table.signaler(_GROUPE, f"« {nom} » n'est pas un groupe de codes de « {fait.nom} » ({', '.join(etrangers)})")
    elif nom:
        return Comparaison(fait, _DE_GROUPE[fait.type], groupes[nom])
    return None


def _comparer(table: Lecteur, fait: Fait, op: Op, contexte: Contexte) -> Condition | None:
    brut = table.brut(op)
    if op is Op.RENSEIGNE:
        return _renseigne(table, fait, brut, contexte)
    if op not in _ADMISES[fait.type]:
        table.signaler(op, f"« {fait.nom} » est de type {fait.type} : comparaisons admises : {_admises(fait)}")
        return None
    operande = _operande(table, fait, op, brut, contexte)
    return None if operande is None else Comparaison(fait, op, operande)


def _renseigne(table: Lecteur, fait: Fait, brut: Any, contexte: Contexte) -> Condition | None:
    if not contexte.renseigne:
        table.signaler(
            Op.RENSEIGNE, "réservé au questionnaire et aux pièces : une règle de droit ne lit pas un silence"
        )
        return None
    if not isinstance(brut, bool):
        table.signaler(Op.RENSEIGNE, "attendu : true ou false, sans guillemets")
        return None
    return Comparaison(fait, Op.RENSEIGNE, brut)


def _operande(table: Lecteur, fait: Fait, op: Op, brut: Any, contexte: Contexte) -> Operande | None:
    if isinstance(brut, dict):
        return _parametre(table, fait, op, contexte)
    try:
        if op in _LISTES:
            return _codes(fait, brut)
        if op is Op.CONTIENT:
            return next(iter(_codes(fait, [brut])))
        return _seuil(fait, brut)
    except ValeurFautive as faute:
        table.signaler(op, str(faute))
        return None


def _parametre(table: Lecteur, fait: Fait, op: Op, contexte: Contexte) -> Operande | None:
    dessous = table.table(op)
    assert dessous is not None
    nom = dessous.texte("parametre", obligatoire=True)
    dessous.clore()
    if nom and nom not in contexte.parametres:
        dessous.signaler("parametre", f"« {nom} » : paramètre non déclaré{vouliez_vous(nom, contexte.parametres)}")
        return None
    if fait.type not in ORDONNES:
        table.signaler(op, "un paramètre se compare à un nombre ou à une date")
        return None
    return _du_type(dessous, fait, nom, contexte) if nom else None


def _du_type(table: Lecteur, fait: Fait, nom: str, contexte: Contexte) -> Operande | None:
    """Le paramètre, si son type se compare à celui du fait (nombre à nombre, date à date)."""
    declares = contexte.parametres
    if not isinstance(declares, Mapping):
        return Parametre(nom, TypeFait.DATE if fait.type is TypeFait.DATE else TypeFait.DECIMAL)
    type_ = declares[nom].type
    if (type_ is TypeFait.DATE) != (fait.type is TypeFait.DATE):
        table.signaler("parametre", f"« {nom} » est de type {type_}, « {fait.nom} » de type {fait.type}")
        return None
    return Parametre(nom, type_)


def _codes(fait: Fait, brut: Any) -> frozenset[str]:
    if not isinstance(brut, list) or not brut:
        raise ValeurFautive("attendu : une liste d'au moins un code")
    ensemble = Fait(fait.nom, TypeFait.ENSEMBLE, codes=fait.codes)
    codes = valeur(ensemble, brut)
    assert isinstance(codes, frozenset)
    return codes


def _seuil(fait: Fait, brut: Any) -> Operande:
    """Un seuil de nombre peut dépasser les bornes ou le pas du fait : la comparaison garde un sens."""
    if fait.type in (TypeFait.ENTIER, TypeFait.DECIMAL):
        if est_nombre(brut):
            return brut  # type: ignore[no-any-return]
        raise ValeurFautive("attendu : un nombre, sans guillemets")
    if fait.type is TypeFait.DATE:
        if est_date(brut):
            return brut  # type: ignore[no-any-return]
        raise ValeurFautive("attendu : une date AAAA-MM-JJ, sans guillemets")
    return valeur(fait, brut)


def _liste(table: Lecteur, cle: str, contexte: Contexte) -> tuple[Condition, ...] | None:
    tables = table.tables(cle, obligatoire=True)
    if not tables and cle in table:
        table.signaler(cle, "attendu : au moins une condition")
    lues = [_lire(dessous, contexte) for dessous in tables]
    saines = tuple(lue for lue in lues if lue is not None)
    return saines if tables and len(saines) == len(lues) else None


def _tous(table: Lecteur, contexte: Contexte) -> Condition | None:
    de = _liste(table, "tous", contexte)
    return None if de is None else Tous(de)


def _un_de(table: Lecteur, contexte: Contexte) -> Condition | None:
    de = _liste(table, "un_de", contexte)
    return None if de is None else UnDe(de)


def _non(table: Lecteur, contexte: Contexte) -> Condition | None:
    dessous = lire_condition(table, "non", contexte)
    return None if dessous is None else Non(dessous)


def _au_moins_n(table: Lecteur, contexte: Contexte) -> Condition | None:
    n, de = table.entier("au_moins_n"), _liste(table, "de", contexte)
    if n is not None and de is not None and not 1 <= n <= len(de):
        table.signaler("au_moins_n", f"attendu : un nombre de 1 à {len(de)}, le nombre de conditions")
        return None
    return None if n is None or de is None else AuMoins(n, de)


def _une_personne(table: Lecteur, contexte: Contexte) -> Condition | None:
    return _sur_une_personne(table, "une_personne", contexte)


def _nombre_de_personnes(table: Lecteur, contexte: Contexte) -> Condition | None:
    dessous = _sur_une_personne(table, "nombre_de_personnes", contexte)
    ops = [op for op in _ORDRE if op in table]
    if len(ops) != 1:
        table.signaler("", f"attendu : une comparaison du nombre de personnes, parmi {', '.join(_ORDRE)}")
        return None
    n = table.entier(ops[0])
    if n is not None and n < 0:
        table.signaler(ops[0], "attendu : un nombre de personnes, 0 ou plus")
        return None
    return None if dessous is None or n is None else replace(dessous, op=ops[0], n=n)


def _sur_une_personne(table: Lecteur, cle: str, contexte: Contexte) -> NombreDePersonnes | None:
    """Au moins une personne qui remplit la condition écrite à ``cle``, du rôle qu'elle dit s'il y en a un."""
    if contexte.dans_personne:
        table.signaler(cle, "une condition sur une personne n'en contient pas une autre")
        table.brut(cle)
        return None
    dessous = table.table(cle)
    if dessous is None:
        return None
    role = _role(dessous, contexte.catalogue)
    lue = _lire(dessous, replace(contexte, dans_personne=True))
    if lue is not None and role:
        lue = Tous((Comparaison(contexte.catalogue[ROLE], Op.EGAL, role), lue))
    return None if lue is None else NombreDePersonnes(lue, Op.AU_MOINS, 1, role)


def _role(table: Lecteur, catalogue: Catalogue) -> str:
    """Le rôle des personnes dont parle la condition ; ``""`` : toutes (ou il est fautif : la faute est notée)."""
    role, roles = table.texte("role", obligatoire="role" in table), catalogue[ROLE].codes if ROLE in catalogue else ()
    if role and role not in roles:
        table.signaler("role", hors_liste(role, roles))
        return ""
    return role


_LECTURES = {
    "fait": _comparaison,
    "tous": _tous,
    "un_de": _un_de,
    "non": _non,
    "au_moins_n": _au_moins_n,
    "une_personne": _une_personne,
    "nombre_de_personnes": _nombre_de_personnes,
}
