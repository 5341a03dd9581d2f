"""La conférence au coffre : qui la lit, ce qui s'y refuse, les dossiers figés en chaîne, ce qui manque s'y voit."""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from outils_coffre import AGENT, creer, ouvrir

from modele.coffre import Coffre, depot, gardes
from modele.coffre.conference import ConferenceTenue
from modele.conference import versions
from modele.contingents import engagements
from modele.contingents.engagements import EngagementTenu
from modele.dossier.acces import Acces
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA, LEO = Auteur(AGENT), Auteur("Léo Blanc")
ICI = "metropole-essai"
PROMIS = EngagementTenu(
    ICI, "Habitat Vallebrume", "Loger hors quartier.", mesure="q1_hors_qpv", cible="25 %", du=date(2026, 1, 15),
    echeance=date(2031, 12, 31), source="convention signée", etat="en_cours", origine="vallebrume-q1",
)  # fmt: skip


def figee(cases: dict[str, int], territoire: str = ICI, annee: int = 2026, diffusion: str = "public") -> bytes:
    dit = {"format": 1, "territoire": territoire, "annee": annee, "diffusion": diffusion, "tues": [], "cases": cases}
    return json.dumps(dit | {"indicateurs": []}).encode()


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    """Nora est responsable ; Léo n'est qu'agent d'accueil."""
    tenu, _ = creer(tmp_path / "coffre.db")
    tenu.comptes.ouvrir(LEO.nom, "Léo", "Accueil", ("agent",), "cinq mots sans aucun lien", NORA)
    yield tenu
    tenu.fermer()


def refuse(geste: Callable[[], object]) -> str:
    with pytest.raises(ErreurUtilisateur) as leve:
        geste()
    return str(leve.value)


def fige(coffre: Coffre, octets: bytes) -> versions.Version:
    return coffre.conference.figer(versions.enchainer(octets, coffre.conference.lire(ICI, NORA).versions), NORA)


# Les engagements.


def test_un_engagement_se_garde_se_change_et_se_retire(coffre: Coffre) -> None:
    garde = coffre.conference.garder(PROMIS, NORA)
    assert replace(garde, id="", par="") == PROMIS
    change = coffre.conference.garder(
        replace(garde, etat="tenu", preuve="bilan en séance", preuve_le=date(2026, 11, 3), cible=""), NORA
    )
    assert coffre.conference.lire(ICI, NORA).engagements == (change,)
    assert (change.id, change.cible) == (garde.id, "")
    assert coffre.conference.lire("ailleurs", NORA) == ConferenceTenue()
    coffre.conference.retirer(garde.id, NORA)
    assert coffre.conference.lire(ICI, NORA).engagements == ()
    coffre.conference.garder(PROMIS, NORA)
    assert "n'est plus" in refuse(lambda: coffre.conference.retirer("absent", NORA))
    assert "n'est plus" in refuse(lambda: coffre.conference.garder(replace(PROMIS, id="absent"), NORA))


def test_rouvert_le_coffre_les_tient_encore(coffre: Coffre) -> None:
    coffre.conference.garder(PROMIS, NORA)
    fige(coffre, figee({"a": 20}))
    attendu = coffre.conference.lire(ICI, NORA)
    coffre.fermer()
    rouvert = ouvrir(coffre.chemin)
    assert rouvert.conference.lire(ICI, NORA) == attendu
    assert len(attendu.engagements) == len(attendu.versions) == 1
    rouvert.fermer()


@pytest.mark.parametrize(
    ("fautif", "phrase"),
    [
        (replace(PROMIS, signataire=""), engagements.SANS_TEXTE),
        (replace(PROMIS, texte=""), engagements.SANS_TEXTE),
        (replace(PROMIS, sorte="document", texte=""), engagements.SANS_NOM),
        (replace(PROMIS, source=""), engagements.SANS_SOURCE),
        (replace(PROMIS, etat="tenu"), engagements.SANS_PREUVE),
        (replace(PROMIS, etat="non_tenu", preuve="séance"), engagements.SANS_PREUVE),
    ],
    ids=["signataire", "texte", "document", "source", "preuve", "jour"],
)
def test_ce_qui_ne_veut_rien_dire_se_refuse(coffre: Coffre, fautif: EngagementTenu, phrase: str) -> None:
    """Au plus profond : rien n'est écrit."""
    assert refuse(lambda: coffre.conference.garder(fautif, NORA)) == phrase
    assert coffre.conference.lire(ICI, NORA).engagements == ()


def test_un_document_se_passe_de_signataire(coffre: Coffre) -> None:
    plh = EngagementTenu(
        ICI, "", "Programme local de l'habitat", sorte="document", source="délibération", origine="plh"
    )
    assert coffre.conference.garder(plh, NORA).du is None


def test_le_meme_deux_fois_se_refuse_et_venu_d_ailleurs_se_dit(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    coffre.conference.garder(PROMIS, NORA)
    assert refuse(lambda: coffre.conference.garder(PROMIS, NORA)) == engagements.DEJA.format(AGENT)
    coffre.conference.garder(replace(PROMIS, origine=""), NORA)
    coffre.conference.garder(replace(PROMIS, origine=""), NORA)
    assert coffre.conference.lire(ICI, NORA).fautes == ()
    # Mutant : sans la garde, comme deux postes qui ne se voyaient pas.
    monkeypatch.setattr(engagements, "refus", lambda *_: "")
    coffre.conference.garder(PROMIS, NORA)
    (faute,) = coffre.conference.lire(ICI, NORA).fautes
    assert "saisi deux fois" in faute


def test_un_agent_d_accueil_n_en_lit_rien(coffre: Coffre) -> None:
    for geste in (
        lambda: coffre.conference.lire(ICI, LEO),
        lambda: coffre.conference.garder(PROMIS, LEO),
        lambda: coffre.conference.figer(versions.enchainer(figee({}), ()), LEO),
    ):
        assert "Votre rôle" in refuse(geste)


def test_le_journal_dit_chaque_geste(coffre: Coffre) -> None:
    garde = coffre.conference.garder(PROMIS, NORA)
    coffre.conference.retirer(garde.id, NORA)
    fige(coffre, figee({"a": 20}))
    vus = {un.geste.acces: un.geste.motif for un in coffre.acces()}
    assert vus[Acces.SAISIR_ENGAGEMENT] == vus[Acces.RETIRER_ENGAGEMENT] == "Habitat Vallebrume"
    assert vus[Acces.FIGER_CONFERENCE] == "2026, public"
    assert vus[Acces.LIRE_CONFERENCE] == ICI


# Les dossiers figés.


def test_les_versions_s_enchainent(coffre: Coffre) -> None:
    """La même année, le même public : chacune nomme celle d'avant ; une autre année commence la sienne."""
    une, deux = fige(coffre, figee({"a": 20})), fige(coffre, figee({"a": 40}))
    autre = fige(coffre, figee({"a": 20}, annee=2025))
    assert (une.precedente, deux.precedente, autre.precedente) == ("", une.empreinte, "")
    tenue = coffre.conference.lire(ICI, NORA)
    assert tenue.fautes == ()
    assert [dict(versions.lire(un).cases) for un in tenue.versions if un.annee == 2026] == [{"a": 20}, {"a": 40}]


def test_une_version_preparee_sans_voir_la_derniere_se_refuse(coffre: Coffre) -> None:
    prete = versions.enchainer(figee({"a": 30}), ())
    fige(coffre, figee({"a": 20}))
    assert "Une autre version" in refuse(lambda: coffre.conference.figer(prete, NORA))
    assert len(coffre.conference.lire(ICI, NORA).versions) == 1


def test_une_version_trop_lourde_ou_changee_se_refuse(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    bonne = versions.enchainer(figee({"a": 20}), ())
    assert "ne se relit pas" in refuse(lambda: coffre.conference.figer(replace(bonne, annee=2025), NORA))
    monkeypatch.setattr(gardes, "FIGEE_AU_PLUS", 10)
    assert "trop lourd" in refuse(lambda: coffre.conference.figer(bonne, NORA))


def test_figee_elle_ne_se_change_plus(coffre: Coffre) -> None:
    gardee = fige(coffre, figee({"a": 20}))
    with coffre._base.ecriture() as connexion, pytest.raises(ErreurUtilisateur, match="Votre rôle"):
        depot.modifier(connexion, gardee.id, {"annee": 2025}, NORA, coffre._horloge())


def contenu(octets: bytes) -> str:
    return base64.b64encode(zlib.compress(octets)).decode()


def test_une_version_perdue_ou_alteree_se_voit() -> None:
    """Chaque façon de l'abîmer ; la chaîne entière ne dit rien."""
    une = versions.enchainer(figee({"a": 20}), ())
    deux = versions.enchainer(figee({"a": 40}), (une,))
    trois = versions.enchainer(figee({"a": 60}), (une, deux))
    assert versions.verifier((une, deux, trois)) == []
    assert "manque" in versions.verifier((une, trois))[0]
    assert "manque" in versions.verifier((deux, trois))[0]
    for abime in (
        replace(deux, contenu=contenu(figee({"a": 41}))),
        replace(deux, contenu="pas du base64"),
        replace(deux, contenu=base64.b64encode(os.urandom(64)).decode()),
        replace(deux, contenu=deux.contenu[: len(deux.contenu) // 2 & ~3]),
        replace(deux, diffusion="partenaires"),
        replace(deux, contenu=contenu(b"x"), empreinte=versions.empreinte_de(deux.precedente, b"x")),
    ):
        dites = versions.verifier((une, replace(abime, quand="2026-11-30T10:00"), trois))
        assert any("2026-11-30" in dite and "ne se relit pas" in dite for dite in dites)


def test_deux_suites_se_disent_et_la_suivante_en_tient_compte() -> None:
    une = versions.enchainer(figee({"a": 20}), ())
    deux, bis = (versions.enchainer(figee({"a": n}), (une,)) for n in (40, 50))
    assert "sans se voir" in versions.verifier((une, deux, bis))[0]
    assert versions.enchainer(figee({"a": 60}), (une, deux, bis)).precedente == bis.empreinte
