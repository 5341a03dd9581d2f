"""Un rendez-vous sur papier : quand, où, avec quel interprète. Ni pourquoi, ni avec qui : la feuille traîne.

Essais : ``tests/impressions/test_papier_rendez_vous.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from modele.lieux.modele import Lieu
from modele.mots.ecriture import dire_jour, en_francais, majuscule
from modele.mots.noms import champ_de
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous.lignes import DONNE

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.rendez_vous import Creneau, RendezVous

RENDEZ_VOUS: Final = "rendez-vous"
"""La fiche qui le dit."""
CONFIDENTIEL: Final = (
    "Ce rendez-vous est dans un lieu à l’adresse confidentielle : il ne s’écrit sur aucun papier. Dites le jour et"
    " l’heure, et donnez le téléphone du lieu."
)
SANS_ADRESSE: Final = (
    "« {lieu} » n’a pas d’adresse vérifiée dans l’annuaire d’ici : écrivez-la à la main sur le papier, ou choisissez le"
    " lieu de ce poste dans les Réglages."
)
PERIME: Final = (
    "L’adresse et les heures de « {lieu} » n’ont pas été vérifiées depuis six mois : vérifiez-les avant de donner ce"
    " papier."
)
_LANGUE: Final = "contact.langue"


@dataclass(frozen=True, slots=True)
class Convocation:
    """Ce qu'un papier dit d'un rendez-vous. ``lieu`` : de l'annuaire ; inconnu, il n'a qu'un nom.

    ``interprete`` : « demande », « trouve », ou vide. ``langue`` : dans la langue du papier.
    """

    jour: str
    heure: str
    lieu: Lieu
    interprete: str = ""
    langue: str = ""
    deplace: bool = False


def convoquer(tenu: RendezVous, bilan: Bilan, langue: str) -> Convocation:
    """Ce rendez-vous, dit dans une langue. Le bilan l'est déjà."""
    nom = tenu.creneau.lieu
    connu = next((un for un in bilan.regles.territoire.lieux if un.id == nom), None)
    return Convocation(
        jour=majuscule(dire_jour(tenu.creneau.jour, langue), langue),
        heure=_dire_heure(tenu.creneau, langue),
        lieu=connu or Lieu("", nom, ""),
        interprete=tenu.interprete,
        langue=_dire_la_langue(tenu, bilan) if tenu.interprete else "",
        deplace=bool(tenu.deplace_le),
    )


def exiger_un_lieu_dicible(lieu: Lieu) -> None:
    """Lève ``ErreurUtilisateur`` si ce lieu ne s'écrit sur aucun papier."""
    if lieu.adresse_confidentielle:
        raise ErreurUtilisateur(CONFIDENTIEL)


def a_savoir(lieu: Lieu, jour: date) -> str:
    """Ce que l'agent doit savoir avant de donner ce papier ; vide si le lieu est connu et vérifié."""
    if not lieu.adresse or lieu.provenance.a_valider:
        return SANS_ADRESSE.format(lieu=lieu.nom)
    return PERIME.format(lieu=lieu.nom) if lieu.perime(jour) else ""


def a_venir(tenus: Iterable[RendezVous], maintenant: datetime, lequel: str = "") -> RendezVous | None:
    """Celui que le papier rappelle : ``lequel`` s'il est dit, le prochain sinon. Annulé, passé ou déjà noté : aucun.

    Jamais un autre que celui qu'on a demandé : la personne emporterait la mauvaise date.
    """
    moment = (maintenant.date(), maintenant.hour * 60 + maintenant.minute)
    donnes = [un for un in tenus if un.etat == DONNE and (un.creneau.jour, un.creneau.debut) >= moment]
    voulus = [un for un in donnes if un.id == lequel] if lequel else donnes
    return min(voulus, key=lambda un: (un.creneau, un.id), default=None)


def _dire_la_langue(tenu: RendezVous, bilan: Bilan) -> str:
    champ = champ_de(_LANGUE)
    return bilan.regles.vocabulaire.code(champ.champ, tenu.langue) if champ is not None else ""


def _dire_heure(creneau: Creneau, langue: str) -> str:
    """« 9 h 30 », « 9 h » ; ailleurs « 9:30 », « 9:00 » : les chiffres d'une montre."""
    heures, minutes = divmod(creneau.debut, 60)
    if not en_francais(langue):
        return f"{heures}:{minutes:02}"
    return f"{heures} h {minutes:02}" if minutes else f"{heures} h"
