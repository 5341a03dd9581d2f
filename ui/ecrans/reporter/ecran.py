"""L'écran « À reporter » : chaque case dans l'ordre officiel, copiée d'une touche, puis le numéro rapporté."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GroupeChoix,
    ListePropositions,
    Option,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    raccourcis,
    rangee,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.entretien.plume import Plume
from ui.ecrans.reporter.retour import SaisieRetour
from ui.etat.atelier import atelier_de
from ui.etat.session import Session
from ui.mots.reporter import (
    COMMUNE_DEMANDE,
    REFUS_COMMUNE,
    SANS_ADRESSE,
    SEUL_A_SEUL,
    LigneAReporter,
    adresse_manque,
    lignes,
)
from ui.systeme import presse_papiers
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Bilan

SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
_OUI, _NON = "oui", "non"


class EcranReporter(Ecran):
    """Le dossier ouvert, à recopier. Le presse-papiers se vide dès qu'on quitte l'écran ou que le dossier se ferme."""

    def __init__(self, session: Session) -> None:
        super().__init__("À reporter", session)
        self.atelier = atelier_de(session)
        self._lignes: list[LigneAReporter] = []
        self._copies: set[str] = set()
        self._dernier = ""
        self._dossier = ""
        self.constat = etiquette_aide("")
        self.avis = texte("", "gras", Ton.JOUR)
        self.commune = GroupeChoix(
            COMMUNE_DEMANDE,
            [
                Option(_OUI, "Oui, c'est une demande commune", "rien ne se copiera d'ici"),
                Option(_NON, "Non, elle est au seul nom de la personne", "les cases se copient, sans l'adresse réelle"),
            ],
            signes=True,
        )
        self.question = Carte(COMMUNE_DEMANDE)
        self.liste = ListePropositions("Les cases, dans l'ordre officiel", au_plus=6)
        self.changer = Bouton("Changer cette réponse", self._changer, raccourci="Alt+C")
        self.copier = Bouton("Copier et passer à la suivante", self.liste.prendre, genre="principal", montre="Return")
        self.cases = Carte("Les cases, dans l'ordre")
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.rapporte = SaisieRetour(Plume(self.atelier, self), self.atelier.horloge)
        self._disposer()
        self._brancher()

    def _disposer(self) -> None:
        self.question.ajouter(self.commune)
        self.cases.ajouter(self.liste, rangee(self.copier, self.changer, 1), etiquette_aide(SEUL_A_SEUL))
        titre = rangee(texte("À reporter", "titre", coupe=False), 1, self.retour)
        gauche, droite = QWidget(), QWidget()
        gauche.setLayout(colonne(self.question, self.cases, 1))
        droite.setLayout(colonne(self.rapporte, 1))
        corps = Colonnes([(gauche, 3, 560), (droite, 2, 400)], ecart=4)
        page = colonne(titre, self.constat, self.avis, corps, 1, ecart=3, marges=8)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def _brancher(self) -> None:
        raccourcis.poser(self.liste, {"Ctrl+C": self.liste.prendre}, seul=True)
        self.commune.choisi.connect(lambda _: self._montrer(self.atelier.bilan, neuf=True))
        self.rapporte.enregistre.connect(lambda phrase: self.alerte.emit(phrase, Ton.COURANT))
        self.atelier.bilan_change.connect(self._montrer)
        self.session.avant_fermeture.connect(self.vider_le_presse_papiers)
        self.session.ferme.connect(self.vider_le_presse_papiers)
        self.session.dossier_change.connect(lambda _: self._suivre_le_dossier())

    # Paraître.

    def paraitre(self, **_arguments: Any) -> None:
        self.commune.poser(None)
        self._copies, self._dossier = set(), self.session.dossier_id
        self._page.verticalScrollBar().setValue(0)
        self.atelier.preparer()
        self._montrer(self.atelier.bilan, neuf=True)

    def disparaitre(self) -> None:
        self.vider_le_presse_papiers()
        self.commune.poser(None)
        self.rapporte.oublier()
        self._lignes = []
        self.liste.montrer([])

    def _suivre_le_dossier(self) -> None:
        """Un autre dossier, ou plus aucun : rien de celui d'avant ne reste, ni ici ni au presse-papiers."""
        if self.session.dossier_id != self._dossier:
            self._dossier = self.session.dossier_id
            self.disparaitre()
            self._copies = set()

    # Montrer.

    def _montrer(self, bilan: Bilan | None, *, neuf: bool = False) -> None:
        if self.isHidden():
            return
        ouvert = bilan is not None
        for widget in (self.cases, self.rapporte, self.question, self.avis):
            widget.setVisible(ouvert)
        if bilan is None:
            self.constat.setText(SANS_DOSSIER)
            self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        reponse = self.commune.valeur() if bilan.se_cache else _NON
        self.question.setVisible(bilan.se_cache)
        self.cases.setVisible(reponse == _NON)
        self.constat.setText(bilan.regles.portail.dit)
        neuves = lignes(bilan) if reponse == _NON else []
        avis = REFUS_COMMUNE if reponse == _OUI else SANS_ADRESSE if adresse_manque(neuves) else ""
        self.avis.setText(avis)
        self.avis.setVisible(bool(avis))
        self.rapporte.montrer(bilan.document)
        self._lister(neuves)
        if neuf:
            self._commencer(reponse)

    def _commencer(self, reponse: str | None) -> None:
        """Le clavier va à ce qui vient d'abord : la question, sans rien choisir, ou la première case."""
        if reponse == _NON:
            self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        elif reponse is None:
            self.commune.setFocus(Qt.FocusReason.OtherFocusReason)
            annoncer(self, COMMUNE_DEMANDE)
        else:
            annoncer(self, REFUS_COMMUNE, pressant=True)

    def _lister(self, neuves: list[LigneAReporter], *, rang: int | None = None) -> None:
        if neuves == self._lignes and rang is None:
            return
        garde = self.liste.currentRow() if rang is None else rang
        self._lignes = neuves
        self.liste.montrer([self._proposition(une) for une in neuves])
        self.liste.setCurrentRow(max(0, min(garde, len(neuves) - 1)))

    def _proposition(self, ligne: LigneAReporter) -> Proposition:
        copiee = _cle(ligne) in self._copies
        icone = "check" if copiee else "copy" if ligne.valeur else "circle-alert"
        case = f" · case {ligne.case}" if ligne.case and not ligne.case.startswith("page") else ""
        dite = f"{ligne.dite} · copié" if copiee else ligne.dite
        return Proposition(ligne.nom, self._prendre, f"{ligne.rubrique}{case}", dite, icone=icone)

    # Copier.

    def _prendre(self) -> None:
        """Copie la case courante et passe à la suivante ; une case qui manque se passe sans rien copier."""
        rang = self.liste.currentRow()
        ligne = self._lignes[rang]
        if ligne.valeur:
            self._dernier = ligne.valeur
            presse_papiers.copier(ligne.valeur)
            self._copies.add(_cle(ligne))
        self._lister(self._lignes, rang=rang + 1)
        suivante = self._lignes[self.liste.currentRow()]
        fait = f"{ligne.nom} : {'copié' if ligne.valeur else ligne.faire or 'manque, rien à copier'}."
        fin = rang + 1 >= len(self._lignes)
        annoncer(self, f"{fait} {'C’était la dernière case.' if fin else f'Ensuite : {suivante.nom}, {suivante.dite}'}")

    def vider_le_presse_papiers(self) -> None:
        """Retire du presse-papiers ce que cet écran y a mis ; ce qu'un autre programme y a mis depuis reste."""
        presse_papiers.retirer(self._dernier)
        self._dernier = ""

    # Aller.

    def _changer(self) -> None:
        """Va à la question de la case courante."""
        rang = self.liste.currentRow()
        if 0 <= rang < len(self._lignes):
            self.aller.emit("entretien", {"chemin": self._lignes[rang].chemin})

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})


def _cle(ligne: LigneAReporter) -> str:
    """La case, même quand plusieurs viennent du même champ (les communes)."""
    return f"{ligne.rubrique}\0{ligne.nom}\0{ligne.valeur}"
