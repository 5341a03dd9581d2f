"""``main.py commission --seance`` : du logement au procès-verbal et aux lettres ; ses clés, son texte, ses refus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commission_exemple import T2_PLUS, dossier, identifiant
from outils_console import lancer, rendre
from seance_exemple import decide, ecrite, propose

from modele.dossier.chemins import poser
from ui.etat.sortie_de_seance import TENU

NOMS = [identifiant(un) for un in ("abri", "discret", "simple")]


def documents() -> list[dict[str, Any]]:
    lus = [
        dossier("abri", statut="sans_abri", contact__adresse_courrier="CCAS de Colombe"),
        dossier("discret", statut="hotel", protection__discret=True),
        dossier("simple", contact__adresse_courrier="1 rue d'essai"),
        dossier("loin", recherche__communes=["99X05"], recherche__elargissement=False),
    ]
    return [poser(un, "demandeur.nom", "Loin" if un["id"] == identifiant("loin") else "Essai") for un in lus]


def repond(nom: str, reponse: str = "refusee", le: str = "2026-12-10", **dits: Any) -> dict[str, Any]:
    return {"dossier": nom, "reponse": reponse, "le": le, **dits}


def seance(**dits: Any) -> dict[str, Any]:
    genres = ("attribution", "non_attribution", "non_attribution")
    decisions = [decide(nom, genre) for nom, genre in zip(NOMS, genres, strict=True)]
    return ecrite(**{"candidats": [propose(un) for un in NOMS], "decisions": decisions} | dits)


def commande(
    dossier_: Path, dite: Any, *suite: str, jour: str = "2026-12-20", lus: list[dict[str, Any]] | None = None
) -> tuple[str, ...]:
    contenus = {"L": T2_PLUS, "D": documents() if lus is None else lus, "S": dite}
    for nom, contenu in contenus.items():
        texte = contenu if isinstance(contenu, str) else json.dumps(contenu)
        (dossier_ / f"{nom}.json").write_text(texte, encoding="utf-8")
    return (
        "commission", "--territoire", "metropole-exemple", "--logement", str(dossier_ / "L.json"), "--dossiers",
        str(dossier_ / "D.json"), "--date", jour, "--seance", str(dossier_ / "S.json"), "--sortie",
        str(dossier_ / "papiers"), *suite,
    )  # fmt: skip


def test_du_logement_au_proces_verbal_et_aux_lettres(tmp_path: Path) -> None:
    rendu = rendre(*commande(tmp_path, seance(), "--json"))["seance"]
    assert list(rendu) == [
        "commission", "tenue_le", "tenue", "candidats", "hors_ordre", "votants", "notifier_avant", "a_savoir", "suites",
        "papiers", "lettres_non_ecrites", "lettres_deja_ecrites",
    ]  # fmt: skip
    assert [(un["reference"], un["dossier"], un["rang"]) for un in rendu["candidats"]] == [
        ("C-01", NOMS[0], 1), ("C-02", NOMS[1], 2), ("C-03", NOMS[2], 3),
    ]  # fmt: skip
    assert [un["offre"] for un in rendu["candidats"]] == [1, None, None]
    assert rendu["hors_ordre"] == {"designations": 0, "decisions": 0}
    assert rendu["notifier_avant"] == "2026-12-18"
    ecrits = sorted(un.name for un in (tmp_path / "papiers").iterdir())
    assert ecrits == sorted([*rendu["papiers"], TENU])
    assert ecrits[:-1] == ["dossier-des-membres.pdf", "lettre-C-01.pdf", "lettre-C-03.pdf", "proces-verbal.pdf"]
    assert [un["reference"] for un in rendu["lettres_non_ecrites"]] == ["C-02"]
    assert all((tmp_path / "papiers" / un).stat().st_mode & 0o077 == 0 for un in ecrits)


def test_le_texte(tmp_path: Path) -> None:
    texte = lancer(*commande(tmp_path, seance(reglement={}))).stdout
    assert "Séance tenue · Commission d'attribution d'essai · 03/12/2026" in texte
    assert "Non saisi : quorum" in " ".join(texte.split())
    assert "Lettres non écrites :" in texte
    # Une ligne plus longue n'est que le chemin d'un papier.
    assert all(len(une) <= 80 for une in texte.splitlines() if str(tmp_path) not in une)


def test_sans_decision_elle_se_prepare(tmp_path: Path) -> None:
    rendu = rendre(*commande(tmp_path, seance(decisions=[]), "--json"))["seance"]
    assert (rendu["tenue"], rendu["papiers"]) == (False, ["dossier-des-membres.pdf"])
    assert "Séance préparée" in lancer(*commande(tmp_path, seance(decisions=[]))).stdout


@pytest.mark.parametrize(
    ("dite", "message"),
    [
        ("{", "n'est pas du JSON lisible"),
        ([], "attendu : une séance"),
        (seance(note_elu=3), "Voyez : note_elu."),
        (seance(candidats=[propose(NOMS[0], avis=3)]), "Voyez : avis dans candidats[1]."),
        (seance(tenue_le="demain"), "Voyez : tenue_le."),
        (seance(candidats=[propose(un, motif="Mme Essai attend.") for un in NOMS]), "nomme une personne"),
        (seance(candidats=[propose(un, motif="A la place de Mme Loin.") for un in NOMS]), "nomme une personne"),
        (seance(reponses=[repond(NOMS[0], motif="Mme Essai a trop attendu.")]), "nomme une personne"),
        (seance(reglement={"notification_jours": 9999999}), "366 jours au plus"),
        (seance(tenue_le="9999-12-31", decisions=[]), "vérifiez l'année"),
        (seance(tenue_le="2026-12-21"), "elle ne peut avoir décidé"),
        (seance(reponses=[repond(NOMS[0], le="2026-12-21")]), "répond le 21/12/2026, après le 20/12/2026"),
        (seance(reponses=[repond(NOMS[0], le="2026-12-10")]), "n'a pas les lettres de cette séance"),
        ({"commission": "x"}, "Voyez : bailleur."),
        (seance(candidats=[propose(identifiant("loin"))]), "n'est pas candidate à ce logement"),
        (seance(candidats=[propose(un) for un in NOMS[:2]]), "2 candidats à examiner, et 3 au moins le doivent"),
        (seance(reponses=[{"dossier": NOMS[2], "reponse": "refusee", "le": "2026-12-10"}]), "n'a reçu aucune offre"),
    ],
)
def test_une_seance_fautive(tmp_path: Path, dite: Any, message: str) -> None:
    fini = lancer(*commande(tmp_path, dite))
    assert fini.returncode == 2
    assert message in " ".join(fini.stderr.split())
    assert "Traceback" not in fini.stderr
    assert fini.stdout == ""
    assert not (tmp_path / "papiers").exists()


def test_la_seance_et_sa_sortie_vont_ensemble(tmp_path: Path) -> None:
    for une in ("--sortie", "--seance"):
        complete = list(commande(tmp_path, seance()))
        place = complete.index(une)
        fini = lancer(*complete[:place], *complete[place + 2 :])
        assert fini.returncode == 2
        assert "vont ensemble" in fini.stderr


def test_un_dossier_qui_ne_se_cree_pas(tmp_path: Path) -> None:
    (tmp_path / "papiers").write_text("occupé", encoding="utf-8")
    fini = lancer(*commande(tmp_path, seance()))
    assert fini.returncode == 2
    assert "Choisissez un autre dossier" in fini.stderr


def test_une_lettre_d_avant_ne_reste_pas_a_cote(tmp_path: Path) -> None:
    (tmp_path / "papiers").mkdir()
    (tmp_path / "papiers" / "lettre-C-02.pdf").write_bytes(b"")
    fini = lancer(*commande(tmp_path, seance()))
    assert fini.returncode == 2
    assert "lettre-C-02.pdf, qui n'est pas de cette séance" in " ".join(fini.stderr.split())
    assert len(list((tmp_path / "papiers").iterdir())) == 1


# Après : une lettre ne se refait pas, une référence ne change pas de personne.


def _rangee(**dits: Any) -> dict[str, Any]:
    second = decide(NOMS[2], "attribution_rang", rang=2, hors_ordre="Vu.")
    decisions = [decide(NOMS[0], "attribution_rang", rang=1), second, decide(NOMS[1], "non_attribution")]
    return seance(decisions=decisions, **dits)


def _octets(dossier_: Path) -> dict[str, bytes]:
    return {un.name: un.read_bytes() for un in sorted((dossier_ / "papiers").iterdir())}


def _refuse(*ecrite_: str) -> str:
    fini = lancer(*ecrite_)
    assert (fini.returncode, fini.stdout) == (2, ""), fini.stderr
    assert "Traceback" not in fini.stderr
    return " ".join(fini.stderr.split())


def test_apres_un_refus_seule_la_lettre_de_l_offre_suivante_s_ecrit(tmp_path: Path) -> None:
    rendre(*commande(tmp_path, _rangee(), "--json", jour="2026-12-04"))
    avant = _octets(tmp_path)
    dite = _rangee(reponses=[repond(NOMS[0], remise_le="2026-12-05")])
    rendu = rendre(*commande(tmp_path, dite, "--json"))["seance"]
    apres = _octets(tmp_path)
    assert apres.keys() - avant.keys() == {"lettre-C-03-offre.pdf"}
    assert {nom for nom in avant if avant[nom] != apres[nom] and nom.startswith("lettre-")} == set()
    assert rendu["lettres_deja_ecrites"] == ["lettre-C-01", "lettre-C-03"]
    assert [un["en_cours"] for un in rendu["suites"]] == [False, True]


def test_une_sortie_ne_sert_qu_une_seance_et_qu_une_decision(tmp_path: Path) -> None:
    rendre(*commande(tmp_path, _rangee(), "--json"))
    avant = _octets(tmp_path)
    assert "d'une autre séance" in _refuse(*commande(tmp_path, _rangee(tenue_le="2026-12-02")))
    assert "n'est plus celle que disent ses lettres" in _refuse(*commande(tmp_path, _rangee(lieu="Ailleurs")))
    (tmp_path / "papiers" / TENU).write_text("{}", encoding="utf-8")
    assert "changé à la main" in _refuse(*commande(tmp_path, _rangee()))
    assert {nom: dit for nom, dit in _octets(tmp_path).items() if nom != TENU} == {
        nom: dit for nom, dit in avant.items() if nom != TENU
    }


def test_une_reference_ne_change_ni_de_jour_ni_de_personne(tmp_path: Path) -> None:
    """Le jour où l'on écrit ne range rien ; des dossiers qui ont changé se refusent."""
    prepare = seance(decisions=[])
    rendus = [rendre(*commande(tmp_path, prepare, "--json", jour=un)) for un in ("2026-11-30", "2027-12-20")]
    assert rendus[0]["seance"]["candidats"] == rendus[1]["seance"]["candidats"]
    assert rendus[0]["date"] == rendus[1]["date"] == "2026-12-03"
    lus = documents()
    lus[2] = poser(lus[2], "demande.date_reception", "2015-01-01")
    assert "des références changent de personne" in _refuse(*commande(tmp_path, prepare, lus=lus))


def test_un_echec_ne_laisse_rien(tmp_path: Path) -> None:
    (tmp_path / "papiers" / TENU).mkdir(parents=True)
    assert TENU in _refuse(*commande(tmp_path, seance()))
    assert [un.name for un in (tmp_path / "papiers").iterdir()] == [TENU]


def test_sans_numero_unique_l_attribution_attend(tmp_path: Path) -> None:
    lus = documents()
    del lus[0]["demande"]["numero_unique"]
    assert "aucun numéro unique n'est noté" in _refuse(*commande(tmp_path, seance(), lus=lus))
