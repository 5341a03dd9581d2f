"""Les voisins des cas publics : d'autres noms, d'autres écritures, d'autres pays, au vrai coffre.

Les cas eux-mêmes sont dans ``test_coffre_ecritures.py``, ``test_coffre_ne_perd_personne.py``, ``test_coffre_porte.py``.
"""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT, seul_a_seul

from modele.coffre import Coffre
from modele.droits import Auteur

AUTEUR = Auteur(AGENT)


def _dossier(nom: str, prenoms: str = "", naissance: Any = "", **autres: Any) -> dict[str, Any]:
    return {"demandeur": {"nom": nom, "prenoms": prenoms, "date_naissance": naissance}, **autres}


VOISINS = [
    _dossier("Martin", "Ali", "1979-03-12"),
    _dossier("Dubois", "Olga", "1980-01-01"),
    _dossier("Yilmaz", "Ece", "1975-03-09"),
    _dossier("Durand", "Paul", "1984-12-03"),
    _dossier("Petit", "Jean", "1992-06-15"),
]


def _annee(annee: int) -> dict[str, Any]:
    return {"entre": [f"{annee}-01-01", f"{annee}-12-31"]}


def _mois(annee: int, mois: int) -> dict[str, Any]:
    return {"entre": [f"{annee}-{mois:02d}-01", f"{annee}-{mois:02d}-30"]}


def _premier(coffre: Coffre, dossier: dict[str, Any], tape: str) -> tuple[str, ...]:
    """Les raisons de ce dossier, premier de ce que la recherche montre devant des voisins."""
    coffre.importer(VOISINS, AUTEUR)
    identifiant = coffre.creer_dossier(dossier, AUTEUR)["id"]
    premier = coffre.rechercher(tape)[0]
    assert premier.dossier == identifiant
    return premier.raisons


@pytest.mark.parametrize(
    ("nom", "prenoms", "naissance", "tape"),
    [
        ("Nguyen", "Thi Lan", _annee(1975), "nguyen 1975"),
        ("Sylla", "Moussa", _annee(1966), "00/00/1966 sylla"),
        ("Haidari", "", _annee(2001), "haidari 01/01/2001"),
        ("Okafor", "Chidi", _mois(1988, 11), "okafor 11/1988"),
        ("Abdi", "Hodan", _annee(1990), "abdi hodan née en 1990"),
        ("Rahimi", "Ali", _annee(1978), "rahimi né vers 1978"),
        ("Tesfay", "Selam", _mois(1999, 6), "tesfay juin 1999"),
    ],
)
def test_naissance_a_moitie_connue(coffre: Coffre, nom: str, prenoms: str, naissance: Any, tape: str) -> None:
    """Cas 02 : Viêt Nam, Guinée, Afghanistan, Nigeria, Somalie, Érythrée."""
    raisons = _premier(coffre, _dossier(nom, prenoms, naissance), tape)
    assert raisons[0] == "même nom"
    assert any("de naissance" in raison for raison in raisons)


@pytest.mark.parametrize(
    ("nom", "prenoms", "tape"),
    [
        ("Čiğdem", "Şükrü", "cigdem sukru"),
        ("Ŧsuomas", "Áŋŋel", "tsuomas annel"),
        ("Ẽkɛ", "Afɔ", "eke afo"),
        ("Kræmer", "Søren", "kraemer soren"),
        ("Großmann", "Jürgen", "grossmann juergen"),
        ("Łęcki", "Żaneta", "lecki zaneta"),
        ("Hüseynov", "Əli", "huseynov ali"),
        ("Ħaż-Żabbar", "Ġużè", "haz zabbar guze"),
        ("Đỗ", "Ớt", "do ot"),
        ("Ɓaalɗe", "Ŋaari", "balde naari"),
        ("IĞDIR", "Sıla", "igdir sila"),
        ("ǃNaruseb", "Petrus", "naruseb petrus"),
        ("Kaʻahumanu", "Leilani", "kaahumanu leilani"),
    ],
)
def test_lettres_de_chaque_alphabet_latin(coffre: Coffre, nom: str, prenoms: str, tape: str) -> None:
    """Cas 03 : sâme, éwé, maltais, vietnamien, peul, khoïsan, hawaïen."""
    assert _premier(coffre, _dossier(nom, prenoms), tape)[0] in ("même nom", "nom proche")


@pytest.mark.parametrize(
    ("garde", "tape"),
    [
        ("+590690123456", "0690 12 34 56"),
        ("+596696201234", "+596 (0)696 20 12 34"),
        ("+594694201234", "00594694201234"),
        ("+262639123456", "0639 12 34 56"),
        ("+33763980101", "+33.7.63.98.01.01"),
        ("+213550123456", "0550123456"),
        ("+213550123456", "+213 (0) 550 12 34 56"),
        ("+212612345678", "00212 612-345678"),
        ("+221771234567", "77 123 45 67"),
        ("+40712345678", "0040712345678"),
        ("+48512345678", "512 345 678"),
        ("+14155550123", "+1 (415) 555-0123"),
        ("+243812345678", "0812345678"),
        ("+2693412345", "+269 341 23 45"),
    ],
)
def test_telephone_d_ailleurs(coffre: Coffre, garde: str, tape: str) -> None:
    """Cas 05 : Antilles, Guyane, Mayotte, Algérie, Maroc, Sénégal, Roumanie, Pologne, Congo, Comores."""
    assert _premier(coffre, _dossier("Payet", "Marie", contact={"telephone": garde}), tape) == ("même téléphone",)


@pytest.mark.parametrize(
    "tape",
    [
        *("12/03/84", "zoubir paul 12 03 1984", "zoubir paul 12/03/84", "zoubir paul 12 mars 1984"),
        *("zoubir paul 12-03-1984", "zoubir paul 12031984", "12 mars 84 zoubir", "zoubir 12 mar. 1984"),
        *("1984-03-12 zoubir", "zoubir le 12 mars 1984", "zoubir né le 12/3/1984", "né le 12 mars 1984"),
    ],
)
def test_date_tapee_dans_la_recherche(coffre: Coffre, tape: str) -> None:
    """Cas 09, en entier, et ses voisins."""
    assert "même date de naissance" in _premier(coffre, _dossier("Zoubir", "Paul", "1984-03-12"), tape)


@pytest.mark.parametrize(
    ("colle", "garde", "tape"),
    [
        ("Lope\u200dz\u00a0Diaz", "Lopez Diaz", "lopez diaz"),
        ("Touré\u2029Aby", "Touré Aby", "toure aby"),
        ("\u200eDa\u00a0Silva\u200f", "Da Silva", "da silva"),
        ("Fer\u2060nandez", "Fernandez", "fernandez"),
        ("O\u2032Neil", "O'Neil", "o'neil"),
    ],
)
def test_collage_d_un_courriel_ou_d_un_pdf(coffre: Coffre, colle: str, garde: str, tape: str) -> None:
    """Cas 12."""
    assert _premier(coffre, _dossier(colle), tape) == ("même nom",)
    assert garde.upper() in [un.resume.titre for un in coffre.rechercher(tape)]


@pytest.mark.parametrize(
    ("nom", "prenoms", "tape"),
    [
        ("Suharto", "", "suharto"),
        ("", "Sukarno", "sukarno"),
        ("Mohammadi", "", "mohamadi 1990"),
        ("Aung", "", "aung"),
        ("Gebre", "", "gebre selassie"),
    ],
)
def test_un_seul_nom(coffre: Coffre, nom: str, prenoms: str, tape: str) -> None:
    """Cas 20 : Indonésie, Afghanistan, Birmanie, Érythrée."""
    assert _premier(coffre, _dossier(nom, prenoms, "1990-02-03"), tape)[0] in ("même nom", "nom proche")


@pytest.mark.parametrize(
    ("nom", "prenoms", "naissance", "tape"),
    [
        ("Sow", "", _annee(1970), "sow 1970"),
        ("Kılıç", "Ece", _annee(1985), "kilic ece 1986"),
        ("Đỗ", "Lan", "1990-05-04", "do lan 1990"),
        ("Rahimi", "", _mois(1991, 3), "rahimi mars 1991"),
        ("Суворова", "Ольга", "1990-05-04", "suvorova olga 04/05/90"),
    ],
)
def test_porte_d_un_dossier_discret(coffre: Coffre, nom: str, prenoms: str, naissance: Any, tape: str) -> None:
    """Cas 02b : avec un motif, et jamais autrement."""
    elle = _dossier(nom, prenoms, naissance, protection={"discret": True})
    identifiant = coffre.creer_dossier(elle, AUTEUR)["id"]
    assert coffre.rechercher(tape) == []
    assert [un.dossier for un in seul_a_seul(coffre, tape)] == [identifiant]
