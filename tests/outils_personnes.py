"""Une personne telle qu'elle est, et ce que deux guichets en savent : chacun une part vraie, jamais la même."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from modele.ressemblance.demande import Demande
from modele.ressemblance.fiches import Fiche, fiches

NOMS = (
    "Ben Ali",
    "El Amrani",
    "Martin",
    "Martin-Dupont",
    "de la Cruz",
    "Rakotomalala",
    "Nguyễn",
    "Aït Ali",
    "Li",
    "Ly",
)
PRENOMS = ("Nadia", "Mohamed", "Jean-Marc", "Awa", "Éva", "Linh", "Paul", "Paule", "Marie Claire", "Li")
NAISSANCES = ("1984-03-12", "1980-01-01", "1999-12-31", "1975-05-05")
PRECISIONS = (0, 4, 7, 10)


@dataclass(frozen=True)
class Su:
    """Ce qu'un côté sait : ``prenoms`` et ``naissance`` disent combien, les autres disent si."""

    usage: bool = False
    prenoms: int = 0
    naissance: int = 0
    inversee: bool = False
    telephone: int = 0
    numero: bool = False

    def sait_au_moins(self, autre: Su) -> Su:
        """Ce que ``autre`` sait, et ce que celui-ci sait de plus."""
        return Su(
            self.usage or autre.usage,
            max(self.prenoms, autre.prenoms),
            max(self.naissance, autre.naissance),
            autre.inversee if autre.naissance else self.inversee,
            autre.telephone or self.telephone,
            self.numero or autre.numero,
        )


@dataclass(frozen=True)
class Personne:
    """La vérité : ses noms, tous ses prénoms (aucun si elle n'en a pas), ses deux téléphones."""

    nom: str
    usage: str
    prenoms: tuple[str, ...]
    naissance: str
    numero: str = "031052312345600011"
    telephones: tuple[str, str] = ("0639980101", "0755512299")

    def document(self, su: Su) -> dict[str, Any]:
        """Son dossier, écrit par qui sait ``su``."""
        naissance = self.naissance
        if su.inversee and naissance[5:7] != naissance[8:] and int(naissance[8:]) <= 12:
            naissance = f"{naissance[:4]}-{naissance[8:]}-{naissance[5:7]}"
        demandeur: dict[str, Any] = {"nom": self.nom}
        if su.usage:
            demandeur["nom_usage"] = self.usage
        if prenoms := " ".join(self.prenoms[: su.prenoms]):
            demandeur["prenoms"] = prenoms
        if su.naissance == 10:
            demandeur["date_naissance"] = naissance
        elif su.naissance:
            debut = f"{self.naissance[: su.naissance]}-01-01"[:10]
            fin = f"{self.naissance[: su.naissance]}-12-28"[:10] if su.naissance == 4 else f"{self.naissance[:7]}-28"
            demandeur["date_naissance"] = {"entre": [debut, fin]}
        document: dict[str, Any] = {"demandeur": demandeur}
        if su.telephone:
            document["contact"] = {"telephone": self.telephones[su.telephone - 1]}
        if su.numero:
            document["demande"] = {"numero_unique": self.numero}
        return document

    def fiche(self, su: Su) -> Fiche:
        """Ce que l'index garde de ce dossier."""
        (fiche,) = fiches(self.document(su))
        return fiche

    def demande(self, su: Su) -> Demande:
        """Ce que l'on cherche depuis ce dossier : on sait ce qui est nom, ce qui est prénom."""
        fiche = self.fiche(su)
        dits = tuple(f"{fiche.noms} {fiche.prenoms}".split())
        return Demande(dits, fiche.naissance, fiche.telephone, fiche.numero, prenoms=tuple(fiche.prenoms.split()))

    def saisie(self, su: Su) -> str:
        """Ce que l'agent tape en sachant ``su``."""
        document = self.document(su)
        demandeur = document["demandeur"]
        naissance = self.fiche(su).naissance
        return " ".join(
            filter(
                None,
                (
                    demandeur["nom"],
                    demandeur.get("nom_usage"),
                    demandeur.get("prenoms"),
                    "/".join(reversed(naissance.split("-"))),
                    document.get("contact", {}).get("telephone"),
                    document.get("demande", {}).get("numero_unique"),
                ),
            )
        )


PERSONNES = st.builds(
    Personne,
    st.sampled_from(NOMS),
    st.sampled_from(NOMS),
    st.lists(st.sampled_from(PRENOMS), max_size=3, unique=True).map(tuple),
    st.sampled_from(NAISSANCES),
).filter(lambda personne: personne.nom != personne.usage)
SUS = st.builds(
    Su,
    st.booleans(),
    st.integers(0, 3),
    st.sampled_from(PRECISIONS),
    st.booleans(),
    st.integers(0, 2),
    st.booleans(),
)
