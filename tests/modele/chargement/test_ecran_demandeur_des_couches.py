"""Ce que montre l'écran de la personne, selon la couche d'où vient la liste, ou le questionnaire."""

from __future__ import annotations

from pathlib import Path

from outils_paquets import livre, modifie, national, sources

from modele.chargement import charger_regles
from modele.dossier.lecture_questionnaire import FICHIER as QUESTIONNAIRE
from modele.protection.ecran_demandeur import FICHIER

ICI = "metropole-exemple"
RECENTE = 'format = 1\nsource = "essai"\nverifie_le = 2026-12-01\n[[pictogramme]]\nicone = "user"\nchamps = [{}]\n'


def test_une_structure_n_y_touche_pas_une_publication_nationale_signee_si(racine: Path) -> None:
    moindre = RECENTE.format('"demandeur.nom"')
    recues = charger_regles(ICI, sources(racine, [national({"ecran_demandeur.toml": moindre})]))
    assert set(recues.permises.pictogrammes) == {"demandeur.nom"}
    assert not recues.ecarts
    ici = [modifie("ecran-demandeur", "national", "ecran_demandeur.toml", moindre)]
    gardees = charger_regles(ICI, sources(surcharges=ici))
    assert len(gardees.permises.pictogrammes) > 1
    assert any("publication nationale signée" in str(ecart) for ecart in gardees.ecarts)


def test_meme_signee_une_liste_qui_montrerait_une_question_protegee_est_ecartee(racine: Path) -> None:
    fautive = RECENTE.format('"demandeur.nom", "triage.peur_au_domicile"')
    regles = charger_regles(ICI, sources(racine, [national({"ecran_demandeur.toml": fautive})]))
    assert "triage.peur_au_domicile" not in regles.permises.pictogrammes
    assert len(regles.permises.pictogrammes) > 1
    assert any("protégée" in str(ecart) for ecart in regles.ecarts)


def test_un_questionnaire_signe_qui_reserve_une_question_sert_et_l_ote_de_la_liste(racine: Path) -> None:
    """Il ne doit pas être mis de côté parce que la liste livrée, plus vieille, la permettait."""
    champ = 'champ = "demandeur.prenoms"\n'
    durci = livre(QUESTIONNAIRE).replace(champ, f"{champ}seul_a_seul = true\n")
    # Une question seul à seul n'est pas sur un formulaire.
    durci = durci.replace(
        '    "prenoms",\n    "date_naissance",\n    "nationalite",', '    "date_naissance",\n    "nationalite",', 1
    )
    regles = charger_regles(ICI, sources(racine, [national({"questionnaire.toml": durci})]))
    assert not regles.ecarts, [str(un) for un in regles.ecarts]
    assert "demandeur.prenoms" not in regles.permises.pictogrammes
    assert "demandeur.nom" in regles.permises.pictogrammes
    assert "demandeur.prenoms" in livre(FICHIER)
