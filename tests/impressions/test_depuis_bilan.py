"""Du bilan au papier : les mêmes résultats, les pièces dites une fois, rien de protégé."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "ui" / "ecrans"))
from dossiers_ecran import heberge
from lecture_pdf import texte_plat

from impressions.depuis_bilan import donnees
from impressions.document import composer
from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.mots.noms import champ_de
from modele.mots.note import DiseurDeNote
from modele.mots.reponses import Diseur

JOUR = date(2026, 11, 23)


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def bilan(**reponses: Any) -> Bilan:
    return etablir(regles(), heberge(**reponses), JOUR)


def test_le_papier_recoit_les_resultats_du_bilan_sans_les_refaire() -> None:
    fait = bilan()
    prets = donnees(fait)
    assert prets.cotation is not None
    assert fait.cotation is not None
    assert prets.cotation.declaree == fait.cotation.declaree
    points = [[c.points for r in note.rubriques for c in r.criteres] for note in (prets.cotation, fait.cotation)]
    assert points[0] == points[1]
    assert prets.voies is fait.voies
    assert prets.date_impression == JOUR
    assert prets.territoire.exemple


def test_une_piece_n_est_dite_qu_une_fois_et_jamais_si_elle_est_protegee() -> None:
    prets = donnees(bilan(**{"demande.motifs": {"coches": ["violences"], "clos": True}}))
    noms = [dite.piece.id for dite in prets.pieces]
    proteges = {piece.id for piece in regles().pieces if piece.famille == "protection"}
    assert len(noms) == len(set(noms))
    assert "identite" in noms
    assert not proteges & set(noms)


def test_ce_qui_suffit_pour_enregistrer_se_dit_avant_de_savoir_lequel() -> None:
    """Nationalité inconnue : identité et titre de séjour se disent tous deux « selon la situation »."""
    dites = {p.piece.id: p for p in donnees(bilan()).pieces if p.piece.exigee_pour == "enregistrement"}
    assert {"identite", "titre-sejour"} <= set(dites)
    assert not any(p.sure for p in dites.values())
    francaise = bilan(**{"demandeur.nationalite": "francaise"})
    assert [p.piece.id for p in donnees(francaise).pieces if p.piece.exigee_pour == "enregistrement"] == ["identite"]


def test_ce_qui_reste_a_demander_se_lit_jamais_un_libelle_brut() -> None:
    """« Liste d'exemple », définition d'un fait local, s'imprimait à la place de sa question."""
    brutes = {fait.definition for fait in regles().catalogue.values() if fait.nom.startswith("local.")}
    vus = bilan()
    dits = {*donnees(vus).a_demander}
    assert "Exercez-vous un métier en tension sur le territoire ?" in dits
    assert not brutes & dits
    locales = [vue for vue in vus.entretien.questions() if vue.chemin.startswith("local.")]
    dire = Diseur(regles().vocabulaire, vus.document)
    assert locales
    assert not brutes & {dire.libelle(vue.chemin) for vue in locales}


def test_une_piece_n_est_vue_que_si_elle_l_est_pour_chacun() -> None:
    """La mère a montré la sienne, pas celle de l'enfant : la pièce reste à apporter."""
    vue = {"elements": {"p1": {"piece": "identite", "etat": "vue", "personne": "demandeur"}}, "ordre": ["p1"]}
    attendues = [p for p in bilan(pieces=vue).pieces.enregistrement if p.piece.id == "identite"]
    dite = next(p for p in donnees(bilan(pieces=vue)).pieces if p.piece.id == "identite")
    assert dite.vue is all(p.etat == "vue" for p in attendues)


def test_aucune_ligne_de_la_note_imprimee_ne_dit_une_violence() -> None:
    """Même dans un dossier ordinaire : le papier rentre à la maison."""
    note = donnees(bilan()).cotation
    assert note is not None
    diseur, criteres = DiseurDeNote(), [c for r in note.rubriques for c in r.criteres]
    mots = " ".join(f"{c.libelle} {diseur.constats(c)} {diseur.non_compte(c)}" for c in criteres).lower()
    assert "violence" not in mots
    assert "viol " not in mots


def test_la_note_imprimee_est_la_meme_octet_pour_octet_quoi_qu_on_ait_dit() -> None:
    """Dit, nié, refusé ou prouvé : le papier ne le sait pas. (Une voie discrète retenue refuse déjà ce papier.)"""
    motifs = {"coches": ["trop_grand"], "clos": True}
    dits: list[dict[str, Any]] = [
        {},
        {"triage.peur_au_domicile": False, "demande.mariage_force": {"refus": True}},
        {"demande.motifs": {"coches": ["trop_grand", "violences"], "clos": True}, "preuves.violences": "valide"},
    ]
    notes = [donnees(bilan(**{"demande.motifs": motifs, "demande.type": "premiere", **un})) for un in dits]
    muet = notes[0]
    papiers = {
        composer("cotation", replace(muet, cotation=une.cotation, a_demander=une.a_demander)) for une in notes
    } | {composer("cotation", une) for une in notes[:2]}
    assert len(papiers) == 1


def test_les_contacts_du_territoire_priment() -> None:
    contacts = donnees(bilan()).contacts
    assert contacts["adil"].numero == "05 36 49 02 22"
    assert contacts["115"].numero == "115"


def test_la_fiche_neutre_est_la_meme_de_trois_territoires() -> None:
    """Octet pour octet, lieu d'accueil, numéros locaux et jour compris."""
    papiers = {
        composer("neutre", donnees(etablir(regles(un), heberge(), jour), lieu="ccas-colombe"))
        for un in ("metropole-exemple", "toulouse-metropole", "clermont-auvergne-metropole")
        for jour in (JOUR, date(2027, 3, 1))
    }
    assert len(papiers) == 1


def test_ce_qui_est_sans_objet_ne_s_imprime_pas_comme_inconnu() -> None:
    assert "demande.date_radiation" in donnees(bilan(**{"demande.radiee": False})).sans_objet


def test_un_fait_et_une_commune_ont_un_nom() -> None:
    nommer = regles().vocabulaire.fait
    assert nommer("anciennete_mois").startswith("Mois révolus")
    assert nommer("local.metier_en_tension").endswith("?")
    assert regles().vocabulaire.commune("99X01") == "Colombe"
    assert regles().vocabulaire.commune("63113") == "Clermont-Ferrand"
    statut = champ_de("logement_actuel.statut")
    assert statut is not None
    assert regles().vocabulaire.code(statut.champ, "sans_abri")


def test_le_lieu_d_accueil_est_facultatif() -> None:
    assert donnees(bilan()).lieu is None
    lieu = donnees(bilan(), lieu="ccas-colombe").lieu
    assert lieu is not None
    assert "05 36 49 00 11" in lieu.lignes


def test_chaque_fiche_proposee_se_compose() -> None:
    fait = bilan(triage={"toit_ce_soir": "non", "enfant_avec": True})
    fiches = {fiche for voie in fait.voies_retenues for fiche in voie.fiches}
    assert {"115", "resume", "cotation"} <= fiches
    for fiche in fiches - {"neutre"}:
        assert composer(fiche, donnees(fait)).startswith(b"%PDF")


def test_ce_qui_reste_a_demander_dit_de_qui() -> None:
    """Sa naissance est connue, celle du conjoint manque : la ligne ne se lit pas comme un oubli."""
    fait = etablir(regles(), {"demandeur": {"date_naissance": "1986-03-12"}}, JOUR)
    dites = [ligne for ligne in donnees(fait).a_demander if "naissance" in ligne.lower()]
    assert dites
    assert "Date de naissance" not in dites


def test_une_piece_seulement_possible_se_nomme_et_jamais_par_son_code() -> None:
    """Un jugement, relogement pas encore demandé : la note nomme le papier qui prouve la ligne."""
    document = {"triage": {"papier_huissier": "jugement"}, "expulsion": {"etape": "jugement"}}
    fait = etablir(regles(), document, JOUR)
    prets = donnees(fait)
    lignes = [ligne for rubrique in fait.cotation.rubriques for ligne in rubrique.criteres] if fait.cotation else []
    jugee = next(ligne for ligne in lignes if ligne.id == "expulsion-jugee")
    assert jugee.pieces == ("papier-expulsion",)
    assert "papier-expulsion" not in {dite.piece.id for dite in prets.pieces}
    papier = texte_plat(composer("cotation", prets))
    assert "Commandement de payer, assignation" in papier
    assert "papier-expulsion" not in papier
    assert not {un.id for un in regles().pieces if un.famille == "protection"} & set(prets.noms_pieces)
