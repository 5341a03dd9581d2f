"""La revue du droit, en commande : chaque règle, d'où elle vient, et depuis quand elle n'a pas été relue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from modele.chargement import charger_national
from modele.chargement.revue import SEUIL, RegleRelue, relire
from modele.mots.ecriture import dire_date
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.parametres import resoudre
from modele.sources import Lecture, ouvrir
from ui.console.lignes import paragraphe, valider


@dataclass(frozen=True)
class Revue:
    """Les règles à dire, leur jour, et l'âge en jours au-delà duquel elles sont à revoir."""

    regles: tuple[RegleRelue, ...]
    jour: date
    seuil: int

    @property
    def a_revoir(self) -> int:
        """Combien sont à revoir."""
        return sum(regle.a_revoir(self.jour, self.seuil) for regle in self.regles)

    @property
    def compte(self) -> str:
        """La phrase du haut : combien de règles, combien à revoir, et selon quel âge."""
        return (
            f"{len(self.regles)} règles au {dire_date(self.jour)}, dont {self.a_revoir} à revoir :"
            f" vérifiées il y a plus de {self.seuil} jours, ou sans date."
        )


def reviser(territoire: str | None, jour: date, plus_vieux_que: int | None) -> Revue:
    """Toutes les règles ; celles à revoir seulement, si un âge est donné. Lève ``ErreurUtilisateur``."""
    if plus_vieux_que is not None and plus_vieux_que < 0:
        raise ErreurUtilisateur(f"--plus-vieux-que {plus_vieux_que} : donnez un nombre de jours, 0 ou plus.")
    lecture = Lecture(ouvrir())
    regles = relire(lecture, territoire or "")
    seuil = _seuil(lecture, jour) if plus_vieux_que is None else plus_vieux_que
    if plus_vieux_que is not None:
        regles = tuple(regle for regle in regles if regle.a_revoir(jour, seuil))
    return Revue(regles, jour, seuil)


def _seuil(lecture: Lecture, jour: date) -> int:
    valeur = resoudre([charger_national(lecture).pays.parametres], jour, {})[SEUIL].valeur
    return int(str(valeur))


def droit_en_json(revue: Revue) -> dict[str, Any]:
    """La revue en objet."""
    return {
        "date": revue.jour,
        "seuil_jours": revue.seuil,
        "a_revoir": revue.a_revoir,
        "regles": [
            {
                "sorte": regle.sorte,
                "id": regle.id,
                "libelle": regle.libelle,
                "article": regle.provenance.fondement,
                "source": regle.provenance.source,
                "verifie_le": regle.provenance.verifie_le,
                "confiance": regle.provenance.confiance,
                "age_jours": regle.age(revue.jour),
                "a_revoir": regle.a_revoir(revue.jour, revue.seuil),
            }
            for regle in revue.regles
        ],
    }


def dire_droit(revue: Revue) -> str:
    """La revue en texte de 80 colonnes."""
    lignes = [*paragraphe(revue.compte, ""), ""]
    for regle in revue.regles:
        lignes += paragraphe(f"[{regle.sorte}] {regle.id} : {regle.libelle}", "")
        lignes += paragraphe(_source(regle))
        lignes += paragraphe(_verification(regle, revue))
    return "\n".join(lignes)


def _verification(regle: RegleRelue, revue: Revue) -> str:
    age, verifie = regle.age(revue.jour), regle.provenance.verifie_le
    quand = f"vérifié le {dire_date(verifie)}, il y a {age} jours" if verifie else "sans date de vérification"
    revoir = " ; À REVOIR" if regle.a_revoir(revue.jour, revue.seuil) else ""
    return f"{regle.provenance.confiance} ; {quand}{revoir}{valider(regle.provenance.confiance)}"


def imprimer_droit(revue: Revue) -> bytes:
    """La revue en PDF : un tableau par sorte de règle."""
    from impressions.revue import LigneDeRevue, composer_revue

    lignes = [
        LigneDeRevue(regle.sorte, f"{regle.id} : {regle.libelle}", _verification(regle, revue), _source(regle))
        for regle in revue.regles
    ]
    return composer_revue(revue.compte, lignes, revue.jour)


def _source(regle: RegleRelue) -> str:
    dit = regle.provenance
    return " ; ".join(dict.fromkeys(filter(None, (dit.fondement, dit.source)))) or "sans source"
