"""Tenir une commission à l'écran : du logement au procès-verbal, aux lettres et aux réponses ; nul nom d'avance."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import presser
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot
from sqlalchemy import delete
from test_ecran_candidats import AUTEUR, garni, lire, ranger

from impressions.seance import HORS_GRILLE, SANS_RAISONS
from modele.coffre import Coffre, schema
from modele.seance.gardee import Candidat, Etat, SeanceGardee
from ui.ecrans.seance.ecran import EcranSeance
from ui.lancement import Poste
from ui.mots import seance as mots
from ui.theatre.joueur import Joueur

JOUR = date.today()


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return garni(poste_ouvert, qtbot)


def ecran(joueur: Joueur) -> EcranSeance:
    montre = joueur.ecran
    assert isinstance(montre, EcranSeance)
    return montre


def designer(joueur: Joueur, combien: int = 3) -> None:
    """Désigne les premières candidates du T2 d'exemple, puis passe à la séance."""
    vu = ranger(joueur)
    for rang in range(combien):
        vu.candidates.liste.setCurrentRow(rang)
        vu.candidates.motif.poser("Ce logement lui va, vu avec elle.")
        vu.candidates.designer.click()
        joueur.attendre()
    joueur.presser("Préparer la séance")


def preparer(joueur: Joueur, combien: int = 3) -> EcranSeance:
    """Une séance préparée, chaque demande vérifiée enregistrée."""
    designer(joueur, combien)
    ici = ecran(joueur)
    ici.preparation.commission.poser("Commission d'essai")
    ici.preparation.bailleur.poser("Office d'essai")
    for rang in range(combien):
        ici.preparation.liste.setCurrentRow(rang)
        qui, quand = ici.preparation.vus["numero"]
        qui.poser("Nora Petit")
        quand.poser(JOUR)
    joueur.presser("Préparer")
    assert ici.preparation.faute.text() == ""
    return ici


def seance(joueur: Joueur) -> SeanceGardee:
    (une,) = lire(joueur, lambda coffre: coffre.seances.lister(AUTEUR))
    assert isinstance(une, SeanceGardee)
    return une


def membre(joueur: Joueur, qualite: str, nom: str, *roles: str) -> None:
    carte = ecran(joueur).membres
    carte.neuf.click()
    carte.qualite.poser(qualite)
    carte.nom.poser(nom)
    carte.roles.poser(list(roles))
    carte.garder.click()
    joueur.attendre()


def tenue(joueur: Joueur) -> EcranSeance:
    """Ouverte à ses membres, et tenue ce jour."""
    ici = preparer(joueur)
    membre(joueur, "bailleur", "Alix Essai", "present", "preside", "locataires")
    membre(joueur, "maire", "Sam Modèle", "present")
    ici.reglement.repondre.poser(10)
    ici.reglement.garder.click()
    joueur.attendre()
    ici.conduite.ouverture.demander.click()
    ici.conduite.ouverture.oui.click()
    joueur.attendre()
    ici.conduite.jour.poser(JOUR)
    ici.conduite.tenue.click()
    joueur.attendre()
    assert seance(joueur).etat is Etat.TENUE
    return ici


def decider(joueur: Joueur, ligne: int, genre: str, motif: str, **autres: Any) -> None:
    ici = ecran(joueur)
    ici.candidats.liste.setCurrentRow(ligne)
    ici.decision.genre.poser(genre)
    ici.decision._adapter()
    ici.decision.champs["motif"].poser(motif)
    for nom, valeur in autres.items():
        ici.decision.champs[nom].poser(valeur)
    ici.decision.garder.click()
    joueur.attendre()
    assert ici.decision.faute.text() == "", ici.decision.faute.text()


def trois_decisions(joueur: Joueur) -> EcranSeance:
    ici = tenue(joueur)
    decider(joueur, 0, "attribution_rang", "Première au classement, dossier complet.", rang=1)
    decider(joueur, 1, "attribution_rang", "Deuxième au classement, dossier complet.", rang=2)
    decider(joueur, 2, "non_attribution", "Le logement est trop petit pour ce foyer.")
    return ici


def test_d_un_logement_a_la_cloture(joueur: Joueur, tmp_path: Path) -> None:
    """Préparée, ouverte, tenue, décidée ; procès-verbal et lettres ; répondue ; close, elle ne change plus."""
    ici = trois_decisions(joueur)
    assert "Nomsecret" not in " ".join(etiquettes(ici))
    ici.ecrire_dans(tmp_path / "papiers")
    joueur.attendre()
    noms = {un.name for un in (tmp_path / "papiers").iterdir()}
    assert {"dossier-des-membres.pdf", "proces-verbal.pdf"} <= noms, ici.conduite.faute.text()
    ici.candidats.liste.setCurrentRow(0)
    ici.reponse.reponse.poser("refusee")
    ici.reponse.champs["le"].poser(JOUR)
    ici.reponse.garder.click()
    joueur.attendre()
    assert seance(joueur).par_reference["C-01"].reponse.reponse == "refusee"
    assert "C-01 : Offre refusée" in ici.savoir.text()
    ici.conduite.cloture.demander.click()
    ici.conduite.cloture.oui.click()
    joueur.attendre()
    assert seance(joueur).etat is Etat.CLOSE
    assert ici.decision.isHidden()
    assert ici.candidats.pli.isHidden()


def test_le_dossier_des_membres_dit_les_raisons_meme_sans_avoir_rouvert_le_classement(
    joueur: Joueur, tmp_path: Path
) -> None:
    """Perron relancé, ou la grille changée, nulle ligne ne vaut plus : elles se tirent. Jamais « du préfet » à tort."""
    ici = preparer(joueur)

    def oublier(coffre: Coffre) -> None:
        with coffre._base.ecriture() as connexion:
            connexion.execute(delete(schema.candidature))

    lire(joueur, oublier)
    ici.ecrire_dans(tmp_path / "papiers")
    joueur.attendre()
    pages = PdfDocument(tmp_path / "papiers" / "dossier-des-membres.pdf")
    dit = " ".join(page.get_textpage().get_text_range() for page in pages)
    assert dit.count("Publics prioritaires") == 3, dit
    assert SANS_RAISONS not in dit
    assert HORS_GRILLE not in dit


def test_clore_dit_l_offre_qui_attend_encore(joueur: Joueur) -> None:
    """Close, nulle réponse ne s'écrit plus : qui clôt le sait, et pour qui."""
    ici = trois_decisions(joueur)
    assert "C-01" in ici.conduite.cloture.dit.text()
    ici.candidats.liste.setCurrentRow(0)
    ici.reponse.reponse.poser("acceptee")
    ici.reponse.champs["le"].poser(JOUR)
    ici.reponse.garder.click()
    joueur.attendre()
    assert ici.conduite.cloture.dit.text() == mots.CLORE


def test_offre_du_prefet_au_titre_du_droit_opposable(joueur: Joueur) -> None:
    """Une seule demande, désignée par le préfet : l'exception s'écrit ; le refus d'une offre adaptée dit son effet."""
    designer(joueur, 1)
    ici = ecran(joueur)
    ici.preparation.commission.poser("Commission d'essai")
    ici.preparation.bailleur.poser("Office d'essai")
    ici.preparation.prefet.poser(JOUR)
    qui, quand = ici.preparation.vus["numero"]
    qui.poser("Nora Petit")
    quand.poser(JOUR)
    joueur.presser("Préparer")
    ici.conduite.exception.poser(["prefet"])
    ici.conduite.motif.poser("Désignée par le préfet pour ce logement.")
    ici.conduite.dispense.click()
    joueur.attendre()
    assert "Moins de trois demandes" in ici.resume.text()
    membre(joueur, "bailleur", "Alix Essai", "present", "preside", "locataires")
    ici.reglement.repondre.poser(10)
    ici.reglement.garder.click()
    joueur.attendre()
    ici.conduite.ouverture.demander.click()
    ici.conduite.ouverture.oui.click()
    joueur.attendre()
    ici.conduite.jour.poser(JOUR)
    ici.conduite.tenue.click()
    joueur.attendre()
    decider(joueur, 0, "attribution", "Désignée par le préfet, le logement lui convient.")
    ici.reponse.reponse.poser("refusee")
    ici.reponse.champs["le"].poser(JOUR)
    ici.reponse.adapte.poser("oui")
    ici.reponse.garder.click()
    joueur.attendre()
    assert "perdre le bénéfice" in ici.savoir.text()
    assert "Désigné par le préfet le" in ici.candidats.raisons.text()


def test_moins_de_trois_se_dit_et_l_exception_s_ecrit(joueur: Joueur) -> None:
    ici = preparer(joueur, 2)
    assert "R441-3" in ici.savoir.text()
    ici.conduite.exception.poser(["insuffisance"])
    ici.conduite.dispense.click()
    joueur.attendre()
    assert ici.conduite.faute.text() == mots.SANS_MOTIF
    ici.conduite.exception.poser(["insuffisance", "prefet"])
    ici.conduite.dispense.click()
    assert ici.conduite.faute.text() == mots.UNE_EXCEPTION
    ici.conduite.exception.poser(["insuffisance"])
    ici.conduite.motif.poser("Deux demandes seulement pour ce logement.")
    ici.conduite.dispense.click()
    joueur.attendre()
    assert seance(joueur).dispense.par == joueur.session.auteur.nom


def test_entree_deux_fois_ne_clot_ni_n_ouvre(joueur: Joueur) -> None:
    """Le second appui tombe sur « Renoncer »."""
    ici = tenue(joueur)
    ici.conduite.cloture.demander.setFocus()
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is ici.conduite.cloture.renoncer
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert seance(joueur).etat is Etat.TENUE
    assert QApplication.focusWidget() is ici.conduite.cloture.demander


def test_ce_qui_est_tape_reste_a_qui_on_le_tape(joueur: Joueur) -> None:
    """D'une ligne à l'autre, et d'un écran à l'autre."""
    ici = tenue(joueur)
    ici.candidats.liste.setCurrentRow(0)
    ici.decision.champs["motif"].poser("Dossier complet.")
    ici.candidats.liste.setCurrentRow(1)
    assert ici.decision.champs["motif"].contenu == ""
    joueur.aller("accueil")
    joueur.aller("seance")
    ecran(joueur).candidats.liste.setCurrentRow(0)
    assert ecran(joueur).decision.champs["motif"].contenu == "Dossier complet."
    assert seance(joueur).par_reference["C-01"].decision.genre == ""


def test_ce_qui_se_montre_est_ce_qui_est_garde(joueur: Joueur) -> None:
    """Corriger demande pourquoi ; l'écran relit le coffre."""
    ici = tenue(joueur)
    decider(joueur, 2, "non_attribution", "Le logement est trop petit pour ce foyer.")
    assert "trop petit" in ici.candidats.raisons.text()
    ici.decision.champs["motif"].poser("Les ressources dépassent le plafond.")
    ici.decision.garder.click()
    joueur.attendre()
    assert ici.decision.faute.text() == mots.SANS_MOTIF
    ici.decision.correction.poser("Erreur de saisie.")
    ici.decision.garder.click()
    joueur.attendre()
    assert "plafond" in ici.candidats.raisons.text()
    assert "trop petit" not in ici.candidats.raisons.text()
    assert seance(joueur).par_reference["C-03"].decision.motif == "Les ressources dépassent le plafond."


def test_retirer_un_candidat_vise_celui_qu_on_lit(joueur: Joueur) -> None:
    ici = preparer(joueur)
    ici.candidats.liste.setCurrentRow(1)
    ici.candidats.oter.click()
    assert ici.candidats.faute.text() == mots.SANS_MOTIF
    ici.candidats.motif.poser("Elle a trouvé un logement.")
    ici.candidats.oter.click()
    joueur.attendre()
    assert [un.examine for un in seance(joueur).candidats] == [True, False, True]
    assert ici.candidats.reference == "C-02"


def test_un_membre_n_en_ecrase_pas_un_autre(joueur: Joueur) -> None:
    ici = preparer(joueur)
    membre(joueur, "bailleur", "Alix Essai", "present")
    membre(joueur, "maire", "Sam Modèle")
    assert [un.nom for un in seance(joueur).membres] == ["Alix Essai", "Sam Modèle"]
    ici.membres.liste.setCurrentRow(0)
    ici.membres.nom.poser("Alix Autre")
    ici.membres.garder.click()
    joueur.attendre()
    assert [un.nom for un in seance(joueur).membres] == ["Alix Autre", "Sam Modèle"]


def test_celui_qu_on_vient_d_ajouter_se_montre(joueur: Joueur) -> None:
    """Le premier à sa place se lirait comme ce qui vient d'être gardé ; plusieurs rôles se cochent."""
    ici = preparer(joueur)
    membre(joueur, "bailleur", "Alix Essai", "present", "preside")
    membre(joueur, "maire", "Sam Modèle")
    assert ici.membres.nom.contenu == "Sam Modèle"
    assert ici.membres.liste.currentRow() == 1
    ici.membres.liste.setCurrentRow(0)
    assert ici.membres.roles.valeur() == ["present", "preside"]
    assert isinstance(ici.membres.roles.bouton("present"), QCheckBox)


def test_preparer_commence_par_la_commission_et_la_demande(joueur: Joueur) -> None:
    """Vide, elle se dit à son champ, où va le clavier."""
    designer(joueur)
    ici = ecran(joueur).preparation
    assert ici.commission.ligne.hasFocus()
    ici.bailleur.poser("Office d'essai")
    joueur.presser("Préparer")
    assert ici.commission.faute == mots.A_ECRIRE
    assert ici.commission.ligne.hasFocus()
    assert lire(joueur, lambda coffre: coffre.seances.lister(AUTEUR)) == ()


def test_deux_candidats_au_meme_rang_se_voient_a_egalite() -> None:
    """La grille ne les départage pas ; qui n'est plus candidat n'est l'égal de personne."""
    from msgspec.structs import replace

    a, b, c = (Candidat(reference=f"C-0{n}", rang=rang) for n, rang in ((1, 1), (2, 3), (3, 3)))
    assert [mots.titre_du_candidat(un, (a, b, c)) for un in (a, b, c)] == [
        "C-01 · rang 1", "C-02 · rang 3, à égalité", "C-03 · rang 3, à égalité",
    ]  # fmt: skip
    parti = replace(c, retrait=replace(c.retrait, le=JOUR, motif="Relogée."))
    assert mots.titre_du_candidat(b, (a, b, parti)) == "C-02 · rang 3"
    assert mots.titre_du_candidat(parti, (a, b, parti)) == "C-03 · rang 3"
    assert mots.titre_du_candidat(replace(a, rang=None), (a,)) == "C-01 · hors du classement"


def test_un_nom_se_lit_un_a_la_fois_et_s_efface(joueur: Joueur) -> None:
    ici = preparer(joueur)
    ici.candidats.liste.setCurrentRow(0)
    ici.candidats.lire.click()
    joueur.attendre()
    assert "Nomsecret" in ici.candidats.nom.text().title()
    ici.candidats.liste.setCurrentRow(1)
    assert ici.candidats.nom.text() == ""


def test_le_reglement_d_un_autre_bailleur_ne_se_reprend_pas(joueur: Joueur) -> None:
    from msgspec.structs import replace

    from modele.seance.gardee import Bailleur
    from modele.seance.notions import Reglement
    from ui.etat.seances import reglement_de, repris_de

    preparer(joueur)
    une = replace(seance(joueur), bailleur=Bailleur(nom="A", siren="000000001"), reglement=Reglement(quorum=4))
    assert reglement_de([une], "000000001") == (Reglement(quorum=4), une)
    assert reglement_de([une], "000000002") is None
    assert reglement_de([une], "") is None
    neuve = replace(une, id="neuve")
    assert repris_de([neuve, une], neuve) == une
    assert repris_de([neuve], neuve) is None
    assert repris_de([neuve, une], replace(neuve, reglement=Reglement(quorum=5))) is None
    ici = ecran(joueur)
    ici.seances = (neuve, une)
    ici._montrer("neuve")
    assert "repris de la séance" in ici.reglement.repris.text()
    assert not ici.reglement.repris.isHidden()


def test_une_reponse_mal_ecrite_se_corrige_en_disant_pourquoi(joueur: Joueur) -> None:
    ici = trois_decisions(joueur)
    ici.candidats.liste.setCurrentRow(0)
    for motif, reponse in (("", "refusee"), ("Erreur de saisie.", "acceptee")):
        ici.reponse.reponse.poser(reponse)
        ici.reponse.champs["le"].poser(JOUR)
        ici.reponse.correction.poser(motif or None)
        ici.reponse.garder.click()
        joueur.attendre()
    gardee = seance(joueur).par_reference["C-01"].reponse
    assert (gardee.reponse, gardee.correction) == ("acceptee", "Erreur de saisie.")


def test_sans_seance_l_ecran_dit_quoi_faire(joueur: Joueur) -> None:
    joueur.aller("seance")
    assert ecran(joueur).constat.text() == mots.AUCUNE
    assert ecran(joueur).conduite.isHidden()


def test_une_seance_preparee_par_erreur_se_retire(joueur: Joueur) -> None:
    ici = preparer(joueur)
    ici.conduite.retrait.demander.click()
    ici.conduite.retrait.oui.click()
    joueur.attendre()
    assert lire(joueur, lambda coffre: coffre.seances.lister(AUTEUR)) == ()
    assert ici.constat.text() == mots.AUCUNE


@pytest.mark.parametrize("mutant", ["sans brouillon", "sans deux temps"])
def test_mutants_de_la_seance(joueur: Joueur, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    from ui.ecrans.seance.deux_temps import DeuxTemps
    from ui.ecrans.seance.saisies import CarteDecision

    if mutant == "sans brouillon":
        monkeypatch.setattr(CarteDecision, "retenir", lambda _: None)
        epreuve = test_ce_qui_est_tape_reste_a_qui_on_le_tape
    else:
        monkeypatch.setattr(DeuxTemps, "_demander", DeuxTemps._faire)
        epreuve = test_entree_deux_fois_ne_clot_ni_n_ouvre
    with pytest.raises(AssertionError):
        epreuve(joueur)


def test_le_second_temps_fait_le_geste(qtbot: QtBot) -> None:
    """Confirmé, il se fait, une fois."""
    from ui.ecrans.seance.deux_temps import DeuxTemps

    faits: list[str] = []
    deux = DeuxTemps("Clore", "Oui, clore", "Rien ne change plus.", lambda: faits.append("clos"))
    qtbot.addWidget(deux)
    deux.show()
    deux.demander.click()
    deux.oui.click()
    assert faits == ["clos"]


def test_ecrire_pour_l_un_n_efface_rien_de_l_autre(joueur: Joueur) -> None:
    """L'agent passe au suivant avant que le coffre ait répondu : ce qu'il y tape reste."""
    ici = tenue(joueur)
    ici.candidats.liste.setCurrentRow(2)
    ici.decision.genre.poser("non_attribution")
    ici.decision._adapter()
    ici.decision.champs["motif"].poser("Le logement est trop petit pour ce foyer.")
    ici.decision.garder.click()
    ici.candidats.liste.setCurrentRow(0)
    ici.decision.champs["motif"].poser("Dossier complet.")
    joueur.attendre()
    assert seance(joueur).par_reference["C-03"].decision.genre == "non_attribution"
    assert ici.candidats.reference == "C-01"
    assert ici.decision.champs["motif"].contenu == "Dossier complet."


def test_une_date_mal_ecrite_se_dit_au_champ_et_rien_ne_se_perd(joueur: Joueur) -> None:
    """D'une demande à l'autre, puis en préparant : jamais une panne."""
    designer(joueur)
    ici = ecran(joueur).preparation
    ici.commission.poser("Commission d'essai")
    ici.bailleur.poser("Office d'essai")
    ici.vus["numero"][1].ligne.setText("pas une date")
    ici.liste.setCurrentRow(1)
    assert ici.vus["numero"][1].contenu == ""
    joueur.presser("Préparer")
    assert ici.liste.currentRow() == 0
    assert ici.vus["numero"][1].faute
    assert ici.vus["numero"][1].contenu == "pas une date"
    assert lire(joueur, lambda coffre: coffre.seances.lister(AUTEUR)) == ()


def test_ce_que_la_decision_n_emploie_pas_ne_la_bloque_pas(joueur: Joueur) -> None:
    ici = tenue(joueur)
    ici.candidats.liste.setCurrentRow(2)
    ici.decision.champs["piece_le"].ligne.setText("pas une date")
    decider(joueur, 2, "non_attribution", "Le logement est trop petit pour ce foyer.")
    assert seance(joueur).par_reference["C-03"].decision.genre == "non_attribution"
