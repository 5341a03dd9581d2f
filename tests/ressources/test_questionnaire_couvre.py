"""Le questionnaire couvre le dossier : tout champ des types a sa question, ou sa raison de n'en pas avoir."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from modele.dossier.ephemeres import ephemeres
from modele.dossier.inventaire import inventaire
from modele.dossier.lecture_questionnaire import FICHIER
from ressources import RESSOURCES

TEXTE = (RESSOURCES / FICHIER).read_text(encoding="utf-8")
DISPENSES = re.findall(r"^# sans question - (\S+) : \S.+$", TEXTE, flags=re.MULTILINE)
SECTIONS = tomllib.loads(TEXTE)["section"]


def champs_du_dossier() -> list[str]:
    """Tous les champs des types ; ceux d'une liste sous le nom de leur liste."""
    tout = inventaire()
    listes = [f"{liste.chemin}.{champ.chemin}" for liste in tout.listes.values() for champ in liste.champs]
    return [*tout.champs, *listes]


def champs_demandes() -> Iterator[str]:
    """Les champs, groupes et listes que nomment les questions."""
    for section in SECTIONS:
        liste = section.get("liste", "")
        for question in section["question"]:
            champ = question["champ"]
            yield f"{liste}.{champ.partition('.')[2]}" if liste else champ


DEMANDES = tuple(champs_demandes())


def demande(champ: str) -> bool:
    """Vrai si une question porte ce champ, ou le groupe ou la liste qui le contient."""
    return any(champ == d or champ.startswith(f"{d}.") for d in DEMANDES)


def test_tout_champ_a_sa_question_ou_sa_raison() -> None:
    """Un champ ajouté aux types sans question se voit ici."""
    oublies = [c for c in champs_du_dossier() if not demande(c) and not any(fnmatch(c, d) for d in DISPENSES)]
    assert oublies == []


@pytest.mark.parametrize("dispense", DISPENSES)
def test_une_dispense_sert_encore(dispense: str) -> None:
    """Une dispense qui ne dispense plus rien, ou qui en cache trop, se retire."""
    vises = [c for c in champs_du_dossier() if fnmatch(c, dispense)]
    assert [c for c in vises if not demande(c)] != []


def test_le_triage_tient_en_six_questions_dites() -> None:
    """Six questions avant toute identité ; la peur, sa condition et ce qu'elle appelle viennent après elles."""
    triage = next(s for s in SECTIONS if s["id"] == "triage")
    assert SECTIONS[0] is triage
    assert [q["champ"] for q in triage["question"] if not q.get("coche")] == [
        "triage.danger_immediat",
        "triage.sante_urgente",
        "triage.toit_ce_soir",
        "triage.enfant_avec",
        "triage.papier_huissier",
        "triage.logement_dangereux",
        "protection.seul_a_seul",
        "triage.peur_au_domicile",
        "triage.peur_de",
    ]
    assert {q["rang"] for q in triage["question"]} == {1}


def test_ce_qui_ne_s_ecrit_pas_ne_se_demande_qu_au_triage() -> None:
    """Chacun a sa question, une fois ; aucune ne se pose à tous : une coche de l'agent, ou une réponse y mène."""
    questions = [(s["id"], q) for s in SECTIONS for q in s["question"] if q["champ"] in ephemeres()]
    assert sorted(q["champ"] for _, q in questions) == sorted(ephemeres())
    assert {section for section, _ in questions} == {"triage"}
    assert all(q.get("coche") or q.get("si") for _, q in questions)


def test_ce_qui_dit_une_violence_ne_se_demande_que_seul_a_seul() -> None:
    """Tout champ marqué « violence » dans les types a sa question protégée, et le seul motif se coche sans se lire.

    Ce qui ne s'écrit pas peut ne se demander que seul à seul sans dire une violence subie.
    """
    protegees = {q["champ"] for s in SECTIONS for q in s["question"] if q.get("seul_a_seul")}
    violences = {c.chemin for c in inventaire().champs.values() if c.champ.violence}
    assert violences - {"protection.auteur"} == protegees - {
        "triage.mis_en_cause",
        "triage.eloigne_du_domicile",
        "triage.sortie_prison",
    }


def test_aucune_question_seul_a_seul_ne_depend_de_la_coche() -> None:
    """Mettre la coche dans la condition rendrait le fait « sans objet », donc faux : il doit rester inconnu."""
    conditions = [str(q.get("si", "")) for s in SECTIONS for q in s["question"]]
    assert not [c for c in conditions if "protection.seul_a_seul" in c]
