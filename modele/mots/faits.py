"""Dire un fait et ce qu'on en sait : sa valeur, ce qui reste possible, ou pourquoi on ne sait pas."""

from __future__ import annotations

from datetime import date

from modele.mots.ecriture import ESPACE_FINE, dire_date, dire_nombre
from modele.mots.noms import libelle_de_code
from modele.mots.phrases import Mots, mots
from modele.regles.etats import Enumere, Etat, Intervalle, Statut
from modele.regles.faits import Fait, Valeur

_ETATS = {
    Statut.INCONNU: "reponse.inconnu",
    Statut.REFUSE: "reponse.refus",
    Statut.SANS_OBJET: "reponse.sans_objet",
}


def dire_etat(fait: Fait, etat: Etat, parole: Mots | None = None) -> str:
    """Ce qu'on sait d'un fait : sa valeur, ce qui reste possible, ou pourquoi on ne sait pas."""
    dit = parole or mots()
    if etat.connu and etat.valeur is not None:
        return dire_valeur(fait, etat.valeur, dit)
    if etat.domaine is None:
        return dit(_ETATS[etat.statut])
    if isinstance(etat.domaine, Enumere):
        return dit.l_un_de([dire_valeur(fait, valeur, dit) for valeur in etat.domaine.valeurs])
    if isinstance(etat.domaine, Intervalle):
        return _dire_intervalle(fait, etat.domaine.minimum, etat.domaine.maximum, dit)
    connus = dit.enumerer(libelle_de_code(fait, code) for code in sorted(etat.domaine.certains))
    return dit("reponse.a_completer", valeur=connus) if connus else dit(_ETATS[Statut.INCONNU])


def _dire_intervalle(fait: Fait, bas: Valeur | None, haut: Valeur | None, dit: Mots) -> str:
    if bas is None and haut is None:
        return dit(_ETATS[Statut.INCONNU])
    if haut is None:
        assert bas is not None
        return dit("reponse.au_moins", valeur=dire_valeur(fait, bas, dit))
    if bas is None:
        return dit("reponse.au_plus", valeur=dire_valeur(fait, haut, dit))
    return dit("reponse.entre", debut=dire_valeur(fait, bas, dit), fin=dire_valeur(fait, haut, dit))


def dire_valeur(fait: Fait, valeur: Valeur, parole: Mots | None = None) -> str:
    """Une valeur connue, avec son unité."""
    dit = parole or mots()
    match valeur:
        case bool():
            return dit("reponse.oui" if valeur else "reponse.non")
        case date():
            return dire_date(valeur, dit.langue)
        case frozenset():
            coches = dit.enumerer(libelle_de_code(fait, code) for code in fait.codes if code in valeur)
            return coches or dit("reponse.aucun")
        case str():
            return libelle_de_code(fait, valeur)
        case _:
            unite = dit.mesure(fait.unite, valeur) if fait.unite else ""
            espace = ESPACE_FINE if fait.unite == "%" else " " if unite else ""
            return f"{dire_nombre(valeur, dit.langue)}{espace}{unite}"
