"""Le papier d'un délai arrêté, reparti, d'un tribunal saisi : les dates sûres, jamais « passé », rien à valider."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from lecture_pdf import texte_plat

from impressions import speciaux_demande
from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.papiers_de_saisine import composer_brouillon
from impressions.saisine import preparer
from modele.regles.langues import langues

sys.path.insert(0, str(Path(__file__).parents[1] / "ressources"))
from test_recours_suspendus import CAS, NOMS, bilan

ARRET: Final = "suspendu depuis le {} : apportez les pièces, le délai repart"
REPARTI: Final = "délai arrêté du {} au {}, le temps des pièces : la fin recule"
FICHES: Final = ("dalo", "dates")
_DATE: Final = re.compile(r"\b\d\d/\d\d/\d{4}\b")


def papier(cas: dict[str, Any], fiche: str, langue: str = "fr", jour: date | None = None) -> str:
    dites = donnees(bilan(cas, *([jour] if jour else [])), langue)
    return texte_plat(bytes(composer(fiche, dites, langue))).replace("’", "'").replace("\u00a0", " ")


def cas_nomme(nom: str) -> dict[str, Any]:
    return next(cas for cas in CAS if cas["id"] == nom)


@pytest.mark.parametrize("fiche", FICHES)
@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_chaque_date_sure_y_est_et_aucune_a_faire_valider(cas: dict[str, Any], fiche: str) -> None:
    """La date repoussée reste à faire valider : le papier dit que la fin recule, jamais jusqu'à quand."""
    lu = papier(cas, fiche)
    dites = set(_DATE.findall(lu))
    repoussees = {f"{date.fromisoformat(dite[2]):%d/%m/%Y}" for dite in cas["dates"].values() if dite[2] != "None"}
    assert set(cas["imprimees"]) <= dites
    assert not repoussees & dites
    assert not re.search(r"\bpassé\b", lu.partition("Le calendrier")[0], re.IGNORECASE)


@pytest.mark.parametrize("fiche", FICHES)
@pytest.mark.parametrize("cas", CAS, ids=NOMS)
def test_ce_qui_arrete_le_delai_se_lit_a_cote_de_la_date(cas: dict[str, Any], fiche: str) -> None:
    dits = {nom.removeprefix("daho_"): le for nom, le in cas["dalo"].items()}
    du, au = (dits.get(nom) for nom in ("pieces_demandees_le", "pieces_remises_le"))
    ecrits = [f"{date.fromisoformat(le):%d/%m/%Y}" for le in (du, au) if le]
    lu = papier(cas, fiche)
    assert (ARRET.format(*ecrits).lower() in lu.lower()) is (len(ecrits) == 1) if du else "arrêté du" not in lu
    if len(ecrits) == 2:
        assert REPARTI.format(*ecrits) in lu.replace("Délai", "délai")


def test_une_reponse_suspendue_n_a_plus_de_jour_sur_la_liste_des_dates() -> None:
    """Le 10/12 n'est plus le jour où la commission doit décider ; le 10/02 reste celui où agir, par prudence."""
    lu = papier(cas_nomme("dalo-arrete"), "dates")
    assert "10/12/2026" not in lu
    assert "agissez avant le 10/02/2027" in lu


def test_le_brouillon_dit_la_date_prudente_et_l_arret() -> None:
    """L'aide juridictionnelle se demande avant elle : elle y est, et ce qui la recule."""
    lu = texte_plat(composer_brouillon(preparer(bilan(cas_nomme("dalo-arrete")), "dalo"))).replace("’", "'")
    assert f"{ARRET.format('25/09/2026')} ; par prudence, agissez avant le 10/02/2027" in lu
    reparti = texte_plat(composer_brouillon(preparer(bilan(cas_nomme("dalo-reparti")), "dalo"))).replace("’", "'")
    assert f"agissez avant le 10/02/2027 ; {REPARTI.format('25/09/2026', '14/10/2026')}" in reparti
    saisi = texte_plat(composer_brouillon(preparer(bilan(cas_nomme("dalo-saisi")), "dalo")))
    assert not _DATE.findall(saisi.partition("Ensuite")[2].partition("Brouillon")[0])


def test_la_date_prudente_venue_la_feuille_dit_d_agir_et_de_deposer_quand_meme() -> None:
    lu = papier(cas_nomme("dalo-arrete"), "dalo", jour=date(2027, 3, 1))
    assert "Agissez aujourd'hui" in lu
    assert "peut-être pas perdu" in lu.lower()
    assert ARRET.format("25/09/2026") in lu.replace("Suspendu", "suspendu")


@pytest.mark.parametrize("langue", [une for une in langues() if une != "fr"])
def test_chaque_langue_dit_l_arret(langue: str) -> None:
    """Traduit : la phrase française ne s'y lit pas, la date du courrier si (en chiffres, ou dans ceux de la langue)."""
    arrete, libre = cas_nomme("dalo-arrete"), {"dalo": {**cas_nomme("dalo-arrete")["dalo"]}}
    del libre["dalo"]["pieces_demandees_le"]
    assert "le délai repart" not in papier(arrete, "dates", langue)
    assert papier(arrete, "dates", langue) != papier(libre, "dates", langue)


def test_mutant_la_liste_des_dates_qui_ne_regarde_pas_l_arret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans ce regard, le 10/12 se lirait encore comme le jour de la réponse."""
    monkeypatch.setattr(speciaux_demande, "dire_suspension", lambda *_: "")
    monkeypatch.setattr(speciaux_demande, "_quand", lambda _, une: f"{une.le:%d/%m/%Y}")
    lu = papier(cas_nomme("dalo-arrete"), "dates")
    assert "10/12/2026" in lu
    assert "suspendu depuis" not in lu.lower()
