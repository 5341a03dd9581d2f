"""Le détail d'une voie : gestes, numéros, ce qui se dit, ce qui s'évite, pièces, échéances, d'où cela vient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from modele.bilan import Bilan
from modele.mots.echeances import dire_echeance, dire_fin, dire_repousse, dire_suite, dire_suspension
from modele.mots.ecriture import dire_date
from modele.orientation.resultat import Echeance, Voie
from modele.regles.confiance import a_valider
from ui.composants import Bloc, Carte, Colonnes, colonne, etiquette_aide, nommer, texte
from ui.ecrans.voie import A_VALIDER, agir, en_haut


def cartes(voie: Voie, bilan: Bilan) -> Iterator[QWidget]:
    """Les cartes d'une voie retenue, de haut en bas."""
    yield agir(voie, bilan)
    dates, pieces = en_haut(_echeances(voie, bilan.jour)), en_haut(_pieces(voie, bilan))
    yield Colonnes([(dates, 6, 400), (pieces, 5, 330)], ecart=4)
    yield _fondement(voie)


A_SAISIR = "Date à saisir dans l'entretien : sans elle, le délai ne se compte pas."


def _echeances(voie: Voie, jour: date) -> Carte:
    carte = Carte("Échéances", icone="calendar-days")
    for echeance in voie.echeances:
        carte.ajouter(_echeance(echeance, jour))
    if not voie.echeances:
        carte.ajouter(etiquette_aide("Aucune échéance fixée par un texte."))
    return carte


def _echeance(echeance: Echeance, jour: date) -> QWidget:
    """Ce que c'est, la date où agir, la plus tardive si elle diffère, et ce qui reste une fois passée."""
    libelle = echeance.libelle + (A_VALIDER if a_valider(echeance.confiance) else "")
    quand = dire_echeance(echeance)
    a_saisir = [A_SAISIR] if echeance.le is None else []
    dites = (dire_suspension(echeance), dire_repousse(echeance), dire_suite(echeance, jour), dire_fin(echeance))
    suites = a_saisir + [dite for dite in dites if dite]
    mots: list[QLabel] = [texte(libelle), texte(quand, "gras"), *map(etiquette_aide, suites)]
    bloc = Bloc(colonne(*mots, ecart=0))
    nommer(bloc, f"{libelle} : {quand}", ". ".join(suites))
    return bloc


def _pieces(voie: Voie, bilan: Bilan) -> Carte:
    carte = Carte("Pièces utiles", icone="file-text")
    for libelle in libelles_de_pieces(voie.pieces, bilan):
        carte.ajouter(texte(libelle))
    suite = "Aucune n'est exigée pour agir." if voie.pieces else "Aucune pièce propre à cette voie."
    carte.ajouter(etiquette_aide(suite))
    return carte


def libelles_de_pieces(pieces: Iterable[str], bilan: Bilan) -> list[str]:
    """Les pièces nommées, et celles déjà vues marquées comme telles."""
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    attendues = (*bilan.pieces.enregistrement, *bilan.pieces.instruction)
    vues = {p.piece.id for p in attendues if p.etat == "vue"}
    return [f"{noms.get(nom, nom)}{', déjà vue' if nom in vues else ''}" for nom in pieces]


def _fondement(voie: Voie) -> Carte:
    carte = Carte("D'où vient ce conseil", icone="scale")
    dit = voie.provenance
    verifie = f"Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else "Jamais vérifié."
    reserve = " À faire valider avant de s'y fier." if dit.a_valider else ""
    carte.ajouter(texte(f"{dit.fondement}."), etiquette_aide(f"{verifie}{reserve} Source : {dit.source}."))
    return carte
