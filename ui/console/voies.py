"""Orienter un dossier sans écran : un objet JSON, ou un texte qui se lit dans 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from modele.bilan import Bilan
from modele.mots.echeances import dire_echeance, enoncer
from modele.mots.ecriture import dire_date
from modele.orientation.resultat import Echeance, Voie
from modele.protection.mots import QUESTION_NEUTRE
from ui.console.dossier import Rendu, bilan_de
from ui.console.lignes import liste, numerotees, paragraphe, valider
from ui.console.priorites import dire_priorites, json_priorites
from ui.console.taire import faits_a_dire, seul_a_seul, voies_a_dire

URGENCES = {"immediate": "MAINTENANT", "jour": "AUJOURD'HUI", "semaine": "CETTE SEMAINE", "courante": "COURANT"}
RETENUE, POSSIBLE = "retenue", "possible"


def orienter_dossier(document: Mapping[str, Any], territoire: str | None, jour: date) -> Rendu:
    """Les voies d'un dossier. Lève ``ErreurUtilisateur``."""
    bilan = bilan_de(document, territoire, jour)
    rendu = {
        "territoire": bilan.regles.territoire.id,
        "date": jour,
        "orientations": [_json_voie(voie, bilan) for voie in voies_a_dire(bilan)],
        "seul_a_seul": seul_a_seul(bilan),
        **json_priorites(bilan),
    }
    return Rendu(rendu, bilan)


# En JSON.


def _json_voie(voie: Voie, bilan: Bilan) -> dict[str, Any]:
    articles = _articles(voie, bilan)
    return {
        "id": voie.id,
        "libelle": voie.libelle,
        "urgence": voie.urgence.value,
        "etat": RETENUE if voie.certaine else POSSIBLE,
        "gestes": list(voie.gestes),
        "a_dire": list(voie.a_dire),
        "a_eviter": list(voie.a_eviter),
        "echeances": [_json_echeance(echeance, articles[echeance.id]) for echeance in voie.echeances],
        "pieces": list(voie.pieces),
        "contacts": list(voie.contacts),
        "fiches": list(voie.fiches),
        "a_demander": list(faits_a_dire(bilan, voie.a_demander)),
        "remplacees": list(voie.remplacees),
        "fondement": voie.provenance.fondement,
        "confiance": voie.provenance.confiance,
        "verifie_le": voie.provenance.verifie_le,
        "source": voie.provenance.source,
    }


def _articles(voie: Voie, bilan: Bilan) -> dict[str, str]:
    """Par échéance, le fondement de la voie qui la déclare : une échéance reprise garde le sien."""
    regles = {regle.id: regle for regle in bilan.regles.orientations}
    trouves: dict[str, str] = {}
    for nom in (voie.id, *voie.remplacees):
        for echeance in regles[nom].echeances:
            trouves.setdefault(echeance.id, regles[nom].provenance.fondement)
    return trouves


def _json_echeance(echeance: Echeance, article: str) -> dict[str, Any]:
    """Une seule lecture du texte est calculée, la prudente : ``fin_possible``, la plus tardive, n'est pas connue."""
    return {
        "id": echeance.id,
        "objet": echeance.libelle,
        "enonce": enoncer(echeance),
        "agissez_avant": echeance.le,
        "fin_possible": None,
        "date": echeance.le,
        "article": article,
        "confiance": echeance.confiance,
    }


# En texte.


def dire_voies(dites: Rendu) -> str:
    """Les voies, la plus urgente d'abord, les recours et priorités, puis la question à poser seul à seul."""
    lignes = [ligne for voie in voies_a_dire(dites.bilan) for ligne in (*_voie(voie, dites.bilan), "")]
    lignes = [*(lignes or ["Aucune voie.", ""]), *dire_priorites(dites.bilan)]
    lignes += ["", f"{QUESTION_NEUTRE}."] if seul_a_seul(dites.bilan) else []
    return "\n".join(lignes)


def _voie(voie: Voie, bilan: Bilan) -> Iterator[str]:
    yield from paragraphe(f"[{URGENCES[voie.urgence]}] {voie.libelle}{'' if voie.certaine else ' (possible)'}", "")
    yield from numerotees(voie.gestes)
    yield from liste("À dire", voie.a_dire)
    yield from liste("À éviter", voie.a_eviter)
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    yield from liste("Pièces", [noms.get(piece, piece) for piece in voie.pieces])
    connus = bilan.regles.contacts
    yield from liste(
        "Contacts", [f"{connus[c].numero or connus[c].url}, {connus[c].libelle}" for c in voie.contacts if c in connus]
    )
    yield from liste("Échéances", [_echeance(echeance) for echeance in voie.echeances])
    manquants = [bilan.regles.vocabulaire.fait(fait) for fait in faits_a_dire(bilan, voie.a_demander)]
    yield from liste("À demander", list(dict.fromkeys(manquants)))
    dit = voie.provenance
    verifie = f" Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else ""
    yield from paragraphe(f"Fondement : {dit.fondement}.{verifie}{valider(dit.confiance)}", "  ")


def _echeance(echeance: Echeance) -> str:
    quand = dire_echeance(echeance)
    return f"{echeance.libelle} : {quand}{valider(echeance.confiance)}"
