"""Un paquet : les fichiers d'un référentiel publié, leur manifeste et leurs empreintes, dans un zip aux bornes dites.

``manifeste.toml`` nomme le genre, l'identifiant, la version, et chaque fichier avec son SHA-256 ; d'une correction
urgente, il dit la phrase, le jour, et quels fichiers elle a changés. Une publication nationale porte en plus
``signature.nationale``, qui signe le manifeste, donc tout ce qu'il nomme.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import Lecteur, lire_texte
from modele.regles.limites import FICHIERS_AU_PLUS, PAQUET_AU_PLUS
from modele.sources.natures import Natures

if TYPE_CHECKING:
    from zipfile import ZipInfo

MANIFESTE: Final = "manifeste.toml"
SIGNATURE: Final = "signature.nationale"
"""Du paquet, et de tout ce qu'il contient une fois ouvert : un zip qui gonfle est refusé avant d'être lu."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_ENTETE: Final = b"perron publication nationale 1\n"
_IDENTIFIANT: Final = re.compile(r"[a-z0-9][a-zA-Z0-9-]{0,47}")
_MORCEAU: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_PROFONDEUR: Final = 4
_CHIFFRE: Final = 0x1
# Ni compression, ni « deflate » : les autres se décompressent d'un bloc, sans borne.
_COMPRESSIONS: Final = (0, 8)
_ILLISIBLE: Final = "ce n'est pas un paquet lisible (zip). Refaites-le."

# (clé publique, signature, texte signé) : vrai si la signature est la bonne.
Verifier = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class Urgence:
    """La dernière correction urgente d'un paquet ; les publications suivantes la redisent.

    ``rang`` : la combientième, à partir de un ; ``phrase`` : ce qui était faux, et ce qu'il faut faire ; ``fiches`` :
    celles qui le portaient. ``rangs`` : par fichier, la dernière correction urgente qui l'a changé.
    """

    rang: int
    phrase: str
    le: date
    fiches: tuple[str, ...] = ()
    rangs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paquet:
    """Un paquet vérifié. ``fichiers`` : chemin sous la racine du genre vers octets. ``nationale`` : signé comme tel."""

    genre: str
    id: str
    version: str
    fichiers: Mapping[str, bytes] = field(repr=False)
    nationale: bool = False
    urgence: Urgence | None = None

    @property
    def nom(self) -> str:
        """Le nom du référentiel, « fiche.115 »."""
        return f"{self.genre}.{self.id}"


def texte_national(manifeste: bytes) -> bytes:
    """Ce que signe un organisme national : les octets du manifeste."""
    return _ENTETE + manifeste


def assembler(
    genre: str,
    identifiant: str,
    version: str,
    fichiers: Mapping[str, bytes],
    signature: bytes = b"",
    urgence: Urgence | None = None,
) -> bytes:
    """Le zip d'un paquet, le même octet pour octet pour les mêmes fichiers. ``signature`` : nationale, s'il y en a."""
    # Importée ici : un poste qui n'a rien reçu n'ouvre aucun zip.
    import zipfile

    tampon = io.BytesIO()
    with zipfile.ZipFile(tampon, "w", zipfile.ZIP_DEFLATED) as sortie:
        for nom, octets in {
            MANIFESTE: ecrire_manifeste(genre, identifiant, version, fichiers, urgence),
            **({SIGNATURE: signature} if signature else {}),
            **dict(sorted(fichiers.items())),
        }.items():
            sortie.writestr(zipfile.ZipInfo(nom, _DATE), octets, zipfile.ZIP_DEFLATED)
    return tampon.getvalue()


def ecrire_manifeste(
    genre: str, identifiant: str, version: str, fichiers: Mapping[str, bytes], urgence: Urgence | None = None
) -> bytes:
    """Le manifeste d'un paquet, tel qu'il se signe."""
    lignes = ["format = 1", f'genre = "{genre}"', f'id = "{identifiant}"', f'version = "{version}"']
    lignes += _dire_l_urgence(urgence) if urgence is not None else []
    rangs = urgence.rangs if urgence is not None else {}
    for nom, octets in sorted(fichiers.items()):
        lignes += ["", "[[fichier]]", f'chemin = "{nom}"', f'sha256 = "{_sha256(octets)}"']
        lignes += [f"urgence = {rangs[nom]}"] if rangs.get(nom) else []
    return ("\n".join(lignes) + "\n").encode()


def _dire_l_urgence(urgence: Urgence) -> list[str]:
    # Une chaîne JSON est une chaîne TOML : guillemets et retours à la ligne y sont échappés de même.
    from json import dumps

    fiches = dumps(list(urgence.fiches))
    return [
        "", "[urgente]", f"rang = {urgence.rang}", f"phrase = {dumps(urgence.phrase, ensure_ascii=False)}",
        f"le = {urgence.le.isoformat()}", *([f"fiches = {fiches}"] if urgence.fiches else []),
    ]  # fmt: skip


def lire_paquet(octets: bytes, nom: str, natures: Natures, verifier: Verifier | None = None) -> Paquet:
    """Le paquet que sont ces octets, publié sous ``nom``. ``verifier`` : de quoi croire une signature nationale.

    Lève ``ErreurUtilisateur`` : zip abîmé, trop gros, chemin qui sort du paquet, manifeste fautif, empreinte fausse,
    signature nationale inconnue.
    """
    try:
        contenu = _ouvrir(octets)
        manifeste = contenu.pop(MANIFESTE)
        signature = contenu.pop(SIGNATURE, b"")
        paquet = _manifeste(manifeste, contenu, natures, nationale=bool(signature))
    except KeyError:
        raise ErreurUtilisateur(f"Paquet « {nom} » : {MANIFESTE} manque.") from None
    except _Refus as refus:
        raise ErreurUtilisateur(f"Paquet « {nom} » : {refus}") from None
    if paquet.nom != nom:
        raise ErreurUtilisateur(f"Paquet « {nom} » : son manifeste le nomme « {paquet.nom} ». Publiez-le sous son nom.")
    if signature and not _est_signe(manifeste, signature, natures.cles, verifier):
        raise ErreurUtilisateur(
            f"Paquet « {nom} » : sa signature nationale n'est d'aucun organisme connu de cette version de Perron."
        )
    return paquet


class _Refus(Exception):
    """Pourquoi un zip est refusé."""


def _est_signe(manifeste: bytes, signature: bytes, cles: Iterable[bytes], verifier: Verifier | None) -> bool:
    texte = texte_national(manifeste)
    return verifier is not None and any(verifier(cle, signature, texte) for cle in cles)


def _ouvrir(octets: bytes) -> dict[str, bytes]:
    """Les fichiers du zip, ses bornes vérifiées avant toute lecture."""
    import zipfile
    import zlib

    if len(octets) > PAQUET_AU_PLUS:
        raise _Refus(f"il dépasse {PAQUET_AU_PLUS // 2**20} Mio.")
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            entrees = archive.infolist()
            for faute in _fautes(entrees):
                raise _Refus(faute)
            return {entree.filename: archive.read(entree) for entree in entrees}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as cause:
        raise _Refus(_ILLISIBLE) from cause


def _fautes(entrees: list[ZipInfo]) -> Iterator[str]:
    if len(entrees) > FICHIERS_AU_PLUS:
        yield f"il contient {len(entrees)} fichiers ; {FICHIERS_AU_PLUS} au plus."
    if sum(entree.file_size for entree in entrees) > PAQUET_AU_PLUS:
        yield f"ouvert, il dépasse {PAQUET_AU_PLUS // 2**20} Mio."
    vus: set[str] = set()
    for entree in entrees:
        nom = entree.filename
        if not est_un_chemin(nom):
            yield f"« {nom} » n'est pas un chemin permis : ni dossier, ni « .. », ni espace, ni accent."
        if nom.casefold() in vus:
            yield f"« {nom} » y est deux fois."
        vus.add(nom.casefold())
        if entree.flag_bits & _CHIFFRE or entree.compress_type not in _COMPRESSIONS:
            yield f"« {nom} » est chiffré, ou comprimé autrement que d'ordinaire."
        if entree.external_attr >> 16 & 0o170000 == 0o120000:
            yield f"« {nom} » est un lien."


def est_un_chemin(nom: str) -> bool:
    """Vrai si ce nom désigne un fichier à l'intérieur d'un paquet, sans échappée possible."""
    morceaux = nom.split("/")
    return len(morceaux) <= _PROFONDEUR and all(_MORCEAU.fullmatch(un) for un in morceaux)


def _manifeste(octets: bytes, contenu: Mapping[str, bytes], natures: Natures, *, nationale: bool) -> Paquet:
    try:
        lecteur = lire_texte(octets.decode(), MANIFESTE)
    except UnicodeDecodeError:
        raise _Refus(f"{MANIFESTE} n'est pas du texte UTF-8.") from None
    if lecteur.entier("format", obligatoire=True) not in (1, None):
        lecteur.signaler("format", "ce format est inconnu ; il vient peut-être d'un Perron plus récent")
    genre = lecteur.texte("genre", obligatoire=True, permis=tuple(natures.genres))
    identifiant, version = lecteur.texte("id", obligatoire=True), lecteur.texte("version", obligatoire=True)
    if identifiant and not _IDENTIFIANT.fullmatch(identifiant):
        lecteur.signaler(
            "id", "attendu : minuscules, chiffres et tirets (majuscules : la région d'une langue), 48 signes au plus"
        )
    dits = {table.texte("chemin", obligatoire=True): table for table in lecteur.tables("fichier", obligatoire=True)}
    rangs = {chemin: _verifier(table, chemin, contenu) for chemin, table in dits.items()}
    urgence = _urgence(lecteur, {chemin: rang for chemin, rang in rangs.items() if rang})
    lecteur.clore()
    lecteur.fautes.verifier()
    if inconnus := sorted(set(contenu) - set(dits)):
        raise _Refus(f"« {inconnus[0]} » n'est pas dans {MANIFESTE}.")
    return Paquet(genre, identifiant, version, contenu, nationale, urgence)


def _urgence(lecteur: Lecteur, rangs: Mapping[str, int]) -> Urgence | None:
    table = lecteur.table("urgente")
    if table is None:
        return None
    rang, phrase = table.entier("rang", obligatoire=True), table.texte("phrase", obligatoire=True)
    if rang is not None and rang < max([1, *rangs.values()]):
        table.signaler("rang", "attendu : 1 ou plus, et au moins celui de chaque fichier")
    le, fiches = table.date("le", obligatoire=True), table.textes("fiches")
    table.clore()
    return Urgence(rang or 1, phrase, le, fiches, rangs) if le is not None else None


def _verifier(table: Lecteur, chemin: str, contenu: Mapping[str, bytes]) -> int:
    """Vérifie un fichier ; rend le rang de la dernière correction urgente qui l'a changé (0 : aucune)."""
    empreinte = table.texte("sha256", obligatoire=True)
    if chemin and chemin not in contenu:
        table.signaler("chemin", f"« {chemin} » n'est pas dans le paquet")
    elif chemin and _sha256(contenu[chemin]) != empreinte.lower():
        table.signaler("sha256", f"ce n'est pas l'empreinte de « {chemin} »")
    rang = table.entier("urgence") or 0
    table.clore()
    return rang


def _sha256(octets: bytes) -> str:
    # Au premier lancement, il n'y a aucun paquet : OpenSSL n'a pas à se charger.
    from hashlib import sha256

    return sha256(octets).hexdigest()
