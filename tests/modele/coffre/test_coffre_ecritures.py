"""Dans toute écriture : un nom, un téléphone, une date tapés autrement retrouvent la même personne."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, ouvrir, seul_a_seul

from modele.coffre import Coffre
from modele.dossier.chemins import lire, poser
from modele.droits import Auteur


def _dossier(nom: str, prenoms: str = "", naissance: str = "", **autres: Any) -> dict[str, Any]:
    return {"demandeur": {"nom": nom, "prenoms": prenoms, "date_naissance": naissance}, **autres}


# Cas public 03 : le nom gardé, ce qu'on tape.
LATINES = [
    (("Işık", "Ayşe"), "IŞIK"),
    (("Işık", "Ayşe"), "isik"),
    (("Işık", "Ayşe"), "IŞIK AYŞE"),
    (("Işık", "Ayşe"), "ısık"),
    (("IŞIK", "Mehmet"), "ışık"),
    (("Yıldırım", "Halil"), "YILDIRIM"),
    (("YILDIRIM", "Ali"), "Yıldırım"),
    (("Kılıç", "Sırrı"), "KILIÇ"),
    (("KILIÇ", "Sirri"), "kılıç sırrı"),
    (("Aydın", "Ece"), "aydin"),
    (("Altın", "Ece"), "ALTIN"),
    (("Əliyev", "Ramiz"), "ALIYEV"),
    (("Ɗanjuma", "Ƙofar"), "danjuma kofar"),
    (("Ɔkɔnkwo", "Ɛsi"), "okonkwo esi"),
    (("Þórðarson", "Guðmundur"), "thordarson"),
    (("Ħamed", "Ġorġ"), "hamed gorg"),
    (("Đorđević", "Đura"), "dordevic"),
    (("Wałęsa", "Łukasz"), "walesa lukasz"),
    (("Ŋuyen", "Ɓoubou"), "nguyen boubou"),
]
AUTRES = [
    (("محمد", "الأمراني"), "محمد الأمراني"),
    (("الأمراني", "محمد"), "el amrani mohamed"),
    (("El Amrani", "Mohamed"), "محمد الأمراني"),
    (("Щербакова", "Ольга"), "Chtcherbakova Olga"),
    (("Shcherbakova", "Olha"), "Щербакова Ольга"),
    (("მელაძე", "გიორგი"), "meladze giorgi"),
    (("Meladze", "Georgi"), "გიორგი მელაძე"),
    (("ገብረ", "ሰላም"), "gebre selam"),
    (("Παπαδόπουλος", "Γεώργιος"), "papadopoulos georgios"),
    (("王", "小明"), "王小明"),
    (("王", "小明"), "wang xiaoming"),
    (("Diallo", "Mamadou"), "jallow mamadu"),
    (("Jallow", "Fatou"), "DIALLO fatoumata"),
    (("Cissé", "Aïssatou"), "ceesay isatou"),
    (("Benali", "Youssef"), "yusuf benali"),
    (("Benali", "Mohamed"), "muhammad benali"),
    (("Benali", "أحمد"), "ahmad benali"),
]


@pytest.mark.parametrize(("garde", "tape"), [*LATINES, *AUTRES])
def test_un_nom_se_trouve_dans_toute_ecriture(coffre: Coffre, garde: tuple[str, str], tape: str) -> None:
    """En premier, devant des voisins, avec sa raison, et sans la moindre date."""
    voisins = [_dossier("Martin", "Ali"), _dossier("Dubois", "Olga"), _dossier("Yilmaz", "Ece"), _dossier("Durand", "")]
    coffre.importer([_dossier(*garde), *voisins], Auteur(AGENT))
    premier = coffre.rechercher(tape)[0]
    demandeur = coffre.lire(premier.dossier)["demandeur"]
    assert (demandeur["nom"], demandeur["prenoms"]) == (garde[0].replace("\u2019", "'"), garde[1])
    assert premier.raisons[0] in ("même nom", "nom proche")
    assert premier.score >= 0.7


@pytest.mark.parametrize("tape", ["jall", "jallow", "jalo"])
def test_un_nom_commence_se_trouve(coffre: Coffre, tape: str) -> None:
    """La famille n'ôte rien au début du mot, tel qu'il s'écrit."""
    coffre.importer([_dossier("Jallow", "Awa"), _dossier("Martin", "Awa")], Auteur(AGENT))
    assert [trouve.resume.titre for trouve in coffre.rechercher(tape)] == ["JALLOW Awa"]


@pytest.mark.parametrize("tape", ["IŞIK AYŞE 04/05/1990", "isik ayse 4 mai 1990", "Işık Ayşe 04/05/90"])
def test_la_porte_discrete_se_lit_de_meme(coffre: Coffre, tape: str) -> None:
    """La clé se calcule à plat : la majuscule turque et la date courte l'ouvrent aussi, seul à seul."""
    elle = {**_dossier("Işık", "Ayşe", "1990-05-04"), "protection": {"discret": True}}
    identifiant = coffre.creer_dossier(elle, Auteur(AGENT))["id"]
    assert coffre.rechercher(tape) == []
    assert [trouve.dossier for trouve in seul_a_seul(coffre, tape)] == [identifiant]


# Cas public 05 : ce qui est gardé, ce qu'on tape.
TELEPHONES = [
    ("+262692123456", "+262 692 12 34 56"),
    ("+262692123456", "00262692123456"),
    ("+262692123456", "0692 12 34 56"),
    ("0692123456", "+262 692 12 34 56"),
    ("+33612345678", "+33 (0)6 12 34 56 78"),
    ("+33612345678", "06/12/34/56/78"),
    ("+33612345678", "(06) 12 34 56 78"),
    ("+33612345678", "6 12 34 56 78"),
    ("+32470123456", "+32 470 12 34 56"),
    ("+32470123456", "0032470123456"),
    ("+351912345678", "+351 912 345 678"),
    ("+2250707123456", "002250707123456"),
    ("+508551234", "0508 55 12 34"),
    ("+687751234", "75 12 34"),
    ("+68987123456", "87 12 34 56"),
]


@pytest.mark.parametrize("champ", ["telephone", "telephone_autre", "tiers_telephone"])
@pytest.mark.parametrize(("garde", "tape"), TELEPHONES)
def test_un_telephone_se_trouve_dans_toute_ecriture(coffre: Coffre, champ: str, garde: str, tape: str) -> None:
    """Quel que soit le champ où il a été dit."""
    autre = {"contact": {"telephone": "0639980101"}}
    coffre.importer([_dossier("Payet", contact={champ: garde}), _dossier("Hoarau", **autre)], Auteur(AGENT))
    premier = coffre.rechercher(tape)[0]
    assert premier.resume.titre == "PAYET"
    assert premier.raisons == (("même téléphone", "aidant") if champ == "tiers_telephone" else ("même téléphone",))


def test_l_autre_telephone_n_est_pas_le_premier_mal_ecrit(coffre: Coffre) -> None:
    """« Même téléphone », pas « téléphone proche »."""
    contact = {"telephone": "0639980101", "telephone_autre": "0639980102"}
    coffre.creer_dossier(_dossier("Payet", contact=contact), Auteur(AGENT))
    assert [trouve.raisons for trouve in coffre.rechercher("0639980102")] == [("même téléphone",)]


@pytest.mark.parametrize(
    ("tape", "raison"),
    [
        ("0692", "début du téléphone"),
        ("06 92 12", "début du téléphone"),
        ("6921", "début du téléphone"),
        ("0470", "début du téléphone"),
        ("123456", "fin du téléphone"),
        ("0310", "début du numéro"),
        ("031 05", "début du numéro"),
    ],
)
def test_le_debut_d_un_numero_ou_d_un_telephone_trouve(coffre: Coffre, tape: str, raison: str) -> None:
    """Quatre chiffres suffisent ; la fin d'un téléphone, que l'on retient aussi, à six."""
    coffre.importer(
        [
            _dossier("Payet", contact={"telephone": "0692123456"}),
            _dossier("Peeters", contact={"telephone": "+32470998877"}),
            _dossier("Durand", demande={"numero_unique": "0310523123499ABCDE"}),
        ],
        Auteur(AGENT),
    )
    assert [trouve.raisons for trouve in coffre.rechercher(tape)] == [(raison,)]


def test_un_coffre_d_avant_se_reindexe(coffre: Coffre, chemin: Path) -> None:
    """Son index coupait « Işık » en deux, porte discrète comprise : la migration le refait des documents."""
    coffre.creer_dossier(_dossier("Işık", "Ayşe", "1990-05-04"), Auteur(AGENT))
    discrete = {**_dossier("Kılıç", "Ece", "1991-01-01"), "protection": {"discret": True}}
    coffre.creer_dossier(discrete, Auteur(AGENT))
    with coffre._base.ecriture() as connexion:
        for table in ("personne", "frequence", "porte_discrete"):
            connexion.exec_driver_sql(f"DELETE FROM {table}")
        connexion.exec_driver_sql("INSERT INTO terme(terme) VALUES ('delete-all')")
        for table in ("rappel", "compte", "etat_de_compte", "candidature"):
            connexion.exec_driver_sql(f"DROP TABLE {table}")
        connexion.exec_driver_sql("UPDATE alembic_version SET version_num = '0007'")
    coffre.fermer()
    rouvert = ouvrir(chemin)
    assert [trouve.resume.titre for trouve in rouvert.rechercher("IŞIK")] == ["IŞIK Ayşe"]
    assert len(seul_a_seul(rouvert, "kiliç ece 01/01/1991")) == 1
    rouvert.fermer()


def test_un_numero_qui_commence_comme_un_indicatif_se_trouve(coffre: Coffre) -> None:
    """Celui de l'Ain : 001, et non un pays."""
    coffre.importer([_dossier("Durand", demande={"numero_unique": "0010523123499"})], Auteur(AGENT))
    assert [trouve.raisons for trouve in coffre.rechercher("0010523123499")] == [("même numéro",)]
    assert [trouve.raisons for trouve in coffre.rechercher("001 0523 123499")] == [("même numéro",)]


SALE = {
    "demandeur.nom": "Dup\u200bont\r\nLéa",
    "demandeur.prenoms": "N\u2019Deye\0",
    "contact.telephone": "+262 692 12 34 56",
    "contact.courriel": " Ines@Exemple.FR",
    "demande.numero_unique": "031 0523 123456 abcde",
}
PROPRE = {
    "demandeur.nom": "Dupont Léa",
    "demandeur.prenoms": "N'Deye",
    "contact.telephone": "0692123456",
    "contact.courriel": "ines@exemple.fr",
    "demande.numero_unique": "0310523123456ABCDE",
}


def _documents(coffre: Coffre) -> list[dict[str, Any]]:
    """Le même dossier, écrit par chaque porte : créé, importé, modifié."""
    initial: dict[str, Any] = {}
    for chemin, valeur in SALE.items():
        initial = poser(initial, chemin, valeur)
    cree = coffre.creer_dossier(initial, Auteur(AGENT))
    coffre.importer([initial], Auteur(AGENT))
    vide = coffre.creer_dossier({}, Auteur(AGENT))
    coffre.modifier(vide["id"], SALE, Auteur(AGENT))
    return [coffre.lire(recent.dossier) for recent in coffre.recents()] + [cree]


def test_chaque_valeur_entre_d_une_seule_ecriture(coffre: Coffre) -> None:
    """Créer, importer, modifier : une seule porte ; l'opération signée dit ce que le document dit."""
    documents = _documents(coffre)
    assert len(documents) == 4
    for document in documents:
        assert {chemin: lire(document, chemin) for chemin in PROPRE} == PROPRE
    for recent in coffre.recents():
        dits = {c: champ.apres for un in coffre.operations(recent.dossier) for c, champ in un.champs.items()}
        assert {chemin: dits[chemin] for chemin in PROPRE} == PROPRE


def test_la_meme_valeur_autrement_ecrite_ne_change_rien(coffre: Coffre) -> None:
    """Aucune opération : rien n'a changé."""
    identifiant = coffre.creer_dossier({"contact": {"telephone": "06 92 12 34 56"}}, Auteur(AGENT))["id"]
    coffre.modifier(identifiant, {"contact.telephone": "+262692123456"}, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == 1


def test_un_signe_colle_ne_cache_personne(coffre: Coffre) -> None:
    """« N’Diaye » collé d'un courriel se trouve, et s'écrit comme les autres."""
    coffre.creer_dossier(_dossier("N\u2019Dia\u00adye", "Awa"), Auteur(AGENT))
    (trouve,) = coffre.rechercher("n'diaye awa")
    assert (trouve.resume.titre, trouve.raisons) == ("N'DIAYE Awa", ("même nom",))
