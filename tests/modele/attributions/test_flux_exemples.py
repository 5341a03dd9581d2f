"""Les nombres des deux fichiers d'exemple, écrits à la main : ceux que le droit et l'arithmétique donnent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import msgspec
import polars as pl
import pytest
from fichiers_bailleurs import (
    JOUR,
    UN_LOGEMENT,
    attributions,
    aucun_logement,
    des_attributions,
    en_csv,
    lire,
    logements,
)

from modele.attributions import preparation
from modele.attributions.bilan import bilan_annuel
from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import Prevision, UniteDeDecompte
from modele.attributions.droit import droit
from modele.attributions.etat import EtatDuFlux, etat_du_flux
from modele.attributions.notions import Quart
from modele.attributions.preparation import preparer
from modele.attributions.quart import compter


@pytest.fixture(scope="module")
def etat() -> EtatDuFlux:
    return etat_du_flux(attributions(), logements(), JOUR)


def test_les_totaux(etat: EtatDuFlux) -> None:
    vu = etat.totaux
    assert (vu.attributions, vu.acceptees, vu.baux, vu.refusees, vu.sans_reponse, vu.en_cours) == (
        120,
        104,
        100,
        9,
        1,
        6,
    )
    assert vu.hors_flux == {"MUTATION": 11, "RENOUVELLEMENT_URBAIN": 4}
    assert (vu.flux_attributions, vu.flux_baux) == (105, 86)


def test_le_quart_prioritaire(etat: EtatDuFlux) -> None:
    vus = {
        une.categorie.id: (
            une.attributions.realisees,
            une.attributions.attributions,
            une.attributions.minimum,
            une.attributions.manque,
        )
        for une in etat.quart
    }
    assert vus == {
        "metropole": (2, 16, 4, 2),
        "communes": (1, 7, 2, 1),
        "action_logement": (2, 21, 6, 4),
        "bailleur": (5, 28, 7, 2),
        "prefet_prioritaires": (26, 26, 26, 0),
    }


def test_le_quart_suivi_de_baux(etat: EtatDuFlux) -> None:
    """Le texte ne dit pas lequel des deux : les deux se montrent."""
    vus = {une.categorie.id: (une.baux.realisees, une.baux.attributions, une.baux.minimum) for une in etat.quart}
    assert vus["action_logement"] == (2, 14, 4)
    assert vus["metropole"] == (2, 12, 3)
    assert sum(un[1] for un in vus.values()) == 86 - 7


def test_chaque_commune_et_chaque_bailleur_a_son_quart(etat: EtatDuFlux) -> None:
    communes = {un.nom: un.attributions for un in etat.quart_detaille if un.categorie.id == "communes"}
    assert {nom: (un.realisees, un.attributions, un.minimum) for nom, un in communes.items()} == {
        "Commune de Vallebrume": (1, 5, 2),
        "Commune de Pontclair-l'Étang": (0, 2, 1),
    }
    bailleurs = {un.siren_bailleur: un.attributions.attributions for un in etat.quart_detaille if un.siren_bailleur}
    assert bailleurs == {"000000001": 8, "000000002": 10, "000000003": 5, "000000004": 5}


def test_les_parts_et_les_plafonds(etat: EtatDuFlux) -> None:
    parts = {une.categorie.id: une.part for une in etat.parts if not une.siren_bailleur}
    dites = {qui: round(float(part) * 100, 1) for qui, part in parts.items()}
    assert dites == {
        "prefet_prioritaires": 24.8,
        "prefet_agents": 6.7,
        "action_logement": 20.0,
        "metropole": 15.2,
        "communes": 6.7,
        "bailleur": 26.7,
    }
    tous = {un.plafond.id: un.part for un in etat.depassements if not un.siren_bailleur}
    assert tous == {"etat": Fraction(33, 105), "agents": Fraction(7, 105), "collectivites": Fraction(23, 105)}


def test_les_plafonds_se_verifient_par_bailleur(etat: EtatDuFlux) -> None:
    vus = {(un.bailleur, un.plafond.id) for un in etat.depassements if un.siren_bailleur}
    assert ("Habitat Vallebrume", "etat") in vus
    assert ("Habitat Vallebrume", "collectivites") not in vus
    assert ("Toits de l'Orme", "collectivites") in vus


def test_les_dates_limites_depassees(etat: EtatDuFlux) -> None:
    assert len(etat.limites) == 15
    assert min(une.limite for une in etat.limites) == date(2026, 9, 24)
    assert all(une.limite < JOUR for une in etat.limites)


def test_une_limite_ce_jour_n_est_pas_depassee() -> None:
    un = lire(en_csv([UN_LOGEMENT]), FichierDe.LOGEMENTS).table
    rien = attributions().head(0)
    assert not etat_du_flux(rien, un, date(2026, 11, 1)).limites
    assert [une.ref_bailleur for une in etat_du_flux(rien, un, date(2026, 11, 2)).limites] == ["L-9"]


def test_une_limite_tenue_ne_se_dit_pas_depassee() -> None:
    """Une commission l'a attribué depuis : le fichier des logements a vieilli."""
    un = lire(en_csv([UN_LOGEMENT]), FichierDe.LOGEMENTS).table
    fait = des_attributions({"ref_bailleur": "L-9", "date_caleol": "20/10/2026"})
    assert not etat_du_flux(fait, un, JOUR).limites
    avant = des_attributions({"ref_bailleur": "L-9", "date_caleol": "20/03/2026"})
    assert len(etat_du_flux(avant, un, JOUR).limites) == 1


def test_les_quatre_compteurs(etat: EtatDuFlux) -> None:
    """Proposé : offert ou déjà attribué, une fois."""
    par = {unite: sum(un.decomptes(unite) for un in etat.compteurs) for unite in UniteDeDecompte}
    dans_le_flux = logements().filter(pl.col("hors_flux") == "NON").height
    assert par == {
        UniteDeDecompte.PROPOSE: 105 + dans_le_flux,
        UniteDeDecompte.PRESENTE: int(attributions().filter(pl.col("hors_flux") == "NON")["nb_candidats"].sum()),
        UniteDeDecompte.ATTRIBUE: 105,
        UniteDeDecompte.BAIL: 86,
    }
    assert sum(un.refus for un in etat.compteurs) == 10


def test_a_une_date_passee_la_suite_ne_compte_pas_encore() -> None:
    """Ni la décision d'après, ni le bail signé après, ni la réponse venue après."""
    table = des_attributions(
        {"date_caleol": "10/03/2026", "date_bail": "01/04/2026"},
        {"date_caleol": "20/06/2026", "date_bail": ""},
    )
    vu = etat_du_flux(table, aucun_logement(), date(2026, 3, 20)).totaux
    assert (vu.attributions, vu.baux) == (1, 0)
    assert etat_du_flux(table, aucun_logement(), date(2026, 4, 1)).totaux.baux == 1
    assert etat_du_flux(table, aucun_logement(), date(2027, 1, 1)).totaux.attributions == 0


def test_une_decision_defavorable_n_est_pas_une_attribution() -> None:
    table = des_attributions({}, {"decision": "NON_ATTRIBUTION", "date_bail": ""}, {"decision": "IRRECEVABILITE"})
    assert preparer(table, JOUR).attribuees.height == 1


def test_un_candidat_non_retenu_etait_propose() -> None:
    """L'attribution a échoué : proposé 1, attribué 0 (R441-5-1) ; ni le quart, ni les parts ne le comptent."""
    table = des_attributions(
        {},
        {"decision": "NON_ATTRIBUTION", "date_bail": "", "nb_candidats": "2"},
        {"decision": "IRRECEVABILITE", "date_bail": "", "nb_candidats": "1"},
        {"decision": "NON_ATTRIBUTION", "date_bail": "", "hors_flux": "MUTATION"},
        {"decision": "NON_ATTRIBUTION", "date_bail": "", "date_caleol": "20/11/2025"},
    )
    etat = etat_du_flux(table, aucun_logement(), JOUR)
    (vu,) = etat.compteurs
    assert (vu.proposes, vu.presentes, vu.attribues, vu.baux, vu.refus) == (3, 6, 1, 1, 0)
    assert (etat.totaux.attributions, etat.parts[0].attributions) == (1, 1)
    assert etat.quart[0].attributions.attributions == 1
    bilan = bilan_annuel(table, aucun_logement(), 2026)
    assert bilan.select("proposes", "presentes", "attribues").row(0) == (3, 6, 1)


def test_les_lignes_d_une_commission_ne_proposent_qu_une_fois() -> None:
    """Un candidat écarté et le suivant retenu : un logement, trois candidats ; puis revenu, il était proposé."""
    meme = {"ref_bailleur": "L-1", "nb_candidats": "3"}
    ecarte = meme | {"decision": "NON_ATTRIBUTION", "date_bail": ""}
    (vu,) = etat_du_flux(des_attributions(ecarte, ecarte, meme), aucun_logement(), JOUR).compteurs
    assert (vu.proposes, vu.presentes, vu.attribues) == (1, 3, 1)
    (seul,) = etat_du_flux(des_attributions(ecarte, ecarte), aucun_logement(), JOUR).compteurs
    assert (seul.proposes, seul.presentes, seul.attribues) == (1, 3, 0)
    revenu = meme | {"origine_designation": "BAILLEUR", "date_caleol": "10/04/2026", "date_bail": "01/05/2026"}
    bailleur, commune = etat_du_flux(des_attributions(ecarte, revenu), aucun_logement(), JOUR).compteurs
    assert (commune.categorie, commune.proposes, commune.presentes, commune.attribues) == ("communes", 1, 3, 0)
    assert (bailleur.categorie, bailleur.proposes, bailleur.presentes, bailleur.attribues) == ("bailleur", 1, 3, 1)
    seul_revenu = etat_du_flux(des_attributions(revenu), aucun_logement(), JOUR).compteurs
    assert [(un.categorie, un.proposes, un.presentes) for un in seul_revenu] == [("bailleur", 1, 3), ("communes", 1, 0)]


def test_deux_rangs_du_meme_reservataire_comptent_une_fois() -> None:
    """Le premier refuse, le suivant accepte : un logement, un droit, et c'est le dernier qui compte."""
    meme = {"ref_bailleur": "L-1", "decision": "ATTRIBUTION_RANG"}
    table = des_attributions(
        meme | {"rang": "1", "reponse": "REFUSEE", "date_bail": ""}, meme | {"rang": "2", "dalo": "OUI"}
    )
    vues = preparer(table, JOUR).attribuees
    assert vues["rang"].to_list() == [2]
    autre = des_attributions(meme | {"rang": "1"}, meme | {"rang": "2", "reservataire": "Métropole-exemple"})
    assert preparer(autre, JOUR).attribuees.height == 2


@pytest.mark.parametrize("suite", ["EN_COURS", "SANS_REPONSE", "REFUSEE", "ACCEPTEE"])
def test_le_rang_qui_a_le_logement_compte_quel_que_soit_le_suivant(suite: str) -> None:
    """Le premier classé a un bail : sa priorité et son bail comptent, non le suivant qu'on n'a pas appelé."""
    meme = {"ref_bailleur": "L-1", "decision": "ATTRIBUTION_RANG"}
    suivant = meme | {"rang": "2", "reponse": suite, "date_bail": ""}
    etat = etat_du_flux(des_attributions(meme | {"rang": "1", "dalo": "OUI"}, suivant), aucun_logement(), JOUR)
    assert (etat.totaux.attributions, etat.totaux.acceptees, etat.totaux.baux) == (1, 1, 1)
    assert etat.quart[0].attributions.realisees == 1


def test_le_rang_accepte_compte_avant_son_bail() -> None:
    meme = {"ref_bailleur": "L-1", "decision": "ATTRIBUTION_RANG", "date_bail": ""}
    table = des_attributions(meme | {"rang": "1"}, meme | {"rang": "2", "reponse": "EN_COURS"})
    assert preparer(table, JOUR).attribuees["rang"].to_list() == [1]
    sans = des_attributions(*(meme | {"rang": un, "reponse": "REFUSEE"} for un in ("1", "2")))
    assert preparer(sans, JOUR).attribuees["rang"].to_list() == [2]


def test_un_logement_reserve_attribue_par_le_bailleur_est_revenu() -> None:
    table = des_attributions({"origine_designation": "BAILLEUR"}, {"origine_designation": "BAILLEUR_POUR_COMPTE"})
    assert preparer(table, JOUR).attribuees["categorie"].to_list() == ["bailleur", "communes"]


def test_un_salarie_ni_demandeur_d_emploi_ne_compte_pas_pour_action_logement() -> None:
    al = {"type_reservataire": "COLACT", "reservataire": "Action Logement Services", "dalo": "OUI"}
    table = des_attributions(al | {"emploi": "NON"}, al | {"emploi": "OUI"}, al | {"emploi": ""})
    # Sans la colonne à la première ligne, elle n'existerait pas pour les autres.
    (ligne,) = etat_du_flux(table, aucun_logement(), JOUR).quart
    assert (ligne.attributions.realisees, ligne.attributions.attributions, ligne.emploi_inconnu) == (2, 3, 1)


def test_l_emploi_ne_se_lit_pas_du_code_de_dalo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Les deux colonnes disent OUI : si l'une changeait de code, l'autre garderait le sien."""
    regles = droit()
    autre = replace(regles, quart=replace(regles.quart, dalo="RECONNU"))
    monkeypatch.setattr(preparation, "droit", lambda: autre)
    al = {"type_reservataire": "COLACT", "reservataire": "Action Logement Services", "priorite_l441_1": "k"}
    table = des_attributions(al | {"emploi": "OUI"}, al | {"emploi": ""})
    assert preparation.preparer(table, JOUR).attribuees["emploi_inconnu"].to_list() == [False, True]


def test_un_reservataire_dont_on_ne_sait_pas_s_il_doit_le_quart() -> None:
    table = des_attributions({"type_reservataire": "AUTRES", "reservataire": "Association d'ici"})
    (ligne,) = etat_du_flux(table, aucun_logement(), JOUR).quart
    assert (ligne.attributions.minimum, ligne.attributions.manque) == (None, None)
    assert ligne.attributions.etapes == ()


@pytest.mark.parametrize(("attributions_", "minimum"), [(0, 0), (1, 1), (4, 1), (5, 2), (28, 7), (29, 8)])
def test_le_quart_s_arrondit_en_haut(attributions_: int, minimum: int) -> None:
    """29 attributions, 8 et non 7 : 7/29 = 24,1 %."""
    vu = compter(0, attributions_, Quart.QUART)
    assert (vu.minimum, vu.manque) == (minimum, minimum)
    assert str(minimum) in str(vu.etapes[0])


def test_le_manque_n_est_jamais_negatif() -> None:
    assert compter(20, 29, Quart.QUART).manque == 0


def test_mutant_un_quart_arrondi_au_plus_proche() -> None:
    """Celui qui arrondirait 29/4 = 7,25 à 7 : le minimum est le plus petit entier qui atteint le quart."""
    for attributions_ in range(200):
        minimum = compter(0, attributions_, Quart.QUART).minimum
        assert minimum is not None
        assert minimum >= attributions_ * droit().quart.part > minimum - 1


def test_la_projection_est_une_regle_de_trois(etat: EtatDuFlux) -> None:
    """331 jours sur 365 : 26 attributions mènent à 28."""
    assert {une.categorie: une.projetees for une in etat.projections}["prefet_prioritaires"] == 26 * 365 // 331


def test_un_plafond_atteint_n_est_pas_franchi() -> None:
    """Une attribution sur cinq : 20 %, pas au-dessus."""
    autres = [{"type_reservataire": "AUCUN", "reservataire": ""}] * 4
    assert etat_du_flux(des_attributions({}, *autres), aucun_logement(), JOUR).depassements == ()
    assert len(etat_du_flux(des_attributions({}, *autres[1:]), aucun_logement(), JOUR).depassements) == 2


def test_un_plafond_ne_se_dit_depasse_que_l_annee_close_ou_au_dela_de_la_prevision() -> None:
    """Il porte sur le flux annuel : la première attribution du préfet n'en franchit aucun, sauf sur trois prévues."""
    prefet = {"type_reservataire": "PPRIOR", "reservataire": "Préfecture", "date_caleol": "10/01/2026", "date_bail": ""}
    table = des_attributions(prefet)

    def etablis(le: date, *prevues: Prevision, de: pl.DataFrame = table) -> dict[str, bool]:
        return {un.siren_bailleur: un.etabli for un in etat_du_flux(de, aucun_logement(), le, (), prevues).depassements}

    janvier = date(2026, 1, 31)
    prevue = Prevision(siren_bailleur="000000001", annee=2026, remises_en_location=3)
    assert etablis(janvier) == {"": False, "000000001": False}
    assert etablis(date(2026, 12, 31)) == {"": True, "000000001": True}
    assert etablis(janvier, prevue) == {"": False, "000000001": True}
    assert etablis(janvier, msgspec.structs.replace(prevue, premieres_mises=1))["000000001"] is False
    assert etablis(janvier, msgspec.structs.replace(prevue, annee=2025))["000000001"] is False
    assert etablis(janvier, msgspec.structs.replace(prevue, siren_bailleur="000000002"))["000000001"] is False
    assert etablis(janvier, msgspec.structs.replace(prevue, hors_flux={"MUTATION": 9}))["000000001"] is False
    communes = [msgspec.structs.replace(prevue, code_insee=un, remises_en_location=2) for un in ("99901", "99902")]
    assert etablis(janvier, *communes)["000000001"] is False
    assert etablis(janvier, prevue, *communes)["000000001"] is True


def test_un_logement_encore_offert_et_deja_attribue_est_propose_une_fois() -> None:
    offert = lire(en_csv([UN_LOGEMENT]), FichierDe.LOGEMENTS).table
    (vu,) = etat_du_flux(des_attributions({"ref_bailleur": "L-9"}), offert, JOUR).compteurs
    assert (vu.proposes, vu.attribues) == (1, 1)
