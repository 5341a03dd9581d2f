"""Ce que le coffre rend aux listes de l'écran et aux envois : prêt à montrer, neutre pour un dossier discret.

N'importe rien de la base : l'écran peut les nommer avant sa première image.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from modele.dossier.acces import Geste
from modele.dossier.chemins import Document
from modele.dossier.suppression import Raison

if TYPE_CHECKING:
    from modele.dossier.dates_tenues import DateTenue, Nature
    from modele.fusion import EtatDossier
    from modele.sources import Urgence

PAR_PAGE: Final = 200
"""Les lignes d'une page de la liste des dossiers."""


class Filtre(StrEnum):
    """Quels dossiers : ceux où l'agent a écrit, tous, ceux qui n'ont pas de numéro unique ou qu'une frappe attend."""

    MIENS = "miens"
    TOUS = "tous"
    A_TERMINER = "a terminer"


class Tri(StrEnum):
    """Dans quel ordre : le dernier changé, le dernier créé, l'échéance la plus proche d'abord."""

    CHANGE = "change"
    CREE = "cree"
    ECHEANCE = "echeance"


@dataclass(frozen=True, slots=True)
class Resume:
    """Une ligne de liste. D'un dossier discret, seule la référence courte le distingue d'un autre.

    ``rang`` : d'un dossier sans nom, sa place parmi ceux que ce poste montre et qui sont nés le même jour ; sinon 0.
    ``ici`` : il est né sur ce poste.
    """

    titre: str
    detail: str
    reference: str
    discret: bool
    modifie_le: datetime
    agent: str
    cree_le: datetime
    rang: int = 0
    ici: bool = True


@dataclass(frozen=True, slots=True)
class Trouve:
    """Un dossier trouvé, ce qu'on peut en montrer, pourquoi il est là, et son score (0 à 1 environ).

    ``meme`` : il se propose comme peut-être celui de la même personne.
    """

    dossier: str
    resume: Resume
    raisons: tuple[str, ...]
    score: float
    meme: bool = False


@dataclass(frozen=True, slots=True)
class Avis:
    """Quelqu'un a cherché seul à seul et rencontré ce dossier : quand, qui, et son motif."""

    id: str
    dossier: str
    reference: str
    quand: datetime
    par: str
    motif: str


@dataclass(frozen=True, slots=True)
class Essai:
    """Quelqu'un a cherché seul à seul et rien ne répondait ; ce qui était cherché ne se garde pas."""

    id: str
    quand: datetime
    par: str
    motif: str


@dataclass(frozen=True, slots=True)
class Ouverture:
    """Un dossier ouvert par un agent, sans qu'il y ait rien fait ce jour-là. ``reference`` : jamais un nom."""

    reference: str
    quand: datetime
    par: str


@dataclass(frozen=True, slots=True)
class Ecart:
    """Un agent, ou un lieu, qui n'ouvre jamais ce dossier."""

    id: str
    dossier: str
    agent: str
    lieu: str


@dataclass(frozen=True, slots=True)
class Suivi:
    """Un dossier hors des listes communes dont cet agent répond ; ce qui y manque : un référent, un suppléant."""

    dossier: str
    reference: str
    sans_referent: bool
    sans_suppleant: bool


@dataclass(frozen=True, slots=True)
class Recent:
    """Un dossier récemment modifié."""

    dossier: str
    resume: Resume


@dataclass(frozen=True, slots=True)
class SansNom:
    """Un dossier que cet agent a commencé ici et qui n'a pas encore de nom : sa référence, et rien d'autre."""

    dossier: str
    reference: str
    cree_le: datetime


@dataclass(frozen=True, slots=True)
class Range:
    """Un dossier de la liste. ``echeance`` : la prochaine ; ``lue`` : elle a été cherchée dans ce document-là."""

    dossier: str
    resume: Resume
    echeance: date | None
    lue: bool


@dataclass(frozen=True, slots=True)
class PageDossiers:
    """Une page de la liste (la première est 0), et combien de dossiers en tout."""

    lignes: tuple[Range, ...]
    page: int
    total: int


@dataclass(frozen=True, slots=True)
class EcheanceALire:
    """Un dossier dont la prochaine échéance n'est pas connue, ou plus."""

    dossier: str
    document: Document


class Tranche(StrEnum):
    """Quand une date est à faire : une date de droit venue, ce qui est du jour, dans sept jours, plus loin."""

    MAINTENANT = "maintenant"
    JOUR = "jour"
    SEMAINE = "semaine"
    LOIN = "loin"


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce qui se demande de la liste « À faire ». ``agent`` vide : de tous ; ``natures`` vide : de toute sorte.

    ``delais`` : ce qu'un bilan vient de dire des dossiers discrets, à côté de leurs documents.
    """

    jour: date
    tranches: tuple[Tranche, ...] = tuple(Tranche)
    natures: tuple[Nature, ...] = ()
    agent: str = ""
    page: int = 0
    delais: Mapping[str, Sequence[DateTenue]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """Une date remise à plus tard : jusqu'à quel jour, pourquoi, par qui."""

    jusqu_au: date
    motif: str
    agent: str


@dataclass(frozen=True, slots=True)
class AFaire:
    """Une date à faire. ``tue`` : ce qu'elle est ne se dit pas ; ``heure`` : d'un rendez-vous.

    ``report`` : le dernier ; ``reportee`` : il vaut encore, la ligne est repliée.
    """

    dossier: str
    resume: Resume
    date: DateTenue
    tranche: Tranche
    heure: str = ""
    tue: bool = False
    report: Report | None = None
    reportee: bool = False


@dataclass(frozen=True, slots=True)
class PageAFaire:
    """Une page de la liste (la première est 0), combien en tout, combien par tranche, et ce qui est reporté."""

    lignes: tuple[AFaire, ...]
    page: int
    total: int
    comptes: Mapping[Tranche, int]
    reportees: tuple[AFaire, ...] = ()


@dataclass(frozen=True, slots=True)
class Brouillon:
    """Un texte en cours de frappe, pas encore posé."""

    chemin: str
    texte: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Reprise:
    """Une saisie interrompue. D'un dossier discret, ni le champ ni le texte ne se montrent."""

    dossier: str
    resume: Resume
    chemin: str
    texte: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class Supprime:
    """Un dossier supprimé qui se rend encore : ce qui s'en montre, pourquoi, depuis quand, jusqu'à quand."""

    dossier: str
    resume: Resume
    raison: Raison
    mots: str
    le: datetime
    jusqu_au: datetime


@dataclass(frozen=True, slots=True)
class AccesNote:
    """Une ligne du journal des accès : qui, quand, quel geste, sur quel dossier ; jamais de contenu."""

    agent: str
    quand: datetime
    geste: Geste
    dossier: str | None


@dataclass(frozen=True, slots=True)
class Changement:
    """Une réponse changée : de quoi à quoi (``ABSENT`` : rien), par qui, quand, sur quel poste (vide : celui-ci).

    ``retour`` : elle remet ce qu'il y avait avant le changement d'avant, du même agent. D'un autre poste, ``avant``
    n'est pas connu : ``ABSENT``.
    """

    chemin: str
    avant: Any
    apres: Any
    agent: str
    quand: datetime
    retour: bool = False
    poste: str = ""


@dataclass(frozen=True, slots=True)
class PageDHistoire:
    """Des changements, le plus récent d'abord ; ``suite`` : la page d'après, ``None`` s'il n'y en a pas.

    ``ailleurs`` : sur la première page, les réponses en vigueur qu'un autre poste a écrites.
    """

    changements: tuple[Changement, ...]
    suite: int | None = None
    ailleurs: tuple[Changement, ...] = ()


@dataclass(frozen=True, slots=True)
class EnAttente:
    """Un dossier qui a des saisies à envoyer : combien, depuis quand, et combien sont parties sans reçu appliqué."""

    dossier: str
    titre: str
    saisies: int
    envoyees: int
    depuis: datetime


@dataclass(frozen=True, slots=True)
class EnQuarantaine:
    """Une saisie refusée par le registre, gardée entière : ses champs, la cause (une phrase), son code."""

    operation: str
    dossier: str
    titre: str
    champs: tuple[str, ...]
    cause: str
    code: str
    depuis: datetime


@dataclass(frozen=True, slots=True)
class RecuTenu:
    """Un reçu du registre : ce qu'une opération est devenue (``Issue``), les unités en cause, quand."""

    operation: str
    dossier: str
    titre: str
    issue: str
    champs: tuple[str, ...]
    quand: datetime


@dataclass(frozen=True, slots=True)
class Semblable:
    """Un autre dossier qui ressemble à celui-ci, pourquoi, à quel point ; ``tenu_ici`` : ce poste tient l'autre."""

    dossier: str
    titre: str
    autre: str
    guichet: str
    raisons: tuple[str, ...]
    score: float
    tenu_ici: bool = False


@dataclass(frozen=True, slots=True)
class AReunir:
    """Deux dossiers que le mur laisse n'en faire qu'un : leurs documents, et les états dont l'union sera faite."""

    document: Document
    autre: Document
    etat: EtatDossier
    autre_etat: EtatDossier


@dataclass(frozen=True, slots=True)
class Reunion:
    """Une réunion qui s'annule encore : le dossier absorbé, sa référence, quand."""

    absorbe: str
    reference: str
    quand: datetime


@dataclass(frozen=True, slots=True)
class InformationTenue:
    """Un paquet que ce poste tient du registre. ``date`` : la version que lui donne qui l'a publié.

    ``urgence`` : sa dernière correction urgente, s'il en a eu une.
    """

    nom: str
    version: int
    recu_le: datetime
    date: str
    nationale: bool
    urgence: Urgence | None


@dataclass(frozen=True, slots=True)
class Parti:
    """Quelqu'un est parti avec une fiche d'avant sa correction. ``discret`` : la référence seule se montre."""

    dossier: str
    titre: str
    detail: str
    reference: str
    discret: bool
    fiche: str
    langue: str
    le: date


@dataclass(frozen=True, slots=True)
class Publie:
    """Une donnée publiée par le registre, à sa version."""

    nom: str
    version: int
    contenu: bytes
