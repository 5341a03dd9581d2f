"""S1, « Je dors dans ma voiture avec mon fils depuis hier » : du premier mot au papier, dans les vrais écrans."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from outils_ecran import au_repos
from pytestqt.qtbot import QtBot

from modele.dossier.codes import reference_courte
from modele.orientation.resultat import Urgence
from ui.lancement import Poste
from ui.theatre.demonstration import premier_contact, raconter
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste, qtbot: QtBot) -> Joueur:
    """Un agent, S1 raconté jusqu'au bout de l'entretien."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    premier_contact(joueur)
    joueur.presser("Poursuivre : ouvrir le dossier")
    raconter(joueur)
    au_repos(qtbot, poste_ouvert)
    return joueur


def texte_de(pdf: Path) -> str:
    """Le texte d'un PDF, espaces ramenées à une."""
    document = pdfium.PdfDocument(pdf.read_bytes())
    lu = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(lu.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_le_triage_dit_d_appeler_avant_toute_identite(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    premier_contact(joueur)
    assert any("Sans toit ce soir, avec un enfant" in mot for mot in joueur.mots())
    assert any("115" in mot for mot in joueur.mots())
    assert not joueur.session.dossier_id


def test_s1_du_triage_au_papier(joueur: Joueur, tmp_path: Path) -> None:
    bilan = joueur.bilan
    retenues = {voie.id: voie for voie in bilan.voies_retenues}
    assert retenues["sans-abri-enfant"].urgence is Urgence.IMMEDIATE
    assert bilan.cotation is not None
    abri = next(c for r in bilan.cotation.rubriques for c in r.criteres if c.libelle.startswith("Sans abri"))
    assert abri.compte is True

    joueur.aller("cotation")
    titre = next(mot for mot in joueur.mots() if "vérifié" in mot)
    assert str(bilan.cotation.declaree.max) in titre
    joueur.presser("Retour à l'entretien")
    assert joueur.fenetre.ecran == "entretien"

    joueur.aller("orientation")
    assert any(mot.startswith("Appelez le 115 avec la personne") for mot in joueur.mots())
    joueur.ecrire("115")
    joueur.ecrire("rappeler à 18 h")
    joueur.presser("Noter la suite")
    suite = next(iter(joueur.session.document["suites"]["elements"].values()))
    assert (suite["orientation"], suite["aupres_de"], suite["reponse"]) == (
        "sans-abri-enfant", "115", "rappeler à 18 h",
    )  # fmt: skip
    assert any("115 · rappeler à 18 h" in mot for mot in joueur.mots())

    joueur.presser("Imprimer 2 fiches")
    assert joueur.fenetre.ecran == "imprimer"
    joueur.presser("Tout ce qu'il faut pour cette personne")
    joueur.imprimer_dans(tmp_path)
    reference = reference_courte(joueur.session.dossier_id or "")
    papiers = {chemin.stem: texte_de(chemin) for chemin in tmp_path.glob("*.pdf")}
    assert set(papiers) == {reference, *(f"{reference}-{rang}" for rang in range(2, 5))}
    for dit in ("Appelez le 115", "Karim", "Votre note expliquée", "Vos pièces à apporter"):
        assert any(dit in papier for papier in papiers.values())


def test_le_papier_dit_la_meme_note_que_l_ecran(joueur: Joueur, tmp_path: Path) -> None:
    from modele.mots.note import DiseurDeNote

    joueur.aller("imprimer", fiches=["cotation"])
    joueur.imprimer_dans(tmp_path)
    assert joueur.bilan.cotation is not None
    dite = " ".join(DiseurDeNote().fourchette(joueur.bilan.cotation.declaree).replace("\u202f", " ").split())
    (papier,) = tmp_path.glob("*.pdf")
    assert dite.removesuffix(" points") in texte_de(papier)
    assert "non opposable" in texte_de(papier)


def test_deux_impressions_ne_s_ecrasent_pas(joueur: Joueur, tmp_path: Path) -> None:
    joueur.aller("imprimer", fiches=["115"])
    joueur.imprimer_dans(tmp_path)
    joueur.imprimer_dans(tmp_path)
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_rien_d_un_dossier_ferme_ne_reste_a_l_ecran(joueur: Joueur) -> None:
    """Accueil, puis note, orientation, impression sans dossier : aucune ligne du précédent, aucune page."""
    for ecran in ("cotation", "orientation", "imprimer"):
        joueur.aller(ecran)
    voies = {voie.libelle for voie in joueur.bilan.voies_retenues}
    joueur.aller("accueil")
    for ecran in ("cotation", "orientation", "imprimer"):
        joueur.aller(ecran)
        lus = set(joueur.mots())
        assert not voies & lus
        assert not any(mot.startswith(("Sans abri", "Karim", "Votre note")) for mot in lus)
        assert any("Aucun dossier" in mot for mot in lus)


def test_la_demonstration_laisse_images_et_pdf(tmp_path: Path, poste_ouvert: Poste) -> None:
    from ui.theatre.demonstration import sans_toit

    laisses = sans_toit(Joueur(poste_ouvert), tmp_path)
    assert {chemin.suffix for chemin in laisses} == {".png", ".pdf"}
    assert sum(chemin.suffix == ".pdf" for chemin in laisses) == 4
    assert all(chemin.stat().st_size > 5_000 for chemin in laisses)
