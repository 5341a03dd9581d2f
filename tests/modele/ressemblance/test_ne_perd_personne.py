"""Ajouter du vrai ne retire jamais le vrai candidat, d'aucun côté ; et rien n'affirme que deux gens ne font qu'un."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import Phase, given, settings
from outils_personnes import PERSONNES, SUS, Personne, Su

from modele.ressemblance import noms, proximite
from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.fiches import Fiche
from modele.ressemblance.naissances import Accord
from modele.ressemblance.phonetique import son
from modele.ressemblance.proximite import SEUIL, ecrite_deux_fois, ressemblance

NADIA = Personne("Ben Ali", "Roux", ("Nadia", "Éva"), "1984-03-12")


@given(PERSONNES, SUS, SUS)
def test_une_personne_se_ressemble_quoi_que_chaque_cote_sache(personne: Personne, ici: Su, la: Su) -> None:
    """Son nom suffit ; ce qui s'y ajoute de vrai ne fait jamais descendre sous le seuil."""
    assert ressemblance(personne.demande(ici), personne.fiche(la)).score >= SEUIL


@given(PERSONNES, SUS, SUS)
def test_ce_qui_se_tape_de_vrai_la_trouve(personne: Personne, ici: Su, la: Su) -> None:
    trouvee = ressemblance(lire_demande(personne.saisie(ici)), personne.fiche(la))
    assert trouvee.score >= SEUIL
    assert trouvee.raisons


def test_les_presences_et_absences_d_une_personne_la_laissent_candidate() -> None:
    """Cas public 01 : trois états par donnée et par côté, téléphone changé compris ; aucune n'est perdue."""
    perdues = []
    for naissances, telephones, numeros in product(
        ((10, 10), (10, 0), (0, 10), (0, 0)), PRESENCES, ((1, 1), *QUI_SAIT)
    ):
        ici, la = (Su(False, 1, n, False, t, bool(k)) for n, t, k in zip(naissances, telephones, numeros, strict=True))
        if ressemblance(NADIA.demande(ici), NADIA.fiche(la)).score < SEUIL:
            perdues.append((ici, la))
    assert perdues == []


QUI_SAIT = ((1, 0), (0, 1), (0, 0))
PRESENCES = ((1, 1), (1, 2), *QUI_SAIT)


@pytest.mark.parametrize(
    ("ici", "la", "raisons"),
    [
        (Su(prenoms=1, naissance=10, telephone=2, numero=True), Su(prenoms=1, naissance=10, telephone=1), 2),
        (Su(prenoms=1, naissance=10, telephone=2, numero=True), Su(prenoms=1, naissance=10), 2),
        (Su(prenoms=1, naissance=10), Su(prenoms=1), 1),
        (Su(prenoms=1, naissance=10, telephone=1, numero=True), Su(prenoms=1, telephone=1), 2),
        (
            Su(prenoms=1, naissance=10, inversee=True, telephone=2, numero=True),
            Su(prenoms=1, naissance=10, telephone=1),
            2,
        ),
        (Su(usage=True, prenoms=2, naissance=10), Su(prenoms=1, naissance=4), 2),
    ],
)
def test_seul_ce_qui_s_accorde_se_dit(ici: Su, la: Su, raisons: int) -> None:
    """Un téléphone changé, un numéro que l'autre n'a pas : ni perdue, ni dit."""
    lue = ressemblance(NADIA.demande(ici), NADIA.fiche(la))
    assert lue.score >= SEUIL
    assert len(lue.raisons) == raisons
    assert lue.raisons[0] == "même nom"


def test_mutant_une_absence_vaut_un_desaccord(monkeypatch: pytest.MonkeyPatch) -> None:
    """Si un numéro que l'autre n'a pas comptait zéro, l'épreuve ci-dessus le verrait."""

    def tous(parties: list[proximite._Partie], demande: Demande, fiche: Fiche) -> tuple[list[proximite._Partie], float]:
        dits = ((demande.telephone, fiche.telephone), (demande.numero, fiche.numero))
        return [*parties, *(proximite._Partie(float(un == autre), 1, "") for un, autre in dits if un)], 0.0

    monkeypatch.setattr(proximite, "_avec_les_numeros", tous)
    with pytest.raises(AssertionError):
        settings(max_examples=200, phases=[Phase.generate], database=None)(
            given(PERSONNES, SUS, SUS)(test_une_personne_se_ressemble_quoi_que_chaque_cote_sache.hypothesis.inner_test)
        )()


def test_mutant_la_naissance_a_l_annee_contredit_le_jour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Si seules deux dates égales s'accordaient, l'année seule perdrait la personne."""
    monkeypatch.setattr(proximite, "comparer", lambda une, autre: Accord(float(une == autre), float(une == autre), ""))
    ici, la = Su(prenoms=1, naissance=10), Su(prenoms=1, naissance=4)
    assert ressemblance(NADIA.demande(ici), NADIA.fiche(la)).score < SEUIL


def test_mutant_un_mot_de_plus_dilue_le_nom(monkeypatch: pytest.MonkeyPatch) -> None:
    """Si un nom d'usage que l'autre n'a pas comptait zéro, quatre mots de plus la perdraient."""
    longue = Personne("Ly", "Andriamanjato", ("Li", "Marie Claire", "Jean-Marc"), "1984-03-12")
    ici, la = Su(usage=True, prenoms=3), Su(prenoms=1)
    assert ressemblance(longue.demande(ici), longue.fiche(la)).score >= SEUIL
    monkeypatch.setattr(noms, "_nom_et_prenom", lambda *_: (0.0, False))
    assert ressemblance(longue.demande(ici), longue.fiche(la)).score < SEUIL


def test_plus_d_accords_rangent_plus_haut() -> None:
    """La même naissance, puis le même téléphone ; un désaccord laisse la personne, plus bas."""
    sue = Su(prenoms=1, naissance=10, telephone=1)
    scores = [
        ressemblance(NADIA.demande(sue), NADIA.fiche(la)).score
        for la in (
            Su(prenoms=1, naissance=10, telephone=1),
            Su(prenoms=1, naissance=10),
            Su(prenoms=1, naissance=10, telephone=2),
            Su(prenoms=1, telephone=2),
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_le_meme_telephone_se_montre_toujours_le_meme_numero_aussi() -> None:
    """Un nom qu'on ne connaissait pas ne cache pas celle que son téléphone désigne ; il la range en dernier."""
    connue = Fiche("demandeur", "ben ali", "nadia", "", "639980101", "123456789")
    for demande in (Demande(("wilkinson",), telephone="639980101"), Demande(("wilkinson",), numero="123456789")):
        assert ressemblance(demande, connue).score == pytest.approx(SEUIL, abs=0.03)
    assert ressemblance(Demande(("wilkinson",), telephone="755512299"), connue).score < SEUIL
    assert ressemblance(Demande(telephone="755512299"), connue).score == 0


# Des gens différents


def _foyers() -> list[tuple[Fiche, Fiche]]:
    """Père et fils, jumeaux, conjoints, et vrais homonymes : 2 000 paires de gens différents."""
    familles = ["ben ali", "martin", "traore", "nguyen", "de la cruz", "diallo", "yilmaz", "el amrani", "popescu", "li"]
    jumeaux = [
        *(("hassan", "hussein"), ("michel", "michele"), ("rene", "renee"), ("lina", "line"), ("adama", "adam")),
        *(("mohamed", "mahmoud"), ("ines", "inesse"), ("emma", "emna"), ("noel", "noelle"), ("awa", "hawa")),
    ]
    annees = range(1960, 1970)
    paires = []
    for nom, (un, autre), annee in product(familles, jumeaux, annees):
        jour = f"{annee}-03-12"
        paires += [
            (Fiche("demandeur", nom, un, jour), Fiche("personne du foyer", nom, autre, jour)),
            (Fiche("demandeur", nom, un, jour), Fiche("personne du foyer", nom, un, f"{annee + 25}-07-01")),
        ]
    return paires


def test_deux_mille_paires_de_gens_differents_aucune_affirmee() -> None:
    """Aucune ne se dit écrite deux fois, et un père et son fils restent sous une personne qui a changé de téléphone."""
    paires = _foyers()
    assert len(paires) == 2000
    assert [paire for paire in paires if ecrite_deux_fois(*paire)] == []
    une_seule = ressemblance(
        NADIA.demande(Su(prenoms=1, naissance=10, telephone=2)), NADIA.fiche(Su(prenoms=1, naissance=10, telephone=1))
    )
    for une, autre in paires[1::2]:
        demande = Demande((*une.noms.split(), une.prenoms), une.naissance, prenoms=(une.prenoms,))
        assert ressemblance(demande, autre).score < une_seule.score


def test_mutant_des_noms_proches_suffisent_a_affirmer(monkeypatch: pytest.MonkeyPatch) -> None:
    """À l'oreille, Michel et Michèle, René et Renée n'auraient fait qu'un : les jumeaux le verraient."""

    def a_l_oreille(une: Fiche, autre: Fiche) -> bool:
        entendus = [[son(mot) for mot in f"{un.noms} {un.prenoms}".split()] for un in (une, autre)]
        return entendus[0] == entendus[1] and une.naissance == autre.naissance

    monkeypatch.setattr(proximite, "ecrite_deux_fois", a_l_oreille)
    assert any(proximite.ecrite_deux_fois(*paire) for paire in _foyers())


@pytest.mark.parametrize(
    ("une", "autre", "deux_fois"),
    [
        (("ben ali", "ines", "2014-05-20"), ("ben ali", "ines", "2014-05-20"), True),
        (("ben ali", "ines", "2014-05-20"), ("benali", "ines", "2014-05-20"), True),
        (("ines", "ben ali", "2014-05-20"), ("ben ali", "ines", "2014-05-20"), True),
        (("ben ali", "ines", "2014-05-20"), ("ben ali", "ines", "2014-05-21"), False),
        (("ben ali", "ines", "2014"), ("ben ali", "ines", "2014"), False),
        (("ben ali", "ines", ""), ("ben ali", "ines", ""), False),
        (("", "", "2014-05-20"), ("", "", "2014-05-20"), False),
    ],
)
def test_ecrite_deux_fois(une: tuple[str, str, str], autre: tuple[str, str, str], deux_fois: bool) -> None:
    """Mot pour mot et au jour près, dans un même foyer ; jamais sur une naissance inconnue ou à l'année."""
    assert ecrite_deux_fois(Fiche("personne du foyer", *une), Fiche("personne du foyer", *autre)) is deux_fois


# Les noms


@pytest.mark.parametrize(
    ("saisie", "noms", "prenoms"),
    [
        ("rakotomalala", "", "rakotomalala"),
        ("rakotomalala jean", "rakotomalala", ""),
        ("cruz maria", "de la cruz", "maria"),
        ("de la cruz maria", "cruz", "maria"),
        ("martin claire", "martin dupont", "claire"),
        ("claire martin-dupont", "dupont", "claire"),
        ("jeanmarc philippe", "philippe", "jean marc"),
        ("roux nadia", "fatihi roux", "nadia"),
        ("fatihi-roux nadia", "roux", "nadia"),
        ("ali ben nadia", "ben ali", "nadia"),
    ],
)
def test_un_nom_s_ecrit_de_bien_des_facons(saisie: str, noms: str, prenoms: str) -> None:
    """Un seul nom, particule oubliée, trait d'union, nom d'usage, ordre des mots : nettement au-dessus du seuil."""
    assert ressemblance(lire_demande(saisie), Fiche("demandeur", noms, prenoms)).score > SEUIL + 0.1


def test_une_particule_ne_rapproche_personne() -> None:
    """« Ben Youssef » n'est pas « Ben Ali » ; « Ben » seul reste un nom quand il n'y a que lui."""
    ben_ali = Fiche("demandeur", "ben ali", "nadia")
    assert ressemblance(Demande(("ben", "youssef", "karim"), prenoms=("karim",)), ben_ali).score < SEUIL
    assert ressemblance(Demande(("ben", "nadia")), Fiche("demandeur", "ben", "nadia")).raisons == ("même nom",)
