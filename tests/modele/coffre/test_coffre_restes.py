"""Ce qui se lit d'un coffre abîmé se pose par-dessus la dernière copie : rien ne se double, rien ne pend."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from outils_abimes import documents, exiger_debout
from outils_coffre import AGENT, creer, ouvrir
from sqlalchemy import delete, select

from modele.coffre import Coffre, copies, nue, schema
from modele.coffre.base import Base
from modele.coffre.lambeaux import TABLES, Reste
from modele.coffre.redits import redire
from modele.coffre.restes import _sans_garde, fondre
from modele.dossier.chemins import Document
from modele.droits import Auteur

_MIDI = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def deux(tmp_path: Path) -> Iterator[tuple[Coffre, Path]]:
    """Un coffre et une copie faite avant ses dernières saisies."""
    coffre, _ = creer(tmp_path / "c.perron")
    for rang in range(3):
        coffre.creer_dossier({"demandeur": {"nom": f"N{rang}"}}, Auteur(AGENT))
    copies.copier(coffre.chemin, coffre._cle, tmp_path / "copie.perron")
    yield coffre, tmp_path / "copie.perron"
    coffre.fermer()


def _fondre(
    coffre: Coffre, copie: Path, perdre: Callable[[Base], None], partielles: set[str], fondus: Collection[str] = ()
) -> tuple[int, dict[str, Document]]:
    """Fond dans la copie ce qui resterait du coffre, une fois ``perdre`` passé ; rend ce qu'elle montre ensuite."""
    reste = copie.with_name("reste.perron")
    copies.copier_la_base(coffre.chemin, coffre._cle, reste)
    base = Base(reste, coffre._cle)
    perdre(base)
    base.fermer()
    lu = Reste(frozenset(table.name for table in TABLES) - partielles)
    quand = coffre._horloge()
    saisies, a_redire = fondre(copie, reste, coffre._cle, lu, quand)
    neuve = Base(copie, coffre._cle)
    with neuve.ecriture() as connexion:
        redire(connexion, a_redire, Auteur(AGENT), quand)
    neuve.fermer()
    fondu = ouvrir(copie)
    exiger_debout(fondu)
    montre = documents(fondu)
    assert {un.dossier for un in fondu.echanges.attente()} - set(fondus) == montre.keys()
    fondu.fermer()
    return saisies, montre


def _perdre(*requetes: str) -> Callable[[Base], None]:
    def perdre(base: Base) -> None:
        with base.ecriture() as connexion:
            connexion.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            with _sans_garde(connexion.exec_driver_sql):
                for requete in requetes:
                    connexion.exec_driver_sql(requete)
            connexion.exec_driver_sql("PRAGMA writable_schema = OFF")

    return perdre


_SANS_CLES = "PRAGMA foreign_keys = OFF"


def _perdre_les_saisies(base: Base, garder: int) -> None:
    """Les dernières saisies, et leurs envois, ne se lisent plus ; les documents, si."""
    with nue.ouverte(base.chemin, base._cle, nue.ECRITURE) as connexion, _sans_garde(connexion.execute):
        connexion.execute("DELETE FROM operation WHERE rowid > ?", (garder,))
        connexion.execute("DELETE FROM envoi WHERE rowid > ?", (garder,))


def test_une_saisie_perdue_dont_le_document_se_lit_se_redit(deux: tuple[Coffre, Path]) -> None:
    """Le document la montrait : une saisie neuve le redit, le registre la recevra."""
    coffre, copie = deux
    premier = coffre.recents(9)[-1].dossier
    coffre.modifier(premier, {"demandeur.prenoms": "Nadia", "demandeur.nom": "Changé"}, Auteur(AGENT))
    montre = documents(coffre)
    saisies, apres = _fondre(coffre, copie, lambda base: _perdre_les_saisies(base, 3), {"operation", "envoi"})
    assert (saisies, apres) == (0, montre)


def test_une_reponse_retiree_se_redit_retiree(deux: tuple[Coffre, Path]) -> None:
    """Le document n'avait plus ce champ : il ne revient pas."""
    from modele.dossier.chemins import ABSENT

    coffre, copie = deux
    premier = coffre.recents(9)[-1].dossier
    coffre.modifier(premier, {"demandeur.nom": ABSENT}, Auteur(AGENT))
    montre = documents(coffre)
    _, apres = _fondre(coffre, copie, lambda base: _perdre_les_saisies(base, 3), {"operation", "envoi"})
    assert apres == montre


def test_un_dossier_neuf_dont_la_creation_est_perdue_se_redit_entier(deux: tuple[Coffre, Path]) -> None:
    """Sa création ne se lit plus, son document oui : il se recrée tel qu'il est."""
    coffre, copie = deux
    coffre.creer_dossier({"demandeur": {"nom": "Neuf"}}, Auteur(AGENT))
    montre = documents(coffre)
    _, apres = _fondre(coffre, copie, lambda base: _perdre_les_saisies(base, 3), {"operation", "envoi"})
    assert apres == montre


def test_un_document_perdu_dont_les_saisies_se_lisent_se_refait(deux: tuple[Coffre, Path]) -> None:
    """Ni dans la copie, ni lisible : ses saisies le disent, dans leur ordre."""
    coffre, copie = deux
    neuf = coffre.creer_dossier({"demandeur": {"nom": "Neuf"}}, Auteur(AGENT))["id"]
    coffre.modifier(neuf, {"demandeur.prenoms": "Ada"}, Auteur(AGENT))
    ancien = coffre.recents(9)[-1].dossier
    coffre.modifier(ancien, {"demandeur.prenoms": "Depuis"}, Auteur(AGENT))
    montre = documents(coffre)

    def perdre(base: Base) -> None:
        with nue.ouverte(base.chemin, base._cle, nue.ECRITURE) as connexion:
            connexion.execute("DELETE FROM dossier WHERE id IN (?, ?)", (neuf, ancien))

    saisies, apres = _fondre(coffre, copie, perdre, {"dossier"})
    assert (saisies, apres) == (3, montre)


def test_ni_document_ni_creation_le_dossier_manque_et_rien_ne_pend(deux: tuple[Coffre, Path]) -> None:
    """Une saisie orpheline d'un dossier que rien ne dit ne reste pas ; les autres dossiers sont entiers."""
    coffre, copie = deux
    avant = documents(coffre)
    neuf = coffre.creer_dossier({"demandeur": {"nom": "Neuf"}}, Auteur(AGENT))["id"]
    coffre.modifier(neuf, {"demandeur.prenoms": "Ada"}, Auteur(AGENT))

    def perdre(base: Base) -> None:
        with nue.ouverte(base.chemin, base._cle, nue.ECRITURE) as connexion, _sans_garde(connexion.execute):
            connexion.execute("DELETE FROM dossier WHERE id = ?", (neuf,))
            connexion.execute("DELETE FROM operation WHERE rowid = 4")

    _, apres = _fondre(coffre, copie, perdre, {"dossier", "operation"})
    assert apres == avant


@pytest.mark.parametrize(("relie", "perdue"), [(False, True), (True, True), (False, False)])
def test_un_dossier_fondu_ici_dont_la_ligne_est_perdue_ne_se_rouvre_pas(
    deux: tuple[Coffre, Path], relie: bool, perdue: bool
) -> None:
    """La copie le croyait ouvert ; ce qui s'était annulé, en revanche, reste séparé. Relié, le registre le redira."""
    coffre, copie = deux
    un, autre = (recent.dossier for recent in coffre.recents(2))
    tiers = coffre.creer_dossier({"demandeur": {"nom": "Neuf"}}, Auteur(AGENT))["id"]
    coffre.memes.fondre(un, tiers, {}, Auteur(AGENT))
    coffre.memes.defaire(un, tiers, Auteur(AGENT))
    coffre.memes.fondre(un, autre, {}, Auteur(AGENT))
    if relie:
        coffre.regler("registre.adresse", "https://registre.exemple:1")
    montre = documents(coffre)

    def perdre(base: Base) -> None:
        with nue.ouverte(base.chemin, base._cle, nue.ECRITURE) as connexion:
            connexion.execute("DELETE FROM dossier WHERE id = ?", (autre if perdue else "",))

    fondu = _fondre(coffre, copie, perdre, {"dossier"}, () if relie else (autre,))[1]
    assert (autre in fondu, tiers in fondu) == (relie, True)
    assert fondu[un] == montre[un]


def test_un_envoi_perdu_repart(deux: tuple[Coffre, Path]) -> None:
    """La boîte d'envoi ne se lit plus : ce que la copie n'avait pas et qui n'a pas de reçu est à envoyer."""
    coffre, copie = deux
    coffre.creer_dossier({"demandeur": {"nom": "Neuf"}}, Auteur(AGENT))
    montre = documents(coffre)

    def perdre(base: Base) -> None:
        with base.ecriture() as connexion:
            connexion.execute(delete(schema.envoi).where(schema.envoi.c.rang > 3))

    _, apres = _fondre(coffre, copie, perdre, {"envoi"})
    assert apres == montre


def test_ce_que_l_agent_n_a_pas_le_droit_de_redire_se_tait(deux: tuple[Coffre, Path]) -> None:
    """Un refus (mur, droits) n'empêche pas d'ouvrir : le dossier montre ce que ses saisies disent."""
    from modele.coffre.restes import ARedire

    coffre, _ = deux
    with coffre._base.ecriture() as connexion:
        dossier = connexion.scalar(select(schema.dossier.c.id))
        redire(connexion, ARedire({}, frozenset({"inconnu"})), Auteur(AGENT), coffre._horloge())
    assert coffre.lire(dossier)["id"] == dossier


def test_un_trou_dans_le_journal_des_saisies_se_dit_une_fois(deux: tuple[Coffre, Path]) -> None:
    """Une saisie manque entre deux autres : l'époque se ferme, la vérification ne s'en alarme plus."""
    coffre, copie = deux
    un, autre = (recent.dossier for recent in coffre.recents(2))
    coffre.modifier(un, {"demandeur.prenoms": "Perdue"}, Auteur(AGENT))
    coffre.modifier(autre, {"demandeur.prenoms": "Gardée"}, Auteur(AGENT))
    montre = documents(coffre)

    def perdre(base: Base) -> None:
        with nue.ouverte(base.chemin, base._cle, nue.ECRITURE) as connexion, _sans_garde(connexion.execute):
            connexion.execute("DELETE FROM operation WHERE rowid = 4")
            connexion.execute("DELETE FROM envoi WHERE rowid = 4")

    saisies, apres = _fondre(coffre, copie, perdre, {"operation", "envoi"})
    assert (saisies, apres) == (1, montre)
