"""Les recours DALO et DAHO d'un dossier, sans écran : motif par motif, les conditions, les lettres, le calendrier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from modele.bilan import Bilan
from modele.mots.ecriture import dire_date, minuscule
from modele.orientation.calendrier import Etape
from ui.console.dossier import Rendu, bilan_de
from ui.console.lignes import liste, paragraphe
from ui.mots import calendrier as dits
from ui.mots.priorites import VERDICTS, Ligne, Sorte, lignes, raison

_SORTES: Final = {
    Sorte.MOTIF: "MOTIFS DALO ET DAHO",
    Sorte.CONDITION: "CONDITIONS GÉNÉRALES DU DALO",
    Sorte.LETTRE: "LETTRES DE PRIORITÉ (L441-1)",
}


def examiner_dalo(document: Mapping[str, Any], territoire: str | None, jour: date) -> Rendu:
    """Les recours d'un dossier. Lève ``ErreurUtilisateur``."""
    bilan = bilan_de(document, territoire, jour)
    toutes = lignes(bilan)
    rendu = {
        "motifs": [_json(un, bilan) for un in toutes if un.sorte is Sorte.MOTIF],
        "conditions_generales": [_json(un, bilan) for un in toutes if un.sorte is Sorte.CONDITION],
        "lettres": [_sans_manque(_json(un, bilan)) for un in toutes if un.sorte is Sorte.LETTRE],
        "echeances": [_json_echeance(etape) for etape in bilan.calendrier if etape.datee],
        "a_dater": [_json_a_dater(etape) for etape in bilan.calendrier if etape.fait is not None],
    }
    return Rendu(rendu, bilan)


# En JSON.


def _json(ligne: Ligne, bilan: Bilan) -> dict[str, Any]:
    return {
        "id": ligne.id,
        "verdict": ligne.verdict.value,
        "raison": raison(ligne, bilan.regles.recours.reserve),
        "article": ligne.provenance.fondement,
        "manque": list(ligne.manques),
    }


def _sans_manque(dite: dict[str, Any]) -> dict[str, Any]:
    return {cle: valeur for cle, valeur in dite.items() if cle != "manque"}


def _json_echeance(etape: Etape) -> dict[str, Any]:
    echeance = etape.echeance
    assert echeance is not None
    arret = echeance.suspension
    return {
        "objet": echeance.libelle,
        "date": echeance.le,
        "fin_possible": echeance.fin_possible,
        "article": echeance.fondement,
        "suspendu_du": arret.du if arret else None,
        "suspendu_au": arret.au if arret else None,
        "repoussee_au": arret.jusqu_au if arret else None,
    }


def _json_a_dater(etape: Etape) -> dict[str, Any]:
    echeance, fait = etape.echeance, etape.fait
    assert echeance is not None
    assert fait is not None
    return {"objet": echeance.libelle, "fait": fait.nom, "article": echeance.fondement}


# En texte.


def dire_dalo(rendu: Rendu) -> str:
    """La table, puis le calendrier, dans 80 colonnes."""
    toutes = lignes(rendu.bilan)
    dites = [
        ligne
        for sorte, titre in _SORTES.items()
        for ligne in _table(titre, [un for un in toutes if un.sorte is sorte], rendu.bilan)
    ]
    return "\n".join([*dites, *_calendrier(rendu.bilan)])


def _table(titre: str, lues: Sequence[Ligne], bilan: Bilan) -> Iterator[str]:
    yield titre
    for verdict, mot in VERDICTS.items():
        yield from liste(
            mot, [f"{un.titre}. {raison(un, bilan.regles.recours.reserve)}" for un in lues if un.verdict is verdict]
        )
    yield ""


def _calendrier(bilan: Bilan) -> Iterator[str]:
    yield "CALENDRIER DES RECOURS"
    for recours, titre in dits.RECOURS.items():
        etapes = [etape for etape in bilan.calendrier if etape.regle.recours == recours]
        if etapes:
            yield f"  {titre}"
        for etape in etapes:
            yield from _etape(etape, bilan)


def _etape(etape: Etape, bilan: Bilan) -> Iterator[str]:
    yield from paragraphe(f"- {dits.titre(etape)}", "  ")
    yield from paragraphe(f"{dits.quand(etape)}.")
    for dite in (dits.fin(etape), dits.suite(etape, bilan.jour)):
        yield from paragraphe(f"{dite}.") if dite else ()
    yield from paragraphe(f"{dits.QUI[etape.regle.qui]}. {etape.regle.silence}")
    yield from paragraphe(f"Que faire : {minuscule(etape.regle.faire)}")
    dit = etape.regle.provenance
    verifie = f" Vérifié le {dire_date(dit.verifie_le)}." if dit.verifie_le else ""
    yield from paragraphe(f"{dit.fondement}.{verifie}")
