"""Coter une demande : choisir la grille, calculer la note déclarée et la vérifiée, et tout expliquer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from modele.cotation.explication import lignes
from modele.cotation.grille import Grille
from modele.cotation.lectures import conditions_de
from modele.cotation.note import Note, noter, noter_sur, total_exact
from modele.cotation.preuves import etats_de_preuve, prouves, suffit
from modele.cotation.resultat import Cotation, Decisif, Fourchette, HorsCotation, Preuve, Reserve, SorteReserve
from modele.dossier.faits.demande import POPULATIONS
from modele.regles.conditions import Parametre, comparaisons
from modele.regles.etats import INCONNU, Situation, Statut
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import codes, evaluer

POPULATION = "population"
_TOUTES = "toutes"
A_PRECISER = "a_preciser"
_STATUTS = ("officielle", "partielle", "exemple")  # du plus sûr au moins sûr
_NUL = Fourchette(Decimal(0), Decimal(0))
_FAIT_POPULATION = Fait(POPULATION, TypeFait.CHOIX, codes=POPULATIONS)


@dataclass(frozen=True, slots=True)
class Dires:
    """Ce qu'une cotation reprend du dossier et du territoire pour ses preuves et ses mentions.

    ``preuves`` : par critère, « justifie » ou « valide ». ``mention`` : de qui est la note officielle.
    """

    mention: str
    preuves: Mapping[str, object] = field(default_factory=dict)
    pieces_vues: Collection[str] = ()
    pieces_manquantes: Collection[str] = ()


def candidates(grilles: Sequence[Grille], jour: date, situation: Situation) -> tuple[Grille, ...]:
    """Les grilles qui peuvent valoir ce jour-là : pour chaque population possible, la sienne, à défaut la commune."""
    trouvees = [g for p in populations(situation) if (g := _grille_de(grilles, jour, p))]
    return tuple({grille.id: grille for grille in trouvees}.values())


def populations(situation: Situation) -> tuple[str, ...]:
    """Les populations encore possibles du demandeur."""
    return tuple(str(code) for code in codes(situation.etat(POPULATION), _FAIT_POPULATION))


def _grille_de(grilles: Sequence[Grille], jour: date, population: str) -> Grille | None:
    for cherchee in (population, _TOUTES):
        ouvertes = sorted((g for g in grilles if g.population == cherchee and _debut(g) <= jour), key=_debut)
        # Sans fin écrite, une grille s'achève la veille de la suivante.
        valables = [g for g in ouvertes if g.validite.vaut_le(jour) and (g.validite.au or g is ouvertes[-1])]
        if valables:
            return valables[-1]
    return None


def _debut(grille: Grille) -> date:
    return grille.validite.du or date.min


def coter(
    grilles: Sequence[Grille], situation: Situation, jour: date, dires: Dires, *, exacte: bool = True
) -> Cotation | None:
    """La note expliquée, ou ``None`` si aucune grille ne vaut ce jour-là sur ce territoire.

    ``exacte`` faux : l'intervalle sûr seulement, sans faits décisifs, pour l'image qui suit une réponse.
    """
    possibles = candidates(grilles, jour, situation)
    if not possibles:
        return None
    premiere, *autres = [_coter_par(grille, situation, jour, dires, exacte=exacte) for grille in possibles]
    if autres:
        return _envelopper(premiere, autres, situation)
    sans_grille = [p for p in populations(situation) if _grille_de(grilles, jour, p) is None]
    return _a_preciser(premiere, sans_grille, situation) if sans_grille else premiere


def coter_par(grille: Grille, situation: Situation, jour: date, dires: Dires) -> Cotation:
    """La note par une grille imposée ; hors de sa période ou de sa population, une réserve le dit."""
    reserves = [*_hors_periode(grille, jour), *_hors_population(grille, situation)]
    cotation = _coter_par(grille, situation, jour, dires, exacte=True)
    return replace(cotation, reserves=(*cotation.reserves, *reserves))


def _coter_par(grille: Grille, situation: Situation, jour: date, dires: Dires, *, exacte: bool) -> Cotation:
    note = (noter if exacte else noter_sur)(grille, situation, jour)
    preuves = etats_de_preuve(grille, dires.preuves, dires.pieces_vues, dires.pieces_manquantes)
    prouvee = prouves(grille, preuves)
    return Cotation(
        grille=grille.id,
        libelle=grille.libelle,
        statut=grille.statut,
        date_calcul=jour,
        population=grille.population,
        declaree=note.total,
        verifiee=total_exact(prouvee, situation, jour) if exacte else noter_sur(prouvee, situation, jour).total,
        exact=note.exact,
        rubriques=lignes(grille, note, situation, preuves),
        decisifs=note.decisifs,
        hors_cotation=tuple(_circuits(grille, situation, jour)),
        mention=dires.mention,
        reserves=(
            *_partielle(grille, note),
            *_a_part(grille),
            *_remarque(grille),
            *_malus_non_prouves(grille, note, preuves),
            *_parametres_absents(grille, situation),
        ),
        sources=grille.sources,
    )


def _circuits(grille: Grille, situation: Situation, jour: date) -> list[HorsCotation]:
    verdicts = [(c, evaluer(c.si, situation)) for c in grille.hors_cotation if c.validite.vaut_le(jour)]
    return [HorsCotation(c.id, c.libelle, verdict is True) for c, verdict in verdicts if verdict is not False]


def _partielle(grille: Grille, note: Note) -> list[Reserve]:
    return [Reserve(SorteReserve.PARTIELLE, points=note.total)] if grille.statut == "partielle" else []


def _a_part(grille: Grille) -> list[Reserve]:
    return [Reserve(SorteReserve.A_PART)] if grille.a_part else []


def _remarque(grille: Grille) -> list[Reserve]:
    return [Reserve(SorteReserve.REMARQUE, grille.remarque)] if grille.remarque else []


def _malus_non_prouves(grille: Grille, note: Note, preuves: Mapping[str, Preuve]) -> list[Reserve]:
    criteres = [c for r in grille.rubriques for c in r.criteres if not suffit(c, preuves[c.id])]
    for critere in criteres:
        moins = note.criteres.get(critere.id, _NUL).min
        if note.compte.get(critere.id) is not False and (moins is None or moins < 0):
            return [Reserve(SorteReserve.PREUVE)]
    return []


def _parametres_absents(grille: Grille, situation: Situation) -> list[Reserve]:
    lus = [c.operande for condition in conditions_de(grille) for c in comparaisons(condition)]
    absents = {o.nom for o in lus if isinstance(o, Parametre) and not situation.parametres.get(o.nom, INCONNU).connu}
    return [Reserve(SorteReserve.PARAMETRE, nom) for nom in sorted(absents)]


def _hors_periode(grille: Grille, jour: date) -> list[Reserve]:
    return [] if grille.validite.vaut_le(jour) else [Reserve(SorteReserve.PERIODE, jour=jour)]


def _hors_population(grille: Grille, situation: Situation) -> list[Reserve]:
    if grille.population in (_TOUTES, *populations(situation)):
        return []
    return [Reserve(SorteReserve.AUTRE_POPULATION, population=grille.population)]


def _envelopper(premiere: Cotation, autres: Sequence[Cotation], situation: Situation) -> Cotation:
    """La population n'est pas connue : l'enveloppe des grilles possibles, et la population est décisive."""
    toutes = [premiere, *autres]
    declaree = _enveloppe([c.declaree for c in toutes])
    fixes = all(c.declaree.certaine for c in toutes)  # sinon l'écart de la population n'est qu'un majorant
    ecart = None if declaree.min is None or declaree.max is None else declaree.max - declaree.min
    return replace(
        premiere,
        population=A_PRECISER,
        statut=max((c.statut for c in toutes), key=_STATUTS.index),
        declaree=declaree,
        verifiee=_enveloppe([c.verifiee for c in toutes]),
        exact=fixes,
        decisifs=_reunir(_population_decisive(ecart, situation), *(c.decisifs for c in toutes)),
        hors_cotation=_circuits_reunis(toutes),
        reserves=(
            Reserve(SorteReserve.POPULATION_A_PRECISER, premiere.libelle),
            *(Reserve(SorteReserve.PAR_POPULATION, c.libelle, c.declaree, c.population) for c in toutes),
            *dict.fromkeys(reserve for c in toutes for reserve in c.reserves),
        ),
        sources=tuple(dict.fromkeys(source for c in toutes for source in c.sources)),
    )


def _a_preciser(seule: Cotation, sans_grille: Sequence[str], situation: Situation) -> Cotation:
    """Une population encore possible n'a pas de grille ici : la note ne vaut que pour l'autre."""
    reserves = [Reserve(SorteReserve.SANS_GRILLE, population=p) for p in sans_grille]
    return replace(
        seule,
        decisifs=_reunir(_population_decisive(None, situation), seule.decisifs),
        reserves=(*reserves, *seule.reserves),
    )


def _population_decisive(ecart: Decimal | None, situation: Situation) -> list[Decisif]:
    refuse = situation.etat(POPULATION).statut is Statut.REFUSE
    return [] if ecart == 0 else [Decisif(POPULATION, ecart, refuse)]


def _circuits_reunis(cotations: Sequence[Cotation]) -> tuple[HorsCotation, ...]:
    """Les circuits à part de toutes les grilles ; certains seulement s'ils le sont par chacune."""
    certains = [{h.id for h in c.hors_cotation if h.certain} for c in cotations]
    dits = {h.id: h for c in cotations for h in c.hors_cotation}
    return tuple(replace(h, certain=all(h.id in surs for surs in certains)) for h in dits.values())


def _enveloppe(fourchettes: Sequence[Fourchette]) -> Fourchette:
    bas, haut = [f.min for f in fourchettes], [f.max for f in fourchettes]
    return Fourchette(
        None if None in bas else min(b for b in bas if b is not None),
        None if None in haut else max(h for h in haut if h is not None),
    )


def _reunir(*listes: Sequence[Decisif]) -> tuple[Decisif, ...]:
    """Les faits décisifs de plusieurs grilles, chacun avec son plus grand écart."""
    trouves: dict[str, Decisif] = {}
    for decisif in (d for liste in listes for d in liste):
        ancien = trouves.get(decisif.fait)
        if ancien is None or (ancien.ecart is not None and (decisif.ecart is None or decisif.ecart > ancien.ecart)):
            trouves[decisif.fait] = decisif
    return tuple(sorted(trouves.values(), key=lambda d: (d.ecart is not None, -(d.ecart or Decimal(0)), d.fait)))
