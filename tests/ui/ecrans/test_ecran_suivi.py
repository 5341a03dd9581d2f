"""Qui a vu le dossier ouvert : les passages de ce poste, ceux d'ailleurs, ou ce qui manque et pourquoi."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from dossiers_ecran import etiquettes, ouvrir
from PySide6.QtWidgets import QVBoxLayout

from modele.coffre import Changement, PageDHistoire
from modele.dossier.acces import Acces, Geste
from modele.dossier.chemins import ABSENT
from modele.protocole.messages import PosteConnu
from modele.synchro.etats import EtatEnvois, LecteurMontre, Lien
from ui.composants import Bloc
from ui.ecrans.suivi.ecran import AILLEURS, CE_POSTE, D_UNE, HORS_LIGNE, RIEN, SANS_DOSSIER, EcranSuivi
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes import heberge


def test_sans_dossier_ouvert_la_phrase_le_dit(poste_ouvert: Poste) -> None:
    """Rien à suivre."""
    joueur = Joueur(poste_ouvert)
    joueur.aller("suivi")
    assert SANS_DOSSIER in etiquettes(joueur.ecran)


def test_les_passages_d_ici_puis_d_ailleurs(poste_ouvert: Poste) -> None:
    """Sur ce poste d'abord ; ce qui vient du registre s'y mêle ; hors ligne, c'est dit ; en partant, rien ne reste."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("suivi")
    assert CE_POSTE in etiquettes(joueur.ecran)
    assert "Ana Martin a créé le dossier" in etiquettes(joueur.ecran)
    poste_ouvert.synchro.recevoir(EtatEnvois(Lien.HORS_LIGNE))
    joueur.aller("suivi")
    assert HORS_LIGNE in etiquettes(joueur.ecran)
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSuivi)
    hier = datetime.now().astimezone() - timedelta(days=1)
    ecran.montrer([LecteurMontre("Karim Benali", "accueil 2", "CCAS de Colombe", hier, Geste(Acces.CONSULTER))])
    joueur.attendre()
    assert {"Karim Benali a ouvert le dossier", "accueil 2, CCAS de Colombe"} <= set(etiquettes(ecran))
    joueur.aller("accueil")
    assert not any("Karim" in mot for mot in joueur.mots(ecran))


def test_ce_qui_s_imprime_se_lit_en_francais(poste_ouvert: Poste, tmp_path: Path) -> None:
    """Une fiche sort, puis on ouvre Suivi : une phrase, jamais le mot que garde le journal."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("imprimer", fiches=["115"])
    joueur.imprimer_dans(tmp_path)
    assert list(tmp_path.glob("*.pdf"))
    joueur.aller("suivi")
    assert f"Ana Martin {Acces.IMPRIMER.phrase}" in etiquettes(joueur.ecran)
    assert "Ana Martin imprimer" not in etiquettes(joueur.ecran)


# Ce qui a changé.


def _dites(boite: QVBoxLayout) -> list[str]:
    cartes = [boite.itemAt(rang).widget() for rang in range(boite.count())]
    blocs = [bloc for carte in cartes if carte is not None for bloc in carte.findChildren(Bloc)]
    return [bloc.accessibleName().partition(", ")[2] for bloc in blocs if bloc.accessibleName()]


def lignes(ecran: EcranSuivi) -> list[str]:
    """Ce que les lignes de l'histoire disent au lecteur d'écran, sans l'heure."""
    return _dites(ecran._change)


def _suivi(joueur: Joueur, **arguments: str) -> EcranSuivi:
    joueur.aller("suivi", **arguments)
    joueur.attendre()
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSuivi)
    return ecran


def test_l_histoire_du_dossier_puis_d_une_reponse(poste_ouvert: Poste) -> None:
    """Changer, annuler : qui, de quoi à quoi, où ; d'une question, sa seule histoire, et l'on y revient."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.session.modifier({"demandeur.nom": "REY"})
    joueur.attendre()
    joueur.session.annulation.annuler()
    joueur.attendre()
    dites = lignes(_suivi(joueur))
    assert dites[0] == "Ana Martin a annulé son changement. Nom de naissance : de nouveau « MOREL », sur ce poste"
    assert dites[1] == "Ana Martin a changé Nom de naissance : « MOREL » est devenu « REY », sur ce poste"
    assert "Ana Martin a noté Nature de la demande : « Première demande », sur ce poste" in dites
    assert not [un for un in dites if "_" in un]
    une = _suivi(joueur, chemin="demandeur.nom")
    assert une.titre.text() == D_UNE.format(sujet="Nom de naissance")
    assert len(lignes(une)) == 3
    assert _dites(une._jours) == []
    une.tout.click()
    joueur.attendre()
    assert len(lignes(une)) > 3
    une = _suivi(joueur, chemin="demandeur.nom")
    une.retour.click()
    joueur.attendre()
    assert poste_ouvert.fenetre.ecran == "entretien"
    assert lignes(une) == []
    assert RIEN in etiquettes(_suivi(joueur, chemin="demande.date_radiation"))


def test_une_reponse_protegee_effacee_ne_laisse_aucune_ligne(poste_ouvert: Poste) -> None:
    """Dite puis effacée : les mêmes lignes, le même nombre, et aucune visite de plus."""
    joueur = Joueur(poste_ouvert)
    document = heberge()
    document["foyer"] = {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}}
    ouvrir(joueur, dict(document))
    ecran = _suivi(joueur)
    temoin = (lignes(ecran), _dites(ecran._jours))
    ouvrir(joueur, dict(document))
    for valeurs in (
        {"protection.seul_a_seul": True},
        {"demande.mariage_force": True},
        {"demande.mariage_force": ABSENT},
    ):
        joueur.session.modifier(valeurs)
        joueur.attendre()
    ecran = _suivi(joueur)
    assert (lignes(ecran), _dites(ecran._jours)) == temoin


def test_au_dela_d_une_page_un_bouton_mene_a_la_suite_et_la_couverture_efface_tout(
    poste_ouvert: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("modele.coffre.changements.PAGE", 2)
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    for nom in ("REY", "ROUX", "DUPONT"):
        joueur.session.modifier({"demandeur.nom": nom})
        joueur.attendre()
    ecran = _suivi(joueur, chemin="demandeur.nom")
    assert len(lignes(ecran)) == 2
    assert not ecran.suite.isHidden()
    ecran.suite.click()
    joueur.attendre()
    assert len(lignes(ecran)) == 4
    assert ecran.suite.isHidden()
    joueur.session.ferme.emit()
    assert lignes(ecran) == []


def test_d_un_autre_poste_la_reponse_et_le_nom_du_poste(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    ecran = _suivi(joueur)
    quand = datetime.now().astimezone()
    page = PageDHistoire((), None, (Changement("demandeur.nom", ABSENT, "ROUX", "Karim", quand, poste="p2"),))
    ecran._montrer_l_histoire(page, {"p2": PosteConnu("accueil 2", "CCAS")}, suite=True)
    joueur.attendre()
    assert "Karim a noté Nom de naissance : « ROUX », accueil 2, CCAS" in lignes(ecran)
    assert AILLEURS in etiquettes(ecran)


def test_lever_la_discretion_a_deux_et_deux_jours_apres(poste_ouvert: Poste) -> None:
    """Cachée d'un dossier ordinaire ; un agent note, un autre confirme, nul ne lève avant l'heure."""
    from ui.mots.levee import CONFIRMER, DEMANDER, LEVER, RETIRER

    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("suivi")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranSuivi)
    assert ecran.levee.isHidden()
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()

    def offerts() -> set[str]:
        return {nom for nom, bouton in ecran.levee.boutons.items() if not bouton.isHidden()}

    assert offerts() == {DEMANDER}
    joueur.presser(DEMANDER)
    assert ecran.levee.mots.faute
    ecran.levee.mots.ligne.setText("Elle est relogée.")
    joueur.presser(DEMANDER)
    joueur.attendre()
    assert offerts() == {RETIRER}
    assert any("Elle est relogée." in mot for mot in etiquettes(ecran))
    joueur.session.agent = "Paul Roy"
    ecran.levee.montrer()
    assert offerts() == {CONFIRMER, RETIRER}
    joueur.presser(CONFIRMER)
    joueur.attendre()
    assert offerts() == {RETIRER}
    assert any("Confirmée par Paul Roy. Elle pourra être levée" in mot for mot in etiquettes(ecran))
    joueur.presser(RETIRER)
    joueur.attendre()
    assert offerts() == {DEMANDER}
    assert joueur.session.document["protection"]["discret"] is True
    assert LEVER not in offerts()
    joueur.aller("accueil")
    assert ecran.levee.isHidden()
