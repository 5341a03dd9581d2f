"""La page d'un logement offert : sa vie, ses dates, et si une demande est dans les publics de sa convention."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from modele.contingents.designations import convention_de
from modele.contingents.publics import Verdict, placer
from ui.composants import (
    BandeauAlerte,
    Carte,
    GroupeChoix,
    LigneValeur,
    ListePropositions,
    Option,
    Proposition,
    etiquette_aide,
    texte,
)
from ui.composants.mise_en_page import Bloc, colonne
from ui.mots import contingents as mots_des_conventions
from ui.mots import fichiers_bailleurs as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.contingents.conventions import ConventionTenue

_NON = "Aucun de ces publics"


class CarteLogements(Carte):
    """Les logements offerts de la page ; celui qui est choisi, et le contrôle d'une demande."""

    def __init__(self) -> None:
        super().__init__("Logements offerts", icone="house")
        self._lignes: list[Mapping[str, Any]] = []
        self._conventions: Sequence[ConventionTenue] = ()
        self._le = date.today()
        self.convention: ConventionTenue | None = None
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Logements offerts", au_plus=4)
        self.titre = texte("", "gras")
        self.publics = texte("")
        self._vie = Bloc(colonne(ecart=1))
        self._place = Bloc(colonne(ecart=1))
        self.controle: GroupeChoix | None = None
        self.verdict = BandeauAlerte()
        self.ajouter(self.constat, self.liste, self.titre, self.publics, self._place, self.verdict, self._vie)
        self.liste.currentRowChanged.connect(lambda _: self._choisir())

    def montrer(self, lignes: Sequence[Mapping[str, Any]], conventions: Sequence[ConventionTenue], le: date) -> None:
        """Ceux dont la limite est la plus proche d'abord ; au-delà de deux cents, on ne lit plus."""
        self._conventions, self._le = conventions, le
        self._lignes = sorted(lignes, key=lambda une: (une["date_limite_designation"] or date.max, une["ref_bailleur"]))
        montrees = self._lignes[: mots.MONTREES]
        self.constat.setText(mots.dire_combien(len(self._lignes)))
        self.liste.montrer(
            [
                Proposition(
                    mots.titre_du_logement(une),
                    None,
                    mots.detail_du_logement(une, le),
                    icone="clock" if "dépassée" in mots.dire_limite(une, le) else "house",
                )
                for une in montrees
            ]
        )
        self.liste.setVisible(bool(montrees))
        self._choisir()

    @property
    def choisi(self) -> Mapping[str, Any] | None:
        """Les colonnes du logement choisi."""
        rang = self.liste.currentRow()
        return self._lignes[rang] if 0 <= rang < len(self._lignes) else None

    def _choisir(self) -> None:
        choisi = self.choisi
        for widget in (self.titre, self.publics, self._vie, self._place):
            widget.setVisible(choisi is not None)
        self._vider(self._vie)
        self._vider(self._place)
        self.controle = None
        self.verdict.taire()
        if choisi is None:
            return
        self.convention = convention_de(choisi, self._conventions)
        self.titre.setText(mots.titre_du_logement(choisi))
        self.publics.setText(mots.dire_publics(self.convention))
        for nom, valeur in mots.vie_du_logement(choisi):
            self._vie.layout().addWidget(LigneValeur(nom, valeur))  # type: ignore[union-attr]
        if self.convention is not None and self.convention.publics:
            self._offrir_le_controle(self.convention)

    def _offrir_le_controle(self, convention: ConventionTenue) -> None:
        libelles = mots_des_conventions.libelles("public_de_convention")
        options = [Option(public, libelles[public], dense=True) for public in convention.publics]
        options.append(Option("", _NON, dense=True))
        self.controle = GroupeChoix("La demande à désigner est", options)
        self.controle.choisi.connect(self._juger)
        boite = self._place.layout()
        assert boite is not None
        boite.addWidget(texte("La demande à désigner est", "gras"))
        boite.addWidget(self.controle)

    def juge(self) -> Verdict | None:
        """Ce que le contrôle en dit ; rien tant que rien n'est dit de la demande."""
        if self.controle is None or self.convention is None or self.controle.valeur() is None:
            return None
        dit = self.controle.valeur()
        return placer(self.convention, {public: public == dit for public in self.convention.publics})

    def _juger(self, _code: object) -> None:
        verdict = self.juge()
        if verdict is not None:
            self.verdict.dire(mots.dire_verdict(verdict), Ton.JOUR if verdict.demande_un_motif else Ton.COURANT)

    @staticmethod
    def _vider(bloc: Bloc) -> None:
        from ui.composants import retirer

        boite = bloc.layout()
        while boite is not None and (element := boite.takeAt(0)) is not None:
            retirer(element.widget())
