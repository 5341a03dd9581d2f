"""La carte du formulaire officiel : où il en est, le charger, relier ses cases, le retirer.

Ce qu'elle écrit vit au coffre, chiffré, dans la couche de la structure (décision 0009) ; jamais en clair sur le poste.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal

from modele.orientation.formulaires import NATURE, PDF, TABLE, FormulaireTenu, TableDeCases, ecrire_table
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.provenance import Provenance
from ui.composants import BandeauAlerte, Bouton, Carte, Colonnes, champ, etiquette_aide, rangee, texte, viser
from ui.composants.fichiers import choisir_un_fichier
from ui.ecrans.saisine.travail import lire_le_pdf
from ui.mots.saisine import CHARGE, RETIRE, dire_tenu, faute_de_source
from ui.theme import Ton

if TYPE_CHECKING:
    from datetime import date

    from impressions.formulaire_pdf import PdfLu
    from modele.coffre import Coffre
    from modele.orientation.imprimes import Imprime
    from ui.etat.session import Session

_FILTRE: Final = "Formulaire PDF (*.pdf)"


@dataclass(frozen=True, slots=True)
class _Choisi:
    """Un PDF choisi, pas encore rangé."""

    octets: bytes
    lu: PdfLu
    empreinte: str


class CarteFormulaire(Carte):
    """Le formulaire d'un recours. ``dit`` : phrase, ton. ``relier`` : le recours dont les cases sont à relier."""

    dit = Signal(str, Ton)
    relier = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("Le formulaire du ministre", icone="file-text")
        self.session = session
        self._imprime: Imprime | None = None
        self._tenu = FormulaireTenu("")
        self._choisi: _Choisi | None = None
        self.etat = texte("")
        self.charger = Bouton("Charger le PDF officiel", self._choisir, icone="folder-open")
        self.cases = Bouton("Relier les cases", self._relier, icone="link")
        self.retirer = Bouton("Retirer", self._retirer, icone="x")
        self.echec = BandeauAlerte()
        self.lu = etiquette_aide("")
        self.numero = champ("Version", "Celle qu'on lit sur le PDF.", exemple="15036*01", largeur=160)
        self.source = champ("D'où il vient", "Le site où il a été pris.", exemple="service-public.gouv.fr", largeur=260)
        self.ranger = Bouton("Ranger dans le coffre", self._ranger, genre="principal", icone="check")
        gestes = Colonnes([(self.charger, 0, 0), (self.cases, 0, 0), (self.retirer, 0, 0)], ecart=2)
        self._saisie = Carte("Ce PDF")
        self._saisie.ajouter(self.lu, self.numero, self.source, rangee(self.ranger, 1))
        self.ajouter(self.etat, rangee(gestes, 1), self.echec, self._saisie)
        for saisie in (self.numero, self.source):
            saisie.entree.connect(self._ranger)

    def montrer(self, imprime: Imprime, tenu: FormulaireTenu) -> None:
        """Où en est le formulaire de ce recours ; un PDF choisi pour un autre est oublié."""
        if self._imprime is None or imprime.id != self._imprime.id:
            self.oublier()
        self._imprime, self._tenu = imprime, tenu
        self.etat.setText(dire_tenu(imprime, tenu))
        self.cases.setVisible(bool(tenu.pdf) and tenu.table is not None)
        self.retirer.setVisible(bool(tenu.pdf))
        self._saisie.setVisible(self._choisi is not None)

    def oublier(self) -> None:
        """Rien d'un PDF choisi et pas rangé ne reste."""
        self._choisi = None
        self.echec.taire()
        self._saisie.hide()

    # Charger.

    def _choisir(self) -> None:
        if (choisi := choisir_un_fichier(self, "Le formulaire officiel", _FILTRE)) is not None:
            self.prendre(choisi)

    def prendre(self, chemin: Path) -> None:
        """Lit ce PDF, hors du fil de l'écran ; dit ce qu'il est, ou pourquoi il ne sert pas."""
        self.oublier()

        def rendre(lu: tuple[bytes, PdfLu, str]) -> None:
            self._choisi = _Choisi(*lu)
            self._presenter(lu[1])

        self.session.travaux.lancer(
            lambda: lire_le_pdf(chemin), rendre, lambda phrase: self.echec.dire(phrase, Ton.IMMEDIAT), pour=self
        )

    def _presenter(self, lu: PdfLu) -> None:
        assert self._imprime is not None
        sien = self._imprime.numero.partition("*")[0]
        siens = [un for un in lu.numeros if un.startswith(sien)]
        ecrits = f"On y lit : {', '.join(lu.numeros)}." if lu.numeros else "On n'y lit aucun numéro de formulaire."
        self.lu.setText(f"{len(lu.cases)} cases, {lu.pages} pages. {ecrits}")
        self.numero.poser(siens[0] if siens else None)
        self.source.poser(None)
        self._saisie.show()
        viser(self.source if siens else self.numero)

    def _ranger(self) -> None:
        choisi, imprime = self._choisi, self._imprime
        if choisi is None or imprime is None:
            return
        if faute := faute_de_source(self.source.contenu):
            self.source.dire_faute(faute)
            viser(self.source)
            return
        numero = self.numero.contenu.strip()
        try:
            self._exiger(imprime, choisi, numero)
        except ErreurUtilisateur as faute_du_numero:
            self.numero.dire_faute(str(faute_du_numero))
            viser(self.numero)
            return
        self._ecrire(imprime, choisi, numero, self.source.contenu.strip())

    @staticmethod
    def _exiger(imprime: Imprime, choisi: _Choisi, numero: str) -> None:
        from impressions.formulaire_rempli import exiger_le_numero

        exiger_le_numero(imprime, choisi.octets, "Ce PDF", numero)

    def _ecrire(self, imprime: Imprime, choisi: _Choisi, numero: str, source: str) -> None:
        auteur, table = self.session.auteur, self._table(choisi, numero, source)

        def ranger(coffre: Coffre) -> str:
            try:
                coffre.modifier_fichier(NATURE, imprime.id, PDF, choisi.octets, auteur)
                coffre.modifier_fichier(NATURE, imprime.id, TABLE, ecrire_table(table), auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self.session.avec_coffre(ranger, lambda faute: self._rendre(faute, CHARGE), pour=self, remplace="formulaire")

    def _table(self, choisi: _Choisi, numero: str, source: str) -> TableDeCases:
        """Les cases déjà reliées restent si c'est la même version, et si ce PDF les a toutes."""
        avant = self._tenu.table
        noms = {une.nom for une in choisi.lu.cases}
        garde = avant is not None and avant.numero == numero and all(une.pdf in noms for une in avant.cases)
        cases = avant.cases if avant is not None and garde else ()
        return TableDeCases(numero, choisi.empreinte, cases, Provenance(source=source, verifie_le=_aujourd_hui()))

    def _retirer(self) -> None:
        imprime, auteur = self._imprime, self.session.auteur
        if imprime is None:
            return

        def retirer(coffre: Coffre) -> str:
            try:
                for fichier in (PDF, TABLE):
                    coffre.revenir_a_l_original(NATURE, imprime.id, fichier, auteur)
            except ErreurUtilisateur as faute:
                return str(faute)
            return ""

        self.session.avec_coffre(retirer, lambda faute: self._rendre(faute, RETIRE), pour=self, remplace="formulaire")

    def _rendre(self, faute: str, dit: str) -> None:
        if faute:
            self.echec.dire(faute, Ton.IMMEDIAT)
            return
        self.oublier()
        self.dit.emit(dit, Ton.COURANT)
        self.session.relire_les_sources()
        viser(self.charger)

    def _relier(self) -> None:
        if self._imprime is not None:
            self.relier.emit(self._imprime.id)


def _aujourd_hui() -> date:
    from datetime import date

    return date.today()


def ecrire_la_table(session: Session, recours: str, table: TableDeCases, fini: Any, pour: Any) -> None:
    """Range cette table dans le coffre ; ``fini`` reçoit la faute, vide si c'est écrit."""
    auteur = session.auteur

    def ecrire(coffre: Coffre) -> str:
        try:
            coffre.modifier_fichier(NATURE, recours, TABLE, ecrire_table(table), auteur)
        except ErreurUtilisateur as faute:
            return str(faute)
        return ""

    session.avec_coffre(ecrire, fini, pour=pour, remplace="formulaire")
