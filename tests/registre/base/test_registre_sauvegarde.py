"""Une sauvegarde remise rend tout, change les poignées, et ne touche à rien si elle échoue."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from outils_operations import Saisie
from outils_postgresql import Postgresql
from outils_registre import AILLEURS, DEPART, TERRITOIRE, PosteDEssai, enrole, peupler
from sqlalchemy import Engine, func, inspect, select, text

from modele.regles.fautes import ErreurUtilisateur
from registre.base.contenu import Contenu, contenu_de_la_base
from registre.base.migration import MIS_DE_COTE, SCHEMA_BASE, mettre_a_jour
from registre.base.moteur import creer_moteur
from registre.base.programmes import executables_pour
from registre.base.sauvegarde import _outils, _vider, exiger_une_sauvegarde, restaurer, sauvegarder
from registre.base.schema import operation, poste, territoire
from registre.base.tenues import anciennes, compagne
from registre.service.administration import postes, revoquer


@pytest.fixture
def ailleurs(postgresql: Postgresql) -> Iterator[tuple[Engine, str]]:
    """Une autre base, vide, de la même grappe ; et son adresse."""
    with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
        connexion.execute(text("CREATE DATABASE ailleurs"))
    adresse = postgresql.adresse.replace("/postgres?", "/ailleurs?")
    moteur = creer_moteur(adresse)
    yield moteur, adresse
    moteur.dispose()
    with postgresql.moteur.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
        connexion.execute(text("DROP DATABASE ailleurs WITH (FORCE)"))


@pytest.fixture
def sauvegarde(postgresql: Postgresql, moteur: Engine, tmp_path: Path) -> Path:
    """La sauvegarde d'une base à deux territoires et un poste."""
    peupler(moteur, TERRITOIRE)
    peupler(moteur, AILLEURS)
    enrole(moteur, PosteDEssai(nom="Poste gardé"))
    sauvegarder(moteur, postgresql.adresse, tmp_path / "registre.sauvegarde")
    return tmp_path / "registre.sauvegarde"


def _noms(moteur: Engine) -> list[str]:
    with moteur.connect() as connexion:
        return list(connexion.execute(select(poste.c.nom)).scalars())


def _poignees(moteur: Engine) -> dict[str, str]:
    with moteur.connect() as connexion:
        return {un.territoire: un.poignee for un in connexion.execute(select(territoire))}


def test_la_sauvegarde_n_est_lisible_que_de_nous_et_ne_laisse_rien_a_cote(sauvegarde: Path) -> None:
    assert stat.S_IMODE(sauvegarde.stat().st_mode) == 0o600
    assert [un.name for un in sauvegarde.parent.iterdir()] == ["registre.sauvegarde"]


def test_restauree_ailleurs_elle_rend_tout_et_change_chaque_poignee(
    moteur: Engine, sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    assert restaurer(*ailleurs, sauvegarde).apres.territoires == (AILLEURS, TERRITOIRE)
    assert _noms(ailleurs[0]) == ["Poste gardé"]
    assert [un.attendu for un in postes(moteur, TERRITOIRE)] == [False]
    assert [un.attendu for un in postes(ailleurs[0], TERRITOIRE)] == [True]
    avant, apres = _poignees(moteur), _poignees(ailleurs[0])
    assert avant.keys() == apres.keys()
    assert not set(avant.values()) & set(apres.values())
    assert not inspect(ailleurs[0]).has_schema(MIS_DE_COTE)


def test_une_sauvegarde_d_avant_attend_aussi_ses_postes(
    postgresql: Postgresql, moteur: Engine, sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    """Au deuxième schéma, la base ne savait pas encore le noter : la migration ne doit pas les croire revenus."""
    restaurer(*ailleurs, sauvegarde)
    with ailleurs[0].begin() as connexion:
        connexion.execute(text("ALTER TABLE poste DROP COLUMN attendu, DROP COLUMN absent"))
        connexion.execute(text("ALTER TABLE dossier DROP COLUMN genre, DROP COLUMN rattache"))
        connexion.execute(
            text(
                "DROP TABLE lignee, repris, discretion_sue, part_de_copie, compte, fermeture, information_tenue, "
                "compte_de_formation"
            )
        )
        connexion.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    sauvegarder(*ailleurs, sauvegarde)
    restaurer(*ailleurs, sauvegarde, remplacer=True)
    assert [un.attendu for un in postes(ailleurs[0], TERRITOIRE)] == [True]


def test_la_base_restauree_se_sauvegarde_et_se_restaure_encore(sauvegarde: Path, ailleurs: tuple[Engine, str]) -> None:
    restaurer(*ailleurs, sauvegarde)
    sauvegarder(*ailleurs, sauvegarde)
    assert restaurer(*ailleurs, sauvegarde, remplacer=True).apres.territoires == (AILLEURS, TERRITOIRE)
    assert _noms(ailleurs[0]) == ["Poste gardé"]


def test_une_base_pleine_ne_se_remplace_que_si_on_le_demande(sauvegarde: Path, ailleurs: tuple[Engine, str]) -> None:
    mettre_a_jour(ailleurs[0])
    peupler(ailleurs[0], "en-place")
    with pytest.raises(ErreurUtilisateur, match="ajoutez --remplacer"):
        restaurer(*ailleurs, sauvegarde)
    assert list(_poignees(ailleurs[0])) == ["en-place"]
    assert restaurer(*ailleurs, sauvegarde, remplacer=True).apres.territoires == (AILLEURS, TERRITOIRE)


def test_une_base_a_jour_mais_vide_se_restaure_sans_rien_demander(
    sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    mettre_a_jour(ailleurs[0])
    assert restaurer(*ailleurs, sauvegarde).apres.territoires == (AILLEURS, TERRITOIRE)


def test_un_fichier_qui_n_est_pas_une_sauvegarde_ne_touche_a_rien(ailleurs: tuple[Engine, str], tmp_path: Path) -> None:
    mettre_a_jour(ailleurs[0])
    peupler(ailleurs[0], "en-place")
    avant = _poignees(ailleurs[0])
    (tmp_path / "photo.jpg").write_bytes(b"pas une sauvegarde")
    for fichier, phrase in ((tmp_path / "photo.jpg", "n'est pas une sauvegarde"), (tmp_path / "rien", "n'existe pas")):
        with pytest.raises(ErreurUtilisateur, match=phrase):
            restaurer(*ailleurs, fichier, remplacer=True)
    assert _poignees(ailleurs[0]) == avant


def test_une_sauvegarde_tronquee_laisse_la_base_comme_elle_etait(
    sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    mettre_a_jour(ailleurs[0])
    peupler(ailleurs[0], "en-place")
    avant = _poignees(ailleurs[0])
    octets = sauvegarde.read_bytes()
    sauvegarde.write_bytes(octets[: len(octets) - 2000])
    with pytest.raises(ErreurUtilisateur):
        restaurer(*ailleurs, sauvegarde, remplacer=True)
    assert _poignees(ailleurs[0]) == avant
    assert not inspect(ailleurs[0]).has_schema(MIS_DE_COTE)


def test_une_sauvegarde_plus_recente_est_refusee_et_ne_touche_a_rien(
    postgresql: Postgresql, moteur: Engine, sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    with moteur.begin() as connexion:
        connexion.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    try:
        sauvegarder(moteur, postgresql.adresse, sauvegarde)
    finally:
        with moteur.begin() as connexion:
            connexion.execute(text(f"UPDATE alembic_version SET version_num = '{SCHEMA_BASE:04}'"))
    with pytest.raises(ErreurUtilisateur, match="registre plus récent"):
        restaurer(*ailleurs, sauvegarde)
    assert inspect(ailleurs[0]).get_table_names() == []


def test_une_restauration_coupee_se_relance(sauvegarde: Path, ailleurs: tuple[Engine, str]) -> None:
    with ailleurs[0].begin() as connexion:
        connexion.execute(text(f"CREATE SCHEMA {MIS_DE_COTE}"))
        connexion.execute(text("CREATE TABLE public.territoire (a_moitie text)"))
    assert restaurer(*ailleurs, sauvegarde).apres.territoires == (AILLEURS, TERRITOIRE)


def test_un_registre_en_marche_interdit_la_restauration(sauvegarde: Path, ailleurs: tuple[Engine, str]) -> None:
    en_marche = creer_moteur(ailleurs[1])
    with en_marche.connect(), pytest.raises(ErreurUtilisateur, match="Un registre utilise cette base"):
        restaurer(*ailleurs, sauvegarde, remplacer=True)
    en_marche.dispose()


def test_la_base_d_un_autre_logiciel_n_est_jamais_remplacee(sauvegarde: Path, ailleurs: tuple[Engine, str]) -> None:
    with ailleurs[0].begin() as connexion:
        connexion.execute(text("CREATE TABLE facture (n int)"))
    with pytest.raises(ErreurUtilisateur, match="autre chose qu'un registre"):
        restaurer(*ailleurs, sauvegarde, remplacer=True)
    assert inspect(ailleurs[0]).get_table_names() == ["facture"]


def test_une_sauvegarde_qui_echoue_garde_l_ancienne(
    postgresql: Postgresql, moteur: Engine, sauvegarde: Path, tmp_path: Path
) -> None:
    avant = sauvegarde.read_bytes()
    with pytest.raises(ErreurUtilisateur, match="pg_dump de PostgreSQL a échoué"):
        sauvegarder(moteur, postgresql.adresse.replace("/postgres?", "/absente?"), sauvegarde)
    assert sauvegarde.read_bytes() == avant
    assert [un.name for un in tmp_path.iterdir()] == ["registre.sauvegarde"]
    with pytest.raises(ErreurUtilisateur, match="écriture impossible"):
        sauvegarder(moteur, postgresql.adresse, tmp_path / "absent" / "s")


def test_sans_les_programmes_de_la_version_du_serveur_la_restauration_les_demande(
    moteur: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ErreurUtilisateur, match="pg_dump et pg_restore 12"):
        executables_pour(12, exacts=True)
    with pytest.raises(ErreurUtilisateur, match="PostgreSQL 99"):
        executables_pour(99)
    assert executables_pour(12) == executables_pour(18, exacts=True)


def test_un_poste_revoque_depuis_la_sauvegarde_ne_rentre_pas_par_elle(
    sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    restaurer(*ailleurs, sauvegarde)
    (vole,) = postes(ailleurs[0], TERRITOIRE)
    revoquer(ailleurs[0], TERRITOIRE, vole.id, DEPART)
    restaurer(*ailleurs, sauvegarde, remplacer=True)
    assert [un.revoque_le for un in postes(ailleurs[0], TERRITOIRE)] == [DEPART]


def test_la_sauvegarde_dit_ce_qu_elle_tient_et_la_restauration_l_avant_et_l_apres(
    postgresql: Postgresql, moteur: Engine, territoire: str, ailleurs: tuple[Engine, str], tmp_path: Path
) -> None:
    saisie = Saisie(enrole(moteur, PosteDEssai()), moteur)
    for _ in range(3):
        saisie.nouveau()
    tenu = sauvegarder(moteur, postgresql.adresse, tmp_path / "s")
    assert (tenu.territoires, tenu.dossiers, tenu.operations) == ((TERRITOIRE,), 3, 3)
    with moteur.connect() as connexion:
        assert tenu == contenu_de_la_base(connexion)
        assert tenu.derniere == connexion.execute(select(func.max(operation.c.recue_le))).scalar_one()
    mettre_a_jour(ailleurs[0])
    peupler(ailleurs[0], "en-place")
    remise = restaurer(*ailleurs, tmp_path / "s", remplacer=True)
    assert (remise.avant.territoires, remise.avant.operations) == (("en-place",), 0)
    assert remise.apres == tenu


def test_un_registre_vide_ne_prend_jamais_la_place_d_une_bonne_sauvegarde(
    sauvegarde: Path, ailleurs: tuple[Engine, str]
) -> None:
    avant = sauvegarde.read_bytes()
    mettre_a_jour(ailleurs[0])
    with pytest.raises(ErreurUtilisateur, match="aucun territoire"):
        sauvegarder(*ailleurs, sauvegarde)
    peupler(ailleurs[0], "voisin")
    with pytest.raises(ErreurUtilisateur, match=f"d'un autre registre .{AILLEURS}, {TERRITOIRE}."):
        sauvegarder(*ailleurs, sauvegarde, garder=3)
    assert sauvegarde.read_bytes() == avant
    assert [un.name for un in sauvegarde.parent.iterdir()] == ["registre.sauvegarde"]


def test_un_fichier_abime_cede_sa_place_a_une_bonne_sauvegarde(
    postgresql: Postgresql, moteur: Engine, sauvegarde: Path
) -> None:
    sauvegarde.write_bytes(sauvegarde.read_bytes()[:500])
    assert sauvegarder(moteur, postgresql.adresse, sauvegarde).territoires == (AILLEURS, TERRITOIRE)


def test_les_anciennes_se_gardent_datees_et_s_eclaircissent_avec_leur_autorite(
    postgresql: Postgresql, moteur: Engine, territoire: str, tmp_path: Path
) -> None:
    """Cinq sauvegardes, trois gardées ; ce qui n'en est pas une ne s'efface jamais."""
    ou = tmp_path / "s"
    ou.mkdir()
    (ou / "registre-notes.txt").write_text("à moi", encoding="utf-8")
    for rang in range(5):
        sauvegarder(moteur, postgresql.adresse, ou / "registre", autorite=f"autorité {rang}".encode(), garder=3)
    datees = anciennes(ou / "registre")
    assert len(datees) == 2
    attendues = {"registre", *(un.name for un in datees)}
    assert {un.name for un in ou.iterdir()} == {
        "registre-notes.txt", *attendues, *(nom + ".autorite.pem" for nom in attendues)
    }  # fmt: skip
    assert [compagne(un).read_text(encoding="utf-8") for un in datees] == ["autorité 3", "autorité 2"]
    for fichier in (ou / "registre", *datees):
        exiger_une_sauvegarde(fichier)


def test_la_sauvegarde_d_un_registre_vide_ou_coupee_ne_se_restaure_pas(
    sauvegarde: Path, ailleurs: tuple[Engine, str], tmp_path: Path
) -> None:
    mettre_a_jour(ailleurs[0])
    vide = tmp_path / "vide"
    _vider(ailleurs[1], _outils(ailleurs[0], exacts=True), vide)
    sauvegarde.write_bytes(sauvegarde.read_bytes()[:-300])
    for fichier, phrase in ((vide, "d'un registre vide"), (sauvegarde, "jusqu'au bout")):
        with pytest.raises(ErreurUtilisateur, match=phrase):
            restaurer(*ailleurs, fichier)
        with pytest.raises(ErreurUtilisateur, match=phrase):
            exiger_une_sauvegarde(fichier)
    with ailleurs[0].connect() as connexion:
        assert contenu_de_la_base(connexion) == Contenu()


def test_une_ancienne_sauvegarde_ne_dure_pas_plus_de_trente_jours(
    postgresql: Postgresql, moteur: Engine, sauvegarde: Path
) -> None:
    """Au-delà, ce qui a été effacé ou révoqué s'y lirait encore, quel que soit le nombre qu'on en garde."""
    for jours in (29, 31):
        quand = time.time() - jours * 86_400
        os.utime(sauvegarde, (quand, quand))
        sauvegarder(moteur, postgresql.adresse, sauvegarde, garder=9)
    assert len(anciennes(sauvegarde)) == 1
    sauvegarder(moteur, postgresql.adresse, sauvegarde)
    assert len(anciennes(sauvegarde)) == 1, "rien d'autre ne s'éclaircit sans qu'on le demande"
