"""Faire entrer ce poste dans un registre, par le texte que l'administrateur remet.

``perron://hote:port/<territoire>/<code>/<empreinte de l'autorité>`` : le poste prend le certificat de l'autorité au
registre, en vérifie l'empreinte, et seulement alors lui dit le code. ``perron+https://…`` : le certificat du registre
est public ; ``perron+http://…`` : sans TLS, sur cette machine seulement.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import ssl
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from modele.coffre.chaines import BAC_A_SABLE
from modele.coffre.echanges import Echanges
from modele.protocole import scellement, signatures
from modele.protocole.messages import Enrolement
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.cles import Cles, Liaison, cles_pour, est_le_code_qui_a_servi, retenir, tirer_un_autre_poste
from modele.synchro.empechements import Empechement
from modele.synchro.ligne import LOCALES, prendre_l_autorite
from modele.synchro.transport import Relier

_EMPREINTE: Final = re.compile(r"[0-9A-F]{64}")
_ILLISIBLE: Final = (
    "Ce n'est pas un code d'enrôlement entier : il commence par « perron:// » ou « perron+https:// ». Recopiez toute "
    "la ligne que l'administrateur du registre a donnée."
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Ce que dit le texte : l'adresse (``https://hote:port``), le territoire, le code et l'empreinte (ou vide)."""

    adresse: str
    territoire: str
    code: str
    empreinte: str


def lire_invitation(texte: str) -> Invitation:
    """Le texte lu, espaces et retours à la ligne tolérés. Lève ``ErreurUtilisateur``."""
    genre, separe, reste = "".join(texte.split()).partition("://")
    if not separe or genre not in ("perron", "perron+https", "perron+http"):
        raise ErreurUtilisateur(_ILLISIBLE)
    reste, empreinte = _detacher(reste) if genre == "perron" else (reste, "")
    reste, secret = _detacher(reste)
    hote, territoire = _detacher(reste)
    if not (hote and territoire and secret) or (genre == "perron" and not _EMPREINTE.fullmatch(empreinte.upper())):
        raise ErreurUtilisateur(_ILLISIBLE)
    adresse = f"{'http' if genre == 'perron+http' else 'https'}://{hote}"
    _exiger_une_adresse(adresse)
    return Invitation(adresse, territoire, f"{territoire}/{secret}", empreinte.upper())


def enroler(echanges: Echanges, texte: str, nom: str, relier: Relier) -> Liaison:
    """Enrôle ce poste, sous ce nom. Une réponse perdue se redemande avec le même texte.

    Lève ``ErreurUtilisateur`` (texte, autre territoire, autorité) ou ``Empechement`` (réseau, code refusé).
    """
    if echanges.territoire == BAC_A_SABLE:
        raise ErreurUtilisateur("Un bac à sable de formation ne se relie à aucun registre. Reliez le poste lui-même.")
    invitation = lire_invitation(texte)
    if invitation.territoire != echanges.territoire:
        raise ErreurUtilisateur(
            f"Ce code est celui du territoire « {invitation.territoire} » ; ce poste travaille pour "
            f"« {echanges.territoire} ». Demandez un code de ce territoire : celui-ci n'a pas servi."
        )
    if est_le_code_qui_a_servi(echanges, invitation.code):
        raise ErreurUtilisateur(
            "Ce poste est déjà relié, par ce code même : il n'y a rien à refaire. Pour le relier autrement, demandez "
            "un code neuf à l'administrateur."
        )
    autorite = _autorite(invitation)
    cles = cles_pour(echanges, invitation.code)
    with relier(invitation.adresse, autorite, echanges.territoire, cles) as transport:
        try:
            enrole = transport.enroler(_demande(invitation.code, nom, cles))
        except Empechement as empechement:
            if empechement.refus is None or empechement.refus.code != "poste_existant":
                raise
            cles = tirer_un_autre_poste(echanges)
            enrole = transport.enroler(_demande(invitation.code, nom, cles))
    return retenir(echanges, invitation.adresse, autorite, cles, enrole)


def _detacher(texte: str) -> tuple[str, str]:
    avant, _, dernier = texte.rstrip("/").rpartition("/")
    return avant, dernier


def _exiger_une_adresse(adresse: str) -> None:
    try:
        lue = urlsplit(adresse)
        hote, _ = lue.hostname, lue.port
    except ValueError:
        raise ErreurUtilisateur(_ILLISIBLE) from None
    if not hote or "@" in lue.netloc:
        raise ErreurUtilisateur(_ILLISIBLE)
    if lue.scheme == "http" and hote not in LOCALES:
        raise ErreurUtilisateur(
            f"Ce registre ({hote}) parle sans chiffrement : un dossier ne doit jamais circuler en clair. "
            "Demandez à l'administrateur de le servir en TLS."
        )


def _autorite(invitation: Invitation) -> str:
    """Le certificat (PEM) que ce poste exigera désormais ; vide si celui du registre est public."""
    if not invitation.empreinte:
        return ""
    pem = prendre_l_autorite(invitation.adresse)
    try:
        empreinte = hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()
    except ValueError:
        empreinte = ""
    if not hmac.compare_digest(empreinte, invitation.empreinte):
        raise ErreurUtilisateur(
            "Le registre qui répond à cette adresse n'est pas celui du code : le code ne lui a pas été donné. "
            "Vérifiez l'adresse et le code avec l'administrateur."
        )
    return pem


def _demande(code: str, nom: str, cles: Cles) -> Enrolement:
    return Enrolement(
        code,
        cles.poste,
        nom,
        signatures.cle_publique(cles.signature),
        scellement.cle_publique_de_scellement(cles.scellement),
    )
