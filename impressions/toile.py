"""Le peu que les blocs demandent à ReportLab : écrire une ligne, tirer un filet, tracer un cadre.

Tout mot d'un papier se dessine ici, et nulle part ailleurs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, Final

from impressions.balises import Balisage, langue_lue, texte_pdf
from impressions.ecritures import simple
from impressions.fontes_pdf import FonteEmployee, FontesDuDocument
from impressions.formes import Forme, Glyphe, formes, largeur
from impressions.lignes import Ligne, Segment, texte_de
from impressions.polices import Fonte, lettres
from impressions.sens import Niveaux, ordre_visuel

Bout = tuple[Segment, bool, float | None]
"""Un segment à dessiner, s'il se lit de droite à gauche, et où, si ce n'est pas à la suite du précédent."""
_TRAIT_FEINT: Final = 0.04
"""L'épaisseur ajoutée au trait d'un gras sans fichier, rapportée au corps."""


@dataclass(slots=True)
class Toile:
    """Une toile ReportLab et son balisage. Les coordonnées sont en points, l'origine en bas à gauche."""

    canevas: Any
    balisage: Balisage
    fontes: FontesDuDocument
    _codes: dict[str, _Codes] = field(default_factory=dict)
    _deja: dict[int, tuple[Forme, str]] = field(default_factory=dict)

    def texte(self, x: float, y: float, ligne: Ligne, sens: Niveaux = ()) -> None:
        """Écrit une ligne, sa ligne de base en ``y``. ``sens`` : le niveau de chaque lettre si deux sens s'y mêlent.

        L'espace qui la finit n'a pas de place à elle : de droite à gauche, elle déborde à gauche de ``x``.
        """
        if sens and sens[-1] % 2 and ligne[-1].texte.endswith(" "):
            x -= largeur(ligne[-1].police, " ") * ligne[-1].taille
        bouts = _dans_l_ordre_lu(ligne, sens, x) if sens else _a_la_suite(ligne, x)
        if not any(renverse for _, renverse, _ in bouts) and any(map(_a_redire, ligne)):
            self._poser(y, bouts, _redire(texte_de(ligne)), " EMC")
        else:
            self._poser(y, bouts)

    def _poser(self, y: float, bouts: Sequence[Bout], avant: str = "", apres: str = "") -> None:
        code = [f"{avant}BT"]
        encres: list[str] = []
        x = math.nan
        for segment, renverse, place in bouts:
            if place is not None and place != x:
                code.append(_aller(x := place, y))
            code.append(_encre(segment.couleur))
            if segment.langue:
                code.append(f"/Span <</Lang ({langue_lue(segment.langue)})>> BDC")
            if renverse:
                code += self._a_rebours(segment, x, y, encres)
            elif simple(segment.police, segment.texte):
                code.append(self._lettres(segment))
            else:
                unes = formes(segment.police, segment.texte, miroir=False)
                code += [self._forme(une, segment, redite=bool(avant)) for une in unes]
            x = math.nan if renverse else x + segment.largeur
            if segment.langue:
                code.append("EMC")
        code.append("ET")
        self.canevas._code.append(" ".join([*code, *encres]) + apres)

    def _a_rebours(self, segment: Segment, x: float, y: float, encres: list[str]) -> Iterator[str]:
        """Un bout de droite à gauche : ses formes dans l'ordre lu, chacune à sa place ; ses lettres, à rebours.

        Qui relit la page remet d'elle-même ces lettres dans l'ordre ; qui suit l'arbre lit ``Noeud.dire``.
        """
        mises = formes(segment.police, segment.texte, miroir=True)
        fin = x + sum(forme.largeur for forme in mises) * segment.taille
        for forme in mises:
            fin -= forme.largeur * segment.taille
            if len(mises) > 1:
                yield _aller(fin, y)
            yield self._forme(forme, segment, redite=False)
            encres += _encres(forme, segment, fin, y)

    def _lettres(self, segment: Segment) -> str:
        """Le cas de presque toutes les lignes : une lettre, un dessin."""
        codes = self._codes.get(segment.police)
        if codes is None:
            codes = self._codes[segment.police] = _Codes(segment.police, self.fontes)
        lus = "".join([codes[lettre] for lettre in segment.texte])
        return f"/{codes.employee.nom} {segment.taille * codes.corps:.2f} Tf <{lus}> Tj"

    def _forme(self, forme: Forme, segment: Segment, *, redite: bool) -> str:
        employee, corps = self.fontes.employer(forme.fonte), segment.taille * forme.corps
        dessins = self._lus(employee, forme) if forme.miroir else _poses(employee, forme.glyphes, corps)
        trace = f"/{employee.nom} {corps:.2f} Tf {dessins}"
        if forme.feint:
            trace = f"{_epais(segment, corps)} 2 Tr {trace} 0 Tr"
        return trace if forme.fidele or forme.miroir or redite else f"{_redire(forme.texte)}{trace} EMC"

    def _lus(self, employee: FonteEmployee, forme: Forme) -> str:
        """Les codes d'une forme, cherchés une fois : en arabe, les mêmes espaces et les mêmes mots reviennent."""
        trouve = self._deja.get(id(forme))
        if trouve is None:
            # La forme est gardée avec eux : son adresse n'est à nulle autre tant que vit la toile.
            trouve = self._deja[id(forme)] = (forme, _lus(employee, forme))
        return trouve[1]

    def filet(self, x: float, y: float, large: float, epaisseur: float, couleur: str) -> None:
        """Tire un trait horizontal."""
        with self.balisage.artefact(self.canevas):
            trace = f"{x:.2f} {y:.2f} m {x + large:.2f} {y:.2f} l S"
            self.canevas._code.append(f"{_encre(couleur, 'RG')} {epaisseur:.2f} w {trace}")

    def cadre(self, x: float, haut: float, large: float, hauteur: float, epaisseur: float, couleur: str) -> None:
        """Trace un rectangle arrondi."""
        with self.balisage.artefact(self.canevas):
            self.canevas._code.append(f"{_encre(couleur, 'RG')} {epaisseur:.2f} w")
            self.canevas.roundRect(x, haut - hauteur, large, hauteur, 6, stroke=1, fill=0)

    def dessin(self, dessin: Any, x: float, y: float) -> None:
        """Pose un dessin de ReportLab, son coin bas gauche en (``x``, ``y``) ; il n'a aucun mot, la voix le saute."""
        from reportlab.graphics import renderPDF

        with self.balisage.artefact(self.canevas):
            renderPDF.draw(dessin, self.canevas, x, y)

    def image(self, nom: str, objet: bytes, x: float, y: float, large: float, haut: float) -> None:
        """Pose une image, son coin bas gauche en (``x``, ``y``). ``objet`` : ses octets de PDF, écrits une fois."""
        canevas = self.canevas
        interne = canevas._doc.getXObjectName(nom)
        if interne not in canevas._doc.idToObject:
            canevas._doc.Reference(objet, interne)
        canevas._formsinuse.append(nom)
        canevas._code.append(f"q {large:.2f} 0 0 {haut:.2f} {x:.2f} {y:.2f} cm /{interne} Do Q")


class _Codes(dict[str, str]):
    """Le code de chaque lettre d'une police, dans un document."""

    def __init__(self, police: str, fontes: FontesDuDocument) -> None:
        super().__init__()
        self._lettres = lettres(police)
        self.employee, self.corps = fontes.employer(self._lettres.fonte), self._lettres.corps

    def __missing__(self, lettre: str) -> str:
        self[lettre] = code = self.employee[self._lettres[lettre][0], lettre, 0]
        return code


def _a_la_suite(ligne: Ligne, x: float) -> list[Bout]:
    return [(segment, False, None if rang else x) for rang, segment in enumerate(ligne)]


def _dans_l_ordre_lu(ligne: Ligne, sens: Niveaux, x: float) -> list[Bout]:
    """Les bouts de la ligne dans l'ordre où ils se lisent, chacun à la place que lui donne le sens de l'écriture.

    Écrits de gauche à droite, une voix qui suit l'arbre lirait la ligne en commençant par sa fin.
    """
    debut = 0
    lus: list[tuple[int, Segment]] = []
    for segment in ligne:
        fin = debut + len(segment.texte)
        for niveau, paires in groupby(zip(sens[debut:fin], segment.texte, strict=True), lambda paire: paire[0]):
            bout = "".join(lettre for _, lettre in paires)
            lus.append((niveau, Segment(bout, segment.police, segment.taille, segment.couleur, segment.langue)))
        debut = fin
    places: dict[int, float] = {}
    for _, rang in ordre_visuel([(niveau, rang) for rang, (niveau, _) in enumerate(lus)]):
        places[rang] = x
        x += _largeur(lus[rang][1], renverse=bool(lus[rang][0] % 2))
    return [(segment, bool(niveau % 2), places[rang]) for rang, (niveau, segment) in enumerate(lus)]


def _largeur(segment: Segment, *, renverse: bool) -> float:
    if not renverse:
        return segment.largeur
    return sum(forme.largeur for forme in formes(segment.police, segment.texte, miroir=True)) * segment.taille


def _aller(x: float, y: float) -> str:
    return f"1 0 0 1 {x:.2f} {y:.2f} Tm"


def _a_redire(segment: Segment) -> bool:
    """Vrai si ses dessins, lus un à un, ne redonnent pas son texte."""
    if simple(segment.police, segment.texte):
        return False
    return not all(forme.fidele for forme in formes(segment.police, segment.texte, miroir=False))


def _redire(texte: str) -> str:
    """Ouvre ce qui se lit ``texte``, quoi qu'on y dessine (ISO 32000-1, § 14.9.4)."""
    return f"/Span <</ActualText {texte_pdf(texte)}>> BDC "


def _poses(employee: FonteEmployee, glyphes: Sequence[Glyphe], corps: float) -> str:
    """Les dessins à la suite ; ceux que la forme déplace le sont par le crénage (``TJ``) et la levée (``Ts``)."""
    code: list[str] = []
    tableau: list[str] = []
    leve = 0.0
    for glyphe in glyphes:
        if glyphe.dy != leve:
            code += [f"[{' '.join(tableau)}] TJ", f"{glyphe.dy * corps / 1000:.2f} Ts"]
            tableau, leve = [], glyphe.dy
        tableau += [f"{-glyphe.dx:.0f}"] if glyphe.dx else []
        tableau.append(f"<{employee[glyphe.numero, glyphe.texte, 0]}>")
        tableau += _recul(employee.fonte.chasse(glyphe.numero) + glyphe.dx - glyphe.avance)
    code.append(f"[{' '.join(tableau)}] TJ")
    return " ".join([*code, "0 Ts"] if leve else code)


def _lus(employee: FonteEmployee, forme: Forme) -> str:
    """De droite à gauche : un code par lettre, dans l'ordre inverse de la lecture, comme tout lecteur de PDF l'attend.

    Une lettre sans dessin à elle (d'une ligature) n'a pas d'encre ; un accent déplacé a la sienne à côté
    (``_encres``) : un saut vers la droite se lirait comme une espace.
    """
    tableau: list[str] = []
    fonte = forme.fonte
    for glyphe in forme.glyphes:
        a_cote = _a_cote(glyphe, fonte)
        depart = 0.0 if a_cote else glyphe.dx
        tableau += _recul(-depart)
        for rang, lu in enumerate(reversed(glyphe.texte)):
            numero = fonte.vide if a_cote or rang else glyphe.numero
            if numero is not None:
                tableau.append(f"<{employee[numero, lu, rang]}>")
                depart += fonte.chasse(numero)
        tableau += _recul(depart - glyphe.avance)
    return f"[{' '.join(tableau)}] TJ"


def _a_cote(glyphe: Glyphe, fonte: Fonte) -> bool:
    """Vrai pour un accent déplacé, et pour ce qui n'a pas de lettre à lui."""
    deplace = glyphe.dy or (glyphe.dx and not glyphe.avance)
    return fonte.vide is not None and bool(deplace or not glyphe.texte)


def _encres(forme: Forme, segment: Segment, x: float, y: float) -> Iterator[str]:
    """Les dessins déplacés, tracés sans texte."""
    corps = segment.taille * forme.corps
    k = corps * forme.fonte.unite / 1000
    for glyphe in forme.glyphes:
        if _a_cote(glyphe, forme.fonte) and (trace := forme.fonte.trace(glyphe.numero)):
            place = f"{x + glyphe.dx * corps / 1000:.2f} {y + glyphe.dy * corps / 1000:.2f}"
            fini = f"{_TRAIT_FEINT / k * corps:.4g} w B" if forme.feint else "f"
            yield f"q {_encre(segment.couleur)} {k:.5g} 0 0 {k:.5g} {place} cm {trace} {fini} Q"
        x += glyphe.avance * corps / 1000


def _recul(milliemes: float) -> list[str]:
    """De quoi rattraper une avance qui n'est pas celle du dessin."""
    return [f"{milliemes:.0f}"] if abs(milliemes) >= 0.5 else []


def _epais(segment: Segment, corps: float) -> str:
    return f"{_encre(segment.couleur, 'RG')} {corps * _TRAIT_FEINT:.2f} w"


@cache
def _encre(couleur: str, operateur: str = "rg") -> str:
    """L'opérateur PDF qui prend cette couleur (« #RRVVBB »), pour le texte (``rg``) ou les traits (``RG``)."""
    return " ".join(f"{int(couleur[rang : rang + 2], 16) / 255:.4g}" for rang in (1, 3, 5)) + f" {operateur}"
