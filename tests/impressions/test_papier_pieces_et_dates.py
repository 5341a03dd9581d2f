"""Ce avec quoi revenir, et quand : les pièces par date, les dates du dossier, le reçu, le rappel du numéro."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from exemples_papier import donnees, lieu, piece
from lecture_pdf import texte, texte_plat

from impressions.depuis_bilan import donnees as donnees_de
from impressions.document import composer
from impressions.donnees import Donnees
from impressions.offres import offres
from modele.bilan import Bilan, charger_regles, etablir
from modele.orientation.durees import Pas
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 30)
DOSSIER = {"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"}
DEPOSEE = {"deja_enregistree": False, "date_depot": "2026-11-30", "heure_depot": "09:40"}
LONG = "Rakotomalala-Andriantsitohaina de la Très Grande Famille des Plateaux " * 3


def bilan(**sections: Any) -> Bilan:
    return etablir(charger_regles("metropole-exemple"), {**DOSSIER, **sections}, JOUR)


def imprimee(fiche: str, **sections: Any) -> str:
    return texte_plat(composer(fiche, donnees_de(bilan(**sections))))


def avec_dates(*echeances: Echeance, pieces: tuple[str, ...] = ()) -> Donnees:
    voie = Voie("essai", "Une voie", Urgence.SEMAINE, True, False, echeances=echeances, pieces=pieces)
    return donnees(voies=(voie,), date_impression=JOUR)


# Les pièces.


def test_les_pieces_se_rangent_par_date_avec_ce_qu_elles_prouvent() -> None:
    dates = avec_dates(Echeance("a", "L'audience", le=date(2027, 1, 11), agir=True), pieces=("livret-famille",))
    pieces = (piece("identite", "Pièce d'identité", "enregistrement"), *dates.pieces[1:])
    plat = texte_plat(composer("pieces", replace(dates, pieces=pieces)))
    titres = ("Dès maintenant, pour enregistrer", "Avant le 11 janvier 2027", "Dès que possible, pour l’étude")
    places = [plat.index(titre) for titre in titres]
    assert places == sorted(places)
    assert places[1] < plat.index("Livret de famille") < places[2]
    assert "Ouvre votre numéro unique" in plat
    assert "Compte pour : Parent isolé." in plat


def test_une_date_passee_a_valider_ou_d_une_voie_discrete_ne_date_aucune_piece() -> None:
    for jour, confiance in ((date(2026, 1, 1), "V"), (date(2027, 1, 1), "M")):
        echeance = Echeance("a", "X", le=jour, confiance=confiance, agir=True)
        assert "Avant le" not in texte_plat(composer("pieces", avec_dates(echeance, pieces=("livret-famille",))))
    discrete = avec_dates(Echeance("a", "X", le=date(2027, 1, 1), agir=True), pieces=("livret-famille",))
    voies = tuple(replace(voie, discret=True, certaine=False) for voie in discrete.voies)
    assert "Avant le" not in texte_plat(composer("pieces", replace(discrete, voies=voies)))


def test_une_reponse_attendue_n_est_la_date_limite_d_aucune_piece() -> None:
    """Le jour où la commission doit décider n'est pas celui où la personne doit apporter ses papiers."""
    attendue = avec_dates(Echeance("a", "Décision", le=date(2027, 1, 1)), pieces=("livret-famille",))
    assert "Avant le" not in texte_plat(composer("pieces", attendue))


def test_agissez_avant_ne_se_dit_que_de_ce_qui_est_a_faire() -> None:
    faire, attendre = (Echeance("a", "X", le=date(2027, 1, 1), agir=agir) for agir in (True, False))
    assert "agissez avant le 01/01/2027" in texte_plat(composer("dates", avec_dates(faire)))
    attendu = texte_plat(composer("dates", avec_dates(attendre)))
    assert "01/01/2027" in attendu
    assert "agissez avant le" not in attendu


def test_les_pieces_de_protection_n_y_sont_jamais() -> None:
    plat = imprimee("pieces", logement_actuel={"statut": "locataire_prive"}, triage={"danger": True})
    assert "Récépissé de dépôt" not in plat
    assert "Décision d’un juge" not in plat


def test_aucune_piece_attendue_se_dit() -> None:
    plat = texte_plat(composer("pieces", donnees(pieces=(piece("identite", "Pièce d'identité", vue=True),))))
    assert "Aucune pièce n’est attendue aujourd’hui." in plat
    assert "Déjà montré : Pièce d’identité." in plat


# Les dates.


def test_chaque_echeance_a_ses_deux_dates_la_plus_proche_d_abord() -> None:
    tard = Echeance("b", "Contester", le=date(2027, 3, 1), fin_possible=date(2027, 3, 5))
    tot = Echeance("a", "Audience", le=date(2027, 1, 11))
    plat = texte_plat(composer("dates", avec_dates(tard, tot)))
    assert plat.index("Audience") < plat.index("Contester")
    assert "01/03/2027 05/03/2027" in plat
    assert "11/01/2027 pas connue" in plat


def test_un_depart_inconnu_laisse_la_date_a_ecrire() -> None:
    acte = Echeance("a", "Saisir le juge", ((Pas(2),),), "Notification", acte=True)
    plat = texte_plat(composer("dates", avec_dates(acte)))
    assert "Reçu le __/__/____ : le délai (2 mois) court de ce jour" in plat


def test_une_fin_a_faire_valider_ne_s_imprime_pas_et_rien_n_est_dit_passe() -> None:
    douteuse = Echeance("a", "X", le=date(2026, 11, 1), fin_possible=date(2027, 2, 2), confiance_fin="M")
    plat = texte_plat(composer("dates", avec_dates(douteuse)))
    assert "02/02/2027" not in plat
    assert "eut-être pas perdu" in plat
    assert "Passé" not in plat


def test_passe_ne_se_dit_qu_apres_la_seconde_date_et_vient_en_dernier() -> None:
    passee = Echeance("a", "Trop tard", le=date(2026, 1, 1), fin_possible=date(2026, 1, 5))
    plat = texte_plat(composer("dates", avec_dates(passee, Echeance("b", "À venir", le=date(2027, 1, 1)))))
    assert "Passé" in plat
    assert plat.index("À venir") < plat.index("Trop tard")


def test_la_meme_echeance_de_deux_voies_ne_se_lit_qu_une_fois() -> None:
    une = avec_dates(Echeance("a", "Renouveler la demande", le=date(2027, 1, 1)))
    double = replace(une, voies=(*une.voies, replace(une.voies[0], id="autre")))
    assert texte_plat(composer("dates", double)).count("Renouveler la demande") == 1


def test_sans_date_connue_la_fiche_le_dit_et_laisse_de_quoi_ecrire() -> None:
    plat = imprimee("dates")
    assert "Aucune date n’est connue aujourd’hui" in plat
    assert "Papier reçu le __/__/____" in plat


# Le reçu provisoire.


def test_le_recu_dit_le_jour_et_l_heure_du_depot_et_ce_qu_il_n_est_pas() -> None:
    plat = imprimee("recu", demande=DEPOSEE)
    assert "Déposé le 30/11/2026, à 09:40" in plat
    assert "Ceci n’est pas l’attestation d’enregistrement." in plat
    assert "au plus tard le 30 décembre 2026" in plat  # L441-2-1 : un mois à compter du dépôt


def test_le_recu_ne_porte_jamais_de_numero_unique() -> None:
    """Avec lui, il passerait pour l'attestation de R441-2-4."""
    demande = {"deja_enregistree": True, "numero_unique": "063112512345612345", **DEPOSEE, "attestation_recue": False}
    assert "063112512345612345" not in imprimee("recu", demande={**demande, "deja_enregistree": True})


def test_l_heure_inconnue_manque_visiblement_et_n_est_pas_celle_de_l_impression() -> None:
    sans_heure = {cle: valeur for cle, valeur in DEPOSEE.items() if cle != "heure_depot"}
    plat = imprimee("recu", demande=sans_heure)
    assert "Heure du dépôt : ____ h ____ (elle n’est pas notée" in plat
    assert not any(f"{heure:02}:" in plat for heure in range(24))


def test_sans_jour_de_depot_le_recu_se_refuse() -> None:
    with pytest.raises(ErreurUtilisateur, match="ce jour n’est pas noté"):
        imprimee("recu", demande={"deja_enregistree": False})


# Le rappel du numéro.


def test_le_rappel_porte_les_mentions_et_dit_ce_qu_il_n_est_pas() -> None:
    """R441-2-4 : a à i ; ce que Perron ne sait pas est dit « sur l'attestation »."""
    demande = {"deja_enregistree": True, "numero_unique": "063112512345612345", "date_reception": "2025-11-10",
               "service_enregistreur": "CCAS de Colombe", "date_renouvellement": "2026-11-10"}  # fmt: skip
    plat = imprimee("rappel-numero", demande=demande, demandeur={"nom": "RUIZ", "prenoms": "Lou"})
    assert plat.index("Ne remplace pas l’attestation.") < plat.index("063112512345612345")
    for mention in ("RUIZ", "Lou", "CCAS de Colombe", "10/11/2025", "Dernier renouvellement le 10/11/2026",
                    "Les bailleurs",
                    "commission de médiation", "Son adresse", "Elle vaut un an", "Elle peut être radiée",
                    "Où elle en est"):  # fmt: skip
        assert mention in plat, mention
    assert "Renouvelez avant le 10 novembre 2027" in plat


def test_sans_numero_le_rappel_se_refuse_en_une_phrase() -> None:
    for demande in ({}, {"numero_unique": {"ne_sait_pas": True}}):
        with pytest.raises(ErreurUtilisateur, match="ce dossier n’en a pas"):
            imprimee("rappel-numero", demande=demande)


# Toutes.


@pytest.mark.parametrize("fiche", ["pieces", "dates", "recu", "rappel-numero", "resume", "cotation"])
def test_un_dossier_discret_les_refuse_toutes(fiche: str) -> None:
    """L'offre et la commande refusent pareil."""
    demande = {**DEPOSEE, "deja_enregistree": True, "attestation_recue": False, "numero_unique": "063112512345612345"}
    discret = bilan(demande=demande, protection={"discret": True})
    with pytest.raises(ErreurUtilisateur, match="dossier discret"):
        composer(fiche, donnees_de(discret))
    assert fiche not in {offre.id for offre in offres(discret)}


def test_l_ecran_n_offre_que_ce_qui_peut_s_imprimer() -> None:
    assert {"recu", "rappel-numero"}.isdisjoint({offre.id for offre in offres(bilan())})
    assert "recu" in {offre.id for offre in offres(bilan(demande=DEPOSEE))}
    numerotee = bilan(demande={"deja_enregistree": True, "numero_unique": "063112512345612345"})
    assert "rappel-numero" in {offre.id for offre in offres(numerotee)}


@pytest.mark.parametrize("fiche", ["pieces", "dates", "recu", "rappel-numero"])
@pytest.mark.parametrize("grands", [False, True], ids=["courant", "grand"])
def test_un_nom_tres_long_n_est_jamais_coupe(fiche: str, grands: bool) -> None:
    demande = {**DEPOSEE, "deja_enregistree": True, "attestation_recue": False, "numero_unique": "063112512345612345"}
    un = bilan(demande=demande, demandeur={"nom": LONG.strip(), "prenoms": "Éva"})
    reçu = replace(donnees_de(un), lieu=lieu("Maison", "1, quai", "05 36 49 00 11", "9 h"))
    plat = " ".join(texte(composer(fiche, reçu, grands_caracteres=grands)).split())
    assert LONG.strip().split()[-1].upper() in plat.upper()
    assert all(mot.upper() in plat.upper() for mot in LONG.split())
