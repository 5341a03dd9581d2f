"""Un texte de fiche en segments : ce qui se traduit, et la charpente que toutes les langues ont en commun.

Une langue garde les titres, les paragraphes, les puces, les blocs et les conditions du français, dans le même ordre :
un papier à deux langues les met alors l'un près de l'autre, et rien ne peut manquer sans se voir.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from modele.fiches.texte import Texte
from modele.regles import egalite

_LIGNES: Final = ("tableau", "a_remplir", "grande_date", "code_du_formulaire")
"""Les blocs dont chaque ligne porte des mots ; les autres blocs clos par ``` n'en portent pas, ou sont du texte."""
_NOMMES: Final = ("reponses", "formulaire", "cases_vides", "vacants")
"""Ceux dont une ligne nomme ce qu'elle dit avant ses mots : « chemin : libellé », « rubrique : titre | lignes »."""
_TEXTES: Final = ("encadre", "grand", "petit")
_INSTRUCTION: Final = re.compile(r"(?:\s*\{%.*?%\})+\s*")
_PUCE: Final = re.compile(r"([-*+]|\d+\.)\s+")
_TITRE: Final = re.compile(r"(#+)\s+")
_BALISES: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MOT: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Segment:
    """Un morceau de fiche. ``charpente`` : sa sorte et ce qui ne se traduit pas ; ``texte`` : ses mots, ou rien."""

    charpente: str
    texte: str = ""

    @property
    def nu(self) -> str:
        """Ses mots, sans ses emplacements ni ses conditions, sur une ligne."""
        return " ".join(_BALISES.sub(" ", self.texte).split())

    @property
    def a_traduire(self) -> bool:
        """Vrai s'il a des mots : un sigle, un article ou un nombre seul n'en est pas un."""
        return any(not mot.isupper() for mot in _MOT.findall(self.nu))


@lru_cache(maxsize=512)
def decouper(texte: Texte) -> tuple[Segment, ...]:
    """Les segments d'un texte, dans l'ordre : titre, sous-titre, pied, ce qui se lit à voix haute, puis le corps."""
    entete = (
        ("titre", texte.titre),
        ("sous_titre", texte.sous_titre),
        ("pied", texte.pied),
        ("lire_a_voix_haute", texte.lire_a_voix_haute),
    )
    return (*(Segment(nom, dit) for nom, dit in entete), *_Corps().lire(texte.corps))


class _Corps:
    """Le corps, ligne après ligne. ``bloc`` : celui où l'on est, vide dans le texte."""

    def __init__(self) -> None:
        self._bloc = ""
        self._debut, self._lignes = "p", list[str]()

    def lire(self, corps: str) -> Iterator[Segment]:
        # Une condition écrite sur plusieurs lignes est une seule instruction.
        for ligne in _BALISES.sub(lambda une: " ".join(une[0].split()), corps).splitlines():
            yield from self._ligne(ligne.strip())
        yield from self._clore()

    def _ligne(self, ligne: str) -> Iterator[Segment]:
        if ligne.startswith(("```", "~~~")):
            yield from self._clore()
            nom = ligne.strip("`~ ")
            self._bloc = "" if nom in _TEXTES else nom
            yield Segment(f"bloc {nom}" if nom else "fin")
        elif not ligne:
            yield from self._clore()
        elif _INSTRUCTION.fullmatch(ligne):
            yield from self._clore()
            yield Segment(" ".join(ligne.split()))
        elif self._bloc:
            yield from _de_bloc(self._bloc, ligne)
        else:
            yield from self._texte(ligne)

    def _texte(self, ligne: str) -> Iterator[Segment]:
        titre, puce = _TITRE.match(ligne), _PUCE.match(ligne)
        if titre:
            yield from self._clore()
            yield Segment(f"titre {len(titre[1])}", ligne[titre.end() :])
        elif puce:
            yield from self._clore()
            self._debut, self._lignes = "puce", [ligne[puce.end() :]]
        else:
            self._lignes.append(ligne)

    def _clore(self) -> Iterator[Segment]:
        if self._lignes:
            yield Segment(self._debut, " ".join(self._lignes))
        self._debut, self._lignes = "p", []


def _de_bloc(bloc: str, ligne: str) -> Iterator[Segment]:
    """Une ligne d'un bloc clos : ce qui la désigne ne se traduit pas, ses mots si."""
    parties = [partie.strip() for partie in ligne.split("|")]
    if bloc == "contacts":
        yield Segment(f"contact {parties[0]}")
        yield from (Segment("libelle", partie) for partie in parties[1:])
    elif bloc in _NOMMES:
        nom, _, libelle = parties[0].partition(":")
        yield Segment(f"{bloc} {' '.join((nom.strip(), *parties[1:]))}", libelle.strip())
    elif bloc == "grande_date" and len(parties) > 1:
        yield Segment(f"date {parties[0]}", " | ".join(parties[1:]))
    elif bloc in _LIGNES:
        yield from (Segment(f"{bloc} {rang}", partie) for rang, partie in enumerate(parties))
    else:
        yield Segment(f"{bloc} {ligne}")


@lru_cache(maxsize=512)
def ecart(francais: Texte, dit: Texte) -> str:
    """Ce qu'une traduction a perdu ou changé, en une phrase ; vide si elle dit tout, et les mêmes nombres."""
    avant, apres = decouper(francais), decouper(dit)
    for rang, (un, autre) in enumerate(zip(avant, apres, strict=False)):
        if un.charpente != autre.charpente:
            pres = next((s.nu for s in reversed(apres[:rang]) if s.nu), "")
            return f"après « {pres} », le français a « {un.charpente} », ce texte « {autre.charpente} »"
        if bool(un.texte) != bool(autre.texte):
            return f"« {un.nu or autre.nu} » n'a pas son pendant"
        if faute := egalite.ecart(un.texte, autre.texte):
            return f"« {autre.nu} » : {faute}"
    if len(avant) != len(apres):
        return f"le français a {len(avant)} morceaux, ce texte {len(apres)} : il en manque, ou il y en a trop"
    return ""
