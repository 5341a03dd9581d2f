"""Les listes de codes du dossier, lues dans ``ressources/national/nomenclatures.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from modele.regles.disque import Lisible
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

FICHIER: Final = "national/nomenclatures.toml"
# Ces listes ne tiennent pas dans le fichier : les communes viennent du territoire.
EXTERIEURES: Final = frozenset({"commune"})


@dataclass(frozen=True, slots=True)
class Code:
    """Un code : son libellé officiel, son code SNE, sa case du Cerfa, et comment le dire.

    ``violence`` : ce code dit une violence subie ; il ne s'écrit jamais dans un dossier partagé.
    """

    code: str
    libelle: str
    sne: str = ""
    cerfa: str = ""
    dire: str = ""
    note: str = ""
    violence: bool = False

    @property
    def a_dire(self) -> str:
        """La formulation à lire à voix haute : ``dire``, à défaut le libellé."""
        return self.dire or self.libelle


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """Une liste de codes, et d'où elle vient.

    ``retires`` : les codes d'avant, qui ne s'écrivent plus et s'effacent à l'ouverture d'un document.
    ``hors_papier`` : ses mots ne s'impriment jamais, et n'ont pas à se traduire.
    """

    id: str
    libelle: str
    provenance: Provenance
    codes: Mapping[str, Code]
    retires: tuple[str, ...] = ()
    hors_papier: bool = False


Nomenclatures = Mapping[str, Nomenclature]


@lru_cache(maxsize=1)
def nationales() -> Nomenclatures:
    """Celles qui sont livrées avec Perron, lues une fois : coffre, mur et registre n'en connaissent pas d'autres.

    Une publication signée en change les mots, jamais les codes (``exiger_les_memes_codes``) ; elle est dans ``Regles``.
    """
    return lire_nomenclatures(RESSOURCES / FICHIER)


def lire_nomenclatures(chemin: Lisible) -> Nomenclatures:
    """Lit et vérifie un fichier de nomenclatures.

    Lève ``FichierFautif`` avec toutes les fautes, ``ErreurUtilisateur`` s'il est illisible.
    """
    lecteur = lire_toml(chemin)
    vues: set[str] = set()
    lues = [_lire(table, vues) for table in lecteur.tables("nomenclature", obligatoire=True)]
    lecteur.finir()
    return {nomenclature.id: nomenclature for nomenclature in lues}


def exiger_les_memes_codes(dessous: Nomenclatures, dessus: Nomenclatures, fichier: Lisible) -> None:
    """Vérifie que ``dessus`` ne change que des mots : ni les codes, ni ce qui dit une violence.

    Le coffre, le mur et le registre s'en tiennent aux codes de leur version. Lève ``FichierFautif``.
    """
    message = "ses codes, et ce qui dit une violence, ne changent qu'avec la version de Perron"
    fautes = [
        Faute(fichier.name, nom, None, message)
        for nom in dict.fromkeys([*dessous, *dessus])
        if _codes_de(dessous.get(nom)) != _codes_de(dessus.get(nom))
    ]
    if fautes:
        raise FichierFautif(fautes)


def _codes_de(nomenclature: Nomenclature | None) -> list[tuple[str, bool]]:
    return sorted((code.code, code.violence) for code in nomenclature.codes.values()) if nomenclature else []


def _lire(table: Lecteur, vues: set[str]) -> Nomenclature:
    lue = Nomenclature(
        id=table.identifiant(vues),
        libelle=table.texte("libelle", obligatoire=True),
        provenance=lire_provenance(table, exigees=COMPLETE),
        codes=_codes(table),
        retires=tuple(table.textes("retires")),
        hors_papier=table.booleen("hors_papier"),
    )
    for code in lue.codes.keys() & set(lue.retires):
        table.signaler("retires", f"« {code} » est encore dans la liste ; ôtez-le de l'une des deux")
    table.clore()
    return lue


def _codes(table: Lecteur) -> Mapping[str, Code]:
    codes: dict[str, Code] = {}
    vus: set[str] = set()
    for ligne in table.tables("code", obligatoire=True):
        code = Code(
            code=ligne.identifiant(vus, "code"),
            libelle=ligne.texte("libelle", obligatoire=True),
            sne=ligne.texte("sne"),
            cerfa=ligne.texte("cerfa"),
            dire=ligne.texte("dire"),
            note=ligne.texte("note"),
            violence=ligne.booleen("violence"),
        )
        codes[code.code] = code
        ligne.clore()
    return codes
