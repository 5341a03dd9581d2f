"""L'écran de l'entretien : il va d'étape en étape, et ne sait rien des questions elles-mêmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from modele.bilan import Bilan
from modele.mots.reponses import Diseur
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Section,
    annoncer,
    colonne,
    etiquette_aide,
    raccourcis,
    rangee,
    texte,
)
from ui.composants.pile import Pile
from ui.composants.sections import ListeSections
from ui.composants.volets import Volets
from ui.ecrans.base import Ecran
from ui.ecrans.entretien.cartes import avec_icone
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.detour import FIN, Detour, venu_de
from ui.ecrans.entretien.distinct import PageDistinct, document_distinct
from ui.ecrans.entretien.fin import GARDE, TITRE, PageFin
from ui.ecrans.entretien.formulaire import PageFormulaire
from ui.ecrans.entretien.panneau import Panneau
from ui.ecrans.entretien.parcours import Etape, Parcours, cle_de_liste, parcourir
from ui.ecrans.entretien.pieces import LISTE as PIECES
from ui.ecrans.entretien.pieces import PagePieces
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.entretien.question import Entete, PageQuestion
from ui.ecrans.entretien.relire import DIT, PARTOUT, SECTIONS, TOUCHE, PageRelire
from ui.ecrans.entretien.reperage import entete, ligne
from ui.ecrans.entretien.semblables import CarteSemblables
from ui.ecrans.entretien.tableau import PageTableau
from ui.ecrans.entretien.vers_la_personne import VersLaPersonne
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.mots.depart import DISCRETION, PAPIER, PROPOSE, REPIT
from ui.mots.moments import ecrire_moment
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import Brouillon

_SUITE: Final = {True: "Ctrl+Return", False: "Return"}
DEVANCEE: Final = (
    "Pendant que vous tapiez, un autre guichet a répondu à cette question{}. Votre réponse la remplacera : "
    "vérifiez avec la personne."
)


class EcranEntretien(Ecran):
    """L'entretien d'un dossier. ``dossier`` : son identifiant ; ``chemin`` : le champ où reprendre.

    ``papier`` : un formulaire papier se recopie, dans l'ordre de ses pages, tant que ce dossier est là.
    """

    def __init__(self, session: Session) -> None:
        super().__init__("Entretien", session)
        self.atelier = atelier_de(session)
        self.plume = Plume(self.atelier, self)
        self._parcours = Parcours(())
        self._etape: Etape | None = None
        self._voulu = ""
        self._aussi = ""
        # Où l'on en était, et dans quel dossier : revenir de la note ne fait pas perdre le fil.
        self._dernier = ("", "")
        self._detour: Detour | None = None
        # Le dossier dont se recopie un formulaire papier.
        self._papier = ""
        # De qui parlent les sections et le panneau : d'un autre, rien ne se montre.
        self._affiche = ""
        self._lignes: tuple[list[Section], str] = ([], "")
        self._interdites: dict[str, Any] = {}
        self.sections = ListeSections("Sections de l'entretien")
        self.panneau = Panneau(self.atelier.plafond)
        self.entete = Entete()
        self.question = PageQuestion(self.plume)
        self.formulaire = PageFormulaire(self.plume)
        self.tableau = PageTableau(self.plume)
        self.pieces = PagePieces(self.plume)
        self.distinct = PageDistinct()
        self.reponses = PageRelire()
        self.fin = PageFin(session)
        self._attente = texte("Le droit et le territoire se chargent…", "doux")
        self._a_champs: tuple[PageChamps, ...] = (self.formulaire, self.tableau)
        self._pages_a_reponse: tuple[PageQuestion | PageChamps, ...] = (self.question, *self._a_champs)
        self.pages = Pile((self._attente, *self._pages_a_reponse, self.pieces, self.distinct, self.reponses, self.fin))
        # Montré à l'agent ; saisies interrompues relues : avant, on ne sait pas où reprendre.
        self._montre = self._lus = self._propose = False
        self.personne = VersLaPersonne(session, self, self.pages, lambda: self._etape)
        self._disposer()
        self._brancher()

    # Disposer.

    def _disposer(self) -> None:
        self.reprise = Carte(nom="Saisie interrompue", ton=Ton.ACTION)
        self._reprise = texte("")
        self.reprise.ajouter(avec_icone("rotate-ccw", self._reprise))
        self.reprise.hide()
        self.discret = Carte(nom=DISCRETION)
        self.discret.ajouter(avec_icone("eye-off", texte(DISCRETION, "petit")))
        self.discret.hide()
        self.semblables = CarteSemblables(self.session, self.plume, lambda: self.aller.emit("doublons", {}))
        centre = QWidget()
        centre.setLayout(colonne(self.discret, self.reprise, self.entete, self.pages, ecart=4))
        centre.layout().setContentsMargins(espace(11), espace(6), espace(11), espace(4))  # type: ignore[union-attr]
        gauche = QWidget()
        self.relire = Bouton("Relire, changer", self.relire_tout, genre="discret", icone="list-checks", montre=TOUCHE)
        self.relire.setToolTip(PARTOUT)
        gestes = colonne(self.relire, self.personne.bouton, ecart=1)
        gauche.setLayout(colonne(gestes, self.sections, etiquette_aide(REPIT), 1, marges=2, ecart=4))
        # Au-dessus de la note : elle ne pousse pas le champ qu'on tape.
        self.panneau.coiffer(self.semblables)
        self.volets = Volets(gauche, centre, self.panneau, self._pied(), (256, 540, 344))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self.volets)

    def _pied(self) -> QWidget:
        self.precedent = Bouton("Précédent", self.reculer, montre="Alt+Left")
        self.raison = Bouton("Pourquoi cette question ?", self.entete.expliquer, genre="discret", montre="F1")
        self.suivant = Bouton("Suivant", self.avancer, genre="principal", montre="Return")
        self._sous_les_champs = colonne(rangee(self.precedent, 1, self.raison, 1, self.suivant, ecart=2), ecart=2)
        pied = Bloc(self._sous_les_champs)
        pied.layout().setContentsMargins(espace(11), espace(3), espace(11), espace(6))  # type: ignore[union-attr]
        return pied

    def _brancher(self) -> None:
        self.atelier.bilan_change.connect(self._actualiser)
        self.session.avant_fermeture.connect(self._garder)
        self.plume.interdit.connect(self._proposer_distinct)
        self.session.ailleurs.connect(self._proposer_distinct)
        self.plume.devancee.connect(self._dire_devancee)
        self.sections.choisie.connect(self._ouvrir_section)
        # Un clic dans le plan ne garde pas le clavier : les touches des réponses marchent tout de suite.
        self.sections.prise.connect(lambda: self._page().focus_initial() if self._etape is not None else None)
        self.panneau.demander.connect(self.aller_a)
        self.panneau.voir.connect(lambda nom: self.aller.emit(nom, {}))
        self.question.suite.connect(self.avancer)
        self.volets.empile.connect(lambda _: self._loger())
        for une in self._pages_a_reponse:
            une.histoire.connect(lambda chemin: self.aller.emit("suivi", {"chemin": chemin}))
        for page in self._a_champs:
            page.suite.connect(self.avancer)
            page.prise.connect(self.volets.voir)
        self.pieces.suite.connect(self.avancer)
        self.fin.demander.connect(lambda chemin: self._partir(chemin, ""))
        self.fin.changer.connect(lambda chemin: self._partir(chemin, chemin))
        self.reponses.carte.changer.connect(lambda chemin: self._partir(chemin, chemin))
        self.reponses.carte.ouvrir.connect(self._ouvrir_section)
        self.reponses.carte.quitter.connect(self.reculer)
        for carte in (self.fin.relire, self.reponses.carte):
            # Une fois les lignes rangées : ce qui vient d'être déplié se voit jusqu'au bout.
            carte.depliee.connect(self._voir_la_section, Qt.ConnectionType.QueuedConnection)
        self.fin.continuer.connect(self.avancer)
        self.fin.ouvrir.connect(self._ouvrir_section)
        self.fin.voir.connect(lambda nom: self.aller.emit(nom, {}))
        self.distinct.ouvrir.connect(self._ouvrir_distinct)
        self.distinct.renoncer.connect(self._renoncer)
        gestes = {"Alt+Left": self.reculer, "Alt+Right": self.avancer, TOUCHE: self.relire_tout}
        raccourcis.poser(self, {**gestes, "Ctrl+Return": self.avancer, "Ctrl+Enter": self.avancer})
        raccourcis.poser(self, {f"Ctrl+Shift+{une}": partial(self._relire, n) for n, une in enumerate(SECTIONS)})

    # Paraître.

    def paraitre(
        self, dossier: str = "", chemin: str = "", propose: bool = False, papier: bool = False, **arguments: Any
    ) -> None:
        demande = dossier or self.session.dossier_id
        self._papier = demande if papier or demande == self._papier else ""
        if not demande:
            # Revenu d'un écran ouvert sans dossier : il ne reste ici que la personne d'avant.
            self.aller.emit("accueil", {})
            return
        if demande != self._affiche:
            self.volets.hide()
        # Nommer le dossier déjà ouvert n'en change pas : on revient où l'on était.
        meme = self._dernier[0] == self.session.dossier_id and dossier in ("", self.session.dossier_id)
        ou = self._dernier[1] if meme else ""
        self._voulu, self._aussi, self._etape = chemin or ou, "", None
        self._venu_de = venu_de(arguments.get("retour", ""), chemin)
        self._montre, self._lus, self._propose = True, False, propose
        self.plume.reprendre({})
        self._quitter_les_pages()
        self.reprise.hide()
        self.pages.montrer(self._attente)
        self.atelier.preparer()
        if dossier and dossier != self.session.dossier_id:
            self.session.ouvrir_dossier(dossier, lambda _: self._lire_brouillons())
        elif self.session.dossier_id:
            self._lire_brouillons()

    def disparaitre(self) -> None:
        page = self.pages.courante
        if isinstance(page, PageChamps) and page.ici:
            # On reviendra au champ, pas seulement à la page.
            self._dernier = (self.session.dossier_id, page.ici)
        self._garder()
        self._montre = False
        self.personne.taire()

    @property
    def delicat(self) -> bool:
        """Une question qui se pose seul à seul, ou une page qui en reprend les réponses."""
        if self._etape is None or self.pages.courante in (self.fin, self.distinct, self.reponses):
            return self._etape is not None
        return any(vue.question.seul_a_seul for vue in self._etape.vues)

    def focus_initial(self) -> None:
        """La réponse à donner."""
        if self._etape is not None:
            self._page().focus_initial()

    def aider(self) -> bool:
        """F1 : pourquoi cette question, quand elle le dit ; déjà dit, c'est l'aide de l'écran."""
        if self.raison.isHidden() or not self.entete.a_expliquer:
            return False
        self.entete.expliquer()
        return True

    def _garder(self) -> None:
        """Ce qui se lit devient une réponse, le reste un brouillon : rien ne dépend de ce qui suit."""
        if self._montre:
            self._valider()
            self.plume.vider()

    def _lire_brouillons(self) -> None:
        identifiant = self.session.dossier_id
        self.session.avec_coffre(lambda coffre: coffre.brouillons(identifiant), self._reprendre, pour=self)

    def _reprendre(self, brouillons: Sequence[Brouillon]) -> None:
        """Remet les saisies interrompues, et revient à la dernière."""
        self._lus = True
        self.plume.reprendre({brouillon.chemin: brouillon.texte for brouillon in brouillons})
        if brouillons:
            dernier = brouillons[-1]
            self._voulu = self._voulu or dernier.chemin
            quand = ecrire_moment(dernier.quand, datetime.now().astimezone())
            interrompue = f"Saisie interrompue {quand} : ce qui était tapé est remis, à relire."
            self._reprise.setText(PROPOSE if self._propose else interrompue)
            self.reprise.show()
        elif self._papier:
            self._reprise.setText(PAPIER)
            self.reprise.show()
        # Le panneau aussi : le bilan a pu changer, et même de dossier, sans que cet écran soit montré.
        self._actualiser(self.atelier.bilan)

    def _parcourir(self, bilan: Bilan, aussi: str) -> Parcours:
        return parcourir(bilan, aussi, papier=bool(self._papier) and self._papier == self.session.dossier_id)

    def _demarrer(self, bilan: Bilan) -> None:
        self._parcours = self._parcourir(bilan, self._voulu)
        self._aussi = self._voulu
        etape = self._parcours.de_chemin(self._voulu) if self._voulu else None
        etape = etape or self._parcours.premiere_a_poser()
        voulu, fin, self._voulu = self._voulu, self._voulu == FIN, ""
        if etape is not None:
            self._ouvrir(etape, voulu, detour=self._venu_de)
            self.volets.tout_remonter()
        if fin:
            self.finir()

    # Aller.

    @property
    def etape(self) -> Etape | None:
        """L'étape montrée."""
        return self._etape

    def avancer(self) -> None:
        """Lit la réponse et passe à l'étape d'après."""
        self._bouger(1)

    def reculer(self) -> None:
        """Revient à l'étape d'avant ; ce qui ne se lit pas reste au brouillon."""
        self._bouger(-1)

    def aller_a(self, chemin: str, detour: Detour | None = None) -> None:
        """Va à la question qui remplit ``chemin``, même « peut-être » ; ``detour`` : pour en revenir."""
        if self.atelier.bilan is None:
            return
        self._valider()
        self._parcours, self._aussi = self._parcourir(self.atelier.bilan, chemin), chemin
        if (etape := self._parcours.de_chemin(chemin)) is not None:
            self._ouvrir(etape, chemin, detour=detour)

    def _bouger(self, pas: int) -> None:
        if self._etape is None or self.pages.courante is self.distinct:
            return
        if self.pages.courante is self.fin:
            self._quitter_la_fin(pas)
            return
        if self.pages.courante is self.reponses:
            self._quitter_les_reponses()
            return
        lue = self._valider()
        if self.pages.courante is self.distinct or (not lue and pas > 0):
            return
        if self._detour is not None:
            self._revenir(self._detour)
            return
        courante = self._parcours.trouver(self._etape.cle) or self._etape
        voisine = self._parcours.suivante(courante, pas)
        # L'essentiel est dit : on voit ce qui manque, et l'on peut s'en tenir là.
        if voisine is None or (pas > 0 and self._parcours.fin_de_l_essentiel(courante, voisine)):
            if pas > 0:
                self.finir()
        else:
            self._ouvrir(voisine)

    def _quitter_la_fin(self, pas: int) -> None:
        """En arrière, la page d'où l'on vient ; en avant, ce qui pouvait attendre, tant qu'il en reste."""
        assert self._etape is not None
        reste = self._parcours.reste()
        if pas < 0:
            self._ouvrir(self._etape)
        elif reste:
            self._ouvrir(reste[0])

    # Changer une réponse, et revenir.

    def relire_tout(self) -> None:
        """Montre ce qui a été répondu, la section courante dépliée ; une seconde fois, revient à la page."""
        if self.pages.courante is self.reponses:
            self._quitter_les_reponses()
        elif self._etape is not None:
            self._relire([une.section.id for une in self._parcours.sections].index(self._etape.section.id))

    def _relire(self, rang: int) -> None:
        """Déplie la section de ce rang, sur la page de fin ou sur celle des réponses."""
        bilan, sections = self.atelier.bilan, self._parcours.sections
        if bilan is None or self._etape is None or rang >= len(sections) or not self._montre:
            return
        if self.pages.courante not in (self.fin, self.reponses):
            champ = self._champ_courant(self._etape)
            self._valider()
            if self.pages.courante is self.distinct:
                return
            self._detour = self._detour or Detour(self._etape.cle, champ)
            self._montrer_les_reponses(bilan)
        carte = self.fin.relire if self.pages.courante is self.fin else self.reponses.carte
        carte.deplier(sections[rang].section.id)

    def _voir_la_section(self, premiere: QWidget, derniere: QWidget) -> None:
        for une in (derniere, premiere):
            if isValid(une) and une.isVisible():
                self.volets.voir(une)

    def _montrer_les_reponses(self, bilan: Bilan) -> None:
        self.entete.montrer(DIT, "Quelle réponse changer ?", PARTOUT, "")
        self.raison.hide()
        self.suivant.hide()
        self.precedent.show()
        self.precedent.renommer("Revenir")
        self.volets.montrer_droite(True)
        self._tourner(self.reponses)
        self.reponses.carte.montrer(bilan, self._parcours.sections)
        self.volets.remonter()

    def _quitter_les_reponses(self) -> None:
        """Rien à changer : la page d'où l'on vient, et son propre détour si elle en était un."""
        detour = self._detour
        assert detour is not None
        assert self._etape is not None
        if detour.vers == self._etape.cle:
            self._revenir(detour)
        else:
            self._ouvrir(self._etape, detour=detour)

    def _partir(self, chemin: str, vise: str) -> None:
        """Va à ``chemin``, pour en revenir ; ``vise`` : c'est tout ce qu'on y vient changer."""
        detour = self._detour if self.pages.courante is self.reponses else Detour(FIN)
        self.aller_a(chemin, replace(detour or Detour(FIN), vise=vise))

    def _revenir(self, detour: Detour) -> None:
        if detour.ecran:
            self.aller.emit(detour.ecran, {"dossier": self.session.dossier_id})
        elif detour.vers == FIN:
            self.finir()
        else:
            self.aller_a(detour.champ)

    def _champ_courant(self, etape: Etape) -> str:
        page = self.pages.courante
        return (page.ici if isinstance(page, PageChamps) else "") or etape.chemins[0]

    def _valider(self) -> bool:
        """Lit ce qui est tapé sur la page montrée."""
        page = self.pages.courante
        return page.valider() if isinstance(page, PageQuestion | PageChamps) else True

    def finir(self) -> None:
        """Montre la page de fin : rien d'autre n'est sous le même clic."""
        bilan = self.atelier.bilan
        assert bilan is not None
        if self._detour is None:
            self.fin.relire.refermer()
        self._detour = None
        self._dernier = (self.session.dossier_id, FIN)
        self.volets.montrer_droite(True)
        self._tourner(self.fin)
        self._montrer_fin(bilan)
        self.volets.remonter()
        self.fin.focus_initial()

    def _montrer_fin(self, bilan: Bilan) -> None:
        self.entete.montrer(TITRE, "Ce qui manque, à relire, et maintenant", GARDE, "")
        self.raison.hide()
        self.suivant.hide()
        self.precedent.show()
        self.precedent.renommer("Précédent")
        self.fin.montrer(bilan, self._parcours.sections, len(self._parcours.reste()))

    def _ouvrir_section(self, identifiant: str) -> None:
        self._valider()
        section = next(s for s in self._parcours.sections if s.section.id == identifiant)
        etape = next((e for e in section.etapes if not e.repondue), section.etapes[0])
        self._ouvrir(etape, garder_focus=self.sections.hasFocus())

    def _ouvrir(
        self, etape: Etape, chemin: str = "", *, garder_focus: bool = False, detour: Detour | None = None
    ) -> None:
        """Montre une étape ; ``chemin`` : le champ qui y prend le clavier ; ``detour`` : d'où l'on vient le changer."""
        bilan = self.atelier.bilan
        assert bilan is not None
        if self._etape is not None and self._etape.cle != etape.cle:
            self.reprise.hide()
        self._etape, self._detour = etape, detour
        for une in self._a_champs:
            une.vise = detour.vise if detour is not None else ""
        self._dernier = (self.session.dossier_id, etape.chemins[0])
        self._montrer(etape, bilan)
        self._montrer_sections()
        self._montrer_le_pied(etape)
        self.volets.remonter()
        page = self._page()
        if not garder_focus and not (chemin and isinstance(page, PageChamps) and page.focaliser(chemin)):
            page.focus_initial()
        annoncer(self, self.entete.dire.text())

    def _montrer_le_pied(self, etape: Etape) -> None:
        """Précédent et Suivant ; d'un détour, un seul geste, qui en revient."""
        detour = self._detour
        self.precedent.setVisible(detour is None)
        self.precedent.renommer("Précédent")
        self.suivant.show()
        suite = "Suivant" if self._parcours.suivante(etape) else "Terminer"
        self.suivant.renommer(suite if detour is None else detour.mot)
        self.suivant.montrer_touche(_SUITE[etape.page is not None and not (detour and detour.vise)])

    # Montrer.

    def _actualiser(self, bilan: Bilan | None) -> None:
        if bilan is None or not self._montre:
            return
        self.panneau.montrer(bilan)
        self._affiche = self.session.dossier_id
        self.volets.show()
        self.discret.setVisible(bilan.discret)
        if self._etape is None:
            if self._lus:
                self._demarrer(bilan)
            return
        self._parcours = self._parcourir(bilan, self._aussi)
        etape = self._parcours.trouver(self._etape.cle)
        if etape is None:
            etape = self._parcours.trouver(cle_de_liste(self._etape.section)) or self._parcours.premiere_a_poser()
        if self.pages.courante is self.fin:
            self._montrer_fin(bilan)
            self._montrer_sections()
        elif self.pages.courante is self.reponses:
            self.reponses.carte.montrer(bilan, self._parcours.sections)
            self._montrer_sections()
        elif etape is not None and self.pages.courante is not self.distinct:
            self._etape = etape
            self._montrer(etape, bilan)
            self._montrer_sections()

    def _montrer(self, etape: Etape, bilan: Bilan) -> None:
        mots = entete(etape, self._parcours, bilan, self._detour)
        self.entete.montrer(*mots)
        self.raison.setVisible(bool(mots.pourquoi))
        self.volets.montrer_droite(not etape.tableau)
        if etape.page is not None:
            page: PageChamps = self.tableau if etape.tableau else self.formulaire
            page.montrer(etape, bilan)
            self._loger(page)
            self._tourner(page)
        elif etape.vues[0].question.champ == PIECES:
            self.pieces.montrer(bilan)
            self._tourner(self.pieces)
        else:
            self.question.montrer(etape, bilan)
            self._tourner(self.question)

    def _loger(self, voulue: PageChamps | None = None) -> None:
        """Les touches d'un champ se voient toujours : sous la page qui défile, ou dedans quand tout est empilé."""
        page = voulue or self.pages.courante
        if not isinstance(page, PageChamps):
            return
        au_pied = self._sous_les_champs.indexOf(page.volet) >= 0
        if self.volets.empiles and (au_pied or page.volet.parentWidget() is not page):
            page.loger_le_volet()
        elif not self.volets.empiles and not au_pied:
            self._sous_les_champs.insertWidget(0, page.volet)

    def _tourner(self, page: QWidget) -> None:
        identite = self._etape if page in self._pages_a_reponse else None
        self.semblables.suivre(identite.chemins if identite is not None else ())
        for une in self._a_champs:
            une.volet.setVisible(une is page)
        for autre in self._pages_a_reponse:
            if page is not autre:
                autre.quitter()
        self.pages.montrer(page)

    def _quitter_les_pages(self) -> None:
        for page in self._pages_a_reponse:
            page.quitter()

    def _page(self) -> Any:
        return self.pages.courante

    def _montrer_sections(self) -> None:
        courante = self._etape.section.id if self._etape is not None else ""
        lignes = [ligne(section, rang) for rang, section in enumerate(self._parcours.sections)]
        if (lignes, courante) != self._lignes:
            self._lignes = (lignes, courante)
            self.sections.montrer(lignes, courante)
            self.volets.suivre(self.sections, self.sections.zone(self.sections.currentRow()))

    def _dire_devancee(self, chemin: str, reponse: Any) -> None:
        """Un autre guichet vient de répondre à la question en cours de frappe."""
        regles = self.atelier.regles
        if regles is None:
            return
        tue = regles.vocabulaire.reservee(chemin, [reponse])
        dite = "" if tue else Diseur(regles.vocabulaire, self.session.document).dire(chemin, reponse)
        self.alerte.emit(DEVANCEE.format(f" : {dite}" if dite else ""), Ton.JOUR)

    # Le dossier distinct.

    def _proposer_distinct(self, valeurs: dict[str, Any]) -> None:
        bilan = self.atelier.bilan
        if bilan is None or not self._montre:
            return
        self._interdites = valeurs
        self._quitter_les_pages()
        self.distinct.montrer(bilan)
        self._tourner(self.distinct)
        self.volets.remonter()
        self.distinct.focus_initial()

    def _renoncer(self) -> None:
        self._interdites = {}
        self.pages.montrer(self._attente)
        if self._etape is not None:
            self._ouvrir(self._etape)

    def _ouvrir_distinct(self, qui: str, identite: bool, enfants: list[str]) -> None:
        bilan = self.atelier.bilan
        assert bilan is not None
        neuf = document_distinct(bilan, self._interdites, qui=qui, identite=identite, enfants=enfants)
        chemin = next(iter(self._interdites), "")
        self._interdites = {}
        self._etape, self._voulu, self._lus = None, chemin, False
        self.pages.montrer(self._attente)
        self.session.creer_dossier(neuf, lambda _: self._lire_brouillons())
