"""Le document : naissance, import vérifié, export stable, migration, chemins."""

import re
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.dossier.chemins import ABSENT, Document, feuilles, lire, poser
from modele.dossier.documents import MIGRATIONS, decoder, encoder, exporter, importer, migrer, nouveau
from modele.dossier.positions_json import cles
from modele.dossier.types import SCHEMA, Dossier
from modele.regles.fautes import ErreurUtilisateur, FichierFautif

ENTETE = {"id": "0192", "territoire": "metropole-exemple"}
CLES = st.text(min_size=1, max_size=6).filter(lambda cle: "." not in cle)
SCALAIRES = st.one_of(
    st.booleans(),
    st.none(),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9),
    st.text(max_size=8),
)
JSON = st.recursive(
    SCALAIRES, lambda d: st.one_of(st.lists(d, max_size=3), st.dictionaries(CLES, d, max_size=3)), max_leaves=12
)
TABLES = st.dictionaries(CLES, JSON, max_size=4)


def _fautes(texte: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(FichierFautif) as levee:
        importer(texte, "d.json")
    return [(f.ligne, f.chemin, f.message) for f in levee.value.fautes]


def test_un_dossier_neuf_a_un_uuid7() -> None:
    """L'identifiant se trie par date de création et ne dit rien d'autre."""
    ne = nouveau("t", "2026-11-22T10:00:00Z")
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", ne["id"])
    assert (ne["territoire"], ne["schema"], ne["cree_le"]) == ("t", SCHEMA, "2026-11-22T10:00:00Z")
    assert importer(exporter(ne), "d.json") == ne


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_ce_qui_sort_revient_tel_quel(inconnues: Document) -> None:
    """export puis import : même document, décimaux et clés inconnues compris."""
    document = {**{f"x-{cle}": valeur for cle, valeur in inconnues.items()}, **ENTETE}
    relu = importer(exporter(document), "d.json")
    assert relu == document
    assert exporter(relu) == exporter(document)


def test_l_export_ne_depend_pas_de_l_ordre_d_ecriture() -> None:
    """Deux documents égaux donnent le même texte."""
    assert exporter({"a": 1, "b": {"d": 2, "c": 3}}) == exporter({"b": {"c": 3, "d": 2}, "a": 1})


def test_un_decimal_reste_exact() -> None:
    """Jamais de ``float`` : 0.1 reste 0.1, et 412.50 garde ses deux décimales."""
    lu = decoder('{"a": 0.1, "b": 412.50, "c": 3}')
    assert (lu["a"] * 3, lu["b"].as_tuple().exponent, lu["c"]) == (Decimal("0.3"), -2, 3)
    assert encoder(lu) == b'{"a":0.1,"b":412.50,"c":3}'


def test_l_export_se_relit_avec_les_types() -> None:
    """Les types sont une vue du même document."""
    document = {**ENTETE, "logement_actuel": {"loyer": Decimal("412.50"), "statut": {"parmi": ["squat"]}}}
    vue = msgspec.json.decode(exporter(document), type=Dossier)
    assert vue.logement_actuel is not None
    assert vue.logement_actuel.loyer == Decimal("412.50")


def test_toutes_les_fautes_viennent_avec_leur_ligne() -> None:
    """Type, code, borne, date : chacune à sa clé, la proposition la plus proche comprise."""
    texte = """{"id": "0192", "territoire": "t",
 "demandeur": {"nom": 3},
 "logement_actuel": {
   "statut": "locatair_hlm",
   "loyer": -1},
 "foyer": {"personnes": {"elements": {"a": {
   "date_naissance": "2020-02-30"}, "b": 4, "c.d": {}}}},
 "recherche": {"communes": "31555"},
 "contact": 3,
 "refus": {"elements": []},
 "preuves": {"dal": "vu", "x": "valide"}}"""
    lignes = [(ligne, chemin) for ligne, chemin, _ in _fautes(texte)]
    assert lignes == [
        (2, "demandeur.nom"),
        (4, "logement_actuel.statut"),
        (5, "logement_actuel.loyer"),
        (7, "foyer.personnes.elements.b"),
        (7, "foyer.personnes.elements.c.d"),
        (7, "foyer.personnes.elements.a.date_naissance"),
        (8, "recherche.communes"),
        (9, "contact"),
        (10, "refus.elements"),
        (11, "preuves.dal"),
    ]
    assert any("vouliez-vous « locataire_hlm »" in message for _, _, message in _fautes(texte))


@pytest.mark.parametrize(
    ("texte", "ligne", "attendu"),
    [
        ('{"id": "x",\n "territoire": "t",}', 2, "JSON"),
        ('{"id": "x"', None, "JSON"),
        ("[1]", 1, "objet JSON"),
        ('{"territoire": "t"}', None, "obligatoire"),
        ('{"id": 3, "territoire": "t"}', 1, "obligatoire"),
        ('{"id": "", "territoire": "t"}', 1, "obligatoire"),
        ('{"id": "x", "territoire": "t", "schema": true}', 1, "numéro de version"),
        ('{"id": "x", "territoire": "t", "schema": 0}', 1, "numéro de version"),
        ('{"id": "x", "territoire": "t",\n "a": {"b": 1, "c": [1, {"d": 2}],\n "b": 2}}', 3, "deux fois"),
        ('{"id": "x", "territoire": "t", "a": 1e99999999}', None, "démesuré"),
        ("[" * 3000, None, "JSON"),
        ('{"id": "\ud800"}', None, "JSON"),
    ],
)
def test_ce_qui_n_est_pas_un_dossier_est_dit(texte: str, ligne: int | None, attendu: str) -> None:
    """Une phrase : quoi, où, que faire."""
    assert any(li == ligne and attendu in message for li, _, message in _fautes(texte))


def test_des_octets_qui_ne_sont_pas_du_texte() -> None:
    """Un fichier d'un autre format : une faute, jamais une trace."""
    with pytest.raises(FichierFautif, match="JSON"):
        importer(b'{"id": "\xff"}', "d.json")


def test_un_brouillon_fautif_se_garde_si_on_le_veut() -> None:
    """Le poste relit ce qu'il a écrit, même invalide ; le fait restera inconnu."""
    texte = '{"id": "x", "territoire": "t", "logement_actuel": {"statut": "zut"}}'
    assert importer(texte, "d.json", strict=False)["logement_actuel"] == {"statut": "zut"}


def test_un_dossier_plus_recent_ne_s_ouvre_pas() -> None:
    """Il n'est pas touché, et la phrase dit quoi faire."""
    with pytest.raises(ErreurUtilisateur, match="Mettez ce poste à jour"):
        importer(f'{{"id": "x", "territoire": "t", "schema": {SCHEMA + 1}}}', "d.json")


def test_les_migrations_s_enchainent() -> None:
    """Un poste resté fermé longtemps s'ouvre et garde tout."""
    migrations = {1: lambda d: {**d, "deux": True}, 2: lambda d: {**d, "trois": d["deux"]}}
    migre = migrer({**ENTETE, "schema": 1, "garde": 3}, "d.json", migrations)
    assert migre == {**ENTETE, "schema": 3, "garde": 3, "deux": True, "trois": True}
    assert migrer({**ENTETE, "schema": 2, "deux": 0}, "d.json", migrations)["trois"] == 0


def test_chaque_schema_publie_a_sa_migration() -> None:
    """La suite des migrations mène, sans trou, au schéma courant."""
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA))


@given(TABLES, st.lists(CLES, min_size=1, max_size=3), SCALAIRES)
def test_poser_puis_lire(document: Document, chemin: list[str], valeur: Any) -> None:
    """Ce qu'on pose se relit, le document reçu n'est pas touché, et retirer laisse la place vide."""
    ou = ".".join(chemin)
    avant = exporter(document)
    pose = poser(document, ou, valeur)
    assert lire(pose, ou) == valeur
    assert lire(poser(pose, ou, ABSENT), ou) is ABSENT
    assert exporter(document) == avant
    assert repr(ABSENT) == "ABSENT"


@given(TABLES)
def test_les_feuilles_refont_le_document(document: Document) -> None:
    """Chaque feuille se relit à son chemin."""
    assert all(lire(document, chemin) == valeur for chemin, valeur in feuilles(document))


@given(TABLES)
def test_chaque_cle_a_sa_ligne(document: Document) -> None:
    """Écrit une clé par ligne, le texte retrouve la ligne de chacune, chaînes piégées comprises."""
    texte = exporter({"racine": document})
    lignes = texte.split("\n")
    trouvees = list(cles(texte))
    assert len({chemin for chemin, _ in trouvees}) == len(trouvees)
    for chemin, ligne in trouvees:
        assert lignes[ligne - 1].lstrip().startswith(msgspec.json.encode(chemin[-1]).decode())
