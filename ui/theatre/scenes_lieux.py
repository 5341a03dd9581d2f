"""Les lieux et services : la recherche, un besoin déplié, un lieu à confirmer, l'essai à blanc d'un import."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QScrollArea

from ui.ecrans.lieux.ecran import EcranLieux

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.theatre.joueur import Joueur

LUNDI: Final = datetime(2026, 11, 30, 14, 30)
TABLEAU: Final = (
    "nom;genre;adresse;commune;telephone;ouvert;langues;besoins;source;verifie_le\n"
    "Permanence de Montfleury;Mairie;4, rue Haute;99X07;05 36 49 00 77;lundi-vendredi 14:00-18:00;fr;droits;"
    "site de la mairie;12/01/2026\n"
    "Espace de La Garenne;Centre social;1, rue Basse;99X04;05 36 49 00 78;mardi 09:00-12:00 11:00-13:00;fr;;"
    "appel du 12/01;12/01/2026\n"
    "Relais des Essarts;Association;;00000;05 36 49 00 79;;;;appel du 12/01;12/01/2026\n"
)


def scenes_des_lieux(joueur: Joueur) -> Iterator[tuple[str, QWidget]]:
    """L'annuaire est à la fin celui du début."""
    ecran = _montrer(joueur)
    assert ecran.recherche is not None
    regles = joueur.session.regles
    assert regles is not None
    ecran.recherche.prendre(regles.territoire.communes["99X01"])
    joueur.attendre()
    yield "lieux", joueur.fenetre
    _aller_au_plan(joueur, ecran)
    yield "lieux-plan", joueur.fenetre
    ecran.focus_initial()
    ecran.recherche.pli_besoin.bouton.click()
    joueur.attendre()
    yield "lieux-besoins", joueur.fenetre
    ecran.recherche.pli_besoin.bouton.click()
    joueur.presser("Importer un tableau de lieux")
    with tempfile.TemporaryDirectory() as dossier:
        tableau = Path(dossier) / "lieux.csv"
        tableau.write_text(TABLEAU, encoding="utf-8")
        ecran.importation.essayer(tableau)
        joueur.attendre()
    _en_bas(ecran)
    joueur.attendre()
    yield "lieux-import", joueur.fenetre
    joueur.presser("Importer ce lieu")
    joueur.presser("Replier l'import")
    ecran = _montrer(joueur)
    assert ecran.recherche is not None
    ecran.recherche.mots.ligne.setText("montfleury")
    ecran.chercher()
    joueur.attendre()
    yield "lieux-a-confirmer", joueur.fenetre
    ecran.detail.oter.click()
    _en_bas(ecran)
    joueur.attendre()
    yield "lieux-retirer", joueur.fenetre
    session = joueur.session
    session.avec_coffre(
        lambda coffre: coffre.revenir_a_l_original("lieux", "metropole-exemple", "lieux.toml", session.auteur),
        lambda _: session.relire_les_sources(),
        pour=session,
    )
    joueur.attendre()


def _aller_au_plan(joueur: Joueur, ecran: EcranLieux) -> None:
    """Le clavier sur le plan ; une fenêtre qui n'est pas devant ne le montrerait pas."""
    joueur.fenetre.activateWindow()
    joueur.attendre()
    ecran.reseau.passer.click()
    joueur.attendre()


def _montrer(joueur: Joueur) -> EcranLieux:
    joueur.aller("lieux")
    ecran = joueur.ecran
    assert isinstance(ecran, EcranLieux)
    ecran.horloge = lambda: LUNDI
    ecran.chercher()
    joueur.attendre()
    return ecran


def _en_bas(ecran: EcranLieux) -> None:
    page = ecran.findChild(QScrollArea)
    assert page is not None
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
