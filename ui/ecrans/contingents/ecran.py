"""L'écran « Contingents et conventions » : une année, ses conventions, ce qui manque, ce qui se contredit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from modele.coffre.contingents import Tenus
from modele.contingents.controles import depassements
from modele.contingents.conventions import COMMUNE, ConventionTenue
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    ListePropositions,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.contingents.detail import CarteConvention
from ui.ecrans.contingents.formulaire import FormulaireConvention
from ui.ecrans.contingents.partage import CartePartage
from ui.ecrans.contingents.prevision import CartePrevisions, FormulairePrevision
from ui.ecrans.de_pilotage import EcranDePilotage
from ui.etat.contingent import exiger_commune
from ui.mots import contingents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.contingents.previsions import PrevisionTenue
    from modele.territoire.conventions import ConventionPublique
    from ui.etat.session import Session

Ligne = tuple[ConventionTenue, "ConventionPublique | None"]
_RETRAIT: Final = mots.RETIRER_VRAIMENT


class EcranContingents(EcranDePilotage):
    """L'année en haut, les conventions à gauche ; à droite celle qui est choisie, ou sa saisie."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.annee = date.today().year
        self.lignes: list[Ligne] = []
        self.passage = Bouton("Passage en flux", lambda: self.aller.emit("passage_flux", {}), raccourci="Alt+F")
        self.avant = Bouton("Année d'avant", partial(self._tourner, -1), icone="chevron-left", raccourci="Alt+PgUp")
        self.apres = Bouton("Année d'après", partial(self._tourner, 1), icone="chevron-right", raccourci="Alt+PgDown")
        self.neuve = Bouton("Nouvelle convention", self._commencer, icone="plus", raccourci="Alt+N")
        self.titre_annee = texte("", "gras", coupe=False)
        self.remarque = etiquette_aide("")
        self.liste = ListePropositions("Conventions", au_plus=4, geste="Compléter")
        self.detail, self.formulaire, self.partage = CarteConvention(), FormulaireConvention(), CartePartage()
        self.previsions, self.saisie_prevision = CartePrevisions(), FormulairePrevision()
        self.alertes = Carte("À regarder", icone="triangle-alert", ton=Ton.JOUR)
        self._disposer()
        self.liste.currentRowChanged.connect(lambda _: self._choisir())
        self.detail.completer.connect(self._completer)
        self.detail.retirer.connect(self._retirer)
        self.formulaire.enregistrer.connect(self._enregistrer)
        self.formulaire.renoncer.connect(self._renoncer)
        self.previsions.saisir.connect(self._saisir_une_prevision)
        self.saisie_prevision.enregistrer.connect(self._enregistrer_la_prevision)
        self.saisie_prevision.renoncer.connect(self._renoncer)
        self.saisie_prevision.retirer.connect(self._retirer_la_prevision)
        session.regles_chargees.connect(self._remontrer)

    def _disposer(self) -> None:
        carte = Carte("Conventions de l'année", icone="list-checks")
        annees = Colonnes([(self.avant, 0, 0), (self.apres, 0, 0)], ecart=2)
        carte.ajouter(rangee(self.titre_annee, 1), Bloc(rangee(annees, 1)), self.constat, self.liste)
        gestes = Colonnes([(self.neuve, 0, 0), (self.passage, 0, 0)], ecart=2)
        self._poser(
            *(Bloc(rangee(gestes, 1)), self.remarque, self.alertes),
            gauche=colonne(carte, self.partage, self.previsions, 1, ecart=3),
            droite=colonne(self.detail, self.formulaire, self.saisie_prevision, 1, ecart=3),
        )

    def focus_initial(self) -> None:
        (self.liste if self.liste.count() else self.neuve).setFocus(Qt.FocusReason.OtherFocusReason)

    # Lire.

    def _recevoir(self, choisie: str, /) -> None:
        self._montrer(choisie)

    def _remontrer(self) -> None:
        if self.isVisible() and not self._on_saisit():
            self._montrer("")

    def _tourner(self, pas: int) -> None:
        self.annee += pas
        self._fermer_la_saisie()
        self._montrer("")
        annoncer(self, f"Année {self.annee}")

    # Montrer.

    def _montrer(self, choisie: str) -> None:
        regles = self.session.regles
        publiques = regles.territoire.conventions if regles is not None else None
        siennes = [une for une in self.tenus.conventions if une.annee == self.annee]
        reste = publiques.a_completer(self.annee, siennes) if publiques is not None else ()
        self.lignes = [*((une, None) for une in siennes), *((une.convention, une) for une in reste)]
        self.lignes.sort(key=lambda ligne: (ligne[0].bailleur.casefold(), ligne[0].reservataire.casefold()))
        self.titre_annee.setText(str(self.annee))
        self.remarque.setText(publiques.remarque if publiques is not None else "")
        self.remarque.setVisible(bool(self.remarque.text()))
        self.constat.setText(self._constater())
        rang = next((rang for rang, (une, _) in enumerate(self.lignes) if choisie and une.id == choisie), 0)
        self.liste.montrer([self._proposition(*ligne) for ligne in self.lignes], rang)
        self.liste.setVisible(bool(self.lignes))
        self._alerter()
        self._choisir()

    def _constater(self) -> str:
        if not self.lignes:
            return mots.AUCUNE.format(self.annee)
        a_saisir = sum(not une.id for une, _ in self.lignes)
        incompletes = sum(bool(une.id and mots.dire_manques(une)) for une, _ in self.lignes)
        return f"{len(self.lignes)} conventions : {a_saisir} à saisir, {incompletes} à compléter."

    def _proposition(self, une: ConventionTenue, publique: ConventionPublique | None) -> Proposition:
        manque = mots.dire_manques(une)
        aide = "à saisir" if publique is not None else manque
        return Proposition(
            f"{une.bailleur} · {une.reservataire}",
            self._completer,
            mots.dire_ligne(une, self.session.regles),
            aide,
            icone="circle-alert" if aide else "circle-check",
        )

    def _alerter(self) -> None:
        self.alertes.vider()
        dites = [*self.tenus.contraires, *(un.dit for un in depassements([une for une, _ in self.lignes], self.annee))]
        self.alertes.ajouter(*(texte(dite) for dite in dites))
        self.alertes.setVisible(bool(dites))

    def _choisir(self) -> None:
        self.detail.oter.renommer("Retirer (saisie par erreur)")
        ligne = self._choisie()
        self.detail.setVisible(ligne is not None and not self._on_saisit())
        self.partage.setVisible(ligne is not None)
        self.previsions.setVisible(ligne is not None)
        if ligne is None:
            return
        une, publique = ligne
        self.detail.montrer(une, f"{une.reservataire} chez {une.bailleur}, {self.annee}", publique)
        self.partage.montrer(une.bailleur, [autre for autre, _ in self.lignes], une)
        regles = self.session.regles
        connues = regles.territoire.communes if regles is not None else {}
        self.previsions.montrer(une, self.tenus.previsions, {code: lieu.nom for code, lieu in connues.items()})

    def _choisie(self) -> Ligne | None:
        rang = self.liste.currentRow()
        return self.lignes[rang] if 0 <= rang < len(self.lignes) else None

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tenus, self.lignes = Tenus(), []
        self.liste.montrer(())
        self._fermer_la_saisie()
        self.detail.hide()
        self.partage.hide()
        self.previsions.hide()
        self.alertes.hide()
        self.remarque.hide()

    # Saisir.

    def _commencer(self) -> None:
        self._saisir(ConventionTenue("", "", "", "", "", self.annee))

    def _completer(self) -> None:
        ligne = self._choisie()
        if ligne is not None:
            self._saisir(replace(ligne[0], annee=self.annee))

    def _on_saisit(self) -> bool:
        return not (self.formulaire.isHidden() and self.saisie_prevision.isHidden())

    def _saisir(self, convention: ConventionTenue) -> None:
        self.saisie_prevision.hide()
        self.formulaire.montrer(convention)
        self.detail.hide()
        self.formulaire.show()
        self.formulaire.premier()

    def _fermer_la_saisie(self) -> None:
        self.formulaire.hide()
        self.formulaire.montrer(ConventionTenue("", "", "", "", "", 0))
        self.saisie_prevision.hide()

    def _renoncer(self) -> None:
        self._fermer_la_saisie()
        self._choisir()
        self.focus_initial()

    def _enregistrer(self, convention: ConventionTenue) -> None:
        auteur, regles = self.session.auteur, self.session.regles
        commune = convention.code if convention.ou == COMMUNE else ""

        def garder(coffre: Coffre) -> ConventionTenue:
            exiger_commune(regles, commune)
            return coffre.contingents.garder_convention(convention, auteur)

        def rendre(gardee: ConventionTenue) -> None:
            self._fermer_la_saisie()
            self.annee = gardee.annee
            self._relire(mots.GARDEE, gardee.id)
            self.alerte.emit(mots.GARDEE, Ton.COURANT)

        self.session.avec_coffre(
            garder, rendre, pour=self,
            echec=self.formulaire.dire_echec,
        )  # fmt: skip

    def _saisir_une_prevision(self, prevision: PrevisionTenue) -> None:
        self._fermer_la_saisie()
        self.saisie_prevision.montrer(prevision)
        self.detail.hide()
        self.saisie_prevision.show()
        self.saisie_prevision.premier()

    def _enregistrer_la_prevision(self, prevision: PrevisionTenue) -> None:
        auteur, regles = self.session.auteur, self.session.regles

        def garder(coffre: Coffre) -> None:
            exiger_commune(regles, prevision.commune)
            coffre.contingents.garder_prevision(prevision, auteur)

        self._ecrire_la_prevision(garder, mots.PREVISION_GARDEE)

    def _retirer_la_prevision(self, lequel: str) -> None:
        auteur = self.session.auteur
        self._ecrire_la_prevision(
            lambda coffre: coffre.contingents.retirer_prevision(lequel, auteur), mots.PREVISION_RETIREE
        )

    def _ecrire_la_prevision(self, ecrire: Callable[[Coffre], None], dit: str) -> None:
        ligne = self._choisie()
        choisie = "" if ligne is None else ligne[0].id

        def rendre(_: None) -> None:
            self._fermer_la_saisie()
            self._relire(dit, choisie)
            self.alerte.emit(dit, Ton.COURANT)

        self.session.avec_coffre(ecrire, rendre, pour=self, echec=self.saisie_prevision.dire_echec)

    def _retirer(self) -> None:
        ligne = self._choisie()
        if ligne is None or not ligne[0].id:
            return
        if self.detail.oter.text() != _RETRAIT:
            self.detail.oter.renommer(_RETRAIT)
            viser(self.detail.oter)
            annoncer(self.detail, _RETRAIT)
            return
        lequel, auteur = ligne[0].id, self.session.auteur

        def rendre(_: None) -> None:
            self._relire(mots.RETIREE)
            self.alerte.emit(mots.RETIREE, Ton.COURANT)

        self.session.avec_coffre(
            lambda coffre: coffre.contingents.retirer_convention(lequel, auteur), rendre, pour=self,
            echec=lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT),
        )  # fmt: skip
