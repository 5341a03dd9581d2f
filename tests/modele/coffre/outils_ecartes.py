"""Toutes les lectures d'un coffre, et une situation où chacune montre quelque chose d'un dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from outils_coffre import AGENT, COUT, creer

from modele.attributions.classement.tenue import Ligne
from modele.coffre import Coffre
from modele.coffre.agenda import Agenda, Choix
from modele.coffre.candidats import Candidats, Logement
from modele.coffre.conference import Conferences
from modele.coffre.contingents import Contingents
from modele.coffre.droits import Droits
from modele.coffre.ecarts import Ecarts
from modele.coffre.echanges import Echanges
from modele.coffre.evitements import Evitements
from modele.coffre.file_du_jour import FileDuJour
from modele.coffre.gerance import Comptes
from modele.coffre.informations import Informations
from modele.coffre.levees import Levees
from modele.coffre.listes import Filtre, InformationTenue, Semblable, Tri, Voulu
from modele.coffre.memes import Memes
from modele.coffre.porte_discrete import Porte
from modele.coffre.portee import Portees
from modele.coffre.rapports import Rapports
from modele.coffre.remises import Remises
from modele.coffre.seances import Seances
from modele.coffre.taches import Taches
from modele.dossier.codes import reference_courte
from modele.dossier.dates_tenues import DateTenue, Nature
from modele.dossier.droits_personnes import PERSONNE, Droit
from modele.dossier.retours import Retours
from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.fusion import Issue
from modele.protocole.messages import Recu
from modele.rendez_vous import Creneau
from modele.sources import Urgence

NORA, LEO, PAUL = Auteur(AGENT), Auteur("Léo Blanc"), Auteur("Paul Roy")
DE_LEO: Final = "cinq mots sans aucun lien"
MIDI: Final = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
JOUR: Final = MIDI.date()
DEMAIN: Final = JOUR + timedelta(1)
RENDEZ_VOUS: Final = Choix(Creneau(DEMAIN, 840, 30, "poste-1"))
A_REPORTER: Final = DateTenue(Nature.REPONSE, "reponse:s", JOUR)
SOUS: Final = "regles"
LOGEMENT: Final = Logement("M-1", "123456782")
MOTIF: Final = "reçue seule, référence perdue"
FACADES: Final = {
    "": Coffre,
    "echanges": Echanges,
    "porte": Porte,
    "droits": Droits,
    "levees": Levees,
    "comptes": Comptes,
    "memes": Memes,
    "ecarts": Ecarts,
    "portee": Portees,
    "informations": Informations,
    "rapports": Rapports,
    "remises": Remises,
    "agenda": Agenda,
    "evitements": Evitements,
    "file": FileDuJour,
    "taches": Taches,
    "contingents": Contingents,
    "conference": Conferences,
    "candidats": Candidats,
    "seances": Seances,
}


@dataclass(frozen=True)
class Situation:
    """Un coffre, tenu par Nora, où Léo voit tout ; ``caches`` : les dossiers dont il sera écarté."""

    coffre: Coffre
    secret: str
    autre: str
    discret: str
    supprime: str
    sans_nom: str
    refusee: str
    fondu: str

    @property
    def caches(self) -> tuple[str, ...]:
        """Ceux dont Léo ne doit plus rien trouver."""
        return self.secret, self.discret, self.supprime, self.sans_nom

    def traces(self) -> tuple[str, ...]:
        """Ce qui, dans une réponse, dirait l'un d'eux."""
        return (*self.caches, *map(reference_courte, self.caches), "Diallo")

    def en_leo(self) -> Coffre:
        """Le même coffre, ouvert par Léo, le lendemain."""
        ouvert = Coffre.ouvrir(self.coffre.chemin, DE_LEO, LEO.nom, cout=COUT)
        ouvert._horloge = lambda: MIDI + timedelta(days=1)
        return ouvert

    def ecarter(self, par: Auteur = NORA) -> None:
        """Léo n'ouvre plus jamais aucun d'eux ; ils sont tenus là par la personne, ou supprimés ensuite."""
        self.coffre.rendre(self.supprime, par)
        for cache in self.caches:
            self.coffre.ecarts.ecarter(cache, par, agent=LEO.nom)
        self.coffre.supprimer(self.supprime, Raison.DOUBLE, "deux fois", par)


def dresser(chemin: Path) -> Situation:
    """La situation : chaque table a quelque chose du dossier d'Awa Diallo, que Léo voit encore."""
    coffre, _ = creer(chemin)
    coffre._horloge = lambda: MIDI
    coffre.comptes.ouvrir(LEO.nom, "Léo", "Accueil", ("agent", "social", "responsable"), DE_LEO, NORA)
    secret = _creer(coffre, AWA, NORA)
    fondu = _creer(coffre, {"demandeur": {"nom": "Diallo", "prenoms": "A."}}, NORA)
    autre = _creer(coffre, {"demandeur": AWA["demandeur"] | {"nom": "Dialo"}}, NORA)
    discret = _creer(coffre, {"demandeur": FATOU, "protection": {"discret": True, "referent": LEO.nom}}, NORA)
    supprime = _creer(coffre, {"demandeur": {"nom": "Diallo", "prenoms": "Moussa"}}, NORA)
    sans_nom = _creer(coffre, {"demandeur": {"prenoms": "Sira"}}, LEO)
    coffre.memes.fondre(secret, fondu, {}, NORA)
    coffre.consulter(secret, PAUL)
    coffre.modifier(secret, {"demandeur.nationalite": "FR"}, NORA, retours=Retours(NORA.nom, secret))
    coffre.donner_numero_provisoire(secret, NORA)
    coffre.brouillon(secret, "demandeur.nom", "Diallo-Sow")
    coffre.porte.chercher("Sow Fatou 1990", MOTIF, PAUL)
    coffre.droits.noter(secret, Droit.ACCES, PERSONNE, NORA)
    coffre.remises.proposer(secret, "Annexe", "suite", JOUR + timedelta(9), NORA)
    refusee, recue = (un.entete.id for un in coffre.operations(secret)[:2])
    coffre.echanges.mettre_en_quarantaine(refusee, "interdit", "non")
    coffre.echanges.noter_recus([Recu(recue, Issue.FUSIONNEE, sequence=900)], "poste-1")
    coffre.echanges.noter_doublons(autre, [Semblable(autre, "", secret, "Accueil", ("même nom",), 0.9)])
    coffre.informations.remettre(secret, ["conge"], "fr", NORA)
    coffre.agenda.donner(secret, RENDEZ_VOUS, NORA)
    pris = {"lieu": "poste-1", "avec": "", "date": DEMAIN.isoformat(), "heure": "14:00", "duree": 30}
    coffre.creer_objet("occupation", {**pris, "etat": "occupe"}, NORA)
    relues = coffre.candidats.a_relire(SOUS, JOUR, 50, LEO)
    coffre.candidats.noter(SOUS, JOUR, [(une, Ligne(une.dossier)) for une in relues])
    coffre.candidats.rouvrir(LOGEMENT, secret, "plafond_plus", MOTIF, LEO)
    coffre.supprimer(supprime, Raison.DOUBLE, "deux fois", NORA)
    return Situation(coffre, secret, autre, discret, supprime, sans_nom, refusee, fondu)


CORRIGEE: Final = InformationTenue("fiche.conge", 2, MIDI, "v2", False, Urgence(1, "Faux.", JOUR, ("conge",)))
AWA: Final[dict[str, Any]] = {
    "demandeur": {"nom": "Diallo", "prenoms": "Awa", "date_naissance": "1980-05-14"},
    "contact": {"telephone": "+33600000001"},
    "demande": {
        "numero_unique": "075012600000011",
        "date_reception": (JOUR + timedelta(10)).replace(year=JOUR.year - 1).isoformat(),
    },
}
FATOU: Final = {"nom": "Sow", "prenoms": "Fatou", "date_naissance": "1990-03-02"}


def _creer(coffre: Coffre, document: dict[str, Any], auteur: Auteur) -> str:
    identifiant: str = coffre.creer_dossier(document, auteur)["id"]
    return identifiant


def _autre(coffre: Coffre) -> str:
    """Un dossier que tous voient."""
    return next(un.dossier for un in coffre.rechercher("Dialo Awa 1980") if "dialo" in un.resume.titre.lower())


# Ce qui rend des dossiers sans qu'on les nomme : tout doit les montrer à qui n'en est pas écarté, rien à qui l'est.
LISTES: Final[dict[str, Callable[[Coffre, Situation], Any]]] = {
    "rechercher": lambda c, s: [
        c.rechercher(texte)
        for texte in ("Diallo Awa", "14/05/1980", "06 00 00 00 01", "075012600000011", reference_courte(s.secret))
    ],
    "recents": lambda c, _: c.recents(),
    "sans_nom": lambda c, _: c.sans_nom(LEO.nom),
    "lister": lambda c, _: [c.lister(LEO.nom, filtre, tri) for filtre in Filtre for tri in Tri],
    "echeances_a_lire": lambda c, _: c.echeances_a_lire(JOUR, 50),
    "taches.lire": lambda c, _: c.taches.lire(Voulu(JOUR), LEO),
    "reprises": lambda c, _: c.reprises(),
    "supprimes": lambda c, _: c.supprimes(),
    "acces": lambda c, _: c.acces(),
    "retours": lambda c, _: c.retours(),
    "echanges.attente": lambda c, _: c.echanges.attente(),
    "echanges.recus": lambda c, _: c.echanges.recus(),
    "echanges.quarantaine": lambda c, _: c.echanges.quarantaine(),
    "echanges.divergences": lambda c, _: c.echanges.divergences(),
    "echanges.doublons": lambda c, _: c.echanges.doublons(),
    "porte.chercher": lambda c, _: c.porte.chercher("Sow Fatou 1990", MOTIF, LEO),
    "porte.avis": lambda c, _: c.porte.avis(LEO),
    "porte.ouvertures": lambda c, _: c.porte.ouvertures(LEO),
    "porte.suivis": lambda c, _: c.porte.suivis(LEO),
    "agenda.lignes": lambda c, _: c.agenda.lignes(JOUR, DEMAIN, LEO),
    "agenda.conflits": lambda c, _: c.agenda.conflits(LEO),
    "agenda.a_rappeler": lambda c, _: c.agenda.a_rappeler(400, LEO),
    "droits.a_repondre": lambda c, _: c.droits.a_repondre(),
    "memes.de_la_personne": lambda c, _: c.memes.de_la_personne(
        {"demandeur.nom": "Diallo", "demandeur.prenoms": "Awa", "demandeur.date_naissance": "14/05/1980"}
    ),
    "memes.du_dossier": lambda c, s: c.memes.du_dossier(s.autre),
    "informations.partis": lambda c, _: c.informations.partis(CORRIGEE, LEO),
    "remises.lister": lambda c, _: c.remises.lister(LEO),
    "candidats.lire": lambda c, _: c.candidats.lire(SOUS, LOGEMENT, LEO),
    "candidats.a_relire": lambda c, _: c.candidats.a_relire("autres", JOUR, 50, LEO),
}

# Des nombres : ils comptent un dossier de moins, ou plus aucun.
NOMBRES: Final[dict[str, Callable[[Coffre], int]]] = {
    "compter": lambda c: c.compter(),
    "echanges.compter_divergences": lambda c: c.echanges.compter_divergences(),
    "echanges.compter_doublons": lambda c: c.echanges.compter_doublons(),
}

# Ce qui nomme un dossier, ou la saisie d'un dossier : la même réponse, aux mêmes mots, que d'un inconnu.
NOMMES: Final[dict[str, Callable[[Coffre, str], Any]]] = {
    "creer_objet": lambda c, d: c.creer_objet("rendez_vous", {"dossier": d}, LEO),
    "rattaches": lambda c, d: c.rattaches(d, "demande_de_droit"),
    "modifier": lambda c, d: c.modifier(d, {"demandeur.nom": "Autre"}, LEO),
    "donner_numero_provisoire": lambda c, d: c.donner_numero_provisoire(d, LEO),
    "lire": lambda c, d: c.lire(d),
    "consulter": lambda c, d: c.consulter(d, LEO),
    "operations": lambda c, d: c.operations(d),
    "histoire": lambda c, d: c.histoire(d, LEO),
    "supprimer": lambda c, d: c.supprimer(d, Raison.DOUBLE, "deux fois", LEO),
    "rendre": lambda c, d: c.rendre(d, LEO),
    "noter_echeance": lambda c, d: c.noter_echeance(d, {"id": d}, None, JOUR),
    "a_porte": lambda c, d: c.a_porte(d),
    "brouillon": lambda c, d: c.brouillon(d, "demandeur.nom", "Autre"),
    "brouillons": lambda c, d: c.brouillons(d),
    "echanges.etat_projete": lambda c, d: c.echanges.etat_projete(d, "poste-1"),
    "echanges.trancher": lambda c, d: c.echanges.trancher(d, "demandeur#identite", {}, LEO),
    "droits.noter": lambda c, d: c.droits.noter(d, Droit.ACCES, PERSONNE, LEO),
    "droits.lister": lambda c, d: c.droits.lister(d, LEO),
    "droits.gele": lambda c, d: c.droits.gele(d),
    "droits.accorder": lambda c, d: c.droits.accorder(d, LEO),
    "droits.lever": lambda c, d: c.droits.lever(d, LEO),
    "levees.etat": lambda c, d: c.levees.etat(d),
    "levees.demander": lambda c, d: c.levees.demander(d, "elle le veut", LEO),
    "levees.confirmer": lambda c, d: c.levees.confirmer(d, LEO),
    "levees.retirer": lambda c, d: c.levees.retirer(d, LEO),
    "levees.lever": lambda c, d: c.levees.lever(d, LEO),
    "memes.preparer": lambda c, d: c.memes.preparer(_autre(c), d),
    "memes.fondre": lambda c, d: c.memes.fondre(_autre(c), d, {}, LEO),
    "memes.faites": lambda c, d: c.memes.faites(d),
    "memes.defaire": lambda c, d: c.memes.defaire(d, _autre(c), LEO),
    "informations.donnees": lambda c, d: c.informations.donnees(d, LEO),
    "informations.remettre": lambda c, d: c.informations.remettre(d, ["conge"], "fr", LEO),
    "informations.dire": lambda c, d: c.informations.dire(d, "modalites", LEO),
    "remises.proposer": lambda c, d: c.remises.proposer(d, "Annexe", "suite", JOUR + timedelta(9), LEO),
    "agenda.du_dossier": lambda c, d: c.agenda.du_dossier(d, LEO),
    "agenda.libres": lambda c, d: c.agenda.libres(d, (), LEO),
    "agenda.donner": lambda c, d: c.agenda.donner(d, RENDEZ_VOUS, LEO),
    "candidats.identite": lambda c, d: c.candidats.identite(d, LEO),
    "candidats.rouvrir": lambda c, d: c.candidats.rouvrir(LOGEMENT, d, "plafond_plus", MOTIF, LEO),
    "candidats.designer": lambda c, d: c.candidats.designer(LOGEMENT, d, 1, "", LEO),
    "evitements.lister": lambda c, d: c.evitements.lister(d, LEO),
    "evitements.poser": lambda c, d: c.evitements.poser(d, "x", LEO),
    "taches.reporter": lambda c, d: c.taches.reporter(d, A_REPORTER, DEMAIN, "elle rappelle demain", LEO),
    "taches.annuler": lambda c, d: c.taches.annuler(d, A_REPORTER.cle, LEO),
    "ecarts.lister": lambda c, d: c.ecarts.lister(d, LEO),
    "ecarts.agents": lambda c, d: c.ecarts.agents(d, LEO),
    "ecarts.ecarter": lambda c, d: c.ecarts.ecarter(d, LEO, agent=PAUL.nom),
    "ecarts.passer_la_main": lambda c, d: c.ecarts.passer_la_main(d, AGENT, LEO),
}

# Rien d'un dossier n'y est rendu : le mécanisme, qui lit tout ; des gestes du poste ; ce que d'autres lectures donnent.
SANS_DOSSIER: Final = {
    "Le fichier, ses clés, ses copies": (
        "creer ouvrir ouvrir_par_secours fermer verifier_mot_de_passe reprendre renouveler_secours copier_s_il_le_faut "
        "parts_a_demander garder_la_part etat_des_copies copier_ailleurs verifier_chaine"
    ),
    "Créer, importer, effacer ce qui est échu, régler": (
        "creer_dossier importer oublier_les_retours effacer_les_echus genres_lus modifications modifier_fichier "
        "lieux_verifies verifier_lieu revenir_a_l_original proteger noter_acces noter_une_voie reglage regler"
    ),
    "L'envoi et la réception": (
        "echanges.chaine echanges.lot echanges.comprises echanges.noter_essai echanges.noter_recus "
        "echanges.compter_a_envoyer echanges.nouvelle_epoque echanges.remettre echanges.mettre_en_quarantaine "
        "echanges.curseur echanges.appliquer "
        "echanges.relire echanges.changer_de_poste echanges.repartir echanges.reconnaitre_la_base echanges.versions "
        "echanges.a_proposer echanges.mis_de_cote echanges.noter_les_sorts echanges.tout_est_dit "
        "echanges.compter_mis_de_cote echanges.remis_et_pas_confirme echanges.sans_titre echanges.noms_des_postes "
        "echanges.referentiel echanges.versions_des_referentiels echanges.garder_referentiel echanges.noter_doublons "
        "echanges.ecarter_doublon echanges.ecarts_a_dire echanges.ecart_dit echanges.reglages echanges.regler"
    ),
    "D'un objet déjà rendu par une autre lecture (voir les essais)": (
        "echanges.ressaisir echanges.classer porte.lu droits.geler droits.conclure droits.acces droits.effacer "
        "ecarts.lever remises.retirer remises.recevoir remises.refuser "
        "agenda.deplacer agenda.annuler agenda.noter_venue agenda.trouver_l_interprete agenda.garder_les_deux "
        "agenda.noter_le_rappel "
        "evitements.lever"
    ),
    "Un essai vain ne dit aucun dossier": "porte.essais porte.ouvertures_lues",
    "La preuve d'un effacement n'a rien du dossier": "droits.preuves droits.rejouer",
    "Les comptes, les lieux": (
        "comptes.moi comptes.lister comptes.ouverts comptes.journal comptes.ouvrir comptes.changer comptes.fermer "
        "comptes.rouvrir comptes.changer_mot_de_passe comptes.reprendre "
        "comptes.declares comptes.suivre_le_registre ecarts.lieux remises.destinations"
    ),
    "Ce que ce poste tient du registre": "informations.tenues informations.a_lire informations.lire",
    "Des nombres masqués, les mêmes pour tous": "rapports.lieux rapports.tirer",
    "La file : un numéro, ni nom ni dossier": (
        "file.lister file.donner file.appeler file.recevoir file.laisser_partir"
    ),
    "Des conventions, des communes, des fichiers de bailleurs : aucun dossier": (
        "contingents.lire contingents.garder_convention contingents.retirer_convention "
        "contingents.garder_passage contingents.garder_prevision contingents.retirer_prevision "
        "contingents.importer contingents.contenu"
    ),
    "Des engagements, des nombres publiés : aucun dossier": (
        "conference.lire conference.garder conference.retirer conference.figer"
    ),
    "Des lignes déjà rendues par une autre lecture": "candidats.noter",
    "Une séance ne dit aucune demande, et celle d'une demande cachée n'est là pour personne (voir ses essais)": (
        "seances.lister seances.lire seances.ecrit seances.demandes seances.preparer seances.convoquer seances.regler "
        "seances.ouvrir seances.tenir seances.retirer seances.designer seances.retirer_designation seances.decider "
        "seances.corriger_decision seances.repondre seances.corriger_reponse seances.clore"
    ),
    "Un lieu ; un créneau, sans personne": "agenda.lieu agenda.choisir_le_lieu agenda.accorder",
    "À portée du registre ou non : des heures": (
        "portee.lire portee.voir portee.joindre portee.noter_le_recu portee.regler_les_jours portee.rouvrir"
    ),
}


def toutes() -> set[str]:
    """Chaque méthode publique de chaque face du coffre."""
    return {
        f"{nom}.{methode}".lstrip(".")
        for nom, face in FACADES.items()
        for methode in vars(face)
        if not methode.startswith("_")
    }
