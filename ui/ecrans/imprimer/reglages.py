"""Comment imprimer : sur quelle file, combien, des deux côtés, et quand le papier sort. Ce poste s'en souvient.

Essais : ``tests/ui/ecrans/test_imprimer_reglages.py``, ``test_imprimer_cups.py``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.composants import GrosseCoche, GroupeChoix, Option, etiquette_aide, nommer, retirer, texte
from ui.ecrans.imprimer import imprimante
from ui.ecrans.imprimer.imprimante import Reglage, Sortie
from ui.etat.preferences import EXEMPLAIRES
from ui.etat.travaux import Travaux
from ui.systeme.files import INCONNUES, Capacites, capacites
from ui.theme import espace

if TYPE_CHECKING:
    from ui.etat.session import Session

UN_FICHIER: Final = "Cette file n'imprime pas : elle écrit un fichier sur ce poste."
_PATIENCE_S: Final = 1.0
_SORTIES: Final = {
    Sortie.AUSSITOT: Option(Sortie.AUSSITOT, "Aussitôt", "quelqu'un est devant l'imprimante"),
    Sortie.RETENUE: Option(Sortie.RETENUE, "Quand je la laisse sortir", "elle attend dans la file"),
    Sortie.CODE: Option(Sortie.CODE, "Au code tapé à l'imprimante", "Perron le donne"),
}
_DITES: Final = {Sortie.AUSSITOT: "", Sortie.RETENUE: "retenue", Sortie.CODE: "avec un code"}

Pret = Callable[[Reglage, Capacites], object]


class ReglagesImpression(QWidget):
    """``change`` : un réglage, ou ce qu'on sait de la file, vient de changer. Sans session, rien n'est retenu.

    ``d_habitude`` : le nombre d'exemplaires choisi ici est celui de tous les jours ; ailleurs, il ne vaut qu'une fois.
    """

    change = Signal()

    def __init__(self, session: Session | None = None, *, d_habitude: bool = False) -> None:
        super().__init__()
        nommer(self, "Réglages de l'impression")
        self._d_habitude = d_habitude
        self._session = session
        self._fil: Travaux | None = None
        self._connues: dict[str, Capacites] = {}
        self._attend: Pret | None = None
        self.file = ""
        self.offertes: list[str] = []
        self.files: GroupeChoix | None = None
        self.copies = GroupeChoix("Exemplaires", [Option(un, str(un)) for un in EXEMPLAIRES], serre=True)
        self.copies.poser(session.preferences.exemplaires if session is not None else 1)
        self.recto_verso = GrosseCoche(Option("recto_verso", "Recto verso", serre=True))
        self.sorties: GroupeChoix | None = None
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(2))
        self._variables: list[QWidget] = []
        self.copies.choisi.connect(self._retenir_les_exemplaires)
        self.recto_verso.toggled.connect(self._retenir_le_recto_verso)
        for widget in (texte("Exemplaires", "gras"), self.copies, self.recto_verso):
            self._boite.addWidget(widget)

    # La file.

    def relire(self) -> None:
        """Relit les files du poste ; celle d'avant reste choisie."""
        self.offertes = imprimante.files()
        gardee = self._session.preferences.imprimante if self._session is not None else ""
        voulue = gardee or self.file
        self._connues.clear()
        if self._session is not None:
            self.copies.poser(self._session.preferences.exemplaires)
        self._prendre(voulue if voulue in self.offertes else next(iter(self.offertes), ""))

    def choisir(self, file: str) -> None:
        """Prend cette file, et s'en souvient."""
        if self._session is not None:
            self._session.regler(self._session.preferences._replace(imprimante=file))
        self._prendre(file)

    def _prendre(self, file: str) -> None:
        self.file = file
        self._disposer()
        if file and file not in self._connues:
            self._sur_le_fil().lancer(
                lambda: capacites(file), lambda sait: self._savoir(file, sait), lambda _: self._savoir(file, INCONNUES),
                pour=self, remplace="capacites",
            )  # fmt: skip

    def _sur_le_fil(self) -> Travaux:
        """Un fil à part : une imprimante qui ne répond pas n'arrête pas le coffre."""
        if self._fil is None:
            self._fil = Travaux(lambda _: "", self, patience=_PATIENCE_S)
        return self._fil

    def arreter(self) -> None:
        """On quitte : le fil s'arrête, ce qu'il attendait ne se montre plus."""
        fil, self._fil = self._fil, None
        self._attend = None
        if fil is not None:
            fil.arreter(oublier=True)
            fil.deleteLater()

    def demander(self, fonction: Callable[[], object], fini: Callable[[object], object]) -> None:
        """Demande quelque chose à la file, sans que l'écran l'attende."""
        self._sur_le_fil().lancer(fonction, fini, lambda _: fini(None), pour=self)

    def _savoir(self, file: str, sait: Capacites) -> None:
        self._connues[file] = sait
        if file != self.file:
            return
        self._disposer()
        attend, self._attend = self._attend, None
        if attend is not None:
            QTimer.singleShot(0, self, lambda: self.quand_prete(attend))

    @property
    def sait(self) -> Capacites | None:
        """Ce que sait la file choisie ; ``None`` tant qu'elle n'a pas répondu."""
        return self._connues.get(self.file)

    @property
    def garde_un_fichier(self) -> bool:
        """Vrai si la file choisie écrit un fichier sur le poste."""
        return bool(self.file) and (
            (self.sait is not None and self.sait.fichier) or imprimante.ecrit_un_fichier(self.file)
        )

    def quand_prete(self, fini: Pret) -> bool:
        """``fini(réglage, capacités)`` dès que la file a dit ce qu'elle sait ; vrai si c'est fait."""
        if self.sait is None:
            self._attend = fini
            return False
        fini(self.reglage(), self.sait)
        return True

    # Ce qui se règle.

    def reglage(self) -> Reglage:
        """Comment imprimer, un code neuf à chaque fois."""
        sait, sortie = self.sait or INCONNUES, self.sortie()
        code = f"{secrets.randbelow(10**sait.code):0{sait.code}d}" if sortie is Sortie.CODE else ""
        des_deux = self.recto_verso.isEnabled() and self.recto_verso.isChecked()
        return Reglage(self.file, self.copies.valeur() or 1, des_deux, sortie, code)

    def sortie(self) -> Sortie:
        """Quand le papier sort."""
        return self.sorties.valeur() if self.sorties is not None else Sortie.AUSSITOT

    def resume(self) -> str:
        """« Bureau · 2 exemplaires · recto verso · avec un code »."""
        if not self.file:
            return "Aucune imprimante sur ce poste"
        copies = self.copies.valeur() or 1
        dits = (
            self.file,
            f"{copies} exemplaires" if copies > 1 else "",
            "recto verso" if self.reglage().recto_verso else "",
            _DITES[self.sortie()],
        )
        return " · ".join(filter(None, dits))

    def _disposer(self) -> None:
        """Refait ce qui dépend de la file ; le clavier reste où il était."""
        ici = QApplication.focusWidget()
        aux_files, aux_sorties = (un is not None and ici is not None and un.isAncestorOf(ici) for un in self._groupes())
        self._refaire()
        for garder, groupe in zip((aux_files, aux_sorties), self._groupes(), strict=True):
            if garder and groupe is not None:
                groupe.bouton(groupe.valeur()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _groupes(self) -> tuple[GroupeChoix | None, GroupeChoix | None]:
        return self.files, self.sorties

    def _refaire(self) -> None:
        for widget in self._variables:
            retirer(widget)
        self._variables, self.files, self.sorties = [], None, None
        if len(self.offertes) > 1:
            self.files = GroupeChoix("Imprimante", [Option(nom, nom) for nom in self.offertes])
            self.files.poser(self.file)
            self.files.choisi.connect(self.choisir)
            self._poser(0, texte("Imprimante", "gras"), self.files)
        if self.garde_un_fichier:
            self._poser(len(self._variables), etiquette_aide(UN_FICHIER))
        possible = bool(self.file) and imprimante.recto_verso_possible(self.file)
        self.recto_verso.setEnabled(possible)
        self.recto_verso.setChecked(possible and self._retenu("recto_verso"))
        self._offrir_les_sorties(self.sait or INCONNUES)
        self.change.emit()

    def _offrir_les_sorties(self, sait: Capacites) -> None:
        sues = {Sortie.AUSSITOT: True, Sortie.RETENUE: sait.retenue, Sortie.CODE: bool(sait.code)}
        if sum(sues.values()) < 2:
            return
        self.sorties = GroupeChoix("Quand le papier sort", [_SORTIES[un] for un, sue in sues.items() if sue])
        # Un code ne gêne que l'agent, et protège la personne : demandé dès que la file le sait.
        d_emblee = Sortie.CODE if sait.code else Sortie.RETENUE if self._retenu("retenir") else Sortie.AUSSITOT
        self.sorties.poser(d_emblee)
        self.sorties.choisi.connect(self._retenir_la_sortie)
        self._poser(self._boite.count(), texte("Quand le papier sort", "gras"), self.sorties)

    def _poser(self, ou: int, *widgets: QWidget) -> None:
        for rang, widget in enumerate(widgets):
            self._boite.insertWidget(ou + rang, widget)
            self._variables.append(widget)

    def _retenu(self, nom: str) -> bool:
        return self._session is not None and bool(getattr(self._session.preferences, nom))

    def _retenir_la_sortie(self, sortie: Sortie) -> None:
        if self._session is not None:
            self._session.regler(self._session.preferences._replace(retenir=sortie is Sortie.RETENUE))
        self.change.emit()

    def _retenir_les_exemplaires(self, combien: int) -> None:
        if self._session is not None and self._d_habitude:
            self._session.regler(self._session.preferences._replace(exemplaires=combien))
        self.change.emit()

    def _retenir_le_recto_verso(self, oui: bool) -> None:
        if self._session is not None and self.recto_verso.isEnabled() and oui != self._retenu("recto_verso"):
            self._session.regler(self._session.preferences._replace(recto_verso=oui))
        self.change.emit()
