"""Écrit un registre et un poste qui lui est relié, tels que cette version les laisse ; à la main, une fois par version.

``PYTHONPATH=. python tests/modele/synchro/fabriquer_exemples.py VERSION`` : ``VERSION`` nomme ce qui est écrit.
Le registre est une vraie sauvegarde (``registre sauvegarder``) ; le poste, son coffre fermé et un fichier scellé.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ICI = Path(__file__).parent
sys.path[:0] = [str(ICI.parents[1] / "registre"), str(ICI.parent / "coffre"), str(ICI)]

from outils_coffre import AGENT, sans_mur  # noqa: E402
from outils_http import servie  # noqa: E402
from outils_postgresql import DEBIAN, Postgresql  # noqa: E402
from outils_registre import ANNEXE, TERRITOIRE, Horloge  # noqa: E402
from outils_synchro import NADIA, SANS_LIMITES, Poste, Site, copier  # noqa: E402

from modele.droits import Auteur  # noqa: E402
from modele.synchro.divergences import a_trancher  # noqa: E402
from registre.base.sauvegarde import sauvegarder  # noqa: E402
from registre.http.application import creer_application  # noqa: E402
from registre.http.contexte import Registre  # noqa: E402
from registre.service.purge import purger  # noqa: E402
from registre.service.referentiels import publier  # noqa: E402

A_DEUX = {"codemandeur": {"nom": "Roux", "prenoms": "Marc", "date_naissance": "1988-02-10"}}
RENDEZ_VOUS = {"elements": {"r1": {"date": "2026-12-03", "heure": "14:30", "objet": "Bilan"}}, "ordre": ["r1"]}
COFFRE = ICI / "exemples"
BASE = ICI.parents[1] / "registre" / "base" / "exemples"


def fabriquer(version: str) -> None:
    """Écrit ``version.sauvegarde``, ``version-relie.perron`` et ``version.paquet``."""
    # Une sauvegarde du plus ancien PostgreSQL éprouvé se remet aussi dans les suivants.
    postgresql = Postgresql(DEBIAN)
    horloge = Horloge()
    try:
        with (
            servie(creer_application(Registre(postgresql.moteur, horloge, SANS_LIMITES))) as servi,
            tempfile.TemporaryDirectory(prefix="perron-exemples-") as dossier,
        ):
            site = Site(postgresql.moteur, Path(dossier), servi, horloge)
            un = _peupler(site)
            for vers in COFFRE.glob(f"{version}-relie.perron*"):
                vers.unlink()
            copier(un, COFFRE / f"{version}-relie.perron")
            un.synchro.paquets.ecrire(COFFRE / f"{version}.paquet")
            site.fermer()
        sauvegarder(postgresql.moteur, postgresql.adresse, BASE / f"{version}.sauvegarde")
    finally:
        postgresql.fermer()


def _peupler(site: Site) -> Poste:
    un, deux = site.poste("un"), site.poste("deux", roles=("agent", "social"))
    annexe = site.poste("annexe", guichet=ANNEXE)
    publier(site.moteur, TERRITOIRE, "lieux", b"[]", site.horloge())
    ordinaire = un.creer(NADIA | {"rendez_vous": RENDEZ_VOUS})
    commun = un.creer({"demandeur": {"nom": "Morel", "prenoms": "Ana"}} | A_DEUX)
    purge = un.creer({"demandeur": {"nom": "Purge", "prenoms": "Paul"}})
    survivant, absorbe = (un.creer({"demandeur": {"nom": "Diallo", "prenoms": "Awa"}}) for _ in range(2))
    un.tour()
    deux.tour()
    discret = deux.creer({"demandeur": {"nom": "Secrète", "prenoms": "Sara"}, "protection": {"discret": True}})
    un.poser(ordinaire, contact__telephone="06 39 98 01 01")
    deux.poser(ordinaire, contact__telephone="06 39 98 02 02")
    un.synchro.doublons.fondre(survivant, absorbe, Auteur(AGENT))
    un.synchro.doublons.ecarter(ordinaire, commun, AGENT)
    annexe.synchro.guichets.ouvrir(ordinaire, "La personne est venue ici", AGENT)
    un.synchro.guichets.numero_d_exemple(ordinaire, Auteur(AGENT))
    with sans_mur():
        un.poser(commun, triage__peur_au_domicile=True)
    purger(site.moteur, TERRITOIRE, purge)
    for poste in (un, deux, annexe, un, deux):
        poste.tour()
    assert deux.coffre.lire(discret)["protection"]["discret"] is True
    assert len(a_trancher(un.coffre.echanges)) == len(un.synchro.etat().quarantaine) == 1
    un.poser(ordinaire, demande__precisions="saisie d'avant la mise à jour")
    un.creer({"demandeur": {"nom": "Neuve", "prenoms": "Nour"}})
    un.coffre.brouillon(ordinaire, "contact.adresse_courrier", "Rue des")
    return un


if __name__ == "__main__":
    fabriquer(sys.argv[1])
