"""Deux langues sur un papier, et la mention « pas relu » : dans les deux langues, jamais sur une fiche réservée."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from detecteur_langue import paragraphes
from exemples_papier import MENTIONS, rendez_vous_a
from lecture_pdf import texte, texte_plat

from impressions import bilingue
from impressions.balises import Noeud
from impressions.bilingue import cote_a_cote
from impressions.blocs import Bloc, Encadre, Filet, Pile, Rangee, Texte
from impressions.cases_a_cocher import CaseACocher
from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.donnees import Donnees
from impressions.lignes import Segment
from impressions.sauts import Saut
from impressions.styles import Style
from modele.bilan import Bilan, charger_regles, etablir
from modele.regles.egalite import nombres
from modele.regles.traduction import Etat, Traduction

DOSSIER = {
    "id": "01900000-0000-7000-8000-00003f2a91bc",
    "territoire": "metropole-exemple",
    "demandeur": {"nom": "Adeyemi", "prenoms": "Grace", "date_naissance": "1991-03-13"},
    "logement_actuel": {"statut": "chez_particulier", "surface": "41.5", "occupants": 4},
}
STYLE = Style()


@cache
def bilan() -> Bilan:
    return etablir(charger_regles("metropole-exemple"), DOSSIER, date(2026, 11, 23))


def prets(langue: str) -> Donnees:
    return donnees(bilan(), langue, mentions=MENTIONS, rendez_vous=rendez_vous_a())


def phrase(dit: str, noeud: Noeud | None = None) -> Texte:
    return Texte(segments=(Segment(dit, STYLE.police, 10, STYLE.couleur),), style=STYLE, noeud=noeud or Noeud("P"))


def lus(blocs: list[Bloc]) -> list[str]:
    dits: list[str] = []
    for bloc in blocs:
        match bloc:
            case Texte():
                dits.append("".join(un.texte for un in bloc.segments))
            case Rangee():
                dits += lus([autre for colonne in bloc.colonnes for autre in colonne.blocs])
            case Encadre():
                dits += lus(bloc.contenu.blocs)
    return dits


@pytest.mark.parametrize("fiche", ["resume", "cotation", "donnees"])
def test_le_papier_porte_les_deux_langues(fiche: str) -> None:
    """Tout ce que dit chacune y est ; une donnée qui se lit pareil n'y est qu'une fois."""
    deux = texte_plat(composer(fiche, prets("en"), "en", francais=prets("fr")))
    for langue in ("en", "fr"):
        corps = " ".join(paragraphes(fiche, prets(langue), langue)[:-1])
        assert set(corps.split()) - set(deux.split()) == set()
    for mot in ("Adeyemi",) if fiche == "resume" else ():
        assert deux.count(mot) == 1
    assert "page 1 of" in deux


@pytest.mark.parametrize("fiche", ["resume", "cotation", "donnees"])
def test_une_langue_a_les_memes_nombres_que_le_francais(fiche: str) -> None:
    """Téléphones, articles, points, dates : les mêmes, autant de fois (le nombre de pages mis à part)."""
    dits = [" ".join(texte(composer(fiche, prets(langue), langue)).split()) for langue in ("en", "fr")]
    sans_pages = [_sans_pied(dit) for dit in dits]
    assert nombres(sans_pages[0]) == nombres(sans_pages[1])


def _sans_pied(dit: str) -> str:
    import re

    dit = re.sub(r"[Pp]age \d+ (?:of|sur) \d+", " ", dit)
    return re.sub(r"(\d+)[.,](\d+)", r"\1 \2", re.sub(r"(?<=\d)[,\u202f](?=\d{3})", "", dit))


def test_un_paragraphe_est_a_cote_de_son_francais() -> None:
    (rangee,) = cote_a_cote([phrase("Hello")], [phrase("Bonjour")])
    assert isinstance(rangee, Rangee)
    assert lus([rangee]) == ["Hello", "Bonjour"]


def test_ce_qui_se_lit_pareil_ne_s_ecrit_qu_une_fois() -> None:
    assert lus(cote_a_cote([phrase("06 12")], [phrase("06\u202f12")])) == ["06 12"]


def test_une_cellule_a_son_francais_dessous_et_un_filet_reste_seul() -> None:
    def rangee(*mots: str) -> Rangee:
        return Rangee(colonnes=[Pile(blocs=[phrase(mot)]) for mot in mots], largeurs=(None, 90))

    une, filet = cote_a_cote([rangee("Name", "Grace"), Filet()], [rangee("Nom", "Grace"), Filet()])
    assert lus([une]) == ["Name", "Nom", "Grace"]
    assert isinstance(filet, Filet)


def test_un_encadre_reste_un_encadre() -> None:
    encadres = [Encadre(contenu=Pile(blocs=[phrase(mot)])) for mot in ("Call", "Appelez")]
    (un,) = cote_a_cote(encadres[:1], encadres[1:])
    assert isinstance(un, Encadre)
    assert lus([un]) == ["Call", "Appelez"]


def test_des_blocs_qui_ne_se_repondent_pas_se_suivent() -> None:
    """Rien ne se perd : toute une langue, un filet, puis l'autre."""
    assert lus(cote_a_cote([phrase("A"), phrase("B")], [phrase("C")])) == ["A", "B", "C"]


def test_un_bloc_d_une_autre_sorte_reste_entier() -> None:
    filet = Filet()
    assert bilingue._reduit(filet) is filet
    (rangee,) = cote_a_cote([phrase("A")], [Encadre(contenu=Pile(blocs=[phrase("B")]))])
    assert lus([rangee]) == ["A", "B"]


def test_pas_relu_se_dit_dans_les_deux_langues() -> None:
    dit = texte_plat(composer("resume", prets("en"), "en"))
    assert "translation not proofread" in dit
    assert "traduction non relue" in dit
    assert "relue" not in texte_plat(composer("resume", prets("fr"), "fr"))


def test_une_fiche_relue_dont_les_mots_ne_le_sont_pas_le_dit_encore() -> None:
    """Le papier est fait des deux ; relue d'un bout à l'autre, la mention tombe."""
    pret = prets("en")
    servie = pret.fiches.servies["resume"]
    relue = replace(servie.editions["en"], traduction=Traduction(Etat.RELUE, "Ana", date(2026, 11, 30)))
    servies = {**pret.fiches.servies, "resume": replace(servie, editions={**servie.editions, "en": relue})}
    moitie = replace(pret, fiches=replace(pret.fiches, servies=servies))
    assert "not proofread" in texte_plat(composer("resume", moitie, "en"))
    assert "not proofread" not in texte_plat(composer("resume", replace(moitie, a_relire=False), "en"))


def test_une_fiche_reservee_ne_le_dit_jamais() -> None:
    neutre = replace(prets("fr"), a_relire=True)
    assert "relue" not in texte_plat(composer("neutre", neutre, "fr"))


def test_une_case_a_cocher_et_un_saut_de_page_ne_se_redisent_pas() -> None:
    """Deux cases pour une pièce : on ne saurait laquelle cocher. Un saut mis dans une colonne ne sauterait plus."""
    une, autre = (Rangee(colonnes=[Pile(blocs=[CaseACocher(echelle=1.0)])], largeurs=(None,)) for _ in range(2))
    rangee, saut = cote_a_cote([une, Saut()], [autre, Saut()])
    assert isinstance(rangee, Rangee)
    assert rangee.colonnes[0].blocs == [CaseACocher(echelle=1.0)]
    assert saut == Saut()


def test_une_suite_tenue_d_un_bloc_se_delie_en_son_milieu() -> None:
    """Deux fois plus haute, elle ne tient plus : titre, en-tête et première ligne ; les deux dernières ensemble."""
    suite = [Texte(segments=(), style=STYLE, noeud=Noeud("P"), avec_suivant=rang < 6) for rang in range(7)]
    tenus = [bloc.avec_suivant for bloc in cote_a_cote(suite, suite)]
    assert tenus == [True, True, True, False, False, True, False]
