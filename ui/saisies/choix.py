"""Ce qui reçoit la réponse d'une question, selon son genre : choix, cases, et ce que toute saisie promet.

« Ne sait pas » et « Ne souhaite pas répondre » sont toujours offerts, et deux réponses différentes.
Essais : ``tests/ui/ecrans/test_entretien.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import Genre
from modele.dossier.questions import Question
from modele.dossier.reponses import AUCUN, NE_SAIT_PAS
from ui.composants import GroupeChoix, Option, annoncer, texte
from ui.composants.frappes import TOUCHE_NE_SAIT_PAS, TOUCHE_REFUS, TOUCHE_TOUT
from ui.theme import Ton, espace

REFUS: Final[Mapping[str, Any]] = {"refus": True}
_SANS_REPONSE: Final = (("nsp", "Ne sait pas", NE_SAIT_PAS), ("refus", "Ne souhaite pas répondre", REFUS))
_SIGNES: Final = {"nsp": TOUCHE_NE_SAIT_PAS, "refus": TOUCHE_REFUS}
MOT_AUCUN: Final = "Il n'y en a pas"
_CLOS: Final = "clos"
# Au-delà, les réponses se rangent sur deux colonnes : la liste tient presque toute à l'écran.
_UNE_COLONNE: Final = 6


class Saisie(QWidget):
    """La réponse à une question.

    ``repondue`` : la valeur à écrire au champ (``ABSENT`` : l'effacer). ``frappe`` : le texte pas encore validé.
    ``entree`` : passer à la suite. ``avance`` : répondu d'une touche ; le champ d'après attend.
    """

    repondue = Signal(object)
    frappe = Signal(str)
    entree = Signal()
    avance = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boite = QVBoxLayout(self)
        self._boite.setContentsMargins(0, 0, 0, 0)
        self._boite.setSpacing(espace(3))
        self._faute = texte("", "gras", Ton.IMMEDIAT)
        self._faute.hide()

    def poser(self, reponse: Any) -> None:
        """Montre la réponse écrite, sans rien émettre."""

    def restaurer(self, frappe: str) -> None:
        """Remet une frappe interrompue."""

    def valider(self) -> bool:
        """Lit ce qui est tapé et l'émet ; faux si cela ne se lit pas."""
        return True

    def dire_faute(self, phrase: str) -> None:
        """Dit la faute au champ ; vide : la retire."""
        self._faute.setText(phrase)
        self._faute.setVisible(bool(phrase))
        if phrase:
            annoncer(self, phrase, pressant=True)

    def focus_initial(self) -> None:
        """Donne le focus à la première chose à faire."""

    def dire_sans_reponse(self, mot: str) -> None:
        """Écrit dans un champ vide qu'on y a répondu sans valeur, ou ce qui s'y propose."""

    def nommer(self, visible: bool) -> None:
        """Montre ou cache le nom du champ : un tableau l'a déjà en tête de colonne."""


def sans_reponse(nom: str, *, serre: bool = False) -> GroupeChoix:
    """Les deux façons de ne pas répondre, côte à côte. ``serre`` : chacune à la largeur de ses mots."""
    options = [Option(code, mot, demi=True) for code, mot, _ in _SANS_REPONSE]
    return GroupeChoix(f"Sans réponse : {nom}", options, poids=(2, 3) if serre else (1, 1))


def code_sans_reponse(reponse: Any) -> str | None:
    """Le code (« nsp », « refus ») d'une absence de réponse dite, ou ``None``."""
    return next((code for code, _, dite in _SANS_REPONSE if reponse == dite), None)


def mot_sans_reponse(reponse: Any) -> str:
    """« Ne sait pas », « Ne souhaite pas répondre », « Il n'y en a pas », ou rien."""
    if reponse == AUCUN:
        return MOT_AUCUN
    return next((mot for _, mot, dite in _SANS_REPONSE if reponse == dite), "")


def reponse_sans_reponse(code: str) -> dict[str, Any]:
    """Ce qui s'écrit pour « nsp » ou « refus »."""
    return next(dict(dite) for connu, _, dite in _SANS_REPONSE if connu == code)


class SaisieChoix(Saisie):
    """Oui ou non, ou un code parmi d'autres : une seule réponse."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reponses: dict[str, Any] = {}
        self._precisee: dict[QWidget, str] = {}
        options = [self._option(rang, mot, reponse) for rang, (mot, reponse) in enumerate(offertes(question))]
        if len(options) > _UNE_COLONNE:
            options = [Option(option.code, option.mot, demi=True) for option in options]
        for code, mot, reponse in _SANS_REPONSE:
            self._reponses[code] = dict(reponse)
            options.append(Option(code, mot, demi=True, debut=code == _SANS_REPONSE[0][0], signe=_SIGNES[code]))
        self.groupe = GroupeChoix(question.dire, options, description=question.officiel, signes=True)
        self._boite.addWidget(self.groupe)
        self._boite.addWidget(self._faute)
        self.groupe.choisi.connect(lambda code: self.repondue.emit(self._reponses[code]))
        self.groupe.frappee.connect(self.avance)
        self.groupe.entree.connect(self.entree)

    def _option(self, rang: int, mot: str, reponse: Any) -> Option:
        self._reponses[str(rang)] = reponse
        return Option(str(rang), f"{mot[:1].upper()}{mot[1:]}")

    def poser(self, reponse: Any) -> None:
        self.groupe.poser(self._code(reponse))

    def preciser(self, reponse: Any, widget: QWidget) -> None:
        """Place ``widget`` juste sous la réponse choisie, à défaut sous toutes."""
        code = self._code(reponse)
        if code is None:
            self._boite.addWidget(widget)
        elif self._precisee.get(widget) != code:
            self._precisee = {widget: code}
            self.groupe.preciser(code, widget)

    def focus_initial(self) -> None:
        self.groupe.focus_initial()

    def _code(self, reponse: Any) -> str | None:
        return next((code for code, dite in self._reponses.items() if memes(dite, reponse)), None)


class SaisieCoches(Saisie):
    """Plusieurs cases. Tant qu'on n'a pas dit « c'est tout », le reste n'est pas faux : il est inconnu.

    Un code déjà coché que ``question`` n'offre pas ici se garde, sans se montrer.
    """

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        options = [Option(option.codes[0], option.dire) for option in question.options]
        self._offerts = {option.code for option in options}
        self._caches: list[str] = []
        if len(options) > _UNE_COLONNE:
            options = [Option(option.code, option.mot, demi=True) for option in options]
        self.cases = GroupeChoix(question.dire, options, description=question.officiel, multiple=True, signes=True)
        tout = Option(_CLOS, "C'est tout : rien d'autre", signe=TOUCHE_TOUT)
        fin = [tout, *(Option(c, m, demi=True, signe=_SIGNES[c]) for c, m, _ in _SANS_REPONSE)]
        self.fin = GroupeChoix("La liste est-elle complète ?", fin, signes=True)
        self.cases.relayer(self.fin)
        for widget in (self.cases, self.fin, self._faute):
            self._boite.addWidget(widget)
        self.cases.choisi.connect(self._cocher)
        self.fin.choisi.connect(self._finir)
        for groupe in (self.cases, self.fin):
            groupe.entree.connect(self.entree)

    def poser(self, reponse: Any) -> None:
        ecrite = reponse if isinstance(reponse, Mapping) else {}
        coches = ecrite.get("coches", [])
        self._caches = [code for code in coches if code not in self._offerts]
        self.cases.poser([code for code in coches if code in self._offerts])
        code = _CLOS if ecrite.get("clos") is True else code_sans_reponse(reponse)
        self.fin.poser("refus" if code is None and ecrite.get("refus") is True else code)

    def focus_initial(self) -> None:
        self.cases.focus_initial()

    def _cocher(self, codes: Sequence[str]) -> None:
        # Cocher après « ne sait pas » : la personne sait donc quelque chose.
        if self.fin.valeur() == "nsp":
            self.fin.poser(None)
        self._ecrire(list(codes), self.fin.valeur())

    def _finir(self, code: str) -> None:
        if code == "nsp":
            self.cases.poser([])
            self.repondue.emit({"coches": self._caches, "clos": False} if self._caches else dict(NE_SAIT_PAS))
        else:
            self._ecrire(self.cases.valeur(), code)

    def _ecrire(self, montres: list[str], fin: str | None) -> None:
        codes = [*montres, *self._caches]
        if fin == "refus":
            self.repondue.emit({"coches": codes, "refus": True} if codes else dict(REFUS))
        elif codes or fin == _CLOS:
            self.repondue.emit({"coches": codes, "clos": fin == _CLOS})
        else:
            self.repondue.emit(ABSENT)


def offertes(question: Question) -> list[tuple[str, Any]]:
    """Les réponses d'un choix : ce qui se dit, ce qui s'écrit."""
    if question.genre is Genre.BOOLEEN:
        dites = [(question.vrai or "Oui", True), (question.faux or "Non", False)]
        # « Oui » d'abord, même quand c'est le faux du champ qui se dit oui.
        return dites[::-1] if question.faux.startswith("Oui") else dites
    return [(option.dire, option.reponse) for option in question.options]


def dire_reponse(question: Question, reponse: Any) -> str:
    """La réponse d'un choix, telle qu'elle se dit ; vide si rien n'est répondu."""
    tout = [*offertes(question), *((mot, dite) for _, mot, dite in _SANS_REPONSE)]
    return next((mot for mot, dite in tout if memes(dite, reponse)), "")


def memes(une: Any, autre: Any) -> bool:
    """Vrai si ces réponses sont la même : ``True`` n'est pas ``1``."""
    return type(une) is type(autre) and bool(une == autre)
