"""L'administrateur crée, enrôle et révoque ; ses fautes de frappe se disent ; les nombres ne montrent aucun dossier."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outils_registre import ANNEXE, DEPART, GUICHET, TERRITOIRE, PosteDEssai, enrole
from sqlalchemy import Engine, insert, select

from modele.regles.fautes import ErreurUtilisateur
from registre.base.schema import cle_registre, code_enrolement, dossier, operation
from registre.service.administration import (
    creer_code,
    creer_guichet,
    creer_territoire,
    postes,
    revoquer,
    territoires,
)
from registre.service.codes import relire_code
from registre.service.jetons import empreinte_de
from registre.service.referentiels import publier
from registre.service.statistiques import DuGuichet, statistiques

HEURE = timedelta(hours=1)


def test_un_territoire_se_cree_une_fois_avec_ses_trois_cles(moteur: Engine) -> None:
    assert creer_territoire(moteur, TERRITOIRE, "Métropole", DEPART)
    with moteur.connect() as connexion:
        cles = connexion.execute(select(cle_registre.c.nom, cle_registre.c.valeur)).all()
    assert not creer_territoire(moteur, TERRITOIRE, "Autre nom", DEPART)
    assert territoires(moteur) == [TERRITOIRE]
    with moteur.connect() as connexion:
        assert connexion.execute(select(cle_registre.c.nom, cle_registre.c.valeur)).all() == cles
    assert sorted((nom, len(valeur)) for nom, valeur in cles) == [("defi", 32), ("scellement", 32), ("signature", 32)]


@pytest.mark.parametrize("nom", ["", "Métropole", "a b", "-a", "a-", "a.b", "a" * 65, "a/b"])
def test_un_nom_qui_ne_convient_pas_se_dit(moteur: Engine, territoire: str, nom: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="ne convient pas pour un territoire"):
        creer_territoire(moteur, nom, "x", DEPART)
    with pytest.raises(ErreurUtilisateur, match="ne convient pas pour un guichet"):
        creer_guichet(moteur, TERRITOIRE, nom, "x")


def test_un_guichet_se_cree_une_fois(moteur: Engine, territoire: str) -> None:
    assert creer_guichet(moteur, TERRITOIRE, "nouveau", "Nouveau")
    assert not creer_guichet(moteur, TERRITOIRE, "nouveau", "Nouveau")


def test_ce_qui_n_existe_pas_se_dit_avec_ce_qui_y_ressemble(moteur: Engine, territoire: str) -> None:
    with pytest.raises(
        ErreurUtilisateur, match="territoire « metropole-exemples » ; vouliez-vous « metropole-exemple »"
    ):
        creer_guichet(moteur, "metropole-exemples", "g", "g")
    with pytest.raises(ErreurUtilisateur, match="guichet « acueil » ; vouliez-vous « accueil »"):
        creer_code(moteur, TERRITOIRE, "acueil", ["agent"], HEURE, DEPART)
    with pytest.raises(ErreurUtilisateur, match="Rôle inconnu : chef"):
        creer_code(moteur, TERRITOIRE, GUICHET, ["chef"], HEURE, DEPART)
    with pytest.raises(ErreurUtilisateur, match="pas de poste « x »"):
        revoquer(moteur, TERRITOIRE, "x", DEPART)
    with pytest.raises(ErreurUtilisateur, match="pas de territoire « ailleurs »"):
        postes(moteur, "ailleurs")
    with pytest.raises(ErreurUtilisateur, match="pas de territoire « ailleurs »"):
        statistiques(moteur, "ailleurs")


def test_d_un_code_seule_l_empreinte_est_gardee(moteur: Engine, territoire: str) -> None:
    code = creer_code(moteur, TERRITOIRE, ANNEXE, ["responsable", "agent"], HEURE, DEPART)
    with moteur.connect() as connexion:
        ligne = connexion.execute(select(code_enrolement)).one()
    assert ligne.empreinte == empreinte_de(relire_code(code)[1])
    assert (ligne.guichet, ligne.roles, ligne.expire_le) == (ANNEXE, ["agent", "responsable"], DEPART + HEURE)
    assert code.partition("/")[2] not in repr(ligne)


def test_les_postes_se_lisent_et_une_revocation_garde_sa_date(moteur: Engine, territoire: str) -> None:
    premier = enrole(moteur, PosteDEssai(nom="Premier"))
    second = enrole(moteur, PosteDEssai(nom="Second", guichet=ANNEXE), DEPART + HEURE)
    assert revoquer(moteur, TERRITOIRE, premier.id, DEPART + HEURE).revoque_le == DEPART + HEURE
    assert revoquer(moteur, TERRITOIRE, premier.id, DEPART + 2 * HEURE).revoque_le == DEPART + HEURE
    assert [(un.id, un.nom, un.guichet, un.roles, un.revoque_le) for un in postes(moteur, TERRITOIRE)] == [
        (premier.id, "Premier", GUICHET, ("agent",), DEPART + HEURE),
        (second.id, "Second", ANNEXE, ("agent",), None),
    ]


def test_les_nombres_d_un_territoire(moteur: Engine, territoire: str) -> None:
    enrole(moteur, PosteDEssai())
    revoquer(moteur, TERRITOIRE, enrole(moteur, PosteDEssai()).id, DEPART)
    publier(moteur, TERRITOIRE, "grille", b"1", DEPART)
    publier(moteur, TERRITOIRE, "grille", b"2", DEPART)
    with moteur.begin() as connexion:
        for nom, guichet, tombe in (("a", GUICHET, None), ("b", ANNEXE, None), ("c", ANNEXE, "purge")):
            connexion.execute(
                insert(dossier).values(
                    territoire=TERRITOIRE, id=nom, etat=b"", version=1, sequence=1, discret=False, tombe=tombe,
                    poste="p", guichet=guichet, recu_le=DEPART, genre="dossier",
                )
            )  # fmt: skip
        connexion.execute(
            insert(operation).values(
                territoire=TERRITOIRE, id="o", epoque="e", rang=1, poste="p", dossier="a", entete=b"", signature=b"",
                issue=b"{}", sequence=1, recue_le=DEPART + HEURE,
            )
        )  # fmt: skip
    nombres = statistiques(moteur, TERRITOIRE)
    assert nombres.guichets == (DuGuichet(GUICHET, 1, 1), DuGuichet(ANNEXE, 0, 1))
    assert (nombres.postes_revoques, nombres.operations, nombres.dossiers_purges) == (1, 1, 1)
    assert (nombres.referentiels, nombres.sequence, nombres.derniere) == (1, 0, DEPART + HEURE)
