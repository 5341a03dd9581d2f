"""Les copies de secours d'un coffre : chiffrées comme lui, vérifiées avant de prendre leur nom, éclaircies.

Une copie est une paire : la base et son trousseau. Celles d'un poste vivent à côté du coffre (``….copies``) et, si
quelqu'un l'a choisi, dans un second endroit. Sept jours, puis une par semaine : aucune ne dépasse trente jours, pour
que ce qui s'efface s'efface partout.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from modele.coffre.cles import nouvelle_cle
from modele.coffre.enveloppes import (
    Part,
    chemin_du_trousseau,
    ecrire_trousseau,
    empreinte_du_coffre,
    lire_trousseau,
)
from modele.coffre.fichiers import ecrire_durable, pannes_du_disque, remplacer
from modele.regles.fautes import ErreurUtilisateur

TOUS_LES: Final = timedelta(hours=20)
"""Le plus court entre deux copies : une par jour d'accueil, quelle que soit l'heure d'ouverture."""
JOURS: Final = 7
SEMAINES: Final = 4
DUREE: Final = timedelta(days=30)
"""L'âge d'une copie au plus."""
_PAGES_PAR_PAS: Final = 512
_SOUFFLE_S: Final = 0.005
_APRES: Final = 15
_FORME: Final = "%Y-%m-%dT%H%M%S"
_FIN: Final = ".perron"
_INACHEVE: Final = ".ecriture"
_PAS_ECRITE: Final = (
    "La copie {} n'a pas pu s'écrire dans {} : le disque est plein, ou ne répond pas. Le coffre est intact. Libérez de "
    "la place, ou choisissez un autre endroit."
)
_SECOND: Final = "second-endroit.txt"


class CoffreAbime(ErreurUtilisateur):
    """La copie dit que le coffre lui-même est abîmé."""


@dataclass(frozen=True, slots=True)
class Copie:
    """Une copie et l'instant dont elle date."""

    chemin: Path
    le: datetime


@dataclass(frozen=True, slots=True)
class EtatDesCopies:
    """Où en sont les copies. ``panne`` : pourquoi la dernière n'a pas pu se faire, ici ou au second endroit.

    ``reprise`` : ce que la dernière guérison du coffre a repris ; vide s'il n'a jamais été abîmé. ``ouvertes`` :
    combien de copies du second endroit s'ouvrent d'un seul mot de passe, où qu'elles soient emportées.
    """

    derniere: datetime | None = None
    second: str = ""
    derniere_au_second: datetime | None = None
    panne: str = ""
    reprise: str = ""
    ouvertes: int = 0


def dossier_des_copies(coffre: Path) -> Path:
    """Où vivent les copies de ce coffre, sur ce poste."""
    return coffre.with_name(coffre.name + ".copies")


def second_endroit(coffre: Path) -> str:
    """Le second endroit choisi ; vide s'il n'y en a pas. Se lit sans ouvrir le coffre : c'est abîmé qu'il sert."""
    la_bas = _au_second(coffre)
    return str(la_bas.parent) if la_bas else ""


def choisir_le_second(coffre: Path, endroit: str) -> None:
    """Le second endroit des copies (vide : aucun). Lève ``ErreurUtilisateur`` si ce n'est pas un dossier d'ailleurs."""
    dossier, la_bas = dossier_des_copies(coffre), ""
    if endroit:
        _exiger_ailleurs(coffre, Path(endroit))
        # Un dossier par coffre : deux postes peuvent avoir le même partage.
        la_bas = str(Path(endroit).resolve() / f"perron-{empreinte_du_coffre(coffre)}")
    with pannes_du_disque(dossier):
        dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    ecrire_durable(dossier / _SECOND, la_bas.encode())


def endroits(coffre: Path) -> list[Path]:
    """Les dossiers où ce coffre a des copies, le sien d'abord."""
    second = _au_second(coffre)
    return [dossier_des_copies(coffre), *([second] if second else [])]


def lister(dossier: Path) -> list[Copie]:
    """Les copies d'un dossier, la plus récente d'abord ; aucune s'il n'est pas là."""
    trouvees = []
    with suppress(OSError):
        for chemin in dossier.glob(f"*{_FIN}"):
            with suppress(ValueError):
                trouvees.append(Copie(chemin, datetime.strptime(chemin.stem, _FORME).replace(tzinfo=UTC)))
    return sorted(trouvees, key=lambda une: une.le, reverse=True)


def toutes(coffre: Path) -> list[Copie]:
    """Les copies de ce coffre, où qu'elles soient, la plus récente d'abord."""
    lues = [copie for endroit in endroits(coffre) for copie in lister(endroit)]
    return sorted(lues, key=lambda une: une.le, reverse=True)


def etat(coffre: Path, panne: str = "", reprise: str = "") -> EtatDesCopies:
    """Où en sont les copies de ce coffre."""
    ici, *ailleurs = [lister(endroit) for endroit in endroits(coffre)]
    la_bas = ailleurs[0] if ailleurs else []
    return EtatDesCopies(
        ici[0].le if ici else None,
        second_endroit(coffre),
        la_bas[0].le if la_bas else None,
        panne,
        reprise,
        sum(not scellee(une) for une in la_bas),
    )


def due(coffre: Path, quand: datetime) -> bool:
    """Une copie est à faire, ici ou au second endroit. Une horloge qui a reculé n'en prive pas."""
    return any(
        not (lues := lister(endroit)) or not timedelta() <= quand - lues[0].le < TOUS_LES
        for endroit in endroits(coffre)
    )


def copier_du_jour(coffre: Path, cle: bytes, quand: datetime) -> str:
    """Fait la copie du jour, la porte au second endroit, éclaircit ; rend ce qui n'a pas pu se faire au second.

    Lève ``ErreurUtilisateur`` si la copie ne peut pas se faire ici ; celles d'avant restent alors toutes.
    """
    _ceder_le_pas()
    ici, *ailleurs = endroits(coffre)
    with pannes_du_disque(ici):
        ici.mkdir(mode=0o700, parents=True, exist_ok=True)
    _balayer(ici)
    copie = ici / (quand.astimezone(UTC).strftime(_FORME) + _FIN)
    copier(coffre, cle, copie)
    eclaircir(ici, quand)
    _oublier_les_vieux_schemas(coffre, quand)
    for la_bas in ailleurs:
        try:
            _porter(copie, la_bas, cle)
            eclaircir(la_bas, quand)
        except ErreurUtilisateur as panne:
            return str(panne)
    return ""


def copier(coffre: Path, cle: bytes, copie: Path, part: str = "") -> None:
    """Copie un coffre en usage, avec son trousseau, vérifie la copie, puis lui donne son nom.

    Par la copie de SQLite : une vue figée du coffre, qui n'arrête aucune écriture. ``cle`` : celle du coffre, et de la
    copie ; ``part`` : ce qu'il faut pour lire une source scellée. Lève ``ErreurUtilisateur`` : plus de place, coffre
    abîmé ; rien n'est alors laissé, et ce qui portait déjà ce nom est intact.
    """
    neuve = copie.with_name(copie.name + _INACHEVE)
    with rien_laisser(neuve):
        copier_la_base(coffre, cle_de(coffre, cle, part), neuve, cle)
        exiger_saine(neuve, cle, f"la copie {copie} n'a pas été gardée")
        # Le trousseau d'abord : une base sans le sien ne s'ouvrirait pas.
        donner_le_trousseau(coffre, copie)
        remplacer(neuve, copie)


def copier_la_base(coffre: Path, cle: bytes, neuve: Path, sous: bytes = b"") -> None:
    """La base seule, en un fichier sans journal, sur le disque. Lève ``ErreurUtilisateur`` ; ``CoffreAbime``.

    ``sous`` : la clé de la neuve ; absente, la même.
    """
    from modele.coffre import nue

    neuve.unlink(missing_ok=True)
    os.close(os.open(neuve, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with (
        nue.ouverte(coffre, cle, nue.pour_lire(coffre)) as source,
        nue.ouverte(neuve, sous or cle, nue.ECRITURE) as cible,
    ):
        # Le fichier est neuf et n'a pas encore de nom : un journal ne servirait à rien.
        cible.execute("PRAGMA journal_mode = OFF")
        cible.execute("PRAGMA synchronous = OFF")
        # La même vue du premier pas au dernier : une écriture entre deux ferait tout recommencer.
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            # Un souffle entre deux pas : la frappe passe devant.
            source.backup(cible, pages=_PAGES_PAR_PAS, progress=lambda *_: time.sleep(_SOUFFLE_S))
        except nue.Erreur as panne:
            raise ErreurUtilisateur(_PAS_ECRITE.format(neuve.name.removesuffix(_INACHEVE), neuve.parent)) from panne
        source.execute("COMMIT")
        _exiger_la_source_saine(source, coffre, cle)
    with pannes_du_disque(neuve), neuve.open("rb") as ecrite:
        os.fsync(ecrite.fileno())


def _exiger_la_source_saine(source: Any, coffre: Path, cle: bytes) -> None:
    """Sur une page abîmée, la copie de SQLite n'échoue pas : elle écrit du faux et le scelle. Lève ``CoffreAbime``.

    SQLCipher, lui, ne rend plus rien par une connexion qui a lu un sceau faux.
    """
    from modele.coffre import nue
    from modele.coffre.controle import examiner

    try:
        source.execute("PRAGMA shrink_memory")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except nue.Erreur as panne:
        quoi = examiner(coffre, cle).dire()
        raise CoffreAbime(f"{coffre} n'est pas sain ({quoi}) : rien n'a été copié.") from panne


def exiger_saine(fichier: Path, cle: bytes, sinon: str) -> None:
    """Rouvre et vérifie une copie. Lève ``CoffreAbime``, qui finit par ``sinon``, si elle est fausse."""
    from modele.coffre.controle import examiner

    # L'arbre lit chaque page, et chaque page lue se vérifie : les sceaux à part ne diraient rien de plus.
    constat = examiner(fichier, cle, sceaux=False, arbre=True)
    if not constat.sain:
        raise CoffreAbime(f"{fichier} n'est pas sain ({constat.dire()}) : {sinon}.")


def _ceder_le_pas() -> None:
    """Le fil de la copie passe après les autres, pour toujours : il n'est qu'à elle. Jamais celui de l'écran."""
    if sys.platform == "linux" and threading.current_thread() is not threading.main_thread():
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _APRES)


def eclaircir(dossier: Path, quand: datetime) -> None:
    """Efface les copies de trop : il en reste une par jour sur sept jours, une par semaine sur quatre, la dernière."""
    toutes = lister(dossier)
    gardees = _a_garder(toutes, quand)
    for copie in toutes:
        if copie not in gardees:
            with pannes_du_disque(copie.chemin):
                copie.chemin.unlink(missing_ok=True)
                chemin_du_trousseau(copie.chemin).unlink(missing_ok=True)


def _a_garder(copies: Sequence[Copie], quand: datetime) -> set[Copie]:
    """La plus récente de chaque jour, puis de chaque semaine ; la toute dernière, quel que soit son âge."""
    par_periode: dict[tuple[str, int], Copie] = {}
    for copie in copies:
        age = quand - copie.le
        if age < timedelta(days=JOURS):
            par_periode.setdefault(("jour", copie.le.toordinal()), copie)
        elif age <= timedelta(weeks=SEMAINES):
            par_periode.setdefault(("semaine", age // timedelta(weeks=1)), copie)
    return {*copies[:1], *par_periode.values()}


def _oublier_les_vieux_schemas(coffre: Path, quand: datetime) -> None:
    """Une copie d'avant une mise à jour ne dure pas plus que les autres."""
    for ancienne in coffre.parent.glob(f"{coffre.name}.schema-*"):
        with pannes_du_disque(ancienne):
            if quand.timestamp() - ancienne.stat().st_mtime > DUREE.total_seconds():
                ancienne.unlink()


def _porter(copie: Path, dossier: Path, cle: bytes) -> None:
    """Une copie déjà faite, au second endroit, sous une clé à elle, vérifiée là-bas. Lève ``ErreurUtilisateur``.

    Ce qui s'emporte a sa clé : la détruire rend la copie illisible, où qu'elle soit (``sceller``).
    """
    if not dossier.parent.is_dir():
        raise ErreurUtilisateur(
            f"Le second endroit des copies, {dossier.parent}, n'est pas là. Branchez la clé ou rejoignez le partage : "
            "la copie s'y fera d'elle-même."
        )
    neuve, sienne = dossier / (copie.name + _INACHEVE), nouvelle_cle()
    with pannes_du_disque(dossier):
        dossier.mkdir(mode=0o700, exist_ok=True)
    _balayer(dossier)
    with rien_laisser(neuve):
        copier_la_base(copie, cle, neuve, sienne)
        exiger_saine(neuve, sienne, f"rien n'a été gardé dans {dossier}")
        ecrire_trousseau(dossier / copie.name, lire_trousseau(copie).pour_une_copie(cle, sienne))
        remplacer(neuve, dossier / copie.name)


def cle_de(copie: Path, cle: bytes, part: str = "") -> bytes:
    """La clé de la base d'une copie, par celle du coffre dont elle vient ; la même si elle n'en a pas à elle.

    Lève ``ErreurUtilisateur`` si elle est scellée et que cette part n'est pas la sienne.
    """
    if not chemin_du_trousseau(copie).exists():
        return cle
    return lire_trousseau(copie).cle_de_la_base(cle, part)


def donner_le_trousseau(de: Path, coffre: Path) -> None:
    """Le trousseau d'un coffre ou d'une copie devient celui de ce coffre : les mêmes mots de passe l'ouvrent."""
    ecrire_trousseau(coffre, lire_trousseau(de).pour_un_coffre())


def a_sceller(coffre: Path) -> list[Copie]:
    """Les copies du second endroit, s'il est là, que seul un mot de passe protège encore."""
    return [une for endroit in endroits(coffre)[1:] for une in lister(endroit) if _a_sa_cle(une) and not scellee(une)]


def sceller(copie: Copie, cle: bytes, part: Part) -> None:
    """Scelle une copie sous cette part, que le registre tient : détruite, cette copie ne se lit plus nulle part."""
    trousseau = lire_trousseau(copie.chemin)
    ecrire_trousseau(copie.chemin, trousseau.pour_une_copie(cle, trousseau.cle_de_la_base(cle), part))


def scellee(copie: Copie) -> bool:
    """Il y faut une part du registre. Faux si son trousseau ne se lit pas."""
    with suppress(ErreurUtilisateur):
        a_elle = lire_trousseau(copie.chemin).copie
        return a_elle is not None and a_elle.part != ""
    return False


def _a_sa_cle(copie: Copie) -> bool:
    """Faux d'une copie d'un Perron plus ancien, ou dont le trousseau ne se lit pas : elle ne peut pas se sceller."""
    with suppress(ErreurUtilisateur):
        return lire_trousseau(copie.chemin).copie is not None
    return False


def _au_second(coffre: Path) -> Path | None:
    try:
        lu = (dossier_des_copies(coffre) / _SECOND).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(lu) if lu else None


def _exiger_ailleurs(coffre: Path, endroit: Path) -> None:
    if not endroit.is_dir():
        raise ErreurUtilisateur(f"{endroit} n'est pas un dossier. Choisissez celui d'une clé ou d'un partage.")
    if endroit.resolve().is_relative_to(coffre.parent.resolve()):
        raise ErreurUtilisateur(
            f"{endroit} est à côté du coffre : perdu avec l'ordinateur, il ne servirait à rien. Choisissez une clé ou "
            "un partage."
        )


@contextmanager
def rien_laisser(neuve: Path) -> Iterator[None]:
    """Une copie qui échoue ne laisse pas de demi-fichier."""
    try:
        with pannes_du_disque(neuve):
            yield
    finally:
        with suppress(OSError):
            for suffixe in ("", "-journal", "-wal", "-shm"):
                neuve.with_name(neuve.name + suffixe).unlink(missing_ok=True)


def _balayer(dossier: Path) -> None:
    """Ce qu'une copie coupée par la mort a laissé : des fichiers sans nom, un trousseau sans base."""
    with suppress(OSError):
        for reste in dossier.glob(f"*{_INACHEVE}*"):
            reste.unlink()
        for cles in dossier.glob(f"*{_FIN}.cles"):
            if not cles.with_name(cles.name.removesuffix(".cles")).exists():
                cles.unlink()
