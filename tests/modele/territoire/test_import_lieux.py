"""Importer des lieux : un essai à blanc, chaque ligne fautive refusée avec sa raison, les autres gardées entières."""

from __future__ import annotations

import csv
import io
import random
from datetime import date

import pytest

from modele.lieux.ecriture import ecrire_lieux
from modele.lieux.heures import JoursFeries, Plage
from modele.lieux.lecture import Permis, lire_lieux
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche, Fichier
from modele.territoire import import_lieux
from modele.territoire.import_lieux import FACULTATIVES, LIGNES_AU_PLUS, Essai, essayer

PERMIS = Permis(("informer", "enregistrer"), ("papiers",), ("fr", "ar"))
JOUR = date(2026, 11, 30)
BON = {"nom": "CCAS", "genre": "CCAS", "commune": "63113", "source": "site", "verifie_le": "29/11/2026"}


def tableau(*lignes: dict[str, str], separateur: str = ";") -> bytes:
    colonnes = list(dict.fromkeys(cle for ligne in lignes for cle in ligne))
    sortie = io.StringIO()
    table = csv.DictWriter(sortie, colonnes, delimiter=separateur, lineterminator="\n")
    table.writeheader()
    table.writerows(lignes)
    return sortie.getvalue().encode()


def essai(octets: bytes) -> Essai:
    return essayer(octets, PERMIS, {"63113", "63075"}.__contains__, JOUR)


def test_une_ligne_complete_donne_un_lieu_complet() -> None:
    ligne = BON | {
        "id": "ccas", "adresse": "1, rue du Port", "telephone": "05 36 49 00 11", "horaires": "sur rendez-vous",
        "ouvert": "lundi-vendredi 09:00-12:00|samedi 10:00-12:00", "exceptions": "2026-12-24 fermé",
        "jours_feries": "Fermé", "niveau": "2", "missions": "informer | enregistrer", "besoins": "papiers",
        "langues": "fr|ar", "dessert": "63113|63075", "acces": "Sonnez.", "enregistre": "oui",
        "adresse_confidentielle": "non",
    }  # fmt: skip
    assert set(ligne) == {*BON, *FACULTATIVES}
    rendu = essai(tableau(ligne))
    assert (rendu.lus, rendu.refusees) == (1, ())
    (lu,) = rendu.bons
    assert lu.heures.semaine[5] == (Plage(600, 720),)
    assert (lu.heures.feries, lu.niveau, lu.enregistre) == (JoursFeries.FERME, 2, True)
    assert (lu.missions, lu.dessert) == (("informer", "enregistrer"), ("63113", "63075"))
    assert lu.provenance.verifie_le == date(2026, 11, 29)
    assert lire_lieux(Fichier("lieux.toml", Couche.STRUCTURE, octets=ecrire_lieux(rendu.bons)), PERMIS) == rendu.bons


@pytest.mark.parametrize(
    ("change", "colonne", "phrase"),
    [
        ({"nom": " "}, "nom", "vide"),
        ({"source": ""}, "source", "dit d'où il vient"),
        ({"verifie_le": ""}, "verifie_le", "dit d'où il vient"),
        ({"verifie_le": "31/02/2026"}, "verifie_le", "n'est pas une date"),
        ({"verifie_le": "bientôt"}, "verifie_le", "n'est pas une date"),
        ({"verifie_le": "2026-12-01"}, "verifie_le", "est à venir"),
        ({"commune": "63000"}, "commune", "n'est pas le code INSEE d'une commune"),
        ({"dessert": "63113|99999"}, "dessert", "« 99999 » n'est pas le code INSEE"),
        ({"ouvert": "lundi 09:00-12:00 11:00-13:00"}, "ouvert ou exceptions", "se chevauchent"),
        ({"ouvert": "lundi"}, "ouvert ou exceptions", "attendu des jours"),
        ({"jours_feries": "parfois"}, "jours_feries", "écrivez ouvert, fermé"),
        ({"niveau": "4"}, "niveau", "attendu 1, 2, 3"),
        ({"missions": "informe"}, "missions", "vouliez-vous « informer »"),
        ({"langues": "klingon"}, "langues", "n'est pas permis"),
        ({"enregistre": "peut-être"}, "enregistre", "écrivez oui ou non"),
        ({"adresse_confidentielle": "oui"}, "adresse_confidentielle", "gardez le téléphone seul"),
        (
            {"adresse_confidentielle": "oui", "commune": "", "telephone": "12, rue du Secret"},
            "adresse_confidentielle",
            "ressemble à une adresse",
        ),
    ],
)
def test_une_ligne_fautive_se_refuse_et_les_autres_restent(change: dict[str, str], colonne: str, phrase: str) -> None:
    """Rien de la ligne fautive ne se garde à moitié ; son adresse confidentielle ne se redit pas."""
    rendu = essai(tableau(BON | change, BON | {"nom": "Mairie"}))
    assert [un.nom for un in rendu.bons] == ["Mairie"]
    (refus,) = rendu.refusees
    assert (refus.ligne, refus.colonne) == (2, colonne)
    assert phrase in str(refus)
    assert "Secret" not in str(refus)


def test_deux_lignes_pour_un_meme_lieu() -> None:
    rendu = essai(tableau(BON, BON | {"telephone": "1"}, BON | {"id": "ccas-63113", "verifie_le": ""}))
    assert [un.id for un in rendu.bons] == ["ccas-63113"]
    assert [(un.ligne, un.colonne) for un in rendu.refusees] == [(3, "id"), (4, "verifie_le")]


def test_dix_mille_lignes_avec_des_fautes() -> None:
    """Une sur dix est fautive : neuf mille restent, mille se disent, chacune à sa ligne."""
    lignes = [BON | {"id": f"l{rang}", "commune": "63000" if rang % 10 == 3 else "63113"} for rang in range(10_000)]
    rendu = essai(tableau(*lignes))
    assert (rendu.lus, len(rendu.bons), len(rendu.refusees)) == (10_000, 9_000, 1_000)
    assert [un.ligne for un in rendu.refusees] == [rang + 2 for rang in range(10_000) if rang % 10 == 3]


def test_ce_que_l_import_change() -> None:
    avant = essai(tableau(BON, BON | {"nom": "Mairie"})).bons
    apres = essai(tableau(BON, BON | {"nom": "Mairie", "telephone": "1"}, BON | {"nom": "Neuf"}))
    assert apres.compte({un.id: un for un in avant}) == {"inchanges": 1, "changes": 1, "nouveaux": 1}


@pytest.mark.parametrize("separateur", [",", "\t", ";"])
def test_chaque_separateur_de_tableur(separateur: str) -> None:
    assert essai(tableau(BON | {"nom": "Été"}, separateur=separateur)).bons[0].nom == "Été"


def test_un_tableur_d_avant_et_un_en_tete_accentue() -> None:
    lignes = "Nom;Genre;Source;Vérifié le;;Accès\nÉté;CCAS;site;29/11/2026;;À droite\n;;;;;\n"
    for octets in (lignes.encode("cp1252"), lignes.encode("utf-8-sig"), lignes.replace("\n", "\r\n").encode()):
        rendu = essai(octets)
        assert (rendu.lus, [un.nom for un in rendu.bons], rendu.bons[0].acces) == (1, ["Été"], "À droite")


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "n'est pas un tableau"),
        (b"PK\x03\x04\0\0", "n'est pas un tableau"),
        (b"bonjour\n", "n'est pas un tableau"),
        (b'a;b;c;d\n"' + b"x" * 200_000, "il manque la colonne"),
        (b"x" * (16 * 1024 * 1024 + 1), "n'est pas un tableau"),
        (b"nom;genre;source;note\n", "il manque la colonne « verifie_le » ; colonne « note » n'est pas permis"),
        (b"nom;genre;source;verifie_le;nom\n", "la colonne « nom » y est deux fois"),
        (b"nom;genre;source;verifie_le\n" * (LIGNES_AU_PLUS + 1), "Coupez-le en deux"),
    ],
    ids=["vide", "zip", "phrase", "guillemet", "gros", "colonne", "double", "trop"],
)
def test_ce_qui_n_est_pas_le_bon_tableau_se_dit(octets: bytes, phrase: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=phrase):
        essai(octets)


# Ce qu'un tableur, ou une main, abîme.

ENTETE = "nom;genre;source;verifie_le;id;commune;adresse\n"
JUSTE = "CCAS;CCAS;site;29/11/2026;{};63113;1, rue\n"


@pytest.mark.parametrize(
    ("abimee", "colonne", "phrase"),
    [
        ('A;CCAS;site;29/11/2026;a;63113;"1, rue\n' + JUSTE.format("avalee"), "adresse", "prend 2 lignes"),
        ('A;CCAS;site;29/11/2026;a;63113;"rue\n' + JUSTE.format("x") + 'B;C;s;d;b;63113;x"\n', "adresse", "prend 3 l"),
        ("A;CCAS;site;29/11/2026;a;63113;1, rue; du Port\n", "une case sans colonne", "plus de 7 cases"),
        ("A\x07;CCAS;site;29/11/2026;a;63113;\n", "nom", "ne se lit pas"),
        (f"{'A' * 3000};CCAS;site;29/11/2026;a;63113;\n", "nom", "3000 signes"),
        ("A;CCAS;site;29/11/2026;Mon lieu;63113;\n", "id", "lettres sans accent"),
        ("مركز;CCAS;site;29/11/2026;;63113;\n", "id", "aucun identifiant ne se tire"),
    ],
    ids=["guillemet-ouvert", "guillemet-qui-avale", "case-de-trop", "commande", "longue", "id", "autre-ecriture"],
)
def test_une_ligne_abimee_ne_fait_perdre_ni_passer_aucune_autre(abimee: str, colonne: str, phrase: str) -> None:
    rendu = essai((ENTETE + JUSTE.format("avant") + abimee).encode())
    assert [un.id for un in rendu.bons] == ["avant"]
    (refus,) = rendu.refusees
    assert (refus.ligne, refus.colonne) == (3, colonne)
    assert phrase in str(refus)


def test_un_signe_perdu_par_l_encodage_se_refuse_a_sa_ligne() -> None:
    octets = ENTETE.encode() + b"Caf\x81;CCAS;site;29/11/2026;a;63113;\n" + JUSTE.format("apres").encode()
    rendu = essai(octets)
    assert ([un.id for un in rendu.bons], [un.ligne for un in rendu.refusees]) == (["apres"], [2])


def test_des_lignes_vides_et_des_cases_vides_au_bout_ne_sont_pas_des_fautes() -> None:
    rendu = essai((ENTETE + "\n;;;;;;;;;\n" + JUSTE.format("un").replace("\n", ";;;\n") + "\n").encode())
    assert (rendu.lus, [un.id for un in rendu.bons], rendu.refusees) == (1, ["un"], ())


def test_tout_ce_qui_s_importe_se_relit() -> None:
    """Ce que l'essai dit bon se relit, quoi qu'on y ait mis : un seul lieu illisible ferait taire tous les autres."""
    tirage = random.Random(5)
    morceaux = [
        "CCAS",
        "Été",
        '"',
        ";",
        "\n",
        "\r",
        "\x07",
        "\x7f",
        "مركز",
        "../x",
        "",
        " ",
        "\\",
        "'",
        "a" * 90,
        "=1+1",
    ]
    for _ in range(400):
        lignes = "".join("".join(tirage.choices(morceaux, k=3)) + tirage.choice(";;;;\n") for _ in range(30))
        rendu = essai((ENTETE + JUSTE.format("j").replace("CCAS", tirage.choice(morceaux), 1) + lignes).encode())
        relu = lire_lieux(Fichier("lieux.toml", Couche.STRUCTURE, octets=ecrire_lieux(rendu.bons)), PERMIS)
        assert relu == rendu.bons


def test_mutant_une_ligne_lue_sans_regarder_sa_forme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_lieux, "_fautes_de_forme", lambda *_: [])
    with pytest.raises(AssertionError):
        test_un_signe_perdu_par_l_encodage_se_refuse_a_sa_ligne()
