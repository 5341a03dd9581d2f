"""Une commune chez un bailleur : ses nombres, ses trois dates, qui fait quoi, et la conversion montrée."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal

from modele.contingents.passages import Passage, manques, taux
from modele.regles.fautes import ErreurUtilisateur
from ui.composants import (
    BandeauAlerte,
    Bloc,
    Bouton,
    Carte,
    Champ,
    GroupeChoix,
    Option,
    Pli,
    champ,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.contingents import saisie
from ui.ecrans.contingents.saisie import dit, lu
from ui.ecrans.passage_flux.actualisation import PliActualisation
from ui.ecrans.passage_flux.inventaire import CarteInventaire
from ui.mots import contingents as mots
from ui.theme import Ton

_VIDE = Passage("", "")


class FormulairePassage(Carte):
    """Le passage choisi. ``enregistrer`` : ce qui est saisi."""

    enregistrer = Signal(object)

    def __init__(self) -> None:
        super().__init__("Cette commune chez ce bailleur", icone="split")
        self._avant = _VIDE
        self.titre = texte("", "gras")
        self.echec = BandeauAlerte()
        self.avertissement = BandeauAlerte()
        self.reste, self.conversion = etiquette_aide(""), texte("", "gras")
        options = [Option(False, "Oui"), Option(True, "Aucun"), Option(None, "On ne sait pas")]
        self.sans_droit = GroupeChoix("Logements réservés chez ce bailleur", options, serre=True)
        self.siren = saisie.champ_siren("SIREN du bailleur")
        self.patrimoine = saisie.champ_entier("Logements du bailleur dans la commune")
        self.patrimoine_au = saisie.champ_date("Compte au", exemple="01/01/2026")
        self.inventaire_le = saisie.champ_date("Inventaire arrêté le")
        self.conseil_le = saisie.champ_date("Conseil municipal du")
        self.envoyee_le = saisie.champ_date("Convention envoyée le")
        self.signee_le = saisie.champ_date("Convention signée le")
        self.qui = {
            "inventaire": champ("Qui arrête l'inventaire"),
            "conseil": champ("Qui prépare le conseil"),
            "convention": champ("Qui envoie et fait signer"),
        }
        self.inventaire = CarteInventaire()
        self.actualisation = PliActualisation()
        self.bouton = Bouton("Enregistrer", self._lire, genre="principal", icone="check", raccourci="Ctrl+Return")
        self._disposer()
        self.inventaire.change.connect(self._convertir)
        for un in (self.patrimoine, self.inventaire_le):
            un.valide.connect(lambda _: self._convertir())
        self.sans_droit.choisi.connect(lambda _: self._convertir())

    def _disposer(self) -> None:
        self.ajouter(self.titre, self.echec, self.avertissement, self.reste, self.conversion)
        self.ajouter(texte("Logements réservés chez ce bailleur", "gras"), self.sans_droit)
        self.ajouter(rangee(self.patrimoine, self.patrimoine_au, ecart=3), self.inventaire)
        self.ajouter(rangee(self.inventaire_le, self.conseil_le, ecart=3))
        self.ajouter(rangee(self.envoyee_le, self.signee_le, ecart=3))
        self.ajouter(self.actualisation)
        self.ajouter(Pli("Qui fait quoi, et le SIREN", "Replier qui fait quoi", *self.qui.values(), self.siren))
        self.ajouter(Bloc(rangee(self.bouton, 1)))

    @property
    def _champs(self) -> list[Champ]:
        dates = (self.inventaire_le, self.conseil_le, self.envoyee_le, self.signee_le)
        return [self.patrimoine, self.patrimoine_au, *dates, self.siren]

    def montrer(self, passage: Passage, titre: str) -> None:
        """Le passage tel qu'il est gardé ; ce qu'il ne dit pas est vide."""
        self._avant = passage
        self.titre.setText(titre)
        self.echec.taire()
        self.sans_droit.poser(passage.sans_droit)
        ecrits: tuple[tuple[Champ, object], ...] = (
            (self.patrimoine, passage.patrimoine),
            (self.patrimoine_au, passage.patrimoine_au),
            (self.inventaire_le, passage.inventaire_le),
            (self.conseil_le, passage.conseil_le),
            (self.envoyee_le, passage.envoyee_le),
            (self.signee_le, passage.signee_le),
            (self.siren, passage.siren or None),
            *((un, passage.qui.get(cle)) for cle, un in self.qui.items()),
        )
        for un, ecrit in ecrits:
            un.poser(ecrit)
        self.inventaire.montrer(passage.inventaire)
        self.actualisation.vider()
        self._convertir()

    def premier(self) -> None:
        """Le clavier à la première question."""
        self.sans_droit.setFocus(Qt.FocusReason.OtherFocusReason)

    def dire_echec(self, phrase: str) -> None:
        """Pourquoi rien n'a été écrit ; ce qui est tapé reste."""
        self.echec.dire(phrase, Ton.IMMEDIAT)
        viser(self.echec)

    def _convertir(self) -> None:
        """La conversion de ce qui est à l'écran, ses nombres avec ; sinon, ce qu'il y faut encore."""
        vu = replace(
            self._avant,
            sans_droit=self.sans_droit.valeur(),
            inventaire=self.inventaire.saisis(),
            patrimoine=_ou_rien(self.patrimoine),
            inventaire_le=_ou_rien(self.inventaire_le),
        )
        jour = date.today()
        try:
            converti = taux(vu, jour)
            self.conversion.setText(" ; ".join(map(str, converti.etapes)) if converti else mots.PAS_DE_TAUX)
        except ErreurUtilisateur as faute:
            self.conversion.setText(str(faute))
        self.actualisation.montrer(vu)
        reste = mots.dire_manques_du_passage(vu)
        self.reste.setText(f"Reste à : {' ; '.join(reste)}." if manques(vu) else mots.FINI)
        dit_ = mots.avertir(vu, jour)
        if dit_:
            self.avertissement.dire(dit_, Ton.JOUR)
        else:
            self.avertissement.taire()

    def _lire(self) -> None:
        self.echec.taire()
        if (fautif := saisie.premiere_faute(self._champs)) is not None:
            viser(fautif)
            return
        self.enregistrer.emit(
            replace(
                self._avant,
                siren=lu(self.siren) or "",
                patrimoine=lu(self.patrimoine),
                patrimoine_au=lu(self.patrimoine_au),
                sans_droit=self.sans_droit.valeur(),
                inventaire=self.inventaire.saisis(),
                inventaire_le=lu(self.inventaire_le),
                conseil_le=lu(self.conseil_le),
                envoyee_le=lu(self.envoyee_le),
                signee_le=lu(self.signee_le),
                qui={cle: dit(un) for cle, un in self.qui.items() if dit(un)},
            )
        )


def _ou_rien(un: Champ) -> Any:
    """Ce que dit ce champ, ou rien s'il ne se lit pas encore."""
    try:
        return un.valeur()
    except ValueError:
        return None
