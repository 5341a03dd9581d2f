"""À quel point une personne ressemble à ce qui est cherché, et pourquoi, en français.

On ne compare que ce que les deux côtés savent : une donnée absente n'est pas un désaccord. Un téléphone change, un
numéro se redemande : ils rapprochent, ils ne séparent pas. Rien ici n'affirme que deux dossiers sont d'une même
personne : des noms proches, une même naissance, ce sont aussi des jumeaux ; une personne le dit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import AIDANT, DEMANDEUR, Fiche
from modele.ressemblance.meme import Accords, peut_etre_la_meme
from modele.ressemblance.naissances import Accord, comparer
from modele.ressemblance.noms import SEUIL_DU_NOM, AccordDesNoms, comparer_les_noms

SEUIL = SEUIL_DU_NOM
_BONUS_DE_COUVERTURE = 0.02
# Ce que prouve chaque accord : deux mots du nom, un seul, un téléphone (un foyer le partage), un numéro.
_PREUVE_DU_NOM, _PREUVE_D_UN_MOT, _PREUVE_DU_TELEPHONE, _PREUVE_DU_NUMERO = 1.0, 0.6, 0.7, 1.5
# Ce qui fait douter : le peu qu'on sait ; un prénom ou une naissance contredits ; un mot, un numéro de plus.
_DOUTE, _DOUTE_DU_NOM, _DOUTE_DE_LA_NAISSANCE, _DOUTE_DES_MOTS, _DOUTE_DU_NUMERO = 0.3, 0.6, 0.6, 0.4, 0.2
# Chiffres à partir desquels un début désigne quelqu'un (un téléphone se cherche sans son zéro), puis une fin.
_DEBUT = {"téléphone": 3, "numéro": 4}
_FIN = 6


@dataclass(frozen=True, slots=True)
class Ressemblance:
    """Un score de 0 à 1 (un peu plus quand tout le nom est couvert) et ses raisons.

    ``noms`` : du demandeur, ceux de ses noms (de naissance, d'usage) que la demande désignait. ``meme`` : assez pour se
    proposer comme peut-être la même personne (``peut_etre_la_meme``).
    """

    score: float
    raisons: tuple[str, ...]
    noms: tuple[str, ...] = ()
    meme: bool = False


@dataclass(frozen=True, slots=True)
class _Partie:
    """Ce qu'une chose demandée vaut : ``accord`` de 0 à 1 ; ce que cela ``prouve`` ; ce qui fait ``douter``.

    ``suffit`` : le même téléphone ou le même numéro se montre toujours, si différent que soit le reste.
    """

    accord: float
    preuve: float
    raison: str
    doute: float = 0.0
    suffit: bool = False


def ressemblance(demande: Demande, fiche: Fiche) -> Ressemblance:
    """Compare ce que la demande et la fiche savent toutes deux ; savoir plus ne fait jamais perdre la vraie fiche.

    La moyenne des accords dit si la fiche se montre (``SEUIL``) ; ce qui les prouve, où elle se range.
    """
    parties, nom, naissance = [], None, None
    if demande.mots and (fiche.noms or fiche.prenoms):
        partie, nom = _noms(demande, fiche)
        parties.append(partie)
    if demande.naissance and fiche.naissance:
        naissance = comparer(demande.naissance, fiche.naissance)
        parties.append(_naissances(naissance))
    parties, doute = _avec_les_numeros(parties, demande, fiche)
    score = _score(parties, doute) + (_BONUS_DE_COUVERTURE * nom.couverture if nom else 0.0)
    meme = peut_etre_la_meme(_accords(demande, fiche, score, nom, naissance))
    raisons = tuple(partie.raison for partie in parties if partie.raison)
    if fiche.role != DEMANDEUR:
        return Ressemblance(score, (*raisons, fiche.role) if raisons else (), (), meme)
    return Ressemblance(score, raisons, tuple(un for un in fiche.noms.split() if nom and un in nom.designes), meme)


def _accords(
    demande: Demande, fiche: Fiche, score: float, nom: AccordDesNoms | None, naissance: Accord | None
) -> Accords:
    return Accords(
        score,
        nom,
        naissance,
        telephone=bool(demande.telephone) and demande.telephone == fiche.telephone and fiche.role != AIDANT,
        numero=bool(demande.numero) and demande.numero == fiche.numero,
        demandeur=fiche.role == DEMANDEUR,
    )


def la_meilleure(deja: Ressemblance | None, une: Ressemblance) -> Ressemblance:
    """De deux personnes d'un même dossier, la plus ressemblante ; ``meme`` si l'une des deux se propose."""
    if deja is None:
        return une
    haute = une if une.score > deja.score else deja
    return haute if haute.meme or not (une.meme or deja.meme) else replace(haute, meme=True)


def ecrite_deux_fois(une: Fiche, autre: Fiche) -> bool:
    """Les mêmes mots et le même jour : peut-être une personne d'un foyer écrite deux fois, à lui demander.

    Jamais des noms seulement proches, ni un jour inconnu : ce sont aussi des jumeaux, un père et son fils.
    """
    mots, autres = (f"{un.noms} {un.prenoms}".split() for un in (une, autre))
    memes = sorted(mots) == sorted(autres) or "".join(mots) == "".join(autres)
    return bool(mots) and memes and len(une.naissance) == len("aaaa-mm-jj") and une.naissance == autre.naissance


def _avec_les_numeros(parties: list[_Partie], demande: Demande, fiche: Fiche) -> tuple[list[_Partie], float]:
    """Le téléphone et le numéro s'ils s'accordent ; un désaccord ne compte que s'il n'y a rien d'autre à comparer."""
    numeros = [
        _numero(cherche, connu, quoi, preuve)
        for cherche, connu, quoi, preuve in (
            (demande.telephone, fiche.telephone, "téléphone", _PREUVE_DU_TELEPHONE),
            (demande.numero, fiche.numero, "numéro", _PREUVE_DU_NUMERO),
        )
        if cherche and connu
    ]
    accords = [numero for numero in numeros if numero.accord]
    return [*parties, *accords] or numeros, _DOUTE_DU_NUMERO * (len(numeros) - len(accords))


def _naissances(lue: Accord) -> _Partie:
    accord, preuve, raison = lue
    return _Partie(accord, preuve, raison, 0.0 if raison else _DOUTE_DE_LA_NAISSANCE)


def _score(parties: Sequence[_Partie], doute: float) -> float:
    """La moyenne des accords ; au-dessus du seuil, resserrée vers lui tant que peu de choses la prouvent."""
    if not parties:
        return 0.0
    juste = sum(partie.accord for partie in parties) / len(parties)
    if any(partie.suffit for partie in parties):
        juste = max(juste, SEUIL)
    preuve = sum(partie.accord * partie.preuve for partie in parties)
    doute += _DOUTE + sum(partie.doute for partie in parties)
    return juste if juste < SEUIL else SEUIL + (juste - SEUIL) * preuve / (preuve + doute)


def _noms(demande: Demande, fiche: Fiche) -> tuple[_Partie, AccordDesNoms]:
    lu = comparer_les_noms(demande.mots, demande.prenoms, fiche.noms.split(), fiche.prenoms.split())
    raison = "même nom" if lu.meme else "nom proche" if lu.accord >= SEUIL else ""
    preuve = _PREUVE_DU_NOM if lu.plusieurs else _PREUVE_D_UN_MOT
    doute = _DOUTE_DES_MOTS * (1 - lu.couvert) + (_DOUTE_DU_NOM if lu.contredit else 0.0)
    return _Partie(lu.accord, preuve, raison, doute), lu


def _numero(cherche: str, connu: str, quoi: str, preuve: float) -> _Partie:
    if cherche == connu:
        return _Partie(1.0, preuve, f"même {quoi}", suffit=True)
    if len(cherche) >= _DEBUT[quoi] and connu.startswith(cherche):
        return _Partie(0.95, preuve, f"début du {quoi}")
    if len(cherche) >= _FIN and connu.endswith(cherche):
        return _Partie(0.95, preuve, f"fin du {quoi}")
    proche = OSA.normalized_similarity(cherche, connu)
    return _Partie(proche, preuve / 2, f"{quoi} proche") if proche >= 0.8 else _Partie(0.0, 0.0, "")
