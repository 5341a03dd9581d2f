"""Ce qui se reporte d'un dossier sur le portail officiel, et ce qui ne s'y écrit pas (norme, § 5).

Le bailleur lira ce qui est copié, un codemandeur parfois aussi : aucun fait protégé, jamais ; et d'un dossier discret,
ni l'adresse réelle, ni un canal qui n'est pas sûr, ni un lieu que la personne évite.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from modele.dossier.chemins import ABSENT, lire, sans_identifiant
from modele.dossier.formes import contient_nir
from modele.protection.sensibles import dit_une_violence, par_toute_reponse
from modele.protection.voies import en_entier

ADRESSE_SURE: Final = "contact.adresse_courrier_sure"
ZONES: Final = "recherche.zones_a_eviter"
REMPLACEES: Final = ("logement_actuel.adresse.voie", "contact.adresse_courrier")
"""Là où le formulaire attend une adresse : celle d'un dossier discret y est l'adresse sûre."""
_LIEUX: Final = (
    *REMPLACEES,
    "logement_actuel.adresse.complement",
    "logement_actuel.adresse.code_postal",
    "logement_actuel.adresse.commune",
    "logement_actuel.hebergeant",
    "logement_actuel.structure",
)
_NOMMES: Final[tuple[str, ...]] = (
    *REMPLACEES,
    "logement_actuel.adresse.complement",
    "logement_actuel.hebergeant",
    _LIEUX[-1],
)
LIBRES: Final = ("demande.precisions", "demande.motif_autre")
"""Écrits à la main : nul ne peut savoir qu'ils ne disent rien. Ils se disent avec la personne."""
# Un canal ne se donne que dit sûr ; l'autre téléphone n'est jamais dit sûr.
_CANAUX: Final[Mapping[str, str]] = {
    "contact.telephone": "contact.telephone_sur",
    "contact.accord_sms": "contact.telephone_sur",
    "contact.telephone_autre": "",
    "contact.courriel": "contact.courriel_sur",
    "contact.accord_courriel": "contact.courriel_sur",
}
_HORS_PORTAIL: Final = ("protection.", "triage.")
_SIGNES: Final = re.compile(r"[^a-z0-9]+")
_NUMERO: Final = re.compile(r"^\d+ (?:bis |ter |quater )?")
_TROP_COURT: Final = 4


def se_tait(chemin: str, *, discret: bool) -> bool:
    """Vrai si la case elle-même ne paraît pas : elle dirait une violence, ou où vit la personne (dossier discret)."""
    return _protege(chemin) or (discret and chemin in _LIEUX and chemin not in REMPLACEES)


def a_reporter(document: Mapping[str, Any], chemin: str, *, discret: bool, zones: Collection[str] = ()) -> Any:
    """Ce qui se copie pour cette case ; ``ABSENT`` : rien, elle reste à remplir avec la personne.

    ``zones`` : les noms des communes à éviter.
    """
    if not discret:
        return _copiable(chemin, lire(document, chemin))
    if se_tait(chemin, discret=True) or chemin in LIBRES or not _canal_sur(document, chemin):
        return ABSENT
    lieux, sure = _NOMMES, lire(document, ADRESSE_SURE)
    if chemin in REMPLACEES:
        # L'adresse sûre peut être chez qui domicilie ; ni la rue où la personne vit, ni une zone qu'elle évite. Écrite
        # de même, c'est la rue où elle vit : rien ne part.
        valeur, lieux, sure = (sure if isinstance(sure, str) else ABSENT), _NOMMES[:1], ABSENT
    else:
        valeur = _copiable(chemin, _hors_zones(document, lire(document, chemin)))
    return ABSENT if _nomme(valeur, frozenset(_caches(document, lieux, zones, sure))) else valeur


def _hors_zones(document: Mapping[str, Any], valeur: Any) -> Any:
    """Une liste de communes, sans celles à éviter."""
    evitees = lire(document, ZONES)
    if not isinstance(valeur, list) or not isinstance(evitees, list):
        return valeur
    return [une for une in valeur if une not in evitees] or ABSENT


def _protege(nom: str) -> bool:
    """Vrai de ce qui n'a rien à faire sur un portail : un fait protégé, et tout le premier contact."""
    return par_toute_reponse(nom) or nom.startswith(_HORS_PORTAIL)


def _copiable(chemin: str, valeur: Any) -> Any:
    """La réponse sans ce qui dirait une violence ; rien d'une réponse qui n'est pas donnée entière."""
    nom = sans_identifiant(chemin)
    if _protege(nom) or valeur is ABSENT or valeur is None:
        return ABSENT
    if isinstance(valeur, Mapping):
        coches = valeur.get("coches")
        return [un for un in coches if not dit_une_violence(nom, un)] or ABSENT if isinstance(coches, list) else ABSENT
    if isinstance(valeur, str) and (dit_une_violence(nom, valeur) or contient_nir(valeur)):
        return ABSENT
    return valeur


def _canal_sur(document: Mapping[str, Any], chemin: str) -> bool:
    sur = _CANAUX.get(chemin)
    return sur is None or (bool(sur) and lire(document, sur) is True)


def _caches(document: Mapping[str, Any], lieux: Collection[str], zones: Collection[str], sure: Any) -> Iterator[str]:
    """Les mots d'un lieu caché, tels qu'on les retrouve dans une phrase ; la rue aussi sans son numéro.

    ``sure`` : l'adresse que la personne a dite sûre, où ce n'est pas un lieu caché.
    """
    ecrits = [ecrit for ecrit in (lire(document, chemin) for chemin in lieux) if ecrit != sure]
    for mots in (_mots(un) for un in (*ecrits, *zones) if isinstance(un, str)):
        yield from {mots, _NUMERO.sub("", mots)}


def _nomme(valeur: Any, caches: Collection[str]) -> bool:
    """Vrai si cette valeur nomme l'un de ces lieux."""
    textes = valeur if isinstance(valeur, list) else [valeur]
    dits = [f" {_mots(un)} " for un in textes if isinstance(un, str)]
    return any(f" {lieu} " in dit for lieu in caches if len(lieu) >= _TROP_COURT for dit in dits)


def _mots(texte: str) -> str:
    """En minuscules sans accent ni ponctuation : « 12, rue des Lilas » et « 12 R. DES LILAS » se valent."""
    nus = "".join(s for s in unicodedata.normalize("NFD", texte.casefold()) if not unicodedata.combining(s))
    return " ".join(en_entier(_SIGNES.sub(" ", nus).split()))
