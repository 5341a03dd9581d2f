"""Un rendez-vous à travers deux coffres et un vrai registre : envoi, conflit, discrétion, refus, fusion, purge."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import NADIA, Poste, Site

from modele import genres
from modele.dossier.chemins import Document
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.divergences import a_trancher
from registre.service import diffusion, jugement
from registre.service.purge import purger

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")

NORA = Auteur(AGENT)
JEUDI = {"date": "2026-12-03", "heure": "14:30", "objet": "Bilan"}
SOCIAL = ("agent", "social")
LEVEE = {"protection__discret": False, "protection__levee_motif": "relogée"}


TOURNEE = """format = 1
id = "tournee"
nom = "Tournée"
definition = "Une tournée du guichet."

[garde]
definition = "Trois mois après la tournée."
[[garde.borne]]
mois = 3
depuis = "la tournée"
source = "Pour l'épreuve"
confiance = "M"
verifie_le = 2026-11-29

[[champ]]
chemin = "jour"
type = "date"
definition = "Le jour"
atome = "quand"

[[champ]]
chemin = "moment"
type = "texte"
definition = "Matin ou après-midi"
atome = "quand"

[[droit]]
roles = ["responsable"]
actions = ["creer", "modifier", "lire"]
perimetre = "lieu"

[[droit]]
roles = ["agent"]
actions = ["lire"]
perimetre = "lieu"
"""


@pytest.fixture
def genre_de_plus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Un genre ajouté par un seul fichier à ceux que Perron livre."""
    national = tmp_path / "national"
    shutil.copytree(genres._NATIONAL / "genres", national / "genres")
    shutil.copy(genres._NATIONAL / "droits.toml", national)
    (national / "genres" / "tournee.toml").write_text(TOURNEE, encoding="utf-8")
    monkeypatch.setattr(genres, "_NATIONAL", national)
    genres.livres.cache_clear()
    yield
    genres.livres.cache_clear()


@pytest.mark.usefixtures("genre_de_plus")
def test_un_genre_s_ajoute_par_un_seul_fichier(site: Site) -> None:
    """Journal, atomes, périmètre, droits, purge : rien d'autre que ses données n'en sait rien."""
    chef, agent = site.poste("chef", roles=("responsable",)), site.poste("agent")
    annexe = site.poste("annexe", guichet=ANNEXE)
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        agent.coffre.creer_objet("tournee", {"jour": "2026-12-03"}, NORA)
    tournee = str(chef.coffre.creer_objet("tournee", {"jour": "2026-12-03", "moment": "matin"}, NORA)["id"])
    _tours(chef, agent, annexe)
    assert (_tient(agent, tournee), _tient(annexe, tournee)) == (True, False)
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas"):
        agent.poser(tournee, moment="soir")
    agent.oublier_ses_roles()
    second = site.poste("second", roles=("responsable",))
    second.tour()
    chef.poser(tournee, moment="soir")
    second.poser(tournee, jour="2026-12-04")
    agent.coffre.modifier(tournee, {"note": "vue"}, Auteur(AGENT, ("responsable",)))
    _tours(chef, second, agent, chef)
    assert [une.unite for une in a_trancher(chef.coffre.echanges)] == ["#quand"]
    assert [refus.code for refus in agent.synchro.etat().quarantaine] == ["roles"]
    assert purger(site.moteur, TERRITOIRE, tournee) == 3
    _tours(chef, second, agent)
    assert {_etats(poste)[tournee] for poste in (chef, second, agent)} == {"purge"}


def _rendez_vous(poste: Poste, dossier: str, contenu: Document = JEUDI) -> str:
    return str(poste.coffre.creer_objet("rendez_vous", {"dossier": dossier, **contenu}, NORA)["id"])


def _tours(*postes: Poste) -> None:
    for poste in postes:
        poste.tour()


def _tient(poste: Poste, objet: str) -> bool:
    try:
        return bool(poste.coffre.lire(objet))
    except ErreurUtilisateur:
        return False


def _etats(poste: Poste) -> dict[str, str]:
    with poste.coffre._base.lecture() as connexion:
        return {un.id: un.etat for un in connexion.exec_driver_sql("SELECT id, etat FROM dossier")}


def test_il_passe_d_un_poste_a_l_autre(site: Site) -> None:
    """Créé ici, lu et changé là-bas, relu ici ; il n'est un dossier pour personne."""
    un, deux = site.poste("un"), site.poste("deux")
    dossier = un.creer(NADIA)
    rendez_vous = _rendez_vous(un, dossier)
    _tours(un, deux)
    assert deux.coffre.rattaches(dossier, "rendez_vous") == [un.coffre.lire(rendez_vous)]
    assert (deux.coffre.compter(), [ici.dossier for ici in deux.coffre.recents()]) == (1, [dossier])
    deux.poser(rendez_vous, heure="09:00")
    _tours(deux, un)
    assert un.coffre.lire(rendez_vous)["heure"] == deux.coffre.lire(rendez_vous)["heure"] == "09:00"
    assert (un.attente(), deux.attente(), un.coffre.verifier_chaine()) == (0, 0, [])
    derniere = un.coffre.operations(rendez_vous)[0].entete
    assert (derniere.genre, derniere.par.roles) == ("rendez_vous", ("agent",))


def test_la_date_et_l_heure_se_departagent_d_un_bloc(site: Site) -> None:
    """Deux postes l'ont déplacé sans se voir : une seule différence, une personne choisit, tous les deux la lisent."""
    un, deux = site.poste("un"), site.poste("deux")
    rendez_vous = _rendez_vous(un, un.creer(NADIA))
    _tours(un, deux)
    un.poser(rendez_vous, heure="09:00")
    deux.poser(rendez_vous, date="2026-12-04")
    _tours(un, deux, un)
    (ici,), (la_bas,) = a_trancher(un.coffre.echanges), a_trancher(deux.coffre.echanges)
    assert (ici.dossier, ici.titre, ici.unite) == (rendez_vous, "Rendez-vous", "#quand")
    assert {tuple(sorted(dite.valeurs.items())) for dite in ici.propositions} == {
        (("date", "2026-12-03"), ("heure", "09:00")),
        (("date", "2026-12-04"), ("heure", "14:30")),
    }
    sienne = next(dite for dite in la_bas.propositions if dite.ici)
    deux.coffre.echanges.trancher(rendez_vous, "#quand", sienne.valeurs, NORA)
    _tours(deux, un)
    assert un.coffre.lire(rendez_vous)["date"] == deux.coffre.lire(rendez_vous)["date"] == "2026-12-04"
    assert a_trancher(un.coffre.echanges) == a_trancher(deux.coffre.echanges) == []


def test_il_sort_des_postes_dont_le_dossier_sort(site: Site) -> None:
    """Devenu discret, il ne reste qu'où l'on protège ; la discrétion levée, il revient avec son dossier."""
    un, social = site.poste("un"), site.poste("social", roles=SOCIAL)
    dossier = un.creer(NADIA)
    rendez_vous = _rendez_vous(un, dossier)
    _tours(un, social)
    social.poser(dossier, protection__discret=True)
    _tours(social, un)
    assert (_tient(un, dossier), _tient(un, rendez_vous)) == (False, False)
    assert (_tient(social, dossier), _tient(social, rendez_vous)) == (True, True)
    _rendez_vous(social, dossier)
    social.poser(dossier, **LEVEE)
    _tours(social, un)
    assert len(un.coffre.rattaches(dossier, "rendez_vous")) == 2
    assert set(_etats(un).values()) == {"ouvert"}


def test_refuse_il_attend_une_decision_et_se_ressaisit(site: Site) -> None:
    """Saisi sous un rôle que le poste n'a plus : le registre le refuse, la personne le reprend sous le sien."""
    un = site.poste("un", roles=SOCIAL)
    dossier = un.creer(NADIA)
    un.tour()
    _rendez_vous(un, dossier)
    un.synchro.enroler(site.invitation(roles=("agent",)), "un")
    un.tour()
    (refus,) = un.synchro.etat().quarantaine
    assert (refus.titre, refus.code) == ("Rendez-vous", "roles")
    assert refus.cause.startswith("Cette saisie est faite au titre d'un rôle que ce poste n'a pas")
    document = un.coffre.echanges.ressaisir(refus.operation, NORA)
    assert document["objet"] == "Bilan"
    un.tour()
    assert (un.attente(), un.synchro.etat().quarantaine) == (0, ())
    temoin = site.poste("temoin")
    temoin.tour()
    assert [ici["objet"] for ici in temoin.coffre.rattaches(dossier, "rendez_vous")] == ["Bilan"]


def test_saisi_quand_son_dossier_n_etait_plus_tenu_il_est_mis_de_cote(site: Site) -> None:
    """Le dossier est devenu discret pendant que ce poste était hors ligne : le refus ne dit rien de plus."""
    un, social = site.poste("un"), site.poste("social", roles=SOCIAL)
    dossier = un.creer(NADIA)
    _tours(un, social)
    social.poser(dossier, protection__discret=True)
    social.tour()
    rendez_vous = _rendez_vous(un, dossier)
    un.tour()
    (refus,) = un.synchro.etat().quarantaine
    assert (refus.code, refus.titre) == ("hors_perimetre", "Dossier sorti de ce poste")
    assert not _tient(un, rendez_vous)
    un.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    with un.coffre._base.lecture() as connexion:
        restent = connexion.exec_driver_sql("SELECT count(*) FROM operation WHERE contenu IS NOT NULL").scalar_one()
    assert restent == 0


def test_il_suit_son_dossier_dans_un_autre_guichet_et_dans_un_autre_dossier(site: Site) -> None:
    """Ouvert ailleurs, fondu dans un autre : qui tient le dossier tient ses rendez-vous."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    absorbe, survivant = un.creer(NADIA), un.creer(NADIA)
    rendez_vous = _rendez_vous(un, absorbe)
    un.tour()
    annexe.synchro.guichets.ouvrir(survivant, "elle vient ici", AGENT)
    assert not _tient(annexe, rendez_vous)
    un.synchro.doublons.fondre(survivant, absorbe, NORA)
    _tours(un, annexe)
    for poste in (un, annexe):
        assert [ici["id"] for ici in poste.coffre.rattaches(survivant, "rendez_vous")] == [rendez_vous]
    annexe.synchro.guichets.sortir(survivant, AGENT)
    assert (_tient(annexe, survivant), _tient(annexe, rendez_vous)) == (False, False)
    assert _tient(un, rendez_vous)


def test_la_purge_n_en_laisse_rien_nulle_part(site: Site) -> None:
    """Effacé avec son dossier, sur tous les postes ; une saisie tardive ne le ressuscite pas."""
    un, deux = site.poste("un"), site.poste("deux")
    dossier = un.creer(NADIA)
    rendez_vous = _rendez_vous(un, dossier)
    _tours(un, deux)
    assert purger(site.moteur, TERRITOIRE, dossier) == 2
    deux.poser(rendez_vous, objet="tardif")
    _tours(un, deux)
    assert _etats(un) == _etats(deux) == {dossier: "purge", rendez_vous: "purge"}
    (refus,) = deux.synchro.etat().quarantaine
    assert refus.code == "purge"
    deux.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    for poste in (un, deux):
        with poste.coffre._base.lecture() as connexion:
            gardes = connexion.exec_driver_sql("SELECT count(*) FROM operation WHERE contenu IS NOT NULL")
            assert gardes.scalar_one() == 0
        assert poste.coffre.verifier_chaine() == []


def test_il_voyage_dans_un_fichier_scelle(site: Site, tmp_path: Path) -> None:
    """Sans réseau, avec son dossier ; le registre les prend dans l'ordre."""
    isole, porteur = site.poste("isole"), site.poste("porteur")
    dossier = isole.creer(NADIA)
    rendez_vous = _rendez_vous(isole, dossier)
    isole.synchro.paquets.ecrire(tmp_path / "saisies.paquet")
    recu = porteur.synchro.paquets.transmettre(tmp_path / "saisies.paquet")
    assert isole.synchro.paquets.lire_recu(recu) == 2
    porteur.tour()
    assert porteur.coffre.lire(rendez_vous)["objet"] == "Bilan"


def test_saisi_avant_l_enrolement_il_part_tel_quel(site: Site) -> None:
    """Ses opérations ne disent aucun rôle : elles sont jugées avec ceux que le registre donne au poste."""
    neuf = site.rouvrir(site.coffre_neuf("neuf"))
    dossier = neuf.creer(NADIA)
    rendez_vous = _rendez_vous(neuf, dossier)
    neuf.synchro.enroler(site.invitation(roles=("responsable",)), "neuf")
    neuf.tour()
    assert (neuf.attente(), neuf.synchro.etat().quarantaine) == (0, ())
    assert neuf.coffre.operations(rendez_vous)[0].entete.par.roles == ()
    neuf.poser(rendez_vous, objet="Suite")
    assert neuf.coffre.operations(rendez_vous)[-1].entete.par.roles == ("responsable",)
    neuf.tour()
    assert neuf.synchro.etat().quarantaine == ()


@pytest.mark.parametrize(
    ("module", "nom", "remplacant", "epreuve"),
    [
        (jugement.Jugement, "_entrainer", lambda *reste: None, test_il_sort_des_postes_dont_le_dossier_sort),
        (diffusion, "suivre", lambda *reste: None, test_il_passe_d_un_poste_a_l_autre),
    ],
    ids=["discret sans ses rendez-vous", "tenu par personne"],
)
def test_le_mutant_du_registre_est_vu(
    site: Site, monkeypatch: pytest.MonkeyPatch, module: Any, nom: str, remplacant: Any, epreuve: Any
) -> None:
    """Deux coffres suffisent à le voir."""
    monkeypatch.setattr(module, nom, remplacant)
    with pytest.raises((AssertionError, ErreurUtilisateur)):
        epreuve(site)
