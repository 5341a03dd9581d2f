"""La relecture du droit, D1 à D15 : de ce que la personne dit à ce que l'agent doit lire, une situation par ligne.

Chaque attendu vient du texte cité ; les échéances et l'étape de l'expulsion ont leurs épreuves
(``test_echeances_livrees``, ``test_etape_expulsion``), les faits aussi (``test_relecture_faits``).
"""

from __future__ import annotations

import pytest
from outils_relecture import SEIZE_ANS, Situation, dehors, papier, peur, retenues, textes

MINEUR = dehors(mineur_seul=True) | {"demandeur": SEIZE_ANS}

# Par ligne : la situation, la voie, ce qu'on doit y lire, ses numéros (entre autres).
LIGNES: dict[str, tuple[Situation, str, tuple[str, ...], set[str]]] = {
    "D1-mineur-seul": (
        MINEUR,
        "mineur-seul",
        ("c'est le département qui évalue", "Aucun papier n'est à montrer", "pas dans Perron", "le 119"),
        {"ase-departement", "119", "17"},
    ),
    "D1-dit-majeur": (
        dehors(mineur_seul=True, dit_majeur=True) | {"demandeur": SEIZE_ANS},
        "dit-majeur",
        ("Il lui reste ouvert", "saisir lui-même le juge des enfants", "avocats pour mineurs"),
        {"115", "juge-des-enfants", "avocats-permanence"},
    ),
    "D2-traite": (
        {"demande": {"victime_traite": True}},
        "victime-traite",
        (
            "sans celui qui l'accompagne",
            "« Sans votre accord, je n'appelle personne, sauf si votre vie ou un enfant est en danger tout de suite."
            " Je vous le dis avant. »",
            "Ne l'appelez pas sur son téléphone",
            "une carte de séjour d'un an, renouvelée pendant la procédure",
        ),
        {"17", "114", "119", "115", "ac-se"},
    ),
    "D2-mineur-prostitue": (
        {"demande": {"sortie_prostitution": True}, "demandeur": SEIZE_ANS},
        "victime-traite",
        ("Moins de 18 ans : 119 et cellule de l'enfance du département",),
        {"119"},
    ),
    "D2-peur-d-un-reseau": (peur("reseau"), "victime-traite", ("exploitation",), {"115", "ac-se"}),
    "D3-peur-sans-dire-de-qui": (
        peur(),
        "peur",
        ("Qui vous fait peur ?", "Personne âgée ou handicapée : 3977", "Toute victime : 116 006"),
        {"3919", "3977", "116006"},
    ),
    "D3-peur-d-un-enfant-adulte": (peur("enfant_adulte"), "peur-d-un-proche", ("3977 ensemble",), {"3977"}),
    "D3-peur-d-un-tuteur": (peur("tuteur"), "peur-d-un-proche", ("ne le prévenez pas d'abord",), {"3977"}),
    "D3-peur-d-un-parent": (peur("parent"), "peur-d-un-parent", ("Moins de 18 ans : 119",), {"119", "115"}),
    "D3-peur-d-un-bailleur": (peur("bailleur"), "peur-d-un-voisin", ("c'est un délit", "plainte"), {"17", "adil"}),
    "D3-peur-d-un-ex": (peur("ex"), "violences-couple", ("Ordonnance de protection",), {"3919"}),
    "D4-suicide": (
        {"triage": {"idees_suicidaires": True}},
        "risque-suicidaire",
        (
            "Restez avec elle",
            "En parler ne donne pas l'idée",
            "le 3114 ensemble",
            "Promettre de n'en parler à personne",
        ),
        {"15", "3114"},
    ),
    "D6-enfant-en-danger": (
        {"triage": {"enfant_inquiete": True}},
        "enfant-en-danger",
        ("aujourd'hui. Le secret ne l'empêche pas", "en décide, pas le guichet", "Rien dans Perron"),
        {"119", "17"},
    ),
    "D6-enfant-expose": (
        peur("conjoint") | {"triage": {"peur_au_domicile": True, "enfant_avec": True}},
        "enfant-expose",
        ("Le secret ne l'empêche pas", "N'en parlez pas au parent dont l'enfant a peur", "l'enfant n'attend pas seul"),
        {"119"},
    ),
    "D7-audience": (
        papier("assignation"),
        "expulsion-assignation",
        (
            "le loyer du mois EN ENTIER, charges comprises, avant l'audience",
            "des délais (jusqu'à 3 ans) ET la suspension de la clause du bail",
            "Un seul retard ensuite, et la suspension tombe",
            "surendettement à la Banque de France, avant l'audience",
        ),
        {"loyers-impayes", "adil"},
    ),
    "D10-agression-recente": (
        {"triage": {"agression_recente": True}, "protection": {"seul_a_seul": True}},
        "agression-recente",
        ("aujourd'hui, même sans plainte", "traitement avant 48 h", "sac en papier", "0 800 05 95 95"),
        {"15", "viols-femmes-informations"},
    ),
    "D12-enceinte-sans-toit": (
        dehors(enfant_avec=False) | {"foyer": {"naissances_attendues": 1}},
        "sans-abri",
        ("Enceinte, ou seule avec un enfant de moins de 3 ans : appelez aussi le département", "référé-liberté"),
        {"115", "ase-departement", "pmi"},
    ),
    "D12-mere-sans-toit": (
        dehors(enfant_avec=True),
        "sans-abri-enfant",
        ("Il doit l'accueillir", "notez l'heure et le nom, rappelez le soir", "le juge répond en 48 heures"),
        {"115", "ase-departement", "pmi"},
    ),
    "D14-commandement-de-quitter": (
        papier("commandement_quitter"),
        "expulsion-quitter",
        (
            "délai de deux mois supprimé ou réduit ? mauvaise foi ? entrée par force ?",
            "Saisissez le juge de l'exécution MAINTENANT",
            "peut valoir une amende. Le saisir protège",
            "« Vous avez sans doute du temps, et il faut s'en servir aujourd'hui. »",
        ),
        {"adil"},
    ),
    "D15-l-auteur-est-la": (
        {"triage": {"danger_immediat": True}},
        "danger-immediat",
        ("ne vous enfermez pas, gardez la sortie derrière vous", "ne dites pas où est l'autre"),
        {"17", "112"},
    ),
    "D15-menace-a-l-accueil": (
        {"triage": {"menace_accueil": True}},
        "securite-accueil",
        ("Éloignez le public", "menace de s'immoler : 18", "La collectivité vous doit sa protection"),
        {"17", "18", "15"},
    ),
}


@pytest.mark.parametrize("ligne", LIGNES)
def test_ce_que_l_agent_lit(ligne: str) -> None:
    situation, nom, attendus, numeros = LIGNES[ligne]
    voie = retenues(situation)[nom]
    assert [attendu for attendu in attendus if attendu not in textes(voie)] == []
    assert numeros <= set(voie.contacts)
