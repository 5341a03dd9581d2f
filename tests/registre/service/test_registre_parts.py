"""Les parts des copies de secours : prises à un poste, rendues à qui administre, détruites à trente jours."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from outils_postgresql import Postgresql
from outils_registre import DEPART, TERRITOIRE, PosteDEssai, enrole
from sqlalchemy import Engine, select

from modele.dossier.codes import nouveau_code_secours, reference_courte
from modele.protocole.messages import PartDeCopie
from registre.base.sauvegarde import restaurer, sauvegarder
from registre.base.schema import part_de_copie
from registre.service import parts
from registre.service.administration import revoquer
from registre.service.refus import Refuse
from registre.service.rejeux import rejouer


def _nom(rang: int) -> str:
    return reference_courte(str(rang))


def _deposer(moteur: Engine, poste: PosteDEssai, rang: int = 0, apres: timedelta = timedelta()) -> PartDeCopie:
    recue = PartDeCopie(_nom(rang), nouveau_code_secours())
    assert parts.deposer(moteur, poste.porteur, recue, DEPART + apres).depuis == DEPART + apres
    return recue


def test_une_part_se_rend_trente_jours_et_pas_un_de_plus(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """Passé cela, elle n'est plus nulle part dans la base."""
    premiere, seconde = _deposer(moteur, poste_enrole), _deposer(moteur, poste_enrole, 1, timedelta(days=1))

    def gardees(apres: timedelta) -> list[str]:
        return [une.code for une in parts.lister(moteur, TERRITOIRE, poste_enrole.id, DEPART + apres)]

    assert gardees(timedelta(days=2)) == [seconde.code, premiere.code]
    assert gardees(parts.DUREE - timedelta(seconds=1)) == [seconde.code, premiere.code]
    assert gardees(parts.DUREE) == [seconde.code]
    with moteur.connect() as connexion:
        assert list(connexion.execute(select(part_de_copie.c.code)).scalars()) == [seconde.code]
    assert parts.detruire(moteur, DEPART + timedelta(days=60)) == 1
    assert parts.detruire(moteur, DEPART + timedelta(days=60)) == 0


def test_un_poste_revoque_n_en_perd_pas_le_jour_meme(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """L'ordinateur est mort, on l'a révoqué : sa copie se restaure encore, trente jours, par qui administre."""
    gardee = _deposer(moteur, poste_enrole)
    revoquer(moteur, TERRITOIRE, poste_enrole.id, DEPART)
    (une,) = parts.lister(moteur, TERRITOIRE, poste_enrole.id, DEPART + timedelta(days=3))
    assert (une.nom, une.code, une.jusqu_au) == (gardee.nom, gardee.code, DEPART + parts.DUREE)


def test_chacun_les_siennes(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    autre = enrole(moteur, PosteDEssai("Autre"))
    _deposer(moteur, poste_enrole)
    assert parts.lister(moteur, TERRITOIRE, autre.id, DEPART) == []
    assert len(parts.lister(moteur, TERRITOIRE, poste_enrole.id, DEPART)) == 1


def test_la_meme_recue_deux_fois_garde_la_premiere(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """La réponse s'est perdue, l'envoi se refait : ce qui scelle déjà une copie ne se remplace pas."""
    premiere = _deposer(moteur, poste_enrole)
    parts.deposer(moteur, poste_enrole.porteur, PartDeCopie(premiere.nom, nouveau_code_secours()), DEPART)
    assert [une.code for une in parts.lister(moteur, TERRITOIRE, poste_enrole.id, DEPART)] == [premiere.code]


@pytest.mark.parametrize(
    ("nom", "code"),
    [("", "X" * 24), (_nom(1), "trop court"), ("../../etc", "P9HQ-4AV9-BUGS-H285-7BYY-WUFW"), (_nom(1), "0" * 24)],
)
def test_ce_qui_n_est_pas_une_part_est_refuse(moteur: Engine, poste_enrole: PosteDEssai, nom: str, code: str) -> None:
    with pytest.raises(Refuse, match="n'est pas la part d'une copie"):
        parts.deposer(moteur, poste_enrole.porteur, PartDeCopie(nom, code), DEPART)


def test_un_poste_n_en_depose_pas_sans_fin(
    moteur: Engine, poste_enrole: PosteDEssai, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "_PAR_POSTE", 2)
    _deposer(moteur, poste_enrole)
    _deposer(moteur, poste_enrole, 1)
    with pytest.raises(Refuse, match="trop de copies"):
        _deposer(moteur, poste_enrole, 2)
    _deposer(moteur, poste_enrole, 3, parts.DUREE)


def test_une_sauvegarde_remise_ne_ressuscite_pas_une_part(
    postgresql: Postgresql, moteur: Engine, poste_enrole: PosteDEssai, tmp_path: Path
) -> None:
    """Remise quarante jours après, elle ramène la ligne : rien ne la rend, et le premier regard la détruit."""
    _deposer(moteur, poste_enrole)
    sauvegarder(moteur, postgresql.adresse, tmp_path / "s")
    parts.detruire(moteur, DEPART + parts.DUREE)
    restaurer(moteur, postgresql.adresse, tmp_path / "s", remplacer=True, rejouer=rejouer)
    assert parts.lister(moteur, TERRITOIRE, poste_enrole.id, DEPART + timedelta(days=40)) == []
