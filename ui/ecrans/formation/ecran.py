"""L'écran « Formation » : choisir un cas, le jouer, lire pourquoi. Tout se passe dans le bac à sable de l'agent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.composants import (
    BandeauAlerte,
    Bouton,
    Defilement,
    annoncer,
    changer_propriete,
    colonne,
    nommer,
    rangee,
    retirer,
    texte,
)
from ui.composants.fichiers import choisir_un_fichier
from ui.ecrans.base import Ecran
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.resultat import PageResultat
from ui.ecrans.formation.travail import CasEtEssais, ajouter_un_cas, charger, effacer, garder
from ui.mots.formation import FICTIF, FORMATION, dire_le_resultat
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.formation import Cas
    from ui.etat.session import Session

_AJOUTE: Final = "Le cas est ajouté, pour toute la structure."
_EFFACES: Final = "Vos essais sont effacés."
_CAS_TOML: Final = "Cas de formation (*.toml)"


class EcranFormation(Ecran):
    """Une page à la fois, sous un bandeau qui reste : sa couleur et le mot « Formation »."""

    def __init__(self, session: Session) -> None:
        super().__init__(FORMATION, session)
        # Toute la page prend sa couleur : sans cet attribut, Qt ne peint pas le fond d'un écran.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        changer_propriete(self, "ton", Ton.FORMATION.value)
        self.page: PageChoix | PageEntretien | PageEtape | PageResultat | None = None
        self.cas: Cas | None = None
        self._entretien: PageEntretien | None = None
        self._etapes: list[PageEtape] = []
        self.retour = Bouton("Quitter", self._quitter, icone="arrow-left", raccourci="Alt+Left")
        self.echec = BandeauAlerte()
        self._place = QVBoxLayout()
        self._disposer()
        session.agent_change.connect(self._oublier)
        session.ouvert.connect(self._oublier)

    def _disposer(self) -> None:
        self.bandeau = QFrame()
        self.bandeau.setProperty("genre", "carte")
        self.bandeau.setProperty("ton", Ton.FORMATION.value)
        nommer(self.bandeau, f"{FORMATION}. {FICTIF}")
        mot = texte(FORMATION, "titre", Ton.FORMATION, coupe=False)
        ligne = rangee(mot, texte(FICTIF), self.retour, ecart=4, marges=3)
        ligne.setStretch(1, 1)
        self.bandeau.setLayout(ligne)
        self._defile = Defilement(colonne(self._place, marges=6, ecart=3))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(espace(3), espace(2), espace(3), 0)
        boite.addWidget(self.bandeau)
        boite.addWidget(self.echec)
        boite.addWidget(self._defile)

    def paraitre(self, **_arguments: Any) -> None:
        # Un vrai dossier ouvert se lirait au-dessus d'un cas inventé.
        self.session.fermer_dossier()
        self.choisir()

    def focus_initial(self) -> None:
        if self.page is not None:
            self.page.focus_initial()

    def disparaitre(self) -> None:
        self._oublier()

    # Choisir.

    def choisir(self, dire: str = "") -> None:
        """Montre les cas, et ce que l'agent en a fait ; puis ``dire``, ce qui vient d'être fait."""
        self._oublier()
        auteur = self.session.auteur
        self.session.avec_coffre(
            lambda coffre: charger(coffre, auteur),
            lambda rendu: self._offrir(rendu, dire),
            pour=self,
            remplace="formation",
            echec=self._faillir,
        )

    def _offrir(self, rendu: CasEtEssais, dire: str) -> None:
        page = PageChoix(*rendu)
        page.choisi.connect(self.jouer)
        page.effacer.connect(self._effacer)
        page.ajouter.connect(self._choisir_un_fichier)
        self._montrer(page)
        if dire:
            self.echec.dire(dire, Ton.COURANT, passager=True)

    def _effacer(self) -> None:
        auteur = self.session.auteur
        self.session.avec_coffre(lambda coffre: effacer(coffre, auteur), lambda _: self.choisir(_EFFACES), pour=self)

    def _choisir_un_fichier(self) -> None:
        if (choisi := choisir_un_fichier(self, "Quel cas ajouter", _CAS_TOML)) is not None:
            self.ajouter(choisi)

    def ajouter(self, fichier: Path) -> None:
        """Vérifie ce cas et l'ajoute pour la structure ; ses fautes se disent, ligne par ligne."""
        auteur = self.session.auteur
        self.session.avec_coffre(
            lambda coffre: ajouter_un_cas(coffre, fichier, auteur),
            lambda _: self.choisir(_AJOUTE),
            pour=self,
            echec=self._faillir,
        )

    def _faillir(self, phrase: str) -> None:
        self.echec.dire(phrase, Ton.IMMEDIAT)

    # Jouer.

    def jouer(self, cas: Cas) -> None:
        """Commence ce cas : la scène et l'entretien."""
        self._oublier()
        self.cas = cas
        page = self._entretien = PageEntretien(cas)
        page.fini.connect(self._avancer)
        self._montrer(page)

    def _avancer(self) -> None:
        """L'étape suivante ; après la dernière, le résultat."""
        cas = self.cas
        if cas is None:
            return
        faites = len(self._etapes)
        if faites == len(cas.etapes):
            self._finir(cas)
            return
        page = PageEtape(cas, cas.etapes[faites])
        page.fini.connect(self._avancer)
        self._etapes.append(page)
        self._montrer(page)

    def _finir(self, cas: Cas) -> None:
        from modele.formation import Parcours, noter

        assert self._entretien is not None
        choix = frozenset().union(*(page.choisis for page in self._etapes))
        textes = {page.etape.id: page.ecrit for page in self._etapes if page.texte is not None}
        parcours = Parcours(tuple(self._entretien.posees), choix, textes)
        resultat, auteur = noter(cas, parcours), self.session.auteur
        self.session.avec_coffre(
            lambda coffre: garder(coffre, auteur, cas, resultat, textes), lambda _: None, pour=self, echec=self._faillir
        )
        page = PageResultat(cas, resultat, textes)
        page.rejouer.connect(lambda: self.jouer(cas))
        page.autre.connect(lambda: self.choisir())
        self._montrer(page)
        annoncer(self, dire_le_resultat(resultat))

    # La page montrée.

    def _montrer(self, page: PageChoix | PageEntretien | PageEtape | PageResultat) -> None:
        self.echec.oublier()
        self._cacher()
        self.page = page
        self._place.addWidget(page)
        # Montrée tout de suite : cachée encore, elle ne prendrait pas le clavier.
        page.show()
        self._defile.par_le_haut()
        page.focus_initial()

    def _cacher(self) -> None:
        while (element := self._place.takeAt(0)) is not None:
            widget = element.widget()
            if widget is not None:
                widget.hide()
                if widget is not self._entretien and widget not in self._etapes:
                    retirer(widget)

    def _oublier(self) -> None:
        """Rien d'un essai en cours ne reste à l'écran."""
        self._cacher()
        gardees: list[QWidget] = [*self._etapes, *([self._entretien] if self._entretien is not None else [])]
        self.page, self.cas, self._entretien, self._etapes = None, None, None, []
        for page in gardees:
            retirer(page)
        self.echec.oublier()

    def _quitter(self) -> None:
        """Du cas, aux cas ; des cas, à l'accueil."""
        if self.cas is not None:
            self.choisir()
        else:
            self.aller.emit("accueil", {})
