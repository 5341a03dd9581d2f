"""Le synchroniseur sans registre : rien ne tourne, aucun fil ne naît ; l'état se dit à l'accueil et en bas."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

import ui
from modele.coffre.listes import EnAttente
from modele.synchro.etats import EtatEnvois, Lien
from ui.cadre.barres import BarreBasse
from ui.etat.synchro import MINUTE_MS, _attente_ms, synchroniseur_de
from ui.etat.travaux import Travaux
from ui.lancement import Poste
from ui.theme import Ton


def test_sans_registre_aucun_fil_ne_nait(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """Une réponse enregistrée, un tour demandé : toujours rien de plus que le fil du coffre."""
    synchro = poste_ouvert.synchro
    qtbot.waitUntil(lambda: synchro.etat is not None)
    fils = set(threading.enumerate())
    poste_ouvert.session.nouveau_dossier(lambda _: None)
    au_repos(qtbot, poste_ouvert)
    synchro.tourner()
    synchro._apres_une_reponse()
    assert synchro.etat == EtatEnvois(Lien.SANS_REGISTRE)
    assert synchro.findChildren(Travaux) == []
    assert set(threading.enumerate()) == fils
    assert not synchro._prochain.isActive()


def test_la_barre_du_bas_dit_l_etat_des_envois(qtbot: QtBot, poste_ouvert: Poste) -> None:
    """À chaque état, la plus longue phrase qui tient ; l'accueil dit la même chose."""
    qtbot.waitUntil(lambda: poste_ouvert.synchro.etat is not None)
    barre = poste_ouvert.fenetre.barre_basse
    assert barre.envoi.phrase == "Ce poste n'est relié à aucun registre : tout reste ici, chiffré"
    hier = datetime.now().astimezone() - timedelta(hours=2, minutes=14)
    etat = EtatEnvois(Lien.HORS_LIGNE, attente=(EnAttente("d", "MOREL Zoé", 1, 0, hier),))
    poste_ouvert.synchro.recevoir(etat)
    assert barre.envoi.phrase.replace("\u00a0", " ") == "1 dossier attend l'envoi depuis 2 h 14 · hors ligne"


def test_la_barre_dit_moins_quand_la_place_manque(qtbot: QtBot) -> None:
    """Le numéro du dossier d'un côté, les envois de l'autre : la même chose, de plus en plus brève."""
    barre = BarreBasse()
    qtbot.addWidget(barre)
    barre.dire_envois(("3 dossiers attendent l'envoi depuis 2 h 14", "3 à envoyer", "3"), "send", Ton.NEUTRE)
    barre.resize(900, 40)
    barre.show()
    assert barre.envoi.phrase == "3 dossiers attendent l'envoi depuis 2 h 14"
    barre.resize(340, 40)
    assert barre.envoi.phrase == "3 à envoyer"
    assert barre.envoi.toolTip() == "3 dossiers attendent l'envoi depuis 2 h 14"
    barre.dire_envois(("Tout est envoyé",), "cloud-check", Ton.COURANT)
    assert barre.envoi.phrase == "Tout est envoyé"


def test_l_attente_suit_ce_que_demande_le_poste() -> None:
    """Le prochain essai est celui de la façade, borné ; sans rien, une minute."""
    maintenant = datetime.now().astimezone()

    def etat(dans: timedelta | None) -> EtatEnvois:
        return EtatEnvois(Lien.HORS_LIGNE, prochain=None if dans is None else maintenant + dans)

    assert _attente_ms(etat(None)) == MINUTE_MS
    assert 50_000 < _attente_ms(etat(timedelta(minutes=1))) <= 60_000
    assert _attente_ms(etat(timedelta(seconds=-30))) == 1_000
    assert _attente_ms(etat(timedelta(hours=5))) == 15 * MINUTE_MS


def test_une_session_n_a_qu_un_synchroniseur(poste_ouvert: Poste) -> None:
    """Tous les écrans lisent le même état."""
    assert synchroniseur_de(poste_ouvert.session) is poste_ouvert.synchro


def test_rien_du_reseau_ne_se_charge_avec_l_ecran() -> None:
    """Importer les écrans et les états des envois ne charge ni httpx, ni la base, ni le chiffrement."""
    programme = (
        "import sys\n"
        "import ui.etat.synchro, ui.mots.envois, ui.cadre.fenetre, ui.cadre.poste\n"
        "import ui.ecrans.envois.ecran, modele.synchro.etats\n"
        "print([m for m in ('httpx', 'sqlalchemy', 'sqlcipher3', 'cryptography') if m in sys.modules])\n"
    )
    racine = Path(ui.__file__).parent.parent
    rendu = subprocess.run(
        [sys.executable, "-c", programme], cwd=racine, capture_output=True, text=True, check=True, timeout=240
    )
    assert rendu.stdout.strip() == "[]"
