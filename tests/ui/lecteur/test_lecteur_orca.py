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
from bureau_virtuel import ATTENTE_S, PERRON, Bureau, Conversation, bureau, manque

_OUTILS: Final = ("orca", "openbox", "xdotool")
_PAROLE: Final = re.compile(r"SPEECH OUTPUT: '(.*)'\{", re.MULTILINE)

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

    def _tout(self) -> list[str]:
        return _PAROLE.findall(self._journal.read_text(errors="replace")) if self._journal.exists() else []


@contextmanager
def orca(dossier: Path) -> Iterator[tuple[Oreille, Conversation]]:
    """Orca qui écoute, puis Perron, sur un bureau à eux."""
    journal = dossier / "parole.out"
    commande = ["/usr/bin/orca", "--debug-file", str(journal), "-u", str(dossier / "reglages"), "-d", "braille"]
    with bureau(dossier) as ici, ici.lancer(["openbox"]), ici.lancer(commande):
        oreille = Oreille(journal, ici)
        with ici.lancer([*PERRON, "parcours"]) as perron:
            # Orca ne se met en route qu'à la première application qui se montre.
            suivre(perron, "ouverture")
            oreille.attendre("Screen reader on", "Perron frame")
            perron.dire("suite")
            yield oreille, perron


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
        # La page nouvelle se dit d'elle-même.
        oreille.attendre("Avez-vous besoin d'un médecin tout de suite")
        perron.dire("suite")
        suivre(perron, "entretien")
        oreille.attendre("Entretien", "Vous ou un proche avez-vous déjà fait une demande", "selected radio button")
        perron.dire("suite")
        suivre(perron, "note")
        oreille.attendre("Cotation")
        oreille.presser("ctrl+m")
        oreille.presser("Down")
        # Les menus parlent, et disent le thème d'aujourd'hui.
        oreille.attendre("Thème : clair checked")
        oreille.presser("Escape")
        perron.dire("suite")
        suivre(perron, "verrou")
        oreille.attendre("Votre mot de passe")
        oreille.presser("f", "a", "u", "x", "Return")
        oreille.attendre("notification Ce mot de passe n'ouvre pas ce coffre")
        perron.dire("suite")
        suivre(perron, "FIN")
        assert perron.finir() == 0, "Perron est mort en se fermant sous Orca"
