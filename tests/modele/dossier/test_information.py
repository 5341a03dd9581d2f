"""Ce qui est dû en information, à quel moment, et par quelles fiches ; jamais une fiche de sûreté."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier import information
from modele.dossier.information import Donnee, Moment, dus, lire_information, livree
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_texte
from ressources import RESSOURCES

DEPOSEE = {"demande": {"date_depot": "2026-11-02"}}
NUMERO = {"demande": {"numero_unique": "0310112345678R1234"}}
OFFRE = {"demande": {"numero_unique": "0310112345678R1234", "proposition_recue_le": "2026-11-20"}}
ENTETE = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-30\n'
UN_DU = '[[du]]\nid = "a"\nmoment = "avant"\nlibelle = "A"\narticle = "L1"\n'


def donnee(fiche: str = "", du: str = "", le: str = "2026-11-20") -> Donnee:
    return Donnee(fiche, du, "fr", date.fromisoformat(le))


def ids(document: dict[str, Any], *, grille: bool = True) -> list[str]:
    return [un.du.id for un in dus(livree(), document, [], grille=grille)]


def test_un_dossier_ou_rien_n_a_ete_donne_liste_tout_ce_qui_est_du() -> None:
    """Avant la demande, au dépôt, ensuite : chaque moment ajoute, aucun n'ôte."""
    avant, depot, apres, offre = ids({}), ids(DEPOSEE), ids(NUMERO), ids(OFFRE)
    assert avant == ["modalites", "satisfaction", "regles", "territoire", "accueil"]
    assert depot == [*avant, "donnees", "etapes", "cotation", "suivre"]
    assert apres == [*depot, "delai", "priorite", "decision", "refus"]
    assert set(offre) == {*apres, "offre"}
    assert all(etat.donnee is None for etat in dus(livree(), NUMERO, [], grille=True))


def test_sans_cotation_sur_le_territoire_elle_n_est_pas_due() -> None:
    assert {"cotation", "refus"} == set(ids(NUMERO)) - set(ids(NUMERO, grille=False))


def test_une_fiche_donne_ce_qu_elle_dit_et_la_derniere_fois_se_lit() -> None:
    donnees = [donnee("pieces", le="2026-11-25"), donnee("formulaire-vierge"), donnee(du="satisfaction")]
    etats = {un.du.id: un.donnee for un in dus(livree(), {}, donnees, grille=True)}
    dites = {nom for nom, une in etats.items() if une is not None}
    assert dites == {"modalites", "satisfaction"}
    assert (etats["modalites"], etats["satisfaction"]) == (donnees[0], donnees[2])


def test_dite_de_vive_voix_ou_par_une_fiche_ce_n_est_pas_la_meme_cle() -> None:
    """« cotation » est une fiche et une information due : l'une ne passe pas pour l'autre par son seul nom."""
    etats = {un.du.id: un.donnee for un in dus(livree(), NUMERO, [donnee("donnees")], grille=True)}
    assert etats["donnees"] is None
    (par_la_fiche,) = [un for un in dus(livree(), NUMERO, [donnee("cotation")], grille=True) if un.donnee]
    assert par_la_fiche.du.id == "cotation"


@given(st.lists(st.sampled_from(sorted(livree().inscrites))), st.sampled_from([{}, DEPOSEE, NUMERO]))
def test_donner_n_ajoute_ni_n_ote_rien_de_du(fiches: list[str], document: dict[str, Any]) -> None:
    etats = dus(livree(), document, [donnee(une) for une in fiches], grille=True)
    assert [un.du.id for un in etats] == ids(document)
    assert all((un.donnee is not None) == (not set(un.du.fiches).isdisjoint(fiches)) for un in etats)


def test_aucune_fiche_inscrite_n_est_de_surete() -> None:
    for fiche in livree().inscrites:
        texte = (RESSOURCES / "fiches" / fiche / "fiche.toml").read_text(encoding="utf-8")
        assert not any(f"\n{drapeau} = true" in f"\n{texte}" for drapeau in ("securite", "sans_dossier", "discret"))
    assert livree().inscrites.isdisjoint({"115", "neutre", "violences", "separation", "handicap", "note-sociale"})


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        (f'{ENTETE}inscrites = ["violences"]\n{UN_DU}', "est une fiche de sûreté"),
        (f'{ENTETE}inscrites = ["neutre"]\n{UN_DU}', "est une fiche de sûreté"),
        (f'{ENTETE}inscrites = ["nulle"]\n{UN_DU}', "n'est pas une fiche livrée"),
        (f'{ENTETE}inscrites = ["recu"]\n{UN_DU}fiches = ["pieces"]', "n'est pas parmi « inscrites »"),
        (f'{ENTETE}inscrites = ["recu"]\n{UN_DU}des = ["demande.lune"]', "n'est pas un champ du dossier"),
        (f'{ENTETE}inscrites = ["recu"]\n{UN_DU.replace("avant", "hier")}', "hier"),
    ],
)
def test_un_fichier_fautif_dit_sa_faute(texte: str, phrase: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=phrase):
        lire_information(lire_texte(texte, "information.toml"))


def test_mutant_une_fiche_de_surete_inscrite(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans le drapeau « securite », la fiche violences s'inscrirait."""
    monkeypatch.setattr(information, "_RESERVEE", ("sans_dossier", "discret"))
    lue = lire_information(lire_texte(f'{ENTETE}inscrites = ["violences"]\n{UN_DU}', "information.toml"))
    assert "violences" in lue.inscrites


def test_les_moments_suivent_la_demande(tmp_path: Path) -> None:
    assert [un.moment for un in livree().dus] == sorted((un.moment for un in livree().dus), key=list(Moment).index)
    assert livree().verifie_le == date(2026, 11, 30)
