"""Un fichier de langue, ``<fiche>/<langue>.md`` : un en-tête TOML entre ``+++`` (titre, sous-titre, pied), le texte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from modele.fiches.surete import DRAPEAUX
from modele.regles.disque import Lisible, lire
from modele.regles.fautes import Faute, FichierFautif
from modele.regles.lecture import Lecteur, lire_texte

_BORNE: Final = "+++"
MOTS_PAR_MINUTE: Final = 150
"""Une lecture posée, à voix haute, par quelqu'un qui s'arrête à chaque phrase."""
_DE_LA_FICHE: Final = ("sources", "confiance", "verifie_le")
_DE_LA_LANGUE: Final = ("titre_neutre", "fichier", "etat", "relu_par", "relu_le", "publie_par", "publie_le", "source")


@dataclass(frozen=True, slots=True)
class Texte:
    """Les mots d'une fiche dans une langue. ``sous_titre``, ``pied`` : gabarits Jinja2 d'une ligne.

    ``corps`` : Markdown et Jinja2 ; ``premiere_ligne`` : ligne du fichier où il commence.
    ``lire_a_voix_haute`` : ce que l'agent lit à qui ne lira pas la feuille, une minute au plus ; jamais imprimé.
    """

    titre: str
    sous_titre: str
    pied: str
    corps: str
    premiere_ligne: int
    lire_a_voix_haute: str = ""


def lire_langue(fichier: Lisible, fiche: str) -> Texte:
    """Le texte de ``fiche`` dans une langue, celle qui nomme le fichier.

    Lève ``FichierFautif`` avec toutes ses fautes, ``ErreurUtilisateur`` s'il ne se lit pas.
    """
    nom = f"{fiche}/{fichier.name}"
    debut, borne, reste = lire(fichier).partition(f"{_BORNE}\n")
    entete, fin, corps = reste.partition(f"\n{_BORNE}\n")
    if debut.strip() or not borne or not fin:
        message = f"l'en-tête TOML doit tenir entre deux lignes « {_BORNE} », au début du fichier"
        raise FichierFautif([Faute(nom, "", 1, message)])
    # La première ligne du fichier est la borne : une ligne vide à sa place garde les numéros.
    lecteur = lire_texte(f"\n{entete}", nom)
    lu = Texte(
        titre=lecteur.texte("titre", obligatoire=True),
        sous_titre=lecteur.texte("sous_titre"),
        pied=lecteur.texte("pied"),
        lire_a_voix_haute=_a_voix_haute(lecteur),
        corps=corps,
        premiere_ligne=entete.count("\n") + 4,
    )
    _refuser_le_reste(lecteur, fiche, fichier.name.removesuffix(".md"))
    lecteur.finir()
    return lu


def _a_voix_haute(lecteur: Lecteur) -> str:
    """Ce qui se lit à voix haute, sur une ligne ; au-delà d'une minute, personne n'écoute plus."""
    dit = " ".join(lecteur.texte("lire_a_voix_haute").split())
    if (mots := len(dit.split())) > MOTS_PAR_MINUTE:
        message = f"{mots} mots : plus d'une minute à lire. Gardez-en {MOTS_PAR_MINUTE} au plus."
        lecteur.signaler("lire_a_voix_haute", message)
    return dit


def _refuser_le_reste(lecteur: Lecteur, fiche: str, langue: str) -> None:
    """Ce qui vaut pour toute la fiche, ou ce qui se dit d'une langue, s'écrit une fois, dans ``fiche.toml``."""
    declaration = f"{fiche}/fiche.toml"
    places = {
        **dict.fromkeys(DRAPEAUX, f"un drapeau de sûreté vaut pour toutes les langues : il s'écrit dans {declaration}"),
        **dict.fromkeys(_DE_LA_FICHE, f"cette clé vaut pour toutes les langues : elle s'écrit dans {declaration}"),
        **dict.fromkeys(_DE_LA_LANGUE, f"cette clé s'écrit dans {declaration}, à la table [langues.{langue}]"),
    }
    for cle in lecteur.cles:
        if cle in places:
            lecteur.brut(cle)
            lecteur.signaler(cle, f"{places[cle]}. Retirez cette ligne.")
