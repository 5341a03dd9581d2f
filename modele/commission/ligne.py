"""Un dossier en une ligne de colonnes : se calcule quand son bilan l'est, puis sert à tous les logements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from modele.attributions.classement.regles import regles as regles_de_commission
from modele.attributions.classement.tenue import Bornes, Ligne
from modele.bilan import Regles, etablir
from modele.commission.demande import demande_officielle, secteurs
from modele.cotation.coter import A_PRECISER
from modele.cotation.grille import Cumul
from modele.cotation.resultat import Cotation, Fourchette, LigneRubrique
from modele.dossier.chemins import lire
from modele.mots.note import DiseurDeNote
from modele.regles.etats import Situation
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import evaluer, plage

_RECUE: Final = "demande.date_reception"
NUMERO: Final = "numero_unique"
_ECRIT, _ENREGISTREE = "demande.numero_unique", "demande_enregistree"
_ZERO: Final = Decimal(0)


def ligne(regles: Regles, document: Mapping[str, Any], jour: date, *, exacte: bool = True) -> Ligne:
    """La ligne de ce dossier, de sa seule demande officielle. ``exacte`` faux : l'intervalle sûr, plus large."""
    bilan = etablir(regles, demande_officielle(document, regles.criteres_proteges), jour, exacte=exacte)
    note, situation = bilan.cotation, bilan.situation
    return Ligne(
        dossier=str(document["id"]),
        points=None if note is None else float(acquis(note, situation)),
        minimum=_nombre(note.declaree.min if note else None),
        maximum=_nombre(note.declaree.max if note else None),
        recue=_jour(situation),
        faits={nom: _dit(situation, nom) for nom, fait in _tenus() if fait.type is TypeFait.BOOLEEN}
        | {NUMERO: _numero(bilan.document, situation)},
        nombres={nom: _bornes(regles, situation, nom) for nom, fait in _tenus() if fait.type is TypeFait.ENTIER},
        secteurs=secteurs(document, regles.territoire.communes),
        raisons=() if note is None else tuple(_raisons(note)),
    )


def acquis(note: Cotation, situation: Situation) -> Decimal:
    """Les points acquis : ce qu'on ne sait pas ne donne ni n'ôte rien, ni pour la personne ni contre elle."""
    connues = () if note.population == A_PRECISER else note.rubriques
    return _entre(sum((_acquis(une, situation) for une in connues), _ZERO), note.declaree)


def _acquis(rubrique: LigneRubrique, situation: Situation) -> Decimal:
    """D'une somme sûrement ouverte, critère par critère : un malus qu'on ignore n'efface pas des points connus."""
    regle = rubrique.regle
    if regle is None or regle.cumul is not Cumul.SOMME or (regle.si and evaluer(regle.si, situation) is not True):
        return _au_plus_pres(rubrique.points)
    somme = sum((_au_plus_pres(critere.points) for critere in rubrique.criteres), _ZERO)
    return _entre(somme, rubrique.points)


def _au_plus_pres(points: Fourchette) -> Decimal:
    """Le nombre de l'intervalle le plus proche de zéro."""
    return _entre(_ZERO, points)


def _entre(nombre: Decimal, points: Fourchette) -> Decimal:
    bas = nombre if points.min is None else max(nombre, points.min)
    return bas if points.max is None else min(bas, points.max)


def _raisons(note: Cotation) -> Iterator[str]:
    """Rubrique par rubrique, jamais critère par critère : ni santé, ni lettre de L441-1 ne s'y lit, pour personne."""
    mots = DiseurDeNote()
    yield f"{note.libelle} : {mots.fourchette(note.declaree)}."
    for rubrique in note.rubriques:
        if (rubrique.points.min, rubrique.points.max) != (_ZERO, _ZERO):
            yield f"{rubrique.libelle} : {mots.fourchette(rubrique.points)}."
    if not note.declaree.certaine:
        yield "Des réponses manquent : la note peut encore changer entre ces bornes."


def _tenus() -> Iterator[tuple[str, Fait]]:
    yield from regles_de_commission().demande.items()


def _dit(situation: Situation, nom: str) -> bool | None:
    valeur = situation.etat(nom).valeur
    return valeur if isinstance(valeur, bool) else None


def _numero(document: Mapping[str, Any], situation: Situation) -> bool | None:
    """Écrit, il est là ; d'une demande non enregistrée, il n'y en a pas ; sinon, on ne sait pas : il reste à voir."""
    if isinstance(lire(document, _ECRIT), str):
        return True
    return False if _dit(situation, _ENREGISTREE) is False else None


def _bornes(regles: Regles, situation: Situation, nom: str) -> Bornes:
    bas, haut = plage(situation.etat(nom), regles.catalogue[nom])
    return bas, haut


def _jour(situation: Situation) -> date | None:
    valeur = situation.etat(_RECUE).valeur
    return valeur if isinstance(valeur, date) else None


def _nombre(points: Decimal | None) -> float | None:
    return None if points is None else float(points)
