"""L'écran des échéances : filtrer, tourner les pages, écrire ce qui est venu. Tout se lit de dates, en SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from modele.coffre.listes import PAR_PAGE
from modele.dossier.dates_tenues import Nature
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    ListePropositions,
    Proposition,
    annoncer,
    changer_propriete,
    colonne,
    etiquette_aide,
    rangee,
    texte,
)
from ui.composants.menus import gestes_des_boutons
from ui.ecrans.base import Ecran
from ui.ecrans.issue import GestesIssue
from ui.ecrans.suites_ecrites import NIR
from ui.mots.a_faire import lire_des_echeances
from ui.mots.echeances import (
    GROUPES,
    NOTE,
    TITRE,
    VENU,
    dire_ailleurs,
    dire_combien,
    dire_date_tenue,
    groupe_de,
    nommer_les_voies,
    par_groupe,
)
from ui.mots.masques import designer
from ui.mots.suites import conclure, issues
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre.listes import Compte, PageDeRappels, Rappel
    from ui.etat.session import Session

_LOT: Final = 4
_REPIT_MS: Final = 50
"""Entre deux lots, le fil du coffre sert d'abord ce que l'agent demande."""
_PREFIXE: Final = f"{Nature.REPONSE}:"


class EcranEcheances(Ecran):
    """Ce qui presse, d'une sorte à la fois, deux cents lignes par page. ``nature`` : la sorte à montrer d'abord."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE, session)
        self.groupe, self.page = next(iter(GROUPES)), 0
        self._rappels: tuple[Rappel, ...] = ()
        self._note, self._au_choix = "", False
        self.constat = etiquette_aide("")
        self.liste = ListePropositions(TITRE, au_plus=6, geste="Ouvrir le dossier")
        self.liste.autres_gestes = lambda: gestes_des_boutons(self.issue) if self.issue is not None else ()
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.liste.currentRowChanged.connect(lambda _: self._offrir())
        self.groupes = {
            nom: Bouton(nom, partial(self._filtrer, nom), raccourci=f"Alt+{rang}")
            for rang, nom in enumerate(GROUPES, 1)
        }
        self.issue: GestesIssue | None = None
        self._venu = Carte(VENU)
        self.avant = Bouton("Page précédente", lambda: self._tourner(-1), raccourci="Alt+PgUp", icone="chevron-left")
        self.apres = Bouton("Page suivante", lambda: self._tourner(1), raccourci="Alt+PgDown", icone="chevron-right")
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        session.regles_chargees.connect(self._relire)
        session.regles_chargees.connect(lambda: self._relire_des_delais())
        session.rouvert.connect(self._relire)
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        boutons = Bloc(rangee(Colonnes([(un, 0, 0) for un in self.groupes.values()], ecart=2), 1))
        page = colonne(
            rangee(texte(TITRE, "titre", coupe=False), 1, self.retour), boutons, self.constat, ecart=3, marges=8
        )
        page.addWidget(self.liste, 1)
        page.addWidget(self._venu)
        page.addLayout(rangee(self.avant, self.apres, 1, ecart=2))
        # La place de la liste, quand elle est vide.
        page.addStretch(0)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    def paraitre(self, nature: str = "", **_arguments: Any) -> None:
        self.page = 0
        # Ouvert d'une touche, il montre d'abord ce qui presse, pas une liste vide à côté.
        self._au_choix = not nature
        if nature:
            self.groupe = groupe_de(Nature(nature))
        self._vider()
        self.liste.show()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()
        self._relire_des_delais()

    def disparaitre(self) -> None:
        self._vider()

    def _vider(self) -> None:
        self._rappels, self._note = (), ""
        self.liste.montrer(())
        self._offrir()

    # Choisir.

    def _filtrer(self, groupe: str) -> None:
        self.groupe, self.page, self._note, self._au_choix = groupe, 0, "", False
        # Un motif qui se tapait s'en va : le clavier ne doit pas partir avec lui, dans l'en-tête.
        self.liste.show()
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)
        self._relire()

    def _tourner(self, pas: int) -> None:
        self.page += pas
        self._relire()

    # Lire et montrer.

    def _relire(self) -> None:
        if self.isHidden():
            return
        natures, page, jour = GROUPES[self.groupe], self.page, date.today()
        for nom, bouton in self.groupes.items():
            changer_propriete(bouton, "genre", "principal" if nom == self.groupe else "secondaire")
            bouton.illustrer("check" if nom == self.groupe else "")
            bouton.setAccessibleName(f"{nom}, choisi" if nom == self.groupe else nom)
        self.session.avec_coffre(
            lambda coffre: (coffre.rappels(natures, jour, page), coffre.compter_les_rappels(jour)),
            lambda lus: self._recevoir(*lus),
            pour=self,
            remplace="rappels",
        )

    def _relire_des_delais(self, lus: int = 0) -> None:
        """Les délais que seul un bilan sait, quelques dossiers à la fois : sans eux, « rien ne presse » mentirait."""
        regles, jour = self.session.regles, date.today()
        if regles is None or self.isHidden():
            return

        def rendre(nombre: int) -> None:
            if nombre:
                QTimer.singleShot(_REPIT_MS, self, lambda: self._relire_des_delais(lus + nombre))
            elif lus and not self._ecrit_ce_qui_est_venu():
                self._relire()

        self.session.avec_coffre(
            lambda coffre: lire_des_echeances(coffre, regles, jour, _LOT), rendre, pour=self, remplace="délais"
        )

    def _ecrit_ce_qui_est_venu(self) -> bool:
        """Vrai tant que le clavier est sous la liste : la refaire effacerait un motif qui se tape."""
        la = self.focusWidget()
        return la is not None and self._venu.isAncestorOf(la)

    def _recevoir(self, page: PageDeRappels, comptes: Sequence[Compte]) -> None:
        """La page demandée ; vide, et rien n'a été choisi : le premier groupe où quelque chose presse."""
        ailleurs = {nom: nombre for nom, nombre in par_groupe(comptes).items() if nom != self.groupe}
        if self._au_choix and not page.total and ailleurs:
            self._filtrer(next(iter(ailleurs)))
        else:
            self._montrer(page, ailleurs)

    def _montrer(self, page: PageDeRappels, ailleurs: Mapping[str, int]) -> None:
        rang, jour, maintenant = max(0, self.liste.currentRow()), date.today(), datetime.now().astimezone()
        self.page, self._rappels = page.page, page.lignes
        nommer = nommer_les_voies(self.session.regles)
        lignes = []
        for un in page.lignes:
            designe, quoi = designer(un.resume, maintenant), dire_date_tenue(un.date, jour)
            titre = f"{nommer(un.date.objet)} : {quoi}" if un.date.objet else quoi[:1].upper() + quoi[1:]
            clair = (titre, f"{designe.clair[0]} · {un.resume.reference}") if designe.clair else None
            ouvrir = partial(self._ouvrir, un)
            lignes.append(Proposition(titre, ouvrir, f"Dossier {un.resume.reference}", cle=un.dossier, clair=clair))
        self.liste.montrer(lignes)
        self.liste.setCurrentRow(min(rang, len(lignes) - 1))
        self.liste.ceder_si_vide(self.groupes[self.groupe])
        pages = max(1, -(-page.total // PAR_PAGE))
        for bouton, possible in ((self.avant, page.page > 0), (self.apres, page.page + 1 < pages)):
            bouton.setVisible(pages > 1)
            bouton.setEnabled(possible)
        self.constat.setText(" ".join(filter(None, (self._note, dire_combien(page), dire_ailleurs(page, ailleurs)))))
        self._offrir()
        annoncer(self, self.constat.text())

    def _offrir(self) -> None:
        """Sous la liste, ce qui peut être venu pour la ligne choisie ; rien si elle n'attend pas de réponse."""
        self._venu.vider()
        self.issue = None
        rang = self.liste.currentRow()
        un = self._rappels[rang] if 0 <= rang < len(self._rappels) else None
        attend = un is not None and un.date.cle.startswith(_PREFIXE)
        self._venu.setVisible(attend)
        if un is not None and attend:
            # Le clavier quitte la liste : de quelle ligne on parle se lit encore.
            quoi = f"Dossier {un.resume.reference} · {self.liste.vue(rang).titre}"
            self.issue = GestesIssue(quoi, partial(self._conclure, un))
            self._venu.ajouter(texte(quoi, "gras"), self.issue)

    # Agir.

    def _conclure(self, un: Rappel, issue: str, motif: str) -> None:
        from modele.dossier.formes import contient_nir

        if contient_nir(motif):
            self.alerte.emit(NIR, Ton.IMMEDIAT)
            return
        valeurs = conclure(un.date.cle.removeprefix(_PREFIXE), issue, date.today(), motif)
        auteur = self.session.auteur
        self.liste.setFocus(Qt.FocusReason.OtherFocusReason)

        def rendre(_: Any) -> None:
            # Sur cette page et pas au bandeau : il suivrait dans le dossier d'un autre.
            self._note = NOTE.format(issue=issues()[issue].lower(), reference=un.resume.reference)
            self.session.relire()
            self._relire()

        self.session.avec_coffre(lambda coffre: coffre.modifier(un.dossier, valeurs, auteur), rendre, pour=self)

    def _ouvrir(self, un: Rappel) -> None:
        """Le dossier ; d'une date de recours, son calendrier, qui dit qui s'est tu et que faire."""
        regles = self.session.regles
        if regles is None or un.date.objet not in {etape.voie for etape in regles.recours.etapes}:
            self.aller.emit("entretien", {"dossier": un.dossier})
        else:
            self.session.ouvrir_dossier(un.dossier, lambda _: self.aller.emit("recours", {"dossier": un.dossier}))

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})
