"""De quoi déclarer des comptes comme un poste."""

from __future__ import annotations

from datetime import timedelta

from outils_registre import DEPART, PosteDEssai
from uuid_utils import uuid7

from modele.protocole.messages import Declaration, DeclarationSignee, EtatDeCompte, octets
from modele.protocole.signatures import signer, texte_de_declaration

UN_JOUR = timedelta(days=1)


def etat(nom: str, *roles: str, jours: float = -1, ferme: bool = False) -> EtatDeCompte:
    """L'état d'un compte, ``jours`` après le départ."""
    return EtatDeCompte(str(uuid7()), nom, roles or ("agent", "social", "responsable"), DEPART + jours * UN_JOUR, ferme)


def declaration(poste: PosteDEssai, *etats: EtatDeCompte) -> DeclarationSignee:
    """Ces états, signés par ce poste."""
    dite = octets(Declaration(poste.territoire, poste.id, list(etats)))
    return DeclarationSignee(dite, signer(poste.cle_signature, texte_de_declaration(dite)))
