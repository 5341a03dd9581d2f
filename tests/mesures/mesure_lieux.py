"""L'annuaire de 2 000 lieux, en mémoire, contre le SQL nu des mêmes lignes (FTS5 pour les mots) : au plus le double.

Deux sortes : la première recherche d'une commune à une minute, contre un SQL qui calcule lui aussi distances et
ouvertures ; puis chaque frappe, contre un SQL à qui tout est donné d'avance, trié par un index.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Final

from mesure import Mesure, mediane

from modele.chargement import charger_regles
from modele.lieux.heures_ecrites import lire_heures
from modele.lieux.modele import Lieu
from modele.territoire.annuaire import Annuaire, Trouve, Voulu
from modele.territoire.communes import nu
from modele.territoire.coordonnees import Point, distance_km

NOMBRE: Final = 2000
TOURS: Final = 60
PAGE: Final = 200
DEPART: Final = "63113"
LUNDI: Final = datetime(2026, 11, 30, 10, 0)
_HEURES: Final = (
    ["lundi-vendredi 09:00-12:00 13:30-17:00"], ["mardi,jeudi 09:00-16:00"], ["mercredi 14:00-17:00"], [],
    ["lundi-samedi 08:30-19:00"],
)  # fmt: skip
_GENRES: Final = ("CCAS", "Mairie", "Maison de solidarité", "Association", "Centre social", "Espace France services")
_RUES: Final = ("rue du Marché", "place de l'Église", "avenue de la Gare", "chemin des Écoles", "quai des Bateliers")
_SCHEMA: Final = """
create table lieu (rang integer primary key, id, nom, genre, adresse, commune, telephone, ouvert integer, km real);
create index par_distance on lieu (ouvert, km, nom, id);
create virtual table mots using fts5 (tout, content='', prefix='2 3');
create table plage (rang integer, jour integer, de integer, a integer);
create index plage_du_lieu on plage (rang, jour);
create table place (commune text primary key, latitude real, longitude real);
create table besoin (rang integer, besoin, primary key (besoin, rang)) without rowid;
"""


def annuaire() -> Annuaire:
    """Deux mille lieux tirés au sort dans les communes de France, autour de Clermont-Ferrand."""
    hasard, regles = random.Random(5), charger_regles("clermont-auvergne-metropole")
    pays = regles.national.pays
    codes = [code for code in pays.coordonnees.points if code.startswith(("63", "03", "15", "43", "23", "42"))]
    besoins, heures = list(regles.national.accueil.besoins), [lire_heures(un, (), "ferme") for un in _HEURES]
    lieux = []
    for rang in range(NOMBRE):
        code, genre = hasard.choice(codes), hasard.choice(_GENRES)
        lieux.append(
            Lieu(
                f"lieu-{rang}", f"{genre} de {pays.france.communes[code].nom}", genre,
                f"{hasard.randint(1, 90)}, {hasard.choice(_RUES)}", code, "05 36 49 00 00",
                heures=hasard.choice(heures), besoins=tuple(hasard.sample(besoins, 2)), fictif=True,
            )
        )  # fmt: skip
    return replace(regles, territoire=replace(regles.territoire, lieux=tuple(lieux))).annuaire


def en_sql(ici: Annuaire) -> sqlite3.Connection:
    """Les mêmes lignes dans SQLite, distance et ouverture déjà calculées ; et de quoi les calculer."""
    base = sqlite3.connect(":memory:")
    base.executescript(_SCHEMA)
    depart = ici.places[DEPART] if DEPART in ici.places else ici.situer(DEPART)
    assert depart is not None
    etats = {un.lieu.id: un.ouvert for un in ici.chercher(Voulu(LUNDI, DEPART))}
    for rang, un in enumerate(ici.lieux):
        km = distance_km(depart, ici.places[un.commune])
        ligne = (rang, un.id, un.nom, un.genre, un.adresse, un.commune, un.telephone, int(etats[un.id]), km)
        base.execute("insert into lieu values (?, ?, ?, ?, ?, ?, ?, ?, ?)", ligne)
        mots = " ".join(ici.mots_de(un))
        base.execute("insert into mots (rowid, tout) values (?, ?)", (rang, mots))
        plages = [(rang, jour, *une) for jour, plages in enumerate(un.heures.semaine) for une in plages]
        base.executemany("insert into plage values (?, ?, ?, ?)", plages)
        base.executemany("insert into besoin values (?, ?)", [(rang, besoin) for besoin in un.besoins])
    base.executemany("insert into place values (?, ?, ?)", [(code, *point) for code, point in ici.places.items()])
    base.create_function("km", 2, lambda la, lo: distance_km(depart, Point(la, lo)), deterministic=True)
    return base


_LIGNES: Final = "select lieu.* from lieu"
_ORDRE: Final = f"order by ouvert, km, nom, id limit {PAGE}"
_PAR_MOTS: Final = f"{_LIGNES} join mots on mots.rowid = lieu.rang where mots match ? {_ORDRE}"
_PAR_BESOIN: Final = f"{_LIGNES} join besoin using (rang) where besoin = ? {_ORDRE}"


_A_CALCULER: Final = f"""
with loin as materialized (select commune, km(latitude, longitude) as a from place)
select lieu.*, loin.a, case
    when exists (select 1 from plage where plage.rang = lieu.rang and jour = ? and ? >= de and ? < plage.a) then 0
    when exists (select 1 from plage where plage.rang = lieu.rang) then 2 else 1 end as etat
from lieu join loin using (commune) order by etat, loin.a, nom, id limit {PAGE}
"""


def mesurer() -> list[Mesure]:
    """Tout, par mots, par besoin : la médiane de chaque, et celle du SQL nu."""
    ici = annuaire()
    base = en_sql(ici)
    _verifier(ici, base)
    minutes = LUNDI.hour * 60 + LUNDI.minute
    departs = cycle(sorted(ici.places))

    def premiere() -> list[Trouve]:
        return ici.chercher(Voulu(LUNDI, next(departs)))[:PAGE]

    return [
        _mesure(
            "première recherche d'une commune",
            premiere,
            lambda: base.execute(_A_CALCULER, (LUNDI.weekday(), minutes, minutes)).fetchall(),
        ),
        _mesure(
            "tout, ouverts et proches d'abord",
            lambda: ici.chercher(Voulu(LUNDI, DEPART))[:PAGE],
            lambda: base.execute(f"{_LIGNES} {_ORDRE}").fetchall(),
        ),
        _mesure(
            "par mots, « mai mar »",
            lambda: ici.chercher(Voulu(LUNDI, DEPART, mots="mai mar"))[:PAGE],
            lambda: base.execute(_PAR_MOTS, ('"mai"* "mar"*',)).fetchall(),
        ),
        _mesure(
            "par besoin",
            lambda: ici.chercher(Voulu(LUNDI, DEPART, besoin="droits"))[:PAGE],
            lambda: base.execute(_PAR_BESOIN, ("droits",)).fetchall(),
        ),
    ]


def _verifier(ici: Annuaire, base: sqlite3.Connection) -> None:
    """Les deux rendent les mêmes lignes dans le même ordre : sinon, la comparaison ne vaut rien."""
    minutes = LUNDI.hour * 60 + LUNDI.minute
    calcules = [ligne[1] for ligne in base.execute(_A_CALCULER, (LUNDI.weekday(), minutes, minutes))]
    if calcules != [un.lieu.id for un in ici.chercher(Voulu(LUNDI, DEPART))[:PAGE]]:
        raise AssertionError("l'annuaire et le SQL qui calcule ne rendent pas les mêmes lieux")
    for mots in ("mai mar", "ccas", "gare"):
        trouves = [un.lieu.id for un in ici.chercher(Voulu(LUNDI, DEPART, mots=mots))[:PAGE]]
        lus = base.execute(_PAR_MOTS, (" ".join(f'"{mot}"*' for mot in nu(mots).split()),))
        if trouves != [ligne[1] for ligne in lus]:
            raise AssertionError(f"« {mots} » : l'annuaire et le SQL ne rendent pas les mêmes lieux")


def _mesure(nom: str, ici: Callable[[], object], sql: Callable[[], object]) -> Mesure:
    duree, reference = mediane(ici, TOURS), mediane(sql, TOURS)
    rapport = duree / reference
    return Mesure(
        f"annuaire de {NOMBRE} lieux, {nom}", duree, "ms", reference, rapport, "≤ 2 × le SQL nu", rapport <= 2
    )


if __name__ == "__main__":
    for mesure in mesurer():
        print(mesure)
