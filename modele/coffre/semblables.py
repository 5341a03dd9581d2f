"""Sur ce poste, les dossiers qui ressemblent à une personne : pendant qu'elle se tape, ou à un dossier déjà ouvert.

Sans registre. Jamais un dossier discret, ni à lui ni de lui ; ni deux dossiers que le mur tient séparés, ni deux qu'une
personne a dits de deux personnes. Dans la transaction qu'on donne.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import annexes, journaux, recherche, reunions
from modele.coffre.listes import Trouve
from modele.dossier.chemins import Document, lire, poser
from modele.dossier.telephones import cle
from modele.protection.reunion import reunissables
from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.fiches import numero_nu
from modele.ressemblance.phonetique import mots

_PRENOMS: Final = "demandeur.prenoms"
_NAISSANCE: Final = "demandeur.date_naissance"
_NOMS: Final = ("demandeur.nom", "demandeur.nom_usage")
IDENTITE: Final = (*_NOMS, _PRENOMS, _NAISSANCE)
"""Ce qui, tapé, fait chercher si la personne a déjà un dossier ici."""
_TELEPHONE: Final = "contact.telephone"
_NUMERO: Final = "demande.numero_unique"
_NUMEROS: Final = (_TELEPHONE, _NUMERO)
_AU_PLUS: Final = 8


def de_la_personne(connexion: Connection, personne: Mapping[str, str], limite: int = _AU_PLUS) -> list[Trouve]:
    """Les dossiers ordinaires qui ressemblent à ce qui est tapé : chemin (``IDENTITE``) vers texte.

    Rien sans un nom ou un prénom : une date seule ne désigne personne.
    """
    return _chercher(connexion, personne, limite, lambda _: True)


def du_dossier(
    connexion: Connection, dossier: str, frappes: Mapping[str, str], jour: date, limite: int = _AU_PLUS
) -> list[Trouve]:
    """Ceux qui ressemblent à ce dossier, ce qui s'y tape compris. ``frappes`` : plus récentes que celles gardées."""
    lui = reunions.ordinaire(connexion, dossier)
    if lui is None:
        return []
    document: Document = dict(lui.document)
    gardees = {un.chemin: un.texte for un in journaux.brouillons(connexion, dossier) if un.chemin in IDENTITE}
    for chemin, frappe in {**gardees, **frappes}.items():
        document = poser(document, chemin, frappe)
    tus = annexes.ecartes(connexion, dossier) | {dossier}

    def permis(autre: str) -> bool:
        le = None if autre in tus else reunions.ordinaire(connexion, autre)
        return le is not None and reunissables(lui, le, jour)

    return _chercher(connexion, {chemin: _texte(document, chemin) for chemin in (*IDENTITE, *_NUMEROS)}, limite, permis)


def _chercher(
    connexion: Connection, personne: Mapping[str, str], limite: int, permis: Callable[[str], bool]
) -> list[Trouve]:
    """Sous chacun de ses noms : celui de naissance peut manquer au dossier, ou le nom d'usage."""
    trouves: dict[str, Trouve] = {}
    for demande in _demandes(personne):
        for un in recherche.ressemblants(connexion, demande, 2 * _AU_PLUS):
            deja = trouves.get(un.dossier)
            if un.meme and not un.resume.discret and (deja is None or un.score > deja.score):
                trouves[un.dossier] = un
    par_score = sorted(trouves.values(), key=lambda un: (-un.score, un.dossier))
    return [un for un in par_score if permis(un.dossier)][:limite]


def _demandes(personne: Mapping[str, str]) -> list[Demande]:
    """Une par nom : ses mots, ceux qui sont des prénoms, sa naissance aussi loin qu'elle se sait.

    Puis les mêmes avec ses numéros : un téléphone changé ferait douter, et savoir plus ne doit perdre personne.
    """
    prenoms = mots(personne.get(_PRENOMS, ""))
    naissance = lire_demande(personne.get(_NAISSANCE, "")).naissance
    noms = [nom for nom in dict.fromkeys(tuple(mots(personne.get(chemin, ""))) for chemin in _NOMS) if nom]
    if not noms and not prenoms:
        return []
    nommees = [Demande((*nom, *prenoms), naissance, prenoms=tuple(prenoms)) for nom in noms or [()]]
    telephone, numero = cle(personne.get(_TELEPHONE, "")), numero_nu(personne.get(_NUMERO, ""))
    numerotees = [replace(une, telephone=telephone, numero=numero) for une in nommees] if telephone or numero else []
    return [*nommees, *numerotees]


def _texte(document: Document, chemin: str) -> str:
    valeur: Any = lire(document, chemin)
    return valeur if isinstance(valeur, str) else ""
