"""Les mots de la note : chaque ligne dit le fait, la règle, le cumul, la preuve. Aucun point n'est recalculé ici."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from modele.cotation.grille import Critere, Cumul, Fixe, Grille, ParUnite, Rubrique, Tranche, Tranches
from modele.cotation.note import Note
from modele.cotation.resultat import Fourchette, LigneCritere, LigneRubrique, Preuve
from modele.mots.ecriture import dire_date, dire_nombre
from modele.mots.faits import dire_etat
from modele.regles.conditions import comparaisons
from modele.regles.etats import INCONNU, Etat, Situation, Statut
from modele.regles.faits import Fait
from modele.regles.kleene import evaluer

_CUMULS = {
    Cumul.SOMME: "les critères s'additionnent",
    Cumul.MAXIMUM: "un seul critère compte : le plus favorable",
    Cumul.PREMIER: "un seul critère compte : le premier qui convient",
}
_INVARIABLES = ("mois", "refus")
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
        cumul=dire_cumul(rubrique),
        confiance=rubrique.confiance,
    )


def dire_cumul(rubrique: Rubrique) -> str:
    """La règle de cumul et les bornes, en mots."""
    morceaux = [_CUMULS[rubrique.cumul]] if len(rubrique.criteres) > 1 else []
    if rubrique.bornes.plafond is not None:
        morceaux.append(f"{dire_points(rubrique.bornes.plafond)} au plus")
    if rubrique.bornes.plancher is not None:
        morceaux.append(f"jamais moins de {dire_points(rubrique.bornes.plancher)}")
    if rubrique.si is not None:
        morceaux.append("rubrique réservée à certaines situations")
    return " ; ".join(morceaux)


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
        constat="\n".join(_constats(faits, situation)),
        regle=dire_regle(critere),
        non_compte=_non_compte(critere, rubrique, note, fermee=fermee) if compte is False else "",
        preuve=preuves.get(critere.id, Preuve.AUTOMATIQUE),
        pieces=critere.pieces,
        reference=critere.reference,
        confiance=critere.confiance,
        faits=tuple(fait.nom for fait in faits),
        faits_inconnus=tuple(f.nom for f in faits if any(e.ouvert for e in _etats(f, situation))),
    )


def faits_de(critere: Critere) -> tuple[Fait, ...]:
    """Les faits que lit un critère, dans l'ordre écrit."""
    faits = {} if isinstance(critere.forme, Fixe) else {critere.forme.fait.nom: critere.forme.fait}
    if critere.si is not None:
        faits |= {c.fait.nom: c.fait for c in comparaisons(critere.si)}
    return tuple(faits.values())


def _etats(fait: Fait, situation: Situation) -> list[Etat]:
    if fait.de_personne:
        return [personne.get(fait.nom, INCONNU) for personne in situation.personnes] or [INCONNU]
    return [situation.etat(fait.nom)]


def _constats(faits: Sequence[Fait], situation: Situation) -> Iterator[str]:
    for fait in faits:
        etats = [e for e in _etats(fait, situation) if e.statut is not Statut.SANS_OBJET]
        if etats:
            dits = dict.fromkeys(dire_etat(fait, etat) for etat in etats)
            yield f"{fait.question or fait.definition or fait.nom} : {', '.join(dits)}"


def dire_regle(critere: Critere) -> str:
    """La règle d'un critère, en mots."""
    forme = critere.forme
    if isinstance(forme, Fixe):
        return dire_points(forme.points)
    return _dire_par_unite(forme) if isinstance(forme, ParUnite) else _dire_tranches(forme)


def _dire_par_unite(forme: ParUnite) -> str:
    unite = forme.fait.unite or "unité"
    pas = f"par {au_singulier(unite)}" if forme.chaque == 1 else f"par tranche de {dire_nombre(forme.chaque)} {unite}"
    morceaux = [f"{dire_points(forme.points)} {pas}"]
    if forme.bornes.plafond is not None:
        morceaux.append(f"{_nombre(forme.bornes.plafond)} au plus")
    if forme.bornes.plancher is not None:
        morceaux.append(f"jamais moins de {_nombre(forme.bornes.plancher)}")
    return ", ".join(morceaux)


def au_singulier(unite: str) -> str:
    """« personnes » devient « personne », « euros par mois » devient « euro par mois »."""
    mot, espace, suite = unite.partition(" ")
    return f"{mot if mot in _INVARIABLES else mot.removesuffix('s')}{espace}{suite}"


def _dire_tranches(forme: Tranches) -> str:
    unite = f" {forme.fait.unite}" if forme.fait.unite else ""
    return " ; ".join(f"{_dire_borne(t, unite)} : {_nombre(t.points)}" for t in forme.tranches)


def _dire_borne(tranche: Tranche, unite: str) -> str:
    if tranche.borne is None:
        return "au-delà"
    borne = dire_nombre(tranche.borne) if isinstance(tranche.borne, int | Decimal) else dire_date(tranche.borne)
    return f"{'jusqu’à' if tranche.comprise else 'moins de'} {borne}{unite}"


def dire_points(points: Decimal) -> str:
    """« 1 point », « −10 points »."""
    return f"{_nombre(points)} point{'s' if abs(points) >= 2 else ''}"


def _nombre(points: Decimal) -> str:
    return dire_nombre(points).replace("-", "\u2212")


def _non_compte(critere: Critere, rubrique: Rubrique, note: Note, *, fermee: bool) -> str:
    if critere.id not in note.criteres:
        return "Non compté : cette ligne n'est pas en vigueur à cette date."
    if fermee:
        return "Non compté : cette rubrique est réservée à d'autres situations."
    applique = note.criteres.get(critere.id, _NUL)
    gagnant = next((c for c in rubrique.criteres if note.compte.get(c.id)), None)
    if gagnant is None or applique == _NUL:
        return ""
    if rubrique.cumul is Cumul.MAXIMUM:
        return f"Non compté : « {gagnant.libelle} » rapporte autant ou plus dans la même rubrique."
    return f"Non compté : « {gagnant.libelle} » passe avant dans la même rubrique."
