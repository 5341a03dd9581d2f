"""Lire une date comme on la dit : « 12/03/84 », « 12 mars 1984 », « 03/1984 », « 1984 ». Seule, ou dans un texte.

Le même lecteur pour les champs et pour la recherche : ce qu'un champ accepte se cherche.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from modele.dossier.lettres import a_plat

DateDite: TypeAlias = date | tuple[date, date]
"""Une date exacte, ou ses deux bornes : le mois ou l'année seule."""
MOIS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
N_EXISTE_PAS: Final = "Cette date n'existe pas : vérifiez le jour et le mois."
COMMENT: Final = "Écrivez 14/05/2026 ; si le jour n'est pas connu, 05/2026 ou 2026."
_MOIS_A_PLAT: Final = tuple(map(a_plat, MOIS))
_INCONNU: Final = r"(?:00?|xx|\?\??)"
_ANNEE: Final = r"(?P<annee>(?:19|20)\d\d)"
_ANNEE_DU_JOUR: Final = r"(?P<annee>(?:1[89]|2[0-2])\d\d)"
_MOT: Final = r"(?P<mot>[^\W\d]{3,})\.?"
# Ni au milieu d'un numéro, ni d'une suite de groupes (« 06/12/34/56/78 »).
_DEBUT: Final = r"(?<![\w/.\-])"
_SUITE: Final = r"(?<!\d\s)"
_FIN: Final = r"(?!\w)(?![/.\-]\d)"


def _motifs(*dites: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"{_DEBUT}{dite}{_FIN}", re.IGNORECASE) for dite in dites)


# Ce qui ne peut être qu'une date : une année entière, ou un mois en lettres.
CERTAINES: Final = _motifs(
    rf"{_ANNEE_DU_JOUR}[/.\-](?P<mois>\d{{1,2}})[/.\-](?P<jour>\d{{1,2}})",
    rf"{_INCONNU}[/.\-]{_INCONNU}[/.\-]{_ANNEE}",
    rf"{_SUITE}{_INCONNU}\s{_INCONNU}\s{_ANNEE}",
    rf"0000{_ANNEE}",
    rf"(?P<jour>\d{{1,2}}|xx|\?\??)[/.\-](?P<mois>\d{{1,2}})[/.\-]{_ANNEE_DU_JOUR}",
    rf"{_SUITE}(?P<jour>\d{{1,2}}|xx|\?\??)[/.\-\s]+(?P<mois>\d{{1,2}})[/.\-\s]+{_ANNEE_DU_JOUR}",
    rf"(?P<jour>\d{{1,2}})(?:er)?[\s.\-]+{_MOT}[\s.\-]+(?P<annee>\d{{4}}|\d\d)",
    # « Mai » est aussi un prénom : sans le jour, il reste du nom.
    rf"(?!mai\b){_MOT}[\s.\-]+{_ANNEE}",
)
# Ce qui peut aussi être le début d'un téléphone ou d'un numéro : à lire après eux.
COURTES: Final = _motifs(
    r"(?P<jour>\d{1,2})[/.\-](?P<mois>\d{1,2})[/.\-](?P<annee>\d\d)",
    rf"{_SUITE}(?P<jour>\d{{1,2}})[/.\-\s]+(?P<mois>\d{{1,2}})[/.\-\s]+(?P<annee>\d\d)(?!\s\d)",
    rf"(?P<jour>\d\d)(?P<mois>\d\d){_ANNEE}",
    rf"{_SUITE}(?P<mois>\d{{1,2}})\s?[/.\-\s]\s?{_ANNEE}",
    rf"{_ANNEE}-(?P<mois>\d\d)",
)
_SEULES: Final = _motifs(rf"{_MOT}[\s.\-]+{_ANNEE}", _ANNEE)


def lire(saisie: str, aujourdhui: date) -> DateDite:
    """La date tapée, ou ses bornes si seul le mois ou l'année est connu. Lève ``ValueError`` : la phrase à dire.

    Une année à deux chiffres est la plus proche qui ne dépasse pas l'an prochain de ``aujourdhui``.
    """
    dites = [trouve for motif in (*CERTAINES, *COURTES, *_SEULES) if (trouve := motif.fullmatch(saisie.strip()))]
    for trouve in dites:
        if (lue := _dite(trouve, aujourdhui)) is not None:
            return lue
    raise ValueError(N_EXISTE_PAS if any("jour" in dite.groupdict() for dite in dites) else COMMENT)


def trouver(texte: str, aujourdhui: date, motifs: Iterable[re.Pattern[str]]) -> tuple[DateDite | None, str]:
    """La première date écrite ainsi dans ce texte, et le reste du texte ; jour et mois s'y lisent aussi inversés."""
    for motif in motifs:
        for trouve in motif.finditer(texte):
            lue = _dite(trouve, aujourdhui) or _dite(trouve, aujourdhui, inverses=True)
            if lue is not None:
                return lue, f"{texte[: trouve.start()]} , {texte[trouve.end() :]}"
    return None, texte


def en_iso(dite: DateDite) -> str:
    """« 1984-03-12 », « 1984-03 » ou « 1984 » : aussi loin que la date se sait."""
    if isinstance(dite, date):
        return dite.isoformat()
    debut, fin = dite
    return f"{debut:%Y-%m}" if debut.month == fin.month else f"{debut:%Y}"


def _dite(trouve: re.Match[str], aujourdhui: date, *, inverses: bool = False) -> DateDite | None:
    """La date que disent ces groupes ; ``None`` s'il n'y en a pas de telle."""
    dits = trouve.groupdict()
    annee = int(dits["annee"])
    if len(dits["annee"]) == 2:
        annee += 2000 if 2000 + annee <= aujourdhui.year + 1 else 1900
    jour, mois = dits.get("jour") or "", _mois(dits)
    if mois is None:
        return (date(annee, 1, 1), date(annee, 12, 31)) if annee else None
    connu = int(jour) if jour.isdecimal() else 0
    if inverses:
        connu, mois = mois, connu
    return _de(annee, mois, connu)


def _de(annee: int, mois: int, jour: int) -> DateDite | None:
    """``jour`` zéro : il n'est pas connu."""
    if not (annee and 1 <= mois <= 12):
        return None
    dernier = monthrange(annee, mois)[1]
    if not jour:
        return date(annee, mois, 1), date(annee, mois, dernier)
    return date(annee, mois, jour) if jour <= dernier else None


def _mois(dits: dict[str, str | None]) -> int | None:
    """Le mois dit, en chiffres ou en lettres ; zéro s'il n'y en a pas de tel, ``None`` si aucun n'est dit."""
    if mot := a_plat(dits.get("mot") or ""):
        possibles = [rang for rang, nom in enumerate(_MOIS_A_PLAT, 1) if nom.startswith(mot)]
        return possibles[0] if len(possibles) == 1 else 0
    mois = dits.get("mois")
    return None if mois is None else int(mois)
