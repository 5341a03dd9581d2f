"""Chaque invariant avec le mutant qui doit le casser : un mutant que la machine ne voit pas est son défaut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import registre_modele
from mondes import Monde, MondeModele, MondeReel
from outils_postgresql import Postgresql
from relais import Panne, Quoi
from test_machine import Machine

from modele.coffre import receptions
from modele.fusion import EtatDossier, Fusion, Issue, Tete
from modele.fusion.tetes import memes
from modele.protocole.messages import Recu
from modele.synchro.envoi import Pousseur
from registre.service import operations

Choix = Callable[[str, list[Tete], Tete], list[Tete]]
_FUSIONNER = registre_modele.fusionner
_APPLIQUER = receptions.appliquer


def _refondre(choisir: Choix) -> Callable[..., Fusion]:
    """La fusion, dont les têtes de chaque unité touchée sont choisies autrement."""

    def fusionner(etat: EtatDossier, operation: Any, poste: str) -> Fusion:
        juste = _FUSIONNER(etat, operation, poste)
        unites = dict(juste.etat.unites)
        for cle, tetes in unites.items():
            neuve = next((tete for tete in tetes if tete.operation == operation.entete.id), None)
            if neuve is not None:
                unites[cle] = choisir(cle, tetes, neuve)
        refondu = EtatDossier(etat.dossier, etat.territoire, juste.etat.version, unites, juste.etat.auteurs)
        return Fusion(refondu, juste.issue, juste.champs)

    return fusionner


def _le_dernier_gagne(cle: str, tetes: list[Tete], neuve: Tete) -> list[Tete]:
    return [neuve]


def _divergence_oubliee(cle: str, tetes: list[Tete], neuve: Tete) -> list[Tete]:
    return tetes[:1]


def _par_la_valeur(cle: str, tetes: list[Tete], neuve: Tete) -> list[Tete]:
    """Une valeur déjà dite ne compte pas : on ne sait plus qui l'avait vue."""
    return [tete for tete in tetes if tete is neuve or not memes(cle, tete.valeurs, neuve.valeurs)]


def _curseur_sans_appliquer(connexion: Any, territoire: str, apres: int, page: Any, poste: str) -> bool:
    sautee = type(page)([], page.jusque, page.reste, page.poignee, page.postes)
    return _APPLIQUER(connexion, territoire, apres, sautee, poste)


def _accuser_sans_envoyer(pousseur: Any, lot: list[Any]) -> int:
    recus = [Recu(operation.entete.id, Issue.ACCEPTEE, 1, 1) for operation in lot]
    pousseur._echanges.noter_recus(recus, pousseur._cles.poste)
    return len(recus)


def _jouer(monde: Monde) -> None:
    """Une histoire choisie : même champ, même valeur, valeurs contraires, reçu perdu, puis tout se retrouve."""
    machine = type("MachineChoisie", (Machine,), {"fabrique": staticmethod(lambda: monde)})()
    try:
        machine.commencer()
        for qui in (0, 1):
            machine.poser(qui, 0, ("contact.telephone", "0639980101"))
        for qui in (0, 1):
            machine.poser(qui, 0, ("logement_actuel.loyer", 500 + qui))
        # La première demande dit les comptes ; la deuxième, les opérations.
        machine.echanger_mal(0, [Panne(Quoi.RIEN), Panne(Quoi.PERDRE_LA_REPONSE)])
        for qui in (0, 1, 2):
            machine.echanger(qui)
    finally:
        machine.teardown()


def _trahit(monde: Monde) -> bool:
    try:
        _jouer(monde)
    except AssertionError:
        return True
    return False


def test_sans_mutant_l_histoire_est_juste(postgresql: Postgresql) -> None:
    """La même histoire, sans rien casser, dans les deux mondes."""
    _jouer(MondeModele())
    _jouer(MondeReel(postgresql))


@pytest.mark.parametrize("choisir", [_le_dernier_gagne, _divergence_oubliee, _par_la_valeur])
def test_une_fusion_qui_perd_se_voit(choisir: Choix, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une tête manque à qui la recalcule des opérations."""
    monkeypatch.setattr(registre_modele, "fusionner", _refondre(choisir))
    assert _trahit(MondeModele())


@pytest.mark.parametrize(
    ("ou", "nom", "mutant"),
    [(receptions, "appliquer", _curseur_sans_appliquer), (Pousseur, "_envoyer", _accuser_sans_envoyer)],
)
def test_un_poste_qui_ment_se_voit(ou: Any, nom: str, mutant: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un curseur qui avance sans appliquer, un accusé sans envoi : les postes ne sont plus égaux."""
    monkeypatch.setattr(ou, nom, mutant)
    assert _trahit(MondeModele())


def test_un_registre_sans_dedoublonnage_se_voit(postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le vrai registre qui oublierait ce qu'il a reçu : une impasse, ou deux fois la même."""
    monkeypatch.setattr(operations, "_connues", lambda *_: {})
    assert _trahit(MondeReel(postgresql))
