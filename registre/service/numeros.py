"""Le numéro unique. Il vient d'ailleurs, saisi ou reçu : le registre le note, et n'en fabrique que pour l'exemple.

Deux dossiers qui portent le même numéro se signalent comme un doublon (``doublons``) ; aucun n'est refusé.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy import Connection, Engine, Text, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql

from modele.fusion import EtatDossier
from modele.protocole.messages import DemandeDeNumero, Numero
from modele.ressemblance.fiches import numero_nu
from registre.base.moteur import unite_de_travail
from registre.base.schema import compteur, numero_unique
from registre.base.tableaux import les, lignes, parmi_les
from registre.service.jetons import Porteur
from registre.service.personnes import NUMERO, numero_cherche
from registre.service.refus import hors_perimetre, refuser
from registre.service.tenus import prendre

TERRITOIRE_D_EXEMPLE: Final = "metropole-exemple"
PREFIXE: Final = "EXEMPLE"
_CHAMP: Final = "demande.numero_unique"
_AILLEURS: Final = (
    "Le registre ne donne pas de numéro unique ici : demandez-le au système national d'enregistrement, ou au système "
    "particulier du territoire, puis saisissez-le."
)

_SUITE: Final = lignes("suite", numero=Text, dossier=Text)
_PERDRE: Final = delete(numero_unique).where(
    numero_unique.c.territoire == bindparam("ou"),
    parmi_les(numero_unique.c.dossier, "ids"),
    numero_unique.c.donne_le.is_(None),
    ~exists().where(_SUITE.c.numero == numero_unique.c.numero, _SUITE.c.dossier == numero_unique.c.dossier),
)
# Dans l'ordre des numéros : deux lots qui portent les mêmes les prennent dans le même ordre.
_NOTER: Final = (
    postgresql.insert(numero_unique)
    .from_select(
        ["numero", "territoire", "dossier"],
        select(_SUITE.c.numero, bindparam("ou", type_=Text), _SUITE.c.dossier).order_by(_SUITE.c.numero),
    )
    .on_conflict_do_nothing()
)


def numero_de(etat: EtatDossier) -> str:
    """Le numéro unique en vigueur dans un dossier, sans espaces ni ponctuation ; vide s'il n'en a pas."""
    tetes = etat.unites.get(NUMERO)
    valeur = tetes[0].valeurs.get(_CHAMP) if tetes else None
    return numero_cherche(valeur) if isinstance(valeur, str) else ""


def noter(connexion: Connection, territoire: str, numeros: Mapping[str, str], en_perdent: Sequence[str]) -> None:
    """Garde le numéro de chaque dossier (vide : il n'en a pas), s'il n'est à aucun autre.

    ``en_perdent`` : les dossiers qui en avaient peut-être un autre.
    """
    portes = sorted((numero, dossier) for dossier, numero in numeros.items() if numero)
    suite = les(numero=[numero for numero, _ in portes], dossier=[un for _, un in portes])
    if en_perdent:
        connexion.execute(_PERDRE, {"ou": territoire, "ids": list(en_perdent), **suite})
    if portes:
        connexion.execute(_NOTER, {"ou": territoire, **suite})


def donner(moteur: Engine, porteur: Porteur, demande: DemandeDeNumero, maintenant: datetime) -> Numero:
    """Un numéro d'exemple pour ce dossier ; le même s'il en a déjà reçu un.

    Lève ``Refuse`` : territoire réel (403), dossier que le poste ne tient pas (404).
    """
    if porteur.territoire != TERRITOIRE_D_EXEMPLE:
        raise refuser(403, "numero_refuse", _AILLEURS)
    return unite_de_travail(moteur, partial(_donner, porteur=porteur, demande=demande, maintenant=maintenant))


def _donner(connexion: Connection, porteur: Porteur, demande: DemandeDeNumero, maintenant: datetime) -> Numero:
    tenu = prendre(connexion, porteur, [demande.dossier]).get(demande.dossier)
    if tenu is None or not tenu.tenu or tenu.tombe or not tenu.genre.personnes:
        raise hors_perimetre()
    deja = _deja_donne(connexion, porteur.territoire, tenu.id)
    return deja or _fabriquer(connexion, porteur.territoire, tenu.id, maintenant)


def _deja_donne(connexion: Connection, territoire: str, dossier: str) -> Numero | None:
    table = numero_unique.c
    requete = select(table.numero, table.donne_le).where(
        table.territoire == territoire, table.dossier == dossier, table.donne_le.is_not(None)
    )
    ligne = connexion.execute(requete).first()
    return Numero(ligne.numero.upper(), ligne.donne_le) if ligne else None


def _fabriquer(connexion: Connection, territoire: str, dossier: str, maintenant: datetime) -> Numero:
    """Le suivant ; un numéro qu'un agent a déjà saisi de lui-même se passe."""
    while True:
        numero = f"{PREFIXE}{maintenant:%m%y}{_suivant(connexion, territoire):06d}"
        ligne = {"numero": numero_nu(numero), "territoire": territoire, "dossier": dossier, "donne_le": maintenant}
        pose = postgresql.insert(numero_unique).values(ligne).on_conflict_do_nothing().returning(numero_unique.c.numero)
        if connexion.execute(pose).one_or_none():
            return Numero(numero, maintenant)


def _suivant(connexion: Connection, territoire: str) -> int:
    pose = postgresql.insert(compteur).values(territoire=territoire, nom="numero", valeur=1)
    suivant = pose.on_conflict_do_update(
        index_elements=["territoire", "nom"], set_={"valeur": compteur.c.valeur + 1}
    ).returning(compteur.c.valeur)
    return int(connexion.execute(suivant).scalar_one())
