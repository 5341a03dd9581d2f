"""Le ramasse-miettes ne détruit rien sur le fil du coffre, et ne part jamais de lui-même tant qu'un poste est monté."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytestqt.qtbot import QtBot

from modele.protocole.ramasseur import sans_ramasser
from ui.etat.ramassage import Ramassage
from ui.etat.travaux import Travaux


class _Boucle:
    """Un objet que seul le ramasse-miettes peut détruire ; il note sur quel fil."""

    def __init__(self, fils: list[str]) -> None:
        self.moi, self.fils = self, fils

    def __del__(self) -> None:
        self.fils.append(threading.current_thread().name)


@pytest.fixture
def travaux(qtbot: QtBot) -> Iterator[Travaux]:
    """Le fil du coffre."""
    travaux = Travaux(str)
    yield travaux
    travaux.arreter(oublier=True)


@pytest.fixture
def ramassage(qtbot: QtBot) -> Iterator[Ramassage]:
    """Le ramassage d'un poste."""
    ramassage = Ramassage()
    yield ramassage
    ramassage.arreter()


def _allouer(nombre: int = 200_000) -> int:
    return len([[] for _ in range(nombre)])


def _perdre(fils: list[str]) -> None:
    for _ in range(50):
        _Boucle(fils)


def test_le_fil_du_coffre_ne_detruit_rien_de_l_ecran(qtbot: QtBot, travaux: Travaux, ramassage: Ramassage) -> None:
    """Des boucles perdues par l'écran, puis beaucoup d'objets nés sur le fil du coffre : rien n'y est détruit."""
    fils: list[str] = []
    _perdre(fils)
    with qtbot.waitSignal(travaux._rendu):
        travaux.lancer(_allouer)
    assert "perron-coffre" not in fils
    tenus: list[list[int]] = [[] for _ in range(2_000)]  # de quoi passer le seuil de la plus jeune génération
    qtbot.waitUntil(lambda: len(fils) == 50)
    assert set(fils) == {threading.main_thread().name}
    assert tenus


def test_sans_ramassage_le_fil_du_coffre_les_detruirait(qtbot: QtBot, travaux: Travaux) -> None:
    """Le mutant : le même travail, le ramasse-miettes laissé à lui-même."""
    assert gc.isenabled()
    fils: list[str] = []
    _perdre(fils)
    with qtbot.waitSignal(travaux._rendu):
        travaux.lancer(_allouer)
    assert "perron-coffre" in fils


def test_il_ne_reprend_seul_qu_apres_le_dernier_poste(qtbot: QtBot) -> None:
    """Deux postes dans un programme : le premier fermé, l'autre reste protégé ; fermer deux fois n'y change rien."""
    un, autre = Ramassage(), Ramassage()
    un.arreter()
    un.arreter()
    assert not gc.isenabled()
    autre.arreter()
    assert gc.isenabled()


def test_une_lecture_commencee_avant_le_poste_ne_le_remet_pas_en_marche(qtbot: QtBot) -> None:
    """Le registre lit une page, un poste s'ouvre, la page finit : le ramasse-miettes reste tenu."""
    lecture = ExitStack()
    lecture.enter_context(sans_ramasser())
    poste = Ramassage()
    lecture.close()
    assert not gc.isenabled()
    poste.arreter()
    assert gc.isenabled()


def test_mutant_chacun_pour_soi_la_lecture_le_remet_en_marche_sous_le_poste(qtbot: QtBot) -> None:
    """Ce qui se faisait : qui l'avait trouvé en marche l'y remettait ; un autre fil détruisait ceux de l'écran."""
    lecture = ExitStack()
    lecture.callback(gc.enable)
    gc.disable()
    poste = Ramassage()
    lecture.close()
    assert gc.isenabled()
    poste.arreter()


def test_rien_a_ramasser_ne_coute_rien(ramassage: Ramassage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sous les seuils, aucune génération n'est relue ; au-delà, la plus vieille dont le seuil est passé."""
    relues: list[int] = []
    monkeypatch.setattr(gc, "collect", relues.append)
    for comptes in ((700, 10, 10), (701, 0, 0), (5, 11, 0), (5, 0, 11)):
        monkeypatch.setattr(gc, "get_count", lambda comptes=comptes: comptes)
        ramassage.ramasser()
    assert relues == [0, 1, 2]
