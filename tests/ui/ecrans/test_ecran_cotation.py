"""L'écran Cotation : la note du bilan, ligne à ligne, ses preuves et ses questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from dossiers_ecran import etiquettes, heberge, ouvrir
from outils_ecran import presser
from PySide6.QtCore import Qt

from modele.cotation.resultat import Preuve
from modele.dossier.chemins import Document, poser
from modele.protection.mots import LIGNE_NEUTRE, QUESTION_NEUTRE
from ui.composants import Bouton
from ui.ecrans.cotation.ecran import EcranCotation
from ui.ecrans.cotation.lignes import entete
from ui.ecrans.entretien.ecran import EcranEntretien
from ui.lancement import Poste
from ui.theatre.joueur import Joueur
from ui.theme import Nom, Theme
from ui.theme.apparence import apparence


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """Un agent devant un dossier hébergé chez un tiers, au 23/11/2026."""
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    ouvrir(joueur, heberge())
    return joueur


def ecran(joueur: Joueur) -> EcranCotation:
    joueur.aller("cotation")
    montre = joueur.ecran
    assert isinstance(montre, EcranCotation)
    return montre


def test_l_ecran_montre_la_note_du_bilan(joueur: Joueur) -> None:
    montre = ecran(joueur)
    note = joueur.bilan.cotation
    assert note is not None
    assert montre.titre.text() == entete(note)
    assert "23/11/2026" in montre.sous_titre.text()
    for rubrique in note.rubriques:
        assert rubrique.libelle in etiquettes(montre.tableau)
    assert note.mention in montre.reserves.text()


def test_chaque_ligne_dit_le_constat_la_regle_les_points(joueur: Joueur) -> None:
    montre = ecran(joueur)
    mois = next(ligne for ligne in montre.tableau.lignes() if ligne.id == "anciennete-mois")
    assert mois.points == "+12"
    assert mois.regle == "1 point par mois, 60 au plus"
    assert any("12 mois" in constat for constat in mois.constats)
    assert mois.preuve is Preuve.AUTOMATIQUE


def test_une_ligne_non_comptee_dit_pourquoi(joueur: Joueur) -> None:
    """Hébergé et menacé d'expulsion : une seule des deux lignes compte, l'autre reste montrée et barrée."""
    montre = ecran(joueur)
    barrees = [ligne for ligne in montre.tableau.lignes() if ligne.compte is False]
    assert any(ligne.non_compte.startswith("Non compté") for ligne in barrees)


def test_la_preuve_avance_et_la_note_verifiee_avec_elle(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert joueur.bilan.cotation is not None
    avant = joueur.bilan.cotation.verifiee.min
    ligne = next(
        une for une in montre.tableau.lignes() if une.preuve is Preuve.DECLARE and une.compte and not une.inconnu
    )
    bouton = next(
        b for b in montre.tableau.findChildren(Bouton) if b.accessibleName() == f"Pièce vue : {ligne.constats[0]}"
    )
    bouton.setFocus()
    presser(Qt.Key.Key_Return, widget=bouton)
    joueur.attendre()
    assert joueur.session.document["preuves"] == {ligne.id: "justifie"}
    assert avant is not None
    assert joueur.bilan.cotation.verifiee.min > avant
    assert montre.titre.text() == entete(joueur.bilan.cotation)
    joueur.presser(f"Valider : {ligne.constats[0]}")
    assert joueur.session.document["preuves"] == {ligne.id: "valide"}
    joueur.presser(f"Retirer : {ligne.constats[0]}")
    assert joueur.session.document["preuves"] == {}


def test_un_inconnu_mene_a_sa_question(joueur: Joueur) -> None:
    montre = ecran(joueur)
    ligne = next(une for une in montre.tableau.lignes() if une.question is not None)
    joueur.presser(f", pour : {ligne.constats[0]}, {ligne.regle}")
    assert joueur.fenetre.ecran == "entretien"
    assert ligne.question is not None
    assert any(ligne.question.question.dire == mot for mot in joueur.mots())


def test_ce_qui_changerait_est_sur_et_date(joueur: Joueur) -> None:
    montre = ecran(joueur)
    dits = " ".join(etiquettes(montre.changerait))
    assert "10/12/2026" in dits
    assert "+1" in dits
    assert "points pour" not in dits


def test_aucune_place_n_est_devinee(joueur: Joueur) -> None:
    montre = ecran(joueur)
    assert any("Pas d'extraction officielle" in mot for mot in etiquettes(montre.place))


def _seule(**reponses: Any) -> Document:
    """Une personne seule : nul autre adulte ne lit son dossier, une violence peut s'y écrire."""
    document = heberge(**reponses)
    return poser(document, "foyer", {"avec_codemandeur": False, "personnes": {"elements": {}, "clos": True}})


def _lus(joueur: Joueur, document: Document) -> tuple[list[str], list[str]]:
    """Ce qui se lit de ce dossier à l'écran de la note, et dans le panneau de l'entretien."""
    ouvrir(joueur, document)
    montre = ecran(joueur)
    joueur.attendre()
    lignes = [str(une) for une in montre.tableau.lignes()]
    haut = [montre.titre.text(), montre.sous_titre.text(), montre.reserves.text()]
    note = [
        *haut,
        *lignes,
        *(mot for carte in (montre.tableau, montre.changerait, montre.source) for mot in etiquettes(carte)),
    ]
    joueur.aller("entretien")
    joueur.attendre()
    entretien = joueur.ecran
    assert isinstance(entretien, EcranEntretien)
    panneau = entretien.panneau
    return note, [mot for carte in (panneau.note, panneau.reste, panneau.orientation) for mot in etiquettes(carte)]


@pytest.mark.parametrize("seul", [False, True], ids=["pas coché", "seul à seul"])
def test_la_note_et_le_panneau_sont_les_memes_quoi_qu_on_ait_dit(joueur: Joueur, *, seul: bool) -> None:
    """Ni une ligne, ni un total, ni un nombre de questions, ni une voie : l'écran se lit par-dessus l'épaule."""
    motifs = {"coches": ["trop_grand"], "clos": True}
    dites = {"demande.motifs": {"coches": ["trop_grand", "violences"], "clos": True}, "triage.peur_au_domicile": True}
    coche = {"protection.seul_a_seul": True} if seul else {}
    base = {"demande.motifs": motifs, "demande.type": "premiere", **coche}
    note, panneau = _lus(joueur, _seule(**base))
    note_dite, panneau_dit = _lus(joueur, _seule(**{**base, **dites}))
    assert note == note_dite
    assert LIGNE_NEUTRE not in " ".join(note)
    assert QUESTION_NEUTRE not in " ".join(note)
    if not seul:
        assert panneau == panneau_dit
        assert QUESTION_NEUTRE in " ".join(panneau)


def test_seul_a_seul_un_geste_montre_les_lignes_a_part_et_la_couverture_les_recache(joueur: Joueur) -> None:
    """Le geste est offert quoi qu'on ait dit ; ce qu'il montre ne reste ni couvert, ni à l'écran suivant."""
    ouvrir(joueur, _seule(**{"demande.type": "premiere", "demande.motifs": {"coches": ["violences"], "clos": True}}))
    montre = ecran(joueur)
    assert montre.a_part.isHidden()
    joueur.session.modifier({"protection.seul_a_seul": True})
    joueur.attendre()
    assert not montre.a_part.isHidden()
    assert not montre.a_part.montrees
    montre.a_part.bouton.click()
    (ligne,) = montre.a_part.tableau.lignes()
    assert (ligne.constats, ligne.points, ligne.preuve) == ((LIGNE_NEUTRE,), "+50", Preuve.DECLARE)
    assert "Avec ces lignes" in montre.a_part.total.text()
    presses = [bouton for bouton in montre.a_part.findChildren(Bouton) if "Pièce vue" in bouton.accessibleName()]
    presses[0].click()
    joueur.attendre()
    assert joueur.session.document["preuves"] == {"violences": "justifie"}
    assert montre.a_part.tableau.lignes()[0].preuve is Preuve.JUSTIFIE
    joueur.session.ferme.emit()
    assert montre.a_part.tableau.lignes() == []
    assert montre.a_part.total.text() == ""
    montre.a_part.bouton.click()
    montre.a_part.bouton.click()
    assert not montre.a_part.montrees
    montre.a_part.bouton.click()
    joueur.aller("orientation")
    assert montre.a_part.tableau.lignes() == []


def test_sans_grille_l_ecran_dit_qui_la_saisit(poste_ouvert: Poste) -> None:
    joueur = Joueur(poste_ouvert)
    joueur.session.preferences = type(joueur.session.preferences)(territoire="clermont-auvergne-metropole")
    ouvrir(joueur, heberge(territoire="clermont-auvergne-metropole"))
    montre = ecran(joueur)
    assert montre.titre.text() == "Pas de note"
    assert any("À saisir par" in mot for mot in etiquettes(montre.sans_note))
    assert not montre.imprimer.isEnabled()


@pytest.mark.parametrize("theme", list(Nom))
def test_le_tableau_tient_sans_defilement_horizontal(joueur: Joueur, theme: Nom) -> None:
    for echelle in (100, 200):
        apparence().appliquer(Theme(theme, echelle))
        joueur.fenetre.resize(1366, 768)
        montre = ecran(joueur)
        assert montre.tableau.width() <= 1366
        assert all(
            bouton.width() >= 40 and bouton.height() >= 40
            for bouton in montre.findChildren(Bouton)
            if bouton.isVisible()
        )
