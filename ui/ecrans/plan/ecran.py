"""L'écran « Plan partenarial d'ici » : treize contenus, écrits ou manquants, et ses dates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    colonne,
    etiquette_aide,
    intertitre,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.plan.bilan import CarteBilan
from ui.mots import plan as mots
from ui.theme import espace
from ui.theme.icones import Icone

if TYPE_CHECKING:
    from modele.territoire.plan import Plan
    from ui.etat.session import Session


class EcranPlan(Ecran):
    """Le plan du territoire de ce poste."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.constat = texte("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._boite = QVBoxLayout()
        self._boite.setSpacing(espace(3))
        page = colonne(rangee(texte(mots.TITRE, "titre", coupe=False), 1, self.retour), self.constat, ecart=3, marges=8)
        self.bilan = CarteBilan(session)
        self.bilan.dit.connect(self.alerte)
        page.addLayout(self._boite)
        page.addWidget(self.bilan)
        page.addStretch(1)
        entiere = QVBoxLayout(self)
        entiere.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        entiere.addWidget(self._page)
        session.regles_chargees.connect(self._remontrer)
        session.ferme.connect(self.bilan.oublier)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._remontrer()

    def disparaitre(self) -> None:
        self.bilan.oublier()

    def _remontrer(self) -> None:
        regles = self.session.regles
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())
        self.bilan.oublier()
        plan = regles.territoire.plan if regles is not None else None
        self.constat.setText(mots.constat(plan))
        if plan is not None:
            gauche, droite = QWidget(), QWidget()
            # Chaque carte a sa hauteur : étirée, la plus courte écarterait ses lignes.
            gauche.setLayout(colonne(self._contenus(plan), 1))
            droite.setLayout(colonne(self._dates(plan), 1))
            self._boite.addWidget(Colonnes([(gauche, 3, 460), (droite, 2, 360)], ecart=4))
            self.bilan.offrir(plan)

    def _contenus(self, plan: Plan) -> Carte:
        from modele.territoire.plan import cadre

        carte = Carte("Ce qu'il contient", icone="list-checks")
        for rang, libelle in cadre().contenus.items():
            ecrit = rang in plan.contenus
            titre = rangee(
                Icone("circle-check" if ecrit else "circle", "encre"), intertitre(f"{rang}. {libelle}", "gras"), ecart=2
            )
            titre.setStretch(1, 1)
            carte.ajouter(titre, texte(mots.dire_un_contenu(rang, plan), "texte" if ecrit else "doux"))
        carte.ajouter(etiquette_aide(mots.sources(cadre())))
        return carte

    def _dates(self, plan: Plan) -> Carte:
        from modele.territoire.plan import cadre, dates

        jour = date.today()
        carte = Carte("Ses dates", icone="calendar-days")
        for une in dates(plan, jour):
            carte.ajouter(texte(mots.dire_une_date(une, jour), "gras" if une.depasse else "texte"))
        carte.ajouter(etiquette_aide(cadre().article))
        return carte

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
