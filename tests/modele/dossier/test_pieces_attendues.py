"""Les pièces attendues : ce qu'on peut exiger, ce qui attendra, ce qui a été vu."""

from pathlib import Path

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.dossier.chemins import Document, poser
from modele.dossier.pieces import FICHIER, Piece, PieceAttendue, PiecesAttendues, lire_pieces, pieces_attendues
from modele.dossier.situation import etats_bruts
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

PIECE = 'famille = "f"\nconfiance = "V"\n'
TEXTE = f"""format = 1
[[piece]]
id = "identite"
libelle = "Pièce d'identité"
exigee_pour = "enregistrement"
si = {{ fait = "demandeur.nationalite", egal = "francaise" }}
{PIECE}
[[piece]]
id = "titre"
libelle = "Titre de séjour"
exigee_pour = "enregistrement"
si = {{ fait = "demandeur.nationalite", egal = "hors_union_europeenne" }}
{PIECE}
[[piece]]
id = "bail"
libelle = "Bail"
exigee_pour = "instruction"
{PIECE}
[[piece]]
id = "livret"
libelle = "Livret de famille"
exigee_pour = "instruction"
pour = "personne"
si = {{ tous = [{{ fait = "personne.a_charge" }}, {{ fait = "demandeur.nationalite", egal = "francaise" }}] }}
{PIECE}"""


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Piece, ...]:
    fichier = tmp_path_factory.mktemp("p") / "pieces.toml"
    fichier.write_text(TEXTE, encoding="utf-8")
    return lire_pieces(fichier, catalogue_brut())


def _attendues(pieces: tuple[Piece, ...], document: Document) -> PiecesAttendues:
    bruts = etats_bruts(document)
    return pieces_attendues(pieces, document, bruts.situation(), bruts.identifiants)


def _dire(attendues: tuple[PieceAttendue, ...]) -> list[tuple[str, str, bool, str]]:
    return [(p.piece.id, p.personne, p.certaine, p.etat) for p in attendues]


def test_les_pieces_livrees_se_lisent() -> None:
    """Seule une pièce d'identité ou de séjour s'exige pour enregistrer (R441-2-3)."""
    lues = lire_pieces(RESSOURCES / FICHIER, catalogue_brut().etendre(catalogue_derive().values()))
    exigees = [piece.id for piece in lues if piece.exigee_pour == "enregistrement"]
    assert exigees == ["identite", "titre-sejour"]


def test_une_condition_inconnue_rend_la_piece_peut_etre_attendue(pieces: tuple[Piece, ...]) -> None:
    """Sans la nationalité, l'une des deux le sera ; on ne sait pas laquelle."""
    attendues = _attendues(pieces, {})
    assert _dire(attendues.enregistrement) == [
        ("identite", "", False, "a_apporter"),
        ("titre", "", False, "a_apporter"),
    ]
    assert _dire(attendues.instruction)[0] == ("bail", "", True, "a_apporter")


def test_une_piece_vue_le_reste(pieces: tuple[Piece, ...]) -> None:
    """Notée deux fois, le plus avancé l'emporte ; une note illisible ne compte pas."""
    notes = {
        "a": {"piece": "identite", "etat": "vue"},
        "b": {"piece": "identite", "etat": "impossible", "personne": "demandeur"},
        "c": {"piece": "bail", "etat": "impossible"},
        "d": {"piece": "bail", "etat": "a_apporter"},
        "e": {"piece": 3, "etat": "vue"},
        "f": {"piece": "bail", "etat": "zut"},
        "g": {"piece": "bail", "etat": "vue", "personne": 4},
    }
    document = poser({"demandeur": {"nationalite": "francaise"}}, "pieces.elements", notes)
    attendues = _attendues(pieces, document)
    assert _dire(attendues.enregistrement) == [("identite", "", True, "vue")]
    assert _dire(attendues.instruction)[0] == ("bail", "", True, "impossible")


def test_une_piece_de_personne_s_attend_de_chacune(pieces: tuple[Piece, ...]) -> None:
    """La condition se lit sur chaque personne, et sur le foyer en même temps."""
    document: Document = {
        "demandeur": {"nationalite": "francaise", "a_charge": False},
        "foyer": {"personnes": {"elements": {"e1": {"a_charge": True}, "e2": {"a_charge": False}, "e3": {}}}},
        "pieces": {"elements": {"p": {"piece": "livret", "personne": "e1", "etat": "vue"}}},
    }
    livrets = [p for p in _dire(_attendues(pieces, document).instruction) if p[0] == "livret"]
    assert livrets == [("livret", "e1", True, "vue"), ("livret", "e3", False, "a_apporter")]


def test_un_fichier_fautif_dit_tout(tmp_path: Path) -> None:
    """Format, doublon, famille et exigence : toutes les fautes ensemble."""
    fichier = tmp_path / "p.toml"
    piece = '[[piece]]\nid = "a"\nlibelle = "A"\nexigee_pour = "signature"\n' + PIECE
    fichier.write_text("format = 2\n" + piece + piece, encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_pieces(fichier, catalogue_brut())
    chemins = [faute.chemin for faute in levee.value.fautes]
    assert chemins == ["format", "piece[1].exigee_pour", "piece[2].id", "piece[2].exigee_pour"]
