"""À quel point deux personnes se ressemblent, et pourquoi."""

from __future__ import annotations

import pytest

from modele.ressemblance.demande import Demande, lire_demande
from modele.ressemblance.fiches import Fiche
from modele.ressemblance.proximite import SEUIL, ressemblance

MOHAMED = Fiche("demandeur", "el amrani", "mohamed", "1984-03-12", "612345678", "0310523123456")


@pytest.mark.parametrize(
    ("saisie", "raisons"),
    [
        ("el amrani mohamed 12/03/1984", ("même nom", "même date de naissance")),
        ("Mouhammad Elamrani", ("nom proche",)),
        ("al-amrani 1984", ("même nom", "même année de naissance")),
        ("amrani 1985", ("même nom",)),
        ("amrani 03/12/1984", ("même nom", "jour et mois inversés ?")),
        ("amrani 12/03/1985", ("même nom", "date de naissance proche")),
        ("amrani 12/05/1985", ("même nom",)),
        ("amrani 01/05/1985", ("même nom",)),
        ("0612345678", ("même téléphone",)),
        ("0612345679", ("téléphone proche",)),
        ("0798765432", ()),
        ("0310523123456", ("même numéro",)),
        ("0310523", ("début du numéro",)),
        ("moha", ("nom proche",)),
        ("zbigniew", ()),
    ],
)
def test_raisons(saisie: str, raisons: tuple[str, ...]) -> None:
    """Chaque partie demandée dit ce qu'elle a trouvé."""
    assert ressemblance(lire_demande(saisie), MOHAMED).raisons == raisons


def test_le_score_suit_la_ressemblance() -> None:
    """Le nom exact avant le nom proche, le proche avant l'autre ; tout le nom avant une partie."""
    demandes = [("el amrani mohamed"), ("amrani mohamed"), ("amrani mouhamed"), ("amrani"), ("martin")]
    scores = [ressemblance(lire_demande(saisie), MOHAMED).score for saisie in demandes]
    assert scores[0] > scores[1] > scores[2]
    assert scores[0] > scores[3] > SEUIL > scores[4]


def test_ce_qui_s_entend_pareil_est_presque_le_meme_nom() -> None:
    """« filipe » trouve Philippe bien avant une faute de frappe."""
    philippe = Fiche("demandeur", "philippe", "")
    entendu, tape = (ressemblance(Demande((mot,)), philippe) for mot in ("filipe", "phillippo"))
    assert (entendu.raisons, tape.raisons) == (("nom proche",), ("nom proche",))
    assert entendu.score > tape.score


def test_qui_n_est_pas_le_demandeur_se_dit() -> None:
    """« codemandeur » s'ajoute aux raisons, jamais seul."""
    codemandeur = Fiche("codemandeur", "traore", "issa")
    assert ressemblance(lire_demande("traore issa"), codemandeur).raisons == ("même nom", "codemandeur")
    assert ressemblance(lire_demande("martin"), codemandeur).raisons == ()


def test_une_fiche_vide_ne_ressemble_a_personne() -> None:
    """Ni nom, ni date : aucun score, aucune erreur."""
    vide = Fiche("demandeur", "", "")
    assert ressemblance(Demande(("amrani",), "1984-03-12", "612345678"), vide).score == 0


def test_deux_mots_demandes_ne_comptent_pas_deux_fois_le_meme_nom() -> None:
    """« Paul Paul » ne ressemble pas tout entier à Paul Martin."""
    paul = Fiche("demandeur", "martin", "paul")
    assert ressemblance(Demande(("paul", "paul")), paul).score < ressemblance(Demande(("paul", "martin")), paul).score
