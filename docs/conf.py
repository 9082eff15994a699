"""How the documentation is built: Sphinx, furo, Markdown by MyST, warnings as errors."""

import ast
import importlib
import inspect
import pkgutil
import textwrap
from importlib.metadata import version as installed_version

import attrs
from sphinx.application import Sphinx

import revtrack

project = "revtrack"
author = "the revtrack developers"
version = release = installed_version("revtrack")

extensions = ["myst_parser", "revtrack.sphinxext", "sphinx.ext.autodoc"]

html_theme = "furo"
html_title = f"revtrack {release}"
html_static_path = ["_static"]
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "py:obj"
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
# no python_maximum_signature_line_length: Sphinx puts long signatures into lists without terms, which
# screen readers cannot read


def _cached_properties(cls: type) -> dict[str, str]:
    """What the source of a class says of its cached properties: name to docstring."""
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(cls))).body
    return {
        member.name: ast.get_docstring(member) or ""
        for member in ast.walk(node)
        if isinstance(member, ast.FunctionDef)
        and any(isinstance(by, ast.Name) and by.id == "cached_property" for by in member.decorator_list)
    }


def _document_cached_properties() -> None:
    """Give each cached property its docstring back.

    attrs turns a cached property of a slotted class into a slot, which has no docstring of its own.
    Sphinx reads the docstrings of slots where `__slots__` is a dictionary, so it is made one here.
    """
    for found in pkgutil.walk_packages(revtrack.__path__, "revtrack."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for cls in vars(module).values():
            if isinstance(cls, type) and attrs.has(cls) and cls.__module__ == module.__name__:
                said = _cached_properties(cls)
                if said and "__slots__" in vars(cls):
                    names = [name for name in cls.__slots__ if not name.startswith("_")]
                    cls.__slots__ = {name: said.get(name) for name in names}


_document_cached_properties()


REACHED = {  # what screen readers and the keyboard miss in the pages of the theme
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="This page" class="toc-drawer',
}


def _reached(app: Sphinx, trouble: Exception | None) -> None:
    """Let wide blocks have the focus, and give each landmark a name of its own."""
    for page in app.outdir.rglob("*.html") if trouble is None else ():
        text = page.read_text(encoding="utf-8")
        for theirs, ours in REACHED.items():
            text = text.replace(theirs, ours)
        page.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Mend the pages when all are written."""
    app.connect("build-finished", _reached)
