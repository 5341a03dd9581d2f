"""Les droits d'une personne, de poste en poste : le gel suit son dossier, l'effacement l'ôte de partout."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT, seul_a_seul
from outils_pages import en_clair
from outils_synchro import NADIA, Poste, Site
from sqlalchemy import select

from modele.coffre import effacements
from modele.dossier.droits_personnes import PERSONNE, Droit
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from registre.base import schema

MOI = Auteur(AGENT)
MARQUE = {**NADIA, "contact": {"telephone": "0612345678"}, "demande": {"precisions": "XYLOPHONE"}}
TRACES = (b"XYLOPHONE", b"0612345678", b"612345678", b"Fatihi", b"FATIHI", b"fatihi", b"19840312", b"1984-03-12")


def _deux(site: Site) -> tuple[Poste, Poste, str]:
    un, autre = site.poste("un", roles=("agent", "social")), site.poste("autre")
    dossier = un.creer(MARQUE)
    un.tour()
    autre.tour()
    return un, autre, dossier


def _effacer(poste: Poste, dossier: str) -> None:
    poste.coffre.droits.effacer(poste.coffre.droits.noter(dossier, Droit.EFFACEMENT, PERSONNE, MOI), MOI)


def _au_registre(site: Site) -> list[str]:
    with site.moteur.connect() as connexion:
        return [
            table.name
            for table in schema.metadonnees.sorted_tables
            for ligne in connexion.execute(select(table))
            if "XYLOPHONE" in repr(ligne) or "FATIHI" in repr(ligne).upper()
        ]


def _traces(poste: Poste, chemin: Path) -> list[bytes]:
    clair = en_clair(poste.coffre, chemin)
    return [trace for trace in TRACES if trace in clair]


def test_l_effacement_atteint_registre_et_autre_poste(site: Site) -> None:
    """Un tour de chacun : rien au registre, rien à l'écran de l'autre ; rouvert, rien dans son fichier."""
    un, autre, dossier = _deux(site)
    autre.coffre.brouillon(dossier, "contact.courriel", "XYLOPHONE@exemple.fr")
    assert _au_registre(site) != []
    _effacer(un, dossier)
    assert _traces(un, un.coffre.chemin) == []
    un.tour()
    assert _au_registre(site) == []
    assert un.attente() == 0
    autre.tour()
    un.tour()
    assert autre.coffre.recents() == autre.coffre.reprises() == []
    assert seul_a_seul(autre.coffre, "fatihi nadia 12/03/1984") == []
    for poste in (un, autre):
        with pytest.raises(ErreurUtilisateur, match="effacé"):
            poste.coffre.lire(dossier)
        assert poste.coffre.verifier_chaine() == []
    chemin = autre.coffre.chemin
    autre.fermer()
    rouvert = site.rouvrir(chemin)
    assert _traces(rouvert, chemin) == []
    assert [preuve.dossier for preuve in un.coffre.droits.preuves()] == [dossier]
    assert not un.synchro.etat().quarantaine


def test_une_demande_jamais_partie_s_efface_avec_son_dossier(site: Site) -> None:
    """Les saisies qui attendaient ne partent plus ; le rang qu'elles laissent vide n'arrête pas l'envoi."""
    un, autre, dossier = _deux(site)
    un.poser(dossier, demande__precisions="XYLOPHONE, encore")
    garde = un.creer(NADIA | {"demandeur": {"nom": "MOREAU", "prenoms": "Karim"}})
    _effacer(un, dossier)
    un.tour()
    autre.tour()
    assert _au_registre(site) == []
    assert [recent.dossier for recent in autre.coffre.recents()] == [garde]
    assert un.attente() == 0


def test_ce_qu_un_autre_ecrit_entre_temps_ne_le_ramene_pas(site: Site) -> None:
    """L'autre a écrit avant de savoir : le poste qui efface reçoit sans rien montrer, puis l'ordre passe."""
    un, autre, dossier = _deux(site)
    autre.poser(dossier, demande__precisions="XYLOPHONE, de l'autre")
    autre.tour()
    _effacer(un, dossier)
    with un.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    assert un.coffre.recents() == []
    assert _traces(un, un.coffre.chemin) == []
    un.tour()
    autre.tour()
    assert _au_registre(site) == []
    assert autre.coffre.recents() == []


def test_le_mutant_qui_le_ramene(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la garde, la réception le rendrait à l'écran."""
    un, autre, dossier = _deux(site)
    autre.poser(dossier, demande__precisions="XYLOPHONE, de l'autre")
    autre.tour()
    _effacer(un, dossier)
    monkeypatch.setattr(effacements, "effaces", lambda *_: set())
    with un.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    assert len(un.coffre.recents()) == 1


def test_le_gel_suit_le_dossier(site: Site) -> None:
    """Gelé ici, gelé là-bas ; levé là-bas, levé ici."""
    un, autre, dossier = _deux(site)
    un.coffre.droits.noter(dossier, Droit.LIMITATION, PERSONNE, MOI)
    un.tour()
    autre.tour()
    assert autre.coffre.droits.gele(dossier)
    with pytest.raises(ErreurUtilisateur, match="gelé"):
        autre.poser(dossier, demande__precisions="x")
    autre.coffre.droits.lever(dossier, MOI)
    autre.tour()
    un.tour()
    assert not un.coffre.droits.gele(dossier)
    un.poser(dossier, demande__precisions="x")
