"""Les sources d'un poste : ce qui est livré, ce que le registre a publié, ce que la structure a modifié."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from modele.regles.fautes import ErreurUtilisateur
from modele.sources.couches import NOMS, Couche, Ecart, Fichier, Surcharge
from modele.sources.natures import FICHIER, Natures, lire_natures
from modele.sources.paquet import Paquet, Verifier, lire_paquet
from ressources import RESSOURCES

CORRIGE: Final = "une correction urgente du registre sert à la place ; relisez ce que vous aviez écrit, et confirmez-le"

T = TypeVar("T")
# (ce que dit la couche du dessous, ce que dit celle du dessus, son fichier) : lève ``FichierFautif``.
Garder = Callable[[T, T, Fichier], None]


@dataclass(frozen=True, slots=True)
class Recu:
    """Un référentiel reçu du registre, sa signature déjà vérifiée : « fiche.115 », sa version, ses octets."""

    nom: str
    version: int
    contenu: bytes = field(repr=False)


@dataclass(frozen=True)
class Sources:
    """Des fichiers par couche. ``ecarts`` : ce que les couches apportaient et qu'aucune nature ne leur permet.

    ``au_dessus`` : par chemin, les fichiers des couches reçues et modifiées, de bas en haut ; le livré se lit sur le
    disque, quand on le demande.
    """

    racine: Path
    natures: Natures
    au_dessus: Mapping[str, tuple[Fichier, ...]] = field(default_factory=dict, repr=False)
    ecarts: tuple[Ecart, ...] = ()

    def pile(self, chemin: str) -> tuple[Fichier, ...]:
        """Les fichiers de ce chemin, de la couche livrée à celle du dessus."""
        lieu = self.racine / chemin
        livre = (Fichier(chemin, Couche.LIVREE, lieu),) if lieu.is_file() else ()
        return (*livre, *self.au_dessus.get(chemin, ()))

    def chemins(self, motif: str) -> tuple[str, ...]:
        """Les chemins de toutes les couches qui suivent ``motif`` (« territoires/*/territoire.toml »), triés."""
        livres = {lieu.relative_to(self.racine).as_posix() for lieu in self.racine.glob(motif)}
        expression = re.compile(re.escape(motif).replace(r"\*", "[^/]+"))
        return tuple(sorted(livres | {chemin for chemin in self.au_dessus if expression.fullmatch(chemin)}))

    def jusqu_a(self, couche: Couche) -> Sources:
        """Les mêmes sources, sans les couches au-dessus de ``couche``."""
        gardees = list(Couche)[: list(Couche).index(couche) + 1]
        return self._sans(lambda fichier: fichier.couche not in gardees)

    def sans(self, couche: Couche) -> Sources:
        """Les mêmes sources, sans cette couche."""
        return self._sans(lambda fichier: fichier.couche is couche)

    def au_dela(self, moindres: Sources) -> tuple[Fichier, ...]:
        """Les fichiers que ``moindres`` n'a plus."""
        restent = {fichier for pile in moindres.au_dessus.values() for fichier in pile}
        return tuple(fichier for pile in self.au_dessus.values() for fichier in pile if fichier not in restent)

    def _sans(self, exclu: Callable[[Fichier], bool]) -> Sources:
        restent = {c: tuple(f for f in pile if not exclu(f)) for c, pile in self.au_dessus.items()}
        return replace(self, au_dessus={chemin: pile for chemin, pile in restent.items() if pile})


def ouvrir(
    racine: Path = RESSOURCES,
    recus: Iterable[Recu] = (),
    surcharges: Iterable[Surcharge] = (),
    verifier: Verifier | None = None,
) -> Sources:
    """Les sources d'un poste. ``verifier`` : de quoi croire une signature nationale (absent : aucune n'est crue).

    Un référentiel qui n'est pas un paquet (« reperes ») est laissé à qui le lit. Lève ``FichierFautif`` si
    ``sources.toml`` est fautif ; ce que les couches apportent de fautif ne lève rien : c'est un écart.
    """
    natures = lire_natures(racine / FICHIER)
    ecarts: list[Ecart] = []
    fichiers: list[Fichier] = []
    for recu in recus:
        if recu.nom.partition(".")[0] in natures.genres:
            fichiers += _du_paquet(recu, natures, verifier, ecarts)
    fichiers += _modifies(natures, surcharges, ecarts)
    permis: dict[str, tuple[Fichier, ...]] = {}
    for fichier in sorted(fichiers, key=_ordre):
        dessous = permis.get(fichier.chemin, ())
        if refus := natures.refus(fichier.chemin, fichier.couche) or _depasse(fichier, dessous):
            ecarts.append(ecarter(fichier, refus))
        else:
            permis[fichier.chemin] = (*dessous, fichier)
    return Sources(racine, natures, permis, tuple(ecarts))


def _depasse(fichier: Fichier, dessous: Sequence[Fichier]) -> str:
    """Pourquoi une correction urgente sert à la place de ce que la structure a écrit avant elle ; vide sinon."""
    if fichier.couche is not Couche.STRUCTURE or max((un.urgence for un in dessous), default=0) <= fichier.urgence:
        return ""
    return CORRIGE


def ecarter(fichier: Fichier, message: str) -> Ecart:
    """L'écart d'un fichier mis de côté."""
    return Ecart(fichier.chemin, fichier.couche, fichier.origine, message)


def _du_paquet(recu: Recu, natures: Natures, verifier: Verifier | None, ecarts: list[Ecart]) -> Iterator[Fichier]:
    try:
        paquet = lire_paquet(recu.contenu, recu.nom, natures, verifier)
    except ErreurUtilisateur as faute:
        ecarts.append(Ecart(recu.nom, Couche.TERRITOIRE, f"registre, version {recu.version}", str(faute)))
        return
    yield from fichiers_du_paquet(paquet, natures, recu.version)


def fichiers_du_paquet(paquet: Paquet, natures: Natures, version: int) -> Iterator[Fichier]:
    """Les fichiers d'un paquet, là où ils se rangent sous les ressources."""
    couche = Couche.NATIONALE if paquet.nationale else Couche.TERRITOIRE
    origine = f"{NOMS[couche]}, {paquet.nom} version {version}"
    rangs = paquet.urgence.rangs if paquet.urgence is not None else {}
    for nom, octets in paquet.fichiers.items():
        chemin, rang = natures.genres[paquet.genre].situer(paquet.id, nom), rangs.get(nom, 0)
        yield Fichier(chemin, couche, octets=octets, origine=origine, urgence=rang)


def _modifies(natures: Natures, surcharges: Iterable[Surcharge], ecarts: list[Ecart]) -> Iterator[Fichier]:
    """Les fichiers que la structure a modifiés ; de deux pour un même chemin, le dernier écrit, et l'autre se dit."""
    derniers: dict[str, Fichier] = {}
    for surcharge in sorted(surcharges, key=lambda une: une.modifie_le):
        fichier = _modifie(natures.situer(surcharge), surcharge)
        if avant := derniers.pop(fichier.chemin, None):
            ecarts.append(ecarter(avant, f"une version plus récente sert, {fichier.origine}"))
        derniers[fichier.chemin] = fichier
    return iter(derniers.values())


def _modifie(chemin: str, surcharge: Surcharge) -> Fichier:
    origine = f"modifié par {surcharge.auteur} le {surcharge.modifie_le:%d/%m/%Y}"
    repli = f"{surcharge.nature}/{surcharge.id}/{surcharge.fichier}"
    return Fichier(
        chemin or repli, Couche.STRUCTURE, octets=surcharge.contenu, origine=origine, le=surcharge.modifie_le.date(),
        urgence=surcharge.urgence_vue,
    )  # fmt: skip


def _ordre(fichier: Fichier) -> tuple[int, date]:
    """De bas en haut ; de deux publications nationales du même fichier, la dernière vérifiée est au-dessus."""
    national = fichier.couche is Couche.NATIONALE
    return list(Couche).index(fichier.couche), (fichier.verifie_le if national else None) or date.min


class Lecture:
    """Une lecture des sources : ce qui sert, et ce qui en a été mis de côté (``ecarts``)."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.ecarts: list[Ecart] = list(sources.ecarts)

    def ecarter(self, fichier: Fichier, message: str) -> None:
        """Met un fichier de côté, une fois."""
        ecart = ecarter(fichier, message)
        if ecart not in self.ecarts:
            self.ecarts.append(ecart)

    def pile(self, chemin: str) -> Sequence[Fichier]:
        """Les fichiers de ce chemin, de bas en haut, sans une publication nationale plus vieille que le livré."""
        pile = self.sources.pile(chemin)
        livre = next((fichier for fichier in pile if fichier.couche is Couche.LIVREE), None)
        return [fichier for fichier in pile if not self._depasse(fichier, livre)]

    def _depasse(self, fichier: Fichier, livre: Fichier | None) -> bool:
        if livre is None or fichier.couche is not Couche.NATIONALE:
            return False
        ici, la = livre.verifie_le, fichier.verifie_le
        if ici is None or la is None or la >= ici:
            return False
        self.ecarter(fichier, f"vérifié le {la:%d/%m/%Y} ; celui de Perron, du {ici:%d/%m/%Y}, est plus récent et sert")
        return True

    def servir(self, chemin: str, lire: Callable[[Fichier], T], garder: Garder[T] | None = None) -> T:
        """Ce que dit ce fichier dans la couche du dessus ; celle du dessous, si elle est fautive.

        ``garder`` : voir ``empiler``. Lève ``ErreurUtilisateur`` (absent partout) ou ``FichierFautif`` (le plus bas
        est fautif).
        """
        lus = self.empiler(chemin, lire, garder)
        if not lus:
            for fichier in self.pile(chemin)[:1]:
                return lire(fichier)
            raise ErreurUtilisateur(f"{chemin} : ce fichier n'existe pas. Réinstallez Perron.")
        return lus[-1][1]

    def servir_si_present(self, chemin: str, lire: Callable[[Fichier], T]) -> T | None:
        """Comme ``servir`` ; ``None`` si aucune couche n'a ce fichier, ou si seule une couche du dessus l'a, fautif."""
        lus = self.empiler(chemin, lire)
        return lus[-1][1] if lus else None

    def empiler(
        self, chemin: str, lire: Callable[[Fichier], T], garder: Garder[T] | None = None
    ) -> list[tuple[Fichier, T]]:
        """Ce que dit ce fichier dans chaque couche, de bas en haut ; une couche fautive est mise de côté.

        ``garder`` : reçoit ce que dit la couche du dessous, celle du dessus et son fichier ; lève ``FichierFautif`` si
        la seconde touche à ce qu'elle n'a pas le droit de toucher. Lève ``FichierFautif`` si le livré est fautif.
        """
        lus: list[tuple[Fichier, T]] = []
        for fichier in self.pile(chemin):
            try:
                lu = lire(fichier)
                if lus and garder is not None:
                    garder(lus[-1][1], lu, fichier)
                lus.append((fichier, lu))
            except ErreurUtilisateur as faute:
                if fichier.couche is Couche.LIVREE:
                    raise
                self.ecarter(fichier, str(faute))
        return lus
