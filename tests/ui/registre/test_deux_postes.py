"""Deux postes répondent autrement à la même question, hors ligne ; une personne départage ; tous finissent pareils."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from outils_ecran import presser, taper
from postes_relies import Guichet, Site
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from modele.synchro.etats import Lien
from ui.ecrans.divergences.ecran import EcranDivergences

MOREL = {
    "territoire": "metropole-exemple",
    "demandeur": {"civilite": "madame", "nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
    "contact": {"telephone": "0611111111"},
}
TELEPHONE = "contact.telephone"


def retelephoner(un: Guichet, dossier: str, numero: str) -> None:
    """L'agent remplace l'ancien numéro par celui que la personne donne."""
    un.ouvrir(dossier, TELEPHONE)
    zone = next(z for z in un.joueur.ecran.findChildren(QLineEdit) if z.isVisible() and z.text())
    zone.clear()
    un.joueur.ecrire(numero)


@pytest.mark.parametrize(("premier", "garde"), [("un", "deux"), ("deux", "deux")])
def test_le_meme_champ_change_des_deux_cotes_se_departage(
    guichet: Callable[..., Guichet], site: Site, premier: str, garde: str
) -> None:
    """Quel que soit l'ordre des retours, et quelle que soit la réponse gardée, rien n'est écrasé en silence."""
    postes = {"un": guichet("un"), "deux": guichet("deux", "Karim Benali")}
    for poste in postes.values():
        poste.relier(site.invitation())
        etat = poste.poste.synchro.etat
        assert etat is not None
        assert etat.lien is Lien.EN_LIGNE
    dossier = postes["un"].creer(MOREL)
    postes["un"].tour()
    postes["deux"].tour()
    assert postes["deux"].lire(dossier)["contact"]["telephone"] == "0611111111"

    for poste in postes.values():
        poste.ligne.coupee = True
    retelephoner(postes["un"], dossier, "0612345678")
    retelephoner(postes["deux"], dossier, "0698765432")
    for poste in postes.values():
        poste.tour()
        assert "1 dossier attend l'envoi" in poste.mots()
        assert "hors ligne" in poste.mots()

    ordre = [postes[premier], *(un for nom, un in postes.items() if nom != premier)]
    for poste in (*ordre, *ordre):
        poste.ligne.coupee = False
        poste.tour()
    etats = [un.poste.synchro.etat for un in postes.values()]
    assert [etat.divergences for etat in etats if etat is not None] == [1, 1]

    arbitre = ordre[0]
    arbitre.devant()
    assert "des réponses diffèrent" in arbitre.poste.fenetre.bandeau.phrase
    arbitre.joueur.presser("Départager")
    ecran = arbitre.joueur.ecran
    assert isinstance(ecran, EcranDivergences)
    (carte,) = ecran.cartes
    assert not any(parti.isChecked() for parti in carte.partis)
    assert {ligne.dite for parti in carte.dite.partis for ligne in parti.lignes} >= {
        "06 12 34 56 78",
        "06 98 76 54 32",
    }
    assert [ligne.dite for ligne in carte.dite.avant][:1] == ["06 11 11 11 11"]
    numero = {"un": "06 12 34 56 78", "deux": "06 98 76 54 32"}[garde]
    arbitre.joueur.presser(numero)
    arbitre.joueur.presser("Garder la réponse choisie")
    assert "Rien à départager" in arbitre.mots()
    for poste in (*ordre, *ordre):
        poste.tour()

    documents = [un.lire(dossier) for un in postes.values()]
    assert documents[0] == documents[1]
    assert documents[0]["contact"]["telephone"] == numero.replace(" ", "")
    for poste in postes.values():
        etat = poste.poste.synchro.etat
        assert etat is not None
        assert (etat.divergences, etat.attente, etat.quarantaine) == (0, (), ())
        assert "Tout est envoyé, reçu par le registre" in poste.mots()


def test_une_reponse_arrivee_pendant_la_frappe_se_dit_avant_d_etre_remplacee(
    guichet: Callable[..., Guichet], site: Site
) -> None:
    """L'autre guichet a changé le numéro qu'on tape : on le lit avant de valider, rien ne se perd en silence."""
    ici, la_bas = guichet("un"), guichet("deux", "Karim Benali")
    for poste in (ici, la_bas):
        poste.relier(site.invitation())
    dossier = ici.creer(MOREL)
    ici.tour()
    la_bas.tour()
    ici.ouvrir(dossier, TELEPHONE)
    zone = next(z for z in ici.joueur.ecran.findChildren(QLineEdit) if z.isVisible() and z.text())
    zone.setFocus()
    zone.selectAll()
    taper("06", zone)
    la_bas.repondre(dossier, {TELEPHONE: "0698765432"})
    la_bas.tour()
    ici.tour()
    assert "un autre guichet a répondu à cette question : 06 98 76 54 32" in ici.poste.fenetre.bandeau.phrase
    assert zone.text() == "06"
    taper("12345678", zone)
    presser(Qt.Key.Key_Return, widget=zone)
    ici.joueur.attendre()
    ici.tour()
    la_bas.tour()
    assert [un.lire(dossier)["contact"]["telephone"] for un in (ici, la_bas)] == ["0612345678"] * 2
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert etat.divergences == 0


def test_une_reponse_venue_d_ailleurs_se_montre_sans_rien_cocher(guichet: Callable[..., Guichet], site: Site) -> None:
    """Un autre champ du dossier ouvert arrive : il s'affiche ; « seul à seul » reste à cocher."""
    ici, la_bas = guichet("un"), guichet("deux", "Karim Benali")
    for poste in (ici, la_bas):
        poste.relier(site.invitation())
    dossier = la_bas.creer({**MOREL, "protection": {"seul_a_seul": True}})
    la_bas.tour()
    ici.tour()
    ici.ouvrir(dossier, TELEPHONE)
    assert "seul_a_seul" not in ici.poste.session.document.get("protection", {})
    la_bas.repondre(dossier, {"demandeur.prenoms": "Zoé Marie"})
    la_bas.tour()
    ici.tour()
    assert ici.poste.session.document["demandeur"]["prenoms"] == "Zoé Marie"
    assert "seul_a_seul" not in ici.poste.session.document.get("protection", {})
