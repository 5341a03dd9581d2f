"""Le PDF d'un formulaire : ses cases, ses numéros ; et chaque raison de ne pas s'en servir, en une phrase française."""

from __future__ import annotations

import io

import pikepdf
import pytest
from formulaires_fictifs import CASES, pdf_fictif

from impressions import formulaire_pdf
from impressions.formulaire_pdf import Sorte, examiner, ouvrir
from modele.orientation.formulaires import OCTETS_AU_PLUS
from modele.regles.fautes import ErreurUtilisateur


def test_ses_cases_se_lisent_dans_l_ordre_de_la_page() -> None:
    lu = examiner(pdf_fictif(), "formulaire.pdf")
    noms = [une.nom for une in lu.cases]
    assert {une.pdf for une in CASES} <= set(noms)
    assert noms.index("Nom de naissance") < noms.index("Prénoms") < noms.index("madame") < noms.index("premier enfant")
    par_nom = {une.nom: une for une in lu.cases}
    assert par_nom["Prénoms"].dit == "Prénoms du demandeur"
    assert (par_nom["nationalité"].sorte, par_nom["nationalité"].page) == (Sorte.CROIX, 1)
    assert set(par_nom["nationalité"].etats) == {"francaise", "ue", "autre"}
    assert par_nom["liste"].sorte is Sorte.CHOIX
    assert par_nom["premier enfant"].page == 2
    assert lu.numeros == ("15036*01",)
    assert lu.pages == 2


@pytest.mark.parametrize(
    ("octets", "dit"),
    [
        (b"PK\x03\x04 un classeur", "n'est pas un PDF"),
        (pdf_fictif()[:9_000], "abîmé"),
        (b"%PDF-1.7\n" + b"\0" * 500, "abîmé"),
        (pdf_fictif(motdepasse="secret"), "mot de passe"),
        (pdf_fictif(restreint=True), "interdit de remplir"),
        (pdf_fictif(cases=False), "aucune case à remplir"),
        (pdf_fictif() + b"\0" * OCTETS_AU_PLUS, "dépasse 512 Kio"),
    ],
    ids=["pas un pdf", "coupé", "vide", "chiffré", "fermé", "sans cases", "lourd"],
)
def test_ce_qui_ne_sert_pas_se_dit(octets: bytes, dit: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=dit) as faute:
        examiner(octets, "mon fichier.pdf")
    assert "mon fichier.pdf" in str(faute.value)


def test_un_pdf_demesure_se_dit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulaire_pdf, "CASES_AU_PLUS", 3)
    with pytest.raises(ErreurUtilisateur, match="plus de pages ou de cases"):
        examiner(pdf_fictif(), "x.pdf")


def test_un_formulaire_qui_n_a_que_des_boutons_n_a_pas_de_case() -> None:
    """Une case de signature ne se remplit jamais : seule, elle n'en est pas une."""
    with ouvrir(pdf_fictif(), "x.pdf") as pdf:
        for champ in list(pdf.acroform.fields):
            champ.obj["/FT"] = pikepdf.Name("/Sig")
            for enfant in champ.obj.get("/Kids", ()):
                enfant["/FT"] = pikepdf.Name("/Sig")
        sortie = io.BytesIO()
        pdf.save(sortie)
    with pytest.raises(ErreurUtilisateur, match="aucune case à remplir"):
        examiner(sortie.getvalue(), "x.pdf")


def test_une_case_hors_de_toute_page_vient_apres() -> None:
    with ouvrir(pdf_fictif(), "x.pdf") as pdf:
        del pdf.pages[1].obj["/Annots"]
        for champ in pdf.acroform.fields:
            if champ.fully_qualified_name == "premier enfant" or champ.fully_qualified_name == "madame":
                del champ.obj["/P"]
        sortie = io.BytesIO()
        pdf.save(sortie)
    par_nom = {une.nom: une.page for une in examiner(sortie.getvalue(), "x.pdf").cases}
    assert (par_nom["premier enfant"], par_nom["madame"]) == (0, 1)
