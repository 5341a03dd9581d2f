"""Les réponses qui nomment une commune : une seule, ou plusieurs par ordre de préférence. La clé est le code INSEE."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.chemins import ABSENT
from modele.mots.noms import dire_commune, nommer_commune
from modele.territoire.communes import Commune, nu
from modele.territoire.vues import Communes
from ui.composants import (
    Bloc,
    Bouton,
    Champ,
    ListePropositions,
    Proposition,
    annoncer,
    nommer,
    rangee,
    retirer,
    texte,
)
from ui.mots.communes import chercher
from ui.mots.pays import a_choisir, apres_une_ville, chercher_aussi_ailleurs, dire_trouvee, repond_seule
from ui.saisies.choix import Saisie, code_sans_reponse, mot_sans_reponse, reponse_sans_reponse, sans_reponse
from ui.theme import espace

AUCUNE = "Aucune commune de France de ce nom. Vérifiez l'orthographe, ou tapez le code postal."
NI_PAYS = (
    "Ni commune de France, ni pays de ce nom. Vérifiez l'orthographe, ou tapez le code postal ; à l'étranger, tapez le "
    "pays."
)
A_CHOISIR = "Choisissez la commune dans la liste, ou effacez ce qui est tapé."
SANS_LA_VILLE = "Seul le pays se garde ici : choisissez-le, puis dites la ville dans « Précisions »."
_EXEMPLE = "Nom ou code postal"
_EXEMPLE_ETRANGER = "Nom, code postal ou pays"
_AIDE = "Nom, même sans accents, ou code postal ; flèches pour choisir, Entrée pour prendre."
_AIDE_ETRANGER = (
    "Nom, même sans accents, ou code postal ; à l'étranger, le pays ; flèches pour choisir, Entrée pour prendre."
)


class ChercheurCommune(QWidget):
    """Une zone de frappe et les communes qui y répondent. ``prendre`` reçoit celle qu'on choisit.

    ``nue`` : sans phrase d'aide. ``etranger`` : un pays s'y propose aussi.
    """

    def __init__(
        self,
        nom: str,
        communes: Communes,
        prendre: Callable[[Commune], object],
        *,
        nue: bool = False,
        etranger: bool = False,
    ) -> None:
        super().__init__()
        nommer(self, nom)
        self._communes, self._prendre, self._etranger = communes, prendre, etranger
        self.exemple = _EXEMPLE_ETRANGER if etranger else _EXEMPLE
        aide = "" if nue else _AIDE_ETRANGER if etranger else _AIDE
        self.champ = Champ(nom, aide, lire=str.strip, exemple=self.exemple if nue else "")
        self.liste = ListePropositions(f"Communes trouvées : {nom}")
        self.liste.guider(self.champ.ligne)
        self.liste.hide()
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.setSpacing(espace(1))
        boite.addWidget(self.champ)
        boite.addWidget(self.liste)
        self.setFocusProxy(self.champ)
        self.champ.frappe.connect(self.proposer)

    def proposer(self, saisie: str) -> None:
        """Montre les communes, et les pays là où il peut y en avoir, qui répondent à ``saisie``."""
        trouvees = self._chercher(saisie)
        self.liste.montrer(
            [self._proposition(commune, saisie) for commune in trouvees],
            choisie=-1 if a_choisir(trouvees, saisie) else 0,
        )
        self.liste.setVisible(bool(trouvees))
        if len(saisie.strip()) >= 3 and not trouvees:
            self.champ.dire_faute(NI_PAYS if self._etranger else AUCUNE)

    def prendre_l_exacte(self) -> bool:
        """Prend la seule commune dont c'est le nom, tapé en entier ; faux s'il n'y en a pas, ou plusieurs.

        Un pays dont le nom en commence un autre (les deux Congo, les Guinée) se choisit dans la liste.
        """
        tapee = nu(self.champ.contenu.strip())
        exactes = [c for c in self._chercher(tapee) if repond_seule(c, tapee)]
        if len(exactes) != 1 or nu(exactes[0].cherchee) != tapee:
            return False
        self._choisir(exactes[0])
        return True

    def _proposition(self, commune: Commune, saisie: str) -> Proposition:
        dite, aide = dire_trouvee(commune, saisie)
        return Proposition(dite, partial(self._choisir, commune), aide=aide)

    def _chercher(self, saisie: str) -> list[Commune]:
        return chercher_aussi_ailleurs(saisie, self._communes) if self._etranger else chercher(saisie, self._communes)

    def que_faire(self) -> str:
        """De quoi finir une frappe qui n'a rien choisi."""
        saisie = self.champ.contenu
        return SANS_LA_VILLE if apres_une_ville(self._chercher(saisie), saisie) else A_CHOISIR

    def fermer(self) -> None:
        """Cache les propositions."""
        self.liste.montrer([])
        self.liste.hide()

    def _choisir(self, commune: Commune) -> None:
        self.fermer()
        self._prendre(commune)


class SaisieCommune(Saisie):
    """Une commune ; ou un pays, si le champ l'admet (``etranger``)."""

    def __init__(
        self,
        nom: str,
        communes: Communes,
        *,
        nue: bool = False,
        etranger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._communes = communes
        self._ecrit = ""
        self.chercheur = ChercheurCommune(nom, communes, self._prendre, nue=nue, etranger=etranger)
        self._boite.addWidget(self.chercheur)
        self.sans = None if nue else sans_reponse(nom)
        if self.sans is not None:
            self._boite.addWidget(self.sans)
            self.sans.choisi.connect(self._ne_pas_repondre)
            self.sans.entree.connect(self.entree)
        self._boite.addWidget(self._faute)
        self.chercheur.champ.frappe.connect(self.frappe)
        self.chercheur.champ.entree.connect(self._entrer)
        self.chercheur.champ.ligne.quittee.connect(self._quitter)
        self.setFocusProxy(self.chercheur)

    def poser(self, reponse: Any) -> None:
        if self.chercheur.champ.contenu not in ("", self._ecrit):
            return
        self._montrer(nommer_commune(reponse, self._communes) if isinstance(reponse, str) else "")
        if self.sans is not None:
            self.sans.poser(code_sans_reponse(reponse))
        else:
            self.dire_sans_reponse(mot_sans_reponse(reponse))

    def dire_sans_reponse(self, mot: str) -> None:
        self.chercheur.champ.ligne.setPlaceholderText(mot or self.chercheur.exemple)

    def nommer(self, visible: bool) -> None:
        self.chercheur.champ.libelle.setVisible(visible)

    def restaurer(self, frappe: str) -> None:
        self.chercheur.champ.ligne.setText(frappe)
        self.chercheur.proposer(frappe)

    def valider(self) -> bool:
        """Une frappe qui n'a pas donné de commune n'est pas une réponse."""
        if self.chercheur.champ.contenu.strip() in ("", self._ecrit):
            return True
        self.chercheur.champ.dire_faute(self.chercheur.que_faire())
        return False

    def dire_faute(self, phrase: str) -> None:
        self.chercheur.champ.dire_faute(phrase)

    def focus_initial(self) -> None:
        self.chercheur.setFocus()

    def _montrer(self, nom: str) -> None:
        self._ecrit = nom
        self.chercheur.champ.poser(nom or None)

    def _prendre(self, commune: Commune) -> None:
        self._montrer(dire_commune(commune))
        if self.sans is not None:
            self.sans.poser(None)
        annoncer(self, f"{'Pays choisi' if commune.etranger else 'Commune choisie'} : {commune.nom}")
        self.repondue.emit(commune.code)
        self.avance.emit()

    def _quitter(self) -> None:
        if self._ecrit and not self.chercheur.champ.contenu.strip():
            self._montrer("")
            self.repondue.emit(ABSENT)

    def _entrer(self) -> None:
        a_lire = self.chercheur.champ.contenu.strip() not in ("", self._ecrit)
        if (a_lire and self.chercheur.prendre_l_exacte()) or self.valider():
            self._quitter()
            self.entree.emit()

    def _ne_pas_repondre(self, code: str) -> None:
        self._montrer("")
        self.chercheur.fermer()
        self.repondue.emit(reponse_sans_reponse(code))


class SaisieCommunes(Saisie):
    """Plusieurs communes, la préférée d'abord."""

    def __init__(self, nom: str, communes: Communes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._communes = communes
        self.codes: list[str] = []
        self._choisies = QVBoxLayout()
        self._choisies.setSpacing(espace(2))
        self.chercheur = ChercheurCommune(nom, communes, self._ajouter)
        self.sans = sans_reponse(nom)
        self._boite.addLayout(self._choisies)
        for widget in (self.chercheur, self.sans, self._faute):
            self._boite.addWidget(widget)
        self.chercheur.champ.entree.connect(self._entrer)
        self.sans.choisi.connect(self._ne_pas_repondre)
        self.sans.entree.connect(self.entree)
        self.setFocusProxy(self.chercheur)

    def poser(self, reponse: Any) -> None:
        self.sans.poser(code_sans_reponse(reponse))
        codes = [code for code in reponse if isinstance(code, str)] if isinstance(reponse, list) else []
        if codes != self.codes or not self._choisies.count():
            self.codes = codes
            self._montrer()

    def focus_initial(self) -> None:
        self.chercheur.setFocus()

    def _entrer(self) -> None:
        """Un nom tapé en entier s'ajoute ; Entrée sur un champ vide passe à la suite."""
        if self.chercheur.champ.contenu.strip():
            self.chercheur.prendre_l_exacte()
        else:
            self.entree.emit()

    def _montrer(self) -> None:
        while (element := self._choisies.takeAt(0)) is not None:
            retirer(element.widget())
        for rang, code in enumerate(self.codes):
            self._choisies.addWidget(self._ligne(rang, nommer_commune(code, self._communes)))

    def _ligne(self, rang: int, nom: str) -> QWidget:
        gestes: list[QWidget] = []
        if rang:
            gestes.append(Bouton("Plus tôt", partial(self._monter, rang), genre="discret", icone="arrow-up"))
        gestes.append(Bouton("Retirer", partial(self._oter, rang), genre="discret", icone="x"))
        for geste in gestes:
            geste.setAccessibleDescription(nom)
        ligne = rangee(texte(f"{rang + 1}. {nom}", "gras"), *gestes, ecart=2)
        ligne.setStretch(0, 1)
        bloc = Bloc(ligne)
        nommer(bloc, f"Choix {rang + 1} : {nom}")
        return bloc

    def _ajouter(self, commune: Commune) -> None:
        self.chercheur.champ.poser(None)
        if commune.code not in self.codes:
            self._changer([*self.codes, commune.code])
            annoncer(self, f"Commune ajoutée : {commune.nom}")

    def _monter(self, rang: int) -> None:
        codes = list(self.codes)
        codes[rang - 1], codes[rang] = codes[rang], codes[rang - 1]
        self._changer(codes)

    def _oter(self, rang: int) -> None:
        self._changer([code for autre, code in enumerate(self.codes) if autre != rang])
        self.focus_initial()

    def _changer(self, codes: list[str]) -> None:
        self.codes = codes
        self.sans.poser(None)
        self._montrer()
        self.repondue.emit(codes or ABSENT)

    def _ne_pas_repondre(self, code: str) -> None:
        self.codes = []
        self._montrer()
        self.repondue.emit(reponse_sans_reponse(code))
