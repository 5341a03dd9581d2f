"""« dans_groupe » vaut la liste de ses codes ; « role » choisit de qui l'on parle, et qui peut encore s'ajouter."""

from __future__ import annotations

import pytest

from modele.regles.conditions import Comparaison, Condition, NombreDePersonnes, Non, Op, Parametre, Tous, UnDe
from modele.regles.etats import INCONNU, REFUSE, Enumere, Etat, Situation, connu, partiel
from modele.regles.faits import ROLE, Catalogue, Fait, TypeFait
from modele.regles.fautes import FichierFautif
from modele.regles.kleene import evaluer
from modele.regles.lecture import lire_texte
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.manques import manques, refusee

CHOIX = Fait("toit", TypeFait.CHOIX, codes=("rue", "hotel", "bail"))
ENSEMBLE = Fait("motifs", TypeFait.ENSEMBLE, codes=("cher", "petit", "rue"))
BOOLEEN = Fait("mariage", TypeFait.BOOLEEN)
MINEUR = Fait("personne.mineur", TypeFait.BOOLEEN)
PLACE = Fait(ROLE, TypeFait.CHOIX, codes=("demandeur", "codemandeur", "autre"))
GROUPES = {"dehors": frozenset({"rue", "hotel"}), "gene": frozenset({"cher", "petit"})}
CATALOGUE = Catalogue([CHOIX, ENSEMBLE, BOOLEEN, MINEUR, PLACE], GROUPES)


def lire(si: str, catalogue: Catalogue = CATALOGUE) -> Condition:
    lecteur = lire_texte(f"si = {si}", "c.toml")
    lue = lire_condition(lecteur, "si", Contexte(catalogue))
    lecteur.fautes.verifier()
    assert lue is not None
    return lue


# dans_groupe


def test_un_groupe_se_lit_comme_la_liste_de_ses_codes() -> None:
    assert lire('{ fait = "toit", dans_groupe = "dehors" }') == lire('{ fait = "toit", parmi = ["hotel", "rue"] }')
    touche = lire('{ fait = "motifs", contient_un_de = ["cher", "petit"] }')
    assert lire('{ fait = "motifs", dans_groupe = "gene" }') == touche


def test_un_catalogue_etendu_garde_ses_groupes() -> None:
    assert CATALOGUE.etendre([Fait("a", TypeFait.BOOLEEN)]).groupes == GROUPES
    assert Catalogue().groupes == {}


@pytest.mark.parametrize(
    ("si", "attendu"),
    [
        ('{ fait = "toit", dans_groupe = "dehor" }', "si.dans_groupe : « dehor » : groupe de codes inconnu"),
        ('{ fait = "toit", dans_groupe = "dehor" }', "vouliez-vous « dehors »"),
        ('{ fait = "toit", dans_groupe = "gene" }', "n'est pas un groupe de codes de « toit » (cher, petit)"),
        ('{ fait = "mariage", dans_groupe = "dehors" }', "de type booleen : comparaisons admises : egal"),
        ('{ fait = "toit", dans_groupe = 3 }', "attendu : un texte"),
        ('{ fait = "toit", dans_groupe = "dehors", egal = "rue" }', "une seule comparaison à la fois"),
        ('{ fait = "tot", dans_groupe = "dehors" }', "« tot » : fait inconnu"),
        ('{ fait = "toit", dans_group = "dehors" }', "clé inconnue ; vouliez-vous « dans_groupe »"),
        ('{ fait = "toit" }', "ajoutez une comparaison (egal, different, parmi, hors_de, dans_groupe)"),
        ('{ une_personne = { role = "enfant", fait = "personne.mineur" } }', "« enfant » n'est pas permis"),
        ('{ une_personne = { role = "", fait = "personne.mineur" } }', "si.une_personne.role"),
        ('{ une_personne = { role = "autre" } }', "attendu : une seule de ces clés"),
        ('{ une_personne = { role = "autre", fait = "personne.mineu" } }', "vouliez-vous « personne.mineur »"),
        ('{ une_personne = { tous = [{ role = "autre", fait = "personne.mineur" }] } }', "role : clé inconnue"),
        ('{ une_personne = "autre" }', "attendu : une table"),
    ],
)
def test_une_faute_dit_ou_et_quoi(si: str, attendu: str) -> None:
    with pytest.raises(FichierFautif) as attrape:
        lire(si)
    dits = "\n".join(str(faute) for faute in attrape.value.fautes)
    assert attendu in dits
    assert "c.toml, ligne 1" in dits


def test_sans_le_role_des_personnes_on_ne_le_compare_pas() -> None:
    with pytest.raises(FichierFautif, match="n'est pas permis"):
        lire('{ une_personne = { role = "autre", fait = "personne.mineur" } }', Catalogue([MINEUR]))


# role


def personne(role: str, mineur: Etat) -> dict[str, Etat]:
    return {ROLE: connu(role), "personne.mineur": mineur}


OUI, NON = connu(True), connu(False)
UN_AUTRE = lire('{ une_personne = { role = "autre", fait = "personne.mineur" } }')
UN_CODEMANDEUR = lire('{ une_personne = { role = "codemandeur", fait = "personne.mineur" } }')


def test_le_role_dit_de_qui_l_on_parle() -> None:
    foyer = Situation({}, (personne("demandeur", OUI), personne("autre", NON)), personnes_closes=True)
    assert evaluer(UN_AUTRE, foyer) is False
    assert evaluer(lire('{ une_personne = { role = "demandeur", fait = "personne.mineur" } }'), foyer) is True
    assert evaluer(lire('{ une_personne = { fait = "personne.mineur" } }'), foyer) is True


def test_le_role_vaut_aussi_pour_un_nombre() -> None:
    deux = lire('{ nombre_de_personnes = { role = "autre", fait = "personne.mineur" }, au_moins = 2 }')
    assert isinstance(deux, NombreDePersonnes)
    assert (deux.op, deux.n, deux.role) == (Op.AU_MOINS, 2, "autre")
    mineurs = (personne("demandeur", OUI), personne("autre", OUI))
    assert evaluer(deux, Situation({}, mineurs, personnes_closes=True)) is False
    assert evaluer(deux, Situation({}, (*mineurs, personne("autre", OUI)), personnes_closes=True)) is True


@pytest.mark.parametrize(
    ("condition", "clos", "attendu"),
    [
        (UN_AUTRE, frozenset[str](), None),
        (UN_AUTRE, frozenset({"demandeur", "codemandeur"}), None),
        (UN_CODEMANDEUR, frozenset({"demandeur"}), None),
        (UN_CODEMANDEUR, frozenset({"demandeur", "codemandeur"}), False),
    ],
)
def test_personne_ne_s_ajoute_dans_un_role_clos(
    condition: Condition, clos: frozenset[str], attendu: bool | None
) -> None:
    """La liste est ouverte ; on sait déjà, parfois, qu'il n'y aura pas de codemandeur."""
    assert evaluer(condition, Situation({}, (personne("demandeur", NON),), roles_clos=clos)) is attendu


def test_le_role_ne_se_demande_jamais() -> None:
    """Il est toujours su : seul le reste manque."""
    assert manques(UN_AUTRE, Situation({})) == ("personne.mineur",)
    attente = Situation({}, (personne("codemandeur", INCONNU),), roles_clos=frozenset({"codemandeur"}))
    assert manques(UN_CODEMANDEUR, attente) == ("personne.mineur",)
    assert manques(UN_CODEMANDEUR, Situation({}, roles_clos=frozenset({"codemandeur"}))) == ()


# refusee


def est(nom: str) -> Comparaison:
    return Comparaison(Fait(nom, TypeFait.BOOLEEN), Op.EGAL, True)


A, B = est("a"), est("b")
REFUSANT, DEUX = personne("autre", REFUSE), frozenset({"demandeur", "codemandeur"})
SEUIL = Comparaison(Fait("n", TypeFait.ENTIER), Op.MOINS_DE, Parametre("seuil"))


@pytest.mark.parametrize(
    ("condition", "situation", "attendu"),
    [
        (A, Situation({"a": REFUSE}), True),
        (A, Situation({}), False),
        (UnDe((A, B)), Situation({"a": REFUSE, "b": NON}), True),
        (UnDe((A, B)), Situation({"a": REFUSE}), False),
        (Tous((A, B)), Situation({"a": REFUSE, "b": partiel(Enumere((True,)), peut_etre_sans_objet=True)}), False),
        (SEUIL, Situation({"n": REFUSE}), False),
        (SEUIL, Situation({"n": REFUSE}, parametres={"seuil": connu(3)}), True),
        (SEUIL, Situation({"n": connu(3)}), False),
        (Non(UnDe((A, B))), Situation({"a": REFUSE, "b": NON}), True),
        (UN_AUTRE, Situation({}, (REFUSANT,), personnes_closes=True), True),
        (UN_AUTRE, Situation({}, (REFUSANT,)), False),
        (UN_AUTRE, Situation({}, (REFUSANT, personne("autre", INCONNU)), personnes_closes=True), False),
        (UN_CODEMANDEUR, Situation({}, (personne("codemandeur", REFUSE),), roles_clos=DEUX), True),
    ],
)
def test_seuls_des_refus_empechent_de_trancher(condition: Condition, situation: Situation, attendu: bool) -> None:
    assert refusee(condition, situation) is attendu


def test_un_refus_d_une_personne_se_lit_sur_elle() -> None:
    dessous = Comparaison(MINEUR, Op.EGAL, True)
    assert refusee(dessous, Situation({}), personne("autre", REFUSE))
    assert not refusee(dessous, Situation({}), personne("autre", INCONNU))
