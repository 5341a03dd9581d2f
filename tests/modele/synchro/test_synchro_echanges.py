"""Envoyer et recevoir, face au vrai registre : rien n'est perdu, rien n'est doublé, tous finissent égaux."""

from __future__ import annotations

from outils_synchro import NADIA, Site


def test_un_dossier_passe_d_un_poste_a_l_autre(site: Site) -> None:
    """Ce qu'un poste saisit, l'autre le lit ; la boîte d'envoi se vide quand la réception est appliquée."""
    un, autre = site.poste("un"), site.poste("autre")
    dossier = un.creer(NADIA)
    un.poser(dossier, contact__telephone="06 12 34 56 78")
    assert un.attente() == 2
    un.tour()
    assert un.attente() == 0
    autre.tour()
    assert autre.coffre.lire(dossier) == un.coffre.lire(dossier)
    assert autre.coffre.lire(dossier)["demandeur"]["nom"] == "Fatihi"
    (trouve,) = autre.coffre.rechercher("nadia fatihi")
    assert trouve.dossier == dossier
