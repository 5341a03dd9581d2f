"""L'annuaire : les contacts livrés, ceux du territoire qui priment, et un fichier fautif rendu d'un coup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from modele.orientation.contacts import annuaire, contacts_nationaux, lire_contacts
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.territoire.chargement import charger
from modele.territoire.modele import ContactLocal


def test_les_contacts_livres_portent_leur_source_et_leur_date() -> None:
    """Numéro ou adresse, quand l'employer, et d'où il vient."""
    livres = contacts_nationaux()
    assert livres["115"].gratuit is True
    assert livres["3919"].langues
    for contact in livres.values():
        assert contact.numero or contact.url
        assert contact.verifie_le == date(2026, 11, 22)
        assert not contact.local


def test_ce_que_la_source_ne_dit_pas_reste_inconnu() -> None:
    """``gratuit`` absent n'est pas « payant »."""
    assert contacts_nationaux()["114"].gratuit is None


def test_le_territoire_ajoute_et_prime() -> None:
    """Un contact local remplace le national de même identifiant ; les autres s'ajoutent."""
    trouve = annuaire([ContactLocal("115", "SIAO d'ici", numero="05 00", gratuit=False, fictif=True)])
    assert (trouve["115"].numero, trouve["115"].gratuit) == ("05 00", False)
    assert trouve["115"].local
    assert trouve["115"].libelle == "SIAO d'ici (numéro fictif)"
    assert trouve["17"] == contacts_nationaux()["17"]
    assert {"siao", "adil", "ccapex"} <= set(annuaire(charger("metropole-exemple").contacts))


def test_toutes_les_fautes_ensemble(tmp_path: Path) -> None:
    """Format, identifiant double, clé inconnue, ni numéro ni adresse : un seul message, les lignes données."""
    fichier = tmp_path / "contacts.toml"
    bon = (
        'libelle = "x"\nnumero = "1"\nquand = "x"\nsource = "x"\nconfiance = "V"\nverifie_le = 2026-11-22\n'
        "gratuit = false\n"
    )
    fichier.write_text(
        f'format = 2\n[[contact]]\nid = "a"\n{bon}[[contact]]\nid = "a"\n{bon}[[contact]]\nid = "b"\nquan = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif) as levee:
        lire_contacts(fichier)
    fautes = {(f.chemin, f.ligne) for f in levee.value.fautes}
    assert {("format", 1), ("contact[2].id", 12), ("contact[3].quan", 22), ("contact[3]", 20)} <= fautes
    assert {f"contact[3].{cle}" for cle in ("libelle", "quand", "source", "confiance", "verifie_le")} <= {
        chemin for chemin, _ in fautes
    }


def test_deux_identifiants_absents_ne_sont_pas_un_double(tmp_path: Path) -> None:
    """Il manque deux identifiants ; rien n'est « employé deux fois »."""
    fichier = tmp_path / "contacts.toml"
    fichier.write_text("format = 1\n[[contact]]\n[[contact]]\n", encoding="utf-8")
    with pytest.raises(FichierFautif) as levee:
        lire_contacts(fichier)
    assert not [f for f in levee.value.fautes if "deux fois" in f.message]


def test_fichier_absent_en_une_phrase(tmp_path: Path) -> None:
    """Un fichier qui manque se dit en français."""
    with pytest.raises(ErreurUtilisateur, match="n'existe pas"):
        lire_contacts(tmp_path / "contacts.toml")
