"""Lire le fichier d'un bailleur à blanc : ce qui serait importé, et chaque ligne refusée. Rien ne s'écrit ici."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from modele.attributions.colonnes import OUI, Colonne, FichierDe, Nature, colonnes
from modele.attributions.controles import relever
from modele.attributions.correspondance import Correspondance, choisir, verifier
from modele.attributions.lettres import portent_une_lettre
from modele.attributions.tableau import LIGNE, Tableau, ouvrir
from modele.attributions.typage import dire, reprendre, typer
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.tableaux import LigneRefusee

if TYPE_CHECKING:
    import polars as pl

FAUTES_AU_PLUS: Final = 1_000
"""Les fautes dites une à une ; au-delà, leur nombre seul : un fichier faux à chaque ligne ne remplit pas la mémoire."""
VIDE: Final = "cette case est vide"
SIREN: Final = "siren_bailleur"
COMMUNE: Final = "code_insee"
CHIFFRES_DU_SIREN: Final = 9
HORS_DU_TERRITOIRE: Final = "« {} » n'est pas une commune de ce territoire ; la ligne compte quand même"
ZEROS: Final = "le tableur a perdu les zéros de tête de cette colonne ; ils sont rendus"


@dataclass(frozen=True, slots=True)
class EssaiBailleur:
    """Ce que donnerait l'import. ``table`` : les lignes bonnes, typées, et leur ligne d'origine (« ligne »).

    ``lus`` : les lignes du fichier, commentaires et lignes vides exclus. ``refusees`` et ``avertissements`` : les
    premières fautes ; ``nombre_refusees`` : combien de lignes n'entrent pas. ``inconnus`` : par colonne à valeurs
    fermées, les codes que ce bailleur écrit autrement.
    """

    fichier: FichierDe
    lus: int
    table: pl.DataFrame
    refusees: tuple[LigneRefusee, ...]
    nombre_refusees: int
    avertissements: tuple[LigneRefusee, ...]
    correspondance: Correspondance
    entetes: tuple[str, ...]
    inconnus: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def dire_ligne(faute: LigneRefusee) -> str:
    """« ligne 14, colonne date_bail : « 31/02/2026 » n'est pas une date (JJ/MM/AAAA). »"""
    return f"ligne {faute.ligne}, colonne {faute.colonne} : {faute.message}."


def essayer(
    octets: bytes,
    fichier: FichierDe,
    correspondance: Correspondance | None,
    jour: date,
    connues: Iterable[Correspondance] = (),
    communes: Collection[str] = (),
) -> EssaiBailleur:
    """L'essai à blanc. Sans ``correspondance``, elle se devine, ou c'est l'une des ``connues``.

    ``jour`` : aujourd'hui, après quoi rien n'a eu lieu. ``communes`` : celles du territoire ; une ligne d'ailleurs
    s'importe (un bailleur loue aussi dans le département), et se relève.

    Lève ``ErreurUtilisateur`` si le fichier entier ne peut servir.
    """
    tableau = ouvrir(octets, correspondance.feuille if correspondance else "")
    convenue = correspondance or choisir(tableau.entetes, fichier, connues, partial(_de_qui, tableau))
    if convenue.fichier is not fichier:
        raise ErreurUtilisateur(
            f"Cette correspondance est celle d'un fichier des {convenue.fichier}, pas des {fichier}."
        )
    verifier(convenue, tableau.entetes)
    brute = _nommer(tableau, convenue)
    lecture = _Lecture(brute, colonnes(fichier), jour)
    dite = lecture.lire()
    table = _taire(dite, fichier)
    formes = {une.ligne for une in tableau.refusees}
    refusees = (*tableau.refusees, *lecture.fautes)
    return EssaiBailleur(
        fichier,
        brute.height + len(formes),
        table,
        tuple(sorted(refusees, key=lambda une: une.ligne))[:FAUTES_AU_PLUS],
        len(formes) + brute.height - table.height,
        (*lecture.avertissements, *_hors(dite, communes), *relever(dite, fichier))[:FAUTES_AU_PLUS],
        msgspec.structs.replace(convenue, siren_bailleur=_de_qui(tableau, convenue)),
        tuple(tableau.entetes),
        lecture.inconnus,
    )


def _de_qui(tableau: Tableau, convenue: Correspondance) -> str:
    """Les SIREN de ce fichier, lu ainsi, triés."""
    import polars as pl

    if (fixe := convenue.fixes.get(SIREN)) is not None:
        return fixe
    # Une colonne exigée : qui n'en a pas ne se lit pas.
    rang = tableau.entetes.index(convenue.colonnes[SIREN])
    dits = tableau.table[str(rang)].cast(pl.String).str.replace_all(r"\s", "")
    return " ".join(sorted({un.zfill(CHIFFRES_DU_SIREN) for un in dits.drop_nulls().unique() if un}))


def _hors(table: pl.DataFrame, communes: Collection[str]) -> Iterator[LigneRefusee]:
    """Les lignes d'une commune que le territoire n'a pas : un fichier pris pour un autre se voit."""
    import polars as pl

    if not communes:
        return
    ailleurs = table.filter(pl.col(COMMUNE).is_not_null() & ~pl.col(COMMUNE).is_in(list(communes)))
    for ligne, code in ailleurs.select(LIGNE, COMMUNE).head(FAUTES_AU_PLUS).iter_rows():
        yield LigneRefusee(int(ligne), COMMUNE, HORS_DU_TERRITOIRE.format(code))


def _taire(table: pl.DataFrame, fichier: FichierDe) -> pl.DataFrame:
    """Ce qui ne se garde que comme présence : « OUI », ou rien si ce n'est pas une lettre de la loi."""
    import polars as pl

    tues = [nom for nom, une in colonnes(fichier).items() if une.presence]
    dites = [
        pl.select(pl.when(portent_une_lettre(table[nom])).then(pl.lit(OUI)).alias(nom)).to_series() for nom in tues
    ]
    return table.with_columns(dites)


def _nommer(tableau: Tableau, convenue: Correspondance) -> pl.DataFrame:
    """Les colonnes attendues, sous leur nom, en texte : celles du fichier, celles qui sont fixes, les autres vides."""
    import polars as pl

    rangs = {entete: str(rang) for rang, entete in reversed(list(enumerate(tableau.entetes)))}
    choisies: list[pl.Expr] = [pl.col(LIGNE)]
    for une in colonnes(convenue.fichier).values():
        if (entete := convenue.colonnes.get(une.id)) is not None:
            lue = pl.col(rangs[entete])
            if une.libre or une.id in convenue.valeurs:
                lue = _rogner(lue)
        else:
            lue = pl.lit(convenue.fixes.get(une.id), pl.String)
        if une.id in convenue.valeurs:
            lue = lue.replace(convenue.valeurs[une.id])
        choisies.append(lue.alias(une.id))
    return tableau.table.select(choisies)


def _rogner(case: pl.Expr) -> pl.Expr:
    """Sans les espaces du bord ; ce qui n'était qu'espaces est vide."""
    import polars as pl

    rognee = case.str.strip_chars()
    return pl.when(rognee.str.len_bytes() > 0).then(rognee)


CODES_AU_PLUS: Final = 50
RANG: Final = "rang"
MEME_RANG: Final = (
    "« {} » est déjà le rang de la ligne {}, pour ce logement, cette commission et ce réservataire : l'une des deux "
    "compterait en trop"
)
_UN_RANG: Final = ["siren_bailleur", "ref_bailleur", "date_caleol", "type_reservataire", "reservataire", RANG]


class _Lecture:
    """Une table en cours de lecture : ses fautes, ce qu'elle fait relever."""

    def __init__(self, brute: pl.DataFrame, attendues: Mapping[str, Colonne], jour: date) -> None:
        self._brute, self._jour = brute, jour
        self._colonnes = attendues
        self.fautes: list[LigneRefusee] = []
        self.avertissements: list[LigneRefusee] = []
        self._mauvaises: list[pl.Series] = []
        self.inconnus: dict[str, tuple[str, ...]] = {}

    def lire(self) -> pl.DataFrame:
        """Les lignes sans faute, typées."""
        import polars as pl

        typee = self._brute.select(LIGNE, *(typer(pl.col(un), une).alias(un) for un, une in self._colonnes.items()))
        typee = self._reprendre(typee)
        self._exiger(typee)
        self._doubles(typee)
        self._memes_rangs(typee)
        if not self._mauvaises:
            return typee
        mauvaises = self._mauvaises[0]
        for une in self._mauvaises[1:]:
            mauvaises = mauvaises | une
        return typee.filter(~mauvaises)

    def _reprendre(self, typee: pl.DataFrame) -> pl.DataFrame:
        """Ce que la première lecture a vidé se relit autrement ; ce qui reste vide est une faute."""
        import polars as pl

        vides, lues = self._brute.null_count().row(0, named=True), typee.null_count().row(0, named=True)
        for nom, colonne in self._colonnes.items():
            if vides[nom] == lues[nom]:
                continue
            # Une colonne à codes ne se rogne qu'ici : le plus souvent, elle n'a pas d'espace au bord.
            self._brute = self._brute.with_columns(_rogner(pl.col(nom)))
            relue = self._brute.select(reprendre(pl.col(nom), colonne).alias(nom))[nom]
            if colonne.nature is Nature.CHIFFRES and relue.null_count() < lues[nom]:
                ligne = self._brute[LIGNE].filter(typee[nom].is_null() & relue.is_not_null())[0]
                self.avertissements.append(LigneRefusee(int(ligne), nom, ZEROS))
            typee = typee.with_columns(relue)
            illisibles = self._brute[nom].is_not_null() & relue.is_null()
            if colonne.fermees and illisibles.any():
                codes = self._brute[nom].filter(illisibles).unique(maintain_order=True)
                self.inconnus[nom] = tuple(codes.head(CODES_AU_PLUS))
            self._signaler(nom, illisibles, partial(dire, colonne=colonne))
        return typee

    def _exiger(self, typee: pl.DataFrame) -> None:
        import polars as pl

        passees = [nom for nom, une in self._colonnes.items() if une.passee]
        derniers = typee.select(pl.col(passees).max()).row(0, named=True) if passees else {}
        for nom, colonne in self._colonnes.items():
            if colonne.remplie and self._brute[nom].null_count():
                self._signaler(nom, self._brute[nom].is_null(), lambda _: VIDE)
            dernier = derniers.get(nom)
            if dernier is not None and dernier > self._jour:
                futures = (typee[nom] > self._jour).fill_null(value=False)
                self._signaler(nom, futures, lambda case: f"« {case} » est à venir")

    def _doubles(self, typee: pl.DataFrame) -> None:
        """La première reste ; les suivantes compteraient deux fois."""
        import polars as pl

        cles = [nom for nom, une in self._colonnes.items() if une.cle]
        if typee.select(pl.struct(cles).n_unique()).item() == typee.height:
            return
        premiere = typee.select(pl.col(LIGNE).first().over(cles))[LIGNE]
        doubles = (premiere != typee[LIGNE]) & self._brute[cles[0]].is_not_null()
        self._signaler(
            cles[0],
            doubles,
            lambda case: f"« {case} » est déjà plus haut ; une ligne ne se compte pas deux fois",
        )

    def _memes_rangs(self, typee: pl.DataFrame) -> None:
        """Un rang n'a qu'un candidat : deux lignes compteraient deux fois le même logement. La première reste."""
        import polars as pl

        if RANG not in self._colonnes:
            return
        ranges = typee.filter(pl.col(RANG).is_not_null())
        if ranges.select(pl.struct(_UN_RANG).n_unique()).item() == ranges.height:
            return
        premiere = typee.select(pl.col(LIGNE).first().over(_UN_RANG))[LIGNE]
        doubles = (premiere != typee[LIGNE]) & typee[RANG].is_not_null()
        plus_haut = dict(zip(typee[LIGNE].filter(doubles), premiere.filter(doubles), strict=True))
        self._mauvaises.append(doubles)
        for ligne, case in self._montrees(RANG, doubles):
            self.fautes.append(LigneRefusee(ligne, RANG, MEME_RANG.format(case, plus_haut[ligne])))

    def _signaler(self, nom: str, masque: pl.Series, message: Callable[[str], str]) -> None:
        if not masque.any():
            return
        self._mauvaises.append(masque)
        for ligne, case in self._montrees(nom, masque):
            self.fautes.append(LigneRefusee(ligne, nom, message(case)))

    def _montrees(self, nom: str, masque: pl.Series) -> Iterator[tuple[int, str]]:
        place = max(0, FAUTES_AU_PLUS - len(self.fautes))
        for ligne, case in self._brute.select(LIGNE, nom).filter(masque).head(place).iter_rows():
            yield int(ligne), case or ""
