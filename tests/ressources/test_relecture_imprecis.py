"""La relecture du droit, W7 à W39 : ce qui était imprécis, dépassé ou sans source, une ligne par essai.

Les faits (W1 à W4, W30), les numéros (W23 à W26) et les dates (W14, W15) ont aussi leurs épreuves.
"""

from __future__ import annotations

from datetime import date

import pytest
from outils_relecture import JOUR, Situation, bilan, logement, papier, peur, question, regles, retenues, textes

from modele.bilan import charger_regles, etablir
from modele.orientation.durees import Pas
from modele.regles.etats import INCONNU

HLM_JUGE = papier("jugement", logement_actuel={"statut": "locataire_hlm"}, ressources={"dettes_logement": True})

# Par ligne : la situation, la voie, ce qu'on doit y lire, ses numéros (entre autres).
LIGNES: dict[str, tuple[Situation, str, tuple[str, ...], set[str]]] = {
    "W7-deux-mois-aux-baux-anciens": (
        papier("commandement_payer"),
        "expulsion-commandement-payer",
        ("6 semaines, ou 2 mois", "Comptez le plus court"),
        {"adil"},
    ),
    "W8-protection-en-24-heures": (
        peur("conjoint"),
        "violences-couple",
        ("elle dépose la demande d'ordonnance", "formulaire 15458", "le procureur la demande"),
        {"3919"},
    ),
    "W9-aide-universelle": (
        peur("conjoint"),
        "violences-couple",
        ("CAF ou MSA, en 3 à 5 jours", "de moins d'un an", "Une main courante ne suffit pas"),
        set(),
    ),
    "W10-rester-chez-soi-le-bail-le-sejour": (
        peur("conjoint"),
        "violences-couple",
        (
            "le juge peut faire partir l'autre",
            "dès le lendemain de la première présentation d'une lettre recommandée",
            "sur un enfant qui vit avec elle) ; la caution non plus",
            "même sans ordonnance si l'autre est poursuivi",
            "carte d'un an, renouvelée tant qu'elle dure ou que court la procédure",
            "ne fait pas perdre un titre de regroupement familial",
        ),
        set(),
    ),
    "W11-le-dossier-en-garde-trace": (peur("conjoint"), "violences-couple", ("en garde trace, protégée",), set()),
    "W12-mediation-a-faire-valider": (
        peur("conjoint"),
        "violences-couple",
        ("Conseiller une médiation, ou recevoir les deux ensemble (à faire valider)",),
        set(),
    ),
    "W13-se-taire-vaut-refus": (
        {"dalo": {"statut": "reconnu"}},
        "dalo-reconnu",
        ("dans le délai écrit (10 jours au moins). Se taire vaut refus. Ouvrez tout courrier",),
        set(),
    ),
    "W14-daho-reconnu": (
        {"dalo": {"daho_statut": "reconnu"}},
        "daho-reconnu",
        ("tribunal administratif, avec la décision jointe", "Refuser une place adaptée peut faire perdre"),
        {"115"},
    ),
    "W16-sejours-qui-se-suivent": (
        logement(statut="structure_hebergement"),
        "sortant-hebergement",
        ("Comptez les séjours qui se suivent", "L'hôtel payé par le 115 compte comme un hébergement"),
        set(),
    ),
    "W19-exceptions-de-la-treve": (
        papier("commandement_quitter"),
        "expulsion-quitter",
        ("même avec la mauvaise foi", "relogement assuré", "chez quelqu'un, ou ailleurs si le juge le dit", "étudiant"),
        set(),
    ),
    "W20-le-jour-venu": (
        papier("concours_force_publique"),
        "concours-force-publique",
        (
            "entre 6 h et 21 h, ni dimanche ni jour férié",
            "Papiers, médicaments, animaux",
            "deux mois pour les reprendre",
        ),
        {"115", "adil"},
    ),
    "W21-appel": (
        papier("jugement"),
        "expulsion-jugement",
        ("jugement (1 mois) ou ordonnance de référé (15 jours) pour faire appel", "Avocat tout de suite"),
        {"adil"},
    ),
    "W22-protocole-apres-jugement": (HLM_JUGE, "protocole-cohesion", ("le bail revient", "l'aide au logement"), set()),
    "W22-geste-du-jugement": (HLM_JUGE, "expulsion-jugement", ("demandez le protocole de cohésion sociale",), set()),
}


@pytest.mark.parametrize("ligne", LIGNES)
def test_ce_que_l_agent_lit(ligne: str) -> None:
    situation, nom, attendus, numeros = LIGNES[ligne]
    voie = retenues(situation)[nom]
    assert [attendu for attendu in attendus if attendu not in textes(voie)] == []
    assert numeros <= set(voie.contacts)


@pytest.mark.parametrize(
    ("situation", "voie", "echeance", "dit"),
    [
        ({"dalo": {"statut": "rejete"}}, "dalo-rejete", "contester", "au plus tôt (l'enveloppe fait foi : gardez-la)"),
        ({"dalo": {"statut": "reconnu"}}, "dalo-reconnu", "reponse-offre", "se taire vaut refus"),
        ({"dalo": {"statut": "reconnu"}}, "dalo-reconnu", "tribunal", "n'attendez pas ce jour"),
        (papier("jugement"), "expulsion-jugement", "appel", "comptez sur le plus court"),
        (papier("commandement_quitter"), "expulsion-quitter", "treve", "la procédure, elle, continue"),
    ],
    ids=["W15", "W13", "D8", "W21", "W19"],
)
def test_ce_que_dit_une_echeance(situation: Situation, voie: str, echeance: str, dit: str) -> None:
    dites = {une.id: une.libelle for une in retenues(situation)[voie].echeances}
    assert dit in dites[echeance]


@pytest.mark.parametrize("etape", ["jugement", "commandement_quitter", "concours_force_publique"])
@pytest.mark.parametrize(
    ("dit", "jusqu_au"),
    [
        ({"mauvaise_foi": True, "entree_forcee": "non"}, date(2027, 3, 31)),
        ({"relogement_assure": True}, None),
        ({"entree_forcee": "domicile_autrui"}, None),
    ],
)
def test_w19_la_treve_de_chaque_etape(etape: str, dit: Situation, jusqu_au: date | None) -> None:
    """CPCE L412-6, le 15 janvier : la mauvaise foi n'y touche jamais."""
    voies = retenues({"expulsion": {"etape": etape, **dit}}, date(2027, 1, 15)).values()
    dates = [une.le for voie in voies for une in voie.echeances if une.id == "treve"]
    assert dates == ([jusqu_au] if jusqu_au else [])


def test_w16_l_hotel_paye_par_le_115_est_un_hebergement() -> None:
    """R441-14-1 : celui qu'on paie soi-même n'en est pas un."""
    hotels = {une.dire: une.reponse for une in question("logement_actuel.statut").options if "hôtel," in une.dire}
    assert hotels == {
        "À l'hôtel, que je paie": "hotel",
        "À l'hôtel, payé par le 115 ou une association": "structure_hebergement",
    }


@pytest.mark.parametrize(
    ("preuves", "verdict"),
    [(["recepisse_plainte"], "a_etablir"), ([], "a_etablir"), (["ordonnance_protection"], "rempli")],
)
def test_w17_la_lettre_g_est_attestee_par_une_ordonnance(preuves: list[str], verdict: str) -> None:
    """L441-1 g ; sans elle, à établir, jamais « non »."""
    dit = peur("conjoint") | {"demande": {"motifs": {"coches": ["violences"]}}}
    dit["protection"] = {"seul_a_seul": True, "preuves": {"coches": preuves, "clos": True}}
    assert {un.regle.code: un.examen.verdict.value for un in bilan(dit).publics}["g"] == verdict


def test_w39_une_agglomeration_non_saisie_n_est_pas_une_petite_agglomeration() -> None:
    """Inconnu n'est pas « non » : les deux délais du préfet restent, et la préfecture tranche."""
    clermont = charger_regles("clermont-auvergne-metropole")
    reconnu = {"id": "x", "territoire": "clermont-auvergne-metropole"}
    reconnu |= {"dalo": {"statut": "reconnu", "date_decision": "2026-11-30"}}
    rendu = etablir(clermont, reconnu, JOUR, exacte=False)
    assert rendu.situation.etat("prefet_six_mois") == INCONNU
    (voie,) = [une for une in rendu.voies_retenues if une.id == "dalo-reconnu"]
    offre = next(une for une in voie.echeances if une.id == "offre-prefet")
    assert len(offre.delais) == 2


def test_7_chaque_contact_attendu_d_un_territoire_sert_a_une_voie() -> None:
    """Saisi et cité nulle part, personne ne le lirait."""
    cites = {nom for voie in regles().orientations for nom in voie.contacts}
    assert {un.id for un in regles().national.contacts_attendus} - cites == set()


def test_w36_le_delai_de_la_domiciliation_ne_se_redit_pas() -> None:
    """« Réponse sous 2 mois … : 2 mois » : le délai est dans la durée, plus dans le libellé."""
    dites = {une.id: une for une in retenues({"triage": {"toit_ce_soir": "non"}})["sans-abri"].echeances}
    assert dites["domiciliation"].delais
    assert "mois" not in dites["domiciliation"].libelle


def test_6_l_ordonnance_de_protection_dure_douze_mois_et_se_demande_en_six_jours() -> None:
    """CC 515-11 et 515-12 (loi du 13/06/2024)."""
    delais = {une.id: une.delais for une in retenues(peur("conjoint"))["violences-couple"].echeances}
    assert delais["ordonnance-duree"] == ((Pas(mois=12),),)
    assert delais["ordonnance"] == ((Pas(jours=6),),)


def test_w25_le_3919_ne_promet_pas_deux_cents_langues() -> None:
    """Sa fédération : le français, et douze autres à certaines heures."""
    langues = regles().contacts["3919"].langues
    assert langues[0] == "fr"
    assert len(langues[1].partition(" :")[0].split(", ")) == 12
    assert "pas 24 h sur 24" in langues[1]
