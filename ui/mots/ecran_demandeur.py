"""Ce que dit l'écran de la personne, et ce que l'agent en lit.

Essais : ``tests/ui/mots/test_mots_ecran_demandeur.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from modele.chargement import Regles
    from modele.cotation.resultat import Cotation, LigneRubrique
    from modele.dossier.questions import Question, Section

TOUCHE: Final = "F8"
FRANCAIS: Final = "fr"

OUVRIR: Final = "Montrer en face"
FERMER: Final = "Ne plus montrer"
REPRENDRE: Final = "Montrer de nouveau"
MONTRER_LA_NOTE: Final = "Montrer la note à la personne"
AIDE: Final = "Sur le second écran, la question en cours, dans sa langue : jamais une réponse"
CHANGES: Final = "Les écrans ont changé : celui de la personne est fermé. S'il est encore tourné vers elle, rouvrez-le."
DOUBLES: Final = "Les deux écrans montrent la même chose, le vôtre : étendez le bureau, puis réessayez."
DEBORDE: Final = "Perron déborde sur l'écran de la personne : ramenez sa fenêtre sur le vôtre, puis réessayez."
QUELQU_UN: Final = (
    "La note ne se montre que seul à seul : cochez d'abord que nul accompagnant ni inconnu n'est là, "
    "dans la section Urgence de l'entretien."
)
NE_DECIDE_PAS: Final = "Cette note aide la commission. Elle ne décide pas, et elle peut changer."
DEPEND: Final = "Elle dépend encore de réponses à donner."


_LIGNE, _PIED = 0.6, 0.5
"""Les tailles, par rapport au total de la note."""


class Paragraphe(NamedTuple):
    """Un passage : ce qui se dit, ce qui s'aligne en face, et sa taille par rapport aux autres."""

    dit: str
    en_face: str = ""
    corps: float = 1.0


class Montre(NamedTuple):
    """Ce que l'écran de la personne montre, dans une langue ; aucun paragraphe : il est vide."""

    paragraphes: tuple[Paragraphe, ...] = ()
    langue: str = FRANCAIS
    pictogramme: str = ""


VIDE: Final = Montre()


def langue_ecrite(code: object, regles: Regles) -> str:
    """La langue que Perron écrit pour ce code de ``contact.langue`` ; vide s'il n'en écrit pas."""
    from modele.regles.langues import langue_parlee

    parlee = langue_parlee(code) if isinstance(code, str) else None
    return parlee.id if parlee and parlee.id in regles.langues else ""


def question_dite(section: Section, question: Question, pictogramme: str, code: object, regles: Regles) -> Montre:
    """La question dans la langue de la personne si elle y est traduite ; sinon en français."""
    if langue := langue_ecrite(code, regles):
        from modele.regles.traduction import sans_marque

        sections = regles.en(langue).questionnaire.sections
        redites = [une for dite in sections if dite.id == section.id for une in dite.questions if une.id == question.id]
        if redites and not sans_marque(redites[0].dire)[1]:
            return Montre((Paragraphe(redites[0].dire),), langue, pictogramme)
    return Montre((Paragraphe(question.dire),), FRANCAIS, pictogramme)


def note_dite(note: Cotation) -> Montre:
    """La note et ce qui l'apporte, sans réponse ni preuve. ``note`` : celle qui se montre, sans ligne protégée.

    Par rubrique : ses points sont ceux qui s'additionnent, ceux d'une ligne peuvent ne pas compter.
    """
    from modele.mots.note import DiseurDeNote

    diseur = DiseurDeNote()
    lignes = [
        Paragraphe(_rubrique(une), diseur.courte(une.points), _LIGNE)
        for une in note.rubriques
        if une.points.min != 0 or une.points.max != 0
    ]
    depend = "" if note.declaree.certaine else DEPEND
    pied = [Paragraphe(dit, corps=_PIED) for dit in (depend, NE_DECIDE_PAS, note.mention) if dit]
    return Montre((Paragraphe(diseur.fourchette(note.declaree)), *lignes, *pied), pictogramme="scale")


def _rubrique(rubrique: LigneRubrique) -> str:
    """Son nom, et les lignes qui comptent à coup sûr."""
    sures = [une.libelle for une in rubrique.criteres if une.compte and une.points.certaine and une.points.min]
    return f"{rubrique.libelle} : {', '.join(sures)}" if sures else rubrique.libelle
