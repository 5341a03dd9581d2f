"""Les échéances écrites en données : d'où elles partent, leurs lectures, ce qui les rend certaines, ce qui reste après.

Le texte se lit parfois de plusieurs façons : chaque ``lecture`` donne sa date, la plus courte est celle où agir, la
plus tardive celle avant laquelle rien n'est « passé ». ``au_plus_tard`` ne fait qu'allonger cette dernière.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from modele.orientation.durees import REPORTS, Duree, lire_duree
from modele.orientation.suspensions import Suspendu, lire_suspendu
from modele.regles.conditions import Condition
from modele.regles.confiance import CONFIANCES
from modele.regles.faits import Fait, TypeFait
from modele.regles.lecture import Lecteur, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition, lire_fait


@dataclass(frozen=True, slots=True)
class Depart:
    """Un fait, ou une échéance de la même voie ; ni l'un ni l'autre : le délai s'énonce et ne se calcule pas."""

    fait: Fait | None = None
    echeance: str = ""

    def __bool__(self) -> bool:
        return bool(self.fait or self.echeance)


@dataclass(frozen=True, slots=True)
class Terme:
    """Une date à calculer : un point de départ, un délai, un report."""

    depart: Depart
    duree: Duree
    report: str
    confiance: str


@dataclass(frozen=True, slots=True)
class LectureDuTexte:
    """Une lecture du texte : ``si`` (absente : toujours) la rend bonne ; ``au_plus_tard`` recule sa fin, pas plus."""

    si: Condition | None
    terme: Terme
    au_plus_tard: Terme | None


@dataclass(frozen=True, slots=True)
class RegleEcheance:
    """Une échéance et ses lectures.

    ``sauf`` : l'exception qui l'ôte ; inconnue, l'échéance reste, sous réserve. ``si_notifie`` : ce qui rend le délai
    opposable ; tant qu'il n'est pas certain, rien n'est passé. ``sans_fin`` : d'autres délais peuvent s'y ajouter, elle
    n'est jamais passée. ``suspendu`` : les deux dates entre lesquelles le délai s'arrête.
    ``acte`` : elle court d'un papier que la personne a en main.
    ``agir`` : c'est à la personne d'agir avant.
    ``ensuite`` : quoi faire entre les deux dates ; ``apres`` : ce qui reste possible après la seconde.
    """

    id: str
    libelle: str
    lectures: tuple[LectureDuTexte, ...]
    si: Condition | None
    sauf: Condition | None
    si_notifie: Condition | None
    sans_fin: bool
    suspendu: Suspendu | None
    acte: bool
    agir: bool
    ensuite: str
    apres: str
    fondement: str
    confiance: str


def lire_echeances(voie: Lecteur, contexte: Contexte) -> tuple[RegleEcheance, ...]:
    """Les échéances d'une voie, dans l'ordre écrit ; les fautes sont notées."""
    vues: set[str] = set()
    return tuple(_echeance(table, contexte, vues) for table in voie.tables("echeance"))


def _echeance(table: Lecteur, contexte: Contexte, vues: set[str]) -> RegleEcheance:
    lecteur = _LecteurDeTermes(contexte, frozenset(vues))
    confiance = table.texte("confiance", permis=CONFIANCES, defaut="V")
    echeance = RegleEcheance(
        id=table.identifiant(vues),
        libelle=table.texte("libelle", obligatoire=True),
        lectures=tuple(_lectures(table, lecteur, confiance)),
        si=lire_condition(table, "si", contexte),
        sauf=lire_condition(table, "sauf", contexte),
        si_notifie=lire_condition(table, "si_notifie", contexte),
        sans_fin=table.booleen("sans_fin"),
        suspendu=lire_suspendu(table, contexte, confiance),
        acte=table.booleen("acte"),
        agir=table.booleen("agir"),
        ensuite=table.texte("ensuite"),
        apres=table.texte("apres"),
        fondement=table.texte("fondement"),
        confiance=confiance,
    )
    if echeance.sans_fin and echeance.apres:
        table.signaler("apres", "« sans_fin » : elle n'est jamais passée, cette phrase ne se dirait pas")
    if echeance.suspendu is not None and any(une.terme.depart.echeance for une in echeance.lectures):
        table.signaler("suspendu", "elle part d'une autre échéance : c'est le délai de celle-ci qui s'arrête")
    if echeance.acte and not any(une.terme.depart.fait for une in echeance.lectures):
        table.signaler("acte", "attendu aussi : la date que ce papier donne (« depuis »)")
    table.clore()
    return echeance


def _lectures(table: Lecteur, lecteur: _LecteurDeTermes, confiance: str) -> Iterator[LectureDuTexte]:
    """La durée de l'échéance est sa première lecture ; chaque ``lecture`` en est une autre, du même départ à défaut."""
    autres, depart = table.tables("lecture"), lecteur.depart(table, Depart())
    if "duree" in table or not autres:
        yield _lecture(table, None, lecteur, depart, confiance)
    for autre in autres:
        si = lire_condition(autre, "si", lecteur.contexte)
        yield _lecture(autre, si, lecteur, lecteur.depart(autre, depart), confiance)
        autre.clore()


def _lecture(
    table: Lecteur, si: Condition | None, lecteur: _LecteurDeTermes, depart: Depart, confiance: str
) -> LectureDuTexte:
    terme, tard = lecteur.terme(table, depart, confiance), table.table("au_plus_tard")
    if tard is None:
        return LectureDuTexte(si, terme, None)
    reculee = tard.texte("confiance", permis=CONFIANCES, defaut=confiance)
    au_plus_tard = lecteur.terme(tard, lecteur.depart(tard, depart), reculee)
    if not au_plus_tard.depart:
        tard.signaler("", "attendu : un point de départ (« depuis »)")
    tard.clore()
    return LectureDuTexte(si, terme, au_plus_tard)


@dataclass(frozen=True, slots=True)
class _LecteurDeTermes:
    """Ce qu'un terme a le droit de nommer : les faits, et les échéances écrites plus haut dans la même voie."""

    contexte: Contexte
    au_dessus: frozenset[str]

    def terme(self, table: Lecteur, depart: Depart, confiance: str) -> Terme:
        report = table.texte("report", permis=REPORTS, defaut="aucun")
        return Terme(depart, lire_duree(table), report, confiance)

    def depart(self, table: Lecteur, defaut: Depart) -> Depart:
        """Le départ écrit ici, un fait date ou ``{ echeance = "id" }`` ; sinon ``defaut``."""
        if "depuis" not in table:
            return defaut
        if isinstance(table.brut("depuis"), dict):
            return Depart(echeance=self._echeance(table))
        depuis = lire_fait(table, "depuis", self.contexte)
        if depuis is not None and depuis.type is not TypeFait.DATE:
            table.signaler("depuis", f"« {depuis.nom} » n'est pas une date")
        return Depart(depuis)

    def _echeance(self, table: Lecteur) -> str:
        """Une échéance part d'une autre, écrite plus haut dans la même voie : jamais en rond."""
        dessous = table.table("depuis")
        assert dessous is not None
        nom = dessous.texte("echeance", obligatoire=True)
        if nom not in self.au_dessus:
            ici = "n'est pas une échéance écrite plus haut dans cette voie"
            dessous.signaler("echeance", f"« {nom} » {ici}{vouliez_vous(nom, self.au_dessus)}")
        dessous.clore()
        return nom
