"""À reporter : les cases dans l'ordre officiel, copiées d'une touche ; le presse-papiers vidé ; le numéro rapporté."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from dossiers_ecran import heberge
from outils_dossier import ecrit, equiper
from outils_ecran import au_repos, montrer, presser, taper
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.validation import COMME_SA_PIECE
from ui.composants import Bouton
from ui.ecrans.reporter.ecran import SANS_DOSSIER, EcranReporter
from ui.ecrans.reporter.retour import A_REMPLIR, SOURCES
from ui.lancement import Poste
from ui.mots.reporter import COMMUNE_DEMANDE, IL_N_Y_EN_A_PAS, MANQUE, PRET, REFUS_COMMUNE, SANS_ADRESSE, SEUL_A_SEUL

VOIE, SURE = "12 rue des Lilas", "CCAS, 1 place de la Mairie"
ADRESSE = {"voie": VOIE, "complement": "Bâtiment Orme", "code_postal": "31200", "commune": "99X01"}


@pytest.fixture(autouse=True)
def _presse_vide() -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def presse() -> str:
    return QGuiApplication.clipboard().text()


def reporter(qtbot: QtBot, poste: Poste, **reponses: Any) -> EcranReporter:
    """L'écran sur un parent hébergé, avec ces réponses (« a__b » : « a.b »)."""
    equiper(qtbot, poste)
    montrer(qtbot, poste.fenetre)
    document = heberge()
    for chemin, valeur in {"logement_actuel__adresse": ADRESSE, **reponses}.items():
        document = poser(document, chemin.replace("__", "."), valeur)
    crees: list[str] = []
    poste.session.creer_dossier(document, crees.append)
    qtbot.waitUntil(lambda: bool(crees))
    au_repos(qtbot, poste)
    ecran = cast(EcranReporter, poste.fenetre.aller("reporter"))
    au_repos(qtbot, poste)
    return ecran


def discret(qtbot: QtBot, poste: Poste, sure: Any = SURE, **reponses: Any) -> EcranReporter:
    avec = {"protection": {"discret": True}, "contact": {"adresse_courrier_sure": sure, "telephone": "+33612345678"}}
    return reporter(qtbot, poste, **avec, **reponses)


def cases(ecran: EcranReporter) -> dict[str, str]:
    return {f"{une.rubrique.split(' · ')[0]} {une.nom}": une.valeur for une in ecran._lignes}


def dits(ecran: EcranReporter) -> str:
    return "\n".join(un.text() for un in ecran.findChildren(QLabel) if un.isVisible())


def tout_copier(ecran: EcranReporter) -> list[str]:
    """Entrée, de la première case à la dernière ; ce qui est passé par le presse-papiers."""
    copies = []
    ecran.liste.setCurrentRow(0)
    for _ in ecran._lignes:
        QGuiApplication.clipboard().clear()
        presser(Qt.Key.Key_Return, widget=ecran.liste)
        copies.append(presse())
    return copies


# L'ordre et les valeurs.


def test_les_cases_suivent_l_ordre_officiel_au_format_du_portail(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(
        qtbot,
        poste_ouvert,
        contact__telephone="+33612345678",
        ressources__pension_versee="1250.5",
        ressources__rfr_n2=12500,
        recherche__communes=["99X01"],
    )
    lues = cases(ecran)
    assert lues["Page 1 Date de naissance"] == "05/01/1988"
    assert lues["Page 1 Téléphone"] == "0612345678"
    assert lues["Page 1 Civilité"] == "Madame"
    assert lues["Page 1 Code postal"] == "31200"
    assert lues["Page 7 Pension alimentaire versée"] == "1250,5"
    assert lues["Page 7 Revenu fiscal de référence N-2"] == "12500"
    assert lues["Pages 3 à 5 Date de naissance"] == "02/04/2015"
    assert lues["Page 9 Communes souhaitées, 1"] != "99X01"
    assert lues["Page 1 Courriel"] if "Page 1 Courriel" in lues else lues["Page 1 Adresse électronique"] == ""
    pages = [une.rubrique.split()[1] for une in ecran._lignes if une.rubrique.startswith("Page ")]
    assert [int(page) for page in pages] == sorted(int(page) for page in pages)
    assert not any("\u202f" in valeur or "\u00a0" in valeur for valeur in lues.values())
    assert "formulaire papier" in dits(ecran)


def test_entree_copie_marque_et_passe_a_la_suite_ctrl_c_aussi(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    assert ecran.liste.hasFocus()
    rang = next(rang for rang, une in enumerate(ecran._lignes) if une.valeur == "MOREL")
    ecran.liste.setCurrentRow(rang)
    presser(Qt.Key.Key_Return, widget=ecran.liste)
    assert presse() == "MOREL"
    assert ecran.liste.currentRow() == rang + 1
    marque = ecran.liste.dit(rang)
    assert "MOREL · copié" in marque
    prenoms = next(rang for rang, une in enumerate(ecran._lignes) if une.valeur == "Zoé")
    ecran.liste.setCurrentRow(prenoms)
    presser(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, widget=ecran.liste)
    assert presse() == "Zoé"
    assert ecran.liste.currentRow() == prenoms + 1


def test_une_case_qui_manque_le_dit_et_ne_copie_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    rang = next(rang for rang, une in enumerate(ecran._lignes) if not une.valeur)
    ecran.liste.setCurrentRow(rang)
    assert MANQUE in ecran.liste.dit(rang)
    presser(Qt.Key.Key_Return, widget=ecran.liste)
    assert presse() == ""
    ecran.liste.setCurrentRow(rang)
    chemin = ecran._lignes[rang].chemin
    ecran.changer.click()
    au_repos(qtbot, poste_ouvert)
    entretien: Any = poste_ouvert.fenetre.pile.currentWidget()
    qtbot.waitUntil(lambda: entretien.etape is not None and chemin in entretien.etape.chemins)


def test_ni_motif_protege_ni_fait_du_premier_contact(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Dans tout dossier la même phrase, qu'un motif protégé y soit (il devient discret) ou non."""
    ecran = reporter(qtbot, poste_ouvert, demande__motifs={"coches": ["violences", "trop_petit"], "clos": True})
    au_seul_nom(ecran)
    assert cases(ecran)["Page 8 Motifs de la demande"]
    assert not any("iolence" in valeur for valeur in tout_copier(ecran))
    assert SEUL_A_SEUL in dits(ecran)
    autre = reporter(qtbot, poste_ouvert, demande__motifs={"coches": ["trop_petit"], "clos": True})
    assert SEUL_A_SEUL in dits(autre)


# Le presse-papiers.


@pytest.mark.parametrize("sortie", ["ecran", "accueil", "neutre", "verrou", "dossier"])
def test_le_presse_papiers_se_vide_en_partant(poste_ouvert: Poste, qtbot: QtBot, sortie: str) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    ecran.liste.setCurrentRow(next(rang for rang, une in enumerate(ecran._lignes) if une.valeur == "MOREL"))
    presser(Qt.Key.Key_Return, widget=ecran.liste)
    assert presse() == "MOREL"
    gestes = {
        "ecran": lambda: poste_ouvert.fenetre.aller("cotation"),
        "accueil": lambda: poste_ouvert.fenetre.aller("accueil"),
        "neutre": poste_ouvert.couverture.cacher,
        "verrou": poste_ouvert.couverture.verrouiller,
        "dossier": poste_ouvert.session.fermer_dossier,
    }
    gestes[sortie]()
    au_repos(qtbot, poste_ouvert)
    assert presse() == ""


def test_ce_qu_un_autre_programme_a_copie_depuis_reste(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Return, widget=ecran.liste)
    QGuiApplication.clipboard().setText("ailleurs")
    poste_ouvert.fenetre.aller("cotation")
    assert presse() == "ailleurs"


def test_sans_dossier_l_ecran_le_dit_et_rien_ne_reste_d_un_autre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    poste_ouvert.session.fermer_dossier()
    au_repos(qtbot, poste_ouvert)
    assert ecran._lignes == []
    assert SANS_DOSSIER in dits(ecran)
    assert "MOREL" not in dits(ecran)


# Le dossier discret.


def test_un_dossier_discret_demande_d_abord_si_la_demande_est_commune(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = discret(qtbot, poste_ouvert)
    assert COMMUNE_DEMANDE in dits(ecran)
    assert ecran.commune.valeur() is None
    assert not ecran.cases.isVisible()
    assert ecran._lignes == []
    presser(Qt.Key.Key_Return, widget=ecran.commune)
    assert ecran.commune.valeur() is None


def test_commune_rien_ne_se_reporte(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = discret(qtbot, poste_ouvert)
    ecran.commune.poser("oui")
    ecran.commune.choisi.emit("oui")
    assert REFUS_COMMUNE in dits(ecran)
    assert ecran._lignes == []
    assert not ecran.cases.isVisible()
    poste_ouvert.fenetre.aller("cotation")
    poste_ouvert.fenetre.aller("reporter")
    assert ecran.commune.valeur() is None


def au_seul_nom(ecran: EcranReporter) -> EcranReporter:
    ecran.commune.poser("non")
    ecran.commune.choisi.emit("non")
    assert ecran.cases.isVisible()
    return ecran


def test_l_adresse_sure_est_seule_copiable(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = au_seul_nom(discret(qtbot, poste_ouvert))
    copies = tout_copier(ecran)
    assert copies.count(SURE) == 2
    # Elle se copie, elle ne se lit pas par-dessus l'épaule.
    assert not any(SURE in une.dite for une in ecran._lignes)
    assert any(une.dite == PRET for une in ecran._lignes)
    for cache in (VOIE, "Bâtiment Orme", "31200", "0612345678"):
        assert not any(cache in valeur for valeur in copies)


def test_sans_adresse_sure_on_dit_quoi_faire(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = au_seul_nom(discret(qtbot, poste_ouvert, sure={"ne_sait_pas": True}))
    assert SANS_ADRESSE in dits(ecran)
    assert not any(VOIE in valeur for valeur in tout_copier(ecran))
    manque = [une for une in ecran._lignes if une.nom.startswith("Adresse :")]
    assert manque
    assert all(une.valeur == "" for une in manque)


def test_un_dossier_ordinaire_ne_voit_pas_la_question(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert)
    assert not ecran.question.isVisible()
    assert cases(ecran)["Page 1 Numéro et voie"] == VOIE


# La saisie de retour.


def remplir(ecran: EcranReporter, numero: str, recue: str) -> None:
    for champ, mot in ((ecran.rapporte.numero, numero), (ecran.rapporte.reception, recue)):
        champ.ligne.setFocus()
        champ.ligne.clear()
        taper(mot, champ.ligne)


def test_le_numero_et_la_date_s_ecrivent_ensemble(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = reporter(qtbot, poste_ouvert, demande={"type": "premiere"})
    remplir(ecran, "111 10 23 517879 gdpub", "10/11/2025")
    ecran.rapporte.source.poser(SOURCES[0])
    presser(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, widget=ecran)
    document = ecrit(qtbot, poste_ouvert, poste_ouvert.session.dossier_id)
    assert lire(document, "demande.numero_unique") == "1111023517879GDPUB"
    assert lire(document, "demande.date_reception") == "2025-11-10"
    assert lire(document, "demande.deja_enregistree") is True
    assert lire(document, "demande.numero_source") == SOURCES[0]
    assert "enregistrés" in poste_ouvert.fenetre.bandeau.phrase


@pytest.mark.parametrize(
    ("numero", "recue", "dit"),
    [
        ("", "", A_REMPLIR),
        ("1111023517879GDPUB", "", A_REMPLIR),
        ("", "10/11/2025", A_REMPLIR),
        ("1111023517879GDPUB", "10/11/2126", "avenir|futur|après"),
        ("1111023517879GDPUB", "32/11/2025", "n'existe pas"),
        ("2 90 05 31 555 001 04", "10/11/2025", "sécurité sociale"),
        ("1111023517879GDPUBXX", "10/11/2025", "18"),
    ],
)
def test_une_faute_n_ecrit_rien_et_se_dit(poste_ouvert: Poste, qtbot: QtBot, numero: str, recue: str, dit: str) -> None:
    import re

    ecran = reporter(qtbot, poste_ouvert, demande={"type": "premiere"})
    remplir(ecran, numero, recue)
    ecran.rapporte.bouton.click()
    document = ecrit(qtbot, poste_ouvert, poste_ouvert.session.dossier_id)
    assert lire(document, "demande.numero_unique") is ABSENT
    assert lire(document, "demande.date_reception") is ABSENT
    assert lire(document, "demande.deja_enregistree") is ABSENT
    assert re.search(dit, dits(ecran)), dits(ecran)


def test_chaque_geste_a_un_nom_et_une_cible_suffisante(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = discret(qtbot, poste_ouvert)
    for bouton in ecran.findChildren(Bouton):
        assert bouton.accessibleName()
        assert bouton.height() >= 40 or not bouton.isVisible()
    assert ecran.commune.accessibleName() == COMMUNE_DEMANDE
    assert ecran.liste.accessibleName()


# La page de fin y mène, et l'on en revient.


def test_alt_gauche_rend_l_entretien_ou_l_on_etait(poste_ouvert: Poste, qtbot: QtBot) -> None:
    reporter(qtbot, poste_ouvert)
    entretien: Any = poste_ouvert.fenetre.aller("entretien", {"chemin": "logement_actuel.surface"})
    qtbot.waitUntil(lambda: entretien.etape is not None)
    au_repos(qtbot, poste_ouvert)
    ecran = cast(EcranReporter, poste_ouvert.fenetre.aller("reporter"))
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier, widget=ecran)
    au_repos(qtbot, poste_ouvert)
    qtbot.waitUntil(lambda: entretien.etape is not None and "logement_actuel.surface" in entretien.etape.chemins)


def test_un_seul_nom_et_l_annee_seule_disent_que_faire(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Rien à copier, et pas « manque » : ne rien inventer, recopier la pièce."""
    naissance = {"entre": ["1980-01-01", "1980-12-31"]}
    dits = {"demandeur__prenoms": {"aucun": True}, "demandeur__date_naissance": naissance}
    ecran = reporter(qtbot, poste_ouvert, **dits)
    dites = {une.chemin: une.dite for une in ecran._lignes}
    assert dites["demandeur.prenoms"] == IL_N_Y_EN_A_PAS
    assert dites["demandeur.date_naissance"] == COMME_SA_PIECE
