"""Deux guichets et une seule personne : la retrouver, ouvrir son dossier, n'en faire qu'un ; ou porter une clé."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from outils_ecran import presser
from outils_registre import ANNEXE
from postes_relies import Guichet, Site
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from modele.synchro.etats import Lien
from ui.ecrans.accueil.ecran import EcranAccueil
from ui.ecrans.doublons.ecran import EcranDoublons
from ui.ecrans.doublons.verification import OUVRIR
from ui.ecrans.envois.ecran import EcranEnvois

MOREL = {
    "territoire": "metropole-exemple",
    "demandeur": {"civilite": "madame", "nom": "MOREL", "prenoms": "Zoé", "date_naissance": "1988-01-05"},
    "demande": {"date_reception": "2025-11-10"},
}


def chercher(un: Guichet, saisie: str) -> None:
    """Cherche à l'accueil, puis demande une nouvelle demande."""
    un.devant()
    un.joueur.aller("accueil")
    ecran = un.joueur.ecran
    assert isinstance(ecran, EcranAccueil)
    ecran.recherche.setText(saisie)
    ecran.commencer()
    un.joueur.attendre()
    un.joueur.presser(OUVRIR)


def test_une_personne_connue_ailleurs_se_retrouve_et_n_a_qu_un_dossier(
    guichet: Callable[..., Guichet], site: Site
) -> None:
    """Avant de créer : la raison, le guichet, jamais le nom ; ouvert avec un motif, comparé, fondu."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    ancien = annexe.creer(MOREL)
    annexe.tour()

    chercher(ici, "morel zoe 05/01/1988")
    ecran = ici.joueur.ecran
    assert isinstance(ecran, EcranDoublons)
    (carte,) = ecran.cartes
    assert "Annexe" in ici.mots()
    assert "MOREL" not in ici.mots()
    assert "Recherche faite à" in ici.mots()
    ici.joueur.presser("Ouvrir ici")
    carte.confirmer.click()
    assert "Dites pourquoi" in carte.motif.faute
    carte.motif.ligne.setText("la personne est au guichet")
    carte.confirmer.click()
    ici.joueur.attendre()
    assert ici.poste.fenetre.ecran == "entretien"
    assert ici.poste.session.dossier_id == ancien

    neuf = ici.creer({**MOREL, "contact": {"telephone": "0612345678"}})
    ici.tour()
    ici.joueur.aller("doublons")
    ici.joueur.attendre()
    ici.joueur.presser("Comparer")
    assert "d'un seul côté" in ici.mots()
    ici.joueur.presser("C'est la même personne")
    assert "Dites d'abord quel dossier continue." in ici.mots()
    ici.joueur.presser("L'autre, Annexe")
    ici.joueur.presser("C'est la même personne")
    ici.joueur.presser("Oui, n'en faire qu'un dossier")
    assert ici.poste.session.dossier_id == ancien
    for un in (ici, annexe, ici):
        un.tour()
    for un in (ici, annexe):
        assert un.lire(ancien)["contact"]["telephone"] == "0612345678"
        assert un.lire(ancien)["demande"]["date_reception"] == "2025-11-10"
    assert neuf != ancien

    ici.joueur.aller("suivi")
    ici.joueur.attendre()
    assert "Ana Martin l'a ouvert à son guichet : « la personne est au guichet »" in ici.mots()
    assert "Ana Martin l'a vu parmi des ressemblances" in ici.mots()


def test_ce_n_est_pas_elle_est_retenu(guichet: Callable[..., Guichet], site: Site) -> None:
    """Une homonyme : la nouvelle demande se crée, et personne ne reposera la question."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    annexe.creer(MOREL)
    annexe.tour()
    chercher(ici, "morel zoe 05/01/1988")
    ici.joueur.presser("Aucun n'est cette personne : nouvelle demande")
    neuf = ici.poste.session.dossier_id
    assert neuf
    ici.poste.session.modifier({f"demandeur.{nom}": dit for nom, dit in MOREL["demandeur"].items()})  # type: ignore[attr-defined]
    ici.joueur.attendre()
    ici.tour()
    ici.joueur.aller("doublons")
    ici.joueur.attendre()
    assert "Aucun dossier ne ressemble" in ici.mots()


def test_un_dossier_discret_n_existe_pour_personne(guichet: Callable[..., Guichet], site: Site) -> None:
    """Ni trouvé d'un autre guichet, ni cherché depuis le sien."""
    ici, annexe = guichet("un"), guichet("deux", "Karim Benali")
    ici.relier(site.invitation())
    annexe.relier(site.invitation(ANNEXE))
    discret = annexe.creer({**MOREL, "protection": {"discret": True}})
    annexe.tour()
    chercher(ici, "morel zoe 05/01/1988")
    assert ici.poste.fenetre.ecran == "entretien"
    assert "Aucun dossier ne ressemble" in ici.poste.fenetre.bandeau.phrase
    annexe.devant()
    annexe.poste.session.ouvrir_dossier(discret, lambda _: None)
    annexe.joueur.attendre()
    annexe.joueur.aller("doublons")
    assert "Cette recherche ne se fait pas depuis ce dossier." in annexe.mots()
    assert "MOREL" not in annexe.mots()


def test_des_jours_sans_internet_une_cle_suffit(guichet: Callable[..., Guichet], site: Site, tmp_path: Path) -> None:
    """Écrit sur une clé, transmis par un autre poste, le reçu lu : la boîte se vide ensuite, sans doublon."""
    coupe, relais = guichet("un"), guichet("deux", "Karim Benali")
    for un in (coupe, relais):
        un.relier(site.invitation())
    coupe.ligne.coupee = True
    dossier = coupe.creer(MOREL)
    coupe.tour()
    coupe.devant()
    coupe.joueur.aller("envois")
    ecran = coupe.joueur.ecran
    assert isinstance(ecran, EcranEnvois)
    cle = tmp_path / "cle.perron-envoi"
    ecran.fichier.ecrire.emit(cle)
    coupe.joueur.attendre()
    assert "1 saisie" in coupe.mots()
    assert cle.exists()

    relais.devant()
    relais.joueur.aller("envois")
    transmission = relais.joueur.ecran
    assert isinstance(transmission, EcranEnvois)
    transmission.fichier.transmettre.emit(cle)
    relais.joueur.attendre()
    assert "Transmis" in relais.mots()
    (recu,) = [un for un in tmp_path.iterdir() if un.name.startswith("cle") and un != cle]

    coupe.devant()
    ecran.fichier.lire.emit(recu)
    coupe.joueur.attendre()
    assert "Reçu lu" in coupe.mots()
    coupe.ligne.coupee = False
    coupe.tour()
    relais.tour()
    assert "Tout est envoyé" in coupe.mots()
    assert relais.lire(dossier)["demandeur"]["nom"] == "MOREL"


def test_un_dossier_qui_quitte_le_poste_quitte_l_ecran(guichet: Callable[..., Guichet], site: Site) -> None:
    """Ouvert à l'entretien, il n'est plus tenu ici : retour à l'accueil, une phrase, et rien de lui ne reste."""
    ici = guichet("un")
    ici.relier(site.invitation())
    dossier = ici.creer({**MOREL, "contact": {"telephone": "0612345678"}})
    ici.tour()
    ici.ouvrir(dossier, "contact.telephone")
    ici.poste.synchro.la_bas(
        lambda synchro: synchro.guichets.sortir(dossier, "Ana Martin"), lambda _: None, pour=ici.poste.session
    )
    ici.joueur.attendre()
    ici.tour()
    assert ici.poste.fenetre.ecran == "accueil"
    assert ici.poste.session.dossier_id == ""
    assert ici.poste.fenetre.bandeau.phrase.startswith("Ce poste ne tient plus ce dossier.")
    assert "MOREL" not in ici.mots()


def test_couvrir_arrete_les_envois_revenir_les_reprend(
    guichet: Callable[..., Guichet], site: Site, qtbot: QtBot
) -> None:
    """F12 : plus rien ne part, aucune clé ne sert ; au retour, ce qui attendait part."""
    ici = guichet("un")
    ici.relier(site.invitation())
    ici.ligne.coupee = True
    ici.creer(MOREL)
    ici.tour()
    presser(Qt.Key.Key_F12, widget=ici.poste.fenetre)
    ici.ligne.coupee = False
    ici.tour()
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert len(etat.attente) == 1
    page = ici.poste.couverture.page
    assert page is not None
    page.reprise_demandee.emit("quatre mots sans lien", ici.poste.session.agent)
    qtbot.waitUntil(lambda: ici.poste.synchro.etat is not None and not ici.poste.synchro.etat.attente)
    assert not ici.poste.couverture.couverte


def test_couvrir_pendant_un_envoi_ne_perd_ni_ne_double_rien(
    guichet: Callable[..., Guichet], site: Site, qtbot: QtBot
) -> None:
    """F12 pendant que le registre se tait : la page vient tout de suite ; la réponse tardive ne dérange rien."""
    ici = guichet("un")
    ici.relier(site.invitation())
    dossier = ici.creer(MOREL)
    erreurs: list[str] = []
    ici.poste.travaux.erreur.connect(erreurs.append)
    with ici.ligne.muette():
        ici.poste.synchro.tourner()
        qtbot.waitUntil(lambda: ici.ligne.en_attente)
        presser(Qt.Key.Key_F12, widget=ici.poste.fenetre)
        assert ici.poste.couverture.couverte
        qtbot.waitUntil(lambda: not ici.poste.session.est_ouverte)
    ici.joueur.attendre()
    page = ici.poste.couverture.page
    assert page is not None
    page.reprise_demandee.emit("quatre mots sans lien", ici.poste.session.agent)
    qtbot.waitUntil(lambda: not ici.poste.couverture.couverte)
    ici.tour()
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert (etat.attente, etat.quarantaine, etat.divergences) == ((), (), 0)
    assert erreurs == []
    assert ici.lire(dossier)["demandeur"]["nom"] == "MOREL"


def test_quitter_n_attend_pas_un_registre_muet(guichet: Callable[..., Guichet], site: Site, qtbot: QtBot) -> None:
    """Le poste se ferme pendant que l'appel attend encore : ce qui n'est pas parti partira demain."""
    ici = guichet("un")
    ici.relier(site.invitation())
    with ici.ligne.muette():
        ici.poste.synchro.tourner()
        qtbot.waitUntil(lambda: ici.ligne.en_attente)
        ici.poste.fermer()
        assert ici.ligne.en_attente


def test_une_ligne_qui_ne_repond_pas_n_arrete_ni_la_fenetre_ni_le_coffre(
    guichet: Callable[..., Guichet], site: Site, qtbot: QtBot
) -> None:
    """Pendant que le registre se tait, l'agent répond, c'est enregistré, et la fenêtre se ferme."""
    ici = guichet("un")
    ici.relier(site.invitation())
    with ici.ligne.muette():
        ici.poste.synchro.tourner()
        qtbot.waitUntil(lambda: ici.ligne.en_attente)
        with qtbot.waitSignal(ici.poste.session.enregistre):
            ici.poste.session.creer_dossier(MOREL, lambda _: None)
        with qtbot.waitSignal(ici.poste.session.enregistre):
            ici.poste.session.modifier({"contact.telephone": "0612345678"})
    ici.joueur.attendre()
    etat = ici.poste.synchro.etat
    assert etat is not None
    assert etat.lien is Lien.EN_LIGNE
