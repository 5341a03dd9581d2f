"""Les échéances sur le papier : deux dates, ce qui reste, « reçu le __/__ », et jamais une date à faire valider."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from exemples_papier import donnees
from lecture_pdf import texte

from impressions.dates import dates_du_papier
from impressions.document import composer
from modele.orientation.durees import Pas
from modele.orientation.resultat import Echeance, Urgence, Voie

AUTRE = "Un autre délai ou un autre recours peut exister"
LE = date(2026, 11, 10)


def papier(*echeances: Echeance, discret: bool = False, jour: date = LE) -> str:
    """Le texte de la fiche 115, avec ces seules échéances."""
    voie = Voie("v", "Une voie", Urgence.JOUR, certaine=True, discret=discret, echeances=echeances)
    pdf = composer("115", replace(donnees(), voies=(voie,), date_impression=jour))
    return " ".join(texte(pdf).replace("’", "'").split())


def test_un_papier_sans_date_se_remplit_au_stylo() -> None:
    acte = Echeance("e", "Contester", ((Pas(2),),), "Décision", acte=True)
    assert "Contester Une voie reçu le __/__/____ : le délai (2 mois) court de ce jour" in papier(acte)


def test_un_enonce_que_rien_ne_date_ne_s_imprime_pas() -> None:
    """« À la date : date à laquelle l'hébergement s'arrête » n'apprend rien à qui le lit."""
    assert "Vos dates" not in papier(Echeance("e", "Fin d'hébergement", ((Pas(),),), "Fin annoncée"))


@pytest.mark.parametrize("confiance", ["D", "M"])
def test_une_date_a_faire_valider_est_laissee_de_cote_et_le_papier_le_dit(confiance: str) -> None:
    """Jamais imprimée nue : demander avant de partir (norme §6)."""
    dit = papier(Echeance("e", "Réactivation", ((Pas(5),),), le=date(2027, 4, 10), confiance=confiance))
    assert AUTRE in dit
    assert "Réactivation" not in dit
    assert "10/04/2027" not in dit


def test_les_deux_dates_et_ce_qui_reste() -> None:
    une = Echeance("e", "Contester", ((Pas(2),),), le=LE, fin_possible=date(2026, 11, 20))
    assert AUTRE not in papier(une)
    assert "10/11/2026 fin possible, selon la lecture la plus tardive du texte : 20/11/2026" in papier(une)
    assert "peut-être pas perdu : déposez quand même" in papier(une, jour=date(2026, 11, 20))
    assert "10/11/2026 passé" in papier(une, jour=date(2026, 11, 21))


def test_une_voie_discrete_ne_donne_aucune_date() -> None:
    voie = Voie("v", "V", Urgence.JOUR, certaine=True, discret=True, echeances=(Echeance("e", "E", le=LE),))
    assert not dates_du_papier([voie])
