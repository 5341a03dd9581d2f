"""L'écran « À faire » : filtrer, tourner les pages, écrire ce qui est venu, reporter. Tout se lit de dates, en SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from modele.coffre.listes import Tranche, Voulu
from modele.dossier.dates_tenues import Nature, jusqu_ou_reporter
from modele.mots.ecriture import dire_date
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    annoncer,
    changer_propriete,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.flot import Flot
from ui.composants.menus import gestes_des_boutons
from ui.ecrans.base import Ecran
from ui.ecrans.carte_report import FormulaireReport
from ui.ecrans.choix_au_menu import ChoixAuMenu
from ui.ecrans.issue import GestesIssue
from ui.ecrans.liste_a_faire import ListeAFaire, ouvrir_la_date
from ui.ecrans.suites_ecrites import NIR
from ui.mots.a_faire import lire_des_echeances
from ui.mots.echeances import (
    ANNULE,
    LIGNE,
    MOI,
    NOTE,
    REPORTE,
    SORTES,
    TITRE,
    TOUS,
    TRANCHES,
    VENU,
    Lue,
    compter_les_pages,
    dire_combien,
    lire_a_faire,
)
from ui.mots.suites import conclure, issues
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from modele.coffre.listes import AFaire
    from ui.etat.session import Session

_LOT: Final = 4
_REPIT_MS: Final = 50
"""Entre deux lots, le fil du coffre sert d'abord ce que l'agent demande."""
_PREFIXE: Final = f"{Nature.REPONSE}:"
_TOUT: Final = "Tout"


class EcranEcheances(Ecran):
    """La liste entière, d'une tranche, d'une sorte, d'un agent ; deux cents lignes par page."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE, session)
        self.tranche, self.page = "", 0
        self._note, self._a_reporter = "", False
        self._a_choisir: tuple[str, str] | None = None
        self.constat = etiquette_aide("")
        self.liste = ListeAFaire(TITRE, partial(ouvrir_la_date, self), au_plus=3)
        self.liste.autres_gestes = lambda: gestes_des_boutons(self.gestes)
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.liste.currentRowChanged.connect(lambda _: self._offrir())
        mots = {"": _TOUT, **{tranche.value: mot for tranche, mot in TRANCHES.items()}}
        self.tranches = {
            code: Bouton(mot, partial(self._filtrer, code), raccourci=f"Alt+{rang}")
            for rang, (code, mot) in enumerate(mots.items(), 1)
        }
        self.sorte = ChoixAuMenu("Sorte", {nom: nom for nom in SORTES}, lambda _: self._filtrer(self.tranche), "Alt+S")
        self.de = ChoixAuMenu("De", {"": TOUS}, lambda _: self._filtrer(self.tranche), "Alt+G")
        self.issue: GestesIssue | None = None
        self.report: FormulaireReport | None = None
        self._venu: QWidget | None = None
        self.gestes = Carte(LIGNE)
        self.avant = Bouton("Page précédente", lambda: self._tourner(-1), raccourci="Alt+PgUp", icone="chevron-left")
        self.apres = Bouton("Page suivante", lambda: self._tourner(1), raccourci="Alt+PgDown", icone="chevron-right")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        session.regles_chargees.connect(self._relire)
        session.regles_chargees.connect(lambda: self._relire_des_delais())
        session.rouvert.connect(self._relire)
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        page = colonne(
            rangee(texte(TITRE, "titre", coupe=False), 1, self.retour),
            Bloc(_a_la_suite(self.tranches.values())),
            Colonnes([(self.constat, 1, 300), (Bloc(_a_la_suite((self.sorte, self.de))), 1, 480)], ecart=2),
            ecart=3,
            marges=8,
        )
        page.addWidget(self.liste, 1)
        page.addWidget(self.gestes)
        page.addLayout(rangee(self.avant, self.apres, 1, ecart=2))
        # La place de la liste, quand elle est vide.
        page.addStretch(0)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    def paraitre(
        self,
        tranche: str = "",
        agent: str = "",
        date_choisie: tuple[str, str] | None = None,
        reporter: bool = False,
        **_: Any,
    ) -> None:
        """``date_choisie`` : la ligne où aller, son dossier et sa clé ; ``reporter`` : pour la remettre à plus tard."""
        self.page, self.tranche = 0, tranche
        self._vider()
        self._a_choisir, self._a_reporter = date_choisie, reporter
        self._offrir_les_agents(agent)
        self.liste.replier()
        self.liste.show()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()
        self._relire_des_delais()

    def disparaitre(self) -> None:
        self._vider()

    def _vider(self) -> None:
        self._note = ""
        self.liste.montrer_la_page(Lue(), None, date.today())
        self._offrir()

    # Choisir.

    def _offrir_les_agents(self, agent: str) -> None:
        """Tous, soi, puis les autres comptes ouverts de ce poste."""
        moi = self.session.agent
        self.de.offrir({"": TOUS, moi: MOI, **({agent: agent} if agent else {})})
        self.de.prendre(agent)

        def rendre(noms: Sequence[str]) -> None:
            self.de.offrir({"": TOUS, moi: MOI, **{nom: nom for nom in noms if nom != moi}})

        self.session.avec_coffre(lambda coffre: coffre.comptes.ouverts(), rendre, pour=self, remplace="agents")

    def _filtrer(self, tranche: str) -> None:
        self.tranche, self.page, self._note = tranche, 0, ""
        self.liste.replier()
        # Un motif qui se tapait s'en va : le clavier ne doit pas partir avec lui, dans l'en-tête.
        self.liste.show()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def _tourner(self, pas: int) -> None:
        self.page += pas
        self.liste.replier()
        self._relire()

    # Lire et montrer.

    def _relire(self) -> None:
        if self.isHidden():
            return
        for code, bouton in self.tranches.items():
            changer_propriete(bouton, "genre", "principal" if code == self.tranche else "secondaire")
            bouton.illustrer("check" if code == self.tranche else "")
        tranches = (Tranche(self.tranche),) if self.tranche else tuple(Tranche)
        voulu = Voulu(date.today(), tranches, SORTES[self.sorte.code], self.de.code, self.page)
        auteur, regles = self.session.auteur, self.session.regles
        self.session.avec_coffre(
            lambda coffre: lire_a_faire(coffre, voulu, auteur, regles), self._montrer, pour=self, remplace="à faire"
        )

    def _relire_des_delais(self, lus: int = 0) -> None:
        """Les délais que seul un bilan sait, quelques dossiers à la fois : sans eux, « rien à faire » mentirait."""
        regles, jour = self.session.regles, date.today()
        if regles is None or self.isHidden():
            return

        def rendre(nombre: int) -> None:
            if nombre:
                QTimer.singleShot(_REPIT_MS, self, lambda: self._relire_des_delais(lus + nombre))
            elif lus and not self._ecrit_sous_la_liste():
                self._relire()

        self.session.avec_coffre(
            lambda coffre: lire_des_echeances(coffre, regles, jour, _LOT), rendre, pour=self, remplace="délais"
        )

    def _ecrit_sous_la_liste(self) -> bool:
        """Vrai tant que le clavier est sous la liste : la refaire effacerait un motif qui se tape."""
        la = self.focusWidget()
        return la is not None and self.gestes.isAncestorOf(la)

    def _montrer(self, lue: Lue) -> None:
        page = lue.page
        self.page = page.page
        self.liste.montrer_la_page(lue, self.session.regles, date.today())
        if self._a_choisir is not None:
            self.liste.choisir(*self._a_choisir)
            self._a_choisir = None
        self.liste.ceder_si_vide(self.tranches[self.tranche])
        self._dire_les_comptes(page.comptes)
        pages = compter_les_pages(page)
        for bouton, possible in ((self.avant, page.page > 0), (self.apres, page.page + 1 < pages)):
            bouton.setVisible(pages > 1)
            bouton.setEnabled(possible)
        self.constat.setText(" ".join(filter(None, (self._note, dire_combien(page)))))
        annoncer(self, self.constat.text())
        if self._a_reporter and self.liste.sujet() is not None:
            self._a_reporter = False
            self._demander_le_report()

    def _dire_les_comptes(self, comptes: Mapping[Tranche, int]) -> None:
        for tranche, mot in TRANCHES.items():
            nombre = comptes[tranche]
            choisi = ", choisi" if tranche.value == self.tranche else ""
            self.tranches[tranche.value].renommer(f"{mot} ({nombre})" if nombre else mot)
            self.tranches[tranche.value].setAccessibleDescription(f"Alt+{list(TRANCHES).index(tranche) + 2}{choisi}")

    # Sous la liste.

    def _offrir(self) -> None:
        """Ce que peut la ligne choisie : dire ce qui est venu, la reporter, annuler son report."""
        self.gestes.vider()
        self.issue = self.report = self._venu = None
        une = self.liste.sujet()
        self.gestes.setVisible(une is not None)
        if une is None:
            return
        # Le clavier quitte la liste : de quelle ligne on parle se lit encore.
        quoi = f"Dossier {une.resume.reference} · {self.liste.vue(self.liste.currentRow()).titre}"
        self.gestes.ajouter(texte(quoi, "gras"))
        if une.date.cle.startswith(_PREFIXE) and not une.tue:
            self.issue = GestesIssue(quoi, partial(self._conclure, une))
            self._venu = Bloc(colonne(etiquette_aide(VENU), self.issue))
            self.gestes.ajouter(self._venu)
        if (bouton := self._bouton_du_report(une, quoi)) is not None:
            self.gestes.ajouter(rangee(bouton, 1))

    def _bouton_du_report(self, une: AFaire, quoi: str) -> Bouton | None:
        if une.reportee:
            annuler = partial(self._annuler, une)
            return Bouton("Annuler le report", annuler, raccourci="Alt+R", icone="rotate-ccw", description=quoi)
        if jusqu_ou_reporter(une.date, date.today()) is None:
            return None
        return Bouton("Reporter…", self._demander_le_report, raccourci="Alt+R", icone="clock", description=quoi)

    def _demander_le_report(self) -> None:
        une = self.liste.sujet()
        if une is None or une.reportee or jusqu_ou_reporter(une.date, date.today()) is None:
            return
        if self.report is None:
            # Une chose à la fois : ni refus ni réponse pendant qu'un report s'écrit.
            if self._venu is not None:
                self._venu.hide()
            self.report = FormulaireReport(une, date.today(), partial(self._reporter, une))
            self.gestes.ajouter(self.report)
        self.report.focus_initial()

    # Agir.

    def _reporter(self, une: AFaire, jusqu_au: date, motif: str) -> None:
        auteur, formulaire = self.session.auteur, self.report

        def rendre(_: Any) -> None:
            self._fini(REPORTE.format(date=dire_date(jusqu_au), reference=une.resume.reference))

        def echec(faute: str) -> None:
            if formulaire is not None and formulaire is self.report:
                formulaire.dire_faute(faute)

        self.session.avec_coffre(
            lambda coffre: coffre.taches.reporter(une.dossier, une.date, jusqu_au, motif, auteur), rendre, pour=self,
            echec=echec,
        )  # fmt: skip

    def _annuler(self, une: AFaire) -> None:
        auteur = self.session.auteur
        self.session.avec_coffre(
            lambda coffre: coffre.taches.annuler(une.dossier, une.date.cle, auteur),
            lambda _: self._fini(ANNULE.format(reference=une.resume.reference)),
            pour=self,
        )

    def _fini(self, note: str) -> None:
        """Dit sur cette page et pas au bandeau : il suivrait dans le dossier d'un autre."""
        self._note = note
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def _conclure(self, une: AFaire, issue: str, motif: str) -> None:
        from modele.dossier.formes import contient_nir

        if contient_nir(motif):
            self.alerte.emit(NIR, Ton.IMMEDIAT)
            return
        valeurs = conclure(une.date.cle.removeprefix(_PREFIXE), issue, date.today(), motif)
        auteur = self.session.auteur
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)

        def rendre(_: Any) -> None:
            self.session.relire()
            self._fini(NOTE.format(issue=issues()[issue].lower(), reference=une.resume.reference))

        self.session.avec_coffre(lambda coffre: coffre.modifier(une.dossier, valeurs, auteur), rendre, pour=self)

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})


def _a_la_suite(boutons: Iterable[QWidget]) -> Flot:
    """À la suite ; ceux qui ne tiennent plus passent à la ligne, sans s'empiler tous."""
    flot = Flot()
    for un in boutons:
        flot.addWidget(un)
    return flot
