"""Les fichiers d'exemple, et de quoi en écrire de faux : pour les essais du flux."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from modele.attributions.colonnes import FichierDe, colonnes
from modele.attributions.import_bailleur import EssaiBailleur, essayer
from ressources import RESSOURCES

if TYPE_CHECKING:
    import polars as pl

EXEMPLES = RESSOURCES / "exemples" / "metropole-essai"
JOUR = date(2026, 11, 27)
ATTRIBUTIONS = EXEMPLES / "attributions.csv"
LOGEMENTS = EXEMPLES / "logements.csv"


@cache
def attributions() -> pl.DataFrame:
    return essayer(ATTRIBUTIONS.read_bytes(), FichierDe.ATTRIBUTIONS, None, JOUR).table


@cache
def logements() -> pl.DataFrame:
    return essayer(LOGEMENTS.read_bytes(), FichierDe.LOGEMENTS, None, JOUR).table


UNE_ATTRIBUTION = {
    "id_attribution": "A-1",
    "ref_bailleur": "L-1",
    "siren_bailleur": "000000001",
    "bailleur": "Habitat Vallebrume",
    "code_insee": "99901",
    "code_qpv": "",
    "en_qpv": "NON",
    "typologie": "T3",
    "annee_construction": "1975",
    "financement": "PLUS",
    "hors_flux": "NON",
    "type_reservataire": "COLTER",
    "reservataire": "Commune de Vallebrume",
    "origine_designation": "RESERVATAIRE",
    "date_caleol": "10/03/2026",
    "nb_candidats": "3",
    "decision": "ATTRIBUTION",
    "rang": "",
    "reponse": "ACCEPTEE",
    "date_bail": "01/04/2026",
    "dalo": "NON",
    "priorite_l441_1": "",
}
UN_LOGEMENT = {
    "ref_bailleur": "L-9",
    "siren_bailleur": "000000001",
    "code_insee": "99901",
    "en_qpv": "NON",
    "typologie": "T2",
    "nature_offre": "REMISE_EN_LOCATION",
    "hors_flux": "NON",
    "type_reservataire": "COLTER",
    "reservataire": "Commune de Vallebrume",
    "date_information_reservataire": "01/10/2026",
    "date_limite_designation": "01/11/2026",
    "dpe_energie": "D",
}


def en_csv(lignes: list[dict[str, str]], separateur: str = ";") -> str:
    """Un fichier, d'après la première ligne."""
    entete = list(lignes[0])
    return (
        "\n".join(separateur.join(une) for une in [entete, *([ligne[un] for un in entete] for ligne in lignes)]) + "\n"
    )


def lire(texte: str | bytes, fichier: FichierDe = FichierDe.ATTRIBUTIONS, jour: date = JOUR) -> EssaiBailleur:
    """L'essai à blanc de ce texte."""
    return essayer(texte if isinstance(texte, bytes) else texte.encode(), fichier, None, jour)


def des_attributions(*changements: dict[str, str]) -> pl.DataFrame:
    """La même attribution, chaque fois changée, et un identifiant à elle."""
    lignes = [
        UNE_ATTRIBUTION | {"id_attribution": f"A-{n}", "ref_bailleur": f"L-{n}"} | un
        for n, un in enumerate(changements)
    ]
    essai = lire(en_csv(lignes))
    assert essai.refusees == ()
    return essai.table


def aucun_logement() -> pl.DataFrame:
    """Une table de logements vide."""
    return lire(en_csv([dict.fromkeys(UN_LOGEMENT, "")]), FichierDe.LOGEMENTS).table


def ids(fichier: FichierDe) -> list[str]:
    return list(colonnes(fichier))
