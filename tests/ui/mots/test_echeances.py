"""La liste « À faire », en mots : rien qui nomme quelqu'un, ni une nature qui se tait."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from modele.coffre.listes import AFaire, PageAFaire, Report, Resume, Tranche
from modele.dossier.dates_tenues import DateTenue, Nature
from ui.mots.a_faire import VENUE
from ui.mots.avis import SANS_CANAL
from ui.mots.echeances import (
    PROCHES,
    RIEN,
    RIEN_ENCORE,
    SORTES,
    TRANCHES,
    dire,
    dire_combien,
    dire_date_tenue,
    dire_la_suite,
    dire_les_comptes,
    nommer_les_voies,
)

JOUR = date(2026, 11, 30)
INSTANT = datetime(2026, 11, 30, 8, 50, tzinfo=UTC)
ATTENDUE = DateTenue(Nature.REPONSE, "reponse:s", JOUR, None, JOUR - timedelta(12), "fsl")


def ligne(une: DateTenue, *, discret: bool = False, **autres: Any) -> AFaire:
    titre = "Dossier discret" if discret else "GARNIER Zoé"
    resume = Resume(titre, "", "K7Q2F-9M3AB", discret, INSTANT, "Ana", INSTANT)
    return AFaire("d", resume, une, autres.pop("tranche", Tranche.JOUR), **autres)


def nommer(_: str) -> str:
    return "Fonds de solidarité"


def test_une_ligne_masquee_puis_en_clair() -> None:
    dite = dire(ligne(ATTENDUE), JOUR, nommer, {})
    assert dite.titre == "Fonds de solidarité : sans réponse depuis 12 jours"
    assert dite.detail == "Dossier K7Q2F-9M3AB · attendue le 30/11/2026"
    assert dite.clair == (dite.titre, "GARNIER Zoé · K7Q2F-9M3AB · attendue le 30/11/2026")
    assert "GARNIER" not in dite.titre + dite.detail


def test_le_motif_d_un_report_ne_se_lit_que_demasque() -> None:
    """Un texte libre sur quelqu'un : qui lit par-dessus l'épaule n'en voit rien."""
    report = Report(date(2026, 12, 3), "Zoé attend sa sœur", "Paul Roy")
    dite = dire(ligne(ATTENDUE, report=report, reportee=True), JOUR, nommer, {})
    assert dite.detail.endswith("reporté au 03/12/2026 par Paul Roy")
    assert dite.clair is not None
    assert dite.clair[1].endswith("par Paul Roy · « Zoé attend sa sœur »")
    revenu = dire(ligne(ATTENDUE, report=report), JOUR, nommer, {})
    assert revenu.detail.endswith("revenu du 03/12/2026 par Paul Roy")


def test_d_un_dossier_suivi_a_part_le_jour_seul_et_le_canal_sur_une_fois_demasque() -> None:
    ordonnance = DateTenue(Nature.ORDONNANCE, "ordonnance", JOUR)
    for canaux, joindre in (({"d": "téléphone sûr : 06"}, "téléphone sûr : 06"), ({}, SANS_CANAL)):
        dite = dire(ligne(ordonnance, discret=True, tue=True), JOUR, nommer, canaux)
        assert (dite.titre, dite.detail) == ("Date à suivre le 30/11/2026", "Dossier K7Q2F-9M3AB")
        assert dite.clair == (dite.titre, f"Dossier K7Q2F-9M3AB · {joindre}")


@pytest.mark.parametrize(
    ("le", "libelle", "titre", "precise"),
    [
        (JOUR, "", "Rendez-vous à 9 h 30", ""),
        (JOUR, "Nora", "Rendez-vous à 9 h 30", " · avec Nora"),
        (date(2026, 12, 3), "", "Rendez-vous jeudi 3 décembre 2026 à 9 h 30", ""),
    ],
)
def test_un_rendez_vous(le: date, libelle: str, titre: str, precise: str) -> None:
    une = DateTenue(Nature.RENDEZ_VOUS, "rendez_vous:x", le, libelle=libelle)
    dite = dire(ligne(une, heure="09:30"), JOUR, nommer, {})
    assert dite.titre.replace("\u00a0", " ") == titre
    assert dite.detail == f"Dossier K7Q2F-9M3AB{precise}"


@pytest.mark.parametrize(
    ("tranche", "urgence"),
    [
        (Tranche.MAINTENANT, "immediate"),
        (Tranche.JOUR, "jour"),
        (Tranche.SEMAINE, "semaine"),
        (Tranche.LOIN, "courante"),
    ],
)
def test_chaque_tranche_a_sa_pastille(tranche: Tranche, urgence: str) -> None:
    assert dire(ligne(ATTENDUE, tranche=tranche), JOUR, nommer, {}).urgence == urgence


@pytest.mark.parametrize(
    ("tenue", "dite"),
    [
        (ATTENDUE, ("sans réponse depuis 12 jours", "attendue le 30/11/2026")),
        (DateTenue(Nature.REPONSE, "r", JOUR - timedelta(11), None, JOUR - timedelta(12)),
         ("sans réponse depuis 12 jours", "")),
        (DateTenue(Nature.RENOUVELLEMENT, "r", JOUR), ("à renouveler avant le 30/11/2026", "")),
        (DateTenue(Nature.RENOUVELLEMENT, "r", JOUR - timedelta(1)),
         ("à renouveler avant le 29/11/2026", "vérifiez, peut-être pas perdu")),
        (DateTenue(Nature.EXPIRATION, "e", JOUR), ("ne vaut plus après le 30/11/2026", "")),
        (DateTenue(Nature.VOIE, "v", JOUR, libelle="Faire appel"), ("Faire appel : 30/11/2026", "")),
        (DateTenue(Nature.VOIE, "v", JOUR - timedelta(1), libelle="Faire appel"),
         ("Faire appel : 29/11/2026", VENUE)),
        (DateTenue(Nature.VOIE, "v", JOUR, depuis=date(2026, 10, 1), libelle="Décision"),
         ("Décision : 30/11/2026, par prudence",
          "suspendu depuis le 01/10/2026 : apportez les pièces, le délai repart")),
    ],
)  # fmt: skip
def test_une_date(tenue: DateTenue, dite: tuple[str, str]) -> None:
    assert dire_date_tenue(tenue, JOUR) == dite


def test_un_delai_se_nomme_lui_meme() -> None:
    delai = DateTenue(Nature.VOIE, "voie:dalo:x", JOUR, libelle="Décision de la commission", objet="dalo")
    assert dire(ligne(delai), JOUR, nommer, {}).titre == "Décision de la commission : 30/11/2026"


def test_ce_que_dit_la_page() -> None:
    def page(total: int, rang: int = 0) -> PageAFaire:
        return PageAFaire((), rang, total, dict.fromkeys(Tranche, 0))

    assert dire_combien(page(0)) == RIEN
    assert dire_combien(page(1)).startswith("1 ligne.")
    assert dire_combien(page(401, 1)).startswith("401 lignes, page 2 sur 3.")
    comptes = {Tranche.MAINTENANT: 2, Tranche.JOUR: 0, Tranche.SEMAINE: 1, Tranche.LOIN: 21}
    assert dire_les_comptes(comptes) == "2 maintenant · 1 cette semaine · 21 plus loin"
    assert dire_les_comptes(RIEN_ENCORE.comptes) == ""
    assert (dire_la_suite(1), dire_la_suite(3)) == ("Voir 1 ligne de plus", "Voir 3 lignes de plus")
    assert nommer_les_voies(None)("domiciliation") == "Orientation"


def test_toute_sorte_et_toute_tranche_s_offrent() -> None:
    assert {nature for natures in SORTES.values() for nature in natures} == set(Nature)
    assert set(TRANCHES) == set(Tranche)
    assert set(Tranche) - set(PROCHES) == {Tranche.LOIN}
