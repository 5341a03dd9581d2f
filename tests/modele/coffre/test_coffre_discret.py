"""Le dossier discret : il ne se montre pas, ne se devine pas, et ne cesse pas de l'être par accident."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT, sans_mur, seul_a_seul

from modele.coffre import Coffre
from modele.coffre.listes import Semblable
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

ELLE: dict[str, Any] = {
    "protection": {"discret": True},
    "demandeur": {"nom": "Benali", "nom_usage": "Roux", "prenoms": "Samira Inès", "date_naissance": "1991-07-04"},
    "codemandeur": {"nom": "Roux", "prenoms": "Marc", "date_naissance": "1988-02-10"},
    "contact": {"telephone": "0612345678", "adresse_courrier": "3 rue des Lilas"},
    "demande": {"numero_unique": "0310523123456", "precisions": "menaces"},
    "foyer": {"personnes": {"elements": {"e": {"nom": "Roux", "prenoms": "Tom", "date_naissance": "2016-05-05"}}}},
}
SECRETS = ("benali", "roux", "samira", "1991", "0612345678", "lilas", "0310523", "menaces", "tom", "marc")


@pytest.fixture
def elle(coffre: Coffre) -> str:
    """Un dossier discret d'avant le mur, où un autre adulte était entré, avec une saisie interrompue."""
    with sans_mur():
        identifiant: str = coffre.creer_dossier(ELLE, Auteur(AGENT))["id"]
    coffre.brouillon(identifiant, "demande.precisions", "menaces de Marc")
    return identifiant


def test_resume_neutre_partout(coffre: Coffre, elle: str) -> None:
    """Récents, reprises et résultats ne disent ni nom, ni adresse, ni motif, ni champ en cours."""
    (recent,) = coffre.recents()
    (reprise,) = coffre.reprises()
    (trouve,) = seul_a_seul(coffre, "benali samira 04/07/1991")
    for ligne in (recent, reprise, trouve):
        assert ligne.dossier == elle
        assert ligne.resume.titre == "Dossier discret"
        assert ligne.resume.discret
        assert not any(secret in repr(ligne).lower().replace(elle, "") for secret in SECRETS), ligne
    assert (reprise.chemin, reprise.texte) == ("", "")


@pytest.mark.parametrize(
    "saisie",
    ["benali samira 04/07/1991", "Samira Inès BENALI 04071991", "roux samira 1991-07-04", "roux samira ines 4/7/1991"],
)
def test_trouve_par_nom_complet_et_naissance(coffre: Coffre, elle: str, saisie: str) -> None:
    """Nom de naissance ou d'usage, premier prénom ou tous, avec la date : seul à seul, et pas autrement."""
    assert coffre.rechercher(saisie) == []
    (trouve,) = seul_a_seul(coffre, saisie)
    assert (trouve.dossier, trouve.raisons) == (elle, ("même nom", "même date de naissance"))


def test_trouve_par_reference(coffre: Coffre, elle: str) -> None:
    """La référence notée à la création retrouve le dossier."""
    reference = coffre.recents()[0].resume.reference
    assert [trouve.dossier for trouve in coffre.rechercher(reference)] == [elle]


@pytest.mark.parametrize(
    "saisie",
    [
        "benali",
        "benali samira",
        "04/07/1991",
        "0612345678",
        "0310523123456",
        "roux marc 10/02/1988",
        "roux tom 05/05/2016",
        "benali samira 1988",
        "martin chloe 04/07/1991",
        "benali karim 04/07/1991",
    ],
)
def test_introuvable_autrement(coffre: Coffre, elle: str, saisie: str) -> None:
    """Ni par l'enfant, le téléphone, le numéro ou l'autre adulte, ni sans naissance : pas même son existence."""
    assert coffre.rechercher(saisie) == seul_a_seul(coffre, saisie) == []


def test_devenir_discret_efface_l_index(coffre: Coffre) -> None:
    """Un dossier ordinaire qui devient discret disparaît de la recherche dans la même transaction."""
    ordinaire = {cle: valeur for cle, valeur in ELLE.items() if cle not in ("protection", "codemandeur")}
    identifiant = coffre.creer_dossier(ordinaire, Auteur(AGENT))["id"]
    assert coffre.rechercher("roux tom")
    coffre.modifier(identifiant, {"protection.discret": True}, Auteur(AGENT))
    assert coffre.rechercher("roux tom") == coffre.rechercher("0612345678") == []
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT count(*) FROM personne").scalar_one() == 0
        titre, detail = connexion.exec_driver_sql("SELECT titre, detail FROM dossier").one()
        assert (titre, detail) == ("Dossier discret", "")


@pytest.mark.parametrize(
    "modifications",
    [
        {"protection.discret": False},
        {"protection.discret": ABSENT},
        {"protection.discret": {"refus": True}},
        {"protection": {"discret": False}},
        {"protection": ABSENT},
        {"protection": {"discret": False, "levee_motif": "glissé dans la table"}},
        {"protection.discret": False, "protection.levee_motif": "  "},
        {"protection.discret": False, "protection.levee_motif": ABSENT},
        {"protection.discret": False, "protection.levee_motif": {"refus": True}},
    ],
)
def test_la_discretion_ne_se_leve_pas_sans_motif(coffre: Coffre, elle: str, modifications: dict[str, Any]) -> None:
    """Aucune façon d'écrire faux, ni de retirer la clé, ne lève la discrétion sans motif."""
    avant = coffre.lire(elle)
    with pytest.raises(ErreurUtilisateur, match="écrivant son motif"):
        coffre.modifier(elle, modifications, Auteur(AGENT))
    assert coffre.lire(elle) == avant
    assert len(coffre.operations(elle)) == 1


def test_levee_avec_motif(coffre: Coffre, elle: str) -> None:
    """Avec un motif dans la même modification, le dossier redevient ordinaire et se cherche."""
    coffre.modifier(elle, {"protection.levee_motif": "à sa demande, entretien du 20/11"}, Auteur(AGENT))
    with pytest.raises(ErreurUtilisateur):
        coffre.modifier(elle, {"protection.discret": False}, Auteur(AGENT))
    coffre.modifier(elle, {"protection.discret": False, "protection.levee_motif": "à sa demande"}, Auteur(AGENT))
    (trouve,) = coffre.rechercher("benali")
    assert trouve.resume.titre == "ROUX Samira Inès"
    assert coffre.reprises()[0].texte == "menaces de Marc"
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT count(*) FROM porte_discrete").scalar_one() == 0


def test_discret_sans_nom_ni_date_a_sa_seule_reference(coffre: Coffre) -> None:
    """Sans nom, seule la référence le retrouve ; sans naissance écrite, son nom entier et l'année qu'elle dit."""
    coffre.creer_dossier(
        {"protection": {"discret": True}, "demandeur": {"date_naissance": "1991-07-04"}}, Auteur(AGENT)
    )
    coffre.creer_dossier(
        {"protection": {"discret": True}, "demandeur": {"nom": "Benali", "prenoms": "Samira"}}, Auteur(AGENT)
    )
    assert coffre.rechercher("04/07/1991") == coffre.rechercher("benali samira") == []
    assert seul_a_seul(coffre, "benali samira") == seul_a_seul(coffre, "martin 04/07/1991") == []
    (trouve,) = seul_a_seul(coffre, "samira benali 1991")
    assert trouve.raisons == ("même nom", "naissance inconnue au dossier")
    assert len({recent.resume.reference for recent in coffre.recents()}) == 2


def test_devenu_discret_il_ne_ressemble_plus_a_personne(coffre: Coffre) -> None:
    """Ce qui a été trouvé avant se tait, de son côté comme de celui du foyer qu'elle quitte."""
    sans = {cle: valeur for cle, valeur in ELLE.items() if cle not in ("protection", "codemandeur")}
    sienne, foyer = (coffre.creer_dossier(sans, Auteur(AGENT))["id"] for _ in range(2))
    for un, autre in ((sienne, foyer), (foyer, sienne)):
        coffre.echanges.noter_doublons(un, [Semblable(un, "", autre, "CCAS", ("même enfant",), 0.9, True)])
    assert coffre.echanges.compter_doublons() == 2
    coffre.modifier(sienne, {"protection.discret": True}, Auteur(AGENT))
    assert coffre.echanges.compter_doublons() == 0
    assert [*coffre.echanges.doublons(), *coffre.echanges.doublons(foyer)] == []


def test_un_dossier_sans_nom_est_sur_la_liste_de_qui_l_a_commence_et_de_nul_autre(coffre: Coffre) -> None:
    """Discret ou non, par sa référence ; un nom l'en ôte, un refus non ; un autre agent ne voit rien."""
    discret = coffre.creer_dossier({"territoire": "t", "protection": {"discret": True}}, Auteur(AGENT))["id"]
    ordinaire = coffre.creer_dossier({"territoire": "t"}, Auteur(AGENT))["id"]
    coffre.creer_dossier({"territoire": "t"}, Auteur("Paul"))
    coffre.creer_dossier(ELLE | {"codemandeur": {}, "foyer": {}}, Auteur(AGENT))
    listes = coffre.sans_nom(AGENT)
    assert [un.dossier for un in listes] == [ordinaire, discret]
    assert {len(un.reference.split("-")) for un in listes} == {2}
    assert not hasattr(listes[0], "discret")
    coffre.modifier(discret, {"demandeur.nom": {"refus": True}}, Auteur(AGENT))
    coffre.modifier(ordinaire, {"demandeur.nom": "Roux"}, Auteur(AGENT))
    assert [un.dossier for un in coffre.sans_nom(AGENT)] == [discret]
    assert coffre.sans_nom("Inconnue") == []
    assert len(coffre.sans_nom(AGENT, limite=0)) == 0
