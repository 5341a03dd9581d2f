"""L'écran des ressemblances : avant une nouvelle demande, ou depuis un dossier ouvert. Jamais d'un dossier discret."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.coffre.listes import Semblable
from modele.dossier.chemins import lire
from modele.mots.reponses import dire_jour_ecrit
from modele.protection.discretion import est_discret
from modele.synchro.etats import Lien
from ui.composants import Bouton, Defilement, Option, annoncer, colonne, rangee, retirer, texte
from ui.composants.pile import Pile
from ui.ecrans.base import Ecran
from ui.ecrans.doublons.candidat import CarteCandidat
from ui.ecrans.doublons.comparaison import PageComparaison
from ui.ecrans.doublons.reunions import CarteReunions
from ui.ecrans.doublons.verification import PageVerification
from ui.etat.session import Session
from ui.etat.synchro import synchroniseur_de
from ui.mots.comparer import Garde, comparer
from ui.mots.depart import frappes_proposees
from ui.mots.envois import dire_les_absents
from ui.mots.moments import ecrire_moment
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre import Coffre
    from modele.coffre.listes import AReunir, Resume, Reunion
    from modele.synchro import Synchro

AUCUN_ICI: Final = "Aucun autre dossier de ce poste ne ressemble."
CHERCHE: Final = "Recherche dans les autres guichets…"
HORS_LIGNE: Final = "Ce poste est hors ligne : les autres guichets se chercheront au retour du réseau."
SANS_REGISTRE: Final = "Ce poste n'est relié à aucun registre : la recherche se fait sur ce poste seulement."
PLUS_TARD: Final = "Recherche faite sur ce poste. Les autres guichets se chercheront au retour du réseau."
PAS_ICI: Final = "Cette recherche ne se fait pas depuis ce dossier."
FONDU: Final = (
    "Un seul dossier continue. L'autre y est fondu, avec toute son histoire. Pour l'annuler : Ressemblances, Ctrl R."
)
SEPARES_DE_NOUVEAU: Final = "Réunion annulée : les deux dossiers sont de nouveau séparés, chacun avec ce qu'il disait."
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
        self._d_ici: tuple[Semblable, ...] = ()
        self._resumes: dict[str, Resume] = {}
        self._compare: Semblable | None = None
        # L'identité que l'agent vient de vérifier : ce qui se proposera dans le dossier neuf.
        self._identite: dict[str, str] = {}
        self.titre = texte("", "titre", coupe=False)
        self.constat = texte("")
        self.cartes: list[CarteCandidat] = []
        self._liste = QVBoxLayout()
        self._liste.setSpacing(espace(3))
        self.verification = PageVerification(lambda dossier: self.aller.emit("entretien", {"dossier": dossier}))
        self.annulables = CarteReunions()
        self.comparaison = PageComparaison()
        self.commencer = Bouton(SANS_ATTENDRE, self._commencer, genre="principal", icone="user-plus")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.verification.frappe.connect(self._chercher_ici)
        self.verification.ouvrir.connect(self._verifier)
        self.verification.sans_nom.connect(lambda: self.session.nouveau_dossier(self._entrer))
        self.annulables.annuler.connect(self._defaire)
        self.comparaison.memes.connect(self._fondre)
        self.comparaison.differents.connect(self._ecarter_compare)
        self.comparaison.renoncer.connect(self._lister)
        session.ferme.connect(self._oublier)

    def _disposer(self) -> None:
        candidats = QWidget()
        boite_candidats = colonne(self.verification, self.annulables, self.constat, ecart=4)
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
        self.annulables.montrer(())
        self.verification.setVisible(bool(saisie))
        self.pages.montrer(self.candidats)
        self._page.verticalScrollBar().setValue(0)
        self.titre.setText("Nouvelle demande" if saisie else "Un autre dossier ?")
        if saisie:
            self._recommencer(saisie)
            return
        self.retour.setFocus(Qt.FocusReason.OtherFocusReason)
        if dossier and dossier != self.session.dossier_id:
            self.session.ouvrir_dossier(dossier, lambda _: self._chercher())
        else:
            self._chercher()

    def disparaitre(self) -> None:
        self._oublier()
        # La personne suivante ne se vérifie pas sur ce qui s'est tapé de celle-ci.
        self.verification.oublier()
        self._identite = {}

    def commence_deja(self) -> bool:
        if self.verification.isHidden():
            return False
        self.verification.focus_initial()
        return True

    def focus_initial(self) -> None:
        """L'identité à taper, ou le retour."""
        if not self.commence_deja():
            self.retour.setFocus()

    def _oublier(self) -> None:
        """Rien de l'autre dossier ne reste à l'écran."""
        self._compare = None
        self.comparaison.montrer((), ("", ""), ())
        self.pages.montrer(self.candidats)

    # Vérifier qui c'est, avant que le dossier existe.

    def _recommencer(self, saisie: str) -> None:
        """La page d'identité, où se propose ce qui a été cherché : « zz » n'ouvre la porte à personne."""
        self._identite = {}
        self.commencer.hide()
        self.constat.setText("")
        self.verification.commencer(frappes_proposees(saisie))

    def _chercher_ici(self, identite: Mapping[str, str]) -> None:
        """À chaque touche, à côté de l'écran : seule la dernière demande compte."""
        if self._candidats or self.constat.text():
            # Ce que le registre a répondu l'a été d'une autre identité.
            self._montrer(())
            self.constat.setText("")
        self.commencer.hide()
        self.session.avec_coffre(
            lambda coffre: coffre.memes.de_la_personne(identite),
            self.verification.montrer,
            pour=self,
            remplace="personne qui se tape",
        )

    def _verifier(self, identite: dict[str, str]) -> None:
        """Ce poste n'a rien, ou rien qui soit elle : le territoire, s'il répond, puis le dossier."""
        self._identite, etat, agent = dict(identite), self.synchro.etat, self.session.agent
        if etat is None or etat.lien is not Lien.EN_LIGNE:
            self._commencer(PLUS_TARD if self.synchro.relie else "")
            return
        self.commencer.show()
        self.commencer.renommer(SANS_ATTENDRE)
        self._dire(CHERCHE)
        tape = " ".join(reversed(identite.values()))
        self._demander(lambda synchro: synchro.doublons.chercher_la_saisie(tape, agent))

    # Chercher.

    def _chercher(self) -> None:
        dossier = self.session.dossier_id
        self.commencer.hide()
        if dossier and est_discret(self.session.document):
            self._dire(PAS_ICI)
            return
        self.synchro.ici(lambda _, coffre: connues_ici(coffre, dossier), self._connues, self._dire_echec, pour=self)

    def _connues(self, lues: tuple[Sequence[Semblable], dict[str, Resume], Sequence[Reunion]]) -> None:
        """Ce que ce poste sait déjà, puis, s'il est en ligne et qu'un dossier est ouvert, une recherche neuve."""
        connues, self._resumes, reunions = lues
        self._d_ici = tuple(un for un in connues if un.autre in self._resumes)
        self._montrer(tuple(connues))
        self.annulables.montrer(reunions)
        dossier, agent, etat = self.session.dossier_id, self.session.agent, self.synchro.etat
        if not dossier:
            self._dire(f"{_combien(len(connues))} à un dossier d'un autre guichet.")
        elif etat is None or etat.lien is Lien.SANS_REGISTRE:
            self._dire(SANS_REGISTRE if connues else f"{AUCUN_ICI} {SANS_REGISTRE}")
        elif etat.lien is not Lien.EN_LIGNE:
            self._dire(HORS_LIGNE)
        else:
            self._dire(CHERCHE)
            self._demander(lambda synchro: synchro.doublons.chercher(dossier, agent))
        if self.cartes and self.retour.hasFocus():
            self._page.viser(self.cartes[0].premier)

    def _demander(self, chercher: Callable[[Synchro], Sequence[Semblable]]) -> None:
        saisie = self._saisie

        def rendre(trouves: Sequence[Semblable]) -> None:
            if self.isHidden() or saisie != self._saisie:
                return
            deja = {un.autre for un in trouves}
            d_ici = [un for un in self._d_ici if un.autre not in deja and not saisie]
            self.montrer((*trouves, *d_ici), datetime.now().astimezone(), len(trouves))
            if saisie and not trouves:
                self._commencer(self.constat.text())

        self.synchro.la_bas(chercher, rendre, self._dire, pour=self, remplace="ressemblances")

    def _dire(self, phrase: str) -> None:
        self.constat.setText(phrase)
        annoncer(self, phrase)

    # Montrer.

    def montrer(self, candidats: Sequence[Semblable], quand: datetime, ailleurs: int | None = None) -> None:
        """Montre les dossiers qui ressemblent, trouvés à cet instant ; ``ailleurs`` : combien le registre en dit."""
        moment = ecrire_moment(quand, datetime.now().astimezone())
        reserve = dire_les_absents(self.synchro.etat.absents if self.synchro.etat else 0)
        combien = _combien(len(candidats) if ailleurs is None else ailleurs)
        faite = f"{combien} dans les autres guichets. Recherche faite {moment}."
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
        combien = len(candidats)
        rangs = [f"{rang} sur {combien}." if combien > 1 else "" for rang in range(1, combien + 1)]
        self.cartes = [self._carte(candidat, rang) for candidat, rang in zip(candidats, rangs, strict=True)]
        for carte in self.cartes:
            self._liste.addWidget(carte)
            # Qt ne montre un ajout qu'au tour suivant : le focus n'attend pas.
            carte.show()

    def _carte(self, candidat: Semblable, rang: str) -> CarteCandidat:
        nommer = not self.session.dossier_id
        d_ici = self._resumes.get(candidat.autre)
        carte = CarteCandidat(candidat, nommer_le_dossier=nommer, d_ici=d_ici, rang=rang)
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

        def rendre(cree: str) -> None:
            for un in filter(_se_retient, vus):
                self.synchro.ici(partial(_ecarter, cree, un.autre, agent), lambda _: None, self._dire_echec, pour=self)
            self.aller.emit("entretien", {"dossier": cree, "propose": True})
            if constat:
                self.alerte.emit(constat, Ton.COURANT)

        self.session.nouveau_dossier(rendre, self._identite)

    def _entrer(self, dossier: str) -> None:
        self.aller.emit("entretien", {"dossier": dossier})

    def _comparer(self, candidat: Semblable) -> None:
        self._compare = candidat

        def rendre(lus: AReunir) -> None:
            if self._compare is candidat:
                self.montrer_comparaison(lus, candidat.guichet)

        self.synchro.ici(
            lambda _, coffre: coffre.memes.preparer(candidat.dossier, candidat.autre),
            rendre,
            self._dire_echec,
            pour=self,
            remplace="comparaison",
        )

    def montrer_comparaison(self, a_reunir: AReunir, guichet: str) -> None:
        """Montre les deux dossiers côte à côte ; ``guichet`` : celui qui tient l'autre."""
        regles, ici, la_bas = self.session.regles, a_reunir.document, a_reunir.autre
        if regles is None:
            return
        noms = ("Celui-ci", f"L'autre, {guichet}" if guichet else "L'autre")
        options = [
            Option(document["id"], nom, anciennete(document)) for nom, document in zip(noms, (ici, la_bas), strict=True)
        ]
        self.comparaison.montrer(
            comparer(ici, la_bas, regles), noms, options, Garde(a_reunir, regles), relie=self.synchro.relie
        )
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
            # Le registre l'apprend au prochain tour ; hors ligne, plus tard.
            self.synchro.bientot()

        geste = partial(_ecarter, candidat.dossier, candidat.autre, agent)
        self.synchro.ici(geste, rendre, self._dire_echec, pour=self)

    def _retirer(self, candidat: Semblable) -> None:
        self._montrer(tuple(un for un in self._candidats if un != candidat))
        self._d_ici = tuple(un for un in self._d_ici if un != candidat)
        premier = self.cartes[0].premier if self.cartes else self.commencer if self._saisie else self.retour
        self._page.viser(premier)

    def _fondre(self, survivant: str, choix: dict[str, str]) -> None:
        compare, auteur = self._compare, self.session.auteur
        if compare is None:
            return
        absorbe = compare.autre if survivant == compare.dossier else compare.dossier

        def rendre(_: object) -> None:
            self._oublier()
            self.synchro.bientot()
            # Le relire, même s'il est celui qu'on tenait : il dit maintenant ce que l'autre savait.
            self.session.ouvrir_dossier(survivant, lambda _: montrer())

        def montrer() -> None:
            self.aller.emit("entretien", {"dossier": survivant})
            self.alerte.emit(FONDU, Ton.COURANT)

        self.synchro.ici(
            lambda synchro, _: synchro.doublons.fondre(survivant, absorbe, auteur, choix),
            rendre,
            self._dire_echec,
            pour=self,
        )

    def _defaire(self, absorbe: str) -> None:
        """Les deux dossiers se séparent de nouveau, tels que leurs saisies les disent."""
        dossier, auteur = self.session.dossier_id, self.session.auteur

        def rendre(_: object) -> None:
            self.alerte.emit(SEPARES_DE_NOUVEAU, Ton.COURANT)
            self.synchro.bientot()
            self.session.ouvrir_dossier(dossier, lambda _: self._chercher())

        self.synchro.ici(
            lambda _, coffre: coffre.memes.defaire(dossier, absorbe, auteur), rendre, self._dire_echec, pour=self
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


def _ecarter(un: str, autre: str, agent: str, synchro: Synchro, _coffre: Coffre) -> None:
    synchro.doublons.ecarter(un, autre, agent)


def connues_ici(coffre: Coffre, dossier: str) -> tuple[list[Semblable], dict[str, Resume], list[Reunion]]:
    """Ce que ce poste sait, sans réseau : ce qui ressemble à ce dossier (vide : à tous), ce qui s'en annule."""
    connues = coffre.echanges.doublons(dossier or None)
    if not dossier:
        return connues, {}, []
    d_ici = coffre.memes.du_dossier(dossier)
    resumes = {un.dossier: un.resume for un in d_ici}
    ici = [Semblable(dossier, "", un.dossier, "", un.raisons, un.score, tenu_ici=True) for un in d_ici]
    ailleurs = [un for un in connues if un.autre not in resumes]
    return [*ici, *ailleurs], resumes, coffre.memes.faites(dossier)


def anciennete(document: Mapping[str, Any]) -> str:
    """Ce qui compte pour ne pas perdre d'ancienneté : le numéro unique, la date de réception."""
    numero, recue = lire(document, "demande.numero_unique"), lire(document, "demande.date_reception")
    dits = [f"n° {numero}" if isinstance(numero, str) else "sans numéro unique"]
    dits.append(f"reçue le {dire_jour_ecrit(recue)}" if isinstance(recue, str) else "date de réception inconnue")
    return ", ".join(dits)
