"""Le bilan d'un dossier : l'entretien, la note, les voies et les pièces, tirés des mêmes faits à la même date.

L'écran, le papier et les commandes s'en servent tous : ils ne peuvent pas se contredire.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from modele.cotation.coter import Dires, coter
from modele.cotation.grille import Grille
from modele.cotation.lecture_grille import lire_grille
from modele.cotation.neutre import criteres_proteges
from modele.cotation.resultat import Cotation
from modele.dossier.entretien import Deriver, Entretien, QuestionVue, Visibilite, mener
from modele.dossier.faits import catalogue_derive, deriver
from modele.dossier.faits.ensemble import Dimensions
from modele.dossier.faits_bruts import catalogue_brut
from modele.dossier.nomenclatures import RESSOURCES
from modele.dossier.pieces import IMPOSSIBLE, VUE, Piece, PiecesAttendues, lire_pieces, pieces_attendues
from modele.dossier.questionnaire import Questionnaire, avec_locales, lire_questionnaire
from modele.dossier.situation import EtatsBruts, etats_bruts
from modele.mots.noms import Vocabulaire
from modele.orientation.examen import orienter
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.resultat import Voie
from modele.protection.discretion import est_discret
from modele.regles.etats import Etat, Situation
from modele.regles.faits import Catalogue, Fait
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.parametres import resoudre
from modele.territoire.chargement import charger
from modele.territoire.etats import etats_du_territoire
from modele.territoire.modele import Territoire
from modele.territoire.national import parametres_nationaux

NATIONAL = RESSOURCES / "national"


@lru_cache(maxsize=1)
def catalogue_national() -> Catalogue:
    """Tous les faits nationaux : ceux du dossier et ceux qui s'en déduisent."""
    return catalogue_brut().etendre(catalogue_derive().values())


@dataclass(frozen=True, eq=False)
class Regles:
    """Tout ce qui se charge une fois pour un territoire : le droit national, et ce que le territoire y ajoute.

    Deux chargements sont deux objets distincts, jamais égaux.
    ``grilles_fautives`` : celles qu'on n'emploie pas, avec leurs fautes ; l'écran les dit.
    """

    territoire: Territoire
    questionnaire: Questionnaire
    orientations: tuple[RegleOrientation, ...]
    pieces: tuple[Piece, ...]
    grilles: tuple[Grille, ...]
    grilles_fautives: tuple[FichierFautif, ...] = ()

    @cached_property
    def locaux(self) -> tuple[Fait, ...]:
        """Les faits que déclarent les grilles : chacun est une question de l'entretien."""
        return tuple({fait.nom: fait for grille in self.grilles for fait in grille.faits_locaux}.values())

    @cached_property
    def vocabulaire(self) -> Vocabulaire:
        """De quoi nommer ce que contient un dossier."""
        return Vocabulaire(
            self.questionnaire,
            self.catalogue,
            self.territoire.communes,
            {piece.id: piece.libelle for piece in self.pieces},
            {voie.id: voie.libelle for voie in self.orientations},
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        """Les faits nationaux et locaux."""
        return catalogue_national().etendre(self.locaux)

    @cached_property
    def criteres_proteges(self) -> frozenset[str]:
        """Les critères des grilles dont la seule lecture, ou la seule preuve, dirait une violence."""
        return criteres_proteges(self.grilles, self.catalogue)


def charger_regles(territoire: str, dossiers: Path | None = None) -> Regles:
    """Charge le droit et le territoire. Lève ``ErreurUtilisateur`` (territoire absent, fichier fautif)."""
    lieu = charger(territoire) if dossiers is None else charger(territoire, dossiers)
    catalogue, parametres = catalogue_national(), {**parametres_nationaux(), **lieu.parametres}
    grilles, fautives = _grilles(lieu, catalogue)
    locaux = {fait.nom: fait for grille in grilles for fait in grille.faits_locaux}
    questionnaire = lire_questionnaire(NATIONAL / "questionnaire.toml", catalogue, parametres)
    regles = Regles(
        territoire=lieu,
        questionnaire=avec_locales(questionnaire, locaux.values()),
        orientations=lire_orientations(NATIONAL / "orientations.toml", catalogue, parametres),
        pieces=lire_pieces(NATIONAL / "pieces.toml", catalogue, parametres),
        grilles=grilles,
        grilles_fautives=fautives,
    )
    # Les règles vivent autant que l'application : le ramasse-miettes n'a plus à les parcourir entre deux réponses.
    gc.freeze()
    return regles


def _grilles(lieu: Territoire, catalogue: Catalogue) -> tuple[tuple[Grille, ...], tuple[FichierFautif, ...]]:
    """Les grilles saines ; une grille fautive n'éteint pas les autres."""
    saines: list[Grille] = []
    fautives: list[FichierFautif] = []
    for chemin in lieu.grilles:
        try:
            lue = lire_grille(chemin, catalogue, {**parametres_nationaux(), **lieu.parametres})
            if contradictions := [*_contradictions(lue, saines, chemin.name)]:
                raise FichierFautif(contradictions)
            saines.append(lue)
        except FichierFautif as faute:
            fautives.append(faute)
    return tuple(saines), tuple(fautives)


def _contradictions(lue: Grille, autres: Sequence[Grille], fichier: str) -> Iterator[Faute]:
    """Un même nom déclaré autrement par une autre grille (la réponse y voudrait dire deux choses), ou la même place."""
    for autre in autres:
        if lue.id == autre.id:
            yield Faute(fichier, "grille.id", None, f"« {lue.id} » est déjà l'identifiant d'une autre grille")
        if (lue.population, lue.validite.du) == (autre.population, autre.validite.du):
            place = f"« {autre.id} » commence le même jour pour la même population ; gardez-en une"
            yield Faute(fichier, "grille.en_vigueur_du", None, place)
        faits = {fait.nom: fait for fait in autre.faits_locaux}
        declares = [("fait", f.nom, faits.get(f.nom, f) != f) for f in lue.faits_locaux]
        declares += [("parametre", nom, autre.parametres.get(nom, p) != p) for nom, p in lue.parametres.items()]
        for genre, nom, autrement in declares:
            if autrement:
                suite = f"la grille « {autre.id} » le déclare autrement ; écrivez-le pareil, ou donnez-lui un autre nom"
                yield Faute(fichier, genre, None, f"« {nom} » : {suite}")


@dataclass(frozen=True)
class Bilan:
    """Ce que Perron sait dire d'un dossier à une date."""

    document: Mapping[str, Any]
    jour: date
    regles: Regles
    entretien: Entretien
    situation: Situation
    cotation: Cotation | None
    voies: tuple[Voie, ...]
    pieces: PiecesAttendues

    @property
    def discret(self) -> bool:
        """Vrai si le dossier est discret."""
        return est_discret(self.document)

    @property
    def a_taire(self) -> bool:
        """Vrai si le dossier est discret, ou le devient : une voie discrète retenue suffit."""
        return self.discret or any(voie.discret for voie in self.voies_retenues)

    @property
    def voies_retenues(self) -> tuple[Voie, ...]:
        """Les voies certaines."""
        return tuple(voie for voie in self.voies if voie.certaine)

    def questions_de(self, fait: str) -> tuple[QuestionVue, ...]:
        """Les questions encore à poser dont dépend un fait, dans l'ordre de l'entretien."""
        champs = frozenset(self._champs(fait, set()))
        return tuple(
            vue
            for vue in self.entretien.questions()
            if vue.visibilite in (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)
            and not vue.repondue
            and champs & {*vue.question.faits, vue.question.champ}
        )

    def _champs(self, nom: str, vus: set[str]) -> Iterator[str]:
        """Les champs du dossier dont dépend un fait, en remontant les faits dérivés."""
        if nom in vus:
            return
        vus.add(nom)
        yield nom
        fait = self.regles.catalogue.get(nom)
        for champ in fait.champs if fait else ():
            yield from self._champs(champ, vus)


def etablir(regles: Regles, document: Mapping[str, Any], jour: date, *, exacte: bool = True) -> Bilan:
    """Le bilan d'un document. ``exacte`` faux : la note est l'intervalle sûr, rendu tout de suite."""
    bruts = etats_bruts(document, regles.locaux)
    tout, esquisse = _deriveur(regles, jour, entier=True), _deriveur(regles, jour, entier=False)
    entretien, situation = mener(regles.questionnaire, document, bruts, tout, esquisse)
    pieces = pieces_attendues(regles.pieces, document, situation, bruts.identifiants)
    return Bilan(
        document=document,
        jour=jour,
        regles=regles,
        entretien=entretien,
        situation=situation,
        cotation=coter(regles.grilles, situation, jour, dires(regles, document, pieces), exacte=exacte),
        voies=orienter(regles.orientations, situation),
        pieces=pieces,
    )


@lru_cache(maxsize=4)
def _deriveur(regles: Regles, jour: date, *, entier: bool) -> Deriver:
    """Ce qui ajoute les faits dérivés aux faits bruts ; ce qui ne dépend pas du dossier n'est préparé qu'une fois.

    ``entier`` faux : seulement les faits que lit le questionnaire.
    """
    noms = None if entier else frozenset(c.fait.nom for c in regles.questionnaire.comparaisons_derivees)
    territoire = etats_du_territoire(regles.territoire, jour)
    niveaux = [*(g.parametres for g in regles.grilles), regles.territoire.parametres, parametres_nationaux()]

    @cache
    def resolus(dimensions: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, Etat]:
        return resoudre(niveaux, jour, dict(dimensions))

    def resolution(dimensions: Dimensions) -> Mapping[str, Etat]:
        return resolus(tuple((nom, tuple(codes)) for nom, codes in dimensions.items()))

    def completer(bruts: EtatsBruts) -> Situation:
        derives = deriver(
            bruts.faits,
            bruts.personnes,
            jour,
            territoire,
            resolution,
            personnes_closes=bruts.personnes_closes,
            listes=bruts.listes,
            noms=noms,
        )
        personnes = tuple({**b, **d} for b, d in zip(bruts.personnes, derives.personnes, strict=True))
        faits = {**bruts.faits, **derives.faits}
        return Situation(faits, personnes, bruts.personnes_closes, parametres=derives.parametres)

    return completer


def dires(regles: Regles, document: Mapping[str, Any], pieces: PiecesAttendues) -> Dires:
    """Ce que la cotation reprend du dossier : preuves dites, pièces vues ou demandées ; et de qui est la note."""
    preuves = document.get("preuves")
    toutes = [*pieces.enregistrement, *pieces.instruction]
    return Dires(
        mention=regles.territoire.mention,
        preuves=preuves if isinstance(preuves, Mapping) else {},
        pieces_vues=frozenset(p.piece.id for p in toutes if p.etat == VUE),
        pieces_manquantes=frozenset(p.piece.id for p in toutes if p.etat == IMPOSSIBLE),
    )
