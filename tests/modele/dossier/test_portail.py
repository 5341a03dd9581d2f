"""L'ordre officiel : des champs qui existent, aucun qui se tait, et chaque faute à sa ligne."""

from __future__ import annotations

from pathlib import Path

import pytest

from modele.dossier.inventaire import inventaire
from modele.dossier.portail import FICHIER, Portail, lire_portail
from modele.protection.sensibles import par_toute_reponse
from modele.regles.fautes import FichierFautif
from ressources import RESSOURCES

ENTETE = 'format = 1\nsource = "Essai"\nverifie_le = 2026-11-29\ndit = "Essai."\nformulaire = "14069*05"\nversion = 1\n'


def lire(dossier: Path, texte: str) -> Portail:
    fichier = dossier / "portail.toml"
    fichier.write_text(ENTETE + texte, encoding="utf-8")
    return lire_portail(fichier)


def rubrique(champs: str, suite: str = "") -> str:
    return f'\n[[rubrique]]\nid = "a"\nlibelle = "A"\n{suite}champs = {champs}\n'


def test_l_ordre_livre_dit_ce_qu_il_vaut_et_ne_nomme_aucun_fait_protege() -> None:
    portail = lire_portail(RESSOURCES / FICHIER)
    assert "formulaire papier" in portail.dit
    assert "en ligne" in portail.dit
    champs = [champ for une in portail.rubriques if not une.liste for champ in une.champs]
    assert len(champs) == len(set(champs))
    assert not [champ for champ in champs if par_toute_reponse(champ) or champ.startswith("triage.")]


def test_chaque_champ_obligatoire_du_formulaire_y_est() -> None:
    """Le type de demande à part, ce que la notice signale obligatoire a sa case."""
    portail = lire_portail(RESSOURCES / FICHIER)
    champs = {champ for une in portail.rubriques for champ in une.champs}
    exiges = {nom for nom, un in inventaire().champs.items() if un.champ.obligatoire}
    assert exiges <= champs


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (rubrique('["demandeur.nomm"]'), "n'existe pas dans le dossier ; vouliez-vous"),
        (rubrique('["triage.peur_au_domicile"]'), "ne se reporte jamais"),
        (rubrique('["triage.idees_suicidaires"]'), "ne se reporte jamais"),
        (rubrique('["protection.discret"]'), "ne se reporte jamais"),
        (rubrique('["contact.adresse_courrier_sure"]'), "ne se reporte jamais"),
        (rubrique('["demandeur.numero_securite_sociale_vu"]'), "ne se reporte jamais"),
        (rubrique('["numero_securite_sociale_vu"]', 'liste = "foyer.personnes"\n'), "ne se reporte jamais"),
        (rubrique('["nom"]', 'liste = "foyer.personne"\n'), "foyer.personne"),
        (rubrique('["demandeur.nom"]') * 2, "employé deux fois"),
        ("", "rubrique"),
    ],
)
def test_une_faute_se_dit_a_sa_ligne(tmp_path: Path, texte: str, dit: str) -> None:
    with pytest.raises(FichierFautif, match=dit):
        lire(tmp_path, texte)


def test_une_rubrique_de_liste_se_lit(tmp_path: Path) -> None:
    (une,) = lire(tmp_path, rubrique('["nom"]', 'liste = "foyer.personnes"\n')).rubriques
    assert (une.liste, une.champs) == ("foyer.personnes", ("nom",))
