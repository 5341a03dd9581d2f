"""Ce qui ne peut pas s'imprimer le dit en une phrase française : quoi, où, que faire."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import contacts, donnees

from impressions import fiches
from impressions.apercu import pages
from impressions.document import Territoire, composer, fiches_disponibles
from modele.mots.phrases import Mots, mots
from modele.regles.fautes import ErreurUtilisateur, FichierFautif

ENTETE = 'titre = "Essai"\nverifie_le = 2026-11-22\n'


def _avec(dossier: Path, corps: str = "", entete: str = ENTETE) -> Any:
    (dossier / "essai").mkdir(exist_ok=True)
    (dossier / "essai" / "fr.md").write_text(f"+++\n{entete}+++\n{corps}\n", encoding="utf-8")
    return donnees(territoire=Territoire("Ici", fiches=dossier))


def _message(demande: Any, fiche: str = "essai") -> str:
    with pytest.raises(ErreurUtilisateur) as levee:
        composer(fiche, demande)
    assert "Traceback" not in str(levee.value)
    return str(levee.value)


def test_une_fiche_inconnue_propose_la_plus_proche() -> None:
    assert "vouliez-vous « cotation »" in _message(donnees(), "cotatoin")


def test_une_fiche_ne_sort_pas_de_son_dossier() -> None:
    assert "n’existe pas" in _message(donnees(), "../../etc")


def test_une_langue_absente_dit_celles_qui_existent() -> None:
    with pytest.raises(ErreurUtilisateur, match="Langues : fr"):
        composer("115", donnees(), "ar")


@pytest.mark.parametrize(
    ("corps", "attendu"),
    [
        ("a\n\nb {% if %}", "ligne 7"),
        ("a\n{% if lieu %}", "mal formée ou non fermée"),
        ("a\nb {{ licorne }}", "ligne 6\\) .*« licorne » n’existe pas"),
        ("{{ territoire.licorne }}", "« licorne » n’existe pas"),
        ("{{ 1 / 0 }}", "ligne 5\\) .*ne se calcule pas"),
        ("{{ ''.__class__.__mro__ }}", "ne peut pas s’imprimer"),
        ("{{ range(100000000) | list }}", "ne se calcule pas"),
        ("``` contact\n115\n```", "vouliez-vous « contacts »"),
        ("``` contacts\n9999\n```", "contact « 9999 »"),
        ("``` reponses\nressources.rfr_n2 : Nom | parsec\n```", r"unite\.parsec"),
    ],
)
def test_un_gabarit_fautif_dit_sa_ligne_ou_son_bloc(tmp_path: Path, corps: str, attendu: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=attendu):
        composer(
            "essai",
            _avec(tmp_path, corps),
        )


def test_un_contact_facultatif_absent_se_tait(tmp_path: Path) -> None:
    assert composer("essai", _avec(tmp_path, "``` contacts\nsiao-local ?\n115\n```"))


def test_une_note_demandee_et_absente_se_dit(tmp_path: Path) -> None:
    assert "aucune n’a été calculée" in _message(donnees(cotation=None), "cotation")
    with pytest.raises(ErreurUtilisateur, match="choisissez un territoire"):
        composer("essai", donnees(cotation=None, territoire=_avec(tmp_path, "``` total\n```").territoire))


@pytest.mark.parametrize(
    ("entete", "attendu"),
    [
        ('titre = "x"\n', "verifie_le : clé obligatoire manquante"),
        (ENTETE + "titre_neuter = 'x'\n", "ligne 4, titre_neuter : clé inconnue ; vouliez-vous « titre_neutre »"),
        (ENTETE + "discret = 'oui'\n", "ligne 4, discret : « oui » n’est pas du type attendu"),
        (ENTETE + "discret = = 1\n", "ligne 4 : l’en-tête n’est pas du TOML valide"),
    ],
)
def test_un_en_tete_fautif_dit_la_cle_et_la_ligne(tmp_path: Path, entete: str, attendu: str) -> None:
    with pytest.raises(FichierFautif) as levee:
        composer("essai", _avec(tmp_path, entete=entete))
    assert attendu in str(levee.value)


def test_un_en_tete_absent_se_dit(tmp_path: Path) -> None:
    demande = _avec(tmp_path)
    (tmp_path / "essai" / "fr.md").write_text("# Bonjour\n", encoding="utf-8")
    assert "+++" in _message(demande)


def test_une_fiche_corrigee_est_relue(tmp_path: Path) -> None:
    demande = _avec(tmp_path, "{{ licorne }}")
    _message(demande)
    _avec(tmp_path, "Bonjour")
    os.utime(tmp_path / "essai" / "fr.md", ns=(1, 1))
    assert composer("essai", demande)


def test_une_fiche_illisible_se_dit(tmp_path: Path) -> None:
    demande = _avec(tmp_path)
    (tmp_path / "essai" / "fr.md").write_bytes(b"\xff\xfe+++")
    assert "UTF-8" in _message(demande)


def test_une_fiche_du_territoire_remplace_celle_de_meme_nom(tmp_path: Path) -> None:
    (tmp_path / "115").mkdir()
    (tmp_path / "115" / "fr.md").write_text(f"+++\n{ENTETE}+++\nBonjour\n", encoding="utf-8")
    assert {f.id: f.titre for f in fiches_disponibles(tmp_path)}["115"] == "Essai"
    assert fiches_disponibles()[0].titre == "Sans toit ce soir"


def test_des_mots_absents_ou_incomplets_se_disent(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match=r"mots\.xx\.toml"):
        mots("xx")
    with pytest.raises(ErreurUtilisateur, match=r"note\.au"):
        Mots("yy", {"note": {}})("note.au")


def test_un_apercu_impossible_se_dit() -> None:
    with pytest.raises(ErreurUtilisateur, match="aperçu"):
        pages(b"bonjour", 400)


def test_toute_fiche_livree_nomme_ses_sources_et_ses_contacts() -> None:
    for fiche in fiches_disponibles():
        lue = fiches.trouver(fiche.id, "fr")
        assert lue.sources
        assert composer(fiche.id, donnees(contacts=contacts()))
