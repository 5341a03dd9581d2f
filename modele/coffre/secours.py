"""Vérifier, sauvegarder, restaurer un coffre fermé, par le mot de passe d'un agent. Pour qui n'a pas d'écran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from modele.coffre import chaines, copies, journaux, nue, remise, schema
from modele.coffre.base import Base
from modele.coffre.confirmations import A_MARQUER
from modele.coffre.controle import examiner
from modele.coffre.enveloppes import lire_trousseau
from modele.coffre.fichiers import pannes_du_disque
from modele.coffre.migration import SCHEMA_BASE, version
from modele.coffre.ouverture import exiger
from modele.dossier.codes import relire_code_secours
from modele.regles.fautes import ErreurUtilisateur


@dataclass(frozen=True, slots=True)
class Compte:
    """Ce que tient un coffre, sans rien dire de qui. ``schema`` : sa version, si ce n'est pas celle de ce Perron."""

    dossiers: int
    saisies: int
    derniere: datetime | None
    schema: int | None = None

    def dire(self) -> str:
        """En quelques mots."""
        if self.schema is not None:
            return f"schéma {self.schema}, d'un Perron plus ancien ; son journal se vérifiera une fois ouvert"
        quand = f", dernière le {self.derniere.astimezone():%d/%m/%Y à %H:%M}" if self.derniere else ""
        return f"dossiers : {self.dossiers} ; saisies : {self.saisies}{quand} ; journal : aucune rupture"


def verifier(coffre: Path, mot_de_passe: str, part: str = "") -> Compte:
    """Ce que tient ce coffre ou cette copie, pages et journal des saisies vérifiés, sans rien y écrire.

    ``part`` : celle d'une copie scellée. Lève ``ErreurUtilisateur``.
    """
    exiger(coffre)
    trousseau = lire_trousseau(coffre)
    return _exiger_sain(coffre, trousseau.cle_de_la_base(trousseau.ouvrir(mot_de_passe)[0], _relue(part)))


def sauvegarder(coffre: Path, copie: Path, mot_de_passe: str) -> Compte:
    """Copie un coffre sain, en usage ou non, et vérifie la copie avant de lui donner son nom.

    Lève ``ErreurUtilisateur`` : coffre abîmé, disque plein ; une copie qui portait déjà ce nom est alors intacte.
    """
    if copie.resolve() == coffre.resolve():
        raise ErreurUtilisateur(f"{copie} est le coffre lui-même : donnez un autre nom à la copie.")
    exiger(coffre)
    cle, _ = lire_trousseau(coffre).ouvrir(mot_de_passe)
    _exiger_sain(coffre, copies.cle_de(coffre, cle))
    with pannes_du_disque(copie):
        copie.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    copies.copier(coffre, cle, copie)
    return _exiger_sain(copie, cle)


def restaurer(
    copie: Path, coffre: Path, mot_de_passe: str, quand: datetime, part: str = ""
) -> tuple[Compte, Path | None]:
    """Met une copie saine à la place d'un coffre ; rend ce qu'elle tient, et où l'ancien est gardé, s'il y en avait un.

    ``part`` : le code de celle d'une copie scellée. Lève ``ErreurUtilisateur`` : copie abîmée, coffre ouvert ailleurs,
    disque plein ; le coffre n'a alors pas bougé.
    """
    exiger(copie)
    remise.finir(coffre)
    if copie.resolve() == coffre.resolve():
        raise ErreurUtilisateur(f"{copie} est le coffre lui-même : donnez la copie, puis le coffre.")
    cle, _ = lire_trousseau(copie).ouvrir(mot_de_passe)
    part = _relue(part)
    compte = _exiger_sain(copie, copies.cle_de(copie, cle, part))
    if nue.occupe(coffre):
        raise ErreurUtilisateur(f"{coffre} est ouvert dans Perron. Fermez Perron, puis recommencez.")
    with pannes_du_disque(coffre):
        coffre.parent.mkdir(parents=True, exist_ok=True)
    neuf = remise.preparer(coffre, quand)
    copies.copier(copie, cle, neuf, part)
    base = Base(neuf, cle)
    try:
        with base.ecriture() as connexion:
            journaux.regler(connexion, A_MARQUER, "oui")
    finally:
        base.fermer()
    return compte, remise.poser(coffre, neuf)


def _relue(part: str) -> str:
    return relire_code_secours(part) if part else ""


def _exiger_sain(coffre: Path, cle: bytes) -> Compte:
    constat = examiner(coffre, cle, arbre=True)
    if not constat.sain:
        raise ErreurUtilisateur(
            f"{coffre} est abîmé : {constat.dire()}. N'y touchez pas : ouvrez-le dans Perron, qui le met de côté et "
            "reprend la dernière bonne copie, ou « coffre restaurer COPIE COFFRE »."
        )
    base = Base(coffre, cle, nue.pour_lire(coffre))
    try:
        return _compter(base)
    finally:
        base.fermer()


def _compter(base: Base) -> Compte:
    with base.lecture() as connexion:
        lue = version(connexion)
        if lue != SCHEMA_BASE:
            return Compte(0, 0, None, lue)
        if fautes := chaines.ruptures(connexion):
            raise ErreurUtilisateur(
                f"{base.chemin} : le journal des saisies a été touché ({len(fautes)} rupture(s)). {fautes[0]}. Gardez "
                "ce fichier, prévenez l'assistance, et restaurez une copie d'avant."
            )
        saisies, derniere = connexion.execute(
            select(func.count(), func.max(schema.dossier.c.modifie_le))
            .select_from(schema.operation)
            .join(schema.dossier, schema.dossier.c.id == schema.operation.c.dossier)
        ).one()
        quand = datetime.fromisoformat(derniere) if derniere else None
        return Compte(journaux.compter(connexion), saisies, quand)
