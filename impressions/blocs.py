"""Les blocs d'une page : texte, rangée de colonnes, encadré, filet. Chacun se mesure, se coupe et se dessine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from impressions.balises import Noeud
from impressions.lignes import Ligne, Segment, couper, largeur_de, texte_de
from impressions.sens import sens_des_lignes
from impressions.styles import ENCRE, TRAIT, Style
from impressions.toile import Toile

_RANGEE_HAUTE = 220.0


@dataclass(slots=True, kw_only=True)
class Bloc(ABC):
    """Un rectangle de la page. ``avec_suivant`` : jamais seul en bas de page. ``signet`` : entrée du plan."""

    avant: float = 0.0
    apres: float = 0.0
    avec_suivant: bool = False
    signet: str = ""

    @abstractmethod
    def hauteur(self, large: float) -> float:
        """Sa hauteur dans une colonne de ``large`` points."""

    @abstractmethod
    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        """Se dessine, son coin haut gauche en (``x``, ``haut``)."""

    def couper(self, _large: float, _haut: float) -> tuple[Bloc, Bloc] | None:
        """Deux blocs dont le premier tient dans la hauteur donnée, ou ``None`` s'il ne se coupe pas."""
        return None


@dataclass(slots=True, kw_only=True)
class Texte(Bloc):
    """Un paragraphe. ``puce`` : ce qui se dessine dans le retrait de la première ligne.

    ``miroir`` : il se lit de droite à gauche ; son bord, sa puce et son retrait changent de côté.
    """

    segments: Sequence[Segment]
    style: Style
    noeud: Noeud
    puce: str = ""
    miroir: bool = False
    _lignes: dict[float, list[Ligne]] = field(default_factory=dict, repr=False)

    def lignes(self, large: float) -> list[Ligne]:
        """Ses lignes, coupées une fois par largeur."""
        if large not in self._lignes:
            self._lignes[large] = couper(self.segments, large - self.style.retrait)
        return self._lignes[large]

    def hauteur(self, large: float) -> float:
        return len(self.lignes(large)) * self.style.interligne

    def couper(self, large: float, haut: float) -> tuple[Bloc, Bloc] | None:
        lignes = self.lignes(large)
        tient = min(int(haut / self.style.interligne + 1e-6), len(lignes) - 2)
        if tient < 2:  # ni veuve ni orpheline : deux lignes au moins de chaque côté
            return None
        debut = replace(self, apres=0.0, _lignes={large: lignes[:tient]})
        suite = replace(self, avant=0.0, puce="", signet="", _lignes={large: lignes[tient:]})
        return debut, suite

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        style = self.style
        base = haut - style.interligne + (style.interligne - style.taille) * 0.5 + style.taille * 0.16
        if self.puce:
            puce = Segment(self.puce, style.police, style.taille, style.couleur)
            with toile.balisage.contenu(toile.canevas, self.noeud.etiquette(self.puce)):
                toile.texte(x + large - puce.largeur if self.miroir else x, base, (puce,))
        with toile.balisage.contenu(toile.canevas, self.noeud):
            lignes = self.lignes(large)
            textes = [texte_de(ligne) for ligne in lignes]
            sens = sens_des_lignes(textes, miroir=self.miroir)
            self.noeud.dire("".join(textes), de_droite=any(niveau % 2 for niveaux in sens for niveau in niveaux))
            for ligne, niveaux in zip(lignes, sens, strict=True):
                toile.texte(x + self._bord(ligne, large), base, ligne, niveaux)
                base -= style.interligne

    def _bord(self, ligne: Ligne, large: float) -> float:
        """De combien la ligne est écartée de la gauche. ``a_droite`` : au bord opposé à celui où l'on commence."""
        if self.style.a_droite is self.miroir:
            return 0.0 if self.miroir else self.style.retrait
        reste = large - largeur_de(ligne)
        return reste - self.style.retrait if self.miroir else reste


@dataclass(slots=True, kw_only=True)
class Filet(Bloc):
    """Un trait sur toute la largeur."""

    epaisseur: float = 0.6
    couleur: str = TRAIT

    def hauteur(self, _large: float) -> float:
        return self.epaisseur

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        toile.filet(x, haut - self.epaisseur / 2, large, self.epaisseur, self.couleur)


@dataclass(slots=True, kw_only=True)
class Pile(Bloc):
    """Des blocs l'un sous l'autre."""

    blocs: list[Bloc]

    def hauteur(self, large: float) -> float:
        return sum(ecart + bloc.hauteur(large) for bloc, ecart in self._ecarts())

    def _ecarts(self) -> list[tuple[Bloc, float]]:
        precedents = [None, *self.blocs]
        return [(b, max(p.apres, b.avant) if p else 0.0) for p, b in zip(precedents, self.blocs, strict=False)]

    def couper(self, large: float, haut: float) -> tuple[Bloc, Bloc] | None:
        for rang, (bloc, ecart) in enumerate(self._ecarts()):
            prend = ecart + bloc.hauteur(large)
            if prend > haut:
                parties = bloc.couper(large, haut - ecart)
                debut = [*self.blocs[:rang], *(parties[:1] if parties else ())]
                suite = [*(parties[1:] if parties else (bloc,)), *self.blocs[rang + 1 :]]
                while debut and debut[-1].avec_suivant:
                    suite.insert(0, debut.pop())
                return (replace(self, blocs=debut), replace(self, blocs=suite)) if debut else None
            haut -= prend
        return None

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        for bloc, ecart in self._ecarts():
            haut -= ecart
            bloc.dessiner(toile, x, haut, large)
            haut -= bloc.hauteur(large)


@dataclass(slots=True, kw_only=True)
class Rangee(Bloc):
    """Des colonnes côte à côte. ``largeurs`` en points, ``None`` pour celle qui prend le reste ; un filet dessous.

    ``miroir`` : la première est à droite.
    """

    colonnes: list[Pile]
    largeurs: Sequence[float | None]
    gouttiere: float = 14.0
    marge: float = 6.0
    filet: float = 0.6
    couleur: str = TRAIT
    miroir: bool = False

    def _larges(self, large: float) -> list[float]:
        fixes = sum(largeur for largeur in self.largeurs if largeur is not None)
        reste = large - fixes - self.gouttiere * (len(self.largeurs) - 1)
        return [reste if largeur is None else largeur for largeur in self.largeurs]

    def hauteur(self, large: float) -> float:
        larges = self._larges(large)
        return max(c.hauteur(w) for c, w in zip(self.colonnes, larges, strict=True)) + 2 * self.marge

    def couper(self, large: float, haut: float) -> tuple[Bloc, Bloc] | None:
        if self.hauteur(large) < _RANGEE_HAUTE:  # une rangée ordinaire se lit d'un seul tenant
            return None
        debuts, suites = [], []
        dedans = haut - 2 * self.marge
        for colonne, w in zip(self.colonnes, self._larges(large), strict=True):
            if colonne.hauteur(w) <= dedans:
                debuts.append(colonne)
                suites.append(Pile(blocs=[]))
                continue
            parties = colonne.couper(w, dedans)
            if parties is None:
                return None
            debuts.append(_pile(parties[0]))
            suites.append(_pile(parties[1]))
        return replace(self, colonnes=debuts, filet=0.0), replace(self, colonnes=suites, avant=0.0)

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        depart = 0.0
        for colonne, w in zip(self.colonnes, self._larges(large), strict=True):
            gauche = x + large - depart - w if self.miroir else x + depart
            colonne.dessiner(toile, gauche, haut - self.marge, w)
            depart += w + self.gouttiere
        if self.filet:
            toile.filet(x, haut - self.hauteur(large), large, self.filet, self.couleur)


@dataclass(slots=True, kw_only=True)
class Encadre(Bloc):
    """Un cadre arrondi autour d'une pile."""

    contenu: Pile
    marge: float = 13.0
    epaisseur: float = 1.3

    def hauteur(self, large: float) -> float:
        return self.contenu.hauteur(large - 2 * self.marge) + 2 * self.marge

    def couper(self, large: float, haut: float) -> tuple[Bloc, Bloc] | None:
        parties = self.contenu.couper(large - 2 * self.marge, haut - 2 * self.marge)
        if parties is None:
            return None
        return replace(self, contenu=_pile(parties[0])), replace(self, contenu=_pile(parties[1]))

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        toile.cadre(x, haut, large, self.hauteur(large), self.epaisseur, ENCRE)
        self.contenu.dessiner(toile, x + self.marge, haut - self.marge, large - 2 * self.marge)


@dataclass(slots=True, kw_only=True)
class ZoneVide(Encadre):
    """Un cadre à remplir, une phrase en haut : la place d'un cachet. Sa taille est la même quel que soit le texte."""

    large: float = 200.0
    haut: float = 100.0
    marge: float = 8.0
    epaisseur: float = 0.8
    a_droite: bool = True

    def hauteur(self, _large: float) -> float:
        return max(self.haut, self.contenu.hauteur(self.large - 2 * self.marge) + self.haut / 2)

    def couper(self, _large: float, _haut: float) -> tuple[Bloc, Bloc] | None:
        return None

    def dessiner(self, toile: Toile, x: float, haut: float, large: float) -> None:
        gauche = x + large - self.large if self.a_droite else x
        toile.cadre(gauche, haut, self.large, self.hauteur(large), self.epaisseur, ENCRE)
        self.contenu.dessiner(toile, gauche + self.marge, haut - self.marge, self.large - 2 * self.marge)


def _pile(bloc: Bloc) -> Pile:
    return bloc if isinstance(bloc, Pile) else Pile(blocs=[bloc])
