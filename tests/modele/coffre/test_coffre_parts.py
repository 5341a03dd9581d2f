"""Une copie qui s'emporte a sa clé, et une part que seul le registre garde : détruite, plus personne ne la lit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_abimes import documents
from outils_coffre import AGENT, MOT_DE_PASSE, ouvrir

from modele.coffre import Coffre, copies, parts, secours
from modele.coffre.controle import examiner
from modele.coffre.enveloppes import Part, chemin_du_trousseau, lire_trousseau
from modele.dossier.codes import nouveau_code_secours
from modele.dossier.operations import Auteur
from modele.regles.fautes import ErreurUtilisateur

QUAND = datetime(2026, 11, 30, 9, tzinfo=UTC)


@pytest.fixture
def cle_usb(coffre: Coffre, tmp_path: Path) -> Path:
    """Une clé choisie comme second endroit."""
    ou = tmp_path.parent / f"{tmp_path.name}-usb"
    ou.mkdir()
    coffre.importer([{"demandeur": {"nom": "Essai"}}], Auteur(AGENT))
    coffre.copier_ailleurs(str(ou))
    return ou


def la_copie(cle_usb: Path) -> Path:
    (dossier,) = cle_usb.iterdir()
    return copies.lister(dossier)[0].chemin


def part(coffre: Coffre, nom: str = "AAAAA-AAAAA", age: timedelta = timedelta()) -> Part:
    neuve = Part(nom, nouveau_code_secours(), coffre._horloge() - age)
    with coffre._base.ecriture() as connexion:
        parts.garder(connexion, neuve, coffre._horloge())
    return neuve


def test_la_copie_emportee_a_une_cle_a_elle(coffre: Coffre, cle_usb: Path, chemin: Path) -> None:
    """Le coffre d'aujourd'hui et son mot de passe n'y suffisent pas sans le trousseau de la copie."""
    ailleurs = la_copie(cle_usb)
    assert not examiner(ailleurs, coffre._cle).sain
    assert examiner(ailleurs, copies.cle_de(ailleurs, coffre._cle), arbre=True).sain
    ici = copies.lister(copies.dossier_des_copies(chemin))[0].chemin
    assert ici.read_bytes() != ailleurs.read_bytes()
    assert secours.verifier(ailleurs, MOT_DE_PASSE).dossiers == 1


def test_sans_second_endroit_rien_n_est_demande(coffre: Coffre) -> None:
    assert coffre.parts_a_demander() == 0


def test_scellee_elle_demande_sa_part(coffre: Coffre, cle_usb: Path, tmp_path: Path) -> None:
    """Le mot de passe seul ne suffit plus ; avec la part, tout revient ; sans elle, plus rien, pour toujours."""
    assert coffre.etat_des_copies().ouvertes == 1
    assert coffre.parts_a_demander() == 2
    gardee = part(coffre)
    assert coffre.parts_a_demander() == 1
    assert coffre.copier_s_il_le_faut().ouvertes == 0
    assert coffre.parts_a_demander() == 1, "une d'avance pour la prochaine"
    emportee, neuf = la_copie(cle_usb), tmp_path / "neuf.perron"
    for faux in ("", nouveau_code_secours()):
        with pytest.raises(ErreurUtilisateur, match=r"scellée.*AAAAA-AAAAA.*parts-de-copie"):
            secours.restaurer(emportee, neuf, MOT_DE_PASSE, QUAND, faux)
        with pytest.raises(ErreurUtilisateur, match="scellée"):
            secours.verifier(emportee, MOT_DE_PASSE, faux)
    with pytest.raises(ErreurUtilisateur, match="scellée"):
        secours.sauvegarder(emportee, tmp_path / "autre.perron", MOT_DE_PASSE)
    assert not neuf.exists()
    with pytest.raises(ErreurUtilisateur, match="faute de copie"):
        secours.verifier(emportee, MOT_DE_PASSE, gardee.code[:-1] + ("2" if gardee.code[-1] != "2" else "3"))
    assert secours.verifier(emportee, MOT_DE_PASSE, gardee.code.lower().replace("-", " ")).dossiers == 1
    secours.restaurer(emportee, neuf, MOT_DE_PASSE, QUAND, gardee.code)
    remis = ouvrir(neuf)
    assert documents(remis) == documents(coffre)
    remis.fermer()
    assert lire_trousseau(neuf).copie is None


def test_la_part_ne_reste_nulle_part_sur_le_poste(coffre: Coffre, cle_usb: Path, chemin: Path) -> None:
    gardee = part(coffre)
    coffre.copier_s_il_le_faut()
    assert gardee.code not in coffre.reglage("copies.parts")
    for fichier in (chemin_du_trousseau(chemin), chemin_du_trousseau(la_copie(cle_usb))):
        assert gardee.code not in fichier.read_text()


def test_une_copie_se_scelle_des_qu_elle_est_faite(coffre: Coffre, cle_usb: Path) -> None:
    """Une part d'avance : sans réseau ce jour-là, la copie naît scellée ; la suivante attend d'en avoir une."""
    part(coffre)
    coffre.copier_s_il_le_faut()
    part(coffre, "BBBBB-BBBBB")
    coffre._horloge = lambda: datetime.now().astimezone() + timedelta(days=1)
    assert coffre.copier_s_il_le_faut().ouvertes == 0
    coffre._horloge = lambda: datetime.now().astimezone() + timedelta(days=2)
    assert coffre.copier_s_il_le_faut().ouvertes == 1
    assert coffre.parts_a_demander() == 2


def test_une_part_trop_vieille_ne_sert_pas(coffre: Coffre, cle_usb: Path) -> None:
    """Le registre compte depuis qu'il l'a prise : la copie n'aurait plus que quelques jours."""
    part(coffre, age=parts.FRAICHE)
    assert coffre.copier_s_il_le_faut().ouvertes == 1
    part(coffre, "BBBBB-BBBBB", age=parts.FRAICHE - timedelta(hours=1))
    part(coffre, "CCCCC-CCCCC", age=timedelta(days=1))
    assert coffre.copier_s_il_le_faut().ouvertes == 0
    trousseau = lire_trousseau(la_copie(cle_usb))
    assert trousseau.copie is not None
    assert trousseau.copie.part == "CCCCC-CCCCC", "la plus récente"


def test_la_cle_debranchee_attend(coffre: Coffre, cle_usb: Path) -> None:
    part(coffre)
    ailleurs = cle_usb.with_name(f"{cle_usb.name}-debranchee")
    cle_usb.rename(ailleurs)
    assert coffre.copier_s_il_le_faut().ouvertes == 0
    ailleurs.rename(cle_usb)
    assert coffre.copier_s_il_le_faut().ouvertes == 0
    assert copies.scellee(copies.Copie(la_copie(cle_usb), QUAND))


def test_une_copie_d_un_perron_d_avant_reste_comme_elle_est(coffre: Coffre, cle_usb: Path, chemin: Path) -> None:
    """Sans clé à elle, elle ne peut pas se sceller : elle se dit ouverte, et part avant trente jours."""
    copies.copier(chemin, coffre._cle, la_copie(cle_usb))
    part(coffre)
    assert coffre.copier_s_il_le_faut().ouvertes == 1
    chemin_du_trousseau(la_copie(cle_usb)).write_bytes(b"abime")
    assert coffre.etat_des_copies().ouvertes == 1
    assert coffre.parts_a_demander() == 0


def test_une_copie_dont_la_cle_est_abimee_le_dit(coffre: Coffre, cle_usb: Path) -> None:
    trousseau = lire_trousseau(la_copie(cle_usb))
    with pytest.raises(ErreurUtilisateur, match="Prenez une autre copie"):
        trousseau.cle_de_la_base(b"\0" * 32)


def test_le_coffre_perdu_reprend_une_copie_qui_n_attend_pas_de_part(
    coffre: Coffre, cle_usb: Path, chemin: Path
) -> None:
    """Guérir d'après le second endroit : une copie ouverte est reprise ; scellée, elle attend sa part."""
    avant = documents(coffre)
    coffre.fermer()
    for ici in copies.lister(copies.dossier_des_copies(chemin)):
        ici.chemin.unlink()
    octets = bytearray(chemin.read_bytes())
    octets[:4096] = bytes(4096)
    chemin.write_bytes(octets)
    gueri = ouvrir(chemin)
    assert documents(gueri) == avant
    assert "la copie du" in gueri.reprise
    gueri.fermer()
    assert lire_trousseau(chemin).copie is None
    cle, _ = lire_trousseau(chemin).ouvrir(MOT_DE_PASSE)
    copies.sceller(copies.Copie(la_copie(cle_usb), QUAND), cle, Part("AAAAA-AAAAA", nouveau_code_secours(), QUAND))
    chemin.write_bytes(octets)
    with pytest.raises(ErreurUtilisateur, match="Aucune bonne copie"):
        ouvrir(chemin)
