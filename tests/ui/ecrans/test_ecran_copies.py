"""Les copies de secours à côté de l'écran, et la carte qui les montre : vrai poste, vrai coffre."""

from __future__ import annotations

import random
import time
from datetime import datetime
from pathlib import Path

import pytest
from dossiers_ecran import etiquettes
from outils_abimes import retourner
from outils_ecran import MOT_DE_PASSE
from PySide6.QtWidgets import QApplication, QFileDialog

from modele.coffre import copies
from ui.ecrans.envois.ecran import EcranEnvois
from ui.etat.copies import CHAQUE_MS, Copieur, copieur_de
from ui.lancement import Poste
from ui.mots.copies import OUVERTES
from ui.theatre.joueur import Joueur


def _jusqu_a(vrai: object, delai: float = 180.0) -> None:
    fin = time.monotonic() + delai
    while not vrai() and time.monotonic() < fin:  # type: ignore[operator]
        QApplication.processEvents()
        time.sleep(0.01)
    assert vrai()  # type: ignore[operator]


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """L'écran des envois, coffre ouvert."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    joueur.aller("envois")
    joueur.attendre()
    return joueur


def _copieur(joueur: Joueur) -> Copieur:
    return copieur_de(joueur.session)


def _ecran(joueur: Joueur) -> EcranEnvois:
    montre = joueur.ecran
    assert isinstance(montre, EcranEnvois)
    return montre


def test_entre_la_copie_se_fait_seule_et_l_ecran_la_date(joueur: Joueur) -> None:
    """« pas encore faite », puis l'heure ; le conseil : elle n'est que sur ce poste."""
    carte = _ecran(joueur).copies
    assert carte.derniere.accessibleName() == "Dernière copie de secours : pas encore faite"
    assert _copieur(joueur)._minuterie.isActive()
    _copieur(joueur)._minuterie.setInterval(0)
    _copieur(joueur)._minuterie.start()
    _jusqu_a(lambda: _copieur(joueur).etat is not None and _copieur(joueur).etat.derniere is not None)
    assert f"{datetime.now():%H}:" in carte.derniere.accessibleName()
    assert "sont sur ce poste" in carte.conseil.text()
    assert _copieur(joueur)._minuterie.interval() == CHAQUE_MS
    assert len(copies.lister(copies.dossier_des_copies(joueur.session.chemin))) == 1


def test_copier_maintenant_et_le_second_endroit(
    joueur: Joueur, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un dossier choisi reçoit la copie ; à côté du coffre, une phrase, et rien ne change ; renoncer."""
    carte, la_bas = _ecran(joueur).copies, tmp_path / "cle"
    la_bas.mkdir()
    choisi = [la_bas]
    monkeypatch.setattr(QFileDialog, "exec", lambda _: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(choisi[0])])
    joueur.presser("Copier maintenant")
    _jusqu_a(lambda: copies.lister(copies.dossier_des_copies(joueur.session.chemin)) and carte.copier.isEnabled())
    joueur.presser("Choisir un second endroit")
    _jusqu_a(lambda: _copieur(joueur).etat is not None and _copieur(joueur).etat.second == str(la_bas))
    assert str(la_bas) in " ".join(etiquettes(_ecran(joueur)))
    # Jamais relié à un registre : rien ne scelle la copie, et la carte le dit.
    _jusqu_a(lambda: carte.conseil.text() == OUVERTES)
    choisi[0] = joueur.session.donnees
    joueur.presser("Choisir un second endroit")
    _jusqu_a(lambda: "à côté du coffre" in carte.conseil.text())
    assert copies.second_endroit(joueur.session.chemin) == str(la_bas)
    joueur.presser("Ne plus copier là-bas")
    _jusqu_a(lambda: copies.second_endroit(joueur.session.chemin) == "")
    _jusqu_a(carte.renoncer.isHidden)


def test_une_copie_qui_echoue_se_dit(joueur: Joueur) -> None:
    """Le dossier des copies ne peut pas se faire : la phrase, dans la carte."""
    copies.dossier_des_copies(joueur.session.chemin).write_bytes(b"")
    joueur.presser("Copier maintenant")
    carte = _ecran(joueur).copies
    _jusqu_a(carte.copier.isEnabled)
    assert "ne peut être ni lu ni écrit" in carte.conseil.text()


def test_ferme_rien_ne_se_copie(joueur: Joueur) -> None:
    """Couvert ou sorti : ni minuterie, ni copie."""
    joueur.session.fermer()
    joueur.attendre()
    assert not _copieur(joueur)._minuterie.isActive()
    _copieur(joueur).copier()
    assert not copies.dossier_des_copies(joueur.session.chemin).exists()


def test_un_coffre_gueri_se_dit_a_qui_entre(joueur: Joueur) -> None:
    """Le bandeau dit ce qui a été repris, une fois ; la carte le garde."""
    session = joueur.session
    session.avec_coffre(lambda coffre: coffre.copier_s_il_le_faut(), lambda _: None, pour=session)
    joueur.attendre()
    session.fermer()
    joueur.attendre()
    retourner(session.chemin, 0, 16, random.Random(1))
    session.ouvrir(MOT_DE_PASSE, lambda phrase: pytest.fail(phrase))
    _jusqu_a(lambda: "Le coffre était abîmé" in joueur.poste.fenetre.bandeau.phrase)
    # Il se dit avant que l'accueil paraisse, qui remplacerait la page demandée entre-temps.
    joueur.attendre()
    _jusqu_a(lambda: joueur.poste.fenetre.ecran == "accueil")
    joueur.aller("envois")
    _jusqu_a(lambda: "Le coffre était abîmé" in " ".join(etiquettes(_ecran(joueur))))


def test_un_coffre_disparu_se_rouvre_de_ses_copies(joueur: Joueur) -> None:
    """Ses deux fichiers effacés, ses copies non : on déverrouille, on ne crée pas un coffre neuf par-dessus."""
    session = joueur.session
    session.avec_coffre(lambda coffre: coffre.copier_s_il_le_faut(), lambda _: None, pour=session)
    joueur.attendre()
    session.fermer()
    joueur.attendre()
    for fin in ("", ".cles"):
        session.chemin.with_name(session.chemin.name + fin).unlink()
    assert session.coffre_existe()
    session.ouvrir(MOT_DE_PASSE, lambda phrase: pytest.fail(phrase))
    _jusqu_a(lambda: "il n'est plus là" in joueur.poste.fenetre.bandeau.phrase)
