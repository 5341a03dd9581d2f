"""Les deux barres de la fenêtre : en haut où l'on est et ce qu'on peut faire, en bas ce qui est enregistré."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.composants import Bloc, Bouton, Colonnes, LigneEtat, Pastille, annoncer, nommer, rangee, texte
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from datetime import datetime

SANS_REGISTRE = "Sans registre configuré : tout reste sur ce poste, chiffré"


class _Barre(QFrame):
    def __init__(self, nom: str, genre: str, contenu: QWidget) -> None:
        super().__init__()
        nommer(self, nom)
        self.setProperty("genre", genre)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(espace(5), 3, espace(5), 3)
        boite.addWidget(contenu)


class BarreHaute(_Barre):
    """Perron, territoire, statut de la grille ; recherche, agent, page neutre."""

    def __init__(
        self, chercher: Callable[[], object], agent: Callable[[], object], neutre: Callable[[], object]
    ) -> None:
        marque = texte("Perron", "marque", coupe=False)
        self._territoire = Pastille("territoire", ronde=True)
        self._statut = Pastille("grille", Ton.JOUR, ronde=True)
        self.recherche = Bouton(
            "Rechercher : dossier, action", chercher, genre="recherche", montre="Ctrl+K", icone="search"
        )
        self.agent = Bouton("Agent", agent, genre="discret", icone="user", description="Menu : affichage, verrouiller")
        self.neutre = Bouton("Page neutre", neutre, genre="discret", montre="F12")
        gauche = Bloc(rangee(marque, self._territoire, self._statut, 1, ecart=4))
        droite = Bloc(rangee(1, self.recherche, self.agent, self.neutre, ecart=2))
        super().__init__(
            "Barre du haut", "barre_haute", Colonnes([(gauche, 1, 0), (droite, 1, 0)], ecart=2, ecart_pile=1)
        )
        self.situer("", "")
        self.ouvrir("")

    def situer(self, territoire: str, statut: str) -> None:
        """Le territoire et le statut de sa grille ; vides, rien ne se montre."""
        for pastille, mot, ton in ((self._territoire, territoire, Ton.NEUTRE), (self._statut, statut, Ton.JOUR)):
            pastille.setVisible(bool(mot))
            if mot:
                pastille.montrer(mot, ton)

    def ouvrir(self, agent: str) -> None:
        """L'agent au poste ; vide : coffre verrouillé, rien à chercher."""
        self.recherche.setVisible(bool(agent))
        self.neutre.setVisible(bool(agent))
        self.agent.renommer(agent or "Affichage")


class BarreBasse(_Barre):
    """Ce qui est enregistré, où, et le dossier ouvert."""

    def __init__(self) -> None:
        self.enregistre = LigneEtat("Rien à enregistrer", "circle-check", Ton.NEUTRE, gras=True, coupe=False)
        self.envoi = LigneEtat(SANS_REGISTRE, "cloud-off", Ton.NEUTRE, coupe=False)
        self._numero = texte("", "petit", coupe=False)
        etat = Bloc(rangee(self.enregistre, self.envoi, 1, ecart=5))
        super().__init__(
            "État de l'enregistrement",
            "barre_basse",
            Colonnes([(etat, 1, 0), (self._numero, 0, 0)], ecart=5, ecart_pile=0),
        )

    def dire_enregistre(self, instant: datetime) -> None:
        """« Enregistré sur ce poste à 10:42:07 »."""
        self.enregistre.montrer(f"Enregistré sur ce poste à {instant:%H:%M:%S}", "circle-check", Ton.COURANT)

    def dire_echec(self) -> None:
        """L'enregistrement a échoué : l'état le dit autant que le bandeau."""
        self.enregistre.montrer("Pas enregistré", "circle-alert", Ton.IMMEDIAT)
        annoncer(self, "Pas enregistré", pressant=True)

    def dire_dossier(self, numero: str) -> None:
        """Le numéro du dossier ouvert, jamais un nom ; vide : aucun dossier."""
        self._numero.setText(numero)
        self._numero.setVisible(bool(numero))
