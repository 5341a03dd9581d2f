"""La recherche : ce qu'un agent tape retrouve la bonne personne, et dit pourquoi."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, recherche
from modele.dossier.chemins import ABSENT
from modele.dossier.codes import relire_reference
from modele.droits import Auteur


def _dossier(nom: str, prenoms: str, naissance: str = "", **autres: Any) -> dict[str, Any]:
    return {"demandeur": {"nom": nom, "prenoms": prenoms, "date_naissance": naissance}, **autres}


@pytest.fixture
def peuple(coffre: Coffre) -> Coffre:
    """Un coffre où l'on peut se tromper de personne."""
    coffre.importer(
        [
            _dossier("El Amrani", "Mohamed", "1984-03-12", contact={"telephone": "06 12 34 56 78"}),
            _dossier("Philippe", "Jean-Marc", "1990-05-07", demande={"numero_unique": "031 0523 123456"}),
            _dossier("Fatihi", "Nadia", "1975-11-02", codemandeur={"nom": "Traoré", "prenoms": "Issa"}),
            _dossier("Muller", "Yvette", "1962-01-31"),
            _dossier(
                "Kowalski",
                "Éloïse",
                "2001-08-09",
                foyer={
                    "personnes": {
                        "elements": {"e": {"nom": "Kowalski", "prenoms": "Zoé", "date_naissance": "2019-06-01"}}
                    },
                    "colocataires": {"elements": {"c": {"nom": "Nguyen", "prenoms": "Linh"}, "refus": 3}},
                },
            ),
        ],
        Auteur(AGENT),
    )
    return coffre


@pytest.mark.parametrize(
    ("saisie", "titre", "raisons"),
    [
        ("el amrani mohamed 12/03/1984", "EL AMRANI Mohamed", ("même nom", "même date de naissance")),
        ("12031984", "EL AMRANI Mohamed", ("même date de naissance",)),
        ("Mouhammad Elamrani", "EL AMRANI Mohamed", ("nom proche",)),
        ("al-amrani 1984", "EL AMRANI Mohamed", ("même nom", "même année de naissance")),
        ("amrani 03/12/1984", "EL AMRANI Mohamed", ("même nom", "jour et mois inversés ?")),
        ("amrani 12/03/1985", "EL AMRANI Mohamed", ("même nom", "date de naissance proche")),
        ("0612345678", "EL AMRANI Mohamed", ("même téléphone",)),
        ("+33 6 12 34 56 78", "EL AMRANI Mohamed", ("même téléphone",)),
        ("0612345679", "EL AMRANI Mohamed", ("téléphone proche",)),
        ("jeanmarc filipe", "PHILIPPE Jean-Marc", ("nom proche",)),
        ("marc philipe 1990-05-07", "PHILIPPE Jean-Marc", ("nom proche", "même date de naissance")),
        ("0310523123456", "PHILIPPE Jean-Marc", ("même numéro",)),
        ("0310523", "PHILIPPE Jean-Marc", ("début du numéro",)),
        ("0310523123465", "PHILIPPE Jean-Marc", ("numéro proche",)),
        ("nadai fathi", "FATIHI Nadia", ("nom proche",)),
        ("traore issa", "FATIHI Nadia", ("même nom", "codemandeur")),
        ("ivete muler", "MULLER Yvette", ("nom proche",)),
        ("kow", "KOWALSKI Éloïse", ("nom proche",)),
        ("zoe kowalsky 1/6/2019", "KOWALSKI Éloïse", ("nom proche", "même date de naissance", "personne du foyer")),
        ("linh nguyen", "KOWALSKI Éloïse", ("même nom", "colocataire")),
    ],
)
def test_saisie_retrouve_la_personne(peuple: Coffre, saisie: str, titre: str, raisons: tuple[str, ...]) -> None:
    """La première réponse est la bonne, avec ses raisons en français."""
    trouves = peuple.rechercher(saisie)
    assert trouves, saisie
    assert (trouves[0].resume.titre, trouves[0].raisons) == (titre, raisons)


@pytest.mark.parametrize("saisie", ["", "   ", "Zbigniew", "01/01/1901", "0799999999", "1903", "x", "'); DROP--", '"*'])
def test_saisie_sans_reponse(peuple: Coffre, saisie: str) -> None:
    """Rien de ressemblant : aucune réponse, et jamais d'erreur."""
    assert peuple.rechercher(saisie) == []


def test_index_suit_le_document(peuple: Coffre) -> None:
    """Un nom changé ne se trouve plus sous l'ancien ; un nom retiré ne se trouve plus du tout."""
    (trouve,) = peuple.rechercher("muller yvette")
    peuple.modifier(trouve.dossier, {"demandeur.nom": "Zimmermann"}, Auteur(AGENT))
    assert peuple.rechercher("muller") == []
    assert [un.dossier for un in peuple.rechercher("zimerman")] == [trouve.dossier]
    peuple.modifier(trouve.dossier, {"demandeur": ABSENT}, Auteur(AGENT))
    assert peuple.rechercher("zimmermann yvette 1962") == []
    assert peuple.lire(trouve.dossier)["id"] == trouve.dossier


def test_les_plus_ressemblants_d_abord_et_limite(coffre: Coffre) -> None:
    """Le nom exact passe devant le nom proche, et la limite est tenue."""
    coffre.importer(
        [_dossier("Martin", "Paul"), _dossier("Martine", "Paul"), _dossier("Martin", "Paula")] * 10, Auteur(AGENT)
    )
    trouves = coffre.rechercher("paul martin", limite=12)
    assert len(trouves) == 12
    assert [trouve.resume.titre for trouve in trouves[:10]] == ["MARTIN Paul"] * 10
    assert [trouve.score for trouve in trouves] == sorted((trouve.score for trouve in trouves), reverse=True)


def test_dossier_sans_nom(coffre: Coffre) -> None:
    """Un dossier né du triage, sans identité, se montre et se retrouve par sa référence."""
    coffre.creer_dossier({"triage": {"enfant_avec": True}, "demandeur": {"nom": {"refus": True}}}, Auteur(AGENT))
    (recent,) = coffre.recents()
    assert recent.resume.titre == "Sans nom"
    (trouve,) = coffre.rechercher(recent.resume.reference.lower())
    assert (trouve.dossier, trouve.raisons) == (recent.dossier, ("même référence",))


def test_nom_qui_a_la_forme_d_une_reference(coffre: Coffre) -> None:
    """Dix lettres dont la dernière tombe juste sont aussi un nom."""
    assert relire_reference("Chader Jean")
    coffre.creer_dossier(_dossier("Chader", "Jean"), Auteur(AGENT))
    assert [trouve.raisons for trouve in coffre.rechercher("Chader Jean")] == [("même nom",)]


def test_termes_trop_communs_ne_coutent_pas(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passé le budget de lignes, les termes communs sont laissés ; le plus rare se lit toujours."""
    from modele.coffre import recherche

    coffre.importer([_dossier("Martin", f"Paul{'abcdefghij'[rang % 10] * 3}") for rang in range(40)], Auteur(AGENT))
    monkeypatch.setattr(recherche, "_LIGNES_AU_PLUS", 30)
    monkeypatch.setattr(recherche, "_LIGNES_QUI_DESIGNENT", 5)
    assert len(coffre.rechercher("martin paulaaa", 4)) == 4
    assert len(coffre.rechercher("martin", 50)) == 30


def test_le_nom_de_naissance_qui_fait_trouver_se_dit(coffre: Coffre) -> None:
    """La liste montre le nom d'usage : la raison dit par quel nom elle est là, sans le nommer."""
    for nom, usage in (("Traoré", "Lambert"), ("Lambert", "")):
        demandeur = {"nom": nom, "prenoms": "Awa"} | ({"nom_usage": usage} if usage else {})
        coffre.creer_dossier({"demandeur": demandeur}, Auteur(AGENT))
    (trouve,) = coffre.rechercher("traore awa")
    assert trouve.resume.titre == "LAMBERT Awa"
    assert trouve.raisons == ("même nom", "nom de naissance")
    assert {un.raisons for un in coffre.rechercher("lambert awa")} == {("même nom",)}
    assert coffre.rechercher("traor")[0].raisons == ("nom proche", "nom de naissance")


def _foule(prenom: str, combien: int) -> list[dict[str, Any]]:
    """Des gens du même prénom, sous des noms tous différents qui finissent pareil."""
    debuts = [f"{a}{b}{c}" for a in "bdfgklmnprstv" for b in "aeiou" for c in "lmnrst"]
    return [_dossier(f"{debuts[rang]}oudrane", prenom) for rang in range(combien)]


@pytest.mark.parametrize("saisie", ["amane malika", "malika amrane", "amranne malika", "armane malika", "mrane malika"])
def test_un_nom_mal_ecrit_sous_un_prenom_courant(coffre: Coffre, saisie: str) -> None:
    """Sans date, trois cents personnes du même prénom : la faute dans le nom ne la perd pas."""
    coffre.importer([*_foule("Malika", 300), _dossier("Amrane", "Malika")], Auteur(AGENT))
    assert "AMRANE Malika" in [un.resume.titre for un in coffre.rechercher(saisie, 10)]


def test_mutant_sans_degrossir(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rien dans l'index ne désigne « mrane » : sans dégrossir, elle se perd dans la foule du même prénom."""
    coffre.importer([*_foule("Malika", 300), _dossier("Amrane", "Malika")], Auteur(AGENT))
    monkeypatch.setattr(recherche, "les_plus_proches", lambda _, noms, combien: list(range(len(noms)))[:combien])
    assert "AMRANE Malika" not in [un.resume.titre for un in coffre.rechercher("mrane malika", 10)]


def test_un_mot_presque_inconnu_ne_fait_pas_perdre_l_autre(coffre: Coffre) -> None:
    """« gebre selassie » trouve celle qui n'est écrite que Gebre, parmi d'autres qui finissent comme Selassie."""
    coffre.importer(
        [*[_dossier(f"Zzy{lettre}zsi", "Zoé") for lettre in "abcdefghij" * 7], _dossier("Gebre", "")], Auteur(AGENT)
    )
    assert coffre.rechercher("gebre selassie", 10)[0].resume.titre == "GEBRE"
