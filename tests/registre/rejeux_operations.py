"""Les scénarios de rejeu des échanges : réception, journal, périmètre, doublons, numéros, paquets, purge."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
from outils_operations import BENALI, Saisie
from outils_registre import ANNEXE, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from outils_rejeux import Unite, scenario
from sqlalchemy import Engine, delete, select, update

from modele.fusion import EtatEcrit
from modele.protocole.messages import (
    DemandeDeNumero,
    Ecart,
    MiroirPropose,
    Ouverture,
    Paquet,
    PersonneCherchee,
    Reprise,
    Sortie,
    octets,
)
from modele.protocole.scellement import sceller
from registre.base.reprise import ouvrir_la_reprise
from registre.base.schema import dossier, lignee, personne, terme, territoire
from registre.base.schema import perimetre as perimetre_tenu
from registre.service import (
    doublons,
    empreinte,
    essais,
    journal,
    numeros,
    operations,
    paquets,
    perimetre,
    purge,
    reprises,
)
from registre.service.journal import lire_page

DISCRET = {**BENALI, "protection": {"discret": True}}


def _saisie(moteur: Engine) -> Saisie:
    peupler(moteur, TERRITOIRE)
    return Saisie(enrole(moteur, PosteDEssai(roles=("agent", "social"))), moteur)


# Sa demande est notée, confirmée par un autre, et deux jours ont passé.
A_LEVER = {
    "protection": {
        "discret": True,
        "levee_demande": "relogée",
        "levee_demandee_par": "Léa Blanc",
        "levee_confirmee_par": "Paul Roy",
        "levee_confirmee_le": "2020-01-01T00:00:00+00:00",
    }
}


@scenario("registre.service.operations:recevoir")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    creations = [saisie.creer(un) for un in (BENALI, BENALI, DISCRET | A_LEVER, BENALI)]
    saisie.envoyer(*creations)
    saisie.lire()
    survivant, absorbe, discret, tenu = (creation.entete.dossier for creation in creations)
    saisie.envoyer(*(saisie.rattacher(un, {"objet": "Bilan"}) for un in (absorbe, discret, tenu)))
    levee = {"protection.discret": False, "protection.levee_motif": "relogée"}
    lot = saisie.lot(
        saisie.creer({**BENALI, "demande": {"numero_unique": "123"}}),
        saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()}),
        saisie.poser(discret, levee),
        saisie.poser(tenu, {"protection.discret": True}),
        saisie.rattacher(tenu, {"objet": "Suite"}),
        saisie.poser(saisie.poste.id, {"contact.langue": "hors du périmètre"}),
    )

    def mener() -> list[str]:
        return [recu.issue for recu in operations.recevoir(moteur, saisie.poste.porteur, lot, DEPART).issues]

    return mener


@scenario("registre.service.journal:lire_page")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    survivant, absorbe = saisie.nouveau(), saisie.nouveau()
    saisie.recu(saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()}))
    # La première lecture depuis une restauration : le poste est revenu, et cela s'écrit.
    attendu, poignee = replace(saisie.poste.porteur, attendu=True), saisie.lire().poignee
    return lambda: len(journal.lire_page(moteur, attendu, 0, 10, poignee, DEPART).entrees)


@scenario("registre.service.reprises:reprendre")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    saisie.nouveau()
    saisie.nouveau(DISCRET)
    entrees = lire_page(moteur, saisie.poste.porteur, 0, 10, "", DEPART).entrees
    with moteur.begin() as connexion:
        ouvrir_la_reprise(connexion, DEPART)
        # La sauvegarde ne connaissait ni l'un ni l'autre.
        connexion.execute(update(lignee).values(sequence=0))
        for table in (dossier, perimetre_tenu, personne, terme):
            connexion.execute(delete(table))
        poignee = connexion.execute(select(territoire.c.poignee)).scalar_one()
    miroirs = [MiroirPropose(un.titre, msgspec.json.decode(un.etat, type=EtatEcrit)) for un in entrees if un.etat]
    return lambda: reprises.reprendre(moteur, saisie.poste.porteur, Reprise(poignee, miroirs), DEPART).sorts


@scenario("registre.service.empreinte:prendre_l_empreinte")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    saisie.nouveau()
    return lambda: empreinte.prendre_l_empreinte(moteur, saisie.poste.porteur).nombre


@scenario("registre.service.perimetre:ouvrir")
def _(moteur: Engine) -> Unite:
    dossier = _saisie(moteur).nouveau()
    annexe = enrole(moteur, PosteDEssai("Annexe", guichet=ANNEXE))
    demande = Ouverture(dossier, "elle vient ici", "agent")
    return lambda: perimetre.ouvrir(moteur, annexe.porteur, demande, DEPART)


@scenario("registre.service.perimetre:sortir")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    demande = Sortie(saisie.nouveau(), "agent")
    return lambda: perimetre.sortir(moteur, saisie.poste.porteur, demande, DEPART)


@scenario("registre.service.doublons:chercher")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    cherchee = PersonneCherchee("BEN ALI", "Nadia", "1984-03-12", numero="1", sauf=saisie.nouveau())
    saisie.nouveau()
    return lambda: len(doublons.chercher(moteur, saisie.poste.porteur, cherchee, DEPART))


@scenario("registre.service.doublons:ecarter")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    ecart = Ecart(saisie.nouveau(), saisie.nouveau(), "agent")
    return lambda: doublons.ecarter(moteur, saisie.poste.porteur, ecart, DEPART).agent


@scenario("registre.service.numeros:donner")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    saisie.nouveau({**BENALI, "demande": {"numero_unique": "EXEMPLE1126000001"}})
    demande = DemandeDeNumero(saisie.nouveau(), "agent")
    return lambda: numeros.donner(moteur, saisie.poste.porteur, demande, DEPART)


@scenario("registre.service.paquets:recevoir_paquet")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    assert saisie.poste.enrole is not None
    paquet = Paquet(TERRITOIRE, saisie.poste.id, 1, saisie.lot(saisie.creer()).operations)
    scelle = sceller(saisie.poste.enrole.scellement_registre, octets(paquet))
    return lambda: paquets.recevoir_paquet(moteur, saisie.poste.porteur, scelle, DEPART)


@scenario("registre.service.purge:purger")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    survivant, absorbe = saisie.nouveau({**BENALI, "demande": {"numero_unique": "123"}}), saisie.nouveau()
    saisie.recu(saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()}))
    return lambda: purge.purger(moteur, TERRITOIRE, survivant)


@scenario("registre.service.essais:effacer_les_echus")
def _(moteur: Engine) -> Unite:
    saisie = _saisie(moteur)
    saisie.recu(saisie.creer({"par": "Nora", "motif": "reçue seule"}, genre="essai"))
    return lambda: essais.effacer_les_echus(moteur, DEPART + timedelta(days=400))
