"""L'écran Imprimer : choisir les fiches, les voir telles qu'elles sortiront, les imprimer, ou s'en passer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.acces import Acces
from ui.composants import (
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GrosseCoche,
    GroupeChoix,
    Option,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.composants.feuilles import feuille_montree
from ui.composants.fichiers import choisir_un_dossier
from ui.composants.pli import Pli
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.imprimer.apercu import Apercu
from ui.ecrans.imprimer.boite import UN_FICHIER_REFUSE
from ui.ecrans.imprimer.choix_fiches import ChoixFiches
from ui.ecrans.imprimer.choix_langue import ChoixLangue, en_francais_seulement
from ui.ecrans.imprimer.imprimante import SANS_IMPRIMANTE, Reglage, envoyer, preparer
from ui.ecrans.imprimer.lieu import AUCUN_LIEU, choix_du_lieu, nom_du_lieu
from ui.ecrans.imprimer.reglages import ReglagesImpression
from ui.ecrans.imprimer.sans_papier import SansPapier
from ui.ecrans.imprimer.sortis import EN_CLAIR, CarteSortis
from ui.ecrans.imprimer.suite import CarteSuite
from ui.ecrans.imprimer.transmis import CarteTransmis
from ui.ecrans.imprimer.travail import PAS_DE_FICHIER
from ui.etat.exercice import est_un_exercice
from ui.etat.reperes import reperes_de
from ui.etat.session import Session
from ui.etat.usage import usage_de
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from impressions.offres import Offre
    from modele.bilan import Bilan
    from modele.coffre import Coffre
    from modele.rendez_vous import RendezVous
    from ui.ecrans.imprimer.travail import Liasse
    from ui.systeme.files import Capacites

DISCRET: Final = (
    "Rien de ce dossier ne s'imprime, sauf une fiche neutre si la personne a dit la vouloir. "
    "Montrez le reste à l'écran."
)
SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
A_LIRE: Final = "À lire à voix haute, une minute"
REPLIER: Final = "Replier"
LARGEUR_PAGE: Final = 560
"""Largeur d'une page à l'aperçu, à 100 %, en pixels : au plus, et selon la place."""
LA_PLUS_ETROITE: Final = 320
MARGES: Final = espace(7)
"""Ce que les bords de l'aperçu prennent, la barre de défilement de toute la page comprise : elle paraît après coup."""
FILE_MUETTE: Final = "L'imprimante n'a pas encore répondu : le papier part dès qu'elle répond."
EN_ROUTE: Final = "Les pages partent vers « {} »…"
ENVOYE: Final = "Envoyé à l'imprimante « {} »."
LIEU: Final = "En tête du papier : {}"


class EcranImprimer(EcranDuDossier):
    """Les fiches du dossier ouvert. ``fiches`` : celles à cocher en arrivant ; sans elles, celles des voies."""

    def __init__(self, session: Session) -> None:
        super().__init__("Imprimer", session)
        self.usage, self.reperes = usage_de(session), reperes_de(session)
        self.liasse: Liasse | None = None
        self._bilan: Bilan | None = None
        self._rendez_vous: RendezVous | None = None
        self._offres: tuple[Offre, ...] = ()
        self._voulues: list[str] | None = None
        self._proposee_pour = ("", "")
        self.fiches, self.choix_langue = ChoixFiches(), ChoixLangue()
        self.avec_francais = self.choix_langue.avec_francais
        self.lieux: GroupeChoix | None = None
        self._lieu = Pli(LIEU.format(AUCUN_LIEU), REPLIER)
        self.grands = GrosseCoche(Option("grands", "Grands caractères", serre=True))
        self.reglages = ReglagesImpression(session)
        self._comment = Pli(self.reglages.resume(), REPLIER, self.reglages)
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", raccourci="Ctrl+Return")
        self.enregistrer = Bouton("Enregistrer le PDF", self._demander_dossier, raccourci="Ctrl+S")
        self.rien = Bouton("Pas de papier", self.se_passer_de_papier, icone="phone", raccourci="Alt+N")
        self.tout = Bouton("Tout ce qu'il faut pour cette personne", self.tout_choisir, icone="list-checks")
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.sortis, self.suite = CarteSortis(session), CarteSuite(self.reglages)
        self.transmis = CarteTransmis(session, lambda: self.atelier.horloge(), self.alerte.emit)
        self.sans_papier = SansPapier()
        self.en_clair = etiquette_aide(EN_CLAIR)
        # Juste au-dessus du geste : en tête des pages, on imprimerait sans l'avoir vu.
        self.manques = texte("", "fort")
        self.manques.hide()
        self.constat = etiquette_aide("")
        self.constat.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._pages = QVBoxLayout()
        # Cocher trois fiches de suite ne compose qu'une fois.
        self._attente = QTimer(self)
        self._attente.setSingleShot(True)
        self._attente.setInterval(120)
        self._attente.timeout.connect(self.composer)
        self._disposer()
        self._brancher()

    def _brancher(self) -> None:
        for carte in (self.sortis, self.suite):
            carte.dit.connect(self.alerte)
        self.grands.toggled.connect(lambda _: self._attente.start())
        self.fiches.change.connect(self._recomposer_bientot)
        self.choix_langue.change.connect(self._recomposer_bientot)
        self.reglages.change.connect(lambda: self._comment.renommer(self.reglages.resume(), REPLIER))
        self.sans_papier.fini.connect(lambda: self.aller.emit("accueil", {}))
        self.sans_papier.renonce.connect(self._revenir_au_papier)
        self._suivre()
        self.reperes.change.connect(self._recomposer)
        self.usage.change.connect(lambda: self._changer(self._bilan))

    def _disposer(self) -> None:
        self._pages.setSpacing(espace(4))
        fiches, gestes, montre = QWidget(), QWidget(), QWidget()
        self._apercu = Apercu(colonne(self.sans_papier, self.constat, self._pages, 1, ecart=3))
        sortir = Carte(nom="Imprimer ou non")
        sortir.ajouter(
            self.manques,
            self._comment,
            rangee(self.imprimer, 1),
            rangee(Colonnes([(self.rien, 0, 0), (self.enregistrer, 0, 0)], ecart=2), 1),
            self.en_clair,
        )
        fiches.setLayout(colonne(self.fiches, self.grands, 1, ecart=3))
        gestes.setLayout(colonne(self.choix_langue, self._lieu, sortir, 1, ecart=2))
        titre = Colonnes([(texte("Imprimer", "titre", coupe=False), 1, 0), (self.tout, 0, 0), (self.retour, 0, 0)])
        # Ce qui vient de sortir se dit à côté des gestes : au-dessus, il les ferait bouger sous la souris.
        montre.setLayout(colonne(self.suite, self.sortis, self.transmis, self._apercu))
        colonnes = [(fiches, 4, 370), (gestes, 4, 370), (montre, 5, 440)]
        cote_a_cote = Colonnes(colonnes, ecart=4)
        cote_a_cote.empile.connect(self._apercu.deplier)
        page = colonne(titre, cote_a_cote, ecart=2)
        # Au bord des autres écrans ; serré en hauteur seulement, où l'aperçu a besoin de place.
        page.setContentsMargins(espace(9), espace(3), espace(9), espace(3))
        page.setStretch(1, 1)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, fiches: Sequence[str] | None = None, rendez_vous: str = "", **_arguments: Any) -> None:
        self._voulues = list(fiches) if fiches else None
        self._rendez_vous = None
        self._offres, self._bilan = (), None
        self._reprendre_l_apercu()
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        self._lire_le_rendez_vous(list(fiches or ()), rendez_vous)
        if self._bilan is None:
            self.constat.setText(SANS_DOSSIER)
        (self.imprimer if self.imprimer.isEnabled() else self.tout).setFocus(Qt.FocusReason.OtherFocusReason)
        # Les files se demandent une fois la page montrée : CUPS peut être lent.
        QTimer.singleShot(0, self, self._relire_les_files)

    def _relire_les_files(self) -> None:
        if self.isHidden():
            return
        self.reglages.relire()
        if self.reglages.file:
            self.suite.chercher(self.reglages.file)

    def disparaitre(self) -> None:
        self._attente.stop()
        self.reglages.arreter()
        for carte in (self.sortis, self.suite, self.transmis):
            carte.oublier()
        self._reprendre_l_apercu()
        self._montrer_pages(None)

    # Choisir.

    def _recevoir(self, bilan: Bilan) -> None:
        from impressions.offres import d_emblee, offres

        self._bilan = bilan
        for widget in (self.enregistrer, self.en_clair):
            # Un dossier discret s'imprime, s'il s'imprime ; il ne laisse aucun fichier.
            widget.setHidden(bilan.a_taire)
        mentionnee, attendu = self.usage.mentions is not None, self._a_rappeler(bilan) is not None
        offertes = offres(bilan, mentionnee=mentionnee, rendez_vous=attendu)
        if offertes != self._offres or self._voulues is not None:
            garder = self._voulues if self._voulues is not None else self.choisies() or d_emblee(bilan)
            self._voulues, self._offres = None, offertes
            self._offrir(list(garder))
        else:
            self._offrir_langues()
        self._recomposer_bientot()

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self._attente.stop()
        self._bilan, self._offres, self._rendez_vous = None, (), None
        self._reprendre_l_apercu()
        self.transmis.oublier()
        self._offrir([])
        self._montrer_pages(None)
        self.constat.setText(SANS_DOSSIER)

    def _lire_le_rendez_vous(self, voulues: list[str], lequel: str) -> None:
        """Son prochain rendez-vous, ou celui qu'on vient de donner : sa fiche s'offre une fois lu."""
        dossier, auteur = self.session.dossier_id, self.session.auteur

        def rendre(tenus: Sequence[RendezVous]) -> None:
            from impressions.convocation import RENDEZ_VOUS, a_venir

            self._rendez_vous = a_venir(tenus, datetime.now(), lequel)
            if self._bilan is None or self._a_rappeler(self._bilan) is None:
                return
            if RENDEZ_VOUS in voulues:
                self._voulues = voulues
            self._recevoir(self._bilan)

        if dossier:
            self.session.avec_coffre(
                lambda coffre: coffre.agenda.du_dossier(dossier, auteur), rendre, pour=self,
                remplace="imprimer, rendez-vous", echec=lambda _: None,
            )  # fmt: skip

    def _a_rappeler(self, bilan: Bilan) -> RendezVous | None:
        """Le rendez-vous de ce dossier-là : celui d'un autre ne s'écrit pas sur son papier."""
        tenu = self._rendez_vous
        return tenu if tenu is not None and tenu.dossier == bilan.document.get("id") else None

    def choisies(self) -> list[str]:
        """Les fiches cochées, dans l'ordre montré."""
        return self.fiches.choisies()

    def langue(self) -> str:
        """La langue choisie, le français à défaut."""
        return self.choix_langue.langue()

    def tout_choisir(self) -> None:
        """Coche tout ce que demandent les voies retenues, et compose : un seul geste."""
        if self._bilan is None:
            return
        from impressions.offres import tout_ce_qu_il_faut

        permises = {offre.id for offre in self._offres}
        voulues = tout_ce_qu_il_faut(self._bilan, rendez_vous=self._a_rappeler(self._bilan) is not None)
        self._offrir([fiche for fiche in voulues if fiche in permises])
        self.composer()

    def _offrir(self, cochees: list[str]) -> None:
        offertes = {offre.id for offre in self._offres}
        rien = DISCRET if self._bilan is not None and self._bilan.a_taire else "Aucune fiche."
        self.fiches.montrer(self._offres, [fiche for fiche in cochees if fiche in offertes], rien)
        for widget in (self.tout, self.grands):
            widget.setVisible(bool(self._offres))
        self.rien.setVisible(self._bilan is not None)
        self._offrir_langues()
        self._offrir_lieux()

    def _offrir_langues(self) -> None:
        """Celles où une fiche au moins s'imprime ; d'emblée, celle que parle la personne."""
        from impressions.offres import langue_proposee, langues_offertes

        langues, gardee = langues_offertes(self._offres), self.langue()
        self.choix_langue.setVisible(len(langues) > 1)
        if self._bilan is None:
            return
        proposee = langue_proposee(self._bilan, langues)
        # Une autre personne, ou une réponse qui change : la langue se repropose ; sinon, le choix de l'agent reste.
        pour = (self.session.dossier_id, proposee)
        garder = pour == self._proposee_pour and gardee in langues
        self._proposee_pour = pour
        self.choix_langue.montrer(langues, proposee, gardee if garder else proposee)

    def _dire_les_langues(self) -> None:
        """Une fiche, ou toutes, n'existent pas dans la langue : tout de suite, avant même l'aperçu."""
        from impressions.offres import langue_sans_fiche

        par_fiche = {offre.id: (offre.titre, offre.langues) for offre in self._offres}
        absentes = en_francais_seulement(self.choisies(), par_fiche, self.langue())
        parlee = langue_sans_fiche(self._bilan, self._offres) if self._bilan is not None else ""
        self.choix_langue.dire_ce_qui_manque(absentes, parlee)
        self.choix_langue.setVisible(bool(parlee) or len(langues_de(self._offres)) > 1)

    def _offrir_lieux(self) -> None:
        """Le lieu dont le nom et le téléphone sont en tête du papier ordinaire ; ce poste s'en souvient."""
        lieux = self._bilan.regles.territoire.lieux if self._bilan is not None and not self._bilan.a_taire else ()
        self._lieu.setVisible(bool(lieux))
        if self.lieux is not None:
            retirer(self.lieux)
        self.lieux = None
        if lieux:
            self.lieux = choix_du_lieu(self.session, lieux)
            self.lieux.choisi.connect(self._choisir_le_lieu)
            self._lieu.remplir(self.lieux)
            self._nommer_le_lieu()

    def _nommer_le_lieu(self) -> None:
        lieux = self._bilan.regles.territoire.lieux if self._bilan is not None else ()
        nom = nom_du_lieu(self.session.preferences.lieu, lieux)
        self._lieu.renommer(LIEU.format(nom or AUCUN_LIEU), REPLIER)

    def _choisir_le_lieu(self, _lieu: str) -> None:
        self._nommer_le_lieu()
        self._attente.start()

    # Composer et montrer.

    def _recomposer_bientot(self) -> None:
        self._dire_les_langues()
        self._attente.start()

    def _recomposer(self) -> None:
        """De nouveaux repères sont arrivés : l'aperçu ne garde pas les anciens."""
        if self.liasse is not None and not self.isHidden():
            self.composer()

    def composer(self) -> None:
        """Compose les fiches cochées, hors du fil de l'écran ; l'aperçu suit."""
        self._attente.stop()
        bilan, fiches, langue, grands = self._bilan, self.choisies(), self.langue(), self.grands.isChecked()
        if bilan is None or self.sans_papier.isVisible():
            return
        avec_francais = self.avec_francais.isChecked()
        reperes, lieu, mentions = self.reperes.reperes, self.session.preferences.lieu, self.usage.mentions
        agent, tenu, exercice = self.session.signature, self._a_rappeler(bilan), est_un_exercice(self.session)
        largeur = max(LA_PLUS_ETROITE, min(apparence().theme.px(LARGEUR_PAGE), self._apercu.width() - MARGES))

        def faire() -> Liasse:
            from ui.ecrans.imprimer.travail import composer_liasse

            return composer_liasse(
                bilan,
                fiches,
                langue,
                grands=grands,
                largeur=largeur,
                reperes=reperes,
                lieu=lieu,
                agent=agent,
                mentions=mentions,
                avec_francais=avec_francais,
                rendez_vous=tenu,
                formation=exercice,
            )

        def rendre(liasse: Liasse) -> None:
            # Le dossier a pu se fermer pendant la composition : ses pages ne se montrent plus.
            if self._bilan is bilan:
                self._montrer_pages(liasse)

        self.session.travaux.lancer(faire, rendre, pour=self, remplace="apercu")

    def _montrer_pages(self, liasse: Liasse | None) -> None:
        self.liasse = liasse
        while (element := self._pages.takeAt(0)) is not None:
            retirer(element.widget())
        feuilles = liasse.feuilles if liasse else ()
        for feuille in feuilles:
            if feuille.a_lire:
                # Sans le titre, qui est juste dessous : un long élargirait l'aperçu, et couperait les pages.
                pli = Pli(A_LIRE, REPLIER, texte(feuille.a_lire))
                pli.bouton.setAccessibleDescription(feuille.travail)
                self._pages.addWidget(pli)
            for rang, page in enumerate(feuille.pages, start=1):
                self._pages.addWidget(
                    feuille_montree(page, f"{feuille.travail}, page {rang} sur {len(feuille.pages)}"),
                    0,
                    Qt.AlignmentFlag.AlignHCenter,
                )
        self._apercu.remesurer()
        for bouton in (self.imprimer, self.enregistrer):
            bouton.setEnabled(bool(feuilles))
        manques = "\n".join(liasse.avertissements) if liasse else ""
        self.manques.setText(manques)
        self.manques.setVisible(bool(manques))
        if liasse is not None:
            constat = "\n".join((_constat(liasse), *liasse.empechees))
            self.constat.setText(constat)
            annoncer(self, "\n".join(filter(None, (constat, manques))))

    # Sortir.

    def enregistrer_dans(self, dossier: Path) -> None:
        """Écrit les PDF composés dans ``dossier`` ; une alerte dit où, ou pourquoi c'est impossible."""
        liasse = self.liasse
        if liasse is None or not liasse.feuilles or self._bilan is None:
            return
        if self._bilan.a_taire:
            self.alerte.emit(PAS_DE_FICHIER, Ton.JOUR)
            return
        self._noter_acces()
        ouvert = self.session.dossier_id

        def faire() -> list[Path]:
            from ui.ecrans.imprimer.travail import enregistrer

            return enregistrer(liasse, dossier)

        def rendre(ecrits: list[Path]) -> None:
            if self.sortis.recevoir(ecrits, ouvert, taire=any(feuille.reservee for feuille in liasse.feuilles)):
                self.alerte.emit(f"Enregistré : {', '.join(chemin.name for chemin in ecrits)}.", Ton.COURANT)

        self.session.travaux.lancer(faire, rendre, lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT), pour=self)

    def _demander_dossier(self) -> None:
        choisi = choisir_un_dossier(self, "Où enregistrer")
        if choisi is not None:
            self.enregistrer_dans(choisi)

    def _imprimer(self) -> None:
        liasse = self.liasse
        if liasse is None or not liasse.feuilles:
            return
        if not self.reglages.file:
            self.alerte.emit(SANS_IMPRIMANTE, Ton.JOUR)
        elif not self.reglages.quand_prete(lambda reglage, sait: self._sortir(liasse, reglage, sait)):
            self.alerte.emit(FILE_MUETTE, Ton.NEUTRE)

    def _sortir(self, liasse: Liasse, reglage: Reglage, sait: Capacites) -> None:
        if liasse is not self.liasse:
            # La personne est partie, ou le choix a changé, pendant que la file répondait.
            return
        if liasse.sans_fichier and self.reglages.garde_un_fichier:
            self.alerte.emit(UN_FICHIER_REFUSE.format(reglage.file), Ton.IMMEDIAT)
            return
        self._noter_acces()
        self.alerte.emit(EN_ROUTE.format(reglage.file), Ton.NEUTRE)
        from modele.regles.fautes import ErreurUtilisateur
        from ui.ecrans.imprimer.travail import pour_imprimante

        def rendre(pages: list[bytes]) -> None:
            try:
                envoyer(preparer(reglage, sait), pages)
            except ErreurUtilisateur as faute:
                self.alerte.emit(str(faute), Ton.IMMEDIAT)
                return
            if not self.isHidden() and liasse is self.liasse:
                self.alerte.emit(ENVOYE.format(reglage.file), Ton.COURANT)
                self.suite.suivre(reglage)

        self.session.travaux.lancer(lambda: pour_imprimante(liasse), rendre, pour=self)

    # S'en passer.

    def se_passer_de_papier(self) -> None:
        """Une fin comme une autre : un numéro à apprendre. Rien ne s'imprime, rien ne s'écrit, pas même cela."""
        if self._bilan is None:
            return
        from impressions.offres import a_apprendre

        self._attente.stop()
        self._montrer_pages(None)
        self.constat.hide()
        self.sans_papier.montrer(*a_apprendre(self._bilan))
        # Empilé sous les réglages (grand texte), le numéro serait sous le pli.
        QTimer.singleShot(0, self.sans_papier, lambda: self._page.ensureWidgetVisible(self.sans_papier.numero))

    def _revenir_au_papier(self) -> None:
        self._reprendre_l_apercu()
        self.composer()
        self.rien.setFocus(Qt.FocusReason.OtherFocusReason)

    def _reprendre_l_apercu(self) -> None:
        self.sans_papier.oublier()
        self.constat.show()

    def _noter_acces(self) -> None:
        auteur, dossier = self.session.auteur, self.session.dossier_id
        fiches, langue = self.choisies(), self.langue()
        if self._bilan is not None:
            self.transmis.montrer(self._bilan, fiches)

        def noter(coffre: Coffre) -> None:
            coffre.noter_acces(auteur.nom, Acces.IMPRIMER, dossier)
            # Ce que la loi lui devait et qu'elle a reçu ; le coffre n'inscrit aucune fiche de sûreté.
            coffre.informations.remettre(dossier, fiches, langue, auteur)

        if dossier:
            self.session.avec_coffre(noter, lambda _: None, pour=self)

    def _revenir(self) -> None:
        self.aller.emit("entretien", {"dossier": self.session.dossier_id})


def langues_de(offres: Sequence[Offre]) -> set[str]:
    """Toutes celles où une fiche s'imprime."""
    return {langue for offre in offres for langue in offre.langues}


def _constat(liasse: Liasse) -> str:
    feuilles = sum(len(feuille.pages) for feuille in liasse.feuilles)
    if not feuilles:
        return "Rien à imprimer : cochez une fiche."
    mots = f"{feuilles} page{'s' if feuilles > 1 else ''}"
    return f"{mots}, telle{'s' if feuilles > 1 else ''} qu'à l'impression."
