"""Saisir une convention : ce qui la distingue d'abord, puis ce qu'elle dit ; rien n'est exigé que le coffre n'exige."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from modele.contingents.conventions import PUBLICS, ConventionTenue
from ui.composants import BandeauAlerte, Bouton, Carte, Champ, GroupeChoix, Option, Pli, champ, rangee, texte, viser
from ui.ecrans.contingents import saisie
from ui.ecrans.contingents.saisie import dit, lu
from ui.mots import contingents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_CODE: Final = "Le code INSEE d'une commune, le SIREN de la métropole, ou le numéro du département."
_PREMIERES: Final = "Les premières mises en location sont dans le flux"


class FormulaireConvention(Carte):
    """La convention à saisir. ``enregistrer`` : ce qui est saisi ; ``renoncer`` : rien ne change."""

    enregistrer = Signal(object)
    renoncer = Signal()

    def __init__(self) -> None:
        super().__init__("Saisir une convention", icone="file-text")
        self._avant = ConventionTenue("", "", "", "", "", 0)
        self.echec = BandeauAlerte()
        self.sorte = saisie.choix("Qui réserve", "reservataire_de_convention")
        self.reservataire = champ("Nom du réservataire")
        self.bailleur = champ("Nom du bailleur")
        self.siren = saisie.champ_siren("SIREN du bailleur", "Vide : il se montrera manquant.")
        self.ou = saisie.choix("Périmètre", "perimetre_de_convention")
        self.code = champ("Code du périmètre", _CODE)
        self.annee = saisie.champ_annee("Année")
        self.taux = saisie.champ_taux("Part du flux annuel, en %", exemple="11,63")
        self.base = champ("Sur quoi se compte le flux", "Dans les mots de la convention.")
        self.assiette = saisie.champ_entier("Logements du flux prévus cette année-là")
        self.unite = saisie.choix("Ce qui consomme un droit", "unite_de_decompte")
        oui_non = [Option(True, "Oui"), Option(False, "Non"), Option(None, "On ne sait pas")]
        self.premieres = GroupeChoix(_PREMIERES, oui_non, serre=True)
        self.deductions = saisie.choix("Ce qui ne compte pas dans le flux", "deduction_du_flux", multiple=True)
        self.publics = saisie.choix("Publics visés", "public_de_convention", multiple=True)
        self.publics_dits = champ("Publics, dans les mots de la convention")
        self.objectifs = {public: saisie.champ_taux(f"{nom}, en %") for public, nom in _publics().items()}
        self.signee_le = saisie.champ_date("Signée le", exemple="07/06/2024")
        self.a_revoir_le = saisie.champ_date("À revoir le")
        self.fin_le = saisie.champ_date("Fin de la convention")
        self.source = champ("D'où vient ce qui est saisi", "Convention signée, délibération, site.")
        self.bouton = Bouton("Enregistrer", self._lire, genre="principal", icone="check", raccourci="Ctrl+Return")
        self.annuler = Bouton("Annuler", lambda: self.renoncer.emit(), raccourci="Alt+A")
        self._disposer()

    def _disposer(self) -> None:
        self.ajouter(self.echec, texte("Qui réserve", "gras"), self.sorte, self.reservataire)
        self.ajouter(rangee(self.bailleur, self.siren, ecart=3), texte("Périmètre", "gras"), self.ou)
        self.ajouter(rangee(self.code, self.annee, ecart=3), rangee(self.taux, self.assiette, ecart=3), self.base)
        self.ajouter(rangee(self.signee_le, self.a_revoir_le, self.fin_le, ecart=3))
        self.ajouter(texte("Ce qui consomme un droit", "gras"), self.unite, texte(_PREMIERES, "gras"), self.premieres)
        self.ajouter(
            Pli("Publics visés et objectifs", "Replier les publics", self.publics, self.publics_dits, *self._paires()),
            Pli("Ce qui ne compte pas dans le flux", "Replier ce qui ne compte pas", self.deductions),
            self.source,
            rangee(self.bouton, self.annuler, 1),
        )

    def _paires(self) -> list[QWidget]:
        return list(self.objectifs.values())

    @property
    def _champs(self) -> list[Champ]:
        """Ceux qui peuvent être mal écrits, dans l'ordre de la page."""
        return [
            *(self.siren, self.annee, self.taux, self.assiette, self.signee_le, self.a_revoir_le, self.fin_le),
            *self.objectifs.values(),
        ]

    def montrer(self, convention: ConventionTenue) -> None:
        """La convention telle qu'elle est ; ce qu'elle ne dit pas est vide."""
        self._avant = convention
        self.echec.taire()
        choisis: tuple[tuple[GroupeChoix, object], ...] = (
            (self.sorte, convention.sorte),
            (self.ou, convention.ou),
            (self.unite, convention.unite),
            (self.premieres, convention.premieres),
            (self.deductions, list(convention.deductions)),
            (self.publics, list(convention.publics)),
        )
        for groupe, valeur in choisis:
            groupe.poser(valeur)
        ecrits: tuple[tuple[Champ, object], ...] = (
            (self.reservataire, convention.reservataire or None),
            (self.bailleur, convention.bailleur or None),
            (self.siren, convention.siren or None),
            (self.code, convention.code or None),
            (self.annee, convention.annee or None),
            (self.taux, convention.taux),
            (self.base, convention.base or None),
            (self.assiette, convention.assiette),
            (self.publics_dits, convention.publics_dits or None),
            (self.signee_le, convention.signee_le),
            (self.a_revoir_le, convention.a_revoir_le),
            (self.fin_le, convention.fin_le),
            (self.source, convention.source or None),
            *((self.objectifs[public], convention.objectifs.get(public)) for public in PUBLICS),
        )
        for un, ecrit in ecrits:
            un.poser(ecrit)

    def premier(self) -> None:
        """Le clavier à ce qui manque d'abord : le taux d'une convention connue, sinon qui réserve."""
        if self._avant.complete:
            self.taux.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.sorte.focus_initial()

    def dire_echec(self, phrase: str) -> None:
        """Pourquoi rien n'a été écrit ; ce qui est tapé reste."""
        self.echec.dire(phrase, Ton.IMMEDIAT)
        viser(self.echec)

    def _lire(self) -> None:
        self.echec.taire()
        for un in (self.reservataire, self.bailleur, self.code):
            un.dire_faute("" if dit(un) else mots.SANS_NOM if un is not self.code else _CODE)
            if un.faute:
                viser(un)
                return
        if (fautif := saisie.premiere_faute(self._champs)) is not None:
            viser(fautif)
            return
        for groupe in (self.sorte, self.ou):
            if groupe.valeur() is None:
                self.dire_echec(f"{groupe.accessibleName()} : {mots.SANS_CHOIX}")
                groupe.focus_initial()
                return
        self.enregistrer.emit(self._saisie())

    def _saisie(self) -> ConventionTenue:
        objectifs = {public: lu(un) for public, un in self.objectifs.items() if lu(un) is not None}
        return replace(
            self._avant,
            sorte=self.sorte.valeur(),
            reservataire=dit(self.reservataire),
            bailleur=dit(self.bailleur),
            ou=self.ou.valeur(),
            code=dit(self.code),
            annee=lu(self.annee) or 0,
            siren=lu(self.siren) or "",
            taux=lu(self.taux),
            base=dit(self.base),
            assiette=lu(self.assiette),
            deductions=tuple(self.deductions.valeur()),
            publics=tuple(self.publics.valeur()),
            publics_dits=dit(self.publics_dits),
            objectifs=objectifs,
            signee_le=lu(self.signee_le),
            a_revoir_le=lu(self.a_revoir_le),
            fin_le=lu(self.fin_le),
            unite=self.unite.valeur() or "",
            premieres=self.premieres.valeur(),
            source=dit(self.source),
        )


def _publics() -> dict[str, str]:
    libelles = mots.libelles("public_de_convention")
    return {public: f"Objectif : {libelles[public][:1].lower()}{libelles[public][1:]}" for public in PUBLICS}
