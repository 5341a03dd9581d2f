"""Ce qui est dû, fait, en retard : une année engendrée, contre des boucles qui ne savent rien de la pièce.

Réservataire par réservataire, bailleur par bailleur, commune par commune, public par public, à plusieurs dates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from annee_engendree import COMMUNES, LE, engendrer
from calcul_simple import categorie, comptees, jour, lignes_de, prioritaire, proposees, signee
from fichiers_bailleurs import lire

from modele.attributions import dus, quart
from modele.attributions.colonnes import FichierDe
from modele.attributions.conventions import Convention, Prevision, UniteDeDecompte
from modele.attributions.dus import Dus, LigneDue
from modele.attributions.etat import EtatDuFlux, etat_du_flux

DATES = (date(2026, 3, 31), date(2026, 6, 30), LE, date(2026, 12, 31))
PREFETS, COLLECTIVITES = ("prefet_prioritaires", "prefet_agents"), ("communes", "metropole")
PLAFONDS = ((PREFETS, 30), (("prefet_agents",), 5), (COLLECTIVITES, 20))
"""Ceux de R441-5-2 et R441-5-3, écrits ici une seconde fois."""
UNITES = (UniteDeDecompte.ATTRIBUE, UniteDeDecompte.BAIL, UniteDeDecompte.PROPOSE, UniteDeDecompte.PRESENTE)


def une(bailleur: int, qui: tuple[str, str, str], taux: str, **autres: Any) -> Convention:
    reservataire, sorte, perimetre = qui
    return Convention(
        reservataire=reservataire, categorie=sorte, siren_bailleur=f"{bailleur:09}", perimetre=perimetre,
        annee=2026, taux=Decimal(taux), unite_de_decompte=UNITES[bailleur - 1], **autres,
    )  # fmt: skip


@cache
def conventions() -> tuple[Convention, ...]:
    """Chez chaque bailleur, sa propre unité de décompte ; au premier, des communes aux prévisions égales."""
    publics = {"dalo": Decimal(25), "prioritaires": Decimal("12.5")}
    dites = []
    for bailleur in (1, 2, 3, 4):
        dedans = bailleur % 2 == 0
        dites += [
            une(bailleur, ("Préfecture (prioritaires)", "prefet_prioritaires", "999"), "25", publics=publics,
                premieres_mises_dans_le_flux=dedans),
            une(bailleur, ("Préfecture (agents)", "prefet_agents", "999"), "4.9", premieres_mises_dans_le_flux=dedans),
            une(bailleur, ("Action Logement Services", "action_logement", "999"), "19.95", publics=publics,
                premieres_mises_dans_le_flux=dedans),
            une(bailleur, ("Métropole d'ici", "metropole", "999999999"), "7.3", premieres_mises_dans_le_flux=dedans),
        ]  # fmt: skip
    dites += [une(1, (f"Commune {n}", "communes", f"999{n:02}"), "12.5", publics=publics) for n in range(1, 13)]
    # Nommée partout, elle n'a de convention que dans une commune.
    dites.append(une(1, ("Association", "autres", "99905"), "3"))
    return tuple(dites)


@cache
def previsions() -> tuple[Prevision, ...]:
    """Le premier bailleur les dit commune par commune, égales deux à deux ; le dernier n'en dit rien."""
    par_commune = [
        Prevision(
            siren_bailleur="000000001", annee=2026, code_insee=f"999{n:02}", remises_en_location=30 + n // 2,
            hors_flux={"MUTATION": 4},
        )
        for n in range(1, COMMUNES + 1)
    ]  # fmt: skip
    ensemble = Prevision(
        siren_bailleur="000000002", annee=2026, remises_en_location=811, premieres_mises=37, hors_flux={"VENTE": 3}
    )
    deux = [
        Prevision(siren_bailleur="000000003", annee=2026, code_insee=code, remises_en_location=401)
        for code in ("99901", "99902")
    ]
    return (*par_commune, ensemble, *deux, Prevision(siren_bailleur="000000003", annee=2025, remises_en_location=9))


@cache
def etat(le: date) -> EtatDuFlux:
    return calculer(le)


def calculer(le: date) -> EtatDuFlux:
    attributions, logements = fichiers()
    tables = lire(attributions, jour=LE).table, lire(logements, FichierDe.LOGEMENTS, LE).table
    return etat_du_flux(*tables, le, conventions(), previsions())


# Le second calcul.


def prevues(convention: Convention, commune: str = "") -> int | None:
    """Combien de logements du flux : ceux de la commune, ceux de tout le périmètre, ou la somme des communes."""
    siennes = [p for p in previsions() if p.siren_bailleur == convention.siren_bailleur and p.annee == 2026]
    if len(convention.perimetre) == 5:
        siennes = [p for p in siennes if p.code_insee == convention.perimetre]
    if commune:
        siennes = [p for p in siennes if p.code_insee == commune]
    elif any(p.code_insee in ("", convention.perimetre) for p in siennes):
        siennes = [p for p in siennes if p.code_insee in ("", convention.perimetre)]
    if not siennes:
        return None
    total = 0
    for p in siennes:
        total += p.remises_en_location - sum(p.hors_flux.values())
        total += p.premieres_mises if convention.premieres_mises_dans_le_flux else 0
    return total


def parts() -> dict[int, int | None]:
    """Par rang de convention, sa part annuelle entière, au plus fort reste sans franchir de plafond."""
    groupes: dict[tuple[str, bool, str], list[int]] = defaultdict(list)
    for rang, c in enumerate(conventions()):
        ou = c.perimetre if len(c.perimetre) == 5 else ""
        groupes[c.siren_bailleur, c.premieres_mises_dans_le_flux, ou].append(rang)
    rendues: dict[int, int | None] = {}
    for rangs in groupes.values():
        assiette = prevues(conventions()[rangs[0]])
        if assiette is None:
            rendues |= dict.fromkeys(rangs)
            continue
        bruts = {rang: Fraction(conventions()[rang].taux) * assiette / 100 for rang in rangs}
        entiers = {rang: int(brut) for rang, brut in bruts.items()}
        reste = int(sum(bruts.values())) - sum(entiers.values())
        for rang in sorted(rangs, key=lambda un: entiers[un] - bruts[un]):
            if reste and not franchit(entiers, rang, assiette):
                entiers[rang] += 1
                reste -= 1
        rendues |= entiers
    return rendues


def franchit(entiers: dict[int, int], rang: int, assiette: int) -> bool:
    for qui, plafond in PLAFONDS:
        if conventions()[rang].categorie in qui:
            ensemble = 1 + sum(n for un, n in entiers.items() if conventions()[un].categorie in qui)
            if ensemble * 100 > plafond * assiette:
                return True
    return False


Ligne = dict[str, str]
Nommes = dict[tuple[str, str, str], list[tuple[Ligne, int]]]
"""Par catégorie, réservataire et bailleur : ses lignes du flux, et les candidats que chacune a vus."""


@cache
def fichiers() -> tuple[str, str]:
    return engendrer()


@cache
def decidees(le: date) -> list[Ligne]:
    return comptees(fichiers()[0], le)


@cache
def attribuees_de(le: date) -> Nommes:
    return par_nom((un, 0) for un in decidees(le))


@cache
def echouees_de(le: date) -> Nommes:
    return par_nom(proposees(fichiers()[0], le))


@cache
def offerts_de() -> Nommes:
    return par_nom((un, 0) for un in lignes_de(fichiers()[1]))


def par_nom(lignes: Iterable[tuple[Ligne, int]]) -> Nommes:
    par: Nommes = defaultdict(list)
    for ligne, candidats in lignes:
        if ligne["hors_flux"] == "NON":
            par[categorie(ligne), ligne["reservataire"], ligne["siren_bailleur"]].append((ligne, candidats))
    return par


def siennes(c: Convention, tous: Nommes, commune: str = "") -> list[tuple[Ligne, int]]:
    return [
        (ligne, candidats)
        for ligne, candidats in tous.get((c.categorie, c.reservataire, c.siren_bailleur), [])
        if (len(c.perimetre) != 5 or ligne["code_insee"] == c.perimetre) and commune in ("", ligne["code_insee"])
    ]


def public_de(ligne: Ligne) -> str:
    return "dalo" if ligne["dalo"] == "OUI" else "prioritaires" if ligne["priorite_l441_1"] else "autres"


def faits(c: Convention, le: date, commune: str = "", public: str = "") -> int:
    """Selon l'unité de la convention ; d'un public, ce qui est proposé n'est encore de personne."""
    attribuees = [un for un, _ in siennes(c, attribuees_de(le), commune)]
    if public:
        attribuees = [un for un in attribuees if public_de(un) == public]
    if c.unite_de_decompte is UniteDeDecompte.BAIL:
        return sum(signee(un, le) for un in attribuees)
    if public or c.unite_de_decompte is UniteDeDecompte.ATTRIBUE:
        return len(attribuees)
    sans = siennes(c, echouees_de(le), commune)
    if c.unite_de_decompte is UniteDeDecompte.PRESENTE:
        return sum(map(candidats_vus, attribuees)) + sum(n for _, n in sans)
    offerts = siennes(c, offerts_de(), commune)
    return len({(un["code_insee"], un["ref_bailleur"]) for un in [*attribuees, *(un for un, _ in [*sans, *offerts])]})


def candidats_vus(ligne: Ligne) -> int:
    cle = ("siren_bailleur", "ref_bailleur", "date_caleol", "reservataire")
    memes = [
        un
        for un in lignes_par_reference()[ligne["ref_bailleur"]]
        if all(un[nom] == ligne[nom] for nom in cle) and categorie(un) == categorie(ligne)
    ]
    return max(int(un["nb_candidats"]) for un in memes)


@cache
def lignes_par_reference() -> dict[str, list[Ligne]]:
    par: dict[str, list[Ligne]] = defaultdict(list)
    for ligne in lignes_de(fichiers()[0]):
        par[ligne["ref_bailleur"]].append(ligne)
    return par


def attendue(le: date, annuel: Fraction | None, fait: int) -> tuple[Any, ...]:
    passes, jours = (le - date(2025, 12, 31)).days, 365
    a_date = None if annuel is None else (annuel * passes / jours).__floor__()
    retard = None if a_date is None else max(0, a_date - fait)
    return annuel, a_date, fait, retard, fait * jours // passes


def vue(ligne: LigneDue) -> tuple[Any, ...]:
    return ligne.annuel, ligne.a_date, ligne.fait, ligne.retard, ligne.projete


# Les deux, ligne à ligne.


def chaque_ligne_est_juste(le: date, lire_etat: Callable[[date], EtatDuFlux] = etat) -> None:
    vues = {(un.convention.cle, un.code_insee, un.public): un for un in lire_etat(le).dus}
    entieres = parts()
    for rang, c in enumerate(conventions()):
        part = entieres[rang]
        annuel = None if part is None else Fraction(part)
        assert vue(vues[c.cle, "", ""]) == attendue(le, annuel, faits(c, le)), c
        for public, objectif in c.publics.items():
            vise = None if annuel is None else annuel * Fraction(objectif) / 100
            assert vue(vues[c.cle, "", public]) == attendue(le, vise, faits(c, le, public=public)), (c, public)
        for commune in {un for cle, un, public in vues if cle == c.cle and un and not public}:
            prevu = prevues(c, commune)
            du = None if prevu is None else Fraction(c.taux) * prevu / 100
            assert vue(vues[c.cle, commune, ""]) == attendue(le, du, faits(c, le, commune)), (c, commune)


@pytest.mark.parametrize("le", DATES, ids=str)
def test_chaque_du_de_l_annee(le: date) -> None:
    chaque_ligne_est_juste(le)


@pytest.mark.parametrize("le", DATES, ids=str)
def test_chaque_commune_et_public_de_l_annee(le: date) -> None:
    """Ensemble : l'objectif du public sur ce qui est dû dans la commune."""
    lignes = [ligne for un in etat(le).croisements for ligne in un.lignes]
    attendus = {c.cle for c in conventions() if c.publics and (prevues(c) is not None or siennes(c, attribuees_de(le)))}
    assert {ligne.convention.cle for ligne in lignes} == attendus
    for ligne in lignes:
        c, commune, public = ligne.convention, ligne.code_insee, ligne.public
        prevu = prevues(c, commune)
        du = None if prevu is None else Fraction(c.taux) * prevu / 100 * Fraction(c.publics[public]) / 100
        assert vue(ligne) == attendue(le, du, faits(c, le, commune, public)), (c, commune, public)


@pytest.mark.parametrize("le", DATES, ids=str)
def test_chaque_quart_de_l_annee(le: date) -> None:
    le_quart_est_juste(le)


def le_quart_est_juste(le: date, lire_etat: Callable[[date], EtatDuFlux] = etat) -> None:
    """Titulaire par titulaire, avec et sans bail : son minimum arrondi au-dessus, ce qui manque."""
    par: dict[tuple[str, str], list[Ligne]] = defaultdict(list)
    for ligne in decidees(le):
        if ligne["hors_flux"] == "NON" and categorie(ligne) != "prefet_agents":
            qui = ligne["siren_bailleur"] if categorie(ligne) == "bailleur" else ligne["reservataire"]
            par[categorie(ligne), qui].append(ligne)
    vues = {(un.categorie.id, un.siren_bailleur or un.nom): un for un in lire_etat(le).quart_detaille}
    assert vues.keys() == par.keys()
    for (sorte, qui), lignes in par.items():
        for compte, de in (
            (vues[sorte, qui].attributions, lignes),
            (vues[sorte, qui].baux, [un for un in lignes if signee(un, le)]),
        ):
            minimum = {"prefet_prioritaires": len(de), "autres": None}.get(sorte, -(-len(de) // 4))
            fait = sum(map(prioritaire, de))
            manque = None if minimum is None else max(0, minimum - fait)
            assert (compte.realisees, compte.attributions) == (fait, len(de)), (sorte, qui)
            assert (compte.minimum, compte.manque) == (minimum, manque), (sorte, qui)


def test_des_previsions_egales_ne_se_partagent_pas() -> None:
    """Douze communes à 12,5 % : chacune a sa part, de sa prévision."""
    lignes = [un for un in etat(LE).dus if un.convention.categorie == "communes" and not (un.code_insee or un.public)]
    assert [un.annuel for un in lignes] == [int(Fraction(125, 1000) * (26 + n // 2)) for n in range(1, 13)]


def test_une_prefecture_a_deux_lignes_d_un_meme_nom() -> None:
    """Ses prioritaires et ses agents : le taux de l'un n'est pas celui de l'autre."""
    deux = [
        une(2, ("Préfecture", sorte, "999"), taux)
        for sorte, taux in (("prefet_prioritaires", "25"), ("prefet_agents", "5"))
    ]
    calcul = Dus(
        dus.Annee(LE), deux, [Prevision(siren_bailleur="000000002", annee=2026, remises_en_location=100)], (), ()
    )
    assert [un.annuel for un in calcul.lignes()] == [25, 5]


@pytest.mark.parametrize(
    ("ou", "nom", "faux"),
    [
        (dus.Annee, "a_date", lambda soi, annuel: int(annuel)),
        (dus.Annee, "projeter", lambda soi, fait: fait),
        (dus, "_est_commune", lambda perimetre: False),
        (dus, "_faits", lambda compteurs, unite: sum(un.attribues for un in compteurs)),
        (dus, "_compte_du_public", lambda un, unite: un.attribues),
        (dus, "partager", lambda assiette, taux, **_: _sans_reste(assiette, taux)),
    ],
    ids=["sans prorata", "sans projection", "communes partout", "une seule unité", "baux confondus", "sans reste"],
)
def test_mutants_du_du(monkeypatch: pytest.MonkeyPatch, ou: Any, nom: str, faux: Any) -> None:
    monkeypatch.setattr(ou, nom, faux)
    with pytest.raises((AssertionError, KeyError)):
        chaque_ligne_est_juste(date(2026, 6, 30), calculer)


def test_mutant_groupees_par_le_nombre(monkeypatch: pytest.MonkeyPatch) -> None:
    """La faute d'origine : des assiettes égales tenues pour la même."""
    prevues_ = Dus._previsions
    monkeypatch.setattr(
        Dus, "_previsions", lambda soi, c: [Prevision(siren_bailleur=un.siren_bailleur, annee=un.annee,
            remises_en_location=un.remises_en_location, hors_flux=un.hors_flux) for un in prevues_(soi, c)]
    )  # fmt: skip
    with pytest.raises((AssertionError, dus.ErreurUtilisateur)):
        chaque_ligne_est_juste(date(2026, 6, 30), calculer)


def test_mutant_le_quart_arrondi_au_dessous(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quart, "ceil", int)
    with pytest.raises(AssertionError):
        le_quart_est_juste(LE, calculer)


def _sans_reste(assiette: int, taux: dict[str, Decimal]) -> Any:
    from modele.attributions.assiette import Partage

    return Partage({qui: int(Fraction(un) * assiette / 100) for qui, un in taux.items()}, 0, (), None)  # type: ignore[arg-type]


def test_la_derniere_prevision_est_muette() -> None:
    """Le quatrième bailleur n'a rien prévu : ce qui lui est dû ne se sait pas, ce qui est fait se sait."""
    muettes = [un for un in etat(LE).dus if un.convention.siren_bailleur == "000000004" and not un.public]
    assert {un.annuel for un in muettes} == {None}
    assert any(un.fait for un in muettes)
    assert jour("30/11/2026") == LE
