"""Les fiches qu'on peut imprimer, superposées une à une, de la couche livrée à celle de la structure.

Une fiche est un dossier : ``fiche.toml`` (sûreté, sources, langues) et un texte par langue, ``<langue>.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Final

from modele.fiches.couches import Apport, commencer, superposer
from modele.fiches.declaration import DECLARATION, Declaration, declarer
from modele.fiches.gabarits import exiger_des_gabarits
from modele.fiches.mesure import EN_ATTENDANT, refus, reserve_au_francais
from modele.fiches.paragraphes import exiger_des_paragraphes_disables
from modele.fiches.surete import Surete
from modele.regles.conditions import Condition
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.langues import FRANCAIS, Langue, langues
from modele.regles.langues import langue as langue_de
from modele.regles.lecture_conditions import Contexte
from modele.sources import Couche, Fichier, Lecture

_DU_PAYS: Final = "fiches"


@dataclass(frozen=True, slots=True)
class Fiche:
    """Une fiche dans une langue, prête à composer.

    ``corps`` : Markdown et Jinja2 ; ``premiere_ligne`` : ligne du fichier où il commence.
    ``sous_titre``, ``pied`` : gabarits Jinja2 d'une ligne. ``fichier`` : nom constant, vide s'il n'y en a pas.
    ``a_relire`` : une traduction dont personne ne répond encore ; le papier ordinaire le dit.
    ``lire_a_voix_haute`` : ce que l'agent lit. ``paragraphes`` : la condition de ceux qui en ont une.
    """

    id: str
    langue: str
    surete: Surete
    titre: str
    titre_neutre: str
    sous_titre: str
    pied: str
    fichier: str
    corps: str
    premiere_ligne: int
    verifie_le: date
    sources: tuple[str, ...]
    confiance: str
    lire_a_voix_haute: str
    paragraphes: Mapping[str, Condition]
    a_relire: bool = False


@dataclass(frozen=True, slots=True)
class FicheDisponible:
    """Une fiche qu'on peut imprimer : identifiant, titre, langues, et ses drapeaux de sûreté."""

    id: str
    titre: str
    langues: tuple[str, ...]
    surete: Surete


@dataclass(frozen=True)
class Fiches:
    """Toutes les fiches d'un territoire, par identifiant. ``fautives`` : celles qu'aucune couche ne donne saine."""

    servies: Mapping[str, Declaration]
    fautives: Mapping[str, ErreurUtilisateur]

    def disponibles(self) -> tuple[FicheDisponible, ...]:
        """Celles qu'on peut imprimer, par identifiant."""
        return tuple(_disponible(servie) for servie in self.servies.values())

    def trouver(self, identifiant: str, langue: str) -> Fiche:
        """La fiche demandée, dans la langue demandée.

        Lève ``ErreurUtilisateur`` si elle n'existe pas, ``FichierFautif`` si elle est fautive.
        """
        if identifiant in self.fautives:
            raise self.fautives[identifiant]
        servie = self.servies.get(identifiant)
        if servie is None:
            voisin = proche(identifiant, self.servies)
            suite = f" ; vouliez-vous « {voisin} » ?" if voisin else "."
            connues = ", ".join(self.servies)
            raise ErreurUtilisateur(f"La fiche « {identifiant} » n’existe pas{suite} Fiches : {connues}.")
        dite = langue_de(langue)
        if langue not in servie.editions:
            raise ErreurUtilisateur(_pas_ecrite(servie, dite))
        if raison := refus(servie, dite):
            raise ErreurUtilisateur(raison)
        return _fiche(servie, langue)

    def refus(self, identifiant: str, langue: str) -> str:
        """Pourquoi cette fiche ne s'imprime pas dans cette langue ; vide si elle s'y imprime, ou n'existe pas."""
        servie = self.servies.get(identifiant)
        if servie is None:
            return ""
        return refus(servie, langue_de(langue)) if langue in servie.editions else _pas_ecrite(servie, langue_de(langue))


def _pas_ecrite(servie: Declaration, langue: Langue) -> str:
    if raison := reserve_au_francais(servie, langue):
        return raison
    ecrites = ", ".join(_offertes(servie))
    attente = f" {EN_ATTENDANT}" if servie.surete.securite or servie.surete.reservee else ""
    return f"La fiche « {servie.id} » n’existe pas en {langue.nom}. Langues : {ecrites}.{attente}"


def _offertes(servie: Declaration) -> tuple[str, ...]:
    """Les langues où elle s'imprime, dans l'ordre où Perron les déclare ; celle qu'il ne connaît pas ne s'offre pas."""
    return tuple(nom for nom, une in langues().items() if nom in servie.editions and not refus(servie, une))


def _fiche(servie: Declaration, langue: str) -> Fiche:
    edition = servie.editions[langue]
    texte = edition.texte
    return Fiche(
        servie.id, langue, servie.surete, texte.titre, edition.titre_neutre, texte.sous_titre, texte.pied,
        edition.fichier, texte.corps, texte.premiere_ligne, edition.verifie_le, edition.sources, edition.confiance,
        texte.lire_a_voix_haute, edition.paragraphes,
        a_relire=langue != FRANCAIS and not edition.traduction.sure,
    )  # fmt: skip


def _disponible(servie: Declaration) -> FicheDisponible:
    langues = _offertes(servie)
    premiere = FRANCAIS if FRANCAIS in servie.editions else next(iter(servie.editions))
    titre = servie.editions[premiere].texte.titre
    return FicheDisponible(servie.id, titre, langues, servie.surete)


def charger_fiches(lecture: Lecture, contexte: Contexte, territoire: str = "") -> Fiches:
    """Les fiches du pays, puis celles du territoire. Ce qui ne sert pas est dans ``lecture.ecarts``.

    ``contexte`` : les faits que leurs paragraphes peuvent nommer.
    Lève ``FichierFautif`` si une fiche livrée est fautive.
    """
    servies: dict[str, Declaration] = {}
    fautives: dict[str, ErreurUtilisateur] = {}
    for identifiant, couches in sorted(_couches(lecture, territoire).items()):
        servie, faute = _servir(identifiant, couches, lecture, contexte)
        if servie is not None:
            servies[identifiant] = servie
        elif faute is not None:
            fautives[identifiant] = faute
    return Fiches(servies, fautives)


@dataclass(frozen=True, slots=True)
class _Couche:
    """Les fichiers d'une fiche dans une couche."""

    racine: str
    fichiers: Mapping[str, Fichier]

    @property
    def repere(self) -> Fichier:
        """Le fichier qui dit d'où vient la couche."""
        return self.fichiers.get(DECLARATION) or next(iter(self.fichiers.values()))

    @property
    def livree(self) -> bool:
        return self.repere.couche is Couche.LIVREE

    def apporter(self, identifiant: str, dessous: Declaration | None, contexte: Contexte) -> Apport:
        """Ce qu'elle dit de la fiche. Lève ``ErreurUtilisateur``."""
        du_pays = self.racine == _DU_PAYS and self.repere.couche in (Couche.LIVREE, Couche.NATIONALE)
        lue = declarer(identifiant, self.fichiers, contexte, dessous)
        if not self.livree:
            exiger_des_gabarits(lue)
            for edition in lue.editions.values():
                exiger_des_paragraphes_disables(identifiant, edition.paragraphes)
        return Apport(lue, du_pays, None if DECLARATION in self.fichiers else self.repere.le)


def _servir(
    identifiant: str, couches: list[_Couche], lecture: Lecture, contexte: Contexte
) -> tuple[Declaration | None, ErreurUtilisateur | None]:
    """La fiche que servent ces couches, de bas en haut ; une couche fautive est mise de côté, celle du dessous sert."""
    servie: Declaration | None = None
    premiere: ErreurUtilisateur | None = None
    for couche in couches:
        try:
            apport = couche.apporter(identifiant, servie, contexte)
            servie, messages = commencer(apport) if servie is None else superposer(servie, apport)
        except ErreurUtilisateur as faute:
            if couche.livree:
                raise
            premiere, messages = premiere or faute, (str(faute),)
        for message in messages:
            lecture.ecarter(couche.repere, message)
    return servie, premiere


def _couches(lecture: Lecture, territoire: str) -> dict[str, list[_Couche]]:
    """Les fichiers de chaque fiche, couche par couche, de bas en haut ; à couche égale, le territoire après le pays."""
    trouves: dict[str, dict[tuple[int, int], _Couche]] = {}
    for rang, racine in enumerate((_DU_PAYS, f"territoires/{territoire}/fiches")):
        for chemin in lecture.sources.chemins(f"{racine}/*/*"):
            for fichier in _des_fiches(chemin, lecture):
                couches = trouves.setdefault(fichier.dossier, {})
                place = (list(Couche).index(fichier.couche), rang)
                couche = couches.get(place) or _Couche(racine, {})
                couches[place] = _Couche(racine, {**couche.fichiers, fichier.name: fichier})
    return {identifiant: [couches[place] for place in sorted(couches)] for identifiant, couches in trouves.items()}


def _des_fiches(chemin: str, lecture: Lecture) -> Iterator[Fichier]:
    nom = PurePosixPath(chemin)
    if nom.name == DECLARATION or nom.suffix == ".md":
        yield from lecture.sources.pile(chemin)
