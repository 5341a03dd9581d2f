"""Ce que deux conventions se disent de contraire : les deux sont citées. Chaque mutant du contrôle se voit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from outils_contingents import NUE

from modele.contingents import controles
from modele.contingents.controles import citer, contraires, refus
from modele.contingents.conventions import ConventionTenue

METROPOLE = replace(NUE, taux=Decimal(8), id="m", par="Nora")
PREFET = replace(NUE, sorte="prefet_prioritaires", reservataire="Préfecture", ou="departement", code="99", id="p")
PREFET = replace(PREFET, taux=Decimal(30))
COMMUNE = replace(NUE, sorte="communes", reservataire="Ville de Colombe", ou="commune", code="99X01", id="c")
COMMUNE = replace(COMMUNE, taux=Decimal(12))


def test_la_meme_deux_fois_est_refusee_en_citant_les_deux() -> None:
    """Même réservataire, bailleur, périmètre, année : les noms à la casse et aux espaces près."""
    neuve = replace(METROPOLE, id="", par="", reservataire=" métropole  d'exemple", taux=None)
    phrase = refus(neuve, [PREFET, METROPOLE])
    assert citer(neuve) in phrase
    assert citer(METROPOLE) in phrase
    assert "saisie par Nora" in phrase
    assert "taux inconnu" in phrase
    assert "8 %" in phrase


@pytest.mark.parametrize(
    "autre",
    [
        replace(METROPOLE, id="x", sorte="communes"),
        replace(METROPOLE, id="x", reservataire="Autre"),
        replace(METROPOLE, id="x", bailleur="Autre"),
        replace(METROPOLE, id="x", code="888888888"),
        replace(METROPOLE, id="x", ou="departement"),
        replace(METROPOLE, id="x", annee=2025),
        replace(METROPOLE, id="x", retiree_le=date(2026, 1, 2)),
        METROPOLE,
    ],
    ids=["sorte", "réservataire", "bailleur", "code", "périmètre", "année", "retirée", "elle-même"],
)
def test_un_seul_de_la_cle_change_et_elles_vivent_ensemble(autre: ConventionTenue) -> None:
    """Et une convention ne se contredit pas elle-même quand on la change."""
    assert refus(METROPOLE, [autre]) == ""


def test_une_convention_retiree_ne_contredit_rien() -> None:
    """Même incomplète, même deux fois."""
    assert refus(replace(METROPOLE, id="", code="", retiree_le=date(2026, 1, 2)), [METROPOLE]) == ""


def test_le_siren_dit_le_bailleur_avant_son_nom() -> None:
    """Deux SIREN différents sous un même nom sont deux bailleurs ; un SIREN inconnu s'en remet au nom."""
    une, autre = replace(METROPOLE, siren="000000001"), replace(METROPOLE, id="x", siren="000000002")
    assert refus(une, [autre]) == ""
    assert refus(une, [replace(autre, siren="000000001", bailleur="H. Colombe")])
    assert refus(une, [replace(autre, siren="")])


@pytest.mark.parametrize("taux", [Decimal(-1), Decimal("100.01")])
def test_un_taux_hors_bornes_est_refuse(taux: Decimal) -> None:
    """Zéro et cent se peuvent."""
    assert "de 0 à 100 %" in refus(replace(METROPOLE, taux=taux), [])
    assert refus(replace(METROPOLE, taux=Decimal(0)), []) == refus(replace(METROPOLE, taux=Decimal(100)), []) == ""


def test_une_convention_incomplete_est_refusee() -> None:
    """Sa clé d'abord ; le reste peut manquer."""
    assert refus(replace(METROPOLE, code=""), []).startswith("Une convention dit au moins")


# Plus que le tout.


def test_plus_de_cent_pour_cent_est_refuse_en_citant_chacune() -> None:
    """Département, métropole et commune se touchent : 30 + 8 + 12 tient, 30 + 8 + 70 non."""
    assert refus(COMMUNE, [PREFET, METROPOLE]) == ""
    trop = replace(COMMUNE, taux=Decimal("62.5"))
    assert controles.trop(trop, [PREFET, METROPOLE]) == [PREFET, METROPOLE]
    phrase = refus(trop, [PREFET, METROPOLE])
    assert phrase.startswith("100,5 % du même flux")
    assert all(citer(une) in phrase for une in (trop, PREFET, METROPOLE))
    # Juste cent pour cent se peut.
    assert refus(replace(COMMUNE, taux=Decimal(62)), [PREFET, METROPOLE]) == ""


def test_deux_communes_ne_s_ajoutent_pas() -> None:
    """Leurs flux sont ailleurs ; mais une part de métropole s'ajoute à la pire des deux."""
    autre = replace(COMMUNE, code="99X02", reservataire="Vieux-Pont", id="v", taux=Decimal(90))
    assert refus(autre, [replace(COMMUNE, taux=Decimal(90))]) == ""
    pire = refus(replace(METROPOLE, taux=Decimal(11)), [COMMUNE, autre])
    assert pire.startswith("101 %")
    assert "Vieux-Pont" in pire
    assert "Ville de Colombe" not in pire
    assert refus(replace(METROPOLE, taux=Decimal(10)), [COMMUNE, autre]) == ""


def test_un_autre_departement_un_autre_bailleur_une_autre_annee_ne_s_ajoutent_pas() -> None:
    """Ni un taux inconnu."""
    plein = replace(PREFET, taux=Decimal(95))
    assert refus(COMMUNE, [plein])
    for ailleurs in (
        replace(plein, code="31"),
        replace(plein, bailleur="Autre"),
        replace(plein, annee=2025),
        replace(plein, taux=None),
    ):
        assert refus(COMMUNE, [ailleurs]) == ""
    assert refus(replace(COMMUNE, taux=None), [plein]) == ""


def test_ce_qui_la_cite_suffit_a_la_retrouver() -> None:
    """Qui, chez qui, où, quand, combien, signée quand, par qui."""
    assert citer(replace(METROPOLE, taux=Decimal("11.630"), signee_le=date(2024, 6, 7))) == (
        "Métropole d'exemple chez Habitat Colombe, périmètre 999999999, 2026, 11,63 %, signée le 07/06/2024, "
        "saisie par Nora"
    )


def test_un_plafond_depasse_se_signale_avec_son_article() -> None:
    """30 % pour l'État, 5 % pour ses agents, 20 % pour les collectivités ensemble : au-dessus seulement."""
    agents = replace(PREFET, sorte="prefet_agents", id="a", taux=Decimal(5))
    assert controles.depassements([replace(PREFET, taux=Decimal(25)), agents, METROPOLE, COMMUNE], 2026) == []
    trop = [replace(PREFET, taux=Decimal("25.5")), replace(agents, taux=Decimal("5.1")), METROPOLE]
    lus = controles.depassements([*trop, replace(COMMUNE, taux=Decimal(13))], 2026)
    assert [(un.plafond.id, un.total) for un in lus] == [
        ("etat", Decimal("30.6")), ("agents", Decimal("5.1")), ("collectivites", Decimal(21)),
    ]  # fmt: skip
    assert "R441-5-3" in lus[2].dit
    assert citer(METROPOLE) in lus[2].dit
    assert "30,6 % réservés, plus que 30 %" in lus[0].dit


def test_un_plafond_se_compte_par_bailleur_et_par_annee() -> None:
    """Ni deux bailleurs, ni deux années, ni deux communes, ni une convention retirée ne s'ajoutent."""
    douze = replace(METROPOLE, taux=Decimal(12))
    for autre in (
        replace(douze, id="x", bailleur="Autre", ou="departement"),
        replace(douze, id="x", annee=2025, ou="departement"),
        replace(douze, id="x", ou="departement", retiree_le=date(2026, 1, 2)),
        replace(douze, id="x", ou="departement", taux=None),
    ):
        assert controles.depassements([douze, autre], 2026) == []
    deux = [replace(COMMUNE, code=code, id=code) for code in ("99X01", "99X02")]
    assert controles.depassements(deux, 2026) == []
    assert len(controles.depassements([douze, replace(douze, id="x", ou="departement")], 2026)) == 1


def test_deux_postes_ont_ecrit_sans_se_voir() -> None:
    """Rien ne se refuse plus : chaque contradiction se dit une fois, et les deux y sont."""
    deux = replace(METROPOLE, id="n", par="Léo")
    (phrase,) = contraires([METROPOLE, PREFET, deux])
    assert "Léo" in phrase
    assert "Nora" in phrase
    assert contraires([METROPOLE, PREFET, COMMUNE]) == []
    assert len(contraires([METROPOLE, PREFET, replace(COMMUNE, taux=Decimal(70))])) == 1
    # La même, deux fois dans la liste : une seule phrase.
    assert len(contraires([METROPOLE, deux, deux, METROPOLE])) == 1


MUTANTS = {
    "la commune d'un autre département": ("_se_touchent", lambda *_: True),
    "rien ne se touche": ("_se_touchent", lambda *_: False),
    "le SIREN ne compte pas": ("meme_bailleur", lambda une, autre: une.bailleur == autre.bailleur),
    "jamais la même": ("meme", lambda *_: False),
    "jamais trop": ("trop", lambda *_: []),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_le_mutant_est_vu(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un contrôle qui laisserait passer se voit."""
    monkeypatch.setattr(controles, *MUTANTS[mutant])

    def eprouver() -> None:
        test_la_meme_deux_fois_est_refusee_en_citant_les_deux()
        test_le_siren_dit_le_bailleur_avant_son_nom()
        test_plus_de_cent_pour_cent_est_refuse_en_citant_chacune()
        test_deux_communes_ne_s_ajoutent_pas()
        test_un_autre_departement_un_autre_bailleur_une_autre_annee_ne_s_ajoutent_pas()

    with pytest.raises(AssertionError):
        eprouver()
