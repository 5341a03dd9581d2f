"""Deux postes disent un champ : ce qui se remplace, ce qui se rejoint, ce qui diverge."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest
from postes_d_essai import Monde, dit, jouer, monde, operation, tout_envoyer, vide

from modele.dossier.chemins import ABSENT, lire
from modele.dossier.documents import encoder
from modele.dossier.operations import Operation
from modele.dossier.unites import pareils
from modele.fusion import Issue, a_citer, divergences, document, fusionner, lecture, tetes

NADIA = {"demandeur": {"nom": "Fatihi", "prenoms": "Nadia"}, "logement_actuel": {"loyer": Decimal("512.30")}}


def _unites(tenu: Monde) -> dict[str, list[dict[str, Any]]]:
    """Ce qui diverge : les valeurs en présence, celle en vigueur d'abord."""
    return {
        un.unite: [dict(proposition.valeurs) for proposition in un.propositions]
        for un in divergences(tenu.registre.etat)
    }


def _deux_disent(champ: str, ici: Any, la: Any, initial: dict[str, Any] | None = None) -> Monde:
    tenu = monde("AB", NADIA if initial is None else initial)
    jouer(tenu, [("poser", "A", {champ: ici}), ("poser", "B", {champ: la})])
    tout_envoyer(tenu)
    return tenu


def test_un_changement_vu_remplace() -> None:
    """B change ce que A a dit, après l'avoir reçu : rien ne diverge."""
    tenu = monde("AB", NADIA)
    jouer(tenu, [("poser", "A", {"demandeur.nom": "El Fatihi"}), ("echanger", "A"), ("recevoir", "B")])
    jouer(tenu, [("poser", "B", {"demandeur.nom": "Fatihi-Roux"}), ("echanger", "B")])
    assert [fusion.issue for fusion in tenu.registre.fusions] == [Issue.ACCEPTEE] * 3
    assert lire(tenu["B"].document(), "demandeur.nom") == "Fatihi-Roux"
    assert not divergences(tenu.registre.etat)
    assert len(tenu.registre.etat.auteurs) == 2


def test_deux_postes_le_meme_champ() -> None:
    """Le premier arrivé reste en vigueur, l'autre est proposé, avec qui, d'où, et ce qu'il voyait."""
    tenu = _deux_disent("logement_actuel.loyer", 600, 700)
    champ = "logement_actuel.loyer"
    assert (tenu.registre.fusions[-1].issue, tenu.registre.fusions[-1].champs) == (Issue.DIVERGENCE, (champ,))
    assert _unites(tenu) == {champ: [{champ: 600}, {champ: 700}]}
    (divergence,) = divergences(tenu.registre.etat)
    vigueur, proposee = divergence.propositions
    assert (vigueur.auteur.agent, vigueur.base) == ("A", {})
    assert (proposee.auteur.poste, proposee.base) == ("B", {champ: Decimal("512.30")})
    assert document(tenu.registre.etat)["logement_actuel"] == {"loyer": 600}
    assert tenu["A"].document() == tenu["B"].document()


_ELEMENT = "foyer.personnes.elements.zoe"
_ECRITURES = [
    ("contact.telephone", "+33639980101", "06 39 98 01 01"),
    ("contact.telephone_autre", "0692123456", "+262 692 12 34 56"),
    ("contact.courriel", "Ines@Exemple.fr", " ines@exemple.FR"),
    ("demande.numero_unique", "031 0523 123456", "0310523123456"),
    ("demandeur.nom", "N\u2019Diaye", "N'Diaye"),
    ("demandeur.nom", "Le\u0301a", "Léa\u200b"),
    (f"{_ELEMENT}.nom", "Dupont\r\nLéa", "Dupont Léa"),
]


@pytest.mark.parametrize(("champ", "ici", "la"), _ECRITURES)
def test_deux_ecritures_d_une_valeur_ne_divergent_pas(champ: str, ici: str, la: str) -> None:
    """Même dans des opérations d'avant la porte, qui ne se récrivent pas : elles disent la même chose."""
    tenu = _deux_disent(champ, ici, la, {"demandeur": {"prenoms": "Nadia"}})
    assert tenu.registre.fusions[-1].issue is Issue.FUSIONNEE
    assert _unites(tenu) == {}
    assert lire(document(tenu.registre.etat), champ) == ici


@pytest.mark.parametrize(("champ", "ici", "la"), _ECRITURES)
def test_sans_la_seule_ecriture_elles_divergeraient(
    champ: str, ici: str, la: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Le mutant qui compare signe à signe est vu."""
    monkeypatch.setattr(tetes, "disent_pareil", pareils)
    monkeypatch.setattr(lecture, "disent_pareil", pareils)
    assert _unites(_deux_disent(champ, ici, la, {"demandeur": {"prenoms": "Nadia"}}))


@pytest.mark.parametrize(
    ("champ", "ici", "la"),
    [
        ("contact.telephone", "0639980101", "0639980102"),
        ("demandeur.nom", "Dupont", "DUPONT"),
        ("demandeur.nom", "Lea", "Léa"),
        ("local.essai", "a b", "a  b"),
    ],
)
def test_deux_valeurs_divergent(champ: str, ici: str, la: str) -> None:
    """Un autre chiffre, une autre lettre, un champ dont on ne sait rien : une personne tranche."""
    assert _unites(_deux_disent(champ, ici, la))


def test_un_retrait_a_vu_la_valeur_quelle_que_soit_son_ecriture() -> None:
    """Le téléphone vu sous une écriture, redit sous une autre : le retrait de l'élément le connaissait."""
    tenu = monde("AB", {"foyer": {"personnes": {"elements": {"zoe": {"nom": "N'Diaye"}}}}})
    jouer(tenu, [("poser", "A", {_ELEMENT: ABSENT}), ("poser", "B", {f"{_ELEMENT}.nom": "N\u2019Diaye"})])
    tout_envoyer(tenu)
    assert _unites(tenu) == {}


def test_meme_valeur_des_deux_cotes() -> None:
    """Rien à trancher, et les deux restent : qui change l'un ensuite remplace les deux."""
    tenu = _deux_disent("contact.email", "a@b.fr", "a@b.fr")
    assert (tenu.registre.fusions[-1].issue, tenu.registre.fusions[-1].champs) == (Issue.FUSIONNEE, ("contact.email",))
    assert _unites(tenu) == {}
    assert len(tenu.registre.etat.unites["contact.email"]) == 2
    jouer(tenu, [("poser", "B", {"contact.email": "c@d.fr"}), ("echanger", "B")])
    assert tenu.registre.fusions[-1].issue is Issue.ACCEPTEE
    assert len(tenu.registre.etat.unites["contact.email"]) == 1


def test_la_meme_valeur_se_regroupe_dans_une_divergence() -> None:
    """Trois postes, deux valeurs : deux propositions, chacune avec tous ceux qui la disent."""
    tenu = monde("ABC", NADIA)
    jouer(tenu, [("poser", poste, {"local.x": valeur}) for poste, valeur in zip("ABC", (1, 2, 1), strict=True)])
    tout_envoyer(tenu)
    (divergence,) = divergences(tenu.registre.etat)
    assert [len(un.operations) for un in divergence.propositions] == [2, 1]


@pytest.mark.parametrize(
    ("ici", "la", "pareil"),
    [
        (Decimal("12.30"), Decimal("12.3"), True),
        (Decimal("12.0"), 12, True),
        (True, 1, False),
        ({"entre": [1, 2]}, {"entre": [1, Decimal("2.0")]}, True),
        ({"coches": ["a"], "clos": True}, {"coches": ["a"], "clos": 1}, False),
        (["a", "b"], ["b", "a"], False),
        (["a"], ["a", "b"], False),
        ("1", 1, False),
        (None, False, False),
    ],
)
def test_ce_qui_est_pareil(ici: Any, la: Any, pareil: bool) -> None:
    """12,30 et 12,3 sont le même loyer ; vrai n'est pas un."""
    assert (_unites(_deux_disent("local.x", ici, la)) == {}) is pareil


def test_revenir_a_la_valeur_vue_n_efface_pas_ce_qui_s_est_passe() -> None:
    """A change puis revient, B ne l'a pas vu : on compare qui a posé, pas ce qui est posé."""
    tenu = monde("AB", NADIA)
    jouer(tenu, [("poser", "A", {"logement_actuel.loyer": 1}), ("poser", "A", {"logement_actuel.loyer": 512})])
    jouer(tenu, [("poser", "B", {"logement_actuel.loyer": 2})])
    tout_envoyer(tenu)
    assert _unites(tenu) == {"logement_actuel.loyer": [{"logement_actuel.loyer": 512}, {"logement_actuel.loyer": 2}]}


def test_retirer_contre_changer() -> None:
    """Un champ effacé ici et changé là : la valeur nouvelle est proposée, pas perdue."""
    tenu = _deux_disent("logement_actuel.loyer", ABSENT, 700)
    assert _unites(tenu) == {"logement_actuel.loyer": [{}, {"logement_actuel.loyer": 700}]}
    assert "logement_actuel" not in document(tenu.registre.etat)


def test_identite_d_un_bloc() -> None:
    """Le nom d'un poste ne se marie pas au prénom d'un autre."""
    tenu = monde("AB", NADIA)
    jouer(tenu, [("poser", "A", {"demandeur.nom": "Roux"}), ("poser", "B", {"demandeur.prenoms": "Nadège"})])
    tout_envoyer(tenu)
    assert _unites(tenu) == {
        "demandeur#identite": [
            {"demandeur.nom": "Roux", "demandeur.prenoms": "Nadia"},
            {"demandeur.nom": "Fatihi", "demandeur.prenoms": "Nadège"},
        ]
    }
    assert document(tenu.registre.etat)["demandeur"] == {"nom": "Roux", "prenoms": "Nadia"}


def test_deux_champs_libres_ne_se_genent_pas() -> None:
    """Deux champs qui ne vont pas ensemble, changés de deux côtés : les deux valent."""
    tenu = monde("AB", NADIA)
    jouer(tenu, [("poser", "A", {"logement_actuel.loyer": 1}), ("poser", "B", {"logement_actuel.surface": 2})])
    tout_envoyer(tenu)
    assert document(tenu.registre.etat)["logement_actuel"] == {"loyer": 1, "surface": 2}
    assert _unites(tenu) == {}


def test_taper_sur_une_divergence_ne_la_tranche_pas() -> None:
    """L'agent change la valeur en vigueur sans trancher : l'autre proposition attend toujours."""
    tenu = _deux_disent("local.x", 1, 2)
    jouer(tenu, [("poser", "A", {"local.x": 3}), ("echanger", "A")])
    assert _unites(tenu) == {"local.x": [{"local.x": 3}, {"local.x": 2}]}


def test_changer_sa_propre_proposition() -> None:
    """B corrige ce qu'il n'a pas encore reçu en retour : une seule proposition de B, la dernière."""
    tenu = monde("AB", NADIA)
    jouer(tenu, [("poser", "A", {"local.x": 1}), ("echanger", "A"), ("poser", "B", {"local.x": 2}), ("envoyer", "B")])
    jouer(tenu, [("poser", "B", {"local.x": 3}), ("echanger", "B")])
    assert _unites(tenu) == {"local.x": [{"local.x": 1}, {"local.x": 3}]}


def test_discret_l_emporte_tant_que_nul_n_a_tranche() -> None:
    """« Non » arrivé le premier n'ouvre pas un dossier qu'un autre poste vient de protéger."""
    tenu = _deux_disent("protection.discret", False, True)
    assert document(tenu.registre.etat)["protection"]["discret"] is True
    assert _unites(tenu) == {"protection.discret": [{"protection.discret": True}, {"protection.discret": False}]}
    vu, tranche = a_citer(tenu.registre.etat, "protection.discret")
    assert (vu, tranche) == (tenu.registre.recues[-1].id, ())


def test_ce_que_cite_une_saisie() -> None:
    """Rien s'il n'y avait rien ; toutes les têtes qui disent la même chose ; d'une divergence, celle en vigueur."""
    tenu = _deux_disent("local.x", 1, 1)
    ids = [entree.id for entree in tenu.registre.recues]
    assert a_citer(tenu.registre.etat, "local.y") == (None, ())
    assert a_citer(tenu.registre.etat, "local.x") == (ids[1], (ids[2],))
    divergent = _deux_disent("local.x", 1, 2)
    assert a_citer(divergent.registre.etat, "local.x") == (divergent.registre.recues[1].id, ())


def test_l_en_tete_du_dossier_ne_se_fusionne_pas() -> None:
    """L'identifiant, le territoire, le schéma et la date de création ne sont pas des champs, même de travers."""
    champs = {chemin: dit(apres="x") for chemin in ("id", "id.x", "territoire", "schema", "cree_le", "local.y")}
    etat = fusionner(vide(), operation("A", champs), "A").etat
    assert list(etat.unites) == ["local.y"]
    assert document(etat) == {"id": vide().dossier, "territoire": vide().territoire, "local": {"y": "x"}}


def test_un_contenu_purge_n_apporte_rien() -> None:
    """L'opération compte, ne dit rien, et n'a pas d'auteur à montrer."""
    pleine = operation("A", {"local.x": dit(apres=1)})
    fusion = fusionner(vide(), Operation(pleine.octets, None, None), "A")
    assert (fusion.etat.version, fusion.etat.unites, fusion.etat.auteurs) == (1, {}, {})
    assert fusion.issue is Issue.ACCEPTEE


def test_un_contenu_illisible_se_dit() -> None:
    """Du JSON cassé ou un nombre démesuré : une erreur, jamais un état."""
    pleine = operation("A", {"local.x": dit(apres=1)})
    for contenu in (b"{", b'{"local.x":{"apres":1e999999}}'):
        with pytest.raises(msgspec.DecodeError):
            fusionner(vide(), Operation(pleine.octets, pleine.sel, contenu), "A")


def test_une_operation_rejouee_se_voit() -> None:
    """Elle tient une tête : l'état est rendu tel quel. Remplacée, elle reviendrait : l'appelant la reconnaît."""
    premiere = operation("A", {"local.x": dit(apres=1)})
    etat = fusionner(vide(), premiere, "A").etat
    assert fusionner(etat, premiere, "A").etat is etat
    remplacee = fusionner(etat, operation("A", {"local.x": dit(1, 2, premiere.entete.id)}), "A").etat
    rejouee = fusionner(remplacee, premiere, "A")
    assert rejouee.issue is Issue.DIVERGENCE
    assert document(rejouee.etat)["local"] == {"x": 2}


def test_l_etat_recu_n_est_pas_touche() -> None:
    """Fusionner, lire le document et le changer laissent l'état tel quel."""
    tenu = monde("A", {"foyer": {"personnes": {"elements": {"e": {}}}}, "demande": {"motifs": {"coches": ["a"]}}})
    etat = tenu.registre.etat
    avant = encoder(etat)
    lu = document(etat)
    lu["foyer"]["personnes"]["elements"]["e"]["nom"] = "Zoé"
    fusionner(etat, operation("B", {"foyer.personnes.elements.e.nom": dit(apres="Issa")}), "B")
    assert encoder(etat) == avant


def test_une_table_ou_il_y_avait_une_valeur() -> None:
    """Deux versions ne donnent pas la même forme à un champ : la plus profonde se montre, sans les mêler."""
    etat = fusionner(vide(), operation("A", {"local": dit(apres={"refus": True})}), "A").etat
    etat = fusionner(etat, operation("B", {"local.x": dit(apres=1)}), "B").etat
    assert document(etat)["local"] == {"x": 1}
