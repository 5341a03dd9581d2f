"""L'écran « Remises entre lieux » : remettre le dossier ouvert ; recevoir, refuser, retirer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.composants import (
    Bouton,
    Carte,
    Champ,
    Colonnes,
    Defilement,
    GroupeChoix,
    Option,
    SaisieInvalide,
    champ,
    colonne,
    constater,
    etiquette_aide,
    rangee,
    retirer,
    texte,
    viser,
)
from ui.ecrans.base import Ecran
from ui.ecrans.remises.lieu import ChoixDuLieu, destinations
from ui.mots import remises as mots
from ui.saisies.lecture import lire_date
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre.remises import Remise
    from ui.etat.session import Session

_VERS, _BUT, _JUSQU_AU = "Le lieu que la personne nomme", "Pourquoi, dans ses mots", "Son accord vaut jusqu'au"
_MANQUE: Final = {_VERS: "Écrivez le nom de l'autre lieu.", _BUT: "Écrivez pourquoi."}


class LigneRemise(Carte):
    """Une remise : ce qu'on en lit d'abord, puis les gestes qui se peuvent."""

    def __init__(self, une: Remise, agir: Callable[[str, Remise, str], object]) -> None:
        titre = mots.dire_titre(une)
        super().__init__(nom=titre, ton=Ton.JOUR if une.a_repondre else Ton.NEUTRE)
        self.remise = une
        self.motif: Champ | None = None
        self.gestes: list[Bouton] = []
        self.ajouter(texte(titre, "gras"), etiquette_aide(mots.dire_accord(une)))
        if dits := mots.dire_champs(une):
            self.ajouter(etiquette_aide(dits))
        if une.a_repondre:
            self.motif = champ("D'un refus, pourquoi")
            self.gestes = [
                Bouton("Recevoir", partial(agir, "recevoir", une, ""), icone="check", description=titre),
                Bouton("Refuser", lambda: agir("refuser", une, self._ecrit()), genre="discret", description=titre),
            ]
            self.ajouter(self.motif)
        elif une.attend:
            retire = partial(agir, "retirer", une, "")
            self.gestes = [Bouton("Retirer l'accord", retire, genre="discret", icone="x", description=titre)]
        if self.gestes:
            self.ajouter(rangee(*self.gestes, 1, ecart=2))

    def _ecrit(self) -> str:
        return self.motif.contenu.strip() if self.motif is not None else ""


class EcranRemises(Ecran):
    """Ce qui est adressé à ce lieu d'abord ; puis ce qui est parti d'ici ; dossier ouvert, de quoi le remettre."""

    def __init__(self, session: Session) -> None:
        super().__init__(mots.TITRE, session)
        self.lignes: list[LigneRemise] = []
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.constat = etiquette_aide("")
        self.but, self.a_qui = champ(_BUT), champ(mots.NOMMER)
        self.lieu = ChoixDuLieu(_VERS, lambda: viser(self.but))
        self.vers = self.lieu.champ
        self.jusqu_au = champ(_JUSQU_AU, exemple="31/12/2026", largeur=200)
        self.choix = GroupeChoix(
            "Ce qui est remis",
            [Option(nom, dit, demi=True, dense=True) for nom, dit in mots.champs().items()],
            multiple=True,
        )
        self.remettre = Bouton("Remettre", self.proposer, genre="principal", icone="send", raccourci="Ctrl+Return")
        self.formulaire = Carte(mots.REMETTRE, icone="send")
        self._lignes = QVBoxLayout()
        self._lignes.setSpacing(espace(3))
        self._disposer()
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        self.formulaire.ajouter(
            etiquette_aide(mots.ACCORD),
            self.lieu,
            self.but,
            Colonnes([(self.jusqu_au, 1, 300), (self.a_qui, 1, 300)], ecart=3),
            texte("Ce qui est remis", "gras"), self.choix, rangee(self.remettre, 1),
        )  # fmt: skip
        titre = rangee(texte(mots.TITRE, "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self.constat, ecart=3, marges=8)
        page.addLayout(self._lignes)
        page.addWidget(self.formulaire)
        page.addStretch(1)
        self._page = Defilement(page)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._vider()
        self.formulaire.setVisible(bool(self.session.dossier_id))
        premier = self.vers if self.session.dossier_id else self.retour
        premier.setFocus(Qt.FocusReason.OtherFocusReason)
        self._equiper()
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    # Lire.

    def _equiper(self) -> None:
        """Les lieux où remettre : ceux que le registre a nommés, puis l'annuaire du territoire."""
        auteur, regles = self.session.auteur, self.session.regles
        lieux = regles.territoire.lieux if regles is not None else ()
        self.session.avec_coffre(
            lambda coffre: coffre.remises.destinations(auteur),
            lambda lus: self.lieu.equiper(destinations(lus[0], lieux, lus[1])),
            pour=self, remplace="destinations",
        )  # fmt: skip

    def _relire(self, phrase: str = "") -> None:
        auteur = self.session.auteur

        def rendre(lues: Sequence[Remise]) -> None:
            self._montrer(lues, phrase)

        self.session.avec_coffre(lambda coffre: coffre.remises.lister(auteur), rendre, pour=self, remplace="remises")

    def _montrer(self, lues: Sequence[Remise], phrase: str) -> None:
        self._vider_les_lignes()
        self.lignes = [LigneRemise(une, self._agir) for une in sorted(lues, key=lambda une: not une.a_repondre)]
        for ligne in self.lignes:
            self._lignes.addWidget(ligne)
        self._dire(phrase or ("" if lues else mots.RIEN))

    # Agir.

    def proposer(self) -> None:
        """Remet le dossier ouvert ; ce qui manque se dit au champ, et rien n'est noté."""
        dossier, auteur = self.session.dossier_id, self.session.auteur
        regles = self.session.regles
        if not dossier or regles is None or (fin := self._terme()) is None:
            return
        vers, but, a_qui = (un.contenu.strip() for un in (self.vers, self.but, self.a_qui))
        choisis = [str(un) for un in self.choix.valeur() or ()]
        if not choisis:
            self._dire(mots.CHOISIR)
            self.choix.focus_initial()
            return

        evitees = mots.zones(self.session.document, regles)

        def faire(coffre: Any) -> Remise:
            faite: Remise = coffre.remises.proposer(
                dossier, vers, but, fin, auteur, a_qui=a_qui, champs=choisis, zones=evitees
            )
            return faite

        def rendre(_: Remise) -> None:
            self._vider_le_formulaire()
            self._relire(mots.PROPOSEE)

        self.session.avec_coffre(faire, rendre, pour=self)

    def _terme(self) -> date | None:
        """Le dernier jour de l'accord, une fois tout écrit ; ``None`` : quelque chose manque, et c'est dit."""
        for un, nom in ((self.vers, _VERS), (self.but, _BUT)):
            un.dire_faute("" if un.contenu.strip() else _MANQUE[nom])
            if not un.contenu.strip():
                viser(un)
                return None
        if not self.lieu.sur():
            viser(self.vers)
            return None
        try:
            fin: date = lire_date(self.jusqu_au.contenu, date.today())
        except SaisieInvalide as faute:
            self.jusqu_au.dire_faute(str(faute))
            viser(self.jusqu_au)
            return None
        self.jusqu_au.dire_faute("")
        return fin

    def _agir(self, geste: str, une: Remise, motif: str) -> None:
        auteur = self.session.auteur
        gestes: dict[str, Callable[[Any], Any]] = {
            "recevoir": lambda coffre: coffre.remises.recevoir(une.id, auteur)["id"],
            "refuser": lambda coffre: coffre.remises.refuser(une.id, motif, auteur),
            "retirer": lambda coffre: coffre.remises.retirer(une.id, auteur),
        }

        def rendre(neuf: Any) -> None:
            if geste == "recevoir":
                self.aller.emit("entretien", {"dossier": neuf})
            else:
                self._relire(mots.REFUSEE if geste == "refuser" else mots.RETIREE)

        self.session.avec_coffre(gestes[geste], rendre, pour=self)

    # L'écran.

    def _vider(self) -> None:
        """Rien d'une personne ne reste, pas même caché."""
        self._vider_les_lignes()
        self._vider_le_formulaire()
        self._dire("")

    def _vider_le_formulaire(self) -> None:
        self.lieu.vider()
        for un in (self.but, self.a_qui, self.jusqu_au):
            un.poser(None)
            un.dire_faute("")
        self.choix.poser([])

    def _vider_les_lignes(self) -> None:
        self.lignes = []
        while (element := self._lignes.takeAt(0)) is not None:
            retirer(element.widget())

    def _dire(self, phrase: str) -> None:
        constater(self.constat, phrase, annonce=True)

    def _revenir(self) -> None:
        self.aller.emit("suivi" if self.session.dossier_id else "accueil", {})
