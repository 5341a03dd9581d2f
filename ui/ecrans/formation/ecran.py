"""L'écran « Formation » : choisir un cas, le jouer, lire pourquoi. Tout se passe dans le bac à sable de l'agent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

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
from ui.ecrans.base import Ecran
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecriture import Ecriture
from ui.ecrans.formation.editeur import PageEditeur
from ui.ecrans.formation.entretien import PageEntretien
from ui.ecrans.formation.essai import Essai
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.resultat import PageResultat
from ui.ecrans.formation.seance import PageSeance
from ui.ecrans.formation.travail import (
    CasEtEssais,
    Partage,
    charger,
    effacer,
    garder,
    laisser,
    vouloir,
)
from ui.etat.exercice import Demande, exercices_de
from ui.mots.formation import FICTIF, FORMATION, dire_le_resultat
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.formation import Cas, EnCours
    from ui.etat.session import Session

Page: TypeAlias = PageChoix | PageSeance | PageEditeur | PageEntretien | PageEtape | PageResultat

_EFFACES: Final = "Vos essais sont effacés."
_REPRIS: Final = "Repris où vous l'aviez laissé."


class EcranFormation(Ecran):
    """Une page à la fois, sous un bandeau qui reste : sa couleur et le mot « Formation »."""

    def __init__(self, session: Session) -> None:
        super().__init__(FORMATION, session)
        # Toute la page prend sa couleur : sans cet attribut, Qt ne peint pas le fond d'un écran.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        changer_propriete(self, "ton", Ton.FORMATION.value)
        self.page: Page | None = None
        self.essai: Essai | None = None
        self._rendu: CasEtEssais | None = None
        # Le texte du cas qu'on essaie avant de le publier.
        self._ecrit = ""
        self.ecriture = Ecriture(self)
        self.ecriture.lu.connect(self.ecrire)
        self.ecriture.fait.connect(self._fait)
        self.ecriture.echoue.connect(self._faillir)
        self.neuf = Bouton("Recommencer ce cas", self._recommencer, icone="rotate-ccw")
        self.retour = Bouton("Quitter", self._quitter, icone="arrow-left", raccourci="Alt+Left")
        self.echec = BandeauAlerte()
        self._place = QVBoxLayout()
        self._disposer()
        session.agent_change.connect(self._oublier)
        session.ouvert.connect(self._oublier)
        # Le poste se couvre : ce qui est en route se garde pendant que le coffre est encore là.
        session.avant_fermeture.connect(self._laisser)
        session.avant_fermeture.connect(self._garder_le_brouillon)

    def _disposer(self) -> None:
        self.bandeau = QFrame()
        self.bandeau.setProperty("genre", "carte")
        self.bandeau.setProperty("ton", Ton.FORMATION.value)
        nommer(self.bandeau, f"{FORMATION}. {FICTIF}")
        mot = texte(FORMATION, "titre", Ton.FORMATION, coupe=False)
        ligne = rangee(mot, texte(FICTIF), self.neuf, self.retour, ecart=4, marges=3)
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
        self._garder_le_brouillon()
        self._laisser()
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
        self._rendu = rendu
        page = PageChoix(rendu)
        page.choisi.connect(self.jouer)
        page.effacer.connect(self._effacer)
        page.former.connect(self.former)
        self._montrer(page)
        if dire:
            self.echec.dire(dire, Ton.COURANT, passager=True)

    def former(self) -> None:
        """Les feuilles d'un cas, pour une séance ; et ajouter un cas."""
        if self._rendu is not None:
            rendu = self._rendu
            page = PageSeance(self.session, rendu)
            page.dit.connect(self.echec.dire)
            page.ajouter.connect(self.ecriture.choisir_un_fichier)
            page.ecrire.connect(self.ecriture.lire)
            page.reprendre.connect(lambda: self.ecrire(rendu.brouillon))
            page.retirer.connect(self.ecriture.retirer)
            page.finie.connect(lambda: self.choisir())
            self._montrer(page)

    # Écrire un cas.

    def ecrire(self, ecrit: str) -> None:
        """Le texte d'un cas, vérifié à mesure."""
        self._oublier()
        page = PageEditeur(self.session, ecrit)
        page.essayer.connect(self._essayer)
        page.publier.connect(self.ecriture.publier)
        page.finie.connect(self._quitter)
        self._montrer(page)

    def _essayer(self, cas: Cas) -> None:
        """Le joue tel qu'il est écrit : rien n'en est noté, et l'on revient au texte."""
        ecrit = self._garder_le_brouillon()
        self.jouer(cas, neuf=True)
        self._ecrit = ecrit

    def _garder_le_brouillon(self) -> str:
        """Ce qui s'écrit, gardé à l'agent seul ; vide si rien ne s'écrit."""
        return self.ecriture.garder(self.page) if isinstance(self.page, PageEditeur) else ""

    def _fait(self, phrase: str) -> None:
        """Un cas est publié, ou retiré : ce qui s'écrivait n'est plus un brouillon."""
        self._oublier()
        self.choisir(phrase)

    def _effacer(self) -> None:
        auteur = self.session.auteur
        # Un exercice ouvert écrirait dans un bac effacé.
        exercices_de(self.session).a_finir.emit()
        self._travailler(lambda coffre: effacer(coffre, auteur), lambda _: self.choisir(_EFFACES))

    def _faillir(self, phrase: str) -> None:
        self.echec.dire(phrase, Ton.IMMEDIAT)

    # Jouer.

    def jouer(self, cas: Cas, *, neuf: bool = False) -> None:
        """Commence ce cas par la scène et l'entretien ; ou le reprend où il a été laissé."""
        laisse = None if neuf or self._rendu is None else self._rendu.laisses.get(cas.id)
        self._oublier()
        self.essai = Essai(cas, self.session.auteur, self._aller_au)
        if laisse is not None:
            self.essai.reprendre(laisse)
        self.essai.dans_les_vrais_ecrans.connect(self._exercer)
        self._montrer(self.essai.page)
        if laisse is not None:
            self.echec.dire(_REPRIS, Ton.COURANT, passager=True)

    def _exercer(self) -> None:
        """Le même entretien, un dossier d'exercice ouvert dans les vrais écrans ; ce qui s'y dit revient ici."""
        essai = self.essai
        if essai is None:
            return

        def rendre(laisse: EnCours) -> None:
            if self.essai is essai:
                essai.entretien.remettre(laisse)
                self._laisser()

        exercices_de(self.session).demande.emit(Demande(essai.cas, essai.en_cours(), rendre))

    def _recommencer(self) -> None:
        if self.essai is not None:
            ecrit = self._ecrit
            self.jouer(self.essai.cas, neuf=True)
            self._ecrit = ecrit

    def _revenir(self) -> None:
        """Aux cas ; ou au texte de celui qu'on essayait."""
        if self._ecrit:
            self.ecrire(self._ecrit)
        else:
            self.choisir()

    def _aller_au(self, rang: int) -> None:
        """L'entretien (0), ou une étape ; après la dernière, le résultat. Rien de ce qui est fait ne se perd."""
        essai = self.essai
        if essai is None:
            return
        if rang > len(essai.cas.etapes):
            self._finir(essai)
            return
        essai.rang = rang
        self._montrer(essai.page)
        self._laisser()

    def _laisser(self) -> None:
        """Où en est l'essai se garde, à l'agent seul ; rien s'il n'est pas commencé, ou fini."""
        essai, auteur = self.essai, self.session.auteur
        if essai is None or self.page is not essai.page or not essai.commence or self._ecrit:
            return
        # Quelqu'un d'autre vient d'entrer : l'essai qu'on quitte n'est pas à lui.
        if auteur != essai.auteur:
            return
        laisse = essai.en_cours()
        self._travailler(lambda coffre: laisser(coffre, auteur, laisse), lambda _: None)

    def _finir(self, essai: Essai) -> None:
        from modele.formation import noter

        cas, textes, auteur = essai.cas, essai.textes, essai.auteur
        resultat = noter(cas, essai.parcours())
        page = PageResultat(cas, resultat, textes)

        def montrer(partage: Partage | None) -> None:
            if partage is not None and self.page is page:
                page.depart.montrer(cas, partage)

        def dire_ce_qu_il_veut(veut: bool) -> None:
            self._travailler(lambda coffre: vouloir(coffre, auteur, cas, resultat, veut), montrer)

        page.depart.veut.connect(dire_ce_qu_il_veut)
        page.rejouer.connect(self._recommencer)
        page.autre.connect(self._revenir)
        if self._ecrit:
            page.aux_cas.renommer("Revenir au texte")
        self._montrer(page)
        if not self._ecrit:
            self._travailler(lambda coffre: garder(coffre, auteur, cas, resultat, textes), montrer)
        annoncer(self, dire_le_resultat(resultat))

    def _travailler(self, faire: Callable[[Coffre], Any], fini: Callable[[Any], object]) -> None:
        self.session.avec_coffre(faire, fini, pour=self, echec=self._faillir)

    # La page montrée.

    def _montrer(self, page: Page) -> None:
        self.echec.oublier()
        self._cacher()
        self.page = page
        self.neuf.setVisible(self.essai is not None and page is self.essai.page and self.essai.commence)
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
                if self.essai is None or widget not in self.essai.pages:
                    retirer(widget)

    def _oublier(self) -> None:
        """Rien d'un essai en cours ne reste à l'écran."""
        self._cacher()
        essai, self.page, self.essai, self._rendu = self.essai, None, None, None
        for page in essai.pages if essai is not None else ():
            retirer(page)
        self._ecrit = ""
        self.neuf.hide()
        self.echec.oublier()

    def _quitter(self) -> None:
        """Du cas, aux cas, l'essai laissé à reprendre ; des cas, à l'accueil."""
        if self.essai is not None or isinstance(self.page, PageSeance | PageEditeur):
            self._garder_le_brouillon()
            self._laisser()
            self._revenir()
        else:
            self.aller.emit("accueil", {})
