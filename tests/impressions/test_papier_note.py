"""La note expliquée : une page d'abord, puis les seules lignes qui concernent la personne."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from exemples_papier import cotation, donnees, lieu, points
from lecture_pdf import texte, texte_plat

from impressions import detail_de_la_note
from impressions.depuis_bilan import donnees as donnees_de
from impressions.depuis_bilan import faits_appeles
from impressions.document import composer
from modele.bilan import Bilan, charger_regles, etablir
from modele.cotation.resultat import LigneCritere

JOUR = date(2026, 11, 30)
SURFACE = "logement_actuel.surface"
LIEU = lieu(
    "Service d'accueil du demandeur de la Communauté", "1, quai des Bateliers", "05 36 49 00 11", "de 9 h à 12 h"
)
DOSSIER = {"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"}


def bilan(**sections: Any) -> Bilan:
    return etablir(charger_regles("metropole-exemple"), {**DOSSIER, **sections}, JOUR)


def imprimee(un: Bilan) -> tuple[str, str]:
    """La première page et le reste, à plat."""
    premiere, *reste = texte(composer("cotation", donnees_de(un))).split("\f")
    return tuple(" ".join(page.split()) for page in (premiere, " ".join(reste)))  # type: ignore[return-value]


def test_la_premiere_page_dit_la_note_ce_qui_la_fait_ce_qui_la_change_ce_qu_elle_n_est_pas() -> None:
    premiere, suite = imprimee(bilan(logement_actuel={"statut": "sans_abri"}))
    titres = ("20 à 300 points", "Ce qui la fait", "Ce qui peut la changer", "Ce qu’elle ne veut pas dire")
    places = [premiere.index(titre) for titre in titres]
    assert places == sorted(places)
    assert "Sans abri, squat ou habitat mobile" in premiere
    assert suite.startswith("Le détail, ligne par ligne")


def test_un_dossier_vide_ne_liste_aucune_ligne_et_ne_dit_jamais_non() -> None:
    premiere, suite = imprimee(bilan())
    assert "Rien n’est encore acquis. Ce n’est pas un non" in premiere
    assert "35 autres critères de la grille dépendent de réponses" in suite
    assert "Ils peuvent toujours compter" in suite
    assert "ne donnent rien" not in suite
    assert "Expulsion prononcée" not in suite


def test_une_ligne_que_personne_n_appelle_n_est_pas_listee_une_que_sa_reponse_appelle_l_est() -> None:
    logee = imprimee(bilan(logement_actuel={"statut": "locataire_prive"}))[1]
    assert "Surface par personne" in logee
    assert "Taux d’effort" in logee
    assert "Expulsion prononcée" not in logee
    assert "Personne âgée" not in logee


def test_mutant_tout_ce_qui_est_inconnu_concerne(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la raison de concerner, les lignes que rien n'appelle reviennent sur le papier."""
    monkeypatch.setattr(detail_de_la_note, "concerne", lambda critere, _: critere.compte is not False)
    assert "Personne âgée" in imprimee(bilan(logement_actuel={"statut": "locataire_prive"}))[1]


def test_les_faits_appeles_ne_sont_pas_ceux_de_tout_le_monde() -> None:
    assert faits_appeles(bilan()) == frozenset()
    appeles = faits_appeles(bilan(logement_actuel={"statut": "locataire_prive"}))
    assert "surface_par_personne" in appeles
    assert "dalo_reconnu" not in appeles


def test_ce_qui_ne_se_demande_que_seul_a_seul_n_appelle_rien() -> None:
    """Une ligne que seule une réponse protégée appelle ne paraît pas sur le papier."""
    avant = faits_appeles(bilan(logement_actuel={"statut": "locataire_prive"}))
    protege = {"triage": {"danger": True}, "protection": {"violences": True}}
    assert faits_appeles(bilan(logement_actuel={"statut": "locataire_prive"}, **protege)) == avant


def test_une_ligne_acquise_reste_meme_si_une_autre_l_a_emporte() -> None:
    plat = texte_plat(composer("cotation", donnees()))
    assert "Logement trop cher" in plat
    assert "rapporte autant ou plus dans la même rubrique" in plat
    assert "Logement suroccupé" not in plat  # rien ne l'appelle
    assert "1 autre critère de la grille dépend d’une réponse" in plat
    assert "3 autres critères ne donnent rien, d’après ce que vous avez dit" in plat


def test_une_ligne_appelee_se_lit_avec_son_intervalle() -> None:
    plat = texte_plat(composer("cotation", donnees(appeles=frozenset({SURFACE}))))
    assert "Logement suroccupé, avec un enfant mineur" in plat
    assert "0 à 42" in plat


def test_l_adresse_de_la_grille_est_dite_si_on_la_sait() -> None:
    source = replace(cotation().sources[0], url="https://exemple.fr/grille")
    plat = texte_plat(composer("cotation", donnees(cotation=replace(cotation(), sources=(source,)))))
    assert "ce que vaut chacun : https://exemple.fr/grille" in plat


def test_une_ligne_qui_retire_se_dit_aussi() -> None:
    retire = LigneCritere("refus", "Refus sans motif", replace(points(0), min=Decimal(-10), max=Decimal(-10)), True)
    assert detail_de_la_note.concerne(retire, frozenset())
    assert not detail_de_la_note.concerne(replace(retire, points=points(0)), frozenset())


@pytest.mark.parametrize("combien", [1, 5, 7, 40])
def test_la_premiere_page_tient_quel_que_soit_le_nombre_de_lignes(combien: int) -> None:
    """Le détail commence toujours à la page 2, même avec des libellés très longs et quarante lignes gagnées."""
    ligne = LigneCritere("l", "Une ligne au libellé aussi long qu'une grille en porte, pour voir", points(2), True)
    rubrique = replace(cotation().rubriques[0], criteres=(ligne,) * combien)
    questions = tuple(f"Ressource n° {rang} : {'très ' * 8}longue question" for rang in range(60))
    note = replace(cotation(), rubriques=(rubrique,))
    pages = texte(composer("cotation", donnees(cotation=note, a_demander=questions, lieu=LIEU))).split("\f")
    assert "Une question, une erreur" in pages[0]
    assert pages[1].lstrip().startswith("Le détail")
    assert ("autres lignes" in pages[0]) is (combien > 6)


@pytest.mark.parametrize("langue", ["fr", "es", "tr"])
def test_une_phrase_a_faire_valider_de_la_grille_reste_hors_du_papier(langue: str) -> None:
    """La remarque de Toulouse en porte une : le reste s'imprime, elle se tait, dans chaque langue."""
    un = etablir(charger_regles("toulouse-metropole"), DOSSIER | {"territoire": "toulouse-metropole"}, JOUR)
    lu = texte_plat(composer("cotation", donnees_de(un, langue=langue), langue))
    assert "PDALHPD" not in lu
    assert "à faire valider" not in lu
    assert "Toulouse Métropole" in lu
