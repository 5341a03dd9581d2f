"""Ce que la structure a modifié, dans le coffre : chiffré, signé de qui l'a écrit, daté, et l'original à un geste."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from outils_coffre import AGENT

from modele.chargement import charger_regles
from modele.coffre import Coffre, modifications
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.dossier.acces import Acces, Geste
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import ouvrir

NORA = Auteur(AGENT)
RESUME = ("fiche", "resume", "fr.md")
TEXTE = b'+++\ntitre = "La n\xc3\xb4tre"\n+++\nBonjour\n'
IMAGE = b"\x89PNG\r\n\x1a\n\xff\xfe"


def _titre(coffre: Coffre) -> str:
    regles = charger_regles("metropole-exemple", ouvrir(surcharges=coffre.modifications()))
    return regles.fiches.trouver("resume", "fr").titre


def test_ce_qu_on_modifie_sert_jusqu_au_retour_a_l_original(coffre: Coffre) -> None:
    """Écrit, récrit, retiré, récrit : un seul objet, dont l'histoire reste ; qui et quand l'accompagnent."""
    original = _titre(coffre)
    coffre.modifier_fichier(*RESUME, b"+++", NORA)
    coffre.modifier_fichier(*RESUME, TEXTE, NORA)
    [une] = coffre.modifications()
    assert (une.nature, une.id, une.fichier, une.contenu, une.auteur) == (*RESUME, TEXTE, AGENT)
    assert coffre._horloge() - une.modifie_le < timedelta(minutes=1)
    assert _titre(coffre) == "La nôtre"
    coffre.revenir_a_l_original(*RESUME, NORA)
    assert coffre.modifications() == []
    assert _titre(coffre) == original
    coffre.revenir_a_l_original(*RESUME, NORA)
    coffre.modifier_fichier(*RESUME, TEXTE, NORA)
    assert _titre(coffre) == "La nôtre"
    assert [len(coffre.operations(objet)) for objet in _objets(coffre)] == [4]
    assert coffre.verifier_chaine() == []


def test_elles_se_relisent_dans_l_ordre_ou_elles_ont_ete_ecrites(coffre: Coffre) -> None:
    """Celle qu'on vient de récrire est la dernière."""
    autre = ("contacts", "metropole-exemple", "contacts.toml")
    coffre.modifier_fichier(*RESUME, TEXTE, NORA)
    coffre.modifier_fichier(*autre, b"format = 1\n", NORA)
    coffre.modifier_fichier(*RESUME, TEXTE + b"\n", NORA)
    assert [une.fichier for une in coffre.modifications()] == ["contacts.toml", "fr.md"]


def test_une_image_se_garde_octet_pour_octet(coffre: Coffre) -> None:
    """Remplacée par un texte, elle redevient un texte ; mal écrite par un autre, elle se lit telle quelle."""
    logo = ("logo", "metropole-exemple", "logo.png")
    coffre.modifier_fichier(*logo, IMAGE, NORA)
    assert [une.contenu for une in coffre.modifications()] == [IMAGE]
    [objet] = _objets(coffre)
    coffre.modifier(objet, {"contenu": "pas du base64 !"}, NORA)
    assert [une.contenu for une in coffre.modifications()] == [b"pas du base64 !"]
    coffre.modifier_fichier(*logo, b"<svg/>", NORA)
    assert [une.contenu for une in coffre.modifications()] == [b"<svg/>"]


@pytest.mark.parametrize(
    ("fichier", "attendu"),
    [
        (("droit", "ici", "orientations.toml"), "le droit ne vient que"),
        (("plafonds", "ici", "plafonds_hlm.csv"), "les plafonds ne viennent que"),
        (("numeros", "ici", "contacts.toml"), "les numéros nationaux ne viennent que"),
        (("fiche", "resume", "fr.exe"), "n'emploie aucun fichier de ce nom"),
        (("meteo", "ici", "pluie.toml"), "n'emploie aucun fichier de ce nom"),
    ],
)
def test_ce_a_quoi_une_structure_ne_touche_pas_ne_s_ecrit_pas(
    coffre: Coffre, fichier: tuple[str, str, str], attendu: str
) -> None:
    """Refusé à l'écriture, pas seulement mis de côté à la lecture."""
    with pytest.raises(ErreurUtilisateur, match=attendu):
        coffre.modifier_fichier(*fichier, b"format = 1\n", NORA)
    assert coffre.modifications() == []
    assert _objets(coffre) == []


def test_ce_que_le_journal_en_garde(coffre: Coffre) -> None:
    """Un geste nommé s'écrit avec ce qu'il fait, ou ni l'un ni l'autre."""
    ou, nora = ("lieux", "metropole-exemple", "lieux.toml"), Auteur(AGENT)
    coffre.modifier_fichier(*ou, b"format = 1\n", nora, Geste(Acces.IMPORTER_DES_LIEUX))
    coffre.revenir_a_l_original(*ou, nora, Geste(Acces.RETIRER_UN_LIEU, "ccas"))
    coffre.modifier_fichier(*ou, b"format = 1\n", nora, Geste(None))
    coffre.revenir_a_l_original(*ou, nora)
    with pytest.raises(ErreurUtilisateur):
        coffre.modifier_fichier("national", "", "faits.toml", b"x", nora, Geste(Acces.IMPORTER_DES_LIEUX))
    gestes = [un.geste for un in coffre.acces() if un.geste.acces is not Acces.OUVRIR]
    assert gestes == [Geste(Acces.IMPORTER_DES_LIEUX), Geste(Acces.RETIRER_UN_LIEU, "ccas")]
    assert coffre.modifications() == []


def test_seul_le_responsable_l_ecrit_sur_un_poste_relie(coffre: Coffre) -> None:
    """L'agent s'en sert, sans y toucher ; un poste que nul registre ne connaît laisse faire."""
    coffre.modifier_fichier(*RESUME, TEXTE, NORA)
    coffre.regler(ROLES_DU_POSTE, "agent social")
    for geste in (
        lambda: coffre.modifier_fichier(*RESUME, b"x", NORA),
        lambda: coffre.revenir_a_l_original(*RESUME, NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="rôle ne permet pas"):
            geste()
    assert [une.contenu for une in coffre.modifications()] == [TEXTE]


def test_une_fiche_de_surete_garde_son_texte_et_ses_drapeaux(coffre: Coffre) -> None:
    """Modifiée quand même, elle est mise de côté et montrée : la livrée sert (norme, 1)."""
    declaree = b'format = 1\nsans_dossier = false\nsources = ["ici"]\nverifie_le = 2026-11-29\n'
    declaree += b'[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'
    for fichier, contenu in {"fr.md": TEXTE, "fiche.toml": declaree}.items():
        coffre.modifier_fichier("fiche", "neutre", fichier, contenu, NORA)
        regles = charger_regles("metropole-exemple", ouvrir(surcharges=coffre.modifications()))
        assert regles.fiches.trouver("neutre", "fr").titre != "La nôtre"
        assert regles.fiches.trouver("neutre", "fr").surete.sans_dossier
        messages = [ecart.message for ecart in regles.ecarts if ecart.chemin == f"fiches/neutre/{fichier}"]
        assert any("fiche réservée ne se remplace pas" in message for message in messages)
    assert any("« sans_dossier » reste vrai" in message for message in messages)


def test_une_modification_n_est_ni_un_dossier_ni_une_personne(coffre: Coffre) -> None:
    """Elle ne se compte, ne se cherche et ne se liste nulle part où l'on attend quelqu'un."""
    coffre.modifier_fichier(*RESUME, TEXTE, NORA)
    assert (coffre.compter(), coffre.recents(), coffre.rechercher("resume"), coffre.reprises()) == (0, [], [], [])


def _objets(coffre: Coffre) -> list[Any]:
    with coffre._base.lecture() as connexion:
        return list(connexion.exec_driver_sql("SELECT id FROM dossier WHERE genre = 'modification'").scalars())


def test_un_formateur_ecrit_un_cas_de_formation_et_rien_d_autre(coffre: Coffre) -> None:
    """Le droit est par nature : l'objet d'un cas n'en a pas à dire, il ne peut donc pas en dire une autre."""
    coffre.regler(ROLES_DU_POSTE, "formateur")
    formateur = Auteur(AGENT, ("formateur",))
    coffre.modifier_fichier("formation", "formation", "ici.toml", b"format = 1\n", formateur)
    coffre.modifier_fichier("formation", "formation", "ici.toml", b"format = 2\n", formateur)
    (ecrit,) = coffre.modifications()
    assert (ecrit.nature, ecrit.id, ecrit.fichier, ecrit.contenu) == (
        *("formation", "formation", "ici.toml", b"format = 2\n"),
    )
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas ce geste"):
        coffre.modifier_fichier("lieux", "metropole-exemple", "lieux.toml", b"format = 1\n", formateur)
    with pytest.raises(ErreurUtilisateur, match="Votre rôle ne permet pas ce geste"):
        coffre.creer_objet("modification", {"nature": "lieux", "fichier": "lieux.toml"}, formateur)
    coffre.creer_objet("cas_de_formation", {"fichier": "lieux.toml", "contenu": "format = 1\n"}, formateur)
    assert {un.nature for un in coffre.modifications()} == {"formation"}
    coffre.revenir_a_l_original("formation", "formation", "ici.toml", formateur)
    assert [un.fichier for un in coffre.modifications()] == ["lieux.toml"]


def test_mutant_un_cas_qui_dirait_sa_nature_ouvrirait_tout(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """L'essai du dessus voit bien la barrière : ôtée, un formateur écrirait les lieux."""
    coffre.regler(ROLES_DU_POSTE, "formateur")
    monkeypatch.setattr(modifications, "_FORMATION", "lieux")
    coffre.modifier_fichier("lieux", "lieux", "lieux.toml", b"x", Auteur(AGENT, ("formateur",)))
    assert [un.nature for un in coffre.modifications()] == ["lieux"]
