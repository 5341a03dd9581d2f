"""Les deux dates d'une échéance : lectures du texte, départs, notification, exceptions."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from test_examen_des_voies import examiner, voie

from modele.orientation.resultat import Echeance, EtatEcheance
from modele.regles.etats import INCONNU

DEBUT = date(2026, 11, 30)
E = '\n[[orientation.echeance]]\nid = "{id}"\nlibelle = "Échéance {id}"\n'
LECTURE = "[[orientation.echeance.lecture]]\n"
RECEPTION = 'depuis = "dalo.date_reception_dossier"\n'
NOTIFICATION = 'depuis = "dalo.date_notification"\n'
OUTRE_MER = '{ fait = "territoire.outre_mer" }'


def echeances(tmp_path: Path, corps: str, recu: Any = DEBUT, **faits: Any) -> dict[str, Echeance]:
    """Les échéances d'une voie retenue ; le dossier est reçu le 30/11/2026."""
    faits = {"dalo__date_reception_dossier": recu, **faits}
    return {une.id: une for une in examiner(tmp_path, voie(suite=corps), **faits)["v"].echeances}


def une(tmp_path: Path, corps: str, **faits: Any) -> Echeance:
    """La seule échéance écrite."""
    return echeances(tmp_path, E.format(id="e") + corps, **faits)["e"]


def dates(echeance: Echeance) -> tuple[date | None, date | None]:
    return echeance.le, echeance.fin_possible


def test_les_pas_s_ajoutent_l_un_apres_l_autre(tmp_path: Path) -> None:
    """30/11 + 3 mois = 28/02, + 4 mois = 28/06 ; sept mois d'un coup diraient le 30/06."""
    juin = date(2027, 6, 28)
    assert dates(une(tmp_path, RECEPTION + "duree = [{ mois = 3 }, { mois = 4 }]\n")) == (juin, juin)


def test_une_echeance_part_d_une_autre(tmp_path: Path) -> None:
    """Comme deux pas ; sans la première, la seconde s'énonce avec son nom."""
    corps = E.format(id="offre") + RECEPTION + "duree = { mois = 3 }\n"
    corps += E.format(id="tribunal") + 'depuis = { echeance = "offre" }\nduree = { mois = 4 }\n'
    assert echeances(tmp_path, corps)["tribunal"].le == date(2027, 6, 28)
    sans = echeances(tmp_path, corps, recu=INCONNU)["tribunal"]
    assert (sans.le, sans.depuis) == (None, "Échéance offre")


def test_si_la_premiere_ne_vaut_pas_la_suivante_s_enonce_seulement(tmp_path: Path) -> None:
    corps = E.format(id="offre") + RECEPTION + f"duree = {{ mois = 3 }}\nsi = {OUTRE_MER}\n"
    corps += E.format(id="tribunal") + 'depuis = { echeance = "offre" }\nduree = { mois = 4 }\n'
    trouvees = echeances(tmp_path, corps, territoire__outre_mer=False)
    assert list(trouvees) == ["tribunal"]
    assert (trouvees["tribunal"].le, trouvees["tribunal"].depuis) == (None, "")


DEUX = (
    RECEPTION
    + LECTURE
    + f"si = {{ non = {OUTRE_MER} }}\nduree = {{ mois = 3 }}\n"
    + LECTURE
    + f"si = {OUTRE_MER}\nduree = {{ mois = 6 }}\n"
)


@pytest.mark.parametrize(
    ("outre_mer", "attendues"),
    [
        (False, (date(2027, 2, 28), date(2027, 2, 28))),
        (True, (date(2027, 5, 30), date(2027, 5, 30))),
        (INCONNU, (date(2027, 2, 28), date(2027, 5, 30))),
    ],
)
def test_inconnu_les_deux_lectures_restent(tmp_path: Path, outre_mer: Any, attendues: tuple[date, date]) -> None:
    """Trois ou six mois : la plus courte pour agir, la plus longue avant de dire « passé »."""
    trouvee = une(tmp_path, DEUX, territoire__outre_mer=outre_mer)
    assert dates(trouvee) == attendues
    assert len(trouvee.delais) == (2 if outre_mer is INCONNU else 1)


def test_aucune_lecture_ouverte_aucune_date(tmp_path: Path) -> None:
    corps = RECEPTION + LECTURE + f"si = {OUTRE_MER}\nduree = {{ mois = 6 }}\n"
    trouvee = une(tmp_path, corps, territoire__outre_mer=False)
    assert (*dates(trouvee), trouvee.delais, trouvee.depuis) == (None, None, (), "")


def test_au_plus_tard_ne_recule_que_la_fin(tmp_path: Path) -> None:
    """Un jour franc, reporté du samedi au lundi : la date où agir ne bouge pas, sa confiance reste."""
    tard = "[{ jours = 2 }, { jours = 3 }]"
    corps = RECEPTION + "duree = { jours = 2 }\n"
    corps += f'au_plus_tard = {{ duree = {tard}, report = "jour_ouvrable", confiance = "M" }}\n'
    trouvee = une(tmp_path, corps)
    assert dates(trouvee) == (date(2026, 12, 2), date(2026, 12, 7))
    assert (trouvee.confiance, trouvee.confiance_fin) == ("V", "M")


def test_sans_la_notification_rien_n_est_passe(tmp_path: Path) -> None:
    """L'acte est daté, sa notification ne l'est pas : on agit, rien ne finit."""
    corps = RECEPTION + "duree = { mois = 2 }\n" + LECTURE + NOTIFICATION + "duree = { mois = 2 }\n"
    assert dates(une(tmp_path, corps)) == (date(2027, 1, 30), None)
    connue = une(tmp_path, corps, dalo__date_notification=date(2026, 12, 5))
    assert dates(connue) == (date(2027, 1, 30), date(2027, 2, 5))
    seule = une(tmp_path, corps, recu=INCONNU, dalo__date_notification=date(2026, 12, 5))
    assert dates(seule) == (date(2027, 2, 5), None)


@pytest.mark.parametrize("recours", [INCONNU, False, True])
def test_un_delai_court_contre_elle_seulement_s_il_a_ete_notifie(tmp_path: Path, recours: Any) -> None:
    """CJA R421-5 : inconnu ou non, la date où agir se dit, « passé » jamais."""
    corps = RECEPTION + 'duree = { mois = 2 }\nsi_notifie = { fait = "dalo.recours_notifies" }\n'
    le, fin = dates(une(tmp_path, corps, dalo__recours_notifies=recours))
    assert (le, fin) == (date(2027, 1, 30), le if recours is True else None)


@pytest.mark.parametrize(("exception", "dite"), [(INCONNU, True), (False, True), (True, False)])
def test_une_exception_inconnue_laisse_une_reserve(tmp_path: Path, exception: Any, dite: bool) -> None:
    """Certaine, elle ôte l'échéance ; inconnue, la date se dit sous réserve et rien n'est passé."""
    corps = E.format(id="e") + RECEPTION + 'duree = { mois = 2 }\nsauf = { fait = "expulsion.mauvaise_foi" }\n'
    trouvees = echeances(tmp_path, corps, expulsion__mauvaise_foi=exception)
    assert bool(trouvees) is dite
    for trouvee in trouvees.values():
        assert trouvee.sous_reserve is (exception is INCONNU)
        assert dates(trouvee) == (date(2027, 1, 30), None if exception is INCONNU else date(2027, 1, 30))


def test_sans_fin_elle_n_est_jamais_passee(tmp_path: Path) -> None:
    trouvee = une(tmp_path, RECEPTION + "duree = { mois = 2 }\nsans_fin = true\n")
    assert dates(trouvee) == (date(2027, 1, 30), None)
    assert trouvee.etat(date(2099, 1, 1)) is EtatEcheance.PEUT_ETRE


def test_un_delai_peut_remonter(tmp_path: Path) -> None:
    assert une(tmp_path, RECEPTION + "duree = { mois = -1 }\n").le == date(2026, 10, 30)


def test_ses_phrases_et_son_article(tmp_path: Path) -> None:
    """L'article de l'échéance, à défaut celui de la voie."""
    corps = RECEPTION + 'duree = { mois = 2 }\nacte = true\nensuite = "Ensuite."\napres = "Après."\n'
    trouvee = une(tmp_path, corps)
    assert (trouvee.acte, trouvee.ensuite, trouvee.apres, trouvee.fondement) == (True, "Ensuite.", "Après.", "Texte")
    assert une(tmp_path, corps + 'fondement = "CJA R421-1"\n').fondement == "CJA R421-1"


@pytest.mark.parametrize(
    ("jour", "etat"),
    [
        (date(2026, 11, 22), EtatEcheance.A_VENIR),
        (date(2026, 11, 23), EtatEcheance.PEUT_ETRE),
        (date(2026, 11, 25), EtatEcheance.PEUT_ETRE),
        (date(2026, 11, 26), EtatEcheance.PASSEE),
    ],
)
def test_le_jour_meme_de_chaque_date_il_est_encore_temps(jour: date, etat: EtatEcheance) -> None:
    assert Echeance("x", "X", le=date(2026, 11, 22), fin_possible=date(2026, 11, 25)).etat(jour) is etat
    assert Echeance("x", "X").etat(jour) is EtatEcheance.SANS_DATE


# L'urgence monte avec la date.

SELON = 'urgence_selon = [{ echeance = "e", jours = 7, urgence = "jour" }]\n'


def urgence(tmp_path: Path, jour: date | None, recu: Any = DEBUT) -> str:
    from test_examen_des_voies import lire, situation

    from modele.orientation.examen import orienter

    corps = SELON + E.format(id="e") + RECEPTION + "duree = { jours = 42 }\n"
    regles = lire(tmp_path, voie(suite=corps, urgence="semaine"))
    return orienter(regles, situation(dalo__date_reception_dossier=recu), jour)[0].urgence.value


@pytest.mark.parametrize(
    ("jour", "attendue"),
    [
        (date(2027, 1, 3), "semaine"),
        (date(2027, 1, 4), "jour"),
        (date(2027, 1, 11), "jour"),
        (date(2030, 1, 1), "jour"),
        (None, "semaine"),
    ],
)
def test_a_sept_jours_de_la_fin_ce_n_est_plus_cette_semaine(tmp_path: Path, jour: date | None, attendue: str) -> None:
    """Six semaines du 30/11/2026 : le 11/01/2027 ; une fois montée, elle ne redescend pas."""
    assert urgence(tmp_path, jour) == attendue


def test_sans_date_l_urgence_reste_celle_qui_est_ecrite(tmp_path: Path) -> None:
    assert urgence(tmp_path, date(2027, 1, 11), recu=INCONNU) == "semaine"
