"""Les contenus nationaux : chargés sans faute, sourcés, cohérents entre eux, et sans danger pour personne."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from outils_sources import catalogue_brut, catalogue_derive

from modele.dossier.lecture_questionnaire import lire_questionnaire
from modele.dossier.pieces import lire_pieces
from modele.orientation.regles import lire_orientations
from modele.regles.confiance import CONFIANCES
from modele.regles.faits import Catalogue
from modele.regles.lecture import lire_toml
from modele.regles.lecture_conditions import Contexte, lire_condition
from ressources import RESSOURCES

NATIONAL = RESSOURCES / "national"
ENTREES = {
    "orientations": ("orientation",),
    "pieces": ("piece",),
    "contacts": ("contact",),
    "contacts_locaux": ("contact_local",),
    "dalo": ("condition", "motif"),
    "publics_prioritaires": ("public",),
}
LECTEURS = {"questionnaire": lire_questionnaire, "pieces": lire_pieces, "orientations": lire_orientations}
# « agression » et « plainte » en font partie : un conjoint qui lit par-dessus l'épaule les comprend.
MOTS_QUI_TRAHISSENT = re.compile(
    r"violen|conjoint violent|agress|viol\b|plainte|prostitu|traite\b|proxén|mariage forcé|peur", re.I
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """Tous les faits, bruts et dérivés."""
    return catalogue_brut().etendre(catalogue_derive().values())


def lire(nom: str) -> dict[str, Any]:
    """Un fichier national, tel quel."""
    return tomllib.loads((NATIONAL / f"{nom}.toml").read_text(encoding="utf-8"))


def entrees() -> Iterator[tuple[str, dict[str, Any]]]:
    """Chaque entrée de droit, avec son nom lisible."""
    for nom, cles in ENTREES.items():
        donnees = lire(nom)
        for cle in cles:
            for entree in donnees[cle]:
                yield f"{nom}/{entree['id']}", entree


TOUTES = dict(entrees())
ORIENTATIONS = lire("orientations")["orientation"]
FONDEMENTS = ("fondement", "article", "reference", "source")
# Un article, un numéro, une adresse, un texte nommé ; ou l'aveu qu'il reste à faire valider.
PUBLIC = re.compile(
    r"à faire valider|https?://|Légifrance|\b[LRD]\d|\b[A-Z]{2,5} \d|\d{4}|art\. \d"
    r"|Choix de Perron|sans valeur officielle"
)
DISCRETES = [o for o in ORIENTATIONS if o.get("discret")]
ORDINAIRES = [o for o in ORIENTATIONS if not o.get("discret")]


@pytest.mark.parametrize("nom", LECTEURS)
def test_le_fichier_se_charge_sans_faute(nom: str, catalogue: Catalogue) -> None:
    """Champs, codes et conditions sont vérifiés contre le catalogue réel."""
    assert LECTEURS[nom](NATIONAL / f"{nom}.toml", catalogue)


@pytest.mark.parametrize("nom", ["dalo", "publics_prioritaires"])
def test_les_conditions_se_chargent(nom: str, catalogue: Catalogue) -> None:
    """Motifs, conditions et publics ne nomment que des faits et des codes qui existent."""
    lecteur = lire_toml(NATIONAL / f"{nom}.toml")
    lues = [
        lire_condition(table, condition, Contexte(catalogue))
        for cle in ENTREES[nom]
        for table in lecteur.tables(cle, obligatoire=True)
        for condition in ("si", "prouve", "a_etablir_si")
        if condition in table
    ]
    lecteur.fautes.verifier()
    assert lues
    assert None not in lues


def test_aucun_identifiant_double() -> None:
    """Un identifiant désigne une seule entrée dans son fichier."""
    for nom, cles in ENTREES.items():
        ids = [entree["id"] for cle in cles for entree in lire(nom)[cle]]
        assert len(ids) == len(set(ids)), nom


@pytest.mark.parametrize("nom", TOUTES)
def test_chaque_entree_dit_d_ou_elle_vient(nom: str) -> None:
    """Source, confiance et date de vérification : rien n'entre sans elles."""
    entree = TOUTES[nom]
    assert entree["source"].strip()
    assert entree["confiance"] in CONFIANCES
    assert entree["verifie_le"] >= date(2026, 11, 22)


def provenances(donnee: Any) -> Iterator[dict[str, Any]]:
    """Chaque table qui dit d'où elle vient, à toute profondeur."""
    if isinstance(donnee, dict):
        if set(FONDEMENTS) & set(donnee):
            yield donnee
        donnee = list(donnee.values())
    if isinstance(donnee, list):
        for dessous in donnee:
            yield from provenances(dessous)


LIVRES = sorted(RESSOURCES.rglob("*.toml"), key=str)


@pytest.mark.parametrize("fichier", LIVRES, ids=lambda f: str(f.relative_to(RESSOURCES)))
def test_un_fondement_est_public_ou_se_dit_a_faire_valider(fichier: Path) -> None:
    """Un texte, une page, ou « pratique d'accueil, à faire valider » ; un document de travail ne fonde rien.

    « Relecture d'usage » comprise : ce que nul ne peut lire ne se cite pas.
    """
    for une in provenances(tomllib.loads(fichier.read_text(encoding="utf-8"))):
        dits = {cle: str(une[cle]) for cle in FONDEMENTS if cle in une}
        assert not [cle for cle, dit in dits.items() if "relecture" in dit.casefold()], dits
        if une.get("confiance") == "M":
            assert PUBLIC.search(" ".join(dits.values())), dits


@pytest.mark.parametrize("mutant", ["Relecture du droit, D15", "lu à la relecture", "Pratique d'accueil"])
def test_mutant_un_fondement_que_nul_ne_peut_lire(mutant: str, tmp_path: Path) -> None:
    """Le mot, où qu'il soit ; ou une pratique qui ne dit pas qu'elle est à faire valider."""
    fichier = tmp_path / "droit.toml"
    fichier.write_text(f'[[voie]]\nsource = "{mutant}"\nconfiance = "M"\n', encoding="utf-8")
    with pytest.raises(AssertionError):
        test_un_fondement_est_public_ou_se_dit_a_faire_valider(fichier)


@pytest.mark.parametrize("orientation", ORIENTATIONS, ids=lambda o: o["id"])
def test_une_orientation_ne_renvoie_qu_a_ce_qui_existe(orientation: dict[str, Any]) -> None:
    """Pièces, numéros et fiches cités existent."""
    pieces = {p["id"] for p in lire("pieces")["piece"]}
    contacts = {c["id"] for c in lire("contacts")["contact"]}
    contacts |= {c["id"] for c in lire("contacts_locaux")["contact_local"]}
    fiches = {d.name for d in (RESSOURCES / "fiches").iterdir() if d.is_dir()}
    assert set(orientation["pieces"]) <= pieces
    assert set(orientation["contacts"]) <= contacts
    assert set(orientation["fiches"]) <= fiches


def test_les_publics_ne_renvoient_qu_a_des_pieces_qui_existent() -> None:
    """Une preuve nommée se retrouve dans la liste des pièces."""
    pieces = {p["id"] for p in lire("pieces")["piece"]}
    for public in lire("publics_prioritaires")["public"]:
        assert set(public["pieces"]) <= pieces, public["id"]


def test_un_numero_cite_dans_un_geste_est_au_repertoire() -> None:
    """Un agent ne lit jamais un numéro qui n'a ni source ni date."""
    connus = {c.get("numero", "").replace(" ", "") for c in lire("contacts")["contact"]}
    for orientation in ORIENTATIONS:
        for geste in orientation["gestes"]:
            for cite in re.findall(r"\b(?:0(?: ?\d{3}){3}|116 006|11[2-9]|39\d\d|30\d\d)\b", geste):
                assert cite.replace(" ", "") in connus, (orientation["id"], cite)


def test_toutes_les_lettres_et_tous_les_cas_y_sont() -> None:
    """L441-1 : DALO et a à m, g bis compris ; L441-2-3 : cas 1 à 8, 4 bis, et DAHO."""
    assert [p["code"] for p in lire("publics_prioritaires")["public"]] == ["DALO", *"abcdefg", "g bis", *"hijklm"]
    assert {m["cas"] for m in lire("dalo")["motif"]} == {*"12345678", "4 bis", "DAHO"}


def test_enregistrer_n_exige_que_l_identite_ou_le_titre() -> None:
    """R441-2-3 : aucune autre pièce ne peut être exigée pour enregistrer."""
    exigees = [p["id"] for p in lire("pieces")["piece"] if p["exigee_pour"] == "enregistrement"]
    assert exigees == ["identite", "titre-sejour"]


@pytest.mark.parametrize("fichier", sorted(NATIONAL.glob("*.toml")), ids=lambda f: f.stem)
def test_le_numero_de_securite_sociale_n_est_ni_demande_ni_cite(fichier: Path) -> None:
    """Le NIR n'existe pas dans Perron : ni question, ni pièce, ni sigle."""
    texte = "\n".join(ligne for ligne in fichier.read_text(encoding="utf-8").splitlines() if not ligne.startswith("#"))
    assert not re.search(r"\bNIR\b|sécurité sociale|securite_sociale", texte)


@pytest.mark.parametrize("orientation", ORDINAIRES, ids=lambda o: o["id"])
def test_une_voie_ordinaire_ne_parle_jamais_de_violences(orientation: dict[str, Any]) -> None:
    """Son texte s'affiche devant n'importe qui."""
    vus = [orientation["libelle"], *orientation["gestes"], *orientation["a_dire"], *orientation["a_eviter"]]
    vus += [e["libelle"] for e in orientation.get("echeance", [])]
    assert [t for t in vus if MOTS_QUI_TRAHISSENT.search(t)] == []


@pytest.mark.parametrize("orientation", DISCRETES, ids=lambda o: o["id"])
def test_une_voie_discrete_ne_se_trahit_pas(orientation: dict[str, Any]) -> None:
    """Libellés neutres, une seule phrase tant qu'elle n'est que possible ; de papier, la fiche neutre ou aucun."""
    assert not MOTS_QUI_TRAHISSENT.search(orientation["libelle"])
    assert orientation["libelle_discret"] == "Une question à poser seul à seul"
    assert orientation["fiches"] in (["neutre"], [])


def test_les_pieces_de_protection_ont_un_libelle_neutre() -> None:
    """Une liste de pièces se lit par-dessus l'épaule."""
    protegees = [p for p in lire("pieces")["piece"] if p["famille"] == "protection"]
    assert len(protegees) == 4
    assert not [p["libelle"] for p in protegees if MOTS_QUI_TRAHISSENT.search(p["libelle"])]


def test_les_publics_discrets_ont_un_libelle_neutre() -> None:
    """Lettres g, g bis, h, i : le sens est dans la note, pas dans le libellé."""
    discrets = [p for p in lire("publics_prioritaires")["public"] if p.get("discret")]
    assert [p["code"] for p in discrets] == ["g", "g bis", "h", "i"]
    assert not [p["libelle"] for p in discrets if MOTS_QUI_TRAHISSENT.search(p["libelle"])]


def test_aucun_caractere_que_la_police_n_a_pas() -> None:
    """Ces signes s'imprimeraient en carrés."""
    for fichier in NATIONAL.glob("*.toml"):
        assert not set("≥≤→▸") & set(fichier.read_text(encoding="utf-8")), fichier.name
