"""La lettre à chacun : sa décision, son motif, ce que la loi veut qu'elle dise. Les phrases sont dans ``seance.toml``.

Une lettre qui ne saurait où aller, ou à laquelle il manque un délai, ne s'écrit pas, et cela se dit de même pour tous.
D'un dossier discret, la seule adresse sûre (``impressions.courrier``). Essais :
``tests/impressions/test_papier_seance.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from impressions.atelier import Etabli
from impressions.blocs import Bloc
from impressions.courrier import adresse, nom_ecrit, valeur_ecrite
from impressions.rapport import composer
from impressions.seance import SeanceDite, decrire
from impressions.tableau import rangees
from modele.bilan import Bilan
from modele.mots.ecriture import majuscule
from modele.mots.phrases import mots
from modele.seance.constat import Constat, Ligne
from modele.seance.droit import droit
from modele.seance.suites import suivre

LETTRE: Final = "Lettre"
"""Le titre de chacune : il se lit dans la file d'une imprimante, et n'y dit rien."""
SANS_ADRESSE: Final = (
    "aucune adresse où écrire n'est notée, ou celle qui l'est ne s'écrit pas sur une enveloppe. Notez-en une avec la "
    "personne, ou remettez-lui la décision en main propre."
)
SANS_NOM: Final = "le nom de la personne n'est pas noté. Notez-le, puis refaites les lettres."
SANS_DELAI: Final = (
    "une offre dit en combien de jours répondre, et le règlement intérieur saisi ne le dit pas (« reponse_jours »)."
)
_DELAI: Final = "{reponse}"


@dataclass(frozen=True, slots=True)
class Refusee:
    """Une lettre qui ne s'écrit pas, et pourquoi."""

    reference: str
    pourquoi: str


def empechement(ligne: Ligne, constat: Constat, bilan: Bilan) -> str:
    """Pourquoi cette lettre ne s'écrit pas ; vide si elle le peut."""
    if not nom_ecrit(bilan):
        return SANS_NOM
    if not adresse(bilan):
        return SANS_ADRESSE
    attend = any(_DELAI in phrase for phrase in _phrases(ligne, constat))
    return SANS_DELAI if attend and constat.seance.reglement.reponse_jours is None else ""


def composer_lettre(ligne: Ligne, dite: SeanceDite, bilan: Bilan, jour: date) -> bytes:
    """La lettre de ce candidat examiné. ``empechement`` dit d'abord si elle se peut."""
    return composer(LETTRE, jour, lambda etabli: _blocs(etabli, ligne, dite, bilan, jour))


def _blocs(etabli: Etabli, ligne: Ligne, dite: SeanceDite, bilan: Bilan, jour: date) -> Iterator[Bloc]:
    seance, corps = dite.constat.seance, etabli.styles.corps
    yield etabli.texte(seance.bailleur, etabli.styles.fort, etabli.racine.ajouter("P"))
    yield etabli.texte(seance.commission, corps, etabli.racine.ajouter("P"), apres=18.0)
    for place, une in enumerate((nom_ecrit(bilan), *adresse(bilan))):
        yield etabli.texte(une, corps, etabli.racine.ajouter("P"), apres=0.0, avant=12.0 if place == 0 else 0.0)
    yield etabli.texte(f"Le {jour:%d/%m/%Y}", corps, etabli.racine.ajouter("P"), avant=18.0)
    objet = f"Objet : décision de la commission d'attribution du {seance.tenue_le:%d/%m/%Y}"
    yield etabli.texte(objet, etabli.styles.fort, etabli.racine.ajouter("H1"), apres=4.0)
    for une in (*_references(ligne, bilan), *dite.avis):
        yield etabli.texte(une, corps, etabli.racine.ajouter("P"))
    yield etabli.texte("Madame, Monsieur,", corps, etabli.racine.ajouter("P"), avant=8.0)
    yield etabli.texte("La commission a examiné votre demande pour ce logement :", corps, etabli.racine.ajouter("P"))
    yield from rangees(etabli, [*decrire(dite.logement)], (None, 300))
    for place, une in enumerate(_corps(ligne, dite.constat)):
        yield etabli.texte(une, corps, etabli.racine.ajouter("P"), avant=10.0 if place == 0 else 0.0)
    yield etabli.texte("Pour la commission", corps, etabli.racine.ajouter("P"), avant=18.0)
    yield etabli.texte("Nom et signature : ……………………………", corps, etabli.racine.ajouter("P"), apres=30.0)


def _references(ligne: Ligne, bilan: Bilan) -> Iterator[str]:
    if numero := valeur_ecrite(bilan, "demande.numero_unique"):
        yield f"Votre numéro unique : {numero}"
    yield f"Référence de séance : {ligne.reference}"


def _corps(ligne: Ligne, constat: Constat) -> Iterator[str]:
    """Les phrases de la loi, leurs blancs remplis. Un texte saisi n'est jamais lu comme un gabarit."""
    decision = ligne.decision
    assert decision is not None, "une lettre n'est que d'un candidat examiné"
    dits = {
        _DELAI: str(constat.seance.reglement.reponse_jours or ""),
        "{rang}": str(decision.rang or 1),
        "{piece_le}": f"{decision.piece_le:%d/%m/%Y}" if decision.piece_le else "",
        "{piece}": decision.piece,
    }
    for phrase in _phrases(ligne, constat):
        yield _remplir(phrase, dits)
    yield f"Motif de la décision : {decision.motif}"
    if decision.motif_legal:
        motif = droit().motifs[decision.motif_legal]
        yield f"{motif.libelle} ({motif.provenance.fondement})."
        yield from motif.lettre
    if decision.ailleurs is not None and decision.ailleurs.logement:
        yield f"Logement à vous proposer : {decision.ailleurs.logement}."
    yield from _delais(ligne, constat)


def _delais(ligne: Ligne, constat: Constat) -> Iterator[str]:
    """D'où court chaque délai que la lettre ouvre, et qu'un autre recours peut exister (norme, § 6)."""
    assert ligne.genre is not None, "une lettre n'est que d'un candidat examiné"
    jours = constat.seance.reglement.reponse_jours
    for delai in (ligne.genre.delai, f"{jours} jours" if _offerte(ligne, constat) else ""):
        if delai:
            yield majuscule(mots()("echeance.acte_recu", delai=delai)) + "."
    yield mots()("echeance.autre_delai")


def _remplir(phrase: str, dits: dict[str, str]) -> str:
    """D'un seul passage : la pièce est écrite la dernière, ce qu'elle porterait n'est pas rempli à son tour."""
    for blanc, dit in dits.items():
        phrase = phrase.replace(blanc, dit)
    return phrase


def _phrases(ligne: Ligne, constat: Constat) -> Iterator[str]:
    """Ce que la loi veut que cette lettre dise : la décision ; l'offre, à qui elle est faite ; le droit opposable."""
    assert ligne.genre is not None, "une lettre n'est que d'un candidat examiné"
    rang = ligne.decision is not None and ligne.decision.rang is not None
    yield from ligne.genre.lettre_rang if rang and ligne.genre.lettre_rang else ligne.genre.lettre
    if not _offerte(ligne, constat):
        yield from ligne.genre.lettre_attente if rang else ()
        return
    yield from ligne.genre.lettre_offre
    if ligne.propose.prefet_le is not None:
        yield from droit().dalo.lettre


def _offerte(ligne: Ligne, constat: Constat) -> bool:
    """L'offre est à cette personne : ni passée, ni à venir. Qui l'a refusée n'en reçoit pas une autre."""
    return any(une.en_cours and une.ligne == ligne for une in suivre(constat))
