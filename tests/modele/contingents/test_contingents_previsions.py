"""Ce qu'un bailleur prévoit : ce qui s'en garde se relit, et remplace le nombre que disent les conventions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from modele.attributions.assiette import calculer_assiette
from modele.attributions.conventions import Convention, Prevision
from modele.attributions.droit import droit
from modele.attributions.dus import Annee, Dus
from modele.contingents import previsions
from modele.contingents.conventions import ConventionTenue
from modele.contingents.previsions import PrevisionTenue
from modele.dossier.chemins import ABSENT, Document, poser
from modele.genres import livres

NUE = PrevisionTenue("Habitat Colombe", "000000001", 2026)
PLEINE = replace(
    NUE, commune="99X01", remises=320, premieres=30, source="Tableau",
    hors_flux={"MUTATION": 48, "RENOUVELLEMENT_URBAIN": 22, "DEFENSE_SECURITE_SANTE": 6},
)  # fmt: skip
SIGNEE = ConventionTenue(
    "metropole", "Métropole", "Habitat Colombe", "epci", "999999999", 2026, siren="000000001", assiette=100
)


def en_document(prevision: PrevisionTenue) -> Document:
    document: Document = {}
    for chemin, valeur in previsions.champs(prevision).items():
        if valeur is not ABSENT:
            document = poser(document, chemin, valeur)
    return document


def test_le_genre_garde_exactement_ce_qui_s_ecrit() -> None:
    """Chaque motif hors du flux que dit le droit a son champ, et aucun autre."""
    assert set(previsions.champs(NUE)) == set(livres().du("prevision_flux").inventaire.champs)
    assert len(droit().hors_flux) == sum(un.startswith("hors_flux.") for un in previsions.champs(NUE))


def test_ce_qui_se_garde_se_relit() -> None:
    assert previsions.relire(en_document(PLEINE)) == PLEINE
    assert previsions.relire({"annee": "2026", "remises": True, "hors_flux": 3}) == PrevisionTenue("", "", 0)


def test_elle_ne_compte_que_complete() -> None:
    """Sans remises, ou sans SIREN, on ne sait pas ; ce n'est pas zéro."""
    assert previsions.pour_le_flux(NUE) is None
    assert previsions.pour_le_flux(replace(PLEINE, siren="")) is None
    lue = previsions.pour_le_flux(PLEINE)
    assert lue is not None
    assert calculer_assiette(lue).logements == 320 - 48 - 22 - 6
    assert calculer_assiette(lue, premieres_mises_dans_le_flux=True).logements == 274


def test_elle_remplace_le_nombre_des_conventions() -> None:
    """Celui des autres bailleurs et des autres années reste."""
    autre = replace(SIGNEE, siren="000000002", assiette=50)
    assert [une.remises_en_location for une in previsions.reunir([], [SIGNEE, autre])] == [100, 50]
    assert [une.remises_en_location for une in previsions.reunir([NUE], [SIGNEE])] == [100]
    assert [une.remises_en_location for une in previsions.reunir([PLEINE], [SIGNEE, autre])] == [320, 50]
    assert len(previsions.reunir([replace(PLEINE, annee=2025)], [SIGNEE])) == 2


def test_retrancher_plus_qu_il_n_y_en_a() -> None:
    assert not NUE.de_trop
    assert not PLEINE.de_trop
    assert replace(PLEINE, remises=40).de_trop


def test_l_ensemble_et_ses_communes_ne_s_additionnent_pas() -> None:
    """Le nombre de tout le territoire a déjà celui de la commune dedans ; sans lui, la somme des communes."""

    convention = Convention(
        reservataire="Métropole", categorie="metropole", siren_bailleur="000000001", perimetre="999999999", annee=2026,
        taux=Decimal(10),
    )  # fmt: skip
    communes = [_prevue("99X01", 40), _prevue("99X02", 60)]

    def ensemble(dites: list[Prevision]) -> tuple[object, set[str]]:
        lignes = Dus(Annee(date(2026, 12, 31)), [convention], dites, (), ()).lignes()
        return lignes[0].annuel, {une.code_insee for une in lignes if une.code_insee}

    assert ensemble([_prevue("", 300), *communes]) == (30, {"99X01", "99X02"})
    assert ensemble(communes) == (10, {"99X01", "99X02"})


def _prevue(commune: str, combien: int) -> Prevision:
    return Prevision(siren_bailleur="000000001", annee=2026, code_insee=commune, remises_en_location=combien)


def deux_previsions(remises: int) -> tuple[int | None, str]:
    """Deux postes ont prévu pour la même commune : ce que le bailleur loue alors, et ce qui s'en dit."""
    une, autre = replace(PLEINE, id="a", par="Nora"), replace(PLEINE, id="b", par="Léo", remises=remises)
    lues = previsions.reunir([une, autre], [SIGNEE])
    (phrase,) = previsions.contraires([une, autre])
    return (lues[0].remises_en_location if len(lues) == 1 else None if not lues else -1), phrase


def test_deux_previsions_se_montrent_et_ne_comptent_pas_deux_fois() -> None:
    """Les mêmes nombres comptent une fois ; contraires, rien n'est dû, et le nombre des conventions ne revient pas."""
    memes, phrase = deux_previsions(320)
    assert memes == 320
    assert "Deux prévisions de Habitat Colombe, 2026, commune 99X01" in phrase
    assert "saisie par Nora, l'autre par Léo" in phrase
    contraires, phrase = deux_previsions(321)
    assert contraires is None
    assert "rien n'est dû" in phrase


def test_retiree_elle_ne_contredit_plus_et_ne_compte_plus() -> None:
    retiree = replace(PLEINE, id="b", remises=1, retiree_le=date(2026, 3, 1))
    assert [une.remises_en_location for une in previsions.reunir([PLEINE, retiree], [])] == [320]
    assert previsions.contraires([PLEINE, retiree]) == []
    assert "tout le territoire" in previsions.contraires([NUE, NUE.__class__(NUE.bailleur, NUE.siren, NUE.annee)])[0]


def test_mutant_un_doublon_compte_deux_fois_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previsions, "doublons", lambda tenues: [])
    une, autre = replace(PLEINE, id="a"), replace(PLEINE, id="b", remises=321)
    assert len(previsions.reunir([une, autre], [SIGNEE])) == 2
