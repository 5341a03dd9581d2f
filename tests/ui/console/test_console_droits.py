"""``droits-personne`` : noter, donner suite, sortir la feuille, geler, effacer ; à un tiers, rien."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from outils_coffre import AGENT, MOT_DE_PASSE, creer, ouvrir
from outils_console import lancer, rendre

from modele.dossier.codes import reference_courte
from modele.dossier.droits_personnes import regles
from modele.droits import Auteur

ZAHRA: dict[str, Any] = {"demandeur": {"nom": "Hamidi", "prenoms": "Zahra"}, "codemandeur": {"nom": "Autrui"}}
CLES = {
    "id", "dossier", "droit", "par", "recue_le", "repondre_avant", "agir_des", "attend", "gele_le", "accord_le",
    "suite", "suite_le",
}  # fmt: skip


class Guichet:
    """Un coffre sur le disque, un dossier dedans."""

    def __init__(self, chemin: Path, contenu: dict[str, Any]) -> None:
        self.chemin = chemin
        coffre, _ = creer(chemin)
        self.dossier: str = coffre.creer_dossier(contenu, Auteur(AGENT))["id"]
        self.reference = reference_courte(self.dossier)
        coffre.fermer()

    def options(self, *plus: str) -> tuple[str, ...]:
        return ("--coffre", str(self.chemin), "--dossier", self.reference, *plus)

    def rendre(self, geste: str, *plus: str) -> Any:
        return rendre("droits-personne", geste, *self.options(*plus), "--json", entree=f"{MOT_DE_PASSE}\n")

    def refuse(self, geste: str, *plus: str) -> str:
        fini = lancer("droits-personne", geste, *self.options(*plus), entree=f"{MOT_DE_PASSE}\n")
        assert (fini.returncode, fini.stdout) == (2, ""), fini.stdout
        assert "Traceback" not in fini.stderr
        return fini.stderr


@pytest.fixture
def guichet(tmp_path: Path) -> Guichet:
    return Guichet(tmp_path / "coffre.perron", ZAHRA)


def test_a_un_tiers_les_memes_mots_sans_coffre(tmp_path: Path) -> None:
    """Qu'un coffre, qu'un dossier existe ou non : octet pour octet la même sortie, et rien n'est créé."""
    absent = ("--coffre", str(tmp_path / "absent"), "--dossier", "K7QF")
    sorties = {lancer("droits-personne", "acces", "--par", "tiers", *plus).stdout for plus in ((), absent)}
    assert len(sorties) == 1
    assert max(map(len, sorties.pop().splitlines())) <= 80
    dit = rendre("droits-personne", "acces", "--par", "tiers", *absent, "--json")
    assert dit == {"tiers": True, "dire": list(regles().tiers_dire), "faire": list(regles().tiers_faire)}
    assert list(tmp_path.iterdir()) == []


def test_noter_puis_conclure(guichet: Guichet) -> None:
    """La demande, ses clés, son délai ; sa suite ; la liste. Ni nom, ni mots de la personne."""
    notee = guichet.rendre("rectification", "--par", "personne", "--mots", "XYLOPHONE")
    (demande,) = notee["demandes"]
    assert set(demande) == CLES
    assert (demande["dossier"], demande["attend"], demande["suite"]) == (guichet.reference, True, None)
    liste = rendre("droits-personne", "liste", "--coffre", str(guichet.chemin), "--json", entree=f"{MOT_DE_PASSE}\n")
    assert liste == notee
    (close,) = guichet.rendre("suite", "--demande", demande["id"], "--suite", "refusee", "--mots", "XYLOPHONE")[
        "demandes"
    ]
    assert (close["suite"], close["attend"]) == ("refusee", False)
    fini = lancer("droits-personne", "liste", *guichet.options(), entree=f"{MOT_DE_PASSE}\n")
    assert guichet.reference in fini.stdout
    for tu in ("XYLOPHONE", "Hamidi", "HAMIDI"):
        assert tu not in fini.stdout


def test_la_feuille_s_ecrit(guichet: Guichet, tmp_path: Path) -> None:
    """Un PDF lisible, qui ne dit pas l'autre adulte."""
    sortie = tmp_path / "feuille.pdf"
    assert guichet.rendre("acces", "--par", "personne", "--sortie", str(sortie))["fichier"] == str(sortie)
    assert sortie.read_bytes().startswith(b"%PDF")
    assert b"Autrui" not in sortie.read_bytes()


def test_d_un_dossier_discret_aucun_fichier(tmp_path: Path) -> None:
    """Refusé avant que rien ne soit noté."""
    discret = Guichet(tmp_path / "coffre.perron", {"demandeur": {"nom": "X"}, "protection": {"discret": True}})
    sortie = tmp_path / "feuille.pdf"
    assert "ne laisse pas de fichier" in discret.refuse("acces", "--par", "personne", "--sortie", str(sortie))
    assert not sortie.exists()
    assert discret.rendre("liste")["demandes"] == []


def test_geler_accorder_lever(guichet: Guichet) -> None:
    (gele,) = guichet.rendre("limitation", "--par", "personne")["demandes"]
    assert gele["gele_le"]
    assert not gele["attend"]
    (accorde,) = guichet.rendre("accord")["demandes"]
    assert accorde["accord_le"] == gele["gele_le"]
    assert guichet.rendre("lever")["demandes"][0]["suite"] == "levee"
    assert "plus à traiter" in guichet.refuse("lever")


def test_effacer_demande_la_reference(guichet: Guichet) -> None:
    """Une autre référence n'efface ni ne note rien ; la sienne efface, et le coffre n'en garde que la preuve."""
    assert "Rien n'est effacé" in guichet.refuse("effacement", "--par", "personne", "--confirmer", "K7QF")
    assert guichet.rendre("liste")["demandes"] == []
    efface = guichet.rendre("effacement", "--par", "personne", "--confirmer", guichet.reference)
    assert efface == {"demandes": [], "efface": guichet.reference}
    coffre = ouvrir(guichet.chemin)
    assert [preuve.dossier for preuve in coffre.droits.preuves()] == [guichet.dossier]
    assert coffre.compter() == 0
    coffre.fermer()


def test_un_representant_attend(guichet: Guichet, tmp_path: Path) -> None:
    """Notée avec sa pièce ; ni feuille, ni gel, ni effacement le jour même."""
    qui = ("--par", "representant", "--piece", "mandat")
    assert "Écrivez quelle pièce" in guichet.refuse("acces", "--par", "representant")
    assert "le jour même" in guichet.refuse("acces", *qui, "--sortie", str(tmp_path / "f.pdf"))
    assert "le jour même" in guichet.refuse("effacement", *qui, "--confirmer", guichet.reference)
    fini = lancer("droits-personne", "limitation", *guichet.options(*qui), entree=f"{MOT_DE_PASSE}\n")
    assert "Rien ne se remet aujourd'hui" in fini.stdout
    limitation = guichet.rendre("liste")["demandes"][-1]
    assert "le jour même" in guichet.refuse("limitation", "--demande", limitation["id"])
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("geste", "options", "dit"),
    [
        ("vol", (), "Geste inconnu"),
        ("acces", ("--par", "voisin"), "--par voisin"),
        ("acces", (), "Dites qui demande"),
        ("rectification", ("--par", "personne"), "--mots"),
        ("suite", ("--demande", "x"), "--suite"),
        ("suite", ("--demande", "x", "--suite", "faite"), "Aucune demande"),
        ("acces", ("--demande", "x"), "Aucune demande"),
    ],
)
def test_une_ligne_mal_ecrite(guichet: Guichet, geste: str, options: tuple[str, ...], dit: str) -> None:
    assert dit in guichet.refuse(geste, *options)


def test_ni_coffre_ni_dossier_ni_mot_de_passe(guichet: Guichet) -> None:
    """Chacun se dit ; la même phrase pour une référence fausse et pour une absente."""
    assert "--coffre" in lancer("droits-personne", "liste").stderr
    sans = lancer("droits-personne", "liste", "--coffre", str(guichet.chemin))
    assert "PERRON_MOT_DE_PASSE" in sans.stderr
    dites = set()
    for reference in ("K7QF", reference_courte("ailleurs"), ""):
        fini = lancer(
            "droits-personne", "acces", "--par", "personne", "--coffre", str(guichet.chemin), "--dossier", reference,
            entree=f"{MOT_DE_PASSE}\n",
        )  # fmt: skip
        assert fini.returncode == 2
        dites.add(fini.stderr)
    assert len(dites) == 1
