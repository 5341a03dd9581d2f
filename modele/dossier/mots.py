"""Dire un fait et ce qu'on en sait, en français : pour l'écran, le papier et l'explication de la note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.dossier.nomenclatures import nationales
from modele.regles.etats import Enumere, Etat, Intervalle, Statut
from modele.regles.faits import PREFIXE_PERSONNE, Fait, Valeur

_ETATS = {
    Statut.INCONNU: "pas encore demandé",
    Statut.REFUSE: "ne souhaite pas répondre",
    Statut.SANS_OBJET: "sans objet",
}
ESPACE_FINE = "\u202f"


def dire_etat(fait: Fait, etat: Etat) -> str:
    """Ce qu'on sait d'un fait : sa valeur, ce qui reste possible, ou pourquoi on ne sait pas."""
    if etat.connu and etat.valeur is not None:
        return dire_valeur(fait, etat.valeur)
    if etat.domaine is None:
        return _ETATS[etat.statut]
    if isinstance(etat.domaine, Enumere):
        return " ou ".join(dire_valeur(fait, valeur) for valeur in etat.domaine.valeurs)
    if isinstance(etat.domaine, Intervalle):
        return _dire_intervalle(fait, etat.domaine.minimum, etat.domaine.maximum)
    connus = ", ".join(_libelle(fait, code) for code in sorted(etat.domaine.certains))
    return f"{connus} (liste à compléter)" if connus else _ETATS[Statut.INCONNU]


def _dire_intervalle(fait: Fait, bas: Valeur | None, haut: Valeur | None) -> str:
    if bas is None and haut is None:
        return _ETATS[Statut.INCONNU]
    if bas is None or haut is None:
        mot, borne = ("au moins", bas) if haut is None else ("au plus", haut)
        assert borne is not None
        return f"{mot} {dire_valeur(fait, borne)}"
    return f"entre {dire_valeur(fait, bas)} et {dire_valeur(fait, haut)}"


def dire_valeur(fait: Fait, valeur: Valeur) -> str:
    """Une valeur connue, avec son unité."""
    match valeur:
        case bool():
            return "oui" if valeur else "non"
        case date():
            return dire_date(valeur)
        case frozenset():
            return ", ".join(_libelle(fait, code) for code in fait.codes if code in valeur) or "aucun"
        case str():
            return _libelle(fait, valeur)
        case _:
            unite = f"{ESPACE_FINE if fait.unite == '%' else ' '}{fait.unite}" if fait.unite else ""
            return f"{dire_nombre(valeur)}{unite}"


def dire_date(jour: date) -> str:
    """``12/03/2026``."""
    return f"{jour.day:02d}/{jour.month:02d}/{jour.year:04d}"


def dire_nombre(nombre: int | Decimal) -> str:
    """Un nombre à la française : virgule, milliers séparés par U+202F, ni zéros inutiles, ni « −0 »."""
    exact = Decimal(nombre)
    texte = f"{exact if exact else 0:,f}".replace(",", ESPACE_FINE).replace(".", ",")
    return texte.rstrip("0").rstrip(",") if "," in texte else texte


def _libelle(fait: Fait, code: str) -> str:
    nomenclature = nationales().get(nomenclatures_des_faits().get(fait.nom, ""))
    trouve = nomenclature.codes.get(code) if nomenclature else None
    return trouve.libelle if trouve else code.replace("_", " ")


@lru_cache(maxsize=1)
def nomenclatures_des_faits() -> Mapping[str, str]:
    """La liste de codes de chaque fait brut qui en a une."""
    trouvees = {nom: c.champ.nomenclature for nom, c in inventaire().champs.items() if c.champ.nomenclature}
    for champ in inventaire().listes[PERSONNES].champs:
        if champ.champ.nomenclature:
            for debut in (f"{DEMANDEUR}.", f"{CODEMANDEUR}.", PREFIXE_PERSONNE):
                trouvees[f"{debut}{champ.chemin}"] = champ.champ.nomenclature
    return trouvees
