"""Rien du poste ne tient que sous POSIX : l'arbre est lu, et le typage refait comme sous Windows.

Le registre vit sur un serveur Debian : il n'est pas lu ici.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

RACINE: Final = Path(__file__).resolve().parents[1]
PIECES: Final = ("modele", "ui", "impressions")
DU_SYSTEME: Final = frozenset({"platform", "name"})
"""``sys.platform``, ``os.name`` : une branche qui les nomme sait sur quoi elle tourne."""
MODULES: Final = frozenset(
    {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "spwd", "crypt", "readline"}
)
APPELS: Final = frozenset(
    f"os.{nom}"
    for nom in (
        *("fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "setgid", "setsid"),
        *("chown", "lchown", "fchown", "fchmod", "chmod", "chroot", "kill", "killpg", "getpgid", "mkfifo", "mknod"),
        *("uname", "statvfs", "sysconf", "nice", "posix_spawn", "wait", "waitpid", "getloadavg", "sync", "rename"),
    )
)
METHODES: Final = frozenset({"chmod", "lchmod", "rename", "owner", "group", "symlink_to"})
"""D'un ``Path`` : ``chmod`` n'y veut rien dire ; ``rename`` y refuse un fichier qui existe, ``replace`` non."""
SIGNAUX: Final = frozenset({"SIGKILL", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGQUIT", "SIGCHLD", "SIGPIPE"})
CHEMINS: Final = (
    "/tmp",
    "/usr",
    "/etc",
    "/var",
    "/dev",
    "/proc",
    "/home",
    "/opt",
    "/run",
    "/bin",
    "/sys",
    "/root",
    "~/",
)
PROGRAMMES: Final = ("sh", "bash", "lp", "lpr", "lpstat", "xdg-open", "xdg-mime", "notify-send", "chmod", "ps", "kill")
SANS_ENCODAGE: Final = {"read_text": 0, "write_text": 1}
"""Sans encodage dit, Windows lit et écrit dans la page de codes du poste."""
ADMIS: Final = {
    "ui/systeme/files.py": "CUPS, par ctypes : absent, rien n'est connu d'une file et Qt imprime par Windows",
    "modele/regles/memoire.py": "prctl, sous Linux seulement",
}


def _nom(noeud: ast.AST) -> str:
    if isinstance(noeud, ast.Attribute):
        return f"{_nom(noeud.value)}.{noeud.attr}"
    return noeud.id if isinstance(noeud, ast.Name) else ""


def _sait_son_systeme(noeud: ast.AST) -> bool:
    return any(_nom(un) in ("sys.platform", "os.name") for un in ast.walk(noeud))


def _documentation(arbre: ast.AST) -> set[int]:
    """Les chaînes posées seules : elles expliquent, elles n'agissent pas."""
    return {id(un.value) for un in ast.walk(arbre) if isinstance(un, ast.Expr) and isinstance(un.value, ast.Constant)}


def _a_lire(arbre: ast.Module) -> Iterator[ast.AST]:
    """Tout, sauf ce qui est sous une branche qui sait sur quel système elle tourne (et ce qui la suit en rendant)."""
    a_voir: list[ast.AST] = [arbre]
    while a_voir:
        noeud = a_voir.pop()
        yield noeud
        enfants = list(ast.iter_child_nodes(noeud))
        for rang, enfant in enumerate(enfants):
            if isinstance(enfant, ast.If) and _sait_son_systeme(enfant.test):
                if enfant.body and isinstance(enfant.body[-1], ast.Return):
                    # « si c'est Windows, rendre » : la suite de ce bloc ne tourne qu'ailleurs.
                    del enfants[rang + 1 :]
                    break
                continue
            a_voir.append(enfant)


def fautes(source: str) -> list[str]:
    """Ce qui, dans ce texte, ne tient que sous POSIX."""
    arbre = ast.parse(source)
    documentation, trouvees = _documentation(arbre), list[str]()
    for noeud in _a_lire(arbre):
        trouvees += [f"{getattr(noeud, 'lineno', 0)} : {faute}" for faute in _fautes_de(noeud, documentation)]
    return trouvees


def _fautes_de(noeud: ast.AST, documentation: set[int]) -> Iterator[str]:
    if isinstance(noeud, ast.Import | ast.ImportFrom):
        modules = [noeud.module or ""] if isinstance(noeud, ast.ImportFrom) else [un.name for un in noeud.names]
        yield from (f"import {un}" for un in modules if un.partition(".")[0] in MODULES)
    elif isinstance(noeud, ast.Attribute):
        if _nom(noeud) in APPELS or noeud.attr in SIGNAUX:
            yield _nom(noeud) or noeud.attr
    elif isinstance(noeud, ast.Call):
        yield from _fautes_d_appel(noeud)
    elif isinstance(noeud, ast.Constant) and isinstance(noeud.value, str) and id(noeud) not in documentation:
        mot = noeud.value
        if mot.startswith(CHEMINS) and "\n" not in mot:
            yield f"chemin {mot!r}"
        if any(f"%-{lettre}" in mot for lettre in "dmHMSIjy"):
            yield f"date {mot!r}, que Windows refuse"


def _fautes_d_appel(appel: ast.Call) -> Iterator[str]:
    cle = appel.func.attr if isinstance(appel.func, ast.Attribute) else ""
    if cle in METHODES and not _nom(appel.func).startswith("os."):
        yield f".{cle}()"
    nommes = {un.arg for un in appel.keywords}
    if cle in SANS_ENCODAGE and len(appel.args) <= SANS_ENCODAGE[cle] and "encoding" not in nommes:
        yield f".{cle}() sans encodage"
    if cle in ("CDLL", "cdll"):
        yield "ctypes.CDLL"
    if _nom(appel.func).startswith("subprocess.") and appel.args and isinstance(appel.args[0], ast.List):
        premier = appel.args[0].elts[0] if appel.args[0].elts else None
        if isinstance(premier, ast.Constant) and premier.value in PROGRAMMES:
            yield f"programme {premier.value}"


def fichiers() -> list[Path]:
    return [RACINE / "main.py", *(un for piece in PIECES for un in sorted((RACINE / piece).rglob("*.py")))]


def test_l_arbre_ne_tient_a_aucun_systeme() -> None:
    trouvees = []
    for fichier in fichiers():
        nom = fichier.relative_to(RACINE).as_posix()
        if nom not in ADMIS:
            trouvees += [f"{nom}:{faute}" for faute in fautes(fichier.read_text(encoding="utf-8"))]
    assert trouvees == []


def test_ce_qui_est_admis_en_a_encore_besoin() -> None:
    """Une exception qui ne sert plus cacherait la prochaine."""
    for nom in ADMIS:
        source = (RACINE / nom).read_text(encoding="utf-8")
        assert fautes(source) or "CDLL" in source, nom


@pytest.mark.parametrize(
    "ligne",
    [
        "os.fork()",
        "os.getuid()",
        "import fcntl",
        "from pwd import getpwuid",
        "chemin.chmod(0o600)",
        "os.chmod(chemin, 0o600)",
        "signal.signal(signal.SIGHUP, f)",
        "Path('/tmp/perron')",
        "ctypes.CDLL('libcups.so.2')",
        "subprocess.run(['lp', chemin])",
        "jour.strftime('%-d/%m')",
        "chemin.read_text()",
        "chemin.write_text(mots)",
        "chemin.rename(autre)",
    ],
)
def test_mutant_chaque_piege_se_voit(ligne: str) -> None:
    assert fautes(ligne)


@pytest.mark.parametrize(
    "source",
    [
        '"""Sous /tmp, os.fork() ne marche pas."""',
        "import sys\nif sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl",
        "def f():\n    if sys.platform == 'win32':\n        return\n    import resource",
        "chemin.read_text(encoding='utf-8')",
        "chemin.write_text(mots, encoding='ascii')",
        "chemin.replace(autre)",
        "jour.strftime('%d/%m/%Y')",
    ],
)
def test_ce_qui_va_partout_ne_se_dit_pas(source: str) -> None:
    assert fautes(source) == []


@pytest.mark.campagne
def test_le_typage_tient_comme_sous_windows(tmp_path: Path) -> None:
    """Ce que la bibliothèque standard n'a pas sous Windows, le typage le refuse."""
    from mypy import api

    dits, erreurs, code = api.run(
        ["--platform", "win32", "--cache-dir", str(tmp_path), *(str(RACINE / un) for un in ("main.py", *PIECES))]
    )
    assert code == 0, dits + erreurs
