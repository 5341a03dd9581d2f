"""Les réponses qui ne vont pas ensemble : une donnée lue et vérifiée, levée seulement quand elle est certaine.

Une contradiction reste tant qu'une des réponses n'a pas changé, ou que l'agent n'a pas dit « c'est bien cela ».
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.chemins import ABSENT, chemin_d_element, chemin_de_confirmation, lire
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.regles.conditions import Condition
from modele.regles.disque import Lisible
from modele.regles.etats import Situation
from modele.regles.faits import PREFIXE_PERSONNE, Catalogue
from modele.regles.kleene import evaluer
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition

FICHIER: Final = "national/contradictions.toml"
_CONFIRMEES: Final = "contradictions."


@dataclass(frozen=True, slots=True)
class RegleContradiction:
    """Des réponses qui ne vont pas ensemble.

    ``champs`` : ceux à revoir, dans l'ordre ; « personne.nom » d'une contradiction qui se lit sur ``chaque`` personne.
    """

    id: str
    si: Condition
    phrase: str
    champs: tuple[str, ...]
    chaque: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Une contradiction certaine de ce dossier.

    ``chemins`` : les réponses en cause. ``personne`` : de qui (demandeur, codemandeur, identifiant) ; vide : du foyer.
    ``confirmation`` : où s'écrit « c'est bien cela », et ``trace`` ce qui s'y écrit ; elle ne vaut que pour ces
    réponses-là.
    """

    regle: RegleContradiction
    chemins: tuple[str, ...]
    personne: str
    confirmation: str
    trace: str


def lire_contradictions(
    chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()
) -> tuple[RegleContradiction, ...]:
    """Les contradictions d'un fichier, dans son ordre. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    lecteur.texte("source", obligatoire=True)
    lecteur.date("verifie_le", obligatoire=True)
    contexte, vus = Contexte(catalogue, parametres), set[str]()
    lues = [_lire(table, contexte, vus) for table in lecteur.tables("contradiction", obligatoire=True)]
    lecteur.finir()
    return tuple(lue for lue in lues if lue is not None)


def _lire(table: Lecteur, contexte: Contexte, vus: set[str]) -> RegleContradiction | None:
    nom, chaque = table.identifiant(vus), table.booleen("chaque_personne")
    propre = Contexte(contexte.catalogue, contexte.parametres, dans_personne=chaque)
    si = lire_condition(table, "si", propre, obligatoire=True)
    phrase, champs = table.texte("phrase", obligatoire=True), table.textes("champs", obligatoire=True)
    connus = _nommables(chaque)
    for champ in (un for un in champs if un not in connus):
        table.signaler("champs", f"« {champ} » : ce champ n'existe pas dans le dossier{vouliez_vous(champ, connus)}")
    if len(champs) < 2 and not chaque:
        table.signaler("champs", "attendu : au moins deux champs, ceux qui se contredisent")
    table.clore()
    return None if si is None else RegleContradiction(nom, si, phrase, tuple(champs), chaque)


def _nommables(chaque: bool) -> list[str]:
    propres = [f"{PREFIXE_PERSONNE}{un.chemin}" for un in inventaire().listes[PERSONNES].champs] if chaque else []
    return [*propres, *inventaire().champs, *inventaire().listes]


def relever(
    regles: Sequence[RegleContradiction], document: Mapping[str, Any], situation: Situation, qui: Sequence[str]
) -> Iterator[Contradiction]:
    """Les contradictions certaines et pas encore confirmées. ``qui`` : l'identifiant de chaque personne, dans l'ordre.

    Rien ne se lève d'une réponse qui manque : seule la condition vraie compte, jamais « on ne sait pas ».
    """
    for regle in regles:
        for personne in _sur_qui(regle, situation, qui):
            levee = _lever(regle, document, personne)
            if not _confirmee(lire(document, levee.confirmation), levee.trace):
                yield levee


def _confirmee(ecrite: Any, trace: str) -> bool:
    """Vrai si c'est bien de ces réponses qu'on a dit « c'est bien cela », quelle que fût la langue de la phrase."""
    return isinstance(ecrite, str) and ecrite.endswith(trace[trace.rindex(" ") :])


def _sur_qui(regle: RegleContradiction, situation: Situation, qui: Sequence[str]) -> Iterator[str]:
    if not regle.chaque:
        yield from [""] if evaluer(regle.si, situation) else []
        return
    for personne, faits in zip(qui, situation.personnes, strict=True):
        if evaluer(regle.si, situation, faits):
            yield personne


def _lever(regle: RegleContradiction, document: Mapping[str, Any], personne: str) -> Contradiction:
    chemins = tuple(_situer(champ, personne) for champ in regle.champs)
    cle = chemin_de_confirmation(f"{_CONFIRMEES}{regle.id}{f'.{personne}' if personne else ''}")
    dites = [lire(document, chemin) for chemin in chemins]
    ecrites = json.dumps([None if une is ABSENT else une for une in dites], sort_keys=True, default=str)
    empreinte = hashlib.sha256(f"{regle.id}\0{ecrites}".encode()).hexdigest()[:12]
    return Contradiction(regle, chemins, personne, cle, f"{regle.phrase} [{empreinte}]")


def _situer(champ: str, personne: str) -> str:
    relatif = champ.removeprefix(PREFIXE_PERSONNE)
    if relatif == champ:
        return champ
    if personne in (DEMANDEUR, CODEMANDEUR):
        return f"{personne}.{relatif}"
    return chemin_d_element(PERSONNES, personne, relatif)
