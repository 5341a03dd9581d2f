"""De la question à ce qui reçoit sa réponse, par le genre de son champ ; et le nom d'un élément de liste."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from modele.bilan import Bilan
from modele.dossier.chemins import ABSENT, lire, situer
from modele.dossier.entretien import QuestionVue
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.nomenclatures import nationales
from modele.dossier.propositions import sue
from modele.dossier.questions import SEUL_A_SEUL, Question
from modele.dossier.questions import Option as OptionDite
from modele.dossier.situation import AVEC_CODEMANDEUR, elements
from modele.mots.noms import champ_de
from modele.mots.reponses import Diseur
from ui.mots.communes import chercher
from ui.saisies.choix import Saisie, SaisieChoix, SaisieCoches
from ui.saisies.communes import SaisieCommune, SaisieCommunes
from ui.saisies.serrees import SaisieSerree
from ui.saisies.tapees import Allure, saisie_tapee

COMMUNE: Final = "commune"
CODE_POSTAL: Final = "code_postal"
_POSTAL: Final = 5
_DESIGNE_UNE_PERSONNE: Final = frozenset({("ressources.revenus", "personne")})


@dataclass(frozen=True, slots=True)
class Place:
    """Une saisie, le champ du document qu'elle remplit, et la question qui le demande."""

    chemin: str
    saisie: Saisie
    vue: QuestionVue


def champs_du_groupe(chemin: str) -> list[ChampDossier]:
    """Les champs d'un groupe (une adresse), dans l'ordre du dossier."""
    return [champ for nom, champ in inventaire().champs.items() if nom.startswith(f"{chemin}.")]


def fabriquer(vue: QuestionVue, bilan: Bilan, *, precision: bool = False) -> list[Place]:
    """Ce qui reçoit la réponse à une question. ``precision`` : elle se montre sous une autre, sur une ligne."""
    if vue.question.genre is None:
        return _groupe(vue, bilan, Allure.NUE)
    nom = vue.question.dire if precision else vue.question.libelle
    return [Place(vue.chemin, _saisie(vue, bilan, nom, Allure.EN_LIGNE if precision else Allure.PLEINE), vue)]


def fabriquer_serree(vue: QuestionVue, bilan: Bilan, *, etroite: bool = False) -> list[Place]:
    """Ce qui reçoit la réponse dans un formulaire, ou dans une cellule de tableau (``etroite``)."""
    if vue.question.genre is None:
        return _groupe(vue, bilan, Allure.SERREE)
    nom = vue.question.court or vue.question.libelle
    return [Place(vue.chemin, _saisie(vue, bilan, nom, Allure.SERREE, etroite=etroite), vue)]


def _groupe(vue: QuestionVue, bilan: Bilan, allure: Allure) -> list[Place]:
    return [Place(c.chemin, _champ_de_groupe(c, bilan, allure), vue) for c in champs_du_groupe(vue.chemin)]


def _champ_de_groupe(champ: ChampDossier, bilan: Bilan, allure: Allure) -> Saisie:
    if champ.champ.nomenclature == COMMUNE:
        return SaisieCommune("Commune", bilan.regles.communes, nue=True, etranger=champ.champ.etranger)
    return saisie_tapee(champ.champ.definition, champ.genre, champ.champ, bilan.jour, allure=allure)


def _saisie(vue: QuestionVue, bilan: Bilan, nom: str, allure: Allure, *, etroite: bool = False) -> Saisie:
    question, connu = vue.question, champ_de(vue.chemin)
    documente = connu.champ if connu else None
    serree = allure is Allure.SERREE
    if documente is not None and documente.nomenclature == COMMUNE:
        if question.genre is Genre.TEXTES:
            return SaisieCommunes(nom, bilan.regles.communes)
        return SaisieCommune(nom, bilan.regles.communes, nue=serree, etranger=documente.etranger)
    if documente is not None and question.options:
        question = replace(question, options=tuple(_offertes(question, documente.nomenclature, bilan)))
    if _designe_une_personne(vue.chemin):
        options = tuple(OptionDite(dit, (qui,)) for qui, dit in personnes(bilan))
        question = replace(question, genre=Genre.CHOIX, options=options)
    match question.genre:
        case Genre.BOOLEEN | Genre.CHOIX:
            return SaisieSerree(nom, question, etroite=etroite) if serree else SaisieChoix(question)
        case Genre.COCHES:
            return SaisieCoches(question)
        case genre:
            assert genre is not None
            return saisie_tapee(nom, genre, documente, bilan.jour, allure=allure)


def _offertes(question: Question, nomenclature: str, bilan: Bilan) -> Iterator[OptionDite]:
    """Les options qui peuvent se montrer : celles qui disent une violence, seulement seul à seul ; parmi les dites."""
    seul = lire(bilan.document, SEUL_A_SEUL) is True
    codes = nationales()[nomenclature].codes if nomenclature in nationales() else {}
    coches = lire(bilan.document, f"{question.parmi_dits}.coches") if question.parmi_dits else ABSENT
    for option in question.options:
        tue = not seul and any(code in codes and codes[code].violence for code in option.codes)
        if not tue and (not isinstance(coches, list) or not coches or set(option.codes) & set(coches)):
            yield option


def su(vue: QuestionVue, chemin: str, bilan: Bilan) -> Any:
    """Ce qui est déjà su de ce champ et peut s'y confirmer ; ``ABSENT`` si rien ne l'est."""
    proches = bilan.regles.communes.proches
    dit = sue(vue, bilan.document, bilan.situation, proches)
    return _commune_du_code(bilan, chemin) if dit is ABSENT else dit


def _commune_du_code(bilan: Bilan, chemin: str) -> Any:
    """La seule commune du code postal déjà tapé de la même adresse ; ``ABSENT`` s'il y en a plusieurs ou aucune."""
    groupe, _, nom = chemin.rpartition(".")
    code = lire(bilan.document, f"{groupe}.{CODE_POSTAL}") if nom == COMMUNE and groupe else ABSENT
    trouvees = chercher(code, bilan.regles.communes) if isinstance(code, str) and len(code) == _POSTAL else []
    return trouvees[0].code if len(trouvees) == 1 else ABSENT


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
