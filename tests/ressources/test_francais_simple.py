"""Le français simple : entier, court, sans sigle nu, et qui ne prétend à rien.

D'après les règles européennes « Information pour tous ». Personne de concerné ne l'a relu : il n'en porte ni le logo ni
le nom, et chaque page le dit. Ce que rien ici ne mesure (un mot difficile, une phrase obscure) attend ces personnes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from modele.chargement import Regles, charger_regles
from modele.chargement.manques import manques
from modele.fiches.mesure import mesurer
from modele.fiches.segments import decouper
from modele.fiches.texte import Texte
from modele.mots import permis as module_permis
from modele.mots.permis import permis
from modele.mots.phrases import LANGUES, mots
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.langues import FRANCAIS, langue, langues
from ressources import RESSOURCES

SIMPLE: Final = "fr-falc"
TERRITOIRES: Final = tuple(sorted(un.name for un in (RESSOURCES / "territoires").iterdir() if un.is_dir()))
SURETE: Final = ("115", "neutre", "violences")
MOTS_PAR_PHRASE: Final = 20
EN_MOYENNE: Final = 10
LONGUE: Final = 15
NOM_RESERVE: Final = re.compile(r"(?<!fr-)\bFALC\b|faciles? à lire|easy.to.read", re.IGNORECASE)
"""Le nom et le logo sont à qui a fait relire. « fr-falc », l'identifiant, ne s'imprime pas."""
_REFERENCE: Final = re.compile(r"\([^()]*(?:CCH|CPCE|CJA|CPC|CASF|\barticles? |\bloi \d|\bcode |[LR]\.)[^()]*\)")
_SIGLE: Final = re.compile(r"\b[A-Z]{3,}\b")
_CHIFFRE_ROMAIN: Final = re.compile(r"[IVX]+")
_CONNUS: Final = frozenset({"SMS", "HLM"})
"""Des sigles que tout le monde dit, et dont les mots n'aideraient personne."""


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def ordinaires() -> dict[str, Texte]:
    servies = regles().fiches.servies
    return {nom: une.editions[SIMPLE].texte for nom, une in servies.items() if SIMPLE in une.editions}


def a_traduire() -> set[str]:
    """Les fiches que lit la personne, hors celles de sûreté."""
    return {nom for nom, une in regles().fiches.servies.items() if not une.pour_un_service} - set(SURETE)


def dits(texte: Texte) -> list[str]:
    return [un.nu.replace("**", "") for un in decouper(texte) if un.a_traduire]


def phrases(dit: str) -> Iterator[str]:
    """Les phrases, sans les références de la loi : elles se montrent, elles ne se lisent pas."""
    yield from re.split(r"(?<=[.!?;:])\s+", _REFERENCE.sub(" ", dit))


def compter(phrase: str) -> int:
    return len(re.findall(r"[\w'’-]+", phrase))


def sigles_nus(texte: Texte) -> set[str]:
    """Les sigles de cette fiche que rien n'y explique : ni ses mots entre parenthèses, ni « est », ni « : »."""
    tout = " ".join(dits(texte))
    trouves = {un for un in _SIGLE.findall(tout) if not _CHIFFRE_ROMAIN.fullmatch(un)} - _CONNUS
    return {un for un in trouves if not re.search(rf"\b{un}(?: \([a-zé]| est | veut dire| : )|\({un}\)", tout)}


# Entier.


def test_les_vingt_fiches_ordinaires_y_sont_et_aucune_de_surete() -> None:
    assert set(ordinaires()) == a_traduire()
    assert len(ordinaires()) == 20


@pytest.mark.parametrize("fiche", sorted(a_traduire()))
def test_chaque_fiche_est_reecrite_sans_rien_perdre(fiche: str) -> None:
    mesure = mesurer(regles().fiches.servies[fiche], langue(SIMPLE), permis(SIMPLE))
    assert (mesure.etat, mesure.raison, mesure.non_traduits) == ("redigee", "", 0)
    assert mesure.rapport_longueur is not None
    assert 0.6 <= mesure.rapport_longueur <= 1.8


@pytest.mark.parametrize("territoire", TERRITOIRES)
def test_rien_ne_manque_aux_mots_que_ces_fiches_impriment(territoire: str) -> None:
    assert manques(regles(territoire), SIMPLE) == ()


def francais_qui_se_dit() -> set[str]:
    """Tout ce que le français dit sur un papier : chaque segment de fiche, chaque phrase des surcouches."""
    du_droit = {un.francais for nom in TERRITOIRES for un in manques(regles(nom), "xx-essai")}
    des_fiches = {un.nu for fiche in ordinaires() for un in decouper(_edition(fiche, FRANCAIS)) if un.a_traduire}
    return {un.casefold() for un in du_droit | des_fiches}


def _edition(fiche: str, dite: str) -> Texte:
    return regles().fiches.servies[fiche].editions[dite].texte


@pytest.fixture
def langue_vide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Une langue dont rien n'est écrit : tout y manque."""
    vide = replace(langues()["ka"], id="xx-essai")
    vraie = langue
    monkeypatch.setattr("modele.chargement.manques.langue_de", lambda nom: vide if nom == vide.id else vraie(nom))


@pytest.mark.usefixtures("langue_vide")
def test_ce_qui_est_declare_deja_simple_se_dit_encore() -> None:
    """Une déclaration restée seule, son français récrit, cacherait qu'il faut le juger de nouveau."""
    assert permis(SIMPLE) - francais_qui_se_dit() == set()


def test_ce_qui_est_redit_ne_redit_pas_le_francais() -> None:
    """Redit mot pour mot, il se déclare : une seule liste dit ce qui est déjà simple."""
    propres = mots(SIMPLE).propres
    pareils = {f"{s}.{c}" for s, t in propres.items() for c, un in t.items() if mots().tables.get(s, {}).get(c) == un}
    for nom in TERRITOIRES:
        dite, pleines = regles(nom).langues.get(SIMPLE), regles(nom)
        assert dite is not None
        pareils |= {un.id for un in pleines.pieces if dite.pieces.get(un.id, {}).get("libelle") == un.libelle}
        pareils |= {un.id for un in pleines.orientations if dite.voies.get(un.id, {}).get("libelle") == un.libelle}
        pareils |= {
            f"{liste}.{code}"
            for liste, codes in dite.codes.items()
            for code, dit in codes.items()
            if pleines.national.nomenclatures[liste].codes[code].libelle == dit
        }
    assert pareils == set()


def test_mutant_une_declaration_otee_manque(monkeypatch: pytest.MonkeyPatch) -> None:
    servie, autre = regles().fiches.servies["conge"], langue(SIMPLE)
    assert mesurer(servie, autre, permis(SIMPLE) - {"vos dates"}).non_traduits == 1
    monkeypatch.setattr("modele.chargement.manques.permis", lambda _: permis(SIMPLE) - {"monsieur"})
    assert [un.cle for un in manques(regles(), SIMPLE)] == ["civilite.monsieur"]


def test_mutant_un_francais_recrit_se_juge_de_nouveau() -> None:
    """Le français change : la phrase simple d'avant lui ressemble encore, et n'est plus déclarée."""
    servie = regles().fiches.servies["conge"]
    nouveau = "Nonobstant le préavis"
    editions = {
        nom: replace(une, texte=replace(une.texte, corps=une.texte.corps.replace("## Vos dates", f"## {nouveau}")))
        for nom, une in servie.editions.items()
    }
    assert mesurer(replace(servie, editions=editions), langue(SIMPLE), permis(SIMPLE)).non_traduits == 1


def test_une_phrase_declaree_deux_fois_se_dit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / SIMPLE).mkdir()
    entete = 'format = 1\nsource = "essai"\nverifie_le = 2026-11-30\n'
    texte = f'{entete}[[tel_quel]]\nraison = "x"\ntextes = ["Avant", "avant"]\n'
    (tmp_path / SIMPLE / "deja_simple.toml").write_text(texte, encoding="utf-8")
    monkeypatch.setattr(module_permis, "LANGUES", tmp_path)
    with pytest.raises(FichierFautif, match="« avant » est écrit deux fois"):
        permis.__wrapped__(SIMPLE)
    (tmp_path / SIMPLE / "deja_simple.toml").unlink()
    assert permis.__wrapped__(SIMPLE) == frozenset()


def test_chaque_fiche_ordinaire_s_offre_dans_chaque_langue_et_la_note_sociale_dans_aucune() -> None:
    offertes = {une.id: une.langues for une in regles().fiches.disponibles()}
    assert {nom: offertes[nom] for nom in a_traduire()} == dict.fromkeys(a_traduire(), tuple(langues()))
    assert offertes["note-sociale"] == (FRANCAIS,)


# Court, sans sigle nu.


@pytest.mark.parametrize("fiche", sorted(ordinaires()))
def test_les_phrases_sont_courtes(fiche: str) -> None:
    longueurs = [(compter(un), un) for dit in dits(ordinaires()[fiche]) for un in phrases(dit) if compter(un)]
    assert [un for un in longueurs if un[0] > MOTS_PAR_PHRASE] == []
    assert sum(un for un, _ in longueurs) / len(longueurs) <= EN_MOYENNE


def test_les_longues_phrases_du_francais_y_sont_coupees() -> None:
    def longues(dite: str) -> int:
        toutes = [compter(un) for f in ordinaires() for dit in dits(_edition(f, dite)) for un in phrases(dit)]
        return sum(un > LONGUE for un in toutes)

    assert longues(SIMPLE) * 3 < longues(FRANCAIS)


@pytest.mark.parametrize("fiche", sorted(ordinaires()))
def test_chaque_sigle_s_explique_dans_sa_fiche(fiche: str) -> None:
    assert sigles_nus(ordinaires()[fiche]) == set()


def test_mutant_un_sigle_nu_se_voit() -> None:
    texte = ordinaires()["handicap"]
    nu = replace(texte, corps=texte.corps.replace("MDPH (maison départementale des personnes handicapées)", "MDPH"))
    assert sigles_nus(nu) == {"MDPH"}


def test_personne_n_est_tutoye() -> None:
    tutoie = re.compile(r"\b(?:tu|ton|tes|toi)\b", re.IGNORECASE)
    for fiche, texte in ordinaires().items():
        assert not [un for un in dits(texte) if tutoie.search(un)], fiche


# Rien n'est prétendu.


def fichiers() -> list[Path]:
    return sorted(
        [
            *(LANGUES / SIMPLE).iterdir(),
            *(RESSOURCES / "fiches").glob(f"*/{SIMPLE}.md"),
            *(RESSOURCES / "territoires").glob(f"*/langues/{SIMPLE}.toml"),
        ]
    )


def test_ni_logo_ni_nom_reserve_ni_relecture() -> None:
    lus = {un: un.read_text(encoding="utf-8") for un in fichiers()}
    assert len(lus) >= 9 + 18 + 2
    assert [un.name for un, dit in lus.items() if NOM_RESERVE.search(dit)] == []
    assert all(
        'etat = "redigee"' in dit for un, dit in lus.items() if un.suffix == ".toml" and "deja_simple" not in un.name
    )
    assert {
        une.editions[SIMPLE].traduction.etat for une in regles().fiches.servies.values() if SIMPLE in une.editions
    } == {"redigee"}
    assert (langue(SIMPLE).nom, langue(SIMPLE).nom_propre) == ("français simple", "français simple")


@pytest.mark.parametrize("fiche", SURETE)
def test_une_fiche_de_surete_se_refuse_en_francais_simple(fiche: str) -> None:
    assert not (RESSOURCES / "fiches" / fiche / f"{SIMPLE}.md").exists()
    with pytest.raises(ErreurUtilisateur, match=r"n’existe pas en français simple.*lisez le français à voix haute"):
        regles().fiches.trouver(fiche, SIMPLE)
