"""La part d'une copie de secours qui s'emporte : prise à un poste, rendue à qui administre, détruite à trente jours.

Ensuite la copie ne se lit plus nulle part : ni un mot de passe connu, ni le coffre d'aujourd'hui n'y suffisent
(décision 0015). Un poste révoqué n'en dépose plus ; les siennes finissent à leur jour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects import postgresql

from modele.dossier.codes import relire_code_secours, relire_reference
from modele.protocole.messages import PartDeCopie, PartGardee
from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import part_de_copie
from registre.service.jetons import Porteur
from registre.service.refus import refuser

DUREE: Final = timedelta(days=30)
_PAR_POSTE: Final = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Une part encore gardée."""

    nom: str
    code: str
    deposee_le: datetime

    @property
    def jusqu_au(self) -> datetime:
        """Quand elle sera détruite."""
        return self.deposee_le + DUREE


def deposer(moteur: Engine, porteur: Porteur, recue: PartDeCopie, maintenant: datetime) -> PartGardee:
    """Garde une part. Lève un refus (422) si ce n'en est pas une, ou si ce poste en a déjà trop."""
    nom, code = relire_reference(recue.nom), _relu(recue.code)
    if not (nom and code):
        raise refuser(422, "part_illisible", "Ce n'est pas la part d'une copie de secours.")
    ligne = {
        "territoire": porteur.territoire,
        "poste": porteur.poste,
        "nom": nom,
        "code": code,
        "deposee_le": maintenant,
    }
    return unite_de_travail(moteur, partial(_deposer, ligne=ligne))


def _relu(code: str) -> str:
    try:
        return relire_code_secours(code)
    except ErreurUtilisateur:
        return ""


def _deposer(connexion: Connection, ligne: Mapping[str, Any]) -> PartGardee:
    _detruire(connexion, ligne["deposee_le"])
    du_poste = (part_de_copie.c.territoire == ligne["territoire"], part_de_copie.c.poste == ligne["poste"])
    if len(connexion.execute(select(part_de_copie.c.nom).where(*du_poste).limit(_PAR_POSTE)).all()) >= _PAR_POSTE:
        raise refuser(422, "trop_de_parts", "Ce poste a déjà trop de copies scellées.")
    # Le même envoi reçu deux fois garde le premier : sa date est celle qui compte.
    connexion.execute(postgresql.insert(part_de_copie).values(ligne).on_conflict_do_nothing())
    return PartGardee(ligne["deposee_le"])


def lister(moteur: Engine, territoire: str, poste: str, maintenant: datetime) -> list[Part]:
    """Les parts gardées de ce poste, révoqué ou non, la plus récente d'abord."""
    detruire(moteur, maintenant)
    ici = (part_de_copie.c.territoire == territoire, part_de_copie.c.poste == poste)
    colonnes = (part_de_copie.c.nom, part_de_copie.c.code, part_de_copie.c.deposee_le)
    requete = select(*colonnes).where(*ici).order_by(part_de_copie.c.deposee_le.desc(), part_de_copie.c.nom)
    return lecture(moteur, lambda connexion: [Part(*ligne) for ligne in connexion.execute(requete)])


def detruire(moteur: Engine, maintenant: datetime) -> int:
    """Détruit les parts de plus de trente jours ; rend combien."""
    return unite_de_travail(moteur, partial(_detruire, maintenant=maintenant))


def _detruire(connexion: Connection, maintenant: datetime) -> int:
    return connexion.execute(delete(part_de_copie).where(part_de_copie.c.deposee_le <= maintenant - DUREE)).rowcount
