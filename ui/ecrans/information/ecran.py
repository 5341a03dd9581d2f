"""L'écran « Ce qui lui est dû » : moment par moment, ce qui a été donné, ce qui reste, et le geste pour le donner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.dossier.information import Moment
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.information.vacants import VACANTS, CarteVacants
from ui.mots import informations as mots
from ui.theme import Ton, espace
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.bilan import Bilan, Regles
    from modele.dossier.information import Donnee, Etat
    from ui.etat.session import Session


class LigneDue(Carte):
    """Une information due. ``imprimer`` et ``dire`` : ses deux gestes ; une seule fiche offerte, la première."""

    def __init__(
        self, etat: Etat, regles: Regles, imprimer: Callable[[str], object], dire: Callable[[str], object]
    ) -> None:
        super().__init__(nom=etat.du.libelle)
        faite = etat.donnee is not None
        self.etat = texte(mots.dire_l_etat(etat, regles), "doux" if faite else "gras")
        titre = rangee(Icone("circle-check" if faite else "circle", "encre"), texte(etat.du.libelle, "gras"), ecart=2)
        titre.setStretch(1, 1)
        self.dire = Bouton(mots.DIRE, partial(dire, etat.du.id), icone="check", description=etat.du.libelle)
        self.imprimer: Bouton | None = None
        gestes: list[tuple[Bouton, int, int]] = [(self.dire, 0, 0)]
        if etat.du.fiches:
            fiche = etat.du.fiches[0]
            self.imprimer = Bouton(
                f"{mots.IMPRIMER} « {mots.titre(fiche, regles)} »", partial(imprimer, fiche), icone="printer",
                description=etat.du.libelle,
            )  # fmt: skip
            gestes.insert(0, (self.imprimer, 0, 0))
        self.ajouter(titre, self.etat, etiquette_aide(etat.du.article), rangee(Colonnes(gestes, ecart=2), 1))


class EcranInformation(EcranDuDossier):
    """Ce qui est dû à la personne du dossier ouvert."""

    def __init__(self, session: Session) -> None:
        super().__init__("Information due", session)
        self.lignes: list[LigneDue] = []
        self.vacants: CarteVacants | None = None
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._boite = QVBoxLayout()
        self._boite.setSpacing(espace(3))
        page = colonne(
            rangee(texte(mots.TITRE_DU, "titre", coupe=False), 1, self.retour), self.constat, ecart=3, marges=8
        )
        page.addLayout(self._boite)
        page.addStretch(1)
        entiere = QVBoxLayout(self)
        entiere.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        entiere.addWidget(self._page)
        self._suivre()

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.atelier.bilan is None:
            self._fermer()
            return
        self._relire()

    def _recevoir(self, _bilan: Bilan) -> None:
        self._relire()

    def _fermer(self) -> None:
        self._vider()
        self.constat.setText(mots.SANS_DOSSIER)

    def _relire(self) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur
        if dossier:
            self.session.avec_coffre(
                lambda coffre: coffre.informations.donnees(dossier, auteur),
                lambda donnees: self._montrer(dossier, donnees),
                pour=self, remplace="information",
            )  # fmt: skip

    def _montrer(self, dossier: str, donnees: Sequence[Donnee]) -> None:
        from modele.dossier.information import dus, livree

        regles = self.session.regles
        if dossier != self.session.dossier_id or regles is None:
            return
        etats = dus(livree(), self.session.document, donnees, grille=bool(regles.grilles))
        self._vider()
        self.constat.setText(mots.constat(etats, livree()))
        for moment in Moment:
            siens = [etat for etat in etats if etat.du.moment is moment]
            if siens:
                self._boite.addWidget(intertitre(mots.MOMENTS[moment]))
            for etat in siens:
                self.lignes.append(ligne := LigneDue(etat, regles, self._imprimer, self._dire))
                self._boite.addWidget(ligne)
        self.vacants = CarteVacants(regles, self.atelier.horloge(), partial(self._imprimer, VACANTS))
        self._boite.addWidget(self.vacants)

    def _vider(self) -> None:
        self.lignes, self.vacants = [], None
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())

    def _imprimer(self, fiche: str) -> None:
        self.aller.emit("imprimer", {"dossier": self.session.dossier_id, "fiches": [fiche]})

    def _dire(self, du: str) -> None:
        dossier, auteur = self.session.dossier_id, self.session.auteur

        def rendre(_: object) -> None:
            self.alerte.emit(mots.NOTE, Ton.COURANT)
            annoncer(self, mots.NOTE)
            self._relire()

        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(lambda coffre: coffre.informations.dire(dossier, du, auteur), rendre, pour=self)

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {"dossier": self.session.dossier_id})
