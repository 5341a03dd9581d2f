"""Quelle version de chaque publication tient chaque poste ; qui est en retard, et ce qu'on n'en sait pas."""

from __future__ import annotations

from datetime import timedelta

import pytest
from outils_registre import DEPART, TERRITOIRE, PosteDEssai
from sqlalchemy import Engine

from modele.protocole.messages import InformationsTenues
from modele.regles.fautes import ErreurUtilisateur
from registre.paroles_des_informations import dire
from registre.service import informations, referentiels
from registre.service.refus import Refuse

SUR_LES_DEUX = False


def dit(moteur: Engine) -> list[str]:
    return list(dire(referentiels.lister(moteur, TERRITOIRE), informations.postes(moteur, TERRITOIRE)))


def test_rien_de_publie_se_dit(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    assert dit(moteur) == ["Ce territoire n'a rien publié : chaque poste se sert de ce que Perron livre."]


def test_un_poste_qui_n_a_rien_dit_n_est_pas_a_jour(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """Inconnu n'est jamais « à jour »."""
    referentiels.publier(moteur, TERRITOIRE, "grille", b"{}", DEPART)
    [poste] = informations.postes(moteur, TERRITOIRE)
    assert (poste.dit_le, poste.versions) == (None, {})
    assert dit(moteur)[2:] == [
        "Postes en retard : 1 sur 1.",
        f"  {poste.nom} ({poste.guichet}) : n'a encore rien dit de ce qu'il tient.",
    ]


def test_un_poste_dit_ce_qu_il_tient_et_le_retard_se_lit(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    for contenu in (b"1", b"2"):
        referentiels.publier(moteur, TERRITOIRE, "grille", contenu, DEPART)
    referentiels.publier(moteur, TERRITOIRE, "reperes", b"x", DEPART)
    tenues = InformationsTenues({"grille": 1})
    assert informations.noter(moteur, poste_enrole.porteur, tenues, DEPART) == tenues
    [poste] = informations.postes(moteur, TERRITOIRE)
    assert dit(moteur)[3:] == [
        "Postes en retard : 1 sur 1.",
        f"  {poste.nom} ({poste.guichet}), vu le {DEPART:%d/%m/%Y à %H:%M} UTC : "
        "grille (version 1 au lieu de 2), reperes (aucune au lieu de 1)",
    ]
    plus_tard = DEPART + timedelta(hours=1)
    informations.noter(moteur, poste_enrole.porteur, InformationsTenues({"grille": 2, "reperes": 1}), plus_tard)
    assert dit(moteur)[3:] == ["Chaque poste a tout."]
    # Ce qu'il ne tient plus ne reste pas à son compte.
    informations.noter(moteur, poste_enrole.porteur, InformationsTenues({"grille": 2}), plus_tard)
    assert informations.postes(moteur, TERRITOIRE)[0].versions == {"grille": 2}
    informations.noter(moteur, poste_enrole.porteur, InformationsTenues({}), plus_tard)
    assert informations.postes(moteur, TERRITOIRE)[0].dit_le is None


def test_sans_poste_relie(moteur: Engine, territoire: str) -> None:
    referentiels.publier(moteur, TERRITOIRE, "grille", b"{}", DEPART)
    assert dit(moteur)[-1] == "Aucun poste n'est relié."


def test_trop_de_versions_et_territoire_inconnu_se_refusent(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    trop = InformationsTenues({f"n{rang}": 1 for rang in range(1001)})
    with pytest.raises(Refuse):
        informations.noter(moteur, poste_enrole.porteur, trop, DEPART)
    with pytest.raises(ErreurUtilisateur):
        informations.postes(moteur, "nulle-part")
