"""Un partenaire et ses engagements ; la saisie de l'un d'eux, ou d'un document de référence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from modele.contingents.engagements import DOCUMENT, FINS, SANS_PREUVE, EngagementTenu
from ui.composants import BandeauAlerte, Bloc, Bouton, Carte, annoncer, champ, etiquette_aide, rangee, texte, viser
from ui.ecrans.choix_au_menu import ChoixAuMenu
from ui.ecrans.contingents import saisie
from ui.ecrans.contingents.saisie import dit, lu
from ui.mots import cil
from ui.mots import conference as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.territoire.engagements import Engagement


class CartePartenaire(Carte):
    """Les engagements du partenaire choisi. ``saisir`` : celui qu'on veut écrire ou changer, par son rang."""

    saisir = Signal(int)

    def __init__(self) -> None:
        super().__init__("Ce partenaire", icone="file-text")

    def montrer(self, nom: str, siens: Sequence[Engagement]) -> None:
        """Chacun avec son texte, sa mesure, son état, sa source ; le premier se saisit d'Alt+C."""
        self.vider()
        self.ajouter(texte(nom, "gras"))
        for rang, un in enumerate(siens):
            self.ajouter(texte(cil.dire_engagement(un)))
            if source := cil.source_dite(un):
                self.ajouter(etiquette_aide(source))
            geste = "Saisir" if un.etat == "a_remplir" else "Modifier"
            mot = f"{geste} cet engagement" if len(siens) == 1 else f"{geste} l'engagement {rang + 1}"
            bouton = Bouton(mot, partial(self._demander, rang), icone="notebook-pen", raccourci="" if rang else "Alt+C")
            self.ajouter(Bloc(rangee(bouton, 1)))

    def _demander(self, rang: int) -> None:
        self.saisir.emit(rang)


class FormulaireEngagement(Carte):
    """L'engagement à saisir. ``enregistrer`` : ce qui est saisi ; ``renoncer`` : rien ne change.

    ``retirer`` : l'identifiant de celui qui était de trop, le geste pressé deux fois.
    """

    enregistrer = Signal(object)
    renoncer = Signal()
    retirer = Signal(str)

    def __init__(self) -> None:
        super().__init__("Saisir", icone="file-text")
        self._avant = EngagementTenu("", "", "")
        self.echec = BandeauAlerte()
        self.signataire = champ("Partenaire")
        self.texte = champ("Ce à quoi il s'engage", "Dans les mots de la convention ; d'un document, son nom.")
        self.mesure = ChoixAuMenu("Suivi par", mots.mesures(), lambda _: None, "Alt+S")
        self.cible = champ("Cible", "Dans les mots de la convention.")
        self.du = saisie.champ_date("Date de signature", exemple="01/03/2021")
        self.echeance = saisie.champ_date("Échéance")
        self.source = champ("D'où vient ce qui est saisi", "Convention signée, délibération, site.")
        self.etat = saisie.choix("Où il en est", "etat_engagement")
        self.titre_etat = texte("Où il en est", "gras")
        self.preuve = champ("Ce qui le prouve")
        self.preuve_le = saisie.champ_date("Date de la preuve")
        self.bouton = Bouton("Enregistrer", self._lire, genre="principal", icone="check", raccourci="Ctrl+Return")
        self.annuler = Bouton("Annuler", lambda: self.renoncer.emit(), raccourci="Alt+A")
        self.oter = Bouton(mots.RETIRER, self._retirer, genre="discret")
        self._preuves = Bloc(rangee(self.preuve, self.preuve_le, ecart=3))
        self._suivi = Bloc(rangee(self.mesure, 1))
        self.ajouter(self.echec, self.signataire, self.texte, self._suivi, self.cible)
        self.ajouter(rangee(self.du, self.echeance, ecart=3), self.source, self.titre_etat, self.etat, self._preuves)
        self.ajouter(rangee(self.bouton, self.annuler, 1), Bloc(rangee(self.oter, 1)))

    def montrer(self, engagement: EngagementTenu) -> None:
        """Tel qu'il est ; ce qu'il ne dit pas est vide. Un document n'a ni partenaire, ni état."""
        self._avant = engagement
        self.echec.taire()
        self.oter.renommer(mots.RETIRER)
        self.oter.setVisible(bool(engagement.id))
        for un, ecrit in (
            (self.signataire, engagement.signataire or None),
            (self.texte, engagement.texte or None),
            (self.cible, engagement.cible or None),
            (self.du, engagement.du),
            (self.echeance, engagement.echeance),
            (self.source, engagement.source or None),
            (self.preuve, engagement.preuve or None),
            (self.preuve_le, engagement.preuve_le),
        ):
            un.poser(ecrit)
            un.dire_faute("")
        self.mesure.prendre(engagement.mesure)
        self.etat.poser(engagement.etat or None)
        promis = engagement.sorte != DOCUMENT
        for widget in (self.signataire, self._suivi, self.cible, self.titre_etat, self.etat, self._preuves):
            widget.setVisible(promis)

    def premier(self) -> None:
        """Le clavier à ce qui manque d'abord."""
        vide = not self._avant.signataire and self._avant.sorte != DOCUMENT
        (self.signataire if vide else self.texte).setFocus(Qt.FocusReason.OtherFocusReason)

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
        promis = self._avant.sorte != DOCUMENT
        exiges = [(self.signataire, mots.NOM)] if promis else []
        for un, phrase in (*exiges, (self.texte, mots.TEXTE), (self.source, mots.SOURCE)):
            un.dire_faute("" if dit(un) else phrase)
            if un.faute:
                viser(un)
                return
        if (fautif := saisie.premiere_faute([self.du, self.echeance, self.preuve_le])) is not None:
            viser(fautif)
            return
        if promis and self.etat.valeur() in FINS and not (dit(self.preuve) and lu(self.preuve_le)):
            self.preuve.dire_faute(SANS_PREUVE)
            viser(self.preuve)
            return
        self.enregistrer.emit(self._saisi())

    def _saisi(self) -> EngagementTenu:
        return replace(
            self._avant,
            signataire=dit(self.signataire),
            texte=dit(self.texte),
            mesure=self.mesure.code,
            cible=dit(self.cible),
            du=lu(self.du),
            echeance=lu(self.echeance),
            source=dit(self.source),
            etat=self.etat.valeur() or "",
            preuve=dit(self.preuve),
            preuve_le=lu(self.preuve_le),
        )
