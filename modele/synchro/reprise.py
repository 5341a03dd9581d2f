"""Reproposer à un registre restauré ce que ce poste tient de la base perdue : ses titres, puis ce qu'il en veut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import msgspec

from modele.coffre.echanges import Echanges
from modele.dossier.documents import decimal_lu
from modele.fusion import EtatEcrit
from modele.protocole.messages import MIROIRS_PAR_REPRISE, MiroirPropose, Reprise, Sort
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.reception import Repartir
from modele.synchro.transport import Transport

OCTETS_PAR_REPRISE: Final = 4 * 1024 * 1024


def reproposer(echanges: Echanges, transport: Transport, arrete: Callable[[], bool]) -> None:
    """Montre ce qui a été mis de côté ; chaque réponse est durable. Sans restauration, n'appelle pas le registre.

    Lève ``Repartir`` s'il a encore changé de base, ``Empechement`` s'il ne répond pas.
    """
    titres = echanges.a_proposer()
    for debut in range(0, len(titres), MIROIRS_PAR_REPRISE):
        if arrete():
            return
        page = titres[debut : debut + MIROIRS_PAR_REPRISE]
        sorts = _demander(echanges, transport, [MiroirPropose(titre) for titre in page])
        voulus = [titre for titre, sort in sorts.items() if sort is Sort.APPORTER]
        etats = echanges.mis_de_cote(voulus)
        # Parti avec son dossier, un objet n'a plus d'état ici : il n'y a rien à en rendre.
        echanges.noter_les_sorts({titre: Sort.LACHER for titre in voulus if titre not in etats})
        for lot in lots({titre: etats[titre] for titre in voulus if titre in etats}):
            _demander(echanges, transport, lot)


def lots(etats: Mapping[str, bytes]) -> Iterator[list[MiroirPropose]]:
    """Ces états, titre par titre, par lots que le registre accepte."""
    lot: list[MiroirPropose] = []
    poids = 0
    for titre, octets in etats.items():
        if lot and poids + len(octets) > OCTETS_PAR_REPRISE:
            yield lot
            lot, poids = [], 0
        lot.append(MiroirPropose(titre, _decodeur().decode(octets)))
        poids += len(octets)
    if lot:
        yield lot


def _demander(echanges: Echanges, transport: Transport, miroirs: Sequence[MiroirPropose]) -> dict[str, Sort]:
    try:
        rendus = transport.reprendre(Reprise(echanges.curseur().poignee, list(miroirs)))
    except Empechement as empechement:
        if empechement.classe is not Classe.POIGNEE or empechement.refus is None:
            raise
        echanges.repartir(empechement.refus.poignee)
        raise Repartir from empechement
    sorts = dict(zip((un.titre for un in miroirs), rendus.sorts, strict=False))
    echanges.noter_les_sorts(sorts)
    return sorts


@cache
def _decodeur() -> msgspec.json.Decoder[EtatEcrit]:
    return msgspec.json.Decoder(EtatEcrit, float_hook=decimal_lu)
