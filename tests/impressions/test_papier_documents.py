"""Les quatre documents : vrais PDF, relus par pdfium."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from exemples_papier import RACINE, cotation, document, donnees, fiches, points
from lecture_pdf import ecart, metadonnees, roles, signets, texte, texte_plat, vignettes
from PIL import Image
from refaire_references import FICHES, REFERENCES

from impressions.depuis_bilan import donnees as donnees_de
from impressions.document import composer, nom_de_fichier, titre_de_travail
from modele.bilan import charger_regles, etablir
from modele.dossier.codes import reference_courte


@pytest.mark.parametrize("fiche", FICHES)
def test_le_texte_est_celui_de_la_reference(fiche: str) -> None:
    attendu = (REFERENCES / f"{fiche}.txt").read_text(encoding="utf-8")
    assert texte(composer(fiche, donnees())) == attendu


@pytest.mark.parametrize("fiche", FICHES)
def test_les_pages_ressemblent_aux_references(fiche: str) -> None:
    images = vignettes(composer(fiche, donnees()))
    assert len(images) == len(list(REFERENCES.glob(f"{fiche}-*.png")))
    for rang, image in enumerate(images, start=1):
        assert ecart(image, Image.open(REFERENCES / f"{fiche}-{rang}.png")) < 1.5


def test_l_ecart_voit_une_page_differente() -> None:
    une, autre = vignettes(composer("neutre", donnees()))[0], vignettes(composer("115", donnees()))[0]
    assert ecart(une, autre) > 5


@pytest.mark.parametrize("fiche", FICHES)
def test_toutes_les_polices_sont_embarquees_et_celles_d_ici_seules(fiche: str) -> None:
    pdf = composer(fiche, donnees())
    noms = set(re.findall(rb"/BaseFont /([^\s/]+)", pdf))
    assert all(b"AtkinsonHyperlegibleNext" in nom for nom in noms)
    assert len(noms) == pdf.count(b"/FontFile2") >= 2
    assert b"Helvetica" not in pdf


@pytest.mark.parametrize("fiche", FICHES)
def test_le_pdf_est_balise_titre_et_dans_sa_langue(fiche: str) -> None:
    pdf = composer(fiche, donnees())
    trouves = roles(pdf)
    assert trouves.count("H1") == 1
    assert {"H1", "H2", "P", "Table", "TR", "TD"} <= set(trouves)
    assert b"/Lang (fr)" in pdf
    assert b"/Marked true" in pdf
    assert metadonnees(pdf)["Title"] == signets(pdf)[0]
    assert metadonnees(pdf)["Author"] == "Perron"


def test_la_date_de_creation_est_celle_donnee() -> None:
    pdf = composer("115", donnees(date_impression=date(2027, 2, 1)))
    assert metadonnees(pdf)["CreationDate"].startswith("D:20270201")
    assert "01/02/2027" in texte(pdf)


@pytest.fixture(scope="module")
def ailleurs() -> dict[str, bytes]:
    """Chaque fiche, composée par un autre processus : d'un processus à l'autre, l'ordre d'un ensemble change."""
    script = (
        "import pickle, sys; sys.path[:0] = ['tests/impressions', 'tests', '.']\n"
        "from exemples_papier import donnees\nfrom impressions.document import composer\n"
        f"sys.stdout.buffer.write(pickle.dumps({{fiche: composer(fiche, donnees()) for fiche in {FICHES!r}}}))"
    )
    rendu = subprocess.run(
        [sys.executable, "-c", script], cwd=RACINE, capture_output=True, check=True, env={"PYTHONHASHSEED": "7"}
    )
    return dict(pickle.loads(rendu.stdout))


@pytest.mark.parametrize("fiche", FICHES)
def test_le_pdf_est_le_meme_octet_pour_octet(ailleurs: dict[str, bytes], fiche: str) -> None:
    assert ailleurs[fiche] == composer(fiche, donnees()) == composer(fiche, donnees())


def test_rien_de_lourd_avant_la_premiere_impression() -> None:
    script = (
        "import sys, impressions.document, impressions.apercu\n"
        "lourds = {'reportlab', 'jinja2', 'markdown_it', 'pypdfium2', 'babel', 'uharfbuzz'}\n"
        "print(sorted(lourds & set(sys.modules)))"
    )
    lourds = subprocess.run([sys.executable, "-c", script], cwd=RACINE, capture_output=True, check=True, text=True)
    assert lourds.stdout.strip() == "[]"


def test_chaque_note_imprimee_dit_qu_elle_est_une_estimation() -> None:
    plat = texte_plat(composer("cotation", donnees()))
    assert plat.count("Estimation non opposable : la note officielle est celle du portail départemental") == 2
    assert "41 à 63 points" in plat
    assert "Grille d’exemple, sans valeur officielle." in plat
    assert "points au lieu de 12 points" in plat  # le plafond de la rubrique, dit en mots
    assert "rapporte autant ou plus dans la même rubrique" in plat
    assert "Preuve vue" in plat
    assert "Déclaré, à prouver : Attestation de la personne qui vous héberge" in plat
    assert "CCH L. 441-1 k" in plat


def test_une_grille_partielle_ne_promet_jamais_un_minimum() -> None:
    note = replace(cotation("partielle"), declaree=points(41), verifiee=points(41))
    plat = texte_plat(composer("cotation", donnees(cotation=note)))
    assert "41 points sur les lignes connues" in plat
    assert "La note officielle peut être plus haute ou plus basse." in plat
    assert "au moins" not in plat.lower()


def test_une_cotation_sans_mention_en_recoit_une() -> None:
    plat = texte_plat(composer("cotation", donnees(cotation=replace(cotation(), mention=""))))
    assert plat.count("Estimation non opposable : la note officielle est celle du système officiel") == 2


def test_une_note_sans_borne_se_dit() -> None:
    note = replace(cotation(), declaree=replace(points(41), max=None), exact=False)
    plat = texte_plat(composer("cotation", donnees(cotation=note)))
    assert "41 points, sans maximum connu" in plat
    assert "Les deux limites sont sûres" in plat


def test_un_long_reste_a_demander_se_resume() -> None:
    questions = tuple(f"question {rang} ?" for rang in range(34))
    plat = texte_plat(composer("cotation", donnees(a_demander=questions)))
    assert "Question 3 ?" in plat
    assert "Question 4 ?" not in plat
    assert "30 autres questions" in plat


def test_ce_qui_reste_a_demander_ne_dit_pas_combien_rapporte_une_reponse() -> None:
    plat = texte_plat(composer("cotation", donnees(a_demander=("Statut DALO",))))
    assert "le temps qui passe. • Statut DALO Ce qu’elle ne veut pas dire" in plat


def test_des_questions_toutes_reservees_se_voient_avec_l_agent() -> None:
    assert "voyez-les avec la personne qui vous reçoit" in texte_plat(composer("cotation", donnees(a_demander=())))


def test_un_dossier_a_demi_vide_tient_en_deux_pages_et_dit_de_qui_et_d_ou() -> None:
    """Tout ce qui attend tient en une phrase ; le nom, à défaut la référence, le lieu et son téléphone sont en tête."""
    regles = charger_regles("metropole-exemple")
    lieu = regles.territoire.lieux[0]
    for demandeur, qui in (({"nom": "ROUX", "prenoms": "Kévin"}, "ROUX Kévin"), ({}, "dossier ")):
        document = {"id": "0198c0de-0000-7000-8000-000000000001", "territoire": "metropole-exemple"}
        bilan = etablir(regles, {**document, "demandeur": demandeur}, date(2026, 11, 29))
        pdf = composer("cotation", donnees_de(bilan, lieu=lieu.id))
        plat = texte_plat(pdf)
        assert plat.count("page 2 sur 2") == 1
        assert "Il manque encore une réponse pour : Ancienneté de la demande (0 à 80)" in plat
        haut = plat.partition("0 à 300 points")[0]
        assert qui in haut
        assert lieu.nom in haut
        assert "05 36 49 00 11" in haut


def test_une_regle_a_faire_valider_ne_s_imprime_ni_nue_ni_marquee() -> None:
    plat = texte_plat(composer("cotation", donnees()))
    assert "faire valider" not in plat
    assert "Composition du foyer Ramené au plafond" in plat
    assert "42 points" not in plat
    assert "restent à confirmer par la collectivité" in plat


@pytest.mark.parametrize("fiche", FICHES)
def test_aucun_papier_livre_ne_dit_a_faire_valider_ni_un_code(fiche: str) -> None:
    plat = texte_plat(composer(fiche, donnees()))
    assert "faire valider" not in plat
    assert not re.search(r"\b[a-z]{3,}_[a-z]{3,}\b", plat)


def test_le_resume_dit_connu_inconnu_et_refuse() -> None:
    plat = texte_plat(composer("resume", donnees()))
    assert "Ceci n’est ni le formulaire, ni une attestation d’enregistrement. Il n’y a rien à signer ici." in plat
    assert "Situation professionnelle · D2-D11 ne souhaite pas répondre" in plat
    assert "Pas encore demandé : nom d’usage, nationalité, autre téléphone" in plat
    assert "entre 01/03/2026 et 31/03/2026" in plat
    assert "1 432,50 € par mois" in plat
    assert plat.index("Lou") < plat.index("Ismaël")  # l'ordre choisi, pas celui du document


def test_le_resume_n_imprime_ni_nir_ni_violence_meme_hors_discretion() -> None:
    pdf = composer("resume", donnees())
    plat = texte_plat(pdf)
    assert "113 042" not in plat
    assert "[numéro retiré]" in plat
    assert "iolence" not in plat


def test_sans_numero_unique_le_resume_donne_un_repere_qui_n_est_pas_un_droit() -> None:
    nu = document()
    del nu["demande"]["numero_unique"]
    plat = texte_plat(composer("resume", donnees(document=nu)))
    assert "Repère provisoire de ce poste : 3F2A91BC" in plat
    assert "Il ne donne aucun droit" in plat


def test_une_question_sans_objet_ne_s_imprime_pas() -> None:
    plat = texte_plat(composer("resume", donnees(sans_objet=frozenset({"demandeur.nom_usage"}))))
    assert "nom d’usage" not in plat


def test_les_signes_de_mise_en_forme_d_un_nom_restent_des_signes() -> None:
    plat = texte_plat(composer("resume", donnees()))
    assert "L’Hôpital-*Ruiz*" in plat
    assert "Zoé_Anaëlle <b>" in plat


def test_un_gabarit_ou_du_markdown_dans_une_reponse_ne_s_execute_pas() -> None:
    pris = document()
    pris["demande"]["numero_unique"] = "{{ 7 * 7 }} **gras** ``` total"
    plat = texte_plat(composer("resume", donnees(document=pris)))
    assert "{{ 7 * 7 }} **gras** ``` total" in plat


def test_la_fiche_115_donne_le_droit_et_le_calendrier() -> None:
    plat = texte_plat(composer("115", donnees()))
    assert "Votre demande de logement peut être enregistrée sans adresse ni avis d’imposition." in plat
    assert "DALO : la commission décide CCH R. 441-15 en 3 mois" in plat
    assert "à faire valider" not in plat
    assert "6 semaines" in plat
    assert "Audience secrète" not in plat  # une voie discrète n'imprime pas ses échéances


def test_les_grands_caracteres_grandissent_et_rien_ne_se_perd() -> None:
    for fiche in FICHES:
        mots = set(texte_plat(composer(fiche, donnees())).split())
        assert mots - set(texte_plat(composer(fiche, donnees(), grands_caracteres=True)).split()) <= {"1", "2", "3"}


def test_l_espace_fine_et_l_apostrophe_sont_rendues() -> None:
    brut = texte(composer("115", donnees()))
    assert "Pas de place\u202f?" in brut
    assert "d’un" in brut
    assert "d'un" not in brut


def test_un_fichier_tire_d_un_dossier_porte_sa_reference_et_rien_d_autre() -> None:
    """Ni nom, ni sujet, ni date ; la référence est celle qui retrouve le dossier."""
    reference = reference_courte(document()["id"])
    assert {nom_de_fichier(fiche, donnees()) for fiche in ("115", "cotation", "resume")} == {f"{reference}.pdf"}
    assert nom_de_fichier("neutre", donnees()) == "renseignements-utiles.pdf"
    assert titre_de_travail("115", donnees()) == "Sans toit ce soir"


@pytest.mark.parametrize("sans", [{}, {"id": None}, {"id": ""}])
def test_sans_reference_le_fichier_porte_le_titre_et_la_date(sans: dict[str, None]) -> None:
    assert nom_de_fichier("115", donnees(document=sans)) == "sans-toit-ce-soir-2026-11-23.pdf"


def test_les_fiches_livrees_sont_listees() -> None:
    trouvees = {fiche.id: fiche for fiche in fiches().disponibles()}
    assert set(FICHES) <= set(trouvees)
    assert trouvees["neutre"].surete.discret
    assert trouvees["115"].langues == ("fr",)
