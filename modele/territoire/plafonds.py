"""Les plafonds de ressources HLM d'un ménage, à une date, dans une commune : PLAI, PLUS, PLS."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from modele.dossier.faits.plafonds import CATEGORIES, categorie
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.parametres import resoudre
from modele.territoire.bareme import Bareme, Cellule
from modele.territoire.pays import Pays

FINANCEMENTS: Final = ("plai", "plus", "pls")
SUPPLEMENTAIRE: Final = "supplementaire"


@dataclass(frozen=True, slots=True)
class Plafonds:
    """Les plafonds d'un ménage, en euros par an, et ce qu'il faut en savoir.

    ``pls`` est publié à l'euro, et les ressources s'y comparent ; ``pls_exact`` : 1,3 × PLUS, gardé à part.
    ``confiances`` : par financement. ``remarques`` : ce qui est « à vérifier ».
    """

    annee: int
    categorie: int
    zone: str
    plai: int
    plus: int
    pls: int
    pls_exact: Decimal
    statuts: dict[str, str]
    confiances: dict[str, str]
    remarques: tuple[str, ...]

    def en_json(self) -> dict[str, Any]:
        """Un objet JSON : nombres entiers, ``pls_exact`` en texte."""
        return asdict(self) | {"pls_exact": str(self.pls_exact), "remarques": list(self.remarques)}


def plafonds(
    pays: Pays,
    jour: date,
    commune_insee: str,
    personnes: int,
    *,
    personne_seule_avec_charge: bool = False,
    jeune_menage: bool = False,
    handicap: bool = False,
) -> Plafonds:
    """Les plafonds d'un ménage de ``personnes`` personnes à loger, selon les tables de l'année de ``jour``.

    ``handicap`` : une carte mobilité inclusion « invalidité » au foyer. Les surclassements ne se cumulent pas.
    Lève ``ErreurUtilisateur`` : date hors tables, commune inconnue ou d'outre-mer, ménage impossible.
    """
    _verifier_menage(personnes, personne_seule_avec_charge=personne_seule_avec_charge, jeune_menage=jeune_menage)
    lignes = pays.bareme
    annee, lieu = _annee(jour, lignes), pays.zone(commune_insee)
    rang = categorie(personnes, personne_seule_avec_charge, jeune_menage, handicap)
    cellules = {f: lignes[annee, f, lieu, str(rang)] for f in FINANCEMENTS}
    en_plus = max(0, personnes - CATEGORIES)
    montants = {f: c.euros + en_plus * lignes[annee, f, lieu, SUPPLEMENTAIRE].euros for f, c in cellules.items()}
    return Plafonds(
        annee=annee,
        categorie=rang,
        zone=lieu,
        plai=montants["plai"],
        plus=montants["plus"],
        pls=montants["pls"],
        pls_exact=montants["plus"] * _coefficient_pls(pays, jour),
        statuts={f: c.statut for f, c in cellules.items()},
        confiances={f: c.confiance for f, c in cellules.items()},
        remarques=(
            *_remarques(cellules, personnes, personne_seule_avec_charge),
            *filter(None, [pays.zones.remarque(commune_insee)]),
        ),
    )


def _verifier_menage(personnes: int, *, personne_seule_avec_charge: bool, jeune_menage: bool) -> None:
    if personnes < 1:
        raise ErreurUtilisateur("Un ménage compte au moins une personne. Donnez un nombre entier, 1 ou plus.")
    if personne_seule_avec_charge and (personnes < 2 or jeune_menage):
        raise ErreurUtilisateur(
            "Une personne seule avec personne à charge, c'est au moins deux personnes et jamais un jeune ménage. "
            "Corrigez le nombre de personnes ou l'option."
        )
    if jeune_menage and personnes != 2:
        raise ErreurUtilisateur("Un jeune ménage est un couple sans personne à charge : deux personnes exactement.")


def _annee(jour: date, lignes: Bareme) -> int:
    annees = {cle[0] for cle in lignes}
    if jour.year in annees:
        return jour.year
    raise ErreurUtilisateur(
        f"Aucune table de plafonds pour {jour.year} : Perron a celles de {min(annees)} à {max(annees)}. "
        "Donnez une autre date, ou ajoutez l'année à ressources/national/plafonds_hlm.csv."
    )


def _coefficient_pls(pays: Pays, jour: date) -> Decimal:
    """La majoration du PLS ce jour-là, écrite une seule fois : le paramètre national."""
    return Decimal(str(resoudre([pays.parametres], jour, {})["plafond_pls_coefficient"].valeur))


def _remarques(cellules: dict[str, Cellule], personnes: int, seule: bool) -> list[str]:
    remarques = [
        f"{f.upper()} : valeur calculée, à vérifier sur l'arrêté." for f, c in cellules.items() if c.confiance == "D"
    ]
    if seule and personnes >= CATEGORIES:
        remarques.append(
            "Personne seule avec cinq personnes à charge ou plus : les sources divergent "
            "(catégorie 6, ou un supplément de plus), à vérifier."
        )
    return remarques
