"""L'écran « Avis » : les recherches seul à seul qui concernent cet agent, les dossiers discrets qu'il suit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import (
    Bouton,
    Carte,
    Defilement,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    rangee,
    retirer,
    texte,
)
from ui.composants.lignes import point
from ui.composants.menus import CarteAGestes
from ui.ecrans.base import Ecran
from ui.mots.avis import (
    A_LIRE,
    AU_RESPONSABLE,
    AUCUN,
    EXPLIQUER,
    OUVERTS,
    OUVERTS_AIDE,
    SANS_DOSSIER,
    SUIVIS,
    ALire,
    Suivie,
    dire_avis,
    dire_canal,
    dire_motif,
    dire_ouverture,
    dire_suivie,
    lire,
)
from ui.mots.masques import designer_par_reference
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre.listes import Avis, Essai, Ouverture
    from ui.etat.session import Session

AU_PLUS: Final = 30
"""Les lignes de chaque liste ; lues, les suivantes viennent."""


class LigneAvis(CarteAGestes):
    """Une recherche : qui, quand, pourquoi ; le geste qui dit l'avoir lue, et celui qui ouvre le dossier rencontré."""

    def __init__(self, un: Avis | Essai, lu: Callable[[Avis | Essai], object], ouvrir: Callable[[str], object]) -> None:
        dossier = getattr(un, "dossier", "")
        phrase = dire_avis(un, datetime.now().astimezone())
        designe = designer_par_reference(dossier) if dossier else ""
        titre = f"{designe}. {phrase}" if dossier else phrase
        super().__init__(nom=titre, ton=Ton.JOUR if dossier else Ton.NEUTRE)
        self.lu = Bouton("Lu", partial(lu, un), icone="check", description=titre)
        gestes: list[Bouton] = [self.lu]
        if dossier:
            gestes.append(Bouton("Ouvrir le dossier", partial(ouvrir, dossier), genre="discret", description=designe))
        self.ajouter(texte(titre, "gras"), etiquette_aide(dire_motif(un)), rangee(*gestes, 1, ecart=2))


class EcranAvis(Ecran):
    """Ce qui a été cherché, puis ce qui se suit."""

    def __init__(self, session: Session) -> None:
        super().__init__("Avis", session)
        self.avis: list[LigneAvis] = []
        self.essais: list[LigneAvis] = []
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.ouverts = Carte(OUVERTS)
        self.ouverts.hide()
        self.suivis = ListePropositions(SUIVIS, au_plus=8, geste="Ouvrir le dossier")
        self._suivis = Carte(SUIVIS)
        self._suivis.ajouter(self.suivis)
        self._suivis.hide()
        self._lignes = QVBoxLayout()
        self._lignes.setSpacing(espace(3))
        titre = rangee(texte("Avis et dossiers suivis", "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self.constat, ecart=3, marges=8)
        page.addLayout(self._lignes)
        page.addWidget(self.ouverts)
        page.addWidget(self._suivis)
        page.addStretch(1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)
        session.regles_chargees.connect(self._relire)
        session.rouvert.connect(self._relire)
        session.ferme.connect(self._vider)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    def _relire(self) -> None:
        if self.isHidden():
            return
        auteur, regles, jour = self.session.auteur, self.session.regles, date.today()
        self.session.avec_coffre(
            lambda coffre: lire(coffre, auteur, regles, jour), self._montrer, pour=self, remplace="avis"
        )

    def _montrer(self, lus: ALire) -> None:
        self._vider()
        self.avis = self._ranger(A_LIRE, EXPLIQUER, lus.avis)
        self.essais = self._ranger(SANS_DOSSIER, AU_RESPONSABLE, lus.essais)
        self.suivis.montrer([self._suivie(une) for une in lus.suivies])
        self._suivis.setVisible(bool(lus.suivies))
        self._montrer_les_ouverts(lus.ouvertures)
        vide = not (lus.avis or lus.essais or lus.suivies or lus.ouvertures)
        self.constat.setText(AUCUN if vide else "")
        self.constat.setVisible(vide)
        annoncer(self, AUCUN if vide else f"{len(lus.avis) + len(lus.essais)} à lire")

    def _montrer_les_ouverts(self, ouvertures: Sequence[Ouverture]) -> None:
        maintenant = datetime.now().astimezone()
        self.ouverts.setVisible(bool(ouvertures))
        if ouvertures:
            self.ouverts.ajouter(
                etiquette_aide(OUVERTS_AIDE),
                *(point("·", dire_ouverture(une, maintenant)) for une in ouvertures[:AU_PLUS]),
                rangee(Bouton("Tout est lu", self._tout_lu, icone="check", description=OUVERTS), 1),
            )

    def _suivie(self, une: Suivie) -> Proposition:
        dossier = une.suivi.dossier
        designe, quand = designer_par_reference(dossier), dire_suivie(une)
        # Démasquée, la ligne dit comment joindre la personne sans danger, et rien d'autre d'elle.
        clair = (f"{designe} · {dire_canal(une)}", quand)
        return Proposition(designe, partial(self._ouvrir, dossier), quand, cle=dossier, clair=clair, dossier=dossier)

    def _ranger(self, titre: str, explication: str, tous: tuple[Avis | Essai, ...]) -> list[LigneAvis]:
        lignes = [LigneAvis(un, self._lu, self._ouvrir) for un in tous[:AU_PLUS]]
        if lignes:
            for widget in (intertitre(titre), etiquette_aide(explication), *lignes):
                self._lignes.addWidget(widget)
        return lignes

    def _vider(self) -> None:
        self.avis, self.essais = [], []
        self.suivis.montrer(())
        self._suivis.hide()
        self.ouverts.vider()
        self.ouverts.hide()
        while (element := self._lignes.takeAt(0)) is not None:
            retirer(element.widget())

    # Agir.

    def _lu(self, un: Avis | Essai) -> None:
        auteur = self.session.auteur
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(lambda coffre: coffre.porte.lu(un, auteur), lambda _: self._relire(), pour=self)

    def _tout_lu(self) -> None:
        auteur = self.session.auteur
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(
            lambda coffre: coffre.porte.ouvertures_lues(auteur), lambda _: self._relire(), pour=self
        )

    def _ouvrir(self, dossier: str) -> None:
        self.aller.emit("entretien", {"dossier": dossier})

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
