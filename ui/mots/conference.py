"""Ce que dit l'écran de la conférence du logement. Sans Qt ; les nombres se disent par ``ui.mots.cil``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from modele.conference.definitions import conference
from modele.territoire.engagements import DocumentDate, Engagement, Engagements
from ui.mots import cil
from ui.mots.contingents import jour
from ui.mots.flux import TUE, valider

if TYPE_CHECKING:
    from modele.conference.definitions import Definition
    from modele.conference.versions import Version

TITRE: Final = "Conférence du logement"
PARTENAIRES: Final = "Engagements par partenaire"
DOCUMENTS: Final = "Documents de référence"
OBJECTIFS: Final = "Objectifs de la loi"
VERSIONS: Final = "Versions figées"
MANQUES: Final = "Ce qui manque, et qui l'a"
AUCUNE_VERSION: Final = "Aucune version n'est figée pour {}."
AUCUN_PARTENAIRE: Final = "Aucun partenaire n'est connu de ce territoire : ajoutez-en un, Alt+N."
COMPTER: Final = (
    "Compter lit les fichiers gardés des bailleurs ; chaque lecture s'inscrit. Ce qui sort est figé d'abord : la "
    "version suivante en tient compte, et rien de ce qu'elle tait ne se retrouve par différence."
)
SANS_DEMANDES: Final = (
    "Sans fichier des demandes en attente (une ligne par demande, sans nom), ni pression ni ancienneté de qui attend."
)
PLAN: Final = "Attributions par commune, sur le plan"
SANS_PLACE: Final = "Où elles sont ne se sait pas : {}."
FICTIF: Final = "Territoire fictif : rien n'y a de valeur officielle."
PAS_COMPTE: Final = "pas encore compté"
POUR_QUI: Final = "Choisissez pour qui sont ces nombres : moins de personnes les lisent, plus ils en disent."
FIGEE: Final = "Version figée : elle est gardée telle quelle."
DEJA_FIGEE: Final = "Rien n'a changé depuis la dernière version figée."
A_COMPTER: Final = "Fichier lu. Comptez de nouveau : les demandes s'y ajoutent."
FILTRE: Final = "Tableaux (*.csv *.txt)"
A_FIGER: Final = "Figez cette version pour l'imprimer ou l'enregistrer."
GARDE: Final = "Engagement enregistré."
RETIRE: Final = "Retiré : il ne compte plus. Son histoire reste."
RETIRER: Final = "Retirer (saisi par erreur)"
RETIRER_VRAIMENT: Final = "Confirmer le retrait"
NOM: Final = "Écrivez le nom du partenaire."
TEXTE: Final = "Écrivez ce à quoi il s'engage, dans les mots de la convention ; d'un document, son nom."
SOURCE: Final = "Dites d'où cela vient : la convention, une délibération, un site."
AUCUN_CHANGEMENT: Final = "Rien n'a changé d'une version à l'autre."
LECTEURS: Final = {"habilites": "des personnes habilitées", "partenaires": "des partenaires", "public": "le public"}


def dire_effectif(valeur: float | None) -> str:
    """« 62 », « non publié »."""
    return TUE if valeur is None else f"{valeur:g}"


def dire_demandes(nom: str, combien: int) -> str:
    """« demandes.csv : 42 000 demandes, lues pour compter, pas gardées. »"""
    return f"{nom} : {combien} demande{'s' if combien > 1 else ''}. Lu pour compter, pas gardé."


def dire_partenaire(siens: Iterable[Engagement]) -> str:
    """« 1 à remplir, 2 en cours » : où en sont les engagements d'un partenaire."""
    comptes: dict[str, int] = {}
    for un in siens:
        comptes[un.etat] = comptes.get(un.etat, 0) + 1
    return ", ".join(f"{combien} {cil.ETATS_DITS[etat]}" for etat, combien in comptes.items())


def incomplets(siens: Iterable[Engagement]) -> bool:
    """Vrai s'il en reste un à remplir."""
    return any(un.etat == "a_remplir" for un in siens)


def dire_date_de(un: DocumentDate) -> str:
    """« 01/03/2021 », « 2023-2028 » ; d'un document dont la date ne se sait pas, qui la donne."""
    if un.du or un.periode:
        return jour(un.du) if un.du else un.periode
    return f"date à remplir par {un.a_remplir_par}" if un.a_remplir_par else "date inconnue"


def constater(engagements: Engagements) -> str:
    """« 6 partenaires, dont 6 à remplir. »"""
    tous = engagements.par_partenaire
    if not tous:
        return AUCUN_PARTENAIRE
    combien, reste = len(tous), sum(incomplets(siens) for siens in tous.values())
    return f"{combien} partenaire{'s' * (combien > 1)}, dont {reste} à remplir."


def objectifs() -> list[Definition]:
    """Les indicateurs dont la loi donne l'objectif."""
    return [une for une in conference().definitions.values() if une.objectif is not None]


def dire_objectif(une: Definition) -> tuple[str, ...]:
    """Ce qu'il compte, l'objectif, l'article, la source."""
    lue = une.provenance
    return (
        f"{cil.objectif_de(une)} ({lue.fondement}){valider(lue.confiance)}.",
        f"Compte : {une.numerateur}. Sur : {une.denominateur}.",
        f"Source : {lue.source}. Donnée tenue par : {une.detient}.",
    )


def dire_version(une: Version) -> str:
    """« Figée le 30/11/2026 à 10:42 par Nora, pour le public »."""
    quand = f"{une.quand[8:10]}/{une.quand[5:7]}/{une.quand[:4]} à {une.quand[11:16]}"
    return f"Figée le {quand} par {une.par}, pour {LECTEURS.get(une.diffusion, une.diffusion)}"


def mesures() -> Mapping[str, str]:
    """Les indicateurs qui peuvent suivre un engagement, par identifiant ; vide : aucun."""
    return {"": "aucun indicateur", **{une.id: une.libelle for une in conference().definitions.values()}}
