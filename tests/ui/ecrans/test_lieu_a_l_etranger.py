"""Un lieu à l'étranger, au clavier, sur un vrai coffre : le pays se propose où il a un sens, son code se garde."""

from __future__ import annotations

from outils_dossier import creer, ecrit, ouvrir
from outils_ecran import au_repos, presser, taper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.saisies.communes import A_CHOISIR, AUCUNE, SANS_LA_VILLE, ChercheurCommune


def chercheur(ecran: EcranEntretien) -> ChercheurCommune:
    """Le champ de commune qui se voit."""
    return next(un for un in ecran.findChildren(ChercheurCommune) if un.isVisible())


def test_une_adresse_peut_etre_dans_un_pays(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Taper le pays puis Entrée : le code 99352 s'écrit, et l'écran le dit « à l'étranger », même rouvert."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive"})
    champ = chercheur(ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.adresse"))
    champ.setFocus()
    taper("Algérie")
    assert champ.liste.isVisible()
    presser(Qt.Key.Key_Return)
    assert champ.champ.contenu == "Algérie (à l'étranger)"
    assert ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"]["adresse"]["commune"] == "99352"
    rouvert = chercheur(ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.adresse"))
    assert rouvert.champ.contenu == "Algérie (à l'étranger)"


def test_le_frontalier_travaille_a_l_etranger(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une ville suivie du pays ne se prend pas sans qu'on l'ait choisi : elle ne se garde pas."""
    emploi = {"situation": "salarie_prive"}
    dossier = creer(qtbot, poste_ouvert, demandeur={"emploi": emploi})
    champ = chercheur(ouvrir(qtbot, poste_ouvert, dossier, "demandeur.emploi.commune_travail"))
    champ.setFocus()
    taper("Lugano, Suisse")
    presser(Qt.Key.Key_Return)
    assert "commune_travail" not in ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["emploi"]
    assert champ.champ._faute.text() == SANS_LA_VILLE
    champ.setFocus()
    presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert ecrit(qtbot, poste_ouvert, dossier)["demandeur"]["emploi"]["commune_travail"] == "99140"


def test_entree_ne_choisit_pas_entre_les_deux_congo(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """L'agent choisit dans la liste."""
    dossier = creer(qtbot, poste_ouvert, logement_actuel={"statut": "locataire_prive"})
    champ = chercheur(ouvrir(qtbot, poste_ouvert, dossier, "logement_actuel.adresse"))
    champ.setFocus()
    taper("Congo")
    assert [champ.liste.vue(rang).titre for rang in range(champ.liste.count())] == [
        "Congo (à l'étranger)",
        "Congo (RDC) (à l'étranger)",
    ]
    presser(Qt.Key.Key_Return)
    assert champ.champ._faute.text() == A_CHOISIR
    assert "commune" not in ecrit(qtbot, poste_ouvert, dossier)["logement_actuel"].get("adresse", {})


def test_une_commune_demandee_est_en_france(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Aucun pays ne s'y propose, et l'écran n'y parle pas d'étranger."""
    dossier = creer(qtbot, poste_ouvert)
    champ = chercheur(ouvrir(qtbot, poste_ouvert, dossier, "recherche.communes"))
    taper("Alger, Algérie")
    assert not champ.liste.isVisible()
    assert champ.champ._faute.text() == AUCUNE
    presser(Qt.Key.Key_Return)
    assert "communes" not in ecrit(qtbot, poste_ouvert, dossier).get("recherche", {})
