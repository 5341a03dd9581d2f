"""La liste des dossiers : filtrée, triée, paginée en SQL ; un dossier discret n'y est que pour qui l'a créé."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from outils_coffre import AGENT

from modele.coffre import Coffre, repertoire
from modele.coffre.listes import PAR_PAGE, Filtre, PageDossiers, Tri
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur

AUTRE: Final = "Awa Diallo"
JOUR: Final = date(2026, 11, 29)


def _creer(coffre: Coffre, nom: str = "", agent: str = AGENT, **autres: Any) -> str:
    document = ({"demandeur": {"nom": nom}} if nom else {}) | autres
    identifiant: str = coffre.creer_dossier(document, Auteur(agent))["id"]
    return identifiant


def _ids(page: PageDossiers) -> list[str]:
    return [une.dossier for une in page.lignes]


def _discret(coffre: Coffre, nom: str, agent: str) -> str:
    return _creer(coffre, nom, agent, protection={"discret": True})


def test_les_filtres(coffre: Coffre) -> None:
    """Les miens : créés ou changés par moi ; à terminer : sans numéro unique, ou une frappe en attente."""
    mien = _creer(coffre, "Un")
    autre = _creer(coffre, "Deux", AUTRE, demande={"numero_unique": "EXEMPLE1125000173"})
    touche = _creer(coffre, "Trois", AUTRE, demande={"numero_unique": "EXEMPLE1125000174"})
    coffre.modifier(touche, {"demandeur.prenoms": "Ana"}, Auteur(AGENT))
    coffre.modifier(touche, {"demandeur.prenoms": "Anna"}, Auteur(AUTRE))
    assert set(_ids(coffre.lister(AGENT, Filtre.MIENS, Tri.CHANGE))) == {mien, touche}
    assert _ids(coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE)) == [touche, autre, mien]
    assert _ids(coffre.lister(AGENT, Filtre.A_TERMINER, Tri.CHANGE)) == [mien]
    coffre.brouillon(autre, "contact.courriel", "a")
    assert set(_ids(coffre.lister(AGENT, Filtre.A_TERMINER, Tri.CHANGE))) == {mien, autre}


def test_tri_par_creation(coffre: Coffre) -> None:
    """Le dernier créé d'abord, quoi qu'on ait changé depuis."""
    ancien, recent = _creer(coffre, "Un"), _creer(coffre, "Deux")
    coffre.modifier(ancien, {"demandeur.nom": "Trois"}, Auteur(AGENT))
    assert _ids(coffre.lister(AGENT, Filtre.TOUS, Tri.CREE)) == [recent, ancien]
    assert _ids(coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE)) == [ancien, recent]


def test_un_dossier_discret_n_est_que_dans_la_liste_de_qui_l_a_cree(coffre: Coffre) -> None:
    """Ni le filtre, ni le tri, ni le total ne le disent à un autre."""
    _discret(coffre, "Garnier", AUTRE)
    mien = _discret(coffre, "Petit", AGENT)
    for filtre in Filtre:
        for tri in Tri:
            page = coffre.lister(AGENT, filtre, tri)
            assert (_ids(page), page.total) == ([mien], 1)
            assert page.lignes[0].resume.titre == "Dossier discret"
    assert coffre.lister("Quelqu'un", Filtre.TOUS, Tri.CHANGE).total == 0


def test_mutant_sans_la_discretion(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sans la condition, un autre le verrait : l'épreuve d'avant n'est pas vide."""
    _discret(coffre, "Garnier", AUTRE)
    monkeypatch.setattr(repertoire, "_visibles", lambda _: True)
    assert coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE).total == 1


def test_pages_de_deux_cents(coffre: Coffre) -> None:
    """Aucun dossier ne manque ni ne se répète d'une page à l'autre ; au-delà, la dernière page."""
    coffre.importer([{"demandeur": {"nom": f"Nom {rang}"}} for rang in range(PAR_PAGE + 3)], Auteur(AGENT))
    pages = [coffre.lister(AGENT, Filtre.TOUS, tri, page) for tri in Tri for page in (0, 1)]
    for premiere, seconde in zip(pages[::2], pages[1::2], strict=True):
        assert (len(premiere.lignes), len(seconde.lignes)) == (PAR_PAGE, 3)
        assert len({*_ids(premiere), *_ids(seconde)}) == premiere.total == PAR_PAGE + 3
    assert coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE, 9).page == 1
    assert coffre.lister(AGENT, Filtre.MIENS, Tri.CHANGE, -1).page == 0


def test_tri_par_echeance(coffre: Coffre) -> None:
    """La plus proche d'abord ; sans échéance ou pas encore lue, en dernier."""
    loin, sans, proche, inconnu = (_creer(coffre, nom) for nom in ("Loin", "Sans", "Proche", "Inconnu"))
    for dossier, le in ((loin, date(2027, 1, 1)), (sans, None), (proche, date(2026, 12, 1))):
        coffre.noter_echeance(dossier, coffre.lire(dossier), le, JOUR)
    lignes = coffre.lister(AGENT, Filtre.TOUS, Tri.ECHEANCE).lignes
    assert [une.dossier for une in lignes] == [proche, loin, inconnu, sans]
    assert [une.echeance for une in lignes] == [date(2026, 12, 1), date(2027, 1, 1), None, None]
    assert [une.lue for une in lignes] == [True, True, False, True]
    assert [une.dossier for une in coffre.echeances_a_lire(JOUR, 9)] == [inconnu]


def test_une_echeance_ne_survit_pas_au_document_qui_l_a_dite(coffre: Coffre) -> None:
    """Changé, le dossier est à relire ; et ce qui a été lu dans l'ancien document ne se note plus."""
    dossier = _creer(coffre, "Un")
    lu = coffre.lire(dossier)
    coffre.noter_echeance(dossier, lu, date(2026, 12, 1), JOUR)
    coffre.modifier(dossier, {"demandeur.nom": "Deux"}, Auteur(AGENT))
    (a_lire,) = coffre.echeances_a_lire(JOUR, 9)
    assert a_lire.document["demandeur"]["nom"] == "Deux"
    coffre.noter_echeance(dossier, lu, date(2026, 12, 1), JOUR)
    assert not coffre.lister(AGENT, Filtre.TOUS, Tri.ECHEANCE).lignes[0].lue


def test_un_dossier_discret_n_a_pas_d_echeance(coffre: Coffre) -> None:
    """Il le devient : celle qu'on savait s'en va, et ne se note plus."""
    dossier = _creer(coffre, "Un")
    coffre.noter_echeance(dossier, coffre.lire(dossier), date(2026, 12, 1), JOUR)
    coffre.modifier(dossier, {"protection.discret": True}, Auteur(AGENT))
    coffre.noter_echeance(dossier, coffre.lire(dossier), date(2026, 12, 1), JOUR)
    assert coffre.echeances_a_lire(JOUR, 9) == []
    (ligne,) = coffre.lister(AGENT, Filtre.TOUS, Tri.ECHEANCE).lignes
    assert (ligne.echeance, ligne.lue) == (None, False)


@pytest.mark.parametrize(
    ("le", "dans", "a_relire"),
    [
        (None, timedelta(6), False),
        (None, timedelta(7), True),
        (JOUR, timedelta(0), False),
        (JOUR, timedelta(1), True),
        (JOUR + timedelta(3), timedelta(3), False),
    ],
)
def test_une_echeance_se_relit(coffre: Coffre, le: date | None, dans: timedelta, a_relire: bool) -> None:
    """Passée, ou lue depuis une semaine : le temps aussi change un dossier."""
    dossier = _creer(coffre, "Un")
    coffre.noter_echeance(dossier, coffre.lire(dossier), le, JOUR)
    assert bool(coffre.echeances_a_lire(JOUR + dans, 9)) is a_relire


def test_deux_sans_nom_ont_chacun_leur_rang_du_jour(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le rang se compte parmi ceux que le poste montre, à l'heure du poste ; un nom n'en a pas besoin."""
    hier, midi = (datetime(2026, 11, jour, 12, tzinfo=UTC) for jour in (28, 29))
    attendus: dict[str, int] = {}
    for rang, quand in ((1, hier), (1, midi), (2, midi + timedelta(minutes=5))):
        monkeypatch.setattr(coffre, "_horloge", lambda quand=quand: quand)
        attendus[_creer(coffre)] = rang
    _discret(coffre, "Garnier", AUTRE)
    monkeypatch.setattr(coffre, "_horloge", lambda: midi + timedelta(minutes=9))
    attendus[_creer(coffre)] = 3
    monkeypatch.setattr(coffre, "_horloge", lambda: midi + timedelta(minutes=10))
    nomme = _creer(coffre, "Un")
    rangs = {une.dossier: une.resume.rang for une in coffre.lister(AGENT, Filtre.TOUS, Tri.CREE).lignes}
    assert rangs == attendus | {nomme: 0}
    assert {un.dossier: un.resume.rang for un in coffre.recents() if not un.resume.discret} == rangs
    coffre.modifier(nomme, {"demandeur.nom": ABSENT}, Auteur(AGENT))
    assert {un.resume.rang for un in coffre.recents() if un.dossier == nomme} == {4}
    assert all(un.resume.ici for un in coffre.recents())
