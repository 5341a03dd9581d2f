"""Une demande à l'écran, et ce qui s'en fait ; l'effacement, qui se confirme par la référence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt

from modele.dossier.codes import reference_courte, relire_reference
from modele.dossier.droits_personnes import Demande, Droit, Suite, regles
from modele.mots.ecriture import dire_date
from ui.composants import Bouton, Carte, Colonnes, champ, etiquette_aide, rangee, texte, viser
from ui.composants.lignes import point
from ui.mots.droits import CE_QUI_S_EFFACE, CONFIRMER, DES_DEUX, GESTES, MAUVAISE_REFERENCE, designer, dire_demande
from ui.theme import Ton

SANS_MOTIF = "Écrivez pourquoi elle est refusée."


class LigneDemande(Carte):
    """Une demande du dossier ouvert. ``agir`` : la traiter ; ``conclure`` : sa suite et son motif."""

    def __init__(
        self,
        demande: Demande,
        jour: date,
        agir: Callable[[Demande], object],
        conclure: Callable[[Demande, Suite, str], object],
    ) -> None:
        self.demande = demande
        titre = regles().droits[demande.droit].libelle
        super().__init__(titre)
        self._conclure = conclure
        self.agir: Bouton | None = None
        self.gestes: dict[Suite, Bouton] = {}
        self.motif = champ("Pourquoi elle est refusée", "La personne a droit à cette réponse.")
        self.ajouter(etiquette_aide(dire_demande(demande)))
        if demande.objet:
            self.ajouter(texte(f"« {demande.objet} »"))
        if demande.attend:
            self._offrir(jour, agir, titre)

    @property
    def premier_geste(self) -> Bouton | None:
        """Ce qui s'en fait d'abord ; ``None`` s'il n'y a rien à faire."""
        return self.agir or next(iter(self.gestes.values()), None)

    def _offrir(self, jour: date, agir: Callable[[Demande], object], titre: str) -> None:
        libelle = GESTES.get(self.demande.droit, "") if self.demande.seule else ""
        boutons: list[Bouton] = []
        if not self.demande.seule:
            self.ajouter(etiquette_aide(DES_DEUX))
        if libelle and jour >= self.demande.agir_des():
            self.agir = Bouton(libelle, partial(agir, self.demande), description=titre)
            boutons.append(self.agir)
        elif libelle:
            self.ajouter(etiquette_aide(f"Se fait au plus tôt le {dire_date(self.demande.agir_des())}."))
        suite = Suite.TRANSMISE if self.demande.droit is Droit.OPPOSITION else Suite.FAITE
        noms = {
            suite: "Transmise au responsable" if suite is Suite.TRANSMISE else "C'est fait",
            Suite.REFUSEE: "Refuser",
        }
        # Un gel ou un effacement est fait quand il l'est, jamais parce qu'on le dit.
        for un in (Suite.REFUSEE,) if self.demande.droit in (Droit.LIMITATION, Droit.EFFACEMENT) else noms:
            self.gestes[un] = Bouton(noms[un], partial(self._suivre, un), genre="discret", description=titre)
            boutons.append(self.gestes[un])
        self.motif.hide()
        self.ajouter(self.motif, rangee(Colonnes([(bouton, 0, 0) for bouton in boutons], ecart=2), 1))

    def _suivre(self, suite: Suite) -> None:
        if suite is Suite.REFUSEE and self.motif.isHidden():
            self.motif.show()
            viser(self.motif)
        elif suite is Suite.REFUSEE and not self.motif.contenu.strip():
            self.motif.dire_faute(SANS_MOTIF)
        else:
            self._conclure(self.demande, suite, self.motif.contenu.strip() if suite is Suite.REFUSEE else "")


class LigneARepondre(Carte):
    """Une demande d'un dossier, par sa seule référence."""

    def __init__(self, demande: Demande, ouvrir: Callable[[Demande], object]) -> None:
        super().__init__(f"{designer(demande)} : {regles().droits[demande.droit].libelle.lower()}")
        self.demande = demande
        self.ouvrir = Bouton("Ouvrir", partial(ouvrir, demande), icone="folder-open", description=designer(demande))
        self.ajouter(etiquette_aide(dire_demande(demande)), rangee(self.ouvrir, 1))


class CarteEffacer(Carte):
    """Effacer pour toujours : ce qui part, ce qui reste, la référence à recopier."""

    def __init__(self, demande: Demande, effacer: Callable[[Demande], object], renoncer: Callable[[], object]) -> None:
        super().__init__(f"Effacer le dossier {reference_courte(demande.dossier)}", ton=Ton.IMMEDIAT)
        self.demande, self._effacer = demande, effacer
        self.reference = champ(CONFIRMER, largeur=160)
        self.effacer = Bouton("Effacer pour toujours", self.confirmer, genre="principal")
        self.renoncer = Bouton("Ne rien effacer", renoncer)
        self.ajouter(*(point("·", phrase) for phrase in CE_QUI_S_EFFACE))
        self.ajouter(self.reference, rangee(Colonnes([(self.renoncer, 0, 0), (self.effacer, 0, 0)], ecart=2), 1))
        self.reference.entree.connect(lambda: self.effacer.setFocus(Qt.FocusReason.OtherFocusReason))

    def confirmer(self) -> None:
        """Efface si la référence est la sienne."""
        if relire_reference(self.reference.contenu) != reference_courte(self.demande.dossier):
            self.reference.dire_faute(MAUVAISE_REFERENCE)
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._effacer(self.demande)
