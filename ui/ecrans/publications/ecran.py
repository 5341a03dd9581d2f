"""L'écran « Informations publiées » : les corrections urgentes, ce qui a été mis de côté, ce que ce poste tient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

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
from ui.composants.masques import NomMasque, masque
from ui.ecrans.base import Ecran
from ui.mots import informations as mots
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.coffre.listes import InformationTenue, Parti
    from modele.droits import Auteur
    from modele.sources import Surcharge
    from ui.etat.session import Session


@dataclass(frozen=True)
class Lu:
    """Ce que le coffre en dit. ``partis`` : par nom de paquet, qui est parti avec une fiche d'avant sa correction."""

    tenues: Sequence[InformationTenue]
    a_lire: Sequence[InformationTenue]
    partis: Mapping[str, Sequence[Parti]]
    mises_de_cote: Sequence[Surcharge]


def lire(coffre: Coffre, auteur: Auteur) -> Lu:
    """À appeler du fil du coffre."""
    from modele.synchro.referentiels import modifications_depassees

    tenues = coffre.informations.tenues()
    partis = {une.nom: coffre.informations.partis(une, auteur) for une in tenues if une.urgence is not None}
    depassees = modifications_depassees(coffre.echanges, coffre.modifications())
    return Lu(tenues, coffre.informations.a_lire(auteur.nom), partis, depassees)


class CarteCorrection(Carte):
    """Une correction urgente : sa phrase, qui prévenir, et qu'on l'a lue."""

    def __init__(self, ecran: EcranPublications, tenue: InformationTenue, partis: Sequence[Parti], lue: bool) -> None:
        super().__init__(mots.nommer(tenue, ecran.session.regles), icone="triangle-alert", ton=Ton.JOUR)
        self.lue = None if lue else Bouton("J'ai lu", partial(ecran.marquer_lue, tenue), icone="check")
        self.noms: list[NomMasque] = []
        self.ajouter(texte(mots.dire_la_correction(tenue), "gras"), texte(mots.dire_les_partis(partis)))
        for parti in partis:
            self.ajouter(self._ligne(ecran, parti))
        if self.lue is not None:
            self.ajouter(rangee(self.lue, 1))

    def _ligne(self, ecran: EcranPublications, parti: Parti) -> Colonnes:
        quoi = f"Dossier {parti.reference} : {mots.dire_un_parti(parti, ecran.session.regles)}"
        if parti.discret:
            quoi = f"{mots.DISCRET}, {quoi[:1].lower()}{quoi[1:]}"
        detail = f", {parti.detail}" if parti.detail else ""
        clair = f"{parti.titre}{detail} : {mots.dire_un_parti(parti, ecran.session.regles)}" if parti.titre else ""
        nom = NomMasque(quoi, clair, ("parti", parti.dossier, parti.fiche), parti.dossier, genre="texte")
        self.noms.append(nom)
        ouvrir = Bouton("Ouvrir", partial(ecran.ouvrir, parti), icone="folder-open", description=quoi)
        return Colonnes([(nom, 1, 400), (ouvrir, 0, 0)], ecart=3)


class EcranPublications(Ecran):
    """Ce que ce poste tient du registre."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.corrections: list[CarteCorrection] = []
        self.gestes: list[tuple[Bouton, Bouton]] = []
        self.constat = etiquette_aide("")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._boite = QVBoxLayout()
        self._boite.setSpacing(espace(3))
        page = colonne(rangee(texte(mots.TITRE, "titre", coupe=False), 1, self.retour), self.constat, ecart=3, marges=8)
        page.addLayout(self._boite)
        page.addStretch(1)
        entiere = QVBoxLayout(self)
        entiere.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        entiere.addWidget(self._page)
        session.regles_chargees.connect(self._relire_si_visible)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    def _relire_si_visible(self) -> None:
        if self.isVisible():
            self._relire()

    def _relire(self) -> None:
        auteur = self.session.auteur
        self.session.avec_coffre(lambda coffre: lire(coffre, auteur), self._montrer, pour=self, remplace="publications")

    def _montrer(self, lu: Lu) -> None:
        self._vider()
        self.constat.setText(mots.A_JOUR if lu.tenues else mots.RIEN_DE_PUBLIE)
        a_lire = {une.nom for une in lu.a_lire}
        for tenue in sorted((une for une in lu.tenues if une.urgence), key=lambda une: une.nom not in a_lire):
            carte = CarteCorrection(self, tenue, lu.partis[tenue.nom], tenue.nom not in a_lire)
            self.corrections.append(carte)
            self._boite.addWidget(carte)
        if lu.mises_de_cote:
            self._boite.addWidget(self._mises_de_cote(lu.mises_de_cote))
        if lu.tenues:
            self._boite.addWidget(self._tenues(lu.tenues, self.session.regles))

    def _tenues(self, tenues: Sequence[InformationTenue], regles: Regles | None) -> Carte:
        carte = Carte("Ce que ce poste tient", icone="inbox")
        for tenue in tenues:
            carte.ajouter(intertitre(mots.nommer(tenue, regles), "gras"), texte(mots.dire_la_version(tenue)))
        return carte

    def _mises_de_cote(self, mises_de_cote: Sequence[Surcharge]) -> Carte:
        carte = Carte("Ce que la structure avait écrit avant une correction", icone="split")
        carte.ajouter(etiquette_aide(mots.MISE_DE_COTE))
        for surcharge in mises_de_cote:
            dite = mots.dire_la_modification(surcharge)
            garder = Bouton(mots.GARDER, partial(self._garder, surcharge), icone="rotate-ccw", description=dite)
            renoncer = Bouton(mots.RENONCER, partial(self._renoncer, surcharge), icone="check", description=dite)
            self.gestes.append((garder, renoncer))
            carte.ajouter(texte(dite, "gras"), texte(surcharge.contenu.decode("utf-8", "replace")[:600], "petit"))
            carte.ajouter(rangee(Colonnes([(renoncer, 0, 0), (garder, 0, 0)], ecart=2), 1))
        return carte

    def _vider(self) -> None:
        masque().remasquer()
        self.corrections, self.gestes = [], []
        while (element := self._boite.takeAt(0)) is not None:
            retirer(element.widget())

    # Les gestes.

    def marquer_lue(self, tenue: InformationTenue) -> None:
        """Cet agent l'a lue : l'accueil ne la lui dit plus."""
        agent = self.session.agent
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(lambda coffre: coffre.informations.lire(agent, tenue), self._fait, pour=self)

    def ouvrir(self, parti: Parti) -> None:
        """Va au dossier de cette personne, pour la prévenir."""
        self.aller.emit("entretien", {"dossier": parti.dossier})

    def _garder(self, surcharge: Surcharge) -> None:
        auteur, ou = self.session.auteur, (surcharge.nature, surcharge.id, surcharge.fichier)
        self._changer(lambda coffre: coffre.modifier_fichier(*ou, surcharge.contenu, auteur))

    def _renoncer(self, surcharge: Surcharge) -> None:
        auteur, ou = self.session.auteur, (surcharge.nature, surcharge.id, surcharge.fichier)
        self._changer(lambda coffre: coffre.revenir_a_l_original(*ou, auteur))

    def _changer(self, geste: Any) -> None:
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        self.session.avec_coffre(
            geste, self._fait, pour=self, echec=lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT)
        )

    def _fait(self, _: object) -> None:
        self.session.relire_les_sources()
        annoncer(self, "C'est noté.")
        self._relire()

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
