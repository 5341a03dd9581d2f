"""Les conventions d'une année à l'écran : ce qui est public, ce qui manque, la saisie au clavier, le refus qui cite."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.contingents import Contingents, Tenus
from modele.dossier.acces import Acces
from modele.droits import Auteur
from ui.cadre.gestes import palette as palette_de
from ui.cadre.palette import trouver
from ui.ecrans.contingents import ecran as module
from ui.ecrans.contingents.ecran import EcranContingents
from ui.lancement import Poste
from ui.mots import contingents as mots
from ui.theatre.joueur import Joueur

ANNEE = date.today().year


def joueur_a(poste: Poste, qtbot: QtBot, territoire: str, nom: str = "contingents") -> Joueur:
    poste.session.regler(poste.session.preferences._replace(territoire=territoire))
    poste.session.relire_les_sources()
    au_repos(qtbot, poste)
    joueur = Joueur(poste)
    joueur.aller(nom)
    return joueur


def ecran(joueur: Joueur) -> EcranContingents:
    montre = joueur.ecran
    assert isinstance(montre, EcranContingents)
    return montre


def lire(joueur: Joueur) -> Tenus:
    lus: list[Tenus] = []
    auteur = joueur.session.auteur
    joueur.session.avec_coffre(lambda c: c.contingents.lire(auteur), lus.append, pour=joueur.session)
    joueur.attendre()
    return lus[-1]


def test_clermont_s_ouvre_sur_ses_quatre_bailleurs(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ce qui manque se lit manquant, avec qui le saisit et d'où vient le reste ; rien d'inventé."""
    joueur = joueur_a(poste_ouvert, qtbot, "clermont-auvergne-metropole")
    ici = ecran(joueur)
    assert [une.bailleur for une, _ in ici.lignes] == ["Assemblia", "Auvergne Habitat", "CDC Habitat", "OPHIS"]
    assert ici.constat.text() == "4 conventions : 4 à saisir, 0 à compléter."
    lus = etiquettes(ici)
    assert lus.count(mots.MANQUE) == 10
    assert "07/06/2024" in lus
    assert any(lu.startswith("À saisir par : Clermont Auvergne Métropole") for lu in lus)
    assert any("clermontmetropole.eu" in lu and "relu le 30/11/2026" in lu for lu in lus)
    assert any("accompagne les communes" in lu for lu in lus)
    assert QApplication.focusWidget() is ici.liste


def test_completee_au_clavier_elle_se_garde(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Entrée sur la ligne, le taux tapé, Ctrl+Entrée : au coffre, et la ligne ne dit plus « à saisir »."""
    joueur = joueur_a(poste_ouvert, qtbot, "clermont-auvergne-metropole")
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    ici = ecran(joueur)
    assert ici.formulaire.isVisible()
    assert QApplication.focusWidget() is ici.formulaire.taux.ligne
    taper("11,63")
    joueur.presser("Enregistrer")
    (gardee,) = lire(joueur).conventions
    assert (gardee.taux, gardee.annee, gardee.bailleur) == (Decimal("11.63"), ANNEE, "Assemblia")
    assert gardee.signee_le == date(2024, 6, 7)
    assert not ici.formulaire.isVisible()
    assert ici.constat.text() == "4 conventions : 3 à saisir, 1 à compléter."
    assert ici.liste.dit(0).endswith("9 points manquent")
    assert "11,63 %" in etiquettes(ici)
    # Relue, elle se complète sans rien perdre.
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    ici.formulaire.siren.ligne.setText("123 456 782")
    joueur.presser("Enregistrer")
    (relue,) = lire(joueur).conventions
    assert (relue.siren, relue.taux, relue.id) == ("123456782", Decimal("11.63"), gardee.id)


def test_deux_conventions_contraires_sont_citees_et_la_saisie_reste(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le refus vient du coffre ; ce qui est tapé n'est pas perdu."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    joueur.presser("Compléter")
    joueur.presser("Enregistrer")
    ici = ecran(joueur)
    (gardee,) = lire(joueur).conventions
    joueur.presser("Nouvelle convention")
    formulaire = ici.formulaire
    formulaire.sorte.poser(gardee.sorte)
    formulaire.ou.poser(gardee.ou)
    for champ, dit in (
        (formulaire.reservataire, gardee.reservataire), (formulaire.bailleur, gardee.bailleur),
        (formulaire.code, gardee.code), (formulaire.taux, "12"),
    ):  # fmt: skip
        champ.ligne.setText(dit)
    joueur.presser("Enregistrer")
    refus = " ".join(etiquettes(formulaire.echec))
    assert refus.count(f"{gardee.reservataire} chez {gardee.bailleur}") == 2
    assert f"saisie par {gardee.par}" in refus
    assert formulaire.isVisible()
    assert formulaire.taux.contenu == "12"
    assert len(lire(joueur).conventions) == 1
    joueur.presser("Annuler")
    assert not formulaire.isVisible()


@pytest.mark.parametrize(
    ("champ", "dit", "faute"),
    [
        ("taux", "120", mots.TAUX),
        ("taux", "douze", "Écrivez un nombre"),
        ("siren", "1234", mots.SIREN),
        ("assiette", "-3", mots.COMBIEN),
        ("annee", "26", mots.ANNEE),
        ("signee_le", "31/02/2024", ""),
        ("bailleur", " ", mots.SANS_NOM),
    ],
)
def test_ce_qui_est_mal_ecrit_se_dit_au_champ(
    poste_ouvert: Poste, qtbot: QtBot, champ: str, dit: str, faute: str
) -> None:
    """Rien n'est écrit, et le clavier y est."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    joueur.presser("Compléter")
    fautif = getattr(ecran(joueur).formulaire, champ)
    fautif.ligne.setText(dit)
    joueur.presser("Enregistrer")
    assert fautif.faute.startswith(faute)
    assert fautif.faute
    assert QApplication.focusWidget() is fautif.ligne
    assert lire(joueur).conventions == ()


def test_une_convention_de_commune_nomme_une_commune_qui_existe(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un code postal se refuse en disant quelles communes il couvre ; rien n'est écrit, et ce qui est tapé reste."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    joueur.presser("Nouvelle convention")
    formulaire = ecran(joueur).formulaire
    formulaire.sorte.poser("communes")
    formulaire.ou.poser("commune")
    for champ, dit in (
        (formulaire.reservataire, "Ville"), (formulaire.bailleur, "Habitat Colombe"),
        (formulaire.code, "63000"), (formulaire.taux, "12"),
    ):  # fmt: skip
        champ.ligne.setText(dit)
    joueur.presser("Enregistrer")
    assert "C'est un code postal ; donnez le code INSEE : 63113 (Clermont-Ferrand)" in " ".join(
        etiquettes(formulaire.echec)
    )
    assert lire(joueur).conventions == ()
    assert formulaire.code.contenu == "63000"
    formulaire.code.ligne.setText("63113")
    joueur.presser("Enregistrer")
    assert [une.code for une in lire(joueur).conventions] == ["63113"]


def test_sans_choix_rien_ne_part(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Qui réserve, et où : deux choix que rien ne remplace."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    joueur.presser("Nouvelle convention")
    formulaire = ecran(joueur).formulaire
    for champ in (formulaire.reservataire, formulaire.bailleur, formulaire.code):
        champ.ligne.setText("x")
    joueur.presser("Enregistrer")
    assert mots.SANS_CHOIX in " ".join(etiquettes(formulaire.echec))
    assert lire(joueur).conventions == ()


def test_retirer_se_presse_deux_fois(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Puis elle redevient « à saisir »."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    joueur.presser("Compléter")
    joueur.presser("Enregistrer")
    ici = ecran(joueur)
    ici.detail.oter.click()
    joueur.attendre()
    assert len(lire(joueur).conventions) == 1
    assert ici.detail.oter.text() == module._RETRAIT
    ici.detail.oter.click()
    joueur.attendre()
    assert lire(joueur).conventions == ()
    assert "10 à saisir" in ici.constat.text()


def test_l_annee_se_tourne(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Avant sa signature, une convention n'est pas à saisir."""
    joueur = joueur_a(poste_ouvert, qtbot, "clermont-auvergne-metropole")
    for _ in range(ANNEE - 2023):
        presser(Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    ici = ecran(joueur)
    assert (ici.annee, ici.lignes) == (2023, [])
    assert ici.constat.text() == mots.AUCUNE.format(2023)
    joueur.presser("Année d'après")
    assert len(ici.lignes) == 4


def test_la_barre_du_bailleur_dit_les_memes_nombres(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une lettre par réservataire ; ce qui reste est hachuré et se lit."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    ici = ecran(joueur)
    dit = ici.partage.barre.accessibleDescription()
    assert "A. " in dit
    assert "Non réservé, ou pas encore saisi : 30 %" in dit
    assert sum(ici.partage.barre.largeurs()) == pytest.approx(0.7 * ici.partage.barre.width())


# Qui le voit.


def test_un_agent_d_accueil_ne_voit_pas_l_entree(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ni dans la palette, ni au menu ; et s'il y arrivait, une phrase, sans une ligne."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple", "accueil")
    session = joueur.session

    def ouvrir(coffre: Coffre) -> None:
        coffre.comptes.ouvrir("Léo Blanc", "Léo", "Accueil", ("agent",), MOT_DE_PASSE, Auteur(coffre.agent))

    session.avec_coffre(ouvrir, lambda _: None, pour=session)
    joueur.attendre()
    offertes = {action.id for action in joueur.fenetre.actions_possibles()}
    assert {"contingents", "passage_flux"} <= offertes
    joueur.aller("contingents")
    assert ecran(joueur).lignes
    session.fermer()
    joueur.attendre()
    assert ecran(joueur).liste.count() == 0
    session.rouvrir(MOT_DE_PASSE, lambda: None, print, agent="Léo Blanc")
    joueur.attendre()
    assert session.agent == "Léo Blanc"
    assert not {"contingents", "passage_flux"} & {action.id for action in joueur.fenetre.actions_possibles()}
    assert trouver("contingent", palette_de(joueur.fenetre)._actions) == []
    for nom in ("contingents", "passage_flux"):
        joueur.aller(nom)
        assert "Votre rôle ne permet pas ce geste" in " ".join(etiquettes(joueur.ecran))
        assert joueur.ecran.liste.count() == 0  # type: ignore[attr-defined]


def test_chaque_lecture_de_l_ecran_s_inscrit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """L'écran le dit, et le journal du poste le garde."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    assert mots.JOURNAL in etiquettes(ecran(joueur))
    joueur.aller("accueil")
    joueur.aller("contingents")
    lus: list[list[Acces | None]] = []
    joueur.session.avec_coffre(lambda c: [un.geste.acces for un in c.acces()], lus.append, pour=joueur.session)
    joueur.attendre()
    assert lus[-1].count(Acces.LIRE_CONTINGENT) == 2


def test_quitter_l_ecran_n_en_laisse_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ni ligne, ni saisie commencée."""
    joueur = joueur_a(poste_ouvert, qtbot, "metropole-exemple")
    ici = ecran(joueur)
    joueur.presser("Compléter")
    ici.formulaire.source.ligne.setText("brouillon")
    joueur.presser("Retour")
    assert (ici.lignes, ici.liste.count()) == ([], 0)
    assert ici.formulaire.source.contenu == ""
    assert ici.formulaire.isHidden()


def test_un_ecran_sans_droit_est_vu(poste_ouvert: Poste, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le mutant : l'entrée offerte à tous."""
    monkeypatch.setattr(Contingents, "lire", lambda *_: Tenus())
    monkeypatch.setattr(Coffre, "genres_lus", lambda *_: frozenset({"convention_reservation", "passage_flux"}))
    with pytest.raises(AssertionError):
        test_un_agent_d_accueil_ne_voit_pas_l_entree(poste_ouvert, qtbot)


# Ce que le bailleur prévoit.


def avec_siren(poste: Poste, qtbot: QtBot) -> Joueur:
    """La première convention, complète de son SIREN."""
    joueur = joueur_a(poste, qtbot, "metropole-exemple")
    joueur.presser("Compléter")
    ecran(joueur).formulaire.siren.ligne.setText("000000001")
    joueur.presser("Enregistrer")
    return joueur


def test_la_prevision_se_saisit_et_montre_sa_formule(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Au clavier : les nombres, Ctrl+Entrée ; A = … se lit, et Entrée sur la ligne la rouvre."""
    joueur = avec_siren(poste_ouvert, qtbot)
    ici = ecran(joueur)
    rang = next(rang for rang, (une, _) in enumerate(ici.lignes) if une.siren)
    ici.liste.setCurrentRow(rang)
    presser(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    saisie = ici.saisie_prevision
    assert QApplication.focusWidget() is saisie.remises.ligne
    taper("320")
    saisie.hors_flux["MUTATION"].ligne.setText("48")
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    joueur.attendre()
    (gardee,) = lire(joueur).previsions
    assert (gardee.remises, gardee.hors_flux, gardee.annee) == (320, {"MUTATION": 48}, ANNEE)
    assert saisie.isHidden()
    assert "A = 320 − 48 (mutations internes au bailleur) = 272 logements." in ici.previsions.liste.dit(0)
    ici.previsions.liste.prendre()
    joueur.attendre()
    assert saisie.remises.contenu == "320"
    assert saisie.hors_flux["MUTATION"].isVisible()
    joueur.presser("Annuler")
    assert saisie.isHidden()
    assert ici.detail.isVisible()


def test_une_prevision_de_trop_se_refuse_et_reste_a_l_ecran(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Rien n'est écrit, ce qui est tapé reste ; un nombre mal écrit se dit au champ."""
    joueur = avec_siren(poste_ouvert, qtbot)
    ici = ecran(joueur)
    ici.previsions.bouton.click()
    saisie = ici.saisie_prevision
    saisie.remises.ligne.setText("beaucoup")
    joueur.presser("Enregistrer")
    assert saisie.remises.faute
    assert not saisie.hors_flux["VENTE"].isVisible()
    saisie.remises.ligne.setText("10")
    saisie.hors_flux["VENTE"].ligne.setText("peu")
    joueur.presser("Enregistrer")
    assert QApplication.focusWidget() is saisie.hors_flux["VENTE"].ligne
    saisie.remises.ligne.setText("10")
    saisie.hors_flux["VENTE"].ligne.setText("11")
    joueur.presser("Enregistrer")
    assert "plus de logements" in " ".join(etiquettes(saisie.echec))
    assert saisie.remises.contenu == "10"
    assert lire(joueur).previsions == ()


def test_sans_siren_rien_ne_se_prevoit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Elle ne se rattacherait à aucune convention, et cela se lit."""
    joueur = joueur_a(poste_ouvert, qtbot, "clermont-auvergne-metropole")
    assert mots.PREVISION_SANS_SIREN in etiquettes(ecran(joueur))
    assert not ecran(joueur).previsions.bouton.isVisible()


def test_une_prevision_se_retire_en_deux_temps_et_sa_commune_existe(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un code INSEE que personne ne connaît se refuse ; pressé deux fois, le retrait se fait, et cela se dit."""
    joueur = avec_siren(poste_ouvert, qtbot)
    ici = ecran(joueur)
    saisie = ici.saisie_prevision
    ici.previsions.bouton.click()
    assert not saisie.oter.isVisible()
    saisie.remises.ligne.setText("10")
    saisie.commune.ligne.setText("63999")
    joueur.presser("Enregistrer")
    joueur.attendre()
    assert "63999" in " ".join(etiquettes(saisie.echec))
    assert lire(joueur).previsions == ()
    saisie.commune.ligne.setText("63113")
    joueur.presser("Enregistrer")
    joueur.attendre()
    assert [une.commune for une in lire(joueur).previsions] == ["63113"]
    ici.previsions.liste.prendre()
    joueur.attendre()
    saisie.oter.click()
    assert saisie.oter.text() == mots.RETIRER_VRAIMENT
    assert len(lire(joueur).previsions) == 1
    saisie.oter.click()
    joueur.attendre()
    assert lire(joueur).previsions == ()
    assert joueur.fenetre.bandeau.phrase == mots.PREVISION_RETIREE


def test_les_remises_se_calculent_du_taux_de_rotation(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """4 000 logements, 8 % : la formule se lit avec ses nombres, et le nombre se reprend d'un geste."""
    joueur = avec_siren(poste_ouvert, qtbot)
    ici = ecran(joueur)
    saisie = ici.saisie_prevision
    ici.previsions.bouton.click()
    saisie.pli_rotation.basculer()
    assert not saisie.reprendre.isVisible()
    saisie.parc.ligne.setText("4000")
    saisie.rotation.ligne.setText("8")
    assert saisie.calcul.text() == "Remises en location prévues : 4000 × 8 % = 320"
    saisie.reprendre.click()
    assert saisie.remises.contenu == "320"
    saisie.rotation.ligne.setText("beaucoup")
    assert not saisie.calcul.isVisible()
