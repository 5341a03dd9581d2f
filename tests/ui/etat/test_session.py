"""La session : une réponse change le document tout de suite, « enregistré » vient après ; un échec bloque la suite."""

from __future__ import annotations

from typing import Any

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.regles.fautes import ErreurUtilisateur
from ui.lancement import Poste
from ui.theme import Ton


@pytest.fixture
def dossier(poste_ouvert: Poste, qtbot: QtBot) -> Poste:
    """Un poste avec un dossier neuf ouvert."""
    poste_ouvert.session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste_ouvert)
    return poste_ouvert


def test_la_reponse_se_voit_avant_d_etre_durable_puis_l_est(qtbot: QtBot, dossier: Poste) -> None:
    """Le document change dans l'instant ; la barre du bas date l'écriture ; le coffre l'a."""
    session = dossier.session
    with qtbot.waitSignal(session.enregistre):
        session.modifier({"demandeur.nom": "Durand"})
        assert session.document["demandeur"]["nom"] == "Durand"
    assert dossier.fenetre.barre_basse.enregistre.phrase.startswith("Enregistré sur ce poste à ")
    lus: list[Any] = []
    session.avec_coffre(lambda c: c.lire(session.dossier_id), lus.append, pour=session)
    au_repos(qtbot, dossier)
    assert lus[0]["demandeur"]["nom"] == "Durand"


def test_l_ecran_montre_ce_qui_se_garde(qtbot: QtBot, dossier: Poste) -> None:
    """Un collage et un téléphone prennent leur seule écriture tout de suite, la même qu'au coffre."""
    session = dossier.session
    with qtbot.waitSignal(session.enregistre):
        session.modifier({"demandeur.nom": "N\u2019Dia\u00adye\n", "contact.telephone": "+262 692 12 34 56"})
    lus: list[Any] = [session.document]
    session.avec_coffre(lambda c: c.lire(session.dossier_id), lus.append, pour=session)
    au_repos(qtbot, dossier)
    dits = [(lu["demandeur"]["nom"], lu["contact"]["telephone"]) for lu in lus]
    assert dits == [("N'Diaye", "0692123456")] * 2


def test_un_echec_bloque_la_saisie_puis_tout_repart_dans_l_ordre(
    qtbot: QtBot, dossier: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Disque plein : le bandeau parle, rien d'autre ne s'écrit ; « Réessayer » écrit tout, dans l'ordre."""
    session, vrai = dossier.session, Coffre.modifier

    def plein(*_: object, **__: object) -> None:
        raise ErreurUtilisateur("Le disque est plein : rien n'a été enregistré.")

    monkeypatch.setattr(Coffre, "modifier", plein)
    session.modifier({"demandeur.nom": "Un"})
    session.modifier({"demandeur.nom": "Deux"})
    au_repos(qtbot, dossier)
    dossier.fenetre.bandeau.dire("Une nouvelle moins pressante.", Ton.SEMAINE)
    assert "disque est plein" in dossier.fenetre.bandeau.phrase
    assert not dossier.fenetre.pile.isEnabled()
    assert dossier.fenetre.barre_basse.enregistre.phrase == "Pas enregistré"
    session.modifier({"demandeur.nom": "Trois"})
    assert session.document["demandeur"]["nom"] == "Deux"
    monkeypatch.setattr(Coffre, "modifier", vrai)
    dossier.fenetre.bandeau._bouton.click()
    au_repos(qtbot, dossier)
    assert dossier.fenetre.pile.isEnabled()
    assert dossier.fenetre.bandeau.phrase == ""
    lus: list[Any] = []
    session.avec_coffre(lambda c: c.operations(session.dossier_id), lus.append, pour=session)
    au_repos(qtbot, dossier)
    noms = [champ.apres for o in lus[0] for chemin, champ in o.champs.items() if chemin == "demandeur.nom"]
    assert noms == ["Un", "Deux"]


def test_une_reponse_donnee_pendant_le_verrou_part_a_la_reouverture(qtbot: QtBot, dossier: Poste) -> None:
    """Coffre fermé entre-temps : rien n'est perdu, dans son dossier."""
    session = dossier.session
    identifiant = session.dossier_id
    session.fermer()
    session.modifier({"demandeur.nom": "Durand"})
    session.dossier_id = ""
    session.rouvrir(MOT_DE_PASSE, lambda: None, pytest.fail)
    au_repos(qtbot, dossier)
    lus: list[Any] = []
    session.avec_coffre(lambda c: c.lire(identifiant), lus.append, pour=session)
    au_repos(qtbot, dossier)
    assert lus[0]["demandeur"]["nom"] == "Durand"


def test_quitter_avec_des_reponses_non_ecrites_previent_une_fois(
    qtbot: QtBot, dossier: Poste, monkeypatch: pytest.MonkeyPatch
) -> None:
    """La première fermeture dit ce qui serait perdu ; la seconde obéit."""

    def plein(*_: object) -> None:
        raise ErreurUtilisateur("Le disque est plein.")

    monkeypatch.setattr(Coffre, "modifier", plein)
    dossier.session.modifier({"demandeur.nom": "Un"})
    au_repos(qtbot, dossier)
    assert not dossier.fenetre.close()
    assert "ne sont pas enregistrées" in dossier.fenetre.bandeau.phrase
    assert dossier.fenetre.close()


def test_ouvrir_un_dossier_laisse_une_trace_d_acces(qtbot: QtBot, dossier: Poste) -> None:
    """Qui a vu quoi : l'accès est noté au nom de l'agent."""
    session = dossier.session
    identifiant = session.dossier_id
    session.ouvrir_dossier(identifiant, lambda _: None)
    au_repos(qtbot, dossier)
    acces: list[Any] = []
    session.avec_coffre(lambda c: c.acces(identifiant), acces.append, pour=session)
    au_repos(qtbot, dossier)
    assert ("Ana Martin", Acces.CONSULTER) in [(a.agent, a.geste.acces) for a in acces[0]]


def test_fermer_ferme_le_coffre(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Coffre fermé : les gestes du métier s'éteignent, l'agent n'est plus montré."""
    poste_ouvert.session.fermer()
    au_repos(qtbot, poste_ouvert)
    assert not poste_ouvert.fenetre.geste("triage").isEnabled()
    assert poste_ouvert.fenetre.geste("quitter").isEnabled()
    assert poste_ouvert.fenetre.barre_haute.agent.text() == "Affichage"


def test_numero_du_dossier_en_bas_jamais_le_nom(qtbot: QtBot, dossier: Poste) -> None:
    """La barre basse montre le numéro unique."""
    dossier.session.modifier({"demandeur.nom": "Durand", "demande.numero_unique": "EXEMPLE1126000001"})
    au_repos(qtbot, dossier)
    assert dossier.fenetre.barre_basse._numero.text() == "N° EXEMPLE1126000001"
    dossier.session.fermer_dossier()
    assert dossier.fenetre.barre_basse._numero.isHidden()


def _lu(qtbot: QtBot, poste: Poste, dossier: str) -> dict[str, Any]:
    au_repos(qtbot, poste)
    lus: list[Any] = []
    poste.session.avec_coffre(lambda c: c.lire(dossier), lus.append, pour=poste.session)
    au_repos(qtbot, poste)
    return dict(lus[0])


def test_ce_qui_suit_un_adulte_va_ou_il_est_entre(qtbot: QtBot, dossier: Poste) -> None:
    """Tapé avant que le coffre réponde : un seul dossier commun s'ouvre, et tout ce qui suit y va."""
    session = dossier.session
    ancien = session.dossier_id
    session.modifier({"demande.mariage_force": True})
    avant = _lu(qtbot, dossier, ancien)
    session.modifier({"foyer.avec_codemandeur": True})
    session.modifier({"codemandeur.nom": "Roux"})
    session.modifier({"contact.langue": "ar"})
    au_repos(qtbot, dossier)
    commun = session.dossier_id
    assert commun != ancien
    assert _lu(qtbot, dossier, ancien) == avant
    neuf = _lu(qtbot, dossier, commun)
    assert (neuf["codemandeur"], neuf["contact"]) == ({"nom": "Roux"}, {"langue": "ar"})
    assert session.document == neuf
    combien: list[int] = []
    session.avec_coffre(lambda c: c.compter(), combien.append, pour=session)
    au_repos(qtbot, dossier)
    assert combien == [2]


def test_revenir_dans_l_ancien_dossier_y_ecrit(qtbot: QtBot, dossier: Poste) -> None:
    """L'agent le rouvre de lui-même : ce qu'il y écrit est pour lui."""
    session = dossier.session
    ancien = session.dossier_id
    session.modifier({"demande.mariage_force": True})
    session.modifier({"foyer.avec_codemandeur": True})
    au_repos(qtbot, dossier)
    session.ouvrir_dossier(ancien, lambda _: None)
    au_repos(qtbot, dossier)
    assert session.reserve
    session.modifier({"contact.langue": "ar"})
    assert _lu(qtbot, dossier, ancien)["contact"] == {"langue": "ar"}


def test_ouvrir_un_autre_dossier_pendant_qu_un_adulte_entre(qtbot: QtBot, dossier: Poste) -> None:
    """L'agent est déjà ailleurs quand le coffre répond : rien ne le déplace."""
    session = dossier.session
    session.modifier({"demande.mariage_force": True})
    au_repos(qtbot, dossier)
    session.modifier({"foyer.avec_codemandeur": True})
    session.fermer_dossier()
    au_repos(qtbot, dossier)
    assert (session.dossier_id, session.document, session.reserve) == ("", {}, False)


def test_le_coffre_apprend_des_grilles_quelles_preuves_parleraient(qtbot: QtBot, dossier: Poste) -> None:
    """``preuves.violences`` ne s'écrit pas dans un dossier partagé, quel que soit l'écran."""
    session = dossier.session
    session.charger_regles()
    session.modifier({"foyer.avec_codemandeur": True})
    au_repos(qtbot, dossier)
    with qtbot.waitSignal(session.ailleurs) as dite:
        session.modifier({"preuves.violences": "justifie"})
    assert dite.args == [{"preuves.violences": "justifie"}]
    assert "preuves" not in session.document
    assert "preuves" not in _lu(qtbot, dossier, session.dossier_id)


def test_la_session_se_rappelle_ce_qui_a_ete_dit(qtbot: QtBot, dossier: Poste) -> None:
    """Effacé depuis, ou un autre jour : l'âge se demande d'abord ; un autre dossier n'en sait rien."""
    session = dossier.session
    identifiant = session.dossier_id
    session.modifier({"demande.mariage_force": False})
    assert not session.reserve
    session.modifier({"demande.mariage_force": True})
    session.modifier({"demande.mariage_force": ABSENT})
    assert session.reserve
    session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, dossier)
    assert not session.reserve
    session.ouvrir_dossier(identifiant, lambda _: None)
    au_repos(qtbot, dossier)
    assert session.reserve
