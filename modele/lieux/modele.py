"""Un lieu d'accueil ou un service : où, quand, ce qu'on y fait, comment y entrer, d'où on le tient. Immuable."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from modele.lieux.heures import Heures
from modele.lieux.heures_ecrites import ecrire_a_part, ecrire_semaine
from modele.regles.provenance import SANS_PROVENANCE, Provenance

FRAICHEUR: Final = timedelta(days=183)
"""Six mois : au-delà, un lieu se montre gris jusqu'à ce que quelqu'un le confirme."""
NIVEAUX: Final = (1, 2, 3)
# Une rue, ou un code postal devant un nom : ce qui dirait où est un refuge, dans quelque case qu'on l'ait mis.
_DIT_OU: Final = re.compile(
    r"\b\d{1,4}\s*(?:bis|ter)?\s*,?\s*(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|quai|cours|route|"
    r"square|passage|faubourg|mont[ée]e|c[ôo]te|sentier)\b|\b\d{5}\s+[^\W\d]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lieu:
    """Un lieu d'accueil. ``enregistre`` : c'est un guichet enregistreur. ``fictif`` : pour l'exemple seulement.

    ``adresse_confidentielle`` : un hébergement de victimes ; il n'a qu'un téléphone, et ne se liste sur aucun papier.
    ``horaires`` : ce que ``heures`` ne peut pas dire (« sur rendez-vous »). ``heures_dites`` : les heures en mots.
    ``niveau`` : 1, 2 ou 3, à faire valider ; 0 : non dit. ``dessert`` : des communes ; aucune : il ne le dit pas.
    ``confirme_par`` : l'agent qui l'a confirmé depuis, à la date de sa provenance.
    """

    id: str
    nom: str
    genre: str
    adresse: str = ""
    commune: str = ""
    telephone: str = ""
    horaires: str = ""
    enregistre: bool = False
    fictif: bool = False
    adresse_confidentielle: bool = False
    provenance: Provenance = SANS_PROVENANCE
    heures: Heures = field(default_factory=Heures)
    heures_dites: tuple[str, ...] = ()
    niveau: int = 0
    missions: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    langues: tuple[str, ...] = ()
    dessert: tuple[str, ...] = ()
    acces: str = ""
    confirme_par: str = ""

    @property
    def quand(self) -> tuple[str, ...]:
        """Ses heures, en mots ; vide : on ne les connaît pas."""
        return tuple(filter(None, (*self.heures_dites, self.horaires)))

    @property
    def lignes(self) -> tuple[str, ...]:
        """Ce qu'un papier en montre sous son nom : adresse, téléphone, heures."""
        return tuple(ligne for ligne in (self.adresse, self.telephone, *self.quand) if ligne)

    def perime(self, jour: date) -> bool:
        """Vrai si personne ne l'a vérifié depuis six mois ; un lieu d'exemple ne se vérifie pas."""
        verifie = self.provenance.verifie_le
        return not self.fictif and (verifie is None or jour - verifie > FRAICHEUR)

    @property
    def empreinte(self) -> str:
        """Ce qu'un agent confirme : où, quand, comment. Que l'un d'eux change, et il est à confirmer de nouveau."""
        # OpenSSL n'a pas à se charger pour lire un annuaire.
        from hashlib import sha256

        heures = (*ecrire_semaine(self.heures.semaine), *ecrire_a_part(self.heures.a_part), self.heures.feries.value)
        dits = (self.nom, self.adresse, self.commune, self.telephone, self.horaires, self.acces, *heures)
        return sha256("\x1f".join(dits).encode()).hexdigest()[:32]

    @property
    def trahit(self) -> str:
        """D'une adresse confidentielle, ce qui dirait quand même où elle est ; vide sinon."""
        if not self.adresse_confidentielle:
            return ""
        if self.adresse or self.commune or self.acces or self.dessert:
            return (
                "une adresse confidentielle ne s'écrit pas, ni sa commune, ni comment y entrer : gardez le téléphone"
                " seul"
            )
        ecrits = (self.nom, self.genre, self.telephone, self.horaires, *(un.motif for un in self.heures.a_part))
        if any(map(_DIT_OU.search, ecrits)):
            return "ce texte ressemble à une adresse, et celle-ci est confidentielle : gardez le téléphone seul"
        return ""
