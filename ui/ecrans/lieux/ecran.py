"""L'écran « Lieux et services » : chercher, le plus proche ouvert d'abord, confirmer, imprimer, importer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.chemins import lire
from modele.lieux.ouverture import Ouvert
from modele.protection.violences import affirmes
from modele.territoire.annuaire import Trouve, Voulu, le_plus_proche
from ui.composants import (
    Bloc,
    Bouton,
    Carte,
    Colonnes,
    Defilement,
    LigneEtat,
    ListePropositions,
    Pli,
    Proposition,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
)
from ui.ecrans.base import Ecran
from ui.ecrans.lieux.detail import CarteLieu
from ui.ecrans.lieux.importation import CarteImport
from ui.ecrans.lieux.impression import COMMUNE, FICHE, SANS_IMPRIMANTE, composer, sans_dossier
from ui.ecrans.lieux.recherche import CarteRecherche
from ui.ecrans.lieux.reseau import CarteReseau
from ui.etat.lieux_ecrits import ecrits
from ui.etat.lieux_ecrits import retirer as retirer_le_lieu
from ui.mots.lieux import AUCUN_NE_REPOND, dire_en_tete, dire_ligne, dire_verifie, manque
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre
    from modele.lieux.modele import Lieu
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

TITRE: Final = "Lieux et services"
RETIRE: Final = "Lieu retiré, pour toute la structure. Celui que le territoire publie sous ce nom sert de nouveau."
CONFIRME: Final = "Lieu confirmé aujourd'hui, pour toute la structure."
MONTRES: Final = 200
"""Au-delà, on ne lit plus : dire un mot de plus va plus vite."""
_ICONES: Final = {Ouvert.OUI: "circle-check", Ouvert.INCONNU: "phone", Ouvert.NON: "clock"}


class EcranLieux(Ecran):
    """La recherche et ce qui répond à gauche ; le lieu choisi et le plan à droite. ``horloge`` : l'heure du poste."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE, session)
        self.horloge: Callable[[], datetime] = datetime.now
        self.trouves: list[Trouve] = []
        self._regles: Regles | None = None
        # Ceux que la structure a importés : eux seuls se retirent d'ici.
        self._ecrits: frozenset[str] = frozenset()
        self.recherche: CarteRecherche | None = None
        self.tete = LigneEtat("Le plus proche", "map-pin", Ton.NEUTRE, gras=True)
        self.constat = etiquette_aide("")
        self.liste = ListePropositions("Lieux trouvés", au_plus=5)
        self.detail, self.reseau, self.importation = CarteLieu(), CarteReseau(), CarteImport(session)
        self.imprimer = Bouton("Imprimer la fiche", self._imprimer, icone="printer", raccourci="Alt+I")
        self.retour = Bouton("Retour", self.rentrer, icone="arrow-left", raccourci="Alt+Left")
        self._disposer()
        self.liste.currentRowChanged.connect(lambda _: self._choisir())
        self.detail.confirmer.connect(self._confirmer)
        self.detail.retirer.connect(self._retirer)
        self.importation.importe.connect(self._lire_les_ecrits)
        self.reseau.pris.connect(self._prendre_la_commune)
        self.reseau.quitte.connect(lambda: self.liste.setFocus(Qt.FocusReason.ShortcutFocusReason))
        session.regles_chargees.connect(self._recharger)

    def _disposer(self) -> None:
        self._gauche = QWidget()
        self._chercher = Bloc(colonne())
        trouves = Carte("Qui répond", icone="list-checks")
        trouves.ajouter(self.constat, self.liste)
        self._gauche.setLayout(colonne(self._chercher, trouves, 1, ecart=3))
        droite = QWidget()
        self._importer = Pli("Importer un tableau de lieux", "Replier l'import", self.importation)
        droite.setLayout(colonne(self.detail, self.reseau, self._importer, 1, ecart=3))
        titre = rangee(texte(TITRE, "titre", coupe=False), 1, self.imprimer, self.retour)
        page = colonne(
            titre, self.tete, Colonnes([(self._gauche, 1, 430), (droite, 1, 430)], ecart=4), 1, ecart=3, marges=8
        )
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        self._page = Defilement(page)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._equiper()
        if self.recherche is not None:
            self.recherche.reprendre(self._commune_du_dossier())
        self.chercher()
        self._lire_les_ecrits()
        self.focus_initial()

    def disparaitre(self) -> None:
        self.importation.oublier()
        if self.recherche is not None:
            self.recherche.reprendre(None)

    def focus_initial(self) -> None:
        if self.recherche is not None:
            self.recherche.chercheur.champ.ligne.setFocus(Qt.FocusReason.OtherFocusReason)

    def chercher_ici(self) -> bool:
        self.focus_initial()
        return self.recherche is not None

    def _commune_du_dossier(self) -> Any:
        """Celle où vit la personne ; jamais d'un dossier qui se cache : rien ici ne se calcule de son adresse."""
        document, regles = self.session.document, self.session.regles
        if regles is None or affirmes(document):
            return None
        code = lire(document, COMMUNE)
        commune = regles.communes.get(code) if isinstance(code, str) else None
        return None if commune is None or commune.etranger else commune

    def _equiper(self) -> None:
        """Les besoins, les langues et les communes viennent des règles : neuves, la recherche se refait."""
        regles = self.session.regles
        if regles is None or regles is self._regles:
            return
        garder = None if self.recherche is None else self.recherche.commune
        if self.recherche is not None:
            retirer(self.recherche)
        self._regles = regles
        self.recherche = CarteRecherche(regles)
        self.recherche.reprendre(garder)
        self.recherche.change.connect(self.chercher)
        disposition = self._chercher.layout()
        assert disposition is not None
        disposition.addWidget(self.recherche)

    def _recharger(self) -> None:
        if self.isVisible():
            choisi = self.detail.lieu
            self._equiper()
            self.chercher(choisi.id if choisi else "")

    # Chercher.

    def chercher(self, choisi: str = "") -> None:
        """Relit l'annuaire : deux mille lieux se trient plus vite qu'une frappe."""
        regles, recherche = self._regles, self.recherche
        if regles is None or recherche is None:
            return
        maintenant = self.horloge()
        commune = recherche.commune.code if recherche.commune else ""
        voulu = Voulu(maintenant, commune, recherche.besoin, recherche.langue, recherche.mots.contenu)
        self.trouves = regles.annuaire.chercher(voulu)
        montres = self.trouves[:MONTRES]
        self.tete.montrer(*dire_en_tete(le_plus_proche(self.trouves), maintenant, commune=bool(commune)))
        self.tete.setVisible(bool(self.trouves))
        self._constater(regles)
        rang = next((rang for rang, un in enumerate(montres) if un.lieu.id == choisi), 0)
        self.liste.montrer([self._proposition(un, maintenant) for un in montres], rang)
        self.liste.setVisible(bool(montres))
        self._choisir()

    def _constater(self, regles: Regles) -> None:
        dit = manque(regles.territoire.lieux, regles) or ("" if self.trouves else AUCUN_NE_REPOND)
        if len(self.trouves) > MONTRES:
            dit = f"{len(self.trouves)} lieux répondent ; les {MONTRES} premiers sont là. Précisez la recherche."
        self.constat.setText(dit)
        self.constat.setVisible(bool(dit))

    @staticmethod
    def _proposition(trouve: Trouve, maintenant: datetime) -> Proposition:
        perime = trouve.lieu.perime(maintenant.date())
        return Proposition(
            trouve.lieu.nom,
            None,
            dire_ligne(trouve, maintenant),
            dire_verifie(trouve.lieu, maintenant.date()) if perime else "",
            icone="circle-question-mark" if perime else _ICONES[trouve.ouvert],
            terne=perime,
        )

    def _choisir(self) -> None:
        rang = self.liste.currentRow()
        regles, montre = self._regles, 0 <= rang < len(self.trouves)
        self.detail.setVisible(montre)
        if regles is None or self.recherche is None:
            return
        self.reseau.setVisible(bool(self.trouves))
        depart = self.recherche.commune.code if self.recherche.commune else ""
        choisi = self.trouves[rang] if montre else None
        if choisi is not None:
            self.detail.montrer(choisi, regles, self.horloge(), importe=choisi.lieu.id in self._ecrits)
        self.reseau.montrer(self.trouves, regles, depart, choisi.lieu.commune if choisi else "")

    def _prendre_la_commune(self, code: str) -> None:
        """Prise sur le plan : le premier lieu de cette commune, dans la liste ; le clavier y va."""
        rang = next((rang for rang, un in enumerate(self.trouves[:MONTRES]) if un.lieu.commune == code), None)
        if rang is not None:
            self.liste.setCurrentRow(rang)
            self.liste.setFocus(Qt.FocusReason.OtherFocusReason)

    # Ce que la structure a écrit.

    def _lire_les_ecrits(self) -> None:
        territoire = self.session.preferences.territoire

        def rendre(ids: frozenset[str]) -> None:
            self._ecrits = ids
            self._choisir()

        def lire_(coffre: Coffre) -> frozenset[str]:
            return frozenset(un.id for un in ecrits(coffre, territoire))

        self.session.avec_coffre(lire_, rendre, pour=self, remplace="lieux écrits", echec=lambda _: None)

    def _retirer(self, lieu: Lieu) -> None:
        territoire, auteur = self.session.preferences.territoire, self.session.auteur

        def rendre(_: None) -> None:
            annoncer(self.detail, RETIRE)
            self.alerte.emit(RETIRE, Ton.COURANT)
            self.focus_initial()
            self._lire_les_ecrits()
            self.session.relire_les_sources()

        self.session.avec_coffre(
            lambda coffre: retirer_le_lieu(coffre, territoire, lieu.id, auteur), rendre, pour=self,
            echec=lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT),
        )  # fmt: skip

    # Confirmer et imprimer.

    def _confirmer(self, lieu: Lieu) -> None:
        territoire, auteur = self.session.preferences.territoire, self.session.auteur

        def ecrire(coffre: Coffre) -> None:
            coffre.verifier_lieu(territoire, lieu.id, lieu.empreinte, auteur)

        def rendre(_: None) -> None:
            annoncer(self.detail, CONFIRME)
            self.session.relire_les_sources()

        self.session.avec_coffre(ecrire, rendre, pour=self, echec=lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT))

    def _imprimer(self) -> None:
        if self.session.dossier_id:
            self.aller.emit("imprimer", {"fiches": [FICHE]})
            return
        commune = self.recherche.commune.code if self.recherche and self.recherche.commune else ""
        bilan = sans_dossier(self.session, commune)
        if bilan is not None:
            self.session.travaux.lancer(partial(composer, bilan), self._sortir, pour=self, remplace="fiche des lieux")

    def _sortir(self, liasse: Liasse) -> None:
        from modele.regles.fautes import ErreurUtilisateur
        from ui.ecrans.imprimer.boite import demander_imprimante
        from ui.ecrans.imprimer.imprimante import envoyer
        from ui.ecrans.imprimer.travail import pour_imprimante

        if not liasse.feuilles:
            self.alerte.emit(" ".join(liasse.empechees), Ton.JOUR)
            return
        choisie = demander_imprimante(self, self.session, SANS_IMPRIMANTE, sans_fichier=liasse.sans_fichier)
        if isinstance(choisie, str):
            self.alerte.emit(choisie, Ton.JOUR)
        elif choisie is not None:
            try:
                envoyer(choisie, pour_imprimante(liasse))
            except ErreurUtilisateur as faute:
                self.alerte.emit(str(faute), Ton.IMMEDIAT)
