"""Les dossiers : une transaction, une chaîne, une histoire qui redonne le document."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outils_coffre import AGENT, creer, ouvrir
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError

from modele.coffre import Coffre, depot
from modele.dossier import operations
from modele.dossier.chemins import ABSENT, lire, poser
from modele.dossier.operations import Chaine, Operation, nouvelle_operation, rejouer
from modele.dossier.unites import feuilles, unite
from modele.droits import Action, Auteur
from modele.protection.mur import Ailleurs
from modele.regles.fautes import ErreurUtilisateur
from modele.ressemblance.fiches import fiches
from modele.ressemblance.termes import termes_de_fiche

NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}
TABLES = (
    "dossier",
    "operation",
    "envoi",
    "pose",
    "brouillon",
    "acces",
    "personne",
    "frequence",
    "porte_discrete",
    "terme_docsize",
)


def _contenu(coffre: Coffre) -> dict[str, list[Any]]:
    with coffre._base.lecture() as connexion:
        return {nom: list(connexion.exec_driver_sql(f"SELECT * FROM {nom} ORDER BY 1, 2")) for nom in TABLES}


def _changer_tout(coffre: Coffre, identifiant: str) -> None:
    coffre.modifier(
        identifiant,
        {"demandeur.nom": "El Fatihi", "contact.telephone": "06 12 34 56 78", "triage": ABSENT},
        Auteur(AGENT),
    )


def test_creer_puis_rouvrir_rend_le_meme_document(chemin: Path) -> None:
    """Le document porte son identifiant et son territoire, et survit à la fermeture."""
    coffre, _ = creer(chemin)
    document = coffre.creer_dossier(NADIA | {"champ_inconnu": {"x": 1}}, Auteur(AGENT))
    coffre.fermer()
    rouvert = ouvrir(chemin)
    assert rouvert.lire(document["id"]) == document
    assert document["territoire"] == "metropole-exemple"
    assert document["schema"] == 1
    assert document["champ_inconnu"] == {"x": 1}
    assert rouvert.compter() == 1
    rouvert.fermer()


def test_modifier_rend_le_document_et_garde_l_histoire(coffre: Coffre) -> None:
    """L'opération dit ce qui était, ce qui est, et qui avait posé la valeur vue."""
    identifiant = coffre.creer_dossier(NADIA | {"triage": {"enfant_avec": True}}, Auteur(AGENT))["id"]
    coffre.modifier(identifiant, {"demandeur.nom": "Fatihi-Roux"}, Auteur(AGENT))
    document = coffre.modifier(identifiant, {"demandeur.nom": ABSENT, "foyer.colocation": False}, Auteur("Awa Diallo"))
    assert "nom" not in document["demandeur"]
    creation, premiere, seconde = coffre.operations(identifiant)
    assert creation.champs["triage.enfant_avec"].apres is True
    assert premiere.champs["demandeur.nom"].vu == creation.entete.id
    assert premiere.champs["demandeur.nom"].avant == "Fatihi"
    vu = premiere.entete.id
    assert json.loads(seconde.contenu or b"") == {
        "demandeur.nom": {"vu": vu, "avant": "Fatihi-Roux"},
        # Les autres champs de l'identité : l'opération dit l'unité entière.
        "demandeur.prenoms": {"vu": vu, "avant": "Nadia", "apres": "Nadia"},
        "demandeur.date_naissance": {"vu": vu, "avant": "1984-03-12", "apres": "1984-03-12"},
        "foyer.colocation": {"apres": False},
    }
    assert [operation.entete.rang for operation in coffre.operations(identifiant)] == [1, 2, 3]
    assert seconde.entete.par.nom == "Awa Diallo"
    assert seconde.entete.precedente == premiere.empreinte.hex()


def test_dates_et_montants_deviennent_du_json(coffre: Coffre) -> None:
    """Ce qui est rendu est ce qui sera relu : dates en ISO, décimaux exacts."""
    identifiant = coffre.creer_dossier({"demandeur": {"date_naissance": date(1984, 3, 12)}}, Auteur(AGENT))["id"]
    document = coffre.modifier(identifiant, {"logement_actuel.loyer": Decimal("512.30")}, Auteur(AGENT))
    assert document == coffre.lire(identifiant)
    assert document["demandeur"]["date_naissance"] == "1984-03-12"
    assert document["logement_actuel"]["loyer"] == Decimal("512.30")


def test_sans_changement_pas_d_operation(coffre: Coffre) -> None:
    """Reposer la même valeur n'ajoute rien à l'histoire ; vrai et un ne sont pas la même valeur."""
    identifiant = coffre.creer_dossier(NADIA | {"foyer": {"colocation": True}}, Auteur(AGENT))["id"]
    coffre.modifier(identifiant, {"demandeur.nom": "Fatihi", "recherche.type": ABSENT}, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == 1
    coffre.modifier(identifiant, {"foyer.colocation": 1}, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == 2


def test_champs_qui_se_contiennent_refuses(coffre: Coffre) -> None:
    """Poser un champ et ce qui le contient à la fois est une faute de programme ; rien n'est écrit."""
    identifiant = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    with pytest.raises(ValueError, match="l'un ou l'autre"):
        coffre.modifier(identifiant, {"demandeur.nom": "A", "demandeur": {"nom": "B"}, "demandeurs": 1}, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == 1


@pytest.mark.parametrize("champ", ["id", "territoire", "schema", "cree_le"])
def test_identite_du_dossier_immuable(coffre: Coffre, champ: str) -> None:
    """Ce qui dit de quel dossier il s'agit ne se modifie pas."""
    identifiant = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    with pytest.raises(ValueError, match="ne se modifie pas"):
        coffre.modifier(identifiant, {champ: "autre"}, Auteur(AGENT))


def test_deux_coffres_ouverts_sur_le_meme_fichier(coffre: Coffre, chemin: Path) -> None:
    """Deux ouvertures qui modifient ensemble le même dossier ne perdent rien et gardent une seule chaîne."""
    identifiant = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    autre = ouvrir(chemin)

    def saisir(lequel: Coffre, champ: str) -> None:
        for rang in range(25):
            lequel.modifier(identifiant, {champ: f"{champ} {rang}"}, Auteur(AGENT))

    with ThreadPoolExecutor(2) as fils:
        saisies = [fils.submit(saisir, coffre, "demandeur.nom"), fils.submit(saisir, autre, "demandeur.prenoms")]
    for saisie in saisies:
        saisie.result()
    assert coffre.lire(identifiant)["demandeur"]["nom"] == "demandeur.nom 24"
    assert coffre.lire(identifiant)["demandeur"]["prenoms"] == "demandeur.prenoms 24"
    histoire = coffre.operations(identifiant)
    assert [operation.entete.rang for operation in histoire] == list(range(1, 52))
    assert coffre.lire(identifiant) == autre.lire(identifiant) == rejouer(histoire)
    assert coffre.verifier_chaine() == []
    autre.fermer()


def test_heure_en_utc_et_decalage(coffre: Coffre) -> None:
    """L'instant se garde en UTC avec le décalage local."""
    coffre._horloge = lambda: datetime(2026, 11, 22, 10, 42, 7, tzinfo=timezone(timedelta(hours=1)))
    identifiant = coffre.creer_dossier({}, Auteur(AGENT))["id"]
    entete = json.loads(coffre.operations(identifiant)[0].octets)
    assert entete["fait_le"] == {"utc": "2026-11-22T09:42:07Z", "decalage": 60}


def test_dossier_inconnu_une_phrase(coffre: Coffre) -> None:
    """Lire, modifier, écrire un brouillon ou demander l'histoire d'un dossier absent : une phrase, rien d'écrit."""
    avant = _contenu(coffre)
    for geste in (
        lambda: coffre.lire("absent"),
        lambda: coffre.consulter("absent", Auteur(AGENT)),
        lambda: coffre.modifier("absent", {"demandeur.nom": "X"}, Auteur(AGENT)),
        lambda: coffre.brouillon("absent", "demandeur.nom", "X"),
        lambda: coffre.operations("absent"),
    ):
        with pytest.raises(ErreurUtilisateur, match="n'est pas dans ce coffre"):
            geste()
    assert _contenu(coffre) == avant


def test_importer_par_lots(coffre: Coffre) -> None:
    """Un lot importé s'enchaîne, se relit et se cherche comme des dossiers créés un à un."""
    assert coffre.importer(({"demandeur": {"nom": f"Nom{rang}"}} for rang in range(1201)), Auteur(AGENT)) == 1201
    assert coffre.compter() == 1201
    assert coffre.verifier_chaine() == []
    assert coffre.importer([], Auteur(AGENT)) == 0


# La transaction unique


class Coupure(Exception):
    """Le programme s'arrête là."""


def _instructions(coffre: Coffre, identifiant: str) -> int:
    """Combien d'instructions SQL fait la modification de référence."""
    vues: list[str] = []
    moteur = coffre._base._moteur

    def compter(_c: object, _k: object, sql: str, *_: object) -> None:
        vues.append(sql)

    event.listen(moteur, "before_cursor_execute", compter)
    _changer_tout(coffre, identifiant)
    event.remove(moteur, "before_cursor_execute", compter)
    return len(vues)


def _tout_ou_rien(coffre: Coffre, combien: int) -> bool:
    """Coupe la modification avant chacune de ses instructions : la base est-elle chaque fois comme avant ?"""
    identifiant = coffre.creer_dossier(NADIA | {"triage": {"enfant_avec": True}}, Auteur(AGENT))["id"]
    coffre.brouillon(identifiant, "demandeur.nom", "El Fat")
    avant = _contenu(coffre)
    moteur = coffre._base._moteur
    for fatale in range(1, combien):
        restantes = iter(range(fatale, -1, -1))

        def couper(*_: object, compte: Iterator[int] = restantes) -> None:
            if next(compte) == 0:
                raise Coupure

        event.listen(moteur, "before_cursor_execute", couper)
        with contextlib.suppress(Coupure, IntegrityError):
            _changer_tout(coffre, identifiant)
        event.remove(moteur, "before_cursor_execute", couper)
        if _contenu(coffre) != avant:
            return False
    return True


def test_une_modification_coupee_ne_laisse_rien(coffre: Coffre) -> None:
    """Coupée avant n'importe quelle instruction, ni opération, ni document, ni index, ni brouillon n'ont bougé."""
    identifiant = coffre.creer_dossier(NADIA | {"triage": {"enfant_avec": True}}, Auteur(AGENT))["id"]
    combien = _instructions(coffre, identifiant)
    assert combien > 10
    assert _tout_ou_rien(coffre, combien)


def test_mutant_transaction_qui_valide_malgre_la_coupure(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si la transaction se validait par morceaux, l'essai ci-dessus le verrait."""
    identifiant = coffre.creer_dossier(NADIA | {"triage": {"enfant_avec": True}}, Auteur(AGENT))["id"]
    combien = _instructions(coffre, identifiant)

    @contextlib.contextmanager
    def ecriture(**_: bool) -> Iterator[Connection]:
        with coffre._base._moteur.connect() as connexion:
            connexion.begin()
            try:
                yield connexion
            finally:
                connexion.commit()

    monkeypatch.setattr(coffre._base, "ecriture", ecriture)
    assert not _tout_ou_rien(coffre, combien)


def test_journal_en_ajout_seul(coffre: Coffre) -> None:
    """La base elle-même refuse de changer ou d'effacer une opération."""
    coffre.creer_dossier(NADIA, Auteur(AGENT))
    for ordre in ("DELETE FROM operation", "UPDATE operation SET rang = 7"):
        with pytest.raises(IntegrityError, match="ajout seul"), coffre._base.ecriture() as connexion:
            connexion.exec_driver_sql(ordre)


# La chaîne


def _forcer(coffre: Coffre, ordre: str, *valeurs: object) -> None:
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("DROP TRIGGER IF EXISTS operation_figee")
        connexion.exec_driver_sql("DROP TRIGGER IF EXISTS operation_gardee")
        connexion.exec_driver_sql(ordre, valeurs)


def _trois_operations(coffre: Coffre) -> None:
    identifiant = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    coffre.modifier(identifiant, {"demandeur.nom": "A"}, Auteur(AGENT))
    coffre.modifier(identifiant, {"demandeur.nom": "B"}, Auteur(AGENT))


@pytest.mark.parametrize(
    ("colonne", "avant", "apres", "rang", "faute"),
    [
        ("entete", "Nora", "Zora", 1, "rang 2 : l'opération ne suit pas la précédente"),
        ("contenu", "A", "Z", 2, "rang 2 : le contenu a changé"),
    ],
)
def test_falsification_vue(coffre: Coffre, colonne: str, avant: str, apres: str, rang: int, faute: str) -> None:
    """Un en-tête ou un contenu changé : la chaîne le dit, au rang."""
    _trois_operations(coffre)
    assert coffre.verifier_chaine() == []
    _forcer(
        coffre,
        f"UPDATE operation SET {colonne} = CAST(replace(CAST({colonne} AS TEXT), ?, ?) AS BLOB) WHERE rang = ?",
        avant,
        apres,
        rang,
    )
    (dite,) = coffre.verifier_chaine()
    chaine = coffre.echanges.chaine()
    assert dite.startswith(f"metropole-exemple, {chaine.poste}, {chaine.epoque}, rang ")
    assert dite.endswith(faute)


def test_sel_efface_ou_operation_retiree_se_voient(coffre: Coffre) -> None:
    """Effacer le sel seul, puis retirer l'opération : chaque fois une rupture, au rang."""
    _trois_operations(coffre)
    _forcer(coffre, "UPDATE operation SET sel = NULL WHERE rang = 2")
    assert [faute[-29:] for faute in coffre.verifier_chaine()] == [" rang 2 : le contenu a changé"]
    _forcer(coffre, "UPDATE pose SET operation = (SELECT id FROM operation WHERE rang = 3)")
    _forcer(coffre, "DELETE FROM envoi WHERE rang = 2")
    _forcer(coffre, "DELETE FROM operation WHERE rang = 2")
    assert [faute[-28:] for faute in coffre.verifier_chaine()] == [" rang 2 : l'opération manque"]


def test_contenu_purge_laisse_la_chaine_verifiable(coffre: Coffre) -> None:
    """Contenu et sel effacés ensemble : la chaîne tient, l'histoire dit seulement qu'il y eut une opération."""
    _trois_operations(coffre)
    _forcer(coffre, "UPDATE operation SET contenu = NULL, sel = NULL WHERE rang = 2")
    assert coffre.verifier_chaine() == []
    identifiant = coffre.recents()[0].dossier
    assert coffre.operations(identifiant)[1].champs == {}


def test_mutant_chaine_oubliee(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une opération qui ne citerait pas la précédente romprait la chaîne, et cela se verrait."""

    def sans_memoire(chaine: Chaine, *reste: Any) -> Operation:
        return nouvelle_operation(Chaine(chaine.territoire, chaine.poste, chaine.epoque, chaine.rang), *reste)

    monkeypatch.setattr(depot, "nouvelle_operation", sans_memoire)
    _trois_operations(coffre)
    assert len(coffre.verifier_chaine()) == 2


def test_instant_sans_fuseau_refuse() -> None:
    """Un instant sans fuseau ne se compare à rien : c'est une faute de programme."""
    with pytest.raises(AssertionError):
        nouvelle_operation(Chaine("t", "p", "e"), "d", {}, Auteur(AGENT), datetime(2026, 1, 1))


# La propriété : le document est le rejeu de ses opérations, l'index celui du document

NOMS = st.sampled_from(["Fatihi", "El Amrani", "Martin", "", "Łukasz", "Nguyễn"])
FEUILLES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=8), st.just({"refus": True})
)


def _touche(pose: str, chemin: str) -> bool:
    return f"{pose}.".startswith(f"{chemin}.") or f"{chemin}.".startswith(f"{pose}.")


def _visee(pose: str, chemin: str) -> bool:
    """La pose touche-t-elle l'unité de ce chemin ? Un champ d'un élément ne dit pas si l'élément est là."""
    return any(f"{champ}.".startswith(f"{pose}.") for champ in feuilles(unite(chemin)))


def _se_recouvrent(modification: dict[str, Any]) -> bool:
    return any(_touche(un, autre) for un, autre in combinations(modification, 2))


CHAMPS: dict[str, st.SearchStrategy[Any]] = {
    "demandeur.nom": NOMS,
    "demandeur.prenoms": NOMS,
    "demandeur.date_naissance": st.sampled_from(["1984-03-12", "2001-12-03"]),
    "codemandeur.nom": st.one_of(NOMS, st.just({"refus": True})),
    "contact.telephone": st.sampled_from(["06 12 34 56 78", "+33612345678"]),
    "demande.motifs": st.just({"coches": ["sans_logement"], "clos": True}),
    "logement_actuel.surface": FEUILLES,
    "local.critere": FEUILLES,
    "foyer.personnes.elements.e1": st.fixed_dictionaries({"nom": NOMS, "prenoms": NOMS}),
    "foyer.personnes.elements.e1.nom": NOMS,
    "foyer.personnes.elements.e2.date_naissance": st.just("2015-01-01"),
    "foyer.personnes.ordre": st.lists(st.sampled_from(["e1", "e2"]), unique=True),
    "protection.discret": st.just(True),
}
MODIFICATIONS = st.lists(
    st.dictionaries(st.sampled_from(sorted(CHAMPS)), st.integers(0, 9), min_size=1, max_size=4).flatmap(
        lambda tirage: st.fixed_dictionaries(
            {
                chemin: st.just(ABSENT) if de == 0 and chemin != "protection.discret" else CHAMPS[chemin]
                for chemin, de in tirage.items()
            }
        )
    ),
    max_size=6,
).map(lambda tirees: [modification for modification in tirees if not _se_recouvrent(modification)])
INITIAUX = st.fixed_dictionaries(
    {}, optional={"demandeur": st.fixed_dictionaries({"nom": NOMS}), "logement_actuel": st.just({"surface": 30})}
)


def _verifier_l_histoire(histoire: list[Operation]) -> None:
    document: dict[str, Any] = {}
    poses: list[tuple[str, str]] = []
    for operation in histoire:
        for chemin, champ in operation.champs.items():
            avant = lire(document, chemin)
            assert (champ.avant if champ.avant is not operations.UNSET else ABSENT) == avant
            anterieures = [auteur for auteur, pose in poses if _visee(pose, chemin)]
            assert champ.vu == (anterieures[-1] if anterieures else None)
            document = poser(document, chemin, ABSENT if champ.apres is operations.UNSET else champ.apres)
        poses += [(operation.entete.id, chemin) for chemin in operation.champs]


def _verifier_l_index(coffre: Coffre) -> None:
    attendus = Counter(
        terme
        for recent in coffre.recents(1000)
        for fiche in fiches(coffre.lire(recent.dossier))
        for terme in termes_de_fiche(fiche)
    )
    with coffre._base.lecture() as connexion:
        comptes = dict(connexion.exec_driver_sql("SELECT terme, nombre FROM frequence WHERE nombre <> 0").all())  # type: ignore[arg-type]
        trouves = {
            terme: connexion.exec_driver_sql("SELECT count(*) FROM terme WHERE terme MATCH ?", (terme,)).scalar_one()
            for terme in comptes
        }
    assert comptes == trouves == attendus


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(initial=INITIAUX, modifications=MODIFICATIONS)
def test_document_egale_rejeu(coffre: Coffre, initial: dict[str, Any], modifications: list[dict[str, Any]]) -> None:
    """Document rendu, document relu et rejeu des opérations sont égaux ; ``vu`` et l'index suivent."""
    document = coffre.creer_dossier(initial, Auteur(AGENT))
    for modification in modifications:
        with contextlib.suppress(Ailleurs):
            document = coffre.modifier(document["id"], modification, Auteur(AGENT))
    histoire = coffre.operations(document["id"])
    assert document == coffre.lire(document["id"]) == rejouer(histoire)
    assert coffre.verifier_chaine() == []
    _verifier_l_histoire(histoire)
    _verifier_l_index(coffre)


def test_une_cle_a_point_ne_se_perd_pas(coffre: Coffre) -> None:
    """Une table dont une clé contient un point est une valeur : elle s'écrit et se relit entière."""
    identifiant = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    document = coffre.modifier(identifiant, {"local": {"a.b": 1, "c": 2}}, Auteur(AGENT))
    assert document["local"] == {"a.b": 1, "c": 2}
    assert coffre.lire(identifiant) == rejouer(coffre.operations(identifiant)) == document


def test_un_code_retire_s_efface_a_l_ouverture(coffre: Coffre) -> None:
    """« Sans titre », écrit par une version d'avant : une opération l'ôte, et le dossier ne le porte plus."""
    avant = {"demandeur": {"nom": "Diallo", "titre_sejour": "aucun"}}
    identifiant = str(coffre.creer_dossier(avant, Auteur(AGENT))["id"])
    assert coffre.consulter(identifiant, Auteur(AGENT))["demandeur"] == {"nom": "Diallo"}
    assert coffre.lire(identifiant)["demandeur"] == {"nom": "Diallo"}
    nombre = len(coffre.operations(identifiant))
    coffre.consulter(identifiant, Auteur(AGENT))
    assert len(coffre.operations(identifiant)) == nombre == 2


def test_qui_ne_peut_que_lire_ne_voit_pas_un_code_retire(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    avant = {"demandeur": {"nom": "Diallo", "titre_sejour": "aucun"}}
    identifiant = str(coffre.creer_dossier(avant, Auteur(AGENT))["id"])
    permet = depot.auteurs.permet
    monkeypatch.setattr(
        depot.auteurs, "permet", lambda c, a, g, action: action is not Action.MODIFIER and permet(c, a, g, action)
    )
    assert coffre.consulter(identifiant, Auteur(AGENT))["demandeur"] == {"nom": "Diallo"}
    assert len(coffre.operations(identifiant)) == 1
