"""What the session knows of the workspace of searches."""

from landscape.session.search.checks import check
from landscape.session.search.document import Study, default_study
from landscape.session.workspaces import SessionPart

WORKSPACE = SessionPart(document=Study, new=default_study, check=check)
