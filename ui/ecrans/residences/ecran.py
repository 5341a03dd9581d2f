"""L'écran « Résidences à enjeu » : les lieux suivis à gauche ; à droite, d'où vient le choisi, ses années."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer

from modele.coffre.contingents import Tenus
from modele.residences.droit import droit
from modele.residences.listes import Lieu, Residences
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    LigneValeur,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    constater,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.composants.mise_en_page import faire_voir
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.etat.effet_residence import etat_des_residences
from ui.mots import residences as mots

if TYPE_CHECKING:
    from modele.residences.calcul import Etat
    from modele.residences.publication import SuiviPublie
    from ui.etat.session import Session

_ATTRIBUTIONS: Final = "attributions"


class EcranResidences(EcranDePilotage):
    """Rien ne se lit des fichiers avant « Compter » : chaque lecture s'inscrit."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.etat: Etat | None = None
        self.lieux: tuple[Lieu, ...] = ()
        self.liste = ListePropositions("Lieux suivis", au_plus=8, geste="Compter")
        self.listes = texte("")
        self.compter = Bouton("Compter", self._compter, genre="principal", icone="list-checks", raccourci="Alt+J")
        self.lieu = Carte("Lieu choisi", icone="house")
        self.source = etiquette_aide("")
        self.derive = texte("", "gras")
        self.definitions = etiquette_aide("")
        self._annees = colonne(ecart=2)
        self._disposer()
        self.liste.currentRowChanged.connect(lambda _: self._dire())

    def _disposer(self) -> None:
        suivis = Carte("Lieux suivis", icone="map-pin")
        suivis.ajouter(self.constat, self.liste, Bloc(rangee(self.compter, 1)))
        listes = Carte("Les listes", icone="file-text")
        listes.ajouter(self.listes)
        self.lieu.ajouter(self.source, self.derive, Bloc(self._annees), self.definitions)
        self._poser(gauche=colonne(suivis, listes, 1, ecart=3), droite=colonne(self.lieu, 1, ecart=3))

    def focus_initial(self) -> None:
        (self.liste if self.lieux else self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    # Les listes.

    def _residences(self) -> Residences:
        regles = self.session.regles
        return regles.territoire.residences if regles is not None else Residences()

    def _recevoir(self, _choisie: str, /) -> None:
        dites, regles = self._residences(), self.session.regles
        communes = {} if regles is None else {code: une.nom for code, une in regles.territoire.communes.items()}
        self.lieux = dites.lieux
        self.liste.montrer([Proposition(un.nom, self._compter, mots.dire_lieu(un, communes)) for un in self.lieux])
        self.liste.setVisible(bool(self.lieux))
        self.listes.setText("\n".join(mots.dire_listes(dites, date.today())))
        lisible = any(un.sorte == _ATTRIBUTIONS for un in self.tenus.lots)
        self.compter.setVisible(bool(self.lieux) and lisible)
        self._constater("" if self.lieux and lisible else mots.AUCUN if not self.lieux else mots.SANS_FICHIER)
        self._dire()

    def _constater(self, phrase: str) -> None:
        constater(self.constat, phrase)

    # Les comptes.

    def _compter(self) -> None:
        if not self.compter.isVisible():
            return
        auteur, lieux, jour = self.session.auteur, self.lieux, date.today()
        self.session.avec_coffre(
            lambda coffre: etat_des_residences(coffre, auteur, lieux, jour), self._montrer, pour=self,
            remplace="résidences à enjeu", echec=self._dire_echec,
        )  # fmt: skip

    def _dire_echec(self, phrase: str) -> None:
        self._constater(phrase)
        annoncer(self, phrase, pressant=True)

    def _montrer(self, etat: Etat) -> None:
        self.etat = etat
        self._dire()
        annoncer(self, self.derive.text())
        # Agrandie, la page empile ses colonnes : les comptes sont loin sous le bouton qui vient de les demander.
        QTimer.singleShot(0, self.lieu, lambda: faire_voir(self.lieu))

    def _dire(self) -> None:
        """Le lieu choisi : sa source ; comptés, sa dérive et ses années, la dernière d'abord."""
        self._oublier_les_annees()
        rang = self.liste.currentRow()
        un = self.lieux[rang] if 0 <= rang < len(self.lieux) else None
        self.lieu.setVisible(un is not None)
        if un is None:
            return
        self.source.setText(f"{un.nom}. {mots.dire_source(un, self._residences().de(un))}")
        if self.etat is not None:
            self._dire_les_comptes(self.etat, un)

    def _dire_les_comptes(self, etat: Etat, lieu: Lieu) -> None:
        from modele.residences.publication import publier

        self.derive.setText(mots.dire_derive(etat.suivi(lieu.id)))
        self.derive.show()
        self.definitions.setText(f"{droit().part.sourcee} {droit().derive.sourcee}")
        self.definitions.show()
        # Qui tient ces fichiers les lit en clair (petits_effectifs.toml) ; ce qui sort se masque.
        publie = next(une for une in publier(etat, None) if une.suivi.lieu.id == lieu.id)
        self._dire_les_annees(publie)

    def _dire_les_annees(self, publie: SuiviPublie) -> None:
        for une in reversed(publie.annees):
            carte = Carte(str(une.annee))
            carte.ajouter(*(LigneValeur(libelle, dit) for libelle, dit in mots.lignes_de(une)))
            self._annees.addWidget(carte)

    def _oublier_les_annees(self) -> None:
        while (element := self._annees.takeAt(0)) is not None:
            retirer(element.widget())
        for dite in (self.derive, self.definitions):
            dite.setText("")
            dite.hide()

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.etat, self.lieux = Tenus(), None, ()
        self.liste.montrer(())
        self.listes.setText("")
        self.source.setText("")
        self._constater("")
        self._oublier_les_annees()
        self.lieu.hide()
        self.compter.hide()
