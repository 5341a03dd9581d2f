"""Les dossiers d'un lot, pris sous verrou dans un ordre fixe, et ce que le lot en fait avant d'être écrit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select

from modele.fusion import EtatDossier, decoder_etat
from modele.genres import Genre, livres
from registre.base.schema import dossier, perimetre
from registre.base.tableaux import parmi_les
from registre.service.jetons import Porteur

PURGE: Final = "purge"
ABSORBE: Final = "absorbe:"
_VERROUILLES: Final = (
    select(dossier)
    .where(dossier.c.territoire == bindparam("territoire"), parmi_les(dossier.c.id, "ids"))
    .order_by(dossier.c.id)
    .with_for_update(key_share=True)
)
_RATTACHES: Final = select(dossier.c.id).where(
    dossier.c.territoire == bindparam("territoire"), parmi_les(dossier.c.rattache, "ids")
)
_TENUS: Final = select(perimetre.c.dossier).where(
    perimetre.c.territoire == bindparam("territoire"),
    perimetre.c.poste == bindparam("poste"),
    parmi_les(perimetre.c.dossier, "ids"),
    perimetre.c.sorti.is_(False),
)


@dataclass(slots=True)
class Tenu:
    """Un dossier pendant le lot. ``tenu`` : le poste qui envoie l'a dans son périmètre.

    ``avant`` : son état avant le lot, aucun s'il est neuf ; ``etait_discret`` : avant le lot. ``touche`` : à réécrire
    et à réémettre ; ``cherche`` : son index est à refaire ; ``renomme`` : les noms de l'index aussi. ``reunis`` : les
    dossiers que le lot vient de fondre en lui. ``taille`` : les octets de son état avant le lot, plus ce que le lot y
    a mis. ``rattache`` : le dossier dont il suit le sort, ou vide. ``ecartes`` : les postes qui ne le
    tiennent jamais ; ``None`` tant qu'ils ne sont pas lus.
    """

    id: str
    poste: str
    guichet: str
    etat: EtatDossier
    avant: EtatDossier | None = None
    discret: bool = False
    tombe: str | None = None
    tenu: bool = True
    neuf: bool = False
    touche: bool = False
    cherche: bool = False
    renomme: bool = False
    etait_discret: bool = False
    taille: int = 0
    reunis: tuple[str, ...] = ()
    sequence: int = 0
    rattache: str = ""
    ecartes: frozenset[str] | None = None

    @property
    def genre(self) -> Genre:
        """Ce qu'est cet objet."""
        return livres().du(self.etat.genre)

    @property
    def absorbe_par(self) -> str:
        """Le dossier où celui-ci a été fondu ; vide s'il vit."""
        return self.tombe.removeprefix(ABSORBE) if self.tombe and self.tombe.startswith(ABSORBE) else ""


def prendre(
    connexion: Connection, porteur: Porteur, dossiers: Collection[str], suivis: Collection[str] = ()
) -> dict[str, Tenu]:
    """Les objets connus parmi ceux-ci, ceux où ils ont été fondus et ceux dont ils suivent le sort, verrouillés.

    ``suivis`` : ceux dont il faut aussi tout ce qui leur est rattaché. Les verrous durent toute la transaction.
    """
    tenus = verrouiller(connexion, porteur.territoire, sorted(dossiers))
    _suivre_les_liens(connexion, porteur.territoire, tenus)
    if suivis:
        # D'un objet rattaché, tout ce qui suit le même dossier.
        tetes = [tenu.rattache or tenu.id for un in suivis if (tenu := vivant(tenus, un)) is not None]
        eux = rattaches(connexion, porteur.territoire, [*suivis, *tetes])
        tenus |= verrouiller(connexion, porteur.territoire, [un for un in eux if un not in tenus])
        _suivre_les_liens(connexion, porteur.territoire, tenus)
    for identifiant in tenus.keys() - _dans_le_perimetre(connexion, porteur, list(tenus)):
        tenus[identifiant].tenu = False
    return tenus


def rattaches(connexion: Connection, territoire: str, dossiers: Collection[str]) -> list[str]:
    """Les objets qui suivent le sort de ces dossiers, par identifiant."""
    cles = {"territoire": territoire, "ids": list(dossiers)}
    return sorted(connexion.execute(_RATTACHES, cles).scalars())


def vivant(tenus: Mapping[str, Tenu], nomme: str) -> Tenu | None:
    """Le dossier de ce nom, ou celui où il a été fondu, de proche en proche ; ``None`` s'il est inconnu."""
    tenu = tenus.get(nomme)
    while tenu is not None and tenu.absorbe_par:
        tenu = tenus.get(tenu.absorbe_par)
    return tenu


def verrouiller(connexion: Connection, territoire: str, dossiers: Sequence[str]) -> dict[str, Tenu]:
    """Les dossiers connus parmi ceux-ci, dans l'ordre de leurs identifiants, jusqu'à la fin de la transaction."""
    cles = {"territoire": territoire, "ids": list(dossiers)}
    return {ligne.id: _tenu(territoire, ligne) for ligne in connexion.execute(_VERROUILLES, cles)}


def _tenu(territoire: str, ligne: Row[Any]) -> Tenu:
    vide = EtatDossier(ligne.id, territoire, ligne.version, genre=ligne.genre)
    etat = decoder_etat(ligne.etat) if ligne.etat else vide
    return Tenu(
        id=ligne.id,
        poste=ligne.poste,
        guichet=ligne.guichet,
        etat=etat,
        avant=etat,
        discret=ligne.discret,
        etait_discret=ligne.discret,
        tombe=ligne.tombe,
        taille=len(ligne.etat or b""),
        sequence=ligne.sequence,
        rattache=ligne.rattache or "",
    )


def _suivre_les_liens(connexion: Connection, territoire: str, tenus: dict[str, Tenu]) -> None:
    while ailleurs := {un for tenu in tenus.values() for un in (tenu.absorbe_par, tenu.rattache)} - {"", *tenus}:
        tenus.update(verrouiller(connexion, territoire, sorted(ailleurs)))


def _dans_le_perimetre(connexion: Connection, porteur: Porteur, dossiers: Sequence[str]) -> Iterable[str]:
    """Lu après les verrous : une sortie validée pendant l'attente compte."""
    if not dossiers:
        return ()
    cles = {"territoire": porteur.territoire, "poste": porteur.poste, "ids": list(dossiers)}
    return connexion.execute(_TENUS, cles).scalars()
