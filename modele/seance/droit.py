"""Le droit d'une séance, tel que ``ressources/national/seance.toml`` le dit : rien n'en est écrit en Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, TypeVar

from modele.regles.lecture import Lecteur, lire_toml
from modele.regles.provenance import COMPLETE, SANS_PROVENANCE, Provenance, lire_provenance
from ressources import RESSOURCES

_FICHIER: Final = RESSOURCES / "national" / "seance.toml"
_EXIGEES: Final = (*COMPLETE, "fondement")
EXIGE: Final = "exige"
"""D'une décision qui range les candidats : elle a toujours un rang."""
_RANGS: Final = (EXIGE, "permet")


@dataclass(frozen=True, slots=True)
class Regle:
    """Un nombre que le droit fixe (combien de demandes, combien de jours)."""

    nombre: int
    provenance: Provenance = SANS_PROVENANCE


@dataclass(frozen=True, slots=True)
class Derogation:
    """Ce qui dispense d'examiner trois demandes. ``dalo`` : un candidat au moins est désigné par le préfet."""

    id: str
    libelle: str
    dalo: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Qualite:
    """À quel titre on siège. ``toujours`` : pour tout logement ; ``preside`` : le président en est.

    ``sans`` : la qualité avec laquelle celle-ci ne siège pas.
    """

    id: str
    libelle: str
    voix: bool
    au_plus: int
    preside: bool
    toujours: bool
    preponderante: bool
    sans: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Genre:
    """Une des décisions que la loi connaît. ``lettre_offre`` : ce que dit en plus la lettre de qui reçoit l'offre ;
    ``lettre_attente``, de qui est classé derrière.

    ``lettre_rang`` : sa lettre, quand un rang est dit. ``delai`` : celui que la lettre ouvre, dès qu'elle est reçue.
    ``a_savoir`` : ce que le secrétaire en sait avant d'envoyer.
    """

    id: str
    libelle: str
    favorable: bool
    rang: str
    condition: bool
    avertit: bool
    a_savoir: str
    delai: str
    lettre: tuple[str, ...]
    lettre_rang: tuple[str, ...]
    lettre_offre: tuple[str, ...]
    lettre_attente: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Motif:
    """Un motif que la loi nomme. ``interdit`` : à lui seul, il ne motive rien."""

    id: str
    libelle: str
    interdit: bool
    residence: bool
    a_verifier: str
    lettre: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Opposable:
    """Ce qui vaut d'une personne que le préfet désigne. ``passe`` : les règles du classement qui ne l'écartent pas."""

    passe: tuple[str, ...]
    lettre: tuple[str, ...]
    refus: str
    refus_sans_perte: str
    copie: str
    rejet: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class MotifEcrit:
    """Ce qu'un motif ne dit pas, pour personne : civilités devant une majuscule, lettre après ces mots, mots tus."""

    civilites: tuple[str, ...]
    devant_une_lettre: tuple[str, ...]
    chiffres_au_plus: int
    mots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Droit:
    """Le fichier lu."""

    nombre: Regle
    exceptions: Mapping[str, Derogation]
    qualites: Mapping[str, Qualite]
    decisions: Mapping[str, Genre]
    motifs: Mapping[str, Motif]
    offre: Regle
    dalo: Opposable
    refus: str
    motif_ecrit: MotifEcrit


class _Nomme(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Nomme)


@lru_cache(maxsize=1)
def droit() -> Droit:
    """Celui qui est livré. Lève ``FichierFautif`` avec toutes les fautes."""
    return lire_droit(lire_toml(_FICHIER))


def lire_droit(lecteur: Lecteur) -> Droit:
    """Lit et vérifie : chaque règle a son article, sa source et son jour. Lève ``FichierFautif``."""
    lecteur.exiger_format()
    lecteur.date("textes_au", obligatoire=True)
    lu = Droit(
        nombre=_nombre(lecteur, "nombre", "au_moins"),
        exceptions=_chacun(lecteur, "exception", _exception),
        qualites=_chacun(lecteur, "qualite", _qualite),
        decisions=_chacun(lecteur, "decision", _decision),
        motifs=_chacun(lecteur, "motif", _motif),
        offre=_nombre(lecteur, "offre", "jours_au_moins"),
        dalo=_opposable(_table(lecteur, "dalo")),
        refus=_refus(_table(lecteur, "refus")),
        motif_ecrit=_motif_ecrit(_table(lecteur, "motif_ecrit")),
    )
    lecteur.finir()
    return lu


def _chacun(lecteur: Lecteur, cle: str, lire: Callable[[Lecteur, set[str]], T]) -> dict[str, T]:
    vus = set[str]()
    return {lu.id: lu for lu in (_clore(table, vus, lire) for table in lecteur.tables(cle, obligatoire=True))}


def _clore(table: Lecteur, vus: set[str], lire: Callable[[Lecteur, set[str]], T]) -> T:
    lu = lire(table, vus)
    table.clore()
    return lu


def _table(lecteur: Lecteur, cle: str) -> Lecteur:
    """La table, ou une table vide que ses clés obligatoires diront fautive."""
    return lecteur.table(cle, obligatoire=True) or Lecteur({}, (cle,), lecteur.fautes)


def _nombre(lecteur: Lecteur, cle: str, combien: str) -> Regle:
    table = _table(lecteur, cle)
    lue = Regle(table.entier(combien, obligatoire=True) or 0, lire_provenance(table, _EXIGEES))
    table.clore()
    return lue


def _exception(table: Lecteur, vus: set[str]) -> Derogation:
    return Derogation(table.identifiant(vus), _libelle(table), table.booleen("dalo"), lire_provenance(table, _EXIGEES))


def _qualite(table: Lecteur, vus: set[str]) -> Qualite:
    return Qualite(
        id=table.identifiant(vus),
        libelle=_libelle(table),
        voix=table.booleen("voix"),
        au_plus=table.entier("au_plus", obligatoire=True) or 0,
        preside=table.booleen("preside"),
        toujours=table.booleen("toujours"),
        preponderante=table.booleen("preponderante"),
        sans=table.texte("sans"),
        provenance=lire_provenance(table, _EXIGEES),
    )


def _decision(table: Lecteur, vus: set[str]) -> Genre:
    return Genre(
        id=table.identifiant(vus),
        libelle=_libelle(table),
        favorable=table.booleen("favorable"),
        rang=table.texte("rang", permis=_RANGS),
        condition=table.booleen("condition"),
        avertit=table.booleen("avertit"),
        a_savoir=table.texte("a_savoir"),
        delai=table.texte("delai"),
        lettre=table.textes("lettre", obligatoire=True),
        lettre_rang=table.textes("lettre_rang"),
        lettre_offre=table.textes("lettre_offre"),
        lettre_attente=table.textes("lettre_attente"),
        provenance=lire_provenance(table, _EXIGEES),
    )


def _motif(table: Lecteur, vus: set[str]) -> Motif:
    return Motif(
        id=table.identifiant(vus),
        libelle=_libelle(table),
        interdit=table.booleen("interdit"),
        residence=table.booleen("residence"),
        a_verifier=table.texte("a_verifier"),
        lettre=table.textes("lettre"),
        provenance=lire_provenance(table, _EXIGEES),
    )


def _opposable(table: Lecteur) -> Opposable:
    lu = Opposable(
        passe=table.textes("passe", obligatoire=True),
        lettre=table.textes("lettre", obligatoire=True),
        refus=table.texte("refus", obligatoire=True),
        refus_sans_perte=table.texte("refus_sans_perte", obligatoire=True),
        copie=table.texte("copie", obligatoire=True),
        rejet=table.texte("rejet", obligatoire=True),
        provenance=lire_provenance(table, _EXIGEES),
    )
    table.clore()
    return lu


def _motif_ecrit(table: Lecteur) -> MotifEcrit:
    lu = MotifEcrit(
        civilites=table.textes("civilites", obligatoire=True),
        devant_une_lettre=table.textes("devant_une_lettre", obligatoire=True),
        chiffres_au_plus=table.entier("chiffres_au_plus", obligatoire=True) or 0,
        mots=table.textes("mots", obligatoire=True),
    )
    table.clore()
    return lu


def _refus(table: Lecteur) -> str:
    dit = table.texte("dit", obligatoire=True)
    lire_provenance(table, _EXIGEES)
    table.clore()
    return dit


def _libelle(table: Lecteur) -> str:
    return table.texte("libelle", obligatoire=True)
