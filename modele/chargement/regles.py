"""Charger un territoire et tout le droit : un seul objet, lu une fois, que tout le reste reçoit."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from pathlib import PurePosixPath
from typing import TypeVar

from modele.chargement.faits_gardes import exiger_les_faits
from modele.chargement.grilles import lire_grilles
from modele.chargement.langues import Base, Langues
from modele.chargement.mots_du_droit import MotsDuDroit
from modele.chargement.national import National, charger_national
from modele.chargement.proteges import exiger_les_memes_proteges
from modele.chargement.questions import exiger_les_questions
from modele.cotation.grille import Grille
from modele.cotation.neutre import criteres_proteges, sans_proteges
from modele.dossier.contradictions import FICHIER as CONTRADICTIONS
from modele.dossier.contradictions import RegleContradiction, lire_contradictions
from modele.dossier.lecture_questionnaire import FICHIER as QUESTIONNAIRE
from modele.dossier.lecture_questionnaire import lire_questionnaire
from modele.dossier.pieces import FICHIER as PIECES
from modele.dossier.pieces import Piece, lire_pieces
from modele.dossier.portail import FICHIER as PORTAIL
from modele.dossier.portail import Portail, lire_portail
from modele.dossier.questionnaire import Questionnaire, avec_locales
from modele.fiches import Fiches, charger_fiches
from modele.mots.noms import Vocabulaire
from modele.mots.phrases import mots
from modele.orientation.calendrier import fautes_des_etapes
from modele.orientation.contacts import Contact, annuaire, proteges
from modele.orientation.contacts_locaux import ContactAttendu, manquants
from modele.orientation.dalo import FICHIER as RECOURS
from modele.orientation.dalo import ReglesRecours, lire_recours
from modele.orientation.filiere import FICHIER as FILIERE
from modele.orientation.filiere import ReglesDeFiliere, lire_regles_de_filiere
from modele.orientation.formulaires import FormulaireTenu, servir_formulaires
from modele.orientation.imprimes import FICHIER as IMPRIMES
from modele.orientation.imprimes import Imprimes, lire_imprimes
from modele.orientation.publics import FICHIER as PUBLICS
from modele.orientation.publics import ReglePublic, lire_publics
from modele.orientation.regles import FICHIER as ORIENTATIONS
from modele.orientation.regles import RegleOrientation, lire_orientations
from modele.orientation.voies_gardees import declencheurs, exiger_les_voies
from modele.protection.ecran_demandeur import FICHIER as ECRAN_DEMANDEUR
from modele.protection.ecran_demandeur import Permises, lire_permises
from modele.protection.faits import condition_protegee, fait_protege
from modele.regles.conditions import noms_des_faits
from modele.regles.faits import Catalogue, Fait
from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.regles.langues import FRANCAIS
from modele.regles.langues import langue as langue_de
from modele.regles.lecture_conditions import Contexte
from modele.regles.parametres import DeclarationParametre
from modele.regles.traduction import non_redit
from modele.sources import Couche, Ecart, Fichier, Garder, Lecture, Sources, ecarter, ouvrir
from modele.territoire.annuaire import Annuaire
from modele.territoire.chargement import charger
from modele.territoire.coordonnees import Point
from modele.territoire.modele import Territoire
from modele.territoire.vues import Communes

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Regles:
    """Tout ce qui se charge une fois pour un territoire : le droit national, et ce que le territoire y ajoute.

    Deux chargements sont deux objets distincts, jamais égaux.
    ``grilles_fautives`` : celles qu'on n'emploie pas, avec leurs fautes ; ``ecarts`` : ce qu'une couche apportait et
    qui ne sert pas. L'écran dit les deux. ``langue`` : celle où tout est dit.
    """

    national: National
    territoire: Territoire
    questionnaire: Questionnaire
    orientations: tuple[RegleOrientation, ...]
    pieces: tuple[Piece, ...]
    publics: tuple[ReglePublic, ...]
    recours: ReglesRecours
    fiches: Fiches
    grilles: tuple[Grille, ...]
    contradictions: tuple[RegleContradiction, ...] = ()
    portail: Portail = field(default_factory=partial(Portail, "", ()))
    grilles_fautives: tuple[FichierFautif, ...] = ()
    langues: Mapping[str, MotsDuDroit] = field(default_factory=dict)
    permises: Permises = field(default_factory=Permises)
    ecarts: tuple[Ecart, ...] = ()
    langue: str = FRANCAIS
    imprimes: Imprimes = field(default_factory=Imprimes)
    formulaires: Mapping[str, FormulaireTenu] = field(default_factory=dict)
    filiere: ReglesDeFiliere = field(default_factory=ReglesDeFiliere)

    @cached_property
    def locaux(self) -> tuple[Fait, ...]:
        """Les faits que déclarent les grilles : chacun est une question de l'entretien."""
        return tuple({fait.nom: fait for grille in self.grilles for fait in grille.faits_locaux}.values())

    @cached_property
    def catalogue(self) -> Catalogue:
        """Les faits nationaux et locaux."""
        return self.national.catalogue.etendre(self.locaux)

    @cached_property
    def criteres_proteges(self) -> frozenset[str]:
        """Les critères des grilles dont la seule lecture, ou la seule preuve, dirait une violence."""
        return criteres_proteges(self.grilles, self.catalogue)

    @cached_property
    def contradictions_protegees(self) -> frozenset[str]:
        """Celles dont la seule phrase dirait une violence : montrées seul à seul, jamais confirmées par écrit."""
        return frozenset(
            une.id
            for une in self.contradictions
            if condition_protegee(une.si)
            or any(fait_protege(self.catalogue, nom) for nom in (*noms_des_faits(une.si), *une.champs))
        )

    @cached_property
    def grilles_dites(self) -> tuple[Grille, ...]:
        """Les grilles dont se tire la note qui se montre : sans leurs lignes protégées."""
        return tuple(sans_proteges(grille, self.catalogue) for grille in self.grilles)

    @property
    def ecarts_des_fiches(self) -> tuple[Ecart, ...]:
        """Ce que des fiches, ou un logo, apportaient et qui ne sert pas : à dire là où l'on imprime."""
        return tuple(ecart for ecart in self.ecarts if "fiches/" in ecart.chemin or "/logo." in ecart.chemin)

    def en(self, langue: str) -> Regles:
        """Les mêmes règles, dites dans cette langue ; ce que rien n'y redit reste en français, marqué."""
        if langue == FRANCAIS:
            return self
        if langue not in self._dites:
            self._dites[langue] = self._dire(self.langues.get(langue) or MotsDuDroit(langue_de(langue).id))
        return self._dites[langue]

    @cached_property
    def _dites(self) -> dict[str, Regles]:
        """Par langue : ce que les règles préparent une fois ne se refait pas à chaque papier."""
        return {}

    def _dire(self, dite: MotsDuDroit) -> Regles:
        return replace(
            self,
            langue=dite.id,
            national=self.national.en(dite),
            territoire=dite.territoire_dit(self.territoire),
            grilles=tuple(map(dite.grille_dite, self.grilles)),
            questionnaire=dite.questionnaire_dit(self.questionnaire),
            orientations=tuple(map(dite.voie_dite, self.orientations)),
            pieces=tuple(map(dite.piece_dite, self.pieces)),
            contradictions=tuple(map(dite.contradiction_dite, self.contradictions)),
        )

    @cached_property
    def vocabulaire(self) -> Vocabulaire:
        """De quoi nommer ce que contient un dossier."""
        return Vocabulaire(
            self.questionnaire,
            self.catalogue,
            self.national.nomenclatures,
            self.communes,
            {piece.id: piece.libelle for piece in self.pieces},
            {voie.id: voie.libelle for voie in self.orientations},
        )

    @cached_property
    def communes(self) -> Communes:
        """Les communes du territoire d'abord, celles de France ensuite, puis les pays étrangers."""
        return Communes(self.territoire.communes, self.national.pays.france, self.national.pays.etranger)

    @cached_property
    def annuaire(self) -> Annuaire:
        """Les lieux d'ici, à chercher ; une commune du territoire se place d'abord là où le territoire la dit."""
        ici, france = self.territoire.coordonnees, self.national.pays.coordonnees

        def situer(code: str) -> Point | None:
            return ici.get(code) or france.points.get(code)

        return Annuaire(self.territoire.lieux, self.national.accueil, situer, self._nom_de_commune)

    def _nom_de_commune(self, code: str) -> str:
        commune = self.communes.get(code)
        return commune.nom if commune else code

    @cached_property
    def contacts(self) -> Mapping[str, Contact]:
        """Les numéros du pays, ceux du territoire, et la place de ceux qu'il devrait dire ; un numéro fictif se dit."""
        dits = annuaire(self.national.contacts, self.territoire.contacts)
        nommes = {nom: self._nomme(un) if un.fictif else un for nom, un in dits.items()}
        return {**{un.id: un.absent() for un in self.contacts_manquants}, **nommes}

    def _nomme(self, contact: Contact) -> Contact:
        """Le même numéro, dit fictif dans sa langue ; à défaut en français, marqué."""
        with suppress(ErreurUtilisateur):
            return replace(contact, libelle=mots(self.langue)("lieu.fictif", libelle=contact.libelle))
        return replace(contact, libelle=f"{contact.libelle}{non_redit(mots()('lieu.fictif', libelle=''))}")

    @cached_property
    def contacts_manquants(self) -> tuple[ContactAttendu, ...]:
        """Les contacts que ce territoire devrait dire, et ne dit pas."""
        return manquants(self.national.contacts_attendus, {un.id for un in self.territoire.contacts})


def charger_regles(territoire: str, sources: Sources | None = None) -> Regles:
    """Charge le droit et le territoire. ``sources`` : ce que ce poste a reçu et modifié (absent : le livré seul).

    Ce qu'une couche apporte de fautif est écarté ; si le livré ne se lit plus au-dessous d'elle, elle ne sert pas du
    tout. Lève ``ErreurUtilisateur`` (territoire absent, fichier fautif).
    """
    donnees = sources or ouvrir()
    try:
        regles = _charger(territoire, Lecture(donnees))
    except FichierFautif as faute:
        regles = _sans_le_dessus(territoire, donnees, faute)
    _mettre_hors_du_ramassage()
    return regles


@cache
def _mettre_hors_du_ramassage() -> None:
    """Les règles vivent autant que l'application : le ramasse-miettes n'a plus à les parcourir entre deux réponses.

    Une fois : rechargées, elles figeraient avec elles tout ce qui est alors à jeter, et rien n'en serait plus rendu.
    """
    gc.freeze()


def _sans_le_dessus(territoire: str, sources: Sources, faute: FichierFautif) -> Regles:
    """Les règles que donnent les couches restantes, sans la publication nationale, puis sans rien que le livré."""
    for moindres in (sources.sans(Couche.NATIONALE), sources.jusqu_a(Couche.LIVREE)):
        perdus = [ecarter(f, f"ne va pas avec le reste : {faute}") for f in sources.au_dela(moindres)]
        if perdus:
            with suppress(ErreurUtilisateur):
                regles = _charger(territoire, Lecture(moindres))
                return replace(regles, ecarts=(*regles.ecarts, *perdus))
    raise faute


def _charger(territoire: str, lecture: Lecture) -> Regles:
    national = charger_national(lecture)
    nationaux, catalogue = national.pays.parametres, national.catalogue
    lieu = charger(territoire, lecture, nationaux, proteges(national.contacts), national.permis)
    parametres: Mapping[str, DeclarationParametre] = {**nationaux, **lieu.parametres}

    def servir(chemin: str, lire: Callable[..., T], garder: Garder[T] | None = None) -> T:
        return lecture.servir(chemin, lambda fichier: lire(fichier, catalogue, parametres), garder)

    grilles, fautives = lire_grilles(lecture, lieu, catalogue, parametres)
    locaux = {fait.nom: fait for grille in grilles for fait in grille.faits_locaux}
    orientations = servir(ORIENTATIONS, lire_orientations, _garder_les_voies)
    exiger_les_faits(lecture, orientations, national.derives)
    questions = servir(
        QUESTIONNAIRE,
        partial(lire_questionnaire, nomenclatures=national.nomenclatures),
        partial(exiger_les_questions, declencheurs(orientations, catalogue)),
    )
    pieces = servir(PIECES, lire_pieces, exiger_les_memes_proteges)
    permises = servir(ECRAN_DEMANDEUR, _lire_permises(lecture, questions))
    contradictions = servir(CONTRADICTIONS, lire_contradictions)
    mots = (national.contacts, national.contacts_attendus)
    recours = _recours(servir(RECOURS, lire_recours), orientations)
    noms_des_pieces = frozenset(une.id for une in pieces)
    dates = frozenset(f"{voie.id}.{une.id}" for voie in orientations for une in voie.echeances)
    imprimes = servir(IMPRIMES, partial(lire_imprimes, pieces=noms_des_pieces, echeances=dates))
    motifs = frozenset(un.id for un in recours.motifs)
    base = Base(national.nomenclatures, catalogue, questions, orientations, pieces, contradictions, *mots)
    return Regles(
        national=national,
        territoire=lieu,
        questionnaire=avec_locales(questions, locaux.values()),
        orientations=orientations,
        pieces=pieces,
        publics=servir(PUBLICS, lire_publics, exiger_les_memes_proteges),
        recours=recours,
        fiches=charger_fiches(lecture, Contexte(catalogue, parametres), territoire),
        grilles=grilles,
        grilles_fautives=fautives,
        langues=Langues(lecture, base, lieu, grilles),
        contradictions=contradictions,
        portail=lecture.servir(PORTAIL, lire_portail),
        permises=permises,
        imprimes=imprimes,
        filiere=servir(FILIERE, lire_regles_de_filiere),
        formulaires=servir_formulaires(lecture, imprimes.imprimes, motifs, noms_des_pieces),
        ecarts=tuple(lecture.ecarts),
    )


def _recours(lus: ReglesRecours, orientations: Sequence[RegleOrientation]) -> ReglesRecours:
    """Les recours, dont chaque étape trouve sa date dans une voie. Lève ``FichierFautif``."""
    if fautes := [Faute(RECOURS, "etape", None, dite) for dite in fautes_des_etapes(lus.etapes, orientations)]:
        raise FichierFautif(fautes)
    return lus


def _lire_permises(lecture: Lecture, questions: Questionnaire) -> Callable[..., Permises]:
    """De quoi lire ce que montre l'écran de la personne, jugé sur le questionnaire qui sert."""
    icones = frozenset(PurePosixPath(chemin).stem for chemin in lecture.sources.chemins("icones/*.svg"))
    durci = len(lecture.pile(QUESTIONNAIRE)) > 1
    return partial(lire_permises, questionnaire=questions, icones=icones, durci=durci)


def _garder_les_voies(
    dessous: Sequence[RegleOrientation], dessus: Sequence[RegleOrientation], fichier: Fichier
) -> None:
    exiger_les_voies(dessous, dessus, fichier)
    exiger_les_memes_proteges(dessous, dessus, fichier)
