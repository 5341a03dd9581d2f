"""Une langue ajoutée ne peut pas oublier la sûreté d'une fiche : ses drapeaux ne s'écrivent qu'une fois."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import contexte, territoire
from exemples_papier import donnees as donnees_d_exemple
from lecture_pdf import metadonnees, octets, texte_plat

from impressions.document import Donnees, composer, nom_de_fichier
from modele.fiches import charger_fiches
from modele.mots import phrases
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.sources import Lecture, ouvrir
from ressources import RESSOURCES

TABLE = """
[langues.ka]
titre_neutre = "Useful information"
fichier = "useful-information"
etat = "relue"
relu_par = "Ana Martin, CCAS"
relu_le = 2026-11-30
"""
REDIGEE = TABLE.partition("etat")[0] + 'etat = "redigee"\n'
TRACES = ("tilleuls", "place du marché", "9 h à 17 h", "23/11/2026", "20261123", "métropole", "portail")


@pytest.fixture
def livrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Une copie jetable des fiches livrées, qui parle aussi anglais."""
    copie, langues = tmp_path / "fiches", tmp_path / "langues"
    (tmp_path / "national").symlink_to(RESSOURCES / "national")
    shutil.copytree(RESSOURCES / "fiches", copie)
    shutil.copytree(phrases.LANGUES, langues)
    shutil.rmtree(langues / "ka", ignore_errors=True)
    (langues / "ka").mkdir()
    mots = (langues / "fr" / "mots.toml").read_text(encoding="utf-8")
    (langues / "ka" / "mots.toml").write_text(f'etat = "redigee"\n{mots}', encoding="utf-8")
    monkeypatch.setattr(phrases, "LANGUES", langues)
    phrases.mots.cache_clear()
    yield copie
    phrases.mots.cache_clear()


def _traduire(livrees: Path, table: str = "", **remplacees: str) -> None:
    """Ajoute le texte géorgien (en latin) de la fiche neutre, et sa table dans ``fiche.toml``."""
    texte = (livrees / "neutre" / "fr.md").read_text(encoding="utf-8")
    texte = texte.replace('titre = "Renseignements utiles"', 'titre = "Useful numbers"')
    for avant, apres in remplacees.items():
        texte = texte.replace(avant, apres)
    (livrees / "neutre" / "ka.md").write_text(texte, encoding="utf-8")
    with (livrees / "neutre" / "fiche.toml").open("a", encoding="utf-8") as declaration:
        declaration.write(table)


def donnees(livrees: Path, **changements: Any) -> Donnees:
    """Le dossier d'exemple, avec les fiches de cette copie telles qu'elles sont à cet instant."""
    return donnees_d_exemple(fiches=charger_fiches(Lecture(ouvrir(livrees.parent)), contexte()), **changements)


def _tout(pdf: bytes) -> str:
    return "\n".join([texte_plat(pdf), *metadonnees(pdf).values(), octets(pdf).decode("latin-1")]).lower()


@pytest.mark.parametrize(
    "entete", ["", "verifie_le = 2026-11-22\n", 'titre_neutre = "x"\n'], ids=["rien", "date", "titre"]
)
def test_un_texte_ajoute_sans_rien_redire_ne_laisse_aucune_trace(livrees: Path, entete: str) -> None:
    """Le papier d'une victime ne porte ni le lieu, ni le jour : ici, il ne sort pas, et la faute est dite."""
    _traduire(livrees, titre=f"{entete}titre")
    with pytest.raises(FichierFautif, match=r"neutre/ka\.md : cette langue n'a pas de table \[langues\.ka\]"):
        composer("neutre", donnees(livrees), "ka")


@pytest.mark.parametrize("drapeau", ["sans_dossier", "discret"])
def test_une_langue_ne_peut_pas_lever_un_drapeau(livrees: Path, drapeau: str) -> None:
    _traduire(livrees, TABLE, pied=f"{drapeau} = false\npied")
    with pytest.raises(FichierFautif, match=rf"neutre/ka\.md, ligne 4, {drapeau} : un drapeau de sûreté vaut"):
        composer("neutre", donnees(livrees), "ka")


def test_une_langue_ajoutee_a_la_surete_de_sa_fiche(livrees: Path) -> None:
    """Deux fichiers touchés, aucun drapeau redit : aucune trace, et le même papier pour tous."""
    _traduire(livrees, TABLE)
    pdf = composer("neutre", donnees(livrees), "ka")
    assert [trace for trace in TRACES if trace in _tout(pdf)] == []
    assert "Police" in texte_plat(pdf)
    ailleurs = donnees(
        livrees, document={}, territoire=territoire("Ailleurs"), lieu=None, date_impression=date(2031, 1, 2)
    )
    assert composer("neutre", ailleurs, "ka") == pdf
    assert nom_de_fichier("neutre", donnees(livrees), "ka") == "useful-information.pdf"
    assert metadonnees(pdf)["Title"] == "Useful information"
    assert {fiche.id: fiche.langues for fiche in donnees(livrees).fiches.disponibles()}["neutre"] == ("fr", "ka")


def test_la_mention_de_relecture_ne_s_imprime_pas(livrees: Path) -> None:
    """Un gabarit ne peut même pas la nommer : elle dirait par quelle structure le papier est passé."""
    _traduire(livrees, TABLE)
    pdf = composer("neutre", donnees(livrees), "ka")
    assert "martin" not in _tout(pdf)
    assert "20261130" not in _tout(pdf)
    fr = livrees / "neutre" / "fr.md"
    fr.write_text(fr.read_text(encoding="utf-8").replace("## Urgences", "{{ fiche.relu_par }}"), encoding="utf-8")
    with pytest.raises(ErreurUtilisateur, match="« relu_par » n’existe pas"):
        composer("neutre", donnees(livrees), "fr")


def test_une_fiche_de_surete_ne_s_offre_que_si_quelqu_un_en_repond(livrees: Path) -> None:
    """Écrite et pas relue : une phrase, rien n'est composé, et la langue n'est pas offerte."""
    _traduire(livrees, REDIGEE)
    with pytest.raises(ErreurUtilisateur, match=r"n’est pas offerte en géorgien.*traduction publiée"):
        composer("neutre", donnees(livrees), "ka")
    assert {fiche.id: fiche.langues for fiche in donnees(livrees).fiches.disponibles()}["neutre"] == ("fr",)


@pytest.mark.parametrize(
    ("avant", "apres", "faute"),
    [
        ("3919 |", "3920 |", "contact 3919"),
        ("115 | Samu social\n", "", "contact 115"),
        ("Le 112 fonctionne", "Le 113 fonctionne", "il manque 112, 113 en trop"),
        ("{{ fiche.verifie_le | mois_annee }}", "", "les emplacements ne sont pas ceux du français"),
        ("## Bon à savoir", "Bon à savoir", "le français a « titre 2 »"),
        ("\n- Le 112 fonctionne dans tous les pays de l'Union européenne.", "", "il manque 112"),
    ],
    ids=["numéro", "contact perdu", "nombre", "emplacement", "titre", "phrase perdue"],
)
def test_une_traduction_qui_ne_dit_pas_la_meme_chose_est_refusee(
    livrees: Path, avant: str, apres: str, faute: str
) -> None:
    """Même relue : un numéro faux sur un papier de sûreté blesse. Le français, lui, s'imprime toujours."""
    _traduire(livrees, TABLE, **{avant: apres})
    with pytest.raises(ErreurUtilisateur, match="ne s’imprime pas en géorgien") as refus:
        composer("neutre", donnees(livrees), "ka")
    assert faute in str(refus.value)
    assert composer("neutre", donnees(livrees), "fr")


def test_mutant_une_egalite_qui_ne_compare_rien_laisserait_passer(
    livrees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """La comparaison est bien ce qui refuse : sans elle, le numéro faux s'imprimerait."""
    from modele.fiches import mesure

    _traduire(livrees, TABLE, **{"Le 112 fonctionne": "Le 113 fonctionne"})
    monkeypatch.setattr(mesure, "ecart", lambda francais, dit: "")
    assert "113" in texte_plat(composer("neutre", donnees(livrees), "ka"))
