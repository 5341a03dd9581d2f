"""L'ouverture d'un poste resté trop longtemps loin du registre : ce qui se dit, ce qui reste à faire, au clavier."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from outils_ecran import MOT_DE_PASSE, au_repos, presser, taper
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from test_ouverture import etape, ouvrir_avec

from modele.coffre import portee
from modele.protocole import scellement, signatures
from modele.protocole.messages import RecuDePaquet, Recus, RecuSigne, octets
from modele.protocole.scellement import sceller
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.ouverture.deverrouiller import Deverrouiller
from ui.ecrans.ouverture.hors_de_portee import SANS_REPONSE, HorsDePortee
from ui.lancement import Poste

if TYPE_CHECKING:
    from modele.coffre import Coffre

REGISTRE = signatures.nouvelle_cle_de_signature()
DU_POSTE = scellement.nouvelle_cle_de_scellement()


def relier(coffre: Coffre, jours: float) -> str:
    """Enrôle ce coffre à un registre que rien ne joint, ``jours`` après leur dernier contact ; rend un code neuf."""
    for nom, valeur in {
        "adresse": "http://127.0.0.1:9",
        "autorite": "",
        "poste": "01890000-0000-7000-8000-000000000001",
        "cle_signature": signatures.nouvelle_cle_de_signature().hex(),
        "cle_scellement": DU_POSTE.hex(),
        "guichet": "Accueil",
        "cle_registre": signatures.cle_publique(REGISTRE).hex(),
        "scellement_registre": scellement.cle_publique_de_scellement(scellement.nouvelle_cle_de_scellement()).hex(),
    }.items():
        coffre.regler(f"registre.{nom}", valeur)
    with coffre._base.ecriture() as connexion:
        portee.joindre(connexion, datetime.now().astimezone() - timedelta(days=jours))
    return coffre.renouveler_secours()


def loin(qtbot: QtBot, poste: Poste, jours: float = 9) -> tuple[HorsDePortee, str]:
    """L'étape d'un poste hors de portée, et son code de secours."""
    codes: list[str] = []
    poste.session.avec_coffre(lambda coffre: relier(coffre, jours), codes.append, pour=poste.session)
    au_repos(qtbot, poste)
    ouvrir_avec(qtbot, poste)
    taper(MOT_DE_PASSE)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste)
    courante = etape(poste, HorsDePortee)
    assert isinstance(courante, HorsDePortee)
    return courante, codes[0]


def test_la_phrase_dit_quoi_pourquoi_et_que_faire(qtbot: QtBot, poste_ouvert: Poste) -> None:
    courante, _ = loin(qtbot, poste_ouvert)
    for mot in ("n'a pas joint le registre", "7 jours", "Rien n'est perdu", "code de secours"):
        assert mot in courante.phrase.text()
    assert not poste_ouvert.session.est_ouverte
    assert courante.reessayer.hasFocus()


def test_sans_registre_reessayer_dit_qu_il_ne_repond_pas(qtbot: QtBot, poste_ouvert: Poste) -> None:
    courante, _ = loin(qtbot, poste_ouvert)
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    # La page dit déjà pourquoi : la même phrase deux fois cacherait ce qui est neuf, et pousserait le code hors de vue.
    assert courante.echec.phrase == SANS_REPONSE
    assert courante.reessayer.isEnabled()
    assert poste_ouvert.fenetre.focusWidget() is courante.reessayer
    assert etape(poste_ouvert, HorsDePortee) is courante
    assert not poste_ouvert.session.est_ouverte


def test_un_administrateur_rouvre_au_clavier(qtbot: QtBot, poste_ouvert: Poste) -> None:
    courante, code = loin(qtbot, poste_ouvert)
    courante.code.setFocus(Qt.FocusReason.TabFocusReason)
    presser(Qt.Key.Key_Return)
    assert "Recopiez le code" in courante.code.faute
    taper("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert courante.echec.isVisible()
    assert not poste_ouvert.session.est_ouverte
    courante.code.poser(code)
    courante.code.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(poste_ouvert.session.ouvert):
        presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"
    assert courante._mot_de_passe == ""


def test_le_fichier_scelle_s_ecrit_sans_rien_ouvrir_et_son_recu_fait_entrer(
    qtbot: QtBot, poste_ouvert: Poste, tmp_path: Path
) -> None:
    """Un vieux reçu se lit, et ne suffit pas."""
    courante, _ = loin(qtbot, poste_ouvert)
    fichier = tmp_path / "envoi.perron-envoi"
    courante.ecrire_dans(fichier)
    au_repos(qtbot, poste_ouvert)
    assert fichier.exists()
    assert "envoi.perron-envoi : aucune saisie" in courante.echec.phrase
    assert not poste_ouvert.session.est_ouverte
    courante.lire_le_recu(_recu(tmp_path / "vieux", timedelta(days=8)))
    au_repos(qtbot, poste_ouvert)
    assert "trop ancien" in courante.echec.phrase
    assert not poste_ouvert.session.est_ouverte
    with qtbot.waitSignal(poste_ouvert.session.ouvert):
        courante.lire_le_recu(_recu(tmp_path / "neuf", timedelta(hours=1)))
    au_repos(qtbot, poste_ouvert)
    assert poste_ouvert.fenetre.ecran == "accueil"


def _recu(chemin: Path, age: timedelta) -> Path:
    """Le reçu que le registre a écrit il y a ce temps-là."""
    dit = RecuDePaquet("01890000-0000-7000-8000-000000000001", Recus([]), instant=datetime.now(UTC) - age)
    recu = octets(dit)
    signe = RecuSigne(recu, signatures.signer(REGISTRE, signatures.texte_du_recu(recu)))
    chemin.write_bytes(sceller(scellement.cle_publique_de_scellement(DU_POSTE), octets(signe)))
    return chemin


def test_retour_oublie_le_mot_de_passe(qtbot: QtBot, poste_ouvert: Poste) -> None:
    courante, _ = loin(qtbot, poste_ouvert)
    courante.retour.emit()
    ouvrir = etape(poste_ouvert, Deverrouiller)
    assert isinstance(ouvrir, Deverrouiller)
    assert (courante._mot_de_passe, ouvrir.mot_de_passe.contenu) == ("", "")


@pytest.mark.parametrize(("jours", "dit"), [(4, False), (5.5, True)])
def test_l_accueil_previent_avant(qtbot: QtBot, poste_ouvert: Poste, jours: float, dit: bool) -> None:
    """À partir du cinquième jour, parmi ce qui est à faire."""
    poste_ouvert.session.avec_coffre(lambda coffre: relier(coffre, jours), lambda _: None, pour=poste_ouvert.session)
    au_repos(qtbot, poste_ouvert)
    ouvrir_avec(qtbot, poste_ouvert)
    taper(MOT_DE_PASSE)
    with qtbot.waitSignal(poste_ouvert.session.ouvert):
        presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    accueil = poste_ouvert.fenetre.pile.currentWidget()
    assert isinstance(accueil, EcranAccueil)
    qtbot.waitUntil(lambda: accueil.synchro.etat is not None)
    (premiere, *_) = accueil.envois._suite
    assert ("aucun compte ne s'ouvrira plus" in premiere.text()) is dit
    titres = [accueil.a_faire.vue(rang).titre for rang in range(accueil.a_faire.count())]
    assert ("Joindre le registre" in titres) is dit
