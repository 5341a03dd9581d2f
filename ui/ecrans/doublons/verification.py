"""Avant une nouvelle demande : qui est-ce, n'est-elle pas déjà ici ? Ce qui ressemble se montre à chaque touche."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    GroupeChoix,
    ListePropositions,
    Option,
    annoncer,
    champ,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.composants.frappes import Regard
from ui.ecrans.trouves import propositions
from ui.mots.semblables import REGARDEZ, constat
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre.listes import Trouve

NOM: Final = "demandeur.nom"
PRENOMS: Final = "demandeur.prenoms"
NAISSANCE: Final = "demandeur.date_naissance"
OUVRIR: Final = "Ouvrir son dossier"
SANS_NOM: Final = "Elle ne dit pas son nom"
EXIGE_NOM: Final = "Écrivez son nom, même un seul. Elle ne le dit pas ? « Elle ne dit pas son nom » ouvre sans lui."
EXIGE_DATE: Final = "Écrivez sa date de naissance, même l'année seule, ou cochez qu'elle ne se sait pas."
_DIT: Final = (
    "Nom et naissance suffisent à voir si elle est déjà ici. Rien ne s'enregistre avant « Ouvrir son dossier »."
)
_INCONNUE: Final = Option("inconnue", "Sa naissance ne se sait pas, ou ne se dit pas", serre=True)


class PageVerification(Carte):
    """``frappe`` : l'identité tapée, par chemin, à chaque touche. ``ouvrir`` : la même, quand elle est assez vérifiée.

    ``sans_nom`` : la personne ne dit rien d'elle. Une ressemblance montrée se regarde avant : le geste se refait.
    """

    frappe = Signal(dict)
    ouvrir = Signal(dict)
    sans_nom = Signal()

    def __init__(self, prendre: Callable[[str], object]) -> None:
        super().__init__("Qui est-ce ?", icone="user-plus")
        self._prendre = prendre
        self.nom, self.prenoms = champ("Nom", exemple="de naissance, ou le seul qu'elle a"), champ("Prénoms")
        self.naissance = champ("Date de naissance", exemple="14/05/1990, 05/1990 ou 1990", largeur=280)
        self.inconnue = GroupeChoix("Date de naissance", [_INCONNUE], multiple=True)
        self._champs = {NOM: self.nom, PRENOMS: self.prenoms, NAISSANCE: self.naissance}
        self.trouves = ListePropositions("Dossiers de ce poste qui ressemblent", au_plus=4)
        self.constat = texte("", "gras")
        self.faute = texte("", "gras", Ton.JOUR)
        self.bouton = Bouton(OUVRIR, self.demander, genre="principal", icone="user-plus", raccourci="Ctrl+Return")
        self.anonyme = Bouton(SANS_NOM, self.sans_nom.emit, genre="discret", raccourci="Ctrl+Shift+O")
        self._vus: tuple[str, ...] = ()
        self._montres: tuple[str, ...] = ()
        # La recherche de ce qui vient d'être tapé n'a pas encore répondu.
        self._attend = self._voulu = False
        self._regard = Regard(self)
        self._disposer()

    def _disposer(self) -> None:
        noms = Colonnes([(self.nom, 1, 240), (self.prenoms, 1, 240)], ecart=3)
        ne = Colonnes([(self.naissance, 1, 240), (self.inconnue, 1, 240)], ecart=3)
        gestes = Colonnes([(self.bouton, 0, 0), (self.anonyme, 0, 0)], ecart=2)
        self.ajouter(etiquette_aide(_DIT), noms, ne, self.constat, self.trouves, self.faute, rangee(gestes, 1))
        for chemin, un in self._champs.items():
            un.frappe.connect(lambda _: self._frapper())
            suivant = {NOM: self.prenoms, PRENOMS: self.naissance}.get(chemin)
            un.entree.connect(lambda vers=suivant: viser(vers) if vers is not None else self._apres_les_champs())
        self.inconnue.choisi.connect(lambda _: self.faute.hide())
        for cache in (self.constat, self.trouves, self.faute):
            cache.hide()

    def commencer(self, frappes: Mapping[str, str]) -> None:
        """Repart de ce qui a été cherché ; le reste est vide."""
        self.oublier()
        for chemin, frappe in frappes.items():
            self._champs[chemin].ligne.setText(frappe)
        self._frapper()
        self.focus_initial()

    def oublier(self) -> None:
        """Oublie qui se tapait, et ce qui lui ressemblait."""
        for un in self._champs.values():
            un.ligne.clear()
            un.dire_faute("")
        self.inconnue.poser([])
        self._vus, self._voulu = (), False
        self.faute.hide()
        self.montrer(())

    def focus_initial(self) -> None:
        """Ce qui manque d'abord : le nom, puis la naissance."""
        viser(self.naissance if self.nom.contenu.strip() else self.nom)

    @property
    def identite(self) -> dict[str, str]:
        """Ce qui est tapé, le nom en dernier : c'est là que l'entretien s'ouvre."""
        dites = {chemin: self._champs[chemin].contenu.strip() for chemin in (NAISSANCE, PRENOMS, NOM)}
        return {chemin: dit for chemin, dit in dites.items() if dit}

    def montrer(self, trouves: Sequence[Trouve]) -> None:
        """Montre les dossiers de ce poste qui ressemblent, masqués ; le clavier reste où l'on tape."""
        self._attend = False
        montres = tuple(un.dossier for un in trouves)
        if montres != self._montres:
            self.trouves.montrer(propositions(trouves, self._prendre))
            self._montres = montres
        self.trouves.setVisible(bool(trouves))
        dit = constat(len(trouves))
        if dit != self.constat.text():
            self.constat.setText(dit)
            annoncer(self, dit)
        self.constat.setVisible(bool(trouves))
        if self._voulu:
            self.demander()

    def _frapper(self) -> None:
        self._voulu, self._attend = False, True
        self.faute.hide()
        for un in self._champs.values():
            un.dire_faute("")
        self.frappe.emit(self.identite)

    def _apres_les_champs(self) -> None:
        """Entrée sur le dernier champ : ce qui ressemble d'abord, sinon le geste qui ouvre."""
        (self.trouves if not self.trouves.isHidden() else self.bouton).setFocus()

    def demander(self) -> None:
        """Ouvre si cela suffit, et si ce qui ressemble a été vu ; attend que la recherche ait répondu."""
        if not self._suffit():
            return
        if self._attend:
            self._voulu = True
            return
        self._voulu = False
        if set(self._montres) - set(self._vus):
            self._vus = self._montres
            self._dire(REGARDEZ)
            self._regard.paraitre()
            self.trouves.setFocus()
        elif self._regard.pose:
            self.ouvrir.emit(self.identite)

    def _suffit(self) -> bool:
        """Un nom, et une naissance ou la coche qui dit qu'elle ne se sait pas."""
        if not (self.nom.contenu.strip() or self.prenoms.contenu.strip()):
            self.nom.dire_faute(EXIGE_NOM)
            viser(self.nom)
            return False
        if not (self.naissance.contenu.strip() or self.inconnue.valeur()):
            self.naissance.dire_faute(EXIGE_DATE)
            viser(self.naissance)
            return False
        return True

    def _dire(self, phrase: str) -> None:
        self.faute.setText(phrase)
        self.faute.show()
        annoncer(self, phrase, pressant=True)
