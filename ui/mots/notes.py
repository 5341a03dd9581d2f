"""Les mots de la note, communs à l'écran et aux commandes, et ce qui la changerait. Aucune note ne se vise.

Essais : ``tests/ui/mots/test_notes.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from modele.bilan import Bilan, Regles, dires, etablir
from modele.cotation.coter import Dires, coter
from modele.cotation.resultat import Cotation, LigneCritere, LigneRubrique, Preuve
from modele.dossier.faits.calendrier import ajouter_mois, mois_revolus
from modele.mots.ecriture import dire_date
from modele.mots.note import DiseurDeNote
from modele.orientation.contacts import Contact
from modele.protection.reserve import piece_reservee
from modele.territoire.identite import SorteManque

RECEPTION: Final = "demande.date_reception"
DELAI: Final = "delai_anormalement_long_mois"


def qui_repond(contact: Contact) -> str:
    """Qui répond à un numéro qui se lit déjà : « Hébergement d'urgence (SIAO) », pas « 115, hébergement… »."""
    seul = contact.libelle.removeprefix(f"{contact.numero}, ")
    return f"{seul[:1].upper()}{seul[1:]}"


@dataclass(frozen=True, slots=True)
class Changement:
    """Ce qui est sûr : « 10/12/2026 », « Mois d'ancienneté, +1 » ; ou une pièce et les points qu'elle vérifie."""

    quand: str
    effet: str


def sans_grille(regles: Regles, jour: date) -> str:
    """Pourquoi il n'y a pas de note, et qui peut y remédier."""
    territoire = regles.territoire
    if regles.grilles_fautives:
        fautes = sum(len(fautif.fautes) for fautif in regles.grilles_fautives)
        suite = f"Une grille est là, mais fautive ({fautes} fautes) : elle n'est pas employée. Faites-la corriger."
    else:
        qui = next((m.complete_par for m in territoire.manques if m.sorte is SorteManque.GRILLE), "")
        suite = f"À saisir par : {qui}." if qui else "La collectivité doit saisir la grille en vigueur."
    officielle = f"La note officielle est celle de {territoire.systeme.nom}." if territoire.systeme.nom else ""
    debut = f"Aucune grille de cotation de {territoire.nom} ne vaut au {dire_date(jour)}."
    return " ".join(morceau for morceau in (debut, suite, officielle) if morceau)


def changements(bilan: Bilan) -> tuple[Changement, ...]:
    """Ce qui changerait la note à coup sûr, sans que la situation change : le temps qui passe, les pièces à montrer."""
    if bilan.cotation is None:
        return ()
    return (*_dates(bilan), *_pieces(bilan))


# Le temps qui passe : la note se recalcule entière à chaque date.


def _dates(bilan: Bilan) -> Iterator[Changement]:
    avant = etablir(bilan.regles, bilan.dit.document, bilan.jour, exacte=False).cotation
    for jour in _dates_a_voir(bilan):
        apres = etablir(bilan.regles, bilan.dit.document, jour, exacte=False).cotation
        if avant is None or apres is None or apres.grille != avant.grille:
            continue
        for effet in _ecarts(avant, apres):
            yield Changement(dire_date(jour), effet)


def _dates_a_voir(bilan: Bilan) -> list[date]:
    """Le prochain mois révolu, et le lendemain de la fin du délai anormalement long s'il est à venir."""
    recue = bilan.situation.etat(RECEPTION).valeur
    if not isinstance(recue, date):
        return []
    jours = [ajouter_mois(recue, mois_revolus(recue, bilan.jour) + 1)]
    delai = bilan.situation.parametres.get(DELAI)
    if delai is not None and isinstance(delai.valeur, int | Decimal):
        jours.append(ajouter_mois(recue, int(delai.valeur)) + timedelta(days=1))
    return sorted({jour for jour in jours if jour > bilan.jour})


def _ecarts(avant: Cotation, apres: Cotation) -> Iterator[str]:
    """Les rubriques dont les points, sûrs avant et après, changent, et les lignes qui en sont la cause."""
    anciennes = {rubrique.id: rubrique for rubrique in avant.rubriques}
    for rubrique in apres.rubriques:
        ancienne = anciennes.get(rubrique.id)
        if ancienne is not None and ancienne.points.certaine and rubrique.points.certaine:
            ecart = (rubrique.points.min or Decimal(0)) - (ancienne.points.min or Decimal(0))
            causes = _causes(ancienne, rubrique)
            if ecart and causes:
                yield f"{', '.join(causes)} : {signe(ecart)}"


def _causes(ancienne: LigneRubrique, nouvelle: LigneRubrique) -> list[str]:
    avant = {critere.id: critere.points for critere in ancienne.criteres}
    return [c.libelle for c in nouvelle.criteres if avant.get(c.id) != c.points]


def signe(points: Decimal) -> str:
    """« +1 », « −10 »."""
    dit = DiseurDeNote().nombre(points)
    return dit if points < 0 else f"+{dit}"


# Les pièces : la note vérifiée se recalcule comme si chacune était vue.


def _pieces(bilan: Bilan) -> Iterator[Changement]:
    bilan = bilan.dit
    base = dires(bilan.regles, bilan.document, bilan.pieces)
    assert bilan.cotation is not None
    for piece, libelle in _pieces_utiles(bilan, bilan.cotation).items():
        gain = _gain(bilan, base, piece)
        if gain > 0:
            verbe = "passent" if gain >= 2 else "passe"
            yield Changement(libelle, f"{DiseurDeNote().points(gain)} {verbe} de déclaré à vérifié")


def _pieces_utiles(bilan: Bilan, note: Cotation) -> Mapping[str, str]:
    """Les pièces pas encore vues d'un critère qui compte ; jamais une pièce protégée."""
    connues = {piece.id: piece for piece in bilan.regles.pieces}
    trouvees: dict[str, str] = {}
    for critere in (c for rubrique in note.rubriques for c in rubrique.criteres):
        if a_prouver(critere):
            for piece in critere.pieces:
                connue = connues.get(piece)
                if connue is None or not piece_reservee(connue):
                    trouvees[piece] = connue.libelle if connue else piece
    return trouvees


def a_prouver(critere: LigneCritere) -> bool:
    """Vrai si ce critère donne des points sûrs que nulle pièce ne prouve encore."""
    return (
        critere.compte is True
        and critere.points.certaine
        and bool(critere.points.min)
        and critere.preuve in (Preuve.DECLARE, Preuve.MANQUANT)
    )


def _gain(bilan: Bilan, base: Dires, piece: str) -> Decimal:
    """Les points vérifiés de plus si cette pièce est vue, les autres restant ce qu'elles sont."""
    vues = {avec: frozenset({*base.pieces_vues, *([piece] if avec else [])}) for avec in (False, True)}
    notes = {
        avec: coter(
            bilan.regles.grilles_dites, bilan.situation, bilan.jour, replace(base, pieces_vues=vues[avec]), exacte=False
        )
        for avec in (False, True)
    }
    bas = {avec: note.verifiee.min for avec, note in notes.items() if note is not None}
    if bas.get(True) is None or bas.get(False) is None:
        return Decimal(0)
    return (bas[True] or Decimal(0)) - (bas[False] or Decimal(0))
