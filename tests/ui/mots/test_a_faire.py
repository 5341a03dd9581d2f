"""À faire aujourd'hui : ce qui presse sort, ce qui est suivi ou discret ne sort pas, le plus pressant d'abord."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import creer
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.coffre import Coffre
from modele.dossier.dates_tenues import DateTenue
from modele.droits import Auteur
from modele.orientation.resultat import Echeance, Urgence
from modele.protection.discretion import devenir_discret
from ui.etat.exemples import lire_exemples
from ui.lancement import Poste
from ui.mots import a_faire as a_faire_mots
from ui.mots.a_faire import (
    Tache,
    TachesDesRecents,
    dates_des_voies,
    jusqu_au,
    prochaine_echeance,
    ranger,
    taches,
)
from ui.theatre.scenes import heberge

JOUR = date(2026, 11, 23)
NORA = Auteur("Nora Petit")


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def exemple(nom: str) -> dict[str, Any]:
    return next(d for d in lire_exemples() if d["demandeur"]["nom"] == nom)


def a_faire(regles: Regles, document: dict[str, Any], jour: date = JOUR) -> list[Tache]:
    return list(taches(etablir(regles, document, jour, exacte=False), document["id"], "titre"))


def test_sans_toit_est_a_faire_maintenant(regles: Regles) -> None:
    """La voie immédiate sort, une seule par dossier."""
    (tache,) = a_faire(regles, exemple("ROUX"))
    assert tache.urgence is Urgence.IMMEDIATE


def test_une_suite_notee_retire_la_tache(regles: Regles) -> None:
    """Ce qui a été fait ne se redemande pas."""
    document = exemple("ROUX")
    voies = [v.id for v in etablir(regles, document, JOUR).voies_retenues]
    elements = {f"s{rang}": {"orientation": voie} for rang, voie in enumerate(voies)}
    document["suites"] = {"elements": elements, "ordre": list(elements)}
    assert a_faire(regles, document) == []


def test_une_suite_notee_a_la_voie_remplacee_vaut_aussi(regles: Regles) -> None:
    """« Sans toit » suivi, puis un enfant dit : la voie précisée ne se redemande pas."""
    document = exemple("ROUX")
    document["triage"] = {**document.get("triage", {}), "toit_ce_soir": "non", "enfant_avec": True}
    document["suites"] = {"elements": {"s": {"orientation": "sans-abri"}}, "ordre": ["s"]}
    voie = next(v for v in etablir(regles, document, JOUR).voies_retenues if v.id == "sans-abri-enfant")
    assert voie.libelle not in [tache.libelle for tache in a_faire(regles, document)]


def test_un_dossier_discret_ne_parait_jamais(regles: Regles) -> None:
    """Même sans toit, même aujourd'hui."""
    document = exemple("ROUX")
    document["protection"] = {"discret": True}
    assert a_faire(regles, document) == []


def depose(jour: date, regles: Regles) -> list[str]:
    """Reçu le 27/11/2026 par la commission : trois mois, puis deux pour contester son silence."""
    document = {"id": "x", "dalo": {"statut": "depose", "date_reception_dossier": "2026-11-27"}}
    bilan = etablir(regles, document, jour, exacte=False)
    return [une.cle.rpartition(":")[2] for une in dates_des_voies(bilan, bilan.voies_retenues)]


def test_le_silence_de_la_commission_se_dit_encore_quand_sa_date_est_venue(regles: Regles) -> None:
    """Le 27/02/2027 rien n'est venu : la date reste, jusqu'au dernier jour où le silence se conteste, et au-delà."""
    deux = ["decision-commission", "contester-silence"]
    for jour in (date(2026, 11, 30), date(2027, 2, 28), date(2027, 4, 27)):
        assert depose(jour, regles) == deux
    assert depose(date(2027, 4, 29), regles) == ["contester-silence"]


def test_un_delai_arrete_se_dit_tant_qu_il_l_est_et_reparti_jusqu_a_sa_date_repoussee(regles: Regles) -> None:
    """Arrêté, il est là dix ans plus tard, avec le jour du courrier ; reparti, deux mois après la date repoussée."""
    dalo = {"statut": "depose", "date_reception_dossier": "2026-11-12", "pieces_demandees_le": "2026-12-01"}

    def dits(jour: date, **reste: str) -> dict[str, DateTenue]:
        bilan = etablir(regles, {"id": "x", "dalo": {**dalo, **reste}}, jour, exacte=False)
        tenues = dates_des_voies(bilan, bilan.voies_retenues)
        return {une.cle.rpartition(":")[2]: une for une in tenues}

    tard = dits(date(2036, 12, 1))
    assert set(tard) == {"decision-commission", "contester-silence"}
    decision = tard["decision-commission"]
    assert (decision.le, decision.depuis) == (date(2027, 2, 12), date(2026, 12, 1))
    # Repoussée au 05/03/2027 : soixante jours de plus, le 04/05 ; sans arrêt, le 13/04.
    assert "decision-commission" in dits(date(2027, 5, 4), pieces_remises_le="2026-12-21")
    assert "decision-commission" not in dits(date(2027, 5, 5), pieces_remises_le="2026-12-21")
    assert dits(date(2027, 3, 1), pieces_remises_le="2026-12-21")["decision-commission"].depuis is None


def test_le_silence_du_prefet_ne_s_efface_pas_le_lendemain(regles: Regles) -> None:
    """Sa date établie, il reste à faire : saisir le tribunal. Un délai que rien ne suit s'en va."""
    reste, rien = Echeance("e", "e", le=JOUR, fin_possible=JOUR, apres="le tribunal"), Echeance("e", "e", le=JOUR)
    assert jusqu_au(reste, JOUR, JOUR) == JOUR + timedelta(days=60)
    assert jusqu_au(rien, JOUR, JOUR) == JOUR + timedelta(days=60)
    assert jusqu_au(replace(rien, fin_possible=JOUR), JOUR, JOUR) == JOUR


def test_mutant_une_date_prise_pour_sa_fin(regles: Regles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Comme avant : la date du silence prise pour la fin de tout, il se taisait dès le lendemain."""
    monkeypatch.setattr(a_faire_mots, "jusqu_au", lambda une, le, _: une.fin_possible or le)
    assert depose(date(2027, 2, 28), regles) == ["contester-silence"]


def test_le_plus_pressant_d_abord() -> None:
    """Deux fois la même tâche n'en fait qu'une."""
    semaine = Tache(Urgence.SEMAINE, "b", "1", "t")
    proche = Tache(Urgence.SEMAINE, "a", "1", "t")
    immediate = Tache(Urgence.IMMEDIATE, "z", "2", "t")
    assert ranger([semaine, proche, immediate, semaine]) == [immediate, proche, semaine]


def test_l_accueil_montre_ce_qui_presse(qtbot: QtBot, poste_garni: Poste) -> None:
    """Avec les exemples : la personne sans toit est en tête, dite avec son urgence."""
    accueil: Any = poste_garni.fenetre.pile.currentWidget()
    for _ in range(8):
        au_repos(qtbot, poste_garni)
    assert not accueil.a_faire.isHidden()
    premiere = accueil.a_faire.courante()
    assert premiere.dite.startswith("maintenant")
    assert premiere.detail.startswith("Dossier ")
    assert "ROUX" in premiere.devoilee().detail
    assert "GARNIER" not in " ".join(p.detail for p in [premiere])


def test_la_prochaine_echeance_est_la_premiere_encore_ouverte(regles: Regles) -> None:
    """Celle qui est passée ne compte plus ; d'un dossier discret, aucune."""
    bilan = etablir(regles, heberge(), JOUR, exacte=False)
    ouvertes = [e.le for v in bilan.voies_retenues for e in v.echeances if e.le and (e.fin_possible or e.le) >= JOUR]
    passees = [e.le for v in bilan.voies_retenues for e in v.echeances if e.le and (e.fin_possible or e.le) < JOUR]
    assert passees
    assert prochaine_echeance(bilan) == min(ouvertes)
    discret = heberge() | {"protection": {"discret": True}}
    assert prochaine_echeance(etablir(regles, discret, JOUR, exacte=False)) is None


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    """Un coffre où sont les dossiers d'exemple."""
    ouvert, _ = creer(tmp_path / "essai.perron")
    ouvert.importer(lire_exemples(), NORA)
    yield ouvert
    ouvert.fermer()


@pytest.fixture
def etablis(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Les dossiers dont un bilan se refait."""
    refaits: list[str] = []

    def noter(regles: Regles, document: dict[str, Any], jour: date, **reste: Any) -> Bilan:
        refaits.append(document["id"])
        return etablir(regles, document, jour, **reste)

    monkeypatch.setattr("modele.bilan.etablir", noter)
    return refaits


def _relues(coffre: Coffre, regles: Regles, lues: TachesDesRecents) -> list[Tache]:
    """Ce que rend une relecture par lots, vérifié contre ce que rend une lecture sans mémoire."""
    rendues = [t for debut in range(0, 14, 2) for t in lues.lire(coffre, regles, JOUR, debut, debut + 2)]
    assert set(rendues) == set(TachesDesRecents().lire(coffre, regles, JOUR, 0, 30))
    return rendues


def test_seul_un_dossier_change_se_relit(regles: Regles, coffre: Coffre, etablis: list[str]) -> None:
    """Revenir à l'accueil ne refait aucun bilan ; un dossier changé se relit, d'où qu'il vienne dans la liste."""
    lues = TachesDesRecents()
    dernier = _relues(coffre, regles, lues)[-1].dossier
    etablis.clear()
    lues.lire(coffre, regles, JOUR, 0, 30)
    assert etablis == []
    coffre.modifier(dernier, {"demandeur.nom": "Renommée"}, NORA)
    lues.lire(coffre, regles, JOUR, 0, 2)
    assert etablis == [dernier]
    assert any("RENOMMÉE" in t.titre.upper() for t in _relues(coffre, regles, lues) if t.dossier == dernier)


def test_un_dossier_devenu_discret_est_oublie(regles: Regles, coffre: Coffre) -> None:
    """Ses tâches ne restent ni montrées, ni en mémoire."""
    lues = TachesDesRecents()
    elle = next(t.dossier for t in _relues(coffre, regles, lues) if "ROUX" in t.titre)
    coffre.modifier(elle, devenir_discret(), NORA)
    assert elle not in {t.dossier for t in _relues(coffre, regles, lues)}
    assert not any(elle in lot for lot in lues._lots.values())


def test_un_autre_jour_ou_d_autres_regles_relisent_tout(regles: Regles, coffre: Coffre, etablis: list[str]) -> None:
    lues, nombre = TachesDesRecents(), sum(not un.resume.discret for un in coffre.recents())
    for celles, jour in ((regles, JOUR), (regles, JOUR + timedelta(days=1)), (replace(regles), JOUR)):
        etablis.clear()
        lues.lire(coffre, celles, jour, 0, 30)
        assert len(etablis) == nombre
