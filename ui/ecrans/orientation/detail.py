"""Le détail d'une voie : gestes, numéros, ce qui se dit, ce qui s'évite, pièces, échéances, d'où cela vient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtWidgets import QLabel, QWidget

from modele.bilan import Bilan
from modele.mots.echeances import dire_echeance, dire_fin, dire_suite
from modele.mots.ecriture import dire_date
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import a_joindre
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.confiance import a_valider
from ui.composants import Bloc, Carte, Colonnes, Pli, colonne, etiquette_aide, nommer, rangee, texte
from ui.composants.lignes import point
from ui.composants.pli import replier_les_gestes
from ui.mots.notes import qui_repond
from ui.theme import Ton
from ui.theme.icones import Icone

A_VALIDER = " (à faire valider)"
NUMEROS_D_ABORD = 3
"""Une rangée : le premier geste reste dans la moitié haute de la page."""


def cartes(voie: Voie, bilan: Bilan) -> Iterator[QWidget]:
    """Les cartes d'une voie retenue, de haut en bas ; quand c'est maintenant, les numéros passent devant."""
    numeros, presse = _numeros(voie, bilan), voie.urgence is Urgence.IMMEDIATE
    if numeros is not None and presse:
        yield numeros
    gestes = _haut(_gestes(voie))
    dire = Bloc(colonne(*_cotes(voie), 1, ecart=4))
    yield Colonnes([(gestes, 6, 400), (dire, 5, 330)], ecart=4)
    if numeros is not None and not presse:
        yield numeros
    yield Colonnes([(_haut(_echeances(voie, bilan.jour)), 6, 400), (_haut(_pieces(voie, bilan)), 5, 330)], ecart=4)
    yield _fondement(voie)


def _haut(carte: Carte) -> QWidget:
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


def _cotes(voie: Voie) -> Iterator[Carte]:
    for titre, phrases, icone, ton in (
        ("À dire", voie.a_dire, "message-circle-question-mark", Ton.COURANT),
        ("À ne pas faire", voie.a_eviter, "triangle-alert", Ton.IMMEDIAT),
    ):
        if phrases:
            carte = Carte(nom=titre)
            entete = rangee(Icone(icone, ton), texte(titre, "gras", ton), ecart=2)
            entete.setStretch(1, 1)
            carte.ajouter(entete, *(texte(phrase) for phrase in phrases))
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
    colonnes = [(_numero(contact), 1, 190) for contact in contacts]
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


def _echeances(voie: Voie, jour: date) -> Carte:
    carte = Carte("Échéances", icone="calendar-days")
    for echeance in voie.echeances:
        carte.ajouter(_echeance(echeance, jour))
    if not voie.echeances:
        carte.ajouter(etiquette_aide("Aucune échéance fixée par un texte."))
    return carte


def _echeance(echeance: Echeance, jour: date) -> QWidget:
    """Ce que c'est, la date où agir, la plus tardive si elle diffère, et ce qui reste une fois passée."""
    libelle = echeance.libelle + (A_VALIDER if a_valider(echeance.confiance) else "")
    quand = dire_echeance(echeance)
    suites = [dite for dite in (dire_suite(echeance, jour), dire_fin(echeance)) if dite]
    mots: list[QLabel] = [texte(libelle), texte(quand, "gras"), *map(etiquette_aide, suites)]
    bloc = Bloc(colonne(*mots, ecart=0))
    nommer(bloc, f"{libelle} : {quand}", ". ".join(suites))
    return bloc


def _pieces(voie: Voie, bilan: Bilan) -> Carte:
    carte = Carte("Pièces utiles", icone="file-text")
    for libelle in libelles_de_pieces(voie.pieces, bilan):
        carte.ajouter(texte(libelle))
    suite = "Aucune n'est exigée pour agir." if voie.pieces else "Aucune pièce propre à cette voie."
    carte.ajouter(etiquette_aide(suite))
    return carte


def libelles_de_pieces(pieces: Iterable[str], bilan: Bilan) -> list[str]:
    """Les pièces nommées, et celles déjà vues marquées comme telles."""
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    attendues = (*bilan.pieces.enregistrement, *bilan.pieces.instruction)
    vues = {p.piece.id for p in attendues if p.etat == "vue"}
    return [f"{noms.get(nom, nom)}{', déjà vue' if nom in vues else ''}" for nom in pieces]


def _fondement(voie: Voie) -> Carte:
    carte = Carte("D'où vient ce conseil", icone="scale")
    dit = voie.provenance
    verifie = f"Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else "Jamais vérifié."
    reserve = " À faire valider avant de s'y fier." if dit.a_valider else ""
    carte.ajouter(texte(f"{dit.fondement}."), etiquette_aide(f"{verifie}{reserve} Source : {dit.source}."))
    return carte
