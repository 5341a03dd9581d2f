"""Les lieux d'accueil, sans écran : ouverts ou non, le plus proche d'abord. Aucune adresse confidentielle n'y est."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from modele.bilan import Regles
from modele.chargement import charger_regles
from modele.lieux.heures_ecrites import ecrire_a_part, ecrire_semaine
from modele.lieux.ouverture import Ouvert
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Lecture, ouvrir
from modele.territoire.annuaire import Trouve, Voulu
from modele.territoire.communes import lire_communes
from modele.territoire.identite import IDENTITE, identites
from ui.console.lignes import paragraphe, phrase
from ui.mots.lieux import (
    AUCUN_NE_REPOND,
    dire_ce_jour,
    dire_ce_qu_on_y_fait,
    dire_distance,
    dire_langues,
    dire_niveau,
    dire_ouverture,
    dire_verifie,
    manque,
    noms_des_langues,
)

_OUVERT: Final = {Ouvert.OUI: True, Ouvert.NON: False, Ouvert.INCONNU: None}
_ANNEES: Final = range(2000, 2101)


@dataclass(frozen=True, slots=True)
class LieuxTrouves:
    """Ce que la commande rend."""

    regles: Regles
    voulu: Voulu
    trouves: tuple[Trouve, ...]

    @property
    def json(self) -> dict[str, Any]:
        """Les clés de ``documentation/commandes.md``."""
        return {
            "territoire": self.regles.territoire.id,
            "commune": self.voulu.commune,
            "le": self.voulu.instant.isoformat(timespec="minutes") if self.voulu.heure else self.voulu.instant.date(),
            "manque": manque(self.regles.territoire.lieux, self.regles) or None,
            "lieux": [self._un(trouve) for trouve in self.trouves],
        }

    def _un(self, trouve: Trouve) -> dict[str, Any]:
        lieu, heure = trouve.lieu, self.voulu.heure
        ouverture = trouve.ouverture(self.voulu.instant)
        jusqu_a, prochaine = ouverture.jusqu_a if heure else None, ouverture.prochaine if heure else None
        return {
            "id": lieu.id,
            "nom": lieu.nom,
            "genre": lieu.genre,
            "niveau": lieu.niveau or None,
            "niveau_a_valider": bool(lieu.niveau),
            "ouvert": _OUVERT[trouve.ouvert],
            "jusqu_a": jusqu_a and jusqu_a.isoformat(timespec="minutes"),
            "prochaine": prochaine and prochaine.isoformat(timespec="minutes"),
            "horaires": " ; ".join(lieu.quand) or None,
            "heures": ecrire_semaine(lieu.heures.semaine),
            "exceptions": ecrire_a_part(lieu.heures.a_part),
            "adresse": lieu.adresse or None,
            "commune": lieu.commune or None,
            "distance_km": None if trouve.km is None else round(trouve.km, 1),
            "dessert_la_commune": not trouve.ailleurs,
            "telephone": lieu.telephone or None,
            "acces": lieu.acces or None,
            "enregistre": lieu.enregistre,
            "missions": list(lieu.missions),
            "besoins": [un.id for un in self.regles.national.accueil.besoins_de(lieu)],
            "langues": list(lieu.langues),
            "a_confirmer": lieu.perime(self.voulu.instant.date()),
            **({"fictif": True} if lieu.fictif else {"source": lieu.provenance.source}),
            "verifie_le": lieu.provenance.verifie_le,
        }


def chercher_lieux(
    commune: str, territoire: str | None, le: str | None, besoin: str, langue: str, coffre: Path | None = None
) -> LieuxTrouves:
    """Les lieux vus de cette commune ; avec ``coffre``, ceux que sert ce poste. Lève ``ErreurUtilisateur``."""
    instant, heure = lire_instant(le)
    if not commune:
        raise ErreurUtilisateur("--commune INSEE : dites d'où l'on part, par le code INSEE de la commune.")
    if coffre is not None:
        from ui.console.lieux_ecrits import regles_du_coffre

        regles = regles_du_coffre(coffre)
    else:
        regles = charger_regles(territoire or _territoire_de(commune))
    _exiger_la_commune(regles, commune)
    accueil, langues = regles.national.accueil, noms_des_langues(regles)
    _exiger("besoin", besoin, accueil.besoins)
    _exiger("langue", langue, langues)
    voulu = Voulu(instant, commune, besoin, langue, heure=heure)
    # Une commande se lit par-dessus une épaule et reste dans un journal : un refuge n'y est pas.
    trouves = [un for un in regles.annuaire.chercher(voulu) if not un.lieu.adresse_confidentielle]
    return LieuxTrouves(regles, voulu, tuple(trouves))


def lire_instant(texte: str | None) -> tuple[datetime, bool]:
    """L'instant demandé, et s'il dit une heure ; rien : maintenant. Lève ``ErreurUtilisateur``."""
    if texte is None:
        return datetime.now(), True
    faute = f"--le {texte} : cette date n'existe pas. Écrivez AAAA-MM-JJ, ou AAAA-MM-JJTHH:MM."
    try:
        if len(texte) not in (len("AAAA-MM-JJ"), len("AAAA-MM-JJTHH:MM")):
            raise ValueError
        instant = datetime.fromisoformat(texte)
    except ValueError:
        raise ErreurUtilisateur(faute) from None
    if instant.year not in _ANNEES or instant.tzinfo is not None:
        raise ErreurUtilisateur(faute)
    return instant, len(texte) > len("AAAA-MM-JJ")


def _territoire_de(commune: str) -> str:
    """Le territoire dont cette commune est ; il se donne s'il n'y en a pas un seul."""
    lecture = Lecture(ouvrir())
    for nom, chemin in identites(lecture).items():
        table = lecture.servir_si_present(f"{chemin.removesuffix(IDENTITE)}communes.csv", lire_communes)
        if commune in (table or {}):
            return nom
    raise ErreurUtilisateur(
        f"« {commune} » n'est dans aucun territoire livré. Donnez un code INSEE, ou dites le territoire : --territoire."
    )


def _exiger_la_commune(regles: Regles, commune: str) -> None:
    if commune not in regles.territoire.communes:
        regles.national.pays.france.trouver(commune)


def _exiger(option: str, donne: str, connus: Any) -> None:
    if donne and donne not in connus:
        raise ErreurUtilisateur(f"--{option} {donne} : inconnu. Attendu : {', '.join(connus)}.")


def dire_lieux(rendu: LieuxTrouves) -> str:
    """Le texte, en 80 colonnes."""
    return "\n".join(_lignes(rendu))


def _lignes(rendu: LieuxTrouves) -> Iterator[str]:
    regles, voulu = rendu.regles, rendu.voulu
    commune = regles.communes.get(voulu.commune)
    quand = f"{voulu.instant:%d/%m/%Y}" + (f" à {voulu.instant:%H:%M}" if voulu.heure else "")
    yield phrase(f"Lieux d'accueil · {regles.territoire.nom} · depuis {commune.nom if commune else ''}, le {quand}")
    if not rendu.trouves:
        yield phrase(manque(regles.territoire.lieux, regles) or AUCUN_NE_REPOND)
    for trouve in rendu.trouves:
        yield from _dire_un(trouve, rendu, voulu.instant.date())


def _dire_un(trouve: Trouve, rendu: LieuxTrouves, jour: date) -> Iterator[str]:
    lieu, accueil = trouve.lieu, rendu.regles.national.accueil
    dit = dire_ouverture(trouve.ouverture(rendu.voulu.instant), rendu.voulu.instant)
    if not rendu.voulu.heure:
        dit = dire_ce_jour(trouve.ouvert)
    ou = dire_distance(trouve)
    ailleurs = "ne dit pas recevoir les habitants de cette commune" if trouve.ailleurs else ""
    yield from paragraphe(" · ".join(filter(None, (lieu.nom, dit, ou))), "")
    langues = dire_langues(lieu, noms_des_langues(rendu.regles))
    lignes = (
        ", ".join(filter(None, (lieu.adresse, lieu.telephone))),
        " ; ".join(lieu.quand),
        dire_ce_qu_on_y_fait(lieu, accueil),
        dire_niveau(lieu, accueil),
        lieu.acces,
        f"Langues : {langues}" if langues else "",
        ailleurs,
        dire_verifie(lieu, jour),
    )
    for ligne in filter(None, lignes):
        yield from paragraphe(ligne, "  ")
