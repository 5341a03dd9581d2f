"""Les listes de codes livrées, et la lecture vérifiée du fichier."""

from pathlib import Path

import pytest

from modele.dossier.nomenclatures import EXTERIEURES, lire_nomenclatures, nationales
from modele.genres import livres
from modele.regles.fautes import FichierFautif


def _citees() -> set[str]:
    inventaires = [genre.inventaire for genre in livres().par_id.values()]
    champs = [un for lu in inventaires for un in lu.champs.values()]
    champs += [un for lu in inventaires for liste in lu.listes.values() for un in liste.champs]
    return {c.champ.nomenclature for c in champs if c.champ.nomenclature}


def test_toute_liste_citee_par_un_type_existe() -> None:
    """Un champ ne peut pas citer une liste que personne n'a écrite."""
    assert _citees() - EXTERIEURES <= set(nationales())


def test_aucune_liste_n_est_orpheline() -> None:
    """Une liste que plus aucun champ ne cite est du bois mort."""
    assert set(nationales()) == _citees() - EXTERIEURES


def test_les_codes_sont_des_identifiants_ascii_lisibles() -> None:
    """Un code s'écrit dans une grille : ASCII, sans espace."""
    codes = [code for liste in nationales().values() for code in liste.codes]
    assert codes
    assert all(code.isascii() and code.replace("_", "").isalnum() for code in codes)


@pytest.mark.parametrize(("liste", "nombre"), [("statut_logement", 17), ("motif", 23), ("ressource", 15)])
def test_les_effectifs_du_sne_sont_complets(liste: str, nombre: int) -> None:
    """17 situations de logement, 23 motifs, 14 ressources et la prime d'activité."""
    assert len(nationales()[liste].codes) == nombre


@pytest.mark.parametrize("liste", ["statut_logement", "motif", "civilite", "nationalite", "situation_familiale"])
def test_les_codes_sne_sont_tous_distincts(liste: str) -> None:
    """Deux codes de Perron ne tombent pas sur le même code du SNE."""
    sne = [code.sne for code in nationales()[liste].codes.values()]
    assert all(sne)
    assert len(set(sne)) == len(sne)


def test_seules_les_violences_sont_marquees() -> None:
    """La règle des violences lit cette marque : elle ne doit ni manquer, ni déborder."""
    marques = {(n.id, c.code) for n in nationales().values() for c in n.codes.values() if c.violence}
    preuves = {("preuve_violences", code) for code in nationales()["preuve_violences"].codes}
    assert marques == {("motif", "violences")} | preuves


def test_a_dire_retombe_sur_le_libelle() -> None:
    """Un code sans formulation propre se lit par son libellé."""
    codes = nationales()["statut_logement"].codes
    assert codes["squat"].a_dire == "Dans un squat"
    assert codes["hotel"].a_dire == "À l'hôtel"


def test_toutes_les_fautes_sont_rendues_ensemble(tmp_path: Path) -> None:
    """Doublons, clés inconnues et confiance fautive : chacune avec sa ligne."""
    fichier = tmp_path / "n.toml"
    liste = '[[nomenclature]]\nid = "a"\nlibelle = "A"\nsource = "s"\nreleve_le = 2026-11-22\nconfiance = "X"\n'
    code = '[[nomenclature.code]]\ncode = "u"\nlibelle = "U"\n'
    fichier.write_text(liste + code + code + 'libele = "U"\n' + liste + code, encoding="utf-8")
    with pytest.raises(FichierFautif) as fautes:
        lire_nomenclatures(fichier)
    assert [(f.ligne, f.chemin) for f in fautes.value.fautes] == [
        (6, "nomenclature[1].confiance"),
        (11, "nomenclature[1].code[2].code"),
        (13, "nomenclature[1].code[2].libele"),
        (15, "nomenclature[2].id"),
        (19, "nomenclature[2].confiance"),
    ]
