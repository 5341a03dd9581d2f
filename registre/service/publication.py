"""Publier un paquet : fiche, territoire, droit, langue. Les postes le liront : leur propre chargeur le lit d'abord.

Un paquet est un zip à manifeste, ou un dossier dont on en fait un. Rien n'est signé qu'un poste mettrait de côté.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from modele.chargement import Regles, charger_regles
from modele.formation import charger_cas
from modele.protocole.messages import Referentiel
from modele.protocole.signatures import verifier
from modele.regles.disque import lire_octets, raison
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import FICHIERS_AU_PLUS, MEBI, PAQUET_AU_PLUS
from modele.sources import Lecture, Paquet, Recu, Sources, Urgence, assembler, lire_paquet, ouvrir
from modele.territoire.identite import lister
from modele.territoire.reperes import NOM as REPERES
from registre.service import referentiels

TERRITOIRE: Final = "territoire"
FICHE: Final = "fiche"
FORMATION: Final = "formation"
PHRASE_AU_PLUS: Final = 300


def est_un_paquet(nom: str) -> bool:
    """Vrai si ce nom de référentiel est celui d'un paquet, « fiche.115 »."""
    return nom.partition(".")[0] in ouvrir().natures.genres


def exiger_un_paquet(nom: str) -> None:
    """Lève ``ErreurUtilisateur`` si ce nom n'est pas celui d'un paquet ; les repères ont leur propre commande."""
    if nom.partition(".")[0] == REPERES:
        raise ErreurUtilisateur("Les repères se publient par : python -m registre publier-reperes FICHIER.csv.")
    genre, _, identifiant = nom.partition(".")
    ouvrir().natures.genre(genre)
    if not identifiant:
        raise ErreurUtilisateur(f"« {nom} » : il manque l'identifiant. Écrivez-le après un point : {genre}.mon-nom.")


@dataclass(frozen=True, slots=True)
class Correction:
    """Ce qui rend une publication urgente : ``phrase``, ce qui était faux ; ``fiches``, celles qui le portaient."""

    phrase: str
    fiches: tuple[str, ...] = ()


def correction(phrase: str, fiches: Sequence[str]) -> Correction | None:
    """La correction que disent ces options. Lève ``ErreurUtilisateur`` : des fiches sans phrase, phrase trop longue."""
    phrase = " ".join(phrase.split())
    if len(phrase) > PHRASE_AU_PLUS:
        raise ErreurUtilisateur(
            f"La phrase d'une correction tient en {PHRASE_AU_PLUS} signes : elle se lit à l'accueil."
        )
    if not phrase and fiches:
        raise ErreurUtilisateur(
            "« --fiche » dit qui portait l'erreur : dites aussi laquelle, par « --urgente PHRASE »."
        )
    return Correction(phrase, tuple(fiches)) if phrase else None


def publier_paquet(
    moteur: Engine,
    ou: str,
    nom: str,
    source: Path,
    maintenant: datetime,
    version: str = "",
    correction: Correction | None = None,
) -> Referentiel:
    """Publie un zip, ou le dossier dont on en fait un (``version`` : la sienne, à défaut la date du jour).

    ``correction`` : chaque poste la dit à son accueil, et elle sert même là où la structure avait écrit autre chose.
    Lève ``ErreurUtilisateur`` avec tout ce qu'un poste refuserait, ou si le territoire est inconnu.
    """
    octets = _octets(nom, source, version or f"{maintenant:%Y-%m-%d}")
    octets = _avec_urgence(octets, nom, _precedent(moteur, ou, nom), correction, maintenant.date())
    controler(octets, nom, ou, _deja_publies(moteur, ou, nom))
    return referentiels.publier(moteur, ou, nom, octets, maintenant)


def _precedent(moteur: Engine, ou: str, nom: str) -> Paquet | None:
    """Ce paquet tel que les postes le tiennent."""
    derniere = next((une for une in referentiels.lister(moteur, ou) if une.nom == nom), None)
    if derniere is None:
        return None
    return lire_paquet(referentiels.lire(moteur, ou, nom, derniere.version), nom, ouvrir().natures, verifier)


def _avec_urgence(
    octets: bytes, nom: str, precedent: Paquet | None, correction: Correction | None, jour: date
) -> bytes:
    """Le même paquet, qui dit cette correction ; sans elle, qui redit celle d'avant : un poste a pu ne pas la voir."""
    paquet = lire_paquet(octets, nom, ouvrir().natures, verifier)
    avant = precedent.urgence if precedent is not None else None
    if correction is None and (avant is None or paquet.nationale):
        return octets
    if paquet.nationale:
        raise ErreurUtilisateur(
            f"« {nom} » est signé par un organisme national : son manifeste ne peut plus changer. S'il est urgent, "
            "c'est à lui de l'y dire."
        )
    urgence = avant if correction is None else _corriger(paquet, precedent, correction, jour)
    assert urgence is not None
    rangs = {chemin: rang for chemin, rang in urgence.rangs.items() if chemin in paquet.fichiers}
    return assembler(paquet.genre, paquet.id, paquet.version, paquet.fichiers, urgence=replace(urgence, rangs=rangs))


def _corriger(paquet: Paquet, precedent: Paquet | None, correction: Correction, jour: date) -> Urgence:
    """La correction qui suit celles d'avant : elle change les fichiers qui ne disent plus ce que tenaient les postes.

    Lève ``ErreurUtilisateur`` si aucun ne change.
    """
    avant = precedent.urgence if precedent is not None else None
    tenus = precedent.fichiers if precedent is not None else {}
    changes = [chemin for chemin, octets in paquet.fichiers.items() if tenus.get(chemin) != octets]
    if not changes:
        raise ErreurUtilisateur("Rien n'est publié : ce paquet dit ce que les postes ont déjà. Corrigez-le d'abord.")
    rang = (avant.rang if avant is not None else 0) + 1
    deja = dict(avant.rangs) if avant is not None else {}
    fiches = correction.fiches or ((paquet.id,) if paquet.genre == FICHE else ())
    return Urgence(rang, correction.phrase, jour, fiches, deja | dict.fromkeys(changes, rang))


def controler(octets: bytes, nom: str, ou: str, deja: Sequence[Recu]) -> None:
    """Lit ce paquet comme le liront les postes de ``ou``, par-dessus ce qu'ils ont déjà reçu.

    Lève ``ErreurUtilisateur`` : paquet illisible, ou tout ce qui en serait mis de côté.
    """
    paquet = lire_paquet(octets, nom, ouvrir().natures, verifier)
    sources = ouvrir(recus=[*deja, Recu(nom, 1, octets)], verifier=verifier)
    territoire = _territoire(paquet, sources, ou)
    refuses = list(dict.fromkeys(_refus(paquet, sources, charger_regles(territoire, sources))))
    if refuses:
        raise ErreurUtilisateur("\n".join(["Rien n'est publié. Les postes le mettraient de côté :", *refuses]))


def _territoire(paquet: Paquet, sources: Sources, ou: str) -> str:
    """Le territoire sur lequel essayer : celui qu'on publie, celui du registre, à défaut le premier."""
    if paquet.genre == TERRITOIRE:
        return paquet.id
    connus = [un.id for un in lister(Lecture(sources))]
    return ou if ou in connus else connus[0]


def _refus(paquet: Paquet, sources: Sources, regles: Regles) -> Iterator[str]:
    genre = sources.natures.genres[paquet.genre]
    chemins = {genre.situer(paquet.id, fichier) for fichier in paquet.fichiers}
    # Les cas de formation ne se chargent pas avec le droit : rien d'autre ne les lirait avant les postes.
    ecarts = [*regles.ecarts, *(charger_cas(sources)[1] if paquet.genre == FORMATION else ())]
    yield from (f"- {ecart.chemin} : {ecart.message}" for ecart in ecarts if ecart.chemin in chemins)
    if paquet.genre == TERRITOIRE:
        yield from (f"- {faute}" for fautive in regles.grilles_fautives for faute in fautive.fautes)


def _deja_publies(moteur: Engine, ou: str, nom: str) -> list[Recu]:
    """Les autres paquets que tiennent déjà les postes de ce territoire."""
    annonces = [une for une in referentiels.lister(moteur, ou) if une.nom != nom and est_un_paquet(une.nom)]
    return [Recu(une.nom, une.version, referentiels.lire(moteur, ou, une.nom, une.version)) for une in annonces]


def _octets(nom: str, source: Path, version: str) -> bytes:
    try:
        if not source.is_dir():
            return lire_octets(source)
        fichiers = _contenu(source)
    except OSError as panne:
        raise ErreurUtilisateur(f"{source} : lecture impossible ({raison(panne)}). Vérifiez le chemin.") from panne
    genre, _, identifiant = nom.partition(".")
    return assembler(genre, identifiant, version, fichiers)


def _contenu(dossier: Path) -> dict[str, bytes]:
    """Les fichiers d'un dossier, par chemin relatif ; arrêté dès qu'il y en a trop. Lève ``ErreurUtilisateur``."""
    contenu: dict[str, bytes] = {}
    taille = 0
    for chemin in sorted(un for un in dossier.rglob("*") if un.is_file()):
        taille += chemin.stat().st_size
        if len(contenu) == FICHIERS_AU_PLUS or taille > PAQUET_AU_PLUS:
            raise ErreurUtilisateur(
                f"{dossier} : un paquet tient en {FICHIERS_AU_PLUS} fichiers et {PAQUET_AU_PLUS // MEBI} Mio."
                " Donnez le dossier de ce que vous publiez, et lui seul."
            )
        contenu[chemin.relative_to(dossier).as_posix()] = chemin.read_bytes()
    return contenu
