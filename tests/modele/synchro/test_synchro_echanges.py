"""Envoyer et recevoir, face au vrai registre : rien n'est perdu, rien n'est doublé, tous finissent égaux."""

from __future__ import annotations

import pytest
from outils_coffre import AGENT
from outils_synchro import COUPURE, NADIA, Poste, Site
from sqlalchemy import func, select

from modele.dossier.acces import Acces
from modele.dossier.chemins import ABSENT
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.connexion import exiger_liaison
from modele.synchro.divergences import a_trancher
from modele.synchro.etats import Lien
from registre.base.schema import operation


def _operations_au_registre(site: Site) -> int:
    with site.moteur.connect() as connexion:
        return connexion.execute(select(func.count()).select_from(operation)).scalar_one()


def _egaux(dossier: str, *postes: Poste) -> bool:
    return all(poste.coffre.lire(dossier) == postes[0].coffre.lire(dossier) for poste in postes)


def test_un_dossier_passe_d_un_poste_a_l_autre(site: Site) -> None:
    """Ce qu'un poste saisit, l'autre le lit, le cherche ; la boîte d'envoi se vide à la réception."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.poser(dossier, contact__telephone="06 12 34 56 78")
    assert un.attente() == 2
    un.tour()
    assert un.attente() == 0
    autre.tour()
    assert _egaux(dossier, un, autre)
    assert autre.coffre.lire(dossier)["demandeur"]["nom"] == "Fatihi"
    assert autre.coffre.lire(dossier)["schema"] == 1
    (trouve,) = autre.coffre.rechercher("nadia fatihi")
    assert (trouve.dossier, trouve.resume.agent) == (dossier, AGENT)
    assert [recu.issue for recu in un.coffre.echanges.recus()] == ["acceptee", "acceptee"]
    assert autre.coffre.verifier_chaine() == un.coffre.verifier_chaine() == []
    assert autre.coffre.operations(dossier) == []


def test_on_continue_le_dossier_d_un_autre(site: Site) -> None:
    """Une saisie sur un dossier reçu cite ce qu'elle a vu : elle est prise, sans divergence, et revient."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    autre.poser(dossier, demandeur__nom="El Fatihi", demande__precisions="vient le mardi")
    autre.poser(dossier, demandeur__nom="El Fatihi-Roux")
    autre.tour()
    un.tour()
    assert _egaux(dossier, un, autre)
    assert un.coffre.lire(dossier)["demandeur"]["nom"] == "El Fatihi-Roux"
    assert a_trancher(un.coffre.echanges) == a_trancher(autre.coffre.echanges) == []
    un.poser(dossier, demande__precisions=ABSENT)
    un.tour()
    autre.tour()
    assert "demande" not in autre.coffre.lire(dossier)


def test_la_saisie_reste_par_dessus_ce_qui_arrive(site: Site) -> None:
    """Une réception ne recouvre jamais ce qui n'est pas parti, ni dans le document, ni dans la recherche."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    un.poser(dossier, demandeur__nom="Benali")
    autre.poser(dossier, demandeur__nom="Cherif", contact__telephone="06 12 34 56 78")
    autre.tour()
    un.coupures.avant.append("operations")
    assert un.synchro.tour().panne == COUPURE
    un.coupures.faits.clear()
    un.synchro.guichets.ouvrir(dossier, "vérifier", AGENT)
    assert un.coupures.faits == ["ouvrir", "journal"], "reçu, rien d'envoyé"
    assert un.coffre.lire(dossier)["demandeur"]["nom"] == "Benali"
    assert un.coffre.lire(dossier)["contact"]["telephone"] == "0612345678"
    assert [un_trouve.dossier for un_trouve in un.coffre.rechercher("benali")] == [dossier]
    assert un.coffre.rechercher("cherif") == []
    assert un.synchro.etat().divergences == 1, "la divergence se voit dès la réception"


def test_divergence_tranchee_partout(site: Site) -> None:
    """Deux postes disent autrement : la valeur en vigueur reste, une personne choisit, son choix est une opération."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    un.poser(dossier, logement_actuel__statut="sans_abri")
    autre.poser(dossier, logement_actuel__statut="chez_tiers")
    un.tour()
    autre.tour()
    un.tour()
    assert un.synchro.etat().divergences == autre.synchro.etat().divergences == 1
    (chez_lui,), (ici,) = a_trancher(autre.coffre.echanges), a_trancher(un.coffre.echanges)
    assert (ici.dossier, ici.unite, ici.titre) == (dossier, "logement_actuel.statut", "FATIHI Nadia")
    en_vigueur, proposee = ici.propositions
    assert dict(en_vigueur.valeurs) == {"logement_actuel.statut": "sans_abri"}
    assert (en_vigueur.en_vigueur, en_vigueur.ici, en_vigueur.poste) == (True, True, "un")
    assert (proposee.en_vigueur, proposee.ici, proposee.qui) == (False, False, AGENT)
    assert (proposee.poste, proposee.guichet) == ("autre", "Accueil du CCAS")
    assert [une.ici for une in chez_lui.propositions] == [False, True]
    un.poser(dossier, logement_actuel__surface=30)
    un.coffre.echanges.trancher(dossier, ici.unite, proposee.valeurs, Auteur(AGENT))
    assert a_trancher(un.coffre.echanges) == [], "le choix vaut avant même d'être envoyé"
    assert un.coffre.acces(dossier)[-1].geste.acces is Acces.TRANCHER
    with pytest.raises(ErreurUtilisateur, match="déjà été départagée"):
        un.coffre.echanges.trancher(dossier, ici.unite, proposee.valeurs, Auteur(AGENT))
    un.tour()
    autre.tour()
    assert autre.synchro.etat().divergences == 0
    assert _egaux(dossier, un, autre)
    assert autre.coffre.lire(dossier)["logement_actuel"] == {"statut": "chez_tiers", "surface": 30}


def test_taper_sur_ce_qui_diverge_ne_tranche_pas(site: Site) -> None:
    """L'agent qui tape sans rien départager laisse la divergence : elle reste à trancher."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    un.poser(dossier, demande__precisions="un")
    autre.poser(dossier, demande__precisions="autre")
    for poste in (un, autre, un):
        poste.tour()
    un.poser(dossier, demande__precisions="un encore")
    un.tour()
    autre.tour()
    (divergence,) = a_trancher(autre.coffre.echanges)
    dites = [dict(une.valeurs)["demande.precisions"] for une in divergence.propositions]
    assert dites == ["un encore", "autre"]


def test_la_meme_chose_des_deux_cotes_ne_diverge_pas(site: Site) -> None:
    """Deux postes tapent la même valeur : rien à trancher, et la suite remplace les deux."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    for poste in (un, autre):
        poste.poser(dossier, demande__precisions="mardi")
    for poste in (un, autre, un):
        poste.tour()
    assert [recu.issue for recu in autre.coffre.echanges.recus()] == ["fusionnee"]
    un.poser(dossier, demande__precisions="jeudi")
    un.tour()
    autre.tour()
    assert a_trancher(autre.coffre.echanges) == []
    assert autre.coffre.lire(dossier)["demande"]["precisions"] == "jeudi"


# La ligne se coupe


@pytest.mark.parametrize("appel", ["operations", "journal", "empreinte", "referentiels"])
@pytest.mark.parametrize("quand", ["avant", "apres"])
def test_coupure_a_chaque_appel_puis_tout_reprend(site: Site, appel: str, quand: str) -> None:
    """Une demande ou une réponse perdue, à chaque étape du tour : le suivant finit, rien n'est doublé."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.poser(dossier, demande__precisions="a")
    getattr(un.coupures, quand).append(appel)
    bilan = un.synchro.tour()
    assert bilan.panne == COUPURE
    etat = un.synchro.etat()
    assert (etat.lien, etat.panne) == (Lien.HORS_LIGNE, COUPURE)
    assert etat.prochain is not None
    un.poser(dossier, demande__precisions="b")
    un.tour()
    assert (un.attente(), un.synchro.etat().prochain) == (0, None)
    autre.tour()
    assert _egaux(dossier, un, autre)
    assert _operations_au_registre(site) == 3
    assert autre.coffre.lire(dossier)["demande"]["precisions"] == "b"


def test_saisie_pendant_l_envoi_reste_a_envoyer(site: Site) -> None:
    """Une saisie faite pendant que le lot voyage n'est pas prise pour partie."""
    un, autre = site.poste("un"), site.poste("autre")
    un.tour()
    dossier = un.creer(NADIA)
    un.coupures.pendant["operations"] = lambda: un.poser(dossier, demande__precisions="pendant")
    un.coupures.avant.append("journal")
    un.synchro.tour()
    (attente,) = un.synchro.etat().attente
    assert (attente.saisies, attente.envoyees, attente.titre) == (2, 1, "FATIHI Nadia")
    un.coupures.pendant["journal"] = lambda: un.poser(dossier, demande__precisions="pendant la réception")
    un.tour()
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "pendant la réception"
    un.tour()
    assert un.attente() == 0
    autre.tour()
    assert _egaux(dossier, un, autre)


def test_saisir_plus_vite_que_la_ligne_n_empeche_pas_de_recevoir(site: Site) -> None:
    """Une saisie de plus à chaque envoi : le tour s'en tient à ce qui attendait, et reçoit."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    frappes = iter(range(100))

    def taper() -> None:
        un.poser(dossier, demande__precisions=f"frappe {next(frappes)}")
        un.coupures.pendant["operations"] = taper

    un.coupures.pendant["operations"] = taper
    bilan = un.synchro.tour()
    assert (bilan.envoyees, bilan.recues, bilan.panne) == (1, 1, "")
    assert un.attente() == 1


def test_un_recu_arrive_apres_sa_reception(site: Site) -> None:
    """La réponse se perd, puis le journal rend déjà l'état : l'opération attend encore, et sort au rejeu."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.coupures.apres.append("operations")
    un.synchro.tour()
    with un.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    assert un.attente() == 1
    un.tour()
    assert un.attente() == 0
    autre.tour()
    assert _egaux(dossier, un, autre)


def test_une_page_deja_appliquee_ne_s_applique_pas_deux_fois(site: Site) -> None:
    """La même page, ou une page qui ne suit pas : rien ne bouge."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    echanges = autre.coffre.echanges
    with autre.synchro.connexion.en_ligne() as echange:
        page = echange.transport.journal(0, 100, "")
        autre.poser(dossier, demande__precisions="ici")
        for apres in (0, 99):
            assert not echanges.appliquer(apres, page, exiger_liaison(echanges).cles.poste)
    assert autre.coffre.lire(dossier)["demande"]["precisions"] == "ici"
    assert autre.attente() == 1


def test_tout_est_a_relire_pendant_qu_une_page_arrive(site: Site) -> None:
    """Elle ne suit plus : rien n'en est appliqué, et le journal se relit du début."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    un.poser(dossier, demande__precisions="suite")
    un.tour()
    autre.coupures.pendant["journal"] = autre.coffre.echanges.relire
    autre.tour()
    assert autre.coffre.lire(dossier) == un.coffre.lire(dossier)
    assert len(autre.coffre.echanges.versions()) == 1


def test_par_lots_et_par_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mille cinquante dossiers partent en plusieurs lots et arrivent en plusieurs pages."""
    from modele.synchro import envoi, reception

    monkeypatch.setattr(envoi, "OCTETS_PAR_LOT", 200_000)
    monkeypatch.setattr(reception, "ENTREES_PAR_PAGE", 300)
    un, autre = site.poste("un"), site.poste("autre")
    un.coffre.importer(({"demandeur": {"nom": f"Nom{rang}"}} for rang in range(1050)), Auteur(AGENT))
    bilan = un.synchro.tour()
    assert (bilan.envoyees, bilan.recues, bilan.panne) == (1050, 1050, "")
    assert un.coupures.faits.count("operations") > 2
    bilan = autre.synchro.tour()
    assert (bilan.envoyees, bilan.recues) == (0, 1050)
    # Quatre pages pour tout recevoir, une vide après l'envoi.
    assert autre.coupures.faits.count("journal") == 5
    assert autre.coffre.compter() == 1050


def test_sans_registre_un_tour_ne_fait_rien(site: Site) -> None:
    """Un poste relié à rien garde tout, et le dit."""
    poste = site.rouvrir(site.coffre_neuf("seul"))
    poste.creer(NADIA)
    assert poste.synchro.tour().panne == ""
    etat = poste.synchro.etat()
    assert (etat.lien, etat.registre, len(etat.attente)) == (Lien.SANS_REGISTRE, "", 1)
    assert a_trancher(poste.coffre.echanges) == []
    with pytest.raises(ErreurUtilisateur, match="relié à aucun registre"):
        poste.synchro.guichets.ouvrir("x", "motif", AGENT)
