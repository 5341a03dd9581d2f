"""Les portes du produit que la mesure éprouve : chercher, proposer un doublon, affirmer que deux gens n'en font qu'un.

Une seule page à changer quand une porte change d'interface ; les essais y mettent des mutants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from modele.coffre import Coffre
from modele.coffre.semblables import IDENTITE
from modele.dossier.chemins import lire
from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import Fiche, fiches
from modele.ressemblance.proximite import ecrite_deux_fois, ressemblance

Document = dict[str, Any]
Candidat = tuple[str, float]


class Portes(Protocol):
    """Ce que la mesure appelle."""

    def chercher(self, texte: str) -> Sequence[str]:
        """Les dix premiers dossiers trouvés."""

    def candidats(self, document: Document) -> Sequence[Candidat]:
        """Les dossiers que l'on propose comme étant de la même personne, et leur force."""

    def affirme(self, la: Document, ici: Document) -> bool:
        """Le produit écrit-il que ces deux dossiers sont d'une seule personne ?"""


class DuCoffre:
    """Les portes du poste : la zone de recherche, et ce qui se propose pendant qu'une personne se tape."""

    def __init__(self, coffre: Coffre) -> None:
        """Les portes de ce coffre."""
        self.coffre = coffre

    def chercher(self, texte: str) -> Sequence[str]:
        """La recherche de l'écran."""
        return [trouve.dossier for trouve in self.coffre.rechercher(texte, 10)]

    def candidats(self, document: Document) -> Sequence[Candidat]:
        """Ce que l'écran propose quand son nom et sa naissance sont tapés."""
        tape = {chemin: _tapee(lire(document, chemin)) for chemin in IDENTITE}
        return [(trouve.dossier, trouve.score) for trouve in self.coffre.memes.de_la_personne(tape)]

    def affirme(self, la: Document, ici: Document) -> bool:
        """Une des raisons dites, ou la question d'un foyer, l'affirme sans « peut-être »."""
        une, autre = fiches(la)[0], fiches(ici)[0]
        return _affirmees(une, autre) or _affirmees(autre, une)


def _affirmees(une: Fiche, autre: Fiche) -> bool:
    from registre.service.doublons import _DEUX_FOIS

    demande = Demande(tuple(f"{une.noms} {une.prenoms}".split()), une.naissance, une.telephone, une.numero)
    dites = [*ressemblance(demande, autre).raisons, *([_DEUX_FOIS] if ecrite_deux_fois(une, autre) else [])]
    return any("personne" in dite and "peut-être" not in dite and "foyer" not in dite for dite in dites)


def saisie(document: Document) -> str:
    """Tout ce que ce dossier dit de son demandeur, tapé à la suite."""
    qui, contact = document["demandeur"], document.get("contact", {})
    noms = [un for un in (qui["nom"], qui.get("nom_usage"), qui["prenoms"]) if isinstance(un, str)]
    numero = document.get("demande", {}).get("numero_unique")
    return " ".join(filter(None, (*noms, _tapee(qui.get("date_naissance")), contact.get("telephone"), numero)))


def _tapee(valeur: Any) -> str:
    """Une réponse telle qu'un agent la tape : une date à la française, une année, un mois, un nom ; sinon rien."""
    if isinstance(valeur, dict):
        debut, fin = valeur.get("entre", ("", ""))
        return debut[:4] if debut[5:7] != fin[5:7] else f"{debut[5:7]}/{debut[:4]}" if debut else ""
    texte = valeur if isinstance(valeur, str) else ""
    return "/".join(reversed(texte.split("-"))) if texte[:4].isdigit() else texte
