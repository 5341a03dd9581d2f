"""Ce que le registre publie, deux postes l'emploient à leur prochain échange : vrais coffres, vrai PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import Poste, Site

from modele.chargement import Regles, charger_regles
from modele.coffre.listes import Publie
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.referentiels import sources_du_poste, versions_des_paquets
from registre.service.publication import publier_paquet
from registre.service.reperes import NOM as REPERES

TOML = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
IDENTITE = 'format = 1\n[territoire]\nid = "mon-ccas"\nnom = "Mon CCAS"\ndepartements = ["35"]\n[systeme]\nnom = "S"\n'


def regles(poste: Poste, territoire: str = TERRITOIRE) -> Regles:
    """Ce que ce poste charge, avec ce qu'il a reçu et ce que sa structure a modifié."""
    return charger_regles(territoire, sources_du_poste(poste.coffre.echanges, poste.coffre.modifications()))


def titre(poste: Poste, fiche: str = "essai") -> str:
    """Le titre de cette fiche sur ce poste."""
    return regles(poste).fiches.trouver(fiche, "fr").titre


@pytest.fixture
def publier(site: Site, tmp_path: Path) -> object:
    """De quoi publier des fichiers, comme la commande du registre."""

    def faire(nom: str, **fichiers: str) -> int:
        dossier = tmp_path / "publication" / nom
        dossier.mkdir(parents=True, exist_ok=True)
        for fichier, texte in fichiers.items():
            (dossier / fichier.replace("__", ".")).write_text(texte, encoding="utf-8")
        return publier_paquet(site.moteur, TERRITOIRE, nom, dossier, site.horloge()).version

    return faire


def test_une_fiche_publiee_sert_aux_deux_postes_a_leur_prochain_echange(site: Site, publier: object) -> None:
    """Chacun à son tour ; la version suivante de même, sans réinstaller ni redémarrer personne."""
    un, deux = site.poste("un"), site.poste("deux", "annexe")
    assert publier("fiche.essai", fiche__toml=TOML, fr__md='+++\ntitre = "Première"\n+++\nBonjour\n') == 1  # type: ignore[operator]
    un.tour()
    assert titre(un) == "Première"
    with pytest.raises(ErreurUtilisateur, match="n’existe pas"):
        titre(deux)
    deux.tour()
    assert titre(deux) == "Première"
    assert versions_des_paquets(un.coffre.echanges) == {"fiche.essai": 1}
    assert publier("fiche.essai", fr__md='+++\ntitre = "Deuxième"\n+++\nBonjour\n') == 2  # type: ignore[operator]
    deux.tour()
    assert (titre(un), titre(deux)) == ("Première", "Deuxième")
    un.tour()
    assert (titre(un), regles(un).ecarts) == ("Deuxième", ())


def test_un_territoire_publie_s_ouvre_au_poste(site: Site, publier: object) -> None:
    """Comme un territoire livré, une fois reçu."""
    un = site.poste("un")
    publier("territoire.mon-ccas", territoire__toml=IDENTITE)  # type: ignore[operator]
    un.tour()
    assert regles(un, "mon-ccas").territoire.nom == "Mon CCAS"


def test_ce_qui_n_est_pas_un_paquet_ne_recharge_rien(site: Site) -> None:
    """Les repères se lisent à part ; un genre d'une version plus récente attend qu'on mette Perron à jour."""
    un = site.poste("un")
    for nom in (REPERES, "meteo.ici"):
        un.coffre.echanges.garder_referentiel(Publie(nom, 1, b"{}"), b"s")
    assert versions_des_paquets(un.coffre.echanges) == {}
    assert regles(un).ecarts == ()


NORA = Auteur(AGENT)
FICHE = ("fiche", "essai", "fr.md")


def ecrire(poste: Poste, titre_ecrit: str) -> None:
    """La structure modifie cette fiche, sur ce poste."""
    poste.coffre.modifier_fichier(*FICHE, f'+++\ntitre = "{titre_ecrit}"\n+++\nBonjour\n'.encode(), NORA)


def tours(*postes: Poste) -> None:
    """Un échange de chacun, dans cet ordre."""
    for poste in postes:
        poste.tour()


@pytest.fixture
def structure(site: Site, publier: object) -> tuple[Poste, Poste, Poste]:
    """Le responsable et un agent du même lieu, un autre lieu ; tous ont reçu la fiche publiée."""
    publier("fiche.essai", fiche__toml=TOML, fr__md='+++\ntitre = "Publiée"\n+++\nBonjour\n')  # type: ignore[operator]
    postes = site.poste("chef", roles=("responsable",)), site.poste("agent"), site.poste("annexe", guichet=ANNEXE)
    tours(*postes)
    return postes


def test_ce_que_la_structure_modifie_sert_a_tous_ses_postes(structure: tuple[Poste, Poste, Poste]) -> None:
    """Au-dessus de ce que le registre publie, jusqu'au retour à l'original ; rien n'en sort vers un autre lieu."""
    chef, agent, annexe = structure
    ecrire(chef, "La nôtre")
    assert (titre(chef), titre(agent)) == ("La nôtre", "Publiée")
    tours(chef, agent, annexe)
    assert (titre(agent), titre(annexe)) == ("La nôtre", "Publiée")
    [recue] = agent.coffre.modifications()
    assert (recue.auteur, recue.modifie_le) == (AGENT, chef.coffre.modifications()[0].modifie_le)
    with pytest.raises(ErreurUtilisateur, match="rôle ne permet pas"):
        ecrire(agent, "Celle de l'agent")
    chef.coffre.revenir_a_l_original(*FICHE, NORA)
    tours(chef, agent)
    assert (titre(chef), titre(agent)) == ("Publiée", "Publiée")


def test_deux_postes_qui_l_ont_modifiee_sans_se_voir(site: Site, structure: tuple[Poste, Poste, Poste]) -> None:
    """La dernière écrite sert partout et l'autre se dit ; récrire n'en laisse qu'une, revenir n'en laisse aucune."""
    chef, agent, _ = structure
    second = site.poste("second", roles=("responsable",))
    second.tour()
    ecrire(chef, "Celle du chef")
    ecrire(second, "Celle du second")
    tours(chef, second, chef, agent)
    assert {titre(poste) for poste in (chef, second, agent)} == {"Celle du second"}
    [ecart] = regles(agent).ecarts
    assert "une version plus récente sert" in ecart.message
    ecrire(chef, "Enfin d'accord")
    tours(chef, second, agent)
    assert {titre(poste) for poste in (chef, second, agent)} == {"Enfin d'accord"}
    assert regles(agent).ecarts == ()
    ecrire(second, "Une de plus")
    second.coffre.revenir_a_l_original(*FICHE, NORA)
    tours(second, chef, agent)
    assert {titre(poste) for poste in (chef, second, agent)} == {"Publiée"}


def test_un_lieu_confirme_par_un_agent_l_est_pour_tout_son_lieu(site: Site) -> None:
    """Sans être responsable ; deux agents en confirment deux sans s'effacer ; rien n'en sort vers un autre lieu."""
    un, deux, annexe = site.poste("un"), site.poste("deux"), site.poste("annexe", guichet=ANNEXE)
    tours(un, deux, annexe)
    un.coffre.verifier_lieu(TERRITOIRE, "ccas", "e1", NORA)
    deux.coffre.verifier_lieu(TERRITOIRE, "mairie", "e2", NORA)
    deux.coffre.verifier_lieu(TERRITOIRE, "ccas", "e1", NORA)
    tours(un, deux, un, annexe)
    for poste in (un, deux):
        assert {(lu.lieu, lu.par) for lu in poste.coffre.lieux_verifies()} == {("ccas", AGENT), ("mairie", AGENT)}
    assert annexe.coffre.lieux_verifies() == []
