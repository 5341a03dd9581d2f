"""Chaque champ de texte d'un objet prend sa seule écriture, selon son genre."""

from __future__ import annotations

from modele.dossier.operations import DOSSIER
from modele.genres.ecriture import d_une_ecriture, une_ecriture

DOCUMENT = {
    "id": "x ",
    "demandeur": {"nom": "Dup\u200bont", "prenoms": {"refus": True}, "date_naissance": "1984-03-12"},
    "recherche": {"communes": [" 2a004", "31555"]},
    "foyer": {"personnes": {"elements": {"zoe": {"nom": "N\u2019Diaye"}}, "ordre": ["zoe"]}},
    "local": {"essai": "tel  quel"},
}


def test_un_dossier_entier() -> None:
    """Ses textes, ceux de ses listes et de ses éléments ; rien d'autre, et ce qui ne change pas est le même objet."""
    ecrit = une_ecriture(DOSSIER, "", DOCUMENT)
    assert ecrit == {
        **DOCUMENT,
        "demandeur": {"nom": "Dupont", "prenoms": {"refus": True}, "date_naissance": "1984-03-12"},
        "recherche": {"communes": ["2A004", "31555"]},
        "foyer": {"personnes": {"elements": {"zoe": {"nom": "N'Diaye"}}, "ordre": ["zoe"]}},
    }
    assert une_ecriture(DOSSIER, "", ecrit) is ecrit


def test_des_valeurs_par_chemin() -> None:
    """Un champ, une table entière, un élément."""
    posees = {
        "demandeur.nom": " Sow ",
        "contact": {"telephone": "+33612345678"},
        "foyer.personnes.elements.z.nom": "a\n",
    }
    assert d_une_ecriture(DOSSIER, posees) == {
        "demandeur.nom": "Sow",
        "contact": {"telephone": "0612345678"},
        "foyer.personnes.elements.z.nom": "a",
    }


def test_ce_qui_suit_un_dossier_aussi_un_fichier_jamais() -> None:
    """Un rendez-vous se nettoie ; le texte d'un fichier modifié par la structure reste signe pour signe."""
    assert d_une_ecriture("rendez_vous", {"lieu": "Mairie\u2028annexe"}) == {"lieu": "Mairie annexe"}
    fichier = {"contenu": "un\n\tdeux\u00a0  trois\n"}
    assert d_une_ecriture("modification", fichier) == fichier
    assert d_une_ecriture("inconnu", {"lieu": " a "}) == {"lieu": " a "}
