"""Du gabarit au Markdown : Jinja2 en bac à sable. Une donnée du dossier n'y devient jamais de la mise en forme."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from impressions.dates import dates_du_papier, voies_de
from impressions.donnees import Donnees
from impressions.reponses import Lecteur, ne_s_imprime_pas, nombre_d_elements
from impressions.sures import MARQUE, MARQUE_DE_DELAI
from impressions.typographie import sans_nir
from modele.cotation.resultat import Cotation
from modele.dossier.chemins import lire
from modele.dossier.codes import reference_courte
from modele.fiches import Fiche
from modele.mots.echeances import dire_delais
from modele.mots.ecriture import dire_date, dire_date_longue, dire_mois, dire_nombre
from modele.mots.note import DiseurDeNote
from modele.mots.phrases import Mots
from modele.orientation.echeances import delais
from modele.regles.confiance import a_valider
from modele.regles.etats import Situation
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.kleene import evaluer
from modele.ressemblance.fiches import SANS_NOM, titre_et_detail
from modele.territoire.vacants import a_montrer

if TYPE_CHECKING:
    from jinja2 import Environment, Template

T = TypeVar("T")
_PONCTUATION = re.compile(r"([!\"#$%&()*+,\-./:;<=>?@\[\\\]^_`{|}~])")


class Sur(str):
    """Un texte qui est déjà du Markdown."""

    __slots__ = ()


class EnTeteNote:
    """Ce qu'un gabarit sait de la note : tout sauf les points, qui ne sortent que par les blocs, avec leur mention."""

    def __init__(self, cotation: Cotation, mots: Mots) -> None:
        self.libelle = cotation.libelle
        self.statut = cotation.statut
        self.date_calcul = cotation.date_calcul
        self.population = DiseurDeNote(mots).population(cotation.population)
        self.complete = not cotation.decisifs
        self.lignes_non_comptees = any(c.compte is False for r in cotation.rubriques for c in r.criteres)
        self.circuits = bool(cotation.hors_cotation)
        self.sources = bool(cotation.sources)


def rendre(fiche: Fiche, donnees: Donnees, mots: Mots) -> tuple[str, str, str]:
    """Le Markdown du corps, le sous-titre et le pied de page de ``fiche``.

    Lève ``ErreurUtilisateur`` si un gabarit est mal formé ou nomme ce qui n'existe pas : fiche, ligne, remède.
    """
    contexte = _contexte(fiche, donnees, mots)
    corps = _rendre(fiche, fiche.corps, contexte, fiche.premiere_ligne, mots)
    sous_titre = _rendre(fiche, fiche.sous_titre, contexte, 1, mots)
    pied = _rendre(fiche, fiche.pied, contexte, 1, mots)
    return corps, sous_titre, pied


def _rendre(fiche: Fiche, source: str, contexte: Mapping[str, Any], premiere: int, mots: Mots) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

    try:
        return _compiler(mots, source).render(contexte)
    except TemplateSyntaxError as cause:
        raise _faute(fiche, premiere + cause.lineno - 1, "une balise Jinja2 est mal formée ou non fermée") from cause
    except UndefinedError as cause:
        inconnu = re.search(r"'([^']+)' is undefined|no attribute '([^']+)'", str(cause))
        nom = next((groupe for groupe in inconnu.groups() if groupe), "") if inconnu else ""
        raise _faute(fiche, premiere + _ligne_fautive(cause) - 1, f"« {nom} » n’existe pas dans un gabarit") from cause
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
    ) as cause:
        raise _faute(fiche, premiere + _ligne_fautive(cause) - 1, "une expression ne se calcule pas") from cause


def _ligne_fautive(cause: BaseException) -> int:
    ligne, trace = 1, cause.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            ligne = trace.tb_lineno
        trace = trace.tb_next
    return ligne


def _faute(fiche: Fiche, ligne: int, quoi: str) -> ErreurUtilisateur:
    return ErreurUtilisateur(
        f"La fiche « {fiche.id} » ({fiche.langue}.md, ligne {ligne}) ne peut pas s’imprimer : {quoi}."
        " Corrigez cette ligne."
    )


@lru_cache(maxsize=200)
def _compiler(mots: Mots, source: str) -> Template:
    return _moteur(mots).from_string(source)


@cache
def _moteur(mots: Mots) -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    moteur = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, finalize=_finir(mots)
    )
    moteur.filters |= {
        "date_longue": lambda jour: dire_date_longue(jour, mots.langue),
        "mois_annee": lambda jour: dire_mois(jour, mots.langue),
    }
    return moteur


def _finir(mots: Mots) -> Callable[[Any], str]:
    def finir(valeur: Any) -> str:
        if isinstance(valeur, Sur):
            return valeur
        if isinstance(valeur, bool):
            return mots("reponse.oui" if valeur else "reponse.non")
        if isinstance(valeur, int | Decimal):
            return dire_nombre(valeur, mots.langue)
        if isinstance(valeur, date):
            return dire_date(valeur, mots.langue)
        return echapper(sans_nir(str(valeur), mots("reponse.nir_retire")))

    return finir


def echapper(texte: str) -> str:
    """Le texte où aucun signe n'est du Markdown, sur une seule ligne."""
    return _PONCTUATION.sub(r"\\\1", " ".join(texte.split()) if "\n" in texte else texte.strip())


def _personne(donnees: Donnees, mots: Mots) -> str:
    """De qui est ce papier : son nom, à défaut la référence du dossier ; d'un dossier discret, rien."""
    identifiant = donnees.document.get("id")
    if donnees.discret or not isinstance(identifiant, str):
        return ""
    titre, _ = titre_et_detail(dict(donnees.document))
    return mots("liste.dossier", reference=reference_courte(identifiant)) if titre == SANS_NOM else titre


def _paragraphe(fiche: Fiche, donnees: Donnees, nom: str) -> bool | None:
    """Ce paragraphe à condition vaut-il pour cette personne ? ``None`` : on ne sait pas encore."""
    return evaluer(_nomme(fiche.paragraphes, nom), donnees.situation or Situation({}))


def _delai(donnees: Donnees, mots: Mots, nom: str) -> str:
    """Le délai qu'écrit la règle « voie.échéance » : « 3 mois ou 6 mois » ; à faire valider, sa phrase est tue."""
    regle = _nomme(donnees.delais, nom)
    if a_valider(regle.confiance):
        return Sur(MARQUE_DE_DELAI)
    return dire_delais(delais(regle, donnees.situation or Situation({})), mots)


def _parametre(donnees: Donnees, nom: str) -> Any:
    """La valeur d'un paramètre du droit, ce jour et ici."""
    return _nomme(donnees.situation.parametres if donnees.situation else {}, nom).valeur


def _nomme(connus: Mapping[str, T], nom: str) -> T:
    from jinja2 import UndefinedError

    if nom not in connus:
        raise UndefinedError(f"'{nom}' is undefined")
    return connus[nom]


def _date_de(donnees: Donnees, echeance: str) -> date | None:
    """La date sûre de « voie.échéance », d'une voie retenue ; ``None`` si rien ne la date."""
    dites = dates_du_papier(voie for voie in donnees.voies if voie.certaine).dites
    return next((une.le for voie, une in dites if f"{voie.id}.{une.id}" == echeance), None)


def _contexte(fiche: Fiche, donnees: Donnees, mots: Mots) -> dict[str, Any]:
    lecteur = Lecteur(donnees, mots)

    def reponse(chemin: str, unite: str = "") -> str:
        dite = lecteur.reponse(chemin, unite)
        return dite.texte if dite else ""

    def connu(*chemins: str) -> bool:
        dites = map(lecteur.reponse, chemins)
        return any(dite is not None and dite.connue for dite in dites)

    return {
        "fiche": fiche,
        "personne": _personne(donnees, mots),
        "repere": str(donnees.document.get("id", ""))[-8:].upper(),
        "imprime_le": donnees.date_impression,
        "territoire": donnees.territoire,
        "lieu": donnees.lieu,
        "discret": donnees.discret,
        "rendez_vous": donnees.rendez_vous,
        "vacants": bool(a_montrer(donnees.territoire.vacants or (), donnees.date_impression)),
        "note": EnTeteNote(donnees.cotation, mots) if donnees.cotation else None,
        "certain": lambda nom: _paragraphe(fiche, donnees, nom) is True,
        "delai": lambda nom: _delai(donnees, mots, nom),
        "parametre": lambda nom: _parametre(donnees, nom),
        "doute": lambda nom: _paragraphe(fiche, donnees, nom) is None,
        "possible": lambda nom: _paragraphe(fiche, donnees, nom) is not False,
        "voies": [voie for voie in donnees.voies if not voie.discret],
        "echeances": bool(dates_du_papier(donnees.voies)),
        "dates": bool(dates_du_papier(voies_de(fiche.id, donnees.voies))),
        "recours": bool(donnees.recours),
        "date_de": lambda echeance: _date_de(donnees, echeance),
        "pieces": donnees.pieces,
        "observes": donnees.observes,
        "mentions": donnees.mentions,
        "contacts": donnees.contacts,
        "reponse": reponse,
        "vrai": lambda chemin: not ne_s_imprime_pas(chemin) and lire(donnees.document, chemin) is True,
        "connu": connu,
        "combien": lambda chemin: nombre_d_elements(donnees.document, chemin),
        "a_valider": Sur(MARQUE),
        "delai_a_valider": Sur(MARQUE_DE_DELAI),
    }
