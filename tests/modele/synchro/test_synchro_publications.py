"""Ce que le registre publie, deux postes l'emploient à leur prochain échange : vrais coffres, vrai PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_registre import TERRITOIRE
from outils_synchro import Poste, Site

from modele.chargement import Regles, charger_regles
from modele.coffre.listes import Publie
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Surcharge
from modele.synchro.referentiels import sources_du_poste, versions_des_paquets
from registre.service.publication import publier_paquet
from registre.service.reperes import NOM as REPERES

TOML = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
IDENTITE = 'format = 1\n[territoire]\nid = "mon-ccas"\nnom = "Mon CCAS"\ndepartements = ["35"]\n[systeme]\nnom = "S"\n'


def regles(poste: Poste, territoire: str = TERRITOIRE) -> Regles:
    """Ce que ce poste charge, avec ce qu'il a reçu."""
    return charger_regles(territoire, sources_du_poste(poste.coffre.echanges))


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


def test_ce_que_la_structure_modifie_est_au_dessus_de_ce_que_le_registre_publie(site: Site, publier: object) -> None:
    """Auteur et date accompagnent chaque fichier ; sans lui, on revient à ce que le registre a publié."""
    un = site.poste("un")
    publier("fiche.essai", fiche__toml=TOML, fr__md='+++\ntitre = "Publiée"\n+++\nBonjour\n')  # type: ignore[operator]
    un.tour()
    texte = '+++\ntitre = "La nôtre"\n+++\nBonjour\n'.encode()
    locale = Surcharge("fiche", "essai", "fr.md", texte, "Ana Martin", site.horloge())
    ici = charger_regles(TERRITOIRE, sources_du_poste(un.coffre.echanges, [locale]))
    assert ici.fiches.trouver("essai", "fr").titre == "La nôtre"
    assert titre(un) == "Publiée"
