"""Les logements vacants, à l'écran de l'information due et sur leur feuille ; absents, dits manquants."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pypdfium2 as pdfium
from outils_ecran import au_repos, presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from modele.regles.provenance import Provenance
from modele.territoire.vacants import Vacant, lire_vacants
from ressources import RESSOURCES
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.information.ecran import EcranInformation
from ui.lancement import Poste
from ui.mots import informations as mots

EXEMPLES = lire_vacants(RESSOURCES / "exemples" / "vacants.toml")


def ouvrir(poste: Poste, qtbot: QtBot, vacants: tuple[Vacant, ...] | None) -> EcranInformation:
    """L'écran d'un dossier, dans un territoire qui dit ces logements."""
    session = poste.session
    assert session.regles is not None
    session.regles = replace(session.regles, territoire=replace(session.regles.territoire, vacants=vacants))
    session.creer_dossier({"demande": {"date_depot": "2026-11-02"}}, lambda _: None)
    au_repos(qtbot, poste)
    ecran = cast(EcranInformation, poste.fenetre.aller("information"))
    au_repos(qtbot, poste)
    return ecran


def dits(ecran: EcranInformation) -> str:
    assert ecran.vacants is not None
    return plat(" ".join(un.text() for un in ecran.vacants.findChildren(QLabel)))


def plat(dit: str) -> str:
    return " ".join(dit.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_absents_ils_sont_dits_manquants(poste_ouvert: Poste, qtbot: QtBot) -> None:
    ecran = ouvrir(poste_ouvert, qtbot, None)
    assert mots.SANS_VACANTS in dits(ecran)
    assert ecran.vacants is not None
    assert ecran.vacants.imprimer is None


def test_une_liste_vide_n_est_pas_une_liste_qui_manque(poste_ouvert: Poste, qtbot: QtBot) -> None:
    assert mots.AUCUN_VACANT in dits(ouvrir(poste_ouvert, qtbot, ()))


def test_ils_se_lisent_avec_leurs_conditions_et_s_impriment(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ce qu'ils sont, qui peut les avoir, d'où on le tient ; Entrée mène à leur feuille, cochée."""
    ecran = ouvrir(poste_ouvert, qtbot, EXEMPLES)
    for dit in (
        "T3, 62 m²",
        "412,50 € par mois",
        "Conditions : Ressources sous les plafonds PLUS",
        "Habitat d'exemple",
    ):
        assert dit in dits(ecran)
    assert ecran.vacants is not None
    assert ecran.vacants.imprimer is not None
    ecran.vacants.imprimer.setFocus()
    presser(Qt.Key.Key_Return)
    au_repos(qtbot, poste_ouvert)
    papier = cast(EcranImprimer, poste_ouvert.fenetre.pile.currentWidget())
    assert papier.choisies() == ["vacants"]
    papier.composer()
    au_repos(qtbot, poste_ouvert)
    assert papier.liasse is not None
    lu = lire(papier.liasse.feuilles[0].pdf)
    for dit in ("T3, 62 m²", "412,50 € par mois", "Conditions : Ressources sous les plafonds PLUS", "Rez-de-chaussée"):
        assert dit in lu


def test_un_logement_douteux_se_dit_a_l_ecran_et_se_tait_sur_le_papier(poste_ouvert: Poste, qtbot: QtBot) -> None:
    douteux = replace(EXEMPLES[0], provenance=Provenance(source="on-dit", confiance="M"))
    ecran = ouvrir(poste_ouvert, qtbot, (douteux, EXEMPLES[1]))
    assert "à faire valider" in dits(ecran)
    papier = cast(EcranImprimer, poste_ouvert.fenetre.aller("imprimer", {"fiches": ["vacants"]}))
    au_repos(qtbot, poste_ouvert)
    papier.composer()
    au_repos(qtbot, poste_ouvert)
    assert papier.liasse is not None
    lu = lire(papier.liasse.feuilles[0].pdf)
    assert "T2" in lu
    assert "T3" not in lu


def lire(pdf: bytes) -> str:
    return plat(" ".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(bytes(pdf))))
