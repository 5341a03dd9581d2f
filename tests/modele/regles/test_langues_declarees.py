"""Les langues déclarées : celles de l'issue, leur locale, leur sens ; une inconnue se dit, une fautive aussi."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.langues import langue, langue_parlee, langues, lire_langues

ATTENDUES = ("fr", "fr-falc", "en", "es", "pt", "ro", "ar", "fa-AF", "ps", "uk", "ru", "tr", "sq", "ka")
ENTETE = 'format = 1\nsource = "essai"\nverifie_le = 2026-11-30\n'
UNE = '[[langue]]\nid = "xx"\nnom = "x"\nnom_propre = "x"\nbabel = "fr"\necriture = "Latn"\n'


def test_les_quatorze_langues() -> None:
    assert tuple(langues()) == ATTENDUES
    assert {nom for nom, une in langues().items() if une.de_droite} == {"ar", "fa-AF", "ps"}
    assert {nom for nom, une in langues().items() if une.francaise} == {"fr", "fr-falc"}
    assert langue("fr-falc").nom == "français simple"  # jamais « FALC » : personne de concerné ne l'a relu


def test_babel_connait_chaque_locale() -> None:
    from babel import Locale

    for une in langues().values():
        assert Locale.parse(une.babel).text_direction == ("rtl" if une.de_droite else "ltr")


@pytest.mark.parametrize(
    ("demandee", "dite"),
    [("prs", "vouliez-vous « fa-AF »"), ("fr-fal", "vouliez-vous « fr-falc »"), ("tlh", "Langues : fr (français)")],
)
def test_une_langue_inconnue_se_dit(demandee: str, dite: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="n’est pas une langue de Perron") as refus:
        langue(demandee)
    assert dite in str(refus.value)


def test_la_langue_parlee_propose_celle_du_papier() -> None:
    dari, lao = langue_parlee("prs"), langue_parlee("lo")
    assert dari is not None
    assert dari.id == "fa-AF"
    assert lao is None


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        (UNE + UNE, "employé deux fois"),
        (UNE + 'socle = "xx"\n', "déclarée plus haut"),
        (UNE + 'socle = "yy"\n', "déclarée plus haut"),
        (UNE + 'sens = "haut"\n', "n'est pas permis"),
        (UNE.replace('babel = "fr"\n', ""), "babel : cette clé manque"),
    ],
    ids=["double", "socle à soi", "socle absent", "sens", "sans locale"],
)
def test_un_fichier_fautif_se_dit(tmp_path: Path, texte: str, faute: str) -> None:
    fichier = tmp_path / "langues.toml"
    fichier.write_text(ENTETE + texte, encoding="utf-8")
    with pytest.raises(FichierFautif, match=faute):
        lire_langues(fichier)
