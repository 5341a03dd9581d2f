"""Des demandes tirées : un monde entièrement connu, puis ce qu'on en sait ; et des documents écrits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from outils_sources import catalogue_brut, catalogue_derive, deriver

from modele.dossier.chemins import Document, poser
from modele.dossier.faits import Derives
from modele.dossier.faits.lecture import FaitsDerives
from modele.dossier.faits_bruts import faits_de_liste
from modele.dossier.inventaire import PERSONNES
from modele.dossier.situation import EtatsListe
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Etat, Intervalle, Parties, Statut, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.parametres import DeclarationParametre, resoudre

JOUR = date(2026, 11, 22)
BRUTS = catalogue_brut()
LUS = sorted({c for f in catalogue_derive().values() for c in f.champs if c in BRUTS})
COMMUNS = [BRUTS[n] for n in LUS if not n.startswith(("personne.", "demandeur.", "codemandeur."))]
PROPRES = [BRUTS[n] for n in BRUTS if n.startswith("personne.") and n in LUS and n != "personne.role"]
# Ce qui ne compte que dit (une demande vaut tant qu'on ne la dit pas radiée) : l'oublier change la demande elle-même.
DITS = ("demande.radiee", "demande.jamais_renouvelee")
PLAFONDS = [f"territoire.plafond_{f}_{r}" for f in ("plai", "plus") for r in [*range(1, 7), "supplementaire"]]


@dataclass
class Monde:
    """Une demande entièrement connue, puis ce qu'on en sait."""

    faits: dict[str, Etat]
    personnes: list[dict[str, Etat]]
    revenus: list[Etat]
    clos: bool = True
    revenus_clos: bool = True


# Une stratégie refaite à chaque tirage se revalide à chaque tirage : le plus long du tirage d'un monde.
@cache
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


@cache
def complets(fait: Fait) -> st.SearchStrategy[Etat]:
    """Une réponse entière ; parfois la question n'avait pas d'objet."""
    connues = valeurs(fait).map(connu)
    return connues if fait.nom.startswith("foyer.avec") else st.one_of(connues, connues, connues, st.just(SANS_OBJET))


@cache
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
    _dater_les_actes(faits)
    # Jamais renouvelée : il n'y a pas de date de renouvellement.
    if faits["demande.jamais_renouvelee"].valeur:
        faits["demande.date_renouvellement"] = SANS_OBJET
    faits["triage.papier_huissier"] = faits["expulsion.etape"]
    roles = ["demandeur", *(["codemandeur"] if faits["foyer.avec_codemandeur"].valeur else [])]
    roles += ["autre"] * tirer(st.integers(0, 3))
    personnes = [{"personne.role": connu(r)} | {f.nom: tirer(complets(f)) for f in PROPRES} for r in roles]
    montants = st.integers(0, 3000).map(lambda n: connu(Decimal(n)))
    return Monde(faits, personnes, tirer(st.lists(montants, max_size=3)))


ACTES = {
    "commandement_payer": ("commandement_payer_le", "commandement_payer_remis_le"),
    "assignation": ("assignation_le", "assignation_remise_le"),
    "jugement": ("jugement_le", "jugement_signifie_le"),
    "commandement_quitter": ("commandement_quitter_le", "commandement_quitter_remis_le"),
    "concours_force_publique": ("concours_le", "concours_notifie_le"),
}


def _dater_les_actes(faits: dict[str, Etat]) -> None:
    """Chaque acte est remis le jour où il est écrit, et l'étape est celle du dernier : ils parlent du même dossier."""
    for ecrit, remis in ACTES.values():
        if faits["expulsion.etape"] == SANS_OBJET:
            faits[f"expulsion.{ecrit}"] = SANS_OBJET
        faits[f"expulsion.{remis}"] = faits[f"expulsion.{ecrit}"]
    dates = {acte: faits[f"expulsion.{ecrit}"] for acte, (ecrit, _) in ACTES.items()}
    faits["expulsion.date_papier"] = SANS_OBJET
    if connues := [acte for acte in ACTES if dates[acte].connu]:
        dernier = max(connues, key=lambda acte: (dates[acte].valeur, list(ACTES).index(acte)))
        faits["expulsion.etape"], faits["expulsion.date_papier"] = connu(dernier), dates[dernier]


@st.composite
def avec_oublis(tirer: st.DrawFn) -> tuple[Monde, Monde]:
    vrai = tirer(mondes())
    faits = {f.nom: tirer(oublis(f, vrai.faits[f.nom])) for f in COMMUNS}
    faits |= {nom: vrai.faits[nom] for nom in DITS if vrai.faits[nom].valeur}
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


def communs(monde: Monde) -> dict[str, Etat]:
    """Les faits du foyer : les siens, et ceux du demandeur et du codemandeur tels que leurs personnes les disent."""
    faits = dict(monde.faits)
    for role in ("demandeur", "codemandeur"):
        sienne = next((p for p in monde.personnes if p["personne.role"].valeur == role), None)
        absente = INCONNU if not monde.faits["foyer.avec_codemandeur"].connu else SANS_OBJET
        if role == "codemandeur" and sienne is None and absente is INCONNU:
            absente = Etat(Statut.INCONNU, peut_etre_sans_objet=True)
        for fait in PROPRES:
            etat = absente if sienne is None else sienne.get(fait.nom, INCONNU)
            faits[f"{role}.{fait.nom.removeprefix('personne.')}"] = etat
    return faits


def calculer(
    monde: Monde,
    parametres: Mapping[str, DeclarationParametre],
    territoire: Mapping[str, Etat],
    derives: FaitsDerives | None = None,
) -> Derives:
    """Les faits dérivés d'un monde ; ``derives`` : lesquels (absent : ceux que livre Perron)."""
    liste = EtatsListe({str(i): {"montant": m} for i, m in enumerate(monde.revenus)}, monde.revenus_clos)
    return deriver(
        communs(monde),
        monde.personnes,
        JOUR,
        territoire,
        lambda dims: resoudre([parametres], JOUR, dims),
        personnes_closes=monde.clos,
        listes={"ressources.revenus": liste},
        derives=derives,
    )


@cache
def _reponses(fait: Fait) -> st.SearchStrategy[Any]:
    """Ce que le document peut porter pour un fait : une valeur, une partie, un refus, « ne sait pas »."""
    tues: list[st.SearchStrategy[Any]] = [st.just({"refus": True}), st.just({"ne_sait_pas": True})]
    match fait.type:
        case TypeFait.ENSEMBLE:
            coches = st.lists(st.sampled_from(fait.codes), max_size=3, unique=True)
            dites = st.tuples(coches, st.booleans()).map(lambda paire: {"coches": paire[0], "clos": paire[1]})
            return st.one_of(dites, dites, dites, st.just({"coches": [], "refus": True}))
        case TypeFait.CHOIX:
            plusieurs = st.lists(st.sampled_from(fait.codes), min_size=2, max_size=3, unique=True)
            return st.one_of(valeurs(fait), valeurs(fait), plusieurs.map(lambda codes: {"parmi": codes}), *tues)
        case TypeFait.DATE:
            jours = valeurs(fait).map(lambda jour: jour.isoformat())
            vers = st.tuples(valeurs(fait), valeurs(fait)).map(lambda p: {"entre": [j.isoformat() for j in sorted(p)]})
            return st.one_of(jours, jours, vers, *tues)
        case TypeFait.DECIMAL:
            return st.one_of(valeurs(fait).map(str), *tues)
        case _:
            return st.one_of(valeurs(fait), valeurs(fait), *tues)


@st.composite
def documents(tirer: st.DrawFn) -> Document:
    """Un document du territoire d'exemple, où chaque réponse manque une fois sur trois."""
    document: Document = {"territoire": "metropole-exemple"}
    nommes = [n for n in BRUTS if n in LUS and not n.startswith("personne.")]
    for nom in nommes:
        if tirer(st.integers(0, 2)):
            document = poser(document, nom, tirer(_reponses(BRUTS[nom])))
    elements = {f"e{rang}": tirer(_personnes()) for rang in range(tirer(st.integers(0, 3)))}
    liste = {"elements": elements, "ordre": list(elements), "clos": tirer(st.booleans())}
    return poser(document, PERSONNES, liste)


@st.composite
def _personnes(tirer: st.DrawFn) -> Document:
    element: Document = {}
    for relatif, fait in faits_de_liste(PERSONNES).items():
        if f"personne.{relatif}" in LUS and tirer(st.integers(0, 2)):
            element = poser(element, relatif, tirer(_reponses(fait)))
    return element
