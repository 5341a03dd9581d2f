"""Désigner quelqu'un sans le nommer : assez pour que l'agent choisisse, rien pour qui lit par-dessus son épaule.

Ni nom, ni initiales (un proche les reconnaît), ni naissance, ni numéro : la référence du dossier, le moment et le lieu
où il est né. Un dossier discret se désigne comme un autre. Sans Qt. Essais : ``tests/ui/mots/test_masques.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from modele.dossier.codes import reference_courte
from modele.mots.ecriture import dire_date
from modele.ressemblance.fiches import SANS_NOM
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from modele.coffre.listes import Resume

CACHE: Final = "masqué"
_ICI: Final = "sur ce poste"
_AILLEURS: Final = "dans un autre guichet"


@dataclass(frozen=True, slots=True)
class Designe:
    """Une ligne masquée (``titre``, ``detail``) et la même démasquée (``clair`` : les deux, vide si rien n'est tu)."""

    titre: str
    detail: str
    clair: tuple[str, str] | None


def designer(resume: Resume, maintenant: datetime) -> Designe:
    """Un dossier d'une liste : masqué, puis en clair, où deux homonymes se distinguent."""
    lieu = _ICI if resume.ici else _AILLEURS
    if resume.titre == SANS_NOM:
        titre = dire_sans_nom(resume, maintenant)
        clair = (titre, f"{resume.detail} · {resume.reference}") if resume.detail else None
        return Designe(titre, f"{resume.reference} · {lieu}", clair)
    detail = f"créé {ecrire_moment(resume.cree_le, maintenant)}, {lieu}"
    en_clair = " · ".join(filter(None, (resume.detail, resume.reference)))
    return Designe(f"Dossier {resume.reference}", detail, (resume.titre, en_clair))


def dire_sans_nom(resume: Resume, maintenant: datetime) -> str:
    """« Sans nom, 2e de la journée, 10 h 42 » : jamais une réponse de la personne."""
    ne = resume.cree_le.astimezone(maintenant.tzinfo)
    jour = "de la journée" if ne.date() == maintenant.date() else f"du {dire_date(ne.date())}"
    rang = "1er" if resume.rang == 1 else f"{resume.rang}e"
    return f"{SANS_NOM}, {rang} {jour}, {ne.hour} h {ne.minute:02d}"


def designer_par_reference(dossier: str) -> str:
    """« Dossier K7Q2F-9M3AB », d'après son identifiant."""
    return f"Dossier {reference_courte(dossier)}"
