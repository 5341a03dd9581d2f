"""Le papier d'un essai le dit, sauf s'il ne doit rien dire ; qui répond des données s'imprime, ou se refuse."""

from __future__ import annotations

import pytest
from exemples_papier import MENTIONS, depose, donnees, fiches
from lecture_pdf import texte
from refaire_references import AVEC_MENTIONS, REFERENCES

from impressions.document import composer
from modele.fiches import FicheDisponible
from modele.regles.fautes import ErreurUtilisateur

ESSAI = "essai, données fictives"
TOUTES = [fiche for fiche in fiches().disponibles() if fiche.id not in AVEC_MENTIONS]


@pytest.mark.parametrize("fiche", TOUTES, ids=lambda fiche: fiche.id)
def test_l_essai_se_dit_en_pied_de_page_tant_que_rien_n_est_inscrit(fiche: FicheDisponible) -> None:
    assert (
        ESSAI in " ".join(texte(composer(fiche.id, donnees(document=depose()))).split())
    ) is not fiche.surete.reservee
    assert ESSAI not in texte(composer(fiche.id, donnees(document=depose(), mentions=MENTIONS)))


@pytest.mark.parametrize("fiche", [une.id for une in TOUTES if une.surete.reservee])
def test_une_fiche_reservee_est_la_meme_a_l_essai_ou_non(fiche: str) -> None:
    """Octet pour octet : rien ne dit où elle a été remise."""
    assert composer(fiche, donnees()) == composer(fiche, donnees(mentions=MENTIONS))


@pytest.mark.parametrize("fiche", AVEC_MENTIONS)
def test_qui_repond_des_donnees_s_imprime_tel_qu_inscrit(fiche: str) -> None:
    lu = texte(composer(fiche, donnees(mentions=MENTIONS)))
    assert lu == (REFERENCES / f"{fiche}.txt").read_text(encoding="utf-8")
    plat = " ".join(lu.split())
    for dit in (MENTIONS.delegue, MENTIONS.responsables, MENTIONS.conservation, MENTIONS.hebergement):
        assert dit.replace("'", "’") in plat
    assert "octobre 2026" in plat


@pytest.mark.parametrize("fiche", AVEC_MENTIONS)
def test_sans_mentions_elle_est_refusee(fiche: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="Avant de vrais dossiers"):
        composer(fiche, donnees())
