"""L'écran « La journée » : donner un numéro, appeler, recevoir, laisser partir ; et qui est venu à son rendez-vous."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from modele.rendez_vous import Etape, dire_les_numeros, en_ordre
from modele.rendez_vous.lignes import DONNE
from modele.rendez_vous.passages import URGENTE
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
    annoncer,
    colonne,
    etiquette_aide,
    intertitre,
    rangee,
    texte,
)
from ui.composants.menus import gestes_des_boutons
from ui.ecrans.base import Ecran
from ui.ecrans.imprimer.lieu import nom_du_lieu
from ui.mots.rendez_vous import AUCUN, JOURNEE, PAS_DE_NOM, dire_la_file, dire_ligne, dire_passage, libelles

if TYPE_CHECKING:
    from modele.rendez_vous import LigneDAgenda, Passage
    from ui.etat.session import Session

_RENDEZ_VOUS: Final = "rendez_vous"


class EcranJournee(Ecran):
    """La file à gauche, les rendez-vous du jour à droite. Rien n'y est nommé, sauf une ligne que l'agent démasque."""

    def __init__(self, session: Session) -> None:
        super().__init__(JOURNEE, session)
        self._passages: list[Passage] = []
        self._lignes: list[LigneDAgenda] = []
        self._note = ""
        self.constat, self.lieu = etiquette_aide(""), etiquette_aide("")
        # Ce qui vient d'arriver se dit à la personne, ou s'appelle : il se lit de loin.
        self.a_dire = texte("", "fort")
        self.motif = _choix("Ce que la personne vient faire", "motif_accueil")
        self.urgence = _choix("Quand passe-t-elle ?", "urgence_passage")
        self.issue = _choix("Comment cela finit", "issue_passage")
        self.file = _liste("La file", "Faire avancer")
        self.appeler = Bouton("Appeler", self._appeler, raccourci="Alt+A", icone="arrow-right")
        self.recevoir = Bouton("Reçue", self._recevoir, raccourci="Alt+R", icone="check")
        self.partir = Bouton("Partie", self._demander_l_issue, raccourci="Alt+P", icone="x")
        self.rendez_vous = _liste("Rendez-vous du jour", "Ouvrir le dossier")
        self.venue = Bouton("Elle est là", partial(self._venir, True), raccourci="Alt+V", icone="circle-check")
        self.absente = Bouton("Pas venue", partial(self._venir, False), raccourci="Alt+N", icone="minus")
        self.agenda = Bouton("Tous les rendez-vous", lambda: self.aller.emit("agenda", {}), icone="calendar-days")
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self.file.autres_gestes = lambda: gestes_des_boutons(self._gestes)
        self.rendez_vous.autres_gestes = lambda: gestes_des_boutons(self._venues)
        self._disposer()
        self.motif.choisi.connect(lambda _: self._demander_l_urgence())
        self.urgence.choisi.connect(lambda _: self._donner())
        self.issue.choisi.connect(lambda _: self._laisser_partir())
        self.file.currentRowChanged.connect(lambda _: self._offrir())
        self.rendez_vous.currentRowChanged.connect(lambda _: self._offrir())
        session.rouvert.connect(self._relire)
        session.regles_chargees.connect(self._relire)
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        self._gestes = Bloc(rangee(Colonnes([(un, 0, 0) for un in (self.appeler, self.recevoir, self.partir)], 2), 1))
        self._venues = Bloc(rangee(Colonnes([(un, 0, 0) for un in (self.venue, self.absente)], 2), 1))
        self._accueil = Carte("Donner un numéro", icone="plus")
        self._accueil.ajouter(self.motif, self.urgence)
        self._fin = Carte("Partie : comment cela finit")
        self._fin.ajouter(self.issue)
        gauche = Bloc(colonne(self._accueil, intertitre("La file"), self._gestes, self._fin, self.file, 1, ecart=3))
        droite = Bloc(
            colonne(
                intertitre("Rendez-vous du jour"), self._venues, self.rendez_vous, rangee(self.agenda, 1), 1, ecart=3
            )
        )
        page = colonne(
            rangee(texte(JOURNEE, "titre", coupe=False), 1, self.retour),
            self.lieu,
            self.a_dire,
            self.constat,
            Colonnes([(gauche, 1, 420), (droite, 1, 380)], ecart=5),
            1,
            ecart=3,
            marges=8,
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    def paraitre(self, **_arguments: Any) -> None:
        self._vider()
        self._relire()
        self.focus_initial()

    def disparaitre(self) -> None:
        self._vider()

    def focus_initial(self) -> None:
        """Le clavier est prêt pour qui entre."""
        self.motif.focus_initial()

    def _vider(self) -> None:
        self._passages, self._lignes, self._note = [], [], ""
        self.a_dire.hide()
        for choix in (self.motif, self.urgence, self.issue):
            choix.poser(None)
        self.urgence.hide()
        self._fin.hide()
        self.file.montrer(())
        self.rendez_vous.montrer(())
        self._offrir()

    # Lire.

    def _relire(self) -> None:
        if self.isHidden():
            return
        lieu, auteur, jour = self.session.preferences.lieu, self.session.auteur, date.today()

        def lire(coffre: Any) -> tuple[str, list[Passage], list[LigneDAgenda]]:
            coffre.agenda.choisir_le_lieu(lieu)
            return coffre.agenda.lieu(), coffre.file.lister(auteur), coffre.agenda.lignes(jour, jour, auteur)

        self.session.avec_coffre(lire, lambda lus: self._montrer(*lus), pour=self, remplace="journée")

    def _montrer(self, lieu: str, passages: Sequence[Passage], lignes: Sequence[LigneDAgenda]) -> None:
        self._passages, self._lignes = en_ordre(passages), list(lignes)
        regles = self.session.regles
        nom = nom_du_lieu(lieu, regles.territoire.lieux) if regles is not None else ""
        self.lieu.setText(f"{nom or lieu}. {PAS_DE_NOM}")
        numeros = dire_les_numeros(passages)
        _remplir(self.file, [self._ticket(un, numeros[un.id]) for un in self._passages])
        _remplir(self.rendez_vous, [self._ligne(une) for une in lignes])
        ou = dire_la_file(len(self._passages), len(passages) - len(self._passages))
        self.a_dire.setText(self._note)
        self.a_dire.setVisible(bool(self._note))
        self.constat.setText(" ".join(filter(None, (ou, "" if lignes else AUCUN))))
        self._offrir()
        annoncer(self, " ".join(filter(None, (self._note, self.constat.text()))))

    def _ticket(self, passage: Passage, numero: str) -> Proposition:
        titre, detail = dire_passage(passage, numero)
        icone = "arrow-up" if passage.urgence == URGENTE else ""
        return Proposition(titre, partial(self._avancer, passage), detail, icone=icone, cle=passage.id)

    def _ligne(self, ligne: LigneDAgenda) -> Proposition:
        titre, detail = dire_ligne(ligne, avec_le_jour=False)
        tenu = ligne.rendez_vous
        clair = (titre, f"{tenu.titre} · {detail}") if tenu is not None and tenu.titre else None
        ouvrir = partial(self._ouvrir, ligne)
        dossier = tenu.dossier if tenu else ""
        return Proposition(titre, ouvrir, detail, cle=dossier, clair=clair, dossier=dossier)

    # La file.

    def _demander_l_urgence(self) -> None:
        self.urgence.poser(None)
        self.urgence.show()
        self.urgence.focus_initial()

    def _donner(self) -> None:
        motif, urgence, auteur = self.motif.valeur(), self.urgence.valeur(), self.session.auteur
        self.motif.poser(None)
        self.urgence.poser(None)
        self.urgence.hide()
        self.motif.focus_initial()
        self._faire(
            lambda coffre: coffre.file.donner(motif, urgence, auteur), lambda un: f"Donnez-lui le numéro {un.numero}."
        )

    def _avancer(self, passage: Passage) -> None:
        """Entrée : le pas suivant de ce numéro."""
        {Etape.ATTEND: self._appeler, Etape.APPELE: self._recevoir}.get(passage.etape, self._demander_l_issue)()

    def _appeler(self) -> None:
        if (un := self._choisi()) is not None:
            auteur = self.session.auteur
            dit = dire_les_numeros(self._passages)[un.id]
            self._faire(lambda coffre: coffre.file.appeler(un, auteur), lambda _: f"Appelez « {dit} ».")

    def _recevoir(self) -> None:
        if (un := self._choisi()) is not None:
            auteur = self.session.auteur
            self._faire(lambda coffre: coffre.file.recevoir(un, auteur), lambda _: "")

    def _demander_l_issue(self) -> None:
        if self._choisi() is not None:
            self.issue.poser(None)
            self._fin.show()
            self.issue.focus_initial()

    def _laisser_partir(self) -> None:
        un, issue, auteur = self._choisi(), self.issue.valeur(), self.session.auteur
        self._fin.hide()
        if un is not None and issue:
            self.file.setFocus(Qt.FocusReason.OtherFocusReason)
            self._faire(lambda coffre: coffre.file.laisser_partir(un, issue, auteur), lambda _: "")

    def _choisi(self) -> Passage | None:
        rang = self.file.currentRow()
        return self._passages[rang] if 0 <= rang < len(self._passages) else None

    # Les rendez-vous.

    def _venir(self, venue: bool) -> None:
        """Elle est là : son numéro se donne, et son rendez-vous le retient ; l'inverse n'est écrit nulle part."""
        ligne = self._ligne_choisie()
        if ligne is None or ligne.rendez_vous is None:
            return
        tenu, auteur = ligne.rendez_vous, self.session.auteur

        def faire(coffre: Any) -> str:
            if not venue:
                coffre.agenda.noter_venue(tenu, False, auteur)
                return "Noté : pas venue."
            ticket = coffre.file.donner(_RENDEZ_VOUS, "courante", auteur)
            coffre.agenda.noter_venue(tenu, True, auteur, passage=ticket.id)
            return f"Donnez-lui le numéro {ticket.numero}."

        self._faire(faire, str)

    def _ligne_choisie(self) -> LigneDAgenda | None:
        rang = self.rendez_vous.currentRow()
        return self._lignes[rang] if 0 <= rang < len(self._lignes) else None

    def _ouvrir(self, ligne: LigneDAgenda) -> None:
        if ligne.rendez_vous is not None:
            self.aller.emit("entretien", {"dossier": ligne.rendez_vous.dossier})

    # L'écran.

    def _faire(self, geste: Callable[[Any], Any], dire: Callable[[Any], str]) -> None:
        def rendre(rendu: Any) -> None:
            self._note = dire(rendu)
            self._relire()

        self.session.avec_coffre(geste, rendre, pour=self)

    def _offrir(self) -> None:
        """Les seuls gestes qui ont un sens pour la ligne choisie."""
        un, ligne = self._choisi(), self._ligne_choisie()
        self._gestes.setVisible(un is not None)
        self.appeler.setEnabled(un is not None and un.etape is Etape.ATTEND)
        self.recevoir.setEnabled(un is not None and un.etape is Etape.APPELE)
        tenu = ligne.rendez_vous if ligne is not None else None
        self._venues.setVisible(tenu is not None and tenu.etat == DONNE)


def _choix(nom: str, nomenclature: str) -> GroupeChoix:
    options = [Option(code, mot, demi=True, dense=True) for code, mot in libelles(nomenclature).items()]
    return GroupeChoix(nom, options, signes=True)


def _liste(nom: str, geste: str) -> ListePropositions:
    liste = ListePropositions(nom, au_plus=6, geste=geste)
    liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return liste


def _remplir(liste: ListePropositions, lignes: Sequence[Proposition]) -> None:
    rang = max(0, liste.currentRow())
    liste.montrer(lignes)
    liste.setCurrentRow(min(rang, len(lignes) - 1))
