"""Le taux de l'année suivante : droits nés et échus, logements livrés et sortis ; la formule montrée, rien de gardé."""

from __future__ import annotations

from datetime import date

from modele.contingents.passages import Passage, actualise
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import Pli, rangee, texte
from ui.ecrans.contingents import saisie
from ui.mots import contingents as mots


class PliActualisation(Pli):
    """``montrer`` : le passage qui est à l'écran ; ce qui se tape ici refait le calcul aussitôt."""

    def __init__(self) -> None:
        self.nes = saisie.champ_entier("Droits nés dans l'année")
        self.echus = saisie.champ_entier("Droits échus")
        self.livres = saisie.champ_entier("Logements livrés")
        self.sortis = saisie.champ_entier("Logements sortis du parc")
        self.dit = texte(mots.PAS_DE_TAUX, "gras")
        self._passage = Passage("", "")
        super().__init__(
            "Taux de l'année suivante", "Replier l'année suivante",
            rangee(self.nes, self.echus, ecart=3), rangee(self.livres, self.sortis, ecart=3), self.dit,
        )  # fmt: skip
        for un in (self.nes, self.echus, self.livres, self.sortis):
            un.ligne.textChanged.connect(lambda _: self._calculer())

    def vider(self) -> None:
        """Rien de la commune d'avant."""
        for un in (self.nes, self.echus, self.livres, self.sortis):
            un.poser(None)

    def montrer(self, passage: Passage) -> None:
        """Le calcul, sur ces droits et ce parc."""
        self._passage = passage
        self._calculer()

    def _calculer(self) -> None:
        try:
            vu = actualise(
                self._passage,
                date.today(),
                nes=self.nes.valeur() or 0,
                echus=self.echus.valeur() or 0,
                livres=self.livres.valeur() or 0,
                sortis=self.sortis.valeur() or 0,
            )
            self.dit.setText(" ; ".join(map(str, vu.etapes)) if vu is not None else mots.PAS_DE_TAUX)
        except (ValueError, ErreurUtilisateur) as faute:
            self.dit.setText(str(faute))
