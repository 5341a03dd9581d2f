"""L'écran tourné vers la personne : s'il est ouvert, pour quel dossier, et ce qu'il montre. Sans fenêtre.

Norme : « La sûreté des personnes », § 6. Éteint par défaut ; le moindre doute le vide ou le ferme, et rien ne le rouvre
qu'un geste de l'agent. Essais : ``tests/ui/cadre/test_ecran_tourne.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.etat.atelier import atelier_de
from ui.mots.ecran_demandeur import (
    FERMER,
    FRANCAIS,
    LANGUE,
    OUVRIR,
    QUELQU_UN,
    REPRENDRE,
    SIMPLE,
    VIDE,
    Montre,
    langue_de_la_note,
    note_dite,
    question_dite,
)

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.dossier.questions import Question, Section
    from ui.etat.session import Session


class EcranDemandeur(QObject):
    """Ce que l'agent montre à la personne. ``change`` : ce qui se montre, ou ce qui s'offre, a pu changer.
    ``refuse`` : pourquoi le geste ne s'est pas fait (phrase) ; ``accepte`` : il s'est fait.

    ``en_face`` : vrai quand un second écran réel existe ; la fenêtre le tient à jour. ``empechement`` : pourquoi la
    fenêtre ne peut pas s'y poser maintenant, à dire à l'agent ; vide si elle le peut.
    """

    change = Signal()
    refuse = Signal(str)
    accepte = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session, self._atelier = session, atelier_de(session)
        self.en_face = False
        self.empechement: Callable[[], str] = str
        self._pour, self._agent = "", ""
        self._vide = self._note = self._simple = False
        self._notee: tuple[Bilan, str, Montre] | None = None
        self._en_cours: tuple[Section, Question] | None = None
        session.dossier_change.connect(self._relire)
        session.ferme.connect(self.vider)
        session.ouvert.connect(self.fermer)
        session.rouvert.connect(self._verifier_l_agent)
        self._atelier.bilan_change.connect(lambda _: self._relire())

    # Ce qui s'offre.

    @property
    def possible(self) -> bool:
        """Vrai si le geste s'offre : un second écran, et un dossier ouvert, ni gelé, ni discret, ni à taire."""
        session = self._session
        if not (self.en_face and session.est_ouverte and session.dossier_id) or session.gele:
            return False
        bilan = self._bilan()
        return bilan is not None and not bilan.a_taire

    @property
    def ouvert(self) -> bool:
        """Vrai si la fenêtre est montrée à la personne, même vide."""
        return bool(self._pour)

    @property
    def geste(self) -> str:
        """Ce que fait ``basculer`` maintenant."""
        return OUVRIR if not self.ouvert else REPRENDRE if self._vide else FERMER

    @property
    def montre(self) -> Montre:
        """Ce que lit la personne : la question en cours, si elle est permise ; la note, si on la montre ; ou rien."""
        bilan = self._bilan()
        if not self.ouvert or self._vide or bilan is None:
            return VIDE
        return self._la_note(bilan) if self._note else self._question(bilan)

    @property
    def en_francais(self) -> bool:
        """Vrai si la personne lit du français, simple ou non."""
        montre = self.montre
        return bool(montre.paragraphes) and montre.langue in (FRANCAIS, SIMPLE)

    def _question(self, bilan: Bilan) -> Montre:
        if self._en_cours is None:
            return VIDE
        section, question = self._en_cours
        icone = bilan.regles.permises.pictogramme(section, question, bilan.regles.catalogue)
        if not icone:
            return VIDE
        return question_dite(section, question, icone, _parlee(bilan), bilan.regles, simple=self._simple)

    def _la_note(self, bilan: Bilan) -> Montre:
        """Dite dans sa langue, une fois par bilan : la redire l'établit de nouveau."""
        code = _parlee(bilan)
        langue = langue_de_la_note(code, bilan.regles, simple=self._simple)
        if self._notee is None or self._notee[0] is not bilan or self._notee[1] != langue:
            self._notee = (bilan, langue, note_dite(bilan.dit.en(langue), langue, code))
        return self._notee[2]

    def _bilan(self) -> Bilan | None:
        """Le bilan du dossier ouvert ; ``None`` si celui qu'on tient est d'un autre."""
        bilan = self._atelier.bilan
        return bilan if bilan is not None and bilan.document.get("id") == self._session.dossier_id else None

    # Les gestes de l'agent.

    def basculer(self) -> None:
        """Ouvre ; referme ; ou, vidé par F12, montre de nouveau. Sans effet, et sans un mot, s'il ne s'offre pas."""
        if not self.possible or (self.ouvert and not self._vide):
            self.fermer()
        elif raison := self.empechement():
            self.fermer()
            self.refuse.emit(raison)
        else:
            self._pour, self._agent = self._session.dossier_id, self._session.agent
            self._vide = self._note = False
            self.accepte.emit()
            self.change.emit()

    def montrer_la_note(self) -> None:
        """Montre la note expliquée, d'un geste ; refusé, et dit à l'agent, si quelqu'un d'autre peut être là."""
        if not self.possible or not self.ouvert:
            return
        if not self._seule():
            self.refuse.emit(QUELQU_UN)
            return
        self._note, self._vide = True, False
        self.accepte.emit()
        self.change.emit()

    def basculer_le_simple(self) -> None:
        """Français simple ou français, pour cette réception. Sans effet si la personne lit une autre langue."""
        if self.possible and self.en_francais:
            self._simple = not self._simple
            self.change.emit()

    def retirer_la_note(self) -> None:
        """La page de la note est quittée : ce qu'on en montrait s'efface."""
        if self._note:
            self._note = False
            self.change.emit()

    def poser(self, en_cours: tuple[Section, Question] | None) -> None:
        """La question qui se pose maintenant, ou aucune. La note, elle, ne reste pas derrière une question."""
        if en_cours != self._en_cours:
            self._en_cours = en_cours
            self._note = False
            self.change.emit()

    # Ce qui le vide, ce qui le ferme.

    def vider(self) -> None:
        """Plus un mot, jusqu'à un geste de l'agent."""
        self._vide, self._note = True, False
        self.change.emit()

    def fermer(self) -> None:
        """La réception est finie, ou un doute suffit : la fenêtre part, rien n'est gardé de ce qu'elle montrait."""
        self._pour, self._agent = "", ""
        self._vide = self._note = self._simple = False
        self._notee = None
        self.change.emit()

    def _seule(self) -> bool:
        from modele.protection.ecran_demandeur import nul_autre

        return nul_autre(self._session.document, self._session.ephemeres)

    def _relire(self, _document: Any = None) -> None:
        """Le dossier, ou ce qu'on en sait, a changé."""
        from modele.protection.discretion import est_discret

        session = self._session
        autre = session.dossier_id != self._pour
        bilan = self._bilan()
        if self.ouvert and (autre or session.gele or est_discret(session.document) or (bilan and bilan.a_taire)):
            self.fermer()
            return
        if self._note and not self._seule():
            self._note = False
        self.change.emit()

    def _verifier_l_agent(self) -> None:
        """Un autre agent rouvre le poste : ce n'est plus la même réception."""
        if self.ouvert and self._session.agent != self._agent:
            self.fermer()


def _parlee(bilan: Bilan) -> object:
    from modele.dossier.chemins import lire

    return lire(bilan.document, LANGUE)


def ecran_demandeur_de(session: Session) -> EcranDemandeur:
    """Celui de cette session ; créé au premier appel."""
    return session.findChild(EcranDemandeur) or EcranDemandeur(session)
