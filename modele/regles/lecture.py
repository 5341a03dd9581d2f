"""Lire un fichier TOML en vérifiant tout : chaque faute porte sa clé et sa ligne, toutes sont rendues ensemble."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import tomli

from modele.regles.disque import Lisible, lire
from modele.regles.faits import proche
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.positions import Chemin, lignes


class Fautes:
    """Les fautes d'un texte, accumulées pendant sa lecture."""

    def __init__(self, fichier: str, texte: str) -> None:
        self.fichier = fichier
        self._texte = texte
        self._notees: list[tuple[Chemin, str]] = []

    def noter(self, chemin: Chemin, message: str) -> None:
        """Note une faute à ``chemin``."""
        self._notees.append((chemin, message))

    def __bool__(self) -> bool:
        return bool(self._notees)

    def rendre(self) -> list[Faute]:
        """Les fautes, dans l'ordre des lignes du fichier."""
        ou = lignes(self._texte) if self._notees else {}
        fautes = [Faute(self.fichier, ecrire_chemin(c), _ligne(ou, c), m) for c, m in self._notees]
        return sorted(fautes, key=lambda faute: faute.ligne or 0)

    def verifier(self) -> None:
        """Lève ``FichierFautif`` s'il y a au moins une faute."""
        if self._notees:
            raise FichierFautif(self.rendre())


def ecrire_chemin(chemin: Chemin) -> str:
    """``("rubrique", 0, "id")`` devient « rubrique[1].id » : le premier élément d'une liste est le premier."""
    texte = ""
    for morceau in chemin:
        texte += f"[{morceau + 1}]" if isinstance(morceau, int) else f".{morceau}"
    return texte.lstrip(".")


def _ligne(ou: Mapping[Chemin, int], chemin: Chemin) -> int | None:
    """La ligne du chemin, ou celle de l'élément le plus proche au-dessus de lui."""
    while chemin:
        if chemin in ou:
            return ou[chemin]
        chemin = chemin[:-1]
    return None


def lire_toml(chemin: Lisible) -> Lecteur:
    """Ouvre un fichier TOML à vérifier. Lève ``ErreurUtilisateur`` s'il est illisible."""
    return lire_texte(lire(chemin), chemin.name)


def lire_texte(texte: str, fichier: str) -> Lecteur:
    """Comme ``lire_toml``, depuis un texte déjà lu ; ``fichier`` le nomme dans les fautes."""
    try:
        table = tomli.loads(texte, parse_float=decimal)
    except tomli.TOMLDecodeError as cause:
        trouve = re.search(r"line (\d+)", str(cause))
        message = (
            "écriture TOML incorrecte. Vérifiez les guillemets, les crochets, les virgules, "
            "et qu'aucune clé n'est écrite deux fois."
        )
        raise _illisible(fichier, int(trouve[1]) if trouve else texte.count("\n") + 1, message) from None
    except ValueError:
        long = re.search(r"[0-9_]{4300}", texte)
        ligne = texte.count("\n", 0, long.start()) + 1 if long else None
        raise _illisible(fichier, ligne, "ce nombre est trop long. Corrigez-le.") from None
    except RecursionError:
        raise _illisible(fichier, None, "trop de crochets imbriqués. Simplifiez-le.") from None
    return Lecteur(table, (), Fautes(fichier, texte))


def _illisible(fichier: str, ligne: int | None, message: str) -> FichierFautif:
    return FichierFautif([Faute(fichier, "", ligne, message)])


class Lecteur:
    """Une table en cours de lecture. Chaque clé lue est vérifiée ; ``clore`` signale celles qu'on ne connaît pas."""

    def __init__(self, table: Mapping[str, Any], chemin: Chemin, fautes: Fautes) -> None:
        self._table = table
        self.chemin = chemin
        self.fautes = fautes
        self._lues: set[str] = set()

    def __contains__(self, cle: str) -> bool:
        return cle in self._table

    @property
    def cles(self) -> tuple[str, ...]:
        """Les clés de la table, dans l'ordre écrit."""
        return tuple(self._table)

    def signaler(self, cle: str, message: str) -> None:
        """Note une faute à une clé de cette table (``""`` : la table elle-même)."""
        self.fautes.noter((*self.chemin, cle) if cle else self.chemin, message)

    def brut(self, cle: str, *, obligatoire: bool = False) -> Any:
        """La valeur écrite, non vérifiée ; ``None`` si la clé manque (faute si elle est obligatoire)."""
        self._lues.add(cle)
        if cle not in self._table and obligatoire:
            self.signaler(cle, "cette clé manque, elle est obligatoire")
        return self._table.get(cle)

    def texte(self, cle: str, *, obligatoire: bool = False, permis: Collection[str] = (), defaut: str = "") -> str:
        """Un texte ; s'il y a des valeurs permises, l'une d'elles."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None:
            return defaut
        if not isinstance(valeur, str) or (obligatoire and not valeur.strip()):
            self.signaler(cle, "attendu : un texte entre guillemets, non vide")
            return defaut
        if permis and valeur not in permis:
            self.signaler(cle, hors_liste(valeur, permis))
            return defaut
        return valeur

    def identifiant(self, vus: set[str], cle: str = "id") -> str:
        """Un identifiant obligatoire, qui ne sert qu'une fois parmi ``vus``, où il s'ajoute."""
        lu = self.texte(cle, obligatoire=True)
        if lu and lu in vus:
            self.signaler(cle, f"l'identifiant « {lu} » est employé deux fois")
        vus.add(lu)
        return lu

    def booleen(self, cle: str, *, defaut: bool = False) -> bool:
        """``true`` ou ``false``."""
        valeur = self.brut(cle)
        if valeur is None or isinstance(valeur, bool):
            return defaut if valeur is None else valeur
        self.signaler(cle, "attendu : true ou false, sans guillemets")
        return defaut

    def entier(self, cle: str, *, obligatoire: bool = False) -> int | None:
        """Un nombre entier."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None or (isinstance(valeur, int) and not isinstance(valeur, bool)):
            return valeur
        self.signaler(cle, "attendu : un nombre entier")
        return None

    def nombre(self, cle: str, *, obligatoire: bool = False) -> Decimal | None:
        """Un nombre décimal exact."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None or est_nombre(valeur):
            return None if valeur is None else Decimal(valeur)
        self.signaler(cle, "attendu : un nombre, sans guillemets, avec un point pour les décimales")
        return None

    def date(self, cle: str, *, obligatoire: bool = False) -> date | None:
        """Une date (AAAA-MM-JJ sans guillemets)."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None or est_date(valeur):
            return valeur  # type: ignore[no-any-return]
        self.signaler(cle, "attendu : une date AAAA-MM-JJ, sans guillemets")
        return None

    def textes(self, cle: str, *, obligatoire: bool = False) -> tuple[str, ...]:
        """Une liste de textes."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None:
            return ()
        if isinstance(valeur, list) and all(isinstance(v, str) for v in valeur):
            return tuple(valeur)
        self.signaler(cle, 'attendu : une liste de textes, par exemple ["a", "b"]')
        return ()

    def table(self, cle: str, *, obligatoire: bool = False) -> Lecteur | None:
        """Une table, à lire à son tour."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if isinstance(valeur, dict):
            return Lecteur(valeur, (*self.chemin, cle), self.fautes)
        if valeur is not None:
            self.signaler(cle, "attendu : une table, par exemple { fait = … }")
        return None

    def tables(self, cle: str, *, obligatoire: bool = False) -> list[Lecteur]:
        """Une liste de tables, à lire à leur tour."""
        valeur = self.brut(cle, obligatoire=obligatoire)
        if valeur is None:
            return []
        if not isinstance(valeur, list) or not all(isinstance(v, dict) for v in valeur):
            self.signaler(cle, f"attendu : une liste de tables [[{cle}]]")
            return []
        return [Lecteur(v, (*self.chemin, cle, rang), self.fautes) for rang, v in enumerate(valeur)]

    def exiger_format(self, attendu: int = 1) -> None:
        """Lit ``format``, par quoi tout fichier commence : le seul que cette version connaisse."""
        if self.entier("format", obligatoire=True) not in (attendu, None):
            self.signaler("format", f"ce format est inconnu ; attendu : {attendu}")

    def clore(self, possibles: Collection[str] = ()) -> None:
        """Signale les clés que personne n'a lues, avec la plus ressemblante de celles qu'on attendait.

        ``possibles`` : des clés admises ici, que rien n'a demandé de lire.
        """
        for cle in self._table:
            if cle not in self._lues:
                self.signaler(cle, f"clé inconnue{vouliez_vous(cle, [*self._lues, *possibles])}")

    def finir(self) -> None:
        """Plus rien à lire dans ce fichier : lève ``FichierFautif`` avec toutes ses fautes, s'il y en a."""
        self.clore()
        self.fautes.verifier()


def decimal(texte: str) -> Decimal:
    """Un nombre écrit, exact ; « pas un nombre » s'il ne se représente pas (``est_nombre`` le refuse)."""
    try:
        return Decimal(texte)
    except ArithmeticError:
        return Decimal("NaN")


# Un nombre du métier tient en 30 chiffres de chaque côté de la virgule : au-delà, c'est une faute de frappe, et les
# calculs ne seraient plus exacts.
_CHIFFRES = 30


def est_nombre(valeur: object) -> bool:
    """Vrai pour un entier ou un décimal fini, de taille raisonnable ; un booléen n'est pas un nombre."""
    if isinstance(valeur, Decimal):
        exposant = valeur.as_tuple().exponent
        return isinstance(exposant, int) and exposant >= -_CHIFFRES and valeur.adjusted() < _CHIFFRES
    return isinstance(valeur, int) and not isinstance(valeur, bool) and abs(valeur) < 10**_CHIFFRES


def est_date(valeur: object) -> bool:
    """Vrai pour une date seule, sans heure."""
    return isinstance(valeur, date) and not isinstance(valeur, datetime)


def vouliez_vous(mot: str, connus: Collection[str]) -> str:
    """« ; vouliez-vous « x » ? », ou rien si rien ne ressemble."""
    voisin = proche(mot, connus)
    return f" ; vouliez-vous « {voisin} » ?" if voisin else ""


def hors_liste(valeur: str, permis: Collection[str]) -> str:
    """La phrase d'un code qui n'est pas dans la liste permise."""
    voisin = vouliez_vous(valeur, permis)
    liste = ", ".join(list(permis)[:30])
    return f"« {valeur} » n'est pas permis{voisin or ' ; attendu : ' + liste}"
