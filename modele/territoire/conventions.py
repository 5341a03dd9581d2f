"""Ce qui est public des conventions de réservation : qui, chez qui, signée quand ; et qui saisit le reste.

Point de départ de l'écran : rien n'y est inventé, ce qui n'y est pas dit manque et se montre manquant. Une fois saisie
au coffre, la convention du coffre la remplace. Essais : ``tests/modele/territoire/test_conventions_du_territoire.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from modele.contingents.controles import meme
from modele.contingents.conventions import PUBLICS, ConventionTenue
from modele.contingents.passages import QUI
from modele.dossier.nomenclatures import nationales
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import SANS_PROVENANCE, Provenance, lire_provenance

FICHIER: Final = "conventions.toml"
_SOURCEE: Final = ("source", "verifie_le")
_ETAPES: Final = tuple(dict.fromkeys(QUI.values()))


@dataclass(frozen=True, slots=True)
class ConventionPublique:
    """Une convention dont on sait publiquement quelque chose. ``a_saisir_par`` : qui a le reste."""

    convention: ConventionTenue
    a_saisir_par: str = ""
    fictif: bool = False
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class Conventions:
    """``passage`` : qui fait quoi pour passer du stock au flux, par étape. ``remarque`` : ce qu'on en sait d'autre."""

    conventions: tuple[ConventionPublique, ...] = ()
    passage: Mapping[str, str] = field(default_factory=dict)
    passage_provenance: Provenance = SANS_PROVENANCE
    remarque: str = ""
    provenance: Provenance = SANS_PROVENANCE

    @property
    def bailleurs(self) -> tuple[str, ...]:
        """Les bailleurs qu'elles nomment, une fois chacun, dans leur ordre."""
        return tuple(dict.fromkeys(une.convention.bailleur for une in self.conventions))

    def a_completer(self, annee: int, tenues: Collection[ConventionTenue]) -> tuple[ConventionPublique, ...]:
        """Celles de cette année qui ne sont pas encore au coffre ; avant sa signature ou après sa fin, aucune."""
        de_l_annee = (replace(une, convention=replace(une.convention, annee=annee)) for une in self.conventions)
        return tuple(
            une
            for une in de_l_annee
            if _court(une.convention) and not any(meme(une.convention, tenue) for tenue in tenues)
        )


def lire_conventions(fichier: Lisible) -> Conventions:
    """Les conventions publiques d'un territoire. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    fictif, vus = lecteur.booleen("fictif"), set[str]()
    lues = tuple(_convention(table, vus, fictif) for table in lecteur.tables("convention"))
    passage, d_ou = _passage(lecteur.table("passage"), fictif)
    provenance = lire_provenance(lecteur, exigees=() if fictif else _SOURCEE)
    remarque = lecteur.texte("remarque")
    lecteur.finir()
    return Conventions(lues, passage, d_ou, remarque, provenance)


def _passage(table: Lecteur | None, fictif: bool) -> tuple[dict[str, str], Provenance]:
    if table is None:
        return {}, SANS_PROVENANCE
    dits = {etape: dit for etape in _ETAPES if (dit := table.texte(etape))}
    provenance = lire_provenance(table, exigees=() if fictif else _SOURCEE)
    table.clore()
    return dits, provenance


def _convention(table: Lecteur, vus: set[str], fictif: bool) -> ConventionPublique:
    table.identifiant(vus)
    lue = ConventionTenue(
        sorte=table.texte("sorte", obligatoire=True, permis=nationales()["reservataire_de_convention"].codes),
        reservataire=table.texte("reservataire", obligatoire=True),
        bailleur=table.texte("bailleur", obligatoire=True),
        ou=table.texte("perimetre", obligatoire=True, permis=nationales()["perimetre_de_convention"].codes),
        code=table.texte("code", obligatoire=True),
        annee=0,
        siren=table.texte("siren"),
        taux=_taux(table, "taux"),
        base=table.texte("base"),
        assiette=table.entier("assiette"),
        deductions=_codes(table, "deductions", nationales()["deduction_du_flux"].codes),
        publics=_codes(table, "publics", PUBLICS),
        publics_dits=table.texte("publics_dits"),
        objectifs=_objectifs(table.table("objectifs")),
        signee_le=table.date("signee_le"),
        a_revoir_le=table.date("a_revoir_le"),
        fin_le=table.date("fin_le"),
        unite=table.texte("unite_de_decompte", permis=nationales()["unite_de_decompte"].codes),
        premieres=table.booleen("premieres_mises_en_location") if "premieres_mises_en_location" in table else None,
    )
    par = table.texte("a_saisir_par")
    provenance = lire_provenance(table, exigees=() if fictif else _SOURCEE)
    table.clore()
    return ConventionPublique(replace(lue, source=provenance.source), par, fictif, provenance)


def _objectifs(table: Lecteur | None) -> dict[str, Decimal]:
    if table is None:
        return {}
    lus = {public: lu for public in PUBLICS if (lu := _taux(table, public)) is not None}
    table.clore()
    return lus


def _taux(table: Lecteur, cle: str) -> Decimal | None:
    lu = table.nombre(cle)
    if lu is not None and not 0 <= lu <= 100:
        table.signaler(cle, "attendu : un taux, de 0 à 100")
        return None
    return lu


def _codes(table: Lecteur, cle: str, permis: Collection[str]) -> tuple[str, ...]:
    lus = table.textes(cle)
    for lu in lus:
        if lu not in permis:
            table.signaler(cle, f"« {lu} » n'en est pas ; attendu : {', '.join(permis)}")
    return tuple(lu for lu in lus if lu in permis)


def _court(convention: ConventionTenue) -> bool:
    """Elle court cette année-là. Sans date de signature, ou sans fin, rien ne dit qu'elle ne court pas."""
    signee = convention.signee_le is None or convention.signee_le.year <= convention.annee
    return signee and (convention.fin_le is None or convention.annee <= convention.fin_le.year)
