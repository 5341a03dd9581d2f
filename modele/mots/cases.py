"""Les cases du formulaire officiel qui concernent un dossier, dans leur ordre : le seul endroit où il se déroule.

« À reporter » (l'écran) et le résumé de la demande (le papier) le suivent tous deux ; la saisie d'un formulaire papier
aussi. L'ordre lui-même est une donnée : ``ressources/national/portail.toml``.

Essais : ``tests/modele/mots/test_cases.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from modele.dossier.chemins import chemin_d_element, lire
from modele.dossier.entretien import Entretien, QuestionVue, Visibilite
from modele.dossier.inventaire import ChampDossier
from modele.dossier.portail import Portail, Rubrique
from modele.dossier.reponses import repondue
from modele.dossier.situation import elements
from modele.mots.noms import champ_de
from modele.protection.report import REMPLACEES, se_tait


@dataclass(frozen=True, slots=True)
class Case:
    """Une case. ``element`` : celui de la liste dont elle parle, ou vide. ``vue`` : la question qui la remplit."""

    rubrique: Rubrique
    element: str
    chemin: str
    champ: ChampDossier
    vue: QuestionVue | None

    @property
    def cerfa(self) -> str:
        """Où elle est sur le formulaire : « A1 », « page 8 » ; vide si on ne le sait pas."""
        return (self.vue.question.cerfa if self.vue else "") or self.champ.champ.cerfa


def cases(portail: Portail, entretien: Entretien, document: Mapping[str, Any], *, discret: bool) -> Iterator[Case]:
    """Celles qui concernent ce dossier : posées, ou déjà remplies ; jamais un fait protégé, ni une case sans objet."""
    vues = {vue.chemin: vue for vue in entretien.questions()}
    for rubrique in portail.rubriques:
        for element in elements(document, rubrique.liste) if rubrique.liste else ("",):
            for champ in rubrique.champs:
                chemin = chemin_d_element(rubrique.liste, element, champ) if rubrique.liste else champ
                # Une adresse se pose d'un coup : sa question est celle de son groupe.
                vue = vues.get(chemin) or vues.get(chemin.rpartition(".")[0])
                connu = champ_de(chemin)
                if connu is None or se_tait(chemin, discret=discret):
                    continue
                if (discret and chemin in REMPLACEES) or _se_pose(vue, repondue(lire(document, chemin))):
                    yield Case(rubrique, element, chemin, connu, vue)


def _se_pose(vue: QuestionVue | None, remplie: bool) -> bool:
    if vue is None:
        return remplie
    return vue.visibilite is Visibilite.VISIBLE or (vue.visibilite is Visibilite.PEUT_ETRE and remplie)
