"""Ce que chaque geste demande : un formulaire à la fois, sous la liste des comptes. Aucun ne connaît le coffre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal

from ui.composants import (
    Bouton,
    Carte,
    Champ,
    ChampSecret,
    GroupeChoix,
    Option,
    champ,
    constater,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.ouverture.etape import champ_code
from ui.ecrans.ouverture.mot_de_passe import DoubleSaisie
from ui.mots import agents as mots
from ui.theme import Ton

if TYPE_CHECKING:
    from modele.coffre.comptes import CompteAgent


class Formulaire(Carte):
    """Des champs, une phrase d'échec, deux boutons. ``pret`` : tout est rempli ; ``abandonne`` : rien ne change."""

    pret = Signal()
    abandonne = Signal()

    def __init__(self, titre: str, explication: str, bouton: str) -> None:
        super().__init__(titre)
        self.echec = texte("", "texte", Ton.IMMEDIAT)
        self.echec.hide()
        self.faire = Bouton(bouton, self.valider, genre="principal")
        self.renoncer = Bouton("Annuler", self.abandonne.emit)
        if explication:
            self.ajouter(etiquette_aide(explication))

    def finir(self, *contenu: Any) -> None:
        """Pose les champs, puis la phrase d'échec et les boutons."""
        self.ajouter(*contenu, self.echec, rangee(self.renoncer, 1, self.faire, ecart=3))

    def paraitre(self) -> None:
        """Donne le clavier au premier champ, et le fait voir."""
        viser(self.premier())

    def premier(self) -> Any:
        """Le premier champ."""
        return self.faire

    def manque(self) -> Any:
        """Le premier champ à remplir, sa faute dite ; ``None`` si tout y est."""
        return None

    def valider(self) -> None:
        """Entrée, ou le bouton : dit ce qui manque, ou que tout est prêt."""
        if not self.faire.isEnabled():
            return
        fautif = self.manque()
        if fautif is not None:
            fautif.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.dire("")
        self.faire.setEnabled(False)
        self.pret.emit()

    def refuser(self, phrase: str) -> None:
        """Le coffre a refusé."""
        self.faire.setEnabled(True)
        self.dire(phrase)

    def dire(self, phrase: str) -> None:
        """La phrase d'échec ; vide, aucune."""
        constater(self.echec, phrase, pressant=True)


def _exiger(un: Champ, phrase: str) -> bool:
    vide = not un.contenu.strip()
    un.dire_faute(phrase if vide else "")
    return vide


class MonMotDePasse(Formulaire):
    """Le mot de passe d'aujourd'hui, puis le nouveau, deux fois."""

    def __init__(self) -> None:
        super().__init__("Changer mon mot de passe", "", "Changer mon mot de passe")
        self.ancien = ChampSecret("Mot de passe d'aujourd'hui")
        self.saisie = DoubleSaisie("Nouveau mot de passe")
        self.finir(self.ancien, self.saisie)
        self.ancien.entree.connect(self.saisie.premier.setFocus)
        self.saisie.entree.connect(self.valider)

    def premier(self) -> Any:
        return self.ancien

    def manque(self) -> Any:
        if _exiger(self.ancien, mots.SANS_ANCIEN):
            return self.ancien
        return None if self.saisie.verifier() else self.focusWidget()


class Identite(Formulaire):
    """Prénom, service et rôles : d'un compte neuf, avec son nom et son premier mot de passe, ou d'un compte connu."""

    def __init__(self, compte: CompteAgent | None = None) -> None:
        neuf = compte is None
        titre = "Ajouter un agent" if compte is None else f"Changer le compte de {compte.nom}"
        super().__init__(titre, mots.PREMIER if neuf else "", "Ouvrir ce compte" if neuf else "Enregistrer")
        self.prenom = champ("Prénom")
        self.nom = champ("Nom", "Prénom et nom signeront ses saisies ; ils ne changeront plus.")
        self.service = champ("Service", "Sur un papier : le service et le prénom.", exemple="Accueil")
        options = [Option(code, nom, detail) for code, nom, detail in mots.roles_offerts()]
        self.roles = GroupeChoix("Rôles", options, multiple=True)
        self.saisie = DoubleSaisie("Premier mot de passe")
        self.compte = compte
        """Le compte changé ; ``None`` s'il est neuf."""
        if compte is not None:
            self.prenom.poser(compte.prenom or None)
            self.service.poser(compte.service or None)
            self.roles.poser(list(compte.roles))
        tete = [self.prenom, self.nom] if neuf else [self.prenom]
        mot_de_passe = [self.saisie] if neuf else []
        self.finir(*tete, self.service, texte("Rôles", "gras"), self.roles, *mot_de_passe)
        self.prenom.entree.connect(self._apres_le_prenom)
        self.nom.entree.connect(self.service.setFocus)
        self.service.entree.connect(self.roles.focus_initial)
        self.saisie.entree.connect(self.valider)

    def _apres_le_prenom(self) -> None:
        (self.nom if self.compte is None else self.service).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def neuf(self) -> bool:
        """Vrai pour un compte à ouvrir."""
        return self.compte is None

    @property
    def signe(self) -> str:
        """Le nom qui signera : prénom et nom."""
        return self.compte.nom if self.compte is not None else f"{self.prenom.contenu} {self.nom.contenu}"

    @property
    def coches(self) -> list[str]:
        """Les rôles cochés, et ceux que cet écran n'offre pas et que le compte avait déjà."""
        offerts = {code for code, _, _ in mots.roles_offerts()}
        gardes = [role for role in (self.compte.roles if self.compte else ()) if role not in offerts]
        return [*(self.roles.valeur() or []), *gardes]

    def premier(self) -> Any:
        return self.prenom

    def manque(self) -> Any:
        if self.compte is not None:
            return None
        if _exiger(self.nom, mots.SANS_NOM):
            return self.nom
        return None if self.saisie.verifier() else self.focusWidget()


class Fermer(Formulaire):
    """Ce que fermer un compte veut dire, avant de le faire."""

    def __init__(self, compte: CompteAgent) -> None:
        super().__init__(f"Fermer le compte de {compte.nom} ?", mots.FERMER.format(compte.nom), "Fermer ce compte")
        self.compte = compte
        self.finir()

    def premier(self) -> Any:
        return self.renoncer


class Delai(Formulaire):
    """Combien de jours un compte vit loin du registre."""

    def __init__(self, jours: int) -> None:
        super().__init__("Changer ce délai", mots.DELAI_AIDE, "Enregistrer ce délai")
        self.jours = champ("Nombre de jours", exemple="7")
        self.jours.poser(str(jours))
        self.finir(self.jours)
        self.jours.entree.connect(self.valider)

    def premier(self) -> Any:
        return self.jours

    def manque(self) -> Any:
        juste = self.jours.contenu.strip().isdecimal()
        self.jours.dire_faute("" if juste else mots.SANS_DELAI)
        return None if juste else self.jours


class Rouvrir(Formulaire):
    """Le code de secours, puis un premier mot de passe."""

    def __init__(self, compte: CompteAgent) -> None:
        super().__init__(f"Rouvrir le compte de {compte.nom}", mots.ROUVRIR.format(compte.nom), "Rouvrir ce compte")
        self.compte = compte
        self.code = champ_code()
        self.saisie = DoubleSaisie("Premier mot de passe")
        self.finir(self.code, self.saisie)
        self.code.entree.connect(self.saisie.premier.setFocus)
        self.saisie.entree.connect(self.valider)

    def premier(self) -> Any:
        return self.code

    def manque(self) -> Any:
        if _exiger(self.code, mots.SANS_CODE):
            return self.code
        return None if self.saisie.verifier() else self.focusWidget()
