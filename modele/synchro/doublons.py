"""Chercher, dans tout le territoire, un autre dossier de la même personne. Jamais pour un dossier discret.

Le chercher ferait écrire son nom au journal des accès d'un autre guichet.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from modele.coffre.listes import Semblable
from modele.dossier.chemins import Document, lire
from modele.protocole.messages import Candidat, PersonneCherchee
from modele.ressemblance.demande import lire_demande

_NOMS: Final = ("demandeur.nom", "demandeur.nom_usage")


def personne_du_document(document: Document, agent: str) -> PersonneCherchee:
    """De qui chercher un autre dossier, d'après ce que dit celui-ci."""
    return PersonneCherchee(
        noms=" ".join(filter(None, (_texte(document, champ) for champ in _NOMS))),
        prenoms=_texte(document, "demandeur.prenoms"),
        naissance=_texte(document, "demandeur.date_naissance"),
        telephone=_texte(document, "contact.telephone"),
        numero=_texte(document, "demande.numero_unique"),
        sauf=_texte(document, "id"),
        agent=agent,
    )


def personne_de_la_saisie(saisie: str, agent: str) -> PersonneCherchee:
    """De qui chercher un dossier, d'après ce que l'agent a tapé avant d'en créer un."""
    lue = lire_demande(saisie)
    return PersonneCherchee(" ".join(lue.mots), "", lue.naissance, lue.telephone, lue.numero, agent=agent)


def cherchable(personne: PersonneCherchee) -> bool:
    """Y a-t-il de quoi chercher : un nom, un téléphone ou un numéro ?"""
    return any(map(str.strip, (personne.noms, personne.prenoms, personne.telephone, personne.numero)))


def semblables(dossier: str, candidats: Iterable[Candidat]) -> list[Semblable]:
    """Les candidats du registre, tels que le coffre les garde. ``autre`` vide : un dossier d'un autre territoire."""
    return [Semblable(dossier, "", un.dossier, un.guichet, un.raisons, un.score, un.tenu_ici) for un in candidats]


def _texte(document: Document, chemin: str) -> str:
    valeur = lire(document, chemin)
    return valeur if isinstance(valeur, str) else ""
