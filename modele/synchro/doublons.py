"""Un autre dossier de la même personne : le chercher dans tout le territoire, l'écarter, n'en faire qu'un.

Jamais pour un dossier discret : le chercher ferait écrire son nom au journal des accès d'un autre guichet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from modele.coffre.listes import Semblable
from modele.dossier.chemins import Document, lire
from modele.droits import Auteur
from modele.protection.discretion import est_discret
from modele.protocole.messages import Candidat, PersonneCherchee
from modele.ressemblance.demande import lire_demande
from modele.ressemblance.naissances import naissance_ecrite

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro.connexion import Connexion

_NOMS: Final = ("demandeur.nom", "demandeur.nom_usage")


class Doublons:
    """Les ressemblances d'un coffre avec le reste du territoire ; celles déjà connues sont dans ``coffre.echanges``.

    Ce qui demande le registre lève ``Empechement`` s'il ne répond pas.
    """

    def __init__(self, coffre: Coffre, connexion: Connexion) -> None:
        self._coffre, self._connexion = coffre, connexion

    def chercher(self, dossier: str, agent: str) -> list[Semblable]:
        """Les dossiers de tout le territoire qui ressemblent à celui-ci, gardés ; rien n'est demandé s'il est discret.

        Rend toutes ses ressemblances que personne n'a écartées.
        """
        document = self._coffre.lire(dossier)
        personne = personne_du_document(document, agent)
        if est_discret(document) or not _cherchable(personne):
            return []
        echanges = self._coffre.echanges
        echanges.noter_doublons(dossier, self._demander(dossier, personne))
        return echanges.doublons(dossier)

    def chercher_la_saisie(self, saisie: str, agent: str) -> list[Semblable]:
        """Les dossiers qui ressemblent à ce que l'agent vient de taper, avant d'en créer un ; rien n'est gardé."""
        personne = _personne_de_la_saisie(saisie, agent)
        return self._demander("", personne) if _cherchable(personne) else []

    def ecarter(self, dossier: str, autre: str, agent: str) -> None:
        """« Ce n'est pas la même personne » : ces deux dossiers ne se proposent plus l'un l'autre.

        Retenu ici d'abord ; le registre l'apprend au prochain tour s'il ne répond pas, ou le jour où il y en a un.
        """
        self._coffre.echanges.ecarter_doublon(dossier, autre, agent)

    def fondre(self, survivant: str, absorbe: str, auteur: Auteur, choix: Mapping[str, str] | None = None) -> Document:
        """La même personne a deux dossiers : ``absorbe`` se fondra dans ``survivant``. Sans réseau : part plus tard.

        ``choix`` : ce qui se garde là où ils diffèrent (``modele.fusion.choix``). Lève ``ErreurUtilisateur`` si ce
        poste ne tient pas les deux, ou si le mur les sépare.
        """
        return self._coffre.memes.fondre(survivant, absorbe, choix or {}, auteur)

    def _demander(self, dossier: str, personne: PersonneCherchee) -> list[Semblable]:
        with self._connexion.en_ligne() as echange:
            return _semblables(dossier, echange.transport.doublons(personne))


def personne_du_document(document: Document, agent: str) -> PersonneCherchee:
    """De qui chercher un autre dossier, d'après ce que dit celui-ci."""
    return PersonneCherchee(
        noms=" ".join(filter(None, (_texte(document, champ) for champ in _NOMS))),
        prenoms=_texte(document, "demandeur.prenoms"),
        naissance=naissance_ecrite(lire(document, "demandeur.date_naissance")),
        telephone=_texte(document, "contact.telephone"),
        numero=_texte(document, "demande.numero_unique"),
        sauf=_texte(document, "id"),
        agent=agent,
        telephone_autre=_texte(document, "contact.telephone_autre"),
        telephone_aidant=_texte(document, "contact.tiers_telephone"),
    )


def _personne_de_la_saisie(saisie: str, agent: str) -> PersonneCherchee:
    """De qui chercher un dossier, d'après ce que l'agent a tapé avant d'en créer un."""
    lue = lire_demande(saisie)
    return PersonneCherchee(" ".join(lue.mots), "", lue.naissance, lue.telephone, lue.numero, agent=agent)


def _cherchable(personne: PersonneCherchee) -> bool:
    """Y a-t-il de quoi chercher : un nom, un téléphone à elle ou un numéro ?"""
    telephones = (personne.telephone, personne.telephone_autre)
    return any(map(str.strip, (personne.noms, personne.prenoms, *telephones, personne.numero)))


def _semblables(dossier: str, candidats: Iterable[Candidat]) -> list[Semblable]:
    """Les candidats du registre, tels que le coffre les garde. ``autre`` vide : un dossier d'un autre territoire."""
    return [Semblable(dossier, "", un.dossier, un.guichet, un.raisons, un.score, un.tenu_ici) for un in candidats]


def _texte(document: Document, chemin: str) -> str:
    valeur = lire(document, chemin)
    return valeur if isinstance(valeur, str) else ""
