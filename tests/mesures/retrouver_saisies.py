"""Ce qu'un agent tape pour retrouver quelqu'un, genre par genre, et combien d'autres y répondent aussi bien."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from retrouver_alterations import (
    autre_famille,
    ecrire_telephone,
    faute_dans,
    lettres_de_base,
    nu,
    particules,
    phonetique,
)
from retrouver_gens import ANNEE, AUTRES_ECRITURES, JOUR, MOIS, Dossier, Personne

_MOIS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
# Au-delà, dix places n'y suffisent pas : la saisie ne désigne plus personne.
_AU_PLUS: Final = 3
# Un début de moins de quatre chiffres après l'indicatif ne se cherche pas.
_DEBUTS: Final = range(7, 11)
Saisie = Callable[[Dossier, random.Random, "Foule"], str | None]


class Foule:
    """Combien de dossiers répondent à un nom complet, à un début de téléphone, à un début de numéro."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        """Compte les personnes de tous les dossiers."""
        self.noms: Counter[str] = Counter()
        self.debuts: Counter[str] = Counter()
        for un in dossiers:
            for qui in (un.demandeur, un.codemandeur, *un.enfants):
                if qui:
                    self.noms.update({nom_complet(qui)} | ({nom_complet(_sous_usage(qui))} if qui.usage else set()))
            for chiffres in (un.demandeur.telephone, un.demandeur.autre, un.demandeur.tiers, un.demandeur.numero):
                self.debuts.update(chiffres[:fin] for fin in _DEBUTS)

    def peu(self, qui: Personne) -> bool:
        """Ce nom complet ne désigne que peu de gens."""
        return self.noms[nom_complet(qui)] <= _AU_PLUS

    def debut(self, chiffres: str) -> str:
        """Le plus court début que peu de dossiers partagent."""
        return next((chiffres[:fin] for fin in _DEBUTS if self.debuts[chiffres[:fin]] <= _AU_PLUS), chiffres)


def nom_complet(qui: Personne) -> str:
    """Les mots de son nom, dans un ordre fixe ; un seul prénom."""
    return " ".join(sorted(f"{nu(qui.nom)} {nu(qui.prenoms.partition(' ')[0])}".split()))


def saisies(dossiers: Sequence[Dossier], foule: Foule, par_genre: int, graine: int) -> Iterator[tuple[str, int, str]]:
    """Pour chaque genre, ``par_genre`` saisies au plus : le genre, le rang du dossier cherché, ce qui est tapé."""
    for genre, saisie in GENRES.items():
        hasard = random.Random(f"{graine} {genre}")
        rangs = list(range(len(dossiers)))
        hasard.shuffle(rangs)
        faites = 0
        for rang in rangs:
            tapee = saisie(dossiers[rang], hasard, foule)
            if tapee and faites < par_genre:
                faites += 1
                yield genre, rang, tapee
            if faites == par_genre:
                break


def _sous_usage(qui: Personne) -> Personne:
    return replace(qui, nom=qui.usage)


def _prenom(qui: Personne) -> str:
    return qui.prenoms.partition(" ")[0]


def _date(iso: str, hasard: random.Random) -> str:
    """La date, de toutes les façons qu'un champ accepte."""
    annee, mois, jour = iso.split("-")
    nom = _MOIS[int(mois) - 1]
    return hasard.choice(
        (
            *(f"{jour}/{mois}/{annee}", f"{jour}.{mois}.{annee}", f"{jour}-{mois}-{annee}", f"{jour} {mois} {annee}"),
            *(f"{jour}{mois}{annee}", f"{jour}/{mois}/{annee[2:]}", f"{int(jour)} {nom} {annee}", iso),
            *(f"{int(jour)}/{int(mois)}/{annee}", f"{jour} {mois} {annee[2:]}"),
        )
    )


def _simple(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))


def _connue(connue: str, suite: Callable[[Personne, random.Random], str], *, nom_seul: bool = False) -> Saisie:
    def saisie(un: Dossier, hasard: random.Random, foule: Foule) -> str | None:
        qui = un.demandeur
        if qui.connue != connue or not qui.nom or (nom_seul and not foule.peu(qui)):
            return None
        return suite(qui, hasard)

    return saisie


def _nomme(altere: Callable[[Personne, random.Random], str | None], *, date: bool) -> Saisie:
    """Un nom altéré, suivi de la date juste si ``date`` ; sans date, seulement si ce nom désigne peu de gens."""

    def saisie(un: Dossier, hasard: random.Random, foule: Foule) -> str | None:
        qui = un.demandeur
        if qui.connue != JOUR or not (date or foule.peu(qui)):
            return None
        nom = altere(qui, hasard)
        return nom and (f"{nom} {_simple(qui.naissance)}" if date else nom)

    return saisie


def _frappe(qui: Personne, hasard: random.Random, *, nom: bool = True, prenom: bool = True) -> str | None:
    fautif = faute_dans(qui.nom, hasard) if nom else qui.nom
    autre = faute_dans(_prenom(qui), hasard) if prenom else _prenom(qui)
    if (nom and fautif == qui.nom) or (prenom and autre == _prenom(qui)):
        return None
    return f"{fautif} {autre}"


def _entendu(qui: Personne, hasard: random.Random) -> str | None:
    nom = phonetique(qui.nom, hasard) if not qui.latin[0] else None
    return nom and f"{nom} {phonetique(_prenom(qui), hasard) or _prenom(qui)}"


def _famille(qui: Personne, hasard: random.Random) -> str | None:
    prenom, nom = autre_famille(_prenom(qui), hasard), autre_famille(qui.nom, hasard)
    return f"{nom or qui.nom} {prenom or _prenom(qui)}" if nom or prenom else None


def _particule(qui: Personne, hasard: random.Random) -> str | None:
    formes = particules(qui.nom)
    return f"{hasard.choice(formes)} {_prenom(qui)}" if formes else None


def _union(qui: Personne, hasard: random.Random) -> str | None:
    if "-" not in qui.nom + _prenom(qui):
        return None
    separateur = hasard.choice((" ", ""))
    return f"{qui.nom.replace('-', separateur)} {_prenom(qui).replace('-', separateur)}"


def _lettres(qui: Personne, hasard: random.Random) -> str | None:
    texte = f"{qui.nom} {_prenom(qui)}"
    if qui.latin[0] or not any(lettre.isalpha() and ord(lettre) > 0x100 for lettre in texte):
        return None
    return lettres_de_base(texte, hasard)


def _ecriture(*, traduite: bool) -> Callable[[Personne, random.Random], str | None]:
    def altere(qui: Personne, _: random.Random) -> str | None:
        if qui.origine not in AUTRES_ECRITURES or not qui.latin[0]:
            return None
        nom, prenoms = qui.latin if traduite else (qui.nom, qui.prenoms)
        return f"{nom} {prenoms.partition(' ')[0]}"

    return altere


def _d_usage(qui: Personne, _: random.Random) -> str | None:
    return f"{qui.usage} {_prenom(qui)}" if qui.usage else None


def _seul(qui: Personne, _: random.Random) -> str | None:
    return qui.nom if not qui.prenoms else None


def _inverse_date(qui: Personne, _: random.Random) -> str:
    annee, mois, jour = qui.naissance.split("-")
    return f"{qui.nom} {_prenom(qui)} {mois}/{jour}/{annee}"


def _appel(lequel: str, *, debut: bool = False) -> Saisie:
    def saisie(un: Dossier, hasard: random.Random, foule: Foule) -> str | None:
        numero: str = getattr(un.demandeur, lequel)
        if not numero:
            return None
        if not debut:
            return ecrire_telephone(numero, hasard)
        court = foule.debut(numero)
        return f"0{court[3:]}" if court.startswith("+33") else None

    return saisie


def _numero(un: Dossier, hasard: random.Random, _: Foule) -> str | None:
    numero = un.demandeur.numero
    return hasard.choice((numero, f"{numero[:4]} {numero[4:10]} {numero[10:]}")) if numero else None


def _debut_de_numero(un: Dossier, _: random.Random, foule: Foule) -> str | None:
    return foule.debut(un.demandeur.numero) if un.demandeur.numero else None


def _codemandeur(un: Dossier, hasard: random.Random, _: Foule) -> str | None:
    qui = un.codemandeur
    return f"{faute_dans(qui.nom, hasard)} {_simple(qui.naissance)}" if qui and qui.connue == JOUR else None


def _enfant(un: Dossier, hasard: random.Random, _: Foule) -> str | None:
    if not un.enfants:
        return None
    qui = hasard.choice(un.enfants)
    return f"{_prenom(qui)} {faute_dans(qui.nom, hasard)} {_simple(qui.naissance)}"


GENRES: Final[dict[str, Saisie]] = {
    "juste": _nomme(lambda qui, _: f"{qui.nom} {_prenom(qui)}", date=True),
    "nom complet, sans date": _nomme(lambda qui, _: f"{qui.nom} {_prenom(qui)}", date=False),
    "sans accent, minuscules, prénom d'abord": _nomme(lambda qui, _: nu(f"{_prenom(qui)} {qui.nom}"), date=True),
    "date écrite autrement": _connue(
        JOUR, lambda qui, hasard: f"{qui.nom} {_prenom(qui)} {_date(qui.naissance, hasard)}"
    ),
    "jour et mois inversés": _connue(JOUR, _inverse_date),
    "l'année seule": _connue(JOUR, lambda qui, _: f"{qui.nom} {_prenom(qui)} {qui.naissance[:4]}", nom_seul=True),
    "connue à l'année, tapée à l'année": _connue(ANNEE, lambda qui, _: f"{qui.nom} {_prenom(qui)} {qui.naissance[:4]}"),
    "connue à l'année, tapée 01/01": _connue(
        ANNEE, lambda qui, _: f"{qui.nom} {_prenom(qui)} 01/01/{qui.naissance[:4]}"
    ),
    "connue à l'année, tapée 00/00": _connue(
        ANNEE, lambda qui, _: f"{qui.nom} {_prenom(qui)} 00/00/{qui.naissance[:4]}"
    ),
    "connue à l'année, tapée au jour": _connue(
        ANNEE, lambda qui, _: f"{qui.nom} {_prenom(qui)} {_simple(qui.naissance)}"
    ),
    "connue au mois": _connue(
        MOIS, lambda qui, _: f"{qui.nom} {_prenom(qui)} {qui.naissance[5:7]}/{qui.naissance[:4]}"
    ),
    "naissance inconnue, tapée quand même": _connue(
        "", lambda qui, _: f"{qui.nom} {_prenom(qui)} {_simple(qui.naissance)}", nom_seul=True
    ),
    "un seul nom": _nomme(_seul, date=False),
    "particule": _nomme(_particule, date=True),
    "trait d'union": _nomme(_union, date=True),
    "nom d'usage": _nomme(_d_usage, date=True),
    "lettres sans décomposition": _nomme(_lettres, date=False),
    "autre écriture, à l'identique": _nomme(_ecriture(traduite=False), date=False),
    "autre écriture, translittérée": _nomme(_ecriture(traduite=True), date=True),
    "deux écritures d'un même nom": _nomme(_famille, date=True),
    "faute au nom": _nomme(lambda qui, hasard: _frappe(qui, hasard, prenom=False), date=True),
    "faute au nom, sans date": _nomme(lambda qui, hasard: _frappe(qui, hasard, prenom=False), date=False),
    "fautes au nom et au prénom": _nomme(_frappe, date=True),
    "comme on l'entend": _nomme(_entendu, date=True),
    "téléphone": _appel("telephone"),
    "autre téléphone": _appel("autre"),
    "téléphone d'un aidant": _appel("tiers"),
    "début de téléphone": _appel("telephone", debut=True),
    "numéro": _numero,
    "début de numéro": _debut_de_numero,
    "codemandeur": _codemandeur,
    "enfant": _enfant,
}
