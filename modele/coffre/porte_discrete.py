"""La porte « seul à seul » d'un dossier discret : un motif d'abord, puis la réponse ; et à qui chaque essai se dit.

Avant le motif, rien n'est lu : un refus (pas de motif, trop peu de mots, trop d'essais) ne dépend que de ce qui est
tapé et de qui tape. Un essai qui rencontre un dossier y dépose un avis pour son référent et son suppléant ; un essai
vain est sur la liste du responsable. Ni l'un ni l'autre ne garde ce qui était cherché.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select

from modele.coffre import auteurs, avis, journaux, ouvertures, schema
from modele.coffre.base import Base
from modele.coffre.instants import en_utc
from modele.coffre.lignes import OUVERT, resumables, resume
from modele.coffre.listes import Avis, Essai, Ouverture, Suivi, Trouve
from modele.coffre.regard import visible
from modele.dossier.acces import Acces
from modele.dossier.operations import DOSSIER
from modele.droits import Action, Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import DUREE_DES_ESSAIS, ESSAIS_SEUL_A_SEUL
from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.porte import Porte as Comparable
from modele.ressemblance.porte import admise, annees, assez_dit
from modele.ressemblance.proximite import Ressemblance

SANS_MOTIF: Final = "Écrivez d'abord pourquoi vous cherchez : la réponse ne vient qu'après."
PAS_ASSEZ: Final = "Écrivez son nom et sa naissance, au moins l'année, même à un an près."
TROP: Final = (
    "Vous avez cherché {} fois seul à seul en une heure : attendez, ou prenez la référence du dossier. La personne n'a "
    "pas à revenir : demandez à un collègue de la recevoir."
)
AU_PLUS: Final = 8
_PORTE: Final = schema.porte_discrete.c
_ACCES: Final = schema.acces.c


class Porte:
    """Ce que l'écran fait de la porte, et les avis qu'elle donne. Sûr entre fils."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    def chercher(self, texte: str, motif: str, auteur: Auteur) -> list[Trouve]:
        """Les dossiers discrets qui répondent à ce nom et à cette naissance ; l'essai est noté et dit avant de rendre.

        Lève ``ErreurUtilisateur``, sans rien avoir lu d'un dossier : pas de motif, pas assez de mots, pas le droit,
        trop d'essais.
        """
        demande, pourquoi = lire_demande(texte), " ".join(motif.split())
        if not pourquoi:
            raise ErreurUtilisateur(SANS_MOTIF)
        if not assez_dit(demande):
            raise ErreurUtilisateur(PAS_ASSEZ)
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            auteurs.exiger(connexion, auteur, DOSSIER, Action.LIRE_DISCRET)
            _exiger_le_debit(connexion, auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.SEUL_A_SEUL, None)
            trouves = _trouver(connexion, demande)
            rencontres = [un.dossier for un in trouves]
            for dossier in rencontres:
                journaux.noter(connexion, auteur.nom, quand, Acces.RENCONTRE, dossier)
            avis.deposer(connexion, rencontres, pourquoi, auteur, quand)
        return trouves

    def avis(self, auteur: Auteur) -> list[Avis]:
        """Les avis que cet agent n'a pas lus, le plus récent d'abord."""
        with self._base.lecture() as connexion:
            return avis.a_lire(connexion, auteur)

    def ouvertures(self, auteur: Auteur) -> list[Ouverture]:
        """Les dossiers ouverts sans aucun geste, que le responsable n'a pas lus ; à nul autre."""
        with self._base.lecture() as connexion:
            return ouvertures.lister(connexion, auteur, self._horloge())

    def ouvertures_lues(self, auteur: Auteur) -> None:
        """Le responsable les a toutes lues. Lève ``ErreurUtilisateur`` sans droit."""
        with self._base.ecriture() as connexion:
            ouvertures.lire(connexion, auteur, self._horloge())

    def essais(self, auteur: Auteur) -> list[Essai]:
        """Les essais vains à lire, le plus récent d'abord ; vide pour qui n'est pas le responsable."""
        with self._base.lecture() as connexion:
            return avis.essais_a_lire(connexion, auteur)

    def suivis(self, auteur: Auteur) -> list[Suivi]:
        """Les dossiers hors des listes communes dont cet agent répond : référent, suppléant, ou créateur ici.

        Que nul ne suit et que nul n'a créés ici, ils sont aux travailleurs sociaux.
        """
        with self._base.lecture() as connexion:
            return avis.suivis(connexion, auteur)

    def lu(self, lequel: Avis | Essai, auteur: Auteur) -> None:
        """Cet agent a lu cet avis, ou le responsable cet essai. Lève ``ErreurUtilisateur`` s'il n'en a pas le droit."""
        with self._base.ecriture() as connexion:
            avis.marquer_lu(connexion, lequel, auteur, self._horloge())


def _exiger_le_debit(connexion: Connection, auteur: Auteur, quand: datetime) -> None:
    """Lève ``ErreurUtilisateur`` si cet agent a trop essayé ; chaque essai compte, qu'il ait rencontré ou non."""
    # Sans borne haute : reculer l'horloge du poste ne rend pas d'essais.
    requete = select(func.count()).where(
        _ACCES.action == Acces.SEUL_A_SEUL.ecrire(),
        _ACCES.agent == auteur.nom,
        _ACCES.quand > en_utc(quand - DUREE_DES_ESSAIS),
    )
    if connexion.execute(requete).scalar_one() >= ESSAIS_SEUL_A_SEUL:
        raise ErreurUtilisateur(TROP.format(ESSAIS_SEUL_A_SEUL))


def _trouver(connexion: Connection, demande: Demande) -> list[Trouve]:
    premier, dernier = annees(demande)
    nes_alors: ColumnElement[bool] = or_(_PORTE.du == "", (_PORTE.du <= dernier) & (_PORTE.au >= premier))
    colonnes = (_PORTE.dossier, _PORTE.noms, _PORTE.prenoms, _PORTE.du, _PORTE.au)
    admis: dict[str, Ressemblance] = {}
    for dossier, *comparable in connexion.execute(select(*colonnes).where(nes_alors, visible(_PORTE.dossier))):
        if (trouvee := admise(demande, Comparable(*comparable))) is not None:
            admis[dossier] = trouvee
    meilleurs = sorted(admis, key=lambda un: (-admis[un].score, un))[:AU_PLUS]
    lignes = _tenus(connexion, meilleurs)
    return [Trouve(un, resume(lignes[un]), admis[un].raisons, admis[un].score) for un in meilleurs if un in lignes]


def _tenus(connexion: Connection, dossiers: Sequence[str]) -> Mapping[str, Row[Any]]:
    colonnes = schema.dossier.c
    requete = resumables().where(colonnes.id.in_(dossiers), colonnes.etat == OUVERT, colonnes.genre == DOSSIER)
    return {ligne.id: ligne for ligne in connexion.execute(requete)}
