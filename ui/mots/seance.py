"""Les mots de « Tenir une commission ». Sans Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from modele.mots.ecriture import majuscule
from modele.seance.droit import droit
from modele.seance.gardee import Candidat, Convoque, DecisionEcrite, Etat, ReponseEcrite, SeanceGardee
from modele.seance.notions import Reglement
from modele.seance.suites import REPONSES

TITRE: Final = "Tenir une commission"
AUCUNE: Final = "Aucune séance. Dans « Candidats d'un logement », rangez, désignez, puis « Préparer la séance »."
AUCUNE_A_LIRE: Final = (
    "Aucune séance ne vous est ouverte. La vôtre se lit ici de l'ouverture de son dossier à sa clôture, si votre "
    "compte y est noté : demandez-le à qui la prépare."
)
PREPARER: Final = "Ces demandes deviennent des candidats : « C-01 », « C-02 »… Nul nom n'entre dans la séance."
AJOUTER: Final = "Une séance attribue déjà ce logement : ces demandes s'y ajoutent."
A_ECRIRE: Final = "À écrire : une séance est celle d'une commission, pour un bailleur."
PAR_QUI: Final = "Écrivez qui a désigné chacune de ces demandes."
NUMERO: Final = "Sans numéro unique noté : qui a vérifié que la demande est enregistrée, et quand."
PREPAREE: Final = "Séance préparée."
GARDE: Final = "Gardé."
OUVRIR: Final = "Les membres liront le dossier de séance, sans nom ; elle ne se retirera plus."
CLORE: Final = "Close, la séance ne change plus, et ses membres ne la lisent plus."
ATTENDENT: Final = " Une offre attend encore sa réponse ({}) : close, elle ne pourra plus s'écrire."
RETIRER: Final = "Préparée par erreur : elle ne se montrera plus. Son histoire demeure."
SANS_MOTIF: Final = "Écrivez pourquoi : le procès-verbal le dira."
UNE_EXCEPTION: Final = "Gardez une seule exception : celle qui vaut ici."
SANS_GENRE: Final = "Choisissez ce qui est décidé."
SANS_REPONSE_CHOISIE: Final = "Choisissez la réponse."
SANS_JOUR: Final = "Écrivez le jour où elle a répondu."
JOUR_DE_SEANCE: Final = "Écrivez le jour où la séance se tient."
QUALITE: Final = "Choisissez à quel titre cette personne siège."
NOM_DE_MEMBRE: Final = "Écrivez qui siège."
SANS_NOM: Final = "Cette demande n'a pas encore de nom."
REGLEMENT: Final = "Du règlement intérieur de ce bailleur (CCH R441-9 IV). Laissez vide ce que vous n'avez pas lu."
PAPIERS: Final = "Les papiers de séance"
ECRITS: Final = "Papiers écrits dans {}."
CORRIGER: Final = "Pourquoi cette correction"
_ETATS: Final[Mapping[Etat, str]] = {
    Etat.PREPAREE: "en préparation",
    Etat.OUVERTE: "dossier ouvert aux membres",
    Etat.TENUE: "tenue",
    Etat.CLOSE: "close",
    Etat.RETIREE: "retirée",
}


def titre_de(une: SeanceGardee) -> str:
    """« M-1 · Office d'essai »."""
    return f"{une.logement.reference} · {une.bailleur.nom}"


def detail_de(une: SeanceGardee) -> str:
    """« tenue le 01/12/2026 · 3 candidats »."""
    le = next((un for un in (une.close_le, une.tenue_le, une.ouverte_le, une.preparee_le) if un), None)
    combien = sum(un.examine for un in une.candidats)
    candidats = f"{combien} candidat{'s' if combien > 1 else ''}"
    depuis = " depuis le" if une.etat is Etat.PREPAREE else " le"
    return f"{_ETATS[une.etat]}{f'{depuis} {le:%d/%m/%Y}' if le else ''} · {candidats}"


def resume(une: SeanceGardee) -> Iterator[str]:
    """Où elle en est, en peu de lignes."""
    yield f"{une.commission}. {une.bailleur.nom}, logement {une.logement.reference}."
    yield f"{detail_de(une)[:1].upper()}{detail_de(une)[1:]}."
    if une.grille.figee_le:
        yield f"Rangs figés le {une.grille.figee_le:%d/%m/%Y}. {une.grille.libelle}"
    if une.dispense.genre:
        cas = droit().exceptions.get(une.dispense.genre)
        nom = cas.libelle if cas is not None else "exception d'une version plus récente"
        yield f"Moins de trois demandes : {nom}. {une.dispense.motif}"
    if not une.membres:
        yield "Personne n'est encore convoqué."
    if une.par:
        yield f"Écrite en dernier par {une.par}."


def hors_ordre(designations: int, decisions: int) -> str:
    """Ce qui a quitté l'ordre de la grille, compté."""
    if not (designations or decisions):
        return "Rien ne quitte l'ordre de la grille."
    return f"Hors de l'ordre de la grille : {designations} désignation(s), {decisions} décision(s)."


def titre_du_candidat(un: Candidat, tous: Sequence[Candidat]) -> str:
    """« C-01 · rang 1 », « C-03 · rang 3, à égalité » : la commission choisit entre eux."""
    if un.rang is None:
        return f"{un.reference} · hors du classement"
    egale = sum(autre.rang == un.rang for autre in tous if autre.examine) > 1 and un.examine
    return f"{un.reference} · rang {un.rang}{', à égalité' if egale else ''}"


def detail_du_candidat(un: Candidat) -> str:
    """Ce qui en est dit et décidé."""
    if not un.examine:
        return f"n'est plus candidat depuis le {un.retrait.le:%d/%m/%Y}"
    dits = [
        f"désigné par {un.designe_par}" if un.designe_par else "",
        dire_decision(un.decision),
        dire_reponse(un.reponse),
    ]
    return " · ".join(filter(None, dits))


def raisons_du_candidat(un: Candidat) -> Iterator[str]:
    """Tout ce que la séance garde d'un candidat, en phrases."""
    if un.motif:
        yield f"Désigné parce que : {un.motif}"
    if un.prefet_le:
        yield f"Désigné par le préfet le {un.prefet_le:%d/%m/%Y}."
    yield from _vus(un)
    if un.retrait.le:
        yield f"N'est plus candidat : {un.retrait.motif}"
    yield from _dit_de_la_decision(un.decision)
    if un.reponse.reponse:
        yield f"{majuscule(dire_reponse(un.reponse))}.{f' Motif : {un.reponse.motif}' if un.reponse.motif else ''}"


def _vus(un: Candidat) -> Iterator[str]:
    vus = (("Prioritaire L441-1, vérifié", un.priorite), ("Accord vu", un.accord), ("Numéro vérifié", un.numero))
    for quoi, vu in vus:
        if vu.le:
            yield f"{quoi} par {vu.par} le {vu.le:%d/%m/%Y}."
    if un.sans_numero and not un.numero.le:
        yield "Aucun numéro unique noté : elle ne peut pas être examinée tant que nul ne l'a vérifié (CCH L441-2-1)."


def _dit_de_la_decision(dite: DecisionEcrite) -> Iterator[str]:
    if not dite.genre:
        return
    yield f"{dire_decision(dite)}. Motif : {dite.motif}"
    if dite.hors_ordre:
        yield f"Hors de l'ordre : {dite.hors_ordre}"
    if dite.correction:
        yield f"Corrigée : {dite.correction}"


def dire_decision(dite: DecisionEcrite) -> str:
    """« Attribution du logement, rang 1 », ou rien."""
    if not dite.genre:
        return ""
    genre = droit().decisions.get(dite.genre)
    nom = genre.libelle if genre is not None else "Décision d'une version plus récente"
    return f"{nom}, rang {dite.rang}" if dite.rang else nom


def dire_reponse(dite: ReponseEcrite) -> str:
    """« offre refusée le 12/12/2026 », ou rien."""
    if not dite.reponse:
        return ""
    return f"offre {REPONSES.get(dite.reponse, 'répondue')}{f', le {dite.le:%d/%m/%Y}' if dite.le else ''}"


def titre_du_membre(un: Convoque) -> str:
    """Son nom, ou ce qui manque."""
    return un.nom or "Nom à écrire"


def detail_du_membre(un: Convoque) -> str:
    """À quel titre, et s'il est là."""
    qualite = droit().qualites.get(un.qualite)
    dits = [qualite.libelle if qualite else "", "présent" if un.present else "", "préside" if un.preside else ""]
    return " · ".join(filter(None, (*dits, "représente les locataires" if un.locataires else "")))


def dire_reglement(dit: Reglement) -> Iterator[str]:
    """Le règlement intérieur du bailleur, à qui le lit ; ce qu'il ne dit pas se voit."""
    adopte = f", adopté le {dit.adopte_le:%d/%m/%Y}" if dit.adopte_le else ""
    yield f"Règlement intérieur : {f'{dit.nom}{adopte}' if dit.nom else 'non noté'}."
    quorum, notifier, repondre = (
        "non noté" if un is None else str(un) for un in (dit.quorum, dit.notification_jours, dit.reponse_jours)
    )
    yield f"Quorum : {quorum}. Jours pour notifier : {notifier} ; pour répondre : {repondre}."


def dire_repris(repris: SeanceGardee) -> str:
    """D'où vient le règlement proposé."""
    nom = repris.reglement.nom or "Règlement intérieur"
    quand: date | None = repris.preparee_le
    du = f" du {quand:%d/%m/%Y}" if quand else ""
    return f"{nom} : repris de la séance{du} du même bailleur. Relisez-le."
