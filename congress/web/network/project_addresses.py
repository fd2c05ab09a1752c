"""The addresses of projects: of the office, and for everybody."""

from congress.domain.network.access import NetworkRight
from congress.web.access import Who
from congress.web.methods import ACT, BOTH, READ, Address
from congress.web.network import (
    own_projects,
    project,
    project_documents,
    projects,
    public_projects,
)
from congress.web.network.municipality import MUNICIPALITY

LIST = projects.ADDRESS
ONE = f"{LIST}/<int:project_id>"
DOCUMENT = f"{ONE}/documents/<int:document_id>"
SEE, EDIT = NetworkRight.SEE_REGISTER, NetworkRight.EDIT_REGISTER
PUBLIC = "/network/projects"
OWN = f"{MUNICIPALITY}/projects"

PROJECTS: tuple[Address, ...] = (
    (LIST, READ, projects.projects, SEE),
    (f"{LIST}/new", BOTH, project.add_project, EDIT),
    (ONE, READ, project.project, SEE),
    (f"{ONE}/edit", BOTH, project.edit_project, EDIT),
    (f"{ONE}/step", ACT, project.take_project, EDIT),
    (f"{ONE}/decline", BOTH, project.decline_project, EDIT),
    (f"{ONE}/publish", ACT, project.publish_project, EDIT),
    (f"{ONE}/parts", ACT, project.put_in_project, EDIT),
    (f"{ONE}/parts/<int:part_id>/remove", ACT, project.take_out_of_project, EDIT),
    (f"{ONE}/documents", BOTH, project_documents.add_project_document, EDIT),
    (DOCUMENT, BOTH, project_documents.edit_project_document, EDIT),
    (f"{DOCUMENT}/file", READ, project_documents.project_file, SEE),
    (f"{DOCUMENT}/remove", BOTH, project_documents.remove_project_document, EDIT),
    (PUBLIC, READ, public_projects.public_projects, Who.PUBLIC),
    (f"{PUBLIC}/<code:code>", READ, public_projects.public_project, Who.PUBLIC),
    (OWN, READ, own_projects.own_projects, Who.TOKEN),
    (f"{OWN}/new", BOTH, own_projects.propose_project, Who.TOKEN),
    (f"{OWN}/<int:project_id>", BOTH, own_projects.correct_project, Who.TOKEN),
    (f"{OWN}/<int:project_id>/join", ACT, own_projects.join_project, Who.TOKEN),
    (f"{OWN}/<int:project_id>/leave", ACT, own_projects.leave_project, Who.TOKEN),
)
