"""Les gestes communs des essais du triage et de l'entretien : ouvrir un dossier, y aller, attendre le bilan exact."""

from __future__ import annotations

from typing import Any, cast

from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.etat.atelier import Atelier, atelier_de
from ui.lancement import Poste

TERRITOIRE = "metropole-exemple"
ENFANT = "0190a201-0000-7000-8000-000000000001"


def equiper(qtbot: QtBot, poste: Poste) -> Atelier:
    """Charge le droit et le territoire."""
    atelier = atelier_de(poste.session)
    with qtbot.waitSignal(atelier.pret):
        atelier.preparer()
    return atelier


def creer(qtbot: QtBot, poste: Poste, **contenu: Any) -> str:
    """Crée un dossier et rend son identifiant ; il n'est pas laissé ouvert."""
    crees: list[str] = []
    poste.session.creer_dossier({"territoire": TERRITOIRE, **contenu}, crees.append)
    qtbot.waitUntil(lambda: bool(crees))
    poste.session.fermer_dossier()
    return crees[0]


def ouvrir(qtbot: QtBot, poste: Poste, dossier: str, chemin: str = "") -> EcranEntretien:
    """Ouvre l'entretien d'un dossier, à la question de ``chemin`` s'il est donné."""
    equiper(qtbot, poste)
    ecran = cast(EcranEntretien, poste.fenetre.aller("entretien", {"dossier": dossier, "chemin": chemin}))
    qtbot.waitUntil(lambda: ecran.etape is not None)
    au_repos(qtbot, poste)
    return ecran


def posee(qtbot: QtBot, poste: Poste) -> None:
    """Attend que la page ne bouge plus : les écritures, le calcul à côté, qui peut ajouter des champs, et le dessin."""
    calcul = atelier_de(poste.session)._calcul
    qtbot.waitUntil(lambda: calcul is None or not calcul._en_cours)
    au_repos(qtbot, poste)


def ecrit(qtbot: QtBot, poste: Poste, dossier: str) -> dict[str, Any]:
    """Le document tel qu'il est sur le disque."""
    au_repos(qtbot, poste)
    lus: list[dict[str, Any]] = []
    poste.session.avec_coffre(lambda coffre: coffre.lire(dossier), lus.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lus))
    return lus[0]


def frappes(qtbot: QtBot, poste: Poste, dossier: str) -> dict[str, str]:
    """Les brouillons d'un dossier, par chemin."""
    au_repos(qtbot, poste)
    lus: list[Any] = []
    poste.session.avec_coffre(lambda coffre: coffre.brouillons(dossier), lus.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lus))
    return {brouillon.chemin: brouillon.texte for brouillon in lus[0]}


def ici(ecran: EcranEntretien) -> str:
    """Le champ qui a le clavier, sur une page qui en a plusieurs ; sinon la question montrée."""
    page = ecran.pages.courante
    if isinstance(page, PageChamps):
        return page.ici
    assert ecran.etape is not None
    return ecran.etape.vues[0].chemin
