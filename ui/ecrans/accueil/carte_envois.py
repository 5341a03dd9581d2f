"""La carte des envois, sur l'accueil : où en est-on, en une phrase ; le détail est un écran à part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from modele.synchro.etats import EtatEnvois, Lien
from ui.composants import Bouton, Carte, etiquette_aide, intertitre, rangee, texte
from ui.mots.envois import pied, precisions, principale
from ui.theme.icones import Icone

TITRE = "Envois"


class CarteEnvois(Carte):
    """Toujours là, même sans registre : ce qui part, et ce qui reste, n'est jamais une surprise."""

    def __init__(self, aller: Callable[[str], object]) -> None:
        super().__init__(nom=TITRE)
        self._icone = Icone("cloud-off", "encre")
        self.voir = Bouton(
            "Voir les envois", lambda: aller("envois"), genre="discret", montre="Ctrl+E", description=TITRE
        )
        entete = rangee(self._icone, intertitre(TITRE), self.voir, ecart=2)
        entete.setStretch(1, 1)
        self.phrase = texte("")
        self._suite = [etiquette_aide("") for _ in range(3)]
        self.ajouter(entete, self.phrase, *self._suite)

    def montrer(self, etat: EtatEnvois | None) -> None:
        """Dit où en sont les envois ; ``None`` : ce n'est pas encore su, rien n'est parti."""
        connu, maintenant = etat or EtatEnvois(Lien.SANS_REGISTRE), datetime.now().astimezone()
        dit = pied(connu, maintenant)
        self._icone.montrer(dit.icone, dit.ton)
        self.phrase.setText(principale(connu, maintenant))
        dites = precisions(connu, maintenant)
        for rang, ligne in enumerate(self._suite):
            ligne.setText(dites[rang] if rang < len(dites) else "")
            ligne.setVisible(rang < len(dites))
