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
from detecteur_langue import paragraphes, textes
from exemples_papier import MENTIONS, rendez_vous_a
from lecture_pdf import arbre
from pdfua import Element, Lu

from impressions import toile
from impressions.assemblage import assembler
from impressions.blocs import Bloc, Encadre, Pile, Rangee
from impressions.cases_a_cocher import CaseACocher
from impressions.depuis_bilan import donnees
from impressions.discretion import donnees_permises
from impressions.document import composer
from impressions.donnees import Donnees
from impressions.polices import declarees
from impressions.sens import melange
from impressions.styles import styles
from impressions.typographie import INSECABLE, nombres_entiers, typographier
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
    bilan = etablir(charger_regles("metropole-exemple"), document, JOUR)
    return donnees(bilan, langue, mentions=MENTIONS, rendez_vous=rendez_vous_a())


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


@pytest.mark.parametrize("ecrit", ["loi 89-462, art. 24 III", "II ; R.441-14-1"])
def test_un_article_de_loi_et_ce_qui_le_separe_du_suivant_ne_se_coupent_pas(ecrit: str) -> None:
    for dit in (nombres_entiers(ecrit), typographier(ecrit)):
        assert " ;" not in dit
        assert "art. " not in dit
        assert " III" not in dit


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


# Ce qu'une voix lit : l'arbre, par les deux lecteurs.

LATINS = re.compile(r"[0-9A-Za-zÀ-ÿ]+")


def lu_a_rebours(fiche: str, langue: str) -> list[str]:
    """Ce qu'un des deux lecteurs lirait autrement que le texte écrit ; vide si tous deux le lisent tel quel."""
    pdf = composer(fiche, prets(langue), langue)
    ecrits = [_serre(un) for un in textes_des_blocs(fiche, langue) if melange(un)]
    redits = [(_serre(_redit(un)), un) for un in Lu(pdf).elements if "/ActualText" in un.objet]
    par_pdfium = {_serre(un.redit) for un in arbre(pdf) if un.redit}
    perdus = [un for un in ecrits if not any(un in dit for dit, _ in redits)]
    return [*perdus, *({dit for dit, _ in redits} ^ par_pdfium), *_bouts_mal_ranges(pdf)]


def _bouts_mal_ranges(pdf: bytes) -> Iterator[str]:
    """Les éléments dont les mots latins et les nombres ne sont pas dessinés dans l'ordre où ils se lisent."""
    lu = Lu(pdf)
    for un in lu.elements:
        if "/ActualText" in un.objet:
            dessine = " ".join(lu.textes[place] for place in un.mcid)
            if LATINS.findall(dessine) != LATINS.findall(_redit(un)):
                yield _redit(un)


def _redit(element: Element) -> str:
    return str(element.objet.ActualText)


def _serre(texte: str) -> str:
    return " ".join(texte.split())


def textes_des_blocs(fiche: str, langue: str) -> Iterator[str]:
    trouvee = prets(langue).fiches.trouver(fiche, langue)
    papier = assembler(trouvee, donnees_permises(trouvee, prets(langue)), grands_caracteres=False)
    return textes(papier.blocs)


@pytest.mark.parametrize("langue", A_L_ENVERS)
def test_les_deux_lecteurs_lisent_chaque_paragraphe_dans_l_ordre(langue: str) -> None:
    assert {fiche: fautes for fiche in offertes(langue) if (fautes := lu_a_rebours(fiche, langue))} == {}


def test_mutant_un_arbre_qui_ne_redit_rien_se_voit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impressions.balises.Noeud.dire", lambda noeud, texte, de_droite: None)
    assert lu_a_rebours("expulsion", "ar")


def test_mutant_des_bouts_ecrits_de_gauche_a_droite_se_voient(monkeypatch: pytest.MonkeyPatch) -> None:
    dans_l_ordre = toile._dans_l_ordre_lu
    monkeypatch.setattr(
        toile, "_dans_l_ordre_lu", lambda *ligne: sorted(dans_l_ordre(*ligne), key=lambda bout: bout[2])
    )
    assert lu_a_rebours("expulsion", "ar")
