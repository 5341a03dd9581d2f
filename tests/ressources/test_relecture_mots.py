"""La relecture du droit, § 4 : un agent fatigué doit pouvoir le lire, et le dire."""

from __future__ import annotations

import re

import pytest
from outils_relecture import question, regles, retenues, textes

from modele.orientation.regles import RegleOrientation

VOIES = {voie.id: voie for voie in regles().orientations}
SIGLES = ("CCAPEX", "CRIP", "FSL", "DAHO", "SIAO", "SPIP", "SYPLO", "MDPH", "OFII")
COUPLE = {"triage": {"peur_au_domicile": True, "peur_de": "conjoint"}, "protection": {"seul_a_seul": True}}


def premiere_fois(sigle: str, voie: RegleOrientation) -> str:
    """La première phrase de la voie qui emploie ce sigle ; vide si aucune."""
    phrases = (*voie.gestes, *voie.a_dire, *voie.a_eviter)
    return next((une for une in phrases if re.search(rf"\b{sigle}\b", une)), "")


@pytest.mark.parametrize("sigle", SIGLES)
def test_un_sigle_se_dit_en_toutes_lettres_la_premiere_fois(sigle: str) -> None:
    """« CCAPEX (commission qui prévient les expulsions) », ou l'inverse."""
    en_clair = re.compile(rf"\b{sigle} \(|\([^()]*\b{sigle}\b")
    nus = {voie.id: phrase for voie in VOIES.values() if (phrase := premiere_fois(sigle, voie))}
    assert {nom: phrase for nom, phrase in nus.items() if not en_clair.search(phrase)} == {}
    assert nus


@pytest.mark.parametrize(
    "dur",
    [
        "à compter de la fixation de l'audience",
        "ait interdit au mis en cause de paraître",
        "scinde",
        "label SYPLO",
        "Priorité g bis",
    ],
)
def test_ces_mots_trop_durs_ne_se_disent_plus(dur: str) -> None:
    libelles = {voie.id: "\n".join(une.libelle for une in voie.echeances) for voie in VOIES.values()}
    assert [nom for nom, voie in VOIES.items() if dur in textes(voie) or dur in libelles[nom]] == []


@pytest.mark.parametrize(
    ("rang", "dit"),
    [
        (0, "Fermez la porte"),
        (1, "Danger maintenant"),
        (2, "rentrer ce soir sans risque"),
        (3, "3919 ensemble"),
        (4, "téléphone et une adresse sûrs"),
    ],
)
def test_les_cinq_premiers_gestes_de_la_violence(rang: int, dit: str) -> None:
    """Porte, danger, ce soir, 3919 ou association, canal sûr ; le reste est plié."""
    assert dit in retenues(COUPLE)["violences-couple"].gestes[rang]


@pytest.mark.parametrize(
    "dit",
    [
        "dites « mise à l'abri, violences ». Ne dites à personne où elle va",
        "un traceur ou une position partagée est possible. Le 3018",
        "Rappeler d'un numéro qui s'affiche « Mairie »",
        "Appeler l'autre « pour vérifier », ou écrire « violences » dans un message",
        "laisser un message à l'ancien domicile",
        "recevoir les deux ensemble",
        "La renvoyer seule chercher des papiers chez elle",
        "il cherche une mise à l'abri",
        "seul à seul avec elle (ou lui)",
        "Proposez d'apprendre un numéro",  # W35
    ],
)
def test_les_mots_de_la_violence(dit: str) -> None:
    assert dit in textes(VOIES["violences-couple"])


@pytest.mark.parametrize(
    ("voie", "dit"),
    [
        ("violences-couple", "Vous n'avez rien à prouver"),
        ("violences-couple", "N'en exigez aucune"),
        ("agression-domicile", "Ne faites pas raconter"),
        ("sans-abri", "Donner seulement le numéro et laisser repartir"),
        ("sans-abri-enfant", "Parler de placement des enfants"),
        ("handicap-inadapte", "Noter un diagnostic"),
        ("enregistrer", "aucune condition de résidence"),
        ("enregistrer", "C'est la date de réception qui compte"),
    ],
)
def test_ce_qui_etait_bien_est_garde(voie: str, dit: str) -> None:
    assert dit in textes(VOIES[voie])


@pytest.mark.parametrize(
    ("champ", "dit"),
    [
        ("demandeur.nationalite", "Islande, Liechtenstein, Norvège, Suisse"),  # W5
        ("codemandeur.nationalite", "Islande, Liechtenstein, Norvège, Suisse"),
        ("demandeur.mineur_emancipe", "par un juge ou par le mariage"),  # W6
        ("codemandeur.mineur_emancipe", "par un juge ou par le mariage"),
        ("logement_actuel.statut", "Où vivez-vous en ce moment ?"),  # W28
    ],
)
def test_les_mots_d_une_question(champ: str, dit: str) -> None:
    assert dit in question(champ).dire


@pytest.mark.parametrize("champ", ["demandeur.ase", "demandeur.ase_fin", "codemandeur.ase", "codemandeur.ase_fin"])
def test_w3_la_priorite_de_l_ase_se_dit_pareil_aux_deux(champ: str) -> None:
    """Trois ans après la fin, jamais « jusqu'à 21 ans »."""
    assert "trois ans" in question(champ).pourquoi
    assert "21 ans" not in question(champ).pourquoi
