"""Ce qu'un formulaire et un tableau ont en commun : aller d'un champ au suivant, et dire celui qui a le clavier.

Entrée passe au champ suivant sans réponse, s'arrête une fois à ce qui se propose, et du dernier va à la suite ; un
chiffre écrit à côté répond et passe au suivant, sans jamais quitter la page. Rien d'autre ne répond.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, chemin_de_confirmation, lire
from modele.dossier.entretien import QuestionVue
from modele.dossier.questions import SEUL_A_SEUL
from modele.mots.reponses import Diseur
from ui.composants import Bouton, raccourcis, retirer
from ui.composants.frappes import posement
from ui.composants.touches import dire as dire_touche
from ui.ecrans.entretien.avance import Avance
from ui.ecrans.entretien.ecriture import Ecriture
from ui.ecrans.entretien.fabrique import Place, su
from ui.ecrans.entretien.parcours import Etape
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.entretien.question import Alertes
from ui.ecrans.entretien.volet_champ import GESTES, RIEN, Montre, VoletChamp
from ui.saisies.serrees import SaisieSerree


class PageChamps(QWidget):
    """Une page de plusieurs champs. ``suite`` : le dernier est passé.

    ``histoire`` : le champ dont on veut l'histoire. ``prise`` : la saisie qui vient de prendre le clavier.
    ``en_cours`` : la question ``posee`` a pu changer.
    """

    suite = Signal()
    histoire = Signal(str)
    prise = Signal(QWidget)
    en_cours = Signal()

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plume = plume
        self._ecriture = Ecriture(plume, self._ecrire)
        self._cle: tuple[str, Any] | None = None
        self._etape: Etape | None = None
        self._bilan: Bilan | None = None
        self._places: dict[str, Place] = {}
        self._ici = ""
        self._avance, self._rester = Avance(self._avancer, self), False
        self._vus: set[str] = set()
        # Le seul champ qu'on est venu changer : Entrée en revient, sans faire le tour de la page.
        self.vise = ""
        self.alertes = Alertes()
        self.alertes.confirmee.connect(self._confirmer_alerte)
        self._alertees: dict[str, str] = {}
        self.volet = VoletChamp()
        self.volet.repondre.connect(self._repondre_ici)
        self.volet.confirmer.connect(self.confirmer)
        self.volet.deplier.connect(self._deplier)
        self.volet.histoire.connect(self._raconter)
        self.rien = Bouton("Rien de tout cela", self.dire_rien, montre=RIEN)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        gestes = {touche: posement(partial(self.volet.presser, touche)) for touche in GESTES}
        raccourcis.poser(self, {**gestes, RIEN: posement(self.dire_rien)})
        self._suit = False

    # Ce que chaque page décide.

    def _voulues(self, etape: Etape, bilan: Bilan) -> Iterator[tuple[str, partial[list[Place]]]]:
        """Les questions de la page : un chemin, et de quoi fabriquer ses saisies."""
        raise NotImplementedError

    def _disposer(self) -> None:
        """Range les saisies."""
        raise NotImplementedError

    def _ecrire(self, valeurs: Mapping[str, Any]) -> bool:
        return self._plume.ecrire(valeurs)

    def _apres_le_dernier(self) -> None:
        self.suite.emit()

    # Montrer.

    def montrer(self, etape: Etape, bilan: Bilan) -> None:
        """Montre la page, neuve ou mise à jour : un champ qui reste garde sa frappe et le clavier."""
        cle = (etape.cle, lire(bilan.document, SEUL_A_SEUL))
        neuve, self._cle, self._etape, self._bilan = cle != self._cle, cle, etape, bilan
        if neuve:
            self._vider()
        if self._accorder(etape, bilan) or neuve:
            self._disposer()
        for place in self._places.values():
            self._remplir(place)
        if neuve:
            self._ecriture.restaurer(self._places.values())
        self._annoter(etape, bilan)
        self._montrer_rien()
        self._montrer_volet()
        self._avance.conclure()

    def focus_initial(self) -> None:
        """Sur le premier champ sans réponse, à défaut le premier."""
        places = list(self._places.values())
        vides = (p for p in places if self._attend(p))
        if (place := next(vides, None) or next(iter(places), None)) is not None:
            self._prendre(place)

    def focaliser(self, chemin: str) -> bool:
        """Donne le clavier au champ ``chemin`` ; faux s'il n'est pas sur la page."""
        place = next((p for p in self._places.values() if chemin in (p.chemin, p.vue.chemin)), None)
        if place is not None:
            self._prendre(place)
        return place is not None

    def _prendre(self, place: Place) -> None:
        """Donne le clavier à ce champ, et sa question au volet."""
        self._ici = place.chemin
        place.saisie.focus_initial()
        self._montrer_volet()
        self.prise.emit(place.saisie)

    @property
    def ici(self) -> str:
        """Le chemin du champ qui a, ou avait, le clavier."""
        return self._ici

    @property
    def posee(self) -> QuestionVue | None:
        """La question du champ qui a le clavier ; aucune sur une page vide."""
        place = self._places.get(self._ici) or next(iter(self._places.values()), None)
        return place.vue if place is not None else None

    def place(self, chemin: str) -> Place | None:
        """La saisie d'un champ de la page."""
        return self._places.get(chemin)

    def _degarnir(self, grille: QGridLayout) -> None:
        """Ôte les saisies de ``grille`` pour les y ranger autrement.

        Jamais par ``takeAt`` : l'élément que PySide garde en vie resterait celui du champ, et la place du neuf, mesurée
        une fois, ne se remesurerait plus (un champ coupé en deux, ou un trou, dès que le texte change de taille).
        """
        for place in self._places.values():
            grille.removeWidget(place.saisie)

    def loger_le_volet(self) -> None:
        """Remet le volet dans la page, sous ses champs."""
        self._boite.insertWidget(self._boite.indexOf(self.alertes) + 1, self.volet)

    def valider(self) -> bool:
        """Lit tout ce qui est tapé ; faux, et le clavier sur la faute, si quelque chose ne se lit pas."""
        return self._ecriture.valider(self._places.values())

    def quitter(self) -> None:
        """Oublie la page montrée : la prochaine sera neuve."""
        self._cle = None

    def _vider(self) -> None:
        self._ecriture.vider()
        for place in self._places.values():
            retirer(place.saisie)
        self._places, self._ici = {}, ""
        self._avance.oublier()
        self._vus.clear()

    def _accorder(self, etape: Etape, bilan: Bilan) -> bool:
        """Fabrique les saisies qui manquent, retire celles qui ne se posent plus ; vrai si quelque chose a changé."""
        voulues = dict(self._voulues(etape, bilan))
        connues = {place.vue.chemin: True for place in self._places.values()}
        partis = [chemin for chemin, place in self._places.items() if place.vue.chemin not in voulues]
        for chemin in partis:
            retirer(self._places.pop(chemin).saisie)
        neufs = [chemin for chemin in voulues if chemin not in connues]
        for chemin in neufs:
            for place in voulues[chemin]():
                self._places[place.chemin] = place
                self._brancher(place)
        rangs = {chemin: rang for rang, chemin in enumerate(voulues)}
        ordre = sorted(self._places.values(), key=lambda place: rangs[place.vue.chemin])
        self._places = {place.chemin: place for place in ordre}
        return bool(partis or neufs)

    def _brancher(self, place: Place) -> None:
        place.saisie.setParent(self)
        place.saisie.show()
        self._ecriture.brancher(place, partial(self._entrer, place.chemin))
        place.saisie.avance.connect(partial(self._devoir, place.chemin, rester=True))

    def _reponse(self, place: Place) -> Any:
        return ABSENT if self._bilan is None else lire(self._bilan.document, place.chemin)

    def _remplir(self, place: Place) -> None:
        reponse = self._reponse(place)
        place.saisie.poser(reponse)
        if reponse is ABSENT and (dite := self._proposee(place)):
            place.saisie.dire_sans_reponse(f"{dite} ?")

    def _annoter(self, etape: Etape, bilan: Bilan) -> None:
        self._alertees = {}
        for place in self._places.values():
            confirmee = lire(bilan.document, chemin_de_confirmation(place.vue.chemin))
            surprises = self._plume.alertes(place.chemin, self._reponse(place))
            for alerte in (*_fraiche(etape, place).alertes, *surprises):
                if alerte != confirmee:
                    self._alertees[alerte] = place.vue.chemin
        self.alertes.montrer(tuple(self._alertees), "")

    def _confirmer_alerte(self, alerte: str) -> None:
        if chemin := self._alertees.get(alerte):
            self._plume.confirmer(chemin, alerte)
            self.focaliser(chemin)

    # Le champ qui a le clavier.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._suivre_le_clavier(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._suivre_le_clavier(False)

    def _suivre_le_clavier(self, oui: bool) -> None:
        """Le temps d'être montrée : une page cachée, ou d'un poste fermé, n'écoute plus rien."""
        if oui != self._suit:
            self._suit = oui
            change = cast(QApplication, QApplication.instance()).focusChanged
            change.connect(self._suivre) if oui else change.disconnect(self._suivre)

    def _suivre(self, _avant: QWidget | None, clavier: QWidget | None) -> None:
        if clavier is None or not self.isVisible():
            return
        for place in self._places.values():
            if place.saisie is clavier or place.saisie.isAncestorOf(clavier):
                self._ici = place.chemin
                self._montrer_volet()
                return

    def _montrer_volet(self) -> None:
        place = self._places.get(self._ici) or next(iter(self._places.values()), None)
        self.volet.setVisible(place is not None)
        if place is not None:
            self.volet.montrer(self._montre(place))
        self.en_cours.emit()

    def _montre(self, place: Place) -> Montre:
        saisie = place.saisie if isinstance(place.saisie, SaisieSerree) else None
        propositions = tuple(saisie.propositions) if saisie is not None else ()
        propose = self._proposee(place) if self._reponse(place) is ABSENT else ""
        repondu = self._reponse(place) is not ABSENT
        repliees = saisie.repliees if saisie is not None else 0
        autres = sum(une is not place and self._a_confirmer(une) is not ABSENT for une in self._places.values())
        return Montre(place.vue.question, propositions, propose, autres, repliees=repliees, repondu=repondu)

    def _deplier(self) -> None:
        """Toutes les réponses du champ, et non plus seulement les plus données."""
        place = self._places.get(self._ici)
        if place is not None and isinstance(place.saisie, SaisieSerree) and place.saisie.repliees:
            place.saisie.deplier()
            self._montrer_volet()
            place.saisie.focus_initial()

    # Répondre.

    def _repondre_ici(self, valeur: Any) -> None:
        """Une réponse du volet vaut pour le champ qui avait le clavier, et le lui rend."""
        place = self._places.get(self._ici) or next(iter(self._places.values()), None)
        if place is None:
            return
        self._ici = place.chemin
        self._plume.abandonner(place.chemin)
        self._ecrire({place.chemin: valeur})
        place.saisie.focus_initial()
        if valeur is not ABSENT:
            self._devoir(place.chemin, rester=True)

    def _raconter(self) -> None:
        if self._ici in self._places:
            self.histoire.emit(self._ici)

    def _refusables(self) -> list[Place]:
        """Les champs sans réponse auxquels « rien de tout cela » dirait non."""
        noms = self._etape.page.rien if self._etape is not None and self._etape.page is not None else ()
        return [place for place in self._places.values() if place.vue.question.id in noms and self._attend(place)]

    def _montrer_rien(self) -> None:
        """Le geste dit à quoi il répond non : nul ne refuse une question qu'il n'a pas entendue."""
        page, refusables = self._etape.page if self._etape is not None else None, self._refusables()
        self.rien.setVisible(bool(refusables))
        if page is not None and refusables:
            noms = dict.fromkeys(place.vue.question.court or place.vue.question.libelle for place in refusables)
            self.rien.renommer(page.rien_dire)
            self.rien.setAccessibleDescription(f"Répond non à : {', '.join(noms)}. Raccourci : {dire_touche(RIEN)}")
            self.rien.setToolTip(f"Répond non à : {', '.join(noms)}.")

    def dire_rien(self) -> None:
        """Répond non, d'un geste, à ce que la personne vient de dire ne pas avoir."""
        refusables = self._refusables()
        if refusables:
            self._ecrire({place.chemin: place.vue.question.non for place in refusables})
            self._devoir(self._ici, rester=True)

    def confirmer(self) -> None:
        """Écrit tout ce que la page propose et qui n'a pas de réponse, en une fois."""
        sus = {p.chemin: v for p in self._places.values() if (v := self._a_confirmer(p)) is not ABSENT}
        if sus:
            self._ecrire(sus)
            if self._ici in sus:
                self._devoir(self._ici, rester=True)

    def _a_confirmer(self, place: Place) -> Any:
        """Ce qui est su d'un champ sans réponse, quand rien n'est en train d'y être tapé."""
        if self._bilan is None or place.chemin in self._plume.restantes or self._reponse(place) is not ABSENT:
            return ABSENT
        vue = place.vue if self._etape is None else _fraiche(self._etape, place)
        return su(vue, place.chemin, self._bilan)

    def _proposee(self, place: Place) -> str:
        valeur = self._a_confirmer(place)
        if self._bilan is None or valeur is ABSENT:
            return ""
        return Diseur(self._bilan.regles.vocabulaire, self._bilan.document).dire(place.chemin, valeur)

    # Avancer.

    def _entrer(self, chemin: str) -> None:
        if chemin in self._places and self._ecriture.lire(self._places[chemin]):
            self._devoir(chemin)

    def _devoir(self, chemin: str, *, rester: bool = False) -> None:
        """Passera au champ d'après dès que la réponse aura dit lesquels se posent.

        ``rester`` : une touche qui répond ne quitte jamais la page, l'agent voit ce qu'il a répondu.
        """
        self._rester = rester
        a_jour = self._bilan is not None and self._bilan.document == self._plume.document
        self._avance.devoir(chemin, a_jour=a_jour)

    def _avancer(self, chemin: str) -> None:
        ordre = list(self._places)
        if chemin not in ordre:
            return
        if chemin == self.vise:
            if not self._rester:
                self.suite.emit()
            return
        self._vus.add(chemin)
        rang = ordre.index(chemin) + 1
        # Arrivé au milieu d'une page (« ce qui reste à demander »), on y fait le tour de ce qu'on n'a pas encore vu.
        sautees = (autre for autre in ordre[:rang] if autre not in self._vus)
        suivantes = (self._places[autre] for autre in (*ordre[rang:], *sautees))
        vide = next((place for place in suivantes if self._attend(place)), None) or self._proposee_pas_vue()
        if vide is not None:
            self._prendre(vide)
        elif not self._rester:
            self._apres_le_dernier()

    def _proposee_pas_vue(self) -> Place | None:
        """Ce que la page propose et que nul n'a encore regardé : on s'y arrête une fois avant de la quitter."""
        if self._rester:
            return None
        proposees = (place for chemin, place in self._places.items() if chemin not in self._vus)
        return next((place for place in proposees if self._a_confirmer(place) is not ABSENT), None)

    def _attend(self, place: Place) -> bool:
        """Vrai si ce champ n'a ni réponse, ni rien à confirmer."""
        return self._reponse(place) is ABSENT and self._a_confirmer(place) is ABSENT


def _fraiche(etape: Etape, place: Place) -> Any:
    """La question telle que le dernier bilan la voit : celle de la saisie date de sa fabrication."""
    return next((vue for vue in etape.vues if vue.chemin == place.vue.chemin), place.vue)
