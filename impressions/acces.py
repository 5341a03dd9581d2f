"""La feuille d'accès : ce qu'un dossier garde sur la personne qui le demande, lisible, et ses droits.

Ne reçoit que ce qui se délivre (``modele.protection.acces``). D'un dossier discret, la feuille n'a ni titre parlant, ni
date, ni référence, ni mot de droits : elle peut être lue chez elle.

Essais : ``tests/impressions/test_papier_acces.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.pages import Identite, dessiner, paginer
from impressions.papier import Papier
from impressions.styles import styles
from impressions.typographie import sans_nir
from modele.dossier.chemins import ABSENT, ELEMENTS, lire
from modele.dossier.codes import reference_courte
from modele.dossier.droits_personnes import Droit, regles
from modele.dossier.inventaire import PERSONNES
from modele.dossier.situation import elements
from modele.genres import DOSSIER, livres
from modele.mots.ecriture import dire_date, majuscule
from modele.mots.phrases import mots
from modele.mots.reponses import Diseur, Voix
from modele.protection.acces import REVENUS, champs_du_codemandeur
from modele.regles.confiance import a_valider

if TYPE_CHECKING:
    from modele.mots.noms import Vocabulaire

TITRE: Final = "Ce que ce dossier garde sur vous"
TITRE_NEUTRE: Final = "Informations"
"""Celui d'un dossier discret, et pour tous celui de la file de l'imprimante."""
RIEN: Final = "Aucune réponse n'est notée qui puisse être portée sur cette feuille."
_SECTIONS: Final = {
    "demande": "Votre demande",
    "demandeur": "Vous",
    "codemandeur": "Vous",
    "contact": "Vous joindre",
    "foyer": "Votre foyer",
    PERSONNES: "Vos enfants mineurs",
    "ressources": "Vos ressources",
    "logement_actuel": "Où vous habitez",
    "expulsion": "La procédure d'expulsion",
    "recherche": "Le logement que vous cherchez",
    "dalo": "Le droit au logement opposable",
}
_ORDRE: Final = tuple(_SECTIONS.values())


@dataclass(frozen=True, slots=True)
class Ligne:
    """Une réponse : ce qui était demandé, ce qui est noté."""

    section: str
    libelle: str
    dite: str


def nom_du_fichier(dossier: str) -> str:
    """Celui d'un dossier ordinaire : sa référence, jamais un nom. Un dossier discret ne laisse pas de fichier."""
    return f"{reference_courte(dossier)}.pdf"


def composer_acces(
    delivrable: Mapping[str, Any],
    vocabulaire: Vocabulaire,
    *,
    dossier: str,
    jour: date,
    demandee_le: date,
    discret: bool,
) -> Papier:
    """Le PDF, le même octet pour octet pour les mêmes données. ``delivrable`` : ce qui peut se dire, rien d'autre."""
    dits, racine = mots(), Noeud("Document")
    etabli = Etabli(dits, styles(), racine)
    titre = TITRE_NEUTRE if discret else TITRE
    blocs: list[Bloc] = [etabli.texte(titre, etabli.styles.titre, racine.ajouter("H1"))]
    if not discret:
        faite = f"Feuille faite le {dire_date(jour)}, à votre demande du {dire_date(demandee_le)}."
        blocs += _paragraphes(etabli, f"{faite} Référence du dossier : {reference_courte(dossier)}.")
    blocs += _reponses(etabli, lignes(delivrable, vocabulaire))
    blocs += [] if discret else _droits(etabli)
    # D'un dossier discret, le jour dirait quand elle est venue.
    creation = regles().delai_vient_de.verifie_le if discret else jour
    numerotation = dits("page.numerotation", n="{n}", total="{total}")
    identite = Identite(titre, dits.langue, creation or jour, titre, numerotation, etabli.styles.pied)
    return Papier(dessiner(paginer(blocs), racine, identite), etabli.manques)


def lignes(delivrable: Mapping[str, Any], vocabulaire: Vocabulaire) -> list[Ligne]:
    """Chaque réponse, dans l'ordre de la feuille."""
    diseur = Diseur(vocabulaire, delivrable, voix=Voix.PAPIER)
    dites = [
        _ligne(diseur, chemin, chemin, valeur)
        for chemin in (*regles().champs, *champs_du_codemandeur())
        if (valeur := lire(delivrable, chemin)) is not ABSENT
    ]
    dites += [
        _ligne(diseur, f"{liste}.{ELEMENTS}.{qui}.{nom}", f"{liste}.{nom}", valeur)
        for liste in (PERSONNES, REVENUS)
        for qui, element in elements(delivrable, liste).items()
        for nom, valeur in element.items()
    ]
    return sorted(dites, key=lambda une: _ORDRE.index(une.section))


def _ligne(diseur: Diseur, chemin: str, nomme: str, valeur: Any) -> Ligne:
    section = _SECTIONS[PERSONNES if nomme.startswith(f"{PERSONNES}.") else nomme.partition(".")[0]]
    dite = sans_nir(diseur.dire(chemin, valeur), mots()("reponse.nir_retire"))
    return Ligne(section, majuscule(diseur.libelle(chemin)), majuscule(dite))


def _reponses(etabli: Etabli, toutes: list[Ligne]) -> Iterator[Bloc]:
    if not toutes:
        yield from _paragraphes(etabli, RIEN)
    for section, siennes in groupby(toutes, key=lambda une: une.section):
        yield _titre(etabli, section)
        tableau, serre = etabli.racine.ajouter("Table"), replace(etabli.styles.corps, apres=0)
        for une in siennes:
            rangee = tableau.ajouter("TR")
            colonnes = [
                etabli.cellule(rangee, (une.libelle, serre), role="TH"),
                etabli.cellule(rangee, (une.dite, serre)),
            ]
            yield etabli.rangee(colonnes, (None, 250), marge=3)


def _droits(etabli: Etabli) -> Iterator[Bloc]:
    """Ce que la feuille laisse, combien de temps cela se garde, et ce que la personne peut demander."""
    dites = regles()
    yield _titre(etabli, "Ce que cette feuille ne dit pas")
    yield from _paragraphes(etabli, dites.laisse)
    durees = [f"{un.mois} mois depuis {un.depuis} ({un.source})." for un in _durees()]
    if durees:
        yield _titre(etabli, "Combien de temps ce dossier se garde, au plus")
        yield from _paragraphes(etabli, *durees)
    yield _titre(etabli, "Ce que vous pouvez demander")
    for droit in Droit:
        dit = dites.droits[droit]
        if not dit.provenance.a_valider:
            yield from _paragraphes(etabli, f"{dit.libelle} : « {dit.parole} » ({dit.provenance.fondement})")
    for phrase, vient_de in ((dites.delai, dites.delai_vient_de), (dites.reclamation, dites.reclamation_vient_de)):
        if not vient_de.a_valider:
            yield from _paragraphes(etabli, f"{phrase} ({vient_de.fondement})")


def _durees() -> Iterator[Any]:
    return (borne for borne in livres().du(DOSSIER).garde.bornes if not a_valider(borne.confiance))


def _titre(etabli: Etabli, titre: str) -> Bloc:
    bloc = etabli.texte(titre, etabli.styles.section, etabli.racine.ajouter("H2"))
    bloc.avec_suivant, bloc.signet = True, titre
    return bloc


def _paragraphes(etabli: Etabli, *phrases: str) -> Iterator[Bloc]:
    return (etabli.texte(phrase, etabli.styles.corps, etabli.racine.ajouter("P")) for phrase in phrases)
