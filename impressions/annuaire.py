"""Les numéros d'un papier : lesquels il porte, et si une fiche réservée en porte assez pour ne rien dire de personne.

Un numéro sans source vérifiée ne s'imprime pas. D'une fiche ordinaire il tombe ; d'une fiche réservée il est remplacé
par un autre, banal et vérifié, que la fiche tient en réserve : une liste courte se lit comme un message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from modele.fiches import Fiche
from modele.orientation.contacts import Contact

MOINDRE: Final = 20
RESERVE: Final = "+"
_COURT: Final = re.compile(r"(\d\d)(\d\d)")
_BLOC: Final = re.compile(r"^``` contacts\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_A_VALIDER: Final = re.compile(r"a_valider|à faire valider")
_PHRASE: Final = re.compile(r"(?<=[.!?])\s+")


def taire_l_a_valider(dit: str) -> str:
    """Ce texte sans ses phrases « à faire valider » : à l'écran elles se disent, sur un papier elles se taisent."""
    return " ".join(phrase for phrase in _PHRASE.split(dit) if not _A_VALIDER.search(phrase))


@dataclass(frozen=True, slots=True)
class LigneDeNumero:
    """Une ligne d'un bloc « contacts » : « 115 », « 115 | libellé | horaires », « siao ? », « + 3939 | libellé ».

    ``libelle`` : ``None`` s'il est celui de l'annuaire. ``reserve`` : n'y paraît qu'à la place d'un autre.
    """

    id: str
    libelle: str | None
    horaires: str
    facultatif: bool
    reserve: bool

    def dire(self, contact: Contact) -> Contact:
        """Le contact, avec le libellé que la ligne lui donne."""
        return (
            contact
            if self.libelle is None
            else replace(contact, libelle=self.libelle, horaires=self.horaires, quand="")
        )


def lire_lignes(contenu: str) -> Iterator[LigneDeNumero]:
    """Les lignes d'un bloc « contacts »."""
    for texte in filter(None, map(str.strip, contenu.splitlines())):
        nom, *reste = (partie.strip() for partie in texte.removeprefix(RESERVE).split("|"))
        yield LigneDeNumero(
            nom.removesuffix("?").strip(),
            reste[0] if reste else None,
            reste[1] if len(reste) > 1 else "",
            facultatif=nom.endswith("?"),
            reserve=texte.startswith(RESERVE),
        )


def verifies(lignes: Sequence[LigneDeNumero], contacts: Mapping[str, Contact]) -> Iterator[LigneDeNumero]:
    """Les lignes dont le numéro est vérifié, puis une réserve pour chacune qui ne l'est pas."""
    voulues = [ligne for ligne in lignes if not ligne.reserve]
    gardees = [ligne for ligne in voulues if _verifie(ligne, contacts)]
    yield from gardees
    reserves = (ligne for ligne in lignes if ligne.reserve and _banal(ligne, contacts))
    yield from (ligne for ligne, _ in zip(reserves, range(len(voulues) - len(gardees)), strict=False))


def numeros_de(fiche: Fiche, contacts: Mapping[str, Contact]) -> tuple[Contact, ...]:
    """Les numéros vérifiés que porte cette fiche, dans son ordre et sous les libellés qu'elle leur donne."""
    lignes = [ligne for contenu in _BLOC.findall(fiche.corps) for ligne in lire_lignes(contenu)]
    return tuple(ligne.dire(contacts[ligne.id]) for ligne in verifies(lignes, contacts))


def dire_numero(contact: Contact) -> str:
    """Le numéro comme il se lit : « 39 19 », au milieu des autres ; à défaut, le site."""
    court = _COURT.fullmatch(contact.numero)
    return f"{court[1]} {court[2]}" if court else contact.numero or contact.url


def _verifie(ligne: LigneDeNumero, contacts: Mapping[str, Contact]) -> bool:
    contact = contacts.get(ligne.id)
    return contact is not None and not contact.provenance.a_valider


def _banal(ligne: LigneDeNumero, contacts: Mapping[str, Contact]) -> bool:
    return _verifie(ligne, contacts) and contacts[ligne.id].banal


def amputation(fiche: Fiche, nationaux: Mapping[str, Contact]) -> str:
    """Pourquoi une fiche réservée n'est pas offerte : trop peu de numéros, ou une phrase qu'il faudrait ôter. Ou vide.

    Une fiche réservée sans aucun bloc de numéros n'est pas une liste : elle n'a pas à être longue.
    """
    if not fiche.surete.reservee:
        return ""
    if _A_VALIDER.search(fiche.corps):
        return f"La fiche « {fiche.id} » porte une phrase à faire valider : amputée, elle se remarquerait. Elle attend."
    blocs = [list(lire_lignes(contenu)) for contenu in _BLOC.findall(fiche.corps)]
    imprimes = {ligne.id for lignes in blocs for ligne in verifies(lignes, nationaux)}
    banals = sum(nationaux[nom].banal for nom in imprimes)
    if not blocs or (len(imprimes) >= MOINDRE and 3 * banals >= 2 * len(imprimes)):
        return ""
    return (
        f"La fiche « {fiche.id} » n'a que {len(imprimes)} numéros vérifiés, dont {banals} banals : une liste courte se"
        f" lit comme un message. Il en faut {MOINDRE}, dont les deux tiers banals. Dites un numéro à apprendre."
    )
