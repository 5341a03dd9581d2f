"""Essayer une grille sur des faits donnés tels quels, un cas par ligne : aucun dossier, aucune dérivation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from modele.cotation.grille import Grille
from modele.cotation.note import noter
from modele.cotation.rendu import rendre
from modele.dossier.faits.ensemble import FAITS_DES_DIMENSIONS
from modele.regles.etats import INCONNU, Etat, Situation
from modele.regles.faits import PREFIXE_PERSONNE, Catalogue, TypeFait
from modele.regles.kleene import codes, parties
from modele.regles.lecture import decimal, vouliez_vous
from modele.regles.parametres import DIMENSIONS, DeclarationParametre, resoudre
from modele.regles.valeurs import ValeurFautive, etat

PERSONNES = "personnes"


class CasFautif(ValueError):
    """Un cas qu'on ne peut pas coter ; le message dit pourquoi."""


def coter_lignes(
    grille: Grille, lignes: Iterable[str], jour: date, niveaux: Sequence[Mapping[str, DeclarationParametre]]
) -> Iterator[dict[str, Any]]:
    """Un résultat par ligne non vide, dans l'ordre ; une ligne fautive rend ``{"erreur": …}`` et n'arrête rien."""
    for ligne in lignes:
        if ligne.strip():
            try:
                yield coter_cas(grille, _objet(ligne), jour, niveaux)
            except (CasFautif, ValeurFautive) as faute:
                yield {"erreur": str(faute)}


def coter_cas(
    grille: Grille, cas: Mapping[str, Any], jour: date, niveaux: Sequence[Mapping[str, DeclarationParametre]]
) -> dict[str, Any]:
    """La note d'un cas. Lève ``CasFautif`` ou ``ValeurFautive``."""
    situation = situation_de(grille.catalogue, cas, jour, niveaux)
    return rendre(grille, noter(grille, situation, jour), situation, jour)


def situation_de(
    catalogue: Catalogue, cas: Mapping[str, Any], jour: date, niveaux: Sequence[Mapping[str, DeclarationParametre]]
) -> Situation:
    """La situation que décrit un cas : ses faits, ses personnes (liste close si elle est donnée), ses paramètres."""
    faits = {nom: _etat(catalogue, nom, brut) for nom, brut in cas.items() if nom != PERSONNES}
    donnees = cas.get(PERSONNES)
    personnes = _personnes(catalogue, donnees)
    parametres = resoudre(niveaux, jour, {d: _dimension(catalogue, faits, d) for d in DIMENSIONS})
    return Situation(faits, personnes, personnes_closes=donnees is not None, parametres=parametres)


def _objet(ligne: str) -> dict[str, Any]:
    try:
        objet = json.loads(ligne, parse_float=decimal, parse_constant=_refuser, object_pairs_hook=_sans_doublon)
    except RecursionError:
        raise CasFautif("JSON trop imbriqué") from None
    except json.JSONDecodeError as faute:
        raise CasFautif(f"JSON illisible au caractère {faute.pos + 1} : un objet par ligne est attendu") from None
    except CasFautif:
        raise
    except ValueError:
        raise CasFautif("un nombre est trop long") from None
    if not isinstance(objet, dict):
        raise CasFautif("un objet {fait : valeur} est attendu")
    return objet


def _refuser(mot: str) -> None:
    raise CasFautif(f"« {mot} » n'est pas un nombre")


def _sans_doublon(paires: list[tuple[str, Any]]) -> dict[str, Any]:
    objet = dict(paires)
    if len(objet) != len(paires):
        double = next(cle for cle, _ in paires if sum(cle == autre for autre, _ in paires) > 1)
        raise CasFautif(f"« {double} » est donné deux fois")
    return objet


def _etat(catalogue: Catalogue, nom: str, brut: Any) -> Etat:
    fait = catalogue.get(nom)
    if fait is None:
        raise CasFautif(f"« {nom} » : fait inconnu{vouliez_vous(nom, list(catalogue))}")
    if fait.de_personne:
        raise CasFautif(f"« {nom} » se donne par personne, dans « {PERSONNES} »")
    return _nomme(nom, lambda: etat(fait, brut))


def _nomme(nom: str, lire: Any) -> Etat:
    try:
        return lire()  # type: ignore[no-any-return]
    except ValeurFautive as faute:
        raise ValeurFautive(f"« {nom} » : {faute}") from None


def _personnes(catalogue: Catalogue, donnees: Any) -> tuple[dict[str, Etat], ...]:
    if donnees is None:
        return ()
    if not isinstance(donnees, list) or not all(isinstance(p, dict) for p in donnees):
        raise CasFautif(f"« {PERSONNES} » : une liste d'objets est attendue, un par personne")
    return tuple(
        {nom: e for cle, brut in personne.items() for nom, e in [_de_personne(catalogue, cle, brut)]}
        for personne in donnees
    )


def _de_personne(catalogue: Catalogue, cle: str, brut: Any) -> tuple[str, Etat]:
    nom = cle if cle.startswith(PREFIXE_PERSONNE) else PREFIXE_PERSONNE + cle
    fait = catalogue.get(nom)
    if fait is None:
        connus = [f for f in catalogue if f.startswith(PREFIXE_PERSONNE)]
        raise CasFautif(f"« {nom} » : fait inconnu{vouliez_vous(nom, connus)}")
    return nom, _nomme(nom, lambda: etat(fait, brut))


def _dimension(catalogue: Catalogue, faits: Mapping[str, Etat], dimension: str) -> tuple[str, ...]:
    """Les codes encore possibles d'une dimension."""
    fait = catalogue.get(FAITS_DES_DIMENSIONS[dimension])
    if fait is None:
        return ()
    connu = faits.get(fait.nom, INCONNU)
    if fait.type is TypeFait.ENSEMBLE:
        return tuple(sorted({code for partie in parties(connu, fait) for code in partie.certains | partie.possibles}))
    return tuple(codes(connu, fait))
