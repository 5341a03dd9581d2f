"""Les dates de tous les dossiers : tenues à chaque écriture, comptées sans relire un document, muettes d'un discret."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, a_faire, creer

from modele.coffre import Coffre, avis, rappels
from modele.coffre.listes import PAR_PAGE, Tranche
from modele.dossier.chemins import ABSENT
from modele.dossier.dates_tenues import DateTenue, Nature, dates_tenues, declarees
from modele.droits import Auteur
from modele.protection.discretion import devenir_discret

NORA, PAUL = Auteur(AGENT), Auteur("Paul Roy")
JOUR: Final = date(2026, 11, 30)


def _suite(faite: date, voie: str = "fsl", **autres: Any) -> dict[str, Any]:
    dite = {"orientation": voie, "aupres_de": "FSL", "faite_le": faite.isoformat(), **autres}
    return {"suites": {"elements": {"s": dite}, "ordre": ["s"]}}


def _creer(coffre: Coffre, document: dict[str, Any]) -> str:
    identifiant: str = coffre.creer_dossier(document, NORA)["id"]
    return identifiant


def _lignes(coffre: Coffre) -> list[tuple[str, str, str]]:
    with coffre._base.lecture() as connexion:
        requete = "SELECT dossier, cle, le FROM rappel ORDER BY dossier, cle"
        return [tuple(ligne) for ligne in connexion.exec_driver_sql(requete)]


def test_deux_orientations_sans_reponse_depuis_douze_jours(coffre: Coffre) -> None:
    for jours in (12, 3):
        _creer(coffre, _suite(JOUR - timedelta(jours)))
    _creer(coffre, _suite(JOUR - timedelta(30), issue="acceptee"))
    _creer(coffre, _suite(JOUR, attendue_le="2026-12-15"))
    page = a_faire(coffre, JOUR, tranches=(Tranche.JOUR,))
    assert [(une.date.nature, une.date.depuis) for une in page.lignes] == [
        (Nature.REPONSE, JOUR - timedelta(12)),
        (Nature.REPONSE, JOUR - timedelta(3)),
    ]


def test_ce_qui_est_venu_s_efface_des_rappels(coffre: Coffre) -> None:
    dossier = _creer(coffre, _suite(JOUR - timedelta(12)))
    (ligne,) = a_faire(coffre, JOUR, Nature.REPONSE).lignes
    assert (ligne.dossier, ligne.date.objet, ligne.date.depuis) == (dossier, "fsl", JOUR - timedelta(12))
    coffre.modifier(dossier, {"suites.elements.s.issue": "refusee", "suites.elements.s.issue_motif": "loin"}, NORA)
    assert a_faire(coffre, JOUR, Nature.REPONSE).total == 0
    coffre.modifier(dossier, {"suites.elements.s.issue": ABSENT, "suites.elements.s.issue_motif": ABSENT}, NORA)
    assert a_faire(coffre, JOUR, Nature.REPONSE).total == 1


def test_un_renouvellement_se_compte_a_quatre_vingt_dix_soixante_trente_jours(coffre: Coffre) -> None:
    """Dès son premier rappel ; dépassé, il se dit encore, puis se tait."""
    for dans in (91, 90, 61, 60, 31, 30, 0, -180, -181):
        fin = JOUR + timedelta(dans)
        _creer(coffre, {"demande": {"date_reception": fin.replace(year=fin.year - 1).isoformat()}})
    assert a_faire(coffre, JOUR).comptes == {
        Tranche.MAINTENANT: 2,
        Tranche.JOUR: 0,
        Tranche.SEMAINE: 0,
        Tranche.LOIN: 5,
    }


def test_un_dossier_discret_n_est_ni_compte_ni_liste(coffre: Coffre) -> None:
    """Créé tel, devenu tel, importé tel ; et plus une ligne n'en reste."""
    tout = _suite(JOUR - timedelta(9)) | {"demande": {"date_reception": "2025-12-05"}}
    devenu = _creer(coffre, tout)
    coffre.noter_echeance(devenu, coffre.lire(devenu), JOUR, JOUR, [_delai(JOUR)])
    assert a_faire(coffre, JOUR).total == 3
    coffre.modifier(devenu, devenir_discret(), NORA)
    discret = tout | {"protection": {"discret": True, "referent": AGENT, "ordonnance_fin": "2026-12-20"}}
    _creer(coffre, discret)
    coffre.importer([discret], NORA)
    coffre.noter_echeance(devenu, coffre.lire(devenu), JOUR, JOUR, [_delai(JOUR)])
    assert a_faire(coffre, JOUR, par=PAUL.nom).total == 0
    assert _lignes(coffre) == []


def _delai(le: date, voie: str = "fsl") -> DateTenue:
    return DateTenue(Nature.VOIE, f"voie:{voie}:d", le, None, None, voie, "Faire appel")


def test_mutant_un_dossier_discret_compte(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la condition, il se compterait : l'épreuve d'avant n'est pas vide."""
    monkeypatch.setattr(rappels, "est_discret", lambda _: False)
    _creer(coffre, _suite(JOUR - timedelta(9)) | {"protection": {"discret": True}})
    assert len(_lignes(coffre)) == 1


@pytest.mark.parametrize(
    "reserve",
    [_suite(JOUR - timedelta(9), "violences-couple"), {"protection": {"ordonnance_fin": "2026-12-20"}}],
)
def test_une_date_qui_dirait_une_violence_n_est_qu_a_qui_repond_du_dossier(
    coffre: Coffre, reserve: dict[str, Any]
) -> None:
    """Même d'un dossier que tous voient : jamais dans un compte ni une liste commune."""
    dossier = _creer(coffre, reserve)
    assert _lignes(coffre)
    assert a_faire(coffre, JOUR, par=PAUL.nom).total == 0
    assert [(une.dossier, une.tue) for une in a_faire(coffre, JOUR).lignes] == [(dossier, True)]
    assert [un.dossier for un in coffre.porte.suivis(NORA)] == [dossier]
    assert coffre.porte.suivis(Auteur("Paul")) == []
    coffre.modifier(dossier, {"protection.suppleant": "Paul"}, NORA)
    assert [un.dossier for un in coffre.porte.suivis(Auteur("Paul"))] == [dossier]
    assert coffre.porte.suivis(NORA) == []


def test_les_delais_des_voies_restent_jusqu_au_bilan_suivant(coffre: Coffre) -> None:
    """Une réponse changée ne les efface pas ; le bilan d'après les remplace ; passés, ils se taisent."""
    dossier = _creer(coffre, {})
    coffre.noter_echeance(dossier, coffre.lire(dossier), JOUR, JOUR, [_delai(JOUR + timedelta(3))])
    coffre.modifier(dossier, {"demandeur.nom": "Petit", "demande.date_reception": "2025-12-05"}, NORA)
    assert {une.date.nature for une in a_faire(coffre, JOUR).lignes} == {Nature.VOIE, Nature.RENOUVELLEMENT}
    coffre.noter_echeance(dossier, coffre.lire(dossier), None, JOUR, [_delai(JOUR - timedelta(1))])
    assert a_faire(coffre, JOUR, Nature.VOIE).total == 0
    coffre.noter_echeance(dossier, coffre.lire(dossier), None, JOUR)
    assert [cle for _, cle, _ in _lignes(coffre)] == ["renouvellement"]


def test_pages(coffre: Coffre) -> None:
    """Le plus ancien d'abord, deux cents par page ; au-delà, la dernière."""
    coffre.importer([_suite(JOUR - timedelta(1 + rang)) for rang in range(PAR_PAGE + 1)], NORA)
    premiere, derniere = (a_faire(coffre, JOUR, Nature.REPONSE, page=page) for page in (0, 9))
    assert (len(premiere.lignes), len(derniere.lignes), derniere.page) == (PAR_PAGE, 1, 1)
    assert premiere.lignes[0].date.depuis == JOUR - timedelta(PAR_PAGE + 1)
    assert derniere.lignes[0].date.depuis == JOUR - timedelta(1)


def test_l_index_refait_redit_les_memes_dates(coffre: Coffre) -> None:
    for rang in range(3):
        _creer(coffre, _suite(JOUR - timedelta(rang)))
    avant = _lignes(coffre)
    with coffre._base.ecriture() as connexion:
        from modele.coffre import index

        index.refaire_les_rappels(connexion)
    assert _lignes(coffre) == avant


def test_un_dossier_supprime_n_a_plus_de_date_et_rendu_les_retrouve(coffre: Coffre) -> None:
    from modele.dossier.suppression import Raison

    dossier = _creer(coffre, _suite(JOUR - timedelta(2)))
    coffre.supprimer(dossier, next(iter(Raison)), "une erreur", NORA)
    assert _lignes(coffre) == []
    coffre.rendre(dossier, NORA)
    assert a_faire(coffre, JOUR, Nature.REPONSE).total == 1


# La propriété : un dossier discret ne manque jamais une échéance.

LEA, ZOE = Auteur("Léa Blanc"), Auteur("Zoé Noir")
_EQUIPE: Final = (LEA, PAUL, ZOE)
_DATES: Final = st.dates(JOUR - timedelta(400), JOUR + timedelta(400))


@st.composite
def _situations(draw: st.DrawFn) -> tuple[dict[str, Any], tuple[str, str], set[str]]:
    """Un dossier discret et ses dates, qui en répond, qui est absent (congé, ou poste révoqué) : jamais les deux."""
    document: dict[str, Any] = {"protection": {"discret": True}}
    if draw(st.booleans()):
        document |= _suite(draw(_DATES), draw(st.sampled_from(["fsl", "violences-couple"])))
    if draw(st.booleans()):
        document["demande"] = {"date_reception": draw(_DATES).isoformat()}
    if draw(st.booleans()):
        document["protection"]["ordonnance_fin"] = draw(_DATES).isoformat()
    referent, suppleant = draw(st.permutations([un.nom for un in _EQUIPE]))[:2]
    return document, (referent, suppleant), draw(st.sampled_from([set(), {referent}, {suppleant}]))


@pytest.fixture(scope="module")
def grand(tmp_path_factory: pytest.TempPathFactory) -> Any:
    ouvert, _ = creer(tmp_path_factory.mktemp("suivi") / "grand.perron")
    yield ouvert
    ouvert.fermer()


@given(situation=_situations())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_un_dossier_discret_ne_manque_jamais_une_echeance(
    grand: Coffre, situation: tuple[dict[str, Any], tuple[str, str], set[str]]
) -> None:
    """Chaque date est sur la liste du référent et du suppléant, donc de qui est là ; et sur nulle autre."""
    _eprouver(grand, *situation)


def presse(une: DateTenue) -> bool:
    """La règle, redite : au premier rappel ou dans la semaine, et pas plus ancienne que ce qui se montre encore."""
    dite = declarees()[une.nature]
    dernier = date.min if dite.montre is None else JOUR - timedelta(dite.montre)
    return une.le <= JOUR + timedelta(max(7, *dite.rappels)) and (une.fin or une.le) >= dernier


def _eprouver(coffre: Coffre, document: dict[str, Any], nommes: tuple[str, str], absents: set[str]) -> None:
    protection = document["protection"] | {"referent": nommes[0], "suppleant": nommes[1]}
    dossier = _creer(coffre, document | {"protection": protection})
    listes = {un.nom: {suivi.dossier for suivi in coffre.porte.suivis(un)} for un in (*_EQUIPE, NORA)}
    presents = [un for un in nommes if un not in absents]
    assert presents
    assert all(dossier in listes[un] for un in presents)
    assert not any(dossier in listes[un] for un in listes.keys() - set(nommes))
    assert dates_tenues(coffre.lire(dossier)) == dates_tenues(document)
    for un in (*_EQUIPE, NORA):
        a_soi = {une.date.cle for une in a_faire(coffre, JOUR, par=un.nom).lignes if une.dossier == dossier}
        dites = {une.cle for une in dates_tenues(document) if presse(une)}
        assert a_soi == (dites if un.nom in nommes else set())
    assert coffre.rechercher(dossier[:13]) == []


_UN_CAS: Final = ({"protection": {"discret": True, "ordonnance_fin": "2026-12-20"}}, (LEA.nom, PAUL.nom), {LEA.nom})


def test_mutant_le_suppleant_ne_recoit_rien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le référent absent, sa liste seule ne suffit pas."""
    vraies = avis._portes
    seul = avis._PORTE.referent
    monkeypatch.setattr(avis, "_portes", lambda ou, agent: vraies(ou, agent).where(seul == agent.casefold()))
    coffre, _ = creer(tmp_path / "c.perron")
    with pytest.raises(AssertionError):
        _eprouver(coffre, *_UN_CAS)
    coffre.fermer()


def test_mutant_tous_recoivent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une liste ouverte à tous ne manque rien et trahit tout."""
    from sqlalchemy import select

    from modele.coffre import schema

    monkeypatch.setattr(avis, "_portes", lambda *_: select(schema.porte_discrete))
    coffre, _ = creer(tmp_path / "c.perron")
    with pytest.raises(AssertionError):
        _eprouver(coffre, *_UN_CAS)
    coffre.fermer()


def test_un_dossier_orphelin_est_aux_travailleurs_sociaux(coffre: Coffre) -> None:
    """Nul n'en répond et il est né ailleurs : si le poste de son créateur est révoqué, ses droits ne se perdent pas."""
    coffre.importer([{"protection": {"discret": True}}], NORA)
    (orphelin,) = coffre.porte.suivis(PAUL)
    assert (orphelin.sans_referent, orphelin.sans_suppleant) == (True, True)
    coffre.modifier(orphelin.dossier, {"protection.referent": LEA.nom}, NORA)
    assert coffre.porte.suivis(PAUL) == []
    assert [un.dossier for un in coffre.porte.suivis(LEA)] == [orphelin.dossier]


def test_un_orphelin_n_est_pas_a_qui_n_est_pas_travailleur_social(coffre: Coffre) -> None:
    coffre.regler("registre.roles", "agent social")
    coffre.importer([{"protection": {"discret": True}}], NORA)
    assert coffre.porte.suivis(Auteur("Paul Roy", ("agent",))) == []
    assert len(coffre.porte.suivis(Auteur("Paul Roy", ("social",)))) == 1
