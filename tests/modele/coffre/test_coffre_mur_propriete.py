"""Aucune suite d'écritures ne fait lire une violence à un adulte, ni n'en fait entrer un où elle fut dite."""

from __future__ import annotations

import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, creer, sans_mur
from outils_mur import ICI, RegistreDuMur

from modele.coffre import Coffre
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.fusion import divergences
from modele.protection.adultes import adultes
from modele.protection.violences import affirmes, faits_de_violence
from modele.regles.fautes import ErreurUtilisateur

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

CAMPAGNE = bool(os.environ.get("PERRON_CAMPAGNE"))
JOUR = date.today()
MAJEUR, MINEUR = "1990-05-04", "2020-05-04"
NAISSANCE = "foyer.personnes.elements.p.date_naissance"
VALEURS: list[dict[str, Any]] = [
    {"triage.peur_au_domicile": True},
    {"triage.peur_au_domicile": False},
    {"triage.peur_au_domicile": ABSENT},
    {"demande.motif_principal": "violences"},
    {"demande.motif_principal": "trop_petit"},
    {"demande.motifs": {"coches": ["violences", "trop_petit"], "clos": False}},
    {"demande.motifs": ABSENT},
    {"protection.discret": True},
    {"protection.discret": False, "protection.levee_motif": "à sa demande"},
    {"suites.elements.s": {"orientation": "violences-couple"}},
    {"suites.elements.s": ABSENT},
    {"codemandeur": {"nom": "Roux"}},
    {"codemandeur": ABSENT},
    {"foyer.avec_codemandeur": True},
    {NAISSANCE: MAJEUR},
    {NAISSANCE: MINEUR},
    {NAISSANCE: ABSENT},
    {"foyer.personnes.elements.p": ABSENT},
    {"codemandeur.nom": "Roux", "triage.peur_au_domicile": True},
    {"contact.telephone": "0612345678"},
]
QUOI = st.integers(0, len(VALEURS) - 1)
QUI = st.integers(0, 5)
PAS = st.one_of(
    st.tuples(st.sampled_from(["creer", "importer"]), st.lists(QUOI, max_size=3)),
    st.tuples(st.sampled_from(["modifier", "modifier", "modifier", "loin"]), QUI, QUOI),
    st.tuples(st.just("echanger"), st.booleans()),
    st.tuples(st.sampled_from(["trancher", "fondre"]), QUI, QUI),
    st.tuples(st.just("ressaisir"), QUI),
)


class Monde:
    """Un coffre, un registre qui a son mur, un autre poste ; et ce qu'une personne se rappelle avoir dit."""

    def __init__(self, coffre: Coffre) -> None:
        self.coffre, self.registre = coffre, RegistreDuMur(coffre)
        self.dite: defaultdict[str, bool] = defaultdict(bool)
        self.presents: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        self.coffre.creer_dossier({}, Auteur(AGENT))
        self.verifier()

    def tout_jouer(self, suite: Sequence[tuple[Any, ...]]) -> None:
        """Un pas après l'autre ; ce que le coffre ne veut pas, il ne l'écrit pas."""
        for nom, *valeurs in suite:
            geste: Callable[..., object] = getattr(self, nom)
            with suppress(ErreurUtilisateur):
                geste(*valeurs)
            self.verifier(recu=nom == "echanger")

    def verifier(self, *, recu: bool = False) -> None:
        """``recu`` : ce que le registre a jugé ne se refuse pas ici, mais ne fait lire aucune violence non plus."""
        for dossier in self.tenus():
            document = self.coffre.lire(dossier)
            presents = adultes(document, JOUR)
            assert not (presents and faits_de_violence(document)), (dossier, document)
            assert recu or not (self.dite[dossier] and presents - self.presents[dossier]), (dossier, document)
            self.dite[dossier] |= affirmes(document)
            self.presents[dossier] = presents

    def tenus(self) -> list[str]:
        """Les dossiers de ce poste, dans un ordre qui ne change pas."""
        return sorted(un.dossier for un in self.coffre.recents(100))

    def _un(self, qui: int) -> str:
        tenus = self.tenus()
        return tenus[qui % len(tenus)]

    def creer(self, quoi: list[int]) -> None:
        self.coffre.creer_dossier(_document(quoi), Auteur(AGENT))

    def importer(self, quoi: list[int]) -> None:
        self.coffre.importer([_document(quoi[:1]), _document(quoi)], Auteur(AGENT))

    def modifier(self, qui: int, quoi: int) -> None:
        self.coffre.modifier(self._un(qui), VALEURS[quoi], Auteur(AGENT))

    def loin(self, qui: int, quoi: int) -> None:
        if self.registre.loin:
            connus = sorted(self.registre.loin.keys() & self.registre.etats.keys())
            self.registre.ecrire_loin(connus[qui % len(connus)], VALEURS[quoi])

    def echanger(self, loin: bool) -> None:
        self.registre.echanger(loin=loin)

    def trancher(self, qui: int, choix: int) -> None:
        for dossier, _, unite in self.coffre.echanges.divergences()[qui : qui + 1]:
            etat = self.coffre.echanges.etat_projete(dossier, ICI)
            une = next(une for une in divergences(etat) if une.unite == unite) if etat else None
            if une is not None:
                valeurs = une.propositions[choix % len(une.propositions)].valeurs
                self.coffre.echanges.trancher(dossier, unite, valeurs, Auteur(AGENT))

    def fondre(self, qui: int, autre: int) -> None:
        survivant, absorbe = self._un(qui), self._un(autre)
        if survivant != absorbe:
            self.coffre.modifier(survivant, {f"absorbes.{absorbe}": "2026-11-22"}, Auteur(AGENT))
            self.dite[survivant] |= self.dite[absorbe]

    def ressaisir(self, qui: int) -> None:
        for refus in self.coffre.echanges.quarantaine()[qui : qui + 1]:
            self.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))


def _document(quoi: list[int]) -> dict[str, Any]:
    from modele.dossier.chemins import poser

    document: dict[str, Any] = {}
    for rang in quoi:
        for chemin, valeur in VALEURS[rang].items():
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


@settings(max_examples=200 if CAMPAGNE else 25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PAS, max_size=14))
def test_aucune_suite_d_ecritures_ne_franchit_le_mur(suite: list[tuple[Any, ...]]) -> None:
    """Créer, importer, modifier, recevoir, départager, ressaisir, fondre."""
    with monde() as ici:
        ici.tout_jouer(suite)


PEUR, MOTIF, EFFACER, LUI, MAJEUR_ICI = 0, 3, 2, 11, 14


@pytest.mark.parametrize(
    "suite",
    [
        [("creer", [MOTIF, LUI])],
        [("importer", [MOTIF, LUI])],
        [("modifier", 0, LUI), ("modifier", 0, MOTIF)],
        [("modifier", 0, MOTIF), ("modifier", 0, LUI)],
        [("modifier", 0, PEUR), ("modifier", 0, EFFACER), ("modifier", 0, MAJEUR_ICI)],
        [("modifier", 0, 18)],
    ],
    ids=str,
)
def test_mutant_coffre_sans_son_mur(suite: list[tuple[Any, ...]]) -> None:
    """Sans le mur, la vérification ci-dessus échoue ; avec lui, les mêmes pas la passent."""
    with monde() as ici:
        ici.tout_jouer(suite)
    with sans_mur(), monde() as ici, pytest.raises(AssertionError):
        ici.tout_jouer(suite)
