"""Les surcouches de langue : ``langues/<langue>/<nom>.toml`` redit des mots du droit, sans rien changer à ce qu'il dit.

``nomenclatures`` : le libellé des codes ; ``faits`` : leur définition ; ``questionnaire`` : ce qui se dit, le nom
officiel ; ``orientations`` : libellé, gestes, à dire, à éviter, échéances ; ``pieces`` : libellé, note ;
``contradictions`` : leur phrase ; ``contacts`` : libellé, horaires, quand appeler ; ``contacts_locaux`` : que
faire quand le territoire n'en dit pas un. Ce qu'il dit est dans ``territoires/<territoire>/langues/<langue>.toml``
(``langues_locales``).

Ce qui manque reste en français et se compte (``manques``) ; une liste se redit entière : aucun geste ne se perd.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any, Final

from modele.chargement.langues_locales import ajouter_le_territoire, locales_de
from modele.chargement.mots_du_droit import (
    ATTENDU,
    CONTACT,
    ECHEANCES,
    LISTES,
    PHRASES,
    PIECE,
    QUESTION,
    MotsDuDroit,
)
from modele.chargement.surcouches import ecart_de_nombres, ouvrir, tables_de, textes_de
from modele.cotation.grille import Grille
from modele.dossier.contradictions import RegleContradiction
from modele.dossier.nomenclatures import Nomenclatures
from modele.dossier.pieces import Piece
from modele.dossier.questionnaire import Questionnaire
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import ContactAttendu
from modele.orientation.regles import RegleOrientation
from modele.regles.disque import Lisible
from modele.regles.faits import Catalogue
from modele.regles.langues import langue as langue_de
from modele.regles.lecture import Lecteur
from modele.regles.traduction import Traduction
from modele.sources import Lecture
from modele.territoire.modele import Territoire


@dataclass(frozen=True, slots=True)
class Base:
    """Ce que les surcouches redisent."""

    nomenclatures: Nomenclatures
    catalogue: Catalogue
    questionnaire: Questionnaire
    orientations: Sequence[RegleOrientation]
    pieces: Sequence[Piece]
    contradictions: Sequence[RegleContradiction] = ()
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    attendus: Sequence[ContactAttendu] = ()


class Langues(Mapping[str, MotsDuDroit]):
    """Les langues que des surcouches redisent, lues quand on les demande : le poste, qui parle français, n'attend pas.

    Ce qu'une couche reçue en dit se lit tout de suite : sa faute se dit à l'arrivée, pas devant la personne.
    """

    def __init__(self, lecture: Lecture, base: Base, lieu: Territoire, grilles: Sequence[Grille]) -> None:
        self._lire = partial(_lire_langue, lecture=lecture, base=base, lieu=lieu, grilles=grilles)
        chemins = {un: _langue_de(un) for motif in _motifs(lieu) for un in lecture.sources.chemins(motif)}
        self._noms = tuple(sorted(set(chemins.values())))
        self._lues: dict[str, MotsDuDroit] = {}
        for nom in {nom for chemin, nom in chemins.items() if chemin in lecture.sources.au_dessus}:
            self[nom]

    def __getitem__(self, nom: str) -> MotsDuDroit:
        """Lève ``KeyError`` si rien n'y redit rien, ``FichierFautif`` si une surcouche livrée est fautive."""
        if nom not in self._noms:
            raise KeyError(nom)
        if nom not in self._lues:
            self._lues[nom] = self._lire(nom)
        return self._lues[nom]

    def __iter__(self) -> Iterator[str]:
        return iter(self._noms)

    def __len__(self) -> int:
        return len(self._noms)


def _motifs(lieu: Territoire) -> Iterator[str]:
    yield from (f"langues/*/{nom}.toml" for nom in _LECTEURS)
    yield locales_de(lieu.id, "*")


def _langue_de(chemin: str) -> str:
    lu = PurePosixPath(chemin)
    return lu.parent.name if lu.parts[0] == "langues" else lu.stem


def _lire_langue(
    identifiant: str, lecture: Lecture, base: Base, lieu: Territoire, grilles: Sequence[Grille]
) -> MotsDuDroit:
    dite = MotsDuDroit(identifiant)
    for nom, lire in _LECTEURS.items():
        lus = lecture.servir_si_present(f"langues/{identifiant}/{nom}.toml", _lecture(lire, base, identifiant))
        if lus is not None:
            dite = replace(dite, **lus[0], etats={**dite.etats, nom: lus[1]})
    return ajouter_le_territoire(dite, lecture, lieu, grilles)


Lire = Callable[[Lecteur, Base], dict[str, Any]]


def _lecture(lire: Lire, base: Base, identifiant: str) -> Callable[[Lisible], tuple[dict[str, Any], Traduction]]:
    def lecture(fichier: Lisible) -> tuple[dict[str, Any], Traduction]:
        langue_de(identifiant)
        lecteur, etat = ouvrir(fichier)
        lus = lire(lecteur, base)
        lecteur.finir()
        return lus, etat

    return lecture


def _lire_nomenclatures(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    tables = tables_de(lecteur, base.nomenclatures)
    return {
        "codes": {
            nom: textes_de(table, {code: un.libelle for code, un in base.nomenclatures[nom].codes.items()})
            for nom, table in tables.items()
        }
    }


def _lire_faits(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    tables = tables_de(lecteur, ("definitions",))
    connus = {fait.nom: fait.definition for fait in base.catalogue.values()}
    return {"definitions": textes_de(tables["definitions"], connus) if "definitions" in tables else {}}


def _lire_questionnaire(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    posees = {section.id: {une.id: une for une in section.questions} for section in base.questionnaire.sections}
    tables = tables_de(lecteur, posees)
    return {"questions": {nom: _par_objet(table, posees[nom], QUESTION) for nom, table in tables.items()}}


def _lire_pieces(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    return {"pieces": _par_objet(lecteur, {piece.id: piece for piece in base.pieces}, PIECE)}


def _lire_contacts(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    return {"contacts": _par_objet(lecteur, base.contacts, CONTACT)}


def _lire_attendus(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    return {"attendus": _par_objet(lecteur, {un.id: un for un in base.attendus}, ATTENDU)}


def _par_objet(lecteur: Lecteur, objets: Mapping[str, Any], champs: Collection[str]) -> dict[str, dict[str, str]]:
    """Par identifiant, les champs redits, leurs nombres vérifiés d'après le français."""
    tables = tables_de(lecteur, objets)
    dits = {nom: textes_de(table, {un: getattr(objets[nom], un) for un in champs}) for nom, table in tables.items()}
    lecteur.clore()
    return dits


def _lire_contradictions(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    tables = tables_de(lecteur, ("phrases",))
    connues = {une.id: une.phrase for une in base.contradictions}
    return {"contradictions": textes_de(tables["phrases"], connues) if "phrases" in tables else {}}


def _lire_orientations(lecteur: Lecteur, base: Base) -> dict[str, Any]:
    regles = {regle.id: regle for regle in base.orientations}
    tables = tables_de(lecteur, regles)
    voies = {nom: _voie(table, regles[nom]) for nom, table in tables.items()}
    echeances = {nom: _echeances(table, regles[nom]) for nom, table in tables.items()}
    for table in tables.values():
        table.clore()
    return {"voies": voies, "echeances": echeances}


def _voie(table: Lecteur, regle: RegleOrientation) -> dict[str, Any]:
    dits: dict[str, Any] = {cle: table.texte(cle, obligatoire=True) for cle in PHRASES if cle in table}
    for cle in (cle for cle in LISTES if cle in table):
        dits[cle] = table.textes(cle)
        _comparer_les_listes(table, cle, getattr(regle, cle), dits[cle])
    return dits


def _comparer_les_listes(table: Lecteur, cle: str, francais: Sequence[str], dits: Sequence[str]) -> None:
    if len(dits) != len(francais):
        table.signaler(cle, f"le français en a {len(francais)}, cette langue {len(dits)} : redites-les tous")
    for avant, apres in zip(francais, dits, strict=False):
        if ecart := ecart_de_nombres(avant, apres):
            table.signaler(cle, ecart)


def _echeances(table: Lecteur, regle: RegleOrientation) -> dict[str, dict[str, str]]:
    """Par phrase d'une échéance (``libelle``, ``ensuite``, ``apres``), ce que dit cette langue."""
    return {
        phrase: textes_de(dites, {une.id: getattr(une, phrase) for une in regle.echeances})
        for cle, phrase in ECHEANCES.items()
        if (dites := table.table(cle))
    }


_LECTEURS: Final[Mapping[str, Lire]] = {
    "nomenclatures": _lire_nomenclatures,
    "faits": _lire_faits,
    "questionnaire": _lire_questionnaire,
    "orientations": _lire_orientations,
    "pieces": _lire_pieces,
    "contradictions": _lire_contradictions,
    "contacts": _lire_contacts,
    "contacts_locaux": _lire_attendus,
}
