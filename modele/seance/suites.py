"""Après la séance : qui a répondu, à qui l'offre passe, ce qu'un refus change. Le droit : ``seance.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.regles.fautes import ErreurUtilisateur
from modele.seance.constat import Constat, Ligne
from modele.seance.droit import Droit, droit
from modele.seance.notions import Reponse, Seance

ACCEPTEE: Final = "acceptee"
REFUSEE: Final = "refusee"
SANS_REPONSE: Final = "sans_reponse"
REPONSES: Final[Mapping[str, str]] = {
    ACCEPTEE: "acceptée",
    REFUSEE: "refusée",
    SANS_REPONSE: "sans réponse dans le délai : vaut refus (CCH R441-10)",
}


@dataclass(frozen=True, slots=True)
class Suite:
    """Une offre, et sa réponse. ``reponse`` vide : en cours, si l'offre est à elle ; sinon, son tour n'est pas venu."""

    ligne: Ligne
    reponse: Reponse | None
    en_cours: bool
    effet: str


def suivre(constat: Constat, lu: Droit | None = None) -> tuple[Suite, ...]:
    """L'offre passe au suivant au refus, et s'arrête à qui accepte. Lève ``ErreurUtilisateur``."""
    lu = lu or droit()
    dites = {une.dossier: une for une in constat.seance.reponses}
    _exiger(constat, dites)
    suites: list[Suite] = []
    ouverte, depuis = True, constat.seance.tenue_le
    for ligne in constat.offres:
        reponse = dites.get(ligne.propose.dossier)
        if reponse is not None and not ouverte:
            raise ErreurUtilisateur(
                f"{ligne.propose.dossier} répond, et l'offre n'était pas encore à lui : corrigez « reponses »."
            )
        if reponse is not None:
            _exiger_le_temps(reponse, depuis, constat.seance)
            depuis = reponse.le
        suites.append(Suite(ligne, reponse, ouverte and reponse is None, _effet(ligne, reponse, lu)))
        ouverte = ouverte and reponse is not None and reponse.reponse != ACCEPTEE
    return tuple(suites)


def _exiger(constat: Constat, dites: Mapping[str, Reponse]) -> None:
    offres = {une.propose.dossier for une in constat.offres}
    for nom, une in dites.items():
        if une.reponse not in REPONSES:
            raise ErreurUtilisateur(
                f"{nom} : « {une.reponse} » n'est pas une réponse. Attendu : {', '.join(REPONSES)}."
            )
        if nom not in offres:
            raise ErreurUtilisateur(f"{nom} répond, et n'a reçu aucune offre : corrigez « reponses ».")
        if une.le < constat.seance.tenue_le:
            raise ErreurUtilisateur(f"{nom} répond avant la séance : corrigez « le ».")
    if len(dites) < len(constat.seance.reponses):
        raise ErreurUtilisateur("Une même personne répond deux fois : gardez une réponse dans « reponses ».")


def exiger_passees(seance: Seance, jour: date) -> None:
    """Une séance qui décide a eu lieu, ses réponses aussi : ``jour`` est celui où l'on écrit. Lève si ce n'est pas."""
    if seance.decisions and seance.tenue_le > jour:
        raise ErreurUtilisateur(
            f"La séance est du {seance.tenue_le:%d/%m/%Y}, après le {jour:%d/%m/%Y} : elle ne peut avoir décidé. "
            "Corrigez « tenue_le » ou --date, ou ôtez « decisions » pour la préparer."
        )
    for une in seance.reponses:
        if une.le > jour:
            raise ErreurUtilisateur(
                f"{une.dossier} répond le {une.le:%d/%m/%Y}, après le {jour:%d/%m/%Y} : corrigez « le » ou --date."
            )


def _exiger_le_temps(une: Reponse, depuis: date, seance: Seance) -> None:
    """L'offre est remise après que le précédent a répondu ; son silence ne vaut refus qu'une fois le délai passé."""
    nom, jours = une.dossier, seance.reglement.reponse_jours
    if une.le < depuis:
        raise ErreurUtilisateur(f"{nom} répond avant que l'offre ne lui soit faite : corrigez « le ».")
    if une.remise_le is not None and not depuis <= une.remise_le <= une.le:
        raise ErreurUtilisateur(
            f"{nom} : l'offre lui est remise après la séance et la réponse de qui précède, et avant la sienne. "
            "Corrigez « remise_le »."
        )
    if une.reponse != SANS_REPONSE:
        return
    if jours is None or une.remise_le is None:
        raise ErreurUtilisateur(
            f"{nom} : un silence ne vaut refus qu'après le délai de l'offre (CCH R441-10). Écrivez ce délai "
            "(« reponse_jours » du règlement intérieur) et le jour où l'offre lui a été remise (« remise_le »)."
        )
    if (une.le - une.remise_le).days <= jours:
        raise ErreurUtilisateur(
            f"{nom} : l'offre remise le {une.remise_le:%d/%m/%Y} laisse {jours} jours pour répondre ; au "
            f"{une.le:%d/%m/%Y} le délai court encore, son silence ne vaut pas refus."
        )


def _effet(ligne: Ligne, reponse: Reponse | None, lu: Droit) -> str:
    """Ce qu'un refus change. Le silence vaut refus ; inconnu n'est pas « adapté »."""
    if reponse is None or reponse.reponse == ACCEPTEE:
        return ""
    if ligne.propose.prefet_le is None:
        return lu.refus
    return lu.dalo.refus if reponse.adapte is True else lu.dalo.refus_sans_perte
