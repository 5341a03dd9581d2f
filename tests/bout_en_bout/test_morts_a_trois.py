"""Un poste, le registre ou sa base, tués à n'importe quel instant : rien n'est perdu, rien n'est doublé, tous égaux."""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from juge_a_trois import Tenu, juger, tenu_par
from poste_tue import TERRITOIRE, coffre_ouvert
from scene_a_trois import Scene, scene
from sqlalchemy import Engine, text

from modele.protection.mots import SEPARES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="les enfants de PostgreSQL se lisent dans /proc")
QUELQUES, CAMPAGNE = 4, 50
_PANNES_ATTENDUES = (
    "Le registre ne répond pas à",
    "La connexion au registre s'est coupée",
    "La base du registre ne répond pas",
    "La base du registre est très occupée",
    "Trop de requêtes",
)
_REFUS_ATTENDUS = (
    "Cette différence a déjà été départagée",
    "Ce dossier a été fondu dans un autre",
    SEPARES,
)


@dataclass(frozen=True, slots=True)
class Jugee:
    """Une scène finie : la base du registre ouverte, et ce que chaque poste tient."""

    moteur: Engine
    tenus: list[Tenu]
    scene: Scene


@contextmanager
def jugee(manches: int, *, a_part: bool = False) -> Iterator[Jugee]:
    """Joue des manches, vide les postes, ouvre tout ce qui se juge."""
    graine = os.environ.get("PERRON_GRAINE") or str(random.SystemRandom().randrange(10**9))
    print(f"PERRON_GRAINE={graine}")
    with scene(graine, a_part=a_part) as jouee:
        jouee.jouer(manches)
        print(f"vidés en {jouee.vider()} tours")
        tenus = []
        for poste in jouee.postes:
            with coffre_ouvert(poste.coffre) as coffre:
                tenus.append(tenu_par(coffre, poste.notees()))
        with jouee.base_relue() as moteur:
            yield Jugee(moteur, tenus, jouee)


@pytest.fixture(scope="module")
def quelques() -> Iterator[Jugee]:
    """Quelques morts, jugées ensemble, puis falsifiées."""
    with jugee(QUELQUES) as finie:
        yield finie


def _fautes(finie: Jugee, tenus: Sequence[Tenu]) -> list[str]:
    with finie.moteur.connect() as connexion:
        return juger(connexion, TERRITOIRE, tenus)


def _exiger_sain(finie: Jugee) -> None:
    assert _fautes(finie, finie.tenus) == []
    assert finie.scene.fautes_du_registre() == []
    for poste in finie.scene.postes:
        pannes = {fait["panne"] for lequel in ("tour", "enrolement") for fait in poste.faits(lequel)}
        assert [une for une in pannes if une and not une.startswith(_PANNES_ATTENDUES)] == []
        refus = {fait["phrase"] for fait in poste.faits("refus")}
        assert [une for une in refus if not une.startswith(_REFUS_ATTENDUS)] == []
        assert poste.erreurs.read_text(encoding="utf-8") == ""


def _chiffres(finie: Jugee) -> str:
    """Ce que l'épreuve a réellement éprouvé."""
    with finie.moteur.connect() as connexion:
        lignes = connexion.execute(text("SELECT id, issue, recue_le FROM operation")).all()
    recues = {ligne.id: ligne.recue_le.timestamp() for ligne in lignes}
    issues = Counter(str(bytes(ligne.issue)).partition('"issue":"')[2].partition('"')[0] for ligne in lignes)
    prets = [fait for poste in finie.scene.postes for fait in poste.faits("pret")]
    sans_recu = {une: float(fait["a"]) for fait in prets for une in fait["sans_recu"]}
    deja_prises = [une for une, quand in sans_recu.items() if recues[une] < quand]
    bilan = finie.scene.bilan
    return (
        f"{bilan.manches} manches, morts : {dict(bilan.morts)} ; démarrages refusés : {bilan.demarrages_refuses}\n"
        f"{sum(len(set(tenu.notees)) for tenu in finie.tenus)} opérations notées à côté, "
        f"{sum(len(tenu.nees) for tenu in finie.tenus)} dans les coffres, {len(lignes)} au registre ({dict(issues)})\n"
        f"{len(prets)} vies de postes ; parties sans reçu à leur mort : {len(sans_recu)}, "
        f"dont déjà prises par le registre : {len(deja_prises)}\n"
        f"{len(finie.tenus[0].versions)} dossiers, {len(finie.tenus[0].divergences)} divergences ouvertes"
    )


def test_quelques_morts_a_trois(quelques: Jugee) -> None:
    """Quelques SIGKILL au hasard, à chaque passage d'autres instants (la graine se lit et se rejoue)."""
    print(_chiffres(quelques))
    _exiger_sain(quelques)
    assert quelques.scene.bilan.manches == QUELQUES
    assert all(tenu.notees for tenu in quelques.tenus)


@pytest.mark.campagne
@pytest.mark.parametrize("a_part", [False, True], ids=["base embarquée", "base à part"])
def test_cinquante_morts_a_trois(a_part: bool) -> None:
    """Cinquante fois, avec la base que le registre mène, puis avec une base qui redémarre sous lui."""
    with jugee(CAMPAGNE, a_part=a_part) as finie:
        print(_chiffres(finie))
        _exiger_sain(finie)


# Le juge : chaque falsification doit se voir

_DERNIERE = "(SELECT id FROM operation WHERE sequence > 0 ORDER BY sequence DESC LIMIT 1)"
_SON_DOSSIER = f"(SELECT dossier FROM operation WHERE id = {_DERNIERE})"
_FALSIFICATIONS = {
    "opération effacée": (f"DELETE FROM operation WHERE id = {_DERNIERE}", "perdue : "),
    "opération en double": (
        "ALTER TABLE operation DROP CONSTRAINT operation_pkey, DROP CONSTRAINT operation_chaine;"
        f"INSERT INTO operation SELECT * FROM operation WHERE id = {_DERNIERE}",
        "doublée 2 fois : ",
    ),
    "opération appliquée deux fois": (
        f"UPDATE dossier SET version = version + 1 WHERE id = {_SON_DOSSIER}",
        "le dossier ",
    ),
    "état d'avant": (
        "UPDATE dossier SET etat = (SELECT autre.etat FROM dossier autre"
        " WHERE autre.id <> dossier.id AND autre.etat IS NOT NULL LIMIT 1)"
        " WHERE id = (SELECT id FROM dossier WHERE etat IS NOT NULL LIMIT 1)",
        "n'est pas ce que ses opérations en font",
    ),
    "rang sauté": (f"UPDATE operation SET rang = rang + 1 WHERE id = {_DERNIERE}", "rangs de l'époque"),
    "tête en retard": ("UPDATE chaine SET rang = rang - 1", "tête de l'époque"),
    "reçu récrit": (
        "UPDATE operation SET issue = convert_to(replace(convert_from(issue, 'UTF8'), 'version\":', 'version\":9'),"
        f" 'UTF8') WHERE id = {_DERNIERE}",
        "le reçu de ",
    ),
    "en-tête récrit": (
        f"UPDATE operation SET entete = convert_to(replace(convert_from(entete, 'UTF8'), 'Ana', 'Eva'), 'UTF8')"
        f" WHERE id = {_DERNIERE}",
        "signature fausse",
    ),
    "contenu récrit": (f"UPDATE operation SET contenu = contenu || ' ' WHERE id = {_DERNIERE}", "contenu changé"),
    "séquence redonnée": (f"UPDATE operation SET sequence = sequence - 1 WHERE id = {_DERNIERE}", "séquence "),
    "dossier sorti d'un poste": (
        "DELETE FROM perimetre WHERE poste = (SELECT min(poste) FROM perimetre)",
        "empreintes",
    ),
    "réémission oubliée": (
        f"UPDATE perimetre SET sequence = 0 WHERE dossier = {_SON_DOSSIER}",
        "sans que le poste l'apprenne",
    ),
    "index oublié": ("DELETE FROM personne", "l'index des personnes"),
}


@pytest.mark.parametrize(("falsification", "attendue"), _FALSIFICATIONS.values(), ids=_FALSIFICATIONS)
def test_le_juge_voit_une_base_falsifiee(quelques: Jugee, falsification: str, attendue: str) -> None:
    """Une opération perdue, doublée ou récrite dans la vraie base se voit ; la base est remise ensuite."""
    with quelques.moteur.connect() as connexion, connexion.begin() as transaction:
        for requete in falsification.split(";"):
            assert connexion.exec_driver_sql(requete).rowcount != 0
        fautes = juger(connexion, TERRITOIRE, quelques.tenus)
        transaction.rollback()
    assert [faute for faute in fautes if attendue in faute], fautes


_PERDUE = "01980000-0000-7000-8000-000000000000"
_AUTRES_COFFRES: dict[str, tuple[Callable[[Tenu], Tenu], str]] = {
    "notée, nulle part ailleurs": (lambda tenu: replace(tenu, notees=[*tenu.notees, _PERDUE]), f"perdue : {_PERDUE}"),
    "perdue par le coffre": (
        lambda tenu: replace(tenu, nees={une: tenu.nees[une] for une in tenu.nees if une != tenu.notees[0]}),
        "perdue par le coffre",
    ),
    "boîte d'envoi pleine": (lambda tenu: replace(tenu, attente=1), "attendent encore"),
    "document différent": (lambda tenu: replace(tenu, documents={}), "documents différents"),
    "divergence oubliée": (
        lambda tenu: replace(tenu, divergences=tenu.divergences ^ {("d", "u")}),
        "divergences différentes",
    ),
    "version en retard": (
        lambda tenu: replace(tenu, versions={un: v - 1 for un, v in tenu.versions.items()}),
        "empreintes différentes",
    ),
    "reçu perdu": (lambda tenu: replace(tenu, recus={}), "reçu tenu None"),
    "quarantaine imprévue": (lambda tenu: replace(tenu, quarantaine={_PERDUE: "schema"}), "quarantaine"),
}


@pytest.mark.parametrize(("falsifier", "attendue"), _AUTRES_COFFRES.values(), ids=_AUTRES_COFFRES)
def test_le_juge_voit_un_coffre_falsifie(quelques: Jugee, falsifier: Callable[[Tenu], Tenu], attendue: str) -> None:
    """Une note sans opération, une boîte pleine, un document qui n'est pas celui du registre se voient."""
    un, autre = quelques.tenus
    assert [faute for faute in _fautes(quelques, [falsifier(un), autre]) if attendue in faute]
