"""Importer des lieux d'un tableur : un essai à blanc, ligne par ligne. Le fautif se refuse, rien ne s'écrit ici.

Une ligne par lieu ; les colonnes portent les noms de ``lieux.toml``. Plusieurs valeurs dans une case se séparent par
« | ».
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from modele.lieux.heures import Heures, JoursFeries
from modele.lieux.heures_ecrites import HeuresFautives, lire_heures
from modele.lieux.lecture import SANS_SOURCE, Permis, fautes_de_codes
from modele.lieux.modele import NIVEAUX, Lieu
from modele.lieux.mots import dire_heures
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import hors_liste
from modele.regles.provenance import Provenance
from modele.regles.tableaux import (
    AVALEES,
    CASE_AU_PLUS,
    DE_TROP,
    ILLISIBLE,
    SIGNE_PERDU,
    SIGNES_PERDUS,
    TROP_DE_CASES,
    LigneRefusee,
    en_texte,
    lire_jour,
    separateur,
)
from modele.territoire.communes import nu

EXIGEES: Final = ("nom", "genre", "source", "verifie_le")
FACULTATIVES: Final = (
    "id", "adresse", "commune", "telephone", "horaires", "ouvert", "exceptions", "jours_feries", "niveau", "missions",
    "besoins", "langues", "dessert", "acces", "enregistre", "adresse_confidentielle",
)  # fmt: skip
LIGNES_AU_PLUS: Final = 20_000
OCTETS_AU_PLUS: Final = 16 * 1024 * 1024
ID_FAUTIF: Final = "des lettres sans accent, des chiffres, « - », « . » ou « _ » ; 80 signes au plus"
SANS_ID: Final = "aucun identifiant ne se tire de ce nom : donnez-lui-en un dans la colonne « id »"
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_PERDUS: Final = re.compile(SIGNES_PERDUS)
_OUI: Final = {"oui": True, "true": True, "1": True, "x": True, "non": False, "false": False, "0": False, "": False}
_FERIES: Final = ("", *(un.value for un in JoursFeries if un))


@dataclass(frozen=True, slots=True)
class Essai:
    """Ce que donnerait l'import. ``lus`` : les lignes du tableau, l'en-tête non comprise."""

    lus: int
    bons: tuple[Lieu, ...]
    refusees: tuple[LigneRefusee, ...]

    def compte(self, avant: Mapping[str, Lieu]) -> Counter[str]:
        """Combien de « nouveaux », de « changes » et d'« inchanges » parmi les bons."""
        return Counter(
            "nouveaux" if un.id not in avant else "inchanges" if avant[un.id] == un else "changes" for un in self.bons
        )


def essayer(octets: bytes, permis: Permis, existe: Callable[[str], bool], jour: date) -> Essai:
    """L'essai à blanc d'un tableau. ``existe`` : ce code INSEE est celui d'une commune. ``jour`` : aujourd'hui.

    Lève ``ErreurUtilisateur`` si ce n'est pas un tableau, ou si une colonne exigée manque.
    """
    entete, *lignes = _table(octets)
    colonnes = [nu(une).replace(" ", "_") for une in entete]
    _exiger(colonnes)
    bons: dict[str, Lieu] = {}
    refusees: list[LigneRefusee] = []
    lus = [(rang, ligne) for rang, ligne in enumerate(lignes, start=2) if any(map(str.strip, ligne))]
    for rang, ligne in lus:
        if formes := _fautes_de_forme(rang, ligne, colonnes):
            # Ses cases ne sont pas les siennes : la lire dirait des fautes qui n'y sont pas.
            refusees += formes
            continue
        cases = dict(zip(colonnes, map(str.strip, ligne), strict=False))
        lecture = _Ligne(rang, cases, permis, existe, jour)
        lieu = lecture.lire()
        if lieu.id in bons and not lecture.fautes:
            lecture.refuser("id", f"« {lieu.id} » est déjà plus haut ; gardez une seule ligne par lieu")
        if lecture.fautes:
            refusees += lecture.fautes
        else:
            bons[lieu.id] = lieu
    return Essai(len(lus), tuple(bons.values()), tuple(refusees))


def _table(octets: bytes) -> list[list[str]]:
    if len(octets) > OCTETS_AU_PLUS or b"\0" in octets:
        raise ErreurUtilisateur(f"Import refusé : {ILLISIBLE}")
    texte = en_texte(octets)
    signe = separateur(texte.partition("\n")[0])
    # Un guillemet ouvert fait une seule case de tout ce qui suit : elle se refuse à sa ligne, pas le tableau entier.
    csv.field_size_limit(OCTETS_AU_PLUS)
    table = list(csv.reader(io.StringIO(texte, newline=""), delimiter=signe))
    if not table or len(table[0]) < len(EXIGEES):
        raise ErreurUtilisateur(f"Import refusé : {ILLISIBLE}")
    if len(table) > LIGNES_AU_PLUS:
        raise ErreurUtilisateur(f"Import refusé : {len(table)} lignes ; {LIGNES_AU_PLUS} au plus. Coupez-le en deux.")
    return table


def _fautes_de_forme(rang: int, ligne: Sequence[str], colonnes: Sequence[str]) -> list[LigneRefusee]:
    """Ce qui fait qu'une ligne n'en est pas une : un guillemet qui en avale, une case de trop, un signe perdu."""
    fautes = []
    for colonne, case in zip((*colonnes, *[DE_TROP] * len(ligne)), ligne, strict=False):
        avalees = len(case.strip().splitlines())
        if avalees > 1:
            fautes.append(LigneRefusee(rang, colonne or DE_TROP, AVALEES.format(avalees)))
        elif len(case) > CASE_AU_PLUS:
            fautes.append(LigneRefusee(rang, colonne or DE_TROP, f"{len(case)} signes ; {CASE_AU_PLUS} au plus"))
        elif _PERDUS.search(case):
            fautes.append(LigneRefusee(rang, colonne or DE_TROP, SIGNE_PERDU))
    if not fautes and any(map(str.strip, ligne[len(colonnes) :])):
        fautes.append(LigneRefusee(rang, DE_TROP, TROP_DE_CASES.format(len(colonnes))))
    return fautes


def _exiger(colonnes: Sequence[str]) -> None:
    connues = (*EXIGEES, *FACULTATIVES)
    fautes = [f"il manque la colonne « {une} »" for une in EXIGEES if une not in colonnes]
    fautes += [f"colonne {hors_liste(une, connues)}" for une in colonnes if une and une not in connues]
    fautes += [f"la colonne « {une} » y est deux fois" for une, fois in Counter(colonnes).items() if une and fois > 1]
    if fautes:
        raise ErreurUtilisateur(f"Import refusé : {' ; '.join(fautes)}. Corrigez la première ligne du tableau.")


class _Ligne:
    """Une ligne en cours de lecture, et ses fautes."""

    def __init__(
        self, rang: int, cases: Mapping[str, str], permis: Permis, existe: Callable[[str], bool], jour: date
    ) -> None:
        self._rang, self._cases, self._permis, self._existe, self._jour = rang, cases, permis, existe, jour
        self.fautes: list[LigneRefusee] = []

    def refuser(self, colonne: str, message: str) -> None:
        """Note une faute."""
        self.fautes.append(LigneRefusee(self._rang, colonne, message))

    def lire(self) -> Lieu:
        """Le lieu que dit cette ligne ; il ne vaut que si elle n'a pas de faute."""
        for colonne in EXIGEES:
            if not self._case(colonne):
                self.refuser(colonne, SANS_SOURCE if colonne in ("source", "verifie_le") else "cette case est vide")
        heures = self._heures()
        lieu = Lieu(
            id=self._identifiant(),
            nom=self._case("nom"),
            genre=self._case("genre"),
            adresse=self._case("adresse"),
            commune=self._commune("commune", self._case("commune")),
            telephone=self._case("telephone"),
            horaires=self._case("horaires"),
            enregistre=self._oui("enregistre"),
            adresse_confidentielle=self._oui("adresse_confidentielle"),
            provenance=Provenance(source=self._case("source"), verifie_le=self._verifie_le()),
            heures=heures,
            heures_dites=dire_heures(heures),
            niveau=self._niveau(),
            missions=self._codes("missions", self._permis.missions),
            besoins=self._codes("besoins", self._permis.besoins),
            langues=self._codes("langues", self._permis.langues),
            dessert=tuple(self._commune("dessert", code) for code in self._liste("dessert")),
            acces=self._case("acces"),
        )
        if lieu.trahit:
            # L'adresse ne se redit pas : cette liste se montre, et s'enregistre.
            self.refuser("adresse_confidentielle", lieu.trahit)
        return lieu

    def _case(self, colonne: str) -> str:
        return self._cases.get(colonne, "")

    def _liste(self, colonne: str) -> list[str]:
        return [un for morceau in self._case(colonne).split("|") if (un := morceau.strip())]

    def _identifiant(self) -> str:
        """Celui qui est écrit, sinon un tiré du nom et de la commune."""
        dit = self._case("id")
        if dit and not _ID.fullmatch(dit):
            self.refuser(
                "id", f"« {dit[:40]} » : des lettres sans accent, des chiffres, « - », « . » ou « _ », 80 au plus"
            )
        nomme = "-".join(nu(self._case("nom")).split())
        if not dit and not nomme and self._case("nom"):
            self.refuser("id", SANS_ID)
        return dit or "-".join(filter(None, (nomme, nu(self._case("commune")))))

    def _commune(self, colonne: str, code: str) -> str:
        if code and not self._existe(code):
            self.refuser(colonne, f"« {code} » n'est pas le code INSEE d'une commune ; ce n'est pas le code postal")
        return code

    def _oui(self, colonne: str) -> bool:
        dit = nu(self._case(colonne))
        if dit not in _OUI:
            self.refuser(colonne, f"« {self._case(colonne)} » : écrivez oui ou non")
        return _OUI.get(dit, False)

    def _niveau(self) -> int:
        dit = self._case("niveau")
        if dit and dit not in map(str, NIVEAUX):
            self.refuser("niveau", f"« {dit} » : attendu 1, 2, 3 ou rien")
            return 0
        return int(dit or 0)

    def _codes(self, colonne: str, permis: Collection[str]) -> tuple[str, ...]:
        lus = self._liste(colonne)
        for faute in fautes_de_codes(lus, permis):
            self.refuser(colonne, faute)
        return tuple(lus)

    def _heures(self) -> Heures:
        feries = nu(self._case("jours_feries"))
        if feries not in _FERIES:
            self.refuser("jours_feries", f"« {feries} » : écrivez ouvert, fermé, ou rien si vous ne savez pas")
            feries = ""
        try:
            return lire_heures(self._liste("ouvert"), self._liste("exceptions"), feries)
        except HeuresFautives as faute:
            self.refuser("ouvert ou exceptions", str(faute))
            return Heures()

    def _verifie_le(self) -> date | None:
        dit = self._case("verifie_le")
        try:
            le = lire_jour(dit) if dit else None
        except ValueError:
            self.refuser("verifie_le", f"« {dit} » n'est pas une date ; écrivez 14/05/2026 ou 2026-05-14")
            return None
        if le is not None and le > self._jour:
            self.refuser("verifie_le", f"« {dit} » est à venir : écrivez le jour où ce lieu a été vérifié")
        return le
