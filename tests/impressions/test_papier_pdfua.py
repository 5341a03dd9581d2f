"""Chaque fiche est un PDF/UA : les conditions du protocole Matterhorn par pikepdf, l'arbre relu par pdfium.

Les conditions sont dans ``matterhorn.toml`` : celles qu'une machine vérifie nomment leur épreuve ; celles qui demandent
un œil disent ce qui se regarde.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import tomli
from epreuves_pdfua import EPREUVES, pieds, renvois
from exemples_ecritures import DE_DROITE, ECRITURES, MELEE, etabli, imprimer, paragraphes
from exemples_papier import DECLARATION, LANGUE, MENTIONS, donnees, ecrire_fiche, fiches
from lecture_pdf import arbre, texte_plat
from mutants_pdfua import MUTANTS, abimer
from pdfua import Lu
from refaire_references import AVEC_MENTIONS, FICHES

from impressions.balises import langue_lue
from impressions.document import composer

CONDITIONS = tomli.loads((Path(__file__).parent / "matterhorn.toml").read_text(encoding="utf-8"))["condition"]
PAR_POINT = (
    7, 4, 3, 1, 3, 4, 2, 2, 8, 1, 7, 1, 8, 7, 5, 3, 3, 2, 4, 3, 1, 1, 1, 1, 1, 2, 1, 18, 1, 2, 30,
)  # fmt: skip
"""Combien le protocole 1.1 en met à chacun de ses 31 points."""
SANS_MUTANT = {
    # Un fichier chiffré se relit sans clé : pikepdf ne l'ouvrirait pas autrement.
    "sans_chiffrement",
}


def papier(fiche: str, *, grands: bool = False) -> bytes:
    return composer(fiche, donnees(mentions=MENTIONS if fiche in AVEC_MENTIONS else None), grands_caracteres=grands)


def fautes(pdf: bytes) -> dict[str, list[str]]:
    lu = Lu(pdf)
    toutes = {nom: list(epreuve(lu)) for nom, epreuve in (*EPREUVES.items(), ("renvois", renvois), ("pieds", pieds))}
    return {nom: trouvees for nom, trouvees in toutes.items() if trouvees}


def test_chaque_condition_du_protocole_est_ecrite_une_fois() -> None:
    attendues = [f"{point:02}-{rang:03}" for point, n in enumerate(PAR_POINT, 1) for rang in range(1, n + 1)]
    assert [une["numero"] for une in CONDITIONS] == attendues
    assert {une["comment"] for une in CONDITIONS} == {"machine", "humain", "aucun"}
    assert sum(une["comment"] == "machine" for une in CONDITIONS) == 87


def test_chaque_condition_de_machine_a_son_epreuve_et_chaque_epreuve_son_mutant() -> None:
    par_machine = {une["par"] for une in CONDITIONS if une["comment"] == "machine"}
    assert par_machine == set(EPREUVES)
    assert {nom for _, vues in MUTANTS.values() for nom in vues} == set(EPREUVES) - SANS_MUTANT
    assert all(une["par"] for une in CONDITIONS if une["comment"] == "humain")


@pytest.mark.parametrize("grands", [False, True], ids=["ordinaire", "grands"])
@pytest.mark.parametrize("fiche", FICHES + AVEC_MENTIONS)
def test_chaque_fiche_tient_toutes_les_conditions(fiche: str, grands: bool) -> None:
    assert fautes(papier(fiche, grands=grands)) == {}


@pytest.mark.parametrize("langue", ["fr", "ar"])
@pytest.mark.parametrize("nom", ECRITURES)
def test_chaque_ecriture_tient_toutes_les_conditions(nom: str, langue: str) -> None:
    sur = etabli(langue)
    titre = sur.texte(ECRITURES[nom], sur.styles.titre, sur.racine.ajouter("H1"))
    pdf = imprimer(sur, [titre, *paragraphes(sur, f"{MELEE} {ECRITURES[nom]} " * 8)], pied=ECRITURES[nom])
    assert fautes(pdf) == {}


@pytest.mark.parametrize("nom", MUTANTS)
def test_un_mutant_est_vu_par_ses_epreuves(nom: str) -> None:
    mute = Lu(abimer(papier("cotation"), nom))
    _, vues = MUTANTS[nom]
    for epreuve in vues:
        assert list(EPREUVES[epreuve](mute)), epreuve


def test_mutant_un_fichier_chiffre_se_voit() -> None:
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(papier("115"))) as ouvert:
        ouvert.save(sortie, encryption=pikepdf.Encryption(owner="x", user=""))
    assert list(EPREUVES["sans_chiffrement"](Lu(sortie.getvalue())))


# Le second lecteur : pdfium.


@pytest.mark.parametrize("fiche", FICHES + AVEC_MENTIONS)
def test_pdfium_lit_le_meme_arbre_et_le_meme_texte_dans_le_meme_ordre(fiche: str) -> None:
    pdf = papier(fiche)
    lu = Lu(pdf)
    par_pikepdf = [
        (page, element.role, _serre("".join(lu.textes[place] for place in element.mcid if place[0] == page)))
        for page in range(len(lu.pdf.pages))
        for element in lu.elements
        if any(place[0] == page for place in element.mcid)
    ]
    assert [(une.page, une.role, _serre(une.texte)) for une in arbre(pdf) if une.texte] == par_pikepdf


def _serre(texte: str) -> str:
    return "".join(texte.split())


@pytest.mark.parametrize("fiche", FICHES)
def test_tout_ce_qui_se_lit_sur_la_page_se_lit_dans_l_arbre(fiche: str) -> None:
    """Hors le pied : rien d'écrit n'échappe à la lecture à voix haute."""
    pdf = papier(fiche)
    dit = _serre("".join(une.texte for une in arbre(pdf)))
    corps = texte_plat(pdf)
    for mot in corps.split():
        assert _serre(mot) in dit or _dans_le_pied(mot, pdf), mot


def _dans_le_pied(mot: str, pdf: bytes) -> bool:
    lu = Lu(pdf)
    pied = "".join(
        (police.lettres or {})[code]
        for contenu, police, code in lu.codes()
        if any(une.role == "Artifact" for une in contenu.marques)
    )
    return mot in _serre(pied)


# Ce que l'arbre complète.


def _essai(tmp_path: Path, corps: str, **changements: object) -> bytes:
    ecrire_fiche(tmp_path, "essai", corps, toml=DECLARATION + LANGUE)
    return composer("essai", donnees(fiches=fiches(tmp_path), **changements))


def test_une_liste_a_ses_etiquettes_et_sa_numerotation(tmp_path: Path) -> None:
    pdf = _essai(tmp_path, "- un\n- deux\n\nPuis :\n\n1. premier\n2. second")
    lu = Lu(pdf)
    listes = [un for un in lu.elements if un.role == "L"]
    assert [str(une.attribut("/ListNumbering")) for une in listes] == ["/Disc", "/Decimal"]
    assert all([e.role for e in point.enfants] == ["Lbl", "LBody"] for une in listes for point in une.enfants)
    assert [une.texte.strip() for une in arbre(pdf) if une.role == "Lbl"] == ["•", "•", "1.", "2."]


def test_un_niveau_de_titre_saute_se_rattrape(tmp_path: Path) -> None:
    """Qui écrit une fiche commence parfois par « ### » : l'arbre ne saute pas de niveau pour autant."""
    pdf = _essai(tmp_path, "### Sous-titre\n\nTexte.\n\n## Titre\n\n### Sous-titre\n\nTexte.")
    assert [un.role for un in Lu(pdf).elements if un.role[0] == "H"] == ["H1", "H2", "H2", "H3"]


def test_la_premiere_cellule_nomme_sa_rangee(tmp_path: Path) -> None:
    pdf = _essai(tmp_path, "``` tableau\nDépôt | 3 mois | CCH\nRecours | 2 mois\n```")
    lu = Lu(pdf)
    cellules = [un for un in lu.elements if un.role in ("TH", "TD")]
    assert [(un.role, str(un.attribut("/Scope"))) for un in cellules] == [("TH", "/Row"), ("TD", "None")] * 2


def test_les_colonnes_de_la_note_ont_leurs_entetes() -> None:
    lu = Lu(papier("cotation"))
    colonnes = [un for un in lu.elements if un.attribut("/Scope") == "/Column"]
    assert len(colonnes) == 3
    assert any(un.attribut("/ColSpan") == 2 for un in lu.elements if un.role == "TH")


def test_un_passage_d_une_autre_langue_le_dit(tmp_path: Path) -> None:
    pdf = _essai(tmp_path, "Dites : [Where is the shelter?](lang:en) Puis attendez. [Un site](https://exemple.fr)")
    langues = {str(une.dit.Lang) for *_, une in Lu(pdf).marques if une.dit is not None and "/Lang" in une.dit}
    assert langues == {"en"}
    assert "Dites : Where is the shelter? Puis attendez. Un site" in texte_plat(pdf)
    assert fautes(pdf) == {}


def test_un_bloc_d_une_autre_langue_le_dit() -> None:
    sur = etabli("en")
    sur.racine.ajouter("H1")
    blocs = [sur.texte("Titre", sur.styles.titre, sur.racine.enfants[0])]
    passage = sur.racine.ajouter("Sect", langue="fr")
    blocs.append(sur.texte("Où est l'accueil ?", sur.styles.corps, passage.ajouter("P")))
    pdf = imprimer(sur, blocs)
    lu = Lu(pdf)
    assert [un.langue for un in lu.elements if un.role in ("Sect", "P")] == ["fr", "fr"]
    assert fautes(pdf) == {}


@pytest.mark.parametrize(
    ("langue", "lue"), [("fr-falc", "fr"), ("fa-AF", "fa-AF"), ("zh-Hant", "zh-Hant"), ("es-419", "es-419")]
)
def test_la_langue_se_dit_comme_une_voix_la_connait(langue: str, lue: str) -> None:
    assert langue_lue(langue) == lue


@pytest.mark.parametrize("nom", DE_DROITE)
def test_de_droite_a_gauche_deux_lignes_ne_se_collent_pas(nom: str) -> None:
    """L'espace d'une fin de ligne est à gauche de la ligne, hors de la colonne ; les mots restent séparés."""
    sur = etabli("ar")
    dit = f"{ECRITURES[nom]} " * 12
    lu = texte_plat(imprimer(sur, paragraphes(sur, dit)))
    assert len(lu.split()) >= len(dit.split())
