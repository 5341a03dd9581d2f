"""Les contacts que chaque territoire doit dire : ce qui manque se montre, et dit qui appeler en attendant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_sources import national

from modele.chargement import charger_regles
from modele.orientation.contacts import Contact
from modele.orientation.contacts_locaux import a_joindre, lire_contacts_locaux, manquants
from modele.regles.fautes import FichierFautif
from modele.regles.provenance import Provenance
from modele.territoire.chargement import lire_contacts_locaux as relire
from modele.territoire.ecriture_contacts import ecrire_contacts, remplacer
from modele.territoire.modele import ContactLocal

ATTENDUS = {
    "ase-departement", "pmi", "siao", "accueil-de-jour", "aide-aux-victimes", "umj", "interprete-telephone",
    "avocats-permanence", "commissariat", "relais-lsf", "maltraitance-adultes", "juge-des-enfants",
}  # fmt: skip


def test_tous_sont_declares_et_renvoient_a_un_numero_verifie() -> None:
    """Ce qu'on fait en attendant, et au moins un numéro du pays dont la source est lue."""
    attendus = {un.id: un for un in national().contacts_attendus}
    assert set(attendus) == ATTENDUS
    for un in attendus.values():
        assert un.en_attendant
        assert un.provenance.verifie_le == date(2026, 11, 29)
        assert un.appeler
        assert not any(national().contacts[nom].provenance.a_valider for nom in un.appeler)


def test_un_territoire_montre_ce_qu_il_ne_dit_pas() -> None:
    """L'exemple dit son SIAO ; Toulouse ne dit rien."""
    assert {un.id for un in charger_regles("metropole-exemple").contacts_manquants} == ATTENDUS - {"siao"}
    assert {un.id for un in charger_regles("toulouse-metropole").contacts_manquants} == ATTENDUS


def test_l_annuaire_garde_sa_place_a_ce_qui_manque() -> None:
    """Ni numéro ni adresse ; jamais imprimable ; le vrai contact, dès qu'il est dit, la prend."""
    exemple = charger_regles("metropole-exemple").contacts
    assert (exemple["siao"].numero, exemple["siao"].en_attendant) == ("05 36 49 01 15", ())
    absent = exemple["ase-departement"]
    assert (absent.numero, absent.url, absent.joindre) == ("", "", "numéro à demander")
    assert absent.local
    assert absent.provenance.a_valider
    assert absent.en_attendant == ("119", "17")
    assert "119" in absent.quand


def test_une_voie_dit_qui_appeler_en_attendant() -> None:
    """Après celui qui manque, ses numéros, une seule fois, dans l'ordre de la voie."""
    connus = charger_regles("metropole-exemple").contacts
    joints = a_joindre(("ase-departement", "17", "siao", "inconnu"), connus)
    assert [un.id for un in joints] == ["ase-departement", "119", "17", "siao"]
    assert [un.joindre for un in joints] == ["numéro à demander", "119", "17", "05 36 49 01 15"]
    assert Contact("s", "Site", url="https://exemple.fr").joindre == "https://exemple.fr"


@given(noms=st.lists(st.sampled_from([*sorted(ATTENDUS), "115", "17", "119", "3919"])))
def test_aucune_voie_ne_reste_sans_numero(noms: list[str]) -> None:
    """Quels que soient ses contacts, et même si le territoire n'en dit aucun : toujours quelqu'un à appeler."""
    joints = a_joindre(noms, charger_regles_une_fois())
    assert bool(noms) is any(un.numero for un in joints)
    assert len({un.id for un in joints}) == len(joints)
    assert {un.id for un in joints} >= set(noms)


_CACHE: dict[str, dict[str, Contact]] = {}


def charger_regles_une_fois() -> dict[str, Contact]:
    """L'annuaire d'un territoire qui ne dit rien."""
    if not _CACHE:
        _CACHE["ici"] = dict(charger_regles("clermont-auvergne-metropole").contacts)
    return _CACHE["ici"]


def test_manquants() -> None:
    attendus = national().contacts_attendus
    assert manquants(attendus, ATTENDUS) == ()
    assert manquants(attendus, ()) == attendus


def test_toutes_les_fautes_a_leur_ligne(tmp_path: Path) -> None:
    fichier = tmp_path / "contacts_locaux.toml"
    bon = 'libelle = "x"\nen_attendant = "x"\nsource = "x"\nconfiance = "V"\nverifie_le = 2026-11-29\n'
    fichier.write_text(
        f'format = 1\n[[contact_local]]\nid = "115"\n{bon}appeler = ["115"]\n'
        f'[[contact_local]]\nid = "pmi"\n{bon}appeler = ["511"]\n[[contact_local]]\nid = "x"\nlibele = "x"\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif) as levee:
        lire_contacts_locaux(fichier, {"115", "17"})
    dites = {(faute.chemin, faute.ligne) for faute in levee.value.fautes}
    assert {("contact_local[1].id", 3), ("contact_local[2].appeler", 17), ("contact_local[3].libele", 20)} <= dites
    assert "est un numéro du pays" in str(levee.value)


# Ce qu'une structure saisit.

_TEXTES = st.text(max_size=20)
_CONTACTS = st.builds(
    ContactLocal,
    id=st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True),
    libelle=st.text("abcdé «»\"'\\\t\x7f", min_size=1).filter(str.strip),
    numero=st.from_regex(r"0\d( \d\d){4}", fullmatch=True),
    horaires=_TEXTES,
    quand=_TEXTES,
    gratuit=st.none() | st.booleans(),
    provenance=st.builds(
        Provenance,
        source=st.text(min_size=1).filter(str.strip),
        confiance=st.sampled_from(["V", "V2", "D", "M"]),
        verifie_le=st.dates(date(2000, 1, 1)),
    ),
)


@given(contacts=st.lists(_CONTACTS, max_size=4, unique_by=lambda un: un.id))
def test_ce_qui_s_ecrit_se_relit_a_l_identique(
    tmp_path_factory: pytest.TempPathFactory, contacts: list[ContactLocal]
) -> None:
    """Guillemets, accents, retours : tout revient."""
    fichier = tmp_path_factory.mktemp("contacts") / "contacts.toml"
    fichier.write_bytes(ecrire_contacts(contacts))
    assert list(relire(fichier)) == contacts


def test_saisir_un_contact_garde_les_autres(tmp_path: Path) -> None:
    """Ajouté s'il n'y était pas, remis sinon ; le premier crée le fichier."""
    dit = Provenance(source="Annuaire du département", confiance="V", verifie_le=date(2026, 11, 29))
    pmi, siao = (ContactLocal(nom, nom.upper(), "05 36 49 00 01", provenance=dit) for nom in ("pmi", "siao"))
    fichier = tmp_path / "contacts.toml"
    fichier.write_bytes(remplacer(None, pmi))
    fichier.write_bytes(remplacer(fichier, siao))
    autre = ContactLocal("pmi", "PMI", "05 36 49 00 02", fictif=True)
    fichier.write_bytes(remplacer(fichier, autre))
    assert relire(fichier) == (siao, autre)


def test_un_contact_local_qui_redit_son_numero_est_une_faute(tmp_path: Path) -> None:
    fichier = tmp_path / "contacts.toml"
    fichier.write_text(
        'format = 1\n[[contact]]\nid = "a"\nlibelle = "A, 05 36 49 00 01"\nnumero = "05 36 49 00 01"\nfictif = true\n',
        encoding="utf-8",
    )
    with pytest.raises(FichierFautif, match=r"ligne 4.*le libellé redit le numéro"):
        relire(fichier)
