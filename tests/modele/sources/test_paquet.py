"""Un paquet : relu tel qu'assemblé, refusé avec sa raison, et jamais lu au-delà de ses bornes."""

from __future__ import annotations

import hashlib
import warnings
import zipfile

import pytest
from outils_paquets import CLE, paquet, zip_de
from outils_sources import LIVREES

from modele.protocole.signatures import cle_publique, verifier
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.limites import FICHIERS_AU_PLUS, PAQUET_AU_PLUS
from modele.sources import assembler, lire_paquet
from modele.sources.paquet import MANIFESTE, est_un_chemin

NATURES = LIVREES.natures
FICHIERS = {"fiche.toml": b"format = 1\n", "fr.md": b"bonjour"}


def manifeste(*fichiers: str, contenu: bytes = b"bonjour", entete: str = "") -> bytes:
    """Un manifeste qui nomme ces fichiers."""
    tete = entete or 'format = 1\ngenre = "fiche"\nid = "essai"\nversion = "1"\n'
    lignes = [f'[[fichier]]\nchemin = "{f}"\nsha256 = "{hashlib.sha256(contenu).hexdigest()}"\n' for f in fichiers]
    return (tete + "".join(lignes)).encode()


def refus(octets: bytes, nom: str = "fiche.essai") -> str:
    """La phrase qui refuse ces octets."""
    with pytest.raises(ErreurUtilisateur) as levee:
        lire_paquet(octets, nom, NATURES, verifier)
    assert "Traceback" not in str(levee.value)
    return str(levee.value)


def test_un_paquet_se_relit_tel_qu_assemble_le_meme_octet_pour_octet() -> None:
    octets = assembler("fiche", "essai", "2026-11-29", FICHIERS)
    assert octets == assembler("fiche", "essai", "2026-11-29", dict(reversed(FICHIERS.items())))
    lu = lire_paquet(octets, "fiche.essai", NATURES)
    assert (lu.nom, lu.version, dict(lu.fichiers), lu.nationale) == ("fiche.essai", "2026-11-29", FICHIERS, False)


def test_une_signature_nationale_n_est_crue_que_d_une_cle_connue() -> None:
    signe = paquet("fiche.essai", FICHIERS, signe_par=CLE).contenu
    assert "sa signature nationale n'est d'aucun organisme connu" in refus(signe)
    connues = type(NATURES)(NATURES.genres, NATURES.natures, (bytes(32), cle_publique(CLE)))
    assert lire_paquet(signe, "fiche.essai", connues, verifier).nationale
    with pytest.raises(ErreurUtilisateur, match="signature nationale"):
        lire_paquet(signe, "fiche.essai", connues)  # sans de quoi vérifier, rien n'est cru
    autre = paquet("fiche.essai", FICHIERS, signe_par=bytes(32)).contenu
    with pytest.raises(ErreurUtilisateur, match="signature nationale"):
        lire_paquet(autre, "fiche.essai", connues, verifier)


@pytest.mark.parametrize(
    ("octets", "raison"),
    [
        (b"bonjour", "ce n'est pas un paquet lisible"),
        (assembler("fiche", "essai", "1", FICHIERS)[:-40], "ce n'est pas un paquet lisible"),
        (zip_de({"fr.md": b""}), "manifeste.toml manque"),
        (zip_de({MANIFESTE: b"\xff"}), "manifeste.toml n'est pas du texte UTF-8"),
        (zip_de({MANIFESTE: manifeste("fr.md"), "fr.md": b"bonsoir"}), "ce n'est pas l'empreinte de « fr.md »"),
        (zip_de({MANIFESTE: manifeste("fr.md")}), "« fr.md » n'est pas dans le paquet"),
        (zip_de({MANIFESTE: manifeste("a.md"), "a.md": b"bonjour", "b.md": b""}), "« b.md » n'est pas dans manifeste"),
        (assembler("fiche", "autre", "1", FICHIERS), "son manifeste le nomme « fiche.autre »"),
        (assembler("fich", "essai", "1", FICHIERS), "« fich » n'est pas permis ; vouliez-vous « fiche »"),
        (assembler("fiche", "ESSAI !", "1", FICHIERS), "attendu : minuscules, chiffres et tirets"),
        (zip_de({MANIFESTE: manifeste(entete="format = 9\n")}), "d'un Perron plus récent"),
    ],
)
def test_un_paquet_fautif_est_refuse_avec_sa_raison(octets: bytes, raison: str) -> None:
    assert raison in refus(octets)


@pytest.mark.parametrize(
    "nom", ["../fr.md", "/fr.md", "a/../../b", "a\\b", "C:x", ".cache", "a//b", "été.md", "a/b/c/d/e", "fr.md/"]
)
def test_un_chemin_qui_sort_du_paquet_est_refuse(nom: str) -> None:
    assert not est_un_chemin(nom)
    assert "n'est pas un chemin permis" in refus(zip_de({MANIFESTE: manifeste(nom), nom: b"bonjour"}))


def test_les_bornes_se_verifient_avant_de_lire(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trop de fichiers, trop gros, ou un petit zip qui gonfle : rien n'en est lu."""
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("rien ne devait se lire"))
    trop = {f"{rang}.md": b"" for rang in range(FICHIERS_AU_PLUS + 1)}
    assert f"{FICHIERS_AU_PLUS} au plus" in refus(zip_de(trop))
    bombe = zip_de({"a.md": bytes(PAQUET_AU_PLUS), "b.md": b"x"})
    assert len(bombe) < PAQUET_AU_PLUS / 100
    assert "ouvert, il dépasse 32 Mio" in refus(bombe)
    assert "il dépasse 32 Mio" in refus(bytes(PAQUET_AU_PLUS + 1))


def test_un_zip_qui_ment_sur_sa_taille_n_est_pas_cru() -> None:
    """Il annonce un octet et en cache davantage : l'empreinte du zip le voit."""
    octets = bytearray(zip_de({MANIFESTE: manifeste("fr.md"), "fr.md": b"bonjour" * 1000}))
    place = octets.rindex(b"PK\x01\x02")
    octets[place + 24 : place + 28] = (1).to_bytes(4, "little")
    assert "ce n'est pas un paquet lisible" in refus(bytes(octets))


def test_ni_lien_ni_doublon_ni_chiffre_ni_autre_compression() -> None:
    assert "est un lien" in refus(zip_de({"fr.md": b"x"}, external_attr=0o120777 << 16))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        double = zip_de({"fr.md": b"x"})
        assert "y est deux fois" in refus(zip_de({"fr.md": b"x", "FR.md": b"y"}))
    assert "comprimé autrement" in refus(zip_de({"fr.md": b"x"}, compress_type=zipfile.ZIP_LZMA))
    chiffre = bytearray(double)
    for marque in (b"PK\x03\x04", b"PK\x01\x02"):
        place = chiffre.index(marque) + (6 if marque == b"PK\x03\x04" else 8)
        chiffre[place] |= 1
    assert "est chiffré" in refus(bytes(chiffre))
