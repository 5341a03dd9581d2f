"""Démarrer le registre : la prise, la base, le premier territoire, le TLS, puis servir jusqu'au signal d'arrêt."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from modele.genres import livres
from modele.regles.fautes import ErreurUtilisateur
from registre import tls
from registre.base import interruption
from registre.horloge import maintenant
from registre.http import traces
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.http.etat import Machine
from registre.http.metriques import Metriques
from registre.ouverture import Ouverte, Service, base_ouverte, retenir_service
from registre.prises import Portier, relever_les_descripteurs
from registre.serveur import Certificat, creer_serveur, ouvrir_prise, servir
from registre.service import essais, parts
from registre.service.administration import creer_code, creer_guichet, creer_territoire, exiger_identifiant
from registre.service.codes import invitation
from registre.service.mentions import a_l_essai
from registre.service.reindexation import refaire_ce_qui_attend
from registre.veille import GardeDeBase, GardeDesDurees, GardeDuCertificat, Veille

PREMIER_GUICHET: Final = "accueil"
DUREE_DU_CODE: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Reglages:
    """Ce que la ligne de commande a dit. ``hote`` vide : toutes les adresses, ou la boucle locale sans TLS."""

    donnees: Path
    base: str | None
    port: int
    hote: str
    adresse: str
    territoire: str
    nom: str
    sans_tls: bool
    metriques_ouvertes: bool = False


def demarrer(reglages: Reglages) -> None:
    """Sert jusqu'à l'arrêt demandé. Lève ``ErreurUtilisateur``."""
    hote = reglages.hote or ("127.0.0.1" if reglages.sans_tls else "0.0.0.0")
    if reglages.sans_tls and not _boucle_locale(hote):
        raise ErreurUtilisateur(
            f"Sans TLS, le registre n'écoute que sur cette machine, pas sur {hote} : tout passerait en clair. "
            "Retirez --sans-tls, ou --hote."
        )
    if reglages.territoire:
        # Un nom refusé ne laisse pas une base vide derrière lui.
        exiger_identifiant(reglages.territoire, "territoire")
    metriques = Metriques()
    with (
        closing(ouvrir_prise(hote, reglages.port)) as prise,
        base_ouverte(
            reglages.donnees, reglages.base, seule=True, creer=True, au_rejeu=metriques.compter_rejeu
        ) as ouverte,
    ):
        identite = None if reglages.sans_tls else _identite(reglages)
        service = _service(reglages, prise, identite)
        _annoncer(reglages, service, identite)
        _premier_territoire(ouverte.moteur, reglages, service, identite)
        _refaire_l_index(ouverte.moteur)
        _dire_l_essai(ouverte.moteur)
        traces.configurer()
        _servir(reglages, ouverte, prise, identite, metriques)
    print("Registre arrêté.", flush=True)


def _servir(
    reglages: Reglages, ouverte: Ouverte, prise: socket.socket, identite: tls.Tls | None, metriques: Metriques
) -> None:
    """Sert, et veille sur PostgreSQL et le certificat. Lève ``ErreurUtilisateur`` si PostgreSQL ne se relance plus."""
    portier = Portier(metriques, relever_les_descripteurs())
    registre = Registre(
        ouverte.moteur,
        metriques=metriques,
        autorite=identite.autorite.public if identite else None,
        machine=Machine(reglages.donnees, ouverte.grappe is not None, identite is not None, portier.compter),
        metriques_ouvertes=reglages.metriques_ouvertes,
    )
    certificat = Certificat(identite.fichier, identite.fichier) if identite else None
    interrompre = interruption.Occupees(ouverte.moteur).interrompre
    serveur = creer_serveur(creer_application(registre), certificat, portier, interrompre)
    veille = Veille(serveur.arreter)
    # Avant la première réponse : une sauvegarde remise ramène des parts qui n'ont plus à vivre.
    parts.detruire(ouverte.moteur, maintenant())
    essais.effacer_les_echus(ouverte.moteur, maintenant())
    for quoi, effacer in (("parts de copies", parts.detruire), ("essais seul à seul", essais.effacer_les_echus)):
        veille.confier(GardeDesDurees(quoi, partial(_a_cette_heure, effacer, ouverte.moteur)), chaque_s=3600)
    if ouverte.grappe is not None:
        veille.confier(GardeDeBase(ouverte.grappe, metriques, veille.dormir), chaque_s=1)
    garde = GardeDuCertificat(certificat, lambda: _identite(reglages), serveur.recharger) if certificat else None
    if garde is not None:
        veille.confier(garde, chaque_s=5)
    with veille:
        servir(serveur, prise, garde.forcer if garde else None)
    if veille.chute is not None:
        raise veille.chute


def _a_cette_heure(effacer: Callable[[Engine, datetime], int], moteur: Engine) -> int:
    return effacer(moteur, maintenant())


def _boucle_locale(hote: str) -> bool:
    try:
        return ipaddress.ip_address(hote).is_loopback
    except ValueError:
        return hote == "localhost"


def _identite(reglages: Reglages) -> tls.Tls:
    noms = tls.noms_de_la_machine()
    if reglages.adresse:
        if not tls.nom_valable(reglages.adresse):
            raise ErreurUtilisateur(f"--adresse : « {reglages.adresse} » n'est ni un nom de machine, ni une adresse.")
        noms = [reglages.adresse, *noms]
    return tls.preparer(reglages.donnees, list(dict.fromkeys(noms)), maintenant())


def _service(reglages: Reglages, prise: socket.socket, identite: tls.Tls | None) -> Service:
    port = prise.getsockname()[1]
    if identite is None:
        service = Service(f"http://127.0.0.1:{port}")
    else:
        service = Service(f"{reglages.adresse or tls.adresse_locale() or socket.gethostname()}:{port}")
    retenir_service(reglages.donnees, service)
    return service


def _annoncer(reglages: Reglages, service: Service, identite: tls.Tls | None) -> None:
    ou = "base externe" if reglages.base else f"données : {reglages.donnees}"
    print(f"Registre ouvert : {'https://' if identite else ''}{service.adresse} ({ou})", flush=True)
    if identite:
        print(f"Empreinte de l'autorité : {identite.autorite.empreinte}", flush=True)


def _refaire_l_index(moteur: Engine) -> None:
    """Une base d'avant : personne ne s'y cherche tant que son index n'est pas celui de ce registre."""
    if relus := refaire_ce_qui_attend(moteur):
        print(f"Index des personnes refait : {relus} objets relus.", flush=True)


def _dire_l_essai(moteur: Engine) -> None:
    """De vraies personnes n'entrent ici qu'une fois inscrit qui répond de leurs données."""
    if essai := a_l_essai(moteur):
        print(
            f"Essai, données fictives ({', '.join(essai)}) : inscrivez qui répond des données avant le premier vrai "
            "dossier (python -m registre inscrire-mentions).",
            flush=True,
        )


def _premier_territoire(moteur: Engine, reglages: Reglages, service: Service, identite: tls.Tls | None) -> None:
    """Crée le territoire demandé s'il manque, son guichet, et un premier code pour y entrer."""
    if not reglages.territoire:
        return
    quand = maintenant()
    if creer_territoire(moteur, reglages.territoire, reglages.nom or reglages.territoire, quand):
        creer_guichet(moteur, reglages.territoire, PREMIER_GUICHET, "Accueil")
        roles = livres().droits.sans_registre
        code = creer_code(moteur, reglages.territoire, PREMIER_GUICHET, roles, DUREE_DU_CODE, quand)
        print("Premier code d'enrôlement, à usage unique, valable trois jours :", flush=True)
        print(invitation(service.adresse, code, identite.autorite.empreinte if identite else ""), flush=True)
