"""Les clés et le trousseau : qui ouvre, qui n'ouvre pas, et ce qu'on lui dit."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, creer

from modele.coffre import Coffre, existe
from modele.coffre.cles import desceller, nouvelle_cle, sceller
from modele.coffre.enveloppes import chemin_du_trousseau, lire_trousseau
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur


def test_cle_scellee_rendue_par_le_seul_bon_secret() -> None:
    """Le bon secret rend la clé ; un autre secret ou un autre contexte ne rend rien."""
    cle = nouvelle_cle()
    scelle = sceller(cle, "secret", COUT, b"ici")
    assert desceller(scelle, "secret", COUT, b"ici") == cle
    assert desceller(scelle, "secrets", COUT, b"ici") is None
    assert desceller(scelle, "secret", COUT, b"ailleurs") is None
    assert cle not in scelle.chiffre


def test_accent_compose_ou_non_meme_mot_de_passe() -> None:
    """Le même mot de passe tapé sur deux claviers ouvre pareil."""
    scelle = sceller(b"k" * 32, "\u00e9t\u00e9", COUT, b"")
    assert desceller(scelle, "e\u0301te\u0301", COUT, b"") == b"k" * 32


def test_un_agent_inconnu_est_nomme(coffre: Coffre, chemin: Path) -> None:
    """Le dernier agent du trousseau y reste ; un inconnu est nommé."""
    trousseau = lire_trousseau(chemin)
    with pytest.raises(ErreurUtilisateur, match="dernier agent"):
        trousseau.sans_agent(AGENT)
    with pytest.raises(ErreurUtilisateur, match=f"Aucun agent « Zoé ».*{AGENT}"):
        trousseau.sans_agent("Zoé")
    with pytest.raises(ErreurUtilisateur, match="Aucun agent « Zoé »"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE, "Zoé")


def test_secours_ouvre_et_se_remplace(chemin: Path) -> None:
    """Le code de secours ouvre ; une fois remplacé, l'ancien n'ouvre plus et le nouveau ouvre."""
    coffre, code = creer(chemin)
    identifiant = coffre.creer_dossier({}, Auteur(AGENT))["id"]
    nouveau = coffre.renouveler_secours()
    coffre.fermer()
    with pytest.raises(ErreurUtilisateur, match="remplacé"):
        Coffre.ouvrir_par_secours(chemin, code)
    secouru = Coffre.ouvrir_par_secours(chemin, nouveau.lower().replace("-", " "), cout=COUT)
    assert secouru.agent == ""
    assert secouru.lire(identifiant)["id"] == identifiant
    secouru.comptes.reprendre(AGENT, "mot de passe retrouvé")
    secouru.fermer()
    Coffre.ouvrir(chemin, "mot de passe retrouvé").fermer()


def test_mot_de_passe_court_ou_nom_vide_refuses(chemin: Path) -> None:
    """Rien n'est créé avec un mot de passe trop court ou un agent sans nom."""
    with pytest.raises(ErreurUtilisateur, match="au moins 12 signes"):
        Coffre.creer(chemin, AGENT, "court", "t", "p", cout=COUT)
    with pytest.raises(ErreurUtilisateur, match="nom de l'agent est vide"):
        Coffre.creer(chemin, "  ", MOT_DE_PASSE, "t", "p", cout=COUT)
    assert list(chemin.parent.iterdir()) == []


@pytest.mark.parametrize("genre", ["agent", "secours"])
def test_trousseau_jamais_sans_agent_ni_secours(coffre: Coffre, chemin: Path, genre: str) -> None:
    """Un trousseau qui perdrait son dernier agent ou son secours ne s'écrit pas."""
    from modele.coffre.enveloppes import Trousseau, ecrire_trousseau, lire_trousseau

    avant = chemin_du_trousseau(chemin).read_bytes()
    trousseau = lire_trousseau(chemin)
    ampute = Trousseau(trousseau.format, trousseau.coffre, [case for case in trousseau.cases if case.genre != genre])
    with pytest.raises(AssertionError):
        ecrire_trousseau(chemin, ampute)
    assert chemin_du_trousseau(chemin).read_bytes() == avant


def test_trousseau_absent_abime_ou_trop_recent(coffre: Coffre, chemin: Path) -> None:
    """Chaque malheur du fichier de clés a sa phrase, et la base n'est pas touchée."""
    trousseau = chemin_du_trousseau(chemin)
    bon = json.loads(trousseau.read_text())
    for contenu, phrase in (
        ("{", "abîmé"),
        (json.dumps(bon | {"cases": 3}), "abîmé"),
        (json.dumps(bon | {"cases": [bon["cases"][0] | {"memoire": 10**9}]}), "abîmé"),
        (json.dumps(bon | {"format": 2}), "plus récente de Perron"),
    ):
        trousseau.write_text(contenu)
        with pytest.raises(ErreurUtilisateur, match=phrase):
            Coffre.ouvrir(chemin, MOT_DE_PASSE)
    trousseau.unlink()
    with pytest.raises(ErreurUtilisateur, match="manque"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE)


def test_case_deplacee_dans_un_autre_coffre_refusee(coffre: Coffre, chemin: Path) -> None:
    """Renommer l'agent d'une case dans le fichier la rend inutile : le nom est authentifié."""
    trousseau = chemin_du_trousseau(chemin)
    # Qui récrit le fichier récrit aussi son contrôle, qui ne garde que des accidents.
    sans_controle = re.sub('"controle": "[0-9a-f]+"', '"controle": ""', trousseau.read_text())
    trousseau.write_text(sans_controle.replace(AGENT, "Intrus"))
    with pytest.raises(ErreurUtilisateur, match="n'ouvre pas"):
        Coffre.ouvrir(chemin, MOT_DE_PASSE)


@pytest.mark.skipif(os.name != "posix", reason="droits POSIX")
def test_fichiers_lisibles_du_seul_compte(coffre: Coffre, chemin: Path) -> None:
    """Ni la base, ni ses journaux, ni les clés ne se lisent d'un autre compte."""
    for fichier in chemin.parent.iterdir():
        assert stat.S_IMODE(fichier.stat().st_mode) == 0o600, fichier


def test_creation_refuse_d_ecraser(coffre: Coffre, chemin: Path) -> None:
    """Un coffre existant n'est jamais remplacé."""
    with pytest.raises(ErreurUtilisateur, match="déjà un coffre"):
        creer(chemin)
    assert existe(chemin)


def test_creation_coupee_se_recommence_et_garde_les_cles(chemin: Path) -> None:
    """Restes d'une création coupée : effacés ; un trousseau sans base, lui, se garde sous un autre nom."""
    chemin.with_name(chemin.name + ".neuf").write_bytes(b"reste")
    trousseau = chemin_du_trousseau(chemin)
    for rang, contenu in enumerate((b"cles de la sauvegarde 1", b"cles de la sauvegarde 2"), 1):
        trousseau.write_bytes(contenu)
        coffre, _ = creer(chemin)
        coffre.fermer()
        assert trousseau.with_name(f"{trousseau.name}.ancien-{rang}").read_bytes() == contenu
        chemin.unlink()


def test_coffre_absent_dit_ou(tmp_path: Path) -> None:
    """Un coffre absent : la phrase dit où on l'a cherché."""
    with pytest.raises(ErreurUtilisateur, match=r"Aucun coffre à .*rien\.perron"):
        Coffre.ouvrir(tmp_path / "rien.perron", MOT_DE_PASSE)
    with pytest.raises(ErreurUtilisateur, match="Aucun coffre"):
        Coffre.ouvrir_par_secours(tmp_path / "rien.perron", "x")
    assert not existe(tmp_path / "rien.perron")
