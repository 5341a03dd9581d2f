"""Ce que dit l'écran de la personne, et ce que l'agent en lit.

Essais : ``tests/ui/mots/test_mots_ecran_demandeur.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from modele.bilan import Bilan
    from modele.chargement import Regles
    from modele.cotation.resultat import LigneRubrique
    from modele.dossier.questions import Question, Section
    from modele.mots.phrases import Mots

TOUCHE: Final = "F8"
FRANCAIS: Final = "fr"
SIMPLE: Final = "fr-falc"
LANGUE: Final = "contact.langue"

OUVRIR: Final = "Montrer en face"
FERMER: Final = "Ne plus montrer"
REPRENDRE: Final = "Montrer de nouveau"
MONTRER_LA_NOTE: Final = "Montrer la note à la personne"
EN_SIMPLE: Final = "Écran de la personne : en français simple, ou non"
AIDE: Final = "Sur le second écran, la question en cours, dans sa langue : jamais une réponse"
CHANGES: Final = "Les écrans ont changé : celui de la personne est fermé. S'il est encore tourné vers elle, rouvrez-le."
DOUBLES: Final = "Les deux écrans montrent la même chose, le vôtre : étendez le bureau, puis réessayez."
DEBORDE: Final = "Perron déborde sur l'écran de la personne : ramenez sa fenêtre sur le vôtre, puis réessayez."
QUELQU_UN: Final = (
    "La note ne se montre que seul à seul : cochez d'abord que nul accompagnant ni inconnu n'est là, "
    "dans la section Urgence de l'entretien."
)
REPLI: Final = (
    "En face, c'est en français : Perron n'écrit pas cette question en {langue}. Lisez-la à voix haute, "
    "ou appelez un interprète."
)
MONTREES: Final = 9
"""Les réponses qui se lisent à un mètre ; au-delà, les plus données et « … », ou aucune."""

_OPTION, _LIGNE, _PIED, _PAS_RELU = 0.55, 0.6, 0.5, 0.35
"""Les tailles, par rapport à la question ou au total de la note."""
_ENTRE, _SUITE = " \u200e· ", "…"
"""La marque tient le point à sa place entre deux mots qui se lisent de droite à gauche."""


class Paragraphe(NamedTuple):
    """Un passage : ce qui se dit, ce qui s'aligne en face, et sa taille par rapport aux autres."""

    dit: str
    en_face: str = ""
    corps: float = 1.0


class Montre(NamedTuple):
    """Ce que l'écran de la personne montre, dans une langue ; aucun paragraphe : il est vide.

    ``repli`` : ce que l'agent en lit, quand c'est du français faute d'être dans la langue de la personne.
    """

    paragraphes: tuple[Paragraphe, ...] = ()
    langue: str = FRANCAIS
    pictogramme: str = ""
    repli: str = ""


VIDE: Final = Montre()


def langue_ecrite(code: object, regles: Regles) -> str:
    """La langue que Perron écrit pour ce code de ``contact.langue`` ; vide s'il n'en écrit pas."""
    from modele.regles.langues import langue_parlee

    parlee = langue_parlee(code) if isinstance(code, str) else None
    return parlee.id if parlee and parlee.id in regles.langues else ""


def question_dite(
    section: Section, question: Question, pictogramme: str, code: object, regles: Regles, *, simple: bool = False
) -> Montre:
    """La question et ses réponses dans la langue de la personne si elle y est traduite ; sinon en français, et dit.

    ``simple`` : l'agent préfère le français simple au français.
    """
    langue = langue_ecrite(code, regles)
    repli = ""
    if not _dire(section, question, langue, regles):
        langue, repli = _francais(regles, simple=simple), _repli(code, regles)
    dite = Paragraphe(_dire(section, question, langue, regles) or question.dire)
    return Montre((dite, *_reponses(question, langue, regles), *_pas_relu(langue, regles)), langue, pictogramme, repli)


def _francais(regles: Regles, *, simple: bool) -> str:
    return SIMPLE if simple and SIMPLE in regles.langues else FRANCAIS


def _dire(section: Section, question: Question, langue: str, regles: Regles) -> str:
    """La question, telle que cette langue la redit ; vide si elle ne la redit pas."""
    dites = regles.langues.get(langue)
    redite = dites.questions.get(section.id, {}).get(question.id, {}) if dites else {}
    return str(redite.get("dire", ""))


def _repli(code: object, regles: Regles) -> str:
    """Ce que lit l'agent quand la langue dite n'est pas écrite ; vide si c'est le français, ou si rien n'est dit."""
    dite = regles.national.nomenclatures["langue"].codes.get(code) if isinstance(code, str) else None
    return REPLI.format(langue=dite.libelle) if dite is not None and code != FRANCAIS else ""


def _reponses(question: Question, langue: str, regles: Regles) -> tuple[Paragraphe, ...]:
    """Ce qui peut se répondre, le même pour tous ; rien, si c'est trop pour se lire à un mètre.

    Une langue se dit par son nom à elle : la personne la montre du doigt.
    """
    from modele.dossier.inventaire import Genre
    from modele.mots.ecriture import majuscule
    from modele.mots.phrases import mots
    from modele.regles.langues import langues

    if question.champ == LANGUE:
        return (Paragraphe(_ENTRE.join(une.nom_propre for une in langues().values() if une.parle), corps=_OPTION),)
    if question.genre is Genre.BOOLEEN:
        dites = (majuscule(mots(langue)(f"reponse.{un}"), langue) for un in ("oui", "non"))
        return (Paragraphe(_ENTRE.join(dites), corps=_OPTION),)
    return tuple(Paragraphe(un, corps=_OPTION) for un in _codes_dits(question, langue, regles))


def _codes_dits(question: Question, langue: str, regles: Regles) -> list[str]:
    """Les réponses d'un choix : un code, un nom ; les plus données, quand il y en a trop."""
    francais: dict[str, str] = {}
    for option in (une for une in question.options if une.exacte):
        francais.setdefault(option.codes[0], option.dire)
    trop = len(francais) > MONTREES
    if not francais or (trop and not question.frequentes):
        return []
    dits = francais if langue == FRANCAIS else _redits(question, langue, regles)
    return [dits[code] for code in (question.frequentes if trop else francais)] + [_SUITE] * trop


def _redits(question: Question, langue: str, regles: Regles) -> dict[str, str]:
    from modele.dossier.faits_bruts import nomenclatures_des_faits

    nom = nomenclatures_des_faits()[question.champ]
    redits = regles.langues[langue].codes.get(nom, {})
    return {code: redits.get(code, un.libelle) for code, un in regles.national.nomenclatures[nom].codes.items()}


def _pas_relu(langue: str, regles: Regles) -> tuple[Paragraphe, ...]:
    """Ce qui ne vient de personne d'autre se dit, comme sur le papier."""
    from modele.mots.phrases import mots

    if langue == FRANCAIS or (mots(langue).traduction.sure and regles.langues[langue].sures):
        return ()
    return (Paragraphe(mots(langue)("page.pas_relu"), corps=_PAS_RELU),)


def langue_de_la_note(code: object, regles: Regles, *, simple: bool = False) -> str:
    """Celle de la personne si Perron l'écrit ; sinon le français, ou le français simple."""
    return langue_ecrite(code, regles) or _francais(regles, simple=simple)


def note_dite(bilan: Bilan, langue: str = FRANCAIS, code: object = FRANCAIS) -> Montre:
    """La note et ce qui l'apporte, sans réponse ni preuve. ``bilan`` : sans rien de protégé, dit dans ``langue``.

    Par rubrique : ses points sont ceux qui s'additionnent, ceux d'une ligne peuvent ne pas compter. Sans note : vide.
    """
    from modele.mots.note import DiseurDeNote, mention_dite
    from modele.mots.phrases import mots

    note, dits = bilan.cotation, mots(langue)
    if note is None:
        return VIDE
    diseur = DiseurDeNote(dits)
    lignes = [
        Paragraphe(_rubrique(une, dits), diseur.courte(une.points), _LIGNE)
        for une in note.rubriques
        if une.points.min != 0 or une.points.max != 0
    ]
    depend = "" if note.declaree.certaine else dits("note.peut_changer")
    mention = note.mention if langue == FRANCAIS else mention_dite(bilan.regles.territoire, dits)
    pied = [Paragraphe(dit, corps=_PIED) for dit in (depend, dits("note.ne_decide_pas"), mention) if dit]
    tout = (Paragraphe(diseur.fourchette(note.declaree)), *lignes, *pied, *_pas_relu(langue, bilan.regles))
    montres, en_francais = _sans_marque(tout)
    repli = "" if langue_ecrite(code, bilan.regles) and not en_francais else _repli(code, bilan.regles)
    return Montre(montres, langue, "scale", repli)


def _sans_marque(paragraphes: Iterable[Paragraphe]) -> tuple[tuple[Paragraphe, ...], bool]:
    """Les paragraphes sans la marque de ce qui est resté en français, et s'il y en avait une."""
    from modele.regles.traduction import sans_marque

    dits = [(un, sans_marque(un.dit), sans_marque(un.en_face)) for un in paragraphes]
    propres = tuple(un._replace(dit=dit, en_face=en_face) for un, (dit, _), (en_face, _) in dits)
    return propres, any(reste or autre for _, (_, reste), (_, autre) in dits)


def _rubrique(rubrique: LigneRubrique, dits: Mots) -> str:
    """Son nom, et les lignes qui comptent à coup sûr."""
    sures = [une.libelle for une in rubrique.criteres if une.compte and une.points.certaine and une.points.min]
    return dits("qui.sujet", qui=rubrique.libelle, quoi=dits.enumerer(sures)) if sures else rubrique.libelle
