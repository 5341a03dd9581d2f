"""Un dossier supprimé avant d'être parti ne part jamais, ne bloque pas les autres, et part s'il est rendu."""

from __future__ import annotations

import pytest
from outils_coffre import AGENT
from outils_synchro import NADIA, Site

from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
ROUX = {"demandeur": {"nom": "Roux", "prenoms": "Kévin"}}


@pytest.mark.parametrize("rang", [0, 1, 2], ids=["le premier", "un du milieu", "le dernier"])
def test_les_autres_partent_sans_lui(site: Site, rang: int) -> None:
    """Le rang qu'il laisse vide n'arrête rien ; rendu, il part à son tour, entier."""
    un, autre = site.poste("un"), site.poste("deux")
    dossiers = [un.creer(NADIA if place != rang else ROUX) for place in range(3)]
    un.poser(dossiers[rang], contact__telephone="06 12 34 56 78")
    un.coffre.supprimer(dossiers[rang], Raison.DOUBLE, "déjà reçu hier", NORA)
    un.tour()
    assert un.attente() == 0
    autre.tour()
    assert {une.dossier for une in autre.coffre.recents()} == set(dossiers) - {dossiers[rang]}
    un.coffre.rendre(dossiers[rang], NORA)
    un.tour()
    autre.tour()
    assert un.attente() == 0
    assert autre.coffre.lire(dossiers[rang])["contact"]["telephone"] == "0612345678"
    assert un.coffre.verifier_chaine() == []
    with pytest.raises(ErreurUtilisateur, match="chez eux"):
        un.coffre.supprimer(dossiers[rang], Raison.DOUBLE, "encore", NORA)


def test_supprime_pendant_l_envoi(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le lot est lu, l'agent supprime, le lot part : sans lui."""
    un, autre = site.poste("un"), site.poste("deux")
    garde, parti = un.creer(NADIA), un.creer(ROUX)
    noter = un.coffre.echanges.noter_essai

    def supprimer_puis_noter(operations: list[str]) -> bool:
        monkeypatch.undo()
        un.coffre.supprimer(parti, Raison.ESSAI, "un exercice", NORA)
        return noter(operations)

    monkeypatch.setattr(un.coffre.echanges, "noter_essai", supprimer_puis_noter)
    un.tour()
    autre.tour()
    assert [une.dossier for une in autre.coffre.recents()] == [garde]
    assert [une.dossier for une in un.coffre.supprimes()] == [parti]
