"""Ce que le portail a rendu : le numéro unique, d'où il vient, et la date de réception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.dossier.chemins import lire
from modele.mots.ecriture import dire_date
from ui.composants import Bouton, Carte, Champ, Colonnes, GroupeChoix, Option, constater, etiquette_aide, rangee, texte
from ui.ecrans.entretien.plume import Plume
from ui.saisies.lecture import lire_date
from ui.theme import Ton

NUMERO: Final = "demande.numero_unique"
SOURCE: Final = "demande.numero_source"
RECEPTION: Final = "demande.date_reception"
DEJA: Final = "demande.deja_enregistree"
SOURCES: Final = ("Attestation d'enregistrement", "Système d'enregistrement du territoire")
A_REMPLIR: Final = "Écrivez le numéro et la date de réception, tels qu'ils sont sur l'attestation."
ENREGISTRE: Final = "Numéro et date de réception enregistrés dans le dossier."


class SaisieRetour(Carte):
    """``enregistre`` : la phrase à dire, une fois écrit. Rien ne s'écrit à moitié : le numéro et la date ensemble."""

    enregistre = Signal(str)

    def __init__(self, plume: Plume, horloge: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__("Après le dépôt : ce que le portail a rendu", icone="notebook-pen", parent=parent)
        self._plume = plume
        self.numero = Champ("Numéro unique", "18 signes, sur l'attestation.", lire=_nu, largeur=260)
        self.reception = Champ(
            "Date de réception",
            "Celle de l'attestation, pas celle d'aujourd'hui.",
            lire=lambda saisie: lire_date(saisie, horloge()),
            ecrire=dire_date,
            exemple="jj/mm/aaaa",
            largeur=180,
        )
        self.source = GroupeChoix("D'où vient ce numéro", [Option(une, une) for une in SOURCES])
        self.bouton = Bouton("Enregistrer le numéro", self.ecrire, genre="principal", raccourci="Ctrl+Return")
        self._mot = texte("", "gras", Ton.IMMEDIAT)
        self._mot.hide()
        saisies = Colonnes([(self.numero, 0, 270), (self.reception, 0, 270)], ecart=4)
        self.ajouter(saisies, etiquette_aide("D'où vient ce numéro ?"), self.source, self._mot)
        self.ajouter(rangee(self.bouton, 1))

    def montrer(self, document: Any) -> None:
        """Ce que le dossier en sait déjà ; une frappe en cours n'est pas remplacée."""
        numero, reception, source = (lire(document, chemin) for chemin in (NUMERO, RECEPTION, SOURCE))
        if not self.numero.ligne.hasFocus():
            self.numero.poser(numero if isinstance(numero, str) else None)
        if not self.reception.ligne.hasFocus():
            self.reception.poser(_date(reception))
        self.source.poser(source if source in SOURCES else None)

    def oublier(self) -> None:
        """Rien de ce qui était tapé ne reste."""
        self.numero.poser(None)
        self.reception.poser(None)
        self.source.poser(None)
        self._dire("")

    def ecrire(self) -> None:
        """Contrôle le numéro et la date, puis les écrit avec « déjà enregistrée ». Une faute se dit et n'écrit rien."""
        if not self.reception.valider():
            self._refuser("", self.reception)
            return
        numero, recue = self.numero.valeur(), self.reception.valeur()
        if not numero or recue is None:
            self._refuser(A_REMPLIR, self.reception if numero else self.numero)
            return
        valeurs = {NUMERO: numero, RECEPTION: recue.isoformat(), DEJA: True}
        for chemin, champ in ((NUMERO, self.numero), (RECEPTION, self.reception)):
            if faute := self._plume.faute(chemin, valeurs[chemin]):
                self._refuser(faute, champ)
                return
        if (source := self.source.valeur()) is not None:
            valeurs[SOURCE] = source
        alertes = self._plume.alertes(NUMERO, numero)
        self._dire("")
        if self._plume.ecrire(valeurs):
            self.enregistre.emit(" ".join([ENREGISTRE, *alertes]))

    def _refuser(self, phrase: str, champ: Champ) -> None:
        self._dire(phrase)
        champ.ligne.setFocus()

    def _dire(self, phrase: str) -> None:
        constater(self._mot, phrase, pressant=True)


def _nu(saisie: str) -> str:
    """Le numéro tel qu'il s'écrit : sans espace, en capitales."""
    return "".join(saisie.split()).upper()


def _date(reponse: Any) -> date | None:
    try:
        return date.fromisoformat(reponse) if isinstance(reponse, str) else None
    except ValueError:
        return None
