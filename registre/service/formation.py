"""Ce que des essais de formation ont donné, cas par cas et étape par étape : rien ne dit de qui, ni d'où, ni quand.

Un essai ne se montre qu'avec les autres de son lot, et un lot que plein : mettre deux montres côte à côte ne rend
personne. Les nombres passent par le masque des petits effectifs. Rien de ceci ne sert à évaluer quelqu'un.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Engine, func, select, text
from sqlalchemy.dialects.postgresql import insert

from modele.chiffres import Diffusion, Tableau, masquer, petit, seuil_de
from modele.protocole.messages import (
    CasDuReseau,
    CompteDeFormation,
    ComptesDeFormation,
    EtapeComptee,
    EtapeDuReseau,
    FormationDuReseau,
)
from registre.base.moteur import lecture, unite_de_travail
from registre.base.schema import compte_de_formation
from registre.service.administration import exiger_territoire
from registre.service.jetons import Porteur
from registre.service.refus import refuser

AU_PLUS: Final = 200
"""Comptes dits en une fois, étapes d'un cas, points d'une étape."""
_COMPTE: Final = compte_de_formation.c
_NOM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{16,64}")
_NOMBRES: Final = ("justes", "oublis", "a_discuter")
_SANS_FORME: Final = "Ces comptes de formation n'ont pas la forme attendue."
Lignes: TypeAlias = "Sequence[Any]"


def echanger(moteur: Engine, porteur: Porteur, dits: ComptesDeFormation) -> FormationDuReseau:
    """Retient ces essais, chacun une fois, sans rien du poste ; rend les points difficiles du réseau. ``Refuse``."""
    if len(dits.comptes) > AU_PLUS or not all(map(_bien_forme, dits.comptes)):
        raise refuser(422, "comptes_sans_forme", _SANS_FORME)
    return unite_de_travail(moteur, partial(_echanger, ou=porteur.territoire, dits=dits))


def du_reseau(moteur: Engine, ou: str) -> FormationDuReseau:
    """Les points difficiles de ce territoire. Lève ``ErreurUtilisateur`` : territoire inconnu."""
    return lecture(moteur, partial(_du_reseau_connu, ou=ou))


def _bien_forme(compte: CompteDeFormation) -> bool:
    noms = [compte.cas, *(une.etape for une in compte.etapes)]
    nombres = [nombre for une in compte.etapes for nombre in (une.justes, une.oublis, une.a_discuter)]
    return (
        0 < len(compte.etapes) <= AU_PLUS
        and len(set(noms[1:])) == len(compte.etapes)
        and all(map(_NOM.fullmatch, noms))
        and all(map(_HEXADECIMAL.fullmatch, (compte.version, compte.jeton)))
        and all(0 <= nombre <= AU_PLUS for nombre in nombres)
    )


def _echanger(connexion: Connection, ou: str, dits: ComptesDeFormation) -> FormationDuReseau:
    for compte in dits.comptes:
        _retenir(connexion, ou, compte)
    return _du_reseau(connexion, ou)


def _retenir(connexion: Connection, ou: str, compte: CompteDeFormation) -> None:
    """Le premier qui porte ce jeton compte ; les suivants ne changent rien."""
    du_cas = (_COMPTE.territoire == ou, _COMPTE.cas == compte.cas, _COMPTE.version == compte.version)
    # Deux postes à la fois : le second attend, et son lot tient compte du premier.
    verrou = f"formation {ou} {compte.cas} {compte.version}"
    connexion.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:verrou, 0))"), {"verrou": verrou})
    if connexion.execute(select(_COMPTE.etape).where(*du_cas, _COMPTE.jeton == compte.jeton).limit(1)).first():
        return
    deja = connexion.execute(select(func.count(_COMPTE.jeton.distinct())).where(*du_cas)).scalar_one()
    commun = {"territoire": ou, "cas": compte.cas, "version": compte.version, "jeton": compte.jeton}
    connexion.execute(
        insert(compte_de_formation),
        [commun | {"lot": deja // _taille()} | _en_ligne(une) for une in compte.etapes],
    )


def _en_ligne(une: EtapeComptee) -> dict[str, Any]:
    return {"etape": une.etape, "justes": une.justes, "oublis": une.oublis, "a_discuter": une.a_discuter}


def _taille() -> int:
    """Combien d'agents se montrent ensemble : le seuil le plus haut des petits effectifs."""
    return seuil_de(Diffusion.PUBLIC)


def _du_reseau_connu(connexion: Connection, ou: str) -> FormationDuReseau:
    exiger_territoire(connexion, ou)
    return _du_reseau(connexion, ou)


def _du_reseau(connexion: Connection, ou: str) -> FormationDuReseau:
    lots: dict[tuple[str, str], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for ligne in connexion.execute(select(compte_de_formation).where(_COMPTE.territoire == ou)):
        lots[ligne.cas, ligne.version][ligne.lot].append(ligne)
    montres = ((cle, _dernier_plein(du_cas)) for cle, du_cas in sorted(lots.items()))
    return FormationDuReseau(tuple(_cas(*cle, lignes) for cle, lignes in montres if lignes))


def _dernier_plein(lots: dict[int, list[Any]]) -> Lignes:
    """Le dernier lot plein, seul : deux lots montrés n'ont personne en commun."""
    pleins = [lot for lot, lignes in lots.items() if not petit(_agents(lignes), _taille())]
    return lots[max(pleins)] if pleins else ()


def _agents(lignes: Lignes) -> int:
    return len({ligne.jeton for ligne in lignes})


def _cas(cas: str, version: str, lignes: Lignes) -> CasDuReseau:
    noms = dict.fromkeys(ligne.etape for ligne in sorted(lignes, key=lambda une: une.etape))
    etapes = [_etape(nom, [ligne for ligne in lignes if ligne.etape == nom]) for nom in noms]
    return CasDuReseau(cas, version, _agents(lignes), tuple(etapes))


def _etape(nom: str, lignes: Lignes) -> EtapeDuReseau:
    """Les points de cette étape, tous essais du lot ensemble ; petits, ils se taisent, et un voisin avec eux."""
    tableau = Tableau()
    for nombre in _NOMBRES:
        tableau.poser(nombre, sum(getattr(ligne, nombre) for ligne in lignes))
    # Qui connaît le cas sait à peu près combien de points il a : leur somme compte pour dite.
    tableau.poser("points", sum(case.valeur for case in tableau.cases.values()))
    tableau.sommer("points", _NOMBRES)
    tues = masquer(tableau, _taille())
    return EtapeDuReseau(nom, *(_dits(tableau, tues, _NOMBRES)))


def _dits(tableau: Tableau, tues: Iterable[str], noms: Iterable[str]) -> list[int | None]:
    return [None if nom in tues else tableau.cases[nom].valeur for nom in noms]
