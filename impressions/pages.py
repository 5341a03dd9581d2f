"""Répartir des blocs en pages, puis les dessiner : le nombre de pages est connu avant d'écrire la première."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from impressions.balises import FILIGRANE, PIED_DE_PAGE, Balisage, Noeud, langue_lue
from impressions.blocs import Bloc
from impressions.ecritures import police_pour
from impressions.fontes_pdf import FontesDuDocument
from impressions.lignes import Segment, couper, largeur_de, texte_de
from impressions.metadonnees import presenter
from impressions.sauts import Saut
from impressions.sens import sens_des_lignes
from impressions.structure import ecrire
from impressions.styles import MARGE_BAS, MARGE_COTE, MARGE_HAUT, PAGE, PALE, PIED, TRAIT, Style
from impressions.toile import Toile

LARGE = PAGE[0] - 2 * MARGE_COTE
HAUT = PAGE[1] - MARGE_HAUT - MARGE_BAS

PRESQUE_VIDE, A_MOITIE = 1 / 3, 0.5
SERRES = (0.6, 0.4, 0.3)
"""Ce qui reste des blancs, du plus aéré au plus serré. Ni le corps ni l'interligne ne bougent : ils se lisent."""

_GROS, _PENTE = 34.0, 52.0
"""D'un filigrane : la taille de ses lettres, et leur pente, en degrés."""

Page = list[tuple[Bloc, float]]


@dataclass(frozen=True, slots=True)
class Identite:
    """Ce que le PDF dit de lui-même. ``numerotation`` : gabarit de « page {n} sur {total} ».

    ``miroir`` : il se lit de droite à gauche. ``filigrane`` : ce qui se lit en travers de chaque page.
    """

    titre: str
    langue: str
    creation: date
    pied: str
    numerotation: str
    style_pied: Style
    miroir: bool = False
    filigrane: str = ""


def paginer(blocs: list[Bloc]) -> list[Page]:
    """Les pages : pour chacune, ses blocs et leur distance au haut.

    Une dernière page presque vide se rattrape en resserrant les blancs, si cela suffit ; sinon, elle prend à celle
    d'avant ses dernières sections.
    """
    pages = _repartir(blocs, 1.0)
    if len(pages) == 1 or _occupe(pages[-1]) >= PRESQUE_VIDE * HAUT:
        return pages
    # Un détail qui commence sur sa page n'a pas à la perdre pour un blanc de moins.
    a_part = any(isinstance(bloc, Saut) for bloc in blocs)
    for part in SERRES[:1] if a_part else SERRES:
        serrees = _repartir(blocs, part)
        if len(serrees) < len(pages):
            return serrees
    return pages if a_part else _equilibrer(blocs, pages)


def _equilibrer(blocs: list[Bloc], pages: list[Page]) -> list[Page]:
    """Les mêmes, la dernière commençant au titre qui laisse les deux dernières les plus également remplies.

    Rien ne change s'il y fallait une page de plus.
    """
    essais = [_repartir(blocs, 1.0, rupture=bloc) for bloc, _ in pages[-2][1:] if bloc.signet]
    egales = [pages, *(essai for essai in essais if len(essai) == len(pages))]
    return min(egales, key=lambda essai: abs(_occupe(essai[-2]) - _occupe(essai[-1])))


def _occupe(page: Page) -> float:
    dernier, y = page[-1]
    return y + dernier.hauteur(LARGE)


def _repartir(
    blocs: list[Bloc], blancs: float, large: float = LARGE, haut: float = HAUT, rupture: Bloc | None = None
) -> list[Page]:
    """``rupture`` : le bloc qui commence une page."""
    pages: list[Page] = [[]]
    file = list(reversed(blocs))
    y, apres = 0.0, 0.0
    while file:
        bloc = file.pop()
        if isinstance(bloc, Saut) and not bloc.toujours and len(pages) > 1 and y < A_MOITIE * haut:
            continue  # la page d'avant a débordé sur celle-ci : la laisser presque vide n'y gagnerait rien
        if bloc is rupture and pages[-1]:
            pages.append([])
            y, apres = 0.0, 0.0
        ecart = max(apres, bloc.avant) * blancs if pages[-1] else 0.0
        reste = haut - y - ecart
        hauteur = bloc.hauteur(large)
        libre = _suite_tient(bloc, file, reste - hauteur, large) or not _suite_tient(bloc, file, haut - hauteur, large)
        if hauteur <= reste and libre:
            pages[-1].append((bloc, y + ecart))
            y, apres = y + ecart + hauteur, bloc.apres
            continue
        parties = None if hauteur <= reste else bloc.couper(large, reste)
        if parties is None and not pages[-1]:
            pages[-1].append((bloc, 0.0))  # plus haut qu'une page et insécable : seul sur la sienne
        elif parties is None:
            file.append(bloc)
        else:
            pages[-1].append((parties[0], y + ecart))
            file.append(parties[1])
        if file:
            pages.append([])
            y, apres = 0.0, 0.0
    return pages


def _suite_tient(bloc: Bloc, file: list[Bloc], reste: float, large: float) -> bool:
    """Vrai si un titre est suivi d'au moins le début de ce qu'il annonce."""
    if not bloc.avec_suivant or not file:
        return True
    suivant = file[-1]
    reste -= max(bloc.apres, suivant.avant)
    hauteur = suivant.hauteur(large)
    if hauteur <= reste:
        return _suite_tient(suivant, file[:-1], reste - hauteur, large)
    return suivant.couper(large, reste) is not None


def dessiner(pages: list[Page], racine: Noeud, identite: Identite) -> bytes:
    """Le PDF, le même octet pour octet pour les mêmes pages et la même identité."""
    sortie = io.BytesIO()
    langue = langue_lue(identite.langue)
    canevas = toile_de(sortie, PAGE, lang=langue)
    presenter(canevas, identite.titre, langue, identite.creation)
    toile = Toile(canevas, Balisage(racine), FontesDuDocument(canevas._doc))
    for rang, page in enumerate(pages, start=1):
        toile.balisage.nouvelle_page()
        _filigrane(toile, identite)
        for bloc, y in page:
            haut = PAGE[1] - MARGE_HAUT - y
            if bloc.signet:
                _poser_signet(canevas, bloc.signet, haut)
            bloc.dessiner(toile, MARGE_COTE, haut, LARGE)
        _pied_de_page(toile, identite, rang, len(pages))
        canevas.showPage()
    ecrire(canevas._doc, toile.balisage)
    toile.fontes.ecrire()
    canevas.save()
    return sortie.getvalue()


def toile_de(sortie: io.BytesIO, page: tuple[float, float], **reglages: Any) -> Any:
    """De quoi dessiner un PDF, le même octet pour octet pour les mêmes dessins."""
    return _canevas()(sortie, pagesize=page, invariant=1, pageCompression=1, pdfVersion=(1, 7), **reglages)


@cache
def _canevas() -> Any:
    """La toile de ReportLab, sans Helvetica en tête de chaque page : cette police-là ne s'embarque pas."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # des flux en octets plutôt qu'en lettres, plus courts d'un cinquième

    class Canevas(Canvas):  # type: ignore[misc]
        def _make_preamble(self) -> None:
            self._preamble = "1 0 0 1 0 0 cm"

    return Canevas


def _filigrane(toile: Toile, identite: Identite) -> None:
    """Sous le texte, pâle et en travers : une photocopie le garde, la lecture n'en souffre pas."""
    if not identite.filigrane:
        return
    segment = _segment(identite.filigrane, replace(identite.style_pied, taille=_GROS, couleur=PALE))
    canevas = toile.canevas
    with toile.balisage.artefact(canevas, FILIGRANE):
        canevas.saveState()
        canevas.translate(PAGE[0] / 2, PAGE[1] / 2)
        canevas.rotate(_PENTE)
        toile.texte(-segment.largeur / 2, 0.0, (segment,))
        canevas.restoreState()


def _poser_signet(canevas: Any, titre: str, haut: float) -> None:
    cle = f"s{len(canevas._destinations)}"
    canevas.bookmarkPage(cle, fit="XYZ", left=0, top=haut, zoom=0)
    canevas.addOutlineEntry(titre, cle, level=0)


def _pied_de_page(toile: Toile, identite: Identite, rang: int, total: int) -> None:
    style, miroir = identite.style_pied, identite.miroir
    numero = _segment(identite.numerotation.format(n=rang, total=total), style)
    lignes = couper([_segment(identite.pied, style)], LARGE - numero.largeur - 20)
    sommet = PIED + style.interligne * (len(lignes) - 1)
    toile.filet(MARGE_COTE, sommet + style.interligne + 3, LARGE, 0.6, TRAIT)
    with toile.balisage.artefact(toile.canevas, PIED_DE_PAGE):
        sens = sens_des_lignes([*map(texte_de, lignes)], miroir=miroir)
        for place, (ligne, niveaux) in enumerate(zip(lignes, sens, strict=True)):
            bord = LARGE - largeur_de(ligne) if miroir else 0.0
            toile.texte(MARGE_COTE + bord, sommet - place * style.interligne, ligne, niveaux)
        bord = 0.0 if miroir else LARGE - numero.largeur
        (sens_du_numero,) = sens_des_lignes([numero.texte], miroir=miroir)
        toile.texte(MARGE_COTE + bord, sommet, (numero,), sens_du_numero)


def _segment(texte: str, style: Style) -> Segment:
    return Segment(texte, police_pour(style.police, texte), style.taille, style.couleur)
