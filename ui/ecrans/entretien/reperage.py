"""Où l'on en est : ce que dit l'entête d'une étape, et la ligne d'une section dans le plan."""

from __future__ import annotations

from typing import Final, NamedTuple

from modele.bilan import Bilan
from modele.dossier.entretien import Avancement as AvancementVu
from modele.dossier.situation import elements
from ui.composants import Avancement, Section
from ui.ecrans.entretien.detour import UN_CHAMP, Detour
from ui.ecrans.entretien.fabrique import nommer_element
from ui.ecrans.entretien.parcours import Etape, Parcours, SectionParcourue
from ui.ecrans.entretien.relire import lettre

_ETATS: Final = {
    AvancementVu.VIDE: Avancement.A_VENIR,
    AvancementVu.EN_COURS: Avancement.EN_COURS,
    AvancementVu.FAIT: Avancement.FAITE,
}
_AU_CLAVIER: Final = "Entrée ou Tab : champ suivant. Un chiffre écrit à côté répond, et passe au suivant."


class Mots(NamedTuple):
    """L'entête d'une étape : où l'on en est, ce qui se dit, ce qui se lit dessous, et pourquoi (F1)."""

    ou: str
    dire: str
    dessous: str
    pourquoi: str


def entete(etape: Etape, parcours: Parcours, bilan: Bilan, detour: Detour | None) -> Mots:
    """Les mots de cette étape ; d'une page de champs, ce que fait Entrée."""
    ou = _ou(etape, parcours, bilan)
    if etape.page is not None:
        geste = UN_CHAMP if detour is not None and detour.vise else _AU_CLAVIER
        return Mots(ou, etape.page.dire, f"{etape.page.papier} {geste}".strip(), "")
    question = etape.vues[0].question
    cerfa = f" · Cerfa {question.cerfa}" if question.cerfa else ""
    return Mots(ou, question.dire, f"{question.a_dire}{cerfa}", question.pourquoi)


def ligne(section: SectionParcourue, rang: int) -> Section:
    """« B. Vous », son avancement, et combien de réponses."""
    etat = _ETATS[section.avancement]
    compte = "fait" if etat is Avancement.FAITE else f"{section.faites}/{section.posees}" if section.faites else ""
    return Section(section.section.id, f"{lettre(rang)}{section.section.libelle}", etat, compte)


def _ou(etape: Etape, parcours: Parcours, bilan: Bilan) -> str:
    """« Vous · page 1 sur 2 » ; d'un tableau, ce qui y est noté."""
    section = next(s for s in parcours.sections if s.section.id == etape.section.id)
    presents = list(dict.fromkeys(e.element for e in section.etapes if e.element))
    if etape.tableau:
        notes = len(elements(bilan.document, etape.section.liste))
        return f"Déjà noté ici : {notes}" if notes else "Rien n'est noté ici"
    nom = ""
    if etape.element:
        place = presents.index(etape.element) + 1 if etape.element in presents else 1
        nom = f" · {nommer_element(bilan, etape.section.liste, etape.element, place)}"
    cles = [e.cle for e in section.etapes if e.element == etape.element and not e.tableau]
    page = cles.index(etape.cle) if etape.cle in cles else 0
    return f"{section.section.libelle}{nom} · page {page + 1} sur {len(cles)}"
