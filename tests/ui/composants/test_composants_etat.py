"""Ce qui montre : intervalle, sections, bandeau, pastilles, boutons, colonnes ; et ce qui l'annonce."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from outils_ecran import montrer, presser
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from modele.orientation.resultat import Urgence
from ui.composants import (
    Avancement,
    BandeauAlerte,
    BarreIntervalle,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    LigneValeur,
    ListePropositions,
    ListeSections,
    Proposition,
    Section,
    colonne,
    pastille_urgence,
    texte,
)
from ui.composants.pastilles import URGENCES
from ui.composants.touches import dire
from ui.theme import JETONS, Nom, Theme, Ton
from ui.theme.apparence import apparence


@pytest.fixture
def annonces(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ce que le lecteur d'écran reçoit."""
    dites: list[str] = []

    def recevoir(evenement: Any) -> None:
        if evenement.type() is QAccessible.Event.Announcement:
            dites.append(evenement.message())

    # Là où l'annonce part aussitôt ; la notification de Linux, qui attend, a ses essais (``test_notification``).
    monkeypatch.setattr("ui.composants.annonces.sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr("PySide6.QtGui.QAccessible.isActive", lambda: True)
    monkeypatch.setattr("PySide6.QtGui.QAccessible.updateAccessibility", recevoir)
    return dites


def test_intervalle_annonce_son_changement_une_fois(qtbot: QtBot, annonces: list[str]) -> None:
    """La note qui bouge se dit ; la même note ne se redit pas."""
    barre = BarreIntervalle("Note")
    qtbot.addWidget(barre)
    barre.montrer(41, 63, 100, "41 à 63 points")
    barre.montrer(41, 63, 100, "41 à 63 points")
    assert annonces == ["Note : 41 à 63 points"]
    barre.montrer(50, 50, 100, "50 points")
    assert annonces[1:] == ["Note : 50 points"]
    assert QAccessible.queryAccessibleInterface(barre).role() == QAccessible.Role.ProgressBar


def test_intervalle_dessine_le_sur_plein_et_le_possible_hachure(qtbot: QtBot) -> None:
    """41 sur 100 plein, jusqu'à 63 hachuré, le reste en creux."""
    barre = BarreIntervalle("Note")
    qtbot.addWidget(barre)
    barre.resize(400, 10)
    barre.montrer(41, 63, 100, "41 à 63 points")
    dessin = barre.grab().toImage()
    c = JETONS[Nom.CLAIR]

    def couleurs(debut: int, fin: int) -> set[str]:
        return {dessin.pixelColor(x, 5).name().upper() for x in range(debut, fin)}

    assert couleurs(10, 155) == {c.action}
    assert len(couleurs(170, 245)) > 1
    assert couleurs(262, 390) == {c.creux}


@pytest.mark.parametrize("bornes", [(-5, 10, 0), (0, 0, 0), (120, 150, 100)])
def test_intervalle_hors_echelle_ne_casse_rien(qtbot: QtBot, bornes: tuple[int, int, int]) -> None:
    """Points négatifs, plafond nul, note au-delà : dessinée quand même."""
    barre = BarreIntervalle("Note")
    qtbot.addWidget(barre)
    barre.resize(200, 10)
    barre.montrer(*bornes, "note")
    assert not barre.grab().isNull()


def test_bandeau_se_montre_se_dit_et_repare(qtbot: QtBot, annonces: list[str]) -> None:
    """La phrase, l'annonce, le geste."""
    faits: list[int] = []
    hote = QWidget()
    qtbot.addWidget(hote)
    bandeau = BandeauAlerte()
    hote.setLayout(colonne(bandeau))
    hote.show()
    assert bandeau.phrase == ""
    bandeau.dire("Le disque est plein.", Ton.IMMEDIAT, "Réessayer", lambda: faits.append(1))
    assert annonces == ["Le disque est plein."]
    bandeau._bouton.click()
    assert faits == [1]
    bandeau.taire()
    assert bandeau.phrase == ""


def test_un_bandeau_tenu_ne_s_enleve_qu_une_fois_repare(qtbot: QtBot) -> None:
    """Ni « Compris » ni une nouvelle moins pressante : la saisie est fermée, le geste qui répare reste là."""
    hote = QWidget()
    qtbot.addWidget(hote)
    bandeau = BandeauAlerte()
    hote.setLayout(colonne(bandeau))
    hote.show()
    bandeau.dire("Le disque est plein.", Ton.IMMEDIAT, "Réessayer", lambda: None, tenir=True)
    bandeau.dire("Un autre guichet a répondu.", Ton.SEMAINE, "Voir", lambda: None)
    assert bandeau.phrase == "Le disque est plein."
    assert not bandeau._fermer.isVisible()
    bandeau.dire("Le disque est encore plein.", Ton.IMMEDIAT, "Réessayer", lambda: None, tenir=True)
    assert bandeau.phrase == "Le disque est encore plein."
    bandeau.taire()
    bandeau.dire("Un autre guichet a répondu.", Ton.SEMAINE)
    assert bandeau.phrase == "Un autre guichet a répondu."
    assert bandeau._fermer.isVisible()


def test_pastille_toujours_un_mot_et_une_icone() -> None:
    """Chaque urgence du métier a son mot et son icône, jamais la couleur seule."""
    assert set(URGENCES) == {u.value for u in Urgence}
    assert all(mot and icone for mot, icone, _ in URGENCES.values())
    assert len({icone for _, icone, _ in URGENCES.values()}) == len(URGENCES)


def test_pastille_dit_son_urgence(qtbot: QtBot) -> None:
    """Le lecteur d'écran entend l'urgence."""
    pastille = pastille_urgence("immediate")
    qtbot.addWidget(pastille)
    assert pastille.accessibleName() == "maintenant"
    assert pastille.accessibleDescription() == "Urgence : maintenant"


def test_bouton_montre_et_dit_son_raccourci(qtbot: QtBot) -> None:
    """Le raccourci est dans la description, et presser Entrée presse le bouton."""
    presses: list[int] = []
    bouton = Bouton("Imprimer", lambda: presses.append(1), raccourci="Ctrl+P")
    qtbot.addWidget(bouton)
    montrer(qtbot, bouton)
    assert bouton.accessibleDescription() == "Raccourci : Ctrl P"
    presser(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert presses == [1], "le raccourci agit à l'instant, sans animation"
    presser(Qt.Key.Key_Return, widget=bouton)
    assert presses == [1, 1]
    bouton.renommer("Tout imprimer")
    presser(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert presses == [1, 1, 1]


@pytest.mark.parametrize(("raccourci", "dit"), [("Ctrl+K", "Ctrl K"), ("Alt+Left", "Alt gauche"), ("Return", "Entrée")])
def test_touche_dite_en_francais(raccourci: str, dit: str) -> None:
    """Le nom de la touche, pas son nom de programme."""
    assert dire(raccourci) == dit


def test_sections_au_clavier_et_dites(qtbot: QtBot) -> None:
    """Flèche bas ouvre la suivante ; chaque ligne dit son avancement ; montrer n'émet rien."""
    liste = ListeSections("Sections")
    qtbot.addWidget(liste)
    montrer(qtbot, liste)
    choisies: list[str] = []
    liste.choisie.connect(choisies.append)
    sections = [
        Section("vous", "Vous", Avancement.FAITE, "fait"),
        Section("logement", "Logement actuel", Avancement.EN_COURS, "2/5"),
    ]
    liste.montrer(sections, "vous")
    assert choisies == []
    presser(Qt.Key.Key_Down, widget=liste)
    assert choisies == ["logement"]
    assert liste.dit(1) == "Logement actuel, en cours 2/5"
    liste.montrer(sections[:1], "vous")
    assert liste.count() == 1


def test_colonnes_s_empilent_quand_le_texte_grandit(qtbot: QtBot) -> None:
    """Côte à côte à 100 %, l'une sous l'autre à 200 %, et retour."""
    colonnes = Colonnes([(texte("gauche"), 1, 500), (texte("droite"), 1, 500)])
    qtbot.addWidget(colonnes)
    colonnes.resize(1366, 400)
    colonnes.show()
    assert not colonnes.empilees
    apparence().appliquer(Theme(Nom.CLAIR, 200))
    assert colonnes.empilees
    apparence().appliquer(Theme())
    assert not colonnes.empilees


def test_carte_se_vide_sans_perdre_son_titre(qtbot: QtBot) -> None:
    """Le contenu change, le titre reste."""
    carte = Carte("Pièces")
    qtbot.addWidget(carte)
    carte.ajouter(LigneValeur("Exigée", "1"), colonne(texte("a"), texte("b")))
    carte.vider()
    QApplication.processEvents()
    assert carte._boite.count() == 1
    with pytest.raises(ValueError, match="nom accessible"):
        Carte()


def test_ligne_valeur_dit_sa_valeur(qtbot: QtBot) -> None:
    """« Ressources du foyer : +12 »."""
    ligne = LigneValeur("Ressources du foyer", "+12")
    qtbot.addWidget(ligne)
    ligne.montrer("+14", Ton.COURANT)
    assert ligne.accessibleName() == "Ressources du foyer : +14"


def test_propositions_se_prennent_au_clavier(qtbot: QtBot) -> None:
    """Bas puis Entrée fait le second geste."""
    faits: list[str] = []
    liste = ListePropositions("Propositions")
    qtbot.addWidget(liste)
    montrer(qtbot, liste)
    liste.montrer([Proposition("Un", lambda: faits.append("un")), Proposition("Deux", lambda: faits.append("deux"))])
    presser(Qt.Key.Key_Down, widget=liste)
    presser(Qt.Key.Key_Return, widget=liste)
    assert faits == ["deux"]


def test_un_texte_n_est_jamais_lu_comme_du_html(qtbot: QtBot) -> None:
    """Un nom avec des chevrons s'affiche tel quel."""
    etiquette = texte("<b>Moreau</b>")
    qtbot.addWidget(etiquette)
    assert etiquette.textFormat() == Qt.TextFormat.PlainText


@pytest.mark.parametrize("grandit", ["dessous", "dedans"])
def test_ce_qui_a_le_clavier_ne_se_couvre_pas(qtbot: QtBot, grandit: str) -> None:
    """Le clavier arrive en bas d'une longue page : elle le montre ; un volet grandit dessous, des champs s'ajoutent
    au-dessus : le champ où l'on est se voit encore."""
    lignes = [QLineEdit() for _ in range(12)]
    page = Defilement(colonne(*lignes))
    volet, ajout = QWidget(), QWidget()
    volet.setFixedHeight(40)
    ajout.setFixedHeight(0)
    page.widget().layout().insertWidget(0, ajout)  # type: ignore[union-attr, attr-defined]
    fenetre = QWidget()
    qtbot.addWidget(fenetre)
    boite = QVBoxLayout(fenetre)
    boite.addWidget(page, 1)
    boite.addWidget(volet)
    fenetre.resize(300, 400)
    montrer(qtbot, fenetre)
    ici = lignes[-1]
    lignes[0].setFocus()
    ici.setFocus()

    def se_voit() -> bool:
        haut = ici.mapTo(page.viewport(), ici.rect().topLeft()).y()
        return haut >= 0 and haut + ici.height() <= page.viewport().height()

    qtbot.waitUntil(se_voit)
    (volet if grandit == "dessous" else ajout).setFixedHeight(180)
    qtbot.wait(20)
    assert page.viewport().height() < 250 or grandit == "dedans"
    assert se_voit()
    volet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    volet.setFocus()
    page.verticalScrollBar().setValue(0)
    ici.setFocus()
    qtbot.wait(20)
    assert page.verticalScrollBar().value() == 0, "on y entre : la page s'ouvre par le haut"
    lignes[-2].setFocus()
    qtbot.wait(20)
    assert page.verticalScrollBar().value() == 0, "d'un endroit qui ne se voyait pas : personne n'y regardait"


def test_une_section_faite_ne_se_dit_pas_deux_fois() -> None:
    """« Urgence, fait fait » : le compte disait déjà l'avancement."""
    assert Section("u", "Urgence", Avancement.FAITE, "fait").dite == "Urgence, fait"
    assert Section("v", "Vous", Avancement.EN_COURS, "2/5").dite == "Vous, en cours 2/5"
    assert Section("w", "Foyer").dite == "Foyer, à venir"
