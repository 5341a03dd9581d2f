"""Les recours et les publics prioritaires d'un dossier, sans écran : en objet, et en texte de 80 colonnes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modele.bilan import Bilan
from modele.orientation.verdict import Verdict
from ui.console.lignes import liste, paragraphe
from ui.console.taire import faits_a_dire
from ui.mots.priorites import VERDICTS, Ligne, dire_apres, lignes


def json_priorites(bilan: Bilan) -> dict[str, Any]:
    """Les clés « recours », « publics » et « reserve » de la commande orienter."""
    toutes = lignes(bilan)
    regles = {un.regle.id: un.regle for un in bilan.recours}
    publics = {un.regle.id: un.regle for un in bilan.publics}
    return {
        "recours": [
            {
                "id": ligne.id,
                "recours": regles[ligne.id].recours,
                "cas": regles[ligne.id].cas or None,
                **_json(ligne, bilan),
                "critere": regles[ligne.id].critere,
                "delai_prealable": regles[ligne.id].delai_prealable or None,
                "preuves": list(regles[ligne.id].preuves),
            }
            for ligne in toutes
            if not ligne.lettre
        ],
        "publics": [
            {
                "id": ligne.id,
                "code": publics[ligne.id].code,
                **_json(ligne, bilan),
                "preuve": publics[ligne.id].preuve,
                "pieces": list(publics[ligne.id].pieces),
            }
            for ligne in toutes
            if ligne.lettre
        ],
        "reserve": bilan.regles.recours.reserve.phrase,
    }


def _json(ligne: Ligne, bilan: Bilan) -> dict[str, Any]:
    return {
        "libelle": ligne.libelle,
        "etat": ligne.verdict.value,
        "manque": ligne.manque or None,
        "changerait": ligne.examen.changerait or None,
        "changerait_le": ligne.le,
        "seuil": ligne.seuil or None,
        "a_demander": list(faits_a_dire(bilan, ligne.examen.a_demander)),
        "fondement": ligne.provenance.fondement,
        "confiance": ligne.provenance.confiance,
        "verifie_le": ligne.provenance.verifie_le,
        "source": ligne.provenance.source,
    }


def dire_priorites(bilan: Bilan) -> Iterator[str]:
    """Ce qui est rempli, ce qui reste à établir, puis, en une ligne chacun, le reste ; et la réserve."""
    toutes = lignes(bilan)
    yield from paragraphe("Recours et priorités", "")
    yield from liste(VERDICTS[Verdict.REMPLI], [un.titre for un in toutes if un.verdict is Verdict.REMPLI])
    ouvertes = [un for un in toutes if un.verdict is Verdict.A_ETABLIR]
    yield from liste(VERDICTS[Verdict.A_ETABLIR], [_dire(un) for un in ouvertes if un.ouvert])
    reste = [un.court for un in ouvertes if not un.ouvert]
    if reste:
        yield from paragraphe(f"À établir, une réponse manque : {' ; '.join(dict.fromkeys(reste))}.", "  ")
    exclues = [_dire(un) for un in toutes if un.verdict is Verdict.RIEN_NE_L_INDIQUE]
    yield from liste(VERDICTS[Verdict.RIEN_NE_L_INDIQUE], exclues)
    yield from paragraphe(bilan.regles.recours.reserve.phrase, "  ")


def _dire(ligne: Ligne) -> str:
    return f"{ligne.titre}. {dire_apres(ligne)}"
