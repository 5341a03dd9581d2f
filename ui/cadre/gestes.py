"""Les gestes offerts partout : aller à chaque écran déclaré, et ceux du poste. Ajouter un geste : une ligne ici."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from ui.cadre.actions import Action, PasEncore
from ui.cadre.aide import aider, ouvrir_l_aide
from ui.cadre.retours import annuler, refaire
from ui.ecrans import Offert, offerts
from ui.ecrans.base import Ecran
from ui.etat.allure import changer
from ui.etat.preferences import DELAIS
from ui.mots.reglages import THEMES
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from ui.cadre.couverture import Couverture
    from ui.cadre.fenetre import Fenetre
    from ui.cadre.palette import Palette

_MOTS_DU_THEME = {
    "clair": "couleurs jour blanc apparence affichage",
    "sombre": "couleurs noir nuit apparence affichage",
    "contraste": "couleurs malvoyant vue accessibilite apparence affichage",
    "systeme": "couleurs automatique ordinateur suivre apparence affichage",
}
_PLUS = "police lettres plus grand grande gros grosse grossir zoom loupe taille lire"
_MOINS = "police lettres plus petit petite moins rapetisser diminuer zoom taille"
PAS_ENCORE = (PasEncore("tenir la séance d'une commission d'attribution", "seance proces-verbal pv quorum"),)
"""Ce qu'un agent cherche et que Perron ne fait pas encore ; une entrée part avec l'issue qui construit la sienne."""


def poser(fenetre: Fenetre, couverture: Couverture) -> None:
    """Offre tous les gestes dans ``fenetre``."""
    for action in (
        *_metier(fenetre),
        *_recherche(fenetre),
        *_poste(fenetre, couverture),
        *_aide(fenetre),
        *_affichage(fenetre),
    ):
        fenetre.ajouter_action(action)
    session = fenetre.session
    session.ouvert.connect(partial(_dire_le_provisoire, fenetre))
    session.agent_change.connect(partial(_dire_le_provisoire, fenetre))


def _dire_le_provisoire(fenetre: Fenetre) -> None:
    """Quelqu'un d'autre connaît le mot de passe de qui entre : il le sait, et le change d'un geste."""
    compte = fenetre.session.compte
    if compte is not None and compte.provisoire:
        from ui.mots.agents import PROVISOIRE

        fenetre.bandeau.dire(PROVISOIRE, Ton.JOUR, "Le changer", partial(_changer_le_provisoire, fenetre))


def _changer_le_provisoire(fenetre: Fenetre) -> None:
    fenetre.bandeau.taire()
    fenetre.aller("agents", {"changer": True})


def _nouvelle_demande(fenetre: Fenetre) -> None:
    """La touche qui rebondit ne fait pas perdre l'identité qui se tape déjà."""
    ecran = fenetre.pile.currentWidget()
    if not (isinstance(ecran, Ecran) and ecran.commence_deja()):
        fenetre.aller("accueil", {"nouvelle": True})


def _metier(fenetre: Fenetre) -> tuple[Action, ...]:
    """Aller à chaque écran qui s'offre partout, et commencer une demande."""

    def vers(nom: str) -> Callable[[], object]:
        return lambda: fenetre.aller(nom)

    def lit(genre: str) -> Callable[[], bool]:
        return lambda: not genre or genre in fenetre.session.genres

    return (
        *(
            Action(un.nom, un.libelle, vers(un.nom), un.touche, un.icone, un.detail, mots=un.mots, si=lit(un.lit))
            for un in offerts(Offert.PARTOUT)
        ),
        Action(
            "nouvelle_demande",
            "Nouvelle demande",
            partial(_nouvelle_demande, fenetre),
            "Ctrl+N",
            "user-plus",
            "après la recherche de doublon",
            mots="creer ouvrir commencer inscrire dossier nouveau ajouter",
        ),
        Action(
            "annuler",
            "Annuler la dernière réponse",
            partial(annuler, fenetre),
            "Ctrl+Z",
            "rotate-ccw",
            "dans ce dossier",
            mots="defaire retour arriere erreur",
        ),
        Action(
            "refaire",
            "Refaire ce qui a été annulé",
            partial(refaire, fenetre),
            "Ctrl+Y",
            "corner-down-right",
            mots="retablir remettre",
        ),
        Action(
            "discret",
            "Rendre le dossier discret",
            fenetre.rendre_discret,
            "Ctrl+Shift+D",
            "shield",
            "sans motif",
            mots="cacher proteger secret confidentiel masquer",
        ),
    )


def _recherche(fenetre: Fenetre) -> tuple[Action, ...]:
    return (
        Action("palette", "Rechercher : dossier, action", lambda: ouvrir_palette(fenetre), "Ctrl+K", "search"),
        Action(
            "chercher",
            "Chercher un dossier",
            partial(_chercher, fenetre),
            "Ctrl+F",
            "search",
            "la recherche de l'écran, ou la palette",
            mots="trouver rechercher nom personne",
        ),
    )


def _poste(fenetre: Fenetre, couverture: Couverture) -> tuple[Action, ...]:
    return (
        # La touche F12 elle-même est prise par Couverture, même dans un dialogue.
        Action(
            "neutre",
            "Page neutre",
            couverture.cacher,
            "",
            "calendar",
            "F12, partout",
            ouvert=False,
            mots="cacher couvrir masquer ecran",
        ),
        Action(
            "verrouiller",
            "Verrouiller le poste",
            couverture.verrouiller,
            "Ctrl+L",
            "lock",
            mots="fermer deconnecter pause partir absence",
        ),
        Action(
            "changer_agent",
            "Changer d'agent",
            couverture.changer_d_agent,
            "",
            "user",
            "verrouille, l'autre agent tape son mot de passe",
            mots="compte utilisateur collegue session basculer deconnecter",
            si=lambda: len(fenetre.session.agents()) > 1,
        ),
        Action(
            "menu_agent",
            "Menu de l'agent",
            lambda: _menu(fenetre),
            "Ctrl+M",
            "user",
            "affichage, délai de verrouillage",
            ouvert=False,
            mots="profil affichage verrouillage",
        ),
        Action(
            "quitter",
            "Quitter Perron",
            fenetre.close,
            "Ctrl+Q",
            "x",
            ouvert=False,
            mots="fermer arreter sortir eteindre",
        ),
    )


def _aide(fenetre: Fenetre) -> tuple[Action, ...]:
    return (
        Action(
            "aide",
            "Aide de cet écran",
            partial(aider, fenetre),
            "F1",
            "circle-question-mark",
            ouvert=False,
            mots="comment pourquoi manuel mode emploi",
        ),
        Action(
            "touches",
            "Touches de cet écran",
            partial(ouvrir_l_aide, fenetre),
            "",
            "circle-question-mark",
            ouvert=False,
            mots="raccourcis clavier",
        ),
    )


def _affichage(fenetre: Fenetre) -> tuple[Action, ...]:
    def theme(nom: str) -> Callable[[], object]:
        return lambda: changer(fenetre.session, theme=nom)

    def crans(nombre: int) -> Callable[[], object]:
        return lambda: changer(fenetre.session, echelle=apparence().voulu.agrandi(nombre).echelle)

    return (
        *(
            Action(
                f"theme_{nom}",
                f"Thème : {mot.lower()}",
                theme(nom),
                "",
                "contrast",
                ouvert=False,
                mots=_MOTS_DU_THEME[nom],
            )
            for nom, mot in THEMES.items()
        ),
        Action("agrandir", "Agrandir le texte", crans(1), "Ctrl++", "a-large-small", ouvert=False, mots=_PLUS),
        Action("reduire", "Réduire le texte", crans(-1), "Ctrl+-", "a-large-small", ouvert=False, mots=_MOINS),
        Action(
            "taille_normale", "Texte à 100 %", crans(0), "Ctrl+0", "a-large-small", ouvert=False, mots="zoom taille"
        ),
    )


def _chercher(fenetre: Fenetre) -> None:
    if not fenetre.chercher_ici():
        ouvrir_palette(fenetre)


def ouvrir_palette(fenetre: Fenetre) -> None:
    """Ouvre la palette, une seule à la fois."""
    from ui.cadre.palette import Palette

    for deja in fenetre.findChildren(Palette):
        deja.close()
    palette(fenetre).open()


def palette(fenetre: Fenetre) -> Palette:
    """La palette de cette fenêtre, à ouvrir : toutes ses actions, sauf celle qui l'ouvre."""
    from ui.cadre.palette import Palette

    actions = [a for a in fenetre.actions_possibles() if a.id != "palette"]

    def ouvrir(dossier: str) -> object:
        return fenetre.aller("entretien", {"dossier": dossier})

    return Palette(fenetre, fenetre.session, actions, ouvrir, PAS_ENCORE)


def _menu(fenetre: Fenetre) -> None:
    bouton = fenetre.barre_haute.agent
    menu = menu_agent(fenetre)
    menu.popup(bouton.mapToGlobal(bouton.rect().bottomLeft()))


def menu_agent(fenetre: Fenetre) -> QMenu:
    """Le menu de l'agent : affichage, délai de verrouillage, réglages, verrouiller, quitter."""
    menu = QMenu(fenetre)
    menu.setAccessibleName("Menu de l'agent")
    menu.aboutToHide.connect(menu.deleteLater)
    for nom in THEMES:
        # Le thème d'aujourd'hui se voit et se dit : coché.
        fenetre.geste(f"theme_{nom}").setCheckable(True)
        fenetre.geste(f"theme_{nom}").setChecked(fenetre.session.preferences.theme == nom)
    for identifiant in (*(f"theme_{nom}" for nom in THEMES), "", "agrandir", "reduire", "taille_normale", ""):
        _ajouter(menu, fenetre, identifiant)
    _delais(menu, fenetre)
    comptes = ("agents", *(("changer_agent",) if len(fenetre.session.agents()) > 1 else ()))
    for identifiant in ("", "reglages", *comptes, "", "verrouiller", "neutre", "quitter"):
        _ajouter(menu, fenetre, identifiant)
    return menu


def _ajouter(menu: QMenu, fenetre: Fenetre, identifiant: str) -> None:
    """Rien de ce que le poste verrouillé refuserait : une ligne qui ne répond pas passe pour une panne."""
    if not identifiant:
        menu.addSeparator()
    elif (geste := fenetre.geste(identifiant)).isEnabled():
        menu.addAction(geste)


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
