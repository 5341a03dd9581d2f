"""Le droit du flux est en données : il se lit entier, chaque faute se dit, et rien n'en est écrit en Python."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from grimp import build_graph

from modele.attributions import colonnes as modules_colonnes
from modele.attributions.colonnes import FichierDe, colonnes, formats, lire_formats
from modele.attributions.droit import droit, lire_droit
from modele.attributions.notions import Quart
from modele.regles.fautes import FichierFautif
from modele.regles.lecture import lire_texte
from ressources import RESSOURCES

RACINE = Path(__file__).resolve().parents[3]
DROIT = (RESSOURCES / "national" / "attributions.toml").read_text(encoding="utf-8")
FORMATS = (RESSOURCES / "national" / "fichiers_bailleurs.toml").read_text(encoding="utf-8")


def test_le_droit_livre() -> None:
    lu = droit()
    assert {un.id: un.taux for un in lu.plafonds} == {"etat": 30, "agents": 5, "collectivites": 20}
    assert lu.quart.part.as_integer_ratio() == (1, 4)
    assert list(lu.hors_flux) == [
        "MUTATION", "RENOUVELLEMENT_URBAIN", "ORCOD", "HABITAT_INDIGNE", "VENTE", "DEFENSE_SECURITE_SANTE",
        "SANCTION_PREFET",
    ]  # fmt: skip
    assert lu.controles.surfaces == (9, 16, 25, 34, 43, 52, 61, 70)
    assert {un.id for un in lu.reservataires.values() if un.quart is Quart.ENTIER} == {"prefet_prioritaires"}


def test_tout_a_sa_source_et_ce_qui_est_deduit_est_a_valider() -> None:
    lu = droit()
    toutes = [
        *(un.provenance for un in lu.reservataires.values()),
        *(un.provenance for un in lu.hors_flux.values()),
        *(un.provenance for un in lu.plafonds),
        *(un.provenance for un in lu.calendrier),
        *(un.provenance for un in (lu.partage, lu.retard, lu.projection, lu.bilan, lu.quart.base, lu.quart.emploi)),
    ]
    assert all(une.fondement and une.source and une.verifie_le for une in toutes)
    assert all(un.provenance.a_valider for un in (lu.partage, lu.retard, lu.projection, lu.bilan))
    assert formats().provenance.a_valider


@pytest.mark.parametrize(
    ("type_", "nom", "categorie"),
    [
        ("PPRIOR", "Préfecture", "prefet_prioritaires"),
        ("PFONCT", "Préfecture", "prefet_agents"),
        ("COLACT", "", "action_logement"),
        ("COLTER", "Commune de Vallebrume", "communes"),
        ("COLTER", "COMMUNE DE PONTCLAIR", "communes"),
        ("COLTER", "Ville d'Orme", "communes"),
        ("COLTER", "Métropole-exemple", "metropole"),
        ("COLTER", "Communauté urbaine", "metropole"),
        ("COLTER", "Communay", "collectivite_autre"),
        ("COLTER", "Clermont Auvergne", "collectivite_autre"),
        ("COLTER", "", "collectivite_autre"),
        ("AUTRES", "Association", "autres"),
        ("AUCUN", "Bailleur", "bailleur"),
        ("", "", "bailleur"),
        ("INCONNU", "x", ""),
    ],
)
def test_la_categorie_d_un_reservataire(type_: str, nom: str, categorie: str) -> None:
    assert droit().categorie(type_, nom) == categorie


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("textes_au = 2026-02-21\n", "", "textes_au"),
        ("taux = 30\n", "taux = 0\n", "plus de 0 et 100 au plus"),
        ('reservataires = ["prefet_agents"]', 'reservataires = ["prefets"]', "« prefets » n'est pas permis"),
        ("numerateur = 1", "numerateur = 4", "moins que le dénominateur"),
        ("mois = 2\njour = 28", "mois = 2\njour = 29", "n'existe pas chaque année"),
        ("jusqu_a = 1974", "jusqu_a = 1940", "de la plus ancienne à la dernière"),
        ('surfaces = [9, 16, 25, 34, 43, 52, 61, 70]', "surfaces = []", "une liste de nombres entiers"),
        ('quart = "entier"', 'quart = "tout"', "« tout » n'est pas permis"),
        ("[controles]", "[controle]", "cette clé manque"),
        ('article = "CCH R411-3"\n', "", "article"),
    ],
)  # fmt: skip
def test_une_faute_du_droit_se_dit(avant: str, apres: str, message: str) -> None:
    assert avant in DROIT
    with pytest.raises(FichierFautif) as dite:
        lire_droit(lire_texte(DROIT.replace(avant, apres, 1), "attributions.toml"))
    assert message in str(dite.value) or "fondement" in str(dite.value)


@pytest.mark.parametrize(
    ("avant", "apres", "message"),
    [
        ("longueur = 10\n", "", "combien de zéros"),
        ("exigee = true\nremplie = true\ncle = true", "remplie = true\ncle = true", "elle-même exigée"),
        ("cle = true\n", "", "compterait double"),
        ('nature = "chiffres"', 'nature = "chiffre"', "« chiffre » n'est pas permis"),
    ],
)
def test_une_faute_des_colonnes_se_dit(avant: str, apres: str, message: str) -> None:
    with pytest.raises(FichierFautif, match=message):
        lire_formats(lire_texte(FORMATS.replace(avant, apres), "fichiers_bailleurs.toml"))


def test_les_codes_admis_sont_ceux_du_droit() -> None:
    """Une valeur qu'un fichier peut porter et que le droit ne connaît pas ne compterait nulle part."""
    admis = colonnes(FichierDe.ATTRIBUTIONS)
    lu = droit()
    assert set(admis["hors_flux"].valeurs) == {lu.flux.dans_le_flux, *lu.hors_flux}
    assert admis["hors_flux"].valeurs == colonnes(FichierDe.LOGEMENTS)["hors_flux"].valeurs
    types = {un for une in lu.reservataires.values() for un in une.types} - {""}
    assert set(admis["type_reservataire"].valeurs) == types
    codes = lu.decisions
    assert set(admis["reponse"].valeurs) == {codes.acceptee, codes.refusee, codes.sans_reponse, codes.en_cours}
    assert set(codes.favorables) < set(admis["decision"].valeurs)
    assert lu.flux.mutation_interne in admis["mutation"].valeurs
    assert lu.flux.revenu in admis["origine_designation"].valeurs


DIT_DU_DROIT = re.compile(r"MUTATION|PPRIOR|PFONCT|COLACT|COLTER|AUCUN|R441|L441|L313|ACCEPTEE|RESERVATAIRE|\bNRU\b")
NOMBRES_DU_DROIT = {4, 5, 20, 25, 30, 0.25, 0.05, 0.2, 0.3}


def constantes(texte: str) -> list[object]:
    """Les constantes d'un fichier Python, docstrings exclues."""
    arbre = ast.parse(texte)
    docs = {id(un.value) for un in ast.walk(arbre) if isinstance(un, ast.Expr) and isinstance(un.value, ast.Constant)}
    return [un.value for un in ast.walk(arbre) if isinstance(un, ast.Constant) and id(un) not in docs]


def regles_en_python(textes: dict[str, str]) -> list[tuple[str, object]]:
    return [
        (nom, valeur)
        for nom, texte in textes.items()
        for valeur in constantes(texte)
        if (
            isinstance(valeur, str)
            and DIT_DU_DROIT.search(valeur)
            and "(R822-25)" not in valeur
            and "L441-1" not in valeur
        )
        or (isinstance(valeur, int | float) and not isinstance(valeur, bool) and valeur in NOMBRES_DU_DROIT)
    ]


def test_aucune_regle_de_droit_en_python() -> None:
    piece = RACINE / "modele" / "attributions"
    assert regles_en_python({un.name: un.read_text(encoding="utf-8") for un in piece.rglob("*.py")}) == []


@pytest.mark.parametrize("mutant", ["minimum = ceil(attributions / 4)", 'x = "PPRIOR"', "plafond = 0.3"])
def test_mutant_une_regle_en_python(mutant: str) -> None:
    assert regles_en_python({"mutant.py": mutant})


# --- Deux finalités ------------------------------------------------------------------------------------------------

INTERDITES = (
    "orientation",
    "protection",
    "dossier",
    "coffre",
    "bilan",
    "cotation",
    "fiches",
    "mots",
    "lieux",
    "genres",
)


def atteintes(graphe: object) -> set[str]:
    """Les pièces que les attributions atteignent, par quelque chemin que ce soit."""
    dessous = {
        un for module in graphe.find_descendants("modele.attributions") for un in graphe.find_upstream_modules(module)
    }  # type: ignore[attr-defined]
    return {une for une in INTERDITES if any(un.startswith(f"modele.{une}") for un in dessous)}


def test_les_attributions_ne_lisent_ni_voie_ni_triage_ni_protection_ni_dossier() -> None:
    """Norme « La sûreté des personnes », 2 : la demande officielle seule, et par détour non plus."""
    assert atteintes(build_graph("modele", cache_dir=None)) == set()


@pytest.mark.parametrize("voisine", ["modele.orientation.regles", "modele.protection.mur", "modele.dossier.chemins"])
def test_mutant_une_voie_lue_par_les_attributions(voisine: str) -> None:
    graphe = build_graph("modele", cache_dir=None)
    graphe.add_import(importer="modele.attributions.quart", imported=voisine)
    assert voisine.split(".")[1] in atteintes(graphe)


def test_aucune_colonne_ne_dit_ce_qui_n_est_pas_la_demande_officielle() -> None:
    """Ni triage, ni violence, ni note sociale, ni santé : une colonne de plus se voit ici."""
    interdits = re.compile(
        "triage|violence|note_sociale|sante|protection|orientation|motif_accueil|nom_de_famille|prenom"
    )
    ids = [une for fichier in FichierDe for une in colonnes(fichier)]
    assert not [un for un in ids if interdits.search(un)]
    assert modules_colonnes.OUI_NON[-1] == "NONDOC"
