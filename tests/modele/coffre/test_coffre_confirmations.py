"""Un coffre remis d'une copie : rien ne s'y montre qu'un collègue aurait pu rendre discret depuis, avant la réponse."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outils_coffre import AGENT, COUT, MOT_DE_PASSE, seul_a_seul
from sqlalchemy import select

from modele.coffre import Coffre, confirmations, effaces, index, schema, secours
from modele.coffre.listes import Filtre, Tri
from modele.dossier.operations import Operation
from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.protection.discretion import devenir_discret
from modele.protocole.messages import Entree, Journal

QUI = Auteur(AGENT)
NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia", "date_naissance": "1984-03-12"}}


@pytest.fixture
def coffre(tmp_path: Path) -> Coffre:
    ouvert, _ = Coffre.creer(tmp_path / "c.perron", AGENT, MOT_DE_PASSE, "metropole-exemple", "poste", COUT)
    return ouvert


def _relier(coffre: Coffre) -> None:
    coffre.regler("registre.adresse", "https://registre.exemple:8443")


def _remettre(coffre: Coffre) -> None:
    with coffre._base.ecriture() as connexion:
        confirmations.remis(connexion, datetime.now(UTC) + timedelta(seconds=1))


def _le_registre_repond(coffre: Coffre, reste: bool = False) -> None:
    assert coffre.echanges.appliquer(0, Journal([], 1 if reste else 2, reste, "p"), "poste")


def _trouves(coffre: Coffre, texte: str, *, seul: bool = False) -> list[str]:
    return [un.dossier for un in (seul_a_seul(coffre, texte) if seul else coffre.rechercher(texte))]


def _montres(coffre: Coffre) -> list[tuple[str, bool]]:
    recents = [(un.resume.titre, un.resume.discret) for un in coffre.recents()]
    page = coffre.lister(AGENT, Filtre.TOUS, Tri.CHANGE)
    assert [(un.resume.titre, un.resume.discret) for un in page.lignes] == recents
    return recents


def test_relie_tout_se_montre_discret_jusqu_a_la_reponse(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    (avant,) = _montres(coffre)
    _relier(coffre)
    _remettre(coffre)
    assert coffre.echanges.remis_et_pas_confirme()
    ((titre, discret),) = _montres(coffre)
    assert (discret, "Fatihi" in titre) == (True, False)
    assert _trouves(coffre, "Nadia Fatihi 12/03/1984") == []
    assert _trouves(coffre, "Nadia Fatihi 12/03/1984", seul=True) == [dossier]
    reference = coffre.recents()[0].resume.reference
    assert _trouves(coffre, reference) == [dossier]
    _le_registre_repond(coffre)
    assert not coffre.echanges.remis_et_pas_confirme()
    assert _montres(coffre) == [avant]
    assert _trouves(coffre, "Nadia Fatihi") == [dossier]


def test_un_index_refait_ne_demasque_rien(coffre: Coffre) -> None:
    """Abîmé et refait avant la réponse du registre, l'index ne rend pas à la recherche ce qui se montre discret."""
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    _relier(coffre)
    _remettre(coffre)
    with coffre._base.ecriture() as connexion:
        index.refaire(connexion)
    assert _trouves(coffre, "Nadia Fatihi 12/03/1984") == []
    assert _trouves(coffre, "Nadia Fatihi 12/03/1984", seul=True) == [dossier]
    with coffre._base.ecriture() as connexion:
        index.refaire_les_portes(connexion)
    assert _trouves(coffre, "Nadia Fatihi 12/03/1984", seul=True) == [dossier]


def test_une_page_qui_n_est_pas_la_derniere_ne_confirme_rien(coffre: Coffre) -> None:
    coffre.creer_dossier(NADIA, QUI)
    _relier(coffre)
    _remettre(coffre)
    _le_registre_repond(coffre, reste=True)
    assert _trouves(coffre, "Nadia Fatihi") == []


def test_ecrire_ne_demasque_pas_et_le_document_garde_ne_change_pas(coffre: Coffre) -> None:
    """Ce que l'écran en reçoit est discret : rien ne s'en imprime ; ce qui est gardé ne l'est pas devenu."""
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    _relier(coffre)
    _remettre(coffre)
    assert coffre.consulter(dossier, QUI)["protection"] == {"discret": True}
    rendu = coffre.modifier(dossier, {"demande.precisions": "depuis"}, QUI)
    assert rendu["protection"] == {"discret": True}
    assert "protection" not in coffre.lire(dossier)
    assert _trouves(coffre, "Nadia Fatihi") == []
    _le_registre_repond(coffre)
    assert "protection" not in coffre.consulter(dossier, QUI)
    assert _trouves(coffre, "Nadia Fatihi") == [dossier]


def test_un_dossier_ne_depuis_se_montre(coffre: Coffre) -> None:
    _relier(coffre)
    with coffre._base.ecriture() as connexion:
        confirmations.remis(connexion, datetime.now(UTC) - timedelta(seconds=5))
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    coffre.modifier(dossier, {"demande.precisions": "depuis"}, QUI)
    assert _trouves(coffre, "Nadia Fatihi") == [dossier]
    assert "protection" not in coffre.consulter(dossier, QUI)


def test_ce_qui_etait_discret_le_reste(coffre: Coffre) -> None:
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    coffre.modifier(dossier, devenir_discret(), QUI)
    _relier(coffre)
    _remettre(coffre)
    _remettre(coffre)
    _le_registre_repond(coffre)
    assert [discret for _, discret in _montres(coffre)] == [True]
    assert _trouves(coffre, "Nadia Fatihi") == []


def test_jamais_relie_son_journal_confirme(coffre: Coffre) -> None:
    """Nul autre n'a pu le rendre discret : masquer tout n'apprendrait rien à personne."""
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    _remettre(coffre)
    assert not coffre.echanges.remis_et_pas_confirme()
    assert coffre.reglage(confirmations.REMIS_LE)
    assert _trouves(coffre, "Nadia Fatihi") == [dossier]


def _copier(coffre: Coffre, vers: Path) -> Path:
    coffre._base.vider_journal()
    for suffixe in ("", ".cles"):
        shutil.copy(f"{coffre.chemin}{suffixe}", f"{vers}{suffixe}")
    return vers


def _remettre_la_copie(coffre: Coffre, copie: Path) -> Coffre:
    """Comme le fait une guérison : le fichier d'avant prend la place, marqué, et s'ouvre ensuite."""
    coffre.fermer()
    for suffixe in ("", ".cles"):
        shutil.copy(f"{copie}{suffixe}", f"{coffre.chemin}{suffixe}")
    rouvert = Coffre.ouvrir(coffre.chemin, MOT_DE_PASSE, cout=COUT)
    _remettre(rouvert)
    rouvert.fermer()
    return Coffre.ouvrir(coffre.chemin, MOT_DE_PASSE, cout=COUT)


def test_ce_qui_a_ete_efface_depuis_la_copie_l_est_de_nouveau_a_l_ouverture(coffre: Coffre, tmp_path: Path) -> None:
    """Une purge reçue, un dossier créé par erreur dont les trente jours sont passés : aucun ne revient."""
    purge, erreur, garde = (coffre.creer_dossier(NADIA, QUI)["id"] for _ in range(3))
    copie = _copier(coffre, tmp_path / "copie.perron")
    assert coffre.echanges.appliquer(0, Journal([Entree(purge, 1, 1, tombe="purge")], 1, False, "p"), "poste")
    coffre.supprimer(erreur, Raison.ESSAI, "un essai", QUI)
    coffre._horloge = lambda: datetime.now(UTC) + timedelta(days=31)
    assert coffre.effacer_les_echus() == 1
    remis = _remettre_la_copie(coffre, copie)
    assert [un.dossier for un in remis.recents()] == [garde]
    assert remis.verifier_chaine() == []
    assert {un.dossier for un in remis.echanges.attente()} == {garde}
    assert b"Fatihi" not in b"".join(une.contenu or b"" for une in _operations(remis, (purge, erreur)))
    assert remis.droits.rejouer() == 0, "une fois suffit"
    remis.fermer()


def test_la_note_des_effaces_abimee_n_empeche_pas_d_ouvrir(coffre: Coffre) -> None:
    note = coffre.chemin.with_name(coffre.chemin.name + ".effaces")
    assert effaces.lire(coffre.chemin) == set()
    effaces.noter(coffre.chemin, [])
    assert not note.exists()
    note.write_bytes(b"\xff\xfe pas un identifiant\n")
    dossier = coffre.creer_dossier(NADIA, QUI)["id"]
    effaces.noter(coffre.chemin, [dossier])
    assert effaces.lire(coffre.chemin) == {dossier}
    assert coffre.droits.rejouer() == 1


def _operations(coffre: Coffre, dossiers: tuple[str, ...]) -> list[Operation]:
    with coffre._base.lecture() as connexion:
        requete = select(schema.operation).where(schema.operation.c.dossier.in_(dossiers))
        return [Operation(un.entete, un.sel, un.contenu) for un in connexion.execute(requete)]


def test_mutant_rien_n_est_masque(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.coffre.confirmations._masquer", lambda *_: None)
    with pytest.raises(AssertionError):
        test_relie_tout_se_montre_discret_jusqu_a_la_reponse(coffre)


def test_mutant_l_efface_ne_se_note_pas(coffre: Coffre, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("modele.coffre.effaces.noter", lambda *_: None)
    with pytest.raises(AssertionError):
        test_ce_qui_a_ete_efface_depuis_la_copie_l_est_de_nouveau_a_l_ouverture(coffre, tmp_path)


def test_restaure_par_la_commande_il_se_montre_discret_a_l_ouverture(coffre: Coffre, tmp_path: Path) -> None:
    coffre.creer_dossier(NADIA, QUI)
    _relier(coffre)
    coffre.fermer()
    copie = tmp_path / "ailleurs" / "copie.perron"
    copie.parent.mkdir()
    secours.sauvegarder(coffre.chemin, copie, MOT_DE_PASSE)
    secours.restaurer(copie, coffre.chemin, MOT_DE_PASSE, datetime.now(UTC))
    remis = Coffre.ouvrir(coffre.chemin, MOT_DE_PASSE, cout=COUT)
    assert (remis.echanges.remis_et_pas_confirme(), _trouves(remis, "Nadia Fatihi")) == (True, [])
    remis.fermer()
