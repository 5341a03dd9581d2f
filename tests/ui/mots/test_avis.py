"""Les mots des avis et des dossiers suivis : une référence, un moment, un agent ; aucune échéance perdue."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.coffre import Coffre
from modele.coffre.cles import Cout
from modele.coffre.listes import Avis, Essai, Suivi, Voulu
from modele.droits import Auteur
from modele.protection.discretion import rendre_discret
from ui.mots.avis import (
    AUCUNE_ECHEANCE,
    RIEN,
    SANS_CANAL,
    ALire,
    Suivie,
    canal_sur,
    dates_a_suivre,
    dire_agents,
    dire_avis,
    dire_canal,
    dire_combien,
    dire_motif,
    dire_suivie,
    lire,
)
from ui.mots.echeances import lire_a_faire
from ui.theatre.scenes import heberge

MAINTENANT = datetime(2026, 11, 30, 12, 0).astimezone()
JOUR = MAINTENANT.date()
AVIS = Avis("a", "d", "K7Q2F-9M3AB", MAINTENANT - timedelta(minutes=9), "Paul Roy", "perdue")


def test_qui_quand_pourquoi() -> None:
    assert dire_avis(AVIS, MAINTENANT) == "Paul Roy a cherché seul à seul à 11:51."
    assert dire_motif(AVIS) == "Motif : « perdue »"
    muet = Essai("e", MAINTENANT, "", "")
    assert dire_avis(muet, MAINTENANT).startswith("Quelqu’un a cherché")
    assert dire_motif(muet) == "Motif non écrit."


def test_ce_que_la_porte_a_rendu() -> None:
    assert dire_combien(0) == RIEN
    assert dire_combien(1).startswith("1 dossier répond.")
    assert dire_combien(3).startswith("3 dossiers répondent.")
    assert dire_agents(["Ana", "Paul"]).startswith("Agents de ce poste : Ana, Paul.")


@pytest.mark.parametrize(
    ("suivie", "dite"),
    [
        (Suivie(Suivi("d", "r", False, False), date(2027, 1, 5)), "prochaine échéance : 05/01/2027"),
        (Suivie(Suivi("d", "r", False, True), None), f"{AUCUNE_ECHEANCE} · sans suppléant : nommez-le dans son suivi"),
        (Suivie(Suivi("d", "r", True, True), None), f"{AUCUNE_ECHEANCE} · ni référent ni suppléant : nommez-les dans "
         "son suivi"),
    ],
)  # fmt: skip
def test_une_ligne_de_dossier_suivi(suivie: Suivie, dite: str) -> None:
    assert dire_suivie(suivie) == dite


def test_ce_qui_se_dit_a_l_accueil() -> None:
    """Les avis et les essais ; les dates des dossiers suivis sont dans la liste « À faire »."""
    suivies = (Suivie(Suivi("d", "r", False, False), JOUR),)
    assert ALire((AVIS,), (Essai("e", MAINTENANT, "", ""),), suivies).a_lire == 2
    assert ALire(suivies=suivies).a_lire == 0


def test_un_dossier_discret_ne_manque_pas_une_echeance_a_son_referent(tmp_path: Path) -> None:
    """Absente de toute liste commune, elle est sur celle de son référent, la plus proche d'abord."""
    regles = charger_regles("metropole-exemple")
    coffre, _ = Coffre.creer(
        tmp_path / "c.perron", "Ana", "quatre mots sans lien", "metropole-exemple", "p", Cout(1, 8, 1)
    )
    auteur = Auteur("Ana")
    document = {cle: valeur for cle, valeur in rendre_discret(heberge()).items() if cle != "id"}
    loin = coffre.creer_dossier({"territoire": "metropole-exemple", "protection": {"discret": True}}, auteur)["id"]
    pres = coffre.creer_dossier(document, auteur)["id"]
    lus = lire(coffre, auteur, regles, JOUR)
    assert [une.suivi.dossier for une in lus.suivies] == [pres, loin]
    assert lus.suivies[0].le is not None
    assert lus.suivies[1].le is None
    assert lire(coffre, Auteur("Paul"), regles, JOUR).suivies == ()
    # Sans les règles encore, ce que le document dit seul est déjà là.
    assert [une.le is not None for une in lire(coffre, auteur, None, JOUR).suivies] == [True, False]
    # La liste de l'accueil les lui montre, délais calculés compris, et à nul autre.
    voulu = Voulu(JOUR)
    assert {une.dossier for une in lire_a_faire(coffre, voulu, auteur, regles).page.lignes} == {pres}
    assert lire_a_faire(coffre, voulu, Auteur("Paul"), regles).page.total == 0
    assert dates_a_suivre(coffre.lire(pres), regles, JOUR)[0] == lus.suivies[0].le
    coffre.fermer()


def test_un_recours_date_d_un_dossier_discret_est_a_suivre() -> None:
    """Ce que seul un bilan sait (DALO) y est aussi, même quand l'index ne l'a jamais lu."""
    regles = charger_regles("metropole-exemple")
    rejete = {"statut": "rejete", "date_decision": "2026-11-01"}
    document = {"id": "d", "territoire": "metropole-exemple", "protection": {"discret": True}, "dalo": rejete}
    assert dates_a_suivre(document, None, JOUR) == []
    assert date(2027, 1, 1) in dates_a_suivre(document, regles, JOUR)


def test_comment_la_joindre_sans_danger() -> None:
    """Seul ce qui est dit sûr : le téléphone, sinon l'adresse électronique, sinon le courrier ; sinon, rien."""
    telephone, courriel = "0612345678", "zoe@exemple.fr"
    contact = {"telephone": telephone, "telephone_sur": True, "courriel": courriel, "courriel_sur": True}
    assert canal_sur({"contact": contact}) == f"téléphone sûr : {telephone}"
    assert canal_sur({"contact": contact | {"telephone_sur": False}}) == f"adresse électronique sûre : {courriel}"
    muet = {"telephone": telephone, "adresse_courrier": "12 rue des Lilas"}
    assert canal_sur({"contact": muet}) == ""
    assert canal_sur({"contact": muet | {"adresse_courrier_sure": "CCAS"}}) == "courrier sûr : CCAS"
    assert dire_canal(Suivie(Suivi("d", "r", False, False), None)) == SANS_CANAL
