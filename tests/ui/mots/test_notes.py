"""Ce qui changerait la note : le temps et les pièces, calculés entiers, jamais une note à viser."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ecrans"))
from dossiers_ecran import heberge

from modele.bilan import Bilan, Regles, charger_regles, etablir
from modele.territoire.identite import Manque, SorteManque
from ui.mots.notes import changements, sans_grille, signe

JOUR = date(2026, 11, 23)


@cache
def regles(territoire: str = "metropole-exemple") -> Regles:
    return charger_regles(territoire)


def bilan(**reponses: Any) -> Bilan:
    return etablir(regles(), heberge(**reponses), JOUR)


def test_le_prochain_mois_ajoute_ce_que_la_grille_dit() -> None:
    mois = next(c for c in changements(bilan()) if c.quand == "10/12/2026")
    assert mois.effet == "Mois d'ancienneté : +1"


def test_le_delai_anormalement_long_se_date_au_lendemain_de_son_terme() -> None:
    """Délai de l'exemple : la date annoncée est la première où la note, recalculée, le compte."""
    annonces = [c for c in changements(bilan()) if "Délai anormalement long" in c.effet]
    (annonce,) = annonces
    jour, mois, annee = (int(n) for n in annonce.quand.split("/"))
    le = date(annee, mois, jour)

    def depasse(quand: date) -> bool:
        return etablir(regles(), heberge(), quand).situation.etat("delai_anormalement_long_depasse").valeur is True

    assert depasse(le)
    assert not depasse(date.fromordinal(le.toordinal() - 1))


def test_rien_n_est_annonce_sans_date_de_reception() -> None:
    muet = bilan(demande={"type": "premiere"})
    assert not [c for c in changements(muet) if c.quand[:1].isdigit()]


def test_une_piece_annonce_les_points_qu_elle_verifie() -> None:
    """Le gain annoncé est celui de la note vérifiée quand la pièce est vue."""
    avant = bilan()
    piece = next(c for c in changements(avant) if "vérifié" in c.effet)
    identifiant = next(p.id for p in regles().pieces if p.libelle == piece.quand)
    vue = {"elements": {"p1": {"piece": identifiant, "etat": "vue"}}, "ordre": ["p1"]}
    apres = bilan(pieces=vue)
    assert avant.cotation is not None
    assert apres.cotation is not None
    assert avant.cotation.verifiee.min is not None
    assert apres.cotation.verifiee.min is not None
    gain = apres.cotation.verifiee.min - avant.cotation.verifiee.min
    assert gain > 0
    assert piece.effet.startswith(f"{gain.normalize():f} point")


def test_une_piece_deja_vue_ne_s_annonce_plus() -> None:
    piece = next(c for c in changements(bilan()) if "vérifié" in c.effet)
    identifiant = next(p.id for p in regles().pieces if p.libelle == piece.quand)
    vue = {"elements": {"p1": {"piece": identifiant, "etat": "vue"}}, "ordre": ["p1"]}
    assert piece.quand not in {c.quand for c in changements(bilan(pieces=vue))}


def test_jamais_une_piece_protegee() -> None:
    libelles = {p.libelle for p in regles().pieces if p.famille == "protection"}
    seule = bilan(
        protection={"discret": True, "seul_a_seul": True},
        triage={"peur_au_domicile": True},
        **{"demande.motifs": {"coches": ["violences"], "clos": True}},
    )
    assert libelles
    assert not libelles & {c.quand for c in changements(seule)}
    assert seule.a_taire


def test_sans_grille_dit_a_qui_la_demander() -> None:
    phrase = sans_grille(regles("clermont-auvergne-metropole"), JOUR)
    assert "23/11/2026" in phrase
    assert "À saisir par : Clermont Auvergne Métropole (PPGDID)." in phrase


@pytest.mark.parametrize(
    ("sorte", "dite"),
    [(SorteManque.GRILLE, "À saisir par : l'EPCI."), (SorteManque.AUTRE, "La collectivité doit saisir la grille")],
)
def test_ce_qui_manque_se_reconnait_a_sa_sorte_pas_a_ses_mots(sorte: SorteManque, dite: str) -> None:
    """« Grille » dans un autre manque ne désigne personne ; un manque de grille peut s'écrire autrement."""
    connues = regles("clermont-auvergne-metropole")
    sujet = "Critères et points" if sorte is SorteManque.GRILLE else "Effet d'un refus hors grille"
    territoire = replace(connues.territoire, manques=(Manque(sujet, "l'EPCI", sorte),))
    assert dite in sans_grille(replace(connues, territoire=territoire), JOUR)


@pytest.mark.parametrize(("points", "dit"), [("1", "+1"), ("-10", "\u221210"), ("2.5", "+2,5")])
def test_un_ecart_porte_toujours_son_signe(points: str, dit: str) -> None:
    assert signe(Decimal(points)) == dit
