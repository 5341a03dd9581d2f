"""L'annuaire : ouvert d'abord, puis le plus proche ; sans coordonnées, un lieu se liste ; un refuge ne se place pas."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modele.chargement import charger_regles
from modele.lieux.accueil import Accueil, Besoin, Mission
from modele.lieux.heures_ecrites import lire_heures
from modele.lieux.modele import Lieu
from modele.lieux.ouverture import Ouvert
from modele.regles.fautes import FichierFautif
from modele.sources import Couche, Fichier
from modele.territoire.annuaire import Annuaire, Trouve, Voulu, le_plus_proche
from modele.territoire.coordonnees import Coordonnees, Point, distance_km, lire_coordonnees, plan

LUNDI = datetime(2026, 11, 30, 10, 0)
OUVERT, FERME = lire_heures(["lundi 09:00-12:00"], (), ""), lire_heures(["mardi 09:00-12:00"], (), "")
POINTS = {"A": Point(46.0, 2.0), "B": Point(46.1, 2.0), "C": Point(46.5, 2.0)}
ACCUEIL = Accueil(
    missions={"pieces": Mission("pieces", "Recevoir les papiers", 2)},
    besoins={"papiers": Besoin("papiers", "Déposer ses papiers", ("pieces",)), "droits": Besoin("droits", "Droits")},
)
un_lieu = partial(Lieu, genre="CCAS", heures=OUVERT)


def annuaire(*lieux: Lieu) -> Annuaire:
    return Annuaire(lieux, ACCUEIL, POINTS.get, lambda code: {"B": "Bœuf-sur-Mer"}.get(code, code))


def trouves(*lieux: Lieu, **voulu: object) -> list[str]:
    return [un.lieu.id for un in annuaire(*lieux).chercher(Voulu(LUNDI, **voulu))]  # type: ignore[arg-type]


PRES, LOIN = un_lieu("pres", "Près", commune="B"), un_lieu("loin", "Loin", commune="C")


def test_ouvert_d_abord_puis_le_plus_proche() -> None:
    ferme = un_lieu("ferme", "Fermé", commune="A", heures=FERME)
    inconnu = replace(ferme, id="inconnu", heures=lire_heures((), (), ""))
    sans_place = un_lieu("sans-place", "Sans place", commune="Z")
    assert trouves(ferme, LOIN, inconnu, sans_place, PRES, commune="A") == [
        "pres", "loin", "sans-place", "inconnu", "ferme",
    ]  # fmt: skip


def test_tout_le_jour_et_non_l_instant() -> None:
    apres_midi = un_lieu("soir", "Soir", commune="B", heures=lire_heures(["lundi 14:00-17:00"], (), ""))
    (un,) = annuaire(apres_midi).chercher(Voulu(LUNDI, heure=False))
    assert un.ouvert is Ouvert.OUI
    (un,) = annuaire(apres_midi).chercher(Voulu(LUNDI))
    assert (un.ouvert, un.ouverture(LUNDI).prochaine) == (Ouvert.NON, LUNDI.replace(hour=14))


def test_qui_ne_recoit_pas_cette_commune_passe_apres_et_ne_se_recommande_pas() -> None:
    """Un lieu qui enregistre reçoit tout le monde, où qu'il habite (CCH R441-2-3)."""
    d_ailleurs = un_lieu("d-ailleurs", "D'ailleurs", commune="A", dessert=("B",))
    assert trouves(d_ailleurs, PRES, commune="A") == ["pres", "d-ailleurs"]
    assert trouves(replace(d_ailleurs, enregistre=True), PRES, commune="A") == ["d-ailleurs", "pres"]
    assert trouves(d_ailleurs, PRES, commune="B")[0] == "pres"
    assert not annuaire(d_ailleurs).chercher(Voulu(LUNDI))[0].ailleurs


def test_un_refuge_n_a_ni_distance_ni_place_et_vient_en_dernier() -> None:
    """Norme de sûreté, § 8. Même si une donnée fautive lui laissait une commune."""
    refuge = Lieu("refuge", "Refuge", "Hébergement", heures=OUVERT, adresse_confidentielle=True)
    ici = annuaire(refuge, LOIN)
    rendus = ici.chercher(Voulu(LUNDI, "A"))
    assert [un.lieu.id for un in rendus] == ["loin", "refuge"]
    assert rendus[1].km is None
    assert refuge in ici.sans_place()
    assert list(ici.places) == ["C"]
    fautif = replace(refuge, commune="A")
    seul = annuaire(fautif).chercher(Voulu(LUNDI, "A"))
    assert le_plus_proche(seul) is None
    assert seul[0].km is None
    assert not annuaire(fautif).places


@pytest.mark.parametrize(
    ("mots", "rendus"),
    [
        ("", 3),
        ("cca", 3),
        ("boeuf", 1),
        ("BŒUF mer", 1),
        ("papiers", 1),
        ("boeuf papiers", 0),
        ("zzz", 0),
        ("sur rue", 1),
    ],
)
def test_les_mots_se_cherchent_par_leur_debut_sans_accents(mots: str, rendus: int) -> None:
    papiers = un_lieu("papiers", "Guichet", commune="A", missions=("pieces",))
    pres = replace(PRES, adresse="1, rue de l'Église")
    assert len(trouves(papiers, pres, LOIN, mots=mots)) == rendus


def test_le_besoin_et_la_langue() -> None:
    un, deux = replace(PRES, besoins=("droits",), langues=("ar",)), replace(LOIN, missions=("pieces",))
    assert trouves(un, deux, besoin="droits") == ["pres"]
    assert trouves(un, deux, besoin="papiers") == ["loin"]
    assert trouves(un, deux, langue="ar") == ["pres"]
    assert trouves(un, deux, langue="ar", besoin="papiers") == []
    assert trouves(un, deux, langue="ka") == trouves(un, deux, besoin="inconnu") == []


def test_dans_la_meme_commune_c_est_tout_pres_meme_sans_coordonnees() -> None:
    ici = un_lieu("ici", "Ici", commune="Z")
    assert annuaire(ici).chercher(Voulu(LUNDI, "Z"))[0].km == 0
    assert annuaire(ici).chercher(Voulu(LUNDI, "A"))[0].km is None
    assert annuaire(ici).sans_place() == (ici,)
    (proche,) = annuaire(PRES).chercher(Voulu(LUNDI, "Z"))
    assert proche.km is None


def test_le_plus_proche_est_ouvert_recommandable_et_a_une_distance() -> None:
    def dit(ouvert: Ouvert = Ouvert.OUI, km: float | None = 1.0, *, ailleurs: bool = False) -> Trouve:
        return Trouve(PRES, ouvert, km, ailleurs)

    bon = dit()
    mauvais = [dit(Ouvert.INCONNU), dit(Ouvert.NON), dit(km=None), dit(ailleurs=True)]
    assert le_plus_proche([*mauvais, bon]) is bon
    assert le_plus_proche(mauvais) is None


@given(st.lists(st.tuples(st.sampled_from("ABCZ"), st.booleans(), st.booleans()), max_size=20))
def test_l_ordre_est_celui_d_un_tri_naif(tires: list[tuple[str, bool, bool]]) -> None:
    """Aucun lieu ne se perd, et chacun est devant qui est plus fermé, ou aussi ouvert et plus loin."""
    lieux = [
        un_lieu(f"l{rang}", f"L{rang}", commune=commune, heures=OUVERT if ouvert else FERME, adresse_confidentielle=tu)
        for rang, (commune, ouvert, tu) in enumerate(tires)
    ]
    rendus = annuaire(*lieux).chercher(Voulu(LUNDI, "A"))
    assert {un.lieu.id for un in rendus} == {un.id for un in lieux}
    for avant, apres in pairwise(rendus):
        assert avant.lieu.adresse_confidentielle <= apres.lieu.adresse_confidentielle
        if avant.lieu.adresse_confidentielle == apres.lieu.adresse_confidentielle:
            assert avant.ouvert <= apres.ouvert


# Ce qu'on remet sur un papier.


def remis(*lieux: Lieu, commune: str = "A", au_plus: int = 2) -> list[str]:
    return [un.id for un in annuaire(*lieux).a_remettre(commune, au_plus)]


def test_le_papier_liste_les_plus_proches_ouverts_ou_non() -> None:
    """Il se lira demain : l'heure d'à présent n'y compte pas. Un refuge n'y est jamais."""
    ferme = replace(PRES, id="ferme", heures=FERME)
    refuge = replace(PRES, id="refuge", adresse_confidentielle=True, commune="")
    d_ailleurs = replace(PRES, id="d-ailleurs", dessert=("C",))
    assert remis(refuge, LOIN, d_ailleurs, ferme) == ["ferme", "loin"]
    assert remis(refuge, LOIN, d_ailleurs, ferme, au_plus=4) == ["ferme", "loin", "d-ailleurs"]
    assert remis(refuge, LOIN, PRES, commune="") == ["loin", "pres"]
    assert remis() == []


def test_le_papier_a_toujours_un_guichet_qui_enregistre() -> None:
    guichet = replace(LOIN, id="guichet", enregistre=True)
    autres = [replace(PRES, id=f"p{rang}") for rang in range(3)]
    assert remis(*autres, guichet) == ["p0", "guichet"]
    assert remis(guichet, au_plus=1) == ["guichet"]


# Les coordonnées.


def lire(texte: str) -> dict[str, Point]:
    return lire_coordonnees(Fichier("coordonnees.csv", Couche.LIVREE, octets=texte.encode()))


def test_les_coordonnees_se_lisent_et_une_faute_se_dit() -> None:
    entete = "# source = essai\ncode_insee,latitude,longitude\n"
    assert lire(f"{entete}63113,45.777,3.082\n") == {"63113": Point(45.777, 3.082)}
    for fautif in ("63113,nord,3", "63113,91,3", "63113,45,-181"):
        with pytest.raises(FichierFautif, match="ne sont pas des degrés"):
            lire(f"{entete}{fautif}\n")
    assert Coordonnees().points == {}


@pytest.mark.parametrize(
    ("un", "autre", "km"), [("75056", "63113", 346), ("31555", "63113", 273), ("75056", "13055", 661)]
)
def test_les_distances_des_atlas(un: str, autre: str, km: int) -> None:
    """Paris, Toulouse, Clermont-Ferrand, Marseille : à deux pour cent des distances que donnent les atlas."""
    points = charger_regles("clermont-auvergne-metropole").national.pays.coordonnees.points
    assert distance_km(points[un], points[autre]) == pytest.approx(km, rel=0.02)
    assert distance_km(points[un], points[autre]) == distance_km(points[autre], points[un])
    assert distance_km(points[un], points[un]) == 0


def test_le_plan_garde_les_distances_et_les_directions() -> None:
    assert plan({}) == {}
    a_plat = plan(POINTS)
    assert a_plat["B"][1] > a_plat["A"][1]
    assert dist(a_plat["A"], a_plat["C"]) == pytest.approx(distance_km(POINTS["A"], POINTS["C"]), rel=0.001)
    est = plan({"A": Point(46, 2), "B": Point(46, 3)})
    assert est["B"][0] - est["A"][0] == pytest.approx(distance_km(Point(46, 2), Point(46, 3)), rel=0.001)


def test_une_recherche_gardee_ne_dit_pas_l_heure_d_avant() -> None:
    """Le mutant qui garde le classement de 10 h à midi casse ici."""
    ici = annuaire(PRES)
    assert ici.chercher(Voulu(LUNDI))[0].ouvert is Ouvert.OUI
    assert ici.chercher(Voulu(LUNDI.replace(hour=12)))[0].ouvert is Ouvert.NON
    for minute in range(20):
        assert ici.chercher(Voulu(LUNDI.replace(minute=minute, second=7)))[0].ouvert is Ouvert.OUI


def test_chaque_point_livre_est_une_commune_d_aujourd_hui() -> None:
    pays = charger_regles("clermont-auvergne-metropole").national.pays
    assert len(pays.coordonnees.points) > 13_000
    assert not pays.coordonnees.points.keys() - pays.france.communes.keys()
    tirees = random.Random(3).sample(sorted(pays.coordonnees.points), 50)
    assert all(-64 < pays.coordonnees.points[code].longitude < 56 for code in tirees)


def test_l_annuaire_d_exemple_place_sept_communes_et_nomme_les_autres() -> None:
    regles = charger_regles("metropole-exemple")
    ici = regles.annuaire
    assert {un.id for un in ici.sans_place()} == {"numerique-sources-le-bois", "hebergement-confidentiel"}
    assert [un.lieu.id for un in ici.chercher(Voulu(LUNDI, mots="vieux pont"))] == ["maison-solidarite-vieux-pont"]
    assert set(ici.places) == {"99X01", "99X02", "99X05"}
    lieu = replace(regles.territoire.lieux[0], commune="00000")
    assert list(replace(regles, territoire=replace(regles.territoire, lieux=(lieu,))).annuaire.places) == []
    toulouse = charger_regles("toulouse-metropole").annuaire
    assert toulouse.chercher(Voulu(LUNDI, "31555")) == []
