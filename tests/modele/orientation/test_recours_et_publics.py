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
    return {un.regle.id: un.verdict for un in examiner_recours(RECOURS, situation)}


def test_tout_ce_qui_est_livre_se_lit() -> None:
    """Deux conditions, douze motifs, quinze publics ; le DALO au premier rang."""
    assert [c.id for c in RECOURS.conditions] == ["sejour", "demande-enregistree"]
    assert {m.cas for m in RECOURS.motifs} == {*"12345678", "4 bis", "DAHO"}
    assert all(m.preuves and m.delai_prealable and m.provenance.verifie_le for m in RECOURS.motifs)
    assert [p.code for p in PRIORITAIRES] == ["DALO", *"abcdefg", "g bis", *"hijklm"]
    assert [p.code for p in PRIORITAIRES if p.discret] == ["g", "g bis", "h", "i"]


def test_sans_reponse_tout_est_a_etablir_et_dit_ce_qu_il_manque() -> None:
    """L'inconnu n'est jamais « non »."""
    for un in (*examiner_recours(RECOURS, Situation({})), *examiner_publics(PRIORITAIRES, Situation({}))):
        assert un.verdict is Verdict.A_ETABLIR, un.regle.id
        assert un.a_demander, un.regle.id


def test_rempli_ou_non_il_n_y_a_plus_rien_a_demander() -> None:
    """Tranché dans un sens ou dans l'autre."""
    for valeur, verdict in [(True, Verdict.REMPLI), (False, Verdict.NON)]:
        (dalo, *_) = examiner_publics(PRIORITAIRES, Situation({"dalo_reconnu": connu(valeur)}))
        assert (dalo.verdict, dalo.a_demander) == (verdict, ())


def test_sans_abri_remplit_le_cas_2_sans_delai(regles: Regles) -> None:
    """S1 : dépourvu de logement ; les cas du logement occupé n'ont pas d'objet."""
    trouves = motifs(regles, {"logement_actuel": {"statut": "sans_abri"}})
    assert trouves["dalo-2"] is Verdict.REMPLI
    assert trouves["dalo-7"] is Verdict.NON
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
