"""Les fiches de droit livrées : sourcées, lues en une minute, une seule grande date, un délai écrit une seule fois."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date

import pypdfium2 as pdfium
import pytest

from impressions.depuis_bilan import donnees
from impressions.document import composer
from impressions.offres import offres, tout_ce_qu_il_faut
from modele.bilan import charger_regles, etablir
from modele.fiches import Fiche
from modele.fiches.paragraphes import indicibles
from modele.fiches.texte import MOTS_PAR_MINUTE
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.lecture import lire_texte
from modele.regles.lecture_conditions import Contexte, lire_condition
from ressources import RESSOURCES

JOUR = date(2026, 11, 30)
REGLES = charger_regles("metropole-exemple")
FICHES = {dite.id: REGLES.fiches.trouver(dite.id, "fr") for dite in REGLES.fiches.disponibles()}
DE_DROIT = (
    "115", "attribution", "audience", "conge", "dalo", "expulsion", "handicap", "indigne", "lieux", "separation",
    "suroccupation", "violences",
)  # fmt: skip
_GRANDE_DATE = re.compile(r"^``` grande_date$", re.MULTILINE)
_ECHEANCES = re.compile(r"^``` (grande_date|echeances)$", re.MULTILINE)
_ARTICLE = re.compile(r"\b([LRD])\.(\d+(?:-\d+)*)")
_CITE = re.compile(r"\b([LRD])(\d+(?:-\d+)*)(?: à [LRD]?(\d+(?:-\d+)*))?")
_DELAI_EN_CHIFFRES = re.compile(r"\b\d+ (?:mois|semaines|jours)\b(?! sur 7)")


def a_lire_due(fiche: Fiche) -> bool:
    """Une fiche de sûreté ou d'échéance : quelqu'un doit pouvoir l'entendre."""
    return fiche.surete.securite or (bool(_ECHEANCES.search(fiche.corps)) and fiche.id in DE_DROIT)


def trop_longue_ou_absente(fiche: Fiche) -> bool:
    mots = len(fiche.lire_a_voix_haute.split())
    return a_lire_due(fiche) and not 20 <= mots <= MOTS_PAR_MINUTE


@pytest.mark.parametrize("fiche", FICHES.values(), ids=FICHES)
def test_une_fiche_de_surete_ou_d_echeance_se_lit_a_voix_haute_en_une_minute(fiche: Fiche) -> None:
    assert not trop_longue_ou_absente(fiche)


@pytest.mark.parametrize("fiche", FICHES.values(), ids=FICHES)
def test_une_seule_grande_date(fiche: Fiche) -> None:
    assert len(_GRANDE_DATE.findall(fiche.corps)) <= 1


@pytest.mark.parametrize("nom", DE_DROIT)
def test_rien_a_faire_valider_sur_une_fiche_de_droit(nom: str) -> None:
    fiche = FICHES[nom]
    assert not re.search(r"a_valider|à faire valider", fiche.corps + fiche.lire_a_voix_haute)
    assert fiche.verifie_le >= date(2026, 11, 30)


def _nombres(numero: str) -> tuple[int, ...]:
    return tuple(map(int, numero.split("-")))


def cites(sources: str) -> Iterator[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    """Chaque article des sources, ou chaque suite « L521-1 à L521-4 », par lettre."""
    for lettre, debut, fin in _CITE.findall(sources):
        yield lettre, _nombres(debut), _nombres(fin or debut)


@pytest.mark.parametrize("nom", DE_DROIT)
def test_chaque_article_du_texte_est_dans_les_sources(nom: str) -> None:
    """Qui relit la fiche retrouve chaque article dans sa déclaration."""
    sources = list(cites(" ; ".join(FICHES[nom].sources)))
    perdus = {
        f"{lettre}{numero}"
        for lettre, numero in _ARTICLE.findall(FICHES[nom].corps)
        if not any(un == lettre and debut <= _nombres(numero) <= fin for un, debut, fin in sources)
    }
    assert perdus == set()


@pytest.mark.parametrize("nom", DE_DROIT)
def test_un_delai_s_ecrit_dans_la_regle_et_pas_dans_la_fiche(nom: str) -> None:
    """La fiche le demande : ``delai("voie.échéance")``, ``parametre("nom")``."""
    assert _DELAI_EN_CHIFFRES.findall(FICHES[nom].corps) == []


def test_aucun_paragraphe_ne_depend_de_ce_qu_un_papier_ne_dit_pas() -> None:
    for fiche in FICHES.values():
        for nom, condition in fiche.paragraphes.items():
            assert list(indicibles(condition)) == [], (fiche.id, nom)


@pytest.mark.parametrize(
    "mutant",
    [
        'si = { fait = "demande.motifs", contient = "violences" }',
        'si = { fait = "triage.idees_suicidaires" }',
        'si = { non = { fait = "demande.mariage_force" } }',
    ],
)
def test_mutant_un_paragraphe_qui_dirait_une_violence(mutant: str) -> None:
    condition = lire_condition(lire_texte(mutant, "essai"), "si", Contexte(REGLES.national.catalogue))
    assert condition is not None
    assert list(indicibles(condition))


def test_chaque_paragraphe_declare_sert_et_chaque_paragraphe_nomme_existe() -> None:
    for fiche in FICHES.values():
        nommes = set(re.findall(r"\b(?:certain|possible|doute)\(\"([^\"]+)\"\)", fiche.corps))
        assert nommes == set(fiche.paragraphes), fiche.id


def test_une_voie_mene_a_chaque_fiche_sauf_a_celle_qui_se_demande() -> None:
    """« violences » ne se coche jamais d'elle-même : une voie qui la citerait la montrerait à n'importe qui."""
    citees = {fiche for voie in REGLES.orientations for fiche in voie.fiches}
    assert {nom for nom in DE_DROIT if nom not in citees} == {"violences"}


@pytest.mark.parametrize("territoire", ["metropole-exemple", "clermont-auvergne-metropole", "toulouse-metropole"])
@pytest.mark.parametrize("nom", DE_DROIT)
def test_deux_pages_au_plus_quand_rien_n_est_connu(nom: str, territoire: str) -> None:
    """Tout ce qui est possible s'imprime alors : c'est le plus long."""
    bilan = etablir(charger_regles(territoire), {"territoire": territoire}, JOUR)
    assert len(pdfium.PdfDocument(composer(nom, donnees(bilan)))) <= 2


def test_la_fiche_des_victimes_se_refuse_a_un_dossier_discret_ou_qui_le_devient() -> None:
    for reponses in ({"protection": {"discret": True}}, {"demande": {"motifs": {"coches": ["violences"]}}}):
        bilan = etablir(REGLES, {"territoire": "metropole-exemple", **reponses}, JOUR)
        with pytest.raises(ErreurUtilisateur, match="discret"):
            composer("violences", donnees(bilan))
        assert "violences" not in {offre.id for offre in offres(bilan)}


def test_la_fiche_des_victimes_s_offre_a_tous_et_ne_se_propose_a_personne() -> None:
    bilan = etablir(REGLES, {"territoire": "metropole-exemple"}, JOUR)
    assert "violences" in {offre.id for offre in offres(bilan)}
    assert "violences" not in tout_ce_qu_il_faut(bilan)


def test_la_fiche_des_victimes_ne_nomme_personne_et_ne_date_pas_le_passage() -> None:
    document = {"territoire": "metropole-exemple", "id": "x" * 36, "demandeur": {"nom": "Nomdefamille"}}
    un, autre = (
        pdfium.PdfDocument(composer("violences", donnees(etablir(REGLES, document, jour))))
        for jour in (JOUR, date(2027, 2, 1))
    )
    textes = ["".join(page.get_textpage().get_text_range() for page in pdf) for pdf in (un, autre)]
    assert textes[0] == textes[1]
    assert "Nomdefamille" not in textes[0]


def test_les_sources_se_lisent_en_toml() -> None:
    for nom in DE_DROIT:
        lue = tomllib.loads((RESSOURCES / "fiches" / nom / "fiche.toml").read_text(encoding="utf-8"))
        assert lue["sources"], nom
