"""Coter et orienter un dossier sans écran : un objet JSON, ou un texte qui se lit dans 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any

from modele.bilan import Bilan, charger_regles, dires, etablir
from modele.cotation.coter import coter_par
from modele.cotation.rendu import decisif, fourchette
from modele.cotation.resultat import Cotation, HorsCotation, LigneCritere, LigneRubrique
from modele.dossier.questionnaire import avec_locales
from modele.mots.ecriture import dire_date
from modele.mots.note import DiseurDeNote
from modele.orientation.resultat import Echeance, Voie
from modele.regles.confiance import a_valider
from modele.regles.fautes import FichierFautif
from ui.console.essai import ouvrir_grille
from ui.mots.notes import sans_grille

LARGEUR = 80
URGENCES = {"immediate": "MAINTENANT", "jour": "AUJOURD'HUI", "semaine": "CETTE SEMAINE", "courante": "COURANT"}


@dataclass(frozen=True)
class CotationDite:
    """La cotation d'un dossier : ``json`` à rendre, ``cotation`` à dire, ou ``phrase`` si aucune grille ne vaut."""

    json: dict[str, Any]
    bilan: Bilan
    cotation: Cotation | None
    phrase: str = ""


@dataclass(frozen=True)
class VoiesDites:
    """Les voies d'un dossier : ``json`` à rendre, ``bilan`` à dire."""

    json: list[dict[str, Any]]
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
        bilan = bilan_de(document, territoire, jour)
    if bilan.cotation is not None:
        return CotationDite(_json_cotation(bilan.cotation), bilan, bilan.cotation)
    if bilan.regles.grilles_fautives:
        raise FichierFautif([faute for fautif in bilan.regles.grilles_fautives for faute in fautif.fautes])
    phrase = sans_grille(bilan.regles, jour)
    return CotationDite({"grille": None, "message": phrase, "date": jour}, bilan, None, phrase)


def _bilan_par(document: Mapping[str, Any], territoire: str | None, chemin: Path, jour: date) -> Bilan:
    """Le bilan où la note vient d'une grille imposée, ses faits locaux compris."""
    lue, _ = ouvrir_grille(chemin)
    regles = charger_regles(territoire or str(document["territoire"]))
    connus = {fait.nom for fait in regles.locaux}
    nouveaux = [fait for fait in lue.faits_locaux if fait.nom not in connus]
    imposees = replace(regles, grilles=(lue,), questionnaire=avec_locales(regles.questionnaire, nouveaux))
    bilan = etablir(imposees, document, jour)
    return replace(bilan, cotation=coter_par(lue, bilan.situation, jour, dires(imposees, document, bilan.pieces)))


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


def orienter_dossier(document: Mapping[str, Any], territoire: str | None, jour: date) -> VoiesDites:
    """Les voies d'un dossier. Lève ``ErreurUtilisateur``."""
    bilan = bilan_de(document, territoire, jour)
    return VoiesDites([_json_voie(voie) for voie in bilan.voies], bilan)


def _json_voie(voie: Voie) -> dict[str, Any]:
    return {
        "id": voie.id,
        "libelle": voie.libelle,
        "urgence": voie.urgence.value,
        "certaine": voie.certaine,
        "discret": voie.discret,
        "gestes": list(voie.gestes),
        "a_dire": list(voie.a_dire),
        "a_eviter": list(voie.a_eviter),
        "pieces": list(voie.pieces),
        "contacts": list(voie.contacts),
        "fiches": list(voie.fiches),
        "echeances": [_json_echeance(echeance) for echeance in voie.echeances],
        "a_demander": list(voie.a_demander),
        "remplacees": list(voie.remplacees),
        "fondement": voie.provenance.fondement,
        "confiance": voie.provenance.confiance,
        "verifie_le": voie.provenance.verifie_le,
        "source": voie.provenance.source,
    }


def _json_echeance(echeance: Echeance) -> dict[str, Any]:
    return {
        "id": echeance.id,
        "libelle": echeance.libelle,
        "enonce": echeance.enonce,
        "le": echeance.le,
        "confiance": echeance.confiance,
    }


# En texte.


def dire_cotation(dite: CotationDite) -> str:
    """La note ligne à ligne, dans 80 colonnes."""
    if dite.cotation is None:
        return fill(dite.phrase, LARGEUR)
    note = dite.cotation
    lignes = [
        f"{DiseurDeNote().fourchette(note.declaree)}, au {dire_date(note.date_calcul)}",
        f"dont vérifiés : {DiseurDeNote().fourchette(note.verifiee)}",
        *_paragraphe(f"{note.libelle} · {DiseurDeNote().population(note.population)}"),
        *_paragraphe(note.mention),
    ]
    for rubrique in note.rubriques:
        lignes += ["", *_rubrique(rubrique)]
    lignes += _decisifs(dite.bilan, note)
    lignes += [f"À part : {c.libelle}{'' if c.certain else ' (possible)'}" for c in note.hors_cotation]
    for reserve in DiseurDeNote().reserves(note):
        lignes += _paragraphe(f"Réserve : {reserve}")
    return "\n".join(lignes)


def _rubrique(rubrique: LigneRubrique) -> Iterator[str]:
    yield _bords(rubrique.libelle.upper(), DiseurDeNote().fourchette(rubrique.points))
    if cumul := DiseurDeNote().cumul(rubrique):
        yield from _paragraphe(f"({cumul})", "  ")
    for critere in rubrique.criteres:
        points = DiseurDeNote().fourchette(critere.points) + ("" if critere.compte is not False else ", non compté")
        yield _bords(f"  {critere.libelle}", points)
        for constat in DiseurDeNote().constats(critere):
            yield from _paragraphe(constat, "    ")
        yield from _paragraphe(
            f"Règle : {DiseurDeNote().regle(critere)}. Preuve : {critere.preuve.value}.{_valider(critere.confiance)}"
        )
        if non_compte := DiseurDeNote().non_compte(critere):
            yield from _paragraphe(non_compte, "    ")


def _decisifs(bilan: Bilan, note: Cotation) -> list[str]:
    if not note.decisifs:
        return []
    lignes = ["", "CE QUI PEUT ENCORE CHANGER LA NOTE"]
    for fait in note.decisifs:
        connu = bilan.regles.catalogue.get(fait.fait)
        nom = (connu.question or connu.definition if connu else "") or fait.fait
        ecart = "sans limite" if fait.ecart is None else f"{fait.ecart} points au plus"
        lignes += _paragraphe(f"- {nom} ({ecart}{', refusé' if fait.refuse else ''})", "  ")
    return lignes


def dire_voies(dites: VoiesDites) -> str:
    """Les voies, la plus urgente d'abord. Une voie discrète possible ne dit que la question à poser seul à seul."""
    lignes: list[str] = []
    discretes = {voie.libelle: voie for voie in dites.bilan.voies if voie.discret and not voie.certaine}
    for voie in dites.bilan.voies:
        if voie.discret and not voie.certaine:
            continue
        lignes += [*_voie(voie, dites.bilan), ""]
    lignes += [f"{libelle}." for libelle in discretes]
    return "\n".join(lignes).rstrip() or "Aucune voie."


def _voie(voie: Voie, bilan: Bilan) -> Iterator[str]:
    yield from _paragraphe(f"[{URGENCES[voie.urgence]}] {voie.libelle}{'' if voie.certaine else ' (possible)'}", "")
    for rang, geste in enumerate(voie.gestes, start=1):
        yield fill(geste, LARGEUR, initial_indent=f"  {rang}. ", subsequent_indent="     ")
    yield from _liste("À dire", voie.a_dire)
    yield from _liste("À éviter", voie.a_eviter)
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    yield from _liste("Pièces", [noms.get(piece, piece) for piece in voie.pieces])
    connus = bilan.regles.contacts
    yield from _liste(
        "Contacts", [f"{connus[c].numero or connus[c].url}, {connus[c].libelle}" for c in voie.contacts if c in connus]
    )
    yield from _liste("Échéances", [_echeance(echeance) for echeance in voie.echeances])
    catalogue = bilan.regles.catalogue
    manquants = [catalogue[f].question or catalogue[f].definition or f for f in voie.a_demander if f in catalogue]
    yield from _liste("À demander", list(dict.fromkeys(manquants)))
    dit = voie.provenance
    verifie = f" Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else ""
    yield from _paragraphe(f"Fondement : {dit.fondement}.{verifie}{_valider(dit.confiance)}", "  ")


def _echeance(echeance: Echeance) -> str:
    quand = dire_date(echeance.le) if echeance.le else echeance.enonce
    return f"{echeance.libelle} : {quand}{_valider(echeance.confiance)}"


def _valider(confiance: str) -> str:
    return " (à faire valider)" if a_valider(confiance) else ""


def _liste(titre: str, lignes: Iterable[str]) -> Iterator[str]:
    contenu = list(lignes)
    if contenu:
        yield f"  {titre} :"
    for ligne in contenu:
        yield fill(ligne, LARGEUR, initial_indent="  - ", subsequent_indent="    ")


def _paragraphe(texte: str, marge: str = "    ") -> list[str]:
    return [fill(texte, LARGEUR, initial_indent=marge, subsequent_indent=marge)]


def _bords(gauche: str, droite: str) -> str:
    """Un libellé à gauche, des points à droite, sur une ligne si elle suffit."""
    place = LARGEUR - len(gauche) - len(droite)
    if place > 1:
        return f"{gauche}{' ' * place}{droite}"
    return f"{fill(gauche, LARGEUR, subsequent_indent='    ')}\n{droite:>{LARGEUR}}"
