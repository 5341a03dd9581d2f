"""De la question à ce qui reçoit sa réponse, par le genre de son champ ; et le nom d'un élément de liste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from modele.bilan import Bilan
from modele.dossier.chemins import chemin_d_element, lire, situer
from modele.dossier.entretien import SEUL_A_SEUL, QuestionVue
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.questionnaire import Option as OptionDite
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from modele.mots.noms import champ_de
from modele.mots.reponses import Diseur, Voix
from ui.saisies.choix import Saisie, SaisieChoix, SaisieCoches
from ui.saisies.communes import SaisieCommune, SaisieCommunes
from ui.saisies.tapees import Allure, saisie_tapee

COMMUNE: Final = "commune"
_DESIGNE_UNE_PERSONNE: Final = frozenset({("ressources.revenus", "personne")})


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
    nom = vue.question.dire if precision else vue.question.libelle
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
    place = situer(chemin)
    return (place.liste, place.champ) in _DESIGNE_UNE_PERSONNE


def personnes(bilan: Bilan) -> Iterator[tuple[str, str]]:
    """Qui peut recevoir une ressource : identifiant et nom, sans nom dans un dossier discret."""
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document)
    yield DEMANDEUR, diseur.personne(DEMANDEUR)
    if lire(bilan.document, AVEC_CODEMANDEUR) is True:
        yield CODEMANDEUR, diseur.personne(CODEMANDEUR)
    for rang, qui in enumerate(elements(bilan.document, PERSONNES), 1):
        yield qui, nommer_element(bilan, PERSONNES, qui, rang)


def nommer_element(bilan: Bilan, liste: str, identifiant: str, rang: int) -> str:
    """« Sami Benali » ou « Allocation, 450 euros par mois » : les premières réponses ; à défaut « n° 2 »."""
    if bilan.discret and liste == PERSONNES:
        return f"Personne {rang}"
    element = elements(bilan.document, liste).get(identifiant, {})
    return Diseur(bilan.regles.vocabulaire, bilan.document).nommer(liste, element) or f"n° {rang}, à compléter"


def detail_element(bilan: Bilan, liste: str, identifiant: str) -> str:
    """Ce qui se dit d'une personne sous son nom : sa naissance et son lien ; rien d'un dossier discret."""
    if liste != PERSONNES or bilan.discret:
        return ""
    element = elements(bilan.document, liste).get(identifiant, {})
    diseur = Diseur(bilan.regles.vocabulaire, bilan.document, voix=Voix.PAPIER)
    ecrits = {nom: element[nom] for nom in ("date_naissance", "lien") if isinstance(element.get(nom), str)}
    dits = {nom: diseur.dire(chemin_d_element(liste, identifiant, nom), ecrit) for nom, ecrit in ecrits.items()}
    naissance, lien = dits.get("date_naissance"), dits.get("lien")
    return " · ".join(morceau for morceau in (naissance and f"naissance le {naissance}", lien) if morceau)
