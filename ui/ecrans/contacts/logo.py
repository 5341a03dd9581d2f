"""Le logo en tête des papiers ordinaires : le choisir, le voir comme il sortira, l'enlever. Pour toute la structure.

Jamais sur une fiche réservée : ``impressions/discretion.py`` s'en charge, quoi qu'on choisisse ici.
Essais : ``tests/ui/ecrans/test_ecran_contacts_logo.py``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel

from modele.regles.disque import lire_octets
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche, Fichier
from modele.territoire.logo import NATURE, NOMS, OCTETS_AU_PLUS, Logo, lire_logo, nom_du_logo
from ui.composants import BandeauAlerte, Bouton, Carte, annoncer, etiquette_aide, nommer, rangee
from ui.composants.fichiers import choisir_un_fichier
from ui.theme import Ton
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from ui.etat.session import Session

AIDE: Final = "Une image PNG, JPEG ou SVG, de 512 Kio au plus. Une fiche de sûreté n'en porte jamais."
AUCUN: Final = "Aucun logo : les papiers ordinaires n'en portent pas."
POSE: Final = "Logo enregistré pour toute la structure."
ENLEVE: Final = "Logo enlevé."
FILTRE: Final = "Images (*.png *.svg *.jpg *.jpeg)"
HAUT, LARGE = 60, 220


class CarteLogo(Carte):
    """Le logo que portent aujourd'hui les papiers, et de quoi en changer."""

    def __init__(self, session: Session) -> None:
        super().__init__("Logo en tête des papiers", icone="file-text")
        self._session = session
        self._logo: Logo | None = None
        self.image = QLabel()
        nommer(self.image, "Le logo, tel qu'il sortira")
        self.image.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.constat = etiquette_aide("")
        self.echec = BandeauAlerte()
        self.choisir = Bouton("Choisir une image", self._demander, icone="folder-open")
        self.enlever = Bouton("Enlever le logo", self._enlever, icone="x")
        gestes = rangee(self.choisir, self.enlever, 1)
        self.ajouter(self.echec, self.image, self.constat, etiquette_aide(AIDE), gestes)
        apparence().change.connect(self._dessiner)

    def montrer(self) -> None:
        """Relit ce que portent les papiers."""
        regles = self._session.regles
        logo = regles.territoire.logo if regles is not None else None
        # Un fichier mis de côté (abîmé, trop grand) se dit ici aussi, pas seulement là où l'on imprime.
        ecarts = [str(un) for un in regles.ecarts_des_fiches if "/logo." in un.chemin] if regles is not None else []
        self.constat.setText(" ".join([*([] if logo else [AUCUN]), *ecarts]))
        self.constat.setVisible(bool(self.constat.text()))
        self._logo = logo
        self._dessiner()
        self._montrer_le_geste()

    def _montrer_le_geste(self) -> None:
        territoire = self._session.preferences.territoire

        def ici(coffre: Coffre) -> bool:
            return any((un.nature, un.id) == (NATURE, territoire) for un in coffre.modifications())

        self.enlever.hide()
        self._session.avec_coffre(ici, self.enlever.setVisible, pour=self, remplace="logo d'ici")

    def _dessiner(self) -> None:
        """Tel que le papier le montre : sur blanc, sans transparence."""
        points = None
        if self._logo is not None:
            from impressions.images import en_png

            try:
                points = QPixmap.fromImage(QImage.fromData(en_png(self._logo)))
            except ErreurUtilisateur as faute:
                self.constat.setText(str(faute))
                self.constat.show()
        self.image.setVisible(points is not None)
        if points is not None:
            theme = apparence().theme
            garder, lisse = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.image.setPixmap(points.scaled(theme.px(LARGE), theme.px(HAUT), garder, lisse))

    def _demander(self) -> None:
        if (choisi := choisir_un_fichier(self, "Choisir le logo", FILTRE)) is not None:
            self.poser(choisi)

    def poser(self, chemin: Path) -> None:
        """Ce logo sert désormais à toute la structure ; sinon, une phrase dit pourquoi."""
        territoire, auteur = self._session.preferences.territoire, self._session.auteur

        def ecrire(coffre: Coffre) -> str:
            try:
                octets = lire_octets(chemin, OCTETS_AU_PLUS)
                nom = nom_du_logo(chemin.suffix)
                lu = lire_logo(Fichier(nom, Couche.STRUCTURE, octets=octets))
                # L'en-tête peut être bon et le dessin abîmé : le papier sortirait sans logo.
                from impressions.images import preparer

                preparer(lu)
                for autre in NOMS:
                    if autre != nom:
                        coffre.revenir_a_l_original(NATURE, territoire, autre, auteur)
                coffre.modifier_fichier(NATURE, territoire, nom, octets, auteur)
            except (ErreurUtilisateur, OSError) as faute:
                return str(faute)
            return ""

        self._session.avec_coffre(ecrire, lambda faute: self._rendre(faute, POSE), pour=self)

    def _enlever(self) -> None:
        territoire, auteur = self._session.preferences.territoire, self._session.auteur

        def revenir(coffre: Coffre) -> str:
            try:
                for nom in NOMS:
                    coffre.revenir_a_l_original(NATURE, territoire, nom, auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self._session.avec_coffre(revenir, lambda faute: self._rendre(faute, ENLEVE), pour=self)

    def _rendre(self, faute: str, dit: str) -> None:
        if faute:
            self.echec.dire(faute, Ton.IMMEDIAT)
            return
        self.echec.taire()
        annoncer(self, dit)
        self._session.relire_les_sources()
