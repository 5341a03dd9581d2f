"""Ce que l'exploitant inscrit avant de tenir de vrais dossiers : sans cela, Perron est à l'essai, et le dit partout.

RGPD art. 13, 26, 28, 35 et 37 ; loi 78-17, art. 48, 57 et 62. Rien n'a de valeur par défaut : personne ne répond à la
place de l'exploitant.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import msgspec
from msgspec import Struct

from modele.dossier.documents import encoder
from modele.regles.disque import Lisible, lire
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.lecture import lire_texte

NOM: Final = "mentions"
"""Le nom du référentiel publié, et du réglage d'un poste qui travaille seul."""
ESSAI: Final = "essai, données fictives"
CHAMPS: Final = ("delegue", "responsables", "accord", "conservation", "hebergement")
_AU_MOINS: Final = 3
_ILLISIBLE: Final = (
    "Les mentions publiées par le registre ne se lisent pas : elles viennent peut-être d'un registre plus récent. "
    "Mettez Perron à jour sur ce poste."
)


class Mentions(Struct, frozen=True):
    """``aipd`` : date de l'analyse d'impact. ``delegue`` : à la protection des données, et comment le joindre.

    ``responsables`` : qui répond du traitement ; ``accord`` : celui qui les lie, ou pourquoi il n'en faut pas.
    ``conservation`` : combien de temps. ``hebergement`` : où sont les données, et chez qui.
    """

    aipd: date
    delegue: str
    responsables: str
    accord: str
    conservation: str
    hebergement: str


def lire_fichier(fichier: Lisible, jour: date) -> Mentions:
    """Les mentions d'un fichier TOML. Lève ``FichierFautif`` avec toutes ses fautes, ou ``ErreurUtilisateur``."""
    lecteur = lire_texte(lire(fichier), fichier.name)
    lecteur.exiger_format()
    aipd = lecteur.date("aipd")
    dits = {champ: lecteur.texte(champ).strip() for champ in CHAMPS}
    for champ, faute in fautes(aipd, dits, jour).items():
        lecteur.signaler(champ, faute)
    lecteur.clore()
    if lecteur.fautes or aipd is None:
        raise FichierFautif(lecteur.fautes.rendre())
    return Mentions(aipd, **dits)


def fautes(aipd: date | None, dits: dict[str, str], jour: date) -> dict[str, str]:
    """Ce qui ne va pas, par champ ; vide si tout peut s'inscrire."""
    trouvees = {champ: "à écrire en toutes lettres" for champ in CHAMPS if len(dits[champ].strip()) < _AU_MOINS}
    if aipd is None:
        trouvees["aipd"] = "la date de l'analyse d'impact manque"
    elif aipd > jour:
        trouvees["aipd"] = "cette date est à venir : l'analyse d'impact se fait avant"
    return trouvees


def ecrire_mentions(mentions: Mentions) -> bytes:
    """Les mentions telles qu'elles se publient."""
    return encoder(mentions)


def lire_mentions(octets: bytes) -> Mentions:
    """Les mentions que disent ces octets. Lève ``ErreurUtilisateur``."""
    try:
        return _decodeur().decode(octets)
    except (msgspec.DecodeError, UnicodeError) as cause:
        raise ErreurUtilisateur(_ILLISIBLE) from cause


@cache
def _decodeur() -> msgspec.json.Decoder[Mentions]:
    return msgspec.json.Decoder(Mentions)
