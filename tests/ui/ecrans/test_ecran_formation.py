"""L'écran « Formation », au clavier, vrais widgets : jouer un cas, lire pourquoi ; rien n'en touche un vrai dossier."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_ecran import au_repos, presser
from outils_ecran_formation import VIOLENCES, aller, demander, jouer, prendre, suite, textes
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from modele.coffre import Coffre, bac_a_sable
from modele.formation import Attente, lire_cas
from modele.formation.entretien import PAS_COMPRIS
from ressources import RESSOURCES
from ui.composants import Bouton
from ui.ecrans.formation.choix import PageChoix
from ui.ecrans.formation.ecran import EcranFormation
from ui.ecrans.formation.etape import PageEtape
from ui.ecrans.formation.resultat import PageResultat
from ui.lancement import Poste
from ui.mots.formation import A_VALIDER, FICTIF, FORMATION


@pytest.fixture
def ecran(poste_ouvert: Poste, qtbot: QtBot) -> EcranFormation:
    return aller(qtbot, poste_ouvert)


def test_la_couleur_et_le_mot_restent(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Sur chaque page, le bandeau de la formation, hors de ce qui défile."""

    def verifier() -> None:
        assert ecran.bandeau.isVisible()
        assert (ecran.property("ton"), ecran.bandeau.property("ton")) == ("formation", "formation")
        assert FORMATION in textes(ecran.bandeau)
        assert FICTIF in textes(ecran.bandeau)

    verifier()
    assert isinstance(ecran.page, PageChoix)
    assert QApplication.focusWidget() is ecran.page.cartes[0]
    jouer(qtbot, poste_ouvert, ecran)
    verifier()


def test_un_parcours_parfait_au_clavier(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Tout ce que le cas attend y est ; chaque point a sa raison et son article ; l'essai se garde à part."""
    resultat = jouer(qtbot, poste_ouvert, ecran)
    assert resultat.constat.text().endswith("Tout ce que ce cas attend y est.")
    dit = textes(resultat)
    assert "CC 515-9 à 515-11 · Code civil" in dit
    assert A_VALIDER in dit
    assert "dangereuse" not in resultat.constat.text()
    assert QApplication.focusWidget() is resultat.aux_cas
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    assert "justes" in " ".join(un.accessibleDescription() for un in ecran.page.cartes)


@pytest.mark.parametrize("omis", ["peur", "mise-a-l-abri"])
def test_une_omission_dangereuse_se_lit_avec_sa_raison(
    omis: str, ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    resultat = jouer(qtbot, poste_ouvert, ecran, sans=omis)
    (point,) = (un for un in lire_cas(VIOLENCES).points() if un.id == omis)
    assert resultat.constat.text().startswith("1 omission dangereuse, ")
    assert "Une personne aurait été en danger" in resultat.constat.text()
    assert point.raison in textes(resultat)


def _dix_omissions() -> list[tuple[str, str]]:
    """De dix cas, une omission dangereuse chacun : une question tue, ou une case laissée vide."""
    trouvees = []
    for fichier in sorted((RESSOURCES / "formation").glob("*.toml")):
        cas = lire_cas(fichier)
        faits = {*cas.reference.questions, *cas.reference.choix}
        vitaux = [un.id for un in cas.points() if un.attente is Attente.VITAL and un.tranche and un.id in faits]
        trouvees.append((cas.id, vitaux[0]))
    return trouvees[:10]


@pytest.mark.parametrize(("nom", "omis"), _dix_omissions(), ids=lambda un: un)
def test_dix_mauvais_parcours_se_lisent_avec_leur_raison(
    nom: str, omis: str, ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot
) -> None:
    """Dans la vraie fenêtre, au clavier : une omission de chaque cas, sa raison, et rien d'autre de faux."""
    cas = lire_cas(RESSOURCES / "formation" / f"{nom}.toml")
    (point,) = (un for un in cas.points() if un.id == omis)
    resultat = jouer(qtbot, poste_ouvert, ecran, sans=omis, cas=cas)
    assert resultat.constat.text().startswith("1 omission dangereuse, ")
    assert point.raison in textes(resultat)
    assert point.appui.fondement in textes(resultat)


def test_seul_a_seul_la_reponse_change(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    page = prendre(qtbot, poste_ouvert, ecran, lire_cas(VIOLENCES).titre)
    demander(page, "de qui avez-vous peur ?")
    assert "Peur de quoi" in textes(page)
    page.separer.click()
    QApplication.processEvents()
    assert not page.separer.isVisible()
    assert "vous fermez la porte" in textes(page)
    demander(page, "de qui avez-vous peur ?")
    assert "De mon mari" in textes(page)
    demander(page, "Il fait beau")
    assert PAS_COMPRIS in textes(page)
    presser(Qt.Key.Key_Return)
    assert page.question.faute == "Écrivez votre question."
    assert [(une.question, une.seul) for une in page.posees] == [("peur", False), ("peur", True)]


def test_la_liste_des_questions_se_deplie(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    page = prendre(qtbot, poste_ouvert, ecran, lire_cas(VIOLENCES).titre)
    assert not page.questions.isVisible()
    page.liste.bouton.click()
    assert page.questions.isVisible()
    page.questions.setFocus()
    presser(Qt.Key.Key_Down, widget=page.questions)
    choisie = page.questions.currentRow()
    presser(Qt.Key.Key_Return, widget=page.questions)
    QApplication.processEvents()
    (posee,) = page.posees
    assert choisie >= 0
    assert posee.question == page.cas.questions[choisie].point.id


def test_rien_ne_touche_le_vrai_coffre(poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Ni dossier, ni objet, ni envoi : l'essai n'est que dans le bac à sable. Le dossier ouvert se ferme en entrant."""
    session = poste_ouvert.session
    comptes: list[tuple[int, int]] = []

    def compter(coffre: Coffre) -> tuple[int, int]:
        return coffre.compter(), coffre.echanges.compter_a_envoyer()

    session.avec_coffre(compter, comptes.append, pour=session)
    au_repos(qtbot, poste_ouvert)
    ecran = aller(qtbot, poste_ouvert)
    assert session.dossier_id == ""
    jouer(qtbot, poste_ouvert, ecran)
    session.avec_coffre(compter, comptes.append, pour=session)
    essais: list[object] = []

    def lire(coffre: Coffre) -> object:
        bac = bac_a_sable.ouvrir(coffre, session.auteur)
        try:
            return bac.essais()
        finally:
            bac.fermer()

    session.avec_coffre(lire, essais.append, pour=session)
    au_repos(qtbot, poste_ouvert)
    assert comptes[0] == comptes[1]
    ((essai,),) = essais  # type: ignore[misc]
    assert essai.cas == "violences-enfants"
    assert bac_a_sable.chemin(session.chemin, session.agent).is_file()


def test_effacer_ses_essais(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    jouer(qtbot, poste_ouvert, ecran)
    suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    assert ecran.page.efface.isVisible()
    ecran.page.efface.click()
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    assert not ecran.page.efface.isVisible()
    assert ecran.echec.phrase == "Vos essais sont effacés."


def test_un_cas_neuf_par_la_donnee_seule_se_joue(
    ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot, tmp_path: Path
) -> None:
    """Écrit d'après la page qui l'explique, ajouté ici, joué de bout en bout ; fautif, il dit sa ligne."""
    exemple = exemple_de_la_page()
    fautif = tmp_path / "mon-cas.toml"
    fautif.write_text(exemple.replace('sorte = "ouverte"', 'sorte = "ouvert"'), encoding="utf-8")
    ecran.ecriture.ajouter(fautif)
    au_repos(qtbot, poste_ouvert)
    assert "« ouvert » n'est pas permis ; vouliez-vous « ouverte » ?" in ecran.echec.phrase
    fautif.write_text(exemple, encoding="utf-8")
    ecran.ecriture.ajouter(fautif)
    au_repos(qtbot, poste_ouvert)
    cas = lire_cas(fautif)
    page = prendre(qtbot, poste_ouvert, ecran, cas.titre)
    for question in cas.questions:
        if question.point.id in cas.reference.questions:
            demander(page, question.point.texte)
    suite(qtbot, poste_ouvert)
    for etape in cas.etapes:
        montree = ecran.page
        assert isinstance(montree, PageEtape)
        if montree.choix is not None:
            montree.choix.poser([un.id for un in etape.points if un.id in cas.reference.choix])
        elif montree.texte is not None:
            montree.texte.setPlainText((cas.reference.textes or {})[etape.id])
        suite(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageResultat)
    assert "Tout ce que ce cas attend y est." in ecran.page.constat.text()


def exemple_de_la_page() -> str:
    """Le cas entier de ``documentation/formation.md``."""
    page = (RESSOURCES.parent / "documentation" / "formation.md").read_text("utf-8")
    return max(page.split("```toml\n")[1:], key=len).partition("```")[0]


def test_quitter_revient_aux_cas_puis_a_l_accueil(ecran: EcranFormation, poste_ouvert: Poste, qtbot: QtBot) -> None:
    """Un essai quitté ne laisse rien ; un autre agent n'en voit rien."""
    prendre(qtbot, poste_ouvert, ecran, lire_cas(VIOLENCES).titre)
    presser(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    au_repos(qtbot, poste_ouvert)
    assert isinstance(ecran.page, PageChoix)
    prendre(qtbot, poste_ouvert, ecran, lire_cas(VIOLENCES).titre)
    poste_ouvert.session.agent_change.emit()
    assert ecran.page is None
    assert not [un for un in ecran.findChildren(Bouton) if un.isVisible() and un is not ecran.retour]
