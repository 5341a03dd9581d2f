"""Le lieu choisi : ouvert jusqu'à quand, où, ce qu'on y fait, comment y entrer ; et le geste qui le confirme."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from modele.lieux.ouverture import Ouvert
from modele.mots.ecriture import majuscule
from ui.composants import Bouton, Carte, LigneEtat, annoncer, etiquette_aide, rangee, texte
from ui.mots.lieux import (
    TELEPHONE_SEUL,
    dire_ce_qu_on_y_fait,
    dire_distance,
    dire_langues,
    dire_niveau,
    dire_ouverture,
    dire_verifie,
    noms_des_langues,
)
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.lieux.modele import Lieu
    from modele.territoire.annuaire import Trouve

CONFIRMER: Final = "Confirmer : tout est juste"
AVANT: Final = "Avant de confirmer : appelez, ou allez-y. L'adresse, le téléphone et les heures sont ceux écrits ici."
OTER: Final = "Retirer ce lieu importé"
VRAIMENT: Final = "Le retirer pour toute la structure ? Il ne se proposera plus, et le journal le gardera."
OUI: Final = "Oui, le retirer"
AILLEURS: Final = "Ce lieu dit quelles communes il reçoit, et celle-ci n'en est pas : appelez avant."
INCONNU: Final = "non dit"
_ETATS: Final = {
    Ouvert.OUI: ("circle-check", Ton.COURANT),
    Ouvert.INCONNU: ("phone", Ton.JOUR),
    Ouvert.NON: ("clock", Ton.NEUTRE),
}
_TOUJOURS: Final = ("Adresse", "Téléphone", "Heures")
_LIGNES: Final = (*_TOUJOURS, "On y va pour", "Pour entrer", "Langues parlées", "Service")


class CarteLieu(Carte):
    """``confirmer`` : le lieu que l'agent dit juste. ``retirer`` : celui, importé par la structure, qui n'est plus."""

    confirmer = Signal(object)
    retirer = Signal(object)

    def __init__(self) -> None:
        super().__init__("Ce lieu", icone="map-pin")
        self.lieu: Lieu | None = None
        self.nom = texte("", "gras")
        self.etat = LigneEtat("Ouverture", "clock", Ton.NEUTRE, gras=True)
        self.ailleurs = texte("", "petit", Ton.JOUR)
        self.lignes = {nom: texte("", "texte" if nom in _TOUJOURS else "petit") for nom in _LIGNES}
        self.verifie = LigneEtat("Vérification", "check", Ton.NEUTRE)
        self.avant = etiquette_aide(AVANT)
        self.bouton = Bouton(CONFIRMER, self._confirmer, icone="check", raccourci="Alt+V")
        self.ajouter(self.nom, self.etat, self.ailleurs, *self.lignes.values(), self.verifie)
        self.oter = Bouton(OTER, self._demander, genre="discret", icone="x", raccourci="Alt+R")
        self.sur, self.oui = texte(VRAIMENT, "gras"), Bouton(OUI, self._oter, genre="principal", icone="check")
        self.non = Bouton("Le garder", self._garder, genre="discret")
        self.ajouter(self.avant, rangee(self.bouton, self.oter, 1), self.sur, rangee(self.oui, self.non, 1))

    def montrer(self, trouve: Trouve, regles: Regles, maintenant: datetime, *, importe: bool = False) -> None:
        """Ce lieu, maintenant. ``importe`` : la structure l'a écrit, elle peut le retirer."""
        self.lieu = lieu = trouve.lieu
        dit = dire_ouverture(trouve.ouverture(maintenant), maintenant)
        self.nom.setText(lieu.nom)
        self.etat.montrer(" · ".join(filter(None, (dit, dire_distance(trouve)))), *_ETATS[trouve.ouvert])
        self.ailleurs.setText(AILLEURS)
        self.ailleurs.setVisible(trouve.ailleurs)
        for nom, dite in zip(_LIGNES, self._dites(lieu, regles), strict=True):
            self.lignes[nom].setText(f"{nom} : {dite or INCONNU}")
            self.lignes[nom].setVisible(bool(dite) or nom in _TOUJOURS)
        perime = lieu.perime(maintenant.date())
        marque = ("circle-question-mark", Ton.JOUR) if perime else ("info" if lieu.fictif else "check", Ton.NEUTRE)
        self.verifie.montrer(majuscule(dire_verifie(lieu, maintenant.date())), *marque)
        self.avant.setVisible(perime)
        self.bouton.setVisible(not lieu.fictif)
        self.oter.setVisible(importe)
        self._demander_rien()

    @staticmethod
    def _dites(lieu: Lieu, regles: Regles) -> tuple[str, ...]:
        accueil = regles.national.accueil
        return (
            TELEPHONE_SEUL if lieu.adresse_confidentielle else lieu.adresse,
            lieu.telephone,
            " ; ".join(lieu.quand),
            dire_ce_qu_on_y_fait(lieu, accueil),
            lieu.acces,
            dire_langues(lieu, noms_des_langues(regles)),
            dire_niveau(lieu, accueil),
        )

    def _demander(self) -> None:
        for widget in (self.sur, self.oui, self.non):
            widget.show()
        annoncer(self, VRAIMENT)
        self.non.setFocus()

    def _demander_rien(self) -> None:
        for widget in (self.sur, self.oui, self.non):
            widget.hide()

    def _garder(self) -> None:
        self._demander_rien()
        self.oter.setFocus()

    def _oter(self) -> None:
        self._demander_rien()
        if self.lieu is not None:
            self.retirer.emit(self.lieu)

    def _confirmer(self) -> None:
        if self.lieu is not None:
            self.confirmer.emit(self.lieu)
