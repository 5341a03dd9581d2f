"""La conférence lue au coffre : ses engagements, ses dossiers figés, une année comptée en mémoire.

Ce que livre le territoire est le départ ; une saisie le remplace. Ce qui sort est figé d'abord : une version sortie
sans être gardée laisserait la suivante redonner, par différence, ce qu'elle tait. polars ne se charge qu'en comptant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from modele.chiffres import Diffusion
from modele.contingents.engagements import DOCUMENT, EngagementTenu
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.provenance import Provenance
from modele.territoire.engagements import DocumentDate, Engagement, Engagements

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from modele.coffre import Coffre
    from modele.coffre.conference import ConferenceTenue
    from modele.coffre.contingents import Tenus
    from modele.conference.publication import Change, Figee, Publication
    from modele.conference.versions import Version
    from modele.droits import Auteur
    from modele.territoire.modele import Territoire

SANS_FICHIERS = (
    "Aucun fichier de bailleur n'est gardé : rien ne se compte. Importez-en un dans « Contingent de l'année », Alt+F."
)


@dataclass(frozen=True, slots=True)
class Lue:
    """Ce que l'écran lit à chaque visite."""

    tenus: Tenus
    conference: ConferenceTenue


@dataclass(frozen=True, slots=True)
class Compte:
    """Une année comptée pour ses lecteurs. ``changes`` : depuis sa dernière version ; ``None`` : il n'y en a pas.

    ``avant`` : les années d'avant, de leur dernière version figée pour les mêmes lecteurs. ``figee`` : celle qui sort
    est gardée.
    """

    annee: int
    publication: Publication
    territoire: str
    versions: tuple[Version, ...]
    changes: tuple[Change, ...] | None
    avant: Mapping[int, Figee] = field(default_factory=dict)
    figee: bool = False


def lire(coffre: Coffre, auteur: Auteur, territoire: str) -> Lue:
    """Les fichiers qui servent (jamais leur contenu), les engagements, les versions. Lève ``ErreurUtilisateur``."""
    return Lue(coffre.contingents.lire(auteur, entier=False), coffre.conference.lire(territoire, auteur))


def reunir(livres: Engagements, tenus: Iterable[EngagementTenu]) -> Engagements:
    """Ce que livre le territoire, chaque saisie à la place de ce qu'elle remplace ; les autres saisies ensuite."""
    saisis = list(tenus)
    par_origine = {un.origine: un for un in saisis if un.origine}
    connus = {*(un.id for un in livres.documents), *(un.id for un in livres.engagements)}
    neufs = [un for un in saisis if un.origine not in connus]
    documents = [en_document(par_origine[un.id]) if un.id in par_origine else un for un in livres.documents]
    promis = [en_engagement(par_origine[un.id]) if un.id in par_origine else un for un in livres.engagements]
    documents += [en_document(un) for un in neufs if un.sorte == DOCUMENT]
    promis += [en_engagement(un) for un in neufs if un.sorte != DOCUMENT]
    return replace(livres, documents=tuple(documents), engagements=tuple(promis))


def en_document(un: EngagementTenu) -> DocumentDate:
    """Un document saisi, comme le territoire le dirait."""
    return DocumentDate(un.origine or un.id, un.texte, un.du, "", "", "", _provenance(un))


def en_engagement(un: EngagementTenu) -> Engagement:
    """Un engagement saisi, comme le territoire le dirait."""
    return Engagement(
        un.origine or un.id, un.signataire, un.texte, un.mesure, un.cible, un.du, un.etat or "pris", un.preuve, "",
        _provenance(un), un.echeance, un.preuve_le,
    )  # fmt: skip


def _provenance(un: EngagementTenu) -> Provenance:
    return Provenance(source=f"{un.source}, saisi par {un.par}" if un.par else un.source)


def a_saisir(livre: Engagement | DocumentDate, territoire: str) -> EngagementTenu:
    """De quoi commencer la saisie de ce que le territoire livre : ce qui en est public, rien d'autre."""
    if isinstance(livre, DocumentDate):
        return EngagementTenu(
            territoire, "", livre.libelle, sorte=DOCUMENT, du=livre.du, source=livre.provenance.source, origine=livre.id
        )
    etat = "" if livre.etat == "a_remplir" else livre.etat
    return EngagementTenu(
        territoire, livre.partenaire, livre.texte, mesure=livre.mesure, cible=livre.cible, du=livre.du,
        echeance=livre.echeance, source=livre.provenance.source, etat=etat, preuve=livre.preuve,
        preuve_le=livre.preuve_le, origine=livre.id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FichierDesDemandes:
    """Les demandes en attente d'un fichier, lues pour compter et jamais gardées. ``lues`` : un tableau polars."""

    nom: str
    lues: pl.DataFrame

    @property
    def combien(self) -> int:
        """Combien de demandes il porte."""
        return self.lues.height


def lire_les_demandes(chemin: Path, jour: date) -> FichierDesDemandes:
    """Celles de ce fichier. Lève ``ErreurUtilisateur``, avec la ligne et la colonne."""
    from modele.conference.demandes import lire_demandes
    from modele.regles.disque import lire_octets, raison
    from modele.regles.limites import OCTETS_AU_PLUS

    try:
        return FichierDesDemandes(chemin.name, lire_demandes(lire_octets(chemin, OCTETS_AU_PLUS), jour))
    except OSError as cause:
        raise ErreurUtilisateur(f"{chemin.name} : {raison(cause)}. Vérifiez son nom et son dossier.") from None


def compter(
    coffre: Coffre,
    auteur: Auteur,
    annee: int,
    territoire: Territoire,
    diffusion: Diffusion | None,
    demandes: FichierDesDemandes | None = None,
) -> Compte:
    """Les indicateurs de l'année sous le masque de ces lecteurs, après toutes ses versions. Lève ``ErreurUtilisateur``.

    Une version abîmée arrête tout : sans elle, on ne saurait plus ce que la suivante redonne.
    """
    from modele.conference.indicateurs import indicateurs
    from modele.conference.publication import comparer, publier
    from modele.conference.versions import lire as relire
    from ui.etat.contingent import tables_de

    lue = lire(coffre, auteur, territoire.id)
    if not lue.tenus.lots:
        raise ErreurUtilisateur(SANS_FICHIERS)
    versions = lue.conference.versions
    figees = [relire(une) for une in versions if une.diffusion in list(Diffusion) or diffusion is None]
    de_l_annee = [une for une in figees if une.annee == annee and une.diffusion in list(Diffusion)]
    lues = None if demandes is None else demandes.lues
    comptee = indicateurs(*tables_de(coffre, auteur, lue.tenus.lots), annee, lues)
    publication = publier(comptee, diffusion, de_l_annee)
    siennes = [une for une in figees if une.diffusion == (diffusion or "habilites")]
    derniere = next((une for une in reversed(siennes) if une.annee == annee), None)
    changes = None if derniere is None else comparer(derniere, publication)
    avant = {une.annee: une for une in siennes if une.annee < annee}
    deja = derniere is not None and not changes and dict(derniere.cases) == dict(publication.cases)
    return Compte(annee, publication, territoire.id, versions, changes, avant, figee=deja)


def figer_le_dossier(coffre: Coffre, auteur: Auteur, compte: Compte) -> Compte:
    """Garde cette version, à la suite des autres. Lève ``ErreurUtilisateur`` si une autre est arrivée entre temps."""
    from modele.conference.publication import figer
    from modele.conference.versions import enchainer

    version = enchainer(figer(compte.publication, compte.territoire), compte.versions)
    gardee = coffre.conference.figer(version, auteur)
    return replace(compte, versions=(*compte.versions, gardee), figee=True)


@dataclass(frozen=True, slots=True)
class DossierDeLAnnee:
    """De quoi composer le papier et le tableur d'un compte figé."""

    compte: Compte
    territoire: Territoire
    engagements: Engagements

    @property
    def communes(self) -> dict[str, str]:
        """Le nom de chaque commune."""
        return {code: une.nom for code, une in self.territoire.communes.items()}

    def nom(self, suffixe: str) -> str:
        """« conference-metropole-essai-2026-public.pdf »."""
        pour = self.compte.publication.diffusion or "habilites"
        return f"conference-{self.territoire.id}-{self.compte.annee}-{pour}.{suffixe}"

    def pdf(self) -> bytes:
        """Le papier."""
        from impressions.conference import composer_dossier
        from ui.mots import cil
        from ui.mots.bilan_flux import FICTIF

        avis = [FICTIF] if self.territoire.exemple else []
        dit = cil.papier(
            self.territoire.nom, self.compte.annee, self.compte.publication, self.engagements, self.communes, avis,
            self.compte.changes, self.compte.avant,
        )  # fmt: skip
        return composer_dossier(dit, date(self.compte.annee, 12, 31))

    def classeur(self) -> bytes:
        """Le tableur."""
        from ui.mots import cil

        return cil.classeur(self.compte.publication, self.engagements, self.communes, self.compte.annee)
