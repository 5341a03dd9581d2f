"""Une unité refusée par PostgreSQL se rejoue entière ; une base absente ou occupée se dit en français."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from outils_postgresql import Postgresql, refus_injecte
from sqlalchemy import Connection, Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError, InternalError

from modele.regles.fautes import ErreurUtilisateur
from registre.base.moteur import BaseIndisponible, Isolation, Reprises, creer_moteur, lecture, unite_de_travail
from registre.base.schema import territoire

SANS_ATTENTE = Reprises(dormir=lambda _: None)
PLUS_UN = update(territoire).values(seq=territoire.c.seq + 1)


def _poser(connexion: Connection, nom: str = "t") -> None:
    connexion.execute(insert(territoire).values(territoire=nom, nom=nom, seq=0, poignee="p", cree_le=datetime.now(UTC)))


def _seq(moteur: Engine) -> dict[str, int]:
    with moteur.connect() as connexion:
        return dict(connexion.execute(select(territoire.c.territoire, territoire.c.seq)).all())


def _deux_ecritures(connexion: Connection) -> str:
    _poser(connexion, "un")
    _poser(connexion, "deux")
    return "fait"


@pytest.mark.parametrize("code", ["40001", "40P01"])
@pytest.mark.parametrize("avant", [0, 1])
def test_un_refus_de_postgresql_rejoue_toute_l_unite(moteur: Engine, code: str, avant: int) -> None:
    with refus_injecte(moteur, avant, code) as requetes:
        assert unite_de_travail(moteur, _deux_ecritures, reprises=SANS_ATTENTE) == "fait"
    assert len(requetes) == avant + 1 + 2
    assert _seq(moteur) == {"un": 0, "deux": 0}


def test_la_cause_de_chaque_rejeu_est_dite(postgresql: Postgresql, moteur: Engine) -> None:
    causes: list[str] = []
    curieux = creer_moteur(postgresql.adresse, causes.append)
    with refus_injecte(curieux, 0, "40P01"):
        unite_de_travail(curieux, _deux_ecritures, reprises=SANS_ATTENTE)
    curieux.dispose()
    assert causes == ["40P01"]


def test_apres_tous_les_essais_la_base_est_dite_occupee_et_rien_n_est_ecrit(moteur: Engine) -> None:
    attentes: list[float] = []

    def refuser(connexion: Connection) -> None:
        _poser(connexion)
        connexion.execute(text("DO $$ BEGIN RAISE EXCEPTION 'encore' USING ERRCODE = '40001'; END $$"))

    reprises = Reprises(essais=4, premiere_s=0.01, plafond_s=0.03, dormir=attentes.append, hasard=lambda: 1.0)
    with pytest.raises(BaseIndisponible) as refus:
        unite_de_travail(moteur, refuser, reprises=reprises)
    assert refus.value.code == "base_occupee"
    assert attentes == [0.01, 0.02, 0.03]
    assert _seq(moteur) == {}


def test_la_gigue_raccourcit_l_attente_de_moitie_au_plus() -> None:
    attentes: list[float] = []
    Reprises(premiere_s=0.1, dormir=attentes.append, hasard=lambda: 0.0).attendre(0)
    assert attentes == [0.05]


@pytest.mark.parametrize("isolation", ["REPEATABLE READ", "SERIALIZABLE"])
def test_deux_vraies_transactions_concurrentes_s_appliquent_toutes_deux(moteur: Engine, isolation: Isolation) -> None:
    unite_de_travail(moteur, _poser)
    croise = threading.Barrier(2)
    lues: list[int] = []

    def lire_puis_ecrire(connexion: Connection) -> None:
        vue = connexion.execute(select(territoire.c.seq)).scalar_one()
        lues.append(vue)
        if len(lues) <= 2:
            croise.wait(10)
        connexion.execute(update(territoire).values(seq=vue + 1))

    _ensemble(*[lambda: unite_de_travail(moteur, lire_puis_ecrire, isolation=isolation)] * 2)
    assert _seq(moteur) == {"t": 2}
    assert lues == [0, 0, 1]


def test_un_refus_a_la_validation_meme_se_rejoue(moteur: Engine) -> None:
    unite_de_travail(moteur, _deux_ecritures)
    ecrit = threading.Barrier(2)
    essais: list[str] = []

    def croiser(lu: str, change: str) -> Callable[[Connection], None]:
        """Chacune lit ce que l'autre change : PostgreSQL n'en refuse une qu'à la validation."""

        def unite(connexion: Connection) -> None:
            essais.append(change)
            vue = connexion.execute(select(territoire.c.seq).where(territoire.c.territoire == lu)).scalar_one()
            connexion.execute(update(territoire).where(territoire.c.territoire == change).values(seq=vue + 1))
            if len(essais) <= 2:
                ecrit.wait(10)

        return unite

    _ensemble(
        lambda: unite_de_travail(moteur, croiser("un", "deux"), isolation="SERIALIZABLE"),
        lambda: unite_de_travail(moteur, croiser("deux", "un"), isolation="SERIALIZABLE"),
    )
    assert sorted(_seq(moteur).values()) == [1, 2]
    assert len(essais) == 3


def test_un_vrai_interblocage_se_denoue(moteur: Engine) -> None:
    unite_de_travail(moteur, _deux_ecritures)
    croise = threading.Barrier(2)
    essais: list[str] = []

    def croiser(premier: str, second: str) -> Callable[[Connection], None]:
        def unite(connexion: Connection) -> None:
            connexion.execute(text("SET LOCAL deadlock_timeout = '50ms'"))
            essais.append(premier)
            connexion.execute(PLUS_UN.where(territoire.c.territoire == premier))
            if len(essais) <= 2:
                croise.wait(10)
            connexion.execute(PLUS_UN.where(territoire.c.territoire == second))

        return unite

    _ensemble(
        lambda: unite_de_travail(moteur, croiser("un", "deux")),
        lambda: unite_de_travail(moteur, croiser("deux", "un")),
    )
    assert _seq(moteur) == {"un": 2, "deux": 2}
    assert len(essais) == 3


def test_une_connexion_coupee_avant_la_validation_se_rejoue(moteur: Engine) -> None:
    essais: list[int] = []

    def couper(connexion: Connection) -> None:
        _poser(connexion)
        essais.append(connexion.execute(text("SELECT pg_backend_pid()")).scalar_one())
        if len(essais) == 1:
            with moteur.connect() as autre:
                autre.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": essais[0]})
            connexion.execute(text("SELECT 1"))

    unite_de_travail(moteur, couper, reprises=SANS_ATTENTE)
    assert len(essais) == 2
    assert _seq(moteur) == {"t": 0}


def test_une_connexion_coupee_pendant_la_validation_ne_se_rejoue_pas(moteur: Engine) -> None:
    essais: list[int] = []

    def couper(connexion: Connection) -> None:
        essais.append(connexion.execute(text("SELECT pg_backend_pid()")).scalar_one())
        with moteur.connect() as autre:
            autre.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": essais[-1]})

    with pytest.raises(BaseIndisponible) as refus:
        unite_de_travail(moteur, couper, reprises=SANS_ATTENTE)
    assert refus.value.code == "base_injoignable"
    assert len(essais) == 1


def test_une_base_injoignable_se_dit_en_francais() -> None:
    moteur = creer_moteur("postgresql://perron@127.0.0.1:1/perron")
    with pytest.raises(BaseIndisponible, match="ne répond pas") as refus:
        lecture(moteur, _seq)
    assert refus.value.code == "base_injoignable"


@pytest.mark.parametrize(("code", "attendu"), [("55P03", "base_occupee"), ("53100", "base_pleine")])
def test_un_verrou_tenu_trop_longtemps_et_un_disque_plein_se_disent(moteur: Engine, code: str, attendu: str) -> None:
    with refus_injecte(moteur, 0, code), pytest.raises(BaseIndisponible) as refus:
        unite_de_travail(moteur, _poser)
    assert refus.value.code == attendu


def test_une_erreur_a_nous_sort_telle_quelle_et_annule_tout(moteur: Engine) -> None:
    def deux_fois(connexion: Connection) -> None:
        _poser(connexion)
        _poser(connexion)

    with pytest.raises(IntegrityError) as erreur:
        unite_de_travail(moteur, deux_fois)
    assert "'t'" not in str(erreur.value).split("[SQL")[1]
    assert _seq(moteur) == {}


def test_une_lecture_n_ecrit_pas_et_garde_la_meme_vue(moteur: Engine) -> None:
    with pytest.raises(InternalError):
        lecture(moteur, _poser)

    def avant_et_apres(connexion: Connection) -> list[object]:
        vues: list[object] = [connexion.execute(select(territoire)).all()]
        unite_de_travail(moteur, _poser)
        return [*vues, connexion.execute(select(territoire)).all()]

    assert lecture(moteur, avant_et_apres) == [[], []]
    assert _seq(moteur) == {"t": 0}


@pytest.mark.parametrize("adresse", ["", "n'importe quoi", "mysql://a/b", "postgresql://hote:port/b", "postgresql://h"])
def test_une_adresse_de_base_qui_ne_se_lit_pas_se_dit(adresse: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="postgresql://compte"):
        creer_moteur(adresse)


def _ensemble(*unites: Callable[[], None]) -> None:
    fils = [threading.Thread(target=unite) for unite in unites]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert not any(fil.is_alive() for fil in fils)
