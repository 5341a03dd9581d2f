"""Le brouillon et la lettre : ce qu'ils disent, ce qu'ils ne disent jamais, et ce qui tient à une source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from epreuves_pdfua import EPREUVES
from lecture_pdf import metadonnees, octets, texte_plat
from pdfua import Lu

from impressions.papiers_de_saisine import BROUILLON, composer_brouillon, composer_lettre
from impressions.saisine import SANS_ADRESSE, preparer
from modele.bilan import Bilan, etablir
from modele.chargement import charger_regles
from modele.dossier.chemins import poser
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 30)
AVANT = "Ce dossier va aux services de l’État. Une association peut aider."
ELLE: Mapping[str, Any] = {
    "id": "01a20192-b44e-73b4-baf3-9c43df7d0806",
    "territoire": "metropole-exemple",
    "demandeur": {
        "nom": "Lefèvre",
        "prenoms": "Zoé",
        "civilite": "madame",
        "date_naissance": "1980-02-01",
        "nationalite": "hors_union_europeenne",
    },
    "contact": {"telephone": "0536490000"},
    "logement_actuel": {
        "statut": "chez_particulier",
        "lien_hebergeant": "ami",
        "adresse": {"voie": "12 rue des Lilas", "code_postal": "99100", "commune": "99101"},
    },
    "demande": {"numero_unique": "EXEMPLE1125000173"},
    "foyer": {
        "personnes": {"ordre": ["a"], "elements": {"a": {"nom": "Lefèvre", "prenoms": "Sami", "lien": "enfant"}}}
    },
    "pieces": {"ordre": ["p"], "elements": {"p": {"piece": "attestation-hebergement", "etat": "vue"}}},
}


def bilan(document: Mapping[str, Any] = ELLE) -> Bilan:
    return etablir(charger_regles("metropole-exemple"), document, JOUR)


def brouillon(document: Mapping[str, Any] = ELLE, recours: str = "dalo", **autres: Any) -> str:
    return texte_plat(composer_brouillon(preparer(bilan(document), recours, **autres)))


def test_le_brouillon_dit_qu_il_n_est_pas_le_formulaire() -> None:
    lu = brouillon()
    assert lu.startswith(BROUILLON)
    assert "La commission n’examine que le formulaire du ministre, le 15036*01" in lu
    assert "R. 441-14" in lu


def test_le_brouillon_suit_les_rubriques_connues_et_n_en_invente_aucune() -> None:
    lu = brouillon()
    assert re.findall(r"Rubriques? ([\d.]+(?: à [\d.]+)?)", lu) == ["1", "2", "3.1 à 3.3", "9.1 à 9.8"]
    for dit in (
        "Lefèvre",
        "Zoé",
        "01/02/1980",
        "12 rue des Lilas",
        "EXEMPLE1125000173",
        "Hors Union européenne",
        "Sami",
    ):
        assert dit in lu
    assert "Cas 2 : Dépourvu de logement" in lu
    # Un motif ne reçoit pas de numéro de rubrique : aucune source ne dit laquelle est la sienne.
    assert not re.search(r"9\.[1-8](?! à)(?<!9\.8)", lu.replace("9.1 à 9.8", ""))
    daho = brouillon(recours="daho")
    assert "Rubrique" not in daho
    assert "Les demandes d’hébergement déjà faites" in daho


def test_le_brouillon_n_a_pas_de_place_pour_signer() -> None:
    lu = brouillon().lower()
    assert "signature" not in lu
    assert "signature" not in brouillon(recours="daho").lower()
    assert "signature" in texte_plat(composer_lettre(preparer(bilan(), "dalo"))).lower()


def test_une_piece_deja_vue_est_cochee_et_seulement_elle() -> None:
    lu = brouillon()
    assert lu.count("déjà vue") == 1
    assert "attestation d’hébergement · déjà vue" in lu
    sans = poser(dict(ELLE), "pieces", {"ordre": [], "elements": {}})
    assert "déjà vue" not in brouillon(sans)


def test_un_titre_de_sejour_se_dit_vu_ou_ne_se_dit_pas() -> None:
    assert "Titre de séjour" not in brouillon()
    vu = poser(
        poser(dict(ELLE), "demandeur.titre_sejour", "carte_resident"), "demandeur.titre_sejour_fin", "2029-01-01"
    )
    assert "Carte de résident" in brouillon(vu)
    assert "01/01/2029" in brouillon(vu)


@pytest.mark.parametrize(
    ("nationalite", "dit"),
    [("hors_union_europeenne", True), ("union_europeenne", True), (None, True), ("francaise", False)],
    ids=["hors ue", "ue", "inconnue", "française"],
)
def test_avant_un_daho_pour_un_etranger(nationalite: str | None, *, dit: bool) -> None:
    """L'inconnu n'est jamais « français »."""
    elle: Any = poser(dict(ELLE) | {"demandeur": {**ELLE["demandeur"]}}, "foyer.avec_codemandeur", False)
    elle["demandeur"].pop("nationalite")
    elle = elle if nationalite is None else poser(elle, "demandeur.nationalite", nationalite)
    assert (AVANT in brouillon(elle, "daho")) is dit
    assert AVANT not in brouillon(elle, "dalo")


def test_l_aide_juridictionnelle_vient_avant_chaque_date_de_tribunal() -> None:
    """La phrase d'abord, puis chaque date connue d'un tribunal."""
    assert "aide juridictionnelle" in brouillon()
    reconnue = dict(ELLE) | {
        "dalo": {"statut": "reconnu", "date_decision": "2026-06-10", "date_notification": "2026-06-12"},
    }
    lu = brouillon(poser(reconnue, "dalo.recours_notifies", True))
    assert lu.index("aide juridictionnelle") < lu.index("tribunal administratif")
    assert "10/01/2027" in lu


def test_aucun_motif_choisi_se_dit_sans_jamais_dire_non() -> None:
    lu = brouillon(motifs=[])
    assert "Aucun motif n’est encore choisi" in lu
    assert "Cas 2" not in lu


def test_les_motifs_d_un_recours_et_rien_d_autre() -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas un recours ; attendu : dalo, daho"):
        preparer(bilan(), "dahlo")
    with pytest.raises(ErreurUtilisateur, match="vouliez-vous « dalo-2 »"):
        preparer(bilan(), "dalo", ["dalo2"])
    assert [un.regle.id for un in preparer(bilan(), "dalo").choisis()] == ["dalo-2"]
    assert {un.regle.recours for un in preparer(bilan(), "daho").motifs} == {"daho"}


def test_la_lettre_demande_l_accuse_de_reception_et_ne_dit_rien_du_dossier() -> None:
    lu = texte_plat(composer_lettre(preparer(bilan(), "dalo")))
    assert "accusé de réception" in lu
    assert "15036*01" in lu
    assert "EXEMPLE1125000173" in lu
    assert "12 rue des Lilas" in lu
    for jamais in ("Dépourvu", "Hors Union", "1980", "Sami"):
        assert jamais not in lu
    assert "EXEMPLE1125000173" not in texte_plat(composer_lettre(preparer(bilan(), "daho")))


def test_l_adresse_ou_ecrire_passe_avant_celle_ou_l_on_vit() -> None:
    ecrite = poser(dict(ELLE), "contact.adresse_courrier", "CCAS, 1 place de la Mairie")
    lu = texte_plat(composer_lettre(preparer(bilan(ecrite), "dalo")))
    assert "CCAS, 1 place de la Mairie" in lu
    assert "rue des Lilas" not in lu
    sans_rien = {"id": ELLE["id"], "territoire": "metropole-exemple"}
    assert "à compléter" in texte_plat(composer_lettre(preparer(bilan(sans_rien), "dalo")))


def test_une_phrase_a_faire_valider_se_tait_sur_le_papier() -> None:
    regles = charger_regles("metropole-exemple")
    douteuse = replace(
        regles.imprimes.aide_juridictionnelle,
        provenance=replace(regles.imprimes.aide_juridictionnelle.provenance, confiance="M"),
    )
    regles = replace(regles, imprimes=replace(regles.imprimes, aide_juridictionnelle=douteuse))
    assert "aide juridictionnelle" not in texte_plat(composer_brouillon(preparer(etablir(regles, ELLE, JOUR), "dalo")))
    a_l_hotel = poser(dict(ELLE), "logement_actuel.statut", "hotel")
    lu = brouillon(a_l_hotel, motifs=["dalo-2-apprecie"])
    assert "Dépourvu de logement, à l’hôtel" in lu
    assert "La commission apprécie si la personne est dépourvue" not in lu


@pytest.mark.parametrize("recours", ["dalo", "daho"])
def test_les_deux_papiers_tiennent_le_protocole_matterhorn(recours: str) -> None:
    for faire in (composer_brouillon, composer_lettre):
        papier = faire(preparer(bilan(), recours))
        lu = Lu(papier)
        assert {nom: trouvees for nom, epreuve in EPREUVES.items() if (trouvees := list(epreuve(lu)))} == {}
        assert papier == faire(preparer(bilan(), recours))


# Un fait protégé, un dossier discret.

SURE = "Association Le Pont, BP 12, 99100 Exemple"
VIOLENCES: Mapping[str, Any] = {
    **ELLE,
    "protection": {"auteur": "conjoint", "preuves": {"coches": ["plainte"], "clos": True}},
    "triage": {"peur_au_domicile": True, "toit_ce_soir": "non"},
    "demande": {
        **ELLE["demande"],
        "motifs": {"coches": ["violences", "trop_cher"], "clos": True},
        "mariage_force": True,
    },
}
CACHEE: Mapping[str, Any] = {
    **ELLE,
    "protection": {"discret": True},
    "contact": {"adresse_courrier_sure": SURE, "telephone": "0677777777", "adresse_courrier": "BOITEPOSTALE"},
    "logement_actuel": {
        "statut": "structure_hebergement",
        "structure": "FOYERCACHE",
        "hebergeant": "HEBERGEUR",
        "adresse": {"voie": "7 RUECACHEE", "complement": "CHEZLUI", "code_postal": "99777", "commune": "99102"},
    },
}
CACHES = ("RUECACHEE", "CHEZLUI", "99777", "FOYERCACHE", "HEBERGEUR", "BOITEPOSTALE", "0677777777", "06 77")


def test_rien_de_protege_ni_d_ephemere_n_y_entre() -> None:
    for recours in ("dalo", "daho"):
        for faire in (composer_brouillon, composer_lettre):
            papier = faire(preparer(bilan(VIOLENCES), recours))
            for jamais in (b"plainte", b"violence", b"conjoint violent", b"peur"):
                assert jamais not in octets(papier).lower()
            lu = texte_plat(papier).lower()
            assert "plainte" not in lu
            assert "violence" not in lu


def test_le_papier_est_le_meme_qu_on_ait_dit_une_violence_ou_non() -> None:
    """Un dossier commun : ce qui a été dit seul à seul, ou au premier contact, n'y change pas un octet."""
    sans = {cle: valeur for cle, valeur in VIOLENCES.items() if cle not in ("protection", "triage")}
    sans = sans | {"demande": ELLE["demande"]}
    for recours in ("dalo", "daho"):
        dit = composer_brouillon(preparer(replace_discret(bilan(VIOLENCES)), recours))
        assert dit == composer_brouillon(preparer(bilan(sans), recours))


def replace_discret(dit: Bilan) -> Bilan:
    """Le bilan de ce qui n'est pas discret : ``VIOLENCES`` l'est devenu par une voie."""
    return dit.dit if dit.a_taire else dit


def test_d_un_dossier_discret_la_seule_adresse_sure() -> None:
    for recours in ("dalo", "daho"):
        for faire in (composer_brouillon, composer_lettre):
            papier = faire(preparer(bilan(CACHEE), recours))
            lu = texte_plat(papier)
            assert lu.count(SURE) == 1
            for cache in CACHES:
                assert cache not in lu
            assert "DALO" not in metadonnees(papier).get("Title", "")
            assert papier.avertissement == ""


def test_sans_adresse_sure_le_papier_le_dit_a_l_agent() -> None:
    sans = {**CACHEE, "contact": {}}
    papier = composer_brouillon(preparer(bilan(sans), "dalo"))
    assert papier.avertissement == SANS_ADRESSE
    assert "RUECACHEE" not in texte_plat(papier)


def test_mutant_sans_le_mur_l_adresse_reelle_s_imprimerait(monkeypatch: pytest.MonkeyPatch) -> None:
    from modele.dossier.chemins import lire

    monkeypatch.setattr("impressions.courrier.a_reporter", lambda document, chemin, **_: lire(document, chemin))
    assert "BOITEPOSTALE" in texte_plat(composer_brouillon(preparer(bilan(CACHEE), "dalo")))
