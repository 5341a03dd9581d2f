"""Mener un entretien entier au clavier, dans le vrai écran : pages vues, touches pressées hors du texte tapé.

L'agent joué ne lit que l'écran : les touches écrites sur les réponses, le champ qui a le clavier. Il répond ce que la
famille dit, passe ce qu'elle ne dit pas, confirme d'une touche ce qui est proposé et juste.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from familles import Dits
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from modele.bilan import Bilan, etablir
from modele.dossier.chemins import ABSENT, Document, lire, poser, situer
from modele.dossier.entretien import Visibilite
from modele.dossier.inventaire import Genre, inventaire
from modele.dossier.situation import elements
from modele.territoire.vues import Communes
from ui.ecrans.entretien.champs import PageChamps
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.ecrans.entretien.fabrique import Place, champs_du_groupe, su
from ui.ecrans.entretien.parcours import Etape
from ui.ecrans.entretien.question import PageQuestion
from ui.ecrans.entretien.restantes import questions_decisives
from ui.ecrans.entretien.tableau import PageTableau
from ui.ecrans.triage.ecran import EcranTriage
from ui.saisies.choix import SaisieChoix, SaisieCoches
from ui.saisies.communes import SaisieCommune, SaisieCommunes
from ui.saisies.serrees import SaisieSerree
from ui.theatre.joueur import Joueur

AU_PLUS: Final = 400
RESULTAT, FIN = "résultat du premier contact", "fin"
_SUITE: Final = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
_CONFIRMER: Final = (Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
_AUCUN: Final = (Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
_RIEN: Final = (Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
_TOUT: Final = (Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
_COMME_AU_DESSUS: Final = (Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)


@dataclass
class Compte:
    """``pages`` : le nom de chaque page vue, dans l'ordre. ``touches`` : celles qui ne sont pas du texte tapé."""

    pages: list[str] = field(default_factory=list)
    touches: int = 0
    reponses: int = 0


class Agent:
    """Un agent qui mène l'entretien de ``dits`` au clavier. ``au_plus`` : le nombre de pages où s'arrêter."""

    def __init__(self, joueur: Joueur, dits: Dits) -> None:
        self.joueur, self.dits, self.compte = joueur, dits, Compte()
        self._lignes: dict[str, dict[str, int]] = {}

    # Les touches.

    def _frapper(self, touche: Qt.Key, modificateur: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.compte.touches += 1
        QTest.keyClick(self._clavier(), touche, modificateur)
        self.joueur.attendre()

    def _signe(self, signe: str) -> None:
        self.compte.touches += 1
        self._envoyer(signe)
        self.joueur.attendre()

    def _taper(self, contenu: str) -> None:
        for signe in contenu:
            self._envoyer(signe)

    def _envoyer(self, signe: str) -> None:
        for sorte in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self._clavier(), QKeyEvent(sorte, 0, Qt.KeyboardModifier.NoModifier, signe))

    def _clavier(self) -> QWidget:
        clavier = QApplication.focusWidget()
        if clavier is None:
            raise LookupError("nul n'a le clavier")
        return clavier

    # Le premier contact.

    def trier(self) -> None:
        """Les questions du premier contact, puis « Poursuivre »."""
        self.joueur.aller("triage")
        ecran = self.joueur.ecran
        assert isinstance(ecran, EcranTriage)
        while ecran.pages.courante is not ecran.resultat:
            self.compte.pages.append(ecran.chemin)
            self._choisir(ecran._places[0].saisie, self.dits[ecran.chemin])
        self.compte.pages.append(RESULTAT)
        self._frapper(Qt.Key.Key_Return)

    # L'entretien.

    def mener(self, *, jusqu_au_bout: bool = True) -> Compte:
        """L'entretien jusqu'à sa page de fin ; ``jusqu_au_bout`` : avec ce qui pouvait attendre."""
        ecran = self._ecran()
        while len(self.compte.pages) < AU_PLUS:
            if ecran.pages.courante is ecran.fin:
                self.compte.pages.append(FIN)
                if not jusqu_au_bout or self.compte.pages.count(FIN) > 1:
                    break
                self._frapper(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
            else:
                self.page()
        return self.compte

    def page(self) -> None:
        """Répond à la page montrée, et passe à la suivante."""
        ecran = self._ecran()
        etape, page = ecran.etape, ecran.pages.courante
        assert etape is not None
        self.compte.pages.append(etape.cle)
        if isinstance(page, PageTableau):
            self._tableau(page)
        elif isinstance(page, PageChamps):
            self._formulaire(page, etape)
        else:
            self._question(etape)

    def aller_au_plus_decisif(self, part: float) -> tuple[int, int]:
        """Suit « Ce qui reste à demander », le plus décisif d'abord, tant que l'intervalle est large.

        Rend les pages vues et les réponses données. Ce que la personne ne dit pas se laisse.
        """
        debut, passees = self._largeur(), set[str]()
        depart = (len(self.compte.pages), self.compte.reponses)
        while self._largeur() > (1 - part) * debut:
            voulue = next((v for v, _ in questions_decisives(self.joueur.bilan) if v.chemin not in passees), None)
            if voulue is None:
                break
            passees.add(voulue.chemin)
            self.joueur.aller_a(voulue.chemin)
            self.page()
        return len(self.compte.pages) - depart[0], self.compte.reponses - depart[1]

    def _largeur(self) -> float:
        cotation = self.joueur.bilan.cotation
        assert cotation is not None
        assert cotation.declaree.min is not None
        assert cotation.declaree.max is not None
        return float(cotation.declaree.max - cotation.declaree.min)

    def _ecran(self) -> EcranEntretien:
        ecran = self.joueur.ecran
        assert isinstance(ecran, EcranEntretien)
        return ecran

    def _partie(self, etape: Etape) -> bool:
        courante = self._ecran().etape
        return self._ecran().pages.courante is self._ecran().fin or courante is None or courante.cle != etape.cle

    def _question(self, etape: Etape) -> None:
        """Une question dite : la réponse, ce qui la précise, puis Entrée."""
        page = self._ecran().pages.courante
        if not isinstance(page, PageQuestion):
            page.focus_initial()  # type: ignore[union-attr]
            self._frapper(*_SUITE)
            return
        while not self._partie(etape):
            place = self._sous_le_clavier(list(page._toutes()))
            if place is not None and self._reste_a_dire(place):
                if self._confirmable(place):
                    self._frapper(*_CONFIRMER)
                else:
                    self._repondre(place)
            if place is self._sous_le_clavier(list(page._toutes())):
                self._frapper(Qt.Key.Key_Return)

    def _formulaire(self, page: PageChamps, etape: Etape) -> None:
        """Chaque champ qui a sa réponse ; Ctrl+Entrée dès qu'il n'en reste pas."""
        if any(self._confirmable(place) for place in page._places.values()):
            self._frapper(*_CONFIRMER)
        while not self._partie(etape):
            self._dire_rien(page)
            reste = [place for place in page._places.values() if self._reste_a_dire(place)]
            if not reste:
                self._frapper(*_SUITE)
                return
            place = page.place(page.ici)
            if all(self._confirmable(un) for un in reste):
                self._frapper(*_CONFIRMER)
            elif place is None or not self._reste_a_dire(place) or self._repondre(place):
                self._frapper(Qt.Key.Key_Return)

    def _dire_rien(self, page: PageChamps) -> None:
        """« Rien de tout cela », quand c'est ce que la personne dit de chaque question que le geste nomme."""
        refusables = page._refusables()
        justes = all(self._dite(place) == place.vue.question.non for place in refusables)
        ici = any(place.chemin == page.ici for place in refusables)
        if len(refusables) > 1 and justes and (ici or isinstance(page, PageTableau)):
            self.compte.reponses += len(refusables)
            self._frapper(*_RIEN)

    def _tableau(self, page: PageTableau) -> None:
        liste, self._a_part = page.liste, self._non_d_un_geste(page)
        attendus = self.dits.get(liste, [])
        for rang, element in enumerate(attendus):
            self._ligne(page, rang, element, attendus[rang - 1] if rang else {})
        if any(self._confirmable(place) for place in page._places.values()):
            self._frapper(*_CONFIRMER)
        self._frapper(*_TOUT)
        self._frapper(*_SUITE)

    def _ligne(self, page: PageTableau, rang: int, element: Dits, dessus: Dits) -> None:
        copiee = False
        while True:
            place = page.place(page.ici)
            assert place is not None
            if page._element(place.chemin) == page._neuf and self._connue(page, rang):
                return
            champ = situer(place.chemin).champ
            if champ in self._a_part and self._connue(page, rang):
                if rang == len(self.dits[page.liste]) - 1:
                    self._dire_rien(page)
                    return
            elif champ in element and lire(self._document(), place.chemin) is ABSENT and not self._confirmable(place):
                if copiee is False and dessus.get(champ) == element[champ] and self._connue(page, rang):
                    copiee = True
                    self._frapper(*_COMME_AU_DESSUS)
                    continue
                if not self._donner(place, element[champ]) and page.ici != place.chemin:
                    continue
            self._frapper(Qt.Key.Key_Return)

    def _non_d_un_geste(self, page: PageTableau) -> set[str]:
        """Les colonnes que la personne refuse pour tous : elles se disent d'un geste, à la fin."""
        noms = {self_q.id: page._relatif(self_q) for self_q in page._colonnes()}
        declarees = page._etape.page.rien if page._etape is not None and page._etape.page is not None else ()
        dits = self.dits.get(page.liste, [])
        return {noms[nom] for nom in declarees if dits and all(un.get(noms[nom]) is False for un in dits)}

    def _connue(self, page: PageTableau, rang: int) -> bool:
        """Vrai si l'élément de ce rang existe déjà : la ligne vide est donc celle d'après."""
        return len(self._ordre(page.liste)) > rang

    def _ordre(self, liste: str) -> list[str]:
        return list(elements(self._document(), liste))

    # Répondre.

    def _document(self) -> Any:
        return self.joueur.session.document

    def _sous_le_clavier(self, places: list[Place]) -> Place | None:
        clavier = self._clavier()
        # Une précision se montre dans les réponses qu'elle précise : la plus intérieure d'abord.
        trouvees = (p for p in reversed(places) if p.saisie is clavier or p.saisie.isAncestorOf(clavier))
        return next(trouvees, None)

    def _voulue(self, place: Place) -> Any:
        return self.dits.get(place.chemin, ABSENT)

    def _reste_a_dire(self, place: Place) -> bool:
        return self._voulue(place) is not ABSENT and lire(self._document(), place.chemin) is ABSENT

    def _confirmable(self, place: Place) -> bool:
        """Vrai si l'écran propose justement ce que la personne dit."""
        vues = self._ecran().etape.vues  # type: ignore[union-attr]
        vue = next((une for une in vues if une.chemin == place.vue.chemin), place.vue)
        dit = su(vue, place.chemin, self.joueur.bilan)
        return dit is not ABSENT and dit == self._dite(place) and lire(self._document(), place.chemin) is ABSENT

    def _dite(self, place: Place) -> Any:
        """Ce que la personne dit de ce champ ; d'un élément de liste, d'après son rang."""
        lieu = situer(place.chemin)
        if not lieu.liste:
            return self._voulue(place)
        ordre, dits = self._ordre(lieu.liste), self.dits.get(lieu.liste, [])
        rang = ordre.index(lieu.element) if lieu.element in ordre else len(dits)
        return dits[rang].get(lieu.champ, ABSENT) if rang < len(dits) else ABSENT

    def _repondre(self, place: Place) -> bool:
        return self._donner(place, self._voulue(place))

    def _donner(self, place: Place, valeur: Any) -> bool:
        """Donne une réponse ; vrai si Entrée doit suivre (un chiffre, dans un formulaire, passe de lui-même)."""
        self.compte.reponses += 1
        saisie = place.saisie
        if valeur == {"aucun": True} or (valeur == 0 and place.vue.question.aucun):
            self._frapper(*_AUCUN)
            return False
        if isinstance(saisie, SaisieChoix | SaisieCoches | SaisieSerree):
            self._choisir(saisie, valeur)
            return not isinstance(saisie, SaisieSerree)
        if isinstance(saisie, SaisieCommune | SaisieCommunes):
            for code in valeur if isinstance(valeur, list) else [valeur]:
                self._taper(nommer_court(self.joueur.bilan.regles.communes, code))
                if isinstance(saisie, SaisieCommunes):
                    self._frapper(Qt.Key.Key_Return)
            return True
        self._taper(_ecrit(place, valeur))
        return True

    def _choisir(self, saisie: QWidget, valeur: Any) -> None:
        """Presse la touche écrite sur la réponse : un choix, ou chaque case puis « C'est tout »."""
        if isinstance(saisie, SaisieCoches):
            for code in valeur["coches"]:
                self._signe(saisie.cases.bouton(code).signe)
            self._signe(saisie.fin.bouton("clos").signe)
        elif isinstance(saisie, SaisieSerree) and saisie.case is not None:
            self._signe(next(signe for signe, _, reponse in saisie.propositions if _memes(reponse, valeur)))
        else:
            groupe, reponses = saisie.groupe, saisie._reponses  # type: ignore[attr-defined]
            code = next(code for code, reponse in reponses.items() if _memes(reponse, valeur))
            self._signe(groupe.bouton(code).signe)


def nommer_court(communes: Communes, code: str) -> str:
    """Le nom qu'un agent tape."""
    commune = communes.get(code)
    assert commune is not None
    return commune.nom


def _memes(une: Any, autre: Any) -> bool:
    return type(une) is type(autre) and bool(une == autre)


def _ecrit(place: Place, valeur: Any) -> str:
    if place.vue.question.genre is Genre.DATE:
        annee, mois, jour = str(valeur).split("-")
        return f"{jour}/{mois}/{annee}"
    return str(valeur)


def poses(compte: Compte) -> int:
    """Les pages où l'on demande quelque chose."""
    return sum(page not in (RESULTAT, FIN) for page in compte.pages)


def comparer_les_faits(joueur: Joueur, dits: Dits) -> list[str]:
    """Les faits que le document du clavier ne dit pas comme celui du chemin long, une question après l'autre."""
    bilan = joueur.bilan
    long = chemin_long(bilan, dits)
    ecarts = [
        f"{nom} : {bilan.situation.faits.get(nom)} au lieu de {etat}"
        for nom, etat in long.situation.faits.items()
        if bilan.situation.faits.get(nom) != etat
    ]
    personnes = zip(bilan.situation.personnes, long.situation.personnes, strict=False)
    if len(bilan.situation.personnes) != len(long.situation.personnes):
        return [*ecarts, f"{len(bilan.situation.personnes)} personnes au lieu de {len(long.situation.personnes)}"]
    return ecarts + [
        f"personne {rang}, {nom} : {ici.get(nom)} au lieu de {etat}"
        for rang, (ici, la) in enumerate(personnes)
        for nom, etat in la.items()
        if ici.get(nom) != etat
    ]


def chemin_long(bilan: Bilan, dits: Dits) -> Bilan:
    """Le même récit, question par question : chaque réponse donnée seule, quand la question se pose."""
    document: Document = {"territoire": "metropole-exemple"}
    for liste, lignes in ((chemin, valeur) for chemin, valeur in dits.items() if isinstance(valeur, list)):
        if liste in inventaire().listes:
            ids = [f"e-{rang}" for rang in range(len(lignes))]
            document = poser(document, liste, {"elements": {un: {} for un in ids}, "ordre": ids, "clos": True})
    while True:
        long = etablir(bilan.regles, document, bilan.jour)
        suite = next(_a_dire(long, dits), None)
        if suite is None:
            return long
        document = poser(document, *suite)


def _a_dire(bilan: Bilan, dits: Dits) -> Iterator[tuple[str, Any]]:
    for vue in bilan.entretien.questions():
        if vue.visibilite is Visibilite.VISIBLE and not vue.question.ephemere:
            for chemin in [c.chemin for c in champs_du_groupe(vue.chemin)] or [vue.chemin]:
                valeur = _dit(dits, chemin)
                if valeur is not ABSENT and lire(bilan.document, chemin) is ABSENT:
                    yield chemin, valeur


def _dit(dits: Dits, chemin: str) -> Any:
    lieu = situer(chemin)
    if not lieu.liste:
        return dits.get(chemin, ABSENT)
    return dits[lieu.liste][int(lieu.element.rpartition("-")[2])].get(lieu.champ, ABSENT)
