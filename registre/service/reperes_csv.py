"""Lire l'extraction d'où viennent les repères : un CSV, toutes ses fautes à la fois, avec ligne et colonne.

Des lignes ``# nom: …``, ``# extraction: AAAA-MM-JJ``, ``# seuil: …``, ``# delais: …`` et ``# notes: …`` (de quelles
demandes), puis l'en-tête et une ligne par commune, typologie et population. Séparateur : point-virgule, virgule ou
tabulation ; une décimale s'écrit avec virgule ou point.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from modele.chiffres import Diffusion, petit, seuil_de
from modele.dossier.faits.demande import POPULATIONS
from modele.dossier.formes import examiner
from modele.dossier.nomenclatures import nationales
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import hors_liste, vouliez_vous

T = TypeVar("T")
CLES: Final = ("commune", "typologie", "population")
SEUIL_AU_MOINS: Final = seuil_de(Diffusion.PARTENAIRES)
"""En deçà, ce n'est plus une statistique : c'est quelqu'un. Le fichier peut être plus prudent, jamais moins."""
NOTES: Final = ("p10", "p25", "p50", "p75", "p90")
DELAIS: Final = ("p25", "p50", "p75")
COLONNES: Final = (
    *CLES,
    "notes_effectif",
    *(f"note_{quantile}" for quantile in NOTES),
    "delais_effectif",
    *(f"delai_{quantile}" for quantile in DELAIS),
)
_DECLARATION: Final = re.compile(r"#\s*(\w+)\s*[:;,=]\s*(.*?)[\s;,]*$")
Cle = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Entete:
    """Ce que l'appelant dit à la place du fichier."""

    nom: str | None = None
    extraction: str | None = None
    seuil: str | None = None
    delais: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """Des quantiles observés sur ``effectif`` cas ; aucun si l'effectif est trop petit pour être dit."""

    effectif: int
    quantiles: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Une extraction nommée et datée. ``lignes`` : par commune, typologie et population, les notes et les délais."""

    nom: str
    date: date
    seuil: int
    delais: str
    notes: str
    lignes: Mapping[Cle, tuple[Observation | None, Observation | None]]


def lire_extraction(texte: str, fichier: str, aujourd_hui: date, donnes: Entete) -> Extraction:
    """L'extraction que dit ce texte. Lève ``FichierFautif`` avec toutes ses fautes."""
    lecture = _Lecture(fichier)
    declare, corps, premiere = _couper(texte)
    nom = lecture.declaration("nom", donnes.nom, declare, str.strip, "le nom du système et de l'extraction")
    jour = lecture.declaration("extraction", donnes.extraction, declare, date.fromisoformat, "une date AAAA-MM-JJ")
    if jour is not None and jour > aujourd_hui:
        lecture.noter(declare.get("extraction", (None, ""))[0], "extraction", "cette date est dans le futur")
    seuil = lecture.declaration("seuil", donnes.seuil, declare, _seuil, f"un nombre entier, au moins {SEUIL_AU_MOINS}")
    delais = lecture.declaration("delais", donnes.delais, declare, str.strip, "de quelles demandes sont les délais")
    notes = lecture.declaration("notes", donnes.notes, declare, str.strip, "de quelles demandes sont les notes")
    lignes = lecture.lignes(corps, premiere, seuil or SEUIL_AU_MOINS)
    if lecture.fautes or nom is None or jour is None or seuil is None or delais is None or notes is None:
        raise FichierFautif(sorted(lecture.fautes, key=lambda faute: faute.ligne or 0))
    return Extraction(nom, jour, seuil, delais, notes, lignes)


@dataclass
class _Lecture:
    """Une lecture en cours, et ses fautes."""

    fichier: str
    fautes: list[Faute] = field(default_factory=list)

    def noter(self, ligne: int | None, ou: str, message: str) -> None:
        self.fautes.append(Faute(self.fichier, ou, ligne, message))

    def declaration(
        self,
        cle: str,
        donne: str | None,
        declare: Mapping[str, tuple[int, str]],
        comprendre: Callable[[str], T],
        attendu: str,
    ) -> T | None:
        """La valeur déclarée dans le fichier ou par l'appelant, qui l'emporte ; ``None``, et une faute, sinon."""
        ligne, texte = (None, donne) if donne is not None else declare.get(cle, (None, None))
        if not texte:
            self.noter(ligne, cle, f"il manque {attendu} : ajoutez une ligne « # {cle}: … » en tête, ou --{cle}")
            return None
        try:
            return comprendre(texte)
        except ValueError:
            self.noter(ligne, cle, f"« {texte} » n'est pas {attendu}")
            return None

    def lignes(
        self, corps: Sequence[str], premiere: int, seuil: int
    ) -> dict[Cle, tuple[Observation | None, Observation | None]]:
        """Les lignes du tableau, qui commence à la ligne ``premiere`` du fichier."""
        tableau = csv.reader(corps, delimiter=_separateur(corps[0] if corps else ""))
        colonnes = self._colonnes([nom.strip() for nom in next(tableau, [])], premiere)
        lues: dict[Cle, tuple[Observation | None, Observation | None]] = {}
        vues: dict[Cle, int] = {}
        for valeurs in self._suite(tableau, premiere) if colonnes else ():
            numero = premiere + tableau.line_num - 1
            if any(valeur.strip() for valeur in valeurs):
                cle, lue = _Ligne(self, numero, colonnes, valeurs, seuil).lire()
                if cle in vues:
                    self.noter(numero, " / ".join(cle), f"déjà donné à la ligne {vues[cle]}")
                vues.setdefault(cle, numero)
                lues[cle] = lue
        if colonnes and not lues:
            self.noter(premiere, "", "le tableau n'a aucune ligne")
        return lues

    def _suite(self, tableau: Iterator[list[str]], premiere: int) -> Iterator[list[str]]:
        try:
            yield from tableau
        except csv.Error:
            self.noter(
                premiere + getattr(tableau, "line_num", 1) - 1,
                "",
                "cette ligne ne se lit pas : vérifiez ses guillemets",
            )

    def _colonnes(self, noms: Sequence[str], ligne: int) -> dict[str, int]:
        """Le rang de chaque colonne (1 : la première) ; vide si l'en-tête ne permet pas de lire la suite."""
        avant = len(self.fautes)
        for rang, nom in enumerate(noms, 1):
            if nom not in COLONNES:
                self.noter(ligne, f"colonne {rang}", f"« {nom} » est inconnue{vouliez_vous(nom, COLONNES)}")
            elif nom in noms[: rang - 1]:
                self.noter(ligne, f"colonne {rang}", f"« {nom} » est écrite deux fois")
        for nom in COLONNES:
            if nom not in noms:
                self.noter(ligne, "", f"il manque la colonne « {nom} »")
        return {nom: rang for rang, nom in enumerate(noms, 1)} if len(self.fautes) == avant else {}


@dataclass
class _Ligne:
    """Une ligne du tableau."""

    lecture: _Lecture
    numero: int
    colonnes: Mapping[str, int]
    valeurs: Sequence[str]
    seuil: int

    def lire(self) -> tuple[Cle, tuple[Observation | None, Observation | None]]:
        """Sa clé, ses notes et ses délais ; ses fautes sont notées."""
        if len(self.valeurs) != len(self.colonnes):
            attendu = f"{len(self.colonnes)} colonnes attendues, {len(self.valeurs)} lues"
            self.lecture.noter(self.numero, f"colonne {min(len(self.valeurs), len(self.colonnes)) + 1}", attendu)
        return self._cle(), (
            self._observation("notes", "note", NOTES, _decimal),
            self._observation("delais", "delai", DELAIS, _duree),
        )

    def _cle(self) -> Cle:
        commune, typologie, population = (self._texte(nom) for nom in CLES)
        if any(examiner("insee", commune)):
            self._noter("commune", f"« {commune} » n'est pas un code INSEE de commune (5 signes, par exemple 31555)")
        for nom, valeur, permis in (
            ("typologie", typologie, tuple(nationales()["typologie"].codes)),
            ("population", population, POPULATIONS),
        ):
            if valeur not in permis:
                self._noter(nom, hors_liste(valeur, permis))
        return commune, typologie, population

    def _observation(
        self, groupe: str, prefixe: str, quantiles: Sequence[str], comprendre: Callable[[str], Decimal]
    ) -> Observation | None:
        effectif = self._nombre(f"{groupe}_effectif", _entier)
        lus = {quantile: self._nombre(f"{prefixe}_{quantile}", comprendre) for quantile in quantiles}
        if effectif is None:
            if any(self._texte(f"{prefixe}_{quantile}") for quantile in quantiles):
                self._noter(f"{groupe}_effectif", "des valeurs sont données sans leur effectif")
            return None
        if petit(effectif, self.seuil):
            return Observation(effectif, {})
        for quantile, valeur in lus.items():
            if valeur is None and not self._texte(f"{prefixe}_{quantile}"):
                self._noter(f"{prefixe}_{quantile}", f"il manque cette valeur pour un effectif de {effectif}")
        self._exiger_croissants(prefixe, lus)
        return Observation(effectif, {nom: valeur for nom, valeur in lus.items() if valeur is not None})

    def _exiger_croissants(self, prefixe: str, lus: Mapping[str, Decimal | None]) -> None:
        precedente: Decimal | None = None
        for quantile, valeur in lus.items():
            if valeur is not None and precedente is not None and valeur < precedente:
                self._noter(f"{prefixe}_{quantile}", f"{valeur} est plus petit que le quantile précédent, {precedente}")
            precedente = valeur if valeur is not None else precedente

    def _nombre(self, nom: str, comprendre: Callable[[str], T]) -> T | None:
        texte = self._texte(nom)
        if not texte:
            return None
        try:
            return comprendre(texte)
        except ValueError:
            self._noter(nom, f"« {texte} » n'est pas un nombre permis (un effectif est entier ; un délai, positif)")
            return None

    def _texte(self, nom: str) -> str:
        rang = self.colonnes[nom]
        return self.valeurs[rang - 1].strip() if rang <= len(self.valeurs) else ""

    def _noter(self, nom: str, message: str) -> None:
        self.lecture.noter(self.numero, f"colonne {self.colonnes[nom]} ({nom})", message)


def _couper(texte: str) -> tuple[dict[str, tuple[int, str]], list[str], int]:
    """Les déclarations (ligne et valeur), puis les lignes du tableau et le numéro de la première."""
    declare: dict[str, tuple[int, str]] = {}
    lignes = texte.splitlines(keepends=True)
    rang = 0
    for rang, ligne in enumerate(_preambule(lignes), 1):
        if trouvee := _DECLARATION.match(ligne.strip()):
            declare[trouvee[1].lower()] = (rang, trouvee[2].strip().strip('"'))
    return declare, lignes[rang:], rang + 1


def _preambule(lignes: Sequence[str]) -> Iterator[str]:
    for ligne in lignes:
        # Un tableur met parfois la ligne entière entre guillemets.
        if ligne.strip().lstrip('"') and not ligne.strip().lstrip('"').startswith("#"):
            return
        yield ligne.strip().lstrip('"')


def _separateur(entete: str) -> str:
    return max(";,\t", key=entete.count)


def _entier(texte: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", texte):
        raise ValueError(texte)
    return int(texte)


def _seuil(texte: str) -> int:
    if _entier(texte) < SEUIL_AU_MOINS:
        raise ValueError(texte)
    return int(texte)


def _decimal(texte: str) -> Decimal:
    if not re.fullmatch(r"-?[0-9]{1,9}(?:[.,][0-9]{1,30})?", texte):
        raise ValueError(texte)
    return Decimal(texte.replace(",", "."))


def _duree(texte: str) -> Decimal:
    """Une note peut être négative ; un délai, non."""
    if _decimal(texte) < 0:
        raise ValueError(texte)
    return _decimal(texte)
