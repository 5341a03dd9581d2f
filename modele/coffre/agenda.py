"""Les rendez-vous, au coffre : donner, déplacer, annuler, noter qui est venu ; ce qui se voit d'un jour, d'un mois.

Un rendez-vous est à son dossier. Ce que les autres voient de son créneau est un second objet, l'occupation, qui ne
nomme personne et va à tout le territoire ; il suit le rendez-vous dans la même transaction, et s'accorde avec lui quand
 une différence entre deux postes se tranche (``accorder``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from modele.coffre import agenda_lu, auteurs, depot, evitements, journaux, miroirs
from modele.coffre.base import Base
from modele.coffre.lieu_d_accueil import LIEU, lieu_d_accueil
from modele.dossier.acces import Acces
from modele.dossier.nomenclatures import nationales
from modele.droits import Action, Auteur
from modele.fusion import divergences
from modele.regles.fautes import ErreurUtilisateur
from modele.rendez_vous import Creneau, Evitement, Plage, evites, libres, se_genent
from modele.rendez_vous.creneaux import MINUIT
from modele.rendez_vous.lignes import ABSENT, ANNULE, DONNE, VENU, Conflit, LigneDAgenda, RendezVous

RENDEZ_VOUS: Final = "rendez_vous"
OCCUPATION: Final = "occupation"
OCCUPE, LIBRE = "occupe", "libre"
_QUAND: Final = "#quand"
PRIS: Final = "Ce créneau est déjà pris. Choisissez-en un autre."
INDISPONIBLE: Final = "Ce créneau est indisponible. Choisissez-en un autre."
PASSE: Final = "Ce créneau est passé. Choisissez une date à venir."
SANS_MOTIF: Final = "Écrivez pourquoi ce rendez-vous change : la personne suivante doit pouvoir le lui dire."
PAS_ENCORE: Final = "Ce rendez-vous n'est pas encore passé : « venue » et « pas venue » se notent le jour même."
FINI: Final = "Ce rendez-vous ne change plus : il est annulé, ou l'on sait déjà si la personne est venue."
_DUREE: Final = "La durée d'un rendez-vous va de 5 minutes à 4 heures, et finit avant minuit."
_CODE: Final = "« {} » n'est pas une réponse possible. Choisissez dans la liste."
_LE_PLUS: Final = 366


@dataclass(frozen=True, slots=True)
class Choix:
    """Ce que l'agent choisit d'un rendez-vous."""

    creneau: Creneau
    type: str = "reception"
    objet: str = ""
    langue: str = ""
    interprete: str = ""


class Agenda:
    """Ce que l'écran fait des rendez-vous. Sûr entre fils. Chaque geste lève ``ErreurUtilisateur``."""

    def __init__(self, base: Base, horloge: Callable[[], datetime]) -> None:
        self._base, self._horloge = base, horloge

    # Lire.

    def lieu(self) -> str:
        """Le lieu de ce poste : le seul dont l'agenda se lise d'ici."""
        with self._base.lecture() as connexion:
            return lieu_d_accueil(connexion)

    def choisir_le_lieu(self, lieu: str) -> None:
        """Ce poste est dans ce lieu du territoire ; vide : son guichet."""
        with self._base.lecture() as connexion:
            if journaux.reglage(connexion, LIEU) == lieu:
                return
        with self._base.ecriture() as connexion:
            journaux.regler(connexion, LIEU, lieu)

    def lignes(self, du: date, au: date, auteur: Auteur) -> list[LigneDAgenda]:
        """Ce qui est pris dans ce lieu, de tel jour à tel jour compris, dans l'ordre. Ce que l'auteur n'a pas le droit
        de lire, un dossier discret dont il ne répond pas ou que ce poste ne tient pas, est « occupé »."""
        with self._base.lecture() as connexion:
            auteurs.exiger(connexion, auteur, OCCUPATION, Action.LIRE)
            return agenda_lu.lignes(connexion, lieu_d_accueil(connexion), du, min(au, du + timedelta(_LE_PLUS)), auteur)

    def du_dossier(self, dossier: str, auteur: Auteur) -> list[RendezVous]:
        """Les rendez-vous de ce dossier, où qu'ils soient, du plus ancien au plus récent."""
        with self._base.lecture() as connexion:
            depot.document_a_lire(connexion, dossier, auteur)
            return agenda_lu.du_dossier(connexion, dossier)

    def libres(
        self, dossier: str, plages: tuple[Plage, ...], auteur: Auteur, *, du: date | None = None, jours: int = 62,
        duree: int = 0, au_plus: int = 12,
    ) -> list[Creneau]:  # fmt: skip
        """Les prochains créneaux qui peuvent se donner à ce dossier : ni passés, ni pris, ni indisponibles."""
        with self._base.lecture() as connexion:
            depot.document_a_lire(connexion, dossier, auteur)
            maintenant = self._horloge()
            depart = max(du or maintenant.date(), maintenant.date())
            pris = agenda_lu.pris(connexion, depart, depart + timedelta(jours))
            offerts = libres(plages, pris, depart, jours, duree)
            a_venir = (un for un in offerts if not _passe(un, maintenant))
            permis = evites(a_venir, _evites(connexion, dossier))
            return [un for un, _ in zip(permis, range(au_plus), strict=False)]

    def conflits(self, auteur: Auteur) -> list[Conflit]:
        """Les créneaux à venir de ce lieu pris deux fois, et que personne n'a choisi de garder ensemble."""
        with self._base.lecture() as connexion:
            auteurs.exiger(connexion, auteur, OCCUPATION, Action.LIRE)
            return agenda_lu.conflits(connexion, lieu_d_accueil(connexion), self._horloge().date(), auteur)

    def a_rappeler(self, jours: int, auteur: Auteur) -> list[RendezVous]:
        """Les rendez-vous de ce lieu à rappeler : d'ici ``jours`` jours, pas encore rappelés. Un discret dont l'auteur
        ne répond pas n'y est pas ; il est à qui en répond."""
        return [un for un in self._tenus_ici(jours, auteur) if un.a_rappeler]

    # Donner, déplacer, annuler.

    def donner(self, dossier: str, choix: Choix, auteur: Auteur) -> RendezVous:
        """Donne ce rendez-vous à la personne de ce dossier."""
        _exiger_codes({"type_rendez_vous": choix.type, "langue": choix.langue})
        if choix.interprete:
            _exiger_codes({"interprete_rendez_vous": choix.interprete})
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            depot.document_a_lire(connexion, dossier, auteur)
            self._exiger_libre(connexion, dossier, choix.creneau, quand)
            place = _place(choix.creneau)
            (occupation,) = depot.creer(connexion, [{**place, "etat": OCCUPE}], auteur, quand, OCCUPATION)
            dits = {"type": choix.type, "objet": choix.objet, "langue": choix.langue, "interprete": choix.interprete}
            document = {
                "dossier": dossier, **place, **{cle: dit for cle, dit in dits.items() if dit},
                "etat": DONNE, "occupation": occupation["id"],
            }  # fmt: skip
            (cree,) = depot.creer(connexion, [document], auteur, quand, RENDEZ_VOUS)
            evitements.publier(connexion, cree["id"], auteur, quand)
            journaux.noter(connexion, auteur.nom, quand, Acces.CREER, cree["id"])
            return agenda_lu.un(connexion, cree["id"])

    def deplacer(self, lequel: RendezVous, creneau: Creneau, motif: str, auteur: Auteur) -> RendezVous:
        """Le met à ce créneau, et dit pourquoi ; l'ancien se libère."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            tenu = _exiger_donne(connexion, lequel, motif)
            self._exiger_libre(connexion, tenu.dossier, creneau, quand, sauf=tenu.occupation)
            change = {**_place(creneau), "motif": motif.strip(), "deplace_le": quand.date().isoformat()}
            return self._changer(connexion, tenu, change, auteur, quand)

    def annuler(self, lequel: RendezVous, motif: str, auteur: Auteur) -> RendezVous:
        """L'annule, et dit pourquoi ; son créneau se libère."""
        with self._base.ecriture() as connexion:
            tenu = _exiger_donne(connexion, lequel, motif)
            return self._changer(connexion, tenu, {"etat": ANNULE, "motif": motif.strip()}, auteur, self._horloge())

    def noter_venue(self, lequel: RendezVous, venue: bool, auteur: Auteur, *, passage: str = "") -> RendezVous:
        """La personne est venue, ou non. ``passage`` : son numéro dans la file du jour."""
        with self._base.ecriture() as connexion:
            quand = self._horloge()
            tenu = _exiger_donne(connexion, lequel)
            if tenu.creneau.jour > quand.date():
                raise ErreurUtilisateur(PAS_ENCORE)
            lien = {"passage": passage} if venue and passage else {}
            return self._changer(connexion, tenu, {"etat": VENU if venue else ABSENT, **lien}, auteur, quand)

    def trouver_l_interprete(self, lequel: RendezVous, auteur: Auteur) -> RendezVous:
        """Un interprète viendra."""
        with self._base.ecriture() as connexion:
            tenu = _exiger_donne(connexion, lequel)
            return self._changer(connexion, tenu, {"interprete": "trouve"}, auteur, self._horloge())

    def noter_le_rappel(self, lequel: RendezVous, auteur: Auteur) -> RendezVous:
        """La personne en a été rappelée ; déplacé ensuite, il est de nouveau à rappeler."""
        with self._base.ecriture() as connexion:
            tenu = _exiger_donne(connexion, lequel)
            change = {"rappele_pour": tenu.creneau.jour.isoformat()}
            return self._changer(connexion, tenu, change, auteur, self._horloge())

    # Ce que deux postes ont pris sans se voir.

    def garder_les_deux(self, conflit: Conflit, auteur: Auteur) -> None:
        """Une personne l'a décidé : les deux créneaux restent, et ne se redisent plus."""
        with self._base.ecriture() as connexion:
            lu = depot.document(connexion, conflit.un.occupation)
            avec = sorted({*lu.get("garde_avec", ()), conflit.autre.occupation})
            depot.modifier(connexion, conflit.un.occupation, {"garde_avec": avec}, auteur, self._horloge())

    def accorder(self, auteur: Auteur) -> int:
        """Remet d'accord avec son rendez-vous tout créneau qui n'en dit plus l'heure ; rend leur nombre."""
        with self._base.lecture(entiere=True) as connexion:
            if not agenda_lu.desaccordes(connexion):
                return 0
        with self._base.ecriture(entiere=True) as connexion:
            lus = agenda_lu.desaccordes(connexion)
            return sum(self._accorder(connexion, agenda_lu.un(connexion, id_), auteur) for id_ in lus)

    # Le mécanisme.

    def _tenus_ici(self, jours: int, auteur: Auteur) -> list[RendezVous]:
        """Les rendez-vous donnés et à venir que cet auteur lit ici, d'aujourd'hui à ``jours`` jours."""
        maintenant = self._horloge()
        lues = self.lignes(maintenant.date(), maintenant.date() + timedelta(jours), auteur)
        tenus = (une.rendez_vous for une in lues if une.rendez_vous is not None)
        return [un for un in tenus if un.etat == DONNE and not _passe(un.creneau, maintenant)]

    def _changer(
        self, connexion: Connection, tenu: RendezVous, change: Mapping[str, Any], auteur: Auteur, quand: datetime
    ) -> RendezVous:
        depot.modifier(connexion, tenu.id, change, auteur, quand)
        apres = agenda_lu.un(connexion, tenu.id)
        self._accorder(connexion, apres, auteur)
        evitements.publier(connexion, tenu.id, auteur, quand)
        journaux.noter(connexion, auteur.nom, quand, Acces.MODIFIER, tenu.id)
        return apres

    def _accorder(self, connexion: Connection, tenu: RendezVous, auteur: Auteur) -> bool:
        """L'occupation dit ce que dit son rendez-vous ; rien, tant que deux postes n'en disent pas la même heure."""
        if not tenu.occupation or _diverge(connexion, tenu.id):
            return False
        voulu = {**_place(tenu.creneau), "etat": LIBRE if tenu.etat == ANNULE else OCCUPE}
        avant = depot.document(connexion, tenu.occupation)
        if _diverge(connexion, tenu.occupation):
            place = _place(tenu.creneau)
            depot.trancher_divergence(connexion, tenu.occupation, _QUAND, place, auteur, self._horloge())
        apres = depot.modifier(connexion, tenu.occupation, voulu, auteur, self._horloge())
        return apres != avant

    def _exiger_libre(
        self, connexion: Connection, dossier: str, creneau: Creneau, quand: datetime, *, sauf: str = ""
    ) -> None:
        if not 5 <= creneau.duree <= 240 or creneau.fin > MINUIT:
            raise ErreurUtilisateur(_DUREE)
        if _passe(creneau, quand):
            raise ErreurUtilisateur(PASSE)
        if any(se_genent(creneau, un) for un in agenda_lu.pris(connexion, creneau.jour, creneau.jour, sauf=sauf)):
            raise ErreurUtilisateur(PRIS)
        if any(evitement.exclut(creneau) for evitement in _evites(connexion, dossier)):
            raise ErreurUtilisateur(INDISPONIBLE)


def _place(creneau: Creneau) -> dict[str, Any]:
    return {
        "lieu": creneau.lieu, "avec": creneau.avec, "date": creneau.jour.isoformat(), "heure": creneau.heure,
        "duree": creneau.duree,
    }  # fmt: skip


def _evites(connexion: Connection, dossier: str) -> list[Evitement]:
    return [*agenda_lu.publies(connexion, dossier), *agenda_lu.poses_par(connexion, dossier)]


def _passe(creneau: Creneau, quand: datetime) -> bool:
    return (creneau.jour, creneau.debut) < (quand.date(), quand.hour * 60 + quand.minute)


def _diverge(connexion: Connection, objet: str) -> bool:
    projete = miroirs.etat_projete(connexion, objet)
    return projete is not None and any(une.unite == _QUAND for une in divergences(projete))


def _exiger_donne(connexion: Connection, lequel: RendezVous, motif: str | None = None) -> RendezVous:
    if motif is not None and not motif.strip():
        raise ErreurUtilisateur(SANS_MOTIF)
    # Sans elle, un rendez-vous dont l'agent est écarté se changerait par son identifiant.
    depot.document(connexion, lequel.id)
    tenu = agenda_lu.un(connexion, lequel.id)
    if tenu.etat != DONNE:
        raise ErreurUtilisateur(FINI)
    return tenu


def _exiger_codes(dits: Mapping[str, str]) -> None:
    for nomenclature, code in dits.items():
        if code and code not in nationales()[nomenclature].codes:
            raise ErreurUtilisateur(_CODE.format(code))
