"""Les versions figées de l'année : leur chaîne, ce qui y manque, et ce qui a changé de l'une à la suivante."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Bloc, Carte, ListePropositions, Pli, Proposition, colonne, etiquette_aide, retirer, texte
from ui.mots import cil
from ui.mots import conference as mots

if TYPE_CHECKING:
    from modele.conference.versions import Version


class CarteVersions(Carte):
    """La version choisie dit ce qui change de celle qu'elle suit."""

    def __init__(self) -> None:
        super().__init__(mots.VERSIONS, icone="history")
        self._versions: list[Version] = []
        self._communes: Mapping[str, str] = {}
        self.constat = etiquette_aide("")
        self.liste = ListePropositions(mots.VERSIONS, au_plus=3)
        self._change = Bloc(colonne(ecart=1))
        self.ajouter(self.constat, self.liste, self._change)
        self.liste.currentRowChanged.connect(lambda _: self._comparer())

    def montrer(self, versions: Sequence[Version], annee: int, communes: Mapping[str, str]) -> None:
        """Celles de l'année, la dernière d'abord."""
        self._communes = communes
        self._versions = [une for une in reversed(versions) if une.annee == annee]
        self.constat.setText("" if self._versions else mots.AUCUNE_VERSION.format(annee))
        self.constat.setVisible(not self._versions)
        self.liste.montrer([Proposition(f"{annee}", None, mots.dire_version(une)) for une in self._versions])
        self.liste.setVisible(bool(self._versions))
        self._comparer()

    def _comparer(self) -> None:
        boite = self._change.layout()
        assert boite is not None
        while (element := boite.takeAt(0)) is not None:
            retirer(element.widget())
        rang = self.liste.currentRow()
        if not 0 <= rang < len(self._versions):
            return
        dites = self._dire(self._versions[rang])
        if len(dites) > 1:
            boite.addWidget(Pli(f"Ce qui change : {len(dites)} lignes", "Replier ce qui change", *map(texte, dites)))
        else:
            boite.addWidget(etiquette_aide(dites[0]))

    def _dire(self, version: Version) -> list[str]:
        from modele.conference.publication import comparer
        from modele.conference.versions import lire

        avant = next((une for une in self._versions if une.empreinte == version.precedente), None)
        try:
            if avant is None:
                lire(version)
                return ["La première de ces versions." if not version.precedente else "Celle qu'elle suit manque."]
            return [cil.dire_change(un, self._communes) for un in comparer(lire(avant), lire(version))] or [
                mots.AUCUN_CHANGEMENT
            ]
        except ErreurUtilisateur as faute:
            return [str(faute)]
