"""Les motifs DALO et les publics prioritaires, sur de vraies situations : rempli, à établir, rien ne l'indique."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from outils_sources import catalogue_brut, catalogue_derive

from modele.orientation.dalo import FICHIER as FICHIER_DES_RECOURS
from modele.orientation.dalo import lire_recours
from modele.orientation.publics import FICHIER as FICHIER_DES_PUBLICS
from modele.orientation.publics import lire_publics
from modele.orientation.verdict import Criteres, Examen, Verdict, examiner
from modele.regles.conditions import comparaisons
from modele.regles.etats import INCONNU, REFUSE, Etat, Situation, connu
from modele.regles.faits import Fait, TypeFait
from modele.regles.valeurs import valeur
from ressources import RESSOURCES

CATALOGUE = catalogue_brut().etendre(catalogue_derive().values())


PARAMETRES = frozenset({"age_majorite"})
RECOURS = lire_recours(RESSOURCES / FICHIER_DES_RECOURS, CATALOGUE, PARAMETRES)
MOTIFS = {un.id: un.criteres for un in (*RECOURS.conditions, *RECOURS.motifs)}
PUBLICS = {un.id: un.criteres for un in lire_publics(RESSOURCES / FICHIER_DES_PUBLICS, CATALOGUE, PARAMETRES)}
TOUS = {**{f"recours {nom}": un for nom, un in MOTIFS.items()}, **{f"public {nom}": un for nom, un in PUBLICS.items()}}
REMPLI, A_ETABLIR, RIEN = Verdict.REMPLI, Verdict.A_ETABLIR, Verdict.RIEN_NE_L_INDIQUE
SANS_CONDITION = {"bonne-foi", "propres-moyens"}


def examens(lues: dict[str, Criteres], faits: dict[str, Any], *personnes: dict[str, Any]) -> dict[str, Examen]:
    """L'examen de chaque entrée pour des faits connus, bruts ou dérivés, et un foyer clos s'il est donné."""

    def etats(dits: dict[str, Any]) -> dict[str, Etat]:
        return {nom: connu(valeur(CATALOGUE[nom], brut)) for nom, brut in dits.items()}

    situation = Situation(etats(faits), tuple(etats(p) for p in personnes), personnes_closes=bool(personnes))
    return {nom: examiner(criteres, situation) for nom, criteres in lues.items()}


def verdicts(lues: dict[str, Criteres], faits: dict[str, Any], *personnes: dict[str, Any]) -> dict[str, Verdict]:
    return {nom: un.verdict for nom, un in examens(lues, faits, *personnes).items()}


@pytest.mark.parametrize(
    ("separation", "avis_a_deux", "verdict"),
    [
        (False, False, RIEN),
        (True, False, A_ETABLIR),
        (False, True, A_ETABLIR),
        (False, None, A_ETABLIR),
    ],
)
def test_un_avis_a_deux_laisse_les_ressources_a_etablir(
    separation: bool, avis_a_deux: bool | None, verdict: Verdict
) -> None:
    """Violences, Pacs rompu, divorce en cours : seules ses ressources à elle comptent (L441-1), séparés ou non.

    Au-dessus du plafond par un avis commun avec quelqu'un hors du foyer, rien n'est perdu : sa part reste à prouver.
    """
    faits = {"sous_plafond_pls": False, "demande.separation_en_cours": separation}
    if avis_a_deux is not None:
        faits["ressources.avis_hors_foyer"] = avis_a_deux
    assert verdicts(MOTIFS, faits)["acces"] is verdict


@pytest.mark.parametrize("lues", [MOTIFS, PUBLICS], ids=["motifs", "publics"])
def test_sans_reponse_rien_n_est_refuse(lues: dict[str, Criteres]) -> None:
    """L'inconnu reste à établir, jamais « rien ne l'indique »."""
    assert set(verdicts(lues, {}).values()) == {A_ETABLIR}


@pytest.mark.parametrize(
    ("faits", "motif"),
    [
        ({"delai_anormalement_long_depasse": True, "dalo.proposition_adaptee": False}, "dalo-1"),
        ({"logement_actuel.statut": "sans_abri"}, "dalo-2"),
        ({"logement_actuel.statut": "chez_particulier", "logement_actuel.lien_hebergeant": "ami"}, "dalo-2"),
        ({"expulsion_jugee": True, "expulsion.relogement_propose": False}, "dalo-3"),
        ({"hebergement_prolonge": True}, "dalo-4"),
        ({"transition_prolongee": True}, "dalo-4-bis"),
        ({"logement_actuel.impropre": True}, "dalo-5"),
        ({"logement_actuel.non_decent": True, "mineur_a_charge": True}, "dalo-6"),
        ({"suroccupation": True, "handicap_foyer": True}, "dalo-7"),
        ({"logement_actuel.statut": "locataire_hlm", "suroccupation": True, "mineur_a_charge": True}, "dalo-7"),
    ],
)
def test_chaque_cas_se_remplit(faits: dict[str, Any], motif: str) -> None:
    """Le texte de chaque cas, locataire d'un logement social compris."""
    assert verdicts(MOTIFS, faits)[motif] is REMPLI


def test_le_handicap_d_une_seule_personne_suffit() -> None:
    """Cas 8 : le logement n'est pas adapté à l'une des personnes du foyer."""
    foyer = ({"personne.handicap.logement_inadapte": False}, {"personne.handicap.logement_inadapte": True})
    assert verdicts(MOTIFS, {}, *foyer)["dalo-8"] is REMPLI


def test_adultes_valides_sans_mineur_ni_cas_6_ni_cas_7() -> None:
    """Les cas 6 et 7 supposent un mineur à charge ou un handicap."""
    faits = {"suroccupation": True, "logement_actuel.non_decent": True, "mineur_a_charge": False}
    trouves = verdicts(MOTIFS, {**faits, "handicap_foyer": False})
    assert (trouves["dalo-6"], trouves["dalo-7"]) == (RIEN, RIEN)


def test_heberge_par_un_proche_il_ne_manque_que_le_lien() -> None:
    """Chez un tiers, aucun délai : seul le lien avec l'hébergeant reste à établir."""
    chez = {"logement_actuel.statut": "chez_particulier", "triage.toit_ce_soir": "oui"}
    trouves = verdicts(MOTIFS, chez)
    assert (trouves["dalo-2"], trouves["dalo-2-ascendants"], trouves["dalo-4"]) == (A_ETABLIR, A_ETABLIR, A_ETABLIR)


def test_la_peur_seule_n_est_pas_la_lettre_g() -> None:
    """La lettre g vise le couple et le mariage forcé : une peur dite n'en décide pas."""
    assert verdicts(PUBLICS, {"triage.peur_au_domicile": True})["g"] is A_ETABLIR


# Ce que la loi laisse ouvert : la phrase dit ce qui manque.


@pytest.mark.parametrize(
    ("lues", "nom", "faits", "manque"),
    [
        (MOTIFS, "bonne-foi", {}, "une dette, à elle seule, n'en dit rien"),
        (
            MOTIFS,
            "dalo-2-ascendants",
            {"logement_actuel.statut": "chez_parents_enfants", "logement_actuel.lien_hebergeant": "ascendant"},
            "le degré d'autonomie, l'âge, la situation familiale",
        ),
        (MOTIFS, "dalo-1", {"delai_anormalement_long_depasse": False, "demande_connue": True, "demande_active": False,
                            "dalo.proposition_adaptee": False}, "l'avertissement avant la radiation"),
        (MOTIFS, "dalo-3", {"expulsion_jugee": False, "menace_expulsion": True}, "la décision de justice"),
        (MOTIFS, "dalo-4", {"hebergement_prolonge": False, "heberge_structure": True}, "plus de six mois"),
        (MOTIFS, "daho", {"dalo.hebergement_demande": False, "expulsion_jugee": True}, "quand, et à qui"),
        (MOTIFS, "daho", {"dalo.hebergement_demande": True}, "quand, et à qui"),
        (MOTIFS, "acces", {"sous_plafond_pls": False, "demande.separation_en_cours": True}, "la part de chacun"),
        (PUBLICS, "b", {"demande.sortie_act": True}, "l'attestation de l'appartement"),
        (PUBLICS, "l", {"expulsion_jugee": False, "menace_expulsion": True}, "la décision qui prononce"),
        (PUBLICS, "g", {"demande.motifs": ["violences"], "protection.preuves": ["recepisse_plainte"]},
         "l'ordonnance de protection"),
        (PUBLICS, "g-bis", {"demande.agression_domicile": True, "protection.preuves": []}, "l'interdiction"),
        (PUBLICS, "m", {"ase_moins_21_ans": False, "demandeur.ase": True, "demandeur.age": 22}, "dernier jour"),
    ],
)  # fmt: skip
def test_ce_que_la_loi_laisse_ouvert_est_a_etablir(
    lues: dict[str, Criteres], nom: str, faits: dict[str, Any], manque: str
) -> None:
    """L441-1 g et g bis, l ; L441-2-3 II et III ; R441-14-1, dernier alinéa."""
    examen = examens(lues, faits)[nom]
    assert examen.verdict is A_ETABLIR
    assert manque in examen.manque


@pytest.mark.parametrize(
    ("lues", "nom", "faits"),
    [
        (MOTIFS, "daho", {"dalo.hebergement_demande": True, "hebergement_demande_precis": True}),
        (PUBLICS, "g", {"protection.preuves": ["ordonnance_protection"]}),
        (PUBLICS, "g-bis", {"demande.agression_domicile": True, "protection.preuves": ["interdiction_judiciaire"]}),
        (PUBLICS, "h", {"demande.sortie_prostitution": True}),
        (PUBLICS, "i", {"demande.victime_traite": True}),
        (PUBLICS, "l", {"expulsion_jugee": True, "expulsion.relogement_propose": False}),
    ],
)  # fmt: skip
def test_avec_la_preuve_que_le_texte_exige_c_est_rempli(
    lues: dict[str, Criteres], nom: str, faits: dict[str, Any]
) -> None:
    """Les lettres h et i n'exigent rien de plus que leur situation."""
    assert verdicts(lues, faits)[nom] is REMPLI


def test_ni_la_bonne_foi_ni_les_ascendants_ni_l_act_ne_se_remplissent_d_avance() -> None:
    """Le texte laisse apprécier : aucune réponse ne suffit à l'affirmer."""
    appreciees = {nom for nom, un in TOUS.items() if un.si is None}
    assert appreciees == {
        "recours bonne-foi",
        "recours propres-moyens",
        "recours dalo-2-ascendants",
        "recours dalo-2-apprecie",
        "public b",
    }


def test_la_bonne_foi_ne_se_deduit_d_aucune_dette() -> None:
    """Aucune condition de la bonne foi ne lit un impayé, une dette, ni quoi que ce soit."""
    bonne_foi = MOTIFS["bonne-foi"]
    assert (bonne_foi.si, bonne_foi.prouve, bonne_foi.a_etablir_si) == (None, None, None)


# « Rien ne l'indique » : dit ce qui le changerait, et jamais devant un inconnu.


@pytest.mark.parametrize("nom", TOUS)
def test_aucune_phrase_ne_dit_non_a_un_droit(nom: str) -> None:
    """Le mot « non » n'y est que dans « non décent »."""
    dits = f"{TOUS[nom].manque} {TOUS[nom].changerait}".replace("non décent", "")
    assert not re.search(r"\bnon\b|impossible|n'avez pas droit", dits, re.I)
    assert TOUS[nom].changerait or nom.partition(" ")[2] in SANS_CONDITION


def test_la_reserve_est_dans_les_donnees() -> None:
    """R441-14-1, dernier alinéa."""
    assert RECOURS.reserve.phrase == "La commission peut décider autrement ; vous pouvez la saisir."
    assert "R441-14-1" in RECOURS.reserve.provenance.fondement


def _faits_lus(criteres: Criteres) -> list[Fait]:
    conditions = filter(None, (criteres.si, criteres.prouve, criteres.a_etablir_si))
    return list({c.fait.nom: c.fait for une in conditions for c in comparaisons(une)}.values())


def _valeurs(fait: Fait) -> st.SearchStrategy[Any]:
    match fait.type:
        case TypeFait.BOOLEEN:
            return st.booleans()
        case TypeFait.CHOIX:
            return st.sampled_from(fait.codes)
        case TypeFait.ENSEMBLE:
            return st.frozensets(st.sampled_from(fait.codes), max_size=3)
        case TypeFait.DATE:
            return st.dates(date(1985, 1, 1), date(2026, 11, 29))
        case _:
            return st.integers(0, 90)


@st.composite
def oublieuses(tirer: st.DrawFn) -> tuple[str, Situation, Situation]:
    """Une règle, une situation toute connue, et la même où des réponses manquent ou sont refusées."""
    nom = tirer(st.sampled_from(sorted(TOUS)))
    lus = _faits_lus(TOUS[nom])
    communs = {f.nom: connu(tirer(_valeurs(f))) for f in lus if not f.de_personne}
    sienne = {f.nom: connu(tirer(_valeurs(f))) for f in lus if f.de_personne}
    tus = {f.nom: tirer(st.sampled_from([INCONNU, REFUSE])) for f in lus if tirer(st.booleans())}
    vraie = Situation(communs, (sienne,), personnes_closes=True)
    sue = Situation({**communs, **{n: e for n, e in tus.items() if n in communs}},
                    ({**sienne, **{n: e for n, e in tus.items() if n in sienne}},), personnes_closes=True)  # fmt: skip
    return nom, vraie, sue


def _manquement(tirage: tuple[str, Situation, Situation], juger: Callable[..., Examen]) -> bool:
    """Vrai si « rien ne l'indique » est dit alors qu'une réponse tue ou refusée remplirait la règle."""
    nom, vraie, sue = tirage
    possible = juger(TOUS[nom], vraie).verdict is not RIEN
    return possible and juger(TOUS[nom], sue).verdict is RIEN


@settings(max_examples=400, deadline=None)
@given(oublieuses())
def test_jamais_rien_ne_l_indique_devant_un_fait_inconnu_ou_refuse(tirage: tuple[str, Situation, Situation]) -> None:
    """Le contrat : taire ou refuser une réponse ne ferme jamais un droit qu'elle ouvrirait."""
    assert not _manquement(tirage, examiner)


def test_un_examen_qui_prend_l_inconnu_pour_non_est_vu() -> None:
    """Le mutant : sans réponse, « rien ne l'indique »."""

    def mutant(criteres: Criteres, situation: Situation) -> Examen:
        examen = examiner(criteres, situation)
        return Examen(RIEN) if examen.verdict is A_ETABLIR and examen.a_demander else examen

    trouve = find(oublieuses(), lambda tirage: _manquement(tirage, mutant), settings=settings(max_examples=2000))
    assert not _manquement(trouve, examiner)
