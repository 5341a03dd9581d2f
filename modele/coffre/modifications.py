"""Ce que la structure a modifié : un objet par fichier, qui l'a écrit, quand. Dans la transaction qu'on donne."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select

from modele.coffre import corrections, depot, schema
from modele.coffre.lignes import tenus_du_genre
from modele.dossier.chemins import ABSENT, Document
from modele.dossier.documents import decoder
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche, Surcharge, ouvrir

MODIFICATION: Final = "modification"
CAS: Final = "cas_de_formation"
"""Ce qu'un formateur écrit, et rien d'autre : un objet de ce genre n'a pas de nature, il est toujours un cas."""
_FORMATION: Final = "formation"
_BASE64: Final = "base64"
_VUE: Final = "urgence_vue"
_OBJET: Final = schema.dossier.c


def lues(connexion: Connection) -> list[Surcharge]:
    """Ce qui sert à la place de l'original, du plus anciennement au plus récemment écrit."""
    requete = select(_OBJET.genre, _OBJET.document, _OBJET.agent, _OBJET.modifie_le).where(
        tenus_du_genre(MODIFICATION, CAS)
    )
    rangees = connexion.execute(requete.order_by(_OBJET.modifie_le, _OBJET.id)).all()
    documents = [(decoder(ligne.document), ligne) for ligne in rangees]
    return [
        Surcharge(
            *_quoi(ligne.genre, document), _octets(document), ligne.agent,
            datetime.fromisoformat(ligne.modifie_le).astimezone(), _vue(document),
        )
        for document, ligne in documents
        if "contenu" in document
    ]  # fmt: skip


def ecrire(connexion: Connection, modification: Surcharge, auteur: Auteur) -> None:
    """Ce fichier dit désormais cela, pour toute la structure ; ce que deux postes en avaient dit sans se voir s'efface.

    Qui l'écrit connaît la correction urgente que ce poste tient : le redire tel quel la confirme.

    Lève ``ErreurUtilisateur`` : une structure n'y touche pas, ou l'auteur n'en a pas le droit.
    """
    natures = ouvrir().natures
    chemin = natures.situer(modification)
    if refus := natures.refus(chemin, Couche.STRUCTURE):
        raise ErreurUtilisateur(f"{chemin or modification.fichier} : {refus}. Rien n'a été changé.")
    champs, siens = _champs(modification.contenu), _objets(connexion, modification)
    if modification.nature == _FORMATION:
        champs.pop("codage")
    rang = corrections.rang(connexion, chemin)
    champs[_VUE] = str(rang) if rang else ABSENT
    if siens:
        depot.modifier(connexion, siens[0], champs, auteur, modification.modifie_le)
    else:
        genre, du_fichier = _nouveau(modification)
        ecrits = {cle: valeur for cle, valeur in champs.items() if valeur is not ABSENT}
        depot.creer(connexion, [{**du_fichier, **ecrits}], auteur, modification.modifie_le, genre)
    _retirer(connexion, siens[1:], auteur, modification.modifie_le)


def revenir(
    connexion: Connection, nature: str, identifiant: str, fichier: str, auteur: Auteur, quand: datetime
) -> None:
    """L'original sert de nouveau, pour toute la structure. Sans effet si rien n'y était modifié.

    Lève ``ErreurUtilisateur`` si l'auteur n'en a pas le droit.
    """
    _retirer(
        connexion, _objets(connexion, Surcharge(nature, identifiant, fichier, b"", auteur.nom, quand)), auteur, quand
    )


def _retirer(connexion: Connection, objets: Sequence[str], auteur: Auteur, quand: datetime) -> None:
    for objet in objets:
        depot.modifier(connexion, objet, {"contenu": ABSENT, **_sans_codage(connexion, objet)}, auteur, quand)


def _sans_codage(connexion: Connection, objet: str) -> dict[str, Any]:
    """Un cas de formation est toujours un texte : il n'a pas de codage à ôter."""
    genre = connexion.execute(select(_OBJET.genre).where(_OBJET.id == objet)).scalar_one()
    return {} if genre == CAS else {"codage": ABSENT}


def _nouveau(modification: Surcharge) -> tuple[str, dict[str, str]]:
    """Le genre de l'objet qui tiendra ce fichier, et ce qu'il dit de lui."""
    if modification.nature == _FORMATION:
        return CAS, {"fichier": modification.fichier}
    quoi = {"nature": modification.nature, "identifiant": modification.id, "fichier": modification.fichier}
    return MODIFICATION, quoi


def _quoi(genre: str, document: Document) -> tuple[str, str, str]:
    """De quel fichier parle cet objet : sa nature, de quoi, son nom."""
    fichier = str(document.get("fichier", ""))
    if genre == CAS:
        return _FORMATION, _FORMATION, fichier
    return str(document.get("nature", "")), str(document.get("identifiant", "")), fichier


def _objets(connexion: Connection, cherchee: Surcharge) -> list[str]:
    """Les objets de ce fichier : un, ou plusieurs si des postes l'ont modifié sans se voir."""
    requete = select(_OBJET.id, _OBJET.genre, _OBJET.document).where(tenus_du_genre(MODIFICATION, CAS))
    voulu = (cherchee.nature, cherchee.id, cherchee.fichier)
    return [
        ligne.id
        for ligne in connexion.execute(requete.order_by(_OBJET.id))
        if _quoi(ligne.genre, decoder(ligne.document)) == voulu
    ]


def _champs(contenu: bytes) -> dict[str, Any]:
    """Un texte tel quel ; ce qui n'en est pas un (une image), en base64."""
    try:
        return {"contenu": contenu.decode("utf-8"), "codage": ABSENT}
    except UnicodeDecodeError:
        return {"contenu": base64.b64encode(contenu).decode("ascii"), "codage": _BASE64}


def _vue(document: Document) -> int:
    """La correction que connaissait qui l'a écrit ; mal écrite ailleurs, aucune : la correction sert d'abord."""
    ecrite = str(document.get(_VUE, ""))
    return int(ecrite) if ecrite.isdecimal() else 0


def _octets(document: Document) -> bytes:
    texte = str(document["contenu"])
    try:
        return base64.b64decode(texte, validate=True) if document.get("codage") == _BASE64 else texte.encode()
    except binascii.Error:
        # Un autre poste l'a mal écrit : tel quel, qui lit ce fichier le mettra de côté, et le dira.
        return texte.encode()
