"""Un état venu d'ailleurs perd ce qui ne s'écrit pas, où que ce soit rangé, et rien d'autre."""

from __future__ import annotations

from modele.fusion import EtatEcrit, Tete, sans_ecartes

TOIT = {"triage.toit_ce_soir": "non"}
PEUR = {"triage.peur_de": "ex"}


def test_un_etat_qui_n_en_dit_rien_est_rendu_tel_quel() -> None:
    etat = EtatEcrit("d", "t", dits={"o": TOIT}, unites={"demandeur.nom": [Tete("o", {"demandeur.nom": "Roux"})]})
    assert sans_ecartes(etat) is etat


def test_ce_qui_est_dit_s_ecarte_et_le_reste_reste() -> None:
    etat = EtatEcrit("d", "t", 4, dits={"o": TOIT | PEUR, "p": PEUR}, unites={"triage.peur_de": [Tete("q", PEUR)]})
    assert sans_ecartes(etat) == EtatEcrit("d", "t", 4, dits={"o": TOIT})


def test_une_table_d_un_premier_format_et_ce_qu_un_auteur_voyait_aussi() -> None:
    vue = {"triage": {"toit_ce_soir": "non", "peur_de": "ex"}}
    purgee = {"triage": {"toit_ce_soir": "non"}}
    etat = EtatEcrit("d", "t", unites={"triage": [Tete("o", vue, vue, vue, ("a",)), Tete("p", purgee)]})
    assert sans_ecartes(etat).unites == {"triage": [Tete("o", purgee, purgee, purgee, ("a",)), Tete("p", purgee)]}


def test_un_autre_genre_a_ses_propres_champs() -> None:
    etat = EtatEcrit("d", "t", dits={"o": PEUR}, genre="surcharge")
    assert sans_ecartes(etat) is etat
