"""Les lignes d'une commission au coffre : les mêmes rangs qu'en mémoire, jamais un discret de moins, rien de périmé."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from commission_exemple import JOUR, T2_PLUS, T4_ADAPTE, TERRITOIRE, dossiers
from polars.testing import assert_frame_equal

from modele.attributions.classement.classer import Classement, classer
from modele.attributions.classement.serree import COLONNES, desserrer, serrer
from modele.attributions.classement.tenue import AILLEURS, Ligne, en_table
from modele.bilan import Regles, charger_regles
from modele.coffre import Coffre, candidats, index
from modele.coffre.candidats import CHOIX, Logement, Sorte
from modele.coffre.cles import Cout
from modele.commission import empreinte as empreintes
from modele.commission.empreinte import empreinte
from modele.commission.ligne import ligne
from modele.dossier.acces import Acces
from modele.dossier.suppression import Raison
from modele.droits import Auteur
from modele.regles.fautes import ErreurUtilisateur

NORA = Auteur("Nora Petit")
SOUS = "regles-1"
T2 = Logement(str(T2_PLUS["ref_bailleur"]), "123456782")


@cache
def chargees() -> Regles:
    return charger_regles(TERRITOIRE)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[Coffre]:
    ouvert, _ = Coffre.creer(
        tmp_path / "a.perron", NORA.nom, "quatre mots sans lien", TERRITOIRE, "poste-1", cout=Cout(1, 8, 1)
    )
    _au(ouvert, JOUR)
    yield ouvert
    ouvert.fermer()


def _au(coffre: Coffre, jour: date) -> None:
    coffre._horloge = lambda: datetime.combine(jour, time(9)).astimezone()


def _remplir(coffre: Coffre) -> dict[str, str]:
    """Chaque dossier d'exemple au coffre ; son nom, par la référence qu'il y a."""
    noms = {}
    for nom, document in dossiers().items():
        neuf = {cle: dit for cle, dit in document.items() if cle not in ("id", "territoire", "schema", "cree_le")}
        noms[coffre.creer_dossier(neuf, NORA)["id"]] = nom
    return noms


def _tirer(coffre: Coffre, jour: date = JOUR, au_plus: int = 500) -> int:
    lues = coffre.candidats.a_relire(SOUS, jour, au_plus, NORA)
    coffre.candidats.noter(SOUS, jour, [(une, ligne(chargees(), une.document, jour)) for une in lues])
    return len(lues)


def _classer(coffre: Coffre, logement: dict[str, Any] = T2_PLUS) -> Classement:
    lues = coffre.candidats.lire(SOUS, Logement(logement["ref_bailleur"], T2.siren), NORA)
    return classer(desserrer(lues.lignes, logement["code_insee"]), logement, lues.rouvertes)


def _rangs(classement: Classement, noms: dict[str, str]) -> dict[str, tuple[Any, ...]]:
    rendus = {
        noms[un.dossier]: (un.rang, un.points, un.minimum, un.maximum, un.raisons) for un in classement.dire(0, None)
    }
    return rendus | {noms[un.dossier]: un.regles for un in classement.dire_ecartes()}


def test_du_coffre_le_meme_classement_qu_en_memoire(coffre: Coffre) -> None:
    """Rang, bornes, raisons, écartés : le coffre n'y ajoute ni n'y ôte rien."""
    noms = _remplir(coffre)
    assert _tirer(coffre) == len(noms)
    en_memoire = en_table(ligne(chargees(), un, JOUR) for un in dossiers().values())
    siens = {str(un["id"]): nom for nom, un in dossiers().items()}
    for logement in (T2_PLUS, T4_ADAPTE):
        assert _rangs(_classer(coffre, logement), noms) == _rangs(classer(en_memoire, logement), siens)


def _hasard(rang: int) -> Ligne:
    hasard = random.Random(rang)
    etats = (True, False, None)
    modele = ligne(chargees(), dossiers()["simple"], JOUR)
    bas = hasard.choice([None, 0, 3])
    return replace(
        modele,
        dossier=f"d{rang}",
        points=hasard.choice([None, 12.5, 0.0]),
        recue=hasard.choice([None, JOUR]),
        faits={nom: hasard.choice(etats) for nom in modele.faits},
        nombres=dict.fromkeys(modele.nombres, (bas, None if bas is None else bas + 1)),
        secteurs={AILLEURS: hasard.choice(etats)}
        | {code: hasard.choice(etats) for code in ("99001", "990012", "2A004")},
        raisons=hasard.choice([(), ("Une : 3 points.", "Deux.")]),
    )


def _de(une: Ligne, commune: str) -> dict[str, bool | None]:
    autre = une.secteurs[AILLEURS]
    return {AILLEURS: autre, commune: une.secteurs.get(commune, autre)}


@pytest.mark.parametrize("commune", ["99001", "990012", "2A004", "75056"])
def test_serrer_puis_desserrer_ne_change_rien(commune: str) -> None:
    lignes = [_hasard(rang) for rang in range(200)]
    lues = desserrer(([serrer(une)[nom] for nom in COLONNES] for une in lignes), commune)
    voulues = en_table(replace(une, secteurs=_de(une, commune)) for une in lignes)
    assert_frame_equal(lues, voulues, check_column_order=False)


def test_un_discret_a_sa_ligne_que_rien_ne_distingue(coffre: Coffre) -> None:
    """Le même dossier, discret ou non : les mêmes colonnes, à la référence près."""
    noms = {nom: cle for cle, nom in _remplir(coffre).items()}
    _tirer(coffre)
    with coffre._base.lecture() as connexion:
        tables = connexion.exec_driver_sql("SELECT * FROM candidature").mappings().all()
    par_dossier = {une["dossier"]: {cle: dit for cle, dit in une.items() if cle != "dossier"} for une in tables}
    assert par_dossier[noms["discret"]] == par_dossier[noms["hotel"]]


def test_rendre_discret_ne_change_aucun_rang(coffre: Coffre) -> None:
    """La propriété, à travers le coffre : cacher, accueillir, orienter ne change ni rang, ni raison, ni exclusion."""
    noms = _remplir(coffre)
    _tirer(coffre)
    avant = {logement["ref_bailleur"]: _rangs(_classer(coffre, logement), noms) for logement in (T2_PLUS, T4_ADAPTE)}
    hasard = random.Random(45)
    for dossier in noms:
        coffre.modifier(dossier, _protege_ou_d_accueil(hasard), NORA)
    assert _tirer(coffre) > 0
    for logement in (T2_PLUS, T4_ADAPTE):
        assert _rangs(_classer(coffre, logement), noms) == avant[logement["ref_bailleur"]]
    assert {nom for nom in noms.values() if nom not in avant[T2_PLUS["ref_bailleur"]]} == set()


def _protege_ou_d_accueil(hasard: random.Random) -> dict[str, Any]:
    tous = {
        "protection.discret": True,
        "protection.referent": NORA.nom,
        "protection.suppleant": "Paul Roy",
        "urgence.violences": hasard.choice([True, False]),
        "contact.appel_sur": hasard.choice([True, False]),
    }
    return {"protection.discret": True, **{cle: tous[cle] for cle in hasard.sample(sorted(tous), 3)}}


def test_ce_qui_n_a_pas_de_ligne_se_compte_et_se_relit(coffre: Coffre) -> None:
    noms = _remplir(coffre)
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == len(noms)
    assert _tirer(coffre, au_plus=5) == 5
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == len(noms) - 5
    while _tirer(coffre, au_plus=5):
        pass
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == 0
    # Les règles ont changé : aucune ligne ne vaut plus, et c'est dit.
    assert coffre.candidats.lire("autres", T2, NORA).a_relire == len(noms)


def test_une_ecriture_retire_la_ligne(coffre: Coffre) -> None:
    noms = _remplir(coffre)
    _tirer(coffre)
    premier = next(iter(noms))
    coffre.modifier(premier, {"demandeur.nom": "Autre"}, NORA)
    lues = coffre.candidats.lire(SOUS, T2, NORA)
    assert (lues.a_relire, premier in {une.dossier for une in lues.lignes}) == (1, False)


def test_une_ligne_d_avant_une_ecriture_ne_se_garde_pas(coffre: Coffre) -> None:
    premier = next(iter(_remplir(coffre)))
    lues = coffre.candidats.a_relire(SOUS, JOUR, 500, NORA)
    coffre.modifier(premier, {"demandeur.nom": "Autre"}, NORA)
    coffre.candidats.noter(SOUS, JOUR, [(une, Ligne(une.dossier)) for une in lues])
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == 1
    coffre.candidats.noter(SOUS, JOUR, [])


def test_une_vieille_ligne_sert_encore_et_se_relit(coffre: Coffre) -> None:
    noms = _remplir(coffre)
    _tirer(coffre)
    plus_tard = JOUR + timedelta(days=7)
    assert _tirer(coffre, plus_tard - timedelta(days=1)) == 0
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == 0
    # À une semaine, elle range encore, et le classement dit qu'elle est à relire.
    _au(coffre, plus_tard)
    lues = coffre.candidats.lire(SOUS, T2, NORA)
    assert (lues.a_relire, len(lues.lignes)) == (len(noms), len(noms))
    assert _tirer(coffre, plus_tard) == len(noms)
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == 0


def test_la_ligne_d_une_autre_annee_ne_sert_plus(coffre: Coffre) -> None:
    """Les plafonds de l'année ont pu changer : celle de la veille dirait « non » là où l'on ne sait plus."""
    noms = _remplir(coffre)
    veille = date(JOUR.year, 12, 31)
    _tirer(coffre, veille)
    _au(coffre, veille + timedelta(days=1))
    lues = coffre.candidats.lire(SOUS, T2, NORA)
    assert (lues.a_relire, len(lues.lignes)) == (len(noms), 0)
    assert _tirer(coffre, veille + timedelta(days=1)) == len(noms)


def test_supprime_ou_fondu_sa_ligne_part(coffre: Coffre) -> None:
    noms = {nom: cle for cle, nom in _remplir(coffre).items()}
    _tirer(coffre)
    coffre.supprimer(noms["simple"], Raison.DOUBLE, "deux fois", NORA)
    coffre.memes.fondre(noms["riche"], noms["vide"], {}, NORA)
    gardees = {une.dossier for une in coffre.candidats.lire(SOUS, T2, NORA).lignes}
    assert not gardees & {noms["simple"], noms["vide"]}
    with coffre._base.lecture() as connexion:
        tables = connexion.exec_driver_sql("SELECT dossier FROM candidature").scalars().all()
    assert not set(tables) & {noms["simple"], noms["vide"], noms["riche"]}


def test_mutant_les_lignes_d_un_discret_oubliees(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si la relecture laissait de côté les discrets, comme l'échéancier, l'essai du classement le verrait."""
    tenues = (*candidats._TENUES, candidats._DOSSIER.discret.is_(False))
    monkeypatch.setattr(candidats, "_TENUES", tenues)
    noms = _remplir(coffre)
    assert _tirer(coffre) < len(noms)
    assert "discret" not in _rangs(_classer(coffre), noms)


def test_l_empreinte_suit_ce_dont_une_ligne_se_tire() -> None:
    """La même d'un chargement à l'autre ; une autre dès qu'une grille, ou un autre territoire, change."""
    regles = chargees()
    assert empreinte(regles) == empreinte(charger_regles(TERRITOIRE)) != empreinte(charger_regles("toulouse-metropole"))
    moins = replace(regles, grilles=regles.grilles[:-1])
    assert empreinte(moins) != empreinte(regles)


RACINE = Path(__file__).resolve().parents[3]
_DIRE_L_EMPREINTE = (
    "from modele.bilan import charger_regles; from modele.commission.empreinte import empreinte; "
    f"print(empreinte(charger_regles('{TERRITOIRE}')))"
)


def test_l_empreinte_est_la_meme_d_un_lancement_a_l_autre() -> None:
    """Deux ordres des ensembles, deux adresses : sinon, chaque lancement relirait tous les dossiers."""
    dites = {
        subprocess.run(
            [sys.executable, "-c", _DIRE_L_EMPREINTE],
            env={**os.environ, "PYTHONHASHSEED": graine}, check=True, capture_output=True, text=True, cwd=RACINE,
        ).stdout.strip()
        for graine in ("1", "2")
    }  # fmt: skip
    assert dites == {empreinte(chargees())}


def test_mutant_une_adresse_dans_l_empreinte() -> None:
    """Ce qui ne se dit que par son adresse est refusé, jamais tu."""
    with pytest.raises(AssertionError, match="le temps d'un lancement"):
        "".join(empreintes._dire([object()]))


# Les choix.


def test_rouvrir_se_garde_avec_le_nom_le_motif_et_le_jour(coffre: Coffre) -> None:
    noms = {nom: cle for cle, nom in _remplir(coffre).items()}
    _tirer(coffre)
    assert noms["riche"] in {un.dossier for un in _classer(coffre).dire_ecartes()}
    coffre.candidats.rouvrir(T2, noms["riche"], "plafond_plus", "Baisse de ressources.", NORA)
    classement = _classer(coffre)
    assert noms["riche"] in {un.dossier for un in classement.dire(0, None)}
    (choix,) = coffre.candidats.lire(SOUS, T2, NORA).choisies
    assert (choix.sorte, choix.par, choix.motif, choix.regle) == (
        Sorte.ROUVERTE, NORA.nom, "Baisse de ressources.", "plafond_plus",
    )  # fmt: skip
    assert coffre.candidats.lire(SOUS, Logement("autre"), NORA).choisies == ()


@pytest.mark.parametrize("regle", ["secteur", "surface", "inconnue"])
def test_ce_qui_est_ferme_ne_se_rouvre_pas(coffre: Coffre, regle: str) -> None:
    dossier = next(iter(_remplir(coffre)))
    with pytest.raises(ErreurUtilisateur, match="ne se rouvre pour aucune demande"):
        coffre.candidats.rouvrir(T2, dossier, regle, "motif", NORA)


def test_hors_de_l_ordre_un_motif(coffre: Coffre) -> None:
    premier, second, dernier = list(_remplir(coffre))[:3]
    _tirer(coffre)
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        coffre.candidats.designer(T2, second, 2, "  ", NORA)
    coffre.candidats.designer(T2, premier, 1, "", NORA)
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        coffre.candidats.designer(T2, dernier, 3, "", NORA)
    coffre.candidats.designer(T2, dernier, 3, "La deuxième s'est retirée.", NORA)
    assert [une.rang for une in coffre.candidats.lire(SOUS, T2, NORA).choisies] == [1, 3]


def test_dans_l_ordre_la_suivante_se_designe_sans_motif(coffre: Coffre) -> None:
    """Trois demandes au moins se proposent (CCH R441-3) : prises dans l'ordre, il n'y a rien à justifier."""
    noms = list(_remplir(coffre))[:3]
    _tirer(coffre)
    for dossier, rang in zip(noms, (1, 2, 2), strict=True):
        coffre.candidats.designer(T2, dossier, rang, "", NORA)
    assert [une.rang for une in coffre.candidats.lire(SOUS, T2, NORA).choisies] == [1, 2, 2]


def test_tant_qu_une_demande_n_a_pas_de_ligne_un_motif(coffre: Coffre) -> None:
    """La demande qui manque, discrète ou non, pourrait être la première : « rang 1 » ne suffit pas."""
    noms = _remplir(coffre)
    _tirer(coffre, au_plus=len(noms) - 1)
    premier = coffre.candidats.lire(SOUS, T2, NORA).lignes[0].dossier
    with pytest.raises(ErreurUtilisateur, match="Écrivez pourquoi"):
        coffre.candidats.designer(T2, premier, 1, "", NORA)
    coffre.candidats.designer(T2, premier, 1, "La commission est ce soir.", NORA)


def test_quelques_demandes_se_relisent_sans_attendre_les_autres(coffre: Coffre) -> None:
    """Celles d'une séance, dont il faut les raisons tout de suite."""
    premiere, seconde = list(_remplir(coffre))[:2]
    lues = coffre.candidats.a_relire(SOUS, JOUR, 9, NORA, [premiere, seconde])
    assert {une.dossier for une in lues} == {premiere, seconde}
    assert coffre.candidats.a_relire(SOUS, JOUR, 9, NORA, []) == []


def test_une_demande_ne_se_designe_qu_une_fois(coffre: Coffre) -> None:
    """Deux appuis n'écrivent pas deux désignations ; un autre logement en est un autre."""
    dossier = next(iter(_remplir(coffre)))
    _tirer(coffre)
    coffre.candidats.designer(T2, dossier, 1, "", NORA)
    with pytest.raises(ErreurUtilisateur, match="déjà désignée"):
        coffre.candidats.designer(T2, dossier, 1, "", NORA)
    coffre.candidats.designer(Logement("autre"), dossier, 1, "", NORA)


def test_un_motif_ne_nomme_personne(coffre: Coffre) -> None:
    """Il se lit à côté de la référence, par tous ceux qui classent."""
    dossier = next(iter(_remplir(coffre)))
    coffre.modifier(dossier, {"demandeur.nom": "Sow", "demandeur.prenoms": "Fatou"}, NORA)
    for geste in (
        lambda: coffre.candidats.designer(T2, dossier, 2, "Mme Sow attend depuis dix ans.", NORA),
        lambda: coffre.candidats.rouvrir(T2, dossier, "plafond_plus", "Fatou Sow a son numéro.", NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="nomme la personne"):
            geste()
    assert coffre.candidats.lire(SOUS, T2, NORA).choisies == ()


def test_un_choix_suit_la_demande_ou_la_sienne_est_fondue(coffre: Coffre) -> None:
    noms = {nom: cle for cle, nom in _remplir(coffre).items()}
    _tirer(coffre)
    coffre.candidats.designer(T2, noms["vide"], 2, "Vu avec le bailleur.", NORA)
    coffre.memes.fondre(noms["riche"], noms["vide"], {}, NORA)
    assert [une.dossier for une in coffre.candidats.lire(SOUS, T2, NORA).choisies] == [noms["riche"]]


def test_l_empreinte_voit_ce_que_lit_une_ligne() -> None:
    """Une zone ou un barème corrigés : aucune ligne d'avant ne vaut, sinon une personne resterait écartée à tort."""
    sues = chargees()
    lieu, pays = sues.territoire, sues.national.pays
    autres = (
        replace(sues, territoire=replace(lieu, zone_plafonds="autre")),
        replace(sues, territoire=replace(lieu, outre_mer=not lieu.outre_mer)),
        replace(sues, territoire=replace(lieu, agglomeration_plus_300000=not lieu.agglomeration_plus_300000)),
        replace(sues, national=replace(sues.national, pays=replace(pays, bareme={}))),
        replace(sues, national=replace(sues.national, derives={})),
    )
    assert len({empreinte(une) for une in (sues, *autres)}) == len(autres) + 1


def test_sans_logement_ni_demande_rien_ne_s_ecrit(coffre: Coffre) -> None:
    dossier = next(iter(_remplir(coffre)))
    with pytest.raises(ErreurUtilisateur, match="d'abord un logement"):
        coffre.candidats.designer(Logement(" "), dossier, 1, "", NORA)
    for geste in (
        lambda: coffre.candidats.designer(T2, "absent", 1, "", NORA),
        lambda: coffre.candidats.identite("absent", NORA),
    ):
        with pytest.raises(ErreurUtilisateur, match="n'est plus sur ce poste"):
            geste()


def test_un_nom_se_lit_une_ligne_a_la_fois_et_s_inscrit(coffre: Coffre) -> None:
    noms = {nom: cle for cle, nom in _remplir(coffre).items()}
    coffre.modifier(noms["discret"], {"demandeur.nom": "Sow", "demandeur.prenoms": "Fatou"}, NORA)
    assert coffre.candidats.identite(noms["discret"], NORA) == "Sow Fatou"
    assert coffre.candidats.identite(noms["vide"], NORA) == ""
    lectures = [un.dossier for un in coffre.acces() if un.geste.acces is Acces.IDENTIFIER_UN_CANDIDAT]
    assert sorted(str(un) for un in lectures) == sorted([noms["discret"], noms["vide"]])


def test_un_choix_mal_ecrit_ailleurs_n_est_pas_lu(coffre: Coffre) -> None:
    dossier = next(iter(_remplir(coffre)))
    commun = {"dossier": dossier, "logement": T2.reference, "siren_bailleur": T2.siren}
    for faux in ({"sorte": "designee"}, {"sorte": "autre", "le": JOUR.isoformat()}):
        coffre.creer_objet(CHOIX, commun | faux, NORA)
    assert coffre.candidats.lire(SOUS, T2, NORA).choisies == ()


def test_qui_ne_classe_pas_ne_relit_rien(coffre: Coffre) -> None:
    """Sur le poste d'un agent d'accueil, aucune ligne ne se tire, et rien ne se lit."""
    dossier = next(iter(_remplir(coffre)))
    agent = Auteur(NORA.nom, ("agent",))
    assert coffre.candidats.a_relire(SOUS, JOUR, 9, agent) == []
    for geste in (
        lambda: coffre.candidats.lire(SOUS, T2, agent),
        lambda: coffre.candidats.designer(T2, dossier, 1, "", agent),
        lambda: coffre.candidats.identite(dossier, agent),
    ):
        with pytest.raises(ErreurUtilisateur, match="ne permet pas"):
            geste()


def test_mutant_une_ligne_qui_reste(coffre: Coffre, monkeypatch: pytest.MonkeyPatch) -> None:
    """Si une écriture laissait la ligne, une demande se rangerait sur ce qu'elle ne dit plus, sans que rien le dise."""
    monkeypatch.setattr(index, "_oublier_le_bilan", lambda *_: None)
    noms = _remplir(coffre)
    _tirer(coffre)
    coffre.modifier(next(iter(noms)), {"demandeur.nom": "Autre"}, NORA)
    assert coffre.candidats.lire(SOUS, T2, NORA).a_relire == 0
