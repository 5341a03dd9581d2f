"""Un rendez-vous en quatre touches depuis le dossier ; déplacé, annulé, dit pourquoi ; l'agenda et ses conflits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

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
from ui.lancement import Poste
from ui.mots.rendez_vous import CHOISIR, SANS_DOSSIER, SANS_PLAGE
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
    presser(Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert montre.liste.count() == 1
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
