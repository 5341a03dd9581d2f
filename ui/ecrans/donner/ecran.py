"""L'écran « Donner un rendez-vous » : un créneau, un interprète, c'est donné ; dessous, ceux du dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from modele.dossier.chemins import lire
from modele.dossier.nomenclatures import nationales
from modele.mots.ecriture import majuscule
from modele.protection.discretion import est_discret
from modele.rendez_vous.lignes import DONNE
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    GroupeChoix,
    ListePropositions,
    Option,
    Proposition,
    champ,
    colonne,
    constater,
    etiquette_aide,
    raccourcis,
    rangee,
    retirer,
    texte,
    viser,
)
from ui.composants.fichiers import choisir_un_dossier
from ui.composants.menus import gestes_des_boutons
from ui.ecrans.donner.a_part import CarteAPart
from ui.ecrans.donner.autre_moment import AutreMoment
from ui.ecrans.du_dossier import EcranDuDossier
from ui.ecrans.imprimer.lieu import nom_du_lieu
from ui.ecrans.imprimer.sortis import CarteSortis
from ui.mots.dossier import nommer_dossier
from ui.mots.rendez_vous import (
    CHOISIR,
    DONNER,
    SANS_CRENEAU,
    SANS_DOSSIER,
    SANS_PAPIER,
    SANS_PLAGE,
    dire_creneau,
    dire_le_delai,
    dire_rendez_vous,
    libelles,
)
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Bilan
    from modele.dossier.chemins import Document
    from modele.rendez_vous import Creneau, Plage, RendezVous
    from ui.etat.session import Session

_AU_PLUS: Final = 6
_MOIS: Final = "delai_reception_mois"
MOTIF: Final = "Pourquoi ?"


class EcranDonner(EcranDuDossier):
    """Le dossier ouvert : ce qui peut se donner, ce qui est donné."""

    def __init__(self, session: Session) -> None:
        super().__init__(DONNER, session)
        self._libres: list[Creneau] = []
        self._tenus: list[RendezVous] = []
        self._lieu, self._dossier = "", ""
        self._mois: int | None = None
        self.dossier, self.delai, self.constat = texte("", "sous_titre"), etiquette_aide(""), etiquette_aide("")
        self.creneaux: GroupeChoix | None = None
        self._place = QVBoxLayout()
        self.autre = AutreMoment()
        self.sorte = _choix("Sorte de rendez-vous", libelles("type_rendez_vous"))
        self.interprete = _choix("Interprète", libelles("interprete_rendez_vous"))
        self.donner = Bouton("Donner ce rendez-vous", self._donner, genre="principal", raccourci="Ctrl+Return")
        self.liste = ListePropositions("Rendez-vous de ce dossier", au_plus=4)
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.motif = champ(MOTIF, "Le motif se lit dans le dossier ; rien n'en sort.")
        self.deplacer = Bouton("Déplacer au créneau choisi", self._deplacer, raccourci="Alt+D")
        self.annuler = Bouton("Annuler", self._annuler, raccourci="Alt+A", icone="x")
        self.trouve = Bouton("Interprète trouvé", self._trouver, raccourci="Alt+I", icone="languages")
        self.papier = Bouton("Imprimer pour la personne", self._imprimer, raccourci="Alt+P", icone="printer")
        self.sans_papier = etiquette_aide(SANS_PAPIER)
        self.fichier = Bouton("Pour son agenda (.ics)", self._demander_dossier, raccourci="Alt+G")
        self.sortis = CarteSortis(session, "Un agenda")
        self.agenda = Bouton("Tous les rendez-vous", lambda: self.aller.emit("agenda", {}), icone="calendar-days")
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self.a_part = CarteAPart(session)
        self.a_part.dit.connect(self.alerte)
        self.sortis.dit.connect(self.alerte)
        self.liste.autres_gestes = lambda: gestes_des_boutons(self._gestes)
        self.liste.currentRowChanged.connect(lambda _: self._offrir())
        self._disposer()
        raccourcis.poser(self, {"Ctrl+Enter": self._donner})
        self._suivre()

    def _disposer(self) -> None:
        self._quand = Carte("Quand", icone="calendar")
        self._quand.ajouter(self._place, self.autre)
        comment = Carte("Comment")
        comment.ajouter(self.sorte, texte("Interprète", "gras"), self.interprete, rangee(self.donner, 1))
        boutons = Colonnes([(un, 0, 0) for un in (self.papier, self.fichier, self.trouve)], ecart=2)
        changer = Colonnes([(un, 0, 0) for un in (self.deplacer, self.annuler)], ecart=2)
        gestes = colonne(rangee(boutons, 1), self.sans_papier, self.motif, rangee(changer, 1), ecart=2)
        self._gestes = Bloc(gestes)
        self._tous = Carte("Rendez-vous de ce dossier", icone="calendar-days")
        self._tous.ajouter(self.liste, self._gestes)
        gauche, droite = (Bloc(colonne(carte, 1)) for carte in (self._quand, comment))
        self._saisie = Colonnes([(gauche, 1, 420), (droite, 1, 340)], ecart=4)
        page = colonne(
            rangee(texte(DONNER, "titre", coupe=False), 1, self.retour),
            *(self.dossier, self.delai, self.constat, self._saisie, self._tous, self.sortis, self.a_part),
            rangee(self.agenda, 1),
            1,
            ecart=3,
            marges=8,
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    @property
    def delicat(self) -> bool:
        """Toujours, dossier ouvert : ne masquer que certains dossiers dirait lesquels."""
        return bool(self.session.dossier_id)

    def paraitre(self, **_arguments: Any) -> None:
        self._fermer()
        bilan = self.atelier.bilan
        if bilan is not None:
            self._recevoir(bilan)

    def disparaitre(self) -> None:
        self._fermer()

    def focus_initial(self) -> None:
        """Le premier geste : un créneau, d'un chiffre."""
        if self.creneaux is not None:
            self.creneaux.focus_initial()
        else:
            viser(self.autre.date)

    # Le dossier.

    def _recevoir(self, bilan: Bilan) -> None:
        regles = bilan.regles
        mois = regles.territoire.resoudre(regles.national.pays.parametres, bilan.jour, {}).get(_MOIS)
        self._mois = mois.valeur if mois is not None and isinstance(mois.valeur, int) else None
        if self._dossier == self.session.dossier_id:
            self._dire_le_delai()
            return
        self._dossier = self.session.dossier_id
        self.dossier.setText(nommer_dossier(self.session.document, self._dossier))
        for bloc in (self._saisie, self._tous):
            bloc.show()
        self._dire("")
        self.a_part.paraitre()
        self._relire(premier=True)

    def _fermer(self) -> None:
        self._libres, self._tenus, self._dossier = [], [], ""
        self.dossier.setText("")
        self.delai.setText("")
        self.constat.setText(SANS_DOSSIER)
        self.constat.show()
        for choix in (self.sorte, self.interprete):
            choix.poser(None)
        self.motif.poser(None)
        self.autre.vider()
        self._oublier_les_creneaux()
        self.liste.montrer(())
        self.a_part.oublier()
        self.sortis.oublier()
        for bloc in (self._saisie, self._tous):
            bloc.hide()

    def _relire(self, *, premier: bool = False) -> None:
        dossier, auteur, regles = self._dossier, self.session.auteur, self.session.regles
        voulu = self.session.preferences.lieu
        toutes: tuple[Plage, ...] = regles.territoire.plages if regles is not None else ()

        def lire_(coffre: Any) -> tuple[str, list[Creneau], list[RendezVous], bool]:
            coffre.agenda.choisir_le_lieu(voulu)
            lieu = coffre.agenda.lieu()
            plages = tuple(une for une in toutes if une.lieu == lieu)
            libres = coffre.agenda.libres(dossier, plages, auteur, au_plus=_AU_PLUS)
            return lieu, libres, coffre.agenda.du_dossier(dossier, auteur), bool(plages)

        def rendre(lus: tuple[str, list[Creneau], list[RendezVous], bool]) -> None:
            if dossier == self._dossier:
                self._montrer(*lus, premier=premier)

        self.session.avec_coffre(lire_, rendre, pour=self, remplace="donner")

    def _montrer(
        self, lieu: str, libres: Sequence[Creneau], tenus: Sequence[RendezVous], plages: bool, *, premier: bool
    ) -> None:
        self._lieu, self._libres, self._tenus = lieu, list(libres), list(tenus)
        self._oublier_les_creneaux()
        if libres:
            self._offrir_les_creneaux()
        else:
            self._place.addWidget(etiquette_aide(SANS_CRENEAU if plages else SANS_PLAGE))
        self.autre.suivre(bool(libres))
        rang = max(0, self.liste.currentRow())
        self.liste.montrer([self._ligne(un) for un in tenus])
        self.liste.setCurrentRow(min(rang, len(tenus) - 1))
        self._tous.setVisible(bool(tenus))
        self._dire_le_delai()
        self._offrir()
        if premier:
            self.focus_initial()

    def _offrir_les_creneaux(self) -> None:
        jour = date.today()
        options = [
            Option(rang, majuscule(dire_creneau(un, jour)), f"avec {un.avec}" if un.avec else "", dense=True)
            for rang, un in enumerate(self._libres)
        ]
        self.creneaux = GroupeChoix("Prochains créneaux libres", options, signes=True)
        self.creneaux.choisi.connect(lambda _: self._dire_le_delai())
        self._place.addWidget(self.creneaux)

    def _oublier_les_creneaux(self) -> None:
        self.creneaux = None
        while (element := self._place.takeAt(0)) is not None:
            retirer(element.widget())

    def _ligne(self, tenu: RendezVous) -> Proposition:
        regles = self.session.regles
        nom = nom_du_lieu(tenu.creneau.lieu, regles.territoire.lieux) if regles is not None else ""
        titre, detail = dire_rendez_vous(tenu, date.today(), nom or tenu.creneau.lieu)
        return Proposition(titre, None, detail)

    def _dire_le_delai(self) -> None:
        rang = self.creneaux.valeur() if self.creneaux is not None else None
        jours = [un.creneau.jour for un in self._tenus if un.etat == DONNE]
        jour = self._libres[rang].jour if rang is not None else min(jours, default=None)
        self.delai.setText(dire_le_delai(self.session.document, self._mois, jour, date.today()))

    def _offrir(self) -> None:
        tenu = self._choisi()
        self._gestes.setVisible(tenu is not None and tenu.etat == DONNE)
        self.trouve.setVisible(tenu is not None and tenu.interprete == "demande")
        # Un fichier d'un dossier discret serait déjà un signe : il ne s'offre pas ; un papier non plus, dès qu'une voie
        # discrète est retenue.
        discret, bilan = est_discret(self.session.document), self.atelier.bilan
        taire = discret or (bilan is not None and bilan.a_taire)
        self.fichier.setVisible(not discret)
        self.papier.setVisible(not taire)
        self.sans_papier.setVisible(taire)

    def _choisi(self) -> RendezVous | None:
        rang = self.liste.currentRow()
        return self._tenus[rang] if 0 <= rang < len(self._tenus) else None

    # Agir.

    def _creneau(self) -> Creneau | None:
        """Celui que disent la date et l'heure écrites, sinon celui qui est choisi."""
        if self.autre.rempli:
            return self.autre.creneau(self._lieu)
        rang = self.creneaux.valeur() if self.creneaux is not None else None
        if rang is None:
            self._dire(CHOISIR)
            return None
        return self._libres[int(rang)]

    def _donner(self) -> None:
        creneau = self._creneau() if self._dossier else None
        if creneau is None:
            return
        from modele.coffre.agenda import Choix

        dite = lire(self.session.document, "contact.langue")
        langue = dite if isinstance(dite, str) and dite in nationales()["langue"].codes else ""
        choix = Choix(creneau, self.sorte.valeur() or "reception", "", langue, self.interprete.valeur() or "")
        dossier, auteur = self._dossier, self.session.auteur
        self._faire(lambda coffre: coffre.agenda.donner(dossier, choix, auteur), "Rendez-vous donné")

    def _deplacer(self) -> None:
        tenu, creneau, motif, auteur = self._choisi(), self._creneau(), self.motif.contenu, self.session.auteur
        if tenu is not None and creneau is not None:
            self._faire(lambda coffre: coffre.agenda.deplacer(tenu, creneau, motif, auteur), "Rendez-vous déplacé")

    def _annuler(self) -> None:
        tenu, motif, auteur = self._choisi(), self.motif.contenu, self.session.auteur
        if tenu is not None:
            self._faire(lambda coffre: coffre.agenda.annuler(tenu, motif, auteur), "Rendez-vous annulé")

    def _trouver(self) -> None:
        tenu, auteur = self._choisi(), self.session.auteur
        if tenu is not None:
            self._faire(lambda coffre: coffre.agenda.trouver_l_interprete(tenu, auteur), "Interprète trouvé")

    def _imprimer(self) -> None:
        if (tenu := self._choisi()) is not None:
            self.aller.emit("imprimer", {"fiches": ["rendez-vous"], "rendez_vous": tenu.id})

    def _demander_dossier(self) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi)

    def enregistrer_dans(self, ou: Path) -> None:
        """Écrit le rendez-vous choisi dans ``ou`` ; jamais d'un dossier discret."""
        tenu, document, dossier = self._choisi(), dict(self.session.document), self._dossier
        if tenu is None:
            return
        self.session.travaux.lancer(
            lambda: [_ecrire(document, tenu, ou)],
            lambda ecrits: self.sortis.recevoir(ecrits, dossier),
            self._dire,
            pour=self,
        )

    def _faire(self, geste: Callable[[Any], RendezVous], mot: str) -> None:
        def rendre(tenu: RendezVous) -> None:
            for choix in (self.sorte, self.interprete):
                choix.poser(None)
            self.motif.poser(None)
            self.autre.vider()
            self._dire(f"{mot} : {dire_creneau(tenu.creneau, date.today())}.", Ton.COURANT)
            self._relire(premier=True)

        self.session.avec_coffre(geste, rendre, pour=self, echec=partial(self._dire))

    def _dire(self, phrase: str, ton: Ton = Ton.JOUR) -> None:
        constater(self.constat, phrase, annonce=True, pressant=ton is not Ton.COURANT)


def _ecrire(document: Document, tenu: RendezVous, ou: Path) -> Path:
    from impressions.agenda import composer_rendez_vous
    from ui.ecrans.imprimer.fichiers import ecrire_a_part

    contenu = composer_rendez_vous(document, tenu.creneau, date.today())
    return ecrire_a_part(ou / f"{tenu.reference}.ics", contenu)


def _choix(nom: str, options: dict[str, str]) -> GroupeChoix:
    offertes = [Option(code, mot, demi=True, dense=True) for code, mot in options.items()]
    return GroupeChoix(nom, offertes, signes=True)
