"""Chercher seul à seul, les avis qui en naissent, les dossiers discrets qu'un agent suit : en mots. Sans Qt.

Rien n'y nomme la personne : une référence, un moment, l'agent qui a cherché. Essais : ``tests/ui/mots/test_avis.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from modele.mots.ecriture import dire_date
from ui.mots.moments import ecrire_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.coffre.listes import Avis, Essai, Ouverture, Suivi
    from modele.dossier.chemins import Document
    from modele.dossier.dates_tenues import DateTenue
    from modele.droits import Auteur

AVANT: Final = (
    "La personne est seule avec vous : ni proche, ni accompagnant, ni enfant qui traduit. Sinon, recevez-la seule.",
    "Quelqu'un demande si une autre est passée ? Ne cherchez pas : « Premier contact », la même phrase à tous.",
    "Sa référence suffit, si elle l'a : tapez-la à l'accueil.",
    "Chaque recherche est notée, trouvée ou non : qui suit le dossier le sait, sinon le responsable.",
)
MOTIF: Final = "Pourquoi vous cherchez"
MOTIF_AIDE: Final = "Sans nom ni rien qui la désigne. La réponse ne vient qu'après."
QUI: Final = "Son nom et sa naissance"
QUI_AIDE: Final = "Comme elle les dit : une faute, un seul nom, l'année à un an près suffisent."
EXEMPLE: Final = "Traoré Awa 1980"
RIEN: Final = (
    "Aucun dossier ne répond ici. Faites épeler, essayez l'autre nom, ou demandez sa référence ; un autre guichet le "
    "tient peut-être."
)
TROUVES: Final = "Vérifiez avec elle avant d'ouvrir."

AUCUN: Final = "Rien à lire : aucune recherche seul à seul ne vous concerne, aucun dossier ne vous est confié."
A_LIRE: Final = "Recherches qui ont trouvé un de vos dossiers"
SANS_DOSSIER: Final = "Recherches qui n'ont rien trouvé"
OUVERTS: Final = "Dossiers ouverts sans qu'il y soit rien fait"
OUVERTS_AIDE: Final = (
    "À lire par le responsable, à partir du lendemain et pendant un mois. Relire un dossier avant un rendez-vous est "
    "normal : ce n'est la mesure de personne."
)
SUIVIS: Final = "Dossiers que vous suivez"
EXPLIQUER: Final = (
    "Si cette recherche n'est pas la vôtre ni celle d'un collègue que vous attendiez, parlez-en à la personne, seul à "
    "seul, et au responsable."
)
AU_RESPONSABLE: Final = "À lire par le responsable. Ce qui était cherché ne se garde pas."
SANS_SUPPLEANT: Final = "sans suppléant : nommez-le dans son suivi"
SANS_NUL: Final = "ni référent ni suppléant : nommez-les dans son suivi"
AUCUNE_ECHEANCE: Final = "aucune échéance connue"
SANS_CANAL: Final = "aucun moyen sûr de la joindre : demandez-le-lui"
_CANAUX: Final = {
    "contact.telephone": "téléphone sûr",
    "contact.courriel": "adresse électronique sûre",
    "contact.adresse_courrier": "courrier sûr",
}


@dataclass(frozen=True, slots=True)
class Suivie:
    """Un dossier discret que l'agent suit, et sa prochaine échéance ; ``None`` : aucune connue.

    ``autres`` : combien d'autres restent à faire. ``canal`` : comment joindre la personne sans danger ; vide : aucun.
    """

    suivi: Suivi
    le: date | None
    autres: int = 0
    canal: str = ""


@dataclass(frozen=True, slots=True)
class ALire:
    """Tout ce que l'écran « Avis » montre à un agent."""

    avis: tuple[Avis, ...] = ()
    essais: tuple[Essai, ...] = ()
    suivies: tuple[Suivie, ...] = ()
    ouvertures: tuple[Ouverture, ...] = ()

    @property
    def a_lire(self) -> int:
        """Combien se disent dès l'accueil : les avis, les essais ; les dates des dossiers suivis sont « À faire »."""
        return len(self.avis) + len(self.essais)


def lire(coffre: Coffre, auteur: Auteur, regles: Regles | None, jour: date) -> ALire:
    """Les avis, les essais et les dossiers suivis de cet agent ; à faire sur le fil des travaux."""
    suivies = [_suivie(un, coffre.lire(un.dossier), regles, jour) for un in coffre.porte.suivis(auteur)]
    suivies.sort(key=lambda une: (une.le or date.max, une.suivi.reference))
    porte = coffre.porte
    ouvertures = tuple(porte.ouvertures(auteur))
    return ALire(tuple(porte.avis(auteur)), tuple(porte.essais(auteur)), tuple(suivies), ouvertures)


def _suivie(suivi: Suivi, document: Document, regles: Regles | None, jour: date) -> Suivie:
    dates = sorted(dates_a_suivre(document, regles, jour))
    return Suivie(suivi, dates[0] if dates else None, max(0, len(dates) - 1), canal_sur(document))


def dates_a_suivre(document: Document, regles: Regles | None, jour: date) -> list[date]:
    """Toutes les dates d'un dossier discret où il reste à faire, protégées comprises : à qui le suit, et à nul autre.

    Lues du document, à l'instant : rien de gardé à côté ne peut y être périmé. ``regles`` : pas encore chargées, les
    délais des voies viennent ensuite.
    """
    from modele.dossier.dates_tenues import dates_tenues, reste_a_faire

    dites = {une.le for une in dates_tenues(document) if reste_a_faire(une, jour)}
    return sorted(dites | {une.le for une in delais_a_suivre(document, regles, jour)})


def delais_a_suivre(document: Document, regles: Regles | None, jour: date) -> list[DateTenue]:
    """De ces dates, celles que seul un bilan sait."""
    if regles is None:
        return []
    from modele.bilan import etablir
    from ui.mots.a_faire import dates_des_voies

    bilan = etablir(regles, document, jour, exacte=False)
    return dates_des_voies(bilan, bilan.voies_retenues)


def canal_sur(document: Document) -> str:
    """Comment la joindre sans danger : « téléphone sûr : 06… », sinon une adresse ; vide si rien n'est dit sûr."""
    from modele.protection.report import a_reporter

    for chemin, nom in _CANAUX.items():
        if isinstance(dit := a_reporter(document, chemin, discret=True), str):
            return f"{nom} : {dit}"
    return ""


def dire_combien(nombre: int) -> str:
    """Ce que la porte a rendu."""
    if nombre == 0:
        return RIEN
    return f"{'1 dossier répond' if nombre == 1 else f'{nombre} dossiers répondent'}. {TROUVES}"


def dire_a_l_accueil(nombre: int) -> str:
    """« 2 avis à lire »."""
    return f"{nombre} avis à lire"


def dire_avis(un: Avis | Essai, maintenant: datetime) -> str:
    """« Paul Roy a cherché seul à seul hier à 16:51. »"""
    return f"{un.par or 'Quelqu’un'} a cherché seul à seul {ecrire_moment(un.quand, maintenant)}."


def dire_ouverture(une: Ouverture, maintenant: datetime) -> str:
    """« Dossier K7Q2F, ouvert par Paul Roy hier à 16:51. »"""
    return f"Dossier {une.reference}, ouvert par {une.par or 'quelqu’un'} {ecrire_moment(une.quand, maintenant)}."


def dire_motif(un: Avis | Essai) -> str:
    """Son motif, dans ses mots."""
    return f"Motif : « {un.motif} »" if un.motif else "Motif non écrit."


def dire_suivie(une: Suivie) -> str:
    """La prochaine échéance, combien d'autres, et ce qui manque."""
    quand = f"prochaine échéance : {dire_date(une.le)}" if une.le else AUCUNE_ECHEANCE
    autres = f"{une.autres} autre{'s' if une.autres > 1 else ''}" if une.autres else ""
    manque = SANS_NUL if une.suivi.sans_referent else SANS_SUPPLEANT if une.suivi.sans_suppleant else ""
    return " · ".join(filter(None, (quand, autres, manque)))


def dire_canal(une: Suivie) -> str:
    """Comment la joindre, une fois la ligne démasquée."""
    return une.canal or SANS_CANAL


def dire_agents(agents: Iterable[str]) -> str:
    """Les agents de ce poste, à qui un dossier peut être confié."""
    return f"Agents de ce poste : {', '.join(agents)}. Un agent d'un autre poste s'écrit de même."


REFERENT: Final = "Référent"
SUPPLEANT: Final = "Suppléant"
A_QUOI: Final = (
    "Ils répondent de ce dossier et en reçoivent les avis (Ctrl+K, « Avis ») ; quand l'un manque, l'autre lit."
)
LE_MEME: Final = "Le suppléant est quelqu'un d'autre que le référent."
GARDES: Final = "Référent et suppléant enregistrés."
