"""Le plan du réseau : les communes où il y a un lieu, d'où l'on part, et ce qui ne se place pas, en mots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from modele.lieux.ouverture import Ouvert
from modele.territoire.coordonnees import SOURCE, plan
from ui.composants import Bloc, Bouton, Carte, etiquette_aide, rangee
from ui.composants.flot import Flot
from ui.composants.plan import Legende, Marque, Plan, PointDuPlan

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.territoire.annuaire import Trouve

FICTIF: Final = "Positions fictives, pour l'exemple."
_MARQUES: Final = {Ouvert.OUI: Marque.OUVERT, Ouvert.INCONNU: Marque.A_APPELER, Ouvert.NON: Marque.FERME}


class CarteReseau(Carte):
    """Le plan et ce qu'il ne peut pas montrer. ``pris`` : la commune prise au clavier. ``quitte`` : la liste, de là."""

    pris = Signal(str)
    quitte = Signal()

    def __init__(self) -> None:
        super().__init__("Le réseau", icone="map")
        self.plan = Plan("Plan des lieux")
        self._codes: list[str] = []
        self.passer = Bouton("De la liste au plan, et retour", self._passer, genre="discret", raccourci="Alt+P")
        self.plan.pris.connect(lambda rang: self.pris.emit(self._codes[rang]))
        legende = Flot(ecart=1)
        for marque in Marque:
            legende.addWidget(Legende(marque))
        self.sans_place = etiquette_aide("")
        self.source = etiquette_aide("")
        self.ajouter(self.plan, Bloc(legende), rangee(self.passer, 1), self.sans_place, self.source)

    def montrer(self, trouves: Sequence[Trouve], regles: Regles, depart: str, choisi: str) -> None:
        """Une marque par commune : le meilleur état de ses lieux. Un lieu confidentiel n'y est jamais."""
        annuaire, communes = regles.annuaire, regles.communes
        par_commune: dict[str, list[Trouve]] = {}
        for un in trouves:
            if un.lieu.commune in annuaire.places and not un.lieu.adresse_confidentielle:
                par_commune.setdefault(un.lieu.commune, []).append(un)
        points = {code: annuaire.places[code] for code in par_commune}
        ou = annuaire.situer(depart) if depart else None
        if ou is not None:
            points[depart] = ou
        dits, phrases, self._codes = [], [], []
        for code, (x, y) in plan(points).items():
            ici, commune = par_commune.get(code, []), communes.get(code)
            nom = commune.nom if commune else code
            marque = _MARQUES[min(un.ouvert for un in ici)] if ici else Marque.DEPART
            compte = f" ({len(ici)})" if len(ici) > 1 else ""
            phrase = f"{nom} : {', '.join(un.lieu.nom for un in ici) or marque.value} ({marque.value})"
            dits.append(PointDuPlan(f"{nom}{compte}", x, y, marque, code == choisi, phrase))
            phrases.append(phrase)
            self._codes.append(code)
        self.plan.montrer(dits, ". ".join(phrases) or "Aucun lieu à placer")
        for widget in (self.plan, self.passer):
            widget.setVisible(bool(dits))
        self._dire(trouves, regles)

    def _passer(self) -> None:
        """Du plan à la liste, ou l'inverse."""
        if self.plan.hasFocus():
            self.quitte.emit()
        else:
            self.plan.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _dire(self, trouves: Sequence[Trouve], regles: Regles) -> None:
        # Un refuge ne se place pas, et ne se dit pas non plus sans place : on y chercherait où il est.
        placables = [un.lieu for un in trouves if not un.lieu.adresse_confidentielle]
        absents = [un.nom for un in placables if un.commune not in regles.annuaire.places]
        self.sans_place.setText(f"Sans place sur le plan : {' ; '.join(absents)}." if absents else "")
        self.sans_place.setVisible(bool(absents))
        self.source.setText(FICTIF if regles.territoire.coordonnees and regles.territoire.exemple else SOURCE)
