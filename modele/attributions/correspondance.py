"""Comment un bailleur nomme ses colonnes, et ses codes : une fois dit, gardé pour ses fichiers suivants."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from modele.attributions.colonnes import Colonne, FichierDe, colonnes
from modele.attributions.notions import plier
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import vouliez_vous


class Correspondance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``colonnes`` : de chaque colonne attendue, l'en-tête du fichier. ``fixes`` : ce que le fichier ne dit pas.

    ``valeurs`` : par colonne, le code attendu de chaque valeur du bailleur. ``siren_bailleur`` : de qui elle est (de
    plusieurs, séparés d'une espace) ; ses codes ne se lisent que dans ses fichiers. ``feuille`` : celle du classeur ;
    vide, la première.
    """

    fichier: FichierDe
    siren_bailleur: str = ""
    colonnes: dict[str, str] = {}
    fixes: dict[str, str] = {}
    valeurs: dict[str, dict[str, str]] = {}
    feuille: str = ""


class ColonnesEnFaute(ErreurUtilisateur):
    """Ce fichier ne se lit pas avec ces colonnes : ``entetes`` sont les siennes, pour dire laquelle est laquelle."""

    def __init__(self, phrase: str, entetes: Sequence[str], correspondance: Correspondance) -> None:
        super().__init__(phrase)
        self.entetes, self.correspondance = tuple(entetes), correspondance


def choisir(
    entetes: Sequence[str],
    fichier: FichierDe,
    connues: Iterable[Correspondance],
    de_qui: Callable[[Correspondance], str] = lambda une: une.siren_bailleur,
) -> Correspondance:
    """Celle qui se devine, ou l'une des ``connues`` (la dernière dite d'abord) quand elle en dit plus.

    Ce qu'un bailleur a fixé (son SIREN) ne sert que si rien ne se devine : un autre a pu nommer pareil ses colonnes.
    ``de_qui`` : les SIREN de ce fichier, lu ainsi. Les codes d'un bailleur n'y servent que s'il est de lui.
    """
    devinee = deviner(entetes, fichier)
    ecrites = [une for une in connues if une.fichier is fichier and not _fautes(une, entetes)]
    lisibles = [une if une.siren_bailleur and de_qui(une) == une.siren_bailleur else sans_codes(une) for une in ecrites]
    if _fautes(devinee, entetes):
        return max(lisibles, key=_dites, default=devinee)
    return max([devinee, *(une for une in lisibles if not une.fixes)], key=_dites)


def sans_codes(correspondance: Correspondance) -> Correspondance:
    """La même, dont rien ne se traduit : « 3 » n'est pas le même financement d'un bailleur à l'autre."""
    return msgspec.structs.replace(correspondance, valeurs={}) if correspondance.valeurs else correspondance


def _dites(correspondance: Correspondance) -> int:
    codes = sum(map(len, correspondance.valeurs.values()))
    return len(correspondance.colonnes) + len(correspondance.fixes) + codes


def traduire(correspondance: Correspondance, colonne: str, valeur: str, code: str) -> Correspondance:
    """La même, où ce que le bailleur écrit ``valeur`` se lit ``code`` dans cette colonne ; vide : plus traduit."""
    siennes = {une: lue for une, lue in correspondance.valeurs.get(colonne, {}).items() if une != valeur}
    if code:
        siennes[valeur] = code
    autres = {une: dites for une, dites in correspondance.valeurs.items() if une != colonne}
    return msgspec.structs.replace(correspondance, valeurs=autres | ({colonne: siennes} if siennes else {}))


def associer(correspondance: Correspondance, colonne: str, *, entete: str = "", fixe: str = "") -> Correspondance:
    """La même, où ``colonne`` se lit dans ``entete``, ou vaut ``fixe`` partout ; ni l'un ni l'autre : non dite.

    Un en-tête ne dit qu'une colonne : une autre qui s'y lisait n'est plus dite.
    """
    colonnes = {une: lue for une, lue in correspondance.colonnes.items() if une != colonne and lue != entete}
    fixes = {une: dite for une, dite in correspondance.fixes.items() if une != colonne}
    if entete:
        colonnes[colonne] = entete
    elif fixe:
        fixes[colonne] = fixe
    return msgspec.structs.replace(correspondance, colonnes=colonnes, fixes=fixes)


def deviner(entetes: Iterable[str], fichier: FichierDe, siren_bailleur: str = "") -> Correspondance:
    """Celle que les en-têtes laissent lire : à l'identifiant, au libellé ou à un autre nom d'usage."""
    plies = {plier(un): un for un in reversed(list(entetes))}
    trouvees = {
        une.id: plies[nom]
        for une in colonnes(fichier).values()
        for nom in [next((un for un in _noms(une) if un in plies), None)]
        if nom is not None
    }
    return Correspondance(fichier=fichier, siren_bailleur=siren_bailleur, colonnes=trouvees)


def _noms(colonne: Colonne) -> list[str]:
    return [plier(un) for un in (colonne.id, colonne.libelle, *colonne.autres)]


def verifier(correspondance: Correspondance, entetes: Sequence[str]) -> None:
    """Lève ``ColonnesEnFaute`` : une colonne exigée que rien ne donne, un en-tête qui n'y est plus, ou deux fois."""
    if fautes := _fautes(correspondance, entetes):
        raise ColonnesEnFaute(
            f"Fichier des {correspondance.fichier} refusé : {' ; '.join(fautes)}. Corrigez la ligne d'en-tête, ou "
            "dites comment ce bailleur nomme ses colonnes.",
            entetes,
            correspondance,
        )


def _fautes(correspondance: Correspondance, entetes: Sequence[str]) -> list[str]:
    attendues = colonnes(correspondance.fichier)
    fautes = [f"la colonne « {une} » y est deux fois" for une in _doubles(entetes, correspondance)]
    for attendue, entete in correspondance.colonnes.items():
        if attendue not in attendues:
            fautes.append(
                f"la correspondance nomme « {attendue} », qui n'est pas une colonne{_voisine(attendue, attendues)}"
            )
        elif entete not in entetes:
            fautes.append(f"la colonne « {entete} », qui disait « {attendues[attendue].libelle} », n'y est plus")
    return fautes + [f"il manque la colonne « {une.id} » ({une.libelle})" for une in manquantes(correspondance)]


def manquantes(correspondance: Correspondance) -> list[Colonne]:
    """Les colonnes exigées que rien ne dit encore."""
    donnees = {*correspondance.colonnes, *correspondance.fixes}
    return [une for une in colonnes(correspondance.fichier).values() if une.exigee and une.id not in donnees]


def _doubles(entetes: Sequence[str], correspondance: Correspondance) -> list[str]:
    return [une for une in dict.fromkeys(correspondance.colonnes.values()) if list(entetes).count(une) > 1]


def _voisine(nom: str, attendues: Iterable[str]) -> str:
    return vouliez_vous(nom, list(attendues))
