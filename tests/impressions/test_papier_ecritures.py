"""Chaque nom s'imprime tel qu'il s'écrit : police embarquée, texte relu égal, rien de coupé, dans le bon ordre."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import pairwise

import pypdfium2 as pdfium
import pytest
from exemples_ecritures import ALLURES, DE_DROITE, ECRITURES, MELEE, etabli, imprimer, papier_de, paragraphes
from exemples_papier import RACINE
from hypothesis import given, settings
from hypothesis import strategies as st
from lecture_pdf import octets, texte_plat

from impressions import sens
from impressions.ecritures import A_LA_MAIN, grappes, lisible, morceaux, police_pour
from impressions.formes import largeur
from impressions.lignes import couper, texte_de
from impressions.pages import LARGE
from impressions.papier import Papier
from impressions.polices import GRAS, NORMAL, POLICES, declarees
from impressions.sens import droite_a_gauche, niveaux, ordre_visuel, sens_des_lignes
from impressions.styles import MARGE_COTE, PAGE

NOMS = list(ECRITURES)


def _nfc(texte: str) -> str:
    return unicodedata.normalize("NFC", texte)


def _boites(pdf: bytes) -> list[tuple[float, float, float, float]]:
    return [
        lue.get_charbox(rang)
        for page in pdfium.PdfDocument(pdf)
        for lue in (page.get_textpage(),)
        for rang in range(lue.count_chars())
    ]


def _encre(pdf: bytes) -> list[tuple[int, int, int, int]]:
    """De chaque page, en points, le rectangle où il y a de l'encre."""
    return [
        page.render(scale=1).to_pil().convert("L").point(lambda gris: 255 * (gris < 200)).getbbox() or (0, 0, 0, 0)
        for page in pdfium.PdfDocument(pdf)
    ]


def _rien_n_est_coupe(pdf: bytes) -> None:
    """L'encre tient dans les marges ; aucune lettre n'est hors de la page."""
    for gauche, bas, droite, haut in _boites(pdf):
        assert 0 <= gauche <= droite <= PAGE[0]
        assert 0 <= bas <= haut <= PAGE[1]
    for gauche, haut, droite, bas in _encre(pdf):
        assert gauche >= MARGE_COTE - 3
        assert droite <= PAGE[0] - MARGE_COTE + 3
        assert 0 < haut < bas < PAGE[1]


# Une écriture.


@pytest.mark.parametrize("grands", [False, True], ids=["ordinaire", "grands"])
@pytest.mark.parametrize("nom", NOMS)
def test_une_ecriture_se_relit_telle_quelle(nom: str, grands: bool) -> None:
    """Chaque mot, dans chaque allure, maigre ou grasse."""
    sur = etabli(grands=grands)
    pdf = imprimer(sur, paragraphes(sur, *ECRITURES[nom].split(" "), allures=ALLURES))
    assert pdf.manques == ()
    # Qui relit devine mal où finit une ligne d'un seul mot : les mots se comptent sans espaces.
    relu = "".join(texte_plat(pdf).split())
    for mot in _nfc(ECRITURES[nom]).split():
        assert relu.count(mot) >= len(ALLURES), mot
    _rien_n_est_coupe(pdf)


@pytest.mark.parametrize("nom", NOMS)
def test_une_phrase_se_relit_dans_l_ordre(nom: str) -> None:
    assert _nfc(ECRITURES[nom]) in texte_plat(papier_de(ECRITURES[nom]))


@pytest.mark.parametrize("nom", NOMS)
def test_ses_polices_sont_embarquees_et_reduites(nom: str) -> None:
    pdf = papier_de(ECRITURES[nom])
    noms = re.findall(rb"/BaseFont /([^\s/]+)", pdf)
    assert len(set(noms)) == pdf.count(b"/FontFile2") == pdf.count(b"/CIDToGIDMap")
    assert all(re.fullmatch(rb"[A-Z]{6}\+\w+(-\w+)?", un) for un in noms)
    assert len(pdf) < 60_000
    assert pdf == papier_de(ECRITURES[nom])


@pytest.mark.parametrize("nom", NOMS)
def test_le_gras_se_voit(nom: str) -> None:
    """Par son fichier, sinon par un trait épaissi : jamais un gras qui ne se distingue pas."""

    def noir(allure: str) -> int:
        sur = etabli()
        pdf = imprimer(sur, paragraphes(sur, ECRITURES[nom], allures=(allure,)))
        image = pdfium.PdfDocument(pdf)[0].render(scale=3).to_pil().convert("L").crop((0, 0, 1800, 300))
        return sum(255 - gris for gris in image.tobytes())

    assert noir("fort") > noir("corps") * 1.08


def test_un_nom_ne_mele_pas_deux_dessins() -> None:
    """« Ánh » seul s'écrirait dans la police ordinaire : à côté de « Ngọc », il prend la sienne."""
    assert police_pour(NORMAL, "Ngọc Ánh") == "noto-normal"
    assert police_pour(GRAS, "NGUYỄN") == "noto-gras"
    assert police_pour(NORMAL, "Ánh Œuvre şükrü") == NORMAL
    assert {m.fonte.nom for m in morceaux("noto-normal", "Ngọc Ánh")} == {"NotoSans-Regular"}


def test_un_accent_isole_se_pose_sur_sa_lettre() -> None:
    """La police ordinaire le dessinerait à côté : une autre écrit le mot."""
    assert police_pour(NORMAL, "m\u0300") == "noto-normal"
    assert {m.fonte.nom for m in morceaux(NORMAL, "m\u0300a")} == {"NotoSans-Regular"}


def test_une_police_n_est_lue_qu_a_la_rencontre_de_son_ecriture() -> None:
    """Un papier en français n'ouvre ni l'arabe, ni le han, ni même la seconde police latine."""
    script = (
        "import sys; sys.path[:0] = ['tests/impressions', 'tests', '.']\n"
        "from exemples_ecritures import papier_de\nimport impressions.polices as p\n"
        "lues = []\nvraie = p.Fonte.__init__\n"
        "def lire(self, chemin):\n    lues.append(chemin.name)\n    vraie(self, chemin)\n"
        "p.Fonte.__init__ = lire\n"
        "papier_de('Bonjour, ceci est à vous : 12 €.')\nfrancais = list(lues)\n"
        "papier_de('محمد')\nprint(francais, lues[len(francais):], 'bidi' in sys.modules)\n"
    )
    fini = subprocess.run([sys.executable, "-c", script], cwd=RACINE, capture_output=True, text=True, check=True)
    assert fini.stdout.split("]")[0] == "['AtkinsonHyperlegibleNext-Regular.ttf'"
    assert "['NotoNaskhArabic-Regular.ttf'] True" in fini.stdout


def test_les_polices_livrees_sont_declarees_et_tiennent_en_25_mo() -> None:
    livrees = {fichier.name for fichier in POLICES.glob("*.ttf")}
    nommees = {fichier for famille in declarees().familles.values() for fichier in famille.fichiers.values()}
    assert livrees == nommees
    assert sum(fichier.stat().st_size for fichier in POLICES.iterdir()) <= 25_000_000
    plages = list(zip(declarees().debuts, (fin for fin, _ in declarees().plages), strict=True))
    assert all(debut <= fin for debut, fin in plages)
    assert all(fin < suivant for (_, fin), (suivant, _) in pairwise(plages))


# Ce qui ne s'écrit pas.


def test_ce_qui_ne_s_ecrit_pas_laisse_un_blanc_et_se_dit() -> None:
    papier = papier_de("M. 한국 Kim 😀")
    assert texte_plat(papier) == f"M. {A_LA_MAIN} Kim {A_LA_MAIN} . 1"
    assert papier.manques == ("한", "국", "😀")
    assert "« 한 » (hangul syllable han, U+D55C)" in papier.avertissement
    assert "blanc souligné" in papier.avertissement
    assert "한" not in papier.muet
    assert papier.muet


def test_au_dela_de_trois_signes_le_reste_se_compte() -> None:
    assert " et 2 autres : le papier" in Papier(b"", tuple("abcde")).avertissement
    assert " et 1 autre : le papier" in Papier(b"", tuple("abcd")).avertissement
    assert Papier(b"").avertissement == Papier(b"").muet == ""


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_rien_de_visible_ne_disparait_sans_etre_dit(texte: str) -> None:
    """Ce qui reste, plus ce qui manque, c'est tout ce qui se voyait."""
    dit, manques = lisible(texte)
    compose = _nfc(texte)
    visibles = [x for x in compose if unicodedata.category(x)[0] not in "CZ" and x not in "\ufe0e\ufe0f"]
    perdus = {x for manque in manques for x in manque}
    assert all(x in dit or x in perdus for x in visibles)
    assert lisible(dit) == (dit, ())
    assert bool(manques) <= (A_LA_MAIN in dit)


def test_les_signes_invisibles_s_en_vont_les_liants_restent() -> None:
    assert lisible("a\u200eb\u00adc\ufeff") == ("abc", ())
    assert lisible("پژمان\u200cنیا") == ("پژمان\u200cنیا", ())


# L'ordre.


def _visuel(texte: str, *, miroir: bool) -> str:
    """Ce qui se voit de gauche à droite, un mot de droite à gauche gardé dans l'ordre où il se lit."""
    bouts: list[tuple[int, str]] = []
    for niveau, lettre in zip(niveaux(texte, miroir=miroir), texte, strict=True):
        if bouts and bouts[-1][0] == niveau:
            bouts[-1] = (niveau, bouts[-1][1] + lettre)
        else:
            bouts.append((niveau, lettre))
    return "|".join(bout for _, bout in ordre_visuel(bouts))


@pytest.mark.parametrize(
    ("texte", "miroir", "visuel"),
    [
        ("M. محمد علي (HLM)", False, "M. |محمد علي| (HLM)"),
        ("محمد (HLM) علي", True, ") علي|HLM|محمد ("),
        ("محمد (علي) HLM", False, "محمد (علي)| HLM"),
        ("اتصل 06 12 34 56 78 أو 115", True, "115| أو |06 12 34 56 78|اتصل "),
        ("محمد 12/03/1984 06 12", False, "محمد| 12/03/1984 06 12"),
        ("من 9:00-17:30 إلى", True, " إلى|9:00-17:30|من "),
        ("+33 6 39 98 01 01 هاتف", True, " هاتف|+33 6 39 98 01 01"),
        ("۰۶ ۱۲ ۳۴ تلفن", True, " تلفن|۰۶ ۱۲ ۳۴"),
    ],
    ids=["nom arabe", "sigle", "parenthèse arabe", "téléphone", "date", "horaire", "indicatif", "persan"],
)
def test_l_ordre_visuel(texte: str, miroir: bool, visuel: str) -> None:
    assert _visuel(texte, miroir=miroir) == visuel


def test_un_numero_ne_se_coupe_ni_ne_se_renverse() -> None:
    """Relu dans une page qui se lit de droite à gauche, au milieu d'une phrase."""
    dit = texte_plat(papier_de("اتصل بالرقم 06 12 34 56 78 أو +33 6 39 98 01 01 قبل 12/03/2027", "ar"))
    for numero in ("06 12 34 56 78", "+33 6 39 98 01 01", "12/03/2027"):
        assert numero in dit


def test_une_virgule_en_fin_de_ligne_va_avec_ce_qui_suit() -> None:
    """Le paragraphe se juge entier : coupée là, elle resterait du mauvais côté."""
    ensemble, seule = sens_des_lignes(["محمد،", "علي"], miroir=False)[0], sens_des_lignes(["محمد،"], miroir=False)[0]
    assert ensemble[-1] == 1
    assert seule[-1] == 0
    assert sens_des_lignes(["Bonjour", "12"], miroir=False) == [(), ()]


@pytest.mark.parametrize(
    ("langue", "droite"),
    [
        ("ar", True),
        ("fa-AF", True),
        ("ps", True),
        ("fr", False),
        ("fr-falc", False),
        ("ka", False),
        ("xx", False),
        ("", False),
    ],
)
def test_le_sens_d_une_langue(langue: str, droite: bool) -> None:
    assert droite_a_gauche(langue) is droite


@pytest.mark.parametrize("nom", DE_DROITE)
def test_une_page_en_miroir_commence_a_droite(nom: str) -> None:
    """Titre, paragraphe, puce et première colonne à droite ; la page à gauche."""
    sur = etabli("ar")
    (bloc,) = paragraphes(sur, ECRITURES[nom].split(" ")[0])
    bloc.puce = "•"
    rangee = sur.rangee(
        [sur.cellule(Noeud, ("Un", sur.styles.corps)) for Noeud in (sur.racine.ajouter("TR"),)]
        + [sur.cellule(sur.racine, ("Deux", sur.styles.points))],
        (None, 80),
    )
    pdf = imprimer(sur, [bloc, rangee], "Pied")
    page = pdfium.PdfDocument(pdf)[0]
    lue = page.get_textpage()
    texte = lue.get_text_range()
    place = {mot: lue.get_charbox(texte.index(mot)) for mot in ("•", "Un", "Deux", "Pied")}
    milieu = PAGE[0] / 2
    assert place["•"][0] > PAGE[0] - MARGE_COTE - 10
    assert place["Un"][0] > milieu
    assert place["Deux"][0] < MARGE_COTE + 5
    assert place["Pied"][0] > milieu
    _rien_n_est_coupe(pdf)


# Les mots longs, les mélanges, les grands caractères.

_MOTS = st.sampled_from([mot for phrase in ECRITURES.values() for mot in phrase.split(" ")])
_BOUTS = st.one_of(_MOTS, st.sampled_from(["06 12 34 56 78", "12/03/1984", "(", ")", "،", "n°", "115", "—"]))


@given(st.lists(_BOUTS, min_size=1, max_size=25), st.sampled_from(["fr", "ar"]), st.sampled_from([1, 2]))
@settings(max_examples=40, deadline=None)
def test_un_melange_quelconque_ne_perd_rien_et_ne_deborde_pas(bouts: list[str], langue: str, fois: int) -> None:
    """200 % : le corps et le reste, deux fois plus grands."""
    sur = etabli(langue)
    style = sur.styles.corps
    style = type(style)(style.taille * fois, style.interligne * fois)
    pdf = imprimer(sur, [sur.texte(" ".join(bouts), style, sur.racine.ajouter("P"))])
    assert pdf.manques == ()
    _rien_n_est_coupe(pdf)
    chiffres = Counter(x for x in " ".join(bouts) if x.isdigit())
    assert chiffres - Counter(x for x in texte_plat(pdf) if x.isdigit()) == Counter()


@given(_MOTS, st.integers(2, 40), st.sampled_from([60.0, 150.0, LARGE]))
@settings(max_examples=60, deadline=None)
def test_un_tres_long_nom_se_coupe_entre_deux_lettres(mot: str, fois: int, large: float) -> None:
    """Jamais entre une lettre et son accent ; rien ne se perd ; aucune ligne ne déborde de plus d'une lettre."""
    sur = etabli()
    segment = sur.segment(mot * fois, sur.styles.grand)
    lignes = couper([segment], large)
    assert "".join(texte_de(ligne) for ligne in lignes) == segment.texte
    entieres = grappes(segment.texte)
    for ligne in lignes:
        lettres = grappes(texte_de(ligne))
        assert Counter(lettres) <= Counter(entieres)
        assert len(lettres) == 1 or sum(s.largeur for s in ligne) <= large * 1.02


@pytest.mark.parametrize("langue", ["fr", "ar"])
@pytest.mark.parametrize("grands", [False, True], ids=["ordinaire", "grands"])
def test_les_ecritures_melees_d_un_meme_nom(langue: str, grands: bool) -> None:
    sur = etabli(langue, grands=grands)
    pdf = imprimer(sur, paragraphes(sur, MELEE, allures=ALLURES))
    relu = texte_plat(pdf)
    for mot in ("NGUYỄN", "محمد", "Ткаченко", "12/03/1984", "06 12 34 56 78"):
        assert relu.count(mot) == len(ALLURES)
    _rien_n_est_coupe(pdf)


def test_ce_que_la_forme_reordonne_est_redit_a_cote() -> None:
    """« क्षत्रिय » : un dessin pour plusieurs lettres, un signe passé devant ; le texte est redit (ActualText)."""
    mot = "क्षत्रिय"
    assert f"/ActualText <FEFF{mot.encode('utf-16-be').hex()}>".encode() in octets(papier_de(mot))
    assert b"/ActualText" not in octets(papier_de("Bonjour à vous"))


def test_la_mesure_est_celle_du_dessin() -> None:
    """Sans quoi un texte serré à droite déborderait de sa colonne."""
    for nom, phrase in ECRITURES.items():
        sur = etabli("fr")
        style = type(sur.styles.corps)(20, 30, a_droite=True)
        pdf = imprimer(sur, [sur.texte(phrase.split(" ")[0], style, sur.racine.ajouter("P"))])
        _, _, droite, _ = _encre(pdf)[0]
        assert abs(droite - (PAGE[0] - MARGE_COTE)) < 5, nom
    assert largeur("noto-normal", "abc") < largeur("noto-gras", "abc")


def test_mutant_sans_numero_protege_le_telephone_se_renverse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce que l'invariant protège : l'algorithme seul dessine « 78 56 34 12 06 »."""
    texte = "اتصل 06 12 34 أو"
    monkeypatch.setattr(sens, "_NOMBRE", re.compile("(?!)"))
    sens.niveaux.cache_clear()
    assert "34| |12| |06" in _visuel(texte, miroir=True)
    monkeypatch.undo()
    sens.niveaux.cache_clear()
    assert "06 12 34" in _visuel(texte, miroir=True)
