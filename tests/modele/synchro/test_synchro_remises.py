"""Un dossier remis d'un lieu à un autre, deux postes et le vrai registre : ce qui part, ce qui ne part jamais."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT
from outils_http import servie
from outils_postgresql import Postgresql
from outils_registre import ANNEXE, DEPART, Horloge
from outils_synchro import SANS_LIMITES, Poste, Site

from modele.coffre import remises as du_coffre
from modele.coffre.remises import Remise
from modele.dossier.droits_personnes import PERSONNE, Droit
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from registre.http.application import creer_application
from registre.http.contexte import Registre
from registre.service import diffusion

MOI, SALMA = Auteur(AGENT), Auteur("Salma Haddad")
DEMAIN = date.today() + timedelta(days=1)
TOUS_ROLES = ("agent", "social")
SECRETS = ("RUECACHEE", "PEUR", "ANCIENNE", "CONJOINT", "NOTELIBRE", "violences")
DOSSIER: dict[str, Any] = {
    "territoire": "metropole-exemple",
    "demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"},
    "contact": {"telephone": "0600000001", "langue": "ar", "adresse_courrier": "3 rue ANCIENNE"},
    "demande": {"motifs": {"coches": ["trop_cher"]}, "precisions": "NOTELIBRE", "numero_unique": "075012600000011"},
    "logement_actuel": {"statut": "locataire_prive", "adresse": {"voie": "12 RUECACHEE"}},
    "triage": {"toit_ce_soir": "provisoire"},
}


@pytest.fixture
def site(postgresql: Postgresql, tmp_path: Path) -> Iterator[Site]:
    horloge = Horloge()
    postgresql.vider()
    horloge.heure = DEPART
    with servie(creer_application(Registre(postgresql.moteur, horloge, SANS_LIMITES))) as servi:
        ouvert = Site(postgresql.moteur, tmp_path, servi, horloge)
        yield ouvert
        ouvert.fermer()


@pytest.fixture
def lieux(site: Site) -> tuple[Poste, Poste, str]:
    """Le poste qui remet, celui d'un autre lieu, et le nom de ce lieu."""
    ici, la = site.poste("un", roles=TOUS_ROLES), site.poste("deux", ANNEXE, TOUS_ROLES, [SALMA.nom])
    return ici, la, la.synchro.etat().guichet


def remettre(poste: Poste, dossier: str, vers: str, **autres: Any) -> Remise:
    faite = poste.coffre.remises.proposer(dossier, vers, "être suivie près de chez elle", DEMAIN, MOI, **autres)
    poste.tour()
    return faite


def tout_ce_que_tient(poste: Poste) -> str:
    """Tout, octet pour octet : documents, états convenus."""
    with poste.coffre._base.lecture(entiere=True) as connexion:
        lignes = list(connexion.exec_driver_sql("SELECT document FROM dossier WHERE etat = 'ouvert'"))
        lignes += list(connexion.exec_driver_sql("SELECT CAST(etat AS TEXT) FROM miroir"))
    return json.dumps([list(un) for un in lignes], ensure_ascii=False)


def test_acceptee_elle_devient_un_dossier_de_la_bas_qui_ne_sait_rien_du_reste(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    dossier = ici.creer(DOSSIER)
    ici.poser(dossier, contact__adresse_courrier="5 avenue Neuve")
    remise = remettre(ici, dossier, vers)
    la.tour()
    (recue,) = la.coffre.remises.lister(MOI)
    assert (recue.id, recue.a_repondre, recue.but) == (remise.id, True, "être suivie près de chez elle")
    # Ce que l'agent voit d'abord : d'où, pourquoi, jusqu'à quand, et quels champs ; aucune valeur.
    assert "demandeur.nom" in recue.champs
    assert "Fatihi" not in repr(recue)
    assert la.coffre.compter() == 0 or la.coffre.rechercher("Fatihi") == []
    neuf = la.coffre.remises.recevoir(recue.id, MOI)
    assert neuf["demandeur"]["nom"] == "Fatihi"
    assert neuf["demande"] == {"motifs": {"coches": ["trop_cher"]}, "numero_unique": "075012600000011"}
    assert neuf["contact"]["adresse_courrier"] == "5 avenue Neuve"
    assert neuf["id"] != dossier
    assert not {"triage", "protection", "codemandeur", "foyer", "suites"} & neuf.keys()
    la.tour()
    ici.tour()
    (suite,) = ici.coffre.remises.lister(MOI)
    assert (suite.recue_le != "", suite.champs, suite.attend) == (True, (), False)
    tenu = tout_ce_que_tient(la)
    assert not [secret for secret in SECRETS if secret in tenu]
    with pytest.raises(ErreurUtilisateur, match="déjà reçue"):
        ici.coffre.remises.retirer(remise.id, MOI)
    with pytest.raises(ErreurUtilisateur):
        la.coffre.remises.recevoir(remise.id, MOI)


def test_retiree_avant_la_reception_il_n_en_reste_rien_la_bas(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    remise = remettre(ici, ici.creer(DOSSIER), vers)
    la.tour()
    assert "Fatihi" in tout_ce_que_tient(la)
    ici.coffre.remises.retirer(remise.id, MOI)
    ici.tour()
    la.tour()
    assert la.coffre.remises.lister(MOI) == []
    assert "Fatihi" not in tout_ce_que_tient(la)
    with pytest.raises(ErreurUtilisateur):
        la.coffre.remises.recevoir(remise.id, MOI)


def test_refusee_avec_un_motif_que_lit_qui_remettait(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    remise = remettre(ici, ici.creer(DOSSIER), vers)
    la.tour()
    with pytest.raises(ErreurUtilisateur, match="pourquoi"):
        la.coffre.remises.refuser(remise.id, " ", MOI)
    la.coffre.remises.refuser(remise.id, "hors de notre commune", MOI)
    la.tour()
    ici.tour()
    (suite,) = ici.coffre.remises.lister(MOI)
    assert (suite.motif, suite.attend, suite.champs) == ("hors de notre commune", False, ())
    assert la.coffre.rechercher("Fatihi") == []


def test_discret_il_va_a_une_personne_nommee_sans_adresse_ni_telephone(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    dossier = ici.creer({**DOSSIER, "protection": {"discret": True}})
    with pytest.raises(ErreurUtilisateur, match="personne nommée"):
        ici.coffre.remises.proposer(dossier, vers, "suite", DEMAIN, MOI)
    remettre(ici, dossier, vers, a_qui="salma haddad")
    la.tour()
    assert la.coffre.remises.lister(MOI) == []
    la.coffre.agent = SALMA.nom
    (recue,) = la.coffre.remises.lister(SALMA)
    with pytest.raises(ErreurUtilisateur):
        la.coffre.remises.recevoir(recue.id, MOI)
    neuf = la.coffre.remises.recevoir(recue.id, SALMA)
    assert neuf["protection"] == {"discret": True, "referent": SALMA.nom}
    assert {"telephone", "adresse_courrier"}.isdisjoint(neuf.get("contact", {}))
    assert "ANCIENNE" not in tout_ce_que_tient(la)


def test_un_tiers_lieu_n_en_recoit_rien(site: Site, lieux: tuple[Poste, Poste, str]) -> None:
    """Ni un poste d'un autre lieu, ni la personne suivante."""
    ici, la, _ = lieux
    remettre(ici, ici.creer(DOSSIER), "Un lieu qui n'existe pas")
    la.tour()
    assert "Fatihi" not in tout_ce_que_tient(la)
    assert la.coffre.remises.lister(MOI) == []


def test_effacer_le_dossier_efface_la_remise_partout(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    dossier = ici.creer(DOSSIER)
    remettre(ici, dossier, vers)
    la.tour()
    demande = ici.coffre.droits.noter(dossier, Droit.EFFACEMENT, PERSONNE, MOI)
    ici.coffre.droits.effacer(demande, MOI)
    ici.tour()
    la.tour()
    assert "Fatihi" not in tout_ce_que_tient(la)


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        ({"vers": ""}, "nom de l'autre lieu"),
        ({"but": " "}, "pourquoi"),
        ({"jusqu_au": date.today() - timedelta(days=2)}, "jusqu'à quand"),
        ({"champs": ["triage.toit_ce_soir"]}, "ne se remet pas"),
        ({"champs": ["demandeur.civilite"]}, "Rien de ce qui est choisi"),
    ],
    ids=["lieu", "but", "terme", "triage", "rien"],
)
def test_sans_accord_entier_rien_ne_part(lieux: tuple[Poste, Poste, str], change: dict[str, Any], phrase: str) -> None:
    ici, _, vers = lieux
    dossier = ici.creer(DOSSIER)
    voulu = {"vers": vers, "but": "suite", "jusqu_au": DEMAIN} | change
    with pytest.raises(ErreurUtilisateur, match=phrase):
        ici.coffre.remises.proposer(dossier, auteur=MOI, **voulu)
    assert ici.coffre.remises.lister(MOI) == []


def test_l_accord_passe_ne_vaut_plus(lieux: tuple[Poste, Poste, str]) -> None:
    ici, la, vers = lieux
    remise = remettre(ici, ici.creer(DOSSIER), vers)
    la.tour()
    horloge = la.coffre._horloge
    la.coffre._horloge = lambda: horloge() + timedelta(days=3)
    assert [une.a_repondre for une in la.coffre.remises.lister(MOI)] == [False]
    with pytest.raises(ErreurUtilisateur):
        la.coffre.remises.recevoir(remise.id, MOI)


# Les mutants


def test_mutant_tout_le_dossier_part(lieux: tuple[Poste, Poste, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(du_coffre, "a_remettre", lambda document, *_: dict(document))
    with pytest.raises(AssertionError):
        test_acceptee_elle_devient_un_dossier_de_la_bas_qui_ne_sait_rien_du_reste(lieux)


def test_mutant_un_retrait_qui_ne_sort_pas_de_la_bas(
    lieux: tuple[Poste, Poste, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    vraie = diffusion._adresse

    def sans_reprise(ou: str, action: Any, tenu: Any) -> Any:
        dit = {cle: un for cle, un in diffusion_document(tenu.etat).items() if cle != "retiree_le"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(diffusion, "document", lambda _: dit)
            return vraie(ou, action, tenu)

    diffusion_document = diffusion.document
    monkeypatch.setattr(diffusion, "_adresse", sans_reprise)
    with pytest.raises(AssertionError):
        test_retiree_avant_la_reception_il_n_en_reste_rien_la_bas(lieux)
