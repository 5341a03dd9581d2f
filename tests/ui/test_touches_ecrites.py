"""Chaque touche écrite sur un bouton fait ce que fait le bouton, le clavier dans une zone de frappe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import pytest
from outils_dossier import creer, ouvrir
from outils_ecran import au_repos, montrer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.cadre.contradictions import HORS_DU_DOSSIER
from ui.composants import Bouton
from ui.ecrans import declares
from ui.lancement import Poste

ECRANS = sorted(set(declares()) - {"ouverture"})
_INIT = Bouton.__init__
_ENTREE = ("Return", "Enter")
"""La touche d'un formulaire ou d'une question : elle est à la réponse d'abord, éprouvée avec elle."""


def _code(geste: Any) -> CodeType:
    fonction = getattr(geste, "__func__", geste)
    while hasattr(fonction, "func"):
        fonction = getattr(fonction.func, "__func__", fonction.func)
    code: CodeType = fonction.__code__
    return code


@pytest.fixture(autouse=True)
def _gestes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chaque bouton se souvient du geste qu'on lui a donné."""

    def preparer(
        soi: Any, libelle: str, action: Callable[[], object] | None = None, *reste: Any, **autres: Any
    ) -> None:
        _INIT(soi, libelle, action, *reste, **autres)
        soi.geste_d_essai = action

    monkeypatch.setattr(Bouton, "__init__", preparer)


@pytest.fixture(autouse=True)
def _dialogues_du_systeme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Où enregistrer, sur quelle imprimante : ces dialogues attendraient une personne."""
    monkeypatch.setattr("ui.composants.fichiers._demander", lambda boite: boite.deleteLater())
    monkeypatch.setattr("ui.ecrans.imprimer.boite.files", list)


def faits(presser: Callable[[], object]) -> set[CodeType]:
    """Les fonctions appelées pendant ce geste."""
    vues: set[CodeType] = set()

    def noter(cadre: FrameType, quoi: str, _: object) -> None:
        if quoi == "call":
            vues.add(cadre.f_code)

    avant = sys.getprofile()
    sys.setprofile(noter)
    try:
        presser()
    finally:
        sys.setprofile(avant)
    return vues


def boutons(poste: Poste) -> Iterator[Bouton]:
    """Ceux qui montrent une touche et peuvent se presser : de l'écran, et des barres, une fois, à l'accueil.

    Une touche seule (« 1 ») est à la réponse qui a le clavier, pas à la fenêtre : elle s'éprouve avec elle.
    """
    racine = poste.fenetre if poste.fenetre.ecran == "accueil" else poste.fenetre.pile.currentWidget()
    assert racine is not None
    for bouton in racine.findChildren(Bouton):
        if bouton.isVisible() and bouton.isEnabled() and len(bouton.touche) > 1 and bouton.touche not in _ENTREE:
            yield bouton


def en_frappe(poste: Poste) -> QWidget:
    """Une zone de frappe de l'écran, ou une posée là s'il n'en a pas : le clavier y est."""
    ecran = poste.fenetre.pile.currentWidget()
    assert ecran is not None
    zones = [z for z in ecran.findChildren(QLineEdit) if z.isVisible() and z.isEnabled()]
    zone = zones[0] if zones else QLineEdit(ecran)
    zone.show()
    zone.setFocus()
    return zone


def presser(touche: str, zone: QWidget) -> None:
    combinaison = QKeySequence(touche)[0]
    QTest.keyClick(zone, combinaison.key(), combinaison.keyboardModifiers())


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise|grabbing)", extend=True)
@pytest.mark.parametrize("nom", ECRANS)
def test_la_touche_fait_ce_que_fait_le_bouton(poste_ouvert: Poste, qtbot: QtBot, nom: str) -> None:
    """L'écran, tel qu'il paraît dossier ouvert : chaque touche, une à une, l'écran remis entre deux."""
    poste = poste_ouvert
    montrer(qtbot, poste.fenetre)
    dossier = creer(qtbot, poste, demandeur={"nom": "Hamidi", "prenoms": "Zahra"})

    def remettre() -> None:
        if nom in ("accueil", "triage"):
            poste.fenetre.aller(nom)
        else:
            ouvrir(qtbot, poste, dossier, "demandeur.nom" if nom == "entretien" else "")
            poste.fenetre.aller(nom, {"dossier": dossier, "chemin": "demandeur.nom"} if nom == "entretien" else {})
            if nom == "entretien":
                # Une touche a pu l'effacer : celles d'une réponse donnée doivent encore se montrer.
                poste.session.modifier({"demandeur.nom": "Hamidi"})
        qtbot.wait(30)
        au_repos(qtbot, poste)

    remettre()
    touches = sorted({bouton.touche for bouton in boutons(poste)})
    assert touches, "l'écran n'a aucun bouton qui montre sa touche"
    muettes = []
    for touche in touches:
        remettre()
        # Un aperçu se compose à côté : le bouton s'allume quand il est prêt.
        qtbot.waitUntil(lambda touche=touche: touche in {b.touche for b in boutons(poste)})
        voulus = [b for b in boutons(poste) if b.touche == touche]
        codes = {_code(b.geste_d_essai) for b in voulus}  # type: ignore[attr-defined]
        zone = en_frappe(poste)
        vues = faits(lambda touche=touche, zone=zone: presser(touche, zone))  # type: ignore[misc]
        if touche == "F12":
            assert poste.couverture.couverte
            poste.couverture._decouvrir()
            poste.session.rouvrir("quatre mots sans lien", lambda: None, pytest.fail)
            au_repos(qtbot, poste)
        elif not codes & vues and not (touche == "Ctrl+K" and _ouverte(poste)) and not _action(poste, touche, vues):
            muettes.append(touche)
        if (menu := QApplication.activePopupWidget()) is not None:
            # Un bouton qui ouvre un menu : il prendrait la touche suivante.
            menu.close()
            montrer(qtbot, poste.fenetre)
        if poste.fenetre.isHidden():
            montrer(qtbot, poste.fenetre)
    assert muettes == []


def _ouverte(poste: Poste) -> bool:
    from ui.cadre.palette import Palette

    return bool(poste.fenetre.findChildren(Palette))


def _action(poste: Poste, touche: str, vues: set[CodeType]) -> bool:
    """Un bouton qui montre la touche d'une action de la fenêtre : l'action a été faite."""
    actions = poste.fenetre.actions_offertes.values()
    return any(_code(a.faire) in vues for a in actions if a.raccourci == touche)


def test_l_epreuve_voit_une_touche_morte(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le mutant : une touche écrite que rien ne pose."""
    montrer(qtbot, poste_ouvert.fenetre)
    ecran = poste_ouvert.fenetre.pile.currentWidget()
    morte = Bouton("Morte", lambda: None, montre="Ctrl+J", parent=ecran)
    morte.show()
    vues = faits(lambda: presser("Ctrl+J", en_frappe(poste_ouvert)))
    assert _code(morte.geste_d_essai) not in vues  # type: ignore[attr-defined]


def _sens(geste: Any) -> object:
    """Ce que fait ce geste : sa fonction ; d'un signal émis, le signal et ce qu'il porte."""
    try:
        return _code(geste)
    except AttributeError:
        return repr(geste)


PAGES = (
    "demandeur.nom",
    "logement_actuel.statut",
    "expulsion.etape",
    "foyer.personnes",
    "demande.motifs",
    "pieces",
    "fin",
)


@pytest.mark.parametrize("page", [*ECRANS, *(f"entretien {champ}" for champ in PAGES)])
def test_une_touche_n_a_qu_un_sens_par_page(poste_ouvert: Poste, qtbot: QtBot, page: str) -> None:
    """Bande des contradictions comprise : deux boutons qui montrent la même touche font la même chose."""
    poste = poste_ouvert
    montrer(qtbot, poste.fenetre)
    nom, _, champ = page.partition(" ")
    dossier = creer(
        qtbot,
        poste,
        demandeur={"nom": "Hamidi", "prenoms": "Zahra"},
        triage={"papier_huissier": "jugement"},
        demande={"deja_enregistree": False, "type": "renouvellement"},
    )
    ouvrir(qtbot, poste, dossier, champ)
    poste.fenetre.aller(nom, {"dossier": dossier, "chemin": champ} if champ else {})
    au_repos(qtbot, poste)
    qtbot.wait(30)
    sens: dict[str, set[object]] = {}
    for bouton in poste.fenetre.findChildren(Bouton):
        if bouton.isVisible() and bouton.isEnabled() and len(bouton.touche) > 1 and bouton.touche not in _ENTREE:
            sens.setdefault(bouton.touche, set()).add(_sens(bouton.geste_d_essai))
    assert nom in HORS_DU_DOSSIER or "Alt+1" in sens, "la bande est là"
    assert {touche: codes for touche, codes in sens.items() if len(codes) > 1} == {}
