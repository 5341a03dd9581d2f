"""Ce qui ne peut pas s'imprimer le dit en une phrase française : quoi, où, que faire."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import DECLARATION, LANGUE, MENTIONS, RESERVEE, contacts, depose, donnees, ecrire_fiche, fiches

from impressions import polices
from impressions.apercu import pages
from impressions.document import composer
from modele.mots import phrases
from modele.mots.phrases import Mots, mots
from modele.regles.fautes import ErreurUtilisateur, FichierFautif


def _avec(dossier: Path, corps: str = "", **ecrit: str) -> Any:
    ecrire_fiche(dossier, "essai", corps, **ecrit)
    return donnees(fiches=fiches(dossier))


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
        ("a\n\nb {% if %}", "ligne 6"),
        ("a\n{% if lieu %}", "mal formée ou non fermée"),
        ("a\nb {{ licorne }}", "ligne 5\\) .*« licorne » n’existe pas"),
        ("{{ territoire.licorne }}", "« licorne » n’existe pas"),
        ("{{ 1 / 0 }}", "ligne 4\\) .*ne se calcule pas"),
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
        composer("essai", replace(_avec(tmp_path, "``` total\n```"), cotation=None))


@pytest.mark.parametrize(
    ("entete", "attendu"),
    [
        ('pied = "x"', "essai/fr.md, titre : cette clé manque, elle est obligatoire"),
        ('titre = "x"\nsous_tirte = "x"', "ligne 3, sous_tirte : clé inconnue ; vouliez-vous « sous_titre »"),
        ('titre = "x"\npied = 3', "ligne 3, pied : attendu : un texte"),
        ('titre = "x"\npied = = 1', "essai/fr.md, ligne 3 : écriture TOML incorrecte"),
    ],
)
def test_un_en_tete_fautif_dit_la_cle_et_la_ligne(tmp_path: Path, entete: str, attendu: str) -> None:
    with pytest.raises(FichierFautif) as levee:
        composer("essai", _avec(tmp_path, entete=entete))
    assert attendu in str(levee.value)


@pytest.mark.parametrize("cle", ["sans_dossier = true", "discret = false", "exige_cotation = true"])
def test_un_drapeau_dans_un_fichier_de_langue_est_refuse(tmp_path: Path, cle: str) -> None:
    """Le fichier, la ligne, et où l'écrire."""
    message = _message(_avec(tmp_path, entete=f'titre = "x"\n{cle}'))
    assert f"essai/fr.md, ligne 3, {cle.partition(' ')[0]} : un drapeau de sûreté vaut" in message
    assert "il s'écrit dans essai/fiche.toml. Retirez cette ligne." in message


@pytest.mark.parametrize(
    ("cle", "ou"),
    [
        ("verifie_le = 2026-11-22", "elle s'écrit dans essai/fiche.toml."),
        ('sources = ["x"]', "elle s'écrit dans essai/fiche.toml."),
        ('titre_neutre = "x"', "à la table [langues.fr]."),
        ('relu_par = "x"', "à la table [langues.fr]."),
    ],
)
def test_ce_qui_vaut_pour_la_fiche_ne_s_ecrit_pas_dans_un_texte(tmp_path: Path, cle: str, ou: str) -> None:
    message = _message(_avec(tmp_path, entete=f'titre = "x"\n{cle}'))
    assert "essai/fr.md, ligne 3" in message
    assert ou in message


@pytest.mark.parametrize(
    ("toml", "attendu"),
    [
        (LANGUE, "essai/fiche.toml, format : cette clé manque"),
        (DECLARATION, "essai/fiche.toml, langues : cette clé manque"),
        (f"{DECLARATION}[langues]\n", "ligne 4, langues : attendu : une table [langues.fr]"),
        (f"{DECLARATION}langues = 3\n", "ligne 4, langues : attendu : une table"),
        (f"{DECLARATION}[langues]\nfr = 3\n", "ligne 5, langues.fr : attendu : une table"),
        (f"{DECLARATION}sans_dosier = true\n{LANGUE}", "ligne 4, sans_dosier : clé inconnue ; vouliez-vous"),
        (f"discret = 'oui'\n{DECLARATION}{LANGUE}", "ligne 1, discret : attendu : true ou false"),
        (f"{DECLARATION}{LANGUE}relu = 1\n", "langues.fr.relu : clé inconnue"),
        (f"{DECLARATION}{LANGUE}".replace("redigee", "parfaite"), "« parfaite » n'est pas permis"),
        (f"{DECLARATION}{LANGUE}[langues.en]\n", "langues.en : le texte en.md manque. Écrivez-le"),
        (f"{DECLARATION}{LANGUE}fichier = 'essai'\n", "langues.fr.fichier : seule une fiche « sans_dossier »"),
        (f"{RESERVEE}{LANGUE}", "langues.fr.fichier : cette clé manque"),
        (f"{DECLARATION}{LANGUE}".replace("redigee", "relue"), "langues.fr.relu_par : cette clé manque"),
        (
            f"{DECLARATION}{LANGUE}relu_par = 'Ana'\n",
            "relu_par : ne va pas avec l'état « redigee » ; attendu : « relue",
        ),
        (f"{DECLARATION}{LANGUE}source = 'x'\n", "source : ne va pas avec l'état « redigee » ; attendu : « publiee"),
        (f"{DECLARATION}{LANGUE}".replace("redigee", "publiee"), "langues.fr.source : cette clé manque"),
    ],
)
def test_une_declaration_fautive_dit_la_cle_et_la_ligne(tmp_path: Path, toml: str, attendu: str) -> None:
    assert attendu in _message(_avec(tmp_path, toml=toml))


def test_une_fiche_sans_declaration_se_dit(tmp_path: Path) -> None:
    _avec(tmp_path)
    (tmp_path / "essai" / "fiche.toml").unlink()
    assert _message(donnees(fiches=fiches(tmp_path))).startswith(
        "essai/fiche.toml : ce fichier manque. Écrivez-y la sûreté"
    )


def test_un_texte_sans_sa_table_se_dit(tmp_path: Path) -> None:
    _avec(tmp_path)
    (tmp_path / "essai" / "en.md").write_text('+++\ntitre = "Test"\n+++\n', encoding="utf-8")
    message = _message(donnees(fiches=fiches(tmp_path)))
    assert "essai/en.md : cette langue n'a pas de table [langues.en] dans essai/fiche.toml. Ajoutez" in message


def test_toutes_les_fautes_d_une_fiche_se_disent_ensemble(tmp_path: Path) -> None:
    message = _message(_avec(tmp_path, toml=f"format = 2\n{LANGUE}", entete="discret = true"))
    for faute in ("format : ", "sources : ", "verifie_le : ", "fr.md, titre : ", "fr.md, ligne 2, discret : "):
        assert faute in message


def test_un_en_tete_absent_se_dit(tmp_path: Path) -> None:
    _avec(tmp_path)
    (tmp_path / "essai" / "fr.md").write_text("# Bonjour\n", encoding="utf-8")
    assert "+++" in _message(donnees(fiches=fiches(tmp_path)))


def test_une_fiche_corrigee_est_relue_au_chargement_suivant(tmp_path: Path) -> None:
    _message(_avec(tmp_path, "{{ licorne }}"))
    assert composer("essai", _avec(tmp_path, "Bonjour"))


def test_une_fiche_illisible_se_dit(tmp_path: Path) -> None:
    _avec(tmp_path)
    (tmp_path / "essai" / "fr.md").write_bytes(b"\xff\xfe+++")
    assert "UTF-8" in _message(donnees(fiches=fiches(tmp_path)))


def test_une_fiche_du_territoire_remplace_celle_de_meme_nom(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "115", "Bonjour")
    (tmp_path / "115" / "fiche.toml").write_text(DECLARATION.replace("11-22", "12-01") + LANGUE, encoding="utf-8")
    assert {f.id: f.titre for f in fiches(tmp_path).disponibles()}["115"] == "Essai"
    assert fiches().disponibles()[0].titre == "Sans toit ce soir"


def test_des_mots_absents_ou_incomplets_se_disent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ErreurUtilisateur, match="« oc » n’est pas une langue de Perron"):
        mots("oc")
    monkeypatch.setattr(phrases, "LANGUES", tmp_path)
    with pytest.raises(ErreurUtilisateur, match=r"en géorgien : le fichier langues/ka/mots\.toml manque"):
        mots.__wrapped__("ka")
    with pytest.raises(ErreurUtilisateur, match=r"langues/ka/mots\.toml : la phrase « note\.au » manque"):
        Mots("ka", {"note": {}})("note.au")


def test_un_apercu_impossible_se_dit() -> None:
    with pytest.raises(ErreurUtilisateur, match="aperçu"):
        pages(b"bonjour", 400)


def test_toute_fiche_livree_nomme_ses_sources_et_ses_contacts() -> None:
    for fiche in fiches().disponibles():
        lue = fiches().trouver(fiche.id, "fr")
        assert lue.sources
        assert composer(fiche.id, donnees(document=depose(), contacts=contacts(), mentions=MENTIONS))


@pytest.mark.parametrize("contenu", [None, b"", b"\0\1\0\0" + b"\0" * 8, b"pas une police"])
def test_une_police_qui_manque_ou_abimee_se_dit(
    contenu: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if contenu is not None:
        (tmp_path / "AtkinsonHyperlegibleNext-Regular.ttf").write_bytes(contenu)
    monkeypatch.setattr(polices, "POLICES", tmp_path)
    polices.fonte.cache_clear()
    try:
        with pytest.raises(ErreurUtilisateur, match=r"Next-Regular\.ttf manque, ou elle est abîmée"):
            polices.fonte("AtkinsonHyperlegibleNext-Regular.ttf")
    finally:
        polices.fonte.cache_clear()
