"""Le registre refuse une saisie : elle est gardée, dite sans rien trahir, et une personne décide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outils_coffre import sans_mur
from postes_relies import Guichet, Site

from ui.ecrans.envois.ecran import EcranEnvois

COUPLE: dict[str, Any] = {
    "territoire": "metropole-exemple",
    "demandeur": {"nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
    "codemandeur": {"nom": "ROUX", "prenoms": "Marc", "date_naissance": "1988-02-10"},
}


def _ecrire_comme_avant(ici: Guichet) -> None:
    """Ni l'entretien ni le coffre ne l'écriraient : c'est un poste plus ancien, sans le mur."""
    with sans_mur():
        ici.poste.session.modifier({"triage.peur_au_domicile": True})
        ici.joueur.attendre()


def test_une_saisie_refusee_attend_une_personne_sans_rien_dire_d_elle(
    guichet: Callable[..., Guichet], site: Site
) -> None:
    """À l'accueil, en bas, à l'écran des envois : sa raison, jamais ce qu'elle disait ; classée, elle s'en va."""
    ici = guichet("un")
    ici.relier(site.invitation())
    dossier = ici.creer(COUPLE)
    ici.tour()
    _ecrire_comme_avant(ici)
    ici.tour()
    assert "triage" not in ici.lire(dossier)
    ici.devant()
    ici.joueur.aller("accueil")
    assert "1 saisie refusée" in ici.mots()
    assert ici.joueur.ecran.a_faire.count() >= 1  # type: ignore[attr-defined]
    ici.joueur.aller("envois")
    ecran = ici.joueur.ecran
    assert isinstance(ecran, EcranEnvois)
    ici.joueur.attendre()
    assert "Cette saisie ne peut pas être gardée dans ce dossier." in ici.mots()
    lus = " ".join(ici.joueur.mots(ecran)).lower()
    assert "peur" not in lus
    assert "violence" not in lus
    ici.joueur.presser("Classer")
    ici.joueur.presser("Oui, classer")
    assert ecran.refus == []
    assert "Tout est envoyé" in ici.mots()


def test_une_saisie_renvoyee_telle_quelle_part_quand_la_cause_est_levee(
    guichet: Callable[..., Guichet], site: Site
) -> None:
    """L'autre adulte n'est plus au dossier : la même saisie passe, en une opération neuve."""
    ici = guichet("un")
    ici.relier(site.invitation())
    dossier = ici.creer(COUPLE)
    _ecrire_comme_avant(ici)
    ici.tour()
    ici.poste.session.modifier({"codemandeur": {}})
    ici.joueur.attendre()
    ici.devant()
    ici.joueur.aller("envois")
    ici.joueur.presser("Renvoyer telle quelle")
    ici.tour()
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert (etat.quarantaine, etat.attente) == ((), ())
    assert ici.lire(dossier)["triage"]["peur_au_domicile"] is True
