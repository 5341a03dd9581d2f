"""Une commission en commande : un logement, des dossiers, une date ; qui s'y range, qui en est écarté, et pourquoi."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from modele.attributions.classement.classer import Candidat, Ecarte, Rouverture, classer
from modele.attributions.classement.regles import regles as regles_de_commission
from modele.attributions.classement.tenue import en_table
from modele.attributions.colonnes import Colonne, FichierDe, colonnes
from modele.attributions.typage import dire as dire_case
from modele.attributions.typage import reprendre, typer
from modele.chargement import Regles, charger_regles
from modele.commission.demande import inconnus
from modele.commission.ligne import ligne
from modele.cotation.coter import candidates
from modele.dossier.documents import decoder, encoder, importer
from modele.regles.disque import lire
from modele.regles.etats import Situation
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous
from ui.console.lignes import liste, paragraphe

_EXIGEES: Final = ("ref_bailleur", "code_insee")
_UN_LOGEMENT: Final = "attendu : un logement, un objet JSON { … } aux colonnes du fichier d'un bailleur"
_DES_DOSSIERS: Final = "attendu : une liste JSON de dossiers, [ { … }, … ]"
_DES_ROUVERTES: Final = (
    "attendu : une liste JSON de { dossier, regle, par, motif, le }, tous écrits ; « le » est une date AAAA-MM-JJ"
)


@dataclass(frozen=True, slots=True)
class Rendu:
    """Ce que la commande rend. ``avis`` : ce qui vaut pour tous ; ``ignores`` : les clés qu'aucun dossier n'a.

    ``offert``, ``documents`` : le logement et les dossiers lus, de quoi tenir une séance.
    """

    regles: Regles
    jour: date
    logement: str
    candidats: tuple[Candidat, ...]
    ecartes: tuple[Ecarte, ...]
    avis: tuple[str, ...]
    ignores: tuple[str, ...]
    offert: Mapping[str, Any]
    documents: tuple[Mapping[str, Any], ...]


def mener(territoire: str, logement: Path, dossiers: Path, jour: date, rouvertes: Path | None = None) -> Rendu:
    """Range et écarte. Lève ``ErreurUtilisateur``."""
    regles = charger_regles(territoire)
    offert = lire_logement(logement)
    documents = lire_dossiers(dossiers)
    ouvertes = () if rouvertes is None else lire_rouvertes(rouvertes, documents)
    classement = classer(en_table(ligne(regles, un, jour) for un in documents), offert, ouvertes)
    return Rendu(
        regles,
        jour,
        str(offert["ref_bailleur"]),
        classement.dire(combien=None),
        classement.dire_ecartes(),
        tuple(_avis(regles, offert, jour)),
        tuple(dict.fromkeys(cle for un in documents for cle in inconnus(un))),
        offert,
        tuple(documents),
    )


def _avis(regles: Regles, offert: Mapping[str, Any], jour: date) -> Iterator[str]:
    if regles.territoire.exemple:
        yield "Territoire fictif : rien n'y a de valeur officielle."
    possibles = candidates(regles.grilles_dites, jour, Situation({}))
    if not possibles:
        yield "Aucune grille ne vaut à cette date sur ce territoire : l'ancienneté seule range les demandes."
    if len(possibles) > 1:
        yield (
            "Plusieurs grilles valent ici, selon la situation de chacun : leurs points ne se comparent que sous "
            "réserve (à faire valider)."
        )
    for nom, fait in regles_de_commission().logement.items():
        valeur = offert.get(nom)
        if valeur is None:
            yield f"Le fichier du bailleur ne dit pas « {nom} » : aucune règle qui le lit n'écarte personne."
        elif fait.codes and valeur not in fait.codes:
            yield f"« {nom} » vaut « {valeur} », que Perron ne connaît pas : aucune règle qui le lit n'écarte personne."


def lire_logement(chemin: Path) -> dict[str, Any]:
    """La ligne du logement, typée comme celle du fichier d'un bailleur. Lève ``ErreurUtilisateur``."""
    dit, connues = _decoder(chemin, _UN_LOGEMENT), colonnes(FichierDe.LOGEMENTS)
    if not isinstance(dit, dict):
        raise ErreurUtilisateur(f"{chemin.name} : {_UN_LOGEMENT}.")
    for cle in dit:
        if cle not in connues:
            raise ErreurUtilisateur(f"{chemin.name} : « {cle} » n'est pas une colonne{vouliez_vous(cle, connues)}.")
    cases = {nom: _case(valeur, chemin, nom) for nom, valeur in dit.items() if valeur is not None}
    lus = {nom: _lue(case, connues[nom], chemin) for nom, case in cases.items() if case}
    absentes = [nom for nom in _EXIGEES if lus.get(nom) is None]
    if absentes:
        raise ErreurUtilisateur(f"{chemin.name} : il manque {', '.join(absentes)}. Complétez ce logement.")
    return lus


def _case(valeur: Any, chemin: Path, nom: str) -> str:
    """La même valeur, comme un tableur l'écrirait."""
    if isinstance(valeur, dict | list):
        raise ErreurUtilisateur(f"{chemin.name}, colonne {nom} : attendu un texte, un nombre, ou rien.")
    return ("OUI" if valeur else "NON") if isinstance(valeur, bool) else str(valeur).strip()


def _lue(case: str, colonne: Colonne, chemin: Path) -> Any:
    """Typée par ce qui type le fichier d'un bailleur."""
    import polars as pl

    cases = pl.DataFrame({colonne.id: [case]}, schema={colonne.id: pl.String})
    for lire_case in (typer, reprendre):
        if (lue := cases.select(lire_case(pl.col(colonne.id), colonne)).to_series()[0]) is not None:
            return lue
    raise ErreurUtilisateur(f"{chemin.name}, colonne {colonne.id} : {dire_case(case, colonne)}.")


def lire_dossiers(chemin: Path) -> list[dict[str, Any]]:
    """Les dossiers, chacun vérifié comme à l'import, chacun une seule fois. Lève ``ErreurUtilisateur``."""
    dits = _decoder(chemin, _DES_DOSSIERS)
    if isinstance(dits, dict) and set(dits) == {"dossiers"}:
        dits = dits["dossiers"]
    if not isinstance(dits, list):
        raise ErreurUtilisateur(f"{chemin.name} : {_DES_DOSSIERS}.")
    lus = [importer(encoder(un), f"{chemin.name}, dossier {rang}") for rang, un in enumerate(dits, 1)]
    vus = set[str]()
    for rang, un in enumerate(lus, 1):
        if un["id"] in vus:
            raise ErreurUtilisateur(f"{chemin.name}, dossier {rang} : ce dossier est déjà plus haut. Gardez-en un.")
        vus.add(un["id"])
    return lus


def lire_rouvertes(chemin: Path, documents: Sequence[Mapping[str, Any]]) -> tuple[Rouverture, ...]:
    """Qui rouvre quoi, et pourquoi. Lève ``ErreurUtilisateur``."""
    try:
        lues = msgspec.convert(_decoder(chemin, _DES_ROUVERTES), tuple[Rouverture, ...])
    except msgspec.ValidationError:
        raise ErreurUtilisateur(f"{chemin.name} : {_DES_ROUVERTES}.") from None
    regles = {une.id: une for une in regles_de_commission().regles if une.ecarte}
    dossiers = {str(un["id"]) for un in documents}
    for une in lues:
        if une.regle not in regles:
            raise ErreurUtilisateur(
                f"{chemin.name} : « {une.regle} » n'écarte personne{vouliez_vous(une.regle, regles)}."
            )
        if regles[une.regle].fermee:
            raise ErreurUtilisateur(
                f"{chemin.name} : « {une.regle} » ne se rouvre pour aucune demande. Cela se change dans la demande, "
                "avec la personne."
            )
        if une.dossier not in dossiers:
            raise ErreurUtilisateur(
                f"{chemin.name} : le dossier « {une.dossier} » n'est pas dans le fichier des dossiers."
            )
        if not une.par.strip() or not une.motif.strip():
            raise ErreurUtilisateur(f"{chemin.name} : dites qui rouvre et pourquoi (« par », « motif »).")
    return lues


def _decoder(chemin: Path, attendu: str) -> Any:
    texte = lire(chemin)
    try:
        return decoder(texte)
    except msgspec.DecodeError:
        raise ErreurUtilisateur(f"{chemin.name} : ce n'est pas du JSON lisible ; {attendu}.") from None


def en_json(rendu: Rendu) -> dict[str, Any]:
    """L'objet du contrat."""
    return {
        "territoire": rendu.regles.territoire.id,
        "date": rendu.jour,
        "logement": rendu.logement,
        "candidats": [
            {
                "dossier": un.dossier,
                "rang": un.rang,
                "points": _court(un.points),
                "intervalle": {"min": _court(un.minimum), "max": _court(un.maximum)},
                "raisons": list(un.raisons),
            }
            for un in rendu.candidats
        ],
        "ecartes": [{"dossier": un.dossier, "raisons": list(un.raisons)} for un in rendu.ecartes],
        "avertissements": list(rendu.avis),
        "ignores": list(rendu.ignores),
    }


def _court(points: float | None) -> float | int | None:
    return int(points) if points is not None and points.is_integer() else points


def dire(rendu: Rendu) -> str:
    """Le même en texte, de 80 colonnes."""
    return "\n".join(_lignes(rendu))


def _lignes(rendu: Rendu) -> Iterator[str]:
    lieu = rendu.regles.territoire.nom
    yield from paragraphe(f"Logement {rendu.logement} · {lieu} · {rendu.jour:%d/%m/%Y}", "")
    for avis in rendu.avis:
        yield from paragraphe(avis, "  ")
    if rendu.ignores:
        yield from paragraphe(f"Ignoré, qu'aucun dossier n'a : {', '.join(rendu.ignores)}.", "  ")
    yield from paragraphe("Perron range les demandes ; une personne désigne.", "  ")
    for un in rendu.candidats:
        points = "sans note" if un.points is None else f"{_court(un.points)} points"
        yield from liste(f"{un.rang}. {un.dossier}, {points}", un.raisons)
    for ecarte in rendu.ecartes:
        suite = ", peut se rouvrir" if ecarte.rouvrables else ""
        yield from liste(f"Écartée{suite} : {ecarte.dossier}", ecarte.raisons)
