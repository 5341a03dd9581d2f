"""Des conventions et des prévisions écrites dans un fichier TOML : pour les essayer sans coffre."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from modele.attributions.conventions import Cle, Convention, Prevision, UniteDeDecompte
from modele.attributions.droit import droit
from modele.attributions.notions import plier
from modele.regles.disque import Lisible
from modele.regles.lecture import Lecteur, hors_liste, lire_toml

_UNITES: Final = tuple(UniteDeDecompte)
_POUR_CENT: Final = "attendu : pour cent, de 0 à 100"
_LOGEMENTS: Final = "attendu : un nombre de logements, 0 ou plus"


def lire_conventions(fichier: Lisible) -> tuple[tuple[Convention, ...], tuple[Prevision, ...]]:
    """Ses ``[[convention]]`` et ses ``[[prevision]]``. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    vues: dict[Cle, Convention] = {}
    for table in lecteur.tables("convention", obligatoire=True):
        une = _convention(table)
        cle = (plier(une.reservataire), *une.cle[1:])
        if cle in vues:
            table.signaler(
                "reservataire", "il n'y a qu'une convention par réservataire, sorte, bailleur, périmètre et année"
            )
        vues[cle] = une
    previsions = tuple(_prevision(table) for table in lecteur.tables("prevision"))
    lecteur.finir()
    return tuple(vues.values()), previsions


def _convention(table: Lecteur) -> Convention:
    taux = table.nombre("taux", obligatoire=True) or Decimal(0)
    if not 0 <= taux <= 100:
        table.signaler("taux", _POUR_CENT)
    lue = Convention(
        reservataire=table.texte("reservataire", obligatoire=True),
        categorie=table.texte("categorie", obligatoire=True, permis=list(droit().reservataires)),
        siren_bailleur=table.texte("siren_bailleur", obligatoire=True),
        perimetre=table.texte("perimetre", obligatoire=True),
        annee=table.entier("annee", obligatoire=True) or 0,
        taux=taux,
        premieres_mises_dans_le_flux=table.booleen("premieres_mises_dans_le_flux"),
        unite_de_decompte=UniteDeDecompte(
            table.texte("unite_de_decompte", permis=_UNITES, defaut=UniteDeDecompte.ATTRIBUE)
        ),
        publics=_publics(table),
    )
    table.clore()
    return lue


def _prevision(table: Lecteur) -> Prevision:
    lue = Prevision(
        siren_bailleur=table.texte("siren_bailleur", obligatoire=True),
        annee=table.entier("annee", obligatoire=True) or 0,
        remises_en_location=_entier(table, "remises_en_location", obligatoire=True),
        code_insee=table.texte("code_insee"),
        premieres_mises=_entier(table, "premieres_mises"),
        hors_flux=_hors_flux(table),
    )
    table.clore()
    return lue


def _entier(table: Lecteur, cle: str, *, obligatoire: bool = False) -> int:
    lu = table.entier(cle, obligatoire=obligatoire) or 0
    if lu < 0:
        table.signaler(cle, _LOGEMENTS)
    return lu


def _publics(table: Lecteur) -> dict[str, Decimal]:
    petite = _petite(table, "publics", list(droit().publics))
    if petite is None:
        return {}
    lus = {une: petite.nombre(une) or Decimal(0) for une in petite.cles}
    for une, lu in lus.items():
        if not 0 <= lu <= 100:
            petite.signaler(une, _POUR_CENT)
    petite.clore()
    return lus


def _hors_flux(table: Lecteur) -> dict[str, int]:
    petite = _petite(table, "hors_flux", list(droit().hors_flux))
    if petite is None:
        return {}
    lus = {une: _entier(petite, une) for une in petite.cles}
    petite.clore()
    return lus


def _petite(table: Lecteur, cle: str, permis: list[str]) -> Lecteur | None:
    """Une petite table de nombres, dont chaque clé est permise."""
    petite = table.table(cle)
    if petite is None:
        return None
    for une in petite.cles:
        if une not in permis:
            petite.signaler(une, hors_liste(une, permis))
    return petite
