"""Une voie immédiate laisse le même mot au journal, quelle qu'elle soit, sans dossier ; Suivi n'en dit rien."""

from __future__ import annotations

from typing import cast

import pytest
from outils_dossier import creer, equiper, ouvrir
from outils_ecran import au_repos, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.coffre.listes import AccesNote
from modele.dossier.acces import Acces
from ui.ecrans.triage.ecran import EcranTriage
from ui.lancement import Poste

OUI, NON = Qt.Key.Key_1, Qt.Key.Key_2


def notees(qtbot: QtBot, poste: Poste) -> list[AccesNote]:
    """Les voies ouvertes que garde le journal."""
    lus: list[list[AccesNote]] = []
    poste.session.avec_coffre(lambda coffre: coffre.acces(), lus.append, pour=poste.session)
    qtbot.waitUntil(lambda: bool(lus))
    return [un for un in lus[0] if un.geste.acces is Acces.VOIE_OUVERTE]


@pytest.mark.parametrize(("touches", "combien"), [((OUI,), 1), ((NON, NON, Qt.Key.Key_3), 1), ((NON, NON, OUI), 0)])
def test_le_premier_contact_note_la_voie_et_rien_d_autre(
    poste_ouvert: Poste, qtbot: QtBot, touches: tuple[Qt.Key, ...], combien: int
) -> None:
    """Danger, ou dehors ce soir : le même mot, sans dossier ; à l'abri et calme : rien."""
    equiper(qtbot, poste_ouvert)
    triage = cast(EcranTriage, poste_ouvert.fenetre.aller("triage"))
    qtbot.waitUntil(lambda: bool(triage.chemin))
    for touche in touches:
        presser(touche)
    triage.conclure()
    au_repos(qtbot, poste_ouvert)
    trouvees = notees(qtbot, poste_ouvert)
    assert len(trouvees) == combien
    assert all((un.agent, un.dossier) == (poste_ouvert.session.agent, None) for un in trouvees)


def test_l_orientation_la_note_et_suivi_n_en_dit_rien(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un dossier dont une voie est immédiate : noté à l'ouverture de la page, absent de « Qui a vu ce dossier »."""
    equiper(qtbot, poste_ouvert)
    dossier = creer(qtbot, poste_ouvert, triage={"toit_ce_soir": "non"})
    ouvrir(qtbot, poste_ouvert, dossier)
    assert notees(qtbot, poste_ouvert) == []
    poste_ouvert.fenetre.aller("orientation")
    au_repos(qtbot, poste_ouvert)
    (une,) = notees(qtbot, poste_ouvert)
    assert une.dossier is None
    suivi = poste_ouvert.fenetre.aller("suivi")
    au_repos(qtbot, poste_ouvert)
    dits = " ".join(mot.text() for mot in suivi.findChildren(QLabel))
    assert Acces.VOIE_OUVERTE.phrase not in dits
    assert "a ouvert le dossier" in dits
