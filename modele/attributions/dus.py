"""Ce qui est dû à un réservataire, ce qui est fait, ce qui est en retard, à une date ; et où l'année mènerait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from modele.attributions.assiette import Assiette, calculer_assiette, partager
from modele.attributions.compteurs import Compteurs, DuReservataire, FaitsDuPublic, Revenus
from modele.attributions.conventions import Cle, Convention, Prevision, UniteDeDecompte
from modele.attributions.droit import droit
from modele.attributions.etapes import Etape, ecrire, pour_cent
from modele.attributions.noms import Nomme
from modele.attributions.notions import plier
from modele.regles.fautes import ErreurUtilisateur

T = TypeVar("T", bound=DuReservataire)


@dataclass(frozen=True, slots=True)
class Annee:
    """Où en est l'année à une date."""

    le: date

    @property
    def jours(self) -> int:
        """Combien elle en a."""
        return (date(self.le.year + 1, 1, 1) - date(self.le.year, 1, 1)).days

    @property
    def close(self) -> bool:
        """Vrai si elle est finie : plus rien ne s'y ajoute."""
        return self.passes == self.jours

    @property
    def passes(self) -> int:
        """Combien sont passés, ce jour compris."""
        return (self.le - date(self.le.year, 1, 1)).days + 1

    def a_date(self, annuel: Fraction | int) -> int:
        """La part de l'année déjà passée, arrondie au logement inférieur."""
        return int(Fraction(annuel) * self.passes / self.jours)

    def projeter(self, fait: int) -> int:
        """Où mènerait le même rythme, arrondi au logement inférieur."""
        return int(Fraction(fait) * self.jours / self.passes)


@dataclass(frozen=True, slots=True)
class LigneDue:
    """Ce que doit un bailleur à un réservataire. ``code_insee`` vide : partout ; ``public`` vide : tous.

    ``annuel`` est exact : par commune et par public, il n'est pas arrondi. ``None`` : le bailleur n'a pas donné de quoi
    le calculer. ``revenus`` : les logements du réservataire que le bailleur a attribués pour lui-même, non comptés.
    """

    convention: Convention
    code_insee: str
    public: str
    annuel: Fraction | None
    a_date: int | None
    fait: int
    retard: int | None
    projete: int
    etapes: tuple[Etape, ...] = ()
    revenus: int = 0


@dataclass(frozen=True, slots=True)
class Croisement:
    """Une convention, commune par commune et public par public.

    ``faits`` : ce qui est fait par commune et par public, ceux qu'elle ne vise pas compris ; ils font les marges.
    """

    lignes: tuple[LigneDue, ...]
    faits: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Dus:
    """De quoi calculer ce qui est dû : les conventions de l'année, les prévisions, ce qui est fait.

    ``nommes`` : les réservataires que les fichiers nomment.
    """

    annee: Annee
    conventions: Sequence[Convention]
    previsions: Sequence[Prevision]
    compteurs: Sequence[Compteurs]
    publics: Sequence[FaitsDuPublic]
    revenus: Sequence[Revenus] = ()
    nommes: frozenset[Nomme] = frozenset()

    def lignes(self) -> tuple[LigneDue, ...]:
        """Par convention : l'ensemble, puis chaque commune, puis chaque public de la convention."""
        siennes = self._de_l_annee()
        parts = self._parts(siennes)
        return tuple(ligne for une in siennes for ligne in self._de(une, parts.get(une.cle)))

    def croisements(self) -> tuple[Croisement, ...]:
        """Par convention qui dit des objectifs : chaque commune et chaque public visé, ensemble."""
        return tuple(self._croiser(une) for une in self._de_l_annee() if une.publics)

    def non_nommees(self) -> tuple[Convention, ...]:
        """Les conventions dont aucune ligne ne nomme le réservataire : rien de fait, ou un nom écrit autrement."""
        return tuple(
            une
            for une in self._de_l_annee()
            if (une.categorie, plier(une.reservataire), une.siren_bailleur) not in self.nommes
        )

    def _de_l_annee(self) -> list[Convention]:
        return [une for une in self.conventions if une.annee == self.annee.le.year]

    def _parts(self, conventions: Sequence[Convention]) -> dict[Cle, tuple[int, tuple[Etape, ...]]]:
        """La part annuelle entière : les conventions d'un bailleur qui ont la même assiette se partagent ensemble.

        La même, pas une égale : deux communes où il prévoit autant de logements n'en partagent aucun.
        """
        groupes: dict[tuple[str, bool, tuple[str, ...]], list[tuple[Convention, Assiette]]] = {}
        for une in conventions:
            if (assiette := self._assiette(une)) is not None:
                ou = tuple(sorted(prevue.code_insee for prevue in self._previsions(une)))
                cle = une.siren_bailleur, une.premieres_mises_dans_le_flux, ou
                groupes.setdefault(cle, []).append((une, assiette))
        return {
            une.cle: (partage.parts[" · ".join(map(str, une.cle))], (*assiette.etapes, *partage.etapes))
            for groupe in groupes.values()
            for partage in [
                partager(
                    groupe[0][1].logements,
                    {" · ".join(map(str, une.cle)): une.taux for une, _ in groupe},
                    categories={" · ".join(map(str, une.cle)): une.categorie for une, _ in groupe},
                )
            ]
            for une, assiette in groupe
        }

    def _siennes(self, convention: Convention) -> list[Prevision]:
        """Celles du bailleur cette année ; d'une convention de commune, celles de la commune seule."""
        siennes = [
            une
            for une in self.previsions
            if une.siren_bailleur == convention.siren_bailleur and une.annee == convention.annee
        ]
        ici = [une for une in siennes if une.code_insee == convention.perimetre]
        return ici or ([] if _est_commune(convention.perimetre) else siennes)

    def _previsions(self, convention: Convention) -> list[Prevision]:
        """De quoi faire l'assiette : celle de tout le périmètre, qui a déjà ses communes dedans ; sinon leur somme."""
        siennes = self._siennes(convention)
        ici = [une for une in siennes if not une.code_insee or une.code_insee == convention.perimetre]
        return ici or siennes

    def _assiette(self, convention: Convention) -> Assiette | None:
        lues = self._previsions(convention)
        if not lues:
            return None
        return calculer_assiette(_reunir(lues), convention.premieres_mises_dans_le_flux)

    def _de(self, une: Convention, part: tuple[int, tuple[Etape, ...]] | None) -> Iterator[LigneDue]:
        siens = _siens(une, self.compteurs)
        annuel, etapes = (None, ()) if part is None else (Fraction(part[0]), part[1])
        ensemble = self._ligne(une, "", "", annuel, _faits(siens, une.unite_de_decompte), etapes)
        yield replace(ensemble, revenus=sum(un.combien for un in _siens(une, self.revenus)))
        for commune in sorted({compte.code_insee for compte in siens} | self._communes(une)):
            faits = _faits([compte for compte in siens if compte.code_insee == commune], une.unite_de_decompte)
            yield self._ligne(une, commune, "", *self._en_commune(une, commune, faits))
        for public, objectif in une.publics.items():
            vise = None if annuel is None else annuel * Fraction(objectif) / 100
            formule = () if annuel is None else (Etape(f"Objectif : {_public(public)}", *_produit(annuel, objectif)),)
            yield self._ligne(une, "", public, vise, self._du_public(une, public), formule)

    def _croiser(self, une: Convention) -> Croisement:
        faits: dict[tuple[str, str], int] = {}
        for un in _siens(une, self.publics):
            cle = un.code_insee, un.public
            faits[cle] = faits.get(cle, 0) + _compte_du_public(un, une.unite_de_decompte)
        communes = sorted({commune for commune, _ in faits} | self._communes(une))
        return Croisement(tuple(self._croisees(une, communes, faits)), faits)

    def _croisees(
        self, une: Convention, communes: Sequence[str], faits: Mapping[tuple[str, str], int]
    ) -> Iterator[LigneDue]:
        """L'objectif du public, sur ce qui est dû dans la commune ; inconnu si le bailleur n'a rien prévu là."""
        for commune in communes:
            ici, _, etapes = self._en_commune(une, commune, 0)
            for public, objectif in une.publics.items():
                vise = None if ici is None else ici * Fraction(objectif) / 100
                formule = (
                    () if ici is None else (*etapes, Etape(f"Objectif : {_public(public)}", *_produit(ici, objectif)))
                )
                yield self._ligne(une, commune, public, vise, faits.get((commune, public), 0), formule)

    def _communes(self, convention: Convention) -> set[str]:
        return {une.code_insee for une in self._siennes(convention) if une.code_insee}

    def _en_commune(self, une: Convention, commune: str, faits: int) -> tuple[Fraction | None, int, tuple[Etape, ...]]:
        """Le taux appliqué à ce qui est prévu dans cette commune ; on ne sait pas si le bailleur ne l'a pas dit."""
        ici = [prevue for prevue in self._siennes(une) if prevue.code_insee == commune]
        if not ici:
            return None, faits, ()
        assiette = calculer_assiette(_reunir(ici), une.premieres_mises_dans_le_flux)
        du = Fraction(une.taux) * assiette.logements / 100
        return du, faits, (*assiette.etapes, Etape("Part ici", *_produit(Fraction(assiette.logements), une.taux)))

    def _du_public(self, une: Convention, public: str) -> int:
        siens = [un for un in _siens(une, self.publics) if un.public == public]
        return sum(_compte_du_public(un, une.unite_de_decompte) for un in siens)

    def _ligne(
        self,
        une: Convention,
        commune: str,
        public: str,
        annuel: Fraction | None,
        fait: int,
        etapes: tuple[Etape, ...],
    ) -> LigneDue:
        du = None if annuel is None else self.annee.a_date(annuel)
        retard = None if du is None else max(0, du - fait)
        return LigneDue(une, commune, public, annuel, du, fait, retard, self.annee.projeter(fait), etapes)


def _siens(une: Convention, tous: Sequence[T]) -> list[T]:
    """Ce qui est du réservataire de la convention, chez ce bailleur, au titre et dans la commune où elle le nomme.

    Un logement revenu au bailleur porte encore le nom du réservataire : sa catégorie n'est plus la sienne.
    """
    nom, partout = plier(une.reservataire), not _est_commune(une.perimetre)
    return [
        un
        for un in tous
        if (un.siren_bailleur, un.categorie) == (une.siren_bailleur, une.categorie)
        and (partout or un.code_insee == une.perimetre)
        and plier(un.reservataire) == nom
    ]


def flux_prevus(previsions: Sequence[Prevision], annee: int) -> dict[str, int]:
    """Par bailleur, le plus grand flux que sa prévision permette : premières mises en location comprises.

    Celle qui ne se calcule pas n'en dit rien.
    """
    prevus: dict[str, int] = {}
    for siren in {une.siren_bailleur for une in previsions if une.annee == annee}:
        siennes = [une for une in previsions if (une.siren_bailleur, une.annee) == (siren, annee)]
        partout = [une for une in siennes if not une.code_insee]
        with suppress(ErreurUtilisateur):
            prevus[siren] = calculer_assiette(_reunir(partout or siennes), True).logements
    return prevus


def _faits(compteurs: Sequence[Compteurs], unite: UniteDeDecompte) -> int:
    return sum(un.decomptes(unite) for un in compteurs)


def _compte_du_public(un: FaitsDuPublic, unite: UniteDeDecompte) -> int:
    """Un logement proposé n'est d'aucun public : hors des baux, ce sont les attribués."""
    return un.baux if unite is UniteDeDecompte.BAIL else un.attribues


def _est_commune(perimetre: str) -> bool:
    """Un code INSEE de commune a cinq signes, un département deux ou trois, un SIREN neuf."""
    return len(perimetre) == len("63113")


def _reunir(previsions: Sequence[Prevision]) -> Prevision:
    hors: dict[str, int] = {}
    for une in previsions:
        for valeur, combien in une.hors_flux.items():
            hors[valeur] = hors.get(valeur, 0) + combien
    return Prevision(
        siren_bailleur=previsions[0].siren_bailleur,
        annee=previsions[0].annee,
        remises_en_location=sum(une.remises_en_location for une in previsions),
        premieres_mises=sum(une.premieres_mises for une in previsions),
        hors_flux=hors,
    )


def _produit(quoi: Fraction, taux: Decimal) -> tuple[str, str]:
    part = Fraction(taux) / 100
    return f"{pour_cent(part)} × {ecrire(quoi)}", ecrire(part * quoi)


def _public(public: str) -> str:
    connu = droit().publics.get(public)
    return connu.libelle if connu is not None else public
