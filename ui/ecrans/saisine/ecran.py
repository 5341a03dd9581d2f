"""L'écran « Saisir la commission » : le recours, ses motifs, ce que la personne emporte, tel qu'à l'impression."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.acces import Acces
from modele.orientation.verdict import Verdict
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GrosseCoche,
    GroupeChoix,
    Option,
    Pli,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.composants.feuilles import feuille_montree
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import EN_CLAIR, CarteSortis
from ui.ecrans.saisine.chargement import CarteFormulaire
from ui.ecrans.saisine.filiere import CarteFiliere
from ui.etat.session import Session
from ui.mots.saisine import (
    AIDE_MOTIFS,
    BROUILLON,
    CACHER,
    COMMUNE,
    DIT,
    EN_MAIN_PROPRE,
    FORMULAIRE,
    LETTRE,
    MONTRER,
    NOTER_ENSUITE,
    PAPIERS,
    PAS_ENCORE_DIT,
    SANS_DOSSIER,
    dire_verdict,
)
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from impressions.saisine import Saisine
    from modele.bilan import Bilan
    from modele.orientation.dalo import RecoursExamine
    from ui.ecrans.imprimer.travail import Liasse

LARGEUR_PAGE: Final = 560


class EcranSaisine(EcranDuDossier):
    """Le recours du dossier ouvert. ``recours`` : celui à montrer d'abord (« dalo » à défaut)."""

    def __init__(self, session: Session) -> None:
        super().__init__("Saisir la commission", session)
        self.liasse: Liasse | None = None
        self._bilan: Bilan | None = None
        self._saisine: Saisine | None = None
        # Les motifs proposés : ils ne se remettent que si le recours ou les réponses changent.
        self._proposes: tuple[Any, ...] = ()
        self.recours: GroupeChoix | None = None
        self.motifs: GroupeChoix | None = None
        self.autres_motifs: GroupeChoix | None = None
        self.papiers: GroupeChoix | None = None
        self._recours_choisi = "dalo"
        self._choix_recours = Carte("Quel recours")
        self._choix_motifs = Carte("Quels motifs")
        self._choix_papiers = Carte("Ce que la personne emporte")
        self.avant = texte("", "gras", Ton.JOUR)
        self.dit_a_la_personne = GrosseCoche(Option("dit", DIT))
        self.constat = etiquette_aide("")
        self.constat.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.manques = texte("", "fort")
        self.discret = etiquette_aide("")
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", raccourci="Ctrl+Return")
        self.enregistrer = Bouton("Enregistrer le PDF", self._demander_dossier, raccourci="Ctrl+S")
        self.sortis = CarteSortis(session)
        self.en_clair = etiquette_aide(EN_CLAIR)
        self.formulaire = CarteFormulaire(session)
        self.filiere = CarteFiliere(self._aller)
        self.calendrier = Bouton(NOTER_ENSUITE, self._noter_ensuite, icone="calendar-days")
        self.retour = Bouton("Retour à l'orientation", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        # D'un dossier discret, rien ne se lit sans un geste.
        self._devoilee = False
        self.devoiler = Bouton(MONTRER, self._devoiler, icone="eye")
        self._pages = QVBoxLayout()
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(120)
        self._attente.timeout.connect(self.composer)
        self._disposer()
        self._brancher()

    def _disposer(self) -> None:
        self._pages.setSpacing(espace(4))
        gauche, droite = QWidget(), QWidget()
        sortir = Colonnes([(self.imprimer, 0, 0), (self.enregistrer, 0, 0)], ecart=2)
        suite = rangee(Colonnes([(self.calendrier, 0, 0), (self.retour, 0, 0)], ecart=2), 1)
        dire = colonne(self.avant, self.dit_a_la_personne, ecart=2)
        gestes = colonne(self.manques, rangee(sortir, 1), self.discret, self.en_clair, self.sortis, suite, ecart=2)
        titre = texte("Saisir la commission", "titre")
        cartes = (
            self._choix_recours,
            dire,
            self._choix_motifs,
            self._choix_papiers,
            gestes,
            self.filiere,
            self.formulaire,
        )
        gauche.setLayout(colonne(titre, *cartes, 1, ecart=4))
        droite.setLayout(colonne(self.constat, rangee(1, self.devoiler, 1), self._pages, 1, ecart=3))
        self._corps = Colonnes([(gauche, 4, 420), (droite, 6, 600)], ecart=6)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(colonne(self._corps, marges=8))
        boite.addWidget(self._page)

    def _brancher(self) -> None:
        self.dit_a_la_personne.toggled.connect(lambda _: self._permettre())
        self.sortis.dit.connect(self.alerte)
        self.formulaire.dit.connect(self.alerte)
        self.formulaire.relier.connect(lambda recours: self.aller.emit("relier", {"recours": recours}))
        self._suivre()
        self.session.ferme.connect(self._couvrir)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, recours: str = "", **_arguments: Any) -> None:
        self._recours_choisi = recours or self._recours_choisi
        self._proposes, self._bilan, self._devoilee = (), None, False
        self.dit_a_la_personne.setChecked(False)
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        if self._bilan is None:
            self._fermer()
        (self.recours or self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self._attente.stop()
        self.sortis.oublier()
        self.formulaire.oublier()
        self._montrer_pages(None)

    # Choisir.

    def _recevoir(self, bilan: Bilan) -> None:
        self._bilan = bilan
        self._proposer()

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self._attente.stop()
        self._bilan, self._saisine, self._proposes = None, None, ()
        self.recours = self.motifs = self.autres_motifs = self.papiers = None
        for carte in (self._choix_recours, self._choix_motifs, self._choix_papiers):
            carte.vider()
            carte.hide()
        self.filiere.montrer(None)
        for widget in (self.avant, self.dit_a_la_personne, self.formulaire, self.manques, self.discret, self.en_clair):
            widget.hide()
        for bouton in (self.imprimer, self.enregistrer):
            bouton.setEnabled(False)
        self.calendrier.hide()
        self._montrer_pages(None)
        self.constat.setText(SANS_DOSSIER)

    def _proposer(self) -> None:
        """Le recours, ses motifs, ses papiers ; ce qui était choisi reste tant que les réponses n'ont pas changé."""
        from impressions.saisine import preparer

        bilan = self._bilan
        assert bilan is not None
        if self._recours_choisi not in bilan.regles.imprimes.imprimes:
            self._recours_choisi = "dalo"
        saisine = preparer(bilan, self._recours_choisi)
        self._saisine = saisine
        proposes = (
            self.session.dossier_id,
            saisine.imprime.id,
            saisine.tenu.complet and bool(saisine.tenu.table and saisine.tenu.table.cases),
            tuple((un.regle.id, un.examen.verdict) for un in saisine.motifs),
        )
        self.formulaire.montrer(saisine.imprime, saisine.tenu)
        self.formulaire.show()
        self.calendrier.show()
        self.filiere.montrer(bilan)
        self._dire_avant(saisine)
        if proposes != self._proposes:
            self._proposes = proposes
            self._offrir(saisine)
        self._attente.start()

    def _offrir(self, saisine: Saisine) -> None:
        self._offrir_recours()
        self._offrir_motifs(saisine)
        self._offrir_papiers(saisine)

    def _offrir_recours(self) -> None:
        assert self._bilan is not None
        if self.recours is None:
            imprimes = self._bilan.regles.imprimes.imprimes.values()
            options = [Option(un.id, un.libelle, f"formulaire {un.numero}") for un in imprimes]
            self.recours = GroupeChoix("Quel recours", options)
            self.recours.choisi.connect(self._choisir_le_recours)
            self._choix_recours.ajouter(self.recours)
            self._choix_recours.show()
        self.recours.poser(self._recours_choisi)

    def _offrir_motifs(self, saisine: Saisine) -> None:
        """Ceux que des réponses indiquent d'abord ; les autres se déplient, et se choisissent de même."""
        self._choix_motifs.vider()
        muets = [un for un in saisine.motifs if un.examen.verdict is Verdict.RIEN_NE_L_INDIQUE]
        indiques = [un for un in saisine.motifs if un not in muets]
        self.motifs = self._groupe_de_motifs("Motifs du recours", indiques, saisine)
        self.autres_motifs = self._groupe_de_motifs("Autres motifs", muets, saisine)
        parmi = [self.motifs] if indiques else []
        autres = [Pli(f"Voir les autres motifs ({len(muets)})", "Montrer moins", self.autres_motifs)] if muets else []
        self._choix_motifs.ajouter(etiquette_aide(AIDE_MOTIFS), *parmi, *autres)
        self._choix_motifs.show()

    def _groupe_de_motifs(self, nom: str, motifs: Sequence[RecoursExamine], saisine: Saisine) -> GroupeChoix:
        options = [
            Option(un.regle.id, un.regle.libelle, f"{_cas(un.regle.cas)}{dire_verdict(un.examen.verdict)}")
            for un in motifs
        ]
        groupe = GroupeChoix(nom, options, multiple=True)
        groupe.poser([un.regle.id for un in motifs if un.regle.id in saisine.retenus])
        groupe.choisi.connect(lambda _: self._attente.start())
        return groupe

    def motifs_choisis(self) -> list[str]:
        """Les motifs cochés, indiqués ou non."""
        groupes = (self.motifs, self.autres_motifs)
        return [motif for groupe in groupes if groupe is not None for motif in groupe.valeur()]

    def _offrir_papiers(self, saisine: Saisine) -> None:
        self._choix_papiers.vider()
        tenu = saisine.tenu
        rempli = tenu.complet and tenu.table is not None and bool(tenu.table.cases)
        noms = (FORMULAIRE, LETTRE) if rempli else (BROUILLON, LETTRE)
        offerts = (FORMULAIRE, BROUILLON, LETTRE) if rempli else (BROUILLON, LETTRE)
        self.papiers = GroupeChoix(
            "Ce que la personne emporte", [Option(un, *PAPIERS[un]) for un in offerts], multiple=True
        )
        self.papiers.poser(list(noms))
        self.papiers.choisi.connect(lambda _: self._attente.start())
        self._choix_papiers.ajouter(self.papiers)
        self._choix_papiers.show()

    def _choisir_le_recours(self, recours: str) -> None:
        self._recours_choisi = recours
        self.dit_a_la_personne.setChecked(False)
        self._proposer()

    def _dire_avant(self, saisine: Saisine) -> None:
        """Avant un DAHO, ce qui se dit ; d'un dossier discret, ce qui ne se fait pas."""
        self.avant.setText(saisine.avant)
        for widget in (self.avant, self.dit_a_la_personne):
            widget.setVisible(bool(saisine.avant))
        self.discret.setText(f"{EN_MAIN_PROPRE} {COMMUNE}" if saisine.discret else "")
        self.discret.setVisible(saisine.discret)
        # Un dossier discret s'imprime ; il ne laisse aucun fichier.
        for bouton in (self.enregistrer, self.en_clair):
            bouton.setHidden(saisine.discret)
        self._permettre()

    def _permettre(self) -> None:
        """Rien ne sort avant d'avoir été dit, ni sans rien à sortir."""
        dit = self._saisine is not None and (not self._saisine.avant or self.dit_a_la_personne.isChecked())
        pret = dit and self.liasse is not None and bool(self.liasse.feuilles)
        for bouton in (self.imprimer, self.enregistrer):
            bouton.setEnabled(pret)
        reste = "" if dit or self._saisine is None else PAS_ENCORE_DIT
        manques = "\n".join((reste, *self.liasse.avertissements) if self.liasse else (reste,)).strip()
        self.manques.setText(manques)
        self.manques.setVisible(bool(manques))

    # Composer et montrer.

    def composer(self) -> None:
        """Compose les papiers cochés, hors du fil de l'écran ; l'aperçu suit."""
        self._attente.stop()
        bilan, saisine = self._bilan, self._saisine
        if bilan is None or saisine is None or self.motifs is None or self.papiers is None:
            return
        recours, motifs, papiers = saisine.imprime.id, self.motifs_choisis(), list(self.papiers.valeur())
        largeur = min(apparence().theme.px(LARGEUR_PAGE), max(320, self.width() - espace(20)))

        def faire() -> Liasse:
            from ui.ecrans.saisine.travail import composer

            return composer(bilan, recours, motifs, papiers, largeur)

        def rendre(liasse: Liasse) -> None:
            # Le dossier a pu se fermer pendant la composition : ses pages ne se montrent plus.
            if self._bilan is bilan and not self.isHidden():
                self._montrer_pages(liasse)

        self.session.travaux.lancer(faire, rendre, pour=self, remplace="saisine")

    def _montrer_pages(self, liasse: Liasse | None) -> None:
        self.liasse = liasse
        discret = self._saisine is not None and self._saisine.discret
        self.devoiler.setVisible(discret and liasse is not None and bool(liasse.feuilles))
        self.devoiler.renommer(CACHER if self._devoilee else MONTRER)
        montrees = liasse.feuilles if liasse is not None and (self._devoilee or not discret) else ()
        while (element := self._pages.takeAt(0)) is not None:
            retirer(element.widget())
        for feuille in montrees:
            titre = PAPIERS[feuille.fiche][0]
            for rang, page in enumerate(feuille.pages, start=1):
                montree = feuille_montree(page, f"{titre}, page {rang} sur {len(feuille.pages)}")
                self._pages.addWidget(montree, 0, Qt.AlignmentFlag.AlignHCenter)
        self._permettre()
        if liasse is not None:
            constat = "\n".join((_constat(liasse), *liasse.empechees))
            self.constat.setText(constat)
            annoncer(self, "\n".join(filter(None, (constat, self.manques.text()))))

    def _devoiler(self) -> None:
        self._devoilee = not self._devoilee
        self._montrer_pages(self.liasse)
        self.devoiler.setFocus(Qt.FocusReason.OtherFocusReason)

    def _couvrir(self) -> None:
        """L'écran se couvre : les papiers d'un dossier discret seront à montrer de nouveau."""
        self._devoilee = False
        self._montrer_pages(self.liasse)

    # Sortir.

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit les PDF dans ``dossier`` ; jamais d'un dossier discret."""
        liasse, saisine, ouvert = self.liasse, self._saisine, self.session.dossier_id
        if liasse is None or saisine is None or not self.enregistrer.isEnabled():
            return
        if saisine.discret:
            self.alerte.emit(EN_MAIN_PROPRE, Ton.JOUR)
            return
        self._noter_acces()

        def faire() -> list[Path]:
            from ui.ecrans.imprimer.travail import enregistrer

            return enregistrer(liasse, dossier)

        def rendre(ecrits: list[Path]) -> None:
            self.sortis.recevoir(ecrits, ouvert)

        self.session.travaux.lancer(faire, rendre, lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT), pour=self)

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def _imprimer(self) -> None:
        if self.liasse is not None and self.imprimer.isEnabled():
            sortir(self, self.session, self.liasse, self.alerte.emit, self._noter_acces)

    def _noter_acces(self) -> None:
        agent, dossier = self.session.agent, self.session.dossier_id
        self.session.avec_coffre(
            lambda coffre: coffre.noter_acces(agent, Acces.IMPRIMER, dossier), lambda _: None, pour=self
        )

    def _aller(self, nom: str, arguments: dict[str, Any]) -> None:
        self.aller.emit(nom, {"dossier": self.session.dossier_id, **arguments})

    def _noter_ensuite(self) -> None:
        self._aller("recours", {})

    def _revenir(self) -> None:
        self.aller.emit("orientation" if self.session.dossier_id else "accueil", {"dossier": self.session.dossier_id})


def _cas(cas: str) -> str:
    return f"cas {cas} · " if cas[:1].isdigit() else ""


def _constat(liasse: Liasse) -> str:
    pages = sum(len(feuille.pages) for feuille in liasse.feuilles)
    if not pages:
        return "Rien à imprimer : cochez un papier."
    return f"{pages} page{'s' if pages > 1 else ''}, telle{'s' if pages > 1 else ''} qu'à l'impression."
