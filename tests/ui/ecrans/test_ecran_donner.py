"""Un rendez-vous en quatre touches depuis le dossier ; déplacé, annulé, dit pourquoi ; l'agenda et ses conflits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from outils_ecran import presser, taper
from PySide6.QtCore import Qt

from modele.coffre.agenda import Choix
from modele.dossier.codes import reference_courte
from modele.droits import Auteur
from modele.mots.ecriture import dire_date
from modele.rendez_vous import Creneau
from ui.ecrans.agenda.ecran import EcranAgenda
from ui.ecrans.donner.ecran import EcranDonner
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.lancement import Poste
from ui.mots.rendez_vous import AUCUN, CHOISIR, OU_DONNER, SANS_DOSSIER, SANS_PAPIER, SANS_PLAGE, SANS_RAPPEL
from ui.theatre.joueur import Joueur

ANA = Auteur("Ana Martin")
LIEU = "ccas-colombe"
RECUE = date.today() - timedelta(10)


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un dossier ouvert, d'une demande enregistrée il y a dix jours, qui parle arabe."""
    joueur = Joueur(poste_ouvert)
    joueur.session.preferences = joueur.session.preferences._replace(lieu=LIEU)
    qui = {"demandeur": {"nom": "GARNIER", "prenoms": "Zoé"}, "contact": {"langue": "ar"}}
    joueur.session.creer_dossier({**qui, "demande": {"date_reception": RECUE.isoformat()}}, lambda _: None)
    joueur.attendre()
    return joueur


def coffre_de(joueur: Joueur) -> Any:
    return joueur.session._coffre


def donner(joueur: Joueur) -> EcranDonner:
    joueur.aller("donner")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranDonner)
    return montre


def tenus(joueur: Joueur) -> Any:
    return coffre_de(joueur).agenda.du_dossier(joueur.session.dossier_id, ANA)


def test_quatre_touches(joueur: Joueur) -> None:
    """F9, un créneau, l'interprète, Ctrl+Entrée."""
    presser(Qt.Key.Key_F9)
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranDonner)
    assert montre.creneaux is not None
    voulu = montre._libres[0]
    taper("1")
    montre.interprete.focus_initial()
    taper("1")
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    (tenu,) = tenus(joueur)
    assert (tenu.creneau, tenu.type, tenu.langue, tenu.interprete) == (voulu, "reception", "ar", "demande")
    assert montre.constat.text().startswith("Rendez-vous donné")
    assert montre._libres[0] != voulu
    montre.trouve.click()
    joueur.attendre()
    assert tenus(joueur)[0].interprete == "trouve"


def test_le_delai_de_la_loi_se_lit(joueur: Joueur) -> None:
    """Le territoire d'exemple dit un mois : la date, et si le créneau la tient."""
    montre = donner(joueur)
    assert "L441-2-8" in montre.delai.text()
    assert dire_date(RECUE.replace(month=RECUE.month % 12 + 1)) in montre.delai.text() or RECUE.month == 12
    taper("1")
    assert "le tient" in montre.delai.text().replace("\u00a0", " ")


def test_sans_dossier_ni_creneau_l_ecran_le_dit(joueur: Joueur) -> None:
    montre = donner(joueur)
    montre.donner.click()
    assert montre.constat.text() == CHOISIR
    joueur.session.fermer_dossier()
    joueur.attendre()
    assert montre.constat.text() == SANS_DOSSIER
    assert montre.dossier.text() == ""
    assert montre._saisie.isHidden()


def test_sans_horaire_ecrit_une_date_et_une_heure(joueur: Joueur) -> None:
    joueur.session.preferences = joueur.session.preferences._replace(lieu="")
    montre = donner(joueur)
    assert any(SANS_PLAGE[:40] in un.text() for un in montre._quand.findChildren(type(montre.constat)))
    montre.autre.heure.setFocus()
    taper("9h")
    montre.donner.click()
    assert montre.autre.date.faute.startswith("À écrire")
    demain = date.today() + timedelta(1)
    montre.autre.date.ligne.setText(dire_date(demain))
    montre.autre.duree.ligne.setText("long")
    montre.donner.click()
    assert montre.autre.duree.faute == "Écrivez un nombre de minutes."
    montre.autre.duree.ligne.setText("45")
    montre.donner.click()
    joueur.attendre()
    (tenu,) = tenus(joueur)
    assert (tenu.creneau.jour, tenu.creneau.heure, tenu.creneau.duree) == (demain, "09:00", 45)


def test_deplacer_et_annuler_demandent_pourquoi(joueur: Joueur) -> None:
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    montre.annuler.click()
    joueur.attendre()
    assert montre.constat.text().startswith("Écrivez pourquoi")
    nouveau = montre._libres[2]
    montre.creneaux.bouton(2).click()  # type: ignore[union-attr]
    montre.motif.setFocus()
    taper("bus en retard")
    montre.deplacer.click()
    joueur.attendre()
    assert tenus(joueur)[0].creneau == nouveau
    montre.motif.setFocus()
    taper("relogée")
    montre.annuler.click()
    joueur.attendre()
    assert (tenus(joueur)[0].etat, tenus(joueur)[0].motif) == ("annule", "relogée")
    assert montre._gestes.isHidden()


def test_tenir_a_part_ne_se_montre_qu_a_qui_en_repond(joueur: Joueur) -> None:
    autre = reference_courte(joueur.session.dossier_id)
    assert donner(joueur).a_part.isHidden()
    protege = {"protection": {"discret": True, "referent": "Ana Martin"}}
    joueur.session.creer_dossier(protege, lambda _: None)
    joueur.attendre()
    montre = donner(joueur)
    assert not montre.a_part.isHidden()
    montre.a_part.reference.ligne.setText(autre)
    montre.a_part.lieu.click()
    joueur.attendre()
    assert len(montre.a_part.leves) == 1
    montre.a_part.leves[0].click()
    joueur.attendre()
    assert montre.a_part.leves == []
    joueur.session.creer_dossier({"protection": {"discret": True, "referent": "Paul"}}, lambda _: None)
    joueur.attendre()
    assert donner(joueur).a_part.isHidden()


def test_un_fichier_d_agenda_sans_nom_ni_motif(joueur: Joueur, tmp_path_factory: pytest.TempPathFactory) -> None:
    """La référence pour nom de fichier ; d'un dossier discret, le geste ne s'offre pas et rien ne s'écrit."""
    ou = tmp_path_factory.mktemp("sortie")
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    montre.enregistrer_dans(ou)
    joueur.attendre()
    (ecrit,) = ou.iterdir()
    assert ecrit.name == f"{reference_courte(joueur.session.dossier_id)}.ics"
    assert not any(mot in ecrit.read_text() for mot in ("GARNIER", "Nora", LIEU))
    joueur.session.modifier({"protection.discret": True})
    joueur.attendre()
    montre.enregistrer_dans(ou)
    joueur.attendre()
    assert len(list(ou.iterdir())) == 1
    assert "discret" in montre.constat.text()
    assert donner(joueur).fichier.isHidden()


# Le papier.


def imprimer(joueur: Joueur) -> EcranImprimer:
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    montre.composer()
    joueur.attendre()
    return montre


def test_le_papier_du_rendez_vous_choisi_au_clavier(joueur: Joueur) -> None:
    """Alt+P, sur la ligne choisie : sa feuille, et elle seule, déjà composée."""
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    montre.creneaux.bouton(3).click()  # type: ignore[union-attr]
    montre.donner.click()
    joueur.attendre()
    montre.liste.setCurrentRow(1)
    voulu = tenus(joueur)[1].creneau
    presser(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    papier = imprimer(joueur)
    assert papier.choisies() == ["rendez-vous"]
    assert papier.liasse is not None
    (feuille,) = papier.liasse.feuilles
    lu = " ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(bytes(feuille.pdf)))
    # Elle parle arabe : sa feuille aussi.
    assert "موعدكم" in lu
    assert f"{voulu.debut // 60}:{voulu.debut % 60:02}" in lu
    assert "CCAS de Colombe" in lu
    assert feuille.nom == f"{reference_courte(joueur.session.dossier_id)}.pdf"


def test_la_page_d_impression_l_offre_a_qui_a_un_rendez_vous(joueur: Joueur) -> None:
    joueur.aller("imprimer")
    joueur.attendre()
    assert "rendez-vous" not in {un.id for un in imprimer(joueur)._offres}
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    joueur.aller("imprimer")
    joueur.attendre()
    papier = imprimer(joueur)
    assert "rendez-vous" in {un.id for un in papier._offres if un.proposee}
    assert "rendez-vous" not in papier.choisies()
    papier.tout_choisir()
    assert "rendez-vous" in papier.choisies()


def test_le_rendez_vous_d_un_autre_ne_va_pas_sur_ce_papier(joueur: Joueur) -> None:
    """Le dossier a changé sous l'écran : ce qui avait été lu du précédent ne s'offre plus."""
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    montre.papier.click()
    joueur.attendre()
    papier = imprimer(joueur)
    assert papier._rendez_vous is not None
    joueur.session.creer_dossier({"demandeur": {"nom": "AUTRE"}}, lambda _: None)
    joueur.attendre()
    bilan = joueur.atelier.bilan
    assert bilan is not None
    assert papier._a_rappeler(bilan) is None
    assert "rendez-vous" not in {un.id for un in papier._offres}


def test_un_dossier_discret_n_a_pas_de_papier_et_l_ecran_dit_quoi_faire(joueur: Joueur) -> None:
    montre = donner(joueur)
    taper("1")
    montre.donner.click()
    joueur.attendre()
    assert (montre.papier.isHidden(), montre.sans_papier.isHidden()) == (False, True)
    joueur.session.modifier({"protection.discret": True, "protection.referent": "Ana Martin"})
    joueur.attendre()
    montre = donner(joueur)
    assert (montre.papier.isHidden(), montre.sans_papier.isHidden()) == (True, False)
    assert montre.sans_papier.text() == SANS_PAPIER
    joueur.aller("imprimer", fiches=["rendez-vous"])
    joueur.attendre()
    papier = imprimer(joueur)
    assert "rendez-vous" not in papier.choisies()
    assert papier.liasse is None or not papier.liasse.feuilles


# L'agenda.


def agenda(joueur: Joueur) -> EcranAgenda:
    joueur.aller("agenda")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranAgenda)
    return montre


def test_jour_semaine_mois_au_clavier(joueur: Joueur) -> None:
    coffre = coffre_de(joueur)
    coffre.agenda.choisir_le_lieu(LIEU)
    demain = date.today() + timedelta(1)
    creneau = Creneau(demain, 600, 30, LIEU)
    coffre.agenda.donner(joueur.session.dossier_id, Choix(creneau), ANA)
    montre = agenda(joueur)
    assert montre.liste.count() == 0
    # Vide, elle n'encadre rien, et le clavier est à la vue choisie, jusqu'à ce qu'elle se remplisse.
    assert montre.liste.isHidden()
    assert montre.sejours["jour"].hasFocus()
    assert montre.constat.text() == f"{AUCUN} {OU_DONNER}"
    presser(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert montre.liste.count() == 1
    assert montre.liste.hasFocus()
    assert "GARNIER" not in montre.liste.vue(0).titre + montre.liste.vue(0).detail
    presser(Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    presser(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert montre.vue.text().startswith("Semaine du")
    presser(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert montre.sejours["mois"].accessibleName() == "Mois, choisi"
    montre.sejour, montre.jour = "jour", demain
    montre._relire()
    joueur.attendre()
    montre.liste.setCurrentRow(0)
    montre.liste.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "donner"


def test_pris_deux_fois_une_personne_choisit(joueur: Joueur) -> None:
    coffre = coffre_de(joueur)
    coffre.agenda.choisir_le_lieu(LIEU)
    creneau = Creneau(date.today() + timedelta(1), 600, 30, LIEU)
    coffre.agenda.donner(joueur.session.dossier_id, Choix(creneau), ANA)
    pris = replace(creneau, debut=615)
    place = {"lieu": LIEU, "avec": "", "date": pris.jour.isoformat(), "heure": pris.heure, "duree": 30}
    coffre.creer_objet("occupation", {**place, "etat": "occupe"}, ANA)
    montre = agenda(joueur)
    assert not montre.conflits.isHidden()
    assert montre.departs[0].text() == "Garder les deux"
    montre.departs[0].click()
    joueur.attendre()
    assert montre.conflits.isHidden()
    assert "Les deux sont gardés." in montre.constat.text()


def test_ceux_a_rappeler_se_notent_au_clavier(joueur: Joueur) -> None:
    """Trois jours avant, dit le lieu : la référence, jamais le nom ; « Rappelé » ôte la ligne."""
    coffre = coffre_de(joueur)
    coffre.agenda.choisir_le_lieu(LIEU)
    dossier = joueur.session.dossier_id
    for jours in (2, 4):
        coffre.agenda.donner(dossier, Choix(Creneau(date.today() + timedelta(jours), 600, 30, LIEU)), ANA)
    montre = agenda(joueur)
    dits = [un.text() for un in montre.rappels.findChildren(type(montre.constat))]
    assert any(reference_courte(dossier) in dit for dit in dits)
    assert not any("GARNIER" in dit for dit in dits)
    (rappele,) = montre.rappeles
    rappele.setFocus()
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert montre.rappels.isHidden()
    assert "Rappel noté" in montre.constat.text()
    assert montre.sans_rappel.isHidden()


def test_un_lieu_qui_n_a_pas_ecrit_son_rappel_le_lit(joueur: Joueur) -> None:
    """Aucun délai inventé : rien à rappeler, et l'écran dit où l'écrire."""
    joueur.session.preferences = joueur.session.preferences._replace(lieu="accueil-logement")
    coffre = coffre_de(joueur)
    coffre.agenda.choisir_le_lieu("accueil-logement")
    creneau = Creneau(date.today() + timedelta(1), 600, 30, "accueil-logement")
    coffre.agenda.donner(joueur.session.dossier_id, Choix(creneau), ANA)
    montre = agenda(joueur)
    assert montre.rappels.isHidden()
    assert not montre.sans_rappel.isHidden()
    assert montre.sans_rappel.text() == SANS_RAPPEL
