"""Un ``lieux.toml`` : chaque faute à sa ligne, rien de réel sans source, et ce qui s'écrit se relit à l'identique."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outils_lieux import JOUR, heures, lieu, semaines

from modele.chargement import charger_regles
from modele.lieux.accueil import FICHIER, lire_accueil
from modele.lieux.ecriture import ecrire_lieux
from modele.lieux.heures import Heures
from modele.lieux.lecture import Permis, lire_lieux
from modele.lieux.modele import Lieu
from modele.lieux.mots import dire_heures
from modele.lieux.verifications import Verification, confirmes
from modele.regles.fautes import FichierFautif
from modele.regles.provenance import Provenance
from modele.sources import Couche, Fichier
from ressources import RESSOURCES

PERMIS = Permis(("informer", "enregistrer"), ("papiers",), ("fr", "ar"))
BON = '[[lieu]]\nid = "a"\nnom = "A"\ngenre = "CCAS"\nsource = "site"\nverifie_le = 2026-11-30\n'


def lire(texte: str, permis: Permis | None = PERMIS) -> tuple[Lieu, ...]:
    return lire_lieux(Fichier("lieux.toml", Couche.STRUCTURE, octets=f"format = 1\n{texte}".encode()), permis)


def fautes(texte: str) -> str:
    with pytest.raises(FichierFautif) as levee:
        lire(texte)
    return str(levee.value)


@pytest.mark.parametrize("sans", ['source = "site"\n', "verifie_le = 2026-11-30\n"])
def test_aucune_entree_reelle_sans_source_ni_date(sans: str) -> None:
    assert "obligatoire" in fautes(BON.replace(sans, ""))
    assert lire(BON.replace(sans, "fictif = true\n"))[0].fictif


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ('ouvert = ["lundi 9:00-12:00 11:00-13:00"]', "ligne 8, lieu[1].ouvert : lundi : 09:00-12:00 et 11:00-13:00"),
        ('exceptions = ["hier fermé"]', "ligne 8, lieu[1].exceptions : « hier fermé »"),
        ('jours_feries = "fermé"', "lieu[1].jours_feries : « fermé » n'est pas permis"),
        ("niveau = 4", "lieu[1].niveau : attendu : 1, 2 ou 3"),
        ('missions = ["informe"]', "vouliez-vous « informer »"),
        ('besoins = ["papier"]', "vouliez-vous « papiers »"),
        ('langues = ["klingon"]', "« klingon » n'est pas permis"),
        ('missoins = ["informer"]', "clé inconnue ; vouliez-vous « missions »"),
        ('[[lieu]]\nid = "a"\nnom = "B"\ngenre = "x"\nfictif = true', "employé deux fois"),
    ],
)
def test_chaque_faute_dit_sa_ligne(ligne: str, phrase: str) -> None:
    dites = fautes(BON + ligne + "\n")
    assert phrase in dites
    assert "ligne" in dites


def test_sans_liste_de_codes_rien_ne_se_verifie() -> None:
    assert lire(BON + 'missions = ["inventee"]\n', None)[0].missions == ("inventee",)


@given(semaines(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), st.booleans())
def test_ce_qui_s_ecrit_se_relit_a_l_identique(dites: Heures, mots: str, enregistre: bool) -> None:
    ecrit = replace(
        lieu(acces=mots, telephone="05 36 49 00 01", enregistre=enregistre, niveau=2, missions=("informer",)),
        heures=dites, heures_dites=dire_heures(dites), langues=("fr", "ar"), dessert=("99X01",),
    )  # fmt: skip
    relus = lire_lieux(Fichier("lieux.toml", Couche.STRUCTURE, octets=ecrire_lieux([ecrit])), PERMIS)
    assert relus == (ecrit,)


def test_un_lieu_fictif_s_ecrit_sans_date() -> None:
    fictif = Lieu("x", "X", "CCAS", fictif=True, provenance=Provenance())
    assert lire(ecrire_lieux([fictif]).decode().removeprefix("format = 1\n")) == (fictif,)


# Six mois, et le geste qui confirme.


@pytest.mark.parametrize(("jours", "perime"), [(0, False), (183, False), (184, True)])
def test_au_dela_de_six_mois_un_lieu_est_a_confirmer(jours: int, perime: bool) -> None:
    assert lieu().perime(JOUR + timedelta(days=jours)) is perime
    assert not replace(lieu(), fictif=True).perime(JOUR + timedelta(days=jours))


def test_jamais_verifie_est_a_confirmer() -> None:
    assert replace(lieu(), provenance=Provenance(source="site")).perime(JOUR)


def test_la_derniere_confirmation_date_le_lieu() -> None:
    un = lieu()
    plus_tard, encore = JOUR + timedelta(days=200), JOUR + timedelta(days=201)
    dites = [Verification("ccas", un.empreinte, encore, "Ana"), Verification("ccas", un.empreinte, plus_tard, "Léo")]
    (confirme,) = confirmes([un], dites)
    assert (confirme.provenance.verifie_le, confirme.confirme_par) == (encore, "Ana")
    assert confirme.provenance.source == "essai"
    assert not confirme.perime(encore)


@pytest.mark.parametrize(
    "change",
    [
        {"nom": "Autre"}, {"adresse": "2, rue"}, {"commune": "99X02"}, {"telephone": "1"}, {"horaires": "le soir"},
        {"acces": "Sonnez."}, {"heures": heures("lundi 09:00-12:00")}, {"heures": heures(feries="ferme")},
        {"heures": heures(a_part=("2026-12-24 fermé",))},
    ],
    ids=lambda change: "-".join(change),
)  # fmt: skip
def test_un_lieu_qui_change_est_a_confirmer_de_nouveau(change: dict[str, object]) -> None:
    """Le mutant qui confirme par l'identifiant seul casse ici : une vieille parole dirait juste une adresse neuve."""
    un = lieu()
    dite = Verification("ccas", un.empreinte, JOUR + timedelta(days=200), "Ana")
    change_depuis = replace(un, **change)  # type: ignore[arg-type]
    assert confirmes([change_depuis], [dite]) == (change_depuis,)


def test_une_confirmation_plus_vieille_que_la_source_ne_la_recule_pas() -> None:
    un = lieu()
    assert confirmes([un], [Verification("ccas", un.empreinte, JOUR - timedelta(days=1), "Ana")]) == (un,)


# Ce qui est livré.


def test_les_niveaux_sont_a_faire_valider() -> None:
    """La loi n'en connaît pas (attributions.md, 3.7)."""
    accueil = lire_accueil(RESSOURCES / FICHIER)
    assert list(accueil.niveaux) == [1, 2, 3]
    assert all(un.provenance.a_valider for un in accueil.niveaux.values())
    assert accueil.repond(lieu(enregistre=True), "deposer")
    assert accueil.repond(lieu(missions=("pieces",)), "papiers")
    assert accueil.repond(lieu(besoins=("domiciliation",)), "domiciliation")
    assert not accueil.repond(lieu(missions=("informer",)), "deposer")
    assert [un.id for un in accueil.besoins_de(lieu(missions=("suivre",)))] == ["suivi"]


@pytest.mark.parametrize(
    ("change", "phrase"),
    [
        (("niveau = 3\nlibelle", "niveau = 7\nlibelle"), "attendu : 1, 2 ou 3"),
        (('missions = ["suivre"]', 'missions = ["suivi"]'), "n'est pas une mission de ce fichier"),
        (('id = "pieces"', 'id = "informer"'), "employé deux fois"),
    ],
)
def test_un_fichier_d_accueil_fautif_se_dit(tmp_path: Path, change: tuple[str, str], phrase: str) -> None:
    texte = (RESSOURCES / FICHIER).read_text(encoding="utf-8")
    assert change[0] in texte
    (tmp_path / "accueil.toml").write_text(texte.replace(*change, 1), encoding="utf-8")
    with pytest.raises(FichierFautif, match=phrase):
        lire_accueil(tmp_path / "accueil.toml")


@pytest.mark.parametrize("territoire", ["toulouse-metropole", "clermont-auvergne-metropole"])
def test_d_un_territoire_reel_rien_n_est_invente(territoire: str) -> None:
    """Aucune source publique ne dit leurs lieux, leurs niveaux ni leurs heures (attributions.md, 5)."""
    regles = charger_regles(territoire)
    assert regles.territoire.lieux == ()
    assert [un.complete_par for un in regles.territoire.manques if un.sorte == "accueil"]


def test_le_territoire_d_exemple_montre_chaque_cas() -> None:
    lieux = {un.id: un for un in charger_regles("metropole-exemple").territoire.lieux}
    assert all(un.fictif for un in lieux.values())
    assert {un.niveau for un in lieux.values()} == {0, 1, 2, 3}
    assert not lieux["mairie-port-clair"].heures.connues
    assert lieux["hebergement-confidentiel"].lignes[0].startswith("05 36 49")
    assert lieux["ccas-colombe"].heures.jour_a_part(date(2026, 12, 30)) is not None
