"""Les contacts que chaque territoire doit dire, et qui appeler tant qu'il ne les a pas dits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from modele.orientation.contacts import Contact
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

FICHIER: Final = "national/contacts_locaux.toml"


@dataclass(frozen=True, slots=True)
class ContactAttendu:
    """Un contact qu'un territoire doit dire. ``en_attendant`` : que faire sans lui ; ``appeler`` : quels numéros."""

    id: str
    libelle: str
    en_attendant: str
    appeler: tuple[str, ...]
    provenance: Provenance

    def absent(self) -> Contact:
        """Ce qui tient sa place dans l'annuaire : ni numéro ni adresse, et qui appeler en attendant."""
        # « M » : un papier ne le porte pas, et dit de demander ; l'écran dit qu'il manque.
        manque = Provenance(confiance="M", source=self.provenance.source)
        return Contact(
            self.id, self.libelle, quand=self.en_attendant, en_attendant=self.appeler, local=True, provenance=manque
        )


def lire_contacts_locaux(chemin: Lisible, numeros: Collection[str]) -> tuple[ContactAttendu, ...]:
    """Les contacts attendus. ``numeros`` : ceux du pays, seuls à pouvoir attendre. Lève ``FichierFautif``."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    vus: set[str] = set()
    lus = tuple(_attendu(table, vus, numeros) for table in lecteur.tables("contact_local", obligatoire=True))
    lecteur.finir()
    return lus


def _attendu(table: Lecteur, vus: set[str], numeros: Collection[str]) -> ContactAttendu:
    lu = ContactAttendu(
        id=table.identifiant(vus),
        libelle=table.texte("libelle", obligatoire=True),
        en_attendant=table.texte("en_attendant", obligatoire=True),
        appeler=table.textes("appeler", obligatoire=True),
        provenance=lire_provenance(table, exigees=COMPLETE),
    )
    if lu.id in numeros:
        table.signaler("id", f"« {lu.id} » est un numéro du pays : un territoire n'a pas à le dire")
    for inconnu in (un for un in lu.appeler if un not in numeros):
        table.signaler("appeler", hors_liste(inconnu, numeros))
    table.clore()
    return lu


def manquants(attendus: Iterable[ContactAttendu], dits: Collection[str]) -> tuple[ContactAttendu, ...]:
    """Ceux que le territoire ne dit pas. ``dits`` : les identifiants de ses contacts."""
    return tuple(un for un in attendus if un.id not in dits)


def a_joindre(noms: Iterable[str], annuaire: Mapping[str, Contact]) -> tuple[Contact, ...]:
    """Les contacts d'une voie, dans l'ordre ; après celui qui manque ici, ceux qu'on appelle en attendant."""
    trouves: dict[str, Contact] = {}
    for contact in (annuaire[nom] for nom in noms if nom in annuaire):
        trouves.setdefault(contact.id, contact)
        for autre in contact.en_attendant:
            trouves.setdefault(autre, annuaire[autre])
    return tuple(trouves.values())
