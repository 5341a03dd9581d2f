"""La logique de Kleene : un verdict tient dans toutes les complétions ; cinq états jamais confondus."""

from __future__ import annotations

from typing import Any

import pytest
from ecriture_toml import valeur
from hypothesis import given
from hypothesis import strategies as st
from oracle_cotation import vraie
from tirages_cotation import CATALOGUE, DECLARES, DOMAINES, conditions, situations

from modele.regles.conditions import Comparaison, Condition, Op, noms_des_faits
from modele.regles.etats import INCONNU, REFUSE, SANS_OBJET, Enumere, Intervalle, Parties, Situation, connu, partiel
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import evaluer
from modele.regles.lecture import lire_texte
from modele.regles.lecture_conditions import Contexte, lire_condition

LOCAUX = CATALOGUE.etendre([DOMAINES["local.b3"].fait])


def lire(condition: dict[str, Any], *, renseigne: bool = False) -> Condition:
    lecteur = lire_texte(f"si = {valeur(condition)}", "c.toml")
    lue = lire_condition(lecteur, "si", Contexte(LOCAUX, DECLARES, renseigne=renseigne))
    lecteur.fautes.verifier()
    assert lue is not None
    return lue


@st.composite
def epreuves(draw: Any) -> Any:
    condition = draw(conditions())
    return condition, *draw(situations({"rubrique": [{"si": condition}]}, 300))


@given(epreuves())
def test_un_verdict_tient_dans_toutes_les_completions(epreuve: Any) -> None:
    condition, situation, incertain = epreuve
    verdict = evaluer(lire(condition), situation)
    vrais = {vraie(condition, cas) for _, cas in incertain.completions()}
    assert verdict is None or vrais == {verdict}


@given(epreuves())
def test_tout_connu_tranche_toujours(epreuve: Any) -> None:
    condition, situation, incertain = epreuve
    if incertain.taille() == 1:
        [(_, cas)] = incertain.completions()
        assert evaluer(lire(condition), situation) is vraie(condition, cas)


@given(st.sampled_from(sorted(DOMAINES)), st.data())
def test_une_comparaison_seule_est_tranchee_au_plus_juste(nom: str, data: Any) -> None:
    from tirages_cotation import comparaisons, etats

    condition = data.draw(comparaisons(DOMAINES[nom], parametres=False))
    etat, valeurs = data.draw(etats(DOMAINES[nom], 100))
    verdict = evaluer(lire(condition), Situation({nom: etat}))
    vrais = {vraie(condition, type("Cas", (), {"faits": {nom: v}})()) for v in valeurs}  # type: ignore[arg-type]
    exact = vrais.pop() if len(vrais) == 1 else None
    # Un seuil entre deux valeurs admissibles peut rester inconnu : prudent, jamais faux.
    assert verdict in (exact, None)
    if DOMAINES[nom].fait.type in (TypeFait.BOOLEEN, TypeFait.CHOIX):
        assert verdict is exact


CHOIX = Fait("c", TypeFait.CHOIX, codes=("a", "b"))
NOMBRE = Fait("n", TypeFait.ENTIER, minimum=0, maximum=9)
ENSEMBLE = Fait("e", TypeFait.ENSEMBLE, codes=("x", "y"))
TOUTES = [
    Comparaison(CHOIX, Op.EGAL, "a"),
    Comparaison(CHOIX, Op.DIFFERENT, "a"),
    Comparaison(CHOIX, Op.PARMI, frozenset({"a", "b"})),
    Comparaison(CHOIX, Op.HORS_DE, frozenset({"a"})),
    *(Comparaison(NOMBRE, op, 3) for op in (Op.EGAL, Op.DIFFERENT, Op.PLUS_DE, Op.AU_MOINS, Op.MOINS_DE, Op.AU_PLUS)),
    Comparaison(ENSEMBLE, Op.CONTIENT, "x"),
    Comparaison(ENSEMBLE, Op.CONTIENT_UN_DE, frozenset({"x", "y"})),
    Comparaison(ENSEMBLE, Op.CONTIENT_TOUT, frozenset({"x"})),
]


@pytest.mark.parametrize("comparaison", TOUTES)
def test_sans_objet_rend_toute_comparaison_fausse(comparaison: Comparaison) -> None:
    assert evaluer(comparaison, Situation({comparaison.fait.nom: SANS_OBJET})) is False


@pytest.mark.parametrize("comparaison", [c for c in TOUTES if c.op is not Op.PARMI])
def test_un_refus_se_calcule_comme_un_inconnu(comparaison: Comparaison) -> None:
    assert evaluer(comparaison, Situation({comparaison.fait.nom: REFUSE})) is None
    assert evaluer(comparaison, Situation({})) is None


@pytest.mark.parametrize(
    ("etat", "attendu"),
    [
        (INCONNU, False),
        (SANS_OBJET, False),
        (REFUSE, True),
        (connu("a"), True),
        (partiel(Enumere(("a", "b"))), True),
    ],
)
def test_renseigne_dit_si_la_personne_a_repondu(etat: Any, attendu: bool) -> None:
    assert evaluer(Comparaison(CHOIX, Op.RENSEIGNE, True), Situation({"c": etat})) is attendu
    assert evaluer(Comparaison(CHOIX, Op.RENSEIGNE, False), Situation({"c": etat})) is not attendu


def test_renseigne_se_lit_dans_un_questionnaire() -> None:
    assert lire({"fait": "c1", "renseigne": True}, renseigne=True) == Comparaison(CATALOGUE["c1"], Op.RENSEIGNE, True)


def test_renseigne_attend_vrai_ou_faux() -> None:
    from modele.regles.fautes import FichierFautif

    with pytest.raises(FichierFautif, match="true ou false"):
        lire({"fait": "c1", "renseigne": "oui"}, renseigne=True)


def test_peut_etre_sans_objet_laisse_la_place_au_faux() -> None:
    toujours = Comparaison(CHOIX, Op.PARMI, frozenset({"a", "b"}))
    assert evaluer(toujours, Situation({})) is True
    etat = partiel(Enumere(("a", "b")), peut_etre_sans_objet=True)
    assert evaluer(toujours, Situation({"c": etat})) is None
    assert evaluer(Comparaison(CHOIX, Op.EGAL, "z"), Situation({"c": etat})) is False


def test_une_liste_ouverte_est_vraie_pour_ce_qui_est_coche_et_inconnue_pour_le_reste() -> None:
    coche = partiel(Parties(frozenset({"x"}), frozenset({"y"})))
    assert evaluer(Comparaison(ENSEMBLE, Op.CONTIENT, "x"), Situation({"e": coche})) is True
    assert evaluer(Comparaison(ENSEMBLE, Op.CONTIENT, "y"), Situation({"e": coche})) is None
    clos = connu(frozenset({"x"}))
    assert evaluer(Comparaison(ENSEMBLE, Op.CONTIENT, "y"), Situation({"e": clos})) is False


def test_un_parametre_nomme_sans_declaration_garde_la_nature_du_fait() -> None:
    lecteur = lire_texte('si = { fait = "j1", plus_de = { parametre = "p" } }', "c.toml")
    lue = lire_condition(lecteur, "si", Contexte(CATALOGUE, {"p"}))
    assert lue is not None
    assert lue.operande.type is TypeFait.DATE  # type: ignore[union-attr]
    assert noms_des_faits(lue) == ("j1",)


LIBRE = Fait("libre", TypeFait.ENTIER)


@pytest.mark.parametrize("op", [Op.EGAL, Op.DIFFERENT, Op.PLUS_DE, Op.AU_MOINS, Op.MOINS_DE, Op.AU_PLUS])
def test_un_fait_sans_borne_n_assure_rien(op: Op) -> None:
    assert evaluer(Comparaison(LIBRE, op, 3), Situation({})) is None


def test_un_intervalle_ouvert_tranche_de_son_cote() -> None:
    etat = partiel(Intervalle(5, None))
    assert evaluer(Comparaison(LIBRE, Op.PLUS_DE, 3), Situation({"libre": etat})) is True
    assert evaluer(Comparaison(LIBRE, Op.EGAL, 3), Situation({"libre": etat})) is False
    assert evaluer(Comparaison(LIBRE, Op.PLUS_DE, 9), Situation({"libre": etat})) is None
    # Les bornes du fait lui-même resserrent ce qu'on en sait.
    assert evaluer(Comparaison(NOMBRE, Op.PLUS_DE, 9), Situation({"n": etat})) is False
