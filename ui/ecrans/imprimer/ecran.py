"""L'écran Imprimer : choisir les fiches, les voir telles qu'elles sortiront, les imprimer ou les enregistrer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.acces import Acces
from modele.mots.ecriture import nom_de_langue, nom_propre_de_langue
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
from ui.ecrans.base import Ecran
from ui.ecrans.imprimer.imprimante import demander_imprimante, envoyer
from ui.ecrans.imprimer.sortis import EN_CLAIR, CarteSortis
from ui.ecrans.imprimer.transmis import CarteTransmis
from ui.etat.atelier import atelier_de
from ui.etat.reperes import reperes_de
from ui.etat.session import Session
from ui.etat.usage import usage_de
from ui.theme import Ton, espace
from ui.theme.apparence import apparence

if TYPE_CHECKING:
    from impressions.offres import Offre
    from modele.bilan import Bilan
    from ui.ecrans.imprimer.travail import Liasse

DISCRET: Final = (
    "Rien de ce dossier ne s'imprime, sauf une fiche neutre si la personne a dit la vouloir. "
    "Montrez le reste à l'écran."
)
PAS_DE_FICHIER: Final = "Ce dossier ne laisse pas de fichier sur le poste. Imprimez, ou montrez la page à l'écran."
SANS_DOSSIER: Final = "Aucun dossier n'est ouvert : cherchez la personne d'abord."
A_LIRE: Final = "{} : à lire à voix haute, une minute"
REPLIER: Final = "Replier"
LARGEUR_PAGE: Final = 560
"""Largeur d'une page à l'aperçu, à 100 %, en pixels."""


class EcranImprimer(Ecran):
    """Les fiches du dossier ouvert. ``fiches`` : celles à cocher en arrivant ; sans elles, celles des voies."""

    def __init__(self, session: Session) -> None:
        super().__init__("Imprimer", session)
        self.atelier = atelier_de(session)
        self.usage, self.reperes = usage_de(session), reperes_de(session)
        self.liasse: Liasse | None = None
        self._bilan: Bilan | None = None
        self._offres: tuple[Offre, ...] = ()
        self._voulues: list[str] | None = None
        self.fiches: GroupeChoix | None = None
        self.langues: GroupeChoix | None = None
        self._langue_choisie = "fr"
        self._proposee_pour = ("", "")
        self._choix = Carte("Ce que la personne emporte")
        self._langue = Carte("Dans quelle langue")
        self._lieu = Carte("Où cette personne est reçue")
        self.lieux: GroupeChoix | None = None
        self.avec_francais = GrosseCoche(
            Option("avec_francais", "Avec le français à côté", "pour suivre ensemble, phrase par phrase")
        )
        self.grands = GrosseCoche(Option("grands", "Grands caractères", "pour qui lit mal le texte courant"))
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer", raccourci="Ctrl+Return")
        self.enregistrer = Bouton("Enregistrer le PDF", self._demander_dossier, raccourci="Ctrl+S")
        self.tout = Bouton("Tout ce qu'il faut pour cette personne", self.tout_choisir, icone="list-checks")
        self.retour = Bouton("Retour à l'entretien", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.sortis = CarteSortis()
        self.transmis = CarteTransmis(session, lambda: self.atelier.horloge(), self.alerte.emit)
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
        self.sortis.dit.connect(self.alerte)
        for coche in (self.grands, self.avec_francais):
            coche.toggled.connect(lambda _: self._attente.start())
        self.atelier.bilan_change.connect(self._changer)
        self.reperes.change.connect(self._recomposer)
        self.usage.change.connect(lambda: self._changer(self._bilan))

    def _disposer(self) -> None:
        self._pages.setSpacing(espace(4))
        gauche, droite = QWidget(), QWidget()
        sortir = Colonnes([(self.imprimer, 0, 0), (self.enregistrer, 0, 0)], ecart=2)
        gestes = colonne(
            rangee(self.tout, 1),
            self.manques,
            rangee(sortir, 1),
            self.en_clair,
            self.sortis,
            self.transmis,
            rangee(self.retour, 1),
            ecart=2,
        )
        titre = texte("Imprimer", "titre")
        reglages = (self._choix, self._langue, self.avec_francais, self._lieu, self.grands)
        gauche.setLayout(colonne(titre, *reglages, gestes, 1, ecart=4))
        droite.setLayout(colonne(self.constat, self._pages, 1, ecart=3))
        page = colonne(Colonnes([(gauche, 4, 400), (droite, 6, 600)], ecart=6), marges=8)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, fiches: Sequence[str] | None = None, **_arguments: Any) -> None:
        self._voulues = list(fiches) if fiches else None
        self._offres, self._bilan = (), None
        self.atelier.preparer()
        self._page.verticalScrollBar().setValue(0)
        self._changer(self.atelier.bilan)
        if self._bilan is None:
            self.constat.setText(SANS_DOSSIER)
        (self.imprimer if self.imprimer.isEnabled() else self.retour).setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self._attente.stop()
        self.sortis.oublier()
        self.transmis.oublier()
        self._montrer_pages(None)

    # Choisir.

    def _changer(self, bilan: Bilan | None) -> None:
        if bilan is None:
            self._fermer()
        if bilan is None or self.isHidden():
            return
        from impressions.offres import d_emblee, offres

        self._bilan = bilan
        for widget in (self.enregistrer, self.en_clair):
            # Un dossier discret s'imprime, s'il s'imprime ; il ne laisse aucun fichier.
            widget.setHidden(bilan.a_taire)
        offertes = offres(bilan, mentionnee=self.usage.mentions is not None)
        if offertes != self._offres or self.fiches is None:
            garder = self._voulues if self._voulues is not None else self.choisies() or d_emblee(bilan)
            self._offres = offertes
            self._offrir(list(garder))
        self._attente.start()

    def _fermer(self) -> None:
        """Plus de dossier : rien du précédent ne reste à l'écran."""
        self._attente.stop()
        self._bilan, self._offres = None, ()
        self.transmis.oublier()
        self._offrir([])
        self._montrer_pages(None)
        self.constat.setText(SANS_DOSSIER)

    def choisies(self) -> list[str]:
        """Les fiches cochées, dans l'ordre montré."""
        return list(self.fiches.valeur()) if self.fiches is not None else []

    def langue(self) -> str:
        """La langue choisie, le français à défaut."""
        valeur = self.langues.valeur() if self.langues is not None else None
        return valeur or "fr"

    def tout_choisir(self) -> None:
        """Coche tout ce que demandent les voies retenues, et compose : un seul geste."""
        if self._bilan is None or self.fiches is None:
            return
        from impressions.offres import tout_ce_qu_il_faut

        permises = {offre.id for offre in self._offres}
        self.fiches.poser([fiche for fiche in tout_ce_qu_il_faut(self._bilan) if fiche in permises])
        self.composer()

    def _offrir(self, cochees: list[str]) -> None:
        self._choix.vider()
        self.fiches = None
        if not self._offres:
            self._choix.ajouter(texte(DISCRET if self._bilan and self._bilan.a_taire else "Aucune fiche."))
        else:
            options = [Option(o.id, o.titre, "proposée" if o.proposee else "") for o in self._offres]
            self.fiches = GroupeChoix("Fiches à imprimer", options, multiple=True)
            self.fiches.poser([fiche for fiche in cochees if fiche in {o.id for o in self._offres}])
            self.fiches.choisi.connect(lambda _: self._attente.start())
            self._choix.ajouter(self.fiches)
        for widget in (self.tout, self.grands):
            widget.setVisible(bool(self._offres))
        self._offrir_langues()
        self._offrir_lieux()

    def _offrir_langues(self) -> None:
        """Celles où une fiche au moins s'imprime ; d'emblée, celle que parle la personne."""
        from impressions.offres import langue_proposee, langues_offertes

        langues, gardee = langues_offertes(self._offres), self.langue()
        self._langue.setVisible(len(langues) > 1)
        self._langue.vider()
        self.langues = None
        self.avec_francais.hide()
        if len(langues) > 1 and self._bilan is not None:
            options = [Option(un, nom_propre_de_langue(un), nom_de_langue(un), demi=True) for un in langues]
            self.langues = GroupeChoix("Langue des fiches", options)
            proposee = langue_proposee(self._bilan, langues)
            # Une autre personne, ou une réponse qui change : la langue se repropose ; sinon, le choix de l'agent reste.
            pour = (self.session.dossier_id, proposee)
            garder = pour == self._proposee_pour and gardee in langues
            self._proposee_pour = pour
            self._choisir_la_langue(gardee if garder else proposee)
            self.langues.poser(self._langue_choisie)
            self.langues.choisi.connect(self._choisir_la_langue)
            self._langue.ajouter(self.langues)

    def _choisir_la_langue(self, langue: str) -> None:
        self._langue_choisie = langue
        self.avec_francais.setVisible(langue != "fr")
        self._attente.start()

    def _offrir_lieux(self) -> None:
        """Le lieu dont le nom et le téléphone sont en tête du papier ordinaire ; ce poste s'en souvient."""
        lieux = self._bilan.regles.territoire.lieux if self._bilan is not None and not self._bilan.a_taire else ()
        self._lieu.setVisible(bool(lieux))
        self._lieu.vider()
        self.lieux = None
        if lieux:
            options = [Option(un.id, un.nom, ", ".join(un.lignes[:2])) for un in lieux]
            self.lieux = GroupeChoix("Lieu d'accueil en tête du papier", options)
            self.lieux.poser(self.session.preferences.lieu)
            self.lieux.choisi.connect(self._choisir_le_lieu)
            self._lieu.ajouter(self.lieux)

    def _choisir_le_lieu(self, lieu: str) -> None:
        self.session.regler(self.session.preferences._replace(lieu=lieu))
        self._attente.start()

    # Composer et montrer.

    def _recomposer(self) -> None:
        """De nouveaux repères sont arrivés : l'aperçu ne garde pas les anciens."""
        if self.liasse is not None and not self.isHidden():
            self.composer()

    def composer(self) -> None:
        """Compose les fiches cochées, hors du fil de l'écran ; l'aperçu suit."""
        self._attente.stop()
        bilan, fiches, langue, grands = self._bilan, self.choisies(), self.langue(), self.grands.isChecked()
        if bilan is None:
            return
        avec_francais = self.avec_francais.isChecked()
        reperes, lieu, mentions = self.reperes.reperes, self.session.preferences.lieu, self.usage.mentions
        largeur = min(apparence().theme.px(LARGEUR_PAGE), max(320, self.width() - espace(20)))

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
                mentions=mentions,
                avec_francais=avec_francais,
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
                self._pages.addWidget(Pli(A_LIRE.format(feuille.travail), REPLIER, texte(feuille.a_lire)))
            for rang, page in enumerate(feuille.pages, start=1):
                self._pages.addWidget(
                    feuille_montree(page, f"{feuille.travail}, page {rang} sur {len(feuille.pages)}"),
                    0,
                    Qt.AlignmentFlag.AlignHCenter,
                )
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
            if self.isHidden() or self.session.dossier_id != ouvert:
                # La personne est partie : la suivante ne lit pas ce qui vient d'être écrit pour elle.
                return
            self.alerte.emit(f"Enregistré : {', '.join(chemin.name for chemin in ecrits)}.", Ton.COURANT)
            if not any(feuille.reservee for feuille in liasse.feuilles):
                self.sortis.montrer(ecrits)

        self.session.travaux.lancer(faire, rendre, lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT), pour=self)

    def _demander_dossier(self) -> None:
        choisi = choisir_un_dossier(self, "Où enregistrer")
        if choisi is not None:
            self.enregistrer_dans(choisi)

    def _imprimer(self) -> None:
        liasse = self.liasse
        if liasse is None or not liasse.feuilles:
            return
        from ui.ecrans.imprimer.travail import nom_du_travail, pour_imprimante

        imprimante = demander_imprimante(self, nom_du_travail(liasse))
        if isinstance(imprimante, str):
            self.alerte.emit(imprimante, Ton.JOUR)
        elif imprimante is not None:
            self._noter_acces()
            self.session.travaux.lancer(
                lambda: pour_imprimante(liasse), lambda pages: envoyer(imprimante, pages), pour=self
            )

    def _noter_acces(self) -> None:
        agent, dossier = self.session.agent, self.session.dossier_id
        if self._bilan is not None:
            self.transmis.montrer(self._bilan, self.choisies())
        if dossier:
            self.session.avec_coffre(
                lambda coffre: coffre.noter_acces(agent, Acces.IMPRIMER, dossier), lambda _: None, pour=self
            )

    def _revenir(self) -> None:
        self.aller.emit("entretien", {"dossier": self.session.dossier_id})


def _constat(liasse: Liasse) -> str:
    feuilles = sum(len(feuille.pages) for feuille in liasse.feuilles)
    if not feuilles:
        return "Rien à imprimer : cochez une fiche."
    mots = f"{feuilles} page{'s' if feuilles > 1 else ''}"
    return f"{mots}, telle{'s' if feuilles > 1 else ''} qu'à l'impression."
