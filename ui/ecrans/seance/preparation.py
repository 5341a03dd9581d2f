"""Préparer une séance : la commission, puis, demande par demande, qui l'a désignée et ce qui a été vérifié."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from modele.coffre.seances import Designation
from modele.dossier.codes import reference_courte
from modele.seance.notions import Verifie
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Champ,
    ListePropositions,
    Proposition,
    champ,
    constater,
    etiquette_aide,
    rangee,
    viser,
)
from ui.ecrans.contingents.saisie import champ_date, dit, premiere_faute
from ui.etat.seances import APreparer
from ui.mots import seance as mots

_VUS = (("priorite", "Priorité L441-1"), ("accord", "Accord hors secteur"), ("numero", "Enregistrement"))


class CartePreparation(Carte):
    """``preparer`` : la commission, le bailleur, le lieu, puis chaque désignation."""

    preparer = Signal(str, str, str, object)
    renoncer = Signal()

    def __init__(self) -> None:
        super().__init__("Préparer la séance", icone="list-checks")
        self.voulu: APreparer | None = None
        self._dites: dict[str, dict[str, str]] = {}
        self._montree = ""
        self.quoi = etiquette_aide(mots.PREPARER)
        self.commission = champ("Commission")
        self.bailleur = champ("Bailleur")
        self.lieu = champ("Où elle se tient")
        self.liste = ListePropositions("Demandes désignées", au_plus=4)
        self.par = champ("Désignée par")
        self.motif = champ("Pourquoi elle, si une mieux rangée n'est pas désignée")
        self.prefet = champ_date("Désignée par le préfet le", "Vide : elle ne l'est pas.")
        self.vus: dict[str, tuple[Champ, Champ]] = {
            cle: (champ(f"{nom} : vérifié par"), champ_date(f"{nom} : le")) for cle, nom in _VUS
        }
        self.faute = etiquette_aide("")
        self.faire = Bouton("Préparer", self._preparer, genre="principal", icone="check", raccourci="Alt+P")
        self.non = Bouton("Ne pas préparer", self.renoncer.emit, icone="x")
        self.ajouter(self.quoi, rangee(self.commission, self.bailleur, ecart=3), self.lieu, self.liste)
        self.ajouter(rangee(self.par, self.prefet, ecart=3), self.motif)
        self.ajouter(*(rangee(*deux, ecart=3) for deux in self.vus.values()), etiquette_aide(mots.NUMERO))
        self.ajouter(self.faute, Bloc(rangee(self.faire, self.non, 1)))
        self.liste.currentRowChanged.connect(lambda _: self._changer())
        self.oublier()

    def oublier(self) -> None:
        """Rien n'en reste à l'écran."""
        self.voulu, self._montree = None, ""
        self._dites.clear()
        self.liste.montrer(())
        self.hide()

    def montrer(self, voulu: APreparer, *, deja: bool) -> None:
        """Les demandes désignées ; ``deja`` : une séance attribue ce logement, elles s'y ajoutent."""
        self.voulu, self._montree = voulu, ""
        self._dites = {une.dossier: {"par": une.par, "motif": une.motif} for une in voulu.designees}
        self.quoi.setText(mots.AJOUTER if deja else mots.PREPARER)
        for un in (self.commission, self.bailleur, self.lieu):
            un.setVisible(not deja)
        self.bailleur.poser(str(voulu.logement.get("bailleur") or "") or None)
        self.faire.renommer("Ajouter à la séance" if deja else "Préparer")
        self.dire("")
        self.liste.montrer(
            [
                Proposition(reference_courte(une.dossier), None, f"désignée le {une.le:%d/%m/%Y}")
                for une in voulu.designees
            ]
        )
        self.show()
        self._changer()

    def premier(self) -> QWidget:
        """Par où commencer : la commission à nommer ; si la séance existe déjà, les demandes qui s'y ajoutent."""
        return self.liste if self.commission.isHidden() else self.commission

    def dire(self, phrase: str) -> None:
        """Pourquoi rien n'est préparé ; ce qui est tapé reste."""
        constater(self.faute, phrase, pressant=True, vers=self.faute)

    def _changer(self) -> None:
        """Ce qui est tapé reste à la demande où on l'a tapé."""
        self._retenir()
        rang = self.liste.currentRow()
        choisies = self.voulu.designees if self.voulu is not None else ()
        self._montree = choisies[rang].dossier if 0 <= rang < len(choisies) else ""
        dite = self._dites.get(self._montree, {})
        for cle, un in self._champs().items():
            un.poser(None)
            un.ligne.setText(dite.get(cle, ""))

    def _champs(self) -> dict[str, Champ]:
        """Ceux d'une demande, par clé ; une date s'y garde telle qu'on la tape, même mal écrite."""
        champs = {"par": self.par, "motif": self.motif, "prefet": self.prefet}
        for cle, (qui, quand) in self.vus.items():
            champs |= {f"{cle}.par": qui, f"{cle}.le": quand}
        return champs

    def _retenir(self) -> None:
        if self._montree:
            self._dites[self._montree] = {cle: un.contenu.strip() for cle, un in self._champs().items()}

    def _preparer(self) -> None:
        self._retenir()
        voulu = self.voulu
        if voulu is None or not self._nommee():
            return
        dites: list[Designation] = []
        for rang, une in enumerate(voulu.designees):
            self.liste.setCurrentRow(rang)
            fautif = premiere_faute([*self._champs().values()])
            if fautif is not None:
                viser(fautif)
                return
            if not dit(self.par):
                self.dire(mots.PAR_QUI)
                return
            dites.append(_designation(une.dossier, {cle: un.valeur() for cle, un in self._champs().items()}))
        self.preparer.emit(dit(self.commission), dit(self.bailleur), dit(self.lieu), tuple(dites))

    def _nommee(self) -> bool:
        """La commission et le bailleur sont dits ; sinon, chacun le dit à son champ."""
        manquent = [un for un in (self.commission, self.bailleur) if not un.isHidden() and not dit(un)]
        for un in manquent:
            un.dire_faute(mots.A_ECRIRE)
        if manquent:
            viser(manquent[0])
        return not manquent


def _designation(dossier: str, dite: Mapping[str, Any]) -> Designation:
    priorite, accord, numero = (_vu(dite.get(f"{cle}.par"), dite.get(f"{cle}.le")) for cle, _ in _VUS)
    return Designation(dossier, dite["par"], dite["motif"] or "", dite["prefet"], priorite, accord, numero)


def _vu(par: str | None, le: date | None) -> Verifie | None:
    return Verifie(par=par, le=le) if par and le else None
