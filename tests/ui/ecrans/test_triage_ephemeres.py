"""Ce qui ne s'écrit pas, dans la vraie fenêtre : lu par les voies, oublié à « Poursuivre », au verrou et à F12."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_dossier import creer, ecrit, equiper, ouvrir
from outils_ecran import MOT_DE_PASSE, au_repos, montrer, presser, taper
from outils_sources import sources_avec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from impressions.depuis_bilan import donnees as donnees_du_papier
from impressions.document import composer
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.coffre import Coffre
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import exporter
from modele.dossier.ephemeres import ephemeres, sans_ephemeres
from modele.protection.mots import QUESTION_NEUTRE
from ressources import RESSOURCES
from ui.cadre.page_neutre import PageNeutre, PageVerrou
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.triage import ecran as module_du_triage
from ui.ecrans.triage.ecran import EcranTriage
from ui.lancement import Poste

CAMPAGNE = bool(os.environ.get("PERRON_CAMPAGNE"))
OUI, NON = Qt.Key.Key_1, Qt.Key.Key_2
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
VOIES = """
[[orientation]]
id = "essai-urgence"
libelle = "Voie d'essai"
urgence = "immediate"
si = { un_de = [{ fait = "triage.idees_suicidaires" }, { fait = "triage.peur_de", egal = "voisin" }] }
fondement = "essai"
confiance = "M"
verifie_le = 2026-11-29
source = "essai"
discret = true
libelle_discret = "Une question à poser seul à seul"
gestes = ["Geste d'essai."]
a_dire = []
a_eviter = []
pieces = []
contacts = ["15"]
fiches = []
"""
NOMS = tuple(chemin.partition(".")[2] for chemin in ephemeres())


@pytest.fixture(scope="module")
def regles(tmp_path_factory: pytest.TempPathFactory) -> Regles:
    """Le droit livré, plus une voie d'essai, discrète, qu'un fait éphémère retient."""
    ici = tmp_path_factory.mktemp("essai")
    national = shutil.copytree(RESSOURCES / "national", ici / "national")
    orientations = national / "orientations.toml"
    # La première du fichier : de deux voies aussi urgentes, c'est elle que l'écran montre.
    livrees = orientations.read_text(encoding="utf-8").replace("format = 1\n", f"format = 1\n{VOIES}", 1)
    orientations.write_text(livrees, encoding="utf-8")
    return charger_regles("metropole-exemple", sources_avec(ici, national=national))


@pytest.fixture
def triage(poste_ouvert: Poste, qtbot: QtBot, regles: Regles) -> EcranTriage:
    """Le triage ouvert, avec la voie d'essai."""
    equiper(qtbot, poste_ouvert)
    poste_ouvert.session.regles = regles
    ecran = cast(EcranTriage, poste_ouvert.fenetre.aller("triage"))
    qtbot.waitUntil(lambda: bool(ecran.chemin))
    return ecran


def repondre(ecran: EcranTriage, **touches: Qt.Key) -> None:
    for nom, touche in touches.items():
        assert ecran.chemin.endswith(nom), f"attendu {nom}, montré {ecran.chemin}"
        presser(touche)


def jusqu_a_la_peur(ecran: EcranTriage) -> None:
    """Seul à seul, et quelqu'un fait peur : la question suivante est « qui »."""
    repondre(ecran, danger_immediat=NON, sante_urgente=NON, toit_ce_soir=OUI, enfant_avec=NON)
    repondre(ecran, papier_huissier=Qt.Key.Key_1, logement_dangereux=NON, seul_a_seul=OUI, peur_au_domicile=OUI)


def cocher(ecran: EcranTriage, *champs: str) -> None:
    """Ouvre « Autre urgence » et coche."""
    presser(Qt.Key.Key_F2)
    assert ecran.coches.groupe is not None
    for champ in champs:
        ecran.coches.groupe.bouton(f"triage.{champ}").click()


def textes(ecran: QWidget) -> str:
    return "\n".join(mot.text() for mot in ecran.findChildren(QLabel) if mot.isVisible())


def reprendre(qtbot: QtBot, poste: Poste) -> None:
    page = poste.couverture.page
    assert isinstance(page, PageNeutre | PageVerrou)
    if page.reprise.isHidden():
        presser(Qt.Key.Key_Escape, widget=page)
    taper(MOT_DE_PASSE, page.reprise.mot_de_passe.ligne)
    page.reprise.mot_de_passe.entree.emit()
    au_repos(qtbot, poste)
    montrer(qtbot, poste.fenetre)
    assert not poste.fenetre.pile.isVisible()
    presser(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert poste.fenetre.pile.isVisible()


def poursuivre(qtbot: QtBot, poste: Poste) -> str:
    """Le dossier que « Poursuivre » crée."""
    presser(Qt.Key.Key_Return, CTRL)
    presser(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: poste.fenetre.ecran == "entretien")
    au_repos(qtbot, poste)
    return poste.session.dossier_id


def tout_ce_que_garde(coffre: Coffre) -> str:
    """Toutes les tables du coffre, déchiffrées : documents, opérations, boîte d'envoi, brouillons, index, accès."""
    with coffre._base.lecture() as connexion:
        tables = connexion.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        lignes = [tuple(ligne) for table in tables for ligne in connexion.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(un.decode("utf-8", "replace") if isinstance(un, bytes) else str(un) for x in lignes for un in x)


def garde(qtbot: QtBot, poste: Poste) -> str:
    """Ce que garde le coffre ouvert."""
    lus: list[str] = []
    poste.session.avec_coffre(tout_ce_que_garde, lus.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lus))
    return lus[0]


# Du premier mot au papier.


def test_une_coche_ouvre_la_voie_et_poursuivre_l_oublie(poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot) -> None:
    """L'agent coche, la voie est là ; il poursuit, et rien n'en reste : ni session, ni coffre, ni discrétion."""
    repondre(triage, danger_immediat=NON)
    cocher(triage, "idees_suicidaires")
    assert poste_ouvert.session.ephemeres == {"triage.idees_suicidaires": True}
    assert "idees_suicidaires" not in triage.document["triage"]
    qtbot.waitUntil(lambda: "Voie d'essai" in textes(triage))
    presser(Qt.Key.Key_F2)
    assert triage.chemin == "triage.sante_urgente"
    dossier = poursuivre(qtbot, poste_ouvert)
    assert poste_ouvert.session.ephemeres == {}
    bilan = triage.atelier.bilan
    assert bilan is not None
    assert not bilan.discret
    assert "essai-urgence" not in {voie.id for voie in bilan.voies_retenues}
    assert not [nom for nom in NOMS if nom in garde(qtbot, poste_ouvert)]
    relu = ouvrir(qtbot, poste_ouvert, dossier)
    assert "triage.idees_suicidaires" not in {c for e in relu._parcours.etapes() for c in e.chemins}


def test_decocher_n_est_pas_un_non(triage: EcranTriage, poste_ouvert: Poste) -> None:
    """On n'en sait rien : la voie reste possible."""
    cocher(triage, "idees_suicidaires")
    cocher_de_nouveau = triage.coches.groupe
    assert cocher_de_nouveau is not None
    cocher_de_nouveau.bouton("triage.idees_suicidaires").click()
    assert poste_ouvert.session.ephemeres == {}
    assert triage._bilan is not None
    assert {v.id: v.certaine for v in triage._bilan.voies}["essai-urgence"] is False


def test_l_origine_d_une_peur_ne_se_garde_que_si_la_personne_le_veut(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """Sans le geste, rien ; avec lui, la catégorie seule, dans un champ derrière le mur."""
    jusqu_a_la_peur(triage)
    repondre(triage, peur_de=Qt.Key.Key_5)
    assert triage.chemin == "triage.peur_de"
    dossier = poursuivre(qtbot, poste_ouvert)
    assert lire(ecrit(qtbot, poste_ouvert, dossier), "protection.auteur") is ABSENT
    assert not [mot for mot in (*NOMS, "aidant") if mot in garde(qtbot, poste_ouvert)]
    poste_ouvert.fenetre.aller("triage")
    jusqu_a_la_peur(triage)
    repondre(triage, peur_de=Qt.Key.Key_5)
    presser(Qt.Key.Key_G)
    dossier = poursuivre(qtbot, poste_ouvert)
    assert ecrit(qtbot, poste_ouvert, dossier)["protection"] == {
        "seul_a_seul": True,
        "discret": True,
        "auteur": "aidant",
    }
    assert not [nom for nom in NOMS if nom in garde(qtbot, poste_ouvert)]


def test_quelqu_un_entre_et_l_origine_de_la_peur_s_oublie(poste_ouvert: Poste, triage: EcranTriage) -> None:
    """La coche « seul à seul » retirée, ni la peur ni son origine ne restent, même si elle devait être gardée."""
    jusqu_a_la_peur(triage)
    repondre(triage, peur_de=Qt.Key.Key_5)
    presser(OUI)
    for _ in range(2):
        presser(Qt.Key.Key_Left, ALT)
    repondre(triage, seul_a_seul=NON)
    assert poste_ouvert.session.ephemeres == {}
    assert "peur_au_domicile" not in triage.document["triage"]


def test_une_coche_seul_a_seul_ne_se_montre_pas_avant(triage: EcranTriage) -> None:
    presser(Qt.Key.Key_F2)
    assert triage.coches.groupe is not None
    assert set(triage.coches.groupe._codes) == {
        f"triage.{nom}"
        for nom in (
            "idees_suicidaires",
            "enfant_inquiete",
            "mineur_seul",
            "menace_accueil",
            "sortie_hopital",
            "dit_majeur",
            "desorientee",
            "interprete_a_la_place",
            "tiers_cherche",
        )
    }
    assert "à voix haute" not in textes(triage.coches)


# Le poste couvert.


@pytest.mark.parametrize("couvrir", ["cacher", "verrouiller"])
def test_f12_et_le_verrou_oublient_et_l_ecran_dit_de_redemander(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot, couvrir: str
) -> None:
    """Au retour : seul à seul à cocher de nouveau, la peur dite gardée sans se montrer, l'éphémère oublié."""
    jusqu_a_la_peur(triage)
    repondre(triage, peur_de=Qt.Key.Key_6)
    getattr(poste_ouvert.couverture, couvrir)()
    assert poste_ouvert.session.ephemeres == {}
    assert "peur" not in textes(triage).casefold()
    reprendre(qtbot, poste_ouvert)
    assert triage.chemin == "protection.seul_a_seul"
    assert "ce qui ne s'écrit pas est oublié" in textes(triage)
    assert "peur" not in textes(triage).casefold()
    assert triage.document["triage"]["peur_au_domicile"] is True
    repondre(triage, seul_a_seul=OUI)
    presser(Qt.Key.Key_Return)
    assert triage.chemin == "triage.peur_de"


def test_f12_au_resultat_revient_masque_et_sans_la_voie_oubliee(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    cocher(triage, "idees_suicidaires")
    presser(Qt.Key.Key_Return, CTRL)
    triage.resultat._basculer()
    qtbot.waitUntil(lambda: "Geste d'essai" in textes(triage))
    poste_ouvert.couverture.cacher()
    assert "essai" not in textes(triage)
    reprendre(qtbot, poste_ouvert)
    assert triage.pages.courante is triage.resultat
    assert "Voie d'essai" not in textes(triage)
    assert "ce qui ne s'écrit pas est oublié" in textes(triage)


def test_la_phrase_est_la_meme_qu_il_y_ait_eu_quelque_chose_ou_non(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """Elle ne dit pas s'il y avait à oublier."""
    vues = []
    for champs in ((), ("enfant_inquiete",)):
        poste_ouvert.fenetre.aller("triage")
        if champs:
            cocher(triage, *champs)
            presser(Qt.Key.Key_F2)
        poste_ouvert.couverture.cacher()
        reprendre(qtbot, poste_ouvert)
        vues.append(textes(triage))
    assert vues[0] == vues[1]


def test_quitter_recommencer_ouvrir_un_dossier_oublient(poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot) -> None:
    session = poste_ouvert.session
    dossier = creer(qtbot, poste_ouvert)
    gestes: list[Any] = [
        triage._recommencer,
        lambda: poste_ouvert.fenetre.aller("accueil"),
        lambda: session.ouvrir_dossier(dossier, lambda _: None),
        session.fermer_dossier,
    ]
    for geste in gestes:
        session.retenir("triage.mis_en_cause", True)
        geste()
        au_repos(qtbot, poste_ouvert)
        assert session.ephemeres == {}


def test_un_autre_compte_n_y_trouve_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    session = poste_ouvert.session
    session.avec_coffre(
        lambda coffre: coffre.comptes.ouvrir(
            "Léo Blanc", "Léo", "", ("agent",), "cinq mots sans aucun lien", session.auteur
        ),
        lambda _: None,
        pour=session,
    )
    au_repos(qtbot, poste_ouvert)
    session.retenir("triage.mis_en_cause", True)
    session.fermer()
    assert session.ephemeres == {}
    session.retenir("triage.mis_en_cause", True)
    session.rouvrir("cinq mots sans aucun lien", lambda: None, pytest.fail)
    au_repos(qtbot, poste_ouvert)
    assert (session.agent, session.ephemeres) == ("Léo Blanc", {})


def test_le_dossier_ouvert_ne_recoit_jamais_ce_qui_ne_s_ecrit_pas(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Même écrit par mégarde : ni au document montré, ni au coffre."""
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "ROUX"})
    ouvrir(qtbot, poste_ouvert, dossier)
    poste_ouvert.session.modifier({"triage.peur_de": "ex"})
    poste_ouvert.session.modifier({"triage.peur_de": "ex", "demandeur.prenoms": "Lou"})
    au_repos(qtbot, poste_ouvert)
    assert "triage" not in poste_ouvert.session.document
    assert "peur_de" not in garde(qtbot, poste_ouvert)


# Seul à seul : la même phrase, au même endroit, dans tout dossier.


@pytest.mark.parametrize(
    "reponses",
    [
        {},
        {"triage": {"peur_au_domicile": False}},
        {"triage": {"peur_au_domicile": True}, "protection": {"discret": True}},
        {
            "triage": {"peur_au_domicile": False},
            "demande": {
                "mariage_force": False,
                "agression_domicile": False,
                "victime_traite": False,
                "sortie_prostitution": False,
                "motifs": {"coches": [], "clos": True},
            },
            "protection": {"preuves": {"coches": ["aucune"], "clos": True}},
        },
    ],
    ids=["rien", "non", "oui", "tout-non"],
)
def test_la_phrase_seul_a_seul_ne_depend_d_aucune_reponse(
    poste_ouvert: Poste, qtbot: QtBot, reponses: dict[str, Any]
) -> None:
    dossier = creer(qtbot, poste_ouvert, **reponses)
    ecran = ouvrir(qtbot, poste_ouvert, dossier)
    bilan = ecran.atelier.bilan
    assert bilan is not None
    from ui.ecrans.entretien.panneau import _possibles

    assert [mots for question, mots in _possibles(bilan) if question.chemin == "protection.seul_a_seul"] == [
        [QUESTION_NEUTRE]
    ]
    orientation = poste_ouvert.fenetre.aller("orientation", {"dossier": dossier})
    au_repos(qtbot, poste_ouvert)
    assert textes(orientation).count(f"{QUESTION_NEUTRE}.") == 1


def test_au_triage_la_phrase_reste_jusqu_a_la_coche(triage: EcranTriage) -> None:
    presser(Qt.Key.Key_Return, CTRL)
    assert textes(triage).count(f"{QUESTION_NEUTRE}.") == 1
    assert QUESTION_NEUTRE not in list(triage._restent())
    triage._aller_a("protection.seul_a_seul")
    repondre(triage, seul_a_seul=OUI)
    presser(Qt.Key.Key_Return, CTRL)
    assert QUESTION_NEUTRE not in textes(triage)


# Le geste de l'agent.


def test_l_agent_rend_le_dossier_discret_sans_dire_pourquoi(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot
) -> None:
    """Au premier contact : le dossier naît discret, en une opération ; rien n'en garde la raison."""
    cocher(triage, "enfant_inquiete")
    poste_ouvert.fenetre.agir("discret")
    assert "s'ouvrira discret" in textes(triage)
    dossier = poursuivre(qtbot, poste_ouvert)
    assert ecrit(qtbot, poste_ouvert, dossier)["protection"] == {"discret": True}
    assert not [nom for nom in NOMS if nom in garde(qtbot, poste_ouvert)]


def test_le_geste_vaut_pour_le_dossier_ouvert(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Au clavier, de tout écran ; la palette le nomme ; sans dossier, il le dit."""
    poste_ouvert.fenetre.agir("discret")
    assert poste_ouvert.fenetre.bandeau.phrase == "Ouvrez d'abord un dossier."
    dossier = creer(qtbot, poste_ouvert)
    ouvrir(qtbot, poste_ouvert, dossier)
    presser(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert ecrit(qtbot, poste_ouvert, dossier)["protection"] == {"discret": True}
    assert poste_ouvert.fenetre.actions_offertes["discret"].libelle == "Rendre le dossier discret"


def test_d_un_dossier_partage_le_geste_propose_le_dossier_distinct(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le mur : rien ne s'écrit là où un autre adulte le lirait."""
    dossier = creer(qtbot, poste_ouvert, foyer={"avec_codemandeur": True})
    ouvrir(qtbot, poste_ouvert, dossier)
    poste_ouvert.fenetre.aller("orientation", {"dossier": dossier})
    poste_ouvert.fenetre.agir("discret")
    au_repos(qtbot, poste_ouvert)
    ecran = cast(EcranEntretien, poste_ouvert.fenetre.pile.currentWidget())
    qtbot.waitUntil(lambda: ecran.pages.courante is ecran.distinct)
    assert "protection" not in ecrit(qtbot, poste_ouvert, dossier)


# Quelle que soit la suite de réponses.

DES_BOOLEENS = [c for c in ephemeres() if c != "triage.peur_de"]
REPONSES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(DES_BOOLEENS), st.sampled_from([True, False, {"refus": True}])),
        st.tuples(st.just("triage.peur_de"), st.sampled_from(["ex", "voisin", "reseau", {"ne_sait_pas": True}])),
        st.tuples(st.just("triage.toit_ce_soir"), st.sampled_from(["non", "oui"])),
        st.tuples(st.just("triage.enfant_avec"), st.booleans()),
        st.tuples(st.just("triage.peur_au_domicile"), st.booleans()),
        st.tuples(st.just("protection.seul_a_seul"), st.booleans()),
    ),
    max_size=8,
)


def _papiers(bilan: Bilan) -> list[bytes]:
    """Les papiers de ce bilan, fichier entier : texte, métadonnées, identifiants."""
    fiches = [fiche.id for fiche in bilan.regles.fiches.disponibles()]
    faits = []
    for fiche in fiches:
        try:
            faits.append(composer(fiche, donnees_du_papier(bilan)))
        except Exception as empeche:
            faits.append(str(empeche).encode())
    return faits


def _jouer(ecran: EcranTriage, suite: list[tuple[str, Any]]) -> None:
    for chemin, reponse in suite:
        ecran._retenir(chemin, reponse)
        ecran._calculer()
    assert ecran._bilan is not None


def _verifier(qtbot: QtBot, poste: Poste, ecran: EcranTriage, suite: list[tuple[str, Any]]) -> None:
    poste.fenetre.aller("triage")
    _jouer(ecran, suite)
    pendant = dict(ecran.document)
    assert sans_ephemeres(pendant) is pendant
    poste.session.ephemeres = dict(poste.session.ephemeres)
    avec = ecran._bilan
    assert avec is not None
    sans = etablir(avec.regles, pendant, avec.jour)
    assert avec.document == sans.document
    assert avec.a_taire == sans.a_taire
    ecran._poursuivre()
    qtbot.waitUntil(lambda: poste.fenetre.ecran == "entretien")
    au_repos(qtbot, poste)
    document = ecrit(qtbot, poste, poste.session.dossier_id)
    assert lire(document, "protection.discret") is (True if sans.a_taire else ABSENT)
    tout = garde(qtbot, poste) + exporter(document)
    assert not [nom for nom in NOMS if nom in tout]


@settings(max_examples=60 if CAMPAGNE else 8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(suite=REPONSES)
def test_aucune_suite_de_reponses_ne_laisse_de_trace(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot, suite: list[tuple[str, Any]]
) -> None:
    """Coffre déchiffré, boîte d'envoi, brouillons, index, JSON, discrétion : rien."""
    _verifier(qtbot, poste_ouvert, triage, suite)


TEMOIN: list[tuple[str, Any]] = [("triage.idees_suicidaires", True), ("triage.toit_ce_soir", "non")]


@pytest.mark.parametrize("mutant", ["document", "discret"])
def test_mutant_triage_qui_garde(
    poste_ouvert: Poste, triage: EcranTriage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    """Une réponse mise dans le document, ou la discrétion posée par une voie éphémère : l'épreuve ci-dessus échoue."""
    if mutant == "document":
        monkeypatch.setattr(module_du_triage, "est_ephemere", lambda _: False)
    else:
        monkeypatch.setattr(Bilan, "gardable", property(lambda bilan: bilan))
    with pytest.raises(AssertionError):
        _verifier(qtbot, poste_ouvert, triage, TEMOIN)


@pytest.mark.parametrize("toit", ["non", "oui"])
def test_le_papier_est_le_meme_fichier(regles: Regles, toit: str) -> None:
    """L'épreuve du papier est l'absence : octet pour octet celui du même dossier sans ces faits, toutes les fiches."""
    from datetime import date

    garde_seul = {"triage": {"toit_ce_soir": toit}}
    dit = {"triage": {"toit_ce_soir": toit, "idees_suicidaires": True, "peur_de": "voisin", "mis_en_cause": True}}
    jour = date(2026, 11, 29)
    avec, sans = (etablir(regles, document, jour) for document in (dit, garde_seul))
    assert "essai-urgence" in {voie.id for voie in avec.voies_retenues}
    assert _papiers(avec) == _papiers(sans)
    assert avec.gardable.document == sans.document


def test_mutant_papier_sans_le_bilan_gardable(regles: Regles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans lui, la voie d'essai changerait le papier."""
    from datetime import date

    etabli = partial(etablir, regles, jour=date(2026, 11, 29))
    avec, sans = etabli({"triage": {"idees_suicidaires": True}}), etabli({})
    voies = donnees_du_papier(avec).voies
    assert [voie.certaine for voie in voies if voie.id == "essai-urgence"] == [False]
    monkeypatch.setattr(Bilan, "gardable", property(lambda bilan: bilan))
    assert donnees_du_papier(avec).voies != donnees_du_papier(sans).voies
