"""Qui siège : un membre ou un invité par ligne, à son titre (CCH R441-9). Changer l'un ne touche pas l'autre."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import Signal

from modele.seance.droit import droit
from modele.seance.gardee import Convoque
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    GroupeChoix,
    ListePropositions,
    Option,
    Pli,
    Proposition,
    champ,
    constater,
    etiquette_aide,
    rangee,
    viser,
)  # fmt: skip
from ui.ecrans.contingents.saisie import dit
from ui.mots import seance as mots

_ROLES = (("present", "Présent"), ("preside", "Préside"), ("locataires", "Représente les locataires"))


class CarteMembres(Carte):
    """``convoquer`` : tous les membres, dans leur ordre."""

    convoquer = Signal(object)

    def __init__(self) -> None:
        super().__init__("Qui siège", icone="users")
        self._membres: tuple[Convoque, ...] = ()
        self._neuf = False
        self.montre = ""
        self.liste = ListePropositions("Membres et invités", au_plus=6)
        self.qualite = GroupeChoix(
            "À quel titre",
            [Option(une.id, une.libelle, demi=True, dense=True) for une in droit().qualites.values()],
        )
        self.nom = champ("Nom de qui siège")
        self.compte = champ("Son compte dans Perron", "S'il en a un : il lira sa séance, sans aucun nom.")
        self.roles = GroupeChoix("Ce jour", [Option(cle, nom) for cle, nom in _ROLES], multiple=True, serre=True)
        self.faute = etiquette_aide("")
        self.neuf = Bouton("Nouveau membre", self._commencer, icone="plus", raccourci="Alt+A")
        self.garder = Bouton("Garder ce membre", self._garder, icone="check")
        self.oter = Bouton("Ne siège plus", self._oter, icone="x")
        self.pli = Pli(
            "Écrire un membre", "Replier", self.qualite, rangee(self.nom, self.compte, ecart=3), self.roles, self.faute,
            Bloc(rangee(self.garder, self.oter, 1)),
        )  # fmt: skip
        self.ajouter(self.liste, Bloc(rangee(self.neuf, 1)), self.pli)
        self.liste.currentRowChanged.connect(lambda _: self._remplir())

    def montrer(self, membres: Sequence[Convoque], choisi: str = "", *, ecrit: bool = True) -> None:
        """Ceux qui sont gardés ; ``choisi`` : l'``id`` de celui qui se modifie. Sans ``ecrit``, ils se lisent."""
        ouvrir = self._ouvrir if ecrit else None
        # Celui qu'on vient d'ajouter se montre : le premier à sa place se lirait comme ce qui est gardé.
        if self._neuf and len(membres) > len(self._membres):
            choisi = membres[-1].id
        self._neuf = False
        self._membres = tuple(membres)
        rang = next((n for n, un in enumerate(self._membres) if un.id == choisi), 0)
        self.liste.montrer(
            [Proposition(mots.titre_du_membre(un), ouvrir, mots.detail_du_membre(un)) for un in self._membres],
            min(rang, len(self._membres) - 1),
        )
        self.liste.setVisible(bool(self._membres))
        for geste in (self.neuf, self.pli):
            geste.setVisible(ecrit)
        self._remplir()

    def _ouvrir(self) -> None:
        if not self.pli.deplie:
            self.pli.basculer()
        viser(self.nom)

    def _remplir(self) -> None:
        rang = self.liste.currentRow()
        self._poser(self._membres[rang] if 0 <= rang < len(self._membres) else Convoque())

    def _commencer(self) -> None:
        self._poser(Convoque())
        if not self.pli.deplie:
            self.pli.basculer()
        viser(self.qualite)

    def _poser(self, un: Convoque) -> None:
        self.montre = un.id
        self.qualite.poser(un.qualite or None)
        self.nom.poser(un.nom or None)
        self.compte.poser(un.compte or None)
        self.roles.poser([cle for cle, _ in _ROLES if getattr(un, cle)])
        self.oter.setVisible(bool(un.id))
        self._dire("")

    def _garder(self) -> None:
        if self.qualite.valeur() is None:
            self._dire(mots.QUALITE)
            return
        if not dit(self.nom):
            self._dire(mots.NOM_DE_MEMBRE)
            return
        roles = self.roles.valeur()
        neuf = Convoque(
            id=self.montre, qualite=self.qualite.valeur(), nom=dit(self.nom), compte=dit(self.compte),
            **{cle: cle in roles for cle, _ in _ROLES},
        )  # fmt: skip
        restent = [replace(neuf) if un.id == self.montre else un for un in self._membres]
        self._neuf = not self.montre
        self.convoquer.emit(tuple(restent if self.montre else [*self._membres, neuf]))

    def _oter(self) -> None:
        self.convoquer.emit(tuple(un for un in self._membres if un.id != self.montre))

    def _dire(self, phrase: str) -> None:
        constater(self.faute, phrase, pressant=True, vers=self.faute)
