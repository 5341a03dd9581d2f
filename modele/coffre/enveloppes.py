"""Le trousseau : la clé du coffre, scellée une fois par agent et une fois par le code de secours.

Il vit dans un petit fichier JSON à côté de la base (``coffre.perron.cles``). Le perdre, c'est perdre la base :
il se sauvegarde avec elle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace
from uuid_utils import uuid7

from modele.coffre.cles import (
    TAILLE_CLE,
    TAILLE_NONCE,
    TAILLE_SEL,
    Cout,
    Scelle,
    desceller,
    desceller_une_cle,
    sceller,
    sceller_une_cle,
)
from modele.coffre.fichiers import ecrire_durable, pannes_du_disque
from modele.regles.fautes import ErreurUtilisateur

FORMAT = 1
LONGUEUR_MINIMALE = 12
_SCEAU_GCM = 16
_TAILLE_AU_PLUS = 1024 * 1024
_ABIME = "Le fichier de clés {} est abîmé. Remettez-le depuis la sauvegarde."


_ABIME_COPIE = "Le fichier de clés de cette copie est abîmé. Prenez une autre copie."
_SCELLEE = (
    "Cette copie est scellée : il y faut aussi sa part, {}, que le registre garde trente jours. Demandez-la à qui "
    "l'administre (« python -m registre parts-de-copie POSTE »), puis recommencez avec --part. Passé trente jours elle "
    "est détruite, et cette copie ne se lit plus : prenez-en une plus récente."
)


class TrousseauIllisible(ErreurUtilisateur):
    """Le fichier de clés manque, ou est abîmé : celui d'une copie de secours peut le remplacer."""


class _Version(Struct):
    format: int


class Case(Struct, frozen=True):
    """La clé sous un secret. Les bornes d'Argon2 empêchent un fichier abîmé de demander toute la mémoire."""

    genre: Literal["agent", "secours"]
    agent: str
    passes: Annotated[int, Meta(ge=1, le=100)]
    memoire: Annotated[int, Meta(ge=8, le=1024 * 1024)]
    fils: Annotated[int, Meta(ge=1, le=64)]
    sel: Annotated[bytes, Meta(min_length=TAILLE_SEL, max_length=TAILLE_SEL)]
    nonce: Annotated[bytes, Meta(min_length=TAILLE_NONCE, max_length=TAILLE_NONCE)]
    chiffre: Annotated[bytes, Meta(min_length=TAILLE_CLE + _SCEAU_GCM, max_length=TAILLE_CLE + _SCEAU_GCM)]

    def ouvrir(self, coffre: str, secret: str) -> bytes | None:
        """La clé, ou ``None`` si ``secret`` n'est pas celui de cette case."""
        cout = Cout(self.passes, self.memoire, self.fils)
        contexte = _contexte(coffre, self.genre, self.agent)
        return desceller(Scelle(self.sel, self.nonce, self.chiffre), secret, cout, contexte)


class Part(Struct, frozen=True):
    """Ce que le registre garde d'une copie : un nom à dire, un code à joindre au mot de passe, et depuis quand."""

    nom: str
    code: str
    le: datetime


class CleDeCopie(Struct, frozen=True):
    """La clé d'une copie qui s'emporte, sous celle du coffre. ``part`` : le nom de celle que le registre tient, et
    qu'il y faut aussi ; vide, aucune.

    La part détruite, plus personne ne lit la copie, ni par un mot de passe, ni par le coffre d'aujourd'hui.
    """

    nonce: Annotated[bytes, Meta(min_length=TAILLE_NONCE, max_length=TAILLE_NONCE)]
    chiffre: Annotated[bytes, Meta(min_length=TAILLE_CLE + _SCEAU_GCM, max_length=TAILLE_CLE + _SCEAU_GCM)]
    part: Annotated[str, Meta(max_length=40)] = ""


class Trousseau(Struct, frozen=True):
    """Toutes les cases d'un coffre ; immuable, chaque changement en rend un autre.

    ``copie`` : celui d'une copie qui s'emporte ; sa base a sa clé à elle.
    """

    format: int
    coffre: str
    cases: list[Case]
    # Ce qui distingue un fichier abîmé d'un mauvais mot de passe ; vide d'un Perron qui ne l'écrivait pas.
    controle: str = ""
    copie: CleDeCopie | None = None

    def pour_une_copie(self, cle: bytes, de_la_copie: bytes, part: Part | None = None) -> Trousseau:
        """Le trousseau d'une copie dont la base a cette clé ; ``part`` : celle que le registre tient."""
        nonce, chiffre = sceller_une_cle(de_la_copie, cle, part.code if part else "")
        return replace(self, copie=CleDeCopie(nonce, chiffre, part.nom if part else ""))

    def pour_un_coffre(self) -> Trousseau:
        """Le même, d'un coffre : la base a la clé que tiennent ses cases."""
        return replace(self, copie=None)

    def cle_de_la_base(self, cle: bytes, part: str = "") -> bytes:
        """La clé de la base qu'il accompagne. Lève ``ErreurUtilisateur`` s'il y faut une autre part que ce code."""
        if self.copie is None:
            return cle
        trouvee = desceller_une_cle(self.copie.nonce, self.copie.chiffre, cle, part if self.copie.part else "")
        if trouvee is None:
            raise ErreurUtilisateur(_SCELLEE.format(self.copie.part) if self.copie.part else _ABIME_COPIE)
        return trouvee

    def agents(self) -> list[str]:
        """Les noms des agents, dans l'ordre de leur arrivée."""
        return [case.agent for case in self.cases if case.genre == "agent"]

    def ouvrir(self, mot_de_passe: str, agent: str | None = None) -> tuple[bytes, str]:
        """La clé et le nom de l'agent. Sans ``agent``, chaque case est essayée."""
        cases = [case for case in self.cases if case.genre == "agent" and agent in (None, case.agent)]
        if not cases:
            raise _agent_inconnu(agent or "", self.agents())
        for case in cases:
            if cle := case.ouvrir(self.coffre, mot_de_passe):
                return cle, case.agent
        de_qui = f"Ce n'est pas le mot de passe de {agent}" if agent else "Ce mot de passe n'ouvre pas ce coffre"
        raise ErreurUtilisateur(
            f"{de_qui}. Vérifiez les majuscules et la langue du clavier, ou employez le code de secours."
        )

    def ouvrir_par_secours(self, code: str) -> bytes:
        """La clé, par le code de secours déjà relu."""
        for case in self.cases:
            if case.genre == "secours" and (cle := case.ouvrir(self.coffre, code)):
                return cle
        raise ErreurUtilisateur(
            "Ce code de secours est bien formé, mais ce n'est pas celui de ce coffre, ou il a été remplacé depuis. "
            "Cherchez le code imprimé le plus récent."
        )

    def avec_agent(self, cle: bytes, agent: str, mot_de_passe: str, cout: Cout) -> Trousseau:
        """Ajoute la case de ``agent``, ou la remplace à sa place."""
        exiger_solide(mot_de_passe)
        neuve = self._case(cle, "agent", nom_propre(agent), mot_de_passe, cout)
        if neuve.agent not in self.agents():
            return self._avec([*self.cases, neuve])
        return self._avec([neuve if _meme(case, neuve) else case for case in self.cases])

    def avec_secours(self, cle: bytes, code: str, cout: Cout) -> Trousseau:
        """Remplace le code de secours : il n'y en a jamais qu'un, et toujours un."""
        restantes = [case for case in self.cases if case.genre != "secours"]
        return self._avec([*restantes, self._case(cle, "secours", "", code, cout)])

    def sans_agent(self, agent: str) -> Trousseau:
        """Retire la case de ``agent`` ; jamais la dernière."""
        if agent not in self.agents():
            raise _agent_inconnu(agent, self.agents())
        if len(self.agents()) == 1:
            raise ErreurUtilisateur(
                f"{agent} est le dernier agent de ce coffre : ajoutez-en un autre avant de le retirer."
            )
        return self._avec([case for case in self.cases if (case.genre, case.agent) != ("agent", agent)])

    def _case(self, cle: bytes, genre: Literal["agent", "secours"], agent: str, secret: str, cout: Cout) -> Case:
        scelle = sceller(cle, secret, cout, _contexte(self.coffre, genre, agent))
        return Case(genre, agent, cout.passes, cout.memoire, cout.fils, scelle.sel, scelle.nonce, scelle.chiffre)

    def _avec(self, cases: list[Case]) -> Trousseau:
        return Trousseau(self.format, self.coffre, cases, _controle(self.coffre, cases))


def nouveau_trousseau() -> Trousseau:
    """Un trousseau vide, pour un coffre neuf."""
    return Trousseau(FORMAT, str(uuid7()), [])


def chemin_du_trousseau(coffre: Path) -> Path:
    """Le fichier de clés qui accompagne la base ``coffre``."""
    return coffre.with_name(coffre.name + ".cles")


def lire_trousseau(coffre: Path) -> Trousseau:
    """Lit le trousseau de la base ``coffre``. Lève ``ErreurUtilisateur`` : absent, abîmé, ou trop récent."""
    chemin = chemin_du_trousseau(coffre)
    if not chemin.exists():
        raise TrousseauIllisible(
            f"Le fichier de clés {chemin} manque : sans lui, rien ne s'ouvre. Remettez-le depuis la sauvegarde."
        )
    with pannes_du_disque(chemin), chemin.open("rb") as fichier:
        octets = fichier.read(_TAILLE_AU_PLUS + 1)
    if len(octets) > _TAILLE_AU_PLUS:
        raise TrousseauIllisible(_ABIME.format(chemin))
    try:
        version = msgspec.json.decode(octets, type=_Version).format
        if version > FORMAT:
            raise ErreurUtilisateur(
                f"Le fichier de clés {chemin} vient d'une version plus récente de Perron (format {version}, "
                f"connu {FORMAT}). Mettez Perron à jour sur ce poste."
            )
        trousseau = msgspec.json.decode(octets, type=Trousseau)
    except (ValueError, RecursionError) as faute:
        raise TrousseauIllisible(_ABIME.format(chemin)) from faute
    if trousseau.controle not in ("", _controle(trousseau.coffre, trousseau.cases)):
        raise TrousseauIllisible(_ABIME.format(chemin))
    return trousseau


def empreinte_du_coffre(coffre: Path) -> str:
    """Huit signes qui distinguent ce coffre d'un autre, et ne disent rien de lui. Lève ``ErreurUtilisateur``."""
    return _sha256(lire_trousseau(coffre).coffre.encode())[:8]


def ecrire_trousseau(coffre: Path, trousseau: Trousseau) -> None:
    """Écrit le trousseau d'un coup, après avoir vérifié qu'il laisse un agent et un secours."""
    assert {case.genre for case in trousseau.cases} == {"agent", "secours"}
    ecrire_durable(chemin_du_trousseau(coffre), msgspec.json.format(msgspec.json.encode(trousseau)))


def exiger_solide(mot_de_passe: str) -> None:
    """Refuse un mot de passe trop court : le fichier volé s'attaque hors ligne."""
    if len(mot_de_passe) < LONGUEUR_MINIMALE:
        raise ErreurUtilisateur(
            f"Le mot de passe doit avoir au moins {LONGUEUR_MINIMALE} signes : par exemple quatre mots sans lien."
        )


def _controle(coffre: str, cases: Sequence[Case]) -> str:
    return _sha256(msgspec.json.encode([coffre, *cases]))


def _sha256(octets: bytes) -> str:
    # Ce module se charge avant la première image : OpenSSL attend le mot de passe.
    from hashlib import sha256

    return sha256(octets).hexdigest()


def _contexte(coffre: str, genre: str, agent: str) -> bytes:
    return "\0".join(("perron", coffre, genre, agent)).encode()


def _meme(une: Case, autre: Case) -> bool:
    return (une.genre, une.agent) == (autre.genre, autre.agent)


def nom_propre(agent: str) -> str:
    """Le nom d'un agent, sans espace de trop. Lève ``ErreurUtilisateur`` s'il est vide."""
    nom = " ".join(agent.split())
    if not nom:
        raise ErreurUtilisateur("Le nom de l'agent est vide. Écrivez le nom qui signera les saisies.")
    return nom


def _agent_inconnu(agent: str, connus: Sequence[str]) -> ErreurUtilisateur:
    return ErreurUtilisateur(f"Aucun agent « {agent} » dans ce coffre. Agents connus : {', '.join(connus)}.")
