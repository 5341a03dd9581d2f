"""Un dossier relu d'après un autre dit la même chose que lu seul : ce qui se reprend n'a pas pu changer."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from dossiers_charges import dossier_charge
from hypothesis import given, settings
from hypothesis import strategies as st

import modele.bilan
from modele.bilan import Bilan, Regles, _deriveur, _sans_proteges, charger_regles, etablir
from modele.dossier import conduite, ecarts, entretien
from modele.dossier.chemins import ABSENT, Document, feuilles, lire, poser
from modele.dossier.conduite import Conduite, mener
from modele.dossier.ephemeres import sans_ephemeres
from modele.dossier.faits.ensemble import Tirage, ouvrir
from modele.dossier.faits.lecture import Lecture
from modele.dossier.situation import EtatsBruts, etats_bruts
from modele.regles.etats import INCONNU, connu

JOUR = date(2026, 11, 22)
TIRAGES = 40


@cache
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def lu(document: Mapping[str, Any], deja: tuple[Mapping[str, Any], EtatsBruts, Conduite] | None = None) -> Any:
    bruts = etats_bruts(document, regles().locaux, deja[:2] if deja else None)
    rendue = mener(regles().questionnaire, document, bruts, _deriveur(regles(), JOUR), deja[2] if deja else None)
    return document, bruts, rendue


def dit(lecture: tuple[Mapping[str, Any], EtatsBruts, Conduite]) -> list[Any]:
    """Tout ce qu'une lecture rend, l'ordre des fautes excepté."""
    _, bruts, rendue = lecture
    brut = [replace(une, fautes=tuple(sorted(une.fautes))) for une in (bruts, rendue.entretien.bruts)]
    return [*brut, rendue.entretien.sections, rendue.situation]


def voisin(document: Document, autre: Document, hasard: random.Random, combien: int) -> Document:
    """Le même document, où quelques réponses sont celles d'un autre, ou ne sont plus."""
    chemins = [chemin for chemin, _ in feuilles(document)]
    for chemin in hasard.sample(chemins, min(combien, len(chemins))):
        document = poser(document, chemin, lire(autre, chemin) if hasard.random() < 0.7 else ABSENT)
    return document


def paire(graine: int) -> tuple[Document, Document]:
    """Deux dossiers que peu de réponses séparent ; plus ou moins remplis, plus ou moins proches."""
    hasard = random.Random(graine)
    part = hasard.choice([0.15, 0.5, 0.9, 1.0])
    un = dossier_charge(graine, part=part)
    return un, voisin(un, dossier_charge(graine + 1, part=part), hasard, hasard.choice([0, 1, 2, 5, 20]))


@settings(max_examples=TIRAGES, deadline=None)
@given(st.integers(0, 2**31))
def test_lire_d_apres_un_voisin_ne_change_rien(graine: int) -> None:
    un, autre = paire(graine)
    assert dit(lu(autre, lu(un))) == dit(lu(autre))


@settings(max_examples=TIRAGES, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.2, 0.6, 1.0]))
def test_le_dossier_ou_rien_de_protege_n_est_dit_se_lit_comme_seul(graine: int, part: float) -> None:
    """Rien de ce qui est protégé ne reste dans ce qu'on a repris : le cas même de la note (décision 0011)."""
    document = poser(dossier_charge(graine, part=part), "triage.peur_au_domicile", True)
    reste = _sans_proteges(regles(), document)
    assert reste is not document
    assert dit(lu(reste, lu(document))) == dit(lu(reste))


@settings(max_examples=TIRAGES // 2, deadline=None)
@given(st.integers(0, 2**31), st.booleans())
def test_un_bilan_qui_part_du_precedent_dit_la_meme_chose(graine: int, exacte: bool) -> None:
    """De réponse en réponse, comme au poste : chacun part du bilan d'avant, exact ou non."""
    un, autre = paire(graine)
    suivi = None
    for document in (un, autre, un, sans_ephemeres(autre)):
        suivi = etablir(regles(), document, JOUR, exacte=False, precedent=suivi)
        seul = etablir(regles(), document, JOUR, exacte=False)
        assert _compare(suivi) == _compare(seul)
    if exacte:
        voulu = etablir(regles(), suivi.document, JOUR)
        assert _compare(etablir(regles(), suivi.document, JOUR, precedent=suivi)) == _compare(voulu)


def _compare(bilan: Bilan) -> list[Any]:
    """Ce qu'un bilan dit ; l'ordre des fautes excepté."""
    tries = replace(bilan.entretien.bruts, fautes=tuple(sorted(bilan.entretien.bruts.fautes)))
    return [bilan.situation, bilan.entretien.sections, tries, bilan.cotation, bilan.voies, bilan.pieces, bilan.document]


def test_un_bilan_d_un_autre_jour_ou_d_un_autre_lieu_ne_sert_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    document = sans_ephemeres(dossier_charge(4))
    veille = etablir(regles(), document, JOUR - timedelta(days=1), exacte=False)
    ailleurs = etablir(charger_regles("toulouse-metropole"), document, JOUR, exacte=False)
    repris: list[object] = []
    lire_seul = modele.bilan._lire
    monkeypatch.setattr(
        modele.bilan, "_lire", lambda r, d, j, deja=None: repris.append(deja) or lire_seul(r, d, j, deja)
    )
    for precedent in (veille, ailleurs, None, etablir(regles(), document, JOUR, exacte=False)):
        repris.clear()
        etablir(regles(), document, JOUR, exacte=False, precedent=precedent)
        memes = precedent is not None and precedent.jour == JOUR and precedent.regles is regles()
        assert (repris[0] is not None) is memes


def test_ce_qui_ne_s_ecrit_pas_ne_reste_pas_dans_la_lecture_gardee() -> None:
    """Le bilan suivant ne part jamais d'un document qui portait un fait éphémère (norme §3)."""
    document = sans_ephemeres(dossier_charge(4))
    assert etablir(regles(), document, JOUR, exacte=False).lecture is not None
    assert etablir(regles(), poser(document, "triage.mineur_seul", True), JOUR, exacte=False).lecture is None


def test_la_memoire_ne_garde_que_le_dernier_bilan() -> None:
    """Sans quoi un entretien d'une heure retiendrait chaque réponse dite, l'une derrière l'autre."""
    document = sans_ephemeres(dossier_charge(4))
    premier = etablir(regles(), document, JOUR, exacte=False)
    vu = weakref.ref(premier.lecture.conduite.passages[0])
    suivi = premier
    for surface in range(20, 26):
        suivant = poser(document, "logement_actuel.surface", surface)
        suivi = etablir(regles(), suivant, JOUR, exacte=False, precedent=suivi)
    del premier
    gc.collect()
    assert vu() is None


def test_un_document_deja_lu_ne_se_relit_pas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans quoi l'épreuve au-dessus tiendrait aussi de ne jamais rien reprendre."""
    document = dossier_charge(4)
    deja = lu(document)
    jugees: list[object] = []
    noter = entretien.Passage.noter
    monkeypatch.setattr(
        entretien.Passage,
        "noter",
        lambda soi, question, *reste: jugees.append(question) or noter(soi, question, *reste),
    )
    lu(poser(document, "logement_actuel.surface", 31), deja)
    sans_fait = [une for section in regles().questionnaire.sections for une in section.questions if une.si_dit]
    assert len(jugees) < len(deja[2].passages[0].notes) // 4
    assert len(jugees) >= len(sans_fait)


@pytest.mark.parametrize(
    ("module", "nom", "mutant"),
    [
        pytest.param(modele.bilan, "ecarts", lambda *_: frozenset(), id="aucun écart pour les faits dérivés"),
        pytest.param(entretien, "noms_differents", lambda *_: (), id="les faits dérivés ne se comparent pas"),
        pytest.param(ecarts, "_cadre", lambda _: None, id="qui est là ne compte pas"),
    ],
)
def test_chaque_garde_a_sa_raison(monkeypatch: pytest.MonkeyPatch, module: Any, nom: str, mutant: Any) -> None:
    """Une garde ôtée se voit sur l'un de ces voisins."""
    couples = [*_voisins_a_la_main(), *map(paire, range(12))]
    bons = [dit(lu(autre)) for _, autre in couples]
    monkeypatch.setattr(module, nom, mutant)
    _deriveur.cache_clear()
    try:
        assert any(_differe(un, autre, bon) for (un, autre), bon in zip(couples, bons, strict=True))
    finally:
        _deriveur.cache_clear()


def _differe(un: Document, autre: Document, bon: list[Any]) -> bool:
    try:
        return dit(lu(autre, lu(un))) != bon
    except ValueError:  # des personnes de plus ou de moins : le mutant les apparie quand même
        return True


def _voisins_a_la_main() -> list[tuple[Document, Document]]:
    """Un dossier et son voisin, où chaque garde a quelque chose à voir."""
    peur: Document = {"triage": {"peur_au_domicile": True}, "protection": {"seul_a_seul": True}}
    seule: Document = {"foyer": {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}}}
    ne = poser(seule, "demandeur.date_naissance", "1990-01-01")
    return [
        (peur, poser(peur, "triage.peur_au_domicile", False)),
        (seule, poser(seule, "foyer.personnes.clos", False)),
        (seule, poser(seule, "foyer.personnes.elements.a", {})),
        (ne, poser(ne, "demandeur.date_naissance", "2015-01-01")),
    ]


def test_un_droit_resolu_autrement_ne_reprend_rien() -> None:
    """Les paramètres dépendent du logement cherché et de qui demande : un seuil qui change change ce qui s'en tire."""
    document = poser({}, "demandeur.date_naissance", "2007-06-01")
    passages = [_a_la_majorite(document, age) for age in (18, 21)]
    (_, mineur), (passage, majeur) = passages
    assert mineur.etat("personne.mineur") != majeur.etat("personne.mineur")
    pour = Tirage(replace(majeur, _calcules={}))
    pour.reprendre(Tirage(mineur), {"personne.mineur"})
    assert pour.lecture.etat("personne.mineur") == majeur.etat("personne.mineur")
    memes = Tirage(replace(mineur, _calcules={}))
    memes.reprendre(Tirage(mineur), {"personne.mineur"})
    assert memes.lecture._calcules == {"personne.mineur": mineur.etat("personne.mineur")}
    assert passage.ecarts_avec(passages[0][0]) is None
    assert passage.ecarts_avec(passage) == set()


def _a_la_majorite(document: Document, age: int) -> tuple[entretien.Passage, Lecture]:
    bruts = etats_bruts(document)
    parametres = {"age_majorite": connu(age)}
    tirage = ouvrir(
        bruts.faits,
        bruts.personnes,
        JOUR,
        {},
        lambda _: parametres,
        bruts=regles().national.bruts,
        derives=regles().national.derives,
    )
    situation = replace(bruts.situation(), parametres=parametres)
    (lecture,) = tirage.lecture.chacun()
    return entretien.Passage(regles().questionnaire, document, bruts, situation), lecture


def test_un_ecart_se_dit_par_le_nom_que_lisent_les_conditions() -> None:
    """Un champ de liste par son préfixe, et la liste elle-même ; un champ du demandeur des deux façons."""
    un: Document = {"ressources": {"revenus": {"elements": {"r": {"montant": "900"}}, "clos": True}}}
    autre = poser(un, "ressources.revenus.elements.r.montant", "901")
    assert ecarts.ecarts(etats_bruts(un), etats_bruts(autre)) == {"ressources.revenus", "revenu.montant"}
    ne = poser(un, "demandeur.date_naissance", "1990-01-01")
    noms = ecarts.ecarts(etats_bruts(un), etats_bruts(ne))
    assert noms == {"demandeur.date_naissance", "personne.date_naissance"}


def test_ce_qui_manque_a_une_table_est_un_ecart() -> None:
    un = {"a": connu(True), "b": INCONNU}
    assert set(ecarts.noms_differents(un, {"a": connu(True), "c": INCONNU})) == {"b", "c"}
    assert set(ecarts.noms_differents(un, dict(un))) == set()


def test_d_autres_elements_ne_se_comparent_pas() -> None:
    un: Document = {"foyer": {"personnes": {"elements": {"a": {}, "b": {}}, "ordre": ["a", "b"]}}}
    for chemin, valeur in (("foyer.personnes.ordre", ["b", "a"]), ("foyer.personnes.clos", True)):
        assert ecarts.ecarts(etats_bruts(un), etats_bruts(poser(un, chemin, valeur))) is None


def test_ce_que_l_autre_document_disait_mal_se_redit() -> None:
    """Une table reprise garde ses fautes ; une autre ne prend pas celles d'un chemin qui lui ressemble."""
    faux: Document = {"dalo": {"statut": "rien"}, "demande": {"type": "rien"}}
    mieux = poser(faux, "demande.type", "premiere")
    assert etats_bruts(mieux, (), (faux, etats_bruts(faux))).fautes == etats_bruts(mieux).fautes
    assert [chemin for chemin, _ in etats_bruts(mieux).fautes] == ["dalo.statut"]


def test_une_etape_de_plus_que_le_modele_reprend_la_sienne() -> None:
    """Un voisin qui demande plus de passages que le modèle n'en a faits."""
    longs = [graine for graine in range(12) if len(lu(dossier_charge(graine))[2].passages) > 1]
    assert longs, "aucun de ces dossiers ne demande deux passages"
    vide: Document = {"foyer": {"avec_codemandeur": True}}
    assert len(lu(vide)[2].passages) < 1 + conduite.PASSES
    for graine in longs:
        document = dossier_charge(graine)
        assert dit(lu(document, lu(vide))) == dit(lu(document))
