"""Les orientations écrites en données : lues et vérifiées entières avant usage."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from modele.orientation.regles_echeances import RegleEcheance, lire_echeances
from modele.orientation.resultat import Urgence
from modele.regles.conditions import Condition
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue
from modele.regles.lecture import Lecteur, lire_toml, vouliez_vous
from modele.regles.lecture_conditions import Contexte, lire_condition
from modele.regles.provenance import COMPLETE, Provenance, lire_provenance

FICHIER: Final = "national/orientations.toml"
_ORDRE: Final = list(Urgence)
# Une date ne rend pas une voie immédiate : ce qui l'est se garde par son déclencheur (``voies_gardees``).
_MONTEES: Final = (Urgence.JOUR, Urgence.SEMAINE)


@dataclass(frozen=True, slots=True)
class Montee:
    """L'urgence devient ``urgence`` à ``jours`` jours ou moins de l'échéance ; elle ne redescend jamais."""

    echeance: str
    jours: int
    urgence: Urgence


@dataclass(frozen=True, slots=True)
class RegleOrientation:
    """Une voie : sa condition (absente : toujours), ce qu'on fait, ce qu'on dit, d'où elle vient.

    ``discret`` : elle protège quelqu'un ; ``libelle_discret`` est tout ce qu'elle dit tant qu'elle n'est que possible.
    ``remplace`` : les voies dont, retenue, elle prend la place ; avec ``remplace_si``, seulement s'il est certain ;
    avec ``remplace_sauf``, sauf s'il l'est.
    ``ferme`` : les fiches qui mèneraient ailleurs et ne s'impriment plus, sous la même exception.
    ``reprend`` : elle garde leurs échéances, contacts, fiches et pièces ; sinon, rien ne lui en vient.
    ``urgence_selon`` : ce qui rend son urgence plus pressante, à l'approche d'une échéance.
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
    remplace_si: Condition | None = None
    remplace_sauf: Condition | None = None
    ferme: tuple[str, ...] = ()
    reprend: bool = True
    urgence_selon: tuple[Montee, ...] = ()


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
    id_, montees = table.identifiant(vus), table.tables("urgence_selon")
    si = lire_condition(table, "si", contexte)
    textes = {
        cle: table.textes(cle)
        for cle in ("gestes", "a_dire", "a_eviter", "pieces", "contacts", "fiches", "remplace", "ferme")
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
        echeances=lire_echeances(table, contexte),
        remplace_si=lire_condition(table, "remplace_si", contexte),
        remplace_sauf=lire_condition(table, "remplace_sauf", contexte),
        reprend=table.booleen("reprend", defaut=True),
        urgence_selon=tuple(map(_montee, montees)),
        **textes,
    )
    for cle in ("remplace_si", "remplace_sauf", "reprend"):
        if cle in table and not lus.remplace:
            table.signaler(cle, "sans « remplace », cette clé ne dit rien")
    _verifier_montees(montees, lus)
    table.clore()
    return lus


def _montee(table: Lecteur) -> Montee:
    montee = Montee(
        echeance=table.texte("echeance", obligatoire=True),
        jours=table.entier("jours", obligatoire=True) or 0,
        urgence=Urgence(table.texte("urgence", obligatoire=True, permis=_MONTEES, defaut=Urgence.JOUR)),
    )
    if montee.jours < 0:
        table.signaler("jours", "attendu : un nombre de jours, 0 ou plus")
    table.clore()
    return montee


def _verifier_montees(tables: Sequence[Lecteur], regle: RegleOrientation) -> None:
    """Une montée suit une échéance de sa voie, et presse vraiment plus que son urgence d'ordinaire."""
    connues = [echeance.id for echeance in regle.echeances]
    for table, montee in zip(tables, regle.urgence_selon, strict=True):
        if montee.echeance not in connues:
            voisine = vouliez_vous(montee.echeance, connues)
            table.signaler("echeance", f"« {montee.echeance} » n'est pas une échéance de cette voie{voisine}")
        if not plus_urgente(montee.urgence, regle.urgence):
            table.signaler("urgence", f"la voie est déjà « {regle.urgence} » : l'urgence monte, elle ne baisse pas")


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
    if plus_urgente(autre.urgence, regle.urgence):
        return "elle est plus urgente : elle ne se cacherait plus"
    return ""


def plus_urgente(une: Urgence, autre: Urgence) -> bool:
    """Vrai si ``une`` presse plus qu'``autre``."""
    return _ORDRE.index(une) < _ORDRE.index(autre)


def remplacees(
    id_: str, connues: Mapping[str, RegleOrientation], suivre: Callable[[RegleOrientation], bool] = bool
) -> tuple[str, ...]:
    """Toutes les voies que celle-ci remplace, de proche en proche, et elle-même.

    ``suivre`` : celles dont les remplacements comptent (toutes, si rien n'est dit).
    """
    vues = [id_]
    for une in vues:
        regle = connues.get(une)
        vues += [autre for autre in (regle.remplace if regle and suivre(regle) else ()) if autre not in vues]
    return tuple(vues)
