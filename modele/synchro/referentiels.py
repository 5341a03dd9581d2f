"""Les données que le territoire publie : gardées seulement si le registre les a signées, et jamais à reculons."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from modele.coffre.echanges import Echanges
from modele.coffre.listes import Publie
from modele.protocole.messages import InformationsTenues, Referentiel
from modele.protocole.signatures import texte_du_referentiel, verifier
from modele.sources import CORRIGE, Recu, Sources, Surcharge, ouvrir
from modele.synchro.empechements import Classe, Empechement

if TYPE_CHECKING:
    from modele.synchro.transport import Transport


def mettre_a_jour(
    echanges: Echanges, transport: Transport, cle_registre: bytes, arrete: Callable[[], bool]
) -> list[str]:
    """Prend les versions plus neuves que celles d'ici ; rend une phrase par référentiel qui n'a pas pu être cru.

    Lève ``Empechement``.
    """
    tenues, fautes = echanges.versions_des_referentiels(), []
    for annonce in transport.referentiels():
        if arrete():
            break
        if annonce.version > tenues.get(annonce.nom, 0):
            contenu = transport.referentiel(annonce.nom, annonce.version)
            if _authentique(echanges.territoire, cle_registre, annonce, contenu):
                echanges.garder_referentiel(Publie(annonce.nom, annonce.version, contenu), annonce.signature)
            else:
                fautes.append(
                    f"Le référentiel « {annonce.nom} » n'est pas signé par le registre : il n'a pas été gardé, "
                    "l'ancien reste en vigueur. Prévenez l'administrateur du registre."
                )
    _dire(echanges, transport)
    return fautes


def _dire(echanges: Echanges, transport: Transport) -> None:
    """Dit au registre ce que ce poste tient désormais ; un registre d'avant ne sait pas l'entendre."""
    try:
        transport.dire_les_versions(InformationsTenues(echanges.versions_des_referentiels()))
    except Empechement as empechement:
        if empechement.classe is not Classe.REFUS:
            raise


def versions_des_paquets(echanges: Echanges) -> dict[str, int]:
    """La version tenue ici de chaque paquet (fiche, territoire, droit, langue) : si elle change, tout se recharge."""
    genres = ouvrir().natures.genres
    tenues = echanges.versions_des_referentiels()
    return {nom: version for nom, version in tenues.items() if nom.partition(".")[0] in genres}


def sources_du_poste(echanges: Echanges, surcharges: Iterable[Surcharge] = ()) -> Sources:
    """Ce que Perron livre, ce que le registre a publié et ce que la structure a modifié (``surcharges``).

    Ce qui est gardé ici a été vérifié à la réception : signé par le registre du territoire.
    """
    publies = filter(None, map(echanges.referentiel, versions_des_paquets(echanges)))
    recus = [Recu(publie.nom, publie.version, publie.contenu) for publie in publies]
    return ouvrir(recus=recus, surcharges=surcharges, verifier=verifier)


def modifications_depassees(echanges: Echanges, surcharges: Iterable[Surcharge]) -> list[Surcharge]:
    """Ce que la structure a écrit, et à la place de quoi une correction urgente sert."""
    siennes = list(surcharges)
    sources = sources_du_poste(echanges, siennes)
    depassees = {ecart.chemin for ecart in sources.ecarts if ecart.message == CORRIGE}
    return [une for une in siennes if sources.natures.situer(une) in depassees]


def _authentique(territoire: str, cle: bytes, annonce: Referentiel, contenu: bytes) -> bool:
    empreinte = hashlib.sha256(contenu).hexdigest()
    annoncee = len(contenu) == annonce.taille and hmac.compare_digest(empreinte, annonce.sha256)
    texte = texte_du_referentiel(territoire, annonce.nom, annonce.version, contenu)
    return annoncee and verifier(cle, annonce.signature, texte)
