"""Le formulaire qu'une structure a chargé : sa table se lit, se récrit à l'identique, et ne nomme rien de protégé."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from modele.chargement import charger_regles
from modele.orientation.formulaires import (
    NATURE,
    OCTETS_AU_PLUS,
    PDF,
    TABLE,
    CaseDuPdf,
    TableDeCases,
    ecrire_table,
    empreinte,
    lire_pdf,
    lire_table,
    refus_d_un_pdf,
)
from modele.regles.fautes import FichierFautif
from modele.regles.provenance import Provenance
from modele.sources import Couche, Fichier, Surcharge, ouvrir

UN_PDF = b"%PDF-1.7\nessai"
LU = Provenance(source="Formulaire fictif", confiance="V", verifie_le=date(2026, 11, 30))
CASES = (
    CaseDuPdf("Nom « d'usage »\x7f", ("demandeur.nom", "demandeur.prenoms")),
    CaseDuPdf("naissance", ("demandeur.date_naissance",), chiffres=True),
    CaseDuPdf("civilité", ("demandeur.civilite",), code="madame", etat="M"),
    CaseDuPdf("enfant", ("foyer.personnes[2].nom",)),
    CaseDuPdf("enfant né ici", ("foyer.personnes[1].lien",), code="enfant"),
    CaseDuPdf("motif", motif="dalo-2"),
    CaseDuPdf("pièce", piece="identite"),
)
UNE = TableDeCases("15036*01", empreinte(UN_PDF), CASES, LU)
ENTETE = 'format = 1\nnumero = "15036*01"\nsource = "s"\nconfiance = "V"\nverifie_le = 2026-11-30\n'


def fichier(texte: str | bytes, nom: str = TABLE, couche: Couche = Couche.STRUCTURE) -> Fichier:
    octets = texte.encode() if isinstance(texte, str) else texte
    return Fichier(f"formulaires/dalo/{nom}", couche, octets=octets, origine="chargé ici")


def lire(texte: str | bytes) -> TableDeCases:
    return lire_table(fichier(texte), motifs={"dalo-2"}, pieces={"identite"})


def test_une_table_se_relit_a_l_identique() -> None:
    assert lire(ecrire_table(UNE)) == UNE
    sans = replace(UNE, empreinte="", cases=())
    assert lire(ecrire_table(sans)) == sans
    assert [une.est_une_croix for une in UNE.cases] == [False, False, True, False, True, True, True]


FAUTES = {
    "numéro": ('numero = "15036"', "", "un numéro comme"),
    "rien": ("", '[[case]]\npdf = "a"\n', "dites ce qui s'y écrit"),
    "deux choses": ("", '[[case]]\npdf = "a"\nmotif = "dalo-2"\npiece = "identite"\n', "une seule de ces clés"),
    "motif": ("", '[[case]]\npdf = "a"\nmotif = "dalo-9"\n', "dalo-9"),
    "pièce": ("", '[[case]]\npdf = "a"\npiece = "passeport"\n', "passeport"),
    "champ": ("", '[[case]]\npdf = "a"\nreponses = ["demandeur.nomm"]\n', "vouliez-vous"),
    "protégé": ("", '[[case]]\npdf = "a"\nreponses = ["protection.auteur"]\n', "ne se reporte jamais"),
    "éphémère": ("", '[[case]]\npdf = "a"\nreponses = ["triage.mineur_seul"]\n', "ne se reporte jamais"),
    "sécurité sociale": (
        "",
        '[[case]]\npdf = "a"\nreponses = ["foyer.personnes[1].numero_securite_sociale_vu"]\n',
        "ne se reporte jamais",
    ),
    "adresse sûre": ("", '[[case]]\npdf = "a"\nreponses = ["contact.adresse_courrier_sure"]\n', "ne se reporte jamais"),
    "liste": ("", '[[case]]\npdf = "a"\nreponses = ["foyer.personne[1].nom"]\n', "n'est pas une liste"),
    "code de deux": (
        "",
        '[[case]]\npdf = "a"\ncode = "x"\nreponses = ["demandeur.nom", "demandeur.prenoms"]\n',
        "d'une seule réponse",
    ),
    "code protégé": (
        "",
        '[[case]]\npdf = "a"\ncode = "violences"\nreponses = ["demande.motifs"]\n',
        "elle dirait un fait protégé",
    ),
    "deux fois": ("", '[[case]]\npdf = "a"\nmotif = "dalo-2"\n' * 2, "déjà remplie"),
}


@pytest.mark.parametrize("cas", FAUTES)
def test_une_faute_se_dit(cas: str) -> None:
    entete, case, dit = FAUTES[cas]
    texte = ENTETE.replace('numero = "15036*01"', entete) if entete else ENTETE + case
    with pytest.raises(FichierFautif, match=dit):
        lire(texte)


def test_un_pdf_qui_n_en_est_pas_un_se_dit(tmp_path: Path) -> None:
    assert refus_d_un_pdf(UN_PDF) == ""
    assert "n'est pas un PDF" in refus_d_un_pdf(b"PK\x03\x04")
    assert "dépasse 512 Kio" in refus_d_un_pdf(UN_PDF + b"\0" * OCTETS_AU_PLUS)
    with pytest.raises(FichierFautif, match="n'est pas un PDF"):
        lire_pdf(fichier(b"PK", PDF))
    pose = tmp_path / PDF
    pose.write_bytes(UN_PDF)
    assert lire_pdf(Fichier("formulaires/dalo/formulaire.pdf", Couche.LIVREE, pose)) == UN_PDF


def surcharge(nom: str, contenu: bytes) -> Surcharge:
    return Surcharge(NATURE, "dalo", nom, contenu, "Claire", datetime(2026, 11, 30, tzinfo=UTC))


def test_rien_n_est_livre_et_la_structure_le_charge() -> None:
    assert not charger_regles("metropole-exemple").formulaires["dalo"].complet
    sources = ouvrir(surcharges=[surcharge(PDF, UN_PDF), surcharge(TABLE, ecrire_table(UNE))])
    regles = charger_regles("metropole-exemple", sources)
    tenu = regles.formulaires["dalo"]
    assert tenu.complet
    assert (tenu.pdf, tenu.table) == (UN_PDF, UNE)
    assert not regles.formulaires["daho"].complet
    assert not regles.ecarts


def test_une_table_fautive_est_mise_de_cote_et_se_dit() -> None:
    sources = ouvrir(surcharges=[surcharge(PDF, UN_PDF), surcharge(TABLE, b"format = 2\n")])
    regles = charger_regles("metropole-exemple", sources)
    assert regles.formulaires["dalo"].table is None
    assert [ecart.chemin for ecart in regles.ecarts] == ["formulaires/dalo/table.toml"]
