"""Le fil du coffre : ordre, retour au fil de l'écran, erreurs du monde et pannes."""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator

import pytest
from outils_ecran import vider
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.regles.fautes import ErreurUtilisateur
from ui.etat.travaux import Travaux


@pytest.fixture
def travaux(qtbot: QtBot) -> Iterator[Travaux]:
    travaux = Travaux(lambda panne: f"panne {type(panne).__name__}")
    yield travaux
    travaux.arreter()


def test_les_resultats_reviennent_dans_l_ordre_sur_le_fil_de_l_ecran(qtbot: QtBot, travaux: Travaux) -> None:
    """Un seul fil travaille ; l'écran reçoit chez lui."""
    rendus: list[tuple[int, int, int]] = []
    for rang in range(20):
        travaux.lancer(
            lambda r=rang: (r, threading.get_ident()),  # type: ignore[misc]
            lambda r: rendus.append((*r, threading.get_ident())),
        )
    qtbot.waitUntil(lambda: len(rendus) == 20)
    assert [r for r, _, _ in rendus] == list(range(20))
    (fil,) = {f for _, f, _ in rendus}
    assert fil != threading.get_ident()
    assert {ici for _, _, ici in rendus} == {threading.get_ident()}


def test_erreur_du_monde_rend_sa_phrase(qtbot: QtBot, travaux: Travaux) -> None:
    """La phrase de l'erreur, à celui qui la prend."""

    def echouer() -> None:
        raise ErreurUtilisateur("Le fichier manque.")

    phrases: list[str] = []
    travaux.lancer(echouer, echec=phrases.append)
    qtbot.waitUntil(lambda: bool(phrases))
    assert phrases == ["Le fichier manque."]


@pytest.mark.parametrize(
    ("numero", "attendu"), [(errno.ENOSPC, "disque est plein"), (errno.EIO, "disque n'a pas répondu")]
)
def test_disque_qui_refuse_dit_une_phrase(qtbot: QtBot, travaux: Travaux, numero: int, attendu: str) -> None:
    """Une OSError brute n'arrive jamais à l'écran."""

    def echouer() -> None:
        raise OSError(numero, "anglais")

    with qtbot.waitSignal(travaux.erreur) as signal:
        travaux.lancer(echouer)
    assert attendu in signal.args[0]


def test_notre_panne_est_rapportee(qtbot: QtBot, travaux: Travaux) -> None:
    """Une faute de programme passe par le rapport de panne."""
    with qtbot.waitSignal(travaux.erreur) as signal:
        travaux.lancer(lambda: 1 / 0)
    assert signal.args == ["panne ZeroDivisionError"]


def test_seule_la_derniere_recherche_compte(qtbot: QtBot, travaux: Travaux) -> None:
    """Les frappes dépassées ne rendent rien ; la dernière, si."""
    rendus: list[int] = []
    barriere = threading.Event()
    travaux.lancer(barriere.wait)
    for rang in range(10):
        travaux.lancer(lambda r=rang: r, rendus.append, remplace="recherche")  # type: ignore[misc]
    barriere.set()
    qtbot.waitUntil(lambda: rendus != [])
    with qtbot.waitSignal(travaux.occupe, check_params_cb=lambda occupe: not occupe, raising=False, timeout=200):
        pass
    assert rendus == [9]


def test_resultat_perdu_si_son_demandeur_a_disparu(qtbot: QtBot, travaux: Travaux, qapp: object) -> None:
    """Un écran fermé entre-temps ne reçoit rien, et rien ne casse."""
    demandeur, rendus, suite = QObject(), [], []
    barriere = threading.Event()
    travaux.lancer(barriere.wait)
    travaux.lancer(lambda: 1, rendus.append, pour=demandeur)
    travaux.lancer(lambda: 2, suite.append)
    demandeur.deleteLater()
    vider(qapp)  # type: ignore[arg-type]
    barriere.set()
    qtbot.waitUntil(lambda: suite == [2])
    assert rendus == []


def test_arreter_finit_ce_qui_est_demande(qtbot: QtBot) -> None:
    """Rien de ce qui devait s'écrire ne se perd à la fermeture."""
    travaux = Travaux(str)
    faits: list[int] = []
    for rang in range(50):
        travaux.lancer(lambda r=rang: faits.append(r))  # type: ignore[misc]
    travaux.arreter()
    assert faits == list(range(50))


def test_arreter_en_oubliant_ne_rend_plus_rien(qapp: QApplication) -> None:
    """Un résultat reçu après la fermeture relancerait des travaux que plus personne n'arrête."""
    travaux = Travaux(lambda _: "panne")
    faits: list[str] = []
    rendus: list[object] = []
    travaux.lancer(lambda: faits.append("fait"), rendus.append)
    travaux.arreter(oublier=True)
    vider(qapp)
    assert faits == ["fait"]
    assert rendus == []


class _Tenu:
    """Ce qu'un écran laisserait dans sa demande ; il dit sur quel fil il meurt."""

    def __init__(self, morts: list[int]) -> None:
        self._morts = morts

    def __del__(self) -> None:
        self._morts.append(threading.get_ident())

    def rendre(self, _: object = None) -> None:
        """Reçoit un résultat, et n'en fait rien."""


@pytest.mark.parametrize("rate", [False, True])
def test_ce_que_tient_une_demande_meurt_sur_le_fil_de_l_ecran(qtbot: QtBot, travaux: Travaux, rate: bool) -> None:
    """Détruit par le fil du coffre, un objet de Qt tuerait le programme : il ne garde rien d'une demande."""
    morts: list[int] = []

    def faire(tenu: _Tenu) -> None:
        tenu.rendre()
        if rate:
            raise ErreurUtilisateur("raté")

    def demander(tenu: _Tenu, revenus: list[object]) -> None:
        travaux.lancer(lambda: faire(tenu), lambda _: revenus.append(tenu), lambda _: revenus.append(tenu))

    for _ in range(50):
        revenus: list[object] = []
        demander(_Tenu(morts), revenus)
        qtbot.waitUntil(lambda: revenus != [])  # noqa: B023
        revenus.append(None)
        # Le fil du coffre passe à autre chose : c'est là qu'il lâchait la demande d'avant.
        travaux.lancer(lambda: None, revenus.append)
        qtbot.waitUntil(lambda: len(revenus) == 3)  # noqa: B023
    revenus = []
    assert len(morts) == 50
    assert set(morts) == {threading.get_ident()}


def test_un_fil_dont_l_ecran_a_disparu_ne_rend_rien_et_s_arrete(qapp: QApplication) -> None:
    """Fermé sans ``arreter``, il finit ce qu'il a et se tait : parler à ce qui n'est plus tuerait le programme."""
    parent, rendus = QObject(), []
    travaux, barriere = Travaux(str, parent), threading.Event()
    fil = next(un for un in threading.enumerate() if un.name == "perron-coffre")
    travaux.lancer(barriere.wait, rendus.append)
    travaux.lancer(lambda: 1, rendus.append)
    parent.deleteLater()
    vider(qapp)
    barriere.set()
    fil.join(10)
    vider(qapp)
    assert not fil.is_alive()
    assert rendus == []
