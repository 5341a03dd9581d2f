"""Lever la discrétion du dossier ouvert : sa demande, la confirmation d'un autre, deux jours, puis le geste."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from modele.protection.discretion import est_discret
from modele.protection.levee import lire_la_levee
from ui.composants import Bouton, Carte, Colonnes, annoncer, champ, etiquette_aide, rangee, texte, viser
from ui.mots import levee as mots

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from ui.etat.session import Session


class CarteLevee(Carte):
    """Cachée d'un dossier ordinaire. Le coffre juge chaque geste ; la carte n'offre que ceux qui se peuvent."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE)
        self._session = session
        self.mots = champ(mots.MOTS)
        self.etat = texte("")
        self.boutons = {
            mots.DEMANDER: Bouton(mots.DEMANDER, self._demander, icone="notebook-pen"),
            mots.CONFIRMER: Bouton(mots.CONFIRMER, self._confirmer, icone="check"),
            mots.LEVER: Bouton(mots.LEVER, self._lever, icone="eye", description="Le dossier ne sera plus discret"),
            mots.RETIRER: Bouton(mots.RETIRER, self._retirer, genre="discret", icone="x"),
        }
        gestes = Colonnes([(un, 0, 0) for un in self.boutons.values()], ecart=2)
        self.ajouter(etiquette_aide(mots.EXPLIQUER), self.etat, self.mots, rangee(gestes, 1))
        self.mots.entree.connect(self._demander)
        session.dossier_change.connect(lambda _: self.montrer())

    def montrer(self) -> None:
        """Où en est la levée du dossier ouvert."""
        document, maintenant = self._session.document, datetime.now().astimezone()
        self.setVisible(est_discret(document))
        lue = lire_la_levee(document)
        dit, offerts = mots.dire_l_etat(lue, maintenant), mots.gestes(lue, self._session.agent, maintenant)
        if dit != self.etat.text() and dit:
            annoncer(self, dit)
        self.etat.setText(dit)
        self.etat.setVisible(bool(dit))
        self.mots.setVisible(mots.DEMANDER in offerts)
        for nom, bouton in self.boutons.items():
            bouton.setVisible(nom in offerts)

    def oublier(self) -> None:
        """Rien du dossier fermé ne reste."""
        self.mots.poser(None)
        self.etat.setText("")
        self.hide()

    def _demander(self) -> None:
        dits, auteur = self.mots.contenu.strip(), self._session.auteur
        if not dits:
            self.mots.dire_faute(mots.SANS_MOTS)
            viser(self.mots)
            return
        self._faire(lambda coffre, dossier: coffre.levees.demander(dossier, dits, auteur))

    def _confirmer(self) -> None:
        auteur = self._session.auteur
        self._faire(lambda coffre, dossier: coffre.levees.confirmer(dossier, auteur))

    def _retirer(self) -> None:
        auteur = self._session.auteur
        self._faire(lambda coffre, dossier: coffre.levees.retirer(dossier, auteur))

    def _lever(self) -> None:
        auteur = self._session.auteur
        self._faire(lambda coffre, dossier: coffre.levees.lever(dossier, auteur))

    def _faire(self, geste: Callable[[Coffre, str], Any]) -> None:
        dossier = self._session.dossier_id

        def rendre(_: Any) -> None:
            self.mots.poser(None)
            self._session.relire()

        self._session.avec_coffre(lambda coffre: geste(coffre, dossier), rendre, pour=self)
