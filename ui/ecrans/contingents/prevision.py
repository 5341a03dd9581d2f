"""Ce que le bailleur choisi prévoit de l'année : remises en location, ce qui n'y compte pas, et l'assiette du flux."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from modele.attributions.assiette import remises_prevues
from modele.attributions.droit import droit
from modele.contingents.previsions import PrevisionTenue
from ui.composants import (
    BandeauAlerte,
    Bloc,
    Bouton,
    Carte,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    champ,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.contingents import saisie
from ui.ecrans.contingents.saisie import dit, lu
from ui.mots import contingents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.attributions.assiette import Assiette
    from modele.contingents.conventions import ConventionTenue

_TITRE: Final = "Ce que ce bailleur prévoit"


class CartePrevisions(Carte):
    """Les prévisions du bailleur de la convention choisie. ``saisir`` : celle qu'on veut écrire ou changer."""

    saisir = Signal(object)

    def __init__(self) -> None:
        super().__init__(_TITRE, icone="list-checks")
        self._siennes: list[PrevisionTenue] = []
        self._neuve = PrevisionTenue("", "", 0)
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Prévisions du bailleur", au_plus=3, geste="Modifier")
        self.bouton = Bouton("Saisir une prévision", self._commencer, icone="plus", raccourci="Alt+V")
        self.ajouter(self.constat, self.liste, Bloc(rangee(self.bouton, 1)))

    def montrer(self, convention: ConventionTenue, previsions: Sequence[PrevisionTenue], noms: dict[str, str]) -> None:
        """L'ensemble d'abord, puis ses communes ; chacune avec son assiette et sa formule."""
        self._neuve = PrevisionTenue(convention.bailleur, convention.siren, convention.annee)
        siennes = [une for une in previsions if une.siren == convention.siren and une.annee == convention.annee]
        self._siennes = sorted(siennes, key=lambda une: noms.get(une.commune, une.commune)) if convention.siren else []
        self.constat.setText(mots.PREVISION if convention.siren else mots.PREVISION_SANS_SIREN)
        dedans = bool(convention.premieres)
        self.liste.montrer(
            [
                Proposition(mots.ou_prevoit(une, noms), self._modifier, mots.dire_assiette(une, premieres=dedans))
                for une in self._siennes
            ]
        )
        self.liste.setVisible(bool(self._siennes))
        self.bouton.setVisible(bool(convention.siren))

    def _commencer(self) -> None:
        self.saisir.emit(self._neuve)

    def _modifier(self) -> None:
        rang = self.liste.currentRow()
        if 0 <= rang < len(self._siennes):
            self.saisir.emit(self._siennes[rang])


class FormulairePrevision(Carte):
    """La prévision à saisir. ``enregistrer`` : ce qui est saisi ; ``renoncer`` : rien ne change.

    ``retirer`` : l'identifiant de celle qui était de trop, le geste pressé deux fois.
    """

    enregistrer = Signal(object)
    renoncer = Signal()
    retirer = Signal(str)

    def __init__(self) -> None:
        super().__init__("Saisir une prévision", icone="file-text")
        self._avant = PrevisionTenue("", "", 0)
        self.echec = BandeauAlerte()
        self.qui = texte("", "gras")
        self.commune = champ("Code INSEE de la commune", "Vide : tout le territoire, ses communes comprises.")
        self.remises = saisie.champ_entier("Remises en location prévues", mots.REMISES)
        self.parc = saisie.champ_entier("Logements du bailleur")
        self.rotation = saisie.champ_taux("Rotation, en pour cent", exemple="8")
        self.calcul = texte("", "gras")
        self.reprendre = Bouton("Reprendre ce nombre", self._reprendre)
        self.pli_rotation = Pli(
            "Le calculer du taux de rotation", "Replier le taux de rotation",
            rangee(self.parc, self.rotation, ecart=3), self.calcul, Bloc(rangee(self.reprendre, 1)),
        )  # fmt: skip
        for un in (self.parc, self.rotation):
            un.ligne.textChanged.connect(lambda _: self._calculer())
        self.premieres = saisie.champ_entier("Premières mises en location prévues")
        self.hors_flux = {
            valeur: saisie.champ_entier(f"Hors du flux : {une.libelle[:1].lower()}{une.libelle[1:]}")
            for valeur, une in droit().hors_flux.items()
        }
        self.source = champ("D'où vient ce qui est saisi", "Courrier, tableau du bailleur.")
        self.bouton = Bouton("Enregistrer", self._lire, genre="principal", icone="check", raccourci="Ctrl+Return")
        self.annuler = Bouton("Annuler", lambda: self.renoncer.emit(), raccourci="Alt+A")
        self.oter = Bouton(mots.RETIRER_LA_PREVISION, self._retirer, genre="discret")
        self.ajouter(self.echec, self.qui, self.commune, rangee(self.remises, self.premieres, ecart=3))
        self.ajouter(self.pli_rotation)
        self.pli = Pli("Ce qui ne compte pas dans le flux", "Replier ce qui ne compte pas", *self.hors_flux.values())
        self.ajouter(self.pli, self.source)
        self.ajouter(rangee(self.bouton, self.annuler, 1), Bloc(rangee(self.oter, 1)))

    def montrer(self, prevision: PrevisionTenue) -> None:
        """La prévision telle qu'elle est ; ce qu'elle ne dit pas est vide."""
        self._avant = prevision
        self.echec.taire()
        self.oter.renommer(mots.RETIRER_LA_PREVISION)
        self.oter.setVisible(bool(prevision.id))
        self.qui.setText(f"{prevision.bailleur}, {prevision.siren}, {prevision.annee}")
        self.commune.poser(prevision.commune or None)
        self.remises.poser(prevision.remises)
        self.parc.poser(None)
        self.rotation.poser(None)
        self._calculer()
        self.premieres.poser(prevision.premieres)
        self.source.poser(prevision.source or None)
        for valeur, un in self.hors_flux.items():
            un.poser(prevision.hors_flux.get(valeur))
        self._deplier(bool(prevision.hors_flux))

    def premier(self) -> None:
        """Le clavier au nombre qui fait la prévision."""
        self.remises.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remises_prevues(self) -> Assiette | None:
        try:
            parc, rotation = self.parc.valeur(), self.rotation.valeur()
        except ValueError:
            return None
        return None if parc is None or rotation is None else remises_prevues(parc, rotation)

    def _calculer(self) -> None:
        """La formule avec ses nombres, dès que les deux se lisent."""
        vues = self._remises_prevues()
        self.calcul.setText("" if vues is None else " ; ".join(map(str, vues.etapes)))
        self.calcul.setVisible(vues is not None)
        self.reprendre.setVisible(vues is not None)

    def _reprendre(self) -> None:
        vues = self._remises_prevues()
        if vues is not None:
            self.remises.poser(vues.logements)
            viser(self.remises)

    def _deplier(self, ouvert: bool) -> None:
        """Un nombre déjà saisi, ou fautif, ne reste pas caché."""
        if self.pli.deplie is not ouvert:
            self.pli.basculer()

    def dire_echec(self, phrase: str) -> None:
        """Pourquoi rien n'a été écrit ; ce qui est tapé reste."""
        self.echec.dire(phrase, Ton.IMMEDIAT)
        viser(self.echec)

    def _retirer(self) -> None:
        if self.oter.text() != mots.RETIRER_VRAIMENT:
            self.oter.renommer(mots.RETIRER_VRAIMENT)
            viser(self.oter)
            annoncer(self, mots.RETIRER_VRAIMENT)
            return
        self.retirer.emit(self._avant.id)

    def _lire(self) -> None:
        self.echec.taire()
        if (fautif := saisie.premiere_faute([self.remises, self.premieres, *self.hors_flux.values()])) is not None:
            self._deplier(self.pli.deplie or fautif in self.hors_flux.values())
            viser(fautif)
            return
        hors = {valeur: lu(un) for valeur, un in self.hors_flux.items() if lu(un) is not None}
        self.enregistrer.emit(
            replace(
                self._avant,
                commune=dit(self.commune),
                remises=lu(self.remises),
                premieres=lu(self.premieres),
                hors_flux=hors,
                source=dit(self.source),
            )
        )
