"""La commande dalo : son contrat, son texte, ses refus, son agenda."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from outils_console import lancer, rendre
from test_console_contrats import TRAHIT, VIOLENCES, cles, documentees

JOUR = ("--date", "2026-11-29")
RESERVE = "La commission peut décider autrement ; vous pouvez la saisir."
OUVERT: dict[str, Any] = {"id": "x", "territoire": "metropole-exemple", "logement_actuel": {"statut": "locataire_hlm"}}
DEPOSE = OUVERT | {"dalo": {"statut": "depose", "date_reception_dossier": "2026-11-12"}}
RECONNU = OUVERT | {"dalo": {"statut": "reconnu", "date_decision": "2026-11-12", "recours_notifies": True}}


def ecrire(ou: Path, document: dict[str, Any]) -> str:
    chemin = ou / "dossier.json"
    chemin.write_text(json.dumps(document), encoding="utf-8")
    return str(chemin)


def dalo(ou: Path, document: dict[str, Any], *suite: str) -> Any:
    return rendre("dalo", ecrire(ou, document), *(suite or JOUR), "--json")


def test_le_contrat_exactement(tmp_path: Path) -> None:
    """Ces clés, et aucune autre ; un verdict est l'un des trois."""
    rendu = dalo(tmp_path, DEPOSE)
    assert set(cles(rendu)) == documentees("dalo")[0]
    assert set(rendu) == {"motifs", "conditions_generales", "lettres", "echeances", "a_dater"}
    for nom in ("motifs", "conditions_generales"):
        assert all(set(un) == {"id", "verdict", "raison", "article", "manque"} for un in rendu[nom])
    assert all(set(un) == {"id", "verdict", "raison", "article"} for un in rendu["lettres"])
    arret = {"suspendu_du", "suspendu_au", "repoussee_au"}
    assert all(set(un) == {"objet", "date", "fin_possible", "article", *arret} for un in rendu["echeances"])
    assert all(set(un) == {"objet", "fait", "article"} for un in rendu["a_dater"])
    verdicts = {un["verdict"] for nom in ("motifs", "conditions_generales", "lettres") for un in rendu[nom]}
    assert verdicts <= {"rempli", "a_etablir", "rien_ne_l_indique"}


def test_rien_ne_l_indique_dit_ce_qui_le_changerait_et_qui_decide(tmp_path: Path) -> None:
    rendu = dalo(tmp_path, OUVERT | {"triage": {"toit_ce_soir": "oui"}})
    muets = [un for un in rendu["motifs"] if un["verdict"] == "rien_ne_l_indique"]
    assert muets
    assert all("Ce qui le changerait" in un["raison"] and un["raison"].endswith(RESERVE) for un in muets)
    assert all(not un["manque"] for un in muets)
    assert all(un["manque"] for un in rendu["motifs"] if un["verdict"] == "a_etablir")
    assert all(RESERVE not in un["raison"] for un in rendu["conditions_generales"] + rendu["lettres"])


def test_une_echeance_sans_depart_n_est_que_dans_a_dater(tmp_path: Path) -> None:
    """Avant l'accusé de réception, aucune date ; après, les siennes, et plus rien à dater de ce recours."""
    avant = dalo(tmp_path, OUVERT | {"dalo": {"statut": "depose"}})
    assert avant["echeances"] == []
    faits = [un["fait"] for un in avant["a_dater"]]
    assert faits == ["dalo.date_reception_dossier", "dalo.date_reception_dossier", "dalo.daho_date_reception"]
    apres = dalo(tmp_path, DEPOSE)
    assert [(un["date"], un["fin_possible"]) for un in apres["echeances"]] == [
        ("2027-02-12", None),
        ("2027-04-12", None),
    ]
    assert [un["fait"] for un in apres["a_dater"]] == ["dalo.daho_date_reception"]


def test_la_date_part_meme_dite_d_un_recours_qui_n_est_pas_depose(tmp_path: Path) -> None:
    """Une date laissée sous « aucun recours » ne date rien."""
    rendu = dalo(tmp_path, OUVERT | {"dalo": {"statut": "aucun", "date_reception_dossier": "2026-11-12"}})
    assert rendu["echeances"] == []


@pytest.mark.parametrize(
    ("territoire", "offre", "fin"),
    [
        ("metropole-exemple", "2027-02-12", "2027-02-13"),
        ("toulouse-metropole", "2027-05-12", "2027-05-13"),
        ("clermont-auvergne-metropole", "2027-02-12", "2027-05-13"),
    ],
)
def test_trois_ou_six_mois_selon_le_territoire(tmp_path: Path, territoire: str, offre: str, fin: str) -> None:
    """R441-16-1 : connu, un délai ; inconnu, la date prudente et la plus tardive, et le texte dit les deux."""
    chemin = ecrire(tmp_path, RECONNU)
    rendu = rendre("dalo", chemin, "--territoire", territoire, *JOUR, "--json")
    premiere = rendu["echeances"][0]
    assert (premiere["date"], premiere["fin_possible"]) == (offre, fin)
    texte = " ".join(lancer("dalo", chemin, "--territoire", territoire, *JOUR).stdout.split())
    assert ("ou le 12/05/2027" in texte) is (territoire == "clermont-auvergne-metropole")


def test_le_texte_nomme_qui_se_tait_et_le_dernier_pas(tmp_path: Path) -> None:
    dit = lancer("dalo", ecrire(tmp_path, RECONNU), *JOUR).stdout
    assert max(map(len, dit.splitlines())) <= 80
    plat = " ".join(dit.split())
    for attendu in (
        "Qui doit répondre : le préfet. Le silence du préfet, passé ce délai, ouvre le tribunal administratif",
        "Qui doit répondre : la personne. C'est à vous de répondre : votre silence",
        "Joignez la décision de la commission ; si c'est impossible, dites pourquoi",
        "Dernier pas : demander réparation",
    ):
        assert attendu in plat
    assert "Qui doit répondre : la commission" in " ".join(
        lancer("dalo", ecrire(tmp_path, DEPOSE), *JOUR).stdout.split()
    )


def test_du_depot_au_tribunal_l_horloge_avance(tmp_path: Path) -> None:
    """Passée la date du préfet : « saisissez le tribunal » ; passée celle du tribunal, l'indemnisation."""
    avant, entre, apres = (
        " ".join(lancer("dalo", ecrire(tmp_path, RECONNU), "--date", jour).stdout.split())
        for jour in ("2027-02-12", "2027-02-14", "2027-06-20")
    )
    assert "saisissez le tribunal administratif" not in avant
    assert "Passé ; pas d'offre : saisissez le tribunal administratif" in entre
    assert "Passé ; une demande d'indemnisation du préjudice reste possible" in apres
    assert "indemnisation du préjudice" not in entre


def test_les_lettres_protegees_ne_sont_la_que_seul_a_seul(tmp_path: Path) -> None:
    ouvertes = {un["id"] for un in dalo(tmp_path, VIOLENCES)["lettres"]}
    seul = {un["id"] for un in dalo(tmp_path, VIOLENCES | {"protection": {"seul_a_seul": True}})["lettres"]}
    assert seul - ouvertes == {"g", "g-bis", "h", "i"}
    assert not TRAHIT.search(lancer("dalo", ecrire(tmp_path, VIOLENCES), *JOUR).stdout)


# L'agenda.


def test_l_agenda_s_ecrit_et_se_relit(tmp_path: Path) -> None:
    sortie = tmp_path / "dates.ics"
    fini = lancer("dalo", ecrire(tmp_path, DEPOSE), *JOUR, "--ics", str(sortie))
    assert fini.returncode == 0
    dates = [str(jour["DTSTART"].dt) for jour in Calendar.from_ical(sortie.read_bytes()).walk("VEVENT")]
    assert dates == ["2027-02-12", "2027-04-12"]
    assert sortie.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("document", "dit"),
    [
        (DEPOSE | {"protection": {"discret": True}}, "Ce dossier est discret"),
        (DEPOSE | {"demande": {"motifs": {"coches": ["violences"], "clos": True}}}, "Ce dossier est discret"),
        (OUVERT, "notez d'abord la date"),
        (
            OUVERT | {"dalo": DEPOSE["dalo"] | {"date_reception_dossier": "2024-01-08"}},
            "les dates notées sont derrière",
        ),
    ],
    ids=["discret", "le-devient", "sans-date", "tout-passe"],
)
def test_un_agenda_refuse_ne_laisse_rien(tmp_path: Path, document: dict[str, Any], dit: str) -> None:
    """Une phrase, code 2, rien sur la sortie, aucun fichier."""
    sortie = tmp_path / "dates.ics"
    fini = lancer("dalo", ecrire(tmp_path, document), *JOUR, "--ics", str(sortie), "--json")
    assert (fini.returncode, fini.stdout) == (2, "")
    assert dit in fini.stderr
    assert not sortie.exists()


@pytest.mark.parametrize("arguments", [("absent.json",), ("x.json", "--date", "2026-02-30"), ()])
def test_une_erreur_se_dit_en_francais(arguments: tuple[str, ...]) -> None:
    fini = lancer("dalo", *arguments)
    assert (fini.returncode, fini.stdout) == (2, "")
    assert fini.stderr
    assert "Traceback" not in fini.stderr
