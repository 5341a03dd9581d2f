"""Les droits déclarés, et où en est une demande : le délai, le lendemain d'un représentant, le gel d'un jour."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.dossier.droits_personnes import (
    CODEMANDEUR,
    PERSONNE,
    REPRESENTANT,
    Demande,
    Droit,
    Suite,
    est_gele,
    lire_regles,
    lisibles,
    regles,
    relire,
    repondre_avant,
)
from modele.dossier.inventaire import inventaire
from modele.dossier.nomenclatures import nationales
from modele.genres import livres
from modele.regles.confiance import a_valider
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte

LE_29 = date(2026, 11, 29)


def demande(**valeurs: object) -> Demande:
    base = Demande("d", "dossier", Droit.LIMITATION, PERSONNE, "", "", LE_29, repondre_avant(LE_29), gele_le=LE_29)
    return Demande(**{nom: getattr(base, nom) for nom in Demande.__slots__} | valeurs)  # type: ignore[arg-type]


def test_chaque_droit_est_dit_sourcé_et_a_son_code() -> None:
    """Un fichier, une nomenclature, un type : les mêmes codes ; rien d'imprimé n'est à faire valider."""
    assert list(regles().droits) == list(Droit) == list(nationales()["droit_personne"].codes)
    assert list(Suite) == list(nationales()["suite_demande"].codes)
    assert list(nationales()["qui_demande"].codes) == [PERSONNE, CODEMANDEUR, REPRESENTANT]
    for dit in regles().droits.values():
        assert dit.provenance.fondement
        assert dit.provenance.verifie_le
    for vient_de in (regles().delai_vient_de, regles().reclamation_vient_de):
        assert vient_de.fondement.startswith("RGPD")
        assert not a_valider(vient_de.confiance)


def test_le_delai_est_d_un_mois() -> None:
    """De quantième à quantième ; le 31 va au dernier jour du mois suivant."""
    assert repondre_avant(LE_29) == date(2026, 12, 29)
    assert repondre_avant(date(2026, 1, 31)) == date(2026, 2, 28)


def test_la_liste_blanche_est_faite_de_champs_du_dossier() -> None:
    """Tous existent ; aucun n'est éphémère, protégé, d'un autre adulte, une adresse ni un texte libre."""
    champs = inventaire().champs
    interdits = ("codemandeur", "protection", "triage", "logement_actuel.adresse", "contact.adresse", "contact.tiers")
    for chemin in regles().champs:
        champ = champs[chemin].champ
        assert not chemin.startswith(interdits), chemin
        assert not champ.violence, chemin
        assert not champ.ephemere, chemin
        assert "codemandeur" not in chemin, chemin
        assert champ.atome != "adresse", chemin
        libre = champs[chemin].genre.value in ("texte", "textes") and not champ.nomenclature
        assert not libre or champ.atome in ("identite", "numero_unique", "telephone", "courriel") or champ.forme, chemin
    assert {champ.chemin for champ in inventaire().listes["foyer.personnes"].champs} >= set(regles().enfant)


def test_un_representant_attend_le_lendemain() -> None:
    assert demande().agir_des() == LE_29
    assert demande(par=CODEMANDEUR).agir_des() == LE_29
    assert [droit for droit in Droit if not demande(par=CODEMANDEUR, droit=droit).seule] == [
        Droit.LIMITATION,
        Droit.EFFACEMENT,
    ]
    assert demande(par=REPRESENTANT).agir_des() == LE_29 + timedelta(days=1)


@given(st.dates(LE_29, date(2030, 1, 1)), st.sampled_from([None, LE_29]), st.sampled_from([None, Suite.LEVEE]))
def test_propriete_le_gel(jour: date, accord: date | None, suite: Suite | None) -> None:
    """Gelé tous les jours, sauf celui de l'accord ; plus jamais une fois levé."""
    une = demande(accord_le=accord, suite=suite)
    assert est_gele([une], jour) is (suite is None and jour != accord)
    assert not est_gele([demande(droit=Droit.ACCES)], jour)
    assert not est_gele([demande(gele_le=None)], jour)
    assert not demande().attend
    assert demande(gele_le=None).attend


def test_ce_qui_ne_se_lit_pas_se_passe() -> None:
    """Un code d'une autre version, une date fausse, un champ absent."""
    bonne = {
        "id": "d",
        "dossier": "x",
        "droit": "acces",
        "par": "personne",
        "recue_le": "2026-11-29",
        "repondre_avant": "2026-12-29",
    }
    fautives = ({}, bonne | {"droit": "autre"}, bonne | {"recue_le": "hier"}, bonne | {"recue_le": 3})
    assert lisibles([*fautives, bonne]) == [relire(bonne)]
    close = relire(bonne | {"suite": "refusee", "suite_le": "2026-12-01", "motif": "non"})
    assert (close.suite, close.suite_le, close.motif) == (Suite.REFUSEE, date(2026, 12, 1), "non")


def test_un_fichier_fautif_dit_toutes_ses_fautes() -> None:
    with pytest.raises(FichierFautif) as fautes:
        lire_regles(lire_texte('format = 1\n[[droit]]\nid = "vol"\n[acces]\nchamps = []\n', "droits_personnes.toml"))
    dites = str(fautes.value)
    for attendue in ("delai", "tiers", "reclamation", "parole", "vol"):
        assert attendue in dites


def test_les_genres_des_droits() -> None:
    """Eux seuls s'écrivent dans un dossier gelé, avec un avis, un écart et ce qu'on remet à elle ; un seul efface."""
    malgre = [un.id for un in livres().par_id.values() if un.malgre_le_gel]
    assert malgre == ["avis", "demande_de_droit", "ecart", "effacement", "evitement", "papier"]
    assert [un.id for un in livres().par_id.values() if un.efface] == ["effacement"]
