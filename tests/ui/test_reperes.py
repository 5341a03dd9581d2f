"""Ce que le système officiel a observé : du registre au coffre, à l'écran et au papier."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parent / "ecrans"))
from dossiers_ecran import etiquettes, heberge, ouvrir

from modele.bilan import Bilan, charger_regles, etablir
from modele.coffre.listes import Publie
from modele.territoire.reperes import NOM, Reperes
from registre.service.reperes import reperes as publies
from registre.service.reperes_csv import Entete, lire_extraction
from ui.composants.lien import Lien
from ui.ecrans.cotation import EcranCotation
from ui.ecrans.cotation.ecran import SANS_EXTRACTION
from ui.joueur import Joueur
from ui.lancement import Poste
from ui.reperes import manques, observes

EXEMPLE = Path(__file__).parents[2] / "ressources" / "exemples" / "reperes.csv"
JOUR = date(2026, 11, 23)
CHERCHE = {
    "recherche.communes": ["99X02", "99X01"],
    "recherche.type": {"coches": ["T3", "T4"], "clos": True},
}


@cache
def exemple() -> Reperes:
    """L'extraction livrée en exemple, telle que le registre la publie."""
    return publies(lire_extraction(EXEMPLE.read_text("utf-8"), EXEMPLE.name, JOUR, Entete()))


def bilan(**reponses: Any) -> Bilan:
    return etablir(_regles(), heberge(**reponses), JOUR)


@cache
def _regles() -> Any:
    return charger_regles("metropole-exemple")


def test_sans_reperes_rien_ne_se_dit() -> None:
    assert observes(bilan(**CHERCHE), None) is None


def test_les_lignes_suivent_la_recherche_de_la_personne() -> None:
    vus = observes(bilan(**CHERCHE), exemple())
    assert vus is not None
    assert [un.titre for un in vus.lignes] == [
        "Vieux-Pont, T3, première demande",
        "Vieux-Pont, T4, première demande",
        "Colombe, T3, première demande",
        "Colombe, T4, première demande",
    ]
    assert vus.lignes[1].attente == "Attente : trop peu de cas pour le dire."
    assert "30,5 mois ou moins" in vus.lignes[3].attente


def test_population_inconnue_les_deux_se_montrent() -> None:
    """Locataire HLM, mais on ne sait pas si le bail est à son nom."""
    locataire = CHERCHE | {"logement_actuel.statut": "locataire_social", "recherche.communes": ["99X01"]}
    vus = observes(bilan(**locataire), exemple())
    assert vus is not None
    assert {un.titre.rpartition(", ")[2] for un in vus.lignes} == {"première demande", "demande de mutation"}


@pytest.mark.parametrize(
    ("reponses", "chemins"),
    [
        ({}, {"recherche.communes", "recherche.type"}),
        ({"recherche.communes": []}, {"recherche.communes", "recherche.type"}),
        ({"recherche.communes": ["99X01"]}, {"recherche.type"}),
        ({"recherche.type": {"coches": ["T3"], "clos": True}}, {"recherche.communes"}),
        (CHERCHE, set()),
    ],
)
def test_ce_qui_manque_se_demande(reponses: dict[str, Any], chemins: set[str]) -> None:
    """Sans taille dite, n'importe laquelle est possible : rien ne se montre plutôt que tout."""
    assert {question.chemin for question in manques(bilan(**reponses))} == chemins


# L'écran


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: JOUR
    return joueur


def _recevoir(joueur: Joueur, contenu: bytes, version: int = 1) -> None:
    """Le registre a publié : le coffre le tient, et le tour d'envoi vient de finir."""
    joueur.session.avec_coffre(
        lambda coffre: coffre.echanges.garder_referentiel(Publie(NOM, version, contenu), b"s"),
        lambda _: joueur.atelier.relire_les_reperes(),
        pour=joueur.session,
    )
    joueur.attendre()


def _place(joueur: Joueur) -> str:
    joueur.aller("cotation")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranCotation)
    return "\n".join([*etiquettes(ecran.place), *(lien.text() for lien in ecran.place.findChildren(Lien))])


def test_l_ecran_dit_ce_qui_a_ete_observe(joueur: Joueur) -> None:
    from modele.dossier.documents import encoder

    ouvrir(joueur, heberge())
    assert SANS_EXTRACTION in _place(joueur)
    _recevoir(joueur, encoder(exemple()))
    assert "Pas encore demandé : Communes souhaitées" in _place(joueur)
    joueur.presser("Pas encore demandé : Communes souhaitées")
    assert joueur.fenetre.ecran == "entretien"
    joueur.session.modifier(CHERCHE)
    joueur.attendre()
    dit = _place(joueur)
    assert "Colombe, T3, première demande" in dit
    assert "une demande sur deux, 22 mois ou moins" in dit
    assert "ni une place, ni un délai promis" in dit
    assert "extraction du 01/10/2026" in dit
    assert SANS_EXTRACTION not in dit


def test_des_reperes_illisibles_se_disent_a_leur_place(joueur: Joueur) -> None:
    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, b"{}")
    assert "ne se lisent pas" in _place(joueur)


def test_dossier_ferme_rien_n_en_reste(joueur: Joueur) -> None:
    from modele.dossier.documents import encoder

    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, encoder(exemple()))
    assert "Colombe" in _place(joueur)
    joueur.session.fermer_dossier()
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranCotation)
    assert etiquettes(ecran.place) == []


def test_un_poste_qui_entre_retrouve_ses_reperes(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Publiés hier, sans réseau aujourd'hui."""
    from modele.dossier.documents import encoder

    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    _recevoir(joueur, encoder(exemple()))
    joueur.atelier.reperes = None
    joueur.session.rouvert.emit()
    qtbot.waitUntil(lambda: joueur.atelier.reperes == exemple())


# Le papier


def _mots(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_la_note_imprimee_le_dit_aussi() -> None:
    from impressions.document import composer
    from ui.papier import donnees

    fait = bilan(**CHERCHE)
    avec = _mots(composer("cotation", donnees(fait, observes=observes(fait, exemple()))))
    assert "Colombe, T3, première demande." in avec
    assert "22 mois ou moins" in avec
    assert "ni une place, ni un délai promis" in avec
    assert "a observé" not in _mots(composer("cotation", donnees(fait)))
