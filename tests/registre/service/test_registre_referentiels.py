"""Une donnée publiée est versionnée, signée par son territoire, et relue telle quelle."""

from __future__ import annotations

import hashlib
import threading

import pytest
from outils_registre import AILLEURS, DEPART, TERRITOIRE, PosteDEssai, peupler
from sqlalchemy import Engine

from modele.protocole.signatures import texte_du_referentiel, verifier
from modele.regles.fautes import ErreurUtilisateur
from registre.service.referentiels import lire, lister, publier
from registre.service.refus import Refuse


def test_chaque_publication_est_une_version_neuve_signee(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    contenu = '{"été": 1}'.encode()
    publier(moteur, TERRITOIRE, "grille", b"ancienne", DEPART)
    publie = publier(moteur, TERRITOIRE, "grille", contenu, DEPART)
    assert (publie.nom, publie.version, publie.taille, publie.publie_le) == ("grille", 2, len(contenu), DEPART)
    assert publie.sha256 == hashlib.sha256(contenu).hexdigest()
    assert poste_enrole.enrole is not None
    texte = texte_du_referentiel(TERRITOIRE, "grille", 2, contenu)
    assert verifier(poste_enrole.enrole.cle_registre, publie.signature, texte)
    assert lire(moteur, TERRITOIRE, "grille", 2) == contenu
    assert lire(moteur, TERRITOIRE, "grille", 1) == b"ancienne"


def test_la_liste_ne_dit_que_la_derniere_version_de_chacun_et_que_du_territoire(
    moteur: Engine, territoire: str
) -> None:
    peupler(moteur, AILLEURS)
    publier(moteur, AILLEURS, "grille", b"d'ailleurs", DEPART)
    publier(moteur, TERRITOIRE, "lieux", b"1", DEPART)
    publier(moteur, TERRITOIRE, "grille", b"1", DEPART)
    publier(moteur, TERRITOIRE, "grille", b"22", DEPART)
    assert [(un.nom, un.version, un.taille) for un in lister(moteur, TERRITOIRE)] == [("grille", 2, 2), ("lieux", 1, 1)]


@pytest.mark.parametrize(("ou", "nom", "version"), [(TERRITOIRE, "g", 2), (TERRITOIRE, "h", 1), (AILLEURS, "g", 1)])
def test_une_version_qui_n_existe_pas_est_refusee(
    moteur: Engine, territoire: str, ou: str, nom: str, version: int
) -> None:
    publier(moteur, TERRITOIRE, "g", b"1", DEPART)
    with pytest.raises(Refuse) as refus:
        lire(moteur, ou, nom, version)
    assert (refus.value.statut, refus.value.refus.code) == (404, "referentiel_inconnu")


def test_deux_publications_simultanees_ont_chacune_leur_version(moteur: Engine, territoire: str) -> None:
    versions: list[int] = []
    depart = threading.Barrier(4)

    def publier_ensemble() -> None:
        depart.wait(10)
        versions.append(publier(moteur, TERRITOIRE, "grille", b"x", DEPART).version)

    fils = [threading.Thread(target=publier_ensemble) for _ in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(30)
    assert sorted(versions) == [1, 2, 3, 4]


def test_ce_qui_ne_se_publie_pas_se_dit(moteur: Engine, territoire: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="est vide ou dépasse"):
        publier(moteur, TERRITOIRE, "grille", b"", DEPART)
    with pytest.raises(ErreurUtilisateur, match="ne convient pas pour un référentiel"):
        publier(moteur, TERRITOIRE, "Grille !", b"x", DEPART)
    with pytest.raises(ErreurUtilisateur, match="pas de territoire « autre-metropole »"):
        publier(moteur, AILLEURS, "grille", b"x", DEPART)
