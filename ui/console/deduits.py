"""Ce que Perron déduit d'un dossier : chaque fait, les pièces attendues, ce qu'il reste à demander."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from modele.bilan import Bilan
from modele.dossier.contradictions import Contradiction
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.pieces import PieceAttendue
from modele.mots.faits import dire_etat
from modele.protection.reserve import piece_reservee, question_reservee
from modele.regles.etats import Enumere, Etat, Intervalle, Parties, Statut
from modele.regles.faits import Fait
from ui.console.dossier import Rendu, bilan_de
from ui.console.lignes import liste, paragraphe
from ui.console.taire import contradictions_a_dire, faits_a_dire, seul_a_seul

ETATS = {
    Statut.CONNU: "connu",
    Statut.INCONNU: "inconnu",
    Statut.PARTIEL: "partiel",
    Statut.REFUSE: "refuse",
    Statut.SANS_OBJET: "sans_objet",
}
A_POSER = (Visibilite.VISIBLE, Visibilite.PEUT_ETRE)


def deduire(document: Mapping[str, Any], territoire: str | None, jour: date) -> Rendu:
    """Tous les faits dérivés d'un dossier, ses pièces et ses questions. Lève ``ErreurUtilisateur``."""
    bilan = bilan_de(document, territoire, jour).gardable
    rendu = {
        "territoire": bilan.regles.territoire.id,
        "date": jour,
        "faits": {nom: _json_etat(bilan.situation.etat(nom)) for nom in _du_foyer(bilan)},
        "personnes": [
            {"personne": qui, "faits": {nom: _json_etat(etats[nom]) for nom in _de_personne(bilan)}}
            for qui, etats in zip(bilan.entretien.bruts.identifiants, bilan.situation.personnes, strict=True)
        ],
        "pieces": [_json_piece(attendue) for attendue in _pieces(bilan)],
        "a_demander": [_json_question(vue) for vue in _questions(bilan)],
        "contradictions": [_json_contradiction(une) for une in contradictions_a_dire(bilan)],
        "seul_a_seul": seul_a_seul(bilan),
    }
    return Rendu(rendu, bilan)


def _du_foyer(bilan: Bilan) -> tuple[str, ...]:
    return faits_a_dire(bilan, [un.nom for un in _derives(bilan) if not un.de_personne])


def _de_personne(bilan: Bilan) -> tuple[str, ...]:
    return faits_a_dire(bilan, [un.nom for un in _derives(bilan) if un.de_personne])


def _derives(bilan: Bilan) -> Iterator[Fait]:
    return (derive.fait for derive in bilan.regles.national.derives.values())


def _pieces(bilan: Bilan) -> Iterator[PieceAttendue]:
    """Celles qu'on peut exiger pour enregistrer, et celles, certaines, de l'instruction ; protégées, seul à seul."""
    yield from bilan.pieces.enregistrement
    for attendue in bilan.pieces.instruction:
        if attendue.certaine and not (seul_a_seul(bilan) and piece_reservee(attendue.piece)):
            yield attendue


def _questions(bilan: Bilan) -> Iterator[QuestionVue]:
    """Les questions sans réponse, dans l'ordre de l'entretien ; celles qui se posent seul à seul, quand on l'est."""
    for vue in bilan.entretien.questions():
        tue = seul_a_seul(bilan) and question_reservee(vue.question)
        if vue.visibilite in A_POSER and not (vue.repondue or tue or vue.question.ephemere):
            yield vue


# En JSON.


def _json_etat(etat: Etat) -> dict[str, Any]:
    """``peut_etre_sans_objet`` n'est écrit que s'il est vrai."""
    rendu = {"etat": ETATS[etat.statut], "valeur": _json_valeur(etat)}
    return {**rendu, "peut_etre_sans_objet": True} if etat.peut_etre_sans_objet else rendu


def _json_valeur(etat: Etat) -> Any:
    """La valeur connue ; ce qu'il en reste, écrit comme dans un dossier ; rien si rien n'est su."""
    match etat.domaine:
        case Enumere(valeurs):
            return {"parmi": [_simple(valeur) for valeur in valeurs]}
        case Intervalle(bas, haut):
            return {"entre": [bas, haut]}
        case Parties(certains, possibles):
            return {"coches": sorted(certains), "possibles": sorted(possibles)}
        case _:
            return _simple(etat.valeur)


def _simple(valeur: Any) -> Any:
    return sorted(valeur) if isinstance(valeur, Collection) and not isinstance(valeur, str) else valeur


def _json_piece(attendue: PieceAttendue) -> dict[str, Any]:
    return {
        "id": attendue.piece.id,
        "libelle": attendue.piece.libelle,
        "personne": attendue.personne,
        "exigee_pour": attendue.piece.exigee_pour,
        "certaine": attendue.certaine,
        "etat": attendue.etat,
    }


def _json_question(vue: QuestionVue) -> dict[str, Any]:
    return {
        "chemin": vue.chemin,
        "question": vue.question.libelle,
        "certaine": vue.visibilite is Visibilite.VISIBLE,
    }


def _json_contradiction(une: Contradiction) -> dict[str, Any]:
    return {"id": une.regle.id, "phrase": une.regle.phrase, "chemins": list(une.chemins), "personne": une.personne}


# En texte.


def dire_deduits(deduits: Rendu) -> str:
    """Un fait par paragraphe, puis les pièces et les questions."""
    bilan = deduits.bilan
    lignes = ["FAITS"]
    for fait in (bilan.regles.catalogue[nom] for nom in _du_foyer(bilan)):
        lignes += paragraphe(f"{fait.definition} : {dire_etat(fait, bilan.situation.etat(fait.nom))}", "  ")
    lignes += ["", *liste("Pièces attendues", [_dire_piece(attendue) for attendue in _pieces(bilan)])]
    if levees := contradictions_a_dire(bilan):
        lignes += ["", *liste("Réponses qui ne vont pas ensemble", [une.regle.phrase for une in levees])]
    lignes += ["", *liste("À demander", list(dict.fromkeys(str(q["question"]) for q in deduits.json["a_demander"])))]
    return "\n".join(lignes)


def _dire_piece(attendue: PieceAttendue) -> str:
    return f"{attendue.piece.libelle}{'' if attendue.certaine else ' (selon la situation)'}"
