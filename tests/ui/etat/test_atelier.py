"""L'état partagé des écrans du dossier : tout de suite sûr, ensuite exact, jamais périmé."""

from __future__ import annotations

from typing import Any

from outils_coffre import sans_mur
from outils_dossier import TERRITOIRE, creer, equiper
from outils_ecran import MOT_DE_PASSE, au_repos
from pytestqt.qtbot import QtBot

from modele.bilan import Bilan
from ui.etat.atelier import Atelier, atelier_de
from ui.lancement import Poste


def ouvrir(qtbot: QtBot, poste: Poste, **contenu: Any) -> Atelier:
    """Un dossier ouvert, bilan exact rendu."""
    atelier = equiper(qtbot, poste)
    dossier = creer(qtbot, poste, **contenu)
    poste.session.ouvrir_dossier(dossier, lambda _: None)
    qtbot.waitUntil(lambda: atelier.bilan is not None and exact(atelier.bilan))
    return atelier


def exact(bilan: Bilan | None) -> bool:
    """Vrai si le bilan porte les faits décisifs : le calcul exact est passé."""
    return bilan is not None and bilan.cotation is not None and len(bilan.cotation.decisifs) > 1


def test_une_reponse_donne_deux_bilans_du_meme_document(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Le sûr pendant l'écriture de la réponse, l'exact ensuite, sur le document d'alors."""
    atelier = ouvrir(qtbot, poste_ouvert)
    recus: list[Bilan] = []
    atelier.bilan_change.connect(recus.append)
    poste_ouvert.session.modifier({"demandeur.nationalite": "francaise"})
    assert len(recus) == 1
    qtbot.waitUntil(lambda: len(recus) == 2)
    assert recus[0].document is recus[1].document is poste_ouvert.session.document
    assert exact(recus[1])


def test_un_calcul_perime_ne_se_montre_pas(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Trois réponses d'affilée : aucun bilan ne revient en arrière."""
    atelier = ouvrir(qtbot, poste_ouvert)
    recus: list[Bilan] = []
    atelier.bilan_change.connect(recus.append)
    for valeur in ("francaise", "union_europeenne", "hors_union_europeenne"):
        poste_ouvert.session.modifier({"demandeur.nationalite": valeur})
    qtbot.waitUntil(lambda: len(recus) == 4)
    au_repos(qtbot, poste_ouvert)
    assert [b.document["demandeur"]["nationalite"] for b in recus[2:]] == ["hors_union_europeenne"] * 2
    assert len(recus) == 4


def test_une_voie_discrete_retenue_rend_le_dossier_discret(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Sans que l'agent y pense ; retirer la réponse ne l'enlève pas."""
    atelier = ouvrir(qtbot, poste_ouvert, protection={"seul_a_seul": True})
    poste_ouvert.session.modifier({"triage.peur_au_domicile": True})
    assert poste_ouvert.session.document["protection"]["discret"] is True
    poste_ouvert.session.modifier({"triage.peur_au_domicile": False})
    assert atelier.bilan is not None
    assert atelier.bilan.discret


def test_une_voie_discrete_ne_marque_pas_un_dossier_partage(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un dossier d'avant le mur, qui dit une violence à deux : rien de plus ne s'y écrit."""
    with sans_mur():
        ouvrir(
            qtbot,
            poste_ouvert,
            foyer={"avec_codemandeur": True},
            protection={"seul_a_seul": True},
            triage={"peur_au_domicile": True},
        )
    assert "discret" not in poste_ouvert.session.document["protection"]


def test_sans_dossier_il_n_y_a_pas_de_bilan(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Fermer le dossier le dit aux écrans."""
    atelier = ouvrir(qtbot, poste_ouvert)
    with qtbot.waitSignal(atelier.bilan_change) as recu:
        poste_ouvert.session.fermer_dossier()
    assert recu.args == [None]
    assert atelier.bilan is None


def test_le_verrou_arrete_le_calcul_et_la_reprise_le_relance(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Coffre fermé puis rouvert : le bilan revient, exact."""
    atelier = ouvrir(qtbot, poste_ouvert)
    poste_ouvert.session.fermer()
    atelier.bilan = None
    poste_ouvert.session.rouvrir(MOT_DE_PASSE, lambda: None, lambda _: None)
    qtbot.waitUntil(lambda: exact(atelier.bilan))


def test_un_seul_atelier_par_session(poste_ouvert: Poste) -> None:
    """Tous les écrans lisent le même état."""
    assert atelier_de(poste_ouvert.session) is atelier_de(poste_ouvert.session)


def test_le_plafond_vient_de_la_grille(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """L'échelle de la note est ce que la grille peut donner quand on ne sait rien."""
    atelier = equiper(qtbot, poste_ouvert)
    vide = atelier.etablir({"territoire": TERRITOIRE})
    assert vide is not None
    assert vide.cotation is not None
    assert atelier.plafond() == vide.cotation.declaree.max


def test_le_plafond_reste_lisible_quand_les_mois_comptent_sans_fin(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Une grille sans borne d'ancienneté se lit sur dix ans d'attente, pas sur un siècle."""
    poste_ouvert.session.preferences = poste_ouvert.session.preferences._replace(territoire="toulouse-metropole")
    atelier = equiper(qtbot, poste_ouvert)
    vide = atelier.etablir({"territoire": "toulouse-metropole"})
    assert vide is not None
    assert vide.cotation is not None
    sans_borne = vide.cotation.declaree.max
    assert sans_borne is not None
    assert 120 <= atelier.plafond() < sans_borne / 4
