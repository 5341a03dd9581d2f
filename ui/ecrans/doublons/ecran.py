"""L'écran des ressemblances : avant une nouvelle demande, ou depuis un dossier ouvert. Jamais d'un dossier discret."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.chemins import Document, lire
from modele.mots.reponses import dire_jour_ecrit
from modele.protection.discretion import est_discret
from modele.synchro.etats import Lien
from ui.composants import Bouton, Defilement, Option, annoncer, colonne, rangee, retirer, texte
from ui.composants.pile import Pile
from ui.ecrans.base import Ecran
from ui.ecrans.doublons.candidat import CarteCandidat
from ui.ecrans.doublons.comparaison import PageComparaison
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.comparer import comparer
from ui.mots.depart import frappes_proposees
from ui.mots.envois import dire_les_absents
from ui.mots.moments import ecrire_moment
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre.listes import Semblable
    from modele.synchro import Synchro

CHERCHE: Final = "Recherche dans les autres guichets…"
HORS_LIGNE: Final = "Ce poste est hors ligne : les autres guichets se chercheront au retour du réseau."
SANS_REGISTRE: Final = "Ce poste n'est relié à aucun registre : la recherche se fait sur ce poste seulement."
PAS_ICI: Final = "Cette recherche ne se fait pas depuis ce dossier."
SANS_ATTENDRE: Final = "Commencer sans attendre"
AUCUN: Final = "Aucun n'est cette personne : nouvelle demande"


class EcranDoublons(Ecran):
    """``saisie`` : la personne cherchée avant une nouvelle demande ; ``dossier`` : celui à ouvrir d'abord.

    Sans saisie ni dossier ouvert : toutes les ressemblances connues de ce poste.
    """

    def __init__(self, session: Session) -> None:
        super().__init__("Ressemblances", session)
        self.synchro = synchroniseur_de(session)
        self._saisie = ""
        self._candidats: tuple[Semblable, ...] = ()
        self._ecartes: tuple[Semblable, ...] = ()
        self._compare: Semblable | None = None
        self.titre = texte("", "titre", coupe=False)
        self.constat = texte("")
        self.cartes: list[CarteCandidat] = []
        self._liste = QVBoxLayout()
        self._liste.setSpacing(espace(3))
        self.comparaison = PageComparaison()
        self.commencer = Bouton(SANS_ATTENDRE, self._commencer, genre="principal", icone="user-plus")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.comparaison.memes.connect(self._fondre)
        self.comparaison.differents.connect(self._ecarter_compare)
        self.comparaison.renoncer.connect(self._lister)
        session.ferme.connect(self._oublier)

    def _disposer(self) -> None:
        candidats = QWidget()
        boite_candidats = colonne(self.constat, ecart=4)
        boite_candidats.addLayout(self._liste)
        boite_candidats.addLayout(rangee(self.commencer, 1))
        boite_candidats.addStretch(1)
        candidats.setLayout(boite_candidats)
        self.candidats = candidats
        self.pages = Pile((candidats, self.comparaison))
        page = colonne(rangee(self.titre, 1, self.retour), self.pages, 1, ecart=4, marges=8)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, saisie: str = "", dossier: str = "", **_arguments: Any) -> None:
        self._saisie, self._compare, self._ecartes = saisie, None, ()
        self._montrer(())
        self.pages.montrer(self.candidats)
        self._page.verticalScrollBar().setValue(0)
        self.titre.setText("Déjà connue ailleurs ?" if saisie else "Un dossier ailleurs ?")
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        if dossier and dossier != self.session.dossier_id:
            self.session.ouvrir_dossier(dossier, lambda _: self._chercher())
        else:
            self._chercher()

    def disparaitre(self) -> None:
        self._oublier()

    def _oublier(self) -> None:
        """Rien de l'autre dossier ne reste à l'écran."""
        self._compare = None
        self.comparaison.montrer((), ("", ""), ())
        self.pages.montrer(self.candidats)

    # Chercher.

    def _chercher(self) -> None:
        saisie, dossier, agent = self._saisie, self.session.dossier_id, self.session.agent
        self.commencer.setVisible(bool(saisie))
        self.commencer.renommer(SANS_ATTENDRE)
        etat = self.synchro.etat
        if not saisie and dossier and est_discret(self.session.document):
            self._dire(PAS_ICI)
        elif etat is None or etat.lien is Lien.SANS_REGISTRE:
            self._dire(SANS_REGISTRE)
        elif saisie:
            self._dire(CHERCHE)
            self._demander(lambda synchro: synchro.doublons.chercher_la_saisie(saisie, agent))
        else:
            self.synchro.ici(lambda _, coffre: coffre.echanges.doublons(dossier or None), self._connues, pour=self)

    def _connues(self, connues: Sequence[Semblable]) -> None:
        """Ce que ce poste sait déjà, puis, s'il est en ligne et qu'un dossier est ouvert, une recherche neuve."""
        self._montrer(tuple(connues))
        dossier, agent, etat = self.session.dossier_id, self.session.agent, self.synchro.etat
        if not dossier:
            self._dire(f"{_combien(len(connues))} à un dossier d'un autre guichet.")
        elif etat is None or etat.lien is not Lien.EN_LIGNE:
            self._dire(HORS_LIGNE)
        else:
            self._dire(CHERCHE)
            self._demander(lambda synchro: synchro.doublons.chercher(dossier, agent))

    def _demander(self, chercher: Callable[[Synchro], Sequence[Semblable]]) -> None:
        saisie = self._saisie

        def rendre(trouves: Sequence[Semblable]) -> None:
            if self.isHidden() or saisie != self._saisie:
                return
            self.montrer(tuple(trouves), datetime.now().astimezone())
            if saisie and not trouves:
                self._commencer(self.constat.text())

        self.synchro.la_bas(chercher, rendre, self._dire, pour=self, remplace="ressemblances")

    def _dire(self, phrase: str) -> None:
        self.constat.setText(phrase)
        annoncer(self, phrase)

    # Montrer.

    def montrer(self, candidats: Sequence[Semblable], quand: datetime) -> None:
        """Montre les dossiers qui ressemblent, trouvés à cet instant."""
        moment = ecrire_moment(quand, datetime.now().astimezone())
        reserve = dire_les_absents(self.synchro.etat.absents if self.synchro.etat else 0)
        faite = f"{_combien(len(candidats))} dans les autres guichets. Recherche faite {moment}."
        self._dire(f"{faite}\n{reserve}".strip())
        self.commencer.renommer(AUCUN)
        self._montrer(tuple(candidats))
        if self.cartes:
            self._page.viser(self.cartes[0].premier)

    def _montrer(self, candidats: tuple[Semblable, ...]) -> None:
        self._candidats = candidats
        for ancienne in self.cartes:
            self._liste.removeWidget(ancienne)
            retirer(ancienne)
        self.cartes = [self._carte(candidat) for candidat in candidats]
        for carte in self.cartes:
            self._liste.addWidget(carte)
            # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
            carte.show()

    def _carte(self, candidat: Semblable) -> CarteCandidat:
        carte = CarteCandidat(candidat, nommer_le_dossier=not self.session.dossier_id)
        carte.comparer.connect(lambda: self._comparer(candidat))
        carte.ouvrir.connect(lambda motif: self._ouvrir(candidat, motif))
        carte.ecarter.connect(lambda: self._ecarter(candidat))
        return carte

    # Agir.

    def _commencer(self, constat: str = "") -> None:
        """Une nouvelle demande : chacun des dossiers montrés a été vu, et ce n'est pas elle.

        ``constat`` : ce que la recherche a donné, s'il reste à dire.
        """
        vus, agent = (*self._ecartes, *self._candidats), self.session.agent
        frappes = frappes_proposees(self._saisie)

        def rendre(cree: str) -> None:
            for un in filter(_se_retient, vus):
                self.synchro.la_bas(
                    partial(_ecarter, cree, un.autre, agent), lambda _: None, self._dire_echec, pour=self
                )
            self.aller.emit("entretien", {"dossier": cree, "propose": bool(frappes)})
            if constat:
                self.alerte.emit(constat, Ton.COURANT)

        self.session.nouveau_dossier(rendre, frappes)

    def _comparer(self, candidat: Semblable) -> None:
        self._compare = candidat

        def rendre(lus: tuple[Document, Document]) -> None:
            if self._compare is candidat:
                self.montrer_comparaison(*lus, candidat.guichet)

        self.synchro.ici(
            lambda _, coffre: (coffre.lire(candidat.dossier), coffre.lire(candidat.autre)),
            rendre,
            self._dire_echec,
            pour=self,
            remplace="comparaison",
        )

    def montrer_comparaison(self, ici: Document, la_bas: Document, guichet: str) -> None:
        """Montre les deux dossiers côte à côte ; ``guichet`` : celui qui tient l'autre."""
        regles = self.session.regles
        if regles is None:
            return
        noms = ("Celui-ci", f"L'autre, {guichet}" if guichet else "L'autre")
        options = [
            Option(document["id"], nom, anciennete(document)) for nom, document in zip(noms, (ici, la_bas), strict=True)
        ]
        self.comparaison.montrer(comparer(ici, la_bas, regles), noms, options)
        self.pages.montrer(self.comparaison)
        self._page.viser(self.comparaison.premier())

    def _lister(self) -> None:
        self._oublier()
        if self.cartes:
            self._page.viser(self.cartes[0].premier)

    def _ouvrir(self, candidat: Semblable, motif: str) -> None:
        agent = self.session.agent

        def rendre(_: object) -> None:
            self.aller.emit("entretien", {"dossier": candidat.autre})

        if candidat.tenu_ici:
            rendre(None)
            return
        self.synchro.la_bas(
            lambda synchro: synchro.guichets.ouvrir(candidat.autre, motif, agent), rendre, self._dire_echec, pour=self
        )

    def _ecarter_compare(self) -> None:
        if self._compare is not None:
            self._ecarter(self._compare)

    def _ecarter(self, candidat: Semblable) -> None:
        """« Ce n'est pas la même personne » : retenu, et jamais reproposé."""
        if not candidat.dossier:
            # Le dossier de la personne n'existe pas encore : ce sera retenu quand il naîtra.
            self._ecartes = (*self._ecartes, candidat)
            self._retirer(candidat)
            return
        agent = self.session.agent

        def rendre(_: object) -> None:
            self._oublier()
            self._retirer(candidat)
            self.alerte.emit("C'est noté : ces deux dossiers ne seront plus rapprochés.", Ton.COURANT)
            self.synchro.rafraichir()

        self.synchro.la_bas(
            lambda synchro: synchro.doublons.ecarter(candidat.dossier, candidat.autre, agent),
            rendre,
            self._dire_echec,
            pour=self,
        )

    def _retirer(self, candidat: Semblable) -> None:
        self._montrer(tuple(un for un in self._candidats if un != candidat))
        premier = self.cartes[0].premier if self.cartes else self.commencer if self._saisie else self.retour
        self._page.viser(premier)

    def _fondre(self, survivant: str) -> None:
        compare, auteur = self._compare, self.session.auteur
        if compare is None:
            return
        absorbe = compare.autre if survivant == compare.dossier else compare.dossier

        def rendre(_: object) -> None:
            self._oublier()
            self.alerte.emit("Un seul dossier continue. L'autre y est fondu, avec toute son histoire.", Ton.COURANT)
            self.synchro.bientot()
            self.aller.emit("entretien", {"dossier": survivant})

        self.synchro.ici(
            lambda synchro, _: synchro.doublons.fondre(survivant, absorbe, auteur), rendre, self._dire_echec, pour=self
        )

    def _dire_echec(self, phrase: str) -> None:
        self.alerte.emit(phrase, Ton.IMMEDIAT)

    def _revenir(self) -> None:
        if self._compare is not None:
            self._lister()
        else:
            self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})


def _se_retient(candidat: Semblable) -> bool:
    """Un dossier d'un autre territoire n'a pas de nom d'ici : il n'y a rien à retenir."""
    return bool(candidat.autre)


def _combien(nombre: int) -> str:
    if nombre == 0:
        return "Aucun dossier ne ressemble"
    return "Un dossier ressemble" if nombre == 1 else f"{nombre} dossiers ressemblent"


def _ecarter(un: str, autre: str, agent: str, synchro: Synchro) -> None:
    synchro.doublons.ecarter(un, autre, agent)


def anciennete(document: Mapping[str, Any]) -> str:
    """Ce qui compte pour ne pas perdre d'ancienneté : le numéro unique, la date de réception."""
    numero, recue = lire(document, "demande.numero_unique"), lire(document, "demande.date_reception")
    dits = [f"n° {numero}" if isinstance(numero, str) else "sans numéro unique"]
    dits.append(f"reçue le {dire_jour_ecrit(recue)}" if isinstance(recue, str) else "date de réception inconnue")
    return ", ".join(dits)
