"""Des jours sans Internet : un fichier scellé part, un reçu revient, par n'importe quel poste du territoire."""

from __future__ import annotations

from pathlib import Path

import pytest
from outils_coffre import AGENT
from outils_registre import ANNEXE, TERRITOIRE
from outils_synchro import NADIA, Poste, Site

from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.fusion import Issue
from modele.protocole.messages import Arret, Recu, RecuDePaquet, Recus, RecuSigne, octets
from modele.protocole.scellement import cle_publique_de_scellement, sceller
from modele.protocole.signatures import nouvelle_cle_de_signature, signer, texte_du_recu
from modele.regles.fautes import ErreurUtilisateur
from modele.synchro import cles, paquet
from registre.service.cles import lire_cle


@pytest.fixture
def isole(site: Site) -> Poste:
    """Un poste enrôlé qui n'a plus de réseau, avec deux saisies."""
    un = site.poste("un")
    dossier = un.creer(NADIA)
    un.poser(dossier, contact__telephone="06 12 34 56 78")
    return un


def _recu_pour(poste: Poste, rendu: RecuDePaquet, chemin: Path, cle: bytes) -> Path:
    """Un reçu scellé pour ce poste, signé de cette clé."""
    recu = octets(rendu)
    return _scelle_pour(poste, octets(RecuSigne(recu, signer(cle, texte_du_recu(recu)))), chemin)


def _scelle_pour(poste: Poste, clair: bytes, chemin: Path) -> Path:
    liaison = cles.liaison(poste.coffre.echanges)
    assert liaison is not None
    chemin.write_bytes(sceller(cle_publique_de_scellement(liaison.cles.scellement), clair))
    return chemin


def _cle_de_signature(poste: Poste) -> bytes:
    liaison = cles.liaison(poste.coffre.echanges)
    assert liaison is not None
    return liaison.cles.signature


def _cle_du_registre(site: Site) -> bytes:
    with site.moteur.connect() as connexion:
        return lire_cle(connexion, TERRITOIRE, "signature")


def _identifiant(poste: Poste) -> str:
    liaison = cles.liaison(poste.coffre.echanges)
    assert liaison is not None
    return liaison.cles.poste


def test_les_memes_octets_passent_par_un_autre_poste(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Le fichier n'apprend rien à qui le porte ; le reçu revient ; le réseau revenu, rien n'est doublé."""
    porteur = site.poste("porteur", guichet=ANNEXE)
    fichier = tmp_path / "saisies.paquet"
    assert isole.synchro.paquets.ecrire(fichier) == 2
    assert isole.attente() == 2
    assert b"Fatihi" not in fichier.read_bytes()
    recu = porteur.synchro.paquets.transmettre(fichier)
    assert recu == tmp_path / "saisies.paquet.perron-recu"
    assert porteur.coffre.compter() == 0
    assert isole.synchro.paquets.lire_recu(recu) == 2
    (attente,) = isole.synchro.etat().attente
    assert (attente.saisies, attente.envoyees) == (2, 2), "elles attendent encore leur réception"
    assert isole.synchro.paquets.lire_recu(recu) == 2, "relu, le reçu ne change rien"
    with pytest.raises(ErreurUtilisateur, match="Rien n'attend"):
        isole.synchro.paquets.ecrire(fichier)
    isole.tour()
    assert isole.attente() == 0
    assert isole.synchro.paquets.lire_recu(recu) == 2
    assert isole.attente() == 0
    temoin = site.poste("temoin")
    temoin.tour()
    assert temoin.coffre.compter() == 1


def test_fichier_transmis_deux_fois(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Le même fichier porté deux fois, ou après le retour du réseau : les mêmes reçus, rien de doublé."""
    porteur = site.poste("porteur")
    fichier = tmp_path / "saisies.paquet"
    isole.synchro.paquets.ecrire(fichier)
    isole.tour()
    porteur.synchro.paquets.transmettre(fichier)
    assert isole.synchro.paquets.lire_recu(porteur.synchro.paquets.transmettre(fichier)) == 2
    assert (isole.attente(), isole.coffre.verifier_chaine()) == (0, [])


def test_ce_qui_ne_tient_pas_attend_le_fichier_suivant(
    site: Site, isole: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Un fichier reste portable : le reste part dans un autre, après le reçu."""
    monkeypatch.setattr(paquet, "OCTETS_AU_PLUS", 10)
    porteur = site.poste("porteur")
    for rang in range(2):
        fichier = tmp_path / f"{rang}.paquet"
        assert isole.synchro.paquets.ecrire(fichier) == 1
        isole.synchro.paquets.lire_recu(porteur.synchro.paquets.transmettre(fichier))
    (attente,) = isole.synchro.etat().attente
    assert (attente.saisies, attente.envoyees) == (2, 2)


def test_coffre_clone_sans_reseau(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Le fichier d'un clone : le reçu dit le désaccord, le poste ouvre une époque, le fichier suivant passe."""
    clone, porteur = site.poste_copie("clone", isole), site.poste("porteur")
    clone.creer({"demandeur": {"nom": "Clone"}})
    isole.creer({"demandeur": {"nom": "Isolé"}})
    isole.tour()
    clone.synchro.paquets.ecrire(tmp_path / "a.paquet")
    recu = porteur.synchro.paquets.transmettre(tmp_path / "a.paquet")
    with pytest.raises(ErreurUtilisateur, match="écrivez un nouveau fichier"):
        clone.synchro.paquets.lire_recu(recu)
    assert clone.synchro.paquets.lire_recu(recu) == 0, "relu, le désaccord est déjà réglé"
    clone.synchro.paquets.ecrire(tmp_path / "b.paquet")
    assert clone.synchro.paquets.lire_recu(porteur.synchro.paquets.transmettre(tmp_path / "b.paquet")) == 3
    clone.tour()
    assert (clone.attente(), clone.coffre.compter(), clone.coffre.verifier_chaine()) == (0, 3, [])


def test_le_registre_arrete_en_chemin(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Ce qui est jugé l'est ; ce qui a arrêté la suite se dit : passager, ou refus de tout le fichier."""
    prise = isole.coffre.echanges.lot(1)[0].entete.id
    arret = RecuDePaquet(_identifiant(isole), Recus([Recu(prise, "acceptee", 1, 1)], Arret("a", "Base pleine.", 9)))  # type: ignore[arg-type]
    cle = _cle_du_registre(site)
    with pytest.raises(ErreurUtilisateur, match="Base pleine"):
        isole.synchro.paquets.lire_recu(_recu_pour(isole, arret, tmp_path / "a.recu", cle))
    (attente,) = isole.synchro.etat().attente
    assert (attente.saisies, attente.envoyees) == (2, 1)
    from modele.protocole.messages import Refus

    revoque = RecuDePaquet(_identifiant(isole), refus=Refus("poste_revoque", "Ce poste a été révoqué."))
    with pytest.raises(ErreurUtilisateur, match="révoqué"):
        isole.synchro.paquets.lire_recu(_recu_pour(isole, revoque, tmp_path / "r.recu", cle))
    assert isole.attente() == 2


def test_recu_d_un_autre_ou_abime(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Un reçu destiné à un autre, un fichier absent, abîmé ou qui n'en est pas un : une phrase, rien ne bouge."""
    porteur = site.poste("porteur")
    faux = tmp_path / "faux"
    faux.write_bytes(b"bonjour")
    cle = _cle_du_registre(site)
    vide = RecuDePaquet(_identifiant(isole), Recus([]))
    dit_neuf = octets(RecuSigne(b"{", signer(cle, texte_du_recu(b"{"))))
    for chemin, phrase in (
        (_recu_pour(isole, RecuDePaquet("un-autre", Recus([])), tmp_path / "autre", cle), "celui d'un autre poste"),
        (_recu_pour(porteur, vide, tmp_path / "scelle", cle), "ne s'ouvre pas"),
        (_scelle_pour(isole, b"{", tmp_path / "illisible"), "ne se lit pas"),
        (_scelle_pour(isole, octets(vide), tmp_path / "nu"), "ne se lit pas"),
        (_scelle_pour(isole, dit_neuf, tmp_path / "signe"), "ne se lit pas"),
        (faux, "n'est pas un paquet"),
        (tmp_path / "absent", "introuvable"),
    ):
        with pytest.raises(ErreurUtilisateur, match=phrase):
            isole.synchro.paquets.lire_recu(chemin)
    with pytest.raises(ErreurUtilisateur, match="introuvable"):
        porteur.synchro.paquets.transmettre(tmp_path / "absent")
    with pytest.raises(ErreurUtilisateur, match="n'est pas un paquet"):
        porteur.synchro.paquets.transmettre(faux)
    assert isole.attente() == 2


def test_un_recu_contrefait_n_est_pas_cru(site: Site, isole: Poste, tmp_path: Path) -> None:
    """Qui a transmis le fichier peut sceller pour ce poste ; il n'a pas la clé du registre. Rien ne bouge."""
    fichier = tmp_path / "saisies.paquet"
    isole.synchro.paquets.ecrire(fichier)
    prises = [un.entete.id for un in isole.coffre.echanges.lot(9)]
    rendu = RecuDePaquet(_identifiant(isole), Recus([Recu(un, Issue.ACCEPTEE, 1, 1) for un in prises]))
    for cle in (nouvelle_cle_de_signature(), _cle_de_signature(isole)):
        with pytest.raises(ErreurUtilisateur, match="pas signé par le registre"):
            isole.synchro.paquets.lire_recu(_recu_pour(isole, rendu, tmp_path / "faux.recu", cle))
    (attente,) = isole.synchro.etat().attente
    assert (attente.saisies, attente.envoyees) == (2, 0)
    assert (
        isole.synchro.paquets.lire_recu(_recu_pour(isole, rendu, tmp_path / "vrai.recu", _cle_du_registre(site))) == 2
    )


def test_un_poste_jamais_relie_n_a_pas_pour_qui_sceller(site: Site, tmp_path: Path) -> None:
    """Sans enrôlement, il n'y a ni registre à qui écrire, ni reçu à lire."""
    seul = site.rouvrir(site.coffre_neuf("seul"))
    seul.coffre.creer_dossier(NADIA, Auteur(AGENT))
    for geste in (seul.synchro.paquets.ecrire, seul.synchro.paquets.lire_recu, seul.synchro.paquets.transmettre):
        with pytest.raises(ErreurUtilisateur, match="relié à aucun registre"):
            geste(tmp_path / "x")


def test_un_fichier_ecrit_a_pu_partir(isole: Poste, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Porté par clé, il est peut-être déjà au registre ; un dossier supprimé pendant l'écriture n'y est pas."""
    (dossier,) = [un.dossier for un in isole.coffre.recents()]
    parti = isole.creer({"demandeur": {"nom": "Roux"}})
    noter = isole.coffre.echanges.noter_essai

    def supprimer_puis_noter(operations: list[str]) -> bool:
        monkeypatch.undo()
        isole.coffre.supprimer(parti, Raison.ESSAI, "un exercice", Auteur(AGENT))
        return noter(operations)

    monkeypatch.setattr(isole.coffre.echanges, "noter_essai", supprimer_puis_noter)
    assert isole.synchro.paquets.ecrire(tmp_path / "envoi") == 2
    with pytest.raises(ErreurUtilisateur, match="chez eux"):
        isole.coffre.supprimer(dossier, Raison.ESSAI, "un exercice", Auteur(AGENT))
