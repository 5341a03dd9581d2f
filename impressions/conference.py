"""Le dossier de la conférence sur papier : ses avis, ce qui a changé, ses indicateurs, une page par partenaire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from impressions.atelier import Etabli
from impressions.blocs import Bloc
from impressions.rapport import LigneDite, blocs_de_lignes, composer
from impressions.sauts import Saut

_LARGEURS: Final = (200, 70)
"""Une valeur s'écrit d'une ligne, même longue : « 1293 jours (2784 baux) », « 18 sur 73, 24,66 % »."""


@dataclass(frozen=True, slots=True)
class PartieDite:
    """Une partie : son titre, ses paragraphes, ses lignes, ce qui se lit dessous en petit.

    ``seule`` : sur sa page, qui se remet à un partenaire ; les autres se suivent, une ligne ne remplit pas une page.
    """

    titre: str
    dits: tuple[str, ...]
    lignes: tuple[LigneDite, ...] = ()
    sources: tuple[str, ...] = ()
    seule: bool = False


@dataclass(frozen=True, slots=True)
class DossierDit:
    """Le dossier, en mots. ``avis`` : ce qu'il faut savoir avant de lire un nombre."""

    titre: str
    avis: tuple[str, ...]
    parties: tuple[PartieDite, ...]


def composer_dossier(dit: DossierDit, jour: date) -> bytes:
    """Le PDF, le même octet pour octet pour les mêmes mots et le même jour."""
    return composer(dit.titre, jour, lambda etabli: _blocs(etabli, dit))


def _blocs(etabli: Etabli, dit: DossierDit) -> Iterator[Bloc]:
    yield etabli.texte(dit.titre, etabli.styles.titre, etabli.racine.ajouter("H1"))
    for avis in dit.avis:
        yield etabli.texte(avis, etabli.styles.corps, etabli.racine.ajouter("P"))
    for partie in dit.parties:
        if partie.seule:
            yield Saut(toujours=True)
        yield from _partie(etabli, partie)


def _partie(etabli: Etabli, partie: PartieDite) -> Iterator[Bloc]:
    titre = etabli.texte(partie.titre, etabli.styles.section, etabli.racine.ajouter("H2"))
    titre.avec_suivant, titre.signet = True, partie.titre
    yield titre
    for dit in partie.dits:
        explique = etabli.texte(dit, etabli.styles.corps, etabli.racine.ajouter("P"))
        # Un nombre ne se lit pas loin de ce qu'il compte.
        explique.avec_suivant = bool(partie.lignes)
        yield explique
    yield from blocs_de_lignes(etabli, partie.lignes, _LARGEURS)
    for source in partie.sources:
        yield etabli.texte(source, etabli.styles.petit, etabli.racine.ajouter("P"))
