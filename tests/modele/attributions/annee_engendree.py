"""Une année inventée à la taille d'une métropole : 42 000 demandes, 4 bailleurs, 37 communes, 5 000 attributions."""

from __future__ import annotations

import random
from datetime import date, timedelta

DEMANDES, BAILLEURS, COMMUNES, ATTRIBUTIONS, OFFERTS = 42_000, 4, 37, 5_000, 800
LE = date(2026, 11, 30)
_TYPES = ("PPRIOR", "PFONCT", "COLACT", "COLTER", "COLTER", "AUCUN", "AUCUN", "AUTRES")
_NOMS = {
    "PPRIOR": "Préfecture (prioritaires)",
    "PFONCT": "Préfecture (agents)",
    "COLACT": "Action Logement Services",
    "AUCUN": "Bailleur (non réservé)",
    "AUTRES": "Association",
}
_LETTRES = ("", "", "", "", "c", "e", "g", "j", "k")


def engendrer(graine: int = 2026, combien: int = ATTRIBUTIONS, offerts: int = OFFERTS) -> tuple[str, str]:
    """Les deux fichiers, en CSV. Quelques classés refusent et le suivant accepte ; quelques réponses viennent après."""
    hasard = random.Random(graine)
    attributions = [_attribution(hasard, rang) for rang in range(combien)]
    for rang in range(0, combien - 1, 50):
        suivante = attributions[rang] | {"id_attribution": f"R-{rang}", "rang": "2", "decision": "ATTRIBUTION_RANG"}
        attributions[rang] |= {"rang": "1", "decision": "ATTRIBUTION_RANG", "reponse": "REFUSEE", "date_bail": ""}
        attributions[rang + 1] = suivante
    return _csv(attributions), _csv([_logement(hasard, rang) for rang in range(offerts)])


def _commun(hasard: random.Random, rang: int, prefixe: str) -> dict[str, str]:
    bailleur, commune, type_ = hasard.randint(1, BAILLEURS), hasard.randint(1, COMMUNES), hasard.choice(_TYPES)
    hors = "NON" if hasard.random() > 0.12 else hasard.choice(("MUTATION", "RENOUVELLEMENT_URBAIN", "VENTE"))
    nom = f"Commune {commune}" if type_ == "COLTER" and hasard.random() < 0.4 else _NOMS.get(type_, "Métropole d'ici")
    en_qpv = hasard.random() < 0.3
    return {
        "ref_bailleur": f"{prefixe}{rang}",
        "siren_bailleur": f"{bailleur:09}",
        "bailleur": f"Bailleur {bailleur}",
        "code_insee": f"999{commune:02}",
        "code_qpv": f"QN{commune:06}" if en_qpv else "",
        "en_qpv": "OUI" if en_qpv else "NON",
        "typologie": hasard.choice(("T1", "T2", "T3", "T4", "T5")),
        "annee_construction": str(hasard.choice((1930, 1948, 1949, 1974, 1975, 1990, 1991, 2010, 2011, 2024))),
        "financement": hasard.choice(("PLAI", "PLUS", "PLS", "HLMO")),
        "nature_offre": "REMISE_EN_LOCATION",
        "hors_flux": hors,
        "type_reservataire": type_,
        "reservataire": nom,
    }


def _attribution(hasard: random.Random, rang: int) -> dict[str, str]:
    le = date(2026, 1, 1) + timedelta(hasard.randrange(334))
    bail = le + timedelta(hasard.randint(5, 60))
    reponse = hasard.choice(("ACCEPTEE",) * 8 + ("REFUSEE", "SANS_REPONSE", "EN_COURS"))
    signe = reponse == "ACCEPTEE" and bail <= LE
    return _commun(hasard, rang, "A") | {
        "id_attribution": f"ATT-{rang}",
        "numero_unique": f"{hasard.randrange(DEMANDES):018}",
        "origine_designation": hasard.choice(("RESERVATAIRE", "BAILLEUR_POUR_COMPTE", "RESERVATAIRE", "BAILLEUR")),
        "date_caleol": f"{le:%d/%m/%Y}",
        "nb_candidats": str(hasard.randint(1, 4)),
        "decision": hasard.choice(("ATTRIBUTION",) * 9 + ("NON_ATTRIBUTION",)),
        "rang": "",
        "reponse": reponse,
        "date_reponse": f"{min(LE, le + timedelta(4)):%d/%m/%Y}",
        "date_bail": f"{bail:%d/%m/%Y}" if signe else "",
        "dalo": "OUI" if hasard.random() < 0.1 else "NON",
        "priorite_l441_1": hasard.choice(_LETTRES),
        "emploi": hasard.choice(("OUI", "NON", "")),
    }


def _logement(hasard: random.Random, rang: int) -> dict[str, str]:
    informe = date(2026, 9, 1) + timedelta(hasard.randrange(90))
    return _commun(hasard, rang, "G") | {
        "date_information_reservataire": f"{informe:%d/%m/%Y}",
        "date_limite_designation": f"{informe + timedelta(30):%d/%m/%Y}",
        "dpe_energie": "D",
    }


def _csv(lignes: list[dict[str, str]]) -> str:
    entete = list(lignes[0])
    return "\n".join(";".join(une) for une in [entete, *([ligne[un] for un in entete] for ligne in lignes)]) + "\n"
