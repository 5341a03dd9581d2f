"""La page d'un tableau : une ligne par élément, une colonne par question, comme un tableur.

La dernière ligne est vide : y taper commence un élément. « Comme au-dessus » reprend ce que la ligne a de commun.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, CLOS, chemin_d_element, lire, poser
from modele.dossier.documents import identifiant
from modele.dossier.entretien import QuestionVue, Visibilite
from modele.dossier.inventaire import PERSONNES, inventaire
from modele.dossier.listes import ajouter, enlever
from modele.dossier.questions import Question
from modele.dossier.situation import elements, liste_close
from modele.protection.adultes import partage
from modele.protection.violences import faits_de_violence
from ui.composants import Bouton, GroupeChoix, Option, etiquette_aide, nommer, raccourcis, rangee, retirer, texte
from ui.composants.frappes import posement
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.fabrique import Place, fabriquer_serree, nommer_element
from ui.ecrans.entretien.parcours import Etape
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.entretien.volet_champ import Montre
from ui.mots.totaux import dire_total
from ui.theme import espace
from ui.theme.apparence import apparence

NAISSANCE: Final = "date_naissance"
_D_ABORD: Final = "Commencez la ligne par la date de naissance : elle se donne avant le nom."
A_AJOUTER: Final = "À ajouter"
FIN: Final = "Alt+T"
_PASSES: Final = 3
_ETROIT: Final = 104
"""Pixels à 100 % : la largeur utile d'une colonne ; en dessous, chaque ligne se lit comme un petit formulaire."""


class PageTableau(PageChamps):
    """Les éléments d'une liste, et la ligne où en commencer un."""

    def __init__(self, plume: Plume, parent: QWidget | None = None) -> None:
        super().__init__(plume, parent)
        self._neuf = identifiant()
        self._copie, self._passes, self._d_ou = "", 0, ""
        self._large = True
        self._annexes: list[QWidget] = []
        self._retraits: dict[str, Bouton] = {}
        self._grille = QGridLayout()
        self._grille.setHorizontalSpacing(espace(1))
        self._grille.setVerticalSpacing(espace(2))
        self.total = texte("", "gras")
        self._d_abord = etiquette_aide(_D_ABORD)
        tout = Option(True, "Il n'y en a pas d'autre", "ou Alt+T depuis le tableau")
        self.fin = GroupeChoix("La liste est-elle complète ?", [tout], signes=True)
        self.fin.choisi.connect(lambda _: self._clore())
        self.fin.entree.connect(self.suite)
        self.rouvrir = Bouton("Peut-être d'autres", self._rouvrir, genre="discret")
        self.volet.copier.connect(self._copier)
        raccourcis.poser(self, {FIN: posement(self._clore)})
        self._boite.setSpacing(espace(3))
        self._boite.addLayout(self._grille)
        self._boite.addWidget(self._d_abord)
        self._boite.addLayout(rangee(self.total, self.rien, 1))
        for widget in (self.alertes, self.volet, self.fin):
            self._boite.addWidget(widget)
        self._boite.addLayout(rangee(self.rouvrir, 1))
        self._boite.addStretch(1)

    @property
    def liste(self) -> str:
        """La liste montrée."""
        return self._etape.section.liste if self._etape is not None else ""

    # Montrer.

    def montrer(self, etape: Etape, bilan: Bilan) -> None:
        if self._neuf in elements(bilan.document, etape.section.liste):
            self._neuf = identifiant()
        super().montrer(etape, bilan)
        self._d_abord.setVisible(self._naissance_d_abord())
        close, ecrits = liste_close(bilan.document, self.liste), elements(bilan.document, self.liste)
        self.fin.bouton(True).setText("Il n'y en a pas d'autre" if ecrits else "Il n'y en a pas")
        self.fin.poser(True if close else None)
        self.rouvrir.setVisible(close)
        dit = dire_total(bilan, etape.section, etape.page.total) if etape.page is not None else ""
        self.total.setText(dit)
        self.total.setVisible(bool(dit))
        self._reprendre_la_copie()

    def focus_initial(self) -> None:
        """Sur la première cellule vide ; une liste close et remplie, sur sa fin."""
        vide = next((p for p in self._places.values() if self._reponse(p) is ABSENT), None)
        close = self._bilan is not None and liste_close(self._bilan.document, self.liste)
        if vide is None or (close and self._element(vide.chemin) == self._neuf):
            self.fin.focus_initial()
        else:
            self._prendre(vide)

    def focaliser(self, chemin: str) -> bool:
        """Comme toute page ; nommer la liste, c'est en commencer une ligne."""
        neuve = next((p for p in self._places.values() if self._element(p.chemin) == self._neuf), None)
        if chemin == self.liste and neuve is not None:
            self._prendre(neuve)
            return True
        return super().focaliser(chemin)

    def _colonnes(self) -> list[Question]:
        assert self._etape is not None
        assert self._etape.page is not None
        connues = {question.id: question for question in self._etape.section.questions}
        return [connues[nom] for nom in self._etape.page.questions]

    def _voulues(self, etape: Etape, bilan: Bilan) -> Iterator[tuple[str, partial[list[Place]]]]:
        for qui in elements(bilan.document, etape.section.liste):
            debut = f"{chemin_d_element(etape.section.liste, qui)}."
            vues = {vue.question.id: vue for vue in etape.vues if vue.chemin.startswith(debut)}
            for question in self._colonnes():
                if (vue := vues.get(question.id)) is not None:
                    yield vue.chemin, partial(fabriquer_serree, vue, bilan, etroite=True)
        for question in self._colonnes():
            if question.si is None and (not self._naissance_d_abord() or self._relatif(question) == NAISSANCE):
                chemin = chemin_d_element(etape.section.liste, self._neuf, self._relatif(question))
                vue = QuestionVue(question, chemin, Visibilite.VISIBLE, ABSENT)
                yield chemin, partial(fabriquer_serree, vue, bilan, etroite=True)

    def _relatif(self, question: Question) -> str:
        return question.champ.removeprefix(f"{inventaire().listes[self.liste].prefixe}.")

    def _element(self, chemin: str) -> str:
        return chemin.removeprefix(f"{chemin_d_element(self.liste, '')}").partition(".")[0]

    def _disposer(self) -> None:
        self._degarnir(self._grille)
        for widget in (*self._annexes, *self._retraits.values()):
            self._grille.removeWidget(widget)
            retirer(widget)
        self._annexes, self._retraits = [], {}
        colonnes = [question.id for question in self._colonnes()]
        for rang in range(self._grille.columnCount()):
            self._grille.setColumnStretch(rang, 1 if rang < (len(colonnes) if self._large else 2) else 0)
        (self._en_lignes if self._large else self._en_fiches)(colonnes)

    def _en_lignes(self, colonnes: Sequence[str]) -> None:
        for rang, question in enumerate(self._colonnes()):
            self._annexer(texte(question.court or question.libelle, "petit"), 0, rang)
        lignes = list(dict.fromkeys(self._element(chemin) for chemin in self._places))
        for chemin, place in self._places.items():
            place.saisie.nommer(visible=False)
            ligne = 1 + lignes.index(self._element(chemin))
            self._dire_la_ligne(place, ligne)
            self._grille.addWidget(place.saisie, ligne, colonnes.index(place.vue.question.id))
        for rang, qui in enumerate(lignes, 1):
            if qui != self._neuf:
                self._grille.addWidget(self._retrait(qui, rang), rang, len(colonnes))

    def _en_fiches(self, _colonnes: Sequence[str]) -> None:
        """Trop étroit : chaque élément se lit comme un petit formulaire, ses noms de champs au-dessus."""
        rang, cote, courant = -1, 0, ""
        lignes = list(dict.fromkeys(self._element(chemin) for chemin in self._places))
        for chemin, place in self._places.items():
            qui = self._element(chemin)
            if qui != courant:
                rang, cote, courant = rang + 2, 0, qui
                numero = lignes.index(qui) + 1
                self._annexer(texte(A_AJOUTER if qui == self._neuf else f"Ligne {numero}", "fort"), rang - 1, 0)
                if qui != self._neuf:
                    self._grille.addWidget(self._retrait(qui, numero), rang - 1, 1)
            place.saisie.nommer(visible=True)
            self._dire_la_ligne(place, lignes.index(qui) + 1)
            self._grille.addWidget(place.saisie, rang, cote)
            rang, cote = (rang + 1, 0) if cote else (rang, 1)

    def _dire_la_ligne(self, place: Place, ligne: int) -> None:
        """Chaque ligne pose les mêmes questions : sans son rang, un lecteur d'écran ne sait pas de qui il parle."""
        neuve = self._element(place.chemin) == self._neuf
        nommer(place.saisie, A_AJOUTER if neuve else f"Ligne {ligne}")

    def _annexer(self, widget: QWidget, ligne: int, colonne: int) -> None:
        self._annexes.append(widget)
        self._grille.addWidget(widget, ligne, colonne)

    def _retrait(self, qui: str, rang: int) -> Bouton:
        assert self._bilan is not None
        nom = nommer_element(self._bilan, self.liste, qui, rang)
        bouton = Bouton("Retirer", partial(self._retirer, qui), genre="discret", icone="x", description=nom)
        bouton.serrer(self._large)
        bouton.setAccessibleName(f"Retirer la ligne {rang}")
        self._retraits[qui] = bouton
        return bouton

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._etape is None:
            return
        large = self.width() >= apparence().theme.px(_ETROIT) * len(self._colonnes())
        if large != self._large:
            self._large = large
            self._disposer()

    # Écrire.

    def _ecrire(self, valeurs: Mapping[str, Any]) -> bool:
        """Écrit des cellules ; la première de la ligne vide commence l'élément, dans la même opération."""
        neufs = {c: v for c, v in valeurs.items() if self._element(c) == self._neuf}
        autres = {c: v for c, v in valeurs.items() if c not in neufs}
        if neufs and self._bilan is not None:
            contenu: Mapping[str, Any] = {}
            if self._neuf in elements(self._plume.document, self.liste):
                return self._plume.ecrire(valeurs)
            for chemin, valeur in neufs.items():
                self._plume.abandonner(chemin)
                contenu = poser(contenu, chemin.removeprefix(f"{chemin_d_element(self.liste, self._neuf)}."), valeur)
            autres |= ajouter(self._plume.document, self.liste, self._neuf, contenu)
        return self._plume.ecrire(autres)

    def _refusables(self) -> list[Place]:
        return [place for place in super()._refusables() if self._element(place.chemin) != self._neuf]

    def _a_confirmer(self, place: Place) -> Any:
        """Rien ne se propose sur une ligne que nul n'a commencée."""
        return ABSENT if self._element(place.chemin) == self._neuf else super()._a_confirmer(place)

    def _naissance_d_abord(self) -> bool:
        """Vrai si qui n'a pas encore d'âge passerait pour un adulte : un enfant entre ici, un adulte dans un autre."""
        if self.liste != PERSONNES or self._bilan is None:
            return False
        document, jour = self._bilan.document, self._bilan.jour
        return (self._plume.reserve or bool(faits_de_violence(document))) and not partage(document, jour)

    def _retirer(self, qui: str) -> None:
        assert self._bilan is not None
        self._plume.ecrire(enlever(self._bilan.document, self.liste, [qui]))
        self.fin.focus_initial()

    def _clore(self) -> None:
        self._plume.ecrire({f"{self.liste}.{CLOS}": True})

    def _rouvrir(self) -> None:
        self._plume.ecrire({f"{self.liste}.{CLOS}": False})
        self.focus_initial()

    # La ligne d'au-dessus.

    def _montre(self, place: Place) -> Montre:
        montre = super()._montre(place)
        copie = bool(self._au_dessus(self._element(place.chemin)))
        return replace(montre, copie=copie)

    def _au_dessus(self, qui: str) -> str:
        lignes = list(elements(self._bilan.document, self.liste)) if self._bilan is not None else []
        rang = lignes.index(qui) if qui in lignes else len(lignes)
        return lignes[rang - 1] if rang else ""

    def _copier(self) -> None:
        """Reprend de la ligne d'au-dessus ce qui n'est pas propre à chacun, et ce que ces réponses font paraître."""
        self._copie, self._passes, self._d_ou = self._element(self._ici), _PASSES, self._ici
        self._reprendre_la_copie()

    def _reprendre_la_copie(self) -> None:
        dessus = self._au_dessus(self._copie) if self._copie and self._passes else ""
        if not dessus or self._bilan is None or self._etape is None or self._etape.page is None:
            self._copie = ""
            return
        self._passes -= 1
        valeurs = {}
        for place in self._places.values():
            vide = self._element(place.chemin) == self._copie and self._reponse(place) is ABSENT
            if vide and place.vue.question.id not in self._etape.page.propres:
                pareil = place.chemin.replace(self._copie, dessus)
                if (valeur := lire(self._bilan.document, pareil)) is not ABSENT:
                    valeurs[place.chemin] = valeur
        if valeurs:
            self._ecrire(valeurs)
            self._devoir(self._d_ou, rester=True)

    # Avancer.

    def _avancer(self, chemin: str) -> None:
        """Entrée sur le début de la ligne vide : il n'y a plus rien à ajouter."""
        place = self._places.get(chemin)
        if place is not None and self._element(place.chemin) == self._neuf and self._reponse(place) is ABSENT:
            if not self._rester:
                self._apres_le_dernier()
        else:
            super()._avancer(chemin)

    def _apres_le_dernier(self) -> None:
        self.fin.focus_initial()
