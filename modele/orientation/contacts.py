"""L'annuaire : les numéros et les sites nationaux, et ceux du territoire, qui priment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from modele.dossier.nomenclatures import RESSOURCES
from modele.regles.confiance import CONFIANCES
from modele.regles.lecture import Lecteur, lire_toml
from modele.territoire.modele import ContactLocal

CONTACTS = RESSOURCES / "national" / "contacts.toml"


@dataclass(frozen=True, slots=True)
class Contact:
    """Un numéro ou un site. ``gratuit`` : ``None`` si rien de sûr n'est connu.

    ``langues`` : telles que la source les dit. ``local`` : il vient du territoire ;
    pour l'exemple seulement, son libellé le dit partout où il paraît.
    """

    id: str
    libelle: str
    numero: str = ""
    url: str = ""
    horaires: str = ""
    quand: str = ""
    gratuit: bool | None = None
    langues: tuple[str, ...] = ()
    source: str = ""
    confiance: str = "V"
    verifie_le: date | None = None
    local: bool = False


@lru_cache(maxsize=1)
def contacts_nationaux() -> Mapping[str, Contact]:
    """Les contacts livrés, par identifiant, dans l'ordre écrit. Lève ``FichierFautif``."""
    return lire_contacts(CONTACTS)


def annuaire(locaux: Iterable[ContactLocal]) -> Mapping[str, Contact]:
    """Les contacts nationaux, puis ceux du territoire ; un contact local remplace le national de même identifiant."""
    return {**contacts_nationaux(), **{local.id: _du_territoire(local) for local in locaux}}


def _du_territoire(local: ContactLocal) -> Contact:
    return Contact(
        id=local.id,
        libelle=f"{local.libelle} (numéro fictif)" if local.fictif else local.libelle,
        numero=local.numero,
        url=local.url,
        horaires=local.horaires,
        quand=local.quand,
        gratuit=local.gratuit,
        source=local.source,
        confiance=local.confiance,
        verifie_le=local.verifie_le,
        local=True,
    )


def lire_contacts(chemin: Path) -> Mapping[str, Contact]:
    """Tous les contacts d'un fichier national. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    vus: set[str] = set()
    lus = [_contact(table, vus) for table in lecteur.tables("contact", obligatoire=True)]
    lecteur.finir()
    return {contact.id: contact for contact in lus}


def _contact(table: Lecteur, vus: set[str]) -> Contact:
    lu = Contact(
        id=table.identifiant(vus),
        libelle=table.texte("libelle", obligatoire=True),
        numero=table.texte("numero"),
        url=table.texte("url"),
        horaires=table.texte("horaires"),
        quand=table.texte("quand", obligatoire=True),
        gratuit=table.booleen("gratuit") if "gratuit" in table else None,
        langues=table.textes("langues"),
        source=table.texte("source", obligatoire=True),
        confiance=table.texte("confiance", obligatoire=True, permis=CONFIANCES),
        verifie_le=table.date("verifie_le", obligatoire=True),
    )
    if not (lu.numero or lu.url):
        table.signaler("", "attendu : un numéro (« numero ») ou une adresse (« url »)")
    table.clore()
    return lu
