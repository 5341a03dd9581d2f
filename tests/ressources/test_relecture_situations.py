"""La relecture du droit, § 3 : chaque situation d'accueil a sa voie, ses gestes, ses numéros."""

from __future__ import annotations

import pytest
from outils_relecture import Situation, logement, retenues, textes


def triage(**dit: object) -> Situation:
    """Ce que l'agent coche, ou entend, au premier contact."""
    return {"triage": {"toit_ce_soir": "oui", **dit}, "protection": {"seul_a_seul": True}}


# Par ligne : la situation, la voie, ce qu'on doit y lire, ses numéros (entre autres).
LIGNES: dict[str, tuple[Situation, str, tuple[str, ...], set[str]]] = {
    "mis-dehors-sans-juge": (
        logement("mis_dehors_sans_juge"),
        "expulsion-illegale",
        ("est un délit", "Gardez les preuves", "(référé), faire rentrer", "« C'est son logement. »"),
        {"17", "115", "adil"},
    ),
    "deja-expulse": (
        logement("expulse"),
        "deja-expulse",
        ("deux mois pour les reprendre, une seule fois", "gardés deux ans", "un mois pour le contester"),
        {"115"},
    ),
    "squat-mis-en-demeure": (
        logement("mise_en_demeure_prefet"),
        "mise-en-demeure-prefet",
        ("24 heures, ou 7 jours", "le recours n'arrête rien", "le recours suspend", "pas de trêve d'hiver"),
        {"avocats-permanence", "115"},
    ),
    "conge-du-proprietaire": (
        {"demande": {"motifs": {"coches": ["repris_vendu"]}}},
        "conge",
        ("six mois avant la fin", "acheter la première, pendant les deux premiers mois", "le congé est suspendu"),
        {"adil"},
    ),
    "conge-a-soixante-dix-ans": (
        logement(statut="locataire_prive", conge_recu=True) | {"demandeur": {"date_naissance": "1956-02-01"}},
        "conge-personne-agee",
        (
            "offre de relogement adaptée et proche",
            "propriétaire de plus de 65 ans",
            "L'âge se regarde à la fin du bail",
        ),
        {"adil"},
    ),
    "sinistre": (logement(sinistre="incendie"), "sinistre", ("la mairie", "assurance"), {"18", "115"}),
    "coupure-d-energie": (
        logement("coupure_energie"),
        "coupure-energie",
        (
            "Du 1er novembre au 31 mars",
            "ne se coupe jamais",
            "un mois au moins avant",
            "suspend la coupure",
            "médiateur",
        ),
        {"cheque-energie"},
    ),
    "monoxyde": (logement("monoxyde"), "monoxyde", ("Tout le monde sort", "Plomb chez un enfant"), {"15", "18"}),
    "personne-desorientee": (triage(desorientee=True), "personne-desorientee", ("sans contrainte",), {"15"}),
    "locataire-accuse-de-trafic": (
        triage(mis_en_cause=True),
        "trafic",
        ("Le préfet peut faire saisir le juge", "Promettre que le bail tiendra"),
        {"avocats-permanence"},
    ),
    "deces-du-titulaire": (
        logement("titulaire_decede"),
        "deces-titulaire",
        ("le bail peut passer", "partenaire de Pacs : sans durée", "un an de vie là", "plus de 65 ans"),
        {"adil"},
    ),
    "logement-parti-avec-l-emploi": (
        logement("perdu_avec_emploi"),
        "logement-perdu-avec-l-emploi",
        ("sans juge",),
        {"adil", "action-logement"},
    ),
    "mariage-force-majeure": (
        {"demande": {"mariage_force": True}, "protection": {"seul_a_seul": True}},
        "mariage-force",
        (
            "Majeure : l'ordonnance de protection",
            "Moins de 18 ans : 119",
            "interdire la sortie du territoire",
            "passeport",
        ),
        {"17", "119"},
    ),
    "demandeur-d-asile-a-la-rue": (
        {
            "triage": {"toit_ce_soir": "non"},
            "demandeur": {"nationalite": "hors_union_europeenne", "demande_asile": True},
        },
        "asile-sans-toit",
        ("(SPADA) et office de l'immigration (OFII)", "le 115 ce soir"),
        {"115"},
    ),
    "tutelle-ou-curatelle": (
        {"demandeur": {"protection_juridique": True}},
        "protection-juridique",
        ("Recevez-la seule d'abord", "Elle choisit où elle vit", "le juge autorise", "ne le prévenez pas d'abord"),
        {"3977"},
    ),
    "auteur-ecarte-du-domicile": (
        triage(eloigne_du_domicile=True),
        "eloigne-du-domicile",
        ("Ni délai de deux mois, ni trêve", "ni venue, ni adresse, ni dossier", "sa propre demande"),
        {"115", "17"},
    ),
    "est-ce-que-ma-femme-est-passee": (
        triage(tiers_cherche=True),
        "tiers-qui-cherche",
        (
            "« Je ne dis à personne si quelqu'un est venu, ni oui ni non. Je peux vous recevoir, vous. »",
            "aucun message",
        ),
        {"17"},
    ),
    "interprete-a-la-place": (
        triage(interprete_a_la_place=True),
        "interprete-a-la-place",
        ("interprète par téléphone", "Pas d'enfant, pas de conjoint", "Croire la traduction d'un conjoint"),
        {"interprete-telephone"},
    ),
}


@pytest.mark.parametrize("ligne", LIGNES)
def test_ce_que_l_agent_lit(ligne: str) -> None:
    situation, nom, attendus, numeros = LIGNES[ligne]
    voie = retenues(situation)[nom]
    assert [attendu for attendu in attendus if attendu not in textes(voie)] == []
    assert numeros <= set(voie.contacts)
