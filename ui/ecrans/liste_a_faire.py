"""La liste « À faire » : la même à l'accueil et sur son écran. Ce qui est de trop, ou reporté, s'y déplie.

Essais : ``tests/ui/ecrans/test_ecran_echeances.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ui.composants import ListePropositions, Proposition
from ui.mots.echeances import Lue, dire, dire_la_suite, dire_les_reportes, nommer_les_voies

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from modele.bilan import Regles
    from modele.coffre.listes import AFaire
    from ui.ecrans.base import Ecran

_TOUTES = 1_000
"""La page a une seule barre de défilement : la sienne ; la liste prend la hauteur de ses lignes."""


class ListeAFaire(ListePropositions):
    """``ouvrir`` : ce que fait Entrée d'une date. ``limite`` : au-delà, une ligne déplie le reste."""

    def __init__(self, nom: str, ouvrir: Callable[[AFaire], object], *, limite: int = 0, au_plus: int = 0) -> None:
        super().__init__(nom, au_plus=au_plus or _TOUTES, geste="Ouvrir le dossier")
        self._ouvrir, self._limite = ouvrir, limite
        self._lue, self._jour = Lue(), date.min
        self._regles: Regles | None = None
        self._autres: tuple[Proposition, ...] = ()
        self._sujets: list[AFaire | None] = []
        self._entiere = self._deplies = False
        self._du_debut = True

    def montrer_la_page(self, lue: Lue, regles: Regles | None, jour: date, autres: Sequence[Proposition] = ()) -> None:
        """Montre cette page. ``autres`` : ce qui presse sans être une date, chacun à son urgence."""
        self._lue, self._regles, self._jour, self._autres = lue, regles, jour, tuple(autres)
        self._remontrer()

    def replier(self) -> None:
        """La prochaine page se montre du début, repliée."""
        self._entiere = self._deplies = False
        self._du_debut = True

    def sujet(self) -> AFaire | None:
        """La date de la ligne choisie ; aucune d'une ligne qui en déplie d'autres."""
        rang = self.currentRow()
        return self._sujets[rang] if 0 <= rang < len(self._sujets) else None

    def sujets(self) -> list[AFaire]:
        """Les dates montrées, dans l'ordre."""
        return [une for une in self._sujets if une is not None]

    def choisir(self, dossier: str, cle: str) -> None:
        """Va à cette date, si elle est montrée."""
        for rang, une in enumerate(self._sujets):
            if une is not None and (une.dossier, une.date.cle) == (dossier, cle):
                self.setCurrentRow(rang)
                self._montrer_la_choisie()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ce qui s'ouvre dessous lui prend de la place : la ligne dont on parle se voit encore."""
        super().resizeEvent(event)
        self._montrer_la_choisie()

    def _montrer_la_choisie(self) -> None:
        self.executeDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def _remontrer(self) -> None:
        avant, rang = self.courante(), max(0, self.currentRow())
        lignes = self._lignes()
        self._sujets = [une for une, _ in lignes]
        # La ligne choisie le reste, où qu'elle soit maintenant : Entrée n'ouvrirait pas un autre dossier.
        memes = [place for place, (_, une) in enumerate(lignes) if _meme(une, avant)]
        if self._du_debut or (self._limite and not self.hasFocus()):
            # À l'accueil, personne n'a choisi tant que le clavier n'y est pas : la première, la plus pressante.
            memes, rang = [], 0
        self._du_debut = self._du_debut and not lignes
        self.montrer([ligne for _, ligne in lignes], next(iter(memes), min(rang, max(0, len(lignes) - 1))))
        # ``montrer`` se tait : ce qui suit la ligne choisie doit la connaître.
        self.currentRowChanged.emit(self.currentRow())

    def _lignes(self) -> list[tuple[AFaire | None, Proposition]]:
        dites = [(None, une) for une in self._autres] + [(une, self._dire(une)) for une in self._lue.page.lignes]
        ordre = ("immediate", "jour", "semaine", "courante")
        # Stable : à urgence égale, les dates gardent leur ordre, après ce qui n'en a pas.
        toutes = sorted(dites, key=lambda une: ordre.index(une[1].urgence))
        # La page peut n'être pas tout : ce qui reste se lit sur l'écran de la liste.
        if self._limite and not self._entiere and len(toutes) > self._limite + 1:
            reste = len(toutes) - self._limite
            toutes = [*toutes[: self._limite], (None, self._pli(dire_la_suite(reste), "chevron-down", self._tout))]
        return [*toutes, *self._reportees()]

    def _reportees(self) -> list[tuple[AFaire | None, Proposition]]:
        reportees = self._lue.page.reportees
        if not reportees:
            return []
        icone = "minus" if self._deplies else "clock"
        tete = self._pli(dire_les_reportes(len(reportees)), icone, self.deplier_les_reportes)
        if not self._deplies:
            return [(None, tete)]
        return [(None, tete), *((une, replace(self._dire(une), urgence="", terne=True)) for une in reportees)]

    def _dire(self, une: AFaire) -> Proposition:
        dite = dire(une, self._jour, nommer_les_voies(self._regles), self._lue.canaux)
        cle = f"{une.dossier} {une.date.cle}"
        faire = partial(self._ouvrir, une)
        return Proposition(
            dite.titre, faire, dite.detail, urgence=dite.urgence, cle=cle, clair=dite.clair, dossier=une.dossier
        )

    @staticmethod
    def _pli(mot: str, icone: str, faire: Callable[[], object]) -> Proposition:
        return Proposition(mot, faire, icone=icone)

    def _tout(self) -> None:
        self._entiere = True
        self._remontrer()

    def deplier_les_reportes(self) -> None:
        """Montre ce qui est remis à plus tard, ou le replie."""
        self._deplies = not self._deplies
        self._remontrer()


def _meme(une: Proposition, autre: Proposition | None) -> bool:
    return autre is not None and (une.cle, une.titre) == (autre.cle, autre.titre)


def ouvrir_la_date(ecran: Ecran, une: AFaire) -> None:
    """Le dossier ; d'une date de recours, son calendrier, qui dit qui s'est tu et que faire."""
    regles = ecran.session.regles
    if regles is None or not une.date.objet or une.date.objet not in {etape.voie for etape in regles.recours.etapes}:
        ecran.aller.emit("entretien", {"dossier": une.dossier})
    else:
        ecran.session.ouvrir_dossier(une.dossier, lambda _: ecran.aller.emit("recours", {"dossier": une.dossier}))
