"""How the documentation is built: Sphinx, furo, Markdown by MyST, warnings as errors."""

from importlib.metadata import version as installed_version
from importlib.util import find_spec

project = "revtrack"
author = "the revtrack developers"
version = release = installed_version("revtrack")

extensions = ["myst_parser", "sphinx.ext.autodoc"]
if find_spec("revtrack.sphinxext"):
    extensions.append("revtrack.sphinxext")

html_theme = "furo"
html_title = f"revtrack {release}"
html_static_path = ["_static"]
html_copy_source = False
html_show_sourcelink = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

default_role = "py:obj"
autodoc_default_options = {"members": True, "member-order": "bysource", "show-inheritance": False}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
