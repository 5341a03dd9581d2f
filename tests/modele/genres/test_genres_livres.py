"""Les genres livrés : un fichier chacun, et ce que la table en dit."""

from __future__ import annotations

from itertools import product

from modele.dossier import formes
from modele.dossier.inventaire import inventaire
from modele.dossier.unites import du_dossier, unite
from modele.droits import Action, Perimetre
from modele.genres import DOSSIER, decoupe, livres

D_AUJOURD_HUI = ("agent", "social", "responsable")
A_VENIR = {
    "administrateur",
    "formateur",
    "contingent",
    "membre_commission",
    "delegue_bailleur",
    "accueil_bailleur",
    "observateur",
}


def test_le_dossier_garde_ses_types() -> None:
    """Ses champs et ses unités sont ceux des types, pas d'un fichier."""
    dossier = livres().du(DOSSIER)
    assert dossier.inventaire is inventaire()
    assert dossier.decoupe is du_dossier() is decoupe(DOSSIER)
    assert all(dossier.decoupe.unite(chemin) == unite(chemin) for chemin in inventaire().champs)
    assert (dossier.personnes, dossier.mur, dossier.rattache) == (True, True, "")


def test_un_rendez_vous_suit_son_dossier() -> None:
    """La date et l'heure vont ensemble ; l'heure a une forme."""
    rendez_vous = livres().du("rendez_vous")
    assert rendez_vous.rattache == "dossier"
    assert rendez_vous.decoupe.feuilles(rendez_vous.decoupe.unite("heure")) == (
        *("date", "heure", "duree", "lieu", "avec"),
    )
    heure = rendez_vous.inventaire.champs["heure"].champ
    assert list(formes.examiner(heure.forme, "14:30")) == []
    assert len(list(formes.examiner(heure.forme, "25:00"))) == 1


def test_les_roles_a_venir_sont_declares_sans_rien_pouvoir_d_un_dossier() -> None:
    """Ni de ce qui le suit. Un poste sans registre a tous les rôles d'aujourd'hui, et aucun autre."""
    droits = livres().droits
    assert set(droits.roles) == {*D_AUJOURD_HUI, *A_VENIR}
    assert droits.sans_registre == D_AUJOURD_HUI
    assert set(D_AUJOURD_HUI) <= set(droits.enrolables)
    cas = product(A_VENIR, (DOSSIER, "rendez_vous"), Action, Perimetre)
    assert not any(droits.permet([role], genre, action, ou) for role, genre, action, ou in cas)


def test_chacun_fait_ce_qu_il_faisait() -> None:
    """Créer, changer, fondre, ouvrir : tous ; lire un dossier discret d'un autre, lever la discrétion : social."""
    permet = livres().droits.permet
    for role in D_AUJOURD_HUI:
        assert permet([role], DOSSIER, Action.CREER)
        assert all(
            permet([role], DOSSIER, action, Perimetre.TERRITOIRE)
            for action in (Action.MODIFIER, Action.FONDRE, Action.OUVRIR)
        )
        assert permet([role], DOSSIER, Action.LIRE, Perimetre.LIEU)
        assert not permet([role], DOSSIER, Action.LIRE, Perimetre.TERRITOIRE)
        assert permet([role], DOSSIER, Action.LIRE_DISCRET, Perimetre.SOI)
        assert permet([role], DOSSIER, Action.LIRE_DISCRET, Perimetre.LIEU) is (role == "social")
        assert permet([role], DOSSIER, Action.LEVER_LA_DISCRETION, Perimetre.LIEU) is (role == "social")
        assert not permet([role], DOSSIER, Action.LEVER_LA_DISCRETION, Perimetre.TERRITOIRE)


def test_un_rendez_vous_ne_se_fond_ni_ne_s_ouvre_seul() -> None:
    """Il suit son dossier : personne n'a ces droits sur lui."""
    droits = livres().droits
    for action in (Action.FONDRE, Action.OUVRIR, Action.LEVER_LA_DISCRETION):
        assert droits.qui("rendez_vous", action, Perimetre.SOI) == frozenset()


def test_un_formateur_ecrit_des_cas_et_rien_d_autre() -> None:
    """Au registre comme au coffre : la table est la même. Un agent lit les cas, il n'en écrit pas."""
    permet = livres().droits.permet
    ecrits = {
        genre for genre in livres().par_id for action in (Action.CREER, Action.MODIFIER)
        if permet(["formateur"], genre, action)
    }  # fmt: skip
    assert ecrits == {"cas_de_formation", "tentative"}
    assert permet(["agent"], "cas_de_formation", Action.LIRE, Perimetre.LIEU)
    assert not permet(["agent"], "cas_de_formation", Action.CREER)
