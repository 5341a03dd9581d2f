"""Quelles couches touchent quoi : déclaré en données, entier, et chaque règle de la norme tenue par ce fichier."""

from __future__ import annotations

import base64
from datetime import datetime
from pathlib import Path

import pytest
from outils_sources import LIVREES

from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.sources import Couche, Surcharge, ouvrir
from modele.sources.natures import FICHIER, lire_natures
from ressources import RESSOURCES

NATURES = LIVREES.natures
TOUTES = frozenset(Couche)
DU_PAYS = frozenset({Couche.LIVREE, Couche.NATIONALE})
LIVREE = frozenset({Couche.LIVREE})


@pytest.mark.parametrize(
    ("chemins", "couches"),
    [
        (("orientations.toml", "parametres.toml", "groupes.toml", "dalo.toml", "pieces.toml", "faits.toml"), DU_PAYS),
        (("plafonds_hlm.csv", "nomenclatures.toml", "questionnaire.toml", "contacts.toml"), DU_PAYS),
        (("sources.toml", "droits.toml", "genres/rendez_vous.toml", "formes.toml"), LIVREE),
    ],
)
def test_une_structure_ne_touche_pas_au_droit(chemins: tuple[str, ...], couches: frozenset[Couche]) -> None:
    """Droit, faits, plafonds, nomenclatures, questionnaire, numéros : livrés ou signés ; les droits : livrés."""
    for chemin in chemins:
        nature = NATURES.de(f"national/{chemin}")
        assert nature is not None, chemin
        assert nature.couches == couches, chemin


@pytest.mark.parametrize(
    "chemin",
    ["territoires/ici/contacts.toml", "territoires/ici/lieux.toml", "territoires/ici/logo.png", "fiches/115/fr.md"],
)
def test_contacts_lieux_textes_et_logo_viennent_de_toutes_les_couches(chemin: str) -> None:
    assert all(NATURES.refus(chemin, couche) == "" for couche in Couche)
    assert NATURES.de(chemin).couches == TOUTES  # type: ignore[union-attr]


@pytest.mark.parametrize("chemin", ["territoires/ici/grilles/2026.toml", "territoires/ici/territoire.toml"])
def test_une_structure_ne_touche_pas_a_la_grille_de_son_territoire(chemin: str) -> None:
    assert NATURES.refus(chemin, Couche.TERRITOIRE) == ""
    assert "une structure n'y touche pas" in NATURES.refus(chemin, Couche.STRUCTURE)


def test_tout_fichier_livre_est_d_une_nature_et_d_une_seule() -> None:
    """Un fichier ajouté sans dire qui peut y toucher ne passe pas."""
    dossiers = ("national", "territoires", "fiches", "langues", "formation")
    livres = [un for dossier in dossiers for un in (RESSOURCES / dossier).rglob("*") if un.is_file()]
    chemins = [un.relative_to(RESSOURCES).as_posix() for un in livres if un.name != "README.md"]
    assert len(chemins) > 25
    for chemin in chemins:
        assert len([n for n in NATURES.natures.values() if n.motif.fullmatch(chemin)]) == 1, chemin


@pytest.mark.parametrize("chemin", ["fiches/../national/pieces.toml", "national/pieces.toml/x", "/etc/passwd", "x.py"])
def test_un_chemin_d_aucune_nature_n_est_de_personne(chemin: str) -> None:
    assert NATURES.de(chemin) is None
    assert "n'emploie aucun fichier" in NATURES.refus(chemin, Couche.LIVREE)


def test_un_genre_inconnu_se_dit_avec_le_plus_proche() -> None:
    with pytest.raises(ErreurUtilisateur, match="vouliez-vous « fiche »"):
        NATURES.genre("fich")
    with pytest.raises(ErreurUtilisateur, match="attendu : national, territoire, fiche, langue"):
        NATURES.genre("zzzzzz")
    assert NATURES.genre("fiche").situer("115", "fr.md") == "fiches/115/fr.md"


def test_une_surcharge_d_une_nature_inconnue_est_ecartee() -> None:
    inconnue = Surcharge("meteo", "ici", "pluie.toml", b"", "Ana Martin", datetime(2026, 11, 30))
    (ecart,) = ouvrir(surcharges=[inconnue]).ecarts
    assert str(ecart).startswith("meteo/ici/pluie.toml (modifié par Ana Martin le 30/11/2026) : Perron n'emploie")


CLE = base64.b64encode(bytes(32)).decode()
BON = 'format = 1\n[[genre]]\nid = "g"\nracine = "r"\n'
NATURE = '[[nature]]\nid = "n"\ngenre = "g"\nfichiers = ["x"]\ncouches = ["livree"]\nraison = "x"\n'


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        (BON.replace("1", "2") + NATURE, "ce format est inconnu"),
        (BON + NATURE.replace('"livree"', '"lune"'), "« lune » n'est pas une couche ; attendu : livree, nationale"),
        (BON + NATURE + NATURE, "« n » est écrit deux fois"),
        (BON + NATURE.replace('"g"', '"h"'), "« h » n'est pas permis"),
        (BON + NATURE + '[[cle_nationale]]\ncle = "??"\n', "une clé publique Ed25519, 32 octets"),
        (BON + NATURE + '[[cle_nationale]]\ncle = "AAAA"\n', "une clé publique Ed25519, 32 octets"),
    ],
)
def test_une_declaration_fautive_se_dit(tmp_path: Path, texte: str, faute: str) -> None:
    fichier = tmp_path / "sources.toml"
    fichier.write_text(texte, encoding="utf-8")
    with pytest.raises(FichierFautif, match=faute):
        lire_natures(fichier)


def test_aucune_cle_nationale_n_est_livree() -> None:
    """Aucun organisme n'en a publié : rien n'est cru comme national tant qu'il n'y en a pas."""
    assert NATURES.cles == ()
    assert lire_natures(RESSOURCES / FICHIER) == NATURES
