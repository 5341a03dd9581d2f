"""Orca 43, celui de Debian 12, sous Xvfb : la question, les réponses, une page nouvelle, un menu, une erreur."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from bureau_virtuel import ATTENTE_S, PERRON, PYTHON_DU_SYSTEME, Bureau, Conversation, bureau, manque

NOTE: Final = "32 à 249 points"
"""Celle du dossier que joue ``perron_lu``."""
MEDECIN: Final = "Avez-vous besoin d'un médecin tout de suite"
_OUTILS: Final = ("orca", "openbox", "xdotool")
_PAROLE: Final = re.compile(r"SPEECH OUTPUT: '(.*?)' ?\{", re.DOTALL)

_ORCA: Final = """
import builtins, runpy
ouvrir = builtins.open
def open_(nom, mode="r", *r, **n):
    return ouvrir(nom, mode, 1) if (mode, r, n) == ("w", (), {}) else ouvrir(nom, mode, *r, **n)
builtins.open = open_
runpy.run_path("/usr/bin/orca", run_name="__main__")
"""
"""Orca, son journal écrit ligne à ligne : gardé par blocs, le dernier mot dit ne s'y lisait jamais."""

pytestmark = [
    pytest.mark.campagne,
    pytest.mark.skipif(
        bool(absents := [*filter(None, [manque()]), *(un for un in _OUTILS if shutil.which(un) is None)]),
        reason=f"il manque : {absents}",
    ),
]


class Oreille:
    """Ce qu'Orca donne à dire, depuis la dernière fois qu'on a écouté."""

    def __init__(self, journal: Path, ici: Bureau) -> None:
        self._journal, self._ici, self._lu = journal, ici, 0

    def attendre(self, *voulus: str) -> str:
        """Écoute jusqu'à ce que chaque mot voulu ait été dit. Lève ``AssertionError`` s'il ne l'est jamais."""
        fin = time.monotonic() + ATTENTE_S
        while time.monotonic() < fin:
            dit = self.entendu()
            if all(mot in dit for mot in voulus):
                self._lu = len(self._tout())
                return dit
            time.sleep(0.2)
        raise AssertionError(f"jamais dit : {[mot for mot in voulus if mot not in self.entendu()]} ; {self.entendu()}")

    def entendu(self) -> str:
        """Ce qui s'est dit depuis."""
        return "\n".join(self._tout()[self._lu :])

    def presser(self, *touches: str) -> None:
        """De vraies touches, au serveur X, une fois qu'Orca a fini de lire ce qui précède."""
        avant = -1
        while (ici := self._journal.stat().st_size) != avant:
            avant = ici
            time.sleep(1)
        subprocess.run(["xdotool", "key", "--delay", "80", *touches], env=self._ici.environnement, check=True)

    def tout(self) -> str:
        """Tout ce qui s'est dit depuis qu'Orca écoute."""
        return "\n".join(self._tout())

    def _tout(self) -> list[str]:
        lu = self._journal.read_text(errors="replace") if self._journal.exists() else ""
        return [" ".join(un.split()) for un in _PAROLE.findall(lu)]


@contextmanager
def orca(dossier: Path, parcours: str = "parcours") -> Iterator[tuple[Oreille, Conversation]]:
    """Orca qui écoute, puis Perron, sur un bureau à eux."""
    journal = dossier / "parole.out"
    commande = [
        PYTHON_DU_SYSTEME,
        "-c",
        _ORCA,
        "--debug-file",
        str(journal),
        "-u",
        str(dossier / "reglages"),
        "-d",
        "braille",
    ]
    with bureau(dossier) as ici, ici.lancer(["openbox"]), ici.lancer(commande):
        oreille = Oreille(journal, ici)
        with ici.lancer([*PERRON, parcours]) as perron:
            # Orca ne se met en route qu'à la première application qui se montre.
            suivre(perron, "ouverture")
            oreille.attendre("Screen reader on", "Perron frame")
            perron.dire("suite")
            yield oreille, perron
            (dossier / "parole.txt").write_text(oreille.tout() + "\n")


def suivre(perron: Conversation, nom: str) -> None:
    """La scène suivante est jouée."""
    assert perron.ecouter() == nom


def test_orca_dit_la_question_les_reponses_la_note_et_l_erreur(tmp_path: Path) -> None:
    """Du premier contact au mauvais mot de passe, au clavier seul, sans regarder l'écran."""
    with orca(tmp_path) as (oreille, perron):
        suivre(perron, "triage")
        oreille.attendre("Premier contact", "Est-ce que quelqu'un est en danger, là, maintenant ?")
        oreille.presser("Down")
        oreille.attendre("Oui.", "not selected radio button", "touche 1")
        oreille.presser("1")
        # La page nouvelle se dit d'elle-même, par le groupe qui prend le clavier, et une seule fois.
        oreille.attendre(MEDECIN)
        perron.dire("suite")
        suivre(perron, "entretien")
        oreille.attendre("Entretien", "Vous ou un proche avez-vous déjà fait une demande", "selected radio button")
        oreille.attendre(f"notification Note : {NOTE} Orientation : ")
        assert oreille.tout().count(MEDECIN) == 1
        perron.dire("suite")
        suivre(perron, "note")
        oreille.attendre("Cotation form", f"notification {NOTE}, dont 14 vérifiés")
        lire_le_menu(oreille)
        perron.dire("suite")
        suivre(perron, "verrou")
        oreille.attendre("Votre mot de passe password text")
        oreille.presser("f", "a", "u", "x", "Return")
        oreille.attendre("notification Ce n'est pas le mot de passe de Ana Martin")
        perron.dire("suite")
        suivre(perron, "FIN")
        assert perron.finir() == 0, "Perron est mort en se fermant sous Orca"


def lire_le_menu(oreille: Oreille) -> None:
    """Les menus parlent, et disent le thème d'aujourd'hui."""
    oreille.presser("ctrl+m")
    oreille.presser("Down")
    oreille.attendre("Thème : clair checked")
    oreille.presser("Escape")


def test_mutant_sans_notification_orca_ne_dit_ni_la_page_ni_la_note(tmp_path: Path) -> None:
    """Le menu lu, Orca a fini de dire ce qui précède : ce qui n'est pas dit ne le sera plus."""
    with orca(tmp_path, "muet") as (oreille, perron):
        for etape in ("triage", "entretien", "note"):
            suivre(perron, etape)
            if etape != "note":
                oreille.presser("Shift_L")
                perron.dire("suite")
        oreille.attendre("Cotation form")
        lire_le_menu(oreille)
        dit = oreille.tout()
        assert "Cotation form" in dit
        assert "notification" not in dit
        assert NOTE not in dit
