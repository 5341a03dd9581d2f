"""La filière des priorités, sans écran : ce qu'elle demande, ce qui manque, ce qui ne va pas ensemble."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from modele.bilan import Bilan
from modele.orientation.filiere import demandes
from ui.console.dossier import Rendu, bilan_de
from ui.console.lignes import liste, paragraphe
from ui.mots.filiere import dire_demande, dire_incoherence


def examiner_filiere(document: Mapping[str, Any], territoire: str | None, jour: date) -> Rendu:
    """Le bilan de la filière pour ce dossier. Lève ``ErreurUtilisateur``."""
    bilan = bilan_de(document, territoire, jour).gardable
    return Rendu(_json(bilan), bilan)


def _json(bilan: Bilan) -> dict[str, Any]:
    regles, filiere = bilan.regles.filiere, bilan.regles.territoire.filiere
    return {
        "territoire": bilan.regles.territoire.id,
        "date": bilan.jour,
        "fictif": filiere.fictive,
        "remarque": filiere.remarque,
        "demandes": [
            {
                "id": une.attendu.id,
                "connue": une.dite is not None,
                "aupres_de": une.dite.aupres_de if une.dite else None,
                "comment": une.dite.comment if une.dite else None,
                "a_demander_a": None if une.dite else une.attendu.a_qui,
                "source": (une.dite.provenance.source or None) if une.dite else None,
                "verifie_le": une.dite.provenance.verifie_le if une.dite else None,
            }
            for une in demandes(regles, filiere)
        ],
        "incoherences": [
            {
                "id": une.id,
                "phrase": une.phrase,
                "revoir": list(une.revoir),
                "article": une.provenance.fondement,
                "a_valider": une.provenance.a_valider,
            }
            for une in bilan.incoherences
        ],
    }


def dire_filiere(rendu: Rendu) -> str:
    """Le texte, en 80 colonnes."""
    return "\n".join(_lignes(rendu.bilan))


def _lignes(bilan: Bilan) -> Iterator[str]:
    filiere = bilan.regles.territoire.filiere
    yield from paragraphe(f"Filière des priorités · {bilan.regles.territoire.nom}", "")
    if filiere.remarque:
        yield from paragraphe(filiere.remarque, "  ")
    yield from liste("Ce qu'elle demande", [dire_demande(une) for une in demandes(bilan.regles.filiere, filiere)])
    levees = [dire_incoherence(une) for une in bilan.incoherences]
    yield from liste("À revoir avant une commission", levees)
    if not levees:
        yield from paragraphe("Rien ne se contredit, d'après ces réponses.", "  ")
