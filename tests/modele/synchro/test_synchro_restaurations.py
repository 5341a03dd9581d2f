"""Un registre restauré d'une vieille sauvegarde ne détruit rien de ce qu'un poste tient, et n'en montre pas plus."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import NADIA, Poste, Site, restaurer_le_registre, sauver_le_registre
from sqlalchemy import false, select

from modele.coffre import schema
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles
from modele.synchro.divergences import a_trancher
from modele.synchro.reception import Repartir
from modele.synchro.reprise import reproposer
from registre.base.schema import dossier as table_dossier
from registre.base.schema import operation
from registre.service.administration import revoquer
from registre.service.purge import purger


def test_cree_par_un_agent_rendu_discret_par_un_autre_registre_perdu(site: Site) -> None:
    """L'agent n'en a plus le contenu, la sauvegarde ne le connaît pas : le travailleur social, lui, le tient."""
    agent, social = site.poste("agent"), site.poste("social", roles=("social",))
    agent.tour()
    social.tour()
    veille = sauver_le_registre(site)
    dossier = agent.creer(NADIA)
    agent.tour()
    social.tour()
    social.poser(dossier, protection__discret=True, demande__precisions="dit seul à seul")
    social.tour()
    agent.tour()
    avant = social.coffre.lire(dossier)
    restaurer_le_registre(site, veille)
    for _ in range(3):
        agent.synchro.tour()
        social.synchro.tour()
    assert social.synchro.etat().quarantaine == ()
    assert social.coffre.lire(dossier) == avant
    assert (agent.attente(), social.attente()) == (0, 0)
    assert dossier not in [un.dossier for un in agent.coffre.recents(100)]


APRES = "dit seul à seul"
_QUI = ("createur", "social", "etranger")
_ORDRES = (("createur", "social", "etranger"), ("etranger", "social", "createur"), ("social", "etranger", "createur"))


@dataclass(frozen=True)
class Cas:
    """Un dossier créé à l'accueil et ouvert à l'annexe. ``discret`` : qui l'a rendu tel, ou personne.

    ``connu`` : la sauvegarde le connaît, ouvert. ``informes`` : les autres l'ont su avant la perte. ``ordre`` : qui
    revient d'abord ; ``jamais`` : qui ne revient pas, et se révoque.
    """

    discret: str
    connu: bool
    informes: bool
    ordre: tuple[str, ...]
    jamais: str = ""

    @property
    def permis(self) -> set[str]:
        """Qui doit le tenir, d'après la base perdue."""
        return {"": set(_QUI), "createur": {"createur", "social"}, "social": {"social"}, "etranger": {"etranger"}}[
            self.discret
        ]

    @property
    def savent(self) -> set[str]:
        """Qui tient, à la perte, ce qui a été dit en dernier."""
        if not self.discret:
            return {"createur", *(_QUI if self.informes else ())}
        return {self.discret, *(self.permis if self.informes else ())}

    @property
    def personne_ne_sait(self) -> bool:
        """Qui l'a rendu discret ne l'a dit à personne et ne reviendra pas."""
        return not self.informes and self.jamais == self.discret

    def __str__(self) -> str:
        dits = [self.discret or "ouvert", "connu" if self.connu else "inconnu", "su" if self.informes else "pas-su"]
        return "-".join([*dits, self.ordre[0], f"sans-{self.jamais}" if self.jamais else "tous"])


CAS = [
    Cas(discret, connu, informes, ordre, jamais)
    for discret, connu, informes in product(("", *_QUI), (False, True), (True, False))
    for ordre, jamais in [*((un, "") for un in _ORDRES), *((_ORDRES[0], un) for un in _QUI)]
]


def _du_quotidien(cas: Cas) -> bool:
    return cas.informes and not cas.connu and cas.jamais in ("", cas.discret)


@pytest.mark.parametrize(
    "cas",
    [pytest.param(cas, marks=[] if _du_quotidien(cas) else [pytest.mark.campagne]) for cas in CAS],
    ids=str,
)
def test_table_des_restaurations(site: Site, cas: Cas) -> None:
    """Rien de ce que tient un poste qui revient ne manque ; qui ne doit pas le tenir n'en voit rien de plus."""
    _jouer(site, cas)


def _jouer(site: Site, cas: Cas) -> None:
    postes = {
        "createur": site.poste("createur"),
        "social": site.poste("social", roles=("social",)),
        "etranger": site.poste("etranger", guichet=ANNEXE),
    }
    veille = sauver_le_registre(site)
    dossier = postes["createur"].creer(NADIA)
    for un in postes.values():
        un.tour()
    postes["etranger"].synchro.guichets.ouvrir(dossier, "Elle est là.", AGENT)
    if cas.connu:
        veille = sauver_le_registre(site)
    dernier = postes[cas.discret or "createur"]
    dernier.poser(dossier, demande__precisions=APRES, **({"protection__discret": True} if cas.discret else {}))
    dernier.tour()
    if cas.informes:
        for un in postes.values():
            un.tour()
    verite = dernier.coffre.lire(dossier)
    restaurer_le_registre(site, veille)
    neuf = site.poste("neuf")
    revenus = [qui for qui in cas.ordre if qui != cas.jamais]
    for tour in range(3):
        for qui in revenus:
            bilan = postes[qui].synchro.tour()
            assert not bilan.panne or "apporte peut-être" in bilan.panne
            neuf.synchro.tour()
            _exiger_rien_de_vu(cas, postes, neuf, dossier)
        if cas.jamais and tour == 0:
            _revoquer(site, postes[cas.jamais])
    _exiger_rien_de_perdu(cas, {qui: postes[qui] for qui in revenus}, neuf, dossier, verite)


def _revoquer(site: Site, poste: Poste) -> None:
    liaison = cles.liaison(poste.coffre.echanges)
    assert liaison is not None
    revoquer(site.moteur, TERRITOIRE, liaison.cles.poste, site.horloge())


def _exiger_rien_de_vu(cas: Cas, postes: dict[str, Poste], neuf: Poste, dossier: str) -> None:
    vus = {qui: montre(poste, dossier) for qui, poste in {**postes, "neuf": neuf}.items()}
    if cas.discret:
        # Ce que plus aucun poste ne sait, le registre ne le devine pas : il rouvre ce que disait la sauvegarde.
        assert vus["neuf"] is None or (cas.personne_ne_sait and APRES not in str(vus["neuf"]))
        for qui in set(_QUI) - cas.permis:
            # Qui ne l'avait pas su tient encore ce qu'il tenait ; qui l'avait su ne le revoit jamais.
            assert vus[qui] is None or (not cas.informes and APRES not in str(vus[qui])), qui
    if "etranger" not in cas.permis and not cas.personne_ne_sait:
        trouves = postes["etranger"].synchro.doublons if cas.jamais != "etranger" else None
        assert trouves is None or trouves.chercher_la_saisie("Nadia Fatihi 12/03/1984", AGENT) == []


def _exiger_rien_de_perdu(
    cas: Cas, revenus: dict[str, Poste], neuf: Poste, dossier: str, verite: dict[str, object]
) -> None:
    for poste in revenus.values():
        etat = poste.synchro.etat()
        assert (poste.attente(), etat.quarantaine, etat.divergences, etat.de_cote, etat.absents) == (0, (), 0, 0, 0)
        assert poste.coffre.verifier_chaine() == []
    if cas.savent & revenus.keys():
        for qui, poste in revenus.items():
            assert montre(poste, dossier) == (verite if qui in cas.permis else None), qui
        assert montre(neuf, dossier) == (None if cas.discret else verite)
    elif not cas.discret:
        assert all(montre(un, dossier) for un in revenus.values())
    elif not cas.personne_ne_sait:
        assert all(montre(un, dossier) is None for un in (*revenus.values(), neuf))


def montre(poste: Poste, dossier: str) -> dict[str, object] | None:
    """Ce que ce poste montre du dossier, ou rien."""
    try:
        return poste.coffre.lire(dossier)
    except ErreurUtilisateur:
        return None


MUTANTS = {
    "miroir non mis de côté": ("modele.coffre.mises_de_cote.mettre_de_cote", Cas("social", False, True, _ORDRES[0])),
    "discrétion non reposée": ("registre.service.diffusion.restreindre", Cas("social", True, False, _ORDRES[0])),
    "une sortie ne dit plus la discrétion": (
        "registre.service.reprises._Examen._proteger",
        Cas("etranger", True, True, _ORDRES[0], "etranger"),
    ),
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_le_mutant_est_vu(site: Site, monkeypatch: pytest.MonkeyPatch, mutant: str) -> None:
    quoi, cas = MUTANTS[mutant]
    monkeypatch.setattr(quoi, lambda *_: None)
    with pytest.raises(AssertionError):
        _jouer(site, cas)


def _sortir_puis_restaurer(site: Site) -> None:
    """Il a rendu ce dossier : une base plus vieille ne le lui rouvre pas."""
    un, deux = site.poste("un"), site.poste("deux")
    dossier = un.creer(NADIA)
    un.tour()
    deux.tour()
    veille = sauver_le_registre(site)
    deux.synchro.guichets.sortir(dossier, AGENT)
    restaurer_le_registre(site, veille)
    for _ in range(2):
        deux.tour()
        un.tour()
    assert (montre(deux, dossier), montre(un, dossier) is None) == (None, False)


def test_qui_en_etait_sorti_ne_le_revoit_pas(site: Site) -> None:
    _sortir_puis_restaurer(site)


def test_mutant_la_sortie_s_oublie(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registre.service.reprises._Examen._sortir", lambda *_: None)
    with pytest.raises(AssertionError):
        _sortir_puis_restaurer(site)


def _ajoute_avant_que_la_discretion_revienne(site: Site) -> None:
    """Rendu discret sans que personne ne l'ait su ; un collègue y ajoute avant que cela revienne."""
    agent, social = site.poste("agent"), site.poste("social", roles=("social",))
    etranger = site.poste("etranger", guichet=ANNEXE)
    dossier = agent.creer(NADIA)
    agent.tour()
    for un in (social, etranger):
        un.tour()
    etranger.synchro.guichets.ouvrir(dossier, "Elle est là.", AGENT)
    veille = sauver_le_registre(site)
    social.poser(dossier, protection__discret=True)
    social.tour()
    restaurer_le_registre(site, veille)
    agent.tour()
    agent.poser(dossier, demande__precisions="depuis la restauration")
    agent.tour()
    etranger.tour()
    assert "depuis la restauration" not in str(montre(etranger, dossier))
    assert montre(etranger, dossier) is not None, "ce qu'il tenait ne se détruit pas"
    assert etranger.synchro.etat().de_cote == 1
    social.tour()
    for un in (etranger, agent, social):
        un.tour()
    assert (montre(etranger, dossier), montre(agent, dossier)) == (None, None)
    assert social.coffre.lire(dossier)["demande"]["precisions"] == "depuis la restauration"
    assert etranger.synchro.etat().de_cote == 0


def test_d_un_autre_guichet_rien_ne_se_voit_avant_que_tous_soient_revenus(site: Site) -> None:
    _ajoute_avant_que_la_discretion_revienne(site)


def test_mutant_l_etranger_n_est_pas_retenu(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registre.service.retours._d_ailleurs", lambda _: false())
    with pytest.raises(AssertionError):
        _ajoute_avant_que_la_discretion_revienne(site)


def _operations(site: Site) -> list[str]:
    with site.moteur.connect() as connexion:
        return list(connexion.execute(select(operation.c.id)).scalars())


def test_le_createur_revient_apres_que_deux_collegues_l_ont_rendu(site: Site) -> None:
    """Sa création attendait encore sa réception : elle est déjà dans ce qu'ils ont rendu, rien n'entre deux fois."""
    createur, un, deux = site.poste("createur"), site.poste("un"), site.poste("deux")
    for poste in (createur, un, deux):
        poste.tour()
    veille = sauver_le_registre(site)
    dossier = createur.creer(NADIA)
    createur.coupures.apres.append("operations")
    createur.synchro.tour()
    createur.poser(dossier, contact__telephone="06 12 34 56 78")
    un.tour()
    un.poser(dossier, demande__precisions="d'un collègue")
    un.tour()
    deux.tour()
    restaurer_le_registre(site, veille)
    for _ in range(3):
        for poste in (un, deux, createur):
            assert poste.synchro.tour().panne == ""
    recues = _operations(site)
    assert len(recues) == len(set(recues)) == 3
    for poste in (createur, un, deux):
        etat = poste.synchro.etat()
        assert (poste.attente(), etat.quarantaine, etat.divergences) == (0, (), 0)
        assert poste.coffre.lire(dossier)["demande"]["precisions"] == "d'un collègue"
        assert poste.coffre.lire(dossier)["contact"]["telephone"] == "0612345678"


def test_deux_valeurs_de_part_et_d_autre_de_la_restauration_se_departagent(site: Site) -> None:
    """L'une dans la base perdue, l'autre dite avant qu'elle revienne : une divergence, jamais une perte."""
    un, deux = site.poste("un"), site.poste("deux")
    dossier = un.creer(NADIA)
    un.tour()
    deux.tour()
    veille = sauver_le_registre(site)
    un.poser(dossier, demande__precisions="dans la base perdue")
    un.tour()
    restaurer_le_registre(site, veille)
    deux.tour()
    deux.poser(dossier, demande__precisions="depuis")
    for _ in range(2):
        deux.tour()
        un.tour()
    ((_, _, unite),) = un.coffre.echanges.divergences()
    propositions = a_trancher(un.coffre.echanges)[0].propositions
    assert {str(une.valeurs["demande.precisions"]) for une in propositions} == {"dans la base perdue", "depuis"}, unite


def test_restaure_deux_fois_avant_que_tous_soient_revenus(site: Site) -> None:
    """Ce qui n'était pas encore rendu la première fois l'est la seconde, d'où que viennent les titres."""
    un, deux = site.poste("un"), site.poste("deux", roles=("social",))
    for poste in (un, deux):
        poste.tour()
    veille = sauver_le_registre(site)
    dossier, discret = un.creer(NADIA), deux.creer({"demandeur": {"nom": "Secrète"}, "protection": {"discret": True}})
    for poste in (un, deux, un):
        poste.tour()
    deux.poser(dossier, demande__precisions="vu par un")
    deux.tour()
    un.tour()
    verites = {lequel: deux.coffre.lire(lequel) for lequel in (dossier, discret)}
    restaurer_le_registre(site, veille)
    un.tour()
    restaurer_le_registre(site, veille)
    for _ in range(3):
        for poste in (deux, un):
            poste.tour()
    assert {lequel: deux.coffre.lire(lequel) for lequel in verites} == verites
    assert (un.coffre.lire(dossier), montre(un, discret)) == (verites[dossier], None)
    assert [poste.synchro.etat().divergences for poste in (un, deux)] == [0, 0]


def test_ce_qui_a_ete_efface_le_reste(site: Site) -> None:
    """La sauvegarde le tient encore, un poste en a la tombe : il s'efface de nouveau, partout."""
    un, deux = site.poste("un"), site.poste("deux")
    connu = un.creer(NADIA)
    un.tour()
    deux.tour()
    veille = sauver_le_registre(site)
    inconnu = un.creer({"demandeur": {"nom": "Né depuis"}})
    un.tour()
    deux.tour()
    for dossier in (connu, inconnu):
        purger(site.moteur, TERRITOIRE, dossier)
    un.tour()
    restaurer_le_registre(site, veille)
    for _ in range(2):
        un.tour()
        deux.tour()
    assert [montre(poste, dossier) for poste in (un, deux) for dossier in (connu, inconnu)] == [None] * 4
    with site.moteur.connect() as connexion:
        tombes = {un.id: un.tombe for un in connexion.execute(select(table_dossier.c.id, table_dossier.c.tombe))}
    assert tombes == {connu: "purge", inconnu: "purge"}


def test_un_poste_enrole_depuis_la_sauvegarde_rend_ce_qu_il_tient(site: Site) -> None:
    """La base remise ne le connaît pas : réenrôlé, c'est le même poste, et rien de ce qu'il tenait ne part."""
    ancien = site.poste("ancien")
    ancien.tour()
    veille = sauver_le_registre(site)
    depuis = site.poste("depuis", roles=("social",))
    discret = depuis.creer({"demandeur": {"nom": "Secrète"}, "protection": {"discret": True}})
    depuis.tour()
    avant = depuis.coffre.lire(discret)
    restaurer_le_registre(site, veille)
    ancien.tour()
    assert "Enrôlez-le" in depuis.synchro.tour().panne
    identite = cles.liaison(depuis.coffre.echanges)
    depuis.synchro.enroler(site.invitation(roles=("social",)), "depuis")
    assert cles.liaison(depuis.coffre.echanges) == identite
    for _ in range(2):
        depuis.tour()
        ancien.tour()
    assert (depuis.coffre.lire(discret), montre(ancien, discret)) == (avant, None)
    assert ancien.synchro.etat().absents == 0


def test_un_poste_sans_reseau_revient_par_son_fichier(site: Site, tmp_path: Path) -> None:
    """Le reçu lui apprend la restauration, le fichier suivant rend ce qu'il tient : il n'est plus attendu."""
    isole, porteur = site.poste("isole", roles=("social",)), site.poste("porteur")
    isole.tour()
    porteur.tour()
    veille = sauver_le_registre(site)
    dossier = porteur.creer(NADIA)
    porteur.tour()
    isole.tour()
    isole.poser(dossier, protection__discret=True)
    isole.tour()
    porteur.tour()
    avant = isole.coffre.lire(dossier)
    restaurer_le_registre(site, veille)
    porteur.tour()
    isole.poser(dossier, demande__precisions="sans réseau")
    fichier = tmp_path / "isole.perron"
    isole.synchro.paquets.ecrire(fichier)
    with pytest.raises(ErreurUtilisateur, match="Écrivez un nouveau fichier"):
        isole.synchro.paquets.lire_recu(porteur.synchro.paquets.transmettre(fichier))
    porteur.tour()
    assert porteur.synchro.etat().absents == 1
    for _ in range(2):
        if isole.attente() or isole.coffre.echanges.a_proposer():
            isole.synchro.paquets.ecrire(fichier)
            with suppress(ErreurUtilisateur):
                isole.synchro.paquets.lire_recu(porteur.synchro.paquets.transmettre(fichier))
    porteur.tour()
    assert porteur.synchro.etat().absents == 0
    assert isole.synchro.etat().quarantaine == ()
    isole.tour()
    assert isole.coffre.lire(dossier) == {**avant, "demande": {"precisions": "sans réseau"}}
    assert montre(porteur, dossier) is None


def test_ce_qui_a_ete_recu_sans_titre_se_relit_une_fois(site: Site) -> None:
    """Reçu d'un registre qui n'en donnait pas : au premier échange, ce poste en prend un pour chaque objet."""
    un = site.poste("un")
    un.creer(NADIA)
    un.tour()
    with un.coffre._base.ecriture() as connexion:
        connexion.execute(schema.titre.delete())
    assert un.coffre.echanges.sans_titre()
    un.tour()
    assert not un.coffre.echanges.sans_titre()
    un.coupures.faits.clear()
    un.tour()
    assert un.coupures.faits.count("journal") == 1, "une fois seulement"


def _perdre_deux_dossiers(site: Site) -> tuple[Poste, dict[str, object]]:
    """Un poste, social, seul à tenir deux dossiers discrets que la base remise ne connaît pas."""
    un = site.poste("un", roles=("social",))
    un.tour()
    veille = sauver_le_registre(site)
    perdus = [un.creer({"demandeur": {"nom": nom}, "protection": {"discret": True}}) for nom in ("Une", "Autre")]
    un.tour()
    restaurer_le_registre(site, veille)
    return un, {dossier: un.coffre.lire(dossier) for dossier in perdus}


def test_les_etats_s_apportent_par_lots(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.synchro.reprise.OCTETS_PAR_REPRISE", 1)
    un, perdus = _perdre_deux_dossiers(site)
    un.coupures.faits.clear()
    un.tour()
    assert un.coupures.faits.count("reprendre") == 3
    assert {dossier: un.coffre.lire(dossier) for dossier in perdus} == perdus


@pytest.mark.parametrize("quand", ["avant", "apres"])
def test_la_ligne_coupe_pendant_qu_il_repropose(site: Site, quand: str) -> None:
    """Rien n'est renvoyé ni relu avant que le registre ait répondu : le tour suivant reprend là."""
    un, perdus = _perdre_deux_dossiers(site)
    getattr(un.coupures, quand).append("reprendre")
    un.coupures.faits.clear()
    assert un.synchro.tour().panne
    assert "operations" not in un.coupures.faits
    assert {dossier: un.coffre.lire(dossier) for dossier in perdus} == perdus
    un.tour()
    assert ({dossier: un.coffre.lire(dossier) for dossier in perdus}, un.attente()) == (perdus, 0)


def test_le_coffre_se_ferme_pendant_qu_il_repropose(site: Site) -> None:
    un, perdus = _perdre_deux_dossiers(site)
    with suppress(Repartir), un.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    un.coupures.faits.clear()
    with un.synchro.connexion.en_ligne() as echange:
        reproposer(un.coffre.echanges, echange.transport, lambda: True)
    assert un.coupures.faits == []
    un.tour()
    assert {dossier: un.coffre.lire(dossier) for dossier in perdus} == perdus


def test_la_base_change_encore_pendant_qu_il_repropose(site: Site) -> None:
    un, perdus = _perdre_deux_dossiers(site)
    veille = sauver_le_registre(site)
    un.coupures.pendant["reprendre"] = lambda: restaurer_le_registre(site, veille)
    for _ in range(2):
        un.synchro.tour()
    un.tour()
    assert ({dossier: un.coffre.lire(dossier) for dossier in perdus}, un.attente()) == (perdus, 0)


def test_ce_qui_est_rattache_revient_avec_son_dossier(site: Site) -> None:
    un, collegue = site.poste("un"), site.poste("collegue")
    un.tour()
    collegue.tour()
    veille = sauver_le_registre(site)
    dossier = un.creer(NADIA)
    un.coffre.creer_objet("rendez_vous", {"dossier": dossier, "objet": "Bilan"}, Auteur(AGENT))
    un.tour()
    collegue.tour()
    avant = collegue.coffre.rattaches(dossier, "rendez_vous")
    restaurer_le_registre(site, veille)
    for _ in range(3):
        collegue.tour()
    assert collegue.coffre.rattaches(dossier, "rendez_vous") == avant
    for _ in range(2):
        un.tour()
        collegue.tour()
    assert un.coffre.rattaches(dossier, "rendez_vous") == avant
    assert (un.attente(), un.synchro.etat().quarantaine, collegue.synchro.etat().de_cote) == (0, (), 0)


def test_un_dossier_fondu_dans_un_autre_le_reste(site: Site) -> None:
    """La sauvegarde les connaît tous deux vivants ; celui qui les a fondus revient après qui ne le savait pas."""
    un, autre = site.poste("un"), site.poste("autre")
    survivant, absorbe = un.creer(NADIA), un.creer({"demandeur": {"nom": "Fatihi", "prenoms": "N."}})
    un.tour()
    autre.tour()
    veille = sauver_le_registre(site)
    autre.poser(absorbe, contact__telephone="06 12 34 56 78")
    autre.tour()
    un.tour()
    un.synchro.doublons.fondre(survivant, absorbe, Auteur(AGENT))
    un.tour()
    avant = un.coffre.lire(survivant)
    restaurer_le_registre(site, veille)
    for _ in range(3):
        for poste in (autre, un):
            poste.tour()
    assert un.coffre.lire(survivant) == autre.coffre.lire(survivant)
    assert un.coffre.lire(survivant)["contact"] == avant["contact"]
    assert [montre(poste, absorbe) for poste in (un, autre)] == [None, None]
