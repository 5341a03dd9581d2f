"""Une séance lue au coffre, ce qu'on en prépare, et ses papiers. Rien ne s'en écrit hors du coffre qu'on ne demande.

Les papiers sont ceux de la commande (``impressions.papiers_de_seance``) : chaque candidat y est sa référence neutre.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from modele.coffre.candidats import Choisie, Sorte
from modele.seance.gardee import Etat, SeanceGardee
from modele.seance.notions import Reglement

if TYPE_CHECKING:
    from impressions.lettres_de_seance import Refusee
    from modele.attributions.classement.classer import Candidat as Classe
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.coffre.seances import Designation
    from modele.droits import Auteur

ABANDONNEES: tuple[Etat, ...] = (Etat.CLOSE, Etat.RETIREE)


@dataclass(frozen=True, slots=True)
class APreparer:
    """Ce que l'écran des candidats confie : le logement, et qui y a été désigné."""

    logement: Mapping[str, Any]
    designees: tuple[Choisie, ...]


@dataclass(frozen=True, slots=True)
class Sortie:
    """Ce qui vient d'être écrit, et les lettres qui ne l'ont pas été."""

    chemins: tuple[Path, ...]
    refusees: tuple[Refusee, ...]


def designees(choisies: Sequence[Choisie]) -> tuple[Choisie, ...]:
    """La dernière désignation de chaque demande, dans l'ordre où elles sont venues."""
    dernieres = {une.dossier: une for une in choisies if une.sorte is Sorte.DESIGNEE}
    return tuple(dernieres.values())


def en_cours(seances: Sequence[SeanceGardee], logement: Mapping[str, Any]) -> SeanceGardee | None:
    """La séance qui attribue déjà ce logement, si elle n'est pas close."""
    cle = str(logement.get("ref_bailleur") or ""), str(logement.get("siren_bailleur") or "")
    ouvertes = (une for une in seances if une.etat not in ABANDONNEES)
    return next((une for une in ouvertes if (une.logement.reference, une.bailleur.siren) == cle), None)


def reglement_de(seances: Sequence[SeanceGardee], siren: str) -> tuple[Reglement, SeanceGardee] | None:
    """Le dernier règlement saisi pour ce bailleur, et la séance qui le porte ; jamais celui d'un autre."""
    siennes = [une for une in seances if siren and une.bailleur.siren == siren and une.reglement != Reglement()]
    return (siennes[0].reglement, siennes[0]) if siennes else None


def repris_de(seances: Sequence[SeanceGardee], une: SeanceGardee) -> SeanceGardee | None:
    """La séance du même bailleur d'où vient son règlement, tant qu'elle se prépare et qu'il n'a pas été changé."""
    if une.etat is not Etat.PREPAREE:
        return None
    dit = reglement_de([autre for autre in seances if autre.id != une.id], une.bailleur.siren)
    return dit[1] if dit is not None and dit[0] == une.reglement else None


def preparer(
    coffre: Coffre,
    regles: Regles,
    auteur: Auteur,
    voulu: APreparer,
    dites: Sequence[Designation],
    tete: tuple[str, str, str],
) -> SeanceGardee:
    """Crée la séance, ou ajoute ces candidats à celle de ce logement. ``tete`` : commission, bailleur, lieu.

    Lève ``ErreurUtilisateur``.
    """
    from modele.coffre.seances import Preparation
    from modele.commission.empreinte import empreinte

    tenues = coffre.seances.lister(auteur)
    deja = en_cours(tenues, voulu.logement)
    if deja is not None:
        presentes = set(coffre.seances.demandes(deja.id, auteur).values())
        neuves = [une for une in dites if une.dossier not in presentes]
        return coffre.seances.designer(deja.id, neuves, auteur, empreinte(regles))
    repris = reglement_de(tenues, str(voulu.logement.get("siren_bailleur") or ""))
    commission, bailleur, lieu = tete
    return coffre.seances.preparer(
        Preparation(
            commission=commission,
            bailleur=bailleur,
            logement=voulu.logement,
            sous=empreinte(regles),
            grille=dire_grille(regles),
            lieu=lieu,
            designations=dites,
            reglement=Reglement() if repris is None else repris[0],
        ),
        auteur,
    )


def dire_grille(regles: Regles, jour: date | None = None) -> str:
    """La version de la grille qui range, en mots."""
    from modele.cotation.coter import candidates
    from modele.regles.etats import Situation

    valent = candidates(regles.grilles_dites, jour or date.today(), Situation({}))
    if not valent:
        return "Aucune grille ne vaut à cette date : l'ancienneté seule range les demandes."
    dites = (
        f"{une.libelle} ({une.id}{f', en vigueur depuis le {une.validite.du:%d/%m/%Y}' if une.validite.du else ''})"
        for une in valent
    )
    return f"Grille : {' ; '.join(dites)}."


def ecrire_les_papiers(
    coffre: Coffre, regles: Regles, auteur: Auteur, une: SeanceGardee, sortie: Path, jour: date
) -> Sortie:
    """Le dossier des membres ; une fois décidée, le procès-verbal et les lettres. Tout, ou rien. Lève."""
    from impressions.papiers_de_seance import composer_papiers
    from impressions.seance import SeanceDite
    from modele.bilan import etablir
    from ui.etat.sortie_de_seance import laisser, lettres_deja, tenu_de

    demandes = coffre.seances.demandes(une.id, auteur)
    constat = une.constater(jour)
    dite = SeanceDite(
        constat, une.logement.colonnes, une.grille.libelle, _classes(coffre, regles, auteur, une, demandes),
        ("Territoire fictif : rien n'y a de valeur officielle.",) if regles.territoire.exemple else (),
        _relu(regles, une, jour),
    )  # fmt: skip
    tenu = tenu_de(constat, une.logement.reference)
    deja = lettres_deja(sortie, tenu, repond=bool(constat.seance.reponses))
    papiers = composer_papiers(
        dite, lambda reference: etablir(regles, coffre.consulter(demandes[reference], auteur), jour), jour, deja
    )
    return Sortie(laisser(sortie, papiers.octets, tenu, deja), papiers.refusees)


def _relu(regles: Regles, une: SeanceGardee, jour: date) -> str:
    """Si ce que la grille dit de chacun n'est plus du jour, ou des règles, qui ont figé les rangs."""
    from modele.commission.empreinte import empreinte

    figee = une.grille.figee_le
    if figee is None or (figee == jour and une.grille.version == empreinte(regles)):
        return ""
    change = "" if une.grille.version == empreinte(regles) else " ; les règles ont changé depuis"
    return f"Rangs figés le {figee:%d/%m/%Y} ; ce que la grille dit de chacun est relu le {jour:%d/%m/%Y}{change}."


def _classes(
    coffre: Coffre, regles: Regles, auteur: Auteur, une: SeanceGardee, demandes: Mapping[str, str]
) -> dict[str, Classe]:
    """Ce que la grille dit de chaque candidat, sous sa référence.

    Leurs lignes se tirent d'abord : nul n'a rouvert leur classement depuis que la grille, ou l'âge, a pu changer.
    """
    from ui.etat.candidats import classer_du_coffre, tirer_des_lignes

    tirer_des_lignes(coffre, regles, auteur, date.today(), len(demandes), list(demandes.values()))
    lues = classer_du_coffre(coffre, regles, auteur, une.logement.colonnes)
    par_dossier = {un.dossier: un for un in lues.classement.dire(combien=None)}
    return {reference: par_dossier[dossier] for reference, dossier in demandes.items() if dossier in par_dossier}
