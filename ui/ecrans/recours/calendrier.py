"""Le calendrier des recours à l'écran : chaque étape, ses deux dates, qui doit répondre, que faire ; et l'agenda."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.dossier.entretien import QuestionVue
from modele.mots.ecriture import dire_date
from modele.orientation.calendrier import Etape
from ui.composants import Bloc, Bouton, Carte, colonne, etiquette_aide, nommer, rangee, separation, texte
from ui.composants.fichiers import choisir_un_dossier
from ui.composants.lien import Lien
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.ecrans.recours.table import Aller
from ui.mots import calendrier as dits
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from ui.etat.session import Session

DEPART: Final = "Le calendrier part de l'accusé de réception de la commission, ou de sa décision : jamais avant."
AGENDA: Final = "Mettre ces dates dans un agenda"
UN_AGENDA: Final = "Un agenda"
DANS_L_AGENDA: Final = (
    f"Le fichier porte la référence du dossier et « Rendez-vous », rien d'autre. {en_clair(UN_AGENDA)}"
)


class CarteCalendrier(Carte):
    """Les étapes ouvertes du dossier. ``dit`` : phrase, ton."""

    dit = Signal(str, Ton)

    def __init__(self, session: Session, aller: Aller) -> None:
        super().__init__("Calendrier des recours", icone="calendar-days")
        self.session, self._aller = session, aller
        self._bilan: Bilan | None = None
        # D'un recours en cours, la première date à noter.
        self.a_noter: Lien | None = None
        self.agenda = Bouton(AGENDA, self._demander_dossier, icone="calendar-days")
        self.pourquoi = etiquette_aide("")
        self.sortis = CarteSortis(session, UN_AGENDA)
        self.sortis.dit.connect(self.dit)
        self.ajouter(etiquette_aide(DEPART), rangee(self.agenda, 1), self.pourquoi, self.sortis)
        self._fixes = 5

    def montrer(self, bilan: Bilan) -> None:
        """Les étapes de ce bilan ; le bouton dit pourquoi il ne peut rien, quand il ne peut rien."""
        from impressions.agenda import empechement_de_l_agenda

        self._bilan, self.a_noter = bilan, None
        self.vider(self._fixes)
        empeche = empechement_de_l_agenda(bilan)
        self.agenda.setVisible(not empeche)
        self.pourquoi.setText(empeche or DANS_L_AGENDA)
        for recours, titre in dits.RECOURS.items():
            etapes = [etape for etape in bilan.calendrier if etape.regle.recours == recours]
            if etapes:
                self.ajouter(separation(), texte(titre, "gras"))
                self.ajouter(*(self._etape(etape, bilan) for etape in etapes))

    def oublier(self) -> None:
        """Rien du dossier ne reste à l'écran."""
        self._bilan = self.a_noter = None
        self.sortis.oublier()
        self.vider(self._fixes)

    def _etape(self, etape: Etape, bilan: Bilan) -> QWidget:
        titre, quand, regle = dits.titre(etape), dits.quand(etape), etape.regle
        qui = f"{dits.QUI[regle.qui]}. {regle.silence}"
        fin, suite = dits.fin(etape), dits.suite(etape, bilan.jour)
        verifie = f" Vérifié le {dire_date(regle.provenance.verifie_le)}." if regle.provenance.verifie_le else ""
        apres = [dite for dite in (fin, qui, regle.faire, f"Texte : {regle.provenance.fondement}.{verifie}") if dite]
        # Ce qui reste à faire une fois la date passée se lit avant le reste.
        grands = [texte(dite, "gras") for dite in (quand, suite) if dite]
        mots: list[QWidget] = [texte(titre), *grands, *map(etiquette_aide, apres)]
        mots += (self._lien(une, etape, titre, bilan) for une in dits.questions_a_noter(etape, bilan))
        bloc = Bloc(colonne(*mots, ecart=0))
        nommer(bloc, f"{titre} : {quand}", " ".join(filter(None, (suite, *apres))))
        return bloc

    def _lien(self, question: QuestionVue, etape: Etape, titre: str, bilan: Bilan) -> Lien:
        # Datée, l'étape attend ce qui est venu ; sinon, sa date.
        verbe = "Noter ce qui est venu" if etape.datee else "Noter"
        lien = Lien(f"{verbe} : {question.question.libelle}", lambda: self._aller(question.chemin))
        lien.setAccessibleName(f"{verbe} : {question.question.libelle}, pour « {titre} »")
        if self.a_noter is None and dits.en_cours(bilan, etape.regle.recours):
            self.a_noter = lien
        return lien

    # L'agenda : un geste explicite, un fichier de l'agent.

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit les dates à venir dans ``dossier`` ; jamais d'un dossier discret."""
        from impressions.agenda import empechement_de_l_agenda

        bilan = self._bilan
        if bilan is None:
            return
        if phrase := empechement_de_l_agenda(bilan):
            self.dit.emit(phrase, Ton.JOUR)
            return
        ouvert = self.session.dossier_id
        self.session.travaux.lancer(
            lambda: [_ecrire(bilan, dossier)],
            lambda ecrits: self.sortis.recevoir(ecrits, ouvert),
            lambda phrase: self.dit.emit(phrase, Ton.IMMEDIAT),
            pour=self,
        )


def _ecrire(bilan: Bilan, dossier: Path) -> Path:
    from impressions.agenda import composer_agenda, reference_de
    from ui.ecrans.imprimer.fichiers import ecrire_a_part

    return ecrire_a_part(dossier / f"{reference_de(bilan)}.ics", composer_agenda(bilan))
