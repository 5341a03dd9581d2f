"""La place de la fenêtre : dans l'écran, celle d'hier, jamais sur un moniteur débranché."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt

import ui
from ui.cadre import place
from ui.cadre.place import Place, ajuster, lire, poser, retenir
from ui.lancement import Poste, montrer
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import scenes

RACINE = Path(ui.__file__).parent.parent
PORTABLE = QRect(0, 0, 1366, 768)
BUREAU = QRect(1366, 0, 1920, 1080)


@pytest.mark.parametrize(("largeur", "hauteur", "entiere"), [(1366, 768, True), (1600, 780, True), (1920, 1080, False)])
def test_la_fenetre_tient_dans_l_ecran(poste: Poste, largeur: int, hauteur: int, entiere: bool) -> None:
    """Son cadre s'ajoute à sa taille : sur un écran juste, elle le remplit, et sa barre du bas se voit."""
    poser(poste.fenetre, None, [QRect(0, 0, largeur, hauteur)])
    assert poste.fenetre.isMaximized() is entiere


@pytest.mark.parametrize(
    ("voulue", "zones", "attendue", "pleine"),
    [
        (QRect(100, 50, 800, 600), [PORTABLE], QRect(100, 50, 800, 600), False),
        (QRect(1500, 100, 1400, 800), [PORTABLE, BUREAU], QRect(1500, 100, 1400, 800), False),
        # Le second moniteur a disparu : elle revient sur le premier, entière.
        (QRect(1500, 100, 1400, 800), [PORTABLE], QRect(0, 0, 1318, 720), True),
        (QRect(-3000, -2000, 800, 600), [PORTABLE], QRect(0, 0, 800, 600), False),
        (QRect(1300, 700, 800, 600), [PORTABLE], QRect(518, 120, 800, 600), False),
        # Grossi deux fois, un petit écran n'a plus que 683 sur 384.
        (QRect(0, 0, 1366, 768), [QRect(0, 0, 683, 384)], QRect(0, 0, 635, 336), True),
    ],
    ids=["elle tient", "au second", "second parti", "ailleurs", "au bord", "grossi"],
)
def test_elle_est_ramenee_dans_un_ecran(voulue: QRect, zones: list[QRect], attendue: QRect, pleine: bool) -> None:
    assert ajuster(voulue, zones) == (attendue, pleine)
    assert any(zone.contains(attendue) for zone in zones)


def test_sa_place_se_retient(poste: Poste) -> None:
    poste.fenetre.move(40, 60)
    poste.fenetre.resize(700, 500)
    retenir(poste.fenetre, poste.session.donnees)
    assert lire(poste.session.donnees) == Place(40, 60, 700, 500)
    poste.fenetre.setGeometry(0, 0, 600, 400)
    montrer(poste)
    assert (poste.fenetre.pos(), poste.fenetre.size()) == (QPoint(40, 60), QSize(700, 500))


def test_agrandie_elle_revient_agrandie_et_sait_sa_taille_d_avant(poste: Poste) -> None:
    zone = QRect(40, 60, 700, 500)
    poste.fenetre.setGeometry(zone)
    poste.fenetre.showMaximized()
    retenir(poste.fenetre, poste.session.donnees)
    lue = lire(poste.session.donnees)
    assert lue == Place(*zone.getRect(), pleine=True)
    poste.fenetre.showNormal()
    poser(poste.fenetre, lue, [PORTABLE])
    assert poste.fenetre.isMaximized()
    poste.fenetre.setWindowState(Qt.WindowState.WindowNoState)
    assert poste.fenetre.size() == zone.size()


@pytest.mark.parametrize(
    "contenu",
    ["", "1 2 3", "a b c d e", "0 0 10 10 0", "0 0 99999 600 0", "99999999 0 800 600 0", "0 0 800 600 0 0"],
    ids=["vide", "court", "lettres", "minuscule", "immense", "loin", "long"],
)
def test_une_place_abimee_n_en_est_pas_une(tmp_path: Path, contenu: str) -> None:
    (tmp_path / "fenetre.place").write_text(contenu)
    assert lire(tmp_path) is None


def test_un_disque_qui_refuse_n_empeche_pas_de_fermer(poste: Poste, tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    retenir(poste.fenetre, tmp_path / "fichier" / "dessous")
    assert lire(tmp_path / "fichier" / "dessous") is None


@pytest.mark.parametrize("echelle", ["1", "1.25", "1.5", "1.75", "2"])
def test_a_toute_echelle_du_systeme_elle_tient(tmp_path: Path, echelle: str) -> None:
    """L'échelle change ce que l'écran compte de pixels : lue dans un vrai processus."""
    programme = (
        "from ui.lancement import montrer, preparer\n"
        "poste = preparer(['perron'])\n"
        "montrer(poste)\n"
        "ecran = poste.fenetre.screen().availableSize()\n"
        "print(poste.fenetre.devicePixelRatio(), ecran.width(), ecran.height(), *poste.fenetre.size().toTuple())\n"
    )
    milieu = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": echelle,
        "PERRON_DONNEES": str(tmp_path),
    }
    fini = subprocess.run(
        [sys.executable, "-c", programme], cwd=RACINE, env=milieu, capture_output=True, text=True, check=True
    )
    ratio, *mesures = (float(un) for un in fini.stdout.split())
    large, haut, fenetre_large, fenetre_haut = mesures
    assert ratio == float(echelle)
    assert fenetre_large <= large
    assert fenetre_haut <= haut


def test_chaque_ecran_tient_dans_un_petit_ecran_grossi_deux_fois(poste: Poste) -> None:
    """1366 sur 768 à 200 % : 683 sur 384 à partager avec la barre de titre. Aucun état n'exige plus."""
    joueur = Joueur(poste)
    trop: list[str] = []
    for nom, _ in scenes(joueur):
        joueur.attendre()
        voulue = poste.fenetre.minimumSizeHint()
        if voulue.width() > 683 or voulue.height() > 384 - place.CADRE:
            trop.append(f"{nom} : {voulue.width()} sur {voulue.height()}")
    assert trop == []


def test_mutant_sans_regarder_les_ecrans(poste: Poste, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remise telle quelle, elle serait sur le moniteur parti."""
    monkeypatch.setattr(place, "ajuster", lambda voulue, _: (voulue, False))
    poser(poste.fenetre, Place(5000, 5000, 800, 600), [PORTABLE])
    assert not PORTABLE.intersects(poste.fenetre.geometry())
