"""Les plafonds de ressources HLM d'un ménage, à une date, dans une commune : PLAI, PLUS, PLS."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from modele.dossier.faits.plafonds import AU_MOINS, AU_PLUS, CATEGORIES, categorie
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
    ``lecture_favorable`` : les montants par financement si le texte se lit pour la personne ; ``None`` s'il n'a qu'une
    lecture. Ne jamais refuser sur le plus bas des deux.
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
    lecture_favorable: dict[str, int] | None = None

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
    surclasse = personnes >= CATEGORIES and (personne_seule_avec_charge or handicap)
    au_moins, au_plus = (int(_parametre(pays, jour, nom)) if surclasse else 0 for nom in (AU_MOINS, AU_PLUS))

    def compter(supplements: int) -> dict[str, int]:
        en_plus = max(0, personnes - CATEGORIES) + supplements
        return {f: c.euros + en_plus * lignes[annee, f, lieu, SUPPLEMENTAIRE].euros for f, c in cellules.items()}

    montants = compter(au_moins)
    return Plafonds(
        annee=annee,
        categorie=rang,
        zone=lieu,
        plai=montants["plai"],
        plus=montants["plus"],
        pls=montants["pls"],
        pls_exact=montants["plus"] * _parametre(pays, jour, "plafond_pls_coefficient"),
        statuts={f: c.statut for f, c in cellules.items()},
        confiances={f: c.confiance for f, c in cellules.items()},
        remarques=(
            *_remarques(cellules, deux_lectures=au_plus > au_moins),
            *filter(None, [pays.zones.remarque(commune_insee)]),
        ),
        lecture_favorable=compter(au_plus) if au_plus > au_moins else None,
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


def _parametre(pays: Pays, jour: date, nom: str) -> Decimal:
    """La valeur d'un paramètre national ce jour-là : la majoration du PLS, ce que vaut un surclassement."""
    return Decimal(str(resoudre([pays.parametres], jour, {})[nom].valeur))


def _remarques(cellules: dict[str, Cellule], *, deux_lectures: bool) -> list[str]:
    remarques = [
        f"{f.upper()} : valeur calculée, à vérifier sur l'arrêté." for f, c in cellules.items() if c.confiance == "D"
    ]
    if deux_lectures:
        remarques.append(
            "Six personnes ou plus, seule avec charges ou handicap : l'arrêté a deux lectures (catégorie 6, ou un "
            "supplément de plus), à faire valider. Ne refusez jamais sur le plus bas des deux montants."
        )
    return remarques
