"""Le mur des violences, au coffre : toute écriture y passe, quel que soit l'écran, la commande ou l'import qui écrit.

C'est aussi la porte où chaque valeur prend sa seule écriture (``modele.genres.ecriture``).

Dans la transaction qu'on donne. Ce qui arrive du registre n'y passe pas : c'est déjà jugé, et rien ne doit se perdre.
Ce qui ne s'écrit pas (``modele.dossier.ephemeres``) s'écarte ici aussi, sans un mot : le dire en serait une trace.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from msgspec import UNSET
from sqlalchemy import Connection

from modele.coffre import histoires, miroirs
from modele.coffre.journaux import reglage, regler
from modele.coffre.lignes import ouvert
from modele.dossier.chemins import Document, poser
from modele.dossier.documents import decoder, encoder
from modele.dossier.ephemeres import est_ephemere, gardables, sans_ephemeres
from modele.dossier.operations import DOSSIER, ChampPose, Operation, retirer
from modele.fusion import fusionner
from modele.genres.ecriture import d_une_ecriture, une_ecriture
from modele.protection import etats
from modele.protection.mots import SEPARES
from modele.protection.mur import Ailleurs, Sort, Verdict
from modele.protection.mur import juger as juger_purement
from modele.protection.reunion import Histoire, reunissables
from modele.regles.fautes import ErreurUtilisateur

_CRITERES: Final = "protection.criteres"
_ABSORBES: Final = "absorbes"


def proteger(connexion: Connection, criteres: Collection[str]) -> None:
    """Retient les critères de cotation dont la seule preuve dit une violence, dans les grilles de ce poste."""
    ecrits = encoder(sorted(criteres)).decode()
    if reglage(connexion, _CRITERES) != ecrits:
        regler(connexion, _CRITERES, ecrits)


def ecrivables(genre: str, valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qui s'écrit de ces valeurs, par chemin, dans un objet de ce genre : d'un autre qu'un dossier, tout.

    Chacune d'une seule écriture : quel que soit ce qui écrit, elle passe par ici.
    """
    return d_une_ecriture(genre, gardables(valeurs) if genre == DOSSIER else valeurs)


def ecrivable(genre: str, document: Document) -> Document:
    """Ce qui s'écrit d'un objet de ce genre, tout entier, chaque valeur d'une seule écriture."""
    ecrit: Document = une_ecriture(genre, "", sans_ephemeres(document) if genre == DOSSIER else document)
    return ecrit


def admettre(connexion: Connection, document: Document, quand: datetime) -> Document:
    """Le document d'un dossier qui se crée, sans les « non » qu'un autre adulte y lirait.

    Lève ``Ailleurs`` s'il dit une violence et qu'un autre adulte y est.
    """
    # Un dossier qui naît n'a rien absorbé : le dire fondrait l'autre dans lui.
    document = retirer(document, _ABSORBES)
    verdict = juger_purement({}, document, quand.date(), _sans_histoire, _criteres(connexion, document))
    for lieu in _exiger(verdict).tus:
        document = retirer(document, lieu)
    return document


def juger(connexion: Connection, identifiant: str, avant: Document, apres: Document, quand: datetime) -> Verdict:
    """Ce que devient une écriture de ce dossier. Lève ``Ailleurs`` si elle est interdite."""
    a_porte = partial(histoires.a_porte, connexion, identifiant)
    return _exiger(juger_purement(avant, apres, quand.date(), a_porte, _criteres(connexion, avant, apres)))


def exiger_les_tetes(connexion: Connection, operation: Operation, quand: datetime) -> None:
    """Une proposition divergente se lit aussi. Lève ``Ailleurs`` si l'opération la fait lire à un autre adulte."""
    dossier, champs = operation.entete.dossier, operation.champs
    if not etats.concerne(champs) or not miroirs.diverge(connexion, dossier):
        return
    projete = miroirs.etat_projete(connexion, dossier)
    if projete is not None and etats.franchi(projete, fusionner(projete, operation, "").etat, champs, quand.date()):
        raise Ailleurs


def exiger_les_reunions(
    connexion: Connection, survivant: Document, champs: Mapping[str, ChampPose], quand: datetime
) -> None:
    """Si ces champs fondent un autre dossier dans celui-ci, les deux le peuvent. Lève ``ErreurUtilisateur``."""
    absorbes = [chemin for chemin, champ in champs.items() if champ.apres is not UNSET and _absorbe(chemin)]
    if not absorbes:
        return
    un = Histoire(survivant, histoires.a_porte(connexion, survivant["id"]))
    for chemin in absorbes:
        absorbe = chemin.removeprefix(f"{_ABSORBES}.")
        autre = Histoire(decoder(ouvert(connexion, absorbe).document), histoires.a_porte(connexion, absorbe))
        if not reunissables(un, autre, quand.date()):
            raise ErreurUtilisateur(SEPARES)


def tait(connexion: Connection, document: Document, chemin: str, texte: str, quand: datetime) -> bool:
    """Vrai si cette frappe ne s'écrit pas, ou si, gardée, elle dirait une violence à un autre adulte du dossier."""
    if est_ephemere(chemin):
        return True
    apres = poser(document, chemin, texte)
    verdict = juger_purement(document, apres, quand.date(), _sans_histoire, _criteres(connexion, apres))
    return verdict.sort is Sort.INTERDITE or chemin in verdict.tus


def _sans_histoire() -> bool:
    return False


def _exiger(verdict: Verdict) -> Verdict:
    if verdict.sort is Sort.INTERDITE:
        raise Ailleurs
    return verdict


def _absorbe(chemin: str) -> bool:
    return chemin.startswith(f"{_ABSORBES}.")


def criteres(connexion: Connection) -> Collection[str]:
    """Les critères protégés que ``proteger`` a retenus."""
    lus: Sequence[str] = decoder(reglage(connexion, _CRITERES, "[]"))
    return lus


def _criteres(connexion: Connection, *documents: Document) -> Collection[str]:
    """Les critères protégés, lus seulement d'un dossier qui a une preuve."""
    if not any("preuves" in document for document in documents):
        return ()
    return criteres(connexion)
