"""Fabriquer un coffre d'essai : vrai fichier, Argon2 bon marché."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from modele.coffre import Coffre, mur, porte_discrete
from modele.coffre.cles import Cout
from modele.coffre.listes import PageAFaire, Trouve, Voulu
from modele.dossier.dates_tenues import Nature
from modele.droits import Auteur
from modele.protection.mur import Sort, Verdict
from modele.ressemblance.demande import lire_demande
from modele.ressemblance.porte import assez_dit

COUT = Cout(passes=1, memoire=8, fils=1)
MOT_DE_PASSE = "quatre mots sans lien"
AGENT = "Nora Petit"
RACINE = Path(__file__).parents[3]


def creer(chemin: Path) -> tuple[Coffre, str]:
    """Un coffre neuf et son code de secours."""
    return Coffre.creer(chemin, AGENT, MOT_DE_PASSE, "metropole-exemple", "poste-1", cout=COUT)


def ouvrir(chemin: Path) -> Coffre:
    """Le coffre d'essai rouvert."""
    return Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=COUT)


def a_faire(coffre: Coffre, jour: date, *natures: Nature, par: str = AGENT, **voulu: Any) -> PageAFaire:
    """Ce qui est à faire ce jour-là, de ces sortes (de toutes si rien n'est dit), tel que ``par`` le voit."""
    return coffre.taches.lire(Voulu(jour, natures=natures, **voulu), Auteur(par))


def seul_a_seul(coffre: Coffre, texte: str) -> list[Trouve]:
    """Ce que la porte « seul à seul » rendrait, sans rien noter ; rien si ce texte ne suffit pas à l'ouvrir."""
    demande = lire_demande(texte)
    with coffre._base.lecture() as connexion:
        return porte_discrete._trouver(connexion, demande) if assez_dit(demande) else []


def _laisser_passer(*_: Any) -> Verdict:
    return Verdict(Sort.PERMISE)


@contextmanager
def sans_mur() -> Iterator[None]:
    """Un coffre sans son mur : ce qu'écrivait un Perron qui ne l'avait pas, et le mutant que les épreuves tuent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mur, "juger_purement", _laisser_passer)
        patch.setattr(mur, "reunissables", lambda *_: True)
        patch.setattr(mur, "exiger_les_tetes", lambda *_: None)
        yield
