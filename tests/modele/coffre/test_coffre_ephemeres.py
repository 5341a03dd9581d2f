"""Ce qui ne s'écrit pas n'entre au coffre par aucune porte : ni écriture, ni brouillon, ni import, ni réception."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, creer
from outils_mur import ICI, RegistreDuMur
from sqlalchemy import text

from modele.coffre import Coffre, mur, receptions
from modele.dossier.chemins import ABSENT, poser
from modele.dossier.ephemeres import ephemeres
from modele.droits import Auteur
from modele.fusion import Issue, divergences
from modele.protocole.messages import Recu
from modele.regles.fautes import ErreurUtilisateur

CAMPAGNE = bool(os.environ.get("PERRON_CAMPAGNE"))
MOI = Auteur(AGENT)
TEMOIN = "temoin-qui-ne-doit-pas-rester"
"""Ce qu'on écrit dans un champ éphémère : rien d'autre ne peut le dire."""
NOMS = tuple(nom.encode() for nom in (*(chemin.partition(".")[2] for chemin in ephemeres()), TEMOIN))
ORDINAIRE = {"triage": {"toit_ce_soir": "non"}, "demandeur": {"nom": "ROUX"}}


def tout_ce_que_garde(coffre: Coffre) -> bytes:
    """Toutes les lignes de toutes les tables, déchiffrées : le contenu entier du fichier, index compris."""
    with coffre._base.lecture() as connexion:
        tables = connexion.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        lignes = [tuple(ligne) for table in tables for ligne in connexion.execute(text(f'SELECT * FROM "{table}"'))]
    return b"\n".join(valeur if isinstance(valeur, bytes) else str(valeur).encode() for un in lignes for valeur in un)


def traces(coffre: Coffre) -> list[bytes]:
    """Ce qui, dans le coffre, nomme un champ éphémère ou répète sa valeur."""
    garde = tout_ce_que_garde(coffre)
    return [nom for nom in NOMS if nom in garde]


def test_creer_importer_et_modifier_ecartent_et_ne_perdent_rien_d_autre(coffre: Coffre) -> None:
    dit = poser(ORDINAIRE, "triage.peur_de", TEMOIN)
    cree = coffre.creer_dossier(dit, MOI)
    assert coffre.importer([{**dit, "triage.mis_en_cause": True}], MOI) == 1
    modifie = coffre.modifier(cree["id"], {"triage.mineur_seul": True, "demandeur.prenom": "Lou"}, MOI)
    assert modifie == {**cree, "demandeur": {"nom": "ROUX", "prenom": "Lou"}}
    assert {nom: cree[nom] for nom in ORDINAIRE} == ORDINAIRE
    assert traces(coffre) == []


def test_modifier_seulement_cela_ne_fait_aucune_operation(coffre: Coffre) -> None:
    """Ni le fait, ni même qu'il y en avait un : aucune opération ne naît, rien ne part."""
    cree = coffre.creer_dossier(ORDINAIRE, MOI)
    for chemin in ephemeres():
        assert coffre.modifier(cree["id"], {chemin: True}, MOI) == cree
        assert coffre.modifier(cree["id"], {chemin: ABSENT}, MOI) == cree
    assert coffre.modifier(cree["id"], {"triage": {"toit_ce_soir": "non", "peur_de": TEMOIN}}, MOI) == cree
    assert len(coffre.operations(cree["id"])) == 1


def test_une_frappe_et_sa_confirmation_ne_se_gardent_pas(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier(ORDINAIRE, MOI)["id"]
    coffre.brouillon(dossier, "triage.peur_de", TEMOIN)
    coffre.modifier(dossier, {"confirmations.triage/peur_de": TEMOIN}, MOI)
    assert coffre.brouillons(dossier) == []
    assert traces(coffre) == []


def test_ce_qu_un_autre_poste_a_ecrit_ne_se_garde_pas(coffre: Coffre) -> None:
    """Un registre plus ancien l'a laissé passer : ni le miroir, ni le document, ni ce qui diverge n'en disent rien."""
    registre = RegistreDuMur(coffre)
    dossier = coffre.creer_dossier(ORDINAIRE, MOI)["id"]
    registre.echanger()
    assert registre.ecrire_loin(dossier, {"triage.peur_de": TEMOIN, "demandeur.prenom": "Lou"})
    assert registre.ecrire_loin(dossier, {"triage.peur_de": f"{TEMOIN}-2"})
    registre.echanger()
    assert coffre.lire(dossier)["demandeur"] == {"nom": "ROUX", "prenom": "Lou"}
    assert coffre.echanges.divergences() == []
    assert traces(coffre) == []


def test_departager_n_ecrit_pas_ce_qui_ne_s_ecrit_pas(coffre: Coffre) -> None:
    registre = RegistreDuMur(coffre)
    dossier = coffre.creer_dossier(ORDINAIRE, MOI)["id"]
    registre.echanger()
    registre.ecrire_loin(dossier, {"demandeur.civilite": "madame"})
    coffre.modifier(dossier, {"demandeur.civilite": "monsieur"}, MOI)
    registre.echanger()
    ((_, _, unite),) = coffre.echanges.divergences()
    coffre.echanges.trancher(dossier, unite, {"demandeur.civilite": "madame", "triage.peur_de": TEMOIN}, MOI)
    assert coffre.lire(dossier)["demandeur"]["civilite"] == "madame"
    assert traces(coffre) == []


def test_une_creation_refusee_se_redit_sans_cela(coffre: Coffre) -> None:
    """Un Perron qui ne l'écartait pas l'avait écrite ; le registre la refuse ; la redire n'en emporte plus rien."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mur, "sans_ephemeres", lambda document: document)
        dossier = coffre.creer_dossier(poser(ORDINAIRE, "triage.peur_de", TEMOIN), MOI)["id"]
    (operation,) = coffre.echanges.lot(10)
    coffre.echanges.noter_recus([Recu(operation.entete.id, Issue.REFUSEE, code="schema", cause="Non.")], ICI)
    (refus,) = coffre.echanges.quarantaine()
    assert "triage" in coffre.echanges.ressaisir(refus.operation, MOI)
    (redite,) = coffre.echanges.lot(10)
    assert redite.entete.dossier == dossier
    assert not [nom for nom in NOMS if nom in (redite.contenu or b"")]


def test_un_autre_genre_n_est_pas_concerne(coffre: Coffre) -> None:
    assert mur.ecrivable("surcharge", {"triage": {"peur_de": "x"}}) == {"triage": {"peur_de": "x"}}
    assert mur.ecrivables("surcharge", {"triage.peur_de": "x"}) == {"triage.peur_de": "x"}


# Quelle que soit la suite d'écritures.

QUOI = st.dictionaries(
    st.sampled_from(
        [*ephemeres(), "triage", "triage.toit_ce_soir", "triage.peur_au_domicile", "demandeur.nom", "confirmations"]
    ),
    st.sampled_from([True, False, TEMOIN, {"refus": True}, {"parmi": [TEMOIN]}, {"peur_de": TEMOIN}, {}]),
    max_size=4,
)
PAS = st.one_of(
    st.tuples(st.sampled_from(["creer", "importer", "modifier", "loin"]), QUOI),
    st.tuples(st.just("brouillon"), st.sampled_from(ephemeres())),
    st.tuples(st.sampled_from(["echanger", "trancher"])),
)


class Monde:
    """Un coffre, un registre sans filtre, un autre poste sans filtre."""

    def __init__(self, coffre: Coffre) -> None:
        self.coffre, self.registre = coffre, RegistreDuMur(coffre)
        self.dossier = coffre.creer_dossier(ORDINAIRE, MOI)["id"]
        self.registre.echanger()

    def jouer(self, suite: Sequence[tuple[Any, ...]]) -> None:
        """Un pas après l'autre ; ce que le coffre ne veut pas, il ne l'écrit pas."""
        for nom, *valeurs in suite:
            with suppress(ErreurUtilisateur):
                getattr(self, nom)(*valeurs)
            assert traces(self.coffre) == [], (nom, valeurs)

    def creer(self, quoi: dict[str, Any]) -> None:
        self.coffre.creer_dossier(_document(quoi), MOI)

    def importer(self, quoi: dict[str, Any]) -> None:
        self.coffre.importer([_document(quoi), dict(_ecrites(quoi))], MOI)

    def modifier(self, quoi: dict[str, Any]) -> None:
        self.coffre.modifier(self.dossier, _sans_emboitement(_ecrites(quoi)), MOI)

    def loin(self, quoi: dict[str, Any]) -> None:
        self.registre.ecrire_loin(self.dossier, _sans_emboitement(_ecrites(quoi)))

    def brouillon(self, chemin: str) -> None:
        self.coffre.brouillon(self.dossier, chemin, TEMOIN)

    def echanger(self) -> None:
        self.registre.echanger()

    def trancher(self) -> None:
        for dossier, _, unite in self.coffre.echanges.divergences():
            etat = self.coffre.echanges.etat_projete(dossier, ICI)
            assert etat is not None
            une = next(une for une in divergences(etat) if une.unite == unite)
            choisies = {**une.propositions[0].valeurs, "triage.peur_de": TEMOIN}
            self.coffre.echanges.trancher(dossier, unite, choisies, MOI)


def _ecrites(quoi: dict[str, Any]) -> dict[str, Any]:
    """Le témoin ne va que là où il ne doit pas rester."""
    return {
        chemin: valeur
        for chemin, valeur in quoi.items()
        if chemin in ephemeres() or TEMOIN not in str(valeur) or (chemin == "triage" and "peur_de" in str(valeur))
    }


def _sans_emboitement(quoi: dict[str, Any]) -> dict[str, Any]:
    return {c: v for c, v in quoi.items() if not any(c.startswith(f"{autre}.") for autre in quoi)}


def _document(quoi: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = {}
    for chemin, valeur in _ecrites(quoi).items():
        document = poser(document, chemin, valeur)
    return document


@contextmanager
def monde() -> Iterator[Monde]:
    """Un monde neuf, jeté à la sortie."""
    with tempfile.TemporaryDirectory() as ou:
        coffre, _ = creer(Path(ou) / "essai.perron")
        try:
            yield Monde(coffre)
        finally:
            coffre.fermer()


@settings(max_examples=200 if CAMPAGNE else 20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PAS, max_size=10))
def test_aucune_suite_d_ecritures_n_en_laisse_de_trace(suite: list[tuple[Any, ...]]) -> None:
    """Créer, importer, modifier, frapper, recevoir, départager : le fichier entier, déchiffré, n'en dit rien."""
    with monde() as ici:
        ici.jouer(suite)


PEUR = {"triage.peur_de": TEMOIN}
MUTANTS: list[tuple[Any, str, Any, list[tuple[Any, ...]]]] = [
    (mur, "sans_ephemeres", lambda document: document, [("creer", PEUR)]),
    (mur, "sans_ephemeres", lambda document: document, [("importer", PEUR)]),
    (mur, "gardables", dict, [("modifier", PEUR)]),
    (mur, "est_ephemere", lambda _: False, [("brouillon", "triage.peur_de")]),
    (receptions, "sans_ecartes", lambda etat: etat, [("loin", PEUR), ("echanger",)]),
    (
        mur,
        "gardables",
        dict,
        [
            ("loin", {"triage.toit_ce_soir": False}),
            ("modifier", {"triage.toit_ce_soir": True}),
            ("echanger",),
            ("trancher",),
        ],
    ),
]


@pytest.mark.parametrize(("ou", "nom", "sans", "suite"), MUTANTS, ids=map(str, range(len(MUTANTS))))
def test_mutant_coffre_sans_son_filtre(ou: Any, nom: str, sans: Any, suite: list[tuple[Any, ...]]) -> None:
    """À chaque porte : sans le filtre, la vérification échoue ; avec lui, les mêmes pas la passent."""
    with monde() as ici:
        ici.jouer(suite)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ou, nom, sans)
        with monde() as ici, pytest.raises(AssertionError):
            ici.jouer(suite)
