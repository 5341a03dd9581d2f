"""Ce qu'on fait d'une voie : ses gestes, qui appeler, ce qui se dit et s'évite.

Les mêmes cartes au résultat du premier contact et à l'orientation : un agent ne les apprend qu'une fois. Les gestes
d'abord, toujours : à 200 % les colonnes s'empilent, et le premier geste reste dans la moitié haute de la page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from modele.bilan import Bilan
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import a_joindre
from modele.orientation.resultat import Voie
from ui.composants import Bloc, Carte, Colonnes, Pli, colonne, etiquette_aide, nommer, pastille_urgence, rangee, texte
from ui.composants.lignes import point
from ui.composants.pli import replier_les_gestes
from ui.mots.notes import qui_repond
from ui.theme import Ton
from ui.theme.icones import Icone

A_VALIDER: Final = " (à faire valider)"
NUMEROS_D_ABORD: Final = 3
"""Trois se lisent d'un coup d'œil ; les autres se déplient."""


def entete(voie: Voie) -> QWidget:
    """Quand agir, et de quoi il s'agit."""
    ligne = rangee(pastille_urgence(voie.urgence.value), texte(voie.libelle, "titre"), ecart=3)
    ligne.setStretch(1, 1)
    return Bloc(ligne)


def agir(voie: Voie, bilan: Bilan) -> QWidget:
    """Les gestes ; à côté, ou dessous si la place manque : qui appeler, ce qui se dit, ce qui s'évite."""
    cote = [carte for carte in (_numeros(voie, bilan), *_mots(voie)) if carte is not None]
    return Colonnes([(en_haut(_gestes(voie)), 6, 400), (Bloc(colonne(*cote, 1, ecart=4)), 5, 330)], ecart=4)


def en_haut(carte: Carte) -> QWidget:
    """Deux cartes voisines s'alignent par le haut, même inégales."""
    return Bloc(colonne(carte, 1))


def _gestes(voie: Voie) -> Carte:
    carte = Carte("Vos gestes, dans l'ordre")
    points = [
        point(f"{rang}.", geste, "gras" if rang == 1 else "texte") for rang, geste in enumerate(voie.gestes, start=1)
    ]
    carte.ajouter(*replier_les_gestes(points))
    if not voie.gestes:
        carte.ajouter(etiquette_aide("Aucun geste propre à cette voie."))
    return carte


def _mots(voie: Voie) -> Iterator[Carte]:
    for titre, phrases, icone, ton in (
        ("À dire", voie.a_dire, "message-circle-question-mark", Ton.COURANT),
        ("À ne pas faire", voie.a_eviter, "triangle-alert", Ton.IMMEDIAT),
    ):
        if phrases:
            carte = Carte(nom=titre)
            ligne = rangee(Icone(icone, ton), texte(titre, "gras", ton), ecart=2)
            ligne.setStretch(1, 1)
            carte.ajouter(ligne, *(texte(phrase) for phrase in phrases))
            yield carte


def _numeros(voie: Voie, bilan: Bilan) -> Carte | None:
    """Les premiers numéros en gros : on les compose en les lisant ; les autres, et ceux qui manquent, d'un geste."""
    trouves = a_joindre(voie.contacts, bilan.regles.contacts)
    if not trouves:
        return None
    carte = Carte("Qui appeler", icone="phone")
    premiers = [contact for contact in trouves if not contact.en_attendant][:NUMEROS_D_ABORD]
    carte.ajouter(*_par_trois(premiers))
    if reste := [contact for contact in trouves if contact not in premiers]:
        mot = f"Voir {len(reste)} autres contacts" if len(reste) > 1 else "Voir un autre contact"
        carte.ajouter(Pli(mot, "Montrer moins", *_par_trois(reste)))
    return carte


def _par_trois(contacts: Sequence[Contact]) -> list[QWidget]:
    colonnes = [(_numero(contact), 1, 120) for contact in contacts]
    return [Colonnes(colonnes[debut : debut + 3], ecart=4, ecart_pile=3) for debut in range(0, len(colonnes), 3)]


def _numero(contact: Contact) -> QWidget:
    grand = texte(contact.joindre, "sous_titre", Ton.IMMEDIAT)
    doute = A_VALIDER if contact.provenance.a_valider and not contact.en_attendant else ""
    details = [qui_repond(contact) + doute]
    details += [contact.quand] if contact.en_attendant else []
    details += [contact.horaires] if contact.horaires else []
    bloc = Bloc(colonne(grand, *(etiquette_aide(ligne) for ligne in details), 1, ecart=0))
    nommer(bloc, f"{contact.libelle} : {contact.joindre}", contact.horaires)
    return bloc
