"""L'écran « Rapport d'activité » : ce qu'on compte, les chiffres, puis imprimer ou enregistrer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.chiffres import Diffusion
from ui.composants import (
    Bouton,
    Carte,
    Champ,
    Colonnes,
    Defilement,
    GroupeChoix,
    LigneValeur,
    Option,
    SaisieInvalide,
    annoncer,
    colonne,
    etiquette_aide,
    rangee,
    retirer,
    texte,
    viser,
)
from ui.composants.fichiers import choisir_un_dossier
from ui.ecrans.base import Ecran
from ui.ecrans.imprimer.boite import sortir
from ui.ecrans.imprimer.sortis import CarteSortis, en_clair
from ui.mots.rapport import (
    A_VALIDER,
    TITRE,
    avis,
    dire_perimetre,
    dire_tues,
    dire_valeur,
    nom_du_fichier,
    papier_de,
    par_chiffre,
    tableur_de,
    titre_de,
    voies_dites,
)
from ui.theme import Ton, espace

if TYPE_CHECKING:
    from modele.coffre.rapports import Tire
    from ui.ecrans.imprimer.travail import Liasse
    from ui.etat.session import Session

_ANNEE: Final = "Écrivez l'année en quatre chiffres : celle-ci, ou une année passée."
_QUEL_LIEU: Final = "Choisissez de quel lieu compter l'activité."
_POUR_QUI: Final = "Choisissez pour qui sont ces chiffres : moins de personnes les lisent, plus ils en disent."
_PAS_ENCORE: Final = "Les voies de ce territoire ne sont pas encore chargées. Recommencez dans un instant."
_FIGE: Final = "D'une année finie, le premier rapport tiré est gardé tel quel : il ne se recompte plus."
_PREMIERE: Final = 2000


class EcranRapport(Ecran):
    """L'année, le lieu, pour qui ; les chiffres ; imprimer d'abord, enregistrer ensuite."""

    def __init__(self, session: Session) -> None:
        super().__init__(TITRE, session)
        self.tire: Tire | None = None
        self.retour = Bouton("Retour", self._revenir, icone="arrow-left", raccourci="Alt+Left")
        self.annee = Champ("Année", lire=_lire_annee, exemple=str(date.today().year - 1), largeur=120)
        self.lieux: GroupeChoix | None = None
        options = [Option("partenaires", "Des partenaires"), Option("public", "Le public")]
        self.pour = GroupeChoix("Pour qui", options, serre=True)
        self.tirer = Bouton("Compter", self.compter, genre="principal", icone="list-checks", raccourci="Ctrl+Return")
        self.constat = etiquette_aide("")
        self._place_des_lieux, self._chiffres = QVBoxLayout(), QVBoxLayout()
        self._chiffres.setSpacing(espace(3))
        self._demande = Carte("Que compter")
        self.imprimer = Bouton("Imprimer", self._imprimer, genre="principal", icone="printer")
        self.pdf = Bouton("Enregistrer le PDF", lambda: self._choisir_ou(self._octets_du_pdf))
        self.tableur = Bouton("Enregistrer pour un tableur", lambda: self._choisir_ou(self._octets_du_tableur))
        self.sorties = Carte("Sortir ce rapport", icone="file-text")
        self.sortis = CarteSortis(session, "Un rapport")
        self._disposer()
        self.sortis.dit.connect(self.alerte)
        self.annee.entree.connect(lambda: self.tirer.setFocus(Qt.FocusReason.TabFocusReason))
        session.ferme.connect(self._vider)

    def _disposer(self) -> None:
        self._demande.ajouter(self.annee, self._place_des_lieux, texte("Pour qui", "gras"), self.pour)
        self._demande.ajouter(etiquette_aide(A_VALIDER), etiquette_aide(_FIGE), rangee(self.tirer, 1))
        gestes = Colonnes([(self.imprimer, 0, 0), (self.pdf, 0, 0), (self.tableur, 0, 0)], ecart=2)
        self.sorties.ajouter(rangee(gestes, 1), etiquette_aide(en_clair("Un rapport")), self.sortis)
        titre = rangee(texte(TITRE, "titre", coupe=False), 1, self.retour)
        page = colonne(titre, self._demande, self.constat, self.sorties, ecart=3, marges=8)
        page.addLayout(self._chiffres)
        page.addStretch(1)
        self._page = Defilement(page)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(self._page)

    def paraitre(self, **_arguments: Any) -> None:
        self._page.verticalScrollBar().setValue(0)
        self._vider()
        # L'année d'avant resterait devant ce qui se tape : « 20262026 ».
        self.annee.poser(None)
        self.annee.dire_faute("")
        self.pour.poser(None)
        auteur = self.session.auteur
        self.session.avec_coffre(lambda coffre: coffre.rapports.lieux(auteur), self._offrir, pour=self)
        self.annee.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_initial(self) -> None:
        self.annee.setFocus(Qt.FocusReason.OtherFocusReason)

    def disparaitre(self) -> None:
        self._vider()

    # Choisir.

    def _offrir(self, lieux: list[str]) -> None:
        """Les lieux que ce poste connaît ; un seul ne se choisit pas."""
        self._oter_les_lieux()
        if len(lieux) > 1:
            self.lieux = GroupeChoix("Lieu", [Option(lieu, lieu) for lieu in lieux])
            self._place_des_lieux.addWidget(texte("Lieu", "gras"))
            self._place_des_lieux.addWidget(self.lieux)

    def _oter_les_lieux(self) -> None:
        self.lieux = None
        while (element := self._place_des_lieux.takeAt(0)) is not None:
            retirer(element.widget())

    def compter(self) -> None:
        """Tire le rapport demandé ; un champ qui manque se dit au champ."""
        session, regles = self.session, self.session.regles
        try:
            annee = _lire_annee(self.annee.contenu)
        except SaisieInvalide as faute:
            self.annee.dire_faute(str(faute))
            viser(self.annee)
            return
        if self.lieux is not None and self.lieux.valeur() is None:
            self._dire(_QUEL_LIEU, pressant=True)
            self.lieux.focus_initial()
            return
        if self.pour.valeur() is None:
            self._dire(_POUR_QUI, pressant=True)
            self.pour.focus_initial()
            return
        if regles is None:
            self._dire(_PAS_ENCORE, pressant=True)
            return
        lieu = "" if self.lieux is None else str(self.lieux.valeur())
        auteur, voies, diffusion = session.auteur, voies_dites(regles), Diffusion(self.pour.valeur())
        session.avec_coffre(
            lambda coffre: coffre.rapports.tirer(annee, lieu, auteur, voies, diffusion),
            self._montrer,
            pour=self,
            remplace="rapport",
        )

    # Montrer.

    def _montrer(self, tire: Tire) -> None:
        self._vider()
        self.tire = tire
        self._dire(" ".join((f"{titre_de(tire)}.", *avis(tire))))
        self.sorties.show()
        for chiffre, montrees, tues in par_chiffre(tire):
            carte = Carte(f"{chiffre.libelle} · {dire_perimetre(chiffre.perimetre, tire.rapport.lieu)}")
            carte.ajouter(etiquette_aide(chiffre.definition))
            carte.ajouter(*(LigneValeur(ligne.libelle, dire_valeur(ligne)) for ligne in montrees))
            if tues:
                carte.ajouter(etiquette_aide(dire_tues(tues)))
            self._chiffres.addWidget(carte)
        viser(self.imprimer)

    def _vider(self) -> None:
        """Rien n'en reste à l'écran."""
        self.tire = None
        self.sortis.oublier()
        self.sorties.hide()
        self.constat.hide()
        while (element := self._chiffres.takeAt(0)) is not None:
            retirer(element.widget())

    def _dire(self, phrase: str, *, pressant: bool = False) -> None:
        self.constat.setText(phrase)
        self.constat.show()
        annoncer(self, phrase, pressant=pressant)

    # Sortir.

    def _octets_du_pdf(self, tire: Tire) -> tuple[str, bytes]:
        from impressions.rapport import composer_rapport

        return nom_du_fichier(tire, "pdf"), composer_rapport(papier_de(tire), date.today())

    def _octets_du_tableur(self, tire: Tire) -> tuple[str, bytes]:
        return nom_du_fichier(tire, "csv"), tableur_de(tire)

    def _imprimer(self) -> None:
        tire = self.tire
        if tire is None:
            return

        def composer() -> Liasse:
            from ui.ecrans.imprimer.travail import Feuille, Liasse

            nom, octets = self._octets_du_pdf(tire)
            return Liasse((Feuille("rapport", nom, TITRE, octets, ()),))

        self.session.travaux.lancer(
            composer,
            lambda liasse: sortir(self, self.session, liasse, self.alerte.emit, lambda: None),
            lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT),
            pour=self,
        )

    def _choisir_ou(self, composer: Any) -> None:
        if (choisi := choisir_un_dossier(self, "Où enregistrer")) is not None:
            self.enregistrer_dans(choisi, composer)

    def enregistrer_dans(self, dossier: Path, composer: Any = None) -> None:
        """Écrit le PDF, ou ce que ``composer`` donne, sans rien écraser."""
        tire, ouvert = self.tire, self.session.dossier_id
        if tire is None:
            return

        def faire() -> list[Path]:
            from ui.ecrans.imprimer.fichiers import ecrire_a_part

            nom, octets = (composer or self._octets_du_pdf)(tire)
            return [ecrire_a_part(dossier / nom, octets)]

        self.session.travaux.lancer(
            faire,
            lambda ecrits: self.sortis.recevoir(ecrits, ouvert),
            lambda phrase: self.alerte.emit(phrase, Ton.IMMEDIAT),
            pour=self,
        )

    def _revenir(self) -> None:
        self.aller.emit("entretien" if self.session.dossier_id else "accueil", {})


def _lire_annee(dite: str) -> int:
    """L'année écrite. Lève ``SaisieInvalide``."""
    nette = dite.strip()
    if not (nette.isascii() and nette.isdigit() and _PREMIERE <= int(nette) <= date.today().year):
        raise SaisieInvalide(_ANNEE)
    return int(nette)
