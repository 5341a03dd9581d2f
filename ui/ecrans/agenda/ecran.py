"""L'écran « Rendez-vous » : jour, semaine, mois de ce lieu, et les créneaux pris deux fois, au clavier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

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
from ui.ecrans.base import Ecran
from ui.ecrans.imprimer.lieu import nom_du_lieu
from ui.mots.rendez_vous import (
    A_RAPPELER,
    AGENDA,
    AU_PLUS,
    CONFLITS,
    OU_DONNER,
    RAPPELS_AU_PLUS,
    SANS_RAPPEL,
    SEJOURS,
    bornes,
    dire_combien,
    dire_conflit,
    dire_la_vue,
    dire_les_autres_rappels,
    dire_ligne,
    dire_rappel,
    tourner,
)
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.rendez_vous import Conflit, LigneDAgenda, RendezVous
    from ui.etat.session import Session


class EcranAgenda(Ecran):
    """Une vue du lieu de ce poste ; d'un autre lieu, rien ne se liste."""

    def __init__(self, session: Session) -> None:
        super().__init__(AGENDA, session)
        self.sejour, self.jour = "jour", date.today()
        self._note, self._arrive = "", True
        self.vue, self.constat = texte("", "sous_titre"), etiquette_aide("")
        self.liste = ListePropositions(AGENDA, au_plus=8, geste="Ouvrir le dossier")
        self.liste.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.sejours = {
            code: Bouton(nom, partial(self._voir, code), raccourci=f"Alt+{rang}")
            for rang, (code, nom) in enumerate(SEJOURS.items(), 1)
        }
        self.avant = Bouton("Avant", lambda: self._tourner(-1), raccourci="Alt+PgUp", icone="chevron-left")
        self.apres = Bouton("Après", lambda: self._tourner(1), raccourci="Alt+PgDown", icone="chevron-right")
        self.ici = Bouton("Aujourd'hui", self._aujourd_hui, raccourci="Alt+T")
        self.journee = Bouton("La journée", lambda: self.aller.emit("journee", {}), icone="users")
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self.conflits = Carte(CONFLITS, ton=Ton.JOUR, icone="split")
        self.rappels = Carte(A_RAPPELER, icone="phone")
        self.sans_rappel = etiquette_aide(SANS_RAPPEL)
        self.departs: list[Bouton] = []
        self.rappeles: list[Bouton] = []
        self._disposer()
        session.rouvert.connect(self._relire)
        session.regles_chargees.connect(self._relire)
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        boutons = [*self.sejours.values(), self.avant, self.ici, self.apres]
        page = colonne(
            rangee(texte(AGENDA, "titre", coupe=False), 1, self.journee, self.retour),
            Bloc(rangee(Colonnes([(un, 0, 0) for un in boutons], ecart=2), 1)),
            self.vue,
            self.constat,
            self.conflits,
            self.rappels,
            ecart=3,
            marges=8,
        )
        page.addWidget(self.liste, 1)
        page.addWidget(self.sans_rappel)
        page.addStretch(0)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(page))

    def paraitre(self, **_arguments: Any) -> None:
        self.jour = date.today()
        self._vider()
        self._arrive = True
        self.focus_initial()
        self._relire()

    def disparaitre(self) -> None:
        self._vider()

    def focus_initial(self) -> None:
        """Les flèches vont dans la liste ; vide, elle ne se montre pas, et le clavier est à la vue choisie."""
        self._premier().setFocus(Qt.FocusReason.OtherFocusReason)

    def _premier(self) -> QWidget:
        return self.sejours[self.sejour] if self.liste.isHidden() else self.liste

    def _vider(self) -> None:
        self._note = ""
        self.liste.montrer(())
        for carte in (self.conflits, self.rappels):
            carte.vider()
            carte.hide()

    # Choisir.

    def _voir(self, sejour: str) -> None:
        self.sejour = sejour
        self._relire()

    def _tourner(self, pas: int) -> None:
        self.jour = tourner(self.sejour, self.jour, pas)
        self._relire()

    def _aujourd_hui(self) -> None:
        self.jour = date.today()
        self._relire()

    # Lire et montrer.

    def _relire(self) -> None:
        if self.isHidden():
            return
        for code, bouton in self.sejours.items():
            choisi = code == self.sejour
            changer_propriete(bouton, "genre", "principal" if choisi else "secondaire")
            bouton.illustrer("check" if choisi else "")
            bouton.setAccessibleName(f"{SEJOURS[code]}, choisi" if choisi else SEJOURS[code])
        (du, au), auteur, lieu = bornes(self.sejour, self.jour), self.session.auteur, self.session.preferences.lieu

        regles = self.session.regles
        avant = regles.territoire.rappels if regles is not None else {}

        def lire(coffre: Any) -> tuple[str, list[LigneDAgenda], list[Conflit], list[RendezVous] | None]:
            agenda = coffre.agenda
            agenda.choisir_le_lieu(lieu)
            agenda.accorder(auteur)
            ici = agenda.lieu()
            rappels = agenda.a_rappeler(avant[ici], auteur) if ici in avant else None
            return ici, agenda.lignes(du, au, auteur), agenda.conflits(auteur), rappels

        self.session.avec_coffre(lire, lambda lus: self._montrer(*lus), pour=self, remplace="agenda")

    def _montrer(
        self,
        lieu: str,
        lignes: Sequence[LigneDAgenda],
        conflits: Sequence[Conflit],
        rappels: Sequence[RendezVous] | None,
    ) -> None:
        regles = self.session.regles
        nom = nom_du_lieu(lieu, regles.territoire.lieux) if regles is not None else ""
        self.vue.setText(f"{dire_la_vue(self.sejour, self.jour)} · {nom or lieu}")
        montrees = lignes[:AU_PLUS]
        rang, suivre = max(0, self.liste.currentRow()), self._arrive or self._premier().hasFocus()
        self.liste.montrer([self._ligne(une) for une in montrees])
        self.liste.setCurrentRow(min(rang, len(montrees) - 1))
        self.liste.setVisible(bool(montrees))
        if suivre:
            self._arrive = False
            self.focus_initial()
        combien = dire_combien(len(lignes), len(montrees))
        self.constat.setText(" ".join(filter(None, (self._note, combien, "" if montrees else OU_DONNER))))
        self._montrer_les_conflits(conflits)
        self._montrer_les_rappels(rappels or ())
        self.sans_rappel.setVisible(rappels is None)
        annoncer(self, f"{self.vue.text()}. {self.constat.text()}")

    def _ligne(self, ligne: LigneDAgenda) -> Proposition:
        titre, detail = dire_ligne(ligne, avec_le_jour=self.sejour != "jour")
        tenu = ligne.rendez_vous
        clair = (titre, f"{tenu.titre} · {detail}") if tenu is not None and tenu.titre else None
        ouvrir = partial(self._ouvrir, tenu)
        dossier = tenu.dossier if tenu else ""
        return Proposition(titre, ouvrir, detail, cle=dossier, clair=clair, dossier=dossier)

    def _montrer_les_conflits(self, conflits: Sequence[Conflit]) -> None:
        self.conflits.vider()
        self.departs = []
        for conflit in conflits:
            dit = dire_conflit(conflit)
            garder = Bouton("Garder les deux", partial(self._garder, conflit), description=dit)
            siens = [ligne.rendez_vous for ligne in (conflit.un, conflit.autre) if ligne.rendez_vous is not None]
            boutons = [
                garder,
                *(
                    Bouton(f"Déplacer ou annuler {tenu.reference}", partial(self._ouvrir, tenu), description=dit)
                    for tenu in siens
                ),
            ]
            self.departs += boutons
            self.conflits.ajouter(texte(dit), rangee(Colonnes([(un, 0, 0) for un in boutons], ecart=2), 1))
        self.conflits.setVisible(bool(conflits))

    def _montrer_les_rappels(self, rappels: Sequence[RendezVous]) -> None:
        """Les plus proches d'abord ; sans nom : qui rappelle ouvre le dossier."""
        self.rappels.vider()
        self.rappeles = []
        for tenu in rappels[:RAPPELS_AU_PLUS]:
            dit = dire_rappel(tenu)
            fait = Bouton("Rappelé", partial(self._rappeler, tenu), icone="check", description=dit)
            ouvrir = Bouton(f"Ouvrir {tenu.reference}", partial(self._ouvrir, tenu), genre="discret", description=dit)
            self.rappeles.append(fait)
            self.rappels.ajouter(rangee(Colonnes([(texte(dit), 1, 300), (fait, 0, 0), (ouvrir, 0, 0)], ecart=2)))
        if (reste := len(rappels) - RAPPELS_AU_PLUS) > 0:
            self.rappels.ajouter(etiquette_aide(dire_les_autres_rappels(reste)))
        self.rappels.setVisible(bool(rappels))

    # Agir.

    def _rappeler(self, tenu: RendezVous) -> None:
        auteur = self.session.auteur

        def rendre(_: Any) -> None:
            self._note = f"Rappel noté : dossier {tenu.reference}."
            self.focus_initial()
            self._relire()

        self.session.avec_coffre(lambda coffre: coffre.agenda.noter_le_rappel(tenu, auteur), rendre, pour=self)

    def _garder(self, conflit: Conflit) -> None:
        auteur = self.session.auteur

        def rendre(_: Any) -> None:
            self._note = "Les deux sont gardés."
            self.focus_initial()
            self._relire()

        self.session.avec_coffre(lambda coffre: coffre.agenda.garder_les_deux(conflit, auteur), rendre, pour=self)

    def _ouvrir(self, tenu: RendezVous | None) -> None:
        if tenu is not None:
            self.session.ouvrir_dossier(tenu.dossier, lambda _: self.aller.emit("donner", {}))
