"""La liste « À faire » : ses tranches, qui la voit, et un report qui ne cache jamais une date de droit venue."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, a_faire, creer
from sqlalchemy import ColumnElement, select

from modele.coffre import Coffre, avis, rappels, reports, schema
from modele.coffre import a_faire as mecanisme
from modele.coffre.listes import PAR_PAGE, AFaire, Report, Tranche
from modele.dossier.acces import Acces
from modele.dossier.dates_tenues import DateTenue, Nature, declarees, jusqu_ou_reporter, report_au_plus
from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.protection.discretion import devenir_discret
from modele.regles.fautes import ErreurUtilisateur

NORA, PAUL, LEA = Auteur(AGENT), Auteur("Paul Roy"), Auteur("Léa Blanc")
JOUR: Final = date(2026, 11, 30)
MOTIF: Final = "elle apporte son avis jeudi"


@pytest.fixture(autouse=True)
def _a_l_heure(coffre: Coffre) -> None:
    a_l_heure(coffre)


def a_l_heure(coffre: Coffre, jour: date = JOUR) -> None:
    coffre._horloge = lambda: datetime.combine(jour, time(8, 50)).astimezone()


def suite(dans: int, voie: str = "fsl", **autres: Any) -> dict[str, Any]:
    attendue = (JOUR + timedelta(dans)).isoformat()
    dite = {"orientation": voie, "aupres_de": "FSL", "faite_le": "2026-10-01", "attendue_le": attendue, **autres}
    return {"suites": {"elements": {"s": dite}, "ordre": ["s"]}}


def a_renouveler(dans: int) -> dict[str, Any]:
    fin = JOUR + timedelta(dans)
    return {"demande": {"date_reception": fin.replace(year=fin.year - 1).isoformat()}}


def poser(coffre: Coffre, document: dict[str, Any], par: Auteur = NORA) -> str:
    identifiant: str = coffre.creer_dossier(document, par)["id"]
    return identifiant


def seule(coffre: Coffre, *, par: str = AGENT) -> AFaire:
    (une,) = a_faire(coffre, JOUR, par=par).lignes
    return une


# Les tranches.


@pytest.mark.parametrize(
    ("document", "tranche"),
    [
        (a_renouveler(-3), Tranche.MAINTENANT),
        (a_renouveler(0), Tranche.MAINTENANT),
        (a_renouveler(1), Tranche.SEMAINE),
        (a_renouveler(7), Tranche.SEMAINE),
        (a_renouveler(8), Tranche.LOIN),
        (a_renouveler(91), None),
        (suite(-12), Tranche.JOUR),
        (suite(0), Tranche.JOUR),
        (suite(2), Tranche.SEMAINE),
        (suite(8), None),
    ],
)
def test_une_date_de_droit_venue_est_a_faire_maintenant(
    coffre: Coffre, document: dict[str, Any], tranche: Tranche | None
) -> None:
    """Une réponse qui se fait attendre se relance dans la journée ; un droit qui se perd, tout de suite."""
    poser(coffre, document)
    page = a_faire(coffre, JOUR)
    assert [une.tranche for une in page.lignes] == ([tranche] if tranche else [])
    assert {nom for nom, nombre in page.comptes.items() if nombre} == ({tranche} if tranche else set())


def test_le_plus_pressant_d_abord_puis_le_plus_ancien(coffre: Coffre) -> None:
    for document in (suite(3), suite(-1), a_renouveler(-2), a_renouveler(40), suite(-9), a_renouveler(-8)):
        poser(coffre, document)
    dites = [(une.date.le - JOUR).days for une in a_faire(coffre, JOUR).lignes]
    assert dites == [-8, -2, -9, -1, 3, 40]


def test_les_tranches_voulues_et_leurs_pages(coffre: Coffre) -> None:
    coffre.importer([suite(-1 - rang) for rang in range(PAR_PAGE + 1)], NORA)
    poser(coffre, a_renouveler(0))
    du_jour = [a_faire(coffre, JOUR, tranches=(Tranche.JOUR,), page=page) for page in (0, 9)]
    assert [(len(une.lignes), une.page, une.total) for une in du_jour] == [(200, 0, 201), (1, 1, 201)]
    assert du_jour[1].lignes[0].date.le == JOUR - timedelta(1)
    # Les comptes disent tout, quelles que soient les tranches montrées.
    assert [une.comptes[Tranche.MAINTENANT] for une in du_jour] == [1, 1]
    assert a_faire(coffre, JOUR, Nature.RENOUVELLEMENT).total == 1


# De qui.


def test_mes_dossiers_ceux_d_un_agent_tous(coffre: Coffre) -> None:
    """Nommé référent, nommé à l'orientation, ou y a écrit ; une orientation finie ne nomme plus personne."""
    ecrit = poser(coffre, a_renouveler(0), PAUL)
    nomme = poser(coffre, a_renouveler(0) | {"protection": {"referent": "  paul  ROY "}})
    suivi = poser(coffre, suite(-1, suivie_par="Paul Roy"))
    autre = poser(coffre, a_renouveler(0))
    assert {une.dossier for une in a_faire(coffre, JOUR).lignes} == {ecrit, nomme, suivi, autre}
    assert {une.dossier for une in a_faire(coffre, JOUR, agent="Paul Roy").lignes} == {ecrit, nomme, suivi}
    assert a_faire(coffre, JOUR, agent="Roy").total == 0
    coffre.modifier(autre, {"demandeur.prenoms": "Zoé"}, PAUL)
    assert autre in {une.dossier for une in a_faire(coffre, JOUR, agent="Paul Roy").lignes}


def test_changer_de_referent_suit_aussi_les_delais_des_voies(coffre: Coffre) -> None:
    dossier = poser(coffre, {})
    delai = DateTenue(Nature.VOIE, "voie:fsl:d", JOUR + timedelta(2), None, None, "fsl", "Faire appel")
    coffre.noter_echeance(dossier, coffre.lire(dossier), None, JOUR, [delai])
    assert a_faire(coffre, JOUR, agent="Léa Blanc").total == 0
    coffre.modifier(dossier, {"protection.suppleant": "Léa Blanc"}, NORA)
    assert a_faire(coffre, JOUR, agent="Léa Blanc").total == 1


# Un dossier discret.


def test_un_discret_n_est_qu_a_qui_en_repond_et_ne_dit_que_ses_renouvellements(coffre: Coffre) -> None:
    """Sans sa nature, une date d'ordonnance ou d'orientation ; sans nom, jamais ; repris par son suppléant aussi."""
    protege = {
        "protection": {"discret": True, "referent": AGENT, "suppleant": PAUL.nom, "ordonnance_fin": "2026-12-02"}
    }
    dossier = poser(coffre, suite(-1) | a_renouveler(0) | protege | {"demandeur": {"nom": "Sow", "prenoms": "Awa"}})
    for un in (NORA, PAUL):
        lues = a_faire(coffre, JOUR, par=un.nom).lignes
        assert {une.date.nature: une.tue for une in lues} == {
            Nature.RENOUVELLEMENT: False,
            Nature.REPONSE: True,
            Nature.ORDONNANCE: True,
        }
        assert all(une.dossier == dossier and "Sow" not in repr(une.resume) for une in lues)
    assert a_faire(coffre, JOUR, par=LEA.nom).total == 0
    # De l'agent choisi, rien ne dit à un autre ce qu'il suit.
    assert a_faire(coffre, JOUR, par=LEA.nom, agent=AGENT).total == 0
    assert a_faire(coffre, JOUR, agent=PAUL.nom).total == 0
    assert a_faire(coffre, JOUR, agent=AGENT).total == 3


def test_le_delai_d_une_voie_d_un_discret_se_donne_a_la_lecture(coffre: Coffre) -> None:
    """Ce qu'un bilan en dit n'est rangé nulle part ; d'un dossier qu'on ne suit pas, il ne se lit pas."""
    dossier = poser(coffre, {"protection": {"discret": True, "referent": AGENT}})
    delai = DateTenue(Nature.VOIE, "voie:fsl:d", JOUR, JOUR + timedelta(5), JOUR, "fsl", "Faire appel")
    (une,) = a_faire(coffre, JOUR, delais={dossier: [delai]}).lignes
    assert (une.date, une.tranche, une.tue) == (delai, Tranche.MAINTENANT, True)
    assert a_faire(coffre, JOUR, delais={dossier: [delai]}, par=LEA.nom).total == 0
    # Le délai est passé : la même règle que pour un dossier ordinaire.
    passe = DateTenue(Nature.VOIE, "voie:fsl:d", JOUR - timedelta(9), JOUR - timedelta(1), None, "fsl", "x")
    assert a_faire(coffre, JOUR, delais={dossier: [passe]}).total == 0


def test_mutant_un_discret_liste_a_tous_se_voit(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(avis, "_portes", lambda *_: select(schema.porte_discrete))
    with pytest.raises(AssertionError):
        test_un_discret_n_est_qu_a_qui_en_repond_et_ne_dit_que_ses_renouvellements(coffre)


def test_mutant_une_date_reservee_commune_se_voit(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rappels, "_reservee", lambda _: False)
    poser(coffre, suite(-1, "violences-couple"))
    with pytest.raises(AssertionError):
        assert a_faire(coffre, JOUR, par=PAUL.nom).total == 0


# Reporter.


def test_reporte_replie_puis_revenu(coffre: Coffre) -> None:
    """Le motif et qui reste lisibles, repliés ; au jour dit la ligne revient, et l'on sait encore pourquoi."""
    dossier = poser(coffre, suite(-2))
    une = seule(coffre)
    coffre.taches.reporter(dossier, une.date, JOUR + timedelta(3), f"  {MOTIF} ", NORA)
    page = a_faire(coffre, JOUR, par=PAUL.nom)
    report = Report(JOUR + timedelta(3), MOTIF, AGENT)
    assert (page.lignes, page.total, page.comptes[Tranche.JOUR]) == ((), 0, 0)
    assert [(un.report, un.reportee) for un in page.reportees] == [(report, True)]
    (revenue,) = a_faire(coffre, JOUR + timedelta(3)).lignes
    assert (revenue.report, revenue.reportee) == (report, False)
    assert [un.geste.acces for un in coffre.acces(dossier)][-1] is Acces.REPORTER


def test_annuler_rend_la_ligne_tout_de_suite(coffre: Coffre) -> None:
    dossier = poser(coffre, suite(-2))
    cle = seule(coffre).date.cle
    coffre.taches.reporter(dossier, seule(coffre).date, JOUR + timedelta(3), MOTIF, NORA)
    coffre.taches.annuler(dossier, cle, PAUL)
    assert seule(coffre).report is None
    # Annuler ce qui ne l'est plus ne dit rien de neuf.
    coffre.taches.annuler(dossier, cle, PAUL)
    assert [un.geste.acces for un in coffre.acces(dossier)].count(Acces.ANNULER_UN_REPORT) == 1


@pytest.mark.parametrize(
    ("document", "dans", "motif", "faute"),
    [
        (suite(-2), 0, MOTIF, reports.DEMAIN),
        (suite(-2), 31, MOTIF, "au plus jusqu'au 30/12/2026"),
        (suite(-2), 3, "  ", reports.SANS_MOTIF),
        (suite(-2), 3, "1 85 05 78 006 084 91", reports.NIR),
        (a_renouveler(0), 1, MOTIF, reports.VENUE),
        (a_renouveler(5), 6, MOTIF, "au plus jusqu'au 05/12/2026"),
    ],
)
def test_ce_qui_ne_se_reporte_pas(coffre: Coffre, document: dict[str, Any], dans: int, motif: str, faute: str) -> None:
    dossier = poser(coffre, document)
    une = seule(coffre)
    with pytest.raises(ErreurUtilisateur, match=faute):
        coffre.taches.reporter(dossier, une.date, JOUR + timedelta(dans), motif, NORA)
    assert a_faire(coffre, JOUR).reportees == ()


def test_un_rendez_vous_se_deplace(coffre: Coffre) -> None:
    dossier = poser(coffre, {})
    rendez_vous = DateTenue(Nature.RENDEZ_VOUS, "rendez_vous:x", JOUR)
    with pytest.raises(ErreurUtilisateur, match="déplacez-le"):
        coffre.taches.reporter(dossier, rendez_vous, JOUR + timedelta(1), MOTIF, NORA)


def test_qui_ne_repond_pas_d_un_discret_ne_le_reporte_pas(coffre: Coffre) -> None:
    dossier = poser(coffre, suite(-2) | {"protection": {"discret": True, "referent": AGENT}})
    une = seule(coffre)
    with pytest.raises(ErreurUtilisateur, match="pas dans votre liste"):
        coffre.taches.reporter(dossier, une.date, JOUR + timedelta(3), MOTIF, PAUL)
    coffre.taches.reporter(dossier, une.date, JOUR + timedelta(3), MOTIF, NORA)
    with pytest.raises(ErreurUtilisateur, match="pas dans votre liste"):
        coffre.taches.annuler(dossier, une.date.cle, PAUL)
    assert [un.dossier for un in a_faire(coffre, JOUR).reportees] == [dossier]
    assert a_faire(coffre, JOUR, par=PAUL.nom).reportees == ()


def _motifs(coffre: Coffre) -> list[str]:
    with coffre._base.lecture(entiere=True) as connexion:
        return list(connexion.scalars(select(schema.report.c.motif)))


def test_le_motif_part_avec_sa_date(coffre: Coffre) -> None:
    """La réponse est venue, le délai n'y est plus : un texte sur quelqu'un ne reste pas sans raison."""
    dossier = poser(coffre, suite(-2) | a_renouveler(20))
    delai = DateTenue(Nature.VOIE, "voie:fsl:d", JOUR + timedelta(9), None, None, "fsl", "Faire appel")
    coffre.noter_echeance(dossier, coffre.lire(dossier), None, JOUR, [delai])
    for une in a_faire(coffre, JOUR).lignes:
        coffre.taches.reporter(dossier, une.date, JOUR + timedelta(2), f"motif {une.date.nature}", NORA)
    assert len(_motifs(coffre)) == 3
    coffre.modifier(dossier, {"suites.elements.s.issue": "acceptee"}, NORA)
    assert sorted(_motifs(coffre)) == ["motif renouvellement", "motif voie"]
    coffre.noter_echeance(dossier, coffre.lire(dossier), None, JOUR)
    assert _motifs(coffre) == ["motif renouvellement"]


def test_le_motif_part_avec_son_dossier(coffre: Coffre) -> None:
    """Supprimé, la ligne n'y est plus ; effacé, le motif non plus."""
    dossier = poser(coffre, suite(-2))
    coffre.taches.reporter(dossier, seule(coffre).date, JOUR + timedelta(3), MOTIF, NORA)
    coffre.supprimer(dossier, Raison.DOUBLE, "deux fois", NORA)
    page = a_faire(coffre, JOUR)
    assert (page.lignes, page.reportees) == ((), ())
    a_l_heure(coffre, JOUR + timedelta(40))
    coffre.effacer_les_echus()
    assert _motifs(coffre) == []


def test_devenu_discret_son_report_n_est_plus_qu_a_qui_en_repond(coffre: Coffre) -> None:
    dossier = poser(coffre, suite(-2))
    coffre.taches.reporter(dossier, seule(coffre).date, JOUR + timedelta(3), MOTIF, NORA)
    coffre.modifier(dossier, devenir_discret() | {"protection.referent": AGENT}, NORA)
    assert a_faire(coffre, JOUR, par=PAUL.nom).reportees == ()
    assert [un.dossier for un in a_faire(coffre, JOUR).reportees] == [dossier]


# La propriété : un report ne cache jamais une date de droit au-delà d'« agissez avant ».

_ECARTS: Final = st.integers(-200, 120)
_DE_DROIT: Final = [nature for nature, dite in declarees().items() if dite.droit]


@pytest.fixture(scope="module")
def grand(tmp_path_factory: pytest.TempPathFactory) -> Any:
    ouvert, _ = creer(tmp_path_factory.mktemp("reports") / "grand.perron")
    yield ouvert
    ouvert.fermer()


@given(le=_ECARTS, jusqu_au=_ECARTS, regarde=_ECARTS, discret=st.booleans())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_un_report_ne_cache_jamais_une_date_de_droit_venue(
    grand: Coffre, le: int, jusqu_au: int, regarde: int, discret: bool
) -> None:
    """Quoi que porte la table : une date avancée après le report, un poste d'une autre version, une horloge folle."""
    _eprouver(grand, le, jusqu_au, JOUR + timedelta(regarde), discret=discret)


def _eprouver(coffre: Coffre, le: int, jusqu_au: int, regarde: date, *, discret: bool) -> None:
    protege = {"protection": {"discret": True, "referent": AGENT}} if discret else {}
    dossier = poser(coffre, a_renouveler(le) | protege)
    with coffre._base.ecriture() as connexion:
        ecrit = (JOUR + timedelta(jusqu_au)).isoformat()
        ligne = {"dossier": dossier, "cle": "renouvellement", "jusqu_au": ecrit, "motif": "x", "agent": "x", "le": ""}
        connexion.execute(schema.report.insert(), ligne)
    page = a_faire(coffre, regarde)
    montree = [un for un in page.lignes if un.dossier == dossier]
    repliee = [un for un in page.reportees if un.dossier == dossier]
    # Une ligne : montrée ou repliée, jamais les deux, jamais perdue.
    presse = le - 90 <= (regarde - JOUR).days <= le + 180
    assert len(montree) + len(repliee) == presse
    if repliee:
        assert regarde < repliee[0].date.le
        assert regarde < JOUR + timedelta(jusqu_au)
    with coffre._base.ecriture() as connexion:
        connexion.execute(schema.report.delete())
    coffre.modifier(dossier, {"demande.radiee": True}, NORA)


def test_mutant_le_report_seul_decide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la borne de droit, une demande à renouveler hier resterait repliée."""

    def seul(jour: date, _: Any) -> ColumnElement[bool]:
        return schema.report.c.jusqu_au > jour.isoformat()

    coffre, _ = creer(tmp_path / "c.perron")
    _eprouver(coffre, -1, 10, JOUR, discret=False)
    monkeypatch.setattr(mecanisme, "est_reportee", seul)
    with pytest.raises(AssertionError):
        _eprouver(coffre, -1, 10, JOUR, discret=False)
    coffre.fermer()


@given(nature=st.sampled_from(list(Nature)), le=_ECARTS)
@settings(max_examples=100, deadline=None)
def test_jusqu_ou_reporter(nature: Nature, le: int) -> None:
    dernier = jusqu_ou_reporter(DateTenue(nature, "x", JOUR + timedelta(le)), JOUR)
    if nature is Nature.RENDEZ_VOUS or (nature in _DE_DROIT and le <= 0):
        assert dernier is None
    else:
        assert dernier is not None
        assert JOUR < dernier <= JOUR + report_au_plus()
        assert nature not in _DE_DROIT or dernier <= JOUR + timedelta(le)
