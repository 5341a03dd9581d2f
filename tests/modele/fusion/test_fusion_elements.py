"""Les listes : ajouter, retirer, changer, ordonner les mêmes éléments de deux côtés."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from postes_d_essai import Monde, Pas, dit, jouer, monde, operation, tout_envoyer, vide

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.operations import ChampPose
from modele.fusion import (
    EtatDossier,
    Issue,
    Tete,
    decoder_etat,
    divergences,
    document,
    encoder_etat,
    fusionner,
    trancher,
)
from modele.fusion.etat import PRESENT, Origine

PERSONNES = "foyer.personnes"
ZOE = f"{PERSONNES}.elements.zoe"
IDENTITE = f"{ZOE}#identite"
FOYER = {"foyer": {"personnes": {"elements": {"zoe": {"nom": "Fatihi", "lien": "enfant"}, "ali": {"nom": "A"}}}}}
FOYER["foyer"]["personnes"]["ordre"] = ["ali", "zoe"]  # type: ignore[assignment]
RETIRER: Pas = ("poser", "A", {ZOE: ABSENT})
CHANGER: Pas = ("poser", "B", {f"{ZOE}.lien": "niece"})
GARDER, OTER = 0, 1


def _foyer(tenu: Monde) -> dict[str, Any]:
    trouve: dict[str, Any] = lire(document(tenu.registre.etat), PERSONNES)
    return trouve


def _diverge(tenu: Monde) -> list[str]:
    return [un.unite for un in divergences(tenu.registre.etat)]


def _dans_l_ordre(tenu: Monde, *postes: str) -> None:
    for poste in postes:
        tenu[poste].envoyer()
    tout_envoyer(tenu)


def test_retirer_ce_que_nul_n_a_change() -> None:
    """L'élément part, de la liste et de l'ordre."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER])
    tout_envoyer(tenu)
    assert tenu.registre.fusions[-1].issue is Issue.ACCEPTEE
    assert _foyer(tenu) == {"elements": {"ali": {"nom": "A"}}, "ordre": ["ali"]}
    assert _diverge(tenu) == []


def test_retire_puis_change_ailleurs() -> None:
    """Le retrait est arrivé d'abord : il reste en vigueur, rien ne ressuscite, et la valeur changée est proposée."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, "A", "B")
    assert (tenu.registre.fusions[-1].issue, tenu.registre.fusions[-1].champs) == (Issue.DIVERGENCE, (ZOE,))
    assert "zoe" not in _foyer(tenu)["elements"]
    (divergence,) = divergences(tenu.registre.etat)
    retire, garde = divergence.propositions
    assert (retire.valeurs, retire.auteur.agent) == ({}, "A")
    assert retire.base == {f"{ZOE}.nom": "Fatihi", f"{ZOE}.lien": "enfant"}
    assert (garde.valeurs, garde.auteur.agent) == ({ZOE: {}, f"{ZOE}.lien": "niece"}, "B")


def test_change_puis_retire_ailleurs() -> None:
    """Le changement est arrivé d'abord : l'élément reste là, le retrait est proposé."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, "B", "A")
    assert (tenu.registre.fusions[-1].issue, tenu.registre.fusions[-1].champs) == (Issue.DIVERGENCE, (ZOE,))
    assert _foyer(tenu)["elements"]["zoe"] == {"nom": "Fatihi", "lien": "niece"}
    (divergence,) = divergences(tenu.registre.etat)
    assert [un.valeurs for un in divergence.propositions] == [{ZOE: {}, f"{ZOE}.lien": "niece"}, {}]


@pytest.mark.parametrize("ordre", ["AB", "BA"])
@pytest.mark.parametrize("choix", ["garder", "retirer"])
def test_trancher_un_retrait(ordre: str, choix: str) -> None:
    """Garder ou retirer, dans les deux ordres : tous lisent la même chose, plus rien n'attend."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, *ordre)
    (divergence,) = tenu["A"].divergences()
    rang = next(i for i, un in enumerate(divergence.propositions) if bool(un.valeurs) is (choix == "garder"))
    jouer(tenu, [("trancher", "A", 0, rang), ("echanger", "A")])
    tout_envoyer(tenu)
    assert _diverge(tenu) == []
    assert tenu["A"].document() == tenu["B"].document()
    attendu = {"nom": "Fatihi", "lien": "niece"} if choix == "garder" else ABSENT
    assert lire(tenu["B"].document(), ZOE) == attendu


@pytest.mark.parametrize("ordre", ["ABC", "BCA", "CAB"])
@pytest.mark.parametrize("garder", [True, False])
def test_trancher_un_element_dont_les_champs_divergent(ordre: str, garder: bool) -> None:
    """Retiré, ses champs n'ont plus à être tranchés ; gardé, ils le sont encore, chacun."""
    tenu = monde("ABC", FOYER)
    jouer(tenu, [RETIRER, CHANGER, ("poser", "C", {f"{ZOE}.lien": "voisine"})])
    _dans_l_ordre(tenu, *ordre)
    existence = next(un for un in tenu["A"].divergences() if un.unite == ZOE)
    rang = next(i for i, un in enumerate(existence.propositions) if bool(un.valeurs) is garder)
    jouer(tenu, [("trancher", "A", 0, rang), ("echanger", "A")])
    if garder:
        assert _diverge(tenu) == [f"{ZOE}.lien"]
        jouer(tenu, [("recevoir", "C"), ("trancher", "C", 0, 1), ("echanger", "C")])
    tout_envoyer(tenu)
    assert _diverge(tenu) == []
    assert (lire(tenu["B"].document(), ZOE) is ABSENT) is not garder


def test_retirer_a_nouveau_ce_qui_etait_retire_ne_le_fait_pas_revenir() -> None:
    """Un second retrait, qui ignore un changement de plus, laisse l'élément retiré et la divergence ouverte."""
    tenu = monde("ABC", FOYER)
    jouer(tenu, [RETIRER, CHANGER, ("envoyer", "A"), ("envoyer", "B"), ("recevoir", "A")])
    jouer(tenu, [("poser", "C", {f"{ZOE}.nom": "Roux"}), ("envoyer", "C"), ("trancher", "A", 0, 0), ("echanger", "A")])
    assert "zoe" not in _foyer(tenu)["elements"]
    assert _diverge(tenu) == [ZOE]


def test_deux_retraits_n_attendent_personne() -> None:
    """Deux postes retirent le même élément : il est retiré, une fois pour toutes."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER, ("poser", "B", {ZOE: ABSENT})])
    tout_envoyer(tenu)
    assert tenu.registre.fusions[-1].issue is Issue.FUSIONNEE
    assert _diverge(tenu) == []


def test_un_retrait_propose_vaut_quand_un_autre_a_tout_vu() -> None:
    """A retire sans savoir, C retire en sachant : plus rien n'est ignoré."""
    tenu = monde("ABC", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, "B", "A")
    jouer(tenu, [("poser", "C", {ZOE: ABSENT}), ("echanger", "C")])
    assert "zoe" not in _foyer(tenu)["elements"]
    assert _diverge(tenu) == []


@pytest.mark.parametrize("ordre", ["AB", "BA"])
def test_revenir_a_ce_que_le_retrait_avait_vu(ordre: str) -> None:
    """B change puis revient : A avait tout sous les yeux, l'élément est retiré dans les deux ordres."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [RETIRER, CHANGER, ("poser", "B", {f"{ZOE}.lien": "enfant"})])
    tenu["B"].envoyer(1)
    _dans_l_ordre(tenu, *ordre)
    assert "zoe" not in _foyer(tenu)["elements"]
    assert _diverge(tenu) == []


def test_garder_contre_un_autre_retrait() -> None:
    """A tranche « garder » pendant que C retire à son tour : une nouvelle divergence, pas une perte."""
    tenu = monde("ABC", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, "B", "A")
    jouer(tenu, [("trancher", "A", 0, GARDER), ("trancher", "C", 0, OTER)])
    tout_envoyer(tenu)
    assert _diverge(tenu) == [ZOE]
    assert "zoe" in _foyer(tenu)["elements"]


def test_garde_des_deux_cotes_puis_retire() -> None:
    """Deux postes gardent ; un retrait qui n'en a vu qu'un, et ignore un changement, reste une proposition."""
    tenu = monde("ABC", FOYER)
    jouer(tenu, [RETIRER, CHANGER])
    _dans_l_ordre(tenu, "B", "A")
    jouer(tenu, [("trancher", "A", 0, GARDER), ("trancher", "B", 0, GARDER), ("envoyer", "A"), ("recevoir", "C")])
    jouer(tenu, [("envoyer", "B"), ("poser", "A", {f"{ZOE}.nom": "Roux"}), ("envoyer", "A")])
    jouer(tenu, [("poser", "C", {ZOE: ABSENT}), ("echanger", "C")])
    assert "zoe" in _foyer(tenu)["elements"]
    assert ZOE in _diverge(tenu)


def test_un_element_ne_vide() -> None:
    """Il existe sans champ, se remplit ailleurs, se retire."""
    tenu = monde("AB", {})
    jouer(tenu, [("poser", "A", {ZOE: {}}), ("echanger", "A"), ("recevoir", "B")])
    assert _foyer(tenu) == {"elements": {"zoe": {}}, "ordre": ["zoe"]}
    jouer(tenu, [("poser", "B", {f"{ZOE}.nom": "Issa"}), ("echanger", "B"), ("recevoir", "A")])
    jouer(tenu, [("poser", "A", {ZOE: ABSENT}), ("echanger", "A")])
    assert _diverge(tenu) == []
    assert "foyer" not in document(tenu.registre.etat)


def test_un_element_ne_vide_retire_sans_voir_ce_qu_on_y_met() -> None:
    """A le retire pendant que B y écrit un nom : les deux ordres, une divergence."""
    for ordre in ("AB", "BA"):
        tenu = monde("AB", {"foyer": {"personnes": {"elements": {"zoe": {}}}}})
        jouer(tenu, [RETIRER, ("poser", "B", {f"{ZOE}.nom": "Issa"})])
        _dans_l_ordre(tenu, *ordre)
        assert _diverge(tenu) == [ZOE]


def test_un_element_dont_on_efface_tous_les_champs_reste_la() -> None:
    """Sur le poste comme au registre : vidé n'est pas retiré."""
    tenu = monde("AB", {"foyer": {"personnes": {"elements": {"zoe": {"nom": "Z", "lien": "enfant"}}}}})
    jouer(tenu, [("poser", "A", {f"{ZOE}.lien": ABSENT}), ("poser", "A", {f"{ZOE}.nom": ABSENT})])
    assert lire(tenu["A"].document(), ZOE) == {}
    tout_envoyer(tenu)
    assert lire(tenu["B"].document(), ZOE) == {}


def test_l_identite_d_un_element_d_un_bloc() -> None:
    """Dans une liste aussi, le nom et le prénom vont ensemble ; le lien, à part."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [("poser", "A", {f"{ZOE}.nom": "Roux"}), ("poser", "B", {f"{ZOE}.prenoms": "Zoé"}), CHANGER])
    tout_envoyer(tenu)
    assert _diverge(tenu) == [IDENTITE]
    assert _foyer(tenu)["elements"]["zoe"] == {"nom": "Roux", "lien": "niece"}


def test_chacun_ajoute_un_enfant() -> None:
    """Les deux enfants sont là, l'ordre ne se contredit pas, et le suivant l'écrit en entier."""
    tenu = monde("AB", FOYER)
    for poste, enfant in (("A", "lea"), ("B", "tom")):
        ordre = ["ali", "zoe", enfant]
        jouer(tenu, [("poser", poste, {f"{PERSONNES}.elements.{enfant}.nom": enfant, f"{PERSONNES}.ordre": ordre})])
    tout_envoyer(tenu)
    assert _diverge(tenu) == []
    assert _foyer(tenu)["ordre"] == ["ali", "zoe", "lea", "tom"]
    assert tenu.registre.fusions[-1].issue is Issue.FUSIONNEE
    jouer(tenu, [("poser", "A", {f"{PERSONNES}.ordre": ["tom", "lea", "zoe", "ali"]}), ("echanger", "A")])
    assert len(tenu.registre.etat.unites[f"{PERSONNES}.ordre"]) == 1


def test_deux_ordres_qui_se_contredisent() -> None:
    """Chacun range la liste autrement : une divergence, sur l'ordre seul."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [("poser", "A", {f"{PERSONNES}.elements.lea.nom": "Léa", f"{PERSONNES}.ordre": ["lea", "ali", "zoe"]})])
    jouer(tenu, [("poser", "B", {f"{PERSONNES}.ordre": ["zoe", "ali"]})])
    tout_envoyer(tenu)
    assert _diverge(tenu) == [f"{PERSONNES}.ordre"]
    jouer(tenu, [("trancher", "B", 0, 1), ("echanger", "B")])
    assert _foyer(tenu)["ordre"] == ["zoe", "ali", "lea"]


def test_deux_ordres_se_contredisent_malgre_un_troisieme_qui_n_en_dit_rien() -> None:
    """Celui en vigueur ne contredit personne ; les deux autres, si : cela se voit, et chacun se propose."""
    tenu = monde("ABC", FOYER)
    for poste, ordre in zip("ABC", (["zoe"], ["ali", "zoe"], ["zoe", "ali"]), strict=True):
        jouer(tenu, [("poser", poste, {f"{PERSONNES}.ordre": [*ordre, poste]})])
    tout_envoyer(tenu)
    (divergence,) = divergences(tenu.registre.etat)
    assert len(divergence.propositions) == 3


@pytest.mark.parametrize("ordre", ["faux", [["zoe"], {"x": 1}, "zoe", "zoe", "parti"], ABSENT])
def test_un_ordre_mal_forme_se_complete(ordre: Any) -> None:
    """Quoi qu'un poste ait écrit, chaque élément présent est dans l'ordre, une fois."""
    tenu = monde("A", FOYER)
    jouer(tenu, [("poser", "A", {f"{PERSONNES}.ordre": ordre}), ("echanger", "A")])
    assert sorted(_foyer(tenu)["ordre"]) == ["ali", "zoe"]


def test_un_ordre_qui_n_est_pas_une_liste_diverge_comme_un_champ() -> None:
    """Un ordre mal formé des deux côtés se compare comme toute valeur."""
    tenu = monde("AB", FOYER)
    jouer(tenu, [("poser", "A", {f"{PERSONNES}.ordre": "x"}), ("poser", "B", {f"{PERSONNES}.ordre": ["zoe"]})])
    tout_envoyer(tenu)
    assert _diverge(tenu) == [f"{PERSONNES}.ordre"]


def test_une_liste_que_cette_version_ne_connait_pas() -> None:
    """Ses éléments s'ajoutent, se changent et se retirent comme les autres."""
    atelier = "ateliers.elements.a1"
    tenu = monde("AB", {"ateliers": {"elements": {"a1": {"titre": "Couture"}}}})
    jouer(tenu, [("poser", "A", {atelier: ABSENT}), ("poser", "B", {f"{atelier}.titre": "Cuisine"})])
    tout_envoyer(tenu)
    assert _diverge(tenu) == [atelier]


def test_un_element_qui_n_est_pas_une_table() -> None:
    """Un poste fautif écrit une valeur à la place d'un élément : elle est gardée, et se retire."""
    etat = fusionner(vide(), operation("A", {ZOE: dit(apres={"refus": True})}), "A").etat
    assert lire(document(etat), ZOE) == {"refus": True}
    vu = etat.unites[ZOE][0].operation
    etat = fusionner(etat, operation("A", {ZOE: dit({"refus": True}, ABSENT, vu)}), "A").etat
    assert lire(document(etat), ZOE) is ABSENT


def test_un_element_dit_de_deux_facons_ne_fait_pas_tomber_la_lecture() -> None:
    """Un poste fautif a posé un texte là où vit une personne : qui le reçoit doit pouvoir lire la suite."""
    etat = vide()
    for valeur in ("faux", "autre"):
        etat = fusionner(etat, operation("A", {ZOE: ChampPose(apres=valeur)}), "A").etat
    (divergence,) = divergences(etat)
    assert [dict(une.valeurs) for une in divergence.propositions] == [{ZOE: "faux"}, {ZOE: "autre"}]
    tranchee = fusionner(etat, operation("A", trancher(etat, divergence, {ZOE: {}})), "A").etat
    assert divergences(tranchee) == []


def test_un_element_du_dedans_que_personne_n_a_dit_ne_fait_pas_echouer_la_lecture() -> None:
    """Un retrait l'ignore, mais aucune opération ne l'a fait naître : la divergence se lit quand même."""
    dedans = f"{ZOE}.contrats.elements.un"
    quand = datetime(2026, 11, 27, tzinfo=UTC)
    etat = EtatDossier(
        "d",
        "t",
        unites={ZOE: [Tete("a")], dedans: [Tete(PRESENT, {dedans: {}}), Tete("b")]},
        auteurs={un: Origine("Nora", un, quand, 60) for un in ("a", "b")},
    )
    (divergence,) = [une for une in divergences(etat) if une.unite == ZOE]
    assert {une.auteur.poste for une in divergence.propositions} == {"a"}
    assert decoder_etat(encoder_etat(etat)) == etat
