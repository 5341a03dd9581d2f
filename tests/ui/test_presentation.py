"""Chaque état de chaque écran, à 100, 150 et 200 % : rien de coupé, rien qui déborde, rien qui se chevauche."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QBoxLayout,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.composants import Bouton, ListePropositions, Pastille, Proposition, colonne, texte
from ui.composants.case_choix import CaseChoix
from ui.composants.dessin_proposition import DessinDeProposition
from ui.composants.tabulation import portes, prend
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import scenes
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence, police

Controle = Callable[[QWidget], Iterator[str]]

CIBLE = 40
ECHELLES = (100, 150, 200)


def visibles(racine: QWidget) -> Iterator[QWidget]:
    """Ce qui se voit sous ``racine``."""
    yield from (w for w in racine.findChildren(QWidget) if w.isVisible() and w.width() and w.height())


def coupes(racine: QWidget) -> Iterator[str]:
    """Les textes qui demandent plus de place qu'ils n'en ont."""
    for etiquette in (w for w in visibles(racine) if isinstance(w, QLabel) and w.text()):
        large, haut = etiquette.width(), etiquette.height()
        if isinstance(etiquette, Pastille) or not etiquette.wordWrap():
            if etiquette.sizeHint().width() > large + 1:
                yield f"coupé en largeur : « {etiquette.text()} » {etiquette.sizeHint().width()} dans {large}"
        elif etiquette.heightForWidth(large) > haut + 1:
            yield f"coupé en hauteur : « {etiquette.text()} » {etiquette.heightForWidth(large)} dans {haut}"
    for bouton in (w for w in visibles(racine) if isinstance(w, QAbstractButton) and w.text()):
        demande = bouton.heightForWidth(bouton.width()) if bouton.hasHeightForWidth() else bouton.sizeHint().height()
        if demande > bouton.height() + 1:
            yield f"bouton coupé en hauteur : « {bouton.text()} » {demande} dans {bouton.height()}"
        if not bouton.hasHeightForWidth() and bouton.sizeHint().width() > bouton.width() + 1:
            yield f"bouton coupé en largeur : « {bouton.text()} »"
        if bouton.hasHeightForWidth():
            plus_long = max(bouton.text().split(), key=len)
            if QFontMetrics(bouton.font()).horizontalAdvance(plus_long) > bouton.width():
                yield f"mot plus large que son bouton : « {plus_long} »"


def lignes_coupees(racine: QWidget) -> Iterator[str]:
    """Les lignes d'une liste dont les mots ne tiennent pas, repliés, dans la hauteur qu'elles ont."""
    for liste in (w for w in visibles(racine) if isinstance(w, ListePropositions)):
        for zone, ligne in _ecrites(liste):
            if (demande := _hauteur(ligne, zone.width())) > zone.height():
                yield f"ligne coupée : « {ligne.titre} » {demande} dans {zone.height()}"


def _ecrites(liste: ListePropositions) -> list[tuple[QRect, Proposition]]:
    """Où la liste écrit chacune de ses lignes."""
    ecrites: list[tuple[QRect, Proposition]] = []

    def noter(_moi: object, _pinceau: object, zone: QRect, _theme: Theme, ligne: Proposition) -> None:
        ecrites.append((zone, ligne))

    with pytest.MonkeyPatch.context() as espion:
        espion.setattr(DessinDeProposition, "_ecrire", noter)
        liste.grab()
    return ecrites


def _hauteur(ligne: Proposition, large: int) -> int:
    """Le titre et son détail, l'un sous l'autre, repliés dans la largeur que l'aide leur laisse."""
    theme, boite = apparence().theme, QRect(0, 0, large * 3 // 5 if ligne.aide else large, 10_000)
    allures = ((ligne.titre, police(theme, gras=not ligne.urgence)), (ligne.detail, police(theme, "petit")))
    pliee = int(Qt.TextFlag.TextWordWrap)
    return sum(QFontMetrics(allure).boundingRect(boite, pliee, mot).height() for mot, allure in allures if mot)


def debordements(racine: QWidget) -> Iterator[str]:
    """Ce qui obligerait à défiler de gauche à droite."""
    for zone in (w for w in visibles(racine) if isinstance(w, QScrollArea)):
        contenu = zone.widget()
        if contenu is not None and contenu.minimumSizeHint().width() > zone.viewport().width():
            yield f"{contenu.minimumSizeHint().width()} dans {zone.viewport().width()}"


def chevauchements(racine: QWidget) -> Iterator[str]:
    """Les frères visibles qui se couvrent l'un l'autre."""
    for parent in (racine, *visibles(racine)):
        if isinstance(parent, QAbstractScrollArea):
            continue
        freres = [w for w in parent.children() if isinstance(w, QWidget) and w.isVisible() and not w.isWindow()]
        for un, autre in combinations(freres, 2):
            commun: QRect = un.geometry().intersected(autre.geometry())
            if commun.width() > 1 and commun.height() > 1:
                yield f"{_dire(un)} et {_dire(autre)} : {commun.width()} sur {commun.height()}"


def trop_petites(racine: QWidget) -> Iterator[str]:
    """Les cibles de moins de 40 pixels."""
    for widget in visibles(racine):
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox) and min(widget.width(), widget.height()) < CIBLE:
            yield f"{_dire(widget)} : {widget.width()} sur {widget.height()}"


def anonymes(racine: QWidget) -> Iterator[str]:
    """Ce que Tab atteint sans que le lecteur d'écran sache le nommer."""
    for widget in visibles(racine):
        prend = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        if prend and not widget.accessibleName().strip():
            yield repr(widget)


def tabulation_brisee(racine: QWidget) -> Iterator[str]:
    """Dans un même cadre, Tab ne remonte jamais vers ce qui est plus haut et plus à gauche."""
    for avant, apres in pairwise(portes(racine)):
        if avant.parentWidget() is not apres.parentWidget():
            continue
        ici, la = avant.mapTo(racine, QPoint(0, 0)), apres.mapTo(racine, QPoint(0, 0))
        if la.y() + apres.height() <= ici.y() + 1 and la.x() <= ici.x():
            yield f"{_dire(avant)} puis {_dire(apres)}"


def hors_de_portee(racine: QWidget) -> Iterator[str]:
    """Ce qui se montre et prend le clavier, et que Tab n'atteint pas."""
    atteints = portes(racine)
    for widget in visibles(racine):
        if prend(widget) and not widget.isWindow() and widget not in atteints:
            yield _dire(widget)


def noms_detournes(racine: QWidget) -> Iterator[str]:
    """Un bouton que le lecteur d'écran, ou la voix, appelle autrement que ce qui est écrit dessus (2.5.3)."""
    for bouton in (w for w in visibles(racine) if isinstance(w, QAbstractButton) and w.text().strip(" —")):
        ecrit = bouton.text().removesuffix("…")
        if not bouton.accessibleName().startswith(ecrit) and not isinstance(bouton, CaseChoix):
            yield f"« {bouton.text()} » dit « {bouton.accessibleName()} »"


def _dire(widget: QWidget) -> str:
    return f"{type(widget).__name__} « {widget.accessibleName() or getattr(widget, 'text', str)()} »"


CONTROLES = (
    coupes,
    lignes_coupees,
    debordements,
    chevauchements,
    trop_petites,
    anonymes,
    tabulation_brisee,
    hors_de_portee,
    noms_detournes,
)


@pytest.mark.parametrize("echelle", ECHELLES)
def test_chaque_etat_se_lit_en_entier(poste: Poste, echelle: int) -> None:
    """Aucun texte coupé, aucun débordement, aucun chevauchement, cibles, noms et tabulation, dans tous les états."""
    apparence().appliquer(Theme(Nom.CLAIR, echelle))
    poste.fenetre.resize(1366, 768)
    joueur = Joueur(poste)
    fautes: list[str] = []
    for nom, vue in scenes(joueur):
        joueur.attendre()
        assert poste.fenetre.width() == 1366, nom
        assert poste.fenetre.minimumSizeHint().width() <= 1366, nom
        fautes += [f"{nom}, {controle.__name__} : {faute}" for controle in CONTROLES for faute in controle(vue)]
    assert fautes == [], "\n".join(fautes)


def etiquette_etroite(page: QWidget) -> None:
    texte("Un mot bien trop long pour sa place", coupe=False).setParent(page)


def lignes_perdues(page: QWidget) -> None:
    etiquette = texte("Une phrase qui demande plusieurs lignes, et n'en a qu'une : le reste ne se voit pas.")
    etiquette.setParent(page)
    etiquette.setFixedSize(120, 20)


def bouton_ecrase(page: QWidget) -> None:
    bouton = Bouton("Imprimer")
    bouton.setParent(page)
    bouton.setFixedSize(30, 20)


def ligne_d_une_hauteur_fixe(page: QWidget) -> None:
    class Fixe(DessinDeProposition):
        def sizeHint(self, *_: object) -> QSize:
            return QSize(100, 46)

    liste = ListePropositions("À faire", parent=page)
    liste.setItemDelegate(Fixe(liste))
    liste.montrer([Proposition("Convocation au tribunal pour le logement, sans recours", lambda: None, "Dossier")])
    liste.setFixedSize(200, 60)


def freres_superposes(page: QWidget) -> None:
    for _ in range(2):
        QLineEdit(page).setGeometry(0, 0, 80, 44)


def zone_debordante(page: QWidget) -> None:
    zone, contenu = QScrollArea(page), QWidget()
    contenu.setLayout(colonne(texte("Une phrase sur une seule ligne, plus large que tout", coupe=False)))
    zone.setWidget(contenu)
    zone.setFixedSize(60, 60)


def ligne_anonyme(page: QWidget) -> None:
    QLineEdit(page).setGeometry(0, 0, 80, 44)


def tabulation_a_rebours(page: QWidget) -> None:
    # Une disposition lue dans un ordre, posée dans l'autre.
    page.setLayout(boite := colonne(QLineEdit(), QLineEdit()))
    boite.setDirection(QBoxLayout.Direction.BottomToTop)


def sous_un_defilement(page: QWidget) -> None:
    # Posé sur un défilement sans être son contenu : rien n'y mène.
    zone = QScrollArea(page)
    zone.setFixedSize(100, 100)
    QLineEdit(zone).setGeometry(0, 0, 80, 44)


def nom_detourne(page: QWidget) -> None:
    bouton = Bouton("Imprimer")
    bouton.setParent(page)
    bouton.setAccessibleName("Lancer l'impression")


@pytest.mark.parametrize(
    ("fauter", "controle"),
    [
        (etiquette_etroite, coupes),
        (lignes_perdues, coupes),
        (bouton_ecrase, coupes),
        (bouton_ecrase, trop_petites),
        (ligne_d_une_hauteur_fixe, lignes_coupees),
        (freres_superposes, chevauchements),
        (zone_debordante, debordements),
        (ligne_anonyme, anonymes),
        (tabulation_a_rebours, tabulation_brisee),
        (sous_un_defilement, hors_de_portee),
        (nom_detourne, noms_detournes),
    ],
)
def test_les_controles_voient_les_fautes(qtbot: QtBot, fauter: Callable[[QWidget], None], controle: Controle) -> None:
    """Chaque contrôle trouve la faute pour laquelle il est fait : sans cela, ne rien trouver ne prouverait rien."""
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(160, 160)
    fauter(page)
    page.show()
    for etiquette in page.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not etiquette.wordWrap():
            etiquette.setFixedWidth(40)
    assert list(controle(page))
