"""Dire une réponse du dossier, et ce dont elle parle : un champ, une personne du foyer, un élément de liste.

Deux voix : celle de l'entretien (les mots de l'agent, pour l'écran), celle du papier (les libellés officiels, pour qui
le lira ailleurs). Ni l'une ni l'autre ne décide de ce qui se montre : c'est à ``modele.protection``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from modele.dossier.chemins import ABSENT, ORDRE, est_element, lire, situer
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, ChampDossier, Genre, inventaire
from modele.dossier.reponses import AUCUN, NE_SAIT_PAS
from modele.dossier.situation import elements
from modele.dossier.unites import unite
from modele.mots.ecriture import dire_date, dire_nombre
from modele.mots.noms import Vocabulaire, champ_de, nommer_commune
from modele.mots.phrases import Mots, mots
from modele.protection.adultes import COLOCATAIRES

_PERSONNES: Final = (PERSONNES, COLOCATAIRES)
_PAIRES: Final = re.compile(r"\d\d(?=\d)")
_AU_PLUS: Final = 3
"""Les premiers champs qui nomment un élément de liste."""


class Voix(Enum):
    """À qui l'on parle."""

    ENTRETIEN = "entretien"
    PAPIER = "papier"


class Diseur:
    """Les mots d'un dossier. ``document`` sert à nommer une personne ou un élément de liste.

    ``sans_nom`` : dossier discret, une personne se désigne par son rang. Ce qui est dit tient au milieu d'une phrase :
    qui le montre seul y met la majuscule (``majuscule``).
    """

    def __init__(
        self,
        vocabulaire: Vocabulaire,
        document: Mapping[str, Any],
        parole: Mots | None = None,
        *,
        voix: Voix = Voix.ENTRETIEN,
        sans_nom: bool = False,
    ) -> None:
        self._vocabulaire, self._document = vocabulaire, document
        self._mots = parole or mots()
        self._voix, self._sans_nom = voix, sans_nom

    # Nommer.

    def sujet(self, cle: str) -> str:
        """Ce dont parle une unité : « Téléphone », « Sami Morel : Lien avec le demandeur »."""
        place = situer(cle)
        qui = self.element(place.liste, place.element) if place.liste else ""
        if est_element(cle):
            return qui
        if cle.startswith((f"{CODEMANDEUR}.", f"{CODEMANDEUR}#")):
            qui = self._mots("qui.codemandeur")
        parent, groupe, nom = cle.partition("#")
        # Deux adresses : le nom de leur question les distingue.
        seul = not groupe or self._vocabulaire.question(parent) is not None
        quoi = self.libelle(parent) if seul else self._mots.nom("groupe", nom, nom)
        return self._mots("qui.sujet", qui=qui, quoi=quoi) if qui else quoi

    def libelle(self, chemin: str) -> str:
        """Le nom court d'un champ, tel que l'entretien le montre en petit."""
        if chemin.endswith(f".{ORDRE}"):
            return self._mots("liste.ordre")
        question, champ = self._vocabulaire.question(chemin), champ_de(chemin)
        return question.libelle if question else self._mots.reste(champ.champ.definition) if champ else chemin

    def element(self, liste: str, identifiant: str) -> str:
        """« Sami Morel », « Allocation, 450 euros » ; à défaut « Personne à loger n° 2 »."""
        connus = elements(self._document, liste)
        rang = list(connus).index(identifiant) + 1 if identifiant in connus else 0
        nom = "" if self._sans_nom else self.nommer(liste, connus.get(identifiant, {}))
        genre = self.genre(liste)
        return nom or (self._mots("liste.numero", genre=genre, rang=rang) if rang else genre)

    def genre(self, liste: str) -> str:
        """Ce qu'est un élément de cette liste : « Personne à loger »."""
        return self._mots.nom("element", liste.replace(".", "_"), self._mots("liste.element"))

    def nommer(self, liste: str, valeurs: Mapping[str, Any]) -> str:
        """Le nom d'un élément d'après ses seuls champs, vide s'ils n'en disent pas ou si personne ne se nomme."""
        if self._sans_nom:
            return ""
        separateur = " " if liste in _PERSONNES else ", "
        return separateur.join(list(self._reperes(liste, valeurs))[:_AU_PLUS])

    def _reperes(self, liste: str, element: Mapping[str, Any]) -> Iterator[str]:
        champs = inventaire().listes[liste].champs if liste in inventaire().listes else ()
        connus = {champ.chemin: champ for champ in champs}
        for nom in ("prenoms", "nom") if "prenoms" in connus else connus:
            ecrit = lire(element, nom)
            if ecrit is not ABSENT and not isinstance(ecrit, Mapping | list | bool):
                yield self._dire_champ(connus[nom], ecrit)

    # Dire.

    def dire(self, chemin: str, valeur: Any) -> str:
        """La réponse ; ``ABSENT`` : rien n'est noté."""
        if chemin.endswith(f".{ORDRE}") and isinstance(valeur, list):
            liste = chemin.rpartition(".")[0]
            return self._mots.enumerer(self.element(liste, str(un)) for un in valeur) or self._mots("reponse.rien")
        if valeur is ABSENT or valeur is None or valeur in ({}, []):
            return self._mots("reponse.rien")
        if valeur == NE_SAIT_PAS:
            return self._mots("reponse.ne_sait_pas")
        if valeur == AUCUN:
            return self._mots("reponse.inexistant")
        if isinstance(valeur, Mapping):
            return self._dire_incertaine(chemin, valeur)
        return self._dite(chemin, valeur) or self._dire_champ(champ_de(chemin), valeur)

    def _dite(self, chemin: str, valeur: Any) -> str:
        """Les mots de l'entretien pour cette réponse exacte, ou rien."""
        question = self._vocabulaire.question(chemin) if self._voix is Voix.ENTRETIEN else None
        options = question.options if question else ()
        return next((o.dire for o in options if o.exacte and o.reponse == valeur), "")

    def _dire_incertaine(self, chemin: str, valeur: Mapping[str, Any]) -> str:
        if "coches" in valeur or "clos" in valeur:
            return self._dire_coches(chemin, valeur)
        if valeur.get("refus") is True:
            return self._mots("reponse.refus")
        if isinstance(valeur.get("parmi"), list):
            return self._dire_parmi(chemin, valeur)
        if isinstance(valeur.get("entre"), list | tuple) and len(valeur["entre"]) == 2:
            return self._dire_entre(*(None if un is None else self.dire(chemin, un) for un in valeur["entre"]))
        return self._mots("reponse.rien")

    def _dire_coches(self, chemin: str, valeur: Mapping[str, Any]) -> str:
        coches = self._enumerer(self.dire(chemin, code) for code in valeur.get("coches") or [])
        if valeur.get("refus") is True:
            return self._mots("reponse.refus_du_reste", valeur=coches) if coches else self._mots("reponse.refus")
        if not coches:
            return self._mots("reponse.vide" if valeur.get("clos") is True else "reponse.rien")
        if valeur.get("clos") is not True:
            return self._mots("reponse.a_completer", valeur=coches)
        return self._mots("reponse.complet", valeur=coches) if self._voix is Voix.ENTRETIEN else coches

    def _dire_parmi(self, chemin: str, valeur: Mapping[str, Any]) -> str:
        question = self._vocabulaire.question(chemin) if self._voix is Voix.ENTRETIEN else None
        dite = next((o.dire for o in question.options if o.reponse == valeur), "") if question else ""
        return dite or self._mots.l_un_de([self.dire(chemin, un) for un in valeur["parmi"]])

    def _dire_entre(self, bas: str | None, haut: str | None) -> str:
        if bas is None and haut is None:
            return self._mots("reponse.rien")
        if haut is None:
            return self._mots("reponse.au_moins", valeur=bas)
        if bas is None:
            return self._mots("reponse.au_plus", valeur=haut)
        return self._mots("reponse.entre", debut=bas, fin=haut)

    def _enumerer(self, dits: Iterable[str]) -> str:
        return self._mots.enumerer(dits) if self._voix is Voix.ENTRETIEN else self._mots("liste.suite").join(dits)

    def _dire_champ(self, champ: ChampDossier | None, valeur: Any) -> str:
        if isinstance(valeur, bool):
            return self._mots("reponse.oui" if valeur else "reponse.non")
        if isinstance(valeur, list):
            return self._mots.enumerer(self._dire_champ(champ, un) for un in valeur)
        if isinstance(valeur, int | Decimal):
            unite_ = self._mots.mesure(champ.champ.unite, valeur) if champ else ""
            return f"{dire_nombre(valeur, self._mots.langue)} {unite_}".strip()
        return self._dire_texte(champ, str(valeur)) if champ else str(valeur)

    def _dire_texte(self, champ: ChampDossier, texte: str) -> str:
        if champ.genre is Genre.DATE:
            return dire_jour_ecrit(texte, self._mots.langue)
        if champ.chemin == "personne":
            return self.personne(texte)
        if champ.champ.forme == "telephone":
            return dire_telephone(texte)
        if champ.champ.nomenclature == "commune" and self._voix is Voix.ENTRETIEN:
            return nommer_commune(texte, self._vocabulaire.communes)
        return self._vocabulaire.code(champ.champ, texte) or (
            texte.replace("_", " ") if champ.genre is Genre.CHOIX else texte
        )

    def personne(self, identifiant: str) -> str:
        """Une personne du foyer, par son rôle ou son identifiant."""
        if identifiant in (DEMANDEUR, CODEMANDEUR):
            return self._mots(f"qui.{identifiant}")
        return self.element(PERSONNES, identifiant)

    def sujets(self, champs: Iterable[str]) -> list[str]:
        """De quoi parlent ces champs, une fois chacun."""
        return list(dict.fromkeys(self.sujet(unite(champ)) for champ in champs))


def dire_telephone(numero: str) -> str:
    """« 06 12 34 56 78 » ; un numéro d'ailleurs tel qu'il est écrit."""
    national = f"0{numero[3:]}" if numero.startswith("+33") and len(numero) == 12 else numero
    return _PAIRES.sub(r"\g<0> ", national) if national.isdigit() else numero


def dire_jour_ecrit(texte: str, langue: str = "fr") -> str:
    """« 05/01/1988 » d'une date ISO ; ce qui n'en est pas une (un brouillon peut porter le 31 février), tel quel."""
    try:
        return dire_date(date.fromisoformat(texte), langue)
    except ValueError:
        return texte
