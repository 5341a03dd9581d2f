"""Les faits écrits en données : ce qu'ils valent (par l'oracle), ce qu'ils lisent, et les fautes de leur fichier."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from oracle_faits import FOYER, PERSONNE, Su, dit
from outils_sources import catalogue_brut, catalogue_derive, deriver, derives_nationaux, parametres_nationaux
from tirages_faits import ACTES, JOUR, Monde, avec_oublis, calculer, communs, documents, mondes

from modele.bilan import Regles, charger_regles, etablir
from modele.dossier.chemins import Document
from modele.dossier.faits import Derives
from modele.dossier.faits.donnees import lire_faits
from modele.dossier.faits.lecture import FaitsDerives
from modele.dossier.faits.registre import ecrits
from modele.regles.etats import INCONNU, REFUSE, Etat, connu
from modele.regles.fautes import FichierFautif

FICHIER = Path(__file__).parents[4] / "ressources" / "national" / "faits.toml"
LIVRE = FICHIER.read_text(encoding="utf-8")


ENTETE = "format = 1\n\n"


def lire(dossier: Path, texte: str) -> FaitsDerives:
    """Tous les faits dérivés, ceux en données venant de ``texte``."""
    fichier = dossier / "faits.toml"
    fichier.write_text(texte, encoding="utf-8")
    return lire_faits(fichier, ecrits(), catalogue_brut(), parametres_nationaux())


def fait_ecrit(nom: str, si: str) -> str:
    """Un fait de plus, écrit en entier."""
    return (
        f'[[fait_derive]]\nid = "{nom}"\ntype = "booleen"\ndefinition = "Essai"\nfondement = "Essai"\n'
        f'source = "Essai"\nconfiance = "M"\nverifie_le = 2026-11-22\nsi = {si}\n'
    )


# Ce qu'ils valent.


def ecarts(su: Su, personnes: tuple[dict[str, Etat], ...]) -> list[str]:
    """Les faits qui ne valent pas ce que dit l'oracle."""
    du_foyer = [nom for nom, attendu in FOYER.items() if dit(su.faits[nom]) != attendu(su)]
    return du_foyer + [nom for une in personnes for nom, attendu in PERSONNE.items() if dit(une[nom]) != attendu(une)]


def ecarts_du_monde(monde: Monde, derives: FaitsDerives | None = None) -> list[str]:
    rendus = calculer(monde, parametres_nationaux(), {}, derives)
    personnes = tuple({**une, **ses} for une, ses in zip(monde.personnes, rendus.personnes, strict=True))
    return ecarts(Su({**communs(monde), **rendus.faits}, personnes, monde.clos), personnes)


def test_l_oracle_redit_tous_les_faits_du_fichier_et_eux_seuls() -> None:
    assert {*FOYER, *PERSONNE} == set(derives_nationaux()) - set(ecrits())


@settings(suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(avec_oublis())
def test_chaque_fait_vaut_ce_que_dit_l_oracle_quoi_qu_on_sache(couple: tuple[Monde, Monde]) -> None:
    """Connu, inconnu, connu en partie, refusé, sans objet, personnes non closes : la même réponse."""
    for monde in couple:
        assert ecarts_du_monde(monde) == []


@settings(suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(documents())
def test_chaque_fait_vaut_ce_que_dit_l_oracle_sur_un_dossier_ecrit(regles: Regles, document: Document) -> None:
    """Dans le bilan entier : l'entretien y rend des questions sans objet, ou peut-être sans objet."""
    situation = etablir(regles, document, JOUR, exacte=False).situation
    personnes = tuple(dict(une) for une in situation.personnes)
    assert ecarts(Su(situation.faits, personnes, situation.personnes_closes), personnes) == []


@pytest.fixture(scope="module")
def regles() -> Regles:
    """Le territoire d'exemple."""
    return charger_regles("metropole-exemple")


# Un fichier trahi, et le fait que l'oracle doit prendre en faute.
MUTANTS = {
    "un rôle oublié": (
        'role = "autre", tous = [\n    { fait = "personne.mineur" },\n    { un_de',
        'tous = [\n    { fait = "personne.mineur" },\n    { un_de',
    ),
    "l'avis d'imposition pour qui élève": (
        '{ un_de = [{ fait = "personne.a_charge" }, { fait = "personne.garde"',
        '{ un_de = [{ fait = "personne.sur_avis" }, { fait = "personne.garde"',
    ),
    "la garde oubliée": (', { fait = "personne.garde", dans_groupe = "garde_au_foyer" }] },\n] } }', "] },\n] } }"),
    "un droit de visite qui ferme la question": (
        'a_etablir_si = { une_personne = { role = "autre", tous = [\n    { fait = "personne.mineur" }',
        'a_etablir_si = { une_personne = { role = "autre", tous = [\n    { non = { fait = "personne.mineur" } }',
    ),
    "un non à vingt et un ans": (
        'a_etablir_si = { un_de = [\n    { une_personne = { role = "demandeur"',
        'a_etablir_si = { un_de = [\n    { une_personne = { role = "autre"',
    ),
    "un rôle pour un autre": ('role = "codemandeur", fait', 'role = "autre", fait'),
    "un non oublié": (
        '{ non = { fait = "expulsion.relogement_propose" } }',
        '{ fait = "expulsion.relogement_propose" }',
    ),
    "un groupe pour un autre": ('dans_groupe = "hebergement_structure"', 'dans_groupe = "logement_transition"'),
    "ou pour et": (
        'si = { tous = [\n    { fait = "personne.lien"',
        'si = { un_de = [\n    { fait = "personne.lien"',
    ),
    "au plus pour moins de": ('moins_de = { parametre = "age_m', 'au_plus = { parametre = "age_m'),
    "une preuve oubliée": ('    { fait = "protection.preuves", dans_groupe = "preuves_violences" },\n', ""),
}


@pytest.fixture(scope="module")
def tires() -> list[Monde]:
    """Des mondes entièrement connus, les mêmes pour tous les mutants."""
    trouves: list[Monde] = []

    @settings(max_examples=200, suppress_health_check=list(HealthCheck), phases=[Phase.generate], derandomize=True)
    @given(mondes())
    def tirer(monde: Monde) -> None:
        trouves.append(monde)

    tirer()
    return trouves


@pytest.mark.parametrize("mutant", MUTANTS)
def test_un_fait_trahi_est_vu_par_l_oracle(mutant: str, tires: list[Monde], tmp_path: Path) -> None:
    bon, mauvais = MUTANTS[mutant]
    assert LIVRE.count(bon) == 1, bon
    derives = lire(tmp_path, LIVRE.replace(bon, mauvais))
    assert any(ecarts_du_monde(monde, derives) for monde in tires)


def test_seuls_des_refus_font_un_refus(fait: Callable[..., Etat]) -> None:
    """Un inconnu, ou quelqu'un qui peut encore s'ajouter, laisse la question ouverte."""
    refus = {"refus": True}
    closes = {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}}
    handicap = {"demandeur": {"handicap": {"reconnu": refus}}}
    assert fait("sans_logement", {"logement_actuel": {"statut": refus}}) == REFUSE
    assert fait("handicap_foyer", handicap | {"foyer": closes}) == REFUSE
    assert fait("handicap_foyer", handicap) == INCONNU


def test_un_codemandeur_n_attend_pas_que_la_liste_soit_close(fait: Callable[..., Etat]) -> None:
    """On sait qu'il n'y en a pas : le demandeur seul décide, même si des enfants peuvent encore s'ajouter."""
    document = {"demandeur": {"emploi": {"chomage_plus_un_an": False}}, "foyer": {"avec_codemandeur": False}}
    assert fait("reprise_apres_chomage", document) == connu(False)
    document["foyer"] = {}
    assert fait("reprise_apres_chomage", document) == INCONNU


# Ce qu'ils lisent.


@pytest.mark.parametrize(
    ("nom", "champs"),
    [
        ("sans_logement", {"logement_actuel.statut"}),
        (
            "menace_expulsion",
            {"expulsion.etape", "triage.papier_huissier", "expulsion.relogement_propose"}
            | {f"expulsion.{date}" for dates in ACTES.values() for date in dates},
        ),
        ("violences_declarees", {"demande.motifs", "demande.agression_domicile", "protection.preuves"}),
        ("personne.mineur", {"personne.date_naissance"}),
        ("mineur_a_charge", {"foyer.personnes", "personne.date_naissance", "personne.a_charge", "personne.garde"}),
        ("handicap_foyer", {"foyer.personnes", "personne.handicap.reconnu"}),
        ("reprise_apres_chomage", {"foyer.avec_codemandeur", "personne.emploi.chomage_plus_un_an"}),
        (
            "personne_seule_avec_charge",
            {"foyer.avec_codemandeur", "foyer.personnes", "personne.sur_avis", "personne.garde"},
        ),
    ],
)
def test_les_champs_d_un_fait_se_deduisent_de_sa_condition(nom: str, champs: set[str]) -> None:
    """Les questions qui le trancheraient : celles qu'il lit, et celles qui disent si quelqu'un peut s'ajouter."""
    assert set(catalogue_derive()[nom].champs) == champs


def test_un_fait_peut_en_lire_un_autre_ecrit_plus_bas(tmp_path: Path) -> None:
    texte = (
        "format = 1\n"
        + fait_ecrit("premier", '{ non = { fait = "second" } }')
        + fait_ecrit("second", '{ fait = "en_couple" }')
    )
    derives = lire(tmp_path, texte)
    assert set(catalogue_derive(derives)["premier"].champs) == set(catalogue_derive()["en_couple"].champs)
    seul = deriver(
        {"foyer.avec_codemandeur": connu(False)}, [], date(2026, 11, 22), {}, lambda dimensions: {}, derives=derives
    )
    assert isinstance(seul, Derives)
    assert seul.faits["premier"] == connu(True)


# Les fautes du fichier.

FAUTES: dict[str, tuple[str, list[str]]] = {
    "vide": ("format = 1\n", ["fait_derive", "manque"]),
    "format": ("format = 2\n" + fait_ecrit("a", '{ fait = "en_couple" }'), ["ce format est inconnu"]),
    "clé": (ENTETE + fait_ecrit("a", '{ fait = "en_couple" }') + 'sourse = "x"\n', ["sourse", "« source »"]),
    "rien": ("format = 1\n[[fait_derive]]\n", ["id", "type", "definition", "fondement", "source", "confiance", "si"]),
    "type": (
        ENTETE + fait_ecrit("a", '{ fait = "en_couple" }').replace('"booleen"', '"entier"'),
        ["fait_derive[1].type", "booleen"],
    ),
    "fait inconnu": (ENTETE + fait_ecrit("a", '{ fait = "en_cuple" }'), ["ligne 11", "en_couple"]),
    "deux fois": (
        ENTETE + fait_ecrit("a", '{ fait = "en_couple" }') * 2,
        ["fait_derive[2].id", "« a » est déjà le nom d'un fait"],
    ),
    "nom du dossier": (
        ENTETE + fait_ecrit("dalo.statut", '{ fait = "en_couple" }'),
        ["« dalo.statut » est déjà le nom d'un fait"],
    ),
    "nom du Python": (ENTETE + fait_ecrit("en_couple", '{ fait = "dalo_reconnu" }'), ["« en_couple » est déjà"]),
    "local": (ENTETE + fait_ecrit("local.a", '{ fait = "en_couple" }'), ["réservé aux faits que déclare une grille"]),
    "silence": (ENTETE + fait_ecrit("a", '{ fait = "dalo.statut", renseigne = true }'), ["ne lit pas un silence"]),
    "groupe": (
        ENTETE + fait_ecrit("a", '{ fait = "dalo.statut", dans_groupe = "dalo_reconu" }'),
        ["groupe de codes inconnu", "« dalo_reconnu »"],
    ),
    "paramètre": (
        ENTETE + fait_ecrit("personne.a", '{ fait = "personne.age", moins_de = { parametre = "age_majorit" } }'),
        ["paramètre non déclaré", "« age_majorite »"],
    ),
    "du foyer sur une personne": (
        ENTETE + fait_ecrit("personne.a", '{ fait = "en_couple" }'),
        ["ne se lit pas sur une personne"],
    ),
    "d'une personne sur le foyer": (
        ENTETE + fait_ecrit("a", '{ fait = "personne.age", au_moins = 3 }'),
        ["se lit sur"],
    ),
    "soi-même": (ENTETE + fait_ecrit("a", '{ non = { fait = "a" } }'), ["dépend de lui-même : a → a"]),
    "en rond": (
        ENTETE
        + fait_ecrit("a", '{ fait = "b" }')
        + fait_ecrit("b", '{ un_de = [{ fait = "c" }] }')
        + fait_ecrit("c", '{ fait = "a" }'),
        ["fait_derive[1].si", "a → b → c → a", "b → c → a → b", "c → a → b → c"],
    ),
}


@pytest.mark.parametrize("cas", FAUTES)
def test_un_fichier_fautif_dit_ou_et_quoi(cas: str, tmp_path: Path) -> None:
    texte, attendus = FAUTES[cas]
    with pytest.raises(FichierFautif) as attrape:
        lire(tmp_path, texte)
    dits = "\n".join(str(faute) for faute in attrape.value.fautes)
    for attendu in attendus:
        assert attendu in dits


def test_un_cercle_qui_passe_par_le_python_se_dit_aussi(tmp_path: Path) -> None:
    """« hebergement_prolonge » (Python) lit « heberge_structure » (données)."""
    bon = 'si = { fait = "logement_actuel.statut", dans_groupe = "hebergement_structure" }'
    texte = LIVRE.replace(bon, 'si = { fait = "hebergement_prolonge" }')
    with pytest.raises(FichierFautif, match="heberge_structure → hebergement_prolonge → heberge_structure"):
        lire(tmp_path, texte)


def test_toutes_les_fautes_se_disent_ensemble(tmp_path: Path) -> None:
    texte = ENTETE + fait_ecrit("a", '{ fait = "inconnu_a" }') + fait_ecrit("b", '{ fait = "inconnu_b" }')
    with pytest.raises(FichierFautif) as attrape:
        lire(tmp_path, texte)
    assert [faute.ligne for faute in attrape.value.fautes] == [11, 20]
