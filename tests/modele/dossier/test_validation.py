"""Ce qui est faux, ce qui est inhabituel, ce qui manque : trois réponses distinctes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from modele.dossier.chemins import Document, poser
from modele.dossier.formes import Gravite, contient_nir, examiner, lire_formes
from modele.dossier.pieces import Piece, PieceAttendue, PiecesAttendues
from modele.dossier.validation import Constat, manques_pour_enregistrer, valider
from modele.regles.fautes import FichierFautif
from modele.regles.provenance import Provenance

JOUR = date(2026, 11, 22)
SANS_PIECE = PiecesAttendues((), ())
IDENTITE = Piece("identite", "Identité", "identité", "enregistrement", "demande", None, Provenance(), "")


def _constats(chemin: str, ecrit: Any) -> list[Constat]:
    constats = valider(poser({}, chemin, ecrit), JOUR)
    assert {constat.chemin for constat in constats} <= {chemin}
    return list(constats)


@pytest.mark.parametrize(
    ("chemin", "ecrit"),
    [
        ("demandeur.emploi.siret_employeur", "73282932000074"),
        ("logement_actuel.siren_bailleur", "732829320"),
        ("contact.telephone", "05 61 22 29 22"),
        ("contact.telephone", "+33612345678"),
        ("contact.telephone", "+41 44 668 18 00"),
        ("contact.courriel", "ines.roux@exemple.fr"),
        ("logement_actuel.adresse.code_postal", "31000"),
        ("logement_actuel.adresse.commune", "2A004"),
        ("demande.numero_unique", "1110318016982G1104"),
        ("demande.numero_unique", "EXEMPLE-000123"),
        ("recherche.communes", ["31555", "63113"]),
        ("demandeur.nom", {"refus": True}),
        ("demandeur.nom", ""),
        ("demandeur.nom", "x" * 36),
        ("demandeur.date_naissance", "2026-11-22"),
        ("demandeur.date_naissance", {"entre": ["1990-01-01", "1991-01-01"]}),
        ("demande.precisions", "Rappeler le 05 61 22 29 22, dossier 12345"),
    ],
)
def test_ce_qui_est_juste_ne_dit_rien(chemin: str, ecrit: Any) -> None:
    """Ni erreur, ni alerte."""
    assert _constats(chemin, ecrit) == []


@pytest.mark.parametrize(
    ("chemin", "ecrit", "attendu"),
    [
        ("demandeur.emploi.siret_employeur", "73282932000075", "SIRET"),
        ("logement_actuel.siren_bailleur", "732829321", "SIREN"),
        ("contact.telephone", "0561", "n'existe pas"),
        ("contact.telephone", "rien", "numéro de téléphone"),
        ("contact.courriel", "ines.roux", "nom@domaine.fr"),
        ("logement_actuel.adresse.code_postal", "3100", "cinq chiffres"),
        ("recherche.communes", ["31555", "Toulouse"], "INSEE"),
        ("recherche.communes", "31555", "liste de textes"),
        ("demandeur.nom", "x" * 37, "36"),
        ("demandeur.nom", 3, "texte"),
        ("demandeur.date_naissance", "2026-11-23", "avenir"),
        ("demande.date_reception", "2027-01-01", "avenir"),
        ("logement_actuel.statut", "locatair_hlm", "locataire_hlm"),
        ("logement_actuel.loyer", 10000, "9999"),
        ("demande.precisions", "sécu 1 84 12 76 451 089 46", "effacez-le"),
    ],
)
def test_ce_qui_est_faux_est_une_erreur(chemin: str, ecrit: Any, attendu: str) -> None:
    """La phrase dit quoi corriger, au champ."""
    constats = _constats(chemin, ecrit)
    assert [c.gravite for c in constats] == [Gravite.ERREUR]
    assert attendu in constats[0].message


@pytest.mark.parametrize(
    ("chemin", "ecrit"), [("demande.numero_unique", "031ABC"), ("contact.courriel", "a@exemple.info")]
)
def test_ce_qui_est_inhabituel_n_est_qu_une_alerte(chemin: str, ecrit: str) -> None:
    """Le numéro unique n'est pas documenté officiellement : jamais bloquant."""
    assert [c.gravite for c in _constats(chemin, ecrit)] == [Gravite.ALERTE]


def test_une_date_impossible_n_est_dite_qu_une_fois() -> None:
    """La forme est fautive ; l'avenir ne se juge pas."""
    assert len(_constats("demandeur.date_naissance", "2026-13-40")) == 1


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("184127645108946", True),
        ("2-55-08-14-168-025-38", True),
        ("1 84 12 76 451 089 47", False),
        ("0561222922", False),
        ("1 84 12 2A 451 089 12", False),
    ],
)
def test_un_nir_se_reconnait_a_sa_cle(texte: str, attendu: bool) -> None:
    """Une suite de chiffres quelconque n'est pas un numéro de sécurité sociale."""
    assert contient_nir(texte) is attendu


def test_une_forme_inconnue_ne_dit_rien() -> None:
    """Un champ sans forme déclarée n'est pas jugé."""
    assert list(examiner("inconnue", "x")) == []


def test_un_fichier_de_formes_fautif_dit_tout(tmp_path: Path) -> None:
    """Une expression incorrecte est une faute du fichier, pas du programme."""
    fichier = tmp_path / "f.toml"
    forme = '[[forme]]\nid = "a"\nmotif = "("\nmessage = "m"\ngravite = "grave"\nsource = "s"\nconfiance = "V"\n'
    fichier.write_text(forme, encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_formes(fichier)
    assert [f.chemin for f in levee.value.fautes] == ["forme[1].motif", "forme[1].gravite"]


COMPLET: Document = {
    "demandeur": {
        "civilite": "madame",
        "nom": "Roux",
        "prenoms": "Inès",
        "date_naissance": "1990-01-02",
        "nationalite": "francaise",
        "identite_verifiee": True,
    },
    "logement_actuel": {"statut": "hotel", "occupants": 0},
    "recherche": {"personnes_a_loger": 1, "communes": ["31555"], "elargissement": False},
}


def test_le_minimum_legal_suffit_pour_enregistrer() -> None:
    """Les champs obligatoires du formulaire et une pièce : rien d'autre, pas même un téléphone."""
    assert manques_pour_enregistrer(COMPLET, SANS_PIECE) == ()


@pytest.mark.parametrize(
    ("chemin", "ecrit"),
    [
        ("demandeur.nom", "  "),
        ("demandeur.nationalite", {"refus": True}),
        ("logement_actuel.statut", {"parmi": ["hotel", "squat"]}),
        ("recherche.communes", []),
        ("recherche.elargissement", None),
    ],
)
def test_ce_qui_n_est_pas_une_valeur_manque(chemin: str, ecrit: Any) -> None:
    """Un blanc, un refus, une réponse partielle ne remplissent pas un champ obligatoire."""
    manques = manques_pour_enregistrer(poser(COMPLET, chemin, ecrit), SANS_PIECE)
    assert [manque.chemin for manque in manques] == [chemin]


def test_qui_n_a_qu_un_nom_s_enregistre_sans_prenom_invente() -> None:
    """Cas public 20 : « il n'y en a pas » est une réponse ; ne pas savoir, ne pas vouloir dire, non."""
    assert manques_pour_enregistrer(poser(COMPLET, "demandeur.prenoms", {"aucun": True}), SANS_PIECE) == ()
    for ecrit in ({"refus": True}, {"ne_sait_pas": True}):
        assert manques_pour_enregistrer(poser(COMPLET, "demandeur.prenoms", ecrit), SANS_PIECE)


def test_une_naissance_a_l_annee_manque_et_dit_que_faire() -> None:
    """Cas public 02 : ce que le formulaire veut entier se recopie de la pièce, même 01/01."""
    annee = {"entre": ["1980-01-01", "1980-12-31"]}
    (manque,) = manques_pour_enregistrer(poser(COMPLET, "demandeur.date_naissance", annee), SANS_PIECE)
    assert manque.chemin == "demandeur.date_naissance"
    assert "date que porte sa pièce, même 01/01" in manque.libelle


def test_le_codemandeur_a_ses_champs_obligatoires_s_il_y_en_a_un() -> None:
    """Son identité n'est exigée que s'il existe."""
    manques = manques_pour_enregistrer(poser(COMPLET, "foyer.avec_codemandeur", True), SANS_PIECE)
    assert [m.chemin.partition(".")[2] for m in manques] == [
        "civilite",
        "nom",
        "prenoms",
        "date_naissance",
        "nationalite",
    ]


@pytest.mark.parametrize(("etat", "personne", "manque"), [("vue", "", 0), ("vue", "e1", 1), ("a_apporter", "", 1)])
def test_une_piece_d_identite_ou_de_sejour_du_demandeur_est_exigee(etat: str, personne: str, manque: int) -> None:
    """R441-2-3 : une copie de pièce d'identité ou de séjour, la sienne."""
    document = poser(COMPLET, "demandeur.identite_verifiee", False)
    pieces = PiecesAttendues((PieceAttendue(IDENTITE, personne, True, etat),), ())
    assert len(manques_pour_enregistrer(document, pieces)) == manque
