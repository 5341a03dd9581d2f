"""Ce qu'une case peut recevoir : tout ce qui se reporte, rien de protégé ; et l'état du formulaire, en une phrase."""

from __future__ import annotations

from datetime import date

from modele.chargement import charger_regles
from modele.orientation.formulaires import CaseDuPdf, FormulaireTenu, TableDeCases, refus_d_ecrire
from modele.protection.sensibles import dit_une_violence
from modele.regles.provenance import Provenance
from ui.mots.saisine import cibles, dire_case, dire_tenu, faute_de_source, reliee

REGLES = charger_regles("metropole-exemple")
DALO = REGLES.imprimes.imprimes["dalo"]
LU = Provenance(source="le ministère", verifie_le=date(2026, 11, 30))


def test_tout_ce_qui_se_propose_peut_s_ecrire_et_rien_n_en_dit_une_violence() -> None:
    for croix in (False, True):
        toutes = cibles(REGLES, DALO, croix=croix)
        assert len({une.libelle for une in toutes}) == len(toutes)
        for une in toutes:
            assert not [un for un in une.case.reponses if refus_d_ecrire(un)]
            assert not (une.case.code and dit_une_violence(une.case.reponses[0], une.case.code))
            assert une.case.est_une_croix is croix


def test_une_croix_est_un_motif_une_piece_ou_un_code() -> None:
    daho = REGLES.imprimes.imprimes["daho"]
    motifs = {une.case.motif for une in cibles(REGLES, daho, croix=True) if une.case.motif}
    assert motifs == {"daho"}


def test_une_case_se_dit_par_ce_qui_s_y_ecrit() -> None:
    assert dire_case(REGLES, DALO, None) == "reste blanche"
    assert dire_case(REGLES, DALO, CaseDuPdf("x", motif="dalo-2")) == "Motif : Dépourvu de logement"
    dite = dire_case(REGLES, DALO, CaseDuPdf("x", ("demandeur.prenoms", "demandeur.nom"), chiffres=True))
    assert dite == "Prénoms + Nom de naissance (les chiffres seuls)"
    assert dire_case(REGLES, DALO, CaseDuPdf("x", ("foyer.personnes[9].nom",))) == "foyer.personnes[9].nom"
    assert dire_case(REGLES, DALO, CaseDuPdf("x", motif="inconnu")) == "inconnu"


def test_la_table_remplace_ajoute_et_retire() -> None:
    table = TableDeCases("15036*01", "", (CaseDuPdf("a", motif="dalo-2"),), LU)
    neuve = reliee(table, CaseDuPdf("a", motif="dalo-3"))
    assert neuve.cases == (CaseDuPdf("a", motif="dalo-3"),)
    assert len(reliee(neuve, CaseDuPdf("a", motif="dalo-2", etat="1")).cases) == 2
    assert reliee(neuve, CaseDuPdf("a")).cases == ()


def test_le_formulaire_tenu_dit_sa_version_sa_source_et_sa_date() -> None:
    assert "Aucun formulaire" in dire_tenu(DALO, FormulaireTenu("dalo"))
    table = TableDeCases("15036*01", "", (), LU)
    vide = FormulaireTenu("dalo", b"%PDF-", table)
    assert dire_tenu(DALO, vide) == "Version 15036*01, le ministère, vérifié le 30/11/2026 : aucune case reliée."
    une = reliee(table, CaseDuPdf("a", motif="dalo-2"))
    assert dire_tenu(DALO, FormulaireTenu("dalo", b"%PDF-", une)).endswith(": 1 case reliée.")


def test_une_source_se_dit_et_jamais_un_numero_de_securite_sociale() -> None:
    assert faute_de_source("  ")
    assert faute_de_source("184127645108946")
    assert faute_de_source("service-public.gouv.fr") == ""
