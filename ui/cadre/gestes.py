"""Les gestes offerts partout : aller à chaque écran déclaré, et ceux du poste. Ajouter un geste : une ligne ici."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ui.cadre.actions import Action
from ui.cadre.retours import annuler, refaire
from ui.ecrans import Offert, offerts
from ui.etat.preferences import DELAIS
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from ui.cadre.couverture import Couverture
    from ui.cadre.fenetre import Fenetre
    from ui.cadre.palette import Palette

THEMES = {Nom.CLAIR: "Clair", Nom.SOMBRE: "Sombre", Nom.CONTRASTE: "Contraste élevé"}


def poser(fenetre: Fenetre, couverture: Couverture) -> None:
    """Offre tous les gestes dans ``fenetre``."""
    for action in (*_metier(fenetre), *_poste(fenetre, couverture), *_affichage(fenetre)):
        fenetre.ajouter_action(action)


def _metier(fenetre: Fenetre) -> tuple[Action, ...]:
    """Aller à chaque écran qui s'offre partout, et commencer une demande."""

    def vers(nom: str, **arguments: object) -> Callable[[], object]:
        return lambda: fenetre.aller(nom, arguments)

    return (
        *(Action(un.nom, un.libelle, vers(un.nom), un.touche, un.icone, un.detail) for un in offerts(Offert.PARTOUT)),
        Action(
            "nouvelle_demande",
            "Nouvelle demande",
            vers("accueil", nouvelle=True),
            "Ctrl+N",
            "user-plus",
            "après la recherche de doublon",
        ),
        Action(
            "annuler",
            "Annuler la dernière réponse",
            partial(annuler, fenetre),
            "Ctrl+Z",
            "rotate-ccw",
            "dans ce dossier",
        ),
        Action("refaire", "Refaire ce qui a été annulé", partial(refaire, fenetre), "Ctrl+Y", "corner-down-right"),
        Action("discret", "Rendre le dossier discret", fenetre.rendre_discret, "Ctrl+Shift+D", "shield", "sans motif"),
    )


def _poste(fenetre: Fenetre, couverture: Couverture) -> tuple[Action, ...]:
    return (
        Action("palette", "Rechercher : dossier, action", lambda: palette(fenetre).open(), "Ctrl+K", "search"),
        # La touche F12 elle-même est prise par Couverture, même dans un dialogue.
        Action("neutre", "Page neutre", couverture.cacher, "", "calendar", "F12, partout", ouvert=False),
        Action("verrouiller", "Verrouiller le poste", couverture.verrouiller, "Ctrl+L", "lock"),
        Action("menu_agent", "Menu de l'agent", lambda: _menu(fenetre), "Ctrl+M", "user", ouvert=False),
        Action("quitter", "Quitter Perron", fenetre.close, "Ctrl+Q", "x", ouvert=False),
    )


def _affichage(fenetre: Fenetre) -> tuple[Action, ...]:
    def theme(nom: Nom) -> Callable[[], object]:
        return lambda: _changer(fenetre, Theme(nom, apparence().theme.echelle))

    def crans(nombre: int) -> Callable[[], object]:
        return lambda: _changer(fenetre, apparence().theme.agrandi(nombre))

    return (
        *(
            Action(f"theme_{nom.value}", f"Thème : {mot.lower()}", theme(nom), "", "contrast", ouvert=False)
            for nom, mot in THEMES.items()
        ),
        Action("agrandir", "Agrandir le texte", crans(1), "Ctrl++", "a-large-small", ouvert=False),
        Action("reduire", "Réduire le texte", crans(-1), "Ctrl+-", "a-large-small", ouvert=False),
        Action("taille_normale", "Texte à 100 %", crans(0), "Ctrl+0", "a-large-small", ouvert=False),
    )


def _changer(fenetre: Fenetre, theme: Theme) -> None:
    apparence().appliquer(theme)
    session = fenetre.session
    session.regler(session.preferences._replace(theme=theme.nom.value, echelle=theme.echelle))


def palette(fenetre: Fenetre) -> Palette:
    """La palette de cette fenêtre, à ouvrir : toutes ses actions, sauf celle qui l'ouvre."""
    from ui.cadre.palette import Palette

    actions = [a for a in fenetre.actions_offertes.values() if a.id not in ("palette", "menu_agent")]
    return Palette(fenetre, fenetre.session, actions, lambda dossier: fenetre.aller("entretien", {"dossier": dossier}))


def _menu(fenetre: Fenetre) -> None:
    bouton = fenetre.barre_haute.agent
    menu = menu_agent(fenetre)
    menu.popup(bouton.mapToGlobal(bouton.rect().bottomLeft()))


def menu_agent(fenetre: Fenetre) -> QMenu:
    """Le menu de l'agent : affichage, délai de verrouillage, verrouiller, quitter."""
    menu = QMenu(fenetre)
    menu.setAccessibleName("Menu de l'agent")
    menu.aboutToHide.connect(menu.deleteLater)
    for identifiant in (*(f"theme_{nom.value}" for nom in THEMES), "", "agrandir", "reduire", "taille_normale", ""):
        _ajouter(menu, fenetre, identifiant)
    _delais(menu, fenetre)
    for identifiant in ("", "verrouiller", "neutre", "quitter"):
        _ajouter(menu, fenetre, identifiant)
    return menu


def _ajouter(menu: QMenu, fenetre: Fenetre, identifiant: str) -> None:
    if identifiant:
        menu.addAction(fenetre.geste(identifiant))
    else:
        menu.addSeparator()


def _delais(menu: QMenu, fenetre: Fenetre) -> None:
    sous_menu = menu.addMenu("Verrouiller après une absence")
    groupe = QActionGroup(sous_menu)
    session = fenetre.session
    for minutes in DELAIS:
        choix = QAction(f"{minutes} minutes", groupe, checkable=True)
        choix.setChecked(minutes == session.preferences.verrou_minutes)
        choix.triggered.connect(
            lambda _=False, m=minutes: session.regler(session.preferences._replace(verrou_minutes=m))
        )
        sous_menu.addAction(choix)
