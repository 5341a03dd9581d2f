"""Des réponses qui ne vont pas ensemble : levées certaines, jamais d'un silence, et tant que rien ne les règle."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.dossier import contradictions as piece
from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.contradictions import lire_contradictions
from modele.dossier.verification import verifier
from modele.regles.fautes import FichierFautif

JOUR = date(2026, 11, 29)
ENFANT = "0190a201-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
def regles() -> Regles:
    return charger_regles("metropole-exemple")


def document(**reponses: Any) -> dict[str, Any]:
    """Un dossier qui ne se contredit pas, et ces réponses (« a__b » : le chemin « a.b »)."""
    ecrit: dict[str, Any] = {"demandeur": {"date_naissance": "1990-05-01"}}
    for chemin, valeur in reponses.items():
        ecrit = poser(ecrit, chemin.replace("__", "."), valeur)
    return ecrit


def leves(regles: Regles, ecrit: dict[str, Any]) -> list[str]:
    return [une.regle.id for une in etablir(regles, ecrit, JOUR, exacte=False).contradictions]


def enfant(naissance: str, lien: str = "enfant") -> dict[str, Any]:
    return {"elements": {ENFANT: {"date_naissance": naissance, "lien": lien}}, "clos": True}


def au_foyer() -> dict[str, Any]:
    """Un enfant dont on sait qu'il n'est pas reçu en droit de visite."""
    reste = {"a_charge": True, "sur_avis": True, "garde": "permanente"}
    return {"elements": {ENFANT: {"date_naissance": "2015-01-01", "lien": "enfant", **reste}}, "clos": True}


COUPLE = {"foyer__avec_codemandeur": True, "demandeur__situation_familiale": "marie"}
RECUE = {"demande__deja_enregistree": True, "demande__date_reception": "2025-01-10"}
JUGE = {"expulsion__etape": "commandement_quitter", "expulsion__jugement_le": "2026-03-10"}
DALO = {"dalo__statut": "rejete", "dalo__date_reception_dossier": "2026-02-01"}
CAS: dict[str, dict[str, Any]] = {
    "renouvellement-sans-demande": {"demande__deja_enregistree": False, "demande__type": "renouvellement"},
    "modification-sans-demande": {"demande__deja_enregistree": False, "demande__type": "modification"},
    "recue-avant-naissance": {**RECUE, "demande__date_reception": "1989-12-31"},
    "renouvelee-avant-reception": {**RECUE, "demande__date_renouvellement": "2024-12-31"},
    "radiee-avant-reception": {**RECUE, "demande__radiee": True, "demande__date_radiation": "2024-06-01"},
    "marie-et-pacs": {**COUPLE, "codemandeur__lien": "partenaire_pacs"},
    "celibataire-avec-conjoint": {
        **COUPLE,
        "demandeur__situation_familiale": "celibataire",
        "codemandeur__lien": "conjoint",
    },
    "enfant-avant-son-parent": {"foyer__personnes": enfant("1990-04-30")},
    "enfant-et-parent-presque-du-meme-age": {"foyer__personnes": enfant("2002-04-30")},
    "parent-ne-apres-son-enfant": {"foyer__personnes": enfant("1990-05-01", "ascendant")},
    "naissance-attendue-passee": {"foyer__naissances_attendues": 1, "foyer__date_naissance_attendue": "2026-11-28"},
    "enfant-dit-et-non-dit": {
        "triage__enfant_avec": False,
        "foyer__personnes": {
            "elements": {ENFANT: {"date_naissance": "2015-01-01", "lien": "enfant", "a_charge": True}}
        },
    },
    "moins-a-loger-que-dit": {"recherche__personnes_a_loger": 1, "foyer__personnes": au_foyer()},
    "plus-a-loger-que-dit": {
        "recherche__personnes_a_loger": 3,
        "foyer__personnes": {"elements": {}, "clos": True},
        "foyer__avec_codemandeur": False,
        "foyer__naissances_attendues": 0,
    },
    "locataire-sans-toit-ce-soir": {"triage__toit_ce_soir": "non", "logement_actuel__statut": "locataire_hlm"},
    "logement-avant-naissance": {
        "logement_actuel__statut": "locataire_prive",
        "logement_actuel__depuis": "1980-01-01",
    },
    "jugement-avant-assignation": {**JUGE, "expulsion__assignation_le": "2026-03-11"},
    "signification-avant-jugement": {**JUGE, "expulsion__jugement_signifie_le": "2026-03-09"},
    "commandement-quitter-avant-jugement": {**JUGE, "expulsion__commandement_quitter_le": "2026-03-09"},
    "dalo-decide-avant-depot": {**DALO, "dalo__date_decision": "2026-01-31"},
    "dalo-notifie-avant-decision": {
        **DALO,
        "dalo__date_decision": "2026-05-02",
        "dalo__date_notification": "2026-05-01",
    },
    "dalo-pieces-avant-depot": {**DALO, "dalo__statut": "depose", "dalo__pieces_demandees_le": "2026-01-31"},
    "dalo-pieces-remises-avant-demande": {
        "dalo__statut": "depose",
        "dalo__pieces_demandees_le": "2026-03-02",
        "dalo__pieces_remises_le": "2026-03-01",
    },
    "dalo-saisine-avant-decision": {
        "dalo__statut": "reconnu",
        "dalo__date_decision": "2026-05-02",
        "dalo__tribunal_saisi_le": "2026-05-01",
    },
    "daho-pieces-avant-depot": {
        "dalo__daho_statut": "depose",
        "dalo__daho_date_reception": "2026-02-01",
        "dalo__daho_pieces_demandees_le": "2026-01-31",
    },
    "daho-pieces-remises-avant-demande": {
        "dalo__daho_statut": "depose",
        "dalo__daho_pieces_demandees_le": "2026-03-02",
        "dalo__daho_pieces_remises_le": "2026-03-01",
    },
    "daho-saisine-avant-decision": {
        "dalo__daho_statut": "reconnu",
        "dalo__daho_date_decision": "2026-05-02",
        "dalo__daho_tribunal_saisi_le": "2026-05-01",
    },
}


def test_chaque_contradiction_livree_a_son_cas(regles: Regles) -> None:
    assert set(CAS) == {une.id for une in regles.contradictions}


@pytest.mark.parametrize("nom", CAS)
def test_chaque_contradiction_se_leve_seule(regles: Regles, nom: str) -> None:
    assert leves(regles, document(**CAS[nom])) == [nom]


@pytest.mark.parametrize("nom", CAS)
def test_une_reponse_de_moins_et_rien_ne_se_leve(regles: Regles, nom: str) -> None:
    """Inconnu, refusé, ne sait pas : jamais une contradiction."""
    champs = [champ.replace(".", "__") for une in regles.contradictions if une.id == nom for champ in une.champs]
    dits = [champ for champ in champs if champ in CAS[nom]] or ["foyer__personnes"]
    for rien in (ABSENT, {"refus": True}, {"ne_sait_pas": True}):
        assert nom not in leves(regles, document(**{**CAS[nom], dits[0]: rien}))


def test_mutant_un_silence_qui_vaudrait_vrai_se_verrait(regles: Regles, monkeypatch: pytest.MonkeyPatch) -> None:
    juste = piece.evaluer
    monkeypatch.setattr(piece, "evaluer", lambda *lu: juste(*lu) is not False)
    with pytest.raises(AssertionError):
        test_une_reponse_de_moins_et_rien_ne_se_leve(regles, "renouvellement-sans-demande")


@pytest.mark.parametrize(
    "calme",
    [
        {"demande__deja_enregistree": True, "demande__type": "renouvellement"},
        {**COUPLE, "codemandeur__lien": "conjoint", "codemandeur__situation_familiale": "marie"},
        {**RECUE, "demande__date_renouvellement": "2025-01-10"},
        {"foyer__personnes": enfant("2002-05-01")},
        {"foyer__personnes": enfant("1960-05-01", "ascendant")},
        {"foyer__naissances_attendues": 1, "foyer__date_naissance_attendue": "2026-11-29"},
        {"recherche__personnes_a_loger": 2, "foyer__personnes": enfant("2015-01-01")},
        {"recherche__personnes_a_loger": 3, "foyer__personnes": enfant("2015-01-01")},
        {"triage__toit_ce_soir": "non", "logement_actuel__statut": "chez_particulier"},
    ],
)
def test_ce_qui_va_ensemble_ne_leve_rien(regles: Regles, calme: dict[str, Any]) -> None:
    assert leves(regles, document(**calme)) == []


def bilan(regles: Regles, ecrit: dict[str, Any]) -> Bilan:
    return etablir(regles, ecrit, JOUR, exacte=False)


def test_c_est_bien_cela_vaut_pour_ces_reponses_et_pour_elles_seules(regles: Regles) -> None:
    """Confirmée, elle se tait ; une des réponses change et la contredit encore, elle revient."""
    ecrit = document(foyer__personnes=enfant("2002-04-30"))
    (levee,) = bilan(regles, ecrit).contradictions
    assert levee.personne == ENFANT
    assert levee.chemins[0] == f"foyer.personnes.elements.{ENFANT}.date_naissance"
    confirme = poser(ecrit, levee.confirmation, levee.trace)
    assert not list(verifier({"id": ENFANT, "territoire": "x", **confirme}))
    assert bilan(regles, confirme).contradictions == ()
    autre = poser(confirme, levee.chemins[0], "2001-04-30")
    assert [une.regle.id for une in bilan(regles, autre).contradictions] == [levee.regle.id]


def test_mutant_une_confirmation_qui_vaudrait_toujours_se_verrait(
    regles: Regles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(piece, "_confirmee", lambda ecrite, _: isinstance(ecrite, str))
    with pytest.raises(AssertionError):
        test_c_est_bien_cela_vaut_pour_ces_reponses_et_pour_elles_seules(regles)


def test_une_personne_est_le_codemandeur(regles: Regles) -> None:
    ecrit = document(foyer__avec_codemandeur=True, codemandeur={"lien": "enfant", "date_naissance": "1980-01-01"})
    (levee,) = bilan(regles, ecrit).contradictions
    assert levee.personne == "codemandeur"
    assert levee.chemins == ("codemandeur.date_naissance", "codemandeur.lien", "demandeur.date_naissance")


# Le fichier.


def lire_texte(dossier: Path, regles: Regles, texte: str) -> Any:
    fichier = dossier / "contradictions.toml"
    fichier.write_text(f'format = 1\nsource = "Essai"\nverifie_le = 2026-11-29\n{texte}', encoding="utf-8")
    return lire_contradictions(fichier, regles.catalogue)


def entree(**ecrites: str) -> str:
    lignes = {
        "id": '"a"',
        "phrase": '"Essai."',
        "champs": '["demande.type", "demande.deja_enregistree"]',
        "si": '{ fait = "demande.deja_enregistree" }',
        **ecrites,
    }
    return "\n[[contradiction]]\n" + "\n".join(f"{cle} = {valeur}" for cle, valeur in lignes.items() if valeur) + "\n"


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (entree() + entree(), "employé deux fois"),
        (entree(champs='["demande.type", "demande.tipe"]'), "n'existe pas dans le dossier ; vouliez-vous"),
        (entree(champs='["demande.type"]'), "au moins deux champs"),
        (entree(si='{ fait = "demande.deja" }'), "fait inconnu"),
        (entree(si='{ fait = "demande.deja_enregistree", renseigne = true }'), "réservé au questionnaire"),
        (entree(si=""), "si"),
        (entree(phrase=""), "phrase"),
        (entree(chaque_personne="true"), "ne se lit pas sur une personne"),
        (entree(inconnue="1"), "clé inconnue"),
    ],
)
def test_une_faute_du_fichier_se_dit_a_sa_ligne(tmp_path: Path, regles: Regles, texte: str, dit: str) -> None:
    with pytest.raises(FichierFautif, match=dit) as faute:
        lire_texte(tmp_path, regles, texte)
    assert all(une.ligne is not None for une in faute.value.fautes)


def test_une_entree_juste_se_lit(tmp_path: Path, regles: Regles) -> None:
    (lue,) = lire_texte(tmp_path, regles, entree())
    assert (lue.id, lue.chaque, lue.champs) == ("a", False, ("demande.type", "demande.deja_enregistree"))


def test_aucune_phrase_livree_ne_repete_une_reponse_ni_ne_dit_une_violence(regles: Regles) -> None:
    for une in regles.contradictions:
        assert not re.search(r"\b(violence|peur|danger|protég|seul)", une.phrase)
        assert une.phrase.endswith(".")
        assert len(une.phrase) <= 110
        assert lire({}, une.champs[0]) is ABSENT
