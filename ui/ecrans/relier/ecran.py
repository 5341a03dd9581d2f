"""L'écran « Relier les cases » : à gauche celles du PDF, à droite ce qui peut s'y écrire. Rien n'y est deviné."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.orientation.formulaires import CaseDuPdf, TableDeCases
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GrosseCoche,
    ListePropositions,
    Option,
    Proposition,
    annoncer,
    champ,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.saisine.chargement import ecrire_la_table
from ui.etat.session import Session
from ui.mots.saisine import ENREGISTRE, Cible, cibles, dire_case, reliee
from ui.theme import Ton

if TYPE_CHECKING:
    from impressions.formulaire_pdf import CaseLue, PdfLu
    from modele.bilan import Regles
    from modele.orientation.imprimes import Imprime

SANS_PDF: Final = "Aucun formulaire n'est chargé : revenez le charger."
_AU_PLUS: Final = 40
"""Les choix montrés à la fois : au-delà, on en cherche un."""


@dataclass(frozen=True, slots=True)
class Place:
    """Une case à relier ; ``etat`` : lequel des boutons d'un groupe."""

    lue: CaseLue
    etat: str = ""

    @property
    def nom(self) -> str:
        """Son nom, et lequel de ses boutons."""
        return f"{self.lue.nom} [{self.etat}]" if self.etat else self.lue.nom


class EcranRelier(Ecran):
    """La table d'un formulaire, case par case. Chaque choix s'écrit tout de suite, pour toute la structure."""

    def __init__(self, session: Session) -> None:
        super().__init__("Relier les cases", session)
        self.recours = ""
        self.places: list[Place] = []
        self.table: TableDeCases | None = None
        self._montrees: list[Cible] = []
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Les cases du PDF", au_plus=9)
        self.courante = texte("", "gras")
        self.chercher = champ("Chercher ce qui s'y écrit", exemple="nom, numéro, motif…")
        self.choix = ListePropositions("Ce qui peut s'y écrire", au_plus=7)
        self.ajouter = GrosseCoche(Option("ajouter", "À la suite de ce qui y est déjà", "prénom, puis nom"))
        self.chiffres = GrosseCoche(Option("chiffres", "Les chiffres seuls", "pour une date en cases séparées"))
        self.blanche = Bouton("Laisser blanche", self._blanchir, icone="x", raccourci="Alt+B")
        self.retour = Bouton("Retour au recours", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.liste.currentRowChanged.connect(lambda _: self._choisir())
        self.chercher.ligne.textChanged.connect(lambda _: self._proposer())
        self.choix.guider(self.chercher.ligne)
        self.chiffres.clicked.connect(lambda _: self._changer_les_chiffres())
        session.regles_chargees.connect(self._recharger)

    def _disposer(self) -> None:
        gauche, droite = QWidget(), QWidget()
        cases = Carte("Les cases du PDF, dans l'ordre", icone="list-checks")
        cases.ajouter(self.liste)
        ecrit = Carte("Ce qui s'y écrit", icone="notebook-pen")
        ecrit.ajouter(self.courante, self.chercher, self.choix, self.ajouter, self.chiffres, rangee(self.blanche, 1))
        gauche.setLayout(colonne(cases, 1))
        droite.setLayout(colonne(ecrit, 1))
        titre = rangee(texte("Relier les cases", "titre", coupe=False), 1, self.retour)
        corps = Colonnes([(gauche, 1, 420), (droite, 1, 460)], ecart=4)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(colonne(titre, self.constat, corps, 1, ecart=3, marges=8))
        boite.addWidget(self._page)

    def paraitre(self, recours: str = "", **_arguments: Any) -> None:
        self.recours = recours or self.recours or "dalo"
        self.places, self.table = [], None
        self._page.verticalScrollBar().setValue(0)
        self._lire()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self.chercher.poser(None)

    # Lire.

    @property
    def _regles(self) -> Regles | None:
        return self.session.regles

    def _imprime(self) -> Imprime | None:
        regles = self._regles
        return None if regles is None else regles.imprimes.imprimes.get(self.recours)

    def _recharger(self) -> None:
        if self.isVisible():
            self._lire()

    def _lire(self) -> None:
        """Les cases du PDF tenu, lues hors du fil de l'écran."""
        regles = self._regles
        tenu = None if regles is None else regles.formulaires.get(self.recours)
        if tenu is None or not tenu.pdf or tenu.table is None:
            self.places, self.table = [], None
            self.constat.setText(SANS_PDF)
            self._lister()
            return
        self.table, pdf = tenu.table, tenu.pdf
        if self.places:
            self._lister()
            return

        def faire() -> PdfLu:
            from impressions.formulaire_pdf import examiner

            return examiner(pdf, "Le formulaire chargé")

        self.session.travaux.lancer(faire, self._rendre, self.constat.setText, pour=self, remplace="cases")

    def _rendre(self, lu: PdfLu) -> None:
        self.places = [place for case in lu.cases for place in _places(case)]
        self._lister()

    # Montrer.

    def _lister(self) -> None:
        regles, imprime, table = self._regles, self._imprime(), self.table
        rang = max(0, self.liste.currentRow())
        if regles is None or imprime is None or table is None:
            self.liste.montrer([])
            self._choisir()
            return
        faites = sum(self._ecrite(place) is not None for place in self.places)
        self.constat.setText(
            f"Formulaire {table.numero}, {table.provenance.source}. Cases reliées : {faites} sur {len(self.places)}. "
            "Lisez chaque case sur le PDF ; une case sans choix reste blanche."
        )
        self.liste.montrer([self._proposition(regles, imprime, place) for place in self.places], rang)
        self._choisir()

    def _proposition(self, regles: Regles, imprime: Imprime, place: Place) -> Proposition:
        ecrite = self._ecrite(place)
        ou = f"page {place.lue.page}" if place.lue.page else "hors des pages"
        detail = " · ".join(filter(None, (ou, place.lue.sorte, place.lue.dit)))
        icone = "circle" if ecrite is None else "circle-check"
        return Proposition(place.nom, self._aller_chercher, detail, dire_case(regles, imprime, ecrite), icone=icone)

    def _aller_chercher(self) -> None:
        self.chercher.ligne.setFocus(Qt.FocusReason.TabFocusReason)

    def _place(self) -> Place | None:
        rang = self.liste.currentRow()
        return self.places[rang] if 0 <= rang < len(self.places) else None

    def _ecrite(self, place: Place) -> CaseDuPdf | None:
        cases = self.table.cases if self.table is not None else ()
        return next((une for une in cases if (une.pdf, une.etat) == (place.lue.nom, place.etat)), None)

    def _choisir(self) -> None:
        place = self._place()
        for widget in (self.chercher, self.choix, self.blanche):
            widget.setVisible(place is not None)
        en_lettres = place is not None and place.lue.sorte != "croix"
        for coche in (self.ajouter, self.chiffres):
            coche.setVisible(en_lettres)
        self.courante.setText("" if place is None else f"Case « {place.nom} »")
        ecrite = None if place is None else self._ecrite(place)
        self.chiffres.setChecked(ecrite is not None and ecrite.chiffres)
        self.ajouter.setChecked(False)
        self.chercher.poser(None)
        self._proposer()

    def _proposer(self) -> None:
        """Ce qui peut s'écrire dans la case choisie, d'après ce qui est cherché."""
        regles, imprime, place = self._regles, self._imprime(), self._place()
        if regles is None or imprime is None or place is None:
            self.choix.montrer([])
            return
        mots = self.chercher.contenu.casefold().split()
        toutes = cibles(regles, imprime, croix=place.lue.sorte == "croix")
        trouvees = [une for une in toutes if all(mot in f"{une.libelle} {une.groupe}".casefold() for mot in mots)]
        self._montrees = trouvees[:_AU_PLUS]
        self.choix.montrer([Proposition(une.libelle, self._prendre, une.groupe) for une in self._montrees])

    # Écrire.

    def _prendre(self) -> None:
        place, rang = self._place(), self.choix.currentRow()
        if place is None or not 0 <= rang < len(self._montrees):
            return
        neuve = replace(self._montrees[rang].case, pdf=place.lue.nom, etat=place.etat)
        avant = self._ecrite(place)
        if self.ajouter.isChecked() and avant is not None and avant.reponses and not avant.code:
            neuve = replace(neuve, reponses=(*avant.reponses, *neuve.reponses))
        if self.chiffres.isChecked() and not neuve.est_une_croix:
            neuve = replace(neuve, chiffres=True)
        self._ecrire(neuve)

    def _changer_les_chiffres(self) -> None:
        place = self._place()
        ecrite = None if place is None else self._ecrite(place)
        if ecrite is not None and ecrite.reponses and not ecrite.code:
            self._ecrire(replace(ecrite, chiffres=self.chiffres.isChecked()), avance=False)

    def _blanchir(self) -> None:
        if (place := self._place()) is not None:
            self._ecrire(CaseDuPdf(place.lue.nom, etat=place.etat))

    def _ecrire(self, case: CaseDuPdf, *, avance: bool = True) -> None:
        """Écrit la table, puis passe à la case suivante ; un refus se dit et rien ne change."""
        if self.table is None:
            return
        neuve, rang = reliee(self.table, case), self.liste.currentRow()

        def rendre(faute: str) -> None:
            if faute:
                self.alerte.emit(faute, Ton.IMMEDIAT)
                return
            self.table = neuve
            self.alerte.emit(ENREGISTRE, Ton.COURANT)
            self.session.relire_les_sources()
            self._lister()
            if avance and rang + 1 < len(self.places):
                self.liste.setCurrentRow(rang + 1)
            annoncer(self, self.courante.text())

        ecrire_la_table(self.session, self.recours, neuve, rendre, self)

    def _revenir(self) -> None:
        self.aller.emit("saisine", {"recours": self.recours})


def _places(case: CaseLue) -> list[Place]:
    """Un groupe de boutons se relie bouton par bouton."""
    if len(case.etats) > 1:
        return [Place(case, etat) for etat in case.etats]
    return [Place(case)]
