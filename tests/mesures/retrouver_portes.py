"""Les portes du produit que la mesure éprouve : chercher, proposer un doublon, affirmer que deux gens n'en font qu'un.

Une seule page à changer quand une porte change d'interface ; les essais y mettent des mutants.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from modele.coffre import Coffre
from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import Fiche, fiches
from modele.ressemblance.proximite import SEUIL, ressemblance

AU_PLUS: Final = 20
# Le registre dit « la même personne y est écrite deux fois » à partir de là (``registre/service/doublons.py``).
_AFFIRMEE: Final = 0.97
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
    """Les portes d'aujourd'hui : la recherche du poste, sur ce qu'un dossier qui naît dit de son demandeur."""

    def __init__(self, coffre: Coffre) -> None:
        """Les portes de ce coffre."""
        self.coffre = coffre

    def chercher(self, texte: str) -> Sequence[str]:
        """La recherche de l'écran."""
        return [trouve.dossier for trouve in self.coffre.rechercher(texte, 10)]

    def candidats(self, document: Document) -> Sequence[Candidat]:
        """Ce que montre la recherche quand on y tape tout ce que le dossier sait."""
        texte = saisie(document)
        trouves = self.coffre.rechercher(texte, AU_PLUS) if texte else []
        return [(trouve.dossier, trouve.score) for trouve in trouves if trouve.score >= SEUIL]

    def affirme(self, la: Document, ici: Document) -> bool:
        """Même règle que le registre, dans un sens ou dans l'autre."""
        une, autre = fiches(la)[0], fiches(ici)[0]
        return _memes(une, autre) or _memes(autre, une)


def _memes(une: Fiche, autre: Fiche) -> bool:
    mots = tuple(f"{une.noms} {une.prenoms}".split())
    return bool(mots and une.naissance) and ressemblance(Demande(mots, une.naissance), autre).score >= _AFFIRMEE


def saisie(document: Document) -> str:
    """Tout ce que ce dossier dit de son demandeur, tapé à la suite."""
    qui, contact = document["demandeur"], document.get("contact", {})
    naissance = qui.get("date_naissance")
    if isinstance(naissance, dict):
        debut, fin = naissance["entre"]
        naissance = debut[:4] if debut[5:7] != fin[5:7] else f"{debut[5:7]}/{debut[:4]}"
    elif naissance:
        naissance = "/".join(reversed(naissance.split("-")))
    noms = [un for un in (qui["nom"], qui.get("nom_usage"), qui["prenoms"]) if isinstance(un, str)]
    numero = document.get("demande", {}).get("numero_unique")
    return " ".join(filter(None, (*noms, naissance, contact.get("telephone"), numero)))
