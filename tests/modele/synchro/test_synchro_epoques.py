"""Un coffre copié, remis d'une sauvegarde, un registre restauré : une époque nouvelle, jamais une impasse."""

from __future__ import annotations

from typing import Any

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import NADIA, Poste, Site, copier, restaurer_le_registre, sauver_le_registre
from uuid_utils import uuid7

from modele.coffre.listes import Semblable
from modele.dossier.operations import Chaine
from modele.droits import Auteur
from modele.protocole.messages import Recus
from modele.synchro.divergences import a_trancher
from modele.synchro.empechements import Classe, Empechement


def _documents(poste: Poste) -> dict[str, Any]:
    return {un.dossier: poste.coffre.lire(un.dossier) for un in poste.coffre.recents(1000)}


def _epoques(poste: Poste) -> int:
    with poste.coffre._base.lecture() as connexion:
        requete = "SELECT epoque FROM operation UNION SELECT epoque FROM rechaine"
        return len(connexion.exec_driver_sql(requete).all())


def _exiger_egaux(*postes: Poste) -> None:
    for _ in range(2):
        for poste in postes:
            poste.tour()
    for poste in postes:
        assert poste.attente() == 0
        assert poste.coffre.verifier_chaine() == []
        assert _documents(poste) == _documents(postes[0])


def test_coffre_clone_les_deux_passent(site: Site) -> None:
    """Deux copies du même coffre saisissent chacune : le registre garde tout, la seconde ouvre une époque."""
    un = site.poste("un")
    commun = un.creer(NADIA)
    un.tour()
    clone = site.poste_copie("clone", un)
    un.poser(commun, demande__precisions="d'ici")
    ici, la_bas = un.creer({"demandeur": {"nom": "Ici"}}), clone.creer({"demandeur": {"nom": "Là-bas"}})
    clone.poser(la_bas, demandeur__prenoms="Awa")
    clone.poser(commun, contact__telephone="06 12 34 56 78")
    un.tour()
    clone.tour()
    assert _epoques(un) == 1
    assert _epoques(clone) == 2
    _exiger_egaux(un, clone)
    assert _documents(un).keys() == {commun, ici, la_bas}
    assert un.coffre.lire(commun)["demande"]["precisions"] == "d'ici"
    assert un.coffre.lire(commun)["contact"]["telephone"] == "0612345678"
    clone.poser(la_bas, demandeur__prenoms="Awa Marie")
    un.poser(la_bas, demande__precisions="suite")
    _exiger_egaux(un, clone)
    with clone.coffre._base.lecture() as connexion:
        passees = connexion.exec_driver_sql("SELECT entete FROM rechaine ORDER BY rang").scalars().all()
    assert b"suite_de" in passees[0]
    assert all(b"suite_de" not in une for une in passees[1:])


def test_coffre_remis_d_une_sauvegarde_de_la_semaine_passee(site: Site) -> None:
    """Le poste reprend d'une vieille copie : ce qu'il avait envoyé lui revient, ce qu'il saisit passe."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    vieux = copier(un, site.dossier / "vieux.perron")
    perdu = un.creer({"demandeur": {"nom": "Saisi après la sauvegarde"}})
    un.poser(dossier, demande__precisions="de la semaine")
    un.tour()
    repris = site.rouvrir(vieux)
    repris.poser(dossier, contact__telephone="06 12 34 56 78")
    neuf = repris.creer({"demandeur": {"nom": "Neuf"}})
    repris.tour()
    assert repris.coffre.lire(dossier)["demande"]["precisions"] == "de la semaine"
    assert _documents(repris).keys() == {dossier, perdu, neuf}
    assert (repris.attente(), repris.coffre.verifier_chaine()) == (0, [])


def test_la_reponse_perdue_puis_un_conflit(site: Site) -> None:
    """L'opération était déjà au registre quand l'époque change : reconnue par son identifiant, jamais doublée."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    clone = site.poste_copie("clone", un)
    clone.poser(dossier, demande__precisions="prise, réponse perdue")
    clone.coupures.apres.append("operations")
    clone.synchro.tour()
    un.poser(dossier, contact__telephone="06 12 34 56 78")
    un.tour()
    clone.poser(dossier, demandeur__prenoms="Nadia Rose")
    _exiger_egaux(un, clone)
    assert a_trancher(un.coffre.echanges) == []
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "prise, réponse perdue"
    assert un.coffre.lire(dossier)["demandeur"]["prenoms"] == "Nadia Rose"


def test_epoque_neuve_sans_rien_qui_attende(site: Site) -> None:
    """Une époque ouverte à vide dit quand même, à sa première opération, laquelle elle continue."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    ancienne = un.coffre.echanges.chaine().epoque
    un.coffre.echanges.nouvelle_epoque()
    un.poser(dossier, demande__precisions="après")
    entete = un.coffre.operations(dossier)[-1].entete
    assert (entete.rang, entete.suite_de) == (1, ancienne)
    un.tour()
    assert (un.attente(), un.coffre.verifier_chaine()) == (0, [])


# Le registre est restauré


def test_registre_restaure_le_poste_lui_rend_ce_qu_il_a_perdu(site: Site) -> None:
    """Le registre revient à la veille : chaque poste relit tout, et lui renvoie ce qu'il avait déjà accusé."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    veille = sauver_le_registre(site)
    un.poser(dossier, demande__precisions="du jour")
    du_jour = un.creer({"demandeur": {"nom": "Du jour"}})
    un.tour()
    autre.tour()
    autre.poser(dossier, logement_actuel__surface=30)
    autre.tour()
    un.tour()
    avant = _documents(un)
    un.poser(dossier, demandeur__prenoms="Nadia Rose")
    restaurer_le_registre(site, veille)
    _exiger_egaux(un, autre)
    assert un.coffre.lire(dossier)["demandeur"]["prenoms"] == "Nadia Rose"
    assert un.coffre.lire(dossier)["demande"] == avant[dossier]["demande"]
    assert un.coffre.lire(dossier)["logement_actuel"]["surface"] == 30
    assert un.coffre.lire(du_jour) == avant[du_jour]
    assert a_trancher(un.coffre.echanges) == []


def test_registre_restaure_un_dossier_devenu_discret_ne_reparait_pas(site: Site) -> None:
    """Discret depuis la sauvegarde : introuvable d'ailleurs tant que son poste n'est pas revenu, puis à jamais."""
    elle, ailleurs = site.poste("elle"), site.poste("ailleurs", guichet=ANNEXE)
    ouvert, discret = elle.creer(NADIA), elle.creer(NADIA)
    elle.tour()
    ailleurs.tour()
    veille = sauver_le_registre(site)
    elle.poser(discret, protection__discret=True)
    elle.tour()
    assert [un.autre for un in _chercher(ailleurs)] == [ouvert]
    restaurer_le_registre(site, veille)
    ailleurs.tour()
    assert (_chercher(ailleurs), ailleurs.synchro.etat().absents) == ([], 1)
    with pytest.raises(Empechement, match="tous les postes n'ont pas encore renvoyé"):
        ailleurs.synchro.guichets.ouvrir(discret, "Elle est là.", AGENT)
    elle.tour()
    ailleurs.tour()
    assert ailleurs.synchro.etat().absents == 0
    assert [un.autre for un in _chercher(ailleurs)] == [ouvert]


def test_registre_restaure_le_collegue_revient_avant_celui_qui_a_cree(site: Site) -> None:
    """Ce qu'il tient du dossier le rend au registre avant ce qu'il en a dit ; le créateur revient sans rien doubler."""
    cree, protege = site.poste("crée"), site.poste("protège", roles=("agent", "social"))
    ailleurs = site.poste("ailleurs", guichet=ANNEXE)
    for un in (cree, protege, ailleurs):
        un.tour()
    veille = sauver_le_registre(site)
    dossier = cree.creer(NADIA)
    cree.tour()
    protege.tour()
    protege.poser(dossier, demande__precisions="vue par les deux")
    protege.tour()
    cree.tour()
    restaurer_le_registre(site, veille)
    ailleurs.tour()
    protege.tour()
    assert protege.coffre.lire(dossier)["demande"]["precisions"] == "vue par les deux"
    cree.tour()
    protege.tour()
    assert (protege.attente(), protege.synchro.etat().quarantaine) == (0, ())
    _exiger_egaux(cree, protege)
    assert cree.coffre.lire(dossier)["demande"]["precisions"] == "vue par les deux"


def test_registre_restaure_ouvrir_ne_fait_pas_croire_qu_on_a_tout_renvoye(site: Site) -> None:
    """La ligne coupe l'envoi, l'agent ouvre un dossier : ce poste est encore attendu."""
    elle, ailleurs = site.poste("elle"), site.poste("ailleurs", guichet=ANNEXE)
    discret, autre = elle.creer(NADIA), ailleurs.creer({"demandeur": {"nom": "Autre"}})
    elle.tour()
    ailleurs.tour()
    veille = sauver_le_registre(site)
    elle.poser(discret, protection__discret=True)
    elle.tour()
    restaurer_le_registre(site, veille)
    ailleurs.tour()
    elle.coupures.avant += ["operations", "operations"]
    for _ in range(2):
        assert elle.synchro.tour().panne
    with pytest.raises(Empechement):
        elle.synchro.guichets.ouvrir(autre, "Elle est là.", AGENT)
    ailleurs.tour()
    assert (_chercher(ailleurs), ailleurs.synchro.etat().absents) == ([], 1)
    elle.tour()
    ailleurs.tour()
    assert (_chercher(ailleurs), ailleurs.synchro.etat().absents) == ([], 0)


def test_registre_restaure_pendant_qu_on_sort_d_un_dossier(site: Site) -> None:
    """Le geste de l'agent est le premier à l'apprendre : ce qui manque se renvoie d'abord, puis tout se relit."""
    un = site.poste("un")
    sorti = un.creer(NADIA)
    un.tour()
    veille = sauver_le_registre(site)
    du_jour = un.creer({"demandeur": {"nom": "Du jour"}})
    un.tour()
    restaurer_le_registre(site, veille)
    un.synchro.guichets.sortir(sorti, AGENT)
    assert _documents(un).keys() == {du_jour}
    un.tour()
    autre = site.poste("autre")
    autre.tour()
    assert du_jour in _documents(autre)


def test_registre_restaure_entre_la_reception_et_l_empreinte(site: Site) -> None:
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    veille = sauver_le_registre(site)
    du_jour = un.creer({"demandeur": {"nom": "Du jour"}})
    un.tour()
    un.poser(dossier, demande__precisions="puis")
    un.coupures.pendant["journal"] = lambda: restaurer_le_registre(site, veille)
    un.tour()
    un.tour()
    assert _documents(un).keys() == {dossier, du_jour}
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "puis"
    autre = site.poste("autre")
    autre.tour()
    assert _documents(autre) == _documents(un)


def test_registre_restaure_envoi_coupe_puis_un_dossier_s_ouvre(site: Site) -> None:
    """Le poste connaît la nouvelle base, mais rien n'est encore parti : ouvrir un dossier ne relit pas tout avant."""
    un = site.poste("un")
    ancien = un.creer(NADIA)
    un.tour()
    veille = sauver_le_registre(site)
    du_jour = un.creer({"demandeur": {"nom": "Du jour"}})
    un.tour()
    restaurer_le_registre(site, veille)
    un.coupures.avant.append("operations")
    assert un.synchro.tour().panne
    un.synchro.guichets.ouvrir(ancien, "Déjà à lui.", AGENT)
    un.tour()
    assert _documents(un).keys() == {ancien, du_jour}


def test_registre_restaure_avant_qu_un_poste_ait_jamais_recu(site: Site) -> None:
    """Il envoie, la réception se coupe, le registre est restauré : il saura qu'il doit renvoyer."""
    un = site.poste("un")
    autre = site.poste("autre")
    autre.tour()
    veille = sauver_le_registre(site)
    dossier = un.creer(NADIA)
    un.coupures.pendant["operations"] = lambda: un.coupures.avant.append("journal")
    assert un.synchro.tour().panne
    restaurer_le_registre(site, veille)
    for rang in range(4):
        autre.creer({"demandeur": {"nom": f"Nom {rang}"}})
    for _ in range(2):
        autre.tour()
        un.tour()
    autre.tour()
    assert dossier in _documents(autre)
    assert un.attente() == 0


def _chercher(poste: Poste) -> list[Semblable]:
    return poste.synchro.doublons.chercher_la_saisie("Nadia Fatihi 12/03/1984", AGENT)


def test_registre_restaure_sans_le_dire(site: Site) -> None:
    """Ses séquences ont reculé sous une poignée inchangée : le rang qu'il réclame le trahit, et tout se relit."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()
    veille = sauver_le_registre(site)
    un.poser(dossier, demande__precisions="du jour")
    un.tour()
    un.poser(dossier, demandeur__prenoms="Nadia Rose")
    restaurer_le_registre(site, veille, en_le_disant=False)
    un.tour()
    assert un.coffre.lire(dossier)["demandeur"]["prenoms"] == "Nadia Rose"
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "du jour"
    assert un.attente() == 0
    un.poser(dossier, demandeur__prenoms="Nadia Lou")
    un.tour()
    restaurer_le_registre(site, veille, en_le_disant=False)
    un.tour()
    assert un.coffre.lire(dossier)["demandeur"]["prenoms"] == "Nadia Lou", "lu plus loin que le registre n'a écrit"


def test_registre_vide_reprend_tout_des_postes(site: Site) -> None:
    """Le registre repart d'une base où seuls les postes sont connus : tout lui revient, rang après rang."""
    un = site.poste("un")
    vierge = sauver_le_registre(site)
    dossier = un.creer(NADIA)
    for rang in range(5):
        un.poser(dossier, demande__precisions=f"{rang}")
    un.tour()
    avant = _documents(un)
    restaurer_le_registre(site, vierge)
    un.tour()
    assert _documents(un) == avant
    assert (un.attente(), un.coffre.verifier_chaine()) == (0, [])


# Un registre qui ne se laisse pas accorder


def _refuser(site: Site, code: str, monkeypatch: pytest.MonkeyPatch) -> Poste:
    from modele.protocole.messages import Refus

    un = site.poste("un")
    un.creer(NADIA)

    def refuser(_: Any, lot: Any) -> Recus:
        entete = un.coffre.echanges.lot(1)[0].entete
        raise Empechement(Classe.CONFLIT, "dit le registre", Refus(code, "dit le registre", entete.epoque, entete.rang))

    monkeypatch.setattr("modele.synchro.transport.Transport.operations", refuser)
    return un


@pytest.mark.parametrize("code", ["rang_manquant", "epoque_nouvelle"])
def test_desaccord_sans_fin_s_arrete_et_se_dit(site: Site, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un registre qui ne serait jamais d'accord ne fait pas tourner le poste sans fin ; rien n'est perdu."""
    un = _refuser(site, code, monkeypatch)
    assert "n'arrivent pas à s'accorder" in un.synchro.tour().panne
    assert un.attente() == 1
    assert un.coffre.verifier_chaine() == []


def test_conflit_inconnu_se_dit(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un conflit que ce Perron ne connaît pas : la phrase du registre, et tout reste."""
    un = _refuser(site, "tout_neuf", monkeypatch)
    assert un.synchro.tour().panne == "dit le registre"
    assert un.attente() == 1


def test_rang_demande_qui_n_est_plus_ici(site: Site) -> None:
    """Le registre demande un rang que ce coffre n'a pas : rien à remettre, une époque neuve suffira."""
    un = site.poste("un")
    un.creer(NADIA)
    echanges = un.coffre.echanges
    assert not echanges.remettre(echanges.chaine().epoque, 7)
    assert not echanges.remettre(str(uuid7()), 1)
    assert echanges.remettre(echanges.chaine().epoque, 1)
    assert un.attente() == 1


def test_chaine_de_l_echange_est_celle_du_coffre(site: Site) -> None:
    """La place suivante se lit dans le coffre, jamais d'une mémoire : deux ouvertures restent d'accord."""
    un = site.poste("un")
    chaine = un.coffre.echanges.chaine()
    assert chaine == Chaine(TERRITOIRE, chaine.poste, chaine.epoque)
    un.coffre.creer_dossier(NADIA, Auteur(AGENT))
    suite = un.coffre.echanges.chaine()
    assert (suite.rang, suite.empreinte) == (1, un.coffre.echanges.lot(1)[0].empreinte)


def test_registre_restaure_apres_une_epoque_vide_rien_ne_manque(site: Site) -> None:
    """La dernière saisie est passée dans une époque neuve : la fin de l'ancienne se renvoie quand même."""
    un = site.poste("un")
    un.tour()
    veille = sauver_le_registre(site)
    partis = {un.creer(NADIA)}
    un.tour()
    partis.add(un.creer({"demandeur": {"nom": "Suivant"}}))
    un.coffre.echanges.nouvelle_epoque()
    un.tour()
    restaurer_le_registre(site, veille)
    un.tour()
    autre = site.poste("autre")
    autre.tour()
    assert _documents(un).keys() == _documents(autre).keys() == partis
    assert un.attente() == 0
