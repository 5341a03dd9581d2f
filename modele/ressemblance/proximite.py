"""À quel point une personne ressemble à ce qui est cherché, et pourquoi, en français."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from modele.ressemblance.demande import Demande, jour_et_mois_inverses
from modele.ressemblance.fiches import Fiche
from modele.ressemblance.phonetique import ossature, son

SEUIL = 0.55
_MOT_PROCHE = 0.6
_DEBUT_DE_MOT = 0.88
_MEME_SON = 0.95
_MEME_OSSATURE = 0.85
_COLLES = 0.97
_BONUS_DE_COUVERTURE = 0.02
# Chiffres à partir desquels un début désigne quelqu'un (un téléphone se cherche sans son zéro), puis une fin.
_DEBUT = {"téléphone": 3, "numéro": 4}
_FIN = 6


@dataclass(frozen=True, slots=True)
class Ressemblance:
    """Un score de 0 à 1 (un peu plus quand tout le nom est couvert) et ses raisons.

    ``noms`` : du demandeur, ceux de ses noms (de naissance, d'usage) que la demande désignait.
    """

    score: float
    raisons: tuple[str, ...]
    noms: tuple[str, ...] = ()


def ressemblance(demande: Demande, fiche: Fiche) -> Ressemblance:
    """Compare chaque partie demandée ; la moyenne fait le score."""
    parties: list[tuple[float, str]] = []
    bonus, designes = 0.0, set[str]()
    if demande.mots:
        score, bonus, designes = _noms(demande.mots, fiche)
        parties.append((score, _raison_du_nom(score, demande.mots, fiche)))
    if demande.naissance:
        parties.append(_naissance(demande.naissance, fiche.naissance))
    numeros = [
        _numero(cherche, connu, quoi)
        for cherche, connu, quoi in (
            (demande.telephone, fiche.telephone, "téléphone"),
            (demande.numero, fiche.numero, "numéro"),
        )
        if cherche
    ]
    if numeros:
        # Quelques chiffres tapés sont le début de l'un ou de l'autre : le plus proche des deux compte.
        parties.append(max(numeros))
    raisons = tuple(raison for _, raison in parties if raison)
    du_demandeur = fiche.role == "demandeur"
    if not du_demandeur and raisons:
        raisons += (fiche.role,)
    noms = tuple(nom for nom in fiche.noms.split() if nom in designes) if du_demandeur else ()
    return Ressemblance(sum(score for score, _ in parties) / len(parties) + bonus, raisons, noms)


def _noms(cherches: tuple[str, ...], fiche: Fiche) -> tuple[float, float, set[str]]:
    """Le score du nom, ce que vaut sa couverture, et les mots de la fiche que la demande désignait."""
    libres = f"{fiche.noms} {fiche.prenoms}".split()
    connus, total, longueur = len(libres), 0.0, 0
    designes: set[str] = set()
    for mot in sorted(cherches, key=len, reverse=True):
        meilleur, lequel = max(((_mot(mot, libre), libre) for libre in libres), default=(0.0, ""))
        longueur += len(mot)
        total += meilleur * len(mot)
        if meilleur:
            libres.remove(lequel)
            designes.add(lequel)
    colle = "".join(cherches)
    noms, prenoms = fiche.noms.replace(" ", ""), fiche.prenoms.replace(" ", "")
    # « El Amrani » s'écrit aussi « Elamrani », « Jean-Marc » aussi « Jeanmarc ».
    ensemble = max(OSA.normalized_similarity(colle, noms + prenoms), OSA.normalized_similarity(colle, prenoms + noms))
    couverture = (connus - len(libres)) / connus if connus else 0.0
    return max(total / longueur, _COLLES * ensemble), _BONUS_DE_COUVERTURE * couverture, designes


def _mot(cherche: str, connu: str) -> float:
    if cherche == connu:
        return 1.0
    proche = OSA.normalized_similarity(cherche, connu)
    if son(cherche) == son(connu):
        return max(_MEME_SON, proche)
    if len(cherche) > 2 and connu.startswith(cherche):
        proche = max(proche, _DEBUT_DE_MOT)
    if len(ossature(cherche)) > 1 and ossature(cherche) == ossature(connu):
        proche = max(proche, _MEME_OSSATURE * JaroWinkler.similarity(cherche, connu) ** 0.5)
    return proche if proche >= _MOT_PROCHE else 0.0


def _raison_du_nom(score: float, cherches: tuple[str, ...], fiche: Fiche) -> str:
    connus = set(f"{fiche.noms} {fiche.prenoms}".split())
    if set(cherches) <= connus:
        return "même nom"
    return "nom proche" if score >= SEUIL else ""


def _naissance(cherchee: str, connue: str) -> tuple[float, str]:
    if len(cherchee) == 4:
        return (1.0, "même année de naissance") if connue[:4] == cherchee else (0.0, "")
    if cherchee == connue:
        return 1.0, "même date de naissance"
    if connue and connue == jour_et_mois_inverses(cherchee):
        return 0.9, "jour et mois inversés ?"
    pareilles = sum(une == autre for une, autre in zip(cherchee.split("-"), connue.split("-"), strict=False))
    if pareilles == 2:
        return 0.7, "date de naissance proche"
    # Une faute de frappe dans l'année et le mois à la fois reste plus proche qu'une autre date.
    return (0.3, "") if pareilles == 1 else (0.0, "")


def _numero(cherche: str, connu: str, quoi: str) -> tuple[float, str]:
    if cherche == connu:
        return 1.0, f"même {quoi}"
    if len(cherche) >= _DEBUT[quoi] and connu.startswith(cherche):
        return 0.95, f"début du {quoi}"
    if len(cherche) >= _FIN and connu.endswith(cherche):
        return 0.95, f"fin du {quoi}"
    proche = OSA.normalized_similarity(cherche, connu)
    return (proche, f"{quoi} proche") if proche >= 0.8 else (0.0, "")
