"""Les scénarios de rejeu de l'enrôlement, des jetons, de l'administration et des référentiels."""

from __future__ import annotations

from datetime import timedelta

from outils_registre import DEPART, GUICHET, TERRITOIRE, PosteDEssai, code_neuf, enrole, peupler
from outils_rejeux import Unite, scenario
from sqlalchemy import Engine, insert

from modele.protocole.messages import DemandeDeDefi
from registre.base.schema import perimetre
from registre.service import administration, consultations, enrolement, jetons, referentiels, statistiques


@scenario("registre.service.administration:creer_territoire")
def _(moteur: Engine) -> Unite:
    return lambda: administration.creer_territoire(moteur, TERRITOIRE, "Métropole", DEPART)


@scenario("registre.service.administration:creer_guichet")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: administration.creer_guichet(moteur, TERRITOIRE, "nouveau", "Nouveau")


@scenario("registre.service.administration:creer_code")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: administration.creer_code(moteur, TERRITOIRE, GUICHET, ["agent"], timedelta(hours=1), DEPART)


@scenario("registre.service.administration:postes")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    enrole(moteur, PosteDEssai())
    return lambda: administration.postes(moteur, TERRITOIRE)


@scenario("registre.service.administration:revoquer")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    return lambda: administration.revoquer(moteur, TERRITOIRE, poste.id, DEPART).revoque_le


@scenario("registre.service.administration:territoires")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: administration.territoires(moteur)


@scenario("registre.service.enrolement:enroler")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = PosteDEssai()
    demande = poste.demande(code_neuf(moteur, poste))
    return lambda: enrolement.enroler(moteur, demande, DEPART).guichet


@scenario("registre.service.jetons:donner_defi")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: jetons.donner_defi(moteur, DemandeDeDefi(TERRITOIRE, "p"), DEPART).instant


@scenario("registre.service.jetons:donner_jeton")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    reponse = poste.reponse(jetons.donner_defi(moteur, DemandeDeDefi(TERRITOIRE, poste.id), DEPART).defi)
    return lambda: jetons.donner_jeton(moteur, reponse, DEPART).expire_dans_s


@scenario("registre.service.jetons:reconnaitre")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    jeton = enrole(moteur, PosteDEssai()).jeton(moteur)
    return lambda: jetons.reconnaitre(moteur, jeton, DEPART).guichet


@scenario("registre.service.consultations:consultations")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    with moteur.begin() as connexion:
        tenu = {"territoire": TERRITOIRE, "poste": poste.id, "dossier": "d", "sequence": 1, "sorti": False}
        connexion.execute(insert(perimetre).values(tenu))
    return lambda: consultations.consultations(moteur, poste.porteur, "d", "agent", DEPART)


@scenario("registre.service.referentiels:publier")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: referentiels.publier(moteur, TERRITOIRE, "grille", b"{}", DEPART).version


@scenario("registre.service.referentiels:lister")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    referentiels.publier(moteur, TERRITOIRE, "grille", b"{}", DEPART)
    return lambda: referentiels.lister(moteur, TERRITOIRE)


@scenario("registre.service.referentiels:lire")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    referentiels.publier(moteur, TERRITOIRE, "grille", b"{}", DEPART)
    return lambda: referentiels.lire(moteur, TERRITOIRE, "grille", 1)


@scenario("registre.service.statistiques:statistiques")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    enrole(moteur, PosteDEssai())
    return lambda: statistiques.statistiques(moteur, TERRITOIRE)
