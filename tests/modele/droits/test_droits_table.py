"""La table : ce qu'elle dit est permis, dans le périmètre qu'elle dit ; le reste est refusé."""

from __future__ import annotations

from itertools import product

import pytest

from modele.droits import Action, Droit, Perimetre, Role, Table

ROLES = {
    "agent": Role("agent", "Agent", "", sans_registre=True),
    "social": Role("social", "Social", "", sans_registre=True),
    "observateur": Role("observateur", "Observateur", ""),
}
# Du plus petit cercle au plus grand ; la séance est à part.
CERCLES = (Perimetre.SOI, Perimetre.LIEU, Perimetre.STRUCTURE, Perimetre.TERRITOIRE)


def _table(perimetre: Perimetre) -> Table:
    return Table(ROLES, [Droit("agent", "visite", Action.CREER, perimetre)])


@pytest.mark.parametrize(("droit", "ou"), list(product(CERCLES, CERCLES)))
def test_un_droit_va_jusqu_a_son_perimetre(droit: Perimetre, ou: Perimetre) -> None:
    """Un droit de lieu vaut pour soi et pour le lieu, pas pour la structure."""
    permis = _table(droit).permet(["agent"], "visite", Action.CREER, ou)
    assert permis is (CERCLES.index(ou) <= CERCLES.index(droit))


def test_un_droit_de_seance_ne_vaut_que_pour_elle() -> None:
    """Une séance réunit plusieurs structures : y siéger n'ouvre rien d'autre, pas même ce qu'on a fait soi-même."""
    table = _table(Perimetre.SEANCE)
    assert [ou for ou in Perimetre if table.permet(["agent"], "visite", Action.CREER, ou)] == [Perimetre.SEANCE]
    assert _table(Perimetre.TERRITOIRE).permet(["agent"], "visite", Action.CREER, Perimetre.SEANCE)


def test_ce_que_la_table_ne_dit_pas_est_refuse() -> None:
    """Autre rôle, aucun rôle, autre genre, autre action."""
    table = _table(Perimetre.TERRITOIRE)
    assert table.permet(["social", "agent"], "visite", Action.CREER)
    assert not table.permet(["social"], "visite", Action.CREER)
    assert not table.permet([], "visite", Action.CREER)
    assert not table.permet(["agent"], "dossier", Action.CREER)
    assert not table.permet(["agent"], "visite", Action.MODIFIER)


def test_un_role_sans_droit_ne_s_enrole_pas() -> None:
    """Et le poste qui ignore ses rôles a ceux que le fichier dit."""
    table = _table(Perimetre.SOI)
    assert (table.enrolables, table.sans_registre) == (("agent",), ("agent", "social"))
