"""Les blocs qui disent quand et avec quoi revenir : les dates du dossier, les pièces par date, celles déjà montrées.

Essais : ``tests/impressions/test_papier_pieces_et_dates.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile
from impressions.cases_a_cocher import COTE, CaseACocher
from impressions.dates import dates_du_papier
from impressions.detail_de_la_note import concerne
from impressions.donnees import PieceDite
from impressions.lignes_de_reponse import espacer
from impressions.sures import phrases_sures
from modele.dossier.pieces import ENREGISTREMENT
from modele.mots.echeances import dire_acte_recu, dire_prudente, dire_quand, dire_repousse, dire_suite, dire_suspension
from modele.mots.ecriture import dire_date, dire_date_longue, majuscule
from modele.orientation.resultat import Echeance, EtatEcheance, Voie
from modele.regles.confiance import a_valider

_DATE, _MOT_DATE = 112.0, 82.0
"""La colonne d'une date, et ce que « 11/01/2027 » demande au moins, en points."""
_AUX_PLUS: Final = 3
"""Au plus tant de lignes de la note pour dire ce qu'une pièce prouve."""


# Les dates.


def _deux_dates(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Chaque échéance et ses deux dates, la plus proche d'abord ; celles d'un papier reçu sans date, ensuite.

    Une échéance à faire valider se tait, et le papier dit de demander avant de partir.
    """
    dates = dates_du_papier(atelier.donnees.voies)
    blocs: list[Bloc] = []
    if dites := sorted(_une_seule_fois(dates.dites), key=lambda dite: _rang(dite[1], atelier.donnees.date_impression)):
        tableau = parent.ajouter("Table")
        rangees = (_rangee_de_date(atelier, tableau, *dite) for dite in dites)
        blocs = espacer(atelier, [_entete(atelier, tableau), *rangees])
    else:
        blocs = [atelier.texte(atelier.mots("dates.aucune"), atelier.styles.corps, parent.ajouter("P"))]
    atelier.a_demander = atelier.a_demander or bool(dates.tues)
    return [*blocs, *atelier.demander(parent)]


def _une_seule_fois(dites: Iterable[tuple[Voie, Echeance]]) -> list[tuple[Voie, Echeance]]:
    """La même échéance de deux voies ne se lit qu'une fois."""
    return list({(e.id, e.le, e.libelle): (voie, e) for voie, e in dites}.values())


def _rang(echeance: Echeance, jour: date) -> tuple[int, date]:
    """Ce qui vient, puis ce qui n'est peut-être pas perdu, puis un papier sans date, puis ce qui est passé."""
    ordre = (EtatEcheance.A_VENIR, EtatEcheance.PEUT_ETRE, EtatEcheance.SANS_DATE, EtatEcheance.PASSEE)
    return ordre.index(echeance.etat(jour)), echeance.le or date.max


def _entete(atelier: Atelier, tableau: Noeud) -> Bloc:
    ligne, petit = tableau.ajouter("TR"), replace(atelier.styles.petit, apres=0)
    noms = [atelier.mots(f"dates.colonne_{nom}") for nom in ("quoi", "date", "fin")]
    cellules = [atelier.cellule(ligne, (nom, petit), role="TH") for nom in noms]
    return atelier.rangee(cellules, _larges(atelier), avec_suivant=True, marge=3.0)


def _larges(atelier: Atelier) -> tuple[float | None, ...]:
    date_large = max(_DATE, _MOT_DATE * atelier.styles.echelle)
    return (None, date_large, date_large)


def _rangee_de_date(atelier: Atelier, tableau: Noeud, voie: Voie, echeance: Echeance) -> Bloc:
    ligne, styles, mots = tableau.ajouter("TR"), atelier.styles, atelier.mots
    suite = majuscule(dire_suite(echeance, atelier.donnees.date_impression, mots), mots.langue)
    arret = majuscule(dire_suspension(echeance, mots) or dire_repousse(echeance, mots), mots.langue)
    acte = majuscule(dire_acte_recu(echeance, mots), mots.langue) if echeance.le is None else ""
    quoi = atelier.cellule(
        ligne,
        (echeance.libelle, replace(styles.corps, apres=0)),
        (acte, styles.fort),
        (arret, styles.fort if echeance.suspendue else styles.petit),
        (suite, styles.petit),
        (voie.libelle, styles.petit),
    )
    avant = atelier.cellule(ligne, (_quand(atelier, echeance), styles.fort))
    fin = atelier.cellule(ligne, (_fin(atelier, echeance), styles.fort if echeance.fin_possible else styles.petit))
    return atelier.rangee([quoi, avant, fin], _larges(atelier), marge=4 * styles.echelle)


def _quand(atelier: Atelier, echeance: Echeance) -> str:
    """La date ; d'un délai arrêté, celle où agir par prudence : une réponse n'y a plus de jour."""
    if echeance.le is None:
        return atelier.mots("dates.a_ecrire")
    if echeance.suspendue:
        return dire_prudente(echeance, atelier.mots) if echeance.agir else atelier.mots("dates.fin_inconnue")
    return dire_quand(echeance, atelier.mots)


def _fin(atelier: Atelier, echeance: Echeance) -> str:
    """La lecture la plus tardive ; inconnue ou à faire valider, elle ne se dit pas, et rien n'est dit perdu."""
    if echeance.fin_possible is None or a_valider(echeance.confiance_fin):
        return atelier.mots("dates.fin_inconnue")
    return dire_date(echeance.fin_possible, atelier.mots.langue)


# Les pièces.


@dataclass(frozen=True, slots=True)
class _Groupe:
    """Des pièces à apporter pour la même date. ``avant`` : ``None`` si rien ne les date."""

    titre: str
    avant: date | None
    pieces: tuple[PieceDite, ...]


def _pieces_par_date(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Ce qui reste à apporter, par date, avec ce que chaque pièce prouve et ouvre ; une case à cocher par pièce."""
    restantes = [une for une in atelier.donnees.pieces if not une.vue]
    if not restantes:
        return [atelier.texte(atelier.mots("pieces.rien"), atelier.styles.corps, parent.ajouter("P"))]
    return [bloc for groupe in _grouper(atelier, restantes) for bloc in _groupe(atelier, parent, groupe)]


def _grouper(atelier: Atelier, pieces: Sequence[PieceDite]) -> Iterator[_Groupe]:
    """Pour enregistrer, tout de suite ; puis par date d'échéance ; puis ce que rien ne date."""
    mots, limites = atelier.mots, {une.piece.id: _limite(atelier, une) for une in pieces}
    premieres = tuple(une for une in pieces if une.piece.exigee_pour == ENREGISTREMENT)
    if premieres:
        yield _Groupe(mots("pieces.maintenant"), None, premieres)
    autres = [une for une in pieces if une not in premieres]
    for limite in sorted({le for une in autres if (le := limites[une.piece.id])}):
        titre = mots("pieces.avant", date=dire_date_longue(limite, mots.langue))
        yield _Groupe(titre, limite, tuple(une for une in autres if limites[une.piece.id] == limite))
    if sans_date := tuple(une for une in autres if limites[une.piece.id] is None):
        yield _Groupe(mots("pieces.sans_date"), None, sans_date)


def _limite(atelier: Atelier, une: PieceDite) -> date | None:
    """La première date, à venir et sûre, où la personne doit agir, des voies retenues qui demandent cette pièce.

    La date d'une réponse attendue, ou d'un jour annoncé, n'est pas sa date limite.
    """
    jour = atelier.donnees.date_impression
    dites = dates_du_papier(voie for voie in _voies(atelier) if une.piece.id in voie.pieces).dites
    return min((e.le for _, e in dites if e.agir and e.le is not None and e.le >= jour), default=None)


def _voies(atelier: Atelier) -> Iterator[Voie]:
    return (voie for voie in atelier.donnees.voies if voie.certaine and not voie.discret)


def _groupe(atelier: Atelier, parent: Noeud, groupe: _Groupe) -> Iterator[Bloc]:
    styles = atelier.styles
    titre = atelier.texte(groupe.titre, styles.section, parent.ajouter("H2"), avec_suivant=True)
    titre.signet = groupe.titre
    yield titre
    tableau = parent.ajouter("Table")
    for une in groupe.pieces:
        yield _rangee_de_piece(atelier, tableau, une)


def _rangee_de_piece(atelier: Atelier, tableau: Noeud, une: PieceDite) -> Bloc:
    ligne, styles = tableau.ajouter("TR"), atelier.styles
    reserve = "" if une.sure else majuscule(atelier.mots("pieces.selon"), atelier.mots.langue)
    note = " ".join(filter(None, (f"{reserve}." if reserve else "", phrases_sures(une.piece.note))))
    quoi = atelier.cellule(ligne, (une.piece.libelle, styles.fort), (note, styles.petit))
    sert = atelier.cellule(ligne, *((phrase, replace(styles.corps, apres=0)) for phrase in _a_quoi(atelier, une)))
    case = Pile(blocs=[CaseACocher(echelle=styles.echelle)])
    return atelier.rangee([case, quoi, sert], (COTE * styles.echelle, None, 205.0), marge=4.2 * styles.echelle)


def _a_quoi(atelier: Atelier, une: PieceDite) -> Iterator[str]:
    """Ce que la pièce prouve, et ce qu'elle ouvre : l'enregistrement, une ligne de la note, une voie."""
    mots = atelier.mots
    if prouve := mots.nom("prouve", une.piece.famille, ""):
        yield prouve
    if une.piece.exigee_pour == ENREGISTREMENT:
        yield mots("pieces.ouvre_numero")
    if comptes := _lignes_prouvees(atelier, une.piece.id)[:_AUX_PLUS]:
        yield mots("pieces.compte", lignes=mots.enumerer(comptes))


def _lignes_prouvees(atelier: Atelier, piece: str) -> list[str]:
    """Les lignes de la note qui concernent la personne et que cette pièce prouve."""
    note, appeles = atelier.donnees.cotation, atelier.donnees.appeles
    criteres = (c for r in (note.rubriques if note else ()) for c in r.criteres)
    return [c.libelle for c in criteres if piece in c.pieces and c.compte is not False and concerne(c, appeles)]


def _pieces_vues(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """Les pièces déjà montrées, en une phrase."""
    vues = [une.piece.libelle for une in atelier.donnees.pieces if une.vue]
    dite = (
        atelier.mots("pieces.vues", pieces=atelier.mots("liste.suite").join(vues))
        if vues
        else atelier.mots("pieces.aucune_vue")
    )
    return [atelier.texte(dite, atelier.styles.corps, parent.ajouter("P"))]


BLOCS: Mapping[str, Callable[[Atelier, Noeud, str], list[Bloc]]] = {
    "deux_dates": _deux_dates,
    "pieces_par_date": _pieces_par_date,
    "pieces_vues": _pieces_vues,
}
