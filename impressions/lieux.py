"""Ce qu'un papier dit d'un lieu après où et quand : les jours à part, comment entrer, les langues, sa vérification."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from modele.lieux.heures import JourAPart
from modele.lieux.heures_ecrites import ecrire_plage
from modele.mots.ecriture import dire_date
from modele.regles.langues import langues

if TYPE_CHECKING:
    from modele.lieux.modele import Lieu
    from modele.mots.phrases import Mots

LIEUX_AU_PLUS: Final = 8
"""Une feuille se lit ; au-delà, elle dit que d'autres existent."""
_BIENTOT: Final = timedelta(days=60)
_TIRET: Final = "–"


def dire_en_plus(lieu: Lieu, mots: Mots, jour: date) -> Iterator[str]:
    """Une ligne par chose sue ; rien de ce qui ne l'est pas."""
    yield from (_a_part(un, mots) for un in lieu.heures.a_part if un.au >= jour and un.du <= jour + _BIENTOT)
    if lieu.acces:
        yield lieu.acces
    if parlees := _parlees(lieu):
        yield mots("lieu.langues", langues=mots("liste.suite").join(parlees))
    if lieu.provenance.verifie_le is not None:
        yield mots("lieu.verifie_le", date=dire_date(lieu.provenance.verifie_le, mots.langue))


def _a_part(un: JourAPart, mots: Mots) -> str:
    du, au = dire_date(un.du, mots.langue), dire_date(un.au, mots.langue)
    if not un.plages:
        return mots("lieu.ferme_le", du=du) if un.du == un.au else mots("lieu.ferme_du", du=du, au=au)
    jours = du if un.du == un.au else f"{du}{_TIRET}{au}"
    return f"{jours} : {mots.enumerer([ecrire_plage(une).replace('-', _TIRET) for une in un.plages])}"


def _parlees(lieu: Lieu) -> list[str]:
    """Les langues, chacune dans la sienne : qui la lit s'y reconnaît. Celle que Perron n'écrit pas n'y est pas."""
    noms = {code: une.nom_propre for une in langues().values() if not une.socle for code in une.parle}
    return [noms[code] for code in lieu.langues if code in noms]
