"""Ce qui sert d'une pile de couches, ce qui est mis de côté, et pourquoi."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from outils_paquets import JOUR, livre, modifie, national, paquet, sources, surcharges_de
from outils_sources import LIVREES

from modele.regles.fautes import ErreurUtilisateur, Faute, FichierFautif
from modele.sources import Couche, Fichier, Lecture, Recu

LIEUX = "territoires/metropole-exemple/lieux.toml"


def texte(fichier: Fichier) -> str:
    """Un lecteur qui ne refuse que « faux »."""
    lu = fichier.read_text("utf-8")
    if "faux" in lu:
        raise FichierFautif([Faute(fichier.name, "ici", 3, "c'est faux")])
    return lu


def test_la_couche_du_dessus_sert() -> None:
    haut = sources(recus=[paquet("territoire.metropole-exemple", {"lieux.toml": "publié"})])
    assert Lecture(haut).servir(LIEUX, texte) == "publié"
    plus_haut = sources(
        recus=[paquet("territoire.metropole-exemple", {"lieux.toml": "publié"})],
        surcharges=[modifie("lieux", "metropole-exemple", "lieux.toml", "modifié")],
    )
    assert Lecture(plus_haut).servir(LIEUX, texte) == "modifié"
    assert [fichier.couche for fichier in plus_haut.pile(LIEUX)] == [
        Couche.LIVREE,
        Couche.TERRITOIRE,
        Couche.STRUCTURE,
    ]


def test_une_couche_fautive_est_ecartee_avec_sa_ligne_et_celle_du_dessous_sert() -> None:
    lecture = Lecture(sources(surcharges=[modifie("lieux", "metropole-exemple", "lieux.toml", "faux")]))
    assert lecture.servir(LIEUX, texte) == livre(LIEUX)
    (ecart,) = lecture.ecarts
    assert str(ecart) == f"{LIEUX} (modifié par Ana Martin le 01/12/2026) : lieux.toml, ligne 3, ici : c'est faux"


def test_une_couche_du_dessus_seule_et_fautive_vaut_un_fichier_absent() -> None:
    """Sur un fichier que rien d'autre ne donne : le reste du territoire sert."""
    chemin = "territoires/clermont-auvergne-metropole/lieux.toml"
    lecture = Lecture(sources(surcharges=[modifie("lieux", "clermont-auvergne-metropole", "lieux.toml", "faux")]))
    assert lecture.servir_si_present(chemin, texte) is None
    with pytest.raises(FichierFautif):
        lecture.servir(chemin, texte)
    assert len(lecture.ecarts) == 1


def test_ce_qui_est_livre_et_fautif_ne_se_tait_pas(tmp_path: Path) -> None:
    """Rien à servir au-dessous : la faute sort."""
    from outils_sources import sources_avec

    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "x.toml").write_text("faux", encoding="utf-8")
    lecture = Lecture(sources_avec(tmp_path, territoires=tmp_path / "t"))
    with pytest.raises(FichierFautif):
        lecture.empiler("territoires/x.toml", texte)
    with pytest.raises(ErreurUtilisateur, match="n'existe pas"):
        lecture.servir("territoires/y.toml", texte)
    assert lecture.servir_si_present("territoires/y.toml", texte) is None


def test_ce_qu_une_couche_n_a_pas_le_droit_de_toucher_n_entre_pas() -> None:
    """Le droit publié par un territoire, la grille modifiée par une structure : écartés, avec la raison."""
    interdites = sources(
        recus=[paquet("national.ici", {"orientations.toml": "x"})],
        surcharges=[modifie("territoire", "metropole-exemple", "grilles/x.toml", "x")],
    )
    assert interdites.au_dessus == {}
    assert [ecart.message for ecart in interdites.ecarts] == [
        "le droit ne vient que de Perron ou d'une publication nationale signée",
        "le territoire, sa grille et ses paramètres se publient par le registre ; une structure n'y touche pas",
    ]


def test_un_paquet_illisible_ou_inconnu_n_empeche_rien() -> None:
    recus = [Recu("fiche.115", 3, b"abime"), Recu("reperes", 1, b"{}"), Recu("grille.toml", 1, b"")]
    ouvertes = sources(recus=recus)
    (ecart,) = ouvertes.ecarts
    assert str(ecart).startswith("fiche.115 (registre, version 3) : Paquet « fiche.115 » : ce n'est pas un paquet")
    assert ouvertes.au_dessus == {}


def test_une_publication_nationale_plus_vieille_que_perron_ne_sert_pas(tmp_path: Path) -> None:
    """Perron mis à jour : ce qu'il livre a été vérifié depuis."""
    from outils_paquets import avec_cle_nationale

    racine = avec_cle_nationale(tmp_path)
    livree = livre("national/parametres.toml")
    dernier = max(re.findall(r"verifie_le = (\S+)", livree))
    for jour, sert in (("2026-11-21", Couche.LIVREE), (dernier, Couche.NATIONALE)):
        vieux = re.sub(r"verifie_le = \S+", f"verifie_le = {jour}", livree)
        lecture = Lecture(sources(racine, [national({"parametres.toml": vieux})]))
        assert lecture.pile("national/parametres.toml")[-1].couche is sert
        assert [ecart.couche for ecart in lecture.ecarts] == [Couche.NATIONALE] * (sert is Couche.LIVREE)


def test_de_deux_publications_nationales_la_derniere_verifiee_est_au_dessus(tmp_path: Path) -> None:
    from outils_paquets import avec_cle_nationale

    base = livre("national/parametres.toml")
    recus = [
        national({"parametres.toml": base.replace("2026-11-22", "2027-02-01")}, "national.a"),
        national({"parametres.toml": base.replace("2026-11-22", "2027-01-01")}, "national.b"),
    ]
    haut = Lecture(sources(avec_cle_nationale(tmp_path), recus)).pile("national/parametres.toml")[-1]
    assert "national.a" in haut.origine


def test_une_couche_du_dessus_peut_refuser_ce_qu_elle_n_a_pas_le_droit_de_changer() -> None:
    def garder(dessous: str, dessus: str, fichier: Fichier) -> None:
        raise FichierFautif([Faute(fichier.name, "", None, f"{len(dessous) > 0} {dessus}")])

    lecture = Lecture(sources(surcharges=[modifie("lieux", "metropole-exemple", "lieux.toml", "x")]))
    assert lecture.servir(LIEUX, texte, garder) == livre(LIEUX)
    assert "True x" in lecture.ecarts[0].message
    lecture.ecarter(lecture.sources.pile(LIEUX)[1], lecture.ecarts[0].message)
    assert len(lecture.ecarts) == 1


def test_on_peut_se_passer_d_une_couche() -> None:
    ouvertes = sources(
        recus=[paquet("fiche.x", {"fr.md": "x"})], surcharges=[modifie("fiche", "x", "fr.md", "y", JOUR)]
    )
    assert [f.couche for f in ouvertes.jusqu_a(Couche.TERRITOIRE).pile("fiches/x/fr.md")] == [Couche.TERRITOIRE]
    assert [f.couche for f in ouvertes.sans(Couche.TERRITOIRE).pile("fiches/x/fr.md")] == [Couche.STRUCTURE]
    assert ouvertes.jusqu_a(Couche.LIVREE).au_dessus == {}
    assert [f.couche for f in ouvertes.au_dela(ouvertes.jusqu_a(Couche.TERRITOIRE))] == [Couche.STRUCTURE]


def test_les_chemins_de_toutes_les_couches_se_listent() -> None:
    ouvertes = sources(recus=[paquet("territoire.mon-ccas", {"territoire.toml": "x"})])
    trouves = ouvertes.chemins("territoires/*/territoire.toml")
    assert "territoires/mon-ccas/territoire.toml" in trouves
    assert set(LIVREES.chemins("territoires/*/territoire.toml")) < set(trouves)


def test_un_fichier_dit_sa_derniere_verification() -> None:
    date_ = Fichier("a.toml", Couche.LIVREE, octets=b"verifie_le = 2026-01-02\nreleve_le = 2026-03-04")
    assert date_.verifie_le == date(2026, 3, 4)
    for octets in (b"", b"\xff", b"verifie_le = 2026-99-99"):
        assert Fichier("a.toml", Couche.LIVREE, octets=octets).verifie_le is None
    absent = Fichier("a.toml", Couche.LIVREE, lieu=Path("nulle part"))
    assert (absent.verifie_le, str(absent), absent.name, absent.dossier) == (None, "nulle part", "a.toml", "")


def test_les_surcharges_d_un_vrai_dossier_se_lisent(tmp_path: Path) -> None:
    """L'interface que rendra le genre du coffre : nature, identifiant, fichier, contenu, auteur, date."""
    lieu = tmp_path / "fiche" / "resume"
    lieu.mkdir(parents=True)
    (lieu / "fr.md").write_text('+++\ntitre = "Le mien"\n+++\nBonjour\n', encoding="utf-8")
    (une,) = surcharges_de(tmp_path)
    assert (une.nature, une.id, une.fichier, une.auteur) == ("fiche", "resume", "fr.md", "Ana Martin")
    assert isinstance(une.modifie_le, datetime)
    assert "Le mien" in sources(surcharges=[une]).pile("fiches/resume/fr.md")[-1].read_text()
