"""Les demandes en attente, d'un fichier : combien au 31 décembre, pour une attribution, depuis quand (CCH R441-2-10).

Une ligne par demande, sans nom ni numéro : quand elle a été reçue, radiée, sa commune, son public.
Le délai des attributaires et l'ancienneté de qui attend se tiennent à part : chacun, seul, sous-estime l'attente.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from modele.chiffres.quantiles import quartiles
from modele.chiffres.tableau import Tableau
from modele.conference.definitions import Definition, conference
from modele.conference.lignes import TERRITOIRE, Indicateur
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.tableaux import en_texte, lire_jour, separateur

if TYPE_CHECKING:
    import polars as pl

COLONNES: Final = ("date_demande", "date_radiation", "code_insee", "public")
_TOUTES: Final = "demandes_en_attente territoire"
_COLONNES: Final = "Il manque la colonne « {} » au fichier des demandes. Il lui faut : {}."
_VIDE: Final = "Le fichier des demandes n'a pas d'en-tête. Il lui faut : {}."
_FAUTES: Final = "Le fichier des demandes a {} ligne(s) fautive(s). {}"
_DATE: Final = "Ligne {}, {} : « {} » n'est pas une date passée. Écrivez 14/05/2026."
_RADIEE: Final = "Ligne {}, date_radiation : la demande est radiée avant d'être reçue."
_PUBLIC: Final = "Ligne {}, public : « {} » n'est pas un code connu. Attendu : {}, ou vide."
_QUARTILES: Final = {
    "anciennete_mediane": "mediane", "anciennete_premier_quartile": "q1", "anciennete_troisieme_quartile": "q3",
}  # fmt: skip


def lire_demandes(octets: bytes, jour: date) -> pl.DataFrame:
    """Les demandes de ce fichier. Lève ``ErreurUtilisateur`` avec la ligne et la colonne ; rien ne se lit à moitié.

    ``jour`` : une date d'après lui est une faute.
    """
    import polars as pl

    lignes = [
        une for une in enumerate(en_texte(octets).splitlines(), 1) if une[1].strip() and not une[1].startswith("#")
    ]
    if not lignes:
        raise ErreurUtilisateur(_VIDE.format(", ".join(COLONNES)))
    signe = separateur(lignes[0][1])
    entete = [une.strip().strip('"') for une in lignes[0][1].split(signe)]
    if manque := [une for une in COLONNES if une not in entete]:
        raise ErreurUtilisateur(_COLONNES.format(manque[0], ", ".join(COLONNES)))
    rangs = [entete.index(une) for une in COLONNES]
    fautes: list[str] = []
    lues = []
    for numero, texte in lignes[1:]:
        cases = [une.strip().strip('"') for une in texte.split(signe)]
        dites = [cases[rang] if rang < len(cases) else "" for rang in rangs]
        lues.append(_ligne(numero, dites, jour, fautes))
    if fautes:
        raise ErreurUtilisateur(_FAUTES.format(len(fautes), " ".join(fautes[:5])))
    types = {"date_demande": pl.Date, "date_radiation": pl.Date, "code_insee": pl.String, "public": pl.String}
    return pl.DataFrame(lues, schema=types, orient="row")


def _ligne(numero: int, dites: list[str], jour: date, fautes: list[str]) -> tuple[object, ...]:
    recue = _date(numero, COLONNES[0], dites[0], jour, fautes)
    radiee = _date(numero, COLONNES[1], dites[1], jour, fautes) if dites[1] else None
    if recue and radiee and radiee < recue:
        fautes.append(_RADIEE.format(numero))
    publics = conference().publics
    if dites[3] and dites[3] not in publics:
        fautes.append(_PUBLIC.format(numero, dites[3], ", ".join(publics)))
    return recue, radiee, dites[2] or None, dites[3] or None


def _date(numero: int, colonne: str, dite: str, jour: date, fautes: list[str]) -> date | None:
    try:
        lue = lire_jour(dite)
    except ValueError:
        lue = None
    if lue is None or lue > jour:
        fautes.append(_DATE.format(numero, colonne, dite))
    return lue


def indicateurs_des_demandes(demandes: pl.DataFrame, annee: int, tableau: Tableau) -> Iterator[Indicateur]:
    """Ceux des demandes actives au 31 décembre, posés dans le tableau des attributions de la même année."""
    import polars as pl

    fin = date(annee, 12, 31)
    actives = demandes.filter(
        (pl.col("date_demande") <= fin) & (pl.col("date_radiation").is_null() | (pl.col("date_radiation") > fin))
    )
    textes = conference().definitions
    tableau.poser(_TOUTES, actives.height)
    yield _nombre(textes["demandes_en_attente"], TERRITOIRE, actives.height)
    communes = _compter(actives, "code_insee")
    for perimetre, combien in (*communes.items(), *_compter(actives, "public").items()):
        tableau.poser(f"demandes_en_attente {perimetre}", combien)
        yield _nombre(textes["demandes_en_attente"], perimetre, combien)
    for colonne in ("code_insee", "public"):
        _partager(tableau, _compter(actives, colonne), colonne)
    yield from _pressions(textes["pression"], tableau, [TERRITOIRE, *communes])
    yield from _anciennetes(textes, [(fin - une).days for une in actives["date_demande"]])


def _compter(actives: pl.DataFrame, colonne: str) -> dict[str, int]:
    return dict(actives.drop_nulls(colonne).group_by(colonne).len().sort(colonne).iter_rows())


def _nombre(texte: Definition, perimetre: str, combien: int) -> Indicateur:
    return Indicateur(texte, perimetre, combien, cases=(f"demandes_en_attente {perimetre}",))


def _partager(tableau: Tableau, comptes: Mapping[str, int], colonne: str) -> None:
    """Le total est leur somme et ce que la colonne ne dit pas."""
    reste = tableau.cases[_TOUTES].valeur - sum(comptes.values())
    tableau.poser(f"{_TOUTES} : sans {colonne}", reste, impossible=not reste, publiee=False)
    tableau.sommer(_TOUTES, [*(f"demandes_en_attente {un}" for un in comptes), f"{_TOUTES} : sans {colonne}"])


def _pressions(texte: Definition, tableau: Tableau, perimetres: list[str]) -> Iterator[Indicateur]:
    for un in perimetres:
        bas = "attributions territoire" if un == TERRITOIRE else f"attributions_par_commune {un}"
        cases = (f"demandes_en_attente {un}", bas)
        if bas in tableau.cases and tableau.cases[bas].valeur:
            haut, sur = (tableau.cases[nom].valeur for nom in cases)
            yield Indicateur(texte, un, haut / sur, haut, sur, cases=cases)


def _anciennetes(textes: Mapping[str, Definition], jours: list[int]) -> Iterator[Indicateur]:
    rangs = quartiles(jours) if jours else {}
    for ident, rang in _QUARTILES.items():
        yield Indicateur(textes[ident], TERRITOIRE, rangs.get(rang), effectif=len(jours), cases=(_TOUTES,))
