"""Le droit des réservations, tel que ``ressources/national/attributions.toml`` le dit : rien n'en est écrit en Python.

Il va avec la version de Perron : le coffre qui garde une convention et la commande qui compte lisent le même.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

from modele.attributions.notions import (
    Controles,
    Decisions,
    Dit,
    Droit,
    Flux,
    PartPrioritaire,
    Periode,
    Plafond,
    Quart,
    Rendez,
    Reservataire,
)
from modele.regles.lecture import Lecteur, hors_liste, lire_toml
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "attributions.toml"
_EXIGEES: Final = (*COMPLETE, "fondement")
_SANS_FIN: Final = 9999
T = TypeVar("T")
U = TypeVar("U", Reservataire, Dit)


@lru_cache(maxsize=1)
def droit() -> Droit:
    """Celui qui est livré. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_droit(lire_toml(_FICHIER))


def lire_droit(lecteur: Lecteur) -> Droit:
    """Lit et vérifie : chaque règle a son article et sa source, chaque renvoi existe. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    textes_au = lecteur.date("textes_au", obligatoire=True) or date.min
    reservataires = _par_id(_chacun(lecteur, "reservataire", _reservataire))
    plafonds = _chacun(lecteur, "plafond", lambda table, vus: _plafond(table, vus, reservataires))
    lu = Droit(
        textes_au=textes_au,
        reservataires=reservataires,
        flux=_flux(lecteur),
        hors_flux=_par_id(_chacun(lecteur, "hors_flux", _dit)),
        plafonds=tuple(plafonds),
        partage=_regle(lecteur, "partage"),
        quart=_quart(lecteur),
        publics=_par_id(_chacun(lecteur, "public", _dit)),
        decisions=_decisions(_table(lecteur, "decision")),
        droit_revenu=_regle(lecteur, "droit_revenu"),
        retard=_regle(lecteur, "retard"),
        projection=_regle(lecteur, "projection"),
        prevenir_jours=_alerte(_table(lecteur, "alerte")),
        calendrier=tuple(_chacun(lecteur, "calendrier", _acte)),
        periodes=_periodes(lecteur),
        bilan=_regle(lecteur, "bilan"),
        controles=_controles(_table(lecteur, "controles")),
    )
    lecteur.finir()
    return lu


def _chacun(lecteur: Lecteur, cle: str, lire: Callable[[Lecteur, set[str]], T]) -> list[T]:
    """Chaque table de cette liste, lue ; aucun identifiant n'y est deux fois."""
    vus: set[str] = set()
    return [lire(table, vus) for table in lecteur.tables(cle, obligatoire=True)]


def _table(lecteur: Lecteur, cle: str) -> Lecteur:
    """Cette table ; vide si elle manque, et la faute est notée."""
    return lecteur.table(cle, obligatoire=True) or Lecteur({}, (*lecteur.chemin, cle), lecteur.fautes)


def _par_id(lus: Iterable[U]) -> dict[str, U]:
    return {un.id: un for un in lus}


def _provenance(table: Lecteur) -> Provenance:
    lue = lire_provenance(table, _EXIGEES)
    table.clore()
    return lue


def _dit(table: Lecteur, vus: set[str]) -> Dit:
    return Dit(table.identifiant(vus), table.texte("libelle", obligatoire=True), _provenance(table))


def _regle(lecteur: Lecteur, cle: str) -> Dit:
    table = _table(lecteur, cle)
    return Dit(cle, table.texte("libelle", obligatoire=True), _provenance(table))


def _reservataire(table: Lecteur, vus: set[str]) -> Reservataire:
    return Reservataire(
        table.identifiant(vus),
        table.texte("libelle", obligatoire=True),
        table.textes("types", obligatoire=True),
        table.textes("commence"),
        Quart(table.texte("quart", obligatoire=True, permis=list(Quart)) or Quart.INCONNU),
        table.booleen("emploi"),
        table.booleen("non_reserve"),
        _provenance(table),
    )


def _plafond(table: Lecteur, vus: set[str], connus: Mapping[str, Reservataire]) -> Plafond:
    membres = table.textes("reservataires", obligatoire=True)
    for un in membres:
        if un not in connus:
            table.signaler("reservataires", hors_liste(un, list(connus)))
    taux = table.nombre("taux", obligatoire=True) or Decimal(0)
    if not 0 < taux <= 100:
        table.signaler("taux", "attendu : pour cent, plus de 0 et 100 au plus")
    return Plafond(table.identifiant(vus), table.texte("libelle", obligatoire=True), membres, taux, _provenance(table))


def _flux(lecteur: Lecteur) -> Flux:
    table, revenu = _table(lecteur, "flux"), _table(lecteur, "revenu")
    origine = revenu.texte("origine", obligatoire=True)
    return Flux(
        table.texte("dans_le_flux", obligatoire=True),
        table.texte("premiere_mise", obligatoire=True),
        table.texte("mutation_interne", obligatoire=True),
        origine,
        _provenance(revenu),
        _provenance(table),
    )


def _quart(lecteur: Lecteur) -> PartPrioritaire:
    table, emploi = _table(lecteur, "quart"), _table(lecteur, "quart_emploi")
    haut, bas = table.entier("numerateur", obligatoire=True) or 0, table.entier("denominateur", obligatoire=True) or 0
    if not 0 < haut < bas:
        table.signaler("numerateur", "attendu : plus de zéro, et moins que le dénominateur")
        haut, bas = 0, 1
    colonne, oui, non = (emploi.texte(cle, obligatoire=True) for cle in ("colonne", "oui", "non"))
    return PartPrioritaire(
        Fraction(haut, bas),
        table.texte("dalo", obligatoire=True),
        table.textes("lettres", obligatoire=True),
        _provenance(table),
        _regle(lecteur, "quart_base"),
        Dit("quart_emploi", emploi.texte("libelle", obligatoire=True), _provenance(emploi)),
        colonne,
        oui,
        non,
    )


def _decisions(table: Lecteur) -> Decisions:
    return Decisions(
        table.textes("favorables", obligatoire=True),
        table.texte("acceptee", obligatoire=True),
        table.texte("refusee", obligatoire=True),
        table.texte("sans_reponse", obligatoire=True),
        table.texte("en_cours", obligatoire=True),
        _provenance(table),
    )


def _alerte(table: Lecteur) -> int:
    jours = table.entier("prevenir_jours", obligatoire=True) or 0
    _provenance(table)
    return jours


def _acte(table: Lecteur, vus: set[str]) -> Rendez:
    mois, jour = table.entier("mois") or 0, table.entier("jour") or 0
    if (mois or jour) and not _existe(mois, jour):
        table.signaler("jour", "ce jour n'existe pas chaque année")
    return Rendez(
        table.identifiant(vus),
        table.texte("acte", obligatoire=True),
        table.texte("qui", obligatoire=True),
        table.texte("vers"),
        mois,
        jour,
        table.booleen("avant"),
        table.entier("sur", obligatoire=True) or 0,
        _provenance(table),
    )


def _existe(mois: int, jour: int) -> bool:
    try:
        date(2001, mois, jour)
    except ValueError:
        return False
    return True


def _periodes(lecteur: Lecteur) -> tuple[Periode, ...]:
    vus: set[str] = set()
    lues: list[Periode] = []
    for table in lecteur.tables("periode", obligatoire=True):
        une = Periode(table.identifiant(vus), table.texte("libelle", obligatoire=True), table.entier("jusqu_a"))
        if lues and (lues[-1].jusqu_a or _SANS_FIN) >= (une.jusqu_a or _SANS_FIN):
            table.signaler("jusqu_a", "les périodes vont de la plus ancienne à la dernière, qui n'a pas de fin")
        lues.append(une)
        table.clore()
    return tuple(lues)


def _controles(table: Lecteur) -> Controles:
    surfaces = table.brut("surfaces", obligatoire=True)
    if not isinstance(surfaces, list) or not surfaces or not all(isinstance(une, int) for une in surfaces):
        table.signaler("surfaces", "attendu : une liste de nombres entiers")
        surfaces = []
    return Controles(
        table.texte("dpe_indecent", obligatoire=True),
        table.entier("limite_mois", obligatoire=True) or 0,
        tuple(surfaces),
        _provenance(table),
    )
