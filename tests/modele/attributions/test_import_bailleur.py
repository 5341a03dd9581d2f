"""Lire le fichier d'un bailleur : toutes ses écritures, toutes ses fautes, et jamais la moitié."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from fichiers_bailleurs import (
    ATTRIBUTIONS,
    JOUR,
    LOGEMENTS,
    UN_LOGEMENT,
    UNE_ATTRIBUTION,
    attributions,
    en_csv,
    lire,
    logements,
)
from hypothesis import given
from hypothesis import strategies as st

from modele.attributions import import_bailleur, tableau
from modele.attributions.colonnes import FichierDe, colonnes
from modele.attributions.correspondance import ColonnesEnFaute, Correspondance, associer, choisir, deviner
from modele.attributions.import_bailleur import dire_ligne, essayer
from modele.attributions.ipc import ecrire_ipc, lire_ipc
from modele.regles.fautes import ErreurUtilisateur
from modele.regles.tableaux import SIGNE_PERDU

A, G = FichierDe.ATTRIBUTIONS, FichierDe.LOGEMENTS


def fautes(*changements: dict[str, str], fichier: FichierDe = A, base: dict[str, str] = UNE_ATTRIBUTION) -> list[str]:
    """Les fautes dites de lignes changées, chacune à son identifiant."""
    lignes = [base | {"id_attribution": f"A-{n}"} | un for n, un in enumerate(changements)]
    return [dire_ligne(une) for une in lire(en_csv(lignes), fichier).refusees]


def relevees(*changements: dict[str, str], fichier: FichierDe = A) -> list[str]:
    base = UNE_ATTRIBUTION if fichier is A else UN_LOGEMENT
    lignes = [base | {"id_attribution": f"A-{n}"} | un for n, un in enumerate(changements)]
    essai = lire(en_csv(lignes), fichier)
    assert essai.refusees == ()
    return [dire_ligne(une) for une in essai.avertissements]


def test_les_exemples_se_lisent_entiers() -> None:
    essai = essayer(ATTRIBUTIONS.read_bytes(), A, None, JOUR)
    assert (essai.lus, essai.table.height, essai.nombre_refusees, essai.refusees) == (120, 120, 0, ())
    assert essai.table["surface_habitable"][0] == 67.69
    assert essai.table["date_bail"][0] == date(2026, 1, 27)
    assert essai.table["siren_bailleur"][0] == "000000003"
    assert essai.table["ligne"].to_list() == list(range(4, 124))
    assert logements().height == 40


def test_les_pieges_voulus_se_relevent() -> None:
    """Un diagnostic manquant, un G ; cinq RPLS vides, qui ne sont pas une faute."""
    vus = [dire_ligne(une) for une in essayer(LOGEMENTS.read_bytes(), G, None, JOUR).avertissements]
    assert len(vus) == 2
    assert vus[1].startswith("ligne 33, colonne dpe_energie : DPE G")
    assert logements()["numero_rpls"].null_count() == 5


@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252", "latin-1"])
@pytest.mark.parametrize("separateur", [";", "\t", ","])
@pytest.mark.parametrize("fin", ["\n", "\r\n", "\r"])
def test_toutes_les_ecritures_d_un_csv(encodage: str, separateur: str, fin: str) -> None:
    texte = en_csv(
        [UNE_ATTRIBUTION | {"reservataire": "Commune de Saint-Égrève", "id_attribution": f"A{n}"} for n in (1, 2)]
    )
    octets = f"# écrit par le bailleur\n{texte}".replace(";", separateur).replace("\n", fin).encode(encodage)
    essai = lire(octets)
    assert essai.table["reservataire"].to_list() == ["Commune de Saint-Égrève"] * 2
    assert essai.table["ligne"].to_list() == [3, 4]


def test_un_guillemet_garde_le_separateur() -> None:
    texte = en_csv([UNE_ATTRIBUTION | {"reservataire": '"Commune ; de ""là"""'}])
    assert lire(texte).table["reservataire"].item() == 'Commune ; de "là"'


@pytest.mark.parametrize(
    ("colonne", "case", "message"),
    [
        ("date_bail", "31/02/2026", "« 31/02/2026 » n'est pas une date (JJ/MM/AAAA)"),
        ("date_bail", "01/04/26", "« 01/04/26 » n'est pas une date (JJ/MM/AAAA)"),
        ("nb_candidats", "trois", "« trois » n'est pas un nombre entier"),
        ("nb_candidats", "2,5", "« 2,5 » n'est pas un nombre entier"),
        ("siren_bailleur", "1234567890", "« 1234567890 » n'a pas 9 signes"),
        ("siren_bailleur", "", "cette case est vide"),
        ("dalo", "peut-être", "« peut-être » : écrivez OUI, NON ou NONDOC"),
        ("typologie", "T33", "« T33 » n'est pas permis ; vouliez-vous « T3 » ?"),
        ("date_caleol", "01/12/2026", "« 01/12/2026 » est à venir"),
        ("bailleur", "Habitat\ufffd", SIGNE_PERDU),
        ("priorite_l441_1", "\x07", SIGNE_PERDU),
    ],
)  # fmt: skip
def test_une_case_fautive_dit_sa_ligne_et_sa_colonne(colonne: str, case: str, message: str) -> None:
    assert fautes({}, {colonne: case}) == [f"ligne 3, colonne {colonne} : {message}."]


def test_un_nombre_fautif() -> None:
    base = UNE_ATTRIBUTION | {"loyer_principal": "340,50"}
    assert fautes({}, {"loyer_principal": "nan"}, base=base) == [
        "ligne 3, colonne loyer_principal : « nan » n'est pas un nombre."
    ]


@pytest.mark.parametrize(
    ("colonne", "case", "lue"),
    [
        ("date_bail", "2026-04-01", date(2026, 4, 1)),
        ("date_bail", "1/4/2026", date(2026, 4, 1)),
        ("nb_candidats", "3,0", 3),
        ("typologie", "t3", "T3"),
        ("dalo", "oui", "OUI"),
        ("dalo", "faux", "NON"),
        ("dalo", " NON ", "NON"),
        ("siren_bailleur", "552 081 317", "552081317"),
        ("siren_bailleur", "12", "000000012"),
        ("bailleur", "   ", None),
    ],
)
def test_les_autres_formes_qui_se_lisent(colonne: str, case: str, lue: object) -> None:
    assert lire(en_csv([UNE_ATTRIBUTION | {colonne: case}])).table[colonne].item() == lue


def test_un_montant_ecrit_a_la_francaise() -> None:
    for dit in ("1234,5", "1 234,50", "1\u202f234,5 €", "1234.5"):
        lu = lire(en_csv([UNE_ATTRIBUTION | {"loyer_principal": dit}]))
        assert lu.table["loyer_principal"].item() == 1234.5


def test_les_zeros_perdus_par_le_tableur_se_rendent_et_se_disent() -> None:
    essai = lire(en_csv([UNE_ATTRIBUTION | {"siren_bailleur": "1"}]))
    assert essai.table["siren_bailleur"].item() == "000000001"
    assert dire_ligne(essai.avertissements[0]).startswith(
        "ligne 2, colonne siren_bailleur : le tableur a perdu les zéros"
    )


def test_un_doublon_se_refuse_et_le_premier_reste() -> None:
    lignes = [UNE_ATTRIBUTION, UNE_ATTRIBUTION | {"id_attribution": "A-2"}, UNE_ATTRIBUTION]
    essai = lire(en_csv(lignes))
    assert [dire_ligne(une) for une in essai.refusees] == [
        "ligne 4, colonne id_attribution : « A-1 » est déjà plus haut ; une ligne ne se compte pas deux fois."
    ]
    assert (essai.table.height, essai.nombre_refusees, essai.lus) == (2, 1, 3)


def test_le_meme_identifiant_chez_deux_bailleurs_n_est_pas_un_doublon() -> None:
    assert lire(en_csv([UNE_ATTRIBUTION, UNE_ATTRIBUTION | {"siren_bailleur": "000000002"}])).refusees == ()


def test_une_attribution_sans_bail_n_est_pas_une_faute() -> None:
    assert fautes({"date_bail": ""}) == []


def test_ce_qui_est_d_aujourd_hui_n_est_pas_a_venir() -> None:
    demain = {"date_bail": "28/11/2026"}
    assert fautes({"date_bail": "27/11/2026"}) == []
    assert len(fautes({"date_bail": "27/11/2026"}, demain)) == 1


def test_une_disponibilite_a_venir_n_est_pas_une_faute() -> None:
    ligne = UN_LOGEMENT | {"date_disponibilite": "15/01/2027", "date_limite_designation": "15/12/2026"}
    assert lire(en_csv([ligne]), G).refusees == ()


def test_une_colonne_qui_manque_refuse_le_fichier() -> None:
    sans = {cle: une for cle, une in UNE_ATTRIBUTION.items() if cle not in ("date_bail", "dalo")}
    with pytest.raises(ErreurUtilisateur, match=r"« date_bail » \(Bail signé le\) ; il manque la colonne « dalo »"):
        lire(en_csv([sans]))


def test_une_colonne_deux_fois_refuse_le_fichier() -> None:
    lignes = en_csv([UNE_ATTRIBUTION]).splitlines()
    with pytest.raises(ErreurUtilisateur, match="y est deux fois"):
        lire("\n".join(f"{ligne};{plus}" for ligne, plus in zip(lignes, ("dalo", "OUI"), strict=True)))


@pytest.mark.parametrize(
    "octets",
    [b"un mot", b"a\0b;c", b"PK\x03\x04abc", b"\xff\xfea\0;", b"\xff\xfea\0\0\0;\0", b";;;\n", b"a;b\rc\n"],
)
def test_ce_qui_n_est_pas_un_tableau_se_refuse(octets: bytes) -> None:
    with pytest.raises(ErreurUtilisateur, match="Fichier refusé : ce fichier n'est pas un tableau"):
        lire(octets)


@pytest.mark.parametrize("octets", [b"", b" \r\n\n"], ids=["rien", "des blancs"])
def test_un_fichier_vide_se_dit_vide(octets: bytes) -> None:
    with pytest.raises(ErreurUtilisateur, match="il est vide"):
        lire(octets)


def test_le_texte_unicode_d_un_tableur_se_lit() -> None:
    """UTF-16 et sa marque, des deux sens ; tabulations."""
    texte = en_csv([UNE_ATTRIBUTION]).replace(";", "\t")
    for octets in (texte.encode("utf-16"), b"\xfe\xff" + texte.encode("utf-16-be")):
        assert lire(octets).table.height == 1


def test_un_tableau_sans_ligne_est_vide() -> None:
    entete = en_csv([UNE_ATTRIBUTION]).splitlines()[0]
    for texte in (entete, f"{entete}\n", f"{entete}\n\n"):
        assert (lire(texte).table.height, lire(texte).lus) == (0, 0)


def test_un_retour_a_la_ligne_dans_une_case_se_refuse() -> None:
    """Les lignes d'après gardent le numéro qu'elles ont dans le fichier."""
    entete, bonne = en_csv([UNE_ATTRIBUTION]).splitlines()
    coupee = bonne.replace("Habitat Vallebrume", '"Habitat\nVallebrume"').replace("A-1", "A-2")
    essai = lire("\n".join([entete, coupee, bonne]))
    assert [dire_ligne(une)[:30] for une in essai.refusees] == ["ligne 2, colonne bailleur : ce"]
    assert essai.table["ligne"].to_list() == [4]


def test_une_case_de_trop_un_guillemet_ouvert_une_case_trop_longue() -> None:
    """La ligne tordue se nomme ; les autres se lisent, et gardent leur numéro."""
    bonne = en_csv([UNE_ATTRIBUTION]).splitlines()[1]
    entete = en_csv([UNE_ATTRIBUTION]).splitlines()[0]
    lignes = [
        entete,
        bonne,
        f"{bonne};{bonne}",
        bonne.replace("A-1", "A-2"),
        "",
        bonne.replace("A-1", "A-3").replace("Habitat Vallebrume", "x" * 2001),
    ]
    essai = lire("\n".join(lignes))
    assert [une.ligne for une in essai.refusees] == [3, 6]
    assert essai.table["ligne"].to_list() == [2, 4]
    assert (essai.lus, essai.nombre_refusees) == (4, 2)
    ouvert = lire("\n".join([entete, bonne, bonne.replace("A-1", '"A-2'), bonne.replace("A-1", "A-3")]))
    assert "un guillemet n'y est pas fermé" in str(ouvert.refusees[0])
    assert ouvert.table.height == 1


def test_une_ligne_trop_courte_a_des_cases_vides() -> None:
    entete, bonne = en_csv([UNE_ATTRIBUTION]).splitlines()
    courte = ";".join(bonne.split(";")[:-3])
    assert [une.colonne for une in lire(f"{entete}\n{courte}").refusees] == []
    avec_un_guillemet_ouvert = lire(f'{entete}\n{courte}\n"{bonne}')
    assert avec_un_guillemet_ouvert.table.height == 1


def test_lignes_vides_et_commentaires_se_sautent() -> None:
    entete, bonne = en_csv([UNE_ATTRIBUTION]).splitlines()
    essai = lire(f"# un\n\n;;;\n{entete}\n\n# deux\n{bonne}\n")
    assert (essai.lus, essai.table["ligne"].item()) == (1, 7)


# --- Classeurs -----------------------------------------------------------------------------------------------------


def classeur(*feuilles: tuple[str, list[list[Any]]]) -> bytes:
    sortie = io.BytesIO()
    livre = xlsxwriter.Workbook(sortie, {"default_date_format": "dd/mm/yyyy"})
    for nom, lignes in feuilles:
        page = livre.add_worksheet(nom)
        for rang, ligne in enumerate(lignes):
            page.write_row(rang, 0, ligne)
    livre.close()
    return sortie.getvalue()


def en_lignes(*changements: dict[str, Any]) -> list[list[Any]]:
    return [
        ["# du bailleur"],
        [],
        list(UNE_ATTRIBUTION),
        *(list((UNE_ATTRIBUTION | un).values()) for un in changements),
    ]


def test_un_classeur_se_lit_comme_un_csv() -> None:
    """Dates, nombres et vrai ou faux de tableur ; un zéro de tête perdu se rend."""
    octets = classeur(
        (
            "Feuille",
            en_lignes({"date_bail": datetime(2026, 4, 1), "nb_candidats": 3, "dalo": True, "siren_bailleur": 1}),
        )
    )
    essai = lire(octets)
    assert essai.refusees == ()
    une = essai.table.row(0, named=True)
    assert (une["date_bail"], une["nb_candidats"], une["dalo"]) == (date(2026, 4, 1), 3, "OUI")
    assert (une["siren_bailleur"], une["ligne"]) == ("000000001", 4)


def test_un_classeur_dit_ses_lignes_fautives() -> None:
    octets = classeur(("F", en_lignes({}, {"id_attribution": "B", "date_bail": "31/02/2026"})))
    assert [dire_ligne(une) for une in lire(octets).refusees] == [
        "ligne 5, colonne date_bail : « 31/02/2026 » n'est pas une date (JJ/MM/AAAA)."
    ]


def test_un_classeur_dont_la_derniere_colonne_est_vide() -> None:
    lignes = en_lignes({})
    lignes[3].append("sans en-tête")
    assert lire(classeur(("F", lignes))).table.height == 1


def test_la_feuille_d_un_classeur_se_choisit() -> None:
    octets = classeur(("Notes", [["rien", "ici"]]), ("Attributions", en_lignes({})))
    convenue = deviner(UNE_ATTRIBUTION, A)
    bonne = Correspondance(fichier=A, colonnes=convenue.colonnes, feuille="Attributions")
    assert essayer(octets, A, bonne, JOUR).table.height == 1
    with pytest.raises(ErreurUtilisateur, match="pas de feuille « Ailleurs » ; il a : Notes, Attributions"):
        essayer(octets, A, Correspondance(fichier=A, feuille="Ailleurs"), JOUR)


def test_un_classeur_vide_se_refuse() -> None:
    with pytest.raises(ErreurUtilisateur, match="n'est pas un tableau"):
        lire(classeur(("F", [])))


def test_un_titre_au_dessus_d_un_classeur_se_dit_tel() -> None:
    """L'enregistrer en CSV n'y changerait rien : c'est la ligne de titre qu'il faut ôter."""
    with pytest.raises(ErreurUtilisateur, match="la ligne 2 n'a qu'une case, « Bilan 2026 »") as lu:
        lire(classeur(("F", [["# note"], ["", "Bilan 2026"], *en_lignes({})])))
    assert "CSV" not in str(lu.value)


def test_un_classeur_qui_se_deplie_trop_se_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "_DEPLIE_AU_PLUS", 100)
    with pytest.raises(ErreurUtilisateur, match="Classeur refusé : déplié"):
        lire(classeur(("F", en_lignes({}))))


def test_une_archive_qui_n_est_pas_un_classeur_se_refuse() -> None:
    import zipfile

    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        archive.writestr("a.txt", "b")
    with pytest.raises(ErreurUtilisateur, match="n'est pas un tableau"):
        lire(sortie.getvalue())


# --- Correspondance ------------------------------------------------------------------------------------------------


def test_les_noms_d_usage_se_devinent() -> None:
    ligne = {
        {"siren_bailleur": "SIREN", "date_caleol": "Commission d'attribution", "date_bail": "Date signature bail"}.get(
            cle, cle
        ): une
        for cle, une in UNE_ATTRIBUTION.items()
    }
    essai = lire(en_csv([ligne]))
    assert essai.correspondance.colonnes["date_caleol"] == "Commission d'attribution"
    assert essai.table["date_bail"].item() == date(2026, 4, 1)


def test_une_correspondance_gardee_nomme_fixe_et_traduit() -> None:
    """Un bailleur n'écrit pas son propre SIREN dans son fichier, et dit ses contingents à sa façon."""
    ligne = {f"x {cle}": une for cle, une in UNE_ATTRIBUTION.items() if cle != "siren_bailleur"} | {
        "x type_reservataire": "CONT. COMMUNE"
    }
    convenue = Correspondance(
        fichier=A,
        siren_bailleur="000000002",
        colonnes={cle: f"x {cle}" for cle in UNE_ATTRIBUTION if cle != "siren_bailleur"},
        fixes={"siren_bailleur": "000000002"},
        valeurs={"type_reservataire": {"CONT. COMMUNE": "COLTER"}},
    )
    table = essayer(en_csv([ligne]).encode(), A, convenue, JOUR).table
    assert table.select("siren_bailleur", "type_reservataire").row(0) == ("000000002", "COLTER")


def test_une_correspondance_qui_ne_va_plus_se_refuse() -> None:
    convenue = Correspondance(fichier=A, colonnes={"dalo": "Prio", "datte_bail": "x"})
    with pytest.raises(ErreurUtilisateur) as dite:
        essayer(en_csv([UNE_ATTRIBUTION]).encode(), A, convenue, JOUR)
    assert "la colonne « Prio », qui disait « Reconnu prioritaire (DALO) », n'y est plus" in str(dite.value)
    assert "« datte_bail », qui n'est pas une colonne ; vouliez-vous « date_bail » ?" in str(dite.value)


# --- Ce qui se relève sans rien refuser ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"code_qpv": "QN99901X"}, "un code de quartier prioritaire"),
        ({"en_qpv": "OUI"}, "sans le code du quartier"),
        ({"hors_flux": "MUTATION"}, "hors du flux, et pourtant réservé"),
        ({"mutation": "INTERNE"}, "mutation interne au bailleur, et pourtant dans le flux"),
        ({"reponse": "REFUSEE"}, "un bail, et pourtant refusé"),
        ({"date_bail": "01/01/2026"}, "le bail est signé avant la commission"),
        ({"priorite_l441_1": "z"}, "cette lettre n'est pas de celles de L441-1 : elle ne se garde pas"),
        ({"surface_habitable": "15,9", "nb_personnes": "2"}, "trop petit pour ce foyer (R822-25)"),
        ({"surface_habitable": "69", "nb_personnes": "12"}, "trop petit pour ce foyer (R822-25)"),
    ],
)
def test_ce_qu_une_attribution_fait_relever(change: dict[str, str], dit: str) -> None:
    (vue,) = relevees(change)
    assert dit in vue
    assert vue.endswith("(à vérifier).")


@pytest.mark.parametrize(
    "change", [{}, {"surface_habitable": "16", "nb_personnes": "2"}, {"surface_habitable": "70", "nb_personnes": "9"}]
)
def test_ce_qui_ne_se_releve_pas(change: dict[str, str]) -> None:
    assert relevees(change) == []


@pytest.mark.parametrize(
    ("change", "dit"),
    [
        ({"dpe_energie": ""}, "pas de diagnostic"),
        ({"dpe_energie": "G"}, "DPE G"),
        ({"loyer_principal": "500", "loyer_maximal": "499,99"}, "au-dessus du loyer maximal"),
        ({"date_limite_designation": "02/11/2026"}, "plus de 1 mois"),
    ],
)
def test_ce_qu_un_logement_fait_relever(change: dict[str, str], dit: str) -> None:
    (vue,) = relevees(change, fichier=G)
    assert dit in vue


# --- Grands fichiers, et ce qui ne se perd pas ---------------------------------------------------------------------


def grand(combien: int, **change: str) -> str:
    entete, bonne = en_csv([UNE_ATTRIBUTION | change]).splitlines()
    return "\n".join([entete, *(bonne.replace("A-1", f"A-{n}") for n in range(combien))])


def test_cent_mille_lignes_se_lisent() -> None:
    essai = lire(grand(100_000))
    assert (essai.lus, essai.table.height) == (100_000, 100_000)


def test_cent_mille_lignes_fausses_ne_remplissent_pas_la_memoire() -> None:
    """Les mille premières fautes se disent ; les autres se comptent."""
    texte = grand(100_000, date_bail="hier").encode()
    tracemalloc.start()
    essai = lire(texte)
    _, pointe = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(essai.refusees), essai.nombre_refusees, essai.table.height) == (1000, 100_000, 0)
    assert pointe < 4 * len(texte)


def test_trop_de_lignes_ou_d_octets_se_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tableau, "LIGNES_AU_PLUS", 10)
    with pytest.raises(ErreurUtilisateur, match="plus de 10 lignes"):
        lire(grand(11))
    with pytest.raises(ErreurUtilisateur, match="plus de 10 lignes"):
        lire(grand(20).replace("A-3;", "A-3;x;"))
    monkeypatch.setattr(tableau, "OCTETS_AU_PLUS", 100)
    with pytest.raises(ErreurUtilisateur, match="Coupez-le en deux"):
        lire(grand(5))


def test_la_table_gardee_est_la_meme() -> None:
    octets = ecrire_ipc(attributions())
    assert lire_ipc(octets).equals(attributions())
    assert len(octets) < ATTRIBUTIONS.stat().st_size


@given(st.text(max_size=30), st.sampled_from(list(UNE_ATTRIBUTION)))
def test_quoi_qu_on_ecrive_dans_une_case_rien_ne_se_perd(case: str, colonne: str) -> None:
    """Une ligne est lue ou refusée, une fois ; jamais une trace, jamais une ligne de plus."""
    propre = case.replace("\n", " ").replace("\r", " ").replace('"', "").replace(";", " ").replace("\0", "")
    lignes = [UNE_ATTRIBUTION | {colonne: propre}, UNE_ATTRIBUTION | {"id_attribution": "Z", "ref_bailleur": "Z"}]
    essai = lire(en_csv(lignes).encode("utf-8", "replace"))
    assert essai.table.height + essai.nombre_refusees == essai.lus
    assert essai.lus in (1, 2)


@given(st.binary(max_size=400))
def test_des_octets_quelconques_se_lisent_ou_se_refusent(octets: bytes) -> None:
    """Jamais autre chose qu'une phrase."""
    with contextlib.suppress(ErreurUtilisateur):
        lire(octets)


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=6))
def test_un_exemple_abime_se_lit_ou_se_refuse(ou: int, octets: bytes) -> None:
    """Des octets changés n'importe où : la ligne se refuse, ou le fichier ; rien ne se compte deux fois."""
    entier = ATTRIBUTIONS.read_bytes()[:6_000]
    try:
        essai = lire(entier[:ou] + octets + entier[ou + len(octets) :])
    except ErreurUtilisateur:
        return
    assert essai.table.height + essai.nombre_refusees == essai.lus
    assert essai.table["ligne"].n_unique() == essai.table.height


def test_la_correspondance_d_un_autre_fichier_se_refuse() -> None:
    with pytest.raises(ErreurUtilisateur, match="celle d'un fichier des logements, pas des attributions"):
        essayer(en_csv([UNE_ATTRIBUTION]).encode(), A, Correspondance(fichier=G), JOUR)


def test_mutant_sans_la_seconde_lecture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Le mutant qui ne relirait rien refuserait une date de classeur."""
    monkeypatch.setattr(import_bailleur, "reprendre", import_bailleur.typer)
    assert lire(en_csv([UNE_ATTRIBUTION | {"date_bail": "2026-04-01"}])).nombre_refusees == 1


def test_chaque_colonne_se_devine_par_son_libelle() -> None:
    for fichier in FichierDe:
        dits = [une.libelle for une in colonnes(fichier).values()]
        assert list(deviner(dits, fichier).colonnes) == list(colonnes(fichier))


def _renommee(**dites: str) -> Correspondance:
    """Celle d'un bailleur qui nomme ainsi ses colonnes ; le reste, comme attendu."""
    noms = {une: une for une in colonnes(A)} | dites
    return Correspondance(fichier=A, colonnes={une: nom for une, nom in noms.items() if nom})


def test_ce_qui_fut_dit_ressert_quand_rien_ne_se_devine() -> None:
    """La dernière dite d'abord ; celle d'une autre sorte de fichier ne sert pas ; sinon, ce qui se devine."""
    entetes = ["numero", *(une for une in colonnes(A) if une != "id_attribution")]
    dite, autre = _renommee(id_attribution="numero"), Correspondance(fichier=G, colonnes={"ref_bailleur": "numero"})
    assert choisir(entetes, A, [autre, dite]) is dite
    assert choisir(entetes, A, [autre]) == deviner(entetes, A)
    octets = en_csv([UNE_ATTRIBUTION]).replace("id_attribution", "numero").encode()
    with pytest.raises(ColonnesEnFaute) as faute:
        essayer(octets, A, None, JOUR, [autre])
    assert "numero" in faute.value.entetes
    noms = {une: une.replace("id_attribution", "numero") for une in UNE_ATTRIBUTION}
    assert essayer(octets, A, None, JOUR, [Correspondance(fichier=A, colonnes=noms)]).lus == 1


def test_ce_qui_fut_dit_passe_avant_ce_qui_se_devine_moins() -> None:
    """Une colonne facultative que le bailleur nomme à lui ne se perd pas l'année suivante."""
    entetes = ["genre de logement" if une == "typologie" else une for une in colonnes(A)]
    dite = _renommee(typologie="genre de logement")
    assert choisir(entetes, A, [dite]) is dite
    assert choisir(list(colonnes(A)), A, [dite]) == deviner(list(colonnes(A)), A)


def test_le_siren_fixe_d_un_bailleur_ne_passe_pas_sur_celui_qu_un_autre_ecrit() -> None:
    """Deux bailleurs nomment pareil : qui dit son SIREN garde le sien."""
    entetes = list(colonnes(A))
    fixe = associer(_renommee(), "siren_bailleur", fixe="000000001")
    assert "siren_bailleur" not in fixe.colonnes
    assert choisir(entetes, A, [fixe]).fixes == {}
    sans = [une for une in entetes if une != "siren_bailleur"]
    assert choisir(sans, A, [fixe]) is fixe


def test_un_en_tete_ne_dit_qu_une_colonne() -> None:
    """Redit ailleurs, il quitte la première ; rien de dit, la colonne n'est plus dite."""
    dite = associer(_renommee(), "typologie", entete="commune")
    assert dite.colonnes["typologie"] == "commune"
    assert "commune" not in dite.colonnes
    assert "typologie" not in associer(dite, "typologie").colonnes
    assert associer(associer(dite, "typologie", fixe="T2"), "typologie", entete="typologie").fixes == {}


def test_un_code_traduit_puis_retire() -> None:
    """Traduire un second code garde le premier ; le retirer n'en laisse rien."""
    from modele.attributions.correspondance import Correspondance, traduire

    nue = Correspondance(fichier=FichierDe.ATTRIBUTIONS)
    une = traduire(traduire(nue, "reponse", "ACC", "ACCEPTEE"), "reponse", "REF", "REFUSEE")
    assert une.valeurs == {"reponse": {"ACC": "ACCEPTEE", "REF": "REFUSEE"}}
    assert traduire(traduire(une, "reponse", "ACC", ""), "reponse", "REF", "") == nue
