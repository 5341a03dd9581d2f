"""L'assiette du flux, la part de chacun, l'actualisation d'un taux : les formules, avec leurs nombres.

Tout est exact (``Fraction``) : un arrondi caché changerait à qui va un logement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from modele.attributions.conventions import Prevision
from modele.attributions.droit import droit
from modele.attributions.etapes import Etape, ecrire, pour_cent
from modele.attributions.notions import Dit, Plafond
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import hors_liste


@dataclass(frozen=True, slots=True)
class Assiette:
    """Combien de logements le flux partage cette année, et comment on l'a su."""

    logements: int
    etapes: tuple[Etape, ...]


@dataclass(frozen=True, slots=True)
class Partage:
    """La part de chacun, entière ; leurs étapes ; la règle d'arrondi, et d'où elle vient.

    ``reste`` : ce que les taux ne donnent à personne, ou que les plafonds empêchent de donner.
    """

    parts: Mapping[str, int]
    reste: int
    etapes: tuple[Etape, ...]
    regle: Dit


@dataclass(frozen=True, slots=True)
class Taux:
    """Un taux exact, en part de un, et ses étapes."""

    part: Fraction
    etapes: tuple[Etape, ...]

    @property
    def pour_cent(self) -> Decimal:
        """En pour cent, à deux décimales."""
        return Decimal(ecrire(self.part * 100).replace(",", "."))


def calculer_assiette(prevision: Prevision, premieres_mises_dans_le_flux: bool = False) -> Assiette:
    """Remises en location prévues, plus les premières mises si la convention les y met, moins ce qui n'y compte pas.

    Lève ``ErreurUtilisateur`` : une valeur inconnue, ou plus de retranchés que de logements.
    """
    connus = droit().hors_flux
    termes = [ecrire(prevision.remises_en_location)]
    total = prevision.remises_en_location
    if premieres_mises_dans_le_flux and prevision.premieres_mises:
        total += prevision.premieres_mises
        termes.append(f"+ {ecrire(prevision.premieres_mises)} (premières mises en location)")
    for valeur, combien in prevision.hors_flux.items():
        if valeur not in connus:
            raise ErreurUtilisateur(f"Hors du flux : {hors_liste(valeur, list(connus))}.")
        total -= combien
        termes.append(f"− {ecrire(combien)} ({connus[valeur].libelle.lower()})")
    if total < 0:
        raise ErreurUtilisateur(
            f"Assiette du flux : {' '.join(termes)} donne {total}. Il ne se retranche pas plus de logements qu'il n'y "
            "en a : relisez la prévision du bailleur."
        )
    return Assiette(total, (Etape("Assiette du flux", " ".join(termes), ecrire(total)),))


def remises_prevues(patrimoine: int, rotation: Decimal) -> Assiette:
    """Ce que la rotation (pour cent) remet en location, arrondi au logement inférieur."""
    exact = patrimoine * Fraction(rotation) / 100
    formule = f"{ecrire(patrimoine)} × {pour_cent(Fraction(rotation) / 100)}"
    return Assiette(int(exact), (Etape("Remises en location prévues", formule, ecrire(exact)),))


def taux_de(droits: int, patrimoine: int) -> Taux:
    """Le taux d'un réservataire : ses droits sur le patrimoine du bailleur. Lève ``ErreurUtilisateur``."""
    if patrimoine <= 0 or not 0 <= droits <= patrimoine:
        raise ErreurUtilisateur(
            f"Taux : {droits} droits sur un patrimoine de {patrimoine}. Il faut un patrimoine, et pas plus de droits "
            "que de logements."
        )
    part = Fraction(droits, patrimoine)
    return Taux(part, (Etape("Taux", f"{ecrire(droits)} / {ecrire(patrimoine)}", pour_cent(part)),))


def actualiser(droits: int, patrimoine: int, *, nes: int = 0, echus: int = 0, livres: int = 0, sortis: int = 0) -> Taux:
    """Le taux de l'année suivante : droits nés et échus, logements livrés et sortis du parc."""
    restent, parc = droits + nes - echus, patrimoine + livres - sortis
    taux = taux_de(restent, parc)
    termes = f"({ecrire(droits)} + {ecrire(nes)} − {ecrire(echus)}) / {ecrire(parc)}"
    return Taux(taux.part, (*taux_de(droits, patrimoine).etapes, Etape("Taux actualisé", termes, pour_cent(taux.part))))


def partager(
    assiette: int,
    taux: Mapping[str, Decimal],
    plafonds: Iterable[Plafond] | None = None,
    categories: Mapping[str, str] | None = None,
) -> Partage:
    """Partage ``assiette`` logements selon ``taux`` (pour cent). ``categories`` : celle de chacun, qui est la sienne à
    défaut ; les plafonds se disent par catégorie.

    Chacun a l'entier de sa part ; ce qui reste va au plus fort reste, en sautant celui dont un plafond serait franchi.
    """
    regles = droit()
    bruts = {qui: Fraction(un) * assiette / 100 for qui, un in taux.items()}
    if sum(bruts.values()) > assiette:
        raise ErreurUtilisateur(
            f"Partage du flux : les taux font {ecrire(sum(map(Fraction, taux.values())))} %, plus de 100 %. "
            "Corrigez la convention fautive."
        )
    essai = _Partage(assiette, bruts, tuple(regles.plafonds if plafonds is None else plafonds), categories or {})
    essai.distribuer()
    return Partage(essai.parts, assiette - sum(essai.parts.values()), tuple(essai.etapes), regles.partage)


def _nom(qui: str) -> str:
    connu = droit().reservataires.get(qui)
    return connu.libelle if connu is not None else qui


class _Partage:
    """Un partage en cours : les parts, et ce qui s'est décidé."""

    def __init__(
        self,
        assiette: int,
        bruts: Mapping[str, Fraction],
        plafonds: tuple[Plafond, ...],
        categories: Mapping[str, str],
    ) -> None:
        self._assiette, self._bruts, self._plafonds = assiette, bruts, plafonds
        self._categories = {qui: categories.get(qui, qui) for qui in bruts}
        self.parts = {qui: int(brut) for qui, brut in bruts.items()}
        self.etapes = [
            Etape(
                f"Part : {_nom(qui)}", f"{pour_cent(brut / assiette if assiette else brut)} × {assiette}", ecrire(brut)
            )
            for qui, brut in bruts.items()
        ]

    def distribuer(self) -> None:
        """Le reste, un logement à la fois, au plus fort reste ; chacun n'en reçoit qu'un."""
        dus = int(sum(self._bruts.values()))
        restent = dus - sum(self.parts.values())
        entiers = ", ".join(ecrire(un) for un in self.parts.values())
        self.etapes.append(Etape("Entiers", entiers, f"{sum(self.parts.values())}, reste {restent}"))
        for qui in sorted(self.parts, key=lambda un: (self.parts[un] - self._bruts[un], [*self.parts].index(un))):
            if not restent:
                return
            franchi = self._franchi(qui)
            if franchi is None:
                self.parts[qui] += 1
                restent -= 1
            self.etapes.append(self._etape(qui, franchi))

    def _franchi(self, qui: str) -> tuple[Plafond, int] | None:
        """Le plafond qu'un logement de plus à ``qui`` franchirait, et ce que son groupe aurait alors."""
        for plafond in self._plafonds:
            if self._categories[qui] in plafond.reservataires:
                ensemble = 1 + sum(
                    part for un, part in self.parts.items() if self._categories[un] in plafond.reservataires
                )
                if ensemble > plafond.part * self._assiette:
                    return plafond, ensemble
        return None

    def _etape(self, qui: str, franchi: tuple[Plafond, int] | None) -> Etape:
        reste = f"reste {ecrire(self._bruts[qui] - int(self._bruts[qui]))}"
        if franchi is None:
            return Etape(f"Plus fort reste : {_nom(qui)}", reste, ecrire(self.parts[qui]))
        plafond, ensemble = franchi
        part = Fraction(ensemble, self._assiette)
        formule = f"{reste}, mais {ensemble} / {self._assiette} = {pour_cent(part)}, plus que {pour_cent(plafond.part)}"
        return Etape(
            f"Plus fort reste : {_nom(qui)}, sauté", f"{formule} ({plafond.provenance.fondement})", str(self.parts[qui])
        )
