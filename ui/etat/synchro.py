"""Les envois au registre, à côté de l'écran : un fil à part, des tours espacés, un tour peu après chaque réponse.

Ni la fenêtre ni le fil du coffre n'attendent le réseau. Sans registre, aucun fil ne naît et rien ne tourne. Coffre
fermé (verrou, page neutre, sortie), tout s'arrête ; rouvert, tout reprend. Rien de lourd ne s'importe avant l'entrée.
Essais : ``tests/ui/etat/test_synchro.py``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.etat.serrure import compte_ferme
from ui.etat.travaux import Travaux

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.synchro import Synchro
    from modele.synchro.etats import EtatEnvois
    from ui.etat.session import Session

Fini = Callable[[Any], object]
Echec = Callable[[str], object]

REPIT_MS: Final = 2_000
"""Après une réponse, le temps de laisser venir les suivantes."""
MINUTE_MS: Final = 60_000
"""« depuis 2 h 14 » se redit à la minute."""
_BREF_MS, _LONG_MS = 1_000, 15 * MINUTE_MS
_FERME: Final = object()
_PATIENCE_S: Final = 2.0
"""À la sortie, on n'attend pas un réseau qui ne répond pas : ce qui n'est pas parti partira la prochaine fois."""


class Synchroniseur(QObject):
    """``change`` : l'``EtatEnvois`` à montrer. ``recu`` : un tour vient de finir, des dossiers ont pu changer.

    ``ressemblance`` : la personne de ce dossier en a peut-être un autre, ailleurs. ``a_departager`` : le dossier ouvert
    a des réponses qui diffèrent d'un guichet à l'autre.
    ``compte_ferme`` : celui de qui est là vient de l'être, au registre ; le coffre l'est aussi (phrase).
    ``fabrique`` : de quoi parler au registre au nom d'un coffre ouvert.
    """

    change = Signal(object)
    recu = Signal()
    ressemblance = Signal(str)
    a_departager = Signal(str)
    compte_ferme = Signal(str)

    def __init__(self, session: Session, fabrique: Callable[[Coffre], Synchro] | None = None) -> None:
        super().__init__(session)
        self.session = session
        self.etat: EtatEnvois | None = None
        self._fabrique = fabrique or _relier
        self._synchro: Synchro | None = None
        self._coffre: Coffre | None = None
        self._fil: Travaux | None = None
        self._en_tour, self._encore = False, False
        self._partants: frozenset[str] = frozenset()
        self._demandes: list[Callable[[], None]] = []
        self._signale: tuple[str, int] | None = None
        self._prochain = self._minuterie(self.tourner)
        self._repit = self._minuterie(self._apres_une_reponse)
        self._minute = self._minuterie(self._redire, MINUTE_MS)
        session.ouvert.connect(self._demarrer)
        session.rouvert.connect(self._demarrer)
        session.enregistre.connect(lambda _: self.bientot())
        session.ferme.connect(self._quitter)
        session.dossier_change.connect(lambda _: self._signaler())
        application = QCoreApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.arreter)

    def _minuterie(self, geste: Callable[[], object], pas: int = 0) -> QTimer:
        minuterie = QTimer(self)
        minuterie.setSingleShot(not pas)
        if pas:
            minuterie.setInterval(pas)
        minuterie.timeout.connect(geste)
        return minuterie

    @property
    def relie(self) -> bool:
        """Vrai si ce poste est relié à un registre."""
        from modele.synchro.etats import Lien

        return self.etat is not None and self.etat.lien is not Lien.SANS_REGISTRE

    # Ce que les écrans demandent.

    def ici(
        self, fonction: Callable[[Synchro, Coffre], Any], fini: Fini, echec: Echec | None = None, *, pour: QObject,
        remplace: str = "",
    ) -> None:  # fmt: skip
        """Lit ou écrit ce qui est sur ce poste, sur le fil du coffre. Sans effet si le coffre est fermé."""
        if self._synchro is not None and self._coffre is not None:
            synchro, coffre = self._synchro, self._coffre
            self.session.travaux.lancer(lambda: fonction(synchro, coffre), fini, echec, pour=pour, remplace=remplace)

    def la_bas(
        self, fonction: Callable[[Synchro], Any], fini: Fini, echec: Echec | None = None, *, pour: QObject,
        remplace: str = "",
    ) -> None:  # fmt: skip
        """Demande au registre, sur le fil des envois : l'écran n'attend pas. Sans effet si le coffre est fermé."""
        synchro = self._synchro
        if synchro is None:
            if self.session.est_ouverte:
                # Le coffre vient de s'ouvrir : ce qui se demande d'ici là attend d'avoir de quoi parler au registre.
                self._demandes.append(lambda: self.la_bas(fonction, fini, echec, pour=pour, remplace=remplace))
            return

        def faire() -> Any:
            # Le coffre a pu se fermer pendant que cette demande attendait son tour : elle ne le rouvrirait pas.
            return fonction(synchro) if self._synchro is synchro else _FERME

        def rendre(resultat: Any) -> None:
            if resultat is not _FERME:
                fini(resultat)

        self._travaux().lancer(faire, rendre, echec, pour=pour, remplace=remplace)

    def rafraichir(self) -> None:
        """Relit où en sont les envois."""
        self.ici(_lire, self.recevoir, pour=self, remplace="etat des envois")

    def recevoir(self, etat: EtatEnvois) -> None:
        """Retient cet état et le dit."""
        self.etat = etat
        if self.relie and self._synchro is not None:
            self._minute.start()
        self.change.emit(etat)

    def bientot(self) -> None:
        """Quelque chose reste à envoyer : un tour dans un instant, le temps de laisser venir la suite.

        Sans registre, rien n'attend ; le jour où ce poste y est relié, ``reprendre`` envoie tout.
        """
        if self.relie and not self._repit.isActive():
            self._repit.start(REPIT_MS)

    def reprendre(self) -> None:
        """Le lien vient de changer : relire où l'on en est, puis un tour."""
        self.ici(_lire, self._situer, pour=self)

    def tourner(self) -> None:
        """Envoie et reçoit, maintenant ; s'il y a déjà un tour en cours, un autre le suivra."""
        if self._synchro is None or not self.relie:
            return
        self._prochain.stop()
        if self._en_tour:
            self._encore = True
            return
        self._en_tour, synchro = True, self._synchro
        if self.etat is not None:
            self._partants |= frozenset(un.dossier for un in self.etat.attente)

        def finir(_: object) -> None:
            self._finir(synchro)

        # Fini ou non, un tour rend la main : le suivant l'attend.
        self._travaux().lancer(lambda: synchro.tour() if self._synchro is synchro else None, finir, finir, pour=self)

    # Vivre.

    def _demarrer(self) -> None:
        fabrique = self._fabrique
        self.session.avec_coffre(lambda coffre: (fabrique(coffre), coffre), self._tenir, pour=self)

    def _tenir(self, ouverts: tuple[Synchro, Coffre]) -> None:
        if not self.session.est_ouverte:
            return
        self._synchro, self._coffre = ouverts
        demandes, self._demandes = self._demandes, []
        for demander in demandes:
            demander()
        self.reprendre()

    def _situer(self, etat: EtatEnvois) -> None:
        self.recevoir(etat)
        self.tourner()

    def _apres_une_reponse(self) -> None:
        self.ici(_lire, self._envoyer, pour=self)

    def _envoyer(self, etat: EtatEnvois) -> None:
        self.recevoir(etat)
        # Hors ligne, le prochain essai est déjà fixé : insister à chaque réponse ne servirait à rien.
        if etat.prochain is None or _attente_ms(etat) <= _BREF_MS:
            self.tourner()

    def _finir(self, synchro: Synchro) -> None:
        self._en_tour = False
        if synchro is not self._synchro:
            # Le coffre s'est fermé, puis rouvert, pendant ce tour.
            self.tourner()
            return
        self.ici(_lire, self._apres_un_tour, pour=self)

    def _apres_un_tour(self, etat: EtatEnvois) -> None:
        self.recevoir(etat)
        self.recu.emit()
        self.verifier_le_compte()
        self._chercher_les_partis(etat)
        self._signaler()
        if self._encore:
            self._encore = False
            self._apres_une_reponse()
        elif self.relie and self._synchro is not None:
            self._prochain.start(_attente_ms(etat))

    def verifier_le_compte(self) -> None:
        """Le compte de qui est là s'est peut-être fermé au registre : plus rien ne se lit alors."""
        session, agent = self.session, self.session.agent

        def rendre(phrase: str) -> None:
            if phrase and agent == session.agent and session.est_ouverte:
                session.fermer_dossier()
                session.fermer()
                self.compte_ferme.emit(phrase)

        session.avec_coffre(compte_ferme, rendre, pour=self, remplace="mon compte")

    def _chercher_les_partis(self, etat: EtatEnvois) -> None:
        """Ce qui vient d'arriver au registre s'y cherche aussi : la personne a peut-être un dossier ailleurs."""
        from modele.synchro.etats import Lien

        restent = frozenset(un.dossier for un in etat.attente)
        partis, self._partants = self._partants - restent, self._partants & restent
        if etat.lien is Lien.EN_LIGNE:
            for dossier in sorted(partis):
                self._chercher(dossier)

    def _chercher(self, dossier: str) -> None:
        from ui.etat.ressemblances import chercher_une_fois

        coffre, agent = self._coffre, self.session.agent

        def dire(nombre: int) -> None:
            if nombre:
                self.ressemblance.emit(dossier)
                self.rafraichir()

        if coffre is not None:
            # Sans réponse, la prochaine fois redemandera : rien à dire à personne.
            self.la_bas(lambda s: chercher_une_fois(s, coffre, dossier, agent), dire, lambda _: None, pour=self)

    def _signaler(self) -> None:
        """Le dossier ouvert a-t-il des réponses à départager ? Dit une fois, puis si leur nombre change."""
        dossier, nombre = self.session.dossier_id, self.etat.divergences if self.etat is not None else 0
        vu = (dossier, nombre)
        if not dossier or not nombre or vu == self._signale:
            self._signale = vu if dossier else None
            return
        self._signale = vu

        def dire(lesquels: frozenset[str]) -> None:
            if dossier in lesquels and dossier == self.session.dossier_id:
                self.a_departager.emit(dossier)

        self.ici(_a_departager, dire, pour=self, remplace="à départager")

    def _redire(self) -> None:
        if self.etat is not None:
            self.change.emit(self.etat)

    def _quitter(self) -> None:
        """Coffre fermé : rien ne part plus, et plus rien de ce qui était en route n'est attendu."""
        for minuterie in (self._prochain, self._repit, self._minute):
            minuterie.stop()
        self._demandes.clear()
        synchro, self._synchro, self._coffre, self._encore = self._synchro, None, None, False
        self._partants = frozenset()
        if synchro is not None:
            synchro.connexion.arreter()

    def arreter(self) -> None:
        """Arrête le fil, à la sortie."""
        self._quitter()
        fil, self._fil = self._fil, None
        if fil is not None:
            fil.arreter(oublier=True)

    def _travaux(self) -> Travaux:
        if self._fil is None:
            self._fil = Travaux(_rapporter, self, patience=_PATIENCE_S)
            self._fil.erreur.connect(self.session.travaux.erreur)
        return self._fil


def synchroniseur_de(session: Session) -> Synchroniseur:
    """Le synchroniseur de cette session ; créé au premier appel."""
    return session.findChild(Synchroniseur) or Synchroniseur(session)


def _relier(coffre: Coffre) -> Synchro:
    from modele.synchro import Synchro

    return Synchro(coffre)


def _lire(synchro: Synchro, coffre: Coffre) -> EtatEnvois:
    """Où en sont les envois. Relié à rien, rien ne se compte : tout le coffre serait en attente."""
    from modele.synchro.cles import liaison
    from modele.synchro.etats import EtatEnvois, Lien

    return synchro.etat() if liaison(coffre.echanges) is not None else EtatEnvois(Lien.SANS_REGISTRE)


def _a_departager(_synchro: Synchro, coffre: Coffre) -> frozenset[str]:
    return frozenset(dossier for dossier, _, _ in coffre.echanges.divergences())


def _attente_ms(etat: EtatEnvois) -> int:
    """Le temps que demande le poste avant son prochain essai."""
    if etat.prochain is None:
        return MINUTE_MS
    reste = etat.prochain - datetime.now(etat.prochain.tzinfo)
    return max(_BREF_MS, min(int(reste.total_seconds() * 1000), _LONG_MS))


def _rapporter(panne: BaseException) -> str:
    sys.excepthook(type(panne), panne, panne.__traceback__)
    return "L'envoi au registre a échoué. Vos saisies restent sur ce poste : rien n'est perdu."
