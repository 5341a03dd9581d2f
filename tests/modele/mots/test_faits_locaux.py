"""Un fait local se dit en mots, jamais par son code : à l'entretien, dans la note, sur le papier (constat 47)."""

from __future__ import annotations

from datetime import date

from modele.bilan import charger_regles, etablir
from modele.mots.note import DiseurDeNote
from modele.mots.reponses import Diseur
from modele.regles.faits import Fait, TypeFait


def test_un_code_prend_son_libelle_a_defaut_se_lit() -> None:
    fait = Fait("local.x", TypeFait.CHOIX, codes=("un_code", "autre"), libelles=("Le premier",))
    assert fait.libelle("un_code") == "Le premier"
    assert fait.libelle("autre_code") == "autre code"


def test_aucun_code_nu_ne_se_lit_d_une_reponse_locale() -> None:
    regles = charger_regles("metropole-exemple")
    reponse = {"coches": ["aidant"], "clos": True}
    question = regles.vocabulaire.question("local.engagements")
    assert question is not None
    assert not [option.dire for locale in regles.questionnaire.sections for q in locale.questions
                if q.champ.startswith("local.") for option in q.options if "_" in option.dire]  # fmt: skip
    assert "Aidant d'un proche" in Diseur(regles.vocabulaire, {}).dire("local.engagements", reponse)
    document = {"id": "x", "territoire": "metropole-exemple", "local": {"engagements": reponse}}
    note = etablir(regles, document, date(2026, 11, 29)).cotation
    assert note is not None
    dits = [mot for r in note.rubriques for c in r.criteres for mot in DiseurDeNote().constats(c)]
    assert any("Aidant d'un proche" in mot for mot in dits)
    assert not any("aidant" in mot for mot in dits), "le code, au lieu de son libellé"
