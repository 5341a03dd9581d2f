"""Écrire les contacts locaux qu'une structure saisit : le fichier que ``chargement`` relit, à l'identique."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Final

from modele.regles.disque import Lisible
from modele.territoire.chargement import lire_contacts_locaux
from modele.territoire.modele import ContactLocal

NATURE: Final = "contacts"
FICHIER: Final = "contacts.toml"
_TEXTES: Final = ("libelle", "numero", "url", "horaires", "quand")


def ecrire_contacts(contacts: Iterable[ContactLocal]) -> bytes:
    """Le fichier de ces contacts. Chacun porte sa source et sa date : sans elles, il serait mis de côté."""
    lignes = ["format = 1", *(ligne for contact in contacts for ligne in _table(contact)), ""]
    return "\n".join(lignes).encode()


def _table(contact: ContactLocal) -> Iterator[str]:
    yield from ("", "[[contact]]", f"id = {_texte(contact.id)}")
    yield from (f"{cle} = {_texte(getattr(contact, cle))}" for cle in _TEXTES if getattr(contact, cle))
    if contact.gratuit is not None:
        yield f"gratuit = {json.dumps(contact.gratuit)}"
    if contact.fictif:
        yield "fictif = true"
    dit = contact.provenance
    yield f"confiance = {_texte(dit.confiance)}"
    if dit.source:
        yield f"source = {_texte(dit.source)}"
    if dit.verifie_le:
        yield f"verifie_le = {dit.verifie_le.isoformat()}"


def _texte(valeur: str) -> str:
    """Un texte TOML : celui de JSON, où le caractère « suppr » s'échappe aussi."""
    return json.dumps(valeur, ensure_ascii=False).replace("\x7f", "\\u007f")


def remplacer(lus: Lisible | None, contact: ContactLocal) -> bytes:
    """Le fichier ``lus`` (absent : aucun), ce contact ajouté ou remis. Lève ``FichierFautif`` s'il ne se lit pas."""
    avant = () if lus is None else lire_contacts_locaux(lus)
    return ecrire_contacts((*(un for un in avant if un.id != contact.id), contact))
