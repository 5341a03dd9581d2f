"""Où en est une fiche dans une langue : ce qu'elle a de mots, ce qui y est resté en français, qui en répond."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.fiches.declaration import Declaration
from modele.fiches.segments import Segment, decouper, ecart
from modele.regles.langues import FRANCAIS, Langue
from modele.regles.traduction import Etat

ABSENTE: Final = "absente"
REFUSEE: Final = "refusee"
NON_OFFERTE: Final = "non_offerte"
SANS_OBJET: Final = "sans_objet"


@dataclass(frozen=True, slots=True)
class Mesure:
    """``etat`` : celui de sa traduction ; « absente », « refusee » (elle ne dit pas ce que dit le français),
    « non_offerte » (de sûreté, et personne n'en répond) ou « sans_objet » (un papier pour un service, en français
    seulement : rien n'y manque). ``rapport_longueur`` : signes, français = 1.
    """

    etat: str
    segments: int
    non_traduits: int
    rapport_longueur: float | None
    relu_par: str = ""
    relu_le: date | None = None
    publie_par: str = ""
    raison: str = ""

    @property
    def offerte(self) -> bool:
        """Vrai si cette langue s'imprime."""
        return self.etat in tuple(Etat)


def mesurer(fiche: Declaration, langue: Langue, permis: Collection[str] = ()) -> Mesure:
    """L'état de ``fiche`` dans ``langue``. ``permis`` : ce qui s'y dit comme en français (``modele.mots.permis``)."""
    if raison := reserve_au_francais(fiche, langue):
        return Mesure(SANS_OBJET, 0, 0, None, raison=raison)
    francais = fiche.editions.get(FRANCAIS)
    edition = fiche.editions.get(langue.id)
    reference = [un for un in decouper(francais.texte) if un.a_traduire] if francais else []
    if edition is None:
        return Mesure(ABSENTE, len(reference), len(reference), None, raison="aucun texte dans cette langue")
    raison, etat = refus(fiche, langue), edition.traduction.etat.value
    if raison:
        etat = REFUSEE if francais is not None and ecart(francais.texte, edition.texte) else NON_OFFERTE
    dits = [un for un in decouper(edition.texte) if un.a_traduire]
    pareils = [un for un in dits if un.nu in {autre.nu for autre in reference} and _compte(un, langue, permis)]
    dite = edition.traduction
    return Mesure(
        etat=etat,
        segments=len(dits),
        non_traduits=0 if langue.id == FRANCAIS else len(pareils),
        rapport_longueur=_rapport(reference, dits),
        relu_par=dite.relu_par,
        relu_le=dite.relu_le,
        publie_par=dite.publie_par,
        raison=raison,
    )


def _compte(segment: Segment, langue: Langue, permis: Collection[str]) -> bool:
    """Vrai si ce segment, égal au français, aurait dû s'écrire autrement."""
    if langue.socle:
        return segment.nu.casefold() not in permis
    return not all(mot.strip(".,:;()«»'’\"").casefold() in permis for mot in segment.nu.split())


def _rapport(francais: list[Segment], dits: list[Segment]) -> float | None:
    avant = sum(len(un.nu) for un in francais)
    return round(sum(len(un.nu) for un in dits) / avant, 2) if avant else None


def refus(fiche: Declaration, langue: Langue) -> str:
    """Pourquoi cette fiche n'est pas offerte dans cette langue, où elle est écrite ; vide si elle l'est.

    Une fiche de sûreté n'existe dans une langue que si quelqu'un en répond. Norme : « La sûreté des personnes », 7.
    """
    if langue.id == FRANCAIS:
        return ""
    if raison := reserve_au_francais(fiche, langue):
        return raison
    edition, francais = fiche.editions[langue.id], fiche.editions.get(FRANCAIS)
    if francais is not None and (faute := ecart(francais.texte, edition.texte)):
        return (
            f"La fiche « {fiche.id} » ne s’imprime pas en {langue.nom} : elle n’y dit pas ce que dit le français."
            f" {langue.id}.md : {faute}."
        )
    if (fiche.surete.securite or fiche.surete.reservee) and not edition.traduction.sure:
        return (
            f"La fiche « {fiche.id} » n’est pas offerte en {langue.nom} : une fiche de sûreté n’existe dans une langue"
            f" que par une traduction publiée, ou relue par une personne compétente nommée. {EN_ATTENDANT}"
        )
    return ""


def reserve_au_francais(fiche: Declaration, langue: Langue) -> str:
    """Pourquoi cette fiche ne se dit qu'en français ; vide si elle peut se dire dans cette langue."""
    if langue.id == FRANCAIS or not fiche.pour_un_service:
        return ""
    return f"La fiche « {fiche.id} » est un papier pour un service : elle ne s’imprime qu’en français."


EN_ATTENDANT: Final = (
    "Montrez les numéros et les pictogrammes, lisez le français à voix haute, appelez un interprète par téléphone."
)
