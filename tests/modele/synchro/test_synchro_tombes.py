"""Ce que le poste ne tient plus : la copie s'efface, ce qui attend reste, et rien ne ressuscite seul."""

from __future__ import annotations

import pytest
from outils_coffre import AGENT, seul_a_seul
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import NADIA, Poste, Site

from modele.dossier.acces import Acces, Geste
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro.divergences import a_trancher
from registre.service.purge import purger

# Ce que la levée exige a ses épreuves (``test_levee.py``).
pytestmark = pytest.mark.usefixtures("levee_immediate")


def _traces(poste: Poste, dossier: str) -> dict[str, int]:
    """Combien de lignes parlent encore de ce dossier, contenu compris."""
    with poste.coffre._base.lecture() as connexion:
        compter = {
            table: connexion.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE dossier = ?", (dossier,)).scalar_one()
            for table in ("miroir", "personne", "divergence", "brouillon", "pose", "doublon")
        }
        contenus = "SELECT count(*) FROM operation WHERE dossier = ? AND contenu IS NOT NULL"
        compter["contenus"] = connexion.exec_driver_sql(contenus, (dossier,)).scalar_one()
    return {nom: nombre for nom, nombre in compter.items() if nombre}


def _deux(site: Site) -> tuple[Poste, Poste, str]:
    """Deux postes du guichet qui tiennent le même dossier ; le premier a le rôle « social »."""
    un, autre = site.poste("un", roles=("agent", "social")), site.poste("autre")
    dossier = un.creer(NADIA | {"contact": {"telephone": "06 12 34 56 78"}})
    un.tour()
    autre.tour()
    autre.poser(dossier, demande__precisions="d'ici")
    autre.tour()
    un.tour()
    return un, autre, dossier


def test_sortie_efface_la_copie(site: Site) -> None:
    """Le dossier devient discret : chez l'autre, ni liste, ni recherche, ni contenu, ni référence."""
    un, autre, dossier = _deux(site)
    autre.coffre.brouillon(dossier, "contact.courriel", "na")
    reference = autre.coffre.recents()[0].resume.reference
    un.poser(dossier, protection__discret=True)
    un.tour()
    autre.tour()
    assert _traces(autre, dossier) == {}
    assert autre.coffre.recents() == autre.coffre.reprises() == []
    assert autre.coffre.compter() == 0
    assert autre.coffre.rechercher("nadia fatihi") == autre.coffre.rechercher(reference) == []
    assert seul_a_seul(autre.coffre, "fatihi nadia 12/03/1984") == []
    for geste in (autre.coffre.lire, autre.coffre.operations):
        with pytest.raises(ErreurUtilisateur, match="ne tient plus ce dossier"):
            geste(dossier)
    with pytest.raises(ErreurUtilisateur, match="ne tient plus ce dossier"):
        autre.poser(dossier, demande__precisions="x")
    assert autre.coffre.verifier_chaine() == []
    assert un.coffre.lire(dossier)["protection"]["discret"] is True


def test_ce_qui_attend_reste_quand_le_dossier_sort(site: Site) -> None:
    """La saisie pas encore partie survit à la sortie, part, est refusée, et se garde jusqu'à ce qu'on la classe."""
    un, autre, dossier = _deux(site)
    autre.poser(dossier, demande__precisions="pas encore parti")
    un.poser(dossier, protection__discret=True)
    un.tour()
    with autre.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    (attente,) = autre.synchro.etat().attente
    assert (attente.titre, attente.saisies) == ("Dossier sorti de ce poste", 1)
    assert _traces(autre, dossier) == {"contenus": 1}
    autre.tour()
    (refus,) = autre.synchro.etat().quarantaine
    assert (refus.code, refus.titre) == ("hors_perimetre", "Dossier sorti de ce poste")
    assert refus.champs == ("demande.precisions",)
    with pytest.raises(ErreurUtilisateur, match="ne tient plus ce dossier"):
        autre.coffre.echanges.ressaisir(refus.operation, Auteur(AGENT))
    autre.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    assert _traces(autre, dossier) == {}


def test_rentre_dans_le_perimetre_il_revient_entier(site: Site) -> None:
    """La discrétion est levée par un travailleur social : le dossier revient, se lit et se cherche."""
    un, autre, dossier = _deux(site)
    un.poser(dossier, protection__discret=True)
    un.tour()
    autre.tour()
    un.poser(dossier, protection__discret=False, protection__levee_motif="elle l'a demandé")
    un.tour()
    autre.tour()
    assert autre.coffre.lire(dossier) == un.coffre.lire(dossier)
    assert [trouve.dossier for trouve in autre.coffre.rechercher("nadia fatihi")] == [dossier]
    autre.poser(dossier, demande__precisions="revenu")
    autre.tour()
    un.tour()
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "revenu"
    assert a_trancher(un.coffre.echanges) == []


def test_lever_la_discretion_sans_role_est_refuse(site: Site) -> None:
    """Le poste qui l'a ouvert n'est pas « social » : le motif ne suffit pas, ni au coffre, ni au registre."""
    un = site.poste("un")
    dossier = un.creer(NADIA | {"protection": {"discret": True}})
    un.tour()
    with pytest.raises(ErreurUtilisateur, match="seul un travailleur social"):
        un.poser(dossier, protection__discret=False, protection__levee_motif="pour voir")
    un.oublier_ses_roles()
    un.poser(dossier, protection__discret=False, protection__levee_motif="pour voir")
    un.tour()
    assert [refus.code for refus in un.synchro.etat().quarantaine] == ["discretion"]
    assert un.coffre.lire(dossier)["protection"] == {"discret": True}


def test_purge_efface_partout(site: Site) -> None:
    """La durée est passée : contenus et sels effacés, la chaîne se vérifie encore, rien ne s'ajoute."""
    un, autre, dossier = _deux(site)
    purger(site.moteur, TERRITOIRE, dossier)
    autre.poser(dossier, demande__precisions="tardif")
    for poste in (un, autre):
        poste.tour()
    assert _traces(un, dossier) == {}
    with pytest.raises(ErreurUtilisateur, match="effacé partout"):
        un.coffre.lire(dossier)
    (refus,) = autre.synchro.etat().quarantaine
    assert (refus.code, refus.titre) == ("purge", "Dossier effacé")
    assert _traces(autre, dossier) == {"contenus": 1}
    autre.coffre.echanges.classer(refus.operation, Auteur(AGENT))
    assert _traces(autre, dossier) == {}
    for poste in (un, autre):
        assert poste.coffre.verifier_chaine() == []
        assert poste.coffre.rechercher("nadia fatihi") == []
        with poste.coffre._base.lecture() as connexion:
            sels = "SELECT count(*) FROM operation WHERE sel IS NOT NULL"
            assert connexion.exec_driver_sql(sels).scalar_one() == 0


def test_fondre_deux_dossiers(site: Site) -> None:
    """Deux dossiers de la même personne n'en font qu'un ; les saisies tardives et la frappe en cours le suivent."""
    un, autre = site.poste("un"), site.poste("autre")
    survivant, absorbe = un.creer(NADIA), un.creer({"demandeur": {"nom": "Fatihi"}, "contact": {"courriel": "n@x.fr"}})
    provisoire = un.coffre.donner_numero_provisoire(absorbe, Auteur(AGENT))["demande"]["numero_provisoire"]
    un.tour()
    autre.tour()
    reference = next(un_.resume.reference for un_ in autre.coffre.recents() if un_.dossier == absorbe)
    autre.poser(absorbe, logement_actuel__surface=30)
    autre.coffre.brouillon(absorbe, "demande.precisions", "en cours")
    un.synchro.doublons.fondre(survivant, absorbe, Auteur(AGENT))
    un.tour()
    with autre.synchro.connexion.en_ligne() as echange:
        echange.tirer()
    assert autre.coffre.lire(survivant)["logement_actuel"]["surface"] == 30, "ce qui attend suit le survivant"
    with pytest.raises(ErreurUtilisateur, match="fondu dans un autre"):
        autre.coffre.lire(absorbe)
    assert [(un_.dossier, un_.texte) for un_ in autre.coffre.reprises()] == [(survivant, "en cours")]
    autre.tour()
    un.tour()
    assert un.coffre.lire(survivant) == autre.coffre.lire(survivant)
    assert un.coffre.lire(survivant)["logement_actuel"]["surface"] == 30
    assert un.coffre.lire(survivant)["contact"]["courriel"] == "n@x.fr"
    for poste in (un, autre):
        for cherche in (reference, provisoire, provisoire.lower().replace("-", " ")):
            assert [trouve.dossier for trouve in poste.coffre.rechercher(cherche)] == [survivant]
        assert [un_.dossier for un_ in poste.coffre.recents()] == [survivant]
        assert (poste.attente(), poste.coffre.verifier_chaine()) == (0, [])


def test_un_dossier_discret_ne_se_fond_pas(site: Site) -> None:
    """Fondre un dossier discret le révélerait à qui tient l'autre."""
    un = site.poste("un")
    ordinaire, discret = un.creer(NADIA), un.creer({"protection": {"discret": True}})
    for survivant, absorbe in ((ordinaire, discret), (discret, ordinaire)):
        with pytest.raises(ErreurUtilisateur, match="ne se réunissent pas"):
            un.synchro.doublons.fondre(survivant, absorbe, Auteur(AGENT))


def test_ouvrir_puis_rendre_un_dossier_d_un_autre_guichet(site: Site) -> None:
    """Le motif donné, le dossier arrive ; rendu, sa copie s'efface et ce qui attendait est parti d'abord."""
    un, annexe = site.poste("un"), site.poste("annexe", guichet=ANNEXE)
    dossier = un.creer(NADIA)
    un.tour()
    annexe.tour()
    assert annexe.coffre.compter() == 0
    with pytest.raises(ErreurUtilisateur, match="pas parmi ceux que ce poste tient"):
        annexe.synchro.guichets.ouvrir("00000000-0000-7000-8000-000000000000", "elle est ici", AGENT)
    annexe.synchro.guichets.ouvrir(dossier, "elle est ici", AGENT)
    annexe.poser(dossier, demande__precisions="vue à l'annexe")
    annexe.synchro.guichets.sortir(dossier, AGENT)
    assert _traces(annexe, dossier) == {}
    assert annexe.attente() == 0
    un.tour()
    assert un.coffre.lire(dossier)["demande"]["precisions"] == "vue à l'annexe"
    lecteurs = un.synchro.guichets.lecteurs(dossier, AGENT)
    assert any(un_.geste == Geste(Acces.OUVERTURE, "elle est ici") and un_.poste == "annexe" for un_ in lecteurs)
    assert {un_.guichet for un_ in lecteurs if un_.poste == "annexe"} == {"Annexe"}
