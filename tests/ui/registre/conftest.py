"""De vraies fenêtres reliées à un vrai registre : PostgreSQL, uvicorn, HTTP sur la boucle locale."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from outils_ecran import MOT_DE_PASSE, detruire, montrer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

_ESSAIS = Path(__file__).parents[2]
sys.path.insert(0, str(_ESSAIS / "registre"))

from outils_http import Servi, servie  # noqa: E402
from outils_postgresql import LIVRE, Grappes, Postgresql  # noqa: E402
from outils_registre import TERRITOIRE, Horloge, peupler  # noqa: E402
from postes_relies import Guichet, Ligne, Site  # noqa: E402

from registre.http.application import creer_application  # noqa: E402
from registre.http.contexte import Registre  # noqa: E402
from registre.http.limites import Debit, Limites, Seaux  # noqa: E402
from ui.etat.synchro import Synchroniseur  # noqa: E402
from ui.lancement import Poste  # noqa: E402

FICHE = 'format = 1\nsources = ["essai"]\nverifie_le = 2026-11-29\n[langues.fr]\ntitre_neutre = "x"\netat = "redigee"\n'


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Le PostgreSQL de la session."""
    grappes = Grappes()
    yield grappes.prendre(LIVRE)
    grappes.fermer()


@pytest.fixture(scope="session")
def servi(postgresql: Postgresql) -> Iterator[tuple[Servi, Horloge]]:
    """Le registre de la session, sans limite de débit qui gêne, et son heure."""
    horloge, large = Horloge(), Debit(1e6, 1_000_000)
    registre = Registre(postgresql.moteur, horloge, Limites(Seaux(large), Seaux(large), Seaux(large)))
    with servie(creer_application(registre)) as ouvert:
        yield ouvert, horloge


@pytest.fixture
def site(postgresql: Postgresql, servi: tuple[Servi, Horloge]) -> Site:
    """Un registre servi, vide."""
    postgresql.vider()
    peupler(postgresql.moteur, TERRITOIRE)
    return Site(postgresql.moteur, servi[0].adresse, servi[1])


@pytest.fixture
def guichet(
    qapp: QApplication, qtbot: QtBot, site: Site, tmp_path: Path, cout_leger: None
) -> Iterator[Callable[..., Guichet]]:
    """De quoi ouvrir un poste : sa fenêtre, son coffre, sa ligne qu'on coupe ; relié à rien."""
    ouverts: list[Poste] = []

    def ouvrir(nom: str, agent: str = "Ana Martin") -> Guichet:
        poste = Poste(qapp, tmp_path / nom, fenetre_d_abord=True)
        ouverts.append(poste)
        ligne = Ligne()
        Synchroniseur(poste.session, ligne.relier_a)
        poste.completer()
        # Un tour ne part que si l'épreuve le dit : sur une machine lente, la minuterie en glisserait un au milieu.
        poste.synchro._prochain.timeout.disconnect(poste.synchro.tourner)
        poste.session.preferences = type(poste.session.preferences)(territoire=TERRITOIRE)
        montrer(qtbot, poste.fenetre)
        with qtbot.waitSignal(poste.session.ouvert):
            poste.session.creer(agent, MOT_DE_PASSE, lambda _: poste.session.entrer(), pytest.fail)
        return Guichet(poste, ligne, nom)

    yield ouvrir
    for poste in ouverts:
        detruire(poste)


@pytest.fixture
def fiche(tmp_path: Path) -> Callable[[str], Path]:
    """De quoi écrire une fiche à publier."""

    def ecrire(titre: str) -> Path:
        dossier = tmp_path / "essai"
        dossier.mkdir(exist_ok=True)
        (dossier / "fiche.toml").write_text(FICHE, encoding="utf-8")
        (dossier / "fr.md").write_text(f'+++\ntitre = "{titre}"\n+++\nBonjour\n', encoding="utf-8")
        return dossier

    return ecrire
