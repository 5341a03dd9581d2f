"""Jour, semaine et mois d'un lieu qui a 5 000 rendez-vous dans le mois, au regard du SQL nu des mêmes lignes.

Un sur cinquante est d'un dossier discret que l'agent ne suit pas. Le SQL nu : les mêmes deux requêtes, par le curseur
de SQLCipher, sans rien en faire.

``python tests/mesures/mesure_agenda.py``
"""

from __future__ import annotations

import statistics
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

from mesure import Mesure

from modele.coffre import Coffre, depot
from modele.coffre.cles import Cout
from modele.droits import Auteur

NOMBRE = 5000
BUT = 2.0
TOURS = 15
PREMIER = date(2027, 3, 1)
MOIS = 31
LIEU = "ccas"
NORA, PAUL = Auteur("Nora"), Auteur("Paul")
_DITS = ("date", "heure", "duree", "lieu", "avec")
_AUTRES = ("type", "objet", "langue", "interprete", "motif", "passage", "occupation", "deplace_le", "etat")
_SEJOURS = {"jour": 1, "semaine": 7, "mois": MOIS}


def mesurer() -> list[Mesure]:
    """Remplit un coffre une fois ; rend un budget par vue."""
    with tempfile.TemporaryDirectory() as dossier:
        coffre, _ = Coffre.creer(
            Path(dossier) / "agenda.perron", NORA.nom, "quatre mots sans lien", "metropole-exemple", LIEU,
            cout=Cout(passes=1, memoire=8, fils=1),
        )  # fmt: skip
        _remplir(coffre)
        mesures = [_une_vue(coffre, nom, jours) for nom, jours in _SEJOURS.items()]
        coffre.fermer()
    return mesures


def _remplir(coffre: Coffre) -> None:
    quand = datetime.now().astimezone()
    with coffre._base.ecriture() as connexion:
        qui = [_qui(rang) for rang in range(NOMBRE // 10)]
        dossiers = depot.creer(connexion, qui, PAUL, quand)
        places = [_place(rang) for rang in range(NOMBRE)]
        prises = depot.creer(connexion, [{**une, "etat": "occupe"} for une in places], PAUL, quand, "occupation")
        tenus = [
            {"dossier": dossiers[rang % len(dossiers)]["id"], **une, "etat": "donne", "occupation": prises[rang]["id"]}
            for rang, une in enumerate(places)
        ]
        depot.creer(connexion, tenus, PAUL, quand, "rendez_vous")


def _qui(rang: int) -> dict[str, object]:
    discret = {"protection": {"discret": True, "referent": PAUL.nom}} if rang % 50 == 0 else {}
    return {"demandeur": {"nom": f"Nom{rang}", "prenoms": "Zoé"}, **discret}


def _place(rang: int) -> dict[str, object]:
    jour, tour = PREMIER + timedelta(rang % MOIS), rang // MOIS
    heure = f"{8 + tour % 10:02}:{tour // 10 * 3 % 60:02}"
    return {"lieu": LIEU, "avec": f"agent {tour % 20}", "date": jour.isoformat(), "heure": heure, "duree": 30}


def _une_vue(coffre: Coffre, nom: str, jours: int) -> Mesure:
    au = PREMIER + timedelta(jours - 1)
    montrees = len(coffre.agenda.lignes(PREMIER, au, NORA))
    lu, nu = [], []
    for _ in range(TOURS):
        debut = perf_counter()
        coffre.agenda.lignes(PREMIER, au, NORA)
        milieu = perf_counter()
        _nu(coffre, au)
        lu.append((milieu - debut) * 1000)
        nu.append((perf_counter() - milieu) * 1000)
    valeur, reference = statistics.median(lu), statistics.median(nu)
    rapport = valeur / reference
    budget = f"agenda, {nom} : {montrees} lignes de {NOMBRE} rendez-vous"
    return Mesure(budget, valeur, "ms", reference, rapport, f"≤ {BUT:g} × le SQL nu", rapport <= BUT)


def _nu(coffre: Coffre, au: date) -> None:
    def champs(table: str, noms: tuple[str, ...]) -> str:
        return ", ".join(f"json_extract({table}.document, '$.{nom}')" for nom in noms)

    ou = (
        "{0}.etat = 'ouvert' AND json_extract({0}.document, '$.date') BETWEEN ? AND ? "
        "AND json_extract({0}.document, '$.lieu') = ?"
    )
    tenus = (
        f"SELECT r.id, r.rattache, r.discret, {champs('r', (*_DITS, *_AUTRES))}, d.titre, d.reference FROM dossier r "
        f"LEFT JOIN dossier d ON d.id = r.rattache WHERE r.genre = 'rendez_vous' AND {ou.format('r')}"
    )
    pris = (
        f"SELECT o.id, {champs('o', (*_DITS, 'garde_avec'))} FROM dossier o WHERE o.genre = 'occupation' "
        f"AND json_extract(o.document, '$.etat') = 'occupe' AND {ou.format('o')}"
    )
    with coffre._base.lecture() as connexion:
        curseur = connexion.connection.cursor()
        for requete in (tenus, pris):
            curseur.execute(requete, (PREMIER.isoformat(), au.isoformat(), LIEU)).fetchall()


if __name__ == "__main__":
    for une in mesurer():
        print(une)
