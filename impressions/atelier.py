"""L'atelier : ce que chaque bloc reçoit pour fabriquer sa part de page (styles, mots, données, arbre de structure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile, Rangee, Texte
from impressions.donnees import Donnees
from impressions.lignes import Segment
from impressions.polices import CHIFFRES, DEMI, GRAS, ITALIQUE, NORMAL, lisible
from impressions.styles import ENCRE_DOUCE, Style, Styles
from impressions.typographie import typographier
from modele.fiches import Fiche
from modele.mots.ecriture import en_francais
from modele.mots.phrases import Mots
from modele.regles.confiance import a_valider

_GRAISSES = {"": None, "gras": GRAS, "demi": DEMI, "italique": ITALIQUE, "normal": NORMAL, "chiffres": CHIFFRES}


@dataclass(slots=True)
class Etabli:
    """De quoi fabriquer des blocs, pour tout papier. ``a_confirmer`` : une règle à faire valider n'est pas imprimée."""

    mots: Mots
    styles: Styles
    racine: Noeud
    a_confirmer: bool = field(default=False, kw_only=True)

    def segment(self, texte: str, style: Style, graisse: str = "", *, doux: bool = False) -> Segment:
        """Un morceau de texte, sa typographie faite."""
        fait = typographier(texte) if en_francais(self.mots.langue) else texte
        couleur = ENCRE_DOUCE if doux else style.couleur
        return Segment(lisible(fait), _GRAISSES[graisse] or style.police, style.taille, couleur)

    def texte(self, texte: str | Sequence[Segment], style: Style, noeud: Noeud, **reglages: object) -> Texte:
        """Un paragraphe rattaché à ``noeud``."""
        segments = (self.segment(texte, style),) if isinstance(texte, str) else texte
        bloc = Texte(segments=segments, style=style, noeud=noeud, avant=style.avant, apres=style.apres)
        for nom, valeur in reglages.items():
            setattr(bloc, nom, valeur)
        return bloc

    def sure(self, confiance: str, phrase: str) -> str:
        """La phrase ; laissée de côté si elle reste à faire valider, et le papier dit alors de demander."""
        if not (phrase and a_valider(confiance)):
            return phrase
        self.a_confirmer = True
        return ""

    def cellule(self, rangee: Noeud, *textes: tuple[str | Sequence[Segment], Style], role: str = "TD") -> Pile:
        """Une cellule de tableau : un paragraphe par couple (texte, style) non vide."""
        cellule = rangee.ajouter(role)
        blocs: list[Bloc] = [self.texte(texte, style, cellule.ajouter("P")) for texte, style in textes if texte]
        return Pile(blocs=blocs)

    def rangee(self, colonnes: list[Pile], largeurs: Sequence[float | None], **reglages: object) -> Rangee:
        """Une rangée aux marges de l'échelle courante ; ``largeurs`` en points, ``None`` : ce qui reste."""
        k = self.styles.echelle
        bloc = Rangee(colonnes=colonnes, largeurs=largeurs, gouttiere=12 * k, marge=5.5 * k)
        for nom, valeur in reglages.items():
            setattr(bloc, nom, valeur)
        return bloc


@dataclass(slots=True)
class Atelier(Etabli):
    """Le nécessaire d'une fiche : en plus, son texte et ce qu'elle a le droit de recevoir.

    ``a_demander`` : un délai, un recours ou un numéro d'ici n'est pas imprimé ; ``demande`` : le papier l'a dit.
    """

    fiche: Fiche
    donnees: Donnees
    a_demander: bool = field(default=False, kw_only=True)
    demande: bool = field(default=False, kw_only=True)

    def demander(self, parent: Noeud) -> Iterator[Bloc]:
        """« Demandez avant de partir », une seule fois par papier, si quelque chose en a été laissé de côté."""
        if self.a_demander and not self.demande:
            self.demande = True
            yield self.texte(self.mots("page.autre_recours"), self.styles.corps, parent.ajouter("P"))
