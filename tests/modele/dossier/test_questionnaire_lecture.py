"""La lecture vérifiée du questionnaire : tout ce qui s'écrit mal est dit, avec sa ligne."""

from pathlib import Path

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import Genre
from modele.dossier.lecture_questionnaire import FICHIER, lire_questionnaire
from modele.dossier.questionnaire import Questionnaire, avec_locales
from modele.regles.faits import Fait, TypeFait
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

SECTION = 'format = 1\n[[section]]\nid = "s"\nlibelle = "S"\n'


def _lire(tmp_path: Path, texte: str) -> Questionnaire:
    fichier = tmp_path / "q.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_questionnaire(fichier, catalogue_brut())


def _question(champ: str, suite: str = "", ident: str = "q") -> str:
    return f'[[section.question]]\nid = "{ident}"\nchamp = "{champ}"\ndire = "?"\n{suite}'


def _fautes(tmp_path: Path, texte: str) -> list[str]:
    with pytest.raises(FichierFautif) as levee:
        _lire(tmp_path, texte)
    return [f"{f.chemin} : {f.message}" for f in levee.value.fautes]


def test_le_questionnaire_livre_se_lit() -> None:
    """Le fichier livré est sain, avec les faits bruts et dérivés."""
    catalogue = catalogue_brut().etendre(catalogue_derive().values())
    lu = lire_questionnaire(RESSOURCES / FICHIER, catalogue)
    assert sum(len(section.questions) for section in lu.sections) > 100
    assert "personne.lien" in lu.jamais_posees["demandeur"]


def test_sans_options_un_choix_propose_sa_nomenclature(tmp_path: Path) -> None:
    """Les codes se disent par leur formulation, à défaut leur libellé."""
    question = _lire(tmp_path, SECTION + _question("triage.toit_ce_soir")).sections[0].questions[0]
    assert [option.reponse for option in question.options] == ["oui", "provisoire", "non"]
    assert question.genre is Genre.CHOIX
    assert question.faits == ("triage.toit_ce_soir",)


def test_une_option_peut_dire_plusieurs_codes(tmp_path: Path) -> None:
    """« Dehors » ne dit pas lequel : la réponse est connue en partie."""
    option = '[[section.question.option]]\ndire = "Dehors"\nparmi = ["sans_abri", "squat"]\n'
    question = _lire(tmp_path, SECTION + _question("logement_actuel.statut", option)).sections[0].questions[0]
    assert question.options[0].reponse == {"parmi": ["sans_abri", "squat"]}


def test_un_groupe_et_une_liste_se_demandent_aussi(tmp_path: Path) -> None:
    """Une adresse est une question ; ses champs qui sont des faits en dépendent."""
    texte = SECTION + _question("demandeur.emploi", ident="a") + _question("ressources.revenus", ident="b")
    emploi, revenus = _lire(tmp_path, texte).sections[0].questions
    assert "demandeur.emploi.situation" in emploi.faits
    assert (emploi.genre, revenus.genre, revenus.faits) == (None, None, ())


def test_une_section_repetee_lit_les_faits_de_la_personne(tmp_path: Path) -> None:
    """Foyer et personne se mêlent dans une même condition."""
    si = 'si = { tous = [{ fait = "personne.a_charge" }, { fait = "foyer.colocation" }] }\n'
    texte = SECTION + 'liste = "foyer.personnes"\n' + _question("personne.garde", si)
    section = _lire(tmp_path, texte).sections[0]
    assert section.questions[0].faits == ("personne.garde",)
    assert section.questions[0].si is not None


def test_une_section_de_revenus_lit_les_faits_du_revenu(tmp_path: Path) -> None:
    """Chaque liste a son préfixe."""
    si = 'si = { fait = "revenu.type", egal = "salaire" }\n'
    texte = SECTION + 'liste = "ressources.revenus"\n' + _question("revenu.montant", si)
    assert _lire(tmp_path, texte).sections[0].questions[0].faits == ("revenu.montant",)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (SECTION.replace("= 1", "= 2") + _question("triage.sante_urgente"), "ce format est inconnu ; attendu : 1"),
        (SECTION + _question("logement_actuel.statu"), "vouliez-vous « logement_actuel.statut »"),
        (SECTION + _question("personne.nom"), "n'existe pas"),
        (SECTION + _question("triage.sante_urgente") * 2, "question[2].id : l'identifiant « q » est employé deux fois"),
        ((SECTION + _question("triage.sante_urgente")) + "[[section]]" + SECTION.split("[[section]]")[1], "deux fois"),
        (SECTION + _question("triage.sante_urgente", "coul = 1\n"), "clé inconnue"),
        (SECTION + 'liste = "foyer.personne"\n' + _question("personne.nom"), "n'est pas permis"),
        (SECTION + _question("triage.sante_urgente", '[[section.question.option]]\ndire="o"\ncode="a"\n'), "seuls un"),
        (SECTION + _question("demande.motifs", '[[section.question.option]]\ndire="o"\nparmi=["sante"]\n'), "« code »"),
        (SECTION + _question("demande.motifs", '[[section.question.option]]\ndire="o"\ncode="santee"\n'), "sante"),
        (SECTION + _question("triage.toit_ce_soir", '[[section.question.option]]\ndire="o"\n'), "l'un des deux"),
        (SECTION + _question("triage.sante_urgente", 'si = { fait = "triage.sant" }\n'), "fait inconnu"),
        (SECTION + _question("triage.sante_urgente", '[[section.question.alerte]]\nmessage = "m"\n'), "obligatoire"),
        (SECTION + _question("triage.sante_urgente", 'confiance = "Z"\n'), "n'est pas permis"),
    ],
)
def test_chaque_faute_est_dite(tmp_path: Path, texte: str, attendu: str) -> None:
    """Champ, option, condition, doublon : la phrase dit ce qui est attendu."""
    assert any(attendu in faute for faute in _fautes(tmp_path, texte))


def test_les_faits_locaux_deviennent_une_section(tmp_path: Path) -> None:
    """Un fait déclaré par une grille se demande de lui-même."""
    base = _lire(tmp_path, SECTION + _question("triage.sante_urgente"))
    faits = [
        Fait("local.tension", TypeFait.BOOLEEN, question="Métier en tension ?", definition="Liste annexée"),
        Fait("local.zones", TypeFait.ENSEMBLE, definition="Zones", codes=("a", "b")),
        Fait("local.annee", TypeFait.ENTIER, definition="Année"),
    ]
    locale = avec_locales(base, faits).sections[-1]
    assert locale.libelle == "Questions locales"
    assert [(q.dire, q.genre, len(q.options)) for q in locale.questions] == [
        ("Métier en tension ?", Genre.BOOLEEN, 0),
        ("Zones", Genre.COCHES, 2),
        ("Année", Genre.ENTIER, 0),
    ]
    assert avec_locales(base, []) is base


def test_une_question_locale_se_nomme_par_sa_question_et_sa_definition_l_explique(tmp_path: Path) -> None:
    """« Liste annexée à la délibération » dit ce qu'on entend par là : ce n'est le nom de rien."""
    base = _lire(tmp_path, SECTION + _question("triage.sante_urgente"))
    faits = [
        Fait("local.tension", TypeFait.BOOLEEN, question="Métier en tension ?", definition="Liste annexée"),
        Fait("local.annee", TypeFait.ENTIER, definition="Année"),
    ]
    tension, annee = avec_locales(base, faits).sections[-1].questions
    assert (tension.libelle, tension.officiel, tension.pourquoi) == ("Métier en tension ?", "", "Liste annexée")
    assert (annee.libelle, annee.officiel, annee.pourquoi) == ("Année", "", "")


RECOPIE = 'recopie = ["triage.papier_huissier"]\n'


def test_une_reponse_remplace_celle_qui_disait_la_meme_chose(tmp_path: Path) -> None:
    """L'étape lue à l'entretien remplace celle du triage ; ne pas savoir, refuser ou effacer n'en remplace aucune."""
    lu = _lire(tmp_path, SECTION + _question("expulsion.etape", RECOPIE) + _question("triage.enfant_avec", ident="r"))
    assert lu.avec_recopies({"expulsion.etape": "jugement", "triage.enfant_avec": True}) == {
        "expulsion.etape": "jugement",
        "triage.enfant_avec": True,
        "triage.papier_huissier": "jugement",
    }
    partielle = {"parmi": ["jugement", "assignation"]}
    assert lu.avec_recopies({"expulsion.etape": partielle})["triage.papier_huissier"] == partielle
    for rien in (ABSENT, {"ne_sait_pas": True}, {"refus": True}):
        assert lu.avec_recopies({"expulsion.etape": rien}) == {"expulsion.etape": rien}
    deux = {"expulsion.etape": "jugement", "triage.papier_huissier": "aucun"}
    assert lu.avec_recopies(deux) == deux


def test_le_questionnaire_livre_recopie_l_etape_au_triage() -> None:
    catalogue = catalogue_brut().etendre(catalogue_derive().values())
    lu = lire_questionnaire(RESSOURCES / FICHIER, catalogue)
    assert lu.recopies == {"expulsion.etape": ("triage.papier_huissier",)}


@pytest.mark.parametrize(
    ("champ", "recopie"),
    [
        ("expulsion.etape", "triage.toit_ce_soir"),
        ("expulsion.etape", "expulsion.etape"),
        ("expulsion.etape", "triage.papier"),
        ("logement_actuel.adresse", "triage.papier_huissier"),
    ],
)
def test_une_reponse_ne_se_recopie_que_dans_un_champ_pareil(tmp_path: Path, champ: str, recopie: str) -> None:
    fautes = _fautes(tmp_path, SECTION + _question(champ, f'recopie = ["{recopie}"]\n'))
    assert any(".recopie : " in faute and recopie in faute for faute in fautes)
