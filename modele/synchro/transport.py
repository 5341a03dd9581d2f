"""Les appels au registre, au nom de ce poste : un jeton renouvelé à temps, des messages lus et écrits."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import msgspec

from modele.protocole.messages import (
    FORME_DES_ETATS,
    Candidat,
    ComptesDeFormation,
    ComptesTenus,
    Consultation,
    DeclarationSignee,
    Defi,
    DemandeDeDefi,
    DemandeDeJeton,
    DemandeDeNumero,
    Ecart,
    Effet,
    Empreinte,
    Enrole,
    Enrolement,
    FormationDuReseau,
    InformationsTenues,
    Jeton,
    Journal,
    LotDOperations,
    Numero,
    Ouverture,
    PartDeCopie,
    PartGardee,
    PersonneCherchee,
    Recus,
    Referentiel,
    Reprise,
    Reprises,
    Sortie,
    lire,
    octets,
)
from modele.protocole.signatures import signer, texte_du_defi
from modele.synchro.cles import Cles
from modele.synchro.empechements import Classe, Empechement
from modele.synchro.ligne import ligne_sure

T = TypeVar("T")
# Renouvelé avant d'expirer : une requête lente ne doit pas arriver avec un jeton mort.
_MARGE_S: Final = 60
_JSON: Final = {"Content-Type": "application/json"}
_OCTETS: Final = {"Content-Type": "application/octet-stream"}
_PERDU: Final = ("jeton_inconnu", "jeton_echu")
_ILLISIBLE: Final = "La réponse du registre ne se lit pas. Rien n'est perdu : Perron réessaie."


class Transport:
    """Le registre, vu de ce poste. ``ecart`` : montre du poste moins celle du registre, connu au premier jeton.

    ``autorite`` : le certificat (PEM) exigé ; vide, un certificat public. ``chrono`` : secondes qui ne reculent pas.
    """

    def __init__(
        self,
        adresse: str,
        autorite: str,
        territoire: str,
        cles: Cles,
        *,
        chrono: Callable[[], float] = time.monotonic,
        montre: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._territoire, self._cles, self._chrono, self._montre = territoire, cles, chrono, montre
        self._ligne = ligne_sure(adresse, autorite)
        self._jeton, self._echeance = "", 0.0
        self.ecart: timedelta | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, genre: type[BaseException] | None, faute: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fermer()

    def fermer(self) -> None:
        """Rend la connexion."""
        self._ligne.fermer()

    def enroler(self, demande: Enrolement) -> Enrole:
        """Fait entrer ce poste."""
        return _lire(self._ligne.poster("/v1/enrolement", octets(demande), _JSON), Enrole)

    def operations(self, lot: LotDOperations) -> Recus:
        """Envoie des opérations."""
        return _lire(self._poster("/v1/operations", octets(lot)), Recus)

    def reprendre(self, reprise: Reprise) -> Reprises:
        """Montre à un registre restauré ce que ce poste tient de la base perdue."""
        return _lire(self._poster("/v1/reprises", octets(reprise)), Reprises)

    def garder_une_part(self, part: PartDeCopie) -> PartGardee:
        """Confie la part d'une copie de secours, pour trente jours."""
        return _lire(self._poster("/v1/parts", octets(part)), PartGardee)

    def declarer(self, comptes: DeclarationSignee) -> ComptesTenus:
        """Dit les comptes de ce poste."""
        return _lire(self._poster("/v1/comptes", octets(comptes)), ComptesTenus)

    def journal(self, apres: int, limite: int, poignee: str, rendu: bool = False) -> Journal:
        """Les dossiers qui ont changé après cette séquence. ``rendu`` : ce poste n'a plus rien à envoyer."""
        suite = {"apres": apres, "limite": limite, "poignee": poignee, "forme": FORME_DES_ETATS, "rendu": rendu}
        page = self._ici("/v1/journal", **suite)
        return _lire(page, Journal)

    def empreinte(self) -> Empreinte:
        """L'instantané du périmètre."""
        return _lire(self._ici("/v1/empreinte"), Empreinte)

    def referentiels(self) -> list[Referentiel]:
        """Ce que le territoire publie."""
        return _lire(self._ici("/v1/referentiels"), list[Referentiel])

    def referentiel(self, nom: str, version: int) -> bytes:
        """Les octets d'un référentiel, à vérifier."""
        return self._prendre(f"/v1/referentiels/{nom}/{version}", {})

    def dire_les_versions(self, tenues: InformationsTenues) -> None:
        """Dit ce que ce poste tient de ce que le territoire publie."""
        self._poster("/v1/referentiels/tenus", octets(tenues))

    def former(self, comptes: ComptesDeFormation) -> FormationDuReseau:
        """Dit des essais de formation, sans auteur ; rend les points difficiles du réseau."""
        return _lire(self._poster("/v1/formation", octets(comptes)), FormationDuReseau)

    def doublons(self, personne: PersonneCherchee) -> list[Candidat]:
        """Les dossiers qui ressemblent."""
        return _lire(self._poster("/v1/doublons", octets(personne)), list[Candidat])

    def ecarter(self, ecart: Ecart) -> None:
        """Ce n'est pas la même personne."""
        self._poster("/v1/doublons/ecartes", octets(ecart))

    def ouvrir(self, ouverture: Ouverture) -> Effet:
        """Demande à tenir un dossier d'un autre guichet."""
        return _lire(self._poster("/v1/perimetre", octets(ouverture)), Effet)

    def sortir(self, sortie: Sortie) -> Effet:
        """Ne tient plus un dossier."""
        return _lire(self._poster("/v1/perimetre/sorties", octets(sortie)), Effet)

    def consultations(self, dossier: str, agent: str) -> list[Consultation]:
        """Qui a lu ce dossier ; ``agent`` : qui le demande."""
        return _lire(self._prendre("/v1/consultations", {"dossier": dossier, "agent": agent}), list[Consultation])

    def numero(self, demande: DemandeDeNumero) -> Numero:
        """Un numéro d'exemple."""
        return _lire(self._poster("/v1/numeros", octets(demande)), Numero)

    def paquet(self, scelle: bytes) -> bytes:
        """Transmet le paquet d'un autre poste ; rend son reçu, scellé pour lui."""
        return self._avec_jeton(lambda jeton: self._ligne.poster("/v1/paquets", scelle, jeton | _OCTETS))

    def _ici(self, chemin: str, **parametres: Any) -> bytes:
        return self._prendre(chemin, {"territoire": self._territoire} | parametres)

    def _prendre(self, chemin: str, parametres: Mapping[str, Any]) -> bytes:
        return self._avec_jeton(lambda jeton: self._ligne.prendre(chemin, parametres, jeton))

    def _poster(self, chemin: str, corps: bytes) -> bytes:
        return self._avec_jeton(lambda jeton: self._ligne.poster(chemin, corps, jeton | _JSON))

    def _avec_jeton(self, demander: Callable[[dict[str, str]], bytes]) -> bytes:
        try:
            return demander(self._porter())
        except Empechement as empechement:
            if empechement.refus is None or empechement.refus.code not in _PERDU:
                raise
        # Le registre l'a oublié, ou sa montre a avancé : il en donne un autre, une fois.
        self._jeton = ""
        return demander(self._porter())

    def _porter(self) -> dict[str, str]:
        if not self._jeton or self._chrono() > self._echeance:
            self._se_faire_reconnaitre()
        return {"Authorization": f"Bearer {self._jeton}"}

    def _se_faire_reconnaitre(self) -> None:
        qui = (self._territoire, self._cles.poste)
        defi = _lire(self._ligne.poster("/v1/defi", octets(DemandeDeDefi(*qui)), _JSON), Defi)
        demande = DemandeDeJeton(*qui, defi.defi, signer(self._cles.signature, texte_du_defi(*qui, defi.defi)))
        jeton = _lire(self._ligne.poster("/v1/jeton", octets(demande), _JSON), Jeton)
        # La durée se compte ici sans regarder l'heure : celle du poste peut être fausse.
        self._jeton, self._echeance = jeton.jeton, self._chrono() + jeton.expire_dans_s - _MARGE_S
        self.ecart = self._montre() - jeton.instant


Relier = Callable[[str, str, str, Cles], Transport]
"""De quoi ouvrir un ``Transport`` : adresse, autorité, territoire, clés."""


def _lire(corps: bytes, forme: type[T]) -> T:
    try:
        return lire(corps, forme)
    except msgspec.DecodeError as panne:
        raise Empechement(Classe.RESEAU, _ILLISIBLE) from panne
