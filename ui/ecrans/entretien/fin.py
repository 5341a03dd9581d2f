"""La fin de l'entretien : ce qui manque et pour quoi, ce qui a été dit section par section, et maintenant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import lire
from modele.dossier.questions import SEUL_A_SEUL
from modele.protection.mots import QUESTION_NEUTRE
from ui.composants import Bloc, Bouton, Carte, Colonnes, Pli, annoncer, colonne, etiquette_aide, rangee, retirer, texte
from ui.composants.frappes import Regard
from ui.composants.lien import Lien
from ui.ecrans.entretien.manques import Manque, Manques, manques
from ui.ecrans.entretien.parcours import SectionParcourue
from ui.ecrans.entretien.prochain import ProchainRendezVous
from ui.ecrans.entretien.relire import CarteRelire
from ui.etat.session import Session
from ui.mots.contradictions import ContradictionDite, contradictions_dites
from ui.theme import Ton, espace

D_ABORD: Final = 5
TITRE: Final = "Fin de l'entretien"
GARDE: Final = "Tout ce qui est écrit est enregistré sur ce poste. Il peut manquer des réponses : elles se reprennent."


class PageFin(QWidget):
    """``demander`` : aller à ce champ qui manque. ``changer`` : aller à cette réponse. ``ouvrir`` : cette section.

    ``voir`` : aller à cet écran.

    ``continuer`` : ce qui pouvait attendre. Son geste est ici, pas sous « Terminer » : un double clic n'y va pas.
    """

    demander = Signal(str)
    changer = Signal(str)
    ouvrir = Signal(str)
    voir = Signal(str)
    continuer = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._regard = Regard(self)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(4))
        self.imprimer = Bouton(
            "Imprimer pour la personne", partial(self._aller, "imprimer"), genre="principal", icone="printer"
        )
        self.reporter = Bouton(
            "Reporter sur le portail", partial(self._aller, "reporter"), icone="copy", montre="Ctrl+Shift+P"
        )
        self.donner = Bouton("Donner un rendez-vous", partial(self._aller, "donner"), icone="calendar", montre="F9")
        self.prochain = ProchainRendezVous(session)
        self.gestes = Bouton("Ce qu'il faut faire", partial(self._aller, "orientation"), icone="map")
        self.note = Bouton("La note, ligne par ligne", partial(self._aller, "cotation"), icone="list-checks")
        self.fermer = Bouton("Fermer le dossier", partial(self._aller, "accueil"), icone="check")
        self.suite = Bouton("Continuer", self.continuer.emit, icone="arrow-right", montre="Alt+Right")
        maintenant = Carte("Et maintenant")
        self.garde = texte("", "gras")
        maintenant.ajouter(
            self.garde,
            rangee(self.suite, 1),
            rangee(Colonnes([(self.imprimer, 0, 0), (self.reporter, 0, 0)], ecart=3), 1),
            rangee(Colonnes([(self.donner, 0, 0), (self.prochain, 1, 240)], ecart=3)),
            rangee(Colonnes([(self.gestes, 0, 0), (self.note, 0, 0), (self.fermer, 0, 0)], ecart=3), 1),
        )
        self._boite.addWidget(maintenant)
        self.relire = CarteRelire()
        self.relire.changer.connect(self.changer)
        self.relire.ouvrir.connect(self.ouvrir)
        self._contenu = QWidget()
        self._boite.addWidget(self._contenu)
        self._boite.addStretch(1)
        self._vu: object = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._regard.paraitre()
        self.prochain.lire()

    def _aller(self, ecran: str) -> None:
        """Une seconde Entrée, pressée pour la dernière réponse, ne quitte pas la page avant qu'on l'ait vue."""
        if self._regard.pose:
            self.voir.emit(ecran)

    def montrer(self, bilan: Bilan, sections: Sequence[SectionParcourue], reste: int) -> None:
        """Montre ce qui manque et où l'on en est ; ``reste`` : combien de pages peuvent attendre."""
        self.suite.setVisible(bool(reste))
        self.suite.renommer(f"Continuer, pour l'étude : {reste} pages" if reste > 1 else "Continuer : une page")
        restent = manques(bilan)
        seul = lire(bilan.document, SEUL_A_SEUL) is True
        contredites = contradictions_dites(bilan) if bilan.contradictions else []
        self.relire.montrer(bilan, sections)
        vu = (restent, seul, contredites, [(s.section.id, s.faites, s.posees) for s in sections])
        if vu == self._vu:
            return
        self._vu = vu
        self.garde.setText(_gardees(sum(s.faites for s in sections), restent))
        a_completer = [
            *([self._contredites(contredites)] if contredites else []),
            self._carte("Pour enregistrer la demande", restent.enregistrer, "Rien ne manque pour l'enregistrer."),
            self._carte("Pour la note", restent.note, "Plus aucune réponse ne change la note."),
            self._carte("Pour l'étude du dossier", restent.etude, "Tout ce qui se demande a été répondu."),
        ]
        if not seul:
            # La même ligne dans tous les dossiers, quoi qu'on y ait répondu.
            a_completer.append(texte(f"{QUESTION_NEUTRE}.", "gras"))
        # La carte à relire survit à la page qu'on refait : une section ouverte le reste.
        self.relire.setParent(self)
        neuf = Colonnes(
            [(Bloc(colonne(*a_completer, 1, ecart=4)), 3, 300), (Bloc(colonne(self.relire, 1)), 2, 220)], ecart=4
        )
        self._boite.replaceWidget(self._contenu, neuf)
        retirer(self._contenu)
        self._contenu = neuf

    def focus_initial(self) -> None:
        """Sur le premier geste qui suit, et jamais sur « Fermer »."""
        self.imprimer.setFocus()
        annoncer(self, TITRE)

    def _carte(self, titre: str, restent: Sequence[Manque], rien: str) -> QWidget:
        carte = Carte(f"{titre} : {_combien(len(restent))}" if restent else titre)
        liens: list[QWidget] = [Lien(manque.sujet, self._vers(manque.chemin)) for manque in restent]
        carte.ajouter(*(liens[:D_ABORD] or [etiquette_aide(rien)]))
        if reste := liens[D_ABORD:]:
            carte.ajouter(Pli(f"Voir {len(reste)} de plus", "Montrer moins", *reste))
        return carte

    def _contredites(self, dites: Sequence[ContradictionDite]) -> QWidget:
        carte = Carte("Réponses qui ne vont pas ensemble", ton=Ton.JOUR, icone="triangle-alert")
        for dite in dites:
            carte.ajouter(texte(dite.phrase), *(Lien(nom, self._vers(chemin)) for nom, chemin in dite.reponses))
        return carte

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Une lettre ouvre la section qu'elle désigne, où que soit le clavier dans cette page."""
        if not self.relire.prendre(event):
            super().keyPressEvent(event)

    def _vers(self, chemin: str) -> Callable[[], object]:
        return partial(self.demander.emit, chemin)


def _gardees(nombre: int, restent: Manques) -> str:
    """Ce que « Terminer » a gardé, et combien de réponses manquent encore."""
    gardees = "Une réponse est gardée" if nombre == 1 else f"{nombre} réponses sont gardées"
    manquent = len(restent.enregistrer) + len(restent.note) + len(restent.etude)
    reste = f" ; {_combien(manquent)}" if manquent else ""
    return f"{gardees} sur ce poste{reste}."


def _combien(nombre: int) -> str:
    return "une réponse manque" if nombre == 1 else f"{nombre} réponses manquent"
