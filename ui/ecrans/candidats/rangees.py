"""Les demandes rangées, une page à la fois, et les écartées : la ligne choisie dit ses raisons, et ce qu'on en fait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from modele.dossier.codes import reference_courte
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Champ,
    ListePropositions,
    Proposition,
    annoncer,
    constater,
    etiquette_aide,
    rangee,
    texte,
)
from ui.mots import candidats as mots
from ui.mots.residences import dire_effet, dire_effet_court

if TYPE_CHECKING:
    from modele.attributions.classement.classer import Candidat, Ecarte
    from modele.residences.effet import Effet
    from ui.etat.candidats import Candidatures


class _Lue(Protocol):
    """Une ligne du classement."""

    @property
    def dossier(self) -> str: ...


Une = TypeVar("Une", bound=_Lue)


class _CartePaginee(Carte, Generic[Une]):
    """Des lignes, une page à la fois ; la choisie, ses raisons, et le motif de ce qu'on en fait.

    À dire par chacune : ``_lire_la_page``, ses lignes ; ``_dire``, ce qui se montre de la choisie.
    """

    def __init__(self, titre: str, icone: str, liste: ListePropositions, motif: Champ, pages: tuple[str, str]) -> None:
        super().__init__(titre, icone=icone)
        self._lues: Candidatures | None = None
        self._page: tuple[Une, ...] = ()
        self._debut = 0
        self.liste, self.motif = liste, motif
        self.avant = Bouton(pages[0], partial(self._aller, -mots.PAR_PAGE), genre="discret")
        self.apres = Bouton(pages[1], partial(self._aller, mots.PAR_PAGE), genre="discret")
        self.raisons, self.faute = texte(""), etiquette_aide("")
        self.liste.currentRowChanged.connect(lambda _: self._dire())

    def montrer(self, lues: Candidatures) -> None:
        """La première page de ce classement ; du même logement, refait, la page et la ligne qu'on lisait."""
        meme = self._lues is not None and self._lues.logement is lues.logement
        self._lues, self._debut = lues, self._debut if meme else 0
        self.show()
        self._paginer()

    def oublier(self) -> None:
        """Rien n'en reste."""
        self._lues, self._page = None, ()
        self.liste.montrer(())
        self._dire()
        self.hide()

    def dire_faute(self, phrase: str) -> None:
        """Ce qui empêche le geste, au champ du motif."""
        constater(self.faute, phrase, pressant=True, vers=self.motif)

    def _lire_la_page(self, lues: Candidatures) -> tuple[tuple[Une, ...], list[Proposition], int]:
        """Les lignes de la page, ce qui s'en montre, et combien en tout."""
        raise NotImplementedError

    def _dire(self) -> None:
        raise NotImplementedError

    def _rangee_des_pages(self) -> Bloc:
        return Bloc(rangee(self.avant, self.apres, 1))

    def _aller(self, de: int) -> None:
        self._debut += de
        self._paginer()

    def _paginer(self) -> None:
        assert self._lues is not None
        lue = self._choisie()
        self._page, propositions, total = self._lire_la_page(self._lues)
        self.avant.setVisible(self._debut > 0)
        self.apres.setVisible(self._debut + mots.PAR_PAGE < total)
        # Refait, le classement ne glisse pas une autre demande sous le geste suivant.
        rang = next((n for n, une in enumerate(self._page) if lue is not None and une.dossier == lue.dossier), 0)
        self.liste.montrer(propositions, rang)
        self.liste.setVisible(bool(self._page))
        self._dire()

    def _choisie(self) -> Une | None:
        rang = self.liste.currentRow()
        return self._page[rang] if 0 <= rang < len(self._page) else None


class CarteCandidates(_CartePaginee["Candidat"]):
    """``designer`` : dossier, rang, motif, ce qui se dira. ``lire`` : le nom de la ligne choisie."""

    def __init__(self, designer: Callable[[str, int, str, str], None], lire: Callable[[str], None]) -> None:
        liste = ListePropositions("Candidates", au_plus=8)
        motif = Champ(mots.MOTIF, "Exigé hors de l'ordre, ou hors des publics de la convention.")
        pages = ("Lignes d'avant", "Lignes suivantes")
        super().__init__("Candidates, dans l'ordre", "list-checks", liste, motif, pages)
        self._designer, self._lire = designer, lire
        self._effets: dict[str, Effet] = {}
        self.combien = etiquette_aide("")
        self.nom = texte("", "gras")
        self.lire = Bouton("Lire le nom", self._nommer, raccourci="Alt+N")
        self.designer = Bouton("Désigner", self._choisir, icone="check", raccourci="Alt+G")
        self.ajouter(
            *(self.combien, self.liste, self._rangee_des_pages(), self.raisons, self.nom),
            *(Bloc(rangee(self.lire, 1)), self.motif, self.faute, Bloc(rangee(self.designer, 1))),
        )
        self.oublier()

    def nommer(self, dossier: str, nom: str) -> None:
        """Le nom de ce dossier, s'il est encore la ligne choisie : venu tard, il se lirait sous une autre."""
        if (une := self._choisie()) is None or une.dossier != dossier:
            return
        self.nom.setText(nom or mots.SANS_NOM)
        self.nom.show()
        annoncer(self, self.nom.text())

    def _lire_la_page(self, lues: Candidatures) -> tuple[tuple[Candidat, ...], list[Proposition], int]:
        total = lues.classement.candidats.height
        self.combien.setText(mots.dire_combien(total, lues.classement.ecartes.height, self._debut))
        page = lues.classement.dire(self._debut, mots.PAR_PAGE)
        self._effets = lues.touchee.effets(lues.classement, [un.dossier for un in page])
        dites = [
            Proposition(
                mots.titre_du_candidat(un),
                None,
                mots.detail_du_candidat(un, lues.choisies, dire_effet_court(self._effets.get(un.dossier))),
            )
            for un in page
        ]
        return page, dites, total

    def _dire(self) -> None:
        une = self._choisie()
        self.raisons.setText("" if une is None else "\n".join([*une.raisons, *self._effet(une.dossier)]))
        self.nom.setText("")
        self.nom.hide()
        self.motif.poser(None)
        self.dire_faute("")
        for widget in (self.raisons, self.lire, self.motif, self.designer):
            widget.setVisible(une is not None)

    def _effet(self, dossier: str) -> Iterator[str]:
        """Ce que sa venue ferait à la résidence de ce logement, si elle est reconnue."""
        effet = self._effets.get(dossier)
        touchee = None if self._lues is None else self._lues.touchee
        if effet is not None and touchee is not None and touchee.lieu is not None and touchee.annee is not None:
            yield dire_effet(effet, touchee.lieu, touchee.annee.annee)

    def _nommer(self) -> None:
        if (une := self._choisie()) is not None:
            self._lire(une.dossier)

    def _incomplet(self) -> bool:
        return self._lues is not None and self._lues.a_relire > 0

    def _choisir(self) -> None:
        une, motif = self._choisie(), self.motif.contenu.strip()
        if une is None:
            return
        hors = self._lues is not None and self._lues.hors_de_l_ordre(une.rang)
        if not motif and (hors or self._incomplet()):
            self.dire_faute(mots.HORS_DE_L_ORDRE if hors else mots.INCOMPLET)
            return
        self._designer(une.dossier, une.rang, motif, mots.DESIGNEE.format(reference_courte(une.dossier)))


class CarteEcartees(_CartePaginee["Ecarte"]):
    """``rouvrir`` : dossier, règles, motif, ce qui se dira."""

    def __init__(self, rouvrir: Callable[[str, tuple[str, ...], str, str], None]) -> None:
        liste = ListePropositions("Écartées", au_plus=5)
        super().__init__(
            "Écartées", "circle-alert", liste, Champ(mots.MOTIF), ("Écartées d'avant", "Écartées suivantes")
        )
        self._rouvrir = rouvrir
        self.rouvrir = Bouton("Rouvrir cette demande", self._choisir, raccourci="Alt+O")
        self.ajouter(
            *(self.liste, self._rangee_des_pages(), self.raisons, self.motif, self.faute),
            Bloc(rangee(self.rouvrir, 1)),
        )
        self.oublier()

    def _lire_la_page(self, lues: Candidatures) -> tuple[tuple[Ecarte, ...], list[Proposition], int]:
        total = lues.classement.ecartes.height
        self.setVisible(bool(total))
        page = lues.classement.dire_ecartes(self._debut, mots.PAR_PAGE)
        dites = [Proposition(mots.titre_de_l_ecarte(un), None, " ".join(un.raisons)) for un in page]
        return page, dites, total

    def _dire(self) -> None:
        une = self._choisie()
        fermee = une is not None and set(une.regles) != set(une.rouvrables)
        dites = () if une is None else (*une.raisons, *((mots.FERMEE,) if fermee else ()))
        self.raisons.setText("\n".join(dites))
        self.raisons.setVisible(bool(dites))
        self.motif.poser(None)
        self.dire_faute("")
        for widget in (self.motif, self.rouvrir):
            widget.setVisible(une is not None and not fermee)

    def _choisir(self) -> None:
        une, motif = self._choisie(), self.motif.contenu.strip()
        if une is None:
            return
        if not motif:
            self.dire_faute(mots.POURQUOI_ROUVRIR)
            return
        self._rouvrir(une.dossier, une.rouvrables, motif, mots.ROUVERTE.format(reference_courte(une.dossier)))
