"""Ce que peut montrer l'écran tourné vers la personne, et quand : la liste permise, et qui est là.

Norme : « La sûreté des personnes », § 6, deuxième écran. Ce qui n'est pas dans la liste ne se montre pas ; ce qui est
protégé, ne s'écrit pas, se demande seul à seul ou parle d'autrui n'y entre jamais, quoi qu'un fichier en dise.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from modele.dossier.chemins import lire
from modele.dossier.inventaire import inventaire
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import SEUL_A_SEUL, Question, Section
from modele.protection.faits import condition_protegee, fait_protege
from modele.protection.sensibles import par_toute_reponse, sensibles
from modele.regles.conditions import Condition, noms_des_faits
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, hors_liste, lire_toml, vouliez_vous
from modele.regles.provenance import lire_provenance

FICHIER: Final = "national/ecran_demandeur.toml"
PARLE_A_SA_PLACE: Final = "triage.interprete_a_la_place"
_INTERPRETE: Final = "contact.interprete"
_PROCHE: Final = "proche_adulte"
_AUTRUI: Final = re.compile(r"^(foyer|codemandeur)\b|codemandeur|tiers|heberge|enfant|autres|hors_foyer|conjoint")
"""Ce qui, dans un chemin, parle de quelqu'un d'autre ; une liste aussi, et c'est sa section qui le dit."""

JAMAIS_AUTRUI: Final = "une question sur autrui n'y entre jamais"
JAMAIS_PROTEGEE: Final = "une question protégée ou sensible n'y entre jamais"
JAMAIS_EPHEMERE: Final = "ce qui ne s'écrit pas n'y entre jamais"
JAMAIS_SEUL: Final = "une question qui se pose seul à seul n'y entre jamais"
JAMAIS_COCHE: Final = "une coche de l'agent ne se lit pas à la personne"
JAMAIS_SI: Final = "elle ne se pose qu'après une réponse protégée : la voir la dirait"


@dataclass(frozen=True, slots=True)
class Permises:
    """Les questions permises : le champ que remplit chacune, et l'icône qui l'accompagne."""

    pictogrammes: Mapping[str, str] = field(default_factory=dict)

    def pictogramme(self, section: Section, question: Question, catalogue: Catalogue) -> str:
        """L'icône de cette question ; vide si elle ne se montre pas.

        Ce qui la ferait refuser au chargement se juge de nouveau sur la question même : une liste ne suffit pas.
        """
        if question.champ not in self.pictogrammes or refus(section, question, catalogue):
            return ""
        return self.pictogrammes[question.champ]


def lire_permises(
    fichier: Lisible,
    catalogue: Catalogue,
    _parametres: Collection[str] = frozenset(),
    *,
    questionnaire: Questionnaire,
    icones: Collection[str],
    durci: bool = False,
) -> Permises:
    """Lit et vérifie la liste. Lève ``FichierFautif`` avec toutes les fautes.

    ``durci`` : le questionnaire vient d'une couche plus récente que la liste. Une question qu'elle a protégée depuis,
    ou retirée, n'est alors plus permise, et ce n'est pas une faute : il ne doit pas être écarté pour cette liste.
    """
    lecteur = lire_toml(fichier)
    lecteur.exiger_format()
    lire_provenance(lecteur, exigees=("source", "verifie_le"))
    posees = {question.champ: (section, question) for section, question in _toutes(questionnaire)}
    lues: dict[str, str] = {}
    for table in lecteur.tables("pictogramme", obligatoire=True):
        icone = table.texte("icone", obligatoire=True)
        if icone and icone not in icones:
            table.signaler("icone", hors_liste(icone, sorted(icones)))
        for champ in table.textes("champs", obligatoire=True):
            if _permise(table, champ, posees, catalogue, durci=durci):
                if champ in lues:
                    table.signaler("champs", f"« {champ} » est écrit deux fois")
                lues[champ] = icone
        table.clore()
    lecteur.finir()
    return Permises(lues)


def _permise(
    table: Lecteur, champ: str, posees: Mapping[str, tuple[Section, Question]], catalogue: Catalogue, *, durci: bool
) -> bool:
    """Vrai si ce champ entre dans la liste ; sinon la faute est dite, sauf celle qu'un questionnaire durci explique."""
    if raison := refus_du_champ(champ):
        table.signaler("champs", f"« {champ} » : {raison}")
        return False
    if champ not in posees:
        raison = f"aucune question ne le demande{vouliez_vous(champ, posees)}"
    else:
        raison = refus(*posees[champ], catalogue)
    if raison and not durci:
        table.signaler("champs", f"« {champ} » : {raison}")
    return not raison


def _toutes(questionnaire: Questionnaire) -> Iterator[tuple[Section, Question]]:
    for section in questionnaire.sections:
        for question in section.questions:
            yield section, question


def refus(section: Section, question: Question, catalogue: Catalogue) -> str:
    """Pourquoi cette question ne se montre jamais à la personne ; vide si elle le peut."""
    if section.liste:
        return JAMAIS_AUTRUI
    if raison := refus_du_champ(question.champ):
        return raison
    if question.ephemere:
        return JAMAIS_EPHEMERE
    if question.seul_a_seul:
        return JAMAIS_SEUL
    if question.coche or question.muette:
        return JAMAIS_COCHE
    conditions = (c for c in (section.si, question.si) if c is not None)
    return JAMAIS_SI if any(_dit_du_protege(c, catalogue) for c in conditions) else ""


def refus_du_champ(champ: str) -> str:
    """Pourquoi ce que remplit une question ne se montre jamais, quelle qu'elle soit ; vide sinon."""
    if champ in inventaire().listes or _AUTRUI.search(champ):
        return JAMAIS_AUTRUI
    feuilles = [un for nom, un in inventaire().champs.items() if nom == champ or nom.startswith(f"{champ}.")]
    if any(un.champ.ephemere for un in feuilles):
        return JAMAIS_EPHEMERE
    noms = {champ, *(un.chemin for un in feuilles)}
    if any(un.champ.sensible or un.champ.violence for un in feuilles) or not noms.isdisjoint(sensibles().champs):
        return JAMAIS_PROTEGEE
    return JAMAIS_COCHE if champ.startswith("protection.") else ""


def _dit_du_protege(condition: Condition, catalogue: Catalogue) -> bool:
    """Vrai si la condition lit un fait protégé, un fait qui ne s'écrit pas, ou qui est là."""
    if condition_protegee(condition):
        return True
    return any(_tu(nom, catalogue) for nom in noms_des_faits(condition))


def _tu(nom: str, catalogue: Catalogue) -> bool:
    champ = inventaire().champs.get(nom)
    ephemere = champ is not None and champ.champ.ephemere
    return ephemere or nom == SEUL_A_SEUL or par_toute_reponse(nom) or fait_protege(catalogue, nom)


def nul_autre(document: Mapping[str, Any], en_memoire: Mapping[str, Any]) -> bool:
    """Vrai si l'agent a coché, pour cette réception, que nul accompagnant ni inconnu n'est là.

    Rien de coché : on ne sait pas qui est là, donc quelqu'un peut y être. ``en_memoire`` : ce qui ne s'écrit pas.
    Un proche qui traduit, ou qui parle à sa place, l'emporte sur la coche.
    """
    if lire(document, SEUL_A_SEUL) is not True or en_memoire.get(PARLE_A_SA_PLACE) is True:
        return False
    return not _nomme(lire(document, _INTERPRETE), _PROCHE)


def _nomme(reponse: Any, code: str) -> bool:
    possibles = reponse.get("parmi") if isinstance(reponse, Mapping) else None
    return reponse == code or (isinstance(possibles, list) and code in possibles)
