"""L'atelier : ce que chaque bloc reçoit pour fabriquer sa part de page (styles, mots, données, arbre de structure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from impressions.balises import Noeud
from impressions.blocs import Bloc, Pile, Rangee, Texte
from impressions.donnees import Donnees
from impressions.ecritures import lisible, police_pour
from impressions.lignes import Segment
from impressions.polices import CHIFFRES, DEMI, GRAS, ITALIQUE, NORMAL
from impressions.sens import droite_a_gauche
from impressions.styles import ENCRE_DOUCE, Style, Styles
from impressions.typographie import nombres_entiers, typographier
from modele.fiches import Fiche
from modele.mots.ecriture import en_francais
from modele.mots.phrases import Mots
from modele.regles.confiance import a_valider
from modele.regles.traduction import sans_marque

_GRAISSES = {"": None, "gras": GRAS, "demi": DEMI, "italique": ITALIQUE, "normal": NORMAL, "chiffres": CHIFFRES}


@dataclass(slots=True)
class Etabli:
    """De quoi fabriquer des blocs, pour tout papier. ``a_confirmer`` : une règle à faire valider n'est pas imprimée.

    ``manques`` : ce qui ne peut s'imprimer, dans l'ordre rencontré ; un blanc à remplir en tient la place.
    ``non_redits`` : ce qui s'imprime en français, faute de traduction.
    """

    mots: Mots
    styles: Styles
    racine: Noeud
    a_confirmer: bool = field(default=False, kw_only=True)
    manques: dict[str, None] = field(default_factory=dict, kw_only=True)
    non_redits: dict[str, None] = field(default_factory=dict, kw_only=True)

    def segment(self, texte: str, style: Style, graisse: str = "", *, doux: bool = False, langue: str = "") -> Segment:
        """Un morceau de texte, sa typographie faite. ``langue`` : celle de ce passage, si ce n'est pas celle d'ici."""
        couleur = ENCRE_DOUCE if doux else style.couleur
        dit = self.lisible(texte, langue)
        return Segment(dit, police_pour(_GRAISSES[graisse] or style.police, dit), style.taille, couleur, langue)

    def lisible(self, texte: str, langue: str = "") -> str:
        """Le texte tel qu'il s'imprime, sa typographie faite ; ce qui ne le peut pas est retenu dans ``manques``.

        Tout mot d'un papier passe ici : ce que rien ne redit dans sa langue y perd sa marque, et se retient.
        """
        texte, restes = sans_marque(texte)
        self.non_redits |= dict.fromkeys(map(str.strip, restes))
        francais = en_francais(langue or self.mots.langue)
        dit, manques = lisible(typographier(texte) if francais else nombres_entiers(texte))
        self.manques |= dict.fromkeys(manques)
        return dit

    @property
    def miroir(self) -> bool:
        """Vrai si ce papier se lit de droite à gauche."""
        return droite_a_gauche(self.mots.langue)

    def texte(self, texte: str | Sequence[Segment], style: Style, noeud: Noeud, **reglages: object) -> Texte:
        """Un paragraphe rattaché à ``noeud``."""
        segments = (self.segment(texte, style),) if isinstance(texte, str) else texte
        bloc = Texte(segments=segments, style=style, noeud=noeud, avant=style.avant, apres=style.apres)
        bloc.miroir = self.miroir
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
        bloc = Rangee(colonnes=colonnes, largeurs=largeurs, gouttiere=12 * k, marge=5.5 * k, miroir=self.miroir)
        for nom, valeur in reglages.items():
            setattr(bloc, nom, valeur)
        return bloc


@dataclass(slots=True)
class Atelier(Etabli):
    """Le nécessaire d'une fiche : en plus, son texte et ce qu'elle a le droit de recevoir.

    ``a_demander`` : un délai, un recours ou un numéro d'ici n'est pas imprimé ; ``demande`` : le papier l'a dit.
    ``alertes`` : ce que l'agent doit savoir avant que le papier ne parte.
    """

    fiche: Fiche
    donnees: Donnees
    a_demander: bool = field(default=False, kw_only=True)
    demande: bool = field(default=False, kw_only=True)
    alertes: list[str] = field(default_factory=list, kw_only=True)

    def demander(self, parent: Noeud) -> Iterator[Bloc]:
        """« Demandez avant de partir », une seule fois par papier, si quelque chose en a été laissé de côté."""
        if self.a_demander and not self.demande:
            self.demande = True
            yield self.texte(self.mots("page.autre_recours"), self.styles.corps, parent.ajouter("P"))
