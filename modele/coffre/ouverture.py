"""Créer et ouvrir les deux fichiers d'un coffre. SQLAlchemy ne se charge qu'ici, au moment de s'en servir."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.coffre import copies, remise
from modele.coffre.cles import Cout, nouvelle_cle
from modele.coffre.copies import Copie
from modele.coffre.enveloppes import (
    Trousseau,
    TrousseauIllisible,
    chemin_du_trousseau,
    ecrire_trousseau,
    lire_trousseau,
    nouveau_trousseau,
)
from modele.coffre.fichiers import pannes_du_disque, remplacer
from modele.dossier.operations import Chaine
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.prive import dossier_prive

if TYPE_CHECKING:
    from modele.coffre.base import Base

NOM_DU_POSTE: Final = "poste.nom"


def existe(chemin: Path) -> bool:
    """Y a-t-il un coffre à ce chemin ?"""
    return chemin.is_file()


def agents(chemin: Path) -> list[str]:
    """Les agents qui peuvent ouvrir ce coffre encore fermé."""
    return trousseau(chemin)[0].agents()


def trousseau(chemin: Path) -> tuple[Trousseau, Copie | None]:
    """Le trousseau du coffre, ou, s'il ne se lit pas, celui de sa dernière copie, avec elle. ``ErreurUtilisateur``."""
    try:
        lu = lire_trousseau(chemin)
        if lu.copie is not None:
            raise ErreurUtilisateur(
                f"{chemin} est une copie de secours : elle ne s'ouvre pas, elle se restaure. Dans un terminal : "
                f"« python main.py coffre restaurer {chemin} COFFRE »."
            )
        return lu, None
    except TrousseauIllisible:
        for copie in copies.toutes(chemin):
            with suppress(ErreurUtilisateur):
                return lire_trousseau(copie.chemin), copie
        raise


def exiger(chemin: Path) -> None:
    """Lève ``ErreurUtilisateur`` s'il n'y a à ce chemin ni coffre, ni copie dont le refaire.

    Une remise que la mort a coupée se finit d'abord.
    """
    remise.finir(chemin)
    if not existe(chemin) and not copies.toutes(chemin):
        raise ErreurUtilisateur(
            f"Aucun coffre à {chemin}. Vérifiez que le disque est branché, ou remettez le coffre depuis la sauvegarde."
        )


def creer(chemin: Path, agent: str, mot_de_passe: str, code: str, chaine: Chaine, nom: str, cout: Cout) -> None:
    """Crée la base et son trousseau. La base ne prend son nom qu'à la fin : une création coupée se recommence."""
    if existe(chemin):
        raise ErreurUtilisateur(f"Il y a déjà un coffre à {chemin}. Ouvrez-le, ou choisissez un autre emplacement.")
    cle = nouvelle_cle()
    trousseau = nouveau_trousseau().avec_agent(cle, agent, mot_de_passe, cout).avec_secours(cle, code, cout)
    neuve = chemin.with_name(chemin.name + ".neuf")
    with pannes_du_disque(chemin):
        dossier_prive(chemin.parent)
        _effacer(neuve)
        try:
            _remplir(neuve, cle, chaine, nom)
            _mettre_de_cote(chemin_du_trousseau(chemin))
            ecrire_trousseau(chemin, trousseau)
            remplacer(neuve, chemin)
        finally:
            _effacer(neuve)


def ouvrir_base(chemin: Path, cle: bytes, neuve: bool = False) -> Base:
    """La base, mise à jour au besoin. Lève ``ErreurUtilisateur`` : abîmée, occupée, trop récente."""
    from modele.coffre.base import Base
    from modele.coffre.migration import mettre_a_jour

    base = Base(chemin, cle)
    with _fermee_si_panne(base):
        mettre_a_jour(base, neuve)
    return base


def _remplir(neuve: Path, cle: bytes, chaine: Chaine, nom: str) -> None:
    from modele.coffre.base import creer_fichier
    from modele.coffre.chaines import poser_chaine_du_poste
    from modele.coffre.journaux import regler

    creer_fichier(neuve)
    base = ouvrir_base(neuve, cle, neuve=True)
    with _fermee_si_panne(base), base.ecriture() as connexion:
        poser_chaine_du_poste(connexion, chaine)
        regler(connexion, NOM_DU_POSTE, nom)
    base.fermer()


def _mettre_de_cote(trousseau: Path) -> None:
    """Un trousseau sans base ouvre peut-être une sauvegarde : il se garde sous un autre nom."""
    if trousseau.exists():
        rang = 1
        while (ancien := trousseau.with_name(f"{trousseau.name}.ancien-{rang}")).exists():
            rang += 1
        remplacer(trousseau, ancien)


def _effacer(base: Path) -> None:
    for suffixe in ("", "-wal", "-shm"):
        base.with_name(base.name + suffixe).unlink(missing_ok=True)


@contextmanager
def _fermee_si_panne(base: Base) -> Iterator[None]:
    try:
        yield
    except BaseException:
        base.fermer()
        raise
