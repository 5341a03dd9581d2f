"""Relié au registre, un poste prend d'avance les parts de ses copies : elles naissent scellées."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from outils_coffre import MOT_DE_PASSE
from outils_synchro import NADIA, Poste, Site
from sqlalchemy import text

from modele.coffre import copies, secours
from modele.regles.fautes import ErreurUtilisateur
from registre.service import parts
from registre.service.administration import revoquer


@pytest.fixture
def poste(site: Site, tmp_path: Path) -> Poste:
    """Un poste relié, qui porte ses copies sur une clé."""
    un = site.poste("un")
    un.creer(NADIA)
    cle_usb = _usb(tmp_path)
    cle_usb.mkdir()
    un.coffre.copier_ailleurs(str(cle_usb))
    return un


def _usb(tmp_path: Path) -> Path:
    return tmp_path.parent / f"{tmp_path.name}-usb"


def _emportee(tmp_path: Path) -> Path:
    (dossier,) = _usb(tmp_path).iterdir()
    return copies.lister(dossier)[0].chemin


def _lister(site: Site, poste: Poste) -> list[parts.Part]:
    chaine = poste.coffre.echanges.chaine()
    return parts.lister(site.moteur, chaine.territoire, chaine.poste, site.horloge())


def test_un_tour_puis_la_copie_ne_s_ouvre_plus_d_un_mot_de_passe(site: Site, poste: Poste, tmp_path: Path) -> None:
    """Emportée, elle attend que le registre rende sa part ; trente jours passés, ou le temps d'une révocation, rien."""
    assert poste.coffre.etat_des_copies().ouvertes == 1
    poste.tour()
    assert len(_lister(site, poste)) == 2, "celle de la copie faite, et une d'avance"
    assert poste.coffre.copier_s_il_le_faut().ouvertes == 0
    poste.tour()
    assert len(_lister(site, poste)) == 2, "rien à redemander"
    emportee, neuf = _emportee(tmp_path), tmp_path / "neuf.perron"
    with pytest.raises(ErreurUtilisateur, match="scellée") as refus:
        secours.verifier(emportee, MOT_DE_PASSE)
    revoquer(
        site.moteur, poste.coffre.echanges.chaine().territoire, poste.coffre.echanges.chaine().poste, site.horloge()
    )
    (la_bonne,) = [une for une in _lister(site, poste) if une.nom in str(refus.value)]
    secours.restaurer(emportee, neuf, MOT_DE_PASSE, site.horloge(), la_bonne.code)
    site.horloge.avancer(parts.DUREE + timedelta(days=1))
    assert _lister(site, poste) == []


def test_un_registre_d_avant_n_en_prend_pas_et_l_echange_se_fait(site: Site, poste: Poste) -> None:
    with site.moteur.begin() as connexion:
        connexion.execute(text("ALTER TABLE part_de_copie RENAME TO ailleurs"))
    try:
        assert poste.synchro.tour().panne == ""
    finally:
        with site.moteur.begin() as connexion:
            connexion.execute(text("ALTER TABLE ailleurs RENAME TO part_de_copie"))
    assert poste.coffre.copier_s_il_le_faut().ouvertes == 1
    poste.tour()
    assert poste.coffre.copier_s_il_le_faut().ouvertes == 0


def test_sans_second_endroit_rien_ne_se_depose(site: Site) -> None:
    seul = site.poste("seul")
    seul.tour()
    assert _lister(site, seul) == []
