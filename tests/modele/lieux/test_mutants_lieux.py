"""Chaque promesse des lieux, et le mutant qui la casse : l'épreuve qui la garde doit le voir."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import test_lecture_lieux
import test_lieux_confidentiels
import test_lieux_ouverture as essais

from modele.lieux import lecture, modele, ouverture
from modele.lieux.heures import Heures
from modele.lieux.modele import Lieu
from modele.lieux.ouverture import Ouvert

MIDI = essais.a("12:00")
Muter = Callable[[pytest.MonkeyPatch], None]


def _adresse_admise(ici: pytest.MonkeyPatch) -> None:
    ici.setattr(Lieu, "trahit", property(lambda _: ""))


def _texte_non_lu(ici: pytest.MonkeyPatch) -> None:
    ici.setattr(modele, "_DIT_OU", modele.re.compile("jamais rien de tel"))


def _sans_source(ici: pytest.MonkeyPatch) -> None:
    vrai = lecture.lire_provenance
    ici.setattr(lecture, "lire_provenance", lambda table, **_: vrai(table))


def _inconnu_est_ferme(ici: pytest.MonkeyPatch) -> None:
    vrai = Heures.du_jour
    ici.setattr(Heures, "du_jour", lambda soi, jour: vrai(soi, jour) or ())


def _borne_comprise(ici: pytest.MonkeyPatch) -> None:
    vrai = ouverture.Plage
    ici.setattr(Heures, "du_jour", lambda soi, jour: tuple(vrai(u.de, u.a + 1) for u in soi.semaine[jour.weekday()]))


def _par_l_identifiant(ici: pytest.MonkeyPatch) -> None:
    ici.setattr(Lieu, "empreinte", property(lambda soi: soi.id))


def _sept_mois(ici: pytest.MonkeyPatch) -> None:
    ici.setattr(modele, "FRAICHEUR", modele.timedelta(days=213))


@pytest.mark.parametrize(
    ("muter", "epreuve"),
    [
        (
            _adresse_admise,
            lambda: test_lieux_confidentiels.test_son_adresse_sa_commune_et_son_entree_sont_refusees('adresse = "1"'),
        ),
        (
            _texte_non_lu,
            lambda: test_lieux_confidentiels.test_une_adresse_glissee_ailleurs_est_refusee('horaires = "12 rue X"'),
        ),
        (
            _sans_source,
            lambda: test_lecture_lieux.test_aucune_entree_reelle_sans_source_ni_date('source = "site"\n'),
        ),
        (_inconnu_est_ferme, essais.test_des_heures_inconnues_ne_ferment_rien),
        (_inconnu_est_ferme, essais.test_un_jour_ferie_ferme_ouvre_ou_ne_se_sait_pas),
        (
            _borne_comprise,
            lambda: essais.test_ouvert_jusqu_a_quand(MIDI, Ouvert.NON, None, MIDI.replace(hour=13, minute=30)),
        ),
        (
            _par_l_identifiant,
            lambda: test_lecture_lieux.test_un_lieu_qui_change_est_a_confirmer_de_nouveau({"adresse": "2, rue"}),
        ),
        (_sept_mois, lambda: test_lecture_lieux.test_au_dela_de_six_mois_un_lieu_est_a_confirmer(184, True)),
    ],
    ids=["adresse", "texte", "source", "inconnu", "ferie", "borne", "empreinte", "six-mois"],
)
def test_le_mutant_se_voit(muter: Muter, epreuve: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    epreuve()
    muter(monkeypatch)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        epreuve()
