"""L'écran Recours DALO / DAHO : la table et ses questions, le calendrier, l'agenda, et ce qui se tait."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject
from dossiers_ecran import etiquettes, heberge, ouvrir
from icalendar import Calendar
from outils_ecran import presser, taper
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from impressions.agenda import SANS_DATE
from modele.bilan import Bilan
from modele.dossier.chemins import poser
from modele.dossier.codes import reference_courte
from modele.dossier.entretien import Visibilite
from ui.composants import Pli
from ui.composants.lien import Lien
from ui.ecrans.entretien.detour import A_L_ECRAN
from ui.ecrans.recours.calendrier import AGENDA, DEPART
from ui.ecrans.recours.ecran import CACHER, MASQUE, MONTRER, EcranRecours
from ui.lancement import Poste
from ui.mots.priorites import lignes, questions
from ui.theatre.joueur import Joueur

RESERVE = "La commission peut décider autrement ; vous pouvez la saisir."


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent, au 29/11/2026."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 29)
    return joueur


def ecran(joueur: Joueur, **reponses: Any) -> EcranRecours:
    """L'écran des recours d'un dossier hébergé, avec ces réponses (« dalo__statut »)."""
    document = heberge()
    for chemin, valeur in reponses.items():
        document = poser(document, chemin.replace("__", "."), valeur)
    ouvrir(joueur, document)
    return rouvrir(joueur)


def rouvrir(joueur: Joueur) -> EcranRecours:
    joueur.aller("recours")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranRecours)
    return montre


def tous(montre: EcranRecours) -> list[str]:
    """Ce qui se lit, plis compris."""
    return [un.text() for un in montre.findChildren(QLabel)]


def liens(montre: EcranRecours, verbe: str) -> list[Lien]:
    return [un for un in montre.findChildren(Lien) if un.text().startswith(verbe)]


# La table.


def test_chaque_ligne_est_la_avec_son_verdict_et_jamais_non(joueur: Joueur) -> None:
    montre = ecran(joueur)
    dits = tous(montre)
    assert not [ligne.titre for ligne in lignes(joueur.bilan) if ligne.titre not in dits]
    assert RESERVE in etiquettes(montre)
    assert not [mot for mot in dits if mot.strip().lower() == "non"]


def test_ce_que_rien_n_indique_se_deplie_avec_ce_qui_le_changerait(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert not [mot for mot in etiquettes(montre) if mot.startswith("Ce qui le changerait")]
    pli = montre.findChildren(Pli)[0]
    QTest.keyClick(pli.bouton, Qt.Key.Key_Space)
    assert [mot for mot in etiquettes(montre) if mot.startswith("Ce qui le changerait")]


def test_une_touche_mene_a_la_question_qui_manque(joueur: Joueur) -> None:
    """Au clavier, depuis la table, jusqu'à la question dans l'entretien."""
    montre = ecran(joueur)
    lien = next(un for un in liens(montre, "Demander") if "Lien avec l'hébergeant" in un.text().replace("’", "'"))
    QTest.keyClick(lien, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "entretien"


def test_la_reponse_donnee_on_revient_au_lien_suivant(joueur: Joueur) -> None:
    """Une réponse, Entrée : les recours, le clavier là d'où l'on était parti ; Alt+Gauche en revient aussi."""
    montre = ecran(joueur)
    lien = next(un for un in liens(montre, "Demander") if "Lien avec l'hébergeant" in un.text().replace("’", "'"))
    rang = montre._liens().index(lien)
    lien.setFocus()
    QTest.keyClick(lien, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.ecran.suivant.text() == A_L_ECRAN
    presser(Qt.Key.Key_4)
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"
    assert joueur.session.document["logement_actuel"]["lien_hebergeant"] == "ami"
    assert montre._liens()[rang].hasFocus()
    montre._liens()[rang].setFocus()
    QTest.keyClick(montre._liens()[rang], Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "entretien"
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"


def test_un_recours_depose_s_ouvre_sur_la_date_a_noter(joueur: Joueur) -> None:
    montre = ecran(joueur, dalo__statut="depose")
    assert montre.calendrier.a_noter is not None
    assert montre.calendrier.a_noter.hasFocus()
    joueur.session.modifier({"dalo.date_reception_dossier": "2026-11-12"})
    joueur.attendre()
    assert "Noter ce qui est venu : Statut DALO" in montre.calendrier.a_noter.text().replace("\u00a0", " ")


def test_ce_qui_se_pose_vient_avant_ce_qui_ne_se_posera_peut_etre_pas(joueur: Joueur) -> None:
    """Une assignation dite : ses dates ne décident plus rien ; le relogement, si."""
    ecran(joueur, expulsion__etape="assignation", triage__papier_huissier="assignation")
    ligne = next(un for un in lignes(joueur.bilan) if un.id == "dalo-3")
    assert [vue.chemin for vue in questions(joueur.bilan, ligne)] == ["expulsion.relogement_propose"]
    for ligne in lignes(joueur.bilan):
        vues = [vue.visibilite is Visibilite.VISIBLE for vue in questions(joueur.bilan, ligne)]
        assert vues == sorted(vues, reverse=True)


def test_de_la_saisine_a_l_accuse_de_reception_et_retour(joueur: Joueur) -> None:
    montre = ecran(joueur)
    QTest.keyClick(montre.saisir, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "saisine"
    QTest.keyClick(joueur.ecran.calendrier, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"


def test_la_meme_question_dit_de_qui_elle_parle(joueur: Joueur) -> None:
    """Handicap du demandeur, puis de l'enfant : deux liens d'une même ligne ne se disent jamais pareil."""
    montre = ecran(joueur)
    vus = [(id(un.parentWidget()), un.text()) for un in liens(montre, "Demander")]
    assert len(set(vus)) == len(vus)
    assert [mot for _, mot in vus if mot.startswith("Demander : Inès")]


def test_la_reponse_donnee_remplit_le_motif(joueur: Joueur) -> None:
    montre = ecran(joueur)
    joueur.session.modifier({"logement_actuel.lien_hebergeant": "ami"})
    joueur.attendre()
    assert next(un for un in lignes(joueur.bilan) if un.id == "dalo-2").verdict.value == "rempli"
    assert "Rempli (1)" in etiquettes(montre)


@pytest.mark.parametrize("statut", ["locataire_prive", "locataire_hlm"])
def test_un_logement_social_ne_ferme_aucun_motif(joueur: Joueur, statut: str) -> None:
    montre = ecran(joueur, logement_actuel__statut=statut, logement_actuel__surface=20, logement_actuel__occupants=4)
    assert "DALO, cas 7 : logement suroccupé, avec un enfant mineur ou une personne handicapée" in etiquettes(montre)
    assert "Rempli (1)" in etiquettes(montre)


# Le calendrier.


def test_rien_ne_se_date_avant_l_accuse_de_reception(joueur: Joueur) -> None:
    montre = ecran(joueur, dalo__statut="depose")
    assert DEPART in etiquettes(montre)
    assert not montre.calendrier.agenda.isVisible()
    assert SANS_DATE in etiquettes(montre)
    assert not [mot for mot in etiquettes(montre) if mot.startswith(("Réponse attendue", "Agissez avant"))]
    noter = next(un for un in liens(montre, "Noter") if "Réception du dossier par la commission" in un.text())
    QTest.keyClick(noter, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "entretien"


def test_du_premier_contact_au_tribunal_l_horloge_avance(joueur: Joueur) -> None:
    """Déposé, reconnu, le préfet se tait : le tribunal, puis l'indemnisation ; qui se tait est nommé chaque fois."""
    montre = ecran(joueur, dalo__statut="aucun")
    joueur.session.modifier({"dalo.statut": "depose", "dalo.date_reception_dossier": "2026-11-12"})
    joueur.attendre()
    dits = etiquettes(montre)
    assert "Réponse attendue avant le 12/02/2027" in dits
    assert [mot for mot in dits if mot.startswith("Qui doit répondre : la commission.")]
    joueur.atelier.horloge = lambda: date(2027, 2, 1)
    reconnu = {"dalo.statut": "reconnu", "dalo.date_decision": "2027-01-20", "dalo.recours_notifies": True}
    joueur.session.modifier(reconnu)
    joueur.attendre()
    dits = etiquettes(montre)
    assert "Réponse attendue avant le 20/04/2027" in dits
    assert [mot for mot in dits if mot.startswith("Qui doit répondre : le préfet.")]
    assert [mot for mot in dits if mot.startswith("Qui doit répondre : la personne.")]
    joueur.atelier.horloge = lambda: date(2027, 4, 22)
    joueur.session.modifier({"dalo.date_notification": "2027-01-25"})
    joueur.attendre()
    dits = etiquettes(montre)
    assert "Passé ; pas d'offre : saisissez le tribunal administratif" in dits
    assert "Agissez avant le 20/08/2027" in dits
    assert "Dernier pas : demander réparation" in dits


def test_un_delai_en_doute_dit_ses_deux_dates(joueur: Joueur) -> None:
    """Clermont-Ferrand : on ne sait pas si le préfet a trois mois, ou six."""
    session = joueur.session
    session.regler(session.preferences._replace(territoire="clermont-auvergne-metropole"))
    session.charger_regles()
    joueur.attendre()
    dates = {
        "territoire": "clermont-auvergne-metropole",
        "dalo__statut": "reconnu",
        "dalo__date_decision": "2026-11-12",
    }
    montre = ecran(joueur, **dates)
    voulu = "Réponse attendue avant le 12/02/2027 ; ou le 12/05/2027, si l'autre délai du texte vaut ici"
    assert voulu in etiquettes(montre)


# Les pièces demandées, le tribunal saisi.

ARRETE = {
    "dalo__statut": "depose",
    "dalo__date_reception_dossier": "2026-11-12",
    "dalo__pieces_demandees_le": "2026-11-20",
}
SUSPENDU = "Suspendu depuis le 20/11/2026 : apportez les pièces, le délai repart"


def ecrire_la_date(joueur: Joueur, lien: Lien, date_dite: str) -> None:
    """Du calendrier à la question, au clavier : la date, Entrée, et l'on en revient."""
    lien.setFocus()
    QTest.keyClick(lien, Qt.Key.Key_Space)
    joueur.attendre()
    assert joueur.fenetre.ecran == "entretien"
    taper(date_dite)
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert joueur.fenetre.ecran == "recours"


def test_le_courrier_puis_les_pieces_se_notent_du_calendrier_au_clavier(joueur: Joueur) -> None:
    """Le délai s'arrête, l'écran dit d'apporter les pièces ; remises, il repart, et la date où agir n'a pas bougé."""
    montre = ecran(joueur, dalo__statut="depose", dalo__date_reception_dossier="2026-11-12")
    courrier = next(un for un in liens(montre, "Noter ce qui est venu") if "Courrier de la commission" in un.text())
    ecrire_la_date(joueur, courrier, "20112026")
    assert joueur.session.document["dalo"]["pieces_demandees_le"] == "2026-11-20"
    dits = etiquettes(montre)
    assert SUSPENDU in dits
    assert f"{SUSPENDU} ; par prudence, agissez avant le 12/04/2027" in dits
    assert not [mot for mot in dits if mot.startswith("Réponse attendue")]
    remise = montre.calendrier.a_noter
    assert remise is not None
    assert "Remise à la commission des pièces demandées" in remise.text()
    ecrire_la_date(joueur, remise, "28112026")
    dits = etiquettes(montre)
    assert not [mot for mot in dits if mot.startswith("Suspendu")]
    assert "Réponse attendue avant le 12/02/2027" in dits
    arret = "Délai arrêté du 20/11/2026 au 28/11/2026, le temps des pièces : la fin recule"
    assert f"{arret}, au 21/02/2027 d'après ces dates (à faire valider)" in dits


def test_jamais_passe_tant_que_rien_n_est_remis(joueur: Joueur) -> None:
    """Dix ans plus tard, l'écran dit encore d'apporter les pièces."""
    joueur.atelier.horloge = lambda: date(2036, 11, 29)
    montre = ecran(joueur, **ARRETE)
    dits = etiquettes(montre)
    assert SUSPENDU in dits
    assert not [mot for mot in dits if mot.startswith("Passé")]


def test_le_tribunal_saisi_se_note_et_rien_ne_dit_plus_de_le_saisir(joueur: Joueur) -> None:
    reconnu = {"dalo__statut": "reconnu", "dalo__date_decision": "2026-06-12", "dalo__recours_notifies": True}
    montre = ecran(joueur, **reconnu)
    assert [mot for mot in etiquettes(montre) if "dernier jour pour saisir" in mot]
    lien = next(un for un in liens(montre, "Noter ce qui est venu") if "Saisine du tribunal" in un.text())
    ecrire_la_date(joueur, lien, "20112026")
    dits = etiquettes(montre)
    assert not [mot for mot in dits if "saisir le tribunal" in mot or "saisissez" in mot]
    assert "Décision du tribunal administratif" in dits
    assert "Réponse attendue avant le 20/01/2027" in dits
    assert [mot for mot in dits if mot.startswith("Qui doit répondre : le tribunal.")]


# L'agenda.


def test_l_agenda_s_ecrit_d_un_geste_et_deux_lecteurs_le_relisent(joueur: Joueur, tmp_path: Path) -> None:
    montre = ecran(joueur, dalo__statut="depose", dalo__date_reception_dossier="2026-11-12")
    assert montre.calendrier.agenda.isVisible()
    montre.calendrier.enregistrer_dans(tmp_path)
    joueur.attendre()
    (ecrit,) = tmp_path.glob("*.ics")
    assert ecrit.name == f"{reference_courte(joueur.session.dossier_id)}.ics"
    brut = ecrit.read_bytes()
    lus = [str(un["DTSTART"].dt) for un in Calendar.from_ical(brut).walk("VEVENT")]
    assert lus == [str(un.dtstart.value) for un in vobject.readOne(brut.decode()).vevent_list]
    assert lus == ["2027-02-12", "2027-04-12"]
    assert b"MOREL" not in brut
    assert montre.calendrier.sortis.isVisible()
    joueur.presser("Effacer de ce poste")
    assert list(tmp_path.glob("*.ics")) == []


# Ce qui se tait.

DISCRET = {"protection__discret": True, "dalo__statut": "depose", "dalo__date_reception_dossier": "2026-11-12"}


def test_d_un_dossier_discret_rien_ne_se_lit_sans_geste(joueur: Joueur, tmp_path: Path) -> None:
    montre = ecran(joueur, **DISCRET)
    assert MASQUE in etiquettes(montre)
    assert not [mot for mot in etiquettes(montre) if mot.startswith(("DALO", "DAHO", "Lettre"))]
    joueur.presser(MONTRER)
    assert [mot for mot in etiquettes(montre) if mot.startswith("DALO, cas")]
    assert not montre.calendrier.agenda.isVisible()
    assert not montre.imprimer.isVisible()
    montre.calendrier.enregistrer_dans(tmp_path)
    joueur.attendre()
    assert list(tmp_path.glob("*.ics")) == []
    joueur.presser(CACHER)
    assert not [mot for mot in etiquettes(montre) if mot.startswith(("DALO", "DAHO", "Lettre"))]


def test_mutant_sans_regard_sur_la_discretion_l_agenda_sort(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bilan, "a_taire", property(lambda _: False))
    montre = ecran(joueur, **DISCRET)
    montre.calendrier.enregistrer_dans(tmp_path)
    joueur.attendre()
    assert list(tmp_path.glob("*.ics"))


@pytest.mark.parametrize("violence", [{}, {"triage__peur_au_domicile": True}])
def test_ni_lettre_ni_question_protegee_hors_du_seul_a_seul(joueur: Joueur, violence: dict[str, Any]) -> None:
    montre = ecran(joueur, **violence)
    if joueur.bilan.a_taire:
        joueur.presser(MONTRER)
    dits = [*tous(montre), *(un.text() for un in montre.findChildren(QPushButton))]
    assert not [mot for mot in dits if mot.startswith(("Lettre g", "Lettre h", "Lettre i"))]
    assert not [mot for mot in dits if "violence" in mot.lower() or "peur" in mot.lower()]


def test_seul_a_seul_les_lettres_protegees_n_ouvrent_aucune_question_nommee(joueur: Joueur) -> None:
    montre = ecran(joueur, protection__seul_a_seul=True)
    assert any(mot.startswith("Lettre g") for mot in tous(montre))
    dits = [un.text().lower() for un in montre.findChildren(Lien)]
    assert not [mot for mot in dits if any(nom in mot for nom in ("violen", "mariage", "traite", "prostitu", "agress"))]


def test_masque_puis_ferme_rien_n_en_reste(joueur: Joueur) -> None:
    montre = ecran(joueur, **DISCRET)
    assert montre.delicat
    joueur.presser(MONTRER)
    joueur.aller("accueil")
    joueur.attendre()
    assert not [mot for mot in tous(montre) if mot.startswith(("DALO, cas", "Lettre"))]


def test_l_orientation_y_mene_et_l_on_en_revient(joueur: Joueur) -> None:
    ecran(joueur)
    joueur.aller("orientation")
    joueur.presser("Recours DALO / DAHO et calendrier")
    assert joueur.fenetre.ecran == "recours"
    QTest.keyClick(joueur.fenetre, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert joueur.fenetre.ecran == "orientation"


def test_la_palette_y_mene_et_imprimer_offre_la_fiche(joueur: Joueur) -> None:
    montre = ecran(joueur)
    joueur.presser("Imprimer la fiche")
    assert joueur.fenetre.ecran == "imprimer"
    assert montre.calendrier.agenda.text() == AGENDA
