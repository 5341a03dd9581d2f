"""L'écran Imprimer : la langue de la personne se propose, ce qui n'y est pas offert se dit et sort en français."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dossiers_ecran import heberge, ouvrir
from PySide6.QtWidgets import QApplication

from ui.composants.pli import Pli
from ui.ecrans.imprimer.choix_langue import A_LA_PLACE, PAS_DE_FICHE, SORT_EN_FRANCAIS
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    return joueur


def ecran(joueur: Joueur, langue: str, *fiches: str) -> EcranImprimer:
    """L'écran Imprimer d'une personne qui parle cette langue."""
    ouvrir(joueur, heberge(contact={"langue": langue}))
    joueur.aller("imprimer", fiches=list(fiches))
    montre: Any = joueur.ecran
    montre.composer()
    joueur.attendre()
    return montre


def test_la_langue_de_la_personne_se_propose(joueur: Joueur) -> None:
    montre = ecran(joueur, "en", "resume")
    assert montre.langue() == "en"
    assert montre.avec_francais.isVisible()
    assert montre.liasse is not None
    assert [feuille.travail for feuille in montre.liasse.feuilles] == ["Summary of your application"]


@pytest.mark.parametrize(("parlee", "dit"), [("fr", ""), ("lo", PAS_DE_FICHE.format("lao"))])
def test_sans_fiche_dans_sa_langue_le_francais(joueur: Joueur, parlee: str, dit: str) -> None:
    """Et il est dit que rien n'y est écrit, et quoi faire à la place."""
    montre = ecran(joueur, parlee, "resume")
    assert montre.langue() == "fr"
    assert not montre.avec_francais.isVisible()
    assert montre.choix_langue.manque.text().startswith(dit)
    assert montre.choix_langue.manque.isVisible() == bool(dit)


def test_les_langues_ne_repoussent_pas_les_gestes(joueur: Joueur) -> None:
    """Celle de la personne et le français devant, les autres d'un geste : à 1366 × 768, rien à faire défiler."""
    joueur.fenetre.resize(1366, 768)
    montre = ecran(joueur, "uk", "115", "resume")
    assert montre.choix_langue._groupes[0].valeur() == "uk"
    assert montre.choix_langue._groupes[0]._codes == ["uk", "fr"]
    joueur.attendre()
    for geste in (montre.tout, montre.imprimer, montre.rien, montre.enregistrer, montre.en_clair):
        bas = geste.mapTo(montre, geste.rect().bottomLeft()).y()
        assert 0 < bas <= montre.height(), geste
    assert montre._page.verticalScrollBar().maximum() == 0


def test_une_autre_langue_passe_devant(joueur: Joueur) -> None:
    """Prise sous le pli, elle rejoint les deux premières ; le clavier y est, et l'aperçu change."""
    montre = ecran(joueur, "uk", "resume")
    (pli,) = [un for un in montre.choix_langue.findChildren(Pli) if un.isVisible()]
    pli.basculer()
    montre.choix_langue._groupes[1].bouton("es").click()
    joueur.attendre()
    montre.composer()
    joueur.attendre()
    assert montre.langue() == "es"
    assert montre.choix_langue._groupes[0]._codes == ["uk", "fr", "es"]
    assert QApplication.focusWidget() is montre.choix_langue._groupes[0].bouton("es")
    assert montre.liasse is not None
    assert montre.liasse.feuilles[0].travail != "Résumé de votre demande"


def test_la_langue_dite_entre_temps_se_propose(joueur: Joueur) -> None:
    """La personne dit sa langue pendant qu'on est là : elle passe devant."""
    montre = ecran(joueur, "fr", "resume")
    joueur.session.modifier({"contact.langue": "uk"})
    joueur.attendre()
    assert montre.langue() == "uk"


def test_le_francais_a_cote_change_le_papier(joueur: Joueur) -> None:
    montre = ecran(joueur, "en", "resume")
    assert montre.liasse is not None
    avant = montre.liasse.feuilles[0].pdf
    montre.avec_francais.setChecked(True)
    montre.composer()
    joueur.attendre()
    assert montre.liasse.feuilles[0].pdf != avant


def test_une_fiche_de_surete_sort_en_francais_et_il_est_dit_de_la_lire(joueur: Joueur) -> None:
    """Jamais en silence : l'agent sait que ce papier-là n'est pas dans la langue choisie."""
    montre = ecran(joueur, "en", "115", "resume")
    assert montre.liasse is not None
    assert {feuille.fiche: feuille.travail for feuille in montre.liasse.feuilles} == {
        "115": "Sans toit ce soir",
        "resume": "Summary of your application",
    }
    dit = montre.choix_langue.manque
    assert dit.isVisible()
    assert dit.text() == SORT_EN_FRANCAIS.format("« Sans toit ce soir »") + " " + A_LA_PLACE
    assert "à voix haute" in A_LA_PLACE
    assert "interprète par téléphone" in A_LA_PLACE
    # Décochée, elle ne se dit plus : tout de suite, avant l'aperçu.
    montre.fiches._groupes[0].bouton("115").click()
    assert not dit.isVisible()


def test_changer_de_dossier_repropose_la_langue(joueur: Joueur) -> None:
    """La personne suivante n'hérite pas de la langue de la précédente, et la coche vit encore."""
    assert ecran(joueur, "en", "resume").langue() == "en"
    suivant = ecran(joueur, "fr", "resume")
    assert suivant.langue() == "fr"
    assert not suivant.avec_francais.isVisible()
