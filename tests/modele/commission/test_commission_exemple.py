"""La commission d'exemple : le classement écrit à la main, les raisons, ce qui s'y lit et ce qui ne s'y lit jamais."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from decimal import Decimal
from functools import cache

import polars as pl
import pytest
from commission_exemple import (
    ATTENDU_T2,
    ATTENDU_T4,
    COLOMBE,
    ECARTES_T2,
    JOUR,
    T2_PLUS,
    T4_ADAPTE,
    TERRITOIRE,
    dossier,
    dossiers,
)

from modele.attributions.classement.classer import Classement, Rouverture, classer
from modele.attributions.classement.regles import regles
from modele.attributions.classement.tenue import Ligne, en_table
from modele.bilan import Regles, etablir
from modele.chargement import charger_regles
from modele.commission.ligne import _raisons, ligne
from modele.cotation.resultat import Fourchette
from modele.dossier.chemins import poser


@cache
def chargees() -> Regles:
    return charger_regles(TERRITOIRE)


@cache
def lignes() -> dict[str, Ligne]:
    return {nom: ligne(chargees(), un, JOUR) for nom, un in dossiers().items()}


@cache
def tenues() -> pl.DataFrame:
    return en_table(lignes().values())


@cache
def noms() -> dict[str, str]:
    return {une.dossier: nom for nom, une in lignes().items()}


def vus(classement: Classement) -> list[tuple[int, str, float | None]]:
    return [(un.rang, noms()[un.dossier], un.points) for un in classement.dire(combien=None)]


def ecartes(classement: Classement) -> dict[str, list[str]]:
    return {noms()[un.dossier]: list(un.regles) for un in classement.dire_ecartes()}


def test_le_classement_ecrit_a_la_main() -> None:
    classement = classer(tenues(), T2_PLUS)
    assert vus(classement) == ATTENDU_T2
    assert ecartes(classement) == ECARTES_T2


def test_le_logement_adapte() -> None:
    classement = classer(tenues(), T4_ADAPTE)
    assert vus(classement) == ATTENDU_T4
    assert len(ecartes(classement)) == 18
    assert ecartes(classement)["limite"] == ["secteur", "adapte"]


def test_chaque_dossier_une_fois() -> None:
    for logement in (T2_PLUS, T4_ADAPTE):
        classement = classer(tenues(), logement)
        tous = [
            *(un.dossier for un in classement.dire(combien=None)),
            *(un.dossier for un in classement.dire_ecartes()),
        ]
        assert sorted(tous) == sorted(noms())


def test_l_ordre_du_fichier_ne_change_rien() -> None:
    melangees = list(lignes().values())
    random.Random(3).shuffle(melangees)
    autre = classer(en_table(melangees), T2_PLUS)
    assert autre.dire(combien=None) == classer(tenues(), T2_PLUS).dire(combien=None)
    assert autre.dire_ecartes() == classer(tenues(), T2_PLUS).dire_ecartes()


def test_un_dossier_discret_se_lit_comme_un_autre() -> None:
    """Même rang, mêmes mots, même sorte de référence que le dossier qui ne s'en distingue que par là."""
    discret, ordinaire = lignes()["discret"], lignes()["hotel"]
    assert (discret.points, discret.minimum, discret.maximum) == (
        ordinaire.points,
        ordinaire.minimum,
        ordinaire.maximum,
    )
    assert (discret.raisons, discret.faits, discret.secteurs) == (
        ordinaire.raisons,
        ordinaire.faits,
        ordinaire.secteurs,
    )
    assert len({len(un) for un in noms()}) == 1


def test_un_secteur_a_eviter_se_lit_hors_secteur_demande() -> None:
    raisons = {noms()[un.dossier]: un.raisons for un in classer(tenues(), T2_PLUS).dire_ecartes()}
    assert raisons["evite"] == raisons["ailleurs"] == ("Hors secteur demandé (CCH R441-2-2 h).",)


def test_aucun_mot_ne_trahit() -> None:
    """Ni violence, ni « éviter », ni lettre, ni santé, ni nom : pour personne."""
    for logement in (T2_PLUS, T4_ADAPTE):
        classement = classer(tenues(), logement)
        dits = [*classement.dire(combien=None), *classement.dire_ecartes()]
        texte = json.dumps([un.raisons for un in dits], ensure_ascii=False).casefold()
        for mot in ("violence", "évit", "discret", "plainte", "danger", "lettre", "dalo", "handicap reconnu", "triage"):
            assert mot not in texte, mot


def test_l_inconnu_n_ecarte_pas_et_se_dit() -> None:
    vide = next(un for un in classer(tenues(), T2_PLUS).dire(combien=None) if noms()[un.dossier] == "vide")
    assert vide.minimum == 0
    assert "Numéro unique à vérifier avant la commission (CCH L441-2-1)." in vide.raisons
    assert "Secteur demandé à vérifier (CCH R441-2-2 h)." in vide.raisons
    assert "Date de première réception inconnue : l'ancienneté ne peut pas la départager." in vide.raisons
    assert "Des réponses manquent : la note peut encore changer entre ces bornes." in vide.raisons


def test_une_egalite_se_dit() -> None:
    premiers = classer(tenues(), T2_PLUS).dire(2, 2)
    assert {un.rang for un in premiers} == {3}
    assert all(any(raison.startswith("À égalité : 2 demandes") for raison in un.raisons) for un in premiers)


def test_une_personne_rouvre_et_cela_se_lit() -> None:
    riche = lignes()["riche"].dossier
    rouverte = Rouverture(
        dossier=riche, regle="plafond_plus", par="A. Martin", motif="Baisse de ressources depuis.", le=JOUR
    )
    classement = classer(tenues(), T2_PLUS, [rouverte])
    assert "riche" not in ecartes(classement)
    candidat = next(un for un in classement.dire(combien=None) if un.dossier == riche)
    # Les mêmes points et la même réception que « simple » : le même rang.
    assert candidat.rang == 7
    assert candidat.raisons[-1].endswith("Rouverte par A. Martin le 30/11/2026 : Baisse de ressources depuis.")


def test_rouvrir_une_regle_n_en_rouvre_pas_une_autre() -> None:
    pile = lignes()["pile"].dossier
    rouverte = Rouverture(dossier=pile, regle="adapte", par="A. Martin", motif="Personne âgée.", le=JOUR)
    assert ecartes(classer(tenues(), T4_ADAPTE, [rouverte]))["pile"] == ["plafond_plai"]


def test_une_regle_deduite_avertit_seulement() -> None:
    """Le plafond PLS est un calcul de Perron : il avertit, à faire valider."""
    pauvre = poser(dossiers()["simple"], "ressources.rfr_n2", 99_000)
    pauvre = poser(pauvre, "ressources.rfr_n1", 99_000)
    table = en_table([ligne(chargees(), pauvre, JOUR)])
    (candidat,) = classer(table, T2_PLUS | {"financement": "PLS"}).dire()
    assert any("PLS" in raison and "à faire valider" in raison for raison in candidat.raisons)
    (candidat,) = classer(table, T2_PLUS | {"financement": "HLMO"}).dire()
    assert any("financement ancien" in raison and "à faire valider" in raison for raison in candidat.raisons)


@pytest.mark.parametrize("financement", [None, "INCONNU_ICI"])
def test_un_financement_inconnu_n_ecarte_pas(financement: str | None) -> None:
    assert "riche" not in ecartes(classer(tenues(), T2_PLUS | {"financement": financement}))


def test_l_anciennete_est_celle_de_la_premiere_reception() -> None:
    """Renouvelée hier, la demande garde sa date."""
    renouvelee = ligne(chargees(), dossier("renouvelee", demande__date_renouvellement="2026-11-29"), JOUR)
    assert renouvelee.recue == lignes()["simple"].recue
    assert renouvelee.points == lignes()["simple"].points


def test_sans_grille_l_anciennete_seule_range() -> None:
    sans = charger_regles("metropole-essai")
    table = en_table(ligne(sans, dossiers()[nom], JOUR) for nom in ("simple", "avant", "dalo"))
    classement = classer(table, T2_PLUS)
    assert [(un.rang, noms()[un.dossier], un.points) for un in classement.dire()] == [
        (1, "avant", None),
        (2, "simple", None),
        (3, "dalo", None),
    ]


def test_population_inconnue_rien_n_est_acquis_d_une_grille_plutot_que_d_une_autre() -> None:
    inconnue = dossier("inconnue", statut="locataire_prive", dalo__statut="reconnu")
    del inconnue["logement_actuel"]
    lue = ligne(chargees(), inconnue, JOUR)
    assert lue.points == max(0, lue.minimum or 0)


def test_un_malus_inconnu_n_efface_pas_des_points_connus() -> None:
    """« Famille et parcours » peut baisser de 30 si des refus se disent : le lien connu vaut ses 5 points."""
    lie = ligne(chargees(), dossier("lie", recherche__lien_territoire="travaille"), JOUR)
    assert lie.points == (lignes()["simple"].points or 0) + 5


def test_une_note_certaine_ne_dit_pas_qu_il_manque_des_reponses() -> None:
    note = etablir(chargees(), dossiers()["simple"], JOUR).cotation
    assert note is not None
    dites = list(_raisons(replace(note, declaree=Fourchette(Decimal(5), Decimal(5)))))
    assert dites[0] == "Métropole d'exemple, premières demandes : 5 points."
    assert not [une for une in dites if "manquent" in une]


def test_l_intervalle_sur_contient_l_exact() -> None:
    for nom in ("simple", "vide", "dalo"):
        sure, exacte = ligne(chargees(), dossiers()[nom], JOUR, exacte=False), lignes()[nom]
        assert (sure.minimum or 0) <= (exacte.minimum or 0) <= (exacte.maximum or 0) <= (sure.maximum or 0)


def test_les_faits_des_regles_existent() -> None:
    connus = set(chargees().catalogue) | {"numero_unique"}
    assert set(regles().demande) <= connus


def test_le_numero_ecrit_suffit() -> None:
    ecrit = dossier("ecrit", demande={"numero_unique": "099X01000000000001"})
    assert ligne(chargees(), ecrit, JOUR).faits["numero_unique"] is True
    enregistree = dossier("enregistree", demande={"deja_enregistree": True})
    assert ligne(chargees(), enregistree, JOUR).faits["numero_unique"] is None
    assert lignes()["non_enr"].faits["numero_unique"] is False


def test_la_commune_d_un_logement_hors_du_territoire() -> None:
    """Nul ne l'a nommée : l'élargissement seul la demande."""
    classement = classer(tenues(), T2_PLUS | {"code_insee": "31555"})
    assert {"limite", "ailleurs"} <= set(ecartes(classement))
    assert "simple" not in ecartes(classement)
    assert COLOMBE != "31555"
