"""De droite à gauche : une rangée part de la droite, une case est près de son mot, virgule et interligne suivent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from detecteur_langue import paragraphes
from exemples_papier import MENTIONS

from impressions.assemblage import assembler
from impressions.blocs import Bloc, Encadre, Pile, Rangee
from impressions.cases_a_cocher import CaseACocher
from impressions.depuis_bilan import donnees
from impressions.discretion import donnees_permises
from impressions.document import composer
from impressions.donnees import Donnees
from impressions.polices import declarees
from impressions.styles import styles
from impressions.typographie import INSECABLE, nombres_entiers
from modele.bilan import charger_regles, etablir
from modele.mots.phrases import LANGUES, mots
from modele.regles.langues import langues
from ressources import RESSOURCES

JOUR = date(2026, 11, 23)
A_L_ENVERS = sorted(
    nom for nom, une in langues().items() if une.sens == "droite" and (LANGUES / nom / "mots.toml").is_file()
)
ARABE = declarees().familles["naskh"].echelle
VIRGULE_LATINE = re.compile(r"[\u0600-\u06ff], [\u0600-\u06ff]")


@cache
def prets(langue: str) -> Donnees:
    """Un dossier d'exemple qui a une note, des dates et un dépôt : toutes les fiches ordinaires s'en impriment."""
    dossiers = json.loads((RESSOURCES / "exemples" / "dossiers.json").read_text(encoding="utf-8"))
    document: dict[str, Any] = dossiers[0] | {"territoire": "metropole-exemple"}
    document["demande"] = document["demande"] | {"date_depot": "2026-11-20", "heure_depot": "10:30"}
    return donnees(etablir(charger_regles("metropole-exemple"), document, JOUR), langue, mentions=MENTIONS)


def offertes(langue: str) -> list[str]:
    return [une.id for une in prets(langue).fiches.disponibles() if langue in une.langues]


def blocs(fiche: str, langue: str) -> Iterator[Bloc]:
    trouvee = prets(langue).fiches.trouver(fiche, langue)
    papier = assembler(trouvee, donnees_permises(trouvee, prets(langue)), grands_caracteres=False)
    return _tous(papier.blocs)


def _tous(une_page: Iterable[Bloc]) -> Iterator[Bloc]:
    for bloc in une_page:
        yield bloc
        match bloc:
            case Pile():
                yield from _tous(bloc.blocs)
            case Rangee():
                yield from _tous(bloc.colonnes)
            case Encadre():
                yield from _tous(bloc.contenu.blocs)


def rangees(fiche: str, langue: str) -> list[Rangee]:
    return [bloc for bloc in blocs(fiche, langue) if isinstance(bloc, Rangee)]


@pytest.mark.parametrize("langue", A_L_ENVERS)
def test_chaque_rangee_commence_a_droite(langue: str) -> None:
    fautives = {fiche for fiche in offertes(langue) if not all(une.miroir for une in rangees(fiche, langue))}
    assert fautives == set()


@pytest.mark.parametrize("langue", A_L_ENVERS)
def test_une_case_a_cocher_suit_le_sens_de_son_mot(langue: str) -> None:
    """Du mauvais côté, la case de « non » toucherait « oui »."""
    avec_case = [
        une
        for fiche in offertes(langue)
        for une in rangees(fiche, langue)
        if any(isinstance(bloc, CaseACocher) for colonne in une.colonnes for bloc in colonne.blocs)
    ]
    assert avec_case
    assert all(une.miroir for une in avec_case)


@pytest.mark.parametrize("langue", A_L_ENVERS)
def test_la_virgule_est_celle_de_l_ecriture(langue: str) -> None:
    dits = [un for fiche in offertes(langue) for un in paragraphes(fiche, prets(langue), langue)]
    assert [un for un in dits if VIRGULE_LATINE.search(un)] == []
    assert any("، " in un for un in dits)


def test_une_langue_qui_n_en_dit_pas_garde_notre_virgule() -> None:
    assert mots("ar").enumerer(["أ", "ب"]) == "أ، ب"
    assert mots("en").enumerer(["a", "b", "c"]) == "a, b, c"
    assert mots("fr").enumerer([]) == ""


def test_mutant_une_langue_sans_sa_virgule_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la sienne, la liste de ce qui reste à demander en prend une latine, et l'essai la trouve."""
    tables = mots("ar").tables
    sans = {nom: {cle: un for cle, un in table.items() if cle != "virgule"} for nom, table in tables.items()}
    monkeypatch.setattr(mots("ar"), "tables", sans)
    dits = paragraphes("resume", prets("ar"), "ar")
    assert any(VIRGULE_LATINE.search(un) for un in dits)


@pytest.mark.parametrize("ecrit", ["CCH L.441-1", "CASF L264-1", "CPC 538", "CC 1343-5"])
def test_un_article_ne_se_coupe_pas_en_fin_de_ligne(ecrit: str) -> None:
    """Coupé, « CCH » finissait une ligne arabe du mauvais côté de sa parenthèse."""
    assert nombres_entiers(f"({ecrit})") == f"({ecrit.replace(' ', INSECABLE)})"
    assert nombres_entiers("CCH, puis 12") == "CCH, puis 12"


def blanc_sous_le_titre(fiche: str, langue: str) -> float:
    """En points, ce qui sépare le plus bas point du titre du plus haut trait de la ligne de dessous."""
    texte = pdfium.PdfDocument(composer(fiche, prets(langue), langue))[0].get_textpage()
    tailles = [(round(raw.FPDFText_GetFontSize(texte, rang), 1), texte.get_charbox(rang)) for rang in range(60)]
    titre = tailles[0][0]
    petites = {round(styles().sous_titre.taille * k, 1) for k in (1, ARABE)}
    bas = min(boite[1] for taille, boite in tailles if taille == titre)
    return bas - max(boite[3] for taille, boite in tailles if taille in petites)


@pytest.mark.parametrize("langue", A_L_ENVERS)
def test_un_titre_ne_descend_pas_dans_la_ligne_de_dessous(langue: str) -> None:
    """Le pachto finit un mot sur deux par « ې », dont les deux points tombaient dans la date d'impression."""
    assert {fiche for fiche in offertes(langue) if blanc_sous_le_titre(fiche, langue) <= 0} == set()


def test_mutant_l_interligne_du_latin_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impressions.styles._PROFONDE", 1.0)
    monkeypatch.setattr("impressions.styles._DESSOUS", 0.0)
    assert blanc_sous_le_titre("formulaire-vierge", "ps") < 0
