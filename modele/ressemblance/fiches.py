"""Ce qui, d'un dossier, se cherche et se montre dans une liste. D'un dossier discret : rien."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.chemins import Document, lire
from modele.dossier.telephones import cle
from modele.protection.discretion import est_discret
from modele.ressemblance.naissances import dire, naissance_ecrite
from modele.ressemblance.phonetique import mots

_LISTES = (("personne du foyer", "foyer.personnes"), ("colocataire", "foyer.colocataires"))
DEMANDEUR: Final = "demandeur"
AIDANT: Final = "aidant"
_AUTRES_TELEPHONES: Final = ((DEMANDEUR, "contact.telephone_autre"), (AIDANT, "contact.tiers_telephone"))
SANS_NOM: Final = "Sans nom"
DISCRET: Final = "Dossier discret"
_HORS_NUMERO: Final = re.compile("[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Fiche:
    """Une personne cherchable : mots sans accent, naissance (``naissances``), neuf derniers chiffres du téléphone."""

    role: str
    noms: str
    prenoms: str
    naissance: str = ""
    telephone: str = ""
    numero: str = ""


def fiches(document: Document) -> list[Fiche]:
    """Les personnes cherchables ; aucune si le dossier est discret."""
    if est_discret(document):
        return []
    demandeur = _fiche(
        DEMANDEUR,
        lire(document, "demandeur"),
        telephone=cle(_texte(document, "contact.telephone")),
        numero=numero_nu(_texte(document, "demande.numero_unique")),
    )
    codemandeur = _fiche("codemandeur", lire(document, "codemandeur"))
    candidates = [demandeur, codemandeur, *_du_foyer(document), *_autres_telephones(document, demandeur.telephone)]
    return [un for un in candidates if un.noms or un.prenoms or un.naissance or un.telephone or un.numero]


def titre_et_detail(document: Document) -> tuple[str, str]:
    """Deux lignes pour une liste ; neutres si le dossier est discret."""
    if est_discret(document):
        return DISCRET, ""
    nom = _texte(document, "demandeur.nom_usage") or _texte(document, "demandeur.nom")
    titre = " ".join(filter(None, (nom.upper(), _texte(document, "demandeur.prenoms"))))
    naissance = naissance_ecrite(lire(document, "demandeur.date_naissance"))
    numero = _texte(document, "demande.numero_unique")
    parties = (
        f"naissance : {dire(naissance)}" if naissance else "",
        f"n° {numero}" if numero else "",
    )
    return titre or SANS_NOM, " · ".join(filter(None, parties))


def numero_nu(texte: str) -> str:
    """Un numéro sans espaces ni ponctuation, en minuscules."""
    return _HORS_NUMERO.sub("", texte.lower())


def _autres_telephones(document: Document, deja: str) -> Iterator[Fiche]:
    """Un autre téléphone, celui de qui l'aide : ils trouvent le dossier, et ne disent rien de la personne."""
    for role, champ in _AUTRES_TELEPHONES:
        telephone = cle(_texte(document, champ))
        if telephone and telephone != deja:
            yield Fiche(role, "", "", "", telephone)


def _du_foyer(document: Document) -> Iterator[Fiche]:
    for role, chemin in _LISTES:
        elements = lire(document, f"{chemin}.elements")
        if isinstance(elements, dict):
            yield from (_fiche(role, personne) for personne in elements.values())


def _fiche(role: str, personne: Any, telephone: str = "", numero: str = "") -> Fiche:
    document = personne if isinstance(personne, dict) else {}
    if not document:
        return Fiche(role, "", "", "", telephone, numero)
    noms = mots(f"{_texte(document, 'nom')} {_texte(document, 'nom_usage')}")
    prenoms = mots(_texte(document, "prenoms"))
    naissance = naissance_ecrite(lire(document, "date_naissance"))
    return Fiche(role, " ".join(dict.fromkeys(noms)), " ".join(prenoms), naissance, telephone, numero)


def _texte(document: Document, chemin: str) -> str:
    valeur = lire(document, chemin)
    return valeur if isinstance(valeur, str) else ""
