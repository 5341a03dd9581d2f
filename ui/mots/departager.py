"""Deux réponses à la même question, prêtes à montrer : qui, quand, où, ce qui diffère, ce qui le prouve.

Sans Qt, à faire hors du fil de l'écran. Essais : ``tests/ui/mots/test_departager.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from modele.bilan import Regles, etablir
from modele.dossier.chemins import ABSENT, ORDRE, est_element, lire, poser, situer
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES
from modele.dossier.operations import retirer
from modele.dossier.pieces import ENREGISTREMENT, VUE, PieceAttendue
from modele.dossier.situation import elements
from modele.dossier.unites import feuilles, pareils
from modele.mots.ecriture import dire_date, majuscule
from modele.mots.reponses import Diseur
from modele.protection.discretion import est_discret
from modele.protection.reserve import piece_reservee
from modele.protection.violences import affirme
from modele.regles.conditions import comparaisons
from modele.regles.faits import PREFIXE_PERSONNE
from ui.mots.moments import ecrire_moment
from ui.mots.seance_gardee import SEANCE, DiseurDeSeance

if TYPE_CHECKING:
    from modele.synchro.etats import DivergenceMontree, PropositionMontree

_FEMININES: Final = (PERSONNES, "ressources.revenus", "pieces", "suites")
_IDENTITE: Final = "#identite"


@dataclass(frozen=True, slots=True)
class LigneDite:
    """Un champ d'une réponse. ``differe`` : une autre réponse en dit autre chose."""

    libelle: str
    dite: str
    differe: bool


@dataclass(frozen=True, slots=True)
class PartiDit:
    """Une réponse en présence. ``valeurs`` : ce qui s'écrira si on la garde (vides : retirer).

    ``titre`` : « La vôtre ». ``signature`` : qui, où, quand. ``pieces`` : ce qui la prouverait, vu ou non.
    """

    valeurs: Mapping[str, Any]
    titre: str
    signature: str
    lignes: tuple[LigneDite, ...]
    en_vigueur: bool
    retire: bool
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DivergenceDite:
    """Une chose à départager. ``question`` : ce qu'on peut demander à la personne. ``recit`` : ce qui s'est passé.

    ``avant`` : ce qu'il y avait. ``pareil`` : ce que tous disent. ``protegee`` : ne se montre que d'un geste.
    ``pieces`` : ce qui prouverait l'une ou l'autre, sans les distinguer.
    """

    dossier: str
    titre: str
    unite: str
    chemin: str
    sujet: str
    question: str
    recit: str
    avant: tuple[LigneDite, ...]
    partis: tuple[PartiDit, ...]
    pareil: tuple[LigneDite, ...] = ()
    pieces: tuple[str, ...] = ()
    protegee: bool = False


def preparer(
    divergence: DivergenceMontree,
    document: Mapping[str, Any],
    regles: Regles,
    agent: str,
    maintenant: datetime,
) -> DivergenceDite:
    """Met en mots une divergence du dossier ``document``, pour ``agent``."""
    discret = est_discret(document)
    diseur = _diseur(divergence, _avec_elements(document, divergence), regles, sans_nom=discret)
    unite = divergence.unite
    champs, communs = _trier(divergence)
    chemin = next(iter(champs), unite)
    question = regles.vocabulaire.question(chemin)
    retrait = est_element(unite)
    preuves = [list(_pieces(divergence, un, document, regles, maintenant.date())) for un in divergence.propositions]
    communes = tuple(piece for piece in preuves[0] if all(piece in autres for autres in preuves))
    partis = tuple(
        PartiDit(
            un.valeurs,
            _titre(un, agent),
            signer(un, agent, maintenant),
            _lignes(diseur, champs, un.valeurs, set(champs)) if un.valeurs or not retrait else (),
            un.en_vigueur,
            retire=not un.valeurs,
            pieces=tuple(piece for piece in pieces if piece not in communes),
        )
        for un, pieces in zip(divergence.propositions, preuves, strict=True)
    )
    toutes = [valeur for un in divergence.propositions for valeur in un.valeurs.values()]
    return DivergenceDite(
        divergence.dossier,
        divergence.titre,
        unite,
        chemin,
        diseur.sujet(unite),
        question.dire if question is not None and not retrait else "",
        _recit(divergence, agent),
        _lignes(diseur, _montrables(champs, divergence.base), divergence.base, set()) if divergence.base else (),
        partis,
        _lignes(diseur, communs, divergence.propositions[0].valeurs, set()),
        communes,
        discret or any(regles.vocabulaire.reservee(champ, toutes) for champ in (*champs, *communs)),
    )


def _diseur(
    divergence: DivergenceMontree, document: Mapping[str, Any], regles: Regles, *, sans_nom: bool
) -> Diseur | DiseurDeSeance:
    """Les mots de cet objet : une séance n'a pas ceux d'un dossier."""
    if divergence.genre == SEANCE:
        return DiseurDeSeance(document)
    return Diseur(regles.vocabulaire, document, sans_nom=sans_nom)


def _montrables(champs: Sequence[str], base: Mapping[str, Any]) -> list[str]:
    """Ceux de ces champs dont ce qu'il y avait se montre : une violence effacée ne se lit plus nulle part."""
    return [champ for champ in champs if not affirme(champ, base.get(champ, ABSENT))]


def _trier(divergence: DivergenceMontree) -> tuple[list[str], list[str]]:
    """Les champs qui diffèrent, puis ceux que tous disent pareil, dans l'ordre du dossier."""
    unite = divergence.unite
    dits = dict.fromkeys(() if est_element(unite) else feuilles(unite))
    for un in divergence.propositions:
        dits |= dict.fromkeys(un.valeurs)
    dits.pop(unite, None) if est_element(unite) else None
    tenants = [un.valeurs for un in divergence.propositions if un.valeurs or not est_element(unite)]
    poses = [champ for champ in dits if any(champ in valeurs for valeurs in (*tenants, divergence.base))]
    communs = [champ for champ in poses if len(tenants) > 1 and _tous_pareils(champ, tenants)]
    return [champ for champ in poses if champ not in communs], communs


def _tous_pareils(champ: str, tenants: Sequence[Mapping[str, Any]]) -> bool:
    premier = tenants[0].get(champ, ABSENT)
    return all(pareils(premier, autre.get(champ, ABSENT)) for autre in tenants[1:])


def _lignes(
    diseur: Diseur | DiseurDeSeance, champs: Sequence[str], valeurs: Mapping[str, Any], differents: set[str]
) -> tuple[LigneDite, ...]:
    return tuple(
        LigneDite(diseur.libelle(champ), majuscule(diseur.dire(champ, valeurs.get(champ, ABSENT))), champ in differents)
        for champ in champs
    )


def _avec_elements(document: Mapping[str, Any], divergence: DivergenceMontree) -> Mapping[str, Any]:
    """Le document où l'élément retiré se nomme encore, et où un élément ajouté ailleurs aussi."""
    liste, identifiant, _ = situer(divergence.unite)
    if not liste or identifiant in elements(document, liste):
        return document
    for source in (divergence.base, *(un.valeurs for un in divergence.propositions)):
        for champ, valeur in source.items():
            if champ != divergence.unite:
                document = poser(document, champ, valeur)
    ordre = lire(document, f"{liste}.{ORDRE}")
    return poser(document, f"{liste}.{ORDRE}", [*(ordre if isinstance(ordre, list) else []), identifiant])


# Qui, quand, où.


def signer(un: PropositionMontree, agent: str, maintenant: datetime) -> str:
    """« Karim Benali, accueil 2, hier à 16:10 » ; le guichet est dans le titre."""
    qui = "Vous" if un.ici and un.qui == agent else un.qui
    ou = "sur ce poste" if un.ici else un.poste
    quand = ecrire_moment(un.quand, maintenant) if un.quand is not None else ""
    return ", ".join(morceau for morceau in (qui, ou, quand) if morceau)


def _titre(un: PropositionMontree, agent: str) -> str:
    if not un.qui:
        return "Ce qu'il y avait"
    if un.ici:
        return "La vôtre" if un.qui == agent else "Ce poste"
    return un.guichet or "Un autre poste"


def _recit(divergence: DivergenceMontree, agent: str) -> str:
    """Ce qui s'est passé, sans faute de personne."""
    noms = ["vous" if un.ici and un.qui == agent else un.qui for un in divergence.propositions]
    if est_element(divergence.unite):
        accord = "e" if situer(divergence.unite).liste in _FEMININES else ""
        paires = list(zip(divergence.propositions, noms, strict=True))
        retire = _enumerer([nom for un, nom in paires if not un.valeurs and nom])
        change = _enumerer([nom for un, nom in paires if un.valeurs and nom])
        suite = f", changé{accord} par {change} pendant ce temps" if change else ""
        return f"Retiré{accord} de la liste par {retire or 'un autre poste'}{suite}."
    if len({un.qui for un in divergence.propositions if un.qui}) < 2:
        return "Deux postes ont noté des réponses différentes, l'un sans voir l'autre."
    qui = _enumerer([nom for nom in noms if nom])
    return f"{qui[:1].upper()}{qui[1:]} : chacun a répondu sans voir la réponse de l'autre."


def _enumerer(noms: Sequence[str]) -> str:
    uniques = sorted(dict.fromkeys(noms), key=lambda nom: nom != "vous")
    return " et ".join([", ".join(uniques[:-1]), uniques[-1]]) if len(uniques) > 1 else "".join(uniques)


# Ce qui le prouve.


def _pieces(
    divergence: DivergenceMontree, un: PropositionMontree, document: Mapping[str, Any], regles: Regles, jour: date
) -> Iterator[str]:
    """Les pièces que cette réponse ferait attendre pour ces champs, et si elles ont été vues."""
    avec: Mapping[str, Any] = document
    for champ in feuilles(divergence.unite):
        valeur = un.valeurs.get(champ, ABSENT)
        avec = retirer(dict(avec), champ) if valeur is ABSENT else poser(avec, champ, valeur)
    faits, personne = _faits(divergence.unite)
    if divergence.genre == SEANCE:
        return
    attendues = etablir(regles, avec, jour, exacte=False).pieces
    for attendue in (*attendues.enregistrement, *attendues.instruction):
        if not piece_reservee(attendue.piece) and _prouve(attendue, divergence.unite, faits, personne):
            yield f"{_etat(attendue, document)} : {attendue.piece.libelle}"


def _faits(unite: str) -> tuple[set[str], str]:
    """Les faits que lisent les pièces pour ces champs, et la personne dont ils parlent."""
    liste, identifiant, _ = situer(unite)
    if liste == PERSONNES:
        return {f"{PREFIXE_PERSONNE}{situer(champ).champ}" for champ in feuilles(unite)}, identifiant
    qui = next((role for role in (DEMANDEUR, CODEMANDEUR) if unite.startswith((f"{role}.", f"{role}#"))), "")
    champs = set(feuilles(unite))
    return champs | {f"{PREFIXE_PERSONNE}{champ.removeprefix(f'{qui}.')}" for champ in champs if qui}, qui


def _prouve(attendue: PieceAttendue, unite: str, faits: set[str], personne: str) -> bool:
    piece = attendue.piece
    if not (attendue.certaine or piece.exigee_pour == ENREGISTREMENT):
        return False
    if attendue.personne and attendue.personne != personne:
        return False
    if unite.endswith(_IDENTITE) and (attendue.personne or personne == DEMANDEUR):
        # L'âge et le rôle disent de qui l'on attend un papier d'identité ; la condition ne nomme pas l'identité.
        return piece.famille == "identité" or PREFIXE_PERSONNE + "mineur" in _lus(attendue)
    if unite.startswith("ressources."):
        return piece.famille == "ressources"
    return not faits.isdisjoint(_lus(attendue))


def _lus(attendue: PieceAttendue) -> set[str]:
    si = attendue.piece.si
    return set() if si is None else {comparaison.fait.nom for comparaison in comparaisons(si)}


def _etat(attendue: PieceAttendue, document: Mapping[str, Any]) -> str:
    if attendue.etat != VUE:
        return "Pièce à voir"
    for notee in elements(document, "pieces").values():
        memes = notee.get("piece") == attendue.piece.id and notee.get("personne", DEMANDEUR) in (
            attendue.personne or DEMANDEUR,
        )
        if memes and isinstance(vue := notee.get("vue_le"), str):
            try:
                return f"Pièce vue le {dire_date(date.fromisoformat(vue))}"
            except ValueError:
                break
    return "Pièce vue"
