"""L'opération : deux suites d'octets, une chaîne, des champs qu'on rejoue."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET

from modele.dossier.operations import (
    DOSSIER,
    FORMAT,
    Chaine,
    ChampPose,
    Operation,
    appliquer,
    en_json,
    fautes_de_chaine,
    nouvelle_operation,
    rechainer,
    rejouer,
    retirer,
)
from modele.dossier.types import SCHEMA
from modele.droits import Auteur

MIDI = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=1)))
CHAINE = Chaine("metropole-exemple", "poste-1", "epoque-1")
NORA = Auteur("Nora", ("agent",))
EXEMPLE = Path(__file__).parent / "exemples" / "operations-format-1.jsonl"


def _suite(chaine: Chaine, *champs: dict[str, Any]) -> list[Operation]:
    operations = []
    for poses in champs:
        une = nouvelle_operation(
            chaine, "dossier-1", {chemin: ChampPose(apres=valeur) for chemin, valeur in poses.items()}, NORA, MIDI
        )
        chaine = chaine.apres(une)
        operations.append(une)
    return operations


def _anciennes() -> list[Operation]:
    lignes = [msgspec.json.decode(ligne, type=dict[str, bytes]) for ligne in EXEMPLE.read_bytes().splitlines()]
    return [Operation(ligne["octets"], ligne["sel"], ligne["contenu"]) for ligne in lignes]


def test_une_operation_d_avant_dit_son_agent_et_garde_ses_octets() -> None:
    """Ni genre ni rôle n'y étaient écrits : un dossier, un nom. Relue et récrite, elle ne change pas d'empreinte."""
    for ancienne in _anciennes():
        entete = ancienne.entete
        assert (entete.genre, entete.par) == (DOSSIER, Auteur("Nora Petit"))
        assert msgspec.json.encode(entete) == ancienne.octets


def test_un_autre_genre_et_les_roles_s_ecrivent() -> None:
    """Et passent dans une époque neuve avec elle ; un dossier et un auteur sans rôle n'en écrivent rien."""
    une = nouvelle_operation(CHAINE, "rv-1", {}, NORA, MIDI, "rendez_vous")
    ecrit = msgspec.json.decode(une.octets)
    assert (ecrit["genre"], ecrit["auteur"]) == ("rendez_vous", {"nom": "Nora", "roles": ["agent"]})
    passee = rechainer(Chaine("metropole-exemple", "poste-1", "epoque-2"), une).entete
    assert (passee.genre, passee.par) == ("rendez_vous", NORA)
    sobre = msgspec.json.decode(nouvelle_operation(CHAINE, "d", {}, Auteur("Nora"), MIDI).octets)
    assert "genre" not in sobre
    assert "agent" not in sobre
    assert sobre["auteur"] == {"nom": "Nora"}


def test_ce_que_dit_l_en_tete() -> None:
    """Qui, quand (UTC et décalage), quel dossier, quel rang, quel format."""
    premiere, seconde = _suite(CHAINE, {"a": 1}, {"a": 2})
    entete = seconde.entete
    assert (entete.territoire, entete.poste, entete.epoque, entete.rang) == (
        "metropole-exemple",
        "poste-1",
        "epoque-1",
        2,
    )
    assert (entete.genre, entete.dossier, entete.par, entete.schema, entete.format) == (
        DOSSIER,
        "dossier-1",
        NORA,
        SCHEMA,
        FORMAT,
    )
    assert (entete.fait_le.utc, entete.fait_le.decalage) == (datetime(2026, 11, 22, 11, tzinfo=UTC), 60)
    assert premiere.entete.precedente is None
    assert entete.precedente == premiere.empreinte.hex()
    assert entete.id > premiere.entete.id


def test_le_contenu_n_est_dans_l_en_tete_que_par_son_empreinte() -> None:
    """Deux fois les mêmes champs : deux empreintes, grâce au sel ; purgé, l'en-tête reste fidèle."""
    une, autre = _suite(CHAINE, {"a": "secret"}), _suite(CHAINE, {"a": "secret"})
    assert b"secret" not in une[0].octets
    assert une[0].entete.contenu != autre[0].entete.contenu
    assert Operation(une[0].octets, None, None).fidele()
    assert Operation(une[0].octets, None, None).champs == {}
    assert not Operation(une[0].octets, None, une[0].contenu).fidele()
    assert not Operation(une[0].octets, une[0].sel, None).fidele()
    assert not Operation(une[0].octets, une[0].sel, autre[0].contenu + b" ").fidele()  # type: ignore[operator]


def test_un_instant_sans_fuseau_se_refuse() -> None:
    """Il ne se compare à rien : c'est une faute de programme."""
    with pytest.raises(AssertionError):
        nouvelle_operation(CHAINE, "d", {}, NORA, datetime(2026, 1, 1))


def test_l_epoque_suivie_ne_se_dit_qu_au_premier_rang() -> None:
    """Une époque neuve cite l'ancienne une fois ; une époque qui n'en suit pas n'en dit rien."""
    premiere, seconde = _suite(Chaine("t", "p", "neuve", suite_de="ancienne"), {"a": 1}, {"a": 2})
    assert (premiere.entete.suite_de, seconde.entete.suite_de) == ("ancienne", None)
    assert b"suite_de" not in _suite(CHAINE, {"a": 1})[0].octets


def test_rechainer() -> None:
    """Même identifiant, même contenu, même auteur, même heure ; époque, rang et précédente neufs."""
    _, *restent = _suite(CHAINE, {"a": 1}, {"a": 2}, {"a": 3})
    chaine = Chaine(CHAINE.territoire, CHAINE.poste, "epoque-2", suite_de="epoque-1")
    rechainees = []
    for operation in restent:
        rechainees.append(rechainer(chaine, operation))
        chaine = chaine.apres(rechainees[-1])
    assert [une.entete.rang for une in rechainees] == [1, 2]
    assert [une.entete.suite_de for une in rechainees] == ["epoque-1", None]
    assert list(fautes_de_chaine(rechainees)) == []
    for avant, apres in zip(restent, rechainees, strict=True):
        assert (avant.entete.id, avant.entete.par, avant.entete.fait_le) == (
            apres.entete.id,
            apres.entete.par,
            apres.entete.fait_le,
        )
        assert (avant.sel, avant.contenu, apres.fidele()) == (apres.sel, apres.contenu, True)


def test_une_ancienne_operation_se_rechaine_sans_changer_de_format() -> None:
    """Ses champs se lisent toujours comme ils ont été écrits."""
    (rechainee, *_) = (rechainer(CHAINE, une) for une in _anciennes())
    assert rechainee.entete.format == 1
    assert b"format" not in rechainee.octets


def test_les_octets_du_premier_format_ne_bougent_pas() -> None:
    """Lus et réécrits, les en-têtes et les contenus publiés redonnent les mêmes octets ; leur chaîne se vérifie."""
    anciennes = _anciennes()
    assert list(fautes_de_chaine(anciennes)) == []
    for une in anciennes:
        assert (une.entete.format, une.entete.suite_de) == (1, None)
        assert msgspec.json.encode(une.entete) == une.octets
        assert msgspec.json.encode(une.champs) == une.contenu
    assert rejouer(anciennes)["demandeur"]["nom"] == "El Fatihi"


@pytest.mark.parametrize(
    ("changer", "fautes"),
    [
        (lambda o: o, []),
        (lambda o: [o[0], o[2]], ["rang 2 : l'opération manque"]),
        (lambda o: [*o[:2], Operation(o[2].octets, o[2].sel, b"{}")], ["rang 3 : le contenu a changé"]),
        (lambda o: [*o[:2], Operation(o[2].octets, None, None)], []),
        (
            lambda o: [Operation(o[0].octets.replace(b"Nora", b"Zora"), o[0].sel, o[0].contenu), *o[1:]],
            ["rang 2 : l'opération ne suit pas la précédente"],
        ),
    ],
)
def test_fautes_de_chaine(changer: Any, fautes: list[str]) -> None:
    """Une opération retirée, changée ou purgée : la chaîne dit laquelle, au rang."""
    assert list(fautes_de_chaine(changer(_suite(CHAINE, {"a": 1}, {"a": 2}, {"a": 3})))) == fautes


def test_les_champs_se_relisent_exacts() -> None:
    """Décimaux, absences et opérations citées."""
    champs = {"a": ChampPose("vu", UNSET, Decimal("12.30"), ("x", "y")), "b": ChampPose(avant=None)}
    lus = nouvelle_operation(CHAINE, "d", champs, NORA, MIDI).champs
    assert lus == champs
    assert str(lus["a"].apres) == "12.30"
    assert lus["b"].avant is None
    assert lus["b"].apres is UNSET


def test_un_nombre_demesure_ne_se_lit_pas() -> None:
    """Il tuerait l'écran qui voudrait l'écrire."""
    (une,) = _suite(CHAINE, {"a": 1})
    with pytest.raises(msgspec.DecodeError, match="démesuré"):
        _ = Operation(une.octets, une.sel, b'{"a":{"apres":1e999999}}').champs


def test_rejouer() -> None:
    """Dans leur ordre, sur le document qu'on donne ; il n'est pas touché."""
    depart = {"a": {"x": 1}}
    assert rejouer(_suite(CHAINE, {"a.y": 2}, {"a.y": 3}), depart) == {"a": {"x": 1, "y": 3}}
    assert depart == {"a": {"x": 1}}
    assert rejouer([]) == {}


@pytest.mark.parametrize(
    ("document", "chemin", "reste"),
    [
        ({"a": {"b": {"c": 1}}, "d": 1}, "a.b.c", {"d": 1}),
        ({"a": {"b": 1, "c": 2}}, "a.b", {"a": {"c": 2}}),
        ({"l": {"elements": {"e": {"nom": 1}}}}, "l.elements.e.nom", {"l": {"elements": {"e": {}}}}),
        ({"l": {"elements": {"e": {"x": {"y": 1}}}}}, "l.elements.e.x.y", {"l": {"elements": {"e": {}}}}),
        ({"l": {"elements": {"e": {}}}}, "l.elements.e", {"l": {"elements": {}}}),
        ({"a": 1}, "a.b", {"a": 1}),
        ({"a": {}}, "a.b", {"a": {}}),
        ({}, "a", {}),
    ],
)
def test_retirer(document: dict[str, Any], chemin: str, reste: dict[str, Any]) -> None:
    """Avec les tables qu'il laisse vides, sauf un élément et sa liste ; ce qui n'y est pas ne change rien."""
    assert retirer(document, chemin) == reste


def test_appliquer_pose_et_retire() -> None:
    """Une opération pose des champs et en retire d'autres."""
    assert appliquer({"a": {"x": 1}}, {"a.x": ChampPose(avant=1), "b": ChampPose(apres=2)}) == {"b": 2}


def test_en_json() -> None:
    """Ce qui sera relu : dates en ISO, décimaux exacts."""
    assert en_json({"d": date(1984, 3, 12), "m": Decimal("512.30")}) == {"d": "1984-03-12", "m": Decimal("512.30")}
