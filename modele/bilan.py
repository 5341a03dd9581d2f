"""Le bilan d'un dossier : l'entretien, la note, les voies et les pièces, tirés des mêmes faits à la même date.

L'écran, le papier et les commandes s'en servent tous : ils ne peuvent pas se contredire.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any

from modele.chargement import Regles, charger_regles
from modele.cotation.coter import Dires, coter
from modele.cotation.resultat import Cotation
from modele.dossier.conduite import Conduite, Derivation, Deriver, mener
from modele.dossier.contradictions import Contradiction, relever
from modele.dossier.ecarts import ecarts
from modele.dossier.entretien import Entretien, QuestionVue, Visibilite
from modele.dossier.ephemeres import sans_ephemeres
from modele.dossier.faits import Derives, ouvrir
from modele.dossier.faits.dependances import champs_bruts
from modele.dossier.faits.ensemble import Dimensions, Tirage
from modele.dossier.pieces import IMPOSSIBLE, VUE, PiecesAttendues, pieces_attendues
from modele.dossier.questions import SEUL_A_SEUL
from modele.dossier.situation import EtatsBruts, etats_bruts, roles_clos
from modele.dossier.voies_ephemeres import voies_ephemeres
from modele.orientation.calendrier import Etape, calendrier
from modele.orientation.dalo import RecoursExamine, examiner_recours
from modele.orientation.examen import orienter
from modele.orientation.filiere import RegleIncoherence, incoherences
from modele.orientation.publics import PublicExamine, examiner_publics
from modele.orientation.resultat import Voie
from modele.protection.discretion import est_discret
from modele.protection.violences import affirmes, sans_violence
from modele.regles.etats import Etat, Situation
from modele.regles.parametres import resoudre
from modele.territoire.etats import etats_du_territoire

__all__ = ["Bilan", "Regles", "charger_regles", "dires", "etablir"]


@dataclass(frozen=True)
class Bilan:
    """Ce que Perron sait dire d'un dossier à une date.

    ``document`` : ce qui s'écrit. ``en_memoire`` : des réponses qui ne s'écrivent pas (``modele.dossier.ephemeres``)
    ont servi aussi ; ni le papier ni la discrétion n'en tiennent compte (``gardable``). ``cotation`` : la note qui se
    montre, la même quoi qu'on ait dit de violences (décision 0011) ; ``cotation_entiere`` : pour l'agent seul à seul.
    ``lecture`` : d'où le bilan suivant repart ; absente s'il a servi des réponses qui ne s'écrivent pas.
    """

    document: Mapping[str, Any]
    jour: date
    regles: Regles
    entretien: Entretien
    situation: Situation
    cotation: Cotation | None
    voies: tuple[Voie, ...]
    pieces: PiecesAttendues
    en_memoire: bool = False
    lecture: _Lu | None = field(default=None, repr=False, compare=False)

    @cached_property
    def gardable(self) -> Bilan:
        """Le même bilan, de ce qui s'écrit seulement ; lui-même si rien d'autre n'a servi."""
        return etablir(self.regles, self.document, self.jour) if self.en_memoire else self

    @cached_property
    def dit(self) -> Bilan:
        """Le même bilan, comme si rien n'avait été dit de violences, ni de ce qui ne s'écrit pas."""
        reste = _sans_proteges(self.regles, self.document)
        return etablir(self.regles, reste, self.jour) if self.en_memoire or reste is not self.document else self

    @cached_property
    def cotation_entiere(self) -> Cotation | None:
        """La note par toutes les lignes de la grille, les protégées comprises : jamais sur un papier."""
        dits = dires(self.regles, self.document, self.pieces)
        return coter(self.regles.grilles, self.situation, self.jour, dits)

    @property
    def discret(self) -> bool:
        """Vrai si le dossier est discret."""
        return est_discret(self.document)

    @property
    def a_taire(self) -> bool:
        """Vrai si le dossier est discret, ou le devient."""
        return self.discret or self.le_devient

    @property
    def se_cache(self) -> bool:
        """Vrai si l'adresse réelle et un canal non dit sûr ne sortent pas.

        Le dossier se tait, dit une violence, ou note une adresse sûre ou un lieu à éviter.

        Lettre, formulaire, page à reporter, résumé, lieu le plus proche demandent ici ; la remise, ``affirmes``.
        """
        return self.a_taire or affirmes(self.document)

    @property
    def le_devient(self) -> bool:
        """Une voie discrète retenue suffit, si c'est de ce qui s'écrit : la discrétion écrite dirait sinon le reste."""
        return any(voie.discret for voie in self.gardable.voies_retenues)

    @property
    def voies_retenues(self) -> tuple[Voie, ...]:
        """Les voies certaines."""
        return tuple(voie for voie in self.voies if voie.certaine)

    @property
    def voies_montrees(self) -> tuple[Voie, ...]:
        """Les voies certaines qu'une liste montre : une voie discrète, une fois que l'agent a coché « seul à seul ».

        Avant, la phrase commune à tous les dossiers en tient lieu.
        """
        seul = self.situation.etat(SEUL_A_SEUL).valeur is True
        return tuple(voie for voie in self.voies_retenues if seul or not voie.discret)

    @cached_property
    def voies_suivies(self) -> frozenset[str]:
        """Les voies dont une suite peut s'écrire : ce qui s'écrit suffit à les retenir (norme de sûreté, § 3)."""
        return frozenset(voie.id for voie in self.gardable.voies_retenues) - voies_ephemeres()

    @property
    def fiches_fermees(self) -> frozenset[str]:
        """Les fiches qui mèneraient ailleurs : une voie retenue les ferme, même par ce qui ne s'écrit pas."""
        return frozenset(fiche for voie in self.voies_retenues for fiche in voie.ferme)

    @cached_property
    def recours(self) -> tuple[RecoursExamine, ...]:
        """Les conditions et les motifs DALO et DAHO ; examinés au premier besoin, jamais à la frappe."""
        return examiner_recours(self.regles.recours, self.situation)

    @cached_property
    def calendrier(self) -> tuple[Etape, ...]:
        """Les étapes ouvertes des recours, leurs dates, et ce qui daterait les autres."""
        voies = {regle.id: regle for regle in self.regles.orientations}
        return calendrier(self.regles.recours.etapes, voies, self.situation)

    @cached_property
    def publics(self) -> tuple[PublicExamine, ...]:
        """Les lettres de L441-1 qui se montrent : une lettre protégée, seulement quand l'agent est seul à seul."""
        seul = self.situation.etat(SEUL_A_SEUL).valeur is True
        regles = [regle for regle in self.regles.publics if seul or not regle.discret]
        return examiner_publics(regles, self.situation)

    @cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Les réponses qui ne vont pas ensemble, tant que rien ne les règle ; une protégée, seul à seul seulement."""
        seul, tues = self.situation.etat(SEUL_A_SEUL).valeur is True, self.regles.contradictions_protegees
        regles = [regle for regle in self.regles.contradictions if seul or regle.id not in tues]
        return tuple(relever(regles, self.document, self.situation, self.entretien.bruts.identifiants))

    @cached_property
    def incoherences(self) -> tuple[RegleIncoherence, ...]:
        """Ce qui ne va pas ensemble avant une commission ; rien n'en est tiré de protégé, ni du premier contact."""
        dit = self.dit
        filiere = self.regles.territoire.filiere
        return tuple(incoherences(self.regles.filiere, filiere, dit.situation, dit.publics, dit.recours))

    def en(self, langue: str) -> Bilan:
        """Le même bilan, dit dans cette langue ; lui-même si rien n'y est redit."""
        dites = self.regles.en(langue)
        if dites is self.regles:
            return self
        if langue not in self._dits:
            self._dits[langue] = etablir(dites, self.document, self.jour)
        return self._dits[langue]

    @cached_property
    def _dits(self) -> dict[str, Bilan]:
        """Par langue : plusieurs papiers d'un même dossier, et leurs aperçus, partent du même bilan."""
        return {}

    def questions_de(self, fait: str, *, repondues: bool = False) -> tuple[QuestionVue, ...]:
        """Les questions de l'entretien encore à poser dont dépend un fait, dans son ordre ; ou celles qui le furent.

        À poser : aucune d'un fait intermédiaire déjà établi, qui ne trancherait plus rien.
        """
        champs = frozenset(self._champs(fait, set(), tous=repondues))
        return tuple(
            vue
            for vue in self.entretien.questions()
            if vue.visibilite in (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)
            and vue.repondue is repondues
            and not vue.question.ephemere
            and champs & {*vue.question.faits, vue.question.champ}
        )

    def _champs(self, nom: str, vus: set[str], *, tous: bool) -> Iterator[str]:
        """Les champs du dossier dont dépend un fait, en remontant les faits dérivés ; ``tous`` : même les établis."""
        if nom in vus or (vus and not tous and self.situation.etat(nom).connu):
            return
        vus.add(nom)
        yield nom
        fait, derive = self.regles.catalogue.get(nom), self.regles.national.derives.get(nom)
        for champ in derive.entrees if derive else fait.champs if fait else ():
            yield from self._champs(champ, vus, tous=tous)


def etablir(
    regles: Regles, document: Mapping[str, Any], jour: date, *, exacte: bool = True, precedent: Bilan | None = None
) -> Bilan:
    """Le bilan d'un document. ``exacte`` faux : la note est l'intervalle sûr, rendu tout de suite.

    Ce que le document dit et qui ne s'écrit pas sert aux faits et aux voies, sans rester dans le bilan.
    ``precedent`` : celui d'un document voisin, d'ordinaire le même avant la dernière réponse ; il abrège, sans rien
    changer.
    """
    garde = sans_ephemeres(document)
    memes_regles = precedent is not None and precedent.regles is regles and precedent.jour == jour
    lu = note = _lire(regles, document, jour, precedent.lecture if precedent and memes_regles else None)
    dit = _sans_proteges(regles, garde)
    if dit is not document:
        # La note se tire d'un document où rien de protégé n'est dit : il se lit, il ne s'oriente pas.
        note = _lire(regles, dit, jour, lu)
    situation = lu.conduite.situation
    return Bilan(
        document=garde,
        jour=jour,
        regles=regles,
        entretien=lu.conduite.entretien,
        situation=situation,
        cotation=coter(
            regles.grilles_dites, note.conduite.situation, jour, dires(regles, dit, note.pieces), exacte=exacte
        ),
        voies=orienter(regles.orientations, situation, jour),
        pieces=lu.pieces,
        en_memoire=garde is not document,
        lecture=lu if garde is document else None,
    )


@dataclass(frozen=True, slots=True)
class _Lu:
    """Un document lu : ses états, l'entretien mené et les pièces attendues."""

    document: Mapping[str, Any]
    bruts: EtatsBruts
    conduite: Conduite
    pieces: PiecesAttendues


def _lire(regles: Regles, document: Mapping[str, Any], jour: date, deja: _Lu | None = None) -> _Lu:
    """Lit un document. ``deja`` : un autre, lu le même jour ; ce qui ne les distingue pas ne se refait pas."""
    bruts = etats_bruts(document, regles.locaux, (deja.document, deja.bruts) if deja else None)
    modele = deja.conduite if deja else None
    conduite = mener(regles.questionnaire, document, bruts, _deriveur(regles, jour), modele)
    pieces = pieces_attendues(regles.pieces, document, conduite.situation, bruts.identifiants)
    return _Lu(document, bruts, conduite, pieces)


def _sans_proteges(regles: Regles, document: Mapping[str, Any]) -> Mapping[str, Any]:
    return sans_violence(document, regles.criteres_proteges)


@lru_cache(maxsize=4)
def _deriveur(regles: Regles, jour: date) -> Deriver:
    """Ce qui ajoute les faits dérivés aux faits bruts ; ce qui ne dépend pas du dossier n'est préparé qu'une fois."""
    lus = frozenset(c.fait.nom for c in regles.questionnaire.comparaisons_derivees)
    pays, lieu = regles.national.pays, regles.territoire
    territoire = etats_du_territoire(lieu, pays.bareme, jour)
    niveaux = [*(g.parametres for g in regles.grilles), lieu.parametres, pays.parametres]

    @cache
    def resolus(dimensions: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, Etat]:
        return resoudre(niveaux, jour, dict(dimensions))

    def resolution(dimensions: Dimensions) -> Mapping[str, Etat]:
        return resolus(tuple((nom, tuple(codes)) for nom, codes in dimensions.items()))

    champs = {nom: frozenset(champs_bruts(nom, regles.national.derives)) for nom in regles.national.derives}

    def completer(bruts: EtatsBruts, deja: tuple[EtatsBruts, Tirage] | None = None) -> Derivation:
        tirage = ouvrir(
            bruts.faits,
            bruts.personnes,
            jour,
            territoire,
            resolution,
            personnes_closes=bruts.personnes_closes,
            listes=bruts.listes,
            bruts=regles.national.bruts,
            derives=regles.national.derives,
        )
        distincts = ecarts(deja[0], bruts) if deja else None
        if deja and distincts is not None:
            tirage.reprendre(deja[1], {nom for nom, lit in champs.items() if lit.isdisjoint(distincts)})
        return Derivation(
            _situation(bruts, tirage.tirer(lus)),
            lambda: _situation(bruts, tirage.tirer()),
            lambda autres: completer(autres, (bruts, tirage)),
        )

    return completer


def _situation(bruts: EtatsBruts, derives: Derives) -> Situation:
    return Situation(
        {**bruts.faits, **derives.faits},
        tuple({**b, **d} for b, d in zip(bruts.personnes, derives.personnes, strict=True)),
        bruts.personnes_closes,
        parametres=derives.parametres,
        roles_clos=roles_clos(bruts.faits),
    )


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
