"""Les contrats des commandes : les clés documentées sont celles qui sortent, et rien n'y dit plus qu'un écran."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from outils_console import GRILLE, RACINE, lancer, lancer_a_froid, rendre
from outils_sources import catalogue_derive

from ui.theatre.formulaire_fictif import pdf_fictif

DOCUMENT = RACINE / "documentation" / "commandes.md"
JOUR = ("--date", "2026-11-23")
TRAHIT = re.compile(r"violen|\bpeur|plainte|agress|prostitu|traite\b|mariage.forc|3919|ordonnance.protection", re.I)
REFUS = {"refus": True}
OUVERT: dict[str, Any] = {"id": "x", "territoire": "metropole-exemple"}
# Un dossier qui a de tout : un refus, une réponse en partie, une échéance datée et d'autres qui ne le sont pas.
RICHE = OUVERT | {
    "demandeur": {"date_naissance": {"entre": ["1990-01-01", "1990-12-31"]}, "ase": False},
    "demande": {"deja_enregistree": True, "date_reception": "2025-11-10", "date_renouvellement": "2025-11-09"},
    "logement_actuel": {"statut": "locataire_prive", "surface": "30", "occupants": REFUS},
    "expulsion": {"etape": "commandement_quitter", "date_papier": "2026-10-01", "relogement_propose": False},
    "foyer": {"avec_codemandeur": True, "personnes": {"elements": {"e1": {"a_charge": True}}, "clos": False}},
}
VIOLENCES = OUVERT | {
    "demande": {"type": "premiere", "motifs": {"coches": ["violences", "trop_grand"], "clos": True}},
    "protection": {"preuves": {"coches": ["recepisse_plainte"], "clos": True}},
    "triage": {"peur_au_domicile": True},
}
TOUT_NON = OUVERT | {
    "demande": dict.fromkeys(("mariage_force", "agression_domicile", "victime_traite", "sortie_prostitution"), False),
    "triage": {"peur_au_domicile": False},
}
Ecrire = Callable[[dict[str, Any]], str]


@pytest.fixture
def ecrire(tmp_path: Path) -> Ecrire:
    """Écrit un dossier, et rend son chemin."""

    def deposer(document: dict[str, Any]) -> str:
        chemin = tmp_path / "dossier.json"
        chemin.write_text(json.dumps(document), encoding="utf-8")
        return str(chemin)

    return deposer


# Les clés.


def documentees(commande: str) -> list[set[str]]:
    """Les clés de chaque table de la page, sous le titre de la commande."""
    _, _, suite = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {commande}\n")
    tables = suite.partition("\n## ")[0].split("| Clé | Sens |")[1:]
    return [set(re.findall(r"^\| `([^`]+)` \|", table, re.M)) for table in tables]


def cles(rendu: Any, ici: str = "") -> Iterator[str]:
    """Les clés d'un objet rendu, jusqu'aux valeurs ; un identifiant de fait s'écrit ``<id>``."""
    if isinstance(rendu, dict):
        for cle, valeur in rendu.items():
            nom = "<id>" if ici.endswith("faits") else cle
            la = f"{ici}.{nom}" if ici else nom
            yield from [la] if cle == "valeur" else cles(valeur, la)
    elif isinstance(rendu, list) and any(isinstance(un, dict) for un in rendu):
        for un in rendu:
            yield from cles(un, f"{ici}[]")
    elif rendu != [] or not ici.endswith(("sources", "remplacees", "echeances", "contradictions")):
        yield ici


def test_orienter_rend_les_cles_documentees(ecrire: Ecrire) -> None:
    vus = set(cles(rendre("orienter", ecrire(RICHE), *JOUR, "--json")))
    vus |= set(cles(rendre("orienter", ecrire(VIOLENCES), *JOUR, "--json")))
    assert vus | {"orientations[].remplacees"} == documentees("orienter")[0]


def test_faits_rend_les_cles_documentees(ecrire: Ecrire) -> None:
    du_dossier, du_catalogue = documentees("faits")
    vus = {cle for un in (RICHE, OUVERT) for cle in cles(rendre("faits", ecrire(un), *JOUR, "--json"))}
    assert vus == du_dossier
    assert set(cles(rendre("faits", "--json"))) == du_catalogue


def test_coter_rend_les_cles_documentees(ecrire: Ecrire) -> None:
    """Une grille complète, une grille sourcée, et pas de grille du tout."""
    vus: set[str] = set()
    for suite in ((), ("--territoire", "toulouse-metropole"), ("--territoire", "clermont-auvergne-metropole")):
        vus |= set(cles(rendre("coter", ecrire(RICHE), *suite, *JOUR, "--json")))
    assert vus == documentees("coter")[0]


def test_filiere_et_cases_rendent_les_cles_documentees(ecrire: Ecrire, tmp_path: Path) -> None:
    contredit = OUVERT | {"dalo": {"labellise_pdalhpd": False}, "logement_actuel": {"statut": "sans_abri"}}
    assert set(cles(rendre("filiere", ecrire(contredit), *JOUR, "--json"))) == documentees_une_a_une("filiere")
    pdf = tmp_path / "officiel.pdf"
    pdf.write_bytes(pdf_fictif())
    assert set(cles(rendre("cases-formulaire", str(pdf), "--json"))) == documentees_une_a_une("cases-formulaire")


def test_lieux_rend_les_cles_documentees() -> None:
    """``source`` n'est que d'un lieu réel : voir ``test_console_lieux``."""
    rendu = rendre("lieux", "--commune", "99X01", "--le", "2026-12-01T10:00", "--json")
    assert set(cles(rendu)) | {"lieux[].source"} == documentees_une_a_une("lieux")


def documentees_une_a_une(commande: str) -> set[str]:
    """Comme ``documentees``, deux clés d'une même ligne comprises."""
    _, _, suite = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {commande}\n")
    lignes = re.findall(r"^\| (`[^|]+) \|", suite.partition("\n## ")[0], re.M)
    return {cle for ligne in lignes for cle in re.findall(r"`([^`]+)`", ligne)}


def test_essayer_une_grille_rend_les_cles_documentees() -> None:
    page = " ".join(DOCUMENT.read_text(encoding="utf-8").split())
    lignes = '{"population": "primo"}\n{"inconnu": 1}\n'
    fini = lancer("coter", "--grille", GRILLE, "--faits", "-", *JOUR, "--json", entree=lignes)
    bon, fautif = (json.loads(ligne) for ligne in fini.stdout.splitlines())
    assert set(bon) == {"grille", "statut", "total", "exact", "rubriques", "decisifs", "hors_cotation"}
    assert set(fautif) == {"erreur"}
    assert all(f"`{cle}`" in page for cle in bon)


def test_plafonds_rend_les_cles_documentees() -> None:
    rendu = rendre("plafonds", "--date", "2026-06-01", "--commune", "63113", "--personnes", "3", "--json")
    assert set(cles(rendu)) == documentees("plafonds")[0]


def test_chaque_commande_a_son_titre() -> None:
    """Et ses options, telles que son aide les dit."""
    page = DOCUMENT.read_text(encoding="utf-8")
    aide = lancer("--aide").stdout.partition("Commandes :")[2]
    commandes = re.findall(r"^  ([a-z-]+)", aide, re.M)
    assert commandes
    for commande in commandes:
        _, _, section = page.partition(f"\n## {commande}\n")
        assert section, commande
        options = re.findall(r"^  (--[a-z-]+)", lancer(commande, "--aide").stdout, re.M)
        assert all(option in section.partition("\n## ")[0] for option in options), (commande, options)


# Ce que disent orienter et faits.


def echeances(rendu: Any) -> dict[str, dict[str, Any]]:
    return {echeance["id"]: echeance for voie in rendu["orientations"] for echeance in voie["echeances"]}


def test_une_echeance_n_a_de_date_que_si_son_depart_est_connu(ecrire: Ecrire) -> None:
    """Le juge peut encore accorder des délais : la plus tardive n'est pas établie, elle n'est jamais devinée."""
    quitter = echeances(rendre("orienter", ecrire(RICHE), *JOUR, "--json"))["quitter"]
    assert (quitter["agissez_avant"], quitter["date"]) == ("2026-12-01", "2026-12-01")
    assert quitter["fin_possible"] is None
    assert (quitter["etat"], quitter["suite"], quitter["sous_reserve"]) == ("a_venir", "", True)
    assert "CPCE L412-1" in quitter["article"]
    ordonnance = echeances(rendre("orienter", ecrire(VIOLENCES), *JOUR, "--json"))["ordonnance"]
    assert ordonnance["agissez_avant"] is ordonnance["date"] is ordonnance["fin_possible"] is None
    assert ordonnance["enonce"] == "6 jours"


def test_une_echeance_reprise_garde_l_article_de_sa_voie(ecrire: Ecrire) -> None:
    """La voie d'un titre expiré remplace « enregistrer », et en garde le délai de l'attestation, avec son article."""
    demandeur = {"nationalite": "hors_union_europeenne", "titre_sejour_fin": "2026-01-01"}
    rendu = rendre("orienter", ecrire(OUVERT | {"demandeur": demandeur}), *JOUR, "--json")
    sejour = next(voie for voie in rendu["orientations"] if voie["id"] == "titre-sejour-expire")
    assert "enregistrer" in sejour["remplacees"]
    articles = {nom: echeance["article"] for nom, echeance in echeances(rendu).items()}
    assert articles["attestation"]
    assert articles["attestation"] != sejour["fondement"]


def test_une_echeance_depassee_dit_ce_qui_reste(ecrire: Ecrire) -> None:
    """Le rejet, sa notification et ses recours connus : « passé » ; les recours tus : « peut-être pas perdu »."""
    dalo = {"statut": "rejete", "date_decision": "2026-09-01", "date_notification": "2026-09-10"}
    for recours, etat, suite in (
        ({"recours_notifies": True}, "passee", "passé"),
        ({}, "peut_etre_pas_perdu", "peut-être pas perdu : déposez quand même"),
    ):
        rendu = rendre("orienter", ecrire(RICHE | {"dalo": dalo | recours}), "--date", "2026-11-29", "--json")
        contester = echeances(rendu)["contester"]
        assert (contester["agissez_avant"], contester["etat"], contester["suite"]) == ("2026-11-01", etat, suite)
        assert contester["fin_possible"] == ("2026-11-12" if recours else None)


def test_faits_dit_tous_les_faits_et_leur_etat(ecrire: Ecrire) -> None:
    rendu = rendre("faits", ecrire(RICHE), *JOUR, "--json")
    attendus = {nom for nom in catalogue_derive() if not nom.startswith("personne.")} - {"violences_declarees"}
    faits = rendu["faits"]
    assert set(faits) == attendus
    assert faits["anciennete_mois"] == {"etat": "connu", "valeur": 12}
    assert faits["fin_validite_demande"] == {"etat": "connu", "valeur": "2026-11-10"}
    assert faits["demandeur.age"] == {"etat": "partiel", "valeur": {"entre": [35, 36]}}
    assert faits["suroccupation"] == {"etat": "refuse", "valeur": None}
    assert faits["menace_expulsion"] == {"etat": "connu", "valeur": True}
    assert faits["mineur_a_charge"] == {"etat": "inconnu", "valeur": None}
    qui = {une["personne"]: une["faits"] for une in rendu["personnes"]}
    assert set(qui) == {"demandeur", "codemandeur", "e1"}
    assert qui["e1"]["personne.mineur"]["etat"] == "inconnu"


def test_faits_dit_les_pieces_et_ce_qui_reste_a_demander(ecrire: Ecrire) -> None:
    rendu = rendre("faits", ecrire(RICHE), *JOUR, "--json")
    pieces = {piece["id"]: piece for piece in rendu["pieces"]}
    assert pieces["papier-expulsion"] == {
        "id": "papier-expulsion",
        "libelle": pieces["papier-expulsion"]["libelle"],
        "personne": "",
        "exigee_pour": "instruction",
        "certaine": True,
        "etat": "a_apporter",
    }
    assert any(piece["exigee_pour"] == "enregistrement" for piece in rendu["pieces"])
    chemins = [question["chemin"] for question in rendu["a_demander"]]
    assert "foyer.personnes.elements.e1.date_naissance" in chemins
    assert "demande.date_reception" not in chemins
    assert len(set(chemins)) == len(chemins)


def test_faits_se_lit_dans_80_colonnes(ecrire: Ecrire) -> None:
    dit = lancer("faits", ecrire(RICHE), *JOUR).stdout
    assert "12 mois" in dit
    assert "À demander" in dit
    assert max(len(ligne) for ligne in dit.splitlines()) <= 80


# Ce qu'elles taisent.


@pytest.mark.parametrize("commande", ["coter", "faits", "orienter", "dalo"])
@pytest.mark.parametrize("en_json", [(), ("--json",)], ids=["texte", "json"])
def test_rien_ne_trahit_un_dossier_ou_rien_n_est_dit(commande: str, en_json: tuple[str, ...], ecrire: Ecrire) -> None:
    for document in (OUVERT, TOUT_NON):
        dit = lancer(commande, ecrire(document), *JOUR, *en_json).stdout
        assert dit
        assert not TRAHIT.search(dit), TRAHIT.search(dit)


@pytest.mark.parametrize("en_json", [(), ("--json",)], ids=["texte", "json"])
@pytest.mark.parametrize("commande", ["coter", "faits"])
def test_une_violence_dite_ne_se_lit_ni_dans_la_note_ni_dans_les_faits(
    commande: str, en_json: tuple[str, ...], ecrire: Ecrire
) -> None:
    """Ni par le libellé, ni par l'identifiant, ni par le constat d'une ligne voisine, ni par un fait décisif."""
    dit = lancer(commande, ecrire(VIOLENCES), *JOUR, *en_json).stdout
    assert not TRAHIT.search(dit), TRAHIT.search(dit)


@pytest.mark.parametrize(
    ("grille", "en_json"),
    [
        pytest.param((), (), id="ici-texte"),
        pytest.param(("--grille", GRILLE), ("--json",), id="imposee-json"),
        pytest.param((), ("--json",), id="ici-json", marks=pytest.mark.campagne),
        pytest.param(("--grille", GRILLE), (), id="imposee-texte", marks=pytest.mark.campagne),
    ],
)
def test_la_note_est_la_meme_octet_pour_octet_quoi_qu_on_ait_dit(
    grille: tuple[str, ...], en_json: tuple[str, ...], ecrire: Ecrire
) -> None:
    """Ni une ligne, ni un total, ni un nombre de questions ne sépare ces dossiers (décision 0011)."""
    motifs = {"coches": ["trop_grand"], "clos": True}
    muet = VIOLENCES | {"demande": {"type": "premiere", "motifs": motifs}, "protection": {}, "triage": {}}
    prouve = VIOLENCES | {"preuves": {"violences": "valide"}}
    nie = muet | {"triage": {"peur_au_domicile": False}}
    # À froid : d'un processus à l'autre, l'ordre d'un ensemble change.
    commandes = [("coter", ecrire(un), *JOUR, *grille, *en_json) for un in (muet, VIOLENCES, prouve, nie)]
    rendus = {lancer_a_froid(*commande).stdout for commande in commandes}
    assert len(rendus) == 1
    (rendu,) = rendus
    assert "seul à seul" not in rendu
    assert "travailleur social" in " ".join(rendu.split())


@pytest.mark.parametrize("commande", ["orienter", "faits"])
def test_seul_a_seul_ne_depend_que_du_geste_de_l_agent(commande: str, ecrire: Ecrire) -> None:
    """Rien de dit, tout dit, tout nié : la même réponse, jusqu'à ce que l'agent note qu'il est seul avec elle."""
    for document in (OUVERT, TOUT_NON, VIOLENCES):
        assert rendre(commande, ecrire(document), *JOUR, "--json")["seul_a_seul"] is True
    seul = VIOLENCES | {"protection": {"seul_a_seul": True}}
    assert rendre(commande, ecrire(seul), *JOUR, "--json")["seul_a_seul"] is False


def test_seul_a_seul_les_questions_et_les_pieces_protegees_se_montrent(ecrire: Ecrire) -> None:
    preuves = {"seul_a_seul": True, "preuves": {"coches": ["recepisse_plainte"], "clos": True}}
    seul = rendre("faits", ecrire(VIOLENCES | {"protection": preuves}), *JOUR, "--json")
    autre = rendre("faits", ecrire(VIOLENCES), *JOUR, "--json")
    for cle, attendu in (("a_demander", "demande.mariage_force"), ("pieces", "recepisse-plainte")):
        noms = [{un.get("chemin", un.get("id")) for un in rendu[cle]} for rendu in (seul, autre)]
        assert attendu in noms[0] - noms[1]
    assert "violences_declarees" not in seul["faits"]


def test_une_voie_discrete_retenue_a_un_libelle_neutre(ecrire: Ecrire) -> None:
    """Possible, elle n'y est pas ; retenue, elle dit ce qu'il faut faire maintenant."""
    retenues = {v["id"]: v for v in rendre("orienter", ecrire(VIOLENCES), *JOUR, "--json")["orientations"]}
    assert not TRAHIT.search(retenues["violences-couple"]["libelle"])
    assert retenues["violences-couple"]["etat"] == "retenue"
    ouvertes = {v["id"] for v in rendre("orienter", ecrire(OUVERT), *JOUR, "--json")["orientations"]}
    assert not ouvertes & {"violences-couple", "enfant-expose", "agression-domicile", "parcours-protege"}


def test_un_dossier_discret_n_imprime_que_sa_fiche(ecrire: Ecrire, tmp_path: Path) -> None:
    discret = ecrire(VIOLENCES | {"protection": {"discret": True}})
    refusee, neutre = tmp_path / "resume.pdf", tmp_path / "neutre.pdf"
    fini = lancer("imprimer", discret, "--fiche", "resume", "--sortie", str(refusee), *JOUR)
    assert (fini.returncode, fini.stdout) == (2, "")
    assert not refusee.exists()
    assert lancer("imprimer", discret, "--fiche", "neutre", "--sortie", str(neutre), *JOUR).returncode == 0
    assert neutre.read_bytes().startswith(b"%PDF")
