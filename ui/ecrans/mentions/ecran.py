"""L'écran « Avant de vrais dossiers » : six champs sur un poste seul ; relié, ce que le registre a inscrit."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from modele.territoire.mentions import CHAMPS, Mentions, fautes
from ui.composants import (
    Bouton,
    Carte,
    Champ,
    Defilement,
    SaisieInvalide,
    annoncer,
    champ,
    colonne,
    etiquette_aide,
    rangee,
    texte,
    viser,
)
from ui.ecrans.base import Ecran
from ui.etat.session import Session
from ui.etat.usage import usage_de
from ui.saisies.lecture import lire_date

POURQUOI: Final = (
    "Avant la première vraie personne, quelqu'un répond de ses données. Tant que rien n'est inscrit, chaque écran et "
    "chaque papier disent « essai, données fictives »."
)
RELIE: Final = (
    "Ce poste suit un registre : c'est son exploitant qui inscrit (python -m registre inscrire-mentions). "
    "Rien ne s'écrit ici."
)
INSCRIT: Final = "Inscrit. Ce poste n'est plus à l'essai."
_DITS: Final = (
    ("aipd", "Analyse d'impact (AIPD) faite le", "Sa date.", "01/10/2026"),
    ("delegue", "Délégué à la protection des données", "Son nom, et comment lui écrire.", ""),
    ("responsables", "Qui répond des données", "CCAS, métropole, bailleur…", ""),
    ("accord", "L'accord qui les lie", "S'il n'y a qu'un responsable, écrivez-le.", ""),
    ("conservation", "Combien de temps on garde", "Et à partir de quand.", ""),
    ("hebergement", "Où sont les données", "Et chez qui.", ""),
)


class EcranMentions(Ecran):
    """Les six lignes. « Plus tard » laisse le poste à l'essai."""

    def __init__(self, session: Session) -> None:
        super().__init__("Avant de vrais dossiers", session)
        self.usage = usage_de(session)
        self.constat = etiquette_aide("")
        self.champs: dict[str, Champ] = {nom: champ(libelle, aide, exemple=ex) for nom, libelle, aide, ex in _DITS}
        self.inscrire = Bouton("Inscrire", self._inscrire, genre="principal", icone="check", raccourci="Ctrl+Return")
        self.retour = Bouton(
            "Plus tard", lambda: self.aller.emit("accueil", {}), icone="arrow-left", raccourci="Alt+Left"
        )
        self._disposer()
        for un in self.champs.values():
            un.entree.connect(self._suivant)
        self.usage.change.connect(self.montrer)

    def _disposer(self) -> None:
        carte = Carte("Qui répond des données", icone="shield")
        un, deux, trois, quatre, cinq, six = self.champs.values()
        paires = (rangee(un, deux, ecart=3), rangee(trois, quatre, ecart=3), rangee(cinq, six, ecart=3))
        carte.ajouter(*paires, rangee(self.inscrire, 1))
        titre = rangee(texte("Avant de vrais dossiers", "titre", coupe=False), 1, self.retour)
        boite = QVBoxLayout(self)
        boite.setContentsMargins(0, 0, 0, 0)
        boite.addWidget(Defilement(colonne(titre, texte(POURQUOI), self.constat, carte, 1, ecart=3, marges=8)))

    def paraitre(self, **_arguments: Any) -> None:
        self.usage.relire()
        self.montrer()
        (self.retour if self.usage.tenues.relie else self.champs["aipd"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def montrer(self) -> None:
        """Ce qui est inscrit aujourd'hui, et par qui."""
        tenues = self.usage.tenues
        dites = tenues.mentions
        for nom, un in self.champs.items():
            valeur = getattr(dites, nom, None)
            un.poser(f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else valeur)
            un.setEnabled(not tenues.relie)
        self.inscrire.setVisible(not tenues.relie)
        self.retour.renommer("Plus tard" if dites is None else "Retour")
        par = f"Inscrit par {tenues.par}." if dites is not None and tenues.par else ""
        self.constat.setText(" ".join(filter(None, (tenues.faute, RELIE if tenues.relie else "", par))))

    def _suivant(self) -> None:
        """Entrée passe au champ d'après ; au dernier, à « Inscrire », sans l'actionner."""
        noms = list(self.champs)
        ici = next((rang for rang, nom in enumerate(noms) if self.champs[nom] is self.sender()), len(noms) - 1)
        suite = self.champs[noms[ici + 1]] if ici + 1 < len(noms) else self.inscrire
        suite.setFocus(Qt.FocusReason.TabFocusReason)

    def _inscrire(self) -> None:
        aujourd_hui = date.today()
        dits = {nom: self.champs[nom].contenu.strip() for nom in CHAMPS}
        try:
            aipd = lire_date(self.champs["aipd"].contenu, aujourd_hui) if self.champs["aipd"].contenu.strip() else None
        except SaisieInvalide as faute:
            self._refuser("aipd", str(faute))
            return
        manquent = fautes(aipd, dits, aujourd_hui)
        premier = next((nom for nom, *_ in _DITS if nom in manquent), "")
        if premier or aipd is None:
            self._refuser(premier, manquent[premier])
            return
        self.usage.inscrire(Mentions(aipd, **dits), self._dire_inscrit)

    def _refuser(self, nom: str, phrase: str) -> None:
        self.champs[nom].dire_faute(f"{phrase[0].upper()}{phrase[1:]}.".replace("..", "."))
        viser(self.champs[nom])

    def _dire_inscrit(self) -> None:
        self.montrer()
        self.constat.setText(f"{INSCRIT} {self.constat.text()}")
        annoncer(self.constat, INSCRIT)
