"""Ressemblances à l'écran : pourquoi, sans nom ; comparer ; n'en faire qu'un seulement si quelqu'un le confirme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from dossiers_ecran import etiquettes, ouvrir
from PySide6.QtWidgets import QApplication

from modele.coffre.listes import Semblable
from modele.synchro.etats import EtatEnvois, Lien
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.doublons.candidat import AILLEURS, MOTIF
from ui.ecrans.doublons.comparaison import ANNULABLE, LEQUEL
from ui.ecrans.doublons.ecran import HORS_LIGNE, PAS_ICI, PLUS_TARD, SANS_REGISTRE, EcranDoublons
from ui.ecrans.doublons.verification import OUVRIR
from ui.lancement import Poste
from ui.mots.masques import CACHE
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge

MAINTENANT = datetime.now().astimezone()


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un dossier ouvert, l'écran montré, sans registre."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("doublons")
    return joueur


def ecran(joueur: Joueur) -> EcranDoublons:
    montre = joueur.ecran
    assert isinstance(montre, EcranDoublons)
    return montre


def lus(joueur: Joueur) -> list[str]:
    return etiquettes(ecran(joueur))


def semblable(joueur: Joueur, **change: Any) -> Semblable:
    valeurs = {
        "dossier": joueur.session.dossier_id,
        "titre": "MOREL Zoé",
        "autre": "x",
        "guichet": "CCAS de Colombe",
        "raisons": ("même nom", "jour et mois inversés ?"),
        "score": 0.8,
    }
    return Semblable(**{**valeurs, **change})


def test_sans_registre_ou_hors_ligne_la_phrase_le_dit(joueur: Joueur) -> None:
    """Rien ne se cherche, et ce n'est pas caché."""
    assert any(SANS_REGISTRE in mot for mot in lus(joueur))
    joueur.poste.synchro.recevoir(EtatEnvois(Lien.HORS_LIGNE))
    joueur.aller("doublons")
    assert HORS_LIGNE in lus(joueur)


def test_un_dossier_discret_n_a_pas_de_ressemblances(joueur: Joueur) -> None:
    """La page n'a rien d'autre à dire."""
    joueur.session.modifier({"protection.discret": True})
    joueur.poste.synchro.recevoir(EtatEnvois(Lien.EN_LIGNE))
    joueur.aller("doublons")
    assert PAS_ICI in lus(joueur)
    assert ecran(joueur).cartes == []


def test_un_candidat_dit_pourquoi_et_la_date_de_la_recherche(joueur: Joueur) -> None:
    """Le guichet, les raisons, l'heure ; « ouvrir ici » exige un motif."""
    ecran(joueur).montrer([semblable(joueur)], MAINTENANT)
    joueur.attendre()
    assert {"CCAS de Colombe", "même nom", "jour et mois inversés ?"} <= set(lus(joueur))
    assert any(f"Recherche faite à {MAINTENANT:%H:%M}" in mot for mot in lus(joueur))
    (carte,) = ecran(joueur).cartes
    motifs: list[str] = []
    carte.ouvrir.disconnect()
    carte.ouvrir.connect(motifs.append)
    assert QApplication.focusWidget() is carte.premier
    joueur.presser("Ouvrir ici")
    carte.confirmer.click()
    assert carte.motif.faute == MOTIF
    carte.motif.ligne.setText("  elle est là  ")
    carte.confirmer.click()
    assert motifs == ["elle est là"]


def test_un_dossier_d_un_autre_territoire_ne_s_ouvre_pas(joueur: Joueur) -> None:
    """On sait qu'il existe, et c'est tout ce qu'on peut en faire."""
    ecran(joueur).montrer([semblable(joueur, autre="", guichet="")], MAINTENANT)
    joueur.attendre()
    assert AILLEURS in lus(joueur)
    assert not any(mot == "Ouvrir ici" for mot in joueur.mots(ecran(joueur)))


def comparer(joueur: Joueur) -> list[str]:
    """Montre une comparaison ; rend les survivants demandés."""
    ici = joueur.session.dossier_id
    ouvrir(joueur, heberge())
    autre = joueur.session.dossier_id
    joueur.session.ouvrir_dossier(ici, lambda _: None)
    joueur.attendre()
    joueur.aller("doublons")
    ecran(joueur)._comparer(semblable(joueur, autre=autre, tenu_ici=True))
    joueur.attendre()
    demandes: list[str] = []
    ecran(joueur).comparaison.memes.disconnect()
    ecran(joueur).comparaison.memes.connect(lambda survivant, _: demandes.append(survivant))
    return demandes


def test_fondre_demande_lequel_continue_puis_une_confirmation(joueur: Joueur) -> None:
    """Aucun n'est choisi d'avance ; « non » ne fait rien ; « oui » nomme le survivant."""
    demandes = comparer(joueur)
    joueur.presser("C'est la même personne")
    assert LEQUEL in lus(joueur)
    joueur.presser("Celui-ci")
    joueur.presser("C'est la même personne")
    assert ANNULABLE in lus(joueur)
    joueur.presser("Non, garder les deux")
    assert demandes == []
    joueur.presser("C'est la même personne")
    joueur.presser("Oui, n'en faire qu'un dossier")
    assert demandes == [joueur.session.document["id"]]


def test_la_comparaison_ne_survit_ni_a_f12_ni_au_depart(joueur: Joueur) -> None:
    """L'autre dossier ne reste pas à l'écran."""
    comparer(joueur)
    assert CACHE in lus(joueur)
    joueur.presser("Montrer : Nom de naissance")
    assert any("MOREL" in mot for mot in lus(joueur))
    joueur.session.ferme.emit()
    joueur.attendre()
    assert not any("MOREL" in mot for mot in lus(joueur))


def test_hors_ligne_une_nouvelle_demande_n_attend_pas(joueur: Joueur) -> None:
    """Elle commence, et dit que les autres guichets se chercheront plus tard."""
    joueur.poste.synchro.recevoir(EtatEnvois(Lien.HORS_LIGNE))
    joueur.aller("accueil")
    accueil = joueur.ecran
    assert isinstance(accueil, EcranAccueil)
    accueil.recherche.setText("Nouvelle Personne 1990")
    accueil.commencer()
    joueur.attendre()
    joueur.presser(OUVRIR)
    assert joueur.fenetre.ecran == "entretien"
    assert joueur.fenetre.bandeau.phrase == PLUS_TARD
