"""Guérir un coffre abîmé : ne rien y écrire, le garder à côté, reprendre la dernière bonne copie et ce qui se lit.

Sain, rien ne se passe. Abîmé : ce qui se lit encore est recueilli ; si tout se lit (l'index mis à part), c'est le
coffre. Sinon la dernière bonne copie, avec par-dessus ce qui se lit : les saisies, la boîte d'envoi, les miroirs. Le
registre, relu du début, rend le reste. Décision 0014.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from modele.coffre import copies, remise
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from modele.coffre.controle import Constat
    from modele.coffre.copies import Copie
    from modele.coffre.lambeaux import Reste
    from modele.coffre.restes import ARedire

_SANS_COPIE: Final = (
    "Le coffre {} ne se lit pas : il est abîmé ({}), ou le fichier de clés à côté n'est pas le sien. Aucune "
    "bonne copie n'est dans {}. Rien n'a été touché : gardez ces fichiers, et si vous avez une copie ailleurs, "
    "« python main.py coffre restaurer COPIE COFFRE » la remet."
)
INDEX_REFAIT: Final = "L'index de recherche était abîmé : il a été refait. Rien ne manque."
SANS_ATTENDRE: Final = 16 * 1024 * 1024
"""Jusqu'à cette taille (environ 3 500 dossiers), chaque page se vérifie avant d'ouvrir ; plus gros, pendant l'usage."""


@dataclass(frozen=True, slots=True)
class Guerison:
    """Ce qu'une guérison a repris. ``cles`` : la date de la copie dont le trousseau a été repris.

    ``copie`` : la date de la copie reprise ; rien si tout se lisait. ``coupe`` : la fin du journal est perdue.
    ``redire`` : ce qui reste à redire en entrant.
    """

    quoi: str = ""
    cote: Path | None = None
    copie: datetime | None = None
    coupe: bool = False
    saisies: int = 0
    cles: datetime | None = None
    redire: ARedire | None = field(default=None, compare=False)

    def dire(self) -> str:
        """Ce qui a été repris, ce qui peut manquer, où est l'ancien."""
        if self.cles is not None:
            return (
                f"Le fichier de clés était abîmé : celui de la copie du {_le(self.cles)} le remplace. Un mot de passe "
                "changé depuis ne vaut plus : c'est l'ancien qui ouvre. Le fichier abîmé est gardé à côté."
            )
        return f"{self._repris()} L'ancien coffre est gardé, entier, dans {self.cote} : ne le supprimez pas."

    def _repris(self) -> str:
        if self.copie is not None:
            avec = f", avec {_saisies(self.saisies)} depuis qui se lisaient encore" if self.saisies else ""
            return (
                f"Le coffre était abîmé ({self.quoi}) : la copie du {_le(self.copie)} a été reprise{avec}. Ce qui a "
                "été saisi depuis peut manquer : relisez les dossiers reçus depuis. Si ce poste est relié au registre, "
                "ce que le registre a reçu va revenir."
            )
        if self.coupe:
            return (
                "La fin du journal du coffre ne se lisait pas : tout le reste a été repris. Ce qui a été enregistré "
                "juste avant l'arrêt peut manquer : relisez les derniers dossiers."
            )
        return (
            f"Le coffre était abîmé ({self.quoi}) : tout ce qu'il tenait se lisait encore et a été repris ; l'index de "
            "recherche a été refait. Rien ne manque."
        )


def examiner_et_guerir(coffre: Path, cle: bytes, cles_de: Copie | None, quand: datetime) -> Guerison | None:
    """Vérifie le coffre avant qu'on y écrive, et le guérit s'il est abîmé ; rien s'il est sain.

    ``cles_de`` : la copie d'où vient le trousseau, si le sien ne se lisait pas. Lève ``ErreurUtilisateur`` si rien ne
    peut être repris : les fichiers n'ont alors pas bougé.
    """
    from modele.coffre import nue

    constat = _examiner(coffre, cle)
    if constat is None or not constat.sain:
        if nue.occupe(coffre):
            raise ErreurUtilisateur(f"Le coffre {coffre} est abîmé, et un autre Perron le tient ouvert : fermez-le.")
        return _guerir(coffre, cle, constat, cles_de, quand)
    if cles_de is None:
        return None
    remise.mettre_de_cote_le_trousseau(coffre, quand)
    copies.donner_le_trousseau(cles_de.chemin, coffre)
    return Guerison(cles=cles_de.le)


def a_verifier(coffre: Path) -> Path:
    """Le repère qui demande une vérification de chaque page à la prochaine ouverture, quelle que soit la taille."""
    return coffre.with_name(coffre.name + ".a-verifier")


def _examiner(coffre: Path, cle: bytes) -> Constat | None:
    """Ce qui ne va pas ; ``None`` : il n'y a plus de base du tout."""
    from modele.coffre.controle import examiner

    if not coffre.exists():
        return None
    repere = a_verifier(coffre)
    demandee = repere.exists()
    constat = examiner(coffre, cle, sceaux=demandee or coffre.stat().st_size <= SANS_ATTENDRE, arbre=demandee)
    if constat.sain:
        repere.unlink(missing_ok=True)
    return constat


def _guerir(coffre: Path, cle: bytes, constat: Constat | None, cles_de: Copie | None, quand: datetime) -> Guerison:
    from modele.coffre.restes import fondre, refaire_seul, sait_plus

    bonne, quoi = _derniere_bonne(coffre, cle), constat.dire() if constat is not None else "il n'est plus là"
    neuf = remise.preparer(coffre, quand)
    travail, reste = (neuf.with_name(neuf.name + fin) for fin in (".travail", ".reste"))
    with copies.rien_laisser(neuf), copies.rien_laisser(travail), copies.rien_laisser(reste):
        lu, coupe = _recueillir(coffre, cle, travail, reste) if constat is not None else (None, False)
        if lu is not None and bonne is not None and sait_plus(bonne[0].chemin, bonne[1], reste, cle):
            lu = None
        if lu is not None and lu.entier:
            refaire_seul(reste, cle)
            reste.replace(neuf)
            repris = Guerison(quoi, coupe=coupe)
        elif bonne is None:
            raise ErreurUtilisateur(_SANS_COPIE.format(coffre, quoi, copies.dossier_des_copies(coffre)))
        else:
            copie, la_sienne = bonne
            copies.copier_la_base(copie.chemin, la_sienne, neuf, cle)
            saisies, redire = fondre(neuf, reste, cle, lu, quand)
            repris = Guerison(quoi, copie=copie.le, saisies=saisies, redire=redire)
        copies.exiger_saine(neuf, cle, f"{coffre} est resté comme il était")
        _prendre_les_cles(coffre, cles_de, neuf)
        cote = remise.poser(coffre, neuf)
    a_verifier(coffre).unlink(missing_ok=True)
    return replace(repris, cote=cote)


def _recueillir(coffre: Path, cle: bytes, travail: Path, reste: Path) -> tuple[Reste | None, bool]:
    """Ce qui se lit du coffre, versé dans ``reste``, et si la fin de son journal est perdue.

    Rien si son schéma ne se lit pas, ou n'est pas celui de ce Perron.
    """
    from modele.coffre import lambeaux, wal
    from modele.coffre.base import creer_fichier
    from modele.coffre.migration import SCHEMA_BASE
    from modele.coffre.ouverture import ouvrir_base

    creer_fichier(travail)
    coupe = wal.deplier(coffre, travail)
    if lambeaux.schema_lu(travail, cle) != SCHEMA_BASE:
        return None, coupe
    creer_fichier(reste)
    ouvrir_base(reste, cle, neuve=True).fermer()
    return lambeaux.recueillir(travail, cle, reste), coupe


def _derniere_bonne(coffre: Path, cle: bytes) -> tuple[Copie, bytes] | None:
    """La plus récente des copies saines que cette clé ouvre, et la clé de sa base.

    Une copie scellée attend la part que tient le registre (``coffre restaurer --part``) : elle ne sert pas ici.
    """
    from modele.coffre.controle import examiner

    for copie in copies.toutes(coffre):
        with suppress(ErreurUtilisateur):
            sienne = copies.cle_de(copie.chemin, cle)
            if examiner(copie.chemin, sienne, arbre=True).sain:
                return copie, sienne
    return None


def _prendre_les_cles(coffre: Path, cles_de: Copie | None, neuf: Path) -> None:
    """Le coffre guéri s'ouvre par les mots de passe de l'ancien, ou de la copie s'ils ne se lisaient plus."""
    copies.donner_le_trousseau(cles_de.chemin if cles_de is not None else coffre, neuf)


def _le(quand: datetime) -> str:
    return f"{quand.astimezone():%d/%m/%Y à %H:%M}"


def _saisies(nombre: int) -> str:
    return f"{nombre} saisies" if nombre > 1 else "la saisie"
