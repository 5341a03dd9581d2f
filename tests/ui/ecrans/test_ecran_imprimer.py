"""L'écran Imprimer : les fiches des voies, l'aperçu fidèle, la sortie, et ce qui ne s'imprime pas."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from dossiers_ecran import heberge, ouvrir
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel

from impressions.apercu import pages
from impressions.offres import offres, tout_ce_qu_il_faut
from modele.bilan import charger_regles, etablir
from modele.dossier.acces import Acces, Geste
from modele.dossier.chemins import ABSENT, poser
from modele.sources import Surcharge
from modele.sources import ouvrir as ouvrir_les_sources
from ui.composants.pli import Pli
from ui.ecrans.imprimer.boite import demander_imprimante
from ui.ecrans.imprimer.ecran import A_LIRE, EcranImprimer
from ui.ecrans.imprimer.imprimante import SANS_IMPRIMANTE, envoyer
from ui.ecrans.imprimer.travail import composer_liasse, pour_imprimante
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent devant une famille sans toit."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge(triage={"toit_ce_soir": "non", "enfant_avec": True}))
    return joueur


def ecran(joueur: Joueur, *fiches: str) -> EcranImprimer:
    joueur.aller("imprimer", fiches=list(fiches))
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    montre.composer()
    joueur.attendre()
    return montre


def test_les_fiches_des_voies_sont_cochees_d_avance(joueur: Joueur) -> None:
    assert set(ecran(joueur).choisies()) >= {"115", "resume", "cotation"}


def test_l_apercu_montre_chaque_page_telle_qu_elle_sort(joueur: Joueur) -> None:
    montre = ecran(joueur, "115")
    assert montre.choisies() == ["115"]
    assert montre.liasse is not None
    (feuille,) = montre.liasse.feuilles
    images = [un for un in montre.findChildren(QLabel) if un.isVisible() and not un.pixmap().isNull()]
    assert len(images) == len(feuille.pages) == len(pages(feuille.pdf, 100))
    assert all(image.accessibleName() for image in images)


def test_les_grands_caracteres_changent_le_papier(joueur: Joueur) -> None:
    montre = ecran(joueur, "115")
    assert montre.liasse is not None
    avant = montre.liasse.feuilles[0].pdf
    montre.grands.setChecked(True)
    montre.composer()
    joueur.attendre()
    assert montre.liasse.feuilles[0].pdf != avant


def test_tout_ce_qu_il_faut_en_un_geste(joueur: Joueur) -> None:
    montre = ecran(joueur, "115")
    joueur.presser("Tout ce qu'il faut pour cette personne")
    assert montre.liasse is not None
    assert {f.fiche for f in montre.liasse.feuilles} >= {"115", "resume", "cotation"}


def test_une_sortie_impossible_se_dit(joueur: Joueur, tmp_path: Path) -> None:
    ecran(joueur, "115")
    joueur.imprimer_dans(tmp_path / "absent")
    assert "écriture impossible (ce dossier n'existe pas)" in joueur.fenetre.bandeau.phrase


def test_l_impression_est_notee_au_journal_des_acces(joueur: Joueur, tmp_path: Path) -> None:
    ecran(joueur, "115")
    joueur.imprimer_dans(tmp_path)
    acces: list[list[object]] = []
    dossier = joueur.session.dossier_id
    joueur.session.avec_coffre(lambda c: [a.geste for a in c.acces(dossier)], acces.append, pour=joueur.fenetre)
    joueur.attendre()
    assert acces[0][-1] == Geste(Acces.IMPRIMER)


def test_sans_imprimante_une_phrase(joueur: Joueur) -> None:
    assert demander_imprimante(joueur.fenetre, joueur.session) == SANS_IMPRIMANTE


def test_l_imprimante_recoit_toutes_les_pages(joueur: Joueur, tmp_path: Path) -> None:
    """Une vraie ``QPrinter``, qui écrit un PDF au lieu de papier."""
    montre = ecran(joueur, "115")
    assert montre.liasse is not None
    imprimante = QPrinter()
    imprimante.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    imprimante.setOutputFileName(str(tmp_path / "sorti.pdf"))
    images = pour_imprimante(montre.liasse)
    envoyer(imprimante, images)
    sorties = pages((tmp_path / "sorti.pdf").read_bytes(), 200)
    assert len(sorties) == len(images)
    assert min(len(page) for page in sorties) > 1000


def test_un_dossier_discret_n_offre_que_la_fiche_voulue(poste_ouvert: Poste, tmp_path: Path) -> None:
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge(protection={"discret": True, "seul_a_seul": True}, triage={"peur_au_domicile": True}))
    montre = ecran(joueur)
    assert montre.choisies() == []
    assert not montre.imprimer.isEnabled()
    joueur.session.modifier({"protection.fiche_souhaitee": True})
    joueur.attendre()
    montre = ecran(joueur)
    assert montre.liasse is not None
    assert [feuille.nom for feuille in montre.liasse.feuilles] == ["renseignements-utiles.pdf"]


def test_un_nom_qu_aucune_police_n_ecrit_se_dit_avant_d_imprimer(joueur: Joueur) -> None:
    """Juste au-dessus du geste ; le papier sort, un blanc à la place."""
    joueur.session.modifier({"demandeur.nom": "김"})
    joueur.attendre()
    montre = ecran(joueur, "resume")
    assert montre.manques.isVisible()
    assert "« 김 » (hangul syllable gim, U+AE40)" in montre.manques.text()
    assert "blanc souligné" in montre.manques.text()
    # Avec le geste, pas en tête des pages qu'on a fait défiler.
    assert (
        0
        < montre.imprimer.mapTo(montre, montre.imprimer.rect().topLeft()).y()
        - montre.manques.mapTo(montre, montre.manques.rect().bottomLeft()).y()
        < 80
    )
    assert montre.imprimer.isEnabled()
    joueur.session.modifier({"demandeur.nom": "NGUYỄN"})
    joueur.attendre()
    assert not ecran(joueur, "resume").manques.isVisible()


@pytest.mark.parametrize("discret", [False, True])
def test_ce_qu_une_couche_demandait_en_vain_se_montre(discret: bool) -> None:
    """La fiche livrée sert, et l'agent peut le dire à qui écrit les fiches ; rien devant un dossier discret."""
    local = Surcharge("fiche", "neutre", "fr.md", b"Bonjour", "Ana Martin", datetime(2026, 11, 30))
    ici = charger_regles("metropole-exemple", ouvrir_les_sources(surcharges=[local]))
    protection = {"protection": {"discret": True}} if discret else {}
    liasse = composer_liasse(
        etablir(ici, heberge(**protection), date(2026, 11, 23)), [], "fr", grands=False, largeur=300
    )
    origine = "fiches/neutre/fr.md (modifié par Ana Martin le 30/11/2026)"
    assert [dit.partition(" : ")[0] for dit in liasse.empechees] == [origine] * (not discret)


def test_une_voie_discrete_retenue_suffit_a_tout_taire(poste_ouvert: Poste) -> None:
    """Même si le champ « discret » n'est pas encore écrit."""
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge(protection={"discret": True, "seul_a_seul": True}, triage={"peur_au_domicile": True}))
    bilan = joueur.bilan
    ouvert = replace(bilan, document=poser(bilan.document, "protection.discret", ABSENT))
    assert not ouvert.discret
    assert offres(ouvert) == ()
    assert tout_ce_qu_il_faut(ouvert) == ()


def test_d_un_dossier_vide_seule_la_fiche_de_la_voie_est_cochee(poste_ouvert: Poste) -> None:
    """Le résumé et la note n'y seraient que pages de questions (constat 37) ; un geste les ajoute."""
    joueur = Joueur(poste_ouvert)
    vide = {"territoire": "metropole-exemple", "triage": {"toit_ce_soir": "dehors", "enfant_avec": True}}
    ouvrir(joueur, {**vide, "logement_actuel": {"statut": "sans_abri"}})
    joueur.aller("imprimer")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    assert montre.choisies() == ["115"]
    montre.tout_choisir()
    assert {"115", "resume", "cotation"} <= set(montre.choisies())


def test_le_lieu_choisi_est_en_tete_du_papier_et_le_poste_s_en_souvient(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    ouvrir(joueur, heberge())
    joueur.aller("imprimer", fiches=["resume"])
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    lieu = joueur.bilan.regles.territoire.lieux[0]
    assert montre.lieux is not None
    montre.lieux.bouton(lieu.id).click()
    montre.composer()
    joueur.attendre()
    assert joueur.session.preferences.lieu == lieu.id
    assert montre.liasse is not None
    lu = pdfium.PdfDocument(montre.liasse.feuilles[0].pdf)[0].get_textpage().get_text_range()
    assert lieu.nom in lu.replace("\u00a0", " ")


def test_ce_qui_se_lit_a_voix_haute_est_replie_au_dessus_de_sa_fiche(joueur: Joueur) -> None:
    """Pour qui ne lira pas la feuille ; rien ne s'en montre tant que l'agent ne le déplie pas."""
    montre = ecran(joueur, "115")
    (pli,) = [un for un in montre.findChildren(Pli) if "voix haute" in un.bouton.text()]
    assert pli.bouton.text() == A_LIRE
    assert not pli.deplie
    pli.basculer()
    assert any("Appelez le 115" in un.text() for un in pli.findChildren(QLabel) if un.isVisible())
