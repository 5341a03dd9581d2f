"""Les violences et le dossier partagé : aucun fait de violence ne s'écrit là où un autre adulte peut le lire.

Ce qui dit une violence est déclaré en donnée : ``Champ.violence`` sur les types, ``violence`` sur un code des
nomenclatures, famille « protection » d'une pièce, orientation ``discret``. Le dossier distinct est neuf : ni lien, ni
identifiant, ni trace du dossier commun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, Document, chemin_de_confirmation, lire, poser
from modele.dossier.documents import identifiant, nouveau
from modele.dossier.faits.calendrier import annees_revolues
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from modele.dossier.verification import Place, places
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_toml
from modele.regles.parametres import DeclarationParametre, lire_parametres, resoudre
from ressources import RESSOURCES

COLOCATAIRES: Final = "foyer.colocataires"
DISCRET: Final = "protection.discret"
IDENTITE: Final = "identite"
FAMILLE_PROTEGEE: Final = "protection"
AGE_MAJORITE: Final = "age_majorite"
PARAMETRES: Final = RESSOURCES / "national" / "parametres.toml"
_NEGATIFS: Final = ({"refus": True}, {"ne_sait_pas": True}, {"coches": [], "refus": True})
PHRASE: Final = (
    "Ceci ne s'écrit pas dans un dossier qu'un autre adulte peut lire. Perron ouvre un dossier distinct et discret ; "
    "celui-ci n'en garde aucune trace."
)


@dataclass(frozen=True, slots=True)
class Interdit:
    """Un changement refusé : les chemins qu'il aurait fait lire à un autre adulte, et la phrase à dire.

    ``negatif`` : ils ne disent que « non » ou un refus. Rien n'est à protéger, sinon qu'une question a été posée :
    se taire suffit (ne pas l'écrire, ou le retirer), sans un mot à l'écran qui ferait croire le contraire.
    """

    chemins: tuple[str, ...]
    message: str = PHRASE
    negatif: bool = False


def partage(document: Mapping[str, Any], jour: date) -> bool:
    """Vrai si un autre adulte que le demandeur est dans le dossier, à la date ``jour``.

    Dans le doute (naissance inconnue, codemandeur dont on a noté quelque chose), il y en a un.
    """
    codemandeur = lire(document, CODEMANDEUR)
    if lire(document, AVEC_CODEMANDEUR) is True or (codemandeur is not ABSENT and codemandeur != {}):
        return True
    autres = [*elements(document, PERSONNES).values(), *elements(document, COLOCATAIRES).values()]
    return any(peut_etre_adulte(personne, jour) for personne in autres)


def peut_etre_adulte(personne: Mapping[str, Any], jour: date) -> bool:
    """Vrai si la personne a l'âge de la majorité ce jour-là, ou si sa naissance n'est pas connue exactement."""
    try:
        naissance = date.fromisoformat(personne.get("date_naissance", ""))
    except (TypeError, ValueError):
        return True
    majorite = resoudre([_parametres()], jour, {})[AGE_MAJORITE].valeur
    return not isinstance(majorite, int) or annees_revolues(naissance, jour) >= majorite


@lru_cache(maxsize=1)
def _parametres() -> Mapping[str, DeclarationParametre]:
    """L'âge de la majorité, lu parmi les paramètres nationaux du droit."""
    return {AGE_MAJORITE: lire_parametres(lire_toml(PARAMETRES))[AGE_MAJORITE]}


def faits_de_violence(document: Mapping[str, Any], criteres: Collection[str] = ()) -> dict[str, Any]:
    """Ce que le document dit de violences, par chemin. Une réponse négative ou un refus en est une trace aussi.

    ``criteres`` : les critères de cotation dont la seule preuve en dirait une. La discrétion elle-même en est une.
    """
    dits = {chemin: dit for place in places(document) for chemin, dit in _dits(place)}
    if lire(document, DISCRET) is True:
        dits[DISCRET] = True
    proteges = [f"preuves.{critere}" for critere in criteres]
    proteges += [chemin_de_confirmation(nom) for nom, champ in inventaire().champs.items() if champ.champ.violence]
    return dits | {chemin: dit for chemin in proteges if (dit := lire(document, chemin)) is not ABSENT}


def interdire(
    document: Mapping[str, Any], chemin: str, valeur: Any, jour: date, criteres: Collection[str] = ()
) -> Interdit | None:
    """L'interdit qu'enfreindrait l'écriture de ``valeur`` à ``chemin``, ou ``None`` si elle est permise.

    Vaut dans les deux sens : dire une violence dans un dossier partagé, faire entrer un adulte dans un dossier discret
    ou qui en dit une. Retirer est toujours permis. ``criteres`` : voir ``faits_de_violence``.
    """
    apres = poser(document, chemin, valeur)
    if not partage(apres, jour):
        return None
    avant = faits_de_violence(document, criteres) if partage(document, jour) else {}
    dits = faits_de_violence(apres, criteres)
    nouveaux = {lieu: dit for lieu, dit in dits.items() if avant.get(lieu, ABSENT) != dit}
    return Interdit(tuple(nouveaux), negatif=all(map(_negatif, nouveaux.values()))) if nouveaux else None


def accorder(
    document: Mapping[str, Any], valeurs: Mapping[str, Any], jour: date, criteres: Collection[str] = ()
) -> dict[str, Any] | None:
    """Ce qui s'écrit de ``valeurs``, ou ``None`` si l'une d'elles est interdite.

    Une réponse négative ne s'écrit pas dans un dossier partagé ; elle se retire quand un adulte entre dans le dossier.
    """
    permises: dict[str, Any] = {}
    for chemin, valeur in valeurs.items():
        interdit = interdire(document, chemin, valeur, jour, criteres)
        if interdit is not None and not interdit.negatif:
            return None
        if interdit is not None and partage(document, jour):
            continue
        for lieu in interdit.chemins if interdit is not None else ():
            permises[lieu] = ABSENT
            document = poser(document, lieu, ABSENT)
        permises[chemin] = valeur
        document = poser(document, chemin, valeur)
    return permises


def a_reprendre(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """Ce qu'un dossier distinct reprend de réponses interdites : les violences dites, et rien qui les accompagne.

    Ni un élément de liste ni son ordre : leurs identifiants sont ceux du dossier commun.
    """
    reprises: dict[str, Any] = {}
    for chemin, valeur in valeurs.items():
        dit = faits_de_violence(poser({}, chemin, valeur)).get(chemin, ABSENT)
        if dit is ABSENT or ".elements." in chemin:
            continue
        cochees = isinstance(dit, list) and isinstance(valeur, Mapping) and "coches" in valeur
        reprises[chemin] = {"coches": dit, "clos": False} if cochees else valeur
    return reprises


def _negatif(dit: Any) -> bool:
    return dit is False or dit in _NEGATIFS


def dossier_distinct(
    document: Mapping[str, Any],
    cree_le: str,
    jour: date,
    *,
    qui: str = DEMANDEUR,
    identite: bool = False,
    enfants: Collection[str] = (),
) -> Document:
    """Un dossier neuf et discret, qui ne reprend que ce que la personne choisit : son identité, ses enfants mineurs.

    ``qui`` : son rôle dans le dossier commun. ``enfants`` : identifiants d'éléments de ``foyer.personnes`` ; ils en
    reçoivent de neufs. Lève ``ErreurUtilisateur`` si l'un d'eux est peut-être majeur.
    """
    distinct = poser(nouveau(str(document["territoire"]), cree_le), DISCRET, True)
    if identite and (reprise := _identite(lire(document, qui))):
        distinct = {**distinct, DEMANDEUR: reprise}
    repris = {identifiant(): _identite(_enfant(document, ancien, jour)) for ancien in sorted(enfants)}
    if repris:
        liste = {"elements": repris, "ordre": list(repris), "clos": False}
        distinct = poser(distinct, PERSONNES, liste)
    return distinct


def _enfant(document: Mapping[str, Any], ancien: str, jour: date) -> Mapping[str, Any]:
    enfant = elements(document, PERSONNES).get(ancien)
    if enfant is None or peut_etre_adulte(enfant, jour):
        raise ErreurUtilisateur(
            "Seul un enfant mineur, dont la date de naissance est connue, se reprend dans le dossier distinct. "
            "Saisissez-y les autres personnes vous-même, si elle le souhaite."
        )
    return enfant


def _identite(personne: Any) -> Document:
    """L'identité seule d'une personne, sans rien d'autre ni clé inconnue."""
    champs = [c.chemin for c in inventaire().listes[PERSONNES].champs if c.champ.atome == IDENTITE]
    return {nom: personne[nom] for nom in champs if isinstance(personne, Mapping) and nom in personne}


def _dits(place: Place) -> Iterator[tuple[str, Any]]:
    """Ce qu'une place dit de violences : sa réponse entière, ou seulement ceux de ses codes qui en disent une."""
    champ = place.champ.champ
    if place.ecrit is ABSENT or place.ecrit is None:
        return
    if champ.violence or (champ.designe and place.ecrit in _designations()[champ.designe]):
        yield place.chemin, place.ecrit
    elif champ.nomenclature in nationales():
        codes = nationales()[champ.nomenclature].codes
        dits = sorted(code for code in _codes(place.ecrit) if code in codes and codes[code].violence)
        if dits:
            yield place.chemin, dits


@lru_cache(maxsize=1)
def _designations() -> Mapping[str, Collection[Any]]:
    """Les pièces et les orientations dont le seul nom dit une violence : les noter en serait une trace."""
    national = RESSOURCES / "national"
    pieces = lire_toml(national / "pieces.toml").tables("piece")
    orientations = [
        *lire_toml(national / "orientations.toml").tables("orientation"),
        *lire_toml(national / "publics_prioritaires.toml").tables("public"),
    ]
    return {
        "piece": [table.texte("id") for table in pieces if table.texte("famille") == FAMILLE_PROTEGEE],
        "orientation": [table.texte("id") for table in orientations if table.booleen("discret")],
    }


def _codes(ecrit: Any) -> list[str]:
    """Les codes qu'une réponse nomme : choisi, possibles ou cochés."""
    nommes = [ecrit]
    if isinstance(ecrit, Mapping):
        nommes = [*_liste(ecrit.get("coches")), *_liste(ecrit.get("parmi"))]
    return [code for code in nommes if isinstance(code, str)]


def _liste(ecrit: Any) -> list[Any]:
    return ecrit if isinstance(ecrit, list) else []
