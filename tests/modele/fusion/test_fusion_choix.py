"""Ce qui se choisit quand deux dossiers n'en font qu'un, et l'opération que cela fait : pur."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from modele.dossier.chemins import Document
from modele.dossier.operations import Chaine, ChampPose, nouvelle_operation
from modele.dossier.unites import atomes
from modele.droits import Auteur
from modele.fusion import EtatDossier, absorber, divergences, document, fusionner
from modele.fusion.choix import ABSORBE, SURVIVANT, a_choisir, apercu, champs_de_la_reunion

QUAND = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
IDENTITE = "demandeur#identite"


def etat(nom: str, dit: Document) -> EtatDossier:
    champs = {chemin: ChampPose(apres=valeur) for chemin, valeur in atomes(dit)}
    return entrer(EtatDossier(nom, "metropole-exemple"), champs)


def entrer(courant: EtatDossier, champs: dict[str, ChampPose]) -> EtatDossier:
    chaine = Chaine("metropole-exemple", "poste", courant.dossier)
    return fusionner(courant, nouvelle_operation(chaine, courant.dossier, champs, Auteur("Moi"), QUAND), "poste").etat


def reunir(un: EtatDossier, autre: EtatDossier, voulu: str = "") -> EtatDossier:
    """Comme le registre : l'absorption, puis l'opération des choix."""
    return entrer(absorber(un, autre), champs_de_la_reunion(un, autre, {IDENTITE: voulu} if voulu else {}))


def identite(**valeurs: Any) -> Document:
    return {"demandeur": valeurs}


def test_une_valeur_contre_l_autre_se_choisit() -> None:
    """Celle du survivant, ou celle de l'absorbé ; tranché, rien ne diverge plus."""
    un, autre = etat("a", identite(nom="Sow", prenoms="Awa")), etat("b", identite(nom="Traoré", prenoms="Awa"))
    assert [une.unite for une in a_choisir(un, autre)] == [IDENTITE]
    for voulu, nom in ((SURVIVANT, "Sow"), (ABSORBE, "Traoré")):
        fait = reunir(un, autre, voulu=voulu)
        assert (document(fait)["demandeur"]["nom"], divergences(fait)) == (nom, [])
        assert apercu(un, autre, {IDENTITE: voulu})["demandeur"] == document(fait)["demandeur"]
    assert champs_de_la_reunion(un, autre, {}) == {}, "sans choix, rien n'est tranché"


def test_ce_qui_complete_sans_contredire_se_reunit() -> None:
    """L'un savait la naissance, l'autre le nom d'usage : rien à demander."""
    un = etat("a", identite(nom="Sow", prenoms="Awa", date_naissance="1990-05-14"))
    autre = etat("b", identite(nom="Sow", prenoms="Awa", nom_usage="Ba"))
    assert a_choisir(un, autre) == []
    attendu = {"nom": "Sow", "prenoms": "Awa", "date_naissance": "1990-05-14", "nom_usage": "Ba"}
    assert document(reunir(un, autre))["demandeur"] == attendu


def test_sans_rien_de_commun_rien_ne_se_reunit() -> None:
    """Un nom d'un côté, une naissance de l'autre : ce n'est peut-être pas la même chose qui est dite."""
    un, autre = etat("a", identite(nom="Sow")), etat("b", identite(date_naissance="1990-05-14"))
    assert [une.unite for une in a_choisir(un, autre)] == [IDENTITE]


def test_ce_qui_divergeait_deja_n_est_pas_un_choix_de_la_reunion() -> None:
    """Deux postes en discutaient : la réunion n'en décide pas."""
    un = etat("a", identite(nom="Sow"))
    discute = entrer(un, {"demandeur.nom": ChampPose(apres="Ba")})
    assert [une.unite for une in divergences(discute)] == [IDENTITE]
    assert a_choisir(discute, etat("b", identite(nom="Traoré"))) == []
    assert champs_de_la_reunion(discute, etat("b", {}), {IDENTITE: ABSORBE}) == {}


def test_le_numero_provisoire_du_survivant_reste() -> None:
    """Celui de l'absorbé mène à lui pour toujours : rien à choisir, et rien ne diverge."""
    un, autre = (etat(nom, {"demande": {"numero_provisoire": f"P-{nom}"}}) for nom in ("a", "b"))
    assert a_choisir(un, autre) == []
    fait = reunir(un, autre)
    assert (document(fait)["demande"], divergences(fait)) == ({"numero_provisoire": "P-a"}, [])


def liste(**elements: Any) -> Document:
    return {"elements": elements, "ordre": list(elements)}


def test_la_meme_personne_du_foyer_ne_compte_qu_une_fois() -> None:
    """Mêmes nom, prénom et naissance ; sans naissance, ou à un mot près, les deux restent : ce sont peut-être deux."""
    zoe = {"nom": "Sow", "prenoms": "Zoé", "date_naissance": "2019-06-01"}
    sans_date, proche = {"nom": "Sow", "prenoms": "Ali"}, {**zoe, "prenoms": "Zoë"}
    un = etat("a", {"foyer": {"personnes": liste(e1=zoe, e2=sans_date)}})
    autre = etat("b", {"foyer": {"personnes": liste(f1={**zoe, "lien": "enfant"}, f2=sans_date, f3=proche)}})
    fait = document(reunir(un, autre))["foyer"]["personnes"]
    assert fait["elements"].keys() == {"e1", "e2", "f2", "f3"}
    assert fait["elements"]["e1"] == {**zoe, "lien": "enfant"}
    assert fait["ordre"] == ["e1", "e2", "f2", "f3"]


def test_deux_fois_le_meme_salaire_n_en_fait_qu_un() -> None:
    """Deux salaires pareils de chaque côté restent deux ; ce qui parle d'une personne réunie la suit."""
    salaire = {"type": "salaire", "montant": 1000, "personne": "demandeur"}
    zoe = {"nom": "Sow", "prenoms": "Zoé", "date_naissance": "2001-06-01"}
    un = etat(
        "a",
        {
            "foyer": {"personnes": liste(e1=zoe)},
            "ressources": {"revenus": liste(r1=salaire, r2=salaire, r3={**salaire, "personne": "e1"})},
        },
    )
    autre = etat(
        "b",
        {
            "foyer": {"personnes": liste(f1=zoe)},
            "ressources": {
                "revenus": liste(
                    s1=salaire, s2=salaire, s3={**salaire, "personne": "f1"}, s4={"type": "af", "personne": "f1"}
                )
            },
        },
    )
    fait = document(reunir(un, autre))
    revenus = fait["ressources"]["revenus"]["elements"]
    assert revenus.keys() == {"r1", "r2", "r3", "s4"}
    assert revenus["s4"]["personne"] == "e1"


def test_un_element_deja_le_meme_n_est_pas_retire() -> None:
    """Le même identifiant des deux côtés (un dossier copié) : il n'y en a qu'un."""
    zoe = {"nom": "Sow", "prenoms": "Zoé", "date_naissance": "2019-06-01"}
    un, autre = (etat(nom, {"foyer": {"personnes": liste(e1=zoe)}}) for nom in ("a", "b"))
    assert document(reunir(un, autre))["foyer"]["personnes"]["elements"] == {"e1": zoe}


def test_une_liste_mal_formee_ne_se_compare_pas() -> None:
    """Un champ là où l'on attend une table : il reste tel quel."""
    un, autre = (etat(nom, {"foyer": {"personnes": {"elements": "x", "ordre": []}}}) for nom in ("a", "b"))
    assert champs_de_la_reunion(un, autre, {}) == {}
