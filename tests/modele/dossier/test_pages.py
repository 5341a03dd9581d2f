"""Les pages déclarées : ce qui s'y refuse est dit, et celles du questionnaire livré tiennent à l'écran."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.bilan import charger_regles, etablir
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.entretien import Visibilite
from modele.dossier.inventaire import Genre, inventaire
from modele.dossier.lecture_questionnaire import FICHIER, lire_questionnaire
from modele.dossier.pages import CHAMPS_AU_PLUS, GenrePage
from modele.dossier.paroles import SOUS_LES_YEUX, reproches
from modele.dossier.propositions import proposee
from modele.dossier.questionnaire import Questionnaire
from modele.dossier.reponses import AUCUN
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

JOUR = date(2026, 11, 29)
SECTION = 'format = 1\nsource = "x"\nverifie_le = 2026-11-29\n[[section]]\nid = "s"\nlibelle = "S"\n'
NOM = '[[section.question]]\nid = "nom"\nchamp = "demandeur.nom"\ndire = "Votre nom ?"\n'
MOTIFS = '[[section.question]]\nid = "motifs"\nchamp = "demande.motifs"\ndire = "Pourquoi ?"\n'
PEUR = (
    '[[section.question]]\nid = "peur"\nchamp = "triage.peur_au_domicile"\ndire = "Avez-vous peur ?"\n'
    "seul_a_seul = true\n"
)


def _page(questions: str, suite: str = "") -> str:
    return f'[[section.page]]\nid = "p"\ndire = "La pièce ?"\nquestions = [{questions}]\n{suite}'


def _lire(tmp_path: Path, texte: str) -> Questionnaire:
    fichier = tmp_path / "q.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_questionnaire(fichier, catalogue_brut())


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (_page('"prenoms"') + NOM, "prenoms"),
        (_page('"nom", "nom"') + NOM, "déjà sur une page"),
        (_page('"motifs"') + MOTIFS, "se dit seule"),
        (_page('"peur"') + PEUR, "se dit seule"),
        (_page('"nom"', 'genre = "tableau"\n') + NOM, "un tableau ne va qu'à une liste"),
        (_page('"nom"', 'total = "nom"\n') + NOM, "une colonne de nombres"),
        (_page('"nom"', 'propres = ["autre"]\n') + NOM, "autre"),
        (_page('"nom"', 'rien = ["nom"]\nrien_dire = "Rien"\n') + NOM, "n'a pas de réponse qui dise non"),
        (_page('"nom"', 'rien_dire = "Rien"\n') + NOM, "vont ensemble"),
        (NOM + "aucun = 3\n", "true ou false"),
        (MOTIFS + "aucun = true\n", "peuvent ne pas exister"),
        (NOM + 'propose = "demandeur.date_naissance"\n', "que cette question reprenne"),
        (NOM + 'si_dit = "demande.motifs"\n', "n'est pas un champ du dossier de ce genre"),
        (NOM + 'vrai = "Aucun"\nfaux = "Un"\n', "qui se répond par oui ou non"),
        (MOTIFS + 'frequentes = ["inconnu"]\n', "inconnu"),
    ],
)
def test_chaque_faute_d_une_page_est_dite(tmp_path: Path, texte: str, attendu: str) -> None:
    """Avec le nom de ce qui ne va pas."""
    with pytest.raises(FichierFautif) as levee:
        _lire(tmp_path, SECTION + texte)
    assert any(attendu in faute.message for faute in levee.value.fautes), levee.value.fautes


def test_une_page_trop_longue_se_refuse(tmp_path: Path) -> None:
    """Treize champs ne tiennent ni à l'écran, ni dans une conversation."""
    champs = [c.chemin for c in inventaire().champs.values() if c.genre is Genre.TEXTE][: CHAMPS_AU_PLUS + 1]
    questions = "".join(
        f'[[section.question]]\nid = "q{rang}"\nchamp = "{champ}"\ndire = "?"\n' for rang, champ in enumerate(champs)
    )
    noms = ", ".join(f'"q{rang}"' for rang in range(len(champs)))
    with pytest.raises(FichierFautif, match="12 champs"):
        _lire(tmp_path, SECTION + _page(noms) + questions)


def test_une_liste_a_toujours_un_tableau(tmp_path: Path) -> None:
    """Sans le dire, celui de ses premières questions."""
    texte = SECTION + 'liste = "ressources.revenus"\n'
    montant = '[[section.question]]\nid = "montant"\nchamp = "revenu.montant"\ndire = "Combien ?"\n'
    (section,) = _lire(tmp_path, texte + montant).sections
    (page,) = section.pages
    assert (page.genre, page.questions) == (GenrePage.TABLEAU, ("montant",))


@pytest.mark.parametrize(
    ("dire", "cle"),
    [
        ("N'avez-vous pas de toit ?", "dire"),
        ("Ou bien ne l'avez-vous jamais renouvelée ?", "dire"),
        ("Êtes-vous sans aucun avis d'imposition ?", "dire"),
        ("Est-ce que vous n'avez rien reçu ?", "dire"),
        (" ".join(["mot"] * 21) + " ?", "dire"),
    ],
)
def test_une_question_negative_ou_trop_longue_se_refuse(dire: str, cle: str) -> None:
    """On y répond de travers, ou l'on en perd le début."""
    assert [faute for faute, _ in reproches(dire, [], [])] == [cle]


@pytest.mark.parametrize(
    "dire",
    ["Savez-vous où dormir ce soir ?", "Avez-vous subi cela ? Vous n'avez rien à raconter.", " ".join(["mot"] * 20)],
)
def test_une_question_a_l_endroit_passe(dire: str) -> None:
    """La négation d'une phrase qui rassure n'est pas une question négative."""
    assert not list(reproches(dire, [], []))


def test_une_reponse_frequente_tient_sous_les_yeux() -> None:
    """La treizième d'une liste est sous le pli."""
    options = [(f"c{rang}",) for rang in range(20)]
    assert not list(reproches("Où ?", options, [f"c{SOUS_LES_YEUX - 1}"]))
    assert [cle for cle, _ in reproches("Où ?", options, [f"c{SOUS_LES_YEUX}"])] == ["frequentes"]


def test_le_questionnaire_livre_range_ses_questions() -> None:
    """Ce qui est délicat se dit seul ; l'identité se recopie dans l'ordre de la pièce ; le loyer avant les impayés."""
    catalogue = catalogue_brut().etendre(catalogue_derive().values())
    sections = {une.id: une for une in lire_questionnaire(RESSOURCES / FICHIER, catalogue).sections}
    pages = {(section.id, page.id): page.questions for section in sections.values() for page in section.pages}
    identite, bail = pages["vous", "identite"], pages["logement_actuel", "bail"]
    assert identite.index("civilite") < identite.index("nom") < identite.index("nom_usage") < identite.index("prenoms")
    assert bail.index("loyer") < bail.index("dettes_logement")
    ordre = list(sections)
    assert ordre.index("logement_actuel") < ordre.index("contact"), "l'adresse avant le courrier"
    seules = {q.id for s in sections.values() for q in s.questions} - {nom for noms in pages.values() for nom in noms}
    assert {"danger_immediat", "peur_au_domicile", "victime_traite", "motifs"} <= seules


def _bilan(**dit: Any) -> Any:
    return etablir(charger_regles("metropole-exemple"), {"territoire": "metropole-exemple", **dit}, JOUR)


def test_l_aidant_qui_n_existe_pas_n_a_pas_de_telephone() -> None:
    """Constat 35 : ni téléphone ni courriel d'un aidant qu'on n'a pas, ou pas encore nommé."""
    for tiers, attendu in (
        (ABSENT, Visibilite.PEUT_ETRE),
        (AUCUN, Visibilite.SANS_OBJET),
        ({"refus": True}, Visibilite.SANS_OBJET),
        ("Mme Durand", Visibilite.VISIBLE),
    ):
        dit = {} if tiers is ABSENT else {"contact": {"tiers_nom": tiers}}
        vues = {vue.chemin: vue.visibilite for vue in _bilan(**dit).entretien.questions()}
        assert vues["contact.tiers_telephone"] is attendu


def test_ce_qui_est_su_se_propose_et_rien_d_autre() -> None:
    """Un champ, un fait, une commune du territoire ; jamais un refus, ni ce que la question n'offre pas."""
    regles = charger_regles("metropole-exemple")
    questions = {q.champ: q for s in regles.questionnaire.sections for q in s.questions if not s.liste}

    def su(champ: str, **dit: Any) -> Any:
        bilan = _bilan(**dit)
        return proposee(questions[champ], bilan.document, bilan.situation, regles.communes.proches)

    assert su("expulsion.etape", triage={"papier_huissier": "jugement"}) == "jugement"
    assert su("expulsion.etape", triage={"papier_huissier": {"refus": True}}) is ABSENT
    assert su("expulsion.etape", triage={"papier_huissier": {"parmi": ["jugement", "impaye"]}}) is ABSENT
    assert su("demandeur.nom", demandeur={"prenoms": "Zahra"}) is ABSENT
    foyer = {"avec_codemandeur": False, "naissances_attendues": 0, "personnes": {"elements": {}, "clos": True}}
    assert su("recherche.personnes_a_loger", foyer=foyer) == 1
    assert su("recherche.personnes_a_loger", foyer={"avec_codemandeur": False}) is ABSENT
    assert su("recherche.vit_sur_territoire", logement_actuel={"adresse": {"commune": "99X01"}}) is True
    assert su("recherche.vit_sur_territoire", logement_actuel={"adresse": {"commune": "69123"}}) is False
    assert su("recherche.vit_sur_territoire") is ABSENT


def test_il_n_y_en_a_pas_s_ecrit_et_se_dit() -> None:
    """Ni refus, ni oubli : la question est répondue, et le papier le dit."""
    bilan = _bilan(demandeur={"nom_usage": AUCUN})
    (vue,) = (v for v in bilan.entretien.questions() if v.chemin == "demandeur.nom_usage")
    assert vue.repondue
    assert lire(bilan.document, "demandeur.nom_usage") == AUCUN


def test_etre_seul_a_seul_ne_se_lit_pas_a_voix_haute() -> None:
    """Constat 18 : l'agent le coche de ce qu'il voit, avant toute question délicate."""
    (triage,) = (s for s in charger_regles("metropole-exemple").questionnaire.sections if s.id == "triage")
    ordre = [question.id for question in triage.questions]
    (seul,) = (q for q in triage.questions if q.id == "seul_a_seul")
    assert seul.a_dire.startswith("Pour vous : une coche, jamais lue à voix haute.")
    delicates = [question.id for question in triage.questions if question.seul_a_seul]
    assert all(ordre.index("seul_a_seul") < ordre.index(une) for une in delicates)


def test_la_raison_principale_n_offre_que_celles_qui_sont_dites() -> None:
    """Constat 34 : « parmi ces raisons » listait les vingt-trois."""
    questions = {q.champ: q for s in charger_regles("metropole-exemple").questionnaire.sections for q in s.questions}
    assert questions["demande.motif_principal"].parmi_dits == "demande.motifs"
    assert questions["ressources.sans_avis"].faux.startswith("Oui")
