"""Les chiffres déclarés : chaque faute se dit avec sa clé, et rien de ce qui protège ne se compte par lieu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import tomli

from modele.chiffres.declaration import Compte, Perimetre, declares, lire_declares
from modele.dossier.nomenclatures import nationales
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from ressources import RESSOURCES

TETE = 'format = 1\nmethode = 1\n[a_part]\nvoies = ["peur"]\n'


def fichier(**cles: str) -> str:
    dites = {"id": '"x"', "libelle": '"X"', "definition": '"d"', "perimetre": '"lieu"', "compte": '"personnes"'} | cles
    return TETE + "[[chiffre]]\n" + "\n".join(f"{cle} = {valeur}" for cle, valeur in dites.items())


def test_un_fichier_juste_se_lit() -> None:
    (lu,) = lire_declares(lire_texte(fichier(), "rapport.toml")).chiffres
    assert (lu.id, lu.compte, lu.suivi, dict(lu.lignes())) == ("x", Compte.PERSONNES, True, {})


@pytest.mark.parametrize(
    ("cles", "phrase"),
    [
        ({"perimetre": '"rue"'}, "rue"),
        ({"compte": '"codes"', "chemin": '"demande.rien"'}, "n'est pas un champ du dossier"),
        ({"nomenclature": '"rien"'}, "n'est pas une liste de codes"),
        ({"nomenclature": '"motif"', "sauf": '["rien", "violences"]'}, "n'est pas un de ses codes"),
        ({"compte": '"objets"', "genre": '"passage"', "quand": '"date"', "chemin": '"motif"'}, "n'aurait aucune ligne"),
        ({"de": '"plus_bas"'}, "doit être déclaré avant lui"),
        ({"compte": '"a_part"'}, "ne se dit qu'au territoire"),
        ({"compte": '"valeurs"', "chemin": '"contact.langue"'}, "ne se dit qu'au territoire"),
        ({"compte": '"codes"', "chemin": '"demande.motifs"', "nomenclature": '"motif"'}, "dit une violence"),
        ({"inconnue": "1"}, "inconnue"),
    ],
    ids=[
        "perimetre",
        "chemin",
        "liste",
        "code",
        "sans-ligne",
        "de",
        "a-part-au-lieu",
        "langue-au-lieu",
        "violence",
        "cle",
    ],
)
def test_une_faute_se_dit(cles: dict[str, str], phrase: str) -> None:
    with pytest.raises(FichierFautif, match=phrase):
        lire_declares(lire_texte(fichier(**cles), "rapport.toml"))


def test_sans_voies_a_part_rien_ne_se_lit() -> None:
    with pytest.raises(FichierFautif, match="a_part"):
        lire_declares(lire_texte(fichier().replace('[a_part]\nvoies = ["peur"]\n', ""), "rapport.toml"))


def test_un_objet_que_perron_tient_est_suivi_un_autre_non() -> None:
    for quand, chemin, suivi in (("date", "lieu", True), ("date", "humeur", False), ("jamais", "lieu", False)):
        dit = fichier(
            compte='"objets"', genre='"rendez_vous"', quand=f'"{quand}"', chemin=f'"{chemin}"', nomenclature='"langue"'
        )
        (lu,) = lire_declares(lire_texte(dit, "rapport.toml")).chiffres
        assert lu.suivi is suivi


# Ce qui est livré


def faits(condition: Any) -> Iterator[str]:
    """Tous les faits d'une condition, et les valeurs qu'elle leur demande."""
    if isinstance(condition, dict):
        if "fait" in condition:
            yield str(condition["fait"])
        for valeur in condition.values():
            yield from faits(valeur)
    elif isinstance(condition, list):
        for valeur in condition:
            yield from faits(valeur)


VOIES = tomli.loads((RESSOURCES / "national" / "orientations.toml").read_text(encoding="utf-8"))["orientation"]
DISENT = ("nationalite", "handicap.logement", "demande_asile", "titre_sejour", "mineur_emancipe", "ase_moins", "sante_")


def test_toute_voie_qui_dit_une_violence_un_age_un_handicap_ou_une_nationalite_est_a_part() -> None:
    """Une voie publiée demain qui en dirait une doit y entrer : cet essai le rappelle."""
    a_part = declares().a_part
    assert a_part <= {voie["id"] for voie in VOIES}
    for voie in VOIES:
        lus = set(faits(voie.get("si", {})))
        seuls = lus <= {un for un in lus if any(dit in un for dit in DISENT)}
        if voie.get("discret") or (lus and seuls):
            assert voie["id"] in a_part, voie["id"]


def test_aucune_voie_du_seul_triage_ne_se_dit_par_lieu() -> None:
    """Ce qui ne s'écrit pas ne se compte pas non plus."""
    for voie in VOIES:
        lus = set(faits(voie.get("si", {})))
        if lus and all(un.startswith("triage.") for un in lus):
            assert voie["id"] in declares().a_part, voie["id"]


def test_un_motif_est_par_lieu_ou_au_territoire_jamais_aux_deux() -> None:
    par_id = {un.id: un for un in declares().chiffres}
    par_lieu, a_part = set(par_id["motifs"].lignes()), set(par_id["motifs_a_part"].codes)
    assert par_lieu.isdisjoint(a_part)
    assert par_lieu | a_part == set(nationales()["motif"].codes)
    assert {code for code, un in nationales()["motif"].codes.items() if un.violence} <= a_part


def test_la_langue_n_est_que_du_territoire() -> None:
    assert {un.perimetre for un in declares().chiffres if un.chemin == "contact.langue"} == {Perimetre.TERRITOIRE}
