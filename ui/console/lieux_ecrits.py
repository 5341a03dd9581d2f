"""Les lieux d'un coffre, sans écran : ceux qu'il sert, l'essai d'un tableau, l'import, le retrait d'un lieu importé."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.territoire.import_lieux import Essai
from ui.console.droits import Rendu
from ui.console.lignes import paragraphe
from ui.console.mot_de_passe import demander
from ui.etat import lieux_ecrits
from ui.mots.import_lieux import dire_essai

if TYPE_CHECKING:
    from modele.bilan import Regles
    from modele.coffre import Coffre

_COFFRE: Final = "Dites dans quel coffre : --coffre COFFRE. Ce qu'une structure écrit est dans le coffre d'un poste."
_DEUX: Final = "Donnez --importer ou --retirer, pas les deux : un geste à la fois."
_FAIT: Final = "{} lieux écrits pour toute la structure, en une fois."
_RIEN_A_ECRIRE: Final = "Aucune ligne de ce tableau ne peut s'importer : rien n'a été écrit."


@dataclass(frozen=True, slots=True)
class Voulu:
    """Ce que dit la ligne de commande."""

    coffre: Path | None
    importer: Path | None
    retirer: str
    ecrire: bool


def regles_du_coffre(chemin: Path) -> Regles:
    """Ce que ce poste sert : livré, reçu du registre, écrit par la structure, confirmé. Lève ``ErreurUtilisateur``."""
    with _ouvert(chemin) as coffre:
        return _regles(coffre)


def mener(voulu: Voulu) -> Rendu:
    """Fait le geste. Lève ``ErreurUtilisateur`` : quoi, où, que faire ; rien n'est alors écrit."""
    if voulu.coffre is None:
        raise ErreurUtilisateur(_COFFRE)
    if voulu.importer is not None and voulu.retirer:
        raise ErreurUtilisateur(_DEUX)
    with _ouvert(voulu.coffre) as coffre:
        return _importer(coffre, voulu) if voulu.importer is not None else _retirer(coffre, voulu.retirer)


@contextmanager
def _ouvert(chemin: Path) -> Iterator[Coffre]:
    from modele.coffre import Coffre

    coffre = Coffre.ouvrir(chemin, demander())
    try:
        yield coffre
    finally:
        coffre.fermer()


def _regles(coffre: Coffre) -> Regles:
    from modele.chargement import charger_regles
    from modele.synchro.referentiels import sources_du_poste
    from ui.etat.regles_du_poste import confirmer

    sources = sources_du_poste(coffre.echanges, coffre.modifications())
    regles = charger_regles(coffre.echanges.chaine().territoire, sources)
    return confirmer(regles, tuple(coffre.lieux_verifies()))


def _importer(coffre: Coffre, voulu: Voulu) -> Rendu:
    assert voulu.importer is not None
    regles = _regles(coffre)
    essai = lieux_ecrits.essayer(voulu.importer, regles, date.today())
    avant = {un.id: un for un in regles.territoire.lieux}
    compte = essai.compte(avant)
    lignes = [*paragraphe(dire_essai(essai, avant), "")]
    for refus in essai.refusees:
        lignes += paragraphe(str(refus))
    if voulu.ecrire:
        if not essai.bons:
            raise ErreurUtilisateur(_RIEN_A_ECRIRE)
        lieux_ecrits.ajouter(coffre, regles.territoire.id, essai.bons, Auteur(coffre.agent))
        lignes += ["", _FAIT.format(len(essai.bons))]
    return Rendu(_en_json(essai, compte, ecrit=voulu.ecrire), "\n".join(lignes))


def _en_json(essai: Essai, compte: Any, *, ecrit: bool) -> dict[str, Any]:
    return {
        "lus": essai.lus,
        "bons": len(essai.bons),
        **{cle: compte[cle] for cle in ("nouveaux", "changes", "inchanges")},
        "refusees": [{"ligne": un.ligne, "colonne": un.colonne, "message": un.message} for un in essai.refusees],
        "ecrit": ecrit,
    }


def _retirer(coffre: Coffre, lieu: str) -> Rendu:
    territoire = coffre.echanges.chaine().territoire
    lieux_ecrits.retirer(coffre, territoire, lieu, Auteur(coffre.agent))
    texte = "\n".join(paragraphe(f"« {lieu} » est retiré, pour toute la structure.", ""))
    return Rendu({"retire": lieu, "territoire": territoire}, texte)
