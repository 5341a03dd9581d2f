"""L'explication de la note : chaque ligne porte le fait, la règle, le cumul, la preuve. Rien n'est recalculé ici."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from modele.cotation.grille import Critere, Cumul, Fixe, Grille, Rubrique
from modele.cotation.note import Note
from modele.cotation.resultat import Constat, Fourchette, LigneCritere, LigneRubrique, Motif, NonCompte, Preuve
from modele.regles.conditions import comparaisons
from modele.regles.etats import INCONNU, Etat, Situation, Statut
from modele.regles.faits import ROLE, Fait
from modele.regles.kleene import evaluer

_NUL = Fourchette(Decimal(0), Decimal(0))


def lignes(
    grille: Grille, note: Note, situation: Situation, preuves: Mapping[str, Preuve]
) -> tuple[LigneRubrique, ...]:
    """Chaque rubrique et ses critères, expliqués."""
    return tuple(_rubrique(rubrique, note, situation, preuves) for rubrique in grille.rubriques)


def _rubrique(rubrique: Rubrique, note: Note, situation: Situation, preuves: Mapping[str, Preuve]) -> LigneRubrique:
    fermee = rubrique.si is not None and evaluer(rubrique.si, situation) is False
    return LigneRubrique(
        id=rubrique.id,
        libelle=rubrique.libelle,
        points=note.rubriques[rubrique.id],
        criteres=tuple(_critere(c, rubrique, note, situation, preuves, fermee=fermee) for c in rubrique.criteres),
        regle=rubrique,
        confiance=rubrique.confiance,
    )


def _critere(
    critere: Critere,
    rubrique: Rubrique,
    note: Note,
    situation: Situation,
    preuves: Mapping[str, Preuve],
    *,
    fermee: bool,
) -> LigneCritere:
    faits = faits_de(critere)
    compte = note.compte.get(critere.id, False)
    points = note.criteres.get(critere.id, _NUL)
    return LigneCritere(
        id=critere.id,
        libelle=critere.libelle,
        points=points,
        compte=compte,
        forme=critere.forme,
        constats=tuple(_constats(faits, situation)),
        non_compte=_non_compte(critere, rubrique, note, fermee=fermee) if compte is False else None,
        preuve=preuves.get(critere.id, Preuve.AUTOMATIQUE),
        pieces=critere.pieces,
        reference=critere.reference,
        confiance=critere.confiance,
        faits=tuple(fait.nom for fait in faits),
        faits_inconnus=tuple(f.nom for f in faits if any(e.ouvert for e in _etats(f, situation))),
    )


def faits_de(critere: Critere) -> tuple[Fait, ...]:
    """Les faits que lit un critère, dans l'ordre écrit ; le rôle d'une personne va de soi, il ne se constate pas."""
    faits = {} if isinstance(critere.forme, Fixe) else {critere.forme.fait.nom: critere.forme.fait}
    if critere.si is not None:
        faits |= {c.fait.nom: c.fait for c in comparaisons(critere.si) if c.fait.nom != ROLE}
    return tuple(faits.values())


def _etats(fait: Fait, situation: Situation) -> list[Etat]:
    if fait.de_personne:
        return [personne.get(fait.nom, INCONNU) for personne in situation.personnes] or [INCONNU]
    return [situation.etat(fait.nom)]


def _constats(faits: Sequence[Fait], situation: Situation) -> Iterator[Constat]:
    for fait in faits:
        etats = tuple(e for e in _etats(fait, situation) if e.statut is not Statut.SANS_OBJET)
        if etats:
            yield Constat(fait, etats)


def _non_compte(critere: Critere, rubrique: Rubrique, note: Note, *, fermee: bool) -> NonCompte | None:
    if critere.id not in note.criteres:
        return NonCompte(Motif.PERIODE)
    if fermee:
        return NonCompte(Motif.RUBRIQUE)
    gagnant = next((c for c in rubrique.criteres if note.compte.get(c.id)), None)
    if gagnant is None or note.criteres.get(critere.id, _NUL) == _NUL:
        return None
    motif = Motif.MAXIMUM if rubrique.cumul is Cumul.MAXIMUM else Motif.PREMIER
    return NonCompte(motif, gagnant.id, gagnant.libelle)
