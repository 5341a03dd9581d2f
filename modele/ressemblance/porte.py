"""La porte d'un dossier discret : ce qu'il en faut comparer, et ce qui suffit, l'orthographe et l'année à peu près.

La même ressemblance que pour tous, mais à part : rien d'un dossier discret n'entre dans l'index ordinaire. Une règle,
en une phrase : deux mots de son nom à l'orthographe près (un seul si l'on n'en sait qu'un), née à un an près.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from modele.dossier.chemins import Document, lire
from modele.protection.discretion import est_discret
from modele.ressemblance.demande import Demande
from modele.ressemblance.naissances import jour_et_mois_inverses
from modele.ressemblance.noms import comparer_les_noms
from modele.ressemblance.phonetique import mots
from modele.ressemblance.proximite import Ressemblance

UN_AN: Final = 1
"""Années d'écart admises entre ce qui est dit de la naissance et ce qui en est écrit."""
_MOT_RECONNU: Final = 0.8
_ENSEMBLE_RECONNU: Final = 0.85
_MOTS_RECONNUS: Final = 2
_PARTICULE: Final = 2
"""Lettres, au plus, d'un mot qui ne désigne personne à lui seul : de, la, el, le."""
MEME_NOM: Final = "même nom"
MEME_JOUR: Final = "même date de naissance"
INVERSES: Final = "jour et mois inversés ?"
MEME_MOIS: Final = "même mois de naissance"
MEME_ANNEE: Final = "même année de naissance"
A_UN_AN: Final = "année de naissance à un an près"
INCONNUE: Final = "naissance inconnue au dossier"
_POIDS: Final[Mapping[str, float]] = MappingProxyType(
    {MEME_JOUR: 1.0, INVERSES: 0.9, MEME_MOIS: 0.9, MEME_ANNEE: 0.8, A_UN_AN: 0.6, INCONNUE: 0.5}
)


@dataclass(frozen=True, slots=True)
class Porte:
    """D'un dossier discret, ce qui se compare : mots sans accent ; premier et dernier jour où elle a pu naître."""

    noms: str = ""
    prenoms: str = ""
    du: str = ""
    au: str = ""


def porte(document: Document) -> Porte | None:
    """Ce qui se compare du seul demandeur, ``None`` si le dossier n'est pas discret.

    Jamais de son codemandeur ni de son foyer : celui dont il faut se cacher peut en être.
    """
    if not est_discret(document):
        return None
    noms = mots(" ".join(_texte(document, f"demandeur.{champ}") for champ in ("nom", "nom_usage")))
    prenoms = mots(_texte(document, "demandeur.prenoms"))
    du, au = _jours(lire(document, "demandeur.date_naissance"))
    return Porte(" ".join(dict.fromkeys(noms)), " ".join(prenoms), du, au)


def assez_dit(demande: Demande) -> bool:
    """Un nom et au moins l'année : sans quoi la porte ne s'ouvre pas, quoi qu'il y ait derrière."""
    return bool(demande.mots and bornes(demande.naissance)[0])


def annees(demande: Demande) -> tuple[str, str]:
    """Le premier et le dernier jour où, à un an près, cette personne a pu naître."""
    du, au = bornes(demande.naissance)
    return f"{int(du[:4]) - UN_AN:04}-01-01", f"{int(au[:4]) + UN_AN:04}-12-31"


def bornes(naissance: str) -> tuple[str, str]:
    """Le premier et le dernier jour que dit une année, un mois ou un jour ISO ; vides si rien ne s'y lit."""
    annee, _, reste = naissance.partition("-")
    mois, _, jour = reste.partition("-")
    try:
        debut = date(int(annee), int(mois or 1), int(jour or 1))
    except ValueError:
        return "", ""
    if jour:
        return naissance, naissance
    fin = debut.replace(month=int(mois or 12))
    return debut.isoformat(), fin.replace(day=monthrange(fin.year, fin.month)[1]).isoformat()


def admise(demande: Demande, connue: Porte) -> Ressemblance | None:
    """Pourquoi ce dossier est peut-être celui de la personne ; ``None`` s'il ne l'est pas."""
    naissance = _naissance(demande, connue)
    nom = _nom(demande.mots, connue)
    if not (nom and naissance) or (naissance == INCONNUE and nom != MEME_NOM):
        return None
    score = _couvert(demande.mots, connue.noms.split(), connue.prenoms.split())
    return Ressemblance((score + _POIDS[naissance]) / 2, (nom, naissance))


def _nom(cherches: Sequence[str], connue: Porte) -> str:
    """La raison du nom ; vide si trop peu de mots se répondent."""
    connus = f"{connue.noms} {connue.prenoms}".split()
    if not connus:
        return ""
    if set(cherches) == set(connus) or (len(cherches) > 1 and set(cherches) <= set(connus)):
        return MEME_NOM
    communs = _communs(_pleins(cherches), _pleins(connus))
    assez = min(_MOTS_RECONNUS, len(_pleins(cherches)), len(_pleins(connus)))
    # « El Amrani » s'écrit aussi « Elamrani » : collés, les mots ne se répondent plus un à un.
    ensemble = _couvert(cherches, connue.noms.split(), connue.prenoms.split())
    return "nom proche" if communs >= assez or ensemble >= _ENSEMBLE_RECONNU else ""


def _communs(cherches: Collection[str], connus: Collection[str]) -> int:
    """Combien de mots de l'un répondent chacun à un mot de l'autre."""
    libres, communs = list(connus), 0
    for mot in cherches:
        scores = [(_couvert([mot], [libre], []), libre) for libre in libres]
        score, lequel = max(scores, default=(0.0, ""))
        if score >= _MOT_RECONNU:
            libres.remove(lequel)
            communs += 1
    return communs


def _couvert(cherches: Sequence[str], noms: Sequence[str], prenoms: Sequence[str]) -> float:
    """Ce qui, de ce qui est cherché, se retrouve dans ce nom, de 0 à 1."""
    return comparer_les_noms(cherches, (), noms, prenoms).couvert


def _pleins(mots_: Sequence[str]) -> Sequence[str]:
    """Les mots qui désignent quelqu'un ; tous, s'ils sont tous courts."""
    return [mot for mot in mots_ if len(mot) > _PARTICULE] or mots_


def _naissance(demande: Demande, connue: Porte) -> str:
    """La raison de la naissance ; vide si plus d'un an les sépare."""
    if not connue.du:
        return INCONNUE
    du, au = bornes(demande.naissance)
    if du == au and connue.du == connue.au in (du, jour_et_mois_inverses(du)):
        return MEME_JOUR if du == connue.du else INVERSES
    if len({moment[:7] for moment in (du, au, connue.du, connue.au)}) == 1 and (du != au or connue.du != connue.au):
        return MEME_MOIS
    if du[:4] <= connue.au[:4] and connue.du[:4] <= au[:4]:
        return MEME_ANNEE
    premier, dernier = annees(demande)
    return A_UN_AN if premier <= connue.au and connue.du <= dernier else ""


def _jours(naissance: Any) -> tuple[str, str]:
    """Le premier et le dernier jour que dit une réponse : une date, ou une date connue en partie."""
    if isinstance(naissance, str):
        return bornes(naissance)
    partie = naissance if isinstance(naissance, Mapping) else {}
    dits = [bornes(un) for un in partie.get("entre") or partie.get("parmi") or () if isinstance(un, str)]
    lues = [un for un in dits if un[0]]
    return (min(lues)[0], max(au for _, au in lues)) if lues else ("", "")


def _texte(document: Document, chemin: str) -> str:
    valeur = lire(document, chemin)
    return valeur if isinstance(valeur, str) else ""
