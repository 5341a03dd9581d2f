"""Les codes qu'un humain recopie : alphabet sans sosies, clé de contrôle, groupes de quatre ou cinq signes."""

from __future__ import annotations

import hashlib
import secrets

from modele.regles.fautes import ErreurUtilisateur

# 31 signes, nombre premier : la clé de contrôle voit tout signe changé et tous deux signes échangés.
# Ni 0, ni 1, ni I, ni L, ni O : ils se confondent une fois imprimés.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LONGUEUR_SECOURS = 24
_LONGUEUR_REFERENCE = 10
_SEPARATEURS = str.maketrans("", "", " \u00a0\u202f\t\r\n-–—‑.")


def nouveau_code_secours() -> str:
    """Un code de secours (113 bits), en six groupes de quatre : ``K7QF-…``."""
    signes = "".join(secrets.choice(ALPHABET) for _ in range(_LONGUEUR_SECOURS - 1))
    return grouper(signes + cle_de_controle(signes), 4)


def relire_code_secours(saisie: str) -> str:
    """Le code remis en forme, casse et espaces tolérés. Lève ``ErreurUtilisateur`` si une faute se voit."""
    signes = signes_nus(saisie)
    inconnus = sorted(set(signes) - set(ALPHABET))
    if inconnus:
        raise ErreurUtilisateur(
            f"Le signe « {inconnus[0]} » n'existe pas dans un code de secours (ni 0, ni 1, ni I, ni L, ni O). "
            "Relisez le code imprimé."
        )
    if len(signes) != _LONGUEUR_SECOURS:
        raise ErreurUtilisateur(
            f"Un code de secours a {_LONGUEUR_SECOURS} signes ; il y en a {len(signes)}. Relisez le code imprimé."
        )
    if not juste(signes):
        raise ErreurUtilisateur("Ce code de secours contient une faute de copie. Relisez-le, groupe par groupe.")
    return grouper(signes, 4)


def reference_courte(identifiant: str) -> str:
    """Une référence à dire ou à noter, tirée de l'identifiant du dossier : elle ne dit rien de la personne."""
    nombre = int.from_bytes(hashlib.sha256(identifiant.encode()).digest())
    signes = ""
    for _ in range(_LONGUEUR_REFERENCE - 1):
        nombre, reste = divmod(nombre, len(ALPHABET))
        signes += ALPHABET[reste]
    return grouper(signes + cle_de_controle(signes), 5)


def relire_reference(saisie: str) -> str | None:
    """La référence remise en forme, ou ``None`` si ce texte n'en est pas une."""
    signes = signes_nus(saisie)
    valable = len(signes) == _LONGUEUR_REFERENCE and set(signes) <= set(ALPHABET) and juste(signes)
    return grouper(signes, 5) if valable else None


def signes_nus(saisie: str) -> str:
    """La saisie en majuscules, sans espaces ni tirets."""
    return saisie.upper().translate(_SEPARATEURS)


def grouper(signes: str, taille: int) -> str:
    """Les signes en groupes séparés d'un tiret."""
    return "-".join(signes[debut : debut + taille] for debut in range(0, len(signes), taille))


def _somme(signes: str) -> int:
    return sum(rang * ALPHABET.index(signe) for rang, signe in enumerate(signes, 2)) % len(ALPHABET)


def cle_de_controle(signes: str) -> str:
    """Le signe à ajouter pour que ``juste`` le soit ; 29 signes au plus avant lui."""
    return ALPHABET[-_somme(signes) % len(ALPHABET)]


def juste(signes: str) -> bool:
    """La clé, dernier signe, est-elle la bonne ? Un signe changé ou deux signes échangés se voient."""
    return (_somme(signes[:-1]) + ALPHABET.index(signes[-1])) % len(ALPHABET) == 0
