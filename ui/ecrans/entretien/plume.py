"""Écrire dans le dossier ouvert : la frappe au brouillon, la réponse au document, et ce qui ne s'écrit nulle part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from modele.dossier.chemins import ABSENT, chemin_de_confirmation, lire, poser
from modele.dossier.formes import Gravite, contient_nir
from modele.dossier.validation import Constat, valider
from modele.protection.adultes import partage
from modele.protection.mur import accorder
from ui.etat.atelier import Atelier

RYTHME: Final = 250
"""Millisecondes entre une frappe et son brouillon."""


class Plume(QObject):
    """Ce qui s'écrit, et ce qui ne s'écrit pas.

    ``interdit`` : les valeurs qu'un autre adulte pourrait lire ; rien n'en est gardé, ni réponse ni brouillon.
    ``restantes`` : ce qui est tapé et pas encore une réponse, par chemin.
    ``frappee`` : le champ dont une frappe vient d'être gardée. ``devancee`` : le chemin d'une frappe en cours, et ce
    qu'un autre poste vient d'y répondre.
    """

    interdit = Signal(dict)
    devancee = Signal(str, object)
    frappee = Signal(str)

    def __init__(self, atelier: Atelier, parent: QObject) -> None:
        super().__init__(parent)
        self._atelier = atelier
        self._session = atelier.session
        self.restantes: dict[str, str] = {}
        self._attendent: set[str] = set()
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(RYTHME)
        self._attente.timeout.connect(self.vider)
        self._session.avant_fermeture.connect(self.vider)
        self._session.relu.connect(self._devancer)

    def ecrire(self, valeurs: Mapping[str, Any]) -> bool:
        """Écrit des réponses ; faux si elles sont interdites dans ce dossier. Ce qui s'y tait ne laisse rien.

        Une réponse qui en remplace une autre (``recopie``) l'écrit dans la même opération. Un adulte entre par le même
        geste dans tout dossier : le coffre sait où il peut entrer.
        """
        regles = self._atelier.regles
        valeurs = valeurs if regles is None else regles.questionnaire.avec_recopies(valeurs)
        for chemin in valeurs:
            self._oublier(chemin)
        permises = self._accorder(valeurs)
        if permises is None and not partage(self._session.document, self._atelier.horloge()):
            permises = dict(valeurs)
        for chemin in valeurs if permises is None else valeurs.keys() - permises.keys():
            self.abandonner(chemin)
        if permises is None:
            self.interdit.emit(dict(valeurs))
            return False
        if permises:
            self._session.modifier(permises)
        return True

    @property
    def document(self) -> Mapping[str, Any]:
        """Le document tel que la dernière écriture le laisse."""
        return self._session.document

    @property
    def reserve(self) -> bool:
        """Vrai si une violence a un jour été dite dans ce dossier : un adulte n'y entre pas."""
        return self._session.reserve

    def confirmer(self, chemin: str, alerte: str) -> None:
        """Garde trace qu'une réponse inhabituelle est confirmée."""
        self.ecrire({chemin_de_confirmation(chemin): alerte})

    def constats(self, chemin: str, valeur: Any) -> list[Constat]:
        """Ce qui ne va pas dans une réponse, avant de l'écrire."""
        regles = self._atelier.regles
        locaux = regles.locaux if regles is not None else ()
        document = poser(self._session.document, chemin, valeur)
        trouves = valider(document, self._atelier.horloge(), locaux)
        return [c for c in trouves if c.chemin == chemin]

    def alertes(self, chemin: str, valeur: Any) -> list[str]:
        """Ce qui surprend dans une réponse écrite : à confirmer, sans bloquer."""
        if not isinstance(valeur, str):
            return []
        return [_phrase(c.message) for c in self.constats(chemin, valeur) if c.gravite is Gravite.ALERTE]

    def faute(self, chemin: str, valeur: Any) -> str:
        """La première faute d'une réponse ; vide si elle s'écrit."""
        if valeur is ABSENT:
            return ""
        fautes = [c.message for c in self.constats(chemin, valeur) if c.gravite is Gravite.ERREUR]
        return _phrase(fautes[0]) if fautes else ""

    def frapper(self, chemin: str, frappe: str) -> None:
        """Garde une frappe, sans attendre la fin : jamais un numéro de sécurité sociale ni une violence interdite."""
        if contient_nir(frappe) or self._accorder({chemin: frappe}) is None:
            # Le début d'un numéro de sécurité sociale est peut-être déjà gardé.
            self.abandonner(chemin)
            return
        self.restantes[chemin] = frappe
        self._attendent.add(chemin)
        self.frappee.emit(chemin)
        if not self._attente.isActive():
            self._attente.start()

    def abandonner(self, chemin: str) -> None:
        """Oublie la frappe d'un champ."""
        self._oublier(chemin)
        identifiant = self._session.dossier_id
        if identifiant:
            self._session.avec_coffre(
                lambda coffre: coffre.brouillon(identifiant, chemin, None),
                lambda _: None,
                pour=self,
                remplace=f"brouillon {identifiant} {chemin}",
            )

    def _devancer(self, avant: Mapping[str, Any], apres: Mapping[str, Any]) -> None:
        """La réponse tapée remplacera celle qui vient d'arriver : l'agent doit l'avoir lue."""
        for chemin in self.restantes:
            if lire(avant, chemin) != lire(apres, chemin):
                self.devancee.emit(chemin, lire(apres, chemin))

    def vider(self) -> None:
        """Envoie au coffre les frappes en attente."""
        attendent, self._attendent = self._attendent, set()
        if self._session.dossier_id:
            for chemin in attendent:
                self._session.brouillon(chemin, self.restantes[chemin])

    def _oublier(self, chemin: str) -> None:
        self.restantes.pop(chemin, None)
        self._attendent.discard(chemin)

    def reprendre(self, frappes: Mapping[str, str]) -> None:
        """Repart des saisies interrompues d'un dossier, par chemin."""
        self.restantes, self._attendent = dict(frappes), set()

    def _accorder(self, valeurs: Mapping[str, Any]) -> dict[str, Any] | None:
        regles = self._atelier.regles
        criteres = regles.criteres_proteges if regles is not None else ()
        return accorder(self._session.document, valeurs, self._atelier.horloge(), criteres)


def _phrase(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}"
