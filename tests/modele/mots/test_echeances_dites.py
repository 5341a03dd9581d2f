"""Une échéance se dit par sa date ; sans date, par son délai et d'où il part ; dépassée, par ce qu'il en reste."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from modele.mots.echeances import dire_acte_recu, dire_echeance, dire_fin, dire_suite, enoncer
from modele.orientation.durees import Pas
from modele.orientation.resultat import Echeance

DATEE = Echeance("e", "L", ((Pas(2),),), "Réception", le=date(2026, 11, 10))


@pytest.mark.parametrize(
    ("pas", "dit"),
    [
        (Pas(jours=1), "1 jour"),
        (Pas(1), "1 mois"),
        (Pas(2, 15), "2 mois et 15 jours"),
        (Pas(jours=7), "7 jours"),
        (Pas(jours=14), "2 semaines"),
        (Pas(jours=15), "15 jours"),
        (Pas(jours=42), "6 semaines"),
    ],
)
def test_le_delai_se_dit_avec_son_point_de_depart(pas: Pas, dit: str) -> None:
    une = Echeance("e", "L", ((pas,),), "Réception du dossier")
    assert enoncer(une) == f"{dit} à compter de : réception du dossier"
    assert enoncer(Echeance("e", "L", ((pas,),))) == dit


def test_les_pas_se_suivent_et_les_lectures_s_opposent() -> None:
    assert enoncer(Echeance("e", "L", ((Pas(3), Pas(4)),), "Décision")) == "3 mois, puis 4 mois à compter de : décision"
    assert enoncer(Echeance("e", "L", ((Pas(jours=42),), (Pas(2),)))) == "6 semaines ou 2 mois"


def test_un_delai_qui_remonte_se_dit_avant() -> None:
    assert enoncer(Echeance("e", "L", ((Pas(-1),),), "Fin de validité")) == "1 mois avant : fin de validité"


def test_sans_delai_l_echeance_est_la_date_elle_meme() -> None:
    """« Le jour même à compter de » ne se dit pas."""
    assert enoncer(Echeance("e", "L", ((Pas(),),), "Audience")) == "à la date : audience"
    assert enoncer(Echeance("e", "L")) == "le jour même"


def test_datee_elle_dit_sa_date_et_s_enonce_encore() -> None:
    assert dire_echeance(DATEE) == "10/11/2026"
    assert enoncer(DATEE) == "2 mois à compter de : réception"
    assert dire_echeance(Echeance("e", "L", ((Pas(2),),))) == "2 mois"


def test_sous_reserve_la_date_le_dit() -> None:
    assert dire_echeance(replace(DATEE, sous_reserve=True)) == "10/11/2026, sauf exception à vérifier"


def test_un_papier_sans_date_se_remplit_au_stylo() -> None:
    """Norme §6 : « reçu le __/__ : le délai court de ce jour »."""
    assert dire_acte_recu(DATEE) == "reçu le __/__/____ : le délai (2 mois) court de ce jour"


FIN = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("jour", "fin", "suite"),
    [
        (date(2026, 11, 10), FIN, ""),
        (date(2026, 11, 11), FIN, "peut-être pas perdu : déposez quand même"),
        (FIN, FIN, "peut-être pas perdu : déposez quand même"),
        (date(2026, 11, 21), FIN, "passé"),
        (date(2036, 1, 1), None, "peut-être pas perdu : déposez quand même"),
    ],
)
def test_passe_ne_se_dit_qu_apres_la_seconde_date(jour: date, fin: date | None, suite: str) -> None:
    """Le jour même de chacune, il est encore temps ; sans fin établie, rien n'est jamais passé."""
    assert dire_suite(replace(DATEE, fin_possible=fin), jour) == suite


def test_sans_date_rien_ne_se_dit_depasse() -> None:
    assert dire_suite(replace(DATEE, le=None), date(2036, 1, 1)) == ""


def test_ce_qui_reste_possible_se_dit() -> None:
    """Une échéance écrit ses propres mots, entre les deux dates et après la seconde."""
    une = replace(DATEE, fin_possible=FIN, ensuite="saisissez le juge", apres="Un nouveau recours reste possible")
    assert dire_suite(une, date(2026, 11, 11)) == "saisissez le juge"
    assert dire_suite(une, date(2026, 11, 21)) == "passé ; un nouveau recours reste possible"


def test_la_seconde_date_se_dit_si_elle_differe_et_qu_elle_est_sure() -> None:
    dite = "fin possible, selon la lecture la plus tardive du texte : 20/11/2026"
    assert dire_fin(replace(DATEE, fin_possible=FIN)) == dite
    assert dire_fin(replace(DATEE, fin_possible=DATEE.le)) == dire_fin(DATEE) == ""
    assert dire_fin(replace(DATEE, fin_possible=FIN, confiance_fin="M")) == ""
