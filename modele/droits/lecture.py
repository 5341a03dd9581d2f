"""Lire les rôles (``droits.toml``) et les droits que dit le fichier d'un genre, en vérifiant tout."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from modele.droits.table import Action, Droit, Perimetre, Role
from modele.regles.lecture import Lecteur, hors_liste, lire_toml


def lire_roles(chemin: Path) -> dict[str, Role]:
    """Les rôles déclarés, dans leur ordre. Lève ``FichierFautif`` avec toutes les fautes."""
    lecteur = lire_toml(chemin)
    lecteur.exiger_format()
    vus: set[str] = set()
    roles = [_role(table, vus) for table in lecteur.tables("role", obligatoire=True)]
    lecteur.finir()
    return {role.id: role for role in roles}


def _role(table: Lecteur, vus: set[str]) -> Role:
    role = Role(
        id=table.identifiant(vus),
        nom=table.texte("nom", obligatoire=True),
        definition=table.texte("definition", obligatoire=True),
        sans_registre=table.booleen("sans_registre"),
        tient_les_comptes=table.booleen("tient_les_comptes"),
    )
    table.clore()
    return role


def lire_droits_du_genre(lecteur: Lecteur, genre: str, roles: Collection[str]) -> list[Droit]:
    """Les lignes ``[[droit]]`` du fichier d'un genre ; les fautes vont à ``lecteur``."""
    droits: dict[tuple[str, Action], Droit] = {}
    for table in lecteur.tables("droit", obligatoire=True):
        for droit in _droits(table, genre, roles):
            if droits.setdefault((droit.role, droit.action), droit) is not droit:
                table.signaler("actions", f"« {droit.role} » a déjà le droit « {droit.action} », plus haut")
    if not any(droit.action is Action.CREER for droit in droits.values()):
        lecteur.signaler("droit", "aucun rôle ne peut créer un objet de ce genre. Donnez l'action « creer » à un rôle.")
    return list(droits.values())


def _droits(table: Lecteur, genre: str, roles: Collection[str]) -> Iterator[Droit]:
    """Une ligne du fichier : plusieurs rôles, plusieurs actions, un périmètre."""
    perimetre = table.texte("perimetre", obligatoire=True, permis=tuple(Perimetre), defaut=Perimetre.SOI)
    dits = _parmi(table, "roles", roles)
    actions = _parmi(table, "actions", tuple(Action))
    table.clore()
    for role in dits:
        yield from (Droit(role, genre, Action(action), Perimetre(perimetre)) for action in actions)


def _parmi(table: Lecteur, cle: str, permis: Collection[str]) -> list[str]:
    dits = table.textes(cle, obligatoire=True)
    if table.brut(cle) == []:
        table.signaler(cle, "attendu : au moins une valeur")
    for dit in dits:
        if dit not in permis:
            table.signaler(cle, hors_liste(dit, permis))
    return [dit for dit in dits if dit in permis]
