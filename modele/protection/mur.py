"""Le mur : aucun fait de violence ne s'écrit là où un autre adulte peut le lire, et aucun adulte n'entre où il y en a.

L'écran demande avant (``interdire``, ``accorder``) ; le coffre juge chaque écriture (``juger``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from modele.dossier.chemins import ABSENT, lire, poser
from modele.protection.adultes import adultes, partage
from modele.protection.mots import AILLEURS, PHRASE
from modele.protection.violences import affirmes, faits_de_violence, negatif
from modele.regles.fautes import ErreurUtilisateur


@dataclass(frozen=True, slots=True)
class Interdit:
    """Un changement refusé : les chemins qu'il aurait fait lire à un autre adulte, et la phrase à dire.

    ``negatif`` : ils ne disent que « non » ou un refus. Rien n'est à protéger, sinon qu'une question a été posée :
    se taire suffit (ne pas l'écrire, ou le retirer), sans un mot à l'écran qui ferait croire le contraire.
    """

    chemins: tuple[str, ...]
    message: str = PHRASE
    negatif: bool = False


class Ailleurs(ErreurUtilisateur):
    """Ce qui s'écrit ici ne se lit pas ensemble ; rien n'est écrit. La même phrase, quoi que ce soit.

    ``rangs`` : d'un import, lesquels de ses dossiers, à partir de 1.
    """

    def __init__(self, rangs: Sequence[int] = ()) -> None:
        lesquels = f" : n° {', '.join(map(str, rangs))}" if rangs else ""
        super().__init__(f"{AILLEURS}{lesquels}.")


class Sort(StrEnum):
    """Ce que devient une écriture : elle passe, elle entre dans un dossier commun neuf, ou elle ne s'écrit pas ici."""

    PERMISE = "permise"
    AILLEURS = "ailleurs"
    INTERDITE = "interdite"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``tus`` : d'une écriture permise, ce qui s'y tait : le chemin, et ce qu'il faut y lire (``ABSENT`` : rien)."""

    sort: Sort
    tus: Mapping[str, Any] = field(default_factory=dict)


def interdire(
    document: Mapping[str, Any], chemin: str, valeur: Any, jour: date, criteres: Collection[str] = ()
) -> Interdit | None:
    """L'interdit qu'enfreindrait l'écriture de ``valeur`` à ``chemin``, ou ``None`` si elle est permise.

    Vaut dans les deux sens : dire une violence dans un dossier partagé, faire entrer un adulte dans un dossier discret
    ou qui en dit une. Retirer est toujours permis. ``criteres`` : voir ``faits_de_violence``.
    """
    apres = poser(document, chemin, valeur)
    if not partage(apres, jour):
        return None
    avant = faits_de_violence(document, criteres) if partage(document, jour) else {}
    nouveaux = _nouveaux(avant, faits_de_violence(apres, criteres))
    return Interdit(tuple(nouveaux), negatif=all(map(negatif, nouveaux.values()))) if nouveaux else None


def accorder(
    document: Mapping[str, Any], valeurs: Mapping[str, Any], jour: date, criteres: Collection[str] = ()
) -> dict[str, Any] | None:
    """Ce qui s'écrit de ``valeurs``, ou ``None`` si l'une d'elles est interdite.

    Une réponse négative ne s'écrit pas dans un dossier partagé ; elle se retire quand un adulte entre dans le dossier.
    """
    permises: dict[str, Any] = {}
    for chemin, valeur in valeurs.items():
        interdit = interdire(document, chemin, valeur, jour, criteres)
        if interdit is not None and not interdit.negatif:
            return None
        if interdit is not None and partage(document, jour):
            continue
        for lieu in interdit.chemins if interdit is not None else ():
            permises[lieu] = ABSENT
            document = poser(document, lieu, ABSENT)
        permises[chemin] = valeur
        document = poser(document, chemin, valeur)
    return permises


def juger(
    avant: Mapping[str, Any],
    apres: Mapping[str, Any],
    jour: date,
    a_porte: Callable[[], bool],
    criteres: Collection[str] = (),
) -> Verdict:
    """Ce que devient une écriture qui mène d'``avant`` (vide : une création) à ``apres``.

    ``a_porte`` : l'histoire du dossier dit-elle une violence, même effacée ; appelée seulement si un adulte entre.
    """
    presents = adultes(apres, jour)
    if not presents:
        return Verdict(Sort.PERMISE)
    deja = adultes(avant, jour)
    dits, dits_avant = faits_de_violence(apres, criteres), faits_de_violence(avant, criteres)
    if not all(map(negatif, _nouveaux(dits_avant, dits).values())):
        return Verdict(Sort.INTERDITE)
    if presents - deja and (affirmes(apres, criteres) or a_porte()):
        return Verdict(Sort.AILLEURS)
    nouveaux = _nouveaux(dits_avant if deja else {}, dits)
    return Verdict(Sort.PERMISE, {lieu: lire(avant, lieu) if deja else ABSENT for lieu in nouveaux})


def _nouveaux(avant: Mapping[str, Any], apres: Mapping[str, Any]) -> dict[str, Any]:
    return {lieu: dit for lieu, dit in apres.items() if avant.get(lieu, ABSENT) != dit}
