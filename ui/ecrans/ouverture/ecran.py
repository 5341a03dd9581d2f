"""L'écran d'ouverture : à gauche où l'on en est, à droite l'étape en cours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ui.composants import Colonnes, Defilement, LigneEtat, centrer, colonne, nommer, texte
from ui.composants.pile import Pile
from ui.ecrans.base import Ecran
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.ecrans.ouverture.etape import Etape
from ui.etat.session import Session
from ui.theme import Ton

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.ecrans.ouverture.code_secours import RetaperCode
    from ui.ecrans.ouverture.territoire import ChoixTerritoire

PROMESSES = (
    ("lock", "Tout reste sur ce poste, chiffré."),
    ("cloud-off", "Perron marche sans réseau."),
    ("eye-off", "F12 couvre l'écran d'une page neutre."),
)


class EcranOuverture(Ecran):
    """Déverrouiller le coffre, ou le créer au premier lancement."""

    def __init__(self, session: Session) -> None:
        super().__init__("Ouverture", session)
        self.etapes = Pile()
        self._vous: Etape | None = None
        self._disposer()
        session.secours_a_garder.connect(self._redemander_le_code)
        session.hors_de_portee.connect(self._dire_hors_de_portee)
        session.ferme.connect(self._recommencer)

    def _disposer(self) -> None:
        volet = QFrame()
        nommer(volet, "Perron")
        volet.setProperty("genre", "volet_gauche")
        boite = colonne(*self._presentation(), 1, marges=10, ecart=4)
        volet.setLayout(boite)
        droite = Defilement(centrer(self.etapes, 560))
        colonnes = Colonnes([(volet, 2, 330), (droite, 5, 560)], ecart=0)
        # Le texte agrandi laisse toute la place à l'étape.
        colonnes.empile.connect(volet.setHidden)
        corps = QVBoxLayout(self)
        corps.setContentsMargins(0, 0, 0, 0)
        corps.addWidget(colonnes)

    @staticmethod
    def _presentation() -> list[QWidget]:
        marque: QLabel = texte("Perron", "titre", Ton.ACTION)
        metier = texte("Le poste d'accueil de la demande de logement social.", "doux")
        return [marque, metier, *(LigneEtat(phrase, icone, Ton.NEUTRE) for icone, phrase in PROMESSES)]

    def paraitre(self, *, secours: bool = False, **_arguments: Any) -> None:
        self.etapes.vider()
        self._vous = None
        if self.session.coffre_existe():
            ouvrir = self._preparer_deverrouillage()
            if secours:
                self._preparer_secours(ouvrir)
        else:
            self._preparer_premier_lancement()

    def montrer(self, etape: Etape) -> None:
        """Passe à ``etape``."""
        self.etapes.montrer(etape)
        etape.paraitre()

    def _preparer_deverrouillage(self) -> Deverrouiller:
        ouvrir = Deverrouiller(self.session)
        self.etapes.ajouter(ouvrir)
        # Chaque jour ne demande que le mot de passe : le reste ne se charge que s'il est oublié.
        ouvrir.oublie.connect(lambda: self._preparer_secours(ouvrir))
        self.montrer(ouvrir)
        return ouvrir

    def _preparer_secours(self, ouvrir: Deverrouiller) -> None:
        from ui.ecrans.ouverture.secours import NouveauMotDePasse, Secours

        secours, nouveau = Secours(self.session), NouveauMotDePasse(self.session)
        self.etapes.ajouter(secours, nouveau)
        montrer_code, retaper = self._etapes_du_code()
        nouveau.finie.connect(lambda: montrer_code(nouveau.code))
        secours.retour.connect(lambda: self.montrer(ouvrir))
        secours.agents_connus.connect(nouveau.montrer_agents)
        secours.finie.connect(lambda: self.montrer(nouveau))
        retaper.finie.connect(self.session.entrer)
        self.montrer(secours)

    def _dire_hors_de_portee(self, phrase: str, agent: str, mot_de_passe: str) -> None:
        """Le verrou le dit de son côté ; une nouvelle tentative, de cette étape même."""
        ouvrir = self.etapes.courante
        if not (self.isVisible() and isinstance(ouvrir, Deverrouiller)):
            return
        from ui.ecrans.ouverture.hors_de_portee import HorsDePortee

        loin = HorsDePortee(self.session, phrase, agent, mot_de_passe)
        self.etapes.ajouter(loin)

        def revenir() -> None:
            loin.oublier()
            self.montrer(ouvrir)

        loin.retour.connect(revenir)
        self.session.ouvert.connect(loin.oublier)
        self.montrer(loin)

    def _preparer_premier_lancement(self) -> None:
        from ui.ecrans.ouverture.territoire import ChoixTerritoire

        territoire = ChoixTerritoire(self.session)
        self.etapes.ajouter(territoire)
        # La première image ne montre que le territoire ; la suite se fabrique quand on y vient.
        territoire.finie.connect(lambda: self.montrer(self._vous or self._preparer_la_suite(territoire)))
        self.montrer(territoire)

    def _preparer_la_suite(self, territoire: ChoixTerritoire) -> Etape:
        """Du nom de l'agent aux exemples ; rend la première de ces étapes."""
        from ui.ecrans.ouverture.code_secours import Exemples
        from ui.ecrans.ouverture.mot_de_passe import Vous

        vous, exemples = Vous(self.session), Exemples(self.session)
        self.etapes.ajouter(vous, exemples)
        montrer_code, retaper = self._etapes_du_code()
        vous.finie.connect(lambda: montrer_code(vous.code))
        vous.retour.connect(lambda: self.montrer(territoire))
        retaper.finie.connect(lambda: self._relier(territoire) if territoire.invitation else self.montrer(exemples))
        exemples.finie.connect(self.session.entrer)
        exemples.vide.connect(self._commencer_pour_de_vrai)
        self._vous = vous
        return vous

    def _relier(self, territoire: ChoixTerritoire) -> None:
        """Le coffre existe : le code collé au début le relie, et le territoire arrive avec."""
        self.session.entrer()
        self.aller.emit("envois", {"invitation": territoire.invitation})
        territoire.invitation = ""
        territoire.code.poser(None)

    def _commencer_pour_de_vrai(self) -> None:
        """Un coffre vide est pour de vraies personnes : qui répond d'elles se demande d'abord, ou plus tard."""
        self.session.entrer()
        self.aller.emit("mentions", {})

    def _redemander_le_code(self, code: str) -> None:
        """Le poste a été coupé avant la ressaisie : personne n'a peut-être gardé l'ancien code."""
        montrer_code, retaper = self._etapes_du_code()
        retaper.finie.connect(self.session.entrer)
        montrer_code(code)

    def _recommencer(self) -> None:
        """Couvert pendant « mot de passe oublié » : aucun mot de passe ne rouvrirait, on revient au début."""
        if not self.session.agent and self.isVisible():
            self.paraitre()

    def _etapes_du_code(self) -> tuple[Callable[[str], None], RetaperCode]:
        """De quoi montrer un code, et l'étape qui le fait retaper."""
        from ui.ecrans.ouverture.code_secours import MontrerCode, RetaperCode

        voir, retaper = MontrerCode(self.session), RetaperCode(self.session)

        def montrer_code(code: str) -> None:
            voir.montrer(code)
            retaper.attendre_code(code)
            self.montrer(voir)

        self.etapes.ajouter(voir, retaper)
        voir.finie.connect(lambda: self.montrer(retaper))
        retaper.retour.connect(lambda: self.montrer(voir))
        return montrer_code, retaper
