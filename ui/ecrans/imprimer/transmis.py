"""Ce qui vient de s'imprimer part quelque part : à qui, quand répondre ; la suite s'écrit d'ici.

Essais : ``tests/ui/ecrans/test_imprimer_transmis.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ui.composants import Bouton, Carte, Colonnes, GroupeChoix, Option, champ, etiquette_aide, rangee
from ui.ecrans.orientation.suite import champ_date
from ui.ecrans.suites_ecrites import noter_une_suite
from ui.mots.suites import SANS_DESTINATAIRE
from ui.saisies.dates import vers_reponse
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.etat.session import Session

TITRE: Final = "Transmis à quelqu'un ?"
AIDE: Final = "À qui ce papier part, et quand la réponse est attendue : l'accueil le rappelle."
LAQUELLE: Final = "Pour quelle orientation"
SANS_VOIE: Final = "Choisissez pour quelle orientation."
NOTE: Final = "Transmission notée. Ce qui vient s'écrit à l'orientation, ou depuis l'accueil."


class CarteTransmis(Carte):
    """Cachée tant que rien n'est sorti, et d'un papier qu'aucune voie suivie ne demande. ``dire`` : phrase, ton."""

    def __init__(self, session: Session, horloge: Callable[[], date], dire: Callable[[str, Ton], Any]) -> None:
        super().__init__(TITRE, icone="corner-down-right")
        self._session, self._horloge, self._dire = session, horloge, dire
        self._bilan: Bilan | None = None
        self.voies: GroupeChoix | None = None
        self._seule = ""
        self.aupres_de = champ("À qui", exemple="SIAO, bailleur, commission…")
        self.attendue_le = champ_date("Réponse attendue le", horloge)
        self.bouton = Bouton("Noter la transmission", self.noter, icone="notebook-pen")
        self._laquelle = Carte(LAQUELLE)
        champs = Colonnes([(self.aupres_de, 1, 220), (self.attendue_le, 1, 200)], ecart=3)
        self.ajouter(etiquette_aide(AIDE), self._laquelle, champs, rangee(self.bouton, 1))
        self.hide()

    def montrer(self, bilan: Bilan, fiches: Collection[str]) -> None:
        """Ces fiches viennent de sortir ; les voies qui les demandent se proposent, aucune n'est prise d'avance."""
        voies = [
            v for v in bilan.voies_montrees if v.id in bilan.voies_suivies and not set(v.fiches).isdisjoint(fiches)
        ]
        self._bilan, self._seule, self.voies = bilan, voies[0].id if len(voies) == 1 else "", None
        self._laquelle.vider()
        if len(voies) > 1:
            self.voies = GroupeChoix(LAQUELLE, [Option(une.id, une.libelle) for une in voies])
            self._laquelle.ajouter(self.voies)
        self._laquelle.setVisible(len(voies) > 1)
        self.setVisible(bool(voies) and not bilan.a_taire)

    def oublier(self) -> None:
        """L'écran se quitte, ou le dossier : rien ne reste."""
        self._bilan, self._seule, self.voies = None, "", None
        self._laquelle.vider()
        for saisie in (self.aupres_de, self.attendue_le):
            saisie.poser(None)
        self.hide()

    def noter(self) -> None:
        """Écrit la suite, si l'on sait de quelle voie et à qui."""
        voie = self._seule or (self.voies.valeur() if self.voies is not None else "")
        if not voie:
            self._dire(SANS_VOIE, Ton.JOUR)
            return
        if not self.aupres_de.contenu.strip():
            self.aupres_de.dire_faute(SANS_DESTINATAIRE)
            self.aupres_de.setFocus()
            return
        if not self.attendue_le.valider():
            self.attendue_le.setFocus()
            return
        attendue = self.attendue_le.valeur()
        dits = {"aupres_de": self.aupres_de.contenu.strip(), "attendue_le": vers_reponse(attendue) if attendue else ""}
        if noter_une_suite(self._session, self._bilan, voie, dits, self._horloge(), self._refuser):
            self.oublier()
            self._dire(NOTE, Ton.COURANT)

    def _refuser(self, phrase: str) -> None:
        self._dire(phrase, Ton.IMMEDIAT)
