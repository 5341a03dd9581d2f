"""Ce que le registre rend : reçus et pages du journal, chacun d'un seul tenant. Dans la transaction qu'on donne."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert

from modele.coffre import (
    confirmations,
    curseurs,
    effacements,
    envois,
    miroirs,
    mises_de_cote,
    quarantaines,
    rattaches,
    schema,
    tombes,
    vues,
)
from modele.coffre.curseurs import Curseur
from modele.coffre.instants import en_utc
from modele.fusion import Issue, relire_etat, sans_ecartes
from modele.protocole.messages import Entree, Journal, PosteConnu, Recu


def noter_recus(connexion: Connection, territoire: str, recus: Sequence[Recu], quand: datetime, poste: str) -> None:
    """Garde les reçus : ce qui est pris attend sa réception, ce qui est refusé va en quarantaine.

    Un reçu déjà tenu, ou celui d'une opération d'ailleurs, est sans effet.
    """
    tenues = envois.tenues(connexion, [un.id for un in recus])
    nouveaux = [un for un in recus if un.id in tenues]
    if not nouveaux:
        return
    connexion.execute(
        insert(schema.recu).prefix_with("OR REPLACE"),
        [
            {"operation": un.id, "issue": str(un.issue), "champs": json.dumps(un.champs), "quand": en_utc(quand)}
            for un in nouveaux
        ],
    )
    refuses = [un for un in nouveaux if un.issue is Issue.REFUSEE]
    for refuse in refuses:
        quarantaines.mettre(connexion, refuse.id, refuse.code, refuse.cause, quand)
    envois.accuser(connexion, {un.id: un.sequence for un in nouveaux if un.issue is not Issue.REFUSEE})
    dossiers = envois.retirer(connexion, [un.id for un in refuses])
    # Le journal a pu être lu plus loin avant que ces reçus n'arrivent.
    dossiers |= envois.partir(connexion, curseurs.lire(connexion, territoire).jusque)
    _n_attendent_plus(connexion, dossiers, poste)


def ecarter(connexion: Connection, operation: str, code: str, cause: str, quand: datetime) -> None:
    """Met de côté une opération que le registre ne peut pas lire, et passe les suivantes dans une époque neuve.

    Son rang n'est pas consommé : l'époque où elle était ne peut plus avancer.
    """
    quarantaines.mettre(connexion, operation, code, cause, quand)
    _n_attendent_plus(connexion, envois.retirer(connexion, [operation]), "")
    envois.rechainer_l_attente(connexion)


def appliquer(connexion: Connection, territoire: str, apres: int, page: Journal, poste: str) -> bool:
    """Applique une page et avance le curseur ; faux, sans rien toucher, si elle ne suit pas ce qui est déjà lu."""
    curseur = curseurs.lire(connexion, territoire)
    if curseur.jusque != apres or curseur.poignee not in ("", page.poignee):
        return False
    revenus = envois.partir(connexion, page.jusque)
    mises_de_cote.retenir_les_titres(connexion, page.entrees)
    _recevoir(connexion, page.entrees, poste)
    _enterrer(connexion, page.entrees)
    _n_attendent_plus(connexion, revenus - {entree.dossier for entree in page.entrees}, poste)
    _retenir_les_noms(connexion, page.postes)
    curseurs.poser(connexion, territoire, Curseur(page.jusque, page.poignee))
    if not page.reste:
        # Le journal est lu jusqu'au bout : ce qu'une relecture n'a pas rendu n'est plus tenu ici.
        tombes.sortir(connexion, miroirs.non_relus(connexion, mises_de_cote.en_suspens(connexion)))
        mises_de_cote.ranger(connexion)
        confirmations.confirmer(connexion)
    return True


def relire(connexion: Connection, territoire: str) -> None:
    """Repart de zéro pour ce territoire : le miroir se refait, la boîte d'envoi n'est pas touchée."""
    curseurs.poser(connexion, territoire, Curseur(0, curseurs.lire(connexion, territoire).poignee))
    miroirs.a_relire(connexion)


def repartir(connexion: Connection, territoire: str, poignee: str, quand: datetime) -> None:
    """Le registre a changé de base (restauration) : tout se relit, et ce qu'il aurait perdu se repropose."""
    if poignee != curseurs.lire(connexion, territoire).poignee:
        # Une base qui a reculé sous la même poignée ne sait pas qu'elle a perdu quelque chose : tout se renvoie.
        mises_de_cote.mettre_de_cote(connexion)
    curseurs.poser(connexion, territoire, Curseur(0, poignee))
    miroirs.a_relire(connexion)
    envois.sonder(connexion, quand)


def remettre(connexion: Connection, territoire: str, epoque: str, rang: int, quand: datetime) -> bool:
    """Le registre n'a plus ce rang, ni la suite : ce poste les renvoie et relit tout ; faux s'il ne l'a pas non plus.

    Ses séquences ont reculé : ce qui a été lu ne dit plus jusqu'où.
    """
    if not envois.remettre(connexion, epoque, rang, quand):
        return False
    relire(connexion, territoire)
    return True


def _recevoir(connexion: Connection, entrees: Sequence[Entree], poste: str) -> None:
    # Un autre poste, un registre plus ancien ont pu garder ce qui ne s'écrit pas : cela s'arrête ici.
    # Ce qu'une personne a fait effacer ici ne revient pas, même si le registre ne l'a pas encore appris.
    effaces = effacements.effaces(connexion, {nomme for un in entrees for nomme in (un.dossier, un.rattache) if nomme})
    entrees = [un for un in entrees if un.etat is not None and effaces.isdisjoint((un.dossier, un.rattache))]
    etats = [(sans_ecartes(un.etat), un.version, un.sequence) for un in entrees if un.etat is not None]
    if etats:
        vues.montrer(connexion, {etat.dossier: relire_etat(etat) for etat, _, _ in etats}, poste)
        miroirs.garder(connexion, etats)
        rattaches.lier(connexion, {un.dossier: un.rattache for un in entrees if un.rattache})


def _enterrer(connexion: Connection, entrees: Sequence[Entree]) -> None:
    for entree in entrees:
        match entree.tombe:
            case "absorbe":
                tombes.absorber(connexion, entree.dossier, entree.absorbe_par)
            case "purge":
                tombes.purger(connexion, entree.dossier)
            case "sortie":
                tombes.sortir(connexion, [entree.dossier])


def _n_attendent_plus(connexion: Connection, dossiers: Collection[str], poste: str) -> None:
    vues.recomposer(connexion, dossiers, poste)
    for dossier in tombes.partis(connexion, dossiers):
        tombes.effacer_contenus(connexion, dossier)


def _retenir_les_noms(connexion: Connection, noms: Mapping[str, PosteConnu]) -> None:
    lignes = [{"id": poste, "nom": nom.nom, "guichet": nom.guichet} for poste, nom in noms.items()]
    if lignes:
        connexion.execute(insert(schema.poste_connu).prefix_with("OR REPLACE"), lignes)
