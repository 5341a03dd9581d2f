"""Lire les fichiers de genres et les rôles : tout est vérifié, et chaque fichier rend toutes ses fautes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from modele.dossier import formes
from modele.dossier.inventaire import ChampDossier, Inventaire, ListeDossier, inventaire
from modele.dossier.inventaire import Genre as Contenu
from modele.dossier.nomenclatures import nationales
from modele.dossier.operations import DOSSIER
from modele.dossier.types import Champ
from modele.dossier.unites import Decoupe, du_dossier
from modele.droits import Droit, Table, lire_droits_du_genre, lire_roles
from modele.genres.genre import Borne, Garde, Genre, Genres
from modele.regles.confiance import CONFIANCES
from modele.regles.lecture import Lecteur, lire_toml

_IDENTIFIANT: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CHEMIN: Final = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*){0,5}")
_RESERVES: Final = frozenset({"id", "territoire", "schema", "cree_le", "absorbes"})
_CHOISIS: Final = frozenset({Contenu.CHOIX, Contenu.COCHES})


def charger_genres(dossier: Path, roles: Path) -> Genres:
    """Tous les genres de ce dossier (un fichier chacun) et la table de leurs droits.

    ``roles`` : le fichier des rôles. Lève ``FichierFautif`` : le premier fichier fautif, toutes ses fautes.
    """
    declares = lire_roles(roles)
    genres: dict[str, Genre] = {}
    droits: list[Droit] = []
    for chemin in sorted(dossier.glob("*.toml")):
        genre, siens = _lire(chemin, declares)
        genres[genre.id] = genre
        droits += siens
    return Genres(genres, Table(declares, droits))


def _lire(chemin: Path, roles: Collection[str]) -> tuple[Genre, Sequence[Droit]]:
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    identifiant = lecteur.texte("id", obligatoire=True)
    if identifiant != chemin.stem or not _IDENTIFIANT.fullmatch(identifiant):
        lecteur.signaler("id", f"attendu : le nom du fichier, « {chemin.stem} », en minuscules sans accent")
    champs = inventaire() if identifiant == DOSSIER else _inventaire(lecteur)
    rattache = _rattache(lecteur, champs)
    genre = Genre(
        id=identifiant,
        nom=lecteur.texte("nom", obligatoire=True),
        definition=lecteur.texte("definition", obligatoire=True),
        inventaire=champs,
        decoupe=du_dossier() if identifiant == DOSSIER else Decoupe(champs),
        garde=_garde(lecteur, rattache),
        rattache=rattache,
        personnes=lecteur.booleen("personnes"),
        mur=lecteur.booleen("mur"),
        malgre_le_gel=lecteur.booleen("malgre_le_gel"),
        efface=lecteur.booleen("efface"),
        ecarte=lecteur.booleen("ecarte"),
        adresse=lecteur.texte("adresse"),
        reprise=lecteur.texte("reprise"),
        bac_a_sable=lecteur.booleen("bac_a_sable"),
        definitif=lecteur.texte("definitif"),
        siegent=lecteur.texte("siegent"),
        depuis=lecteur.texte("depuis"),
    )
    for cle, champ in (("definitif", genre.definitif), ("depuis", genre.depuis)):
        if champ and champ not in genre.inventaire.champs:
            lecteur.signaler(cle, "attendu : le chemin d'un champ de ce genre")
    if genre.siegent and not (genre.definitif and genre.depuis and _de_liste(genre.siegent, champs)):
        lecteur.signaler("siegent", "attendu : « liste.champ » de ce genre ; dites aussi « depuis » et « definitif »")
    for cle, champ in (("adresse", genre.adresse), ("reprise", genre.reprise)):
        if champ and (not genre.rattache or champ not in genre.inventaire.champs):
            lecteur.signaler(cle, "attendu : le chemin d'un champ de ce genre, rattaché à un dossier")
    if genre.efface and not genre.rattache:
        lecteur.signaler("efface", "n'efface qu'un genre rattaché à un dossier : dites « rattache »")
    if genre.ecarte and not genre.rattache:
        lecteur.signaler("ecarte", "n'écarte qu'un genre rattaché à un dossier : dites « rattache »")
    if (genre.garde.tant_qu_il_sert or genre.garde.a_fixer) and (genre.personnes or genre.mur or genre.rattache):
        lecteur.signaler("garde", "ce qui est d'une personne ne se garde pas tant qu'il sert : dites une durée")
    droits = lire_droits_du_genre(lecteur, identifiant, roles)
    lecteur.finir()
    return genre, droits


def _de_liste(chemin: str, champs: Inventaire) -> bool:
    """Vrai si c'est le champ d'un élément d'une liste de ce genre."""
    liste, _, champ = chemin.partition(".")
    return liste in champs.listes and any(un.chemin == champ for un in champs.listes[liste].champs)


def _rattache(lecteur: Lecteur, champs: Inventaire) -> str:
    rattache = lecteur.texte("rattache")
    if rattache and (rattache not in champs.champs or champs.champs[rattache].genre is not Contenu.TEXTE):
        lecteur.signaler("rattache", "attendu : le chemin d'un champ de texte de ce genre, l'identifiant du dossier")
    return rattache


def _garde(lecteur: Lecteur, rattache: str) -> Garde:
    table = lecteur.table("garde", obligatoire=True)
    if table is None:
        return Garde("")
    garde = Garde(
        table.texte("definition", obligatoire=True),
        tuple(map(_borne, table.tables("borne"))),
        tant_qu_il_sert=table.booleen("tant_qu_il_sert"),
        a_fixer=table.booleen("a_fixer"),
    )
    if garde.a_fixer and (rattache or garde.bornes or garde.tant_qu_il_sert):
        table.signaler("a_fixer", "une durée est déjà dite : ôtez « a_fixer », ou ce qui la dit")
    if not (rattache or garde.bornes or garde.tant_qu_il_sert or garde.a_fixer):
        table.signaler("borne", "dites au moins une durée à ne pas dépasser, ou rattachez l'objet à un dossier")
    table.clore()
    return garde


def _borne(table: Lecteur) -> Borne:
    borne = Borne(
        mois=table.entier("mois", obligatoire=True) or 0,
        depuis=table.texte("depuis", obligatoire=True),
        source=table.texte("source", obligatoire=True),
        confiance=table.texte("confiance", obligatoire=True, permis=CONFIANCES),
        verifie_le=table.date("verifie_le", obligatoire=True),
    )
    if borne.mois < 1:
        table.signaler("mois", "attendu : un nombre de mois, 1 ou plus")
    table.clore()
    return borne


def _inventaire(lecteur: Lecteur) -> Inventaire:
    """Les champs et les listes que dit le fichier."""
    champs = _champs(lecteur)
    vus: set[str] = set()
    listes = {liste.chemin: liste for liste in (_liste(table, vus) for table in lecteur.tables("liste"))}
    groupes = {dessus for chemin in (*champs, *listes) for dessus in _au_dessus(chemin)}
    for dessus in sorted(groupes & {*champs, *listes}):
        lecteur.signaler("champ", f"« {dessus} » est un champ : un autre chemin ne peut pas passer par lui")
    return Inventaire(champs, listes, frozenset(groupes))


def _liste(table: Lecteur, vus: set[str]) -> ListeDossier:
    chemin, prefixe = _chemin(table, vus), table.texte("prefixe", obligatoire=True)
    liste = ListeDossier(chemin, prefixe, tuple(_champs(table).values()))
    table.clore()
    return liste


def _champs(lecteur: Lecteur) -> dict[str, ChampDossier]:
    vus: set[str] = set()
    champs = (_champ(table, vus) for table in lecteur.tables("champ", obligatoire=True))
    return {champ.chemin: champ for champ in champs}


def _champ(table: Lecteur, vus: set[str]) -> ChampDossier:
    contenu = Contenu(table.texte("type", obligatoire=True, permis=tuple(Contenu), defaut=Contenu.TEXTE))
    nomenclature = table.texte("nomenclature", obligatoire=contenu in _CHOISIS, permis=nationales())
    champ = Champ(
        table.texte("definition", obligatoire=True),
        nomenclature=nomenclature,
        unite=table.texte("unite"),
        atome=table.texte("atome"),
        sensible=table.booleen("sensible"),
        forme=table.texte("forme", permis={forme.id for forme in formes.nationales()}),
        passee=table.booleen("passee"),
        source=table.texte("source"),
    )
    chemin = _chemin(table, vus)
    table.clore()
    return ChampDossier(chemin, contenu, champ)


def _chemin(table: Lecteur, vus: set[str]) -> str:
    chemin = table.identifiant(vus, "chemin")
    if not _CHEMIN.fullmatch(chemin):
        table.signaler("chemin", "attendu : des mots en minuscules sans accent, séparés par des points")
    elif chemin.partition(".")[0] in _RESERVES:
        table.signaler("chemin", f"« {chemin.partition('.')[0]} » est à l'objet lui-même. Choisissez un autre nom.")
    return chemin


def _au_dessus(chemin: str) -> Iterator[str]:
    morceaux = chemin.split(".")
    return (".".join(morceaux[:rang]) for rang in range(1, len(morceaux)))
