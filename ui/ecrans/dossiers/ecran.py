"""L'écran de la liste : filtrer, trier, tourner les pages. Tout se fait dans le coffre ; chaque ligne est masquée."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from modele.coffre.listes import Filtre, PageDossiers, Range, Tri
from ui.composants import (
    Bloc,
    Bouton,
    Colonnes,
    Defilement,
    ListePropositions,
    Proposition,
    annoncer,
    changer_propriete,
    colonne,
    etiquette_aide,
    nommer,
    rangee,
    texte,
)
from ui.ecrans.base import Ecran
from ui.etat.session import Session
from ui.mots.a_faire import lire_des_echeances
from ui.mots.liste import FILTRES, LECTURE, TRIS, compter_les_pages, dire_combien, dire_pourquoi_la
from ui.mots.masques import designer

LOT: Final = 5
"""Les échéances se lisent par lots, pour qu'une recherche ou une réponse passe entre deux."""


class EcranDossiers(Ecran):
    """Les dossiers de ce poste, deux cents par page."""

    def __init__(self, session: Session) -> None:
        super().__init__("Liste des dossiers", session)
        self.filtre, self.tri, self.page = Filtre.MIENS, Tri.CHANGE, 0
        self.constat = etiquette_aide("")
        self.lecture = etiquette_aide(LECTURE)
        self.lecture.hide()
        self.liste = ListePropositions("Dossiers", au_plus=6, geste="Ouvrir le dossier")
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.filtres = {
            un: Bouton(mot, partial(self._filtrer, un), raccourci=f"Alt+{rang}")
            for rang, (un, mot) in enumerate(FILTRES.items(), 1)
        }
        self.tris = {
            un: Bouton(mot, partial(self._trier, un), raccourci=f"Alt+{rang}")
            for rang, (un, mot) in enumerate(TRIS.items(), 4)
        }
        self.avant = Bouton("Page précédente", lambda: self._tourner(-1), raccourci="Alt+PgUp", icone="chevron-left")
        self.apres = Bouton("Page suivante", lambda: self._tourner(1), raccourci="Alt+PgDown", icone="chevron-right")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        session.regles_chargees.connect(self._lire_les_echeances)
        session.rouvert.connect(self._relire)

    def _disposer(self) -> None:
        page = colonne(
            rangee(texte("Dossiers", "titre", coupe=False), 1, self.retour),
            self._groupe("Quels dossiers", self.filtres),
            self._groupe("Dans quel ordre", self.tris),
            self.constat,
            self.lecture,
            ecart=3,
            marges=8,
        )
        page.addWidget(self.liste, 1)
        page.addLayout(rangee(self.avant, self.apres, 1, ecart=2))
        # La place de la liste, quand elle est vide.
        page.addStretch(0)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    @staticmethod
    def _groupe(nom: str, boutons: dict[Any, Bouton]) -> QWidget:
        mis: list[tuple[QWidget, int, int]] = [(un, 0, 0) for un in boutons.values()]
        groupe = Bloc(rangee(texte(nom, "gras", coupe=False), Colonnes(mis, ecart=2), 1, ecart=3))
        nommer(groupe, nom)
        return groupe

    def paraitre(self, **_arguments: Any) -> None:
        self.page = 0
        self.liste.montrer(())
        self.liste.show()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def disparaitre(self) -> None:
        self.liste.montrer(())

    # Choisir.

    def _filtrer(self, filtre: Filtre) -> None:
        self.filtre, self.page = filtre, 0
        self._relire()

    def _trier(self, tri: Tri) -> None:
        self.tri, self.page = tri, 0
        self._relire()

    def _tourner(self, pas: int) -> None:
        self.page += pas
        self._relire()

    # Lire et montrer.

    def _relire(self, *, sans_lire: bool = False) -> None:
        if self.isHidden():
            return
        agent, filtre, tri, page = self.session.agent, self.filtre, self.tri, self.page
        self._marquer()

        def rendre(lue: PageDossiers) -> None:
            self._montrer(lue)
            if not sans_lire:
                self._lire_les_echeances()

        self.session.avec_coffre(
            lambda coffre: coffre.lister(agent, filtre, tri, page), rendre, pour=self, remplace="liste des dossiers"
        )

    def _lire_les_echeances(self, faites: int = 0) -> None:
        """Trier par échéance demande de les connaître toutes : un lot, puis le suivant, puis la liste de nouveau."""
        regles, jour = self.session.regles, date.today()
        if regles is None or self.tri is not Tri.ECHEANCE or self.isHidden():
            self.lecture.hide()
            return

        def rendre(lues: int) -> None:
            self.lecture.setVisible(bool(lues))
            if lues:
                self._lire_les_echeances(faites + lues)
            elif faites:
                self._relire(sans_lire=True)

        self.session.avec_coffre(
            lambda coffre: lire_des_echeances(coffre, regles, jour, LOT), rendre, pour=self, remplace="échéances"
        )

    def _montrer(self, page: PageDossiers) -> None:
        maintenant, choisie = datetime.now().astimezone(), self.liste.courante()
        self.page = page.page
        lignes = [self._ligne(une, maintenant) for une in page.lignes]
        self.liste.montrer(lignes)
        rang = next((rang for rang, une in enumerate(lignes) if choisie and une.cle == choisie.cle), 0)
        self.liste.setCurrentRow(rang if lignes else -1)
        self.liste.ceder_si_vide(self.filtres[self.filtre])
        pages = compter_les_pages(page)
        for bouton, possible in ((self.avant, page.page > 0), (self.apres, page.page + 1 < pages)):
            bouton.setVisible(pages > 1)
            bouton.setEnabled(possible)
        self.constat.setText(dire_combien(page, self.filtre))
        annoncer(self, self.constat.text())

    def _ligne(self, une: Range, maintenant: datetime) -> Proposition:
        designe = designer(une.resume, maintenant)
        return Proposition(
            designe.titre,
            partial(self._ouvrir, une.dossier),
            designe.detail,
            dire_pourquoi_la(une, self.tri, maintenant),
            cle=une.dossier,
            clair=designe.clair,
            dossier=une.dossier,
        )

    def _marquer(self) -> None:
        """Ce qui est choisi se voit (le bouton plein et sa coche) et se dit."""
        choisis = {self.filtres[self.filtre], self.tris[self.tri]}
        for bouton in (*self.filtres.values(), *self.tris.values()):
            choisi = bouton in choisis
            changer_propriete(bouton, "genre", "principal" if choisi else "secondaire")
            bouton.illustrer("check" if choisi else "")
            bouton.setAccessibleName(f"{bouton.text()}, choisi" if choisi else bouton.text())

    # Aller.

    def _ouvrir(self, dossier: str) -> None:
        self.aller.emit("entretien", {"dossier": dossier})

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
