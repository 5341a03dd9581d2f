"""Où en est un texte dans une langue : écrit, relu par une personne nommée, ou publié par un organisme nommé.

Rien n'est prétendu : une relecture ou une publication nommée va avec l'état qui la dit. Se lit ici seulement, pour une
fiche comme pour une surcouche.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from modele.regles.lecture import Lecteur


class Etat(StrEnum):
    """Écrit, relu par une personne compétente nommée, ou publié par un organisme public ou une association nommée."""

    REDIGEE = "redigee"
    RELUE = "relue"
    PUBLIEE = "publiee"


@dataclass(frozen=True, slots=True)
class Traduction:
    """L'état d'un texte. ``relu_par``, ``relu_le`` : qui, quand ; ``publie_par``, ``publie_le``, ``source`` : d'où."""

    etat: Etat = Etat.REDIGEE
    relu_par: str = ""
    relu_le: date | None = None
    publie_par: str = ""
    publie_le: date | None = None
    source: str = ""

    @property
    def sure(self) -> bool:
        """Vrai si quelqu'un en répond : relue ou publiée. Une fiche de sûreté n'est offerte qu'ainsi."""
        return self.etat is not Etat.REDIGEE


NON_RELUE: Final = Traduction()
_NON_REDIT: Final = "\ue002"
"""Un signe d'usage privé : ni une réponse, ni un texte de droit n'en contient."""
_MOT: Final = re.compile(r"[^\W\d_]+")
_MARQUES: Final = re.compile(rf"[^\W\d_]+{_NON_REDIT}.*?(?=[^\W\d_]+{_NON_REDIT}|$)", re.DOTALL)


def non_redit(francais: str) -> str:
    """Ce français, marqué : il tient lieu d'une traduction qui manque. Ce qui n'a pas de mot ne se marque pas.

    La marque suit son premier mot, où qu'il aille (collé, coupé, mis en phrase) ; ``sans_marque`` l'ôte et le dit.
    """
    return _MOT.sub(lambda mot: mot[0] + _NON_REDIT, francais, count=1)


def sans_marque(texte: str) -> tuple[str, tuple[str, ...]]:
    """Le texte sans ses marques, et ce que dit chacune, jusqu'à la suivante : tout mot d'un papier passe par là."""
    if _NON_REDIT not in texte:
        return texte, ()
    return texte.replace(_NON_REDIT, ""), tuple(un[0].replace(_NON_REDIT, "") for un in _MARQUES.finditer(texte))


def lire_traduction(table: Lecteur, *, obligatoire: bool = True, source: str = "source") -> Traduction:
    """L'état que dit une table. ``source`` : la clé qui dit d'où vient une traduction publiée."""
    etat = Etat(
        table.texte("etat", obligatoire=obligatoire, permis=[un.value for un in Etat], defaut=Etat.REDIGEE.value)
    )
    relue, publiee = etat is Etat.RELUE, etat is Etat.PUBLIEE
    dite = Traduction(
        etat=etat,
        relu_par=table.texte("relu_par", obligatoire=relue),
        relu_le=table.date("relu_le", obligatoire=relue),
        publie_par=table.texte("publie_par", obligatoire=publiee),
        publie_le=table.date("publie_le", obligatoire=publiee),
        source=table.texte(source, obligatoire=publiee) if source else "",
    )
    _ne_rien_pretendre(table, dite, source)
    return dite


def _ne_rien_pretendre(table: Lecteur, dite: Traduction, source: str) -> None:
    """Une relecture ou une publication nommée va avec l'état qui la dit."""
    relecture = {"relu_par": dite.relu_par, "relu_le": dite.relu_le}
    publication = {"publie_par": dite.publie_par, "publie_le": dite.publie_le, source: dite.source}
    for dites, etats in ((relecture, (Etat.RELUE, Etat.PUBLIEE)), (publication, (Etat.PUBLIEE,))):
        for cle, valeur in dites.items():
            if valeur and dite.etat not in etats:
                table.signaler(cle, f"ne va pas avec l'état « {dite.etat} » ; attendu : « {etats[0]} »")
