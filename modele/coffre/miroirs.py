"""Le miroir : le dernier état de chaque dossier convenu avec le registre. Dans la transaction qu'on donne."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from modele.coffre import envois, schema
from modele.coffre.etats_d_ici import etat_d_ici, fondus_dans
from modele.dossier.documents import encoder
from modele.dossier.operations import Operation
from modele.fusion import Divergence, EtatDossier, EtatEcrit, decoder_etat, divergences, fusionner

A_RELIRE: Final = 0
# Lues à chaque saisie : construites une fois.
_ETAT: Final = select(schema.miroir.c.etat).where(schema.miroir.c.dossier == bindparam("dossier"))
_DIVERGE: Final = select(schema.divergence.c.unite).where(schema.divergence.c.dossier == bindparam("dossier")).limit(1)


def etat_du_miroir(connexion: Connection, dossier: str) -> EtatDossier | None:
    """L'état convenu, ou ``None`` si le registre n'a jamais rendu ce dossier."""
    octets = connexion.scalar(_ETAT, {"dossier": dossier})
    return None if octets is None else decoder_etat(octets)


def etats_des_miroirs(connexion: Connection, dossiers: Collection[str]) -> dict[str, EtatDossier]:
    """Les états convenus de ceux de ces dossiers qui en ont un."""
    colonnes = schema.miroir.c
    requete = select(colonnes.dossier, colonnes.etat).where(colonnes.dossier.in_(list(dossiers)))
    return {ligne.dossier: decoder_etat(ligne.etat) for ligne in connexion.execute(requete)}


def garder(connexion: Connection, etats: Sequence[tuple[EtatEcrit, int, int]]) -> None:
    """Garde des états convenus, tels qu'ils sont venus, chacun avec sa version et sa séquence."""
    connexion.execute(
        insert(schema.miroir).prefix_with("OR REPLACE"),
        [
            {"dossier": etat.dossier, "etat": encoder(etat), "version": version, "sequence": sequence}
            for etat, version, sequence in etats
        ],
    )


def versions(connexion: Connection) -> list[tuple[str, int]]:
    """Chaque dossier convenu et sa version, par identifiant croissant ; pas ce que la relecture n'a pas rendu."""
    colonnes = schema.miroir.c
    requete = select(colonnes.dossier, colonnes.version).where(colonnes.sequence != A_RELIRE)
    requete = requete.order_by(colonnes.dossier)
    return [(ligne.dossier, ligne.version) for ligne in connexion.execute(requete)]


def a_relire(connexion: Connection) -> None:
    """Marque tous les états : ceux que la relecture ne rendra pas ne seront plus tenus ici."""
    connexion.execute(update(schema.miroir).values(sequence=A_RELIRE))


def non_relus(connexion: Connection, sauf: Collection[str]) -> Sequence[str]:
    """Ceux que la relecture n'a pas rendus. ``sauf`` : ceux que ce poste garde pour le registre."""
    lus = connexion.scalars(select(schema.miroir.c.dossier).where(schema.miroir.c.sequence == A_RELIRE))
    return [dossier for dossier in lus if dossier not in sauf]


# Ce qui attend, par-dessus


def concernes(etat: EtatDossier) -> tuple[str, ...]:
    """Le dossier et ceux qu'il a absorbés : leurs saisies tardives sont pour lui."""
    return (etat.dossier, *etat.absorbes)


def attente_de(etat: EtatDossier, attente: Mapping[str, list[Operation]]) -> list[Operation]:
    """Ce qui attend l'envoi et touchera cet état."""
    return [operation for dossier in concernes(etat) for operation in attente.get(dossier, ())]


def projeter(etat: EtatDossier, en_plus: Sequence[Operation], poste: str) -> EtatDossier:
    """L'état que le registre tiendra quand il aura pris ``en_plus``, si rien d'autre n'arrive."""
    for operation in en_plus:
        etat = fusionner(etat, operation, poste).etat
    return etat


def etat_projete(connexion: Connection, dossier: str, poste: str = "") -> EtatDossier | None:
    """L'état convenu avec, par-dessus, ce qui attend ici ; ``None`` sans miroir. ``poste`` : l'auteur de l'attente.

    Sans miroir, un dossier où ce poste en a fondu un autre a l'état que font leurs opérations.
    """
    etat = etat_du_miroir(connexion, dossier)
    if etat is None:
        return etat_d_ici(connexion, dossier, poste) if fondus_dans(connexion, dossier) else None
    return projeter(etat, attente_de(etat, envois.en_attente(connexion, concernes(etat))), poste)


def etat_tenu(connexion: Connection, dossier: str, poste: str = "") -> EtatDossier:
    """L'état que ce poste tient d'un dossier ouvert ici, rendu ou non par le registre."""
    return etat_projete(connexion, dossier, poste) or etat_d_ici(connexion, dossier, poste)


def etat_a_citer(connexion: Connection, dossier: str) -> EtatDossier | None:
    """Ce qu'une saisie a sous les yeux, hors de ce qui s'est posé ici depuis : miroir, ou dossiers fondus ici."""
    return etat_du_miroir(connexion, dossier) or etat_projete(connexion, dossier)


# Ce qui diverge


def noter_divergences(connexion: Connection, projetes: Sequence[EtatDossier]) -> None:
    """Retient les unités qui divergent dans ces états."""
    dossiers = [etat.dossier for etat in projetes]
    connexion.execute(delete(schema.divergence).where(schema.divergence.c.dossier.in_(dossiers)))
    lignes = [{"dossier": etat.dossier, "unite": une.unite} for etat in projetes for une in _divergences(etat)]
    if lignes:
        connexion.execute(insert(schema.divergence), lignes)


def diverge(connexion: Connection, dossier: str) -> bool:
    """Vrai si une unité de ce dossier diverge."""
    return connexion.scalar(_DIVERGE, {"dossier": dossier}) is not None


def revoir_divergences(connexion: Connection, dossier: str) -> None:
    """Une saisie d'ici vient de s'ajouter : ce qui divergeait est peut-être tranché."""
    projete = etat_projete(connexion, dossier) if diverge(connexion, dossier) else None
    if projete is not None:
        noter_divergences(connexion, [projete])


def _divergences(etat: EtatDossier) -> Sequence[Divergence]:
    # L'examen compare chaque tête à elle-même : il ne se fait que s'il peut y avoir quelque chose.
    peut_diverger = any(len(tetes) > 1 or not tetes[0].valeurs for tetes in etat.unites.values())
    return divergences(etat) if peut_diverger else ()
