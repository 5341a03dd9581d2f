"""Le bilan d'un dossier : les cas d'accueil, les trois territoires livrés, et des grilles qui se contredisent."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from outils_sources import TERRITOIRES, sources_avec

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.cotation.coter import A_PRECISER
from modele.cotation.resultat import Fourchette, Preuve
from modele.dossier.entretien import Visibilite
from modele.mots.note import DiseurDeNote
from modele.orientation.resultat import Urgence
from modele.regles.etats import connu
from modele.regles.fautes import ErreurUtilisateur

JOUR = date(2026, 11, 22)
CALME = {
    "danger_immediat": False,
    "sante_urgente": False,
    "toit_ce_soir": "oui",
    "enfant_avec": False,
    "papier_huissier": "aucun",
    "logement_dangereux": False,
    "peur_au_domicile": False,
}


@pytest.fixture(scope="module")
def regles() -> Regles:
    """Le territoire d'exemple, qui a tout."""
    return charger_regles("metropole-exemple")


def foyer(*personnes: dict[str, Any]) -> dict[str, Any]:
    """Un foyer clos, sans codemandeur."""
    elements = {f"e{rang}": personne for rang, personne in enumerate(personnes)}
    return {"avec_codemandeur": False, "personnes": {"elements": elements, "ordre": list(elements), "clos": True}}


def enfant(naissance: str, **suite: Any) -> dict[str, Any]:
    return {"lien": "enfant", "date_naissance": naissance, "a_charge": True, "garde": "permanente", **suite}


def retenues(bilan: Bilan) -> set[str]:
    return {voie.id for voie in bilan.voies_retenues}


def presentes(bilan: Bilan) -> set[str]:
    return {voie.id for voie in bilan.voies}


# Les cas d'accueil.


def test_s1_dans_la_voiture_avec_son_fils(regles: Regles) -> None:
    """Le 115 avec la personne, maintenant ; l'enregistrement n'attend ni adresse ni avis d'imposition."""
    document = {
        "triage": {**CALME, "toit_ce_soir": "non", "enfant_avec": True},
        "logement_actuel": {"statut": "sans_abri"},
        "foyer": foyer(enfant("2018-05-01")),
    }
    bilan = etablir(regles, document, JOUR)
    assert {"sans-abri-enfant", "enregistrer"} <= retenues(bilan)
    assert bilan.voies[0].urgence is Urgence.IMMEDIATE
    assert "115" in bilan.voies[0].contacts
    assert {p.piece.id for p in bilan.pieces.enregistrement} <= {"identite", "titre-sejour"}
    assert not {"heberge-tiers", "suroccupation", "mutation-hlm"} & presentes(bilan)


def test_s2_il_ne_doit_pas_savoir(regles: Regles) -> None:
    """La peur dite suffit ; rien n'attend une plainte ; la voie est discrète ; une écriture rend le dossier discret."""
    document = {"triage": {**CALME, "peur_au_domicile": True}, "foyer": foyer(enfant("2018-05-01"))}
    bilan = etablir(regles, document, JOUR)
    voie = next(v for v in bilan.voies_retenues if v.id == "peur")
    assert voie.discret
    assert {"3919", "17"} <= set(voie.contacts)
    assert not bilan.discret
    assert etablir(regles, {**document, "protection": {"discret": True}}, JOUR).discret


def test_s2_tant_que_rien_n_est_dit_une_seule_question(regles: Regles) -> None:
    """Sur un dossier vide, les voies discrètes ne disent que la question à poser seul à seul."""
    bilan = etablir(regles, {}, JOUR)
    for voie in (v for v in bilan.voies if v.discret):
        assert (voie.libelle, voie.gestes, voie.contacts) == ("Une question à poser seul à seul", (), ())


@pytest.mark.parametrize(("recue", "depassee"), [("2023-11-22", False), ("2023-11-21", True)])
def test_s3_le_delai_se_depasse_le_lendemain(regles: Regles, recue: str, depassee: bool) -> None:
    """36 mois jour pour jour, ce n'est pas encore plus de 36 mois."""
    bilan = etablir(regles, {"demande": {"deja_enregistree": True, "date_reception": recue}}, JOUR)
    assert ("delai-anormalement-long" in retenues(bilan)) is depassee
    assert bilan.situation.etat("anciennete_mois") == connu(36)


@pytest.mark.parametrize(
    ("papier", "voie"),
    [("commandement_payer", "expulsion-commandement-payer"), ("jugement", "expulsion-jugement")],
)
def test_s4_un_papier_de_l_huissier(regles: Regles, papier: str, voie: str) -> None:
    """Chaque papier a sa voie, et n'en retient pas une autre."""
    document = {"triage": {**CALME, "papier_huissier": papier}, "logement_actuel": {"statut": "locataire_prive"}}
    trouvees = retenues(etablir(regles, document, JOUR))
    assert voie in trouvees
    assert len([v for v in trouvees if v.startswith("expulsion-")]) == 1


def test_s4_un_papier_pas_encore_lu_laisse_les_deux_possibles(regles: Regles) -> None:
    """« Commandement ou assignation » : aucune des deux voies n'est tue, aucune n'est affirmée."""
    papier = {"parmi": ["commandement_payer", "assignation"]}
    bilan = etablir(regles, {"triage": {**CALME, "papier_huissier": papier}}, JOUR)
    voies = {v.id: v for v in bilan.voies}
    for nom in ("expulsion-commandement-payer", "expulsion-assignation"):
        assert not voies[nom].certaine
        assert voies[nom].a_demander


def test_s5_cinq_dans_un_t2_deja_en_hlm(regles: Regles) -> None:
    """40 m² à cinq (seuil 43), enfant handicapé : être en HLM n'éteint rien ; la mutation s'ajoute."""
    document = {
        "triage": CALME,
        "logement_actuel": {"statut": "locataire_hlm", "titulaire_bail": True, "surface": 40, "occupants": 5},
        "foyer": foyer(
            {"lien": "conjoint", "date_naissance": "1985-01-01"},
            enfant("2012-01-01", handicap={"reconnu": True, "logement_inadapte": True}),
            enfant("2015-01-01"),
            enfant("2019-01-01"),
        ),
    }
    bilan = etablir(regles, document, JOUR)
    assert {"suroccupation", "handicap-inadapte", "mutation-hlm"} <= retenues(bilan)
    assert bilan.cotation is not None
    assert bilan.cotation.grille == "exemple-2026-mutation"
    document["logement_actuel"]["surface"] = 43
    assert "suroccupation" not in presentes(etablir(regles, document, JOUR))


def test_s6_chez_un_ami_depuis_huit_mois(regles: Regles) -> None:
    """Hébergé par un tiers, sans durée à attendre ; ce n'est pas une structure."""
    statut = {"statut": "chez_particulier", "lien_hebergeant": "ami", "depuis": "2026-03-20"}
    bilan = etablir(regles, {"triage": CALME, "logement_actuel": statut, "foyer": foyer()}, JOUR)
    assert "heberge-tiers" in retenues(bilan)
    assert "mutation-hlm" not in presentes(bilan)


def test_s10_bis_le_compteur_est_dangereux(regles: Regles) -> None:
    """Logement dangereux dit au triage : le signalement, et le loyer continue."""
    document = {"triage": {**CALME, "logement_dangereux": True}, "logement_actuel": {"statut": "locataire_prive"}}
    bilan = etablir(regles, document, JOUR)
    voie = next(v for v in bilan.voies_retenues if v.id == "habitat-indigne")
    assert any("payer" in phrase for phrase in (*voie.gestes, *voie.a_dire, *voie.a_eviter))


def test_r1_sortir_du_foyer(regles: Regles) -> None:
    """En structure d'hébergement depuis dix mois."""
    statut = {"statut": "structure_hebergement", "depuis": "2026-01-10"}
    bilan = etablir(regles, {"triage": CALME, "logement_actuel": statut}, JOUR)
    assert "sortant-hebergement" in retenues(bilan)
    assert bilan.situation.etat("hebergement_prolonge") == connu(True)


def test_r2_radiee_la_semaine_derniere(regles: Regles) -> None:
    """Réactiver aujourd'hui, ne pas recréer : cinq mois à compter de la radiation."""
    demande = {
        "deja_enregistree": True,
        "radiee": True,
        "date_radiation": "2026-11-16",
        "motif_radiation": "non_renouvellement",
    }
    bilan = etablir(regles, {"demande": demande}, JOUR)
    voie = next(v for v in bilan.voies_retenues if v.id == "radiation")
    assert voie.urgence is Urgence.JOUR
    assert [e.le for e in voie.echeances] == [date(2027, 4, 16)]


@pytest.mark.parametrize(
    ("demande", "enregistre"),
    [
        ({}, True),
        ({"deja_enregistree": False}, True),
        ({"deja_enregistree": {"refus": True}}, True),
        ({"deja_enregistree": True}, False),
        ({"deja_enregistree": True, "date_reception": "2026-01-10", "radiee": True, "jamais_renouvelee": True}, False),
        ({"deja_enregistree": True, "date_reception": "2025-05-22", "jamais_renouvelee": True}, False),
        ({"deja_enregistree": True, "date_reception": "2025-05-21", "jamais_renouvelee": True}, True),
        ({"deja_enregistree": True, "radiee": True, "motif_radiation": "attribution"}, True),
    ],
)
def test_enregistrer_se_tait_quand_une_demande_existe(
    regles: Regles, demande: dict[str, Any], enregistre: bool
) -> None:
    """On retrouve, on renouvelle, on réactive ; au-delà de dix-huit mois, ou relogé, on enregistre de nouveau."""
    bilan = etablir(regles, {"demande": demande}, JOUR)
    assert ("enregistrer" in retenues(bilan)) is enregistre
    radiee = "radiee" in demande
    assert ("radiation" in retenues(bilan)) is radiee
    assert ("doublon" in retenues(bilan)) is (demande.get("deja_enregistree") is True and not radiee)


def test_radiee_sans_date_enregistrer_de_nouveau_reste_possible(regles: Regles) -> None:
    """La question qui trancherait se pose ; rien ne se tait."""
    bilan = etablir(regles, {"demande": {"deja_enregistree": True, "radiee": True}}, JOUR)
    assert "enregistrer" in presentes(bilan) - retenues(bilan)


# Les trois territoires livrés.


def test_toulouse_quatre_lignes_et_la_phrase_de_la_norme() -> None:
    """54 mois, délai dépassé, DALO et PDALHPD : 54 + 20 + 50 + 40 sur les lignes connues."""
    document = {
        "demande": {"deja_enregistree": True, "date_reception": "2022-05-10"},
        "dalo": {"statut": "reconnu", "labellise_pdalhpd": True},
    }
    cotation = etablir(charger_regles("toulouse-metropole"), document, JOUR).cotation
    assert cotation is not None
    assert cotation.declaree == Fourchette(Decimal(164), Decimal(164))
    assert cotation.statut == "partielle"
    phrase = "164 points sur les lignes connues ; la note officielle peut être plus haute ou plus basse."
    assert DiseurDeNote().reserves(cotation)[0] == phrase
    assert "non opposable" in cotation.mention
    assert "demandelogement31.fr" in cotation.mention


def test_toulouse_la_veille_du_releve_il_n_y_a_pas_de_note() -> None:
    """Ces lignes ne sont attestées que depuis le relevé."""
    assert etablir(charger_regles("toulouse-metropole"), {}, date(2026, 11, 21)).cotation is None


def test_clermont_pas_de_note_mais_tout_le_reste() -> None:
    """Aucune ligne inventée : les voies, les pièces et l'entretien marchent ; un délai inconnu n'éteint rien."""
    document = {
        "demande": {"deja_enregistree": True, "date_reception": "2020-05-10"},
        "triage": {**CALME, "toit_ce_soir": "non"},
    }
    bilan = etablir(charger_regles("clermont-auvergne-metropole"), document, JOUR)
    assert bilan.cotation is None
    assert "sans-abri" in retenues(bilan)
    assert "delai-anormalement-long" in presentes(bilan) - retenues(bilan)
    assert bilan.pieces.enregistrement


def test_l_exemple_pose_les_questions_de_ses_deux_grilles(regles: Regles) -> None:
    """Chaque fait local devient une question, et entre dans le catalogue."""
    bilan = etablir(regles, {}, JOUR)
    locales = {vue.chemin for vue in bilan.entretien.questions() if vue.chemin.startswith("local.")}
    assert locales == {fait.nom for fait in regles.locaux}
    assert {"local.metier_en_tension", "local.bail_sans_incident"} <= set(regles.catalogue)
    assert bilan.cotation is not None
    assert bilan.cotation.population == A_PRECISER


# Ce qui relie les morceaux.


@pytest.mark.parametrize(
    ("fait", "chemins"),
    [
        ("population", ["logement_actuel.statut", "logement_actuel.titulaire_bail"]),
        ("anciennete_mois", ["demande.deja_enregistree", "demande.date_reception", "demande.radiee"]),
        ("local.metier_en_tension", ["local.metier_en_tension"]),
        ("fait.inexistant", []),
    ],
)
def test_un_fait_mene_a_ses_questions(regles: Regles, fait: str, chemins: list[str]) -> None:
    """Un fait inconnu devient les questions à poser, dans l'ordre de l'entretien, une fois chacune."""
    assert [vue.chemin for vue in etablir(regles, {}, JOUR).questions_de(fait)] == chemins


def test_une_question_repondue_ou_sans_objet_ne_se_repose_pas(regles: Regles) -> None:
    """Répondue, elle sort ; sans objet, elle ne s'est jamais posée."""
    bilan = etablir(regles, {"logement_actuel": {"statut": "sans_abri"}}, JOUR)
    assert bilan.questions_de("population") == ()
    vues = {vue.chemin: vue.visibilite for vue in bilan.entretien.questions()}
    assert vues["logement_actuel.titulaire_bail"] is Visibilite.SANS_OBJET


def test_une_piece_vue_justifie_son_critere(regles: Regles) -> None:
    """Ce qui est noté dans le dossier prouve ; une pièce impossible à fournir se dit manquante."""
    document: dict[str, Any] = {
        "local": {"metier_en_tension": True},
        "demandeur": {"emploi": {"situation": "salarie_prive"}},
    }

    def preuve(etat: str) -> Preuve:
        document["pieces"] = {"elements": {"p": {"piece": "salaire", "etat": etat}}, "ordre": ["p"], "clos": True}
        cotation = etablir(regles, document, JOUR).cotation
        assert cotation is not None
        return next(c.preuve for r in cotation.rubriques for c in r.criteres if c.id == "metier-en-tension")

    assert preuve("vue") is Preuve.JUSTIFIE
    assert preuve("impossible") is Preuve.MANQUANT
    assert preuve("a_apporter") is Preuve.DECLARE
    document["preuves"] = {"metier-en-tension": "valide"}
    assert preuve("a_apporter") is Preuve.VALIDE
    document["preuves"] = ["illisible"]
    assert preuve("a_apporter") is Preuve.DECLARE


def test_le_bilan_sur_dit_deja_les_memes_voies_et_contient_l_exact(regles: Regles) -> None:
    """L'image qui suit la réponse et celle d'après ne se contredisent pas."""
    document = {"triage": CALME, "demande": {"deja_enregistree": True, "date_reception": "2025-01-10"}}
    vite, exact = (etablir(regles, document, JOUR, exacte=e) for e in (False, True))
    assert vite.voies == exact.voies
    assert vite.pieces == exact.pieces
    assert vite.cotation is not None
    assert exact.cotation is not None
    assert vite.cotation.declaree.min <= exact.cotation.declaree.min  # type: ignore[operator]
    assert exact.cotation.declaree.max <= vite.cotation.declaree.max  # type: ignore[operator]


# Charger.


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    """Le territoire d'exemple, à abîmer."""
    shutil.copytree(TERRITOIRES / "metropole-exemple", tmp_path / "metropole-exemple")
    return tmp_path


def fautes(copie: Path) -> str:
    """Les fautes des grilles écartées ; il en reste une saine."""
    charges = charger_regles("metropole-exemple", sources_avec(copie, territoires=copie))
    assert len(charges.grilles) == 1
    (fautive,) = charges.grilles_fautives
    return str(fautive)


def test_un_territoire_inconnu_se_dit(copie: Path) -> None:
    """En une phrase, avec le plus ressemblant."""
    with pytest.raises(ErreurUtilisateur, match="vouliez-vous « metropole-exemple »"):
        charger_regles("metropole-exempel", sources_avec(copie, territoires=copie))


def test_une_grille_fautive_n_eteint_pas_l_autre(copie: Path) -> None:
    """La saine sert encore ; la fautive garde ses fautes pour l'écran."""
    primo = copie / "metropole-exemple/grilles/2026-premieres-demandes.toml"
    primo.write_text(primo.read_text(encoding="utf-8").replace('"dalo_reconnu"', '"dalo_reconu"'), encoding="utf-8")
    assert "vouliez-vous « dalo_reconnu »" in fautes(copie)


@pytest.mark.parametrize(
    ("ajout", "message"),
    [
        (
            '[[fait]]\nid = "local.bail_sans_incident"\ntype = "entier"\nquestion = "Combien ?"\ndefinition = "D"\n',
            "« local.bail_sans_incident » : la grille « exemple-2026-mutation » le déclare autrement",
        ),
        (
            '[[parametre]]\nid = "local.propre"\ntype = "entier"\nvaleurs = [{ valeur = 2 }]\n',
            "« local.propre » : la grille « exemple-2026-mutation » le déclare autrement",
        ),
    ],
)
def test_un_meme_nom_ne_veut_pas_dire_deux_choses(copie: Path, ajout: str, message: str) -> None:
    """Deux grilles d'un territoire partagent les réponses : elles déclarent pareil, ou autre chose."""
    grilles = copie / "metropole-exemple/grilles"
    mutation, primo = grilles / "2026-mutations.toml", grilles / "2026-premieres-demandes.toml"
    propre = '\n[[parametre]]\nid = "local.propre"\ntype = "entier"\nvaleurs = [{ valeur = 1 }]\n'
    mutation.write_text(mutation.read_text(encoding="utf-8") + propre, encoding="utf-8")
    saine = primo.read_text(encoding="utf-8")
    primo.write_text(saine + propre, encoding="utf-8")
    assert len(charger_regles("metropole-exemple", sources_avec(copie, territoires=copie)).grilles) == 2
    primo.write_text(f"{saine}\n{ajout}", encoding="utf-8")
    assert message in fautes(copie)


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ('id = "exemple-2026-primo"', 'id = "exemple-2026-mutation"', "déjà l'identifiant d'une autre grille"),
        ('population = "primo"', 'population = "mutation"', "commence le même jour pour la même population"),
    ],
)
def test_deux_grilles_n_ont_pas_la_meme_place(copie: Path, avant: str, apres: str, message: str) -> None:
    """Sinon, la note dépendrait du nom des fichiers."""
    primo = copie / "metropole-exemple/grilles/2026-premieres-demandes.toml"
    primo.write_text(primo.read_text(encoding="utf-8").replace(avant, apres, 1), encoding="utf-8")
    assert message in fautes(copie)
