"""Ce que le coffre garde des échanges : d'un seul tenant, en ajout seul, et ce qui attend reste par-dessus.

Un registre en quelques lignes, sur la fusion seule : le vrai est éprouvé dans ``tests/modele/synchro``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from outils_coffre import AGENT
from sqlalchemy import Connection, event
from sqlalchemy.exc import IntegrityError
from uuid_utils import uuid7

from modele.coffre import Coffre, curseurs, envois
from modele.coffre.listes import Semblable
from modele.dossier.chemins import ABSENT
from modele.dossier.operations import Operation, nouvelle_operation
from modele.droits import Auteur
from modele.fusion import EtatDossier, Issue, ecrire_etat, fusionner
from modele.protocole.messages import Entree, Journal, Recu
from modele.regles.fautes import ErreurUtilisateur

NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}
POSTE = "poste-au-registre"


class Registre:
    """La fusion et un compteur."""

    def __init__(self) -> None:
        self.etats: dict[str, EtatDossier] = {}
        self.sequence = 0

    def prendre(self, operation: Operation) -> Recu:
        """Fusionne une opération ; rend son reçu."""
        entete = operation.entete
        etat = self.etats.get(entete.dossier, EtatDossier(entete.dossier, entete.territoire))
        fusion = fusionner(etat, operation, POSTE)
        self.etats[entete.dossier] = fusion.etat
        self.sequence += 1
        return Recu(entete.id, fusion.issue, fusion.etat.version, self.sequence, fusion.champs)

    def page(self) -> Journal:
        """Tout ce qu'il tient, à sa dernière séquence."""
        entrees = [Entree(un, self.sequence, etat.version, ecrire_etat(etat)) for un, etat in self.etats.items()]
        return Journal(entrees, self.sequence, False, "p")


def _envoyer(coffre: Coffre, registre: Registre) -> None:
    coffre.echanges.noter_recus([registre.prendre(un) for un in coffre.echanges.lot(500)], POSTE)


def _recevoir(coffre: Coffre, page: Journal) -> None:
    assert coffre.echanges.appliquer(coffre.echanges.curseur().jusque, page, POSTE)


def _tombe(coffre: Coffre, dossier: str, tombe: str, absorbe_par: str = "") -> None:
    suivante = coffre.echanges.curseur().jusque + 1
    _recevoir(coffre, Journal([Entree(dossier, suivante, 0, None, tombe, absorbe_par)], suivante, False, "p"))


@pytest.fixture
def registre() -> Registre:
    """Un registre vide."""
    return Registre()


# En ajout seul


def test_une_operation_ne_perd_que_son_contenu_et_son_sel_ensemble(coffre: Coffre) -> None:
    """La base refuse tout autre changement, et l'en-tête d'une époque neuve ne change jamais."""
    coffre.creer_dossier(NADIA, Auteur(AGENT))
    coffre.echanges.nouvelle_epoque()
    for ordre in (
        "UPDATE operation SET sel = NULL",
        "UPDATE operation SET contenu = NULL",
        "UPDATE operation SET sel = NULL, contenu = NULL, rang = 9",
        "UPDATE operation SET sel = NULL, contenu = NULL, entete = x'00'",
        "UPDATE operation SET contenu = x'00'",
        "UPDATE rechaine SET rang = 9",
        "DELETE FROM rechaine",
    ):
        with pytest.raises(IntegrityError, match="ajout seul"), coffre._base.ecriture() as connexion:
            connexion.exec_driver_sql(ordre)
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE operation SET sel = NULL, contenu = NULL")
    assert coffre.verifier_chaine() == []


def test_en_tete_passe_dans_une_epoque_falsifie(coffre: Coffre) -> None:
    """Un en-tête rechaîné touché se voit, dans sa chaîne."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    coffre.modifier(dossier, {"demandeur.nom": "A"}, Auteur(AGENT))
    coffre.echanges.nouvelle_epoque()
    assert coffre.verifier_chaine() == []
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("DROP TRIGGER rechaine_update")
        connexion.exec_driver_sql(
            "UPDATE rechaine SET entete = CAST(replace(CAST(entete AS TEXT), 'Nora', 'Zora') AS BLOB) WHERE rang = 1"
        )
    (faute,) = coffre.verifier_chaine()
    assert faute.endswith("rang 2 : l'opération ne suit pas la précédente")


# D'un seul tenant


class Coupure(Exception):
    """Le programme s'arrête là."""


def _tout(coffre: Coffre) -> dict[str, list[Any]]:
    with coffre._base.lecture() as connexion:
        noms = connexion.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {nom: list(connexion.exec_driver_sql(f"SELECT * FROM {nom}")) for nom in sorted(noms)}


def _instructions(coffre: Coffre, geste: Callable[[], object], fatale: int = -1) -> int:
    """Joue le geste, coupé avant sa ``fatale``-ième instruction ; rend combien il en fait."""
    vues: list[str] = []

    def compter(_c: object, _k: object, sql: str, *_: object) -> None:
        if len(vues) == fatale:
            raise Coupure
        vues.append(sql)

    event.listen(coffre._base._moteur, "before_cursor_execute", compter)
    try:
        geste()
    finally:
        event.remove(coffre._base._moteur, "before_cursor_execute", compter)
    return len(vues)


def _situation(coffre: Coffre, registre: Registre) -> tuple[Journal, list[Any]]:
    """Une page qui touche à tout : dossier connu avec une saisie par-dessus, neuf, divergent, sorti, purgé, fondu."""
    connu, sorti, purge, fondu = (coffre.creer_dossier(NADIA, Auteur(AGENT))["id"] for _ in range(4))
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    coffre.modifier(connu, {"demandeur.nom": "Parti"}, Auteur(AGENT))
    recus = [registre.prendre(un) for un in coffre.echanges.lot(500)]
    coffre.modifier(connu, {"demandeur.prenoms": "Pas parti"}, Auteur(AGENT))
    neuf = str(uuid7())
    registre.etats[neuf] = EtatDossier(
        neuf, "metropole-exemple", 1, registre.etats[connu].unites, registre.etats[connu].auteurs
    )
    page = registre.page()
    page.entrees[:] = [un for un in page.entrees if un.dossier in (connu, neuf)]
    page.entrees.extend(
        Entree(un, registre.sequence, 0, tombe=tombe, absorbe_par=connu if tombe == "absorbe" else "")
        for un, tombe in ((sorti, "sortie"), (purge, "purge"), (fondu, "absorbe"))
    )
    return page, recus


def _tout_ou_rien(coffre: Coffre, geste: Callable[[], object]) -> bool:
    """Coupe le geste avant chacune de ses instructions, puis le laisse finir : la base est-elle restée comme avant ?"""
    avant = _tout(coffre)
    for fatale in range(1, 200):
        with contextlib.suppress(Coupure, IntegrityError):
            return _instructions(coffre, geste, fatale) == fatale > 2 and _tout(coffre) != avant
        if _tout(coffre) != avant:
            return False
    raise AssertionError("ce geste ne finit pas")


@pytest.mark.parametrize("quoi", ["page", "recus", "epoque", "relire"])
def test_coupe_n_importe_ou_rien_n_a_bouge(coffre: Coffre, registre: Registre, quoi: str) -> None:
    """Page et curseur, reçus, époque : coupé avant chacune de ses instructions, rien n'est à moitié fait."""
    page, recus = _situation(coffre, registre)
    echanges = coffre.echanges
    gestes: dict[str, Callable[[], object]] = {
        "page": lambda: echanges.appliquer(echanges.curseur().jusque, page, POSTE),
        "recus": lambda: echanges.noter_recus(recus, POSTE),
        "epoque": echanges.nouvelle_epoque,
        "relire": echanges.relire,
    }
    assert _tout_ou_rien(coffre, gestes[quoi])


def test_mutant_page_validee_par_morceaux(coffre: Coffre, registre: Registre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si la page et son curseur ne tenaient pas dans une transaction, l'essai ci-dessus le verrait."""
    page, _ = _situation(coffre, registre)

    @contextlib.contextmanager
    def ecriture(**_: bool) -> Iterator[Connection]:
        with coffre._base._moteur.connect() as connexion:
            connexion.begin()
            try:
                yield connexion
            finally:
                connexion.commit()

    monkeypatch.setattr(coffre._base, "ecriture", ecriture)
    jusque = coffre.echanges.curseur().jusque
    assert not _tout_ou_rien(coffre, lambda: coffre.echanges.appliquer(jusque, page, POSTE))


def test_mutant_reception_qui_recouvre(coffre: Coffre, registre: Registre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si la réception oubliait ce qui attend, la saisie disparaîtrait : l'essai ci-dessous voit bien le piège."""
    page, recus = _situation(coffre, registre)
    coffre.echanges.noter_recus(recus, POSTE)
    monkeypatch.setattr(envois, "en_attente", lambda *_: {})
    _recevoir(coffre, page)
    assert coffre.lire(page.entrees[0].dossier)["demandeur"]["prenoms"] == "Nadia"


def test_mutant_operation_sortie_avant_sa_reception(
    coffre: Coffre, registre: Registre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Si le reçu suffisait à vider la boîte d'envoi, la saisie disparaîtrait entre le reçu et sa réception."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    coffre.modifier(dossier, {"demandeur.nom": "Parti"}, Auteur(AGENT))
    _envoyer(coffre, registre)
    coffre.echanges.nouvelle_epoque()
    assert coffre.lire(dossier)["demandeur"]["nom"] == "Parti"
    assert [un.envoyees for un in coffre.echanges.attente()] == [1]
    monkeypatch.setattr(curseurs, "lire", lambda *_: curseurs.Curseur(10**9, "p"))
    coffre.modifier(dossier, {"demandeur.nom": "Perdu"}, Auteur(AGENT))
    _envoyer(coffre, registre)
    assert coffre.lire(dossier)["demandeur"]["nom"] == "Fatihi"


def test_la_page_appliquee_dit_ce_qu_elle_doit(coffre: Coffre, registre: Registre) -> None:
    """Le dossier connu montre ce qui attend par-dessus, le neuf est cherchable, les tombes sont vides."""
    page, recus = _situation(coffre, registre)
    coffre.echanges.noter_recus(recus, POSTE)
    _recevoir(coffre, page)
    connu = page.entrees[0].dossier
    assert coffre.lire(connu)["demandeur"] == {"nom": "Parti", "prenoms": "Pas parti", "date_naissance": "1984-03-12"}
    assert coffre.compter() == 2
    assert [un.saisies for un in coffre.echanges.attente()] == [1]
    assert coffre.verifier_chaine() == []


def test_un_recu_inconnu_ou_relu_ne_change_rien(coffre: Coffre, registre: Registre) -> None:
    """Le reçu d'une opération d'ailleurs, ou déjà sortie : sans effet."""
    coffre.creer_dossier(NADIA, Auteur(AGENT))
    recus = [registre.prendre(un) for un in coffre.echanges.lot(500)]
    coffre.echanges.noter_recus(recus, POSTE)
    _recevoir(coffre, registre.page())
    avant = _tout(coffre)
    coffre.echanges.noter_recus([*recus, Recu(str(uuid7()), Issue.REFUSEE)], POSTE)
    coffre.echanges.noter_recus([], POSTE)
    assert _tout(coffre) == avant


# Cas rares


def test_identifiant_qui_n_est_pas_un_uuid7(coffre: Coffre, registre: Registre) -> None:
    """Sans date dans l'identifiant, celle de la dernière saisie fait foi ; rien n'échoue."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    _envoyer(coffre, registre)
    etat = registre.etats[dossier]
    for autre in ("pas-un-uuid", "9f1b1e4e-3c1f-4b53-9d3a-2f0c4ad4c0aa"):
        registre.etats[autre] = EtatDossier(autre, etat.territoire, 1, etat.unites, etat.auteurs)
    _recevoir(coffre, registre.page())
    quand = max(auteur.fait_le for auteur in etat.auteurs.values()).isoformat()
    assert coffre.lire("pas-un-uuid")["cree_le"] == quand
    assert coffre.lire("9f1b1e4e-3c1f-4b53-9d3a-2f0c4ad4c0aa")["cree_le"] == quand


def test_fondu_dans_un_dossier_que_ce_poste_ne_tient_pas(coffre: Coffre, registre: Registre) -> None:
    """L'autre n'est pas ici : le dossier s'en va, sa frappe aussi, et sa référence ne mène à rien."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    reference = coffre.recents()[0].resume.reference
    coffre.brouillon(dossier, "contact.courriel", "na")
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    _tombe(coffre, dossier, "absorbe", str(uuid7()))
    assert coffre.rechercher(reference) == coffre.reprises() == []


def test_deux_dossiers_fondus_l_un_dans_l_autre(coffre: Coffre, registre: Registre) -> None:
    """Une boucle ne fait pas tourner la recherche sans fin."""
    un, autre = (coffre.creer_dossier(NADIA, Auteur(AGENT))["id"] for _ in range(2))
    reference = coffre.recents()[0].resume.reference
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    _tombe(coffre, un, "absorbe", autre)
    _tombe(coffre, autre, "absorbe", un)
    assert coffre.rechercher(reference) == []


def test_une_tombe_inconnue_ne_dit_rien(coffre: Coffre) -> None:
    """Une tombe pour un dossier que ce poste n'a jamais tenu : rien."""
    for tombe in ("sortie", "purge", "absorbe"):
        _tombe(coffre, str(uuid7()), tombe, str(uuid7()))
    assert coffre.compter() == 0


def test_rien_a_trancher_sans_miroir(coffre: Coffre) -> None:
    """Un dossier que le registre n'a pas rendu ne diverge pas."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    assert coffre.echanges.etat_projete(dossier, POSTE) is None
    with pytest.raises(ErreurUtilisateur, match="déjà été départagée"):
        coffre.echanges.trancher(dossier, "demandeur#identite", {}, Auteur(AGENT))


def test_operation_purgee_refusee_sans_rien_a_decider(coffre: Coffre, registre: Registre) -> None:
    """Renvoyée après une restauration du registre, une opération sans contenu est refusée : rien n'est à reprendre."""
    dossier = coffre.creer_dossier(NADIA, Auteur(AGENT))["id"]
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    _tombe(coffre, dossier, "sortie")
    coffre.echanges.repartir("neuve")
    (operation,) = coffre.echanges.lot(500)
    assert (operation.sel, operation.contenu) == (None, None)
    coffre.echanges.noter_recus([Recu(operation.entete.id, Issue.REFUSEE, code="contenu", cause="vide")], POSTE)
    assert coffre.echanges.quarantaine() == []
    assert coffre.echanges.attente() == []


@pytest.fixture
def divergent(coffre: Coffre, registre: Registre) -> str:
    """Un dossier où un élément de liste a été retiré ici et changé ailleurs."""
    dossier = coffre.creer_dossier(
        {"suites": {"elements": {"r1": {"reponse": "avant"}}, "ordre": ["r1"]}}, Auteur(AGENT)
    )["id"]
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    vu = coffre.operations(dossier)[0].entete.id
    from modele.dossier.operations import ChampPose

    chaine = coffre.echanges.chaine()
    ailleurs = nouvelle_operation(
        type(chaine)(chaine.territoire, "ailleurs", str(uuid7())),
        dossier,
        {"suites.elements.r1.reponse": ChampPose(vu, "avant", "changé")},
        Auteur("Awa"),
        coffre._horloge(),
    )
    coffre.modifier(dossier, {"suites.elements.r1": ABSENT, "suites.ordre": []}, Auteur(AGENT))
    registre.prendre(ailleurs)
    _envoyer(coffre, registre)
    _recevoir(coffre, registre.page())
    return dossier


def test_garder_un_element_puis_le_ressaisir(coffre: Coffre, registre: Registre, divergent: str) -> None:
    """Retiré ici, changé ailleurs : on le garde ; ce choix refusé se ressaisit, l'élément et ses champs ensemble."""
    ((dossier, _, unite),) = coffre.echanges.divergences()
    assert (dossier, unite) == (divergent, "suites.elements.r1")
    coffre.echanges.trancher(divergent, unite, {unite: {}}, Auteur(AGENT))
    assert coffre.lire(divergent)["suites"]["elements"] == {"r1": {"reponse": "changé"}}
    assert coffre.echanges.compter_divergences() == 0
    (choix,) = coffre.echanges.lot(500)
    coffre.echanges.noter_recus([Recu(choix.entete.id, Issue.REFUSEE, code="interdit", cause="non")], POSTE)
    assert coffre.echanges.compter_divergences() == 1
    coffre.echanges.ressaisir(choix.entete.id, Auteur(AGENT))
    assert coffre.lire(divergent)["suites"]["elements"] == {"r1": {"reponse": "changé"}}


def test_ressemblances_gardees_et_ecartees(coffre: Coffre) -> None:
    """Remplacées à chaque recherche ; ce qu'une personne a écarté le reste, dans les deux sens."""
    un, autre = (coffre.creer_dossier(NADIA, Auteur(AGENT))["id"] for _ in range(2))
    echanges = coffre.echanges
    echanges.noter_doublons(un, [Semblable(un, "", autre, "Accueil", ("même nom",), 0.9)])
    echanges.noter_doublons(autre, [Semblable(autre, "", un, "Accueil", ("même nom",), 0.8)])
    assert [(semblable.autre, semblable.tenu_ici) for semblable in echanges.doublons()] == [(autre, True), (un, True)]
    echanges.noter_doublons(autre, [])
    assert [semblable.dossier for semblable in echanges.doublons()] == [un]
    echanges.noter_doublons(autre, [Semblable(autre, "", un, "Accueil", ("même nom",), 0.8)])
    echanges.ecarter_doublon(un, autre, AGENT)
    echanges.noter_doublons(un, [Semblable(un, "", autre, "Accueil", ("même nom",), 0.9)])
    assert (echanges.doublons(), echanges.doublons(un), echanges.compter_doublons()) == ([], [], 0)
