"""Écrire ce qu'un lot a changé : par tables entières, et le compteur du territoire le plus tard possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from msgspec import structs
from sqlalchemy import BigInteger, Boolean, Connection, LargeBinary, Text, bindparam, update

from modele.fusion import document, encoder_etat
from modele.protection.ecarts import leve
from modele.protocole.messages import Recu, octets
from registre.base.copie import copier
from registre.base.schema import dossier, operation
from registre.base.tableaux import les, lignes
from registre.service import diffusion, numeros, personnes
from registre.service.jetons import Porteur
from registre.service.tenus import Tenu
from registre.service.verification import Recue

_SUITE: Final = lignes(
    "suite",
    id=Text,
    etat=LargeBinary,
    version=BigInteger,
    sequence=BigInteger,
    discret=Boolean,
    tombe=Text,
    poste=Text,
    guichet=Text,
    rattache=Text,
)
_METTRE_A_JOUR: Final = (
    update(dossier)
    .where(dossier.c.territoire == bindparam("ou"), dossier.c.id == _SUITE.c.id)
    .values({nom: colonne for nom, colonne in _SUITE.c.items() if nom != "id"})
)


@dataclass(slots=True)
class Jugee:
    """Une opération neuve, son reçu, et le dossier où elle est entrée (aucun si elle est refusée).

    ``garde`` : sans y entrer, elle y était déjà ; son contenu reste.
    """

    recue: Recue
    recu: Recu
    cible: Tenu | None
    garde: bool = False


def ecrire(
    connexion: Connection, porteur: Porteur, jugees: Sequence[Jugee], tenus: Mapping[str, Tenu], maintenant: datetime
) -> None:
    """Garde les opérations, les dossiers, l'index et les périmètres ; pose les séquences sur les reçus."""
    ou = porteur.territoire
    touches = [tenu for tenu in tenus.values() if tenu.touche]
    for tenu in touches:
        if _devient_discret(tenu):
            # Elle est devant le poste qui la protège : il tient désormais le dossier, pas celui qui l'avait ouvert.
            tenu.poste, tenu.guichet = porteur.poste, porteur.guichet
    for tenu in touches:
        if tenu.rattache:
            tenu.poste, tenu.guichet = tenus[tenu.rattache].poste, tenus[tenu.rattache].guichet
    tenir_l_index(connexion, ou, touches)
    etats = etats_a_ecrire(touches)
    _prendre_place(connexion, ou, jugees, touches)
    copier(connexion, operation, _lignes_d_operations(porteur, jugees, maintenant))
    ranger(connexion, ou, touches, etats, maintenant)
    # D'un poste attendu, une création date peut-être d'avant la restauration, et un collègue l'a rendue discrète : à
    # lui seul, jusqu'à ce que tous soient revenus.
    _diffuser(connexion, ou, touches, porteur.poste if porteur.attendu else "")


def _diffuser(connexion: Connection, ou: str, touches: Sequence[Tenu], seul: str) -> None:
    """Réémet ces dossiers chez ceux qui les tiennent ; ceux qui ne doivent plus les tenir reçoivent une tombe."""
    libres = [tenu for tenu in touches if not tenu.rattache]
    dossiers = {tenu.id: tenu for tenu in libres}
    neufs = [tenu for tenu in libres if tenu.neuf]
    diffusion.lire_les_ecartes(connexion, ou, libres)
    if seul:
        for tenu in neufs:
            diffusion.entrer(connexion, ou, seul, tenu)
    else:
        diffusion.ouvrir_au_guichet(connexion, ou, neufs)
    diffusion.avancer(connexion, ou, {tenu.id: tenu.sequence for tenu in libres if not tenu.neuf})
    for tenu in libres:
        _changer_de_mains(connexion, ou, tenu)
    if not seul:
        diffusion.asseoir(connexion, ou, libres)
    for tenu in touches:
        if _est_un_ecart_leve(tenu):
            diffusion.revenir(connexion, ou, dossiers[tenu.rattache])
    diffusion.suivre(connexion, ou, [tenu for tenu in touches if tenu.rattache])


def _changer_de_mains(connexion: Connection, ou: str, tenu: Tenu) -> None:
    if tenu.reunis:
        diffusion.reunir(connexion, ou, tenu)
    if _devient_discret(tenu) and not tenu.neuf:
        diffusion.restreindre(connexion, ou, tenu)
    if tenu.etait_discret and not tenu.discret and not tenu.tombe:
        diffusion.rendre_au_guichet(connexion, ou, tenu)
    if not tenu.tombe and not tenu.neuf:
        diffusion.ecarter(connexion, ou, tenu)


def _est_un_ecart_leve(tenu: Tenu) -> bool:
    return tenu.genre.ecarte and not tenu.neuf and not tenu.tombe and leve(document(tenu.etat))


def etats_a_ecrire(touches: Sequence[Tenu]) -> dict[str, bytes | None]:
    """L'état de chacun, encodé avant de prendre le compteur du territoire."""
    return {tenu.id: None if tenu.tombe else encoder_etat(tenu.etat) for tenu in touches}


def ranger(
    connexion: Connection, ou: str, touches: Sequence[Tenu], etats: Mapping[str, bytes | None], maintenant: datetime
) -> None:
    """Écrit les lignes de ces dossiers, neufs ou non, à leur séquence."""
    neufs = [tenu for tenu in touches if tenu.neuf]
    copier(connexion, dossier, (_ligne_de_dossier(ou, tenu, etats[tenu.id], maintenant) for tenu in neufs))
    _mettre_a_jour(connexion, ou, [tenu for tenu in touches if not tenu.neuf], etats)


def _devient_discret(tenu: Tenu) -> bool:
    return tenu.discret and not tenu.etait_discret


def tenir_l_index(connexion: Connection, ou: str, touches: Sequence[Tenu]) -> None:
    """Refait l'index et les numéros de ceux de ces dossiers qui le demandent (``Tenu.cherche``)."""
    tenus = [tenu for tenu in touches if tenu.cherche]
    anciens = [tenu.id for tenu in tenus if not tenu.neuf]
    visibles = [tenu for tenu in tenus if not tenu.discret and not tenu.tombe]
    renommes = {tenu.id for tenu in tenus if tenu.renomme}
    personnes.retirer(connexion, ou, anciens, [un for un in anciens if un in renommes])
    personnes.indexer(connexion, ou, {tenu.id: personnes.cherchables(tenu.etat) for tenu in visibles}, renommes)
    numeros.noter(connexion, ou, {tenu.id: numeros.numero_de(tenu.etat) for tenu in visibles}, _en_perdent(tenus))


def _en_perdent(tenus: Sequence[Tenu]) -> list[str]:
    """Les dossiers qui avaient peut-être un numéro, et ne le montrent plus."""
    return [
        tenu.id
        for tenu in tenus
        if tenu.avant is not None
        and (tenu.discret or tenu.tombe or numeros.numero_de(tenu.avant) != numeros.numero_de(tenu.etat))
    ]


def _prendre_place(connexion: Connection, ou: str, jugees: Sequence[Jugee], touches: Sequence[Tenu]) -> None:
    """Une séquence par opération entrée, puis une par dossier absorbé et par objet qu'un dossier entraîne."""
    entrees = [jugee for jugee in jugees if jugee.cible is not None]
    if not entrees:
        return
    cibles = {jugee.cible.id for jugee in entrees if jugee.cible is not None}
    suivent = [tenu for tenu in touches if tenu.absorbe_par or tenu.id not in cibles]
    avant = diffusion.prendre_des_sequences(connexion, ou, len(entrees) + len(suivent))
    for sequence, jugee in enumerate(entrees, avant + 1):
        assert jugee.cible is not None
        jugee.cible.sequence = sequence
        jugee.recu = structs.replace(jugee.recu, sequence=sequence)
    for sequence, tenu in enumerate(suivent, avant + len(entrees) + 1):
        tenu.sequence = sequence


def _lignes_d_operations(porteur: Porteur, jugees: Sequence[Jugee], maintenant: datetime) -> Iterator[tuple[Any, ...]]:
    for jugee in jugees:
        recue, recu, entete = jugee.recue, jugee.recu, jugee.recue.entete
        # D'une opération refusée, rien ne se lira jamais : l'en-tête suffit à la chaîne.
        garde = (recue.sel, recue.contenu) if jugee.cible is not None or jugee.garde else (None, None)
        yield (
            *(porteur.territoire, entete.id, entete.epoque, entete.rang, porteur.poste, entete.dossier),
            *(recue.octets, recue.signature, *garde, octets(recu), recu.sequence, maintenant),
        )


def _ligne_de_dossier(ou: str, tenu: Tenu, etat: bytes | None, maintenant: datetime) -> tuple[Any, ...]:
    return (
        *(ou, tenu.id, etat, tenu.etat.version, tenu.sequence, tenu.discret),
        *(tenu.tombe, tenu.poste, tenu.guichet, maintenant, tenu.etat.genre, tenu.rattache or None),
    )


def _mettre_a_jour(connexion: Connection, ou: str, tenus: Sequence[Tenu], etats: Mapping[str, bytes | None]) -> None:
    if not tenus:
        return
    suite = les(
        id=[tenu.id for tenu in tenus],
        etat=[etats[tenu.id] for tenu in tenus],
        version=[tenu.etat.version for tenu in tenus],
        sequence=[tenu.sequence for tenu in tenus],
        discret=[tenu.discret for tenu in tenus],
        tombe=[tenu.tombe for tenu in tenus],
        poste=[tenu.poste for tenu in tenus],
        guichet=[tenu.guichet for tenu in tenus],
        rattache=[tenu.rattache or None for tenu in tenus],
    )
    connexion.execute(_METTRE_A_JOUR, {"ou": ou, **suite})
