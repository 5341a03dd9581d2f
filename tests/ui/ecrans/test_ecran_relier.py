"""Relier les cases : rien n'est deviné, chaque choix s'écrit dans le coffre, et le formulaire s'en remplit."""

from __future__ import annotations

from typing import cast

from outils_dossier import equiper
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from modele.orientation.formulaires import CaseDuPdf
from ui.ecrans.relier.ecran import SANS_PDF, EcranRelier
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theatre.scenes_saisine import charger


def relier(qtbot: QtBot, poste: Poste, *, charge: bool = True) -> EcranRelier:
    equiper(qtbot, poste)
    montrer(qtbot, poste.fenetre)
    if charge:
        charger(Joueur(poste))
        au_repos(qtbot, poste)
    ecran = cast(EcranRelier, poste.fenetre.aller("relier", {"recours": "dalo"}))
    au_repos(qtbot, poste)
    return ecran


def viser(ecran: EcranRelier, nom: str) -> None:
    ecran.liste.setCurrentRow(next(rang for rang, place in enumerate(ecran.places) if place.nom == nom))


def ecrites(poste: Poste) -> dict[str, CaseDuPdf]:
    regles = poste.session.regles
    assert regles is not None
    table = regles.formulaires["dalo"].table
    assert table is not None
    return {f"{une.pdf}{une.etat}": une for une in table.cases}


def choisir(qtbot: QtBot, poste: Poste, ecran: EcranRelier, mots: str) -> None:
    ecran.chercher.ligne.setFocus()
    taper(mots, ecran.chercher.ligne)
    presser(Qt.Key.Key_Return, widget=ecran.chercher.ligne)
    au_repos(qtbot, poste)


def test_sans_pdf_cela_se_dit(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = relier(qtbot, poste_ouvert, charge=False)
    assert ecran.constat.text() == SANS_PDF
    assert ecran.liste.count() == 0


def test_une_case_se_relie_au_clavier_et_la_suivante_vient(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = relier(qtbot, poste_ouvert)
    assert "Cases reliées : 4 sur 13" in ecran.constat.text()
    viser(ecran, "numéro unique")
    choisir(qtbot, poste_ouvert, ecran, "numéro unique")
    assert ecrites(poste_ouvert)["numéro unique"].reponses == ("demande.numero_unique",)
    assert ecran.courante.text() == "Case « madame »"
    # Une case à cocher ne se remplit pas d'un texte.
    choisir(qtbot, poste_ouvert, ecran, "civilité madame")
    assert ecrites(poste_ouvert)["madame"] == CaseDuPdf("madame", ("demandeur.civilite",), code="madame")


def test_deux_reponses_a_la_suite_et_les_chiffres_seuls(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = relier(qtbot, poste_ouvert)
    viser(ecran, "Prénoms")
    ecran.ajouter.setChecked(True)
    choisir(qtbot, poste_ouvert, ecran, "nom d'usage demandeur")
    assert ecrites(poste_ouvert)["Prénoms"].reponses == ("demandeur.prenoms", "demandeur.nom_usage")
    viser(ecran, "numéro unique")
    choisir(qtbot, poste_ouvert, ecran, "date de naissance demandeur")
    viser(ecran, "numéro unique")
    ecran.chiffres.click()
    au_repos(qtbot, poste_ouvert)
    assert ecrites(poste_ouvert)["numéro unique"].chiffres


def test_un_bouton_d_un_groupe_et_laisser_blanche(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = relier(qtbot, poste_ouvert)
    viser(ecran, "nationalité [ue]")
    choisir(qtbot, poste_ouvert, ecran, "nationalité union européenne")
    assert ecrites(poste_ouvert)["nationalitéue"].etat == "ue"
    viser(ecran, "sans logement")
    ecran.blanche.click()
    au_repos(qtbot, poste_ouvert)
    assert "sans logement" not in ecrites(poste_ouvert)


def test_rien_de_protege_ne_se_propose(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = relier(qtbot, poste_ouvert)
    for nom in ("Nom de naissance", "sans logement"):
        viser(ecran, nom)
        for jamais in ("violences", "plainte", "peur au domicile", "sécurité sociale", "adresse sûre"):
            ecran.chercher.ligne.setText(jamais)
            assert ecran.choix.count() == 0, jamais
