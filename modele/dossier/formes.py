"""Les formes d'écriture (code postal, courriel, SIRET…) : motifs de ``formes.toml`` et clés de contrôle."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from modele.dossier import telephones
from modele.dossier.numeros import relire_provisoire
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from ressources import RESSOURCES

FICHIER: Final = RESSOURCES / "national" / "formes.toml"
_NIR: Final = re.compile(r"(?<![0-9A-Z])[12](?:[ .\-]?[0-9AB]){14}(?![0-9A-Z])")


class Gravite(StrEnum):
    """Une erreur se corrige ; une alerte se confirme et ne bloque jamais."""

    ERREUR = "erreur"
    ALERTE = "alerte"


@dataclass(frozen=True, slots=True)
class Forme:
    """Un motif d'écriture, et la phrase à dire quand un texte ne le suit pas."""

    id: str
    motif: re.Pattern[str]
    message: str
    gravite: Gravite


@lru_cache(maxsize=1)
def nationales() -> tuple[Forme, ...]:
    """Les formes livrées avec Perron."""
    return lire_formes(FICHIER)


def lire_formes(chemin: Lisible) -> tuple[Forme, ...]:
    """Lit et vérifie un fichier de formes. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lues = tuple(_lire(table) for table in lecteur.tables("forme", obligatoire=True))
    lecteur.finir()
    return lues


def _lire(table: Lecteur) -> Forme:
    for cle in ("source", "confiance"):
        table.texte(cle, obligatoire=True, permis=CONFIANCES if cle == "confiance" else ())
    lue = Forme(
        id=table.texte("id", obligatoire=True),
        motif=_motif(table),
        message=table.texte("message", obligatoire=True),
        gravite=Gravite(table.texte("gravite", obligatoire=True, permis=tuple(Gravite), defaut=Gravite.ALERTE)),
    )
    table.clore()
    return lue


def _motif(table: Lecteur) -> re.Pattern[str]:
    try:
        return re.compile(table.texte("motif", obligatoire=True))
    except re.error as cause:
        table.signaler("motif", f"expression incorrecte : {cause}")
        return re.compile("")


def examiner(forme: str, texte: str) -> Iterator[tuple[Gravite, str]]:
    """Ce qui ne va pas dans un texte qui doit suivre ``forme``. Une erreur tait les alertes qui la suivent."""
    controle = _CONTROLES.get(forme)
    doute = _DOUTES.get(forme)
    if controle and (message := controle(texte)):
        yield Gravite.ERREUR, message
    elif doute and (message := doute(texte)):
        yield Gravite.ALERTE, message
    for motif in nationales():
        if motif.id == forme and not motif.motif.fullmatch(texte):
            yield motif.gravite, motif.message
            return


def contient_nir(texte: str) -> bool:
    """Vrai si un numéro de sécurité sociale valide est écrit dans le texte."""
    from stdnum.fr import nir

    return any(nir.is_valid(re.sub(r"[ .\-]", "", trouve[0])) for trouve in _NIR.finditer(texte.upper()))


def _siret(texte: str) -> str:
    from stdnum.fr import siret

    return "" if siret.is_valid(texte) else "ce SIRET n'est pas valide (14 chiffres, clé comprise) ; relisez-le"


def _siren(texte: str) -> str:
    from stdnum.fr import siren

    return "" if siren.is_valid(texte) else "ce SIREN n'est pas valide (9 chiffres, clé comprise) ; relisez-le"


def _numero_unique(texte: str) -> str:
    provisoire = relire_provisoire(texte) is not None
    return "c'est un numéro provisoire de Perron : le numéro unique est sur l'attestation" if provisoire else ""


def _numero_provisoire(texte: str) -> str:
    return "" if relire_provisoire(texte) else "ce numéro provisoire n'est pas valable ; relisez-le sur le papier remis"


_CONTROLES: Final[Mapping[str, Callable[[str], str]]] = {
    "siret": _siret,
    "siren": _siren,
    "telephone": telephones.faute,
    "numero_unique": _numero_unique,
    "numero_provisoire": _numero_provisoire,
}
_DOUTES: Final[Mapping[str, Callable[[str], str]]] = {"telephone": telephones.doute}
