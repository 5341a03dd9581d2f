"""Une personne créée hors ligne se cherche ailleurs au retour du réseau, une fois, sans que personne y pense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from outils_registre import ANNEXE
from postes_relies import Guichet, Site
from sqlalchemy import update

from modele.coffre import Coffre
from modele.coffre.listes import Semblable
from modele.dossier.chemins import poser
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import Synchro
from registre.base.schema import poste
from ui.cadre.fenetre import RESSEMBLANCE
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.etat.ressemblances import chercher_une_fois

MOREL: dict[str, Any] = {
    "territoire": "metropole-exemple",
    "demandeur": {"civilite": "madame", "nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
}


def chercher(un: Guichet, dossier: str) -> int:
    """Ce que rend la recherche de ce dossier, sur le fil du coffre."""
    rendus: list[int] = []
    echecs: list[str] = []
    un.poste.synchro.ici(
        lambda synchro, coffre: chercher_une_fois(synchro, coffre, dossier, "Ana Martin"),
        rendus.append,
        echecs.append,
        pour=un.poste.session,
    )
    un.joueur.attendre()
    if echecs:
        raise ErreurUtilisateur(echecs[0])
    return rendus[0]


def test_creee_hors_ligne_elle_se_cherche_au_retour(guichet: Callable[..., Guichet], site: Site) -> None:
    """Le bandeau le propose, l'accueil le compte ; l'identité inchangée ne se cherche plus, changée, si."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    annexe.creer(MOREL)
    annexe.tour()
    ici.ligne.coupee = True
    dossier = ici.creer(MOREL)
    ici.tour()
    ici.ligne.coupee = False
    ici.tour()
    assert ici.poste.fenetre.bandeau.phrase == RESSEMBLANCE
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert etat.doublons == 1

    ici.ligne.coupee = True
    assert chercher(ici, dossier) == 0
    ici.poste.session.modifier({"contact.telephone": "0612345678"})
    ici.joueur.attendre()
    with pytest.raises(ErreurUtilisateur):
        chercher(ici, dossier)
    ici.ligne.coupee = False
    assert chercher(ici, dossier) == 1


def test_un_registre_a_peine_restaure_se_demande_encore(guichet: Callable[..., Guichet], site: Site) -> None:
    """Un poste n'est pas revenu : la réponse n'est pas entière, l'écran le dit et la recherche se refera."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    annexe.creer(MOREL)
    annexe.tour()
    dossier = ici.creer(MOREL)
    ici.tour()
    ici.poste.session.modifier({"contact.telephone": "0612345678"})
    ici.joueur.attendre()
    with site.moteur.begin() as connexion:
        connexion.execute(update(poste).where(poste.c.guichet == ANNEXE).values(absent=True, attendu=True))
    ici.tour()
    assert chercher(ici, dossier) == 0
    ici.joueur.aller("doublons", dossier=dossier)
    ecran = ici.joueur.ecran
    assert isinstance(ecran, EcranDoublons)
    assert "1\u00a0poste ne s'est pas encore reconnecté" in ecran.constat.text()
    ici.joueur.aller("envois")
    assert any("ne s'est pas encore reconnecté" in mot for mot in ici.joueur.mots())
    annexe.tour()
    ici.tour()
    # Sur un poste lent, l'envoi de la réponse notée plus haut ne part qu'ici, et cherche de lui-même.
    chercher(ici, dossier)
    ici.tour()
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert etat.doublons == 1


def test_creee_en_ligne_elle_se_cherche_aussitot_partie(guichet: Callable[..., Guichet], site: Site) -> None:
    """Le tour qui suit l'enregistrement sait ce qui attendait : c'est cela qu'il cherche."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    annexe.creer(MOREL)
    annexe.tour()
    ici.creer(MOREL)
    ici.poste.synchro._apres_une_reponse()
    ici.joueur.attendre()
    ici.joueur.attendre()
    assert ici.poste.fenetre.bandeau.phrase == RESSEMBLANCE


def test_relire_l_etat_au_mauvais_moment_n_arrete_pas_les_tours(guichet: Callable[..., Guichet], site: Site) -> None:
    """Un écran relit les envois au moment où un tour finit : le tour suivant est quand même prévu."""
    ici = guichet("un")
    ici.relier(site.invitation())
    synchro = ici.poste.synchro
    synchro._prochain.stop()
    assert synchro._synchro is not None
    synchro._finir(synchro._synchro)
    synchro.rafraichir()
    ici.joueur.attendre()
    assert synchro._prochain.isActive()


@pytest.mark.parametrize(
    ("chemin", "valeur"),
    [("demandeur.date_naissance", ""), ("protection.discret", True)],
    ids=["incomplete", "discrete"],
)
def test_ce_qui_ne_se_cherche_pas_ne_demande_rien(
    guichet: Callable[..., Guichet], site: Site, chemin: str, valeur: Any
) -> None:
    """Une identité incomplète, un dossier discret : aucun appel, même ligne coupée."""
    ici = guichet("un")
    ici.relier(site.invitation())
    dossier = ici.creer(poser(MOREL, chemin, valeur))
    ici.ligne.coupee = True
    assert chercher(ici, dossier) == 0


def test_un_seul_nom_et_l_annee_seule_se_cherchent_aussi(guichet: Callable[..., Guichet], site: Site) -> None:
    """Son identité est entière : elle n'a pas de prénom, et nul ne sait le jour."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    seule = {"civilite": "madame", "nom": "RAKOTOMALALA", "prenoms": {"aucun": True}}
    annexe.creer(poser(MOREL, "demandeur", seule | {"date_naissance": "1980-01-01"}))
    annexe.tour()
    annee = {"entre": ["1980-01-01", "1980-12-31"]}
    dossier = ici.creer(poser(MOREL, "demandeur", seule | {"date_naissance": annee}))
    ici.tour()

    def dire(synchro: Synchro, coffre: Coffre) -> list[Semblable]:
        chercher_une_fois(synchro, coffre, dossier, "Ana Martin")
        return coffre.echanges.doublons(dossier)

    rendus: list[list[Semblable]] = []
    ici.poste.synchro.ici(dire, rendus.append, pytest.fail, pour=ici.poste.session)
    ici.joueur.attendre()
    ((semblable,),) = rendus
    assert semblable.raisons == ("même nom", "même année de naissance")
