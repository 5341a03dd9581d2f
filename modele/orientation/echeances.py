"""Dater les échéances d'une voie : la lecture la plus courte pour agir, la plus tardive avant de dire « passé »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from modele.orientation.durees import Duree, ajouter
from modele.orientation.regles_echeances import Depart, LectureDuTexte, RegleEcheance, Terme
from modele.orientation.resultat import Echeance
from modele.orientation.suspensions import Suspension, suspension
from modele.regles.conditions import Condition
from modele.regles.etats import Situation
from modele.regles.kleene import evaluer


def echeances(regles: Iterable[RegleEcheance], situation: Situation, fondement: str = "") -> Iterator[Echeance]:
    """Les échéances qui valent, ou pourraient valoir ; datées seulement si leur point de départ est connu.

    ``fondement`` : celui de la voie, pour une échéance qui ne dit pas le sien.
    """
    calcul = _Calcul(situation, {})
    for regle in regles:
        vaut, ote = calcul.vraie(regle.si), regle.sauf is not None and calcul.vraie(regle.sauf)
        if vaut is not False and ote is not True:
            enoncee = calcul.enoncer(regle, fondement, sous_reserve=ote is None)
            calcul.connues[regle.id] = calcul.dater(enoncee, regle) if vaut else enoncee
            yield calcul.connues[regle.id]


def delais(regle: RegleEcheance, situation: Situation) -> tuple[Duree, ...]:
    """Les délais que donne le texte dans cette situation, un par lecture ouverte ; qu'elle soit due ou non."""
    lectures = _Calcul(situation, {}).ouvertes(regle)
    return tuple(dict.fromkeys(une.terme.duree for une in lectures))


@dataclass(frozen=True, slots=True)
class _Calcul:
    """Une situation, et les échéances de la voie déjà dites, d'où d'autres partent."""

    situation: Situation
    connues: dict[str, Echeance]

    def vraie(self, si: Condition | None) -> bool | None:
        return True if si is None else evaluer(si, self.situation)

    def ouvertes(self, regle: RegleEcheance) -> Sequence[LectureDuTexte]:
        """Les lectures que rien n'exclut : inconnue n'est pas fausse."""
        return [une for une in regle.lectures if self.vraie(une.si) is not False]

    def enoncer(self, regle: RegleEcheance, fondement: str, *, sous_reserve: bool) -> Echeance:
        """L'échéance sans sa date."""
        lectures = self.ouvertes(regle)
        return Echeance(
            id=regle.id,
            libelle=regle.libelle,
            delais=delais(regle, self.situation),
            depuis=self._dire(lectures[0].terme.depart) if lectures else "",
            confiance=regle.confiance,
            confiance_fin=regle.confiance,
            fondement=regle.fondement or fondement,
            acte=regle.acte,
            agir=regle.agir,
            sous_reserve=sous_reserve,
            ensuite=regle.ensuite,
            apres=regle.apres,
        )

    def _dire(self, depart: Depart) -> str:
        if depart.fait is not None:
            return depart.fait.definition
        return self.connues[depart.echeance].libelle if depart.echeance in self.connues else ""

    def dater(self, enoncee: Echeance, regle: RegleEcheance) -> Echeance:
        """La même, à la date où agir, et à celle où tout est passé si plus rien n'est ouvert."""
        lectures, arret = self.ouvertes(regle), self._arret(regle)
        prudentes = [le for une in lectures if (le := self._tot(une.terme)) is not None]
        datee = replace(
            enoncee, le=min(prudentes, default=None), autres=self._autres(lectures, prudentes), suspension=arret
        )
        opposable = self.vraie(regle.si_notifie) is True and not (regle.sans_fin or enoncee.sous_reserve)
        termes = _termes(lectures)
        fins = [
            (fin, terme.confiance if arret is None else arret.confiance)
            for terme in termes
            if (fin := self._tard(terme, arret)) is not None
        ]
        if not opposable or datee.suspendue or len(fins) < len(termes) or not fins:
            return datee
        fin, confiance = max(fins, key=lambda une: une[0])
        return replace(datee, fin_possible=fin, confiance_fin=confiance)

    def _arret(self, regle: RegleEcheance) -> Suspension | None:
        """Ce qui arrête son délai, ou celui d'où elle part ; et jusqu'où, si toutes les lectures le disent."""
        arret = suspension(regle.suspendu, self.situation) or self._heritee(regle)
        if arret is None:
            return None
        termes = _termes(self.ouvertes(regle))
        dites = [le for terme in termes if (le := self._repoussee(terme, arret)) is not None]
        return arret.jusqu(max(dites) if dites and len(dites) == len(termes) else None)

    def _heritee(self, regle: RegleEcheance) -> Suspension | None:
        departs = [self.connues.get(une.terme.depart.echeance) for une in self.ouvertes(regle)]
        return next((une.suspension for une in departs if une is not None and une.suspension is not None), None)

    def _repoussee(self, terme: Terme, arret: Suspension) -> date | None:
        """La date d'un terme, l'arrêt compté ; d'une échéance qui part d'une autre, depuis celle-ci repoussée."""
        avant = self.connues.get(terme.depart.echeance)
        if avant is None:
            return self._tard(terme, arret)
        depart = avant.fin_possible if avant.suspension is None else avant.suspension.jusqu_au
        return None if depart is None else ajouter(depart, terme.duree, terme.report)

    def _autres(self, lectures: Sequence[LectureDuTexte], prudentes: Sequence[date]) -> tuple[date, ...]:
        """Les dates d'un autre délai, qu'un fait inconnu laisse ouvert ; et de celle d'où l'échéance part."""
        douteuses = [une for une in lectures if une.si is not None]
        dites = [self._tot(une.terme) for une in douteuses] if len(douteuses) > 1 else []
        for une in lectures:
            avant = self.connues.get(une.terme.depart.echeance)
            dites += [ajouter(le, une.terme.duree, une.terme.report) for le in (avant.autres if avant else ())]
        dates = sorted({le for le in dites if le is not None})
        return tuple(le for le in dates if prudentes and le > min(prudentes))

    def _tot(self, terme: Terme) -> date | None:
        depart = self._depart(terme.depart)[0]
        return None if depart is None else ajouter(depart, terme.duree, terme.report)

    def _tard(self, terme: Terme, arret: Suspension | None) -> date | None:
        depart = self._depart(terme.depart)[1]
        if depart is None:
            return None
        # Partie d'une autre échéance, elle part d'une date déjà repoussée.
        if arret is None or terme.depart.fait is None:
            return ajouter(depart, terme.duree, terme.report)
        return arret.repousser(depart, terme.duree, terme.report)

    def _depart(self, depart: Depart) -> tuple[date | None, date | None]:
        """Au plus tôt, au plus tard."""
        if depart.fait is not None:
            dit = self.situation.etat(depart.fait.nom).valeur
            return (dit, dit) if isinstance(dit, date) else (None, None)
        autre = self.connues.get(depart.echeance)
        return (autre.le, autre.fin_possible) if autre else (None, None)


def _termes(lectures: Iterable[LectureDuTexte]) -> list[Terme]:
    """Toutes les dates que ces lectures donnent : chacune la sienne, et celle qui ne fait que reculer sa fin."""
    return [terme for une in lectures for terme in (une.terme, une.au_plus_tard) if terme is not None]
