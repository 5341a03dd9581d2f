"""Un rendez-vous est un objet comme un dossier : même journal, même fusion ; et il suit le sort de son dossier."""

from __future__ import annotations

from typing import Any

import pytest
from outils_guichets import Guichets, ouvrir_ici, sortir_d_ici
from outils_operations import BENALI, Saisie, identifiant
from outils_registre import DEPART, TERRITOIRE, PosteDEssai, enrole
from sqlalchemy import Engine, select

from modele.dossier.operations import ChampPose, Operation, fautes_de_chaine
from modele.fusion import Issue, divergences
from modele.protocole.empreintes import empreinte_du_perimetre
from modele.protocole.messages import DemandeDeNumero
from registre.base import schema
from registre.service import diffusion, jugement, purge
from registre.service.empreinte import prendre_l_empreinte
from registre.service.journal import lire_page
from registre.service.numeros import donner
from registre.service.purge import purger
from registre.service.refus import Refuse

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

SUR_LES_DEUX = False
JEUDI = {"date": "2026-12-03", "heure": "14:30", "objet": "Bilan"}
LEVEE = {"protection.discret": False, "protection.levee_motif": "relogée"}


@pytest.fixture
def guichets(moteur: Engine, poste_enrole: PosteDEssai) -> Guichets:
    return Guichets(moteur, poste_enrole)


def _rendez_vous(saisie: Saisie, dossier: str, contenu: dict[str, Any] = JEUDI) -> str:
    operation = saisie.rattacher(dossier, contenu)
    assert saisie.recu(operation).issue is Issue.ACCEPTEE
    saisie.lire()
    return operation.entete.dossier


def _avec_rendez_vous(saisie: Saisie) -> tuple[str, str]:
    dossier = saisie.nouveau()
    return dossier, _rendez_vous(saisie, dossier)


def _gardees(moteur: Engine) -> list[Operation]:
    with moteur.connect() as connexion:
        lignes = connexion.execute(select(schema.operation).order_by(schema.operation.c.rang)).all()
    return [Operation(ligne.entete, ligne.sel, ligne.contenu) for ligne in lignes]


def test_il_est_a_qui_tient_son_dossier(guichets: Guichets) -> None:
    """Même fait par le poste d'un autre guichet, il est à tous ceux qui tiennent le dossier."""
    dossier, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    assert guichets.qui_tient(rendez_vous) == guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social"}
    ouvrir_ici(guichets.annexe, dossier)
    assert guichets.qui_tient(rendez_vous) == guichets.qui_tient(dossier) == {"Poste 1", "Agent", "Social", "Annexe"}
    autre = _rendez_vous(guichets.annexe, dossier)
    assert guichets.qui_tient(autre) == {"Poste 1", "Agent", "Social", "Annexe"}
    assert guichets.agent.document(autre)["heure"] == "14:30"
    assert guichets.agent.etats[autre].genre == "rendez_vous"


def test_il_devient_discret_avec_son_dossier_et_ne_l_est_plus_avec_lui(guichets: Guichets) -> None:
    """Un rendez-vous qui resterait dirait à ceux qui ne tiennent plus le dossier qu'il existe."""
    dossier, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    ouvrir_ici(guichets.annexe, dossier)
    assert "Annexe" in guichets.qui_tient(rendez_vous)
    assert not guichets.ouvreur.recu(guichets.ouvreur.poser(dossier, {"protection.discret": True})).code
    assert guichets.qui_tient(rendez_vous) == guichets.qui_tient(dossier) == {"Poste 1", "Social"}
    neuf = _rendez_vous(guichets.social, dossier)
    assert guichets.qui_tient(neuf) == {"Poste 1", "Social"}
    assert guichets.agent.recu(guichets.agent.rattacher(dossier, JEUDI)).code == "hors_perimetre"
    assert not guichets.social.recu(guichets.social.poser(dossier, LEVEE)).code
    for un in (dossier, rendez_vous, neuf):
        assert guichets.qui_tient(un) == {"Poste 1", "Agent", "Social"}


def test_dans_un_meme_lot_tout_se_suit(guichets: Guichets) -> None:
    """Le dossier naît, son rendez-vous aussi, puis il devient discret : un seul lot, aucun autre poste n'a rien vu."""
    saisie = guichets.ouvreur
    creation = saisie.creer()
    dossier = creation.entete.dossier
    rattache = saisie.rattacher(dossier, JEUDI)
    discretion = saisie.poser(dossier, {"protection.discret": True})
    recus = saisie.envoyer(creation, rattache, discretion).issues
    assert [recu.code for recu in recus] == ["", "", ""]
    assert len({recu.sequence for recu in recus}) == 3
    assert guichets.qui_tient(rattache.entete.dossier) == guichets.qui_tient(dossier) == {"Poste 1", "Social"}


def test_la_date_et_l_heure_divergent_d_un_bloc(guichets: Guichets) -> None:
    """Les atomes d'un genre viennent de son fichier."""
    _, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    guichets.agent.lire()
    matin = {"date": "2026-12-03", "heure": "09:00"}
    vendredi = {"date": "2026-12-04", "heure": "14:30"}
    assert guichets.ouvreur.recu(guichets.ouvreur.poser(rendez_vous, matin)).issue is Issue.ACCEPTEE
    recu = guichets.agent.recu(guichets.agent.poser(rendez_vous, vendredi))
    assert (recu.issue, recu.champs, recu.vigueur) == (Issue.DIVERGENCE, ("#quand",), {"#quand": matin})
    guichets.ouvreur.lire()
    (divergence,) = divergences(guichets.ouvreur.etats[rendez_vous])
    assert [dict(un.valeurs) for un in divergence.propositions] == [matin, vendredi]


def test_il_ne_se_cree_que_dans_un_dossier_que_le_poste_tient(guichets: Guichets) -> None:
    """Inconnu, d'un autre guichet, discret : le même refus ; effacé : la phrase de l'effacement."""
    dossier, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    annexe = guichets.annexe
    for ailleurs in (dossier, identifiant(), rendez_vous):
        assert annexe.recu(annexe.rattacher(ailleurs, JEUDI)).code == "hors_perimetre"
    assert guichets.ouvreur.recu(guichets.ouvreur.rattacher(rendez_vous, JEUDI)).code == "hors_perimetre"
    sans = guichets.ouvreur.creer({"objet": "Bilan"}, genre="rendez_vous")
    assert guichets.ouvreur.recu(sans).code == "rattachement"
    purger(guichets.moteur, TERRITOIRE, dossier)
    assert guichets.ouvreur.recu(guichets.ouvreur.rattacher(dossier, JEUDI)).code == "purge"


def test_il_ne_passe_pas_a_un_autre_dossier(guichets: Guichets) -> None:
    """Qui le tiendrait changerait sans que personne l'ait décidé."""
    saisie = guichets.ouvreur
    _, rendez_vous = _avec_rendez_vous(saisie)
    autre = saisie.nouveau()
    assert saisie.recu(saisie.poser(rendez_vous, {"dossier": autre})).code == "rattachement"
    assert saisie.recu(saisie.poser(rendez_vous, {"objet": "Suite"})).issue is Issue.ACCEPTEE


def test_il_sort_avec_son_dossier_et_jamais_seul(guichets: Guichets) -> None:
    """Ni ouvert, ni sorti sans lui : le refus d'un dossier inconnu."""
    dossier, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    for geste in (ouvrir_ici, sortir_d_ici):
        with pytest.raises(Refuse) as leve:
            geste(guichets.annexe, rendez_vous)
        assert leve.value.refus.code == "hors_perimetre"
    with pytest.raises(Refuse):
        sortir_d_ici(guichets.ouvreur, rendez_vous)
    ouvrir_ici(guichets.annexe, dossier)
    assert "Annexe" in guichets.qui_tient(rendez_vous)
    sortir_d_ici(guichets.annexe, dossier)
    assert guichets.qui_tient(rendez_vous) == {"Poste 1", "Agent", "Social"}
    assert guichets.annexe.recu(guichets.annexe.poser(rendez_vous, {"objet": "x"})).code == "hors_perimetre"


def test_il_se_fond_avec_son_dossier_et_s_efface_avec_le_survivant(guichets: Guichets) -> None:
    """Le dossier absorbé est tenu ailleurs aussi : qui tient le survivant tient désormais le rendez-vous."""
    saisie = guichets.ouvreur
    survivant = saisie.nouveau()
    absorbe, rendez_vous = _avec_rendez_vous(saisie)
    ouvrir_ici(guichets.annexe, survivant)
    assert "Annexe" not in guichets.qui_tient(rendez_vous)
    assert not saisie.recu(saisie.poser(survivant, {f"absorbes.{absorbe}": DEPART.isoformat()})).code
    assert guichets.qui_tient(rendez_vous) == guichets.qui_tient(survivant) == {"Poste 1", "Agent", "Social", "Annexe"}
    tardif = guichets.agent.rattacher(absorbe, JEUDI)
    assert not guichets.agent.recu(tardif).code
    assert guichets.qui_tient(tardif.entete.dossier) == {"Poste 1", "Agent", "Social", "Annexe"}
    assert purger(guichets.moteur, TERRITOIRE, survivant) == 5
    for un in (survivant, rendez_vous, tardif.entete.dossier):
        assert guichets.qui_tient(un) == set()


def test_la_purge_n_en_laisse_rien_et_rien_ne_ressuscite(guichets: Guichets) -> None:
    """Contenu et sel effacés, chaîne vérifiable, saisie tardive refusée."""
    saisie = guichets.ouvreur
    dossier, rendez_vous = _avec_rendez_vous(saisie)
    garde = _rendez_vous(saisie, saisie.nouveau())
    assert purger(guichets.moteur, TERRITOIRE, dossier) == 2
    assert saisie.recu(saisie.poser(rendez_vous, {"objet": "tardif"})).code == "purge"
    recree = saisie.creer({"dossier": dossier, **JEUDI}, dossier=rendez_vous, genre="rendez_vous")
    assert saisie.recu(recree).code == "purge"
    gardees = _gardees(guichets.moteur)
    assert list(fautes_de_chaine(gardees)) == []
    assert [un.entete.dossier for un in gardees if un.contenu and un.entete.genre == "rendez_vous"] == [garde]
    assert purger(guichets.moteur, TERRITOIRE, garde) == 1, "seul, il s'efface aussi"


def test_un_poste_neuf_recoit_ceux_des_dossiers_qu_il_recoit(guichets: Guichets) -> None:
    """Ceux d'un dossier discret, seulement s'il reçoit le dossier."""
    dossier, rendez_vous = _avec_rendez_vous(guichets.ouvreur)
    discret, secret = _avec_rendez_vous(guichets.social)
    assert not guichets.social.recu(guichets.social.poser(discret, {"protection.discret": True})).code
    attendus = {"agent": {dossier, rendez_vous}, "social": {dossier, rendez_vous, discret, secret}}
    for role, tenus in attendus.items():
        neuf = Saisie(enrole(guichets.moteur, PosteDEssai("Neuf", roles=(role,))), guichets.moteur)
        neuf.lire()
        assert set(neuf.etats) == tenus


def test_un_poste_d_avant_n_entend_parler_que_de_dossiers(guichets: Guichets) -> None:
    """Il lirait un rendez-vous comme un dossier vide ; son empreinte n'en compte pas."""
    saisie = guichets.ouvreur
    dossier, rendez_vous = _avec_rendez_vous(saisie)
    page = lire_page(guichets.moteur, saisie.poste.porteur, 0, 200, "", DEPART, genres=False)
    assert ([un.dossier for un in page.entrees], page.jusque, page.reste) == ([dossier], 2, False)
    avant = prendre_l_empreinte(guichets.moteur, saisie.poste.porteur, genres=False)
    assert (avant.nombre, avant.empreinte) == (1, empreinte_du_perimetre({dossier: 1}))
    maintenant = prendre_l_empreinte(guichets.moteur, saisie.poste.porteur)
    assert maintenant.empreinte == empreinte_du_perimetre({dossier: 1, rendez_vous: 1})


def test_une_operation_ne_change_pas_le_genre_de_son_objet(guichets: Guichets) -> None:
    """Un dossier saisi comme un rendez-vous, ou l'inverse : aucun objet de ce genre n'est tenu sous ce nom."""
    saisie = guichets.ouvreur
    dossier, rendez_vous = _avec_rendez_vous(saisie)
    champs = {"objet": ChampPose(apres="x")}
    assert saisie.recu(saisie.operation(dossier, champs, genre="rendez_vous")).code == "hors_perimetre"
    assert saisie.recu(saisie.operation(rendez_vous, champs)).code == "hors_perimetre"
    tables = {"lieu": ChampPose(apres={"nom": "x"})}
    assert saisie.recu(saisie.operation(rendez_vous, tables, genre="rendez_vous", format=1)).code == "schema"


def test_un_genre_que_le_registre_ne_connait_pas_encore_attend(guichets: Guichets) -> None:
    """Comme un schéma trop récent : rien n'en est gardé, et cela partira quand il sera mis à jour."""
    saisie = guichets.ouvreur
    recus = saisie.envoyer(saisie.creer(), saisie.creer({"quoi": "x"}, genre="lecture_future"))
    assert len(recus.issues) == 1
    assert recus.arret is not None
    assert recus.arret.code == "schema_recent"
    assert len(_gardees(guichets.moteur)) == 1


def test_deux_rendez_vous_ne_se_fondent_pas(guichets: Guichets) -> None:
    """Aucun rôle n'en a le droit ; et un dossier n'absorbe pas un rendez-vous."""
    saisie = guichets.ouvreur
    dossier, rendez_vous = _avec_rendez_vous(saisie)
    autre = _rendez_vous(saisie, dossier)
    assert saisie.recu(saisie.poser(rendez_vous, {f"absorbes.{autre}": "x"})).code == "droit"
    assert saisie.recu(saisie.poser(dossier, {f"absorbes.{autre}": "x"})).code == "hors_perimetre"


def test_ses_personnes_ne_se_cherchent_pas_et_il_n_a_pas_de_numero(guichets: Guichets) -> None:
    """L'index et le numéro d'exemple sont aux dossiers."""
    saisie = guichets.ouvreur
    dossier = saisie.nouveau()
    rendez_vous = _rendez_vous(saisie, dossier, {**JEUDI, **BENALI})
    with guichets.moteur.connect() as connexion:
        assert set(connexion.execute(select(schema.personne.c.dossier)).scalars()) == {dossier}
    with pytest.raises(Refuse) as leve:
        donner(guichets.moteur, saisie.poste.porteur, DemandeDeNumero(rendez_vous, "agent"), DEPART)
    assert leve.value.refus.code == "hors_perimetre"


def _suit_son_dossier(guichets: Guichets) -> None:
    test_il_devient_discret_avec_son_dossier_et_ne_l_est_plus_avec_lui(guichets)


def _s_efface_avec_lui(guichets: Guichets) -> None:
    test_la_purge_n_en_laisse_rien_et_rien_ne_ressuscite(guichets)


def _est_a_qui_tient_son_dossier(guichets: Guichets) -> None:
    test_il_est_a_qui_tient_son_dossier(guichets)


@pytest.mark.parametrize(
    ("module", "nom", "remplacant", "epreuve"),
    [
        (jugement.Jugement, "_entrainer", lambda soi, cible: None, _suit_son_dossier),
        (diffusion, "suivre", lambda *reste: None, _est_a_qui_tient_son_dossier),
        (purge, "rattaches", lambda *reste: [], _s_efface_avec_lui),
    ],
    ids=["discret sans ses rendez-vous", "tenu par personne", "purgé sans ses rendez-vous"],
)
def test_le_mutant_est_vu(
    guichets: Guichets, monkeypatch: pytest.MonkeyPatch, module: Any, nom: str, remplacant: Any, epreuve: Any
) -> None:
    """Un rendez-vous oublié en chemin se voit."""
    monkeypatch.setattr(module, nom, remplacant)
    with pytest.raises(AssertionError):
        epreuve(guichets)
