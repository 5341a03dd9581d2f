"""Ce qu'un bailleur a dit de ses colonnes et de ses codes ne sert qu'à lui ; une commune d'ailleurs se voit."""

from __future__ import annotations

from typing import Any

import pytest
from fichiers_bailleurs import JOUR, UNE_ATTRIBUTION, en_csv

from modele.attributions import correspondance as piece
from modele.attributions.colonnes import FichierDe
from modele.attributions.correspondance import Correspondance, associer, traduire
from modele.attributions.import_bailleur import HORS_DU_TERRITOIRE, EssaiBailleur, essayer

A = FichierDe.ATTRIBUTIONS
UN, AUTRE = "000000001", "000000002"


def fichier(siren: str, reponse: str = "R1", **changes: str) -> bytes:
    """Une ligne de ce bailleur, qui écrit ses réponses à sa façon."""
    return en_csv([UNE_ATTRIBUTION | {"siren_bailleur": siren, "reponse": reponse} | changes]).encode()


def essai(octets: bytes, *connues: Correspondance, **autres: Any) -> EssaiBailleur:
    return essayer(octets, A, None, JOUR, connues, **autres)


def apprise(siren: str, code: str = "ACCEPTEE") -> Correspondance:
    """Comme à l'écran : l'essai, le code traduit, l'essai refait ; ce qui se garde est la correspondance rendue."""
    premier = essai(fichier(siren))
    assert dict(premier.inconnus) == {"reponse": ("R1",)}
    return essayer(fichier(siren), A, traduire(premier.correspondance, "reponse", "R1", code), JOUR).correspondance


def le_suivant_se_lit_seul() -> None:
    suivant = essai(fichier(UN), apprise(UN))
    assert suivant.refusees == ()
    assert suivant.table["reponse"].to_list() == ["ACCEPTEE"]


def celui_d_un_autre_ne_s_en_sert_pas() -> None:
    ailleurs = essai(fichier(AUTRE), apprise(UN))
    assert dict(ailleurs.inconnus) == {"reponse": ("R1",)}
    assert ailleurs.table.height == 0


def test_les_codes_d_un_bailleur_se_gardent_pour_lui() -> None:
    assert apprise(UN).siren_bailleur == UN
    le_suivant_se_lit_seul()


def test_les_codes_d_un_bailleur_ne_servent_a_nul_autre() -> None:
    """« R1 » est acceptée chez l'un, refusée chez l'autre : la sienne gagne, dans quelque ordre qu'elles se gardent."""
    celui_d_un_autre_ne_s_en_sert_pas()
    deux = (apprise(UN), apprise(AUTRE, "REFUSEE"))
    for connues in (deux, deux[::-1]):
        assert essai(fichier(UN), *connues).table["reponse"].to_list() == ["ACCEPTEE"]
        assert essai(fichier(AUTRE), *connues).table["reponse"].to_list() == ["REFUSEE"]


def test_un_fichier_de_deux_bailleurs_n_a_les_codes_d_aucun_des_deux() -> None:
    """Les siens seulement, une fois dits pour les deux ensemble."""
    deux = en_csv(
        [UNE_ATTRIBUTION | {"siren_bailleur": siren, "id_attribution": siren, "reponse": "R1"} for siren in (UN, AUTRE)]
    ).encode()
    assert essai(deux, apprise(UN), apprise(AUTRE)).table.height == 0
    ensemble = essayer(deux, A, traduire(essai(deux).correspondance, "reponse", "R1", "ACCEPTEE"), JOUR).correspondance
    assert ensemble.siren_bailleur == f"{UN} {AUTRE}"
    assert essai(deux, ensemble).table.height == 2


def test_un_siren_fixe_est_celui_de_qui_le_dit() -> None:
    """Le fichier ne dit pas de qui il est : ce qui fut dit ressert, et se relit avant d'importer."""
    sans = en_csv([{cle: un for cle, un in UNE_ATTRIBUTION.items() if cle != "siren_bailleur"} | {"reponse": "R1"}])
    nue = associer(apprise(UN), "siren_bailleur", fixe=UN)
    dite = essayer(sans.encode(), A, nue, JOUR).correspondance
    assert dite.siren_bailleur == UN
    assert essai(sans.encode(), dite).table["reponse"].to_list() == ["ACCEPTEE"]


def test_les_zeros_et_les_espaces_d_un_siren_ne_font_pas_un_autre_bailleur() -> None:
    for ecrit in ("1", "000 000 001"):
        assert essai(fichier(ecrit), apprise(UN)).correspondance.siren_bailleur == UN


def test_une_correspondance_qui_ne_dit_pas_de_qui_ne_traduit_rien() -> None:
    """Gardée par une version plus ancienne : ses colonnes servent, ses codes se redisent."""
    colonnes = Correspondance(fichier=A, colonnes={une: une for une in UNE_ATTRIBUTION})
    assert essai(fichier(UN), traduire(colonnes, "reponse", "R1", "ACCEPTEE")).table.height == 0


@pytest.mark.parametrize("mutant", ["à tous", "à personne"])
def test_mutants_des_codes(monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    if mutant == "à tous":
        monkeypatch.setattr(piece, "sans_codes", lambda une: une)
        epreuve = celui_d_un_autre_ne_s_en_sert_pas
    else:
        monkeypatch.setattr("modele.attributions.import_bailleur._de_qui", lambda *_: "")
        epreuve = le_suivant_se_lit_seul
    with pytest.raises(AssertionError):
        epreuve()


def test_une_commune_d_ailleurs_se_releve_et_compte_quand_meme() -> None:
    """Un bailleur loue aussi hors du territoire ; un fichier pris pour un autre se voit."""
    lu = essai(fichier(UN, "ACCEPTEE", code_insee="75056"), communes={"99901"})
    assert lu.table.height == 1
    assert [(une.ligne, une.colonne, une.message) for une in lu.avertissements if une.colonne == "code_insee"] == [
        (2, "code_insee", HORS_DU_TERRITOIRE.format("75056"))
    ]
    assert essai(fichier(UN, "ACCEPTEE", code_insee="99901"), communes={"99901"}).avertissements == ()
    sans_territoire = essai(fichier(UN, "ACCEPTEE", code_insee="75056")).avertissements
    assert not any(une.colonne == "code_insee" for une in sans_territoire)
