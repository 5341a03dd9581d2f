"""Un essai en route : ses pages, où il en est. Aller et revenir n'efface rien ; laissé, il se reprend tel quel."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.travail import version_de

if TYPE_CHECKING:
    from modele.droits import Auteur
    from modele.formation import Cas, EnCours, Parcours


class Essai(QObject):
    """Les pages d'un cas, faites à mesure, par ``auteur``. ``vers`` : il va à ce rang (0 : l'entretien)."""

    dans_les_vrais_ecrans = Signal()

    def __init__(self, cas: Cas, auteur: Auteur, vers: Callable[[int], object]) -> None:
        super().__init__()
        self.cas, self.auteur, self.rang = cas, auteur, 0
        self._vers = vers
        self.entretien = PageEntretien(cas)
        self.entretien.fini.connect(lambda: vers(1))
        self.entretien.vrais.connect(self.dans_les_vrais_ecrans.emit)
        self.etapes: list[PageEtape] = []

    @property
    def pages(self) -> list[PageEntretien | PageEtape]:
        """Celles qui sont faites."""
        return [self.entretien, *self.etapes]

    @property
    def page(self) -> PageEntretien | PageEtape:
        """Celle où il en est."""
        return self.page_du(self.rang)

    def page_du(self, rang: int) -> PageEntretien | PageEtape:
        """Celle de ce rang, et celles d'avant."""
        while len(self.etapes) < rang:
            self.etapes.append(self._etape(len(self.etapes) + 1))
        return self.pages[rang]

    def _etape(self, rang: int) -> PageEtape:
        page = PageEtape(self.cas, self.cas.etapes[rang - 1])
        page.fini.connect(lambda: self._vers(rang + 1))
        page.avant.connect(lambda: self._vers(rang - 1))
        return page

    @property
    def commence(self) -> bool:
        """Vrai si quelque chose y a été dit, ou une étape ouverte."""
        return bool(self.entretien.dits or self.etapes)

    @property
    def textes(self) -> dict[str, str]:
        """Ce qui est écrit, par étape ouverte."""
        return {page.etape.id: page.ecrit for page in self.etapes if page.texte is not None}

    def parcours(self) -> Parcours:
        """Ce qui a été fait : un choix changé vaut comme le dernier."""
        from modele.formation import Parcours

        choix = frozenset().union(*(page.choisis for page in self.etapes))
        return Parcours(tuple(self.entretien.posees), choix, self.textes)

    def en_cours(self) -> EnCours:
        """De quoi le reprendre."""
        from modele.formation import EnCours

        dit = self.entretien
        choix = {page.etape.id: tuple(sorted(page.choisis)) for page in self.etapes}
        faits = (tuple(dit.posees), dit.separes, tuple(dit.dits), choix, self.textes)
        return EnCours(self.cas.id, version_de(self.cas), self.rang, *faits)

    def reprendre(self, laisse: EnCours) -> None:
        """Remet tout ce qui était fait, et l'agent où il en était."""
        self.entretien.remettre(laisse)
        for rang, etape in enumerate(self.cas.etapes, start=1):
            if etape.id not in laisse.choix:
                break
            self.page_du(rang)
            self.etapes[-1].remettre(laisse.choix[etape.id], laisse.textes.get(etape.id, ""))
        self.rang = min(laisse.rang, len(self.etapes))
