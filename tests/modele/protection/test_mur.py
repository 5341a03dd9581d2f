"""Aucun fait de violence dans un dossier qu'un autre adulte peut lire ; le dossier distinct ne trahit rien."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.dossier.chemins import ABSENT, Document, chemin_de_confirmation, feuilles, poser
from modele.dossier.inventaire import inventaire
from modele.protection.adultes import partage, peut_etre_adulte
from modele.protection.distinct import a_reprendre, dossier_distinct
from modele.protection.mur import accorder, interdire
from modele.protection.violences import faits_de_violence
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 22)
SEULE: Document = {"id": "commun", "territoire": "t", "demandeur": {"nom": "Vidal"}}
ENFANT = {"date_naissance": "2018-05-04", "prenoms": "Zoé", "a_charge": True, "inconnue": "commun"}
ADULTE = {"date_naissance": "1980-05-04", "prenoms": "Paul"}


def _avec(personne: dict[str, Any], liste: str = "foyer.personnes") -> Document:
    return poser(SEULE, f"{liste}.elements.p", personne)


@pytest.mark.parametrize(
    ("document", "attendu"),
    [
        (SEULE, False),
        ({}, False),
        (_avec(ENFANT), False),
        (_avec(ADULTE), True),
        (_avec({"prenoms": "?"}), True),
        (_avec(ADULTE, "foyer.colocataires"), True),
        (poser(SEULE, "foyer.avec_codemandeur", True), True),
        (poser(SEULE, "foyer.avec_codemandeur", False), False),
        (poser(SEULE, "codemandeur.nom", "Vidal"), True),
        (poser(SEULE, "codemandeur", {}), False),
        (poser(SEULE, "codemandeur", 3), True),
    ],
)
def test_un_dossier_est_partage_des_qu_un_autre_adulte_y_est(document: Document, attendu: bool) -> None:
    """Dans le doute, il l'est."""
    assert partage(document, JOUR) is attendu


@pytest.mark.parametrize(
    ("naissance", "attendu"),
    [
        ("2008-11-22", True),
        ("2008-11-23", False),
        ("2008-13-40", True),
        ({"entre": ["2018-01-01", "2019-01-01"]}, True),
        (None, True),
    ],
)
def test_l_age_se_compte_au_jour_pres(naissance: Any, attendu: bool) -> None:
    """Majeur le jour de ses dix-huit ans ; sans date exacte, peut-être."""
    assert peut_etre_adulte({"date_naissance": naissance}, JOUR) is attendu


VIOLENCES = [
    ("triage.peur_au_domicile", True),
    ("triage.peur_au_domicile", False),
    ("triage.peur_au_domicile", {"refus": True}),
    ("protection.preuves", {"coches": ["aucune"], "clos": True}),
    ("protection.plainte_souhaitee", True),
    ("demande.motifs", {"coches": ["sante", "violences"]}),
    ("demande.motif_principal", "violences"),
    ("demande.motif_principal", {"parmi": ["violences", "separation"]}),
    ("demande.agression_domicile", True),
    ("demande.mariage_force", False),
    ("demande.sortie_prostitution", True),
    ("demande.victime_traite", True),
    ("pieces.elements.p.piece", "ordonnance-protection"),
    ("suites.elements.s.orientation", "violences-couple"),
]


@pytest.mark.parametrize(("chemin", "valeur"), VIOLENCES)
@pytest.mark.parametrize("commun", [_avec(ADULTE), poser(SEULE, "foyer.avec_codemandeur", True)])
def test_une_violence_ne_s_ecrit_pas_dans_un_dossier_partage(commun: Document, chemin: str, valeur: Any) -> None:
    """Ni réponse, ni refus, ni pièce, ni orientation : tout cela en est une trace."""
    interdit = interdire(commun, chemin, valeur, JOUR)
    assert interdit is not None
    assert interdit.chemins == (chemin,)
    assert "dossier distinct" in interdit.message


@pytest.mark.parametrize(("chemin", "valeur"), VIOLENCES)
def test_elle_s_ecrit_dans_un_dossier_seul(chemin: str, valeur: Any) -> None:
    """Seule, ou avec ses enfants mineurs."""
    assert interdire(SEULE, chemin, valeur, JOUR) is None
    assert interdire(_avec(ENFANT), chemin, valeur, JOUR) is None


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [
        ("demande.motifs", {"coches": ["sante", "separation"], "clos": True}),
        ("demande.motif_principal", 3),
        ("demande.motifs", {"coches": "violences"}),
        ("logement_actuel.statut", "hotel"),
        ("triage.peur_au_domicile", ABSENT),
        ("pieces.elements.p.piece", "identite"),
        ("protection.seul_a_seul", True),
    ],
)
def test_le_reste_s_ecrit_dans_un_dossier_partage(chemin: str, valeur: Any) -> None:
    """L'interdit ne déborde pas."""
    assert interdire(_avec(ADULTE), chemin, valeur, JOUR) is None


def test_un_adulte_n_entre_pas_dans_un_dossier_qui_dit_une_violence() -> None:
    """L'interdit vaut dans les deux sens."""
    dite = poser(SEULE, "triage.peur_au_domicile", True)
    interdit = interdire(dite, "foyer.avec_codemandeur", True, JOUR)
    assert interdit is not None
    assert interdit.chemins == ("triage.peur_au_domicile",)
    assert interdire(dite, "foyer.personnes.elements.p", ENFANT, JOUR) is None


def test_un_dossier_deja_fautif_se_corrige() -> None:
    """Retirer, ou changer autre chose, reste permis ; aggraver ne l'est pas."""
    fautif = poser(_avec(ADULTE), "triage.peur_au_domicile", False)
    assert interdire(fautif, "triage.peur_au_domicile", ABSENT, JOUR) is None
    assert interdire(fautif, "logement_actuel.statut", "hotel", JOUR) is None
    assert interdire(fautif, "triage.peur_au_domicile", True, JOUR) is not None


def test_tout_champ_marque_est_un_fait_de_violence() -> None:
    """La liste est une donnée : chaque champ marqué compte, et eux seuls."""
    marques = {c.chemin for c in inventaire().champs.values() if c.champ.violence}
    plein: Document = {}
    for chemin in inventaire().champs:
        plein = poser(plein, chemin, True)
    assert set(faits_de_violence(plein)) == {*marques, "protection.discret"}
    assert {"triage.peur_au_domicile", "protection.preuves", "demande.agression_domicile"} <= marques


COMMUN: Document = {
    "id": "0190-commun",
    "territoire": "t",
    "schema": 1,
    "cree_le": "2026-01-01T00:00:00Z",
    "inconnue": {"lien": "0190-commun"},
    "demande": {"numero_unique": "031012612345600001", "motifs": {"coches": ["trop_petit"]}},
    "contact": {"telephone": "0561000000"},
    "demandeur": {"nom": "Vidal", "prenoms": "Paul", "nationalite": "francaise", "cle": "0190-commun"},
    "codemandeur": {"nom": "Roux", "prenoms": "Inès", "date_naissance": "1990-01-02", "lien": "conjoint"},
    "foyer": {
        "avec_codemandeur": True,
        "personnes": {"elements": {"enfant-1": ENFANT, "adulte-1": ADULTE}, "ordre": ["enfant-1", "adulte-1"]},
    },
}


def test_le_dossier_distinct_est_neuf_et_discret() -> None:
    """Sans rien demander, il ne reprend rien : un identifiant neuf, et la discrétion."""
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR)
    assert set(distinct) == {"id", "territoire", "schema", "cree_le", "protection"}
    assert distinct["protection"] == {"discret": True}
    assert distinct["id"] != COMMUN["id"]
    assert interdire(distinct, "triage.peur_au_domicile", True, JOUR) is None


def test_il_reprend_l_identite_de_celle_qui_parle_et_ses_enfants() -> None:
    """La codemandeuse devient la demandeuse ; seule l'identité suit, et l'enfant a un identifiant neuf."""
    choix = {"qui": "codemandeur", "identite": True, "enfants": ["enfant-1"]}
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, **choix)
    assert distinct["demandeur"] == {"nom": "Roux", "prenoms": "Inès", "date_naissance": "1990-01-02"}
    enfants = distinct["foyer"]["personnes"]
    assert list(enfants["elements"].values()) == [{"prenoms": "Zoé", "date_naissance": "2018-05-04"}]
    assert enfants["ordre"] == list(enfants["elements"]) != ["enfant-1"]
    assert "codemandeur" not in distinct


@pytest.mark.parametrize("enfant", ["adulte-1", "inconnu"])
def test_il_ne_reprend_aucun_autre_adulte(enfant: str) -> None:
    """Un adulte repris pourrait le lire."""
    with pytest.raises(ErreurUtilisateur, match="mineur"):
        dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, enfants=[enfant])


def test_une_identite_illisible_ne_se_reprend_pas() -> None:
    """Un brouillon sans demandeur donne un dossier vide."""
    assert "demandeur" not in dossier_distinct({"territoire": "t"}, "x", JOUR, identite=True)


CHOIX = st.fixed_dictionaries(
    {
        "qui": st.sampled_from(["demandeur", "codemandeur"]),
        "identite": st.booleans(),
        "enfants": st.sampled_from([[], ["enfant-1"]]),
    }
)


@settings(max_examples=50, deadline=None)
@given(CHOIX)
def test_rien_ne_relie_les_deux_dossiers(choix: dict[str, Any]) -> None:
    """Ni identifiant, ni numéro, ni téléphone, ni clé inconnue ; le dossier commun n'est pas touché."""
    avant = dict(feuilles(COMMUN))
    distinct = dossier_distinct(COMMUN, "2026-11-22T10:00:00Z", JOUR, **choix)
    ecrit = repr(distinct)
    assert not any(
        trace in ecrit for trace in ("commun", "enfant-1", "0561000000", "031012612345600001", "conjoint", "2026-01-01")
    )
    assert dict(feuilles(COMMUN)) == avant
    assert not partage(distinct, JOUR)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*VIOLENCES, ("foyer.avec_codemandeur", True), ("codemandeur.nom", "x")]), max_size=8))
def test_aucune_suite_de_changements_permis_n_expose_une_violence(changements: list[tuple[str, Any]]) -> None:
    """Invariant : un dossier partagé ne dit aucune violence, dans quelque ordre qu'on l'écrive."""
    document = SEULE
    for chemin, valeur in changements:
        if interdire(document, chemin, valeur, JOUR) is None:
            document = poser(document, chemin, valeur)
    assert not (partage(document, JOUR) and faits_de_violence(document))


@pytest.mark.parametrize("non", [False, {"refus": True}, {"ne_sait_pas": True}])
def test_un_non_se_tait_sans_interdire(non: Any) -> None:
    """Dans un dossier commun il ne s'écrit pas ; seul, il s'écrit, et se retire quand un adulte entre."""
    commun = _avec(ADULTE)
    assert accorder(commun, {"triage.peur_au_domicile": non}, JOUR) == {}
    assert accorder(SEULE, {"triage.peur_au_domicile": non}, JOUR) == {"triage.peur_au_domicile": non}
    dite = poser(SEULE, "triage.peur_au_domicile", non)
    permises = accorder(dite, {"foyer.avec_codemandeur": True}, JOUR)
    assert permises == {"triage.peur_au_domicile": ABSENT, "foyer.avec_codemandeur": True}


def test_un_oui_interdit_meme_avec_des_non() -> None:
    """Une seule violence dite suffit : rien ne se retire en silence."""
    dite = poser(poser(SEULE, "triage.peur_au_domicile", True), "demande.mariage_force", False)
    assert accorder(dite, {"foyer.avec_codemandeur": True}, JOUR) is None
    assert accorder(_avec(ADULTE), {"demande.mariage_force": False, "triage.peur_au_domicile": True}, JOUR) is None


def test_un_adulte_n_entre_pas_dans_un_dossier_discret_meme_apres_retrait() -> None:
    """La discrétion reste quand la réponse est retirée : l'histoire du dossier, elle, la garde."""
    discret = poser(SEULE, "protection.discret", True)
    assert accorder(discret, {"foyer.avec_codemandeur": True}, JOUR) is None
    assert interdire(discret, "foyer.personnes.elements.p", ENFANT, JOUR) is None
    assert interdire(_avec(ADULTE), "protection.discret", True, JOUR) is not None


@pytest.mark.parametrize("etat", ["justifie", "valide"])
def test_la_preuve_d_un_critere_protege_est_une_trace(etat: str) -> None:
    """``preuves.violences`` dirait au mari qu'un papier a été vu."""
    commun = _avec(ADULTE)
    assert interdire(commun, "preuves.violences", etat, JOUR, {"violences"}) is not None
    assert interdire(commun, "preuves.anciennete", etat, JOUR, {"violences"}) is None
    prouvee = poser(SEULE, "preuves.violences", etat)
    assert interdire(prouvee, "foyer.avec_codemandeur", True, JOUR, {"violences"}) is not None


def test_une_confirmation_est_une_trace() -> None:
    """Le texte d'une alerte confirmée nomme le champ."""
    protegee = chemin_de_confirmation("demande.mariage_force")
    interdit = interdire(_avec(ADULTE), protegee, "Inhabituel.", JOUR)
    assert interdit is not None
    assert interdit.chemins == (protegee,)
    assert interdire(_avec(ADULTE), chemin_de_confirmation("demandeur.nom"), "Inhabituel.", JOUR) is None


def test_le_distinct_ne_reprend_que_les_violences_dites() -> None:
    """Les autres cases, les éléments de liste et leur ordre restent dans le commun."""
    assert a_reprendre(
        {
            "demande.motifs": {"coches": ["trop_cher", "violences"], "clos": True},
            "triage.peur_au_domicile": True,
            "pieces.elements.neuf": {"piece": "ordonnance-protection", "personne": "id-du-commun"},
            "pieces.ordre": ["id-du-commun", "neuf"],
        }
    ) == {"demande.motifs": {"coches": ["violences"], "clos": False}, "triage.peur_au_domicile": True}
