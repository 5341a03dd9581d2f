"""« Pas de papier » : un numéro à retenir, le même pour qui craint quelqu'un ou non ; rien d'imprimé, rien d'écrit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dossiers_ecran import heberge, ouvrir
from outils_ecran import presser
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from impressions import offres
from impressions.offres import a_apprendre
from modele.bilan import Bilan
from modele.orientation.resultat import Voie
from ui.ecrans.imprimer.ecran import EcranImprimer
from ui.ecrans.imprimer.sans_papier import A_CHOISIR
from ui.lancement import Poste
from ui.theatre.joueur import Joueur

PEUR: dict[str, Any] = {
    "protection": {"discret": True, "seul_a_seul": True},
    "triage": {"peur_au_domicile": True},
}


@pytest.fixture
def joueur(poste_ouvert: Poste) -> Joueur:
    joueur = Joueur(poste_ouvert)
    joueur.atelier.horloge = lambda: date(2026, 11, 23)
    return joueur


def ecran(joueur: Joueur, **reponses: Any) -> EcranImprimer:
    ouvrir(joueur, heberge(**reponses))
    joueur.aller("imprimer")
    joueur.attendre()
    montre = joueur.ecran
    assert isinstance(montre, EcranImprimer)
    return montre


def sans_papier(montre: EcranImprimer) -> None:
    presser(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier, widget=montre)


def garde(joueur: Joueur) -> tuple[Any, ...]:
    """Tout ce que le coffre garde de ce dossier : le document, son histoire, qui l'a vu, ce qui attend l'envoi."""
    lus: list[Any] = []
    dossier = joueur.session.dossier_id
    joueur.session.avec_coffre(
        lambda c: (c.lire(dossier), list(c.acces(dossier)), c.compter(), len(c.echanges.attente())),
        lus.append,
        pour=joueur.fenetre,
    )
    joueur.attendre()
    return tuple(lus[0])


def test_sans_toit_le_115_en_grand_et_rien_ne_s_ecrit(joueur: Joueur, tmp_path: Path) -> None:
    """Alt+N, on le redit, c'est retenu : le dossier se ferme comme après un papier."""
    montre = ecran(joueur, triage={"toit_ce_soir": "non"})
    avant, fichiers = garde(joueur), sorted(tmp_path.rglob("*.pdf"))
    sans_papier(montre)
    joueur.attendre()
    assert montre.sans_papier.numero.text() == "115"
    assert montre.sans_papier.numero.font().pixelSize() >= 50
    assert QApplication.focusWidget() is montre.sans_papier.retenu
    # Plus aucune page à côté : on ne lit pas par-dessus l'épaule ce qu'on a choisi de ne pas emporter.
    assert not [un for un in montre.findChildren(QLabel) if un.isVisible() and not un.pixmap().isNull()]
    assert not montre.imprimer.isEnabled()
    assert garde(joueur) == avant
    montre.sans_papier.retenu.click()
    joueur.attendre()
    assert joueur.fenetre.ecran == "accueil"
    assert joueur.fenetre.bandeau.phrase == ""
    assert montre.sans_papier.numero.text() == ""
    assert sorted(tmp_path.rglob("*.pdf")) == fichiers


def test_la_liste_est_la_meme_pour_qui_a_peur(joueur: Joueur) -> None:
    """Qui la lirait par-dessus l'épaule n'y apprend rien ; le premier montré est banal."""
    montre = ecran(joueur)
    sans_papier(montre)
    ordinaire = joueur.mots(montre.sans_papier)
    montre = ecran(joueur, **PEUR)
    assert joueur.bilan.a_taire
    sans_papier(montre)
    peur = joueur.mots(montre.sans_papier)
    assert montre.sans_papier.numero.text() == "17"
    assert {mot for mot in peur if "violence" in mot.lower()} == set()
    assert set(ordinaire) - set(peur) <= {A_CHOISIR, montre.sans_papier.numero.text()}
    numeros, _ = a_apprendre(joueur.bilan)
    assert len(numeros) >= 20
    assert {"39 19", "115", "17", "114"} <= set(montre.sans_papier._numeros.values())


def test_l_agent_en_montre_un_autre(joueur: Joueur) -> None:
    """D'un clic, et il revient aux fiches d'un autre."""
    montre = ecran(joueur, **PEUR)
    sans_papier(montre)
    groupe = montre.sans_papier.groupe
    assert groupe is not None
    groupe.bouton("3919").click()
    assert montre.sans_papier.numero.text() == "39 19"
    assert montre.sans_papier.libelle.text() == "Écoute et renseignements"
    montre.sans_papier.papier.click()
    joueur.attendre()
    assert montre.sans_papier.isHidden()
    assert montre.sans_papier.numero.text() == ""


def test_tant_qu_on_n_est_pas_seul_a_seul_aucun_ne_s_impose(joueur: Joueur) -> None:
    """La voie qui protège n'est pas encore montrée : elle ne choisit pas le numéro, l'agent le prend dans la liste."""
    montre = ecran(joueur, protection={"discret": True}, triage={"peur_au_domicile": True})
    qui_protegent = tuple(voie for voie in joueur.bilan.voies if voie.discret)
    assert any(voie.certaine for voie in qui_protegent)
    numeros, d_abord = a_apprendre(replace(joueur.bilan, voies=qui_protegent))
    assert d_abord == ""
    montre.sans_papier.montrer(numeros, d_abord)
    assert montre.sans_papier.libelle.text() == A_CHOISIR
    assert not montre.sans_papier.retenu.isEnabled()


def _voies_discretes(bilan: Bilan) -> list[Voie]:
    """Chaque voie qui protège, comme si elle était retenue."""
    return [
        Voie(une.id, une.libelle, une.urgence, certaine=True, discret=True, contacts=une.contacts)
        for une in bilan.regles.orientations
        if une.discret
    ]


def _non_banals(bilan: Bilan) -> list[str]:
    """Les voies qui protègent et dont le premier numéro montré en dirait trop."""
    contacts = bilan.regles.national.contacts
    montres = {voie.id: a_apprendre(replace(bilan, voies=(voie,)))[1] for voie in _voies_discretes(bilan)}
    return [voie for voie, nom in montres.items() if nom and not contacts[nom].banal]


def test_aucune_voie_qui_protege_ne_montre_d_abord_un_numero_qui_parle(joueur: Joueur) -> None:
    ecran(joueur, **PEUR)
    assert len(_voies_discretes(joueur.bilan)) > 10
    assert _non_banals(joueur.bilan) == []


def test_mutant_sans_l_exigence_d_un_numero_banal(joueur: Joueur, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un 119 ou un 39 19 s'afficherait tout seul : l'épreuve le voit."""
    ecran(joueur, **PEUR)
    monkeypatch.setattr(offres, "_se_montre_d_abord", lambda *_: True)
    assert _non_banals(joueur.bilan)


def test_masquee_par_f12_elle_revient_masquee(joueur: Joueur) -> None:
    montre = ecran(joueur, triage={"toit_ce_soir": "non"})
    sans_papier(montre)
    assert montre.delicat
