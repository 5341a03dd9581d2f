"""Des postes et un registre en mémoire : chacun son miroir et ce qu'il n'a pas encore reçu en retour. Sans base.

Un scénario est une suite de pas : ``("poser", poste, {chemin: valeur})``, ``("trancher", poste, laquelle, choix)``,
``("envoyer", poste, combien)``, ``("recevoir", poste)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import count
from typing import Any

from msgspec import UNSET

from modele.dossier.chemins import ABSENT, Document
from modele.dossier.operations import Chaine, ChampPose, Operation, en_json, nouvelle_operation, rejouer
from modele.dossier.unites import changements, unite
from modele.droits import Auteur
from modele.fusion import (
    Divergence,
    EtatDossier,
    Fusion,
    a_citer,
    decoder_etat,
    divergences,
    document,
    encoder_etat,
    fusionner,
    trancher,
)

DOSSIER = "01a20190-10f9-73ad-91e8-6b06090ea30b"
TERRITOIRE = "metropole-exemple"
MIDI = datetime(2026, 11, 22, 12, tzinfo=UTC)
Pas = tuple[Any, ...]
_INSTANTS = count()


def vide(dossier: str = DOSSIER) -> EtatDossier:
    """L'état d'un dossier dont on n'a encore rien reçu."""
    return EtatDossier(dossier, TERRITOIRE)


def operation(poste: str, champs: Mapping[str, ChampPose], chaine: Chaine | None = None) -> Operation:
    """Une opération de ce poste ; son agent a le même nom."""
    quand = MIDI + timedelta(minutes=next(_INSTANTS))
    ou = chaine or Chaine(TERRITOIRE, poste, f"epoque-{poste}")
    return nouvelle_operation(ou, DOSSIER, champs, Auteur(poste), quand)


def dit(avant: Any = ABSENT, apres: Any = ABSENT, vu: str | None = None, tranche: tuple[str, ...] = ()) -> ChampPose:
    """Un champ changé, écrit à la main."""
    return ChampPose(vu, *(UNSET if valeur is ABSENT else valeur for valeur in (avant, apres)), tranche)


@dataclass
class Entree:
    """Une opération, et toutes celles qui étaient connues de son auteur."""

    operation: Operation
    poste: str
    passe: frozenset[str]

    @cached_property
    def id(self) -> str:
        return self.operation.entete.id


class Registre:
    """Il fusionne dans l'ordre d'arrivée."""

    def __init__(self) -> None:
        self.etat = vide()
        self.recues: list[Entree] = []
        self.fusions: list[Fusion] = []

    def recevoir(self, entree: Entree) -> None:
        fusion = fusionner(self.etat, entree.operation, entree.poste)
        self.recues.append(entree)
        self.fusions.append(fusion)
        # Ce qui passe d'un poste à l'autre passe toujours par des octets.
        self.etat = decoder_etat(encoder_etat(fusion.etat))


@dataclass
class Poste:
    """Un poste : ``parties`` sont envoyées sans qu'une réception les ait encore contenues."""

    nom: str
    registre: Registre
    miroir: EtatDossier = field(default_factory=vide)
    connues: frozenset[str] = frozenset()
    parties: list[Entree] = field(default_factory=list)
    attente: list[Entree] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chaine = Chaine(TERRITOIRE, self.nom, f"epoque-{self.nom}")

    @property
    def en_plus(self) -> list[Entree]:
        """Ce qui se montre par-dessus le miroir."""
        return [*self.parties, *self.attente]

    def document(self) -> Document:
        """Ce que l'agent a sous les yeux."""
        return rejouer((entree.operation for entree in self.en_plus), document(self.miroir))

    def projete(self) -> EtatDossier:
        """L'état que le registre tiendra si rien d'autre n'arrive."""
        etat = self.miroir
        for entree in self.en_plus:
            etat = fusionner(etat, entree.operation, entree.poste).etat
        return etat

    def poser(self, modifications: Mapping[str, Any]) -> None:
        """L'agent change des champs ; ``ABSENT`` retire."""
        posees = {chemin: v if v is ABSENT else en_json(v) for chemin, v in modifications.items()}
        changes = changements(self.document(), posees)
        self.ecrire({chemin: dit(*change, *self._citer(unite(chemin))) for chemin, change in changes.items()})

    def divergences(self) -> list[Divergence]:
        """Ce que l'agent doit trancher."""
        return divergences(self.projete())

    def trancher(self, laquelle: int, choix: int) -> None:
        """L'agent choisit l'une des propositions d'une divergence, s'il y en a."""
        etat = self.projete()
        if trouvees := divergences(etat):
            divergence = trouvees[laquelle % len(trouvees)]
            valeurs = divergence.propositions[choix % len(divergence.propositions)].valeurs
            self.ecrire(trancher(etat, divergence, valeurs))

    def ecrire(self, champs: Mapping[str, ChampPose]) -> None:
        """Ajoute une opération à ce qui attend, si elle dit quelque chose."""
        if champs:
            nouvelle = operation(self.nom, champs, self.chaine)
            passe = self.connues.union(entree.id for entree in self.en_plus)
            self.chaine = self.chaine.apres(nouvelle)
            self.attente.append(Entree(nouvelle, self.nom, passe))

    def envoyer(self, combien: int = 1000) -> None:
        """Envoie les premières opérations qui attendent."""
        for entree in self.attente[:combien]:
            self.registre.recevoir(entree)
        self.parties += self.attente[:combien]
        self.attente = self.attente[combien:]

    def recevoir(self) -> None:
        """Reçoit l'état du registre, qui contient ce qui était parti."""
        self.miroir = self.registre.etat
        self.connues = frozenset(entree.id for entree in self.registre.recues)
        self.parties = []

    def echanger(self) -> None:
        """Un tour de synchronisation entier."""
        self.envoyer()
        self.recevoir()

    def _citer(self, cle: str) -> tuple[str | None, tuple[str, ...]]:
        for entree in reversed(self.en_plus):
            if cle in ecrites(entree.operation):
                return entree.id, ()
        return a_citer(self.miroir, cle)


@dataclass
class Monde:
    """Un registre et ses postes."""

    registre: Registre
    postes: dict[str, Poste]

    def __getitem__(self, nom: str) -> Poste:
        return self.postes[nom]


def monde(noms: str = "ABC", initial: Mapping[str, Any] | None = None) -> Monde:
    """Des postes qui tiennent déjà tous le dossier initial, écrit par le premier."""
    registre = Registre()
    tenu = Monde(registre, {nom: Poste(nom, registre) for nom in noms})
    tenu[noms[0]].poser(initial or {})
    tenu[noms[0]].envoyer()
    for poste in tenu.postes.values():
        poste.recevoir()
    return tenu


def jouer(tenu: Monde, scenario: Iterable[Pas]) -> None:
    """Joue les pas d'un scénario."""
    for geste, nom, *reste in scenario:
        getattr(tenu[nom], geste)(*reste)


def tout_envoyer(tenu: Monde) -> None:
    """Tous envoient, puis tous reçoivent."""
    for poste in tenu.postes.values():
        poste.envoyer()
    for poste in tenu.postes.values():
        poste.recevoir()


@lru_cache(maxsize=10_000)
def ecrites(operation_: Operation) -> dict[str, dict[str, ChampPose]]:
    """Les champs d'une opération, par unité, sans passer par la fusion."""
    par_unite: dict[str, dict[str, ChampPose]] = {}
    for chemin, champ in operation_.champs.items():
        par_unite.setdefault(unite(chemin), {})[chemin] = champ
    return par_unite


def citees(champs: Mapping[str, ChampPose]) -> set[str]:
    """Les opérations qu'un changement dit avoir vues."""
    return {cite for champ in champs.values() for cite in (champ.vu, *champ.tranche) if cite}


def fondre(entrees: Sequence[Entree]) -> EtatDossier:
    """L'état où ces opérations sont entrées dans cet ordre."""
    etat = vide()
    for entree in entrees:
        etat = fusionner(etat, entree.operation, entree.poste).etat
    return etat
