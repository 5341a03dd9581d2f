"""L'écran de l'entretien : il va d'étape en étape, et ne sait rien des questions elles-mêmes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.entretien import SEUL_A_SEUL
from modele.dossier.entretien import Avancement as AvancementVu
from modele.mots.reponses import Diseur
from modele.protection.distinct import a_reprendre, dossier_distinct
from ui.composants import (
    Avancement,
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
from ui.composants.tabulation import ordonner
from ui.composants.volets import Volets
from ui.ecrans.base import Ecran
from ui.ecrans.entretien.distinct import PageDistinct
from ui.ecrans.entretien.fabrique import nommer_element
from ui.ecrans.entretien.fin import FIN, GARDE, TITRE, PageFin
from ui.ecrans.entretien.liste import PageListe
from ui.ecrans.entretien.panneau import Panneau
from ui.ecrans.entretien.parcours import Etape, Parcours, SectionParcourue, cle_de_liste, parcourir
from ui.ecrans.entretien.pieces import LISTE as PIECES
from ui.ecrans.entretien.pieces import PagePieces
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.entretien.question import Entete, PageQuestion
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.mots.moments import ecrire_moment
from ui.theme import Ton, espace
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.coffre import Brouillon

_ETATS: Final = {
    AvancementVu.VIDE: Avancement.A_VENIR,
    AvancementVu.EN_COURS: Avancement.EN_COURS,
    AvancementVu.FAIT: Avancement.FAITE,
}
_LISTE: Final = "Ajoutez, puis dites s'il n'y en a pas d'autre : la note en tient compte."
_REPIT: Final = "On peut s'arrêter à tout moment : le brouillon reste ici, et la note sait ce qu'elle ignore."
DEVANCEE: Final = (
    "Pendant que vous tapiez, un autre guichet a répondu à cette question{}. Votre réponse la remplacera : "
    "vérifiez avec la personne."
)
_DISCRETION: Final = "Dossier discret : aucun nom dans les titres, aucun courrier, rien ne s'imprime sans le demander."


class EcranEntretien(Ecran):
    """L'entretien d'un dossier. ``dossier`` : son identifiant ; ``chemin`` : le champ où reprendre."""

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
        self._lignes: tuple[list[Section], str] = ([], "")
        self._interdites: dict[str, Any] = {}
        self.sections = ListeSections("Sections de l'entretien")
        self.panneau = Panneau(self.atelier.plafond)
        self.entete = Entete()
        self.question = PageQuestion(self.plume)
        self.liste = PageListe(self.plume)
        self.pieces = PagePieces(self.plume)
        self.distinct = PageDistinct()
        self.fin = PageFin()
        self._attente = texte("Le droit et le territoire se chargent…", "doux")
        self.pages = Pile((self._attente, self.question, self.liste, self.pieces, self.distinct, self.fin))
        # Montré à l'agent ; saisies interrompues relues : avant, on ne sait pas où reprendre.
        self._montre, self._lus = False, False
        self._disposer()
        self._brancher()

    # Disposer.

    def _disposer(self) -> None:
        self.reprise = Carte(nom="Saisie interrompue", ton=Ton.ACTION)
        self._reprise = texte("")
        self.reprise.ajouter(_avec_icone("rotate-ccw", self._reprise))
        self.reprise.hide()
        self.discret = Carte(nom=_DISCRETION)
        self.discret.ajouter(_avec_icone("eye-off", texte(_DISCRETION, "petit")))
        self.discret.hide()
        centre = QWidget()
        centre.setLayout(colonne(self.discret, self.reprise, self.entete, self.pages, ecart=4))
        centre.layout().setContentsMargins(espace(11), espace(6), espace(11), espace(4))  # type: ignore[union-attr]
        gauche = QWidget()
        gauche.setLayout(colonne(self.sections, etiquette_aide(_REPIT), 1, marges=2, ecart=4))
        self.volets = Volets(gauche, centre, self.panneau, self._pied(), (256, 540, 344))
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self.volets)

    def _pied(self) -> QWidget:
        self.precedent = Bouton("Précédent", self.reculer, montre="Alt+Left")
        self.raison = Bouton("Pourquoi cette question ?", self.entete.expliquer, genre="discret", montre="F1")
        self.suivant = Bouton("Suivant", self.avancer, genre="principal", montre="Return")
        pied = Bloc(rangee(self.precedent, 1, self.raison, 1, self.suivant, ecart=2))
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
        self.liste.suite.connect(self.avancer)
        self.pieces.suite.connect(self.avancer)
        self.liste.ouvrir.connect(self._ouvrir_element)
        self.fin.demander.connect(self.aller_a)
        self.fin.ouvrir.connect(self._ouvrir_section)
        self.fin.voir.connect(lambda nom: self.aller.emit(nom, {}))
        self.distinct.ouvrir.connect(self._ouvrir_distinct)
        self.distinct.renoncer.connect(self._renoncer)
        gestes = {"Alt+Left": self.reculer, "Alt+Right": self.avancer}
        raccourcis.poser(self, {**gestes, "Ctrl+Return": self.avancer, "Ctrl+Enter": self.avancer})

    # Paraître.

    def paraitre(self, dossier: str = "", chemin: str = "", **_arguments: Any) -> None:
        ou = self._dernier[1] if self._dernier[0] == self.session.dossier_id and not dossier else ""
        self._voulu, self._aussi, self._etape = chemin or ou, "", None
        self._montre, self._lus = True, False
        self.plume.reprendre({})
        self.question.quitter()
        self.reprise.hide()
        self.pages.montrer(self._attente)
        self.atelier.preparer()
        if dossier and dossier != self.session.dossier_id:
            self.session.ouvrir_dossier(dossier, lambda _: self._lire_brouillons())
        elif self.session.dossier_id:
            self._lire_brouillons()

    def disparaitre(self) -> None:
        self._garder()
        self._montre = False

    @property
    def delicat(self) -> bool:
        """Une question qui se pose seul à seul, ou une page qui en reprend les réponses."""
        if self._etape is None or self.pages.courante in (self.fin, self.distinct):
            return self._etape is not None
        return self._etape.vue is not None and self._etape.vue.question.seul_a_seul

    def focus_initial(self) -> None:
        """La réponse à donner."""
        if self._etape is not None:
            self._page().focus_initial()

    def aider(self) -> bool:
        """F1 : pourquoi cette question, quand elle le dit."""
        if self.raison.isHidden():
            return False
        self.entete.expliquer()
        return True

    def _garder(self) -> None:
        """Ce qui se lit devient une réponse, le reste un brouillon : rien ne dépend de ce qui suit."""
        if self._montre:
            self.question.valider()
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
            self._reprise.setText(f"Saisie interrompue {quand} : ce qui était tapé est remis, à relire.")
            self.reprise.show()
        # Le panneau aussi : le bilan a pu changer, et même de dossier, sans que cet écran soit montré.
        self._actualiser(self.atelier.bilan)

    def _demarrer(self, bilan: Bilan) -> None:
        self._parcours = parcourir(bilan, self._voulu)
        self._aussi = self._voulu
        etape = self._parcours.de_chemin(self._voulu) if self._voulu else None
        etape = etape or self._parcours.premiere_a_poser()
        fin, self._voulu = self._voulu == FIN, ""
        if etape is not None:
            self._ouvrir(etape)
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

    def aller_a(self, chemin: str) -> None:
        """Va à la question qui remplit ``chemin``, même si elle ne se pose que peut-être."""
        if self.atelier.bilan is None:
            return
        self.question.valider()
        self._parcours, self._aussi = parcourir(self.atelier.bilan, chemin), chemin
        if (etape := self._parcours.de_chemin(chemin)) is not None:
            self._ouvrir(etape)

    def _bouger(self, pas: int) -> None:
        if self._etape is None or self.pages.courante is self.distinct:
            return
        if self.pages.courante is self.fin:
            if pas < 0:
                self._ouvrir(self._etape)
            return
        lue = self.question.valider() if self.pages.courante is self.question else True
        if self.pages.courante is self.distinct or (not lue and pas > 0):
            return
        courante = self._parcours.trouver(self._etape.cle) or self._etape
        if (voisine := self._parcours.suivante(courante, pas)) is not None:
            self._ouvrir(voisine)
        elif pas > 0:
            self.finir()

    def finir(self) -> None:
        """Montre la page de fin : rien d'autre n'est sous le même clic."""
        bilan = self.atelier.bilan
        assert bilan is not None
        self._dernier = (self.session.dossier_id, FIN)
        self._tourner(self.fin)
        self._montrer_fin(bilan)
        self.suivant.hide()
        self._ordonner()
        self.volets.remonter()
        self.fin.focus_initial()

    def _montrer_fin(self, bilan: Bilan) -> None:
        self.entete.montrer(TITRE, "Ce qui manque, à relire, et maintenant", GARDE, "")
        self.raison.hide()
        self.fin.montrer(bilan, self._parcours.sections)

    def _ouvrir_section(self, identifiant: str) -> None:
        self.question.valider()
        section = next(s for s in self._parcours.sections if s.section.id == identifiant)
        hors_elements = [e for e in section.etapes if not e.element]
        sans_reponse = (e for e in hors_elements if e.vue is not None and not e.vue.repondue)
        etape = next(sans_reponse, None) or hors_elements[0]
        self._ouvrir(etape, garder_focus=self.sections.hasFocus())

    def _ouvrir_element(self, identifiant: str) -> None:
        etape = next((e for e in self._parcours.etapes() if e.element == identifiant), None)
        if etape is not None:
            self._ouvrir(etape)

    def _ouvrir(self, etape: Etape, garder_focus: bool = False) -> None:
        bilan = self.atelier.bilan
        assert bilan is not None
        if self._etape is not None and self._etape.cle != etape.cle:
            self.reprise.hide()
        self._etape = etape
        self.suivant.show()
        self._dernier = (self.session.dossier_id, etape.chemins[0])
        self._montrer(etape, bilan)
        self._montrer_sections()
        self._ordonner()
        self.suivant.renommer("Suivant" if self._parcours.suivante(etape) else "Terminer")
        self.volets.remonter()
        if not garder_focus:
            self._page().focus_initial()
        annoncer(self, self.entete.dire.text())

    # Montrer.

    def _actualiser(self, bilan: Bilan | None) -> None:
        if bilan is None or not self._montre:
            return
        change = self.panneau.montrer(bilan)
        self.discret.setVisible(bilan.discret)
        if self._etape is None:
            if self._lus:
                self._demarrer(bilan)
            return
        self._parcours = parcourir(bilan, self._aussi)
        etape = self._parcours.trouver(self._etape.cle)
        if etape is None:
            etape = self._parcours.trouver(cle_de_liste(self._etape.section)) or self._parcours.premiere_a_poser()
        if self.pages.courante is self.fin:
            self._montrer_fin(bilan)
            self._montrer_sections()
        elif etape is not None and self.pages.courante is not self.distinct:
            self._etape = etape
            self._montrer(etape, bilan)
            self._montrer_sections()
        if change:
            self._ordonner()

    def _ordonner(self) -> None:
        """La touche Tab suit les yeux, même après des widgets neufs."""
        ordonner(self.sections, self._page(), self.precedent, self.raison, self.suivant, self.panneau)

    def _montrer(self, etape: Etape, bilan: Bilan) -> None:
        ou, section = self._ou(etape, bilan), etape.section
        if etape.vue is None:
            self.entete.montrer(ou, section.libelle, _LISTE, "")
            self.raison.hide()
            self.liste.montrer(section.liste, section.libelle, bilan)
            self._tourner(self.liste)
            return
        question = etape.vue.question
        if self.entete.dire.text() != question.dire or self.entete.ou.text() != ou:
            officiel = f"À lire à voix haute. {question.officiel}".strip()
            cerfa = f" · Cerfa {question.cerfa}" if question.cerfa else ""
            self.entete.montrer(ou, question.dire, f"{officiel}{cerfa}", question.pourquoi)
        self.raison.setVisible(bool(question.pourquoi))
        if question.champ == PIECES:
            self.pieces.montrer(bilan)
            self._tourner(self.pieces)
        else:
            self.question.montrer(etape, bilan)
            self._tourner(self.question)

    def _tourner(self, page: QWidget) -> None:
        if page is not self.question:
            self.question.quitter()
        self.pages.montrer(page)

    def _page(self) -> Any:
        return self.pages.courante

    def _ou(self, etape: Etape, bilan: Bilan) -> str:
        section = next(s for s in self._parcours.sections if s.section.id == etape.section.id)
        memes = [e for e in section.etapes if e.element == etape.element and e.vue is not None]
        if etape.vue is None:
            notes = len({e.element for e in section.etapes if e.element})
            return f"Déjà noté ici : {notes}" if notes else "Rien n'est noté ici"
        nom = ""
        if etape.element:
            place = list(dict.fromkeys(e.element for e in section.etapes if e.element)).index(etape.element) + 1
            nom = f" · {nommer_element(bilan, etape.section.liste, etape.element, place)}"
        return f"{section.section.libelle}{nom} · {_rang(etape, memes)}"

    def _montrer_sections(self) -> None:
        courante = self._etape.section.id if self._etape is not None else ""
        lignes = [_ligne(section) for section in self._parcours.sections]
        if (lignes, courante) != self._lignes:
            self._lignes = (lignes, courante)
            self.sections.montrer(lignes, courante)
            self.volets.suivre(self.sections, self.sections.visualItemRect(self.sections.currentItem()))

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
        self.question.quitter()
        self.distinct.montrer(bilan)
        self._tourner(self.distinct)
        self._ordonner()
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
        maintenant = datetime.now().astimezone().isoformat(timespec="seconds")
        neuf = dossier_distinct(bilan.document, maintenant, bilan.jour, qui=qui, identite=identite, enfants=enfants)
        chemin = next(iter(self._interdites), "")
        # L'entretien continue : ce qui a été coché de ses conditions vaut aussi dans le dossier distinct.
        reprises = {SEUL_A_SEUL: lire(bilan.document, SEUL_A_SEUL), **a_reprendre(self._interdites)}
        for lieu, valeur in reprises.items():
            if valeur is not ABSENT:
                neuf = poser(neuf, lieu, valeur)
        self._interdites = {}
        self._etape, self._voulu, self._lus = None, chemin, False
        self.pages.montrer(self._attente)
        self.session.creer_dossier(neuf, lambda _: self._lire_brouillons())


def _avec_icone(nom: str, widget: QWidget) -> Any:
    ligne = rangee(Icone(nom, "encre"), widget, ecart=2)
    ligne.setStretch(1, 1)
    ligne.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return ligne


def _rang(etape: Etape, memes: Sequence[Etape]) -> str:
    """« question 3 sur 5 », « questions 1 et 2 sur 4 » : ce qui précise une question se compte avec elle."""
    cles = [une.cle for une in memes]
    place = cles.index(etape.cle) if etape.cle in cles else 0
    premiere = sum(len(une.chemins) for une in memes[:place]) + 1
    derniere = premiere + len(etape.chemins) - 1
    total = sum(len(une.chemins) for une in memes)
    if derniere == premiere:
        return f"question {premiere} sur {total}"
    return f"questions {premiere} {'et' if derniere == premiere + 1 else 'à'} {derniere} sur {total}"


def _ligne(section: SectionParcourue) -> Section:
    etat = _ETATS[section.avancement]
    compte = "fait" if etat is Avancement.FAITE else f"{section.faites}/{section.posees}" if section.faites else ""
    return Section(section.section.id, section.section.libelle, etat, compte)
