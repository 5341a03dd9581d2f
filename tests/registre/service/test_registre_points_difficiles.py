"""Les essais de formation comptés : sans auteur, ni poste, ni date ; rien sous onze agents ; chacun une fois."""

from __future__ import annotations

from typing import Any

import pytest
from outils_registre import TERRITOIRE, PosteDEssai
from sqlalchemy import Engine, inspect, text

from modele.formation import lire_cas
from modele.protocole.messages import CompteDeFormation, ComptesDeFormation, EtapeComptee, EtapeDuReseau
from modele.regles.fautes import ErreurUtilisateur
from registre.paroles_de_la_formation import dire
from registre.service import formation
from registre.service.refus import Refuse
from ressources import RESSOURCES

CAS, VERSION = "sans-abri-froid", "ab" * 8
ETAPES = (EtapeComptee("entretien", 4, 0, 1), EtapeComptee("gestes", 1, 2, 3))


def essai(rang: int, cas: str = CAS, version: str = VERSION, etapes: Any = ETAPES) -> CompteDeFormation:
    return CompteDeFormation(cas, version, f"{rang:032x}", tuple(etapes))


def dire_des_essais(moteur: Engine, poste: PosteDEssai, *essais: CompteDeFormation) -> Any:
    return formation.echanger(moteur, poste.porteur, ComptesDeFormation(essais))


def jouer(moteur: Engine, poste: PosteDEssai, combien: int, a_partir_de: int = 0) -> Any:
    return dire_des_essais(moteur, poste, *map(essai, range(a_partir_de, a_partir_de + combien)))


def test_rien_sous_onze_agents_puis_les_points_difficiles(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    assert jouer(moteur, poste_enrole, 10).cas == ()
    assert list(dire(formation.du_reseau(moteur, TERRITOIRE), {})) == [
        "Pas encore assez d'agents : un cas se montre à partir de 11, jamais moins."
    ]
    (montre,) = jouer(moteur, poste_enrole, 1, 10).cas
    assert (montre.cas, montre.agents) == (CAS, 11)
    entretien, gestes = montre.etapes
    # Aucun oubli parmi 11 : un petit nombre se tait, et un voisin avec lui, sans quoi la somme le rendrait.
    assert entretien == EtapeDuReseau("entretien", 44, None, None)
    assert gestes == EtapeDuReseau("gestes", 11, 22, 33)
    connu = lire_cas(RESSOURCES / "formation" / f"{CAS}.toml")
    dit = list(dire(formation.du_reseau(moteur, TERRITOIRE), {CAS: connu}))
    assert dit[0].startswith(f"{connu.titre} · les 11 derniers")
    assert dit[1].endswith("oublis : 22 ; à discuter : 33 ; justes : 11")
    assert dit[2] == "  L'entretien : oublis : petit nombre ; à discuter : petit nombre ; justes : 44"
    assert list(dire(formation.du_reseau(moteur, TERRITOIRE), {}))[1].startswith("  gestes : ")


def test_mutant_un_seuil_a_dix_se_verrait(
    moteur: Engine, poste_enrole: PosteDEssai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L'essai du dessus voit bien le seuil : à dix, un cas se montrerait trop tôt."""
    monkeypatch.setattr(formation, "_taille", lambda: 10)
    assert jouer(moteur, poste_enrole, 10).cas != ()


def test_un_meme_agent_ne_compte_qu_une_fois(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """Redit, dans le même envoi ou un autre, avec d'autres nombres : le premier reste, et c'est le même agent."""
    for _ in range(3):
        assert jouer(moteur, poste_enrole, 10).cas == ()
    encore = essai(3, etapes=[EtapeComptee("gestes", 0, 9, 0)])
    assert dire_des_essais(moteur, poste_enrole, encore, encore).cas == ()
    assert sum(ligne.oublis for ligne in lignes(moteur)) == 20


def test_mutant_un_agent_compte_deux_fois(
    moteur: Engine, poste_enrole: PosteDEssai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Si le jeton changeait d'un envoi à l'autre, dix agents en feraient onze."""
    jouer(moteur, poste_enrole, 10)
    assert dire_des_essais(moteur, poste_enrole, essai(99)).cas != ()


def test_un_lot_ne_se_montre_que_plein_et_seul(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """Un douzième agent ne change rien de ce qui se montre : la différence le rendrait."""
    avant = jouer(moteur, poste_enrole, 11)
    douzieme = essai(11, etapes=[EtapeComptee("entretien", 0, 5, 0), EtapeComptee("gestes", 0, 6, 0)])
    assert dire_des_essais(moteur, poste_enrole, douzieme) == avant
    apres = jouer(moteur, poste_enrole, 10, 12)
    # Le second lot, seul : les onze premiers n'y sont plus.
    assert [un.agents for un in apres.cas] == [11]
    assert apres.cas[0].etapes[1] == EtapeDuReseau("gestes", None, None, 30)
    assert {ligne.lot for ligne in lignes(moteur)} == {0, 1}


def test_rien_ne_dit_de_qui_ni_d_ou_ni_quand(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    """La table n'a pas de quoi le dire, et ce qu'elle tient n'a rien du poste. Mutant : une colonne de plus."""
    jouer(moteur, poste_enrole, 11)
    colonnes = {une["name"] for une in inspect(moteur).get_columns("compte_de_formation")}
    assert colonnes == {
        *("territoire", "cas", "version", "jeton", "etape", "lot", "justes", "oublis", "a_discuter"),
    }
    tenu = repr([tuple(ligne) for ligne in lignes(moteur)])
    assert poste_enrole.porteur.poste not in tenu
    assert poste_enrole.porteur.guichet not in tenu


def test_deux_versions_d_un_cas_ne_se_melent_pas(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    jouer(moteur, poste_enrole, 10)
    assert dire_des_essais(moteur, poste_enrole, essai(10, version="cd" * 8)).cas == ()


@pytest.mark.parametrize(
    "mauvais",
    [
        essai(1, cas="Mme Dupont"),
        essai(1, version="v"),
        essai(1, etapes=[]),
        essai(1, etapes=[EtapeComptee("Nora Belaïd", 1, 0, 0)]),
        essai(1, etapes=[EtapeComptee("gestes", -1, 0, 0)]),
        essai(1, etapes=[EtapeComptee("gestes", 201, 0, 0)]),
        essai(1, etapes=[EtapeComptee("gestes", 1, 0, 0)] * 2),
        CompteDeFormation(CAS, VERSION, "Nora", ETAPES),
    ],
    ids=["cas", "version", "sans-etape", "nom", "negatif", "trop", "deux-fois", "jeton"],
)
def test_ce_qui_n_a_pas_la_forme_se_refuse(
    mauvais: CompteDeFormation, moteur: Engine, poste_enrole: PosteDEssai
) -> None:
    """Un nom, un texte : rien n'entre que des nombres et des mots de cas."""
    with pytest.raises(Refuse):
        dire_des_essais(moteur, poste_enrole, mauvais)
    assert lignes(moteur) == []


def test_trop_d_un_coup_et_territoire_inconnu_se_refusent(moteur: Engine, poste_enrole: PosteDEssai) -> None:
    with pytest.raises(Refuse):
        jouer(moteur, poste_enrole, 201)
    with pytest.raises(ErreurUtilisateur):
        formation.du_reseau(moteur, "nulle-part")


def lignes(moteur: Engine) -> list[Any]:
    with moteur.connect() as connexion:
        return list(connexion.execute(text("SELECT * FROM compte_de_formation ORDER BY lot, jeton, etape")))
