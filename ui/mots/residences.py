"""Ce que disent des résidences et quartiers à enjeu l'écran, la commande et l'écran des candidats. Sans Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from modele.residences.droit import droit
from modele.residences.listes import LEGALE, SURVEILLEE, Lieu, Liste, Residences

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from modele.residences.ailleurs import Ailleurs
    from modele.residences.calcul import Derive, Suivi
    from modele.residences.effet import Effet
    from modele.residences.publication import AnneePubliee
    from modele.residences.rapprochement import Rapprochement

TITRE: Final = "Résidences et quartiers à enjeu"
AUCUN: Final = "Aucune résidence, aucun quartier n'est entré pour ce territoire."
SANS_FICHIER: Final = "Aucun fichier d'attributions n'est au coffre : importez-en un dans « Contingent de l'année »."
TUS: Final = "Les nombres trop petits se taisent, et ceux qui les rendraient."
PEUT_ETRE: Final = (
    "Résidence non reconnue : ce logement est peut-être dans une résidence à enjeu. Vérifiez la liste avec le bailleur."
)
SANS_LISTE: Final = "Aucune liste de résidences n'est entrée pour ce territoire : vérifiez l'annexe de la convention."
_SORTES: Final = {LEGALE: "Liste de la loi", SURVEILLEE: "À surveiller"}
_SENS: Final = {"monte": "monte", "baisse": "baisse", "egale": "ne change pas", "inconnu": "on ne sait pas"}
_LIBELLES: Final = {
    "Q1": "1er quartile",
    "Q2": "2e quartile",
    "Q3": "3e quartile",
    "Q4": "4e quartile",
    "sans": "Quartile inconnu",
    "total": "Attributions reconnues",
    "baux": "Suivies d'un bail",
    "peut_etre": "De la commune, peut-être ici",
}


def dire_sorte(lieu: Lieu) -> str:
    """« Liste de la loi » ou « À surveiller » : jamais l'une pour l'autre."""
    return _SORTES[LEGALE if lieu.legale else SURVEILLEE]


def dire_lieu(lieu: Lieu, communes: Mapping[str, str]) -> str:
    """« Liste de la loi · résidence · Colombe »."""
    genre = f"quartier {lieu.code_qpv}" if lieu.quartier else "résidence"
    return f"{dire_sorte(lieu)} · {genre} · {communes.get(lieu.commune, lieu.commune)}"


def dire_listes(residences: Residences, jour: date) -> list[str]:
    """Chaque liste : sa convention et sa date, ou qui l'a ; ce qui est dépassé."""
    return [_dire_liste(residences.liste(sorte), jour) for sorte in (LEGALE, SURVEILLEE)]


def _dire_liste(liste: Liste, jour: date) -> str:
    nom = _SORTES[liste.sorte]
    if liste.du is None:
        qui = f" : à remplir par {liste.a_remplir_par}" if liste.a_remplir_par else " : personne n'est dit la tenir"
        return f"{nom}, non entrée{qui}."
    depassee = f" Elle a plus de {droit().liste.annees} ans : vérifiez." if liste.depassee(jour) else ""
    source = f" Source : {liste.provenance.source}." if liste.provenance.source else ""
    convention = f", {liste.convention}" if liste.convention else ""
    reste = f" Le reste : {liste.a_remplir_par}." if liste.a_remplir_par else ""
    dit = f" {liste.dit}" if liste.dit else ""
    return f"{nom} du {liste.du:%d/%m/%Y}{convention}.{dit}{depassee}{source}{reste}"


def dire_source(lieu: Lieu, liste: Liste) -> str:
    """D'où vient ce lieu, et ce que sa liste permet."""
    de = f"{dire_sorte(lieu)} du {lieu.du:%d/%m/%Y}" if lieu.du else dire_sorte(lieu)
    source = lieu.provenance.source or liste.convention
    permet = droit().liste.sourcee if lieu.legale else droit().surveille.sourcee
    return f"{de}{f', {source}' if source else ''}. {permet}"


def lignes_de(une: AnneePubliee) -> list[tuple[str, str]]:
    """Sa part, puis ses comptes, l'un après l'autre : un libellé, ce qu'il vaut ; ce qui est tu se dit."""
    return [("Part du 1er quartile", _part(une)), *((dit, _compte(une.comptes[nom])) for nom, dit in _LIBELLES.items())]


def _compte(combien: int | None) -> str:
    return "tu" if combien is None else str(combien)


def _part(une: AnneePubliee) -> str:
    if une.part is None:
        return "rien ne s'y est attribué" if une.comptes["total"] == 0 else "tue"
    bas, haut = (f"{borne:g}".replace(".", ",") for borne in une.part)
    return f"{bas} %" if bas == haut else f"entre {bas} et {haut} %"


def dire_derive(suivi: Suivi) -> str:
    """« De 2025 à 2026 : la part du 1er quartile monte, de 5 à 12 points. » À des habilités seulement."""
    derive = suivi.derive
    if derive is None:
        return "Dérive : il faut deux années où l'on s'y est vu attribuer un logement."
    annees = f"De {derive.avant.annee} à {derive.apres.annee}"
    bornes = (
        _points(derive.bas) if derive.bas == derive.haut else f"entre {_points(derive.bas)} et {_points(derive.haut)}"
    )
    return f"{annees} : la part du 1er quartile, {_SENS[derive.sens]} ({bornes} points).{_reste(derive)}"


def _reste(derive: Derive) -> str:
    if derive.entiere:
        return ""
    combien = derive.avant.peut_etre + derive.apres.peut_etre
    return f" Sur les seules attributions reconnues : {combien} autres de la commune y sont peut-être."


def _points(ecart: Fraction) -> str:
    return f"{float(ecart * 100):+.1f}".replace(".", ",")


# Avant une décision.


def dire_ou(ou: Rapprochement, residences: Residences) -> Iterator[str]:
    """Ce qu'on sait de la résidence de ce logement."""
    for un in ou.reconnus:
        yield f"{un.nom} : {dire_sorte(un).lower()}."
    if not residences.lieux:
        yield SANS_LISTE
    elif ou.ressemblants:
        yield f"{PEUT_ETRE} Ressemble à : {', '.join(un.nom for un in ou.ressemblants)}."
    elif not any(not un.quartier for un in ou.reconnus):
        yield PEUT_ETRE


def dire_effet_court(effet: Effet | None) -> str:
    """« résidence : 8 sur 13 » ; un quartile inconnu est une fourchette. Rien sans résidence reconnue."""
    if effet is None:
        return ""
    return f"résidence : {_fourchette(effet.apres)} sur {effet.sur + 1}"


def dire_effet(effet: Effet, lieu: Lieu, annee: int) -> str:
    """« Les Colombes, 2026 : 7 sur 12 en premier quartile ; ce serait 8 sur 13. »"""
    quartile = " Quartile du ménage inconnu." if effet.premier is None else ""
    autres = f" {effet.peut_etre} attributions de la commune y sont peut-être aussi." if effet.peut_etre else ""
    avant = f"{_fourchette(effet.avant)} sur {effet.sur}" if effet.sur else "rien encore"
    return (
        f"{lieu.nom}, {annee} : {avant} en premier quartile ; ce serait {_fourchette(effet.apres)} sur {effet.sur + 1}."
        f"{quartile}{autres}"
    )


def _fourchette(bornes: tuple[int, int]) -> str:
    bas, haut = bornes
    return str(bas) if bas == haut else f"{bas} à {haut}"


def dire_offre(un: Ailleurs) -> str:
    """« L-12, Le Pré, libre le 04/12/2026 » ; ce qui n'est que ressemblant se dit."""
    libre = f"libre le {un.libre_le:%d/%m/%Y}" if un.libre_le else "date inconnue"
    proches = f"ressemble à {', '.join(lieu.nom for lieu in un.ou.ressemblants)}" if un.ou.ressemblants else ""
    dits = (un.logement.get("ref_bailleur"), un.logement.get("residence"), libre, proches)
    return ", ".join(str(dit) for dit in dits if dit)
