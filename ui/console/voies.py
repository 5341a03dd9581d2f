"""Orienter un dossier sans écran : un objet JSON, ou un texte qui se lit dans 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from modele.bilan import Bilan
from modele.mots.echeances import dire_echeance, dire_fin, dire_repousse, dire_suite, dire_suspension, enoncer
from modele.mots.ecriture import dire_date
from modele.orientation.attention import ranger
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import a_joindre
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
        "en_avant": [voie.id for voie in ranger(voies_a_dire(bilan)).en_avant],
        "seul_a_seul": seul_a_seul(bilan),
        **json_priorites(bilan),
    }
    return Rendu(rendu, bilan)


# En JSON.


def _json_voie(voie: Voie, bilan: Bilan) -> dict[str, Any]:
    return {
        "id": voie.id,
        "libelle": voie.libelle,
        "urgence": voie.urgence.value,
        "etat": RETENUE if voie.certaine else POSSIBLE,
        "gestes": list(voie.gestes),
        "a_dire": list(voie.a_dire),
        "a_eviter": list(voie.a_eviter),
        "echeances": [_json_echeance(echeance, bilan.jour) for echeance in voie.echeances],
        "pieces": list(voie.pieces),
        "contacts": list(voie.contacts),
        "fiches": list(voie.fiches),
        "a_demander": list(faits_a_dire(bilan, voie.a_demander)),
        "remplacees": list(voie.remplacees),
        "heritees": list(voie.heritees),
        "fondement": voie.provenance.fondement,
        "confiance": voie.provenance.confiance,
        "verifie_le": voie.provenance.verifie_le,
        "source": voie.provenance.source,
    }


def _json_echeance(echeance: Echeance, jour: date) -> dict[str, Any]:
    return {
        "id": echeance.id,
        "objet": echeance.libelle,
        "enonce": enoncer(echeance),
        "agissez_avant": echeance.le,
        "fin_possible": echeance.fin_possible,
        "confiance_fin": echeance.confiance_fin,
        "etat": echeance.etat(jour).value,
        "suite": dire_suspension(echeance) or dire_suite(echeance, jour),
        "sous_reserve": echeance.sous_reserve,
        "date": echeance.le,
        "article": echeance.fondement,
        "confiance": echeance.confiance,
    }


# En texte.


def dire_voies(dites: Rendu) -> str:
    """Les voies mises en avant, le reste en une ligne, les recours et priorités, la question à poser seul à seul."""
    attention = ranger(voies_a_dire(dites.bilan))
    lignes = [ligne for voie in attention.en_avant for ligne in (*_voie(voie, dites.bilan), "")]
    lignes += _repliees(attention.repliees, dites.bilan)
    lignes = [*(lignes or ["Aucune voie.", ""]), *dire_priorites(dites.bilan)]
    lignes += ["", f"{QUESTION_NEUTRE}."] if seul_a_seul(dites.bilan) else []
    return "\n".join(lignes)


def _repliees(voies: Sequence[Voie], bilan: Bilan) -> list[str]:
    lignes = [ligne for voie in voies for ligne in paragraphe(f"- {_en_une_ligne(voie, bilan)}", "  ")]
    return ["RESTE POSSIBLE", *lignes, ""] if lignes else []


def _en_une_ligne(voie: Voie, bilan: Bilan) -> str:
    if voie.certaine:
        return f"{voie.libelle} (retenue)"
    manquants = [bilan.regles.vocabulaire.fait(fait) for fait in faits_a_dire(bilan, voie.a_demander)]
    suite = f" : à demander, {manquants[0]}" if manquants else ""
    return f"{voie.libelle}{suite}"


def _voie(voie: Voie, bilan: Bilan) -> Iterator[str]:
    yield from paragraphe(f"[{URGENCES[voie.urgence]}] {voie.libelle}{'' if voie.certaine else ' (possible)'}", "")
    yield from numerotees(voie.gestes)
    yield from liste("À dire", voie.a_dire)
    yield from liste("À éviter", voie.a_eviter)
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    yield from liste("Pièces", [noms.get(piece, piece) for piece in voie.pieces])
    yield from liste("Contacts", [_contact(contact) for contact in a_joindre(voie.contacts, bilan.regles.contacts)])
    yield from liste("Échéances", [_echeance(echeance, bilan.jour) for echeance in voie.echeances])
    manquants = [bilan.regles.vocabulaire.fait(fait) for fait in faits_a_dire(bilan, voie.a_demander)]
    yield from liste("À demander", list(dict.fromkeys(manquants)))
    dit = voie.provenance
    verifie = f" Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else ""
    yield from paragraphe(f"Fondement : {dit.fondement}.{verifie}{valider(dit.confiance)}", "  ")


def _contact(contact: Contact) -> str:
    """« 115, hébergement d'urgence » ; d'un contact qui manque ici, ce qu'on fait en attendant."""
    attendre = f" : il manque à ce territoire. {contact.quand}" if contact.en_attendant else ""
    return f"{contact.joindre}, {contact.libelle}{attendre}"


def _echeance(echeance: Echeance, jour: date) -> str:
    dites = (dire_suspension(echeance), dire_repousse(echeance), dire_suite(echeance, jour), dire_fin(echeance))
    suites = "".join(f" ; {dite}" for dite in dites if dite)
    return f"{echeance.libelle} : {dire_echeance(echeance)}{suites}{valider(echeance.confiance)}"
