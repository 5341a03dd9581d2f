"""Une voie immédiate retenue ou possible ne se tait jamais parce qu'une réponse est retirée, refusée ou ignorée."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from modele.bilan import charger_regles, etablir
from modele.orientation import examen
from modele.orientation.resultat import Urgence
from modele.regles.kleene import evaluer
from ressources import RESSOURCES

REGLES = charger_regles("metropole-exemple")
IMMEDIATES = {regle.id for regle in REGLES.orientations if regle.urgence is Urgence.IMMEDIATE}
JOUR = date(2026, 11, 29)
Document = dict[str, Any]
Chemin = tuple[str, ...]

REFUS, NE_SAIT_PAS, RETIREE = {"refus": True}, {"ne_sait_pas": True}, None
DIRES = [RETIREE, REFUS, NE_SAIT_PAS]

# Ce qui se dit à l'accueil, et dont dépendent les voies immédiates.
CHAMPS: dict[str, list[Any]] = {
    "triage.danger_immediat": [True, False],
    "triage.sante_urgente": [True, False],
    "triage.toit_ce_soir": ["oui", "non", "provisoire"],
    "triage.enfant_avec": [True, False],
    "triage.papier_huissier": ["aucun", "jugement", "concours_force_publique"],
    "triage.logement_dangereux": [True, False],
    "triage.peur_au_domicile": [True, False],
    "protection.seul_a_seul": [True, False],
    "logement_actuel.statut": ["locataire_hlm", "sans_abri", "squat", "chez_particulier"],
    "logement_actuel.danger_immediat": [True, False],
    "logement_actuel.indigne": [True, False],
    "logement_actuel.impropre": [True, False],
    "logement_actuel.non_decent": [True, False],
    "expulsion.etape": ["impaye", "jugement", "commandement_quitter", "concours_force_publique"],
    "demande.motifs": [
        {"coches": ["violences"]},
        {"coches": ["expulsion"], "clos": True},
        {"coches": ["trop_petit"], "clos": True},
    ],
    "demandeur.date_naissance": ["2010-05-01", "1990-05-01"],
}


def poser(document: Document, chemin: Chemin, valeur: Any) -> None:
    """Écrit la réponse ; ``None`` la retire."""
    for cle in chemin[:-1]:
        document = document.setdefault(cle, {})
    if valeur is RETIREE:
        document.pop(chemin[-1], None)
    else:
        document[chemin[-1]] = valeur


@st.composite
def dossiers(tirer: st.DrawFn) -> Document:
    """Un dossier d'accueil, chaque réponse dite, refusée, ignorée ou pas encore demandée."""
    document: Document = {"territoire": "metropole-exemple"}
    for champ, valeurs in CHAMPS.items():
        poser(document, tuple(champ.split(".")), tirer(st.sampled_from([*valeurs, *DIRES])))
    return document


def feuilles(document: Mapping[str, Any], ici: Chemin = ()) -> Iterator[Chemin]:
    for cle, valeur in document.items():
        if cle == "territoire":
            continue
        est_reponse = not isinstance(valeur, dict) or bool({"coches", "refus", "ne_sait_pas"} & valeur.keys())
        yield from [(*ici, cle)] if est_reponse else feuilles(valeur, (*ici, cle))


def parlent(document: Document) -> set[str]:
    """Les voies immédiates de l'examen : montrées, ou dont une voie montrée prend la place."""
    voies = etablir(REGLES, document, JOUR, exacte=False).voies
    return {nom for voie in voies for nom in (voie.id, *voie.remplacees)} & IMMEDIATES


def tues(document: Document, oublis: Mapping[Chemin, Any]) -> set[str]:
    """Les voies immédiates qui se taisent une fois ces réponses retirées, refusées ou ignorées."""
    apres = deepcopy(document)
    for chemin, dire in oublis.items():
        poser(apres, chemin, dire)
    return parlent(document) - parlent(apres)


@settings(max_examples=100)
@given(donnees=st.data())
def test_oublier_ne_fait_taire_aucune_voie_immediate(donnees: st.DataObject) -> None:
    """Seules ou ensemble, sur des dossiers de toute sorte."""
    document = donnees.draw(dossiers())
    dites = list(feuilles(document))
    choisies = donnees.draw(st.sets(st.sampled_from(dites), min_size=1)) if dites else set()
    assert tues(document, {chemin: donnees.draw(st.sampled_from(DIRES)) for chemin in sorted(choisies)}) == set()


CALME = {"danger_immediat": False, "toit_ce_soir": "oui", "papier_huissier": "aucun", "logement_dangereux": False}
SANS_RIEN = {"indigne": False, "impropre": False, "non_decent": False}


@pytest.mark.parametrize(
    ("voie", "chemin", "document"),
    [
        (
            "concours-force-publique",
            ("expulsion", "etape"),
            {
                "expulsion": {"etape": "concours_force_publique"},
                "demande": {"motifs": {"coches": ["trop_petit"], "clos": True}},
            },
        ),
        (
            "logement-danger-immediat",
            ("logement_actuel", "danger_immediat"),
            {"logement_actuel": SANS_RIEN | {"danger_immediat": True}},
        ),
    ],
)
def test_dit_apres_un_triage_calme_le_danger_reste_dit(voie: str, chemin: Chemin, document: Document) -> None:
    """Ni un « aucun » au triage ni des « non » à côté ne cachent ce qui a été dit ; retiré, il reste possible."""
    document = document | {"triage": CALME}
    retenues = {une.id for une in etablir(REGLES, document, JOUR, exacte=False).voies_retenues}
    assert voie in retenues
    assert all(tues(document, {chemin: dire}) == set() for dire in DIRES)


@pytest.mark.parametrize("dit", ["indigne", "impropre", "non_decent"])
def test_un_logement_indigne_retire_laisse_le_danger_possible(dit: str) -> None:
    document = {"triage": CALME, "logement_actuel": {dit: True}}
    assert all(tues(document, {("logement_actuel", dit): dire}) == set() for dire in DIRES)


def exemples() -> list[Document]:
    from modele.dossier.documents import decoder

    return list(decoder((RESSOURCES / "exemples" / "dossiers.json").read_bytes()))


@pytest.mark.parametrize("dire", DIRES)
@pytest.mark.parametrize("document", exemples(), ids=lambda un: str(un["demandeur"]["nom"]))
def test_sur_chaque_exemple_livre_tout_le_triage_oublie(document: Document, dire: Any) -> None:
    """Le triage entier, puis le logement et l'expulsion : rien d'immédiat ne se tait."""
    sections = {"triage", "logement_actuel", "expulsion"}
    oublis = [chemin for chemin in feuilles(document) if chemin[0] in sections]
    assert tues(document, dict.fromkeys(oublis, dire)) == set()


A_LA_RUE: Document = {"triage": {"toit_ce_soir": "non", "danger_immediat": True}}
MUTANTS: dict[str, Callable[..., Any]] = {
    "l'inconnu vaut non": lambda *reste: evaluer(*reste) is True,
    "le possible ne se dit pas": lambda *reste: evaluer(*reste) or False,
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=list(MUTANTS))
def test_mutant_l_inconnu_vaut_non(monkeypatch: pytest.MonkeyPatch, mutant: Callable[..., Any]) -> None:
    """Une question oubliée qui vaudrait « non » se voit ici."""
    monkeypatch.setattr(examen, "evaluer", mutant)
    assert {"sans-abri", "danger-immediat"} <= tues(A_LA_RUE, dict.fromkeys(feuilles(A_LA_RUE), REFUS))


def test_mutant_une_condition_incertaine_de_remplacement_cacherait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une voie qui ne remplace que « si c'est certain » ne cache rien dans le doute."""
    from dataclasses import replace

    from modele.regles.conditions import Comparaison, Non, Op

    emancipe = REGLES.catalogue["demandeur.mineur_emancipe"]
    si = Non(Comparaison(emancipe, Op.EGAL, True))
    regles = [
        replace(regle, remplace_si=si, reprend=False) if regle.id == "sans-abri-enfant" else regle
        for regle in REGLES.orientations
    ]
    bilan = etablir(REGLES, {"triage": {"toit_ce_soir": "non", "enfant_avec": True}}, JOUR, exacte=False)
    ids = {voie.id for voie in examen.orienter(regles, bilan.situation)}
    assert {"sans-abri", "sans-abri-enfant"} <= ids
    # « demandeur.age » n'est pas dit : « pas émancipé » reste inconnu, et un évaluateur crédule y lirait un oui.
    monkeypatch.setattr(examen, "evaluer", lambda *reste: evaluer(*reste) is not False)
    assert "sans-abri" not in {voie.id for voie in examen.orienter(regles, bilan.situation)}
