"""L'écran « Passage du stock au flux » : toutes les communes ; celle qui est choisie, bailleur par bailleur."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.coffre.contingents import Tenus
from modele.contingents.passages import Passage
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    GroupeChoix,
    ListePropositions,
    Option,
    Proposition,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
)
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.ecrans.passage_flux.formulaire import FormulairePassage
from ui.mots import contingents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.territoire.communes import Commune
    from ui.etat.session import Session


class EcranPassageFlux(EcranDePilotage):
    """Les communes du territoire, dans l'ordre de leur nom ; rien n'y manque, même si rien n'y est saisi."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.PASSAGE, session)
        self.communes: list[Commune] = []
        self.bailleurs: tuple[str, ...] = ()
        self.choix: GroupeChoix | None = None
        self.conventions = Bouton("Conventions", lambda: self.aller.emit("contingents", {}), raccourci="Alt+C")
        self.source = etiquette_aide("")
        self.liste = ListePropositions("Communes", au_plus=8, geste="Remplir")
        self.formulaire = FormulairePassage()
        self._place = QVBoxLayout()
        self._disposer()
        self.liste.currentRowChanged.connect(lambda _: self._choisir())
        self.formulaire.enregistrer.connect(self._enregistrer)
        session.regles_chargees.connect(self._remontrer)

    def _disposer(self) -> None:
        carte = Carte("Communes", icone="map-pin")
        carte.ajouter(self.constat, self.liste)
        bailleur = Carte("Chez quel bailleur", icone="house")
        bailleur.ajouter(self._place)
        self._bailleur = bailleur
        self._poser(
            *(Bloc(rangee(self.conventions, 1)), self.source),
            gauche=colonne(carte, 1),
            droite=colonne(bailleur, self.formulaire, 1, ecart=3),
        )

    def focus_initial(self) -> None:
        (self.liste if self.liste.count() else self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    # Lire et montrer.

    def _recevoir(self, _choisie: str, /) -> None:
        self._montrer()

    def _remontrer(self) -> None:
        if self.isVisible() and not self.communes:
            self._montrer()

    def _montrer(self) -> None:
        regles = self.session.regles
        territoire = regles.territoire if regles is not None else None
        if territoire is None:
            return
        self.communes = sorted(territoire.communes.values(), key=lambda une: une.nom)
        publics = territoire.conventions
        saisis = [*(une.bailleur for une in self.tenus.conventions), *(un.bailleur for un in self.tenus.passages)]
        avant, self.bailleurs = self.bailleurs, tuple(dict.fromkeys((*publics.bailleurs, *saisis)))
        rang = max(0, self.liste.currentRow())
        self.liste.montrer([self._proposition(une) for une in self.communes], rang)
        self.liste.setVisible(bool(self.communes))
        source = mots.dire_source(publics.passage_provenance)
        self.source.setText(" ".join(filter(None, (publics.remarque, source))))
        self.source.setVisible(bool(self.source.text()))
        self.constat.setText(self._constater())
        if avant != self.bailleurs or self.choix is None:
            self._offrir_les_bailleurs()
        self._choisir()

    def _siens(self, commune: str) -> list[Passage]:
        return [un for un in self.tenus.passages if un.commune == commune]

    def _proposition(self, une: Commune) -> Proposition:
        siens = self._siens(une.code)
        reste = mots.prochaine_etape(siens, len(self.bailleurs))
        return Proposition(
            une.nom,
            self._remplir,
            f"manque : {reste}" if reste else "",
            mots.dire_commune(siens, len(self.bailleurs)),
            icone="circle-alert" if reste else "circle-check",
        )

    def _remplir(self) -> None:
        if self.choix is not None:
            self.choix.focus_initial()

    def _constater(self) -> str:
        finies = sum(not mots.prochaine_etape(self._siens(une.code), len(self.bailleurs)) for une in self.communes)
        return mots.COMMUNES.format(total=len(self.communes), finies=finies)

    def _offrir_les_bailleurs(self) -> None:
        while (element := self._place.takeAt(0)) is not None:
            retirer(element.widget())
        self.choix = None
        if not self.bailleurs:
            self._place.addWidget(etiquette_aide(mots.SANS_BAILLEUR))
            return
        options = [Option(nom, nom, dense=True) for nom in self.bailleurs]
        self.choix = GroupeChoix("Bailleur", options)
        self.choix.poser(self.bailleurs[0])
        self.choix.choisi.connect(lambda _: self._choisir())
        self.choix.entree.connect(self.formulaire.premier)
        self._place.addWidget(self.choix)

    def _choisir(self) -> None:
        rang = self.liste.currentRow()
        montre = 0 <= rang < len(self.communes) and self.choix is not None and self.choix.valeur() is not None
        self.formulaire.setVisible(montre)
        self._bailleur.setVisible(bool(self.communes))
        if not montre or self.choix is None:
            return
        commune, bailleur = self.communes[rang], str(self.choix.valeur())
        passage = next((un for un in self._siens(commune.code) if un.bailleur == bailleur), None)
        self.formulaire.montrer(passage or self._neuf(commune.code, bailleur), f"{commune.nom} chez {bailleur}")

    def _neuf(self, commune: str, bailleur: str) -> Passage:
        """Vide, avec qui fait quoi tel que le territoire le dit."""
        regles = self.session.regles
        qui = dict(regles.territoire.conventions.passage) if regles is not None else {}
        return Passage(commune, bailleur, qui=qui)

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.communes = Tenus(), []
        self.liste.montrer(())
        self.formulaire.hide()
        self._bailleur.hide()
        self.source.hide()

    # Écrire.

    def _enregistrer(self, passage: Passage) -> None:
        auteur = self.session.auteur
        nom = next((une.nom for une in self.communes if une.code == passage.commune), passage.commune)
        dit = mots.PASSAGE_GARDE.format(nom)

        def rendre(_: Passage) -> None:
            self._relire(dit)
            self.alerte.emit(dit, Ton.COURANT)

        self.session.avec_coffre(
            lambda coffre: coffre.contingents.garder_passage(passage, auteur), rendre, pour=self,
            echec=self.formulaire.dire_echec,
        )  # fmt: skip
