"""Ouvrir le PDF d'un formulaire officiel : ses cases, de quel formulaire il est, et pourquoi il ne sert pas.

Essais : ``tests/impressions/test_formulaire_pdf.py``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from modele.orientation.formulaires import refus_d_un_pdf
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from pikepdf import Pdf

PAGES_AU_PLUS: Final = 60
CASES_AU_PLUS: Final = 2_000
_ILLISIBLE: Final = "{} : ce PDF est abîmé et ne se lit pas. Reprenez-le là où le ministère le publie."
_CHIFFRE: Final = "{} : ce PDF demande un mot de passe. Prenez celui que le ministère publie, il n'en demande pas."
_FERME: Final = "{} : ce PDF interdit de remplir ses cases. Prenez celui que le ministère publie."
_SANS_CASES: Final = (
    "{} : ce PDF n'a aucune case à remplir. C'est peut-être une image, ou une version à remplir à la main : prenez le "
    "formulaire à remplir à l'écran, ou recopiez le brouillon."
)
_DEMESURE: Final = "{} : ce PDF a plus de pages ou de cases qu'un formulaire de recours. Vérifiez que c'est le bon."
_NUMERO: Final = re.compile(r"(?<!\d)(\d{5})\s*[*＊]\s*(\d{2})(?!\d)")


class Sorte(StrEnum):
    """Ce qu'une case attend."""

    TEXTE = "texte"
    CROIX = "croix"
    CHOIX = "choix"


@dataclass(frozen=True, slots=True)
class CaseLue:
    """Une case du PDF. ``dit`` : ce que le PDF en dit lui-même à qui passe dessus ; ``page`` : 0 si elle n'y est pas.

    ``etats`` : ce qui la coche ; plusieurs pour un groupe de boutons. ``ligne``, ``colonne`` : sa place sur la page,
    pour lister les cases dans l'ordre où elles se lisent.
    """

    nom: str
    sorte: Sorte
    dit: str = ""
    page: int = 0
    etats: tuple[str, ...] = ()
    ligne: float = 0.0
    colonne: float = 0.0


@dataclass(frozen=True, slots=True)
class PdfLu:
    """Les cases d'un PDF, dans l'ordre de lecture, et les numéros de formulaire qu'il porte."""

    cases: tuple[CaseLue, ...]
    numeros: tuple[str, ...]
    pages: int


def ouvrir(octets: bytes, nom: str) -> Pdf:
    """Le PDF, prêt à remplir. Lève ``ErreurUtilisateur`` : pas un PDF, abîmé, chiffré, fermé, sans case, démesuré."""
    # Importée ici : rien de pikepdf ne se charge avant qu'un formulaire ne s'ouvre.
    import pikepdf

    if refus := refus_d_un_pdf(octets):
        raise ErreurUtilisateur(f"{nom} : {refus}")
    try:
        # Sans réparation : une case perdue ne se verrait pas.
        pdf = pikepdf.open(io.BytesIO(octets), attempt_recovery=False)
        combien, pages = sum(1 for _ in pdf.acroform.fields), len(pdf.pages)
    except pikepdf.PasswordError:
        raise ErreurUtilisateur(_CHIFFRE.format(nom)) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError):
        raise ErreurUtilisateur(_ILLISIBLE.format(nom)) from None
    if refus := _refus(pdf, combien, pages):
        pdf.close()
        raise ErreurUtilisateur(refus.format(nom))
    return pdf


def _refus(pdf: Pdf, combien: int, pages: int) -> str:
    if not combien:
        return _SANS_CASES
    if combien > CASES_AU_PLUS or pages > PAGES_AU_PLUS:
        return _DEMESURE
    return _FERME if pdf.is_encrypted and not pdf.allow.modify_form else ""


def examiner(octets: bytes, nom: str) -> PdfLu:
    """Les cases de ce PDF. Lève ``ErreurUtilisateur``."""
    with ouvrir(octets, nom) as pdf:
        lues = sorted(_cases(pdf), key=lambda une: (une.page or PAGES_AU_PLUS + 1, -une.ligne, une.colonne))
        pages = len(pdf.pages)
    if not lues:
        raise ErreurUtilisateur(_SANS_CASES.format(nom))
    return PdfLu(tuple(lues), numeros(octets, nom), pages)


def numeros(octets: bytes, nom: str) -> tuple[str, ...]:
    """Les numéros de formulaire (« 15036*01 ») écrits dans ce PDF, dans leur ordre, une fois chacun."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(octets)
        textes = [document[rang].get_textpage().get_text_range() for rang in range(len(document))]
    except pdfium.PdfiumError:
        raise ErreurUtilisateur(_ILLISIBLE.format(nom)) from None
    trouves = (f"{gauche}*{droite}" for texte in textes for gauche, droite in _NUMERO.findall(texte))
    return tuple(dict.fromkeys(trouves))


def _cases(pdf: Pdf) -> Iterator[CaseLue]:
    from pikepdf.form import Form, MultipleFieldProxy

    pages = {page.obj.objgen: rang for rang, page in enumerate(pdf.pages, start=1)}
    for nom, champ in Form(pdf).items():
        un: Any = champ[0] if isinstance(champ, MultipleFieldProxy) else champ
        if (sorte := sorte_de(un)) is None:
            continue
        page, ligne, colonne = _place(pdf, un, pages)
        dit = " ".join(str(un.alternate_name or "").split())
        yield CaseLue(nom, sorte, "" if dit == nom else dit, page, etats_de(un), ligne, colonne)


def sorte_de(champ: Any) -> Sorte | None:
    """Ce qu'attend ce champ ; ``None`` pour ce que Perron ne remplit jamais : un bouton, une signature."""
    from pikepdf.form import CheckboxField, ChoiceField, RadioButtonGroup, TextField

    if isinstance(champ, TextField):
        return None if champ.is_password or champ.is_file_select else Sorte.TEXTE
    if isinstance(champ, CheckboxField | RadioButtonGroup):
        return Sorte.CROIX
    return Sorte.CHOIX if isinstance(champ, ChoiceField) else None


def etats_de(champ: Any) -> tuple[str, ...]:
    """Les noms qui cochent cette case, ou chacun des boutons de son groupe."""
    from pikepdf.form import CheckboxField, RadioButtonGroup

    if not isinstance(champ, CheckboxField | RadioButtonGroup):
        return ()
    return tuple(dict.fromkeys(un for etat in champ.states if (un := str(etat).removeprefix("/")) != "Off"))


def _place(pdf: Pdf, champ: Any, pages: dict[tuple[int, int], int]) -> tuple[int, float, float]:
    """La page de cette case, et où elle y est."""
    dessins = [dessin.obj for dessin in pdf.acroform.get_annotations_for_field(champ._field)]
    # Un groupe de boutons n'a pas de dessin à lui : c'est la place du premier.
    objet = next(iter(dessins or list(champ._field.obj.get("/Kids", ()))), None)
    if objet is None or "/Rect" not in objet:
        return 0, 0.0, 0.0
    page = pages.get(objet.P.objgen, 0) if "/P" in objet else _page_qui_la_porte(pdf, objet)
    return page, float(objet.Rect[3]), float(objet.Rect[0])


def _page_qui_la_porte(pdf: Pdf, objet: Any) -> int:
    for rang, page in enumerate(pdf.pages, start=1):
        if any(une.objgen == objet.objgen for une in page.obj.get("/Annots", ())):
            return rang
    return 0
