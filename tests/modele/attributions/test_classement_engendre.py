"""Le classement égale un classement simple et indépendant, commission après commission."""

from __future__ import annotations

import random

import pytest
from commissions_engendrees import COMMUNES, JOUR, lignes, logement, rouvertes, simple, verdict

from modele.attributions.classement import classer as module
from modele.attributions.classement.classer import Rouverture, classer, etats_du_logement
from modele.attributions.classement.expressions import expression
from modele.attributions.classement.regles import regles
from modele.attributions.classement.tenue import AILLEURS, Ligne, en_table
from modele.regles.conditions import Comparaison, Op

SUITE, CAMPAGNE = 10, 300


def _egale(graine: int) -> None:
    hasard = random.Random(graine)
    demandes = lignes(hasard, hasard.randint(0, 60))
    offert, ouvertes = logement(hasard), rouvertes(hasard, demandes)
    classement = classer(en_table(demandes), offert, ouvertes)
    rangs, ecartees = simple(demandes, offert, ouvertes)
    candidats = classement.dire(combien=None)
    assert {un.dossier: un.rang for un in candidats} == rangs
    assert {un.dossier: list(un.regles) for un in classement.dire_ecartes()} == ecartees
    assert [un.rang for un in candidats] == sorted(rangs.values())
    assert all(un.egaux == list(rangs.values()).count(un.rang) for un in candidats)
    assert sorted([*rangs, *ecartees]) == sorted(une.dossier for une in demandes)


def _toutes_egales() -> None:
    """Une commission seule peut n'avoir ni inconnu, ni égalité : il en faut plusieurs pour voir un mutant."""
    for graine in range(SUITE):
        _egale(graine)


@pytest.mark.parametrize("graine", range(SUITE))
def test_le_classement_egale_le_simple(graine: int) -> None:
    _egale(graine)


@pytest.mark.campagne
def test_trois_cents_commissions() -> None:
    for graine in range(CAMPAGNE):
        _egale(graine)


def test_mutant_l_inconnu_ecarterait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prendre « on ne sait pas » pour « oui » : le classement simple le voit."""
    juste = module._ecarte_encore
    monkeypatch.setattr(module, "_ecarte_encore", lambda r, o: juste(r, o).fill_null(value=True))
    with pytest.raises(AssertionError):
        _toutes_egales()


def test_mutant_l_ordre_du_fichier_departage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Un rang par ligne, sans égalité : le classement simple le voit."""
    juste = module._ranger
    monkeypatch.setattr(module, "_ranger", lambda df: juste(df).with_row_index("n", 1).with_columns(rang="n"))
    with pytest.raises(AssertionError):
        _toutes_egales()


@pytest.mark.parametrize("op", [Op.MOINS_DE, Op.AU_MOINS, Op.PLUS_DE, Op.AU_PLUS, Op.EGAL, Op.DIFFERENT])
@pytest.mark.parametrize("seuil", [1, 3, 4])
def test_un_nombre_entre_deux_bornes_se_compare_comme_kleene(op: Op, seuil: int) -> None:
    bornes = [(bas, haut) for bas in (None, 1, 3, 4) for haut in (None, 1, 3, 5) if (haut or 9) >= (bas or 0)]
    demandes = [Ligne(f"d{rang}", nombres={"nombre_personnes": une}) for rang, une in enumerate(bornes)]
    fait = regles().demande["nombre_personnes"]
    condition = Comparaison(fait, op, seuil)
    vus = en_table(demandes).select(expression(condition, etats_du_logement({}))).to_series().to_list()
    regle = module.Regle("essai", False, False, condition, "", "", regles().regles[0].provenance)
    secteurs = {AILLEURS: None}
    attendus = [
        verdict(regle, Ligne(une.dossier, nombres=une.nombres, secteurs=secteurs), {"code_insee": COMMUNES[0]})
        for une in demandes
    ]
    assert vus == attendus


def test_une_page_apres_l_autre() -> None:
    demandes = [Ligne(f"d{rang}", points=float(-rang), secteurs={AILLEURS: True}) for rang in range(60)]
    classement = classer(en_table(demandes), {"code_insee": COMMUNES[0]})
    assert [un.dossier for un in classement.dire()] == [f"d{rang}" for rang in range(50)]
    assert [un.rang for un in classement.dire(50)] == list(range(51, 61))


def test_une_rouverture_se_lit_avec_son_auteur_et_son_motif() -> None:
    demande = Ligne("d1", points=1.0, recue=JOUR, faits={"demande.radiee": True}, secteurs={AILLEURS: True})
    rouverte = Rouverture(dossier="d1", regle="radiee", par="A. Martin", motif="Radiée par erreur.", le=JOUR)
    (candidat,) = classer(en_table([demande]), {"code_insee": COMMUNES[0]}, [rouverte]).dire()
    assert candidat.raisons[0] == "Demande reçue le 30/11/2026."
    assert any("Rouverte par A. Martin le 30/11/2026 : Radiée par erreur." in raison for raison in candidat.raisons)
    (ecartee,) = classer(en_table([demande]), {"code_insee": COMMUNES[0]}).dire_ecartes()
    assert ecartee.regles == ("radiee",)


def test_un_secteur_ne_se_rouvre_pour_personne() -> None:
    """Rouvert à sa place, il mènerait la personne là où elle est en danger ; refusé à elle seule, il le dirait."""
    demandes = [Ligne(nom, secteurs={COMMUNES[0]: False, AILLEURS: True}) for nom in ("a-eviter", "non-demandee")]
    rouvertes = [
        Rouverture(dossier=une.dossier, regle="secteur", par="A. Martin", motif="Elle l'accepte.", le=JOUR)
        for une in demandes
    ]
    classement = classer(en_table(demandes), {"code_insee": COMMUNES[0]}, rouvertes)
    assert classement.dire() == ()
    for ecartee in classement.dire_ecartes():
        assert (ecartee.rouvrables, ecartee.raisons) == ((), ("Hors secteur demandé (CCH R441-2-2 h).",))


def test_une_regle_qui_avertit_se_lit_a_faire_valider() -> None:
    demande = Ligne("d1", nombres={"nombre_personnes": (1, 1)}, secteurs={AILLEURS: True})
    (candidat,) = classer(en_table([demande]), {"code_insee": COMMUNES[0], "typologie": "T5"}).dire()
    assert any("sous-occupé" in raison and "à faire valider" in raison for raison in candidat.raisons)


def test_un_fait_de_quelques_demandes_se_lit_tel_qu_il_est_tenu() -> None:
    """Un inconnu le reste ; une demande qui n'y est pas n'est pas rendue."""
    tenus: dict[str, bool | None] = {"d1": True, "d2": False, "d3": None}
    table = en_table(Ligne(nom, faits={"premier_quartile": dit}) for nom, dit in tenus.items())
    classement = classer(table, {"ref_bailleur": "M-1", "code_insee": "99901"})
    assert classement.faits("premier_quartile", ["d1", "d2", "d3", "absent"]) == tenus
    assert classement.faits("premier_quartile", ["d2"]) == {"d2": False}
