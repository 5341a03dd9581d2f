"""La palette Ctrl+K et les raccourcis de la fenêtre."""

from __future__ import annotations

import pytest
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ui.cadre.actions import PasEncore
from ui.cadre.aide import Aide
from ui.cadre.gestes import PAS_ENCORE, menu_agent
from ui.cadre.palette import RIEN, Palette, plier
from ui.ecrans import Offert, declares, offerts
from ui.etat import preferences
from ui.lancement import Poste
from ui.mots.trouver import trouver
from ui.theme import Nom
from ui.theme.apparence import apparence

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def palette(poste_garni: Poste, qtbot: QtBot) -> Palette:
    montrer(qtbot, poste_garni.fenetre)
    presser(Qt.Key.Key_K, CTRL)
    (ouverte,) = poste_garni.fenetre.findChildren(Palette)
    qtbot.waitUntil(ouverte.saisie.ligne.hasFocus)
    return ouverte


def titres(palette: Palette) -> list[str]:
    return [palette.liste.valeur(r).titre for r in range(palette.liste.count())]


def test_ctrl_k_ouvre_la_palette_avec_toutes_les_actions(palette: Palette, poste_garni: Poste) -> None:
    """Rien de tapé : les actions, sauf la palette elle-même ; Entrée n'en fait aucune."""
    assert "Premier contact" in titres(palette)
    assert poste_garni.fenetre.actions_offertes["palette"].libelle not in titres(palette)
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    assert palette.isVisible()
    assert poste_garni.fenetre.ecran == "accueil"


def test_une_action_se_trouve_sans_accent_et_se_fait(qtbot: QtBot, palette: Palette) -> None:
    """« theme sombre », Entrée : le thème change et la palette se ferme."""
    taper("theme sombre", palette.saisie.ligne)
    assert titres(palette) == ["Thème : sombre"]
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    qtbot.waitUntil(lambda: apparence().theme.nom is Nom.SOMBRE)


@pytest.mark.parametrize(
    ("tape", "choisie"),
    [
        ("agents", "Agents et mot de passe"),
        ("agents et", "Agents et mot de passe"),
        # Deux noms commencent ainsi, ou aucun : c'est à l'agent de choisir.
        ("theme", ""),
        ("a", ""),
        ("mot", ""),
    ],
)
def test_entree_prend_la_seule_dont_le_nom_commence_ainsi(
    palette: Palette, poste_garni: Poste, qtbot: QtBot, tape: str, choisie: str
) -> None:
    """Une autre, plus bas, répond par ses synonymes : taper le nom suffit quand même."""
    taper(tape, palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert len(palette._trouvees) > 1
    courante = palette.liste.courante()
    assert (courante.titre if courante is not None else "") == choisie


MOTS = {
    "supprimer": "Supprimer",
    "effacer ce dossier": "Supprimer",
    "exporter": "Imprimer",
    "agent": "Menu de l'agent",
    "aide": "Aide de cet écran",
    "imprimer": "Imprimer",
    "pdf": "Imprimer",
    "liste des dossiers": "Retour à l'accueil",
    "thème": "Thème",
    "sombre": "Thème : sombre",
    "police plus grande": "Agrandir le texte",
    "verrouiller": "Verrouiller",
    "quitter": "Quitter",
    "raccourcis": "Touches",
    "corbeille": "Dossiers supprimés",
    "115": "Premier contact",
    "gestes": "Orientation",
    "note": "Cotation",
    "mes droits": "Droits des personnes",
    "parametres": "Réglages de ce poste",
    "convocation": "Donner un rendez-vous",
    "rappel": "Rendez-vous",
    "caleol": "Candidats d'un logement",
    "désigner": "Candidats d'un logement",
}


@pytest.mark.parametrize(("tape", "trouve"), MOTS.items())
def test_les_mots_de_tous_les_jours_trouvent(
    palette: Palette, poste_garni: Poste, qtbot: QtBot, tape: str, trouve: str
) -> None:
    """Constat 25 : ce qu'un agent cherche se trouve en premier, par le mot qu'il emploie."""
    taper(tape, palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert any(titre.startswith(trouve) for titre in titres(palette)[: len(palette._trouvees)]), titres(palette)


def test_les_synonymes_sont_aux_actions(poste_garni: Poste) -> None:
    """Chaque écran offert dit d'autres mots que les siens, et ce qu'on y fait."""
    assert [un.nom for un in offerts(Offert.PARTOUT) if not un.mots] == []
    assert [un.nom for un in declares().values() if not un.aide] == []
    assert {un.mots for un in offerts(Offert.PARTOUT)} <= {
        a.mots for a in poste_garni.fenetre.actions_offertes.values()
    }


def test_ce_que_perron_ne_sait_pas_encore_se_dit(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Une phrase, jamais un bouton mort ; rien n'y est aujourd'hui."""
    palette._pas_encore = (PasEncore("jouer de l'accordéon", "soufflet"),)
    taper("soufflet", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert palette.constat.isVisible()
    assert "ne sait pas encore" in palette.constat.text()
    assert "jouer de l'accordéon" in palette.constat.text()
    assert trouver("soufflet", palette._actions) == []


@pytest.mark.parametrize("tape", ["mot de passe", "mdp", "comptes", "collègue", "agents"])
def test_les_comptes_se_trouvent_par_leurs_mots(palette: Palette, tape: str) -> None:
    assert "agents" in {action.id for action in trouver(tape, palette._actions)}


def test_ce_qui_est_encore_a_venir_n_est_pas_deja_une_action(poste_garni: Poste) -> None:
    """Une entrée part quand l'issue construit la sienne."""
    libelles = {action.libelle for action in poste_garni.fenetre.actions_offertes.values()}
    assert not libelles & {un.libelle for un in PAS_ENCORE}


def test_rien_trouve_se_dit(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Écrit (et annoncé) ; Entrée laisse corriger."""
    taper("zzyzxq", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert (palette.constat.text(), titres(palette)) == (RIEN, [])
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    assert palette.isVisible()


def test_une_personne_n_est_jamais_a_une_entree_de_distance(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Constat 40 : un nom tapé ne choisit personne ; il faut une flèche. Les dossiers viennent après les actions."""
    taper("moreau", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert titres(palette)[0].startswith("Dossier ")
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert poste_garni.fenetre.ecran == "accueil"
    presser(Qt.Key.Key_Down, widget=palette.saisie.ligne)
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert poste_garni.fenetre.ecran == "entretien"


def test_f4_montre_un_nom_sans_quitter_la_frappe(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Le nom tapé sort son dossier, masqué ; F4 le montre, sans l'ouvrir."""
    taper("moreau", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_Down, widget=palette.saisie.ligne)
    presser(Qt.Key.Key_F4, widget=palette.saisie.ligne)
    assert palette.liste.vue(0).titre.startswith("MOREAU")
    assert palette.isVisible()


def test_aide_ouvre_l_aide_et_pas_une_personne(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """« aide », Entrée : l'action, même si des dossiers ressemblent."""
    taper("aide", palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_Return, widget=palette.saisie.ligne)
    au_repos(qtbot, poste_garni)
    assert poste_garni.fenetre.ecran == "accueil"
    (aide,) = poste_garni.fenetre.findChildren(Aide)
    assert ("Ctrl+K", "Rechercher : dossier, action") in aide.touches
    aide.close()


def test_ce_que_les_fleches_ont_choisi_reste_choisi(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Les dossiers qui arrivent ensuite n'ôtent ni ne changent le choix."""
    taper("ta", palette.saisie.ligne)
    presser(Qt.Key.Key_Down, widget=palette.saisie.ligne)
    choisie = palette.liste.courante()
    au_repos(qtbot, poste_garni)
    assert choisie is not None
    assert palette.liste.courante() == choisie


def test_la_palette_est_dans_la_fenetre(palette: Palette, poste_garni: Poste) -> None:
    """Constat 50 : ni fenêtre du système, ni titre ; Échap rend le clavier d'où il venait."""
    assert not palette.isWindow()
    assert palette.window() is poste_garni.fenetre
    assert palette.feuille.geometry().right() <= poste_garni.fenetre.width()
    presser(Qt.Key.Key_Tab, widget=palette.saisie.ligne)
    assert palette.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]
    presser(Qt.Key.Key_Escape, widget=palette.saisie.ligne)
    assert not poste_garni.fenetre.findChildren(Palette) or not palette.isVisible()
    ecran = poste_garni.fenetre.pile.currentWidget()
    assert ecran is not None
    assert ecran.isAncestorOf(QApplication.focusWidget())  # type: ignore[arg-type]


def test_f12_ferme_la_palette(palette: Palette, poste_garni: Poste, qtbot: QtBot) -> None:
    """Un nom cherché ne revient pas avec la fenêtre."""
    taper("moreau", palette.saisie.ligne)
    poste_garni.couverture.cacher()
    QApplication.processEvents()
    assert [p for p in poste_garni.fenetre.findChildren(Palette) if not p.isHidden()] == []


@pytest.mark.parametrize("nom", ["accueil", "suivi", "envois", "contacts", "imprimer", "cotation", "doublons"])
def test_f1_repond_partout(poste_garni: Poste, qtbot: QtBot, nom: str) -> None:
    """Constat 25 : F1 dit ce qu'on fait ici et les touches que les boutons montrent ; Échap la referme."""
    montrer(qtbot, poste_garni.fenetre)
    poste_garni.fenetre.aller(nom)
    au_repos(qtbot, poste_garni)
    presser(Qt.Key.Key_F1)
    (aide,) = poste_garni.fenetre.findChildren(Aide)
    assert declares()[nom].aide
    assert ("F12", "Page neutre : tout couvrir") in aide.touches
    presser(Qt.Key.Key_Escape)
    assert not aide.isVisible()


def test_le_theme_courant_est_coche(poste_ouvert: Poste) -> None:
    """Constat 49."""
    poste_ouvert.fenetre.agir("theme_sombre")
    menu = menu_agent(poste_ouvert.fenetre)
    themes = {a.text(): a.isChecked() for a in menu.actions() if a.text().startswith("Thème")}
    assert [mot for mot, coche in themes.items() if coche] == ["Thème : sombre"]
    assert len(themes) == 4
    menu.deleteLater()


def test_verrouille_le_menu_n_offre_que_ce_qui_repond(poste_ouvert: Poste) -> None:
    """Grisées, ces lignes se lisaient comme les autres, et ne répondaient pas."""
    ouvert = menu_agent(poste_ouvert.fenetre)
    offertes = {action.text() for action in ouvert.actions()}
    assert {"Réglages de ce poste", "Agents et mot de passe", "Verrouiller le poste"} <= offertes
    poste_ouvert.session.fermer()
    ferme = menu_agent(poste_ouvert.fenetre)
    restent = [action for action in ferme.actions() if action.text()]
    assert all(action.isEnabled() for action in restent)
    assert {"Thème : clair", "Agrandir le texte", "Page neutre", "Quitter Perron"} <= {a.text() for a in restent}
    assert "Réglages de ce poste" not in {a.text() for a in restent}
    ouvert.deleteLater()
    ferme.deleteLater()


def test_taille_du_texte_au_clavier_et_gardee(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Ctrl+Plus agrandit, Ctrl+0 remet, et le réglage survit."""
    presser(Qt.Key.Key_Plus, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert apparence().theme.echelle == 125
    assert preferences.lire(poste_ouvert.session.donnees).echelle == 125
    presser(Qt.Key.Key_0, CTRL)
    au_repos(qtbot, poste_ouvert)
    assert preferences.lire(poste_ouvert.session.donnees).echelle == 100


def test_delai_de_verrouillage_reglable(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Le menu de l'agent règle l'absence, et le garde."""
    menu = menu_agent(poste_ouvert.fenetre)
    (sous_menu,) = [m for m in menu.findChildren(QMenu) if "absence" in m.title()]
    dix = next(a for a in sous_menu.actions() if a.text() == "10 minutes")
    dix.trigger()
    au_repos(qtbot, poste_ouvert)
    assert preferences.lire(poste_ouvert.session.donnees).verrou_minutes == 10
    menu.deleteLater()


def test_aucun_raccourci_en_double(poste_ouvert: Poste) -> None:
    """Deux actions pour une touche n'en font aucune."""
    raccourcis = [a.raccourci for a in poste_ouvert.fenetre.actions_offertes.values() if a.raccourci]
    assert len(raccourcis) == len(set(raccourcis))


def test_ctrl_l_verrouille(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Partir une minute : Ctrl+L."""
    presser(Qt.Key.Key_L, CTRL)
    assert poste_ouvert.couverture.couverte
    assert QApplication.activeModalWidget() is poste_ouvert.couverture.page


def test_plier_retire_accents_et_majuscules() -> None:
    """« Réduire » et « reduire » se valent."""
    assert plier("Réduire À ŒUVRE") == "reduire a œuvre"
