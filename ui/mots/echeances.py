"""La liste « À faire », en mots : une ligne par date, les mêmes à l'accueil et sur leur écran. Sans Qt.

Rien n'y nomme la personne tant que la ligne est masquée. Essais : ``tests/ui/mots/test_echeances.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from modele.coffre.listes import PAR_PAGE, AFaire, PageAFaire, Tranche
from modele.dossier.dates_tenues import DateTenue, Nature
from modele.mots.ecriture import dire_date, dire_jour, majuscule
from modele.mots.phrases import mots
from modele.orientation.resultat import Urgence
from ui.mots.a_faire import VENUE
from ui.mots.rendez_vous import AGENDA, dire_heure
from ui.mots.suites import dire_attente

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.coffre.listes import Voulu
    from modele.droits import Auteur

TITRE: Final = "À faire"
SANS_NOM: Final = "Orientation"
RIEN: Final = "Rien à faire ici."
NOTE: Final = "Noté : {issue}, dossier {reference}. Se corrige dans le dossier, à l'orientation."
REPORTE: Final = "Reporté au {date}, dossier {reference}. La ligne est repliée sous « Reportés »."
ANNULE: Final = "Report annulé, dossier {reference} : la ligne est revenue."
VENU: Final = "Ce qui est venu"
LIGNE: Final = "La ligne choisie"
TUE: Final = "Date à suivre le {}"
JUSQU_AU: Final = "Jusqu'au"
POURQUOI: Final = "Pourquoi, pour qui la reprendra"
POURQUOI_AIDE: Final = "Sans nom. Une date de droit revient d'elle-même le jour où il faut agir."
ILLISIBLE: Final = "Écrivez le jour où elle revient, par exemple 03/12/2026."
NE_SE_REPORTE_PAS: Final = "Cette date ne se reporte pas."
TOUS: Final = "Tous"
MOI: Final = "Moi"
TRANCHES: Final[Mapping[Tranche, str]] = MappingProxyType(
    {
        Tranche.MAINTENANT: "Maintenant",
        Tranche.JOUR: "Aujourd'hui",
        Tranche.SEMAINE: "Cette semaine",
        Tranche.LOIN: "Plus loin",
    }
)
PROCHES: Final = (Tranche.MAINTENANT, Tranche.JOUR, Tranche.SEMAINE)
"""Ce que montre l'accueil ; le reste s'y compte."""
SORTES: Final[Mapping[str, tuple[Nature, ...]]] = MappingProxyType(
    {
        "Toutes": (),
        "Réponses attendues": (Nature.REPONSE,),
        "Renouvellements": (Nature.RENOUVELLEMENT,),
        "Délais et fins": (Nature.VOIE, Nature.EXPIRATION, Nature.ORDONNANCE),
        AGENDA: (Nature.RENDEZ_VOUS,),
    }
)
_URGENCES: Final[Mapping[Tranche, Urgence]] = MappingProxyType(dict(zip(Tranche, Urgence, strict=True)))
DANS: Final = ((1, "Demain"), (3, "Dans 3 jours"), (7, "Dans 7 jours"))
"""Les jours qui s'offrent d'un geste, quand la date les permet."""


RIEN_ENCORE: Final = PageAFaire((), 0, 0, MappingProxyType(dict.fromkeys(Tranche, 0)))


@dataclass(frozen=True, slots=True)
class Lue:
    """Une page, et comment joindre sans danger les personnes dont l'agent suit le dossier à part."""

    page: PageAFaire = RIEN_ENCORE
    canaux: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dite:
    """Une ligne, masquée ; ``clair`` : la même, démasquée."""

    titre: str
    detail: str
    urgence: str
    clair: tuple[str, str] | None


def lire_a_faire(coffre: Coffre, voulu: Voulu, auteur: Auteur, regles: Regles | None) -> Lue:
    """La page voulue ; à faire sur le fil des travaux. Des seuls dossiers discrets qu'il suit, les délais se calculent.

    Rien n'en est rangé : ``modele.coffre.a_faire`` ne les garde que le temps de répondre.
    """
    from ui.mots.avis import canal_sur, delais_a_suivre

    delais, canaux = {}, {}
    for suivi in coffre.porte.suivis(auteur):
        # Discret ou qui se montre tel : le coffre sait duquel ces délais manquent à sa table, et ne lit que ceux-là.
        document = coffre.lire(suivi.dossier)
        delais[suivi.dossier] = delais_a_suivre(document, regles, voulu.jour)
        canaux[suivi.dossier] = canal_sur(document)
    return Lue(coffre.taches.lire(replace(voulu, delais=delais), auteur), canaux)


def dire(une: AFaire, jour: date, nommer: Callable[[str], str], canaux: Mapping[str, str]) -> Dite:
    """Une ligne de la liste. Démasquée : de qui, et le motif d'un report ; d'un dossier suivi à part, le canal sûr."""
    titre, suite = dire_la_date(une, jour, nommer)
    reference, report = f"Dossier {une.resume.reference}", _dire_le_report(une)
    motif = f"« {une.report.motif} »" if une.report is not None else ""
    if une.resume.discret:
        from ui.mots.avis import SANS_CANAL

        qui = f"{reference} · {canaux.get(une.dossier) or SANS_CANAL}"
    else:
        qui = f"{une.resume.titre} · {une.resume.reference}"
    clair = (titre, _a_la_suite(qui, suite, report, motif))
    return Dite(titre, _a_la_suite(reference, suite, report), _URGENCES[une.tranche].value, clair)


def dire_la_date(une: AFaire, jour: date, nommer: Callable[[str], str]) -> tuple[str, str]:
    """Ce que la ligne dit, et ce qui la précise : « Domiciliation : sans réponse depuis 12 jours », « Rendez-vous à
    9 h 30 »."""
    if une.tue:
        return TUE.format(dire_date(une.date.le)), ""
    if une.date.nature is Nature.RENDEZ_VOUS:
        quand = "" if une.date.le == jour else f" {dire_jour(une.date.le)}"
        avec = f"avec {une.date.libelle}" if une.date.libelle else ""
        return f"{AGENDA}{quand} à {dire_heure(une.heure)}", avec
    quoi, suite = dire_date_tenue(une.date, jour)
    # Un délai de voie se nomme lui-même.
    nomme = bool(une.date.objet) and une.date.nature is not Nature.VOIE
    return f"{nommer(une.date.objet)} : {quoi}" if nomme else majuscule(quoi), suite


def _a_la_suite(*dits: str) -> str:
    return " · ".join(filter(None, dits))


def _dire_le_report(une: AFaire) -> str:
    if une.report is None:
        return ""
    return f"{'reporté au' if une.reportee else 'revenu du'} {dire_date(une.report.jusqu_au)} par {une.report.agent}"


def dire_date_tenue(une: DateTenue, jour: date) -> tuple[str, str]:
    """« sans réponse depuis 12 jours » et « attendue le 18/11/2026 » ; « à renouveler avant le 01/12/2026 »."""
    le = dire_date(une.le)
    match une.nature:
        case Nature.REPONSE:
            # Sans jour dit, le lendemain de l'envoi n'en est pas un qu'on ait attendu.
            dite = une.depuis is None or une.le > une.depuis + timedelta(1)
            return dire_attente(une.depuis, jour), f"attendue le {le}" if dite else ""
        case Nature.RENOUVELLEMENT:
            return f"à renouveler avant le {le}", "vérifiez, peut-être pas perdu" if une.le < jour else ""
        case Nature.EXPIRATION:
            return f"ne vaut plus après le {le}", ""
        case _ if une.depuis is not None:
            return f"{une.libelle} : {le}, par prudence", mots()("echeance.suspendue", date=dire_date(une.depuis))
        case _:
            return f"{une.libelle} : {le}", "" if jour <= une.le else VENUE


def nommer_les_voies(regles: Regles | None) -> Callable[[str], str]:
    """Le libellé d'une voie par son identifiant ; « Orientation » si elle n'est pas, ou plus, connue."""
    noms = {regle.id: regle.libelle for regle in regles.orientations} if regles is not None else {}
    return lambda voie: noms.get(voie, SANS_NOM)


def dire_combien(page: PageAFaire) -> str:
    """« 412 lignes, page 1 sur 3 »."""
    if not page.total:
        return RIEN
    pages = compter_les_pages(page)
    suite = f", page {page.page + 1} sur {pages}" if pages > 1 else ""
    return f"{page.total} ligne{'s' if page.total > 1 else ''}{suite}. La plus pressante d'abord."


def compter_les_pages(page: PageAFaire) -> int:
    """Le nombre de pages, une au moins."""
    return max(1, -(-page.total // PAR_PAGE))


def dire_les_comptes(comptes: Mapping[Tranche, int]) -> str:
    """« 2 maintenant · 3 aujourd'hui · 21 plus loin » ; ce qui est vide se tait."""
    return " · ".join(f"{comptes[tranche]} {mot.lower()}" for tranche, mot in TRANCHES.items() if comptes[tranche])


def dire_les_reportes(nombre: int) -> str:
    """« Reportés (3) »."""
    return f"Reportés ({nombre})"


def dire_la_suite(nombre: int) -> str:
    """« Voir 12 lignes de plus »."""
    return f"Voir {nombre} ligne{'s' if nombre > 1 else ''} de plus"


def dire_jusqu_ou(dernier: date) -> str:
    """Jusqu'où la date se reporte."""
    return f"Le {dire_date(dernier)} au plus tard."
