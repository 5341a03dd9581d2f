"""Qui n'ouvre jamais le dossier ouvert, et « Je connais cette personne » : la même carte pour tous les dossiers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    GroupeChoix,
    Option,
    annoncer,
    champ,
    colonne,
    constater,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.suivi.noms_connus import NomsConnus
from ui.mots import ecarts as mots
from ui.theme import espace

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.listes import Ecart
    from ui.etat.session import Session

_LUS: Final = "ecarts"


class CarteEcarts(Carte):
    """Ceux qui valent, de quoi en nommer un, et passer la main. ``passee`` : la main l'est, avec la phrase à dire."""

    passee = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE)
        self._session = session
        self._ecarts = QVBoxLayout()
        self._ecarts.setSpacing(espace(2))
        self._agents: Sequence[str] = ()
        self.agent, self.lieu = champ(mots.AGENT), champ(mots.LIEU)
        self.agents = NomsConnus(mots.AGENTS_CONNUS, self.agent)
        self.lieux = NomsConnus(mots.LIEUX_CONNUS, self.lieu)
        self.constat = texte("")
        self.ecarter = Bouton(mots.ECARTER, self._ecarter, icone="shield")
        self.je_connais = Bouton(mots.JE_CONNAIS, self._proposer, genre="discret", icone="user")
        self.choix: GroupeChoix | None = None
        self.phrase = texte("")
        self.passer = Bouton(mots.PASSER, self._passer, icone="check")
        self.renoncer = Bouton(mots.RENONCER, self._renoncer, genre="discret", icone="x")
        self._qui = QVBoxLayout()
        self.main = QWidget()
        dessous = colonne(etiquette_aide(mots.JE_CONNAIS_AIDE), self.phrase, ecart=2)
        dessous.addLayout(self._qui)
        dessous.addLayout(rangee(self.passer, self.renoncer, 1, ecart=2))
        self.main.setLayout(dessous)
        self.ajouter(
            etiquette_aide(mots.EXPLIQUER),
            self._ecarts,
            etiquette_aide(mots.CHOISIR),
            Colonnes([(un, 1, 300) for un in self._nommer()], ecart=3),
            rangee(self.ecarter, self.je_connais, 1, ecart=2),
            self.constat,
            self.main,
        )
        self.agent.entree.connect(self._ecarter)
        self.lieu.entree.connect(self._ecarter)

    def _nommer(self) -> list[QWidget]:
        """Un agent, ou un lieu : le champ et, dessous, les noms d'ici. L'un choisi efface l'autre."""
        places: list[QWidget] = []
        for un, connus, autre in ((self.agent, self.agents, self.lieux), (self.lieu, self.lieux, self.agents)):
            place = QWidget()
            place.setLayout(colonne(un, connus, 1, ecart=1))
            connus.choisi.connect(autre.effacer)
            places.append(place)
        return places

    def montrer(self) -> None:
        """Ce qui vaut du dossier ouvert, et les noms qui peuvent se choisir."""
        self._renoncer()
        self._dire("")
        self._relire()

    def oublier(self) -> None:
        """Rien du dossier fermé ne reste."""
        for un in (self.agent, self.lieu):
            un.poser(None)
            un.dire_faute("")
        self.agents.connaitre(())
        self.lieux.connaitre(())
        _vider(self._ecarts)
        self._renoncer()
        self._dire("")

    def _relire(self) -> None:
        dossier, auteur = self._session.dossier_id, self._session.auteur

        def lire(coffre: Coffre) -> tuple[Sequence[Ecart], Sequence[str], Sequence[str]]:
            ecarts = coffre.ecarts
            return ecarts.lister(dossier, auteur), ecarts.agents(dossier, auteur), ecarts.lieux()

        def rendre(lus: tuple[Sequence[Ecart], Sequence[str], Sequence[str]]) -> None:
            if dossier == self._session.dossier_id:
                self._montrer(*lus)

        self._session.avec_coffre(lire, rendre, pour=self, remplace=_LUS)

    def _montrer(self, ecarts: Sequence[Ecart], agents: Sequence[str], lieux: Sequence[str]) -> None:
        _vider(self._ecarts)
        for un in ecarts:
            ligne = QWidget()
            dit = mots.dire(un)
            lever = Bouton(mots.LEVER, partial(self._lever, un), genre="discret", description=dit)
            ligne.setLayout(rangee(texte(dit), 1, lever, ecart=2))
            self._ecarts.addWidget(ligne)
        self._agents = agents
        self.agents.connaitre(agents)
        self.lieux.connaitre(lieux)

    # Écarter, lever

    def _ecarter(self) -> None:
        agent, lieu, auteur = self.agent.contenu.strip(), self.lieu.contenu.strip(), self._session.auteur

        def rendre(connu: bool) -> None:
            self.agent.poser(None)
            self.lieu.poser(None)
            self._dire((mots.FAIT if connu else mots.INCONNU).format(agent or lieu))
            # Le lieu d'ici l'était peut-être : ce qui est ouvert se relit comme tout le reste.
            self._session.relire()
            self._relire()

        self._faire(lambda coffre, dossier: coffre.ecarts.ecarter(dossier, auteur, agent=agent, lieu=lieu), rendre)

    def _lever(self, lequel: Ecart) -> None:
        auteur = self._session.auteur

        def rendre(_: Any) -> None:
            self._dire(mots.LEVE.format(mots.nom(lequel)))
            self._relire()

        self._faire(lambda coffre, _: coffre.ecarts.lever(lequel, auteur), rendre)

    # Passer la main

    def _proposer(self) -> None:
        from modele.coffre.ecarts import SEUL

        self._vider_le_choix()
        if self._agents:
            self.choix = GroupeChoix(mots.A_QUI, [Option(nom, nom) for nom in self._agents], signes=True)
            self._qui.addWidget(self.choix)
        self.phrase.setText(mots.A_QUI if self._agents else SEUL)
        self.passer.renommer(mots.PASSER if self._agents else mots.ATTENDRE)
        self.main.show()
        annoncer(self, self.phrase.text())
        if self.choix is not None:
            self.choix.focus_initial()
        else:
            self.renoncer.setFocus(Qt.FocusReason.OtherFocusReason)

    def _renoncer(self) -> None:
        self._vider_le_choix()
        self.main.hide()

    def _vider_le_choix(self) -> None:
        self.choix = None
        _vider(self._qui)

    def _passer(self) -> None:
        if self._session.non_enregistrees:
            self._dire(mots.EN_ATTENTE)
            return
        auteur, attend = self._session.auteur, self.choix is None
        a = "" if self.choix is None else self.choix.valeur() or ""

        def rendre(_: Any) -> None:
            self._session.fermer_dossier()
            self.passee.emit(mots.ATTEND if attend else mots.PASSEE.format(a))

        self._faire(lambda coffre, dossier: coffre.ecarts.passer_la_main(dossier, a, auteur, attend=attend), rendre)

    def _faire(self, geste: Callable[[Coffre, str], Any], fini: Callable[[Any], None]) -> None:
        dossier = self._session.dossier_id

        def rendre(rendu: Any) -> None:
            if dossier == self._session.dossier_id:
                fini(rendu)

        self._session.avec_coffre(lambda coffre: geste(coffre, dossier), rendre, pour=self, echec=self._dire)

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, annonce=True)


def _vider(boite: QVBoxLayout) -> None:
    while (element := boite.takeAt(0)) is not None:
        retirer(element.widget())
