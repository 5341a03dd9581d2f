"""Ce que le registre refuse : gardé entier, avec sa cause et un geste ; les suivants passent."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT, sans_mur
from outils_synchro import NADIA, Poste, Site

from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT, Document
from modele.droits import Auteur
from modele.protection.mur import Ailleurs
from modele.protocole.messages import Refus
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.divergences import a_trancher
from modele.synchro.empechements import Classe, Empechement

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

MARC = {"nom": "Roux", "prenoms": "Marc", "date_naissance": "1988-02-10"}
A_DEUX = NADIA | {"codemandeur": MARC}
INTERDITE = {"triage__peur_au_domicile": True}


def _a_deux(site: Site, document: Document = NADIA) -> tuple[Poste, str]:
    """Un poste, et un dossier où un autre poste a fait entrer un adulte sans que celui-ci l'ait encore reçu."""
    un, lui = site.poste("un"), site.poste("lui")
    dossier = un.creer(document)
    un.tour()
    lui.tour()
    lui.poser(dossier, codemandeur=MARC)
    lui.tour()
    return un, dossier


def _refusee(site: Site) -> tuple[Poste, str]:
    """Un poste dont une saisie vient d'être refusée, entre deux qui passent."""
    un, dossier = _a_deux(site)
    un.poser(dossier, demande__precisions="avant")
    un.poser(dossier, **INTERDITE)
    un.poser(dossier, contact__telephone="06 12 34 56 78")
    un.tour()
    return un, dossier


def test_refus_garde_avec_sa_cause_et_les_suivants_passent(site: Site) -> None:
    """Le refus consomme son rang : la chaîne continue, et le document montre ce que tout le monde lit."""
    un, dossier = _refusee(site)
    (refus,) = un.synchro.etat().quarantaine
    assert (refus.dossier, refus.code, refus.champs) == (dossier, "interdit", ("triage.peur_au_domicile",))
    assert refus.titre == "FATIHI Nadia"
    assert refus.cause.startswith("Cette saisie ne peut pas être gardée")
    document = un.coffre.lire(dossier)
    assert "triage" not in document
    assert document["demande"]["precisions"] == "avant"
    assert document["contact"]["telephone"] == "0612345678"
    autre = site.poste("autre")
    autre.tour()
    assert autre.coffre.lire(dossier) == document
    assert un.attente() == 0
    assert un.coffre.verifier_chaine() == []
    assert [recu.issue for recu in un.coffre.echanges.recus()].count("refusee") == 1


def test_ressaisir_fait_une_operation_neuve(site: Site) -> None:
    """La cause levée (l'autre adulte n'y est plus), la même saisie repart et passe ; la refusée est classée."""
    un, dossier = _refusee(site)
    (refus,) = un.synchro.etat().quarantaine
    un.poser(dossier, codemandeur=ABSENT)
    document = un.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    assert document["triage"]["peur_au_domicile"] is True
    assert un.synchro.etat().quarantaine == ()
    assert un.coffre.acces(dossier)[-1].geste.acces is Acces.RESSAISIR
    with pytest.raises(ErreurUtilisateur, match="n'est plus à reprendre"):
        un.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    un.tour()
    assert (un.attente(), un.synchro.etat().quarantaine) == (0, ())
    assert un.coffre.lire(dossier)["triage"]["peur_au_domicile"] is True


def test_ressaisir_trop_tot_n_ecrit_rien(site: Site) -> None:
    """Rien n'a changé : le coffre ne l'écrit pas non plus, sans dire pourquoi ; la saisie attend toujours."""
    un, dossier = _refusee(site)
    (refus,) = un.synchro.etat().quarantaine
    nees = un.coffre.operations(dossier)
    with pytest.raises(Ailleurs, match=r"^À enregistrer dans un nouveau dossier commun.$"):
        un.coffre.echanges.ressaisir(refus.operation, Auteur("Awa Diallo"))
    assert (un.coffre.operations(dossier), un.synchro.etat().quarantaine) == (nees, (refus,))
    un.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    assert un.synchro.etat().quarantaine == ()
    with pytest.raises(ErreurUtilisateur, match="n'est plus à reprendre"):
        un.coffre.echanges.classer(refus.operation, Auteur(AGENT))


def test_une_saisie_sur_un_champ_refuse_repart_de_ce_qui_vaut(site: Site) -> None:
    """Après le refus, le champ se saisit de nouveau en ayant vu la valeur en vigueur : pas de fausse divergence."""
    un, dossier = _a_deux(site, NADIA | {"triage": {"danger_immediat": False}})
    un.poser(dossier, triage__peur_au_domicile=True, triage__danger_immediat=True)
    un.tour()
    assert un.coffre.lire(dossier)["triage"] == {"danger_immediat": False}
    un.poser(dossier, triage__danger_immediat=True)
    un.tour()
    assert un.coffre.lire(dossier)["triage"] == {"danger_immediat": True}
    assert a_trancher(un.coffre.echanges) == []


def test_ajout_a_une_liste_se_ressaisit(site: Site) -> None:
    """Un élément ajouté, un autre retiré, refusés ensemble, repartent ensemble."""
    un, dossier = _a_deux(site, NADIA | {"suites": {"elements": {"r1": {"reponse": "premier"}}, "ordre": ["r1"]}})
    neuf = {"suites__elements__r2": {"reponse": "second"}, "suites__ordre": ["r2"]}
    un.poser(dossier, **INTERDITE, **neuf, suites__elements__r1=ABSENT)
    un.tour()
    assert un.coffre.lire(dossier)["suites"] == {"elements": {"r1": {"reponse": "premier"}}, "ordre": ["r1"]}
    (refus,) = un.synchro.etat().quarantaine
    un.poser(dossier, codemandeur=ABSENT)
    un.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    un.tour()
    assert un.coffre.lire(dossier)["suites"] == {"elements": {"r2": {"reponse": "second"}}, "ordre": ["r2"]}
    assert un.synchro.etat().quarantaine == ()


def test_dossier_jamais_pris_reste_entier_et_repart_tout_entier(site: Site) -> None:
    """La création même est refusée : le dossier reste ici, se corrige, et repart en une opération."""
    un = site.poste("un")
    with sans_mur():
        dossier = un.creer(A_DEUX | {"triage": {"peur_au_domicile": True}})
    un.poser(dossier, demande__precisions="suite")
    un.tour()
    refus = un.synchro.etat().quarantaine
    assert [un_refus.code for un_refus in refus] == ["interdit", "hors_perimetre"]
    with pytest.raises(Ailleurs):
        un.coffre.echanges.ressaisir(refus[0].operation, Auteur(AGENT))
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "suite"
    un.poser(dossier, codemandeur=ABSENT)
    un.tour()
    assert len(un.synchro.etat().quarantaine) == 3
    un.coffre.echanges.ressaisir(refus[1].operation, Auteur(AGENT))
    assert un.synchro.etat().quarantaine == ()
    un.tour()
    assert (un.attente(), un.synchro.etat().quarantaine) == (0, ())
    autre = site.poste("autre")
    autre.tour()
    assert autre.coffre.lire(dossier) == un.coffre.lire(dossier)
    un.poser(dossier, demande__precisions="et après")
    un.tour()
    assert (un.synchro.etat().quarantaine, a_trancher(un.coffre.echanges)) == ((), [])


def test_refus_avant_la_premiere_reception(site: Site) -> None:
    """La création est prise, la suite refusée, le journal pas encore lu : le document ne garde que ce qui vaut."""
    un = site.poste("un")
    un.tour()
    dossier = un.creer(A_DEUX)
    with sans_mur():
        un.poser(dossier, **INTERDITE)
    un.poser(dossier, demande__precisions="suite")
    un.coupures.avant.append("journal")
    un.synchro.tour()
    document = un.coffre.lire(dossier)
    assert "triage" not in document
    assert document["demande"]["precisions"] == "suite"
    (refus,) = un.synchro.etat().quarantaine
    un.poser(dossier, codemandeur=ABSENT)
    assert un.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))["triage"] == {"peur_au_domicile": True}
    un.tour()
    assert un.coffre.lire(dossier)["triage"] == {"peur_au_domicile": True}
    assert a_trancher(un.coffre.echanges) == []


# Ce que le registre ne sait même pas lire


class _RegistreDifficile:
    """Ne prend aucun lot où figure une certaine opération. ``relais`` : la réponse ne vient pas du registre."""

    def __init__(self, poste: Poste, fautives: set[str], relais: bool = False) -> None:
        from modele.synchro.transport import Transport

        self._vrai, self._fautives, self._relais = Transport.operations, fautives, relais
        self.lots: list[int] = []

    def __call__(self, transport: Any, lot: Any) -> Any:
        from modele.dossier.operations import Operation

        self.lots.append(len(lot.operations))
        if {Operation(un.octets, None, None).entete.id for un in lot.operations} & self._fautives:
            refus = None if self._relais else Refus("lot_illisible", "Une opération du lot ne se lit pas.")
            raise Empechement(Classe.ILLISIBLE, "Trop grand.", refus)
        return self._vrai(transport, lot)


def _dix(site: Site) -> tuple[Poste, list[str]]:
    un = site.poste("un")
    dossier = un.creer(NADIA)
    for rang in range(9):
        un.poser(dossier, demande__precisions=f"{rang}")
    return un, [operation.entete.id for operation in un.coffre.operations(dossier)]


def test_une_operation_illisible_est_isolee(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le lot se coupe en deux jusqu'à la seule fautive : elle va en quarantaine, les autres passent."""
    un, operations = _dix(site)
    difficile = _RegistreDifficile(un, {operations[6]})
    monkeypatch.setattr("modele.synchro.transport.Transport.operations", lambda soi, lot: difficile(soi, lot))
    un.tour()
    (refus,) = un.synchro.etat().quarantaine
    assert (refus.operation, refus.code) == (operations[6], "lot_illisible")
    assert difficile.lots[:4] == [10, 5, 5, 2]
    assert un.attente() == 0
    assert un.coffre.verifier_chaine() == []
    assert un.coffre.recents()[0].resume.titre == "FATIHI Nadia"


def test_un_registre_qui_ne_lit_plus_rien_ne_vide_pas_la_boite(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tout est illisible : une seule opération est mise de côté par tour, le reste attend."""
    un, operations = _dix(site)
    difficile = _RegistreDifficile(un, set(operations))
    monkeypatch.setattr("modele.synchro.transport.Transport.operations", lambda soi, lot: difficile(soi, lot))
    assert un.synchro.tour().panne == "Trop grand."
    assert (len(un.synchro.etat().quarantaine), un.attente()) == (1, 9)


def test_un_relais_qui_coupe_les_grands_envois(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un 413 qui ne vient pas du registre découpe l'envoi, mais ne met jamais rien en quarantaine."""
    un, operations = _dix(site)
    difficile = _RegistreDifficile(un, {operations[0]}, relais=True)
    monkeypatch.setattr("modele.synchro.transport.Transport.operations", lambda soi, lot: difficile(soi, lot))
    assert un.synchro.tour().panne == "Trop grand."
    assert (un.synchro.etat().quarantaine, un.attente()) == ((), 10)


def test_quarantaine_neutre_pour_un_dossier_discret(site: Site) -> None:
    """D'un dossier discret, ni titre ni champ ne se lisent dans la liste des refus, des reçus et des envois."""
    un = site.poste("un")
    dossier = un.creer(NADIA | {"protection": {"discret": True}})
    (attente,) = un.synchro.etat().attente
    assert attente.titre == "Dossier discret"
    un.tour()
    un.oublier_ses_roles()
    un.poser(dossier, protection__discret=False, protection__levee_motif="pour voir")
    un.tour()
    (refus,) = un.synchro.etat().quarantaine
    assert (refus.titre, refus.champs) == ("Dossier discret", ())
    assert all(recu.titre == "Dossier discret" and recu.champs == () for recu in un.coffre.echanges.recus())


def test_classer_ne_perd_pas_l_histoire(site: Site) -> None:
    """La saisie classée reste dans l'histoire du dossier, entière."""
    un, dossier = _refusee(site)
    (refus,) = un.synchro.etat().quarantaine
    un.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    (gardee,) = [une for une in un.coffre.operations(dossier) if une.entete.id == refus.operation]
    assert gardee.champs["triage.peur_au_domicile"].apres is True
    assert un.coffre.acces(dossier)[-1].geste.acces is Acces.CLASSER
