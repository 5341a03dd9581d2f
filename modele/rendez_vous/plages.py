"""Quand un lieu reçoit sur rendez-vous : ``rendez_vous.toml`` d'un territoire. Chaque ligne fautive se dit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from modele.dossier.nomenclatures import nationales
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, lire_toml
from modele.rendez_vous.creneaux import Creneau, lire_heure, se_genent

JOURS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
PAR_JOUR: Final = 200
"""Créneaux au plus d'un lieu en un jour : au-delà, c'est une faute de saisie, pas un accueil."""
RAPPEL_AU_PLUS: Final = 30
_COURTE, _LONGUE = 5, 240


@dataclass(frozen=True, slots=True)
class Plage:
    """Un lieu reçoit ces jours-là, de telle heure à telle heure, par créneaux de ``duree`` minutes."""

    id: str
    lieu: str
    type: str
    jours: frozenset[int]
    debut: int
    fin: int
    duree: int
    avec: str = ""

    def creneaux(self, jour: date, duree: int = 0) -> Iterator[Creneau]:
        """Ses créneaux de ce jour, aucun s'il n'en est pas."""
        longueur = duree or self.duree
        if jour.weekday() in self.jours:
            for debut in range(self.debut, self.fin - longueur + 1, self.duree):
                yield Creneau(jour, debut, longueur, self.lieu, self.avec)


def libres(plages: Sequence[Plage], pris: Iterable[Creneau], du: date, jours: int, duree: int = 0) -> Iterator[Creneau]:
    """Les créneaux que rien ne gêne, du plus proche au plus lointain. ``duree`` : autre que celle de leur plage."""
    tenus: dict[date, list[Creneau]] = {}
    for un in pris:
        tenus.setdefault(un.jour, []).append(un)
    for rang in range(jours):
        jour = du + timedelta(rang)
        yield from sorted(
            creneau
            for plage in plages
            for creneau in plage.creneaux(jour, duree)
            if not any(se_genent(creneau, autre) for autre in tenus.get(jour, ()))
        )


@dataclass(frozen=True, slots=True)
class Horaires:
    """Ce que dit le fichier. ``rappels`` : par lieu, combien de jours avant un rendez-vous se rappelle, si écrit."""

    plages: tuple[Plage, ...] = ()
    rappels: Mapping[str, int] = field(default_factory=dict)


def lire_horaires(fichier: Lisible) -> Horaires:
    """Les horaires de ce fichier. Lève ``FichierFautif`` avec toutes ses fautes, ligne par ligne."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    vus: set[str] = set()
    lues: list[Plage] = []
    par_jour: dict[tuple[str, int], int] = {}
    for table in lecteur.tables("plage"):
        table.identifiant(vus)
        if (plage := _plage(table)) is not None and _tient(table, plage, lues, par_jour):
            lues.append(plage)
        table.clore()
    rappels: dict[str, int] = {}
    for table in lecteur.tables("rappel"):
        lieu, jours = _rappel(table)
        if lieu in rappels:
            table.signaler("lieu", f"« {lieu} » a déjà un rappel : gardez-en un seul")
        rappels[lieu] = jours
    lecteur.finir()
    return Horaires(tuple(lues), rappels)


def _rappel(table: Lecteur) -> tuple[str, int]:
    """Aucun texte ne dit quand rappeler un rendez-vous : c'est le lieu qui l'écrit, ou personne."""
    lieu, jours = table.texte("lieu", obligatoire=True), table.entier("jours", obligatoire=True) or 0
    if not 1 <= jours <= RAPPEL_AU_PLUS:
        table.signaler("jours", f"attendu : de 1 à {RAPPEL_AU_PLUS} jours avant le rendez-vous")
    table.clore()
    return lieu, jours


def _plage(table: Lecteur) -> Plage | None:
    lieu, avec = table.texte("lieu", obligatoire=True), table.texte("avec")
    sorte = table.texte("type", obligatoire=True, permis=tuple(nationales()["type_rendez_vous"].codes))
    dits = table.textes("jours", obligatoire=True)
    debut, fin = _heure(table, "debut"), _heure(table, "fin")
    duree = table.entier("duree", obligatoire=True) or 0
    for dit in dits:
        if dit not in JOURS:
            table.signaler("jours", f"« {dit} » n'est pas un jour. Attendu : {', '.join(JOURS)}")
    if not _COURTE <= duree <= _LONGUE:
        table.signaler("duree", f"attendu : de {_COURTE} à {_LONGUE} minutes")
        return None
    if debut is None or fin is None:
        return None
    if fin - debut < duree:
        table.signaler("fin", "la plage finit avant son premier créneau : écrivez une heure plus tardive")
        return None
    jours = frozenset(JOURS.index(dit) for dit in dits if dit in JOURS)
    return Plage(table.texte("id"), lieu, sorte, jours, debut, fin, duree, avec)


def _heure(table: Lecteur, cle: str) -> int | None:
    ecrite = table.texte(cle, obligatoire=True)
    try:
        return lire_heure(ecrite)
    except ValueError as faute:
        table.signaler(cle, str(faute))
        return None


def _tient(table: Lecteur, plage: Plage, avant: list[Plage], par_jour: dict[tuple[str, int], int]) -> bool:
    """Elle ne chevauche aucune de celles d'avant, et le lieu n'a pas trop de créneaux un même jour."""
    for autre in avant:
        meme = plage.avec == autre.avec and (plage.avec or plage.lieu == autre.lieu)
        if meme and plage.jours & autre.jours and plage.debut < autre.fin and autre.debut < plage.fin:
            table.signaler("debut", f"chevauche « {autre.id} » : les mêmes heures, pour le même accueil")
            return False
    nombre = (plage.fin - plage.debut) // plage.duree
    for jour in sorted(plage.jours):
        total = par_jour.get((plage.lieu, jour), 0) + nombre
        if total > PAR_JOUR:
            table.signaler("duree", f"{total} créneaux un {JOURS[jour]} : {PAR_JOUR} au plus. Relisez la durée")
            return False
        par_jour[plage.lieu, jour] = total
    return True
