"""Reprendre d'un poste ce que la base restaurée a perdu : il montre ses titres, elle demande les états qui manquent.

Un titre (``titres``) dit à quelle séquence de la base perdue le poste tenait l'objet, et à qui il était : le plus
avancé fait foi, quel que soit l'ordre où les postes reviennent. L'état qu'il apporte prend la place de celui de la
sauvegarde ; ce qui est arrivé depuis s'y rejoue, par identifiant. D'un autre guichet, rien n'entre tant qu'un poste
n'est pas revenu : l'origine a pu le rendre discret.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Final

import msgspec
from msgspec import structs
from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql

from modele.dossier.operations import Operation
from modele.droits import Action
from modele.fusion import (
    EtatDossier,
    EtatEcrit,
    encoder_etat,
    fusionner,
    relire_etat,
    reunir,
    sans_ecartes,
)
from modele.genres import livres
from modele.protection import etats
from modele.protocole.messages import MIROIRS_PAR_REPRISE, MiroirPropose, Refus, Reprise, Reprises, Sort
from registre.base.moteur import unite_de_travail
from registre.base.schema import discretion_sue, lignee, operation, perimetre, repris, territoire
from registre.base.tableaux import parmi
from registre.service import diffusion, effacements
from registre.service.absorption import coucher
from registre.service.cles import lire_cle
from registre.service.ecriture import etats_a_ecrire, ranger, tenir_l_index
from registre.service.jetons import Porteur
from registre.service.journal import POIGNEE
from registre.service.jugement import ETAT_AU_PLUS, ou
from registre.service.protections import etat_protege
from registre.service.refus import Refuse, refuser
from registre.service.retours import en_reprise, un_autre_viendra
from registre.service.tenus import PURGE, Tenu, prendre, vivant
from registre.service.titres import Sceau, Titre
from registre.service.verification import est_identifiant

_CHEMINS_AU_PLUS: Final = 400


def reprendre(moteur: Engine, porteur: Porteur, reprise: Reprise, maintenant: datetime) -> Reprises:
    """Le sort de chaque miroir proposé. Redemandé, il est le même, ou plus avancé.

    Lève ``Refuse`` : trop de miroirs (413), la base a encore changé (410).
    """
    if len(reprise.miroirs) > MIROIRS_PAR_REPRISE:
        raise refuser(413, "reprise_trop_grande", f"Une reprise tient {MIROIRS_PAR_REPRISE} miroirs au plus.")
    return unite_de_travail(moteur, partial(_reprendre, porteur=porteur, reprise=reprise, maintenant=maintenant))


def _reprendre(connexion: Connection, porteur: Porteur, reprise: Reprise, maintenant: datetime) -> Reprises:
    courante = connexion.execute(
        select(territoire.c.poignee).where(territoire.c.territoire == porteur.territoire)
    ).scalar_one()
    if reprise.poignee != courante:
        raise Refuse(410, Refus("poignee", POIGNEE, poignee=courante))
    sceau = Sceau(lire_cle(connexion, porteur.territoire, "defi"))
    lus = [(sceau.relire(un.titre), un) for un in reprise.miroirs]
    dossiers = {titre.dossier for titre, _ in lus if titre is not None}
    absorbes = {un for _, miroir in lus if miroir.etat is not None for un in miroir.etat.absorbes}
    rattaches = {lien for _, miroir in lus if miroir.etat is not None and (lien := _lien(miroir.etat))}
    noms = [un for un in sorted(dossiers | absorbes | rattaches) if est_identifiant(un)]
    tenus = prendre(connexion, porteur, noms, sorted(dossiers | absorbes))
    lieu = _Lieu.lire(connexion, porteur, sorted(dossiers), maintenant, courante)
    examen = _Examen(connexion, porteur, lieu, tenus)
    sorts = [examen.juger(titre, miroir) for titre, miroir in lus]
    examen.ecrire()
    return Reprises(sorts)


def _lien(etat: EtatEcrit) -> str:
    """Le dossier auquel cet objet est rattaché, d'après son état ; vide s'il ne l'est pas."""
    genre = livres().par_id.get(etat.genre)
    if genre is None or not genre.rattache:
        return ""
    return str(next((dits[genre.rattache] for dits in etat.dits.values() if genre.rattache in dits), ""))


@dataclass(frozen=True, slots=True)
class _Lieu:
    """Ce que la base sait de ce qu'elle a perdu. ``lignees`` : jusqu'où elle connaît chaque base d'avant.

    ``mere`` : la dernière. ``repris`` : de chaque dossier, jusqu'où il a été repris de chaque base. ``sortis`` : ceux
    dont ce poste est sorti depuis la restauration. ``sues`` : de chaque dossier, ce que des sorties ont dit de lui.
    """

    courante: str
    lignees: Mapping[str, int]
    mere: str
    repris: Mapping[str, Mapping[str, int]]
    sortis: Container[str]
    sues: dict[str, list[Titre]]
    en_reprise: bool
    un_autre_viendra: bool
    quand: datetime

    @classmethod
    def lire(
        cls, connexion: Connection, porteur: Porteur, dossiers: Sequence[str], quand: datetime, courante: str
    ) -> _Lieu:
        """Ce qu'il faut pour juger ces dossiers."""
        ici = porteur.territoire
        lues = select(lignee.c.poignee, lignee.c.sequence).where(lignee.c.territoire == ici)
        lignees = {ligne.poignee: ligne.sequence for ligne in connexion.execute(lues)}
        deja: dict[str, dict[str, int]] = defaultdict(dict)
        reprises = select(repris).where(repris.c.territoire == ici, parmi(repris.c.dossier, dossiers))
        for ligne in connexion.execute(reprises):
            deja[ligne.dossier][ligne.poignee] = ligne.sequence
        # Une poignée est un UUIDv7 : la plus grande est la dernière.
        mere = max(lignees, default="")
        sorties = select(perimetre.c.dossier).where(
            perimetre.c.territoire == ici,
            perimetre.c.poste == porteur.poste,
            parmi(perimetre.c.dossier, dossiers),
            perimetre.c.sorti.is_(True),
            perimetre.c.sequence > lignees.get(mere, 0),
        )
        sortis = frozenset(connexion.execute(sorties).scalars())
        attendu = connexion.execute(select(en_reprise(ici))).scalar_one()
        viendra = un_autre_viendra(connexion, porteur)
        return cls(courante, lignees, mere, deja, sortis, _sues(connexion, ici, dossiers), attendu, viendra, quand)

    def connait(self, titre: Titre) -> bool:
        """La base a déjà ce que ce titre dit."""
        deja = self.repris.get(titre.dossier, {}).get(titre.poignee, -1)
        return titre.poignee == self.courante or titre.sequence <= max(self.lignees.get(titre.poignee, -1), deja)

    def sue_depuis(self, titre: Titre) -> Titre | None:
        """Ce qu'une sortie a dit de plus avancé : ce dossier est devenu discret ensuite."""
        apres = [
            une
            for une in self.sues.get(titre.dossier, ())
            if une.poignee == titre.poignee and une.sequence > titre.sequence
        ]
        return max(apres, key=lambda une: une.sequence, default=None)

    def suit(self, titre: Titre) -> bool:
        """Rien d'une autre base n'est entré dans ce dossier : cet état contient tout celui de la sauvegarde."""
        return titre.poignee == self.mere and self.repris.get(titre.dossier, {}).keys() <= {self.mere}


def _sues(connexion: Connection, ou_: str, dossiers: Sequence[str]) -> dict[str, list[Titre]]:
    requete = select(discretion_sue).where(
        discretion_sue.c.territoire == ou_, parmi(discretion_sue.c.dossier, dossiers)
    )
    sues: dict[str, list[Titre]] = defaultdict(list)
    for un in connexion.execute(requete):
        sues[un.dossier].append(Titre(ou_, un.poignee, un.dossier, un.sequence, "", un.poste, un.guichet, True))
    return sues


@dataclass(slots=True)
class _Examen:
    """Les miroirs d'une reprise, l'un après l'autre. ``pris`` : les titres dont l'état est entré."""

    connexion: Connection
    porteur: Porteur
    lieu: _Lieu
    tenus: dict[str, Tenu]
    pris: dict[str, Titre] = field(default_factory=dict)
    entrent: set[str] = field(default_factory=set)

    def juger(self, titre: Titre | None, miroir: MiroirPropose) -> Sort:
        """Ce que devient ce miroir."""
        if titre is None or (titre.territoire, titre.a) != (self.porteur.territoire, self.porteur.poste):
            return Sort.REFUSE
        if titre.tombe:
            return self._enterrer(titre)
        tenu = vivant(self.tenus, titre.dossier)
        if tenu is not None and tenu.tombe:
            return Sort.LACHER
        if tenu is not None and self.lieu.connait(titre):
            return self._place(tenu)
        if self._d_ailleurs(titre) and self.lieu.un_autre_viendra:
            return Sort.ATTENDRE
        if miroir.etat is None:
            return Sort.APPORTER
        return self._prendre(titre, tenu, miroir.etat)

    def ecrire(self) -> None:
        """Écrit ce qui a été pris, et les périmètres."""
        ici = self.porteur.territoire
        touches = [tenu for tenu in self.tenus.values() if tenu.touche]
        entrent = [self.tenus[un] for un in sorted(self.entrent) if not self.tenus[un].touche]
        if not (touches or entrent):
            return
        tenir_l_index(self.connexion, ici, touches)
        ecrits = etats_a_ecrire(touches)
        avant = diffusion.prendre_des_sequences(self.connexion, ici, len(touches) + len(entrent))
        for sequence, tenu in enumerate((*touches, *entrent), avant + 1):
            tenu.sequence = sequence
        ranger(self.connexion, ici, touches, ecrits, self.lieu.quand)
        self._retenir()
        self._diffuser(touches, entrent)

    def _enterrer(self, titre: Titre) -> Sort:
        if not self.lieu.connait(titre) and est_identifiant(titre.dossier):
            if titre.tombe == PURGE:
                self._effacer(titre)
            elif titre.tombe == "sortie":
                self._sortir(titre)
                if titre.discret:
                    self._proteger(titre)
        return Sort.TENU

    def _effacer(self, titre: Titre) -> None:
        ou_, place = self.porteur.territoire, (titre.poste, titre.guichet)
        effacements.effacer_de_nouveau(self.connexion, ou_, titre.dossier, place, self.lieu.quand)

    def _proteger(self, titre: Titre) -> None:
        """Ce poste en est sorti et il était discret : il l'est ici aussi, dès maintenant."""
        self._retenir_la_discretion(titre)
        tenu = vivant(self.tenus, titre.dossier)
        if tenu is not None and not (tenu.tombe or tenu.rattache or tenu.discret):
            tenu.etat = etat_protege(tenu.etat, titre.poste, self.lieu.quand)
            tenu.touche, tenu.discret, tenu.poste, tenu.guichet = True, True, titre.poste, titre.guichet
            tenu.cherche = tenu.renomme = tenu.genre.personnes
            self._entrainer(tenu)

    def _retenir_la_discretion(self, titre: Titre) -> None:
        ligne = {"territoire": self.porteur.territoire, "dossier": titre.dossier, "poignee": titre.poignee}
        a_qui = {"sequence": titre.sequence, "poste": titre.poste, "guichet": titre.guichet}
        pose = postgresql.insert(discretion_sue).values(ligne | a_qui)
        self.connexion.execute(
            pose.on_conflict_do_update(
                index_elements=["territoire", "dossier", "poignee"],
                set_={nom: pose.excluded[nom] for nom in a_qui},
                where=discretion_sue.c.sequence < pose.excluded.sequence,
            )
        )
        self.lieu.sues[titre.dossier] = [*self.lieu.sues.get(titre.dossier, ()), titre]

    def _sortir(self, titre: Titre) -> None:
        """Ce poste ne le tenait plus : il ne le reverra pas d'une base plus vieille que sa sortie."""
        ligne = {"territoire": self.porteur.territoire, "poste": self.porteur.poste, "dossier": titre.dossier}
        pose = postgresql.insert(perimetre).values(ligne | {"sequence": 0, "sorti": True})
        seuil = self.lieu.lignees.get(self.lieu.mere, 0)
        self.connexion.execute(
            pose.on_conflict_do_update(
                index_elements=["territoire", "poste", "dossier"],
                set_={"sorti": True},
                # Rouvert ici depuis la restauration : cela vaut.
                where=perimetre.c.sequence <= seuil,
            )
        )

    def _place(self, tenu: Tenu) -> Sort:
        """La base en sait autant : ce poste le tient-il encore ?"""
        if self._d_ailleurs_de(tenu) and self.lieu.en_reprise:
            return Sort.ATTENDRE
        if not tenu.tenu and tenu.id not in self.entrent:
            if not self._lit(tenu):
                return Sort.LACHER
            self.entrent.add(tenu.id)
        return Sort.TENU

    def _prendre(self, titre: Titre, tenu: Tenu | None, ecrit: EtatEcrit) -> Sort:
        apporte = _lire_l_etat(titre, ecrit)
        if apporte is None:
            return Sort.REFUSE
        genre = livres().du(apporte.genre)
        suivi = vivant(self.tenus, _lien(ecrit)) if genre.rattache else None
        if genre.rattache and (suivi is None or suivi.tombe):
            return Sort.LACHER if suivi is not None else Sort.ATTENDRE
        if tenu is None:
            tenu = Tenu(titre.dossier, titre.poste, titre.guichet, _vide(apporte), tenu=False, neuf=True)
        if tenu.etat.genre != apporte.genre and not tenu.neuf:
            return Sort.REFUSE
        etat = self._fondre(titre, tenu, apporte)
        if len(encoder_etat(etat)) > ETAT_AU_PLUS:
            return Sort.REFUSE
        sue = self.lieu.sue_depuis(titre)
        if sue is not None and not genre.rattache and not etats.est_discret(etat):
            etat = etat_protege(etat, sue.poste, self.lieu.quand)
        if genre.mur and etats.reunit(tenu.etat, etat, self.lieu.quand.date()):
            return Sort.REFUSE
        self._poser(sue or titre, tenu, etat, suivi)
        self.pris[titre.dossier] = titre
        return Sort.TENU

    def _fondre(self, titre: Titre, tenu: Tenu, apporte: EtatDossier) -> EtatDossier:
        """L'état de la base perdue, et par-dessus ce que celle-ci a reçu depuis sa restauration."""
        if tenu.id != titre.dossier or not self.lieu.suit(titre):
            etat = reunir(tenu.etat, structs.replace(apporte, dossier=tenu.id))
        else:
            etat = apporte
            for rejouee, poste in self._recues_depuis(tenu.id):
                etat = fusionner(etat, rejouee, poste).etat
        return structs.replace(etat, version=max(tenu.etat.version, etat.version) + 1)

    def _recues_depuis(self, dossier: str) -> list[tuple[Operation, str]]:
        seuil = self.lieu.lignees[self.lieu.mere]
        requete = (
            select(operation.c.entete, operation.c.sel, operation.c.contenu, operation.c.poste)
            .where(operation.c.territoire == self.porteur.territoire, operation.c.dossier == dossier)
            .where(operation.c.sequence > seuil, operation.c.contenu.is_not(None))
            .order_by(operation.c.sequence)
        )
        return [
            (Operation(bytes(un.entete), bytes(un.sel), bytes(un.contenu)), un.poste)
            for un in self.connexion.execute(requete)
        ]

    def _poser(self, titre: Titre, tenu: Tenu, etat: EtatDossier, suivi: Tenu | None) -> None:
        etait = tenu.discret
        tenu.etat, tenu.touche = etat, True
        tenu.cherche = tenu.renomme = tenu.genre.personnes
        if suivi is not None:
            tenu.rattache, tenu.poste, tenu.guichet, tenu.discret = suivi.id, suivi.poste, suivi.guichet, suivi.discret
        else:
            tenu.discret = etats.est_discret(etat)
            if (
                tenu.id == titre.dossier
                and self.lieu.suit(titre)
                and not (etait and tenu.discret and not titre.discret)
            ):
                tenu.poste, tenu.guichet = titre.poste, titre.guichet
            self._entrainer(tenu)
        self.tenus[tenu.id] = tenu
        absorbes = [self.tenus[un] for un in etat.absorbes if un in self.tenus and not self.tenus[un].tombe]
        coucher(tenu, absorbes)
        if self._lit(tenu):
            self.entrent.add(tenu.id)

    def _entrainer(self, tenu: Tenu) -> None:
        for un in self.tenus.values():
            if un.rattache == tenu.id and not un.tombe and (un.discret, un.poste) != (tenu.discret, tenu.poste):
                un.touche, un.discret, un.poste, un.guichet = True, tenu.discret, tenu.poste, tenu.guichet

    def _retenir(self) -> None:
        for dossier, titre in self.pris.items():
            ligne = {"territoire": self.porteur.territoire, "dossier": dossier, "poignee": titre.poignee}
            pose = postgresql.insert(repris).values(ligne | {"sequence": titre.sequence})
            self.connexion.execute(
                pose.on_conflict_do_update(
                    index_elements=["territoire", "dossier", "poignee"], set_={"sequence": pose.excluded.sequence}
                )
            )

    def _diffuser(self, touches: Sequence[Tenu], entrent: Sequence[Tenu]) -> None:
        """Chez ce poste et ceux qui le tiennent déjà ; tout le guichet, quand plus personne n'est attendu."""
        ici, lui = self.porteur.territoire, self.porteur.poste
        libres = [tenu for tenu in touches if not tenu.rattache]
        diffusion.lire_les_ecartes(self.connexion, ici, libres)
        if not self.lieu.en_reprise:
            diffusion.ouvrir_au_guichet_de_chacun(self.connexion, ici, [tenu for tenu in libres if tenu.neuf])
        diffusion.avancer(self.connexion, ici, {tenu.id: tenu.sequence for tenu in touches if not tenu.neuf})
        for tenu in libres:
            if tenu.discret and not tenu.neuf:
                diffusion.restreindre(self.connexion, ici, tenu)
            elif tenu.etait_discret and not tenu.discret and not tenu.tombe and not self.lieu.en_reprise:
                diffusion.rendre_au_guichet(self.connexion, ici, tenu)
            if tenu.reunis:
                diffusion.reunir(self.connexion, ici, tenu)
            if not tenu.tombe and not tenu.neuf:
                diffusion.ecarter(self.connexion, ici, tenu)
        for tenu in (*(un for un in libres if un.id in self.entrent), *entrent):
            diffusion.entrer(self.connexion, ici, lui, tenu)
        if not self.lieu.en_reprise:
            diffusion.asseoir(self.connexion, ici, libres)
        diffusion.suivre(self.connexion, ici, [tenu for tenu in touches if tenu.rattache])

    def _d_ailleurs(self, titre: Titre) -> bool:
        return self.porteur.guichet != titre.guichet and self.porteur.poste != titre.poste

    def _d_ailleurs_de(self, tenu: Tenu) -> bool:
        return self.porteur.guichet != tenu.guichet and self.porteur.poste != tenu.poste

    def _lit(self, tenu: Tenu) -> bool:
        """Ce poste, qui l'a tenu, peut encore le tenir ; un objet rattaché, s'il tient son dossier."""
        if tenu.id in self.lieu.sortis:
            return False
        if tenu.rattache:
            return tenu.rattache in self.entrent or self.tenus[tenu.rattache].tenu
        permet = livres().droits.permet
        if not tenu.discret:
            # Il le tenait : il est de son guichet, ou l'y a fait ouvrir avec un motif.
            return True
        return permet(self.porteur.roles, tenu.etat.genre, Action.LIRE_DISCRET, ou(self.porteur, tenu))


def placer_le_createur(connexion: Connection, porteur: Porteur, tenu: Tenu) -> bool:
    """Il dit avoir créé ce dossier, qu'un autre a rendu avant lui : il le tient, s'il a le droit de le lire."""
    action = Action.LIRE_DISCRET if tenu.discret else Action.LIRE
    if not livres().droits.permet(porteur.roles, tenu.etat.genre, action, ou(porteur, tenu)):
        return False
    tenu.sequence, tenu.tenu = diffusion.prendre_des_sequences(connexion, porteur.territoire, 1) + 1, True
    diffusion.entrer(connexion, porteur.territoire, porteur.poste, tenu)
    return True


def est_repris(connexion: Connection, porteur: Porteur, lequel: str) -> bool:
    """Vrai si ce dossier a été repris de ce qu'un poste en tenait."""
    requete = select(repris.c.dossier).where(repris.c.territoire == porteur.territoire, repris.c.dossier == lequel)
    return connexion.execute(requete.limit(1)).first() is not None


def _vide(etat: EtatDossier) -> EtatDossier:
    return EtatDossier(etat.dossier, etat.territoire, genre=etat.genre)


def _lire_l_etat(titre: Titre, ecrit: EtatEcrit) -> EtatDossier | None:
    """L'état, s'il est bien celui dont parle le titre et n'a rien que le registre ne sache lire."""
    if (ecrit.dossier, ecrit.territoire) != (titre.dossier, titre.territoire) or ecrit.genre not in livres().par_id:
        return None
    if not all(map(est_identifiant, (ecrit.dossier, *ecrit.absorbes))):
        return None
    try:
        etat = relire_etat(sans_ecartes(ecrit))
    except (msgspec.MsgspecError, ValueError):
        return None
    vivantes = {tete.operation for tetes in etat.unites.values() for tete in tetes if tete.operation}
    if not vivantes <= etat.auteurs.keys() or any(len(cle) > _CHEMINS_AU_PLUS for cle in etat.unites):
        return None
    if not livres().du(etat.genre).rattache and etats.est_discret(etat) != titre.discret:
        return None
    return etat
