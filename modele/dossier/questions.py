"""Ce qu'est une question de l'entretien : son champ, ses mots, quand elle se pose, ce qui s'y propose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from modele.dossier.chemins import ABSENT
from modele.dossier.inventaire import Genre
from modele.dossier.pages import Page
from modele.dossier.reponses import AUCUN
from modele.regles.conditions import Condition

CODE_AUCUN: Final = "aucun"
SEUL_A_SEUL: Final = "protection.seul_a_seul"
"""Ce que l'agent coche quand nul autre n'entend : les questions délicates se posent alors."""
# Ce qui ne dit rien de plus que la réponse d'avant.
SANS_VALEUR: Final = (ABSENT, None, {"refus": True}, {"ne_sait_pas": True}, AUCUN)


@dataclass(frozen=True, slots=True)
class Option:
    """Une réponse proposée. ``exacte`` : elle dit un code ; sinon l'un de ses codes, sans dire lequel."""

    dire: str
    codes: tuple[str, ...]
    exacte: bool = True

    @property
    def reponse(self) -> Any:
        """Ce qui s'écrit dans le document pour un choix : le code, ou ``{"parmi": […]}``."""
        return self.codes[0] if self.exacte else {"parmi": list(self.codes)}


@dataclass(frozen=True, slots=True)
class Alerte:
    """Une réponse inhabituelle, à confirmer ; ne bloque jamais."""

    si: Condition
    message: str


@dataclass(frozen=True, slots=True)
class Deduction:
    """Quand ``si`` est certaine, ``valeur`` se montre à confirmer : la réponse a déjà été dite autrement."""

    si: Condition
    valeur: bool | str


@dataclass(frozen=True, slots=True)
class Question:
    """Une question : le champ qu'elle remplit, ce qui se lit à voix haute, et quand elle se pose.

    ``genre`` : ``None`` pour un groupe de champs (une adresse) ou une liste. ``champ`` : relatif dans une section
    répétée (``personne.nom``). ``faits`` : les faits que porte ce champ. ``rang`` : ordre de décisivité, 1 au triage.
    ``coche`` : ne se pose pas d'elle-même, l'agent la coche de ce qu'il voit ou entend. ``ephemere`` : sa réponse ne
    s'écrit pas, elle ne se donne qu'au premier contact.
    ``recopie`` : les champs où la même réponse s'écrit dans la même opération, parce qu'ils disent la même chose.
    ``court`` : son nom en tête de colonne. ``propose`` : le fait dont la valeur se montre à confirmer, si elle est sue.
    ``deductions`` : ce que d'autres réponses disent déjà de la sienne.
    ``aucun`` : ce qu'elle demande peut ne pas exister, et se dit d'une touche. ``si_dit`` : le champ, un texte, sans
    lequel elle n'a pas lieu d'être. ``parmi_dits`` : les cases dont elle n'offre que celles qui sont cochées.
    ``vrai`` et ``faux`` : les mots de ses deux réponses, quand ce ne sont pas « oui » et « non ».
    ``muette`` : l'agent y répond de ce qu'il voit, sans la lire.
    ``frequentes`` : les codes de ses réponses les plus données, montrées d'abord quand la liste est longue.
    ``dans_le_territoire`` : la commune dont elle demande si elle en est ; dite, la réponse se propose.
    """

    id: str
    champ: str
    dire: str
    officiel: str = ""
    court: str = ""
    cerfa: str = ""
    pourquoi: str = ""
    si: Condition | None = None
    seul_a_seul: bool = False
    coche: bool = False
    ephemere: bool = False
    rang: int | None = None
    options: tuple[Option, ...] = ()
    alertes: tuple[Alerte, ...] = ()
    genre: Genre | None = None
    faits: tuple[str, ...] = ()
    confiance: str = ""
    reference: str = ""

    @property
    def libelle(self) -> str:
        """Son nom court : le libellé officiel ; à défaut (une question locale n'en a pas), la question même."""
        return self.officiel or self.dire

    recopie: tuple[str, ...] = ()
    propose: str = ""
    deductions: tuple[Deduction, ...] = ()
    aucun: bool = False
    si_dit: str = ""
    parmi_dits: str = ""
    dans_le_territoire: str = ""
    frequentes: tuple[str, ...] = ()
    vrai: str = ""
    faux: str = ""
    muette: bool = False

    @property
    def a_dire(self) -> str:
        """Ce qui se lit sous la question : à voix haute, ou pour l'agent seul ; puis son libellé officiel."""
        debut = "Pour vous : une coche, jamais lue à voix haute." if self.muette else "À lire à voix haute."
        return f"{debut} {self.officiel}".strip()

    @property
    def non(self) -> Any:
        """La réponse qui dit non : faux, le code « aucun », ou ce qui n'existe pas ; ``ABSENT`` s'il n'y en a pas."""
        if self.genre is Genre.BOOLEEN:
            return False
        if self.genre is Genre.CHOIX:
            return next((o.reponse for o in self.options if o.codes == (CODE_AUCUN,)), ABSENT)
        return self.sans if self.aucun else ABSENT

    @property
    def sans(self) -> Any:
        """Ce qui s'écrit quand ce qu'elle demande n'existe pas : zéro pour un nombre, ``AUCUN`` sinon."""
        return 0 if self.genre in (Genre.ENTIER, Genre.DECIMAL) else dict(AUCUN)


@dataclass(frozen=True, slots=True)
class Section:
    """Des questions qui vont ensemble. ``liste`` : la section se répète pour chaque élément de cette liste.

    ``pages`` : celles de ses questions qui se remplissent ensemble ; les autres se disent une à une.
    """

    id: str
    libelle: str
    questions: tuple[Question, ...]
    si: Condition | None = None
    liste: str = ""
    pages: tuple[Page, ...] = ()
