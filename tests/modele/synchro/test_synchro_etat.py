"""Ce que l'écran sait : où en est le lien, depuis quand, pourquoi, et l'écart des montres."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from outils_coffre import RACINE
from outils_registre import DEPART
from outils_repondeur import port_ferme
from outils_synchro import NADIA, Poste, Site

import modele.synchro
from modele.protocole.messages import Arret, Refus
from modele.synchro.empechements import Classe, Empechement, du_refus
from modele.synchro.etats import EtatEnvois, Lien
from modele.synchro.synchro import Synchro


def _apres(un: Poste, faute: Empechement, monkeypatch: pytest.MonkeyPatch) -> EtatEnvois:
    def lever(*_: Any) -> None:
        raise faute

    monkeypatch.setattr("modele.synchro.transport.Transport.journal", lever)
    assert un.synchro.tour().panne == str(faute)
    return un.synchro.etat()


@pytest.mark.parametrize(
    ("faute", "lien"),
    [
        (Empechement(Classe.RESEAU, "coupé"), Lien.HORS_LIGNE),
        (Empechement(Classe.OCCUPE, "occupé", reprendre_dans_s=120), Lien.HORS_LIGNE),
        (Empechement(Classe.REFUS, "refusé"), Lien.EN_LIGNE),
        (du_refus(426, Refus("schema_ancien", "trop ancien"), 0), Lien.TROP_ANCIEN),
    ],
)
def test_lien_selon_la_panne(site: Site, faute: Empechement, lien: Lien, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ce qui a arrêté le tour se lit, même coffre fermé puis rouvert ; la boîte d'envoi est intacte et exportable."""
    un = site.poste("un")
    un.creer(NADIA)
    un.tour()
    un.creer({"demandeur": {"nom": "Autre"}})
    monkeypatch.setattr("modele.synchro.envoi.Pousseur.pousser", lambda _: 0)
    etat = _apres(un, faute, monkeypatch)
    assert (etat.lien, etat.panne, len(etat.attente)) == (lien, str(faute), 1)
    assert etat.dernier_echange is not None
    assert un.synchro.paquets.ecrire(site.dossier / "export.paquet") == 1
    rouvert = site.rouvrir(un.coffre.chemin)
    relu = rouvert.synchro.etat()
    assert (relu.lien, relu.panne, relu.dernier_echange) == (lien, str(faute), etat.dernier_echange)


def test_jamais_joint(site: Site) -> None:
    """Enrôlé hier par un autre chemin, jamais joint depuis : ni « en ligne », ni « hors ligne »."""
    un = site.poste("un")
    un.coffre.regler("synchro.dernier_echange", "")
    assert un.synchro.etat().lien is Lien.JAMAIS_JOINT
    un.coffre.regler("registre.adresse", f"http://127.0.0.1:{port_ferme()}")
    assert "ne répond pas" in un.synchro.tour().panne
    assert un.synchro.etat().lien is Lien.JAMAIS_JOINT


def test_montre_fausse_montree_jamais_bloquante(site: Site) -> None:
    """Le poste a deux jours d'avance : l'écart se montre, le jeton se juge à l'heure du registre, tout passe."""
    horloge = lambda: datetime.now(UTC)  # noqa: E731
    un = site.poste("un")
    un.creer(NADIA)
    un.tour()
    ecart = un.synchro.etat().ecart_horloge
    assert abs(ecart - (horloge() - DEPART)) < timedelta(minutes=5)
    assert un.attente() == 0


def test_le_registre_dit_quand_revenir(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un arrêt passager du lot : ce qui est pris l'est, le reste attend, au moins le temps demandé."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.poser(dossier, demande__precisions="suite")
    from modele.synchro.transport import Transport

    vrai = Transport.operations

    def s_arreter(transport: Transport, lot: Any) -> Any:
        import msgspec

        court = msgspec.structs.replace(lot, operations=lot.operations[:1])
        return msgspec.structs.replace(vrai(transport, court), arret=Arret("base_pleine", "La base est pleine.", 300))

    monkeypatch.setattr(Transport, "operations", s_arreter)
    assert un.synchro.tour().panne == "La base est pleine."
    etat = un.synchro.etat()
    assert etat.attente[0].envoyees == 1
    assert etat.prochain is not None
    assert etat.prochain - datetime.now(UTC) > timedelta(minutes=4)


def test_reponse_sans_aucun_recu(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Un registre qui ne dit rien du lot ne fait pas tourner le poste sans fin."""
    from modele.protocole.messages import Recus

    un = site.poste("un")
    un.creer(NADIA)
    monkeypatch.setattr("modele.synchro.transport.Transport.operations", lambda *_: Recus([]))
    assert "n'arrivent pas à s'accorder" in un.synchro.tour().panne
    assert un.attente() == 1


# L'empreinte


def test_empreinte_qui_differe_tout_se_relit(site: Site) -> None:
    """Le miroir a perdu une version, et garde un dossier de trop : signalé, relu ; la boîte d'envoi n'a pas bougé."""
    un, autre = site.poste("un"), site.poste("autre")
    garde, abime = un.creer(NADIA), un.creer({"demandeur": {"nom": "Abîmé"}})
    un.tour()
    autre.tour()
    attendu = autre.coffre.lire(abime)
    with autre.coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE miroir SET version = 99 WHERE dossier = ?", (abime,))
        connexion.exec_driver_sql("UPDATE dossier SET document = '{}' WHERE id = ?", (abime,))
    autre.coupures.pendant["empreinte"] = lambda: autre.poser(garde, demande__precisions="pendant")
    bilan = autre.synchro.tour()
    assert "tout a été relu" in bilan.panne
    assert autre.coffre.lire(abime) == attendu
    assert autre.attente() == 1
    assert autre.coffre.lire(garde)["demande"]["precisions"] == "pendant"
    autre.tour()
    assert (autre.attente(), autre.synchro.etat().panne) == (0, "")


def test_dossier_de_trop_ne_survit_pas_a_la_relecture(site: Site) -> None:
    """Un dossier que le registre ne donne plus à ce poste (une tombe s'est perdue) s'en va à la relecture."""
    un, autre = site.poste("un", roles=("agent", "social")), site.poste("autre")
    dossier = un.creer(NADIA)
    un.tour()
    autre.tour()
    un.poser(dossier, protection__discret=True)
    un.tour()
    with autre.coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("UPDATE curseur SET jusque = jusque + 1")
    assert "tout a été relu" in autre.synchro.tour().panne
    assert autre.coffre.compter() == 0


def test_empreinte_prise_pendant_que_d_autres_ecrivent(site: Site) -> None:
    """Le registre avance entre la lecture et l'empreinte : on relit, ou l'on remet la question à plus tard."""
    un, autre = site.poste("un"), site.poste("autre")
    un.creer(NADIA)
    un.tour()
    autre.tour()

    def ecrire() -> None:
        un.creer({"demandeur": {"nom": "Encore"}})
        un.tour()

    autre.coupures.pendant["journal"] = ecrire
    autre.tour()
    assert autre.coffre.compter() == 2

    def sans_cesse() -> None:
        ecrire()
        autre.coupures.pendant["journal"] = sans_cesse

    autre.coupures.pendant["journal"] = sans_cesse
    autre.tour()
    autre.coupures.pendant.clear()
    assert autre.coupures.faits.count("empreinte") == 1 + 2 + 3


def test_registre_qui_change_sans_cesse_de_base(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une poignée neuve à chaque demande ne fait pas tourner le poste sans fin ; rien n'est perdu."""
    from uuid_utils import uuid7

    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.tour()

    def jamais_la_meme(*_: Any) -> None:
        raise du_refus(410, Refus("poignee", "restauré", poignee=str(uuid7())), 0)

    with monkeypatch.context() as temps:
        temps.setattr("modele.synchro.transport.Transport.journal", jamais_la_meme)
        assert "change sans cesse de base" in un.synchro.tour().panne
    assert un.coffre.lire(dossier)
    un.tour()
    assert (un.attente(), un.coffre.compter()) == (0, 1)


@pytest.mark.parametrize("ecart", ["recule", "n'avance pas", "autre base"])
def test_suite_incoherente_refusee(site: Site, ecart: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Une page qui recule, n'avance pas ou vient d'une autre base sans le dire : rien n'en est gardé."""
    import msgspec

    from modele.synchro.transport import Transport

    un = site.poste("un")
    un.creer(NADIA)
    un.tour()
    vrai = Transport.journal
    faux: dict[str, Any] = {
        "recule": {"jusque": 0},
        "n'avance pas": {"reste": True},
        "autre base": {"poignee": "autre"},
    }[ecart]
    monkeypatch.setattr(Transport, "journal", lambda *un_: msgspec.structs.replace(vrai(*un_), **faux))
    assert "suite incohérente" in un.synchro.tour().panne
    assert un.coffre.compter() == 1


# Le coffre se ferme


def test_le_coffre_se_ferme_pendant_un_tour(site: Site) -> None:
    """Le tour en cours s'en tient à ce qui est fait ; rouvert, il finit."""
    un = site.poste("un")
    un.creer(NADIA)

    def fermer() -> None:
        fil = threading.Thread(target=un.synchro.connexion.arreter)
        fil.start()
        fil.join()

    un.coupures.pendant["operations"] = fermer
    assert un.synchro.tour().envoyees == 0
    assert un.attente() == 1
    un.synchro.connexion.arreter()
    repris = Poste(un.coffre, Synchro(un.coffre), un.coupures)
    repris.tour()
    assert repris.attente() == 0
    repris.synchro.connexion.arreter()


def test_le_coffre_se_ferme_pendant_la_reception(site: Site) -> None:
    """Une page arrivée trop tard n'est pas appliquée ; ni l'empreinte ni les référentiels ne se demandent."""
    un, autre = site.poste("un"), site.poste("autre")
    un.creer(NADIA)
    un.tour()
    autre.coupures.pendant["journal"] = autre.synchro.connexion.arreter
    assert autre.synchro.tour().recues == 0
    assert autre.coffre.compter() == 0
    assert autre.coupures.faits[-1] == "journal"


def test_le_coffre_se_ferme_pendant_les_referentiels(site: Site) -> None:
    """Ce qui reste à prendre attendra."""
    from registre.service.referentiels import publier

    un = site.poste("un")
    publier(site.moteur, "metropole-exemple", "grille.toml", b"une", site.horloge())
    un.coupures.pendant["referentiels"] = un.synchro.connexion.arreter
    un.synchro.tour()
    assert "referentiel" not in un.coupures.faits


def test_panne_du_disque_pendant_un_tour(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Le coffre lui-même ne s'écrit plus : la phrase est rendue, et rien ne casse pour la retenir."""
    from modele.regles.fautes import ErreurUtilisateur

    un = site.poste("un")
    un.creer(NADIA)

    def plein(*_: Any) -> None:
        raise ErreurUtilisateur("Le disque est plein.")

    for geste in ("noter_essai", "regler"):
        monkeypatch.setattr(un.coffre.echanges, geste, plein)
    assert un.synchro.tour().panne == "Le disque est plein."
    assert un.synchro.etat().prochain is not None


def test_rien_de_lourd_pour_les_mots_de_l_ecran() -> None:
    """Ce que l'écran importe avant sa première image ne charge ni réseau, ni base, ni cryptographie."""
    programme = (
        "import sys, modele.synchro, modele.synchro.etats\n"
        "print([m for m in ('httpx', 'sqlalchemy', 'sqlcipher3', 'cryptography', 'msgspec') if m in sys.modules])\n"
        "from modele.synchro import Synchro\n"
        "print([m for m in ('httpx', 'sqlalchemy', 'sqlcipher3', 'cryptography') if m in sys.modules])"
    )
    sortie = subprocess.run([sys.executable, "-c", programme], cwd=RACINE, capture_output=True, text=True, check=True)
    assert sortie.stdout.split("\n")[:2] == ["[]", "[]"]


def test_facade_seule_porte() -> None:
    """Le paquet ne donne que sa façade."""
    assert modele.synchro.Synchro is Synchro
    with pytest.raises(AttributeError, match="Autre"):
        modele.synchro.Autre  # noqa: B018
