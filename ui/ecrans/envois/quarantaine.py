"""Une saisie que le registre a refusée : gardée entière, avec sa raison, et deux gestes. Jamais effacée."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.coffre.listes import EnQuarantaine
from ui.composants import Bloc, Bouton, Colonnes, colonne, etiquette_aide, rangee, texte, viser
from ui.composants.masques import NomMasque
from ui.composants.menus import CarteAGestes
from ui.mots.masques import designer_par_reference
from ui.mots.moments import ecrire_moment
from ui.theme import Ton
from ui.theme.icones import Icone

GARDEE = "Rien n'est effacé : cette saisie est gardée entière sur ce poste."
CLASSER = "Classée, elle ne sera plus proposée à l'envoi. Elle reste dans l'histoire du dossier."


class CarteRefus(CarteAGestes):
    """``reprendre`` : aller à la saisie ; ``renvoyer`` : la proposer de nouveau ; ``classer`` : ne plus la proposer."""

    reprendre = Signal()
    renvoyer = Signal()
    classer = Signal()

    def __init__(self, refus: EnQuarantaine, sujets: Sequence[str], maintenant: datetime) -> None:
        masque = designer_par_reference(refus.dossier)
        titre, clair = (f"{qui} : {', '.join(sujets)}" if sujets else qui for qui in (masque, refus.titre))
        super().__init__(nom=f"Saisie refusée, {titre}", ton=Ton.JOUR)
        self.refus = refus
        qui = NomMasque(titre, clair, ("refus", refus.operation), refus.dossier)
        entete = rangee(Icone("triangle-alert", Ton.JOUR), qui, ecart=2)
        entete.setStretch(1, 1)
        quand = ecrire_moment(refus.depuis, maintenant)
        self.saisie = texte("")
        self.saisie.hide()
        self.ajouter(entete, self.saisie)
        self.ajouter(texte(refus.cause), etiquette_aide(f"Refusée {quand}. {GARDEE}"))
        self.premier = Bouton("Reprendre la saisie", self.reprendre.emit, icone="notebook-pen", description=titre)
        encore = Bouton("Renvoyer telle quelle", self.renvoyer.emit, icone="refresh-cw", description=titre)
        classer = Bouton("Classer", self._demander, genre="discret", icone="archive", description=titre)
        self._gestes = Bloc(rangee(Colonnes([(self.premier, 0, 0), (encore, 0, 0), (classer, 0, 0)], ecart=2), 1))
        self.confirmer = Bouton("Oui, classer", self.classer.emit, icone="archive", description=titre)
        garder = Bouton("Non, la garder ici", self._renoncer, description=titre)
        self._confirmation: QWidget = Bloc(
            colonne(texte(CLASSER), rangee(Colonnes([(self.confirmer, 0, 0), (garder, 0, 0)], ecart=2), 1))
        )
        self._confirmation.hide()
        self.ajouter(self._gestes, self._confirmation)

    def montrer_saisie(self, dite: str) -> None:
        """Ce qui avait été saisi, en mots ; vide : cela ne se montre pas."""
        self.saisie.setText(f"Ce qui avait été saisi : {dite}.")
        self.saisie.setVisible(bool(dite))

    def _demander(self) -> None:
        self._gestes.hide()
        self._confirmation.show()
        viser(self.confirmer)

    def _renoncer(self) -> None:
        self._confirmation.hide()
        self._gestes.show()
        viser(self.premier)
