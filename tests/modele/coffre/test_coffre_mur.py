"""Le mur au coffre : quoi qui écrive, aucun adulte ne lit une violence, et aucun n'entre où il s'en est dit une."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from outils_coffre import AGENT, sans_mur

from modele.coffre import Coffre
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document, lire
from modele.droits import Auteur
from modele.protection.adultes import partage
from modele.protection.discretion import devenir_discret, est_discret
from modele.protection.mur import Ailleurs
from modele.protection.violences import faits_de_violence
from modele.regles.fautes import ErreurUtilisateur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SEULE: Document = {
    "demandeur": {"nom": "Vidal", "prenoms": "Inès", "date_naissance": "1990-01-02"},
    "contact": {"telephone": "+33612345678"},
    "logement_actuel": {"type": "t2", "adresse": {"voie": "3 rue des Lilas"}},
    "demande": {"numero_unique": "031012612345600001", "motifs": {"coches": ["trop_petit"], "clos": True}},
}
MARC = {"nom": "Roux", "prenoms": "Marc", "date_naissance": "1988-02-10"}
ENFANT = {"prenoms": "Zoé", "date_naissance": "2020-05-04"}
A_DEUX: Document = {**SEULE, "codemandeur": MARC}
PERSONNE = "foyer.personnes.elements.p"
MOTIF = {"demande.motifs": {"coches": ["violences"], "clos": False}}
VIOLENCES: list[dict[str, Any]] = [
    MOTIF,
    {"demande.motif_principal": "violences"},
    {"triage.peur_au_domicile": True},
    {"protection.preuves": {"coches": ["plainte"], "clos": False}},
    {"pieces.elements.p": {"piece": "ordonnance-protection", "etat": "vue"}},
    {"suites.elements.s.orientation": "violences-couple"},
    devenir_discret(),
]
ADULTES: list[dict[str, Any]] = [
    {"codemandeur": MARC},
    {"foyer.avec_codemandeur": True},
    {PERSONNE: MARC},
    {PERSONNE: {}},
    {"foyer.colocataires.elements.c": {"nom": "Roux"}},
]
PHRASE = r"^À enregistrer dans un nouveau dossier commun"
JOUR = date.today()


def _traces(coffre: Coffre, dossier: str) -> tuple[object, ...]:
    """Tout ce que le coffre garde d'un dossier."""
    return coffre.lire(dossier), coffre.operations(dossier), coffre.brouillons(dossier), coffre.acces(dossier)


@pytest.mark.parametrize("violence", VIOLENCES, ids=str)
@pytest.mark.parametrize("adulte", ADULTES, ids=str)
def test_une_violence_ne_s_ecrit_pas_dans_un_dossier_partage(
    coffre: Coffre, adulte: dict[str, Any], violence: dict[str, Any]
) -> None:
    """Un import, une commande ou un écran neuf n'a pas à demander : rien n'est écrit, et rien n'est dit de plus."""
    dossier = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    assert coffre.modifier(dossier, adulte, Auteur(AGENT))["id"] == dossier
    avant = _traces(coffre, dossier)
    with pytest.raises(Ailleurs, match=f"{PHRASE}.$"):
        coffre.modifier(dossier, violence, Auteur(AGENT))
    assert _traces(coffre, dossier) == avant
    assert coffre.compter() == 1


@pytest.mark.parametrize("violence", VIOLENCES, ids=str)
@pytest.mark.parametrize("adulte", ADULTES, ids=str)
def test_un_adulte_n_entre_pas_ou_une_violence_est_dite(
    coffre: Coffre, adulte: dict[str, Any], violence: dict[str, Any]
) -> None:
    """Le même geste ouvre un dossier commun neuf, sans refus ni trace ; l'ancien reste tel quel."""
    dossier = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    coffre.modifier(dossier, violence, Auteur(AGENT))
    avant = _traces(coffre, dossier)
    commun = coffre.modifier(dossier, adulte, Auteur(AGENT))
    assert commun["id"] != dossier
    assert partage(commun, JOUR)
    assert not faits_de_violence(commun)
    assert commun == coffre.lire(commun["id"])
    assert dossier not in repr(commun)
    assert _traces(coffre, dossier) == avant
    assert [un.geste.acces for un in coffre.acces(commun["id"])] == [Acces.CREER, Acces.MODIFIER]
    assert not coffre.a_porte(commun["id"])


def test_le_dossier_commun_neuf_se_continue_comme_un_autre(coffre: Coffre) -> None:
    """Il porte la demande ; ni adresse, ni téléphone, ni numéro, ni frappe en cours ne passent de l'un à l'autre."""
    dossier = coffre.creer_dossier({**SEULE, "foyer": {"personnes": {"elements": {"e": ENFANT}}}}, Auteur(AGENT))["id"]
    coffre.modifier(dossier, devenir_discret(), Auteur(AGENT))
    coffre.brouillon(dossier, "codemandeur.nom", "Ro")
    commun = coffre.modifier(dossier, {"codemandeur.nom": "Roux"}, Auteur(AGENT))
    assert commun["demandeur"] == SEULE["demandeur"]
    assert commun["demande"] == {"motifs": {"coches": ["trop_petit"], "clos": True}}
    assert commun["logement_actuel"] == {"type": "t2"}
    assert "contact" not in commun
    (enfant,) = commun["foyer"]["personnes"]["elements"]
    assert enfant != "e"
    assert coffre.brouillons(dossier) == coffre.brouillons(commun["id"]) == []
    suite = coffre.modifier(commun["id"], {"codemandeur.prenoms": "Marc"}, Auteur(AGENT))
    assert (suite["id"], suite["codemandeur"]) == (commun["id"], {"nom": "Roux", "prenoms": "Marc"})


def test_un_enfant_entre_partout(coffre: Coffre) -> None:
    """Un mineur n'est pas un autre adulte ; le jour où l'on dit sa majorité, il en est un."""
    dossier = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    coffre.modifier(dossier, MOTIF, Auteur(AGENT))
    assert coffre.modifier(dossier, {PERSONNE: ENFANT}, Auteur(AGENT))["id"] == dossier
    assert coffre.modifier(dossier, {f"{PERSONNE}.date_naissance": "1990-05-04"}, Auteur(AGENT))["id"] != dossier


@pytest.mark.parametrize("marquee", [True, False])
def test_l_histoire_compte_meme_effacee(coffre: Coffre, marquee: bool) -> None:
    """Une violence dite puis retirée : marquée, ou retrouvée dans les opérations d'un coffre d'avant les marques."""
    dossier = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    coffre.modifier(dossier, {"triage.peur_au_domicile": True}, Auteur(AGENT))
    coffre.modifier(dossier, {"triage.peur_au_domicile": ABSENT}, Auteur(AGENT))
    if not marquee:
        with coffre._base.ecriture() as connexion:
            connexion.exec_driver_sql("DELETE FROM reglage WHERE cle LIKE 'histoire.%'")
    assert coffre.a_porte(dossier)
    avant = coffre.lire(dossier)
    assert coffre.modifier(dossier, {"codemandeur": MARC}, Auteur(AGENT))["id"] != dossier
    assert coffre.lire(dossier) == avant


def test_la_discretion_levee_reste_dans_l_histoire(coffre: Coffre) -> None:
    """Redevenu ordinaire, le dossier n'accueille toujours pas un adulte."""
    dossier = coffre.creer_dossier({**SEULE, "protection": {"discret": True}}, Auteur(AGENT))["id"]
    levee = coffre.modifier(
        dossier, {"protection.discret": False, "protection.levee_motif": "à sa demande"}, Auteur(AGENT)
    )
    assert not est_discret(levee)
    assert coffre.modifier(dossier, {PERSONNE: MARC}, Auteur(AGENT))["id"] != dossier


@pytest.mark.parametrize("non", [False, {"refus": True}, {"ne_sait_pas": True}])
def test_un_non_se_tait_dans_les_deux_sens(coffre: Coffre, non: Any) -> None:
    """Il n'y a rien à protéger, sinon la question : elle ne s'écrit pas, ou se retire, sans un mot."""
    seule = coffre.creer_dossier({**SEULE, "triage": {"peur_au_domicile": non}}, Auteur(AGENT))["id"]
    assert not coffre.a_porte(seule)
    a_deux = coffre.modifier(seule, {"codemandeur": MARC}, Auteur(AGENT))
    assert (a_deux["id"], "triage" in a_deux, a_deux["codemandeur"]) == (seule, False, MARC)
    operations = coffre.operations(seule)
    assert coffre.modifier(seule, {"triage.peur_au_domicile": non}, Auteur(AGENT)) == a_deux
    assert coffre.modifier(seule, {"triage": {"peur_au_domicile": non}}, Auteur(AGENT)) == a_deux
    assert coffre.operations(seule) == operations
    assert "triage" not in coffre.creer_dossier({**A_DEUX, "triage": {"peur_au_domicile": non}}, Auteur(AGENT))


def test_ce_qu_un_perron_d_avant_a_ecrit_se_corrige(coffre: Coffre) -> None:
    """Retirer, ou changer autre chose, est permis ; aggraver, ou y faire entrer un adulte de plus, ne l'est pas."""
    with sans_mur():
        dossier = coffre.creer_dossier({**A_DEUX, "triage": {"peur_au_domicile": True}}, Auteur(AGENT))["id"]
    assert coffre.modifier(dossier, {"logement_actuel.type": "t3"}, Auteur(AGENT))["id"] == dossier
    with pytest.raises(Ailleurs):
        coffre.modifier(dossier, MOTIF, Auteur(AGENT))
    assert coffre.modifier(dossier, {PERSONNE: {"nom": "Roux"}}, Auteur(AGENT))["id"] != dossier
    assert "triage" not in coffre.modifier(dossier, {"triage.peur_au_domicile": ABSENT}, Auteur(AGENT))


# Créer, importer


@pytest.mark.parametrize("violence", [{"demande": {"motif_principal": "violences"}}, {"protection": {"discret": True}}])
def test_un_dossier_ne_nait_pas_des_deux_cotes_du_mur(coffre: Coffre, violence: Document) -> None:
    """Rien n'est créé, et la phrase ne dit pas lequel des deux gênait l'autre."""
    with pytest.raises(Ailleurs, match=f"{PHRASE}.$"):
        coffre.creer_dossier({**A_DEUX, **violence}, Auteur(AGENT))
    assert (coffre.compter(), coffre.acces()[-1].geste.acces) == (0, Acces.OUVRIR)


def test_un_import_prend_le_reste_et_dit_lesquels(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Les rangs courent d'un lot à l'autre ; un lot dont rien ne passe n'arrête pas les suivants."""
    monkeypatch.setattr("modele.coffre.coffre._LOT", 2)
    fautif = {**A_DEUX, "triage": {"peur_au_domicile": True}}
    with pytest.raises(Ailleurs, match=f"{PHRASE} : n° 2, 3, 4.$"):
        coffre.importer([SEULE, fautif, fautif, fautif, A_DEUX], Auteur(AGENT))
    assert coffre.compter() == 2
    assert coffre.importer([SEULE], Auteur(AGENT)) == 1


def test_un_dossier_qui_nait_n_a_rien_absorbe(coffre: Coffre) -> None:
    """Un fichier importé qui se dirait le survivant d'un autre dossier le fondrait en lui, au registre."""
    autre = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    ne = coffre.creer_dossier({**SEULE, "absorbes": {autre: "2026-11-22"}}, Auteur(AGENT))
    assert "absorbes" not in ne
    assert not any(chemin.startswith("absorbes") for chemin in coffre.operations(ne["id"])[0].champs)


# La frappe


def test_une_frappe_qui_dirait_une_violence_ne_se_garde_pas(coffre: Coffre) -> None:
    """Ni elle, ni celle d'avant ; seule, elle se garde."""
    a_deux, seule = (coffre.creer_dossier(document, Auteur(AGENT))["id"] for document in (A_DEUX, SEULE))
    for dossier in (a_deux, seule):
        coffre.brouillon(dossier, "demande.motif_principal", "viol")
        coffre.brouillon(dossier, "demande.motif_principal", "violences")
        coffre.brouillon(dossier, "triage.peur_au_domicile", "o")
        coffre.brouillon(dossier, "demande.precisions", "trop pet")
    assert [un.chemin for un in coffre.brouillons(a_deux)] == ["demande.precisions"]
    assert len(coffre.brouillons(seule)) == 3
    with pytest.raises(ErreurUtilisateur, match="n'est pas dans ce coffre"):
        coffre.brouillon("inconnu", "demande.precisions", "x")


# La preuve d'un critère protégé


def test_la_seule_preuve_d_un_critere_protege_en_dit_assez(coffre: Coffre) -> None:
    """Le coffre retient ceux des grilles de ce poste : ``preuves.violences`` dirait qu'un papier a été vu."""
    dossier = coffre.creer_dossier(A_DEUX, Auteur(AGENT))["id"]
    assert (
        lire(coffre.modifier(dossier, {"preuves.violences": "justifie"}, Auteur(AGENT)), "preuves.violences")
        == "justifie"
    )
    coffre.modifier(dossier, {"preuves.violences": ABSENT}, Auteur(AGENT))
    coffre.proteger({"violences"})
    coffre.proteger({"violences"})
    with pytest.raises(Ailleurs):
        coffre.modifier(dossier, {"preuves.violences": "justifie"}, Auteur(AGENT))
    assert coffre.modifier(dossier, {"preuves.anciennete": "justifie"}, Auteur(AGENT))["id"] == dossier
    seule = coffre.creer_dossier({**SEULE, "preuves": {"violences": "valide"}}, Auteur(AGENT))["id"]
    assert coffre.modifier(seule, {"codemandeur": MARC}, Auteur(AGENT))["id"] != seule


# Deux dossiers d'une même personne


@pytest.mark.parametrize(
    ("survivant", "absorbe", "permis"),
    [
        (SEULE, SEULE, True),
        (A_DEUX, SEULE, True),
        ({**SEULE, "protection": {"discret": True}}, {**SEULE, "protection": {"discret": True}}, True),
        ({**SEULE, "protection": {"discret": True}}, SEULE, False),
        ({**SEULE, "demande": {"motif_principal": "violences"}}, SEULE, True),
        ({**SEULE, "demande": {"motif_principal": "violences"}}, A_DEUX, False),
        ({**SEULE, "triage": {"peur_au_domicile": False}}, A_DEUX, False),
    ],
)
def test_discret_et_ordinaire_ne_se_reunissent_jamais(
    coffre: Coffre, survivant: Document, absorbe: Document, permis: bool
) -> None:
    """Ni un dossier partagé et un dossier qui dit une violence, dans aucun sens, ni par une table entière."""
    un, autre = (coffre.creer_dossier(document, Auteur(AGENT))["id"] for document in (survivant, absorbe))
    for ici, la_bas in ((un, autre), (autre, un)):
        for champs in ({f"absorbes.{la_bas}": "2026-11-22"}, {"absorbes": {la_bas: "2026-11-22"}}):
            if permis:
                assert coffre.modifier(ici, champs, Auteur(AGENT))["absorbes"] == {la_bas: "2026-11-22"}
                coffre.modifier(ici, {f"absorbes.{la_bas}": ABSENT}, Auteur(AGENT))
            else:
                with pytest.raises(ErreurUtilisateur, match=r"^Ces deux dossiers ne se réunissent pas"):
                    coffre.modifier(ici, champs, Auteur(AGENT))
                assert "absorbes" not in coffre.lire(ici)


def test_une_histoire_effacee_ne_se_reunit_pas_a_un_dossier_partage(coffre: Coffre) -> None:
    """Ce qu'elle a dit puis retiré y serait lu."""
    elle, foyer = (coffre.creer_dossier(document, Auteur(AGENT))["id"] for document in (SEULE, A_DEUX))
    coffre.modifier(elle, MOTIF, Auteur(AGENT))
    coffre.modifier(elle, {"demande.motifs": {"coches": ["trop_petit"]}}, Auteur(AGENT))
    for ici, la_bas in ((elle, foyer), (foyer, elle)):
        with pytest.raises(ErreurUtilisateur, match="ne se réunissent pas"):
            coffre.modifier(ici, {f"absorbes.{la_bas}": "2026-11-22"}, Auteur(AGENT))
