"""La machine : des postes saisissent, perdent le réseau, meurent, se restaurent, se clonent ; rien ne se perd.

Elle se joue face au registre modèle, puis face au vrai (PostgreSQL, HTTP) à travers un relais qui casse.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test
from juge import exiger, vider
from mondes import Monde, MondeModele, MondeReel, Poste, fermer_tous
from outils_coffre import AGENT
from outils_postgresql import Postgresql
from relais import Panne, Quoi

from modele.coffre.echanges import Echanges
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import identifiant
from modele.droits import Auteur
from modele.synchro.divergences import a_trancher

CAMPAGNE = bool(os.environ.get("PERRON_CAMPAGNE"))
PERSONNES = "foyer.personnes"
PANNES = st.lists(st.builds(Panne, st.sampled_from(Quoi), st.floats(0, 1, allow_nan=False)), min_size=1, max_size=4)
VALEURS = st.one_of(
    st.tuples(st.just("contact.telephone"), st.sampled_from(["0639980101", "0639980102", "0639980103"])),
    st.tuples(st.just("demandeur.nom"), st.sampled_from(["Fatihi", "El Fatihi"])),
    st.tuples(st.just("demandeur.prenoms"), st.sampled_from(["Nadia", "Nadja"])),
    st.tuples(st.just("logement_actuel.loyer"), st.sampled_from([512, 530])),
    st.tuples(st.just("recherche.communes"), st.sampled_from([["31555"], ["31555", "31069"]])),
    st.tuples(st.just("contact.telephone"), st.just(ABSENT)),
)
QUI = st.integers(0, 10)


class _Tue(BaseException):
    """Le processus meurt ici."""


class Machine(RuleBasedStateMachine):
    """``monde`` se fabrique à chaque histoire."""

    fabrique: Callable[[], Monde] = MondeModele

    def __init__(self) -> None:
        super().__init__()
        self.monde = type(self).fabrique()
        self.postes: list[Poste] = []
        self.saisies: dict[int, list[str]] = {}
        self.sauvegardes: dict[int, tuple[Any, int]] = {}
        self.dossiers: list[str] = []

    @initialize()
    def commencer(self) -> None:
        """Trois postes d'un même guichet, et un dossier que tous tiennent."""
        for nom in "ABC":
            self.postes.append(self.monde.poste(nom))
        self._creer(0)
        vider(self.postes)

    def teardown(self) -> None:
        """La fin de l'histoire : le réseau revient, tout part, tout se retrouve."""
        self.monde.pannes.clear()
        try:
            if self.postes:
                vider(self.postes)
                exiger(self.monde, self.postes, (un for faites in self.saisies.values() for un in faites))
        finally:
            fermer_tous(self.postes, self.monde.fermer)

    # Saisir

    @rule(qui=QUI)
    def creer(self, qui: int) -> None:
        """Un dossier de plus."""
        self._creer(qui % len(self.postes))

    @rule(qui=QUI, ou=QUI, quoi=VALEURS)
    def poser(self, qui: int, ou: int, quoi: tuple[str, Any]) -> None:
        """Un champ change sur ce poste."""
        self._modifier(qui, ou, dict([quoi]))

    @rule(qui=QUI, ou=QUI, prenom=st.sampled_from(["Zoé", "Ilyès"]))
    def ajouter_une_personne(self, qui: int, ou: int, prenom: str) -> None:
        """Un enfant de plus, avec sa place dans l'ordre."""
        poste, dossier = self._vus(qui, ou)
        ordre = lire(poste.coffre.lire(dossier), f"{PERSONNES}.ordre")
        neuf = identifiant()
        self._modifier(
            qui,
            ou,
            {
                f"{PERSONNES}.elements.{neuf}": {"prenoms": prenom},
                f"{PERSONNES}.ordre": [*(ordre if isinstance(ordre, list) else []), neuf],
            },
        )

    @rule(qui=QUI, ou=QUI, laquelle=QUI, retirer=st.booleans())
    def toucher_une_personne(self, qui: int, ou: int, laquelle: int, retirer: bool) -> None:
        """Un enfant quitte le foyer, ou son lien est précisé."""
        poste, dossier = self._vus(qui, ou)
        connues = lire(poste.coffre.lire(dossier), f"{PERSONNES}.elements")
        if isinstance(connues, dict) and connues:
            element = f"{PERSONNES}.elements.{sorted(connues)[laquelle % len(connues)]}"
            self._modifier(qui, ou, {element: ABSENT} if retirer else {f"{element}.lien": "enfant"})

    @rule(qui=QUI, laquelle=QUI, choix=QUI)
    def trancher(self, qui: int, laquelle: int, choix: int) -> None:
        """Une personne tranche ce qui diverge."""
        poste = self.postes[qui % len(self.postes)]
        if en_cours := a_trancher(poste.coffre.echanges):
            une = en_cours[laquelle % len(en_cours)]
            valeurs = une.propositions[choix % len(une.propositions)].valeurs
            self._noter(
                qui, une.dossier, lambda: poste.coffre.echanges.trancher(une.dossier, une.unite, valeurs, Auteur(AGENT))
            )

    # Échanger

    @rule(qui=QUI)
    def echanger(self, qui: int) -> None:
        """Un tour, par beau temps."""
        assert self.postes[qui % len(self.postes)].synchro.tour().panne == ""

    @rule(qui=QUI, pannes=PANNES)
    def echanger_mal(self, qui: int, pannes: list[Panne]) -> None:
        """Un tour où le réseau casse."""
        self.monde.pannes[:] = pannes
        self.postes[qui % len(self.postes)].synchro.tour()
        self.monde.pannes.clear()

    # Mourir

    @rule(qui=QUI, geste=st.sampled_from(["noter_recus", "appliquer", "noter_essai"]), avant=st.booleans())
    def mourir(self, qui: int, geste: str, avant: bool) -> None:
        """Le processus meurt pendant un tour, juste avant ou juste après avoir écrit."""
        poste = self.postes[qui % len(self.postes)]
        vrai = getattr(Echanges, geste)

        def tuer(*valeurs: Any) -> Any:
            if not avant:
                vrai(*valeurs)
            raise _Tue

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Echanges, geste, tuer)
            with suppress(_Tue):
                poste.synchro.tour()
        poste.fermer()
        poste.ouvrir()

    @rule(qui=QUI)
    def sauvegarder(self, qui: int) -> None:
        """La sauvegarde de la semaine."""
        rang = qui % len(self.postes)
        copie = self.postes[rang].copier(self.monde.dossier / f"sauvegarde-{rang}.perron")
        self.sauvegardes[rang] = (copie, len(self.saisies.get(rang, [])))

    @precondition(lambda machine: machine.sauvegardes)
    @rule(laquelle=QUI)
    def restaurer(self, laquelle: int) -> None:
        """Le disque meurt : ce qui n'était ni sauvegardé ni envoyé est perdu, et rien d'autre."""
        rang = sorted(self.sauvegardes)[laquelle % len(self.sauvegardes)]
        copie, tenues = self.sauvegardes[rang]
        recues = {operation.entete.id for _, operation in self.monde.operations()}
        self.postes[rang].restaurer(copie)
        apres = self.saisies.get(rang, [])
        self.saisies[rang] = [*apres[:tenues], *(un for un in apres[tenues:] if un in recues)]

    @precondition(lambda machine: len(machine.postes) == 3)
    @rule(qui=QUI)
    def cloner(self, qui: int) -> None:
        """Un poste copié sur une autre machine, et les deux travaillent."""
        rang = qui % len(self.postes)
        self.postes.append(Poste(self.monde, self.postes[rang].copier(self.monde.dossier / "clone.perron")))

    # Dessous

    def _creer(self, rang: int) -> None:
        document = self.postes[rang].coffre.creer_dossier({"demandeur": {"nom": "Fatihi"}}, Auteur(AGENT))
        self.dossiers.append(document["id"])
        self._retenir(rang, document["id"])

    def _vus(self, qui: int, ou: int) -> tuple[Poste, str]:
        poste = self.postes[qui % len(self.postes)]
        tenus = sorted(un.dossier for un in poste.coffre.recents(100))
        return poste, tenus[ou % len(tenus)]

    def _modifier(self, qui: int, ou: int, valeurs: dict[str, Any]) -> None:
        poste, dossier = self._vus(qui, ou)
        self._noter(qui, dossier, lambda: poste.coffre.modifier(dossier, valeurs, Auteur(AGENT)))

    def _noter(self, qui: int, dossier: str, geste: Callable[[], object]) -> None:
        rang = qui % len(self.postes)
        avant = len(self.postes[rang].coffre.operations(dossier))
        geste()
        if len(self.postes[rang].coffre.operations(dossier)) > avant:
            self._retenir(rang, dossier)

    def _retenir(self, rang: int, dossier: str) -> None:
        derniere = self.postes[rang].coffre.operations(dossier)[-1]
        self.saisies.setdefault(rang, []).append(derniere.entete.id)


def jouer(fabrique: Callable[[], Monde], exemples: int, pas: int) -> None:
    """Tire ``exemples`` histoires de ``pas`` gestes au plus."""
    machine = type("MachineTiree", (Machine,), {"fabrique": staticmethod(fabrique)})
    reglages = settings(
        max_examples=exemples,
        stateful_step_count=pas,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=reglages)


def test_machine_face_au_modele() -> None:
    """Beaucoup d'histoires, registre en mémoire."""
    jouer(MondeModele, 400 if CAMPAGNE else 5, 40 if CAMPAGNE else 14)


def test_machine_face_au_vrai_registre(postgresql: Postgresql) -> None:
    """Les mêmes gestes face au vrai serveur, au vrai PostgreSQL, à travers le relais."""
    jouer(lambda: MondeReel(postgresql), 100 if CAMPAGNE else 3, 30 if CAMPAGNE else 12)
