"""Un registre et un poste d'une version d'avant, tels qu'elle les a laissés, reprennent avec celle-ci."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outils_postgresql import Postgresql
from outils_synchro import Poste, Site
from sqlalchemy import update

from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.divergences import a_trancher
from registre.base.sauvegarde import restaurer
from registre.base.schema import poste as table_poste

EXEMPLES = Path(__file__).parent / "exemples"
SAUVEGARDES = Path(__file__).parents[2] / "registre" / "base" / "exemples"


@pytest.fixture(params=sorted(un.stem for un in SAUVEGARDES.glob("*.sauvegarde")))
def relie(request: pytest.FixtureRequest, site: Site, postgresql: Postgresql) -> Poste:
    """Le poste d'une version, dans le registre de cette version : tous deux viennent de migrer."""
    restaurer(postgresql.moteur, postgresql.adresse, SAUVEGARDES / f"{request.param}.sauvegarde", remplacer=True)
    with site.moteur.begin() as connexion:
        # La restauration n'est ici qu'un moyen : les autres postes de l'exemple sont tenus pour revenus.
        connexion.execute(update(table_poste).values(absent=False, attendu=False))
    chemin = site.dossier / f"{request.param}.perron"
    for suffixe in ("", ".cles"):
        shutil.copy(EXEMPLES / f"{request.param}-relie.perron{suffixe}", f"{chemin}{suffixe}")
    shutil.copy(EXEMPLES / f"{request.param}.paquet", site.dossier / "avant.paquet")
    poste = site.rouvrir(chemin)
    poste.coffre.echanges.regler({"registre.adresse": site.servi.adresse})
    return poste


def test_ils_reprennent_ou_ils_en_etaient(relie: Poste, site: Site) -> None:
    """Ce qui attendait part, ce qui divergeait diverge, ce qui était refusé reste à reprendre ; rien ne manque."""
    (ordinaire,) = [un.dossier for un in relie.coffre.recents(100) if un.resume.titre == "FATIHI Nadia"]
    avant = relie.coffre.lire(ordinaire)
    assert (relie.attente(), len(relie.synchro.etat().quarantaine), len(a_trancher(relie.coffre.echanges))) == (2, 1, 1)
    assert avant["rendez_vous"]["elements"]["r1"]["objet"] == "Bilan"
    relie.tour()
    assert (relie.attente(), len(relie.synchro.etat().quarantaine), len(a_trancher(relie.coffre.echanges))) == (0, 1, 1)
    assert relie.coffre.lire(ordinaire) == avant
    assert relie.coffre.verifier_chaine() == []
    assert [un.texte for un in relie.coffre.reprises()] == ["Rue des"]
    temoin = site.poste("temoin")
    temoin.tour()
    assert temoin.coffre.lire(ordinaire) == avant
    assert {un.dossier for un in temoin.coffre.recents(100)} == {un.dossier for un in relie.coffre.recents(100)}


def test_le_fichier_scelle_d_avant_se_lit(relie: Poste, site: Site) -> None:
    """Un autre poste le transmet ; le reçu revient, et le réseau revenu rien n'est doublé."""
    porteur = site.poste("porteur")
    recu = porteur.synchro.paquets.transmettre(site.dossier / "avant.paquet")
    with pytest.raises(ErreurUtilisateur, match="Écrivez un nouveau fichier"):
        relie.synchro.paquets.lire_recu(recu)
    assert relie.synchro.paquets.lire_recu(recu) == 2, "relu, il ne change plus rien"
    relie.tour()
    assert (relie.attente(), relie.coffre.verifier_chaine()) == (0, [])
    porteur.tour()
    assert {un.dossier for un in porteur.coffre.recents(100)} == {un.dossier for un in relie.coffre.recents(100)}
