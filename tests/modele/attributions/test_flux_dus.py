"""Dû, fait, en retard, par réservataire, bailleur, commune et public, à une date ; le calendrier de l'année."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from fichiers_bailleurs import UN_LOGEMENT, UNE_ATTRIBUTION, aucun_logement, des_attributions, en_csv, lire

from modele.attributions.calendrier import Alerte, calendrier
from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import Convention, Prevision, UniteDeDecompte
from modele.attributions.dus import Annee, LigneDue
from modele.attributions.etat import EtatDuFlux, etat_du_flux
from modele.attributions.fichier_conventions import lire_conventions
from modele.regles.fautes import FichierFautif

JOUR = date(2026, 7, 1)
"""Le 182e jour sur 365."""


def convention(**change: object) -> Convention:
    return Convention(
        **{  # type: ignore[arg-type]
            "reservataire": "Commune de Vallebrume",
            "categorie": "communes",
            "siren_bailleur": "000000001",
            "perimetre": "99901",
            "annee": 2026,
            "taux": Decimal(12),
        }
        | change
    )


def prevision(**change: object) -> Prevision:
    return Prevision(
        **{"siren_bailleur": "000000001", "annee": 2026, "remises_en_location": 100, "code_insee": "99901"} | change  # type: ignore[arg-type]
    )


def lignes(conventions: list[Convention], previsions: list[Prevision], le: date = JOUR) -> tuple[LigneDue, ...]:
    table = des_attributions(
        {"date_caleol": "10/03/2026"},
        {"date_caleol": "12/03/2026", "dalo": "OUI"},
        {"date_caleol": "01/06/2026", "date_bail": "", "code_insee": "99902"},
        {"date_caleol": "01/10/2026"},
        {"date_caleol": "10/03/2026", "siren_bailleur": "000000002"},
    )
    return etat_du_flux(table, aucun_logement(), le, conventions, previsions).dus


def test_du_fait_et_en_retard() -> None:
    """12 % de 100 : 12 dans l'année, 5 au 182e jour (5,98) ; 3 faits, 2 en retard."""
    ensemble, ici, ailleurs = lignes([convention(perimetre="99")], [prevision()])
    assert (ensemble.annuel, ensemble.a_date, ensemble.fait, ensemble.retard) == (12, 5, 3, 2)
    assert ensemble.projete == 3 * 365 // 182
    assert (ici.code_insee, ici.annuel, ici.fait, ici.retard) == ("99901", 12, 2, 3)
    assert (ailleurs.code_insee, ailleurs.annuel, ailleurs.fait, ailleurs.retard) == ("99902", None, 1, None)
    assert "100 = 12" in str(ici.etapes[-1])


def test_une_convention_de_commune_ne_compte_que_la_sienne() -> None:
    """Deux dans la commune, un ailleurs : celui-là n'est pas de son périmètre, ni pour ses publics."""
    une = convention(publics={"autres": Decimal(50)})
    ensemble, ici, autres = lignes([une], [prevision()])
    assert (ensemble.fait, ensemble.retard) == (2, 3)
    assert (ici.code_insee, ici.fait) == ("99901", 2)
    assert (autres.public, autres.fait) == ("autres", 1)
    revenu = {"origine_designation": "BAILLEUR"}
    etat = etat_de([convention()], revenu, revenu | {"code_insee": "99902"})
    assert etat.dus[0].revenus == 1


def test_au_31_decembre_tout_est_du() -> None:
    (ensemble, *_) = lignes([convention(perimetre="99")], [prevision()], date(2026, 12, 31))
    assert (ensemble.a_date, ensemble.fait, ensemble.retard, ensemble.projete) == (12, 4, 8, 4)


@pytest.mark.parametrize(("unite", "fait"), [("propose", 3), ("presente", 9), ("attribue", 3), ("bail", 2)])
def test_la_convention_dit_ce_qui_decompte(unite: str, fait: int) -> None:
    (ensemble, *_) = lignes([convention(perimetre="99", unite_de_decompte=UniteDeDecompte(unite))], [prevision()])
    assert ensemble.fait == fait


def test_en_avance_n_est_pas_un_retard_negatif() -> None:
    (ensemble, *_) = lignes([convention(perimetre="99", taux=Decimal(1))], [prevision()])
    assert (ensemble.a_date, ensemble.fait, ensemble.retard) == (0, 3, 0)


def test_les_publics_de_la_convention() -> None:
    visees = [une for une in lignes([convention(publics={"dalo": Decimal(50)})], [prevision()]) if une.public]
    (une,) = visees
    assert (une.public, une.annuel, une.a_date, une.fait, une.retard) == ("dalo", 6, 2, 1, 1)
    assert str(une.etapes[0]) == "Objectif : Reconnus prioritaires (DALO) : 50 % × 12 = 6"
    par_bail = convention(
        perimetre="99", publics={"autres": Decimal(50), "sans nom": Decimal(10)}, unite_de_decompte=UniteDeDecompte.BAIL
    )
    autres, inconnu = [une for une in lignes([par_bail], [prevision()]) if une.public]
    assert (autres.fait, inconnu.fait) == (1, 0)
    assert "sans nom" in str(inconnu.etapes[0])


def etat_de(conventions: list[Convention], *changements: dict[str, str]) -> EtatDuFlux:
    table = des_attributions(*({"date_caleol": "10/03/2026", **un} for un in changements))
    return etat_du_flux(table, aucun_logement(), JOUR, conventions, [prevision()])


def test_un_logement_revenu_au_bailleur_n_est_pas_fait_pour_le_reservataire() -> None:
    """L'attribution à son candidat a échoué : elle compte dans le quart du bailleur, non sur son droit."""
    revenu = {"origine_designation": "BAILLEUR", "dalo": "OUI"}
    une = convention(publics={"dalo": Decimal(50)})
    etat = etat_de([une], {"dalo": "OUI"}, revenu, revenu)
    ensemble, ici, dalo = etat.dus
    assert (ensemble.fait, ensemble.retard, ensemble.revenus) == (1, 4, 2)
    assert (ici.fait, dalo.fait, dalo.retard) == (1, 1, 1)
    assert etat.non_nommees == ()


@pytest.mark.parametrize("ecrit", ["COMMUNE DE VALLEBRUME", " commune  de vallebrume ", "Commune-de-Vallébrume"])
def test_le_nom_du_reservataire_se_reconnait_sous_toutes_ses_ecritures(ecrit: str) -> None:
    une = convention(reservataire=ecrit, publics={"autres": Decimal(50)})
    etat = etat_de([une], {}, {"reservataire": "commune de VALLEBRUME"})
    assert [une.fait for une in etat.dus] == [2, 2, 2]
    assert etat.non_nommees == ()


def test_deux_ecritures_d_un_reservataire_n_en_font_pas_deux() -> None:
    """Un seul quart, un seul compteur, un logement proposé une fois : sous le nom le plus écrit."""
    autre = {"reservataire": "COMMUNE DE VALLEBRUME"}
    etat = etat_de([], {}, {}, autre | {"ref_bailleur": "L-1"})
    assert [(un.nom, un.attributions.attributions) for un in etat.quart_detaille] == [("Commune de Vallebrume", 3)]
    assert [(un.reservataire, un.proposes) for un in etat.compteurs] == [("Commune de Vallebrume", 2)]


def test_une_convention_qu_aucune_ligne_ne_nomme_se_dit() -> None:
    """Zéro fait peut être un nom écrit autrement, ou à un autre titre."""
    toutes = [
        convention(),
        convention(reservataire="Commune d'Ailleurs"),
        convention(categorie="metropole", perimetre="99"),
        convention(siren_bailleur="000000002"),
        convention(reservataire="Commune d'Avant", annee=2025),
    ]
    assert etat_de(toutes, {}).non_nommees == tuple(toutes[1:4])


def test_une_convention_nommee_par_le_seul_logement_offert_l_est() -> None:
    offert = lire(en_csv([UN_LOGEMENT]), FichierDe.LOGEMENTS).table
    table = des_attributions({"type_reservataire": "AUCUN", "reservataire": ""})
    assert etat_du_flux(table, offert, JOUR, [convention()], []).non_nommees == ()


def test_sans_prevision_ce_qui_est_du_ne_se_sait_pas() -> None:
    """Inconnu n'est ni zéro, ni à l'heure."""
    vues = lignes([convention(perimetre="99", publics={"dalo": Decimal(50)})], [])
    assert {(une.annuel, une.a_date, une.retard) for une in vues} == {(None, None, None)}
    assert vues[0].fait == 3


def test_la_prevision_d_une_autre_commune_n_est_pas_celle_de_la_convention() -> None:
    (ensemble, *_) = lignes([convention()], [prevision(code_insee="99902")])
    assert ensemble.annuel is None


def test_une_convention_de_departement_a_toutes_les_previsions_du_bailleur() -> None:
    autre = prevision(code_insee="99902", remises_en_location=50, hors_flux={"MUTATION": 10}, premieres_mises=20)
    sans = prevision(hors_flux={"MUTATION": 5})
    (ensemble, *_) = lignes([convention(perimetre="99")], [sans, autre, prevision(siren_bailleur="000000002")])
    assert ensemble.annuel == int(Fraction(12, 100) * (100 + 50 - 15))
    avec = convention(perimetre="99", premieres_mises_dans_le_flux=True)
    (ensemble, *_) = lignes([avec], [sans, autre])
    assert ensemble.annuel == int(Fraction(12, 100) * (100 + 50 - 15 + 20))


def test_les_conventions_d_un_bailleur_se_partagent_ensemble() -> None:
    """L'exemple des 244 logements : les mêmes parts, convention par convention."""
    taux = {
        "prefet_prioritaires": 25,
        "prefet_agents": 5,
        "action_logement": 20,
        "metropole": 8,
        "communes": 12,
        "bailleur": 30,
    }
    toutes = [convention(reservataire=qui, categorie=qui, perimetre="99", taux=Decimal(un)) for qui, un in taux.items()]
    hors = {"MUTATION": 48, "RENOUVELLEMENT_URBAIN": 22, "DEFENSE_SECURITE_SANTE": 6}
    vues = lignes(toutes, [prevision(remises_en_location=320, hors_flux=hors, code_insee="")])
    assert [int(une.annuel or 0) for une in vues if not une.code_insee and not une.public] == [61, 12, 49, 19, 29, 74]


def test_une_convention_d_une_autre_annee_ne_compte_pas() -> None:
    assert lignes([convention(annee=2025)], [prevision()]) == ()


def test_l_annee_bissextile_a_son_jour() -> None:
    assert (Annee(date(2028, 12, 31)).jours, Annee(date(2028, 12, 31)).passes) == (366, 366)
    assert Annee(date(2026, 1, 1)).projeter(1) == 365


def test_deux_candidats_au_meme_rang_se_refusent_en_citant_les_deux() -> None:
    """Un logement ne compte pas deux fois ; un autre rang, un autre réservataire, une autre commission passent."""
    un = UNE_ATTRIBUTION | {"ref_bailleur": "L-1", "decision": "ATTRIBUTION_RANG", "rang": "1", "reponse": "REFUSEE"}
    un |= {"date_bail": ""}
    autres = [{}, {"rang": "2"}, {"reservataire": "Commune d'Ailleurs"}, {"date_caleol": "13/03/2026"}, {"rang": ""}]
    lu = lire(en_csv([un | {"id_attribution": f"A-{n}"} | change for n, change in enumerate([{}, *autres])]))
    (faute,) = lu.refusees
    assert (faute.ligne, faute.colonne) == (3, "rang")
    assert "« 1 » est déjà le rang de la ligne 2" in faute.message
    assert lu.table.height == 5


# --- Le fichier des conventions ------------------------------------------------------------------------------------

FICHIER = """format = 1
[[convention]]
reservataire = "Commune de Vallebrume"
categorie = "communes"
siren_bailleur = "000000001"
perimetre = "99901"
annee = 2026
taux = 12
unite_de_decompte = "bail"
publics = { dalo = 50 }
[[prevision]]
siren_bailleur = "000000001"
annee = 2026
remises_en_location = 100
code_insee = "99901"
hors_flux = { MUTATION = 5 }
"""
UNE = FICHIER[len("format = 1\n") : FICHIER.index("[[prevision]]")]


def ecrit(dossier: Path, texte: str) -> Path:
    (dossier / "c.toml").write_text(texte, encoding="utf-8")
    return dossier / "c.toml"


def test_des_conventions_se_lisent_d_un_fichier(tmp_path: Path) -> None:
    (une,), (prevue,) = lire_conventions(ecrit(tmp_path, FICHIER))
    assert une == convention(unite_de_decompte=UniteDeDecompte.BAIL, publics={"dalo": Decimal(50)})
    assert prevue == prevision(hors_flux={"MUTATION": 5})
    sans = FICHIER.replace("publics = { dalo = 50 }\n", "").replace("hors_flux = { MUTATION = 5 }\n", "")
    (nue,), (telle,) = lire_conventions(ecrit(tmp_path, sans))
    assert (nue.publics, telle.hors_flux) == ({}, {})


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("taux = 12", "taux = 112", "pour cent, de 0 à 100"),
        ('"communes"', '"commune"', "vouliez-vous « communes »"),
        ("dalo = 50", "dallo = 50", "vouliez-vous « dalo »"),
        ("MUTATION = 5", "MUTATIONS = 5", "vouliez-vous « MUTATION »"),
        ('"bail"', '"baux"', "n'est pas permis"),
        ("MUTATION = 5", "MUTATION = -5", "0 ou plus"),
        ("MUTATION = 5", "MUTATION = 1.5", "un nombre entier"),
        ("remises_en_location = 100", "remises_en_location = -1", "0 ou plus"),
        ("remises_en_location = 100", "remises_en_location = 9\npremieres_mises = -1", "0 ou plus"),
        ("dalo = 50", "dalo = 150", "pour cent, de 0 à 100"),
        ("dalo = 50", "dalo = -1", "pour cent, de 0 à 100"),
        ("[[prevision]]", UNE + "[[prevision]]", "qu'une"),
        ("[[prevision]]", UNE.replace("Vallebrume", "VALLEBRUME") + "[[prevision]]", "qu'une"),
    ],
)  # fmt: skip
def test_une_faute_des_conventions_se_dit(tmp_path: Path, avant: str, apres: str, message: str) -> None:
    with pytest.raises(FichierFautif, match=message):
        lire_conventions(ecrit(tmp_path, FICHIER.replace(avant, apres, 1)))


# --- Le calendrier -------------------------------------------------------------------------------------------------


def test_le_calendrier_de_l_annee() -> None:
    vus = [(un.le, un.rendez.id, un.annee_rendue) for un in calendrier(2027, date(2026, 6, 1))]
    assert vus[:6] == [
        (date(2027, 1, 15), "hors_qpv_annee", 2026),
        (date(2027, 2, 28), "bilan_annuel", 2026),
        (date(2027, 2, 28), "previsionnel", 2027),
        (date(2027, 3, 1), "rpls", 2027),
        (date(2027, 3, 31), "conference", 2026),
        (date(2027, 7, 15), "hors_qpv_semestre", 2027),
    ]
    assert [un[0] for un in vus[6:]] == [None, None]


@pytest.mark.parametrize(
    ("le", "bilan", "hors_qpv"),
    [
        (date(2026, 12, 15), Alerte.A_VENIR, Alerte.A_VENIR),
        (date(2026, 12, 16), Alerte.A_VENIR, Alerte.PROCHE),
        (date(2027, 1, 15), Alerte.A_VENIR, Alerte.PROCHE),
        (date(2027, 1, 16), Alerte.A_VENIR, Alerte.PASSE),
        (date(2027, 1, 29), Alerte.PROCHE, Alerte.PASSE),
        (date(2027, 2, 27), Alerte.PROCHE, Alerte.PASSE),
        # « avant le 28 février » : le 28, c'est trop tard.
        (date(2027, 2, 28), Alerte.PASSE, Alerte.PASSE),
    ],
)
def test_les_alertes_du_calendrier(le: date, bilan: Alerte, hors_qpv: Alerte) -> None:
    vus = {un.rendez.id: un.alerte for un in calendrier(2027, le)}
    assert (vus["bilan_annuel"], vus["hors_qpv_annee"], vus["publication"]) == (bilan, hors_qpv, Alerte.SANS_JOUR)


def test_un_acte_fait_n_alerte_plus() -> None:
    vus = {un.rendez.id: un.alerte for un in calendrier(2027, date(2027, 12, 1), {"bilan_annuel"})}
    assert (vus["bilan_annuel"], vus["rpls"]) == (Alerte.FAIT, Alerte.PASSE)
