from landscape.session.workspaces import SessionPart
from tests.workspaces.toy.session.document import Toy, check

WORKSPACE = SessionPart(document=Toy, new=Toy, check=check)
