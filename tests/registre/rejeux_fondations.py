"""Les scénarios de rejeu de l'enrôlement, des jetons, de l'administration et des référentiels."""

from __future__ import annotations

from datetime import timedelta

from outils_comptes import declaration, etat
from outils_operations import Saisie
from outils_registre import DEPART, GUICHET, TERRITOIRE, PosteDEssai, code_neuf, enrole, peupler
from outils_rejeux import Unite, scenario
from sqlalchemy import Engine, insert

from modele.dossier.codes import nouveau_code_secours, reference_courte
from modele.protocole.messages import (
    CompteDeFormation,
    ComptesDeFormation,
    DemandeDeDefi,
    EtapeComptee,
    InformationsTenues,
    PartDeCopie,
)
from registre.base.schema import compteur, perimetre
from registre.service import (
    administration,
    comptes,
    comptes_fermes,
    consultations,
    enrolement,
    formation,
    informations,
    jetons,
    parts,
    referentiels,
    reindexation,
    statistiques,
)


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


@scenario("registre.service.informations:noter")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    return lambda: informations.noter(moteur, poste.porteur, InformationsTenues({"grille": 2}), DEPART)


@scenario("registre.service.informations:postes")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    informations.noter(moteur, poste.porteur, InformationsTenues({"grille": 2}), DEPART)
    return lambda: informations.postes(moteur, TERRITOIRE)


def _un_essai(jeton: str = "ab" * 16) -> ComptesDeFormation:
    return ComptesDeFormation((CompteDeFormation("cas", "cd" * 8, jeton, (EtapeComptee("gestes", 3, 1, 0),)),))


@scenario("registre.service.formation:echanger")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    return lambda: formation.echanger(moteur, poste.porteur, _un_essai())


@scenario("registre.service.formation:du_reseau")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    formation.echanger(moteur, poste.porteur, _un_essai())
    return lambda: formation.du_reseau(moteur, TERRITOIRE)


@scenario("registre.service.statistiques:statistiques")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    enrole(moteur, PosteDEssai())
    return lambda: statistiques.statistiques(moteur, TERRITOIRE)


@scenario("registre.service.parts:deposer")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste, part = enrole(moteur, PosteDEssai()), PartDeCopie(reference_courte("x"), nouveau_code_secours())
    return lambda: parts.deposer(moteur, poste.porteur, part, DEPART)


@scenario("registre.service.parts:lister")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    parts.deposer(moteur, poste.porteur, PartDeCopie(reference_courte("x"), nouveau_code_secours()), DEPART)
    return lambda: parts.lister(moteur, TERRITOIRE, poste.id, DEPART)


@scenario("registre.service.parts:detruire")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    parts.deposer(moteur, poste.porteur, PartDeCopie(reference_courte("x"), nouveau_code_secours()), DEPART)
    return lambda: parts.detruire(moteur, DEPART + parts.DUREE)


@scenario("registre.service.reindexation:refaire_ce_qui_attend")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    Saisie(enrole(moteur, PosteDEssai()), moteur).nouveau()
    with moteur.begin() as connexion:
        connexion.execute(insert(compteur).values(territoire=TERRITOIRE, nom=reindexation.A_REFAIRE, valeur=1))
    return lambda: reindexation.refaire_ce_qui_attend(moteur)


def _avec_des_comptes(moteur: Engine) -> PosteDEssai:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    comptes.declarer(moteur, poste.porteur, declaration(poste, etat("Nora", "administrateur"), etat("Awa")), DEPART)
    return poste


@scenario("registre.service.comptes:declarer")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    poste = enrole(moteur, PosteDEssai())
    dite = declaration(poste, etat("Nora", "administrateur"), etat("Awa"))
    return lambda: comptes.declarer(moteur, poste.porteur, dite, DEPART)


@scenario("registre.service.comptes:au_nom")
def _(moteur: Engine) -> Unite:
    poste = _avec_des_comptes(moteur)
    return lambda: comptes.au_nom(moteur, poste.porteur, "Awa", DEPART).roles


@scenario("registre.service.comptes_fermes:lister")
def _(moteur: Engine) -> Unite:
    _avec_des_comptes(moteur)
    return lambda: [un.nom for un in comptes_fermes.lister(moteur, TERRITOIRE)]


@scenario("registre.service.comptes_fermes:fermer")
def _(moteur: Engine) -> Unite:
    poste = _avec_des_comptes(moteur)
    return lambda: comptes_fermes.fermer(moteur, TERRITOIRE, poste.id, "Awa", DEPART)


@scenario("registre.service.comptes_fermes:rouvrir")
def _(moteur: Engine) -> Unite:
    poste = _avec_des_comptes(moteur)
    comptes_fermes.fermer(moteur, TERRITOIRE, poste.id, "Awa", DEPART)
    return lambda: comptes_fermes.rouvrir(moteur, TERRITOIRE, poste.id, "Awa", DEPART)


@scenario("registre.service.comptes_fermes:regler_les_jours")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    return lambda: comptes_fermes.regler_les_jours(moteur, TERRITOIRE, 10)


@scenario("registre.service.comptes_fermes:jours_dits")
def _(moteur: Engine) -> Unite:
    peupler(moteur, TERRITOIRE)
    comptes_fermes.regler_les_jours(moteur, TERRITOIRE, 10)
    return lambda: comptes_fermes.jours_dits(moteur, TERRITOIRE)
