"""``fiches`` : où en est chaque fiche dans chaque langue, et ce qui manque. Rien n'y est prétendu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from modele.chargement import Regles, charger_regles
from modele.chargement.manques import manques
from modele.fiches.declaration import Declaration
from modele.fiches.mesure import ABSENTE, EN_ATTENDANT, Mesure, mesurer
from modele.mots.permis import permis
from modele.regles.langues import FRANCAIS, Langue, langues
from modele.regles.langues import langue as langue_de

_DEFAUT: Final = "metropole-exemple"
"""Sans territoire, celui de l'exemple : ses libellés à lui se traduisent aussi."""


@dataclass(frozen=True, slots=True)
class Etat:
    """Ce que la commande rend."""

    json: list[dict[str, Any]]
    texte: str


def etat_des_fiches(territoire: str | None, voulue: str, *, entier: bool) -> Etat:
    """L'état de chaque fiche ; ``voulue`` : une seule langue, et chaque phrase qui lui manque.

    ``entier`` : chaque fiche, langue par langue ; sinon, les langues où elle s'imprime. Lève ``ErreurUtilisateur``.
    """
    dites = {voulue: langue_de(voulue)} if voulue else langues()
    regles = charger_regles(territoire or _DEFAUT)
    mesures = {
        fiche: {nom: mesurer(declaree, une, permis(nom)) for nom, une in dites.items()}
        for fiche, declaree in regles.fiches.servies.items()
    }
    lignes = [*_lignes(regles, mesures, dites, entier=entier)]
    if entier or voulue:
        lignes += _manques_de_surete(regles, mesures, dites)
        lignes += _mots_qui_manquent(regles, dites, detail=bool(voulue))
    return Etat([_json(regles.fiches.servies[nom], mesures[nom]) for nom in mesures], "\n".join(lignes))


def _json(fiche: Declaration, mesures: Mapping[str, Mesure]) -> dict[str, Any]:
    return {
        "id": fiche.id,
        "titre": fiche.editions[FRANCAIS].texte.titre if FRANCAIS in fiche.editions else "",
        "sans_dossier": fiche.surete.sans_dossier,
        "discret": fiche.surete.discret,
        "securite": fiche.surete.securite,
        "pour_un_service": fiche.pour_un_service,
        "langues": {nom: _mesure(une) for nom, une in mesures.items()},
    }


def _mesure(mesure: Mesure) -> dict[str, Any]:
    return {
        "etat": mesure.etat,
        "offerte": mesure.offerte,
        "segments": mesure.segments,
        "non_traduits": mesure.non_traduits,
        "rapport_longueur": mesure.rapport_longueur,
        "relu_par": mesure.relu_par or None,
        "relu_le": mesure.relu_le.isoformat() if mesure.relu_le else None,
        "publie_par": mesure.publie_par or None,
        "raison": mesure.raison or None,
    }


Mesures = Mapping[str, Mapping[str, Mesure]]


def _lignes(regles: Regles, mesures: Mesures, dites: Mapping[str, Langue], *, entier: bool) -> Iterator[str]:
    for nom, par_langue in mesures.items():
        yield _titre(regles.fiches.servies[nom])
        if regles.fiches.servies[nom].pour_un_service:
            yield "  papier pour un service, en français seulement"
            continue
        if not entier:
            yield f"  s'imprime en : {', '.join(un for un, m in par_langue.items() if m.offerte) or 'aucune langue'}"
            continue
        for une, mesure in par_langue.items():
            yield f"  {une:8}{_dire(mesure)}"
    yield _compte([regles.fiches.servies[nom] for nom in mesures], len(dites))


def _titre(fiche: Declaration) -> str:
    marques = ", ".join(cle for cle in ("securite", "sans_dossier", "discret") if getattr(fiche.surete, cle))
    return f"{fiche.id} ({marques})" if marques else fiche.id


def _compte(fiches: Sequence[Declaration], langues_dites: int) -> str:
    """Les fiches qui se traduisent ; à part, celles qu'un service lit."""
    a_part = sum(fiche.pour_un_service for fiche in fiches)
    suite = f", et {a_part} pour un service, en français seulement" if a_part else ""
    return f"{len(fiches) - a_part} fiches, {langues_dites} langue{'s' if langues_dites > 1 else ''}{suite}."


def _dire(mesure: Mesure) -> str:
    if mesure.etat == ABSENTE:
        return "absente"
    qui = f" par {mesure.relu_par or mesure.publie_par}" if mesure.relu_par or mesure.publie_par else ""
    longueur = "" if mesure.rapport_longueur is None else f", longueur {mesure.rapport_longueur:.2f}".replace(".", ",")
    return f"{mesure.etat}{qui}, {mesure.segments} segments, {mesure.non_traduits} non traduits{longueur}"


def _manques_de_surete(regles: Regles, mesures: Mesures, dites: Mapping[str, Langue]) -> Iterator[str]:
    """La liste honnête : les fiches de sûreté qu'une langue n'offre pas, faute de quelqu'un qui en réponde."""
    yield ""
    yield "Fiches de sûreté qui ne sont pas offertes, faute d'une traduction publiée ou relue par une personne nommée :"
    for fiche, par_langue in mesures.items():
        surete = regles.fiches.servies[fiche].surete
        absentes = [dites[nom].nom for nom, mesure in par_langue.items() if not mesure.offerte]
        if absentes and (surete.securite or surete.reservee):
            yield f"  {fiche} : {', '.join(absentes)}"
    yield f"  En attendant : {EN_ATTENDANT}"


def _mots_qui_manquent(regles: Regles, dites: Mapping[str, Langue], *, detail: bool) -> Iterator[str]:
    """Ce que les fiches reprennent du droit, et qui s'y lirait en français."""
    yield ""
    yield "Mots du droit et du territoire qui manquent encore :"
    for nom, une in dites.items():
        restent = manques(regles, nom)
        yield f"  {nom:8}{une.nom} : {len(restent)}"
        if detail:
            yield from (f"    {un.fichier} : {un.cle} = {un.francais}" for un in restent)
