"""Une langue ajoutée ne peut pas oublier la sûreté d'une fiche : ses drapeaux ne s'écrivent qu'une fois."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import annuaire, contexte, territoire
from exemples_papier import donnees as donnees_d_exemple
from lecture_pdf import metadonnees, octets, texte_plat

from impressions.document import Donnees, composer, nom_de_fichier
from modele.fiches import charger_fiches
from modele.mots import phrases
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.sources import Lecture, ouvrir
from ressources import RESSOURCES

ANGLAIS = f"## Emergencies\n\n{annuaire()}"
ENTETES = {
    "comme une autre": 'titre = "Useful numbers"\n',
    "avec sa date": 'titre = "Useful numbers"\nverifie_le = 2026-11-22\n',
    "avec son titre neutre": 'titre = "Useful numbers"\ntitre_neutre = "Useful numbers"\nverifie_le = 2026-11-22\n',
}
TABLE = """
[langues.en]
titre_neutre = "Useful information"
fichier = "useful-information"
etat = "redigee"
"""
TRACES = ("tilleuls", "place du marché", "9 h à 17 h", "23/11/2026", "20261123", "métropole", "portail")


@pytest.fixture
def livrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Une copie jetable des fiches livrées, qui parle aussi anglais."""
    copie, langues = tmp_path / "fiches", tmp_path / "langues"
    (tmp_path / "national").symlink_to(RESSOURCES / "national")
    shutil.copytree(RESSOURCES / "fiches", copie)
    shutil.copytree(phrases.LANGUES, langues)
    shutil.copy(langues / "mots.fr.toml", langues / "mots.en.toml")
    monkeypatch.setattr(phrases, "LANGUES", langues)
    phrases.mots.cache_clear()
    yield copie
    phrases.mots.cache_clear()


def _traduire(livrees: Path, entete: str = ENTETES["comme une autre"], table: str = "") -> None:
    """Ajoute le texte anglais de la fiche neutre, et sa table dans ``fiche.toml``."""
    (livrees / "neutre" / "en.md").write_text(f"+++\n{entete}+++\n{ANGLAIS}", encoding="utf-8")
    with (livrees / "neutre" / "fiche.toml").open("a", encoding="utf-8") as declaration:
        declaration.write(table)


def donnees(livrees: Path, **changements: Any) -> Donnees:
    """Le dossier d'exemple, avec les fiches de cette copie telles qu'elles sont à cet instant."""
    return donnees_d_exemple(fiches=charger_fiches(Lecture(ouvrir(livrees.parent)), contexte()), **changements)


def _tout(pdf: bytes) -> str:
    return "\n".join([texte_plat(pdf), *metadonnees(pdf).values(), octets(pdf).decode("latin-1")]).lower()


@pytest.mark.parametrize("entete", ENTETES.values(), ids=ENTETES)
def test_un_texte_ajoute_sans_rien_redire_ne_laisse_aucune_trace(livrees: Path, entete: str) -> None:
    """Le papier d'une victime ne porte ni le lieu, ni le jour : ici, il ne sort pas, et la faute est dite."""
    _traduire(livrees, entete)
    with pytest.raises(FichierFautif, match=r"neutre/en\.md : cette langue n'a pas de table \[langues\.en\]"):
        composer("neutre", donnees(livrees), "en")


@pytest.mark.parametrize("drapeau", ["sans_dossier", "discret"])
def test_une_langue_ne_peut_pas_lever_un_drapeau(livrees: Path, drapeau: str) -> None:
    _traduire(livrees, f"{ENTETES['comme une autre']}{drapeau} = false\n", TABLE)
    with pytest.raises(FichierFautif, match=rf"neutre/en\.md, ligne 3, {drapeau} : un drapeau de sûreté vaut"):
        composer("neutre", donnees(livrees), "en")


def test_une_langue_ajoutee_a_la_surete_de_sa_fiche(livrees: Path) -> None:
    """Deux fichiers touchés, aucun drapeau redit : aucune trace, et le même papier pour tous."""
    _traduire(livrees, table=TABLE)
    pdf = composer("neutre", donnees(livrees), "en")
    assert [trace for trace in TRACES if trace in _tout(pdf)] == []
    assert "Police" in texte_plat(pdf)
    ailleurs = donnees(
        livrees, document={}, territoire=territoire("Ailleurs"), lieu=None, date_impression=date(2031, 1, 2)
    )
    assert composer("neutre", ailleurs, "en") == pdf
    assert nom_de_fichier("neutre", donnees(livrees), "en") == "useful-information.pdf"
    assert metadonnees(pdf)["Title"] == "Useful information"
    assert {fiche.id: fiche.langues for fiche in donnees(livrees).fiches.disponibles()}["neutre"] == ("en", "fr")


def test_la_mention_de_relecture_ne_s_imprime_pas(livrees: Path) -> None:
    """Un gabarit ne peut même pas la nommer : elle dirait par quelle structure le papier est passé."""
    table = TABLE.replace("redigee", "relue") + 'relu_par = "Ana Martin, CCAS"\nrelu_le = 2026-11-30\n'
    _traduire(livrees, table=table)
    pdf = composer("neutre", donnees(livrees), "en")
    assert "martin" not in _tout(pdf)
    assert "20261130" not in _tout(pdf)
    _traduire(livrees, f'{ENTETES["comme une autre"]}pied = "{{{{ fiche.relu_par }}}}"\n')
    with pytest.raises(ErreurUtilisateur, match="« relu_par » n’existe pas"):
        composer("neutre", donnees(livrees), "en")
