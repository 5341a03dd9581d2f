"""Ce que le système officiel a observé : du registre au coffre, à l'écran et au papier."""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).parents[1] / "ecrans"))
from dossiers_ecran import etiquettes, heberge, ouvrir

from modele.bilan import Bilan, charger_regles, etablir
from modele.coffre.listes import Publie
from modele.dossier.documents import encoder
from modele.territoire.reperes import NOM, Reperes
from registre.service.reperes import reperes as publies
from registre.service.reperes_csv import Entete, lire_extraction
from ui.composants.lien import Lien
from ui.ecrans.cotation.ecran import SANS_EXTRACTION, EcranCotation
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.etat.reperes import ReperesTenus, reperes_de
from ui.lancement import Poste
from ui.mots.reperes import manques, observes
from ui.theatre.joueur import Joueur

EXEMPLE = Path(__file__).parents[3] / "ressources" / "exemples" / "reperes.csv"
JOUR = date(2026, 11, 23)
DEUX = {"recherche.communes", "recherche.type"}
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
        "Vieux-Pont, T3, demande hors mutation",
        "Vieux-Pont, T4, demande hors mutation",
        "Colombe, T3, demande hors mutation",
        "Colombe, T4, demande hors mutation",
    ]
    assert vus.lignes[1].delais == "Délais : trop peu de cas pour le dire."
    assert "30,5 mois ou moins" in vus.lignes[3].delais


def test_population_inconnue_les_deux_se_montrent() -> None:
    """Locataire HLM, mais on ne sait pas si le bail est à son nom."""
    locataire = CHERCHE | {"logement_actuel.statut": "locataire_social", "recherche.communes": ["99X01"]}
    vus = observes(bilan(**locataire), exemple())
    assert vus is not None
    assert {un.titre.rpartition(", ")[2] for un in vus.lignes} == {"demande hors mutation", "mutation (locataire HLM)"}


@pytest.mark.parametrize(
    ("reponses", "chemins"),
    [
        ({}, DEUX),
        (
            {"recherche.communes": {"refus": True}, "recherche.type": {"refus": True}},
            {"recherche.communes", "recherche.type"},
        ),
        (
            {"recherche.communes": [{"a": 1}, None], "recherche.type": {"coches": [], "clos": True}},
            {"recherche.communes", "recherche.type"},
        ),
        ({"recherche.communes": ["99X01"], "recherche.type": {"coches": ["T3"], "clos": False}}, set()),
        ({"recherche.communes": ["99X01"], "recherche.type": {"coches": ["T3"], "refus": True}}, set()),
        ({"recherche.communes": []}, DEUX),
        ({"recherche.communes": ["99X01"]}, {"recherche.type"}),
        ({"recherche.type": {"coches": ["T3"], "clos": True}}, {"recherche.communes"}),
        (CHERCHE, set()),
    ],
)
def test_ce_qui_manque_se_demande(reponses: dict[str, Any], chemins: set[str]) -> None:
    """Sans taille cochée, n'importe laquelle est possible : rien ne se montre plutôt que tout."""
    assert {question.chemin for question in manques(bilan(**reponses))} == chemins


def test_une_liste_de_tailles_encore_ouverte_se_dit() -> None:
    """Ce qui est coché est sûr ; le reste peut venir."""
    ouverte = observes(bilan(**CHERCHE | {"recherche.type": {"coches": ["T3"], "clos": False}}), exemple())
    close = observes(bilan(**CHERCHE | {"recherche.type": {"coches": ["T3"], "clos": True}}), exemple())
    assert ouverte is not None
    assert close is not None
    assert ouverte.lignes == close.lignes
    assert [une for une in ouverte.reserves if une not in close.reserves] == [
        "D'autres tailles peuvent encore être souhaitées : la liste reste à compléter."
    ]


def test_une_grille_qui_n_est_pas_l_officielle_ne_se_compare_pas() -> None:
    vus = observes(bilan(**CHERCHE), exemple())
    assert vus is not None
    assert vus.reserves == ("La note calculée ici vient d'une grille d'exemple : elle ne se compare pas à ces notes.",)


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
        lambda _: reperes_de(joueur.session).relire(),
        pour=joueur.session,
    )
    joueur.attendre()


def _place(joueur: Joueur) -> str:
    joueur.aller("cotation")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranCotation)
    return "\n".join([*etiquettes(ecran.place), *(lien.text() for lien in ecran.place.findChildren(Lien))])


def test_l_ecran_dit_ce_qui_a_ete_observe(joueur: Joueur) -> None:
    ouvrir(joueur, heberge())
    assert SANS_EXTRACTION in _place(joueur)
    _recevoir(joueur, encoder(exemple()))
    assert "Pas encore demandé : Communes souhaitées" in _place(joueur)
    joueur.presser("Pas encore demandé : Communes souhaitées")
    assert joueur.fenetre.ecran == "entretien"
    joueur.session.modifier(CHERCHE)
    joueur.attendre()
    dit = _place(joueur)
    assert "Colombe, T3, demande hors mutation" in dit
    assert "un sur deux, 22 mois ou moins" in dit
    assert "ni une place, ni un délai promis" in dit
    assert "extraction du 01/10/2026" in dit
    assert SANS_EXTRACTION not in dit


def test_ce_qu_on_refuse_de_dire_ne_se_redemande_pas_comme_jamais_demande(joueur: Joueur) -> None:
    ouvrir(joueur, heberge(**{"recherche.communes": {"refus": True}, "recherche.type": {"ne_sait_pas": True}}))
    _recevoir(joueur, encoder(exemple()))
    dit = _place(joueur)
    assert "Communes souhaitées : ne souhaite pas répondre" in dit
    assert "Types de logement souhaités : ne sait pas" in dit
    assert "Pas encore demandé" not in dit


def test_une_reponse_ne_prend_pas_le_clavier_a_qui_est_sur_la_carte(joueur: Joueur) -> None:
    ouvrir(joueur, heberge())
    _recevoir(joueur, encoder(exemple()))
    _place(joueur)
    ecran = joueur.ecran
    assert isinstance(ecran, EcranCotation)
    lien = ecran.place.findChildren(Lien)[0]
    lien.setFocus()
    joueur.session.modifier({"demandeur.nom": "Autre"})
    joueur.attendre()
    assert joueur.fenetre.focusWidget() is lien


def test_une_extraction_neuve_remplace_l_apercu(joueur: Joueur, qtbot: QtBot) -> None:
    """Publiée pendant que la fiche est à l'écran : ce qui s'imprimerait est la neuve."""
    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, encoder(exemple()))
    joueur.aller("imprimer", fiches=["cotation"])
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranImprimer)

    def imprimerait(date_: str) -> bool:
        return ecran.liasse is not None and f"extraction du {date_}" in _mots(ecran.liasse.feuilles[0].pdf)

    qtbot.waitUntil(lambda: imprimerait("01/10/2026"))
    _recevoir(joueur, encoder(structs.replace(exemple(), extraction=date(2026, 11, 2))), 2)
    qtbot.waitUntil(lambda: imprimerait("02/11/2026"))


def test_des_reperes_illisibles_se_disent_a_leur_place(joueur: Joueur) -> None:
    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, b"{}")
    assert "ne se lisent pas" in _place(joueur)


def test_un_dossier_discret_ne_montre_pas_ou_elle_cherche(joueur: Joueur) -> None:
    """L'écran peut tomber sous d'autres yeux."""
    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, encoder(exemple()))
    assert "Colombe" in _place(joueur)
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()
    dit = _place(joueur)
    assert "ne se montre pas ici" in dit
    assert "Colombe" not in dit
    assert "Vieux-Pont" not in dit


def test_des_reperes_illisibles_ne_se_redisent_pas_a_chaque_tour(joueur: Joueur) -> None:
    ouvrir(joueur, heberge(**CHERCHE))
    _recevoir(joueur, b"{}")
    dits: list[bool] = []
    reperes_de(joueur.session).change.connect(lambda: dits.append(True))
    reperes_de(joueur.session).relire()
    joueur.attendre()
    assert dits == []


def test_dossier_ferme_rien_n_en_reste(joueur: Joueur) -> None:
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
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    _recevoir(joueur, encoder(exemple()))
    reperes_de(joueur.session).tenu = ReperesTenus()
    joueur.session.rouvert.emit()
    qtbot.waitUntil(lambda: reperes_de(joueur.session).reperes == exemple())


# Le papier


def _mots(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


def test_la_note_imprimee_le_dit_aussi() -> None:
    from impressions.depuis_bilan import donnees
    from impressions.document import composer

    fait = bilan(**CHERCHE)
    avec = _mots(composer("cotation", donnees(fait, observes=observes(fait, exemple()))))
    assert "Colombe, T3, demande hors mutation." in avec
    assert "22 mois ou moins" in avec
    assert "demandes satisfaites en 2025" in avec
    assert "ne se compare pas à ces notes" in avec
    assert "ni une place, ni un délai promis" in avec
    assert "a observé" not in _mots(composer("cotation", donnees(fait)))
