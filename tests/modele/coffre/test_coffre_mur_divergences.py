"""Le mur au coffre, quand plusieurs postes ont parlé : départager, ressaisir, recevoir, purger."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT, sans_mur
from outils_mur import ICI, poste
from test_coffre_mur import A_DEUX, ENFANT, MARC, MOTIF, PERSONNE, SEULE

from modele.coffre import Coffre
from modele.dossier.chemins import ABSENT, Document, lire
from modele.droits import Auteur
from modele.protection.mur import Ailleurs
from modele.protection.violences import faits_de_violence
from modele.protocole.messages import Entree, Journal

AVEC_ENFANT: Document = {**SEULE, "foyer": {"personnes": {"elements": {"p": ENFANT}}}}
NAISSANCE = f"{PERSONNE}.date_naissance"
IDENTITE = f"{PERSONNE}#identite"


def _propositions(coffre: Coffre, dossier: str, unite: str) -> list[dict[str, Any]]:
    """Ce qu'une personne peut choisir d'une unité qui diverge."""
    from modele.fusion import divergences

    etat = coffre.echanges.etat_projete(dossier, ICI)
    assert etat is not None
    une = next(une for une in divergences(etat) if une.unite == unite)
    return [dict(proposition.valeurs) for proposition in une.propositions]


def test_departager_ne_dit_pas_une_violence_dans_un_dossier_partage(coffre: Coffre) -> None:
    """Deux motifs s'y contredisent : celui qui dit une violence, d'un Perron d'avant, ne se choisit pas."""
    registre, dossier = poste(coffre, SEULE)
    registre.ecrire_loin(dossier, {"demande.motif_principal": "trop_petit"})
    with sans_mur():
        coffre.modifier(dossier, {"demande.motif_principal": "violences"}, Auteur(AGENT))
        registre.echanger()
        coffre.modifier(dossier, {"codemandeur": MARC}, Auteur(AGENT))
    choix = {"demande.motif_principal": "violences"}
    assert choix in _propositions(coffre, dossier, "demande.motif_principal")
    avant = coffre.operations(dossier)
    with pytest.raises(Ailleurs):
        coffre.echanges.trancher(dossier, "demande.motif_principal", choix, Auteur(AGENT))
    assert coffre.operations(dossier) == avant
    autre = coffre.echanges.trancher(
        dossier, "demande.motif_principal", {"demande.motif_principal": "trop_petit"}, Auteur(AGENT)
    )
    assert autre["demande"]["motif_principal"] == "trop_petit"


def test_departager_un_non_le_tait(coffre: Coffre) -> None:
    """« Non » et « refus » s'y contredisent : choisir l'un retire la question."""
    registre, dossier = poste(coffre, SEULE)
    registre.ecrire_loin(dossier, {"triage.peur_au_domicile": {"refus": True}})
    coffre.modifier(dossier, {"triage.peur_au_domicile": False}, Auteur(AGENT))
    registre.echanger()
    with sans_mur():
        coffre.modifier(dossier, {"codemandeur": MARC}, Auteur(AGENT))
    tranche = coffre.echanges.trancher(
        dossier, "triage.peur_au_domicile", {"triage.peur_au_domicile": False}, Auteur(AGENT)
    )
    assert not faits_de_violence(tranche)


def _mineur_ici_majeur_la_bas(coffre: Coffre, *dites: dict[str, Any]) -> str:
    """Un dossier dont l'enfant est, pour l'autre poste, un adulte ; ``dites`` : ce qui s'y est d'abord écrit."""
    registre, dossier = poste(coffre, AVEC_ENFANT)
    for dite in (*dites, {NAISSANCE: "2021-05-04"}):
        coffre.modifier(dossier, dite, Auteur(AGENT))
    registre.echanger(loin=False)
    assert registre.ecrire_loin(dossier, {NAISSANCE: "1990-05-04"})
    registre.echanger()
    assert lire(coffre.lire(dossier), NAISSANCE) == "2021-05-04"
    return dossier


def _majeur(coffre: Coffre, dossier: str) -> dict[str, Any]:
    return next(un for un in _propositions(coffre, dossier, IDENTITE) if un[NAISSANCE] == "1990-05-04")


def test_departager_ne_fait_pas_entrer_un_adulte(coffre: Coffre) -> None:
    """Dire qu'il est majeur, là où une violence a été dite, ouvre un dossier commun ; l'ancien attend toujours."""
    dossier = _mineur_ici_majeur_la_bas(coffre, {"triage.peur_au_domicile": True}, {"triage.peur_au_domicile": ABSENT})
    avant = coffre.lire(dossier)
    commun = coffre.echanges.trancher(dossier, IDENTITE, _majeur(coffre, dossier), Auteur(AGENT))
    assert (commun["id"] != dossier, coffre.lire(dossier)) == (True, avant)
    assert coffre.echanges.compter_divergences() == 1


def test_un_adulte_entre_par_un_depart_et_les_non_se_retirent(coffre: Coffre) -> None:
    """Rien n'a été affirmé : départager fait entrer l'adulte, et retire la question qu'il lirait."""
    dossier = _mineur_ici_majeur_la_bas(coffre)
    with sans_mur():
        coffre.modifier(dossier, {"triage.peur_au_domicile": False}, Auteur(AGENT))
    tranche = coffre.echanges.trancher(dossier, IDENTITE, _majeur(coffre, dossier), Auteur(AGENT))
    assert (tranche["id"], lire(tranche, NAISSANCE)) == (dossier, "1990-05-04")
    assert not faits_de_violence(tranche)


def test_une_proposition_divergente_se_lit_aussi(coffre: Coffre) -> None:
    """Un adulte n'est que proposé : la violence ne s'écrit pas, le registre la refuserait ; le reste s'écrit."""
    dossier = _mineur_ici_majeur_la_bas(coffre)
    with pytest.raises(Ailleurs):
        coffre.modifier(dossier, {"triage.peur_au_domicile": True}, Auteur(AGENT))
    assert coffre.modifier(dossier, {f"{PERSONNE}.lien": "enfant"}, Auteur(AGENT))["id"] == dossier


def test_ce_qui_se_recoit_n_est_jamais_refuse_et_marque_l_histoire(coffre: Coffre) -> None:
    """Dit puis retiré ailleurs : ce poste l'a reçu, il s'en souvient ; la purge l'oublie."""
    registre, dossier = poste(coffre, SEULE)
    registre.ecrire_loin(dossier, MOTIF)
    registre.echanger()
    registre.ecrire_loin(dossier, {"demande.motifs": ABSENT})
    registre.echanger()
    assert not faits_de_violence(coffre.lire(dossier))
    assert coffre.a_porte(dossier)
    assert coffre.modifier(dossier, {"codemandeur": MARC}, Auteur(AGENT))["id"] != dossier
    suivante = registre.sequence + 1
    assert coffre.echanges.appliquer(
        registre.sequence, Journal([Entree(dossier, suivante, 0, tombe="purge")], suivante, False, "p"), ICI
    )
    assert not coffre.a_porte(dossier)


def test_une_proposition_ecartee_reste_dans_l_histoire(coffre: Coffre) -> None:
    """Une tête disait une violence, une personne a choisi l'autre : elle a été dite."""
    registre, dossier = poste(coffre, SEULE)
    registre.ecrire_loin(dossier, {"demande.motif_principal": "violences"})
    coffre.modifier(dossier, {"demande.motif_principal": "trop_petit"}, Auteur(AGENT))
    registre.echanger()
    with coffre._base.ecriture() as connexion:
        marques = connexion.exec_driver_sql("SELECT count(*) FROM reglage WHERE cle LIKE 'histoire.%'").scalar_one()
        connexion.exec_driver_sql("DELETE FROM reglage WHERE cle LIKE 'histoire.%'")
    assert (marques, coffre.a_porte(dossier)) == (1, True)


def test_l_histoire_d_un_dossier_fondu_est_celle_de_celui_qui_reste(coffre: Coffre) -> None:
    """Ce qu'elle a dit dans l'autre dossier compte dans celui-ci."""
    registre, survivant = poste(coffre, SEULE)
    absorbe = coffre.creer_dossier(SEULE, Auteur(AGENT))["id"]
    coffre.modifier(absorbe, MOTIF, Auteur(AGENT))
    coffre.modifier(absorbe, {"demande.motifs": {"coches": ["trop_petit"]}}, Auteur(AGENT))
    registre.echanger()
    coffre.modifier(survivant, {f"absorbes.{absorbe}": "2026-11-22"}, Auteur(AGENT))
    registre.echanger()
    assert coffre.a_porte(survivant)
    assert coffre.modifier(survivant, {"codemandeur": MARC}, Auteur(AGENT))["id"] != survivant


def test_une_saisie_refusee_se_ressaisit_par_le_mur(coffre: Coffre) -> None:
    """Le registre a refusé l'adulte ; ressaisi ici, il ouvre un dossier commun, et la saisie est classée."""
    registre, dossier = poste(coffre, SEULE)
    assert registre.ecrire_loin(dossier, {"triage.peur_au_domicile": True})
    coffre.modifier(dossier, {"codemandeur": MARC}, Auteur(AGENT))
    registre.echanger()
    (refus,) = coffre.echanges.quarantaine()
    avant = coffre.lire(dossier)
    assert avant["triage"] == {"peur_au_domicile": True}
    commun = coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    assert commun["id"] != dossier
    assert commun["codemandeur"] == MARC
    assert (coffre.lire(dossier), coffre.echanges.quarantaine()) == (avant, [])
    registre.echanger()
    assert coffre.echanges.quarantaine() == []


def test_une_violence_refusee_ne_se_ressaisit_pas_dans_un_dossier_partage(coffre: Coffre) -> None:
    """Elle reste en quarantaine, entière, jusqu'à ce qu'une personne décide."""
    registre, dossier = poste(coffre, SEULE)
    assert registre.ecrire_loin(dossier, {"codemandeur": MARC})
    coffre.modifier(dossier, MOTIF, Auteur(AGENT))
    registre.echanger()
    (refus,) = coffre.echanges.quarantaine()
    with pytest.raises(Ailleurs):
        coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    assert coffre.echanges.quarantaine() == [refus]


def test_une_creation_refusee_ne_repart_pas_telle_quelle(coffre: Coffre) -> None:
    """Un Perron d'avant l'a écrite ; corrigée, elle repart."""
    from outils_mur import RegistreDuMur

    registre = RegistreDuMur(coffre)
    with sans_mur():
        dossier = coffre.creer_dossier({**A_DEUX, "triage": {"peur_au_domicile": False}}, Auteur(AGENT))["id"]
    registre.echanger()
    (refus,) = coffre.echanges.quarantaine()
    with pytest.raises(Ailleurs):
        coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    coffre.modifier(dossier, {"triage.peur_au_domicile": ABSENT}, Auteur(AGENT))
    coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    assert coffre.echanges.quarantaine() == []
