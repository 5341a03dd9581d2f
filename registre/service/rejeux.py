"""Avant la première réponse d'une base remise : ce que la base remplacée savait encore s'y rejoue.

Effacé depuis la sauvegarde, un dossier le reste ; devenu discret depuis, il l'est. Ce que la base remplacée ne dit
plus, les postes le disent en revenant (``reprises``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, inspect, text
from sqlalchemy.dialects import postgresql

from registre.base.schema import discretion_sue
from registre.service import diffusion
from registre.service.ecriture import etats_a_ecrire, ranger, tenir_l_index
from registre.service.effacements import effacer_de_nouveau
from registre.service.protections import etat_protege
from registre.service.tenus import Tenu, rattaches, verrouiller


@dataclass(frozen=True, slots=True)
class Rejeu:
    """Ce qui a été rejoué, et les postes enrôlés depuis la sauvegarde, que la base remise ne connaît pas.

    ``lue`` : il y avait une base à remplacer.
    """

    lue: bool = False
    effaces: int = 0
    discrets: int = 0
    enroles_depuis: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.lue:
            return (
                "Aucune base remplacée à lire : refaites ce qui a été effacé ou révoqué depuis la sauvegarde ; les "
                "postes diront ce qu'ils en savent."
            )
        dits = f"Rejoué depuis la sauvegarde : {self.effaces} effacés, {self.discrets} rendus discrets."
        if self.enroles_depuis:
            dits += f" Enrôlés depuis, à réenrôler : {', '.join(self.enroles_depuis)}."
        return dits


def rejouer(connexion: Connection, ancien: str, maintenant: datetime) -> Rejeu:
    """Rejoue dans la base remise ce que dit encore le schéma ``ancien`` ; rien s'il n'y a là aucun registre."""
    tables = set(inspect(connexion).get_table_names(schema=ancien))
    if not {"territoire", "poste", "dossier"} <= tables:
        return Rejeu()
    effaces = _rejouer_les_effacements(connexion, ancien, maintenant)
    # Avant le quatrième schéma, rien n'était rattaché à rien : cette base-là est trop vieille pour en savoir plus.
    colonnes = {colonne["name"] for colonne in inspect(connexion).get_columns("dossier", schema=ancien)}
    discrets = _rejouer_les_discretions(connexion, ancien, maintenant) if "rattache" in colonnes else 0
    if {"compte", "fermeture"} <= tables:
        _rejouer_les_comptes(connexion, ancien)
    inconnus = text(
        f"SELECT p.nom || ' (' || p.guichet || ')' FROM {ancien}.poste p JOIN public.territoire t USING (territoire) "
        "WHERE p.revoque_le IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM public.poste r WHERE r.territoire = p.territoire AND r.id = p.id) ORDER BY 1"
    )
    return Rejeu(True, effaces, discrets, tuple(connexion.execute(inconnus).scalars()))


def _rejouer_les_comptes(connexion: Connection, ancien: str) -> None:
    """Un compte fermé depuis la sauvegarde le reste, par son poste ou par le registre ; rouvert depuis, il l'est."""
    des_postes = "JOIN public.poste p ON p.territoire = a.territoire AND p.id = a.poste"
    connexion.execute(
        text(f"INSERT INTO public.compte SELECT a.* FROM {ancien}.compte a {des_postes} ON CONFLICT DO NOTHING")
    )
    connexion.execute(
        text(
            f"INSERT INTO public.fermeture SELECT a.* FROM {ancien}.fermeture a {des_postes} "
            "ON CONFLICT (territoire, poste, nom, ferme_le) DO UPDATE SET rouvert_le = excluded.rouvert_le"
        )
    )


def _rejouer_les_effacements(connexion: Connection, ancien: str, maintenant: datetime) -> int:
    requete = text(
        f"SELECT a.territoire, a.id, a.poste, a.guichet FROM {ancien}.dossier a "
        "JOIN public.territoire t ON t.territoire = a.territoire "
        "LEFT JOIN public.dossier r ON r.territoire = a.territoire AND r.id = a.id "
        "WHERE a.tombe = 'purge' AND r.tombe IS NULL ORDER BY a.territoire, a.id"
    )
    lignes = connexion.execute(requete).all()
    for ligne in lignes:
        effacer_de_nouveau(connexion, ligne.territoire, ligne.id, (ligne.poste, ligne.guichet), maintenant)
    return len(lignes)


def _rejouer_les_discretions(connexion: Connection, ancien: str, maintenant: datetime) -> int:
    requete = text(
        f"SELECT a.territoire, a.id, a.sequence, a.poste, a.guichet, t.poignee, r.id AS remis FROM {ancien}.dossier a "
        f"JOIN {ancien}.territoire t ON t.territoire = a.territoire "
        "JOIN public.territoire n ON n.territoire = a.territoire "
        "LEFT JOIN public.dossier r ON r.territoire = a.territoire AND r.id = a.id "
        "WHERE a.discret AND a.tombe IS NULL AND a.rattache IS NULL "
        "AND r.tombe IS NULL AND r.discret IS NOT TRUE ORDER BY a.territoire, a.id"
    )
    par_territoire: dict[str, dict[str, Row[Any]]] = defaultdict(dict)
    for ligne in connexion.execute(requete).all():
        par_territoire[ligne.territoire][ligne.id] = ligne
    for ou, discrets in par_territoire.items():
        _retenir(connexion, ou, discrets)
        _proteger(connexion, ou, {un: ligne for un, ligne in discrets.items() if ligne.remis}, maintenant)
    return sum(map(len, par_territoire.values()))


def _retenir(connexion: Connection, ou: str, discrets: Mapping[str, Row[Any]]) -> None:
    """Un poste qui l'apportera tel qu'il était avant le saura discret."""
    lignes = [
        {
            "territoire": ou,
            "dossier": un,
            **{nom: getattr(ligne, nom) for nom in ("poignee", "sequence", "poste", "guichet")},
        }
        for un, ligne in discrets.items()
    ]
    connexion.execute(postgresql.insert(discretion_sue).on_conflict_do_nothing(), lignes)


def _proteger(connexion: Connection, ou: str, discrets: Mapping[str, Row[Any]], maintenant: datetime) -> None:
    tenus = verrouiller(connexion, ou, sorted(discrets))
    tenus |= verrouiller(connexion, ou, rattaches(connexion, ou, list(discrets)))
    for tenu in tenus.values():
        place = discrets[tenu.rattache or tenu.id]
        tenu.touche, tenu.discret, tenu.poste, tenu.guichet = True, True, place.poste, place.guichet
        if not tenu.rattache:
            tenu.etat = etat_protege(tenu.etat, place.poste, maintenant)
            tenu.cherche = tenu.renomme = tenu.genre.personnes
    _ecrire(connexion, ou, list(tenus.values()), maintenant)


def _ecrire(connexion: Connection, ou: str, touches: list[Tenu], maintenant: datetime) -> None:
    if not touches:
        return
    tenir_l_index(connexion, ou, touches)
    ecrits = etats_a_ecrire(touches)
    avant = diffusion.prendre_des_sequences(connexion, ou, len(touches))
    for sequence, tenu in enumerate(touches, avant + 1):
        tenu.sequence = sequence
    ranger(connexion, ou, touches, ecrits, maintenant)
    diffusion.avancer(connexion, ou, {tenu.id: tenu.sequence for tenu in touches})
    for tenu in touches:
        if not tenu.rattache:
            diffusion.restreindre(connexion, ou, tenu)
    diffusion.asseoir(connexion, ou, [tenu for tenu in touches if not tenu.rattache])
    diffusion.suivre(connexion, ou, [tenu for tenu in touches if tenu.rattache])
