"""Les orientations écrites en données : lues et vérifiées entières avant usage."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from modele.orientation.resultat import Urgence
from modele.regles.conditions import Condition
from modele.regles.confiance import CONFIANCES
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue, Fait, TypeFait
from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition, lire_fait
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

FICHIER: Final = "national/orientations.toml"
REPORTS = ("aucun", "jour_ouvrable")


@dataclass(frozen=True, slots=True)
class RegleEcheance:
    """Une échéance : ``mois`` et ``jours`` après ``depuis`` (absent : elle s'énonce et ne se calcule pas)."""

    id: str
    libelle: str
    mois: int
    jours: int
    depuis: Fait | None
    report: str
    si: Condition | None
    confiance: str


@dataclass(frozen=True, slots=True)
class RegleOrientation:
    """Une voie : sa condition (absente : toujours), ce qu'on fait, ce qu'on dit, d'où elle vient.

    ``discret`` : elle protège quelqu'un ; ``libelle_discret`` est tout ce qu'elle dit tant qu'elle n'est que possible.
    ``remplace`` : les voies qu'elle précise ; retenue, elle prend leur place.
    """

    id: str
    libelle: str
    libelle_discret: str
    urgence: Urgence
    si: Condition | None
    discret: bool
    gestes: tuple[str, ...]
    a_dire: tuple[str, ...]
    a_eviter: tuple[str, ...]
    pieces: tuple[str, ...]
    contacts: tuple[str, ...]
    fiches: tuple[str, ...]
    provenance: Provenance
    echeances: tuple[RegleEcheance, ...]
    remplace: tuple[str, ...] = ()


def lire_orientations(
    chemin: Lisible, catalogue: Catalogue, parametres: Collection[str] = frozenset()
) -> tuple[RegleOrientation, ...]:
    """Toutes les orientations d'un fichier. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    contexte = Contexte(catalogue, parametres)
    vus: set[str] = set()
    tables = lecteur.tables("orientation", obligatoire=True)
    lues = [_orientation(table, contexte, vus) for table in tables]
    _verifier_remplacements(tables, lues)
    lecteur.finir()
    return tuple(lues)


def _orientation(table: Lecteur, contexte: Contexte, vus: set[str]) -> RegleOrientation:
    id_ = table.identifiant(vus)
    si = lire_condition(table, "si", contexte)
    textes = {
        cle: table.textes(cle) for cle in ("gestes", "a_dire", "a_eviter", "pieces", "contacts", "fiches", "remplace")
    }
    libelle = table.texte("libelle", obligatoire=True)
    lus = RegleOrientation(
        id=id_,
        libelle=libelle,
        libelle_discret=table.texte("libelle_discret", defaut=libelle),
        urgence=Urgence(table.texte("urgence", obligatoire=True, permis=list(Urgence), defaut=Urgence.COURANTE)),
        si=si,
        discret=table.booleen("discret"),
        provenance=lire_provenance(table, exigees=("fondement", *COMPLETE)),
        echeances=tuple(_echeance(dessous, contexte) for dessous in table.tables("echeance")),
        **textes,
    )
    table.clore()
    return lus


def _verifier_remplacements(tables: Sequence[Lecteur], lues: Sequence[RegleOrientation]) -> None:
    """Une voie n'en remplace qu'une connue, pas plus urgente qu'elle, ni plus ni moins discrète ; jamais en rond."""
    connues = {regle.id: regle for regle in lues}
    for table, regle in zip(tables, lues, strict=True):
        for remplacee in regle.remplace:
            if faute := _faute_de_remplacement(regle, remplacee, connues):
                table.signaler("remplace", f"« {remplacee} » : {faute}")


def _faute_de_remplacement(regle: RegleOrientation, remplacee: str, connues: Mapping[str, RegleOrientation]) -> str:
    autre = connues.get(remplacee)
    if autre is None:
        return "cette orientation n'est pas dans le fichier"
    if regle.id in remplacees(remplacee, connues):
        return "deux orientations ne se remplacent pas l'une l'autre"
    if regle.discret is not autre.discret:
        return "une voie discrète et une voie ordinaire ne se remplacent pas"
    if list(Urgence).index(regle.urgence) > list(Urgence).index(autre.urgence):
        return "elle est plus urgente : elle ne se cacherait plus"
    return ""


def remplacees(id_: str, connues: Mapping[str, RegleOrientation]) -> tuple[str, ...]:
    """Toutes les voies que celle-ci remplace, de proche en proche, et elle-même."""
    vues = [id_]
    for une in vues:
        vues += [autre for autre in (connues[une].remplace if une in connues else ()) if autre not in vues]
    return tuple(vues)


def _echeance(table: Lecteur, contexte: Contexte) -> RegleEcheance:
    mois, jours = _duree(table)
    depuis = lire_fait(table, "depuis", contexte) if "depuis" in table else None
    if depuis is not None and depuis.type is not TypeFait.DATE:
        table.signaler("depuis", f"« {depuis.nom} » n'est pas une date")
    echeance = RegleEcheance(
        id=table.texte("id", obligatoire=True),
        libelle=table.texte("libelle", obligatoire=True),
        mois=mois,
        jours=jours,
        depuis=depuis,
        report=table.texte("report", permis=REPORTS, defaut="aucun"),
        si=lire_condition(table, "si", contexte),
        confiance=table.texte("confiance", permis=CONFIANCES, defaut="V"),
    )
    table.clore()
    return echeance


def _duree(table: Lecteur) -> tuple[int, int]:
    """Mois et jours sont deux choses : 3 mois ne sont pas 90 jours."""
    duree = table.table("duree", obligatoire=True)
    if duree is None:
        return 0, 0
    mois, jours = duree.entier("mois"), duree.entier("jours")
    if mois is None and jours is None:
        duree.signaler("", "attendu : { mois = … } ou { jours = … }")
    duree.clore()
    return mois or 0, jours or 0
