"""Nommer : un champ, un fait, un code, une commune. Ce qui n'a pas de nom garde son code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from modele.dossier.chemins import situer
from modele.dossier.faits_bruts import nomenclatures_des_faits
from modele.dossier.inventaire import ChampDossier, inventaire
from modele.dossier.nomenclatures import Nomenclatures, nationales
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.questions import Question
from modele.dossier.types import Champ
from modele.protection.reserve import reponse_reservee
from modele.regles.faits import Catalogue, Fait
from modele.territoire.communes import Commune
from modele.territoire.vues import Communes

_COMMUNE: Final = "commune"


@dataclass(frozen=True, eq=False)
class Vocabulaire:
    """De quoi nommer ce que contient un dossier, sur un territoire.

    ``pieces``, ``voies`` : le libellé de chaque pièce et de chaque orientation, par identifiant.
    """

    questionnaire: Questionnaire
    catalogue: Catalogue
    nomenclatures: Nomenclatures
    communes: Communes
    pieces: Mapping[str, str]
    voies: Mapping[str, str]

    @cached_property
    def _questions(self) -> Mapping[tuple[str, str], Question]:
        return dict(_questions(self.questionnaire))

    def question(self, chemin: str) -> Question | None:
        """La question qui remplit ce champ, dans une liste ou non."""
        place = situer(chemin)
        return self._questions.get((place.liste, place.champ))

    def reservee(self, chemin: str, valeurs: Iterable[Any] = ()) -> bool:
        """Vrai si cette réponse ne se montre que seul à seul."""
        return reponse_reservee(chemin, self.question(chemin), valeurs)

    def fait(self, nom: str) -> str:
        """Le nom d'un fait pour un lecteur : sa question locale, sa définition, celle de son champ ; sinon son code."""
        connu = self.catalogue.get(nom)
        return (connu.question or connu.definition if connu else "") or definition(nom)

    def code(self, champ: Champ, code: str) -> str:
        """Le nom d'une commune, d'un code national, d'une pièce ou d'une orientation ; vide si ce n'en est pas un."""
        if champ.nomenclature == _COMMUNE:
            return self.commune(code)
        if champ.nomenclature in self.nomenclatures:
            connu = self.nomenclatures[champ.nomenclature].codes.get(code)
            return connu.libelle if connu else ""
        return {"piece": self.pieces, "orientation": self.voies}.get(champ.designe, {}).get(code, "")

    def commune(self, code: str) -> str:
        """Le nom d'une commune ; vide si elle est inconnue."""
        connue = self.communes.get(code)
        return connue.nom if connue else ""


def _questions(questionnaire: Questionnaire) -> Iterator[tuple[tuple[str, str], Question]]:
    for section in questionnaire.sections:
        liste = inventaire().listes.get(section.liste)
        prefixe = f"{liste.prefixe}." if liste else ""
        for question in section.questions:
            yield (section.liste, question.champ.removeprefix(prefixe)), question


def champ_de(chemin: str) -> ChampDossier | None:
    """Le champ du dossier à ce chemin, dans une liste ou non ; ``None`` si ce n'en est pas un."""
    place = situer(chemin)
    if not place.liste:
        return inventaire().champs.get(chemin)
    liste = inventaire().listes.get(place.liste)
    return next((c for c in liste.champs if c.chemin == place.champ), None) if liste else None


def definition(fait: str) -> str:
    """La définition d'un champ du dossier, ou le nom du fait s'il n'en est pas un."""
    champ = champ_de(fait)
    return champ.champ.definition if champ else fait


def libelle_de_code(fait: Fait, code: str) -> str:
    """Le nom d'un code d'un fait ; le code lui-même, lisible, s'il n'en a pas."""
    if fait.libelles:
        return fait.libelle(code)
    nomenclature = nationales().get(nomenclatures_des_faits().get(fait.nom, ""))
    trouve = nomenclature.codes.get(code) if nomenclature else None
    return trouve.libelle if trouve else fait.libelle(code)


def dire_commune(commune: Commune) -> str:
    """« Toulouse (31000…) » : le nom, et le code postal ou qu'il y en a plusieurs ; « Algérie (à l'étranger) »."""
    if commune.etranger:
        return f"{commune.nom} (à l'étranger)"
    postaux = commune.codes_postaux
    if not postaux:
        return commune.nom
    return f"{commune.nom} ({postaux[0]}{'…' if len(postaux) > 1 else ''})"


def nommer_commune(code: str, communes: Communes) -> str:
    """« Toulouse (31000…) » ; le code seul s'il est inconnu."""
    commune = communes.get(code)
    return dire_commune(commune) if commune is not None else code
