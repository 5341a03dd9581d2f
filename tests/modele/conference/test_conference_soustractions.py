"""Ce qu'un lecteur soustrait : deux cases d'un dossier, ou deux dossiers. Chaque lien a son mutant, qui le coupe."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "attributions"))

from fichiers_bailleurs import attributions, logements

from modele.chiffres import Diffusion, seuil_de
from modele.chiffres.tableau import Tableau
from modele.conference.definitions import conference
from modele.conference.indicateurs import Annee, indicateurs
from modele.conference.lignes import Indicateur
from modele.conference.publication import Figee, figer, publier, relire
from modele.regles.fautes import ErreurUtilisateur

SEUIL = seuil_de(Diffusion.PARTENAIRES)
VALLEBRUME = "Habitat Vallebrume dénominateur"


def annee_de(table: pl.DataFrame) -> Annee:
    return indicateurs(table, logements(), 2026)


def sans_lien(annee: Annee, mot: str) -> Annee:
    """La même, dont le tableau ignore les sommes où est ce mot : le masque d'avant."""
    tableau = Tableau(dict(annee.tableau.cases), [une for une in annee.tableau.sommes if mot not in str(une.cases)])
    return replace(annee, tableau=tableau)


def montrees(annee: Annee, avant: Figee | None = None) -> dict[str, int]:
    return dict(publier(annee, Diffusion.PARTENAIRES, () if avant is None else (avant,)).cases)


def test_acceptees_et_baux_ne_se_soustraient_pas() -> None:
    """104 acceptées, 100 baux : quatre ménages."""
    annee = annee_de(attributions())
    cles = {"acceptees territoire", "baux territoire"}
    assert not cles <= set(montrees(annee))
    assert cles <= set(montrees(sans_lien(annee, "baux acceptés")))


def test_un_bail_sans_reponse_ecrite_se_compte_quand_meme() -> None:
    table = attributions().with_columns(reponse=pl.lit(None, pl.String))
    annee = annee_de(table)
    assert annee.tableau.cases["baux acceptés"].valeur == 0
    publier(annee, Diffusion.PUBLIC)


def avec_inconnus(au_semestre: int, apres: int) -> pl.DataFrame:
    """Les exemples, et des ménages de Vallebrume : quelques-uns sans quartile, beaucoup d'autres qui en ont un."""
    tous = attributions().with_columns(quartile=pl.col("quartile").replace("NONDOC", "Q3").fill_null("Q3"))
    siens = tous.filter(
        pl.col("date_bail").is_not_null()
        & (pl.col("en_qpv") == "NON")
        & (pl.col("bailleur") == "Habitat Vallebrume")
        & (pl.col("hors_flux") == "NON")
    )
    premier = siens.filter(pl.col("date_bail").dt.month() <= 6).head(1)
    second = siens.filter(pl.col("date_bail").dt.month() > 6).head(1)
    voulus = [(premier, "NONDOC", au_semestre), (second, "NONDOC", apres)]
    voulus += [(un, quartile, 12) for un in (premier, second) for quartile in ("Q1", "Q3")]
    neuves = pl.concat(
        [
            un.with_columns(quartile=pl.lit(quartile), relogement_nru=pl.lit("NON"))
            for un, quartile, combien in voulus
            for _ in range(combien)
        ]
    )
    rang = pl.int_range(pl.len()).cast(pl.String)
    return pl.concat(
        [tous, neuves.with_columns(id_attribution="Z" + rang, ref_bailleur=pl.col("ref_bailleur") + "-" + rang)]
    )


def test_les_inconnus_du_semestre_ne_se_soustraient_pas_de_ceux_de_l_annee() -> None:
    """Six dans l'année, cinq au 30 juin : le sixième a signé après."""
    annee = annee_de(avec_inconnus(5, 1))
    an, semestre = f"q1_hors_qpv {VALLEBRUME} inconnus", f"q1_hors_qpv_semestre1 {VALLEBRUME} inconnus"
    assert (annee.tableau.cases[an].valeur, annee.tableau.cases[semestre].valeur) == (6, 5)
    assert not {an, semestre} <= set(montrees(annee))
    assert {an, semestre} <= set(montrees(sans_lien(annee, "inconnus sans q1_hors_qpv_semestre1")))


@pytest.mark.parametrize("diffusion", list(Diffusion))
def test_le_semestre_du_territoire_ne_sort_dans_aucun_fichier(diffusion: Diffusion) -> None:
    dit = json.loads(figer(publier(annee_de(attributions()), diffusion), "t"))
    assert not [nom for nom in dit["cases"] if nom.startswith("q1_hors_qpv_semestre1 territoire")]
    assert [nom for nom in dit["cases"] if nom.startswith("q1_hors_qpv_semestre1 ")]


@pytest.mark.parametrize(("lignes", "tue"), [(3, True), (120, False)])
def test_la_qualite_ne_dit_que_son_taux(lignes: int, tue: bool) -> None:
    """« 21 sur 21 », sept colonnes : trois attributions, que tout le reste taisait."""
    annee = annee_de(attributions().head(lignes))
    vus = {un.indicateur.cle: un for un in publier(annee, Diffusion.PARTENAIRES).publies}
    vue = vus["qualite", "territoire"]
    assert vue.tu is tue
    assert [vue.comptes[un] for un in ("numerateur", "denominateur", "non_renseignes")] == [None] * 3
    exact = next(un for un in annee.indicateurs if un.definition.id == "qualite")
    assert exact.denominateur == 7 * lignes


def test_mutant_la_qualite_qui_montre_ses_deux_nombres() -> None:
    annee = annee_de(attributions().head(3))
    nue = replace(
        annee, indicateurs=tuple(replace(un, cases=(), taux_seul=False, inconnus="") for un in annee.indicateurs)
    )
    vus = {un.indicateur.cle: un for un in publier(nue, Diffusion.PARTENAIRES).publies}
    assert vus["qualite", "territoire"].comptes["denominateur"] == 21


def taux(haut: int, bas: int) -> Annee:
    tableau = Tableau()
    tableau.poser("n", haut)
    tableau.poser("d", bas)
    tableau.partager("d", "n")
    texte = conference().definitions["travailleurs_essentiels"]
    return Annee(
        2026, (Indicateur(texte, "territoire", haut / bas, haut, bas, cases=("n", "d"), inconnus=""),), tableau
    )


def figee_de(annee: Annee) -> Figee:
    return relire(figer(publier(annee, Diffusion.PARTENAIRES), "t"))


@pytest.mark.parametrize(
    ("haut", "bas", "tait"), [(15, 26, True), (17, 29, True), (15, 25, False), (16, 26, False), (16, 32, False)]
)
def test_deux_dossiers_ne_rendent_pas_un_reste(haut: int, bas: int, tait: bool) -> None:
    """10 sur 20, puis 15 sur 26 : chaque nombre a assez bougé, leur différence d'un seul ménage."""
    avant, apres = figee_de(taux(10, 20)), taux(haut, bas)
    assert tait is (0 < abs(bas - haut - 10) < SEUIL)
    assert ({"n", "d"} <= set(montrees(apres, avant))) is not tait
    # Une version d'avant que ses sommes n'y soient : celles de la seconde les remplacent.
    assert ({"n", "d"} <= set(montrees(apres, replace(avant, sommes=())))) is not tait


def test_mutant_deux_dossiers_dont_on_ignore_les_sommes() -> None:
    avant, apres = figee_de(taux(10, 20)), sans_lien(taux(15, 26), "sans")
    assert {"n", "d"} <= set(montrees(apres, replace(avant, sommes=())))


def test_un_reste_tu_le_reste_dans_le_dossier_d_apres() -> None:
    """Une troisième version, mise à côté de la première, ne rend pas ce que la deuxième taisait."""
    deuxieme = relire(figer(publier(taux(15, 26), Diffusion.PARTENAIRES, (figee_de(taux(10, 20)),)), "t"))
    assert not {"n", "d"} <= set(montrees(taux(15, 26), deuxieme))


def test_un_quartier_non_dit_ne_compte_ni_dedans_ni_dehors() -> None:
    """Dix cases vides : elles sortent des deux taux, et ne passent pas hors quartier."""
    dix = pl.int_range(pl.len()) < 10
    en_qpv = attributions().filter((pl.col("en_qpv") == "OUI") & pl.col("date_bail").is_not_null())
    ids = en_qpv.filter(dix)["id_attribution"].to_list()
    vide = pl.when(pl.col("id_attribution").is_in(ids)).then(None).otherwise("en_qpv")
    vus = {un.cle: un for un in annee_de(attributions().with_columns(en_qpv=vide)).indicateurs}
    hors, dedans = vus["q1_hors_qpv", "territoire"], vus["hors_q1_qpv_attributions", "territoire"]
    assert (hors.numerateur, hors.denominateur) == (18, 73)
    assert dedans.denominateur == 25


def test_un_relogement_non_dit_est_un_inconnu() -> None:
    """Ni du premier quartile, ni relogé que l'on sache : inconnu n'est pas non."""
    vide = attributions().with_columns(relogement_nru=pl.lit(None, pl.String))
    vus = {un.cle: un for un in annee_de(vide).indicateurs}
    hors = vus["q1_hors_qpv", "territoire"]
    assert hors.denominateur == 73
    assert hors.numerateur is not None
    assert hors.non_renseignes == 73 - hors.numerateur


@pytest.mark.parametrize("faux", ['"9"', "[]", "1e400", "NaN"])
def test_une_version_figee_dont_un_compte_n_est_pas_un_nombre_se_refuse(faux: str) -> None:
    octets = figer(publier(taux(10, 20), Diffusion.PARTENAIRES), "t").decode()
    fausse = octets.replace('"numerateur": 10', f'"numerateur": {faux}')
    assert fausse != octets
    with pytest.raises(ErreurUtilisateur, match="figé de la conférence"):
        relire(fausse.encode())


def test_les_inconnus_des_baux_en_quartier_ne_se_soustraient_pas_de_ceux_des_attributions() -> None:
    """Onze attributions sans quartile, huit baux : trois ménages n'ont pas signé."""
    rang = pl.col("rang_essai").cast(pl.String)
    copies = [attributions().with_columns(rang_essai=pl.lit(un)) for un in range(6)]
    table = pl.concat(copies).with_columns(
        id_attribution=pl.col("id_attribution") + "-" + rang,
        ref_bailleur=pl.col("ref_bailleur") + "-" + rang,
        quartile=pl.when((pl.col("rang_essai") == 0) & (pl.col("quartile") == "Q1"))
        .then(pl.lit("NONDOC"))
        .otherwise("quartile"),
    )
    annee = annee_de(table.drop("rang_essai"))
    cles = {f"hors_q1_qpv_{un} territoire dénominateur inconnus" for un in ("attributions", "baux")}
    assert {annee.tableau.cases[un].valeur for un in cles} == {11, 8}
    assert not cles <= set(montrees(annee))
    assert cles <= set(montrees(sans_lien(annee, "inconnus sans hors_q1_qpv_baux")))


def test_ce_que_deux_indicateurs_comptent_ensemble_est_lie() -> None:
    cases = annee_de(attributions()).tableau.cases
    assert "delai_median effectif sans delai_median_mutations effectif" in cases
    assert "vides situation_anterieure" in cases
    assert "vides travailleur_essentiel sans baux territoire : reste essentiels" in cases
