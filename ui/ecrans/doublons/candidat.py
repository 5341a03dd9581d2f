"""Un dossier qui ressemble, dans un autre guichet : pourquoi, et ce qu'on peut en faire."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.coffre.listes import Resume, Semblable
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Pastille,
    champ,
    colonne,
    etiquette_aide,
    intertitre,
    rangee,
    viser,
)
from ui.composants.masques import NomMasque
from ui.mots.masques import designer, designer_par_reference
from ui.theme.icones import Icone

PAS_ICI: Final = (
    "Ce dossier n'est pas sur ce poste. L'ouvrir ici se note : qui le tient lira votre nom, ce guichet et votre motif. "
    "Si la personne se protège de quelqu'un, ne l'ouvrez pas."
)
AILLEURS: Final = "Il est dans un autre territoire : il ne s'ouvre pas d'ici. La personne peut vous en parler."
MOTIF: Final = "Dites pourquoi, en quelques mots : la personne est là, elle demande…"


class CarteCandidat(Carte):
    """``comparer`` : les deux sont sur ce poste. ``ecarter`` : ce n'est pas la même personne.

    ``ouvrir`` : le motif, vide si le dossier est déjà sur ce poste. ``nommer_le_dossier`` : dire à qui il ressemble.
    ``rang`` : « 2 sur 7. », pour que deux cartes aux mêmes raisons ne se confondent pas à l'oreille.
    """

    comparer = Signal()
    ouvrir = Signal(str)
    ecarter = Signal()

    def __init__(
        self, doublon: Semblable, *, nommer_le_dossier: bool, d_ici: Resume | None = None, rang: str = ""
    ) -> None:
        lieu = doublon.guichet or ("Ce poste" if d_ici is not None else "Un autre guichet")
        super().__init__(nom=f"{rang} {lieu} : {', '.join(doublon.raisons)}".strip())
        self.doublon = doublon
        entete = rangee(Icone("users", "encre"), intertitre(lieu), ecart=2)
        entete.setStretch(1, 1)
        self.ajouter(
            entete,
            *(_d_ici(d_ici, doublon.autre) if d_ici is not None else self._a_qui(nommer_le_dossier)),
            _raisons(doublon.raisons),
        )
        if not doublon.tenu_ici:
            self.ajouter(etiquette_aide(PAS_ICI if doublon.autre else AILLEURS))
        autre = Bouton("Ce n'est pas la même personne", self.ecarter.emit, icone="x", description=self.accessibleName())
        self.premier = self._geste() or autre
        gestes: list[tuple[QWidget, int, int]] = [(un, 0, 0) for un in dict.fromkeys((self.premier, autre))]
        self._gestes = Bloc(rangee(Colonnes(gestes, ecart=2), 1))
        self.motif = champ("Pourquoi l'ouvrir ici", exemple="elle demande où en est sa demande")
        self.confirmer = Bouton("Ouvrir ici", self._ouvrir, genre="principal", icone="folder-open", montre="Return")
        renoncer = Bouton("Renoncer", self._renoncer)
        self._formulaire: QWidget = Bloc(
            colonne(self.motif, rangee(Colonnes([(self.confirmer, 0, 0), (renoncer, 0, 0)], ecart=2), 1))
        )
        self._formulaire.hide()
        self.motif.entree.connect(self._ouvrir)
        self.ajouter(self._gestes, self._formulaire)

    def _a_qui(self, nommer_le_dossier: bool) -> list[QWidget]:
        """À qui il ressemble, masqué, quand aucun dossier n'est ouvert."""
        doublon = self.doublon
        if not (nommer_le_dossier and doublon.titre):
            return [etiquette_aide("y tient un dossier qui ressemble :")]
        masque = designer_par_reference(doublon.dossier)
        return [
            etiquette_aide("y tient un dossier qui ressemble à :"),
            NomMasque(masque, doublon.titre, ("doublon", doublon.dossier, doublon.autre), doublon.dossier),
        ]

    def _geste(self) -> Bouton | None:
        """Ce qu'on peut faire de l'autre dossier : le comparer s'il est ici, sinon l'ouvrir ; rien s'il est loin."""
        nom = self.accessibleName()
        if self.doublon.tenu_ici and self.doublon.dossier:
            return Bouton("Comparer", self.comparer.emit, icone="scale", description=nom)
        if self.doublon.tenu_ici:
            return Bouton("Ouvrir", lambda: self.ouvrir.emit(""), icone="folder-open", description=nom)
        if self.doublon.autre:
            return Bouton("Ouvrir ici", self._demander_motif, icone="folder-open", description=nom)
        return None

    def _demander_motif(self) -> None:
        self._gestes.hide()
        self._formulaire.show()
        viser(self.motif)

    def _renoncer(self) -> None:
        self._formulaire.hide()
        self._gestes.show()
        viser(self.premier)

    def _ouvrir(self) -> None:
        motif = self.motif.contenu.strip()
        if not motif:
            self.motif.dire_faute(MOTIF)
            viser(self.motif)
            return
        self.ouvrir.emit(motif)


def _d_ici(resume: Resume, dossier: str) -> list[QWidget]:
    """Qui c'est, masqué : il est sur ce poste, et l'agent peut avoir à le reconnaître."""
    designe = designer(resume, datetime.now().astimezone())
    clair = " · ".join(designe.clair) if designe.clair else ""
    return [NomMasque(f"{designe.titre} · {designe.detail}", clair, ("semblable", resume.reference), dossier)]


def _raisons(raisons: tuple[str, ...]) -> QWidget:
    """Ce qui fait croire que c'est la même personne."""
    pastilles: list[tuple[QWidget, int, int]] = [(Pastille(raison, ronde=True), 0, 0) for raison in raisons]
    return Bloc(rangee(Colonnes(pastilles, ecart=2, ecart_pile=1), 1))
