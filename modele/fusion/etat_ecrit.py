"""Un état tel qu'il s'écrit : rangé par opération tant que rien ne se discute, moitié moins lourd que ses têtes.

Presque toutes les unités d'un dossier n'ont qu'une tête, et beaucoup de la même opération : nommer l'opération une fois
par unité tenait plus de place que ce qu'elle dit. Les autres unités gardent toutes leurs têtes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from modele.dossier.documents import decimal_lu, encoder
from modele.dossier.operations import DOSSIER
from modele.fusion.etat import EtatDossier, Origine, Tete, Unites
from modele.genres import decoupe


class EtatEcrit(Struct, frozen=True, omit_defaults=True, gc=False):
    """Comme ``EtatDossier``. ``dits`` : de chaque opération, les champs des unités dont elle tient la seule tête.

    ``unites`` : les autres, avec leurs têtes. Une version qui ne connaît pas ``dits`` les écrit toutes là.
    """

    dossier: str
    territoire: str
    version: int = 0
    dits: dict[str, dict[str, Any]] = {}
    unites: Unites = {}
    auteurs: dict[str, Origine] = {}
    absorbes: tuple[str, ...] = ()
    genre: str = DOSSIER


def ecrire_etat(etat: EtatDossier) -> EtatEcrit:
    """L'état, rangé pour s'écrire."""
    dits: dict[str, dict[str, Any]] = {}
    unites: Unites = {}
    unite = decoupe(etat.genre).unite
    for cle, tetes in etat.unites.items():
        tete = tetes[0]
        if not _simple(cle, tetes, unite):
            unites[cle] = tetes
        elif tete.operation in dits:
            dits[tete.operation].update(tete.valeurs)
        else:
            dits[tete.operation] = dict(tete.valeurs)
    return EtatEcrit(etat.dossier, etat.territoire, etat.version, dits, unites, etat.auteurs, etat.absorbes, etat.genre)


def relire_etat(ecrit: EtatEcrit) -> EtatDossier:
    """L'état que dit cet écrit. Deux opérations qui disent une même unité y ont chacune leur tête."""
    unites = dict(ecrit.unites)
    unite = decoupe(ecrit.genre).unite
    for operation, champs in ecrit.dits.items():
        for champ, valeur in champs.items():
            cle = unite(champ)
            tetes = unites.get(cle)
            if tetes is None:
                unites[cle] = [Tete(operation, {champ: valeur})]
            elif tetes[-1].operation == operation and cle not in ecrit.unites:
                tetes[-1].valeurs[champ] = valeur
            else:
                unites[cle] = [*tetes, Tete(operation, {champ: valeur})]
    return EtatDossier(
        ecrit.dossier, ecrit.territoire, ecrit.version, unites, ecrit.auteurs, ecrit.absorbes, ecrit.genre
    )


def encoder_etat(etat: EtatDossier) -> bytes:
    """Les octets d'un état, les mêmes pour deux états égaux."""
    return encoder(ecrire_etat(etat))


def decoder_etat(octets: bytes) -> EtatDossier:
    """L'état que ces octets disent, décimaux exacts. Lève ``msgspec.DecodeError``."""
    return relire_etat(_decodeur().decode(octets))


def _simple(cle: str, tetes: Sequence[Tete], unite: Callable[[str], str]) -> bool:
    """Vrai si l'unité se refait de ses seuls champs : une tête, qui ne fait que dire une valeur."""
    tete = tetes[0]
    if len(tetes) > 1 or not tete.valeurs or tete.base or tete.vues or tete.connues:
        return False
    for champ in tete.valeurs:  # noqa: SIM110 : en une expression, écrire un état coûte moitié plus
        if unite(champ) != cle:
            return False
    return True


@cache
def _decodeur() -> msgspec.json.Decoder[EtatEcrit]:
    return msgspec.json.Decoder(EtatEcrit, float_hook=decimal_lu)
