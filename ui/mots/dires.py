"""Dire une réponse du dossier et le champ qu'elle remplit, avec les mots de l'entretien. Sans Qt.

Sert à comparer : deux réponses d'un même champ, deux dossiers d'une même personne.

Essais : ``tests/ui/mots/test_dires.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from modele.bilan import Regles
from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.mots import dire_date, dire_nombre
from modele.dossier.nomenclatures import nationales
from modele.dossier.questionnaire import Question
from modele.dossier.reponses import NE_SAIT_PAS
from modele.dossier.situation import elements
from modele.dossier.types import Champ
from modele.dossier.unites import ORDRE, est_element, unite
from modele.dossier.violences import COLOCATAIRES, faits_de_violence
from ui.mots.communes import nommer_commune

RIEN: Final = "Rien de noté"
REFUS: Final = "Ne souhaite pas répondre"
_GROUPES: Final = {
    "identite": "Identité",
    "adresse": "Adresse",
    "telephone": "Téléphone",
    "courriel": "Adresse électronique",
    "numero_unique": "Numéro unique",
    "revenu": "Ressource",
    "rfr_n2": "Revenu fiscal de référence N-2",
    "rfr_n1": "Revenu fiscal de référence N-1",
}
"""Le nom des champs qui vont ensemble (``Champ.atome``)."""
_ELEMENTS: Final = {
    PERSONNES: "Personne à loger",
    COLOCATAIRES: "Colocataire",
    "ressources.revenus": "Ressource",
    "pieces": "Pièce",
    "refus": "Refus d'une proposition",
    "suites": "Suite donnée",
    "rendez_vous": "Rendez-vous",
}
_QUI: Final = {DEMANDEUR: "La personne qui demande", CODEMANDEUR: "Conjoint ou codemandeur"}
_ELEMENT: Final = re.compile(r"^(.+)\.elements\.([^.#]+)(?:[.#](.+))?$")
_PAIRES: Final = re.compile(r"\d\d(?=\d)")


class Diseur:
    """Les mots d'un dossier. ``document`` sert à nommer une personne ou un élément de liste.

    ``sans_nom`` : dossier discret, une personne se désigne par son rang.
    """

    def __init__(self, regles: Regles, document: Mapping[str, Any], *, sans_nom: bool = False) -> None:
        self._regles, self._document, self._sans_nom = regles, document, sans_nom
        self._questions = dict(_questions(regles))

    # Nommer.

    def sujet(self, cle: str) -> str:
        """Ce dont parle une unité : « Téléphone », « Sami Morel : Lien avec le demandeur »."""
        liste, identifiant = liste_de(cle)
        qui = self._element(liste, identifiant) if liste else ""
        if est_element(cle):
            return qui
        if cle.startswith((f"{CODEMANDEUR}.", f"{CODEMANDEUR}#")):
            qui = _QUI[CODEMANDEUR]
        parent, groupe, nom = cle.partition("#")
        # Deux adresses : le nom de leur question les distingue.
        seul = not groupe or self.question(parent) is not None
        quoi = self.libelle(parent) if seul else _GROUPES.get(nom, nom)
        return f"{qui} : {quoi}" if qui else quoi

    def libelle(self, chemin: str) -> str:
        """Le nom court d'un champ, tel que l'entretien le montre en petit."""
        if chemin.endswith(f".{ORDRE}"):
            return "Ordre de la liste"
        question, champ = self.question(chemin), champ_de(chemin)
        return (question.officiel if question else "") or (champ.champ.definition if champ else chemin)

    def question(self, chemin: str) -> Question | None:
        """La question qui remplit ce champ."""
        element = _ELEMENT.match(chemin)
        return self._questions.get((element[1], element[3]) if element else ("", chemin))

    def _element(self, liste: str, identifiant: str) -> str:
        """« Sami Morel », « Allocation, 450 euros » ; à défaut « Personne à loger n° 2 »."""
        connus = elements(self._document, liste)
        rang = list(connus).index(identifiant) + 1 if identifiant in connus else 0
        numero = f" n° {rang}" if rang else ""
        genre = self.genre(liste)
        if self._sans_nom:
            return f"{genre}{numero}"
        return self.nommer(liste, connus.get(identifiant, {})) or f"{genre}{numero}"

    def genre(self, liste: str) -> str:
        """Ce qu'est un élément de cette liste : « Personne à loger »."""
        return _ELEMENTS.get(liste, "Élément")

    def nommer(self, liste: str, valeurs: Mapping[str, Any]) -> str:
        """Le nom d'un élément d'après ses seuls champs, vide s'ils n'en disent pas."""
        separateur = " " if liste in (PERSONNES, COLOCATAIRES) else ", "
        return "" if self._sans_nom else separateur.join(self._reperes(liste, valeurs))

    def _reperes(self, liste: str, element: Mapping[str, Any]) -> Iterator[str]:
        champs = inventaire().listes[liste].champs if liste in inventaire().listes else ()
        connus = {champ.chemin: champ for champ in champs}
        noms = ("prenoms", "nom") if "prenoms" in connus else tuple(connus)[:3]
        for nom in noms:
            ecrit = lire(element, nom)
            if ecrit is not ABSENT and not isinstance(ecrit, Mapping):
                yield self._dire_champ(connus[nom], ecrit)

    # Dire.

    def dire(self, chemin: str, valeur: Any) -> str:
        """La réponse telle que l'entretien la dit ; ``ABSENT`` : rien n'est noté."""
        if chemin.endswith(f".{ORDRE}") and isinstance(valeur, list):
            liste = chemin.rpartition(".")[0]
            return ", ".join(self._element(liste, str(un)) for un in valeur) or RIEN
        champ = champ_de(chemin)
        if valeur is ABSENT or valeur is None or valeur in ({}, []):
            return RIEN
        if valeur == NE_SAIT_PAS:
            return "Ne sait pas"
        if isinstance(valeur, Mapping):
            return self._dire_incertaine(chemin, valeur)
        question = self.question(chemin)
        for option in question.options if question else ():
            if option.exacte and option.reponse == valeur:
                return option.dire
        return self._dire_champ(champ, valeur) if champ else str(valeur)

    def _dire_coches(self, chemin: str, valeur: Mapping[str, Any]) -> str:
        coches = ", ".join(self.dire(chemin, code) for code in valeur.get("coches", []))
        if valeur.get("refus") is True:
            return f"{coches} ; pour le reste, ne souhaite pas répondre" if coches else REFUS
        clos = valeur.get("clos") is True
        if not coches:
            return "Aucun" if clos else RIEN
        fin = "c'est tout" if clos else "liste à compléter"
        return f"{coches} ({fin})"

    def _dire_incertaine(self, chemin: str, valeur: Mapping[str, Any]) -> str:
        if "coches" in valeur or "clos" in valeur:
            return self._dire_coches(chemin, valeur)
        if valeur.get("refus") is True:
            return REFUS
        if "parmi" in valeur:
            question = self.question(chemin)
            dite = next((o.dire for o in question.options if o.reponse == valeur), "") if question else ""
            return dite or " ou ".join(self.dire(chemin, un) for un in valeur["parmi"])
        if "entre" in valeur:
            bas, haut = (None if borne is None else self.dire(chemin, borne) for borne in valeur["entre"])
            if bas is None or haut is None:
                return f"au moins {bas}" if haut is None else f"au plus {haut}"
            return f"entre {bas} et {haut}"
        return RIEN

    def _dire_champ(self, champ: ChampDossier, valeur: Any) -> str:
        decrit = champ.champ
        if isinstance(valeur, bool):
            return "Oui" if valeur else "Non"
        if isinstance(valeur, list):
            return ", ".join(self._dire_champ(champ, un) for un in valeur)
        if isinstance(valeur, int | Decimal):
            return f"{dire_nombre(valeur)} {decrit.unite}".strip()
        if champ.genre is Genre.DATE:
            return dire_jour(valeur)
        if champ.chemin == "personne":
            return _QUI.get(str(valeur)) or self._element(PERSONNES, str(valeur))
        if decrit.forme == "telephone":
            return _telephone(str(valeur))
        return self._code(decrit, str(valeur)) or str(valeur)

    def _code(self, champ: Champ, code: str) -> str:
        """Le nom d'une commune, d'un code national, d'une pièce ou d'une orientation ; vide si ce n'en est pas."""
        if champ.nomenclature == "commune":
            return nommer_commune(code, self._regles.communes)
        if champ.nomenclature in nationales():
            connu = nationales()[champ.nomenclature].codes.get(code)
            return connu.libelle if connu else code.replace("_", " ")
        if champ.designe == "piece":
            return next((piece.libelle for piece in self._regles.pieces if piece.id == code), "")
        if champ.designe == "orientation":
            return next((voie.libelle for voie in self._regles.orientations if voie.id == code), "")
        return ""


def champ_de(chemin: str) -> ChampDossier | None:
    """Le champ du dossier à ce chemin, dans une liste ou non ; ``None`` si ce n'en est pas un."""
    element = _ELEMENT.match(chemin)
    if element is None:
        return inventaire().champs.get(chemin)
    liste = inventaire().listes.get(element[1])
    return next((c for c in liste.champs if c.chemin == element[3]), None) if liste else None


def liste_de(chemin: str) -> tuple[str, str]:
    """La liste et l'identifiant de l'élément d'un chemin ; vides hors liste."""
    element = _ELEMENT.match(chemin)
    return (element[1], element[2]) if element else ("", "")


def protege(regles: Regles, chemin: str, valeurs: Iterable[Any] = ()) -> bool:
    """Vrai si cette réponse ne se montre que seul à seul : elle dit une violence, ou sa question le demande."""
    champ, question = champ_de(chemin), Diseur(regles, {}).question(chemin)
    if (champ is not None and champ.champ.violence) or (question is not None and question.seul_a_seul):
        return True
    return any(faits_de_violence(poser({}, chemin, valeur)) for valeur in valeurs)


def sujets(regles: Regles, champs: Iterable[str]) -> list[str]:
    """De quoi parlent ces champs, une fois chacun."""
    diseur = Diseur(regles, {}, sans_nom=True)
    return list(dict.fromkeys(diseur.sujet(unite(champ)) for champ in champs))


def dire_la_saisie(regles: Regles, champs: Mapping[str, Any]) -> str:
    """Ce qu'une saisie posait : « Téléphone : 06 12 34 56 78 ; … » ; rien de ce qui ne se montre que seul à seul."""
    diseur = Diseur(regles, {}, sans_nom=True)
    return " ; ".join(
        f"{diseur.libelle(champ)} : {diseur.dire(champ, valeur)}"
        for champ, valeur in champs.items()
        if champ_de(champ) is not None and not protege(regles, champ, [valeur])
    )


def _questions(regles: Regles) -> Iterator[tuple[tuple[str, str], Question]]:
    for section in regles.questionnaire.sections:
        prefixe = f"{inventaire().listes[section.liste].prefixe}." if section.liste in inventaire().listes else ""
        for question in section.questions:
            yield (section.liste, question.champ.removeprefix(prefixe)), question


def _telephone(numero: str) -> str:
    """« 06 12 34 56 78 » ; un numéro d'ailleurs tel qu'il est écrit."""
    national = f"0{numero[3:]}" if numero.startswith("+33") and len(numero) == 12 else numero
    return _PAIRES.sub(r"\g<0> ", national) if national.isdigit() else numero


def dire_jour(valeur: Any) -> str:
    """« 05/01/1988 » d'une date ISO ; ce qui n'en est pas une, tel quel."""
    try:
        return dire_date(date.fromisoformat(str(valeur)))
    except ValueError:
        return str(valeur)
