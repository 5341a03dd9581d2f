"""Du document aux états : ce qu'on sait de chaque champ, de chaque personne et de chaque liste."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.faits_bruts import catalogue_brut, faits_de_liste
from modele.dossier.inventaire import CODEMANDEUR, DEMANDEUR, PERSONNES, inventaire
from modele.dossier.reponses import lire_reponse, peut_etre_sans_objet
from modele.regles.etats import INCONNU, SANS_OBJET, Etat, Situation, connu
from modele.regles.faits import PREFIXE_PERSONNE, ROLE, Fait

AVEC_CODEMANDEUR: Final = "foyer.avec_codemandeur"
Etats = dict[str, Etat]


@dataclass(frozen=True, slots=True)
class EtatsListe:
    """Une liste : les états de chaque élément, par identifiant puis champ relatif.

    ``close`` : il n'y en a pas d'autre.
    """

    elements: Mapping[str, Mapping[str, Etat]]
    close: bool


@dataclass(frozen=True, slots=True)
class EtatsBruts:
    """Tout ce que dit un document.

    ``identifiants`` : qui est chaque table de ``personnes`` (« demandeur », « codemandeur », identifiant d'élément).
    ``fautes`` : réponses illisibles, (chemin, ce qui est attendu) ; leur fait est inconnu.
    """

    faits: Mapping[str, Etat]
    personnes: tuple[Mapping[str, Etat], ...]
    identifiants: tuple[str, ...]
    personnes_closes: bool
    listes: Mapping[str, EtatsListe]
    fautes: tuple[tuple[str, str], ...]

    def situation(self) -> Situation:
        """La situation que lisent les conditions, sans faits dérivés ni paramètres."""
        return Situation(self.faits, self.personnes, self.personnes_closes, roles_clos=roles_clos(self.faits))


def roles_clos(faits: Mapping[str, Etat]) -> frozenset[str]:
    """Les rôles où plus personne ne peut s'ajouter : le demandeur, et le codemandeur dès qu'on sait s'il y en a un."""
    return _TITULAIRES if faits.get(AVEC_CODEMANDEUR, INCONNU).connu else _DEMANDEUR


_DEMANDEUR: Final = frozenset({DEMANDEUR})
_TITULAIRES: Final = frozenset({DEMANDEUR, CODEMANDEUR})


def etats_bruts(
    document: Mapping[str, Any],
    locaux: Iterable[Fait] = (),
    deja: tuple[Mapping[str, Any], EtatsBruts] | None = None,
) -> EtatsBruts:
    """Les états d'un document, quel qu'il soit : jamais d'exception, une réponse illisible est une faute.

    ``locaux`` : les faits déclarés par la grille du territoire (``local.…``). ``deja`` : un document déjà lu avec eux,
    et ses états ; les tables que celui-ci tient de lui (les mêmes, pas d'égales) ne se relisent pas.
    """
    return _Lecture(document, *(deja or (None, None))).tout(locaux)


def situation_brute(document: Mapping[str, Any], locaux: Iterable[Fait] = ()) -> Situation:
    """Comme ``etats_bruts``, réduit à ce que lisent les conditions."""
    return etats_bruts(document, locaux).situation()


def elements(document: Mapping[str, Any], liste: str) -> dict[str, Mapping[str, Any]]:
    """Les éléments lisibles d'une liste, dans leur ordre ; ceux que ``ordre`` oublie viennent après."""
    table = lire(document, liste)
    trouves = table.get("elements") if isinstance(table, Mapping) else None
    if not isinstance(trouves, Mapping):
        return {}
    ordre = table.get("ordre")
    dits = [i for i in ordre if isinstance(i, str)] if isinstance(ordre, list) else []
    return {i: trouves[i] for i in dict.fromkeys([*dits, *trouves]) if isinstance(trouves.get(i), Mapping)}


def liste_close(document: Mapping[str, Any], liste: str) -> bool:
    """Vrai si la liste est dite complète et que tous ses éléments se lisent."""
    ecrits = lire(document, f"{liste}.elements")
    lisible = ecrits is ABSENT or (isinstance(ecrits, Mapping) and len(elements(document, liste)) == len(ecrits))
    return lisible and lire(document, f"{liste}.clos") is True


@dataclass
class _Lecture:
    """Une lecture en cours ; les fautes s'y accumulent."""

    document: Mapping[str, Any]
    autre: Mapping[str, Any] | None = None
    lus: EtatsBruts | None = None
    fautes: list[tuple[str, str]] = field(default_factory=list)

    def tout(self, locaux: Iterable[Fait]) -> EtatsBruts:
        listes = {chemin: self.liste(chemin) for chemin in inventaire().listes}
        faits = self.hors_personnes([*_hors_personnes(), *locaux])
        demandeur = self.demandeur()
        codemandeur = self.codemandeur(faits[AVEC_CODEMANDEUR])
        faits |= _par_role(DEMANDEUR, demandeur) | _par_role(CODEMANDEUR, codemandeur)
        foyer: list[tuple[str, Mapping[str, Etat]]] = [(DEMANDEUR, demandeur), *_autres(listes[PERSONNES])]
        if faits[AVEC_CODEMANDEUR].valeur is True:
            foyer.insert(1, (CODEMANDEUR, codemandeur))
        return EtatsBruts(
            faits=faits,
            personnes=tuple(personne for _, personne in foyer),
            identifiants=tuple(identifiant for identifiant, _ in foyer),
            personnes_closes=liste_close(self.document, PERSONNES) and faits[AVEC_CODEMANDEUR].connu,
            listes=listes,
            fautes=tuple(dict.fromkeys(self.fautes)),
        )

    def hors_personnes(self, declares: Iterable[Fait]) -> Etats:
        """Un groupe de champs que l'autre document tient aussi a les états qu'on y a déjà lus."""
        memes = {groupe: self.meme(groupe) for groupe in {fait.nom.partition(".")[0] for fait in declares}}
        deja = self.lus.faits if self.lus else {}
        return {
            fait.nom: deja[fait.nom]
            if memes[fait.nom.partition(".")[0]]
            else self.etat(fait, self.document, "", fait.nom)
            for fait in declares
        }

    def meme(self, chemin: str) -> bool:
        """Vrai si c'est la table même de l'autre document, ou si elle manque aux deux ; ses fautes sont les mêmes."""
        if self.lus is None or self.autre is None or lire(self.document, chemin) is not lire(self.autre, chemin):
            return False
        self.fautes += [faute for faute in self.lus.fautes if faute[0].startswith(f"{chemin}.")]
        return True

    def demandeur(self) -> Mapping[str, Etat]:
        if self.lus and self.meme(DEMANDEUR):
            return self.lus.personnes[0]
        return self.personne(lire(self.document, DEMANDEUR), DEMANDEUR, DEMANDEUR)

    def etat(self, fait: Fait, table: Mapping[str, Any], prefixe: str, relatif: str) -> Etat:
        brut = lire(table, relatif)
        if brut is ABSENT:
            return INCONNU
        lu, faute = lire_reponse(fait, brut)
        if faute:
            self.fautes.append((f"{prefixe}{relatif}", faute))
        return lu

    def personne(self, table: Any, role: str, chemin: str) -> Etats:
        return _en_personne(self.table(table, faits_de_liste(PERSONNES), chemin), role)

    def table(self, table: Any, faits: Mapping[str, Fait], chemin: str) -> Etats:
        lisible = table if isinstance(table, Mapping) else {}
        return {relatif: self.etat(fait, lisible, f"{chemin}.", relatif) for relatif, fait in faits.items()}

    def codemandeur(self, avec_codemandeur: Etat) -> Etats:
        """Sans objet s'il n'y en a pas ; peut-être sans objet tant qu'on ne le sait pas."""
        lus = self.personne(lire(self.document, CODEMANDEUR), CODEMANDEUR, CODEMANDEUR)
        if avec_codemandeur.connu:
            return lus if avec_codemandeur.valeur else dict.fromkeys(lus, SANS_OBJET)
        return {nom: peut_etre_sans_objet(etat) for nom, etat in lus.items()}

    def liste(self, chemin: str) -> EtatsListe:
        if self.lus and self.meme(chemin):
            return self.lus.listes[chemin]
        faits = faits_de_liste(chemin)
        trouves = elements(self.document, chemin).items()
        lus = {i: self.table(element, faits, f"{chemin}.elements.{i}") for i, element in trouves}
        return EtatsListe(lus, liste_close(self.document, chemin))


@lru_cache(maxsize=1)
def _hors_personnes() -> tuple[Fait, ...]:
    """Les faits bruts qui ne sont ceux d'aucune personne."""
    debuts = (PREFIXE_PERSONNE, f"{DEMANDEUR}.", f"{CODEMANDEUR}.")
    return tuple(fait for nom, fait in catalogue_brut().items() if not nom.startswith(debuts))


def _autres(personnes: EtatsListe) -> Iterator[tuple[str, Etats]]:
    for identifiant, lus in personnes.elements.items():
        yield identifiant, _en_personne(lus, "autre")


def _en_personne(lus: Mapping[str, Etat], role: str) -> Etats:
    """``nationalite`` devient ``personne.nationalite`` ; et son rôle, toujours connu."""
    return {ROLE: connu(role)} | {f"{PREFIXE_PERSONNE}{relatif}": etat for relatif, etat in lus.items()}


def _par_role(role: str, personne: Mapping[str, Etat]) -> Etats:
    """``personne.nationalite`` devient ``demandeur.nationalite`` ; le rôle lui-même n'est pas un champ."""
    return {f"{role}.{nom.removeprefix(PREFIXE_PERSONNE)}": etat for nom, etat in personne.items() if nom != ROLE}
