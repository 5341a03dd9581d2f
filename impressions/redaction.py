"""Du Markdown aux blocs de page. Un bloc clos (``` nom) est un bloc spécial : tableau de la note, numéros, pièces…"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from impressions import (
    speciaux_demande,
    speciaux_dossier,
    speciaux_droit,
    speciaux_formulaire,
    speciaux_note,
    speciaux_recours,
    speciaux_vierge,
)
from impressions.atelier import Atelier
from impressions.balises import Noeud
from impressions.blocs import Bloc, Encadre, Filet, Pile, Texte, ZoneVide
from impressions.lignes import Segment
from impressions.sauts import Saut
from impressions.styles import Style
from modele.regles.faits import proche
from modele.regles.fautes import ErreurUtilisateur

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LANGUE: Final = re.compile(r"lang:[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
Special = Callable[[Atelier, Noeud, str], list[Bloc]]


def rediger(atelier: Atelier, markdown: str, parent: Noeud) -> list[Bloc]:
    """Les blocs de ``markdown``, rattachés à ``parent``. Lève ``ErreurUtilisateur`` si un bloc spécial est inconnu."""
    return list(_blocs(atelier, _lecteur().parse(markdown), parent))


@cache
def _lecteur() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline", "image", "code"])


def _blocs(atelier: Atelier, jetons: list[Token], parent: Noeud) -> Iterator[Bloc]:
    rang = 0
    while rang < len(jetons):
        jeton = jetons[rang]
        fin = _fin(jetons, rang)
        if jeton.type == "heading_open":
            yield _titre(atelier, jeton, jetons[rang + 1], parent)
        elif jeton.type == "paragraph_open":
            yield _paragraphe(atelier, jetons, rang, parent)
        elif jeton.type in ("bullet_list_open", "ordered_list_open"):
            yield from _liste(atelier, jetons[rang + 1 : fin], parent, numerotee=jeton.type.startswith("ordered"))
        elif jeton.type == "fence":
            yield from _special(atelier, jeton, parent)
        elif jeton.type == "hr":
            yield Filet(avant=8, apres=8)
        elif jeton.type == "blockquote_open":
            yield from _blocs(atelier, jetons[rang + 1 : fin], parent)
        rang = fin + 1


def _fin(jetons: list[Token], rang: int) -> int:
    profondeur = 0
    for place in range(rang, len(jetons)):
        profondeur += jetons[place].nesting
        if profondeur == 0:
            return place
    return len(jetons) - 1


def _paragraphe(atelier: Atelier, jetons: list[Token], rang: int, parent: Noeud) -> Bloc:
    """Un paragraphe ; celui qui annonce un bloc spécial ne s'en sépare pas."""
    style = atelier.styles.corps
    suivant = jetons[rang + 3] if rang + 3 < len(jetons) else None
    annonce = suivant is not None and suivant.type == "fence"
    segments = _segments(atelier, jetons[rang + 1], style)
    return atelier.texte(segments, style, parent.ajouter("P"), avec_suivant=annonce)


def _titre(atelier: Atelier, jeton: Token, contenu: Token, parent: Noeud) -> Bloc:
    niveau = 2 if jeton.tag in ("h1", "h2") else 3
    style = atelier.styles.section if niveau == 2 else atelier.styles.sous_section
    segments = _segments(atelier, contenu, style)
    signet = "".join(segment.texte for segment in segments) if niveau == 2 else ""
    return atelier.texte(segments, style, parent.ajouter(f"H{niveau}"), avec_suivant=True, signet=signet)


def _liste(atelier: Atelier, jetons: list[Token], parent: Noeud, *, numerotee: bool) -> Iterator[Bloc]:
    liste = parent.ajouter("L")
    rang, numero = 0, 0
    style = atelier.styles.puce
    while rang < len(jetons):
        fin = _fin(jetons, rang)
        numero += 1
        element = liste.ajouter("LI").ajouter("LBody")
        contenus = list(_blocs(atelier, jetons[rang + 1 : fin], element))
        for place, bloc in enumerate(contenus):
            if isinstance(bloc, Texte) and bloc.style is atelier.styles.corps:
                bloc.style, bloc.apres = style, style.apres
                if place == 0:
                    bloc.puce = f"{numero}." if numerotee else "•"
        if fin == len(jetons) - 1 and contenus:
            contenus[-1].apres = atelier.styles.corps.apres
        yield from contenus
        rang = fin + 1


def _segments(atelier: Atelier, contenu: Token, style: Style) -> list[Segment]:
    segments: list[Segment] = []
    graisses: list[str] = []
    langue = ""
    for jeton in contenu.children or ():
        if jeton.type == "strong_open":
            graisses.append("gras")
        elif jeton.type == "em_open":
            graisses.append("italique")
        elif jeton.type in ("strong_close", "em_close"):
            graisses.pop()
        elif jeton.type in ("link_open", "link_close"):
            langue = _langue_du_passage(jeton)
        elif jeton.type in ("softbreak", "hardbreak"):
            segments.append(atelier.segment("\n" if jeton.type == "hardbreak" else " ", style))
        elif jeton.content:
            graisse = graisses[-1] if graisses else ""
            segments.append(atelier.segment(jeton.content, style, graisse, langue=langue))
    return segments


def _langue_du_passage(lien: Token) -> str:
    """« [Where is the shelter?](lang:en) » : un passage d'une autre langue. Tout autre lien n'est que son texte."""
    adresse = str(lien.attrs.get("href", ""))
    return adresse.removeprefix("lang:") if _LANGUE.fullmatch(adresse) else ""


def _special(atelier: Atelier, jeton: Token, parent: Noeud) -> list[Bloc]:
    nom = jeton.info.strip()
    if nom not in _SPECIAUX:
        voisin = proche(nom, _SPECIAUX)
        suite = f" ; vouliez-vous « {voisin} » ?" if voisin else "."
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » ({atelier.fiche.langue}.md) : le bloc « {nom} » n’existe pas{suite}"
        )
    return _SPECIAUX[nom](atelier, parent, jeton.content)


def _encadre(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
    blocs = rediger(atelier, contenu, parent.ajouter("Sect"))
    for bloc in blocs:
        bloc.signet = ""
    k = atelier.styles.echelle
    return [Encadre(contenu=Pile(blocs=blocs), avant=10 * k, apres=10 * k, marge=12 * k)] if blocs else []


def _tampon(atelier: Atelier, parent: Noeud, _contenu: str) -> list[Bloc]:
    """La place du cachet, vide. Jamais sur une fiche réservée : elle dirait où la personne est passée."""
    if atelier.fiche.surete.reservee:
        raise ErreurUtilisateur(
            f"La fiche « {atelier.fiche.id} » est prévue pour un dossier discret : elle ne peut pas porter de tampon."
            " Retirez le bloc « tampon »."
        )
    k, petit = atelier.styles.echelle, replace(atelier.styles.petit, apres=0)
    dit = atelier.texte(atelier.mots("page.tampon"), petit, parent.ajouter("P"))
    return [ZoneVide(contenu=Pile(blocs=[dit]), avant=10 * k, apres=10 * k, a_droite=not atelier.miroir)]


def _en_style(nom: str) -> Special:
    """Un bloc dont les paragraphes prennent le style ``nom``."""

    def fabriquer(atelier: Atelier, parent: Noeud, contenu: str) -> list[Bloc]:
        style: Style = getattr(atelier.styles, nom)
        jetons = [jeton for jeton in _lecteur().parse(contenu) if jeton.type == "inline"]
        return [atelier.texte(_segments(atelier, jeton, style), style, parent.ajouter("P")) for jeton in jetons]

    return fabriquer


def _page(_atelier: Atelier, _parent: Noeud, _contenu: str) -> list[Bloc]:
    """La suite va à la page suivante."""
    return [Saut()]


_SPECIAUX: Mapping[str, Special] = {
    "encadre": _encadre,
    "page": _page,
    "petit": _en_style("petit"),
    "grand": _en_style("grand"),
    "tampon": _tampon,
    **speciaux_note.BLOCS,
    **speciaux_dossier.BLOCS,
    **speciaux_droit.BLOCS,
    **speciaux_recours.BLOCS,
    **speciaux_demande.BLOCS,
    **speciaux_formulaire.BLOCS,
    **speciaux_vierge.BLOCS,
}
