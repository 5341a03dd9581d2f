"""Deux fichiers de bailleur fictifs, pour la scène et les essais d'écran : personne, aucun logement réel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from modele.attributions.colonnes import FichierDe, colonnes

COLOMBE: Final = ("000000001", "Habitat Colombe (bailleur fictif)")
_COMMUNES: Final = (("99X01", "Colombe"), ("99X02", "Vieux-Pont"))
_RESIDENCES: Final = ("rés. Les Colombes", "Les Colombes", "Tour du Gué", "")
_RESERVENT: Final = (
    ("COLTER", "Métropole d'exemple"),
    ("PPRIOR", "Préfecture du département d'exemple"),
    ("COLACT", "Action Logement (fictif)"),
    ("COLTER", "Ville de Colombe"),
    ("AUCUN", ""),
)


def attributions_fictives(jour: date, combien: int = 60) -> bytes:
    """Autant d'attributions décidées depuis le début de l'année, un jour ouvert ou non après l'autre."""
    debut, passes = date(jour.year, 1, 1), (jour - date(jour.year, 1, 1)).days + 1
    return _ecrire(FichierDe.ATTRIBUTIONS, [_attribution(rang, debut, passes, combien) for rang in range(combien)])


def logements_fictifs(jour: date, combien: int = 12) -> bytes:
    """Autant de logements offerts ; un sur trois est à désigner depuis hier."""
    return _ecrire(FichierDe.LOGEMENTS, [_logement(rang, jour) for rang in range(combien)])


def _commun(rang: int) -> dict[str, str]:
    commune, reserve = _COMMUNES[rang % 2], _RESERVENT[rang % 5]
    return {
        "ref_bailleur": f"HC-{rang:04}",
        "siren_bailleur": COLOMBE[0],
        "bailleur": COLOMBE[1],
        "code_insee": commune[0],
        "commune": commune[1],
        "en_qpv": "NON",
        "typologie": f"T{rang % 4 + 1}",
        "surface_habitable": f"{30 + rang % 50},5",
        "annee_construction": "1975",
        "financement": "PLUS",
        "loyer_principal": "350,20",
        "nature_offre": "REMISE_EN_LOCATION",
        "hors_flux": "MUTATION" if rang % 17 == 16 else "NON",
        "type_reservataire": reserve[0],
        "reservataire": reserve[1],
    }


def _attribution(rang: int, debut: date, passes: int, combien: int) -> dict[str, str]:
    le = debut + timedelta(days=rang * passes // combien)
    bail = rang % 6 != 5
    return _commun(rang) | {
        "id_attribution": f"ATT-{rang:04}",
        "numero_unique": f"999012600{rang:04}FICT1",
        "origine_designation": "RESERVATAIRE" if rang % 5 != 4 else "BAILLEUR",
        "date_demande": f"{le - timedelta(days=400):%d/%m/%Y}",
        "date_caleol": f"{le:%d/%m/%Y}",
        "nb_candidats": "3",
        "decision": "ATTRIBUTION_RANG",
        "rang": "1",
        "reponse": "ACCEPTEE" if bail else "REFUSEE",
        "date_bail": f"{le:%d/%m/%Y}" if bail else "",
        "dalo": "OUI" if rang % 11 == 0 else "NON",
        "priorite_l441_1": "c" if rang % 7 == 0 and rang % 11 else "",
        "accord_collectif": "NON",
        "relogement_nru": "NON",
        "travailleur_essentiel": "NONDOC",
        "mutation": "NON",
        "situation_anterieure": "LP",
        "nb_personnes": "2",
        "quartile": "NONDOC" if rang % 9 == 8 else f"Q{rang // 2 % 4 + 1}",
        "residence": _RESIDENCES[rang // 2 % 4],
    }


def _logement(rang: int, jour: date) -> dict[str, str]:
    limite = jour + timedelta(days=-1 if rang % 3 == 0 else 10 + rang)
    return _commun(rang) | {
        "residence": "Les Colombes",
        "adresse": f"{rang + 1} rue inventée",
        "etage": str(rang % 5),
        "ascenseur": "NON",
        "dpe_energie": "D",
        "accessibilite": "AUCUNE",
        "date_disponibilite": f"{jour + timedelta(days=20):%d/%m/%Y}",
        "hors_flux": "NON",
        "date_information_reservataire": f"{limite - timedelta(days=30):%d/%m/%Y}",
        "date_limite_designation": f"{limite:%d/%m/%Y}",
    }


def _ecrire(fichier: FichierDe, lignes: Sequence[Mapping[str, str]]) -> bytes:
    noms = list(colonnes(fichier))
    corps = [";".join(ligne.get(nom, "") for nom in noms) for ligne in lignes]
    return "\n".join(["# EXEMPLE FICTIF", ";".join(noms), *corps, ""]).encode()
