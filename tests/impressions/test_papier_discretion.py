"""Un dossier discret ne laisse rien sortir : texte, métadonnées, nom de fichier, octets décompressés."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from exemples_papier import (
    LANGUE_RESERVEE,
    MENTIONS,
    RESERVEE,
    annuaire,
    contact,
    contacts,
    document,
    donnees,
    ecrire_fiche,
    fiches,
    lieu,
    territoire,
)
from lecture_pdf import arbre, metadonnees, octets, signets, texte_plat
from pdfua import Lu

from impressions.discretion import a_taire, caviarder
from impressions.document import composer, nom_de_fichier, titre_de_travail
from modele.bilan import charger_regles
from modele.dossier.inventaire import inventaire
from modele.orientation.resultat import Urgence, Voie
from modele.regles.fautes import ErreurUtilisateur
from modele.sources import Couche
from modele.territoire.logo import Logo

DANGEREUX = (
    "ruiz", "hôpital", "zoé", "ismaël", "lou ",
    "12 rue", "puits doré", "63000", "63113", "06 12", "0612345678", "zoe@exemple",
    "violence", "conjoint", "marius",
    "plainte", "ordonnance", "victime", "tilleuls", "exemple.fr", "063112512345612345",
    "3919", "3f2a91bc", "motif", "demande de logement", "perron de", "caviard", "discret",
)  # fmt: skip


def _discret(**changements: Any) -> Any:
    marque = document() | {"protection": {"discret": True}}
    return donnees(document=marque, **changements)


def _tout(pdf: bytes, fiche: str, demande: Any) -> str:
    utf16 = octets(pdf).replace(b"\x00", b"").decode("latin-1")
    dehors = [
        nom_de_fichier(fiche, demande),
        titre_de_travail(fiche, demande),
        *signets(pdf),
        *metadonnees(pdf).values(),
    ]
    return "\n".join([texte_plat(pdf), utf16, *dehors]).lower()


@pytest.mark.parametrize("mot", DANGEREUX)
def test_la_fiche_neutre_ne_dit_rien(mot: str) -> None:
    demande = _discret()
    assert mot not in _tout(composer("neutre", demande), "neutre", demande)


def test_la_fiche_neutre_est_la_meme_pour_tout_le_monde() -> None:
    autre = donnees(document={}, territoire=territoire("Ailleurs"), lieu=None, cotation=None, pieces=(), voies=())
    jour = replace(autre, date_impression=autre.date_impression.replace(year=2030))
    assert composer("neutre", _discret()) == composer("neutre", autre) == composer("neutre", jour)


def test_la_fiche_neutre_donne_les_numeros_qui_servent() -> None:
    plat = texte_plat(composer("neutre", _discret()))
    for numero in ("17", "112", "114", "115", "119", "31 14", "39 19", "39 77", "116 006"):
        assert numero in plat


@pytest.mark.parametrize("fiche", ["cotation", "resume", "115"])
def test_une_fiche_non_prevue_est_refusee(fiche: str) -> None:
    for demande in (_discret(), donnees(discret=True)):
        with pytest.raises(ErreurUtilisateur, match="dossier discret"):
            composer(fiche, demande)


def test_le_nom_du_fichier_et_du_travail_sont_neutres_meme_pour_une_fiche_refusee() -> None:
    for fiche in ("cotation", "resume", "115"):
        assert nom_de_fichier(fiche, _discret()) == "renseignements-utiles.pdf"
        assert titre_de_travail(fiche, _discret()) == "Renseignements utiles"


def test_la_discretion_du_dossier_suffit_sans_que_l_appelant_la_dise() -> None:
    assert a_taire(_discret())
    assert a_taire(donnees(discret=True))
    assert a_taire(donnees(voies=(Voie("v", "V", Urgence.JOUR, True, True),)))
    assert not a_taire(donnees())


def _fiche(dossier: Path, corps: str) -> Any:
    ecrire_fiche(dossier, "curieuse", corps, toml=RESERVEE + LANGUE_RESERVEE, entete='titre = "Curieuse"')
    return _discret(territoire=territoire("Métropole d'exemple"), fiches=fiches(dossier, couche=Couche.NATIONALE))


def test_une_fiche_discrete_qui_demande_tout_n_obtient_rien(tmp_path: Path) -> None:
    champs = [f"{chemin} : {chemin[-3:]}" for chemin in inventaire().champs]
    champs += [
        f"foyer.personnes[{rang}].{c.chemin} : x"
        for rang in (1, 2)
        for c in inventaire().listes["foyer.personnes"].champs
    ]
    corps = "\n".join(
        ["``` reponses", *champs, "```", "{{ lieu }} {{ territoire.nom }} {{ reponse('demandeur.nom') }} {{ repere }}",
         "{% for voie in voies %}{{ voie.libelle }}{% endfor %}{% for p in pieces %}{{ p.libelle }}{% endfor %}"]
    )  # fmt: skip
    demande = _fiche(tmp_path, corps)
    pdf = composer("curieuse", demande)
    tout = _tout(pdf, "curieuse", demande)
    assert "t3" in tout  # le type de logement souhaité, lui, ne dit rien de personne
    for mot in (
        "ruiz",
        "zoé",
        "ismaël",
        "puits",
        "63113",
        "06 12",
        "violence",
        "marius",
        "tilleuls",
        "exemple 2026",
        "3f2a91bc",
    ):
        assert mot not in tout
    assert metadonnees(pdf)["Title"] == "Papier"


def test_caviarder_ne_garde_que_la_liste_blanche() -> None:
    assert caviarder(document()) == {"recherche": {"type": {"coches": ["T3"], "clos": True}, "personnes_a_loger": 3}}


LOGO = Logo("svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
TROIS_STRUCTURES = (
    {
        "territoire": territoire("Clermont", "SNE"),
        "lieu": lieu("CCAS de Colombe", "1 rue Haute", "05 36 49 00 11"),
        "logo": LOGO,
        "mentions": MENTIONS,
    },
    {"territoire": territoire("Toulouse", "portail", exemple=True), "lieu": None, "date_impression": date(2031, 5, 6)},
    {
        "territoire": territoire("Ailleurs"),
        "contacts": {},
        "vocabulaire": charger_regles("toulouse-metropole").vocabulaire,
    },
)


@pytest.mark.parametrize("document_", [document(), document() | {"protection": {"discret": True}}])
def test_une_fiche_discrete_est_la_meme_de_trois_structures(tmp_path: Path, document_: dict[str, Any]) -> None:
    """Octet pour octet, même si elle demande tout, et même imprimée d'un dossier ordinaire."""
    corps = (
        f"{annuaire()}"
        "``` reponses\nrecherche.type : Type\nlogement_actuel.surface :\n```\n"
        "{{ lieu }} {{ imprime_le }} {{ territoire.nom }} {{ territoire.exemple }} {{ observes }}"
    )
    curieuse = _fiche(tmp_path, corps).fiches
    papiers = set()
    for structure in TROIS_STRUCTURES:
        ici = donnees(document=document_, fiches=curieuse, **structure)
        papiers.add(composer("curieuse", ici))
        assert nom_de_fichier("curieuse", ici) == "papier.pdf"
        assert titre_de_travail("curieuse", ici) == "Papier"
    (pdf,) = papiers
    assert metadonnees(pdf)["CreationDate"].startswith("D:20261122")  # la vérification, jamais le passage
    assert metadonnees(pdf)["Title"] == "Papier"
    _ne_dit_rien_de_son_origine(pdf)


def _ne_dit_rien_de_son_origine(pdf: bytes) -> None:
    """Ni dans l'arbre, ni dans le XMP, ni dans une image : le fichier ne porte que des constantes."""
    lu = Lu(pdf)
    assert not [une for une in arbre(pdf) if une.role == "Figure" or une.alt]
    assert not [page for page in lu.pdf.pages if "/XObject" in page.obj.Resources]
    infos = {str(cle): str(valeur) for cle, valeur in lu.pdf.docinfo.items()}
    assert {infos[cle] for cle in ("/Author", "/Creator", "/Producer")} == {"Perron"}
    assert infos["/Subject"] == infos["/Keywords"] == ""
    xmp = ElementTree.fromstring(lu.racine.Metadata.read_bytes().decode())
    dits = {texte.strip() for texte in xmp.itertext()} - {""}
    assert dits == {"1", "application/pdf", "Papier", "Perron", "fr", "2026-11-22T00:00:00+00:00"}


@pytest.mark.parametrize("grands", [False, True], ids=["ordinaire", "grands"])
def test_chaque_fiche_livree_et_reservee_est_la_meme_de_trois_structures(grands: bool) -> None:
    """Octet pour octet : arbre, métadonnées et identifiant du fichier compris."""
    for fiche in (une for une in fiches().disponibles() if une.surete.reservee):
        papiers = {
            composer(fiche.id, donnees(**structure), langue, grands_caracteres=grands)
            for structure in TROIS_STRUCTURES
            for langue in fiche.langues[:1]
        }
        assert len(papiers) == 1


def test_une_fiche_reservee_ne_donne_que_les_numeros_livres() -> None:
    """Un contact local de même identifiant changerait le 17, ou dirait le territoire."""
    locaux = contacts() | {"17": contact("17", "Police municipale de Colombe", "05 36 49 00 17")}
    assert composer("neutre", donnees(contacts=locaux)) == composer("neutre", donnees())


def test_une_fiche_reservee_ne_perd_jamais_un_numero(tmp_path: Path) -> None:
    """« Facultatif » l'amputerait là où il manque : refusé."""
    with pytest.raises(ErreurUtilisateur, match=r"« siao-local », que .* ne donne pas pour tout le pays"):
        composer("curieuse", _fiche(tmp_path, annuaire("siao-local ? | Accueil")))


def test_un_contact_d_une_fiche_discrete_porte_son_propre_libelle(tmp_path: Path) -> None:
    demande = _fiche(tmp_path, annuaire("3919"))
    with pytest.raises(ErreurUtilisateur, match="libellé neutre"):
        composer("curieuse", demande)


def test_toute_fiche_livree_prevue_pour_le_discret_ne_recoit_rien_du_dossier() -> None:
    for fiche in fiches().disponibles():
        if fiche.surete.discret:
            assert composer(fiche.id, _discret()) == composer(fiche.id, donnees(document={}))
