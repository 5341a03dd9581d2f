"""Saisir la commission : ce qui se recopie sur le formulaire officiel, ce qu'on joint, ce qui se dit avant.

Le formulaire rempli, le brouillon et la lettre en partent tous trois : ils disent la même chose. Rien de protégé ni
d'éphémère n'y entre ; d'un dossier discret, l'adresse est celle où le courrier arrive sans danger, jamais l'autre.

Essais : ``tests/impressions/test_saisine.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from impressions.courrier import valeur_ecrite, zones_nommees
from impressions.reponses import chemin_reel
from modele.bilan import Bilan
from modele.dossier.chemins import chemin_d_element
from modele.dossier.pieces import VUE
from modele.dossier.situation import elements
from modele.mots.reponses import Diseur, Voix
from modele.orientation.dalo import RecoursExamine
from modele.orientation.formulaires import FormulaireTenu
from modele.orientation.imprimes import Imprime, PieceJointe, RubriqueImprimee
from modele.orientation.resultat import Echeance, Voie
from modele.orientation.verdict import Verdict
from modele.protection.report import REMPLACEES, a_reporter, se_tait
from modele.regles.conditions import Condition
from modele.regles.confiance import a_valider
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.kleene import evaluer
from modele.regles.lecture import vouliez_vous

SANS_ADRESSE: Final = (
    "Aucune adresse sûre n'est notée, et l'adresse où vit la personne ne s'écrit sur aucun papier : la case reste "
    "blanche. Demandez une domiciliation au CCAS, ou l'accord d'une association ou d'un avocat, puis notez-la dans "
    "l'entretien avant d'envoyer."
)
SURE: Final = "Adresse où écrire"


@dataclass(frozen=True, slots=True)
class LigneDite:
    """Une réponse à recopier. ``valeur`` vide : à compléter avec la personne."""

    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class RubriqueDite:
    """Une rubrique et ses lignes ; ``qui`` : de quelle personne du foyer."""

    rubrique: RubriqueImprimee
    lignes: tuple[LigneDite, ...]
    qui: str = ""


@dataclass(frozen=True, slots=True)
class PieceDite:
    """Une pièce à joindre, et si on l'a déjà vue."""

    libelle: str
    vue: bool


@dataclass(frozen=True)
class Saisine:
    """Un recours prêt à recopier. ``retenus`` : les motifs choisis avec la personne, ``motifs`` : tous.

    ``avant`` : ce qui se dit avant de la remettre ; vide d'ordinaire.
    """

    bilan: Bilan
    imprime: Imprime
    motifs: tuple[RecoursExamine, ...]
    retenus: frozenset[str]
    avant: str

    @property
    def discret(self) -> bool:
        """Vrai si le dossier est discret, ou le devient."""
        return self.bilan.a_taire

    @property
    def sans_adresse(self) -> bool:
        """Vrai d'un dossier qui se cache et n'a pas d'adresse sûre."""
        return self.bilan.se_cache and not self.valeur(REMPLACEES[0])

    @property
    def tenu(self) -> FormulaireTenu:
        """Le formulaire que la structure a chargé pour ce recours."""
        return self.bilan.regles.formulaires.get(self.imprime.id, FormulaireTenu(self.imprime.id))

    def choisis(self) -> tuple[RecoursExamine, ...]:
        """Les motifs retenus, dans l'ordre du droit."""
        return tuple(un for un in self.motifs if un.regle.id in self.retenus)

    def valeur(self, chemin: str) -> str:
        """La réponse telle qu'elle s'écrit ; vide : rien n'en est dit, ou elle ne s'écrit pas sur un papier.

        « foyer.personnes[1].nom » : celui de la première personne.
        """
        return valeur_ecrite(self.bilan, chemin)

    def code(self, chemin: str) -> str:
        """Le code répondu, s'il peut s'écrire sur un papier ; « oui » ou « non » pour une réponse par oui ou non."""
        document = self.bilan.document
        valeur = a_reporter(
            document, chemin_reel(document, chemin), discret=self.bilan.se_cache, zones=zones_nommees(self.bilan)
        )
        if isinstance(valeur, bool):
            return "oui" if valeur else "non"
        return valeur if isinstance(valeur, str) else ""

    def vue(self, piece: str) -> bool:
        """Vrai si cette pièce a été vue pour chacun de qui on l'attend."""
        return self._jointe(PieceJointe("", (piece,)))

    # Ce qui se recopie.

    def rubriques(self) -> Iterator[RubriqueDite]:
        """Celles qui se disent, dans l'ordre de l'imprimé ; les motifs et les pièces sont à part."""
        diseur = Diseur(self.bilan.regles.vocabulaire, self.bilan.document, voix=Voix.PAPIER, sans_nom=self.discret)
        for rubrique in self.imprime.rubriques:
            if rubrique.motifs:
                continue
            if not rubrique.liste:
                yield from self._rubrique(rubrique, diseur, "", "")
                continue
            for element in elements(self.bilan.document, rubrique.liste):
                yield from self._rubrique(rubrique, diseur, element, diseur.element(rubrique.liste, element))

    def _rubrique(self, rubrique: RubriqueImprimee, diseur: Diseur, element: str, qui: str) -> Iterator[RubriqueDite]:
        lignes, sure = [], False
        for champ in rubrique.champs:
            chemin = chemin_d_element(rubrique.liste, element, champ) if element else champ
            remplacee = self.bilan.se_cache and chemin in REMPLACEES
            if se_tait(chemin, discret=self.bilan.se_cache) or (remplacee and sure):
                continue
            sure = sure or remplacee
            valeur = self.valeur(chemin)
            if valeur or champ not in rubrique.facultatifs or remplacee:
                nom = self.bilan.regles.imprimes.libelles.get(chemin) or diseur.libelle(chemin)
                lignes.append(LigneDite(SURE if remplacee else nom, valeur))
        if lignes:
            yield RubriqueDite(rubrique, tuple(lignes), qui)

    # Ce qui se joint, ce qui suit.

    def pieces(self) -> tuple[PieceDite, ...]:
        """Les pièces de l'imprimé, cochées si on les a déjà vues."""
        return tuple(PieceDite(une.libelle, self._jointe(une)) for une in self.imprime.pieces)

    def _jointe(self, piece: PieceJointe) -> bool:
        attendues = self.bilan.dit.pieces
        siennes = [p for p in (*attendues.enregistrement, *attendues.instruction) if p.piece.id in piece.vues]
        certaines = [p for p in siennes if p.certaine or p.etat == VUE]
        return bool(certaines) and all(p.etat == VUE for p in certaines)

    def dates_du_tribunal(self) -> tuple[tuple[Voie, Echeance], ...]:
        """Les dates d'un tribunal déjà connues de ce dossier ; jamais une date à faire valider."""
        return tuple(
            (voie, une)
            for voie in self.bilan.dit.voies_retenues
            for une in voie.echeances
            if f"{voie.id}.{une.id}" in self.imprime.dates_du_tribunal
            and une.le is not None
            and not a_valider(une.confiance)
        )


def preparer(bilan: Bilan, recours: str, motifs: Collection[str] | None = None) -> Saisine:
    """Ce recours, prêt à recopier. ``motifs`` : ceux qu'on a choisis ; absent, ceux que les réponses remplissent.

    Lève ``ErreurUtilisateur`` si ce recours ou l'un de ces motifs n'existe pas.
    """
    imprimes = bilan.regles.imprimes
    if recours not in imprimes.imprimes:
        raise ErreurUtilisateur(f"« {recours} » n'est pas un recours ; attendu : {', '.join(imprimes.imprimes)}.")
    tous = motifs_de(bilan, recours)
    connus = [un.regle.id for un in tous]
    for inconnu in (un for un in motifs or () if un not in connus):
        raise ErreurUtilisateur(f"« {inconnu} » n'est pas un motif de ce recours{vouliez_vous(inconnu, connus)}.")
    remplis = [un.regle.id for un in tous if un.examen.verdict is Verdict.REMPLI]
    return Saisine(
        bilan,
        imprimes.imprimes[recours],
        tous,
        frozenset(remplis if motifs is None else motifs),
        _avant(bilan) if recours == "daho" else "",
    )


def motifs_de(bilan: Bilan, recours: str) -> tuple[RecoursExamine, ...]:
    """Les motifs de ce recours, comme si rien n'avait été dit de violences ni de ce qui ne s'écrit pas."""
    return tuple(un for un in bilan.dit.recours if un.regle.recours == recours and un.regle.cas)


def _avant(bilan: Bilan) -> str:
    """Un dossier va aux services de l'État : cela se dit, sauf à qui on sait français."""
    mise = bilan.regles.imprimes.avant_daho
    return mise.phrase if _vaut(mise.si, bilan) is not False else ""


def _vaut(si: Condition | None, bilan: Bilan) -> bool | None:
    return True if si is None else evaluer(si, bilan.situation)
