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

    ecrites = enumerate(en_texte(octets).splitlines(), 1)
    lignes = [(numero, une) for numero, une in ecrites if une.strip() and not une.startswith("#")]
    if not lignes:
        raise ErreurUtilisateur(_VIDE.format(", ".join(COLONNES)))
    cases = _cases([une for _, une in lignes])
    # Une date écrite mille fois ne s'analyse qu'une.
    dites = pl.concat([cases[nom] for nom in COLONNES[:2]]).unique()
    dates = {"": None} | {dite: _date(dite, jour) for dite in dites}
    lues = cases.select(
        *(pl.col(nom).replace_strict(dates, return_dtype=pl.Date).alias(nom) for nom in COLONNES[:2]),
        *(pl.when(pl.col(nom) != "").then(pl.col(nom)).alias(nom) for nom in COLONNES[2:]),
    )
    if fautes := list(_fautes(cases, lues, [numero for numero, _ in lignes[1:]])):
        raise ErreurUtilisateur(_FAUTES.format(len(fautes), " ".join(fautes[:5])))
    return lues


def _cases(lignes: list[str]) -> pl.DataFrame:
    """Une case par colonne attendue, en texte ; ce que le fichier dit d'autre ne se lit pas."""
    import polars as pl

    signe = separateur(lignes[0])
    entete = [une.strip(' "') for une in lignes[0].split(signe)]
    if manque := [une for une in COLONNES if une not in entete]:
        raise ErreurUtilisateur(_COLONNES.format(manque[0], ", ".join(COLONNES)))
    morceaux = pl.col("ligne").str.split(signe)
    return pl.DataFrame({"ligne": lignes[1:]}, schema={"ligne": pl.String}).select(
        morceaux.list.get(entete.index(nom), null_on_oob=True).str.strip_chars(' "').fill_null("").alias(nom)
        for nom in COLONNES
    )


def _date(dite: str, jour: date) -> date | None:
    try:
        lue = lire_jour(dite)
    except ValueError:
        return None
    return lue if lue <= jour else None


def _fautes(cases: pl.DataFrame, lues: pl.DataFrame, numeros: list[int]) -> Iterator[str]:
    """Chaque ligne qui ne se lit pas, dans l'ordre du fichier ; d'un fichier sans faute, rien ne se parcourt."""
    publics = conference().publics
    recue, radiee = (lues[nom] for nom in COLONNES[:2])
    sans_date = recue.is_null() | (radiee.is_null() & (cases["date_radiation"] != ""))
    mauvaises = sans_date | (radiee < recue).fill_null(value=False) | ~cases["public"].is_in(["", *publics])
    for rang in mauvaises.arg_true():
        numero, dites = numeros[rang], cases.row(rang, named=True)
        if recue[rang] is None:
            yield _DATE.format(numero, COLONNES[0], dites[COLONNES[0]])
        if radiee[rang] is None and dites[COLONNES[1]]:
            yield _DATE.format(numero, COLONNES[1], dites[COLONNES[1]])
        if recue[rang] and radiee[rang] and radiee[rang] < recue[rang]:
            yield _RADIEE.format(numero)
        if dites["public"] not in ("", *publics):
            yield _PUBLIC.format(numero, dites["public"], ", ".join(publics))


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
    jours = actives.select((pl.lit(fin) - pl.col("date_demande")).dt.total_days()).to_series()
    yield from _anciennetes(textes, jours.to_list())


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
