"""Qui répond des données d'un territoire : inscrit par l'exploitant, publié signé. Sans cela, il est à l'essai."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from modele.protocole.messages import Referentiel
from modele.territoire.mentions import NOM, ecrire_mentions, lire_fichier
from registre.service.administration import territoires
from registre.service.referentiels import lister, publier


def inscrire(moteur: Engine, ou: str, fichier: Path, maintenant: datetime) -> Referentiel:
    """Lit et publie. Lève ``FichierFautif`` (toutes les fautes du fichier à la fois) ou ``ErreurUtilisateur``."""
    return publier(moteur, ou, NOM, ecrire_mentions(lire_fichier(fichier, maintenant.date())), maintenant)


def a_l_essai(moteur: Engine) -> list[str]:
    """Les territoires dont rien n'est inscrit."""
    return [un for un in territoires(moteur) if NOM not in {publie.nom for publie in lister(moteur, un)}]
