"""Le passage du stock au flux à l'écran : toutes les communes, la conversion avec ses nombres, le droit qui finit."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import presser, taper
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_ecran_contingents import joueur_a, lire

from modele.contingents.passages import Etape, Passage, Reserve
from ui.ecrans.passage_flux.ecran import EcranPassageFlux
from ui.lancement import Poste
from ui.mots import contingents as mots
from ui.theatre.joueur import Joueur

JOUR = date.today()


def ecran(joueur: Joueur) -> EcranPassageFlux:
    montre = joueur.ecran
    assert isinstance(montre, EcranPassageFlux)
    return montre


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return joueur_a(poste_ouvert, qtbot, "clermont-auvergne-metropole", "passage_flux")


@pytest.mark.parametrize(("territoire", "combien"), [("clermont-auvergne-metropole", 21), ("toulouse-metropole", 37)])
def test_toutes_les_communes_y_sont(poste_ouvert: Poste, qtbot: QtBot, territoire: str, combien: int) -> None:
    """Même sans rien de saisi : ce qui manque d'abord se lit sous chaque nom."""
    ici = ecran(joueur_a(poste_ouvert, qtbot, territoire, "passage_flux"))
    assert ici.liste.count() == combien
    assert f"{combien} communes, 0 au bout du passage." in ici.constat.text()
    assert all(mots.ETAPES[Etape.INVENTAIRE] in ici.liste.dit(rang) for rang in range(combien))


def test_toulouse_dit_qu_aucun_bailleur_n_est_connu(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Et où le saisir ; rien n'est inventé."""
    ici = ecran(joueur_a(poste_ouvert, qtbot, "toulouse-metropole", "passage_flux"))
    assert mots.SANS_BAILLEUR in etiquettes(ici)
    assert ici.formulaire.isHidden()


def test_qui_fait_quoi_est_deduit_et_le_dit(joueur: Joueur) -> None:
    """« À faire valider », avec sa source."""
    ici = ecran(joueur)
    assert "(à faire valider)" in ici.source.text()
    assert "délibérer en conseil municipal : la commune" in ici.formulaire.reste.text()


def test_saisi_au_clavier_il_se_garde_et_se_convertit(joueur: Joueur) -> None:
    """Deux logements, le patrimoine, l'inventaire arrêté : le taux se montre avec ses nombres, avant d'enregistrer."""
    ici = ecran(joueur)
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert ici.choix is not None
    assert ici.choix.isAncestorOf(QApplication.focusWidget())
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is ici.formulaire.sans_droit
    inventaire = ici.formulaire.inventaire
    for reference in ("R-1", "R-2"):
        inventaire.reference.setFocus()
        taper(reference, inventaire.reference.ligne)
        presser(Qt.Key.Key_Return, widget=inventaire.reference.ligne)
    assert ici.formulaire.conversion.text() == mots.PAS_DE_TAUX
    for champ, dit in ((ici.formulaire.patrimoine, "400"), (ici.formulaire.inventaire_le, f"{JOUR:%d/%m/%Y}")):
        champ.setFocus()
        taper(dit, champ.ligne)
        champ.valider()
    assert ici.formulaire.conversion.text() == "Taux : 2 / 400 = 0,5 %"
    joueur.presser("Enregistrer")
    (garde,) = lire(joueur).passages
    assert [un.reference for un in garde.inventaire] == ["R-1", "R-2"]
    assert (garde.patrimoine, garde.bailleur) == (400, "Auvergne Habitat")
    assert "manque : arrêter" in ici.liste.dit(0)
    # La ligne reste choisie, et ce qui est gardé s'y relit.
    assert ici.formulaire.patrimoine.contenu == "400"


def test_un_droit_qui_finit_dans_l_annee_avertit(joueur: Joueur) -> None:
    """Dès qu'il est à l'écran."""
    ici = ecran(joueur).formulaire
    ici.inventaire.reference.ligne.setText("R-9")
    ici.inventaire.fin_le.ligne.setText(f"{JOUR + timedelta(days=90):%d/%m/%Y}")
    joueur.presser("Ajouter ce logement")
    assert "1 droit finit dans moins d'un an : R-9" in " ".join(etiquettes(ici.avertissement))


def test_une_reference_ne_s_ajoute_pas_deux_fois_et_un_retrait_se_reprend(joueur: Joueur) -> None:
    """Ôtée, elle revient dans les champs : une touche de trop ne perd rien."""
    ici = ecran(joueur).formulaire.inventaire
    for _ in range(2):
        ici.reference.ligne.setText("R-1")
        joueur.presser("Ajouter ce logement")
    assert ici.reference.faute == mots.DEJA_SAISIE
    assert len(ici.reserves) == 1
    ici.liste.setCurrentRow(0)
    # Presser une ligne la choisit, et ne retire rien.
    ici.liste.prendre()
    assert len(ici.reserves) == 1
    joueur.presser("Retirer ce logement")
    assert ici.reserves == []
    assert ici.reference.contenu == "R-1"
    ici.reference.ligne.setText("  ")
    joueur.presser("Ajouter ce logement")
    assert ici.reference.faute == mots.REFERENCE


def test_sans_droit_chez_tous_la_commune_est_au_bout(joueur: Joueur) -> None:
    """Su, bailleur par bailleur : alors seulement rien ne manque."""
    ici = ecran(joueur)
    assert ici.choix is not None
    for bailleur in ici.bailleurs:
        ici.choix.poser(bailleur)
        ici._choisir()
        ici.formulaire.sans_droit.poser(True)
        joueur.presser("Enregistrer")
    assert len(lire(joueur).passages) == 4
    assert ici.liste.dit(0).endswith("4 sur 4 : terminé")
    assert "21 communes, 1 au bout du passage." in ici.constat.text()


def test_plus_de_droits_que_de_logements_se_dit(joueur: Joueur) -> None:
    """Le calcul refuse ; la phrase est au-dessus de la saisie."""
    ici = ecran(joueur).formulaire
    for reference in ("R-1", "R-2"):
        ici.inventaire.reference.ligne.setText(reference)
        joueur.presser("Ajouter ce logement")
    ici.patrimoine.poser(1)
    ici.inventaire_le.poser(JOUR)
    ici._convertir()
    assert "pas plus de droits" in ici.conversion.text()


def test_un_inventaire_s_ajoute_d_un_tableau(joueur: Joueur, tmp_path: Path) -> None:
    """Les lignes bonnes à l'écran, chaque refusée dite ; rien au coffre avant d'enregistrer."""
    ici = ecran(joueur).formulaire
    tableau = tmp_path / "inventaire.csv"
    tableau.write_bytes(b"reference;origine;fin\nR-1;terrain;31/12/2030\nR-2;cadeau;\nR-3;;\n")
    ici.inventaire.ajouter_le_tableau(tableau)
    assert [un.reference for un in ici.inventaire.reserves] == ["R-1", "R-3"]
    assert "2 ajoutés sur 3 lignes" in ici.inventaire.refusees.text()
    assert "Ligne 3, origine" in ici.inventaire.refusees.text()
    assert lire(joueur).passages == ()
    joueur.presser("Enregistrer")
    (garde,) = lire(joueur).passages
    assert len(garde.inventaire) == 2
    tableau.write_bytes(b"x")
    ici.inventaire.ajouter_le_tableau(tableau)
    assert "Import refusé" in ici.inventaire.refusees.text()


def test_le_taux_de_l_annee_suivante_se_calcule_a_l_ecran(joueur: Joueur) -> None:
    """Ce qui se tape refait la formule ; un nombre mal écrit se dit."""
    formulaire = ecran(joueur).formulaire
    droits = tuple(Reserve(f"L-{rang}") for rang in range(480))
    passage = Passage("99X01", "Habitat Colombe", patrimoine=4000, inventaire=droits, inventaire_le=date.today())
    formulaire.montrer(passage, "Colombe")
    pli = formulaire.actualisation
    pli.basculer()
    for un, nombre in ((pli.nes, "12"), (pli.echus, "20"), (pli.livres, "60")):
        un.ligne.setFocus()
        QTest.keyClicks(un.ligne, nombre)
    assert pli.dit.isVisible()
    assert pli.dit.text() == "Taux : 480 / 4000 = 12 % ; Taux actualisé : (480 + 12 − 20) / 4060 = 11,63 %"
    pli.echus.ligne.setText("9999")
    assert "pas plus de droits" in pli.dit.text()
    pli.echus.ligne.setText("vingt")
    assert "11,63" not in pli.dit.text()
