"""La suspension d'un délai : ce que les données en disent, et jusqu'où elle le repousse.

CCH R441-14 : le délai de la commission est suspendu pendant celui que le courrier donne pour produire ce qui manque. Le
texte ne dit ni de quel jour part cette suspension (date du courrier, ou sa réception), ni ce que devient le délai une
fois celui du courrier passé sans les pièces, ou remises avant. La date où agir n'en bouge donc jamais : c'est la
lecture la plus courte, une suspension qui n'aurait duré aucun jour. La plus tardive compte, elle, tous les jours, de la
date du courrier à celle de la remise comprise ; le temps que donne le courrier peut la dépasser :
une échéance livrée qu'il suspend reste ``sans_fin``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from modele.orientation.durees import Duree, Pas, ajouter
from modele.regles.confiance import CONFIANCES
from modele.regles.etats import Situation, Statut
from modele.regles.faits import Fait, TypeFait
from modele.regles.kleene import plage
from modele.regles.lecture import Lecteur
from modele.regles.lecture_conditions import Contexte, lire_fait

_DITS = (Statut.CONNU, Statut.PARTIEL)


@dataclass(frozen=True, slots=True)
class Suspendu:
    """Ce qu'une échéance en déclare : ``du``, ``au``, deux faits dates ; ``confiance`` : celle de la date repoussée."""

    du: Fait
    au: Fait
    confiance: str


@dataclass(frozen=True, slots=True)
class Suspension:
    """Un délai qui s'est arrêté. ``au`` : ``None``, il est arrêté encore.

    ``jusqu_au`` : la date la plus tardive de l'échéance, tous les jours d'arrêt comptés ; ``None`` : rien ne la dit.
    """

    du: date
    au: date | None
    confiance: str
    jusqu_au: date | None = None

    @property
    def en_cours(self) -> bool:
        """Vrai tant que les pièces ne sont pas remises."""
        return self.au is None

    def repousser(self, depart: date, duree: Duree, report: str) -> date | None:
        """``depart`` plus ``duree``, les jours d'arrêt comptés en plus ; ``None`` tant que l'arrêt dure.

        Ajoutés à la fin du délai ou à son départ, les jours ne donnent pas toujours la même date (les mois sont
        inégaux) : la plus tardive des deux.
        """
        if self.au is None:
            return None
        arret = Pas(jours=max(0, (self.au - max(self.du, depart)).days + 1))
        lectures = [ajouter(depart, (*duree, arret), report), ajouter(depart, (arret, *duree), report)]
        dites = [une for une in lectures if une is not None]
        return max(dites) if len(dites) == len(lectures) else None

    def jusqu(self, le: date | None) -> Suspension:
        """La même, qui repousse une échéance à ``le`` ; en cours, elle n'en dit aucune."""
        return replace(self, jusqu_au=None if self.en_cours else le)


def lire_suspendu(echeance: Lecteur, contexte: Contexte, confiance: str) -> Suspendu | None:
    """``suspendu = { du = …, au = … }`` d'une échéance ; absent, rien ne l'arrête. Les fautes sont notées."""
    table = echeance.table("suspendu")
    if table is None:
        return None
    du, au = _date(table, "du", contexte), _date(table, "au", contexte)
    dite = table.texte("confiance", permis=CONFIANCES, defaut=confiance)
    table.clore()
    return Suspendu(du, au, dite) if du is not None and au is not None else None


def _date(table: Lecteur, cle: str, contexte: Contexte) -> Fait | None:
    fait = lire_fait(table, cle, contexte)
    if fait is not None and fait.type is not TypeFait.DATE:
        table.signaler(cle, f"« {fait.nom} » n'est pas une date")
    return fait


def suspension(regle: Suspendu | None, situation: Situation) -> Suspension | None:
    """La suspension que disent les réponses ; une date connue à peu près compte à sa borne la plus longue.

    Des pièces remises avant d'être demandées n'ont rien fait repartir : une autre demande a pu suivre.
    """
    du = None if regle is None else _borne(regle.du, situation, 0)
    if regle is None or du is None:
        return None
    au = _borne(regle.au, situation, 1)
    return Suspension(du, au if au is not None and au >= du else None, regle.confiance)


def _borne(fait: Fait, situation: Situation, rang: int) -> date | None:
    """Le premier, ou le dernier jour que permet la réponse ; ``None`` si elle n'a rien dit."""
    etat = situation.etat(fait.nom)
    borne = plage(etat, fait)[rang] if etat.statut in _DITS else None
    return borne if isinstance(borne, date) else None
