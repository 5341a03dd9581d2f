"""L'écran « Contacts d'ici » : ce qui manque d'abord, source et date exigées, et le retour à l'original."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dossiers_ecran import etiquettes
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.ecrans.contacts.ecran import ENREGISTRE, REVENU, EcranContacts
from ui.ecrans.contacts.formulaire import A_VENIR, OBLIGATOIRE, REDIT
from ui.lancement import Poste
from ui.theatre.joueur import Joueur


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    """L'écran montré, au territoire d'exemple."""
    joueur = Joueur(poste_ouvert)
    joueur.attendre()
    joueur.aller("contacts")
    joueur.attendre()
    return joueur


def ecran(joueur: Joueur) -> EcranContacts:
    montre = joueur.ecran
    assert isinstance(montre, EcranContacts)
    return montre


def remplir(joueur: Joueur, **saisies: str) -> None:
    for nom, saisie in saisies.items():
        getattr(ecran(joueur).formulaire, nom).ligne.setText(saisie)


BON = {"numero": "05 36 49 07 01", "source": "site du département", "verifie_le": "29/11/2020"}


def test_ce_qui_manque_vient_d_abord_et_dit_qui_appeler(joueur: Joueur) -> None:
    """Le clavier est à la liste ; le premier qui manque est choisi, avec quoi faire en attendant."""
    ici = ecran(joueur)
    assert QApplication.focusWidget() is ici.liste
    assert [un.id for un in ici.montres if un.dit is None] == [un.id for un in ici.montres][:11]
    assert ici.liste.dit(0).endswith("à saisir")
    lus = " | ".join(etiquettes(ici))
    assert "11 contacts à saisir" in lus
    assert "En attendant : Appelez le 119" in lus
    assert "SIAO du département d'exemple" in [un.libelle for un in ici.montres]


def test_saisi_il_sert_aussitot_et_l_original_revient_d_un_geste(joueur: Joueur) -> None:
    """Au coffre, pour toute la structure ; la voie qui en a besoin le donne."""
    remplir(joueur, **BON)
    presser(Qt.Key.Key_Return, widget=ecran(joueur).formulaire.verifie_le.ligne)
    joueur.attendre()
    regles = joueur.session.regles
    assert regles is not None
    dit = regles.contacts["ase-departement"]
    assert (dit.numero, dit.en_attendant) == ("05 36 49 07 01", ())
    assert dit.provenance.verifie_le == date(2020, 11, 29)
    assert ENREGISTRE in " ".join(etiquettes(ecran(joueur)))
    assert "10 contacts à saisir" in " ".join(etiquettes(ecran(joueur)))
    joueur.presser("Revenir à l'original")
    joueur.attendre()
    assert joueur.session.regles is not None
    assert joueur.session.regles.contacts["ase-departement"].numero == ""
    assert REVENU in " ".join(etiquettes(ecran(joueur)))


def test_deux_contacts_saisis_se_gardent_l_un_l_autre(joueur: Joueur) -> None:
    for numero in ("05 36 49 07 01", "05 36 49 07 02"):
        remplir(joueur, **BON | {"numero": numero})
        joueur.presser("Enregistrer")
        joueur.attendre()
    assert joueur.session.regles is not None
    contacts = joueur.session.regles.contacts
    assert [contacts[nom].numero for nom in ("ase-departement", "pmi")] == ["05 36 49 07 01", "05 36 49 07 02"]


@pytest.mark.parametrize(
    ("change", "champ", "phrase"),
    [
        ({"libelle": ""}, "libelle", OBLIGATOIRE),
        ({"numero": ""}, "numero", OBLIGATOIRE),
        ({"source": " "}, "source", OBLIGATOIRE),
        ({"verifie_le": ""}, "verifie_le", OBLIGATOIRE),
        ({"verifie_le": "bientôt"}, "verifie_le", "Écrivez la date comme 14/05/2026 : jour, mois, année."),
        ({"verifie_le": f"{date.today() + timedelta(days=1):%d/%m/%Y}"}, "verifie_le", A_VENIR),
        ({"libelle": "ASE, 05 36 49 07 01"}, "libelle", REDIT),
    ],
)
def test_sans_source_ni_date_rien_ne_s_ecrit(joueur: Joueur, change: dict[str, str], champ: str, phrase: str) -> None:
    """La faute se dit à son champ, qui prend le clavier ; ce qui est tapé reste."""
    remplir(joueur, **BON | change)
    joueur.presser("Enregistrer")
    joueur.attendre()
    formulaire = ecran(joueur).formulaire
    assert getattr(formulaire, champ).faute == phrase
    assert QApplication.focusWidget() is getattr(formulaire, champ).ligne
    assert joueur.session.regles is not None
    assert joueur.session.regles.contacts["ase-departement"].numero == ""
