"""Un avis de la porte « seul à seul » à travers un vrai registre : il va où est le référent, nulle part ailleurs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from outils_coffre import AGENT
from outils_registre import ANNEXE
from outils_synchro import NADIA, Poste, Site

from modele.coffre.listes import Avis, Essai
from modele.droits import Auteur
from registre.service.essais import effacer_les_echus

NORA, REFERENTE, SUPPLEANT = Auteur(AGENT), Auteur("Léa Blanc"), Auteur("Paul Roy")
TOUS = ("Léa Blanc", "Paul Roy")
DISCRET = NADIA | {"protection": {"discret": True, "referent": "Léa Blanc", "suppleant": "Paul Roy"}}
MOTIF = "reçue seule, référence perdue"


def _tours(*postes: Poste) -> None:
    for _ in range(2):
        for poste in postes:
            poste.tour()


def _motifs(lus: list[Avis] | list[Essai]) -> list[str]:
    return [un.motif for un in lus]


def test_l_avis_arrive_au_poste_du_referent(site: Site) -> None:
    """Au poste social du guichet, où est la référente ; ni à l'agent du guichet, ni à l'annexe. Lu, il l'est ici."""
    ici, social = site.poste("accueil"), site.poste("social", roles=("agent", "social"), agents=TOUS)
    agent, annexe = site.poste("agent"), site.poste("annexe", guichet=ANNEXE, roles=("agent", "social"))
    ici.coffre.creer_dossier(DISCRET, NORA)
    _tours(ici, social, agent, annexe)
    assert len(ici.coffre.porte.chercher("fatihi nadia 1985", MOTIF, NORA)) == 1
    _tours(ici, social, agent, annexe)
    (avis,) = social.coffre.porte.avis(REFERENTE)
    assert (avis.par, avis.motif) == (AGENT, MOTIF)
    for poste in (agent, annexe):
        assert poste.coffre.porte.avis(REFERENTE) == []
        with poste.coffre._base.lecture() as connexion:
            assert connexion.exec_driver_sql("SELECT count(*) FROM dossier WHERE genre = 'avis'").scalar_one() == 0
    social.coffre.porte.lu(avis, REFERENTE)
    _tours(social, ici)
    assert ici.coffre.porte.avis(REFERENTE) == []
    assert _motifs(ici.coffre.porte.avis(SUPPLEANT)) == [MOTIF]


def test_un_essai_vain_arrive_au_responsable_de_son_guichet(site: Site) -> None:
    """À lui seul : ni l'autre agent du guichet, ni le responsable de l'annexe ; lu, il ne revient pas."""
    ici, chef = site.poste("accueil", roles=("agent",)), site.poste("chef", roles=("responsable",), agents=TOUS)
    agent = site.poste("agent", roles=("agent", "social"))
    ailleurs = site.poste("ailleurs", guichet=ANNEXE, roles=("responsable",))
    assert ici.coffre.porte.chercher("inconnue zoe 1975", MOTIF, NORA) == []
    assert ici.coffre.porte.essais(NORA) == []
    _tours(ici, chef, agent, ailleurs)
    assert ici.attente() == 0
    (essai,) = chef.coffre.porte.essais(SUPPLEANT)
    assert (essai.par, essai.motif) == (AGENT, MOTIF)
    assert agent.coffre.porte.essais(NORA) == ailleurs.coffre.porte.essais(NORA) == []
    with agent.coffre._base.lecture() as connexion:
        assert connexion.exec_driver_sql("SELECT count(*) FROM dossier WHERE genre = 'essai'").scalar_one() == 0
    chef.coffre.porte.lu(essai, SUPPLEANT)
    _tours(chef, ici)
    assert chef.coffre.porte.essais(SUPPLEANT) == []


def test_un_essai_vain_s_efface_partout_en_un_an(site: Site) -> None:
    """Au registre, chez le responsable qui l'a lu, et là où il est né, même sans registre : rien n'en reste."""
    ici, chef = site.poste("accueil", roles=("agent",)), site.poste("chef", roles=("responsable",), agents=TOUS)
    ici.coffre.porte.chercher("inconnue zoe 1975", MOTIF, NORA)
    _tours(ici, chef)
    chef.coffre.porte.lu(*chef.coffre.porte.essais(SUPPLEANT), SUPPLEANT)
    _tours(chef, ici)
    maintenant = datetime.now(UTC)
    assert effacer_les_echus(site.moteur, maintenant + timedelta(days=300)) == 0
    ici.coffre._horloge = lambda: maintenant + timedelta(days=366)
    ici.coffre.effacer_les_echus()
    assert effacer_les_echus(site.moteur, maintenant + timedelta(days=366)) == 1
    assert effacer_les_echus(site.moteur, maintenant + timedelta(days=366)) == 0
    _tours(ici, chef)
    for poste in (ici, chef):
        assert poste.attente() == 0
        with poste.coffre._base.lecture() as connexion:
            gardes = "SELECT count(*) FROM dossier WHERE genre = 'essai' AND (etat <> 'purge' OR document <> '{}')"
            assert connexion.exec_driver_sql(gardes).scalar_one() == 0
            contenus = "SELECT count(*) FROM operation WHERE contenu IS NOT NULL AND dossier IN (SELECT id FROM dossier"
            assert connexion.exec_driver_sql(f"{contenus} WHERE genre = 'essai')").scalar_one() == 0


def test_un_autre_guichet_qui_ne_tient_pas_le_dossier_n_apprend_rien(site: Site) -> None:
    """Là-bas l'essai est vain, comme pour quelqu'un qui n'est jamais venu ; il va à la liste de son responsable."""
    ici, annexe = site.poste("accueil"), site.poste("annexe", guichet=ANNEXE, roles=("agent", "responsable"))
    ici.coffre.creer_dossier(DISCRET, NORA)
    _tours(ici, annexe)
    assert annexe.coffre.porte.chercher("fatihi nadia 12/03/1984", MOTIF, NORA) == []
    assert _motifs(annexe.coffre.porte.essais(NORA)) == [MOTIF]
    _tours(annexe, ici)
    assert ici.coffre.porte.avis(REFERENTE) == []
