"""Le contingent de l'année à l'écran : l'essai à blanc, l'import tout ou rien, l'état, un logement et son contrôle."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastexcel
import pytest
from dossiers_ecran import etiquettes
from outils_ecran import MOT_DE_PASSE, presser
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_ecran_contingents import joueur_a, lire

from modele.coffre import Coffre
from modele.contingents.conventions import ConventionTenue
from modele.contingents.previsions import PrevisionTenue
from modele.dossier.acces import Acces
from modele.droits import Auteur
from ui.composants import ListePropositions
from ui.ecrans.flux.dus import CarteDus
from ui.ecrans.flux.ecran import EcranFlux
from ui.lancement import Poste
from ui.mots import fichiers_bailleurs as mots
from ui.mots.flux import A_SURVEILLER, AXES, DEPASSES, ENTETE_COMPLET, ENTETE_PUBLIE, TUE
from ui.theatre.fichiers_fictifs import attributions_fictives, logements_fictifs
from ui.theatre.joueur import Joueur

JOUR = date.today()
FIN = date(JOUR.year - 1, 12, 31)
"""Une année finie : son bilan peut aller au public."""
Importer = Callable[[str, str, bytes], None]


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    return joueur_a(poste_ouvert, qtbot, "metropole-exemple", "flux")


def ecran(joueur: Joueur) -> EcranFlux:
    montre = joueur.ecran
    assert isinstance(montre, EcranFlux)
    return montre


@pytest.fixture
def essayer(joueur: Joueur, tmp_path: Path) -> Importer:
    """Essaie un fichier de cette sorte, sans l'importer."""

    def faire(sorte: str, nom: str, octets: bytes) -> None:
        chemin = tmp_path / nom
        chemin.write_bytes(octets)
        carte = ecran(joueur).importation
        carte.sorte.poser(sorte)
        carte.essayer(chemin)
        joueur.attendre()

    return faire


@pytest.fixture
def importer(joueur: Joueur, essayer: Importer) -> Importer:
    """Essaie, puis importe."""

    def faire(sorte: str, nom: str, octets: bytes) -> None:
        essayer(sorte, nom, octets)
        ecran(joueur).importation.ecrire.click()
        joueur.attendre()

    return faire


def dits(joueur: Joueur) -> str:
    return " | ".join(etiquettes(ecran(joueur)))


def acces(joueur: Joueur) -> list[tuple[Acces | None, str]]:
    lus: list[list[tuple[Acces | None, str]]] = []

    def lire_(coffre: Coffre) -> list[tuple[Acces | None, str]]:
        return [(un.geste.acces, un.geste.motif) for un in coffre.acces()]

    joueur.session.avec_coffre(lire_, lus.append, pour=joueur.session)
    joueur.attendre()
    return lus[-1]


# Importer.


def test_vide_il_dit_quoi_faire(joueur: Joueur) -> None:
    """Aucun état à demander ; le clavier est à ce que dit le fichier."""
    ici = ecran(joueur)
    assert mots.AUCUN in dits(joueur)
    assert not ici.etablir.isVisible()
    assert QApplication.focusWidget() is ici.importation.sorte or ici.importation.sorte.isAncestorOf(
        QApplication.focusWidget()
    )
    joueur.presser("Essayer un fichier")
    assert mots.QUELLE_SORTE in dits(joueur)


def test_l_essai_dit_chaque_ligne_refusee_et_ne_garde_rien(joueur: Joueur, essayer: Importer) -> None:
    """Puis « ne rien importer » l'oublie."""
    fautif = attributions_fictives(JOUR).replace(b";ACCEPTEE;", b";PEUT-ETRE;", 2)
    essayer("attributions", "a.csv", fautif)
    carte = ecran(joueur).importation
    assert carte.constat.text() == "60 lignes lues : 58 bonnes, 2 refusées, 3 à vérifier."
    assert carte.fautes.liste.count() == 5
    assert "PEUT-ETRE" in carte.fautes.liste.dit(0)
    assert carte.ecrire.text() == "Importer les 58 lignes bonnes"
    assert QApplication.focusWidget() is carte.ecrire
    joueur.presser("Ne rien importer")
    assert carte.ecrire.isHidden()
    assert lire(joueur).lots == ()


EXEMPLE = attributions_fictives(JOUR, 20)
FUTUR = f"/{JOUR.year + 5}".encode()


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"", "il est vide"),
        (EXEMPLE.decode().encode("utf-16-le"), "n'est pas un tableau"),
        (b"%PDF-1.7 \0", "n'est pas un tableau"),
        (EXEMPLE.replace(b"id_attribution", b"numero_unique", 1), "y est deux fois"),
        (EXEMPLE.replace(b"date_caleol", b"autre chose", 1), "il manque la colonne"),
        (EXEMPLE.replace(f"/{JOUR.year}".encode(), FUTUR), "0 bonnes, 20 refusées"),
        (EXEMPLE + b"\n".join(EXEMPLE.splitlines()[-20:]), "20 bonnes, 20 refusées"),
    ],
    ids=["vide", "utf-16 sans marque", "un pdf", "colonne double", "colonne absente", "dates à venir", "doublons"],
)
def test_un_fichier_faux_se_dit_et_n_entre_pas(joueur: Joueur, essayer: Importer, octets: bytes, dit: str) -> None:
    """En français, à l'écran même ; le coffre n'en a rien."""
    essayer("attributions", "a.csv", octets)
    assert dit in dits(joueur)
    assert lire(joueur).lots == ()


def test_une_commune_d_ailleurs_se_voit_avant_d_importer(joueur: Joueur, essayer: Importer) -> None:
    """Le fichier d'un autre département, pris pour celui d'ici."""
    essayer("attributions", "a.csv", EXEMPLE.replace(b"99X02", b"75056"))
    assert "« 75056 » n'est pas une commune de ce territoire" in ecran(joueur).importation.fautes.liste.dit(0)
    assert "11 à vérifier" in ecran(joueur).importation.constat.text()


def test_importe_il_est_au_coffre_et_se_liste(joueur: Joueur, importer: Importer) -> None:
    """Le bandeau le dit ; l'état peut se demander."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    (lot,) = lire(joueur).lots
    assert (lot.fichier, lot.lignes, lot.annee, lot.sorte) == ("a.csv", 60, JOUR.year, "attributions")
    assert joueur.fenetre.bandeau.phrase == "a.csv importé : 60 lignes."
    assert ecran(joueur).etablir.isVisible()
    assert "60 attributions" in ecran(joueur).lots.dit(0)


@pytest.mark.parametrize(("suite", "restent"), [("ajoute", 2), ("remplace", 1)])
def test_un_second_fichier_s_ajoute_ou_remplace(joueur: Joueur, importer: Importer, suite: str, restent: int) -> None:
    """On ne choisit pas à sa place ; une ligne envoyée deux fois ne compte qu'une fois."""
    importer("attributions", "a.csv", attributions_fictives(JOUR, 40))
    importer("attributions", "b.csv", attributions_fictives(JOUR, 60))
    carte = ecran(joueur).importation
    assert mots.REMPLACE_OU_AJOUTE in dits(joueur)
    assert len(lire(joueur).lots) == 1
    carte.suite.poser(suite)
    carte.ecrire.click()
    joueur.attendre()
    assert len(lire(joueur).lots) == restent
    joueur.presser("Établir l'état")
    assert "Hors du flux : 3" in dits(joueur)
    assert "60 attributions" in dits(joueur)


def test_un_fichier_illisible_ou_deja_importe_se_dit(joueur: Joueur, essayer: Importer, importer: Importer) -> None:
    """Une phrase, et rien de plus au coffre."""
    essayer("attributions", "a.csv", b"nom;prenom\nx;y\n")
    assert "il manque la colonne" in dits(joueur)
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    ecran(joueur).importation.suite.poser("ajoute")
    ecran(joueur).importation.ecrire.click()
    joueur.attendre()
    assert "déjà importé" in dits(joueur)
    assert len(lire(joueur).lots) == 1


def test_sa_facon_de_nommer_les_colonnes_se_garde(joueur: Joueur, importer: Importer) -> None:
    """Avec le fichier, au coffre."""
    importer("logements", "l.csv", logements_fictifs(JOUR))
    (lot,) = lire(joueur).lots
    assert '"ref_bailleur":"ref_bailleur"' in lot.correspondance


# Dire laquelle est laquelle.


def autrement(octets: bytes) -> bytes:
    """Le même fichier chez un bailleur qui nomme autrement, et qui ne dit pas son SIREN."""
    _, entete, suite = octets.decode().split("\n", 2)
    noms = entete.split(";")
    rang = noms.index("siren_bailleur")
    sans = [";".join(mot for n, mot in enumerate(ligne.split(";")) if n != rang) for ligne in suite.splitlines()]
    dits = {"id_attribution": "N° interne", "date_caleol": "Passage en commission"}
    return "\n".join([";".join(dits.get(un, un) for un in noms if un != "siren_bailleur"), *sans]).encode()


def dire_les_colonnes(joueur: Joueur) -> None:
    """Au clavier seul : chaque colonne qui manque, l'en-tête qui la dit, ou la même valeur partout."""
    carte = ecran(joueur).importation.colonnes
    for entete in ("N° interne", "SIREN", "Passage en commission"):
        assert QApplication.focusWidget() is carte.attendues
        if entete == "SIREN":
            carte.fixe.setFocus()
            QTest.keyClicks(carte.fixe.ligne, "000000001")
            presser(Qt.Key.Key_Return)
            continue
        presser(Qt.Key.Key_Return)
        assert QApplication.focusWidget() is carte.entetes
        while not carte.entetes.dit(carte.entetes.currentRow()).startswith(entete):
            presser(Qt.Key.Key_Down)
        presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is carte.essayer


def test_l_agent_dit_les_colonnes_et_cela_ressert(joueur: Joueur, essayer: Importer) -> None:
    """Ce qui ne se devine pas se dit une fois ; le fichier suivant se lit seul, et ce qui est fixé se relit."""
    essayer("attributions", "a.csv", autrement(attributions_fictives(JOUR, 40)))
    carte = ecran(joueur).importation
    assert "Il manque 3 colonnes" in dits(joueur)
    dire_les_colonnes(joueur)
    presser(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert carte.constat.text().startswith("40 lignes lues : 40 bonnes, 0 refusées")
    assert "« 000000001 » à chaque ligne" in carte.constat.text()
    carte.ecrire.click()
    joueur.attendre()
    essayer("attributions", "b.csv", autrement(attributions_fictives(JOUR, 60)))
    assert carte.constat.text().startswith("60 lignes lues : 60 bonnes, 0 refusées")
    assert "« 000000001 » à chaque ligne" in carte.constat.text()


def test_une_colonne_mal_devinee_se_redit(joueur: Joueur, essayer: Importer) -> None:
    """De l'essai même ; tant qu'une colonne exigée manque, il ne repart pas."""
    essayer("attributions", "a.csv", attributions_fictives(JOUR))
    carte = ecran(joueur).importation
    joueur.presser("Dire les colonnes")
    assert QApplication.focusWidget() is carte.colonnes.attendues
    carte.colonnes.attendues.setCurrentRow(0)
    presser(Qt.Key.Key_Return)
    presser(Qt.Key.Key_Home)
    presser(Qt.Key.Key_Return)
    assert "Il manque une colonne" in dits(joueur)
    joueur.presser("Essayer ainsi")
    assert carte.colonnes.isVisible()
    joueur.presser("Ne rien importer")
    assert not carte.colonnes.isVisible()
    assert lire(joueur).lots == ()


def test_les_fautes_se_lisent_deux_cents_a_la_fois(joueur: Joueur, essayer: Importer) -> None:
    """La première page ne dit pas tout ; la suivante se presse."""
    essayer("attributions", "a.csv", attributions_fictives(JOUR, 450).replace(b";ACCEPTEE;", b";PEUT-ETRE;"))
    fautes = ecran(joueur).importation.fautes
    assert fautes.liste.count() == 200
    assert not fautes.avant.isVisible()
    premiere = fautes.liste.dit(0)
    joueur.presser("Les 200 suivantes")
    assert "De la 201e à la" in fautes.constat.text()
    assert fautes.liste.dit(0) != premiere
    joueur.presser("Les 200 précédentes")
    assert fautes.liste.dit(0) == premiere


def test_les_codes_du_bailleur_se_traduisent_au_clavier_et_se_gardent(joueur: Joueur, essayer: Importer) -> None:
    """Chaque code inconnu, puis le code attendu ; le fichier suivant se lit seul, et ce qui est traduit se relit."""
    premier, second = (attributions_fictives(JOUR, combien).replace(b";ACCEPTEE;", b";ACC;") for combien in (40, 60))
    essayer("attributions", "a.csv", premier)
    carte = ecran(joueur).importation
    assert carte.essai is not None
    assert dict(carte.essai.inconnus) == {"reponse": ("ACC",)}
    carte.traduire.setFocus()
    presser(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is carte.codes.siens
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is carte.codes.attendus
    while carte.codes.attendus.dit(carte.codes.attendus.currentRow()) != "ACCEPTEE":
        presser(Qt.Key.Key_Down)
    presser(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is carte.codes.essayer
    presser(Qt.Key.Key_Return)
    joueur.attendre()
    assert carte.constat.text().startswith("40 lignes lues : 40 bonnes, 0 refusées")
    assert "« ACC » se lit ACCEPTEE" in carte.constat.text()
    assert not carte.traduire.isVisible()
    carte.ecrire.click()
    joueur.attendre()
    essayer("attributions", "b.csv", second)
    assert carte.constat.text().startswith("60 lignes lues : 60 bonnes, 0 refusées")
    assert "« ACC » se lit ACCEPTEE" in carte.constat.text()


# L'état.


def test_l_etat_se_dit_avec_ses_regles_et_s_inscrit(joueur: Joueur, importer: Importer) -> None:
    """Parts, quart, plafonds ; chaque fichier lu est au journal, par son nom."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    importer("logements", "l.csv", logements_fictifs(JOUR))
    avant = len(acces(joueur))
    presser(Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    lus = dits(joueur)
    assert "60 attributions : 50 acceptées, 10 refusées" in lus
    assert (DEPASSES if (JOUR.month, JOUR.day) == (12, 31) else A_SURVEILLER) in lus
    assert "CCH R441-5-3" in lus
    assert "CCH L313-26-2" in lus
    assert "4 dates limites de désignation dépassées." in lus
    assert [geste for geste in acces(joueur)[avant:] if geste[0] is Acces.LIRE_ATTRIBUTIONS] == [
        (Acces.LIRE_ATTRIBUTIONS, "a.csv"), (Acces.LIRE_ATTRIBUTIONS, "l.csv"),
    ]  # fmt: skip


def test_une_page_par_bailleur_et_par_commune(joueur: Joueur, importer: Importer) -> None:
    """D'une commune, la moitié des lignes ; le titre dit laquelle."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    joueur.presser("Établir l'état")
    ici = ecran(joueur)
    assert [une.nom for une in ici.pages] == [
        "Tous les bailleurs", "Habitat Colombe (bailleur fictif)", "Colombe", "Vieux-Pont",
    ]  # fmt: skip
    ici.liste_des_pages.setCurrentRow(2)
    ici.liste_des_pages.prendre()
    joueur.attendre()
    assert f"Colombe, au {JOUR:%d/%m/%Y}" in dits(joueur)
    assert "30 attributions" in dits(joueur)


def test_une_date_mal_ecrite_se_dit(joueur: Joueur, importer: Importer) -> None:
    """Au champ, et rien ne se lit."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    ici = ecran(joueur)
    for dit in ("31/02/2026", ""):
        ici.le.ligne.setText(dit)
        joueur.presser("Établir l'état")
        assert ici.le.faute
        assert ici.contingent is None


# Le bilan annuel.


def bilan_ecrit(joueur: Joueur, dossier: Path, pour: str, suffixe: str) -> Path:
    """Enregistre le bilan pour ces lecteurs, dans un dossier à lui."""
    carte, ici = ecran(joueur).bilan, dossier / f"{pour}-{suffixe}"
    ici.mkdir()
    carte.pour.poser(pour)
    carte.enregistrer_dans(ici, suffixe)
    joueur.attendre()
    joueur.attendre()
    (ecrit,) = ici.iterdir()
    return ecrit


def cases(classeur: Path) -> list[tuple[Any, ...]]:
    """Ce que lit un tableur, ligne à ligne, l'en-tête d'abord."""
    feuille = fastexcel.read_excel(classeur).load_sheet(0, header_row=None, dtypes="string")
    return feuille.to_polars().rows()


def etablir_au(joueur: Joueur, le: date) -> None:
    ecran(joueur).le.ligne.setText(f"{le:%d/%m/%Y}")
    joueur.presser("Établir l'état")


def test_le_public_n_a_de_bilan_que_d_une_annee_finie(joueur: Joueur, importer: Importer, tmp_path: Path) -> None:
    """Deux d'une même année se soustrairaient : cela se dit, et rien ne s'écrit."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    joueur.presser("Établir l'état")
    carte = ecran(joueur).bilan
    carte.pour.poser("public")
    carte.enregistrer_dans(tmp_path, "xlsx")
    joueur.attendre()
    joueur.attendre()
    assert "ne se tire que d'une année finie" in carte.constat.text()
    assert f"31/12/{JOUR.year - 1}" in carte.constat.text()
    assert not list(tmp_path.glob("bilan*"))


def test_le_bilan_dit_a_chacun_ce_qu_il_peut_lire(joueur: Joueur, importer: Importer, tmp_path: Path) -> None:
    """Le croisement entier aux habilités ; aux autres une dimension à la fois, sous le masque. La carte dit où."""
    importer("attributions", "a.csv", attributions_fictives(FIN))
    importer("logements", "l.csv", logements_fictifs(FIN))
    assert not ecran(joueur).bilan.isVisible()
    etablir_au(joueur, FIN)
    lus = {}
    for pour in ("habilites", "partenaires", "public"):
        lus[pour] = cases(bilan_ecrit(joueur, tmp_path, pour, "xlsx"))
    assert lus["habilites"][0] == ENTETE_COMPLET
    assert lus["public"][0] == lus["partenaires"][0] == ENTETE_PUBLIE
    tues = {pour: sum(un == TUE for ligne in lignes for un in ligne) for pour, lignes in lus.items()}
    assert tues["habilites"] == 0
    assert 0 < tues["partenaires"] <= tues["public"]
    assert "bilan-flux-" in ecran(joueur).bilan.sortis.noms.text()


def test_le_bilan_s_imprime_au_clavier(joueur: Joueur, importer: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pour qui se demande d'abord ; puis le papier part, et chaque fichier lu est au journal."""
    donnees: list[Any] = []
    monkeypatch.setattr("ui.ecrans.flux.bilan.sortir", lambda *a: donnees.append(a[2]))
    importer("attributions", "a.csv", attributions_fictives(FIN))
    etablir_au(joueur, FIN)
    presser(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    assert mots.POUR_QUI in dits(joueur)
    assert donnees == []
    presser(Qt.Key.Key_3)
    joueur.attendre()
    assert ecran(joueur).bilan.pour.valeur() == "public"
    avant = len(acces(joueur))
    presser(Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    joueur.attendre()
    joueur.attendre()
    (feuille,) = donnees[0].feuilles
    assert feuille.pdf.startswith(b"%PDF")
    assert (Acces.LIRE_ATTRIBUTIONS, "a.csv") in acces(joueur)[avant:]


def test_le_bilan_est_de_tous_les_bailleurs_meme_sur_une_page(
    joueur: Joueur, importer: Importer, tmp_path: Path
) -> None:
    """D'une commune seule, la différence avec l'ensemble redirait ce que le masque tait."""
    importer("attributions", "a.csv", attributions_fictives(FIN))
    etablir_au(joueur, FIN)
    tous = bilan_ecrit(joueur, tmp_path, "public", "xlsx")
    ecran(joueur).liste_des_pages.setCurrentRow(2)
    joueur.presser("Établir l'état")
    (tmp_path / "d'une page").mkdir()
    une = bilan_ecrit(joueur, tmp_path / "d'une page", "public", "xlsx")
    assert cases(tous) == cases(une)


# Un logement.


def test_un_logement_dit_sa_vie_et_controle_une_demande(joueur: Joueur, importer: Importer) -> None:
    """La convention saisie dit ses publics ; hors d'eux, la désigner demandera un motif."""
    regles = joueur.session.regles
    assert regles is not None
    publiques = regles.territoire.conventions.a_completer(JOUR.year, ())
    metropole = next(une.convention for une in publiques if une.convention.reservataire == "Métropole d'exemple")
    auteur = joueur.session.auteur
    joueur.session.avec_coffre(
        lambda c: c.contingents.garder_convention(metropole, auteur), lambda _: None, pour=joueur.session
    )
    importer("logements", "l.csv", logements_fictifs(JOUR))
    joueur.presser("Établir l'état")
    carte = ecran(joueur).logements
    rang = next(rang for rang in range(carte.liste.count()) if "Métropole d'exemple" in carte.liste.dit(rang))
    carte.liste.setCurrentRow(rang)
    assert "Publics visés : Ménages reconnus prioritaires (DALO)" in dits(joueur)
    assert "Adresse" in dits(joueur)
    assert carte.controle is not None
    for code, dit in (("dalo", "est dans les publics"), ("", "hors des publics")):
        carte.controle.bouton(code).click()
        assert dit in " ".join(etiquettes(carte.verdict))
    verdict = carte.juge()
    assert verdict is not None
    assert verdict.demande_un_motif


def test_sans_convention_le_logement_le_dit(joueur: Joueur, importer: Importer) -> None:
    """Rien ne se contrôle, et cela se lit ; la limite dépassée aussi."""
    importer("logements", "l.csv", logements_fictifs(JOUR))
    joueur.presser("Établir l'état")
    carte = ecran(joueur).logements
    assert "dépassée" in carte.liste.dit(0)
    assert carte.controle is None
    assert "Aucune convention saisie" in dits(joueur)


# Qui le voit, et ce qui en reste.


def test_un_agent_d_accueil_n_en_lit_rien(joueur: Joueur, importer: Importer) -> None:
    """Ni l'entrée, ni un nom de fichier, ni une ligne."""
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    session = joueur.session

    def ouvrir(coffre: Coffre) -> None:
        coffre.comptes.ouvrir("Léo Blanc", "Léo", "Accueil", ("agent", "social"), MOT_DE_PASSE, Auteur(coffre.agent))

    session.avec_coffre(ouvrir, lambda _: None, pour=session)
    joueur.attendre()
    joueur.presser("Établir l'état")
    session.fermer()
    joueur.attendre()
    assert ecran(joueur).contingent is None
    session.rouvrir(MOT_DE_PASSE, lambda: None, print, agent="Léo Blanc")
    joueur.attendre()
    assert "flux" not in {action.id for action in joueur.fenetre.actions_possibles()}
    joueur.aller("flux")
    assert "Votre rôle ne permet pas ce geste" in dits(joueur)
    assert "a.csv" not in dits(joueur)
    assert not ecran(joueur).importation.isVisible()
    assert ecran(joueur).lots.count() == 0


def test_quitter_l_ecran_n_en_laisse_rien(joueur: Joueur, importer: Importer) -> None:
    """Ni état, ni logement, ni essai."""
    importer("logements", "l.csv", logements_fictifs(JOUR))
    joueur.presser("Établir l'état")
    ici = ecran(joueur)
    joueur.presser("Retour")
    assert ici.contingent is None
    assert (ici.lots.count(), ici.logements.liste.count()) == (0, 0)
    assert "Les Colombes" not in " ".join(etiquettes(ici))


def test_la_prevision_du_bailleur_fait_ce_qui_est_du(joueur: Joueur, importer: Importer) -> None:
    """Elle remplace le nombre de la convention ; la formule se lit sous la ligne, avec ses nombres."""
    auteur = joueur.session.auteur
    convention = ConventionTenue(
        "metropole", "Métropole d'exemple", "Habitat Colombe", "epci", "999999999", JOUR.year, siren="000000001",
        taux=Decimal(10), assiette=50,
    )  # fmt: skip
    prevue = PrevisionTenue("Habitat Colombe", "000000001", JOUR.year, remises=320, hors_flux={"MUTATION": 20})

    def garder_(coffre: Coffre) -> None:
        coffre.contingents.garder_convention(convention, auteur)
        coffre.contingents.garder_prevision(prevue, auteur)

    joueur.session.avec_coffre(garder_, lambda _: None, pour=joueur.session)
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    joueur.presser("Établir l'état")
    (liste,) = [un for un in ecran(joueur).findChildren(ListePropositions) if un.accessibleName() == mots.DUS]
    lues = " | ".join(liste.dit(rang) for rang in range(liste.count()))
    assert "Assiette du flux : 320 − 20 (mutations internes au bailleur) = 300 ; Part : 10 % × 300 = 30" in lues
    assert "(30 dans l'année)" in lues


def test_l_axe_se_choisit_au_clavier_et_le_croisement_se_tait(joueur: Joueur, importer: Importer) -> None:
    """Tout, puis par commune et public : ce qui est fait y est tu, ce qui est dû reste, et cela se dit."""
    auteur = joueur.session.auteur
    convention = ConventionTenue(
        "metropole", "Métropole d'exemple", "Habitat Colombe", "epci", "999999999", JOUR.year, siren="000000001",
        taux=Decimal(10), publics=("dalo",), objectifs={"dalo": Decimal(50)},
    )  # fmt: skip
    prevue = PrevisionTenue("Habitat Colombe", "000000001", JOUR.year, "99X01", remises=200)

    def garder_(coffre: Coffre) -> None:
        coffre.contingents.garder_convention(convention, auteur)
        coffre.contingents.garder_prevision(prevue, auteur)

    joueur.session.avec_coffre(garder_, lambda _: None, pour=joueur.session)
    importer("attributions", "a.csv", attributions_fictives(JOUR))
    joueur.presser("Établir l'état")
    carte = ecran(joueur).findChild(CarteDus)
    assert carte is not None
    lues = {}
    for axe, dit in AXES.items():
        carte.axe.prendre(axe)
        assert carte.axe.text() == f"Voir : {dit}"
        lues[axe] = [carte.liste.dit(rang) for rang in range(carte.liste.count())]
    assert len(lues["tout"]) == len(lues["ensemble"]) + len(lues["commune"]) + len(lues["public"])
    assert lues["croisement"]
    assert all(TUE in une and "DALO" in une for une in lues["croisement"])
    assert any("Colombe" in une and "Objectif" in une for une in lues["croisement"])
    assert "un effectif de moins de 5 n'est pas publié" in carte.constat.text()
    presser(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Escape)
