"""De la question à ce qui reçoit sa réponse, par le genre de son champ ; et le nom d'un élément de liste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, lire
from modele.dossier.entretien import SEUL_A_SEUL, QuestionVue
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.mots import dire_date, dire_nombre
from modele.dossier.nomenclatures import nationales
from modele.dossier.questionnaire import Option as OptionDite
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from ui.mots.dires import champ_de
from ui.saisies.choix import Saisie, SaisieChoix, SaisieCoches
from ui.saisies.communes import SaisieCommune, SaisieCommunes
from ui.saisies.tapees import Allure, saisie_tapee

COMMUNE: Final = "commune"
_DESIGNE_UNE_PERSONNE: Final = frozenset({("ressources.revenus", "personne")})
_ELEMENT: Final = re.compile(r"^(.+)\.elements\.([^.]+)\.(.+)$")


@dataclass(frozen=True, slots=True)
class Place:
    """Une saisie et le champ du document qu'elle remplit."""

    chemin: str
    saisie: Saisie


def champs_du_groupe(chemin: str) -> list[ChampDossier]:
    """Les champs d'un groupe (une adresse), dans l'ordre du dossier."""
    return [champ for nom, champ in inventaire().champs.items() if nom.startswith(f"{chemin}.")]


def fabriquer(vue: QuestionVue, bilan: Bilan, *, precision: bool = False) -> list[Place]:
    """Ce qui reçoit la réponse à une question. ``precision`` : elle se montre sous une autre, sur une ligne."""
    if vue.question.genre is None:
        return [Place(c.chemin, _champ_de_groupe(c, bilan)) for c in champs_du_groupe(vue.chemin)]
    nom = vue.question.dire if precision else vue.question.officiel or vue.question.dire
    return [Place(vue.chemin, _saisie(vue, bilan, nom, Allure.EN_LIGNE if precision else Allure.PLEINE))]


def _champ_de_groupe(champ: ChampDossier, bilan: Bilan) -> Saisie:
    if champ.champ.nomenclature == COMMUNE:
        return SaisieCommune("Commune", bilan.regles.communes, nue=True)
    return saisie_tapee(champ.champ.definition, champ.genre, champ.champ, bilan.jour, allure=Allure.NUE)


def _saisie(vue: QuestionVue, bilan: Bilan, nom: str, allure: Allure) -> Saisie:
    question, connu = vue.question, champ_de(vue.chemin)
    documente = connu.champ if connu else None
    if documente is not None and documente.nomenclature == COMMUNE:
        saisie = SaisieCommunes if question.genre is Genre.TEXTES else SaisieCommune
        return saisie(nom, bilan.regles.communes)
    if documente is not None and question.options:
        question = replace(question, options=tuple(_offertes(question.options, documente.nomenclature, bilan)))
    if _designe_une_personne(vue.chemin):
        options = tuple(OptionDite(dit, (qui,)) for qui, dit in personnes(bilan))
        return SaisieChoix(replace(question, genre=Genre.CHOIX, options=options))
    match question.genre:
        case Genre.BOOLEEN | Genre.CHOIX:
            return SaisieChoix(question)
        case Genre.COCHES:
            return SaisieCoches(question)
        case genre:
            assert genre is not None
            return saisie_tapee(nom, genre, documente, bilan.jour, allure=allure)


def _offertes(options: Iterable[OptionDite], nomenclature: str, bilan: Bilan) -> Iterator[OptionDite]:
    """Les options qui peuvent se montrer : celles qui disent une violence, seulement seul à seul."""
    seul = lire(bilan.document, SEUL_A_SEUL) is True
    codes = nationales()[nomenclature].codes if nomenclature in nationales() else {}
    for option in options:
        if seul or not any(code in codes and codes[code].violence for code in option.codes):
            yield option


def _designe_une_personne(chemin: str) -> bool:
    element = _ELEMENT.match(chemin)
    return element is not None and (element[1], element[3]) in _DESIGNE_UNE_PERSONNE


def personnes(bilan: Bilan) -> Iterator[tuple[str, str]]:
    """Qui peut recevoir une ressource : identifiant et nom, sans nom dans un dossier discret."""
    yield DEMANDEUR, "La personne qui demande"
    if lire(bilan.document, AVEC_CODEMANDEUR) is True:
        yield CODEMANDEUR, "Le conjoint ou codemandeur"
    for rang, qui in enumerate(elements(bilan.document, PERSONNES), 1):
        yield qui, nommer_element(bilan, PERSONNES, qui, rang)


def nommer_element(bilan: Bilan, liste: str, identifiant: str, rang: int) -> str:
    """« Sami Benali » ou « Allocation, 450 euros par mois » : les premières réponses ; à défaut « n° 2 »."""
    if bilan.discret and liste == PERSONNES:
        return f"Personne {rang}"
    element = elements(bilan.document, liste).get(identifiant, {})
    dites = [dit for champ in _reperes(liste) if (dit := _dire(champ, lire(element, champ.chemin), bilan))]
    return (" " if liste == PERSONNES else ", ").join(dites[:3]) or f"n° {rang}, à compléter"


def detail_element(bilan: Bilan, liste: str, identifiant: str) -> str:
    """Ce qui se dit d'une personne sous son nom : sa naissance et son lien ; rien d'un dossier discret."""
    if liste != PERSONNES or bilan.discret:
        return ""
    element = elements(bilan.document, liste).get(identifiant, {})
    champs = {c.chemin: c for c in inventaire().listes[liste].champs}
    naissance, lien = (_dire(champs[nom], lire(element, nom), bilan) for nom in ("date_naissance", "lien"))
    return " · ".join(morceau for morceau in (naissance and f"naissance le {naissance}", lien) if morceau)


def _reperes(liste: str) -> list[ChampDossier]:
    """Ce qui nomme un élément : prénom et nom d'une personne, sinon ses champs dans l'ordre."""
    champs = list(inventaire().listes[liste].champs)
    if inventaire().listes[liste].prefixe != inventaire().listes[PERSONNES].prefixe:
        return champs
    return [c for nom in ("prenoms", "nom") for c in champs if c.chemin == nom]


def _dire(champ: ChampDossier, ecrit: Any, bilan: Bilan) -> str:
    if ecrit is ABSENT or isinstance(ecrit, Mapping | list):
        return ""
    if champ.genre is Genre.CHOIX:
        code = nationales()[champ.champ.nomenclature].codes.get(str(ecrit))
        return code.libelle if code else ""
    if champ.genre in (Genre.ENTIER, Genre.DECIMAL):
        return f"{dire_nombre(ecrit)} {champ.champ.unite}".strip()
    if champ.chemin == "personne":
        return dict(personnes(bilan)).get(str(ecrit), "")
    if champ.genre is Genre.DATE:
        return dire_date(date.fromisoformat(ecrit))
    return "" if champ.genre is Genre.BOOLEEN else str(ecrit)
