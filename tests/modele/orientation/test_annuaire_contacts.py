"""L'annuaire : les contacts livrés, ceux du territoire qui priment, et un fichier fautif rendu d'un coup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from outils_sources import national, territoire

from modele.orientation.contacts import Contact, annuaire, exiger_les_urgences, lire_contacts
from modele.regles.fautes import ErreurUtilisateur, FichierFautif
from modele.territoire.modele import ContactLocal, redit


def test_les_contacts_livres_portent_leur_source_et_leur_date() -> None:
    """Numéro ou adresse, quand l'employer, et d'où il vient."""
    livres = national().contacts
    assert livres["115"].gratuit is True
    assert livres["3919"].langues
    for contact in livres.values():
        assert contact.numero or contact.url
        assert (contact.provenance.verifie_le or date.min) >= date(2026, 11, 22)
        assert not contact.local


def test_ce_que_la_source_ne_dit_pas_reste_inconnu() -> None:
    """``gratuit`` absent n'est pas « payant »."""
    assert national().contacts["impots"].gratuit is None


@pytest.mark.parametrize(
    ("nom", "numero", "horaires", "gratuit"),
    [
        ("116006", "116 006", "7 jours sur 7, 9 h à 20 h", True),
        ("3977", "3977", "7 jours sur 7, 9 h à 19 h (samedi et dimanche : 9 h à 13 h et 14 h à 19 h)", True),
        ("3919", "3919", "24 h sur 24, 7 jours sur 7", True),
        ("3114", "3114", "24 h sur 24, 7 jours sur 7", True),
        ("3018", "3018", "7 jours sur 7, 9 h à 23 h", True),
        ("viols-femmes-informations", "0 800 05 95 95", "du lundi au vendredi, 10 h à 19 h", True),
        ("114", "114", "24 h sur 24, 7 jours sur 7", True),
    ],
)
def test_les_numeros_relus_disent_leurs_horaires(nom: str, numero: str, horaires: str, gratuit: bool) -> None:
    """Relus à leur source le 29/11/2026 (relecture du droit, D4, D10, W23 à W26) : ils peuvent s'imprimer."""
    lu = national().contacts[nom]
    assert (lu.numero, lu.horaires, lu.gratuit) == (numero, horaires, gratuit)
    assert lu.provenance.verifie_le == date(2026, 11, 29)
    assert not lu.provenance.a_valider


def test_ce_qu_aucune_source_lue_ne_donne_reste_a_faire_valider() -> None:
    """Le numéro d'Ac.Sé n'est pas sur sa page, celui de France Travail sur aucune page récente : pour l'écran seul."""
    assert {nom for nom, un in national().contacts.items() if un.provenance.a_valider} == {
        "ac-se", "signal-logement", "3949",
    }  # fmt: skip
    assert not national().contacts["ac-se"].numero


def test_aucun_libelle_ne_redit_son_numero() -> None:
    """« 115, 115, hébergement d'urgence » : les deux se lisent côte à côte (W36)."""
    locaux = [un for nom in ("metropole-exemple", "toulouse-metropole") for un in territoire(nom).contacts]
    for un in (*national().contacts.values(), *locaux):
        assert not redit(un.libelle, un.numero), un.id


@pytest.mark.parametrize(
    ("libelle", "numero", "vrai"),
    [
        ("115, hébergement", "115", True),
        ("Violences (39 19)", "3919", True),
        ("Écoute 0800059595", "0 800 05 95 95", True),
        ("ADIL, anil.org", "anil.org", True),
        ("Police du 117e", "17", False),
        ("Police", "17", False),
        ("Un site", "", False),
    ],
)
def test_redire_un_numero(libelle: str, numero: str, vrai: bool) -> None:
    """Espaces et majuscules n'y changent rien ; un numéro n'est pas un morceau d'un autre."""
    assert redit(libelle, numero) is vrai


def test_un_libelle_qui_redit_son_numero_est_une_faute(tmp_path: Path) -> None:
    """À sa ligne, dès le chargement, dans le fichier du pays."""
    fichier = tmp_path / "contacts.toml"
    fichier.write_text(
        'format = 1\n[[contact]]\nid = "115"\nlibelle = "115, un toit"\nnumero = "115"\nquand = "x"\nsource = "x"\n'
        'confiance = "V"\nverifie_le = 2026-11-22\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif, match=r"ligne 4.*le libellé redit le numéro"):
        lire_contacts(fichier)


def test_le_territoire_ajoute_et_dit_le_sien() -> None:
    """L'ADIL du territoire prend la place de l'adresse nationale ; les autres contacts s'ajoutent."""
    trouve = annuaire(national().contacts, [ContactLocal("adil", "ADIL d'ici", numero="05 00", fictif=True)])
    assert (trouve["adil"].numero, trouve["adil"].local) == ("05 00", True)
    assert (trouve["adil"].libelle, trouve["adil"].fictif) == ("ADIL d'ici", True)
    assert trouve["17"] == national().contacts["17"]
    locaux = territoire("metropole-exemple").contacts
    assert {"siao", "adil", "ccapex"} <= set(annuaire(national().contacts, locaux))


@pytest.mark.parametrize("numero", ["115", "17", "3919", "3039"])
def test_un_numero_national_ne_se_masque_pas(numero: str) -> None:
    """Un territoire qui reprend l'identifiant d'un numéro national n'en prend pas la place."""
    trouve = annuaire(national().contacts, [ContactLocal(numero, "SIAO d'ici", numero="05 00", fictif=True)])
    assert trouve[numero] == national().contacts[numero]


def test_les_numeros_d_urgence_sont_marques() -> None:
    """Ceux qu'on appelle en danger : ni effacés, ni changés, ni masqués par aucune couche."""
    marques = {nom for nom, contact in national().contacts.items() if contact.urgence}
    assert {"15", "17", "18", "112", "114", "115", "119", "3919", "3114"} == marques


@pytest.mark.parametrize(
    "change",
    [{}, {"17": Contact("17", "Police", numero="0 800")}, {"17": Contact("17", "Police", numero="17")}],
    ids=["efface", "change", "plus d'urgence"],
)
def test_un_numero_d_urgence_ne_s_efface_ni_ne_change(change: dict[str, Contact], tmp_path: Path) -> None:
    """Même une publication nationale signée le garde tel qu'il est."""
    avant = {"17": Contact("17", "Police", numero="17", urgence=True), "3039": Contact("3039", "x", numero="3039")}
    with pytest.raises(FichierFautif, match="ce numéro d'urgence ne s'efface ni ne change"):
        exiger_les_urgences(avant, change, tmp_path / "contacts.toml")
    exiger_les_urgences(avant, {"17": Contact("17", "Autrement dit", numero="17", urgence=True)}, tmp_path / "c.toml")


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


def test_un_numero_d_urgence_n_est_pas_a_chaque_territoire(tmp_path: Path) -> None:
    """Le déclarer remplaçable le laisserait masquer : le fichier est refusé, à sa ligne."""
    fichier = tmp_path / "contacts.toml"
    fichier.write_text(
        'format = 1\n[[contact]]\nid = "17"\nlibelle = "Police"\nnumero = "17"\nquand = "danger"\nfondement = "x"\n'
        'source = "x"\nconfiance = "V"\nverifie_le = 2026-11-22\nurgence = true\npar_territoire = true\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif, match=r"ligne 12.*un numéro d'urgence ne se remplace pas"):
        lire_contacts(fichier)
