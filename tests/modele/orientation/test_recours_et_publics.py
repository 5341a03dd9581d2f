"""Les recours et les publics prioritaires livrés : lus, examinés, et fautifs d'un coup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_national

from modele.bilan import Regles, charger_regles, etablir
from modele.orientation.dalo import FICHIER, examiner_recours, lire_recours
from modele.orientation.publics import FICHIER as FICHIER_DES_PUBLICS
from modele.orientation.publics import examiner_publics, lire_publics
from modele.orientation.verdict import Verdict
from modele.regles.etats import Situation, connu
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

DALO, PUBLICS = RESSOURCES / FICHIER, RESSOURCES / FICHIER_DES_PUBLICS
RECOURS = lire_recours(DALO, catalogue_national())
PRIORITAIRES = lire_publics(PUBLICS, catalogue_national())


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def motifs(regles: Regles, document: dict[str, Any]) -> dict[str, Verdict]:
    situation = etablir(regles, document, date(2026, 11, 22), exacte=False).situation
    return {un.regle.id: un.examen.verdict for un in examiner_recours(RECOURS, situation)}


def test_tout_ce_qui_est_livre_se_lit() -> None:
    """Cinq conditions, douze motifs, quinze publics ; le DALO au premier rang."""
    assert [c.id for c in RECOURS.conditions] == [
        "sejour", "demande-enregistree", "bonne-foi", "acces", "propres-moyens",
    ]  # fmt: skip
    assert {m.cas for m in RECOURS.motifs} == {*"12345678", "4 bis", "DAHO"}
    assert all(m.preuves and m.delai_prealable and m.provenance.verifie_le for m in RECOURS.motifs)
    assert [p.code for p in PRIORITAIRES] == ["DALO", *"abcdefg", "g bis", *"hijklm"]
    assert [p.code for p in PRIORITAIRES if p.discret] == ["g", "g bis", "h", "i"]


def test_chaque_ligne_a_son_nom_court() -> None:
    """Le cas de la loi, la condition, la lettre ; le premier rang n'est pas une lettre."""
    noms = {regle.id: regle.nom for regle in (*RECOURS.conditions, *RECOURS.motifs)}
    assert (noms["dalo-4-bis"], noms["daho"], noms["sejour"]) == ("DALO, cas 4 bis", "DAHO", "DALO, condition")
    assert [public.nom for public in PRIORITAIRES][:2] == ["Premier rang", "Lettre a"]
    assert [regle.id for regle in RECOURS.conditions if regle.sans_papier] == ["sejour"]


def test_sans_reponse_tout_est_a_etablir_et_dit_ce_qu_il_manque() -> None:
    """L'inconnu n'est jamais « rien ne l'indique »."""
    for un in (*examiner_recours(RECOURS, Situation({})), *examiner_publics(PRIORITAIRES, Situation({}))):
        assert un.examen.verdict is Verdict.A_ETABLIR, un.regle.id
        assert un.examen.a_demander or un.examen.manque, un.regle.id


def test_tranche_il_n_y_a_plus_rien_a_demander() -> None:
    """Tranché dans un sens ou dans l'autre."""
    for valeur, verdict in [(True, Verdict.REMPLI), (False, Verdict.RIEN_NE_L_INDIQUE)]:
        (dalo, *_) = examiner_publics(PRIORITAIRES, Situation({"dalo_reconnu": connu(valeur)}))
        assert (dalo.examen.verdict, dalo.examen.a_demander) == (verdict, ())
        assert bool(dalo.examen.changerait) is not valeur


def test_sans_abri_remplit_le_cas_2_sans_delai(regles: Regles) -> None:
    """S1 : dépourvu de logement ; les cas du logement occupé n'ont pas d'objet."""
    trouves = motifs(regles, {"logement_actuel": {"statut": "sans_abri"}})
    assert trouves["dalo-2"] is Verdict.REMPLI
    assert trouves["dalo-7"] is Verdict.RIEN_NE_L_INDIQUE
    assert trouves["sejour"] is Verdict.A_ETABLIR


def test_les_publics_se_rangent_par_rang(tmp_path: Path) -> None:
    """L'ordre est celui de la loi, pas celui du fichier."""
    texte = PUBLICS.read_text(encoding="utf-8").replace("rang = 1\n", "rang = 9\n")
    fichier = tmp_path / "publics.toml"
    fichier.write_text(texte, encoding="utf-8")
    assert [p.code for p in lire_publics(fichier, catalogue_national())][-1] == "DALO"
    assert replace(PRIORITAIRES[0], rang=9) == lire_publics(fichier, catalogue_national())[-1]


@pytest.mark.parametrize(("source", "lire"), [(DALO, lire_recours), (PUBLICS, lire_publics)])
def test_toutes_les_fautes_ensemble(tmp_path: Path, source: Path, lire: Callable[..., object]) -> None:
    """Condition fautive, identifiant double, source manquante, clé inconnue : d'un coup, et le fichier ne sert pas."""
    texte = source.read_text(encoding="utf-8")
    cle = "motif" if source is DALO else "public"
    fichier = tmp_path / source.name
    ajout = f'\n[[{cle}]]\nid = "dalo-1"\nsi = {{ fait = "dalo_reconu" }}\nlibele = "x"\n[[{cle}]]\nid = "dalo-1"\n'
    fichier.write_text(texte + ajout, encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire(fichier, catalogue_national())
    dites = str(levee.value)
    for attendu in ("vouliez-vous « dalo_reconnu »", "employé deux fois", "vouliez-vous « libelle »", "source", ".si"):
        assert attendu in dites


# Ce que le chargement refuse, à sa ligne.

MOTIF = """
[[motif]]
id = "essai"
recours = "dalo"
cas = "1"
libelle = "Essai"
critere = "Essai"
delai_prealable = "Aucun"
preuves = ["Essai"]
fondement = "Essai"
confiance = "V"
verifie_le = 2026-11-29
source = "Essai"
"""
VRAIE = 'si = { fait = "dalo_reconnu" }\n'


@pytest.mark.parametrize(
    ("suite", "attendu"),
    [
        (VRAIE, "changerait : dites ce qui changerait"),
        (VRAIE + 'changerait = "x"\nmanque = "y"', "cette phrase ne se dira jamais"),
        (VRAIE + 'changerait = "x"\na_etablir_si = { fait = "expulsion_jugee" }', "manque : dites en mots"),
        (VRAIE + 'changerait = "x"\nprouve = { fait = "expulsion_jugee" }', "manque : dites en mots"),
        ('manque = "y"\nprouve = { fait = "expulsion_jugee" }', "sans « si », il n'y a rien à prouver"),
        ('manque = "y"\nchangerait = "x"', "c'est toujours à établir"),
        ("", "manque : dites en mots"),
        (VRAIE + 'changerait = "x"\nchangerait_le = "dalo_reconnu"', "n'est pas une date"),
        (VRAIE + 'changerait = "x"\nchangerait_le = "dalo.date_decisions"', "fait inconnu"),
    ],
)
def test_une_regle_qui_ne_dirait_pas_ce_qui_manque_ne_se_charge_pas(tmp_path: Path, suite: str, attendu: str) -> None:
    fichier = tmp_path / "dalo.toml"
    texte = DALO.read_text(encoding="utf-8")
    fichier.write_text(texte + MOTIF + suite + "\n", encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_recours(fichier, catalogue_national())
    assert attendu in str(levee.value)
    assert all(faute.ligne is not None and faute.ligne > texte.count("\n") for faute in levee.value.fautes)


def test_sans_reserve_le_fichier_ne_se_charge_pas(tmp_path: Path) -> None:
    fichier = tmp_path / "dalo.toml"
    fichier.write_text(DALO.read_text(encoding="utf-8").replace("[reserve]", "[reservee]"), encoding="utf-8")
    with pytest.raises(FichierFautif, match="reserve"):
        lire_recours(fichier, catalogue_national())


# Le jour où un « rien ne l'indique » change de lui-même.


@pytest.mark.parametrize(
    ("recue", "verdict", "le"),
    [
        ("2023-11-21", Verdict.REMPLI, None),
        ("2023-11-22", Verdict.RIEN_NE_L_INDIQUE, date(2026, 11, 23)),
        ("2024-02-29", Verdict.RIEN_NE_L_INDIQUE, date(2027, 3, 1)),
    ],
)
def test_le_jour_meme_le_delai_n_est_pas_depasse_et_la_date_est_dite(
    regles: Regles, recue: str, verdict: Verdict, le: date | None
) -> None:
    """Délai de l'exemple : 36 mois. « Plus de » : le lendemain."""
    demande = {"deja_enregistree": True, "date_reception": recue}
    document = {"demande": demande, "dalo": {"proposition_adaptee": False}}
    bilan = etablir(regles, document, date(2026, 11, 22), exacte=False)
    un = next(un for un in bilan.recours if un.regle.id == "dalo-1")
    assert (un.examen.verdict, un.examen.changerait_le) == (verdict, le)


def test_sans_delai_local_rien_n_est_dit_d_une_date() -> None:
    """Le seuil manque : à établir, jamais « rien ne l'indique »."""
    demande = {"deja_enregistree": True, "date_reception": "2025-01-01", "radiee": False}
    clermont = charger_regles("clermont-auvergne-metropole")
    document = {"demande": demande, "dalo": {"proposition_adaptee": False}}
    bilan = etablir(clermont, document, date(2026, 11, 22), exacte=False)
    un = next(un for un in bilan.recours if un.regle.id == "dalo-1")
    assert (un.examen.verdict, un.examen.changerait_le) == (Verdict.A_ETABLIR, None)


def test_une_regle_sans_date_n_en_dit_pas() -> None:
    (dalo, *_) = examiner_publics(PRIORITAIRES, Situation({"dalo_reconnu": connu(False)}))
    assert dalo.examen.changerait_le is None


def test_une_date_qui_n_est_pas_connue_ne_se_dit_pas() -> None:
    """« Rien ne l'indique » sans demande enregistrée : aucune date ne viendra."""
    faits = {"delai_anormalement_long_depasse": connu(False), "demande_connue": connu(False)}
    un = next(un for un in examiner_recours(RECOURS, Situation(faits)) if un.regle.id == "dalo-1")
    assert (un.examen.verdict, un.examen.changerait_le) == (Verdict.RIEN_NE_L_INDIQUE, None)
