"""Un coffre mis de côté se garde ; mais effacer quelqu'un vaut aussi là, en trente jours au plus."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from outils_coffre import AGENT, MOT_DE_PASSE, ouvrir

from modele.coffre import Coffre, effaces, remise, secours
from modele.dossier.droits_personnes import PERSONNE, Droit
from modele.dossier.operations import Auteur

MOI = Auteur(AGENT, ("agent", "social"))
UN_JOUR = timedelta(days=1)


@pytest.fixture
def remis(coffre: Coffre, chemin: Path, tmp_path: Path) -> tuple[Coffre, Path, str]:
    """Un coffre restauré : l'ancien est à côté, et tient encore la personne."""
    coffre.importer([{"demandeur": {"nom": "Essai"}}], MOI)
    dossier = coffre.recents(1)[0].dossier
    coffre.fermer()
    secours.sauvegarder(chemin, tmp_path / "copie" / "c.perron", MOT_DE_PASSE)
    _, cote = secours.restaurer(tmp_path / "copie" / "c.perron", chemin, MOT_DE_PASSE, datetime.now().astimezone())
    assert cote is not None
    return ouvrir(chemin), cote, dossier


def passer(coffre: Coffre, duree: timedelta) -> None:
    """Le passage quotidien, tant de temps après."""
    coffre._horloge = lambda: datetime.now().astimezone() + duree
    coffre.copier_s_il_le_faut(tout_de_suite=True)


def test_personne_d_efface_il_se_garde_pour_toujours(remis: tuple[Coffre, Path, str]) -> None:
    coffre, cote, _ = remis
    passer(coffre, 400 * UN_JOUR)
    assert cote.is_dir()
    coffre.fermer()


def test_quelqu_un_efface_depuis_il_part_en_trente_jours(remis: tuple[Coffre, Path, str]) -> None:
    """Pas plus tôt : ce qu'on n'a pas su relire peut encore l'être."""
    coffre, cote, dossier = remis
    coffre.droits.effacer(coffre.droits.noter(dossier, Droit.EFFACEMENT, PERSONNE, MOI), MOI)
    assert effaces.dernier(coffre.chemin) is not None
    passer(coffre, remise.GARDE - UN_JOUR)
    assert cote.is_dir()
    passer(coffre, remise.GARDE + timedelta(minutes=1))
    assert not cote.exists()
    assert timedelta(days=30) > remise.GARDE
    coffre.fermer()


def test_un_effacement_d_avant_n_y_touche_pas(remis: tuple[Coffre, Path, str], chemin: Path) -> None:
    """Mis de côté après : la personne n'y était plus. Un dossier au nom étranger reste aussi."""
    coffre, cote, _ = remis
    hier = datetime.now().astimezone() - UN_JOUR
    autre = chemin.with_name(f"{chemin.name}.abime-autrement")
    autre.mkdir()
    loin = datetime.now().astimezone() + 60 * UN_JOUR
    assert remise.oublier_les_anciens(chemin, loin, hier) == []
    assert remise.oublier_les_anciens(chemin, loin, None) == []
    assert remise.oublier_les_anciens(chemin, loin, loin) == [cote]
    assert autre.is_dir()
    coffre.fermer()
