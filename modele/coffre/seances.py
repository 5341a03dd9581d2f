"""Les séances d'une commission, au coffre : les préparer, y désigner, y décider, les clore. Décision 0047.

Une séance ne porte aucune identité : ses candidats y sont « C-01 », « C-02 »… ; quelle demande est « C-01 », un objet
rattaché à son dossier le dit, à qui classe. Chaque lecture s'inscrit au journal. Ce qui ne peut pas s'écrire est refusé
quel que soit le geste (``gardes_de_seance``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from msgspec.structs import replace as changer
from sqlalchemy import Connection

from modele.coffre import auteurs, depot, gardes, journaux
from modele.coffre.base import Base
from modele.coffre.correspondances import (
    correspondances,
    creer_correspondance,
    gardees,
    numero_absent,
    siege,
    vue,
)
from modele.coffre.gardes import CANDIDAT, SEANCE
from modele.coffre.rangs_de_seance import Rangees, ranger
from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document, element_de
from modele.dossier.documents import identifiant
from modele.droits import Action, Auteur, Perimetre
from modele.regles.fautes import ErreurUtilisateur
from modele.seance import gardee
from modele.seance.gardee import (
    Bailleur,
    Candidat,
    Convoque,
    DecisionEcrite,
    DispenseEcrite,
    Etat,
    Grille,
    ReponseEcrite,
    SeanceGardee,
)
from modele.seance.notions import Reglement, Residence, Verifie

_ABSENTE: Final = "Cette séance n'est plus sur ce poste. Relisez la liste des séances."
_ABSENT: Final = "« {} » n'est pas un candidat de cette séance. Relisez la séance."
_SANS_MOTIF: Final = "Écrivez pourquoi : ce motif se garde, avec votre nom et le jour."
_DEJA: Final = "Cette demande est déjà candidate dans cette séance."
_SANS_DECISION: Final = "{} n'a pas encore de décision : écrivez-la, il n'y a rien à corriger."
_DEJA_DECIDE: Final = "{} a déjà sa décision. Corrigez-la, avec un motif."
_SANS_REPONSE: Final = "{} n'a pas encore répondu : écrivez sa réponse, il n'y a rien à corriger."
_DEJA_REPONDU: Final = "{} a déjà sa réponse. Corrigez-la, avec un motif."
_DEJA_OUVERTE: Final = "Cette séance est ouverte à ses membres : elle ne se retire plus, elle se tient et se clôt."


@dataclass(frozen=True, slots=True)
class Designation:
    """Une demande à proposer. ``par`` : qui la désigne ; ``motif`` : hors de l'ordre ou des publics, pourquoi."""

    dossier: str
    par: str
    motif: str = ""
    prefet_le: date | None = None
    priorite: Verifie | None = None
    accord: Verifie | None = None
    numero: Verifie | None = None
    effet: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Une séance à préparer. ``logement`` : sa ligne, aux colonnes du bailleur (``ref_bailleur``, ``siren_bailleur``).

    ``sous`` : l'empreinte des règles qui rangent (``modele.commission.empreinte``) ; ``grille`` : leurs mots.
    ``dispense`` : l'exception légale et son motif.
    """

    commission: str
    bailleur: str
    logement: Mapping[str, Any]
    sous: str
    grille: str = ""
    lieu: str = ""
    designations: Sequence[Designation] = ()
    membres: Sequence[Convoque] = ()
    reglement: Reglement = field(default_factory=Reglement)
    dispense: tuple[str, str] | None = None
    residence: Residence | None = None


class Seances:
    """Ce que l'écran et la commande font d'une séance. Sûr entre fils. Lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    # Lire.

    def lister(self, auteur: Auteur) -> tuple[SeanceGardee, ...]:
        """Celles que cet auteur lit, la plus récente d'abord : toutes s'il les prépare, les siennes s'il y siège."""
        with self._base.ecriture() as connexion:
            self._noter(connexion, auteur, Acces.LIRE_SEANCES, "")
            return tuple(une for une in reversed(gardees(connexion)) if self._lit(connexion, auteur, une))

    def lire(self, lequel: str, auteur: Auteur) -> SeanceGardee:
        """Cette séance ; à qui y siège, de l'ouverture de son dossier à sa clôture."""
        with self._base.ecriture() as connexion:
            une = self._lue(connexion, lequel, auteur)
            self._noter(connexion, auteur, Acces.LIRE_SEANCE, une.logement.reference)
            return une

    def ecrit(self, auteur: Auteur) -> bool:
        """Vrai si cet auteur prépare et mène des séances ; qui ne fait qu'y siéger lit la sienne, sans y écrire."""
        with self._base.lecture() as connexion:
            return auteurs.permet(connexion, auteur, SEANCE, Action.MODIFIER)

    def demandes(self, lequel: str, auteur: Auteur) -> dict[str, str]:
        """Par référence, le dossier de la demande ; à qui classe, jamais à un membre. Celles que ce poste tient."""
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, SEANCE, Action.MODIFIER)
            une = self._lue(connexion, lequel, auteur)
            self._noter(connexion, auteur, Acces.LIRE_DEMANDES_DE_SEANCE, une.logement.reference)
            return correspondances(connexion, une.id)

    # Préparer.

    def preparer(self, dite: Preparation, auteur: Auteur) -> SeanceGardee:
        """Crée cette séance ; ses candidats prennent leur référence, leur rang se fige ce jour."""
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, SEANCE, Action.CREER)
            quand = self._horloge()
            neuve = _neuve(dite, auteur, quand.date())
            (cree,) = depot.creer(connexion, [gardee.en_document(neuve)], auteur, quand, SEANCE)
            self._noter(connexion, auteur, Acces.PREPARER_SEANCE, neuve.logement.reference)
            une = changer(neuve, id=cree["id"], par=auteur.nom)
            return self._proposer(connexion, une, dite.designations, auteur) if dite.designations else une

    def convoquer(self, lequel: str, membres: Sequence[Convoque], auteur: Auteur) -> SeanceGardee:
        """Les membres et les invités sont ceux-ci, présents ou non ; un ``id`` vide : un nouveau."""
        return self._changer(lequel, auteur, Acces.CHANGER_SEANCE, lambda une: changer(une, membres=_nommes(membres)))

    def regler(
        self, lequel: str, auteur: Auteur, *, reglement: Reglement | None = None, residence: Residence | None = None,
        dispense: tuple[str, str] | None = None, lieu: str | None = None,
    ) -> SeanceGardee:  # fmt: skip
        """Change ce qui est donné ; ``dispense`` : (exception, motif), deux textes vides l'ôtent."""

        def poser(une: SeanceGardee) -> SeanceGardee:
            return changer(
                une,
                reglement=une.reglement if reglement is None else reglement,
                residence=une.residence if residence is None else residence,
                dispense=une.dispense if dispense is None else _dispense(dispense, auteur),
                lieu=une.lieu if lieu is None else lieu,
            )

        return self._changer(lequel, auteur, Acces.CHANGER_SEANCE, poser)

    def ouvrir(self, lequel: str, auteur: Auteur) -> SeanceGardee:
        """Ouvre le dossier de séance à ses membres, ce jour."""
        jour = self._horloge().date()
        return self._changer(lequel, auteur, Acces.CHANGER_SEANCE, lambda une: changer(une, ouverte_le=jour))

    def tenir(self, lequel: str, jour: date, auteur: Auteur) -> SeanceGardee:
        """Dit le jour où la séance se tient ; pas avant l'ouverture de son dossier, pas dans le futur."""
        return self._changer(lequel, auteur, Acces.CHANGER_SEANCE, lambda une: changer(une, tenue_le=jour))

    def retirer(self, lequel: str, auteur: Auteur) -> None:
        """Préparée par erreur : elle ne se montre plus ; son histoire reste. Pas une fois ouverte à ses membres."""
        jour = self._horloge().date()

        def retirer(une: SeanceGardee) -> SeanceGardee:
            if une.etat is not Etat.PREPAREE:
                raise ErreurUtilisateur(_DEJA_OUVERTE)
            return changer(une, retiree_le=jour)

        self._changer(lequel, auteur, Acces.RETIRER_SEANCE, retirer)

    # Désigner.

    def designer(
        self, lequel: str, designations: Sequence[Designation], auteur: Auteur, sous: str = ""
    ) -> SeanceGardee:
        """Propose ces demandes ; les rangs de toutes se figent de nouveau, ce jour. ``sous`` : les règles, si changées.

        Un motif est exigé hors de l'ordre, hors des publics de la convention, ou si une demande n'est pas relue.
        """
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, SEANCE, Action.MODIFIER)
            une = self._lue(connexion, lequel, auteur)
            if sous:
                une = changer(une, grille=changer(une.grille, version=sous))
            return self._proposer(connexion, une, designations, auteur)

    def retirer_designation(self, lequel: str, reference: str, motif: str, auteur: Auteur) -> SeanceGardee:
        """Cette demande n'est plus candidate, ce jour : sa référence reste, et le motif."""
        jour = self._horloge().date()
        retrait = {"le": jour, "motif": _exiger(motif)}

        def retirer(un: Candidat) -> Candidat:
            return changer(un, retrait=changer(un.retrait, **retrait))

        return self._du_candidat(lequel, reference, auteur, Acces.DESIGNER_EN_SEANCE, retirer)

    # Décider.

    def decider(self, lequel: str, decisions: Mapping[str, DecisionEcrite], auteur: Auteur) -> SeanceGardee:
        """Par référence, ce qui est décidé ; une seule décision par candidat (CCH R441-3)."""

        def decider(un: Candidat) -> Candidat:
            if un.decision.genre:
                raise ErreurUtilisateur(_DEJA_DECIDE.format(un.reference))
            return changer(un, decision=changer(decisions[un.reference], correction=""))

        return self._des_candidats(lequel, tuple(decisions), auteur, Acces.DECIDER_EN_SEANCE, decider)

    def corriger_decision(
        self, lequel: str, reference: str, decision: DecisionEcrite, motif: str, auteur: Auteur
    ) -> SeanceGardee:
        """La décision était mal écrite : celle-ci la remplace, et le motif de la correction reste."""
        pourquoi = _exiger(motif)

        def corriger(un: Candidat) -> Candidat:
            if not un.decision.genre:
                raise ErreurUtilisateur(_SANS_DECISION.format(reference))
            return changer(un, decision=changer(decision, correction=pourquoi))

        return self._du_candidat(lequel, reference, auteur, Acces.DECIDER_EN_SEANCE, corriger)

    def repondre(self, lequel: str, reference: str, reponse: ReponseEcrite, auteur: Auteur) -> SeanceGardee:
        """Ce que répond qui a reçu l'offre (``modele.seance.suites.REPONSES``)."""

        def repondre(un: Candidat) -> Candidat:
            if un.reponse.reponse:
                raise ErreurUtilisateur(_DEJA_REPONDU.format(reference))
            return changer(un, reponse=changer(reponse, correction=""))

        return self._du_candidat(lequel, reference, auteur, Acces.REPONDRE_EN_SEANCE, repondre)

    def corriger_reponse(
        self, lequel: str, reference: str, reponse: ReponseEcrite, motif: str, auteur: Auteur
    ) -> SeanceGardee:
        """La réponse était mal écrite : celle-ci la remplace, et le motif de la correction reste."""
        pourquoi = _exiger(motif)

        def corriger(un: Candidat) -> Candidat:
            if not un.reponse.reponse:
                raise ErreurUtilisateur(_SANS_REPONSE.format(reference))
            return changer(un, reponse=changer(reponse, correction=pourquoi))

        return self._du_candidat(lequel, reference, auteur, Acces.REPONDRE_EN_SEANCE, corriger)

    def clore(self, lequel: str, auteur: Auteur) -> SeanceGardee:
        """Clôt la séance, ce jour : rien n'y change plus, ses membres ne la lisent plus."""
        jour = self._horloge().date()
        return self._changer(lequel, auteur, Acces.CLORE_SEANCE, lambda une: changer(une, close_le=jour))

    # Ce qui s'écrit.

    def _proposer(
        self, connexion: Connection, une: SeanceGardee, designations: Sequence[Designation], auteur: Auteur
    ) -> SeanceGardee:
        quand = self._horloge()
        avant = gardees(connexion, une.id)[0]
        demandes = correspondances(connexion, une.id)
        lues = ranger(connexion, une.grille.version, quand.date(), une.logement.colonnes)
        dernier = max((int(un.reference.partition("-")[2]) for un in une.candidats), default=0)
        neufs = []
        for place, dite in enumerate(
            sorted(designations, key=lambda d: (lues.rangs.get(d.dossier, 1 << 30), d.dossier)), 1
        ):
            if dite.dossier in demandes.values():
                raise ErreurUtilisateur(_DEJA)
            reference = f"C-{dernier + place:02d}"
            creer_correspondance(connexion, une.id, reference, dite.dossier, auteur, quand)
            demandes[reference] = dite.dossier
            neufs.append(_candidat(dite, reference, numero_absent(connexion, dite.dossier)))
        apres = _figer(changer(une, candidats=(*une.candidats, *neufs)), demandes, lues, quand.date())
        self._noter(connexion, auteur, Acces.DESIGNER_EN_SEANCE, une.logement.reference)
        return _ecrire(connexion, avant, apres, auteur, quand)

    def _du_candidat(
        self, lequel: str, reference: str, auteur: Auteur, acces: Acces, geste: Callable[[Candidat], Candidat]
    ) -> SeanceGardee:
        return self._des_candidats(lequel, (reference,), auteur, acces, geste)

    def _des_candidats(
        self,
        lequel: str,
        references: Sequence[str],
        auteur: Auteur,
        acces: Acces,
        geste: Callable[[Candidat], Candidat],
    ) -> SeanceGardee:
        def changer_les(une: SeanceGardee) -> SeanceGardee:
            for reference in references:
                if reference not in une.par_reference:
                    raise ErreurUtilisateur(_ABSENT.format(reference))
            return changer(
                une, candidats=tuple(geste(un) if un.reference in references else un for un in une.candidats)
            )

        return self._changer(lequel, auteur, acces, changer_les)

    def _changer(
        self, lequel: str, auteur: Auteur, acces: Acces, geste: Callable[[SeanceGardee], SeanceGardee]
    ) -> SeanceGardee:
        with self._base.ecriture() as connexion:
            auteurs.exiger(connexion, auteur, SEANCE, Action.MODIFIER)
            avant = self._lue(connexion, lequel, auteur)
            self._noter(connexion, auteur, acces, avant.logement.reference)
            return _ecrire(connexion, avant, geste(avant), auteur, self._horloge())

    def _lue(self, connexion: Connection, lequel: str, auteur: Auteur) -> SeanceGardee:
        for une in gardees(connexion, lequel):
            if self._lit(connexion, auteur, une):
                return une
        raise ErreurUtilisateur(_ABSENTE)

    def _lit(self, connexion: Connection, auteur: Auteur, une: SeanceGardee) -> bool:
        """Retirée, ou d'une demande dont l'agent est écarté, elle n'est là pour personne, dans les mêmes mots."""
        if une.etat is Etat.RETIREE or not vue(connexion, une.id):
            return False
        if auteurs.permet(connexion, auteur, SEANCE, Action.LIRE):
            return True
        assise = siege(une, auteur.nom, self._horloge().date())
        return assise and auteurs.permet(connexion, auteur, SEANCE, Action.LIRE, Perimetre.SEANCE)

    def _noter(self, connexion: Connection, auteur: Auteur, acces: Acces, motif: str) -> None:
        journaux.noter(connexion, auteur.nom, self._horloge(), acces, None, motif)


def _neuve(dite: Preparation, auteur: Auteur, jour: date) -> SeanceGardee:
    return SeanceGardee(
        commission=dite.commission.strip(),
        bailleur=Bailleur(nom=dite.bailleur.strip(), siren=str(dite.logement.get("siren_bailleur") or "")),
        logement=gardee.Logement(
            reference=str(dite.logement.get("ref_bailleur") or ""), ligne=gardee.ligne_du_logement(dite.logement)
        ),
        lieu=dite.lieu.strip(),
        grille=Grille(version=dite.sous, libelle=dite.grille),
        preparee_le=jour,
        reglement=dite.reglement,
        dispense=_dispense(dite.dispense, auteur),
        residence=dite.residence,
        membres=_nommes(dite.membres),
    )


def _dispense(dite: tuple[str, str] | None, auteur: Auteur) -> DispenseEcrite:
    """Qui l'a écrite est toujours celui qui l'écrit."""
    if not dite or not dite[0]:
        return DispenseEcrite()
    return DispenseEcrite(genre=dite[0], motif=dite[1].strip(), par=auteur.nom)


def _nommes(membres: Sequence[Convoque]) -> tuple[Convoque, ...]:
    return tuple(un if un.id else changer(un, id=identifiant()) for un in membres)


def _candidat(dite: Designation, reference: str, sans_numero: bool) -> Candidat:
    return Candidat(
        id=identifiant(),
        reference=reference,
        designe_par=dite.par.strip(),
        motif=dite.motif.strip(),
        prefet_le=dite.prefet_le,
        effet=dite.effet.strip(),
        sans_numero=sans_numero,
        priorite=_vu(dite.priorite),
        accord=_vu(dite.accord),
        numero=_vu(dite.numero),
    )


def _vu(dit: Verifie | None) -> gardee.Vu:
    return gardee.Vu() if dit is None else gardee.Vu(par=dit.par, le=dit.le)


def _figer(une: SeanceGardee, demandes: Mapping[str, str], lues: Rangees, jour: date) -> SeanceGardee:
    """Les rangs de ce jour ; un candidat retiré garde le sien."""
    siens = tuple(
        changer(
            un,
            rang=lues.rangs.get(demandes.get(un.reference, "")),
            ecartent=lues.ecartees.get(demandes.get(un.reference, ""), ()),
        )
        if un.examine
        else un
        for un in une.candidats
    )
    grille = changer(une.grille, figee_le=jour, oublie=lues.oublie(set(demandes.values())))
    return changer(une, candidats=siens, grille=grille)


def _ecrire(
    connexion: Connection, avant: SeanceGardee, apres: SeanceGardee, auteur: Auteur, quand: datetime
) -> SeanceGardee:
    depot.modifier(connexion, avant.id, _changements(avant, apres), auteur, quand)
    return gardees(connexion, avant.id)[0]


def _changements(avant: SeanceGardee, apres: SeanceGardee) -> dict[str, Any]:
    """Ce qui s'écrit pour passer de l'une à l'autre, champ par champ ; un élément retiré, d'un trait."""
    dits, voulus = gardee.feuilles(avant), gardee.feuilles(apres)
    restent = {element_de(chemin) for chemin in voulus}
    ecrits = {chemin: valeur for chemin, valeur in voulus.items() if dits.get(chemin) != valeur}
    for chemin in dits.keys() - voulus.keys():
        element = element_de(chemin)
        ecrits[chemin if element in restent or element is None else element] = ABSENT
    return ecrits


def _exiger(motif: str) -> str:
    if not motif.strip():
        raise ErreurUtilisateur(_SANS_MOTIF)
    return motif.strip()


def _juger(connexion: Connection, document: Document, jour: date) -> str:
    # Ses gardes ne se chargent que si une séance s'écrit.
    from modele.coffre import gardes_de_seance

    return gardes_de_seance.seance(connexion, document, jour)


def _juger_un_candidat(connexion: Connection, document: Document, _: date) -> str:
    from modele.coffre import gardes_de_seance

    return gardes_de_seance.candidat(connexion, document)


gardes.brancher(SEANCE, _juger)
gardes.brancher(CANDIDAT, _juger_un_candidat)
