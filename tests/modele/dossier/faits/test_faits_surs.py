"""La sûreté de tous les faits dérivés : oublier une réponse n'exclut jamais la vérité."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from modele.dossier.faits import Derives, catalogue_derive, deriver
from modele.dossier.faits_bruts import catalogue_brut
from modele.dossier.situation import EtatsListe
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Parties, Statut, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.parametres import DeclarationParametre, LigneParametre, resoudre

JOUR = date(2026, 11, 22)
BRUTS = catalogue_brut()
LUS = sorted({c for f in catalogue_derive().values() for c in f.champs if c in BRUTS})
COMMUNS = [BRUTS[n] for n in LUS if not n.startswith(("personne.", "demandeur.", "codemandeur."))]
PROPRES = [BRUTS[n] for n in BRUTS if n.startswith("personne.") and n in LUS and n != "personne.role"]
PLAFONDS = [f"territoire.plafond_{f}_{r}" for f in ("plai", "plus") for r in [*range(1, 7), "supplementaire"]]


@dataclass
class Monde:
    """Une demande entièrement connue, puis ce qu'on en sait."""

    faits: dict[str, Etat]
    personnes: list[dict[str, Etat]]
    revenus: list[Etat]
    clos: bool = True
    revenus_clos: bool = True


def valeurs(fait: Fait) -> st.SearchStrategy[Any]:
    match fait.type:
        case TypeFait.BOOLEEN:
            return st.booleans()
        case TypeFait.ENTIER | TypeFait.DECIMAL:
            bas, haut = int(str(fait.minimum or 0)), min(int(str(fait.maximum or 50_000)), 50_000)
            nombres = st.integers(bas, haut) | st.integers(bas, min(haut, bas + 60))
            if fait.nom == "ressources.annee_n2":
                return st.just(2024) | st.just(2023)
            return nombres if fait.type is TypeFait.ENTIER else nombres.map(Decimal)
        case TypeFait.DATE:
            return st.dates(date(1950, 1, 1), date(2030, 1, 1)) | st.dates(date(2003, 1, 1), date(2027, 1, 1))
        case TypeFait.CHOIX:
            return st.sampled_from(fait.codes)
        case _:
            return st.frozensets(st.sampled_from(fait.codes), max_size=3)


def complets(fait: Fait) -> st.SearchStrategy[Etat]:
    """Une réponse entière ; parfois la question n'avait pas d'objet."""
    connues = valeurs(fait).map(connu)
    return connues if fait.nom.startswith("foyer.avec") else st.one_of(connues, connues, connues, st.just(SANS_OBJET))


def oublis(fait: Fait, etat: Etat) -> st.SearchStrategy[Etat]:
    """Ce qu'on pourrait savoir de moins que ``etat``, sans jamais l'exclure."""
    if etat == SANS_OBJET:
        return st.sampled_from([SANS_OBJET, SANS_OBJET, Etat(Statut.INCONNU, peut_etre_sans_objet=True)])
    vagues: list[st.SearchStrategy[Etat]] = [st.just(etat), st.just(etat), st.just(INCONNU), st.just(REFUSE)]
    vagues.append(st.just(partiel(Enumere((etat.valeur,)), peut_etre_sans_objet=True)))  # type: ignore[arg-type]
    if fait.type is TypeFait.ENSEMBLE:
        assert isinstance(etat.valeur, frozenset)
        vagues.append(st.just(partiel(Parties(frozenset(), etat.valeur))))
    else:
        autre = valeurs(fait)
        vagues.append(autre.map(lambda v: partiel(Enumere(tuple(dict.fromkeys((v, etat.valeur)))))))
        if fait.type in (TypeFait.ENTIER, TypeFait.DECIMAL, TypeFait.DATE):
            vagues.append(autre.map(lambda v: partiel(Intervalle(*sorted((v, etat.valeur))))))
    return st.one_of(vagues)


@st.composite
def mondes(tirer: st.DrawFn) -> Monde:
    faits = {f.nom: tirer(complets(f)) for f in COMMUNS}
    # Une date de réception suppose une demande ; le triage et l'entretien parlent du même papier.
    if faits["demande.date_reception"].connu:
        faits["demande.deja_enregistree"] = connu(True)
    faits["triage.papier_huissier"] = faits["expulsion.etape"]
    roles = ["demandeur", *(["codemandeur"] if faits["foyer.avec_codemandeur"].valeur else [])]
    roles += ["autre"] * tirer(st.integers(0, 3))
    personnes = [{"personne.role": connu(r)} | {f.nom: tirer(complets(f)) for f in PROPRES} for r in roles]
    montants = st.integers(0, 3000).map(lambda n: connu(Decimal(n)))
    return Monde(faits, personnes, tirer(st.lists(montants, max_size=3)))


@st.composite
def avec_oublis(tirer: st.DrawFn) -> tuple[Monde, Monde]:
    vrai = tirer(mondes())
    faits = {f.nom: tirer(oublis(f, vrai.faits[f.nom])) for f in COMMUNS}
    personnes = [
        {n: e if n == "personne.role" else tirer(oublis(BRUTS[n], e)) for n, e in p.items()} for p in vrai.personnes
    ]
    clos = tirer(st.booleans()) and faits["foyer.avec_codemandeur"].connu
    if not clos:
        personnes = [p for p in personnes if p["personne.role"].valeur != "autre" or tirer(st.booleans())]
    if not faits["foyer.avec_codemandeur"].connu:
        personnes = [p for p in personnes if p["personne.role"].valeur != "codemandeur"]
    revenus_clos = tirer(st.booleans())
    gardes = vrai.revenus if revenus_clos else vrai.revenus[: tirer(st.integers(0, 3))]
    montant = Fait("m", TypeFait.DECIMAL, minimum=0, maximum=3000)
    revenus = [tirer(oublis(montant, m)) for m in gardes]
    return vrai, Monde(faits, personnes, revenus, clos, revenus_clos)


def calculer(monde: Monde, parametres: Mapping[str, DeclarationParametre], territoire: Mapping[str, Etat]) -> Derives:
    faits = dict(monde.faits)
    for role in ("demandeur", "codemandeur"):
        sienne = next((p for p in monde.personnes if p["personne.role"].valeur == role), None)
        absente = INCONNU if not monde.faits["foyer.avec_codemandeur"].connu else SANS_OBJET
        if role == "codemandeur" and sienne is None and absente is INCONNU:
            absente = Etat(Statut.INCONNU, peut_etre_sans_objet=True)
        for fait in PROPRES:
            etat = absente if sienne is None else sienne.get(fait.nom, INCONNU)
            faits[f"{role}.{fait.nom.removeprefix('personne.')}"] = etat
    liste = EtatsListe({str(i): {"montant": m} for i, m in enumerate(monde.revenus)}, monde.revenus_clos)
    return deriver(
        faits,
        monde.personnes,
        JOUR,
        territoire,
        lambda dims: resoudre([parametres], JOUR, dims),
        personnes_closes=monde.clos,
        listes={"ressources.revenus": liste},
    )


def admet(etat: Etat, vrai: Etat) -> bool:
    """La vérité (une valeur, ou pas d'objet) est-elle encore possible ?"""
    if not etat.ouvert:
        return etat == vrai
    if vrai == SANS_OBJET:
        return etat.peut_etre_sans_objet
    match etat.domaine:
        case Enumere(possibles):
            return vrai.valeur in possibles
        case Intervalle(bas, haut):
            return bas <= vrai.valeur <= haut  # type: ignore[operator]
        case _:
            return True


@pytest.fixture(scope="module")
def parametres(parametres_nationaux: dict[str, DeclarationParametre]) -> dict[str, DeclarationParametre]:
    """Le droit national, un délai local par population et typologie, et un seuil de quartile."""
    delai = parametres_nationaux["delai_anormalement_long_mois"]
    lignes = (
        LigneParametre(30, dimensions={"population": ("primo",), "typologie": ("chambre", "T1", "T2", "T3")}),
        LigneParametre(24, dimensions={"population": ("primo",), "typologie": ("T4", "T5", "T6P")}),
        LigneParametre(60, dimensions={"population": ("mutation",)}),
    )
    quartile = parametres_nationaux["premier_quartile_annuel"]
    return parametres_nationaux | {
        delai.id: DeclarationParametre(delai.id, delai.type, valeurs=lignes),
        quartile.id: DeclarationParametre(quartile.id, quartile.type, valeurs=(LigneParametre(Decimal(9000)),)),
    }


# Réduire un contre-exemple de cent réponses prend des minutes ; son message nomme déjà le fait fautif.
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None, phases=[Phase.generate])
@given(avec_oublis(), st.booleans())
def test_oublier_une_reponse_n_exclut_jamais_la_verite(
    parametres: dict[str, DeclarationParametre], couple: tuple[Monde, Monde], plafonds_connus: bool
) -> None:
    vrai, su = couple
    territoire = {nom: connu(12_000 + 3_000 * rang) for rang, nom in enumerate(PLAFONDS)}
    attendus = calculer(vrai, parametres, territoire)
    obtenus = calculer(su, parametres, territoire if plafonds_connus else {})
    for nom, etat in attendus.faits.items():
        if not etat.ouvert:
            assert admet(obtenus.faits[nom], etat), f"{nom} : {etat} exclu par {obtenus.faits[nom]}"


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(mondes())
def test_un_fait_connu_respecte_le_type_et_les_bornes_qu_il_declare(
    parametres: dict[str, DeclarationParametre], monde: Monde
) -> None:
    types = {TypeFait.BOOLEEN: bool, TypeFait.ENTIER: int, TypeFait.DECIMAL: Decimal, TypeFait.CHOIX: str}
    rendus = calculer(monde, parametres, {})
    tables = [rendus.faits, *rendus.personnes]
    for nom, etat in [couple for table in tables for couple in table.items()]:
        fait = catalogue_derive()[nom]
        if etat.connu:
            assert isinstance(etat.valeur, types.get(fait.type, date)), nom
            assert fait.minimum is None or fait.minimum <= etat.valeur, nom  # type: ignore[operator]
            assert fait.maximum is None or etat.valeur <= fait.maximum, nom  # type: ignore[operator]
            assert not fait.codes or etat.valeur in fait.codes, nom


@given(st.dates(date(2015, 1, 1), JOUR), st.integers(0, 60))
def test_une_date_connue_a_un_mois_pres_donne_une_anciennete_en_intervalle(
    parametres: dict[str, DeclarationParametre], debut: date, ecart: int
) -> None:
    fin = min(JOUR, debut + timedelta(days=ecart))
    su = partiel(Intervalle(debut, fin)) if fin > debut else connu(debut)
    rendus = deriver({"demande.date_reception": su}, [], JOUR, {}, lambda d: resoudre([parametres], JOUR, d))
    etat = rendus.faits["anciennete_mois"]
    if etat.connu:
        return
    assert isinstance(etat.domaine, Intervalle)
    assert 0 < int(str(etat.domaine.maximum)) - int(str(etat.domaine.minimum)) <= ecart // 28 + 1
