"""Coter un dossier sans écran : un objet JSON, ou un texte qui se lit dans 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from modele.bilan import Bilan, charger_regles, dires, etablir
from modele.cotation.coter import coter_par
from modele.cotation.rendu import decisif, fourchette
from modele.cotation.resultat import Cotation, HorsCotation, LigneCritere, LigneRubrique
from modele.dossier.questionnaire import avec_locales
from modele.mots.ecriture import dire_date
from modele.mots.note import DiseurDeNote
from modele.regles.fautes import FichierFautif
from ui.console.essai import ouvrir_grille
from ui.console.lignes import bords, paragraphe, phrase, valider
from ui.mots.notes import sans_grille


@dataclass(frozen=True)
class CotationDite:
    """La cotation d'un dossier : ``json`` à rendre, ``cotation`` à dire, ou ``phrase`` si aucune grille ne vaut."""

    json: dict[str, Any]
    bilan: Bilan
    cotation: Cotation | None
    phrase: str = ""


@dataclass(frozen=True)
class Rendu:
    """Ce qu'une commande tire d'un dossier : ``json`` à rendre, ``bilan`` à dire."""

    json: dict[str, Any]
    bilan: Bilan


def bilan_de(document: Mapping[str, Any], territoire: str | None, jour: date) -> Bilan:
    """Le bilan d'un dossier, sur le territoire donné, à défaut le sien. Lève ``ErreurUtilisateur``."""
    return etablir(charger_regles(territoire or str(document["territoire"])), document, jour)


def coter_dossier(document: Mapping[str, Any], territoire: str | None, grille: Path | None, jour: date) -> CotationDite:
    """La note d'un dossier. ``grille`` : une grille imposée, même hors de sa période ou de sa population.

    Lève ``ErreurUtilisateur`` (territoire inconnu), ``FichierFautif`` (grille fautive, toutes ses fautes).
    """
    if grille is not None:
        bilan = _bilan_par(document, territoire, grille, jour)
    else:
        bilan = bilan_de(document, territoire, jour).gardable
    if bilan.cotation is not None:
        return CotationDite(_json_cotation(bilan.cotation), bilan, bilan.cotation)
    if bilan.regles.grilles_fautives:
        raise FichierFautif([faute for fautif in bilan.regles.grilles_fautives for faute in fautif.fautes])
    pourquoi = sans_grille(bilan.regles, jour)
    return CotationDite({"grille": None, "message": pourquoi, "date": jour}, bilan, None, pourquoi)


def _bilan_par(document: Mapping[str, Any], territoire: str | None, chemin: Path, jour: date) -> Bilan:
    """Le bilan où la note vient d'une grille imposée, ses faits locaux compris."""
    lue, _ = ouvrir_grille(chemin)
    regles = charger_regles(territoire or str(document["territoire"]))
    connus = {fait.nom for fait in regles.locaux}
    nouveaux = [fait for fait in lue.faits_locaux if fait.nom not in connus]
    imposees = replace(regles, grilles=(lue,), questionnaire=avec_locales(regles.questionnaire, nouveaux))
    bilan = etablir(imposees, document, jour).gardable
    dit = bilan.dit
    (grille,), dits = imposees.grilles_dites, dires(imposees, dit.document, dit.pieces)
    return replace(bilan, cotation=coter_par(grille, dit.situation, jour, dits))


# En JSON.


def _json_cotation(note: Cotation) -> dict[str, Any]:
    return {
        "grille": note.grille,
        "statut": note.statut,
        "total": fourchette(note.declaree),
        "exact": note.exact,
        "rubriques": [_json_rubrique(rubrique) for rubrique in note.rubriques],
        "decisifs": [decisif(fait) for fait in note.decisifs],
        "hors_cotation": _json_circuits(note.hors_cotation),
        "declaree": fourchette(note.declaree),
        "verifiee": fourchette(note.verifiee),
        "libelle": note.libelle,
        "date": note.date_calcul,
        "population": DiseurDeNote().population(note.population),
        "mention": note.mention,
        "reserves": list(DiseurDeNote().reserves(note)),
        "sources": [{"titre": s.titre, "url": s.url, "releve_le": s.releve_le} for s in note.sources],
    }


def _json_rubrique(rubrique: LigneRubrique) -> dict[str, Any]:
    return {
        "id": rubrique.id,
        **fourchette(rubrique.points),
        "criteres": [_json_critere(critere) for critere in rubrique.criteres],
        "libelle": rubrique.libelle,
        "cumul": DiseurDeNote().cumul(rubrique),
        "confiance": rubrique.confiance,
    }


def _json_critere(critere: LigneCritere) -> dict[str, Any]:
    return {
        "id": critere.id,
        **fourchette(critere.points),
        "compte": critere.compte,
        "libelle": critere.libelle,
        "constat": "\n".join(DiseurDeNote().constats(critere)),
        "regle": DiseurDeNote().regle(critere),
        "non_compte": DiseurDeNote().non_compte(critere),
        "preuve": critere.preuve.value,
        "pieces": list(critere.pieces),
        "reference": critere.reference,
        "confiance": critere.confiance,
        "faits_inconnus": list(critere.faits_inconnus),
    }


def _json_circuits(circuits: Iterable[HorsCotation]) -> dict[str, list[str]]:
    tous = list(circuits)
    return {
        "certains": [c.id for c in tous if c.certain],
        "possibles": [c.id for c in tous if not c.certain],
    }


# En texte.


def dire_cotation(dite: CotationDite) -> str:
    """La note ligne à ligne, dans 80 colonnes."""
    if dite.cotation is None:
        return phrase(dite.phrase)
    note = dite.cotation
    lignes = [
        f"{DiseurDeNote().fourchette(note.declaree)}, au {dire_date(note.date_calcul)}",
        f"dont vérifiés : {DiseurDeNote().fourchette(note.verifiee)}",
        *paragraphe(f"{note.libelle} · {DiseurDeNote().population(note.population)}"),
        *paragraphe(note.mention),
    ]
    for rubrique in note.rubriques:
        lignes += ["", *_rubrique(rubrique)]
    lignes += _decisifs(dite.bilan, note)
    lignes += [f"À part : {c.libelle}{'' if c.certain else ' (possible)'}" for c in note.hors_cotation]
    for reserve in DiseurDeNote().reserves(note):
        lignes += paragraphe(f"Réserve : {reserve}")
    return "\n".join(lignes)


def _rubrique(rubrique: LigneRubrique) -> Iterator[str]:
    yield bords(rubrique.libelle.upper(), DiseurDeNote().fourchette(rubrique.points))
    if cumul := DiseurDeNote().cumul(rubrique):
        yield from paragraphe(f"({cumul})", "  ")
    for critere in rubrique.criteres:
        points = DiseurDeNote().fourchette(critere.points) + ("" if critere.compte is not False else ", non compté")
        yield bords(f"  {critere.libelle}", points)
        for constat in DiseurDeNote().constats(critere):
            yield from paragraphe(constat, "    ")
        regle, preuve = DiseurDeNote().regle(critere), critere.preuve.value
        yield from paragraphe(f"Règle : {regle}. Preuve : {preuve}.{valider(critere.confiance)}")
        if non_compte := DiseurDeNote().non_compte(critere):
            yield from paragraphe(non_compte, "    ")


def _decisifs(bilan: Bilan, note: Cotation) -> list[str]:
    if not note.decisifs:
        return []
    lignes = ["", "CE QUI PEUT ENCORE CHANGER LA NOTE"]
    for fait in note.decisifs:
        connu = bilan.regles.catalogue.get(fait.fait)
        nom = (connu.question or connu.definition if connu else "") or fait.fait
        ecart = "sans limite" if fait.ecart is None else f"{fait.ecart} points au plus"
        lignes += paragraphe(f"- {nom} ({ecart}{', refusé' if fait.refuse else ''})", "  ")
    return lignes
