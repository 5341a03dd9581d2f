"""Un fichier venu d'ailleurs, quoi qu'il contienne : une phrase en français, le code 2, jamais une trace."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.console.programme import executer

EXEMPLE: Final = json.loads((Path(__file__).parents[3] / "ressources/exemples/dossiers.json").read_text("utf-8"))[0]
CORPS: Final = {
    "vide": b"",
    "octets nuls": b"\0" * 100,
    "Windows-1252": "é = « été »".encode("cp1252"),
    "UTF-16": "a = 1".encode("utf-16"),
    "marque d'ordre": b"\xef\xbb\xbfa = 1\n",
    "clé de vingt mille niveaux": b".".join([b"a"] * 20_000) + b" = 1\n",
    "tableaux emboîtés": b"a = " + b"[" * 20_000 + b"]" * 20_000,
    "tables emboîtées": b"a = " + b"{a=" * 20_000 + b"1" + b"}" * 20_000,
    "JSON sans fond": b"[" * 200_000,
    "objets sans fond": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "nombre démesuré": b'{"id":' + b"9" * 200_000 + b"}",
    "une ligne sans fin": b'a = "' + b"x" * 200_000,
    "demi-caractère": b'{"id":"a","territoire":"\\ud800"}',
    "date impossible": b"a = 9999-99-99\n",
}
LISTES: Final = (("foyer", "personnes"), ("ressources", "revenus"), ("demande", "motifs"), ("recherche", "communes"))
VALEURS: Final[tuple[Any, ...]] = (
    *(3, "x", None, True, [1]),
    *({"elements": 3}, {"elements": {"a": 3}, "ordre": ["a"]}, {"elements": {"a": {}}, "ordre": 3}),
    *({"elements": {"a": {}}, "ordre": [3]}, {"elements": {"a": {"lien": [1]}}, "clos": "oui"}),
    *({"coches": 3}, {"coches": [3]}),
)
COMMANDES: Final[dict[str, Callable[[str], list[str]]]] = {
    "faits": lambda fichier: ["faits", fichier],
    "verifier-grille": lambda fichier: ["verifier-grille", fichier],
    "verifier-formation": lambda fichier: ["verifier-formation", fichier],
    "verifier-plafonds": lambda fichier: ["verifier-plafonds", fichier],
    "coter --grille": lambda fichier: ["coter", fichier, "--grille", fichier],
}


def _tient(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = executer(arguments)
    sortie, erreur = capsys.readouterr()
    assert code in (0, 2)
    assert "Traceback" not in erreur + sortie
    assert bool(erreur.strip()) is (code == 2)


@pytest.mark.parametrize("commande", COMMANDES)
@pytest.mark.parametrize("corps", CORPS)
def test_un_corps_hostile_se_dit(commande: str, corps: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f").write_bytes(CORPS[corps])
    _tient(COMMANDES[commande](str(tmp_path / "f")), capsys)


@pytest.mark.parametrize("liste", LISTES, ids=".".join)
@pytest.mark.parametrize("valeur", VALEURS, ids=str)
def test_un_type_faux_dans_une_liste_se_dit(
    liste: tuple[str, str], valeur: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {**EXEMPLE, liste[0]: {**EXEMPLE.get(liste[0], {}), liste[1]: valeur}}
    (tmp_path / "d.json").write_text(json.dumps(document), encoding="utf-8")
    _tient(["faits", str(tmp_path / "d.json")], capsys)


@pytest.mark.parametrize("commande", COMMANDES)
def test_un_fichier_demesure_ou_sans_fin_est_refuse_sans_etre_lu(
    commande: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "creux").open("wb") as creux:
        creux.truncate(4 << 30)
    for fichier in (tmp_path / "creux", Path("/dev/zero")):
        if fichier.exists():
            assert executer(COMMANDES[commande](str(fichier))) == 2
            assert "il pèse plus de 16 Mio" in capsys.readouterr().err


@pytest.mark.campagne
@pytest.mark.parametrize("commande", COMMANDES)
@settings(max_examples=400 if os.environ.get("PERRON_CAMPAGNE") else 20)
@given(octets=st.one_of(st.binary(max_size=4000), st.text(max_size=2000).map(str.encode)))
def test_aucun_octet_au_hasard_ne_fait_une_trace(
    commande: str, octets: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    fichier = tmp_path_factory.mktemp("hostile") / "f"
    fichier.write_bytes(octets)
    assert executer(COMMANDES[commande](str(fichier))) in (0, 2)


@pytest.mark.campagne
@settings(max_examples=400 if os.environ.get("PERRON_CAMPAGNE") else 20)
@given(coups=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20))
def test_un_dossier_mordu_ne_fait_pas_une_trace(
    coups: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Un vrai dossier dont quelques octets ont changé, comme sur une clé fatiguée."""
    mordu = bytearray(json.dumps(EXEMPLE).encode())
    for ou, quoi in coups:
        mordu[ou % len(mordu)] = quoi
    fichier = tmp_path_factory.mktemp("mordu") / "d.json"
    fichier.write_bytes(bytes(mordu))
    assert executer(["faits", str(fichier)]) in (0, 2)
