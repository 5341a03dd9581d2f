"""Le règlement intérieur du bailleur : ce qu'il dit du quorum et des délais. Vide, cela manque, et se voit."""

from __future__ import annotations

from PySide6.QtCore import Signal

from modele.seance.notions import Reglement
from ui.composants import Bloc, Bouton, Carte, champ, etiquette_aide, rangee, texte, viser
from ui.ecrans.contingents.saisie import champ_date, champ_entier, dit, lu, premiere_faute
from ui.mots import seance as mots


class CarteReglement(Carte):
    """``regler`` : le règlement saisi."""

    regler = Signal(object)

    def __init__(self) -> None:
        super().__init__("Règlement intérieur", icone="file-text")
        self.nom = champ("Son nom")
        self.adopte = champ_date("Adopté le")
        self.quorum = champ_entier("Quorum, membres présents")
        self.notifier = champ_entier("Jours pour notifier")
        self.repondre = champ_entier("Jours pour répondre à l'offre", "Dix au moins (CCH R441-10).")
        self.repris = texte("", "gras")
        self.garder = Bouton("Garder le règlement", self._garder, icone="check")
        self.ajouter(etiquette_aide(mots.REGLEMENT), self.repris)
        self.ajouter(rangee(self.nom, self.adopte, ecart=3))
        self.ajouter(rangee(self.quorum, self.notifier, ecart=3), self.repondre, Bloc(rangee(self.garder, 1)))

    def montrer(self, dit_: Reglement, repris: str = "") -> None:
        """Ce qui est gardé. ``repris`` : d'où il vient, si nul ne l'a encore relu ici."""
        self.repris.setText(repris)
        self.repris.setVisible(bool(repris))
        self.nom.poser(dit_.nom or None)
        self.adopte.poser(dit_.adopte_le)
        for un, nombre in (
            (self.quorum, dit_.quorum), (self.notifier, dit_.notification_jours), (self.repondre, dit_.reponse_jours),
        ):  # fmt: skip
            un.poser(nombre)

    def _garder(self) -> None:
        fautif = premiere_faute([self.adopte, self.quorum, self.notifier, self.repondre])
        if fautif is not None:
            viser(fautif)
            return
        self.regler.emit(
            Reglement(
                nom=dit(self.nom),
                adopte_le=lu(self.adopte),
                quorum=lu(self.quorum),
                notification_jours=lu(self.notifier),
                reponse_jours=lu(self.repondre),
            )
        )
