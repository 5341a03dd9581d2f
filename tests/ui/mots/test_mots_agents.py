"""Ce qui se dit d'un compte et de son journal."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from modele.coffre.comptes import CompteAgent
from modele.coffre.listes import AccesNote
from modele.dossier.acces import Acces, Geste
from ui.mots import agents as mots

MAINTENANT = datetime(2026, 11, 30, 16, 0, tzinfo=ZoneInfo("Europe/Paris"))
AWA = CompteAgent("Awa Diallo", "Awa", "Accueil", ("agent", "inconnu"), MAINTENANT)


def test_un_compte_se_dit() -> None:
    assert mots.dire_compte(AWA, MAINTENANT) == "Accueil, Awa · Agent d'accueil, inconnu"
    ferme = CompteAgent("A", "", "", ("social",), MAINTENANT, "decidee", MAINTENANT - timedelta(days=1))
    assert mots.dire_compte(ferme, MAINTENANT) == "Travailleur social · fermé hier à 16:00"


def test_le_journal_se_dit_meme_sans_nom() -> None:
    note = AccesNote("", MAINTENANT, Geste(Acces.OUVRIR_PAR_SECOURS), None)
    assert mots.dire_note(note, MAINTENANT) == "À 16:00 : quelqu'un a ouvert le coffre par le code de secours"


def test_les_roles_offerts_sont_declares() -> None:
    assert [code for code, nom, definition in mots.roles_offerts() if nom and definition] == [
        *("agent", "social", "responsable", "contingent", "administrateur")
    ]
