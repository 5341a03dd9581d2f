"""Les blocs des fiches de droit, et leurs paragraphes : la grande date, les lieux, ce qui manque, ce qui se tait."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exemples_papier import DECLARATION, LANGUE, RESERVEE, donnees, ecrire_fiche, fiches, lieu, situation
from lecture_pdf import texte_plat

from impressions import speciaux_droit
from impressions.depuis_bilan import donnees as donnees_de
from impressions.document import composer
from modele.bilan import charger_regles, etablir
from modele.orientation.contacts import Contact
from modele.orientation.resultat import Echeance, Urgence, Voie
from modele.regles.etats import connu
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.provenance import Provenance
from modele.territoire.modele import Lieu

JOUR = date(2026, 11, 30)
AUTRE = "Un autre délai ou un autre recours peut exister"
SI = '[[paragraphe]]\nid = "social"\nsi = { fait = "logement_actuel.statut", egal = "locataire_hlm" }\n'


def papier(tmp_path: Path, corps: str, *, toml: str = DECLARATION + LANGUE, **changements: Any) -> str:
    ecrire_fiche(tmp_path, "essai", corps, toml=toml)
    return texte_plat(
        composer("essai", donnees(**({"fiches": fiches(tmp_path), "date_impression": JOUR} | changements)))
    )


def voie(*echeances: Echeance, fiche: str = "essai") -> tuple[Voie, ...]:
    return (Voie("v", "Une voie", Urgence.JOUR, certaine=True, discret=False, fiches=(fiche,), echeances=echeances),)


def a_faire(nom: str, le: date, **autres: Any) -> Echeance:
    return Echeance(nom, f"Faire {nom}", le=le, agir=True, **autres)


# La grande date.

GRANDE = "``` grande_date\nCherchez la date\n```"


def test_la_grande_date_est_la_prochaine_ou_agir(tmp_path: Path) -> None:
    """Pas une réponse attendue, pas une date passée, pas celle d'une autre fiche."""
    echeances = (
        Echeance("attendre", "Attendre", le=date(2026, 12, 1)),
        a_faire("plus-tard", date(2027, 3, 1)),
        a_faire("bientot", date(2026, 12, 24), fin_possible=date(2026, 12, 28)),
        a_faire("passee", date(2026, 11, 1)),
    )
    dit = papier(tmp_path, GRANDE, voies=(*voie(*echeances), *voie(a_faire("x", date(2026, 12, 2)), fiche="autre")))
    assert "Agissez avant le 24 décembre 2026 Faire bientot" in dit
    assert "Fin possible, selon la lecture la plus tardive du texte : 28/12/2026" in dit
    assert "2027" not in dit
    assert "2 décembre" not in dit
    assert "Cherchez" not in dit


def test_une_date_prudente_passee_n_est_pas_perdue(tmp_path: Path) -> None:
    dit = papier(tmp_path, GRANDE, voies=voie(a_faire("hier", date(2026, 11, 29))))
    assert "Agissez aujourd’hui Faire hier" in dit
    assert "Date prudente passée : 29/11/2026 ; Peut-être pas perdu : déposez quand même" in dit


def test_sans_date_sure_la_fiche_dit_ou_la_chercher(tmp_path: Path) -> None:
    """Ni une date à faire valider, ni une date finie."""
    for une in (
        a_faire("m", date(2026, 12, 9), confiance="M"),
        a_faire("f", date(2026, 1, 1), fin_possible=date(2026, 2, 1)),
    ):
        assert "Cherchez la date" in papier(tmp_path, GRANDE, voies=voie(une))
    assert "Cherchez la date" in papier(tmp_path, GRANDE, voies=())


def test_une_date_sous_reserve_le_dit(tmp_path: Path) -> None:
    dit = papier(tmp_path, GRANDE, voies=voie(a_faire("r", date(2026, 12, 9), sous_reserve=True)))
    assert "Agissez avant le 9 décembre 2026" in dit
    assert "09/12/2026, sauf exception à vérifier" in dit


def test_une_fiche_peut_nommer_sa_date(tmp_path: Path) -> None:
    corps = "``` grande_date\naudience | Votre audience : {date}\nMa convocation\n```"
    audience = Echeance("audience", "Audience", le=date(2027, 1, 12))
    dit = papier(tmp_path, corps, voies=voie(a_faire("loyer", date(2027, 1, 11)), audience))
    assert "Votre audience : 12 janvier 2027" in dit
    assert "Ma convocation" not in dit
    assert "Ma convocation" in papier(tmp_path, corps, voies=voie(replace(audience, le=date(2026, 1, 12))))


def test_agissez_avant_ne_se_dit_que_de_ce_qui_se_fait(tmp_path: Path) -> None:
    corps = "``` echeances\nfiche\n```"
    dit = papier(
        tmp_path, corps, voies=voie(a_faire("un", date(2027, 1, 2)), Echeance("a", "Offre", le=date(2027, 1, 3)))
    )
    assert "agissez avant le 02/01/2027" in dit
    assert "avant le 03/01/2027" not in dit
    assert "03/01/2027" in dit
    assert "02/01" not in papier(tmp_path, corps, voies=voie(a_faire("un", date(2027, 1, 2)), fiche="autre"))


# Les lieux et les services.

CACHE = Lieu("c", "Refuge", "hébergement", "1, rue du Secret", "99X01", "05 36 49 00 99", adresse_confidentielle=True)


def des_lieux(*lieux: Lieu) -> dict[str, Any]:
    return {"territoire": replace(donnees().territoire, lieux=lieux)}


def test_ce_qui_manque_d_un_lieu_se_voit(tmp_path: Path) -> None:
    douteux = replace(lieu("Mairie", "3, rue Vieille"), provenance=Provenance(source="x", confiance="M"))
    dit = papier(tmp_path, "``` lieux\n```", **des_lieux(lieu("CCAS", "2, place"), douteux))
    assert "CCAS 2, place téléphone à demander jours et heures à demander" in dit
    assert "Mairie adresse à demander" in dit
    assert "rue Vieille" not in dit
    assert "Aucun lieu d’accueil n’est encore inscrit" in papier(tmp_path, "``` lieux\n```", **des_lieux())


def test_un_lieu_a_l_adresse_confidentielle_ne_se_liste_jamais(tmp_path: Path) -> None:
    dit = papier(tmp_path, "``` lieux\n```", **des_lieux(CACHE, lieu("CCAS", "2, place")))
    assert not [mot for mot in ("Refuge", "Secret", "49 00 99") if mot in dit.replace("\u202f", " ")]


def test_mutant_la_liste_qui_oublie_le_drapeau(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vraie = speciaux_droit._rangee_de_lieu
    monkeypatch.setitem(
        speciaux_droit.BLOCS,  # type: ignore[arg-type]
        "lieux",
        lambda atelier, parent, _: [vraie(atelier, parent, un) for un in atelier.donnees.territoire.lieux],
    )
    monkeypatch.setitem(__import__("impressions.redaction").redaction._SPECIAUX, "lieux", speciaux_droit.BLOCS["lieux"])
    with pytest.raises(AssertionError):
        test_un_lieu_a_l_adresse_confidentielle_ne_se_liste_jamais(tmp_path)


def test_un_service_qui_manque_dit_qui_appeler_en_attendant(tmp_path: Path) -> None:
    manque = Contact(
        "siao", "SIAO", quand="Appelez le 115.", local=True, provenance=Provenance(source="x", confiance="M")
    )
    ici = Contact("pmi", "PMI", "05 36 49 00 55", horaires="le lundi", local=True)
    dit = papier(tmp_path, "``` services\nsiao\npmi\nailleurs\n```", contacts={"siao": manque, "pmi": ici})
    assert "SIAO numéro à demander Appelez le 115." in dit
    assert "le lundi" in dit


# Les paragraphes à condition, les délais.

CORPS = (
    "{% if certain('social') %}Certain{% endif %} {% if possible('social') %}Possible{% endif %}"
    " {% if doute('social') %}Doute{% endif %} fin"
)


@pytest.mark.parametrize(
    ("statut", "dit"), [(None, "Possible Doute fin"), ("locataire_hlm", "Certain Possible fin"), ("hotel", "fin")]
)
def test_l_inconnu_n_est_jamais_non(tmp_path: Path, statut: str | None, dit: str) -> None:
    base = situation()
    sue = base if statut is None else base.avec_faits({**base.faits, "logement_actuel.statut": connu(statut)})
    assert f" {dit} " in papier(tmp_path, CORPS, toml=DECLARATION + SI + LANGUE, situation=sue)


def test_un_paragraphe_inconnu_se_dit(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="« autre » n’existe pas"):
        papier(tmp_path, "{% if certain('autre') %}x{% endif %}")


def test_ce_que_lisent_les_paragraphes_ne_dit_aucune_violence() -> None:
    regles = charger_regles("metropole-exemple")
    document = {"territoire": "metropole-exemple", "demande": {"motifs": {"coches": ["violences", "divorce"]}}}
    lue = donnees_de(etablir(regles, document, JOUR)).situation
    assert lue is not None
    assert "violences" not in str(lue.etat("demande.motifs"))


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("dalo-depose.decision-commission", "en 3 mois."),
        ("dalo-reconnu.tribunal", "en 4 mois."),
        ("expulsion-commandement-payer.six-semaines", "en 6 semaines ou 2 mois."),
    ],
)
def test_un_delai_vient_de_sa_regle(tmp_path: Path, nom: str, dit: str) -> None:
    assert dit in papier(tmp_path, f"La réponse vient en {{{{ delai('{nom}') }}}}.")


def test_un_delai_a_faire_valider_tait_sa_phrase(tmp_path: Path) -> None:
    dit = papier(tmp_path, "Avant. La réactivation est possible {{ delai('radiation.reactivation') }}. Après.")
    assert "réactivation" not in dit
    assert "Avant. Après." in dit.replace(f" {AUTRE}", "") or "Avant." in dit
    assert AUTRE in dit


@pytest.mark.parametrize("appel", ["delai('dalo.rien')", "parametre('rien')"])
def test_un_delai_ou_un_parametre_inconnu_se_dit(tmp_path: Path, appel: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="n’existe pas"):
        papier(tmp_path, f"{{{{ {appel} }}}}")


@pytest.mark.parametrize(
    ("toml", "attendu"),
    [
        (DECLARATION + SI.replace("logement_actuel.statut", "logement.rien") + LANGUE, "fait inconnu"),
        (RESERVEE + SI + LANGUE.replace("etat", 'fichier = "x"\netat'), "une fiche réservée est la même pour tous"),
        (
            DECLARATION
            + '[[paragraphe]]\nid = "v"\nsi = { fait = "demande.motifs", contient = "violences" }\n'
            + LANGUE,
            "peut dire une violence",
        ),
        (
            DECLARATION + '[[paragraphe]]\nid = "t"\nsi = { fait = "triage.idees_suicidaires" }\n' + LANGUE,
            "ne s'écrit pas",
        ),
    ],
)
def test_un_paragraphe_fautif_se_dit(tmp_path: Path, toml: str, attendu: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=attendu):
        papier(tmp_path, "x", toml=toml)


def test_plus_d_une_minute_a_lire_se_dit(tmp_path: Path) -> None:
    ecrire_fiche(tmp_path, "essai", "x", entete=f'titre = "x"\nlire_a_voix_haute = "{"mot " * 151}"')
    with pytest.raises(ErreurUtilisateur, match="151 mots : plus d'une minute"):
        composer("essai", donnees(fiches=fiches(tmp_path)))
