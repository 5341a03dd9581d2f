"""Des noms et des mots de chaque écriture que le papier sait écrire, et de quoi en faire un papier."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

from exemples_papier import DECLARATION, LANGUE, donnees, ecrire_fiche, fiches

from impressions.atelier import Etabli
from impressions.balises import Noeud
from impressions.blocs import Bloc
from impressions.donnees import Donnees
from impressions.pages import Identite, dessiner, paginer
from impressions.papier import Papier
from impressions.styles import styles
from modele.mots.phrases import Mots, mots

ECRITURES = {
    "vietnamien": "NGUYỄN Ngọc Ánh Đức Trần Thị Hương",
    "turc": "Şükrü ÇAĞLAYAN İpek Ilgın",
    "azéri": "Əliyev Pərvanə Məmmədov",
    "éwé": "Kɔdzo AGBEƉEƉE ɖevi Ŋutsu",
    "haoussa": "Ƙwari ɓaure ɗan Ƴar’adua",
    "yoruba": "Ọlátúnjí Ẹ̀bùn Ṣọlá ŋ̀ m̀",
    "roumain et polonais": "Țăran Ștefănescu Łukasz Żółć",
    "cyrillique": "Ткаченко Тарас Їжакевич Ґалаґан Әлия Қазақ",
    "grec": "Παπαδόπουλος Ἀθηνᾶ Ὀδυσσεύς",
    "arabe": "محمد عبد الله الحُسَيْن لا إله شكرًا مرّة",
    "persan": "گلچهره پژمان‌نیا می‌خواهم",
    "pachto": "ښاغلی ځوان ډېر ګران ړنګ ټول ڼ",
    "hébreu": "דוד בן־גוריון שלום",
    "n’ko": "ߛߟߏߞߏ ߞߊ߲ߕߍ",
    "géorgien": "გიორგი ჯუღაშვილი ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ",
    "arménien": "Շահնուր Վաղինակ Ազնավուրյան",
    "amharique": "አበበ ቢቂላ ሰላም",
    "tigrinya": "ትግርኛ ሓጎስ ብርሃነ",
    "han": "王小明 歐陽娜娜 习近平",
    "kana": "ひらがな カタカナ 山田太郎",
    "devanagari": "राजेश कुमार श्रीवास्तव क्षत्रिय",
    "bengali": "শেখ মুজিবুর রহমান ক্ষুদ্র",
    "gourmoukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "tamoul": "கிருஷ்ணன் சுப்பிரமணியம் ஸ்ரீ",
    "singhalais": "ශ්‍රී ලංකා චන්ද්‍රිකා",
    "thaï": "สมชาย ใจดี น้ำผึ้ง กตัญญู",
    "lao": "ສົມພອນ ພິມມະຈັນ",
    "khmer": "សុខ សុវណ្ណារ៉ា ខ្ញុំ",
    "birman": "အောင်ဆန်းစုကြည် ကျွန်တော်",
    "tibétain": "བཀྲ་ཤིས་རྡོ་རྗེ།",
    "tifinagh": "ⴰⵎⴰⵣⵉⵖ ⵜⵉⴼⵉⵏⴰⵖ",
}
DE_DROITE = ("arabe", "persan", "pachto", "hébreu", "n’ko")
MELEE = "NGUYỄN محمد Ткаченко 12/03/1984 06 12 34 56 78"
ALLURES = ("corps", "fort", "section", "total", "petit")


def etabli(langue: str = "fr", *, grands: bool = False) -> Etabli:
    """De quoi fabriquer des blocs, avec les phrases françaises, comme si le papier était dans cette langue."""
    return Etabli(Mots(langue, mots().tables), styles(grands_caracteres=grands), Noeud("Document"))


def paragraphes(sur: Etabli, *textes: str, allures: tuple[str, ...] = ("corps",)) -> list[Bloc]:
    """Chaque texte dans chaque allure, l'un sous l'autre."""
    return [
        sur.texte(texte, getattr(sur.styles, allure), sur.racine.ajouter("P")) for texte in textes for allure in allures
    ]


def imprimer(sur: Etabli, blocs: list[Bloc], pied: str = ".") -> Papier:
    """Le PDF de ces blocs."""
    identite = Identite("Essai", sur.mots.langue, date(2026, 11, 30), pied, "{n}", sur.styles.pied, miroir=sur.miroir)
    return Papier(dessiner(paginer(blocs), sur.racine, identite), sur.manques)


def papier_de(textes: str | tuple[str, ...], langue: str = "fr", **reglages: Any) -> Papier:
    """Un papier d'un ou plusieurs paragraphes ordinaires."""
    sur = etabli(langue, **reglages)
    return imprimer(sur, paragraphes(sur, *((textes,) if isinstance(textes, str) else textes)))


def fiche_de_deux_pages(racine: Path, nom: str, graine: int = 0) -> Donnees:
    """De quoi imprimer « essai » : deux pages de titres, de paragraphes et de listes dans cette écriture."""
    hasard, banque = random.Random(graine), ECRITURES[nom].split(" ")
    dire = lambda long: " ".join(hasard.choice(banque) for _ in range(long))  # noqa: E731
    corps = "\n\n".join(
        f"## {dire(3)}\n\n{dire(30)} 06 12 34 56 78 **{dire(4)}**.\n\n- {dire(16)}\n- {dire(18)}" for _ in range(8)
    )
    dossier = racine / f"{nom}-{graine}"
    ecrire_fiche(dossier, "essai", corps, toml=DECLARATION + LANGUE)
    return donnees(fiches=fiches(dossier))
