"""Une séance en commande : du logement au dossier des membres, au procès-verbal et aux lettres, sans écran.

Sans décision, la séance se prépare : le dossier des membres seul s'écrit. Tout se compose avant que rien ne s'écrive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from modele.bilan import etablir
from modele.dossier.chemins import ABSENT
from modele.dossier.chemins import lire as lire_reponse
from modele.dossier.documents import decoder
from modele.protection.nommes import nomment
from modele.regles.disque import lire
from modele.regles.fautes import ErreurUtilisateur
from modele.seance.constat import Constat, tenir
from modele.seance.controles import Classees, annee_folle
from modele.seance.ecrits import textes
from modele.seance.notions import Seance
from modele.seance.suites import Suite, exiger_passees, suivre
from ui.console.lignes import liste, paragraphe
from ui.etat.seances import dire_grille
from ui.etat.sortie_de_seance import laisser, lettres_deja, tenu_de

if TYPE_CHECKING:
    from impressions.lettres_de_seance import Refusee
    from impressions.papiers_de_seance import Papiers
    from ui.console.commission import Rendu

FICTIF: Final = "Territoire fictif : rien n'y a de valeur officielle."
ENSEMBLE: Final = "--seance et --sortie vont ensemble : la séance, et le dossier où laisser ses papiers."
_SANS_NOM: Final = "Les membres le liront : dites la situation, jamais la personne."
_NUMERO: Final = "demande.numero_unique"
_VIDES: Final = (ABSENT, None, "")
_ATTENDU: Final = "attendu : une séance, un objet JSON { commission, bailleur, tenue_le, membres, candidats, … }"


@dataclass(frozen=True, slots=True)
class Tenue:
    """Ce qu'une séance laisse : son constat, ses papiers, les lettres qui ne s'écrivent pas, celles déjà écrites."""

    constat: Constat
    suites: tuple[Suite, ...]
    papiers: tuple[Path, ...]
    refusees: tuple[Refusee, ...]
    deja: tuple[str, ...]


def tenir_seance(rendu: Rendu, dite: Seance, fichier: Path, sortie: Path, jour: date) -> Tenue:
    """Tient cette séance, et en écrit les papiers, datés de ``jour``. ``rendu`` : le classement du jour de la séance.

    Lève ``ErreurUtilisateur`` ; rien n'est alors écrit.
    """
    _exiger_sans_nom(rendu, dite, fichier)
    constat = _constater(rendu, dite, fichier, jour)
    tenu = tenu_de(constat, rendu.logement)
    deja = lettres_deja(sortie, tenu, repond=bool(dite.reponses))
    papiers = _composer(rendu, constat, jour, deja)
    return Tenue(constat, suivre(constat), laisser(sortie, papiers.octets, tenu, deja), papiers.refusees, deja)


def lire_seance(fichier: Path) -> Seance:
    """La séance de ce fichier. Lève ``ErreurUtilisateur``."""
    try:
        return _d_un_vrai_jour(msgspec.convert(decoder(lire(fichier)), Seance), fichier)
    except msgspec.ValidationError as faute:
        raise ErreurUtilisateur(f"{fichier.name} : {_ATTENDU}.{_ou(str(faute))}") from None
    except msgspec.DecodeError:
        raise ErreurUtilisateur(f"{fichier.name} : ce n'est pas du JSON lisible ; {_ATTENDU}.") from None


def _d_un_vrai_jour(seance: Seance, fichier: Path) -> Seance:
    """Une année folle se dit avant de ranger les demandes à ce jour."""
    if dite := annee_folle(seance):
        raise ErreurUtilisateur(f"{fichier.name} : {dite}")
    return seance


def _ou(faute: str) -> str:
    """Ce que dit la bibliothèque, réduit à la clé en cause : le reste est de l'anglais."""
    cles = [morceau for rang, morceau in enumerate(faute.split("`")) if rang % 2]
    noms = [_CASE.sub(_rang, cle.removeprefix("$.")) for cle in cles if cle not in _TYPES]
    return f" Voyez : {' dans '.join(dict.fromkeys(noms))}." if noms else ""


def _rang(case: re.Match[str]) -> str:
    """Le premier d'une liste est le premier."""
    return f"[{int(case[1]) + 1}]"


_TYPES: Final = ("str", "int", "float", "bool", "null", "object", "array", "date", "int | null", "$")
_CASE: Final = re.compile(r"\[(\d+)\]")


def _exiger_sans_nom(rendu: Rendu, seance: Seance, fichier: Path) -> None:
    """Nul ne s'y nomme : ni un candidat, ni qui n'est pas proposé (« à la place de Mme… »)."""
    if dits := nomment(dict.fromkeys(textes(seance)), rendu.documents):
        nommes = (f"{fichier.name} : « {dit} » nomme une personne. {_SANS_NOM}" for dit in dits)
        raise ErreurUtilisateur("\n".join(nommes))


def _constater(rendu: Rendu, seance: Seance, fichier: Path, jour: date) -> Constat:
    classees = Classees(
        rangs={un.dossier: un.rang for un in rendu.candidats},
        ecartees={un.dossier: un.regles for un in rendu.ecartes},
        sans_numero={str(un["id"]) for un in rendu.documents if lire_reponse(un, _NUMERO) in _VIDES},
        residences=rendu.regles.territoire.residences,
        logement=rendu.offert,
    )
    try:
        exiger_passees(seance, jour)
        constat = tenir(seance, classees)
        suivre(constat)
    except ErreurUtilisateur as faute:
        raise ErreurUtilisateur(f"{fichier.name} :\n{faute}") from None
    return constat


def _composer(rendu: Rendu, constat: Constat, jour: date, deja: tuple[str, ...]) -> Papiers:
    from impressions.papiers_de_seance import composer_papiers
    from impressions.seance import SeanceDite

    avis = (FICTIF,) if rendu.regles.territoire.exemple else ()
    classes = {un.dossier: un for un in rendu.candidats}
    documents = {str(un["id"]): un for un in rendu.documents}
    dite = SeanceDite(constat, rendu.offert, dire_grille(rendu.regles, rendu.jour), classes, avis)
    return composer_papiers(dite, lambda nom: etablir(rendu.regles, documents[nom], jour), jour, deja)


def en_json(tenue: Tenue) -> dict[str, Any]:
    """L'objet du contrat."""
    constat = tenue.constat
    return {
        "commission": constat.seance.commission,
        "tenue_le": constat.seance.tenue_le,
        "tenue": constat.tenue,
        "candidats": [
            {
                "reference": une.reference,
                "dossier": une.propose.dossier,
                "rang": une.rang,
                "decision": une.decision.genre if une.decision else None,
                "offre": une.decision.rang or 1 if une.genre and une.genre.favorable and une.decision else None,
                "designe_hors_ordre": une.designe_hors_ordre,
                "decide_hors_ordre": une.decide_hors_ordre,
            }
            for une in constat.lignes
        ],
        "hors_ordre": {"designations": constat.designations_hors_ordre, "decisions": constat.decisions_hors_ordre},
        "votants": constat.votants,
        "notifier_avant": constat.notifier_avant,
        "a_savoir": list(constat.savoir),
        "suites": [
            {
                "reference": une.ligne.reference,
                "reponse": une.reponse.reponse if une.reponse else None,
                "en_cours": une.en_cours,
                "effet": une.effet,
            }
            for une in tenue.suites
        ],
        "papiers": [un.name for un in tenue.papiers],
        "lettres_non_ecrites": [{"reference": une.reference, "raison": une.pourquoi} for une in tenue.refusees],
        "lettres_deja_ecrites": list(tenue.deja),
    }


def dire(tenue: Tenue) -> str:
    """Le même en texte, de 80 colonnes."""
    return "\n".join(_lignes(tenue))


def _lignes(tenue: Tenue) -> Iterator[str]:
    constat = tenue.constat
    etat = "tenue" if constat.tenue else "préparée"
    yield from paragraphe(f"Séance {etat} · {constat.seance.commission} · {constat.seance.tenue_le:%d/%m/%Y}", "")
    for une in constat.lignes:
        dit = une.genre.libelle if une.genre else "sans décision"
        rang = f", rang {une.decision.rang}" if une.decision and une.decision.rang else ""
        ordre = ", hors de l'ordre de la grille" if une.designe_hors_ordre or une.decide_hors_ordre else ""
        yield from paragraphe(f"{une.reference} ({une.propose.dossier}) : {dit}{rang}{ordre}", "  ")
    yield from liste("À savoir", constat.savoir)
    yield from liste("Lettres non écrites", [f"{une.reference} : {une.pourquoi}" for une in tenue.refusees])
    yield from liste("Lettres déjà écrites, laissées telles quelles", tenue.deja)
    yield from liste("Suites", [une.effet for une in tenue.suites if une.effet])
    yield from liste("Papiers", [str(un) for un in tenue.papiers])
