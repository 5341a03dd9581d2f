"""Un dossier créé par erreur : nulle part dès qu'il est supprimé, rendu entier trente jours, puis sans une trace."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_coffre import AGENT, creer, ouvrir, seul_a_seul
from outils_pages import en_clair

from modele.coffre import Coffre, envois, suppressions
from modele.coffre.auteurs import ROLES_DU_POSTE
from modele.coffre.base import Base
from modele.coffre.coffre import heure_du_poste
from modele.dossier.acces import Acces
from modele.dossier.retours import Retours
from modele.dossier.suppression import RENDU_PENDANT, Raison
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur(AGENT)
ZAHRA: dict[str, Any] = {
    "demandeur": {"nom": "Hamidizadeh", "prenoms": "Zahra", "date_naissance": "1974-05-02"},
    "contact": {"telephone": "0612345678", "adresse_courrier": "12 rue des Lilas-Bleus"},
}
DISCRET: dict[str, Any] = {**ZAHRA, "protection": {"discret": True}}
MOTS = "ouvert sur le mauvais écran"
TRACES = (b"Hamidizadeh", b"Zahra", b"0612345678", b"Lilas-Bleus", b"1974-05-02", b"mauvais", b"rue des Co")
DANS_L_INDEX = (b"19740502", b"612345678")
"""Les termes de la recherche, tels que l'index les garde."""


def supprimer(coffre: Coffre, contenu: dict[str, Any]) -> str:
    """Un dossier plein (frappe en cours, objet rattaché), puis supprimé."""
    dossier: str = coffre.creer_dossier(contenu, NORA)["id"]
    coffre.modifier(dossier, {"demandeur.prenoms": "Zahra Amal"}, NORA, retours=Retours(AGENT, dossier))
    coffre.brouillon(dossier, "contact.adresse_courrier", "13 rue des Coquelicots")
    coffre.creer_objet("rendez_vous", {"dossier": dossier}, NORA)
    coffre.supprimer(dossier, Raison.FAUSSE_MANIPULATION, MOTS, NORA)
    return dossier


def avancer(coffre: Coffre, duree: timedelta) -> None:
    coffre._horloge = lambda: heure_du_poste() + duree


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_supprime_il_n_est_plus_nulle_part(coffre: Coffre, contenu: dict[str, Any]) -> None:
    """Ni l'accueil, ni la recherche (même seul à seul), ni les reprises, ni l'envoi, ni ce qui s'annule."""
    dossier = supprimer(coffre, contenu)
    assert coffre.recents() == []
    assert coffre.compter() == 0
    assert coffre.reprises() == []
    assert coffre.rattaches(dossier, "rendez_vous") == []
    for texte in ("hamidizadeh zahra", "hamidizadeh zahra amal 02/05/1974", "06 12 34 56 78", "1974"):
        assert seul_a_seul(coffre, texte) == []
    assert coffre.rechercher(coffre.supprimes()[0].resume.reference) == []
    assert coffre.echanges.attente() == []
    assert coffre.echanges.lot(100) == []
    assert coffre.retours() == ""
    with pytest.raises(ErreurUtilisateur, match="Dossiers supprimés"):
        coffre.lire(dossier)
    assert [un.geste.acces for un in coffre.acces(dossier)][-1] is Acces.SUPPRIMER


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_rendu_il_est_tel_qu_il_etait(coffre: Coffre, contenu: dict[str, Any]) -> None:
    """Le document, la discrétion, les portes de la recherche, la frappe en cours, l'objet rattaché, l'envoi."""
    temoin = coffre.creer_dossier(contenu, NORA)["id"]
    dossier = supprimer(coffre, contenu)
    (mis_de_cote,) = coffre.supprimes()
    assert (mis_de_cote.raison, mis_de_cote.mots) == (Raison.FAUSSE_MANIPULATION, MOTS)
    assert mis_de_cote.jusqu_au - mis_de_cote.le == RENDU_PENDANT
    assert mis_de_cote.resume.discret is ("protection" in contenu)
    coffre.rendre(dossier, NORA)
    assert coffre.supprimes() == []
    rendu = coffre.lire(dossier)
    assert rendu["demandeur"]["prenoms"] == "Zahra Amal"
    texte = "hamidizadeh zahra amal 02/05/1974"
    assert {un.dossier for un in (*coffre.rechercher(texte), *seul_a_seul(coffre, texte))} >= {dossier}
    assert [un.texte for un in coffre.brouillons(dossier)] == ["13 rue des Coquelicots"]
    assert len(coffre.rattaches(dossier, "rendez_vous")) == 1
    assert {un.dossier for un in coffre.echanges.attente()} >= {dossier, temoin}
    assert coffre.verifier_chaine() == []
    coffre.modifier(dossier, {"demandeur.nom": "Hamidi"}, NORA)
    assert coffre.verifier_chaine() == []
    with pytest.raises(ErreurUtilisateur, match="plus à rendre"):
        coffre.rendre(dossier, NORA)


@pytest.mark.parametrize("contenu", [ZAHRA, DISCRET], ids=["ordinaire", "discret"])
def test_efface_le_fichier_n_en_garde_rien(coffre: Coffre, chemin: Path, contenu: dict[str, Any]) -> None:
    """Le fichier déchiffré, pages libres comprises : seulement un identifiant, une date, une raison en code."""
    avant = coffre.creer_dossier({"demandeur": {"nom": "Moreau", "prenoms": "Karim"}}, NORA)["id"]
    dossier = supprimer(coffre, contenu)
    assert b"Lilas-Bleus" in en_clair(coffre, chemin)
    avancer(coffre, RENDU_PENDANT + timedelta(minutes=1))
    assert coffre.effacer_les_echus() == 1
    clair = en_clair(coffre, chemin)
    assert [trace for trace in (*TRACES, *DANS_L_INDEX) if trace in clair] == []
    assert b"discret" not in bytes(str(preuve(coffre, dossier)), "utf-8")
    assert preuve(coffre, dossier)["raison"] == "fausse manipulation"
    assert coffre.supprimes() == []
    assert coffre.effacer_les_echus() == 0
    with pytest.raises(ErreurUtilisateur, match="il n'en reste rien"):
        coffre.lire(dossier)
    with pytest.raises(ErreurUtilisateur, match="plus à rendre"):
        coffre.rendre(dossier, NORA)
    assert coffre.verifier_chaine() == []
    assert [un.dossier for un in coffre.rechercher("moreau karim")] == [avant]


def preuve(coffre: Coffre, dossier: str) -> dict[str, Any]:
    """Les lignes qui nomment encore ce dossier, hors du journal des accès et des en-têtes de la chaîne."""
    with coffre._base.lecture() as connexion:
        (une,) = connexion.exec_driver_sql("SELECT * FROM suppression WHERE dossier = ?", (dossier,)).mappings()
        (ligne,) = connexion.exec_driver_sql("SELECT * FROM dossier WHERE id = ?", (dossier,)).mappings()
    assert (ligne["document"], ligne["titre"], ligne["detail"], ligne["agent"]) == ("{}", "Dossier effacé", "", "")
    assert not ligne["discret"]
    assert une["mots"] == ""
    return dict(une)


def test_a_l_ouverture_les_echus_s_effacent(coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trente jours moins une minute : il se rend encore ; passé ce délai, ouvrir le coffre l'efface."""
    supprimer(coffre, ZAHRA)
    coffre.fermer()
    plus_tard = heure_du_poste() + RENDU_PENDANT - timedelta(minutes=1)
    monkeypatch.setattr("modele.coffre.coffre.heure_du_poste", lambda: plus_tard)
    rouvert = ouvrir(chemin)
    assert len(rouvert.supprimes()) == 1
    rouvert.fermer()
    monkeypatch.setattr("modele.coffre.coffre.heure_du_poste", lambda: plus_tard + timedelta(minutes=2))
    rouvert = ouvrir(chemin)
    assert rouvert.supprimes() == []
    rouvert.fermer()


def test_sans_reecrire_le_fichier_il_en_resterait(
    coffre: Coffre, chemin: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Le mutant : effacer les lignes sans récrire le fichier laisse la naissance et le téléphone dans l'index."""
    monkeypatch.setattr(Base, "oublier_l_efface", lambda _: None)
    supprimer(coffre, ZAHRA)
    avancer(coffre, RENDU_PENDANT)
    coffre.effacer_les_echus()
    assert all(trace in en_clair(coffre, chemin) for trace in DANS_L_INDEX)


@pytest.mark.parametrize("mots", ["", "  "])
def test_une_raison_ecrite_est_exigee(coffre: Coffre, mots: str) -> None:
    """Sans mots, rien ne part."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        coffre.supprimer(dossier, Raison.ESSAI, mots, NORA)
    assert coffre.lire(dossier)


def test_le_droit_est_exige(coffre: Coffre) -> None:
    """Qui n'a pas le droit ne supprime ni ne rend ; un observateur n'en a aucun."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    parti = supprimer(coffre, ZAHRA)
    coffre.regler(ROLES_DU_POSTE, "observateur")
    with pytest.raises(ErreurUtilisateur, match="rôle"):
        coffre.supprimer(dossier, Raison.ESSAI, MOTS, NORA)
    with pytest.raises(ErreurUtilisateur, match="rôle"):
        coffre.rendre(parti, NORA)
    assert coffre.lire(dossier)


def _tenter(coffre: Coffre, dossier: str) -> None:
    lot = coffre.echanges.lot(10)
    assert coffre.echanges.noter_essai([un.entete.id for un in lot if un.entete.dossier == dossier])


def _sans_attente(coffre: Coffre, dossier: str) -> None:
    with coffre._base.ecriture() as connexion:
        envois.retenir(connexion, [dossier])


def _deja_revenu(coffre: Coffre, dossier: str) -> None:
    with coffre._base.ecriture() as connexion:
        connexion.exec_driver_sql("INSERT INTO miroir VALUES (?, x'7b7d', 1, 1)", (dossier,))


@pytest.mark.parametrize("passe", [_tenter, _sans_attente, _deja_revenu])
def test_ce_que_le_registre_a_pu_recevoir_ne_se_supprime_pas(coffre: Coffre, passe: Any) -> None:
    """Une tentative d'envoi sans réponse, un reçu, un miroir : la phrase dit pourquoi, et rien n'est touché."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    passe(coffre, dossier)
    with pytest.raises(ErreurUtilisateur, match="chez eux"):
        coffre.supprimer(dossier, Raison.ESSAI, MOTS, NORA)
    assert coffre.supprimes() == []
    assert [un.dossier for un in coffre.rechercher("hamidizadeh")] == [dossier]


def test_un_envoi_en_cours_ne_l_emporte_pas(coffre: Coffre) -> None:
    """Le lot était lu quand le dossier a été supprimé : ``noter_essai`` le dit, rien ne part."""
    dossier = coffre.creer_dossier(ZAHRA, NORA)["id"]
    lot = [un.entete.id for un in coffre.echanges.lot(10)]
    coffre.supprimer(dossier, Raison.ESSAI, MOTS, NORA)
    assert not coffre.echanges.noter_essai(lot)


def test_un_registre_restaure_ne_le_redemande_pas(coffre: Coffre) -> None:
    """Ni la sonde après une restauration, ni un rang manquant ne remettent à l'envoi ce qui est supprimé."""
    coffre.creer_dossier({"demandeur": {"nom": "Moreau"}}, NORA)
    supprimer(coffre, ZAHRA)
    with coffre._base.ecriture() as connexion:
        envois.sonder(connexion, heure_du_poste())
        epoque = connexion.exec_driver_sql("SELECT epoque FROM operation").scalars().first()
        assert epoque is not None
        assert not envois.remettre(connexion, epoque, 2, heure_du_poste())
    assert {un.titre for un in coffre.echanges.attente()} == {"MOREAU"}


@given(st.lists(st.sampled_from(["supprimer", "rendre", "saisir"]), max_size=8))
def test_propriete_ce_qui_part_est_ce_qui_est_ouvert(
    tmp_path_factory: pytest.TempPathFactory, gestes: list[str]
) -> None:
    """Quelle que soit la suite de gestes, l'envoi contient toute l'histoire d'un dossier ouvert, rien d'un supprimé."""
    coffre, _ = creer(tmp_path_factory.mktemp("suite") / "essai.perron")
    dossier, ouvert, saisies = coffre.creer_dossier(ZAHRA, NORA)["id"], True, 1
    for rang, geste in enumerate(gestes):
        if geste == "rendre" and not ouvert:
            coffre.rendre(dossier, NORA)
            ouvert = True
        elif geste == "supprimer" and ouvert:
            coffre.supprimer(dossier, Raison.DOUBLE, MOTS, NORA)
            ouvert = False
        elif geste == "saisir" and ouvert:
            coffre.modifier(dossier, {"demandeur.prenoms": f"Z{rang}"}, NORA)
            saisies += 1
        lot = [un.entete.dossier for un in coffre.echanges.lot(100)]
        attendues = sum(un.saisies for un in coffre.echanges.attente())
        assert attendues == (saisies if ouvert else 0)
        assert set(lot) <= {dossier}
        assert bool(coffre.recents()) is ouvert
    assert coffre.verifier_chaine() == []
    coffre.fermer()


def test_plus_rien_a_rendre_n_est_pas_une_liste(coffre: Coffre) -> None:
    """Sans suppression, rien n'est dit ni effacé."""
    assert coffre.supprimes() == []
    assert coffre.effacer_les_echus() == 0
    assert suppressions.DEJA_PARTI.startswith("Le registre")
    assert datetime.now().astimezone() - heure_du_poste() < timedelta(minutes=1)
