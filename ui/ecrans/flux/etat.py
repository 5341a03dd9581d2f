"""L'état d'une page un jour donné, carte par carte : chaque nombre avec sa règle, ce qui manque d'abord."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from modele.attributions.calendrier import calendrier
from modele.attributions.droit import droit
from modele.attributions.etapes import pour_cent
from ui.composants import Carte, LigneValeur, Pli, etiquette_aide, texte
from ui.composants.barre_parts import BarreParts, Part
from ui.ecrans.flux.dus import CarteDus
from ui.mots import fichiers_bailleurs as mots_des_fichiers
from ui.mots import flux as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from ui.etat.contingent import Contingent

_LETTRES = "ABCDEFGHIJKLMNOP"


def cartes(contingent: Contingent, communes: Mapping[str, str]) -> list[Carte]:
    """Les cartes de l'état, ce qui presse d'abord."""
    etat = contingent.etat
    montrees = [_totaux(contingent), _parts(contingent)]
    for rang, (titre, dits) in enumerate(mots.depassements_dits(etat.depassements), 1):
        montrees.insert(rang, _carte(titre, dits, Ton.JOUR))
    if etat.quart:
        montrees.append(_quart(contingent))
    if etat.dus:
        montrees.append(CarteDus(contingent, communes))
    if etat.non_nommees:
        montrees.append(_carte(mots.NON_NOMMEES, map(mots.dire_non_nommee, etat.non_nommees), Ton.JOUR))
    montrees += [_projections(contingent), _calendrier(contingent)]
    return montrees


def _carte(titre: str, phrases: Iterable[str], ton: Ton = Ton.NEUTRE, aide: str = "") -> Carte:
    carte = Carte(titre, ton=ton)
    if aide:
        carte.ajouter(etiquette_aide(aide))
    carte.ajouter(*(texte(phrase) for phrase in phrases))
    return carte


def _totaux(contingent: Contingent) -> Carte:
    phrases = [*mots.dire_totaux(contingent.etat.totaux), mots_des_fichiers.dire_designations(contingent.designations)]
    limites = contingent.etat.limites
    if limites:
        phrases.append(f"{len(limites)} dates limites de désignation dépassées.")
    return _carte(f"{contingent.page.nom}, au {contingent.etat.le:%d/%m/%Y}", phrases)


def _parts(contingent: Contingent) -> Carte:
    """Une barre, et les mêmes nombres à côté."""
    siren = contingent.page.siren
    parts = [une for une in contingent.etat.parts if une.siren_bailleur == siren]
    lettrees = list(zip(_LETTRES, parts, strict=False))
    barre = BarreParts("Parts du flux")
    barre.montrer(
        [Part(une.categorie.libelle, float(une.part), lettre) for lettre, une in lettrees],
        " ; ".join(mots.dire_part(une) for une in parts),
    )
    carte = Carte("Parts du flux")
    carte.ajouter(barre)
    for lettre, une in lettrees:
        valeur = f"{une.attributions} sur {une.flux}, {pour_cent(une.part, 1)}"
        carte.ajouter(LigneValeur(f"{lettre}. {une.categorie.libelle}", valeur))
    return carte


def _quart(contingent: Contingent) -> Carte:
    """Réservataire par réservataire, avec et sans bail ; le détail de chacun sous un pli."""
    regle = droit().quart.base
    carte = _carte("Quart prioritaire", (), aide=f"{regle.libelle}{mots.valider(regle.provenance.confiance)}")
    for une in contingent.etat.quart:
        manque = bool(une.attributions.manque)
        carte.ajouter(texte(mots.dire_quart(une), "gras" if manque else "texte"))
    detail = [texte(mots.dire_quart(une)) for une in contingent.etat.quart_detaille]
    if detail:
        carte.ajouter(Pli("Réservataire par réservataire", "Replier le détail", *detail))
    return carte


def _projections(contingent: Contingent) -> Carte:
    regle = droit().projection
    lignes = [
        f"{droit().reservataires[une.categorie].libelle} : {une.attributions}, {une.projetees} au 31 décembre"
        for une in contingent.etat.projections
    ]
    return _carte("Où mènerait ce rythme", lignes, aide=f"{regle.libelle}{mots.valider(regle.provenance.confiance)}")


def _calendrier(contingent: Contingent) -> Carte:
    le = contingent.etat.le
    carte = Carte("Calendrier de l'année", icone="calendar-days")
    actes = [texte(mots.dire_acte(un)) for un in calendrier(le.year, le)]
    carte.ajouter(Pli(f"Voir les {len(actes)} actes", "Replier le calendrier", *actes))
    return carte
