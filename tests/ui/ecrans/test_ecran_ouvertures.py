"""Les dossiers ouverts sans qu'il y soit rien fait : sur l'écran des avis du responsable, par leur référence."""

from __future__ import annotations

from datetime import datetime, timedelta

from outils_dossier import creer
from outils_ecran import au_repos
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre
from modele.coffre.listes import Ouverture
from modele.dossier.acces import Acces
from modele.dossier.codes import reference_courte
from ui.composants import Bouton
from ui.ecrans.avis.ecran import EcranAvis
from ui.lancement import Poste
from ui.mots.avis import AUCUN, OUVERTS, dire_ouverture


def textes(ecran: EcranAvis) -> str:
    return " | ".join(un.text() for un in ecran.findChildren(QLabel) if un.isVisible())


def test_le_responsable_les_lit_par_reference_puis_les_marque(qtbot: QtBot, poste_ouvert: Poste) -> None:
    dossier = creer(qtbot, poste_ouvert, demandeur={"nom": "ROUX", "prenoms": "Kévin"})

    def hier(coffre: Coffre) -> None:
        horloge = coffre._horloge
        coffre._horloge = lambda: horloge() - timedelta(days=1)
        coffre.noter_acces("Paul Roy", Acces.CONSULTER, dossier)
        coffre._horloge = horloge

    poste_ouvert.session.avec_coffre(hier, lambda _: None, pour=poste_ouvert.session)
    au_repos(qtbot, poste_ouvert)
    ecran = poste_ouvert.fenetre.aller("avis")
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran, EcranAvis)
    vus = textes(ecran)
    assert OUVERTS in vus
    assert f"Dossier {reference_courte(dossier)}, ouvert par Paul Roy hier" in vus
    assert "ROUX" not in vus
    (lu,) = [un for un in ecran.ouverts.findChildren(Bouton) if un.isVisible()]
    lu.click()
    au_repos(qtbot, poste_ouvert)
    assert OUVERTS not in textes(ecran)
    assert AUCUN in textes(ecran)


def test_une_ouverture_se_dit_sans_duree() -> None:
    maintenant = datetime(2026, 11, 30, 12, 0).astimezone()
    dite = dire_ouverture(Ouverture("K7Q2F", maintenant - timedelta(days=1), ""), maintenant)
    assert dite == "Dossier K7Q2F, ouvert par quelqu’un hier à 12:00."
