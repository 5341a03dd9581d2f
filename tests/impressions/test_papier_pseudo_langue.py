"""Une langue jouet, tout en majuscules, redit chaque mot : ce qui reste en minuscules serait resté en français.

C'est ce que fait qui ajoute une langue : un texte par fiche, ses mots, ses surcouches. Aucun Python.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lecture_pdf import texte
from outils_sources import sources_avec

from impressions.depuis_bilan import donnees
from impressions.document import composer
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.mots import phrases
from modele.orientation.regles import RegleOrientation
from ressources import RESSOURCES

sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "ecrans"))
from dossiers_ecran import heberge

LANGUE, ICI = "ka", "metropole-exemple"
ENTETE = {"format": 1, "source": "langue jouet", "verifie_le": date(2026, 11, 29), "etat": "redigee"}
LISTES = ("gestes", "a_dire", "a_eviter")
ECHEANCES = (("echeances", "libelle"), ("echeances_ensuite", "ensuite"), ("echeances_apres", "apres"))
GABARIT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{[^}]*\})")
DITS_TELS_QUELS = {
    "traduction",
    "non",
    "relue",
    "métropole",
    "exemple",
    "zoé",
    "inès",
    "démo",
    "logement",
    "système",
    "fictif",
}
"""La mention de relecture, dite aussi en français ; les noms propres de la personne et du territoire."""


def crier(phrase: str) -> str:
    return "".join(bout if GABARIT.fullmatch(bout) else bout.upper() for bout in GABARIT.split(phrase))


def ecrire(chemin: Path, tables: Mapping[str, Any]) -> None:
    chemin.write_text(_toml(tables, ()), encoding="utf-8")


def _toml(table: Mapping[str, Any], sous: tuple[str, ...]) -> str:
    plats = {cle: un for cle, un in table.items() if not isinstance(un, Mapping)}
    corps = "".join(f"{json.dumps(cle)} = {_valeur(un)}\n" for cle, un in plats.items())
    titre = f"[{'.'.join(map(json.dumps, sous))}]\n" if sous and corps else ""
    dessous = (_toml(un, (*sous, cle)) for cle, un in table.items() if isinstance(un, Mapping))
    return titre + corps + "".join(dessous)


def _valeur(valeur: Any) -> str:
    return valeur.isoformat() if isinstance(valeur, date) else json.dumps(valeur, ensure_ascii=False)


def redire(regles: Regles, langues: Path) -> None:
    """Une surcouche de chaque sorte, et les mots : tout ce qu'une langue peut redire."""
    phrases_fr = tomllib.loads((langues / "fr" / "mots.toml").read_text(encoding="utf-8"))
    (langues / LANGUE).mkdir()
    criees = {s: {c: crier(p) for c, p in t.items()} for s, t in phrases_fr.items()}
    ecrire(langues / LANGUE / "mots.toml", {"etat": "redigee"} | criees)
    codes = {n: {c: crier(u.libelle) for c, u in li.codes.items()} for n, li in regles.national.nomenclatures.items()}
    faits = {fait.nom: crier(fait.definition) for fait in regles.national.catalogue.values() if fait.definition}
    questions = {
        section.id: {une.id: _redits(une, "dire", "officiel") for une in section.questions}
        for section in regles.questionnaire.sections
        if section.id != "local"
    }
    pieces = {piece.id: _redits(piece, "libelle", "note") for piece in regles.pieces}
    voies = {
        voie.id: _redits(voie, "libelle", "libelle_discret")
        | {cle: [crier(un) for un in getattr(voie, cle)] for cle in LISTES if getattr(voie, cle)}
        | {cle: dites for cle, champ in ECHEANCES if (dites := _echeances(voie, champ))}
        for voie in regles.orientations
    }
    surcouches = {"nomenclatures": codes, "questionnaire": questions, "pieces": pieces, "orientations": voies}
    for nom, tables in {**surcouches, "faits": {"definitions": faits}}.items():
        ecrire(langues / LANGUE / f"{nom}.toml", ENTETE | tables)


def _echeances(voie: RegleOrientation, champ: str) -> dict[str, str]:
    return {une.id: crier(getattr(une, champ)) for une in voie.echeances if getattr(une, champ)}


def _redits(quoi: Any, *champs: str) -> dict[str, Any]:
    return {champ: crier(getattr(quoi, champ)) for champ in champs if getattr(quoi, champ)}


def traduire(fiche: Path) -> None:
    """Le texte de la fiche, et sa table : les deux seuls fichiers d'une fiche à toucher."""
    texte = (fiche / "fr.md").read_text(encoding="utf-8")
    francais = re.sub(r"\{%.*?%\}", lambda une: " ".join(une[0].split()), texte, flags=re.DOTALL).splitlines()
    (fiche / f"{LANGUE}.md").write_text("\n".join(_lignes(francais)), encoding="utf-8")
    declaration = (fiche / "fiche.toml").read_text(encoding="utf-8")
    declaration, _, table = declaration.partition("[langues.fr]\n")
    table = table.partition("\n[")[0].replace('"redigee"', '"relue"\nrelu_par = "Ana Martin"\nrelu_le = 2026-11-29')
    for autre in {*fiche.glob("*.md")} - {fiche / "fr.md", fiche / f"{LANGUE}.md"}:
        autre.unlink()
    (fiche / "fiche.toml").write_text(
        f"{declaration}[langues.fr]\n{table}\n\n[langues.{LANGUE}]\n{crier_valeurs(table)}", encoding="utf-8"
    )


def crier_valeurs(table: str) -> str:
    return re.sub(r'^(titre_neutre = )(".*")$', lambda m: m[1] + crier(m[2]), table, flags=re.MULTILINE)


def _lignes(francais: list[str]) -> Iterator[str]:
    bloc = ""
    for ligne in francais:
        if ligne.startswith(("```", "~~~")):
            bloc = "" if bloc else ligne if ligne.startswith("```") else ""
            yield ligne
        elif cle := re.match(r"(titre|sous_titre|pied) = ", ligne):
            yield cle[0] + crier(ligne[cle.end() :])
        elif ligne.startswith("lire_a_voix_haute"):
            yield ligne
        elif "contacts" in bloc:
            numero, *dits = ligne.split("|")
            yield "|".join([numero, *map(crier, dits)])
        elif "reponses" in bloc or "formulaire" in bloc:
            chemin, _, reste = ligne.partition(":")
            libelle, barre, unite = reste.partition("|")
            yield f"{chemin}:{crier(libelle)}{barre}{unite}" if reste else ligne
        else:
            yield crier(ligne)


@pytest.fixture(scope="module")
def bilan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bilan]:
    """Le bilan d'un dossier d'exemple, sur une copie de Perron qui parle la langue jouet."""
    copie = tmp_path_factory.mktemp("pseudo")
    fiches, langues = copie / "fiches", copie / "langues"
    shutil.copytree(RESSOURCES / "fiches", fiches)
    shutil.copytree(RESSOURCES / "langues" / "fr", langues / "fr")
    redire(charger_regles(ICI), langues)
    for fiche in filter(Path.is_dir, fiches.iterdir()):
        traduire(fiche)
    regles = charger_regles(ICI, sources_avec(copie, fiches=fiches, langues=langues))
    with pytest.MonkeyPatch.context() as ailleurs:
        ailleurs.setattr(phrases, "LANGUES", langues)
        phrases.mots.cache_clear()
        yield etablir(regles, heberge(), date(2026, 11, 23))
    phrases.mots.cache_clear()


@pytest.mark.parametrize("fiche", ["115", "neutre", "resume"])
def test_il_ne_reste_aucun_mot_francais(bilan: Bilan, fiche: str) -> None:
    pdf = composer(fiche, donnees(bilan, LANGUE), LANGUE)
    mots = re.findall(r"[A-Za-zÀ-ÿ]{3,}", texte(pdf))
    assert len(mots) > 40
    assert {mot.lower() for mot in mots if re.search("[a-zß-ÿ]{2}", mot)} - DITS_TELS_QUELS == set()


def test_le_meme_papier_en_francais_n_a_pas_change(bilan: Bilan) -> None:
    """Une langue de plus ne touche pas aux autres."""
    avant = donnees(etablir(charger_regles(ICI), heberge(), date(2026, 11, 23)))
    assert texte(composer("resume", donnees(bilan), "fr")) == texte(composer("resume", avant, "fr"))
