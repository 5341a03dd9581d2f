"""Les territoires : ceux qu'on livre, et celui qu'on ajoute sans toucher au programme."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from outils_sources import TERRITOIRES, national, sources_avec, territoire, territoires

from modele.cotation.grille import Cumul, Fixe, ParUnite, Tranches
from modele.cotation.lecture_grille import lire_grille
from modele.regles.etats import INCONNU, connu
from modele.regles.faits import TypeFait
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.regles.lecture import lire_toml
from modele.sources.couches import Couche, Fichier
from modele.territoire.etats import etats_du_territoire
from modele.territoire.identite import SorteManque, lire_identite
from modele.territoire.modele import Territoire
from ressources import RESSOURCES

JOUR = date(2026, 11, 22)


PAYS = national().pays


def grilles(lieu: Territoire) -> dict[str, object]:
    declares = {**PAYS.parametres, **lieu.parametres}
    fichiers = [RESSOURCES / grille for grille in lieu.grilles]
    return {g.stem: lire_grille(g, national().catalogue, declares) for g in fichiers}


def test_les_territoires_livres_se_listent_par_nom_l_exemple_d_abord() -> None:
    livres = territoires()
    dossiers = {dossier.name for dossier in TERRITOIRES.iterdir() if dossier.is_dir()}
    assert {un.id for un in livres} == dossiers - {"metropole-essai"}
    assert livres[0].exemple
    assert [(not un.exemple, un.nom) for un in livres] == sorted((not un.exemple, un.nom) for un in livres)


def test_le_territoire_des_essais_s_ouvre_par_son_nom_et_ne_s_offre_jamais() -> None:
    essais = territoire("metropole-essai")
    assert (essais.essais, essais.exemple) == (True, True)
    assert len(essais.communes) == 6
    assert "metropole-essai" not in {un.id for un in territoires()}
    assert not any(un.essais for un in territoires())


def test_un_territoire_d_essais_n_a_pas_de_valeur_officielle(tmp_path: Path) -> None:
    """Sans cela, un écran le dirait réel."""
    identite = (TERRITOIRES / "metropole-essai" / "territoire.toml").read_text(encoding="utf-8")
    dossier = tmp_path / "metropole-essai"
    dossier.mkdir()
    faux = dossier / "territoire.toml"
    faux.write_text(
        identite.replace("sans_valeur_officielle = true", "sans_valeur_officielle = false"), encoding="utf-8"
    )
    with pytest.raises(FichierFautif, match="un territoire d'essais est « sans_valeur_officielle »"):
        lire_identite(Fichier("territoires/metropole-essai/territoire.toml", Couche.LIVREE, faux))


def test_l_exemple_se_dit_sans_valeur_officielle_et_ne_prend_le_code_de_personne() -> None:
    exemple = territoire("metropole-exemple")
    assert "sans valeur officielle" in exemple.mention
    assert "non opposable" in exemple.mention
    assert len(exemple.communes) == 8
    assert not set(exemple.communes) & set(PAYS.france.communes)
    assert all(code.startswith("99X") for code in exemple.communes)
    assert all(lieu.fictif and lieu.telephone.startswith("05 36 49") for lieu in exemple.lieux)
    assert all(contact.fictif and contact.numero.startswith("05 36 49") for contact in exemple.contacts)
    assert all(lieu.commune in exemple.communes for lieu in exemple.lieux if not lieu.adresse_confidentielle)


def test_la_grille_d_exemple_emploie_toutes_les_formes() -> None:
    lues = grilles(territoire("metropole-exemple"))
    primo, mutation = lues["2026-premieres-demandes"], lues["2026-mutations"]
    assert (primo.population, mutation.population) == ("primo", "mutation")  # type: ignore[attr-defined]
    assert {primo.statut, mutation.statut} == {"exemple"}  # type: ignore[attr-defined]
    rubriques = primo.rubriques  # type: ignore[attr-defined]
    criteres = [c for r in rubriques for c in r.criteres]
    assert len(rubriques) >= 6
    assert len(criteres) >= 25
    assert {r.cumul for r in rubriques} == set(Cumul)
    assert {type(c.forme) for c in criteres} == {Fixe, ParUnite, Tranches}
    assert {f.type for f in primo.faits_locaux} == set(TypeFait)  # type: ignore[attr-defined]
    assert {c.preuve for c in criteres} == {"automatique", "piece", "travailleur_social"}
    assert any(r.si for r in rubriques)
    assert len(primo.hors_cotation) == 2  # type: ignore[attr-defined]


def test_toulouse_n_a_que_quatre_lignes_et_chacune_dit_sa_source() -> None:
    toulouse = territoire("toulouse-metropole")
    (grille,) = grilles(toulouse).values()
    criteres = [c for r in grille.rubriques for c in r.criteres]  # type: ignore[attr-defined]
    assert {c.id: c.forme.points for c in criteres} == {
        "mois": 1,
        "delai-anormalement-long": 20,
        "dalo": 50,
        "pdalhpd": 40,
    }
    assert all("FAQ de Toulouse Métropole" in c.reference for c in criteres)
    assert grille.statut == "partielle"  # type: ignore[attr-defined]
    assert grille.sources[0].releve_le == JOUR  # type: ignore[attr-defined]
    assert "cumul" in grille.remarque.lower()  # type: ignore[attr-defined]
    assert len(toulouse.communes) == 37
    assert toulouse.parametres["delai_anormalement_long_mois"].valeurs[0].valeur == 36
    assert not toulouse.lieux
    assert [m.sorte for m in toulouse.manques].count(SorteManque.GRILLE) == 3


def test_clermont_n_a_aucune_grille_mais_ses_bailleurs_sourcés() -> None:
    clermont = territoire("clermont-auvergne-metropole")
    assert clermont.grilles == ()
    assert len(clermont.communes) == 21
    bailleurs = [r for r in clermont.reservataires if r.genre == "bailleur"]
    assert {b.nom for b in bailleurs} == {"Auvergne Habitat", "Assemblia", "CDC Habitat", "OPHIS"}
    assert all(b.convention_le == date(2024, 6, 7) and b.provenance.source for b in bailleurs)
    assert "delai_anormalement_long_mois" not in clermont.parametres
    assert etats_du_territoire(clermont, PAYS.bareme, JOUR)["territoire.agglomeration_plus_300000"] == INCONNU


@pytest.mark.parametrize("identifiant", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_les_communes_d_un_territoire_reel_sont_celles_de_son_intercommunalite(identifiant: str) -> None:
    lieu = territoire(identifiant)
    membres = {code for code, une in PAYS.france.communes.items() if une.epci == lieu.nom}
    assert set(lieu.communes) == membres


def test_les_etats_du_territoire_donnent_les_plafonds_de_sa_zone() -> None:
    etats = etats_du_territoire(territoire("toulouse-metropole"), PAYS.bareme, JOUR)
    assert etats["territoire.outre_mer"] == connu(False)
    assert etats["territoire.agglomeration_plus_300000"] == connu(True)
    assert etats["territoire.plafond_plus_1"] == connu(23403)
    assert etats["territoire.plafond_plai_supplementaire"] == connu(3689)
    assert "territoire.plafond_plus_1" not in etats_du_territoire(
        territoire("toulouse-metropole"), PAYS.bareme, date(2031, 1, 1)
    )


def test_le_territoire_l_emporte_sur_le_national_qui_reste_le_repli() -> None:
    exemple = territoire("metropole-exemple")
    resolus = exemple.resoudre(PAYS.parametres, date(2027, 3, 1), {})
    assert resolus["delai_anormalement_long_mois"] == connu(36)
    assert resolus["age_majorite"] == connu(18)
    assert str(resolus["local.seuil_reste_a_vivre"].valeur) == "410"
    clermont = territoire("clermont-auvergne-metropole").resoudre(PAYS.parametres, JOUR, {})
    assert not clermont["delai_anormalement_long_mois"].connu


@pytest.mark.parametrize(
    ("demande", "dit"), [("toulouse-metropol", "vouliez-vous « toulouse-metropole »"), ("zzz", "territoires connus")]
)
def test_un_territoire_absent_se_dit_avec_le_plus_proche(demande: str, dit: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=dit):
        territoire(demande)


MINIMAL = """format = 1
[territoire]
id = "nouveau"
nom = "Nouveau"
departements = ["35"]
[systeme]
nom = "le système départemental"
"""


def ecrire(racine: Path, **fichiers: str) -> Path:
    dossier = racine / "nouveau"
    dossier.mkdir(exist_ok=True)
    for nom, texte in fichiers.items():
        (dossier / nom.replace("__", ".")).write_text(texte, encoding="utf-8")
    return racine


def test_un_dossier_ajoute_devient_un_territoire_sans_toucher_au_programme(tmp_path: Path) -> None:
    ecrire(tmp_path, territoire__toml=MINIMAL)
    nouveau = territoire("nouveau", sources_avec(tmp_path, territoires=tmp_path))
    assert (nouveau.nom, nouveau.communes, nouveau.grilles, nouveau.lieux) == ("Nouveau", {}, (), ())
    assert nouveau.agglomeration_plus_300000 is None
    assert "exemple" not in nouveau.mention
    shutil.copytree(TERRITOIRES / "metropole-exemple" / "grilles", tmp_path / "nouveau" / "grilles")
    assert len(territoire("nouveau", sources_avec(tmp_path, territoires=tmp_path)).grilles) == 2
    assert [un.id for un in territoires(sources_avec(tmp_path, territoires=tmp_path))] == ["nouveau"]


def test_toutes_les_fautes_de_tous_les_fichiers_sortent_ensemble(tmp_path: Path) -> None:
    ecrire(
        tmp_path,
        territoire__toml=MINIMAL.replace('"nouveau"', '"autre"').replace(
            "[systeme]", 'zone_plafonds = "lune"\n[systeme]'
        ),
        parametres__toml=(
            '[[parametre]]\nid = "age_majorit"\ntype = "entier"\n'
            '[[parametre]]\nid = "age_majorite"\ntype = "decimal"\nvaleurs = [{ valeur = 18 }]\n'
        ),
        lieux__toml='format = 2\n[[lieu]]\nid = "a"\nnom = "A"\ngenre = "CCAS"\n[[lieu]]\nid = "a"\n',
        reservataires__toml='format = 1\n[[reservataire]]\nid = "r"\nnom = "R"\ngenre = "banque"\nfictif = true\n',
        contacts__toml='format = 1\n[[contact]]\nid = "c"\nlibele = "C"\nfictif = true\n',
        communes__csv="code_insee,nom\n35238,Rennes\n",
    )
    with pytest.raises(FichierFautif) as attrape:
        territoire("nouveau", sources_avec(tmp_path, territoires=tmp_path))
    dits = str(attrape.value)
    for attendu in (
        "nouveau/territoire.toml",
        "le nom du dossier",
        "« lune »",
        "vouliez-vous « age_majorite »",
        "est de type entier",
        "attendu : 1",
        "employé deux fois",
        "source",
        "« banque »",
        "libele",
        "codes_postaux",
    ):
        assert attendu in dits, f"{attendu}\n{dits}"
    with pytest.raises(FichierFautif, match="nom du dossier"):
        territoires(sources_avec(tmp_path, territoires=tmp_path))


def test_un_territoire_sans_ses_tables_obligatoires_le_dit(tmp_path: Path) -> None:
    ecrire(tmp_path, territoire__toml="format = 1\n")
    with pytest.raises(FichierFautif, match="systeme"):
        territoire("nouveau", sources_avec(tmp_path, territoires=tmp_path))


def test_les_pieces_de_la_grille_d_exemple_sont_connues_ou_ecrites_en_clair() -> None:
    lecteur = lire_toml(TERRITOIRES.parent / "national" / "pieces.toml")
    connues = {table.texte("id") for table in lecteur.tables("piece")}
    for grille in grilles(territoire("metropole-exemple")).values():
        pieces = {p for r in grille.rubriques for c in r.criteres for p in c.pieces}  # type: ignore[attr-defined]
        assert all(p in connues or " " in p for p in pieces), pieces - connues
        assert pieces & connues
