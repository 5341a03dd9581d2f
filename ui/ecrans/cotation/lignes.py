"""Les lignes du tableau de la note, prêtes à montrer. Sans Qt : le même ordre et les mêmes mots que le papier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from modele.bilan import Bilan
from modele.cotation.resultat import Cotation, Fourchette, LigneCritere, Preuve
from modele.dossier.entretien import QuestionVue
from modele.mots.note import DiseurDeNote
from modele.mots.reponses import Diseur
from modele.regles.confiance import a_valider

SUIVANTES = {
    Preuve.DECLARE: "justifie",
    Preuve.MANQUANT: "justifie",
    Preuve.JUSTIFIE: "valide",
    Preuve.VALIDE: "",
}
"""État de preuve vers celui que pose le bouton ; vide : la preuve est retirée."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """Un critère à l'écran. ``question`` : celle qui le trancherait. ``compte`` : ``None`` s'il compte parfois."""

    id: str
    constats: tuple[str, ...]
    regle: str
    preuve: Preuve
    pieces: str
    points: str
    compte: bool | None
    non_compte: str = ""
    question: QuestionVue | None = None
    inconnu: bool = False


@dataclass(frozen=True, slots=True)
class Groupe:
    """Une rubrique : son titre, sa règle de cumul, ses points, ses lignes, et celles hors de la situation."""

    id: str
    titre: str
    cumul: str
    points: str
    lignes: tuple[Ligne, ...]
    sans_effet: tuple[Ligne, ...]


def groupes(bilan: Bilan, note: Cotation) -> tuple[Groupe, ...]:
    """Les rubriques de la note, dans l'ordre de la grille."""
    noms = {piece.id: piece.libelle for piece in bilan.regles.pieces}
    rendus = []
    for rubrique in note.rubriques:
        lignes = [(c, _ligne(bilan, c, noms)) for c in rubrique.criteres]
        rendus.append(
            Groupe(
                rubrique.id,
                rubrique.libelle,
                DiseurDeNote().cumul(rubrique),
                courte(rubrique.points),
                tuple(ligne for critere, ligne in lignes if _a_un_effet(critere)),
                tuple(ligne for critere, ligne in lignes if not _a_un_effet(critere)),
            )
        )
    return tuple(rendus)


def questions_ouvertes(bilan: Bilan, note: Cotation) -> tuple[QuestionVue, ...]:
    """Les questions qui peuvent encore changer la note, dans l'ordre de l'entretien, sans doublon."""
    trouvees = {q.chemin: q for fait in note.decisifs for q in bilan.questions_de(fait.fait)}
    ordre = [q.chemin for q in bilan.entretien.questions()]
    return tuple(sorted(trouvees.values(), key=lambda q: ordre.index(q.chemin)))


def entete(note: Cotation) -> str:
    """« 41 à 63 points, dont 12 vérifiés » : ce qui est déjà prouvé, quoi que disent les réponses à venir."""
    acquis = note.verifiee.min
    if acquis is None:
        return DiseurDeNote().fourchette(note.declaree)
    verifies = courte(Fourchette(acquis, acquis))
    return f"{DiseurDeNote().fourchette(note.declaree)}, dont {verifies} vérifié{'s' if abs(acquis) >= 2 else ''}"


def courte(points: Fourchette) -> str:
    """« 12 », « 0 à 12 », sans l'unité."""
    return DiseurDeNote().courte(points)


def _a_un_effet(critere: LigneCritere) -> bool:
    """Faux pour une ligne qui ne donne rien ici, et qui n'en donnera pas : hors de la situation."""
    points = critere.points
    nuls = points.min == 0 and points.max == 0
    return not nuls or bool(critere.non_compte)


def _ligne(bilan: Bilan, critere: LigneCritere, noms: dict[str, str]) -> Ligne:
    inconnu = not critere.points.certaine
    question = _question(bilan, critere.faits_inconnus)
    valider = " (à faire valider)" if a_valider(critere.confiance) else ""
    return Ligne(
        id=critere.id,
        constats=(critere.libelle, *_constats(bilan, critere, question)),
        regle=f"{DiseurDeNote().regle(critere)}{valider}",
        preuve=critere.preuve,
        pieces=", ".join(noms.get(piece, piece) for piece in critere.pieces),
        points=_signes(critere.points),
        compte=critere.compte,
        non_compte=DiseurDeNote().non_compte(critere),
        question=question if inconnu else None,
        inconnu=inconnu,
    )


def dire_ce_qui_manque(bilan: Bilan, question: QuestionVue) -> str:
    """« Pas encore demandé : Communes souhaitées » ; une question posée dit ce qu'on y a répondu."""
    dite = question.question.libelle
    if not question.repondue:
        return f"Pas encore demandé : {dite}"
    return f"{dite} : {Diseur(bilan.regles.vocabulaire, bilan.document).dire(question.chemin, question.reponse)}"


def _constats(bilan: Bilan, critere: LigneCritere, question: QuestionVue | None) -> tuple[str, ...]:
    """Ce qu'on sait de la situation ; tant qu'une question la tranche, elle suffit."""
    if not critere.points.certaine and question is not None:
        return (dire_ce_qui_manque(bilan, question),)
    return DiseurDeNote().constats(critere, abreges=True)


def _question(bilan: Bilan, faits: Iterable[str]) -> QuestionVue | None:
    return next((q for fait in faits for q in bilan.questions_de(fait)), None)


def _signes(points: Fourchette) -> str:
    if not points.certaine:
        return courte(points)
    nombre = points.min or Decimal(0)
    dit = DiseurDeNote().nombre(nombre)
    return f"+{dit}" if nombre > 0 else dit
