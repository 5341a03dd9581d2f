"""Les candidats d'une séance, sous leur référence ; un nom à la fois, à qui classe. Le geste vise la référence lue."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from modele.seance.gardee import Candidat
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    champ,
    constater,
    etiquette_aide,
    rangee,
    texte,
)  # fmt: skip
from ui.ecrans.contingents.saisie import dit
from ui.mots import seance as mots


class CarteCandidats(Carte):
    """``choisi`` : la référence choisie. ``nommer`` : lire son nom. ``retirer`` : elle n'est plus candidate, motif."""

    choisi = Signal(str)
    nommer = Signal(str)
    retirer = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("Candidats", icone="list-checks")
        self._candidats: tuple[Candidat, ...] = ()
        self.reference = ""
        self._ecrit = self._nomme = False
        self.liste = ListePropositions("Candidats", au_plus=6)
        self.raisons = texte("")
        self.nom = texte("", "gras")
        self.lire = Bouton("Lire le nom", lambda: self.nommer.emit(self.reference), raccourci="Alt+N")
        self.motif = champ("Pourquoi ce n'est plus un candidat")
        self.oter = Bouton("N'est plus candidat", self._retirer, icone="x")
        self.faute = etiquette_aide("")
        self.pli = Pli("N'est plus candidat…", "Replier", self.motif, self.faute, Bloc(rangee(self.oter, 1)))
        self.ajouter(self.liste, self.raisons, self.nom, Bloc(rangee(self.lire, 1)), self.pli)
        self.liste.currentRowChanged.connect(lambda _: self._changer())

    def montrer(self, candidats: Sequence[Candidat], *, ecrit: bool, nomme: bool = False) -> None:
        """Ceux de la séance ; celui qui se lisait le reste.

        ``ecrit`` : la séance change encore, sous cette main ; ``nomme`` : qui lit peut ouvrir un nom.
        """
        self._candidats, garde = tuple(candidats), self.reference
        rang = next((n for n, un in enumerate(self._candidats) if un.reference == garde), 0)
        self.liste.montrer(
            [
                Proposition(mots.titre_du_candidat(un, self._candidats), None, mots.detail_du_candidat(un))
                for un in self._candidats
            ],
            min(rang, len(self._candidats) - 1),
        )
        self.liste.setVisible(bool(self._candidats))
        self._ecrit, self._nomme = ecrit, nomme
        self._changer()

    def nomme(self, reference: str, nom: str) -> None:
        """Le nom de cette référence, si elle se lit encore : venu tard, il se lirait sous une autre."""
        if reference == self.reference:
            self.nom.setText(nom or mots.SANS_NOM)
            self.nom.show()
            annoncer(self, self.nom.text())

    def candidat(self) -> Candidat | None:
        """Celui qui se lit."""
        return next((un for un in self._candidats if un.reference == self.reference), None)

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.reference = ""
        self.montrer((), ecrit=False)

    def _changer(self) -> None:
        rang = self.liste.currentRow()
        un = self._candidats[rang] if 0 <= rang < len(self._candidats) else None
        self.reference = "" if un is None else un.reference
        self.raisons.setText("" if un is None else "\n".join(mots.raisons_du_candidat(un)))
        self.raisons.setVisible(bool(self.raisons.text()))
        self.nom.setText("")
        self.nom.hide()
        self.motif.poser(None)
        self._dire("")
        self.lire.setVisible(un is not None and self._nomme)
        self.pli.setVisible(un is not None and un.examine and self._ecrit)
        self.choisi.emit(self.reference)

    def _retirer(self) -> None:
        if not dit(self.motif):
            self._dire(mots.SANS_MOTIF)
            return
        self.retirer.emit(self.reference, dit(self.motif))

    def _dire(self, phrase: str) -> None:
        constater(self.faute, phrase, pressant=True, vers=self.faute)
