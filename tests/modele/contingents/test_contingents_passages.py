"""Du stock au flux : la conversion, ce qui manque et qui le fait, le droit qui finit dans l'année."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from modele.contingents import passages
from modele.contingents.passages import Etape, Manque, Passage, Reserve, actualise
from modele.dossier.chemins import ABSENT, poser
from modele.dossier.operations import en_json
from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 30)
NU = Passage("99X01", "Habitat Colombe")
PLEIN = replace(
    NU,
    siren="000000001",
    patrimoine=4000,
    patrimoine_au=date(2026, 1, 1),
    sans_droit=False,
    inventaire=(Reserve("HC-1", "garantie_emprunt", date(2027, 3, 1), "a"), Reserve("HC-2", id="b")),
    inventaire_le=date(2026, 5, 4),
    conseil_le=date(2026, 6, 20),
    envoyee_le=date(2026, 7, 1),
    signee_le=date(2026, 9, 1),
    qui={"inventaire": "le service habitat", "conseil": "la mairie"},
)


def document(passage: Passage) -> dict[str, Any]:
    rendu: dict[str, Any] = {}
    for chemin, valeur in passages.champs(passage).items():
        rendu = rendu if valeur is ABSENT else poser(rendu, chemin, en_json(valeur))
    for un in passage.inventaire:
        dit = {"reference": un.reference, "origine": un.origine, "fin_le": un.fin_le}
        element = en_json({cle: valeur for cle, valeur in dit.items() if valeur})
        rendu = poser(rendu, f"inventaire.elements.{un.id}", element)
    return rendu


@pytest.mark.parametrize("passage", [NU, PLEIN], ids=["nu", "plein"])
def test_il_se_relit_comme_il_s_ecrit(passage: Passage) -> None:
    """Inventaire compris, dans son ordre."""
    assert passages.relire(document(passage)) == passage


def test_tout_ce_qui_s_ecrit_est_du_genre() -> None:
    """Chaque chemin est déclaré, et chaque champ déclaré s'écrit."""
    genre = livres().du("passage_flux").inventaire
    assert set(passages.champs(NU)) == set(genre.champs)
    assert set(genre.listes) == {passages.INVENTAIRE}


def test_mal_ecrit_ailleurs_il_se_lit_comme_absent() -> None:
    """Rien ne tombe."""
    assert passages.relire({"sans_droit": "oui", "patrimoine": "4000", "inventaire": 3}) == Passage("", "")


def test_ce_qui_manque_et_qui_le_fait() -> None:
    """Dans l'ordre des étapes ; celui qui le fait n'est pas inventé."""
    assert passages.manques(PLEIN) == ()
    assert [un.etape for un in passages.manques(NU)] == list(Etape)
    assert {un.par for un in passages.manques(NU)} == {""}
    reste = replace(PLEIN, patrimoine=None, conseil_le=None, signee_le=None)
    assert passages.manques(reste) == (
        Manque(Etape.PATRIMOINE, "le service habitat"),
        Manque(Etape.CONSEIL, "la mairie"),
        Manque(Etape.SIGNATURE, ""),
    )


def test_sans_droit_il_ne_manque_rien() -> None:
    """Su, et non supposé : ``None`` laisse tout à faire. Le taux est zéro, pas inconnu."""
    assert passages.manques(replace(NU, sans_droit=True)) == ()
    zero = passages.taux(replace(NU, sans_droit=True, patrimoine=400), JOUR)
    assert zero is not None
    assert zero.pour_cent == 0


def test_un_droit_qui_finit_dans_moins_d_un_an_avertit() -> None:
    """Jour pour jour : dans un an juste, non ; fini hier, il n'est plus un droit."""
    dates = {"hier": date(2026, 11, 29), "auj": JOUR, "an-1": date(2027, 11, 29), "an": date(2027, 11, 30), "?": None}
    passage = replace(NU, inventaire=tuple(Reserve(nom, fin_le=fin) for nom, fin in dates.items()))
    assert [un.reference for un in passages.finissent(passage, JOUR)] == ["auj", "an-1"]
    assert [un.reference for un in passages.en_cours(passage, JOUR)] == ["auj", "an-1", "an", "?"]


def test_la_conversion_est_celle_du_droit() -> None:
    """480 droits sur 4 000 logements : 12 % (attributions.md, 1.4). Un droit fini ne se convertit pas."""
    droits = tuple(Reserve(f"R{rang}") for rang in range(480))
    passage = replace(PLEIN, inventaire=(*droits, Reserve("fini", fin_le=date(2020, 1, 1))))
    taux = passages.taux(passage, JOUR)
    assert taux is not None
    assert [str(etape) for etape in taux.etapes] == ["Taux : 480 / 4000 = 12 %"]


def test_plus_de_droits_que_de_logements_se_dit() -> None:
    """L'un des deux nombres est faux : rien ne se convertit."""
    with pytest.raises(ErreurUtilisateur, match="pas plus de droits"):
        passages.taux(replace(PLEIN, patrimoine=1), JOUR)


@pytest.mark.parametrize("sans", [{"patrimoine": None}, {"patrimoine": 0}, {"inventaire_le": None}])
def test_sans_patrimoine_ou_sans_inventaire_arrete_rien_ne_se_convertit(sans: dict[str, Any]) -> None:
    """Inconnu n'est pas zéro."""
    assert passages.taux(replace(PLEIN, **sans), JOUR) is None


def test_la_meme_reference_deux_fois_se_voit() -> None:
    """Une fois par référence en trop."""
    deux = (Reserve("A"), Reserve("B"), Reserve("A"), Reserve("A"))
    assert passages.doublons(deux) == ("A",)
    assert passages.doublons(PLEIN.inventaire) == ()


def test_la_meme_commune_chez_le_meme_bailleur() -> None:
    """Le SIREN d'abord ; à défaut, le nom à la casse et aux espaces près."""
    assert passages.meme(NU, replace(NU, bailleur=" habitat  COLOMBE"))
    assert passages.meme(NU, replace(NU, bailleur="Hàbitat-Colombé"))
    assert not passages.meme(NU, replace(NU, commune="99X02"))
    assert not passages.meme(NU, replace(NU, bailleur="Autre"))
    assert passages.meme(PLEIN, replace(NU, bailleur="Autre", siren="000000001"))
    assert not passages.meme(PLEIN, replace(PLEIN, siren="000000002"))


def test_le_taux_de_l_annee_suivante_a_ses_nombres() -> None:
    """L'exemple du droit : 480 sur 4 000, douze nés, vingt échus, soixante livrés ; il manque, il ne se sait pas."""
    jour = date(2026, 11, 27)
    droits = tuple(Reserve(f"L-{rang}") for rang in range(480))
    passage = Passage("99X01", "Habitat Colombe", patrimoine=4000, inventaire=droits, inventaire_le=jour)
    vu = actualise(passage, jour, nes=12, echus=20, livres=60)
    assert vu is not None
    assert [str(un) for un in vu.etapes] == [
        "Taux : 480 / 4000 = 12 %", "Taux actualisé : (480 + 12 − 20) / 4060 = 11,63 %",
    ]  # fmt: skip
    assert actualise(replace(passage, inventaire_le=None), jour) is None
    assert actualise(replace(passage, patrimoine=None), jour) is None
    nul = actualise(replace(passage, sans_droit=True), jour)
    assert nul is not None
    assert nul.part == 0
