"""Une convention de réservation telle qu'elle se garde : tout peut y manquer, sauf ce qui la distingue des autres.

Une par réservataire, bailleur, périmètre et année (CCH R441-5). Inconnu n'est jamais zéro : un taux absent ne
s'additionne pas, un public non dit n'exclut personne.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from modele.attributions.conventions import Convention, Prevision, UniteDeDecompte
from modele.attributions.droit import droit
from modele.contingents.lecture import lire_date, lire_entier, lire_nombre, lire_texte, lire_textes
from modele.dossier.chemins import ABSENT, Document

PUBLICS: Final = (
    "dalo",
    "prioritaires",
    "premier_quartile",
    "relogement",
    "salarie",
    "agent_public",
    "travailleur_essentiel",
    "mutation",
)
COMMUNE: Final = "commune"
DEPARTEMENT: Final = "departement"


@dataclass(frozen=True, slots=True)
class ConventionTenue:
    """``id`` vide : pas encore gardée. ``par`` : qui l'a saisie. ``sorte`` et ``ou`` : codes des nomenclatures.

    ``code`` : de la commune, du département, ou le SIREN de l'établissement public. ``premieres`` : les premières mises
    en location sont dans le flux ; ``None`` : on ne sait pas.
    """

    sorte: str
    reservataire: str
    bailleur: str
    ou: str
    code: str
    annee: int
    siren: str = ""
    taux: Decimal | None = None
    base: str = ""
    assiette: int | None = None
    deductions: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    publics_dits: str = ""
    objectifs: Mapping[str, Decimal] = field(default_factory=dict)
    signee_le: date | None = None
    a_revoir_le: date | None = None
    fin_le: date | None = None
    unite: str = ""
    premieres: bool | None = None
    source: str = ""
    retiree_le: date | None = None
    id: str = ""
    par: str = ""

    @property
    def complete(self) -> bool:
        """Vrai si rien de ce qui la distingue des autres ne manque."""
        return all((self.sorte, self.reservataire, self.bailleur, self.ou, self.code)) and self.annee > 0


def relire(document: Document, par: str = "") -> ConventionTenue:
    """La convention que dit ce document ; ce qu'un autre poste y a mal écrit se lit comme ce qui manque."""
    return ConventionTenue(
        sorte=lire_texte(document, "reservataire.sorte"),
        reservataire=lire_texte(document, "reservataire.nom"),
        bailleur=lire_texte(document, "bailleur.nom"),
        ou=lire_texte(document, "perimetre.sorte"),
        code=lire_texte(document, "perimetre.code"),
        annee=lire_entier(document, "annee") or 0,
        siren=lire_texte(document, "bailleur.siren"),
        taux=lire_nombre(document, "taux"),
        base=lire_texte(document, "base"),
        assiette=lire_entier(document, "assiette"),
        deductions=lire_textes(document, "deductions"),
        publics=lire_textes(document, "publics"),
        publics_dits=lire_texte(document, "publics_dits"),
        objectifs=_objectifs(document),
        signee_le=lire_date(document, "signee_le"),
        a_revoir_le=lire_date(document, "a_revoir_le"),
        fin_le=lire_date(document, "fin_le"),
        unite=lire_texte(document, "unite_de_decompte"),
        premieres=_dit(document.get("premieres_mises_en_location")),
        source=lire_texte(document, "source"),
        retiree_le=lire_date(document, "retiree_le"),
        id=lire_texte(document, "id"),
        par=par,
    )


def champs(convention: ConventionTenue) -> dict[str, Any]:
    """Ce qui s'écrit d'elle, par chemin ; ``ABSENT`` : ce qu'elle ne dit pas."""
    dits: dict[str, Any] = {
        "reservataire.sorte": convention.sorte,
        "reservataire.nom": convention.reservataire,
        "bailleur.nom": convention.bailleur,
        "bailleur.siren": convention.siren,
        "perimetre.sorte": convention.ou,
        "perimetre.code": convention.code,
        "annee": convention.annee,
        "taux": convention.taux,
        "base": convention.base,
        "assiette": convention.assiette,
        "deductions": list(convention.deductions),
        "publics": list(convention.publics),
        "publics_dits": convention.publics_dits,
        "signee_le": convention.signee_le,
        "a_revoir_le": convention.a_revoir_le,
        "fin_le": convention.fin_le,
        "unite_de_decompte": convention.unite,
        "premieres_mises_en_location": convention.premieres,
        "source": convention.source,
        "retiree_le": convention.retiree_le,
        **{f"objectifs.{public}": convention.objectifs.get(public) for public in PUBLICS},
    }
    return {chemin: ABSENT if valeur in (None, "", []) else valeur for chemin, valeur in dits.items()}


def manques(convention: ConventionTenue) -> tuple[str, ...]:
    """Ce que la convention doit dire et qu'on n'en sait pas (CCH R441-5, R441-5-2), dans l'ordre du genre."""
    absents = {chemin for chemin, valeur in champs(convention).items() if valeur is ABSENT}
    return tuple(chemin for chemin in ATTENDUS if chemin in absents)


def pour_le_flux(convention: ConventionTenue) -> Convention | None:
    """Ce qu'il en faut pour compter le flux ; ``None`` tant que son taux ou le SIREN du bailleur manque."""
    if convention.taux is None or not convention.siren:
        return None
    return Convention(
        reservataire=convention.reservataire,
        categorie=convention.sorte,
        siren_bailleur=convention.siren,
        perimetre=convention.code,
        annee=convention.annee,
        taux=convention.taux,
        premieres_mises_dans_le_flux=bool(convention.premieres),
        unite_de_decompte=UniteDeDecompte(convention.unite or UniteDeDecompte.ATTRIBUE),
        publics={public: part for public, part in convention.objectifs.items() if public in droit().publics},
    )


def previsions(tenues: Iterable[ConventionTenue]) -> tuple[Prevision, ...]:
    """Ce que les conventions disent du flux de leur bailleur, par bailleur, année et commune.

    Deux conventions qui n'en disent pas le même nombre n'en disent rien : on ne choisit pas entre elles.
    """
    dits: dict[tuple[str, int, str], set[int]] = {}
    for une in tenues:
        if une.siren and une.assiette is not None and une.retiree_le is None:
            commune = une.code if une.ou == COMMUNE else ""
            dits.setdefault((une.siren, une.annee, commune), set()).add(une.assiette)
    return tuple(
        Prevision(siren_bailleur=siren, annee=annee, remises_en_location=min(nombres), code_insee=commune)
        for (siren, annee, commune), nombres in dits.items()
        if len(nombres) == 1
    )


ATTENDUS: Final = (
    "bailleur.siren",
    "taux",
    "base",
    "assiette",
    "deductions",
    "publics",
    "signee_le",
    "a_revoir_le",
    "fin_le",
    "unite_de_decompte",
    "premieres_mises_en_location",
)


def _objectifs(document: Document) -> dict[str, Decimal]:
    lus = {public: lire_nombre(document, f"objectifs.{public}") for public in PUBLICS}
    return {public: lu for public, lu in lus.items() if lu is not None}


def _dit(valeur: object) -> bool | None:
    return valeur if isinstance(valeur, bool) else None
