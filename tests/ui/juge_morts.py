"""Tuer un entretien à un instant tiré au sort, puis juger ce qu'il a laissé sur le disque."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entretien_tue import MOT_DE_PASSE

from modele.coffre import Coffre
from modele.coffre.cles import Cout
from modele.dossier.chemins import ABSENT, Document, lire, poser
from modele.dossier.documents import decoder
from modele.dossier.operations import en_json, rejouer

LEGER = Cout(passes=1, memoire=8, fils=1)
DURABLE = 0.5
"""Secondes au bout desquelles une frappe est sur le disque."""
_JOUEUR = Path(__file__).with_name("entretien_tue.py")


@dataclass(slots=True)
class Mort:
    """Ce que l'agent avait fait quand on l'a tué. ``ecritures`` : (dossier, valeurs), dans l'ordre demandé."""

    graine: str
    instant: float
    faits: list[dict[str, Any]]
    ecritures: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    enregistrees: int = 0
    restantes: dict[str, str] = field(default_factory=dict)
    dossier: str = ""


def creer_coffre(donnees: Path) -> Path:
    """Un poste prêt à ouvrir, dont seul Argon2 est allégé."""
    donnees.mkdir(parents=True, exist_ok=True)
    (donnees / "reglages.json").write_text('{"territoire": "metropole-exemple"}', encoding="utf-8")
    chemin = donnees / "coffre.perron"
    Coffre.creer(chemin, "Ana Martin", MOT_DE_PASSE, "metropole-exemple", "poste 1", LEGER)[0].fermer()
    return chemin


def tuer_en_pleine_frappe(donnees: Path, nom: str) -> str:
    """Tue l'agent une demi-seconde après sa dernière lettre, champ jamais quitté ; rend le dossier."""
    agent = subprocess.Popen(
        [sys.executable, str(_JOUEUR), str(donnees), "1", nom], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert agent.stdout is not None
    for ligne in agent.stdout:
        fait = _lire(ligne)
        if fait["fait"] == "frappes" and nom in fait["restantes"].values():
            break
    time.sleep(DURABLE)
    agent.kill()
    agent.stdout.close()
    agent.wait()
    return str(fait["dossier"])


def tuer(donnees: Path, graine: str, hasard: random.Random) -> Mort:
    """Lance un agent sur ce poste et le tue : le plus souvent en pleine saisie, parfois dès son lancement."""
    agent = subprocess.Popen(
        [sys.executable, str(_JOUEUR), str(donnees), graine], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert agent.stdout is not None
    lus = []
    if hasard.random() < 0.9:
        for ligne in agent.stdout:
            lus.append(ligne)
            if _lire(ligne)["fait"] == "dossier":
                break
    time.sleep(hasard.uniform(0, 3))
    instant = time.monotonic()
    agent.kill()
    lus += agent.stdout.readlines()
    agent.stdout.close()
    agent.wait()
    return _raconter(Mort(graine, instant, [_lire(ligne) for ligne in lus]))


def _lire(ligne: bytes) -> dict[str, Any]:
    fait = decoder(ligne)
    return {**fait, **{cle: float(fait[cle]) for cle in ("a", "duree") if cle in fait}}


def _raconter(mort: Mort) -> Mort:
    # Créer un dossier se dit aussi « enregistré » ; tout se dit dans l'ordre demandé.
    demandes: list[str] = []
    dites = 0
    for fait in mort.faits:
        match fait["fait"]:
            case "creation":
                demandes.append("creation")
            case "dossier":
                mort.dossier = fait["dossier"]
            case "ecrit":
                demandes.append("ecrit")
                mort.ecritures.append((fait["dossier"], _valeurs(fait["valeurs"])))
            case "enregistre":
                dites += 1
            case "frappes":
                mort.restantes = fait["restantes"]
    assert dites <= len(demandes), "une réponse est dite enregistrée sans avoir été demandée"
    mort.enregistrees = demandes[:dites].count("ecrit")
    return mort


def _valeurs(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    return {chemin: ABSENT if valeur == {"absent": True} else valeur for chemin, valeur in valeurs.items()}


def juger(coffre: Coffre, mort: Mort) -> int:
    """Vérifie tout ce que la mort doit laisser intact ; rend le nombre d'écritures perdues (une au plus)."""
    juger_le_coffre(coffre)
    perdues = _perdues(coffre, mort)
    assert perdues <= 1, f"{perdues} écritures perdues"
    _juger_la_frappe(coffre, mort)
    return perdues


def juger_le_coffre(coffre: Coffre) -> None:
    """Le fichier est intègre, la chaîne se suit, chaque document est le rejeu de ses opérations."""
    with coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
        assert connexion.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
        assert connexion.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connexion.exec_driver_sql("SELECT count(*) FROM terme WHERE terme MATCH 'o'").all()
        dossiers = connexion.exec_driver_sql("SELECT id FROM dossier").scalars().all()
    assert coffre.verifier_chaine() == []
    for dossier in dossiers:
        assert coffre.lire(dossier) == rejouer(coffre.operations(dossier))


def _perdues(coffre: Coffre, mort: Mort) -> int:
    """Le nombre des dernières écritures demandées qui manquent au disque, toutes jamais dites enregistrées."""
    touches = {dossier for dossier, _ in mort.ecritures}
    disque = {dossier: coffre.lire(dossier) for dossier in touches}
    etats = list(_etats(coffre, touches, mort))
    durables = [rang for rang, etat in enumerate(etats) if etat == disque]
    assert durables, f"le disque porte un état que l'agent n'a jamais demandé : {disque}, voulu {etats[-1]}"
    assert durables[-1] >= mort.enregistrees, "une réponse dite enregistrée manque"
    return len(mort.ecritures) - durables[-1]


def _etats(coffre: Coffre, touches: set[str], mort: Mort) -> Iterator[dict[str, Document]]:
    """Les documents, avant toute écriture puis après chacune."""
    courants = {dossier: rejouer(coffre.operations(dossier)[:1]) for dossier in touches}
    yield dict(courants)
    for dossier, valeurs in mort.ecritures:
        document = courants[dossier]
        for chemin, valeur in valeurs.items():
            document = poser(document, chemin, valeur if valeur is ABSENT else en_json(valeur))
        courants[dossier] = document
        yield dict(courants)


def _juger_la_frappe(coffre: Coffre, mort: Mort) -> None:
    """Une frappe vieille de 500 ms est au brouillon ou devenue réponse, et l'accueil la propose."""
    retard = sum(fait["duree"] for fait in mort.faits if fait["fait"] == "retard" and mort.instant - fait["a"] < 2)
    anciennes = [f for f in mort.faits if f["fait"] == "frappes" and mort.instant - f["a"] > DURABLE + retard]
    if not anciennes or anciennes[-1]["dossier"] != mort.dossier:
        return
    gardes = {brouillon.chemin: brouillon.texte for brouillon in coffre.brouillons(mort.dossier)}
    proposes = {(reprise.dossier, reprise.chemin): reprise.texte for reprise in coffre.reprises()}
    depuis = mort.faits.index(anciennes[-1])
    for chemin, tape in anciennes[-1]["restantes"].items():
        ecrit = any(chemin in fait.get("valeurs", {}) for fait in mort.faits[depuis:])
        plus_tard = {f["restantes"].get(chemin) for f in mort.faits[depuis:] if f["fait"] == "frappes"}
        if not ecrit:
            assert gardes.get(chemin) in {tape, *plus_tard}, f"frappe perdue : {chemin}"
            discret = lire(coffre.lire(mort.dossier), "protection.discret") is True
            assert discret or proposes[mort.dossier, chemin] == gardes[chemin]


def eprouver(donnees: Path, nombre: int) -> list[int]:
    """Tue ``nombre`` fois l'agent sur le même poste ; juge chaque fois. Rend les pertes, mort par mort."""
    graine = os.environ.get("PERRON_GRAINE") or str(random.SystemRandom().randrange(10**9))
    print(f"PERRON_GRAINE={graine}")
    hasard = random.Random(graine)
    chemin = creer_coffre(donnees)
    pertes = []
    for rang in range(nombre):
        mort = tuer(donnees, f"{graine}-{rang}", hasard)
        coffre = Coffre.ouvrir(chemin, MOT_DE_PASSE, cout=LEGER)
        try:
            pertes.append(juger(coffre, mort))
        finally:
            coffre.fermer()
        assert not (donnees / "pannes").exists(), "l'agent a rencontré une panne"
    return pertes
