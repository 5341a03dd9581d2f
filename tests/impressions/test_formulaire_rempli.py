"""Le formulaire officiel rempli, puis relu par un autre lecteur : chaque case nommée, aucune autre, et tout nom."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest
from formulaires_fictifs import LU, pdf_fictif, relire, tenu

from impressions.apercu import pages
from impressions.formulaire_rempli import remplir
from impressions.saisine import SANS_ADRESSE, Saisine, preparer
from modele.bilan import etablir
from modele.chargement import charger_regles
from modele.dossier.chemins import poser
from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 30)
ELLE: Mapping[str, Any] = {
    "id": "01a20192-b44e-73b4-baf3-9c43df7d0806",
    "territoire": "metropole-exemple",
    "demandeur": {
        "nom": "Őzgür-Đặng Lefèvre",
        "prenoms": "Zoé Anaïs",
        "civilite": "madame",
        "date_naissance": "1980-02-01",
        "nationalite": "union_europeenne",
    },
    "logement_actuel": {
        "statut": "sans_abri",
        "adresse": {"voie": "12 bis boulevard de la République prolongé", "commune": "99101"},
    },
    "demande": {"numero_unique": "EXEMPLE1125000173"},
    "foyer": {"personnes": {"ordre": ["a"], "elements": {"a": {"nom": "Lefèvre", "prenoms": "محمد"}}}},
    "pieces": {"ordre": ["p"], "elements": {"p": {"piece": "identite", "etat": "vue"}}},
}


def saisine(document: Mapping[str, Any] = ELLE, **autres: Any) -> Saisine:
    return preparer(etablir(charger_regles("metropole-exemple"), document, JOUR), "dalo", **autres)


def test_chaque_case_nommee_est_remplie_et_aucune_autre() -> None:
    rempli = remplir(saisine(), tenu())
    lu = relire(rempli)
    assert lu["Nom de naissance"] == "Őzgür-Đặng Lefèvre"
    assert lu["Prénoms"] == "Zoé Anaïs"
    assert lu["naissance"] == "01021980"
    assert lu["adresse"].startswith("12 bis boulevard de la République prolongé")
    assert lu["numéro unique"] == "EXEMPLE1125000173"
    assert lu["premier enfant"] == "Lefèvre محمد"
    assert (lu["madame"], lu["sans logement"], lu["nationalité"]) == ("/Yes", "/Yes", "/ue")
    assert lu["pièce identité"] == "/Yes"
    assert lu["liste"] == relire(pdf_fictif())["liste"]
    assert rempli.avertissement == ""


def test_ce_qui_est_ecrit_se_voit_avec_ses_accents() -> None:
    """Le dessin, pas seulement la valeur : relu tel qu'il s'imprime, et différent de la case blanche."""
    rempli = remplir(saisine(), tenu())
    with pikepdf.open(io.BytesIO(rempli)) as pdf:
        pdf.flatten_annotations()
        a_plat = io.BytesIO()
        pdf.save(a_plat)
    texte = pdfium.PdfDocument(a_plat.getvalue())[0].get_textpage().get_text_range()
    assert "Őzgür-Đặng Lefèvre" in texte
    assert "Zoé Anaïs" in texte
    assert pages(rempli, 400)[0] != pages(pdf_fictif(), 400)[0]


def test_le_meme_dossier_donne_les_memes_octets() -> None:
    assert remplir(saisine(), tenu()) == remplir(saisine(), tenu())


def test_une_reponse_absente_laisse_la_case_blanche() -> None:
    vide = {"id": ELLE["id"], "territoire": "metropole-exemple"}
    lu = relire(remplir(saisine(vide), tenu()))
    assert lu == relire(pdf_fictif())


def test_le_motif_est_celui_qu_on_a_choisi() -> None:
    assert relire(remplir(saisine(motifs=["dalo-5"]), tenu()))["sans logement"] != "/Yes"
    assert relire(remplir(saisine(motifs=["dalo-2"]), tenu()))["sans logement"] == "/Yes"


def test_ce_qui_ne_tient_pas_reste_blanc_et_se_dit() -> None:
    long = poser(dict(ELLE), "demandeur.prenoms", "Anaïs " * 40)
    rempli = remplir(saisine(long), tenu())
    assert relire(rempli)["Prénoms"] == ""
    assert "ne tient pas dans la case « Prénoms »" in rempli.avertissement
    trop = (CaseDuPdf("naissance", ("demandeur.nom",)),)
    assert "ne tient pas dans la case « naissance »" in remplir(saisine(), tenu(cases=trop)).avertissement


def test_une_liste_ne_recoit_que_ce_qu_elle_propose() -> None:
    cases = (CaseDuPdf("liste", ("demandeur.nom",)),)
    rempli = remplir(saisine(), tenu(cases=cases))
    assert "n'est pas dans la liste" in rempli.avertissement
    de_la_liste = poser(dict(ELLE), "demandeur.nom", "b")
    assert relire(remplir(saisine(de_la_liste), tenu(cases=cases)))["liste"] == "b"


def test_un_signe_sans_police_se_dit() -> None:
    rare = poser(dict(ELLE), "demandeur.nom", "Lefèvre \U00013000")
    rempli = remplir(saisine(rare), tenu())
    assert "Aucune police d'ici" in rempli.avertissement


def test_le_formulaire_cache_et_ce_qui_agit_a_l_ouverture_en_partent() -> None:
    with pikepdf.open(io.BytesIO(pdf_fictif())) as pdf:
        pdf.Root.AcroForm["/XFA"] = pdf.make_stream(b"<xdp/>")
        pdf.Root.AcroForm["/NeedAppearances"] = True
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root["/Names"] = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array()))
        sortie = io.BytesIO()
        pdf.save(sortie)
    rempli = remplir(saisine(), tenu(sortie.getvalue()))
    with pikepdf.open(io.BytesIO(rempli)) as pdf:
        assert "/XFA" not in pdf.Root.AcroForm
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert "/OpenAction" not in pdf.Root
        assert "/JavaScript" not in pdf.Root.Names


A_VALIDER = replace(LU, confiance="M")
REFUS = {
    "rien de chargé": (FormulaireTenu("dalo"), "Aucun formulaire 15036"),
    "sans table": (FormulaireTenu("dalo", pdf_fictif()), "aucune de ses cases n'est reliée"),
    "table vide": (tenu(cases=()), "aucune de ses cases n'est reliée"),
    "à valider": (tenu(provenance=A_VALIDER), "à faire valider"),
    "pdf changé": (tenu(empreinte="0" * 64), "n'est pas celui dont les cases ont été reliées"),
    "autre version": (tenu(pdf_fictif("15036*02")), "Une autre version n'a pas les mêmes cases"),
    "autre formulaire": (tenu(numero="15037*01"), "formulaire 15037\\*01, et il faut ici le 15036\\*01"),
    "daho": (tenu(pdf_fictif("15037*01")), "15037"),
    "case absente": (tenu(cases=(CaseDuPdf("nom inconnu", motif="dalo-2"),)), "n'a pas la case « nom inconnu »"),
    "pas une croix": (tenu(cases=(CaseDuPdf("Prénoms", motif="dalo-2"),)), "ne se coche pas"),
    "pas un texte": (tenu(cases=(CaseDuPdf("madame", ("demandeur.nom",)),)), "n'a pas la case « madame »"),
    "état": (tenu(cases=(CaseDuPdf("nationalité", motif="dalo-2", etat="suisse"),)), "ne se coche pas par « suisse »"),
    "état à dire": (tenu(cases=(CaseDuPdf("nationalité", motif="dalo-2"),)), "attendu : .*ue"),
    "pdf abîmé": (tenu(pdf_fictif()[:9_000]), "abîmé"),
}


@pytest.mark.parametrize("cas", REFUS)
def test_un_formulaire_qui_ne_va_pas_se_refuse(cas: str) -> None:
    charge, dit = REFUS[cas]
    with pytest.raises(ErreurUtilisateur, match=dit):
        remplir(saisine(), charge)


# Un dossier discret, un fait protégé.

RUE, VILLE, SURE = "7 RUECACHEE", "99102", "Association Le Pont, BP 12, 99100 Exemple"
CACHEE: Mapping[str, Any] = {
    **ELLE,
    "protection": {"discret": True},
    "contact": {"adresse_courrier_sure": SURE, "telephone": "0677777777", "adresse_courrier": "BOITEPOSTALE"},
    "logement_actuel": {"statut": "sans_abri", "adresse": {"voie": RUE, "commune": VILLE, "complement": "CHEZLUI"}},
}
INDISCRETE = (
    CaseDuPdf("adresse", ("logement_actuel.adresse.voie", "logement_actuel.adresse.complement")),
    CaseDuPdf("Prénoms", ("contact.adresse_courrier",)),
    CaseDuPdf("Nom de naissance", ("contact.telephone",)),
    CaseDuPdf("numéro unique", ("logement_actuel.adresse.commune", "logement_actuel.adresse.code_postal")),
)


def test_d_un_dossier_discret_seule_l_adresse_sure_s_ecrit() -> None:
    rempli = remplir(saisine(CACHEE), tenu(cases=INDISCRETE))
    lu = relire(rempli)
    assert lu["adresse"] == SURE
    assert lu["Prénoms"] == SURE
    assert lu["Nom de naissance"] == ""
    assert lu["numéro unique"] == ""
    for cache in ("RUECACHEE", "CHEZLUI", "BOITEPOSTALE", "0677777777"):
        assert cache not in "".join(lu.values())
    assert SANS_ADRESSE not in rempli.avertissement


def test_sans_adresse_sure_la_case_reste_blanche_et_cela_se_dit() -> None:
    sans = {**CACHEE, "contact": {}}
    rempli = remplir(saisine(sans), tenu(cases=INDISCRETE))
    assert relire(rempli)["adresse"] == ""
    assert SANS_ADRESSE in rempli.avertissement


def test_mutant_sans_le_mur_l_adresse_reelle_s_ecrirait(monkeypatch: pytest.MonkeyPatch) -> None:
    """L'épreuve ci-dessus tient au mur, pas à la table : sans lui, elle tombe."""
    from modele.dossier.chemins import lire

    monkeypatch.setattr("impressions.courrier.a_reporter", lambda document, chemin, **_: lire(document, chemin))
    assert "RUECACHEE" in relire(remplir(saisine(CACHEE), tenu(cases=INDISCRETE)))["adresse"]
