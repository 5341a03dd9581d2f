"""Publier un paquet : lu d'abord par le chargeur des postes ; rien n'est signé qu'ils mettraient de côté."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from outils_registre import DEPART, TERRITOIRE, PosteDEssai
from sqlalchemy import Engine

from modele.protocole.signatures import texte_du_referentiel, verifier
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Paquet, Urgence, lire_paquet, ouvrir
from registre.service import referentiels
from registre.service.publication import correction, exiger_un_paquet, publier_paquet

sys.path.insert(0, str(Path(__file__).parents[2] / "modele" / "sources"))

from outils_paquets import livre, paquet, zip_de

SUR_LES_DEUX = False
TOML = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-29\n'
LANGUE = '[langues.{0}]\ntitre_neutre = "Papier"\netat = "redigee"\n'
FICHE = {"fiche.toml": TOML + LANGUE.format("fr"), "fr.md": '+++\ntitre = "Essai"\n+++\nBonjour\n'}


@pytest.fixture
def dossier(tmp_path: Path) -> Callable[..., Path]:
    """De quoi poser des fichiers dans un dossier à publier."""

    def poser(fichiers: dict[str, str]) -> Path:
        for nom, texte in fichiers.items():
            chemin = tmp_path / "a-publier" / nom
            chemin.parent.mkdir(parents=True, exist_ok=True)
            chemin.write_text(texte, encoding="utf-8")
        return tmp_path / "a-publier"

    return poser


def refus(moteur: Engine, nom: str, source: Path) -> str:
    """La phrase qui refuse ; rien n'est publié."""
    with pytest.raises(ErreurUtilisateur) as levee:
        publier_paquet(moteur, TERRITOIRE, nom, source, DEPART)
    assert referentiels.lister(moteur, TERRITOIRE) == []
    return str(levee.value)


def test_un_dossier_devient_un_paquet_signe(
    moteur: Engine, poste_enrole: PosteDEssai, dossier: Callable[..., Path]
) -> None:
    publie = publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART)
    assert (publie.nom, publie.version) == ("fiche.essai", 1)
    octets = referentiels.lire(moteur, TERRITOIRE, "fiche.essai", 1)
    lu = lire_paquet(octets, "fiche.essai", ouvrir().natures)
    assert (lu.version, set(lu.fichiers)) == ("2026-11-22", set(FICHE))
    assert poste_enrole.enrole is not None
    texte = texte_du_referentiel(TERRITOIRE, "fiche.essai", 1, octets)
    assert verifier(poste_enrole.enrole.cle_registre, publie.signature, texte)
    assert publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART, "deux").version == 2


def test_un_zip_se_publie_tel_quel(moteur: Engine, territoire: str, tmp_path: Path) -> None:
    recu = paquet("fiche.essai", FICHE)
    (tmp_path / "essai.zip").write_bytes(recu.contenu)
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", tmp_path / "essai.zip", DEPART)
    assert referentiels.lire(moteur, TERRITOIRE, "fiche.essai", 1) == recu.contenu


def test_ce_qu_un_poste_mettrait_de_cote_ne_se_publie_pas(
    moteur: Engine, territoire: str, dossier: Callable[..., Path]
) -> None:
    """Le droit non signé, la fiche réservée, le gabarit mal fermé, la clé fautive : rien, et toutes les raisons."""
    droit = {"parametres.toml": livre("national/parametres.toml")}
    assert "- national/parametres.toml : le droit ne vient que" in refus(moteur, "national.ici", dossier(droit))


@pytest.mark.parametrize(
    ("fichiers", "raison"),
    [
        (FICHE | {"fr.md": "Bonjour"}, "l'en-tête TOML doit tenir"),
        (FICHE | {"fiche.toml": TOML + "sans_dosier = true\n" + LANGUE.format("fr")}, "ligne 4, sans_dosier"),
        (FICHE | {"fr.md": FICHE["fr.md"] + "{% if %}"}, "une balise"),
        (FICHE | {"discret.txt": "x"}, "fiches/essai/discret.txt : Perron n'emploie aucun fichier de ce nom"),
        (
            FICHE | {"fiche.toml": TOML + "discret = true\n" + LANGUE.format("fr") + 'fichier = "x"\n'},
            "une fiche réservée ne vient que de Perron",
        ),
    ],
)
def test_une_fiche_fautive_dit_sa_ligne(
    moteur: Engine, territoire: str, dossier: Callable[..., Path], fichiers: dict[str, str], raison: str
) -> None:
    dit = refus(moteur, "fiche.essai", dossier(fichiers))
    assert dit.startswith("Rien n'est publié. Les postes le mettraient de côté :\n- fiches/essai/")
    assert raison in dit


def test_une_fiche_locale_plus_ancienne_qu_un_texte_de_surete_ne_se_publie_pas(
    moteur: Engine, territoire: str, dossier: Callable[..., Path]
) -> None:
    """Elle ne servirait à personne : la livrée, vérifiée depuis, sert."""
    ancienne = FICHE | {"fiche.toml": FICHE["fiche.toml"].replace("2026-11-29", "2026-01-01")}
    assert "est plus récent" in refus(moteur, "fiche.115", dossier(ancienne))


def test_un_territoire_publie_se_lit_entier(moteur: Engine, territoire: str, dossier: Callable[..., Path]) -> None:
    identite = 'format = 1\n[territoire]\nid = "mon-ccas"\nnom = "Mon CCAS"\ndepartements = ["35"]\n'
    fichiers = {"territoire.toml": identite + '[systeme]\nnom = "le portail"\n'}
    grille = livre("territoires/metropole-exemple/grilles/2026-mutations.toml")
    fautive = fichiers | {"grilles/g.toml": grille.replace('"somme"', '"lune"', 1)}
    assert "« lune » n'est pas permis" in refus(moteur, "territoire.mon-ccas", dossier(fautive))
    (dossier({}) / "grilles" / "g.toml").unlink()
    assert publier_paquet(moteur, TERRITOIRE, "territoire.mon-ccas", dossier(fichiers), DEPART).version == 1
    # Un autre paquet se lit par-dessus ce qui est déjà publié.
    assert publier_paquet(moteur, TERRITOIRE, "fiche.essai", _fiche(dossier), DEPART).version == 1


def _fiche(dossier: Callable[..., Path]) -> Path:
    lieu = dossier(FICHE)
    (lieu / "territoire.toml").unlink()
    (lieu / "grilles").rmdir()
    return lieu


def test_un_paquet_abime_ou_absent_se_dit(moteur: Engine, territoire: str, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(zip_de({"fr.md": b"x"}))
    assert "manifeste.toml manque" in refus(moteur, "fiche.essai", tmp_path / "x.zip")
    assert "lecture impossible" in refus(moteur, "fiche.essai", tmp_path / "absent.zip")


def test_un_dossier_trop_gros_se_dit_sans_tout_lire(
    moteur: Engine, territoire: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registre.service.publication.FICHIERS_AU_PLUS", 2)
    for rang in range(3):
        (tmp_path / f"{rang}.md").write_text("x", encoding="utf-8")
    assert "un paquet tient en 2 fichiers" in refus(moteur, "fiche.essai", tmp_path)


@pytest.mark.parametrize(
    ("nom", "phrase"),
    [
        ("grille", "n'est pas un genre de données qui se publie"),
        ("fich.115", "vouliez-vous « fiche »"),
        ("fiche", "il manque l'identifiant"),
        ("reperes", "publier-reperes FICHIER.csv"),
    ],
)
def test_ce_qui_n_est_pas_un_paquet_se_dit(nom: str, phrase: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=phrase):
        exiger_un_paquet(nom)


# Une correction urgente.


def _tenu(moteur: Engine, version: int, nom: str = "fiche.essai") -> Paquet:
    return lire_paquet(referentiels.lire(moteur, TERRITOIRE, nom, version), nom, ouvrir().natures)


def test_une_correction_dit_sa_phrase_et_les_fichiers_qu_elle_change(
    moteur: Engine, poste_enrole: PosteDEssai, dossier: Callable[..., Path]
) -> None:
    """Seul ce qui ne dit plus la même chose est corrigé ; la publication ordinaire d'après la redit."""
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART)
    assert _tenu(moteur, 1).urgence is None
    texte = FICHE["fr.md"].replace("Bonjour", "Bonsoir")
    urgente = correction("  Le texte  était faux. ", ())
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier({"fr.md": texte}), DEPART, correction=urgente)
    dite = Urgence(1, "Le texte était faux.", DEPART.date(), ("essai",), {"fr.md": 1})
    assert _tenu(moteur, 2).urgence == dite
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier({"fr.md": texte + "x"}), DEPART)
    assert _tenu(moteur, 3).urgence == dite
    encore = correction("Encore.", ["recu", "dates"])
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier({"fr.md": texte}), DEPART, correction=encore)
    assert _tenu(moteur, 4).urgence == Urgence(2, "Encore.", DEPART.date(), ("recu", "dates"), {"fr.md": 2})


def test_une_correction_qui_ne_change_rien_ne_se_publie_pas(
    moteur: Engine, poste_enrole: PosteDEssai, dossier: Callable[..., Path]
) -> None:
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART)
    with pytest.raises(ErreurUtilisateur, match="dit ce que les postes ont déjà"):
        publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART, correction=correction("Faux.", ()))
    assert [un.version for un in referentiels.lister(moteur, TERRITOIRE)] == [1]


def test_d_une_publication_jamais_faite_la_premiere_peut_etre_urgente(
    moteur: Engine, poste_enrole: PosteDEssai, dossier: Callable[..., Path]
) -> None:
    publier_paquet(moteur, TERRITOIRE, "fiche.essai", dossier(FICHE), DEPART, correction=correction("Faux.", ()))
    assert _tenu(moteur, 1).urgence == Urgence(1, "Faux.", DEPART.date(), ("essai",), dict.fromkeys(FICHE, 1))


@pytest.mark.parametrize(
    ("phrase", "fiches", "refus_dit"),
    [("x" * 301, (), "tient en 300 signes"), ("", ("recu",), "dites aussi laquelle")],
)
def test_une_correction_mal_dite_se_refuse(phrase: str, fiches: tuple[str, ...], refus_dit: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=refus_dit):
        correction(phrase, fiches)
    assert correction("", ()) is None


def test_un_paquet_signe_par_la_nation_ne_se_recrit_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    from modele.sources import Paquet as LePaquet
    from registre.service import publication

    signe = LePaquet("national", "essai", "1", {"a.toml": b"x"}, nationale=True)
    monkeypatch.setattr(publication, "lire_paquet", lambda *_: signe)
    avant = LePaquet("national", "essai", "0", {}, urgence=Urgence(1, "Faux.", DEPART.date()))
    assert publication._avec_urgence(b"octets", "national.essai", avant, None, DEPART.date()) == b"octets"
    with pytest.raises(ErreurUtilisateur, match="organisme national"):
        publication._avec_urgence(b"octets", "national.essai", avant, correction("Faux.", ()), DEPART.date())
