"""Les essais de l'écran : sans écran, vrais widgets, vrai coffre, et aucun fil laissé en vie."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Sans cela Qt cherche un lecteur d'écran sur le bus de la machine et le dit.
os.environ.setdefault("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "0")
# De quoi fabriquer ce qu'un Perron sans mur écrivait (``outils_coffre``).
sys.path.append(str(Path(__file__).parents[1] / "modele" / "coffre"))

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, detruire, montrer, orphelins
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre.cles import Cout
from modele.coffre.coffre import Coffre, heure_du_poste
from ui.composants.frappes import Frappes
from ui.lancement import Poste
from ui.theme import Theme
from ui.theme.apparence import apparence


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Le greffon sans écran dit ne savoir ni border, ni monter, ni prendre le clavier : seuls messages admis."""
    for item in items:
        item.add_marker(
            pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True)
        )


@pytest.fixture(scope="session", autouse=True)
def _voisins_a_part() -> Iterator[None]:
    """Les Perron des essais ne parlent pas à ceux de ce compte. Court : une prise locale a 107 octets de chemin."""
    with tempfile.TemporaryDirectory(prefix="perron-") as lieu, pytest.MonkeyPatch.context() as correctif:
        correctif.setenv("XDG_STATE_HOME", lieu)
        yield


_ATTENTE_MS = 180_000
"""Ce qu'un essai laisse à ce qu'il attend : sur une machine chargée, cinq secondes ne disaient que sa charge."""


@pytest.fixture(scope="session", autouse=True)
def _attentes_larges() -> Iterator[None]:
    """Une attente de ``qtbot`` finit à l'événement : son délai n'est là que pour ce qui n'arrive jamais."""
    attentes = (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitActive, QtBot.waitExposed)
    with pytest.MonkeyPatch.context() as correctif:
        for attente in attentes:
            correctif.setitem(attente.__kwdefaults__, "timeout", _ATTENTE_MS)
        yield


@pytest.fixture(autouse=True)
def _aucun_fil_en_vie() -> Iterator[None]:
    """Un fil encore vivant à la fin d'un essai est un échec."""
    avant = set(threading.enumerate())
    yield
    restants = [fil.name for fil in threading.enumerate() if fil not in avant and fil.is_alive() and not _prete(fil)]
    assert not restants, f"fils laissés en vie : {restants}"


def _prete(fil: threading.Thread) -> bool:
    """Un fil que le registre d'essai, servi toute la session, a prêté à une requête."""
    return fil.name == "AnyIO worker thread"


@pytest.fixture(autouse=True)
def _frappes_sans_attente(monkeypatch: pytest.MonkeyPatch) -> None:
    """Les touches des épreuves sont voulues : elles choisissent aussitôt (``test_frappes`` éprouve l'attente)."""
    monkeypatch.setattr(Frappes, "REPIT_MS", 0)


@pytest.fixture(autouse=True)
def _theme_d_origine(qapp: QApplication) -> None:
    """Chaque essai part du thème clair à 100 %."""
    if apparence().theme != Theme():
        apparence().appliquer(Theme())


@pytest.fixture
def cout_leger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 au moins cher : l'épreuve porte sur l'écran, pas sur la dérivation."""
    leger = Cout(passes=1, memoire=8, fils=1)
    monkeypatch.setattr(vars(Coffre)["creer"].__func__, "__defaults__", (leger,))
    monkeypatch.setattr(Coffre.__init__, "__defaults__", (leger, heure_du_poste))
    for porte in ("ouvrir", "ouvrir_par_secours"):
        fonction = vars(Coffre)[porte].__func__
        monkeypatch.setattr(fonction, "__defaults__", (*fonction.__defaults__[:-1], leger))


@pytest.fixture
def donnees(tmp_path: Path) -> Path:
    """Le dossier de données d'un poste neuf."""
    return tmp_path / "donnees"


@pytest.fixture
def poste(qapp: QApplication, qtbot: QtBot, donnees: Path, cout_leger: None) -> Iterator[Poste]:
    """Un poste neuf, fenêtre montrée, sans coffre."""
    avant, poste = orphelins(qapp), Poste(qapp, donnees)
    montrer(qtbot, poste.fenetre)
    yield poste
    detruire(poste)
    assert orphelins(qapp) <= avant


@pytest.fixture
def poste_ouvert(poste: Poste, qtbot: QtBot) -> Poste:
    """Un poste dont le coffre est ouvert, sur l'accueil, vide."""
    poste.session.preferences = type(poste.session.preferences)(territoire="metropole-exemple")

    def entrer(_code: str) -> None:
        poste.session.secours_garde()
        poste.session.entrer()

    with qtbot.waitSignal(poste.session.ouvert):
        poste.session.creer("Ana Martin", MOT_DE_PASSE, entrer, pytest.fail)
    au_repos(qtbot, poste)
    return poste


@pytest.fixture
def poste_garni(poste_ouvert: Poste, qtbot: QtBot) -> Poste:
    """Un poste ouvert avec les dossiers d'exemple."""
    poste_ouvert.session.ajouter_exemples(lambda _: None, pour=poste_ouvert.session)
    au_repos(qtbot, poste_ouvert)
    poste_ouvert.fenetre.aller("accueil")
    au_repos(qtbot, poste_ouvert)
    return poste_ouvert
