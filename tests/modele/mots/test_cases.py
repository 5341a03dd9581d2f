"""Les cases du formulaire officiel : un seul ordre, le même à l'écran « À reporter » et sur le papier."""

from __future__ import annotations

from datetime import date
from typing import Any

from modele.bilan import charger_regles, etablir
from modele.mots.cases import Case, cases
from ui.mots.reporter import lignes

JOUR = date(2026, 11, 30)
PERSONNES = {"elements": {"a": {"nom": "RUIZ", "prenoms": "Lou"}, "b": {"nom": "RUIZ"}}, "ordre": ["b", "a"]}


def de(discret: bool = False, **sections: Any) -> list[Case]:
    bilan = etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple", **sections}, JOUR)
    return list(cases(bilan.regles.portail, bilan.entretien, bilan.document, discret=discret))


def chemins(toutes: list[Case]) -> list[str]:
    return [une.chemin for une in toutes]


def test_l_ordre_est_celui_du_formulaire_et_des_listes() -> None:
    toutes = de(demandeur={"nom": "RUIZ"}, foyer={"personnes": PERSONNES})
    rubriques = [r.id for r in charger_regles("metropole-exemple").portail.rubriques]
    places = [rubriques.index(une.rubrique.id) for une in toutes]
    assert places == sorted(places)
    elements = list(dict.fromkeys(une.element for une in toutes if une.element))
    assert elements == ["b", "a"]


def test_une_case_sans_objet_n_y_est_pas_une_case_remplie_y_est() -> None:
    assert "codemandeur.nom" not in chemins(de(foyer={"avec_codemandeur": False}))
    assert "codemandeur.nom" in chemins(de(foyer={"avec_codemandeur": True}))
    assert "demandeur.handicap.nature" not in chemins(de())


def test_ni_violence_ni_adresse_reelle_d_un_dossier_discret() -> None:
    assert "logement_actuel.adresse.commune" in chemins(de(logement_actuel={"statut": "locataire_prive"}))
    discrets = chemins(de(discret=True, logement_actuel={"statut": "locataire_prive"}))
    assert "logement_actuel.adresse.commune" not in discrets
    assert "logement_actuel.adresse.voie" in discrets  # l'adresse sûre y prend place


def test_le_numero_de_la_case_est_celui_de_la_question_ou_du_champ() -> None:
    par_chemin = {une.chemin: une.cerfa for une in de(demande={"numero_unique": "123456789012345678"})}
    assert par_chemin["demande.numero_unique"] == "A1"
    assert par_chemin["demande.motifs"].startswith("page 8")


def test_l_ecran_a_reporter_suit_le_meme_ordre() -> None:
    document = {"territoire": "metropole-exemple", "foyer": {"personnes": PERSONNES}}
    bilan = etablir(charger_regles("metropole-exemple"), document, JOUR)
    ecran = list(dict.fromkeys(ligne.chemin for ligne in lignes(bilan)))
    papier = chemins(list(cases(bilan.regles.portail, bilan.entretien, bilan.document, discret=False)))
    assert ecran == papier
